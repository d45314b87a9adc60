#include "config.h"

#include <glib/gi18n.h>

#include "app/cli/betti-values.h"
#include "app/cli/cloud-values.h"
#include "app/cli/table.h"
#include "base/memory.h"

typedef struct
{
  NerveBettiValues betti;
  char            *layer;
  gboolean         per_image;
} Values;

static void
declare (gpointer user_data, NerveOptions *options)
{
  Values *values = user_data;

  nerve_options_add_string (options, "layer", 0, N_("NAME"), &values->layer, N_("Only this layer; else all of them"));
  nerve_betti_values_declare (&values->betti, options);
  nerve_options_add_switch (options, "per-image", &values->per_image,
                            N_("A line for each image instead of means over images, then over classes"));
}

static void
clear (gpointer user_data)
{
  Values *values = user_data;

  nerve_betti_values_clear (&values->betti);
  g_free (values->layer);
}

static void
write_layer_name (NerveOutput *output, const NerveLayer *layer)
{
  nerve_csv_text (output, layer->name);
  nerve_output_printf (output, ",%" G_GINT64_FORMAT ",", layer->index);
}

static void
write_means (NerveOutput *output, const NerveLayer *layer, const NerveBettiLayer *betti)
{
  for (gsize eta = 0; eta < nerve_betti_layer_get_n_etas (betti); eta++)
    {
      double means[4];

      nerve_betti_layer_mean (betti, eta, means);
      write_layer_name (output, layer);
      nerve_output_number (output, nerve_betti_layer_get_etas (betti)[eta]);
      for (guint i = 0; i < 4; i++)
        {
          nerve_output_printf (output, ",");
          nerve_output_number (output, means[i]);
        }
      nerve_output_printf (output, "\n");
    }
}

static void
write_images (NerveOutput *output, NerveDataset *dataset, const NerveLayer *layer, const NerveBettiLayer *betti)
{
  for (gsize image = 0; image < nerve_betti_layer_get_n_images (betti); image++)
    for (gsize eta = 0; eta < nerve_betti_layer_get_n_etas (betti); eta++)
      {
        const guint64 *numbers = nerve_betti_layer_get_image (betti, eta, image);

        write_layer_name (output, layer);
        nerve_output_printf (output, "%" G_GSIZE_FORMAT ",%" G_GINT64_FORMAT ",", image,
                             nerve_label_number (dataset, image));
        nerve_output_number (output, nerve_betti_layer_get_etas (betti)[eta]);
        nerve_output_printf (output, ",%" G_GUINT64_FORMAT ",%" G_GUINT64_FORMAT ",%" G_GUINT64_FORMAT
                             ",%" G_GUINT64_FORMAT "\n", numbers[0], numbers[1], numbers[2],
                             numbers[0] + numbers[1] + numbers[2]);
      }
}

/* A table as one 2-D volume. */
static gboolean
write_volume (NerveOutput *output, NerveInvocation *invocation, NerveDataset *dataset, const double *etas,
              gsize n_etas, NerveBettiCount count, GError **error)
{
  const NerveLayer *layer = nerve_dataset_get_layer (dataset, 0);
  const gsize shape[3] = { 1, layer->n, layer->channels };
  g_autofree double *volume = nerve_memory_new (layer->n * layer->channels, sizeof (double), "the volume", error);
  g_autofree guint64 *numbers = g_new (guint64, 3 * n_etas + 1);
  g_autoptr (NerveBettiWorkspace) workspace = nerve_betti_workspace_new ();

  if (volume == NULL || !nerve_dataset_read_rows (dataset, 0, 0, layer->n, volume, error) ||
      !nerve_dataset_check_finite (dataset, 0, 0, layer->n, volume, error) ||
      !nerve_betti_numbers (workspace, volume, shape, etas, n_etas, count, numbers,
                            nerve_invocation_get_progress (invocation), error))
    return FALSE;

  nerve_output_printf (output, "layer,index,eta,beta0,beta1,beta2,omega\n");
  for (gsize e = 0; e < n_etas; e++)
    {
      const guint64 *own = numbers + 3 * e;

      write_layer_name (output, layer);
      nerve_output_number (output, etas[e]);
      nerve_output_printf (output, ",%" G_GUINT64_FORMAT ",%" G_GUINT64_FORMAT ",%" G_GUINT64_FORMAT
                           ",%" G_GUINT64_FORMAT "\n", own[0], own[1], own[2], own[0] + own[1] + own[2]);
    }

  return TRUE;
}

/* A result for each of @n layers. */
static GPtrArray *
count_layers (NerveInvocation *invocation, NerveDataset *dataset, guint first, guint n, const double *etas,
              gsize n_etas, NerveBettiCount count, GError **error)
{
  g_autoptr (GPtrArray) results = g_ptr_array_new_with_free_func ((GDestroyNotify) nerve_betti_layer_unref);

  for (guint i = 0; i < n; i++)
    {
      NerveProgress part = nerve_progress_part (nerve_invocation_get_progress (invocation), (double) i / n,
                                                (i + 1.0) / n);
      NerveBettiLayer *betti = nerve_betti_layer_new (dataset, first + i, etas, n_etas, count, &part, error);

      if (betti == NULL)
        return NULL;
      g_ptr_array_add (results, betti);
    }

  return g_steal_pointer (&results);
}

static void
write_results (NerveOutput *output, NerveDataset *dataset, guint first, GPtrArray *results, gboolean per_image)
{
  nerve_output_printf (output, "layer,index,%seta,beta0,beta1,beta2,omega\n", per_image ? "image,label," : "");
  for (guint i = 0; i < results->len; i++)
    {
      const NerveLayer *layer = nerve_dataset_get_layer (dataset, first + i);

      if (per_image)
        write_images (output, dataset, layer, g_ptr_array_index (results, i));
      else
        write_means (output, layer, g_ptr_array_index (results, i));
    }
}

/* The layer asked for, or all. */
static gboolean
find_layers (const Values *values, NerveInvocation *invocation, NerveDataset *dataset, guint *first, guint *n,
             GError **error)
{
  *first = 0;
  *n = nerve_dataset_get_n_layers (dataset);
  if (values->layer == NULL)
    return TRUE;

  *n = 1;
  return nerve_invocation_find_layer (invocation, dataset, values->layer, first, error);
}

static gboolean
run (gpointer user_data, NerveInvocation *invocation, GError **error)
{
  const Values *values = user_data;
  g_autoptr (NerveDataset) dataset = NULL;
  g_autoptr (NerveOutput) output = NULL;
  g_autoptr (GPtrArray) results = NULL;
  g_autofree double *etas = NULL;
  NerveBettiCount count;
  gsize n_etas;
  guint first, n;

  if (!nerve_betti_values_resolve (&values->betti, nerve_invocation_get_options (invocation), &etas, &n_etas, &count,
                                   error))
    return FALSE;
  dataset = nerve_invocation_open_dataset (invocation, 0, error);
  if (dataset == NULL || !find_layers (values, invocation, dataset, &first, &n, error))
    return FALSE;
  output = nerve_invocation_open_output (invocation, NULL, error);
  if (output == NULL)
    return FALSE;

  if (!values->per_image && nerve_betti_values_is_volume (dataset, nerve_dataset_get_layer (dataset, first)))
    {
      const NerveLayer *layer = nerve_dataset_get_layer (dataset, first);

      if (layer->n > 1)
        nerve_invocation_say (invocation, _("%zu × %zu is counted as one volume; --per-image counts each row"),
                              layer->n, layer->channels);
      return write_volume (output, invocation, dataset, etas, n_etas, count, error) &&
             nerve_invocation_commit (invocation, g_steal_pointer (&output), NULL, error);
    }

  nerve_betti_values_warn (invocation, dataset, first, n);
  results = count_layers (invocation, dataset, first, n, etas, n_etas, count, error);
  if (results == NULL)
    return FALSE;
  write_results (output, dataset, first, results, values->per_image);

  return nerve_invocation_commit (invocation, g_steal_pointer (&output), NULL, error);
}

const NerveCommand nerve_command_betti = {
  .name = "betti",
  .files = "FILE",
  .min_files = 1,
  .max_files = 1,
  .summary = N_("Betti numbers of every image's tensor as a grey-scale volume, layer by layer"),
  .size = sizeof (Values),
  .declare = declare,
  .run = run,
  .clear = clear,
};
