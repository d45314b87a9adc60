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
                            N_("Only tell what the run would need: points, bytes at its peak, seconds (roughly); "
                               "above H1 at least that much"));
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
  if (!values->only_estimate || !nerve_options_is_given (options, "format"))
    return TRUE;

  g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER, _("--estimate is two lines of CSV and nothing else: no --%s"),
               "format");
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

static const char *
advise_limit (const Values *values)
{
  return values->limit_bytes > 0 ? _(", or raise --memory-limit") : "";
}

/* Says what could fit. */
static void
refuse_matrix (const Values *values, const Results *results, const GError *cause, GError **error)
{
  const NerveCloud *cloud = results->cloud;
  gsize d = cloud != NULL ? MAX (nerve_cloud_get_dimension (cloud), 1) : 0;
  gboolean is_sparse_possible = cloud != NULL && isfinite (values->rips.threshold)
                                && values->rips.max_dimension > 1;
  NerveRipsParameters planned = get_planned (values);
  g_autofree char *advice = NULL;
  gsize fitting;

  nerve_rips_check_fits (count_points (results), d, planned.max_dimension, values->limit_bytes, &fitting, NULL);
  /* To --max-points 0 is no limit. */
  if (fitting == 0)
    advice = g_strdup (_("no point would fit"));
  else
    advice = g_strdup_printf (results->plan.estimate.is_least ? _("no more than %s %zu could fit")
                                                              : _("%s %zu would fit"),
                              cloud != NULL ? "--max-points" : _("a sample of"), fitting);
  g_set_error (error, NERVE_ERROR, NERVE_ERROR_MEMORY, "%s: %s%s%s", cause->message, advice,
               is_sparse_possible ? _(", or --max-dim 1, which below a threshold needs only near pairs") : "",
               advise_limit (values));
}

static gboolean
check_fits (const Values *values, const Results *results, GError **error)
{
  g_autoptr (GError) cause = NULL;

  if (nerve_rips_check_estimate (count_points (results), &results->plan.estimate, values->limit_bytes, &cause))
    return TRUE;

  if (results->plan.is_sparse)
    g_set_error (error, NERVE_ERROR, NERVE_ERROR_MEMORY, _("%s: a lower --threshold, fewer --max-points%s"),
                 cause->message, values->limit_bytes > 0 ? _(" or a higher --memory-limit") : "");
  else
    refuse_matrix (values, results, cause, error);

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
write_estimate (const Results *results, NerveInvocation *invocation, NerveOutput *output)
{
  if (results->plan.estimate.is_least)
    nerve_invocation_say (invocation, _("bytes and seconds are the least: voids may take far more, which only shows "
                                        "as they are computed; --memory-limit stops that in time"));
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

static double
count_edges (const NerveDistances *distances, double threshold)
{
  gsize n = nerve_distances_get_n (distances);
  const double *values = nerve_distances_get_values (distances);
  gsize n_edges = 0;

  if (!isfinite (threshold))
    return INFINITY;
  for (gsize i = 0; i < n * (n - MIN (n, 1)) / 2; i++)
    n_edges += values[i] <= threshold;

  return n_edges;
}

/* What a run will take. */
static gboolean
make_plan (const Values *values, Results *results, const NerveProgress *progress, GError **error)
{
  NerveRipsParameters planned = get_planned (values);
  guint64 resident = nerve_memory_resident ();
  guint64 room = values->limit_bytes > 0 ? MAX (values->limit_bytes, resident + 1) - resident : 0;
  NerveRipsPlan *plan = &results->plan;

  if (results->cloud != NULL && !nerve_rips_plan (results->cloud, &planned, room, plan, progress, error))
    return FALSE;
  if (results->cloud == NULL)
    {
      plan->n_edges = count_edges (results->distances, planned.threshold);
      nerve_rips_estimate (count_points (results), 0, plan->n_edges, planned.max_dimension,
                           nerve_parallel_get_threads (), &plan->estimate);
    }
  if (values->representatives != NULL)
    plan->estimate.seconds += nerve_rips_estimate_representatives (count_points (results), plan->n_edges);

  return TRUE;
}

/* What passes the limit only as it runs says so here. */
static NerveDiagram *
reduce (const Values *values, const Results *results, const NerveProgress *progress, GError **error)
{
  g_autoptr (GError) cause = NULL;
  NerveDiagram *diagram;

  if (results->distances != NULL)
    diagram = nerve_rips_within (results->distances, &values->rips, values->limit_bytes, progress, &cause);
  else
    diagram = nerve_rips_cloud (results->cloud, &values->rips, &results->plan, progress, &cause);

  if (g_error_matches (cause, NERVE_ERROR, NERVE_ERROR_MEMORY))
    g_set_error (error, NERVE_ERROR, NERVE_ERROR_MEMORY, "%s%s", cause->message, advise_limit (values));
  else if (cause != NULL)
    g_propagate_error (error, g_steal_pointer (&cause));

  return diagram;
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
  if (results->diagram == NULL)
    results->diagram = reduce (values, results, &reducing, error);

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
  if (values->representatives != NULL && !values->only_estimate)
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
      write_estimate (&results, invocation, output);
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
