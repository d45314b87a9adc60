#include "config.h"

#include "views/class-mark.h"

#include "views/view-style.h"

#define SIZE 18
#define LETTER_SIZE 10.5

struct _NerveClassMark
{
  GtkWidget     parent_instance;
  NervePalette *palette;
  guint         label;
  gboolean      group;
  NerveStyle    style;
};

G_DEFINE_FINAL_TYPE (NerveClassMark, nerve_class_mark, GTK_TYPE_WIDGET)

static void
nerve_class_mark_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                          int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = SIZE;
}

static void
snapshot_letters (NerveClassMark *self, GtkSnapshot *snapshot, NerveColor color)
{
  const char *code = self->group ? nerve_palette_get_group_code (self->palette, self->label)
                                 : nerve_palette_get_class_code (self->palette, self->label);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), code);
  PangoFontDescription *font = pango_font_description_new ();
  GdkRGBA rgba = nerve_view_color (color, 1);
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int height = gtk_widget_get_height (GTK_WIDGET (self));
  PangoRectangle ink;

  pango_font_description_set_absolute_size (font, (strlen (code) > 1 ? .92 : 1) * LETTER_SIZE * PANGO_SCALE);
  pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_get_pixel_extents (layout, &ink, NULL);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((width - ink.width) / 2.f - ink.x,
                                                          (height - ink.height) / 2.f - ink.y));
  gtk_snapshot_append_layout (snapshot, layout, &rgba);
  gtk_snapshot_restore (snapshot);
}

static void
nerve_class_mark_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  NerveClassMark *self = NERVE_CLASS_MARK (widget);
  float width = gtk_widget_get_width (widget);
  float height = gtk_widget_get_height (widget);
  graphene_rect_t disc = GRAPHENE_RECT_INIT ((width - SIZE) / 2, (height - SIZE) / 2, SIZE, SIZE);
  NerveColor fill = self->group ? nerve_palette_get_group_color (self->palette, self->label, self->style.dark)
                                : nerve_palette_get_class_color (self->palette, self->label, self->style.dark);
  GdkRGBA edge = nerve_view_color (self->style.text, .45);
  GdkRGBA rgba = nerve_view_color (fill, 1);
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, &disc, SIZE / 2.f);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &rgba, &disc);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_border (snapshot, &outline, (float[4]) { 1, 1, 1, 1 }, (GdkRGBA[4]) { edge, edge, edge, edge });
  snapshot_letters (self, snapshot, nerve_color_contrast (fill));
}

static void
on_style_changed (GtkWidget *widget)
{
  NerveClassMark *self = NERVE_CLASS_MARK (widget);

  nerve_style_clear (&self->style);
  nerve_view_style_init (&self->style);
  gtk_widget_queue_draw (widget);
}

static void
nerve_class_mark_finalize (GObject *object)
{
  NerveClassMark *self = NERVE_CLASS_MARK (object);

  g_clear_pointer (&self->palette, nerve_palette_unref);
  nerve_style_clear (&self->style);

  G_OBJECT_CLASS (nerve_class_mark_parent_class)->finalize (object);
}

static void
nerve_class_mark_class_init (NerveClassMarkClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = nerve_class_mark_finalize;
  widget_class->measure = nerve_class_mark_measure;
  widget_class->snapshot = nerve_class_mark_snapshot;

  gtk_widget_class_set_css_name (widget_class, "classmark");
  /* The name stands beside it. */
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
nerve_class_mark_init (NerveClassMark *self)
{
  nerve_view_style_init (&self->style);
  nerve_view_style_watch (GTK_WIDGET (self), on_style_changed);
}

GtkWidget *
nerve_class_mark_new (NervePalette *palette, guint label, gboolean group)
{
  NerveClassMark *self = g_object_new (NERVE_TYPE_CLASS_MARK, NULL);

  self->palette = nerve_palette_ref (palette);
  self->label = label;
  self->group = group;

  return GTK_WIDGET (self);
}
