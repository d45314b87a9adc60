#include "config.h"

#include "app/presets.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/settings.h"

#define KEY "presets" /* a{sa{ss}}: by name "group.parameter" and its text */
#define OWN "own:"
#define OWN_TYPE G_VARIANT_TYPE ("a{sa{ss}}")
#define MOST_SETTINGS 2

typedef struct
{
  const char *group;
  const char *name;
  const char *text;
} Setting;

typedef struct
{
  const char *id;
  const char *name;   /* of a paper: as it is cited */
  const char *groups; /* that it decides on; NULL: all */
  gboolean    is_initial; /* begins with the window's values, not with the command line's, which are the papers' */
  Setting     settings[MOST_SETTINGS];
} Preset;

static const Preset presets[] = {
  { .id = "automatic", .name = N_("Automatic"), .is_initial = TRUE },
  { .id = "purvine-2022", .name = "Purvine et al. 2022", .groups = "cloud mapper diagram rips",
    .settings = { { "cloud", "compat", "paper" } } },
  { .id = "suresh-2023", .name = "Suresh et al. 2023", .groups = "betti",
    .settings = { { "betti", "count", "closed" } } },
};

static const Preset *
find_preset (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (presets); i++)
    if (g_str_equal (presets[i].id, id))
      return &presets[i];

  return NULL;
}

static gboolean
decides_on (const Preset *self, const char *group)
{
  g_auto (GStrv) names = self->groups != NULL ? g_strsplit (self->groups, " ", -1) : NULL;

  return names == NULL || g_strv_contains ((const char *const *) names, group);
}

static void
apply (const Preset *self, NerveLayerParameters *parameters, const NerveLayerParameters *initial)
{
  g_auto (NerveLayerParameters) plain = { 0 };
  const NerveLayerParameters *base = self->is_initial ? initial : &plain;
  const NerveParameterGroup *groups;
  guint n;

  nerve_layer_parameters_init (&plain);
  groups = nerve_parameter_groups (&n);
  for (guint i = 0; i < n; i++)
    if (decides_on (self, groups[i].table->name))
      nerve_parameters_copy (groups[i].table, G_STRUCT_MEMBER_P (parameters, groups[i].offset),
                             G_STRUCT_MEMBER_P (base, groups[i].offset));
  for (guint i = 0; i < MOST_SETTINGS && self->settings[i].group != NULL; i++)
    nerve_layer_parameters_set (parameters, self->settings[i].group, self->settings[i].name, self->settings[i].text,
                                NULL);
}

/* Own ones */

static GVariant *
read_own (void)
{
  g_autoptr (GSettings) settings = nerve_settings_new ();
  GVariant *own = nerve_settings_get_value (settings, KEY);

  if (own != NULL && g_variant_is_of_type (own, OWN_TYPE))
    return own;

  g_clear_pointer (&own, g_variant_unref);

  return g_variant_ref_sink (g_variant_new_array (g_variant_type_element (OWN_TYPE), NULL, 0));
}

static void
apply_own (GVariant *values, NerveLayerParameters *parameters)
{
  const char *key, *text;
  GVariantIter iter;

  g_variant_iter_init (&iter, values);
  while (g_variant_iter_next (&iter, "{&s&s}", &key, &text))
    {
      g_auto (GStrv) parts = g_strsplit (key, ".", 2);
      const NerveParameterGroup *group = parts[0] != NULL ? nerve_parameter_group_find (parts[0]) : NULL;

      if (group != NULL && parts[1] != NULL && nerve_parameters_find (group->table, parts[1]) != NULL)
        nerve_layer_parameters_set (parameters, parts[0], parts[1], text, NULL);
    }
}

/* All own ones but @left_out, and @name with @values if there is one: as they are kept. */
static void
write_own (const char *left_out, const char *name, GVariant *values)
{
  g_autoptr (GSettings) settings = nerve_settings_new ();
  g_autoptr (GVariant) own = read_own ();
  GVariantBuilder builder;
  GVariantIter iter;
  GVariant *kept;
  const char *key;

  g_variant_builder_init (&builder, OWN_TYPE);
  g_variant_iter_init (&iter, own);
  while (g_variant_iter_loop (&iter, "{&s@a{ss}}", &key, &kept))
    if (!g_str_equal (key, left_out))
      g_variant_builder_add (&builder, "{s@a{ss}}", key, kept);
  if (name != NULL)
    g_variant_builder_add (&builder, "{s@a{ss}}", name, values);
  nerve_settings_set_value (settings, KEY, g_variant_builder_end (&builder));
}

void
nerve_presets_save (const char *name, const NerveLayerParameters *parameters)
{
  const NerveParameterGroup *groups;
  GVariantBuilder values;
  guint n;

  g_variant_builder_init (&values, G_VARIANT_TYPE ("a{ss}"));
  groups = nerve_parameter_groups (&n);
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < groups[i].table->n; j++)
      {
        const NerveParameter *parameter = &groups[i].table->parameters[j];
        g_autofree char *key = g_strdup_printf ("%s.%s", groups[i].table->name, parameter->name);
        g_autofree char *text = nerve_parameter_get (parameter, G_STRUCT_MEMBER_P (parameters, groups[i].offset));

        g_variant_builder_add (&values, "{ss}", key, text);
      }
  write_own (name, name, g_variant_builder_end (&values));
}

void
nerve_presets_remove (const char *name)
{
  write_own (name, NULL, NULL);
}

/* All of them */

static gboolean
apply_any (const char *id, GVariant *own, NerveLayerParameters *parameters, const NerveLayerParameters *initial)
{
  const Preset *preset = find_preset (id);
  g_autoptr (GVariant) values = NULL;

  if (preset != NULL)
    {
      apply (preset, parameters, initial);
      return TRUE;
    }
  if (!g_str_has_prefix (id, OWN))
    return FALSE;

  values = g_variant_lookup_value (own, id + strlen (OWN), G_VARIANT_TYPE ("a{ss}"));
  if (values != NULL)
    apply_own (values, parameters);

  return values != NULL;
}

gboolean
nerve_presets_apply (const char *id, NerveLayerParameters *parameters, const NerveLayerParameters *initial)
{
  g_autoptr (GVariant) own = read_own ();

  return apply_any (id, own, parameters, initial);
}

static gboolean
follows (const char *id, GVariant *own, const NerveLayerParameters *parameters, const NerveLayerParameters *initial)
{
  g_auto (NerveLayerParameters) applied = { 0 };

  nerve_layer_parameters_init (&applied);
  nerve_layer_parameters_copy (&applied, parameters);

  return apply_any (id, own, &applied, initial) && nerve_layer_parameters_equal (&applied, parameters);
}

char *
nerve_presets_name (const NerveLayerParameters *parameters, const NerveLayerParameters *initial)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GVariant) own = read_own ();
  GVariantIter iter;
  const char *key;

  for (guint i = 0; i < G_N_ELEMENTS (presets); i++)
    if (follows (presets[i].id, own, parameters, initial))
      g_ptr_array_add (names, g_strdup (_(presets[i].name)));
  g_variant_iter_init (&iter, own);
  while (g_variant_iter_loop (&iter, "{&s@a{ss}}", &key, NULL))
    {
      g_autofree char *id = g_strconcat (OWN, key, NULL);

      if (follows (id, own, parameters, initial))
        g_ptr_array_add (names, g_strdup (key));
    }
  if (names->len == 0)
    return NULL;

  g_ptr_array_add (names, NULL);

  return g_strjoinv (", ", (char **) names->pdata);
}

static void
append (GMenu *menu, const char *label, const char *action, const char *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, target != NULL ? "s" : NULL, target);
  g_menu_append_item (menu, item);
}

GMenuModel *
nerve_presets_menu (void)
{
  g_autoptr (GMenu) published = g_menu_new ();
  g_autoptr (GMenu) own_ones = g_menu_new ();
  g_autoptr (GMenu) keeping = g_menu_new ();
  g_autoptr (GMenu) removing = g_menu_new ();
  g_autoptr (GVariant) own = read_own ();
  GMenu *menu = g_menu_new ();
  GVariantIter iter;
  const char *key;

  for (guint i = 0; i < G_N_ELEMENTS (presets); i++)
    append (published, _(presets[i].name), "flap.preset", presets[i].id);
  g_variant_iter_init (&iter, own);
  while (g_variant_iter_loop (&iter, "{&s@a{ss}}", &key, NULL))
    {
      g_autofree char *id = g_strconcat (OWN, key, NULL);

      append (own_ones, key, "flap.preset", id);
      append (removing, key, "document.remove-preset", key);
    }
  append (keeping, _("Save as Preset…"), "flap.save-preset", NULL);
  if (g_menu_model_get_n_items (G_MENU_MODEL (removing)) > 0)
    g_menu_append_submenu (keeping, _("Remove Preset"), G_MENU_MODEL (removing));

  g_menu_append_section (menu, NULL, G_MENU_MODEL (published));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (own_ones));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (keeping));

  return G_MENU_MODEL (menu);
}
