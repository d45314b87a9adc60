#include "config.h"

#include "app/cli/measure-values.h"

#include <glib/gi18n.h>

void
nerve_measure_values_declare (NerveMeasureValues *self, NerveOptions *options, gboolean with_mapper)
{
  nerve_parameters_init (&nerve_measure_table, &self->measure);
  nerve_parameters_init (&nerve_cloud_table, &self->cloud);
  nerve_parameters_init (&nerve_mapper_table, &self->mapper);
  nerve_options_add_table (options, &nerve_measure_table, &self->measure);
  nerve_options_add_heading (options, N_("Cloud"));
  nerve_options_add_table (options, &nerve_cloud_table, &self->cloud);
  if (!with_mapper)
    return;

  nerve_options_add_heading (options, N_("Mapper graph (of --measure mapper)"));
  nerve_options_add_table (options, &nerve_mapper_table, &self->mapper);
}

void
nerve_measure_values_clear (NerveMeasureValues *self)
{
  nerve_parameters_clear (&nerve_measure_table, &self->measure);
  nerve_parameters_clear (&nerve_cloud_table, &self->cloud);
  nerve_parameters_clear (&nerve_mapper_table, &self->mapper);
}

gboolean
nerve_measured_model_init (NerveMeasuredModel *self, const NerveMeasureValues *values, NerveInvocation *invocation,
                           guint file, GError **error)
{
  guint n;

  *self = (NerveMeasuredModel) { .dataset = nerve_invocation_open_dataset (invocation, file, error) };
  if (self->dataset == NULL)
    return FALSE;

  n = nerve_dataset_get_n_layers (self->dataset);
  self->clouds = g_new (const NerveCloudParameters *, n);
  self->mappers = g_new (const NerveMapperParameters *, n);
  for (guint i = 0; i < n; i++)
    {
      self->clouds[i] = &values->cloud;
      self->mappers[i] = &values->mapper;
    }
  self->layers = (NerveModelLayers) { self->dataset, self->clouds, self->mappers };

  return TRUE;
}

void
nerve_measured_model_clear (NerveMeasuredModel *self)
{
  g_clear_pointer (&self->dataset, nerve_dataset_unref);
  g_clear_pointer (&self->clouds, g_free);
  g_clear_pointer (&self->mappers, g_free);
}
