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
  guint index;

  if (!nerve_invocation_find_layer (invocation, dataset, self->layer, &index, error))
    return NULL;
  if (layer != NULL)
    *layer = nerve_dataset_get_layer (dataset, index);

  return nerve_cloud_new (dataset, index, &self->parameters, progress, error);
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
