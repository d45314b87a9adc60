#include "config.h"

#include "app/settings.h"

#include "app/paths.h"

static GSettingsSchema *
find_schema (void)
{
  GSettingsSchemaSource *installed = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchemaSource) built = NULL;
  GSettingsSchema *schema = NULL;

  /* The build tree's first: an older one may be installed. */
  if (nerve_paths_get_schemas () != NULL)
    built = g_settings_schema_source_new_from_directory (nerve_paths_get_schemas (), installed, FALSE, NULL);
  if (built != NULL)
    schema = g_settings_schema_source_lookup (built, NERVE_APPLICATION_ID, TRUE);
  if (schema == NULL && installed != NULL)
    schema = g_settings_schema_source_lookup (installed, NERVE_APPLICATION_ID, TRUE);

  return schema;
}

GSettings *
nerve_settings_new (void)
{
  static GSettingsSchema *schema;
  static gsize found;

  /* Read once: it does not change while the program runs. */
  if (g_once_init_enter (&found))
    {
      schema = find_schema ();
      g_once_init_leave (&found, 1);
    }

  return schema != NULL ? g_settings_new_full (schema, NULL, NULL) : NULL;
}

static gboolean
has_key (GSettings *self, const char *key)
{
  g_autoptr (GSettingsSchema) schema = NULL;

  if (self == NULL)
    return FALSE;

  g_object_get (self, "settings-schema", &schema, NULL);

  return g_settings_schema_has_key (schema, key);
}

int
nerve_settings_get_int (GSettings *self, const char *key, int otherwise)
{
  return has_key (self, key) ? g_settings_get_int (self, key) : otherwise;
}

gboolean
nerve_settings_get_boolean (GSettings *self, const char *key, gboolean otherwise)
{
  return has_key (self, key) ? g_settings_get_boolean (self, key) : otherwise;
}

GVariant *
nerve_settings_get_value (GSettings *self, const char *key)
{
  return has_key (self, key) ? g_settings_get_value (self, key) : NULL;
}

void
nerve_settings_set_int (GSettings *self, const char *key, int value)
{
  if (has_key (self, key))
    g_settings_set_int (self, key, value);
}

void
nerve_settings_set_boolean (GSettings *self, const char *key, gboolean value)
{
  if (has_key (self, key))
    g_settings_set_boolean (self, key, value);
}

void
nerve_settings_set_value (GSettings *self, const char *key, GVariant *value)
{
  g_autoptr (GVariant) held = g_variant_ref_sink (value);

  if (has_key (self, key))
    g_settings_set_value (self, key, held);
}
