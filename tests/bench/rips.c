/* Persistence of one matrix of distances and nothing else, for tests/bench/persistence.
 *
 * Usage: bench-rips FILE THREADS DIMENSION
 * FILE is a matrix as nerve-cli reads it (.npy), or else float32, lower triangle, rows in order.
 * Dimension -1: only read. */
#include <math.h>
#include <stdlib.h>

#include "base/parallel.h"
#include "data/blocks.h"
#include "homology/distance-matrix.h"
#include "homology/rips.h"

static NerveDistances *
read_triangle (const char *path, GError **error)
{
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, error);
  const float *values;
  double *distances;
  gsize n_pairs, n;

  if (file == NULL)
    return NULL;

  values = (const float *) g_mapped_file_get_contents (file);
  n_pairs = g_mapped_file_get_length (file) / sizeof (float);
  n = (sqrt (8.0 * n_pairs + 1.0) + 1.0) / 2.0 + 0.5;
  if (n * (n - 1) / 2 != n_pairs)
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_SHAPE, "not a lower triangle");
      return NULL;
    }

  distances = g_new (double, n_pairs);
  for (gsize i = 0; i < n_pairs; i++)
    distances[i] = values[i];

  return nerve_distances_take (distances, n);
}

static NerveDistances *
read_distances (const char *path, GError **error)
{
  if (!g_str_has_suffix (path, ".npy"))
    return read_triangle (path, error);

  nerve_blocks_set_limit (0);
  return nerve_distance_matrix_read (path, NULL, error);
}

int
main (int argc, char *argv[])
{
  NerveRipsParameters parameters = { 1, NAN };
  g_autoptr (NerveDistances) distances = NULL;
  g_autoptr (NerveDiagram) diagram = NULL;
  g_autoptr (GError) error = NULL;

  if (argc != 4)
    {
      g_printerr ("Usage: bench-rips FILE THREADS DIMENSION\n");
      return 2;
    }

  nerve_parallel_set_threads (atoi (argv[2]));
  parameters.max_dimension = atoi (argv[3]);
  distances = read_distances (argv[1], &error);
  if (distances != NULL && parameters.max_dimension >= 0)
    diagram = nerve_rips (distances, &parameters, NULL, &error);
  if (error != NULL)
    {
      g_printerr ("bench-rips: %s: %s\n", argv[1], error->message);
      return 1;
    }

  for (int dimension = 0; dimension <= parameters.max_dimension; dimension++)
    {
      NerveDiagramSummary summary;

      nerve_diagram_summarize (diagram, dimension, &summary);
      g_print ("H%d: %" G_GSIZE_FORMAT " bars, total %.9g\n", dimension, summary.n, summary.total);
    }

  return 0;
}
