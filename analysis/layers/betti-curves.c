#include "layers/betti-curves.h"

#include <math.h>
#include <string.h>

#include "homology/betti-curve.h"
#include "layers/decay-private.h"
#include "layers/volumes.h"

#define STEP_BYTES (sizeof (double) + 3 * sizeof (guint32))

/* One image's steps. */
typedef struct
{
  gsize    n;
  double  *etas;
  guint32 *numbers; /* n × 3 */
} Steps;

struct _NerveBettiCurves
{
  gatomicrefcount references;
  gsize           n_images;
  gsize           most;     /* steps an image may keep */
  Steps          *images;
  int            *labels;   /* NULL: none */
  guint           n_classes;
  gint            is_thinned;
  GMutex          lock;
  NerveBettiLayer *latest; /* at the single threshold asked for last: a figure asks several times for one picture */
};

/* All steps, or @most of them, the last one always. */
static void
keep (Steps *self, const NerveBettiCurve *curve, gsize most, gint *is_thinned)
{
  gsize n = nerve_betti_curve_get_n (curve);

  self->n = MIN (n, most);
  self->etas = g_new (double, self->n + 1);
  self->numbers = g_new (guint32, 3 * self->n + 1);
  if (n > most)
    g_atomic_int_set (is_thinned, TRUE);
  for (gsize k = 0; k < self->n; k++)
    {
      gsize from = self->n == n ? k : (k + 1) * n / self->n - 1;

      self->etas[k] = nerve_betti_curve_get_etas (curve)[from];
      memcpy (self->numbers + 3 * k, nerve_betti_curve_get_numbers (curve) + 3 * from, 3 * sizeof (guint32));
    }
}

static gboolean
count_image (const double *volume, const gsize shape[3], gsize image, guint worker, gpointer user_data,
             const NerveProgress *question, GError **error)
{
  NerveBettiCurves *self = user_data;
  g_autoptr (NerveBettiCurve) curve = nerve_betti_curve_new (volume, shape, question, error);

  if (curve == NULL)
    return FALSE;

  keep (&self->images[image], curve, self->most, &self->is_thinned);
  return TRUE;
}

NerveBettiCurves *
nerve_betti_curves_new (NerveDataset *dataset, guint layer, gsize max_bytes, const NerveProgress *progress,
                        GError **error)
{
  g_autoptr (NerveBettiCurves) self = g_new0 (NerveBettiCurves, 1);
  const int *labels;

  g_return_val_if_fail (dataset != NULL && layer < nerve_dataset_get_n_layers (dataset), NULL);

  g_atomic_ref_count_init (&self->references);
  g_mutex_init (&self->lock);
  self->n_images = nerve_dataset_get_n (dataset);
  self->most = MAX (max_bytes / STEP_BYTES / MAX (self->n_images, 1), 16);
  self->images = g_new0 (Steps, self->n_images + 1);
  labels = nerve_dataset_get_labels (dataset);
  if (labels != NULL)
    {
      self->labels = g_memdup2 (labels, self->n_images * sizeof (int));
      self->n_classes = nerve_dataset_get_n_classes (dataset);
    }

  return nerve_volumes_for_each (dataset, layer, count_image, self, progress, error) ? g_steal_pointer (&self) : NULL;
}

NerveBettiCurves *
nerve_betti_curves_ref (NerveBettiCurves *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
nerve_betti_curves_unref (NerveBettiCurves *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->references))
    return;

  for (gsize i = 0; i < self->n_images; i++)
    {
      g_free (self->images[i].etas);
      g_free (self->images[i].numbers);
    }
  g_clear_pointer (&self->latest, nerve_betti_layer_unref);
  g_mutex_clear (&self->lock);
  g_free (self->images);
  g_free (self->labels);
  g_free (self);
}

gboolean
nerve_betti_curves_is_exact (const NerveBettiCurves *self)
{
  return !self->is_thinned;
}

gsize
nerve_betti_curves_get_bytes (const NerveBettiCurves *self)
{
  gsize n = 0;

  for (gsize i = 0; i < self->n_images; i++)
    n += self->images[i].n;

  return n * STEP_BYTES + self->n_images * sizeof (Steps);
}

gboolean
nerve_betti_curves_get_range (const NerveBettiCurves *self, double *low, double *high)
{
  *low = INFINITY;
  *high = -INFINITY;
  for (gsize i = 0; i < self->n_images; i++)
    if (self->images[i].n > 0)
      {
        *low = MIN (*low, self->images[i].etas[0]);
        *high = MAX (*high, self->images[i].etas[self->images[i].n - 1]);
      }

  return *low <= *high;
}

double
nerve_betti_curves_get_quantile (const NerveBettiCurves *self, double q)
{
  double sum = 0;
  gsize n = 0;

  for (gsize i = 0; i < self->n_images; i++)
    if (self->images[i].n > 0)
      {
        sum += self->images[i].etas[(gsize) (CLAMP (q, 0, 1) * (self->images[i].n - 1))];
        n++;
      }

  return n > 0 ? sum / n : NAN;
}

/* How many steps are at most @eta. */
static gsize
find_step (const Steps *self, double eta)
{
  gsize low = 0, high = self->n;

  while (low < high)
    {
      gsize middle = low + (high - low) / 2;

      if (self->etas[middle] <= eta)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

static NerveBettiLayer *
look_up (const NerveBettiCurves *self, const double *etas, gsize n_etas, GError **error)
{
  guint64 *numbers;
  NerveBettiLayer *layer;

  layer = nerve_betti_layer_make (self->labels, self->n_images, self->n_classes, etas, n_etas, &numbers, error);
  if (layer == NULL)
    return NULL;

  for (gsize e = 0; e < n_etas; e++)
    for (gsize i = 0; i < self->n_images; i++)
      {
        gsize step = find_step (&self->images[i], etas[e]);

        for (guint d = 0; d < 3; d++)
          numbers[3 * (e * self->n_images + i) + d] = step > 0 ? self->images[i].numbers[3 * (step - 1) + d] : 0;
      }

  return layer;
}

/* The latest one, if it is of @eta. */
static NerveBettiLayer *
recall (NerveBettiCurves *self, double eta)
{
  NerveBettiLayer *layer = NULL;

  g_mutex_lock (&self->lock);
  if (self->latest != NULL && nerve_betti_layer_get_etas (self->latest)[0] == eta)
    layer = nerve_betti_layer_ref (self->latest);
  g_mutex_unlock (&self->lock);

  return layer;
}

static void
remember (NerveBettiCurves *self, NerveBettiLayer *layer)
{
  g_mutex_lock (&self->lock);
  g_clear_pointer (&self->latest, nerve_betti_layer_unref);
  self->latest = nerve_betti_layer_ref (layer);
  g_mutex_unlock (&self->lock);
}

NerveBettiLayer *
nerve_betti_curves_at (const NerveBettiCurves *self, const double *etas, gsize n_etas, GError **error)
{
  /* What it remembers can't be told from outside. */
  NerveBettiCurves *memory = (NerveBettiCurves *) self;
  NerveBettiLayer *layer;

  g_return_val_if_fail (self != NULL && (etas != NULL || n_etas == 0), NULL);

  if (n_etas != 1)
    return look_up (self, etas, n_etas, error);
  layer = recall (memory, etas[0]);
  if (layer == NULL && (layer = look_up (self, etas, 1, error)) != NULL)
    remember (memory, layer);

  return layer;
}

void
nerve_betti_curves_pack (const NerveBettiCurves *self, GByteArray *out)
{
  nerve_pack_number (out, self->n_images);
  nerve_pack_number (out, self->most);
  nerve_pack_number (out, self->is_thinned);
  nerve_pack_array (out, self->labels, self->n_images, sizeof (int));
  nerve_pack_number (out, self->n_classes);
  for (gsize i = 0; i < self->n_images; i++)
    {
      nerve_pack_array (out, self->images[i].etas, self->images[i].n, sizeof (double));
      nerve_pack_array (out, self->images[i].numbers, 3 * self->images[i].n, sizeof (guint32));
    }
}

NerveBettiCurves *
nerve_betti_curves_unpack (NerveUnpack *in)
{
  g_autoptr (NerveBettiCurves) self = g_new0 (NerveBettiCurves, 1);
  gsize n_images = nerve_unpack_number (in);

  g_atomic_ref_count_init (&self->references);
  g_mutex_init (&self->lock);
  self->most = nerve_unpack_number (in);
  self->is_thinned = nerve_unpack_number (in);
  self->labels = nerve_unpack_just (in, n_images, sizeof (int));
  self->n_classes = nerve_unpack_number (in);
  /* Each image takes two lengths at least. */
  if (in->failed || n_images > in->size / (2 * sizeof (guint64)))
    return NULL;

  self->n_images = n_images;
  self->images = g_new0 (Steps, n_images + 1);
  for (gsize i = 0; i < n_images; i++)
    {
      self->images[i].etas = nerve_unpack_array (in, sizeof (double), &self->images[i].n);
      self->images[i].numbers = nerve_unpack_just (in, 3 * self->images[i].n, sizeof (guint32));
    }

  return !in->failed ? g_steal_pointer (&self) : NULL;
}
