#include "homology/rips-lunes.h"

#include <stdatomic.h>
#include <string.h>

#include "base/memory.h"
#include "base/parallel.h"
#include "homology/rips-lune.h"

#define MOST_STRANDS 8
#define EDGES_PER_PIECE 256
#define MOST_SPLITS (1024 * 1024) /* before a walk ends early */
#define VISITS_PER_QUESTION 8192
#define EDGES_AHEAD 6
#define ALIGNMENT 64

typedef struct
{
  NerveRipsLunes      *lunes;
  const NerveRipsEdge *edges;
  gsize                n;
  atomic_size_t        next;     /* edge that nobody has taken */
  atomic_size_t        n_splits; /* found so far */
  const NerveProgress *progress;
} Walk;

/* Fetches the rows of an edge that will be walked soon. */
NERVE_RIPS_TARGET_INLINE void
fetch_rows (const Piece *piece, const NerveRipsEdge *edge)
{
  const guint64 *a = get_row (piece, piece->lunes->places[edge->x]);
  const guint64 *b = get_row (piece, piece->lunes->places[edge->y]);

  for (gsize i = 0; i < piece->lunes->n_words; i += WORDS_AT_ONCE)
    {
      __builtin_prefetch (a + i);
      __builtin_prefetch (b + i);
    }
}

/* The first hub's neighbours become ever more, and those nearest to it have the first places. */
NERVE_RIPS_TARGET_INLINE void
count_full (NerveRipsStrand *strand, gsize n_words)
{
  while (strand->n_full < n_words)
    {
      guint64 all = G_MAXUINT64;

      for (gsize i = 0; i < WORDS_AT_ONCE; i++)
        all &= strand->rows[strand->n_full + i];
      if (all != G_MAXUINT64)
        return;
      strand->n_full += WORDS_AT_ONCE;
    }
}

NERVE_RIPS_TARGET_INLINE void
walk_piece_body (Piece *piece)
{
  NerveRipsStrand *strand = piece->strand;
  const guint32 *places = piece->lunes->places;
  const NerveRipsEdge *edges = piece->edges;

  for (; strand->position < piece->begin; strand->position++)
    add_edge (piece, places[edges[strand->position].x], places[edges[strand->position].y]);

  count_full (strand, piece->lunes->n_words);
  for (; strand->position < piece->end; strand->position++)
    {
      const NerveRipsEdge *edge = &edges[strand->position];
      Lune lune = { .x = places[edge->x], .y = places[edge->y], .skip = WORDS_AT_ONCE };

      fetch_rows (piece, &edges[MIN (strand->position + EDGES_AHEAD, piece->end - 1)]);
      lune.a = get_row (piece, lune.x);
      lune.b = get_row (piece, lune.y);
      count_components (piece, &lune, strand->position);
      add_edge (piece, lune.x, lune.y);

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
  gsize n_bytes = (n + 2) * n_words * sizeof (guint64) + ALIGNMENT;
  guint64 *words;

  self->splits = g_array_new (FALSE, FALSE, sizeof (NerveRipsSplit));
  self->memory = nerve_memory_new (n_bytes, 1, "the graph of a filtration", error);
  if (self->memory == NULL)
    return FALSE;
  memset (self->memory, 0, n_bytes);

  words = (guint64 *) (((guintptr) self->memory + ALIGNMENT - 1) & ~(guintptr) (ALIGNMENT - 1));
  self->lune = words;
  self->pending = words + n_words;
  self->rows = words + 2 * n_words;
  self->n_full = WORDS_AT_ONCE;
  for (gsize i = 0; i < n; i++)
    set_bit (self->rows + i * n_words, i);

  return TRUE;
}

static void
strand_clear (NerveRipsStrand *self)
{
  g_clear_pointer (&self->memory, g_free);
  g_clear_pointer (&self->splits, g_array_unref);
}

static int
compare_keys (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const gint16 *keys = user_data;

  return keys[*(const guint32 *) a] - keys[*(const guint32 *) b];
}

/* Hubs first, the others by their distance from the best of them. */
static void
number_points (NerveRipsLunes *self)
{
  const NerveRipsGuides *guides = self->guides;
  gsize n = self->keys->n;
  g_autofree gboolean *is_hub = g_new0 (gboolean, n);
  gsize place = guides->n_hubs;

  self->points = g_memdup2 (guides->hubs, guides->n_hubs * sizeof (guint32));
  self->points = g_renew (guint32, self->points, n);
  for (guint i = 0; i < guides->n_hubs; i++)
    is_hub[guides->hubs[i]] = TRUE;
  for (gsize i = 0; i < n; i++)
    if (!is_hub[i])
      self->points[place++] = i;
  g_qsort_with_data (self->points + guides->n_hubs, n - guides->n_hubs, sizeof (guint32), compare_keys,
                     (gpointer) nerve_rips_keys_row (self->keys, guides->hubs[0]));
}

static void
number_nearest (NerveRipsLunes *self)
{
  gsize n = self->keys->n;

  self->places = g_new (guint32, n);
  for (gsize i = 0; i < n; i++)
    self->places[self->points[i]] = i;

  self->nearest = g_new (guint32, n * NERVE_RIPS_N_NEAREST);
  for (gsize i = 0; i < n; i++)
    for (guint k = 0; k < NERVE_RIPS_N_NEAREST; k++)
      self->nearest[i * NERVE_RIPS_N_NEAREST + k] =
        self->places[nerve_rips_guides_nearest (self->guides, self->points[i])[k]];
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

  self->hubs = (G_GUINT64_CONSTANT (1) << guides->n_hubs) - 1;
  number_points (self);
  number_nearest (self);
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
  g_clear_pointer (&self->points, g_free);
  g_clear_pointer (&self->places, g_free);
  g_clear_pointer (&self->nearest, g_free);
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
