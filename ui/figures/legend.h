/* The legend of classes: discs with codes. On the board a strip of one row, on a page as many rows as it needs. */
#pragma once

#include "figures/figure.h"

G_BEGIN_DECLS

/* Height of the legend in @width; 0 without classes. */
double nerve_legend_measure (const NerveFigureModel *model, const NerveStyle *style, double width);

G_END_DECLS
