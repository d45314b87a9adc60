#include "figures/kinds.h"

#include <math.h>

#include <glib/gi18n.h>

#include "figures/line-plot.h"
#include "figures/study-texts.h"
#include "figures/text.h"

#define NAMES_SHARE .3 /* of the width, at most */

static const NerveImageSubsample *
get_subsample (const NerveModelStudy *study, guint model, guint i)
{
  return &g_array_index (nerve_model_study_get_subsamples (study, model), NerveImageSubsample, i);
}

static gboolean
set_ranges (NerveLinePlot *plot, const NerveModelStudy *study)
{
  plot->log_x = TRUE;
  plot->x[0] = 1;
  plot->x[1] = 1;
  plot->y[0] = 0;
  plot->y[1] = 0;
  for (guint m = 0; m < nerve_model_study_get_n (study); m++)
    for (guint i = 0; i < nerve_model_study_get_subsamples (study, m)->len; i++)
      {
        const NerveImageSubsample *found = get_subsample (study, m, i);

        plot->x[1] = MAX (plot->x[1], found->n_images);
        if (isfinite (found->distance.high))
          plot->y[1] = MAX (plot->y[1], found->distance.high);
      }
  plot->y[1] = plot->y[1] > 0 ? 1.06 * plot->y[1] : .1;

  return plot->x[1] > 1;
}

/* The band, or the line and where it ends. */
static double
draw_model (const NerveLinePlot *plot, const NerveModelStudy *study, guint m, gboolean band)
{
  guint n = nerve_model_study_get_subsamples (study, m)->len;
  g_autofree double *x = g_new (double, 4 * n + 1);
  double *middle = x + n, *low = x + 2 * n, *high = x + 3 * n;

  for (guint i = 0; i < n; i++)
    {
      const NerveImageSubsample *found = get_subsample (study, m, i);

      x[i] = found->n_images;
      middle[i] = found->distance.distance;
      low[i] = found->distance.low;
      high[i] = found->distance.high;
    }
  if (band)
    nerve_line_plot_band (plot, nerve_model_study_get_n (study), x, low, high, n);
  else
    nerve_line_plot_line (plot, m, m == 0, x, middle, n);

  return n > 0 ? middle[n - 1] : NAN;
}

void
nerve_subsamples_figure_draw (const NerveFigureModel *model, guint layer, const NerveStyle *style, cairo_t *cr,
                              double width, double height)
{
  const NerveModelStudy *study = model->decay.study;
  g_autofree const char **names = NULL;
  g_autofree double *ends = NULL;
  NerveLinePlot plot = { NULL };
  guint n;

  if (study == NULL || width < 1 || height < 1)
    return;
  if (!set_ranges (&plot, study))
    {
      nerve_text_paragraph (cr, style, _("No class has more than one image: there is nothing to draw fewer of."),
                            style->caption, 0, style->dim, 0, 1.3 * style->caption, width, 1.3 * style->caption, TRUE);
      return;
    }

  n = nerve_model_study_get_n (study);
  names = nerve_study_names (study);
  ends = g_new (double, n + 1);
  nerve_line_plot_init (&plot, style, cr, width, height,
                        nerve_line_plot_names_width (style, names, n, NAMES_SHARE * width));
  cairo_save (cr);
  nerve_line_plot_ground (&plot, _("images of a class"), _("distance to the curve of all images"));
  for (guint m = 0; m < n; m++)
    draw_model (&plot, study, m, TRUE);
  for (guint m = 0; m < n; m++)
    ends[m] = draw_model (&plot, study, m, FALSE);
  nerve_line_plot_names (&plot, names, ends, n, 0);
  cairo_restore (cr);
}

/* The least number of images from which on θ stays within a tenth of that of all. */
static gsize
find_enough (const NerveModelStudy *study, guint m)
{
  guint n = nerve_model_study_get_subsamples (study, m)->len;
  double whole = n > 0 ? get_subsample (study, m, n - 1)->theta.distance : NAN;
  gsize enough = n > 0 ? get_subsample (study, m, n - 1)->n_images : 0;

  for (guint i = n; i-- > 0;)
    {
      const NerveInvariance *theta = &get_subsample (study, m, i)->theta;

      if (!(fabs (theta->low - whole) <= .1 * fabs (whole) && fabs (theta->high - whole) <= .1 * fabs (whole)))
        break;
      enough = get_subsample (study, m, i)->n_images;
    }

  return enough;
}

char *
nerve_subsamples_figure_describe (const NerveFigureModel *model, guint layer)
{
  const NerveModelStudy *study = model->decay.study;
  GString *text;

  if (study == NULL || nerve_model_study_get_n (study) == 0)
    return g_strdup (_("No network is open."));

  text = g_string_new (_("Images of a class from which on θ is within a tenth of that of all:"));
  for (guint m = 0; m < nerve_model_study_get_n (study); m++)
    g_string_append_printf (text, "%s %s %zu", m > 0 ? "," : "", nerve_model_study_get_name (study, m),
                            find_enough (study, m));
  g_string_append_c (text, '.');

  return g_string_free (text, FALSE);
}
