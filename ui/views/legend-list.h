/* The classes of one superclass, or all, as a list with a search. */
#pragma once

#include <gtk/gtk.h>

#include "figures/model.h"

G_BEGIN_DECLS

#define NERVE_TYPE_LEGEND_LIST (nerve_legend_list_get_type ())
G_DECLARE_FINAL_TYPE (NerveLegendList, nerve_legend_list, NERVE, LEGEND_LIST, GtkWidget)

GtkWidget *nerve_legend_list_new (const NerveFigureModel *model, guint group, gboolean all);

G_END_DECLS
