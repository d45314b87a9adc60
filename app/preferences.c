#include "config.h"

#include "app/preferences.h"

#include <glib/gi18n.h>
#include <pango/pangocairo.h>

#include "cloud/cloud.h"

struct _NervePreferences
{
  AdwPreferencesWindow parent_instance;
  GtkWidget           *restore;
  AdwComboRow         *palette;
  GtkDropDown         *font;
  AdwComboRow         *sampling;
  GtkWidget           *threads;
  GtkWidget           *cache;
  GtkWidget           *disk;
  AdwActionRow        *kept;
  GtkWidget           *clear;
  NerveDiskCache      *results;
};

G_DEFINE_FINAL_TYPE (NervePreferences, nerve_preferences, ADW_TYPE_PREFERENCES_WINDOW)

static const NerveChoice palettes[] = {
  { "default", N_("Colours") },
  { "grey", N_("Greys with letters") },
  { NULL, NULL },
};

/* Of the table's those that any tensor has. */
static const char * const samplings[] = { "pool-mean", "pool-max", "random", "top-norm", NULL };

/* What is kept on the disk */

static void
measure_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  NervePreferences *self = source;

  if (GPOINTER_TO_INT (task_data))
    nerve_disk_cache_clear (self->results);
  g_task_return_int (task, nerve_disk_cache_get_bytes (self->results));
}

static void
on_measured (GObject *source, GAsyncResult *result, gpointer user_data)
{
  NervePreferences *self = NERVE_PREFERENCES (source);
  gssize bytes = g_task_propagate_int (G_TASK (result), NULL);
  g_autofree char *size = g_format_size_full (MAX (bytes, 0), G_FORMAT_SIZE_IEC_UNITS);

  /* The window may have been closed meanwhile. */
  if (self->kept == NULL)
    return;
  adw_action_row_set_subtitle (self->kept, size);
  gtk_widget_set_sensitive (self->clear, bytes > 0);
}

static void
measure (NervePreferences *self, gboolean clear)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, on_measured, NULL);

  g_task_set_source_tag (task, measure);
  g_task_set_task_data (task, GINT_TO_POINTER (clear), NULL);
  g_task_run_in_thread (task, measure_thread);
}

static void
on_clear (NervePreferences *self)
{
  gtk_widget_set_sensitive (self->clear, FALSE);
  measure (self, TRUE);
}

/* The widget */

static void
nerve_preferences_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), NERVE_TYPE_PREFERENCES);

  G_OBJECT_CLASS (nerve_preferences_parent_class)->dispose (object);
}

static void
nerve_preferences_finalize (GObject *object)
{
  g_clear_pointer (&NERVE_PREFERENCES (object)->results, nerve_disk_cache_unref);

  G_OBJECT_CLASS (nerve_preferences_parent_class)->finalize (object);
}

static void
nerve_preferences_class_init (NervePreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nerve_preferences_dispose;
  G_OBJECT_CLASS (klass)->finalize = nerve_preferences_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/nerve/Nerve/preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, NervePreferences, restore);
  gtk_widget_class_bind_template_child (widget_class, NervePreferences, palette);
  gtk_widget_class_bind_template_child (widget_class, NervePreferences, font);
  gtk_widget_class_bind_template_child (widget_class, NervePreferences, sampling);
  gtk_widget_class_bind_template_child (widget_class, NervePreferences, threads);
  gtk_widget_class_bind_template_child (widget_class, NervePreferences, cache);
  gtk_widget_class_bind_template_child (widget_class, NervePreferences, disk);
  gtk_widget_class_bind_template_child (widget_class, NervePreferences, kept);
  gtk_widget_class_bind_template_child (widget_class, NervePreferences, clear);
  gtk_widget_class_bind_template_callback (widget_class, on_clear);
}

static void
nerve_preferences_init (NervePreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static gboolean
has_key (GSettings *settings, const char *key)
{
  g_autoptr (GSettingsSchema) schema = NULL;

  if (settings == NULL)
    return FALSE;

  g_object_get (settings, "settings-schema", &schema, NULL);

  return g_settings_schema_has_key (schema, key);
}

static void
bind (GSettings *settings, const char *key, GtkWidget *widget, const char *property)
{
  if (has_key (settings, key))
    g_settings_bind (settings, key, widget, property, G_SETTINGS_BIND_DEFAULT);
  else
    gtk_widget_set_sensitive (widget, FALSE);
}

/* One of several words */

static gboolean
find_word (GValue *place, GVariant *word, gpointer words)
{
  guint n = g_strv_length (words);
  guint i = 0;

  while (i < n && !g_str_equal (((char **) words)[i], g_variant_get_string (word, NULL)))
    i++;
  g_value_set_uint (place, i < n ? i : 0);

  return TRUE;
}

static GVariant *
get_word (const GValue *place, const GVariantType *type, gpointer words)
{
  guint i = g_value_get_uint (place);

  return i < g_strv_length (words) ? g_variant_new_string (((char **) words)[i]) : NULL;
}

static void
free_words (gpointer words)
{
  g_strfreev (words);
}

/* @words (transfer full), shown as @labels */
static void
bind_words (GSettings *settings, const char *key, GtkWidget *widget, char **words, char **labels)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new ((const char * const *) labels);

  g_object_set (widget, "model", list, NULL);
  if (has_key (settings, key))
    {
      g_settings_bind_with_mapping (settings, key, widget, "selected", G_SETTINGS_BIND_DEFAULT, find_word, get_word,
                                    words, free_words);
      return;
    }
  gtk_widget_set_sensitive (widget, FALSE);
  g_strfreev (words);
}

static void
bind_palette (NervePreferences *self, GSettings *settings)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) labels = g_strv_builder_new ();
  g_auto (GStrv) shown = NULL;

  for (const NerveChoice *palette = palettes; palette->name != NULL; palette++)
    {
      g_strv_builder_add (words, palette->name);
      g_strv_builder_add (labels, _(palette->label));
    }
  shown = g_strv_builder_end (labels);
  bind_words (settings, "palette", GTK_WIDGET (self->palette), g_strv_builder_end (words), shown);
}

static void
bind_sampling (NervePreferences *self, GSettings *settings)
{
  const NerveChoice *choice = nerve_parameters_find (&nerve_cloud_table, "sampling")->choices;
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) labels = g_strv_builder_new ();
  g_auto (GStrv) shown = NULL;

  for (; choice->name != NULL; choice++)
    if (g_strv_contains (samplings, choice->name))
      {
        g_strv_builder_add (words, choice->name);
        g_strv_builder_add (labels, _(choice->label));
      }
  shown = g_strv_builder_end (labels);
  bind_words (settings, "default-sampling", GTK_WIDGET (self->sampling), g_strv_builder_end (words), shown);
}

static int
compare_words (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate (*(char * const *) a, *(char * const *) b);
}

static void
bind_font (NervePreferences *self, GSettings *settings)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree PangoFontFamily **families = NULL;
  g_auto (GStrv) labels = NULL;
  char **words;
  int n;

  pango_font_map_list_families (pango_cairo_font_map_get_default (), &families, &n);
  for (int i = 0; i < n; i++)
    g_ptr_array_add (names, g_strdup (pango_font_family_get_name (families[i])));
  g_ptr_array_sort (names, compare_words);
  g_ptr_array_insert (names, 0, g_strdup (""));
  g_ptr_array_add (names, NULL);
  words = g_strdupv ((char **) names->pdata);
  labels = g_strdupv (words);
  g_free (labels[0]);
  labels[0] = g_strdup (_("The desktop’s"));
  bind_words (settings, "figure-font", GTK_WIDGET (self->font), words, labels);
}

NervePreferences *
nerve_preferences_new (GSettings *settings, NerveDiskCache *disk, GtkWindow *parent)
{
  NervePreferences *self = g_object_new (NERVE_TYPE_PREFERENCES, "transient-for", parent, NULL);

  self->results = nerve_disk_cache_ref (disk);
  bind (settings, "restore-session", self->restore, "active");
  bind_palette (self, settings);
  bind_font (self, settings);
  bind_sampling (self, settings);
  bind (settings, "threads", self->threads, "value");
  bind (settings, "cache-mib", self->cache, "value");
  bind (settings, "disk-cache-mib", self->disk, "value");
  measure (self, FALSE);

  return self;
}
