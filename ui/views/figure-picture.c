#include "config.h"

#include "views/figure-picture.h"

#include "views/model-snapshot.h"

NerveFigurePicture *
nerve_figure_picture_new (const NerveFigureKind *kind, const NerveFigureModel *model, guint layer,
                          const NerveStyle *style, int width, int height, int scale, const NerveFigureFrame *frame,
                          gboolean with_hover)
{
  NerveFigurePicture *self = g_new0 (NerveFigurePicture, 1);

  g_atomic_ref_count_init (&self->ref);
  self->kind = kind;
  self->model = nerve_model_snapshot_new (model);
  self->layer = layer;
  nerve_style_copy (&self->style, style);
  self->width = width;
  self->height = height;
  self->scale = scale;
  self->frame = *frame;
  if (!with_hover)
    self->model->hover_layer = self->model->hover_node = -1;
  self->model->hover_bar = NERVE_BAR_MARK_NONE;
  self->model->hover_curve = NERVE_CURVE_MARK_NONE;

  return self;
}

NerveFigurePicture *
nerve_figure_picture_ref (NerveFigurePicture *self)
{
  g_atomic_ref_count_inc (&self->ref);

  return self;
}

void
nerve_figure_picture_unref (NerveFigurePicture *self)
{
  if (!g_atomic_ref_count_dec (&self->ref))
    return;

  nerve_model_snapshot_free (self->model);
  nerve_style_clear (&self->style);
  g_clear_pointer (&self->surface, cairo_surface_destroy);
  g_free (self->description);
  g_free (self);
}

/* Pango keeps a font map for each thread, and all that is drawn on is made here: nothing is shared but the
 * snapshot, which only reads. */
void
nerve_figure_picture_draw (NerveFigurePicture *self)
{
  gint64 start = g_get_monotonic_time ();
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, self->width * self->scale,
                                                         self->height * self->scale);
  cairo_t *cr;

  cairo_surface_set_device_scale (surface, self->scale, self->scale);
  cr = cairo_create (surface);
  cairo_translate (cr, self->frame.x, self->frame.y);
  cairo_scale (cr, self->frame.zoom, self->frame.zoom);
  self->kind->draw (self->model, self->layer, &self->style, cr, self->width, self->height);
  cairo_destroy (cr);
  cairo_surface_flush (surface);

  self->surface = surface;
  if (self->kind->describe != NULL)
    self->description = self->kind->describe (self->model, self->layer);
  self->cost = g_get_monotonic_time () - start;
}

GdkTexture *
nerve_figure_picture_make_texture (NerveFigurePicture *self)
{
  gsize stride = cairo_image_surface_get_stride (self->surface);
  int height = self->height * self->scale;
  g_autoptr (GBytes) pixels = g_bytes_new_with_free_func (cairo_image_surface_get_data (self->surface),
                                                          stride * height, (GDestroyNotify) cairo_surface_destroy,
                                                          cairo_surface_reference (self->surface));

  return gdk_memory_texture_new (self->width * self->scale, height, GDK_MEMORY_DEFAULT, pixels, stride);
}

gboolean
nerve_figure_picture_shows (NerveFigurePicture *self, const NerveFigureModel *model, guint layer)
{
  return self->layer == layer && nerve_model_same_picture (self->model, model, self->kind, layer);
}

gboolean
nerve_figure_picture_places (NerveFigurePicture *self, const NerveFigureModel *model, guint layer)
{
  return self->layer == layer && nerve_model_same_places (self->model, model, self->kind, layer);
}

int
nerve_figure_picture_get_hover (NerveFigurePicture *self)
{
  return self->model->hover_layer == (int) self->layer ? self->model->hover_node : -1;
}
