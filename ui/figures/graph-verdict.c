#include "config.h"

#include "figures/graph-verdict.h"

#include <math.h>

#include <glib/gi18n.h>

#include "figures/text.h"

static const char *const advice[] = {
  [NERVE_DIAGNOSIS_FINE] = NULL,
  [NERVE_DIAGNOSIS_COINCIDENT] = N_("So every interval is one node. Another sampling may tell them apart."),
  [NERVE_DIAGNOSIS_FEW_POINTS] = N_("Lower “Min. samples” in the parameters, or take more points."),
  [NERVE_DIAGNOSIS_THIN_INTERVALS] = N_("Ask for fewer intervals, more overlap or fewer samples in the parameters."),
  [NERVE_DIAGNOSIS_NOISE] = N_("Raise ε, or ask for fewer samples, in the parameters."),
  [NERVE_DIAGNOSIS_MOSTLY_NOISE] = N_("Raise ε, or ask for fewer samples, in the parameters."),
  [NERVE_DIAGNOSIS_GIANT] = N_("Lower ε, or ask for more intervals, in the parameters."),
};

char *
nerve_graph_verdict_describe (const NerveDiagnosis *found, const NerveMapper *mapper)
{
  int min_samples = nerve_mapper_get_parameters (mapper)->min_samples;
  gsize n = nerve_cloud_get_n (nerve_mapper_get_cloud (mapper));
  g_autofree char *eps = nerve_text_number (found->eps, 4);
  g_autofree char *share = NULL;

  switch (found->kind)
    {
    case NERVE_DIAGNOSIS_COINCIDENT:
      return g_strdup (_("All points of this layer coincide."));
    case NERVE_DIAGNOSIS_FEW_POINTS:
      return g_strdup_printf (ngettext ("There is %zu point; a node needs %d.",
                                        "There are %zu points; a node needs %d.", n), n, min_samples);
    case NERVE_DIAGNOSIS_THIN_INTERVALS:
      return g_strdup_printf (_("No interval of the cover holds the %d points that a node needs."), min_samples);
    case NERVE_DIAGNOSIS_NOISE:
      return g_strdup_printf (_("Everything is noise at ε = %s."), eps);
    case NERVE_DIAGNOSIS_MOSTLY_NOISE:
      share = nerve_text_percent (found->coverage);
      return g_strdup_printf (_("Only %s of the points are in a node at ε = %s."), share, eps);
    case NERVE_DIAGNOSIS_GIANT:
      share = nerve_text_percent (found->giant_share);
      if (isnan (found->median)) /* clusters are not cut by eps */
        return g_strdup_printf (_("One node holds %s of the points."), share);
      return g_strdup_printf (_("One node holds %s of the points at ε = %s."), share, eps);
    case NERVE_DIAGNOSIS_FINE:
    default:
      return NULL;
    }
}

/* Where eps plays no part, or none that was tried would do, something else has to. */
static const char *
find_remedy (const NerveDiagnosis *found)
{
  if (found->kind == NERVE_DIAGNOSIS_GIANT && isnan (found->median))
    return _("Ask for more intervals, or cut elsewhere, in the parameters.");
  if (found->kind == NERVE_DIAGNOSIS_NOISE || found->kind == NERVE_DIAGNOSIS_MOSTLY_NOISE)
    return _(advice[isfinite (found->median) ? NERVE_DIAGNOSIS_THIN_INTERVALS : found->kind]);

  return _(advice[found->kind]);
}

char *
nerve_graph_verdict_advise (const NerveDiagnosis *found, const NerveMapper *mapper)
{
  int min_samples = nerve_mapper_get_parameters (mapper)->min_samples;
  g_autofree char *median = NULL;
  g_autofree char *half = NULL;

  if (found->kind == NERVE_DIAGNOSIS_FINE)
    return NULL;
  if (!isfinite (found->median))
    return g_strdup (find_remedy (found));

  median = nerve_text_number (found->median, 4);
  half = g_strdup_printf (ngettext ("Half of the points have %d other within %s.",
                                    "Half of the points have %d others within %s.", min_samples), min_samples, median);

  return isfinite (found->advised) ? g_steal_pointer (&half) : g_strdup_printf ("%s %s", half, find_remedy (found));
}

void
nerve_graph_verdict_paint (const NerveGraph *graph, const NerveStyle *style, cairo_t *cr, double x, double width,
                           double height)
{
  double leading = 1.36 * style->caption;
  g_autofree char *text = nerve_graph_verdict_describe (&graph->diagnosis, graph->mapper);
  guint n;

  if (text == NULL || !style->print)
    return;
  n = nerve_text_paragraph (cr, style, text, style->caption, 0, style->dim, 0, 0, width, leading, FALSE);
  nerve_text_paragraph (cr, style, text, style->caption, 0, style->dim, x,
                        MAX (height / 2 - (n / 2. - .8) * leading, style->caption), width, leading, TRUE);
}
