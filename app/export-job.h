/* One figure on its way out of the window: everything that it is made from, held, so that it can be made in a thread of
 * its own while the document goes on. */
#pragma once

#include "app/export-choices.h"
#include "app/study-origin.h"
#include "figures/export.h"

G_BEGIN_DECLS

typedef struct _NerveExportJob NerveExportJob;

typedef struct
{
  const char *width;  /* "3.25in" or the name of a page size */
  const char *height; /* or "": what suits the figure */
  const char *font;   /* "Lato 8" or "" */
  guint       without; /* NervePageParts */
} NerveExportPage;

/* NERVE_ERROR_PARAMETER: a size is none, or the font. */
NerveExportJob  *nerve_export_job_new   (NerveDocument *document, const NerveExportChoice *choice,
                                         const NerveExportPage *page, GError **error);
/* Of several networks: @model with their study. */
NerveExportJob  *nerve_export_job_new_of_study (const NerveFigureModel *model, NerveStudyOrigin *origin,
                                                const NerveFigureKind *kind, const NerveExportPage *page,
                                                GError **error);
/* Of its page, in points. */
double           nerve_export_job_get_width (NerveExportJob *self);
void             nerve_export_job_free  (NerveExportJob *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveExportJob, nerve_export_job_free)

/* A NervePlaceFunc; @self is a NerveExportJob. Any thread. */
gboolean         nerve_export_job_write (const char *path, gpointer self, GError **error);
/* As pixels, @dpi to an inch. Any thread. */
cairo_surface_t *nerve_export_job_paint (NerveExportJob *self, double dpi, GError **error);
/* The line for a shell that writes the same bytes to @output; (transfer full); see nerve_origin_command(). */
char            *nerve_export_job_command (NerveExportJob *self, const char *output, GError **error);
/* What to write below it in a paper: what it shows, and how it was made; (transfer full). */
char            *nerve_export_job_caption (NerveExportJob *self);

G_END_DECLS
