/* A figure for the hand that drags it out of the window: as a file, as SVG, as PDF, made when it is asked for. */
#pragma once

#include <gtk/gtk.h>

#include "app/export-job.h"

G_BEGIN_DECLS

#define NERVE_TYPE_FIGURE_CONTENT (nerve_figure_content_get_type ())
G_DECLARE_FINAL_TYPE (NerveFigureContent, nerve_figure_content, NERVE, FIGURE_CONTENT, GdkContentProvider)

/* Takes @job. @name: of the file, without suffix. */
GdkContentProvider *nerve_figure_content_new (NerveExportJob *job, const char *name);

G_END_DECLS
