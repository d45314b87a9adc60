#include "layers/matching.h"

#include <string.h>

static gboolean
has_ids (NerveDataset *dataset)
{
  return nerve_dataset_get_n (dataset) > 0 && nerve_dataset_get_sample_id (dataset, 0) != NULL;
}

static void
match_same (NerveMatching *self, gsize n)
{
  self->n = n;
  for (guint side = 0; side < self->n_sides; side++)
    {
      self->rows[side] = g_new (guint32, MAX (n, 1));
      for (gsize i = 0; i < n; i++)
        self->rows[side][i] = i;
    }
}

static GHashTable *
index_ids (NerveDataset *dataset, GError **error)
{
  g_autoptr (GHashTable) rows = g_hash_table_new (g_str_hash, g_str_equal);

  for (gsize i = 0; i < nerve_dataset_get_n (dataset); i++)
    {
      const char *id = nerve_dataset_get_sample_id (dataset, i);

      if (g_hash_table_insert (rows, (gpointer) id, GSIZE_TO_POINTER (i)))
        continue;
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_VALUE, "sample_ids: “%s” is there twice, images can't be matched",
                   id);
      return NULL;
    }

  return g_steal_pointer (&rows);
}

static gboolean
match_ids (NerveMatching *self, NerveDataset *a, NerveDataset *b, GError **error)
{
  g_autoptr (GHashTable) first = index_ids (a, error);
  g_autoptr (GHashTable) second = first != NULL ? index_ids (b, error) : NULL;
  gsize n = nerve_dataset_get_n (a);

  if (second == NULL)
    return FALSE;

  self->by_id = TRUE;
  self->rows[0] = g_new (guint32, n);
  self->rows[1] = g_new (guint32, n);
  for (gsize i = 0; i < n; i++)
    {
      gpointer row;

      if (!g_hash_table_lookup_extended (second, nerve_dataset_get_sample_id (a, i), NULL, &row))
        continue;
      self->rows[0][self->n] = i;
      self->rows[1][self->n++] = GPOINTER_TO_SIZE (row);
    }
  if (self->n > 0)
    return TRUE;

  g_set_error (error, NERVE_ERROR, NERVE_ERROR_SHAPE, "the two files have no sample_ids in common");
  return FALSE;
}

static gboolean
labels_agree (NerveDataset *a, NerveDataset *b)
{
  const int *first = nerve_dataset_get_labels (a);
  const int *second = nerve_dataset_get_labels (b);

  return first == NULL || second == NULL || memcmp (first, second, nerve_dataset_get_n (a) * sizeof (int)) == 0;
}

static void
matching_begin (NerveMatching *self, guint n_sides)
{
  *self = (NerveMatching) { .rows = g_new0 (guint32 *, n_sides), .n_sides = n_sides };
}

gboolean
nerve_matching_init (NerveMatching *self, NerveDataset *a, NerveDataset *b, GError **error)
{
  matching_begin (self, 2);
  if (b == NULL || b == a)
    {
      match_same (self, nerve_dataset_get_n (a));
      return TRUE;
    }
  if (has_ids (a) && has_ids (b))
    return match_ids (self, a, b, error);
  if (nerve_dataset_get_n (a) == nerve_dataset_get_n (b) && labels_agree (a, b))
    {
      match_same (self, nerve_dataset_get_n (a));
      return TRUE;
    }

  g_set_error (error, NERVE_ERROR, NERVE_ERROR_SHAPE,
               "images can't be matched: without sample_ids in both files they must hold the same images in the same "
               "order");
  return FALSE;
}

/* Keeps of what is matched already what @next has too; both in the first dataset's order. */
static void
narrow (NerveMatching *self, const NerveMatching *next, guint side)
{
  gsize n = 0;

  self->rows[side] = g_new (guint32, MAX (self->n, 1));
  for (gsize i = 0, k = 0; i < self->n; i++)
    {
      while (k < next->n && next->rows[0][k] < self->rows[0][i])
        k++;
      if (k == next->n || next->rows[0][k] != self->rows[0][i])
        continue;
      for (guint other = 0; other < side; other++)
        self->rows[other][n] = self->rows[other][i];
      self->rows[side][n++] = next->rows[1][k];
    }
  self->n = n;
}

gboolean
nerve_matching_init_all (NerveMatching *self, NerveDataset * const *datasets, guint n, GError **error)
{
  g_return_val_if_fail (n > 0, FALSE);

  if (n <= 2)
    return nerve_matching_init (self, datasets[0], n > 1 ? datasets[1] : NULL, error);

  matching_begin (self, n);
  self->by_id = TRUE;
  self->n = nerve_dataset_get_n (datasets[0]);
  self->rows[0] = g_new (guint32, MAX (self->n, 1));
  for (gsize i = 0; i < self->n; i++)
    self->rows[0][i] = i;
  for (guint side = 1; side < n; side++)
    {
      g_auto (NerveMatching) next = { 0 };

      if (!nerve_matching_init (&next, datasets[0], datasets[side], error))
        return FALSE;
      self->by_id &= next.by_id;
      narrow (self, &next, side);
    }
  if (self->n > 0)
    return TRUE;

  g_set_error (error, NERVE_ERROR, NERVE_ERROR_SHAPE, "no image is in all %u files", n);

  return FALSE;
}

void
nerve_matching_clear (NerveMatching *self)
{
  for (guint side = 0; side < self->n_sides; side++)
    g_free (self->rows[side]);
  g_clear_pointer (&self->rows, g_free);
  self->n_sides = 0;
}

/* Points of a cloud by image of its dataset. */
typedef struct
{
  gsize   *begin; /* n_images + 1 */
  guint32 *points;
} ByImage;

static void
by_image_init (ByImage *self, const NerveCloud *cloud, gsize n_images)
{
  gsize n = nerve_cloud_get_n (cloud);
  const guint32 *images = nerve_cloud_get_images (cloud);
  g_autofree gsize *next = NULL;

  self->begin = g_new0 (gsize, n_images + 1);
  self->points = g_new (guint32, MAX (n, 1));
  for (gsize i = 0; i < n; i++)
    self->begin[images[i] + 1]++;
  for (gsize i = 0; i < n_images; i++)
    self->begin[i + 1] += self->begin[i];
  next = g_memdup2 (self->begin, (n_images + 1) * sizeof (gsize));
  for (gsize i = 0; i < n; i++)
    self->points[next[images[i]]++] = i;
}

static void
by_image_clear (ByImage *self)
{
  g_free (self->begin);
  g_free (self->points);
}

/* How many points each matched image gives: as many in every cloud, or none where one has none. */
static gboolean
count_points (const ByImage *clouds, const guint *sides, guint n_clouds, const NerveMatching *matching, gsize *counts,
              GError **error)
{
  for (gsize m = 0; m < matching->n; m++)
    {
      gsize least = G_MAXSIZE;
      gsize most = 0;

      for (guint c = 0; c < n_clouds; c++)
        {
          guint32 image = matching->rows[sides[c]][m];
          gsize n = clouds[c].begin[image + 1] - clouds[c].begin[image];

          least = MIN (least, n);
          most = MAX (most, n);
        }
      if (least > 0 && least != most)
        {
          g_set_error (error, NERVE_ERROR, NERVE_ERROR_SHAPE,
                       "an image gives %zu points in one layer and %zu in another: this measure compares point with "
                       "point, so choose a sampling with as many everywhere", least, most);
          return FALSE;
        }
      counts[m] = least;
    }

  return TRUE;
}

static gsize
extent (const NerveMatching *matching, const NerveCloud *cloud, guint side)
{
  gsize n = 0;

  for (gsize m = 0; m < matching->n; m++)
    n = MAX (n, matching->rows[side][m] + (gsize) 1);
  for (gsize i = 0; i < nerve_cloud_get_n (cloud); i++)
    n = MAX (n, nerve_cloud_get_images (cloud)[i] + (gsize) 1);

  return n;
}

gboolean
nerve_common_rows_init (NerveCommonRows *self, const NerveMatching *matching, NerveCloud * const *clouds,
                        const guint *sides, guint n_clouds, GError **error)
{
  g_autofree ByImage *by_image = g_new (ByImage, MAX (n_clouds, 1));
  g_autofree gsize *counts = g_new0 (gsize, MAX (matching->n, 1));
  gboolean done;

  *self = (NerveCommonRows) { .n_clouds = n_clouds };
  for (guint c = 0; c < n_clouds; c++)
    by_image_init (&by_image[c], clouds[c], extent (matching, clouds[c], sides[c]));
  done = count_points (by_image, sides, n_clouds, matching, counts, error);
  for (gsize m = 0; m < matching->n; m++)
    {
      self->n += counts[m];
      self->n_images += counts[m] > 0;
    }
  if (done && self->n == 0)
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_SHAPE, "no image has points in all layers");
      done = FALSE;
    }

  self->rows = g_new0 (guint32 *, MAX (n_clouds, 1));
  for (guint c = 0; c < n_clouds; c++)
    {
      gsize at = 0;

      self->rows[c] = g_new (guint32, MAX (self->n, 1));
      for (gsize m = 0; m < matching->n; m++)
        for (gsize k = 0; k < counts[m]; k++)
          self->rows[c][at++] = by_image[c].points[by_image[c].begin[matching->rows[sides[c]][m]] + k];
      by_image_clear (&by_image[c]);
    }

  return done;
}

void
nerve_common_rows_clear (NerveCommonRows *self)
{
  for (guint c = 0; c < self->n_clouds; c++)
    g_free (self->rows[c]);
  g_clear_pointer (&self->rows, g_free);
  self->n_clouds = 0;
}
