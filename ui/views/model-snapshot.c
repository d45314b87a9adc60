#include "config.h"

#include "views/model-snapshot.h"

#define NEEDS_DECAY (NERVE_FIGURE_NEEDS_BETTI | NERVE_FIGURE_NEEDS_CURVES | NERVE_FIGURE_NEEDS_IMAGE | \
                     NERVE_FIGURE_NEEDS_RANKING)

static void
ref_decay (NerveDecayView *self)
{
  if (self->bootstrap != NULL)
    nerve_resampling_ref (self->bootstrap);
  if (self->ranking != NULL)
    nerve_ranking_ref (self->ranking);
  if (self->heat != NULL)
    nerve_betti_heat_ref (self->heat);
  if (self->sublevel != NULL)
    nerve_sublevel_ref (self->sublevel);
  if (self->study != NULL)
    nerve_model_study_ref (self->study);
}

static void
unref_decay (NerveDecayView *self)
{
  g_clear_pointer (&self->bootstrap, nerve_resampling_unref);
  g_clear_pointer (&self->ranking, nerve_ranking_unref);
  g_clear_pointer (&self->heat, nerve_betti_heat_unref);
  g_clear_pointer (&self->sublevel, nerve_sublevel_unref);
  g_clear_pointer (&self->study, nerve_model_study_unref);
}

NerveFigureModel *
nerve_model_snapshot_new (const NerveFigureModel *model)
{
  NerveFigureModel *self = g_memdup2 (model, sizeof *model);

  self->dataset = nerve_dataset_ref (model->dataset);
  self->palette = nerve_palette_ref (model->palette);
  self->layers = g_new0 (NerveLayerResults, MAX (model->n_layers, 1));
  for (guint i = 0; i < model->n_layers; i++)
    {
      const NerveLayerResults *from = &model->layers[i];

      if (from->graph != NULL)
        self->layers[i].graph = nerve_graph_ref (from->graph);
      if (from->homology != NULL)
        self->layers[i].homology = nerve_homology_ref (from->homology);
      if (from->betti != NULL)
        self->layers[i].betti = nerve_betti_layer_ref (from->betti);
      if (from->curves != NULL)
        self->layers[i].curves = nerve_betti_curves_ref (from->curves);
      if (from->projection != NULL)
        self->layers[i].projection = nerve_projection_ref (from->projection);
      if (from->hierarchy != NULL)
        self->layers[i].hierarchy = nerve_hierarchy_ref (from->hierarchy);
    }
  for (guint i = 0; i < model->n_beside; i++)
    nerve_homology_ref (model->beside[i]);
  if (model->selection != NULL)
    self->selection = nerve_bitset_copy (model->selection);
  if (model->shown != NULL)
    self->shown = nerve_bitset_copy (model->shown);
  if (model->network != NULL)
    self->network = nerve_network_results_ref (model->network);
  ref_decay (&self->decay);

  return self;
}

void
nerve_model_snapshot_free (NerveFigureModel *self)
{
  for (guint i = 0; i < self->n_layers; i++)
    {
      g_clear_pointer (&self->layers[i].graph, nerve_graph_unref);
      g_clear_pointer (&self->layers[i].homology, nerve_homology_unref);
      g_clear_pointer (&self->layers[i].betti, nerve_betti_layer_unref);
      g_clear_pointer (&self->layers[i].curves, nerve_betti_curves_unref);
      g_clear_pointer (&self->layers[i].projection, nerve_projection_unref);
      g_clear_pointer (&self->layers[i].hierarchy, nerve_hierarchy_unref);
    }
  for (guint i = 0; i < self->n_beside; i++)
    nerve_homology_unref (self->beside[i]);
  g_free (self->layers);
  g_clear_pointer (&self->selection, nerve_bitset_free);
  g_clear_pointer (&self->shown, nerve_bitset_free);
  g_clear_pointer (&self->network, nerve_network_results_unref);
  unref_decay (&self->decay);
  nerve_palette_unref (self->palette);
  nerve_dataset_unref (self->dataset);
  g_free (self);
}

static gboolean
same_selection (const NerveFigureModel *a, const NerveFigureModel *b)
{
  gboolean a_empty = a->selection == NULL || nerve_bitset_is_empty (a->selection);
  gboolean b_empty = b->selection == NULL || nerve_bitset_is_empty (b->selection);

  if (a_empty || b_empty)
    return a_empty == b_empty;

  return a->selected_layer == b->selected_layer && a->selected_node == b->selected_node &&
         nerve_bitset_equal (a->selection, b->selection);
}

static gboolean
same_board (const NerveFigureModel *a, const NerveFigureModel *b)
{
  if (a->n_columns != b->n_columns || a->current != b->current)
    return FALSE;

  for (guint i = 0; i < a->n_columns; i++)
    if (a->columns[i] != b->columns[i] || a->pinned[i] != b->pinned[i])
      return FALSE;

  return TRUE;
}

static gboolean
same_layer (const NerveFigureModel *a, const NerveFigureModel *b, guint flags, guint layer)
{
  const NerveLayerResults *one = &a->layers[layer];
  const NerveLayerResults *other = &b->layers[layer];

  return (!(flags & NERVE_FIGURE_NEEDS_GRAPH) || one->graph == other->graph) &&
         (!(flags & NERVE_FIGURE_NEEDS_HOMOLOGY) || one->homology == other->homology) &&
         (!(flags & NERVE_FIGURE_NEEDS_BETTI) || one->betti == other->betti) &&
         (!(flags & NERVE_FIGURE_NEEDS_PROJECTION) || one->projection == other->projection) &&
         (!(flags & NERVE_FIGURE_NEEDS_HIERARCHY) || one->hierarchy == other->hierarchy) &&
         (!(flags & NEEDS_DECAY) || one->curves == other->curves);
}

/* Of what lies beside the layers: how curves are shown, and files to compare. */
static gboolean
same_decay (const NerveDecayView *a, const NerveDecayView *b)
{
  if (a->linear != b->linear || a->bands != b->bands || a->by != b->by || a->depth != b->depth ||
      a->bootstrap != b->bootstrap || a->study != b->study || a->score != b->score || a->ranking != b->ranking ||
      a->sublevel != b->sublevel || a->heat != b->heat || a->at_eta != b->at_eta || a->eta != b->eta ||
      a->count != b->count)
    return FALSE;

  return TRUE;
}

#define NEEDS_NETWORK (NERVE_FIGURE_NEEDS_MATRIX | NERVE_FIGURE_NEEDS_PARTING | NERVE_FIGURE_NEEDS_HIERARCHY | \
                       NERVE_FIGURE_NEEDS_COUPLINGS | NERVE_FIGURE_NEEDS_SENSITIVITY | NERVE_FIGURE_NEEDS_SWEEP | \
                       NERVE_FIGURE_NEEDS_SPECIFICITY | NERVE_FIGURE_NEEDS_NOISE)

static gboolean
same_results (const NerveFigureModel *a, const NerveFigureModel *b, guint flags, guint layer)
{
  if ((flags & NEEDS_NETWORK) && !nerve_network_results_same (a->network, b->network))
    return FALSE;
  /* Diagrams share their axes: any layer's result may move them. */
  if ((flags & NERVE_FIGURE_PER_LAYER) && !(flags & NERVE_FIGURE_NEEDS_HOMOLOGY))
    return same_layer (a, b, flags, layer);

  for (guint i = 0; i < a->n_layers; i++)
    if (!same_layer (a, b, flags, i))
      return FALSE;

  return TRUE;
}

static gboolean
same_beside (const NerveFigureModel *a, const NerveFigureModel *b)
{
  return a->n_beside == b->n_beside && memcmp (a->beside, b->beside, a->n_beside * sizeof *a->beside) == 0;
}

gboolean
nerve_model_same_places (const NerveFigureModel *a, const NerveFigureModel *b, const NerveFigureKind *kind,
                         guint layer)
{
  guint flags = kind->flags;

  if (a->dataset != b->dataset || a->palette != b->palette || a->n_layers != b->n_layers)
    return FALSE;
  if (!same_results (a, b, flags, layer) || ((flags & NEEDS_DECAY) && !same_decay (&a->decay, &b->decay)))
    return FALSE;
  if ((flags & NERVE_FIGURE_NEEDS_IMAGE) && a->decay.image != b->decay.image)
    return FALSE;
  if ((flags & NERVE_FIGURE_NEEDS_GRAPH) && (a->node_size != b->node_size || a->layout != b->layout))
    return FALSE;
  /* Pictures of the selection, not of points. */
  if ((flags & NERVE_FIGURE_OF_IMAGES) && (flags & NERVE_FIGURE_NEEDS_GRAPH) && !same_selection (a, b))
    return FALSE;
  if ((flags & NERVE_FIGURE_NEEDS_HOMOLOGY) && (a->units != b->units || !same_board (a, b) ||
                                                  !same_beside (a, b)))
    return FALSE;
  /* A selected bar has its place in a barcode, however short it is. */
  if ((flags & NERVE_FIGURE_NEEDS_HOMOLOGY) && (flags & NERVE_FIGURE_PER_LAYER) &&
      nerve_bar_mark_in (a->selected_bar, layer) != nerve_bar_mark_in (b->selected_bar, layer))
    return FALSE;

  return (flags & NERVE_FIGURE_PER_LAYER) || same_board (a, b);
}

gboolean
nerve_model_same_picture (const NerveFigureModel *a, const NerveFigureModel *b, const NerveFigureKind *kind,
                          guint layer)
{
  if (!nerve_model_same_places (a, b, kind, layer))
    return FALSE;

  if ((kind->flags & NERVE_FIGURE_NEEDS_PARTING) && (a->pair[0] != b->pair[0] || a->pair[1] != b->pair[1]))
    return FALSE;

  return !(kind->flags & (NERVE_FIGURE_NEEDS_GRAPH | NERVE_FIGURE_NEEDS_PROJECTION | NEEDS_NETWORK)) ||
         (a->color_by == b->color_by && a->edge_width == b->edge_width &&
          nerve_bitset_equal (a->shown, b->shown) && same_selection (a, b));
}

gboolean
nerve_model_has_results (const NerveFigureModel *model, const NerveFigureKind *kind, guint layer)
{
  const NerveLayerResults *results;

  if ((kind->flags & NERVE_FIGURE_NEEDS_PARTING) && (model->network == NULL || model->network->parting == NULL))
    return FALSE;
  if ((kind->flags & NERVE_FIGURE_NEEDS_MATRIX) && (model->network == NULL || model->network->matrix == NULL))
    return FALSE;
  if ((kind->flags & NERVE_FIGURE_NEEDS_SPECIFICITY) && (model->network == NULL || model->network->specificity == NULL))
    return FALSE;
  if ((kind->flags & NERVE_FIGURE_NEEDS_SENSITIVITY) &&
      (model->network == NULL || model->network->sensitivities[layer] == NULL))
    return FALSE;
  if ((kind->flags & NERVE_FIGURE_NEEDS_COUPLINGS) &&
      (model->network == NULL ||
       (model->network->twin == NULL && model->network->n_couplings + 1 < model->n_columns)))
    return FALSE;
  if ((kind->flags & NERVE_FIGURE_NEEDS_SWEEP) && (model->network == NULL || model->network->sweeps[layer] == NULL))
    return FALSE;
  if ((kind->flags & NERVE_FIGURE_NEEDS_NOISE) && (model->network == NULL || model->network->noises[layer] == NULL))
    return FALSE;
  if ((kind->flags & NERVE_FIGURE_NEEDS_CURVES) && model->decay.heat == NULL)
    return FALSE;
  if ((kind->flags & NERVE_FIGURE_NEEDS_IMAGE) && model->decay.sublevel == NULL)
    return FALSE;
  if (!(kind->flags & NERVE_FIGURE_PER_LAYER))
    return TRUE;

  results = &model->layers[layer];

  return (!(kind->flags & NERVE_FIGURE_NEEDS_GRAPH) || results->graph != NULL) &&
         (!(kind->flags & NERVE_FIGURE_NEEDS_HOMOLOGY) || results->homology != NULL) &&
         (!(kind->flags & NERVE_FIGURE_NEEDS_BETTI) || results->betti != NULL) &&
         (!(kind->flags & NERVE_FIGURE_NEEDS_PROJECTION) || results->projection != NULL) &&
         (!(kind->flags & NERVE_FIGURE_NEEDS_HIERARCHY) || nerve_figure_model_hierarchy (model, layer) != NULL);
}
