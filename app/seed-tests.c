#include "config.h"

#include "app/seed-tests.h"

#include <glib/gi18n.h>

static void
unref_dataset (gpointer dataset)
{
  nerve_dataset_unref (dataset);
}

static gboolean
has_same_layers (NerveDataset *a, NerveDataset *b)
{
  guint n = nerve_dataset_get_n_layers (a);

  if (nerve_dataset_get_n_layers (b) != n)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!g_str_equal (nerve_dataset_get_layer (a, i)->name, nerve_dataset_get_layer (b, i)->name))
      return FALSE;

  return TRUE;
}

GPtrArray *
nerve_seed_tests_choose (const NerveMatrixInput *input, NerveDataset *dataset)
{
  GPtrArray *chosen = g_ptr_array_new_with_free_func (unref_dataset);

  for (guint i = 0; i < input->others->len; i++)
    {
      const NerveOpenModel *other = input->others->pdata[i];

      if ((input->rival < 0 || input->rival == (int) i) && has_same_layers (dataset, other->dataset))
        g_ptr_array_add (chosen, nerve_dataset_ref (other->dataset));
    }

  return chosen;
}

char *
nerve_seed_tests_key (const NerveMatrixInput *input, NerveDataset *dataset, const NerveLayerParameters *parameters,
                      int layer)
{
  g_autofree char *compared = nerve_matrix_input_key (input, dataset, parameters, input->rival < 0);

  return g_strdup_printf ("%d|%s", layer, compared);
}

/* The networks, with the images that are compared, and how clouds are made. */
typedef struct
{
  GPtrArray            *datasets; /* the first is the one whose distance is tested */
  NerveLayerParameters *parameters;
  guint                 n_layers;
  NerveMeasureParameters measure;
} Seeds;

static void
seeds_clear (Seeds *self)
{
  g_clear_pointer (&self->datasets, g_ptr_array_unref);
  nerve_layer_parameters_free_all (self->parameters, self->n_layers);
  nerve_parameters_clear (&nerve_measure_table, &self->measure);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Seeds, seeds_clear)

static gboolean
seeds_init (Seeds *self, const NerveMatrixInput *input, NerveDataset *dataset, const NerveLayerParameters *parameters,
            GError **error)
{
  g_autoptr (GPtrArray) others = nerve_seed_tests_choose (input, dataset);

  self->n_layers = nerve_dataset_get_n_layers (dataset);
  self->parameters = nerve_layer_parameters_copy_all (parameters, self->n_layers);
  for (guint i = 0; i < self->n_layers; i++)
    nerve_matrix_view_adapt (&input->view, &self->parameters[i]);
  nerve_matrix_view_get_measure (&input->view, &self->measure);
  self->datasets = g_ptr_array_new_with_free_func (unref_dataset);
  for (guint i = 0; i <= others->len; i++)
    {
      NerveDataset *chosen = nerve_matrix_input_images (input, dataset, i == 0 ? dataset : others->pdata[i - 1], error);

      if (chosen == NULL)
        return FALSE;
      g_ptr_array_add (self->datasets, chosen);
    }

  return TRUE;
}

NerveSensitivity *
nerve_seed_tests_sensitivity (const NerveMatrixInput *input, NerveDataset *dataset, guint layer,
                              const NerveLayerParameters *parameters, const NerveProgress *progress, GError **error)
{
  g_auto (Seeds) seeds = { NULL };
  g_autofree guint *layers = NULL;
  NerveSensitivityParameters values;
  NerveSensitivity *result;

  if (!seeds_init (&seeds, input, dataset, parameters, error))
    return NULL;

  layers = g_new (guint, seeds.datasets->len);
  for (guint i = 0; i < seeds.datasets->len; i++)
    layers[i] = layer;
  nerve_parameters_init (&nerve_sensitivity_table, &values);
  result = nerve_sensitivity_new ((NerveDataset * const *) seeds.datasets->pdata, layers, seeds.datasets->len,
                                  &seeds.parameters[layer].cloud, &seeds.measure, &values, progress, error);
  nerve_parameters_clear (&nerve_sensitivity_table, &values);

  return result;
}

/* One array of clouds' parameters a network: what is left out of one is left out of it alone. */
static gboolean
fill_models (const Seeds *self, NerveModelLayers *models, GError **error)
{
  for (guint i = 0; i < self->datasets->len; i++)
    {
      const NerveCloudParameters **clouds = g_new (const NerveCloudParameters *, self->n_layers);
      const NerveMapperParameters **mappers = g_new (const NerveMapperParameters *, self->n_layers);

      for (guint layer = 0; layer < self->n_layers; layer++)
        {
          clouds[layer] = &self->parameters[layer].cloud;
          mappers[layer] = &self->parameters[layer].mapper;
        }
      models[i] = (NerveModelLayers) { self->datasets->pdata[i], clouds, mappers };
      if (!nerve_cloud_leave_out (self->datasets->pdata[i], clouds, NULL, error))
        return FALSE;
    }

  return TRUE;
}

NerveSpecificity *
nerve_seed_tests_specificity (const NerveMatrixInput *input, NerveDataset *dataset,
                              const NerveLayerParameters *parameters, const NerveProgress *progress, GError **error)
{
  g_auto (Seeds) seeds = { NULL };
  g_autofree NerveModelLayers *models = NULL;
  NerveSpecificityParameters values;
  NerveSpecificity *result = NULL;

  if (!seeds_init (&seeds, input, dataset, parameters, error))
    return NULL;
  if (seeds.datasets->len < 2)
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_NOT_FOUND,
                   _("no other network with the same layers is open"));
      return NULL;
    }

  models = g_new0 (NerveModelLayers, seeds.datasets->len);
  nerve_parameters_init (&nerve_specificity_table, &values);
  if (fill_models (&seeds, models, error))
    result = nerve_specificity_new (models, seeds.datasets->len, &seeds.measure, &values, parameters[0].cloud.seed,
                                    progress, error);
  nerve_parameters_clear (&nerve_specificity_table, &values);
  for (guint i = 0; i < seeds.datasets->len; i++)
    {
      g_free ((gpointer) models[i].clouds);
      g_free ((gpointer) models[i].mappers);
    }

  return result;
}
