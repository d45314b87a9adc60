#include "mapper/mapper-bytes.h"

#include "mapper/mapper-private.h"

/* Without what lies between fields. */
static void
pack_parameters (const NerveMapperParameters *from, GByteArray *out)
{
  g_autofree NerveMapperParameters *clean = g_new0 (NerveMapperParameters, 1);

  nerve_parameters_init (&nerve_mapper_table, clean);
  nerve_parameters_copy (&nerve_mapper_table, clean, from);
  nerve_pack_array (out, clean, 1, sizeof *clean);
}

static void
pack_nodes (const NerveMapper *self, GByteArray *out)
{
  nerve_pack_number (out, self->n_nodes);
  nerve_pack_array (out, self->offsets, self->n_nodes + 1, sizeof (gsize));
  nerve_pack_array (out, self->members, self->offsets[self->n_nodes], sizeof (guint32));
  for (guint i = 0; i < self->n_nodes; i++)
    {
      nerve_pack_number (out, self->nodes[i].interval);
      nerve_pack_number (out, self->nodes[i].cluster);
      nerve_pack_double (out, self->nodes[i].lens_mean);
    }
  nerve_pack_array (out, self->edges->data, self->edges->len, sizeof (NerveEdge));
}

void
nerve_mapper_pack (const NerveMapper *self, GByteArray *out)
{
  gsize n = nerve_cloud_get_n (self->cloud);

  nerve_pack_number (out, n);
  pack_parameters (&self->parameters, out);
  nerve_pack_number (out, self->n_lenses);
  for (guint lens = 0; lens < 2; lens++)
    {
      nerve_pack_array (out, self->lens[lens], n, sizeof (double));
      nerve_pack_array (out, self->intervals[lens], self->n_intervals[lens], sizeof (NerveInterval));
    }
  nerve_pack_number (out, self->n_cells);
  nerve_pack_array (out, self->cell_counts, self->n_cells, sizeof (gsize));
  nerve_pack_array (out, self->cell_noise, self->n_cells, sizeof (gsize));
  nerve_pack_number (out, self->is_piecewise);
  nerve_pack_array (out, self->automatic.k_distances, n, sizeof (double));
  nerve_pack_double (out, self->automatic.knee);
  nerve_pack_number (out, self->automatic.coincident);
  nerve_pack_number (out, self->n_noise);
  pack_nodes (self, out);
}

/* Members in range, and each node's after the one's before. */
static gboolean
check_members (const NerveMapper *self, gsize n_members, gsize n_points)
{
  if (self->offsets == NULL || self->offsets[0] != 0 || self->offsets[self->n_nodes] != n_members)
    return FALSE;
  for (guint i = 0; i < self->n_nodes; i++)
    if (self->offsets[i] > self->offsets[i + 1])
      return FALSE;
  for (gsize i = 0; i < n_members; i++)
    if (self->members[i] >= n_points)
      return FALSE;

  return TRUE;
}

static gboolean
unpack_edges (NerveMapper *self, NerveUnpack *in)
{
  gsize n;
  g_autofree NerveEdge *edges = nerve_unpack_array (in, sizeof (NerveEdge), &n);

  if (edges == NULL)
    return FALSE;
  self->edges = g_array_sized_new (FALSE, FALSE, sizeof (NerveEdge), n);
  g_array_append_vals (self->edges, edges, n);
  for (gsize i = 0; i < n; i++)
    if (edges[i].source >= self->n_nodes || edges[i].target >= self->n_nodes)
      return FALSE;

  return TRUE;
}

static gboolean
unpack_nodes (NerveMapper *self, gsize n_points, NerveUnpack *in)
{
  gsize n_members;

  self->n_nodes = nerve_unpack_number (in);
  self->offsets = nerve_unpack_just (in, (gsize) self->n_nodes + 1, sizeof (gsize));
  self->members = nerve_unpack_array (in, sizeof (guint32), &n_members);
  if (in->failed || !check_members (self, n_members, n_points))
    return FALSE;

  self->nodes = g_new0 (NerveNode, MAX (self->n_nodes, 1));
  for (guint i = 0; i < self->n_nodes; i++)
    {
      self->nodes[i].interval = nerve_unpack_number (in);
      self->nodes[i].cluster = nerve_unpack_number (in);
      self->nodes[i].lens_mean = nerve_unpack_double (in);
      self->nodes[i].members = self->members + self->offsets[i];
      self->nodes[i].n_members = self->offsets[i + 1] - self->offsets[i];
    }

  return unpack_edges (self, in);
}

/* What follows from the nodes and edges. */
static void
connect (NerveMapper *self, gsize n_points)
{
  self->point_nodes = nerve_nerve_points (self->members, self->offsets, self->n_nodes, n_points,
                                          &self->point_offsets);
  self->components = g_new (guint, MAX (self->n_nodes, 1));
  self->n_components = nerve_nerve_components ((const NerveEdge *) self->edges->data, self->edges->len, self->n_nodes,
                                               self->components);
}

NerveMapper *
nerve_mapper_unpack (NerveCloud *cloud, NerveUnpack *in)
{
  g_autoptr (NerveMapper) self = g_new0 (NerveMapper, 1);
  gsize n = nerve_cloud_get_n (cloud);
  g_autofree NerveMapperParameters *parameters = NULL;

  g_atomic_ref_count_init (&self->ref_count);
  self->cloud = nerve_cloud_ref (cloud);
  if (nerve_unpack_number (in) != n)
    return NULL;
  parameters = nerve_unpack_just (in, 1, sizeof *parameters);
  if (parameters == NULL)
    return NULL;

  self->parameters = *parameters;
  self->n_lenses = nerve_unpack_number (in);
  for (guint lens = 0; lens < 2; lens++)
    {
      gsize n_intervals;

      self->lens[lens] = nerve_unpack_just (in, n, sizeof (double));
      self->intervals[lens] = nerve_unpack_array (in, sizeof (NerveInterval), &n_intervals);
      self->n_intervals[lens] = n_intervals;
    }
  self->n_cells = nerve_unpack_number (in);
  self->cell_counts = nerve_unpack_just (in, self->n_cells, sizeof (gsize));
  self->cell_noise = nerve_unpack_just (in, self->n_cells, sizeof (gsize));
  self->is_piecewise = nerve_unpack_number (in);
  self->automatic.k_distances = nerve_unpack_just (in, n, sizeof (double));
  self->automatic.knee = nerve_unpack_double (in);
  self->automatic.coincident = nerve_unpack_number (in);
  self->n_noise = nerve_unpack_number (in);
  if (!unpack_nodes (self, n, in) || in->failed)
    return NULL;

  connect (self, n);

  return g_steal_pointer (&self);
}
