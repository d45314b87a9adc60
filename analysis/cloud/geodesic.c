#include "cloud/geodesic.h"

#include <math.h>

#include "base/memory.h"
#include "base/parallel.h"
#include "cloud/metric.h"

#define N_ROWS 16      /* points whose neighbours are searched together */
#define BLOCK_WORK 4e6 /* coordinates between two questions: a millisecond or two */

struct _NerveGeodesic
{
  gsize    n;
  guint64 *starts;    /* n + 1: where each point's neighbours begin */
  guint32 *neighbors; /* a pair that is mutual stands twice: a walk doesn't mind */
};

typedef struct
{
  double  distance;
  guint32 point;
} Candidate;

typedef struct
{
  const double        *points;
  gsize                n;
  gsize                d;
  guint                k;
  guint32             *nearest; /* n × k */
  const NerveProgress *progress;
  gint                 overflowed;
} Search;

static gboolean
is_nearer (const Candidate *a, const Candidate *b)
{
  return a->distance < b->distance || (a->distance == b->distance && a->point < b->point);
}

/* A heap with the furthest of the @n best at its root. */
static void
sift_down (Candidate *heap, guint n, guint place)
{
  Candidate item = heap[place];

  while (2 * place + 1 < n)
    {
      guint child = 2 * place + 1;

      if (child + 1 < n && is_nearer (&heap[child], &heap[child + 1]))
        child++;
      if (!is_nearer (&item, &heap[child]))
        break;
      heap[place] = heap[child];
      place = child;
    }
  heap[place] = item;
}

static void
offer (Candidate *heap, guint *n, guint k, Candidate candidate)
{
  if (*n < k)
    {
      heap[(*n)++] = candidate;
      if (*n == k)
        for (guint place = k / 2; place-- > 0;)
          sift_down (heap, k, place);
    }
  else if (is_nearer (&candidate, &heap[0]))
    {
      heap[0] = candidate;
      sift_down (heap, k, 0);
    }
}

static gboolean
search_rows (gsize begin, gsize end, guint worker, gpointer user_data)
{
  Search *self = user_data;
  gsize columns = CLAMP (BLOCK_WORK / ((double) N_ROWS * MAX (self->d, 1)), 8, 1024);
  g_autofree Candidate *heaps = g_new (Candidate, N_ROWS * self->k);
  g_autofree double *block = g_new (double, N_ROWS * columns);
  guint sizes[N_ROWS] = { 0 };

  for (gsize first = 0; first < self->n; first += columns)
    {
      gsize n_columns = MIN (columns, self->n - first);

      if (!nerve_progress_wanted (self->progress))
        return FALSE;
      nerve_metric_block (NERVE_METRIC_EUCLIDEAN, self->points + begin * self->d, end - begin,
                          self->points + first * self->d, n_columns, self->d, block);
      for (gsize row = 0; row < end - begin; row++)
        for (gsize column = 0; column < n_columns; column++)
          if (first + column != begin + row)
            {
              Candidate candidate = { block[row * n_columns + column], first + column };

              if (!isfinite (candidate.distance))
                g_atomic_int_set (&self->overflowed, TRUE);
              offer (heaps + row * self->k, &sizes[row], self->k, candidate);
            }
    }

  for (gsize row = 0; row < end - begin; row++)
    for (guint i = 0; i < self->k; i++)
      self->nearest[(begin + row) * self->k + i] = heaps[row * self->k + i].point;

  return TRUE;
}

/* Both ways for each "is among the nearest of". */
static void
join (NerveGeodesic *self, const guint32 *nearest, guint k)
{
  g_autofree guint64 *next = g_new (guint64, self->n);

  for (gsize i = 0; i < self->n; i++)
    {
      self->starts[i + 1] += k;
      for (guint q = 0; q < k; q++)
        self->starts[nearest[i * k + q] + 1]++;
    }
  for (gsize i = 0; i < self->n; i++)
    {
      self->starts[i + 1] += self->starts[i];
      next[i] = self->starts[i];
    }
  for (gsize i = 0; i < self->n; i++)
    for (guint q = 0; q < k; q++)
      {
        guint32 other = nearest[i * k + q];

        self->neighbors[next[i]++] = other;
        self->neighbors[next[other]++] = i;
      }
}

static gboolean
search (Search *search, const NerveProgress *progress, GError **error)
{
  search->progress = progress;
  if (!nerve_parallel_for (search->n, N_ROWS, search_rows, search, progress))
    return nerve_progress_set_cancelled (error);

  if (search->overflowed)
    {
      g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_VALUE,
                           "coordinates are so large that distances overflow a double");
      return FALSE;
    }

  return TRUE;
}

NerveGeodesic *
nerve_geodesic_new (const double *points, gsize n, gsize d, guint neighbors, const NerveProgress *progress,
                    GError **error)
{
  g_autoptr (NerveGeodesic) self = g_new0 (NerveGeodesic, 1);
  g_autofree guint32 *nearest = NULL;
  Search parts = { .points = points, .n = n, .d = d, .k = MIN (neighbors, MAX (n, 1) - 1) };

  self->n = n;
  self->starts = g_new0 (guint64, n + 1);
  self->neighbors = nerve_memory_new ((guint64) n * parts.k * 3, sizeof (guint32), "the neighbor graph", error);
  if (self->neighbors == NULL)
    return NULL;
  if (parts.k == 0)
    return g_steal_pointer (&self);
  if (!nerve_metric_check_range (NERVE_METRIC_GEODESIC, points, n, d, error))
    return NULL;

  nearest = g_new (guint32, n * parts.k);
  parts.nearest = nearest;
  if (!search (&parts, progress, error))
    return NULL;
  join (self, nearest, parts.k);

  return g_steal_pointer (&self);
}

void
nerve_geodesic_free (NerveGeodesic *self)
{
  g_free (self->starts);
  g_free (self->neighbors);
  g_free (self);
}

gsize
nerve_geodesic_within (const NerveGeodesic *self, gsize source, double limit, guint32 *hops, guint32 *queue)
{
  gsize head = 0;
  gsize tail = 0;

  hops[source] = 0;
  queue[tail++] = source;
  while (head < tail)
    {
      guint32 point = queue[head++];

      if (hops[point] + 1.0 > limit)
        break;
      for (guint64 q = self->starts[point]; q < self->starts[point + 1]; q++)
        if (hops[self->neighbors[q]] == G_MAXUINT32)
          {
            hops[self->neighbors[q]] = hops[point] + 1;
            queue[tail++] = self->neighbors[q];
          }
    }

  return tail;
}

void
nerve_geodesic_hops (const NerveGeodesic *self, gsize source, double *out, gsize n_out)
{
  g_autofree guint32 *queue = g_new (guint32, self->n);
  g_autofree guint32 *hops = g_new (guint32, self->n);

  for (gsize i = 0; i < self->n; i++)
    hops[i] = G_MAXUINT32;
  nerve_geodesic_within (self, source, INFINITY, hops, queue);

  for (gsize i = 0; i < n_out; i++)
    out[i] = hops[i] == G_MAXUINT32 ? INFINITY : hops[i];
}
