/* What went wrong, what to do, and the button that does it: inside the pane concerned. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define NERVE_TYPE_PANE_BANNER (nerve_pane_banner_get_type ())
G_DECLARE_FINAL_TYPE (NervePaneBanner, nerve_pane_banner, NERVE, PANE_BANNER, GtkWidget)

GtkWidget *nerve_pane_banner_new (void);
/* @button: may be NULL; it activates @action with @target (consumed if floating). */
void       nerve_pane_banner_set (NervePaneBanner *self, const char *title, const char *advice, const char *button,
                                  const char *action, GVariant *target);

G_END_DECLS
