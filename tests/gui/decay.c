#include "gui/window-fixture.h"

#include "views/figure-view.h"
#include "views/parameter-slider.h"

#include <string.h>
#include <time.h>

static NerveFigureView *
decay_pane (WindowFixture *f)
{
  return nerve_drawer_get_pane (nerve_document_view_get_drawer (nerve_window_get_view (f->window)), 0);
}

static GtkWidget *
find (GtkWidget *widget, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static GtkRange *
eta_slider (WindowFixture *f)
{
  NerveDrawer *drawer = nerve_document_view_get_drawer (nerve_window_get_view (f->window));

  return GTK_RANGE (find (GTK_WIDGET (nerve_drawer_get_eta (drawer)), GTK_TYPE_SCALE));
}

static void
want_curves (WindowFixture *f)
{
  window_fixture_activate (f, "document.want-curves", NULL);
  window_fixture_settle (f);
}

static void
wait_for_picture (NerveFigureView *view)
{
  gint64 start = g_get_monotonic_time ();

  while (!nerve_figure_view_is_complete (view))
    {
      g_main_context_iteration (NULL, TRUE);
      g_assert_cmpint (g_get_monotonic_time () - start, <, 60 * G_USEC_PER_SEC);
    }
}

static void
curves_are_computed_once_somebody_comes_near (WindowFixture *f, gconstpointer data)
{
  const NerveFigureModel *model = window_fixture_model (f);

  for (guint i = 0; i < model->n_layers; i++)
    g_assert_null (model->layers[i].curves);
  gtk_widget_grab_focus (GTK_WIDGET (eta_slider (f)));
  window_fixture_settle (f);
  for (guint i = 0; i < model->n_layers; i++)
    g_assert_nonnull (model->layers[i].curves);
}

static void
a_drag_counts_nothing_again_and_is_one_step (WindowFixture *f, gconstpointer data)
{
  const NerveFigureModel *model = window_fixture_model (f);
  NerveBettiCurves *curves;
  NerveBettiLayer *betti;
  GtkRange *slider = eta_slider (f);
  GtkAdjustment *adjustment = gtk_range_get_adjustment (slider);
  double low, high;

  want_curves (f);
  curves = model->layers[1].curves;
  betti = model->layers[1].betti;
  low = gtk_adjustment_get_lower (adjustment);
  high = gtk_adjustment_get_upper (adjustment);
  g_assert_cmpfloat (low, <, high);
  window_fixture_activate (f, "document.begin-drag", NULL);
  for (int i = 1; i < 10; i++)
    {
      double eta = low + (high - low) * i / 10;

      gtk_range_set_value (slider, eta);
      g_assert_true (model->decay.at_eta);
      g_assert_cmpfloat_with_epsilon (model->decay.eta, eta, .01 * (high - low));
      g_assert_true (nerve_document_is_settled (f->document));
      g_main_context_iteration (NULL, FALSE);
    }
  window_fixture_activate (f, "document.end-drag", NULL);
  g_assert_true (model->layers[1].curves == curves);
  g_assert_true (model->layers[1].betti == betti);
  window_fixture_activate (f, "document.undo", NULL);
  g_assert_false (model->decay.at_eta);
  window_fixture_activate (f, "document.redo", NULL);
  g_assert_true (model->decay.at_eta);
}

static void
what_is_drawn_is_what_is_counted_there (WindowFixture *f, gconstpointer data)
{
  const NerveFigureModel *model = window_fixture_model (f);

  want_curves (f);
  for (guint i = 0; i < model->n_layers; i++)
    {
      double eta = .25;
      g_autoptr (NerveBettiLayer) counted =
        nerve_betti_layer_new (model->dataset, i, &eta, 1, NERVE_BETTI_HALF_OPEN, NULL, NULL);
      g_autoptr (NerveBettiLayer) shown = NULL;
      double a[4], b[4];

      window_fixture_activate (f, "document.eta", ".25");
      shown = nerve_figure_model_betti (model, i);
      nerve_betti_layer_mean (counted, 0, a);
      nerve_betti_layer_mean (shown, 0, b);
      g_assert_cmpmem (a, sizeof a, b, sizeof b);
    }
}

/* The parameter has the last word when it was said last. */
static void
a_parameter_takes_eta_back (WindowFixture *f, gconstpointer data)
{
  const NerveFigureModel *model = window_fixture_model (f);

  window_fixture_activate (f, "document.eta", ".25");
  g_assert_cmpfloat (nerve_document_get_eta (f->document), ==, .25);
  window_fixture_activate (f, "document.set-parameter", "(true, 'betti', 'eta', '0.75')");
  window_fixture_settle (f);
  g_assert_false (model->decay.at_eta);
  g_assert_cmpfloat (nerve_document_get_eta (f->document), ==, .75);
}

static void
axis_lines_and_bands_can_be_chosen_and_undone (WindowFixture *f, gconstpointer data)
{
  const NerveFigureModel *model = window_fixture_model (f);

  window_fixture_wait (50);
  g_assert_nonnull (model->decay.bootstrap);
  window_fixture_activate (f, "document.decay-axis", "'linear'");
  g_assert_true (model->decay.linear);
  window_fixture_activate (f, "document.decay-by", "'class'");
  g_assert_cmpint (model->decay.by, ==, NERVE_DECAY_BY_CLASS);
  window_fixture_activate (f, "document.decay-bands", NULL);
  g_assert_null (model->decay.bootstrap);
  for (guint i = 0; i < 3; i++)
    window_fixture_activate (f, "document.undo", NULL);
  g_assert_false (model->decay.linear);
  g_assert_cmpint (model->decay.by, ==, NERVE_DECAY_BY_NOTHING);
  g_assert_nonnull (model->decay.bootstrap);
}

/* The mapper graphs have nothing to do with η. */
static void
eta_redraws_only_what_shows_it (WindowFixture *f, gconstpointer data)
{
  GdkTexture *graph, *decay;

  want_curves (f);
  window_fixture_activate (f, "document.eta", ".1");
  window_fixture_wait (10);
  wait_for_picture (decay_pane (f));
  graph = nerve_figure_view_get_texture (window_fixture_pane (f, 0, 0));
  decay = nerve_figure_view_get_texture (decay_pane (f));
  window_fixture_activate (f, "document.eta", ".4");
  window_fixture_wait (10);
  wait_for_picture (decay_pane (f));
  g_assert_true (nerve_figure_view_get_texture (window_fixture_pane (f, 0, 0)) == graph);
  g_assert_true (nerve_figure_view_get_texture (decay_pane (f)) != decay);
}

static void
the_page_shows_the_map_and_the_selected_image (WindowFixture *f, gconstpointer data)
{
  const NerveFigureModel *model = window_fixture_model (f);
  gint64 start = g_get_monotonic_time ();
  gsize image = 0;

  g_assert_null (model->decay.heat);
  window_fixture_activate (f, "win.view", "'betti'");
  while (model->decay.heat == NULL)
    {
      g_main_context_iteration (NULL, TRUE);
      g_assert_cmpint (g_get_monotonic_time () - start, <, 60 * G_USEC_PER_SEC);
    }
  g_assert_cmpuint (nerve_betti_heat_get_n_layers (model->decay.heat), ==, model->n_layers);
  window_fixture_activate (f, "document.select-class", "(@u 2, false, @u 0)");
  while (!nerve_bitset_get (model->selection, image))
    image++;
  g_assert_cmpuint (image, >, 0);
  g_assert_cmpuint (model->decay.image, ==, image);
  window_fixture_activate (f, "win.view", "'board'");
}

static void
wait_for_image (const NerveFigureModel *model)
{
  gint64 start = g_get_monotonic_time ();

  while (model->decay.sublevel == NULL || nerve_sublevel_get_layer (model->decay.sublevel) != model->current ||
         nerve_sublevel_get_image (model->decay.sublevel) != model->decay.image)
    {
      g_main_context_iteration (NULL, TRUE);
      g_assert_cmpint (g_get_monotonic_time () - start, <, 60 * G_USEC_PER_SEC);
    }
}

/* It is no figure's business to read files. */
static void
a_job_reads_the_image_that_is_looked_into (WindowFixture *f, gconstpointer data)
{
  const NerveFigureModel *model = window_fixture_model (f);

  g_assert_null (model->decay.sublevel);
  window_fixture_activate (f, "win.view", "'betti'");
  wait_for_image (model);
  window_fixture_activate (f, "document.select-class", "(@u 2, false, @u 0)");
  g_assert_cmpuint (model->decay.image, >, 0);
  wait_for_image (model);
  nerve_document_walk_to (f->document, model->current == 1 ? 2 : 1);
  wait_for_image (model);
  window_fixture_activate (f, "win.view", "'board'");
}

/* The slider's curves know the half-open count only. */
static void
the_count_is_the_one_of_the_numbers_shown (WindowFixture *f, gconstpointer data)
{
  const NerveFigureModel *model = window_fixture_model (f);

  window_fixture_activate (f, "document.set-parameter", "(true, 'betti', 'count', 'closed')");
  g_assert_cmpint (model->decay.count, ==, NERVE_BETTI_CLOSED);
  g_assert_nonnull (strstr (nerve_document_get_count_note (f->document), "closed"));
  window_fixture_activate (f, "document.eta", ".25");
  g_assert_cmpint (model->decay.count, ==, NERVE_BETTI_HALF_OPEN);
  g_assert_nonnull (strstr (nerve_document_get_count_note (f->document), "half-open"));
  window_fixture_activate (f, "document.undo", NULL);
  g_assert_cmpint (model->decay.count, ==, NERVE_BETTI_CLOSED);
}

/* By hand, with -m perf: from a move of the slider to the new picture. The main thread's own processor time tells what
 * of it is work, and what waiting for a core on a busy machine. */
static gint64
get_work (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static void
on_rendered (gint64 *when)
{
  *when = g_get_monotonic_time ();
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return *(const gint64 *) a < *(const gint64 *) b ? -1 : *(const gint64 *) a > *(const gint64 *) b;
}

static void
how_long_a_redraw_takes (WindowFixture *f, gconstpointer data)
{
  const char *path = g_getenv ("NERVE_MEASURED_FILE");
  gint64 times[101], work[101], when;
  GtkRange *slider;
  double low, high;

  if (!g_test_perf () || path == NULL)
    {
      g_test_skip ("NERVE_MEASURED_FILE=… -m perf measures it");
      return;
    }
  window_fixture_open (f, path);
  want_curves (f);
  window_fixture_wait (500);
  slider = eta_slider (f);
  low = gtk_adjustment_get_lower (gtk_range_get_adjustment (slider));
  high = gtk_adjustment_get_upper (gtk_range_get_adjustment (slider));
  g_signal_connect_swapped (decay_pane (f), "rendered", G_CALLBACK (on_rendered), &when);
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      gint64 start = g_get_monotonic_time ();

      work[i] = -get_work ();
      when = 0;
      gtk_range_set_value (slider, low + (high - low) * ((i * 37) % 101) / 101.);
      while (when == 0 && g_get_monotonic_time () - start < G_USEC_PER_SEC)
        g_main_context_iteration (NULL, TRUE);
      times[i] = when != 0 ? when - start : 0;
      work[i] += get_work ();
      window_fixture_wait (5);
    }
  qsort (times, G_N_ELEMENTS (times), sizeof *times, compare);
  qsort (work, G_N_ELEMENTS (work), sizeof *work, compare);
  g_test_minimized_result (times[50] / 1000., "from drag to redraw: median %.2f ms, 90 %% %.2f ms, worst %.2f ms; "
                           "of these work of the main thread: %.2f, %.2f, %.2f ms",
                           times[50] / 1000., times[90] / 1000., times[100] / 1000.,
                           work[50] / 1000., work[90] / 1000., work[100] / 1000.);
  g_signal_handlers_disconnect_by_func (decay_pane (f), on_rendered, &when);
}

#define ADD(test)                                                                                                     \
  g_test_add ("/decay/" #test, WindowFixture, NULL, window_fixture_set_up, test, window_fixture_tear_down)

int
main (int argc, char **argv)
{
  window_fixture_prepare (&argc, &argv);
  ADD (curves_are_computed_once_somebody_comes_near);
  ADD (a_drag_counts_nothing_again_and_is_one_step);
  ADD (what_is_drawn_is_what_is_counted_there);
  ADD (a_parameter_takes_eta_back);
  ADD (axis_lines_and_bands_can_be_chosen_and_undone);
  ADD (eta_redraws_only_what_shows_it);
  ADD (the_page_shows_the_map_and_the_selected_image);
  ADD (a_job_reads_the_image_that_is_looked_into);
  ADD (the_count_is_the_one_of_the_numbers_shown);
  ADD (how_long_a_redraw_takes);

  return window_fixture_run ();
}
