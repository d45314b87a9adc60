#include "gui/window-fixture.h"

#include "app/paths.h"

/* Words that are cut off tell nothing: none may be at the sizes the window is made for. NERVE_LABELS_FILE names
 * another file than the sample to look at. */

typedef struct { int width, height; } Size;

static const Size sizes[] = { { 1280, 800 }, { 1024, 640 } };

static gboolean
is_cut (GtkWidget *widget)
{
  return GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) &&
         pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (widget)));
}

static void
collect_cut (GtkWidget *widget, GPtrArray *found)
{
  if (is_cut (widget))
    g_ptr_array_add (found, g_strdup_printf ("“%s” (%d px)", gtk_label_get_label (GTK_LABEL (widget)),
                                             gtk_widget_get_width (widget)));

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_cut (child, found);
}

static void
assert_nothing_is_cut (WindowFixture *f, const char *state)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);

  window_fixture_wait (60);
  collect_cut (GTK_WIDGET (f->window), found);
  for (guint i = 0; i < found->len; i++)
    g_test_message ("%s at %d × %d: %s", state, gtk_widget_get_width (GTK_WIDGET (f->window)),
                    gtk_widget_get_height (GTK_WIDGET (f->window)), (char *) found->pdata[i]);
  if (found->len > 0)
    g_test_fail ();
}

/* Not scrolled out of sight. */
static gboolean
is_in_window (WindowFixture *f, GtkWidget *widget)
{
  graphene_rect_t bounds;

  return gtk_widget_get_mapped (widget) && gtk_widget_compute_bounds (widget, GTK_WIDGET (f->window), &bounds) &&
         bounds.origin.y >= 0 &&
         bounds.origin.y + bounds.size.height <= gtk_widget_get_height (GTK_WIDGET (f->window));
}

static void
look_into_lists (WindowFixture *f, GtkWidget *widget)
{
  if (GTK_IS_DROP_DOWN (widget) && is_in_window (f, widget))
    {
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (gtk_widget_get_first_child (widget)), TRUE);
      assert_nothing_is_cut (f, "with an open list");
      gtk_popover_popdown (GTK_POPOVER (gtk_widget_get_last_child (widget)));
      return;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    look_into_lists (f, child);
}

static void
select_node (WindowFixture *f, guint column)
{
  g_autofree char *text = g_strdup_printf ("(@u %u, @au [0], @u 0)", window_fixture_model (f)->columns[column]);

  window_fixture_activate (f, "document.select-nodes", text);
}

static void
hover_over (WindowFixture *f, int node)
{
  for (guint i = 0; i < window_fixture_model (f)->n_columns; i++)
    {
      g_autofree char *text = g_strdup_printf ("(%d, %d)", (int) window_fixture_model (f)->columns[i], node);

      window_fixture_activate (f, "document.hover", text);
      assert_nothing_is_cut (f, "a node under the pointer");
    }
  window_fixture_activate (f, "document.hover", "(-1, -1)");
}

static void
look_at_all_states (WindowFixture *f)
{
  assert_nothing_is_cut (f, "as opened");
  hover_over (f, 0);
  for (guint column = 0; column < window_fixture_model (f)->n_columns; column++)
    {
      select_node (f, column);
      assert_nothing_is_cut (f, "a node selected");
    }
  window_fixture_activate (f, "document.select-class", "(@u 0, false, @u 0)");
  assert_nothing_is_cut (f, "a class selected");
  window_fixture_activate (f, "win.parameters", NULL);
  window_fixture_wait (400);
  assert_nothing_is_cut (f, "with a class selected and parameters");
  window_fixture_activate (f, "document.clear", NULL);
  assert_nothing_is_cut (f, "with parameters");
  look_into_lists (f, GTK_WIDGET (f->window));
  window_fixture_activate (f, "win.parameters", NULL);
}

static void
no_words_are_cut_off (WindowFixture *f, gconstpointer data)
{
  const char *file = g_getenv ("NERVE_LABELS_FILE");
  const Size *size = &sizes[GPOINTER_TO_INT (data) - 1];

  gtk_window_set_default_size (GTK_WINDOW (f->window), size->width, size->height);
  window_fixture_open (f, file != NULL ? file : nerve_paths_get_sample ());
  window_fixture_settle (f);
  look_at_all_states (f);
}

int
main (int argc, char **argv)
{
  window_fixture_prepare (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *path = g_strdup_printf ("/labels/%dx%d", sizes[i].width, sizes[i].height);

      g_test_add (path, WindowFixture, GINT_TO_POINTER (i + 1), window_fixture_set_up, no_words_are_cut_off,
                  window_fixture_tear_down);
    }

  return window_fixture_run ();
}
