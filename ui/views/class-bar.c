#include "config.h"

#include "views/class-bar.h"

#include "views/view-style.h"

#define HEIGHT 10
#define LEAST 3

struct _NerveClassBar
{
  GtkWidget     parent_instance;
  NervePalette *palette;
  guint         label;
  double        share;
  NerveStyle    style;
};

G_DEFINE_FINAL_TYPE (NerveClassBar, nerve_class_bar, GTK_TYPE_WIDGET)

static void
nerve_class_bar_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                         int *minimum_baseline, int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 24 : HEIGHT;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 108 : HEIGHT;
}

static void
nerve_class_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  NerveClassBar *self = NERVE_CLASS_BAR (widget);
  float length = MAX (self->share * gtk_widget_get_width (widget), LEAST);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  graphene_rect_t rect = GRAPHENE_RECT_INIT (mirrored ? gtk_widget_get_width (widget) - length : 0,
                                             (gtk_widget_get_height (widget) - HEIGHT) / 2.f, length, HEIGHT);
  GdkRGBA color = nerve_view_color (nerve_palette_get_class_color (self->palette, self->label, self->style.dark), 1);
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, &rect, 2);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &color, &rect);
  gtk_snapshot_pop (snapshot);
}

static void
on_style_changed (GtkWidget *widget)
{
  NerveClassBar *self = NERVE_CLASS_BAR (widget);

  nerve_style_clear (&self->style);
  nerve_view_style_init (&self->style);
  gtk_widget_queue_draw (widget);
}

static void
nerve_class_bar_finalize (GObject *object)
{
  NerveClassBar *self = NERVE_CLASS_BAR (object);

  g_clear_pointer (&self->palette, nerve_palette_unref);
  nerve_style_clear (&self->style);

  G_OBJECT_CLASS (nerve_class_bar_parent_class)->finalize (object);
}

static void
nerve_class_bar_class_init (NerveClassBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = nerve_class_bar_finalize;
  widget_class->measure = nerve_class_bar_measure;
  widget_class->snapshot = nerve_class_bar_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
nerve_class_bar_init (NerveClassBar *self)
{
  nerve_view_style_init (&self->style);
  nerve_view_style_watch (GTK_WIDGET (self), on_style_changed);
}

GtkWidget *
nerve_class_bar_new (NervePalette *palette, guint label, double share)
{
  NerveClassBar *self = g_object_new (NERVE_TYPE_CLASS_BAR, NULL);

  self->palette = nerve_palette_ref (palette);
  self->label = label;
  self->share = share;

  return GTK_WIDGET (self);
}
