#include "config.h"

#include "views/eta-controls.h"

#include <math.h>

#include <glib/gi18n.h>

#include "views/accessible-name.h"
#include "views/parameter-slider.h"
#include "views/tooltip.h"

#define STEPS 200
#define SLIDER_WIDTH 96

struct _NerveEtaControls
{
  GtkWidget  parent_instance;
  GtkWidget *slider;
  GtkWidget *menu;
};

G_DEFINE_FINAL_TYPE (NerveEtaControls, nerve_eta_controls, GTK_TYPE_WIDGET)

static void
on_moved (NerveEtaControls *self, double eta)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "document.eta", "d", eta);
}

static void
on_drag_begin (NerveEtaControls *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "document.begin-drag", NULL);
}

static void
on_drag_end (NerveEtaControls *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "document.end-drag", NULL);
}

static void
on_near (NerveEtaControls *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "document.want-curves", NULL);
}

/* Pointer or keyboard: what a drag needs is computed before it begins. */
static void
watch (NerveEtaControls *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_swapped (motion, "enter", G_CALLBACK (on_near), self);
  g_signal_connect_swapped (focus, "enter", G_CALLBACK (on_near), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}

static void
append (GMenu *menu, const char *title, const char *const *items)
{
  g_autoptr (GMenu) section = g_menu_new ();

  for (; items[0] != NULL; items += 2)
    g_menu_append (section, _(items[0]), items[1]);
  g_menu_append_section (menu, title, G_MENU_MODEL (section));
}

static GMenuModel *
make_menu (void)
{
  static const char *const axis[] = { N_("_Logarithmic"), "document.decay-axis::logarithmic",
                                      N_("Li_near"), "document.decay-axis::linear", NULL };
  static const char *const by[] = { N_("_All Images: Ω, β₀, β₁, β₂"), "document.decay-by::nothing",
                                    N_("Ω of Each _Superclass"), "document.decay-by::superclass",
                                    N_("Ω of Each _Class"), "document.decay-by::class", NULL };
  static const char *const rest[] = { N_("_Bands (95 %, Images Resampled)"), "document.decay-bands", NULL };
  static const char *const views[] = { N_("On the _Board"), "win.view::board",
                                       N_("With η, _Heat Map and Image"), "win.view::betti", NULL };
  static const char *const export[] = { N_("_Export…"), "win.export", NULL };
  GMenu *menu = g_menu_new ();

  append (menu, _("Axis"), axis);
  append (menu, _("Lines"), by);
  append (menu, NULL, rest);
  append (menu, _("View"), views);
  append (menu, NULL, export);

  return G_MENU_MODEL (menu);
}

static void
nerve_eta_controls_dispose (GObject *object)
{
  NerveEtaControls *self = NERVE_ETA_CONTROLS (object);

  g_clear_pointer (&self->slider, gtk_widget_unparent);
  g_clear_pointer (&self->menu, gtk_widget_unparent);

  G_OBJECT_CLASS (nerve_eta_controls_parent_class)->dispose (object);
}

static void
nerve_eta_controls_class_init (NerveEtaControlsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = nerve_eta_controls_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "eta");
}

static void
nerve_eta_controls_init (NerveEtaControls *self)
{
  g_autoptr (GMenuModel) menu = make_menu ();

  self->slider = nerve_parameter_slider_new (_("Threshold η of the Betti numbers"));
  gtk_widget_set_size_request (self->slider, SLIDER_WIDTH, -1);
  /* As wide as the controls are, which are not wide of themselves. */
  gtk_widget_set_hexpand (self->slider, TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self), FALSE);
  nerve_tooltip_set (self->slider, _("Threshold η"));
  g_signal_connect_swapped (self->slider, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect_swapped (self->slider, "moved", G_CALLBACK (on_moved), self);
  g_signal_connect_swapped (self->slider, "drag-end", G_CALLBACK (on_drag_end), self);
  gtk_widget_set_parent (self->slider, GTK_WIDGET (self));

  self->menu = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->menu), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->menu), menu);
  gtk_widget_add_css_class (self->menu, "flat");
  gtk_widget_set_valign (self->menu, GTK_ALIGN_CENTER);
  nerve_tooltip_set (self->menu, _("How Betti Numbers Are Shown"));
  nerve_accessible_name_buttons (self->menu, _("How Betti numbers are shown"));
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
  watch (self);
}

void
nerve_eta_controls_update (NerveEtaControls *self, double low, double high, double eta)
{
  NerveParameterSlider *slider;

  g_return_if_fail (NERVE_IS_ETA_CONTROLS (self));

  slider = NERVE_PARAMETER_SLIDER (self->slider);
  if (!(low < high))
    {
      low = eta - 1;
      high = eta + 1;
    }
  low = MIN (low, eta);
  high = MAX (high, eta);
  nerve_parameter_slider_set_range (slider, low, high, (high - low) / STEPS);
  nerve_parameter_slider_set_value (slider, eta);
}
