#include "homology/cubical-sweep.h"

#include <string.h>

#include "base/memory.h"

#define VOXELS_PER_QUESTION 4096
#define AHEAD               12
#define MOST_AROUND         8 /* components of what surrounds a voxel */

/* The surroundings of a voxel in a plane: four neighbours across faces, four across corners. */
#define N_FLAT_LINKS        256
#define FLAT_FACE           1
#define FLAT_CORNER         10

/* Nearest in memory first; those of a plane before the others. */
static const guint8 faces_in_order[NERVE_CUBICAL_FACES] = { 2, 3, 1, 4, 0, 5 };
static const guint8 all_in_order[NERVE_CUBICAL_NEIGHBOURS] = {
  2, 3, 1, 4, 10, 11, 12, 13, 0, 5, 6, 7, 8, 9, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25,
};

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
  gboolean                  is_flat;
  guint32                   plane;   /* the neighbours that count in the complement */
  guint32                  *next;    /* by place: where it leads, or an extremum; 0: not known yet */
  GArray                   *extrema;
  GArray                   *saddles;
  const guint8             *joined;  /* nullable: edges of each voxel that are known to join the other side's */
  guint8                   *joining;
  GArray                   *pairs;
  const NerveCubicalLink   *links;   /* of a flat volume: of all surroundings of a voxel, faces first */
} Sweep;

/* A minimum or maximum, and its component in a union-find. */
typedef struct
{
  gint32  key;
  guint32 parent;
} Extremum;

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
  Extremum extremum = { self->volume->keys[place], self->extrema->len };

  g_array_append_val (self->extrema, extremum);
  return EXTREMUM | extremum.parent;
}

/* A neighbour across a face that enters before: any will do. */
static inline guint32
find_lower (Sweep *self, guint32 place)
{
  guint n = self->is_flat ? 4 : NERVE_CUBICAL_FACES;

  for (guint s = 0; s < n; s++)
    {
      guint32 other = place + self->volume->steps[faces_in_order[s]];

      if (is_before (self, other, place))
        return other;
    }

  return add_extremum (self, place);
}

/* A neighbour that enters after. */
static inline guint32
find_upper (Sweep *self, guint32 place)
{
  guint n = self->is_flat ? 8 : NERVE_CUBICAL_NEIGHBOURS;

  for (guint s = 0; s < n; s++)
    {
      guint32 other = place + self->volume->steps[all_in_order[s]];

      if (self->volume->keys[other] == NERVE_CUBICAL_BORDER)
        return EXTREMUM | OUTSIDE;
      if (is_before (self, place, other))
        return other;
    }

  return add_extremum (self, place);
}

/* Which extremum @place leads to; all places on the way know it from now on. */
static G_ALWAYS_INLINE inline guint32
follow (Sweep *self, gboolean is_up, guint32 place)
{
  guint32 at = place, end;

  while (!((end = self->next[at]) & EXTREMUM))
    {
      if (end == 0)
        self->next[at] = is_up ? find_lower (self, at) : find_upper (self, at);
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

static inline void
find_link (const Sweep *self, guint32 lower, NerveCubicalLink *out)
{
  if (self->is_up)
    nerve_cubical_link_lower (lower, out);
  else
    nerve_cubical_link_upper (lower, self->plane, out);
}

/* Of each direction, made once. */
static const NerveCubicalLink *
get_links (const Sweep *self)
{
  static NerveCubicalLink links[2][N_FLAT_LINKS];
  static gsize is_made[2];

  if (g_once_init_enter (&is_made[self->is_up]))
    {
      for (guint32 bits = 0; bits < N_FLAT_LINKS; bits++)
        find_link (self, (bits & 15) << FLAT_FACE | bits >> 4 << FLAT_CORNER, &links[self->is_up][bits]);
      g_once_init_leave (&is_made[self->is_up], 1);
    }

  return links[self->is_up];
}

/* The extrema around voxel @v. In a plane, an edge that joins no components below joins two above: none is looked at
 * twice. */
static G_ALWAYS_INLINE inline Saddle *
look_around (Sweep *self, gboolean is_up, guint v, Saddle *saddles)
{
  const NerveCubicalVoxel *voxel = &g_array_index (self->voxels, NerveCubicalVoxel, v);
  const NerveCubicalLink *link;
  Saddle saddle = { voxel->key };
  NerveCubicalLink found;

  if (self->is_flat)
    link = &self->links[(voxel->lower >> FLAT_FACE & 15) | (voxel->lower >> FLAT_CORNER & 15) << 4];
  else
    {
      find_link (self, voxel->lower, &found);
      link = &found;
    }
  if (link->n < 2 || (self->joined != NULL && __builtin_popcount (self->joined[v]) + 1u >= link->n))
    return saddles;

  for (guint m = 0; m < link->n; m++)
    {
      guint32 place = voxel->place + self->volume->steps[link->members[m]];

      if (!is_up && self->volume->keys[place] == NERVE_CUBICAL_BORDER)
        saddle.b = OUTSIDE;
      else
        saddle.b = follow (self, is_up, place);
      if (m == 0)
        saddle.a = saddle.b;
      saddle.owner = v * 8 + (is_up ? link->members[m] : 0);
      if (saddle.a != saddle.b)
        *saddles++ = saddle;
    }

  return saddles;
}

static inline guint32
find (Extremum *extrema, guint32 x)
{
  while (extrema[x].parent != x)
    x = extrema[x].parent = extrema[extrema[x].parent].parent;

  return x;
}

/* Whether @a entered before @b, in the sweep's direction. Which of two with equal keys is the elder does not matter to
 * a bar; the outside has the last of all keys, and is number 0. */
static inline gboolean
is_elder (gboolean is_up, const Extremum *extrema, guint32 a, guint32 b)
{
  gint32 x = extrema[a].key, y = extrema[b].key;

  return x == y ? a < b : (x < y) == is_up;
}

/* Joins the components beside a saddle: the elder one stays. */
static G_ALWAYS_INLINE inline void
join (Sweep *self, gboolean is_up, const Saddle *saddle, NerveCubicalPair *pairs, guint *n_pairs)
{
  Extremum *extrema = (Extremum *) (gpointer) self->extrema->data;
  guint32 a = find (extrema, saddle->a), b = find (extrema, saddle->b);
  guint32 younger = is_elder (is_up, extrema, a, b) ? b : a;
  gint32 key = extrema[younger].key;
  NerveCubicalPair pair = { MIN (key, saddle->key), MAX (key, saddle->key) };

  if (a == b)
    return;
  extrema[younger].parent = a ^ b ^ younger;
  if (is_up)
    self->joining[saddle->owner / 8] |= 1u << saddle->owner % 8;
  else
    self->joining[saddle->owner / 8]++;
  if (pairs != NULL && pair.birth < pair.death)
    pairs[(*n_pairs)++] = pair;
}

/* Room for @n more items at the end of an array, which may be NULL; what is not used is given back by its length. */
static gpointer
make_room (GArray *array, guint n)
{
  guint length = array != NULL ? array->len : 0;

  if (array == NULL)
    return NULL;
  g_array_set_size (array, length + n);

  return array->data + (gsize) length * g_array_get_element_size (array);
}

static G_ALWAYS_INLINE inline gboolean
join_all (Sweep *self, gboolean is_up, const NerveProgress *progress)
{
  guint n = self->saddles->len;
  const Saddle *saddles = (const Saddle *) (gpointer) self->saddles->data;
  const Extremum *extrema = (const Extremum *) (gpointer) self->extrema->data;

  for (guint begin = 0; begin < n; begin += VOXELS_PER_QUESTION)
    {
      guint end = MIN (begin + VOXELS_PER_QUESTION, n);
      guint n_pairs = self->pairs != NULL ? self->pairs->len : 0;
      NerveCubicalPair *pairs = make_room (self->pairs, end - begin);
      guint n_new = 0;

      if (!nerve_progress_step (progress, 0.5 + 0.5 * begin / n))
        return FALSE;
      for (guint i = begin; i < end; i++)
        {
          guint ahead = MIN (i + AHEAD, n - 1);

          __builtin_prefetch (&extrema[saddles[is_up ? ahead : n - 1 - ahead].a]);
          __builtin_prefetch (&extrema[saddles[is_up ? ahead : n - 1 - ahead].b]);
          join (self, is_up, &saddles[is_up ? i : n - 1 - i], pairs, &n_new);
        }
      if (self->pairs != NULL)
        g_array_set_size (self->pairs, n_pairs + n_new);
    }

  return TRUE;
}

/* Made for each direction. */
static G_ALWAYS_INLINE inline gboolean
run (Sweep *self, gboolean is_up, const NerveProgress *progress, GError **error)
{
  guint n = self->voxels->len;

  for (guint begin = 0; begin < n; begin += VOXELS_PER_QUESTION)
    {
      guint end = MIN (begin + VOXELS_PER_QUESTION, n);
      Saddle *saddles = make_room (self->saddles, MOST_AROUND * (end - begin));

      if (!nerve_progress_step (progress, 0.5 * begin / n))
        return nerve_progress_set_cancelled (error);
      for (guint v = begin; v < end; v++)
        saddles = look_around (self, is_up, v, saddles);
      g_array_set_size (self->saddles, saddles - (Saddle *) (gpointer) self->saddles->data);
    }
  nerve_cubical_sort (&self->saddles, 0);

  return join_all (self, is_up, progress) || nerve_progress_set_cancelled (error);
}

static gboolean
sweep (NerveCubicalVolume *volume, GArray *voxels, gboolean is_up, const guint8 *joined, guint8 *joining,
       GArray *pairs, const NerveProgress *progress, GError **error)
{
  Sweep self = { .volume = volume, .voxels = voxels, .is_up = is_up, .joined = joined, .joining = joining,
                 .pairs = pairs };
  gboolean done;

  if (volume->room == NULL)
    volume->room = nerve_memory_new (volume->n, sizeof (guint32), "the components of a volume", error);
  if (volume->room == NULL)
    return FALSE;

  self.next = volume->room;
  memset (volume->room, 0, volume->n * sizeof (guint32));
  memset (joining, 0, voxels->len);
  self.plane = nerve_cubical_link_plane (volume->extent);
  self.is_flat = volume->extent[0] == 1 && nerve_cubical_get_n_axes (volume->extent) == 2;
  if (self.is_flat)
    self.links = get_links (&self);
  self.extrema = g_array_new (FALSE, FALSE, sizeof (Extremum));
  self.saddles = nerve_memory_new_array (sizeof (Saddle), voxels->len / 2);
  if (!is_up)
    add_extremum (&self, OUTSIDE);

  done = is_up ? run (&self, TRUE, progress, error) : run (&self, FALSE, progress, error);
  g_array_unref (self.extrema);
  g_array_unref (self.saddles);
  return done;
}

gboolean
nerve_cubical_sweep_up (NerveCubicalVolume *volume, GArray *voxels, guint8 *joining, GArray *pairs,
                        const NerveProgress *progress, GError **error)
{
  return sweep (volume, voxels, TRUE, NULL, joining, pairs, progress, error);
}

gboolean
nerve_cubical_sweep_down (NerveCubicalVolume *volume, GArray *voxels, const guint8 *joining, guint8 *cavities,
                          GArray *pairs, const NerveProgress *progress, GError **error)
{
  return sweep (volume, voxels, FALSE, nerve_cubical_get_n_axes (volume->extent) == 2 ? joining : NULL, cavities, pairs,
                progress, error);
}
