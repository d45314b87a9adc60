#include "gui/window-fixture.h"

#include <string.h>

#include "views/figure-outline.h"
#include "views/figure-painter.h"
#include "views/figure-view-private.h"

/* A figure that takes as long as the test wants it to. */
static GMutex gate;
static int n_begun;
static int n_drawn;

static void
draw_behind_the_gate (const NerveFigureModel *model, guint layer, const NerveStyle *style, cairo_t *cr, double width,
                      double height)
{
  g_atomic_int_inc (&n_begun);
  g_mutex_lock (&gate);
  g_mutex_unlock (&gate);
  cairo_paint (cr);
  g_atomic_int_inc (&n_drawn);
}

static const NerveFigureKind slow = { .name = "slow", .title = "Slow", .draw = draw_behind_the_gate };

static NerveFigurePicture *
make_picture (WindowFixture *f, const NerveFigureKind *kind, guint layer)
{
  g_auto (NerveStyle) style = { 0 };
  NerveFigureFrame whole = NERVE_FIGURE_FRAME_WHOLE;

  nerve_style_init_screen (&style, FALSE, FALSE);

  return nerve_figure_picture_new (kind, window_fixture_model (f), layer, &style, 200, 160, 2, &whole, TRUE);
}

static void
note_layer (NerveFigurePicture *picture, gpointer user_data)
{
  g_array_append_val (user_data, picture->layer);
}

static void
wait_until (const int *counter, int wanted)
{
  for (int i = 0; i < 1000 && g_atomic_int_get (counter) < wanted; i++)
    window_fixture_wait (5);
  g_assert_cmpint (g_atomic_int_get (counter), ==, wanted);
}

static void
paint (NerveFigurePainter *painter, WindowFixture *f, guint layer)
{
  g_autoptr (NerveFigurePicture) picture = make_picture (f, &slow, layer);

  nerve_figure_painter_paint (painter, picture, 0);
}

static void
the_main_loop_goes_on_and_what_was_waiting_is_left_out (WindowFixture *f, gconstpointer data)
{
  g_autoptr (GArray) layers = g_array_new (FALSE, FALSE, sizeof (guint));
  NerveFigurePainter *painter = nerve_figure_painter_new (note_layer, layers);

  n_begun = n_drawn = 0;
  g_mutex_lock (&gate);
  paint (painter, f, 0);
  wait_until (&n_begun, 1);
  for (guint layer = 1; layer < 5; layer++)
    paint (painter, f, layer);
  window_fixture_wait (20);
  g_assert_cmpuint (layers->len, ==, 0);
  g_mutex_unlock (&gate);
  wait_until (&n_drawn, 2);
  while (layers->len < 2)
    window_fixture_wait (5);
  g_assert_cmpuint (g_array_index (layers, guint, 0), ==, 0);
  g_assert_cmpuint (g_array_index (layers, guint, 1), ==, 4);
  nerve_figure_painter_free (painter);
}

static void
nothing_is_said_once_nobody_listens (WindowFixture *f, gconstpointer data)
{
  g_autoptr (GArray) layers = g_array_new (FALSE, FALSE, sizeof (guint));
  NerveFigurePainter *stopped = nerve_figure_painter_new (note_layer, layers);
  NerveFigurePainter *freed = nerve_figure_painter_new (note_layer, layers);

  n_begun = n_drawn = 0;
  g_mutex_lock (&gate);
  paint (stopped, f, 0);
  paint (freed, f, 0);
  wait_until (&n_begun, 2);
  nerve_figure_painter_stop (stopped);
  nerve_figure_painter_free (freed);
  g_mutex_unlock (&gate);
  wait_until (&n_drawn, 2);
  window_fixture_wait (20);
  g_assert_cmpuint (layers->len, ==, 0);

  paint (stopped, f, 3);
  while (layers->len == 0)
    window_fixture_wait (5);
  g_assert_cmpuint (g_array_index (layers, guint, 0), ==, 3);
  nerve_figure_painter_free (stopped);
}

static void
keep_pixels (NerveFigurePicture *picture, gpointer user_data)
{
  *(GBytes **) user_data = window_fixture_pixels (picture);
}

static void
a_picture_is_the_same_from_any_thread (WindowFixture *f, gconstpointer data)
{
  guint n;
  const NerveFigureKind *kinds = nerve_figure_kinds (&n);
  guint layer = window_fixture_model (f)->columns[0];

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (NerveFigurePicture) here = make_picture (f, &kinds[i], layer);
      g_autoptr (NerveFigurePicture) there = make_picture (f, &kinds[i], layer);
      g_autoptr (GBytes) expected = NULL;
      g_autoptr (GBytes) pixels = NULL;
      NerveFigurePainter *painter = nerve_figure_painter_new (keep_pixels, &pixels);

      nerve_figure_picture_draw (here);
      nerve_figure_painter_paint (painter, there, 0);
      while (pixels == NULL)
        window_fixture_wait (1);
      expected = window_fixture_pixels (here);
      g_assert_true (g_bytes_equal (expected, pixels));
      g_assert_cmpuint (g_bytes_get_size (pixels), ==, 4 * 400 * 320);
      nerve_figure_painter_free (painter);
    }
}

/* The shown picture stays and moves with the hand until the next one is drawn. */
static void
a_zoom_moves_the_picture_at_once (WindowFixture *f, gconstpointer data)
{
  NerveFigureView *pane = window_fixture_pane (f, 0, 0);
  double x = gtk_widget_get_width (GTK_WIDGET (pane)) / 2.;
  double y = gtk_widget_get_height (GTK_WIDGET (pane)) / 2.;
  g_autoptr (GArray) before = nerve_figure_view_marks (pane);
  g_autoptr (GArray) after = NULL;
  NerveFigurePicture *shown = pane->shown;
  NerveHit hit;

  nerve_figure_view_zoom_at (pane, 2, x, y);
  g_assert_true (pane->shown == shown);
  after = nerve_figure_view_marks (pane);
  g_assert_cmpuint (before->len, >, 0);
  g_assert_cmpuint (before->len, ==, after->len);
  for (guint i = 0; i < before->len; i++)
    {
      const NerveHit *old = &g_array_index (before, NerveHit, i);
      const NerveHit *mark = &g_array_index (after, NerveHit, i);

      g_assert_cmpfloat_with_epsilon (mark->x - x, 2 * (old->x - x), 1e-9);
      g_assert_cmpfloat_with_epsilon (mark->y - y, 2 * (old->y - y), 1e-9);
      g_assert_true (nerve_figure_view_hit (pane, mark->x, mark->y, &hit));
    }
  while (pane->shown == shown)
    window_fixture_wait (5);
  g_assert_true (nerve_figure_frame_equal (&pane->shown->frame, &pane->frame));
  nerve_figure_view_fit (pane);
  window_fixture_settle (f);
}

/* Between a change of colours and the picture that shows it, clicks are not lost. */
static void
the_hand_meets_what_the_eye_sees (WindowFixture *f, gconstpointer data)
{
  NerveFigureView *pane = window_fixture_pane (f, 0, 0);
  guint node = 0;

  nerve_document_select_nodes (f->document, window_fixture_model (f)->columns[0], &node, 1, NERVE_SELECT_REPLACE);
  g_assert_false (nerve_figure_view_is_complete (pane));
  window_fixture_click (f, 0, 1, 1);
  g_assert_cmpint (window_fixture_model (f)->selected_node, ==, 1);
  window_fixture_settle (f);
}

static void
an_outline_holds_what_lies_inside (WindowFixture *f, gconstpointer data)
{
  g_autoptr (GArray) outline = nerve_figure_outline_new ();
  const double horseshoe[][2] = { { 0, 0 }, { 30, 0 }, { 30, 30 }, { 20, 30 }, { 20, 10 }, { 10, 10 }, { 10, 30 },
                                  { 0, 30 } };

  g_assert_false (nerve_figure_outline_contains (outline, 0, 0));
  nerve_figure_outline_set_box (outline, 20, 30, 10, 5);
  g_assert_true (nerve_figure_outline_contains (outline, 15, 29));
  g_assert_false (nerve_figure_outline_contains (outline, 15, 31));
  g_assert_false (nerve_figure_outline_contains (outline, 9, 20));

  g_array_set_size (outline, 0);
  for (guint i = 0; i < G_N_ELEMENTS (horseshoe); i++)
    for (guint k = 0; k < 2; k++)
      nerve_figure_outline_add (outline, horseshoe[i][0], horseshoe[i][1]);
  g_assert_cmpuint (outline->len, ==, G_N_ELEMENTS (horseshoe));
  g_assert_true (nerve_figure_outline_contains (outline, 5, 20));
  g_assert_true (nerve_figure_outline_contains (outline, 25, 20));
  g_assert_false (nerve_figure_outline_contains (outline, 15, 20));
}

#define ADD(test)                                                                                                     \
  g_test_add ("/painter/" #test, WindowFixture, NULL, window_fixture_set_up, test, window_fixture_tear_down)

int
main (int argc, char **argv)
{
  window_fixture_prepare (&argc, &argv);

  ADD (the_main_loop_goes_on_and_what_was_waiting_is_left_out);
  ADD (nothing_is_said_once_nobody_listens);
  ADD (a_picture_is_the_same_from_any_thread);
  ADD (a_zoom_moves_the_picture_at_once);
  ADD (the_hand_meets_what_the_eye_sees);
  ADD (an_outline_holds_what_lies_inside);

  return window_fixture_run ();
}
