#include "config.h"

#include "views/parameter-slider.h"

#include <math.h>

#define REST 60       /* ms without movement until the value is used */
#define KEY_REST 500  /* ms without a key until the step is over */

struct _NerveParameterSlider
{
  GtkWidget  parent_instance;
  GtkWidget *scale;
  double     step;
  gboolean   setting;   /* the value is being set from outside */
  gboolean   held;      /* by a pointer */
  gboolean   dragging;  /* "drag-begin" was said */
  guint      rest_source;
  guint      end_source;
};

enum { SIGNAL_DRAG_BEGIN, SIGNAL_MOVED, SIGNAL_CHANGED, SIGNAL_DRAG_END, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NerveParameterSlider, nerve_parameter_slider, GTK_TYPE_WIDGET)

static void
say_changed (NerveParameterSlider *self)
{
  g_clear_handle_id (&self->rest_source, g_source_remove);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0, nerve_parameter_slider_get_value (self));
}

static void
begin (NerveParameterSlider *self)
{
  if (self->dragging)
    return;

  self->dragging = TRUE;
  g_signal_emit (self, signals[SIGNAL_DRAG_BEGIN], 0);
}

static void
end (NerveParameterSlider *self)
{
  g_clear_handle_id (&self->end_source, g_source_remove);
  if (!self->dragging)
    return;

  if (self->rest_source != 0)
    say_changed (self);
  self->dragging = FALSE;
  g_signal_emit (self, signals[SIGNAL_DRAG_END], 0);
}

static gboolean
on_rest (gpointer user_data)
{
  NerveParameterSlider *self = user_data;

  self->rest_source = 0;
  say_changed (self);

  return G_SOURCE_REMOVE;
}

static gboolean
on_key_rest (gpointer user_data)
{
  NerveParameterSlider *self = user_data;

  self->end_source = 0;
  end (self);

  return G_SOURCE_REMOVE;
}

static void
on_value_changed (NerveParameterSlider *self)
{
  if (self->setting)
    return;

  begin (self);
  g_signal_emit (self, signals[SIGNAL_MOVED], 0, nerve_parameter_slider_get_value (self));
  g_clear_handle_id (&self->rest_source, g_source_remove);
  self->rest_source = g_timeout_add (REST, on_rest, self);

  if (!self->held)
    {
      g_clear_handle_id (&self->end_source, g_source_remove);
      self->end_source = g_timeout_add (KEY_REST, on_key_rest, self);
    }
}

/* The scale's own gestures claim the events; this one only listens. */
static gboolean
on_event (NerveParameterSlider *self, GdkEvent *event)
{
  switch ((int) gdk_event_get_event_type (event))
    {
    case GDK_BUTTON_PRESS:
    case GDK_TOUCH_BEGIN:
      end (self);
      self->held = TRUE;
      break;
    case GDK_BUTTON_RELEASE:
    case GDK_TOUCH_END:
    case GDK_TOUCH_CANCEL:
      self->held = FALSE;
      end (self);
      break;
    default:
      break;
    }

  return GDK_EVENT_PROPAGATE;
}

/* The wheel scrolls the flap; it must not change what happens to lie under the pointer. */
static void
ignore_wheel (GtkWidget *scale)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (scale);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_SCROLL (controller))
        gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_NONE);
    }
}

static void
nerve_parameter_slider_dispose (GObject *object)
{
  NerveParameterSlider *self = NERVE_PARAMETER_SLIDER (object);

  g_clear_handle_id (&self->rest_source, g_source_remove);
  g_clear_handle_id (&self->end_source, g_source_remove);
  g_clear_pointer (&self->scale, gtk_widget_unparent);

  G_OBJECT_CLASS (nerve_parameter_slider_parent_class)->dispose (object);
}

static void
nerve_parameter_slider_class_init (NerveParameterSliderClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nerve_parameter_slider_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);

  signals[SIGNAL_DRAG_BEGIN] = g_signal_new ("drag-begin", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                             G_TYPE_NONE, 0);
  signals[SIGNAL_MOVED] = g_signal_new ("moved", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, G_TYPE_DOUBLE);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_DOUBLE);
  signals[SIGNAL_DRAG_END] = g_signal_new ("drag-end", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 0);
}

static void
nerve_parameter_slider_init (NerveParameterSlider *self)
{
  GtkEventController *listener = gtk_event_controller_legacy_new ();

  self->scale = gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL, 0, 1, .01);
  gtk_scale_set_draw_value (GTK_SCALE (self->scale), FALSE);
  gtk_widget_set_hexpand (self->scale, TRUE);
  gtk_widget_set_parent (self->scale, GTK_WIDGET (self));
  g_signal_connect_swapped (self->scale, "value-changed", G_CALLBACK (on_value_changed), self);
  ignore_wheel (self->scale);

  gtk_event_controller_set_propagation_phase (listener, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (listener, "event", G_CALLBACK (on_event), self);
  gtk_widget_add_controller (GTK_WIDGET (self), listener);
}

GtkWidget *
nerve_parameter_slider_new (const char *label)
{
  NerveParameterSlider *self = g_object_new (NERVE_TYPE_PARAMETER_SLIDER, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);

  return GTK_WIDGET (self);
}

void
nerve_parameter_slider_set_range (NerveParameterSlider *self, double lower, double upper, double step)
{
  GtkAdjustment *adjustment;

  g_return_if_fail (NERVE_IS_PARAMETER_SLIDER (self));

  if (self->held)
    return;

  self->step = step;
  self->setting = TRUE;
  adjustment = gtk_range_get_adjustment (GTK_RANGE (self->scale));
  g_object_set (adjustment, "lower", lower, "upper", upper, "step-increment", step, "page-increment", 5 * step, NULL);
  gtk_range_set_round_digits (GTK_RANGE (self->scale), step >= 1 ? 0 : (int) ceil (-log10 (step) + .01));
  self->setting = FALSE;
}

void
nerve_parameter_slider_set_value (NerveParameterSlider *self, double value)
{
  g_return_if_fail (NERVE_IS_PARAMETER_SLIDER (self));

  if (self->dragging || isnan (value))
    return;

  self->setting = TRUE;
  gtk_range_set_value (GTK_RANGE (self->scale), value);
  self->setting = FALSE;
}

double
nerve_parameter_slider_get_value (NerveParameterSlider *self)
{
  double value;

  g_return_val_if_fail (NERVE_IS_PARAMETER_SLIDER (self), 0);

  value = gtk_range_get_value (GTK_RANGE (self->scale));

  return self->step >= 1 ? rint (value) : value;
}

gboolean
nerve_parameter_slider_is_held (NerveParameterSlider *self)
{
  g_return_val_if_fail (NERVE_IS_PARAMETER_SLIDER (self), FALSE);
  return self->dragging;
}
