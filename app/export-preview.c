#include "config.h"

#include "app/export-preview.h"

#include <math.h>

#include <glib/gi18n.h>

#include "app/export-picture.h"
#include "figures/text.h"

#define MARGINS 38. /* at both sides of the picture, with its shadow */
#define LEAST_ROOM 80.
#define NOTICED .01 /* a smaller change of size is none */

struct _NerveExportPreview
{
  AdwBin             parent_instance;
  GtkScrolledWindow *scrolled;
  GtkPicture        *picture;
  GtkLabel          *state;
  GtkToggleButton   *true_size;
  double             width;   /* of the page, in points; 0: there is none yet */
  double             zoom;    /* of what is shown or being drawn */
  char              *warning;
  NerveExportJob    *next;    /* to be drawn after the one that is being drawn */
  gboolean           drawing;
  gboolean           dropped; /* what is being drawn is wanted no more */
  gboolean           closed;
};

enum { SIGNAL_DRAWN, SIGNAL_RESIZED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NerveExportPreview, nerve_export_preview, ADW_TYPE_BIN)

/* In parts of true size. */
static double
find_fit (NerveExportPreview *self)
{
  double room = gtk_adjustment_get_page_size (gtk_scrolled_window_get_hadjustment (self->scrolled)) - MARGINS;
  double true_width = self->width / 72 * nerve_export_screen_dpi (GTK_WIDGET (self));

  return room > LEAST_ROOM && room < true_width ? room / true_width : 1;
}

static double
find_zoom (NerveExportPreview *self)
{
  return gtk_toggle_button_get_active (self->true_size) ? 1 : find_fit (self);
}

static char *
describe (NerveExportPreview *self, GdkTexture *texture)
{
  double millimetres = 25.4 / nerve_export_screen_dpi (GTK_WIDGET (self)) / self->zoom;
  double width = millimetres * gdk_texture_get_width (texture);
  double height = millimetres * gdk_texture_get_height (texture);
  g_autofree char *zoom = nerve_text_percent (self->zoom);

  if (self->zoom == 1)
    return g_strdup_printf (_("%.1f × %.1f mm, at true size"), width, height);

  /* Translators: width and height of the page, a percentage */
  return g_strdup_printf (_("%.1f × %.1f mm, shown at %s of that"), width, height, zoom);
}

static void paint (NerveExportPreview *self, NerveExportJob *job);

static void
on_painted (gpointer owner, GdkTexture *texture, const GError *error)
{
  NerveExportPreview *self = owner;
  g_autofree char *size = NULL;
  g_autofree char *text = NULL;

  self->drawing = FALSE;
  if (self->next != NULL && !self->closed)
    paint (self, g_steal_pointer (&self->next));
  if (self->drawing || self->closed || self->dropped)
    return;
  if (texture == NULL)
    {
      nerve_export_preview_say (self, error->message);
      g_signal_emit (self, signals[SIGNAL_DRAWN], 0, FALSE);
      return;
    }

  gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
  gtk_widget_set_visible (GTK_WIDGET (self->true_size), find_fit (self) < 1);
  size = describe (self, texture);
  text = self->warning != NULL ? g_strdup_printf ("%s\n%s", size, self->warning) : g_strdup (size);
  nerve_export_preview_say (self, text);
  g_signal_emit (self, signals[SIGNAL_DRAWN], 0, TRUE);
}

static void
paint (NerveExportPreview *self, NerveExportJob *job)
{
  self->drawing = TRUE;
  self->dropped = FALSE;
  self->width = nerve_export_job_get_width (job);
  self->zoom = find_zoom (self);
  nerve_export_picture_async (job, self->zoom * nerve_export_screen_dpi (GTK_WIDGET (self)), self, on_painted);
}

void
nerve_export_preview_draw (NerveExportPreview *self, NerveExportJob *job, const char *warning)
{
  g_return_if_fail (NERVE_IS_EXPORT_PREVIEW (self));

  g_free (self->warning);
  self->warning = g_strdup (warning);
  g_clear_pointer (&self->next, nerve_export_job_free);
  if (self->drawing)
    self->next = job;
  else
    paint (self, job);
}

void
nerve_export_preview_fail (NerveExportPreview *self, const char *text)
{
  g_return_if_fail (NERVE_IS_EXPORT_PREVIEW (self));

  self->dropped = TRUE;
  g_clear_pointer (&self->next, nerve_export_job_free);
  nerve_export_preview_say (self, text);
}

void
nerve_export_preview_say (NerveExportPreview *self, const char *text)
{
  g_return_if_fail (NERVE_IS_EXPORT_PREVIEW (self));

  gtk_label_set_text (self->state, text);
}

static void
on_resized (NerveExportPreview *self)
{
  if (self->width > 0 && !self->closed && fabs (find_zoom (self) - self->zoom) > NOTICED)
    g_signal_emit (self, signals[SIGNAL_RESIZED], 0);
}

static void
nerve_export_preview_dispose (GObject *object)
{
  NerveExportPreview *self = NERVE_EXPORT_PREVIEW (object);

  self->closed = TRUE;
  g_clear_pointer (&self->next, nerve_export_job_free);
  g_clear_pointer (&self->warning, g_free);

  G_OBJECT_CLASS (nerve_export_preview_parent_class)->dispose (object);
}

static void
nerve_export_preview_class_init (NerveExportPreviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nerve_export_preview_dispose;

  signals[SIGNAL_DRAWN] = g_signal_new ("drawn", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[SIGNAL_RESIZED] = g_signal_new ("resized", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/nerve/Nerve/export-preview.ui");
  gtk_widget_class_bind_template_child (widget_class, NerveExportPreview, scrolled);
  gtk_widget_class_bind_template_child (widget_class, NerveExportPreview, picture);
  gtk_widget_class_bind_template_child (widget_class, NerveExportPreview, state);
  gtk_widget_class_bind_template_child (widget_class, NerveExportPreview, true_size);
  gtk_widget_class_bind_template_callback (widget_class, on_resized);
}

static void
nerve_export_preview_init (NerveExportPreview *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (gtk_scrolled_window_get_hadjustment (self->scrolled), "notify::page-size",
                           G_CALLBACK (on_resized), self, G_CONNECT_SWAPPED);
}
