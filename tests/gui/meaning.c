/* Plain words for whoever does not know what a bar is. */
#include "gui/window-fixture.h"

#include <math.h>

#include "app/meaning.h"

static GtkWidget *
find_words (GtkWidget *widget, const char *start)
{
  GtkWidget *found = NULL;

  if (GTK_IS_LABEL (widget) && g_str_has_prefix (gtk_label_get_label (GTK_LABEL (widget)), start))
    return gtk_widget_get_mapped (widget) ? widget : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_words (child, start);

  return found;
}

/* The first of its kind in the layer of the second column. */
static void
select_bar (WindowFixture *f, int dimension, gboolean ends)
{
  guint layer = window_fixture_model (f)->columns[1];
  const NerveDiagram *diagram = window_fixture_model (f)->layers[layer].homology->diagram;
  const NerveBar *bars = nerve_diagram_get_bars (diagram);
  g_autofree char *text = NULL;
  gsize i = 0;

  while (i < nerve_diagram_get_n_bars (diagram) && (bars[i].dimension != dimension || isfinite (bars[i].death) != ends))
    i++;
  g_assert_cmpuint (i, <, nerve_diagram_get_n_bars (diagram));
  text = g_strdup_printf ("(@u %u, @u %zu, @u 0)", layer, i);
  window_fixture_activate (f, "document.select-bar", text);
  window_fixture_settle (f);
  window_fixture_wait (60);
}

static void
a_selected_bar_is_explained (WindowFixture *f, gconstpointer data)
{
  static const struct { int dimension; gboolean ends; const char *start; } cases[] = {
    { 1, TRUE, "A loop around a hole: " }, { 0, TRUE, "A cluster, until " }, { 0, FALSE, "A cluster that merges " },
  };
  GtkWidget *window = GTK_WIDGET (f->window);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_null (find_words (window, cases[i].start));
      select_bar (f, cases[i].dimension, cases[i].ends);
      g_assert_nonnull (find_words (window, cases[i].start));
    }
  window_fixture_activate (f, "document.clear", NULL);
  window_fixture_wait (60);
  g_assert_null (find_words (window, cases[2].start));
}

static void
one_window_says_what_the_pictures_mean (WindowFixture *f, gconstpointer data)
{
  GtkWindow *window = nerve_meaning_show (GTK_WINDOW (f->window));

  window_fixture_wait (60);
  g_assert_nonnull (find_words (GTK_WIDGET (window), "H₁: "));
  g_assert_true (nerve_meaning_show (GTK_WINDOW (f->window)) == window);
  g_object_ref (window);
  gtk_window_close (window);
  window_fixture_assert_gone (window);

  /* Another one, which goes with its parent. */
  window_fixture_activate (f, "win.explain", NULL);
  window_fixture_wait (60);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (nerve_meaning_show (GTK_WINDOW (f->window)))));
}

int
main (int argc, char **argv)
{
  window_fixture_prepare (&argc, &argv);
  g_test_add ("/meaning/bar", WindowFixture, NULL, window_fixture_set_up, a_selected_bar_is_explained,
              window_fixture_tear_down);
  g_test_add ("/meaning/window", WindowFixture, NULL, window_fixture_set_up, one_window_says_what_the_pictures_mean,
              window_fixture_tear_down);

  return window_fixture_run ();
}
