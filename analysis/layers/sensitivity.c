#include "layers/sensitivity.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/linalg.h"
#include "base/memory.h"
#include "base/random.h"
#include "layers/matrix-private.h"

#define CLOUDS_AT_ONCE 8

static const NerveParameter parameters[] = {
  {
    .name = "step", .label = N_("Step"),
    .help = N_("How many principal directions are dropped at a time, the lowest first"),
    .type = NERVE_PARAMETER_INT, .offset = G_STRUCT_OFFSET (NerveSensitivityParameters, step),
    .initial = 4, .lower = 1, .upper = 100000,
  },
  {
    .name = "bootstraps", .label = N_("Bootstraps"),
    .help = N_("Draws that make the line to pass when there is one file only"),
    .type = NERVE_PARAMETER_INT, .offset = G_STRUCT_OFFSET (NerveSensitivityParameters, bootstraps),
    .initial = 20, .lower = 1, .upper = 10000,
  },
};

const NerveParameterTable nerve_sensitivity_table = {
  "sensitivity", sizeof (NerveSensitivityParameters), parameters, G_N_ELEMENTS (parameters),
};

struct _NerveSensitivity
{
  gatomicrefcount       references;
  char                 *layer;
  char                 *badge;
  NerveMeasureKind      measure;
  gsize                 n_directions;
  NerveSensitivityStep *steps;
  guint                 n_steps;
  NerveLevelKind        level_kind;
  double                level;
  double                low;
  double                high;
  char                **notes;
};

/* The layer in its principal directions. */
typedef struct
{
  NerveCloud                 *cloud;
  const NerveCloudParameters *how;
  gsize                       n;
  gsize                       p;
  gsize                       rank;
  double                     *scores; /* n × rank */
  double                     *axes;   /* rank × p; NULL: distances are measured between the scores */
  double                     *mean;   /* p */
  double                     *s;      /* rank */
} Directions;

static void
directions_clear (Directions *self)
{
  g_clear_pointer (&self->cloud, nerve_cloud_unref);
  g_free (self->scores);
  g_free (self->axes);
  g_free (self->mean);
  g_free (self->s);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Directions, directions_clear)

static void
unref_cloud (gpointer cloud)
{
  nerve_cloud_unref (cloud);
}

static void
fill_mean (Directions *self)
{
  const double *points = nerve_cloud_get_points (self->cloud);

  self->mean = g_new0 (double, MAX (self->p, 1));
  for (gsize i = 0; i < self->n && !self->how->paper; i++)
    for (gsize k = 0; k < self->p; k++)
      self->mean[k] += points[i * self->p + k] / self->n;
}

static gboolean
directions_init (Directions *self, NerveDataset *dataset, guint layer, const NerveCloudParameters *how,
                 gboolean is_turnable, const NerveProgress *progress, GError **error)
{
  g_auto (NerveSvd) svd = { 0 };
  g_autofree double *points = NULL;

  self->cloud = nerve_cloud_new (dataset, layer, how, progress, error);
  if (self->cloud == NULL)
    return FALSE;
  self->how = how;
  self->n = nerve_cloud_get_n (self->cloud);
  self->p = nerve_cloud_get_dimension (self->cloud);
  points = nerve_memory_new ((guint64) self->n * self->p, sizeof (double), "the points of a layer", error);
  if (points == NULL)
    return FALSE;
  memcpy (points, nerve_cloud_get_points (self->cloud), self->n * self->p * sizeof (double));
  fill_mean (self);
  if (!how->paper)
    nerve_linalg_center (points, self->n, self->p);
  if (!nerve_svd_init (&svd, points, self->n, self->p, NERVE_LINALG_LEFT | (is_turnable ? 0 : NERVE_LINALG_RIGHT),
                       progress, error))
    return FALSE;

  self->rank = nerve_svd_rank (&svd);
  if (self->rank == 0)
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_VALUE, "all points coincide, there is no direction to drop");
      return FALSE;
    }
  self->s = g_memdup2 (svd.s, self->rank * sizeof (double));
  self->scores = g_new (double, self->n * self->rank);
  for (gsize i = 0; i < self->n; i++)
    for (gsize k = 0; k < self->rank; k++)
      self->scores[i * self->rank + k] = svd.u[i * svd.k + k] * svd.s[k];
  self->axes = g_steal_pointer (&svd.vt);

  return TRUE;
}

/* The layer with its first @kept directions only. */
static NerveCloud *
keep (const Directions *self, gsize kept, GError **error)
{
  gsize d = self->axes != NULL ? self->p : kept;
  g_autofree double *points = nerve_memory_new ((guint64) self->n * d, sizeof (double), "the points of a layer", error);

  if (points == NULL)
    return NULL;
  if (self->axes == NULL)
    for (gsize i = 0; i < self->n; i++)
      memcpy (points + i * d, self->scores + i * self->rank, d * sizeof (double));
  else
    {
      for (gsize i = 0; i < self->n; i++)
        memcpy (points + i * d, self->mean, d * sizeof (double));
      nerve_linalg_add_nn (self->scores, self->rank, self->axes, d, self->n, kept, d, points, d);
    }

  return nerve_cloud_new_like (self->cloud, points, self->n, d);
}

/* Points, or coordinates, drawn with replacement. */
static NerveCloud *
resample (const Directions *self, NerveLevelKind kind, guint draw, GError **error)
{
  const double *points = nerve_cloud_get_points (self->cloud);
  g_autofree double *drawn = nerve_memory_new ((guint64) self->n * self->p, sizeof (double), "the points of a layer",
                                               error);
  gsize n_drawn = kind == NERVE_LEVEL_POINTS ? self->n : self->p;
  g_autofree gsize *from = g_new (gsize, MAX (n_drawn, 1));
  NerveRandom random;

  if (drawn == NULL)
    return NULL;
  nerve_random_init_stream (&random, self->how->seed, draw);
  for (gsize i = 0; i < n_drawn; i++)
    from[i] = nerve_random_below (&random, n_drawn);
  for (gsize i = 0; i < self->n; i++)
    for (gsize k = 0; k < self->p; k++)
      drawn[i * self->p + k] = kind == NERVE_LEVEL_POINTS ? points[from[i] * self->p + k]
                                                          : points[i * self->p + from[k]];

  return nerve_cloud_new_like (self->cloud, drawn, self->n, self->p);
}

static NerveCloud *
make (const Directions *self, const NerveLevelKind *kind, guint i, gsize step, GError **error)
{
  return kind != NULL ? resample (self, *kind, i, error) : keep (self, self->rank - i * step, error);
}

/* Distances of @n clouds to @whole: drawn ones if @kind is given, else those without i · @step directions. */
static gboolean
compare (const Directions *self, NerveCloud *whole, const NerveLevelKind *kind, guint n, gsize step,
         const NerveMeasureParameters *measure, double *out, GPtrArray *notes, const NerveProgress *progress,
         GError **error)
{
  for (guint begin = 0; begin < n; begin += CLOUDS_AT_ONCE)
    {
      guint end = MIN (begin + CLOUDS_AT_ONCE, n);
      NerveProgress part = nerve_progress_part (progress, (double) begin / n, (double) end / n);
      g_autoptr (GPtrArray) clouds = g_ptr_array_new_with_free_func (unref_cloud);
      double distances[CLOUDS_AT_ONCE + 1];

      g_ptr_array_add (clouds, nerve_cloud_ref (whole));
      for (guint i = begin; i < end; i++)
        {
          NerveCloud *cloud = make (self, kind, i, step, error);

          if (cloud == NULL)
            return FALSE;
          g_ptr_array_add (clouds, cloud);
        }
      if (!nerve_matrix_compare_clouds ((NerveCloud **) clouds->pdata, clouds->len, 1, self->how, measure, distances,
                                        begin == 0 ? notes : NULL, &part, error))
        return FALSE;
      memcpy (out + begin, distances + 1, (end - begin) * sizeof (double));
    }

  return TRUE;
}

static gboolean
fill_steps (NerveSensitivity *self, const Directions *directions, gsize step, const NerveMeasureParameters *measure,
            GPtrArray *notes, const NerveProgress *progress, GError **error)
{
  guint n = (directions->rank + step - 1) / step;
  g_autofree double *distances = g_new (double, n);
  g_autoptr (NerveCloud) whole = keep (directions, directions->rank, error);
  double all = 0;

  if (whole == NULL || !compare (directions, whole, NULL, n, step, measure, distances, notes, progress, error))
    return FALSE;
  self->n_directions = directions->rank;
  self->n_steps = n;
  self->steps = g_new (NerveSensitivityStep, n);
  for (gsize k = 0; k < directions->rank; k++)
    all += directions->s[k] * directions->s[k];
  for (guint i = 0; i < n; i++)
    {
      gsize n_dropped = i * step;
      double gone = 0;

      for (gsize k = directions->rank; k-- > directions->rank - n_dropped;)
        gone += directions->s[k] * directions->s[k];
      self->steps[i] = (NerveSensitivityStep) { n_dropped, (double) n_dropped / directions->rank, gone / all,
                                                distances[i] };
    }

  return TRUE;
}

static void
set_level (NerveSensitivity *self, const double *distances, gsize n)
{
  gsize n_defined = 0;
  double sum = 0;

  self->low = self->high = self->level = NAN;
  for (gsize i = 0; i < n; i++)
    if (!isnan (distances[i]))
      {
        self->low = n_defined == 0 ? distances[i] : MIN (self->low, distances[i]);
        self->high = n_defined == 0 ? distances[i] : MAX (self->high, distances[i]);
        sum += distances[i];
        n_defined++;
      }
  if (n_defined > 0)
    self->level = sum / n_defined;
}

static gboolean
fill_bootstrap (NerveSensitivity *self, const Directions *directions, const NerveSensitivityParameters *values,
                const NerveMeasureParameters *measure, GPtrArray *notes, const NerveProgress *progress, GError **error)
{
  guint n = values->bootstraps;
  g_autofree double *distances = g_new (double, n);

  self->level_kind = nerve_measure_is_matched (measure->measure) ? NERVE_LEVEL_DIRECTIONS : NERVE_LEVEL_POINTS;
  if (!compare (directions, directions->cloud, &self->level_kind, n, 0, measure, distances, notes, progress, error))
    return FALSE;
  set_level (self, distances, n);

  return TRUE;
}

/* Points need not be matched: all diagrams are made once. */
static gboolean
compare_seeds (NerveDataset * const *datasets, const guint *layers, guint n, const NerveCloudParameters *how,
               const NerveMeasureParameters *measure, double *out, const NerveProgress *progress, GError **error)
{
  NerveProgress reading = nerve_progress_part (progress, 0, .2);
  NerveProgress comparing = nerve_progress_part (progress, .2, 1);
  g_autoptr (GPtrArray) clouds = g_ptr_array_new_with_free_func (unref_cloud);

  for (guint i = 0; i < n; i++)
    {
      NerveCloud *cloud = nerve_cloud_new (datasets[i], layers[i], how, &reading, error);

      if (cloud == NULL)
        {
          if (nerve_progress_wanted (progress))
            g_prefix_error (error, "%s: ", nerve_dataset_get_path (datasets[i]));
          return FALSE;
        }
      g_ptr_array_add (clouds, cloud);
    }

  return nerve_matrix_compare_clouds ((NerveCloud **) clouds->pdata, n, n, how, measure, out, NULL, &comparing, error);
}

static gboolean
compare_matched_seeds (NerveDataset * const *datasets, const guint *layers, guint n, const NerveCloudParameters *how,
                       const NerveMeasureParameters *measure, double *out, const NerveProgress *progress,
                       GError **error)
{
  for (guint i = 0; i < n; i++)
    for (guint j = i + 1; j < n; j++)
      {
        NerveProgress part = nerve_progress_part (progress, (double) i / n, (i + 1.) / n);

        if (!nerve_matrix_compare_layers (datasets[i], layers[i], datasets[j], layers[j], how, measure,
                                          &out[(gsize) i * n + j], &part, error))
          return FALSE;
      }

  return TRUE;
}

static gboolean
fill_seeds (NerveSensitivity *self, NerveDataset * const *datasets, const guint *layers, guint n,
            const NerveCloudParameters *how, const NerveMeasureParameters *measure, const NerveProgress *progress,
            GError **error)
{
  g_autofree double *all = g_new (double, (gsize) n * n);
  g_autofree double *pairs = g_new (double, (gsize) n * n);
  gsize n_pairs = 0;

  self->level_kind = NERVE_LEVEL_SEEDS;
  if (!(nerve_measure_is_matched (measure->measure) ? compare_matched_seeds : compare_seeds) (
        datasets, layers, n, how, measure, all, progress, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    for (guint j = i + 1; j < n; j++)
      pairs[n_pairs++] = all[(gsize) i * n + j];
  set_level (self, pairs, n_pairs);

  return TRUE;
}

static gboolean
fill (NerveSensitivity *self, NerveDataset * const *datasets, const guint *layers, guint n,
      const NerveCloudParameters *cloud, const NerveMeasureParameters *measure,
      const NerveSensitivityParameters *values, GPtrArray *notes, const NerveProgress *progress, GError **error)
{
  NerveProgress turning = nerve_progress_part (progress, 0, .1);
  NerveProgress dropping = nerve_progress_part (progress, .1, .8);
  NerveProgress drawing = nerve_progress_part (progress, .8, 1);
  /* What sums over coordinates, PWCCA's weights or another metric, is not the same in other axes. */
  gboolean is_turnable = cloud->metric == NERVE_METRIC_EUCLIDEAN && measure->measure != NERVE_MEASURE_PWCCA;
  g_auto (Directions) directions = { NULL };

  if (!directions_init (&directions, datasets[0], layers[0], cloud, is_turnable, &turning, error) ||
      !fill_steps (self, &directions, values->step, measure, notes, &dropping, error))
    return FALSE;
  self->badge = g_strdup (nerve_cloud_get_badge (directions.cloud));

  return n > 1 ? fill_seeds (self, datasets, layers, n, cloud, measure, &drawing, error)
               : fill_bootstrap (self, &directions, values, measure, notes, &drawing, error);
}

NerveSensitivity *
nerve_sensitivity_new (NerveDataset * const *datasets, const guint *layers, guint n_datasets,
                       const NerveCloudParameters *cloud, const NerveMeasureParameters *measure,
                       const NerveSensitivityParameters *values, const NerveProgress *progress, GError **error)
{
  g_autoptr (NerveSensitivity) self = g_new0 (NerveSensitivity, 1);
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);

  g_atomic_ref_count_init (&self->references);
  self->measure = measure->measure;
  self->layer = g_strdup (nerve_dataset_get_layer (datasets[0], layers[0])->name);
  if (!fill (self, datasets, layers, n_datasets, cloud, measure, values, notes, progress, error))
    return NULL;

  g_ptr_array_add (notes, NULL);
  self->notes = (char **) g_ptr_array_free (g_steal_pointer (&notes), FALSE);

  return g_steal_pointer (&self);
}

NerveSensitivity *
nerve_sensitivity_ref (NerveSensitivity *self)
{
  g_atomic_ref_count_inc (&self->references);

  return self;
}

void
nerve_sensitivity_unref (NerveSensitivity *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;

  g_free (self->layer);
  g_free (self->badge);
  g_free (self->steps);
  g_strfreev (self->notes);
  g_free (self);
}

const char *nerve_sensitivity_get_layer (const NerveSensitivity *self) { return self->layer; }
const char *nerve_sensitivity_get_badge (const NerveSensitivity *self) { return self->badge; }
NerveMeasureKind nerve_sensitivity_get_measure (const NerveSensitivity *self) { return self->measure; }
gsize nerve_sensitivity_get_n_directions (const NerveSensitivity *self) { return self->n_directions; }
NerveLevelKind nerve_sensitivity_get_level_kind (const NerveSensitivity *self) { return self->level_kind; }

const NerveSensitivityStep *
nerve_sensitivity_get_steps (const NerveSensitivity *self, guint *n)
{
  *n = self->n_steps;

  return self->steps;
}

double
nerve_sensitivity_get_level (const NerveSensitivity *self, double *low, double *high)
{
  *low = self->low;
  *high = self->high;

  return self->level;
}

double
nerve_sensitivity_get_passed (const NerveSensitivity *self)
{
  double passed = NAN;

  for (guint i = self->n_steps; i-- > 0 && self->steps[i].distance >= self->level;)
    passed = self->steps[i].share;

  return passed;
}

const char * const *
nerve_sensitivity_get_notes (const NerveSensitivity *self)
{
  return (const char * const *) self->notes;
}

const char *
nerve_level_kind_name (NerveLevelKind kind)
{
  static const char * const names[] = { "seeds", "bootstrap of points", "bootstrap of directions" };

  return names[kind];
}
