#include "config.h"

#include "app/study-origin.h"

#include <math.h>

#include <glib/gi18n.h>

#include "app/origin-private.h"
#include "layers/accuracies.h"
#include "layers/decay-table.h"

/* Of Betti numbers, as nerve_betti_table has them. */
enum { ETA, COUNT, N_SETTINGS };
static const char *const settings[N_SETTINGS] = { "eta", "count" };

typedef struct
{
  NerveDataset *dataset;
  char         *values[N_SETTINGS]; /* NULL: the layers' differ; a table has none */
  gboolean      is_table;
  double        typed;
} Network;

struct _NerveStudyOrigin
{
  gatomicrefcount references;
  GArray         *networks;
  NerveDecayX     x;
  char           *refusal;
};

static void
network_clear (gpointer data)
{
  Network *self = data;

  for (guint i = 0; i < N_SETTINGS; i++)
    g_free (self->values[i]);
  nerve_dataset_unref (self->dataset);
}

NerveStudyOrigin *
nerve_study_origin_new (NerveDecayX x)
{
  NerveStudyOrigin *self = g_new0 (NerveStudyOrigin, 1);

  g_atomic_ref_count_init (&self->references);
  self->networks = g_array_new (FALSE, FALSE, sizeof (Network));
  g_array_set_clear_func (self->networks, network_clear);
  self->x = x;

  return self;
}

NerveStudyOrigin *
nerve_study_origin_ref (NerveStudyOrigin *self)
{
  g_atomic_ref_count_inc (&self->references);

  return self;
}

void
nerve_study_origin_unref (NerveStudyOrigin *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;

  g_array_unref (self->networks);
  g_free (self->refusal);
  g_free (self);
}

void
nerve_study_origin_refuse (NerveStudyOrigin *self, const char *why)
{
  g_return_if_fail (self != NULL);

  g_free (self->refusal);
  self->refusal = g_strdup (why);
}

/* That of all layers; NULL: they differ. */
static char *
common_value (const char *name, guint n_layers, const NerveLayerParameters *parameters)
{
  const NerveParameter *parameter = nerve_parameters_find (&nerve_betti_table, name);
  char *value = nerve_parameter_get (parameter, &parameters[0].betti);

  for (guint i = 1; i < n_layers && value != NULL; i++)
    {
      g_autofree char *other = nerve_parameter_get (parameter, &parameters[i].betti);

      if (g_strcmp0 (value, other) != 0)
        g_clear_pointer (&value, g_free);
    }

  return value;
}

void
nerve_study_origin_add (NerveStudyOrigin *self, NerveDataset *dataset, const NerveLayerParameters *parameters,
                        const double *at, double typed)
{
  Network network = { .dataset = nerve_dataset_ref (dataset), .is_table = nerve_decay_is_table (dataset),
                      .typed = typed };

  for (guint i = 0; i < N_SETTINGS && !network.is_table && at == NULL; i++)
    network.values[i] = common_value (settings[i], nerve_dataset_get_n_layers (dataset), parameters);
  if (at != NULL && !network.is_table)
    {
      network.values[ETA] = nerve_origin_number (*at);
      network.values[COUNT] = g_strdup ("half-open"); /* what curves are */
    }
  g_array_append_val (self->networks, network);
}

const char * const *
nerve_study_x_names (void)
{
  static const char *const names[] = { "layers", "unit", NULL };

  return names;
}

const char * const *
nerve_study_over_names (void)
{
  static const char *const names[] = { "depth", "layers", NULL };

  return names;
}

NerveDepth
nerve_study_over_depth (int over)
{
  return over == 0 ? NERVE_DEPTH_RELATIVE : NERVE_DEPTH_LAYER;
}

static const char *
over_name (const NerveFigureModel *model)
{
  return nerve_study_over_names ()[model->decay.depth == nerve_study_over_depth (0) ? 0 : 1];
}

/* What is drawn of the networks: an option each, with the value that it has unless it is given. */
typedef struct { const char *name, *value, *initial; } Setting;

static void
list_settings (const NerveStudyOrigin *self, const NerveFigureModel *model, Setting list[4])
{
  list[0] = (Setting) { "score", nerve_ranking_score_info (model->decay.score)->name,
                        nerve_ranking_score_info (0)->name };
  list[1] = (Setting) { "x", nerve_study_x_names ()[self->x], nerve_study_x_names ()[0] };
  list[2] = (Setting) { "over", over_name (model), nerve_study_over_names ()[0] };
  list[3] = (Setting) { "axis", model->decay.linear ? "linear" : "logarithmic", "logarithmic" };
}

char *
nerve_study_origin_describe (const NerveStudyOrigin *self, const NerveFigureKind *kind, const NerveFigureModel *model)
{
  GString *text = g_string_new ("nerve " NERVE_VERSION);
  Setting list[4];

  g_return_val_if_fail (self != NULL, NULL);

  g_string_append_printf (text, "; kind=%s", kind->name);
  list_settings (self, model, list);
  for (guint i = 0; i < G_N_ELEMENTS (list); i++)
    g_string_append_printf (text, "; %s=%s", list[i].name, list[i].value);
  for (guint i = 0; i < self->networks->len; i++)
    {
      const Network *network = &g_array_index (self->networks, Network, i);
      g_autofree char *file = g_path_get_basename (nerve_dataset_get_path (network->dataset));
      double accuracy = isnan (network->typed) ? nerve_accuracies_of_dataset (network->dataset) : network->typed;

      g_string_append_printf (text, "; file=%s; fingerprint=%s", file,
                              nerve_dataset_get_fingerprint (network->dataset));
      for (guint k = 0; k < N_SETTINGS && !network->is_table; k++)
        {
          const char *value = network->values[k] != NULL ? network->values[k] : "layer by layer";
          g_autofree char *used = *value == '\0' ? nerve_origin_default_eta () : g_strdup (value);

          g_string_append_printf (text, "; %s=%s", settings[k], used);
        }
      if (!isnan (accuracy))
        {
          g_autofree char *value = nerve_origin_number (accuracy);

          g_string_append_printf (text, "; accuracy=%s", value);
        }
    }

  return g_string_free (text, FALSE);
}

/* An option stands for all files and layers. */
static gboolean
append_betti (const NerveStudyOrigin *self, guint setting, GString *out, GError **error)
{
  g_auto (NerveLayerParameters) initial = { 0 };
  g_autofree char *usual = NULL;
  const char *common = NULL;
  gboolean same = TRUE;

  nerve_layer_parameters_init (&initial);
  usual = common_value (settings[setting], 1, &initial);
  for (guint i = 0; i < self->networks->len; i++)
    {
      const Network *network = &g_array_index (self->networks, Network, i);
      const char *value = network->values[setting];

      if (network->is_table)
        continue;
      same &= value != NULL && (common == NULL || g_str_equal (value, common));
      common = value;
    }
  if (!same)
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER,
                   _("the networks or their layers are counted with different values of --%s"), settings[setting]);
      return FALSE;
    }
  if (common != NULL && g_strcmp0 (common, usual) != 0)
    nerve_origin_append_option (out, settings[setting], common);

  return TRUE;
}

/* In the order of the files; empty: what the file says itself. */
static void
append_accuracies (const NerveStudyOrigin *self, GString *out)
{
  g_autoptr (GString) list = g_string_new (NULL);
  gboolean any = FALSE;

  for (guint i = 0; i < self->networks->len; i++)
    {
      double typed = g_array_index (self->networks, Network, i).typed;
      g_autofree char *value = isnan (typed) ? g_strdup ("") : nerve_origin_number (typed);

      g_string_append_printf (list, "%s%s", i > 0 ? "," : "", value);
      any |= !isnan (typed);
    }
  if (any)
    nerve_origin_append_option (out, "accuracies", list->str);
}

char *
nerve_study_origin_command (const NerveStudyOrigin *self, const NerveFigureKind *kind, const NerveFigureModel *model,
                            const NerveOriginPage *page, const char *output, GError **error)
{
  g_autoptr (GString) text = g_string_new ("nerve-cli figure");
  g_autofree char *quoted = g_shell_quote (output);
  Setting list[4];

  g_return_val_if_fail (self != NULL, NULL);

  if (self->refusal != NULL)
    {
      g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_PARAMETER, self->refusal);
      return NULL;
    }
  for (guint i = 0; i < self->networks->len; i++)
    {
      g_autofree char *file =
        g_shell_quote (nerve_dataset_get_path (g_array_index (self->networks, Network, i).dataset));

      g_string_append_printf (text, " %s", file);
    }
  nerve_origin_append_option (text, "kind", kind->name);
  list_settings (self, model, list);
  for (guint i = 0; i < G_N_ELEMENTS (list); i++)
    if (!g_str_equal (list[i].value, list[i].initial))
      nerve_origin_append_option (text, list[i].name, list[i].value);
  for (guint i = 0; i < N_SETTINGS; i++)
    if (!append_betti (self, i, text, error))
      return NULL;
  append_accuracies (self, text);
  nerve_origin_append_page (page, text);
  g_string_append_printf (text, " -o %s", quoted);

  return g_string_free (g_steal_pointer (&text), FALSE);
}
