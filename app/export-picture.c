#include "config.h"

#include "app/export-picture.h"

/* Where a screen does not say. */
#define USUAL_DPI 96.

typedef struct
{
  NerveExportJob        *job;
  double                 dpi;
  NerveExportPictureFunc done;
  GWeakRef               owner; /* a picture nobody waits for holds no window */
} Painting;

static void
painting_free (gpointer data)
{
  Painting *self = data;

  nerve_export_job_free (self->job);
  g_weak_ref_clear (&self->owner);
  g_free (self);
}

/* RGB24 leaves the fourth byte open. */
static void
make_opaque (cairo_surface_t *surface)
{
  guint8 *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  int width = cairo_image_surface_get_width (surface);

  for (int y = 0; y < cairo_image_surface_get_height (surface); y++)
    {
      guint32 *row = (guint32 *) (gpointer) (data + (gsize) y * stride);

      for (int x = 0; x < width; x++)
        row[x] |= 0xff000000;
    }
}

/* Takes @surface. */
static GdkTexture *
make_texture (cairo_surface_t *surface)
{
  int height = cairo_image_surface_get_height (surface);
  int stride = cairo_image_surface_get_stride (surface);
  g_autoptr (GBytes) bytes = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface),
                                                         (gsize) stride * height,
                                                         (GDestroyNotify) cairo_surface_destroy, surface);

  return gdk_memory_texture_new (cairo_image_surface_get_width (surface), height, GDK_MEMORY_DEFAULT, bytes, stride);
}

static void
paint_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Painting *self = data;
  GError *error = NULL;
  cairo_surface_t *surface = nerve_export_job_paint (self->job, self->dpi, &error);

  if (surface == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  make_opaque (surface);
  g_task_return_pointer (task, make_texture (surface), g_object_unref);
}

static void
on_painted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Painting *self = g_task_get_task_data (G_TASK (result));
  g_autoptr (GObject) owner = g_weak_ref_get (&self->owner);
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = g_task_propagate_pointer (G_TASK (result), &error);

  if (owner != NULL)
    self->done (owner, texture, error);
}

void
nerve_export_picture_async (NerveExportJob *job, double dpi, gpointer owner, NerveExportPictureFunc done)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, on_painted, NULL);
  Painting *self = g_new0 (Painting, 1);

  self->job = job;
  self->dpi = dpi;
  self->done = done;
  g_weak_ref_init (&self->owner, owner);
  g_task_set_task_data (task, self, painting_free);
  g_task_run_in_thread (task, paint_thread);
}

double
nerve_export_screen_dpi (GtkWidget *widget)
{
  GtkNative *native = gtk_widget_get_native (widget);
  GdkSurface *surface = native != NULL ? gtk_native_get_surface (native) : NULL;
  GdkMonitor *monitor = surface != NULL
                          ? gdk_display_get_monitor_at_surface (gtk_widget_get_display (widget), surface) : NULL;
  GdkRectangle geometry;
  double dpi;

  if (monitor == NULL || gdk_monitor_get_width_mm (monitor) <= 0)
    return USUAL_DPI;
  gdk_monitor_get_geometry (monitor, &geometry);
  dpi = geometry.width * 25.4 / gdk_monitor_get_width_mm (monitor);

  /* Some screens say they are a postcard, or as wide as a wall. */
  return dpi > 60 && dpi < 250 ? dpi : USUAL_DPI;
}
