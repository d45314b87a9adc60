#include "config.h"

#include <glib/gi18n.h>

#include "app/cli/betti-values.h"
#include "app/cli/diagram-output.h"
#include "app/cli/command.h"
#include "base/memory.h"
#include "homology/cubical.h"

typedef struct
{
  char *layer;
  char *image;
  int   construction;
  int   max_dimension;
  int   format;
} Values;

static const char *const constructions[] = { "v", "t", NULL };

/* Highest first: that is the default. */
static const char *const dimensions[] = { "2", "1", "0", NULL };

static void
declare (gpointer user_data, NerveOptions *options)
{
  Values *values = user_data;

  nerve_options_add_string (options, "layer", 0, N_("NAME"), &values->layer,
                            N_("The layer; needed if there are several"));
  nerve_options_add_string (options, "image", 0, N_("I"), &values->image,
                            N_("The image whose tensor it is, from 0; needed if there are several"));
  nerve_options_add_choice (options, "construction", constructions, &values->construction,
                            N_("Voxels are vertices (v) or cubes (t)"));
  nerve_options_add_choice (options, "max-dim", dimensions, &values->max_dimension, N_("Highest dimension of bars"));
  nerve_options_add_choice (options, "format", nerve_diagram_formats, &values->format,
                            N_("Columns or keys: dimension, birth, death; an essential bar dies at inf"));
}

static void
clear (gpointer user_data)
{
  Values *values = user_data;

  g_free (values->layer);
  g_free (values->image);
}

static gboolean
find_image (const Values *values, const NerveLayer *layer, gsize *image, GError **error)
{
  guint64 number = 0;

  if (values->image == NULL && layer->n > 1)
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER,
                   _("--image: which one? “%s” has %zu images, from 0 to %zu"),
                   layer->name, layer->n, layer->n - 1);
      return FALSE;
    }
  if (values->image != NULL &&
      (!g_ascii_string_to_unsigned (values->image, 10, 0, G_MAXUINT64, &number, NULL) || number >= layer->n))
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER,
                   _("--image: %s is not an image of “%s”, which are 0 to %zu"),
                   values->image, layer->name, layer->n - 1);
      return FALSE;
    }

  *image = number;
  return TRUE;
}

/* The numbers of one image, or of a whole table. */
static double *
read_volume (const Values *values, NerveInvocation *invocation, NerveDataset *dataset, gsize shape[3], GError **error)
{
  const NerveLayer *layer;
  g_autofree double *volume = NULL;
  gsize image = 0, n_rows = 1;
  guint position;

  if (!nerve_invocation_find_layer (invocation, dataset, values->layer, &position, error))
    return NULL;
  layer = nerve_dataset_get_layer (dataset, position);
  shape[0] = layer->channels;
  shape[1] = layer->height;
  shape[2] = layer->width;
  if (nerve_betti_values_is_volume (dataset, layer) && values->image == NULL)
    {
      shape[1] = n_rows = layer->n;
      shape[2] = layer->channels;
      shape[0] = 1;
    }
  else if (!find_image (values, layer, &image, error))
    return NULL;

  volume = nerve_memory_new (shape[0] * shape[1] * shape[2], sizeof (double), "the volume", error);
  if (volume == NULL ||
      !nerve_dataset_read_rows (dataset, position, image, n_rows, volume, error) ||
      !nerve_dataset_check_finite (dataset, position, image, n_rows, volume, error))
    return NULL;

  return g_steal_pointer (&volume);
}

static gboolean
run (gpointer user_data, NerveInvocation *invocation, GError **error)
{
  const Values *values = user_data;
  NerveOptions *options = nerve_invocation_get_options (invocation);
  g_autoptr (NerveDataset) dataset = nerve_invocation_open_dataset (invocation, 0, error);
  g_autoptr (NerveOutput) output = NULL;
  g_autoptr (NerveDiagram) diagram = NULL;
  g_autofree double *volume = NULL;
  gsize shape[3];

  if (dataset == NULL)
    return FALSE;
  volume = read_volume (values, invocation, dataset, shape, error);
  if (volume == NULL)
    return FALSE;
  output = nerve_invocation_open_output (invocation, NULL, error);
  if (output == NULL)
    return FALSE;
  diagram = nerve_cubical_diagram_new_take (g_steal_pointer (&volume), shape, values->construction,
                                            2 - values->max_dimension, nerve_invocation_get_progress (invocation),
                                            error);
  if (diagram == NULL)
    return FALSE;
  nerve_diagram_write (diagram, nerve_diagram_format (values->format, nerve_options_is_given (options, "format"),
                                                      nerve_invocation_get_output (invocation)), output);

  return nerve_invocation_commit (invocation, g_steal_pointer (&output), NULL, error);
}

const NerveCommand nerve_command_cubical = {
  .name = "cubical",
  .files = "FILE",
  .min_files = 1,
  .max_files = 1,
  .summary = N_("Persistent homology of one image's tensor as a grey-scale volume: a cubical complex over Z/2"),
  .size = sizeof (Values),
  .declare = declare,
  .run = run,
  .clear = clear,
};
