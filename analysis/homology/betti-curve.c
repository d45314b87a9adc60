#include "homology/betti-curve.h"

#include <string.h>

#include "base/memory.h"
#include "homology/cubical-sweep.h"

struct _NerveBettiCurve
{
  gatomicrefcount ref_count;
  gsize           n;
  double         *etas;
  guint32        *numbers;
};

/* What enters with each critical voxel. */
typedef struct
{
  GArray *voxels;
  guint8 *joining;  /* edges that join components */
  guint8 *cavities; /* cavities made; flat volumes have none */
  GArray *order;    /* of the voxels that change a number */
} Changes;

/* β0, β1, β2 after @voxel less those before. Its cells change the Euler characteristic by 1 less its link's. */
static void
get_change (const Changes *self, guint v, guint32 plane, gint change[3])
{
  const NerveCubicalVoxel *voxel = &g_array_index (self->voxels, NerveCubicalVoxel, v);
  gboolean is_least = (voxel->lower & ((1u << NERVE_CUBICAL_FACES) - 1)) == 0;
  gboolean fills = self->cavities != NULL && (~voxel->lower & plane) == 0;
  NerveCubicalLink link;

  nerve_cubical_link_lower (voxel->lower, &link);
  change[0] = is_least - __builtin_popcount (self->joining[v]);
  change[2] = (self->cavities != NULL ? self->cavities[v] : 0) - fills;
  change[1] = change[0] + change[2] - (1 - link.euler);
}

static void
find_order (Changes *self, guint32 plane)
{
  for (guint v = 0; v < self->voxels->len; v++)
    {
      NerveCubicalKeyed keyed = { g_array_index (self->voxels, NerveCubicalVoxel, v).key, v };
      gint change[3];

      get_change (self, v, plane, change);
      if (change[0] != 0 || change[1] != 0 || change[2] != 0)
        g_array_append_val (self->order, keyed);
    }

  nerve_cubical_sort (&self->order, 0);
}

static gsize
count_keys (GArray *order)
{
  gsize n = 0;

  for (guint k = 0; k < order->len; k++)
    {
      const NerveCubicalKeyed *keyed = &g_array_index (order, NerveCubicalKeyed, k);

      n += k == 0 || keyed->key != (keyed - 1)->key;
    }

  return n;
}

static gboolean
add_up (NerveBettiCurve *self, const NerveCubicalVolume *volume, const Changes *changes, guint32 plane, GError **error)
{
  gsize n = count_keys (changes->order);
  gint64 numbers[3] = { 0 };

  self->etas = nerve_memory_new (n, sizeof (double), "the Betti curve of a volume", error);
  if (self->etas == NULL)
    return FALSE;
  self->numbers = nerve_memory_new (n, 3 * sizeof (guint32), "the Betti curve of a volume", error);
  if (self->numbers == NULL)
    return FALSE;

  for (guint k = 0; k < changes->order->len; k++)
    {
      const NerveCubicalKeyed *keyed = &g_array_index (changes->order, NerveCubicalKeyed, k);
      gint change[3];

      get_change (changes, keyed->index, plane, change);
      if (k == 0 || keyed->key != (keyed - 1)->key)
        self->etas[self->n++] = nerve_cubical_volume_get_value (volume, keyed->key);
      for (guint d = 0; d < 3; d++)
        self->numbers[3 * (self->n - 1) + d] = numbers[d] += change[d];
    }

  return TRUE;
}

static gboolean
find_changes (Changes *self, NerveCubicalVolume *volume, const NerveProgress *progress, GError **error)
{
  NerveProgress finding = nerve_progress_part (progress, 0, 0.2);
  NerveProgress up = nerve_progress_part (progress, 0.2, 0.5);
  NerveProgress down = nerve_progress_part (progress, 0.5, 0.9);

  if (!nerve_cubical_find_critical (volume, &self->voxels, &finding, error))
    return FALSE;
  self->joining = nerve_memory_new (self->voxels->len, 1, "the Betti curve of a volume", error);
  if (self->joining == NULL || !nerve_cubical_sweep_up (volume, self->voxels, self->joining, NULL, &up, error))
    return FALSE;
  if (nerve_cubical_get_n_axes (volume->extent) < 3)
    return TRUE;

  self->cavities = nerve_memory_new (self->voxels->len, 1, "the Betti curve of a volume", error);
  return self->cavities != NULL &&
         nerve_cubical_sweep_down (volume, self->voxels, NULL, self->cavities, NULL, &down, error);
}

static gboolean
fill (NerveBettiCurve *self, NerveCubicalVolume *volume, const NerveProgress *progress, GError **error)
{
  guint32 plane = nerve_cubical_link_plane (volume->extent);
  Changes changes = { .order = g_array_new (FALSE, FALSE, sizeof (NerveCubicalKeyed)) };
  gboolean ok = find_changes (&changes, volume, progress, error);

  if (ok)
    {
      find_order (&changes, plane);
      ok = add_up (self, volume, &changes, plane, error);
    }

  g_clear_pointer (&changes.voxels, g_array_unref);
  g_array_unref (changes.order);
  g_free (changes.joining);
  g_free (changes.cavities);
  return ok;
}

NerveBettiCurve *
nerve_betti_curve_new (const double *values, const gsize shape[3], const NerveProgress *progress, GError **error)
{
  g_autoptr (NerveBettiCurve) self = NULL;
  NerveCubicalVolume volume;
  gboolean ok;

  g_return_val_if_fail (values != NULL || shape[0] * shape[1] * shape[2] == 0, NULL);

  self = g_new0 (NerveBettiCurve, 1);
  g_atomic_ref_count_init (&self->ref_count);
  if (shape[0] == 0 || shape[1] == 0 || shape[2] == 0)
    return g_steal_pointer (&self);

  if (!nerve_cubical_volume_init (&volume, values, shape, 1, FALSE, progress, error))
    return NULL;
  ok = fill (self, &volume, progress, error);
  nerve_cubical_volume_clear (&volume);

  return ok ? g_steal_pointer (&self) : NULL;
}

NerveBettiCurve *
nerve_betti_curve_ref (NerveBettiCurve *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
nerve_betti_curve_unref (NerveBettiCurve *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->etas);
  g_free (self->numbers);
  g_free (self);
}

gsize
nerve_betti_curve_get_n (const NerveBettiCurve *self)
{
  return self->n;
}

const double *
nerve_betti_curve_get_etas (const NerveBettiCurve *self)
{
  return self->etas;
}

const guint32 *
nerve_betti_curve_get_numbers (const NerveBettiCurve *self)
{
  return self->numbers;
}

void
nerve_betti_curve_at (const NerveBettiCurve *self, double eta, guint32 out[3])
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

  memset (out, 0, 3 * sizeof (guint32));
  if (low > 0)
    memcpy (out, self->numbers + 3 * (low - 1), 3 * sizeof (guint32));
}
