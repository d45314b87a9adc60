#include "config.h"

#include "app/cli/cloud-values.h"

#include <glib/gi18n.h>

void
nerve_cloud_values_declare (NerveCloudValues *self, NerveOptions *options)
{
  nerve_parameters_init (&nerve_cloud_table, &self->parameters);
  nerve_options_add_heading (options, N_("Cloud"));
  nerve_options_add_string (options, "layer", 0, N_("NAME"), &self->layer,
                            N_("The layer; not needed where there is one only"));
  nerve_options_add_table (options, &nerve_cloud_table, &self->parameters);
}

void
nerve_cloud_values_clear (NerveCloudValues *self)
{
  nerve_parameters_clear (&nerve_cloud_table, &self->parameters);
  g_clear_pointer (&self->layer, g_free);
}

NerveCloud *
nerve_cloud_values_make (const NerveCloudValues *self, NerveInvocation *invocation, NerveDataset *dataset,
                         const NerveLayer **layer, const NerveProgress *progress, GError **error)
{
  NerveCloud *cloud;
  guint index;

  if (!nerve_invocation_find_layer (invocation, dataset, self->layer, &index, error))
    return NULL;
  if (layer != NULL)
    *layer = nerve_dataset_get_layer (dataset, index);

  cloud = nerve_cloud_new (dataset, index, &self->parameters, progress, error);
  if (cloud != NULL)
    nerve_cloud_values_warn (&self->parameters, invocation, nerve_dataset_get_layer (dataset, index), cloud);

  return cloud;
}

/* A number that was asked for is no surprise. */
void
nerve_cloud_values_warn (const NerveCloudParameters *parameters, NerveInvocation *invocation, const NerveLayer *layer,
                         NerveCloud *cloud)
{
  NerveSampling sampling = nerve_cloud_get_sampling (cloud);
  gsize n = nerve_cloud_get_n (cloud);
  gboolean takes_positions = sampling == NERVE_SAMPLING_TOP_NORM || sampling == NERVE_SAMPLING_FOREGROUND
                             || sampling == NERVE_SAMPLING_BACKGROUND;

  if (n < nerve_cloud_get_n_available (cloud) && (gsize) parameters->max_points != n)
    nerve_invocation_warn (invocation, _("%s: not all points: %s"), layer->name, nerve_cloud_get_badge (cloud));
  else if (nerve_cloud_get_n_skipped (cloud) > 0)
    nerve_invocation_warn (invocation, _("%s: not all images: %s"), layer->name, nerve_cloud_get_badge (cloud));
  if (takes_positions && !layer->is_vector && (gsize) parameters->positions > layer->height * layer->width)
    nerve_invocation_warn (invocation, _("%s: it has %zu positions, all of which are taken"), layer->name,
                           layer->height * layer->width);
}

gboolean
nerve_cloud_values_leave_out (NerveInvocation *invocation, NerveDataset *dataset, const NerveCloudParameters **clouds,
                              GError **error)
{
  g_autoptr (GPtrArray) causes = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);

  if (!nerve_cloud_leave_out (dataset, clouds, causes, error))
    return FALSE;
  for (guint i = 0; i < causes->len; i++)
    nerve_invocation_warn (invocation, _("left out: %s"), ((GError *) g_ptr_array_index (causes, i))->message);

  return TRUE;
}

gint64
nerve_label_number (NerveDataset *dataset, gsize image)
{
  const int *labels = nerve_dataset_get_labels (dataset);
  gint64 number;

  if (labels == NULL || labels[image] < 0)
    return -1;

  if (!nerve_dataset_has_class_names (dataset) &&
      g_ascii_string_to_signed (nerve_dataset_get_class_name (dataset, labels[image]), 10, G_MININT64, G_MAXINT64,
                                &number, NULL))
    return number;

  return labels[image];
}
