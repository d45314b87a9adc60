/* What the window remembers. Without the schema (run from an odd place) everything has its default: never an abort. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* NULL: no schema. The functions below take that. */
GSettings *nerve_settings_new         (void);
int        nerve_settings_get_int     (GSettings *self, const char *key, int otherwise);
gboolean   nerve_settings_get_boolean (GSettings *self, const char *key, gboolean otherwise);
/* (transfer full) (nullable) */
GVariant  *nerve_settings_get_value   (GSettings *self, const char *key);
void       nerve_settings_set_int     (GSettings *self, const char *key, int value);
void       nerve_settings_set_boolean (GSettings *self, const char *key, gboolean value);
/* Takes @value if it floats. */
void       nerve_settings_set_value   (GSettings *self, const char *key, GVariant *value);

G_END_DECLS
