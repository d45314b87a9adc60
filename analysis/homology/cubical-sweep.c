#include "homology/cubical-sweep.h"

#include <string.h>

#include "base/memory.h"

#define VOXELS_PER_QUESTION 4096
#define AHEAD               12

/* Marks a number of an extremum among the places that lead to it. */
#define EXTREMUM 0x80000000u

/* What the border leads to, in the complement. */
#define OUTSIDE 0

/* A place that leads nowhere else, and the component that started with it. */
typedef struct
{
  gint32  key;
  guint32 place;
  guint32 parent;
} Extremum;

/* A voxel between several extrema: @n numbers, and the neighbours that lead there, from @first on. */
typedef struct
{
  guint32 voxel;
  guint32 first;
  guint32 n;
} Saddle;

typedef struct
{
  guint32 extremum;
  guint32 neighbour;
} Way;

typedef struct
{
  const NerveCubicalVolume *volume;
  GArray                   *voxels;
  gboolean                  is_up;
  guint32                   plane;  /* the neighbours that count in the complement */
  guint32                  *next;   /* by place: where it leads, or an extremum; 0: not known yet */
  GArray                   *extrema;
  GArray                   *saddles;
  GArray                   *order;  /* of the saddles */
  GArray                   *ways;
  guint8                   *joining;
  GArray                   *pairs;
} Sweep;

/* Whether place @a enters before place @b. */
static inline gboolean
is_before (const Sweep *self, guint32 a, guint32 b)
{
  gint32 x = self->volume->keys[a], y = self->volume->keys[b];

  return x < y || (x == y && a < b);
}

static guint32
add_extremum (Sweep *self, guint32 place)
{
  Extremum extremum = { self->volume->keys[place], place, self->extrema->len };

  g_array_append_val (self->extrema, extremum);
  return EXTREMUM | extremum.parent;
}

/* The neighbour across a face that enters first. */
static inline guint32
find_lowest (Sweep *self, guint32 place)
{
  guint32 lowest = place;

  for (guint s = 0; s < NERVE_CUBICAL_FACES; s++)
    if (is_before (self, place + self->volume->steps[s], lowest))
      lowest = place + self->volume->steps[s];

  return lowest != place ? lowest : add_extremum (self, place);
}

/* The neighbour that enters last. */
static inline guint32
find_highest (Sweep *self, guint32 place)
{
  guint32 highest = place;

  for (guint32 left = self->plane; left != 0; left &= left - 1)
    {
      guint32 other = place + self->volume->steps[__builtin_ctz (left)];

      if (self->volume->keys[other] == NERVE_CUBICAL_BORDER)
        return EXTREMUM | OUTSIDE;
      if (is_before (self, highest, other))
        highest = other;
    }

  return highest != place ? highest : add_extremum (self, place);
}

/* Which extremum @place leads to; all places on the way know it from now on. */
static inline guint32
follow (Sweep *self, guint32 place)
{
  guint32 at = place, end;

  while (!((end = self->next[at]) & EXTREMUM))
    {
      if (end == 0)
        self->next[at] = self->is_up ? find_lowest (self, at) : find_highest (self, at);
      else
        at = end;
    }
  while (place != at)
    {
      guint32 following = self->next[place];

      self->next[place] = end;
      place = following;
    }

  return end & ~EXTREMUM;
}

/* The extrema around voxel @v. */
static void
look_around (Sweep *self, guint v)
{
  const NerveCubicalVoxel *voxel = &g_array_index (self->voxels, NerveCubicalVoxel, v);
  Saddle saddle = { v, self->ways->len, 0 };
  NerveCubicalKeyed keyed = { voxel->key, self->saddles->len };
  gboolean differs = FALSE;
  NerveCubicalLink link;

  if (self->is_up)
    nerve_cubical_link_lower (voxel->lower, &link);
  else
    nerve_cubical_link_upper (voxel->lower, self->plane, &link);
  if (link.n < 2)
    return;

  for (saddle.n = 0; saddle.n < link.n; saddle.n++)
    {
      guint32 place = voxel->place + self->volume->steps[link.members[saddle.n]];
      gboolean is_border = self->volume->keys[place] == NERVE_CUBICAL_BORDER;
      Way way = { is_border ? OUTSIDE : follow (self, place), link.members[saddle.n] };

      g_array_append_val (self->ways, way);
      differs |= way.extremum != g_array_index (self->ways, Way, saddle.first).extremum;
    }
  if (!differs)
    {
      g_array_set_size (self->ways, saddle.first);
      return;
    }
  g_array_append_val (self->saddles, saddle);
  g_array_append_val (self->order, keyed);
}

static inline guint32
find (Extremum *extrema, guint32 x)
{
  while (extrema[x].parent != x)
    x = extrema[x].parent = extrema[extrema[x].parent].parent;

  return x;
}

static inline gboolean
is_elder (const Sweep *self, const Extremum *a, const Extremum *b)
{
  gboolean enters_first = a->key < b->key || (a->key == b->key && a->place < b->place);

  return enters_first == self->is_up;
}

static void
add_pair (Sweep *self, gint32 extremum, gint32 saddle)
{
  NerveCubicalPair pair = { MIN (extremum, saddle), MAX (extremum, saddle) };

  if (self->pairs != NULL && pair.birth < pair.death)
    g_array_append_val (self->pairs, pair);
}

/* Joins the components around a saddle. */
static void
join (Sweep *self, const Saddle *saddle)
{
  Extremum *extrema = (Extremum *) (gpointer) self->extrema->data;
  const Way *ways = &g_array_index (self->ways, Way, saddle->first);
  gint32 key = g_array_index (self->voxels, NerveCubicalVoxel, saddle->voxel).key;
  guint32 eldest = find (extrema, ways[0].extremum);

  for (guint w = 1; w < saddle->n; w++)
    {
      guint32 other = find (extrema, ways[w].extremum);
      guint32 younger = other;

      if (other == eldest)
        continue;
      if (is_elder (self, &extrema[other], &extrema[eldest]))
        {
          younger = eldest;
          eldest = other;
        }
      extrema[younger].parent = eldest;
      if (self->is_up)
        self->joining[saddle->voxel] |= 1u << ways[w].neighbour;
      else
        self->joining[saddle->voxel]++;
      add_pair (self, extrema[younger].key, key);
    }
}

/* The @i-th saddle in the order of the sweep. */
static inline const Saddle *
get_saddle (const Sweep *self, guint i)
{
  guint s = self->is_up ? i : self->order->len - 1 - i;

  return &g_array_index (self->saddles, Saddle, g_array_index (self->order, NerveCubicalKeyed, s).index);
}

/* In order of their keys saddles lie all over the memory: asks for what will be needed soon. */
static inline void
fetch_ahead (const Sweep *self, guint i)
{
  guint n = self->order->len;

  if (i + 3 * AHEAD >= n)
    return;

  __builtin_prefetch (get_saddle (self, i + 3 * AHEAD));
  __builtin_prefetch (&g_array_index (self->ways, Way, get_saddle (self, i + 2 * AHEAD)->first));
  for (guint w = 0; w < 2; w++)
    {
      const Way *way = &g_array_index (self->ways, Way, get_saddle (self, i + AHEAD)->first + w);

      __builtin_prefetch (&g_array_index (self->extrema, Extremum, way->extremum));
    }
}

static gboolean
run (Sweep *self, const NerveProgress *progress)
{
  guint n = self->voxels->len;

  for (guint v = 0; v < n; v++)
    {
      if (v % VOXELS_PER_QUESTION == 0 && !nerve_progress_step (progress, 0.5 * v / n))
        return FALSE;
      look_around (self, v);
    }

  nerve_cubical_sort (self->order);
  for (guint i = 0; i < self->order->len; i++)
    {
      if (i % VOXELS_PER_QUESTION == 0 && !nerve_progress_step (progress, 0.5 + 0.5 * i / self->order->len))
        return FALSE;
      fetch_ahead (self, i);
      join (self, get_saddle (self, i));
    }

  return TRUE;
}

static gboolean
sweep (const NerveCubicalVolume *volume, GArray *voxels, gboolean is_up, guint8 *joining, GArray *pairs,
       const NerveProgress *progress, GError **error)
{
  g_autofree guint32 *next = nerve_memory_new (volume->n, sizeof (guint32), "the components of a volume", error);
  Sweep self = { .volume = volume, .voxels = voxels, .is_up = is_up, .next = next, .joining = joining,
                 .pairs = pairs };
  gboolean done;

  if (next == NULL)
    return FALSE;

  memset (next, 0, volume->n * sizeof (guint32));
  memset (joining, 0, voxels->len);
  self.plane = nerve_cubical_link_plane (volume->extent);
  self.extrema = g_array_new (FALSE, FALSE, sizeof (Extremum));
  self.saddles = g_array_new (FALSE, FALSE, sizeof (Saddle));
  self.order = g_array_new (FALSE, FALSE, sizeof (NerveCubicalKeyed));
  self.ways = g_array_new (FALSE, FALSE, sizeof (Way));
  if (!is_up)
    add_extremum (&self, OUTSIDE);

  done = run (&self, progress);
  g_array_unref (self.extrema);
  g_array_unref (self.saddles);
  g_array_unref (self.order);
  g_array_unref (self.ways);
  return done || nerve_progress_set_cancelled (error);
}

gboolean
nerve_cubical_sweep_up (const NerveCubicalVolume *volume, GArray *voxels, guint8 *joining, GArray *pairs,
                        const NerveProgress *progress, GError **error)
{
  return sweep (volume, voxels, TRUE, joining, pairs, progress, error);
}

gboolean
nerve_cubical_sweep_down (const NerveCubicalVolume *volume, GArray *voxels, guint8 *cavities, GArray *pairs,
                          const NerveProgress *progress, GError **error)
{
  return sweep (volume, voxels, FALSE, cavities, pairs, progress, error);
}
