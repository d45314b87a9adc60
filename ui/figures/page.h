/* A figure as it leaves the program: panels with letters and titles, a legend, a caption. */
#pragma once

#include "figures/figure.h"

G_BEGIN_DECLS

/* What stands around a figure's panels, and can be left out. */
typedef enum
{
  NERVE_PAGE_TITLES  = 1 << 0, /* a line over each panel */
  NERVE_PAGE_LEGEND  = 1 << 1, /* of classes */
  NERVE_PAGE_CAPTION = 1 << 2, /* parameters, below */
} NervePageParts;

#define NERVE_N_PAGE_PARTS 3

/* "titles", "legend", "caption": of the i-th bit. */
const char *nerve_page_part_name   (guint i);
/* "legend,caption" → parts; NERVE_ERROR_PARAMETER. */
gboolean    nerve_page_parse_parts (const char *text, guint *parts, GError **error);
/* The same back; (transfer full) (nullable): of none. */
char       *nerve_page_parts_text  (guint parts);
/* Whether what is said there need not be said in the panel. */
gboolean    nerve_page_has         (const NerveStyle *style, NervePageParts part);
/* Which of them a page of @n_layers panels has. */
guint       nerve_page_parts       (const NerveFigureKind *kind, guint n_layers);

/* @layers: the panels of a PER_LAYER kind or of the board, side by side; ignored by the other kinds. */
void   nerve_page_draw   (const NerveFigureKind *kind, const NerveFigureModel *model, const guint *layers,
                          guint n_layers, const NerveStyle *style, cairo_t *cr, double width, double height);
/* Less than this leaves no room for what stands around the panels, and a few lines of each. */
double nerve_page_least_height (const NerveFigureKind *kind, const NerveFigureModel *model, const guint *layers,
                                guint n_layers, const NerveStyle *style, double width);
/* The height that suits a page of @width. */
double nerve_page_height (const NerveFigureKind *kind, const NerveFigureModel *model, const guint *layers,
                          guint n_layers, const NerveStyle *style, double width);

G_END_DECLS
