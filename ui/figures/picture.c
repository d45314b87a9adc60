#include "figures/picture.h"

#include "figures/cells.h"
#include "figures/color.h"

static gboolean
find_image (NerveDataset *dataset, guint label, guint which, gsize *image)
{
  const int *labels = nerve_dataset_get_labels (dataset);

  for (gsize i = 0; labels != NULL && i < nerve_dataset_get_n (dataset); i++)
    if (labels[i] == (int) label && which-- == 0)
      {
        *image = i;
        return TRUE;
      }

  return FALSE;
}

static cairo_surface_t *
make_surface (const NerveImage *image)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, image->width, image->height);
  guint8 *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);

  for (guint y = 0; data != NULL && y < image->height; y++)
    for (guint x = 0; x < image->width; x++)
      {
        const guint8 *pixel = image->pixels + ((gsize) y * image->width + x) * image->channels;
        guint32 *out = (guint32 *) (data + (gsize) y * stride) + x;

        *out = image->channels == 3 ? (guint32) pixel[0] << 16 | (guint32) pixel[1] << 8 | pixel[2]
                                    : pixel[0] * 0x10101u;
      }
  cairo_surface_mark_dirty (surface);

  return surface;
}

gboolean
nerve_picture_draw (NerveDataset *dataset, gsize row, cairo_t *cr, double x, double y, double size)
{
  g_auto (NerveImage) image = { 0 };
  cairo_surface_t *surface;
  double scale;

  if (!nerve_dataset_read_image (dataset, row, &image, NULL) || image.width == 0 || image.height == 0)
    return FALSE;

  scale = size / MAX (image.width, image.height);
  surface = make_surface (&image);
  cairo_save (cr);
  cairo_translate (cr, x + (size - scale * image.width) / 2, y + (size - scale * image.height) / 2);
  cairo_scale (cr, scale, scale);
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_GOOD);
  cairo_paint (cr);
  cairo_restore (cr);
  cairo_surface_destroy (surface);

  return TRUE;
}

gboolean
nerve_class_picture_draw (const NerveFigureModel *model, guint label, guint which, const NerveStyle *style,
                          cairo_t *cr, double x, double y, double size)
{
  gboolean drawn;
  gsize row;

  if (!nerve_dataset_has_images (model->dataset) || !find_image (model->dataset, label, which, &row))
    return FALSE;

  cairo_save (cr);
  nerve_rounded_rectangle (cr, x, y, size, size, 3 * style->scale);
  cairo_clip (cr);
  drawn = nerve_picture_draw (model->dataset, row, cr, x, y, size);
  cairo_restore (cr);
  if (!drawn)
    return FALSE;

  nerve_rounded_rectangle (cr, x, y, size, size, 3 * style->scale);
  nerve_color_set (cr, style->hairline);
  cairo_set_line_width (cr, style->scale);
  cairo_stroke (cr);

  return TRUE;
}
