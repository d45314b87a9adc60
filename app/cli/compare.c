#include "config.h"

#include <glib/gi18n.h>

#include "app/cli/diagram-input.h"
#include "homology/diagram-distance.h"

#define HIGHEST_DIMENSION 64

typedef struct
{
  int                            dimension;
  NerveDiagramDistanceParameters distance;
} Values;

static const NerveParameter dimension_parameters[] = {
  {
    .name = "dim", .label = N_("Dimension"),
    .help = N_("Of the bars that are compared"),
    .type = NERVE_PARAMETER_INT, .offset = G_STRUCT_OFFSET (Values, dimension),
    .initial = 1, .lower = 0, .upper = HIGHEST_DIMENSION,
  },
};

static const NerveParameterTable dimension_table = {
  .name = "compare", .size = sizeof (Values),
  .parameters = dimension_parameters, .n = G_N_ELEMENTS (dimension_parameters),
};

static void
declare (gpointer user_data, NerveOptions *options)
{
  Values *values = user_data;

  nerve_parameters_init (&dimension_table, values);
  nerve_parameters_init (&nerve_diagram_distance_table, &values->distance);
  nerve_options_add_table (options, &nerve_diagram_distance_table, &values->distance);
  nerve_options_add_table (options, &dimension_table, values);
}

static void
clear (gpointer user_data)
{
  Values *values = user_data;

  nerve_parameters_clear (&dimension_table, values);
  nerve_parameters_clear (&nerve_diagram_distance_table, &values->distance);
}

static gboolean
run (gpointer user_data, NerveInvocation *invocation, GError **error)
{
  const Values *values = user_data;
  g_autoptr (NerveOutput) output = nerve_invocation_open_output (invocation, NULL, error);
  g_autoptr (NerveDiagram) a = NULL;
  g_autoptr (NerveDiagram) b = NULL;
  double distance;

  if (output == NULL)
    return FALSE;
  a = nerve_diagram_read (invocation, 0, error);
  if (a == NULL)
    return FALSE;
  b = nerve_diagram_read (invocation, 1, error);
  if (b == NULL)
    return FALSE;
  nerve_diagram_doubt (invocation, 0, a, values->dimension);
  nerve_diagram_doubt (invocation, 1, b, values->dimension);
  if (!nerve_diagram_distance (a, b, values->dimension, &values->distance, &distance,
                               nerve_invocation_get_progress (invocation), error))
    return FALSE;
  nerve_output_number (output, distance);
  nerve_output_printf (output, "\n");

  return nerve_invocation_commit (invocation, g_steal_pointer (&output), NULL, error);
}

const NerveCommand nerve_command_compare = {
  .name = "compare",
  .files = "A.csv B.csv",
  .min_files = 2,
  .max_files = 2,
  .summary = N_("The distance between two persistence diagrams as “persistence” writes them: one number"),
  .size = sizeof (Values),
  .declare = declare,
  .run = run,
  .clear = clear,
};
