/* What a hand waits for in the window: sliders, pan and zoom, the node under the pointer.
 *
 * Usage, on a display of 1280 × 800 and with NERVE_TEST_PROGRAMS=BUILD/app GSK_RENDERER=cairo:
 * bench-hand FILE CROWD.npy
 * FILE is opened and its sliders are dragged: of each the median and longest time from a change to the first picture
 * that shows it, and from the last change to the settled board. CROWD.npy holds points of a square (200,000 make 5,000
 * nodes): their graph is panned and zoomed for 300 steps. tests/bench/hand makes both and calls it. */
#include "app/results.h"
#include "bench/times.h"
#include "gui/window-fixture.h"
#include "views/figure-view-private.h"

#define N_STEPS 300
#define N_CHANGES 12
#define N_ETAS 60

static const char *file, *crowd;

/* Sliders */

static guint
column_of (WindowFixture *f, guint layer)
{
  const NerveFigureModel *model = window_fixture_model (f);

  for (guint i = 0; i < model->n_columns; i++)
    if (model->columns[i] == layer)
      return i;

  return 0;
}

/* Until the pane shows a graph that is not @before. */
static void
wait_for_picture (WindowFixture *f, guint layer, const NerveGraph *before)
{
  const NerveFigureModel *model = window_fixture_model (f);
  NerveFigureView *pane = window_fixture_pane (f, column_of (f, layer), 0);

  while (pane->shown == NULL || pane->shown->model->layers[layer].graph == before ||
         model->layers[layer].graph == before)
    g_main_context_iteration (NULL, TRUE);
}

static void
drag (WindowFixture *f, const char *name, double from, double to, gboolean whole)
{
  const NerveFigureModel *model = window_fixture_model (f);
  guint layer = model->current;
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  double start = 0;

  window_fixture_activate (f, "document.begin-drag", NULL);
  for (guint i = 0; i < N_CHANGES; i++)
    {
      double value = from + (to - from) * i / (N_CHANGES - 1);
      NerveGraph *before = nerve_graph_ref (model->layers[layer].graph);
      char number[G_ASCII_DTOSTR_BUF_SIZE];
      g_autofree char *text = NULL;
      double took;

      g_ascii_formatd (number, sizeof number, whole ? "%.0f" : "%.9g", value);
      text = g_strdup_printf ("(false, 'mapper', '%s', '%s')", name, number);
      start = bench_wall ();
      window_fixture_activate (f, "document.set-parameter", text);
      wait_for_picture (f, layer, before);
      took = bench_wall () - start;
      g_array_append_val (times, took);
      nerve_graph_unref (before);
    }
  window_fixture_activate (f, "document.end-drag", NULL);
  window_fixture_settle (f);
  g_print ("# %-12s first picture: median %.1f ms, longest %.1f; settled %.1f ms after the last change\n", name,
           bench_quantile (times, .5), bench_quantile (times, 1), bench_wall () - start);
  window_fixture_activate (f, "document.undo", NULL);
  window_fixture_settle (f);
}

static void
set_true (gpointer flag)
{
  *(gboolean *) flag = TRUE;
}

/* η over the Betti numbers in the drawer, once their curves are there. */
static void
drag_eta (WindowFixture *f)
{
  NerveDrawer *drawer = nerve_document_view_get_drawer (nerve_window_get_view (f->window));
  NerveFigureView *pane = nerve_drawer_get_pane (drawer, 0);
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  gboolean rendered;
  gulong handler = g_signal_connect_swapped (pane, "rendered", G_CALLBACK (set_true), &rendered);

  for (guint i = 0; i < N_ETAS; i++)
    {
      double start = bench_wall ();
      double took;

      rendered = FALSE;
      nerve_document_set_eta (f->document, -1 + 4. * i / N_ETAS);
      while (!rendered || !nerve_figure_view_is_complete (pane) || g_main_context_pending (NULL))
        g_main_context_iteration (NULL, TRUE);
      took = bench_wall () - start;
      if (i > 0)
        g_array_append_val (times, took);
    }
  g_signal_handler_disconnect (pane, handler);
  g_print ("# %-12s redrawn: median %.1f ms, 95 %% %.1f, longest %.1f\n", "eta", bench_quantile (times, .5),
           bench_quantile (times, .95), bench_quantile (times, 1));
}

static void
sliders (WindowFixture *f, gconstpointer data)
{
  const NerveFigureModel *model;
  double eps;

  window_fixture_open (f, file);
  window_fixture_settle (f);
  model = window_fixture_model (f);
  eps = nerve_mapper_get_parameters (model->layers[model->current].graph->mapper)->eps;
  drag (f, "intervals", 6, 28, TRUE);
  drag (f, "overlap", .2, .6, FALSE);
  drag (f, "eps", eps, eps / 2, FALSE);
  drag (f, "min-samples", 2, 13, TRUE);
  drag (f, "min-jaccard", .01, .5, FALSE);
  drag_eta (f);
}

/* A crowd of nodes */

static NerveGraph *
make_crowd (NerveDataset *dataset)
{
  static const char *const values[][2] = {
    { "lens", "coordinate" }, { "lens-number", "0" }, { "second-lens", "coordinate" }, { "second-number", "1" },
    { "intervals", "71" }, { "overlap", "0.1" }, { "eps", "0.1" }, { "min-intersection", "2" },
  };
  NerveLayerParameters parameters;
  g_autoptr (GError) error = NULL;
  NerveGraph *graph;

  nerve_layer_parameters_init (&parameters);
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    if (!nerve_layer_parameters_set (&parameters, "mapper", values[i][0], values[i][1], &error))
      g_error ("%s", error->message);
  graph = nerve_result_type (NERVE_RESULT_GRAPH)->compute (dataset, 0, &parameters, NULL, &error);
  if (graph == NULL)
    g_error ("%s", error->message);
  nerve_layer_parameters_clear (&parameters);

  return graph;
}

/* Until the frame that shows what was changed is drawn. */
static double
frame_after (GtkWidget *view, double start)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (view);
  gboolean painted = FALSE;
  gulong handler = g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (set_true), &painted);

  while (!painted)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (clock, handler);

  return bench_cpu (CLOCK_THREAD_CPUTIME_ID) - start;
}

static void
move_and_zoom (NerveFigureView *view, NerveFigureModel *model)
{
  g_autoptr (GArray) frames = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) hits = g_array_new (FALSE, FALSE, sizeof (double));
  gboolean rendered = FALSE;
  double last;
  gulong handler;

  for (guint i = 0; i < N_STEPS; i++)
    {
      double start = bench_cpu (CLOCK_THREAD_CPUTIME_ID);
      double took, found;
      NerveHit hit;

      if (i % 3 == 0)
        nerve_figure_view_zoom_at (view, i % 60 < 40 ? 1.1 : 1 / 1.2, 300 + i, 200 + i);
      else
        nerve_figure_view_pan_by (view, i % 2 ? 17 : -13, i % 5 - 2);
      took = frame_after (GTK_WIDGET (view), start);
      g_array_append_val (frames, took);
      found = bench_wall ();
      nerve_figure_view_hit (view, 200 + i, 300, &hit);
      found = bench_wall () - found;
      g_array_append_val (hits, found);
    }
  handler = g_signal_connect_swapped (view, "rendered", G_CALLBACK (set_true), &rendered);
  last = bench_wall ();
  nerve_figure_view_pan_by (view, 5, 5);
  while (!rendered || !nerve_figure_frame_equal (&view->shown->frame, &view->frame))
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (view, handler);
  g_print ("# %u steps: CPU of the main thread to the frame: median %.2f ms, 95 %% %.2f, longest %.2f\n", N_STEPS,
           bench_quantile (frames, .5), bench_quantile (frames, .95), bench_quantile (frames, 1));
  g_print ("# crisp %.1f ms after the last step; node under the pointer: 95 %% %.3f ms\n", bench_wall () - last,
           bench_quantile (hits, .95));
}

static void
crowd_of_nodes (WindowFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NerveDataset) dataset = nerve_dataset_open (crowd, &error);
  g_autoptr (NervePalette) palette = NULL;
  GtkWidget *window, *view;
  NerveLayerResults results = { NULL };
  NerveFigureModel model;

  if (dataset == NULL)
    g_error ("%s", error->message);
  palette = nerve_palette_new (dataset);
  results.graph = make_crowd (dataset);
  nerve_figure_model_init (&model, dataset, palette, &results);
  g_print ("# %u nodes, %u edges\n", nerve_mapper_get_n_nodes (results.graph->mapper),
           nerve_mapper_get_n_edges (results.graph->mapper));
  window = gtk_window_new ();
  view = nerve_figure_view_new ("mapper");
  gtk_window_set_child (GTK_WINDOW (window), view);
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  nerve_figure_view_set_model (NERVE_FIGURE_VIEW (view), &model);
  gtk_window_present (GTK_WINDOW (window));
  while (!nerve_figure_view_is_complete (NERVE_FIGURE_VIEW (view)))
    g_main_context_iteration (NULL, TRUE);
  move_and_zoom (NERVE_FIGURE_VIEW (view), &model);
  nerve_figure_view_set_model (NERVE_FIGURE_VIEW (view), NULL);
  gtk_window_destroy (GTK_WINDOW (window));
  nerve_graph_unref (results.graph);
}

int
main (int argc, char **argv)
{
  if (argc != 3)
    {
      g_printerr ("Usage: bench-hand FILE CROWD.npy\n");
      return 2;
    }
  file = argv[1];
  crowd = argv[2];
  argc = 1;
  window_fixture_prepare (&argc, &argv);
  g_test_add ("/hand/sliders", WindowFixture, "empty", window_fixture_set_up, sliders, window_fixture_tear_down);
  g_test_add ("/hand/crowd", WindowFixture, "empty", window_fixture_set_up, crowd_of_nodes, window_fixture_tear_down);

  return window_fixture_run ();
}
