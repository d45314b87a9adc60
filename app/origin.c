#include "config.h"

#include "app/origin-private.h"

#include <string.h>

#include <glib/gi18n.h>

#include "app/results.h"
#include "cloud/sampling.h"
#include "data/file.h"
#include "figures/board-rows.h"
#include "figures/node-measure.h"

static const char *const node_sizes[] = { "members", "logarithm", "equal", NULL };
static const char *const edge_widths[] = { "jaccard", "shared", "equal", NULL };
static const char *const layouts[] = { "springs", "sorted", NULL };
static const char *const units[] = { "median", "absolute", "fit", NULL };
static const char *const lines[] = { "network", "class", "superclass", NULL };
static const char *const axes[] = { "logarithmic", "linear", NULL };
static const char *const spreads[] = { "none", "bands", NULL };

G_STATIC_ASSERT (sizeof (NerveNodeSize) == sizeof (int) && sizeof (NerveLayoutKind) == sizeof (int));
G_STATIC_ASSERT (sizeof (gboolean) == sizeof (int));

static const NerveModelChoice choices[] = {
  { "node-size", G_STRUCT_OFFSET (NerveFigureModel, node_size), node_sizes, NERVE_FIGURE_NEEDS_GRAPH,
    N_("What the area of a node stands for") },
  { "edge-width", G_STRUCT_OFFSET (NerveFigureModel, edge_width), edge_widths, NERVE_FIGURE_NEEDS_GRAPH,
    N_("What the width of an edge stands for") },
  { "layout", G_STRUCT_OFFSET (NerveFigureModel, layout), layouts, NERVE_FIGURE_NEEDS_GRAPH,
    N_("How nodes stand: by springs, or sorted by their lens from left to right") },
  { "units", G_STRUCT_OFFSET (NerveFigureModel, units), units, NERVE_FIGURE_NEEDS_HOMOLOGY,
    N_("Of the diagrams' axes") },
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

gsize
nerve_images_first (const NerveBitset *images)
{
  gsize n = nerve_bitset_length (images);

  for (gsize i = 0; i < n; i++)
    if (nerve_bitset_get (images, i))
      return i;

  return 0;
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

guint
nerve_origin_flags (const NerveOrigin *self)
{
  return nerve_figure_flags (self->kind, self->model);
}

gboolean
nerve_origin_is_of_layers (const NerveOrigin *self)
{
  return (self->kind->flags & NERVE_FIGURE_PER_LAYER) != 0;
}

gboolean
nerve_origin_shows (const NerveOrigin *self, guint layer)
{
  for (guint i = 0; i < self->n_layers; i++)
    if (self->layers[i] == layer)
      return TRUE;

  return !nerve_origin_is_of_layers (self);
}

gboolean
nerve_origin_needs_group (const NerveOrigin *self, const char *group)
{
  static const struct { guint flag; NerveResultKind result; } needs[] = {
    { NERVE_FIGURE_NEEDS_GRAPH, NERVE_RESULT_GRAPH },
    { NERVE_FIGURE_NEEDS_HOMOLOGY, NERVE_RESULT_HOMOLOGY },
    { NERVE_FIGURE_NEEDS_BETTI, NERVE_RESULT_BETTI },
    { NERVE_FIGURE_NEEDS_CURVES, NERVE_RESULT_CURVES },
    { NERVE_FIGURE_NEEDS_PROJECTION, NERVE_RESULT_PROJECTION },
  };
  const guint of_clouds = NERVE_FIGURE_NEEDS_MATRIX | NERVE_FIGURE_NEEDS_HIERARCHY | NERVE_FIGURE_NEEDS_SENSITIVITY |
                          NERVE_FIGURE_NEEDS_SPECIFICITY;
  guint flags = nerve_origin_flags (self);

  /* The board shows Betti numbers, too, where it has them. */
  if (g_str_equal (self->kind->name, "board"))
    flags |= NERVE_FIGURE_NEEDS_BETTI;
  for (guint i = 0; i < G_N_ELEMENTS (needs); i++)
    if ((flags & needs[i].flag) && g_strv_contains (nerve_result_type (needs[i].result)->groups, group))
      return TRUE;
  if ((flags & of_clouds) && g_str_equal (group, "cloud"))
    return TRUE;
  /* The η that is marked, or cut at. */
  if ((flags & (NERVE_FIGURE_NEEDS_CURVES | NERVE_FIGURE_NEEDS_IMAGE)) && g_str_equal (group, "betti"))
    return TRUE;

  return g_str_equal (group, "mapper") &&
         ((flags & NERVE_FIGURE_NEEDS_MATRIX) ||
          ((flags & NERVE_FIGURE_NEEDS_HIERARCHY) && self->comparison->from_mapper));
}

char *
nerve_origin_default_eta (void)
{
  gsize n = 0;
  g_autofree double *etas = nerve_betti_parse_etas (NULL, &n, NULL);

  return nerve_origin_number (etas[0]);
}

/* "auto" by what it came to, and a threshold that was not given by what it is then. */
static void
resolve (const NerveOrigin *self, guint layer, NerveLayerParameters *used)
{
  const NerveGraph *graph = self->model->layers[layer].graph;
  NerveSampler sampler;

  nerve_layer_parameters_init (used);
  nerve_layer_parameters_copy (used, &self->parameters[layer]);
  if (used->betti.etas == NULL || *used->betti.etas == '\0')
    {
      g_free (used->betti.etas);
      used->betti.etas = nerve_origin_default_eta ();
    }
  if (nerve_sampler_init (&sampler, nerve_dataset_get_layer (self->model->dataset, layer), &used->cloud, NULL))
    used->cloud.sampling = sampler.counts_as;
  /* A figure of no graphs may be made without them. */
  if (graph != NULL && (nerve_origin_flags (self) & NERVE_FIGURE_NEEDS_GRAPH))
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
    if (nerve_origin_shows (self, layer))
      {
        own[n] = g_string_new (NULL);
        g_string_printf (own[n], "; layer=%s", nerve_dataset_get_layer (self->model->dataset, layer)->name);
        resolve (self, layer, &used[n++]);
      }
  for (guint i = 0; i < n_groups && n > 0; i++)
    for (guint k = 0; k < groups[i].table->n && nerve_origin_needs_group (self, groups[i].table->name); k++)
      describe_parameter (&groups[i].table->parameters[k], groups[i].offset, used, n, out, own);
  for (guint i = 0; i < n; i++)
    {
      g_string_append_len (out, own[i]->str, own[i]->len);
      g_string_free (own[i], TRUE);
      nerve_layer_parameters_clear (&used[i]);
    }
}

/* Parameters beside the layers' own, and the figures that hang on them. */
static const struct
{
  guint                      flags;  /* NerveFigureFlags */
  const NerveParameterTable *table;
  gsize                      offset; /* in NerveComparisonParameters */
} comparison_tables[] = {
  { NERVE_FIGURE_COMPARES_LAYERS, &nerve_measure_table, G_STRUCT_OFFSET (NerveComparisonParameters, measure) },
  { NERVE_FIGURE_NEEDS_PARTING, &nerve_parting_table, G_STRUCT_OFFSET (NerveComparisonParameters, parting) },
  { NERVE_FIGURE_NEEDS_SENSITIVITY, &nerve_sensitivity_table,
    G_STRUCT_OFFSET (NerveComparisonParameters, sensitivity) },
};

/* The same of those that are either the one or the other. */
static const struct
{
  guint       flags;
  const char *name;
  gsize       offset;
  const char *words[2]; /* FALSE is the default */
} comparison_choices[] = {
  { NERVE_FIGURE_NEEDS_MATRIX, "layer-order", G_STRUCT_OFFSET (NerveComparisonParameters, by_dendrogram),
    { "network", "dendrogram" } },
  { NERVE_FIGURE_NEEDS_HIERARCHY, "from", G_STRUCT_OFFSET (NerveComparisonParameters, from_mapper),
    { "cloud", "mapper" } },
  { NERVE_FIGURE_NEEDS_SWEEP, "sweep", G_STRUCT_OFFSET (NerveComparisonParameters, sweep_by_eps),
    { "overlap", "eps" } },
};

void
nerve_origin_for_comparison (const NerveOrigin *self, NerveComparisonFunc func, GString *out)
{
  for (guint i = 0; i < G_N_ELEMENTS (comparison_tables); i++)
    {
      const NerveParameterTable *table = comparison_tables[i].table;
      gconstpointer values = G_STRUCT_MEMBER_P (self->comparison, comparison_tables[i].offset);

      for (guint k = 0; k < table->n && (nerve_origin_flags (self) & comparison_tables[i].flags); k++)
        {
          g_autofree char *value = nerve_parameter_get (&table->parameters[k], values);

          func (table->parameters[k].name, value, nerve_parameter_is_default (&table->parameters[k], values), out);
        }
    }
  for (guint i = 0; i < G_N_ELEMENTS (comparison_choices); i++)
    if (nerve_origin_flags (self) & comparison_choices[i].flags)
      {
        gboolean second = G_STRUCT_MEMBER (gboolean, self->comparison, comparison_choices[i].offset);

        func (comparison_choices[i].name, comparison_choices[i].words[second ? 1 : 0], !second, out);
      }
}

static void
describe_comparison (const char *name, const char *value, gboolean is_default, GString *out)
{
  g_string_append_printf (out, "; %s=%s", name, value);
}

gboolean
nerve_origin_has_selection (const NerveFigureModel *model)
{
  return model->selection != NULL && !nerve_bitset_is_empty (model->selection);
}

int
nerve_model_choice_of (const NerveModelChoice *choice, const NerveFigureModel *model)
{
  return G_STRUCT_MEMBER (int, model, choice->offset);
}

static void
describe_other (const char *path, GString *out)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (NerveFile) file = nerve_file_open (path, NULL);

  g_string_append_printf (out, "; with=%s", name);
  if (file != NULL)
    g_string_append_printf (out, "; fingerprint=%s", file->fingerprint);
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
  if (g_str_equal (self->kind->name, "board"))
    {
      g_autofree char *views = nerve_board_rows_to_text (model->rows, model->n_rows);

      g_string_append_printf (text, "; views=%s", views);
    }
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    if (nerve_origin_flags (self) & choices[i].flags)
      g_string_append_printf (text, "; %s=%s", choices[i].name,
                              choices[i].choices[nerve_model_choice_of (&choices[i], model)]);
  if (model->shown != NULL)
    {
      g_autofree char *solo = nerve_images_to_text (model->shown);

      g_string_append_printf (text, "; solo=%s", solo);
    }
  if (nerve_origin_has_selection (model))
    g_string_append_printf (text, "; selected=%zu", nerve_bitset_count (model->selection));
  nerve_origin_for_comparison (self, describe_comparison, text);
  for (guint i = 0; self->others != NULL && self->others[i] != NULL; i++)
    describe_other (self->others[i], text);
  describe_layers (self, text);

  return g_string_free (text, FALSE);
}
