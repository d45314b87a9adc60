#include "homology/cubical-loops.h"

#include "homology/cubical-gradient.h"
#include "homology/cubical-tables.h"

#define STEPS_PER_QUESTION 4096

/* Some edges that enter with one voxel, a bit each. */
typedef struct
{
  guint64 order; /* of the voxel: key, then place */
  guint8  edges;
} Entry;

/* A chain modulo 2: the entry of the latest voxel on top of the heap, those of one voxel not yet added up. */
typedef struct
{
  const NerveCubicalVolume *volume;
  GArray                   *voxels;
  GHashTable               *joining; /* place → edges that killed components, of voxels with several roots */
  GHashTable               *owners;  /* place and edge → number of its column, from 1 on */
  GArray                   *starts;  /* of the columns in entries */
  GArray                   *entries;
  GArray                   *heap;
  GArray                   *pairs;
  guint64                   n_steps;
  const NerveProgress      *progress;
} Loops;

static inline guint64
get_order (const NerveCubicalVolume *volume, guint32 place)
{
  return (guint64) ((guint32) volume->keys[place] ^ 0x80000000u) << 32 | place;
}

static inline gpointer
get_handle (guint32 place, guint edge)
{
  return GSIZE_TO_POINTER ((gsize) place * 8 + edge + 1);
}

static void
push (Loops *self, Entry entry)
{
  Entry *heap;
  guint at = self->heap->len;

  g_array_append_val (self->heap, entry);
  heap = (Entry *) (gpointer) self->heap->data;
  for (; at > 0 && heap[(at - 1) / 2].order < entry.order; at = (at - 1) / 2)
    heap[at] = heap[(at - 1) / 2];
  heap[at] = entry;
}

static Entry
pop (Loops *self)
{
  Entry *heap = (Entry *) (gpointer) self->heap->data;
  Entry top = heap[0], last = heap[self->heap->len - 1];
  guint n = self->heap->len - 1, at = 0;

  for (guint child; (child = 2 * at + 1) < n; at = child)
    {
      if (child + 1 < n && heap[child + 1].order > heap[child].order)
        child++;
      if (heap[child].order <= last.order)
        break;
      heap[at] = heap[child];
    }
  heap[at] = last;
  g_array_set_size (self->heap, n);
  return top;
}

/* All edges of the latest voxel together; FALSE: the chain is empty. */
static gboolean
pop_voxel (Loops *self, Entry *out)
{
  out->edges = 0;
  while (self->heap->len > 0 && out->edges == 0)
    {
      *out = pop (self);
      while (self->heap->len > 0 && g_array_index (self->heap, Entry, 0).order == out->order)
        out->edges ^= pop (self).edges;
    }

  return out->edges != 0;
}

/* Adds the two edges of the square at @place between directions @a and @b that lie across from it. */
static void
push_far_edges (Loops *self, guint32 place, guint a, guint b)
{
  const NerveCubicalVolume *volume = self->volume;
  guint32 far = place + volume->steps[a] + volume->steps[b];
  guint64 far_order = get_order (volume, far);
  const guint8 sides[2][2] = { { a, b }, { b, a } };

  for (guint s = 0; s < 2; s++)
    {
      guint64 order = get_order (volume, place + volume->steps[sides[s][0]]);
      guint to_far = sides[s][1];

      if (order > far_order)
        push (self, (Entry) { order, NERVE_CUBICAL_BIT (to_far) });
      else
        push (self, (Entry) { far_order, NERVE_CUBICAL_BIT (RIGHT - to_far) });
    }
}

static guint32
get_lower (const NerveCubicalVolume *volume, guint32 place)
{
  guint32 lower = 0;
  gint32 key = volume->keys[place];

  for (guint s = 0; s < NERVE_CUBICAL_NEIGHBOURS; s++)
    {
      gint32 other = volume->keys[place + volume->steps[s]];

      lower |= (guint32) (volume->steps[s] > 0 ? other < key : other <= key) << s;
    }

  return lower;
}

/* Follows the gradient from @entry within its voxel: returns the critical edges it ends in that made a loop. */
static guint
descend (Loops *self, Entry entry)
{
  guint32 place = (guint32) entry.order;
  guint edges = entry.edges;
  NerveCubicalGradient gradient;
  guint roots;

  nerve_cubical_gradient_init (&gradient, get_lower (self->volume, place));
  for (guint e = gradient.n; e-- > 0;)
    {
      guint edge = gradient.order[e], parent = gradient.parents[edge];

      if (!(edges & NERVE_CUBICAL_BIT (edge)) || parent == edge)
        continue;
      edges ^= NERVE_CUBICAL_BIT (edge) | NERVE_CUBICAL_BIT (parent);
      push_far_edges (self, place, edge, parent);
    }

  roots = gradient.roots & (gradient.roots - 1);
  if (roots != 0 && (edges & roots) != 0)
    roots &= ~GPOINTER_TO_UINT (g_hash_table_lookup (self->joining, GUINT_TO_POINTER (place)));

  return edges & roots;
}

/* Keeps what is left of the chain as the column that ends at @edge of @top's voxel. */
static void
claim (Loops *self, Entry top, guint edge)
{
  guint column = self->starts->len;
  Entry entry;

  g_hash_table_insert (self->owners, get_handle ((guint32) top.order, edge), GUINT_TO_POINTER (column));
  g_array_append_val (self->entries, top);
  while (pop_voxel (self, &entry))
    g_array_append_val (self->entries, entry);
  g_array_append_val (self->starts, self->entries->len);
}

static void
push_column (Loops *self, guint column)
{
  guint begin = g_array_index (self->starts, guint, column - 1);
  guint end = g_array_index (self->starts, guint, column);

  for (guint e = begin; e < end; e++)
    push (self, g_array_index (self->entries, Entry, e));
}

/* Reduces the chain. *dies: whether a loop is left that it kills, whose birth is then *birth. FALSE: stopped. */
static gboolean
reduce (Loops *self, gboolean *dies, gint32 *birth)
{
  Entry entry;

  *dies = FALSE;
  while (pop_voxel (self, &entry))
    {
      guint edge, column;

      if (self->n_steps++ % STEPS_PER_QUESTION == 0 && !nerve_progress_wanted (self->progress))
        return FALSE;
      entry.edges = descend (self, entry);
      if (entry.edges == 0)
        continue;

      edge = 31 - __builtin_clz (entry.edges);
      column = GPOINTER_TO_UINT (g_hash_table_lookup (self->owners, get_handle ((guint32) entry.order, edge)));
      if (column == 0)
        {
          *dies = TRUE;
          *birth = self->volume->keys[(guint32) entry.order];
          claim (self, entry, edge);
          return TRUE;
        }
      push (self, entry);
      push_column (self, column);
    }

  return TRUE;
}

/* The boundary of a critical square. */
static void
start (Loops *self, guint32 place, guint square)
{
  guint a = squares[square][0], b = squares[square][1];

  g_array_set_size (self->heap, 0);
  push (self, (Entry) { get_order (self->volume, place), NERVE_CUBICAL_BIT (a) | NERVE_CUBICAL_BIT (b) });
  push_far_edges (self, place, a, b);
}

static guint
find_critical_squares (const NerveCubicalVoxel *voxel)
{
  NerveCubicalGradient gradient;

  nerve_cubical_gradient_init (&gradient, voxel->lower);
  return nerve_cubical_gradient_critical (&gradient, voxel->lower);
}

/* The loops that die with @voxel: as many as it has critical squares that make no cavity. */
static gboolean
pair_voxel (Loops *self, const NerveCubicalVoxel *voxel, guint n_cavities)
{
  guint critical = find_critical_squares (voxel);
  gint n_left = __builtin_popcount (critical) - (gint) n_cavities;

  for (; critical != 0 && n_left > 0; critical &= critical - 1)
    {
      NerveCubicalPair pair = { .death = voxel->key };
      gboolean dies;

      start (self, voxel->place, __builtin_ctz (critical));
      if (!reduce (self, &dies, &pair.birth))
        return FALSE;
      n_left -= dies;
      if (dies && pair.birth < pair.death)
        g_array_append_val (self->pairs, pair);
    }

  return TRUE;
}

static void
remember_joining (Loops *self, const guint8 *joining)
{
  for (guint v = 0; v < self->voxels->len; v++)
    if (joining[v] != 0)
      g_hash_table_insert (self->joining,
                           GUINT_TO_POINTER (g_array_index (self->voxels, NerveCubicalVoxel, v).place),
                           GUINT_TO_POINTER (joining[v]));
}

/* The voxels with critical squares, in the order in which they enter. */
static GArray *
find_order (GArray *voxels)
{
  GArray *order = g_array_new (FALSE, FALSE, sizeof (NerveCubicalKeyed));

  for (guint v = 0; v < voxels->len; v++)
    {
      const NerveCubicalVoxel *voxel = &g_array_index (voxels, NerveCubicalVoxel, v);
      NerveCubicalKeyed keyed = { voxel->key, v };

      if (find_critical_squares (voxel) != 0)
        g_array_append_val (order, keyed);
    }

  nerve_cubical_sort (&order, 0);
  return order;
}

gboolean
nerve_cubical_pair_loops (const NerveCubicalVolume *volume, GArray *voxels, const guint8 *joining,
                          const guint8 *cavities, GArray *pairs, const NerveProgress *progress, GError **error)
{
  g_autoptr (GHashTable) joined = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) owners = g_hash_table_new (NULL, NULL);
  g_autoptr (GArray) starts = g_array_new (FALSE, TRUE, sizeof (guint));
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_autoptr (GArray) order = find_order (voxels);
  g_autoptr (GArray) heap = g_array_new (FALSE, FALSE, sizeof (Entry));
  Loops self = {
    .volume = volume, .voxels = voxels, .joining = joined, .owners = owners, .starts = starts, .entries = entries,
    .heap = heap, .pairs = pairs, .progress = progress,
  };

  g_array_set_size (starts, 1);
  remember_joining (&self, joining);
  for (guint i = 0; i < order->len; i++)
    {
      guint v = g_array_index (order, NerveCubicalKeyed, i).index;

      if (i % STEPS_PER_QUESTION == 0 && !nerve_progress_step (progress, (double) i / order->len))
        return nerve_progress_set_cancelled (error);
      if (!pair_voxel (&self, &g_array_index (voxels, NerveCubicalVoxel, v), cavities[v]))
        return nerve_progress_set_cancelled (error);
    }

  return TRUE;
}
