/* A small histogram: bars of equal width, ink on the card. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define NERVE_TYPE_BIN_BARS (nerve_bin_bars_get_type ())
G_DECLARE_FINAL_TYPE (NerveBinBars, nerve_bin_bars, NERVE, BIN_BARS, GtkWidget)

GtkWidget *nerve_bin_bars_new (void);
/* @counts: n bins; copied. @text: the same in words. */
void       nerve_bin_bars_set (NerveBinBars *self, const guint32 *counts, guint n, const char *text);

G_END_DECLS
