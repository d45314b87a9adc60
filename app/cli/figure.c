#include "config.h"

#include <glib/gi18n.h>

#include "app/class-glyphs.h"
#include "app/cli/cloud-values.h"
#include "app/cli/figure-data.h"
#include "app/cli/figure-files.h"
#include "app/cli/study-scene.h"
#include "app/origin.h"
#include "figures/board-rows.h"
#include "figures/export.h"
#include "figures/page-sizes.h"
#include "figures/page.h"

#define MOST_DIAGRAM_POINTS 20000 /* of --diagram-points */

typedef struct
{
  NerveSceneValues scene;
  NerveStudyValues study;
  char            *kinds;  /* all there are */
  char            *widths;
  char            *kind;
  char            *layers;
  char            *width;
  char            *height;
  char            *font;
  char            *dpi;
  char            *data;
  char            *without;
  char            *views;
  gboolean         dark;
} Values;

static char *
list_kinds (const char *separator)
{
  GString *list = g_string_new (NULL);
  guint n;
  const NerveFigureKind *kinds = nerve_figure_kinds (&n);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (list, "%s%s", list->len > 0 ? separator : "", kinds[i].name);

  return g_string_free (list, FALSE);
}

static char *
list_widths (void)
{
  GString *list = g_string_new (_("LENGTH"));
  guint n;
  const NervePageSize *sizes = nerve_page_sizes (&n);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (list, "|%s", sizes[i].name);

  return g_string_free (list, FALSE);
}

static void
declare (gpointer data, NerveOptions *options)
{
  Values *values = data;

  values->kinds = list_kinds ("|");
  nerve_options_add_string (options, "kind", 0, values->kinds, &values->kind,
                            N_("What to draw; of bars alone (diagram, barcode, betti, landscape) there are as many "
                               "points as --max-points says, unless --diagram-points does"));
  nerve_options_add_string (options, "layer", 0, N_("A,B,…"), &values->layers,
                            N_("Which layers, left to right; else those the window opens with"));
  values->widths = list_widths ();
  nerve_options_add_string (options, "width", 0, values->widths, &values->width,
                            N_("Any length in in, mm, cm or pt, or what a paper's columns have; else 7in"));
  nerve_options_add_string (options, "height", 0, N_("LENGTH"), &values->height, N_("Else what suits the kind"));
  nerve_options_add_string (options, "font", 0, N_("FONT"), &values->font, N_("“Lato 8”: family and size in points"));
  nerve_options_add_string (options, "dpi", 0, N_("N"), &values->dpi, N_("Resolution of PNG; else 300"));
  nerve_options_add_string (options, "data", 0, N_("FILE"), &values->data,
                            N_("Also the numbers that are drawn: a CSV"));
  nerve_options_add_string (options, "without", 0, "titles,legend,caption", &values->without,
                            N_("What to leave out, with commas between"));
  nerve_options_add_string (options, "views", 0, N_("A,B,…"), &values->views,
                            N_("The rows of “board”, from top to bottom: mapper, diagram, barcode, betti, projection, "
                               "dendrogram, pictures; else mapper,diagram"));
  nerve_options_add_switch (options, "dark", &values->dark, N_("On a dark ground"));
  nerve_scene_values_declare (&values->scene, options);
  nerve_study_values_declare (&values->study, options);
}

static void
clear (gpointer data)
{
  Values *values = data;

  nerve_scene_values_clear (&values->scene);
  nerve_study_values_clear (&values->study);
  g_free (values->kinds);
  g_free (values->widths);
  g_free (values->kind);
  g_free (values->layers);
  g_free (values->width);
  g_free (values->height);
  g_free (values->font);
  g_free (values->dpi);
  g_free (values->data);
  g_free (values->without);
  g_free (values->views);
}

static const NerveFigureKind *
find_kind (const char *name, GError **error)
{
  const NerveFigureKind *kind = name != NULL ? nerve_figure_kind_find (name) : NULL;
  g_autofree char *list = NULL;

  if (kind != NULL)
    return kind;

  list = list_kinds (", ");
  if (name == NULL)
    g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER, _("--kind is missing (%s)"), list);
  else
    g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER, _("--kind: no figure “%s” (%s)"), name, list);

  return NULL;
}

static gboolean
check_font (const char *font, NerveInvocation *invocation, GError **error)
{
  g_autofree char *missing = NULL;

  if (!nerve_style_check_font (font, &missing, error))
    {
      g_prefix_error (error, "--font: ");
      return FALSE;
    }
  if (missing != NULL)
    nerve_invocation_warn (invocation, _("--font: there is no font “%s” here; another one stands in"), missing);

  return TRUE;
}

/* What hangs on a threshold is drawn at one. */
static gboolean
check_eta (const NerveFigureKind *kind, const NerveLayerParameters *given, GError **error)
{
  const guint at_one = NERVE_FIGURE_NEEDS_BETTI | NERVE_FIGURE_NEEDS_IMAGE | NERVE_FIGURE_NEEDS_CURVES |
                      NERVE_FIGURE_NEEDS_RANKING;
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
  if (values->without != NULL && !nerve_page_parse_parts (values->without, &options->without, error))
    {
      g_prefix_error (error, "--without: ");
      return FALSE;
    }
  if (values->dpi != NULL)
    {
      char *end;

      options->dpi = g_ascii_strtod (values->dpi, &end);
      if (end == values->dpi || *end != '\0' || !(options->dpi >= 10 && options->dpi <= 2400))
        {
          g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER, _("--dpi: “%s” is not between 10 and 2400"),
                       values->dpi);
          return FALSE;
        }
    }

  return TRUE;
}

/* What is drawn, and what made it. */
typedef struct
{
  const NerveFigureKind *kind;
  NerveFigureModel       model;
  const guint           *layers;
  guint                  n_layers;
  char                  *metadata;
} Picture;

/* Both or neither: the table is there whole, under another name, before the picture gets its own. */
static gboolean
write_picture (const Picture *picture, const Values *values, NerveExportOptions *options, NerveInvocation *invocation,
               GError **error)
{
  const char *path = nerve_invocation_get_output (invocation);
  g_autoptr (NerveOutput) data = NULL;

  if (values->data != NULL)
    {
      data = nerve_invocation_open_output (invocation, values->data, error);
      if (data == NULL)
        return FALSE;
      nerve_figure_data_write (picture->kind, &picture->model, picture->layers, picture->n_layers, data);
      nerve_invocation_blame (invocation, values->data);
      if (!nerve_output_flush (data, error))
        return FALSE;
    }
  options->metadata = picture->metadata;
  nerve_invocation_blame (invocation, path);

  return nerve_export_figure (picture->kind, &picture->model, picture->layers, picture->n_layers, options, path,
                              error) &&
         (data == NULL || nerve_invocation_commit (invocation, g_steal_pointer (&data), values->data, error));
}

/* A figure of nothing but bars has as many points as --max-points says, where diagrams are not spoken of by name. */
static void
take_max_points (NerveScene *scene, const NerveFigureKind *kind, NerveOptions *options)
{
  if ((kind->flags & NERVE_FIGURE_NEEDS_GRAPH) || !(kind->flags & NERVE_FIGURE_NEEDS_HOMOLOGY)
      || !nerve_options_is_given (options, "max-points") || nerve_options_is_given (options, "diagram-points"))
    return;

  for (guint i = 0; i < scene->n_layers; i++)
    if (scene->parameters[i].cloud.max_points > 1)
      scene->parameters[i].diagram_points = MIN (scene->parameters[i].cloud.max_points, MOST_DIAGRAM_POINTS);
}

static gboolean
check_view (NerveBoardView view, NerveDataset *dataset, GError **error)
{
  if (nerve_board_view_is_available (view, dataset))
    return TRUE;
  g_set_error (error, NERVE_ERROR, NERVE_ERROR_NOT_FOUND, _("the file has nothing to show as “%s”"),
               nerve_board_view (view)->name);

  return FALSE;
}

/* Of the board, the rows asked for; whether the file has what they show. */
static gboolean
take_views (const Values *values, const NerveFigureKind *kind, NerveDataset *dataset, NerveFigureModel *model,
            GError **error)
{
  NerveBoardView view;

  if (nerve_board_view_find (kind->name, &view) && view == NERVE_BOARD_VIEW_PICTURES)
    return check_view (view, dataset, error);
  nerve_board_rows_init (model->rows, &model->n_rows);
  if (values->views == NULL)
    return TRUE;
  if (!nerve_board_rows_parse (values->views, model->rows, &model->n_rows, error))
    {
      g_prefix_error (error, "--views: ");
      return FALSE;
    }
  for (guint i = 0; i < model->n_rows; i++)
    if (!check_view (model->rows[i].view, dataset, error))
      return FALSE;

  return TRUE;
}

/* A pair is what it draws; that there are no labels is told where classes are looked for. */
static gboolean
check_classes (const NerveFigureKind *kind, NerveDataset *dataset, GError **error)
{
  if (!g_str_equal (kind->name, "mix") || nerve_dataset_get_labels (dataset) == NULL ||
      nerve_dataset_get_n_classes (dataset) > 1)
    return TRUE;
  g_set_error (error, NERVE_ERROR, NERVE_ERROR_NOT_FOUND, _("the figure “%s” is of two classes or more"), kind->name);

  return FALSE;
}

static gboolean
draw (const Values *values, const NerveFigureKind *kind, NerveExportOptions *options, NerveInvocation *invocation,
      GError **error)
{
  g_auto (NerveScene) scene = { 0 };
  Picture picture = { .kind = kind };
  NerveFigureModel rows = { NULL };
  g_autofree char *glyphs = NULL;
  NerveOrigin origin;
  gboolean of_files = nerve_invocation_get_files (invocation)[1] != NULL;
  guint flags;
  gboolean done;

  if (!nerve_scene_open (&scene, &values->scene, invocation, 0, error) ||
      !take_views (values, kind, scene.dataset, &rows, error) || !check_classes (kind, scene.dataset, error))
    return FALSE;
  glyphs = nerve_class_glyphs_warn (scene.dataset, values->font);
  if (glyphs != NULL)
    nerve_invocation_warn (invocation, "%s", glyphs);
  flags = nerve_figure_flags (kind, &rows);
  if (scene.n_layers < 2 && (g_str_equal (kind->name, "neighbours") || g_str_equal (kind->name, "layer-map")))
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_NOT_FOUND, _("the figure “%s” is of two layers or more"),
                   kind->name);
      return FALSE;
    }
  take_max_points (&scene, kind, nerve_invocation_get_options (invocation));
  if (!nerve_scene_choose (&scene, values->layers, error) ||
      !nerve_scene_compute (&scene, of_files ? flags & ~NERVE_FIGURE_COMPARES_LAYERS : flags,
                            nerve_invocation_get_progress (invocation), error) ||
      (of_files && !nerve_figure_files_compare (&scene, kind->flags, &values->scene, invocation, error)))
    return FALSE;

  nerve_scene_model (&scene, flags, &picture.model);
  memcpy (picture.model.rows, rows.rows, sizeof rows.rows);
  picture.model.n_rows = rows.n_rows;
  picture.layers = scene.columns;
  picture.n_layers = scene.n_columns;
  origin = (NerveOrigin) {
    kind, &picture.model, scene.columns, scene.n_columns, scene.parameters, &scene.comparison,
    (const char * const *) nerve_invocation_get_files (invocation) + 1,
  };
  picture.metadata = nerve_origin_describe (&origin);
  done = write_picture (&picture, values, options, invocation, error);
  g_free (picture.metadata);

  return done;
}

/* Of several files. */
static gboolean
draw_study (const Values *values, const NerveFigureKind *kind, NerveExportOptions *options,
            NerveInvocation *invocation, GError **error)
{
  g_auto (NerveStudyScene) scene = { 0 };
  Picture picture = { .kind = kind };
  gboolean done;

  if (!nerve_study_scene_compute (&scene, kind, &values->study, &values->scene, invocation, error))
    return FALSE;

  nerve_study_scene_model (&scene, &picture.model);
  picture.metadata = nerve_study_origin_describe (scene.origin, kind, &picture.model);
  done = write_picture (&picture, values, options, invocation, error);
  g_free (picture.metadata);

  return done;
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
check_data (NerveInvocation *invocation, const NerveFigureKind *kind, const char *path, GError **error)
{
  NerveOutput *output;

  if (path == NULL)
    return TRUE;
  if (!nerve_figure_data_check (kind, error) || !nerve_invocation_check_output (invocation, path, error))
    return FALSE;
  output = nerve_invocation_open_output (invocation, path, error);
  nerve_output_abort (output);

  return output != NULL;
}

static gboolean
check_files (const NerveFigureKind *kind, NerveInvocation *invocation, GError **error)
{
  guint n = g_strv_length (nerve_invocation_get_files (invocation));

  if ((kind->flags & NERVE_FIGURE_NEEDS_SPECIFICITY) && n < 2)
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER, _("the figure “%s” is of two files or more"), kind->name);
      return FALSE;
    }
  if ((kind->flags & NERVE_FIGURE_NEEDS_NOISE) && n != 2)
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER,
                   _("the figure “%s” is of two files: of clean inputs, and of the same ones with noise"), kind->name);
      return FALSE;
    }
  if (n == 1 ||
      (kind->flags & (NERVE_FIGURE_NEEDS_RANKING | NERVE_FIGURE_TESTS_DISTANCE | NERVE_FIGURE_NEEDS_NOISE)) ||
      (n == 2 && (kind->flags & NERVE_FIGURE_NEEDS_MATRIX) && !g_str_equal (kind->name, "layer-map")))
    return TRUE;
  g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER, _("the figure “%s” is of one file, not of %u"), kind->name,
               n);

  return FALSE;
}

static gboolean
run (gpointer data, NerveInvocation *invocation, GError **error)
{
  Values *values = data;
  const char *path = nerve_invocation_get_output (invocation);
  const NerveFigureKind *kind = find_kind (values->kind, error);
  NerveExportOptions options;

  if (kind == NULL || !check_files (kind, invocation, error) || !check_eta (kind, &values->scene.given, error) ||
      !fill_options (&options, values, invocation, error))
    return FALSE;
  if (path == NULL)
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER,
                   _("-o FILE is missing: its suffix chooses .pdf, .svg, .png or .tex"));
      return FALSE;
    }

  nerve_invocation_blame (invocation, path);
  if (!can_write (invocation, path, error) || !check_data (invocation, kind, values->data, error))
    return FALSE;

  return (kind->flags & NERVE_FIGURE_NEEDS_RANKING ? draw_study : draw) (values, kind, &options, invocation, error);
}

const NerveCommand nerve_command_figure = {
  .name = "figure", .files = "FILE…", .min_files = 1, .max_files = G_MAXUINT,
  .summary = N_("One figure of a layer, of the network or of several, as PDF, SVG, PNG or TikZ"),
  .size = sizeof (Values), .declare = declare, .run = run, .clear = clear,
};
