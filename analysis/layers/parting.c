#include "layers/parting.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/parallel.h"
#include "base/quantile.h"
#include "base/random.h"

/* Ends of the interval. */
#define LOW .025
#define HIGH .975

/* Classes, or groups of them. */
typedef struct
{
  guint             n;
  guint            *groups; /* of each class */
  NervePartingPair *pairs;  /* a < b, see pair_index() */
  NerveMixPoint    *points; /* n_pairs × n_layers */
  double            control;
  NerveMixPoint    *control_points; /* n_layers */
} Level;

struct _NerveParting
{
  gatomicrefcount        references;
  NervePartingParameters parameters;
  guint                  n_layers;
  guint                  n_classes;
  gsize                  n_images;
  gboolean              *counted;
  guint                  n_levels;
  Level                 *levels;
};

/* One labelling, at one layer. */
typedef struct
{
  NerveParting        *parting;
  const NerveSharing  *sharing;
  const int           *labels;
  const guint16       *weights; /* bootstraps × n_images */
  double             **mixes;   /* a level: pairs × bootstraps */
} Replicates;

static const NerveParameter parameters[] = {
  {
    .name = "bootstraps", .label = N_("Bootstraps"),
    .help = N_("How many times images are drawn anew for the bounds of mix"),
    .type = NERVE_PARAMETER_INT, .offset = G_STRUCT_OFFSET (NervePartingParameters, bootstraps),
    .initial = 200, .lower = 20, .upper = 10000,
  },
  {
    .name = "permutations", .label = N_("Permutations"),
    .help = N_("How many times labels are permuted for the control; 0: no control"),
    .type = NERVE_PARAMETER_INT, .offset = G_STRUCT_OFFSET (NervePartingParameters, permutations),
    .initial = 20, .lower = 0, .upper = 10000,
  },
  {
    .name = "parted-below", .label = N_("Parted below"),
    .help = N_("Classes are parted where the upper bound of their mix is below this"),
    .type = NERVE_PARAMETER_DOUBLE, .offset = G_STRUCT_OFFSET (NervePartingParameters, parted_below),
    .initial = .1, .lower = 0, .upper = 1,
  },
  {
    .name = "least-coverage", .label = N_("Least coverage"),
    .help = N_("No verdict where less of a class is in the graph"),
    .type = NERVE_PARAMETER_DOUBLE, .offset = G_STRUCT_OFFSET (NervePartingParameters, least_coverage),
    .initial = .3, .lower = 0, .upper = 1,
  },
};

const NerveParameterTable nerve_parting_table = {
  "parting", sizeof (NervePartingParameters), parameters, G_N_ELEMENTS (parameters),
};

static gsize
count_pairs (guint n)
{
  return n > 0 ? (gsize) n * (n - 1) / 2 : 0;
}

static gsize
pair_index (guint a, guint b)
{
  return a < b ? (gsize) b * (b - 1) / 2 + a : (gsize) a * (a - 1) / 2 + b;
}

static void
level_init (Level *self, NerveDataset *dataset, guint level, guint n_layers)
{
  guint n_classes = nerve_dataset_get_n_classes (dataset);

  self->n = level == 0 ? n_classes : nerve_dataset_get_n_groups (dataset, level);
  self->groups = g_new (guint, MAX (n_classes, 1));
  for (guint c = 0; c < n_classes; c++)
    self->groups[c] = level == 0 ? c : nerve_dataset_get_group (dataset, level, c);
  self->pairs = g_new0 (NervePartingPair, MAX (count_pairs (self->n), 1));
  self->points = g_new0 (NerveMixPoint, MAX (count_pairs (self->n) * n_layers, 1));
  self->control = NAN;
  self->control_points = g_new0 (NerveMixPoint, MAX (n_layers, 1));
}

static NerveParting *
parting_alloc (NerveDataset *dataset, const NervePartingParameters *values)
{
  NerveParting *self = g_new0 (NerveParting, 1);

  g_atomic_ref_count_init (&self->references);
  self->parameters = *values;
  self->n_layers = nerve_dataset_get_n_layers (dataset);
  self->n_classes = nerve_dataset_get_n_classes (dataset);
  self->n_images = nerve_dataset_get_n (dataset);
  self->counted = g_new (gboolean, MAX (self->n_layers, 1));
  for (guint layer = 0; layer < self->n_layers; layer++)
    self->counted[layer] = strcmp (nerve_dataset_get_layer (dataset, layer)->kind, "input") != 0;
  self->n_levels = 1 + nerve_dataset_get_n_levels (dataset);
  self->levels = g_new0 (Level, self->n_levels);
  for (guint level = 0; level < self->n_levels; level++)
    level_init (&self->levels[level], dataset, level, self->n_layers);

  return self;
}

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

/* @stream: which labelling */
static guint16 *
draw_all (const NerveParting *self, const int *labels, guint64 seed, guint64 stream, GError **error)
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
      self->mixes[level][pair_index (a, b) * n_bootstraps + replicate] = nerve_pair_counts_mix (counts, a, b);
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
  point->low = quantile (mixes, n, LOW);
  point->high = quantile (mixes, n, HIGH);
}

static void
set_points (const NerveParting *self, const NervePairCounts *counts, const Level *level, double *mixes,
            NerveMixPoint *points, gsize stride)
{
  guint n_bootstraps = self->parameters.bootstraps;

  for (guint b = 1; b < level->n; b++)
    for (guint a = 0; a < b; a++)
      {
        gsize pair = pair_index (a, b);
        NerveMixPoint *point = &points[pair * stride];

        point->mix = nerve_pair_counts_mix (counts, a, b);
        point->coverage = MIN (nerve_pair_counts_coverage (counts, a), nerve_pair_counts_coverage (counts, b));
        set_bounds (point, mixes + pair * n_bootstraps, n_bootstraps);
        point->has_verdict = !isnan (point->high) && !isnan (point->mix) &&
                             point->coverage >= self->parameters.least_coverage;
      }
}

static void
free_mixes (double **mixes, guint n)
{
  for (guint i = 0; i < n; i++)
    g_free (mixes[i]);
  g_free (mixes);
}

static double **
allocate_mixes (const NerveParting *self, GError **error)
{
  double **mixes = g_new0 (double *, self->n_levels);

  for (guint level = 0; level < self->n_levels; level++)
    {
      mixes[level] = nerve_memory_new ((guint64) count_pairs (self->levels[level].n) * self->parameters.bootstraps,
                                       sizeof (double), "the bootstrap of all pairs", error);
      if (mixes[level] == NULL)
        {
          free_mixes (mixes, self->n_levels);
          return NULL;
        }
    }

  return mixes;
}

/* All pairs of all levels at one layer: into @points, an array a level, @stride apart. */
static gboolean
measure_layer (NerveParting *self, const NerveSharing *sharing, const int *labels, const guint16 *weights,
               double **mixes, NerveMixPoint **points, gsize stride, const NerveProgress *progress, GError **error)
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

static gboolean
is_parted (const NerveParting *self, const NerveMixPoint *point)
{
  return point->high < self->parameters.parted_below;
}

/* From the last layer back. */
static void
judge (const NerveParting *self, const NerveMixPoint *points, NervePartingPair *pair)
{
  gboolean any = FALSE;

  *pair = (NervePartingPair) { NERVE_PARTING_NO_VERDICT, self->n_layers - 1 };
  for (guint layer = self->n_layers; layer-- > 0;)
    {
      if (!self->counted[layer] || !points[layer].has_verdict)
        continue;
      if (!is_parted (self, &points[layer]))
        {
          if (!any)
            *pair = (NervePartingPair) { NERVE_PARTING_NEVER, layer };
          return;
        }
      any = TRUE;
      *pair = (NervePartingPair) { NERVE_PARTING_PARTED, layer };
    }
}

/* A layer without a graph. */
static void
leave_open (NerveParting *self, guint layer)
{
  for (guint level = 0; level < self->n_levels; level++)
    for (gsize pair = 0; pair < count_pairs (self->levels[level].n); pair++)
      self->levels[level].points[pair * self->n_layers + layer] = (NerveMixPoint) { NAN, NAN, NAN, 0, FALSE };
}

static gboolean
measure_all (NerveParting *self, NerveSharing * const *sharing, const int *labels, guint64 seed,
             const NerveProgress *progress, GError **error)
{
  g_autofree guint16 *weights = draw_all (self, labels, seed, 0, error);
  g_autofree NerveMixPoint **points = g_new (NerveMixPoint *, self->n_levels);
  double **mixes = weights != NULL ? allocate_mixes (self, error) : NULL;
  gboolean done = mixes != NULL;

  for (guint layer = 0; done && layer < self->n_layers; layer++)
    {
      NerveProgress part = nerve_progress_part (progress, (double) layer / self->n_layers,
                                                (layer + 1.) / self->n_layers);

      for (guint level = 0; level < self->n_levels; level++)
        points[level] = self->levels[level].points + layer;
      if (sharing[layer] != NULL)
        done = measure_layer (self, sharing[layer], labels, weights, mixes, points, self->n_layers, &part, error);
      else
        leave_open (self, layer);
    }
  if (mixes != NULL)
    free_mixes (mixes, self->n_levels);
  if (!done)
    return FALSE;

  for (guint level = 0; level < self->n_levels; level++)
    for (gsize pair = 0; pair < count_pairs (self->levels[level].n); pair++)
      judge (self, self->levels[level].points + pair * self->n_layers, &self->levels[level].pairs[pair]);

  return TRUE;
}

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
    points[level] = g_new0 (NerveMixPoint, MAX (count_pairs (self->levels[level].n), 1));
  for (guint layer = self->n_layers; done && open && layer-- > 0;)
    {
      if (!self->counted[layer] || sharing[layer] == NULL)
        continue;
      done = measure_layer (self, sharing[layer], labels, weights, mixes, points, 1, &asking, error);
      open = FALSE;
      for (guint level = 0; done && level < self->n_levels; level++)
        for (gsize pair = 0; pair < count_pairs (self->levels[level].n); pair++)
          {
            if (state[level][pair] == 0 && points[level][pair].has_verdict)
              state[level][pair] = is_parted (self, &points[level][pair]) ? 1 : 2;
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
  weights = draw_all (self, permuted, seed, permutation + 1, error);
  if (weights == NULL)
    return FALSE;

  for (guint level = 0; level < self->n_levels; level++)
    state[level] = g_malloc0 (MAX (count_pairs (self->levels[level].n), 1));
  done = follow_back (self, sharing, permuted, weights, mixes, state, progress, error);
  for (guint level = 0; level < self->n_levels; level++)
    {
      for (gsize pair = 0; pair < count_pairs (self->levels[level].n); pair++)
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
        nerve_quantile ((const double *) mixes->data, mixes->len, LOW, &point->low, NULL);
        nerve_quantile ((const double *) mixes->data, mixes->len, HIGH, &point->high, NULL);
      }
}

static gboolean
measure_control (NerveParting *self, NerveSharing * const *sharing, const int *labels, guint64 seed,
                 const NerveProgress *progress, GError **error)
{
  guint n = self->parameters.permutations;
  g_autofree double *parted = g_new0 (double, self->n_levels);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  double **mixes = allocate_mixes (self, error);
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
    free_mixes (mixes, self->n_levels);
  if (done)
    summarise_control (self, found);
  for (guint level = 0; done && n > 0 && level < self->n_levels; level++)
    self->levels[level].control = parted[level] / n / MAX (count_pairs (self->levels[level].n), 1);

  return done;
}

NerveParting *
nerve_parting_new (NerveDataset *dataset, NerveSharing * const *sharing, const int *labels,
                   const NervePartingParameters *values, guint64 seed, const NerveProgress *progress, GError **error)
{
  NerveProgress measuring = nerve_progress_part (progress, 0, .4);
  NerveProgress controlling = nerve_progress_part (progress, .4, 1);
  g_autoptr (NerveParting) self = NULL;

  if (labels == NULL)
    labels = nerve_dataset_get_labels (dataset);
  if (labels == NULL)
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_NOT_FOUND, "there are no labels: no classes that could part");
      return NULL;
    }

  self = parting_alloc (dataset, values);
  if (!measure_all (self, sharing, labels, seed, &measuring, error) ||
      !measure_control (self, sharing, labels, seed, &controlling, error))
    return NULL;

  return g_steal_pointer (&self);
}

NerveParting *
nerve_parting_ref (NerveParting *self)
{
  g_atomic_ref_count_inc (&self->references);

  return self;
}

void
nerve_parting_unref (NerveParting *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;

  for (guint level = 0; level < self->n_levels; level++)
    {
      g_free (self->levels[level].groups);
      g_free (self->levels[level].pairs);
      g_free (self->levels[level].points);
      g_free (self->levels[level].control_points);
    }
  g_free (self->levels);
  g_free (self->counted);
  g_free (self);
}

const NervePartingParameters *
nerve_parting_get_parameters (const NerveParting *self)
{
  return &self->parameters;
}

guint
nerve_parting_get_n_layers (const NerveParting *self)
{
  return self->n_layers;
}

gboolean
nerve_parting_is_counted (const NerveParting *self, guint layer)
{
  return self->counted[layer];
}

guint
nerve_parting_get_n_levels (const NerveParting *self)
{
  return self->n_levels;
}

guint
nerve_parting_get_n (const NerveParting *self, guint level)
{
  return self->levels[level].n;
}

const NervePartingPair *
nerve_parting_get_pair (const NerveParting *self, guint level, guint a, guint b)
{
  g_return_val_if_fail (a != b && MAX (a, b) < self->levels[level].n, NULL);

  return &self->levels[level].pairs[pair_index (a, b)];
}

const NerveMixPoint *
nerve_parting_get_point (const NerveParting *self, guint level, guint a, guint b, guint layer)
{
  g_return_val_if_fail (a != b && MAX (a, b) < self->levels[level].n && layer < self->n_layers, NULL);

  return &self->levels[level].points[pair_index (a, b) * self->n_layers + layer];
}

double
nerve_parting_get_control (const NerveParting *self, guint level)
{
  return self->levels[level].control;
}

const NerveMixPoint *
nerve_parting_get_control_point (const NerveParting *self, guint level, guint layer)
{
  g_return_val_if_fail (level < self->n_levels && layer < self->n_layers, NULL);

  return self->parameters.permutations > 0 ? &self->levels[level].control_points[layer] : NULL;
}
