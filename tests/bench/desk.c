/* How the window keeps up with a hand, against what was promised of it.
 *
 * Usage, on a display of 1280 × 800 and with NERVE_TEST_PROGRAMS=BUILD/app GSK_RENDERER=cairo: bench-desk PART FILE
 *   hand     three columns over two rows, FILE in them: walking to layers that are cached, brushing
 *   crowd    the same on 5,000 points that make about 5,000 nodes; FILE is not read
 *   compute  every result of every layer: what the main thread does at a time
 *   memory   twenty files opened and closed, each FILE with its labels dealt out anew
 * tests/bench/desk calls it. A frame counts once every pane of the board shows the change and it is painted; CPU is
 * that of the main thread, and of the whole process, which draws the panes beside it. */
#include <malloc.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "base/random.h"
#include "bench/times.h"
#include "figures/board-rows.h"
#include "gui/window-fixture.h"
#include "network-file.h"
#include "views/figure-view-private.h"

#define N_WALKS 60
#define N_BRUSHES 120
#define N_CROWD 5000
#define N_CROWD_LAYERS 4
#define N_FILES 20
#define N_WARM 5
#define MIB 1048576.

static const char *file;

static const char *
judge (double value, double limit)
{
  return value <= limit ? "kept" : "NOT KEPT";
}

/* Frames */

typedef struct
{
  GArray *walls;
  GArray *mains;
  GArray *alls;
} Times;

static NerveBoard *
get_board (WindowFixture *f)
{
  return nerve_document_view_get_board (nerve_window_get_view (f->window));
}

typedef struct
{
  NerveBoard *board;
  gboolean    shown;
} Frame;

static void
on_painted (Frame *frame)
{
  frame->shown = nerve_board_is_complete (frame->board);
}

/* From @act until the frame that shows all it did. */
static void
time_event (WindowFixture *f, void (*act) (WindowFixture *, guint), guint i, Times *times)
{
  Frame frame = { get_board (f), FALSE };
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (frame.board));
  gulong handler = g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (on_painted), &frame);
  double wall = bench_wall ();
  double main_thread = bench_cpu (CLOCK_THREAD_CPUTIME_ID);
  double all = bench_cpu (CLOCK_PROCESS_CPUTIME_ID);

  act (f, i);
  while (!frame.shown)
    g_main_context_iteration (NULL, TRUE);
  wall = bench_wall () - wall;
  main_thread = bench_cpu (CLOCK_THREAD_CPUTIME_ID) - main_thread;
  all = bench_cpu (CLOCK_PROCESS_CPUTIME_ID) - all;
  g_array_append_val (times->walls, wall);
  g_array_append_val (times->mains, main_thread);
  g_array_append_val (times->alls, all);
  g_signal_handler_disconnect (clock, handler);
}

static void
time_events (WindowFixture *f, const char *what, void (*act) (WindowFixture *, guint), guint n, double limit,
             guint pause)
{
  Times times = { g_array_new (FALSE, FALSE, sizeof (double)), g_array_new (FALSE, FALSE, sizeof (double)),
                  g_array_new (FALSE, FALSE, sizeof (double)) };
  double main_95, all_95;

  for (guint i = 0; i < n; i++)
    {
      time_event (f, act, i, &times);
      if (pause > 0)
        window_fixture_wait (pause);
    }
  main_95 = bench_quantile (times.mains, .95);
  all_95 = bench_quantile (times.alls, .95);
  g_print ("# %s: wall median %.1f, 95 %% %.1f ms; CPU of the main thread median %.1f, 95 %% %.1f ms (limit %.1f: %s); "
           "of all threads median %.1f, 95 %% %.1f ms (%s)\n", what, bench_quantile (times.walls, .5),
           bench_quantile (times.walls, .95), bench_quantile (times.mains, .5), main_95, limit,
           judge (main_95, limit), bench_quantile (times.alls, .5), all_95, judge (all_95, limit));
  g_array_unref (times.walls);
  g_array_unref (times.mains);
  g_array_unref (times.alls);
}

/* Walking and brushing */

static void
walk (WindowFixture *f, guint i)
{
  nerve_document_walk_to (f->document, i % window_fixture_model (f)->n_layers);
}

/* A box that grows over the first column's graph, and shrinks again. */
static void
brush (WindowFixture *f, guint i)
{
  NerveFigureView *pane = window_fixture_pane (f, 0, 0);
  guint layer = nerve_figure_view_get_layer (pane);
  g_autoptr (GArray) marks = nerve_figure_view_marks (pane);
  g_autoptr (GArray) inside = g_array_new (FALSE, FALSE, sizeof (guint));
  double share = (double) (i < N_BRUSHES / 2 ? i + 1 : N_BRUSHES - i) / (N_BRUSHES / 2);
  double right = share * gtk_widget_get_width (GTK_WIDGET (pane));
  double bottom = share * gtk_widget_get_height (GTK_WIDGET (pane));

  for (guint j = 0; j < marks->len; j++)
    {
      const NerveHit *mark = &g_array_index (marks, NerveHit, j);

      if (mark->x <= right && mark->y <= bottom)
        g_array_append_val (inside, mark->index);
    }
  /* Something is selected from the first step on, and every step is another selection. */
  if (inside->len == 0)
    {
      guint node = i % MAX (marks->len, 1);

      g_array_append_val (inside, node);
    }
  nerve_document_select_nodes (f->document, layer, (guint *) inside->data, inside->len, NERVE_SELECT_REPLACE);
}

static void
set_rows (WindowFixture *f, NerveBoardView below)
{
  while (window_fixture_model (f)->n_rows > 1)
    nerve_document_remove_row (f->document, 1);
  nerve_document_add_row (f->document, below, 0);
  window_fixture_settle (f);
}

/* Once all layers have been walked to, nothing has to be computed any more. */
static void
walk_and_brush (WindowFixture *f)
{
  static const NerveBoardView rows[] = { NERVE_BOARD_VIEW_DIAGRAM, NERVE_BOARD_VIEW_PROJECTION };
  const NerveFigureModel *model = window_fixture_model (f);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const char *title = nerve_board_view (rows[i])->name;
      g_autofree char *walking = g_strdup_printf ("walk, mapper over %s", title);
      g_autofree char *brushing = g_strdup_printf ("brush, mapper over %s", title);

      set_rows (f, rows[i]);
      for (guint layer = 0; layer < model->n_layers; layer++)
        {
          nerve_document_walk_to (f->document, layer);
          window_fixture_settle (f);
        }
      window_fixture_wait (500);
      time_events (f, walking, walk, N_WALKS, 50, 200);
      nerve_document_walk_to (f->document, model->n_layers - 1);
      window_fixture_settle (f);
      window_fixture_wait (500);
      time_events (f, brushing, brush, N_BRUSHES, 16.7, 0);
      nerve_document_select_none (f->document);
    }
}

static void
print_graph (WindowFixture *f, const char *name)
{
  const NerveFigureModel *model = window_fixture_model (f);

  for (guint i = 0; i < model->n_columns; i++)
    {
      NerveMapper *mapper = model->layers[model->columns[i]].graph->mapper;

      g_print ("# %s, %s: %u nodes, %u edges\n", name,
               nerve_dataset_get_layer (model->dataset, model->columns[i])->name, nerve_mapper_get_n_nodes (mapper),
               nerve_mapper_get_n_edges (mapper));
    }
}

static void
hand (WindowFixture *f)
{
  window_fixture_open (f, file);
  window_fixture_settle (f);
  print_graph (f, file);
  walk_and_brush (f);
}

/* A crowd: points of a square in ten classes, in every layer others near each other. */

static char *
make_crowd (void)
{
  g_autofree char *folder = g_dir_make_tmp ("nerve-bench-XXXXXX", NULL);
  char *path = g_build_filename (folder, "crowd.h5", NULL);
  g_autofree float *points = g_new (float, 2 * N_CROWD);
  g_autofree int *labels = g_new (int, N_CROWD);
  const hsize_t extents[] = { N_CROWD, 2 };
  hid_t network = network_create (path);
  NerveRandom random;

  nerve_random_init (&random, 1);
  for (guint i = 0; i < N_CROWD; i++)
    labels[i] = nerve_random_below (&random, 10);
  network_put_array (network, "labels", H5T_NATIVE_INT, labels, 1, extents);
  for (guint layer = 0; layer < N_CROWD_LAYERS; layer++)
    {
      g_autofree char *name = g_strdup_printf ("block%u", layer + 1);

      for (guint i = 0; i < 2 * N_CROWD; i++)
        points[i] = nerve_random_double (&random);
      network_put_layer (network, name, layer, "block", points, 2, extents);
    }
  network_close (network);

  return path;
}

static void
crowd (WindowFixture *f)
{
  static const char *const values[][2] = {
    { "lens", "coordinate" }, { "lens-number", "0" }, { "second-lens", "coordinate" }, { "second-number", "1" },
    { "intervals", "45" }, { "overlap", "0.3" }, { "eps", "0.012" }, { "min-samples", "1" },
  };
  g_autofree char *path = make_crowd ();
  g_autofree char *folder = g_path_get_dirname (path);

  window_fixture_open (f, path);
  g_assert_nonnull (f->document);
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char *target = g_strdup_printf ("(true, 'mapper', '%s', '%s')", values[i][0], values[i][1]);

      window_fixture_activate (f, "document.set-parameter", target);
    }
  window_fixture_settle (f);
  print_graph (f, "crowd");
  walk_and_brush (f);
  g_remove (path);
  g_rmdir (folder);
}

/* All layers */

static const char *const pages[] = { "'board'", "'classes'", "'betti'", "'compare'", "'sweep'" };

typedef struct
{
  double     longest; /* ms of the main thread's own work between two looks at what else there is to do */
  double     wall;
  const char *where;
} Stall;

static void
run_until (WindowFixture *f, Stall *stall, const char *where, gboolean (*is_done) (WindowFixture *))
{
  while (!is_done (f))
    {
      double wall = bench_wall ();
      double before = bench_cpu (CLOCK_THREAD_CPUTIME_ID);
      double took;

      g_main_context_iteration (NULL, TRUE);
      took = bench_cpu (CLOCK_THREAD_CPUTIME_ID) - before;
      wall = bench_wall () - wall;
      if (took > stall->longest)
        *stall = (Stall) { took, wall, where };
    }
}

static gboolean
is_opened (WindowFixture *f)
{
  f->document = nerve_document_view_get_document (nerve_window_get_view (f->window));

  return f->document != NULL;
}

static gboolean
is_settled (WindowFixture *f)
{
  return nerve_document_is_settled (f->document) && nerve_board_is_complete (get_board (f)) &&
         !g_main_context_pending (NULL);
}

static void
compute (WindowFixture *f)
{
  g_autoptr (GFile) place = g_file_new_for_path (file);
  Stall stall = { 0, 0, "" };

  nerve_window_open (f->window, place);
  run_until (f, &stall, "opening", is_opened);
  run_until (f, &stall, "first results", is_settled);
  for (guint i = 0; i < window_fixture_model (f)->n_layers; i++)
    {
      nerve_document_walk_to (f->document, i);
      run_until (f, &stall, "walking", is_settled);
    }
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      window_fixture_activate (f, "win.view", pages[i]);
      run_until (f, &stall, pages[i], is_settled);
    }
  g_print ("# longest stall %.1f ms of the main thread's work (%s, %.1f ms by the clock; limit 50: %s)\n",
           stall.longest, stall.where, stall.wall, judge (stall.longest, 50));
}

/* Memory */

static double
get_resident (void)
{
  g_autofree char *text = NULL;

  malloc_trim (0);
  if (!g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    return NAN;

  return g_ascii_strtoull (strchr (text, ' '), NULL, 10) * (double) sysconf (_SC_PAGESIZE) / MIB;
}

/* Other labels, so that neither what is kept in memory nor on disk is found again. */
static void
deal_labels (const char *path, guint seed)
{
  hid_t network = H5Fopen (path, H5F_ACC_RDWR, H5P_DEFAULT);
  hid_t labels = H5Dopen2 (network, "labels", H5P_DEFAULT);
  hid_t space = H5Dget_space (labels);
  gsize n = H5Sget_simple_extent_npoints (space);
  g_autofree int *values = g_new (int, n);
  NerveRandom random;

  H5Dread (labels, H5T_NATIVE_INT, H5S_ALL, H5S_ALL, H5P_DEFAULT, values);
  nerve_random_init (&random, seed);
  for (gsize i = n - 1; i > 0; i--)
    {
      gsize other = nerve_random_below (&random, i + 1);
      int value = values[i];

      values[i] = values[other];
      values[other] = value;
    }
  H5Dwrite (labels, H5T_NATIVE_INT, H5S_ALL, H5S_ALL, H5P_DEFAULT, values);
  H5Sclose (space);
  H5Dclose (labels);
  network_close (network);
}

static void
open_and_close (WindowFixture *f, const char *folder, guint i)
{
  g_autofree char *name = g_strdup_printf ("network-%u.h5", i);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *contents = NULL;
  gsize length;

  if (!g_file_get_contents (file, &contents, &length, NULL) || !g_file_set_contents (path, contents, length, NULL))
    g_error ("cannot copy %s", file);
  deal_labels (path, i);
  window_fixture_open (f, path);
  g_assert_nonnull (f->document);
  window_fixture_settle (f);
  nerve_document_select_class (f->document, 0, FALSE, NERVE_SELECT_REPLACE);
  for (guint page = 0; page < G_N_ELEMENTS (pages); page++)
    {
      window_fixture_activate (f, "win.view", pages[page]);
      window_fixture_settle (f);
    }
  window_fixture_activate (f, "win.view", "'board'");
  window_fixture_activate (f, "win.close-file", NULL);
  window_fixture_wait (300);
  g_remove (path);
}

static void
memory (WindowFixture *f)
{
  g_autofree char *folder = g_dir_make_tmp ("nerve-bench-XXXXXX", NULL);
  double warm = 0;
  double end, growth;

  /* The latest result stays, no other. */
  nerve_jobs_set_cache_limit (nerve_session_get_jobs (f->session), 1);
  for (guint i = 0; i < N_FILES; i++)
    {
      open_and_close (f, folder, i);
      if (i + 1 == N_WARM)
        warm = get_resident ();
    }
  end = get_resident ();
  growth = (end - warm) / (N_FILES - N_WARM);
  g_print ("# memory without results kept: %.1f MiB after %u files, %.1f MiB after %u: %+.2f MiB a file "
           "(limit 0.5: %s)\n", warm, N_WARM, end, N_FILES, growth, judge (growth, .5));
  g_rmdir (folder);
}

static const struct
{
  const char *name;
  void (*measure) (WindowFixture *);
} parts[] = { { "hand", hand }, { "crowd", crowd }, { "compute", compute }, { "memory", memory } };

static void
measure (WindowFixture *f, gconstpointer data)
{
  const guint *part = data;

  parts[*part].measure (f);
}

int
main (int argc, char **argv)
{
  static guint part;

  while (argc == 3 && part < G_N_ELEMENTS (parts) && !g_str_equal (parts[part].name, argv[1]))
    part++;
  if (argc != 3 || part == G_N_ELEMENTS (parts))
    {
      g_printerr ("Usage: bench-desk hand|crowd|compute|memory FILE\n");
      return 2;
    }
  file = argv[2];
  argc = 1;
  window_fixture_prepare (&argc, &argv);
  g_test_add ("/desk", WindowFixture, &part, window_fixture_set_up, measure, window_fixture_tear_down);

  return window_fixture_run ();
}
