#include "homology/rips-cloud.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/parallel.h"
#include "cloud/near.h"
#include "homology/rips-adjacency.h"
#include "homology/rips-sparse.h"
#include "homology/rips-watch.h"

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

  memset (out, 0, sizeof *out);
  out->n_edges = n * (n - MIN (n, 1)) / 2.0;
  if (n >= 2 && isfinite (parameters->threshold)
      && !nerve_near_count (cloud, parameters->threshold, &out->n_edges, progress, error))
    return FALSE;
  nerve_rips_estimate (n, d, out->n_edges, parameters->max_dimension, threads, &out->estimate);
  if (n < 2 || !isfinite (parameters->threshold) || parameters->max_dimension > 1)
    return TRUE;

  nerve_rips_estimate_sparse (n, d, out->n_edges, threads, &sparse);
  if (room == 0)
    room = nerve_memory_available ();
  out->is_sparse = 2.0 * out->n_edges * POINTS_PER_NEIGHBOUR <= (double) n * n
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

static NerveRipsEdge *
find_edges (const NerveCloud *cloud, double threshold, gsize *n_edges, const NerveProgress *progress, GError **error)
{
  guint64 budget = MIN (nerve_memory_available () / BYTES_PER_PAIR, NERVE_RIPS_MOST_EDGES);
  g_autoptr (GPtrArray) pairs = nerve_near_pairs (cloud, threshold, budget, n_edges, progress, error);

  return pairs != NULL ? take_edges (pairs, *n_edges, progress, error) : NULL;
}

/* @watch: or NULL */
static NerveDiagram *
compute (const NerveCloud *cloud, const NerveRipsParameters *parameters, const NerveRipsPlan *plan,
         const NerveRipsWatch *watch, const NerveProgress *progress, GError **error)
{
  NerveProgress measuring = nerve_progress_part (progress, 0.0, 0.3);
  NerveProgress reducing = nerve_progress_part (progress, 0.3, 1.0);
  g_autoptr (NerveDistances) distances = NULL;
  NerveRipsEdge *edges = NULL;
  gsize n = nerve_cloud_get_n (cloud);
  gsize n_edges;

  if (plan->is_sparse)
    edges = find_edges (cloud, parameters->threshold, &n_edges, &measuring, error);
  else
    distances = nerve_cloud_distances (cloud, &measuring, error);
  if (edges == NULL && distances == NULL)
    return NULL;

  if (plan->is_sparse && watch != NULL)
    return nerve_rips_sparse_watched (edges, n_edges, n, watch, &reducing, error);
  if (plan->is_sparse)
    return nerve_rips_sparse (edges, n_edges, n, parameters->max_dimension, &reducing, error);
  if (watch != NULL)
    return nerve_rips_watched (distances, parameters->threshold, watch, &reducing, error);

  return nerve_rips (distances, parameters, &reducing, error);
}

NerveDiagram *
nerve_rips_cloud (const NerveCloud *cloud, const NerveRipsParameters *parameters, const NerveRipsPlan *plan,
                  const NerveProgress *progress, GError **error)
{
  return compute (cloud, parameters, plan, NULL, progress, error);
}

NerveDiagram *
nerve_rips_cloud_watched (const NerveCloud *cloud, double threshold, const NerveRipsPlan *plan,
                          const NerveRipsWatch *watch, const NerveProgress *progress, GError **error)
{
  const NerveRipsParameters parameters = { 1, threshold };

  return compute (cloud, &parameters, plan, watch, progress, error);
}
