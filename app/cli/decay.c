#include "config.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "app/cli/betti-values.h"
#include "app/cli/json.h"
#include "cloud/cloud.h"

#define N_DIMENSIONS 3

typedef struct
{
  NerveBettiValues betti;
  int              x;
  char            *dims;
  gboolean         tau;
} Values;

/* Mean Betti numbers over the layers of a model. */
typedef struct
{
  char      *model;
  GPtrArray *layers;
  GArray    *beta; /* of double [N_DIMENSIONS] */
} Curve;

/* How the layers of a model are chosen, best first. */
typedef struct
{
  gboolean  (*suits) (const NerveLayer *layer);
  const char *warning;
} Choice;

static const char *const xs[] = { "layers", "unit", NULL };

static void
declare (gpointer user_data, NerveOptions *options)
{
  Values *values = user_data;

  nerve_betti_values_declare (&values->betti, options);
  nerve_options_add_choice (options, "x", xs, &values->x, N_("The curve's axis: the layer's number, or 0 to 1"));
  nerve_options_add_string (options, "dims", 0, N_("LIST"), &values->dims,
                            N_("Which Betti numbers Ω is the sum of [0,1,2]"));
  nerve_options_add_switch (options, "tau", &values->tau, N_("Also the score from bar lengths"));
}

static void
clear (gpointer user_data)
{
  Values *values = user_data;

  nerve_betti_values_clear (&values->betti);
  g_free (values->dims);
}

static void
curve_free (Curve *self)
{
  g_free (self->model);
  g_ptr_array_unref (self->layers);
  g_array_unref (self->beta);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Curve, curve_free)

/* The file's attribute, else its name without folder and suffix. */
static char *
model_name (NerveDataset *dataset)
{
  const char *attribute = nerve_dataset_get_attribute (dataset, "model");
  char *name;
  char *dot;

  if (attribute != NULL && *attribute != '\0')
    return g_strdup (attribute);

  name = g_path_get_basename (nerve_dataset_get_path (dataset));
  dot = strrchr (name, '.');
  if (dot != NULL && dot != name)
    *dot = '\0';

  return name;
}

static Curve *
curve_new (NerveDataset *dataset)
{
  Curve *self = g_new (Curve, 1);

  self->model = model_name (dataset);
  self->layers = g_ptr_array_new_with_free_func (g_free);
  self->beta = g_array_new (FALSE, FALSE, sizeof (double[N_DIMENSIONS]));

  return self;
}

static gboolean
parse_dims (const char *text, gboolean dims[N_DIMENSIONS], GError **error)
{
  g_auto (GStrv) words = NULL;

  /* An empty list is one empty word: no number. */
  text = text != NULL ? text : "0,1,2";
  words = g_strsplit (*text != '\0' ? text : " ", ",", -1);
  memset (dims, 0, N_DIMENSIONS * sizeof (gboolean));
  for (char **word = words; *word != NULL; word++)
    {
      guint64 dim;

      if (!g_ascii_string_to_unsigned (g_strstrip (*word), 10, 0, N_DIMENSIONS - 1, &dim, NULL))
        {
          g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER, "--dims: “%s” is not a list of 0, 1 and 2", text);
          return FALSE;
        }
      dims[dim] = TRUE;
    }

  return TRUE;
}

/* A file of Betti numbers counted before: .npy of shape classes × images × layers × 3, or, of one class, without the
 * first extent. (A tensor that looks like it is one layer only, and one layer makes no curve.) */
static gboolean
is_table (NerveDataset *dataset)
{
  const NerveLayer *layer = nerve_dataset_get_layer (dataset, 0);

  return g_strcmp0 (nerve_dataset_get_format (dataset), "npy") == 0 && !layer->is_vector &&
         layer->width == N_DIMENSIONS;
}

/* Means over the images of a class, then over classes. */
static Curve *
read_table (NerveDataset *dataset, const NerveProgress *progress, GError **error)
{
  const NerveLayer *layer = nerve_dataset_get_layer (dataset, 0);
  g_autoptr (Curve) self = curve_new (dataset);
  gsize row_size = layer->channels * layer->height * N_DIMENSIONS;
  g_autofree double *row = g_new (double, row_size);

  g_array_set_size (self->beta, layer->height);
  memset (self->beta->data, 0, layer->height * sizeof (double[N_DIMENSIONS]));
  for (gsize label = 0; label < layer->n; label++)
    {
      double *sums = (double *) self->beta->data;

      if (!nerve_progress_step (progress, (double) label / layer->n))
        {
          nerve_progress_set_cancelled (error);
          return NULL;
        }
      if (!nerve_dataset_read_rows (dataset, 0, label, 1, row, error) ||
          !nerve_dataset_check_finite (dataset, 0, label, 1, row, error))
        return NULL;
      for (gsize place = 0; place < layer->height * N_DIMENSIONS; place++)
        {
          double sum = 0.0;

          for (gsize image = 0; image < layer->channels; image++)
            {
              double betti = row[image * layer->height * N_DIMENSIONS + place];

              if (betti < 0.0)
                {
                  g_set_error (error, NERVE_ERROR, NERVE_ERROR_VALUE,
                               "%s: no table of Betti numbers: %.9g in class %zu, image %zu", layer->name, betti,
                               label, image);
                  return NULL;
                }
              sum += betti;
            }
          sums[place] += sum / layer->channels / layer->n;
        }
    }
  for (gsize i = 0; i < layer->height; i++)
    g_ptr_array_add (self->layers, g_strdup_printf ("%" G_GSIZE_FORMAT, i + 1));

  return g_steal_pointer (&self);
}

static gboolean
is_tensor (const NerveLayer *layer)
{
  return nerve_layer_group (layer) == NERVE_LAYER_GROUP_TENSOR && !layer->is_vector;
}

static gboolean
is_sampled (const NerveLayer *layer)
{
  return nerve_layer_group (layer) == NERVE_LAYER_GROUP_TENSOR;
}

static gboolean
is_hidden (const NerveLayer *layer)
{
  return nerve_layer_group (layer) != NERVE_LAYER_GROUP_INPUT;
}

static gboolean
is_any (const NerveLayer *layer)
{
  return TRUE;
}

/* Ω's curve goes over tensors, the input left out (P2 starts at the first block): β0 of a vector is another
 * quantity. */
static GArray *
choose_layers (NerveInvocation *invocation, NerveDataset *dataset)
{
  static const Choice choices[] = {
    { is_tensor, NULL },
    { is_sampled, "no layer holds tensors: β0 of vectors that were sampled from tensors stands in, "
                  "which is another quantity" },
    { is_hidden, "no layer holds tensors: β0 of vectors stands in, which is another quantity" },
    { is_any, "the input is all there is" },
  };
  GArray *layers = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < G_N_ELEMENTS (choices) && layers->len == 0; i++)
    {
      for (guint layer = 0; layer < nerve_dataset_get_n_layers (dataset); layer++)
        if (choices[i].suits (nerve_dataset_get_layer (dataset, layer)))
          g_array_append_val (layers, layer);
      if (layers->len > 0 && choices[i].warning != NULL)
        nerve_invocation_warn (invocation, "%s", choices[i].warning);
    }

  return layers;
}

static Curve *
count_layers (NerveInvocation *invocation, NerveDataset *dataset, double eta, NerveBettiCount count,
              const NerveProgress *progress, GError **error)
{
  g_autoptr (Curve) self = curve_new (dataset);
  g_autoptr (GArray) layers = choose_layers (invocation, dataset);

  for (guint i = 0; i < layers->len; i++)
    {
      guint layer = g_array_index (layers, guint, i);
      NerveProgress part = nerve_progress_part (progress, (double) i / layers->len, (i + 1.0) / layers->len);
      g_autoptr (NerveBettiLayer) betti = nerve_betti_layer_new (dataset, layer, &eta, 1, count, &part, error);
      double means[4];

      if (betti == NULL)
        return NULL;
      nerve_betti_layer_mean (betti, 0, means);
      g_array_append_vals (self->beta, means, 1);
      g_ptr_array_add (self->layers, g_strdup (nerve_dataset_get_layer (dataset, layer)->name));
    }

  return g_steal_pointer (&self);
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
write_curve (NerveJson *json, const Curve *curve, const gboolean dims[N_DIMENSIONS], NerveDecayX x)
{
  gsize n = curve->beta->len;
  double (*beta)[N_DIMENSIONS] = (gpointer) curve->beta->data;
  g_autofree double *omega = g_new0 (double, n);
  g_autofree double *beta1 = g_new (double, n);
  NerveDecayScores scores, scores_beta1;

  for (gsize i = 0; i < n; i++)
    {
      beta1[i] = beta[i][1];
      for (guint dim = 0; dim < N_DIMENSIONS; dim++)
        if (dims[dim])
          omega[i] += beta[i][dim];
    }
  nerve_decay_scores (omega, n, x, &scores);
  nerve_decay_scores (beta1, n, x, &scores_beta1);

  nerve_json_begin_object (json, NULL);
  nerve_json_string (json, "model", curve->model);
  nerve_json_begin_row (json, "layers");
  for (guint i = 0; i < curve->layers->len; i++)
    nerve_json_string (json, NULL, g_ptr_array_index (curve->layers, i));
  nerve_json_end (json);
  write_row (json, "omega", omega, n);
  nerve_json_begin_array (json, "beta");
  for (gsize i = 0; i < n; i++)
    write_row (json, NULL, beta[i], N_DIMENSIONS);
  nerve_json_end (json);
  nerve_json_number (json, "theta", scores.theta);
  nerve_json_number (json, "theta_beta1", scores_beta1.theta);
  nerve_json_number (json, "log_slope", scores.log_slope);
  nerve_json_number (json, "area", scores.area);
  nerve_json_number (json, "first_last", scores.first_last);
  nerve_json_null (json, "tau");
  nerve_json_end (json);
}

static GPtrArray *
compute (const Values *values, NerveInvocation *invocation, GError **error)
{
  g_autoptr (GPtrArray) curves = g_ptr_array_new_with_free_func ((GDestroyNotify) curve_free);
  guint n_files = g_strv_length (nerve_invocation_get_files (invocation));
  g_autofree double *etas = NULL;
  NerveBettiCount count;
  gsize n_etas;

  if (!nerve_betti_values_resolve (&values->betti, nerve_invocation_get_options (invocation), &etas, &n_etas, &count,
                                   error))
    return NULL;
  if (n_etas != 1)
    {
      g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_PARAMETER, "--eta: a curve has one threshold, not several");
      return NULL;
    }

  for (guint i = 0; i < n_files; i++)
    {
      NerveProgress part = nerve_progress_part (nerve_invocation_get_progress (invocation), (double) i / n_files,
                                                (i + 1.0) / n_files);
      g_autoptr (NerveDataset) dataset = nerve_invocation_open_dataset (invocation, i, error);
      Curve *curve;

      if (dataset == NULL)
        return NULL;
      curve = is_table (dataset) ? read_table (dataset, &part, error)
                                 : count_layers (invocation, dataset, etas[0], count, &part, error);
      if (curve == NULL)
        return NULL;
      g_ptr_array_add (curves, curve);
    }

  return g_steal_pointer (&curves);
}

static gboolean
run (gpointer user_data, NerveInvocation *invocation, GError **error)
{
  const Values *values = user_data;
  g_autoptr (GPtrArray) curves = NULL;
  g_autoptr (NerveOutput) output = NULL;
  gboolean dims[N_DIMENSIONS];
  NerveJson *json;

  if (values->tau)
    {
      g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_NOT_FOUND,
                           "--tau needs diagrams of volumes, which are not available yet; theta and the others are");
      return FALSE;
    }
  if (!parse_dims (values->dims, dims, error))
    return FALSE;

  output = nerve_invocation_open_output (invocation, NULL, error);
  if (output == NULL)
    return FALSE;
  curves = compute (values, invocation, error);
  if (curves == NULL)
    return FALSE;

  json = nerve_json_new (output);
  nerve_json_begin_array (json, NULL);
  for (guint i = 0; i < curves->len; i++)
    write_curve (json, g_ptr_array_index (curves, i), dims, values->x);
  nerve_json_end (json);
  nerve_json_free (json);

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
