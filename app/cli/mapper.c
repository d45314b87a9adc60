#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/cli/cloud-values.h"
#include "app/cli/mapper-output.h"
#include "app/cli/mapper-values.h"
#include "app/lens-values.h"
#include "figures/graph-verdict.h"
#include "figures/text.h"

typedef struct
{
  NerveCloudValues      cloud;
  NerveMapperParameters mapper;
  int                   format;
  gboolean              statistics;
} Values;

static const char *const formats[] = { "json", "dot", "graphml", "csv", NULL };

static void (*const writers[]) (NerveOutput *output, const NerveMapperResult *result) = {
  nerve_mapper_result_write_json,
  nerve_mapper_result_write_dot,
  nerve_mapper_result_write_graphml,
  nerve_mapper_result_write_csv,
};

static void
declare (gpointer user_data, NerveOptions *options)
{
  Values *values = user_data;

  nerve_parameters_init (&nerve_mapper_table, &values->mapper);
  nerve_mapper_values_declare_lens (options, &values->mapper);
  nerve_options_add_table (options, &nerve_mapper_table, &values->mapper);
  nerve_options_add_choice (options, "format", formats, &values->format,
                            N_("JSON with everything; the graph for other programs; a line for each point in a node"));
  nerve_options_add_switch (options, "statistics", &values->statistics,
                            N_("In JSON, of each node its lens as a histogram and its mean activation"));
  nerve_cloud_values_declare (&values->cloud, options);
}

static void
clear (gpointer user_data)
{
  Values *values = user_data;

  nerve_parameters_clear (&nerve_mapper_table, &values->mapper);
  nerve_cloud_values_clear (&values->cloud);
}

static NerveMapper *
compute (const Values *values, NerveInvocation *invocation, NerveDataset *dataset, const NerveLayer **layer,
         NerveDiagnosis *found, GError **error)
{
  const NerveProgress *progress = nerve_invocation_get_progress (invocation);
  NerveProgress sampling = nerve_progress_part (progress, 0, .3);
  NerveProgress mapping = nerve_progress_part (progress, .3, .9);
  NerveProgress judging = nerve_progress_part (progress, .9, 1);
  gboolean paper = values->cloud.parameters.paper;
  g_autoptr (NerveMapper) mapper = NULL;
  g_autoptr (NerveCloud) cloud = NULL;
  g_autoptr (NerveMapperStore) store = NULL;

  cloud = nerve_cloud_values_make (&values->cloud, invocation, dataset, layer, &sampling, error);
  if (cloud == NULL)
    return NULL;
  store = nerve_mapper_store_new_once (cloud);
  if (!nerve_lens_values_prepare (store, dataset, &values->mapper, &mapping, error))
    return NULL;

  mapper = nerve_mapper_new_from_store (store, &values->mapper, paper, &mapping, error);
  if (mapper == NULL || !nerve_diagnose (mapper, store, paper, found, &judging, error))
    return NULL;

  return g_steal_pointer (&mapper);
}

/* What the window says in its banner. */
static void
warn (NerveInvocation *invocation, const NerveMapper *mapper, const NerveDiagnosis *found)
{
  g_autofree char *sentence = nerve_graph_verdict_describe (found, mapper);
  g_autofree char *advice = nerve_graph_verdict_advise (found, mapper);
  g_autofree char *eps = NULL;

  if (nerve_mapper_is_piecewise (mapper))
    nerve_invocation_warn (invocation, _("eps is so wide that the neighbours don't fit into memory: intervals were "
                                          "clustered one by one"));
  if (sentence == NULL)
    return;
  nerve_invocation_warn (invocation, "%s", sentence);
  nerve_invocation_warn (invocation, "%s", advice);
  if (isfinite (found->advised))
    {
      eps = nerve_text_short (found->advised, 4);
      nerve_invocation_warn (invocation, _("ε = %s would work."), eps);
    }
}

static gboolean
run (gpointer user_data, NerveInvocation *invocation, GError **error)
{
  const Values *values = user_data;
  g_autoptr (NerveDataset) dataset = nerve_invocation_open_dataset (invocation, 0, error);
  g_autoptr (NerveMapper) mapper = NULL;
  g_autoptr (NervePurity) purity = NULL;
  g_autoptr (NerveOutput) output = NULL;
  g_autofree int *labels = NULL;
  const NerveLayer *layer = NULL;
  NerveDiagnosis found;
  guint n_classes = 0;

  if (dataset == NULL)
    return FALSE;
  output = nerve_invocation_open_output (invocation, NULL, error);
  if (output == NULL)
    return FALSE;
  mapper = compute (values, invocation, dataset, &layer, &found, error);
  if (mapper == NULL)
    return FALSE;
  labels = nerve_purity_labels (nerve_mapper_get_cloud (mapper), dataset, 0, &n_classes);
  if (labels != NULL)
    purity = nerve_purity_new (mapper, labels, n_classes);
  warn (invocation, mapper, &found);

  writers[values->format] (output, &(NerveMapperResult) {
    .dataset = dataset,
    .layer = layer->name,
    .mapper = mapper,
    .purity = purity,
    .cloud = &values->cloud.parameters,
    .statistics = values->statistics,
  });

  return nerve_invocation_commit (invocation, g_steal_pointer (&output), NULL, error);
}

const NerveCommand nerve_command_mapper = {
  .name = "mapper",
  .files = "FILE",
  .min_files = 1,
  .max_files = 1,
  .summary = N_("The mapper graph of a layer's cloud: lens, cover, clusters, nerve"),
  .size = sizeof (Values),
  .declare = declare,
  .run = run,
  .clear = clear,
};
