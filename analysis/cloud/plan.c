#include "cloud/plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/parallel.h"
#include "base/random.h"
#include "cloud/mask.h"
#include "data/names.h"

/* Images that may give points, and the positions that their masks give. */
typedef struct
{
  gsize    n;
  guint32 *images;
  gint32  *positions; /* n × k, NULL without masks */
} Sources;

typedef struct
{
  NerveDataset       *dataset;
  const NerveSampler *sampler;
  Sources            *sources;
  NerveMaskOutcome   *outcomes;
  GMutex              lock;
  gsize               first_failed;
  GError             *error;
} MaskReading;

static void
sources_clear (Sources *self)
{
  g_free (self->images);
  g_free (self->positions);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sources, sources_clear)

static gboolean
find_class (NerveDataset *dataset, const char *name, guint *label)
{
  guint n_classes = nerve_dataset_get_n_classes (dataset);
  guint64 number;

  for (guint i = 0; i < n_classes; i++)
    if (g_str_equal (nerve_dataset_get_class_name (dataset, i), name))
      {
        *label = i;
        return TRUE;
      }

  if (n_classes == 0 || !g_ascii_string_to_unsigned (name, 10, 0, n_classes - 1, &number, NULL))
    return FALSE;

  *label = number;
  return TRUE;
}

static gboolean
set_unknown_class (NerveDataset *dataset, const char *name, GError **error)
{
  guint n_classes = nerve_dataset_get_n_classes (dataset);
  g_autofree const char **names = g_new (const char *, n_classes + 1);
  g_autofree char *near = NULL;

  for (guint i = 0; i < n_classes; i++)
    names[i] = nerve_dataset_get_class_name (dataset, i);
  near = nerve_names_near (name, names, n_classes);
  if (near != NULL)
    g_set_error (error, NERVE_ERROR, NERVE_ERROR_NOT_FOUND, "no class “%s”; did you mean %s?", name, near);
  else
    g_set_error (error, NERVE_ERROR, NERVE_ERROR_NOT_FOUND, "no class “%s” among the %u classes of the file", name,
                 n_classes);

  return FALSE;
}

gboolean
nerve_plan_parse_classes (NerveDataset *dataset, const char *text, gboolean *wanted, GError **error)
{
  g_auto (GStrv) names = nerve_names_split (text);
  guint whole;

  if (find_class (dataset, text, &whole))
    {
      wanted[whole] = TRUE;
      return TRUE;
    }
  for (char **name = names; *name != NULL; name++)
    {
      guint label;

      g_strstrip (*name);
      if (!find_class (dataset, *name, &label))
        return set_unknown_class (dataset, *name, error);
      wanted[label] = TRUE;
    }

  return TRUE;
}

static gboolean
choose_images (Sources *self, NerveDataset *dataset, const char *classes, GError **error)
{
  const int *labels = nerve_dataset_get_labels (dataset);
  gsize n = nerve_dataset_get_n (dataset);
  g_autofree gboolean *wanted = g_new0 (gboolean, nerve_dataset_get_n_classes (dataset) + 1);

  if (classes != NULL && labels == NULL)
    {
      g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_NOT_FOUND,
                           "the file has no labels, so no classes can be chosen");
      return FALSE;
    }
  if (classes != NULL && !nerve_plan_parse_classes (dataset, classes, wanted, error))
    return FALSE;

  self->images = g_new (guint32, n);
  for (gsize image = 0; image < n; image++)
    if (classes == NULL || (labels[image] >= 0 && wanted[labels[image]]))
      self->images[self->n++] = image;

  if (self->n == 0 && n > 0)
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_NOT_FOUND, "no image belongs to the classes asked for (%s)",
                   classes);
      return FALSE;
    }

  return TRUE;
}

static void
keep_first_error (MaskReading *self, gsize place, GError *error)
{
  g_mutex_lock (&self->lock);
  if (self->error == NULL || place < self->first_failed)
    {
      g_clear_error (&self->error);
      self->error = g_steal_pointer (&error);
      self->first_failed = place;
    }
  g_mutex_unlock (&self->lock);
  g_clear_error (&error);
}

static gboolean
place_by_masks (gsize begin, gsize end, guint worker, gpointer user_data)
{
  MaskReading *self = user_data;

  for (gsize i = begin; i < end; i++)
    {
      g_auto (NerveImage) mask = { 0 };
      GError *error = NULL;
      guint32 image = self->sources->images[i];

      if (!nerve_dataset_read_mask (self->dataset, image, &mask, &error))
        {
          keep_first_error (self, i, error);
          return FALSE;
        }
      self->outcomes[i] = nerve_mask_place (self->sampler, &mask, image,
                                            self->sources->positions + i * self->sampler->positions);
    }

  return TRUE;
}

/* Drops the images without a point. */
static void
keep_images_with_points (Sources *self, const NerveMaskOutcome *outcomes, gsize k)
{
  gsize kept = 0;

  for (gsize i = 0; i < self->n; i++)
    if (outcomes[i] == NERVE_MASK_PLACED)
      {
        self->images[kept] = self->images[i];
        memmove (self->positions + kept * k, self->positions + i * k, k * sizeof (gint32));
        kept++;
      }
  self->n = kept;
}

static gboolean
read_masks (NervePlan *plan, Sources *self, NerveDataset *dataset, const NerveSampler *sampler,
            const NerveProgress *progress, GError **error)
{
  g_autofree NerveMaskOutcome *outcomes = g_new0 (NerveMaskOutcome, self->n);
  MaskReading reading = { .dataset = dataset, .sampler = sampler, .sources = self, .outcomes = outcomes };
  gboolean done;

  if (!nerve_dataset_has_masks (dataset))
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_NOT_FOUND, "the sampling “%s” needs masks, but the file has none",
                   nerve_sampling_choices[sampler->sampling].name);
      return FALSE;
    }
  self->positions = nerve_memory_new ((guint64) self->n * sampler->positions, sizeof (gint32), "the positions", error);
  if (self->positions == NULL)
    return FALSE;

  g_mutex_init (&reading.lock);
  done = nerve_parallel_for (self->n, 4, place_by_masks, &reading, progress);
  g_mutex_clear (&reading.lock);
  if (reading.error != NULL)
    g_propagate_error (error, reading.error);
  else if (!done)
    nerve_progress_set_cancelled (error);
  if (!done)
    return FALSE;

  for (gsize i = 0; i < self->n; i++)
    {
      plan->n_empty += outcomes[i] == NERVE_MASK_EMPTY;
      plan->n_full += outcomes[i] == NERVE_MASK_FULL;
    }
  keep_images_with_points (self, outcomes, sampler->positions);
  if (self->n == 0)
    g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_VALUE,
                         plan->n_full == 0 ? "all masks are empty" :
                         plan->n_empty == 0 ? "no mask leaves any background" :
                         "all masks are empty or leave no background");

  return self->n > 0;
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  guint64 x = *(const guint64 *) a;
  guint64 y = *(const guint64 *) b;

  return (x > y) - (x < y);
}

static gboolean
draw_ids (NerveRandom *random, guint64 n, gsize k, gboolean with_replacement, guint64 *ids, GError **error)
{
  g_autofree guint32 *chosen = NULL;

  if (with_replacement)
    {
      for (gsize i = 0; i < k; i++)
        ids[i] = nerve_random_below (random, n);
      qsort (ids, k, sizeof *ids, compare_ids);
      return TRUE;
    }

  if (n > G_MAXUINT32)
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER,
                   "%" G_GUINT64_FORMAT " points are too many to draw from: choose some classes", n);
      return FALSE;
    }
  chosen = g_new (guint32, k);
  nerve_random_choose (random, n, k, chosen);
  for (gsize i = 0; i < k; i++)
    ids[i] = chosen[i];

  return TRUE;
}

/* The numbers, among all there are, of the points to take, ascending; a full cloud is capped first. */
static guint64 *
choose_ids (NervePlan *self, const NerveSampler *sampler, const NerveCloudParameters *parameters, GError **error)
{
  gsize limit = parameters->subsample == NERVE_SUBSAMPLE_RANDOM && parameters->max_points > 0
                  ? (gsize) parameters->max_points : G_MAXSIZE;
  g_autofree guint64 *ids = NULL;
  NerveRandom random;

  self->is_capped = sampler->sampling == NERVE_SAMPLING_FULL && self->n_available > NERVE_FULL_CAP;
  self->n = self->is_capped ? NERVE_FULL_CAP : self->n_available;
  ids = nerve_memory_new (self->n, sizeof (guint64), "the list of points", error);
  if (ids == NULL)
    return NULL;

  nerve_random_init_stream (&random, sampler->seed, G_MAXUINT64);
  if (!self->is_capped)
    for (gsize i = 0; i < self->n; i++)
      ids[i] = i;
  else if (!draw_ids (&random, self->n_available, self->n, sampler->paper, ids, error))
    return NULL;

  if (self->n > limit)
    {
      g_autofree guint32 *chosen = g_new (guint32, limit);

      nerve_random_init (&random, sampler->seed);
      nerve_random_choose (&random, self->n, limit, chosen);
      for (gsize i = 0; i < limit; i++)
        ids[i] = ids[chosen[i]];
      self->n = limit;
    }

  return g_steal_pointer (&ids);
}

static void
fill_points (NervePlan *self, const NerveSampler *sampler, const Sources *sources, const guint64 *ids)
{
  const NerveSamplingType *type = nerve_sampling_type (sampler->sampling);
  gsize per_image = nerve_sampler_per_image (sampler);

  for (gsize i = 0; i < self->n; i++)
    {
      gsize source = ids[i] / per_image;
      gsize slot = ids[i] % per_image;

      self->images[i] = sources->images[source];
      if (sources->positions != NULL)
        self->positions[i] = sources->positions[source * per_image + slot];
      else if (type->place != NULL)
        self->positions[i] = type->place (sampler, self->images[i], slot);
      else
        self->positions[i] = type->rank != NULL ? (gint32) slot : -1;
    }
}

gboolean
nerve_plan_init (NervePlan *self, NerveDataset *dataset, const NerveSampler *sampler,
                 const NerveCloudParameters *parameters, const NerveProgress *progress, GError **error)
{
  g_auto (Sources) sources = { 0 };
  g_autofree guint64 *ids = NULL;

  memset (self, 0, sizeof *self);
  if (!choose_images (&sources, dataset, parameters->classes, error))
    return FALSE;
  if (nerve_sampling_type (sampler->sampling)->mask != NERVE_MASK_NONE &&
      !read_masks (self, &sources, dataset, sampler, progress, error))
    return FALSE;

  self->n_available = sources.n * nerve_sampler_per_image (sampler);
  ids = choose_ids (self, sampler, parameters, error);
  if (ids == NULL)
    return FALSE;

  self->images = g_new (guint32, self->n);
  self->positions = g_new (gint32, self->n);
  fill_points (self, sampler, &sources, ids);

  return TRUE;
}

void
nerve_plan_clear (NervePlan *self)
{
  g_clear_pointer (&self->images, g_free);
  g_clear_pointer (&self->positions, g_free);
}
