#include "gui/window-fixture.h"

#include "app/fixture.h"
#include "app/layer-parameters.h"
#include "app/render.h"
#include "mapper/graph-walk.h"
#include "views/board.h"
#include "views/choice-list.h"
#include "views/class-bar.h"
#include "views/class-bars.h"
#include "views/class-mark.h"
#include "views/cover-view.h"
#include "views/distance-curve.h"
#include "views/drawer.h"
#include "views/layer-list.h"
#include "views/legend-list.h"
#include "views/legend-strip.h"
#include "views/model-snapshot.h"
#include "views/pane-banner.h"
#include "views/parameter-flap.h"
#include "views/parameter-row.h"
#include "views/parameter-slider.h"
#include "views/picture-loader.h"
#include "views/picture-tile.h"
#include "views/preset-row.h"
#include "views/progress-ring.h"

/* A model with every result, without a document. */
typedef struct
{
  char                 *path;
  NerveDataset         *dataset;
  NervePalette         *palette;
  NerveLayerParameters *parameters;
  NerveLayerResults    *results;
  NerveFigureModel      model;
  GtkWidget            *window;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint n;

  f->path = fixture_network ();
  f->dataset = nerve_dataset_open (f->path, &error);
  g_assert_no_error (error);
  f->palette = nerve_palette_new (f->dataset);
  n = nerve_dataset_get_n_layers (f->dataset);
  f->parameters = g_new0 (NerveLayerParameters, n);
  f->results = g_new0 (NerveLayerResults, n);
  for (guint i = 0; i < n; i++)
    nerve_layer_parameters_init_window (&f->parameters[i], nerve_dataset_get_layer (f->dataset, i));
  nerve_figure_model_init (&f->model, f->dataset, f->palette, f->results);
  f->model.n_columns = nerve_figure_model_opening_columns (f->dataset, f->model.columns);
  nerve_render_results (f->dataset, NERVE_FIGURE_NEEDS_GRAPH | NERVE_FIGURE_NEEDS_HOMOLOGY | NERVE_FIGURE_NEEDS_BETTI,
                        f->model.columns, f->model.n_columns, f->parameters, f->results, NULL, &error);
  g_assert_no_error (error);
  f->model.selection = nerve_bitset_new (nerve_dataset_get_n (f->dataset));
  f->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (f->window), 900, 600);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (f->window));
  nerve_render_clear (f->results, f->model.n_layers);
  for (guint i = 0; i < f->model.n_layers; i++)
    nerve_layer_parameters_clear (&f->parameters[i]);
  g_free (f->parameters);
  g_free (f->results);
  nerve_bitset_free (f->model.selection);
  nerve_palette_unref (f->palette);
  nerve_dataset_unref (f->dataset);
  fixture_free (f->path);
}

/* On a screen, then gone for good. */
static void
show_and_drop (Fixture *f, GtkWidget *widget)
{
  g_object_ref_sink (widget);
  gtk_window_set_child (GTK_WINDOW (f->window), widget);
  gtk_window_present (GTK_WINDOW (f->window));
  window_fixture_wait (60);
  gtk_window_set_child (GTK_WINDOW (f->window), NULL);
  window_fixture_assert_gone (widget);
}

static void
small_widgets_leave_nothing_behind (Fixture *f, gconstpointer data)
{
  g_autofree guint *counts = g_new0 (guint, nerve_dataset_get_n_classes (f->dataset));
  GtkWidget *banner = nerve_pane_banner_new ();
  GtkWidget *bars = nerve_class_bars_new ();

  counts[0] = 3;
  counts[2] = 7;
  nerve_class_bars_set (NERVE_CLASS_BARS (bars), &f->model, counts);
  nerve_pane_banner_set (NERVE_PANE_BANNER (banner), "It failed", "Do this", "Retry", "document.retry",
                         g_variant_new ("(us)", 1, "mapper"));
  show_and_drop (f, banner);
  show_and_drop (f, bars);
  show_and_drop (f, nerve_progress_ring_new (24));
  show_and_drop (f, nerve_class_mark_new (f->palette, 1, FALSE));
  show_and_drop (f, nerve_class_bar_new (f->palette, 1, .4));
  show_and_drop (f, nerve_parameter_slider_new ("Intervals"));
}

static void
figures_leave_nothing_behind (Fixture *f, gconstpointer data)
{
  guint n;
  const NerveFigureKind *kinds = nerve_figure_kinds (&n);

  for (guint i = 0; i < n; i++)
    {
      GtkWidget *view = nerve_figure_view_new (kinds[i].name);

      nerve_figure_view_set_layer (NERVE_FIGURE_VIEW (view), f->model.columns[0]);
      nerve_figure_view_set_model (NERVE_FIGURE_VIEW (view), &f->model);
      show_and_drop (f, view);
    }
}

static void
columns_lists_and_legends_leave_nothing_behind (Fixture *f, gconstpointer data)
{
  GtkWidget *board = nerve_board_new ();
  GtkWidget *list = nerve_layer_list_new ();
  GtkWidget *legend = nerve_legend_strip_new ();

  nerve_board_set_model (NERVE_BOARD (board), &f->model);
  nerve_layer_list_set_model (NERVE_LAYER_LIST (list), &f->model);
  nerve_legend_strip_set_model (NERVE_LEGEND_STRIP (legend), &f->model);
  show_and_drop (f, board);
  show_and_drop (f, list);
  show_and_drop (f, legend);
  show_and_drop (f, nerve_legend_list_new (&f->model, 0, TRUE));
}

static void
the_drawer_with_a_selection_leaves_nothing_behind (Fixture *f, gconstpointer data)
{
  GtkWidget *drawer = nerve_drawer_new ();

  for (gsize i = 0; i < nerve_dataset_get_n (f->dataset); i += 3)
    nerve_bitset_set (f->model.selection, i, TRUE);
  nerve_drawer_set_model (NERVE_DRAWER (drawer), &f->model);
  nerve_selection_pane_update (nerve_drawer_get_selection (NERVE_DRAWER (drawer)), "every third");
  show_and_drop (f, drawer);
}

static void
show_flap (Fixture *f, GtkWidget *flap, guint layer)
{
  guint n;
  const NerveParameterGroup *groups = nerve_parameter_groups (&n);
  g_autofree NerveParameterValues *values = g_new0 (NerveParameterValues, n);
  NerveGraph *graph = f->results[layer].graph;

  for (guint i = 0; i < n; i++)
    {
      values[i].table = groups[i].table;
      values[i].values = G_STRUCT_MEMBER_P (&f->parameters[layer], groups[i].offset);
      if (groups[i].table == &nerve_mapper_table)
        values[i].resolved = nerve_mapper_get_parameters (graph->mapper);
    }
  nerve_parameter_flap_update (NERVE_PARAMETER_FLAP (flap), &f->model, values, n, graph);
}

static void
the_parameters_leave_nothing_behind (Fixture *f, gconstpointer data)
{
  GtkWidget *flap = nerve_parameter_flap_new ();
  GtkWidget *cover = nerve_cover_view_new ();

  for (guint i = 0; i < f->model.n_columns; i++)
    show_flap (f, flap, f->model.columns[i]);
  nerve_cover_view_set (NERVE_COVER_VIEW (cover), &f->model, f->results[f->model.columns[0]].graph);
  show_and_drop (f, flap);
  show_and_drop (f, cover);
}

/* What the flap's histogram is made of, with colours standing for @by. */
static const NerveCoverBins *
show_bins (Fixture *f, GtkWidget *flap, NerveColorBy by)
{
  GtkWidget *cover;

  f->model.color_by = by;
  show_flap (f, flap, f->model.columns[0]);
  cover = window_fixture_find_inside (flap, NERVE_TYPE_COVER_VIEW);

  return nerve_cover_view_get_bins (NERVE_COVER_VIEW (cover));
}

static double
chroma_of (NerveColor color)
{
  return MAX (color.red, MAX (color.green, color.blue)) - MIN (color.red, MIN (color.green, color.blue));
}

/* The image's kind, as wedges have it; the sum of a kind's bins is how many points are of it. */
static void
the_cover_is_coloured_as_the_nodes (Fixture *f, gconstpointer data)
{
  GtkWidget *flap = g_object_ref_sink (nerve_parameter_flap_new ());
  NerveGraph *graph = f->results[f->model.columns[0]].graph;
  const NerveCloud *cloud = nerve_mapper_get_cloud (graph->mapper);
  const guint *order = nerve_palette_get_order (f->model.palette);
  const int *labels = nerve_dataset_get_labels (f->dataset);
  const NerveCoverBins *bins = show_bins (f, flap, NERVE_COLOR_BY_CLASS);

  g_assert_cmpuint (bins->n_kinds, ==, nerve_dataset_get_n_classes (f->dataset) + 1);
  for (guint kind = 0; kind + 1 < bins->n_kinds; kind++)
    {
      gsize in_bins = 0, in_cloud = 0;

      for (guint bin = 0; bin < NERVE_COVER_BINS; bin++)
        in_bins += bins->counts[bin * bins->n_kinds + kind];
      for (gsize i = 0; i < nerve_cloud_get_n (cloud); i++)
        in_cloud += labels[nerve_cloud_get_images (cloud)[i]] == (int) order[kind];
      g_assert_cmpuint (in_bins, ==, in_cloud);
      g_assert_cmpuint (in_cloud, >, 0);
    }

  bins = show_bins (f, flap, NERVE_COLOR_BY_LENS);
  g_assert_cmpuint (bins->n_kinds, ==, 1);
  g_assert_cmpfloat (chroma_of (bins->colors[NERVE_COVER_BINS - 1]), >, chroma_of (bins->colors[0]) + .05);
  bins = show_bins (f, flap, NERVE_COLOR_BY_PURITY);
  for (guint bin = 1; bin < NERVE_COVER_BINS; bin++)
    g_assert_cmpuint (bins->counts[bin], ==, bins->points[bin]);
  f->model.shown = nerve_bitset_new (nerve_dataset_get_n_classes (f->model.dataset));
  nerve_bitset_set (f->model.shown, order[0], TRUE);
  bins = show_bins (f, flap, NERVE_COLOR_BY_CLASS);
  g_assert_cmpfloat (chroma_of (bins->colors[1]), <, .1);
  g_assert_cmpfloat (chroma_of (bins->colors[0]), >, .1);
  g_clear_pointer (&f->model.shown, nerve_bitset_free);
  g_assert_finalize_object (flap);
}

static gsize
count_rows (GtkWidget *widget)
{
  gsize n = NERVE_IS_PARAMETER_ROW (widget) || NERVE_IS_PRESET_ROW (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_rows (child);

  return n;
}

static gboolean
is_a_choice_of_one (const NerveParameter *parameter)
{
  return parameter->type == NERVE_PARAMETER_CHOICE && parameter->automatic == NULL &&
         parameter->choices[1].name == NULL;
}

/* The row of presets stands for the mapper's. */
static void
every_parameter_of_every_table_has_one_row (Fixture *f, gconstpointer data)
{
  GtkWidget *flap = g_object_ref_sink (nerve_parameter_flap_new ());
  gsize wanted = 0;
  guint n;
  const NerveParameterGroup *groups = nerve_parameter_groups (&n);

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < groups[i].table->n; j++)
      wanted += !is_a_choice_of_one (&groups[i].table->parameters[j]);
  show_flap (f, flap, f->model.columns[0]);
  g_assert_cmpuint (count_rows (flap), ==, wanted);
  g_assert_finalize_object (flap);
}

static void
note (const char *text, GString *said)
{
  g_string_append_printf (said, "%s;", text);
}

static void
note_begin (GString *said)
{
  g_string_append (said, "begin;");
}

static void
note_end (GString *said)
{
  g_string_append (said, "end;");
}

static void
on_row_said (GString *said, const char *text)
{
  note (text, said);
}

static void
a_slider_speaks_once_when_the_hand_rests (Fixture *f, gconstpointer data)
{
  const NerveParameter *parameter = nerve_parameters_find (&nerve_mapper_table, "intervals");
  GtkWidget *row = g_object_ref_sink (nerve_parameter_row_new (&nerve_mapper_table, parameter, 0, 1, 50));
  g_autoptr (GString) said = g_string_new (NULL);

  nerve_parameter_row_update (NERVE_PARAMETER_ROW (row), &f->parameters[1].mapper, NULL);
  g_signal_connect_swapped (row, "drag-begin", G_CALLBACK (note_begin), said);
  g_signal_connect_swapped (row, "changed", G_CALLBACK (on_row_said), said);
  g_signal_connect_swapped (row, "drag-end", G_CALLBACK (note_end), said);
  for (int value = 11; value <= 15; value++)
    gtk_range_set_value (GTK_RANGE (window_fixture_find_inside (row, GTK_TYPE_SCALE)), value);
  window_fixture_wait (700);
  g_assert_cmpstr (said->str, ==, "begin;15;end;");
  g_assert_finalize_object (row);
}

static void
type (GtkWidget *row, const char *text)
{
  GtkWidget *entry = window_fixture_find_inside (row, GTK_TYPE_ENTRY);

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_emit_by_name (entry, "activate");
}

static void
a_number_is_typed_beyond_the_end_of_its_slider (Fixture *f, gconstpointer data)
{
  const NerveParameter *parameter = nerve_parameters_find (&nerve_mapper_table, "intervals");
  GtkWidget *row = g_object_ref_sink (nerve_parameter_row_new (&nerve_mapper_table, parameter, 0, 1, 50));
  g_autoptr (GString) said = g_string_new (NULL);
  NerveMapperParameters parameters = f->parameters[1].mapper;

  nerve_parameter_row_update (NERVE_PARAMETER_ROW (row), &parameters, NULL);
  g_signal_connect_swapped (row, "changed", G_CALLBACK (on_row_said), said);
  type (row, "200");
  type (row, "many");
  type (row, "");
  g_assert_cmpstr (said->str, ==, "200;");
  parameters.intervals = 200;
  nerve_parameter_row_update (NERVE_PARAMETER_ROW (row), &parameters, NULL);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (window_fixture_find_inside (row, GTK_TYPE_ENTRY))), ==, "200");
  g_assert_cmpfloat (gtk_range_get_value (GTK_RANGE (window_fixture_find_inside (row, GTK_TYPE_SCALE))), ==, 200);
  g_assert_cmpstr (said->str, ==, "200;");
  g_assert_finalize_object (row);
}

static void
a_snapshot_looks_the_same_until_something_it_shows_changes (Fixture *f, gconstpointer data)
{
  const NerveFigureKind *mapper = nerve_figure_kind_find ("mapper");
  const NerveFigureKind *diagram = nerve_figure_kind_find ("diagram");
  guint layer = f->model.columns[0];
  NerveFigureModel *snapshot = nerve_model_snapshot_new (&f->model);

  g_assert_true (nerve_model_same_picture (snapshot, &f->model, mapper, layer));
  nerve_bitset_set (f->model.selection, 4, TRUE);
  g_assert_false (nerve_model_same_picture (snapshot, &f->model, mapper, layer));
  g_assert_true (nerve_model_same_picture (snapshot, &f->model, diagram, layer));
  nerve_bitset_clear_all (f->model.selection);
  f->model.color_by = NERVE_COLOR_BY_CLASS == f->model.color_by ? NERVE_COLOR_BY_SUPERCLASS : NERVE_COLOR_BY_CLASS;
  g_assert_false (nerve_model_same_picture (snapshot, &f->model, mapper, layer));
  f->model.units = NERVE_UNITS_ABSOLUTE;
  g_assert_false (nerve_model_same_picture (snapshot, &f->model, diagram, layer));
  nerve_model_snapshot_free (snapshot);
}

static void
a_path_joins_two_nodes_by_edges (Fixture *f, gconstpointer data)
{
  NerveMapper *mapper = f->results[f->model.columns[0]].graph->mapper;
  const NerveEdge *edges = nerve_mapper_get_edges (mapper);

  for (guint target = 0; target < nerve_mapper_get_n_nodes (mapper); target++)
    {
      g_autoptr (GArray) path = nerve_graph_walk_path (mapper, 0, target);

      if (nerve_mapper_get_component (mapper, 0) != nerve_mapper_get_component (mapper, target))
        {
          g_assert_cmpuint (path->len, ==, 1);
          continue;
        }
      g_assert_cmpuint (g_array_index (path, guint, 0), ==, 0);
      g_assert_cmpuint (g_array_index (path, guint, path->len - 1), ==, target);
      for (guint i = 1; i < path->len; i++)
        {
          guint a = MIN (g_array_index (path, guint, i - 1), g_array_index (path, guint, i));
          guint b = MAX (g_array_index (path, guint, i - 1), g_array_index (path, guint, i));
          gboolean joined = FALSE;

          for (guint e = 0; e < nerve_mapper_get_n_edges (mapper); e++)
            joined = joined || (edges[e].source == a && edges[e].target == b);
          g_assert_true (joined);
        }
    }
}

static void
pictures_are_read_beside_the_main_thread (Fixture *f, gconstpointer data)
{
  g_autoptr (NervePictureLoader) loader = nerve_picture_loader_new (f->dataset);

  g_assert_null (nerve_picture_loader_get (loader, 5));
  for (guint i = 0; i < 100 && nerve_picture_loader_get (loader, 5) == NULL; i++)
    window_fixture_wait (10);
  if (nerve_dataset_has_images (f->dataset))
    g_assert_true (GDK_IS_TEXTURE (nerve_picture_loader_get (loader, 5)));
  g_assert_finalize_object (g_steal_pointer (&loader));
}

/* What is marked among the choices of an open list; NULL: none, or several. */
static const char *
find_marked (GtkWidget *widget, guint *n_marks)
{
  const char *found = NULL;

  if (GTK_IS_IMAGE (widget) && gtk_widget_get_opacity (widget) == 1 && gtk_widget_get_mapped (widget) &&
      g_strcmp0 (gtk_image_get_icon_name (GTK_IMAGE (widget)), "object-select-symbolic") == 0)
    {
      (*n_marks)++;
      return gtk_label_get_label (GTK_LABEL (gtk_widget_get_prev_sibling (widget)));
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      const char *inner = find_marked (child, n_marks);

      found = inner != NULL ? inner : found;
    }

  return found;
}

static void
the_chosen_one_of_a_list_is_marked (Fixture *f, gconstpointer data)
{
  static const char *const names[] = { "one", "two", "three", NULL };
  GtkWidget *list = gtk_drop_down_new_from_strings (names);
  guint n_marks = 0;

  nerve_choice_list_install (list);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (list), 1);
  gtk_window_set_child (GTK_WINDOW (f->window), list);
  gtk_window_present (GTK_WINDOW (f->window));
  window_fixture_wait (60);
  g_signal_emit_by_name (list, "activate");
  for (guint i = 0; i < 100 && find_marked (list, &n_marks) == NULL; i++)
    window_fixture_wait (10);
  n_marks = 0;
  g_assert_cmpstr (find_marked (list, &n_marks), ==, "two");
  g_assert_cmpuint (n_marks, ==, 1);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (list), 2);
  n_marks = 0;
  g_assert_cmpstr (find_marked (list, &n_marks), ==, "three");
  g_assert_cmpuint (n_marks, ==, 1);
  gtk_popover_popdown (GTK_POPOVER (gtk_widget_get_last_child (list)));
  window_fixture_wait (60);
}

#define ADD(test) g_test_add ("/views/" #test, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  window_fixture_prepare (&argc, &argv);

  ADD (small_widgets_leave_nothing_behind);
  ADD (figures_leave_nothing_behind);
  ADD (columns_lists_and_legends_leave_nothing_behind);
  ADD (the_drawer_with_a_selection_leaves_nothing_behind);
  ADD (the_parameters_leave_nothing_behind);
  ADD (the_cover_is_coloured_as_the_nodes);
  ADD (every_parameter_of_every_table_has_one_row);
  ADD (the_chosen_one_of_a_list_is_marked);
  ADD (a_slider_speaks_once_when_the_hand_rests);
  ADD (a_number_is_typed_beyond_the_end_of_its_slider);
  ADD (a_snapshot_looks_the_same_until_something_it_shows_changes);
  ADD (a_path_joins_two_nodes_by_edges);
  ADD (pictures_are_read_beside_the_main_thread);

  return window_fixture_run ();
}
