#include "config.h"

#include "app/meaning.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define NAME "nerve-meaning" /* by which its parent finds it again */

static const struct { const char *title, *text; } parts[] = {
  { N_("Mapper graph"),
    N_("A disc is a group of images that are alike to the layer; discs that share images are joined. Colours are "
       "classes.") },
  { N_("H₀: clusters"),
    N_("Join all points that are at most some distance apart, and let that distance grow from 0: clusters merge. "
       "A bar is a cluster; its death is the distance at which it merges with an older one.") },
  { N_("H₁: loops"),
    N_("On the way, points close to loops around holes. A bar is a loop: at its birth the loop closes, at its "
       "death the hole is filled. A long bar, a mark far from the diagonal, is shape; a short one may be chance.\n"
       "Click a mark of the diagram: the images along the loop show below, and are marked in all graphs.") },
  { N_("Betti numbers"),
    N_("Of where one image’s values in a layer are at most η: β₀ counts pieces, β₁ tunnels, β₂ hollows. Ω is their "
       "sum, averaged over the images.") },
  { N_("Node-wise purity"),
    N_("1 if each disc holds images of one class; the more classes share a disc, the less.") },
};

static void
append (GtkBox *box, const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, style);
  gtk_box_append (box, label);
}

static GtkWidget *
new_parts (void)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_add_css_class (box, "meaning");
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      append (GTK_BOX (box), _(parts[i].title), "heading");
      append (GTK_BOX (box), _(parts[i].text), "body");
    }
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_widget_set_vexpand (scrolled, TRUE);

  return scrolled;
}

static GtkWindow *
new_window (GtkWindow *parent)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), new_parts ());
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_set_title (GTK_WINDOW (window), _("What the Pictures Mean"));
  gtk_window_set_default_size (GTK_WINDOW (window), 440, 520);
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                          gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (window, keys);

  return GTK_WINDOW (window);
}

static void
forget (GtkWindow *parent)
{
  g_object_set_data (G_OBJECT (parent), NAME, NULL);
}

GtkWindow *
nerve_meaning_show (GtkWindow *parent)
{
  GtkWindow *window;

  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);

  window = g_object_get_data (G_OBJECT (parent), NAME);
  if (window == NULL)
    {
      window = new_window (parent);
      g_object_set_data (G_OBJECT (parent), NAME, window);
      g_signal_connect_object (window, "destroy", G_CALLBACK (forget), parent, G_CONNECT_SWAPPED);
    }
  gtk_window_present (window);

  return window;
}
