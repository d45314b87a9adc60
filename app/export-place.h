/* Where a figure goes: asked of a person. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @place has the suffix of a format. */
typedef void (*NerveExportPlaceFunc) (GtkWindow *dialog, GFile *place);

/* First in the folder where the last one of @dialog's window went, else in that of @near, a path, else anywhere (NULL).
 * @name: proposed; what is typed without a format's suffix gets its. @done: unless nothing was chosen. */
void nerve_export_place_ask (GtkWindow *dialog, const char *near, const char *name, NerveExportPlaceFunc done);

G_END_DECLS
