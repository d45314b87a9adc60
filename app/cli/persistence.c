#include "config.h"

#include <glib/gi18n.h>

#include "app/cli/cloud-values.h"
#include "app/cli/diagram-output.h"
#include "homology/rips.h"

typedef struct
{
  NerveCloudValues    cloud;
  NerveRipsParameters rips;
  int                 format;
} Values;

static void
declare (gpointer user_data, NerveOptions *options)
{
  Values *values = user_data;

  nerve_parameters_init (&nerve_rips_table, &values->rips);
  nerve_options_add_table (options, &nerve_rips_table, &values->rips);
  nerve_options_add_choice (options, "format", nerve_diagram_formats, &values->format,
                            N_("Columns or keys: dimension, birth, death; an essential bar dies at inf"));
  nerve_options_add_missing (options, "representatives", "the bars themselves are: leave it out");
  nerve_cloud_values_declare (&values->cloud, options);
}

static void
clear (gpointer user_data)
{
  Values *values = user_data;

  nerve_parameters_clear (&nerve_rips_table, &values->rips);
  nerve_cloud_values_clear (&values->cloud);
}

static NerveDiagram *
compute (const Values *values, NerveInvocation *invocation, GError **error)
{
  const NerveProgress *progress = nerve_invocation_get_progress (invocation);
  NerveProgress sampling = nerve_progress_part (progress, 0, .2);
  NerveProgress measuring = nerve_progress_part (progress, .2, .4);
  NerveProgress reducing = nerve_progress_part (progress, .4, 1);
  g_autoptr (NerveDataset) dataset = nerve_invocation_open_dataset (invocation, 0, error);
  g_autoptr (NerveCloud) cloud = NULL;
  g_autoptr (NerveDistances) distances = NULL;

  if (dataset == NULL)
    return NULL;
  cloud = nerve_cloud_values_make (&values->cloud, invocation, dataset, NULL, &sampling, error);
  if (cloud == NULL)
    return NULL;
  distances = nerve_cloud_distances (cloud, &measuring, error);
  if (distances == NULL)
    return NULL;

  return nerve_rips (distances, &values->rips, &reducing, error);
}

static gboolean
run (gpointer user_data, NerveInvocation *invocation, GError **error)
{
  const Values *values = user_data;
  g_autoptr (NerveOutput) output = nerve_invocation_open_output (invocation, NULL, error);
  g_autoptr (NerveDiagram) diagram = NULL;

  if (output == NULL)
    return FALSE;
  diagram = compute (values, invocation, error);
  if (diagram == NULL)
    return FALSE;
  nerve_diagram_write (diagram, values->format, output);

  return nerve_invocation_commit (invocation, g_steal_pointer (&output), NULL, error);
}

const NerveCommand nerve_command_persistence = {
  .name = "persistence",
  .files = "FILE",
  .min_files = 1,
  .max_files = 1,
  .summary = N_("Persistent homology of a layer's cloud: Vietoris–Rips over Z/2, H0 and H1, higher if asked for"),
  .size = sizeof (Values),
  .declare = declare,
  .run = run,
  .clear = clear,
};
