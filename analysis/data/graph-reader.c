/* Mapper graphs of other programs (.json): one layer of as many points as the nodes hold, without values. */
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "data/graph.h"
#include "data/reader.h"

#define MOST_BYTES ((guint64) 1 << 30)

/* What a point's only coordinate is: nothing is known of it. */
static gboolean
read_zeros (NerveArray *array, gsize first, gsize count, guint8 *out, GError **error)
{
  memset (out, 0, count * array->row_length * array->scalar.size);
  return TRUE;
}

static void
free_zeros (NerveArray *array)
{
  g_free (array);
}

static const NerveArrayClass zeros_class = { read_zeros, free_zeros };

static gboolean
claims (NerveFile *file, const guint8 head[8])
{
  return nerve_file_has_extension (file, ".json");
}

static gboolean
read_file (NerveFile *file, NerveContents *contents, const NerveProgress *progress, GError **error)
{
  g_autoptr (NerveArray) array = g_new0 (NerveArray, 1);
  const NerveScalar scalar = { NERVE_SCALAR_FLOAT, sizeof (double), FALSE };
  g_autofree char *text = NULL;
  guint64 extents[2] = { 0, 1 };

  array->class = &zeros_class;
  if (file->size > MOST_BYTES)
    {
      g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_MEMORY, "a graph of more than 1 GiB is not read");
      return FALSE;
    }
  text = nerve_memory_new (file->size, 1, "the graph", error);
  if (text == NULL || !nerve_file_read (file, 0, text, file->size, error))
    return FALSE;
  contents->graph = nerve_graph_file_parse (text, file->size, error);
  if (contents->graph == NULL)
    return FALSE;

  extents[0] = contents->graph->n_points;
  if (!nerve_array_init (array, &zeros_class, file, scalar, 2, extents, error))
    return FALSE;
  nerve_array_set_grain (array, array->n, NERVE_LAYER_BLOCK_BYTES);
  contents->format = g_strdup_printf ("%s graph", contents->graph->program);
  nerve_contents_assume (contents, "A mapper graph that %s made: there are no activations to compute anything else "
                         "from.", contents->graph->program);
  nerve_contents_add_layer (contents, file->stem, g_steal_pointer (&array), NERVE_AXES_ND);
  return TRUE;
}

const NerveReader nerve_graph_reader = { "graph", claims, read_file };
