#include "config.h"

#include "app/preferences.h"

struct _NervePreferences
{
  AdwPreferencesWindow parent_instance;
  GtkWidget           *restore;
  GtkWidget           *threads;
  GtkWidget           *cache;
};

G_DEFINE_FINAL_TYPE (NervePreferences, nerve_preferences, ADW_TYPE_PREFERENCES_WINDOW)

static void
nerve_preferences_class_init (NervePreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/nerve/Nerve/preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, NervePreferences, restore);
  gtk_widget_class_bind_template_child (widget_class, NervePreferences, threads);
  gtk_widget_class_bind_template_child (widget_class, NervePreferences, cache);
}

static void
nerve_preferences_init (NervePreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
bind (GSettings *settings, const char *key, GtkWidget *widget, const char *property)
{
  g_autoptr (GSettingsSchema) schema = NULL;

  if (settings != NULL)
    g_object_get (settings, "settings-schema", &schema, NULL);
  if (schema != NULL && g_settings_schema_has_key (schema, key))
    g_settings_bind (settings, key, widget, property, G_SETTINGS_BIND_DEFAULT);
  else
    gtk_widget_set_sensitive (widget, FALSE);
}

NervePreferences *
nerve_preferences_new (GSettings *settings, GtkWindow *parent)
{
  NervePreferences *self = g_object_new (NERVE_TYPE_PREFERENCES, "transient-for", parent, NULL);

  bind (settings, "restore-session", self->restore, "active");
  bind (settings, "threads", self->threads, "value");
  bind (settings, "cache-mib", self->cache, "value");

  return self;
}
