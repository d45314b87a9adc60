/* The style of the screen as it is now: theme, contrast, the person's font. */
#pragma once

#include <gtk/gtk.h>

#include "figures/style.h"

G_BEGIN_DECLS

/* Widgets in the figures' type, where only GTK's stand-in is set: it may be wider than what things are made for. */
void     nerve_view_style_adopt_font (void);
/* What figures are written in; NULL: the desktop's font. */
void     nerve_view_style_set_font (const char *family);
/* Type of widgets and figures this many times as large: for a room to read. */
void     nerve_view_style_set_type_scale (double scale);
/* nerve_style_clear() frees it. Ask again after AdwStyleManager's "dark" or "high-contrast" changed. */
void    nerve_view_style_init  (NerveStyle *style);
GdkRGBA nerve_view_color       (NerveColor color, double alpha);
void    nerve_view_set_source  (cairo_t *cr, NerveColor color, double alpha);
/* @callback (user_data) whenever the style changes, as long as @widget lives. */
void    nerve_view_style_watch (GtkWidget *widget, void (*callback) (GtkWidget *widget));

G_END_DECLS
