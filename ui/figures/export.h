/* A figure on a page: PDF, SVG, PNG or PGF for LaTeX, whole or not at all, the same bytes for the same input. */
#pragma once

#include "figures/figure.h"

G_BEGIN_DECLS

typedef struct
{
  double      width;    /* points; PNG: at dpi */
  double      height;   /* 0: by the kind's aspect */
  double      dpi;      /* PNG only */
  const char *font;     /* "Lato 8" or NULL */
  gboolean    dark;     /* with a margin */
  guint       without;  /* NervePageParts */
  gboolean    margin;   /* on a light page too: one to be looked at, not to be set into another */
  const char *metadata; /* the parameters that made it, one line, or NULL */
} NerveExportOptions;

void     nerve_export_options_init (NerveExportOptions *self); /* 7 in wide, 300 dpi */
/* "3.25in", "82 mm", "234pt", or the name of a page size, "ieee-1" → points; NERVE_ERROR_PARAMETER. */
gboolean nerve_export_parse_length (const char *text, double *points, GError **error);
/* NERVE_ERROR_PARAMETER unless a page can be of that size. */
gboolean nerve_export_check_options (const NerveExportOptions *options, GError **error);
/* NERVE_ERROR_PARAMETER unless the suffix of @path names a format. */
gboolean nerve_export_check_path (const char *path, GError **error);
/* The suffix of @path chooses the format (.pdf .svg .png .tex). @layers: for PER_LAYER kinds, side by side. */
gboolean nerve_export_figure (const NerveFigureKind *kind, const NerveFigureModel *model, const guint *layers,
                              guint n_layers, const NerveExportOptions *options, const char *path, GError **error);
/* The same page as pixels, at the options' dpi: RGB24; (transfer full). */
cairo_surface_t *nerve_export_paint (const NerveFigureKind *kind, const NerveFigureModel *model, const guint *layers,
                                     guint n_layers, const NerveExportOptions *options, GError **error);

G_END_DECLS
