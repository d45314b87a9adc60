#include "config.h"

#include "app/export-format.h"

#include <string.h>

#include <glib/gi18n.h>

static const NerveExportFormat formats[] = {
  { "pdf", N_("PDF") }, { "svg", N_("SVG") }, { "png", N_("PNG, 300 dpi") }, { "tex", N_("TikZ, for LaTeX") },
};

const NerveExportFormat *
nerve_export_formats (guint *n)
{
  *n = G_N_ELEMENTS (formats);

  return formats;
}

int
nerve_export_format_find (const char *name)
{
  const char *dot = strrchr (name, '.');

  for (guint i = 0; dot != NULL && i < G_N_ELEMENTS (formats); i++)
    if (g_ascii_strcasecmp (dot + 1, formats[i].suffix) == 0)
      return (int) i;

  return -1;
}
