#include "config.h"

#include "views/pane-banner.h"

#include "views/template.h"

struct _NervePaneBanner
{
  GtkWidget  parent_instance;
  GtkWidget *icon;
  GtkLabel  *title;
  GtkLabel  *advice;
  GtkButton *button;
};

G_DEFINE_FINAL_TYPE (NervePaneBanner, nerve_pane_banner, GTK_TYPE_WIDGET)

static void
nerve_pane_banner_dispose (GObject *object)
{
  nerve_template_dispose (GTK_WIDGET (object), NERVE_TYPE_PANE_BANNER);

  G_OBJECT_CLASS (nerve_pane_banner_parent_class)->dispose (object);
}

static void
nerve_pane_banner_class_init (NervePaneBannerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nerve_pane_banner_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/nerve/Nerve/views/pane-banner.ui");
  gtk_widget_class_bind_template_child (widget_class, NervePaneBanner, icon);
  gtk_widget_class_bind_template_child (widget_class, NervePaneBanner, title);
  gtk_widget_class_bind_template_child (widget_class, NervePaneBanner, advice);
  gtk_widget_class_bind_template_child (widget_class, NervePaneBanner, button);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "panebanner");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
}

static void
nerve_pane_banner_init (NervePaneBanner *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
nerve_pane_banner_new (void)
{
  return g_object_new (NERVE_TYPE_PANE_BANNER, NULL);
}

void
nerve_pane_banner_set (NervePaneBanner *self, const char *title, const char *advice, const char *button,
                       const char *action, GVariant *target)
{
  g_autoptr (GVariant) sunk = target != NULL ? g_variant_ref_sink (target) : NULL;

  g_return_if_fail (NERVE_IS_PANE_BANNER (self));

  gtk_label_set_label (self->title, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_label_set_label (self->advice, advice != NULL ? advice : "");
  gtk_widget_set_visible (GTK_WIDGET (self->advice), advice != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->button), button != NULL);
  /* With nothing to be done about it, it is no warning. */
  gtk_widget_set_visible (self->icon, advice != NULL || button != NULL);
  if (advice != NULL || button != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self), "quiet");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self), "quiet");
  if (button != NULL)
    {
      gtk_button_set_label (self->button, button);
      /* In this order the action never sees a target that is another's. */
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), NULL);
      gtk_actionable_set_action_target_value (GTK_ACTIONABLE (self->button), sunk);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), action);
    }
}
