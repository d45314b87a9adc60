#include "homology/rips-order.h"

#include <string.h>

#include "base/memory.h"

#define SMALL 24
#define MOST_DIGITS 2048
#define EDGES_PER_QUESTION (128 * 1024)

/* Edges are thrown into at most 2048 bins at even steps of what distinguishes them, each bin then likewise: by
 * the bits of the distance (which are ordered as the distances are), and where those are equal by the points. */
typedef enum
{
  BY_DISTANCE,
  BY_POINTS,
} Level;

typedef struct
{
  NerveRipsEdge       *scratch;
  const NerveProgress *progress;
} Sorting;

static inline guint64
get_number (const NerveRipsEdge *edge, Level level)
{
  guint64 number;

  if (level == BY_DISTANCE)
    memcpy (&number, &edge->distance, sizeof number);
  else
    number = (guint64) edge->x << 32 | edge->y;

  return number;
}

static inline gboolean
is_before (const NerveRipsEdge *a, const NerveRipsEdge *b)
{
  if (a->distance != b->distance)
    return a->distance < b->distance;

  return get_number (a, BY_POINTS) < get_number (b, BY_POINTS);
}

static void
sort_small (NerveRipsEdge *edges, gsize n)
{
  for (gsize i = 1; i < n; i++)
    {
      NerveRipsEdge edge = edges[i];
      gsize place = i;

      for (; place > 0 && is_before (&edge, &edges[place - 1]); place--)
        edges[place] = edges[place - 1];
      edges[place] = edge;
    }
}

static inline gboolean
is_stopped (const Sorting *self, gsize i)
{
  return i % EDGES_PER_QUESTION == EDGES_PER_QUESTION - 1 && !nerve_progress_wanted (self->progress);
}

/* FALSE if stopped; else whether there is anything to sort, and between what numbers. */
static gboolean
find_extent (const Sorting *self, const NerveRipsEdge *edges, gsize n, Level level, guint64 *least, guint64 *most,
             gboolean *is_sorted)
{
  guint64 before = 0;

  *least = G_MAXUINT64;
  *most = 0;
  *is_sorted = TRUE;
  for (gsize i = 0; i < n; i++)
    {
      guint64 number = get_number (&edges[i], level);

      if (is_stopped (self, i))
        return FALSE;
      *is_sorted &= number >= before;
      before = number;
      *least = MIN (*least, number);
      *most = MAX (*most, number);
    }

  return TRUE;
}

static gboolean
scatter (const Sorting *self, NerveRipsEdge *edges, gsize n, Level level, guint64 least, guint shift, gsize *ends,
         guint n_digits)
{
  gsize sum = 0;

  memset (ends, 0, n_digits * sizeof (gsize));
  for (gsize i = 0; i < n; i++)
    {
      if (is_stopped (self, i))
        return FALSE;
      ends[(get_number (&edges[i], level) - least) >> shift]++;
    }
  for (guint digit = 0; digit < n_digits; digit++)
    {
      gsize count = ends[digit];

      ends[digit] = sum;
      sum += count;
    }
  for (gsize i = 0; i < n; i++)
    {
      if (is_stopped (self, i))
        return FALSE;
      self->scratch[ends[(get_number (&edges[i], level) - least) >> shift]++] = edges[i];
    }
  for (gsize i = 0; i < n; i += EDGES_PER_QUESTION)
    {
      if (!nerve_progress_wanted (self->progress))
        return FALSE;
      memcpy (edges + i, self->scratch + i, MIN (EDGES_PER_QUESTION, n - i) * sizeof (NerveRipsEdge));
    }

  return TRUE;
}

static gboolean
sort_level (const Sorting *self, NerveRipsEdge *edges, gsize n, Level level)
{
  gsize ends[MOST_DIGITS];
  guint64 least, most;
  gboolean is_sorted;
  guint shift = 0;
  guint n_digits;
  gsize begin = 0;

  if (n <= SMALL)
    {
      sort_small (edges, n);
      return TRUE;
    }
  if (!find_extent (self, edges, n, level, &least, &most, &is_sorted))
    return FALSE;
  if (least == most)
    return level == BY_POINTS || sort_level (self, edges, n, BY_POINTS);
  if (is_sorted && level == BY_POINTS)
    return TRUE;

  while ((most - least) >> shift >= MIN (MOST_DIGITS, n))
    shift++;
  n_digits = ((most - least) >> shift) + 1;
  if (!scatter (self, edges, n, level, least, shift, ends, n_digits))
    return FALSE;

  for (guint digit = 0; digit < n_digits; digit++)
    {
      if (ends[digit] - begin > 1 && !sort_level (self, edges + begin, ends[digit] - begin, level))
        return FALSE;
      begin = ends[digit];
    }

  return TRUE;
}

/* Has the kernel clear the pages one after the other: scattering meets all of them at once. */
static gboolean
touch_pages (const Sorting *self, gsize n)
{
  for (gsize i = 0; i < n; i += EDGES_PER_QUESTION)
    {
      if (!nerve_progress_wanted (self->progress))
        return FALSE;
      self->scratch[i].x = 0;
    }

  return TRUE;
}

gboolean
nerve_rips_sort (NerveRipsEdge *edges, gsize n, const NerveProgress *progress)
{
  g_autofree NerveRipsEdge *scratch = n > SMALL ? nerve_memory_take (n, sizeof *scratch) : NULL;
  Sorting self = { .scratch = scratch, .progress = progress };

  return (n < EDGES_PER_QUESTION || touch_pages (&self, n)) && sort_level (&self, edges, n, BY_DISTANCE);
}
