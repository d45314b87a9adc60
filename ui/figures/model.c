#include "figures/model.h"

#include <string.h>

#include "cloud/cloud.h"
#include "figures/board-rows.h"
#include "figures/mapper-scene.h"

NerveGraph *
nerve_graph_ref (NerveGraph *self)
{
  g_atomic_ref_count_inc (&self->ref);

  return self;
}

void
nerve_graph_unref (NerveGraph *self)
{
  if (!g_atomic_ref_count_dec (&self->ref))
    return;

  nerve_mapper_scene_forget (self);
  g_clear_pointer (&self->mapper, nerve_mapper_unref);
  g_clear_pointer (&self->layout, nerve_layout_unref);
  g_clear_pointer (&self->purity[0], nerve_purity_unref);
  g_clear_pointer (&self->purity[1], nerve_purity_unref);
  g_free (self->badge);
  g_free (self);
}

NerveHomology *
nerve_homology_ref (NerveHomology *self)
{
  g_atomic_ref_count_inc (&self->ref);

  return self;
}

void
nerve_homology_unref (NerveHomology *self)
{
  if (!g_atomic_ref_count_dec (&self->ref))
    return;

  g_clear_pointer (&self->diagram, nerve_diagram_unref);
  g_clear_pointer (&self->bands, nerve_bootstrap_unref);
  g_free (self->badge);
  g_free (self);
}

int
nerve_bar_mark_in (NerveBarMark mark, guint layer)
{
  return mark.layer == (int) layer ? mark.bar : -1;
}

static gboolean
is_kind (const NerveLayer *layer, const char * const *kinds)
{
  return g_strv_contains (kinds, layer->kind);
}

/* One past the last hidden layer: what follows it are logits and what is made from them. */
static guint
end_of_hidden (NerveDataset *dataset, guint first)
{
  static const char * const after_logits[] = { "softmax", "probabilities", "output", NULL };
  static const char * const logits[] = { "linear", "logits", NULL };
  guint n_classes = nerve_dataset_get_n_classes (dataset);
  guint end = nerve_dataset_get_n_layers (dataset);
  const NerveLayer *layer;

  while (end > first && is_kind (nerve_dataset_get_layer (dataset, end - 1), after_logits))
    end--;
  if (end <= first)
    return end;

  layer = nerve_dataset_get_layer (dataset, end - 1);
  if (is_kind (layer, logits) && (n_classes == 0 || layer->channels == n_classes))
    end--;

  return end;
}

static gboolean
is_input (const NerveLayer *layer)
{
  return strcmp (layer->kind, "input") == 0;
}

guint
nerve_figure_model_opening_columns (NerveDataset *dataset, guint columns[3])
{
  guint n_layers = nerve_dataset_get_n_layers (dataset);
  guint first = 0;
  guint last;
  guint n;

  while (first < n_layers && is_input (nerve_dataset_get_layer (dataset, first)))
    first++;
  last = end_of_hidden (dataset, first);
  /* Nothing hidden: what there is. */
  if (first >= last)
    {
      first = 0;
      last = n_layers;
    }

  n = MIN (last - first, 3);
  columns[0] = first;
  if (n > 1)
    columns[n - 1] = last - 1;
  if (n > 2)
    columns[1] = first + (last - 1 - first) / 2;

  return n;
}

void
nerve_figure_model_init (NerveFigureModel *self, NerveDataset *dataset, NervePalette *palette,
                         NerveLayerResults *layers)
{
  guint columns[3];
  gboolean tree = nerve_palette_get_n_groups (palette) > 0;

  *self = (NerveFigureModel) {
    .dataset = dataset,
    .palette = palette,
    .layers = layers,
    .n_layers = nerve_dataset_get_n_layers (dataset),
    .color_by = tree && nerve_palette_get_n_classes (palette) > 12 ? NERVE_COLOR_BY_SUPERCLASS : NERVE_COLOR_BY_CLASS,
    .units = NERVE_UNITS_MEDIAN,
    .pair = { -1, -1 },
    .selected_layer = -1,
    .selected_node = -1,
    .hover_layer = -1,
    .hover_node = -1,
    .selected_bar = NERVE_BAR_MARK_NONE,
    .hover_bar = NERVE_BAR_MARK_NONE,
    .hover_curve = NERVE_CURVE_MARK_NONE,
  };

  self->n_columns = nerve_figure_model_opening_columns (dataset, columns);
  for (guint i = 0; i < self->n_columns; i++)
    {
      self->columns[i] = columns[i];
      self->pinned[i] = TRUE;
    }
  self->current = self->n_columns > 0 ? self->columns[self->n_columns - 1] : 0;
  nerve_board_rows_init (self->rows, &self->n_rows);
}

NerveHierarchy *
nerve_figure_model_hierarchy (const NerveFigureModel *self, guint layer)
{
  if (self->network != NULL && layer < self->network->n_layers && self->network->hierarchies[layer] != NULL)
    return self->network->hierarchies[layer];

  return layer < self->n_layers ? self->layers[layer].hierarchy : NULL;
}

NerveBettiLayer *
nerve_figure_model_betti (const NerveFigureModel *self, guint layer)
{
  const NerveLayerResults *results = &self->layers[layer];

  if (self->decay.at_eta)
    return results->curves != NULL ? nerve_betti_curves_at (results->curves, &self->decay.eta, 1, NULL) : NULL;

  return results->betti != NULL ? nerve_betti_layer_ref (results->betti) : NULL;
}

double
nerve_figure_model_eta (const NerveFigureModel *self)
{
  if (self->decay.at_eta)
    return self->decay.eta;
  for (guint i = 0; i < self->n_layers; i++)
    if (self->layers[i].betti != NULL && nerve_betti_layer_get_n_etas (self->layers[i].betti) > 0)
      return nerve_betti_layer_get_etas (self->layers[i].betti)[0];

  return .5;
}

gboolean
nerve_figure_model_shows (const NerveFigureModel *self, guint kind)
{
  return self->shown == NULL || (kind < nerve_bitset_length (self->shown) && nerve_bitset_get (self->shown, kind));
}
