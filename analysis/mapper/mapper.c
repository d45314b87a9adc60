#include "mapper/mapper.h"

#include <math.h>
#include <string.h>

#include "base/parallel.h"
#include "mapper/automatic.h"
#include "mapper/cluster.h"
#include "mapper/duplicates.h"
#include "mapper/lens.h"
#include "mapper/neighbours.h"

struct _NerveMapper
{
  gatomicrefcount       ref_count;
  NerveCloud           *cloud;
  NerveMapperParameters parameters;
  double               *lens;
  NerveInterval        *intervals;
  gsize                *interval_counts;
  guint                 n_intervals;
  NerveAutomatic        automatic;
  NerveNode            *nodes;
  guint                 n_nodes;
  guint32              *members;       /* of all nodes */
  gsize                *offsets;       /* n_nodes + 1, into members */
  guint32              *point_nodes;
  gsize                *point_offsets; /* points + 1, into point_nodes */
  GArray               *edges;
  guint                *components;
  guint                 n_components;
  gsize                 n_noise;
};

/* The clusters of one interval. */
typedef struct
{
  guint32 *points; /* ascending */
  gint32  *labels; /* one a point */
  gsize    n_points;
  guint    n_clusters;
} Slice;

typedef struct
{
  const NerveMapper     *mapper;
  const NerveNeighbours *neighbours; /* NULL: an interval is one cluster */
  Slice                 *slices;     /* one an interval */
  const NerveProgress   *progress;
} Clustering;

static void
take_slice (Slice *slice, const NerveMapper *self, const NerveInterval *interval)
{
  gsize n = nerve_cloud_get_n (self->cloud);

  slice->points = g_new (guint32, n);
  for (gsize i = 0; i < n; i++)
    if (self->lens[i] >= interval->lower && self->lens[i] <= interval->upper)
      slice->points[slice->n_points++] = i;
  slice->points = g_renew (guint32, slice->points, slice->n_points);
  slice->labels = g_new0 (gint32, slice->n_points);
}

static gboolean
label_slice (Slice *slice, const Clustering *clustering)
{
  const NerveMapper *self = clustering->mapper;
  gsize n = nerve_cloud_get_n (self->cloud);
  g_autofree gint32 *labels = g_new (gint32, n);

  for (gsize i = 0; i < n; i++)
    labels[i] = NERVE_CLUSTER_OUTSIDE;
  if (!nerve_cluster (self->parameters.clusterer, clustering->neighbours, self->parameters.eps,
                      self->parameters.min_samples, slice->points, slice->n_points, labels, &slice->n_clusters,
                      clustering->progress))
    return FALSE;

  for (gsize i = 0; i < slice->n_points; i++)
    slice->labels[i] = labels[slice->points[i]];

  return TRUE;
}

static gboolean
cluster_intervals (gsize begin, gsize end, guint worker, gpointer user_data)
{
  Clustering *clustering = user_data;
  const NerveMapper *self = clustering->mapper;

  for (gsize i = begin; i < end; i++)
    {
      Slice *slice = &clustering->slices[i];

      take_slice (slice, self, &self->intervals[i]);
      if (slice->n_points < (gsize) self->parameters.min_samples)
        continue;
      if (clustering->neighbours == NULL)
        slice->n_clusters = 1;
      else if (!label_slice (slice, clustering))
        return FALSE;
    }

  return TRUE;
}

static void
free_slices (Slice *slices, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_free (slices[i].points);
      g_free (slices[i].labels);
    }
  g_free (slices);
}

/* Where the members of each node begin: a slice's clusters follow the nodes before it. */
static void
count_members (NerveMapper *self, const Slice *slices)
{
  guint first = 0;

  for (guint s = 0; s < self->n_intervals; s++)
    self->n_nodes += slices[s].n_clusters;

  self->nodes = g_new0 (NerveNode, self->n_nodes);
  self->offsets = g_new0 (gsize, self->n_nodes + 1);
  for (guint s = 0; s < self->n_intervals; s++)
    {
      for (guint c = 0; c < slices[s].n_clusters; c++)
        self->nodes[first + c] = (NerveNode) { .interval = s, .cluster = c };
      if (slices[s].n_clusters > 0)
        for (gsize i = 0; i < slices[s].n_points; i++)
          if (slices[s].labels[i] >= 0)
            self->offsets[first + slices[s].labels[i] + 1]++;
      first += slices[s].n_clusters;
    }
  for (guint node = 0; node < self->n_nodes; node++)
    self->offsets[node + 1] += self->offsets[node];
}

static void
add_member (NerveMapper *self, guint node, guint32 point)
{
  NerveNode *to = &self->nodes[node];

  self->members[self->offsets[node] + to->n_members++] = point;
  to->lens_mean += self->lens[point];
}

static void
fill_nodes (NerveMapper *self, const Slice *slices)
{
  guint first = 0;

  count_members (self, slices);
  self->members = g_new (guint32, self->offsets[self->n_nodes]);
  self->interval_counts = g_new (gsize, self->n_intervals);
  for (guint s = 0; s < self->n_intervals; s++)
    {
      self->interval_counts[s] = slices[s].n_points;
      if (slices[s].n_clusters > 0)
        for (gsize i = 0; i < slices[s].n_points; i++)
          if (slices[s].labels[i] >= 0)
            add_member (self, first + slices[s].labels[i], slices[s].points[i]);
      first += slices[s].n_clusters;
    }

  for (guint node = 0; node < self->n_nodes; node++)
    {
      self->nodes[node].members = self->members + self->offsets[node];
      self->nodes[node].lens_mean /= self->nodes[node].n_members;
    }
}

static gboolean
find_nodes (NerveMapper *self, const NerveNeighbours *neighbours, const NerveProgress *progress, GError **error)
{
  Slice *slices = g_new0 (Slice, self->n_intervals);
  Clustering clustering = { self, neighbours, slices, progress };
  gboolean done = nerve_parallel_for (self->n_intervals, 1, cluster_intervals, &clustering, progress);

  if (done)
    fill_nodes (self, slices);
  free_slices (slices, self->n_intervals);

  return done || nerve_progress_set_cancelled (error);
}

static gboolean
find_edges (NerveMapper *self, const NerveProgress *progress, GError **error)
{
  gsize n = nerve_cloud_get_n (self->cloud);

  self->point_nodes = nerve_nerve_points (self->members, self->offsets, self->n_nodes, n, &self->point_offsets);
  for (gsize i = 0; i < n; i++)
    self->n_noise += self->point_offsets[i] == self->point_offsets[i + 1];

  self->edges = nerve_nerve_edges (self->members, self->offsets, self->n_nodes, self->point_nodes, self->point_offsets,
                                   self->parameters.min_intersection, progress);
  if (self->edges == NULL)
    return nerve_progress_set_cancelled (error);

  self->components = g_new (guint, self->n_nodes);
  self->n_components = nerve_nerve_components ((const NerveEdge *) self->edges->data, self->edges->len,
                                               self->n_nodes, self->components);
  return TRUE;
}

static double
find_widest (const NerveMapper *self)
{
  double widest = 0.0;

  for (guint i = 0; i < self->n_intervals; i++)
    widest = MAX (widest, self->intervals[i].upper - self->intervals[i].lower);

  return widest;
}

static gboolean
set_up_cover (NerveMapper *self, const NerveProgress *progress, GError **error)
{
  gsize n = nerve_cloud_get_n (self->cloud);

  self->lens = g_new (double, n);
  if (!nerve_lens_evaluate (self->parameters.lens, self->cloud, self->lens, progress, error))
    return FALSE;

  nerve_automatic_cover (&self->parameters, n);
  self->intervals = g_new (NerveInterval, self->parameters.intervals);
  self->n_intervals = nerve_cover_intervals (self->parameters.cover, self->lens, n, self->parameters.intervals,
                                             self->parameters.overlap, self->intervals);
  return TRUE;
}

/* Every point has a duplicate: the rule goes by the nearest of the others instead. */
static gboolean
look_past_duplicates (NerveMapper *self, gboolean paper, const NerveProgress *progress, GError **error)
{
  NerveAutomatic *automatic = &self->automatic;
  gsize n = nerve_cloud_get_n (self->cloud);
  g_autofree double *nearest = g_new (double, n);

  if (!nerve_duplicates_nearest (self->cloud, nearest, progress, error))
    return FALSE;
  if ((paper ? nerve_neighbours_first_knee : nerve_neighbours_knee) (nearest, n, &automatic->knee))
    {
      self->parameters.eps = MAX (self->parameters.eps, automatic->knee);
      automatic->coincident = FALSE;
    }
  return TRUE;
}

static gboolean
search_eps (NerveMapper *self, gboolean paper, const NerveProgress *progress, GError **error)
{
  NerveProgress parts[] = { nerve_progress_part (progress, 0.0, 0.5), nerve_progress_part (progress, 0.5, 1.0) };

  if (!nerve_automatic_eps (&self->parameters, self->cloud, paper, &self->automatic, &parts[0], error))
    return FALSE;
  return !isnan (self->automatic.knee) || look_past_duplicates (self, paper, &parts[1], error);
}

static gboolean
build (NerveMapper *self, gboolean paper, const NerveProgress *progress, GError **error)
{
  gboolean is_automatic = isnan (self->parameters.eps);
  double searched = is_automatic ? 0.6 : 0.02;
  NerveProgress parts[] = {
    nerve_progress_part (progress, 0.0, 0.02),
    nerve_progress_part (progress, 0.02, searched),
    nerve_progress_part (progress, searched, 0.9),
    nerve_progress_part (progress, 0.9, 0.98),
    nerve_progress_part (progress, 0.98, 1.0),
  };
  g_autoptr (NerveNeighbours) neighbours = NULL;

  if (!set_up_cover (self, &parts[0], error))
    return FALSE;
  if (is_automatic && !search_eps (self, paper, &parts[1], error))
    return FALSE;

  if (!self->automatic.coincident)
    {
      neighbours = nerve_neighbours_new (self->cloud, self->parameters.eps, self->lens, find_widest (self), &parts[2],
                                         error);
      if (neighbours == NULL)
        return FALSE;
    }

  return find_nodes (self, neighbours, &parts[3], error) && find_edges (self, &parts[4], error);
}

NerveMapper *
nerve_mapper_new (const NerveCloud *cloud, const NerveMapperParameters *parameters, gboolean paper,
                  const NerveProgress *progress, GError **error)
{
  g_autoptr (NerveMapper) self = NULL;

  g_return_val_if_fail (cloud != NULL, NULL);

  if (!nerve_automatic_check (parameters, error))
    return NULL;

  self = g_new0 (NerveMapper, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->cloud = nerve_cloud_ref ((NerveCloud *) cloud);
  self->parameters = *parameters;
  self->automatic.knee = NAN;
  if (!build (self, paper, progress, error))
    return NULL;

  return g_steal_pointer (&self);
}

gboolean
nerve_mapper_measure (NerveMapper *self, gboolean paper, const NerveProgress *progress, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->automatic.k_distances != NULL ||
         nerve_automatic_measure (self->cloud, self->parameters.min_samples, paper, &self->automatic, progress, error);
}

NerveMapper *
nerve_mapper_ref (NerveMapper *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
nerve_mapper_unref (NerveMapper *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  nerve_automatic_clear (&self->automatic);
  g_clear_pointer (&self->cloud, nerve_cloud_unref);
  g_clear_pointer (&self->edges, g_array_unref);
  g_free (self->lens);
  g_free (self->intervals);
  g_free (self->interval_counts);
  g_free (self->nodes);
  g_free (self->members);
  g_free (self->offsets);
  g_free (self->point_nodes);
  g_free (self->point_offsets);
  g_free (self->components);
  g_free (self);
}

NerveCloud *
nerve_mapper_get_cloud (const NerveMapper *self)
{
  return self->cloud;
}

const NerveMapperParameters *
nerve_mapper_get_parameters (const NerveMapper *self)
{
  return &self->parameters;
}

guint
nerve_mapper_get_n_nodes (const NerveMapper *self)
{
  return self->n_nodes;
}

const NerveNode *
nerve_mapper_get_node (const NerveMapper *self, guint node)
{
  g_return_val_if_fail (node < self->n_nodes, NULL);

  return &self->nodes[node];
}

char *
nerve_mapper_get_node_id (const NerveMapper *self, guint node)
{
  g_return_val_if_fail (node < self->n_nodes, NULL);

  return g_strdup_printf ("cube%u_cluster%u", self->nodes[node].interval, self->nodes[node].cluster);
}

guint
nerve_mapper_get_n_edges (const NerveMapper *self)
{
  return self->edges->len;
}

const NerveEdge *
nerve_mapper_get_edges (const NerveMapper *self)
{
  return (const NerveEdge *) self->edges->data;
}

const guint32 *
nerve_mapper_get_point_nodes (const NerveMapper *self, gsize point, gsize *n)
{
  g_return_val_if_fail (point < nerve_cloud_get_n (self->cloud), NULL);

  *n = self->point_offsets[point + 1] - self->point_offsets[point];

  return self->point_nodes + self->point_offsets[point];
}

guint
nerve_mapper_get_n_components (const NerveMapper *self)
{
  return self->n_components;
}

guint
nerve_mapper_get_component (const NerveMapper *self, guint node)
{
  g_return_val_if_fail (node < self->n_nodes, 0);

  return self->components[node];
}

double
nerve_mapper_get_coverage (const NerveMapper *self)
{
  gsize n = nerve_cloud_get_n (self->cloud);

  return n > 0 ? (double) (n - self->n_noise) / n : 0.0;
}

gsize
nerve_mapper_get_n_noise (const NerveMapper *self)
{
  return self->n_noise;
}

const double *
nerve_mapper_get_lens (const NerveMapper *self)
{
  return self->lens;
}

guint
nerve_mapper_get_n_intervals (const NerveMapper *self)
{
  return self->n_intervals;
}

const NerveInterval *
nerve_mapper_get_intervals (const NerveMapper *self)
{
  return self->intervals;
}

gsize
nerve_mapper_get_interval_count (const NerveMapper *self, guint interval)
{
  g_return_val_if_fail (interval < self->n_intervals, 0);

  return self->interval_counts[interval];
}

const double *
nerve_mapper_get_k_distances (const NerveMapper *self)
{
  return self->automatic.k_distances;
}

double
nerve_mapper_get_knee (const NerveMapper *self)
{
  return self->automatic.knee;
}

gboolean
nerve_mapper_is_coincident (const NerveMapper *self)
{
  gsize n = nerve_cloud_get_n (self->cloud);
  gsize d = nerve_cloud_get_dimension (self->cloud);
  const double *points = nerve_cloud_get_points (self->cloud);

  if (self->automatic.coincident || n < 2)
    return self->automatic.coincident;

  /* Not as bytes: there are two zeros. */
  for (gsize i = d; i < n * d; i++)
    if (points[i] != points[i % d])
      return FALSE;

  return TRUE;
}
