/* A report of a network on pages: what it is, over its layers, and a page a layer. */
#pragma once

#include "figures/figure.h"

G_BEGIN_DECLS

typedef struct
{
  double              width;    /* of a page, points */
  double              height;
  const char         *font;     /* "Lato 9" or NULL */
  const char         *metadata; /* what made it, one line, or NULL */
  const char * const *notes;    /* what could not be computed, NULL-terminated; or NULL */
} NerveReportOptions;

/* What @model has is shown, what it lacks is left out. Writes a PDF to @path, whole or not at all, the same bytes for
 * the same model. NERVE_ERROR_PARAMETER (a page of that size), WRITE, MEMORY */
gboolean nerve_report_write (const NerveFigureModel *model, const NerveReportOptions *options, const char *path,
                             GError **error);

G_END_DECLS
