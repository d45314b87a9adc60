#include "figures/kinds.h"

#include <math.h>

#include <glib/gi18n.h>

#include "figures/color.h"
#include "figures/layer-plot.h"
#include "figures/mapper-marks.h"
#include "figures/text.h"

enum { COVERAGE, CLASS, SUPERCLASS, SELECTED_CLASS, SELECTED_SUPERCLASS, N_CURVES };

typedef struct
{
  NerveLayerPlot  plot;
  NerveTicks      ticks;
  NerveLayerCurve curves[N_CURVES];
  gboolean        any;
  gboolean        any_purity;
} Purity;

static void
purity_clear (Purity *self)
{
  nerve_layer_plot_clear (&self->plot);
  for (guint i = 0; i < N_CURVES; i++)
    g_clear_pointer (&self->curves[i].values, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Purity, purity_clear)

/* Mean purity of the nodes that hold selected images: what the whole lines are of all nodes. */
static double
selected_purity (const NerveMapperMarks *marks, const NerveGraph *graph, guint level)
{
  double sum = 0;
  gsize n = 0;

  for (guint node = 0; node < marks->n_nodes; node++)
    {
      double purity = nerve_purity_get_node (graph->purity[level], node)->purity;

      if (!(marks->shares[node] > 0) || isnan (purity))
        continue;
      sum += purity;
      n++;
    }

  return n > 0 ? sum / n : NAN;
}

static void
set_selected (Purity *self, const NerveFigureModel *model, guint layer)
{
  NerveGraph *graph = model->layers[layer].graph;
  g_auto (NerveMapperMarks) marks = { 0 };

  nerve_mapper_marks_init (&marks, model, layer, graph);
  for (guint level = 0; level < 2 && marks.active; level++)
    if (graph->purity[level] != NULL)
      self->curves[SELECTED_CLASS + level].values[layer] = selected_purity (&marks, graph, level);
}

static void
set_values (Purity *self, const NerveFigureModel *model)
{
  gboolean has[N_CURVES] = { FALSE };

  for (guint i = 0; i < model->n_layers; i++)
    {
      NerveGraph *graph = model->layers[i].graph;

      for (guint k = 0; k < N_CURVES; k++)
        self->curves[k].values[i] = NAN;
      if (graph == NULL)
        continue;
      self->curves[COVERAGE].values[i] = nerve_mapper_get_coverage (graph->mapper);
      for (guint level = 0; level < 2; level++)
        if (graph->purity[level] != NULL)
          self->curves[CLASS + level].values[i] = nerve_purity_get_nodewise (graph->purity[level]);
      set_selected (self, model, i);
      for (guint k = 0; k < N_CURVES; k++)
        has[k] = has[k] || isfinite (self->curves[k].values[i]);
    }

  self->any = has[COVERAGE];
  self->any_purity = has[CLASS] || has[SUPERCLASS];
  /* The two lines of what is selected have one name. */
  if (has[SELECTED_SUPERCLASS])
    self->curves[SELECTED_CLASS].name = NULL;
  for (guint k = 0; k < N_CURVES; k++)
    if (!has[k])
      self->curves[k].name = NULL;
}

static gboolean
purity_init (Purity *self, const NerveFigureModel *model, const NerveStyle *style, cairo_t *cr, double width,
             double height)
{
  double names;

  self->curves[SUPERCLASS] = (NerveLayerCurve) { _("superclass"), style->text, 2.2, FALSE, NERVE_MARK_DOT, 3, TRUE };
  self->curves[CLASS] = (NerveLayerCurve) { _("class"), style->dim, 1.4, FALSE, NERVE_MARK_DOT, 2.4 };
  self->curves[COVERAGE] = (NerveLayerCurve) { _("coverage"), style->edge, 1.1, TRUE, NERVE_MARK_NONE };
  /* Of the nodes that hold selected images. */
  self->curves[SELECTED_SUPERCLASS] = (NerveLayerCurve) { _("selected"), style->accent, 2.2, FALSE, NERVE_MARK_NONE };
  self->curves[SELECTED_CLASS] = (NerveLayerCurve) { _("selected"), style->accent, 1.4, FALSE, NERVE_MARK_NONE };
  for (guint k = 0; k < N_CURVES; k++)
    self->curves[k].values = g_new (double, MAX (model->n_layers, 1));
  set_values (self, model);

  self->ticks = (NerveTicks) { { 0, .5, 1 }, 3, 1 };
  names = nerve_layer_plot_names_width (style, self->curves, N_CURVES) + 9 * style->scale;
  nerve_layer_plot_init (&self->plot, model, style, cr, width, height, &self->ticks, names, 0);

  return self->any;
}

void
nerve_purity_figure_draw (const NerveFigureModel *model, guint layer, const NerveStyle *style, cairo_t *cr,
                          double width, double height)
{
  g_auto (Purity) self = { .any = FALSE };

  if (width < 1 || height < 1 || !purity_init (&self, model, style, cr, width, height))
    return;

  cairo_save (cr);
  nerve_layer_plot_caption (&self.plot, self.any_purity ? _("Node-wise purity") : _("Coverage"));
  nerve_layer_plot_ground (&self.plot, &self.ticks);
  for (guint k = 0; k < N_CURVES; k++)
    nerve_layer_plot_curve (&self.plot, &self.curves[k]);
  nerve_layer_plot_names (&self.plot, self.curves, N_CURVES, -1);
  cairo_restore (cr);
}

gboolean
nerve_purity_figure_hit (const NerveFigureModel *model, guint layer, const NerveStyle *style, double width,
                         double height, double x, double y, NerveHit *hit)
{
  g_auto (Purity) self = { .any = FALSE };

  return width >= 1 && height >= 1 && purity_init (&self, model, style, NULL, width, height) &&
         nerve_layer_plot_hit (&self.plot, x, y, hit);
}

void
nerve_purity_figure_marks (const NerveFigureModel *model, guint layer, const NerveStyle *style, double width,
                           double height, GArray *hits)
{
  g_auto (Purity) self = { .any = FALSE };

  if (width >= 1 && height >= 1 && purity_init (&self, model, style, NULL, width, height))
    nerve_layer_plot_marks (&self.plot, hits);
}

/* The first and the last layer that have a value; FALSE if none has. */
static gboolean
ends_of (const NerveFigureModel *model, guint level, guint *first, guint *last)
{
  gboolean found = FALSE;

  for (guint i = 0; i < model->n_layers; i++)
    {
      NerveGraph *graph = model->layers[i].graph;

      if (graph == NULL || graph->purity[level] == NULL ||
          !isfinite (nerve_purity_get_nodewise (graph->purity[level])))
        continue;
      if (!found)
        *first = i;
      *last = i;
      found = TRUE;
    }

  return found;
}

static double
nodewise (const NerveFigureModel *model, guint level, guint layer)
{
  return nerve_purity_get_nodewise (model->layers[layer].graph->purity[level]);
}

char *
nerve_purity_figure_describe (const NerveFigureModel *model, guint layer)
{
  GString *text = g_string_new (NULL);

  for (guint level = 0; level < 2; level++)
    {
      guint first = 0;
      guint last = 0;
      g_autofree char *from = NULL;
      g_autofree char *to = NULL;

      if (!ends_of (model, level, &first, &last))
        continue;
      from = nerve_text_number (nodewise (model, level, first), 2);
      to = nerve_text_number (nodewise (model, level, last), 2);
      if (text->len > 0)
        g_string_append_c (text, ' ');
      /* Translators: two layers' names with their purities */
      g_string_append_printf (text, level == 0 ? _("Node-wise purity by class goes from %s at %s to %s at %s.")
                                               : _("Node-wise purity by superclass goes from %s at %s to %s at %s."),
                              from, nerve_dataset_get_layer (model->dataset, first)->name,
                              to, nerve_dataset_get_layer (model->dataset, last)->name);
    }
  if (text->len == 0)
    g_string_append (text, _("There is no purity: no layer has a mapper graph with labels yet."));

  return g_string_free (text, FALSE);
}
