#include "config.h"

#include <glib/gi18n.h>

#include "app/cli/scene.h"
#include "app/origin.h"
#include "app/render.h"
#include "figures/report.h"

typedef struct
{
  NerveSceneValues scene;
  int              paper;
  char            *font;
} Values;

static const char *const papers[] = { "a4", "letter", NULL };
static const double sizes[][2] = { { 595.28, 841.89 }, { 612, 792 } };

static void
declare (gpointer data, NerveOptions *options)
{
  Values *values = data;

  nerve_options_add_choice (options, "paper", papers, &values->paper, N_("The size of its pages"));
  nerve_options_add_string (options, "font", 0, N_("FONT"), &values->font, N_("“Lato 9”: family and size in points"));
  nerve_scene_values_declare (&values->scene, options);
  /* To be read by somebody, it begins as the window does. */
  values->scene.window = TRUE;
}

static void
clear (gpointer data)
{
  Values *values = data;

  nerve_scene_values_clear (&values->scene);
  g_free (values->font);
}

/* What fails leaves a note in the report; a report of what there is beats none. FALSE: cancelled. */
static gboolean
note (GPtrArray *notes, const char *layer, GError *cause, GError **error)
{
  g_autofree char *text = NULL;

  if (g_error_matches (cause, NERVE_ERROR, NERVE_ERROR_CANCELLED))
    {
      g_propagate_error (error, cause);
      return FALSE;
    }
  text = layer == NULL || g_str_has_prefix (cause->message, layer) ? g_strdup (cause->message)
                                                                   : g_strdup_printf ("%s: %s", layer, cause->message);
  if (!g_ptr_array_find_with_equal_func (notes, text, g_str_equal, NULL))
    g_ptr_array_add (notes, g_steal_pointer (&text));
  g_error_free (cause);

  return TRUE;
}

/* All at once; if one fails, the others one by one. */
static gboolean
compute_layers (NerveScene *scene, GPtrArray *notes, const NerveProgress *progress, GError **error)
{
  static const struct { guint flag; NerveResultKind kind; } results[] = {
    { NERVE_FIGURE_NEEDS_GRAPH, NERVE_RESULT_GRAPH }, { NERVE_FIGURE_NEEDS_HOMOLOGY, NERVE_RESULT_HOMOLOGY },
    { NERVE_FIGURE_NEEDS_BETTI, NERVE_RESULT_BETTI },
  };
  const guint all = NERVE_FIGURE_NEEDS_GRAPH | NERVE_FIGURE_NEEDS_HOMOLOGY | NERVE_FIGURE_NEEDS_BETTI;
  g_autofree guint *layers = g_new (guint, scene->n_layers);

  for (guint i = 0; i < scene->n_layers; i++)
    layers[i] = i;
  if (nerve_render_results (scene->dataset, all, layers, scene->n_layers, scene->parameters, scene->results, progress,
                            NULL))
    return TRUE;

  for (guint i = 0; i < scene->n_layers; i++)
    for (guint k = 0; k < G_N_ELEMENTS (results); k++)
      {
        GError *cause = NULL;

        if (!nerve_progress_check (progress, error))
          return FALSE;
        if (*nerve_result_slot (&scene->results[i], results[k].kind) == NULL &&
            !nerve_render_results (scene->dataset, results[k].flag | NERVE_FIGURE_PER_LAYER, &i, 1, scene->parameters,
                                   scene->results, progress, &cause) &&
            !note (notes, nerve_dataset_get_layer (scene->dataset, i)->name, cause, error))
          return FALSE;
      }

  return TRUE;
}

/* Of as many points a layer as its diagram has. */
static gboolean
compute_matrix (NerveScene *scene, NerveLayerMatrix **matrix, const NerveProgress *progress, GError **error)
{
  g_autofree NerveLayerParameters *parameters = g_new0 (NerveLayerParameters, scene->n_layers);
  g_auto (NerveNetworkResults) results = { 0 };
  gboolean done;

  for (guint i = 0; i < scene->n_layers; i++)
    {
      nerve_layer_parameters_init (&parameters[i]);
      nerve_layer_parameters_copy (&parameters[i], &scene->parameters[i]);
      if (parameters[i].cloud.max_points == 0 || parameters[i].cloud.max_points > parameters[i].diagram_points)
        parameters[i].cloud.max_points = parameters[i].diagram_points;
    }
  done = nerve_comparisons_compute (scene->dataset, NERVE_FIGURE_NEEDS_MATRIX, scene->columns, scene->n_columns,
                                    parameters, scene->results, &scene->comparison, &results, progress, error);
  *matrix = g_steal_pointer (&results.matrix);
  for (guint i = 0; i < scene->n_layers; i++)
    nerve_layer_parameters_clear (&parameters[i]);

  return done;
}

static gboolean
compute_network (NerveScene *scene, GPtrArray *notes, const NerveProgress *progress, GError **error)
{
  const guint of_classes = NERVE_FIGURE_NEEDS_PARTING | NERVE_FIGURE_NEEDS_HIERARCHY;
  NerveProgress parting = nerve_progress_part (progress, 0, .3);
  NerveProgress comparing = nerve_progress_part (progress, .3, 1);
  gboolean has_classes = nerve_dataset_get_n_classes (scene->dataset) > 1;
  GError *cause = NULL;

  if (!nerve_comparisons_compute (scene->dataset, has_classes ? of_classes : 0, scene->columns, scene->n_columns,
                                  scene->parameters, scene->results, &scene->comparison, &scene->network, &parting,
                                  &cause) &&
      !note (notes, NULL, g_steal_pointer (&cause), error))
    return FALSE;
  if (scene->n_layers > 1 && !compute_matrix (scene, &scene->network.matrix, &comparing, &cause))
    return note (notes, NULL, g_steal_pointer (&cause), error);

  return TRUE;
}

static gboolean
write_report (NerveScene *scene, const Values *values, GPtrArray *notes, const char *path, GError **error)
{
  static const NerveFigureKind whole = {
    .name = "report", .flags = NERVE_FIGURE_NEEDS_GRAPH | NERVE_FIGURE_NEEDS_HOMOLOGY | NERVE_FIGURE_NEEDS_BETTI |
                               NERVE_FIGURE_NEEDS_MATRIX | NERVE_FIGURE_NEEDS_PARTING | NERVE_FIGURE_NEEDS_HIERARCHY,
  };
  NerveFigureModel model;
  const NerveOrigin origin = {
    &whole, &model, scene->columns, scene->n_columns, scene->parameters, &scene->comparison,
  };
  g_autofree char *metadata = NULL;
  const NerveReportOptions options = {
    sizes[values->paper][0], sizes[values->paper][1], values->font, NULL, (const char * const *) notes->pdata,
  };
  NerveReportOptions described = options;

  nerve_scene_model (scene, whole.flags, &model);
  metadata = nerve_origin_describe (&origin);
  described.metadata = metadata;

  return nerve_report_write (&model, &described, path, error);
}

static gboolean
can_write (NerveInvocation *invocation, const char *path, GError **error)
{
  g_autofree char *lower = path != NULL ? g_ascii_strdown (path, -1) : NULL;
  NerveOutput *output;

  if (lower == NULL || !g_str_has_suffix (lower, ".pdf"))
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER, _("-o FILE.pdf is missing: a report is a PDF"));
      return FALSE;
    }
  nerve_invocation_blame (invocation, path);
  output = nerve_invocation_open_output (invocation, NULL, error);
  nerve_output_abort (output);

  return output != NULL;
}

static gboolean
run (gpointer data, NerveInvocation *invocation, GError **error)
{
  Values *values = data;
  const char *path = nerve_invocation_get_output (invocation);
  const NerveProgress *progress = nerve_invocation_get_progress (invocation);
  NerveProgress of_layers = nerve_progress_part (progress, 0, .5);
  NerveProgress of_network = nerve_progress_part (progress, .5, 1);
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
  g_auto (NerveScene) scene = { 0 };
  g_autofree char *missing = NULL;

  if (values->font != NULL && !nerve_style_check_font (values->font, &missing, error))
    {
      g_prefix_error (error, "--font: ");
      return FALSE;
    }
  if (missing != NULL)
    nerve_invocation_warn (invocation, _("--font: there is no font “%s” here; another one stands in"), missing);
  if (!can_write (invocation, path, error) || !nerve_scene_open (&scene, &values->scene, invocation, 0, error) ||
      !nerve_scene_choose (&scene, NULL, error) || !compute_layers (&scene, notes, &of_layers, error) ||
      !compute_network (&scene, notes, &of_network, error) || !nerve_progress_check (progress, error))
    return FALSE;
  for (guint i = 0; i < notes->len; i++)
    nerve_invocation_warn (invocation, "%s", (char *) g_ptr_array_index (notes, i));
  g_ptr_array_add (notes, NULL);
  nerve_invocation_blame (invocation, path);

  return write_report (&scene, values, notes, path, error);
}

const NerveCommand nerve_command_report = {
  .name = "report", .files = "FILE", .min_files = 1, .max_files = 1,
  .summary = N_("A paginated report of the network, as PDF"),
  .size = sizeof (Values), .declare = declare, .run = run, .clear = clear,
};
