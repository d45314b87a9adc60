#include "figures/mapper-shares.h"

#include <string.h>

#include "figures/palette-private.h"

static void
set_kinds (NerveMapperShares *self, gboolean dark)
{
  const NervePalette *palette = self->model->palette;
  const guint *order = nerve_palette_get_order (palette);

  for (guint i = 0; i + 1 < self->n; i++)
    {
      self->kinds[i] = self->by_group ? i : order[i];
      self->colors[i] = self->by_group ? nerve_palette_get_group_color (palette, i, dark)
                                       : nerve_palette_get_class_color (palette, order[i], dark);
    }
  self->colors[self->n - 1] = nerve_palette_get_neutral (dark);
}

void
nerve_mapper_shares_init (NerveMapperShares *self, const NerveFigureModel *model, NerveGraph *graph, gboolean dark)
{
  guint n_groups = nerve_palette_get_n_groups (model->palette);
  guint n_classes = nerve_palette_get_n_classes (model->palette);

  *self = (NerveMapperShares) { .model = model };
  self->by_group = model->color_by == NERVE_COLOR_BY_SUPERCLASS && n_groups > 0;
  self->purity = graph->purity[self->by_group && graph->purity[1] != NULL];
  if (self->purity == NULL || nerve_purity_get_n_classes (self->purity) !=
                                (self->purity == graph->purity[1] ? n_groups : n_classes))
    self->purity = NULL;
  self->summed = self->by_group && self->purity != NULL && self->purity != graph->purity[1];

  self->n = (self->purity == NULL ? 0 : self->by_group ? n_groups : n_classes) + 1;
  self->kinds = g_new0 (guint, self->n);
  self->colors = g_new0 (NerveColor, self->n);
  self->counts = g_new0 (guint32, self->n);
  set_kinds (self, dark);
  nerve_node_measure_init (&self->measure, model, graph);
}

void
nerve_mapper_shares_clear (NerveMapperShares *self)
{
  g_clear_pointer (&self->kinds, g_free);
  g_clear_pointer (&self->colors, g_free);
  g_clear_pointer (&self->counts, g_free);
  nerve_node_measure_clear (&self->measure);
}

const guint32 *
nerve_mapper_shares_get (NerveMapperShares *self, NerveGraph *graph, guint node)
{
  gsize members = nerve_mapper_get_node (graph->mapper, node)->n_members;
  const guint32 *counts;
  gsize labelled = 0;

  memset (self->counts, 0, self->n * sizeof *self->counts);
  if (self->purity != NULL)
    {
      counts = nerve_purity_get_counts (self->purity, node);
      if (self->summed)
        for (guint i = 0; i < nerve_purity_get_n_classes (self->purity); i++)
          self->counts[nerve_palette_get_group (self->model->palette, i)] += counts[i];
      else
        for (guint i = 0; i + 1 < self->n; i++)
          self->counts[i] = counts[self->kinds[i]];
    }
  for (guint i = 0; i + 1 < self->n; i++)
    labelled += self->counts[i];
  self->counts[self->n - 1] = members > labelled ? members - labelled : 0;

  return self->counts;
}

guint
nerve_mapper_shares_majority (const NerveMapperShares *self)
{
  guint best = 0;

  for (guint i = 1; i < self->n; i++)
    if (self->counts[i] > self->counts[best])
      best = i;

  return best;
}

const char *
nerve_mapper_shares_code (const NerveMapperShares *self, guint kind)
{
  if (kind + 1 >= self->n)
    return "";

  return self->by_group ? nerve_palette_get_group_code (self->model->palette, self->kinds[kind])
                        : nerve_palette_get_class_code (self->model->palette, self->kinds[kind]);
}

const char *
nerve_mapper_shares_name (const NerveMapperShares *self, guint kind)
{
  if (kind + 1 >= self->n)
    return "";

  return self->by_group ? nerve_dataset_get_group_name (self->model->dataset, 1, self->kinds[kind])
                        : nerve_dataset_get_class_name (self->model->dataset, self->kinds[kind]);
}

gboolean
nerve_mapper_shares_has_solo (const NerveMapperShares *self)
{
  return self->model->shown != NULL && self->n > 1;
}

gboolean
nerve_mapper_shares_is_grey (const NerveMapperShares *self, guint kind)
{
  if (!nerve_mapper_shares_has_solo (self))
    return FALSE;

  return kind + 1 == self->n || !nerve_figure_model_shows (self->model, self->kinds[kind]);
}
