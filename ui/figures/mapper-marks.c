#include "figures/mapper-marks.h"

/* DESIGN.md "Mapper graph" and "Learned from real data" 5: a threshold shows where the images really are. */
#define LEAST_ARC .03
#define CLEARLY .10

static void
count_images (NerveMapperMarks *self, const NerveFigureModel *model, NerveGraph *graph)
{
  NerveCloud *cloud = nerve_mapper_get_cloud (graph->mapper);
  const guint32 *images = nerve_cloud_get_images (cloud);
  gsize length = nerve_bitset_length (model->selection);
  g_autoptr (NerveBitset) covered = nerve_bitset_new (length);

  for (guint i = 0; i < self->n_nodes; i++)
    {
      const NerveNode *node = nerve_mapper_get_node (graph->mapper, i);
      gsize held = 0;

      for (gsize k = 0; k < node->n_members; k++)
        {
          guint32 image = images[node->members[k]];

          if (image < length && nerve_bitset_get (model->selection, image))
            {
              nerve_bitset_set (covered, image, TRUE);
              held++;
            }
        }
      self->shares[i] = node->n_members > 0 ? (double) held / node->n_members : 0;
      self->n_holding += held > 0;
    }
  self->n_covered = nerve_bitset_count (covered);
}

void
nerve_mapper_marks_init (NerveMapperMarks *self, const NerveFigureModel *model, guint layer, NerveGraph *graph)
{
  guint n = nerve_mapper_get_n_nodes (graph->mapper);

  *self = (NerveMapperMarks) { .n_nodes = n, .selected = -1, .hovered = -1 };
  self->shares = g_new0 (double, MAX (n, 1));
  if (model->hover_layer == (int) layer && model->hover_node >= 0 && model->hover_node < (int) n)
    self->hovered = model->hover_node;
  if (model->selection == NULL || nerve_bitset_is_empty (model->selection))
    return;

  self->active = TRUE;
  self->n_selected = nerve_bitset_count (model->selection);
  if (model->selected_layer == (int) layer && model->selected_node >= 0 && model->selected_node < (int) n)
    self->selected = model->selected_node;
  count_images (self, model, graph);
}

void
nerve_mapper_marks_clear (NerveMapperMarks *self)
{
  g_clear_pointer (&self->shares, g_free);
}

double
nerve_mapper_marks_opacity (const NerveMapperMarks *self, guint node)
{
  if (!self->active || self->shares[node] >= CLEARLY || self->selected == (int) node)
    return 1;

  return self->shares[node] > 0 ? .6 : .2;
}

double
nerve_mapper_marks_edge_opacity (const NerveMapperMarks *self, const NerveEdge *edge)
{
  if (!self->active || (self->shares[edge->source] > 0 && self->shares[edge->target] > 0))
    return 1;

  return .25;
}

double
nerve_mapper_marks_arc (const NerveMapperMarks *self, guint node)
{
  if (!self->active || self->selected == (int) node || self->shares[node] < LEAST_ARC)
    return 0;

  return self->shares[node];
}
