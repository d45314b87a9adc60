/* How mixed the classes of each pair are at a layer, with bounds from images drawn anew. */
#include "layers/parting-private.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/parallel.h"
#include "base/random.h"

/* One labelling, at one layer. */
typedef struct
{
  NerveParting        *parting;
  const NerveSharing  *sharing;
  const int           *labels;
  const guint16       *weights; /* bootstraps × n_images */
  double             **mixes;   /* a level: pairs × bootstraps */
} Replicates;

/* Draws as many images of each class as it has. */
static void
draw_images (const int *labels, gsize n, guint n_classes, NerveRandom *random, guint16 *weights)
{
  g_autofree gsize *begin = g_new0 (gsize, n_classes + 1);
  g_autofree gsize *next = NULL;
  g_autofree guint32 *sorted = g_new (guint32, MAX (n, 1));

  for (gsize i = 0; i < n; i++)
    if (labels[i] >= 0)
      begin[labels[i] + 1]++;
  for (guint c = 0; c < n_classes; c++)
    begin[c + 1] += begin[c];
  next = g_memdup2 (begin, (n_classes + 1) * sizeof (gsize));
  for (gsize i = 0; i < n; i++)
    if (labels[i] >= 0)
      sorted[next[labels[i]]++] = i;

  memset (weights, 0, n * sizeof (guint16));
  for (guint c = 0; c < n_classes; c++)
    for (gsize k = begin[c]; k < begin[c + 1]; k++)
      {
        guint16 *weight = &weights[sorted[begin[c] + nerve_random_below (random, begin[c + 1] - begin[c])]];

        if (*weight < G_MAXUINT16)
          (*weight)++;
      }
}

guint16 *
nerve_parting_draw (const NerveParting *self, const int *labels, guint64 seed, guint64 stream, GError **error)
{
  guint n = self->parameters.bootstraps;
  guint16 *weights = nerve_memory_new ((guint64) n * self->n_images, sizeof (guint16), "the draws of the bootstrap",
                                       error);

  for (guint r = 0; weights != NULL && r < n; r++)
    {
      NerveRandom random;

      nerve_random_init_stream (&random, seed, stream * G_MAXUINT32 + r);
      draw_images (labels, self->n_images, self->n_classes, &random, weights + r * self->n_images);
    }

  return weights;
}

static void
keep_mixes (const Replicates *self, guint level, const NervePairCounts *counts, gsize replicate)
{
  guint n_bootstraps = self->parting->parameters.bootstraps;

  for (guint b = 1; b < counts->n_classes; b++)
    for (guint a = 0; a < b; a++)
      self->mixes[level][nerve_parting_pair_index (a, b) * n_bootstraps + replicate] =
        nerve_pair_counts_mix (counts, a, b);
}

static gboolean
replicate (gsize begin, gsize end, guint worker, gpointer user_data)
{
  const Replicates *self = user_data;
  const NerveParting *parting = self->parting;
  g_auto (NervePairCounts) counts = { 0 };

  nerve_pair_counts_init (&counts, parting->n_classes);
  for (gsize r = begin; r < end; r++)
    {
      nerve_sharing_count (self->sharing, self->labels, self->weights + r * parting->n_images, &counts);
      keep_mixes (self, 0, &counts, r);
      for (guint level = 1; level < parting->n_levels; level++)
        {
          g_auto (NervePairCounts) joined = { 0 };

          nerve_pair_counts_init (&joined, parting->levels[level].n);
          nerve_pair_counts_join (&counts, parting->levels[level].groups, &joined);
          keep_mixes (self, level, &joined, r);
        }
    }

  return TRUE;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double first = *(const double *) a;
  double second = *(const double *) b;

  return first < second ? -1 : first > second;
}

/* As numpy.quantile, of ascending values. */
static double
quantile (const double *sorted, guint n, double q)
{
  double place = q * (n - 1);
  guint below = (guint) place;

  return below + 1 < n ? sorted[below] + (place - below) * (sorted[below + 1] - sorted[below]) : sorted[n - 1];
}

/* An undefined mix among the draws leaves the bounds open. */
static void
set_bounds (NerveMixPoint *point, double *mixes, guint n)
{
  point->low = point->high = NAN;
  for (guint i = 0; i < n; i++)
    if (isnan (mixes[i]))
      return;

  qsort (mixes, n, sizeof (double), compare_doubles);
  point->low = quantile (mixes, n, NERVE_PARTING_LOW);
  point->high = quantile (mixes, n, NERVE_PARTING_HIGH);
}

static void
set_points (const NerveParting *self, const NervePairCounts *counts, const NervePartingLevel *level, double *mixes,
            NerveMixPoint *points, gsize stride)
{
  guint n_bootstraps = self->parameters.bootstraps;

  for (guint b = 1; b < level->n; b++)
    for (guint a = 0; a < b; a++)
      {
        gsize pair = nerve_parting_pair_index (a, b);
        NerveMixPoint *point = &points[pair * stride];

        point->mix = nerve_pair_counts_mix (counts, a, b);
        point->coverage = MIN (nerve_pair_counts_coverage (counts, a), nerve_pair_counts_coverage (counts, b));
        set_bounds (point, mixes + pair * n_bootstraps, n_bootstraps);
        point->has_verdict = !isnan (point->high) && !isnan (point->mix) &&
                             point->coverage >= self->parameters.least_coverage;
      }
}

void
nerve_parting_mixes_free (double **mixes, guint n)
{
  for (guint i = 0; i < n; i++)
    g_free (mixes[i]);
  g_free (mixes);
}

double **
nerve_parting_mixes_new (const NerveParting *self, GError **error)
{
  double **mixes = g_new0 (double *, self->n_levels);

  for (guint level = 0; level < self->n_levels; level++)
    {
      guint64 n_pairs = nerve_parting_count_pairs (self->levels[level].n);

      mixes[level] = nerve_memory_new (n_pairs * self->parameters.bootstraps, sizeof (double),
                                       "the bootstrap of all pairs", error);
      if (mixes[level] == NULL)
        {
          nerve_parting_mixes_free (mixes, self->n_levels);
          return NULL;
        }
    }

  return mixes;
}

gboolean
nerve_parting_measure_layer (NerveParting *self, const NerveSharing *sharing, const int *labels,
                             const guint16 *weights, double **mixes, NerveMixPoint **points, gsize stride,
                             const NerveProgress *progress, GError **error)
{
  Replicates replicates = { self, sharing, labels, weights, mixes };
  g_auto (NervePairCounts) counts = { 0 };

  if (!nerve_parallel_for (self->parameters.bootstraps, 1, replicate, &replicates, progress))
    return nerve_progress_set_cancelled (error);

  nerve_pair_counts_init (&counts, self->n_classes);
  nerve_sharing_count (sharing, labels, NULL, &counts);
  set_points (self, &counts, &self->levels[0], mixes[0], points[0], stride);
  for (guint level = 1; level < self->n_levels; level++)
    {
      g_auto (NervePairCounts) joined = { 0 };

      nerve_pair_counts_init (&joined, self->levels[level].n);
      nerve_pair_counts_join (&counts, self->levels[level].groups, &joined);
      set_points (self, &joined, &self->levels[level], mixes[level], points[level], stride);
    }

  return TRUE;
}
