#include "config.h"

#include "app/cli/figure-files.h"

#include "app/cli/cloud-values.h"
#include "app/noise.h"

/* Layers of the first scene, beside those of the same names in all other files. */
static gboolean
compute_sensitivities (NerveScene *scene, const NerveSceneValues *values, NerveInvocation *invocation,
                       GError **error)
{
  guint n = g_strv_length (nerve_invocation_get_files (invocation));
  g_autoptr (GPtrArray) datasets = g_ptr_array_new_with_free_func ((GDestroyNotify) nerve_dataset_unref);
  g_autofree guint *layers = g_new (guint, n);

  g_ptr_array_add (datasets, nerve_dataset_ref (scene->dataset));
  for (guint i = 1; i < n; i++)
    {
      NerveDataset *other = nerve_invocation_open_dataset (invocation, i, error);

      if (other == NULL)
        return FALSE;
      g_ptr_array_add (datasets, other);
    }
  for (guint c = 0; c < scene->n_columns; c++)
    {
      guint layer = scene->columns[c];
      const char *name = nerve_dataset_get_layer (scene->dataset, layer)->name;

      layers[0] = layer;
      for (guint i = 1; i < n; i++)
        if (!nerve_invocation_find_layer (invocation, datasets->pdata[i], name, &layers[i], error))
          return FALSE;
      nerve_invocation_blame (invocation, nerve_invocation_get_files (invocation)[0]);
      scene->network.sensitivities[layer] =
        nerve_sensitivity_new ((NerveDataset * const *) datasets->pdata, layers, n, &scene->parameters[layer].cloud,
                               &scene->comparison.measure, &scene->comparison.sensitivity,
                               nerve_invocation_get_progress (invocation), error);
      if (scene->network.sensitivities[layer] == NULL)
        return FALSE;
    }

  return TRUE;
}

/* All files' networks, each opened as the first one is. */
typedef struct
{
  guint             n;
  NerveScene       *scenes;
  NerveModelLayers *models;
} Networks;

static void
networks_clear (Networks *self)
{
  for (guint i = 0; i < self->n; i++)
    {
      g_free ((gpointer) self->models[i].clouds);
      g_free ((gpointer) self->models[i].mappers);
      nerve_scene_clear (&self->scenes[i]);
    }
  g_free (self->scenes);
  g_free (self->models);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Networks, networks_clear)

static gboolean
networks_init (Networks *self, const NerveSceneValues *values, NerveInvocation *invocation, GError **error)
{
  self->n = g_strv_length (nerve_invocation_get_files (invocation));
  self->scenes = g_new0 (NerveScene, self->n);
  self->models = g_new0 (NerveModelLayers, self->n);
  for (guint i = 0; i < self->n; i++)
    {
      NerveScene *scene = &self->scenes[i];
      const NerveCloudParameters **clouds;
      const NerveMapperParameters **mappers;

      if (!nerve_scene_open (scene, values, invocation, i, error))
        return FALSE;
      clouds = g_new (const NerveCloudParameters *, scene->n_layers);
      mappers = g_new (const NerveMapperParameters *, scene->n_layers);
      for (guint layer = 0; layer < scene->n_layers; layer++)
        {
          clouds[layer] = &scene->parameters[layer].cloud;
          mappers[layer] = &scene->parameters[layer].mapper;
        }
      self->models[i] = (NerveModelLayers) { scene->dataset, clouds, mappers };
      nerve_invocation_blame (invocation, nerve_invocation_get_files (invocation)[i]);
      if (!nerve_cloud_values_leave_out (invocation, scene->dataset, clouds, error))
        return FALSE;
    }
  nerve_invocation_blame (invocation, nerve_invocation_get_files (invocation)[0]);

  return TRUE;
}

/* The first network's layers against the second's. */
static gboolean
compute_matrix (NerveScene *scene, const NerveSceneValues *values, NerveInvocation *invocation, GError **error)
{
  g_auto (Networks) networks = { 0 };

  if (!networks_init (&networks, values, invocation, error))
    return FALSE;
  scene->network.matrix = nerve_layer_matrix_new (&networks.models[0], &networks.models[1], &scene->comparison.measure,
                                                  nerve_invocation_get_progress (invocation), error);

  return scene->network.matrix != NULL;
}

/* The first network beside all others. */
static gboolean
compute_specificity (NerveScene *scene, const NerveSceneValues *values, NerveInvocation *invocation, GError **error)
{
  g_auto (Networks) networks = { 0 };
  NerveSpecificityParameters parameters;

  if (!networks_init (&networks, values, invocation, error))
    return FALSE;
  nerve_parameters_init (&nerve_specificity_table, &parameters);
  scene->network.specificity = nerve_specificity_new (networks.models, networks.n, &scene->comparison.measure,
                                                      &parameters, scene->parameters[0].cloud.seed,
                                                      nerve_invocation_get_progress (invocation), error);
  nerve_parameters_clear (&nerve_specificity_table, &parameters);

  return scene->network.specificity != NULL;
}

/* The first file's graphs beside those of the second, whose inputs are the same images with noise. */
static gboolean
compute_noise (NerveScene *scene, const NerveSceneValues *values, NerveInvocation *invocation, GError **error)
{
  g_autoptr (NerveDataset) noisy = nerve_invocation_open_dataset (invocation, 1, error);

  for (guint i = 0; i < scene->n_columns && noisy != NULL; i++)
    {
      guint layer = scene->columns[i];

      nerve_invocation_blame (invocation, nerve_invocation_get_files (invocation)[1]);
      g_clear_pointer (&scene->network.noises[layer], nerve_noise_unref);
      scene->network.noises[layer] = nerve_noise_compute (scene->dataset, layer, scene->results[layer].graph,
                                                          &scene->parameters[layer], noisy,
                                                          nerve_invocation_get_progress (invocation), error);
      if (scene->network.noises[layer] == NULL)
        return FALSE;
    }

  return noisy != NULL;
}

/* What several files are compared by. */
static const struct
{
  guint      flag;
  gboolean (*compute) (NerveScene *scene, const NerveSceneValues *values, NerveInvocation *invocation,
                        GError **error);
} comparisons[] = {
  { NERVE_FIGURE_NEEDS_MATRIX, compute_matrix },
  { NERVE_FIGURE_NEEDS_SENSITIVITY, compute_sensitivities },
  { NERVE_FIGURE_NEEDS_SPECIFICITY, compute_specificity },
  { NERVE_FIGURE_NEEDS_NOISE, compute_noise },
};

gboolean
nerve_figure_files_compare (NerveScene *scene, guint flags, const NerveSceneValues *values,
                            NerveInvocation *invocation, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (comparisons); i++)
    if ((flags & comparisons[i].flag) && !comparisons[i].compute (scene, values, invocation, error))
      return FALSE;

  return TRUE;
}
