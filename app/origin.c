#include "config.h"

#include "app/origin.h"

#include <string.h>

#include <glib/gi18n.h>

#include "app/results.h"
#include "cloud/sampling.h"
#include "figures/node-measure.h"

static const char *const node_sizes[] = { "members", "logarithm", "equal", NULL };
static const char *const edge_widths[] = { "jaccard", "shared", "equal", NULL };
static const char *const units[] = { "median", "absolute", "fit", NULL };
static const char *const bars[] = { "diagram", "barcode", "betti", NULL };
static const char *const lines[] = { "network", "class", "superclass", NULL };
static const char *const axes[] = { "logarithmic", "linear", NULL };
static const char *const spreads[] = { "none", "bands", NULL };

G_STATIC_ASSERT (sizeof (NerveNodeSize) == sizeof (int) && sizeof (gboolean) == sizeof (int));

static const NerveModelChoice choices[] = {
  { "node-size", G_STRUCT_OFFSET (NerveFigureModel, node_size), node_sizes, NERVE_FIGURE_NEEDS_GRAPH,
    N_("What the area of a node stands for") },
  { "edge-width", G_STRUCT_OFFSET (NerveFigureModel, edge_width), edge_widths, NERVE_FIGURE_NEEDS_GRAPH,
    N_("What the width of an edge stands for") },
  { "units", G_STRUCT_OFFSET (NerveFigureModel, units), units, NERVE_FIGURE_NEEDS_HOMOLOGY,
    N_("Of the diagrams' axes") },
  { "bars", G_STRUCT_OFFSET (NerveFigureModel, bars_as), bars, NERVE_FIGURE_NEEDS_HOMOLOGY,
    N_("How the board shows bars") },
  { "lines", G_STRUCT_OFFSET (NerveFigureModel, decay.by), lines, NERVE_FIGURE_NEEDS_BETTI,
    N_("Of Betti numbers: whose there are") },
  { "axis", G_STRUCT_OFFSET (NerveFigureModel, decay.linear), axes, NERVE_FIGURE_NEEDS_BETTI,
    N_("Of Betti numbers") },
  { "spread", G_STRUCT_OFFSET (NerveFigureModel, decay.bands), spreads, NERVE_FIGURE_NEEDS_BETTI,
    N_("Of Betti numbers: bands from resampled images") },
};

const NerveModelChoice *
nerve_model_choices (guint *n)
{
  *n = G_N_ELEMENTS (choices);

  return choices;
}

/* Images */

char *
nerve_images_to_text (const NerveBitset *images)
{
  GString *text = g_string_new (NULL);
  gsize n = nerve_bitset_length (images);

  for (gsize i = 0, end; i < n; i = end + 1)
    {
      end = i;
      if (!nerve_bitset_get (images, i))
        continue;
      while (end + 1 < n && nerve_bitset_get (images, end + 1))
        end++;
      g_string_append_printf (text, "%s%zu", text->len > 0 ? "," : "", i);
      if (end > i)
        g_string_append_printf (text, "-%zu", end);
    }

  return g_string_free (text, FALSE);
}

static gboolean
parse_range (const char *text, gsize n, gsize *first, gsize *last)
{
  g_auto (GStrv) ends = g_strsplit (text, "-", 2);
  guint64 values[2];

  if (ends[0] == NULL || !g_ascii_string_to_unsigned (ends[0], 10, 0, n - 1, &values[0], NULL))
    return FALSE;
  values[1] = values[0];
  if (ends[1] != NULL && !g_ascii_string_to_unsigned (ends[1], 10, values[0], n - 1, &values[1], NULL))
    return FALSE;
  *first = values[0];
  *last = values[1];

  return TRUE;
}

NerveBitset *
nerve_images_from_text (const char *text, gsize n, GError **error)
{
  g_auto (GStrv) ranges = g_strsplit (text, ",", -1);
  NerveBitset *images = nerve_bitset_new (n);

  for (guint i = 0; ranges[i] != NULL; i++)
    {
      gsize first, last;

      if (n == 0 || !parse_range (ranges[i], n, &first, &last))
        {
          g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER,
                       _("images: “%s” is no image and no range of images from 0 to %zu, such as 5 or 0-9"), ranges[i],
                       MAX (n, 1) - 1);
          nerve_bitset_free (images);
          return NULL;
        }
      for (gsize k = first; k <= last; k++)
        nerve_bitset_set (images, k, TRUE);
    }

  return images;
}

/* Which parameters a figure depends on */

static gboolean
is_of_layers (const NerveOrigin *self)
{
  return (self->kind->flags & NERVE_FIGURE_PER_LAYER) != 0;
}

static gboolean
is_shown (const NerveOrigin *self, guint layer)
{
  for (guint i = 0; i < self->n_layers; i++)
    if (self->layers[i] == layer)
      return TRUE;

  return !is_of_layers (self);
}

static gboolean
needs_group (const NerveOrigin *self, const char *group)
{
  static const struct { guint flag; NerveResultKind result; } needs[] = {
    { NERVE_FIGURE_NEEDS_GRAPH, NERVE_RESULT_GRAPH },
    { NERVE_FIGURE_NEEDS_HOMOLOGY, NERVE_RESULT_HOMOLOGY },
    { NERVE_FIGURE_NEEDS_BETTI, NERVE_RESULT_BETTI },
    { NERVE_FIGURE_NEEDS_CURVES, NERVE_RESULT_CURVES },
  };
  const guint of_clouds = NERVE_FIGURE_NEEDS_MATRIX | NERVE_FIGURE_NEEDS_PROJECTION | NERVE_FIGURE_NEEDS_HIERARCHY |
                          NERVE_FIGURE_NEEDS_SENSITIVITY;
  guint flags = self->kind->flags;

  /* The board shows Betti numbers, too, where it has them. */
  if (g_str_equal (self->kind->name, "board"))
    flags |= NERVE_FIGURE_NEEDS_BETTI;
  for (guint i = 0; i < G_N_ELEMENTS (needs); i++)
    if ((flags & needs[i].flag) && g_strv_contains (nerve_result_type (needs[i].result)->groups, group))
      return TRUE;
  if ((flags & of_clouds) && g_str_equal (group, "cloud"))
    return TRUE;

  return (flags & (NERVE_FIGURE_NEEDS_MATRIX | NERVE_FIGURE_NEEDS_HIERARCHY)) != 0 && g_str_equal (group, "mapper");
}

/* "auto" by what it came to. */
static void
resolve (const NerveOrigin *self, guint layer, NerveLayerParameters *used)
{
  const NerveGraph *graph = self->model->layers[layer].graph;
  NerveSampler sampler;

  nerve_layer_parameters_init (used);
  nerve_layer_parameters_copy (used, &self->parameters[layer]);
  if (nerve_sampler_init (&sampler, nerve_dataset_get_layer (self->model->dataset, layer), &used->cloud, NULL))
    used->cloud.sampling = sampler.counts_as;
  if (graph != NULL)
    {
      const NerveMapperParameters *mapper = nerve_mapper_get_parameters (graph->mapper);

      used->mapper.intervals = mapper->intervals;
      used->mapper.overlap = mapper->overlap;
      used->mapper.eps = mapper->eps;
    }
}

/* Description */

/* One parameter: once if all layers have it in common, else with each layer's own. */
static void
describe_parameter (const NerveParameter *parameter, gsize offset, const NerveLayerParameters *used, guint n,
                    GString *common, GString **own)
{
  g_autofree char *first = nerve_parameter_get (parameter, G_STRUCT_MEMBER_P (&used[0], offset));
  gboolean same = TRUE;

  for (guint i = 1; i < n && same; i++)
    {
      g_autofree char *value = nerve_parameter_get (parameter, G_STRUCT_MEMBER_P (&used[i], offset));

      same = g_strcmp0 (value, first) == 0;
    }
  if (same)
    g_string_append_printf (common, "; %s=%s", parameter->name, first);
  for (guint i = 0; i < n && !same; i++)
    {
      g_autofree char *value = nerve_parameter_get (parameter, G_STRUCT_MEMBER_P (&used[i], offset));

      g_string_append_printf (own[i], "; %s=%s", parameter->name, value);
    }
}

static void
describe_layers (const NerveOrigin *self, GString *out)
{
  guint n_layers = nerve_dataset_get_n_layers (self->model->dataset);
  g_autofree NerveLayerParameters *used = g_new0 (NerveLayerParameters, n_layers);
  g_autofree GString **own = g_new0 (GString *, n_layers);
  guint n_groups;
  const NerveParameterGroup *groups = nerve_parameter_groups (&n_groups);
  guint n = 0;

  for (guint layer = 0; layer < n_layers; layer++)
    if (is_shown (self, layer))
      {
        own[n] = g_string_new (NULL);
        g_string_printf (own[n], "; layer=%s", nerve_dataset_get_layer (self->model->dataset, layer)->name);
        resolve (self, layer, &used[n++]);
      }
  for (guint i = 0; i < n_groups && n > 0; i++)
    for (guint k = 0; k < groups[i].table->n && needs_group (self, groups[i].table->name); k++)
      describe_parameter (&groups[i].table->parameters[k], groups[i].offset, used, n, out, own);
  for (guint i = 0; i < n; i++)
    {
      g_string_append_len (out, own[i]->str, own[i]->len);
      g_string_free (own[i], TRUE);
      nerve_layer_parameters_clear (&used[i]);
    }
}

typedef struct
{
  guint                      flags;
  const NerveParameterTable *table;
  gsize                      offset; /* in NerveComparisonParameters */
} ComparisonGroup;

static const ComparisonGroup comparison_groups[] = {
  { NERVE_FIGURE_NEEDS_MATRIX | NERVE_FIGURE_NEEDS_SENSITIVITY, &nerve_measure_table,
    G_STRUCT_OFFSET (NerveComparisonParameters, measure) },
  { NERVE_FIGURE_NEEDS_PARTING, &nerve_parting_table, G_STRUCT_OFFSET (NerveComparisonParameters, parting) },
  { NERVE_FIGURE_NEEDS_SENSITIVITY, &nerve_sensitivity_table,
    G_STRUCT_OFFSET (NerveComparisonParameters, sensitivity) },
};

static void
describe_comparison (const NerveOrigin *self, GString *out)
{
  for (guint i = 0; i < G_N_ELEMENTS (comparison_groups); i++)
    {
      const ComparisonGroup *group = &comparison_groups[i];
      gconstpointer values = G_STRUCT_MEMBER_P (self->comparison, group->offset);

      for (guint k = 0; k < group->table->n && (self->kind->flags & group->flags); k++)
        {
          g_autofree char *value = nerve_parameter_get (&group->table->parameters[k], values);

          g_string_append_printf (out, "; %s=%s", group->table->parameters[k].name, value);
        }
    }
  if (self->kind->flags & NERVE_FIGURE_NEEDS_MATRIX)
    g_string_append_printf (out, "; layer-order=%s", self->comparison->by_dendrogram ? "dendrogram" : "network");
  if (self->kind->flags & NERVE_FIGURE_NEEDS_HIERARCHY)
    g_string_append_printf (out, "; from=%s", self->comparison->from_mapper ? "mapper" : "cloud");
}

static gboolean
has_selection (const NerveFigureModel *model)
{
  return model->selection != NULL && !nerve_bitset_is_empty (model->selection);
}

static int
choice_of (const NerveModelChoice *choice, const NerveFigureModel *model)
{
  return G_STRUCT_MEMBER (int, model, choice->offset);
}

char *
nerve_origin_describe (const NerveOrigin *self)
{
  const NerveFigureModel *model = self->model;
  g_autofree char *file = g_path_get_basename (nerve_dataset_get_path (model->dataset));
  GString *text = g_string_new ("nerve " NERVE_VERSION);

  g_string_append_printf (text, "; file=%s; fingerprint=%s; kind=%s; color-by=%s; palette=%s", file,
                          nerve_dataset_get_fingerprint (model->dataset), self->kind->name,
                          nerve_color_by_get_name (model->color_by), nerve_palette_get_name (model->palette));
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    if (self->kind->flags & choices[i].flags)
      g_string_append_printf (text, "; %s=%s", choices[i].name, choices[i].choices[choice_of (&choices[i], model)]);
  if (model->solo >= 0)
    g_string_append_printf (text, "; solo=%d", model->solo);
  if (has_selection (model))
    g_string_append_printf (text, "; selected=%zu", nerve_bitset_count (model->selection));
  describe_comparison (self, text);
  describe_layers (self, text);

  return g_string_free (text, FALSE);
}

/* Command */

static void
append_option (GString *out, const char *name, const char *value)
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
      append_option (out, "set", setting);
    }
  else if (parameter->type == NERVE_PARAMETER_BOOL)
    {
      g_string_append_printf (out, " --%s=%s", parameter->name, value);
    }
  else
    {
      append_option (out, parameter->name, value);
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
      char *value = is_shown (self, layer)
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
    append_option (out, "layer", list);
  for (guint i = 0; i < n; i++)
    for (guint k = 0; k < groups[i].table->n && needs_group (self, groups[i].table->name); k++)
      append_differences (self, out, &groups[i], &groups[i].table->parameters[k]);
}

static void
append_comparison (const NerveOrigin *self, GString *out)
{
  for (guint i = 0; i < G_N_ELEMENTS (comparison_groups); i++)
    {
      const ComparisonGroup *group = &comparison_groups[i];
      gconstpointer values = G_STRUCT_MEMBER_P (self->comparison, group->offset);

      for (guint k = 0; k < group->table->n && (self->kind->flags & group->flags); k++)
        {
          const NerveParameter *parameter = &group->table->parameters[k];
          g_autofree char *value = nerve_parameter_get (parameter, values);

          if (!nerve_parameter_is_default (parameter, values))
            append_parameter (out, NULL, parameter, value);
        }
    }
  if ((self->kind->flags & NERVE_FIGURE_NEEDS_MATRIX) && self->comparison->by_dendrogram)
    append_option (out, "layer-order", "dendrogram");
  if ((self->kind->flags & NERVE_FIGURE_NEEDS_HIERARCHY) && self->comparison->from_mapper)
    append_option (out, "from", "mapper");
}

static void
append_view (const NerveOrigin *self, GString *out)
{
  const NerveFigureModel *model = self->model;

  append_option (out, "color-by", nerve_color_by_get_name (model->color_by));
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    if ((self->kind->flags & choices[i].flags) && choice_of (&choices[i], model) != 0)
      append_option (out, choices[i].name, choices[i].choices[choice_of (&choices[i], model)]);
  if (model->solo >= 0)
    {
      g_autofree char *solo = g_strdup_printf ("%d", model->solo);

      append_option (out, "solo", solo);
    }
  if (has_selection (model))
    {
      g_autofree char *images = nerve_images_to_text (model->selection);

      append_option (out, "images", images);
    }
}

static void
append_page (const NerveOriginPage *page, GString *out)
{
  g_autofree char *dpi = g_strdup_printf ("%.9g", page->dpi);

  if (page->width != NULL)
    append_option (out, "width", page->width);
  if (page->height != NULL)
    append_option (out, "height", page->height);
  if (page->font != NULL)
    append_option (out, "font", page->font);
  if (page->dpi > 0)
    append_option (out, "dpi", dpi);
  if (page->dark)
    append_option (out, "dark", NULL);
}

/* What only a hand in the window can point at, or only jobs of the window compute. */
static const char *
find_unsayable (const NerveOrigin *self)
{
  const NerveFigureModel *model = self->model;
  guint flags = self->kind->flags;

  if ((flags & (NERVE_FIGURE_NEEDS_BETTI | NERVE_FIGURE_NEEDS_CURVES | NERVE_FIGURE_NEEDS_IMAGE)) &&
      model->decay.at_eta)
    return N_("η was moved by hand; type it into the parameters");
  if ((flags & NERVE_FIGURE_NEEDS_HIERARCHY) && !is_of_layers (self) && model->n_columns > 0 &&
      model->current != model->columns[model->n_columns - 1])
    return N_("the tree is not that of the last column; walk there");
  if (((flags & NERVE_FIGURE_NEEDS_PARTING) && model->pair[0] >= 0) ||
      ((flags & NERVE_FIGURE_NEEDS_IMAGE) && model->decay.image > 0))
    return N_("a pair of classes or an image is picked");

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
  g_string_append_printf (text, " %s --window", input);
  append_option (text, "kind", self->kind->name);
  append_layers (self, text);
  append_comparison (self, text);
  append_view (self, text);
  append_page (page, text);
  input = (g_free (input), g_shell_quote (output));
  g_string_append_printf (text, " -o %s", input);

  return g_string_free (text, FALSE);
}
