/* The preferences: rows bound to the settings. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define NERVE_TYPE_PREFERENCES (nerve_preferences_get_type ())
G_DECLARE_FINAL_TYPE (NervePreferences, nerve_preferences, NERVE, PREFERENCES, AdwPreferencesWindow)

/* @settings: NULL: there are none, and nothing can be set. */
NervePreferences *nerve_preferences_new (GSettings *settings, GtkWindow *parent);

G_END_DECLS
