/* How a figure looks: surfaces, type, scale. DESIGN.md "Surfaces", "Type". */
#pragma once

#include "figures/palette.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean    dark;
  gboolean    print;     /* on paper: no card surfaces, letters for panels */
  char       *font;      /* family; owned */
  guint       without;   /* NervePageParts that a page leaves out */
  double      scale;     /* of everything measured in pixels: 1 on screen */
  double      body;      /* type sizes in units of the page (px on screen, pt in print) */
  double      title;
  double      caption;
  double      tick;
  double      label;     /* codes beside nodes and in the legend's discs */
  NerveColor  window, card, header, sidebar, text, dim, hairline, edge, accent, accent_text;
} NerveStyle;

/* No type on paper is smaller, in points, unless the font asked for is. */
#define NERVE_STYLE_LEAST 6.

/* Whether type of @size can be read: on paper; a screen can be come nearer to. */
gboolean nerve_style_is_legible (const NerveStyle *self, double size);
/* Screen sizes in logical pixels. */
void nerve_style_init_screen (NerveStyle *self, gboolean dark, gboolean high_contrast);
/* A page of @width points; @font is "Name 8" or NULL for the default (Lato, then Cantarell, …). */
void nerve_style_init_print  (NerveStyle *self, double width, const char *font);
/* NERVE_ERROR_PARAMETER unless @font is "Name 8" of a size that can be; @missing: may be NULL; (transfer full)
 * (nullable): the name, if there is no such font here. */
gboolean nerve_style_check_font (const char *font, char **missing, GError **error);
/* Into @self, which holds nothing. */
void nerve_style_copy        (NerveStyle *self, const NerveStyle *from);
void nerve_style_clear       (NerveStyle *self);
/* A page of the same type in the dark theme's colours. */
void nerve_style_set_dark    (NerveStyle *self, gboolean dark);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NerveStyle, nerve_style_clear)

G_END_DECLS
