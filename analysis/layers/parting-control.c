/* The same with labels permuted: what parts by chance. */
#include "layers/parting-private.h"

#include <math.h>

#include "base/quantile.h"
#include "base/random.h"

static void
permute (int *labels, gsize n, NerveRandom *random)
{
  g_autofree gsize *labelled = g_new (gsize, MAX (n, 1));
  gsize n_labelled = 0;

  for (gsize i = 0; i < n; i++)
    if (labels[i] >= 0)
      labelled[n_labelled++] = i;
  for (gsize i = n_labelled; i > 1; i--)
    {
      gsize other = nerve_random_below (random, i);
      int label = labels[labelled[i - 1]];

      labels[labelled[i - 1]] = labels[labelled[other]];
      labels[labelled[other]] = label;
    }
}

/* Goes back from the last layer as long as some pair may still part; @state, an array a level: 0 no verdict so far,
 * 1 parted so far, 2 not parted. */
static gboolean
follow_back (NerveParting *self, NerveSharing * const *sharing, const int *labels, const guint16 *weights,
             double **mixes, guint8 **state, const NerveProgress *progress, GError **error)
{
  NerveProgress asking = nerve_progress_part (progress, 0, 0);
  g_autofree NerveMixPoint **points = g_new (NerveMixPoint *, self->n_levels);
  gboolean done = TRUE;
  gboolean open = TRUE;

  for (guint level = 0; level < self->n_levels; level++)
    points[level] = g_new0 (NerveMixPoint, MAX (nerve_parting_count_pairs (self->levels[level].n), 1));
  for (guint layer = self->n_layers; done && open && layer-- > 0;)
    {
      if (!self->counted[layer] || sharing[layer] == NULL)
        continue;
      done = nerve_parting_measure_layer (self, sharing[layer], labels, weights, mixes, points, 1, &asking, error);
      open = FALSE;
      for (guint level = 0; done && level < self->n_levels; level++)
        for (gsize pair = 0; pair < nerve_parting_count_pairs (self->levels[level].n); pair++)
          {
            if (state[level][pair] == 0 && points[level][pair].has_verdict)
              state[level][pair] = nerve_parting_is_parted (self, &points[level][pair]) ? 1 : 2;
            open = open || state[level][pair] == 0;
          }
    }
  for (guint level = 0; level < self->n_levels; level++)
    g_free (points[level]);

  return done;
}

/* The mix of each pair at each layer, appended to @found: a level's layers one after the other. */
static void
collect_mixes (const NerveParting *self, NerveSharing * const *sharing, const int *labels, GPtrArray *found)
{
  for (guint layer = 0; layer < self->n_layers; layer++)
    {
      g_auto (NervePairCounts) counts = { 0 };

      if (sharing[layer] == NULL)
        continue;
      nerve_pair_counts_init (&counts, self->n_classes);
      nerve_sharing_count (sharing[layer], labels, NULL, &counts);
      for (guint level = 0; level < self->n_levels; level++)
        {
          g_auto (NervePairCounts) joined = { 0 };

          nerve_pair_counts_init (&joined, self->levels[level].n);
          nerve_pair_counts_join (&counts, self->levels[level].groups, &joined);
          for (guint b = 1; b < self->levels[level].n; b++)
            for (guint a = 0; a < b; a++)
              {
                double mix = nerve_pair_counts_mix (&joined, a, b);

                if (!isnan (mix))
                  g_array_append_val (found->pdata[level * self->n_layers + layer], mix);
              }
        }
    }
}

/* Whether a pair parts depends on its last layer with a verdict alone. */
static gboolean
permute_once (NerveParting *self, NerveSharing * const *sharing, const int *labels, guint64 seed, guint permutation,
              double **mixes, double *parted, GPtrArray *found, const NerveProgress *progress, GError **error)
{
  g_autofree int *permuted = g_memdup2 (labels, self->n_images * sizeof (int));
  g_autofree guint16 *weights = NULL;
  g_autofree guint8 **state = g_new (guint8 *, self->n_levels);
  NerveRandom random;
  gboolean done;

  nerve_random_init_stream (&random, seed, G_MAXUINT64 - permutation);
  permute (permuted, self->n_images, &random);
  collect_mixes (self, sharing, permuted, found);
  weights = nerve_parting_draw (self, permuted, seed, permutation + 1, error);
  if (weights == NULL)
    return FALSE;

  for (guint level = 0; level < self->n_levels; level++)
    state[level] = g_malloc0 (MAX (nerve_parting_count_pairs (self->levels[level].n), 1));
  done = follow_back (self, sharing, permuted, weights, mixes, state, progress, error);
  for (guint level = 0; level < self->n_levels; level++)
    {
      for (gsize pair = 0; pair < nerve_parting_count_pairs (self->levels[level].n); pair++)
        parted[level] += state[level][pair] == 1;
      g_free (state[level]);
    }

  return done;
}

static void
summarise_control (NerveParting *self, const GPtrArray *found)
{
  for (guint level = 0; level < self->n_levels; level++)
    for (guint layer = 0; layer < self->n_layers; layer++)
      {
        GArray *mixes = found->pdata[level * self->n_layers + layer];
        NerveMixPoint *point = &self->levels[level].control_points[layer];
        double sum = 0;

        *point = (NerveMixPoint) { NAN, NAN, NAN, NAN, FALSE };
        for (guint i = 0; i < mixes->len; i++)
          sum += g_array_index (mixes, double, i);
        if (mixes->len == 0)
          continue;
        point->mix = sum / mixes->len;
        nerve_quantile ((const double *) mixes->data, mixes->len, NERVE_PARTING_LOW, &point->low, NULL);
        nerve_quantile ((const double *) mixes->data, mixes->len, NERVE_PARTING_HIGH, &point->high, NULL);
      }
}

gboolean
nerve_parting_measure_control (NerveParting *self, NerveSharing * const *sharing, const int *labels, guint64 seed,
                               const NerveProgress *progress, GError **error)
{
  guint n = self->parameters.permutations;
  g_autofree double *parted = g_new0 (double, self->n_levels);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  double **mixes = nerve_parting_mixes_new (self, error);
  gboolean done = mixes != NULL;

  for (guint i = 0; i < self->n_levels * self->n_layers; i++)
    g_ptr_array_add (found, g_array_new (FALSE, FALSE, sizeof (double)));
  for (guint i = 0; done && i < n; i++)
    {
      done = permute_once (self, sharing, labels, seed, i, mixes, parted, found, progress, error);
      if (done && !nerve_progress_step (progress, (i + 1.) / n))
        done = nerve_progress_set_cancelled (error);
    }
  if (mixes != NULL)
    nerve_parting_mixes_free (mixes, self->n_levels);
  if (done)
    summarise_control (self, found);
  for (guint level = 0; done && n > 0 && level < self->n_levels; level++)
    self->levels[level].control = parted[level] / n / MAX (nerve_parting_count_pairs (self->levels[level].n), 1);

  return done;
}
