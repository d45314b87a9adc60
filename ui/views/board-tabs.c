#include "config.h"

#include "views/board-tabs.h"

#include <glib/gi18n.h>

#include "views/tooltip.h"

#define MOST_CHARS 24

struct _NerveBoardTabs
{
  GtkWidget  parent_instance;
  GtkWidget *scroller;
  GtkWidget *box;
  GtkWidget *add;
  GtkWidget *popover; /* to rename in */
  GtkWidget *entry;
  GPtrArray *tabs;    /* not owned: boxes of a toggle and a button */
  guint      shown;
  guint      renamed;
  char     **names;
  guint      scroll_source;
};

G_DEFINE_FINAL_TYPE (NerveBoardTabs, nerve_board_tabs, GTK_TYPE_WIDGET)

static guint
find_tab (NerveBoardTabs *self, GtkWidget *widget)
{
  guint found = 0;

  g_ptr_array_find (self->tabs, gtk_widget_get_parent (widget), &found);

  return found;
}

static void
on_show (NerveBoardTabs *self, GtkWidget *toggle)
{
  guint tab = find_tab (self, toggle);

  /* The document decides which one is in front. */
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (toggle), TRUE);
  gtk_widget_activate_action (GTK_WIDGET (self), "document.show-board", "u", tab);
}

static void
on_close (NerveBoardTabs *self, GtkWidget *button)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "document.close-board", "u", find_tab (self, button));
}

static void
rename_tab (NerveBoardTabs *self, guint tab)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  graphene_rect_t bounds;
  int left, right;

  if (tab >= self->tabs->len || !gtk_widget_compute_bounds (self->tabs->pdata[tab], GTK_WIDGET (self), &bounds))
    return;

  /* It may be scrolled out of sight, and nothing can point there. */
  left = CLAMP ((int) bounds.origin.x, 0, MAX (width - 1, 0));
  right = CLAMP ((int) (bounds.origin.x + bounds.size.width), left + 1, MAX (width, left + 1));

  self->renamed = tab;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), self->names[tab]);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover),
                               &(GdkRectangle) { left, bounds.origin.y, right - left, bounds.size.height });
  gtk_popover_popup (GTK_POPOVER (self->popover));
  gtk_widget_grab_focus (self->entry);
}

static void
on_pressed (NerveBoardTabs *self, int n_press, double x, double y, GtkGesture *gesture)
{
  if (n_press == 2)
    rename_tab (self, find_tab (self, gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture))));
}

static void
on_renamed (NerveBoardTabs *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  gtk_widget_activate_action (GTK_WIDGET (self), "document.rename-board", "(us)", self->renamed,
                              gtk_editable_get_text (GTK_EDITABLE (self->entry)));
}

/* After the next frame: only then has a new tab a place. */
static gboolean
scroll_to_shown (gpointer user_data)
{
  NerveBoardTabs *self = user_data;
  GtkAdjustment *adjustment = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  graphene_rect_t bounds;

  self->scroll_source = 0;
  if (self->shown < self->tabs->len &&
      gtk_widget_compute_bounds (self->tabs->pdata[self->shown], self->box, &bounds))
    gtk_adjustment_clamp_page (adjustment, bounds.origin.x, bounds.origin.x + bounds.size.width);

  return G_SOURCE_REMOVE;
}

/* Another tab is shown, or tabs are wider or fewer. */
static void
queue_scroll (NerveBoardTabs *self)
{
  if (self->scroll_source == 0)
    self->scroll_source = g_idle_add_full (GDK_PRIORITY_REDRAW + 30, scroll_to_shown, self, NULL);
}

/* A long name is there as a whole when the hand rests on it. */
static void
name_tab (GtkWidget *tab, const char *name)
{
  GtkButton *toggle = GTK_BUTTON (gtk_widget_get_first_child (tab));
  gboolean is_long = g_utf8_strlen (name, -1) > MOST_CHARS;
  GtkWidget *label;

  gtk_button_set_label (toggle, name);
  nerve_tooltip_set (GTK_WIDGET (toggle), name);
  label = gtk_button_get_child (toggle);
  gtk_label_set_ellipsize (GTK_LABEL (label), is_long ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  gtk_label_set_width_chars (GTK_LABEL (label), is_long ? MOST_CHARS : -1);
  gtk_label_set_max_width_chars (GTK_LABEL (label), MOST_CHARS);
}

static GtkWidget *
new_tab (NerveBoardTabs *self)
{
  GtkWidget *tab = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *toggle = gtk_toggle_button_new ();
  GtkWidget *close = gtk_button_new_from_icon_name ("window-close-symbolic");
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_widget_add_css_class (tab, "tab");
  gtk_widget_add_css_class (toggle, "flat");
  gtk_widget_add_css_class (close, "flat");
  gtk_widget_add_css_class (close, "close");
  nerve_tooltip_set (close, _("Close Board"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (close), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Close Board"), -1);
  g_signal_connect_object (toggle, "clicked", G_CALLBACK (on_show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (close, "clicked", G_CALLBACK (on_close), self, G_CONNECT_SWAPPED);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect_object (click, "pressed", G_CALLBACK (on_pressed), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (toggle, GTK_EVENT_CONTROLLER (click));
  gtk_box_append (GTK_BOX (tab), toggle);
  gtk_box_append (GTK_BOX (tab), close);

  return tab;
}

static void
nerve_board_tabs_dispose (GObject *object)
{
  NerveBoardTabs *self = NERVE_BOARD_TABS (object);

  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_handle_id (&self->scroll_source, g_source_remove);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_pointer (&self->tabs, g_ptr_array_unref);
  g_clear_pointer (&self->names, g_strfreev);

  G_OBJECT_CLASS (nerve_board_tabs_parent_class)->dispose (object);
}

static void
nerve_board_tabs_class_init (NerveBoardTabsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nerve_board_tabs_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "boardtabs");
}

static void
nerve_board_tabs_init (NerveBoardTabs *self)
{
  self->tabs = g_ptr_array_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_EXTERNAL, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->box);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  g_signal_connect_object (gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (self->scroller)), "changed",
                           G_CALLBACK (queue_scroll), self, G_CONNECT_SWAPPED);
  self->add = gtk_button_new_from_icon_name ("list-add-symbolic");
  gtk_widget_add_css_class (self->add, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->add), "document.add-board");
  nerve_tooltip_set (self->add, _("New Board"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->add), GTK_ACCESSIBLE_PROPERTY_LABEL, _("New Board"), -1);
  gtk_box_append (GTK_BOX (self->box), self->add);

  self->entry = gtk_entry_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Rename Board"), -1);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (on_renamed), self, G_CONNECT_SWAPPED);
  self->popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (self->popover), self->entry);
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
nerve_board_tabs_set (NerveBoardTabs *self, const char *const *names, guint shown)
{
  guint n = g_strv_length ((char **) names);

  g_return_if_fail (NERVE_IS_BOARD_TABS (self));

  g_strfreev (self->names);
  self->names = g_strdupv ((char **) names);
  while (self->tabs->len > n)
    gtk_box_remove (GTK_BOX (self->box), g_ptr_array_steal_index (self->tabs, self->tabs->len - 1));
  while (self->tabs->len < n)
    {
      GtkWidget *tab = new_tab (self);
      GtkWidget *before = self->tabs->len > 0 ? self->tabs->pdata[self->tabs->len - 1] : NULL;

      gtk_box_insert_child_after (GTK_BOX (self->box), tab, before);
      g_ptr_array_add (self->tabs, tab);
    }
  for (guint i = 0; i < n; i++)
    {
      GtkWidget *toggle = gtk_widget_get_first_child (self->tabs->pdata[i]);

      name_tab (self->tabs->pdata[i], names[i]);
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (toggle), i == shown);
    }
  self->shown = shown;
  gtk_widget_set_visible (GTK_WIDGET (self), n > 1);
  queue_scroll (self);
}

void
nerve_board_tabs_rename (NerveBoardTabs *self)
{
  g_return_if_fail (NERVE_IS_BOARD_TABS (self));

  if (gtk_widget_get_visible (GTK_WIDGET (self)))
    rename_tab (self, self->shown);
}
