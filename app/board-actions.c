#include "config.h"

#include "app/board-actions.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n.h>

#include "figures/board-rows.h"

#define SHOW_IN_ROW "show-in-row-"
#define ROW "row-"

typedef struct
{
  NerveDocument      *document;
  GSimpleActionGroup *group;     /* not owned: it owns us */
  gulong              handler;
  NerveReportFunc     report;
  gpointer            user_data;
} Actions;

/* Rows of the board, by the names of the figures */

static int
find_bars (Actions *self)
{
  const NerveFigureModel *model = nerve_document_get_model (self->document);

  return nerve_board_rows_find_bars (model->rows, model->n_rows);
}

static gboolean
is_row (Actions *self, guint row)
{
  return row < nerve_document_get_model (self->document)->n_rows;
}

/* Of the first row of bars; without one they come to the board. */
static void
on_bars_as (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  Actions *self = user_data;
  int row = find_bars (self);
  NerveBoardView view;

  if (!nerve_board_view_find (g_variant_get_string (value, NULL), &view) || !nerve_board_view_is_of_bars (view))
    return;
  if (row >= 0)
    nerve_document_set_row_view (self->document, row, view);
  else
    nerve_document_add_row (self->document, view, G_MAXINT - 1);
}

/* From one that is on the board to the next that isn't. */
static void
on_next_bars_as (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;
  const NerveFigureModel *model = nerve_document_get_model (self->document);
  int row = find_bars (self);
  NerveBoardView view;

  if (row < 0)
    {
      nerve_document_add_row (self->document, NERVE_BOARD_VIEW_DIAGRAM, G_MAXINT - 1);
      return;
    }
  view = model->rows[row].view;
  do
    view = (view + 1) % NERVE_N_BOARD_VIEWS;
  while (view != model->rows[row].view && (!nerve_board_view_is_of_bars (view) ||
                                           nerve_board_rows_find (model->rows, model->n_rows, view) >= 0));
  nerve_document_set_row_view (self->document, row, view);
}

/* "show-in-row-2" */
static void
on_show_in_row (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  Actions *self = user_data;
  guint row = g_ascii_strtoull (g_action_get_name (G_ACTION (action)) + strlen (SHOW_IN_ROW), NULL, 10);
  NerveBoardView view;

  if (is_row (self, row) && nerve_board_view_find (g_variant_get_string (value, NULL), &view))
    nerve_document_set_row_view (self->document, row, view);
}

static void
on_add_row (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;
  NerveBoardView view;
  const char *name;
  int after;

  g_variant_get (parameter, "(i&s)", &after, &name);
  if (after >= -1 && after < G_MAXINT && nerve_board_view_find (name, &view))
    nerve_document_add_row (self->document, view, after);
}

/* "row-mapper": whether there is one. */
static void
on_row (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  Actions *self = user_data;
  const NerveFigureModel *model = nerve_document_get_model (self->document);
  NerveBoardView view;
  int row;

  if (!nerve_board_view_find (g_action_get_name (G_ACTION (action)) + strlen (ROW), &view))
    return;
  row = nerve_board_rows_find (model->rows, model->n_rows, view);
  if (row < 0 && g_variant_get_boolean (value))
    nerve_document_add_row (self->document, view, G_MAXINT - 1);
  else if (row >= 0 && !g_variant_get_boolean (value) && model->n_rows > 1)
    nerve_document_remove_row (self->document, row);
}

static void
on_remove_row (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;

  if (is_row (self, g_variant_get_uint32 (parameter)))
    nerve_document_remove_row (self->document, g_variant_get_uint32 (parameter));
}

static void
on_move_row (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;
  guint row, to;

  g_variant_get (parameter, "(uu)", &row, &to);
  if (is_row (self, row) && is_row (self, to))
    nerve_document_move_row (self->document, row, to);
}

static void
on_row_share (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;
  guint row;
  double part;

  g_variant_get (parameter, "(ud)", &row, &part);
  if (row < G_MAXUINT && is_row (self, row + 1) && isfinite (part))
    nerve_document_set_row_share (self->document, row, part);
}

/* Columns */

static gboolean
is_column (Actions *self, guint column)
{
  return column < nerve_document_get_model (self->document)->n_columns;
}

/* Behind a column, the next layer that is not on the board. */
static void
on_add_column (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;
  const NerveFigureModel *model = nerve_document_get_model (self->document);
  int column = g_variant_get_int32 (parameter);

  if (model->n_columns == MIN (model->n_layers, G_N_ELEMENTS (model->columns)))
    self->report (_("There is no room for more columns"), self->user_data);
  else
    nerve_document_add_column (self->document, -1, column < 0 ? model->n_columns : (guint) column + 1);
}

static gboolean
has_column (const NerveFigureModel *model, guint layer)
{
  for (guint i = 0; i < model->n_columns; i++)
    if (model->columns[i] == layer)
      return TRUE;

  return FALSE;
}

static void
on_put_layer (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;
  const NerveFigureModel *model = nerve_document_get_model (self->document);
  guint layer, at;

  g_variant_get (parameter, "(uu)", &layer, &at);
  if (layer >= model->n_layers)
    return;
  if (model->n_columns == G_N_ELEMENTS (model->columns) && !has_column (model, layer))
    self->report (_("There is no room for more columns"), self->user_data);
  else
    nerve_document_add_column (self->document, (int) layer, at);
}

static void
on_remove_column (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;

  if (is_column (self, g_variant_get_uint32 (parameter)))
    nerve_document_remove_column (self->document, g_variant_get_uint32 (parameter));
}

static void
on_move_column (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;
  guint column, to;

  g_variant_get (parameter, "(uu)", &column, &to);
  if (is_column (self, column) && is_column (self, to))
    nerve_document_move_column (self->document, column, to);
}

/* Columns of other networks */

static gboolean
is_guest (Actions *self, guint guest)
{
  const NerveGuest *guests;

  return guest < nerve_document_get_guests (self->document, &guests);
}

static void
on_add_guest (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;
  const char *network, *layer;

  g_variant_get (parameter, "(&s&s)", &network, &layer);
  if (!nerve_document_add_guest (self->document, network, layer))
    self->report (_("There is no room for more columns"), self->user_data);
}

static void
on_set_guest (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;
  const char *layer;
  guint guest;

  g_variant_get (parameter, "(u&s)", &guest, &layer);
  if (is_guest (self, guest))
    nerve_document_set_guest (self->document, guest, layer);
}

static void
on_remove_guest (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;

  if (is_guest (self, g_variant_get_uint32 (parameter)))
    nerve_document_remove_guest (self->document, g_variant_get_uint32 (parameter));
}

/* Boards */

static gboolean
is_board (Actions *self, guint board)
{
  return board < nerve_document_get_n_boards (self->document);
}

static void
on_add_board (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;

  if (!nerve_document_add_board (self->document))
    self->report (_("There is no room for more boards"), self->user_data);
}

static void
on_show_board (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;

  if (is_board (self, g_variant_get_uint32 (parameter)))
    nerve_document_show_board (self->document, g_variant_get_uint32 (parameter));
}

static void
on_close_board (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;

  if (is_board (self, g_variant_get_uint32 (parameter)))
    nerve_document_close_board (self->document, g_variant_get_uint32 (parameter));
}

static void
on_rename_board (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;
  const char *name;
  guint board;

  g_variant_get (parameter, "(u&s)", &board, &name);
  if (is_board (self, board))
    nerve_document_rename_board (self->document, board, name);
}

static const GActionEntry entries[] = {
  { "add-guest", on_add_guest, "(ss)" },
  { "set-guest", on_set_guest, "(us)" },
  { "remove-guest", on_remove_guest, "u" },
  { "add-board", on_add_board },
  { "show-board", on_show_board, "u" },
  { "close-board", on_close_board, "u" },
  { "rename-board", on_rename_board, "(us)" },
  { "bars-as", NULL, "s", "'diagram'", on_bars_as },
  { "next-bars-as", on_next_bars_as },
  { "add-row", on_add_row, "(is)" },
  { "remove-row", on_remove_row, "u" },
  { "move-row", on_move_row, "(uu)" },
  { "row-share", on_row_share, "(ud)" },
  { "add-column", on_add_column, "i" },
  { "put-layer", on_put_layer, "(uu)" },
  { "remove-column", on_remove_column, "u" },
  { "move-column", on_move_column, "(uu)" },
};

static GSimpleAction *
find (Actions *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

static GSimpleAction *
find (Actions *self, const char *format, ...)
{
  g_autofree char *name = NULL;
  va_list arguments;

  va_start (arguments, format);
  name = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  return G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->group), name));
}

static const char *
view_in (const NerveFigureModel *model, int row)
{
  return row >= 0 && row < (int) model->n_rows ? nerve_board_view (model->rows[row].view)->name : "";
}

static void
update (Actions *self)
{
  const NerveFigureModel *model = nerve_document_get_model (self->document);

  g_simple_action_set_state (find (self, "bars-as"), g_variant_new_string (view_in (model, find_bars (self))));
  for (guint i = 0; i < NERVE_N_BOARD_VIEWS; i++)
    {
      GSimpleAction *row = find (self, ROW "%s", nerve_board_view (i)->name);
      gboolean there = nerve_board_rows_find (model->rows, model->n_rows, i) >= 0;

      g_simple_action_set_state (row, g_variant_new_boolean (there));
      g_simple_action_set_enabled (row, nerve_board_view_is_available (i, model->dataset) &&
                                        (!there || model->n_rows > 1));
      g_simple_action_set_state (find (self, SHOW_IN_ROW "%u", i), g_variant_new_string (view_in (model, (int) i)));
    }
}

/* A row for each view at most. */
static void
add_row_actions (Actions *self)
{
  for (guint i = 0; i < NERVE_N_BOARD_VIEWS; i++)
    {
      g_autofree char *show = g_strdup_printf (SHOW_IN_ROW "%u", i);
      g_autofree char *row = g_strdup_printf (ROW "%s", nerve_board_view (i)->name);
      const GActionEntry stateful[] = {
        { show, NULL, "s", "''", on_show_in_row },
        { row, NULL, NULL, "false", on_row },
      };

      g_action_map_add_action_entries (G_ACTION_MAP (self->group), stateful, G_N_ELEMENTS (stateful), self);
    }
}

static void
on_document_changed (NerveDocument *document, guint changes, Actions *self)
{
  if (changes & (NERVE_CHANGE_PANES | NERVE_CHANGE_BOARD))
    update (self);
}

static void
actions_free (gpointer data)
{
  Actions *self = data;

  g_clear_signal_handler (&self->handler, self->document);
  g_object_unref (self->document);
  g_free (self);
}

void
nerve_board_actions_add (GSimpleActionGroup *group, NerveDocument *document, NerveReportFunc report,
                         gpointer user_data)
{
  Actions *self = g_new0 (Actions, 1);

  self->document = g_object_ref (document);
  self->group = group;
  self->report = report;
  self->user_data = user_data;
  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), self);
  add_row_actions (self);
  self->handler = g_signal_connect (document, "changed", G_CALLBACK (on_document_changed), self);
  g_object_set_data_full (G_OBJECT (group), "nerve-board-actions", self, actions_free);
  update (self);
}
