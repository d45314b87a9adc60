#include "config.h"

#include "app/cli/scene.h"

#include <string.h>

#include <glib/gi18n.h>

#include "app/cli/cloud-values.h"
#include "app/cli/mapper-values.h"
#include "app/origin.h"
#include "app/render.h"
#include "data/names.h"
#include "figures/node-measure.h"
#include "layers/betti-band.h"
#include "layers/sublevel.h"

static const char * const colorings[] = {
  "auto", "class", "superclass", "lens", "purity", "entropy", "accuracy", NULL,
};
static const char * const palettes[] = { "default", "grey", NULL };
static const char * const orders[] = { "network", "dendrogram", NULL };
static const char * const sweeps[] = { "overlap", "eps", NULL };
static const char * const sources[] = { "cloud", "mapper", NULL };

void
nerve_scene_values_declare (NerveSceneValues *self, NerveOptions *options)
{
  guint n;
  const NerveModelChoice *choices = nerve_model_choices (&n);
  const NerveParameterGroup *groups;

  g_return_if_fail (n <= G_N_ELEMENTS (self->choices));

  nerve_layer_parameters_init (&self->given);
  nerve_comparison_parameters_init (&self->comparison);
  nerve_options_add_choice (options, "color-by", colorings, &self->color_by, N_("What colours stand for"));
  nerve_options_add_choice (options, "palette", palettes, &self->palette,
                            N_("Safe for the colour-blind; or in grey, with letters"));
  for (guint i = 0; i < n; i++)
    nerve_options_add_choice (options, choices[i].name, choices[i].choices, &self->choices[i], choices[i].help);
  nerve_options_add_choice (options, "layer-order", orders, &self->order, N_("Of the layers in “distances”"));
  nerve_options_add_choice (options, "from", sources, &self->from, N_("What the tree of classes is made from"));
  nerve_options_add_choice (options, "sweep", sweeps, &self->sweep, N_("What “sweep” varies beside the intervals"));
  nerve_options_add_string (options, "solo", 0, N_("CLASS,…"), &self->solo,
                            N_("Only these classes keep their colours: names or numbers"));
  nerve_options_add_string (options, "images", 0, N_("LIST"), &self->images,
                            N_("Selected images, marked in every graph: 0,5-9"));
  nerve_options_add_switch (options, "window", &self->window, N_("Begin with the window's parameters"));
  nerve_options_add_list (options, "set", N_("LAYER:NAME=VALUE"), &self->set,
                          N_("A parameter of one layer only; may be given many times"));
  nerve_options_add_heading (options, nerve_measure_table.name);
  nerve_options_add_table (options, &nerve_measure_table, &self->comparison.measure);
  nerve_options_add_heading (options, nerve_parting_table.name);
  nerve_options_add_table (options, &nerve_parting_table, &self->comparison.parting);
  nerve_options_add_heading (options, nerve_sensitivity_table.name);
  nerve_options_add_table (options, &nerve_sensitivity_table, &self->comparison.sensitivity);
  nerve_mapper_values_declare_lens (options, &self->given.mapper);
  groups = nerve_parameter_groups (&n);
  for (guint i = 0; i < n; i++)
    {
      nerve_options_add_heading (options, groups[i].table->name);
      nerve_options_add_table (options, groups[i].table, G_STRUCT_MEMBER_P (&self->given, groups[i].offset));
    }
}

void
nerve_scene_values_clear (NerveSceneValues *self)
{
  nerve_layer_parameters_clear (&self->given);
  nerve_comparison_parameters_clear (&self->comparison);
  g_strfreev (self->set);
  g_free (self->solo);
  g_free (self->images);
}

/* Parameters */

/* Those of the window, and what was given over them. */
static gboolean
take_given (NerveLayerParameters *self, const NerveLayerParameters *given, NerveOptions *options, GError **error)
{
  guint n;
  const NerveParameterGroup *groups = nerve_parameter_groups (&n);

  for (guint i = 0; i < n; i++)
    for (guint k = 0; k < groups[i].table->n; k++)
      {
        const NerveParameter *parameter = &groups[i].table->parameters[k];
        g_autofree char *text = nerve_parameter_get (parameter, G_STRUCT_MEMBER_P (given, groups[i].offset));

        if (nerve_options_is_given (options, parameter->name) &&
            !nerve_parameter_set (parameter, G_STRUCT_MEMBER_P (self, groups[i].offset), text, error))
          return FALSE;
      }

  return TRUE;
}

static gboolean
fill_parameters (NerveScene *self, NerveOptions *options, GError **error)
{
  self->n_layers = nerve_dataset_get_n_layers (self->dataset);
  self->parameters = g_new0 (NerveLayerParameters, self->n_layers);
  self->results = g_new0 (NerveLayerResults, self->n_layers);
  for (guint i = 0; i < self->n_layers; i++)
    nerve_layer_parameters_init (&self->parameters[i]);
  for (guint i = 0; i < self->n_layers; i++)
    if (!self->values->window)
      {
        nerve_layer_parameters_copy (&self->parameters[i], &self->values->given);
      }
    else
      {
        nerve_layer_parameters_clear (&self->parameters[i]);
        nerve_layer_parameters_init_window (&self->parameters[i], nerve_dataset_get_layer (self->dataset, i));
        if (!take_given (&self->parameters[i], &self->values->given, options, error))
          return FALSE;
      }

  return TRUE;
}

/* The parameter's table by its name. */
static const NerveParameterGroup *
find_group (const char *name)
{
  guint n;
  const NerveParameterGroup *groups = nerve_parameter_groups (&n);

  for (guint i = 0; i < n; i++)
    if (nerve_parameters_find (groups[i].table, name) != NULL)
      return &groups[i];

  return NULL;
}

/* "LAYER:NAME=VALUE"; a layer's name may hold both signs. */
static gboolean
set_one (NerveScene *self, const char *text, GError **error)
{
  for (const char *colon = strchr (text, ':'); colon != NULL; colon = strchr (colon + 1, ':'))
    {
      gsize n = strcspn (colon + 1, "=");
      g_autofree char *layer = g_strndup (text, colon - text);
      g_autofree char *name = g_strndup (colon + 1, n);
      const NerveParameterGroup *group = find_group (name);
      guint index;

      if (colon[1 + n] != '=' || group == NULL || !nerve_dataset_find_layer (self->dataset, layer, &index, NULL))
        continue;
      if (nerve_parameters_set (group->table, G_STRUCT_MEMBER_P (&self->parameters[index], group->offset), name,
                                colon + 2 + n, error))
        return TRUE;
      g_prefix_error (error, "--set %s:", layer);
      return FALSE;
    }
  g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER,
               _("--set: “%s” names no layer and parameter; it reads LAYER:NAME=VALUE, such as conv1:eps=0.5"), text);

  return FALSE;
}

/* What is shown */

static gboolean
check_coloring (const NerveScene *self, GError **error)
{
  const char *name = colorings[self->values->color_by];
  NerveColorBy by = NERVE_COLOR_BY_CLASS;

  if (!nerve_color_by_find (name, &by) || by == NERVE_COLOR_BY_SUPERCLASS ||
      nerve_color_by_is_available (by, self->dataset))
    return TRUE;
  g_set_error (error, NERVE_ERROR, NERVE_ERROR_NOT_FOUND, _("--color-by %s: the file has no %s"), name,
               by == NERVE_COLOR_BY_ACCURACY && nerve_dataset_get_labels (self->dataset) != NULL ? "predictions"
                                                                                                 : "labels");

  return FALSE;
}

/* The class of that name, or the group where colours stand for groups; -1: none. */
static int
find_named (const NerveScene *self, const char *name)
{
  NerveFigureModel model;
  gboolean of_groups;
  guint n;

  nerve_figure_model_init (&model, self->dataset, self->palette, self->results);
  nerve_color_by_find (colorings[self->values->color_by], &model.color_by);
  of_groups = model.color_by == NERVE_COLOR_BY_SUPERCLASS && nerve_palette_get_n_groups (self->palette) > 0;
  n = of_groups ? nerve_palette_get_n_groups (self->palette) : nerve_palette_get_n_classes (self->palette);
  for (guint i = 0; i < n; i++)
    if (g_str_equal (of_groups ? nerve_dataset_get_group_name (self->dataset, 1, i)
                               : nerve_dataset_get_class_name (self->dataset, i), name))
      return (int) i;

  return -1;
}

/* "3-5", as a copied command has it. */
static gboolean
add_range (NerveScene *self, const char *word, guint n)
{
  g_auto (GStrv) ends = g_strsplit (word, "-", 2);
  guint64 first;
  guint64 last;

  if (ends[0] == NULL || ends[1] == NULL || n == 0 || find_named (self, word) >= 0 ||
      !g_ascii_string_to_unsigned (ends[0], 10, 0, n - 1, &first, NULL) ||
      !g_ascii_string_to_unsigned (ends[1], 10, first, n - 1, &last, NULL))
    return FALSE;

  for (guint64 i = first; i <= last; i++)
    nerve_bitset_set (self->shown, i, TRUE);

  return TRUE;
}

static gboolean
add_solo (NerveScene *self, const char *word, guint n, GError **error)
{
  int named = find_named (self, word);
  guint64 number = named;

  if (named < 0 && (n == 0 || !g_ascii_string_to_unsigned (word, 10, 0, n - 1, &number, NULL)))
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER,
                   _("--solo: “%s” is no class’s name, nor a number from 0 to %u"), word, MAX (n, 1) - 1);
      return FALSE;
    }
  nerve_bitset_set (self->shown, number, TRUE);

  return TRUE;
}

/* A list, or one name that has commas of its own. */
static gboolean
find_solo (NerveScene *self, GError **error)
{
  guint n = MAX (nerve_palette_get_n_classes (self->palette), nerve_palette_get_n_groups (self->palette));
  g_auto (GStrv) words = NULL;

  if (self->values->solo == NULL)
    return TRUE;

  self->shown = nerve_bitset_new (n);
  if (find_named (self, self->values->solo) >= 0)
    return add_solo (self, self->values->solo, n, error);
  words = g_strsplit (self->values->solo, ",", -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (!add_range (self, words[i], n) && !add_solo (self, words[i], n, error))
      return FALSE;

  return TRUE;
}

static gboolean
find_images (NerveScene *self, GError **error)
{
  if (self->values->images == NULL)
    return TRUE;
  self->selection = nerve_images_from_text (self->values->images, nerve_dataset_get_n (self->dataset), error);
  if (self->selection == NULL)
    g_prefix_error (error, "--");

  return self->selection != NULL;
}

gboolean
nerve_scene_open (NerveScene *self, const NerveSceneValues *values, NerveInvocation *invocation, guint file,
                  GError **error)
{
  self->values = values;
  self->invocation = invocation;
  self->comparison = values->comparison;
  self->comparison.by_dendrogram = values->order == 1;
  self->comparison.from_mapper = values->from == 1;
  self->comparison.sweep_by_eps = values->sweep == 1;
  self->dataset = nerve_invocation_open_dataset (invocation, file, error);
  if (self->dataset == NULL)
    return FALSE;
  self->palette = nerve_palette_new (self->dataset);
  if (values->palette == 1)
    {
      NervePalette *colored = self->palette;

      self->palette = nerve_palette_new_grey_of (colored);
      nerve_palette_unref (colored);
    }
  if (!fill_parameters (self, nerve_invocation_get_options (invocation), error))
    return FALSE;
  for (guint i = 0; values->set != NULL && values->set[i] != NULL; i++)
    if (!set_one (self, values->set[i], error))
      return FALSE;

  return check_coloring (self, error) && find_solo (self, error) && find_images (self, error);
}

void
nerve_scene_clear (NerveScene *self)
{
  nerve_network_results_clear (&self->network);
  nerve_render_clear (self->results, self->n_layers);
  for (guint i = 0; i < self->n_layers; i++)
    nerve_layer_parameters_clear (&self->parameters[i]);
  g_free (self->parameters);
  g_free (self->results);
  g_clear_pointer (&self->selection, nerve_bitset_free);
  g_clear_pointer (&self->shown, nerve_bitset_free);
  g_clear_pointer (&self->bootstrap, nerve_resampling_unref);
  g_clear_pointer (&self->palette, nerve_palette_unref);
  g_clear_pointer (&self->dataset, nerve_dataset_unref);
}

static gboolean
suits (const NerveScene *self, guint layer)
{
  return nerve_cloud_suits (self->dataset, layer, &self->parameters[layer].cloud, NULL);
}

/* Instead of a column's layer one between it and the column before, else the first of all. */
static void
replace_unsuited (NerveScene *self)
{
  guint n = 0;
  guint first = 0;

  while (first < self->n_layers && !suits (self, first))
    first++;
  if (first == self->n_layers)
    return;

  for (guint c = 0; c < self->n_columns; c++)
    {
      guint lower = n > 0 ? self->columns[n - 1] + 1 : 0;
      guint layer = self->columns[c] + 1;

      while (layer > lower && !suits (self, layer - 1))
        layer--;
      if (layer > lower)
        self->columns[n++] = layer - 1;
    }
  if (n == 0)
    self->columns[n++] = first;
  self->n_columns = n;
}

gboolean
nerve_scene_choose (NerveScene *self, const char *names, GError **error)
{
  g_auto (GStrv) parts = NULL;

  if (names == NULL)
    {
      self->n_columns = nerve_figure_model_opening_columns (self->dataset, self->columns);
      replace_unsuited (self);
      return TRUE;
    }

  self->by_name = TRUE;
  if (nerve_dataset_find_layer (self->dataset, names, &self->columns[0], NULL))
    {
      self->n_columns = 1;
      return TRUE;
    }
  parts = nerve_names_split (names);
  if (g_strv_length (parts) > G_N_ELEMENTS (self->columns))
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER, _("--layer: at most %zu layers fit in one figure"),
                   G_N_ELEMENTS (self->columns));
      return FALSE;
    }
  for (guint i = 0; parts[i] != NULL; i++)
    if (!nerve_dataset_find_layer (self->dataset, parts[i], &self->columns[self->n_columns++], error))
      return FALSE;

  return TRUE;
}

static gboolean
leave_out (const NerveScene *self, guint flags, GError **error)
{
  const guint of_clouds = NERVE_FIGURE_NEEDS_GRAPH | NERVE_FIGURE_NEEDS_HOMOLOGY | NERVE_FIGURE_NEEDS_MATRIX |
                          NERVE_FIGURE_NEEDS_HIERARCHY | NERVE_FIGURE_NEEDS_PROJECTION |
                          NERVE_FIGURE_NEEDS_SENSITIVITY;
  g_autofree const NerveCloudParameters **clouds = g_new (const NerveCloudParameters *, self->n_layers);

  if (!(flags & of_clouds) || (self->by_name && (flags & NERVE_FIGURE_PER_LAYER)))
    return TRUE;
  for (guint i = 0; i < self->n_layers; i++)
    clouds[i] = &self->parameters[i].cloud;

  return nerve_cloud_values_leave_out (self->invocation, self->dataset, clouds, error);
}

static gsize
shown_image (const NerveScene *self)
{
  return self->selection != NULL ? nerve_images_first (self->selection) : 0;
}

/* The figure reads the image itself, but could only draw what is wrong with it. */
static gboolean
check_image (const NerveScene *self, GError **error)
{
  for (guint i = 0; i < self->n_columns; i++)
    {
      g_autoptr (NerveSublevel) sublevel = nerve_sublevel_new (self->dataset, self->columns[i], shown_image (self),
                                                               error);

      if (sublevel == NULL)
        return FALSE;
    }

  return TRUE;
}

gboolean
nerve_scene_compute (NerveScene *self, guint flags, const NerveProgress *progress, GError **error)
{
  NerveProgress rendering = nerve_progress_part (progress, 0, .5);
  NerveProgress comparing = nerve_progress_part (progress, .5, 1);

  if (!leave_out (self, flags, error))
    return FALSE;
  if ((flags & NERVE_FIGURE_NEEDS_BETTI) && self->bootstrap == NULL)
    self->bootstrap = nerve_betti_band_bootstrap (self->dataset, NERVE_RESAMPLING_REPLICATES, 0, NULL);

  if ((flags & NERVE_FIGURE_NEEDS_IMAGE) && !check_image (self, error))
    return FALSE;

  return nerve_render_results (self->dataset, flags, self->columns, self->n_columns, self->parameters, self->results,
                               &rendering, error) &&
         nerve_comparisons_compute (self->dataset, flags, self->columns, self->n_columns, self->parameters,
                                    self->results, &self->comparison, &self->network, &comparing, error) &&
         nerve_progress_check (progress, error);
}

void
nerve_scene_model (NerveScene *self, guint flags, NerveFigureModel *model)
{
  gsize n_etas;
  g_autofree double *etas = nerve_betti_parse_etas (self->parameters[0].betti.etas, &n_etas, NULL);
  guint n;
  const NerveModelChoice *choices = nerve_model_choices (&n);

  nerve_figure_model_init (model, self->dataset, self->palette, self->results);
  memcpy (model->columns, self->columns, sizeof model->columns);
  model->n_columns = self->n_columns;
  model->network = &self->network;
  model->selection = self->selection;
  model->shown = self->shown;
  nerve_color_by_find (colorings[self->values->color_by], &model->color_by);
  for (guint i = 0; i < n; i++)
    G_STRUCT_MEMBER (int, model, choices[i].offset) = self->values->choices[i];
  model->decay.bootstrap = model->decay.bands ? self->bootstrap : NULL;
  model->decay.at_eta = etas != NULL && (flags & (NERVE_FIGURE_NEEDS_IMAGE | NERVE_FIGURE_NEEDS_CURVES)) != 0;
  model->decay.eta = etas != NULL ? etas[0] : 0;
  model->decay.count = self->parameters[self->columns[0]].betti.count;
  model->decay.image = shown_image (self);
}
