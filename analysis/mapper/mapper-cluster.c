#include "mapper/mapper-private.h"

#include "base/parallel.h"
#include "mapper/cluster.h"

typedef struct
{
  NerveMapper           *mapper;
  const NerveCells      *cells;
  const NerveNeighbours *graph;
  NerveClusterSettings   settings;
  NerveDistances        *distances;
  double                 unit;
  gboolean               is_whole; /* each cell is one cluster */
  NerveClusterScratch   *scratch;  /* a worker's */
  NerveSlice            *slices;
  const NerveProgress   *progress;
} Clustering;

static NerveClusterScratch *
take_scratch (Clustering *self, guint worker)
{
  if (self->scratch[worker].seats == NULL)
    nerve_cluster_scratch_init (&self->scratch[worker], nerve_cloud_get_n (self->mapper->cloud));

  return &self->scratch[worker];
}

static gboolean
cluster_cell (Clustering *self, guint cell, const NerveNeighbours *graph, NerveClusterScratch *scratch)
{
  NerveSlice *slice = &self->slices[cell];
  NerveClusterMembers members = {
    self->cells->rows + self->cells->offsets[cell], self->cells->positions + self->cells->offsets[cell],
    nerve_cells_count (self->cells, cell),
  };

  return nerve_cluster (&self->settings, graph, self->mapper->cloud, self->distances, self->unit, &members, scratch,
                        slice->labels, &slice->n_clusters, self->progress);
}

static gboolean
cluster_cells (gsize begin, gsize end, guint worker, gpointer user_data)
{
  Clustering *self = user_data;
  NerveClusterScratch *scratch = take_scratch (self, worker);

  for (gsize cell = begin; cell < end; cell++)
    {
      NerveSlice *slice = &self->slices[cell];
      gsize fewest = self->settings.clusterer == NERVE_CLUSTERER_DBSCAN ? self->settings.min_samples : 1;

      if (self->is_whole)
        slice->n_clusters = slice->n >= fewest;
      else if (!cluster_cell (self, cell, self->graph, scratch))
        return FALSE;
    }

  return TRUE;
}

/* The graph of each cell's own points, one after the other: the first lens's range of it. */
static gboolean
cluster_piecewise (Clustering *self, const NerveProgress *progress, GError **error)
{
  NerveClusterScratch *scratch = take_scratch (self, 0);

  self->mapper->is_piecewise = TRUE;
  for (guint cell = 0; cell < self->cells->n; cell++)
    {
      gsize count = nerve_cells_count (self->cells, cell);
      const guint32 *positions = self->cells->positions + self->cells->offsets[cell];
      NerveProgress part = nerve_progress_part (progress, (double) cell / self->cells->n,
                                                (cell + 1.0) / self->cells->n);
      g_autoptr (NerveNeighbours) graph = NULL;

      if (count == 0)
        continue;
      graph = nerve_neighbours_part (self->graph, self->settings.eps, positions[0], positions[count - 1] + 1, &part,
                                     error);
      if (graph == NULL)
        return FALSE;
      if (!cluster_cell (self, cell, graph, scratch))
        return nerve_progress_set_cancelled (error);
    }

  return TRUE;
}

static void
make_slices (Clustering *self, guint n)
{
  self->slices = g_new0 (NerveSlice, n);
  for (guint cell = 0; cell < n; cell++)
    {
      self->slices[cell].rows = self->cells->rows + self->cells->offsets[cell];
      self->slices[cell].n = nerve_cells_count (self->cells, cell);
      self->slices[cell].labels = g_new0 (gint32, self->slices[cell].n);
    }
}

static void
clustering_clear (Clustering *self)
{
  for (guint cell = 0; self->slices != NULL && cell < self->cells->n; cell++)
    g_free (self->slices[cell].labels);
  for (guint worker = 0; worker < nerve_parallel_get_threads (); worker++)
    nerve_cluster_scratch_clear (&self->scratch[worker]);
  g_free (self->slices);
  g_free (self->scratch);
  g_clear_pointer (&self->distances, nerve_distances_unref);
}

static gboolean
run (Clustering *self, NerveMapperStore *store, const NerveProgress *progress, GError **error)
{
  NerveProgress clustering = nerve_progress_part (progress, 0.0, 0.9);
  NerveProgress assembling = nerve_progress_part (progress, 0.9, 1.0);
  gboolean piecewise = !self->is_whole && nerve_cluster_needs_graph (&self->settings) &&
                       nerve_neighbours_get_eps (self->graph) < self->settings.eps;

  if (!nerve_cluster_needs_graph (&self->settings) &&
      !nerve_mapper_store_distances (store, &self->distances, &self->unit, &clustering, error))
    return FALSE;

  make_slices (self, self->cells->n);
  if (piecewise && !cluster_piecewise (self, &clustering, error))
    return FALSE;
  if (!piecewise && !nerve_parallel_for (self->cells->n, 1, cluster_cells, self, &clustering))
    return nerve_progress_set_cancelled (error);

  return nerve_mapper_assemble (self->mapper, self->slices, self->cells->n, &assembling, error);
}

gboolean
nerve_mapper_cluster (NerveMapper *self, NerveMapperStore *store, const NerveProgress *progress, GError **error)
{
  NerveProgress searching = nerve_progress_part (progress, 0.0, 0.8);
  NerveProgress clustering = nerve_progress_part (progress, 0.8, 1.0);
  const NerveMapperParameters *parameters = &self->parameters;
  g_autoptr (NerveNeighbours) graph = NULL;
  g_auto (NerveCells) cells = { 0 };
  Clustering work = {
    .mapper = self, .cells = &cells, .unit = 1.0, .is_whole = self->automatic.coincident, .progress = progress,
    .settings = { parameters->clusterer, parameters->cut, parameters->gap, parameters->bins, parameters->eps,
                  parameters->min_samples },
  };
  gboolean needed = !work.is_whole && nerve_cluster_needs_graph (&work.settings);
  gboolean done;

  graph = nerve_mapper_store_graph (store, parameters->lens, parameters->lens_number, self->lens[0],
                                    needed ? parameters->eps : -1.0, self->intervals[0], self->n_intervals[0],
                                    &searching, error);
  if (graph == NULL)
    return FALSE;

  nerve_cells_init (&cells, nerve_cloud_get_n (self->cloud), (const double *const *) self->lens, self->intervals,
                    self->n_intervals, nerve_neighbours_get_rows (graph));
  work.graph = graph;
  work.scratch = g_new0 (NerveClusterScratch, nerve_parallel_get_threads ());
  done = run (&work, store, &clustering, error);
  clustering_clear (&work);

  return done;
}
