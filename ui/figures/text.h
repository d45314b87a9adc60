/* Lines of text on a figure. Sizes are in units of the page, metrics unhinted, so that a picture is the same at
 * any resolution; what has no room is shortened with an ellipsis or left out by the caller, never overprinted. */
#pragma once

#include <cairo.h>

#include "figures/style.h"

G_BEGIN_DECLS

typedef enum
{
  NERVE_TEXT_LEFT   = 0,
  NERVE_TEXT_CENTER = 1 << 0,
  NERVE_TEXT_RIGHT  = 1 << 1, /* x is where the line ends */
  NERVE_TEXT_MIDDLE = 1 << 2, /* y is the middle of the capitals; else the baseline */
  NERVE_TEXT_BOLD   = 1 << 3,
  NERVE_TEXT_ITALIC = 1 << 4,
} NerveTextFlags;

/* A line as it would have been drawn, in units of the surface. */
typedef struct
{
  const char *text;
  double      size;
  guint       flags; /* where x is in it; bold, italic */
  NerveColor  color;
  double      x, y;  /* of the baseline */
  double      angle; /* clockwise, radians */
  double      width; /* in the style's font */
} NerveTextLine;

typedef void (*NerveTextFunc) (const NerveTextLine *line, gpointer user_data);

/* Lines that would be drawn onto @surface go to @take instead, for formats whose readers set text themselves. */
void   nerve_text_divert (cairo_surface_t *surface, NerveTextFunc take, gpointer user_data);
/* Draws one line; returns its width. */
double nerve_text_draw   (cairo_t *cr, const NerveStyle *style, const char *text, double size, guint flags,
                          NerveColor color, double x, double y);
/* The same in at most @width, with an ellipsis at the end. */
double nerve_text_draw_within (cairo_t *cr, const NerveStyle *style, const char *text, double size, guint flags,
                               NerveColor color, double x, double y, double width);
/* Upwards, in at most @width, ending at @x, @y. */
void   nerve_text_draw_upwards (cairo_t *cr, const NerveStyle *style, const char *text, double size, guint flags,
                                NerveColor color, double x, double y, double width);
/* The longer of two texts where @width holds it, else the shorter. */
const char *nerve_text_fitting (cairo_t *cr, const NerveStyle *style, const char *longer, const char *shorter,
                                double size, guint flags, double width);
/* @cr may be NULL: unhinted metrics are the same everywhere. */
double nerve_text_width  (cairo_t *cr, const NerveStyle *style, const char *text, double size, guint flags);
/* Whether some font here has all characters of @text; else boxes stand for them. */
gboolean nerve_text_has_glyphs (const NerveStyle *style, const char *text);
/* Wraps into lines of @width, @leading apart, the first baseline at @y; returns how many lines. Only counts them
 * without @draw. Of the flags, bold and italic. */
guint  nerve_text_paragraph (cairo_t *cr, const NerveStyle *style, const char *text, double size, guint flags,
                             NerveColor color, double x, double y, double width, double leading, gboolean draw);
/* Where a line's baseline is so that its capitals stand around @y. */
double nerve_text_baseline (double y, double size);

/* Numbers, as the user writes them where a window is: by nerve_text_use_locale(), which no other program calls. Between
 * begin_plain and end_plain, on this thread, with a point and with commas: so they stand in files. */
void   nerve_text_use_locale  (void);
void   nerve_text_begin_plain (void);
void   nerve_text_end_plain   (void);

/* "2.1", "0.10", "147", "1.2e6": @digits significant ones, whole numbers whole, U+2212 minus; (transfer full). */
char  *nerve_text_number (double value, guint digits);
/* The same without zeros at the end: parameters, ticks; (transfer full). */
char  *nerve_text_short  (double value, guint digits);
/* @digits after the point; (transfer full). */
char  *nerve_text_fixed  (double value, guint digits);
/* "12,345", as the badges of clouds write it; (transfer full). */
char  *nerve_text_count  (gsize n);
/* "0.83" → "83 %" with a thin space; (transfer full). */
char  *nerve_text_percent (double share);

G_END_DECLS
