#include "layers/projection.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/linalg.h"
#include "base/memory.h"

#define AXES 2
#define MOST_SCALED 4000
#define CHUNK 2048

struct _NerveProjection
{
  gatomicrefcount references;
  gsize           n;
  double         *points;
  guint32        *images;
  gboolean        is_scaling;
  double          share;
  char           *badge;
};

static const NerveChoice method_choices[] = {
  { "pca", N_("Principal components") },
  { "mds", N_("classical scaling") },
  { NULL, NULL },
};

static const NerveParameter projection_parameters[] = {
  {
    .name = "map-by", .label = N_("Map of the points"),
    .help = N_("How points come into the plane: by their coordinates, or by their distances"),
    .type = NERVE_PARAMETER_CHOICE, .offset = G_STRUCT_OFFSET (NerveProjectionParameters, method),
    .initial = -1, .automatic = "auto", .choices = method_choices,
  },
};

const NerveParameterTable nerve_projection_table = {
  "projection", sizeof (NerveProjectionParameters), projection_parameters, G_N_ELEMENTS (projection_parameters),
};

/* What distances are divided by so that their squares stay in double's range. */
static double
choose_unit (const double *distances, gsize n)
{
  double largest = 0;

  for (gsize i = 0; i < n * n; i++)
    largest = MAX (largest, distances[i]);

  return largest > 0 && !(largest > 1e-146 && largest < 1e146) ? largest : 1;
}

/* −½ of the squares, rows and columns centred; the sum of the positive eigenvalues is at least the trace. */
static double *
center_squares (const double *distances, gsize n, double unit, GError **error)
{
  double *out = nerve_memory_new ((guint64) n * n, sizeof (double), "the matrix of classical scaling", error);
  g_autofree double *means = g_new0 (double, MAX (n, 1));
  double mean = 0;

  if (out == NULL)
    return NULL;

  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j < n; j++)
      {
        double distance = distances[i * n + j] / unit;

        out[i * n + j] = -.5 * distance * distance;
        means[i] += out[i * n + j] / n;
      }
  for (gsize i = 0; i < n; i++)
    mean += means[i] / n;
  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j < n; j++)
      out[i * n + j] += mean - means[i] - means[j];

  return out;
}

gboolean
nerve_classical_scaling (const double *distances, gsize n, guint k, double *out, double *share,
                         const NerveProgress *progress, GError **error)
{
  g_autofree double *centered = NULL;
  g_autofree double *values = g_new0 (double, MAX (n, 1));
  g_autofree double *vectors = NULL;
  double unit = choose_unit (distances, n);
  double positive = 0;
  double kept = 0;

  memset (out, 0, n * k * sizeof (double));
  if (share != NULL)
    *share = NAN;
  if (n < 2)
    return TRUE;

  centered = center_squares (distances, n, unit, error);
  if (centered == NULL)
    return FALSE;
  vectors = nerve_memory_new ((guint64) n * n, sizeof (double), "eigenvectors", error);
  if (vectors == NULL || !nerve_linalg_eigen (centered, n, n, values, vectors, progress, error))
    return FALSE;

  for (gsize i = 0; i < n; i++)
    positive += MAX (values[i], 0);
  for (guint axis = 0; axis < MIN (k, n); axis++)
    {
      if (values[axis] <= 1e-12 * values[0])
        continue;
      kept += values[axis];
      for (gsize i = 0; i < n; i++)
        out[i * k + axis] = sqrt (values[axis]) * unit * vectors[axis * n + i];
    }
  if (share != NULL && positive > 0)
    *share = kept / positive;

  return TRUE;
}

/* XᵀX, or XXᵀ where that is smaller. */
static double *
multiply (const double *x, gsize n, gsize d, gboolean wide, const NerveProgress *progress, GError **error)
{
  gsize size = wide ? n : d;
  gsize length = wide ? d : n;
  double *out = nerve_memory_new ((guint64) size * size, sizeof (double), "a covariance", error);

  if (out == NULL)
    return NULL;
  memset (out, 0, size * size * sizeof (double));
  for (gsize begin = 0; begin < length; begin += CHUNK)
    {
      gsize some = MIN (CHUNK, length - begin);

      if (!nerve_progress_check (progress, error))
        {
          g_free (out);
          return NULL;
        }
      if (wide)
        nerve_linalg_add_nt (x + begin, d, x + begin, d, n, some, n, out, n);
      else
        nerve_linalg_add_tn (x + begin * d, d, x + begin * d, d, some, d, d, out, d);
    }

  return out;
}

static gboolean
find_components (NerveProjection *self, const NerveCloud *cloud, const NerveProgress *progress, GError **error)
{
  gsize n = self->n;
  gsize d = nerve_cloud_get_dimension (cloud);
  gboolean wide = d > n;
  gsize size = wide ? n : d;
  guint k = MIN (AXES, size);
  g_autofree double *x = nerve_memory_new ((guint64) n * d, sizeof (double), "a copy of the points", error);
  g_autofree double *products = NULL;
  g_autofree double *vectors = g_new0 (double, MAX (size * AXES, 1));
  double values[AXES] = { 0 };
  double total = 0;

  if (x == NULL)
    return FALSE;
  memcpy (x, nerve_cloud_get_points (cloud), n * d * sizeof (double));
  nerve_linalg_center (x, n, d);
  products = multiply (x, n, d, wide, progress, error);
  if (products == NULL || (k > 0 && !nerve_linalg_eigen (products, size, k, values, vectors, progress, error)))
    return FALSE;

  for (gsize i = 0; i < size; i++)
    total += products[i * size + i];
  self->share = total > 0 ? (MAX (values[0], 0) + MAX (values[1], 0)) / total : NAN;
  if (wide)
    for (gsize i = 0; i < n; i++)
      for (guint axis = 0; axis < k; axis++)
        self->points[i * AXES + axis] = sqrt (MAX (values[axis], 0)) * vectors[axis * n + i];
  else
    nerve_linalg_add_nt (x, d, vectors, d, n, d, AXES, self->points, AXES);

  return TRUE;
}

static gboolean
scale (NerveProjection *self, const NerveCloud *cloud, const NerveProgress *progress, GError **error)
{
  NerveProgress measuring = nerve_progress_part (progress, 0, .5);
  NerveProgress solving = nerve_progress_part (progress, .5, 1);
  g_autoptr (NerveDistances) distances = NULL;
  g_autofree double *square = NULL;
  gsize n = self->n;

  if (n > MOST_SCALED)
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER,
                   "classical scaling of %zu points would take too long: limit them by max-points, %d at most", n,
                   MOST_SCALED);
      return FALSE;
    }
  distances = nerve_cloud_distances (cloud, &measuring, error);
  if (distances == NULL)
    return FALSE;
  if (!nerve_distances_is_finite (distances))
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_VALUE, "some points can't be reached from others: no map of them");
      return FALSE;
    }

  square = g_new0 (double, MAX (n * n, 1));
  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j < i; j++)
      square[i * n + j] = square[j * n + i] = nerve_distances_get (distances, i, j);
  self->is_scaling = TRUE;

  return nerve_classical_scaling (square, n, AXES, self->points, &self->share, &solving, error);
}

static gboolean
is_of_components (const NerveCloud *cloud, const NerveProjectionParameters *parameters)
{
  if (parameters == NULL || parameters->method < 0)
    return nerve_cloud_get_metric (cloud) == NERVE_METRIC_EUCLIDEAN;

  return parameters->method == NERVE_PROJECTION_COMPONENTS;
}

NerveProjection *
nerve_projection_new (const NerveCloud *cloud, const NerveProjectionParameters *parameters,
                      const NerveProgress *progress, GError **error)
{
  g_autoptr (NerveProjection) self = g_new0 (NerveProjection, 1);
  gboolean done;

  g_atomic_ref_count_init (&self->references);
  self->n = nerve_cloud_get_n (cloud);
  self->points = g_new0 (double, MAX (self->n * AXES, 1));
  self->images = g_memdup2 (nerve_cloud_get_images (cloud), self->n * sizeof (guint32));
  self->share = NAN;
  self->badge = g_strdup (nerve_cloud_get_badge (cloud));
  if (is_of_components (cloud, parameters))
    done = self->n == 0 || (nerve_cloud_check_squares (cloud, error) &&
                            find_components (self, cloud, progress, error));
  else
    done = scale (self, cloud, progress, error);

  return done ? g_steal_pointer (&self) : NULL;
}

NerveProjection *
nerve_projection_ref (NerveProjection *self)
{
  g_atomic_ref_count_inc (&self->references);

  return self;
}

void
nerve_projection_unref (NerveProjection *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;

  g_free (self->points);
  g_free (self->images);
  g_free (self->badge);
  g_free (self);
}

gsize nerve_projection_get_n (const NerveProjection *self) { return self->n; }
const double *nerve_projection_get_points (const NerveProjection *self) { return self->points; }
const guint32 *nerve_projection_get_images (const NerveProjection *self) { return self->images; }
gboolean nerve_projection_is_scaling (const NerveProjection *self) { return self->is_scaling; }
double nerve_projection_get_share (const NerveProjection *self) { return self->share; }
const char *nerve_projection_get_badge (const NerveProjection *self) { return self->badge; }
