/* The axes of a persistence diagram: what one of its units is, how far they reach, where a bar stands. */
#pragma once

#include <cairo.h>

#include "figures/axes.h"
#include "figures/model.h"
#include "figures/style.h"

G_BEGIN_DECLS

typedef struct
{
  double     unit;     /* distances are divided by it */
  gboolean   in_medians;
  double     upper;    /* both axes reach from 0 to here, in units */
  NerveTicks ticks;
  double     left;     /* the square on the page */
  double     top;
  double     side;
  double     infinity; /* y of the ∞ row */
  double     numbers;  /* x of the column of numbers; negative: no room, they stand under the diagonal */
} NerveDiagramScale;

/* What distances are divided by: the cloud's median, or 1. */
double   nerve_diagram_unit       (const NerveFigureModel *model, const NerveHomology *homology);
/* In all columns of the board the same, unless each pane is fitted. */
void     nerve_diagram_scale_init (NerveDiagramScale *self, const NerveFigureModel *model, guint layer,
                                   const NerveStyle *style, double width, double height);
/* FALSE for what has no place (NaN, a birth at infinity, beyond the axes of a fitted pane). */
gboolean nerve_diagram_scale_place (const NerveDiagramScale *self, const NerveBar *bar, double *x, double *y);

G_END_DECLS
