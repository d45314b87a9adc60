#include "config.h"

#include "views/parameter-flap.h"

#include <glib/gi18n.h>

#include "cloud/sampling.h"
#include "figures/text.h"
#include "mapper/cluster.h"
#include "mapper/lens.h"
#include "views/cover-view.h"
#include "views/distance-curve.h"
#include "views/fitting-label.h"
#include "views/parameter-row.h"
#include "views/preset-row.h"
#include "views/template.h"

typedef enum
{
  CARD_FIRST,
  CARD_COVER_TITLE,
  CARD_COVER,
  CARD_CLUSTERS,
  CARD_PERSISTENCE,
  CARD_POINTS,
  CARD_BETTI,
  N_CARDS,
} Card;

/* Where a parameter stands, and where its slider goes; what stands nowhere here goes where its table does. */
typedef struct
{
  const char *table;
  const char *name;
  Card        card;
  guint       flags;
  double      lower;
  double      upper;
} Place;

static const Place places[] = {
  { "cloud", "sampling", CARD_FIRST },
  { "mapper", "lens", CARD_FIRST },
  { "mapper", "cover", CARD_COVER_TITLE, NERVE_PARAMETER_ROW_BARE },
  { "mapper", "intervals", CARD_COVER, 0, 1, 50 },
  { "mapper", "overlap", CARD_COVER, NERVE_PARAMETER_ROW_PERCENT, 0, .95 },
  { "mapper", "eps", CARD_CLUSTERS, 0, 0, 1 },
  { "mapper", "min-samples", CARD_CLUSTERS, 0, 1, 20 },
  { "mapper", "min-intersection", CARD_CLUSTERS, 0, 1, 20 },
  { "mapper", "min-jaccard", CARD_CLUSTERS, NERVE_PARAMETER_ROW_PERCENT, 0, 1 },
  { "diagram", "diagram-points", CARD_PERSISTENCE, 0, 50, 2000 },
};

static const struct { const char *table; Card card; } homes[] = {
  { "cloud", CARD_POINTS },
  { "mapper", CARD_CLUSTERS },
  { "diagram", CARD_PERSISTENCE },
  { "rips", CARD_PERSISTENCE },
  { "bootstrap", CARD_PERSISTENCE },
  { "betti", CARD_BETTI },
};

struct _NerveParameterFlap
{
  GtkWidget           parent_instance;
  GtkToggleButton    *all_layers;
  GtkBox             *cards[N_CARDS];
  NerveCoverView     *cover;
  NerveDistanceCurve *curve;
  GtkLabel           *cover_caption;
  GtkLabel           *curve_caption;
  GtkLabel           *clusters_caption;
  NerveFittingLabel  *summary;
  GtkLabel           *noise;
  NervePresetRow     *preset;
  GPtrArray          *rows; /* NerveParameterRow, not owned */
};

G_DEFINE_FINAL_TYPE (NerveParameterFlap, nerve_parameter_flap, GTK_TYPE_WIDGET)

static NerveParameterRow *
find_row (NerveParameterFlap *self, const char *table, const char *name)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      NerveParameterRow *row = self->rows->pdata[i];

      if (g_str_equal (nerve_parameter_row_get_table (row)->name, table) &&
          g_str_equal (nerve_parameter_row_get_parameter (row)->name, name))
        return row;
    }

  return NULL;
}

/* What the hand does */

static void
set_parameter (NerveParameterFlap *self, const char *table, const char *name, const char *text)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "document.set-parameter", "(bsss)",
                              gtk_toggle_button_get_active (self->all_layers), table, name, text);
}

static void
on_row_changed (NerveParameterFlap *self, const char *text, NerveParameterRow *row)
{
  set_parameter (self, nerve_parameter_row_get_table (row)->name, nerve_parameter_row_get_parameter (row)->name, text);
}

static void
on_row_moved (NerveParameterFlap *self, double value, NerveParameterRow *row)
{
  if (g_str_equal (nerve_parameter_row_get_parameter (row)->name, "eps"))
    nerve_distance_curve_set_eps (self->curve, value);
}

static void
on_drag_begin (NerveParameterFlap *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "document.begin-drag", NULL);
}

static void
on_drag_end (NerveParameterFlap *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "document.end-drag", NULL);
}

static void
on_eps_changed (NerveParameterFlap *self, double eps)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  set_parameter (self, "mapper", "eps", g_ascii_formatd (text, sizeof text, "%.6g", eps));
}

static void
on_reset_clicked (NerveParameterFlap *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "document.reset-parameters", "b",
                              gtk_toggle_button_get_active (self->all_layers));
}

static void
apply_preset (GtkWidget *widget, const char *action, GVariant *id)
{
  NerveParameterFlap *self = NERVE_PARAMETER_FLAP (widget);

  gtk_widget_activate_action (widget, "document.apply-preset", "(bs)",
                              gtk_toggle_button_get_active (self->all_layers), g_variant_get_string (id, NULL));
}

static void
save_preset (GtkWidget *widget, const char *action, GVariant *nothing)
{
  nerve_preset_row_ask_name (NERVE_PARAMETER_FLAP (widget)->preset);
}

/* Rows from tables */

static Card
home_of (const NerveParameterTable *table)
{
  for (guint i = 0; i < G_N_ELEMENTS (homes); i++)
    if (g_str_equal (homes[i].table, table->name))
      return homes[i].card;

  return CARD_POINTS;
}

static void
add_row (NerveParameterFlap *self, const NerveParameterTable *table, const NerveParameter *parameter,
         const Place *place)
{
  GtkWidget *row = nerve_parameter_row_new (table, parameter, place->flags, place->lower, place->upper);

  gtk_box_append (self->cards[place->card], row);
  g_ptr_array_add (self->rows, row);
  g_signal_connect_swapped (row, "changed", G_CALLBACK (on_row_changed), self);
  g_signal_connect_swapped (row, "moved", G_CALLBACK (on_row_moved), self);
  g_signal_connect_swapped (row, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect_swapped (row, "drag-end", G_CALLBACK (on_drag_end), self);
}

static gboolean
has_choice (const NerveParameter *parameter)
{
  return parameter->type != NERVE_PARAMETER_CHOICE || parameter->automatic != NULL ||
         (parameter->choices[0].name != NULL && parameter->choices[1].name != NULL);
}

/* Presets have a row of their own. */
static gboolean
is_of_presets (const NerveParameterTable *table, const NerveParameter *parameter)
{
  return g_str_equal (table->name, "mapper") && g_str_equal (parameter->name, "preset");
}

static void
build_rows (NerveParameterFlap *self, const NerveParameterValues *values, guint n_values)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    for (guint j = 0; j < n_values; j++)
      if (g_str_equal (values[j].table->name, places[i].table))
        {
          const NerveParameter *parameter = nerve_parameters_find (values[j].table, places[i].name);

          if (parameter != NULL)
            add_row (self, values[j].table, parameter, &places[i]);
        }

  for (guint i = 0; i < n_values; i++)
    for (guint j = 0; j < values[i].table->n; j++)
      {
        const NerveParameter *parameter = &values[i].table->parameters[j];
        Place place = { .card = home_of (values[i].table) };

        if (has_choice (parameter) && !is_of_presets (values[i].table, parameter) &&
            find_row (self, values[i].table->name, parameter->name) == NULL)
          add_row (self, values[i].table, parameter, &place);
      }
}

/* What it shows */

static const NerveParameterValues *
find_values (const NerveParameterValues *values, guint n_values, const char *table)
{
  for (guint i = 0; i < n_values; i++)
    if (g_str_equal (values[i].table->name, table))
      return &values[i];

  return NULL;
}

static void
update_rows (NerveParameterFlap *self, const NerveParameterValues *values, guint n_values)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      NerveParameterRow *row = self->rows->pdata[i];
      const NerveParameterValues *found = find_values (values, n_values, nerve_parameter_row_get_table (row)->name);

      if (found != NULL)
        nerve_parameter_row_update (row, found->values, found->resolved);
    }
}

static void
update_curve (NerveParameterFlap *self, const NerveGraph *graph)
{
  const double *distances = nerve_mapper_get_k_distances (graph->mapper);
  gsize n = nerve_cloud_get_n (nerve_mapper_get_cloud (graph->mapper));
  const NerveMapperParameters *used = nerve_mapper_get_parameters (graph->mapper);
  NerveParameterRow *row = find_row (self, "mapper", "eps");
  g_autofree char *caption = g_strdup_printf (_("distance to the neighbour no. %d, sorted"), used->min_samples);

  nerve_distance_curve_set (self->curve, distances, n, nerve_mapper_get_knee (graph->mapper));
  nerve_distance_curve_set_eps (self->curve, used->eps);
  gtk_label_set_label (self->curve_caption, caption);
  gtk_widget_set_visible (GTK_WIDGET (self->curve_caption), nerve_distance_curve_get_upper (self->curve) > 0);
  if (row != NULL)
    nerve_parameter_row_set_range (row, 0, MAX (nerve_distance_curve_get_upper (self->curve),
                                                used->eps > 0 ? 1.5 * used->eps : 1));
}

/* A layer of vectors is taken as it is, whatever was chosen. */
static gboolean
is_of_vectors (const NerveCloud *cloud)
{
  return g_str_has_prefix (nerve_cloud_get_badge (cloud), "vectors");
}

static void
update_captions (NerveParameterFlap *self, const NerveGraph *graph)
{
  const NerveCloud *cloud = nerve_mapper_get_cloud (graph->mapper);
  const NerveMapperParameters *used = nerve_mapper_get_parameters (graph->mapper);
  NerveParameterRow *sampling = find_row (self, "cloud", "sampling");
  g_autofree char *clusters = NULL;

  clusters = g_strdup_printf ("%s, %s", _(nerve_cluster_choices[used->clusterer].label),
                              _(nerve_metric_choices[nerve_cloud_get_metric (cloud)].label));
  gtk_label_set_label (self->clusters_caption, clusters);
  if (sampling != NULL)
    nerve_parameter_row_set_shown (sampling, is_of_vectors (cloud) ? _("Vectors as they are")
                                             : _(nerve_sampling_choices[nerve_cloud_get_sampling (cloud)].label));
}

/* Of two lenses the histogram shows one. */
static void
update_cover_caption (NerveParameterFlap *self, const NerveGraph *graph)
{
  const NerveMapperParameters *used = nerve_mapper_get_parameters (graph->mapper);
  g_autofree char *caption = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->cover_caption), used->second_lens >= 0);
  if (used->second_lens < 0)
    return;

  /* Translators: above a histogram; %s is a lens, as in "Length (l2 norm)" */
  caption = g_strdup_printf (_("along the first lens: %s"), _(nerve_lens_choices[used->lens].label));
  gtk_label_set_label (self->cover_caption, caption);
}

static void
update_footer (NerveParameterFlap *self, const NerveGraph *graph)
{
  guint n_nodes = nerve_mapper_get_n_nodes (graph->mapper);
  gsize n_noise = nerve_mapper_get_n_noise (graph->mapper);
  g_autofree char *coverage = nerve_text_percent (nerve_mapper_get_coverage (graph->mapper));
  g_autofree char *summary = NULL;
  g_autofree char *brief = NULL;
  g_autofree char *noise = NULL;

  brief = g_strdup_printf (ngettext ("%u node · %s covered", "%u nodes · %s covered", n_nodes), n_nodes, coverage);
  summary = g_strdup_printf (ngettext ("%u node · %u comp. · %s covered", "%u nodes · %u comp. · %s covered", n_nodes),
                             n_nodes, nerve_mapper_get_n_components (graph->mapper), coverage);
  noise = g_strdup_printf (ngettext ("%zu point is noise at this ε", "%zu points are noise at this ε", n_noise),
                           n_noise);
  nerve_fitting_label_set_texts (self->summary, (const char *const []) { summary, brief, NULL });
  gtk_label_set_label (self->noise, noise);
}

static void
nerve_parameter_flap_dispose (GObject *object)
{
  NerveParameterFlap *self = NERVE_PARAMETER_FLAP (object);

  nerve_template_dispose (GTK_WIDGET (object), NERVE_TYPE_PARAMETER_FLAP);
  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (nerve_parameter_flap_parent_class)->dispose (object);
}

static void
nerve_parameter_flap_class_init (NerveParameterFlapClass *klass)
{
  static const char *const card_ids[N_CARDS] = {
    "first", "cover_title", "cover_rows", "cluster_rows", "persistence_rows", "point_rows", "betti_rows",
  };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nerve_parameter_flap_dispose;
  g_type_ensure (NERVE_TYPE_COVER_VIEW);
  g_type_ensure (NERVE_TYPE_DISTANCE_CURVE);
  g_type_ensure (NERVE_TYPE_FITTING_LABEL);
  g_type_ensure (NERVE_TYPE_PRESET_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/nerve/Nerve/views/parameter-flap.ui");
  gtk_widget_class_install_action (widget_class, "flap.preset", "s", apply_preset);
  gtk_widget_class_install_action (widget_class, "flap.save-preset", NULL, save_preset);
  for (guint i = 0; i < N_CARDS; i++)
    gtk_widget_class_bind_template_child_full (widget_class, card_ids[i], FALSE,
                                               G_STRUCT_OFFSET (NerveParameterFlap, cards) + i * sizeof (GtkBox *));
  gtk_widget_class_bind_template_child (widget_class, NerveParameterFlap, all_layers);
  gtk_widget_class_bind_template_child (widget_class, NerveParameterFlap, preset);
  gtk_widget_class_bind_template_child (widget_class, NerveParameterFlap, cover);
  gtk_widget_class_bind_template_child (widget_class, NerveParameterFlap, curve);
  gtk_widget_class_bind_template_child (widget_class, NerveParameterFlap, cover_caption);
  gtk_widget_class_bind_template_child (widget_class, NerveParameterFlap, curve_caption);
  gtk_widget_class_bind_template_child (widget_class, NerveParameterFlap, clusters_caption);
  gtk_widget_class_bind_template_child (widget_class, NerveParameterFlap, summary);
  gtk_widget_class_bind_template_child (widget_class, NerveParameterFlap, noise);
  gtk_widget_class_bind_template_callback (widget_class, on_drag_begin);
  gtk_widget_class_bind_template_callback (widget_class, on_drag_end);
  gtk_widget_class_bind_template_callback (widget_class, on_eps_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_reset_clicked);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "parameters");
}

static void
nerve_parameter_flap_init (NerveParameterFlap *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
nerve_parameter_flap_new (void)
{
  return g_object_new (NERVE_TYPE_PARAMETER_FLAP, NULL);
}

void
nerve_parameter_flap_update (NerveParameterFlap *self, const NerveFigureModel *model,
                             const NerveParameterValues *values, guint n_values, NerveGraph *graph)
{
  g_return_if_fail (NERVE_IS_PARAMETER_FLAP (self));

  if (self->rows->len == 0)
    build_rows (self, values, n_values);

  nerve_cover_view_set (self->cover, model, graph);
  if (graph != NULL)
    {
      update_curve (self, graph);
      update_captions (self, graph);
      update_cover_caption (self, graph);
      update_footer (self, graph);
    }
  update_rows (self, values, n_values);
}

void
nerve_parameter_flap_set_presets (NerveParameterFlap *self, NervePresetMenuFunc menu, const char *name)
{
  g_return_if_fail (NERVE_IS_PARAMETER_FLAP (self));

  nerve_preset_row_set_menu (self->preset, menu);
  nerve_preset_row_set_name (self->preset, name);
}
