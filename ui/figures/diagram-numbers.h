/* What stands beside a persistence diagram: bars, longest, total, sampling, unit. */
#pragma once

#include <cairo.h>

#include "figures/diagram-scale.h"

G_BEGIN_DECLS

/* In the column scale->numbers … @width; the least important lines go first when the pane is low. */
void  nerve_diagram_numbers_paint    (cairo_t *cr, const NerveStyle *style, const NerveFigureModel *model,
                                      NerveHomology *homology, const NerveDiagramScale *scale, double width);
/* How many bars there are, under the diagonal, where none can be: for panes without room for a column. */
void  nerve_diagram_numbers_paint_inside (cairo_t *cr, const NerveStyle *style, NerveHomology *homology,
                                          const NerveDiagramScale *scale);
/* All of it in words; (transfer full). */
char *nerve_diagram_numbers_sentence (const NerveFigureModel *model, NerveHomology *homology);
/* "300 of 500 points (seed 1)", "500 points"; (transfer full). */
char *nerve_diagram_sample_text      (const NerveHomology *homology);
/* The mark of a bar, @enlarged times its size. */
void  nerve_diagram_mark_paint       (cairo_t *cr, const NerveStyle *style, int dimension, gboolean essential,
                                      double enlarged, double x, double y);

G_END_DECLS
