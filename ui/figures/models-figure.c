#include "figures/kinds.h"

#include <math.h>

#include <glib/gi18n.h>

#include "figures/line-plot.h"
#include "figures/study-texts.h"

#define NAMES_SHARE .3 /* of the width, at most */

static double
depth_of (const NerveModelStudy *study, NerveDepth depth, guint model, guint layer)
{
  guint n = nerve_model_study_get_n_layers (study, model);

  if (depth == NERVE_DEPTH_LAYER)
    return layer + 1;

  return n > 1 ? layer / (n - 1.0) : .5;
}

static void
extend (double range[2], double value, gboolean logarithmic)
{
  if (!isfinite (value) || (logarithmic && value <= 0))
    return;
  range[0] = MIN (range[0], value);
  range[1] = MAX (range[1], value);
}

/* FALSE: nothing can be shown. */
static gboolean
set_ranges (NerveLinePlot *plot, const NerveFigureModel *model)
{
  const NerveModelStudy *study = model->decay.study;

  plot->log_y = !model->decay.linear;
  plot->y[0] = plot->log_y ? INFINITY : 0;
  plot->y[1] = plot->log_y ? -INFINITY : 0;
  plot->x[0] = model->decay.depth == NERVE_DEPTH_LAYER ? 1 : 0;
  plot->x[1] = 1;
  for (guint m = 0; m < nerve_model_study_get_n (study); m++)
    for (guint i = 0; i < nerve_model_study_get_n_layers (study, m); i++)
      {
        plot->x[1] = MAX (plot->x[1], depth_of (study, model->decay.depth, m, i));
        extend (plot->y, nerve_model_study_get_omega (study, m)[i], plot->log_y);
        extend (plot->y, nerve_model_study_get_band (study, m)->low[i], plot->log_y);
        extend (plot->y, nerve_model_study_get_band (study, m)->high[i], plot->log_y);
      }
  if (plot->y[0] > plot->y[1])
    return FALSE;
  if (plot->log_y)
    plot->y[0] /= 1.15;
  plot->y[1] *= plot->log_y ? 1.15 : 1.06;

  return plot->y[1] > plot->y[0];
}

/* The band, or the line. */
static void
draw_model (const NerveLinePlot *plot, const NerveFigureModel *model, guint m, gboolean with_band)
{
  const NerveModelStudy *study = model->decay.study;
  const NerveDecayBand *band = nerve_model_study_get_band (study, m);
  guint n = nerve_model_study_get_n_layers (study, m);
  g_autofree double *x = g_new (double, n + 1);

  for (guint i = 0; i < n; i++)
    x[i] = depth_of (study, model->decay.depth, m, i);
  if (with_band)
    nerve_line_plot_band (plot, nerve_model_study_get_n (study), x, band->low, band->high, n);
  else
    nerve_line_plot_line (plot, m, m == 0, x, nerve_model_study_get_omega (study, m), n);
}

void
nerve_models_figure_draw (const NerveFigureModel *model, guint layer, const NerveStyle *style, cairo_t *cr,
                          double width, double height)
{
  const NerveModelStudy *study = model->decay.study;
  g_autofree const char **names = NULL;
  g_autofree double *ends = NULL;
  NerveLinePlot plot = { NULL };
  guint n;

  if (study == NULL || width < 1 || height < 1 || !set_ranges (&plot, model))
    return;

  n = nerve_model_study_get_n (study);
  names = nerve_study_names (study);
  ends = g_new (double, n + 1);
  nerve_line_plot_init (&plot, style, cr, width, height,
                        nerve_line_plot_names_width (style, names, n, NAMES_SHARE * width));
  if (model->decay.depth == NERVE_DEPTH_LAYER)
    nerve_line_plot_whole (&plot, &plot.across);
  cairo_save (cr);
  nerve_line_plot_ground (&plot, model->decay.depth == NERVE_DEPTH_LAYER ? _("layer") : _("relative depth"),
                          /* xgettext:no-c-format */
                          _("Ω as counted, 95 % of images drawn anew"));
  for (guint m = 0; m < n; m++)
    draw_model (&plot, model, m, TRUE);
  for (guint m = 0; m < n; m++)
    {
      guint n_layers = nerve_model_study_get_n_layers (study, m);

      draw_model (&plot, model, m, FALSE);
      ends[m] = n_layers > 0 ? nerve_model_study_get_omega (study, m)[n_layers - 1] : NAN;
    }
  nerve_line_plot_names (&plot, names, ends, n, 0);
  cairo_restore (cr);
}

char *
nerve_models_figure_describe (const NerveFigureModel *model, guint layer)
{
  const NerveModelStudy *study = model->decay.study;
  const NerveInvariance *farthest = NULL;
  g_autofree char *distance = NULL;
  guint pair[2] = { 0, 0 };

  if (study == NULL || nerve_model_study_get_n (study) < 2)
    return g_strdup (_("One network has nothing to be compared with."));

  for (guint a = 0; a < nerve_model_study_get_n (study); a++)
    for (guint b = a + 1; b < nerve_model_study_get_n (study); b++)
      {
        const NerveInvariance *found = nerve_model_study_get_distance (study, model->decay.depth, a, b);

        if (isnan (found->distance) || (farthest != NULL && found->distance <= farthest->distance))
          continue;
        farthest = found;
        pair[0] = a;
        pair[1] = b;
      }
  if (farthest == NULL)
    return g_strdup (_("No curve has a shape to compare."));

  distance = nerve_study_distance (farthest);
  /* Translators: two models' names, a distance with its band */
  return g_strdup_printf (_("Farthest apart in shape: %s and %s, %s (0: the same, at most 1.41)."),
                          nerve_model_study_get_name (study, pair[0]), nerve_model_study_get_name (study, pair[1]),
                          distance);
}
