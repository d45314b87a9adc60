#include "config.h"

#include <glib/gi18n.h>

#include "app/cli/decay-values.h"
#include "app/cli/json.h"
#include "layers/decay-band.h"
#include "layers/invariance.h"

typedef struct
{
  NerveDecayValues decay;
  int              over;
  int              replicates;
  int              seed;
  gboolean         subsample;
} Values;

static const char *const overs[] = { "depth", "layers", NULL };

static const NerveParameter parameters[] = {
  {
    .name = "bootstrap", .label = N_("Resamplings"), .help = N_("How often images are drawn anew for a band"),
    .type = NERVE_PARAMETER_INT, .offset = G_STRUCT_OFFSET (Values, replicates),
    .initial = NERVE_RESAMPLING_REPLICATES, .lower = 1, .upper = 100000,
  },
  {
    .name = "seed", .label = N_("Seed"), .help = N_("Another seed, other draws"),
    .type = NERVE_PARAMETER_INT, .offset = G_STRUCT_OFFSET (Values, seed),
    .initial = 0, .lower = 0, .upper = G_MAXINT,
  },
};

static const NerveParameterTable table = {
  .name = "invariance", .size = sizeof (Values), .parameters = parameters, .n = G_N_ELEMENTS (parameters),
};

static void
declare (gpointer user_data, NerveOptions *options)
{
  Values *values = user_data;

  nerve_decay_values_declare (&values->decay, options);
  nerve_options_add_choice (options, "over", overs, &values->over,
                            N_("Compare over relative depth, or over the layer's number"));
  values->replicates = NERVE_RESAMPLING_REPLICATES;
  nerve_options_add_table (options, &table, values);
  nerve_options_add_switch (options, "subsample", &values->subsample,
                            N_("Also what curves of 1, 2, 5, 10, … images a class are worth"));
}

static void
clear (gpointer user_data)
{
  Values *values = user_data;

  nerve_decay_values_clear (&values->decay);
}

static void
write_row (NerveJson *json, const char *key, const double *values, gsize n)
{
  nerve_json_begin_row (json, key);
  for (gsize i = 0; i < n; i++)
    nerve_json_number (json, NULL, values[i]);
  nerve_json_end (json);
}

static void
write_range (NerveJson *json, const char *key, const NerveInvariance *value)
{
  const double numbers[3] = { value->distance, value->low, value->high };

  write_row (json, key, numbers, 3);
}

static gboolean
write_subsamples (NerveJson *json, const Values *values, const NerveDecayCurve *curve, guint dimensions,
                  const NerveProgress *progress, GError **error)
{
  g_autoptr (GArray) results = NULL;

  if (!values->subsample)
    return TRUE;
  results = nerve_invariance_subsample (curve, dimensions, values->decay.x, NULL, 0, values->replicates, values->seed,
                                        progress, error);
  if (results == NULL)
    return FALSE;

  nerve_json_begin_array (json, "subsamples");
  for (guint i = 0; i < results->len; i++)
    {
      const NerveImageSubsample *result = &g_array_index (results, NerveImageSubsample, i);

      nerve_json_begin_object (json, NULL);
      nerve_json_integer (json, "images", result->n_images);
      write_range (json, "distance", &result->distance);
      write_range (json, "theta", &result->theta);
      nerve_json_end (json);
    }
  nerve_json_end (json);

  return TRUE;
}

static gboolean
write_curve (NerveJson *json, const Values *values, const NerveDecayCurve *curve, guint dimensions,
             const NerveProgress *progress, GError **error)
{
  gsize n = nerve_decay_curve_get_n_layers (curve);
  g_autofree double *omega = g_new (double, n + 1);
  g_autoptr (NerveDecayBand) band = nerve_decay_band_new (curve, dimensions, values->decay.x, NULL, values->replicates,
                                                          values->seed, error);
  gboolean ok;

  if (band == NULL)
    return FALSE;
  nerve_decay_curve_omega (curve, dimensions, NULL, omega);
  nerve_json_begin_object (json, NULL);
  nerve_json_string (json, "model", nerve_decay_curve_get_model (curve));
  nerve_json_number (json, "eta", nerve_decay_curve_get_eta (curve));
  write_row (json, "omega", omega, n);
  write_row (json, "omega_low", band->low, n);
  write_row (json, "omega_high", band->high, n);
  ok = write_subsamples (json, values, curve, dimensions, progress, error);
  nerve_json_end (json);

  return ok;
}

static gboolean
write_distances (NerveJson *json, const Values *values, GPtrArray *curves, guint dimensions,
                 const NerveProgress *progress, GError **error)
{
  nerve_json_begin_array (json, "distances");
  for (guint a = 0; a < curves->len; a++)
    for (guint b = a + 1; b < curves->len; b++)
      {
        NerveInvariance distance;

        if (!nerve_progress_check (progress, error) ||
            !nerve_invariance_compare (g_ptr_array_index (curves, a), g_ptr_array_index (curves, b), dimensions,
                                       values->over == 0 ? NERVE_DEPTH_RELATIVE : NERVE_DEPTH_LAYER,
                                       values->replicates, values->seed, &distance, error))
          {
            nerve_json_end (json);
            return FALSE;
          }
        nerve_json_begin_object (json, NULL);
        nerve_json_integer (json, "a", a);
        nerve_json_integer (json, "b", b);
        nerve_json_number (json, "distance", distance.distance);
        nerve_json_number (json, "low", distance.low);
        nerve_json_number (json, "high", distance.high);
        nerve_json_end (json);
      }
  nerve_json_end (json);

  return TRUE;
}

static gboolean
write_all (NerveOutput *output, const Values *values, GPtrArray *curves, guint dimensions,
           const NerveProgress *progress, GError **error)
{
  g_autoptr (NerveJson) json = nerve_json_new (output);
  gboolean ok = TRUE;

  nerve_json_begin_object (json, NULL);
  nerve_json_begin_array (json, "curves");
  for (guint i = 0; i < curves->len && ok; i++)
    ok = write_curve (json, values, g_ptr_array_index (curves, i), dimensions, progress, error);
  nerve_json_end (json);
  ok = ok && write_distances (json, values, curves, dimensions, progress, error);
  nerve_json_end (json);

  return ok;
}

static gboolean
run (gpointer user_data, NerveInvocation *invocation, GError **error)
{
  const Values *values = user_data;
  g_autoptr (GPtrArray) curves = NULL;
  g_autoptr (NerveOutput) output = NULL;
  guint dimensions;
  gsize n_etas;

  if (!nerve_decay_values_dimensions (&values->decay, &dimensions, error))
    return FALSE;
  output = nerve_invocation_open_output (invocation, NULL, error);
  if (output == NULL)
    return FALSE;
  curves = nerve_decay_values_count (&values->decay, invocation, &n_etas, NULL, NULL, error);
  if (curves == NULL)
    return FALSE;
  nerve_invocation_blame (invocation, NULL);
  if (!write_all (output, values, curves, dimensions, nerve_invocation_get_progress (invocation), error))
    return FALSE;

  return nerve_invocation_commit (invocation, g_steal_pointer (&output), NULL, error);
}

const NerveCommand nerve_command_invariance = {
  .name = "invariance",
  .files = "FILE…",
  .min_files = 1,
  .max_files = G_MAXUINT,
  .summary = N_("How far decay curves of several files lie apart, and what those of fewer images are worth"),
  .size = sizeof (Values),
  .declare = declare,
  .run = run,
  .clear = clear,
};
