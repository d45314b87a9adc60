#include "config.h"

#include "views/picture-tile.h"

#include <glib/gi18n.h>

#include "views/tooltip.h"
#include "views/view-style.h"

#define PICTURE_SIZE 26
#define BAR_HEIGHT 3

struct _NervePictureTile
{
  GtkWidget           parent_instance;
  NerveDataset       *dataset;
  NervePalette       *palette;
  NervePictureLoader *loader;
  gulong              handler;
  guint               image;
  NerveStyle          style;
};

G_DEFINE_FINAL_TYPE (NervePictureTile, nerve_picture_tile, GTK_TYPE_WIDGET)

static int
class_of (NervePictureTile *self)
{
  const int *labels = nerve_dataset_get_labels (self->dataset);

  return labels != NULL ? labels[self->image] : -1;
}

static void
nerve_picture_tile_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                            int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? PICTURE_SIZE : PICTURE_SIZE + BAR_HEIGHT;
}

static void
snapshot_number (NervePictureTile *self, GtkSnapshot *snapshot, const graphene_rect_t *rect)
{
  g_autofree char *text = g_strdup_printf ("%u", self->image);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  PangoFontDescription *font = pango_font_description_new ();
  GdkRGBA ground = nerve_view_color (self->style.text, .07);
  GdkRGBA ink = nerve_view_color (self->style.dim, 1);
  int width, height;

  pango_font_description_set_absolute_size (font, 9 * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_get_pixel_size (layout, &width, &height);

  gtk_snapshot_append_color (snapshot, &ground, rect);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (rect->origin.x + (rect->size.width - width) / 2,
                                                          (rect->size.height - height) / 2));
  gtk_snapshot_append_layout (snapshot, layout, &ink);
  gtk_snapshot_restore (snapshot);
}

static void
snapshot_picture (NervePictureTile *self, GtkSnapshot *snapshot, const graphene_rect_t *rect)
{
  GdkTexture *texture = nerve_picture_loader_get (self->loader, self->image);
  GdkRGBA ground = nerve_view_color (self->style.text, .07);
  double aspect;
  graphene_rect_t inside = *rect;

  if (texture == NULL)
    {
      gtk_snapshot_append_color (snapshot, &ground, rect);
      return;
    }

  aspect = (double) gdk_texture_get_width (texture) / gdk_texture_get_height (texture);
  if (aspect > 1)
    graphene_rect_inset (&inside, 0, (rect->size.height - rect->size.height / aspect) / 2);
  else
    graphene_rect_inset (&inside, (rect->size.width - rect->size.width * aspect) / 2, 0);
  gtk_snapshot_append_texture (snapshot, texture, &inside);
}

static void
nerve_picture_tile_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  NervePictureTile *self = NERVE_PICTURE_TILE (widget);
  float left = (gtk_widget_get_width (widget) - PICTURE_SIZE) / 2;
  graphene_rect_t picture = GRAPHENE_RECT_INIT (left, 0, PICTURE_SIZE, PICTURE_SIZE);
  graphene_rect_t bar = GRAPHENE_RECT_INIT (left, PICTURE_SIZE, PICTURE_SIZE, BAR_HEIGHT);
  GskRoundedRect outline;
  int label;

  if (self->dataset == NULL)
    return;

  gsk_rounded_rect_init (&outline, &picture, &GRAPHENE_SIZE_INIT (3, 3), &GRAPHENE_SIZE_INIT (3, 3),
                         &GRAPHENE_SIZE_INIT (0, 0), &GRAPHENE_SIZE_INIT (0, 0));
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  if (nerve_dataset_has_images (self->dataset))
    snapshot_picture (self, snapshot, &picture);
  else
    snapshot_number (self, snapshot, &picture);
  gtk_snapshot_pop (snapshot);

  label = class_of (self);
  if (label >= 0)
    {
      GdkRGBA color = nerve_view_color (nerve_palette_get_class_color (self->palette, label, self->style.dark), 1);

      gtk_snapshot_append_color (snapshot, &color, &bar);
    }
}

static void
on_loaded (NervePictureTile *self, guint image)
{
  if (image == self->image)
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_style_changed (GtkWidget *widget)
{
  NervePictureTile *self = NERVE_PICTURE_TILE (widget);

  nerve_style_clear (&self->style);
  nerve_view_style_init (&self->style);
  gtk_widget_queue_draw (widget);
}

static void
nerve_picture_tile_dispose (GObject *object)
{
  nerve_picture_tile_unbind (NERVE_PICTURE_TILE (object));

  G_OBJECT_CLASS (nerve_picture_tile_parent_class)->dispose (object);
}

static void
nerve_picture_tile_finalize (GObject *object)
{
  nerve_style_clear (&NERVE_PICTURE_TILE (object)->style);

  G_OBJECT_CLASS (nerve_picture_tile_parent_class)->finalize (object);
}

static void
nerve_picture_tile_class_init (NervePictureTileClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nerve_picture_tile_dispose;
  G_OBJECT_CLASS (klass)->finalize = nerve_picture_tile_finalize;
  widget_class->measure = nerve_picture_tile_measure;
  widget_class->snapshot = nerve_picture_tile_snapshot;

  gtk_widget_class_set_css_name (widget_class, "tile");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
nerve_picture_tile_init (NervePictureTile *self)
{
  nerve_view_style_init (&self->style);
  nerve_view_style_watch (GTK_WIDGET (self), on_style_changed);
}

GtkWidget *
nerve_picture_tile_new (void)
{
  return g_object_new (NERVE_TYPE_PICTURE_TILE, NULL);
}

/* "412 · Pullover, taken for Coat" */
static char *
describe (NervePictureTile *self)
{
  const int *predictions = nerve_dataset_get_predictions (self->dataset);
  const char *id = nerve_dataset_get_sample_id (self->dataset, self->image);
  int label = class_of (self);
  int prediction = predictions != NULL ? predictions[self->image] : -1;
  g_autofree char *number = id != NULL ? g_strdup (id) : g_strdup_printf ("%u", self->image);

  if (label < 0)
    return g_steal_pointer (&number);
  if (prediction < 0 || prediction == label)
    return g_strdup_printf ("%s · %s", number, nerve_dataset_get_class_name (self->dataset, label));

  /* Translators: an image's id, its class, and the other class the network took it for */
  return g_strdup_printf (_("%s · %s, taken for %s"), number, nerve_dataset_get_class_name (self->dataset, label),
                          nerve_dataset_get_class_name (self->dataset, prediction));
}

void
nerve_picture_tile_bind (NervePictureTile *self, const NerveFigureModel *model, NervePictureLoader *loader, guint image)
{
  g_autofree char *text = NULL;

  g_return_if_fail (NERVE_IS_PICTURE_TILE (self));

  nerve_picture_tile_unbind (self);
  self->dataset = nerve_dataset_ref (model->dataset);
  self->palette = nerve_palette_ref (model->palette);
  self->loader = g_object_ref (loader);
  self->image = image;
  self->handler = g_signal_connect_swapped (loader, "loaded", G_CALLBACK (on_loaded), self);

  text = describe (self);
  nerve_tooltip_set (GTK_WIDGET (self), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
nerve_picture_tile_unbind (NervePictureTile *self)
{
  g_return_if_fail (NERVE_IS_PICTURE_TILE (self));

  if (self->loader != NULL)
    g_clear_signal_handler (&self->handler, self->loader);
  g_clear_object (&self->loader);
  g_clear_pointer (&self->palette, nerve_palette_unref);
  g_clear_pointer (&self->dataset, nerve_dataset_unref);
}
