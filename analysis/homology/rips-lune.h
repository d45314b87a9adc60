/* The components of one lune: the inner loop of nerve_rips_lunes_walk(). */
#pragma once

#include <string.h>

#include "homology/rips-bits.h"
#include "homology/rips-lunes.h"

G_BEGIN_DECLS

#define MOST_LEFT 48 /* points tested one by one before the whole lune is flooded */
#define EXPLORE_EVERY 32
#define N_REACHING 6 /* rows that a lune is first reached from */
#define N_NEAR (2 * NERVE_RIPS_N_NEAREST)
#define NEAR_COST 16 /* of a line of rows that are seldom in the cache, as Strand.left */

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
  gsize    n_full;         /* words of the first hub's row, after the first line up to here all are set */
  gsize    visits;         /* of rows, since progress was asked */
  gint64   left[N_STARTS]; /* points that a start leaves, a running mean in units of 1/64 */
  guint64 *lune;           /* not yet reached */
  guint64 *pending;        /* reached and not yet visited */
  guint32  points[MOST_LEFT + 1]; /* what is left of a lune, if it is little */
  GArray  *splits;
};

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

NERVE_RIPS_TARGET_INLINE const guint64 *
get_row (const Piece *piece, guint32 x)
{
  return piece->strand->rows + x * piece->lunes->n_words;
}

NERVE_RIPS_TARGET_INLINE void
add_edge (const Piece *piece, guint32 x, guint32 y)
{
  set_bit (piece->strand->rows + x * piece->lunes->n_words, y);
  set_bit (piece->strand->rows + y * piece->lunes->n_words, x);
}

/* An edge being walked; x and y are places in the rows. */
typedef struct
{
  guint32        x;
  guint32        y;
  const guint64 *a;
  const guint64 *b;
  gsize          skip; /* words from the second line up to here are known to be reached */
} Lune;

/* Rows of a point in the lune and of neighbours of it that are in the lune too; of itself if there are not as many. */
typedef struct
{
  guint32        first;
  const guint64 *rows[N_REACHING];
} Reach;

/* Starts at the first hubs. They have the first places, so one word tells which. */
NERVE_RIPS_TARGET_INLINE gboolean
choose_hubs (const Piece *piece, Lune *lune, Reach *reach)
{
  guint64 hubs = lune->a[0] & lune->b[0] & piece->lunes->hubs;

  if (hubs == 0)
    return FALSE;

  reach->first = __builtin_ctzll (hubs);
  reach->rows[0] = get_row (piece, reach->first);
  /* A row has its own point too, which is the first of these. */
  hubs &= reach->rows[0][0];
  for (guint i = 1; i < N_REACHING; i++)
    {
      hubs &= hubs - 1;
      reach->rows[i] = get_row (piece, hubs != 0 ? (guint32) __builtin_ctzll (hubs) : reach->first);
    }
  if (reach->first == 0)
    lune->skip = piece->strand->n_full;

  return TRUE;
}

/* Starts at the points nearest to x and y. */
NERVE_RIPS_TARGET_INLINE gboolean
choose_near (const Piece *piece, const Lune *lune, Reach *reach)
{
  const guint32 *near_x = piece->lunes->nearest + lune->x * NERVE_RIPS_N_NEAREST;
  const guint32 *near_y = piece->lunes->nearest + lune->y * NERVE_RIPS_N_NEAREST;
  guint32 points[N_NEAR];
  guint n = 0;

  for (guint i = 0; i < N_NEAR; i++)
    {
      points[n] = i % 2 == 0 ? near_x[i / 2] : near_y[i / 2];
      n += has_bit (lune->a, points[n]) & has_bit (lune->b, points[n]);
    }
  if (n == 0)
    return FALSE;

  reach->first = points[0];
  for (guint i = 0; i < N_REACHING; i++)
    {
      const guint64 *row = get_row (piece, points[MIN (i, n - 1)]);

      reach->rows[i] = i > 0 && has_bit (row, reach->first) ? row : get_row (piece, reach->first);
    }

  return TRUE;
}

/* Starts anywhere; FALSE if the lune is empty. */
NERVE_RIPS_TARGET_INLINE gboolean
choose_any (const Piece *piece, const Lune *lune, Reach *reach)
{
  gsize n_words = piece->lunes->n_words;

  if (intersect (piece->strand->lune, lune->a, lune->b, n_words) == 0)
    return FALSE;

  reach->first = find_first (piece->strand->lune, n_words);
  for (guint i = 0; i < N_REACHING; i++)
    reach->rows[i] = get_row (piece, reach->first);

  return TRUE;
}

NERVE_RIPS_TARGET_INLINE void
reach_line (const Piece *piece, const Lune *lune, const Reach *reach, gsize i, Words *any)
{
  Words reached = *(const Words *) (reach->rows[0] + i);
  Words left;

  for (guint k = 1; k < N_REACHING; k++)
    reached |= *(const Words *) (reach->rows[k] + i);
  left = *(const Words *) (lune->a + i) & *(const Words *) (lune->b + i) & ~reached;
  *(Words *) (piece->strand->lune + i) = left;
  *any |= left;
}

/* Puts into strand->lune, but for the words skipped, what is not in any of the rows. Returns 0 if nothing is. */
NERVE_RIPS_TARGET_INLINE guint64
reach_from (const Piece *piece, const Lune *lune, const Reach *reach)
{
  Words any = { 0 };

  reach_line (piece, lune, reach, 0, &any);
  for (gsize i = lune->skip; i < piece->lunes->n_words; i += WORDS_AT_ONCE)
    reach_line (piece, lune, reach, i, &any);
  piece->strand->visits++;

  return has_any (&any);
}

NERVE_RIPS_TARGET_INLINE gsize
list_line (const Piece *piece, gsize i, gsize n)
{
  for (gsize end = i + WORDS_AT_ONCE; i < end; i++)
    for (guint64 word = piece->strand->lune[i]; word != 0 && n <= MOST_LEFT; word &= word - 1)
      piece->strand->points[n++] = i * 64 + __builtin_ctzll (word);

  return n;
}

/* Lists what is left of the lune, MOST_LEFT + 1 points at most. */
NERVE_RIPS_TARGET_INLINE gsize
list_points (const Piece *piece, gsize skip)
{
  gsize n = list_line (piece, 0, 0);

  for (gsize i = skip; i < piece->lunes->n_words && n <= MOST_LEFT; i += WORDS_AT_ONCE)
    if (has_any ((const Words *) (piece->strand->lune + i)) != 0)
      n = list_line (piece, i, n);

  return n;
}

/* Is a neighbour of @point in the lune and no longer left? */
NERVE_RIPS_TARGET_INLINE gboolean
meets_reached (const Piece *piece, const Lune *lune, guint32 point)
{
  const guint64 *row = get_row (piece, point);

  for (gsize i = 0; i < piece->lunes->n_words; i += WORDS_AT_ONCE)
    {
      Words both = *(const Words *) (lune->a + i) & *(const Words *) (lune->b + i) & *(const Words *) (row + i);

      if (i == 0 || i >= lune->skip)
        both &= ~*(const Words *) (piece->strand->lune + i);
      if (has_any (&both) != 0)
        return TRUE;
    }

  return FALSE;
}

/* Asks of each point left whether it has a neighbour among those reached. Few are left as a rule, and their first
 * neighbour is found at once. Returns how many stay. */
NERVE_RIPS_TARGET_INLINE gsize
absorb_points (Piece *piece, const Lune *lune, gsize n)
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
        if (meets_reached (piece, lune, points[i]))
          {
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

/* Takes the neighbours of @point off what is left; 0 if there are none. */
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
      *(Words *) (strand->pending + i) |= found;
      any |= found;
    }
  strand->visits++;

  return has_any (&any);
}

/* Visits the points in strand->pending and what they lead to, until there are no more or few of the lune are left;
 * those are listed and asked one by one. Returns how many are left. */
NERVE_RIPS_TARGET_INLINE gsize
flood (Piece *piece, const Lune *lune)
{
  NerveRipsStrand *strand = piece->strand;
  gsize n_words = piece->lunes->n_words;
  gsize n = list_points (piece, WORDS_AT_ONCE);
  gsize point;

  while (n > MOST_LEFT && (point = find_first (strand->pending, n_words)) < n_words * 64)
    {
      clear_bit (strand->pending, point);
      if (visit (piece, point) != 0)
        n = list_points (piece, WORDS_AT_ONCE);
    }

  return n > MOST_LEFT ? n : absorb_points (piece, lune, n);
}

NERVE_RIPS_TARGET_INLINE void
skip_nothing (Piece *piece, Lune *lune)
{
  for (gsize i = WORDS_AT_ONCE; i < lune->skip; i++)
    piece->strand->lune[i] = 0;
  lune->skip = WORDS_AT_ONCE;
}

/* Floods the lune from what is reached; returns how many points are left. */
NERVE_RIPS_TARGET_INLINE gsize
fill_first (Piece *piece, Lune *lune)
{
  NerveRipsStrand *strand = piece->strand;

  skip_nothing (piece, lune);
  for (gsize i = 0; i < piece->lunes->n_words; i++)
    strand->pending[i] = lune->a[i] & lune->b[i] & ~strand->lune[i];

  return flood (piece, lune);
}

/* What is left after one component is filled has no neighbours in it; so "reached" need not tell components apart. */
NERVE_RIPS_TARGET_INLINE void
fill_others (Piece *piece, Lune *lune, guint32 first, gsize i, gsize n)
{
  NerveRipsStrand *strand = piece->strand;
  const guint32 *points = piece->lunes->points;

  skip_nothing (piece, lune);
  while (n > 0)
    {
      guint32 point = strand->points[0];
      NerveRipsSplit split = { i, points[first], points[point] };

      g_array_append_val (strand->splits, split);
      clear_bit (strand->lune, point);
      memset (strand->pending, 0, piece->lunes->n_words * sizeof (guint64));
      set_bit (strand->pending, point);
      n = flood (piece, lune);
    }
}

/* Near points' rows have to be fetched from afar. */
NERVE_RIPS_TARGET_INLINE Start
choose_kind (const Piece *piece, gsize i)
{
  const gint64 *left = piece->strand->left;
  gint64 handicap = (gint64) piece->lunes->n_words / WORDS_AT_ONCE * NEAR_COST;
  gboolean is_near_better = left[START_NEAR_END] + handicap < left[START_AT_HUB];

  return is_near_better != (i % EXPLORE_EVERY == 0) ? START_NEAR_END : START_AT_HUB;
}

NERVE_RIPS_TARGET_INLINE void
count_components (Piece *piece, Lune *lune, gsize i)
{
  NerveRipsStrand *strand = piece->strand;
  Start kind = choose_kind (piece, i);
  Reach reach;
  gsize n = 0;

  if (!(kind == START_AT_HUB && choose_hubs (piece, lune, &reach)) && !choose_near (piece, lune, &reach)
      && !choose_any (piece, lune, &reach))
    return;

  if (reach_from (piece, lune, &reach) != 0)
    n = list_points (piece, lune->skip);
  strand->left[kind] += (gint64) n - strand->left[kind] / 64;
  if (n == 0)
    return;

  n = n > MOST_LEFT ? fill_first (piece, lune) : absorb_points (piece, lune, n);
  if (G_UNLIKELY (n > 0))
    fill_others (piece, lune, reach.first, i, n);
}

G_END_DECLS
