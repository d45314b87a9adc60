#include "mapper/mapper-private.h"

#include <math.h>
#include <stdlib.h>
/* Neighbours in both directions: each pair stands in the graph once. */
typedef struct
{
  gsize   *offsets;
  guint32 *others; /* rows */
} Adjacency;

static void
adjacency_init (Adjacency *self, const NerveNeighbours *graph, double eps)
{
  gsize n = nerve_neighbours_get_n (graph);
  const guint32 *rows = nerve_neighbours_get_rows (graph);
  g_autofree gsize *next = NULL;

  self->offsets = g_new0 (gsize, n + 1);
  for (guint pass = 0; pass < 2; pass++)
    {
      for (gsize p = 0; p < n; p++)
        {
          const double *distances;
          gsize found;
          const guint32 *others = nerve_neighbours_get (graph, p, &found, &distances);

          for (gsize i = 0; i < found; i++)
            if (distances[i] <= eps && pass == 0)
              {
                self->offsets[rows[p] + 1]++;
                self->offsets[rows[others[i]] + 1]++;
              }
            else if (distances[i] <= eps)
              {
                self->others[next[rows[p]]++] = rows[others[i]];
                self->others[next[rows[others[i]]]++] = rows[p];
              }
        }
      if (pass == 1)
        break;
      for (gsize i = 0; i < n; i++)
        self->offsets[i + 1] += self->offsets[i];
      self->others = g_new (guint32, self->offsets[n]);
      next = g_memdup2 (self->offsets, (n + 1) * sizeof (gsize));
    }
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  guint32 x = *(const guint32 *) a;
  guint32 y = *(const guint32 *) b;

  return (x > y) - (x < y);
}

/* Landmarks in input order: each point that no earlier ball holds is the centre of one. */
static GArray *
find_balls (const Adjacency *adjacency, gsize n)
{
  g_autofree gboolean *covered = g_new0 (gboolean, n);
  GArray *slices = g_array_new (FALSE, FALSE, sizeof (NerveSlice));

  for (gsize centre = 0; centre < n; centre++)
    {
      gsize count = adjacency->offsets[centre + 1] - adjacency->offsets[centre];
      const guint32 *others = adjacency->others + adjacency->offsets[centre];
      guint32 *rows;
      NerveSlice slice = { .n = count + 1, .n_clusters = 1 };

      if (covered[centre])
        continue;
      rows = g_new (guint32, count + 1);
      for (gsize i = 0; i < count; i++)
        rows[i] = others[i];
      rows[count] = centre;
      qsort (rows, count + 1, sizeof (guint32), compare_rows);
      for (gsize i = 0; i <= count; i++)
        covered[rows[i]] = TRUE;
      slice.rows = rows;
      slice.labels = g_new0 (gint32, count + 1);
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
  Adjacency adjacency = { NULL };
  GArray *slices;
  gboolean done;

  graph = nerve_mapper_store_graph (store, parameters->lens, parameters->lens_number, self->lens[0], parameters->eps,
                                    INFINITY, &searching, error);
  if (graph == NULL)
    return FALSE;
  if (nerve_neighbours_get_eps (graph) < parameters->eps)
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_MEMORY, "the pairs of points within eps = %g of each other don't "
                   "fit into memory, and balls need them all: lower eps or the number of points", parameters->eps);
      return FALSE;
    }

  adjacency_init (&adjacency, graph, parameters->eps);
  slices = find_balls (&adjacency, nerve_cloud_get_n (self->cloud));
  g_free (adjacency.offsets);
  g_free (adjacency.others);
  done = nerve_mapper_assemble (self, (const NerveSlice *) slices->data, slices->len, &assembling, error);
  free_slices (slices);

  return done;
}
