#include "layers/class-distances.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/parallel.h"

#define ROWS 32
#define COLUMNS 256

/* Points in the order of their classes, so that those of later classes follow. */
typedef struct
{
  const NerveCloud     *cloud;
  const NerveDistances *distances; /* geodesic only */
  gsize                 n;
  gsize                 d;
  guint                 n_classes;
  guint32              *points;    /* place: row of the cloud */
  guint                *classes;   /* of each place */
  gsize                *begin;     /* n_classes + 1 */
  double               *sorted;    /* coordinates by place; NULL: geodesic */
  double               *sums;      /* n × n_classes: from a place to each later class */
  const NerveProgress  *progress;
} Means;

static gboolean
means_init (Means *self, const NerveCloud *cloud, const int *labels, guint n_classes, GError **error)
{
  gsize n = nerve_cloud_get_n (cloud);
  g_autofree gsize *next = NULL;

  *self = (Means) { .cloud = cloud, .d = nerve_cloud_get_dimension (cloud), .n_classes = n_classes };
  self->begin = g_new0 (gsize, n_classes + 1);
  for (gsize i = 0; i < n; i++)
    if (labels[i] >= 0)
      self->begin[labels[i] + 1]++;
  for (guint c = 0; c < n_classes; c++)
    self->begin[c + 1] += self->begin[c];
  self->n = self->begin[n_classes];
  self->points = g_new (guint32, MAX (self->n, 1));
  self->classes = g_new (guint, MAX (self->n, 1));
  next = g_memdup2 (self->begin, (n_classes + 1) * sizeof (gsize));
  for (gsize i = 0; i < n; i++)
    if (labels[i] >= 0)
      {
        self->classes[next[labels[i]]] = labels[i];
        self->points[next[labels[i]]++] = i;
      }

  self->sums = nerve_memory_new ((guint64) self->n * n_classes, sizeof (double), "distances to classes", error);
  if (self->sums == NULL)
    return FALSE;
  memset (self->sums, 0, self->n * n_classes * sizeof (double));
  if (nerve_cloud_get_metric (cloud) == NERVE_METRIC_GEODESIC)
    return TRUE;

  self->sorted = nerve_memory_new ((guint64) self->n * self->d, sizeof (double), "a copy of the points", error);
  if (self->sorted == NULL || !nerve_cloud_check_range (cloud, error))
    return FALSE;
  for (gsize i = 0; i < self->n; i++)
    memcpy (self->sorted + i * self->d, nerve_cloud_get_points (cloud) + self->points[i] * self->d,
            self->d * sizeof (double));

  return TRUE;
}

static void
means_clear (Means *self)
{
  g_free (self->points);
  g_free (self->classes);
  g_free (self->begin);
  g_free (self->sorted);
  g_free (self->sums);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Means, means_clear)

static void
measure (const Means *self, gsize row, gsize rows, gsize column, gsize columns, double *out)
{
  if (self->sorted != NULL)
    {
      nerve_metric_block (nerve_cloud_get_metric (self->cloud), self->sorted + row * self->d, rows,
                          self->sorted + column * self->d, columns, self->d, out);
      return;
    }

  for (gsize i = 0; i < rows; i++)
    for (gsize j = 0; j < columns; j++)
      out[i * columns + j] = nerve_distances_get (self->distances, self->points[row + i], self->points[column + j]);
}

static gboolean
sum_rows (gsize begin, gsize end, guint worker, gpointer user_data)
{
  const Means *self = user_data;
  g_autofree double *block = g_new (double, ROWS * COLUMNS);

  for (gsize tile = begin; tile < end; tile++)
    {
      gsize row = tile * ROWS;
      gsize rows = MIN (ROWS, self->n - row);

      for (gsize column = self->begin[self->classes[row] + 1]; column < self->n; column += COLUMNS)
        {
          gsize columns = MIN (COLUMNS, self->n - column);

          if (!nerve_progress_wanted (self->progress))
            return FALSE;
          measure (self, row, rows, column, columns, block);
          for (gsize i = 0; i < rows; i++)
            for (gsize j = 0; j < columns; j++)
              self->sums[(row + i) * self->n_classes + self->classes[column + j]] += block[i * columns + j];
        }
    }

  return TRUE;
}

static void
average (const Means *self, double unit, double *out)
{
  guint k = self->n_classes;

  for (guint a = 0; a < k; a++)
    for (guint b = a; b < k; b++)
      {
        double n_pairs = (double) (self->begin[a + 1] - self->begin[a]) * (self->begin[b + 1] - self->begin[b]);
        double sum = 0;

        for (gsize i = self->begin[a]; i < self->begin[a + 1]; i++)
          sum += self->sums[i * k + b];
        if (a == b)
          sum = 0;
        out[(gsize) a * k + b] = out[(gsize) b * k + a] = n_pairs > 0 ? sum / n_pairs / unit : NAN;
      }
}

gboolean
nerve_class_distances (const NerveCloud *cloud, const int *labels, guint n_classes, double *out,
                       const NerveProgress *progress, GError **error)
{
  NerveProgress scaling = nerve_progress_part (progress, 0, .3);
  NerveProgress summing = nerve_progress_part (progress, .3, 1);
  g_autoptr (NerveDistances) distances = NULL;
  g_auto (Means) self = { NULL };
  double unit = 1;

  if (!means_init (&self, cloud, labels, n_classes, error))
    return FALSE;
  if (self.sorted == NULL)
    distances = nerve_cloud_distances (cloud, &scaling, error);
  if (self.sorted == NULL && distances == NULL)
    return FALSE;
  if (self.sorted != NULL && !nerve_cloud_get_unit (cloud, &unit, &scaling, error))
    return FALSE;
  if (distances != NULL && !nerve_distances_is_finite (distances))
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_VALUE,
                   "some points can't be reached from others: classes have no mean distance");
      return FALSE;
    }

  self.distances = distances;
  self.progress = &summing;
  if (!nerve_parallel_for ((self.n + ROWS - 1) / ROWS, 1, sum_rows, &self, &summing))
    return nerve_progress_set_cancelled (error);
  average (&self, unit, out);

  return TRUE;
}
