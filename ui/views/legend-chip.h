/* A class in the legend: click selects its images, Ctrl adds them, Alt lets only it keep its colour. */
#pragma once

#include <gtk/gtk.h>

#include "figures/model.h"

G_BEGIN_DECLS

#define NERVE_TYPE_LEGEND_CHIP (nerve_legend_chip_get_type ())
G_DECLARE_FINAL_TYPE (NerveLegendChip, nerve_legend_chip, NERVE, LEGEND_CHIP, GtkWidget)

GtkWidget *nerve_legend_chip_new    (const NerveFigureModel *model, guint label, gboolean group, gboolean with_name);
/* Greys the chip of a class that has lost its colour. */
void       nerve_legend_chip_update (NerveLegendChip *self, const NerveFigureModel *model);
guint       nerve_legend_chip_get_label (NerveLegendChip *self);
gboolean    nerve_legend_chip_is_group  (NerveLegendChip *self);
const char *nerve_legend_chip_get_name (NerveLegendChip *self);

G_END_DECLS
