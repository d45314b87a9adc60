#include "homology/rips-estimate.h"

#include <math.h>
#include <stdio.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/parallel.h"

#define MOST_STRANDS 8 /* as in rips-lunes.c */
#define BYTES_PER_EDGE 16.0

/* Measured on clouds of 500 to 10,000 points (tests/bench/memory). */
#define MOST_SLICE (1.5 * 1024 * 1024)
#define SHARE_OF_FIRST_SLICE 0.375
#define REDUCTION_PER_POINT 1024.0
#define REDUCTION_PER_PAIR 1.0
#define FIXED (1.5 * 1024 * 1024)

/* Measured on circles, tori and noise of 20,000 to 100,000 points (tests/bench/sparse). */
#define SPARSE_PER_EDGE 38.0
#define SPARSE_PER_POINT 160.0
#define SPARSE_PER_COORDINATE 18.0 /* of up to so many: loops become more with the dimension */
#define SPARSE_COORDINATES 64
#define SECONDS_PER_NEIGHBOUR 5e-9

#define SECONDS_PER_COORDINATE 2.5e-10 /* a pair's */
#define SECONDS_PER_PAIR 1e-8
#define SECONDS_PER_WORD 2e-10 /* of 64 points, for each pair */
#define SECONDS_PER_SIMPLEX 1e-9 /* the same, for each simplex from triangles on that could be a column */
#define SECONDS_PER_STEP 5e-10 /* of the search for a loop's shortest cycle, along an edge */
/* Of what H2 and above need besides, but for long columns. */
#define VOIDS 1.15
#define FIXED_OF_VOIDS 1e6

static double
count_pairs (gsize n)
{
  return (double) n * (n - MIN (n, 1)) / 2;
}

/* The matrix of keys, a graph a strand, the edges sorted at once, what the columns leave. */
static double
measure_loops (gsize n, double n_edges, guint threads)
{
  double stride = (n / 64 + 1) * 64.0;
  double row = (n / 512 + 1) * 64.0;
  double slice = MIN (n_edges * SHARE_OF_FIRST_SLICE, MOST_SLICE) * BYTES_PER_EDGE;

  return 2 * n * stride + MIN (threads, MOST_STRANDS) * (n + 3) * row + slice + REDUCTION_PER_POINT * n
         + REDUCTION_PER_PAIR * n_edges;
}

/* Edges by rank, twice while they are sorted, and the matrix of ranks. */
static double
measure_voids (gsize n, double n_edges)
{
  return VOIDS * (n_edges * (2 * BYTES_PER_EDGE + 1) + 4.0 * n * n) + FIXED_OF_VOIDS;
}

/* Each simplex that could be a column is looked at; two points near a third are often near each other. */
static double
time_voids (gsize n, double n_edges, int max_dimension)
{
  double share = n_edges / MAX (count_pairs (n), 1);
  double n_simplices = n_edges;
  double seconds = 0;

  for (int dimension = 2; dimension <= max_dimension && n > (gsize) dimension; dimension++)
    {
      n_simplices *= (n - dimension) / (dimension + 1.0) * share;
      seconds += n_simplices * (n / 64 + 1) * SECONDS_PER_SIMPLEX;
    }

  return seconds;
}

void
nerve_rips_estimate (gsize n, gsize d, double n_edges, int max_dimension, guint threads, NerveRipsEstimate *out)
{
  double pairs = count_pairs (n);
  double distances = d > 0 ? 8 * pairs : 0;
  double working = 24.0 * n;
  double seconds = pairs * d * SECONDS_PER_COORDINATE + pairs * SECONDS_PER_PAIR;

  n_edges = MIN (n_edges, pairs);
  if (max_dimension >= 1)
    {
      working = measure_loops (n, n_edges, threads);
      seconds += n_edges * (n / 64.0) * SECONDS_PER_WORD;
    }
  if (max_dimension >= 2)
    {
      working = MAX (working, measure_voids (n, n_edges));
      seconds += time_voids (n, n_edges, max_dimension);
    }

  out->bytes = distances + working + FIXED;
  out->seconds = seconds;
  out->is_least = max_dimension >= 2;
}

double
nerve_rips_estimate_representatives (gsize n, double n_edges)
{
  /* About as many loops as points. */
  return n * 2 * MIN (n_edges, count_pairs (n)) * SECONDS_PER_STEP;
}

void
nerve_rips_estimate_sparse (gsize n, gsize d, double n_edges, guint threads, NerveRipsEstimate *out)
{
  double pairs = count_pairs (n);
  double per_point = SPARSE_PER_POINT + SPARSE_PER_COORDINATE * MIN (d, SPARSE_COORDINATES);

  /* Coordinates in single precision, and what a thread lays out. */
  per_point += 4.0 * d + 16.0 * threads;
  out->bytes = n_edges * SPARSE_PER_EDGE + n * per_point + FIXED;
  out->seconds = pairs * d * SECONDS_PER_COORDINATE + n_edges * (1.0 + n_edges / MAX (n, 1)) * SECONDS_PER_NEIGHBOUR;
  out->is_least = FALSE;
}

guint64
nerve_memory_resident (void)
{
  unsigned long long pages = 0;
  FILE *file = fopen ("/proc/self/statm", "r");

  if (file == NULL)
    return 0;
  if (fscanf (file, "%*s %llu", &pages) != 1)
    pages = 0;
  fclose (file);

  return pages * sysconf (_SC_PAGESIZE);
}

/* Of all edges. */
static NerveRipsEstimate
estimate_whole (gsize n, gsize d, int max_dimension)
{
  NerveRipsEstimate estimate;

  nerve_rips_estimate (n, d, INFINITY, max_dimension, nerve_parallel_get_threads (), &estimate);

  return estimate;
}

/* Of fewer points @d coordinates less are there, which is left aside. */
static gsize
find_fitting (gsize n, gsize d, int max_dimension, guint64 room)
{
  gsize low = 0;
  gsize high = n;

  while (low + 1 < high)
    {
      gsize middle = low + (high - low) / 2;

      if (estimate_whole (middle, MAX (d, 1), max_dimension).bytes <= room)
        low = middle;
      else
        high = middle;
    }

  return low;
}

static guint64
get_room (guint64 limit)
{
  return limit > 0 ? limit - MIN (limit, nerve_memory_resident ()) : nerve_memory_available ();
}

gboolean
nerve_rips_check_estimate (gsize n, const NerveRipsEstimate *estimate, guint64 limit, GError **error)
{
  guint64 resident = nerve_memory_resident ();
  guint64 room = get_room (limit);
  g_autofree char *needed = NULL;
  g_autofree char *allowed = NULL;

  if (estimate->bytes <= room)
    return TRUE;

  needed = nerve_memory_format ((double) estimate->bytes + resident);
  allowed = nerve_memory_format (limit > 0 ? (double) limit : (double) room + resident);
  g_set_error (error, NERVE_ERROR, NERVE_ERROR_MEMORY,
               "persistence of %" G_GSIZE_FORMAT " points would need %s %s of memory, %s are %s", n,
               estimate->is_least ? "at least" : "about", needed, allowed, limit > 0 ? "allowed" : "there");

  return FALSE;
}

gboolean
nerve_rips_check_fits (gsize n, gsize d, int max_dimension, guint64 limit, gsize *n_fitting, GError **error)
{
  NerveRipsEstimate estimate = estimate_whole (n, d, max_dimension);

  if (n_fitting != NULL)
    *n_fitting = n;
  if (nerve_rips_check_estimate (n, &estimate, limit, error))
    return TRUE;

  if (n_fitting != NULL)
    *n_fitting = find_fitting (n, d, max_dimension, get_room (limit));

  return FALSE;
}

guint64
nerve_memory_parse (const char *text)
{
  static const char units[] = "KMGT";
  char *end;
  double number = g_ascii_strtod (text, &end);

  if (end == text || !(number >= 0))
    return 0;
  while (*end == ' ')
    end++;
  for (guint i = 0; units[i] != '\0'; i++)
    if (g_ascii_toupper (*end) == units[i])
      {
        number *= pow (1000, i + 1);
        end++;
        break;
      }
  if (g_ascii_toupper (*end) == 'B')
    end++;

  return *end == '\0' && number < 1e18 ? number : 0;
}
