#include "gui/window-fixture.h"

/* What the keyboard reaches has a name that a screen reader can say. */

static gboolean
has_words (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return strlen (gtk_label_get_label (GTK_LABEL (widget))) > 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_words (child))
      return TRUE;

  return FALSE;
}

static gboolean
has_name (GtkWidget *widget)
{
  return gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL) ||
         gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

static void
count_nameless (GtkWidget *widget, guint *n)
{
  gboolean control = GTK_IS_BUTTON (widget) || GTK_IS_RANGE (widget) || GTK_IS_ENTRY (widget) ||
                     GTK_IS_SWITCH (widget) || GTK_IS_DROP_DOWN (widget) || GTK_IS_SPIN_BUTTON (widget);
  gboolean scrolls = GTK_IS_SCROLLBAR (gtk_widget_get_parent (widget));

  if (control && !scrolls && gtk_widget_get_focusable (widget) && !has_name (widget) &&
      !(GTK_IS_BUTTON (widget) && has_words (widget) && !GTK_IS_DROP_DOWN (gtk_widget_get_parent (widget))))
    {
      g_test_message ("%s in %s in %s has no name", G_OBJECT_TYPE_NAME (widget),
                      G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget)),
                      G_OBJECT_TYPE_NAME (gtk_widget_get_parent (gtk_widget_get_parent (widget))));
      *n += 1;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (!GTK_IS_POPOVER (child) && gtk_widget_get_visible (child))
      count_nameless (child, n);
}

static void
everything_in_the_window_has_a_name (WindowFixture *f, gconstpointer data)
{
  guint n = 0;

  window_fixture_activate (f, "win.parameters", NULL);
  window_fixture_activate (f, "document.select-class", "(@u 0, false, @u 0)");
  window_fixture_wait (300);
  count_nameless (GTK_WIDGET (f->window), &n);
  g_assert_cmpuint (n, ==, 0);
}

static void
everything_in_the_empty_window_has_a_name (WindowFixture *f, gconstpointer data)
{
  guint n = 0;

  count_nameless (GTK_WIDGET (f->window), &n);
  g_assert_cmpuint (n, ==, 0);
}

int
main (int argc, char **argv)
{
  window_fixture_prepare (&argc, &argv);
  g_test_add ("/names/document", WindowFixture, NULL, window_fixture_set_up, everything_in_the_window_has_a_name,
              window_fixture_tear_down);
  g_test_add ("/names/empty", WindowFixture, "empty", window_fixture_set_up,
              everything_in_the_empty_window_has_a_name, window_fixture_tear_down);

  return window_fixture_run ();
}
