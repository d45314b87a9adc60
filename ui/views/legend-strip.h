/* The one legend of the board: classes in class-tree order, or superclasses when they give the colours. Over twelve
 * classes: superclasses, each opening its list. What doesn't fit is left out in two steps: group names, names. */
#pragma once

#include <gtk/gtk.h>

#include "figures/model.h"

G_BEGIN_DECLS

#define NERVE_TYPE_LEGEND_STRIP (nerve_legend_strip_get_type ())
G_DECLARE_FINAL_TYPE (NerveLegendStrip, nerve_legend_strip, NERVE, LEGEND_STRIP, GtkWidget)

GtkWidget *nerve_legend_strip_new       (void);
/* @model is borrowed; NULL: empty. */
void       nerve_legend_strip_set_model (NerveLegendStrip *self, const NerveFigureModel *model);
void       nerve_legend_strip_update    (NerveLegendStrip *self);
/* Opens the list to look a class up in. */
void       nerve_legend_strip_search    (NerveLegendStrip *self);

G_END_DECLS
