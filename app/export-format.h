/* The formats a figure leaves a window in. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *suffix; /* without the point */
  const char *title;  /* N_() */
} NerveExportFormat;

const NerveExportFormat *nerve_export_formats     (guint *n);
/* Which one a file's name asks for, as on the command line; -1: none. */
int                      nerve_export_format_find (const char *name);

G_END_DECLS
