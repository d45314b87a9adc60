#include "config.h"

#include "views/look-menu.h"

#include <glib/gi18n.h>

#include "figures/node-measure.h"

typedef struct
{
  const char *target;
  const char *label; /* N_() */
} Choice;

static const Choice node_sizes[] = {
  { "members", N_("By Number of Members") },
  { "logarithm", N_("By Its Logarithm") },
  { "equal", N_("All the Same Size") },
};

static const Choice layouts[] = {
  { "springs", N_("By Springs") },
  { "sorted", N_("Sorted by Lens") },
};

static const Choice edge_widths[] = {
  { "jaccard", N_("By Jaccard Similarity") },
  { "shared", N_("By Shared Points") },
  { "equal", N_("All the Same Width") },
};

static void
append (GMenu *menu, const char *label, const char *action, const char *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", target);
  g_menu_append_item (menu, item);
}

static void
append_choices (GMenu *menu, const char *title, const char *action, const Choice *choices, guint n)
{
  g_autoptr (GMenu) section = g_menu_new ();

  for (guint i = 0; i < n; i++)
    append (section, _(choices[i].label), action, choices[i].target);
  g_menu_append_section (menu, title, G_MENU_MODEL (section));
}

GMenuModel *
nerve_look_menu_new (NerveDataset *dataset)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) colors = g_menu_new ();

  for (guint by = 0; by < NERVE_N_COLOR_BY; by++)
    if (nerve_color_by_is_available (by, dataset))
      append (colors, _(nerve_color_by_get_title (by)), "document.color-by", nerve_color_by_get_name (by));
  g_menu_append_section (menu, _("Colours of Nodes"), G_MENU_MODEL (colors));
  append_choices (menu, _("Sizes of Nodes"), "document.node-size", node_sizes, G_N_ELEMENTS (node_sizes));
  append_choices (menu, _("Widths of Edges"), "document.edge-width", edge_widths, G_N_ELEMENTS (edge_widths));
  append_choices (menu, _("Layout"), "document.layout", layouts, G_N_ELEMENTS (layouts));

  return G_MENU_MODEL (menu);
}
