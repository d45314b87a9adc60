/* The preferences: rows bound to the settings. */
#pragma once

#include <adwaita.h>

#include "app/disk-cache.h"

G_BEGIN_DECLS

#define NERVE_TYPE_PREFERENCES (nerve_preferences_get_type ())
G_DECLARE_FINAL_TYPE (NervePreferences, nerve_preferences, NERVE, PREFERENCES, AdwPreferencesWindow)

/* @settings: NULL: there are none, and nothing can be set. @disk: what can be cleared. */
NervePreferences *nerve_preferences_new (GSettings *settings, NerveDiskCache *disk, GtkWindow *parent);

G_END_DECLS
