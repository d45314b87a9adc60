#include "config.h"

#include "views/ramp-mark.h"

#include "figures/legend-ramp.h"
#include "views/view-style.h"

#define WIDTH 120
#define HEIGHT 12

struct _NerveRampMark
{
  GtkWidget  parent_instance;
  NerveStyle style;
};

G_DEFINE_FINAL_TYPE (NerveRampMark, nerve_ramp_mark, GTK_TYPE_WIDGET)

static void
nerve_ramp_mark_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                         int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT;
}

static void
nerve_ramp_mark_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));

  nerve_legend_ramp_paint (&NERVE_RAMP_MARK (widget)->style, cr, 0, (height - HEIGHT) / 2., width, HEIGHT);
  cairo_destroy (cr);
}

static void
on_style_changed (GtkWidget *widget)
{
  NerveRampMark *self = NERVE_RAMP_MARK (widget);

  nerve_style_clear (&self->style);
  nerve_view_style_init (&self->style);
  gtk_widget_queue_draw (widget);
}

static void
nerve_ramp_mark_finalize (GObject *object)
{
  nerve_style_clear (&NERVE_RAMP_MARK (object)->style);

  G_OBJECT_CLASS (nerve_ramp_mark_parent_class)->finalize (object);
}

static void
nerve_ramp_mark_class_init (NerveRampMarkClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = nerve_ramp_mark_finalize;
  widget_class->measure = nerve_ramp_mark_measure;
  widget_class->snapshot = nerve_ramp_mark_snapshot;
  /* What its ends are stands beside it. */
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
nerve_ramp_mark_init (NerveRampMark *self)
{
  nerve_view_style_init (&self->style);
  nerve_view_style_watch (GTK_WIDGET (self), on_style_changed);
}

GtkWidget *
nerve_ramp_mark_new (void)
{
  return g_object_new (NERVE_TYPE_RAMP_MARK, NULL);
}
