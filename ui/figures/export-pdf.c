#include "config.h"

#include "figures/export-pdf.h"

#include <glib/gi18n.h>
#include <string.h>

#include <cairo-pdf.h>

#include "base/error.h"
#include "base/output.h"

char *
nerve_surface_one_line (const char *text)
{
  char *line = g_utf8_make_valid (text, -1);

  for (char *p = line; *p != '\0'; p++)
    if ((guchar) *p < ' ' || *p == 0x7f)
      *p = ' ';

  return line;
}

cairo_status_t
nerve_surface_append (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);

  return CAIRO_STATUS_SUCCESS;
}

gboolean
nerve_surface_end (cairo_surface_t *surface, GError **error)
{
  cairo_status_t status;

  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;

  g_set_error (error, NERVE_ERROR, status == CAIRO_STATUS_NO_MEMORY ? NERVE_ERROR_MEMORY : NERVE_ERROR_WRITE,
               _("drawing failed: %s"), cairo_status_to_string (status));

  return FALSE;
}

cairo_surface_t *
nerve_pdf_new (GByteArray *bytes, double width, double height, const char *title, const char *subject)
{
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (nerve_surface_append, bytes, width, height);

  cairo_pdf_surface_restrict_to_version (surface, CAIRO_PDF_VERSION_1_5);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT, subject);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, NERVE_PROGRAM);
  /* The same figure shall be the same bytes tomorrow. */
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, "1970-01-01T00:00:00Z");

  return surface;
}

gboolean
nerve_surface_write (const char *path, const GByteArray *bytes, GError **error)
{
  NerveOutput *output = nerve_output_open (path, error);

  if (output == NULL)
    return FALSE;
  nerve_output_write (output, bytes->data, bytes->len);

  return nerve_output_commit (output, error);
}
