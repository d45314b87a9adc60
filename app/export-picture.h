/* A figure on its way out, painted beside the main thread: for previews and the clipboard. */
#pragma once

#include <gtk/gtk.h>

#include "app/export-job.h"

G_BEGIN_DECLS

/* @texture is NULL if it could not be painted, and @error says why; both are borrowed. */
typedef void (*NerveExportPictureFunc) (gpointer owner, GdkTexture *texture, const GError *error);

/* Takes @job. @done is called with @owner, a GObject, if that is still there then. */
void   nerve_export_picture_async (NerveExportJob *job, double dpi, gpointer owner, NerveExportPictureFunc done);
/* Pixels to an inch of the screen that @widget is on, so that a picture there is as large as the page. */
double nerve_export_screen_dpi    (GtkWidget *widget);

G_END_DECLS
