/* Pages of a PDF, and what all formats share: bytes in memory that become a file whole or not at all. */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

#define NERVE_PROGRAM "Nerve " NERVE_VERSION

/* A surface whose file will be in @bytes; (transfer full). */
cairo_surface_t *nerve_pdf_new        (GByteArray *bytes, double width, double height, const char *title,
                                       const char *subject);
/* cairo_write_func_t onto a GByteArray. */
cairo_status_t   nerve_surface_append (void *bytes, const unsigned char *data, unsigned int length);
/* Finishes and drops @surface; NERVE_ERROR_WRITE, MEMORY: what went wrong while it was drawn. */
gboolean         nerve_surface_end    (cairo_surface_t *surface, GError **error);
/* NERVE_ERROR_WRITE */
gboolean         nerve_surface_write  (const char *path, const GByteArray *bytes, GError **error);
/* Without control characters, as every format takes its title and subject; (transfer full). */
char            *nerve_surface_one_line (const char *text);

G_END_DECLS
