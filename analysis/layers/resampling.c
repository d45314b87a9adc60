#include "layers/resampling.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/random.h"

struct _NerveResampling
{
  gatomicrefcount references;
  gsize           n_images;
  gsize           n_replicates;
  guint16        *counts; /* n_replicates × n_images */
};

static int
compare_images (gconstpointer a, gconstpointer b, gpointer classes)
{
  guint32 first = *(const guint32 *) a, second = *(const guint32 *) b;
  int difference = ((const int *) classes)[first] - ((const int *) classes)[second];

  return difference != 0 ? difference : (first > second) - (first < second);
}

/* The images by class. */
static guint32 *
sort_images (const int *classes, gsize n)
{
  guint32 *images = g_new (guint32, n);

  for (gsize i = 0; i < n; i++)
    images[i] = i;
  g_qsort_with_data (images, n, sizeof (guint32), compare_images, (gpointer) classes);

  return images;
}

static void
draw (const int *classes, const guint32 *images, gsize n, NerveRandom *random, guint16 *counts)
{
  for (gsize begin = 0, end; begin < n; begin = end)
    {
      for (end = begin + 1; end < n && classes[images[end]] == classes[images[begin]]; end++)
        ;
      if (classes[images[begin]] < 0)
        continue;
      for (gsize k = begin; k < end; k++)
        {
          guint16 *count = &counts[images[begin + nerve_random_below (random, end - begin)]];

          *count += *count < G_MAXUINT16;
        }
    }
}

NerveResampling *
nerve_resampling_new (const int *classes, gsize n_images, gsize n_replicates, guint64 seed, GError **error)
{
  g_autofree guint32 *images = NULL;
  NerveResampling *self;
  guint16 *counts;

  g_return_val_if_fail (classes != NULL || n_images == 0, NULL);

  counts = nerve_memory_new ((guint64) n_images * n_replicates, sizeof (guint16), "resampling the images", error);
  if (counts == NULL)
    return NULL;

  memset (counts, 0, n_images * n_replicates * sizeof (guint16));
  images = sort_images (classes, n_images);
  for (gsize r = 0; r < n_replicates; r++)
    {
      NerveRandom random;

      nerve_random_init_stream (&random, seed, r);
      draw (classes, images, n_images, &random, counts + r * n_images);
    }

  self = g_new (NerveResampling, 1);
  g_atomic_ref_count_init (&self->references);
  self->n_images = n_images;
  self->n_replicates = n_replicates;
  self->counts = counts;

  return self;
}

NerveResampling *
nerve_resampling_ref (NerveResampling *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
nerve_resampling_unref (NerveResampling *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->references))
    return;

  g_free (self->counts);
  g_free (self);
}

gsize
nerve_resampling_get_n_images (const NerveResampling *self)
{
  return self->n_images;
}

gsize
nerve_resampling_get_n_replicates (const NerveResampling *self)
{
  return self->n_replicates;
}

void
nerve_resampling_sums (const NerveResampling *self, const double *values, double *out)
{
  g_return_if_fail (self != NULL && out != NULL);

  for (gsize r = 0; r < self->n_replicates; r++)
    {
      const guint16 *counts = self->counts + r * self->n_images;
      double sums[8] = { 0 }; /* in a fixed order that vectorises */
      gsize i = 0;

      for (; i + 8 <= self->n_images; i += 8)
        for (guint k = 0; k < 8; k++)
          sums[k] += counts[i + k] * values[i + k];
      for (; i < self->n_images; i++)
        sums[0] += counts[i] * values[i];
      out[r] = ((sums[0] + sums[4]) + (sums[1] + sums[5])) + ((sums[2] + sums[6]) + (sums[3] + sums[7]));
    }
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  double first = *(const double *) a, second = *(const double *) b;

  return (first > second) - (first < second);
}

static double
interpolate (const double *sorted, gsize n, double q)
{
  double at = q * (n - 1);
  gsize below = MIN ((gsize) at, n - 1), above = MIN (below + 1, n - 1);

  return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}

void
nerve_resampling_band (const double *values, gsize n, double *low, double *high)
{
  g_autofree double *sorted = g_new (double, n + 1);
  gsize n_numbers = 0;

  for (gsize i = 0; i < n; i++)
    if (!isnan (values[i]))
      sorted[n_numbers++] = values[i];
  *low = *high = NAN;
  if (n_numbers == 0)
    return;

  qsort (sorted, n_numbers, sizeof (double), compare_numbers);
  *low = interpolate (sorted, n_numbers, 0.025);
  *high = interpolate (sorted, n_numbers, 0.975);
}

gsize
nerve_resampling_shares (const int *classes, gsize n_images, gsize n_classes, const gboolean *wanted, double *out)
{
  g_autofree gsize *counts = g_new0 (gsize, n_classes + 1);
  gsize n = 0;

  for (gsize i = 0; i < n_images; i++)
    if (classes[i] >= 0)
      counts[classes[i]]++;
  for (gsize c = 0; c < n_classes; c++)
    {
      if (wanted != NULL && !wanted[c])
        counts[c] = 0;
      n += counts[c] > 0;
    }
  for (gsize i = 0; i < n_images; i++)
    out[i] = classes[i] >= 0 && counts[classes[i]] > 0 ? 1.0 / ((double) counts[classes[i]] * n) : 0;

  return n;
}

gsize
nerve_resampling_classes (const int *labels, gsize n_images, gsize n_classes, int *out)
{
  gboolean any = FALSE;

  for (gsize i = 0; i < n_images; i++)
    {
      out[i] = labels != NULL && labels[i] >= 0 && (gsize) labels[i] < n_classes ? labels[i] : -1;
      any = any || out[i] >= 0;
    }
  if (any)
    return n_classes;

  memset (out, 0, n_images * sizeof (int));
  return 1;
}
