#include "homology/cubical-sweep.h"

#include <string.h>

#include "base/memory.h"

#define VOXELS_PER_QUESTION 4096
#define AHEAD               12

/* Marks a number of an extremum among the places that lead to it. */
#define EXTREMUM 0x80000000u

/* What the border leads to, in the complement. */
#define OUTSIDE 0

/* A voxel between two extrema: of several around a voxel, the first and each of the others. */
typedef struct
{
  gint32  key;
  guint32 owner; /* index of the voxel · 8, plus the neighbour across a face that leads to b */
  guint32 a;
  guint32 b;
} Saddle;

typedef struct
{
  const NerveCubicalVolume *volume;
  GArray                   *voxels;
  gboolean                  is_up;
  guint32                   plane;   /* the neighbours that count in the complement */
  guint32                  *next;    /* by place: where it leads, or an extremum; 0: not known yet */
  GArray                   *extrema; /* their keys, in the order found; then in that of the sweep */
  GArray                   *saddles;
  guint32                  *parent;  /* by extremum, in the order of the sweep: an elder one is a lesser number */
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
  NerveCubicalKeyed extremum = { self->volume->keys[place], self->extrema->len };

  g_array_append_val (self->extrema, extremum);
  return EXTREMUM | extremum.index;
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
  Saddle saddle = { voxel->key };
  NerveCubicalLink link;

  if (self->is_up)
    nerve_cubical_link_lower (voxel->lower, &link);
  else
    nerve_cubical_link_upper (voxel->lower, self->plane, &link);
  if (link.n < 2)
    return;

  for (guint m = 0; m < link.n; m++)
    {
      guint32 place = voxel->place + self->volume->steps[link.members[m]];

      saddle.b = self->volume->keys[place] == NERVE_CUBICAL_BORDER ? OUTSIDE : follow (self, place);
      if (m == 0)
        saddle.a = saddle.b;
      saddle.owner = v * 8 + (self->is_up ? link.members[m] : 0);
      if (saddle.a != saddle.b)
        g_array_append_val (self->saddles, saddle);
    }
}

/* Numbers the extrema anew, the eldest first. The outside is the last of all voxels: it stays number 0. */
static gboolean
rank_extrema (Sweep *self, GError **error)
{
  guint n = self->extrema->len;
  g_autofree guint32 *ranks = nerve_memory_new (n, sizeof (guint32), "the components of a volume", error);

  self->parent = nerve_memory_new (n, sizeof (guint32), "the components of a volume", error);
  if (ranks == NULL || self->parent == NULL)
    return FALSE;

  /* Which of two with equal keys is the elder does not matter to a bar. */
  nerve_cubical_sort (self->extrema);
  for (guint e = 0; e < n; e++)
    ranks[g_array_index (self->extrema, NerveCubicalKeyed, e).index] = self->is_up ? e : n - 1 - e;
  for (guint s = 0; s < self->saddles->len; s++)
    {
      Saddle *saddle = &g_array_index (self->saddles, Saddle, s);

      saddle->a = ranks[saddle->a];
      saddle->b = ranks[saddle->b];
    }
  for (guint e = 0; e < n; e++)
    self->parent[e] = e;

  return TRUE;
}

static inline guint32
find (guint32 *parent, guint32 x)
{
  while (parent[x] != x)
    x = parent[x] = parent[parent[x]];

  return x;
}

/* Joins the components beside a saddle: the elder one stays. */
static inline void
join (Sweep *self, const Saddle *saddle)
{
  guint32 a = find (self->parent, saddle->a), b = find (self->parent, saddle->b);
  guint32 younger = MAX (a, b);
  gint32 key = g_array_index (self->extrema, NerveCubicalKeyed,
                              self->is_up ? younger : self->extrema->len - 1 - younger).key;
  NerveCubicalPair pair = { MIN (key, saddle->key), MAX (key, saddle->key) };

  if (a == b)
    return;
  self->parent[younger] = MIN (a, b);
  if (self->is_up)
    self->joining[saddle->owner / 8] |= 1u << saddle->owner % 8;
  else
    self->joining[saddle->owner / 8]++;
  if (self->pairs != NULL && pair.birth < pair.death)
    g_array_append_val (self->pairs, pair);
}

static gboolean
join_all (Sweep *self, const NerveProgress *progress)
{
  guint n = self->saddles->len;
  const Saddle *saddles = (const Saddle *) (gpointer) self->saddles->data;

  for (guint i = 0; i < n; i++)
    {
      guint ahead = MIN (i + AHEAD, n - 1);

      if (i % VOXELS_PER_QUESTION == 0 && !nerve_progress_step (progress, 0.5 + 0.5 * i / n))
        return FALSE;
      __builtin_prefetch (&self->parent[saddles[self->is_up ? ahead : n - 1 - ahead].a]);
      __builtin_prefetch (&self->parent[saddles[self->is_up ? ahead : n - 1 - ahead].b]);
      join (self, &saddles[self->is_up ? i : n - 1 - i]);
    }

  return TRUE;
}

static gboolean
run (Sweep *self, const NerveProgress *progress, GError **error)
{
  guint n = self->voxels->len;

  for (guint v = 0; v < n; v++)
    {
      if (v % VOXELS_PER_QUESTION == 0 && !nerve_progress_step (progress, 0.5 * v / n))
        return nerve_progress_set_cancelled (error);
      look_around (self, v);
    }
  if (!rank_extrema (self, error))
    return FALSE;
  nerve_cubical_sort (self->saddles);

  return join_all (self, progress) || nerve_progress_set_cancelled (error);
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
  self.extrema = g_array_new (FALSE, FALSE, sizeof (NerveCubicalKeyed));
  self.saddles = g_array_new (FALSE, FALSE, sizeof (Saddle));
  if (!is_up)
    add_extremum (&self, OUTSIDE);

  done = run (&self, progress, error);
  g_array_unref (self.extrema);
  g_array_unref (self.saddles);
  g_free (self.parent);
  return done;
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
