#include "config.h"

#include <glib/gi18n.h>

#include "app/cli/cloud-values.h"
#include "homology/bands.h"
#include "homology/rips-estimate.h"

typedef enum { KIND_BANDS, KIND_SIGNIFICANCE } Kind;

typedef struct
{
  int                      kind;
  int                      n_values;
  NerveCloudValues         cloud;
  NerveRipsParameters      rips;
  NerveBootstrapParameters bootstrap;
} Values;

static const NerveChoice kinds[] = {
  { "bands", N_("Confidence bands") },
  { "significance", N_("Line of significance") },
  { NULL, NULL },
};

static const NerveParameter parameters[] = {
  {
    .name = "kind", .label = N_("Kind"),
    .help = N_("Bands around Betti curves, columns dimension,value,low,mean,high; or one number: bars longer than that "
               "are no noise."),
    .type = NERVE_PARAMETER_CHOICE, .offset = G_STRUCT_OFFSET (Values, kind), .choices = kinds,
  },
  {
    .name = "values", .label = N_("Values"), .help = N_("How many a band has, evenly spaced."),
    .type = NERVE_PARAMETER_INT, .offset = G_STRUCT_OFFSET (Values, n_values),
    .initial = 400, .lower = 2, .upper = 100000,
  },
};

static const NerveParameterTable confidence_table = {
  .name = "confidence", .size = sizeof (Values), .parameters = parameters, .n = G_N_ELEMENTS (parameters),
};

static void
declare (gpointer user_data, NerveOptions *options)
{
  Values *values = user_data;

  nerve_parameters_init (&confidence_table, values);
  nerve_options_add_table (options, &confidence_table, values);
  nerve_parameters_init (&nerve_bootstrap_table, &values->bootstrap);
  nerve_options_add_table (options, &nerve_bootstrap_table, &values->bootstrap);
  nerve_parameters_init (&nerve_rips_table, &values->rips);
  nerve_options_add_table (options, &nerve_rips_table, &values->rips);
  nerve_cloud_values_declare (&values->cloud, options);
}

static void
clear (gpointer user_data)
{
  Values *values = user_data;

  nerve_parameters_clear (&confidence_table, values);
  nerve_parameters_clear (&nerve_bootstrap_table, &values->bootstrap);
  nerve_parameters_clear (&nerve_rips_table, &values->rips);
  nerve_cloud_values_clear (&values->cloud);
}

/* All points that could have been taken; the same cloud if all were. */
static NerveCloud *
make_whole_cloud (const Values *values, NerveInvocation *invocation, NerveDataset *dataset, NerveCloud *drawn,
                  const NerveProgress *progress, GError **error)
{
  NerveCloudValues all = values->cloud;

  if (nerve_cloud_get_n (drawn) == nerve_cloud_get_n_available (drawn))
    return nerve_cloud_ref (drawn);

  all.parameters.max_points = 0;

  return nerve_cloud_values_make (&all, invocation, dataset, NULL, progress, error);
}

static NerveDistances *
measure (const Values *values, const NerveCloud *cloud, const NerveProgress *progress, GError **error)
{
  if (!nerve_rips_check_fits (nerve_cloud_get_n (cloud), nerve_cloud_get_dimension (cloud),
                              values->rips.max_dimension, 0, NULL, error))
    return NULL;

  return nerve_cloud_distances (cloud, progress, error);
}

static gboolean
write_significance (const Values *values, const NerveDistances *distances, NerveOutput *output,
                    const NerveProgress *progress, GError **error)
{
  double length;

  if (!nerve_significance (distances, &values->bootstrap, values->cloud.parameters.seed, &length, progress, error))
    return FALSE;

  nerve_output_number (output, length);
  nerve_output_printf (output, "\n");

  return TRUE;
}

static void
write_band (const NerveBootstrap *bands, int dimension, NerveOutput *output)
{
  static const NerveBandLine lines[] = { NERVE_BAND_LOW, NERVE_BAND_MEAN, NERVE_BAND_HIGH };
  gsize n;
  const double *at = nerve_bootstrap_get_at (bands, &n);

  for (gsize i = 0; i < n; i++)
    {
      nerve_output_printf (output, "%d,", dimension);
      nerve_output_number (output, at[i]);
      for (guint line = 0; line < G_N_ELEMENTS (lines); line++)
        {
          nerve_output_printf (output, ",");
          nerve_output_number (output, nerve_bootstrap_get_line (bands, dimension, lines[line])[i]);
        }
      nerve_output_printf (output, "\n");
    }
}

static gboolean
write_bands (const Values *values, const NerveDistances *distances, const NerveCloud *drawn, const NerveCloud *all,
             NerveOutput *output, const NerveProgress *progress, GError **error)
{
  NerveProgress reducing = nerve_progress_part (progress, 0, .1);
  NerveProgress drawing = nerve_progress_part (progress, .1, 1);
  g_autoptr (NerveDiagram) diagram = nerve_rips (distances, &values->rips, &reducing, error);
  g_autoptr (NerveBootstrap) bands = NULL;

  if (diagram != NULL)
    bands = nerve_bootstrap_new_around (diagram, drawn, all, &values->rips, &values->bootstrap,
                                        values->cloud.parameters.seed, values->n_values, &drawing, error);
  if (bands == NULL)
    return FALSE;

  nerve_output_printf (output, "dimension,value,low,mean,high\n");
  for (int dimension = 0; dimension <= nerve_bootstrap_get_max_dimension (bands); dimension++)
    write_band (bands, dimension, output);

  return TRUE;
}

static gboolean
run (gpointer user_data, NerveInvocation *invocation, GError **error)
{
  const Values *values = user_data;
  const NerveProgress *progress = nerve_invocation_get_progress (invocation);
  NerveProgress parts[] = {
    nerve_progress_part (progress, 0, .05), nerve_progress_part (progress, .05, .1),
    nerve_progress_part (progress, .1, .2), nerve_progress_part (progress, .2, 1),
  };
  g_autoptr (NerveDataset) dataset = nerve_invocation_open_dataset (invocation, 0, error);
  g_autoptr (NerveOutput) output = dataset != NULL ? nerve_invocation_open_output (invocation, NULL, error) : NULL;
  g_autoptr (NerveCloud) drawn = NULL;
  g_autoptr (NerveCloud) all = NULL;
  g_autoptr (NerveDistances) distances = NULL;
  gboolean is_written;

  if (output == NULL)
    return FALSE;
  drawn = nerve_cloud_values_make (&values->cloud, invocation, dataset, NULL, &parts[0], error);
  if (drawn != NULL)
    all = make_whole_cloud (values, invocation, dataset, drawn, &parts[1], error);
  if (all != NULL)
    distances = measure (values, drawn, &parts[2], error);
  if (distances == NULL)
    return FALSE;

  if (values->kind == KIND_SIGNIFICANCE)
    is_written = write_significance (values, distances, output, &parts[3], error);
  else
    is_written = write_bands (values, distances, drawn, all, output, &parts[3], error);

  return is_written && nerve_invocation_commit (invocation, g_steal_pointer (&output), NULL, error);
}

const NerveCommand nerve_command_confidence = {
  .name = "confidence",
  .files = "FILE",
  .min_files = 1,
  .max_files = 1,
  .summary = N_("How sure one can be of a cloud's persistence, by drawing its points anew (Fasy et al. 2014)"),
  .size = sizeof (Values),
  .declare = declare,
  .run = run,
  .clear = clear,
};
