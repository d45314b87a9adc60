/* The classes of one superclass, or all, as a list with a search. */
#pragma once

#include <gtk/gtk.h>

#include "figures/model.h"

G_BEGIN_DECLS

#define NERVE_TYPE_LEGEND_LIST (nerve_legend_list_get_type ())
G_DECLARE_FINAL_TYPE (NerveLegendList, nerve_legend_list, NERVE, LEGEND_LIST, GtkWidget)

/* A click on a class selects its images, as anywhere in the legend. */
GtkWidget *nerve_legend_list_new        (const NerveFigureModel *model, guint group, gboolean all);
/* All classes and superclasses, to look one up: a click, or Enter for the first found, greys out the others. */
GtkWidget *nerve_legend_list_new_search (const NerveFigureModel *model);
/* What is greyed out changed. */
void       nerve_legend_list_update     (NerveLegendList *self, const NerveFigureModel *model);

G_END_DECLS
