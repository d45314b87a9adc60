#include "homology/rips-cloud.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/parallel.h"
#include "cloud/near.h"
#include "homology/rips-adjacency.h"
#include "homology/rips-sparse.h"

/* A neighbour in a list takes as long as so many points in a row of bits, their distances included. */
#define POINTS_PER_NEIGHBOUR 64
/* While pairs are gathered and made edges of, and where nobody has told how many there are. */
#define BYTES_PER_PAIR 64

gboolean
nerve_rips_plan (const NerveCloud *cloud, const NerveRipsParameters *parameters, guint64 room, NerveRipsPlan *out,
                 const NerveProgress *progress, GError **error)
{
  gsize n = nerve_cloud_get_n (cloud);
  gsize d = MAX (nerve_cloud_get_dimension (cloud), 1);
  guint threads = nerve_parallel_get_threads ();
  NerveRipsEstimate sparse;
  double n_edges;

  memset (out, 0, sizeof *out);
  nerve_rips_estimate (n, d, parameters->max_dimension, threads, &out->estimate);
  if (n < 2 || !isfinite (parameters->threshold) || parameters->max_dimension > 1)
    return TRUE;
  if (!nerve_near_count (cloud, parameters->threshold, &n_edges, progress, error))
    return FALSE;

  nerve_rips_estimate_sparse (n, d, n_edges, threads, &sparse);
  if (room == 0)
    room = nerve_memory_available ();
  out->is_sparse = 2.0 * n_edges * POINTS_PER_NEIGHBOUR <= (double) n * n
                   || (out->estimate.bytes > room && sparse.bytes < out->estimate.bytes);
  if (out->is_sparse)
    out->estimate = sparse;

  return TRUE;
}

/* Makes edges of the pairs, and gives each part of these back once it is done with. */
static NerveRipsEdge *
take_edges (GPtrArray *pairs, gsize n_pairs, const NerveProgress *progress, GError **error)
{
  g_autofree NerveRipsEdge *edges = nerve_memory_new (n_pairs, sizeof (NerveRipsEdge), "the edges of the filtration",
                                                      error);
  gsize n = 0;

  if (edges == NULL)
    return NULL;

  for (guint i = 0; i < pairs->len; i++)
    {
      g_autoptr (GArray) part = g_steal_pointer (&pairs->pdata[i]);

      for (guint k = 0; k < part->len; k++)
        {
          const NervePair *pair = &g_array_index (part, NervePair, k);

          edges[n++] = (NerveRipsEdge) { pair->distance + 0.0, pair->a, pair->b };
        }
      if (!nerve_progress_check (progress, error))
        return NULL;
    }

  return g_steal_pointer (&edges);
}

static NerveDiagram *
compute_sparse (const NerveCloud *cloud, const NerveRipsParameters *parameters, const NerveProgress *progress,
                GError **error)
{
  NerveProgress searching = nerve_progress_part (progress, 0.0, 0.4);
  NerveProgress reducing = nerve_progress_part (progress, 0.4, 1.0);
  guint64 budget = MIN (nerve_memory_available () / BYTES_PER_PAIR, NERVE_RIPS_MOST_EDGES);
  g_autoptr (GPtrArray) pairs = NULL;
  NerveRipsEdge *edges;
  gsize n_pairs;

  pairs = nerve_near_pairs (cloud, parameters->threshold, budget, &n_pairs, &searching, error);
  if (pairs == NULL)
    return NULL;
  edges = take_edges (pairs, n_pairs, &searching, error);
  if (edges == NULL)
    return NULL;

  return nerve_rips_sparse (edges, n_pairs, nerve_cloud_get_n (cloud), parameters->max_dimension, &reducing, error);
}

NerveDiagram *
nerve_rips_cloud (const NerveCloud *cloud, const NerveRipsParameters *parameters, const NerveRipsPlan *plan,
                  const NerveProgress *progress, GError **error)
{
  NerveProgress measuring = nerve_progress_part (progress, 0.0, 0.3);
  NerveProgress reducing = nerve_progress_part (progress, 0.3, 1.0);
  g_autoptr (NerveDistances) distances = NULL;

  if (plan->is_sparse)
    return compute_sparse (cloud, parameters, progress, error);

  distances = nerve_cloud_distances (cloud, &measuring, error);

  return distances != NULL ? nerve_rips (distances, parameters, &reducing, error) : NULL;
}
