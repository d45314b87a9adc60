#include "homology/bootstrap.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/random.h"
#include "homology/summaries.h"

#define N_LINES 3
#define ROWS_PER_QUESTION 1024

static const NerveParameter parameters[] = {
  {
    .name = "draws",
    .label = N_("Draws"),
    .help = N_("How often points are drawn anew for confidence bands and the line of significance."),
    .type = NERVE_PARAMETER_INT,
    .offset = G_STRUCT_OFFSET (NerveBootstrapParameters, draws),
    .initial = 100,
    .lower = 2,
    .upper = 10000,
  },
  {
    .name = "draw-size",
    .label = N_("Points of a draw"),
    .help = N_("By default as many as the diagram has, at most half of all; for the line of significance far fewer."),
    .type = NERVE_PARAMETER_INT,
    .offset = G_STRUCT_OFFSET (NerveBootstrapParameters, size),
    .initial = -1,
    .lower = 2,
    .upper = 1000000,
    .automatic = "auto",
  },
  {
    .name = "confidence",
    .label = N_("Confidence"),
    .help = N_("Share of the draws that lies in a band, or below the line of significance."),
    .type = NERVE_PARAMETER_DOUBLE,
    .offset = G_STRUCT_OFFSET (NerveBootstrapParameters, confidence),
    .initial = 0.95,
    .lower = 0.5,
    .upper = 0.999,
  },
};

const NerveParameterTable nerve_bootstrap_table = {
  .name = "bootstrap",
  .size = sizeof (NerveBootstrapParameters),
  .parameters = parameters,
  .n = G_N_ELEMENTS (parameters),
};

struct _NerveBootstrap
{
  gatomicrefcount ref_count;
  guint           draws;
  gsize           size;
  int             max_dimension;
  double         *at;
  gsize           n_at;
  double         *lines; /* dimension by dimension, line by line */
};

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double first = *(const double *) a;
  double second = *(const double *) b;

  return first < second ? -1 : first > second;
}

/* Linear interpolation between ascending numbers. */
static double
interpolate (const double *sorted, gsize n, double q)
{
  double place = q * (n - 1);
  gsize below = MIN ((gsize) place, n - 1);

  return sorted[below] + (place - below) * (sorted[MIN (below + 1, n - 1)] - sorted[below]);
}

static NerveDiagram *
compute_draw (const NerveBootstrapSource *source, const NerveRipsParameters *rips, gsize size, gint64 seed, guint draw,
              const NerveProgress *progress, GError **error)
{
  NerveProgress measuring = nerve_progress_part (progress, 0, .3);
  NerveProgress reducing = nerve_progress_part (progress, .3, 1);
  g_autofree guint32 *rows = g_new (guint32, size);
  g_autofree double *points = nerve_memory_new ((guint64) size * source->d, sizeof (double), "the points of a draw",
                                                error);
  g_autoptr (NerveDistances) distances = NULL;
  NerveRandom random;

  if (points == NULL)
    return NULL;

  nerve_random_init_stream (&random, seed, draw);
  nerve_random_choose (&random, source->n, size, rows);
  for (gsize i = 0; i < size; i++)
    memcpy (points + i * source->d, source->points + rows[i] * source->d, source->d * sizeof (double));
  distances = nerve_distances_new (points, size, source->d, source->metric, source->neighbors, &measuring, error);
  if (distances == NULL)
    return NULL;
  if (source->unit != 1)
    nerve_distances_divide (distances, source->unit);

  return nerve_rips (distances, rips, &reducing, error);
}

static double *
get_line (const NerveBootstrap *self, int dimension, NerveBandLine line)
{
  return self->lines + ((gsize) dimension * N_LINES + line) * self->n_at;
}

/* @curves: draw by draw. */
static void
set_lines (NerveBootstrap *self, const double *curves, double confidence)
{
  gsize stride = (self->max_dimension + 1) * self->n_at;
  g_autofree double *numbers = g_new (double, self->draws);

  for (int dimension = 0; dimension <= self->max_dimension; dimension++)
    for (gsize i = 0; i < self->n_at; i++)
      {
        double sum = 0;

        for (guint draw = 0; draw < self->draws; draw++)
          {
            numbers[draw] = curves[draw * stride + dimension * self->n_at + i];
            sum += numbers[draw];
          }
        qsort (numbers, self->draws, sizeof (double), compare_doubles);
        get_line (self, dimension, NERVE_BAND_LOW)[i] = interpolate (numbers, self->draws, (1 - confidence) / 2);
        get_line (self, dimension, NERVE_BAND_MEAN)[i] = sum / self->draws;
        get_line (self, dimension, NERVE_BAND_HIGH)[i] = interpolate (numbers, self->draws, (1 + confidence) / 2);
      }
}

static NerveBootstrap *
bootstrap_alloc (guint draws, gsize size, int max_dimension, double upper, gsize n_at)
{
  NerveBootstrap *self = g_new0 (NerveBootstrap, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->draws = draws;
  self->size = size;
  self->max_dimension = max_dimension;
  self->n_at = n_at;
  self->at = g_new (double, n_at);
  self->lines = g_new (double, (max_dimension + 1) * N_LINES * n_at);
  nerve_summary_grid (0, upper, n_at, self->at);

  return self;
}

NerveBootstrap *
nerve_bootstrap_new (const NerveBootstrapSource *source, const NerveRipsParameters *rips,
                     const NerveBootstrapParameters *values, gsize size, gint64 seed, double upper, gsize n_at,
                     const NerveProgress *progress, GError **error)
{
  int max_dimension = rips->max_dimension;
  g_autoptr (NerveBootstrap) self = NULL;
  g_autofree double *curves = NULL;

  g_return_val_if_fail (values->draws >= 2, NULL);

  if (source->n < 2)
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_VALUE,
                   "bands need at least 2 points to draw from: there are %" G_GSIZE_FORMAT, source->n);
      return NULL;
    }
  size = MIN (size, source->n / 2);
  if (values->size > 0)
    size = MIN ((gsize) values->size, source->n);
  self = bootstrap_alloc (values->draws, size, max_dimension, upper, n_at);
  curves = nerve_memory_new ((guint64) values->draws * (max_dimension + 1) * n_at, sizeof (double),
                             "the Betti curves of all draws", error);
  if (curves == NULL)
    return NULL;

  for (guint draw = 0; draw < self->draws; draw++)
    {
      NerveProgress part = nerve_progress_part (progress, (double) draw / self->draws, (draw + 1.0) / self->draws);
      g_autoptr (NerveDiagram) diagram = compute_draw (source, rips, size, seed, draw, &part, error);

      if (diagram == NULL)
        return NULL;
      for (int dimension = 0; dimension <= max_dimension; dimension++)
        nerve_summary_betti (diagram, dimension, self->at, n_at,
                             curves + ((gsize) draw * (max_dimension + 1) + dimension) * n_at);
    }
  set_lines (self, curves, values->confidence);

  return g_steal_pointer (&self);
}

NerveBootstrap *
nerve_bootstrap_ref (NerveBootstrap *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
nerve_bootstrap_unref (NerveBootstrap *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->at);
  g_free (self->lines);
  g_free (self);
}

guint
nerve_bootstrap_get_draws (const NerveBootstrap *self)
{
  return self->draws;
}

gsize
nerve_bootstrap_get_size (const NerveBootstrap *self)
{
  return self->size;
}

int
nerve_bootstrap_get_max_dimension (const NerveBootstrap *self)
{
  return self->max_dimension;
}

const double *
nerve_bootstrap_get_at (const NerveBootstrap *self, gsize *n)
{
  g_return_val_if_fail (n != NULL, NULL);

  *n = self->n_at;
  return self->at;
}

const double *
nerve_bootstrap_get_line (const NerveBootstrap *self, int dimension, NerveBandLine line)
{
  g_return_val_if_fail (dimension >= 0 && dimension <= self->max_dimension, NULL);

  return get_line (self, dimension, line);
}

/* The largest distance of a point from the nearest of the @size drawn ones; negative if stopped. */
static double
measure_hausdorff (const NerveDistances *distances, const guint32 *rows, gsize size, const NerveProgress *progress)
{
  gsize n = nerve_distances_get_n (distances);
  double largest = 0;

  for (gsize i = 0; i < n; i++)
    {
      double nearest = INFINITY;

      for (gsize k = 0; k < size; k++)
        nearest = MIN (nearest, rows[k] == i ? 0 : nerve_distances_get (distances, i, rows[k]));
      largest = MAX (largest, nearest);
      if (i % ROWS_PER_QUESTION == 0 && !nerve_progress_wanted (progress))
        return -1;
    }

  return largest;
}

static gsize
choose_size (const NerveBootstrapParameters *values, gsize n)
{
  if (values->size > 0)
    return MIN ((gsize) values->size, n);

  return CLAMP ((gsize) (n / pow (log (n), 1.5)), 2, n);
}

gboolean
nerve_significance_check (gsize n, const NerveBootstrapParameters *values, GError **error)
{
  if (n < 3)
    g_set_error (error, NERVE_ERROR, NERVE_ERROR_VALUE,
                 "a line of significance needs three points at least, there are %" G_GSIZE_FORMAT, n);
  else if (values->size > 0 && (gsize) values->size >= n)
    g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER,
                 "draw-size: draws of %d points are the whole cloud of %" G_GSIZE_FORMAT
                 ", which tells nothing: fewer", values->size, n);
  else
    return TRUE;

  return FALSE;
}

gboolean
nerve_significance (const NerveDistances *distances, const NerveBootstrapParameters *values, gint64 seed,
                    double *length, const NerveProgress *progress, GError **error)
{
  gsize n = nerve_distances_get_n (distances);
  g_autofree double *found = g_new (double, values->draws);
  g_autofree guint32 *rows = NULL;
  gsize size;

  *length = 0;
  if (!nerve_significance_check (n, values, error))
    return FALSE;

  size = choose_size (values, n);
  rows = g_new (guint32, size);
  for (int draw = 0; draw < values->draws; draw++)
    {
      NerveRandom random;

      nerve_random_init_stream (&random, seed, draw);
      nerve_random_choose (&random, n, size, rows);
      found[draw] = measure_hausdorff (distances, rows, size, progress);
      if (found[draw] < 0 || !nerve_progress_step (progress, (draw + 1.0) / values->draws))
        return nerve_progress_set_cancelled (error);
    }
  qsort (found, values->draws, sizeof (double), compare_doubles);
  *length = 4 * 2 * found[(gsize) CLAMP (ceil (values->confidence * values->draws - 1e-9), 1, values->draws) - 1];

  return TRUE;
}

static gsize
count_line_numbers (const NerveBootstrap *self)
{
  return ((gsize) self->max_dimension + 1) * N_LINES * self->n_at;
}

void
nerve_bootstrap_pack (const NerveBootstrap *self, GByteArray *out)
{
  nerve_pack_number (out, self->draws);
  nerve_pack_number (out, self->size);
  nerve_pack_number (out, self->max_dimension);
  nerve_pack_array (out, self->at, self->n_at, sizeof (double));
  nerve_pack_array (out, self->lines, count_line_numbers (self), sizeof (double));
}

NerveBootstrap *
nerve_bootstrap_unpack (NerveUnpack *in)
{
  g_autoptr (NerveBootstrap) self = g_new0 (NerveBootstrap, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->draws = nerve_unpack_number (in);
  self->size = nerve_unpack_number (in);
  self->max_dimension = nerve_unpack_number (in);
  self->at = nerve_unpack_array (in, sizeof (double), &self->n_at);
  self->lines = nerve_unpack_just (in, count_line_numbers (self), sizeof (double));

  return self->at != NULL && self->lines != NULL ? g_steal_pointer (&self) : NULL;
}
