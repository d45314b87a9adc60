/* The menu of the Open button: what is open, what was open lately, the sample. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define NERVE_TYPE_RECENT (nerve_recent_get_type ())
G_DECLARE_FINAL_TYPE (NerveRecent, nerve_recent, NERVE, RECENT, GObject)

NerveRecent *nerve_recent_new      (void);
/* Its items activate "win.open-uri" (s) and "win.open-sample". */
GMenuModel  *nerve_recent_get_menu (NerveRecent *self);
void         nerve_recent_add      (NerveRecent *self, GFile *file);

G_END_DECLS
