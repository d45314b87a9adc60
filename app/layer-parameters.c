#include "config.h"

#include "app/layer-parameters.h"

#include <glib/gi18n.h>

/* As they stand in NerveLayerParameters, one after the other. */
typedef struct
{
  int      points;
  gboolean bands;
  gboolean significance;
} DiagramParameters;

G_STATIC_ASSERT (G_STRUCT_OFFSET (NerveLayerParameters, diagram_significance)
                   - G_STRUCT_OFFSET (NerveLayerParameters, diagram_points)
                 == G_STRUCT_OFFSET (DiagramParameters, significance));

static const NerveParameter diagram_parameters[] = {
  {
    .name = "diagram-points", .label = N_("Points"), .unit = NULL,
    .help = N_("Larger clouds are sampled; the badge says so"),
    .type = NERVE_PARAMETER_INT, .offset = G_STRUCT_OFFSET (DiagramParameters, points),
    .initial = 1000, .lower = 2, .upper = 20000, .step = 50,
  },
  {
    .name = "bands", .label = N_("Confidence bands"),
    .help = N_("Around Betti curves, from many draws of as many points"),
    .type = NERVE_PARAMETER_BOOL, .offset = G_STRUCT_OFFSET (DiagramParameters, bands), .upper = 1,
  },
  {
    .name = "significance", .label = N_("Line of significance"),
    .help = N_("Bars below it may be noise (Fasy et al. 2014); it is a cautious one"),
    .type = NERVE_PARAMETER_BOOL, .offset = G_STRUCT_OFFSET (DiagramParameters, significance), .upper = 1,
  },
};

static const NerveParameterTable diagram_table = {
  .name = "diagram", .size = sizeof (DiagramParameters),
  .parameters = diagram_parameters, .n = G_N_ELEMENTS (diagram_parameters),
};

static const NerveParameterGroup groups[] = {
  { &nerve_cloud_table, G_STRUCT_OFFSET (NerveLayerParameters, cloud) },
  { &nerve_mapper_table, G_STRUCT_OFFSET (NerveLayerParameters, mapper) },
  { &diagram_table, G_STRUCT_OFFSET (NerveLayerParameters, diagram_points) },
  { &nerve_rips_table, G_STRUCT_OFFSET (NerveLayerParameters, rips) },
  { &nerve_betti_table, G_STRUCT_OFFSET (NerveLayerParameters, betti) },
  { &nerve_bootstrap_table, G_STRUCT_OFFSET (NerveLayerParameters, bootstrap) },
  { &nerve_projection_table, G_STRUCT_OFFSET (NerveLayerParameters, projection) },
};

const NerveParameterGroup *
nerve_parameter_groups (guint *n)
{
  *n = G_N_ELEMENTS (groups);
  return groups;
}

const NerveParameterGroup *
nerve_parameter_group_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    if (g_str_equal (groups[i].table->name, name))
      return &groups[i];

  return NULL;
}

void
nerve_layer_parameters_init (NerveLayerParameters *self)
{
  memset (self, 0, sizeof *self);
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    nerve_parameters_init (groups[i].table, G_STRUCT_MEMBER_P (self, groups[i].offset));
}

void
nerve_layer_parameters_init_window (NerveLayerParameters *self, const NerveLayer *layer)
{
  nerve_layer_parameters_init (self);
  if (nerve_layer_group (layer) == NERVE_LAYER_GROUP_TENSOR)
    self->cloud.sampling = NERVE_SAMPLING_POOL_MEAN;
  self->mapper.preset = NERVE_PRESET_AUTOMATIC;
}

void
nerve_layer_parameters_clear (NerveLayerParameters *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    nerve_parameters_clear (groups[i].table, G_STRUCT_MEMBER_P (self, groups[i].offset));
}

void
nerve_layer_parameters_copy (NerveLayerParameters *self, const NerveLayerParameters *from)
{
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    nerve_parameters_copy (groups[i].table, G_STRUCT_MEMBER_P (self, groups[i].offset),
                           G_STRUCT_MEMBER_P (from, groups[i].offset));
}

gboolean
nerve_layer_parameters_equal (const NerveLayerParameters *a, const NerveLayerParameters *b)
{
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    if (!nerve_parameters_equal (groups[i].table, G_STRUCT_MEMBER_P (a, groups[i].offset),
                                 G_STRUCT_MEMBER_P (b, groups[i].offset)))
      return FALSE;

  return TRUE;
}

gboolean
nerve_layer_parameters_set (NerveLayerParameters *self, const char *group, const char *name, const char *text,
                            GError **error)
{
  const NerveParameterGroup *found = nerve_parameter_group_find (group);

  g_return_val_if_fail (found != NULL, FALSE);

  return nerve_parameters_set (found->table, G_STRUCT_MEMBER_P (self, found->offset), name, text, error);
}

char *
nerve_layer_parameters_get (const NerveLayerParameters *self, const char *group, const char *name)
{
  const NerveParameterGroup *found = nerve_parameter_group_find (group);
  const NerveParameter *parameter;

  g_return_val_if_fail (found != NULL, NULL);
  parameter = nerve_parameters_find (found->table, name);
  g_return_val_if_fail (parameter != NULL, NULL);

  return nerve_parameter_get (parameter, G_STRUCT_MEMBER_P (self, found->offset));
}

NerveLayerParameters *
nerve_layer_parameters_copy_all (const NerveLayerParameters *from, guint n)
{
  NerveLayerParameters *parameters = g_new0 (NerveLayerParameters, MAX (n, 1));

  for (guint i = 0; i < n; i++)
    {
      nerve_layer_parameters_init (&parameters[i]);
      nerve_layer_parameters_copy (&parameters[i], &from[i]);
    }

  return parameters;
}

void
nerve_layer_parameters_free_all (NerveLayerParameters *parameters, guint n)
{
  for (guint i = 0; i < n; i++)
    nerve_layer_parameters_clear (&parameters[i]);
  g_free (parameters);
}
