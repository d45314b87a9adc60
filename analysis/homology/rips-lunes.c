#include "homology/rips-lunes.h"

#include <stdatomic.h>
#include <string.h>

#include "base/memory.h"
#include "base/parallel.h"
#include "homology/rips-target.h"

#define WORDS_AT_ONCE 8 /* a cache line */
#define MOST_STRANDS 8
#define EDGES_PER_PIECE 256
#define MOST_LEFT 48 /* points tested one by one before the whole lune is flooded */
#define MOST_SPLITS (1024 * 1024) /* before a walk ends early */
#define VISITS_PER_QUESTION 8192
#define EXPLORE_EVERY 32
#define N_HELPERS 3
#define ALIGNMENT 64

/* A cache line of bits; the compiler makes of it what the processor has. */
typedef guint64 Words __attribute__ ((vector_size (64), may_alias));
typedef guint64 Half __attribute__ ((vector_size (32), may_alias));

/* Where to start in a lune: which of the two leaves fewer points is learned on the way. */
typedef enum
{
  START_AT_HUB,
  START_NEAR_END,
  N_STARTS,
} Start;

struct _NerveRipsStrand
{
  guint64 *rows;
  gpointer memory;
  gsize    position;       /* edges of this walk that are in the rows */
  gsize    visits;         /* of rows, since progress was asked */
  gint64   left[N_STARTS]; /* points that a start leaves, a running mean in units of 1/64 */
  guint64 *lune;           /* not yet reached */
  guint64 *reached;        /* the component being filled */
  guint64 *pending;        /* reached and not yet visited */
  guint32  points[MOST_LEFT + 1]; /* what is left of a lune, if it is little */
  GArray  *splits;
};

typedef struct
{
  NerveRipsLunes      *lunes;
  const NerveRipsEdge *edges;
  gsize                n;
  atomic_size_t        next;     /* edge that nobody has taken */
  atomic_size_t        n_splits; /* found so far */
  const NerveProgress *progress;
} Walk;

/* A piece of a walk for one strand: edges [begin, end), of which the first come from before and are only put in. */
typedef struct
{
  const NerveRipsLunes *lunes;
  NerveRipsStrand      *strand;
  const NerveRipsEdge  *edges;
  gsize                 begin;
  gsize                 end;
  const NerveProgress  *progress;
  gboolean              stopped;
} Piece;

NERVE_RIPS_TARGET_INLINE gboolean
has_bit (const guint64 *words, guint32 i)
{
  return words[i / 64] >> (i % 64) & 1;
}

NERVE_RIPS_TARGET_INLINE void
set_bit (guint64 *words, guint32 i)
{
  words[i / 64] |= G_GUINT64_CONSTANT (1) << (i % 64);
}

NERVE_RIPS_TARGET_INLINE void
clear_bit (guint64 *words, guint32 i)
{
  words[i / 64] &= ~(G_GUINT64_CONSTANT (1) << (i % 64));
}

NERVE_RIPS_TARGET_INLINE const guint64 *
get_row (const Piece *piece, guint32 x)
{
  return piece->strand->rows + x * piece->lunes->n_words;
}

NERVE_RIPS_TARGET_INLINE void
add_edge (const Piece *piece, const NerveRipsEdge *edge)
{
  set_bit (piece->strand->rows + edge->x * piece->lunes->n_words, edge->y);
  set_bit (piece->strand->rows + edge->y * piece->lunes->n_words, edge->x);
}

NERVE_RIPS_TARGET_INLINE guint64
has_any (const Words *words)
{
  Half half = __builtin_shufflevector (*words, *words, 0, 1, 2, 3) |
              __builtin_shufflevector (*words, *words, 4, 5, 6, 7);

  return half[0] | half[1] | half[2] | half[3];
}

/* Intersects two rows; the result is empty if this returns 0. */
NERVE_RIPS_TARGET_INLINE guint64
intersect (guint64 *out, const guint64 *a, const guint64 *b, gsize n_words)
{
  Words any = { 0 };

  for (gsize i = 0; i < n_words; i += WORDS_AT_ONCE)
    {
      Words both = *(const Words *) (a + i) & *(const Words *) (b + i);

      *(Words *) (out + i) = both;
      any |= both;
    }

  return has_any (&any);
}

NERVE_RIPS_TARGET_INLINE gboolean
meets (const guint64 *a, const guint64 *b, gsize n_words)
{
  for (gsize i = 0; i < n_words; i += WORDS_AT_ONCE)
    {
      Words both = *(const Words *) (a + i) & *(const Words *) (b + i);

      if (has_any (&both) != 0)
        return TRUE;
    }

  return FALSE;
}

/* The least number in a set; none if it is not below n_words · 64. */
NERVE_RIPS_TARGET_INLINE gsize
find_first (const guint64 *words, gsize n_words)
{
  gsize i = 0;

  while (i < n_words && has_any ((const Words *) (words + i)) == 0)
    i += WORDS_AT_ONCE;
  if (i == n_words)
    return n_words * 64;
  while (words[i] == 0)
    i++;

  return i * 64 + __builtin_ctzll (words[i]);
}

NERVE_RIPS_TARGET_INLINE guint32
choose_start (const Piece *piece, const NerveRipsEdge *edge, Start start)
{
  const NerveRipsGuides *guides = piece->lunes->guides;
  const guint64 *lune = piece->strand->lune;
  const guint32 *near_x = nerve_rips_guides_nearest (guides, edge->x);
  const guint32 *near_y = nerve_rips_guides_nearest (guides, edge->y);

  if (start == START_AT_HUB)
    for (guint i = 0; i < guides->n_hubs; i++)
      if (has_bit (lune, guides->hubs[i]))
        return guides->hubs[i];

  for (guint i = 0; i < NERVE_RIPS_N_NEAREST; i++)
    {
      if (has_bit (lune, near_x[i]))
        return near_x[i];
      if (has_bit (lune, near_y[i]))
        return near_y[i];
    }

  return find_first (lune, piece->lunes->n_words);
}

/* Rows of a few hubs that are in the lune and neighbours of @start, itself a hub; of @start if there are not as
 * many. */
NERVE_RIPS_TARGET_INLINE void
choose_helpers (const Piece *piece, guint32 start, const guint64 **helpers)
{
  const NerveRipsGuides *guides = piece->lunes->guides;
  const guint64 *row = get_row (piece, start);
  guint n = 0;

  for (guint i = 0; i < N_HELPERS; i++)
    helpers[i] = row;
  for (guint i = 0; i < guides->n_hubs && n < N_HELPERS; i++)
    if (has_bit (row, guides->hubs[i]) && has_bit (piece->strand->lune, guides->hubs[i]))
      helpers[n++] = get_row (piece, guides->hubs[i]);
}

/* Parts the lune into @start with its neighbours (reached) and the rest, which stays. Returns 0 if nothing does. */
NERVE_RIPS_TARGET_INLINE guint64
reach_from (Piece *piece, guint32 start, Start kind)
{
  NerveRipsStrand *strand = piece->strand;
  const guint64 *row = get_row (piece, start);
  const guint64 *helpers[N_HELPERS];
  gsize n_words = piece->lunes->n_words;
  guint64 *lune = strand->lune;
  guint64 *reached = strand->reached;
  Words any = { 0 };

  clear_bit (lune, start);
  if (kind == START_AT_HUB)
    choose_helpers (piece, start, helpers);
  for (gsize i = 0; i < n_words; i += WORDS_AT_ONCE)
    {
      Words all = *(Words *) (lune + i);
      Words near = *(const Words *) (row + i);
      Words found, left;

      if (kind == START_AT_HUB)
        for (guint helper = 0; helper < N_HELPERS; helper++)
          near |= *(const Words *) (helpers[helper] + i);
      found = all & near;
      left = all ^ found;
      *(Words *) (reached + i) = found;
      *(Words *) (lune + i) = left;
      any |= left;
    }
  set_bit (reached, start);
  strand->visits++;

  return has_any (&any);
}

/* Lists what is left of the lune, MOST_LEFT + 1 points at most. */
NERVE_RIPS_TARGET_INLINE gsize
list_points (Piece *piece)
{
  const guint64 *lune = piece->strand->lune;
  guint32 *points = piece->strand->points;
  gsize n = 0;

  for (gsize i = 0; i < piece->lunes->n_words; i++)
    for (guint64 word = lune[i]; word != 0; word &= word - 1)
      {
        points[n++] = i * 64 + __builtin_ctzll (word);
        if (n > MOST_LEFT)
          return n;
      }

  return n;
}

/* Asks of each point left whether it has a neighbour among those reached. Few are left as a rule, and their first
 * neighbour is found at once. Returns how many stay. */
NERVE_RIPS_TARGET_INLINE gsize
absorb_points (Piece *piece, gsize n)
{
  NerveRipsStrand *strand = piece->strand;
  guint32 *points = strand->points;
  gboolean has_grown = TRUE;

  while (n > 0 && has_grown)
    {
      gsize n_left = 0;

      has_grown = FALSE;
      for (gsize i = 0; i < n; i++)
        __builtin_prefetch (get_row (piece, points[i]));
      for (gsize i = 0; i < n; i++)
        if (meets (get_row (piece, points[i]), strand->reached, piece->lunes->n_words))
          {
            set_bit (strand->reached, points[i]);
            clear_bit (strand->lune, points[i]);
            has_grown = TRUE;
          }
        else
          {
            points[n_left++] = points[i];
          }
      strand->visits += n;
      n = n_left;
    }

  return n;
}

/* Moves the neighbours of @point from the lune to those reached; 0 if it has none there. */
NERVE_RIPS_TARGET_INLINE guint64
visit (Piece *piece, guint32 point)
{
  NerveRipsStrand *strand = piece->strand;
  const guint64 *row = get_row (piece, point);
  Words any = { 0 };

  for (gsize i = 0; i < piece->lunes->n_words; i += WORDS_AT_ONCE)
    {
      Words found = *(Words *) (strand->lune + i) & *(const Words *) (row + i);

      *(Words *) (strand->lune + i) ^= found;
      *(Words *) (strand->reached + i) |= found;
      *(Words *) (strand->pending + i) |= found;
      any |= found;
    }
  strand->visits++;

  return has_any (&any);
}

/* Visits the points reached one after the other, until there are no more or few of the lune are left; lists those. */
NERVE_RIPS_TARGET_INLINE gsize
flood (Piece *piece)
{
  NerveRipsStrand *strand = piece->strand;
  gsize n_words = piece->lunes->n_words;
  gsize n_left = MOST_LEFT + 1;
  gsize point;

  memcpy (strand->pending, strand->reached, n_words * sizeof (guint64));
  while (n_left > MOST_LEFT && (point = find_first (strand->pending, n_words)) < n_words * 64)
    {
      clear_bit (strand->pending, point);
      if (visit (piece, point) != 0)
        n_left = list_points (piece);
    }

  return n_left > MOST_LEFT ? list_points (piece) : n_left;
}

/* Fills the component of @start and takes it off the lune; returns how many points are left and listed then. */
NERVE_RIPS_TARGET_INLINE gsize
fill_component (Piece *piece, guint32 start, Start kind)
{
  NerveRipsStrand *strand = piece->strand;
  gsize n = 0;

  if (reach_from (piece, start, kind) != 0)
    n = list_points (piece);
  if (kind < N_STARTS)
    strand->left[kind] += (gint64) n - strand->left[kind] / 64;

  if (n > MOST_LEFT)
    n = flood (piece);

  return n > MOST_LEFT ? n : absorb_points (piece, n);
}

NERVE_RIPS_TARGET_INLINE void
count_components (Piece *piece, gsize i)
{
  NerveRipsStrand *strand = piece->strand;
  const NerveRipsEdge *edge = &piece->edges[i];
  Start kind = strand->left[START_NEAR_END] < strand->left[START_AT_HUB] ? START_NEAR_END : START_AT_HUB;
  guint32 first;
  gsize n;

  if (i % EXPLORE_EVERY == 0)
    kind = kind == START_AT_HUB ? START_NEAR_END : START_AT_HUB;

  first = choose_start (piece, edge, kind);
  n = fill_component (piece, first, kind);
  while (G_UNLIKELY (n > 0))
    {
      NerveRipsSplit split = { i, first, strand->points[0] };

      g_array_append_val (strand->splits, split);
      n = fill_component (piece, split.b, N_STARTS);
    }
}

NERVE_RIPS_TARGET_INLINE void
walk_piece_body (Piece *piece)
{
  NerveRipsStrand *strand = piece->strand;
  gsize n_words = piece->lunes->n_words;

  for (; strand->position < piece->begin; strand->position++)
    add_edge (piece, &piece->edges[strand->position]);

  for (; strand->position < piece->end; strand->position++)
    {
      const NerveRipsEdge *edge = &piece->edges[strand->position];

      if (intersect (strand->lune, get_row (piece, edge->x), get_row (piece, edge->y), n_words) != 0)
        count_components (piece, strand->position);
      add_edge (piece, edge);

      if (G_UNLIKELY (strand->visits > VISITS_PER_QUESTION))
        {
          strand->visits = 0;
          piece->stopped = !nerve_progress_wanted (piece->progress);
          if (piece->stopped)
            return;
        }
    }
}

NERVE_RIPS_TARGET_CLONES (walk_piece, (Piece *piece), (piece))

static gboolean
walk_strand (gsize begin, gsize end, guint worker, gpointer user_data)
{
  Walk *self = user_data;
  Piece piece = { .lunes = self->lunes, .edges = self->edges, .progress = self->progress };

  for (gsize i = begin; i < end; i++)
    {
      piece.strand = &self->lunes->strands[i];
      while (atomic_load (&self->n_splits) < MOST_SPLITS
             && (piece.begin = atomic_fetch_add (&self->next, EDGES_PER_PIECE)) < self->n)
        {
          guint n_before = piece.strand->splits->len;

          piece.end = MIN (piece.begin + EDGES_PER_PIECE, self->n);
          walk_piece (&piece);
          if (piece.stopped || !nerve_progress_step (self->progress, (double) piece.end / self->n))
            return FALSE;
          atomic_fetch_add (&self->n_splits, piece.strand->splits->len - n_before);
        }
    }

  return TRUE;
}

/* Puts in what the other strands walked last. */
static gboolean
catch_up (gsize begin, gsize end, guint worker, gpointer user_data)
{
  Walk *self = user_data;

  for (gsize i = begin; i < end; i++)
    {
      Piece piece = { .lunes = self->lunes, .edges = self->edges, .strand = &self->lunes->strands[i] };

      piece.begin = self->n;
      walk_piece (&piece);
    }

  return TRUE;
}

static int
compare_splits (gconstpointer a, gconstpointer b)
{
  const NerveRipsSplit *first = a;
  const NerveRipsSplit *second = b;

  return first->edge < second->edge ? -1 : first->edge > second->edge;
}

static gboolean
strand_init (NerveRipsStrand *self, const NerveRipsLunes *lunes, GError **error)
{
  gsize n_words = lunes->n_words;
  gsize n = lunes->keys->n;
  gsize n_bytes = (n + 3) * n_words * sizeof (guint64) + ALIGNMENT;
  guint64 *words;

  self->splits = g_array_new (FALSE, FALSE, sizeof (NerveRipsSplit));
  self->memory = nerve_memory_new (n_bytes, 1, "the graph of a filtration", error);
  if (self->memory == NULL)
    return FALSE;
  memset (self->memory, 0, n_bytes);

  words = (guint64 *) (((guintptr) self->memory + ALIGNMENT - 1) & ~(guintptr) (ALIGNMENT - 1));
  self->lune = words;
  self->reached = words + n_words;
  self->pending = words + 2 * n_words;
  self->rows = words + 3 * n_words;

  return TRUE;
}

static void
strand_clear (NerveRipsStrand *self)
{
  g_clear_pointer (&self->memory, g_free);
  g_clear_pointer (&self->splits, g_array_unref);
}

gboolean
nerve_rips_lunes_init (NerveRipsLunes *self, const NerveRipsKeys *keys, const NerveRipsGuides *guides, GError **error)
{
  self->keys = keys;
  self->guides = guides;
  self->n_words = (keys->n / 64 / WORDS_AT_ONCE + 1) * WORDS_AT_ONCE;
  self->n_strands = MIN (nerve_parallel_get_threads (), MOST_STRANDS);
  self->strands = g_new0 (NerveRipsStrand, self->n_strands);
  self->splits = g_array_new (FALSE, FALSE, sizeof (NerveRipsSplit));

  for (guint i = 0; i < self->n_strands; i++)
    if (!strand_init (&self->strands[i], self, error))
      {
        nerve_rips_lunes_clear (self);
        return FALSE;
      }

  return TRUE;
}

void
nerve_rips_lunes_clear (NerveRipsLunes *self)
{
  for (guint i = 0; i < self->n_strands && self->strands != NULL; i++)
    strand_clear (&self->strands[i]);
  g_clear_pointer (&self->strands, g_free);
  g_clear_pointer (&self->splits, g_array_unref);
}

gboolean
nerve_rips_lunes_walk (NerveRipsLunes *self, const NerveRipsEdge *edges, gsize n, gsize *n_walked,
                       const NerveProgress *progress, GError **error)
{
  Walk walk = { .lunes = self, .edges = edges, .n = n, .progress = progress };
  NerveProgress asking = nerve_progress_part (progress, 1.0, 1.0);

  for (guint i = 0; i < self->n_strands; i++)
    {
      self->strands[i].position = 0;
      g_array_set_size (self->strands[i].splits, 0);
    }
  if (!nerve_parallel_for (self->n_strands, 1, walk_strand, &walk, &asking))
    return nerve_progress_set_cancelled (error);

  /* Pieces are taken in order, and each one taken was walked to its end. */
  walk.n = MIN (atomic_load (&walk.next), n);
  if (!nerve_parallel_for (self->n_strands, 1, catch_up, &walk, &asking))
    return nerve_progress_set_cancelled (error);
  *n_walked = walk.n;

  g_array_set_size (self->splits, 0);
  for (guint i = 0; i < self->n_strands; i++)
    g_array_append_vals (self->splits, self->strands[i].splits->data, self->strands[i].splits->len);
  /* Stable: the splits of one edge stay in their order. */
  if (self->n_strands > 1)
    g_array_sort (self->splits, compare_splits);

  return TRUE;
}
