#include "mapper/mapper-private.h"

#include <math.h>
#include <stdlib.h>

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  guint32 x = *(const guint32 *) a;
  guint32 y = *(const guint32 *) b;

  return (x > y) - (x < y);
}

static gsize
find_ball (const NerveNeighbours *graph, const NerveNear *near, guint32 centre, guint32 *rows)
{
  const gsize *offsets = near->offsets + nerve_neighbours_get_positions (graph)[centre];
  gsize n = 0;

  rows[n++] = centre;
  for (guint shell = 0; shell < near->n_shells; shell++)
    for (gsize i = offsets[shell * near->n]; i < offsets[shell * near->n + 1]; i++)
      if (near->distances[i] <= near->eps)
        rows[n++] = nerve_neighbours_get_rows (graph)[near->others[i]];
  qsort (rows, n, sizeof (guint32), compare_rows);

  return n;
}

/* Landmarks in input order: each point that no earlier ball holds is the centre of one. */
static GArray *
find_balls (const NerveNeighbours *graph, double eps)
{
  gsize n = nerve_neighbours_get_n (graph);
  NerveNear near = nerve_neighbours_within (graph, eps);
  g_autofree gboolean *covered = g_new0 (gboolean, n);
  g_autofree guint32 *rows = g_new (guint32, n);
  GArray *slices = g_array_new (FALSE, FALSE, sizeof (NerveSlice));

  for (gsize centre = 0; centre < n; centre++)
    {
      NerveSlice slice = { .n_clusters = 1 };

      if (covered[centre])
        continue;
      slice.n = find_ball (graph, &near, centre, rows);
      slice.rows = g_memdup2 (rows, slice.n * sizeof (guint32));
      slice.labels = g_new0 (gint32, slice.n);
      for (gsize i = 0; i < slice.n; i++)
        covered[rows[i]] = TRUE;
      g_array_append_val (slices, slice);
    }

  return slices;
}

static void
free_slices (GArray *slices)
{
  for (guint i = 0; i < slices->len; i++)
    {
      g_free ((guint32 *) g_array_index (slices, NerveSlice, i).rows);
      g_free (g_array_index (slices, NerveSlice, i).labels);
    }
  g_array_unref (slices);
}

gboolean
nerve_mapper_balls (NerveMapper *self, NerveMapperStore *store, const NerveProgress *progress, GError **error)
{
  NerveProgress searching = nerve_progress_part (progress, 0.0, 0.9);
  NerveProgress assembling = nerve_progress_part (progress, 0.9, 1.0);
  const NerveMapperParameters *parameters = &self->parameters;
  g_autoptr (NerveNeighbours) graph = NULL;
  GArray *slices;
  gboolean done;

  graph = nerve_mapper_store_graph (store, parameters->lens, parameters->lens_number, self->lens[0], parameters->eps,
                                    NULL, 0, &searching, error);
  if (graph == NULL)
    return FALSE;
  if (nerve_neighbours_get_eps (graph) < parameters->eps)
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_MEMORY, "the pairs of points within eps = %g of each other don't "
                   "fit into memory, and balls need them all: lower eps or the number of points", parameters->eps);
      return FALSE;
    }

  slices = find_balls (graph, parameters->eps);
  done = nerve_mapper_assemble (self, (const NerveSlice *) slices->data, slices->len, &assembling, error);
  free_slices (slices);

  return done;
}
