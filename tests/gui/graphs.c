#include "gui/window-fixture.h"

#include <string.h>

#include "app/fixture.h"
#include "figures/node-measure.h"
#include "figures/sweep.h"
#include "mapper/graph-walk.h"
#include "views/figure-view-private.h"
#include "views/legend-list.h"
#include "views/selection-numbers.h"

/* What can be done to the graphs of the board, beside choosing nodes. */

static GBytes *
picture (WindowFixture *f)
{
  window_fixture_settle (f);

  return window_fixture_pixels (window_fixture_pane (f, 1, 0)->shown);
}

static GArray *
places (WindowFixture *f)
{
  window_fixture_settle (f);

  return nerve_figure_view_marks (window_fixture_pane (f, 1, 0));
}

static gboolean
is_alone (const NerveFigureModel *model, guint kind)
{
  return model->shown != NULL && nerve_bitset_count (model->shown) == 1 && nerve_figure_model_shows (model, kind);
}

static void
each_way_to_colour_is_reached_and_moves_no_node (WindowFixture *f, gconstpointer data)
{
  g_autoptr (GBytes) by_class = picture (f);
  g_autoptr (GBytes) again = NULL;
  g_autoptr (GArray) before = places (f);
  guint seen = 1 << NERVE_COLOR_BY_CLASS;

  for (guint i = 1; i < NERVE_N_COLOR_BY; i++)
    {
      g_autoptr (GBytes) other = NULL;
      g_autoptr (GArray) after = NULL;

      window_fixture_activate (f, "document.next-color", NULL);
      other = picture (f);
      after = places (f);
      seen |= 1 << window_fixture_model (f)->color_by;
      g_assert_false (g_bytes_equal (by_class, other));
      g_assert_cmpmem (before->data, before->len * sizeof (NerveHit), after->data, after->len * sizeof (NerveHit));
    }
  g_assert_cmphex (seen, ==, (1 << NERVE_N_COLOR_BY) - 1);
  for (guint i = 1; i < NERVE_N_COLOR_BY; i++)
    window_fixture_activate (f, "document.undo", NULL);
  again = picture (f);
  g_assert_true (g_bytes_equal (by_class, again));
}

static void
discs_of_one_size_have_one_size_until_undone (WindowFixture *f, gconstpointer data)
{
  g_autoptr (GArray) before = places (f);
  g_autoptr (GArray) equal = NULL;
  g_autoptr (GArray) after = NULL;

  window_fixture_activate (f, "document.node-size", "'equal'");
  equal = places (f);
  g_assert_cmpuint (equal->len, >, 2);
  for (guint i = 1; i < equal->len; i++)
    g_assert_cmpfloat (g_array_index (equal, NerveHit, i).radius, ==, g_array_index (equal, NerveHit, 0).radius);
  g_assert_false (memcmp (before->data, equal->data, before->len * sizeof (NerveHit)) == 0);
  window_fixture_activate (f, "document.undo", NULL);
  after = places (f);
  g_assert_cmpmem (before->data, before->len * sizeof (NerveHit), after->data, after->len * sizeof (NerveHit));
}

/* Colours move nothing in this layout either. */
static void
nodes_sorted_by_lens_stand_in_its_order_until_undone (WindowFixture *f, gconstpointer data)
{
  const NerveFigureModel *model = window_fixture_model (f);
  g_autoptr (GArray) before = places (f);
  g_autoptr (GArray) sorted = NULL;
  g_autoptr (GArray) recoloured = NULL;
  g_autoptr (GArray) after = NULL;
  NerveMapper *mapper = model->layers[g_array_index (before, NerveHit, 0).layer].graph->mapper;

  window_fixture_activate (f, "document.layout", "'sorted'");
  sorted = places (f);
  g_assert_cmpuint (sorted->len, ==, before->len);
  g_assert_false (memcmp (before->data, sorted->data, before->len * sizeof (NerveHit)) == 0);
  for (guint i = 1; i < sorted->len; i++)
    {
      const NerveHit *hit = &g_array_index (sorted, NerveHit, i);
      const NerveHit *last = &g_array_index (sorted, NerveHit, i - 1);
      double lens = nerve_mapper_get_node (mapper, hit->index)->lens_mean;
      double last_lens = nerve_mapper_get_node (mapper, last->index)->lens_mean;

      g_assert_cmpfloat ((hit->x - last->x) * (lens - last_lens), >=, 0);
    }
  window_fixture_activate (f, "document.color-by", "'lens'");
  recoloured = places (f);
  g_assert_cmpmem (sorted->data, sorted->len * sizeof (NerveHit), recoloured->data,
                   recoloured->len * sizeof (NerveHit));
  window_fixture_activate (f, "document.undo", NULL);
  window_fixture_activate (f, "document.undo", NULL);
  after = places (f);
  g_assert_cmpmem (before->data, before->len * sizeof (NerveHit), after->data, after->len * sizeof (NerveHit));
}

static void
widths_of_edges_can_be_chosen (WindowFixture *f, gconstpointer data)
{
  g_autoptr (GBytes) jaccard = NULL;
  g_autoptr (GBytes) equal = NULL;

  window_fixture_activate (f, "document.set-parameter", "(true, 'mapper', 'eps', '4')");
  jaccard = picture (f);
  window_fixture_activate (f, "document.edge-width", "'equal'");
  equal = picture (f);
  g_assert_false (g_bytes_equal (jaccard, equal));
}

static void
an_edge_below_the_least_jaccard_goes (WindowFixture *f, gconstpointer data)
{
  const NerveFigureModel *model = window_fixture_model (f);
  guint layer = model->current;
  guint n_before, n_stronger = 0;
  const NerveEdge *edges;

  window_fixture_activate (f, "document.set-parameter", "(true, 'mapper', 'eps', '4')");
  window_fixture_settle (f);
  n_before = nerve_mapper_get_n_edges (model->layers[layer].graph->mapper);
  edges = nerve_mapper_get_edges (model->layers[layer].graph->mapper);
  for (guint i = 0; i < n_before; i++)
    n_stronger += edges[i].jaccard >= .3;
  g_assert_cmpuint (n_stronger, <, n_before);
  window_fixture_activate (f, "document.set-parameter", "(true, 'mapper', 'min-jaccard', '0.3')");
  window_fixture_settle (f);
  g_assert_cmpuint (nerve_mapper_get_n_edges (model->layers[layer].graph->mapper), ==, n_stronger);
}

static GtkWidget *
find_widget (GtkWidget *root, GType type)
{
  if (G_OBJECT_TYPE (root) == type)
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_widget (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/* The list whose popover is open. */
static GtkWidget *
open_search (WindowFixture *f, GtkWidget *root)
{
  if (NERVE_IS_LEGEND_LIST (root) && gtk_widget_get_mapped (root))
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = open_search (f, child);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
a_class_looked_up_greys_out_the_others (WindowFixture *f, gconstpointer data)
{
  const NerveFigureModel *model = window_fixture_model (f);
  GtkWidget *list, *entry;

  window_fixture_activate (f, "win.find-class", NULL);
  window_fixture_wait (50);
  list = open_search (f, GTK_WIDGET (f->window));
  g_assert_nonnull (list);
  entry = find_widget (list, GTK_TYPE_SEARCH_ENTRY);
  gtk_editable_set_text (GTK_EDITABLE (entry), "CA");
  window_fixture_wait (250);
  g_signal_emit_by_name (entry, "activate");
  g_assert_true (is_alone (model, 2));
  g_assert_cmpint (model->color_by, ==, NERVE_COLOR_BY_CLASS);
  g_signal_emit_by_name (entry, "activate");
  g_assert_null (model->shown);

  gtk_editable_set_text (GTK_EDITABLE (entry), "anim");
  window_fixture_wait (250);
  g_signal_emit_by_name (entry, "activate");
  g_assert_true (is_alone (model, 1));
  g_assert_cmpint (model->color_by, ==, NERVE_COLOR_BY_SUPERCLASS);
  g_signal_emit_by_name (entry, "stop-search");
  window_fixture_wait (250);
  g_assert_null (open_search (f, GTK_WIDGET (f->window)));
  window_fixture_settle (f);
}

static void
a_selection_and_its_graph_are_told_in_numbers (WindowFixture *f, gconstpointer data)
{
  NerveDrawer *drawer = nerve_document_view_get_drawer (nerve_window_get_view (f->window));
  GtkWidget *pane = GTK_WIDGET (nerve_drawer_get_selection (drawer));
  GtkWidget *numbers, *button;
  g_autofree char *text = NULL;
  g_autofree char *points = NULL;
  const NerveGraph *graph;

  window_fixture_click (f, 1, 0, 1);
  window_fixture_settle (f);
  graph = window_fixture_model (f)->layers[window_fixture_model (f)->columns[1]].graph;
  button = find_widget (pane, GTK_TYPE_MENU_BUTTON);
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  numbers = find_widget (button, NERVE_TYPE_SELECTION_NUMBERS);
  g_assert_nonnull (numbers);
  for (guint i = 0; i < 200 && (text == NULL || *text == '\0'); i++)
    {
      window_fixture_wait (10);
      g_free (text);
      text = nerve_selection_numbers_get_text (NERVE_SELECTION_NUMBERS (numbers));
    }
  points = g_strdup_printf ("Points\t%zu\n", nerve_mapper_get_node (graph->mapper, 0)->n_members);
  g_assert_nonnull (strstr (text, points));
  g_assert_nonnull (strstr (text, "Cycles (β₁)\t"));
  g_assert_nonnull (strstr (text, "Predicted right\t100"));
  window_fixture_activate (f, "document.clear", NULL);
  window_fixture_settle (f);
}

/* Without a pointer: what belongs to the node that was clicked. */
static void
a_component_is_selected_without_a_pointer (WindowFixture *f, gconstpointer data)
{
  const NerveFigureModel *model = window_fixture_model (f);
  g_autoptr (GArray) nodes = NULL;
  g_autoptr (NerveBitset) wanted = nerve_bitset_new (nerve_dataset_get_n (model->dataset));
  const guint32 *images;
  NerveMapper *mapper;

  window_fixture_activate (f, "document.set-parameter", "(true, 'mapper', 'eps', '4')");
  window_fixture_settle (f);
  window_fixture_click (f, 1, 0, 1);
  mapper = model->layers[model->columns[1]].graph->mapper;
  nodes = nerve_graph_walk_component (mapper, 0);
  g_assert_cmpuint (nodes->len, >, 1);
  images = nerve_cloud_get_images (nerve_mapper_get_cloud (mapper));
  for (guint i = 0; i < nodes->len; i++)
    {
      const NerveNode *node = nerve_mapper_get_node (mapper, g_array_index (nodes, guint, i));

      for (gsize k = 0; k < node->n_members; k++)
        nerve_bitset_set (wanted, images[node->members[k]], TRUE);
    }
  g_assert_false (nerve_bitset_equal (model->selection, wanted));
  window_fixture_activate (f, "document.select-component", NULL);
  g_assert_true (nerve_bitset_equal (model->selection, wanted));
  window_fixture_activate (f, "document.undo", NULL);
  g_assert_false (nerve_bitset_equal (model->selection, wanted));
  window_fixture_activate (f, "document.select-community", NULL);
  g_assert_false (nerve_bitset_is_empty (model->selection));
  window_fixture_settle (f);
}

/* The selected images alone, in a view of their own; the whole is there again when that is closed. */
static void
a_selection_opens_as_a_view_of_its_own (WindowFixture *f, gconstpointer data)
{
  NerveDocumentView *view = nerve_window_get_view (f->window);
  NerveDocument *whole = f->document;
  NerveDataset *dataset = nerve_document_get_dataset (whole);
  const NerveFigureModel *model;
  gsize n;

  window_fixture_activate (f, "document.select-class", "(@u 1, false, @u 0)");
  n = nerve_bitset_count (window_fixture_model (f)->selection);
  window_fixture_activate (f, "win.open-selection", NULL);
  f->document = nerve_document_view_get_document (view);
  g_assert_true (f->document != whole);
  window_fixture_settle (f);
  model = window_fixture_model (f);
  g_assert_cmpuint (nerve_dataset_get_n (model->dataset), ==, n);
  g_assert_cmpstr (nerve_dataset_get_fingerprint (model->dataset), !=, nerve_dataset_get_fingerprint (dataset));
  for (gsize i = 0; i < n; i++)
    g_assert_cmpint (nerve_dataset_get_labels (model->dataset)[i], ==, 1);
  for (guint layer = 0; layer < model->n_layers; layer++)
    g_assert_cmpuint (nerve_cloud_get_n (nerve_mapper_get_cloud (model->layers[layer].graph->mapper)), ==, n);

  window_fixture_activate (f, "win.close-file", NULL);
  f->document = nerve_document_view_get_document (view);
  g_assert_true (f->document == whole);
  /* Again the same one, and nothing selected is no view. */
  window_fixture_activate (f, "document.clear", NULL);
  window_fixture_activate (f, "win.open-selection", NULL);
  g_assert_true (nerve_document_view_get_document (view) == whole);
  window_fixture_settle (f);
}

static const NerveSweep *
wait_for_sweep (WindowFixture *f, NerveNetworkKind kind)
{
  gint64 start = g_get_monotonic_time ();

  while (nerve_document_get_network (f->document, kind) == NULL)
    {
      window_fixture_wait (5);
      g_assert_cmpint (g_get_monotonic_time () - start, <, 120 * G_USEC_PER_SEC);
    }
  window_fixture_wait (5);

  return nerve_document_get_network (f->document, kind);
}

/* A cell shows the graph that its parameters make, and taking it makes just that one. */
static void
a_cell_of_a_sweep_is_the_graph_it_makes (WindowFixture *f, gconstpointer data)
{
  const NerveFigureModel *model = window_fixture_model (f);
  guint layer = model->current;
  const NerveSweep *sweep;
  const NerveMapper *shown, *taken;
  guint column, row;
  gboolean exact;

  window_fixture_activate (f, "win.view", "'sweep'");
  sweep = wait_for_sweep (f, NERVE_NETWORK_SWEEP_OVERLAP);
  g_assert_cmpuint (sweep->layer, ==, layer);
  shown = sweep->graphs[sweep->n_columns + 4]->mapper;
  window_fixture_activate (f, "document.take-sweep", "@u 10");
  window_fixture_wait (5);
  while (!nerve_document_is_settled (f->document))
    window_fixture_wait (5);
  taken = model->layers[layer].graph->mapper;
  g_assert_cmpint (nerve_mapper_get_parameters (taken)->intervals, ==, sweep->intervals[4]);
  g_assert_cmpfloat (nerve_mapper_get_parameters (taken)->overlap, ==, sweep->values[1]);
  g_assert_cmpuint (nerve_mapper_get_n_nodes (taken), ==, nerve_mapper_get_n_nodes (shown));
  g_assert_cmpuint (nerve_mapper_get_n_edges (taken), ==, nerve_mapper_get_n_edges (shown));
  /* What a sweep varies is no reason to make it anew. */
  g_assert_true (nerve_document_get_network (f->document, NERVE_NETWORK_SWEEP_OVERLAP) == sweep);

  window_fixture_activate (f, "document.step-sweep", "(-1, 1)");
  while (!nerve_document_is_settled (f->document))
    window_fixture_wait (5);
  nerve_sweep_find (sweep, nerve_mapper_get_parameters (model->layers[layer].graph->mapper), &column, &row, &exact);
  g_assert_true (exact && column == 3 && row == 2);
  window_fixture_activate (f, "document.undo", NULL);
  g_assert_cmpint (nerve_document_get_parameters (f->document, layer)->mapper.intervals, ==, sweep->intervals[4]);
  window_fixture_activate (f, "document.undo", NULL);
  g_assert_cmpint (nerve_document_get_parameters (f->document, layer)->mapper.intervals, ==, -1);

  window_fixture_activate (f, "document.sweep-by", "'eps'");
  sweep = wait_for_sweep (f, NERVE_NETWORK_SWEEP_EPS);
  g_assert_true (sweep->by_eps);
  g_assert_true (model->network->sweeps[layer] == sweep);
  window_fixture_activate (f, "win.view", "'board'");
  window_fixture_settle (f);
}

/* The button that has @start at the beginning of its label. */
static GtkWidget *
find_button (GtkWidget *root, const char *start)
{
  const char *label = GTK_IS_BUTTON (root) ? gtk_button_get_label (GTK_BUTTON (root)) : NULL;

  if (label != NULL && g_str_has_prefix (label, start) && gtk_widget_get_mapped (root))
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, start);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/* What the banner offers works: the graph has nodes then, and nothing is left to say. */
static void
the_banner_s_eps_makes_a_graph (WindowFixture *f, gconstpointer data)
{
  const NerveFigureModel *model = window_fixture_model (f);
  guint layer = model->current;
  NerveFigureView *pane = NULL;
  GtkWidget *button;
  double advised;

  window_fixture_activate (f, "document.set-parameter", "(false, 'mapper', 'eps', '1e-6')");
  window_fixture_settle (f);
  window_fixture_wait (20);
  advised = model->layers[layer].graph->diagnosis.advised;
  g_assert_cmpfloat (advised, >, 0);
  for (guint i = 0; i < model->n_columns; i++)
    if (model->columns[i] == layer)
      pane = window_fixture_pane (f, i, 0);
  button = find_button (GTK_WIDGET (pane), "Use ε = ");
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpfloat (nerve_document_get_parameters (f->document, layer)->mapper.eps, ==, advised);
  window_fixture_settle (f);
  window_fixture_wait (20);
  g_assert_cmpuint (nerve_mapper_get_n_nodes (model->layers[layer].graph->mapper), >, 0);
  g_assert_null (find_button (GTK_WIDGET (pane), "Use ε = "));
  window_fixture_activate (f, "document.undo", NULL);
  g_assert_cmpfloat (nerve_document_get_parameters (f->document, layer)->mapper.eps, ==, 1e-6);
  window_fixture_settle (f);
}

/* Each file lacks pictures too, and one thing more. */
static const struct
{
  const char *lacks;
  guint       colours; /* that are left */
} lacking[] = {
  { "predictions", 1 << NERVE_COLOR_BY_CLASS | 1 << NERVE_COLOR_BY_SUPERCLASS | 1 << NERVE_COLOR_BY_LENS |
                   1 << NERVE_COLOR_BY_PURITY | 1 << NERVE_COLOR_BY_ENTROPY },
  { "labels", 1 << NERVE_COLOR_BY_CLASS | 1 << NERVE_COLOR_BY_LENS },
};

static void
assert_colours (WindowFixture *f, guint expected)
{
  guint seen = 0;

  for (guint i = 0; i < NERVE_N_COLOR_BY; i++)
    {
      window_fixture_activate (f, "document.next-color", NULL);
      seen |= 1 << window_fixture_model (f)->color_by;
    }
  g_assert_cmphex (seen, ==, expected);
  window_fixture_activate (f, "document.color-by", "'class'");
  window_fixture_activate (f, "document.color-by", "'accuracy'");
  g_assert_cmpint (window_fixture_model (f)->color_by, ==, NERVE_COLOR_BY_CLASS);
}

static void
files_lose_only_what_needs_what_they_lack (WindowFixture *f, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (lacking); i++)
    {
      g_autofree char *path = fixture_network_without (lacking[i].lacks);
      const NerveFigureModel *model;

      window_fixture_open (f, path);
      f->document = nerve_document_view_get_document (nerve_window_get_view (f->window));
      window_fixture_settle (f);
      model = window_fixture_model (f);
      assert_colours (f, lacking[i].colours);
      for (guint column = 0; column < model->n_columns; column++)
        {
          g_assert_cmpuint (nerve_mapper_get_n_nodes (model->layers[model->columns[column]].graph->mapper), >, 0);
          g_assert_nonnull (model->layers[model->columns[column]].homology);
        }
      window_fixture_click (f, 0, 0, 1);
      g_assert_cmpuint (nerve_bitset_count (model->selection), >, 0);
      window_fixture_settle (f);
      g_assert_null (nerve_window_get_error (f->window));
      fixture_free (g_steal_pointer (&path));
    }
}

#define ADD(test)                                                                                                     \
  g_test_add ("/graphs/" #test, WindowFixture, NULL, window_fixture_set_up, test, window_fixture_tear_down)

int
main (int argc, char **argv)
{
  window_fixture_prepare (&argc, &argv);

  ADD (each_way_to_colour_is_reached_and_moves_no_node);
  ADD (discs_of_one_size_have_one_size_until_undone);
  ADD (nodes_sorted_by_lens_stand_in_its_order_until_undone);
  ADD (widths_of_edges_can_be_chosen);
  ADD (an_edge_below_the_least_jaccard_goes);
  ADD (a_class_looked_up_greys_out_the_others);
  ADD (a_selection_and_its_graph_are_told_in_numbers);
  ADD (a_component_is_selected_without_a_pointer);
  ADD (a_selection_opens_as_a_view_of_its_own);
  ADD (a_cell_of_a_sweep_is_the_graph_it_makes);
  ADD (the_banner_s_eps_makes_a_graph);
  ADD (files_lose_only_what_needs_what_they_lack);

  return window_fixture_run ();
}
