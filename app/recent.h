/* The menu of the Open button: what is open, what was open lately, the sample. */
#pragma once

#include <gtk/gtk.h>

#include "app/session.h"

G_BEGIN_DECLS

#define NERVE_TYPE_RECENT (nerve_recent_get_type ())
G_DECLARE_FINAL_TYPE (NerveRecent, nerve_recent, NERVE, RECENT, GObject)

NerveRecent *nerve_recent_new      (NerveSession *session);
/* Its items activate "win.show-file" (u: of the session's documents), "win.open-uri" (s) and "win.open-sample". */
GMenuModel  *nerve_recent_get_menu (NerveRecent *self);
void         nerve_recent_add      (NerveRecent *self, GFile *file);

G_END_DECLS
