#include "homology/cubical.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "homology/cubical-loops.h"

/* Pairs by dimension of the V-construction. */
typedef struct
{
  NerveCubicalVolume volume;
  guint              n_axes;
  GArray            *voxels;
  GArray            *pairs[3];
} Diagram;

/* The dimensions needed, as bits. */
static guint
find_wanted (guint n_axes, NerveCubicalConstruction construction, int max_dimension)
{
  guint wanted = 0;

  for (guint d = 0; d < MAX (n_axes, 1) && (int) d <= max_dimension; d++)
    wanted |= 1u << (construction == NERVE_CUBICAL_V ? d : MAX (n_axes, 1) - 1 - d);

  return wanted;
}

static gboolean
compute (Diagram *self, guint wanted, const NerveProgress *progress, GError **error)
{
  NerveProgress finding = nerve_progress_part (progress, 0, 0.1);
  NerveProgress up = nerve_progress_part (progress, 0.1, 0.2);
  NerveProgress down = nerve_progress_part (progress, 0.2, 0.3);
  NerveProgress loops = nerve_progress_part (progress, 0.3, 1);
  gboolean with_loops = self->n_axes == 3 && (wanted & 2) != 0;
  gboolean with_joining = (wanted & 1) || with_loops;
  gboolean with_top = self->n_axes > 1 && (wanted >> (self->n_axes - 1) & 1) != 0;
  g_autofree guint8 *joining = NULL;
  g_autofree guint8 *cavities = NULL;

  if (!nerve_cubical_find_critical (&self->volume, &self->voxels, &finding, error))
    return FALSE;
  joining = nerve_memory_new (self->voxels->len, 1, "a volume's diagram", error);
  cavities = nerve_memory_new (self->voxels->len, 1, "a volume's diagram", error);
  if (joining == NULL || cavities == NULL)
    return FALSE;

  return (!with_joining ||
          nerve_cubical_sweep_up (&self->volume, self->voxels, joining, self->pairs[0], &up, error)) &&
         ((!with_top && !with_loops) ||
          nerve_cubical_sweep_down (&self->volume, self->voxels, with_joining ? joining : NULL, cavities,
                                    self->pairs[MAX (self->n_axes, 1) - 1], &down, error)) &&
         (!with_loops ||
          nerve_cubical_pair_loops (&self->volume, self->voxels, joining, cavities, self->pairs[1], &loops, error));
}

/* The component that stays: of a V-construction, the one of the least voxel. Its dual is no class of the volume. */
static void
add_essential (GArray *bars, const Diagram *self)
{
  gint32 least = NERVE_CUBICAL_BORDER;
  NerveBar bar = { 0, 0, INFINITY };

  for (guint v = 0; v < self->voxels->len; v++)
    least = MIN (least, g_array_index (self->voxels, NerveCubicalVoxel, v).key);
  bar.birth = nerve_cubical_volume_get_value (&self->volume, least);

  g_array_append_val (bars, bar);
}

static void
turn_round (GArray *pairs)
{
  NerveCubicalPair *items = (NerveCubicalPair *) (gpointer) pairs->data;

  for (guint i = 0; i < pairs->len / 2; i++)
    {
      NerveCubicalPair pair = items[i];

      items[i] = items[pairs->len - 1 - i];
      items[pairs->len - 1 - i] = pair;
    }
}

static gboolean
is_sorted (const GArray *pairs, gsize offset)
{
  for (guint i = 1; i < pairs->len; i++)
    if (G_STRUCT_MEMBER (gint32, &g_array_index (pairs, NerveCubicalPair, i - 1), offset) >
        G_STRUCT_MEMBER (gint32, &g_array_index (pairs, NerveCubicalPair, i), offset))
      return FALSE;

  return TRUE;
}

/* Of what is sorted by @first: equal ones by @then. FALSE: they are too many for this, and still to be sorted. */
static gboolean
sort_equal (GArray *pairs, gsize first, gsize then)
{
  NerveCubicalPair *items = (NerveCubicalPair *) (gpointer) pairs->data;
  gsize n_moves = 0;

  for (guint i = 1; i < pairs->len; i++)
    {
      NerveCubicalPair pair = items[i];
      guint k;

      for (k = i; k > 0 && G_STRUCT_MEMBER (gint32, &items[k - 1], first) == G_STRUCT_MEMBER (gint32, &pair, first) &&
                  G_STRUCT_MEMBER (gint32, &items[k - 1], then) > G_STRUCT_MEMBER (gint32, &pair, then); k--)
        items[k] = items[k - 1];
      items[k] = pair;
      n_moves += i - k;
      if (n_moves > pairs->len)
        return FALSE;
    }

  return TRUE;
}

/* By birth, then death, as a diagram wants its bars; of a dual, whose bars are turned round, by death, then birth.
 * Sweeps leave them in the order of the one or, turned round, of the other. */
static void
sort_pairs (GArray **pairs, gboolean is_dual)
{
  gsize birth = G_STRUCT_OFFSET (NerveCubicalPair, birth), death = G_STRUCT_OFFSET (NerveCubicalPair, death);
  gsize first = is_dual ? death : birth;
  gsize then = is_dual ? birth : death;

  if (is_sorted (*pairs, first) && sort_equal (*pairs, first, then))
    return;
  if (!is_sorted (*pairs, then))
    {
      turn_round (*pairs);
      if (!is_sorted (*pairs, then))
        nerve_cubical_sort (pairs, then);
    }
  nerve_cubical_sort (pairs, first);
}

static void
add_bars (GArray *bars, Diagram *self, NerveCubicalConstruction construction, guint wanted)
{
  gboolean is_dual = construction == NERVE_CUBICAL_T;

  if (!is_dual)
    add_essential (bars, self);
  for (guint dimension = 0; dimension < MAX (self->n_axes, 1); dimension++)
    {
      guint d = is_dual ? MAX (self->n_axes, 1) - 1 - dimension : dimension;
      guint first = bars->len;

      if (!(wanted >> d & 1))
        continue;
      sort_pairs (&self->pairs[d], is_dual);
      g_array_set_size (bars, first + self->pairs[d]->len);
      for (guint p = 0; p < self->pairs[d]->len; p++)
        {
          guint at = is_dual ? self->pairs[d]->len - 1 - p : p;
          const NerveCubicalPair *pair = &g_array_index (self->pairs[d], NerveCubicalPair, at);
          double birth = nerve_cubical_volume_get_value (&self->volume, pair->birth);
          double death = nerve_cubical_volume_get_value (&self->volume, pair->death);

          g_array_index (bars, NerveBar, first + p) =
            (NerveBar) { dimension, is_dual ? 0.0 - death : birth, is_dual ? 0.0 - birth : death };
        }
    }
}

/* A plane lies across the first axis, whichever one of length 1 it was given. */
static void
lay_flat (const gsize shape[3], gsize out[3])
{
  guint thin = shape[1] == 1 ? 1 : 2;

  memcpy (out, shape, 3 * sizeof (gsize));
  if (nerve_cubical_get_n_axes (shape) != 2 || shape[0] == 1)
    return;

  out[0] = 1;
  out[1] = shape[0];
  out[2] = shape[3 - thin];
}

static NerveDiagram *
make_diagram (Diagram *self, NerveCubicalConstruction construction, int max_dimension, const NerveProgress *progress,
              GError **error)
{
  guint wanted = find_wanted (self->n_axes, construction, max_dimension);
  g_autoptr (GArray) bars = NULL;

  if (!compute (self, wanted, progress, error))
    return NULL;

  bars = nerve_memory_new_array (sizeof (NerveBar),
                                 1 + self->pairs[0]->len + self->pairs[1]->len + self->pairs[2]->len);
  add_bars (bars, self, construction, wanted);

  return nerve_diagram_new_take (g_steal_pointer (&bars), max_dimension);
}

/* @owned, where it is not NULL, is freed as soon as it was read. */
static NerveDiagram *
diagram_new (const double *values, double *owned, const gsize shape[3], NerveCubicalConstruction construction,
             int max_dimension, const NerveProgress *progress, GError **error)
{
  g_autofree double *to_free = owned;
  gboolean is_dual = construction == NERVE_CUBICAL_T;
  Diagram self = { .n_axes = nerve_cubical_get_n_axes (shape) };
  gsize laid[3];
  NerveDiagram *result;

  g_return_val_if_fail (max_dimension >= 0 && max_dimension <= 2, NULL);

  if (shape[0] == 0 || shape[1] == 0 || shape[2] == 0)
    return nerve_diagram_new_take (g_array_new (FALSE, FALSE, sizeof (NerveBar)), max_dimension);
  /* One voxel is the same either way. */
  if (self.n_axes == 0)
    is_dual = FALSE;
  lay_flat (shape, laid);
  if (!nerve_cubical_volume_init (&self.volume, values, laid, is_dual ? -1 : 1, is_dual, progress, error))
    return NULL;
  g_clear_pointer (&to_free, g_free);

  for (guint d = 0; d < 3; d++)
    self.pairs[d] = g_array_new (FALSE, FALSE, sizeof (NerveCubicalPair));
  result = make_diagram (&self, is_dual ? NERVE_CUBICAL_T : NERVE_CUBICAL_V, max_dimension, progress, error);
  for (guint d = 0; d < 3; d++)
    g_array_unref (self.pairs[d]);
  g_clear_pointer (&self.voxels, g_array_unref);
  nerve_cubical_volume_clear (&self.volume);

  return result;
}

NerveDiagram *
nerve_cubical_diagram_new (const double *values, const gsize shape[3], NerveCubicalConstruction construction,
                           int max_dimension, const NerveProgress *progress, GError **error)
{
  return diagram_new (values, NULL, shape, construction, max_dimension, progress, error);
}

NerveDiagram *
nerve_cubical_diagram_new_take (double *values, const gsize shape[3], NerveCubicalConstruction construction,
                                int max_dimension, const NerveProgress *progress, GError **error)
{
  return diagram_new (values, values, shape, construction, max_dimension, progress, error);
}
