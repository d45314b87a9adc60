#include "config.h"

#include <glib/gi18n.h>

#include "app/cli/command.h"
#include "app/cli/mapper-values.h"
#include "app/comparisons.h"
#include "app/render.h"
#include "cloud/sampling.h"
#include "data/names.h"
#include "figures/export.h"
#include "figures/node-measure.h"

/* The parameters are those of every command, the same for all layers: what the window opens with has to be given. */
typedef struct
{
  NerveLayerParameters given;
  NerveComparisonParameters comparison;
  char                *kinds; /* all there are */
  char                *kind;
  char                *layers;
  char                *width;
  char                *height;
  char                *font;
  char                *dpi;
  int                  palette;
  int                  color_by;
  int                  node_size;
  int                  edge_width;
  int                  units;
  int                  order;
  int                  from;
  gboolean             dark;
} Values;

/* Everything that is borrowed by a model while it is drawn. */
typedef struct
{
  NerveDataset         *dataset;
  NervePalette         *palette;
  NerveLayerParameters *parameters;
  NerveLayerResults    *results;
  NerveNetworkResults   network;
  guint                 n_layers;
  guint                 columns[16];
  guint                 n_columns;
  double                eta;
} Scene;

static const char * const palettes[] = { "default", NULL };
static const char * const colorings[] = { "class", "superclass", "lens", "purity", "entropy", "accuracy", NULL };
static const char * const node_sizes[] = { "members", "logarithm", "equal", NULL };
static const char * const edge_widths[] = { "jaccard", "shared", "equal", NULL };
static const char * const units[] = { "median", "absolute", "fit", NULL };
static const char * const orders[] = { "network", "dendrogram", NULL };
static const char * const sources[] = { "cloud", "mapper", NULL };

/* Those of one file. */
static char *
list_kinds (const char *separator)
{
  GString *list = g_string_new (NULL);
  guint n;
  const NerveFigureKind *kinds = nerve_figure_kinds (&n);

  for (guint i = 0; i < n; i++)
    if (!(kinds[i].flags & NERVE_FIGURE_NEEDS_RANKING))
      g_string_append_printf (list, "%s%s", list->len > 0 ? separator : "", kinds[i].name);

  return g_string_free (list, FALSE);
}

static void
declare (gpointer data, NerveOptions *options)
{
  Values *values = data;
  guint n;
  const NerveParameterGroup *groups = nerve_parameter_groups (&n);

  nerve_layer_parameters_init (&values->given);
  nerve_comparison_parameters_init (&values->comparison);
  values->kinds = list_kinds ("|");
  nerve_options_add_string (options, "kind", 0, values->kinds, &values->kind, N_("What to draw"));
  nerve_options_add_string (options, "layer", 0, N_("A,B,…"), &values->layers,
                            N_("Which layers, left to right; else those the window opens with"));
  nerve_options_add_string (options, "width", 0, N_("LENGTH"), &values->width, N_("3.25in, 82mm, 234pt; else 7in"));
  nerve_options_add_string (options, "height", 0, N_("LENGTH"), &values->height, N_("Else what suits the kind"));
  nerve_options_add_string (options, "font", 0, N_("FONT"), &values->font, N_("“Lato 8”: family and size in points"));
  nerve_options_add_string (options, "dpi", 0, N_("N"), &values->dpi, N_("Resolution of PNG; else 300"));
  nerve_options_add_choice (options, "palette", palettes, &values->palette, N_("Safe for the colour-blind"));
  nerve_options_add_choice (options, "color-by", colorings, &values->color_by, N_("What colours stand for"));
  nerve_options_add_choice (options, "node-size", node_sizes, &values->node_size,
                            N_("What the area of a node stands for"));
  nerve_options_add_choice (options, "edge-width", edge_widths, &values->edge_width,
                            N_("What the width of an edge stands for"));
  nerve_options_add_choice (options, "units", units, &values->units, N_("Of the diagrams' axes"));
  nerve_options_add_choice (options, "layer-order", orders, &values->order,
                            N_("Of the layers in “distances”"));
  nerve_options_add_choice (options, "from", sources, &values->from, N_("What the tree of classes is made from"));
  nerve_options_add_switch (options, "dark", &values->dark, N_("On a dark ground"));
  nerve_options_add_heading (options, nerve_measure_table.name);
  nerve_options_add_table (options, &nerve_measure_table, &values->comparison.measure);
  nerve_options_add_heading (options, nerve_parting_table.name);
  nerve_options_add_table (options, &nerve_parting_table, &values->comparison.parting);
  nerve_options_add_heading (options, nerve_sensitivity_table.name);
  nerve_options_add_table (options, &nerve_sensitivity_table, &values->comparison.sensitivity);
  nerve_mapper_values_declare_lens (options, &values->given.mapper);
  for (guint i = 0; i < n; i++)
    {
      nerve_options_add_heading (options, groups[i].table->name);
      nerve_options_add_table (options, groups[i].table, G_STRUCT_MEMBER_P (&values->given, groups[i].offset));
    }
}

static void
clear (gpointer data)
{
  Values *values = data;

  nerve_layer_parameters_clear (&values->given);
  nerve_comparison_parameters_clear (&values->comparison);
  g_free (values->kinds);
  g_free (values->kind);
  g_free (values->layers);
  g_free (values->width);
  g_free (values->height);
  g_free (values->font);
  g_free (values->dpi);
}

static const NerveFigureKind *
find_kind (const char *name, GError **error)
{
  const NerveFigureKind *kind = name != NULL ? nerve_figure_kind_find (name) : NULL;
  g_autofree char *list = NULL;

  if (kind != NULL && (kind->flags & NERVE_FIGURE_NEEDS_RANKING))
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER, "--kind: “%s” is of several files; see nerve-cli rank",
                   name);
      return NULL;
    }
  if (kind != NULL)
    return kind;

  list = list_kinds (", ");
  if (name == NULL)
    g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER, "--kind is missing (%s)", list);
  else
    g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER, "--kind: no figure “%s” (%s)", name, list);

  return NULL;
}

static gboolean
find_columns (Scene *scene, const char *names, GError **error)
{
  g_auto (GStrv) parts = NULL;

  if (names == NULL)
    {
      scene->n_columns = nerve_figure_model_opening_columns (scene->dataset, scene->columns);
      return TRUE;
    }

  if (nerve_dataset_find_layer (scene->dataset, names, &scene->columns[0], NULL))
    {
      scene->n_columns = 1;
      return TRUE;
    }
  parts = nerve_names_split (names);
  if (g_strv_length (parts) > G_N_ELEMENTS (scene->columns))
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER, "--layer: at most %zu layers fit in one figure",
                   G_N_ELEMENTS (scene->columns));
      return FALSE;
    }
  for (guint i = 0; parts[i] != NULL; i++)
    if (!nerve_dataset_find_layer (scene->dataset, parts[i], &scene->columns[scene->n_columns++], error))
      return FALSE;

  return TRUE;
}

static gboolean
check_coloring (const Scene *scene, const Values *values, GError **error)
{
  const char *name = colorings[values->color_by];
  NerveColorBy by = NERVE_COLOR_BY_CLASS;

  if (!nerve_color_by_find (name, &by) || by == NERVE_COLOR_BY_SUPERCLASS ||
      nerve_color_by_is_available (by, scene->dataset))
    return TRUE;
  g_set_error (error, NERVE_ERROR, NERVE_ERROR_NOT_FOUND, "--color-by %s: the file has no %s", name,
               by == NERVE_COLOR_BY_ACCURACY && nerve_dataset_get_labels (scene->dataset) != NULL ? "predictions"
                                                                                                  : "labels");

  return FALSE;
}

static void
fill_parameters (Scene *scene, const Values *values)
{
  scene->n_layers = nerve_dataset_get_n_layers (scene->dataset);
  scene->parameters = g_new0 (NerveLayerParameters, scene->n_layers);
  scene->results = g_new0 (NerveLayerResults, scene->n_layers);
  for (guint i = 0; i < scene->n_layers; i++)
    {
      nerve_layer_parameters_init (&scene->parameters[i]);
      nerve_layer_parameters_copy (&scene->parameters[i], &values->given);
    }
}

static void
scene_clear (Scene *scene)
{
  nerve_network_results_clear (&scene->network);
  nerve_render_clear (scene->results, scene->n_layers);
  for (guint i = 0; i < scene->n_layers; i++)
    nerve_layer_parameters_clear (&scene->parameters[i]);
  g_free (scene->parameters);
  g_free (scene->results);
  g_clear_pointer (&scene->palette, nerve_palette_unref);
  g_clear_pointer (&scene->dataset, nerve_dataset_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Scene, scene_clear)

static gboolean
check_font (const char *font, NerveInvocation *invocation, GError **error)
{
  g_autofree char *missing = NULL;

  if (!nerve_style_check_font (font, &missing, error))
    return FALSE;
  if (missing != NULL)
    nerve_invocation_warn (invocation, _("--font: there is no font “%s” here; another one stands in"), missing);

  return TRUE;
}

/* What hangs on a threshold is drawn at one. */
static gboolean
take_eta (Scene *scene, const NerveFigureKind *kind, const NerveLayerParameters *given, GError **error)
{
  const guint at_one = NERVE_FIGURE_NEEDS_BETTI | NERVE_FIGURE_NEEDS_IMAGE | NERVE_FIGURE_NEEDS_CURVES;
  gsize n = 0;
  g_autofree double *etas = nerve_betti_parse_etas (given->betti.etas, &n, error);

  if (etas == NULL)
    {
      g_prefix_error (error, "--");
      return FALSE;
    }
  if ((kind->flags & at_one) && n > 1)
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER, _("--eta: the figure “%s” is drawn at one threshold"),
                   kind->name);
      return FALSE;
    }

  scene->eta = etas[0];
  return TRUE;
}

static gboolean
parse_length (const char *name, const char *text, double *length, GError **error)
{
  if (text == NULL || nerve_export_parse_length (text, length, error))
    return TRUE;

  g_prefix_error (error, "--%s: ", name);
  return FALSE;
}

static gboolean
fill_options (NerveExportOptions *options, const Values *values, NerveInvocation *invocation, GError **error)
{
  nerve_export_options_init (options);
  options->font = values->font;
  options->dark = values->dark;
  if (values->font != NULL && !check_font (values->font, invocation, error))
    return FALSE;
  if (!parse_length ("width", values->width, &options->width, error) ||
      !parse_length ("height", values->height, &options->height, error))
    return FALSE;
  if (!nerve_export_check_options (options, error))
    return FALSE;
  if (values->dpi != NULL)
    {
      char *end;

      options->dpi = g_ascii_strtod (values->dpi, &end);
      if (end == values->dpi || *end != '\0' || !(options->dpi >= 10 && options->dpi <= 2400))
        {
          g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER, "--dpi: “%s” is not between 10 and 2400",
                       values->dpi);
          return FALSE;
        }
    }

  return TRUE;
}

/* "auto" by what it came to. */
static void
resolve (NerveLayerParameters *self, const Scene *scene, guint layer)
{
  const NerveGraph *graph = scene->results[layer].graph;
  const NerveLayer *info = nerve_dataset_get_layer (scene->dataset, layer);
  NerveSampler sampler;

  nerve_layer_parameters_init (self);
  nerve_layer_parameters_copy (self, &scene->parameters[layer]);
  if (nerve_sampler_init (&sampler, info, &self->cloud, NULL))
    self->cloud.sampling = sampler.counts_as;
  if (graph != NULL)
    {
      const NerveMapperParameters *used = nerve_mapper_get_parameters (graph->mapper);

      self->mapper.intervals = used->intervals;
      self->mapper.overlap = used->overlap;
      self->mapper.eps = used->eps;
    }
}

/* What compares layers and classes, of what the kind shows. */
static void
describe_comparison (GString *text, const Values *values, const NerveFigureKind *kind)
{
  const NerveComparisonParameters *comparison = &values->comparison;
  const struct { guint flags; const NerveParameterTable *table; gconstpointer values; } parts[] = {
    { NERVE_FIGURE_NEEDS_MATRIX | NERVE_FIGURE_NEEDS_SENSITIVITY, &nerve_measure_table, &comparison->measure },
    { NERVE_FIGURE_NEEDS_PARTING, &nerve_parting_table, &comparison->parting },
    { NERVE_FIGURE_NEEDS_SENSITIVITY, &nerve_sensitivity_table, &comparison->sensitivity },
  };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *key = kind->flags & parts[i].flags ? nerve_parameters_key (parts[i].table, parts[i].values)
                                                          : NULL;

      if (key != NULL)
        g_string_append_printf (text, "; %s", key);
    }
  if (kind->flags & NERVE_FIGURE_NEEDS_MATRIX)
    g_string_append_printf (text, "; layer-order=%s", orders[values->order]);
  if (kind->flags & NERVE_FIGURE_NEEDS_HIERARCHY)
    g_string_append_printf (text, "; from=%s", sources[values->from]);
}

/* What made the figure, so that it can be made again. */
static char *
describe (const Scene *scene, const Values *values, const NerveFigureKind *kind)
{
  GString *text = g_string_new ("nerve " NERVE_VERSION);
  g_autofree char *file = g_path_get_basename (nerve_dataset_get_path (scene->dataset));

  g_string_append_printf (text, "; file=%s; fingerprint=%s; kind=%s", file,
                          nerve_dataset_get_fingerprint (scene->dataset), kind->name);
  describe_comparison (text, values, kind);
  for (guint i = 0; i < scene->n_columns; i++)
    {
      guint layer = scene->columns[i];
      guint n;
      const NerveParameterGroup *groups = nerve_parameter_groups (&n);
      g_auto (NerveLayerParameters) used = { 0 };

      resolve (&used, scene, layer);
      g_string_append_printf (text, "; layer=%s", nerve_dataset_get_layer (scene->dataset, layer)->name);
      for (guint j = 0; j < n; j++)
        {
          g_autofree char *key = nerve_parameters_key (groups[j].table, G_STRUCT_MEMBER_P (&used, groups[j].offset));

          g_string_append_printf (text, "; %s", key);
        }
    }

  return g_string_free (text, FALSE);
}

static gboolean
draw (Scene *scene, const Values *values, const NerveFigureKind *kind, const NerveExportOptions *options,
      const char *path, GError **error)
{
  NerveFigureModel model;

  nerve_figure_model_init (&model, scene->dataset, scene->palette, scene->results);
  memcpy (model.columns, scene->columns, sizeof model.columns);
  model.n_columns = scene->n_columns;
  nerve_color_by_find (colorings[values->color_by], &model.color_by);
  model.node_size = values->node_size;
  model.edge_width = values->edge_width;
  model.units = values->units;
  model.network = &scene->network;
  model.decay.at_eta = (kind->flags & (NERVE_FIGURE_NEEDS_IMAGE | NERVE_FIGURE_NEEDS_CURVES)) != 0;
  model.decay.eta = scene->eta;

  return nerve_export_figure (kind, &model, scene->columns, scene->n_columns, options, path, error);
}

/* Before anything is computed. */
static gboolean
can_write (NerveInvocation *invocation, const char *path, GError **error)
{
  NerveOutput *output = NULL;

  if (nerve_export_check_path (path, error))
    output = nerve_invocation_open_output (invocation, NULL, error);
  nerve_output_abort (output);

  return output != NULL;
}

static gboolean
compute (Scene *scene, Values *values, const NerveFigureKind *kind, const NerveProgress *progress, GError **error)
{
  NerveProgress rendering = nerve_progress_part (progress, 0, .5);
  NerveProgress comparing = nerve_progress_part (progress, .5, 1);

  values->comparison.by_dendrogram = values->order == 1;
  values->comparison.from_mapper = values->from == 1;

  return nerve_render_results (scene->dataset, kind->flags, scene->columns, scene->n_columns, scene->parameters,
                               scene->results, &rendering, error) &&
         nerve_comparisons_compute (scene->dataset, kind->flags, scene->columns, scene->n_columns, scene->parameters,
                                    scene->results, &values->comparison, &scene->network, &comparing, error);
}

static gboolean
run (gpointer data, NerveInvocation *invocation, GError **error)
{
  Values *values = data;
  const char *path = nerve_invocation_get_output (invocation);
  const NerveFigureKind *kind = find_kind (values->kind, error);
  const NerveProgress *progress = nerve_invocation_get_progress (invocation);
  g_autofree char *metadata = NULL;
  g_auto (Scene) scene = { 0 };
  NerveExportOptions options;

  if (kind == NULL || !take_eta (&scene, kind, &values->given, error) ||
      !fill_options (&options, values, invocation, error))
    return FALSE;
  if (path == NULL)
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER,
                   "-o FILE is missing: its suffix chooses .pdf, .svg, .png or .tex");
      return FALSE;
    }

  nerve_invocation_blame (invocation, path);
  if (!can_write (invocation, path, error))
    return FALSE;
  scene.dataset = nerve_invocation_open_dataset (invocation, 0, error);
  if (scene.dataset == NULL)
    return FALSE;
  scene.palette = nerve_palette_new (scene.dataset);
  if (!check_coloring (&scene, values, error) || !find_columns (&scene, values->layers, error))
    return FALSE;
  fill_parameters (&scene, values);
  if (!compute (&scene, values, kind, progress, error) ||
      !nerve_progress_check (progress, error))
    return FALSE;

  metadata = describe (&scene, values, kind);
  options.metadata = metadata;
  nerve_invocation_blame (invocation, path);

  return draw (&scene, values, kind, &options, path, error);
}

const NerveCommand nerve_command_figure = {
  .name = "figure", .files = "FILE", .min_files = 1, .max_files = 1,
  .summary = N_("One figure of a layer or of the network, as PDF, SVG, PNG or TikZ"),
  .size = sizeof (Values), .declare = declare, .run = run, .clear = clear,
};
