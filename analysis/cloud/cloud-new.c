#include "cloud/cloud.h"

#include <string.h>

#include "base/memory.h"
#include "cloud/cloud-private.h"
#include "cloud/landmarks.h"
#include "cloud/plan.h"
#include "cloud/reading.h"
#include "cloud/sampling.h"

#define LARGE (64 << 20) /* bytes of doubles from which on single precision is kept as it is */

/* "12,345" whatever the locale: badges stand in files too. */
static void
append_count (GString *text, gsize n)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GSIZE_FORMAT, n);
  gsize length = strlen (digits);

  for (gsize i = 0; i < length; i++)
    {
      if (i > 0 && (length - i) % 3 == 0)
        g_string_append_c (text, ',');
      g_string_append_c (text, digits[i]);
    }
}

static void
append_sampling (GString *badge, const NerveSampler *sampler)
{
  const char *name = nerve_sampling_choices[sampler->counts_as].name;

  if (sampler->layer->is_vector && sampler->layer->sampling == NULL)
    g_string_append (badge, "vectors");
  else if (sampler->layer->is_vector)
    g_string_append_printf (badge, "vectors, %s in the file", sampler->layer->sampling);
  else
    g_string_append (badge, name);

  if (!sampler->layer->is_vector && nerve_sampler_per_image (sampler) > 1 &&
      sampler->sampling != NERVE_SAMPLING_FULL)
    g_string_append_printf (badge, ", %" G_GSIZE_FORMAT " positions", sampler->positions);
}

static void
append_subsample (GString *badge, const NervePlan *plan, const NerveSampler *sampler,
                  const NerveCloudParameters *parameters, gsize n)
{
  gboolean is_drawn = n < plan->n_available || plan->is_capped;

  if (is_drawn)
    {
      g_string_append (badge, " · ");
      append_count (badge, n);
      g_string_append (badge, " of ");
      append_count (badge, plan->n_available);
      if (plan->is_capped && sampler->paper)
        g_string_append (badge, ", with replacement");
      if (parameters->subsample == NERVE_SUBSAMPLE_MAXMIN && parameters->max_points > 0 && n < plan->n_available)
        g_string_append (badge, ", farthest point");
    }
  if (is_drawn || nerve_sampling_type (sampler->sampling)->is_seeded)
    g_string_append_printf (badge, ", seed %d", parameters->seed);
}

static void
append_skipped (GString *badge, gsize n, const char *cause)
{
  if (n == 0)
    return;
  g_string_append (badge, " · ");
  append_count (badge, n);
  g_string_append_printf (badge, " image%s left out (%s)", n == 1 ? "" : "s", cause);
}

static void
append_distances (GString *badge, const NerveCloudParameters *parameters)
{
  if (parameters->metric != NERVE_METRIC_EUCLIDEAN)
    g_string_append_printf (badge, " · %s", nerve_metric_choices[parameters->metric].name);
  if (parameters->metric == NERVE_METRIC_GEODESIC)
    g_string_append_printf (badge, ", %d neighbors", parameters->neighbors);
  if (parameters->scale != NERVE_SCALE_NONE)
    g_string_append_printf (badge, " · in units of the %s of distances",
                            parameters->scale == NERVE_SCALE_MEDIAN ? "median" : "0.9-quantile");
}

static char *
describe (const NervePlan *plan, const NerveSampler *sampler, const NerveCloudParameters *parameters, gsize n)
{
  GString *badge = g_string_new (NULL);

  append_sampling (badge, sampler);
  append_subsample (badge, plan, sampler, parameters, n);
  if (parameters->classes != NULL)
    g_string_append_printf (badge, " · only %s", parameters->classes);
  append_skipped (badge, plan->n_empty, "empty mask");
  append_skipped (badge, plan->n_full, "no background");
  if (sampler->relu)
    g_string_append (badge, " · ReLU");
  append_distances (badge, parameters);
  if (parameters->paper)
    g_string_append (badge, " · paper formulas");

  return g_string_free (badge, FALSE);
}

/* Whether the file holds no more of a point than single precision, and doubles would take much. */
static gboolean
is_single (const NervePlan *plan, const NerveSampler *sampler, gboolean is_maxmin)
{
  const char *dtype = sampler->layer->dtype;
  guint64 size = (guint64) plan->n * nerve_sampler_dimension (sampler) * sizeof (double);

  return size >= LARGE && !is_maxmin && sampler->sampling != NERVE_SAMPLING_POOL_MEAN &&
         (g_strcmp0 (dtype, "float32") == 0 || g_strcmp0 (dtype, "float16") == 0);
}

/* Memory for all points there will be for a while, checked first. */
static gpointer
allocate_points (const NervePlan *plan, gsize dimension, gsize size, GError **error)
{
  g_autofree char *what = g_strdup_printf ("%" G_GSIZE_FORMAT " points of %" G_GSIZE_FORMAT " coordinates", plan->n,
                                           dimension);
  gpointer points = nerve_memory_new ((guint64) plan->n * dimension, size, what, error);

  if (points == NULL && error != NULL)
    {
      g_autofree char *message = (*error)->message;

      (*error)->message = g_strdup_printf ("%s: limit them by max-points", message);
    }

  return points;
}

static void
keep_rows (NerveCloud *self, const guint32 *rows, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      memmove (self->points + i * self->dimension, self->points + rows[i] * self->dimension,
               self->dimension * sizeof (double));
      self->images[i] = self->images[rows[i]];
      self->positions[i] = self->positions[rows[i]];
    }
  self->points = g_realloc (self->points, MAX (n * self->dimension, 1) * sizeof (double));
  self->n = n;
}

static gboolean
keep_landmarks (NerveCloud *self, const NerveCloudParameters *parameters, const NerveProgress *progress,
                GError **error)
{
  gsize n = parameters->max_points;
  g_autofree guint32 *rows = g_new (guint32, n);

  if (!nerve_landmarks_maxmin (self->points, self->n, self->dimension, self->metric, self->neighbors,
                               parameters->seed, n, rows, progress, error))
    return nerve_cloud_prefix_layer (error, self->layer);
  keep_rows (self, rows, n);

  return TRUE;
}

static gboolean
fill_cloud (NerveCloud *self, NerveDataset *dataset, guint layer, const NerveSampler *sampler, NervePlan *plan,
            const NerveCloudParameters *parameters, const NerveProgress *progress, GError **error)
{
  gboolean is_maxmin = parameters->subsample == NERVE_SUBSAMPLE_MAXMIN && parameters->max_points > 0 &&
                       plan->n > (gsize) parameters->max_points;
  NerveProgress reading = nerve_progress_part (progress, .1, is_maxmin ? .5 : 1);
  NerveProgress choosing = nerve_progress_part (progress, .5, 1);

  self->dimension = nerve_sampler_dimension (sampler);
  if (is_single (plan, sampler, is_maxmin))
    self->singles = allocate_points (plan, self->dimension, sizeof (float), error);
  else
    self->points = allocate_points (plan, self->dimension, sizeof (double), error);
  if (self->points == NULL && self->singles == NULL)
    return nerve_cloud_prefix_layer (error, self->layer);
  if (!nerve_reading_run (dataset, layer, sampler, plan, self->points, self->singles, &reading, error))
    return FALSE;

  self->n = plan->n;
  self->images = g_steal_pointer (&plan->images);
  self->positions = g_steal_pointer (&plan->positions);
  self->n_available = plan->n_available;
  self->n_skipped = plan->n_empty + plan->n_full;

  return !is_maxmin || keep_landmarks (self, parameters, &choosing, error);
}

gboolean
nerve_cloud_suits (NerveDataset *dataset, guint layer, const NerveCloudParameters *parameters, GError **error)
{
  NerveSampler sampler;

  g_return_val_if_fail (layer < nerve_dataset_get_n_layers (dataset), FALSE);

  if (nerve_sampler_init (&sampler, nerve_dataset_get_layer (dataset, layer), parameters, error))
    return TRUE;
  nerve_cloud_prefix_layer (error, nerve_dataset_get_layer (dataset, layer)->name);

  return FALSE;
}

gboolean
nerve_cloud_leave_out (NerveDataset *dataset, const NerveCloudParameters **clouds, GPtrArray *causes, GError **error)
{
  guint n = nerve_dataset_get_n_layers (dataset);
  g_autoptr (GError) first = NULL;
  guint n_left_out = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GError) cause = NULL;

      if (nerve_cloud_suits (dataset, i, clouds[i], &cause))
        continue;
      clouds[i] = NULL;
      n_left_out++;
      if (first == NULL)
        first = g_error_copy (cause);
      if (causes != NULL)
        g_ptr_array_add (causes, g_steal_pointer (&cause));
    }
  if (n == 0 || n_left_out < n)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&first));

  return FALSE;
}

NerveCloud *
nerve_cloud_new (NerveDataset *dataset, guint layer, const NerveCloudParameters *parameters,
                 const NerveProgress *progress, GError **error)
{
  NerveProgress planning = nerve_progress_part (progress, 0, .1);
  g_autoptr (NerveCloud) self = nerve_cloud_alloc ();
  g_auto (NervePlan) plan = { 0 };
  NerveSampler sampler;

  g_return_val_if_fail (layer < nerve_dataset_get_n_layers (dataset), NULL);

  if (!nerve_progress_check (progress, error))
    return NULL;

  self->layer = g_strdup (nerve_dataset_get_layer (dataset, layer)->name);
  self->width = nerve_dataset_get_layer (dataset, layer)->width;
  self->metric = parameters->metric;
  self->neighbors = parameters->neighbors;
  self->scale = parameters->scale;
  if (!nerve_sampler_init (&sampler, nerve_dataset_get_layer (dataset, layer), parameters, error) ||
      !nerve_plan_init (&plan, dataset, &sampler, parameters, &planning, error))
    {
      nerve_cloud_prefix_layer (error, self->layer);
      return NULL;
    }
  self->sampling = sampler.counts_as;
  if (!fill_cloud (self, dataset, layer, &sampler, &plan, parameters, progress, error))
    return NULL;
  self->badge = describe (&plan, &sampler, parameters, self->n);

  return g_steal_pointer (&self);
}
