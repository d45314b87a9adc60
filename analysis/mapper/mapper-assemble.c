#include "mapper/mapper-private.h"

#include <string.h>

/* Where the members of each node begin: a slice's clusters follow the nodes before it. */
static void
count_members (NerveMapper *self, const NerveSlice *slices, guint n)
{
  guint first = 0;

  for (guint s = 0; s < n; s++)
    self->n_nodes += slices[s].n_clusters;

  self->nodes = g_new0 (NerveNode, self->n_nodes);
  self->offsets = g_new0 (gsize, self->n_nodes + 1);
  for (guint s = 0; s < n; s++)
    {
      for (guint c = 0; c < slices[s].n_clusters; c++)
        self->nodes[first + c] = (NerveNode) { .interval = s, .cluster = c };
      for (gsize i = 0; i < slices[s].n && slices[s].n_clusters > 0; i++)
        if (slices[s].labels[i] >= 0)
          self->offsets[first + slices[s].labels[i] + 1]++;
        else
          self->cell_noise[s]++;
      if (slices[s].n_clusters == 0)
        self->cell_noise[s] = slices[s].n;
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
  to->lens_mean += self->lens[0][point];
}

static void
point_at_members (NerveMapper *self)
{
  for (guint node = 0; node < self->n_nodes; node++)
    self->nodes[node].members = self->members + self->offsets[node];
}

static void
fill_nodes (NerveMapper *self, const NerveSlice *slices, guint n)
{
  guint first = 0;

  self->n_cells = n;
  self->cell_counts = g_new (gsize, n);
  self->cell_noise = g_new0 (gsize, n);
  count_members (self, slices, n);
  self->members = g_new (guint32, self->offsets[self->n_nodes]);
  for (guint s = 0; s < n; s++)
    {
      self->cell_counts[s] = slices[s].n;
      for (gsize i = 0; i < slices[s].n && slices[s].n_clusters > 0; i++)
        if (slices[s].labels[i] >= 0)
          add_member (self, first + slices[s].labels[i], slices[s].rows[i]);
      first += slices[s].n_clusters;
    }

  point_at_members (self);
  for (guint node = 0; node < self->n_nodes; node++)
    self->nodes[node].lens_mean /= self->nodes[node].n_members;
}

static gboolean
has_same_members (const NerveNode *a, const NerveNode *b)
{
  return a->n_members == b->n_members && memcmp (a->members, b->members, a->n_members * sizeof (guint32)) == 0;
}

/* Whether an earlier node, which must be among those that hold the first member, is the same. */
static gboolean
is_duplicate (const NerveMapper *self, guint node, const guint32 *point_nodes, const gsize *point_offsets)
{
  guint32 point = self->nodes[node].members[0];

  for (gsize i = point_offsets[point]; point_nodes[i] < node; i++)
    if (has_same_members (&self->nodes[point_nodes[i]], &self->nodes[node]))
      return TRUE;

  return FALSE;
}

/* The first of those with the same members stays. */
static void
merge_nodes (NerveMapper *self)
{
  g_autofree gsize *point_offsets = NULL;
  g_autofree guint32 *point_nodes = nerve_nerve_points (self->members, self->offsets, self->n_nodes,
                                                        nerve_cloud_get_n (self->cloud), &point_offsets);
  g_autofree gboolean *drop = g_new (gboolean, self->n_nodes);
  guint kept = 0;

  for (guint node = 0; node < self->n_nodes; node++)
    drop[node] = is_duplicate (self, node, point_nodes, point_offsets);
  for (guint node = 0; node < self->n_nodes; node++)
    {
      gsize size = self->nodes[node].n_members;

      if (drop[node])
        continue;
      memmove (self->members + self->offsets[kept], self->nodes[node].members, size * sizeof (guint32));
      self->nodes[kept] = self->nodes[node];
      self->offsets[kept + 1] = self->offsets[kept] + size;
      kept++;
    }
  self->n_nodes = kept;
  point_at_members (self);
}

static void
drop_weak_edges (NerveMapper *self)
{
  guint kept = 0;

  for (guint i = 0; i < self->edges->len; i++)
    {
      NerveEdge edge = g_array_index (self->edges, NerveEdge, i);

      if (edge.jaccard >= self->parameters.min_jaccard)
        g_array_index (self->edges, NerveEdge, kept++) = edge;
    }
  g_array_set_size (self->edges, kept);
}

gboolean
nerve_mapper_assemble (NerveMapper *self, const NerveSlice *slices, guint n, const NerveProgress *progress,
                       GError **error)
{
  gsize n_points = nerve_cloud_get_n (self->cloud);

  fill_nodes (self, slices, n);
  if (self->parameters.merge)
    merge_nodes (self);

  self->point_nodes = nerve_nerve_points (self->members, self->offsets, self->n_nodes, n_points,
                                          &self->point_offsets);
  for (gsize i = 0; i < n_points; i++)
    self->n_noise += self->point_offsets[i] == self->point_offsets[i + 1];

  self->edges = nerve_nerve_edges (self->members, self->offsets, self->n_nodes, self->point_nodes, self->point_offsets,
                                   self->parameters.min_intersection, progress);
  if (self->edges == NULL)
    return nerve_progress_set_cancelled (error);
  drop_weak_edges (self);

  self->components = g_new (guint, self->n_nodes);
  self->n_components = nerve_nerve_components ((const NerveEdge *) self->edges->data, self->edges->len,
                                               self->n_nodes, self->components);
  return TRUE;
}
