#include "figures/kinds.h"

#include <math.h>

#include <glib/gi18n.h>

#include "figures/line-plot.h"
#include "figures/study-texts.h"
#include "figures/text.h"

#define NAMES_SHARE .25 /* of the width, at most */
#define GAP 14.

static double
place_of (const NerveFigureModel *model, guint m, guint eta, NerveDecayX x)
{
  NerveRankingScore score = nerve_model_study_ranked_by (model->decay.score);
  guint rank = nerve_model_study_get_rank (model->decay.study, m, eta, x, score);

  return rank > 0 ? rank : NAN;
}

/* Places over η with x as layers or as [0, 1]; the best at the top. */
static void
draw_panel (const NerveFigureModel *model, NerveDecayX x, const NerveStyle *style, cairo_t *cr,
            const char *const *names, double width, double height, double room)
{
  const NerveModelStudy *study = model->decay.study;
  guint n = nerve_model_study_get_n (study), n_etas = nerve_model_study_get_n_etas (study);
  const double *etas = nerve_model_study_get_etas (study);
  g_autofree double *places = g_new (double, n_etas + 1);
  g_autofree double *ends = g_new (double, n + 1);
  NerveLinePlot plot = { .x = { etas[0], etas[n_etas - 1] }, .y = { .5, n + .5 } };

  nerve_line_plot_init (&plot, style, cr, width, height, room);
  nerve_line_plot_whole (&plot, &plot.up);
  plot.y[0] = n + .5;
  plot.y[1] = .5;
  nerve_line_plot_ground (&plot, "η", x == NERVE_DECAY_X_LAYERS ? _("place, x = layer number")
                                                                : _("place, x = 0 … 1"));
  for (guint m = 0; m < n; m++)
    {
      for (guint e = 0; e < n_etas; e++)
        places[e] = place_of (model, m, e, x);
      ends[m] = places[n_etas - 1];
      nerve_line_plot_line (&plot, m, m == 0, etas, places, n_etas);
    }
  if (room > 0)
    nerve_line_plot_names (&plot, names, ends, n, 0);
}

void
nerve_ranks_figure_draw (const NerveFigureModel *model, guint layer, const NerveStyle *style, cairo_t *cr,
                         double width, double height)
{
  const NerveModelStudy *study = model->decay.study;
  double gap = GAP * style->scale, names_width, panel;
  g_autofree const char **names = NULL;

  if (study == NULL || nerve_model_study_get_n_etas (study) < 2 || width < 1 || height < 1)
    return;

  names = nerve_study_names (study);
  names_width = nerve_line_plot_names_width (style, names, nerve_model_study_get_n (study), NAMES_SHARE * width);
  panel = (width - gap - names_width) / 2;
  cairo_save (cr);
  draw_panel (model, NERVE_DECAY_X_LAYERS, style, cr, names, panel, height, 0);
  cairo_translate (cr, panel + gap, 0);
  draw_panel (model, NERVE_DECAY_X_UNIT, style, cr, names, panel + names_width, height, names_width);
  cairo_restore (cr);
}

/* Whether the order at @a is the one at @b. */
static gboolean
same_order (const NerveFigureModel *model, guint a, guint b, NerveDecayX x, NerveDecayX other)
{
  for (guint m = 0; m < nerve_model_study_get_n (model->decay.study); m++)
    {
      double one = place_of (model, m, a, x), two = place_of (model, m, b, other);

      if (one != two && !(isnan (one) && isnan (two)))
        return FALSE;
    }

  return TRUE;
}

char *
nerve_ranks_figure_describe (const NerveFigureModel *model, guint layer)
{
  const NerveModelStudy *study = model->decay.study;
  guint n_etas = study != NULL ? nerve_model_study_get_n_etas (study) : 0;
  NerveRankingScore score = nerve_model_study_ranked_by (model->decay.score);
  guint n_changes = 0, n_differ = 0;
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;

  if (n_etas < 2 || nerve_model_study_get_n (study) < 2)
    return g_strdup (_("One network has no order."));

  for (guint e = 0; e < n_etas; e++)
    {
      n_changes += e > 0 && !same_order (model, e - 1, e, NERVE_DECAY_X_LAYERS, NERVE_DECAY_X_LAYERS);
      n_differ += !same_order (model, e, e, NERVE_DECAY_X_LAYERS, NERVE_DECAY_X_UNIT);
    }
  low = nerve_text_short (nerve_model_study_get_etas (study)[0], 2);
  high = nerve_text_short (nerve_model_study_get_etas (study)[n_etas - 1], 2);
  /* Translators: a score, two thresholds, how often, of how many */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "%s: from η = %s to %s the order changes %u time; x = 0 … 1 gives another order "
                                       "at %u of %u thresholds.",
                                       "%s: from η = %s to %s the order changes %u times; x = 0 … 1 gives another "
                                       "order at %u of %u thresholds.", n_changes),
                          _(nerve_ranking_score_info (score)->label), low, high, n_changes, n_differ, n_etas);
}
