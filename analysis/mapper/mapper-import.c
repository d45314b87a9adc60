#include <math.h>
#include <stdio.h>
#include <string.h>

#include "mapper/mapper-private.h"

/* "cube3_cluster0" as we write them; others are cells of their own. */
static void
read_id (const char *id, guint index, NerveNode *node)
{
  guint interval, cluster;
  int end = 0;

  if (sscanf (id, "cube%u_cluster%u%n", &interval, &cluster, &end) == 2 && id[end] == '\0')
    {
      node->interval = interval;
      node->cluster = cluster;
      return;
    }
  node->interval = index;
  node->cluster = 0;
}

static gsize
count_shared (const NerveNode *a, const NerveNode *b)
{
  gsize shared = 0;

  for (gsize i = 0, k = 0; i < a->n_members && k < b->n_members;)
    {
      guint32 x = a->members[i];
      guint32 y = b->members[k];

      shared += x == y;
      i += x <= y;
      k += y <= x;
    }

  return shared;
}

static void
take_edges (NerveMapper *self, const NerveGraphFile *file)
{
  self->edges = g_array_new (FALSE, FALSE, sizeof (NerveEdge));
  for (guint i = 0; i < file->n_edges; i++)
    {
      const NerveNode *a = &self->nodes[file->edges[i][0]];
      const NerveNode *b = &self->nodes[file->edges[i][1]];
      gsize shared = count_shared (a, b);
      NerveEdge edge = {
        file->edges[i][0], file->edges[i][1], shared, (double) shared / (a->n_members + b->n_members - shared),
      };

      g_array_append_val (self->edges, edge);
    }
}

NerveMapper *
nerve_mapper_new_from_file (NerveCloud *cloud, const NerveGraphFile *file)
{
  gsize n = nerve_cloud_get_n (cloud);
  NerveMapper *self;

  g_return_val_if_fail (n >= file->n_points, NULL);

  self = g_new0 (NerveMapper, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->cloud = nerve_cloud_ref (cloud);
  nerve_parameters_init (&nerve_mapper_table, &self->parameters);
  self->parameters.cover = NERVE_COVER_BALL;
  self->parameters.intervals = 1;
  self->parameters.overlap = 0;
  self->parameters.eps = 0;
  self->automatic.knee = NAN;
  self->n_lenses = 1;
  self->lens[0] = g_new0 (double, MAX (n, 1));
  self->n_nodes = file->n_nodes;
  self->nodes = g_new0 (NerveNode, MAX (self->n_nodes, 1));
  self->offsets = g_memdup2 (file->offsets, (self->n_nodes + 1) * sizeof (gsize));
  self->members = g_memdup2 (file->members, self->offsets[self->n_nodes] * sizeof (guint32));
  for (guint i = 0; i < self->n_nodes; i++)
    {
      self->nodes[i].members = self->members + self->offsets[i];
      self->nodes[i].n_members = self->offsets[i + 1] - self->offsets[i];
      read_id (file->ids[i], i, &self->nodes[i]);
    }
  take_edges (self, file);
  self->point_nodes = nerve_nerve_points (self->members, self->offsets, self->n_nodes, n, &self->point_offsets);
  for (gsize i = 0; i < n; i++)
    self->n_noise += self->point_offsets[i] == self->point_offsets[i + 1];
  self->components = g_new (guint, MAX (self->n_nodes, 1));
  self->n_components = nerve_nerve_components ((const NerveEdge *) self->edges->data, self->edges->len, self->n_nodes,
                                               self->components);

  return self;
}
