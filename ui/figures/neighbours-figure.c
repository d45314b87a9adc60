#include "figures/kinds.h"

#include <math.h>

#include <glib/gi18n.h>

#include "figures/layer-plot.h"
#include "figures/text.h"

/* How far each layer is from the one before it. */
typedef struct
{
  NerveLayerPlot  plot;
  NerveTicks      ticks;
  NerveLayerCurve curve;
} Neighbours;

static void
neighbours_clear (Neighbours *self)
{
  nerve_layer_plot_clear (&self->plot);
  g_clear_pointer (&self->curve.values, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Neighbours, neighbours_clear)

static const NerveLayerMatrix *
matrix_of (const NerveFigureModel *model)
{
  const NerveLayerMatrix *matrix = model->network != NULL ? model->network->matrix : NULL;

  return matrix != NULL && nerve_layer_matrix_get_n_models (matrix) == 1 + !nerve_layer_matrix_is_square (matrix) ?
         matrix : NULL;
}

/* From the layer before, or, against another network, from its layer of the same name; NAN: there is none. */
static double
step_to (const NerveLayerMatrix *matrix, guint row)
{
  if (nerve_layer_matrix_is_square (matrix))
    return row > 0 ? nerve_layer_matrix_get_dissimilarity (matrix, row - 1, row) : NAN;

  for (guint j = 0; j < nerve_layer_matrix_get_n_columns (matrix); j++)
    if (g_str_equal (nerve_layer_matrix_get_column_name (matrix, j), nerve_layer_matrix_get_row_name (matrix, row)))
      return nerve_layer_matrix_get_dissimilarity (matrix, row, j);

  return NAN;
}

static const char *
caption_format (const NerveLayerMatrix *matrix)
{
  gboolean similar = nerve_measure_is_similarity (nerve_layer_matrix_get_measure (matrix));

  if (nerve_layer_matrix_is_square (matrix))
    /* Translators: a similarity measure */
    return similar ? _("1 − %s, to the layer before") : _("%s, to the layer before");

  /* Translators: a similarity measure */
  return similar ? _("1 − %s, to the other's same layer") : _("%s, to the other's same layer");
}

static gboolean
neighbours_init (Neighbours *self, const NerveFigureModel *model, const NerveStyle *style, cairo_t *cr, double width,
                 double height)
{
  const NerveLayerMatrix *matrix = matrix_of (model);
  double upper = 0;

  if (matrix == NULL || model->n_layers < 2 || width < 1 || height < 1)
    return FALSE;

  self->curve = (NerveLayerCurve) { NULL, style->text, 1.8, FALSE, NERVE_MARK_DOT, 2.8 };
  self->curve.values = g_new (double, model->n_layers);
  for (guint i = 0; i < model->n_layers; i++)
    self->curve.values[i] = NAN;
  for (guint row = 0; row < nerve_layer_matrix_get_n_rows (matrix); row++)
    {
      double distance = step_to (matrix, row);

      self->curve.values[nerve_layer_matrix_get_row_layer (matrix, row)] = distance;
      if (isfinite (distance))
        upper = MAX (upper, distance);
    }
  upper = upper > 0 ? 1.05 * upper : 1;
  nerve_ticks_linear (0, upper, 4, &self->ticks);
  nerve_layer_plot_init (&self->plot, model, style, cr, width, height, &self->ticks, 6 * style->scale, 0);
  self->plot.upper = upper;

  return TRUE;
}

void
nerve_neighbours_figure_draw (const NerveFigureModel *model, guint layer, const NerveStyle *style, cairo_t *cr,
                              double width, double height)
{
  g_auto (Neighbours) self = { .curve = { NULL } };
  g_autofree char *caption = NULL;
  const char *title;

  if (!neighbours_init (&self, model, style, cr, width, height))
    return;

  title = nerve_measure_title (nerve_layer_matrix_get_measure (matrix_of (model)));
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  caption = g_strdup_printf (caption_format (matrix_of (model)), title);
#pragma GCC diagnostic pop
  cairo_save (cr);
  nerve_layer_plot_caption (&self.plot, caption);
  nerve_layer_plot_ground (&self.plot, &self.ticks);
  nerve_layer_plot_curve (&self.plot, &self.curve);
  cairo_restore (cr);
}

gboolean
nerve_neighbours_figure_hit (const NerveFigureModel *model, guint layer, const NerveStyle *style, double width,
                             double height, double x, double y, NerveHit *hit)
{
  g_auto (Neighbours) self = { .curve = { NULL } };

  return neighbours_init (&self, model, style, NULL, width, height) && nerve_layer_plot_hit (&self.plot, x, y, hit);
}

void
nerve_neighbours_figure_marks (const NerveFigureModel *model, guint layer, const NerveStyle *style, double width,
                               double height, GArray *hits)
{
  g_auto (Neighbours) self = { .curve = { NULL } };

  if (neighbours_init (&self, model, style, NULL, width, height))
    nerve_layer_plot_marks (&self.plot, hits);
}

char *
nerve_neighbours_figure_describe (const NerveFigureModel *model, guint layer)
{
  const NerveLayerMatrix *matrix = matrix_of (model);
  double most = -INFINITY;
  guint at = 0;

  for (guint i = 0; matrix != NULL && i < nerve_layer_matrix_get_n_rows (matrix); i++)
    {
      double distance = step_to (matrix, i);

      if (isfinite (distance) && distance > most)
        {
          most = distance;
          at = i;
        }
    }
  if (isinf (most))
    return g_strdup (_("No two layers that follow each other have been compared yet."));

  if (!nerve_layer_matrix_is_square (matrix))
    /* Translators: a measure, a layer */
    return g_strdup_printf (_("%s: the two networks differ most in %s."),
                            nerve_measure_title (nerve_layer_matrix_get_measure (matrix)),
                            nerve_layer_matrix_get_row_name (matrix, at));

  /* Translators: a measure, two layers */
  return g_strdup_printf (_("%s: the greatest step is that from %s to %s."),
                          nerve_measure_title (nerve_layer_matrix_get_measure (matrix)),
                          nerve_layer_matrix_get_row_name (matrix, at - 1),
                          nerve_layer_matrix_get_row_name (matrix, at));
}
