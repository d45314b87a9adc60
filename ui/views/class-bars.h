/* Counts of the selected images by class, commonest first: a disc, a name, a bar, a number each. */
#pragma once

#include <gtk/gtk.h>

#include "figures/model.h"

G_BEGIN_DECLS

#define NERVE_TYPE_CLASS_BARS (nerve_class_bars_get_type ())
G_DECLARE_FINAL_TYPE (NerveClassBars, nerve_class_bars, NERVE, CLASS_BARS, GtkWidget)

GtkWidget *nerve_class_bars_new (void);
/* @counts: one a class of the model's dataset */
void       nerve_class_bars_set (NerveClassBars *self, const NerveFigureModel *model, const guint *counts);

G_END_DECLS
