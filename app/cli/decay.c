#include "config.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "app/cli/decay-values.h"
#include "app/cli/json.h"
#include "layers/decay-band.h"
#include "layers/decay-table.h"
#include "layers/lifetimes.h"

typedef struct
{
  NerveDecayValues decay;
  gboolean         tau;
  int              by;
  char            *bootstrap;
} Values;

/* What goes into the result beside the curves. */
typedef struct
{
  NerveDecayX x;
  guint       dimensions;
  gsize       n_replicates;
  int         by;
  gboolean    with_tau;
  GArray     *taus;   /* a double for each file */
  GPtrArray  *groups; /* a NerveDecayGroups for each file */
} Extras;

enum { BY_NOTHING, BY_CLASS, BY_SUPERCLASS };

static const char *const bys[] = { "none", "class", "superclass", NULL };

static void
declare (gpointer user_data, NerveOptions *options)
{
  Values *values = user_data;

  nerve_decay_values_declare (&values->decay, options);
  nerve_options_add_switch (options, "tau", &values->tau, N_("Also the score from bar lengths"));
  nerve_options_add_choice (options, "by", bys, &values->by, N_("Also the curves of classes, or of superclasses"));
  nerve_options_add_string (options, "bootstrap", 0, N_("N"), &values->bootstrap,
                            N_("Also 95 % bands from N resamplings of the images within their classes"));
}

static void
clear (gpointer user_data)
{
  Values *values = user_data;

  nerve_decay_values_clear (&values->decay);
  g_free (values->bootstrap);
}

/* τ and the class tree, while the file is open. */
static gboolean
look_at_file (NerveDataset *dataset, gpointer user_data, const NerveProgress *progress, GError **error)
{
  Extras *extras = user_data;
  double tau = NAN;

  if (extras->with_tau && !nerve_decay_is_table (dataset) && !nerve_lifetimes_tau (dataset, &tau, progress, error))
    return FALSE;

  g_array_append_val (extras->taus, tau);
  g_ptr_array_add (extras->groups, nerve_decay_groups_new (dataset, extras->by == BY_SUPERCLASS ? 1 : 0));
  return TRUE;
}

static void
write_row (NerveJson *json, const char *key, const double *values, gsize n)
{
  nerve_json_begin_row (json, key);
  for (gsize i = 0; i < n; i++)
    nerve_json_number (json, NULL, values[i]);
  nerve_json_end (json);
}

static gboolean
write_bands (NerveJson *json, const NerveDecayCurve *curve, const Extras *extras, GError **error)
{
  g_autoptr (NerveDecayBand) band = NULL;

  if (extras->n_replicates == 0)
    return TRUE;
  band = nerve_decay_band_new (curve, extras->dimensions, extras->x, NULL, extras->n_replicates, 0, error);
  if (band == NULL)
    return FALSE;

  write_row (json, "omega_low", band->low, band->n);
  write_row (json, "omega_high", band->high, band->n);
  nerve_json_number (json, "theta_low", band->theta_low);
  nerve_json_number (json, "theta_high", band->theta_high);
  return TRUE;
}

static void
write_groups (NerveJson *json, const NerveDecayCurve *curve, const NerveDecayGroups *groups, const Extras *extras)
{
  guint n = nerve_decay_curve_get_n_layers (curve);
  g_autofree double *omega = g_new (double, n + 1);

  if (extras->by == BY_NOTHING)
    return;

  nerve_json_begin_array (json, "groups");
  for (guint g = 0; g < groups->n; g++)
    {
      NerveDecayScores scores;

      nerve_decay_curve_omega (curve, extras->dimensions, nerve_decay_groups_get (groups, g), omega);
      nerve_decay_scores (omega, n, extras->x, &scores);
      nerve_json_begin_object (json, NULL);
      nerve_json_string (json, "name", groups->names[g]);
      write_row (json, "omega", omega, n);
      nerve_json_number (json, "theta", scores.theta);
      nerve_json_end (json);
    }
  nerve_json_end (json);
}

static void
write_scores (NerveJson *json, const double *omega, const double *beta, guint n, NerveDecayX x)
{
  g_autofree double *beta1 = g_new (double, n + 1);
  NerveDecayScores scores, scores_beta1;

  for (guint i = 0; i < n; i++)
    beta1[i] = beta[3 * i + 1];
  nerve_decay_scores (omega, n, x, &scores);
  nerve_decay_scores (beta1, n, x, &scores_beta1);

  nerve_json_number (json, "theta", scores.theta);
  nerve_json_number (json, "theta_beta1", scores_beta1.theta);
  nerve_json_number (json, "log_slope", scores.log_slope);
  nerve_json_number (json, "area", scores.area);
  nerve_json_number (json, "first_last", scores.first_last);
}

static void
write_numbers (NerveJson *json, const NerveDecayCurve *curve, const Extras *extras)
{
  guint n = nerve_decay_curve_get_n_layers (curve);
  g_autofree double *beta = g_new (double, 3 * n + 1);
  g_autofree double *omega = g_new0 (double, n + 1);

  nerve_decay_curve_mean (curve, beta);
  for (guint i = 0; i < n; i++)
    for (guint d = 0; d < 3; d++)
      omega[i] += (extras->dimensions >> d & 1) != 0 ? beta[3 * i + d] : 0;

  nerve_json_begin_row (json, "layers");
  for (guint i = 0; i < n; i++)
    nerve_json_string (json, NULL, nerve_decay_curve_get_layer_name (curve, i));
  nerve_json_end (json);
  write_row (json, "omega", omega, n);
  nerve_json_begin_array (json, "beta");
  for (guint i = 0; i < n; i++)
    write_row (json, NULL, beta + 3 * i, 3);
  nerve_json_end (json);
  write_scores (json, omega, beta, n, extras->x);
}

static gboolean
write_curve (NerveJson *json, const NerveDecayCurve *curve, guint file, const Extras *extras, GError **error)
{
  gboolean ok;

  nerve_json_begin_object (json, NULL);
  nerve_json_string (json, "model", nerve_decay_curve_get_model (curve));
  write_numbers (json, curve, extras);
  nerve_json_number (json, "tau", g_array_index (extras->taus, double, file));
  nerve_json_number (json, "eta", nerve_decay_curve_get_eta (curve));
  nerve_json_integer (json, "images", nerve_decay_curve_get_n_images (curve));
  ok = write_bands (json, curve, extras, error);
  write_groups (json, curve, g_ptr_array_index (extras->groups, file), extras);
  nerve_json_end (json);

  return ok;
}

static gboolean
parse_replicates (const char *text, gsize *n, GError **error)
{
  guint64 number = 0;

  if (text != NULL && !g_ascii_string_to_unsigned (text, 10, 1, 100000, &number, NULL))
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER, _("--bootstrap: “%s” is not between 1 and 100000"), text);
      return FALSE;
    }

  *n = number;
  return TRUE;
}

static gboolean
write_curves (NerveOutput *output, GPtrArray *curves, gsize n_etas, const Extras *extras, GError **error)
{
  g_autoptr (NerveJson) json = nerve_json_new (output);
  guint file = 0;
  gboolean ok = TRUE;

  nerve_json_begin_array (json, NULL);
  for (guint i = 0, of_file = 0; i < curves->len && ok; i++)
    {
      const NerveDecayCurve *curve = g_ptr_array_index (curves, i);
      gboolean is_table = nerve_decay_curve_get_source (curve) == NERVE_DECAY_OF_TABLE;

      ok = write_curve (json, curve, file, extras, error);
      of_file = is_table || of_file + 1 == n_etas ? 0 : of_file + 1;
      file += of_file == 0;
    }
  nerve_json_end (json);

  return ok;
}

static gboolean
run (gpointer user_data, NerveInvocation *invocation, GError **error)
{
  const Values *values = user_data;
  g_autoptr (GArray) taus = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func ((GDestroyNotify) nerve_decay_groups_free);
  Extras extras = { .x = values->decay.x, .by = values->by, .with_tau = values->tau, .taus = taus, .groups = groups };
  g_autoptr (GPtrArray) curves = NULL;
  g_autoptr (NerveOutput) output = NULL;
  gsize n_etas;

  if (!nerve_decay_values_dimensions (&values->decay, &extras.dimensions, error) ||
      !parse_replicates (values->bootstrap, &extras.n_replicates, error))
    return FALSE;

  output = nerve_invocation_open_output (invocation, NULL, error);
  if (output == NULL)
    return FALSE;
  curves = nerve_decay_values_count (&values->decay, invocation, &n_etas, look_at_file, &extras, error);
  if (curves == NULL)
    return FALSE;
  if (!write_curves (output, curves, n_etas, &extras, error))
    return FALSE;

  return nerve_invocation_commit (invocation, g_steal_pointer (&output), NULL, error);
}

const NerveCommand nerve_command_decay = {
  .name = "decay",
  .files = "FILE…",
  .min_files = 1,
  .max_files = G_MAXUINT,
  .summary = N_("How Betti numbers decay over a network's layers, and scores of it, model by model"),
  .size = sizeof (Values),
  .declare = declare,
  .run = run,
  .clear = clear,
};
