#include "cloud/cloud.h"

#include <math.h>

#include "cloud/cloud-private.h"
#include "cloud/sampling.h"


static void
remember_unit (const NerveCloud *self, double unit)
{
  NerveCloud *mutable = (NerveCloud *) self;

  g_mutex_lock (&mutable->lock);
  mutable->unit = unit;
  g_mutex_unlock (&mutable->lock);
}

static gboolean
recall_unit (const NerveCloud *self, double *unit)
{
  NerveCloud *mutable = (NerveCloud *) self;

  g_mutex_lock (&mutable->lock);
  *unit = self->scale == NERVE_SCALE_NONE ? 1.0 : self->unit;
  g_mutex_unlock (&mutable->lock);

  return !isnan (*unit);
}

/* What @distances, not yet scaled, are to be divided by. */
static gboolean
find_unit (const NerveCloud *self, const NerveDistances *distances, double *unit, const NerveProgress *progress,
           GError **error)
{
  double q = self->scale == NERVE_SCALE_MEDIAN ? .5 : .9;

  if (recall_unit (self, unit))
    return TRUE;

  /* Two points at least, or there is nothing to scale. */
  *unit = 1.0;
  if (self->n >= 2 && !nerve_distances_quantile (distances, q, unit, progress, error))
    return FALSE;
  if (*unit == 0.0)
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_VALUE, "the %s is 0 (most points coincide), so it can't be a unit",
                   self->scale == NERVE_SCALE_MEDIAN ? "median distance" : "0.9-quantile of the distances");
      return FALSE;
    }

  remember_unit (self, *unit);
  return TRUE;
}

NerveCloud *
nerve_cloud_alloc (void)
{
  NerveCloud *self = g_new0 (NerveCloud, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->lock);
  self->unit = NAN;

  return self;
}

/* Where the dataset is to blame it has said so already. */
gboolean
nerve_cloud_prefix_layer (GError **error, const char *layer)
{
  if (error != NULL && layer != NULL && !g_error_matches (*error, NERVE_ERROR, NERVE_ERROR_CANCELLED) &&
      !g_error_matches (*error, NERVE_ERROR, NERVE_ERROR_FORMAT) &&
      !g_error_matches (*error, NERVE_ERROR, NERVE_ERROR_OPEN))
    g_prefix_error (error, "%s: ", layer);

  return FALSE;
}

NerveCloud *
nerve_cloud_new_from_points (const double *points, gsize n, gsize d)
{
  NerveCloud *self = nerve_cloud_alloc ();

  self->n = n;
  self->n_available = n;
  self->dimension = d;
  self->width = 1;
  self->points = points != NULL ? g_memdup2 (points, n * d * sizeof (double)) : NULL;
  self->images = g_new (guint32, n);
  self->positions = g_new (gint32, n);
  for (gsize i = 0; i < n; i++)
    {
      self->images[i] = i;
      self->positions[i] = -1;
    }
  self->metric = NERVE_METRIC_EUCLIDEAN;
  self->sampling = NERVE_SAMPLING_FLATTEN;
  self->badge = g_strdup ("vectors");

  return self;
}

NerveCloud *
nerve_cloud_new_like (const NerveCloud *like, const double *points, gsize n, gsize d)
{
  NerveCloud *self = nerve_cloud_new_from_points (points, n, d);

  self->metric = like->metric;
  self->neighbors = like->neighbors;
  self->scale = like->scale;
  self->layer = g_strdup (like->layer);

  return self;
}

NerveCloud *
nerve_cloud_ref (NerveCloud *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
nerve_cloud_unref (NerveCloud *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->points);
  g_free (self->singles);
  g_free (self->images);
  g_free (self->positions);
  g_free (self->badge);
  g_free (self->layer);
  g_mutex_clear (&self->lock);
  g_free (self);
}

gsize
nerve_cloud_get_n (const NerveCloud *self)
{
  return self->n;
}

gsize
nerve_cloud_get_dimension (const NerveCloud *self)
{
  return self->dimension;
}

const guint32 *
nerve_cloud_get_images (const NerveCloud *self)
{
  return self->images;
}

const gint32 *
nerve_cloud_get_positions (const NerveCloud *self)
{
  return self->positions;
}

void
nerve_cloud_get_position (const NerveCloud *self, gsize row, int *i, int *j)
{
  gint32 position = self->positions[row];

  *i = position < 0 ? -1 : position / (gint32) self->width;
  *j = position < 0 ? -1 : position % (gint32) self->width;
}

NerveMetric
nerve_cloud_get_metric (const NerveCloud *self)
{
  return self->metric;
}

guint
nerve_cloud_get_neighbors (const NerveCloud *self)
{
  return self->neighbors;
}

NerveSampling
nerve_cloud_get_sampling (const NerveCloud *self)
{
  return self->sampling;
}

gsize
nerve_cloud_get_n_available (const NerveCloud *self)
{
  return self->n_available;
}

gsize
nerve_cloud_get_n_skipped (const NerveCloud *self)
{
  return self->n_skipped;
}

const char *
nerve_cloud_get_badge (const NerveCloud *self)
{
  return self->badge;
}

NerveScale
nerve_cloud_get_scale (const NerveCloud *self)
{
  return self->scale;
}

static gboolean
check_range (const NerveCloud *self, NerveMetric metric, GError **error)
{
  /* Single precision does not reach beyond. */
  if (self->singles != NULL || nerve_metric_check_range (metric, self->points, self->n, self->dimension, error))
    return TRUE;

  return nerve_cloud_prefix_layer (error, self->layer);
}

gboolean
nerve_cloud_check_squares (const NerveCloud *self, GError **error)
{
  return check_range (self, NERVE_METRIC_EUCLIDEAN, error);
}

gboolean
nerve_cloud_check_range (const NerveCloud *self, GError **error)
{
  return check_range (self, self->metric, error);
}

NerveDistances *
nerve_cloud_distances (const NerveCloud *self, const NerveProgress *progress, GError **error)
{
  NerveProgress measuring = nerve_progress_part (progress, 0, self->scale == NERVE_SCALE_NONE ? 1 : .8);
  NerveProgress scaling = nerve_progress_part (progress, .8, 1);
  g_autoptr (NerveDistances) distances = NULL;
  double unit;

  distances = nerve_distances_new (nerve_cloud_get_points (self), self->n, self->dimension, self->metric,
                                   self->neighbors, &measuring, error);
  if (distances == NULL || !find_unit (self, distances, &unit, &scaling, error))
    {
      nerve_cloud_prefix_layer (error, self->layer);
      return NULL;
    }
  if (unit != 1.0)
    nerve_distances_divide (distances, unit);

  return g_steal_pointer (&distances);
}

gboolean
nerve_cloud_get_unit (const NerveCloud *self, double *out, const NerveProgress *progress, GError **error)
{
  NerveProgress measuring = nerve_progress_part (progress, 0, .8);
  NerveProgress scaling = nerve_progress_part (progress, .8, 1);
  g_autoptr (NerveDistances) distances = NULL;

  if (recall_unit (self, out))
    return TRUE;

  distances = nerve_distances_new (nerve_cloud_get_points (self), self->n, self->dimension, self->metric,
                                   self->neighbors, &measuring, error);
  if (distances == NULL || !find_unit (self, distances, out, &scaling, error))
    return nerve_cloud_prefix_layer (error, self->layer);

  return TRUE;
}

NerveLayerGroup
nerve_layer_group (const NerveLayer *layer)
{
  if (g_strcmp0 (layer->kind, "input") == 0)
    return NERVE_LAYER_GROUP_INPUT;

  /* What was drawn from a tensor beforehand stands for it. */
  if (!layer->is_vector || nerve_sampling_parse (layer->sampling) != NERVE_SAMPLING_DEFAULT)
    return NERVE_LAYER_GROUP_TENSOR;

  return NERVE_LAYER_GROUP_VECTOR;
}
