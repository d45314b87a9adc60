#include "gui/window-fixture.h"

#include <sys/resource.h>

#include "app/fixture.h"
#include "base/memory.h"
#include "figures/bar-texts.h"
#include "figures/text.h"
#include "views/figure-view-private.h"

/* Bars in their three figures, and the way from one of them back to the images. */

static NerveColumn *
column (WindowFixture *f, guint i)
{
  return nerve_board_get_column (nerve_document_view_get_board (nerve_window_get_view (f->window)), i);
}

static const char *
shown_kind (WindowFixture *f, guint i)
{
  return nerve_figure_view_get_kind (window_fixture_pane (f, i, 1))->name;
}

static const NerveDiagram *
diagram_of (WindowFixture *f, guint i)
{
  const NerveFigureModel *model = window_fixture_model (f);

  return model->layers[model->columns[i]].homology->diagram;
}

/* The mark of the longest loop, or of a component, in column @i. */
static NerveHit
find_mark (WindowFixture *f, guint i, int dimension)
{
  const NerveBar *bars = nerve_diagram_get_bars (diagram_of (f, i));
  g_autoptr (GArray) marks = nerve_figure_view_marks (window_fixture_pane (f, i, 1));
  NerveHit best = { NERVE_HIT_NOTHING };

  for (guint k = 0; k < marks->len; k++)
    {
      const NerveHit *mark = &g_array_index (marks, NerveHit, k);
      const NerveBar *bar = &bars[mark->index];

      if (bar->dimension == dimension && isfinite (bar->death) &&
          (best.kind == NERVE_HIT_NOTHING ||
           bar->death - bar->birth > bars[best.index].death - bars[best.index].birth))
        best = *mark;
    }
  g_assert_cmpint (best.kind, ==, NERVE_HIT_BAR);

  return best;
}

static void
click_bar (WindowFixture *f, guint i, const NerveHit *mark)
{
  GtkWidget *pane = GTK_WIDGET (window_fixture_pane (f, i, 1));

  g_signal_emit_by_name (window_fixture_find_controller (pane, GTK_TYPE_GESTURE_CLICK, GDK_BUTTON_PRIMARY), "pressed",
                         1, mark->x, mark->y);
}

static gsize
count_selected (WindowFixture *f)
{
  return nerve_bitset_count (window_fixture_model (f)->selection);
}

static void
all_columns_change_figures_together_and_undo_brings_them_back (WindowFixture *f, gconstpointer data)
{
  static const char *const kinds[] = { "diagram", "barcode", "betti", "diagram" };

  for (guint step = 0; step < G_N_ELEMENTS (kinds); step++)
    {
      if (step > 0)
        window_fixture_press_key (f, GTK_WIDGET (f->window), GDK_KEY_d);
      window_fixture_settle (f);
      for (guint i = 0; i < 3; i++)
        {
          g_assert_cmpstr (shown_kind (f, i), ==, kinds[step]);
          g_assert_true (nerve_figure_view_is_complete (window_fixture_pane (f, i, 1)));
        }
    }
  for (guint step = G_N_ELEMENTS (kinds) - 1; step > 0; step--)
    {
      window_fixture_activate (f, "document.undo", NULL);
      window_fixture_settle (f);
      g_assert_cmpstr (shown_kind (f, 2), ==, kinds[step - 1]);
    }
}

static GtkMenuButton *
find_menu_button (GtkWidget *widget)
{
  GtkMenuButton *found = GTK_IS_MENU_BUTTON (widget) ? GTK_MENU_BUTTON (widget) : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_menu_button (child);

  return found;
}

static void
the_button_over_the_bars_names_the_figure_and_offers_the_others (WindowFixture *f, gconstpointer data)
{
  GtkMenuButton *button = find_menu_button (GTK_WIDGET (nerve_column_get_row (column (f, 1), 1)));

  g_assert_cmpstr (gtk_menu_button_get_label (button), ==, "Diagram");
  gtk_menu_button_popup (button);
  g_assert_nonnull (gtk_menu_button_get_menu_model (button));
  gtk_menu_button_popdown (button);
  g_assert_cmpint (gtk_widget_get_height (GTK_WIDGET (button)), >=, 24);
  window_fixture_activate (f, "document.bars-as", "'betti'");
  window_fixture_settle (f);
  g_assert_cmpstr (gtk_menu_button_get_label (button), ==, "Betti curves");
}

static void
a_clicked_bar_selects_its_images_in_every_column (WindowFixture *f, gconstpointer data)
{
  const NerveFigureModel *model = window_fixture_model (f);
  NerveHit mark = find_mark (f, 1, 1);
  g_autofree char *name = NULL;

  click_bar (f, 1, &mark);
  /* Marked at once; its images follow. */
  g_assert_cmpint (nerve_bar_mark_in (model->selected_bar, model->columns[1]), ==, (int) mark.index);
  window_fixture_settle (f);
  g_assert_cmpuint (count_selected (f), >=, 3);
  g_assert_cmpint (nerve_bar_mark_in (model->selected_bar, model->columns[1]), ==, (int) mark.index);
  name = nerve_document_describe_selection (f->document);
  g_assert_true (g_str_has_prefix (name, "H₁ bar "));
  g_assert_nonnull (strstr (name, "checked cycle"));
  g_assert_nonnull (strstr (name, nerve_dataset_get_layer (model->dataset, model->columns[1])->name));
  /* The graphs of the other layers say how many of them they hold. */
  for (guint i = 0; i < 3; i++)
    g_assert_nonnull (strstr (nerve_column_get_summary (column (f, i)), "selected"));

  window_fixture_activate (f, "document.undo", NULL);
  window_fixture_settle (f);
  g_assert_cmpuint (count_selected (f), ==, 0);
  g_assert_cmpint (nerve_bar_mark_in (model->selected_bar, model->columns[1]), ==, -1);
  window_fixture_activate (f, "document.redo", NULL);
  window_fixture_settle (f);
  g_assert_cmpuint (count_selected (f), >=, 3);
  g_assert_cmpint (nerve_bar_mark_in (model->selected_bar, model->columns[1]), ==, (int) mark.index);
}

static void
a_bar_of_the_barcode_leads_to_the_same_images (WindowFixture *f, gconstpointer data)
{
  NerveHit mark = find_mark (f, 2, 0);
  g_autoptr (NerveBitset) images = NULL;
  NerveHit again;

  click_bar (f, 2, &mark);
  window_fixture_settle (f);
  images = nerve_bitset_copy (window_fixture_model (f)->selection);
  g_assert_false (nerve_bitset_is_empty (images));
  window_fixture_activate (f, "document.clear", NULL);
  window_fixture_activate (f, "document.bars-as", "'barcode'");
  window_fixture_settle (f);
  again = find_mark (f, 2, 0);
  g_assert_cmpuint (again.index, ==, mark.index);
  click_bar (f, 2, &again);
  window_fixture_settle (f);
  g_assert_true (nerve_bitset_equal (images, window_fixture_model (f)->selection));
}

static void
the_bar_under_the_pointer_is_read_in_the_line (WindowFixture *f, gconstpointer data)
{
  NerveHit mark = find_mark (f, 1, 1);
  GtkWidget *pane = GTK_WIDGET (window_fixture_pane (f, 1, 1));
  GtkEventController *motion = window_fixture_find_controller (pane, GTK_TYPE_EVENT_CONTROLLER_MOTION, 0);

  g_signal_emit_by_name (motion, "motion", mark.x, mark.y);
  window_fixture_wait (150);
  g_assert_true (g_str_has_prefix (nerve_column_get_reading (column (f, 1)), "H₁ "));
  g_assert_nonnull (strstr (nerve_column_get_reading (column (f, 1)), "length"));
  g_assert_cmpstr (nerve_column_get_reading (column (f, 0)), ==, "");
  g_signal_emit_by_name (motion, "leave");
  window_fixture_wait (20);
  g_assert_cmpstr (nerve_column_get_reading (column (f, 1)), ==, "");
}

/* Somewhere on a curve of loops, as the figure in column @i has it. */
static NerveHit
find_curve (WindowFixture *f, guint i)
{
  NerveFigureView *pane = window_fixture_pane (f, i, 1);
  int width = gtk_widget_get_width (GTK_WIDGET (pane));
  int height = gtk_widget_get_height (GTK_WIDGET (pane));
  NerveHit hit = { 0 };

  for (int x = width / 4; x < width; x += 8)
    for (int y = 0; y < height; y += 4)
      if (nerve_figure_view_hit (pane, x, y, &hit) && g_strcmp0 (hit.name, "β₁") == 0 && hit.value > 0)
        return hit;
  g_assert_not_reached ();
}

static void
the_curve_under_the_pointer_is_read_in_the_line (WindowFixture *f, gconstpointer data)
{
  NerveHit bar = find_mark (f, 1, 1);
  GtkWidget *pane = GTK_WIDGET (window_fixture_pane (f, 1, 1));
  GtkEventController *motion = window_fixture_find_controller (pane, GTK_TYPE_EVENT_CONTROLLER_MOTION, 0);
  g_autofree char *before = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *at = NULL;
  NerveHit hit;

  click_bar (f, 1, &bar);
  window_fixture_settle (f);
  window_fixture_activate (f, "document.bars-as", "'betti'");
  window_fixture_settle (f);
  before = g_strdup (nerve_column_get_reading (column (f, 1)));
  g_assert_true (g_str_has_prefix (before, "H₁ "));

  /* A bar is selected: what the pointer is on comes first, and goes with it. */
  hit = find_curve (f, 1);
  g_signal_emit_by_name (motion, "motion", hit.x, hit.y);
  window_fixture_wait (150);
  at = nerve_text_number (hit.at, 2);
  expected = g_strdup_printf ("β₁ = %g at %s", hit.value, at);
  g_assert_cmpstr (nerve_column_get_reading (column (f, 1)), ==, expected);
  g_assert_cmpint (window_fixture_pane (f, 1, 1)->curve.kind, ==, NERVE_HIT_CURVE);
  g_signal_emit_by_name (motion, "motion", 1., 1.);
  window_fixture_wait (150);
  g_assert_cmpstr (nerve_column_get_reading (column (f, 1)), ==, before);
  g_signal_emit_by_name (motion, "motion", hit.x, hit.y);
  window_fixture_wait (150);
  g_assert_cmpstr (nerve_column_get_reading (column (f, 1)), ==, expected);
  g_signal_emit_by_name (motion, "leave");
  window_fixture_wait (20);
  g_assert_cmpstr (nerve_column_get_reading (column (f, 1)), ==, before);
  g_assert_cmpint (window_fixture_pane (f, 1, 1)->curve.kind, ==, NERVE_HIT_NOTHING);
}

static void
sampled_points_are_said_over_every_figure (WindowFixture *f, gconstpointer data)
{
  static const char *const kinds[] = { "diagram", "barcode", "betti" };

  window_fixture_activate (f, "document.set-parameter", "(true, 'diagram', 'diagram-points', '40')");
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *kind = g_strdup_printf ("'%s'", kinds[i]);

      window_fixture_activate (f, "document.bars-as", kind);
      window_fixture_settle (f);
      g_assert_nonnull (strstr (nerve_column_get_reading (column (f, 0)), "40 of 60"));
    }
}

/* The reading begins so, and screen readers are told of it. */
static void
assert_is_spoken (WindowFixture *f, guint i, const char *prefix)
{
  g_auto (GStrv) texts = nerve_bar_texts (window_fixture_model (f), window_fixture_model (f)->columns[i]);
  g_autofree char *wrong = NULL;

  window_fixture_wait (20);
  g_assert_true (g_str_has_prefix (nerve_column_get_reading (column (f, i)), prefix));
  wrong = gtk_test_accessible_check_property (GTK_ACCESSIBLE (window_fixture_pane (f, i, 1)),
                                              GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, texts[0]);
  g_assert_null (wrong);
}

/* What hovering reads; the pointer stays away. */
static void
arrows_read_the_curves (WindowFixture *f, gconstpointer data)
{
  const NerveCurveMark *mark = &window_fixture_model (f)->hover_curve;
  NerveFigureView *pane;
  NerveCurveMark top, beside;
  g_autofree char *before = NULL;

  window_fixture_activate (f, "document.bars-as", "'betti'");
  window_fixture_settle (f);
  pane = window_fixture_pane (f, 1, 1);
  before = g_strdup (nerve_column_get_reading (column (f, 1)));

  window_fixture_press_key (f, GTK_WIDGET (pane), GDK_KEY_Right);
  top = *mark;
  g_assert_cmpfloat (top.value, >, 0);
  assert_is_spoken (f, 1, "β₁ = ");
  g_assert_cmpint (pane->curve.kind, ==, NERVE_HIT_CURVE);
  window_fixture_press_key (f, GTK_WIDGET (pane), GDK_KEY_Right);
  beside = *mark;
  g_assert_cmpfloat (beside.at, >, top.at);
  g_assert_cmpfloat (beside.value, <=, top.value);
  window_fixture_press_key (f, GTK_WIDGET (pane), GDK_KEY_Left);
  g_assert_cmpfloat (mark->at, ==, top.at);

  /* Up to the components at the same place, and no further. */
  for (guint i = 0; i < 2; i++)
    {
      window_fixture_press_key (f, GTK_WIDGET (pane), GDK_KEY_Up);
      g_assert_cmpstr (mark->name, ==, "β₀");
      g_assert_cmpfloat (mark->at, ==, top.at);
    }
  assert_is_spoken (f, 1, "β₀ = ");
  for (guint i = 0; i < 500; i++)
    window_fixture_press_key (f, GTK_WIDGET (pane), GDK_KEY_Left);
  g_assert_cmpfloat (mark->at, ==, 0);
  window_fixture_press_key (f, GTK_WIDGET (pane), GDK_KEY_Down);
  g_assert_cmpstr (mark->name, ==, "β₁");

  window_fixture_press_key (f, GTK_WIDGET (pane), GDK_KEY_Escape);
  g_assert_cmpint (mark->layer, <, 0);
  g_assert_cmpint (pane->curve.kind, ==, NERVE_HIT_NOTHING);
  window_fixture_wait (20);
  g_assert_cmpstr (nerve_column_get_reading (column (f, 1)), ==, before);
}

static void
arrows_and_enter_go_from_bar_to_bar (WindowFixture *f, gconstpointer data)
{
  const NerveFigureModel *model = window_fixture_model (f);
  guint layer = model->columns[1];
  GtkWidget *pane;
  int first;

  window_fixture_activate (f, "document.bars-as", "'barcode'");
  window_fixture_settle (f);
  pane = GTK_WIDGET (window_fixture_pane (f, 1, 1));
  window_fixture_press_key (f, pane, GDK_KEY_Right);
  first = nerve_bar_mark_in (model->hover_bar, layer);
  g_assert_cmpint (first, ==, (int) find_mark (f, 1, 1).index);
  window_fixture_press_key (f, pane, GDK_KEY_Up);
  g_assert_cmpint (nerve_bar_mark_in (model->hover_bar, layer), !=, first);
  window_fixture_press_key (f, pane, GDK_KEY_Down);
  g_assert_cmpint (nerve_bar_mark_in (model->hover_bar, layer), ==, first);
  assert_is_spoken (f, 1, "H₁ ");
  window_fixture_press_key (f, pane, GDK_KEY_Return);
  window_fixture_settle (f);
  g_assert_cmpint (nerve_bar_mark_in (model->selected_bar, layer), ==, first);
  g_assert_cmpuint (count_selected (f), >, 0);
}

/* What was asked for before the latest wish, or before what undid it, never becomes the selection. */
static void
an_older_bar_is_never_shown (WindowFixture *f, gconstpointer data)
{
  const NerveFigureModel *model = window_fixture_model (f);
  NerveHit loop = find_mark (f, 1, 1);
  NerveHit part = find_mark (f, 2, 0);
  gsize n;

  click_bar (f, 1, &loop);
  click_bar (f, 2, &part);
  while (!nerve_document_is_settled (f->document))
    {
      g_assert_cmpint (nerve_bar_mark_in (model->selected_bar, model->columns[1]), ==, -1);
      g_main_context_iteration (NULL, FALSE);
    }
  g_assert_cmpint (nerve_bar_mark_in (model->selected_bar, model->columns[2]), ==, (int) part.index);
  n = count_selected (f);

  /* A class comes in between: the bar is forgotten. */
  click_bar (f, 1, &loop);
  window_fixture_activate (f, "document.select-class", "(@u 1, false, @u 0)");
  window_fixture_settle (f);
  window_fixture_wait (100);
  g_assert_cmpuint (count_selected (f), ==, 15);
  g_assert_cmpint (nerve_bar_mark_in (model->selected_bar, model->columns[1]), ==, -1);

  window_fixture_activate (f, "document.undo", NULL);
  click_bar (f, 0, &(NerveHit) { NERVE_HIT_BAR, 0, 0, -50, -50 });
  click_bar (f, 1, &loop);
  window_fixture_activate (f, "document.undo", NULL);
  window_fixture_settle (f);
  window_fixture_wait (100);
  g_assert_cmpuint (count_selected (f), ==, 0);
  window_fixture_activate (f, "document.redo", NULL);
  g_assert_cmpuint (count_selected (f), ==, n);
}

static void
other_parameters_drop_the_bar_and_its_mark (WindowFixture *f, gconstpointer data)
{
  const NerveFigureModel *model = window_fixture_model (f);
  NerveHit loop = find_mark (f, 1, 1);

  window_fixture_activate (f, "document.walk-to", "@u 1");
  window_fixture_settle (f);
  click_bar (f, 1, &loop);
  window_fixture_activate (f, "document.set-parameter", "(true, 'cloud', 'metric', 'manhattan')");
  window_fixture_settle (f);
  window_fixture_wait (100);
  g_assert_cmpuint (count_selected (f), ==, 0);
  g_assert_cmpint (nerve_bar_mark_in (model->selected_bar, model->columns[1]), ==, -1);

  /* Selected under these parameters, it is no bar of what others give. */
  loop = find_mark (f, 1, 1);
  click_bar (f, 1, &loop);
  window_fixture_settle (f);
  g_assert_cmpint (nerve_bar_mark_in (model->selected_bar, model->columns[1]), ==, (int) loop.index);
  window_fixture_activate (f, "document.set-parameter", "(true, 'cloud', 'metric', 'euclidean')");
  window_fixture_settle (f);
  g_assert_cmpint (nerve_bar_mark_in (model->selected_bar, model->columns[1]), ==, -1);
  g_assert_cmpuint (count_selected (f), >, 0);
}

static GtkButton *
find_button (GtkWidget *widget, const char *prefix)
{
  GtkButton *found = NULL;

  if (GTK_IS_BUTTON (widget) && gtk_button_get_label (GTK_BUTTON (widget)) != NULL &&
      g_str_has_prefix (gtk_button_get_label (GTK_BUTTON (widget)), prefix))
    return GTK_BUTTON (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child, prefix);

  return found;
}

/* Leaves @bytes to this process; TRUE if it does. Nothing else is refused: large blocks alone are asked for first. */
static gboolean
leave_memory (guint64 bytes)
{
  g_autofree char *statm = NULL;
  struct rlimit limit;

  if (!g_file_get_contents ("/proc/self/statm", &statm, NULL, NULL) || getrlimit (RLIMIT_AS, &limit) < 0)
    return FALSE;
  limit.rlim_cur = g_ascii_strtoull (statm, NULL, 10) * sysconf (_SC_PAGESIZE) + bytes;

  return setrlimit (RLIMIT_AS, &limit) == 0 && nerve_memory_available () <= bytes;
}

static void
too_many_points_are_refused_with_a_number_that_fits (WindowFixture *f, gconstpointer data)
{
  g_autofree char *path = fixture_cloud (4000, 2);
  struct rlimit before;
  NerveFigureView *pane;
  GtkButton *button;

  window_fixture_open (f, path);
  window_fixture_settle (f);
  pane = window_fixture_pane (f, 0, 1);
  getrlimit (RLIMIT_AS, &before);
  if (!leave_memory (90 * 1000 * 1000))
    {
      setrlimit (RLIMIT_AS, &before);
      g_test_skip ("no limit can be set here");
      fixture_free (g_steal_pointer (&path));
      return;
    }
  window_fixture_activate (f, "document.set-parameter", "(false, 'diagram', 'diagram-points', '4000')");
  for (guint i = 0; i < 3000 && nerve_figure_view_get_banner (pane) == NULL; i++)
    window_fixture_wait (10);
  setrlimit (RLIMIT_AS, &before);
  g_assert_nonnull (strstr (nerve_figure_view_get_banner (pane), "4000 points"));
  button = find_button (GTK_WIDGET (pane), "Take ");
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  window_fixture_settle (f);
  g_assert_null (nerve_figure_view_get_banner (pane));
  g_assert_cmpint (nerve_document_get_parameters (f->document, 0)->diagram_points, <, 4000);
  g_assert_cmpint (nerve_document_get_parameters (f->document, 0)->diagram_points, >, 500);
  fixture_free (g_steal_pointer (&path));
}

static void
a_void_is_read_and_said_to_have_no_images (WindowFixture *f, gconstpointer data)
{
  g_autofree char *path = fixture_cloud (120, 3);
  GtkEventController *motion;
  NerveFigureView *pane;
  NerveHit mark;

  window_fixture_open (f, path);
  window_fixture_activate (f, "document.set-parameter", "(false, 'rips', 'max-dim', '2')");
  window_fixture_settle (f);
  pane = window_fixture_pane (f, 0, 1);
  mark = find_mark (f, 0, 2);
  motion = window_fixture_find_controller (GTK_WIDGET (pane), GTK_TYPE_EVENT_CONTROLLER_MOTION, 0);
  g_signal_emit_by_name (motion, "motion", mark.x, mark.y);
  window_fixture_wait (150);
  g_assert_nonnull (strstr (nerve_column_get_reading (column (f, 0)), "no images"));
  click_bar (f, 0, &mark);
  window_fixture_settle (f);
  g_assert_null (nerve_figure_view_get_banner (pane));
  g_assert_cmpuint (count_selected (f), ==, 0);
  fixture_free (g_steal_pointer (&path));
}

static void
a_window_can_go_while_a_bar_is_looked_for (WindowFixture *f, gconstpointer data)
{
  NerveHit loop = find_mark (f, 1, 1);

  click_bar (f, 1, &loop);
  g_assert_nonnull (nerve_document_get_bar_job (f->document, window_fixture_model (f)->columns[1]));
}

#define ADD(test)                                                                                                     \
  g_test_add ("/bars/" #test, WindowFixture, NULL, window_fixture_set_up, test, window_fixture_tear_down)

int
main (int argc, char **argv)
{
  window_fixture_prepare (&argc, &argv);

  ADD (all_columns_change_figures_together_and_undo_brings_them_back);
  ADD (the_button_over_the_bars_names_the_figure_and_offers_the_others);
  ADD (a_clicked_bar_selects_its_images_in_every_column);
  ADD (a_bar_of_the_barcode_leads_to_the_same_images);
  ADD (the_bar_under_the_pointer_is_read_in_the_line);
  ADD (the_curve_under_the_pointer_is_read_in_the_line);
  ADD (sampled_points_are_said_over_every_figure);
  ADD (arrows_read_the_curves);
  ADD (arrows_and_enter_go_from_bar_to_bar);
  ADD (an_older_bar_is_never_shown);
  ADD (other_parameters_drop_the_bar_and_its_mark);
  ADD (too_many_points_are_refused_with_a_number_that_fits);
  ADD (a_void_is_read_and_said_to_have_no_images);
  ADD (a_window_can_go_while_a_bar_is_looked_for);

  return window_fixture_run ();
}
