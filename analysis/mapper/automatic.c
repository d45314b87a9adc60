#include "mapper/automatic.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>

#include "base/quantile.h"
#include "mapper/cluster.h"
#include "mapper/lens.h"
#include "mapper/neighbours.h"

/* P1's values, made for 50,000 points. */
#define PLAIN_INTERVALS 40
#define PLAIN_OVERLAP   0.25

static const NerveChoice preset_choices[] = {
  { "none", N_("None") },
  { "auto", N_("Automatic") },
  { NULL, NULL },
};

#define FIELD(field) G_STRUCT_OFFSET (NerveMapperParameters, field)

static const NerveParameter mapper_parameters[] = {
  { "preset", N_("Preset"), NULL, N_("What values left at “auto” follow: nothing, or the number and spread of points"),
    NERVE_PARAMETER_CHOICE, FIELD (preset), NERVE_PRESET_NONE, 0, 0, 0, NULL, preset_choices },
  { "lens", N_("Lens"), NULL, N_("The function of a point that the cover cuts into intervals"),
    NERVE_PARAMETER_CHOICE, FIELD (lens), 0, 0, 0, 0, NULL, nerve_lens_choices },
  { "lens-number", N_("Lens number"), NULL,
    N_("Which coordinate or class, how many neighbours, or what power, where the lens has one"),
    NERVE_PARAMETER_INT, FIELD (lens_number), -1, 0, 1000000, 1, "auto", NULL },
  { "second-lens", N_("Second lens"), NULL, N_("With two lenses cells are products of the intervals of both"),
    NERVE_PARAMETER_CHOICE, FIELD (second_lens), -1, 0, 0, 0, "none", nerve_lens_choices },
  { "second-number", N_("Second lens number"), NULL, N_("The same for the second lens"),
    NERVE_PARAMETER_INT, FIELD (second_number), -1, 0, 1000000, 1, "auto", NULL },
  { "cover", N_("Cover"), NULL, N_("How intervals lie over the lens values"),
    NERVE_PARAMETER_CHOICE, FIELD (cover), NERVE_COVER_KEPLER, 0, 0, 0, NULL, nerve_cover_choices },
  { "intervals", N_("Intervals"), NULL, N_("More intervals make more and smaller nodes"),
    NERVE_PARAMETER_INT, FIELD (intervals), -1, 1, 1000, 1, "auto", NULL },
  { "overlap", N_("Overlap"), NULL, N_("More overlap makes more edges"),
    NERVE_PARAMETER_DOUBLE, FIELD (overlap), NAN, 0, 0.95, 0.01, "auto", NULL },
  { "clusterer", N_("Clusterer"), NULL, N_("How the points of an interval fall into nodes"),
    NERVE_PARAMETER_CHOICE, FIELD (clusterer), NERVE_CLUSTERER_DBSCAN, 0, 0, 0, NULL, nerve_cluster_choices },
  { "cut", N_("Cut"), NULL, N_("Where single linkage stops merging"),
    NERVE_PARAMETER_CHOICE, FIELD (cut), NERVE_CUT_EPS, 0, 0, 0, NULL, nerve_cut_choices },
  { "gap", N_("Gap"), NULL, N_("The least gap between merges that stops them, as a share of the largest distance"),
    NERVE_PARAMETER_DOUBLE, FIELD (gap), 0.3, 0, 1, 0.01, NULL, NULL },
  { "bins", N_("Bins"), NULL, N_("Of the histogram of merges whose first empty bin stops them"),
    NERVE_PARAMETER_INT, FIELD (bins), 10, 2, 1000, 1, NULL, NULL },
  { "eps", N_("ε"), NULL, N_("Points up to this far apart are neighbours"),
    NERVE_PARAMETER_DOUBLE, FIELD (eps), NAN, 0, INFINITY, 0, "auto", NULL },
  { "min-samples", N_("Min. samples"), N_("points"), N_("With fewer neighbours, itself among them, a point is noise"),
    NERVE_PARAMETER_INT, FIELD (min_samples), 5, 1, 100000, 1, NULL, NULL },
  { "min-intersection", N_("Min. intersection"), N_("points"), N_("Nodes that share fewer points get no edge"),
    NERVE_PARAMETER_INT, FIELD (min_intersection), 1, 1, 100000, 1, NULL, NULL },
  { "min-jaccard", N_("Min. Jaccard"), NULL, N_("Nodes that share a smaller part of their points get no edge"),
    NERVE_PARAMETER_DOUBLE, FIELD (min_jaccard), 0, 0, 1, 0.01, NULL, NULL },
  { "merge", N_("Merge duplicates"), NULL, N_("Nodes with the same members become one"),
    NERVE_PARAMETER_BOOL, FIELD (merge), 0, 0, 1, 0, NULL, NULL },
};

const NerveParameterTable nerve_mapper_table = {
  "mapper", sizeof (NerveMapperParameters), mapper_parameters, G_N_ELEMENTS (mapper_parameters),
};

void
nerve_automatic_clear (NerveAutomatic *self)
{
  g_clear_pointer (&self->k_distances, g_free);
}

static gboolean
is_within (const NerveParameter *parameter, double value)
{
  double lower = parameter->lower;
  double upper = parameter->upper;

  if (parameter->automatic != NULL && (isnan (value) || (parameter->type != NERVE_PARAMETER_DOUBLE && value == -1.0)))
    return TRUE;

  if (parameter->choices != NULL)
    for (upper = -1.0; parameter->choices[(int) upper + 1].name != NULL; upper++)
      ;

  return value >= lower && value <= upper;
}

gboolean
nerve_automatic_check (const NerveMapperParameters *parameters, GError **error)
{
  for (guint i = 0; i < nerve_mapper_table.n; i++)
    {
      const NerveParameter *parameter = &nerve_mapper_table.parameters[i];
      double value = nerve_parameter_get_number (parameter, parameters);

      if (!is_within (parameter, value))
        {
          g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER, "%s: %g is out of range", parameter->name, value);
          return FALSE;
        }
    }

  return TRUE;
}

void
nerve_automatic_cover (NerveMapperParameters *parameters, gsize n)
{
  double intervals = PLAIN_INTERVALS;
  double overlap = PLAIN_OVERLAP;

  if (parameters->preset == NERVE_PRESET_AUTOMATIC)
    {
      double share = CLAMP (log (MAX (n, 1) / 2000.0) / log (50000.0 / 2000.0), 0.0, 1.0);

      intervals = 10.0 + 30.0 * share;
      overlap = 0.5 - 0.25 * share;
    }

  if (parameters->intervals == -1)
    parameters->intervals = (int) rint (intervals);
  if (isnan (parameters->overlap))
    parameters->overlap = overlap;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

void
nerve_automatic_measure (const double *nearest, double *kth, gsize n, gboolean paper, NerveAutomatic *out)
{
  if (!(paper ? nerve_neighbours_first_knee : nerve_neighbours_knee) (nearest, n, &out->knee))
    out->knee = NAN;
  if (n > 1)
    qsort (kth, n, sizeof (double), compare_doubles);
  out->k_distances = kth;
}

void
nerve_automatic_eps (NerveMapperParameters *parameters, gsize n, NerveAutomatic *measured)
{
  double spread = 0.0;

  if (!isnan (parameters->eps))
    return;

  if (parameters->preset == NERVE_PRESET_AUTOMATIC && n > 0)
    nerve_quantile (measured->k_distances, n, 0.75, &spread, NULL);

  parameters->eps = isnan (measured->knee) ? 0.0 : measured->knee;
  if (isfinite (spread))
    parameters->eps = MAX (parameters->eps, spread);
  measured->coincident = isnan (measured->knee) && parameters->eps == 0.0;
}
