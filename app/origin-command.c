#include "config.h"

#include "app/origin-private.h"

#include <string.h>

#include <glib/gi18n.h>

#include "figures/board-rows.h"
#include "figures/node-measure.h"
#include "figures/noise.h"

char *
nerve_origin_number (double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (text, sizeof text, "%.9g", value);
  if (g_ascii_strtod (text, NULL) != value)
    g_ascii_formatd (text, sizeof text, "%.17g", value);

  return g_strdup (text);
}

void
nerve_origin_take_eta (const NerveFigureModel *model, NerveLayerParameters *parameters)
{
  g_autofree char *eta = nerve_origin_number (model->decay.eta);

  for (guint i = 0; i < model->n_layers && model->decay.at_eta; i++)
    {
      nerve_parameters_set (&nerve_betti_table, &parameters[i].betti, "eta", eta, NULL);
      parameters[i].betti.count = NERVE_BETTI_HALF_OPEN; /* what curves are */
    }
}

gboolean
nerve_origin_is_exact (const NerveFigureModel *model)
{
  for (guint i = 0; i < model->n_layers; i++)
    if (model->layers[i].curves != NULL && !nerve_betti_curves_is_exact (model->layers[i].curves))
      return FALSE;

  return TRUE;
}

void
nerve_origin_append_option (GString *out, const char *name, const char *value)
{
  g_autofree char *quoted = NULL;

  g_string_append_printf (out, " --%s", name);
  if (value == NULL)
    return;
  quoted = strspn (value, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-+,:=/") == strlen (value)
             && *value != '\0' ? g_strdup (value) : g_shell_quote (value);
  g_string_append_printf (out, " %s", quoted);
}

/* One parameter of a layer: as an option for all layers, or for this one only. */
static void
append_parameter (GString *out, const char *layer, const NerveParameter *parameter, const char *value)
{
  g_autofree char *setting = NULL;

  if (layer != NULL)
    {
      setting = g_strdup_printf ("%s:%s=%s", layer, parameter->name, value);
      nerve_origin_append_option (out, "set", setting);
    }
  else if (parameter->type == NERVE_PARAMETER_BOOL)
    {
      g_string_append_printf (out, " --%s=%s", parameter->name, value);
    }
  else
    {
      nerve_origin_append_option (out, parameter->name, value);
    }
}

/* What the command begins with: the window's parameters. */
static char *
opening_value (const NerveOrigin *self, guint layer, const NerveParameterGroup *group, const NerveParameter *parameter)
{
  g_auto (NerveLayerParameters) opening = { 0 };

  nerve_layer_parameters_init_window (&opening, nerve_dataset_get_layer (self->model->dataset, layer));

  return nerve_parameter_get (parameter, G_STRUCT_MEMBER_P (&opening, group->offset));
}

/* Where all layers shown have another value than the window opens with, and the same one, it is said once. */
static void
append_differences (const NerveOrigin *self, GString *out, const NerveParameterGroup *group,
                    const NerveParameter *parameter)
{
  guint n = nerve_dataset_get_n_layers (self->model->dataset);
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  gboolean same = TRUE;
  gboolean other = FALSE;

  for (guint layer = 0; layer < n; layer++)
    {
      char *value = nerve_origin_shows (self, layer)
                      ? nerve_parameter_get (parameter, G_STRUCT_MEMBER_P (&self->parameters[layer], group->offset))
                      : NULL;
      g_autofree char *opening = value != NULL ? opening_value (self, layer, group, parameter) : NULL;

      g_ptr_array_add (values, value);
      if (value == NULL)
        continue;
      other |= g_strcmp0 (value, opening) != 0;
      for (guint i = 0; i < layer; i++)
        same &= g_ptr_array_index (values, i) == NULL || g_str_equal (g_ptr_array_index (values, i), value);
    }
  if (!other)
    return;

  for (guint layer = 0; layer < n; layer++)
    {
      const char *value = g_ptr_array_index (values, layer);
      g_autofree char *opening = value != NULL ? opening_value (self, layer, group, parameter) : NULL;

      if (value == NULL || (!same && g_strcmp0 (value, opening) == 0))
        continue;
      append_parameter (out, same ? NULL : nerve_dataset_get_layer (self->model->dataset, layer)->name, parameter,
                        value);
      if (same)
        return;
    }
}

static void
append_layers (const NerveOrigin *self, GString *out)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *list = NULL;
  guint n;
  const NerveParameterGroup *groups = nerve_parameter_groups (&n);

  for (guint i = 0; i < self->n_layers; i++)
    g_ptr_array_add (names, (char *) nerve_dataset_get_layer (self->model->dataset, self->layers[i])->name);
  g_ptr_array_add (names, NULL);
  list = g_strjoinv (",", (char **) names->pdata);
  if (self->n_layers > 0)
    nerve_origin_append_option (out, "layer", list);
  for (guint i = 0; i < n; i++)
    for (guint k = 0; k < groups[i].table->n && nerve_origin_needs_group (self, groups[i].table->name); k++)
      append_differences (self, out, &groups[i], &groups[i].table->parameters[k]);
}

static void
append_comparison (const char *name, const char *value, gboolean is_default, GString *out)
{
  if (!is_default)
    nerve_origin_append_option (out, name, value);
}

/* Unless they are those a board opens with. */
static void
append_views (const NerveOrigin *self, GString *out)
{
  const NerveFigureModel *model = self->model;
  NerveBoardRow usual[NERVE_N_BOARD_VIEWS];
  g_autofree char *views = NULL;
  guint n;

  nerve_board_rows_init (usual, &n);
  if (!g_str_equal (self->kind->name, "board") ||
      nerve_board_rows_same_views (usual, n, model->rows, model->n_rows))
    return;
  views = nerve_board_rows_to_text (model->rows, model->n_rows);
  nerve_origin_append_option (out, "views", views);
}

static void
append_view (const NerveOrigin *self, GString *out)
{
  const NerveFigureModel *model = self->model;
  guint n;
  const NerveModelChoice *choices = nerve_model_choices (&n);

  nerve_origin_append_option (out, "color-by", nerve_color_by_get_name (model->color_by));
  append_views (self, out);
  for (guint i = 0; i < n; i++)
    if ((nerve_origin_flags (self) & choices[i].flags) && nerve_model_choice_of (&choices[i], model) != 0)
      nerve_origin_append_option (out, choices[i].name, choices[i].choices[nerve_model_choice_of (&choices[i], model)]);
  if (model->shown != NULL)
    {
      g_autofree char *solo = nerve_images_to_text (model->shown);

      nerve_origin_append_option (out, "solo", solo);
    }
  if (nerve_origin_has_selection (model))
    {
      g_autofree char *images = nerve_images_to_text (model->selection);

      nerve_origin_append_option (out, "images", images);
    }
}

void
nerve_origin_append_page (const NerveOriginPage *page, GString *out)
{
  g_autofree char *dpi = g_strdup_printf ("%.9g", page->dpi);

  if (page->width != NULL)
    nerve_origin_append_option (out, "width", page->width);
  if (page->height != NULL)
    nerve_origin_append_option (out, "height", page->height);
  if (page->font != NULL)
    nerve_origin_append_option (out, "font", page->font);
  if (page->without != NULL)
    nerve_origin_append_option (out, "without", page->without);
  if (page->dpi > 0)
    nerve_origin_append_option (out, "dpi", dpi);
  if (page->dark)
    nerve_origin_append_option (out, "dark", NULL);
}

/* What only a hand in the window can point at, or only jobs of the window compute. */
static const char *
find_unsayable (const NerveOrigin *self)
{
  const NerveFigureModel *model = self->model;
  guint flags = nerve_origin_flags (self);
  const NerveNoise *noise = (flags & NERVE_FIGURE_NEEDS_NOISE) && self->n_layers > 0 && model->network != NULL
                              ? model->network->noises[self->layers[0]]
                              : NULL;

  if ((flags & (NERVE_FIGURE_NEEDS_BETTI | NERVE_FIGURE_NEEDS_CURVES | NERVE_FIGURE_NEEDS_IMAGE)) &&
      model->decay.at_eta && !nerve_origin_is_exact (model))
    return N_("η was moved by hand; type it into the parameters");
  if ((flags & NERVE_FIGURE_NEEDS_HIERARCHY) && (flags & NERVE_FIGURE_NEEDS_PARTING) && model->n_columns > 0 &&
      model->current != model->columns[model->n_columns - 1])
    return N_("the tree is not that of the last column; walk there");
  if ((flags & NERVE_FIGURE_NEEDS_PARTING) && model->pair[0] >= 0)
    return N_("a pair of classes is picked");
  if ((flags & NERVE_FIGURE_NEEDS_COUPLINGS) && model->network != NULL && model->network->twin != NULL)
    return N_("the flow is to another network");
  if (nerve_dataset_get_subset_name (model->dataset) != NULL ||
      (noise != NULL && nerve_dataset_get_subset_name (noise->datasets[NERVE_NOISE_NOISY]) != NULL))
    return N_("it is of some images alone");
  if ((flags & NERVE_FIGURE_COMPARES_LAYERS) && self->comparison->of_others)
    return N_("two layers are picked, or other networks or some images alone are compared");

  return NULL;
}

char *
nerve_origin_command (const NerveOrigin *self, const NerveOriginPage *page, const char *file, const char *output,
                      GError **error)
{
  const char *unsayable = find_unsayable (self);
  g_autofree char *input = g_shell_quote (file);
  GString *text;

  if (unsayable != NULL)
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER, "%s", _(unsayable));
      return NULL;
    }

  text = g_string_new ("nerve-cli figure");
  g_string_append_printf (text, " %s", input);
  for (guint i = 0; self->others != NULL && self->others[i] != NULL; i++)
    {
      g_autofree char *other = g_shell_quote (self->others[i]);

      g_string_append_printf (text, " %s", other);
    }
  g_string_append (text, " --window");
  nerve_origin_append_option (text, "kind", self->kind->name);
  if (g_str_equal (nerve_palette_get_name (self->model->palette), "grey"))
    nerve_origin_append_option (text, "palette", "grey");
  append_layers (self, text);
  nerve_origin_for_comparison (self, append_comparison, text);
  append_view (self, text);
  nerve_origin_append_page (page, text);
  input = (g_free (input), g_shell_quote (output));
  g_string_append_printf (text, " -o %s", input);

  return g_string_free (text, FALSE);
}
