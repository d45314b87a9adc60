#include "config.h"

#include "views/progress-ring.h"

#include <math.h>

struct _NerveProgressRing
{
  GtkWidget parent_instance;
  int       size;
  double    fraction;
};

enum { PROP_0, PROP_SIZE, PROP_FRACTION, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (NerveProgressRing, nerve_progress_ring, GTK_TYPE_WIDGET)

static void
nerve_progress_ring_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                             int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = NERVE_PROGRESS_RING (widget)->size;
}

static void
nerve_progress_ring_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  NerveProgressRing *self = NERVE_PROGRESS_RING (widget);
  double width = gtk_widget_get_width (widget);
  double height = gtk_widget_get_height (widget);
  double line = self->size >= 24 ? 2.5 : 2;
  double radius = (MIN (width, height) - line) / 2;
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, width, height);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  GdkRGBA color;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  cairo_set_line_width (cr, line);
  cairo_set_source_rgba (cr, color.red, color.green, color.blue, color.alpha * .2);
  cairo_arc (cr, width / 2, height / 2, radius, 0, 2 * G_PI);
  cairo_stroke (cr);
  /* Never quite empty, so that one sees that it runs. */
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_arc (cr, width / 2, height / 2, radius, -G_PI_2, -G_PI_2 + 2 * G_PI * MAX (self->fraction, .03));
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static void
nerve_progress_ring_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  NerveProgressRing *self = NERVE_PROGRESS_RING (object);

  switch (property_id)
    {
    case PROP_SIZE:
      g_value_set_int (value, self->size);
      break;
    case PROP_FRACTION:
      g_value_set_double (value, self->fraction);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
nerve_progress_ring_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  NerveProgressRing *self = NERVE_PROGRESS_RING (object);

  switch (property_id)
    {
    case PROP_SIZE:
      self->size = g_value_get_int (value);
      break;
    case PROP_FRACTION:
      nerve_progress_ring_set_fraction (self, g_value_get_double (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
nerve_progress_ring_class_init (NerveProgressRingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = nerve_progress_ring_get_property;
  object_class->set_property = nerve_progress_ring_set_property;
  widget_class->measure = nerve_progress_ring_measure;
  widget_class->snapshot = nerve_progress_ring_snapshot;

  properties[PROP_SIZE] = g_param_spec_int ("size", NULL, NULL, 8, 128, 16,
                                            G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, -1, 1, 0,
                                                   G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  gtk_widget_class_set_css_name (widget_class, "ring");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
nerve_progress_ring_init (NerveProgressRing *self)
{
}

GtkWidget *
nerve_progress_ring_new (int size)
{
  return g_object_new (NERVE_TYPE_PROGRESS_RING, "size", size, NULL);
}

void
nerve_progress_ring_set_fraction (NerveProgressRing *self, double fraction)
{
  g_return_if_fail (NERVE_IS_PROGRESS_RING (self));

  if (fabs (self->fraction - fraction) < .001)
    return;

  self->fraction = CLAMP (fraction, 0, 1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
