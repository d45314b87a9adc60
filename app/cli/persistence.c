#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/cli/cloud-values.h"
#include "app/cli/diagram-output.h"
#include "app/cli/representatives-json.h"
#include "base/parallel.h"
#include "data/blocks.h"
#include "homology/distance-matrix.h"
#include "homology/representatives.h"
#include "homology/rips-cloud.h"
#include "homology/rips.h"

typedef struct
{
  NerveCloudValues    cloud;
  NerveRipsParameters rips;
  int                 format;
  gboolean            is_matrix;
  char               *representatives;
  char               *limit;
  guint64             limit_bytes; /* 0: what there is */
  gboolean            only_estimate;
} Values;

/* What a run makes. */
typedef struct
{
  NerveCloud           *cloud; /* NULL: a matrix was given */
  NerveRipsPlan         plan;
  NerveDistances       *distances;
  NerveRepresentatives *representatives;
  NerveDiagram         *diagram;
} Results;

static void
results_clear (Results *self)
{
  g_clear_pointer (&self->cloud, nerve_cloud_unref);
  g_clear_pointer (&self->distances, nerve_distances_unref);
  g_clear_pointer (&self->representatives, nerve_representatives_unref);
  g_clear_pointer (&self->diagram, nerve_diagram_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Results, results_clear)

static void
declare (gpointer user_data, NerveOptions *options)
{
  Values *values = user_data;

  nerve_parameters_init (&nerve_rips_table, &values->rips);
  nerve_options_add_table (options, &nerve_rips_table, &values->rips);
  nerve_options_add_choice (options, "format", nerve_diagram_formats, &values->format,
                            N_("Columns or keys: dimension, birth, death; an essential bar dies at inf"));
  nerve_options_add_switch (options, "distance-matrix", &values->is_matrix,
                            N_("FILE holds distances, not points: a square .npy or .csv, or the lower triangle"));
  nerve_options_add_string (options, "representatives", 0, N_("R.json"), &values->representatives,
                            N_("Also write what each bar of H0 and H1 stands for, as rows of the cloud and images"));
  nerve_options_add_string (options, "memory-limit", 0, N_("BYTES"), &values->limit,
                            N_("Refuse what would need more, as “2G” or “800M”; else what is free"));
  nerve_options_add_switch (options, "estimate", &values->only_estimate,
                            N_("Only tell what the run would need: points, bytes at its peak, seconds (roughly)"));
  nerve_cloud_values_declare (&values->cloud, options);
}

static void
clear (gpointer user_data)
{
  Values *values = user_data;

  nerve_parameters_clear (&nerve_rips_table, &values->rips);
  nerve_cloud_values_clear (&values->cloud);
  g_free (values->representatives);
  g_free (values->limit);
}

/* What makes a cloud says nothing about distances that are there already. */
static gboolean
check_no_cloud_options (NerveInvocation *invocation, GError **error)
{
  NerveOptions *options = nerve_invocation_get_options (invocation);
  const char *given = nerve_options_is_given (options, "layer") ? "layer" : NULL;

  for (guint i = 0; i < nerve_cloud_table.n && given == NULL; i++)
    if (nerve_options_is_given (options, nerve_cloud_table.parameters[i].name))
      given = nerve_cloud_table.parameters[i].name;
  if (given == NULL)
    return TRUE;

  g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER,
               _("--%s says how to make a cloud, --distance-matrix needs none"), given);
  return FALSE;
}

static NerveDistances *
read_matrix (NerveInvocation *invocation, const NerveProgress *progress, GError **error)
{
  const char *path = nerve_invocation_get_files (invocation)[0];

  if (!check_no_cloud_options (invocation, error))
    return NULL;
  nerve_invocation_blame (invocation, path);
  /* Nothing of it is read twice. */
  nerve_blocks_set_limit (0);

  return nerve_distance_matrix_read (path, progress, error);
}

static gboolean
parse_limit (Values *values, GError **error)
{
  if (values->limit == NULL)
    return TRUE;

  values->limit_bytes = nerve_memory_parse (values->limit);
  if (values->limit_bytes > 0)
    return TRUE;

  g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER, _("--memory-limit: “%s” is no amount of memory: 2G, 800M"),
               values->limit);
  return FALSE;
}

static gboolean
check_estimate (const Values *values, NerveOptions *options, GError **error)
{
  const char *other = values->representatives != NULL ? "representatives"
                      : nerve_options_is_given (options, "format") ? "format" : NULL;

  if (!values->only_estimate || other == NULL)
    return TRUE;

  g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER, _("--estimate is two lines of CSV and nothing else: no --%s"),
               other);
  return FALSE;
}

static gsize
count_points (const Results *results)
{
  return results->cloud != NULL ? nerve_cloud_get_n (results->cloud) : nerve_distances_get_n (results->distances);
}

/* Representatives come from H0 and H1. */
static NerveRipsParameters
get_planned (const Values *values)
{
  NerveRipsParameters planned = values->rips;

  if (values->representatives != NULL)
    planned.max_dimension = MAX (planned.max_dimension, 1);

  return planned;
}

/* Refuses what can't fit, and says what could. @cloud: NULL for distances that are there. */
static gboolean
check_matrix_fits (const Values *values, const NerveCloud *cloud, gsize n, GError **error)
{
  gsize d = cloud != NULL ? MAX (nerve_cloud_get_dimension (cloud), 1) : 0;
  gboolean is_sparse_possible = cloud != NULL && isfinite (values->rips.threshold)
                                && values->rips.max_dimension > 1;
  NerveRipsParameters planned = get_planned (values);
  gsize fitting;
  g_autofree char *advice = NULL;
  g_autoptr (GError) cause = NULL;

  if (nerve_rips_check_fits (n, d, planned.max_dimension, values->limit_bytes, &fitting, &cause))
    return TRUE;

  /* To --max-points 0 is no limit. */
  advice = fitting > 0 ? g_strdup_printf (_("%s %zu would fit"), cloud != NULL ? "--max-points" : _("a sample of"),
                                          fitting)
                       : g_strdup (_("no point would fit"));
  g_set_error (error, NERVE_ERROR, NERVE_ERROR_MEMORY, "%s: %s%s%s", cause->message, advice,
               is_sparse_possible ? _(", or --max-dim 1, which below a threshold needs only near pairs") : "",
               values->limit_bytes > 0 ? _(", or raise --memory-limit") : "");
  return FALSE;
}

static gboolean
check_fits (const Values *values, const Results *results, GError **error)
{
  gsize n = count_points (results);
  g_autoptr (GError) cause = NULL;

  if (!results->plan.is_sparse)
    return check_matrix_fits (values, results->cloud, n, error);
  if (nerve_rips_check_bytes (n, results->plan.estimate.bytes, values->limit_bytes, &cause))
    return TRUE;

  g_set_error (error, NERVE_ERROR, NERVE_ERROR_MEMORY, _("%s: a lower --threshold, fewer --max-points%s"),
               cause->message, values->limit_bytes > 0 ? _(" or a higher --memory-limit") : "");
  return FALSE;
}

static NerveCloud *
make_cloud (const Values *values, NerveInvocation *invocation, const NerveProgress *progress, GError **error)
{
  g_autoptr (NerveDataset) dataset = nerve_invocation_open_dataset (invocation, 0, error);

  return dataset != NULL ? nerve_cloud_values_make (&values->cloud, invocation, dataset, NULL, progress, error) : NULL;
}

/* What there is before it is known whether the run fits: distances if they were given, else points. */
static gboolean
prepare (const Values *values, NerveInvocation *invocation, Results *results, const NerveProgress *progress,
         GError **error)
{
  if (values->is_matrix)
    results->distances = read_matrix (invocation, progress, error);
  else
    results->cloud = make_cloud (values, invocation, progress, error);

  return results->distances != NULL || results->cloud != NULL;
}

static void
write_estimate (const Results *results, NerveOutput *output)
{
  nerve_output_printf (output, "points,bytes,seconds\n%" G_GSIZE_FORMAT ",%" G_GUINT64_FORMAT ",",
                       count_points (results), results->plan.estimate.bytes + nerve_memory_resident ());
  nerve_output_number (output, results->plan.estimate.seconds);
  nerve_output_printf (output, "\n");
}

static gboolean
represent (const Values *values, Results *results, const NerveProgress *progress, GError **error)
{
  double threshold = values->rips.threshold;

  if (results->plan.is_sparse)
    results->representatives = nerve_representatives_of_cloud (results->cloud, threshold, &results->plan, NULL,
                                                               progress, error);
  else
    results->representatives = nerve_representatives_new (results->distances, threshold, NULL, progress, error);
  if (results->representatives == NULL)
    return FALSE;
  if (values->rips.max_dimension == 1)
    results->diagram = nerve_diagram_ref (nerve_representatives_get_diagram (results->representatives));

  return TRUE;
}

/* What a run will take. */
static gboolean
make_plan (const Values *values, Results *results, const NerveProgress *progress, GError **error)
{
  NerveRipsParameters planned = get_planned (values);
  guint64 resident = nerve_memory_resident ();
  guint64 room = values->limit_bytes > 0 ? MAX (values->limit_bytes, resident + 1) - resident : 0;

  if (results->cloud != NULL)
    return nerve_rips_plan (results->cloud, &planned, room, &results->plan, progress, error);

  nerve_rips_estimate (count_points (results), 0, planned.max_dimension, nerve_parallel_get_threads (),
                       &results->plan.estimate);

  return TRUE;
}

static gboolean
compute (const Values *values, Results *results, const NerveProgress *progress, GError **error)
{
  NerveProgress measuring = nerve_progress_part (progress, .3, .5);
  NerveProgress representing = nerve_progress_part (progress, .5, .7);
  NerveProgress reducing = nerve_progress_part (progress, values->representatives != NULL ? .7 : .5, 1);

  if (!check_fits (values, results, error))
    return FALSE;
  if (results->distances == NULL && !results->plan.is_sparse)
    results->distances = nerve_cloud_distances (results->cloud, &measuring, error);
  if (results->distances == NULL && !results->plan.is_sparse)
    return FALSE;

  if (values->representatives != NULL && !represent (values, results, &representing, error))
    return FALSE;
  if (results->diagram == NULL && results->distances != NULL)
    results->diagram = nerve_rips (results->distances, &values->rips, &reducing, error);
  else if (results->diagram == NULL)
    results->diagram = nerve_rips_cloud (results->cloud, &values->rips, &results->plan, &reducing, error);

  return results->diagram != NULL;
}

static gboolean
run (gpointer user_data, NerveInvocation *invocation, GError **error)
{
  Values *values = user_data;
  NerveOptions *options = nerve_invocation_get_options (invocation);
  const NerveProgress *progress = nerve_invocation_get_progress (invocation);
  NerveProgress preparing = nerve_progress_part (progress, 0, .2);
  NerveProgress planning = nerve_progress_part (progress, .2, .3);
  g_autoptr (NerveOutput) output = NULL;
  g_autoptr (NerveOutput) cycles = NULL;
  g_auto (Results) results = { NULL };

  if (!parse_limit (values, error) || !check_estimate (values, options, error))
    return FALSE;
  output = nerve_invocation_open_output (invocation, NULL, error);
  if (output == NULL)
    return FALSE;
  if (values->representatives != NULL)
    {
      cycles = nerve_invocation_open_output (invocation, values->representatives, error);
      if (cycles == NULL)
        return FALSE;
    }

  if (!prepare (values, invocation, &results, &preparing, error)
      || !make_plan (values, &results, &planning, error))
    return FALSE;
  if (values->only_estimate)
    {
      write_estimate (&results, output);
      return nerve_invocation_commit (invocation, g_steal_pointer (&output), NULL, error);
    }
  if (!compute (values, &results, progress, error))
    return FALSE;

  if (cycles != NULL)
    {
      nerve_representatives_write (results.representatives, values->rips.max_dimension, results.cloud, cycles);
      if (!nerve_invocation_commit (invocation, g_steal_pointer (&cycles), values->representatives, error))
        return FALSE;
    }
  nerve_diagram_write (results.diagram,
                       nerve_diagram_format (values->format, nerve_options_is_given (options, "format"),
                                             nerve_invocation_get_output (invocation)), output);

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
