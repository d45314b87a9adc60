#include "figures/kinds.h"

#include <glib/gi18n.h>

#include "figures/flow-bars.h"
#include "figures/graph-verdict.h"
#include "figures/text.h"
#include "figures/twin.h"

#define NO_LAYER G_MAXUINT

typedef struct
{
  const NerveFigureModel *model;
  const NerveTwin        *twin;    /* the second column is of another network; NULL: all are of this one */
  NerveFigureModel        other;   /* as it is seen there: the same colours, the same images */
  NerveBitset            *images;
  NerveCoupling          *coupling[1];
  NerveFlowBars           bars;
} Flow;

static void
flow_clear (Flow *self)
{
  if (self->model == NULL)
    return;

  nerve_flow_bars_clear (&self->bars);
  g_clear_pointer (&self->images, nerve_bitset_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Flow, flow_clear)

static void
see_twin (Flow *self, const NerveFigureModel *model)
{
  self->images = nerve_twin_images (self->twin, model->selection);
  self->coupling[0] = self->twin->coupling;
  self->other = *model;
  self->other.selection = self->images;
  self->other.selected_layer = self->other.selected_node = -1;
  self->other.hover_layer = self->other.hover_node = -1;
}

static NerveFlowEnd
make_end (const NerveFigureModel *model, guint layer)
{
  return (NerveFlowEnd) { model, layer, model->layers[layer].graph,
                          nerve_dataset_get_layer (model->dataset, layer)->name };
}

static gboolean
flow_init (Flow *self, const NerveFigureModel *model, const NerveStyle *style, double width, double height)
{
  NerveFlowEnd ends[G_N_ELEMENTS (model->columns)];

  *self = (Flow) { NULL };
  if (width < 1 || height < 1 || model->network == NULL || model->n_columns == 0)
    return FALSE;

  self->model = model;
  self->twin = model->network->twin;
  if (self->twin != NULL)
    {
      see_twin (self, model);
      ends[0] = make_end (model, self->twin->layer);
      ends[1] = (NerveFlowEnd) { &self->other, NO_LAYER, self->twin->graph, self->twin->name };
      nerve_flow_bars_init (&self->bars, ends, 2, self->coupling, 1, style, width, height);
      return TRUE;
    }

  for (guint c = 0; c < model->n_columns; c++)
    ends[c] = make_end (model, model->columns[c]);
  nerve_flow_bars_init (&self->bars, ends, model->n_columns, model->network->couplings, model->network->n_couplings,
                        style, width, height);

  return TRUE;
}

/* Columns of this network: another's nodes can't be selected in it. */
static guint
count_own (const Flow *self)
{
  return self->twin != NULL ? 1 : self->bars.n;
}

static guint
layer_of (const Flow *self, guint column)
{
  return self->twin != NULL ? self->twin->layer : self->model->columns[column];
}

void
nerve_flow_figure_draw (const NerveFigureModel *model, guint layer, const NerveStyle *style, cairo_t *cr,
                        double width, double height)
{
  g_auto (Flow) self = { NULL };

  if (!flow_init (&self, model, style, width, height))
    return;
  nerve_flow_bars_draw (&self.bars, cr);
  for (guint c = 0; c < count_own (&self); c++)
    {
      const NerveGraph *graph = model->layers[layer_of (&self, c)].graph;
      double room = width / self.bars.n - style->body;

      if (graph != NULL && nerve_mapper_get_n_nodes (graph->mapper) == 0)
        nerve_graph_verdict_paint (graph, style, cr, c * (room + style->body), room, height);
    }
}

gboolean
nerve_flow_figure_hit (const NerveFigureModel *model, guint layer, const NerveStyle *style, double width,
                       double height, double x, double y, NerveHit *hit)
{
  g_auto (Flow) self = { NULL };
  NerveHit found = { NERVE_HIT_NODE };
  int column;

  if (!flow_init (&self, model, style, width, height))
    return FALSE;
  column = nerve_flow_bars_find (&self.bars, x, y, &found);
  if (column < 0 || column >= (int) count_own (&self))
    return FALSE;
  found.layer = layer_of (&self, column);
  *hit = found;

  return TRUE;
}

void
nerve_flow_figure_marks (const NerveFigureModel *model, guint layer, const NerveStyle *style, double width,
                         double height, GArray *hits)
{
  g_auto (Flow) self = { NULL };

  if (!flow_init (&self, model, style, width, height))
    return;
  for (guint c = 0; c < count_own (&self); c++)
    for (guint i = 0; i < nerve_flow_bars_get_n_nodes (&self.bars, c); i++)
      {
        NerveHit hit = { NERVE_HIT_NODE, layer_of (&self, c) };

        nerve_flow_bars_place (&self.bars, c, i, &hit);
        g_array_append_val (hits, hit);
      }
}

char *
nerve_flow_figure_describe (const NerveFigureModel *model, guint layer)
{
  GString *text = g_string_new (NULL);

  for (guint c = 0; model->network != NULL && c < model->network->n_couplings && c + 1 < model->n_columns; c++)
    {
      NerveCoupling *coupling = model->network->couplings[c];
      g_autofree char *distance = NULL;

      if (coupling == NULL)
        continue;
      distance = nerve_text_number (nerve_coupling_get_distance (coupling), 2);
      /* Translators: two layers and a number */
      g_string_append_printf (text, _("%sFrom %s to %s the mapper graph changes by %s."), text->len > 0 ? " " : "",
                              nerve_dataset_get_layer (model->dataset, model->columns[c])->name,
                              nerve_dataset_get_layer (model->dataset, model->columns[c + 1])->name, distance);
    }
  if (model->network != NULL && model->network->twin != NULL)
    {
      const NerveTwin *twin = model->network->twin;
      g_autofree char *distance = nerve_text_number (nerve_coupling_get_distance (twin->coupling), 2);

      /* Translators: two layers and a number */
      g_string_append_printf (text, _("From %s to %s the mapper graph changes by %s."),
                              nerve_dataset_get_layer (model->dataset, twin->layer)->name, twin->name, distance);
    }
  if (text->len == 0)
    g_string_append (text, _("There is no flow between layers yet: it takes two columns with graphs."));

  return g_string_free (text, FALSE);
}
