/* Which named parameters a layer has, and a menu of all there are. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Made anew each time it opens; (transfer full) */
typedef GMenuModel *(*NervePresetMenuFunc) (void);

/* Asked for by its menu, "flap.save-preset" opens an entry for a name, which activates "document.save-preset" (s). */
#define NERVE_TYPE_PRESET_ROW (nerve_preset_row_get_type ())
G_DECLARE_FINAL_TYPE (NervePresetRow, nerve_preset_row, NERVE, PRESET_ROW, GtkWidget)

GtkWidget *nerve_preset_row_new      (void);
void       nerve_preset_row_set_menu (NervePresetRow *self, NervePresetMenuFunc menu);
/* @name: NULL, of no preset */
void       nerve_preset_row_set_name (NervePresetRow *self, const char *name);
void       nerve_preset_row_ask_name (NervePresetRow *self);

G_END_DECLS
