#include "figures/figure.h"

#include <string.h>

#include <glib/gi18n.h>

#include "figures/kinds.h"
#include "figures/layer-plot.h"

static const NerveFigureKind kinds[] = {
  { "mapper", N_("Mapper graph"), NERVE_FIGURE_NEEDS_GRAPH | NERVE_FIGURE_PER_LAYER, .92,
    nerve_mapper_figure_draw, nerve_mapper_figure_hit, nerve_mapper_figure_describe, nerve_mapper_figure_marks },
  { "diagram", N_("Persistence diagram"), NERVE_FIGURE_NEEDS_HOMOLOGY | NERVE_FIGURE_PER_LAYER, .57,
    nerve_diagram_figure_draw, nerve_diagram_figure_hit, nerve_diagram_figure_describe, nerve_diagram_figure_marks },
  { "barcode", N_("Barcode"), NERVE_FIGURE_NEEDS_HOMOLOGY | NERVE_FIGURE_PER_LAYER, .57,
    nerve_barcode_figure_draw, nerve_barcode_figure_hit, nerve_barcode_figure_describe, nerve_barcode_figure_marks },
  { "betti", N_("Betti curves"), NERVE_FIGURE_NEEDS_HOMOLOGY | NERVE_FIGURE_PER_LAYER, .57,
    nerve_betti_figure_draw, nerve_betti_figure_hit, nerve_betti_figure_describe, nerve_betti_figure_marks },
  { "landscape", N_("Persistence landscape"), NERVE_FIGURE_NEEDS_HOMOLOGY | NERVE_FIGURE_PER_LAYER, .57,
    nerve_landscape_figure_draw, nerve_landscape_figure_hit, nerve_landscape_figure_describe, NULL },
  { "decay", N_("Betti numbers over the layers"), NERVE_FIGURE_NEEDS_BETTI, .52,
    nerve_decay_figure_draw, nerve_decay_figure_hit, nerve_decay_figure_describe, nerve_decay_figure_marks,
    nerve_layer_plot_height },
  { "heat", N_("Ω over the layers and η"), NERVE_FIGURE_NEEDS_CURVES, .62,
    nerve_heat_figure_draw, nerve_heat_figure_hit, nerve_heat_figure_describe, nerve_heat_figure_marks },
  { "sublevel", N_("What is counted in an image"), NERVE_FIGURE_NEEDS_IMAGE | NERVE_FIGURE_PER_LAYER, .62,
    nerve_sublevel_figure_draw, NULL, nerve_sublevel_figure_describe, NULL },
  { "ranking", N_("Ranking of networks"), NERVE_FIGURE_NEEDS_RANKING, .8,
    nerve_ranking_figure_draw, NULL, nerve_ranking_figure_describe, NULL },
  { "ranks", N_("Order of networks over η"), NERVE_FIGURE_NEEDS_RANKING | NERVE_FIGURE_OVER_ETA, .42,
    nerve_ranks_figure_draw, NULL, nerve_ranks_figure_describe, NULL },
  { "models", N_("Curves of networks"), NERVE_FIGURE_NEEDS_RANKING, .62,
    nerve_models_figure_draw, NULL, nerve_models_figure_describe, NULL },
  { "subsamples", N_("Curves of fewer images"), NERVE_FIGURE_NEEDS_RANKING, .62,
    nerve_subsamples_figure_draw, NULL, nerve_subsamples_figure_describe, NULL },
  { "purity", N_("Purity over the layers"), NERVE_FIGURE_NEEDS_GRAPH, .52,
    nerve_purity_figure_draw, nerve_purity_figure_hit, nerve_purity_figure_describe, nerve_purity_figure_marks,
    nerve_layer_plot_height },
  { "distances", N_("Layers against layers"), NERVE_FIGURE_NEEDS_MATRIX, .86,
    nerve_distances_figure_draw, nerve_distances_figure_hit, nerve_distances_figure_describe,
    nerve_distances_figure_marks },
  { "neighbours", N_("Layers against the one before"), NERVE_FIGURE_NEEDS_MATRIX, .52,
    nerve_neighbours_figure_draw, nerve_neighbours_figure_hit, nerve_neighbours_figure_describe,
    nerve_neighbours_figure_marks, nerve_layer_plot_height },
  { "layer-map", N_("Map of the layers"), NERVE_FIGURE_NEEDS_MATRIX, .72,
    nerve_layer_map_figure_draw, nerve_layer_map_figure_hit, nerve_layer_map_figure_describe,
    nerve_layer_map_figure_marks },
  { "sensitivity", N_("Sensitivity of the distance"), NERVE_FIGURE_NEEDS_SENSITIVITY | NERVE_FIGURE_PER_LAYER, .62,
    nerve_sensitivity_figure_draw, NULL, nerve_sensitivity_figure_describe, NULL },
  { "specificity", N_("Specificity of the distance"), NERVE_FIGURE_NEEDS_SPECIFICITY, .52,
    nerve_specificity_figure_draw, nerve_specificity_figure_hit, nerve_specificity_figure_describe,
    nerve_specificity_figure_marks, nerve_layer_plot_height },
  { "dendrogram", N_("Tree of classes"), NERVE_FIGURE_NEEDS_HIERARCHY | NERVE_FIGURE_PER_LAYER, .72,
    nerve_dendrogram_figure_draw, nerve_dendrogram_figure_hit, nerve_dendrogram_figure_describe,
    nerve_dendrogram_figure_marks, nerve_dendrogram_figure_height },
  { "parting", N_("Where classes part"),
    NERVE_FIGURE_NEEDS_GRAPH | NERVE_FIGURE_NEEDS_PARTING | NERVE_FIGURE_NEEDS_HIERARCHY, .58,
    nerve_parting_figure_draw, nerve_parting_figure_hit, nerve_parting_figure_describe, nerve_parting_figure_marks,
    nerve_parting_figure_height },
  { "mix", N_("Mix of classes over the layers"), NERVE_FIGURE_NEEDS_GRAPH | NERVE_FIGURE_NEEDS_PARTING, .52,
    nerve_mix_figure_draw, nerve_mix_figure_hit, nerve_mix_figure_describe, nerve_mix_figure_marks,
    nerve_layer_plot_height },
  { "flow", N_("Flow between layers"), NERVE_FIGURE_NEEDS_GRAPH | NERVE_FIGURE_NEEDS_COUPLINGS, .62,
    nerve_flow_figure_draw, nerve_flow_figure_hit, nerve_flow_figure_describe, nerve_flow_figure_marks },
  { "noise", N_("Noise test"), NERVE_FIGURE_NEEDS_GRAPH | NERVE_FIGURE_NEEDS_NOISE | NERVE_FIGURE_PER_LAYER, .52,
    nerve_noise_figure_draw, nerve_noise_figure_hit, nerve_noise_figure_describe, nerve_noise_figure_marks,
    nerve_noise_figure_height },
  { "projection", N_("Map of the points"),
    NERVE_FIGURE_NEEDS_PROJECTION | NERVE_FIGURE_OF_IMAGES | NERVE_FIGURE_PER_LAYER, .82,
    nerve_projection_figure_draw, nerve_projection_figure_hit, nerve_projection_figure_describe,
    nerve_projection_figure_marks },
  { "pictures", N_("Pictures"), NERVE_FIGURE_NEEDS_GRAPH | NERVE_FIGURE_OF_IMAGES | NERVE_FIGURE_PER_LAYER, .72,
    nerve_pictures_figure_draw, nerve_pictures_figure_hit, nerve_pictures_figure_describe,
    nerve_pictures_figure_marks },
  { "sweep", N_("Graphs over their parameters"),
    NERVE_FIGURE_NEEDS_GRAPH | NERVE_FIGURE_NEEDS_SWEEP | NERVE_FIGURE_PER_LAYER, .78,
    nerve_sweep_figure_draw, nerve_sweep_figure_hit, nerve_sweep_figure_describe, NULL },
  { "board", N_("Board"), NERVE_FIGURE_NEEDS_GRAPH, .53,
    nerve_board_figure_draw, NULL, nerve_board_figure_describe, NULL },
  { "legend", N_("Legend"), 0, .06,
    nerve_legend_draw, nerve_legend_hit, nerve_legend_describe, nerve_legend_marks },
  { "thumbnail", N_("Thumbnail"), NERVE_FIGURE_NEEDS_GRAPH | NERVE_FIGURE_PER_LAYER, 42. / 44,
    nerve_thumbnail_draw, NULL, nerve_mapper_figure_describe, NULL },
};

const NerveFigureKind *
nerve_figure_kinds (guint *n)
{
  *n = G_N_ELEMENTS (kinds);

  return kinds;
}

double
nerve_figure_kind_height (const NerveFigureKind *self, const NerveFigureModel *model, const NerveStyle *style,
                          double width)
{
  return self->height != NULL ? self->height (model, style, width) : width * self->aspect;
}

const NerveFigureKind *
nerve_figure_kind_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i].name, name) == 0)
      return &kinds[i];

  return NULL;
}
