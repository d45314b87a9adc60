#include "homology/rips-higher.h"

#include "homology/rips-estimate.h"
#include "homology/rips-higher-private.h"

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NerveRipsGraph, nerve_rips_graph_clear)

gboolean
nerve_rips_higher (const double *values, gsize n, double threshold, int max_dimension, GArray *bars,
                   guint64 limit, const NerveProgress *progress, GError **error)
{
  NerveProgress sorting = nerve_progress_part (progress, 0.0, 0.05);
  NerveProgress computing = nerve_progress_part (progress, 0.05, 1.0);
  NerveMemoryBudget budget = { .limit = limit, .held = nerve_memory_resident () };
  g_auto (NerveRipsGraph) graph = { 0 };
  guint bits;

  g_return_val_if_fail (max_dimension <= NERVE_RIPS_MOST_DIMENSIONS, FALSE);

  /* No void without a tetrahedron. */
  if (n < 4)
    return TRUE;
  if (!nerve_rips_graph_init (&graph, values, n, threshold, &budget, &sorting, error))
    return FALSE;

  /* One bit is left for what is larger than every key. */
  bits = nerve_rips_key_bits (&graph, max_dimension + 2) + 1;
  if (bits <= 64)
    return nerve_rips_higher_64 (&graph, max_dimension, bars, &budget, &computing, error);
  if (bits <= 128)
    return nerve_rips_higher_128 (&graph, max_dimension, bars, &budget, &computing, error);

  g_set_error (error, NERVE_ERROR, NERVE_ERROR_MEMORY,
               "simplices of %d of %" G_GSIZE_FORMAT " points would need numbers of %u bits, 128 are there: fewer "
               "points or a lower dimension", max_dimension + 2, n, bits);
  return FALSE;
}
