#include "mapper/mapper.h"

#include <math.h>

#include "cloud/rows.h"
#include "mapper/cluster.h"
#include "mapper/lens.h"
#include "mapper/mapper-private.h"

/* The numbers of the lenses are part of what they are. */
static void
resolve_lenses (NerveMapper *self)
{
  self->parameters.lens_number = nerve_lens_number (self->parameters.lens, self->parameters.lens_number);
  self->parameters.second_number = nerve_lens_number (self->parameters.second_lens, self->parameters.second_number);
  self->n_lenses = self->parameters.second_lens >= 0 ? 2 : 1;
}

static gboolean
evaluate_lenses (NerveMapper *self, NerveMapperStore *store, const NerveProgress *progress, GError **error)
{
  NerveProgress first = nerve_progress_part (progress, 0.0, self->n_lenses == 2 ? 0.5 : 1.0);
  NerveProgress second = nerve_progress_part (progress, 0.5, 1.0);

  self->lens[0] = nerve_mapper_store_lens (store, self->parameters.lens, self->parameters.lens_number, &first, error);
  if (self->lens[0] == NULL || self->n_lenses == 1)
    return self->lens[0] != NULL;
  self->lens[1] = nerve_mapper_store_lens (store, self->parameters.second_lens, self->parameters.second_number, &second,
                                           error);
  return self->lens[1] != NULL;
}

static void
set_up_cover (NerveMapper *self)
{
  gsize n = nerve_cloud_get_n (self->cloud);

  nerve_automatic_cover (&self->parameters, n);
  if (self->parameters.cover == NERVE_COVER_BALL)
    return;

  for (guint lens = 0; lens < self->n_lenses; lens++)
    {
      self->intervals[lens] = g_new (NerveInterval, MAX (self->parameters.intervals, NERVE_COVER_MOST));
      self->n_intervals[lens] = nerve_cover_intervals (self->parameters.cover, self->lens[lens], n,
                                                       self->parameters.intervals, self->parameters.overlap,
                                                       self->intervals[lens]);
    }
}

/* Whether anything asks for eps. */
static gboolean
needs_eps (const NerveMapperParameters *parameters)
{
  return parameters->cover == NERVE_COVER_BALL || parameters->clusterer == NERVE_CLUSTERER_DBSCAN ||
         parameters->cut == NERVE_CUT_EPS;
}

static gboolean
build (NerveMapper *self, NerveMapperStore *store, gboolean paper, const NerveProgress *progress, GError **error)
{
  gboolean search_eps = isnan (self->parameters.eps) && needs_eps (&self->parameters);
  double searched = search_eps ? 0.6 : 0.02;
  NerveProgress parts[] = {
    nerve_progress_part (progress, 0.0, 0.02),
    nerve_progress_part (progress, 0.02, searched),
    nerve_progress_part (progress, searched, 1.0),
  };

  resolve_lenses (self);
  if (!evaluate_lenses (self, store, &parts[0], error))
    return FALSE;
  set_up_cover (self);
  if (search_eps && !nerve_mapper_store_automatic (store, &self->parameters, paper, &self->automatic, &parts[1], error))
    return FALSE;

  return (self->parameters.cover == NERVE_COVER_BALL ? nerve_mapper_balls : nerve_mapper_cluster)
           (self, store, &parts[2], error);
}

NerveMapper *
nerve_mapper_new_from_store (NerveMapperStore *store, const NerveMapperParameters *parameters, gboolean paper,
                             const NerveProgress *progress, GError **error)
{
  g_autoptr (NerveMapper) self = NULL;

  g_return_val_if_fail (store != NULL, NULL);

  if (!nerve_automatic_check (parameters, error) ||
      !nerve_mapper_store_check_range (store, error))
    return NULL;

  self = g_new0 (NerveMapper, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->cloud = nerve_cloud_ref (nerve_mapper_store_get_cloud (store));
  self->parameters = *parameters;
  self->automatic.knee = NAN;
  if (!build (self, store, paper, progress, error))
    return NULL;

  return g_steal_pointer (&self);
}

NerveMapper *
nerve_mapper_new (const NerveCloud *cloud, const NerveMapperParameters *parameters, gboolean paper,
                  const NerveProgress *progress, GError **error)
{
  g_autoptr (NerveMapperStore) store = nerve_mapper_store_new_once (cloud);

  return nerve_mapper_new_from_store (store, parameters, paper, progress, error);
}

gboolean
nerve_mapper_measure (NerveMapper *self, NerveMapperStore *store, gboolean paper, const NerveProgress *progress,
                      GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->automatic.k_distances != NULL ||
         nerve_mapper_store_automatic (store, &self->parameters, paper, &self->automatic, progress, error);
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
  for (guint lens = 0; lens < 2; lens++)
    {
      g_free (self->lens[lens]);
      g_free (self->intervals[lens]);
    }
  g_free (self->cell_counts);
  g_free (self->cell_noise);
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
  return self->lens[0];
}

guint
nerve_mapper_get_n_intervals (const NerveMapper *self)
{
  return self->n_intervals[0];
}

const NerveInterval *
nerve_mapper_get_intervals (const NerveMapper *self)
{
  return self->intervals[0];
}

guint
nerve_mapper_get_n_cells (const NerveMapper *self)
{
  return self->n_cells;
}

gsize
nerve_mapper_get_interval_count (const NerveMapper *self, guint cell)
{
  g_return_val_if_fail (cell < self->n_cells, 0);

  return self->cell_counts[cell];
}

gsize
nerve_mapper_get_cell_noise (const NerveMapper *self, guint cell)
{
  g_return_val_if_fail (cell < self->n_cells, 0);

  return self->cell_noise[cell];
}

gboolean
nerve_mapper_is_piecewise (const NerveMapper *self)
{
  return self->is_piecewise;
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
  g_autofree double *scratch = g_new (double, 2 * d);
  const double *first;

  if (self->automatic.coincident || n < 2)
    return self->automatic.coincident;

  /* Not as bytes: there are two zeros. */
  first = nerve_cloud_get_row (self->cloud, 0, scratch);
  for (gsize i = 1; i < n; i++)
    {
      const double *point = nerve_cloud_get_row (self->cloud, i, scratch + d);

      for (gsize k = 0; k < d; k++)
        if (point[k] != first[k])
          return FALSE;
    }

  return TRUE;
}
