/* The figures that can leave a window. */
#pragma once

#include <gtk/gtk.h>

#include "app/document.h"
#include "figures/figure.h"

G_BEGIN_DECLS

typedef struct
{
  const NerveFigureKind *figure;
  guint                  layer; /* of a figure of layers: one, or NERVE_EXPORT_COLUMNS */
} NerveExportChoice;

/* The layers that are columns of the board, side by side. */
#define NERVE_EXPORT_COLUMNS G_MAXUINT

/* (transfer full) (element-type NerveExportChoice): those of a document, whose names are appended to @names */
GArray *nerve_export_choices_of_document (NerveDocument *document, GtkStringList *names);
/* Likewise, of several networks. */
GArray *nerve_export_choices_of_study    (GtkStringList *names);

G_END_DECLS
