#include "config.h"

#include "app/board-menus.h"

#include <glib/gi18n.h>

#include "app/menu-label.h"
#include "figures/board-rows.h"

static void
append (GMenu *menu, const char *label, const char *action, GVariant *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target_value (item, action, target);
  g_menu_append_item (menu, item);
}

/* @way: an arrow */
static void
append_move (GMenu *menu, const char *label, const char *way, const char *action, GVariant *target)
{
  g_autofree char *text = g_strdup_printf ("%s %s", label, way);

  append (menu, text, action, target);
}

/* Each view that the file has something for. */
static GMenu *
new_choice (const NerveFigureModel *model, guint row)
{
  GMenu *menu = g_menu_new ();
  g_autofree char *action = g_strdup_printf ("document.show-in-row-%u", row);

  for (guint i = 0; i < NERVE_N_BOARD_VIEWS; i++)
    if (nerve_board_view_is_available (i, model->dataset))
      append (menu, _(nerve_board_view (i)->title), action, g_variant_new_string (nerve_board_view (i)->name));

  return menu;
}

/* Those that are not on the board. */
static GMenu *
new_others (const NerveFigureModel *model, guint row)
{
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < NERVE_N_BOARD_VIEWS; i++)
    if (nerve_board_view_is_available (i, model->dataset) &&
        nerve_board_rows_find (model->rows, model->n_rows, i) < 0)
      append (menu, _(nerve_board_view (i)->title), "document.add-row",
              g_variant_new ("(is)", (int) row, nerve_board_view (i)->name));

  return menu;
}

static GMenu *
new_ways (const NerveFigureModel *model, guint row)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) others = new_others (model, row);

  if (g_menu_model_get_n_items (G_MENU_MODEL (others)) > 0)
    g_menu_append_submenu (menu, _("Add Row"), G_MENU_MODEL (others));
  if (row > 0)
    append_move (menu, _("Move Row"), "↑", "document.move-row", g_variant_new ("(uu)", row, row - 1));
  if (row + 1 < model->n_rows)
    append_move (menu, _("Move Row"), "↓", "document.move-row", g_variant_new ("(uu)", row, row + 1));
  if (model->n_rows > 1)
    append (menu, _("Remove Row"), "document.remove-row", g_variant_new_uint32 (row));

  return menu;
}

static void
append_part (GMenu *menu, const char *label, GMenu *part)
{
  if (g_menu_model_get_n_items (G_MENU_MODEL (part)) > 0)
    g_menu_append_section (menu, label, G_MENU_MODEL (part));
}

static GMenu *
new_row (const NerveFigureModel *model, guint row)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) choice = new_choice (model, row);
  g_autoptr (GMenu) ways = new_ways (model, row);

  append_part (menu, _("What This Row Shows"), choice);
  append_part (menu, NULL, ways);

  return menu;
}

/* The sections of another menu. */
static void
append_sections (GMenu *menu, GMenuModel *from)
{
  for (int i = 0; i < g_menu_model_get_n_items (from); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new_from_model (from, i);

      g_menu_append_item (menu, item);
    }
}

GMenuModel *
nerve_board_menus_new_line (const NerveFigureModel *model, guint row, GMenuModel *of_view)
{
  GMenu *menu = new_row (model, row);

  append_sections (menu, of_view);

  return G_MENU_MODEL (menu);
}

GMenuModel *
nerve_board_menus_new_figure (const NerveFigureModel *model, guint row, GMenuModel *of_view)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) section = g_menu_new ();
  g_autoptr (GMenu) inner = new_row (model, row);

  g_menu_append_submenu (section, _("Rows"), G_MENU_MODEL (inner));
  append_sections (menu, of_view);
  append_part (menu, NULL, section);

  return G_MENU_MODEL (menu);
}

GMenuModel *
nerve_board_menus_new_column (const NerveFigureModel *model, guint column, gboolean mirrored, GMenuModel *others)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) ways = g_menu_new ();
  g_autoptr (GMenu) rows = g_menu_new ();
  g_autoptr (GMenu) boards = g_menu_new ();

  if (column > 0)
    append_move (ways, _("Move Column"), mirrored ? "→" : "←", "document.move-column",
                 g_variant_new ("(uu)", column, column - 1));
  if (column + 1 < model->n_columns)
    append_move (ways, _("Move Column"), mirrored ? "←" : "→", "document.move-column",
                 g_variant_new ("(uu)", column, column + 1));
  append (ways, _("Add Column"), "document.add-column", g_variant_new_int32 (column));
  if (others != NULL)
    g_menu_append_submenu (ways, _("Add from Another Network"), others);
  if (model->n_columns > 1)
    append (ways, _("Remove Column"), "document.remove-column", g_variant_new_uint32 (column));
  for (guint i = 0; i < NERVE_N_BOARD_VIEWS; i++)
    if (nerve_board_view_is_available (i, model->dataset))
      {
        g_autofree char *action = g_strdup_printf ("document.row-%s", nerve_board_view (i)->name);

        append (rows, _(nerve_board_view (i)->title), action, NULL);
      }
  append_part (menu, NULL, ways);
  append_part (menu, _("Rows"), rows);
  append (boards, _("New Board"), "document.add-board", NULL);
  append_part (menu, NULL, boards);

  return G_MENU_MODEL (menu);
}

GMenuModel *
nerve_board_menus_new_guest (const NerveFigureModel *model, guint place)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) ways = g_menu_new ();
  g_autoptr (GMenu) layers = g_menu_new ();

  for (guint i = 0; i < model->n_layers; i++)
    {
      const char *name = nerve_dataset_get_layer (model->dataset, i)->name;
      g_autofree char *shown = nerve_menu_label (name);
      g_autofree char *label = g_strdup_printf ("%u  %s", i, shown);

      append (layers, label, "document.set-guest", g_variant_new ("(us)", place, name));
    }
  g_menu_append_submenu (ways, _("Go to Layer"), G_MENU_MODEL (layers));
  append (ways, _("Remove Column"), "document.remove-guest", g_variant_new_uint32 (place));
  append_part (menu, NULL, ways);

  return G_MENU_MODEL (menu);
}
