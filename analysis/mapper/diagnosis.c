#include "mapper/diagnosis.h"

#include <math.h>
#include <string.h>

#include "base/quantile.h"
#include "mapper/cluster.h"

#define LITTLE 0.2 /* coverage that is told */
#define ENOUGH 0.3 /* coverage that advice must reach */
#define GIANT  0.8 /* share of the points in one node */

/* Quantiles of the distance to the min_samples-th neighbour, in the order they are tried. */
static const double upward[] = { 0.25, 0.5, 0.75, 0.9, 1.0 };
static const double downward[G_N_ELEMENTS (upward)] = { 0.5, 0.25, 0.1, 0.05, 0.02 };

/* Neighbours may all be in other cells: then times the largest of those distances, where all pairs are few. */
static const double beyond[] = { 1.5, 2.0, 3.0 };
#define FEW 3000

static gboolean
has_full_cell (const NerveMapper *mapper, gsize needed)
{
  for (guint i = 0; i < nerve_mapper_get_n_cells (mapper); i++)
    if (nerve_mapper_get_interval_count (mapper, i) >= needed)
      return TRUE;

  return FALSE;
}

static double
find_giant (const NerveMapper *mapper, guint *giant)
{
  gsize n = nerve_cloud_get_n (nerve_mapper_get_cloud (mapper));
  gsize most = 0;

  for (guint i = 0; i < nerve_mapper_get_n_nodes (mapper); i++)
    if (nerve_mapper_get_node (mapper, i)->n_members > most)
      {
        most = nerve_mapper_get_node (mapper, i)->n_members;
        *giant = i;
      }

  return n > 0 ? (double) most / n : 0.0;
}

static gboolean
is_by_eps (const NerveMapperParameters *parameters)
{
  return parameters->cover == NERVE_COVER_BALL || parameters->clusterer == NERVE_CLUSTERER_DBSCAN ||
         parameters->cut == NERVE_CUT_EPS;
}

static NerveDiagnosisKind
judge (const NerveMapper *mapper, const NerveDiagnosis *measured)
{
  const NerveMapperParameters *parameters = nerve_mapper_get_parameters (mapper);
  const NerveCloud *cloud = nerve_mapper_get_cloud (mapper);
  gsize needed = parameters->min_samples;
  gsize n = nerve_cloud_get_n (cloud);

  if (nerve_mapper_get_n_nodes (mapper) > 0 && n > 1 && nerve_mapper_is_coincident (mapper))
    return NERVE_DIAGNOSIS_COINCIDENT;
  if (nerve_mapper_get_n_nodes (mapper) == 0)
    {
      if (n < needed)
        return NERVE_DIAGNOSIS_FEW_POINTS;
      return has_full_cell (mapper, needed) ? NERVE_DIAGNOSIS_NOISE : NERVE_DIAGNOSIS_THIN_INTERVALS;
    }
  if (measured->coverage < LITTLE)
    return NERVE_DIAGNOSIS_MOSTLY_NOISE;

  /* With fewer points there could be no second node. */
  return measured->giant_share >= GIANT && n >= 2 * needed ? NERVE_DIAGNOSIS_GIANT : NERVE_DIAGNOSIS_FINE;
}

/* FALSE only with an error; @works: whether @eps gives a graph that says something. */
static gboolean
try_eps (const NerveMapper *mapper, NerveMapperStore *store, double eps, gboolean *works,
         const NerveProgress *progress, GError **error)
{
  NerveMapperParameters parameters = *nerve_mapper_get_parameters (mapper);
  g_autoptr (NerveMapper) other = NULL;
  guint giant;

  parameters.eps = eps;
  other = nerve_mapper_new_from_store (store, &parameters, FALSE, progress, error);
  if (other == NULL)
    return FALSE;
  *works = nerve_mapper_get_coverage (other) >= ENOUGH && find_giant (other, &giant) < GIANT;

  return TRUE;
}

/* To the four digits that a person will be shown, so that what is shown is what was tried. */
static double
round_as_told (double eps)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  return g_ascii_strtod (g_ascii_formatd (text, sizeof text, "%.4g", eps), NULL);
}

static double
propose (const double *distances, gsize n, gboolean lower, guint i)
{
  double eps;

  nerve_quantile (distances, n, i < G_N_ELEMENTS (upward) ? (lower ? downward : upward)[i] : 1.0, &eps, NULL);

  return round_as_told (i < G_N_ELEMENTS (upward) ? eps : eps * beyond[i - G_N_ELEMENTS (upward)]);
}

static gboolean
advise (NerveMapper *mapper, NerveMapperStore *store, NerveDiagnosis *out, const NerveProgress *progress,
        GError **error)
{
  const double *distances = nerve_mapper_get_k_distances (mapper);
  gsize n = nerve_cloud_get_n (nerve_mapper_get_cloud (mapper));
  gboolean lower = out->kind == NERVE_DIAGNOSIS_GIANT;
  guint n_tries = G_N_ELEMENTS (upward) + (lower || n > FEW ? 0 : G_N_ELEMENTS (beyond));

  nerve_quantile (distances, n, 0.5, &out->median, NULL);
  for (guint i = 0; i < n_tries; i++)
    {
      double eps = propose (distances, n, lower, i);
      gboolean works;

      if (!isfinite (eps) || eps <= 0.0 || (lower ? eps >= out->eps : eps <= out->eps))
        continue;
      if (!try_eps (mapper, store, eps, &works, progress, error))
        return FALSE;
      if (works)
        {
          out->advised = eps;
          return TRUE;
        }
    }

  return TRUE;
}

gboolean
nerve_diagnose (NerveMapper *mapper, NerveMapperStore *store, gboolean paper, NerveDiagnosis *out,
                const NerveProgress *progress, GError **error)
{
  const NerveMapperParameters *parameters = nerve_mapper_get_parameters (mapper);

  memset (out, 0, sizeof *out);
  out->coverage = nerve_mapper_get_coverage (mapper);
  out->giant_share = find_giant (mapper, &out->giant);
  out->eps = parameters->eps;
  out->median = out->advised = NAN;
  out->kind = judge (mapper, out);
  if (out->kind < NERVE_DIAGNOSIS_NOISE || !is_by_eps (parameters))
    return TRUE;

  return nerve_mapper_measure (mapper, store, paper, progress, error) && advise (mapper, store, out, progress, error);
}
