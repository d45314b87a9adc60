#include "config.h"

#include "app/lens-values.h"

#include <glib/gi18n.h>

#include "mapper/lens.h"

/* The last vector layer of that kind; G_MAXUINT if there is none. */
static guint
find_logits (NerveDataset *dataset)
{
  for (guint i = nerve_dataset_get_n_layers (dataset); i-- > 0;)
    {
      const NerveLayer *layer = nerve_dataset_get_layer (dataset, i);

      if (layer->is_vector && g_strcmp0 (layer->kind, "linear") == 0)
        return i;
    }

  return G_MAXUINT;
}

static gboolean
give_logit (NerveMapperStore *store, NerveDataset *dataset, int number, const NerveProgress *progress, GError **error)
{
  const NerveCloud *cloud = nerve_mapper_store_get_cloud (store);
  NerveCloudParameters parameters = { 0 };
  g_autoptr (NerveCloud) logits = NULL;
  g_autofree double *values = NULL;
  guint layer = find_logits (dataset);
  gsize d;

  if (layer == G_MAXUINT)
    {
      g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_NOT_FOUND,
                           _("the lens logit needs a vector layer of kind linear, and the file has none"));
      return FALSE;
    }
  nerve_parameters_init (&nerve_cloud_table, &parameters);
  logits = nerve_cloud_new (dataset, layer, &parameters, progress, error);
  nerve_parameters_clear (&nerve_cloud_table, &parameters);
  if (logits == NULL)
    return FALSE;

  d = nerve_cloud_get_dimension (logits);
  if ((gsize) number >= d)
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER,
                   _("the lens logit:%d does not exist: layer %s has %zu"), number,
                   nerve_dataset_get_layer (dataset, layer)->name, d);
      return FALSE;
    }
  values = g_new (double, nerve_cloud_get_n (cloud));
  for (gsize i = 0; i < nerve_cloud_get_n (cloud); i++)
    values[i] = nerve_cloud_get_points (logits)[nerve_cloud_get_images (cloud)[i] * d + number];
  nerve_mapper_store_set_values (store, NERVE_LENS_LOGIT, number, values);

  return TRUE;
}

gboolean
nerve_lens_values_prepare (NerveMapperStore *store, NerveDataset *dataset, const NerveMapperParameters *parameters,
                           const NerveProgress *progress, GError **error)
{
  int first = nerve_lens_number (parameters->lens, parameters->lens_number);
  int second = nerve_lens_number (parameters->second_lens, parameters->second_number);

  return (parameters->lens != NERVE_LENS_LOGIT || give_logit (store, dataset, first, progress, error)) &&
         (parameters->second_lens != NERVE_LENS_LOGIT || give_logit (store, dataset, second, progress, error));
}
