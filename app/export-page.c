#include "config.h"

#include "app/export-page.h"

#include <glib/gi18n.h>

#include "app/settings.h"
#include "figures/page-sizes.h"
#include "figures/page.h"
#include "views/choice-list.h"

#define PAGES "export-pages"

/* Those of papers come from their table; these are for slides, and any other. */
static const struct { const char *title, *width; } others[] = {
  { N_("Page, 7 in"), "7in" },
  { N_("Slide, 10 in"), "10in" },
  { N_("Other"), NULL },
};

struct _NerveExportPageGroup
{
  AdwPreferencesGroup    parent_instance;
  GSettings             *settings;
  const NerveFigureKind *kind; /* NULL: not told yet */
  AdwComboRow           *width;
  AdwEntryRow           *length;
  AdwEntryRow           *height;
  AdwEntryRow           *font;
  GtkSwitch             *parts[NERVE_N_PAGE_PARTS];
  gboolean               filling;
};

enum { SIGNAL_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NerveExportPageGroup, nerve_export_page_group, ADW_TYPE_PREFERENCES_GROUP)

static void
fill_widths (NerveExportPageGroup *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint n;
  const NervePageSize *sizes = nerve_page_sizes (&n);

  for (guint i = 0; i < n; i++)
    {
      const char *format = sizes[i].columns > 1 ? _("%s, two columns, %s") : _("%s, column, %s");

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
      gtk_string_list_take (names, g_strdup_printf (format, sizes[i].venue, sizes[i].width));
#pragma GCC diagnostic pop
    }
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    gtk_string_list_append (names, _(others[i].title));
  adw_combo_row_set_model (self->width, G_LIST_MODEL (names));
}

/* As the command line reads it. */
static const char *
get_width (NerveExportPageGroup *self)
{
  guint selected = adw_combo_row_get_selected (self->width);
  guint n;
  const NervePageSize *sizes = nerve_page_sizes (&n);

  if (selected < n)
    return sizes[selected].name;
  if (selected - n < G_N_ELEMENTS (others) && others[selected - n].width != NULL)
    return others[selected - n].width;

  return gtk_editable_get_text (GTK_EDITABLE (self->length));
}

static void
set_width (NerveExportPageGroup *self, const char *width)
{
  guint n;
  const NervePageSize *sizes = nerve_page_sizes (&n);
  guint selected = 0;

  while (selected < n && !g_str_equal (sizes[selected].name, width))
    selected++;
  while (selected >= n && selected - n < G_N_ELEMENTS (others) - 1 && !g_str_equal (others[selected - n].width, width))
    selected++;
  adw_combo_row_set_selected (self->width, selected);
  if (selected - n == G_N_ELEMENTS (others) - 1)
    gtk_editable_set_text (GTK_EDITABLE (self->length), width);
}

static guint
get_without (NerveExportPageGroup *self)
{
  guint without = 0;

  for (guint i = 0; i < NERVE_N_PAGE_PARTS; i++)
    if (gtk_widget_get_sensitive (GTK_WIDGET (self->parts[i])) && !gtk_switch_get_active (self->parts[i]))
      without |= 1u << i;

  return without;
}

/* What was chosen: a page by a kind's name */

static void
keep (NerveExportPageGroup *self)
{
  g_autoptr (GVariant) kept = nerve_settings_get_value (self->settings, PAGES);
  g_autofree char *without = nerve_page_parts_text (get_without (self));
  const char *texts[] = {
    get_width (self), gtk_editable_get_text (GTK_EDITABLE (self->height)),
    gtk_editable_get_text (GTK_EDITABLE (self->font)), without != NULL ? without : "", NULL,
  };
  g_auto (GVariantDict) pages = { { { 0 } } };

  if (kept == NULL)
    return;
  g_variant_dict_init (&pages, kept);
  g_variant_dict_insert_value (&pages, self->kind->name, g_variant_new_strv (texts, -1));
  nerve_settings_set_value (self->settings, PAGES, g_variant_dict_end (&pages));
}

/* A board belongs on a page, a pane in a column, unless the person chose otherwise the last time. */
static void
take_kept (NerveExportPageGroup *self)
{
  g_autoptr (GVariant) kept = nerve_settings_get_value (self->settings, PAGES);
  gboolean of_layer = (self->kind->flags & NERVE_FIGURE_PER_LAYER) != 0;
  const char *texts[] = { of_layer ? "icml-1" : "7in", "", "", "" };
  g_autofree const char **page = NULL;
  g_autoptr (GVariant) font = nerve_settings_get_value (self->settings, "figure-font");
  guint without = 0;

  if (font != NULL)
    texts[2] = g_variant_get_string (font, NULL);

  if (kept != NULL && g_variant_lookup (kept, self->kind->name, "^a&s", &page))
    for (guint i = 0; page[i] != NULL && i < G_N_ELEMENTS (texts); i++)
      texts[i] = page[i];

  set_width (self, texts[0]);
  gtk_editable_set_text (GTK_EDITABLE (self->height), texts[1]);
  gtk_editable_set_text (GTK_EDITABLE (self->font), texts[2]);
  if (*texts[3] != '\0')
    nerve_page_parse_parts (texts[3], &without, NULL);
  for (guint i = 0; i < NERVE_N_PAGE_PARTS; i++)
    gtk_switch_set_active (self->parts[i], !(without & 1u << i));
}

static void
on_changed (NerveExportPageGroup *self)
{
  guint n;

  nerve_page_sizes (&n);
  gtk_widget_set_visible (GTK_WIDGET (self->length),
                          adw_combo_row_get_selected (self->width) == n + G_N_ELEMENTS (others) - 1);
  if (self->filling || self->kind == NULL)
    return;

  keep (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
nerve_export_page_group_set_kind (NerveExportPageGroup *self, const NerveFigureKind *kind, guint parts)
{
  g_return_if_fail (NERVE_IS_EXPORT_PAGE_GROUP (self));

  self->kind = kind;
  self->filling = TRUE;
  for (guint i = 0; i < NERVE_N_PAGE_PARTS; i++)
    gtk_widget_set_sensitive (GTK_WIDGET (self->parts[i]), (parts & 1u << i) != 0);
  take_kept (self);
  self->filling = FALSE;
}

NerveExportPage
nerve_export_page_group_get (NerveExportPageGroup *self)
{
  g_return_val_if_fail (NERVE_IS_EXPORT_PAGE_GROUP (self), ((NerveExportPage) { .width = "7in" }));

  return (NerveExportPage) {
    .width = get_width (self),
    .height = gtk_editable_get_text (GTK_EDITABLE (self->height)),
    .font = gtk_editable_get_text (GTK_EDITABLE (self->font)),
    .without = get_without (self),
  };
}

static void
nerve_export_page_group_dispose (GObject *object)
{
  NerveExportPageGroup *self = NERVE_EXPORT_PAGE_GROUP (object);

  g_clear_object (&self->settings);

  G_OBJECT_CLASS (nerve_export_page_group_parent_class)->dispose (object);
}

static void
nerve_export_page_group_class_init (NerveExportPageGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nerve_export_page_group_dispose;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/nerve/Nerve/export-page.ui");
  gtk_widget_class_bind_template_child (widget_class, NerveExportPageGroup, width);
  gtk_widget_class_bind_template_child (widget_class, NerveExportPageGroup, length);
  gtk_widget_class_bind_template_child (widget_class, NerveExportPageGroup, height);
  gtk_widget_class_bind_template_child (widget_class, NerveExportPageGroup, font);
  for (guint i = 0; i < NERVE_N_PAGE_PARTS; i++)
    gtk_widget_class_bind_template_child_full (widget_class, nerve_page_part_name (i), FALSE,
                                               G_STRUCT_OFFSET (NerveExportPageGroup, parts) +
                                                 i * sizeof (GtkSwitch *));
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
}

static void
nerve_export_page_group_init (NerveExportPageGroup *self)
{
  self->settings = nerve_settings_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  nerve_choice_list_install (GTK_WIDGET (self->width));
  self->filling = TRUE;
  fill_widths (self);
  self->filling = FALSE;
}
