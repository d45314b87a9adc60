#include "gui/window-walk.h"

#include "app/export-dialog.h"
#include "app/meaning.h"
#include "app/preferences.h"
#include "app/ranking-window.h"
#include "app/settings.h"

#define FRAME 20 /* milliseconds */

typedef struct
{
  WindowFixture *f;
  WindowWalkFunc look;
  gpointer       data;
  GHashTable    *opened; /* GtkWidget *: once is enough */
} Walk;

/* That nothing lies over it, as the parameters lie over a column. */
static gboolean
is_on_top (GtkWidget *widget, GtkWidget *root)
{
  graphene_rect_t bounds;
  GtkWidget *picked;

  if (!gtk_widget_compute_bounds (widget, root, &bounds))
    return FALSE;
  for (guint i = 0; i < 2; i++)
    {
      picked = gtk_widget_pick (root, bounds.origin.x + (i == 0 ? 2 : bounds.size.width - 2),
                                bounds.origin.y + bounds.size.height / 2,
                                GTK_PICK_INSENSITIVE | GTK_PICK_NON_TARGETABLE);
      if (picked != NULL && picked != widget && !gtk_widget_is_ancestor (picked, widget) &&
          !gtk_widget_is_ancestor (widget, picked))
        return FALSE;
    }

  return TRUE;
}

gboolean
window_walk_is_seen (GtkWidget *widget, GtkWidget *root)
{
  graphene_rect_t bounds, frame, both;

  if (!gtk_widget_get_mapped (widget) || !gtk_widget_get_child_visible (widget))
    return FALSE;
  for (GtkWidget *above = gtk_widget_get_parent (widget); above != NULL; above = gtk_widget_get_parent (above))
    {
      if (gtk_widget_get_opacity (above) < .1 || !gtk_widget_compute_bounds (widget, above, &bounds))
        return FALSE;
      if (above == root || gtk_widget_get_overflow (above) == GTK_OVERFLOW_HIDDEN)
        {
          graphene_rect_init (&frame, 0, 0, gtk_widget_get_width (above), gtk_widget_get_height (above));
          if (!graphene_rect_intersection (&bounds, &frame, &both) || both.size.height < bounds.size.height - .5 ||
              both.size.width < .9f * bounds.size.width)
            return FALSE;
        }
      if (above == root)
        return is_on_top (widget, root);
    }

  return FALSE;
}

static void
look_at (Walk *self, GtkWidget *root, const char *state)
{
  window_fixture_wait (FRAME);
  self->look (root, state, self->data);
}

static GtkWidget *
popover_of (GtkWidget *widget)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_POPOVER (child))
      return child;

  return NULL;
}

/* Opens what @widget opens; NULL: nothing, or nothing new. */
static GtkWidget *
open (Walk *self, GtkWidget *widget)
{
  if (g_hash_table_contains (self->opened, widget))
    return NULL;
  if (GTK_IS_MENU_BUTTON (widget) && gtk_widget_is_sensitive (widget))
    gtk_menu_button_popup (GTK_MENU_BUTTON (widget));
  else if (GTK_IS_DROP_DOWN (widget) && gtk_widget_is_sensitive (widget))
    /* Its "activate" waits a quarter of a second. */
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (gtk_widget_get_first_child (widget)), TRUE);
  else
    return NULL;
  g_hash_table_add (self->opened, g_object_ref (widget));

  return popover_of (widget);
}

static void
look_into_popovers (Walk *self, GtkWidget *root, GtkWidget *widget)
{
  GtkWidget *popover = window_walk_is_seen (widget, root) ? open (self, widget) : NULL;

  if (popover != NULL)
    {
      g_autofree char *state = g_strdup_printf ("what %s opens", G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget)));

      look_at (self, popover, state);
      gtk_popover_popdown (GTK_POPOVER (popover));
      window_fixture_wait (1);
      return;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    look_into_popovers (self, root, child);
}

/* Page by page, each that has more than there is room for. */
static void
look_down (Walk *self, GtkWidget *root, GtkWidget *widget, const char *state)
{
  if (GTK_IS_SCROLLED_WINDOW (widget) && gtk_widget_get_mapped (widget))
    {
      GtkAdjustment *vadjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (widget));
      double page = gtk_adjustment_get_page_size (vadjustment);
      double last = gtk_adjustment_get_upper (vadjustment) - page;

      for (double y = .7 * page; page > 100 && y < last + .7 * page; y += .7 * page)
        {
          gtk_adjustment_set_value (vadjustment, MIN (y, last));
          look_at (self, root, state);
          look_into_popovers (self, root, widget);
        }
      gtk_adjustment_set_value (vadjustment, 0);
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    look_down (self, root, child, state);
}

static void
look_around (Walk *self, GtkWidget *root, const char *state)
{
  look_at (self, root, state);
  look_into_popovers (self, root, root);
  look_down (self, root, root, state);
}

/* Takes @window. */
static void
look_at_window (Walk *self, gpointer window, const char *state)
{
  gtk_window_present (window);
  window_fixture_wait (2 * FRAME);
  look_around (self, window, state);
  gtk_window_destroy (window);
}

static void
look_at_views (Walk *self)
{
  static const char *const views[] = { "'classes'", "'betti'", "'compare'", "'sweep'", "'board'" };

  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    {
      window_fixture_activate (self->f, "win.view", views[i]);
      window_fixture_settle (self->f);
      look_around (self, GTK_WIDGET (self->f->window), views[i]);
    }
}

static void
look_at_selection (Walk *self)
{
  window_fixture_activate (self->f, "document.select-class", "(@u 0, false, @u 0)");
  window_fixture_activate (self->f, "win.parameters", NULL);
  window_fixture_settle (self->f);
  look_around (self, GTK_WIDGET (self->f->window), "images selected, parameters");
  window_fixture_activate (self->f, "win.parameters", NULL);
  window_fixture_activate (self->f, "document.clear", NULL);
}

static void
look_at_dialogs (Walk *self)
{
  GtkWindow *parent = GTK_WINDOW (self->f->window);
  g_autoptr (GSettings) settings = nerve_settings_new ();
  g_autoptr (NerveDiskCache) disk = nerve_disk_cache_new ("/nowhere", 0);
  NerveRankingWindow *ranking = nerve_ranking_window_new (self->f->session, parent);

  look_at_window (self, ranking, "the networks side by side");
  look_at_window (self, nerve_preferences_new (settings, disk, parent), "preferences");
  look_at_window (self, nerve_meaning_show (parent), "what the pictures mean");
  look_at_window (self, nerve_export_dialog_new (self->f->document, parent), "export");
}

static void
look_at_errors (Walk *self)
{
  NerveDocument *document = self->f->document;

  window_fixture_activate (self->f, "document.set-parameter", "(true, 'mapper', 'eps', '1e-9')");
  window_fixture_settle (self->f);
  window_fixture_open (self->f, "/nowhere/such.h5");
  look_at (self, GTK_WIDGET (self->f->window), "errors");
  window_fixture_activate (self->f, "document.undo", NULL);
  self->f->document = document;
}

void
window_walk (WindowFixture *f, WindowWalkFunc look, gpointer data)
{
  Walk self = { f, look, data, g_hash_table_new_full (NULL, NULL, g_object_unref, NULL) };
  GtkSettings *settings = gtk_widget_get_settings (GTK_WIDGET (f->window));

  g_object_set (settings, "gtk-enable-animations", FALSE, NULL);
  look_at_views (&self);
  look_at_selection (&self);
  look_at_dialogs (&self);
  look_at_errors (&self);
  g_object_set (settings, "gtk-enable-animations", TRUE, NULL);
  g_hash_table_unref (self.opened);
}
