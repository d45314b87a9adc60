/* The drawing functions behind the table in figure.c. */
#pragma once

#include "figures/figure.h"

G_BEGIN_DECLS

#define NERVE_FIGURE_DRAW(name)                                                                                       \
  void nerve_##name##_draw (const NerveFigureModel *model, guint layer, const NerveStyle *style, cairo_t *cr,         \
                            double width, double height);
#define NERVE_FIGURE_HIT(name)                                                                                        \
  gboolean nerve_##name##_hit (const NerveFigureModel *model, guint layer, const NerveStyle *style, double width,     \
                               double height, double x, double y, NerveHit *hit);
#define NERVE_FIGURE_DESCRIBE(name) char *nerve_##name##_describe (const NerveFigureModel *model, guint layer);
#define NERVE_FIGURE_MARKS(name)                                                                                      \
  void nerve_##name##_marks (const NerveFigureModel *model, guint layer, const NerveStyle *style, double width,       \
                             double height, GArray *hits);

NERVE_FIGURE_DRAW (mapper_figure)
NERVE_FIGURE_HIT (mapper_figure)
NERVE_FIGURE_DESCRIBE (mapper_figure)
NERVE_FIGURE_MARKS (mapper_figure)
NERVE_FIGURE_DRAW (thumbnail)

NERVE_FIGURE_DRAW (diagram_figure)
NERVE_FIGURE_HIT (diagram_figure)
NERVE_FIGURE_DESCRIBE (diagram_figure)
NERVE_FIGURE_MARKS (diagram_figure)

NERVE_FIGURE_DRAW (barcode_figure)
NERVE_FIGURE_HIT (barcode_figure)
NERVE_FIGURE_DESCRIBE (barcode_figure)
NERVE_FIGURE_MARKS (barcode_figure)

NERVE_FIGURE_DRAW (betti_figure)
NERVE_FIGURE_HIT (betti_figure)
NERVE_FIGURE_DESCRIBE (betti_figure)
NERVE_FIGURE_MARKS (betti_figure)

NERVE_FIGURE_DRAW (landscape_figure)
NERVE_FIGURE_HIT (landscape_figure)
NERVE_FIGURE_DESCRIBE (landscape_figure)

NERVE_FIGURE_DRAW (decay_figure)
NERVE_FIGURE_HIT (decay_figure)
NERVE_FIGURE_DESCRIBE (decay_figure)
NERVE_FIGURE_MARKS (decay_figure)

NERVE_FIGURE_DRAW (heat_figure)
NERVE_FIGURE_HIT (heat_figure)
NERVE_FIGURE_DESCRIBE (heat_figure)
NERVE_FIGURE_MARKS (heat_figure)

NERVE_FIGURE_DRAW (ranking_figure)
NERVE_FIGURE_DESCRIBE (ranking_figure)

NERVE_FIGURE_DRAW (ranks_figure)
NERVE_FIGURE_DESCRIBE (ranks_figure)

NERVE_FIGURE_DRAW (models_figure)
NERVE_FIGURE_DESCRIBE (models_figure)

NERVE_FIGURE_DRAW (subsamples_figure)
NERVE_FIGURE_DESCRIBE (subsamples_figure)

NERVE_FIGURE_DRAW (sublevel_figure)
NERVE_FIGURE_DESCRIBE (sublevel_figure)

NERVE_FIGURE_DRAW (purity_figure)
NERVE_FIGURE_HIT (purity_figure)
NERVE_FIGURE_DESCRIBE (purity_figure)
NERVE_FIGURE_MARKS (purity_figure)

/* "CKA", of two networks with which is down and which across; (transfer full). */
char *nerve_distances_figure_title (const NerveLayerMatrix *matrix);
NERVE_FIGURE_DRAW (distances_figure)
NERVE_FIGURE_HIT (distances_figure)
NERVE_FIGURE_DESCRIBE (distances_figure)
NERVE_FIGURE_MARKS (distances_figure)

NERVE_FIGURE_DRAW (neighbours_figure)
NERVE_FIGURE_HIT (neighbours_figure)
NERVE_FIGURE_DESCRIBE (neighbours_figure)
NERVE_FIGURE_MARKS (neighbours_figure)

NERVE_FIGURE_DRAW (layer_map_figure)
NERVE_FIGURE_HIT (layer_map_figure)
NERVE_FIGURE_DESCRIBE (layer_map_figure)
NERVE_FIGURE_MARKS (layer_map_figure)

NERVE_FIGURE_DRAW (sensitivity_figure)
NERVE_FIGURE_DESCRIBE (sensitivity_figure)

NERVE_FIGURE_DRAW (specificity_figure)
NERVE_FIGURE_HIT (specificity_figure)
NERVE_FIGURE_DESCRIBE (specificity_figure)
NERVE_FIGURE_MARKS (specificity_figure)

NERVE_FIGURE_DRAW (dendrogram_figure)
NERVE_FIGURE_HIT (dendrogram_figure)
NERVE_FIGURE_DESCRIBE (dendrogram_figure)
NERVE_FIGURE_MARKS (dendrogram_figure)

NERVE_FIGURE_DRAW (parting_figure)
NERVE_FIGURE_HIT (parting_figure)
NERVE_FIGURE_DESCRIBE (parting_figure)
NERVE_FIGURE_MARKS (parting_figure)
double nerve_dendrogram_figure_height (const NerveFigureModel *model, const NerveStyle *style, double width);
double nerve_parting_figure_height (const NerveFigureModel *model, const NerveStyle *style, double width);

NERVE_FIGURE_DRAW (mix_figure)
NERVE_FIGURE_HIT (mix_figure)
NERVE_FIGURE_DESCRIBE (mix_figure)
NERVE_FIGURE_MARKS (mix_figure)

NERVE_FIGURE_DRAW (flow_figure)
NERVE_FIGURE_HIT (flow_figure)
NERVE_FIGURE_DESCRIBE (flow_figure)
NERVE_FIGURE_MARKS (flow_figure)

NERVE_FIGURE_DRAW (noise_figure)
NERVE_FIGURE_HIT (noise_figure)
NERVE_FIGURE_DESCRIBE (noise_figure)
NERVE_FIGURE_MARKS (noise_figure)
double nerve_noise_figure_height (const NerveFigureModel *model, const NerveStyle *style, double width);

NERVE_FIGURE_DRAW (projection_figure)
NERVE_FIGURE_HIT (projection_figure)
NERVE_FIGURE_DESCRIBE (projection_figure)
NERVE_FIGURE_MARKS (projection_figure)

NERVE_FIGURE_DRAW (pictures_figure)
NERVE_FIGURE_HIT (pictures_figure)
NERVE_FIGURE_DESCRIBE (pictures_figure)
NERVE_FIGURE_MARKS (pictures_figure)

NERVE_FIGURE_DRAW (sweep_figure)
NERVE_FIGURE_HIT (sweep_figure)
NERVE_FIGURE_DESCRIBE (sweep_figure)

NERVE_FIGURE_DRAW (legend)
NERVE_FIGURE_HIT (legend)
NERVE_FIGURE_DESCRIBE (legend)
NERVE_FIGURE_MARKS (legend)

NERVE_FIGURE_DRAW (board_figure)
NERVE_FIGURE_DESCRIBE (board_figure)

G_END_DECLS
