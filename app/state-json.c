#include "config.h"

#include "app/state-json.h"

#include <math.h>

#include <glib/gi18n.h>

#include "app/origin.h"
#include "app/state-words.h"
#include "figures/board-rows.h"
#include "figures/node-measure.h"

/* The fields that are one value each, in one table */

typedef enum { AS_FLAG, AS_WORD, AS_NUMBER, AS_INDEX, AS_TEXT } FieldType;

typedef struct
{
  const char  *name;
  gsize        offset;
  FieldType    type;
  const char *(*word) (guint value); /* AS_WORD */
  guint        n;                    /* of words */
  guint      (*limit) (NerveDataset *dataset); /* AS_INDEX: -1 or below this; NULL: below G_MAXINT */
} Field;

static const char *word_of_color (guint i) { return nerve_color_by_get_name (i); }
static const char *word_of_layout (guint i) { return nerve_layout_words[i]; }
static const char *word_of_node_size (guint i) { return nerve_node_size_words[i]; }
static const char *word_of_edge_width (guint i) { return nerve_edge_width_words[i]; }
static const char *word_of_units (guint i) { return nerve_unit_words[i]; }
static const char *word_of_decay_by (guint i) { return nerve_decay_by_words[i]; }
static const char *word_of_compare_as (guint i) { return nerve_compare_as_words[i]; }
static const char *word_of_dims (guint i) { return nerve_matrix_dims_words[i]; }

static const char *
word_of_measure (guint i)
{
  return nerve_parameters_find (&nerve_measure_table, "measure")->choices[i].name;
}

static guint
count_colors (NerveDataset *dataset)
{
  guint n = nerve_dataset_get_n_classes (dataset);

  return nerve_dataset_get_n_levels (dataset) > 0 ? MAX (n, nerve_dataset_get_n_groups (dataset, 1)) : n;
}

#define AT(member) G_STRUCT_OFFSET (NerveDocumentState, member)

static const Field fields[] = {
  { "color-by", AT (color_by), AS_WORD, word_of_color, NERVE_N_COLOR_BY },
  { "node-size", AT (node_size), AS_WORD, word_of_node_size, NERVE_N_NODE_SIZES },
  { "layout", AT (layout), AS_WORD, word_of_layout, NERVE_N_LAYOUTS },
  { "edge-width", AT (edge_width), AS_WORD, word_of_edge_width, NERVE_N_EDGE_WIDTHS },
  { "units", AT (units), AS_WORD, word_of_units, G_N_ELEMENTS (nerve_unit_words) },
  { "sweep-by-eps", AT (sweep_by_eps), AS_FLAG },
  { "pair-first", AT (pair[0]), AS_INDEX, .limit = nerve_dataset_get_n_classes },
  { "pair-second", AT (pair[1]), AS_INDEX, .limit = nerve_dataset_get_n_classes },
  { "accuracy", AT (accuracy), AS_NUMBER },
  { "decay-linear", AT (decay.linear), AS_FLAG },
  { "decay-by", AT (decay.by), AS_WORD, word_of_decay_by, G_N_ELEMENTS (nerve_decay_by_words) },
  { "decay-bands", AT (decay.bands), AS_FLAG },
  { "decay-at-eta", AT (decay.at_eta), AS_FLAG },
  { "decay-eta", AT (decay.eta), AS_NUMBER },
  { "matrix-measure", AT (matrix.measure), AS_WORD, word_of_measure, NERVE_N_MEASURES },
  { "matrix-dims", AT (matrix.dims), AS_WORD, word_of_dims, NERVE_N_MATRIX_DIMS },
  { "matrix-scaled", AT (matrix.scaled), AS_FLAG },
  { "matrix-selected-only", AT (matrix.selected_only), AS_FLAG },
  { "matrix-by-dendrogram", AT (matrix.by_dendrogram), AS_FLAG },
  { "compare-as", AT (matrix.as), AS_WORD, word_of_compare_as, NERVE_N_COMPARE_AS },
  { "matrix-rival", AT (matrix.rival), AS_TEXT },
  { "matrix-row", AT (matrix.cell[0]), AS_INDEX, .limit = nerve_dataset_get_n_layers },
  { "matrix-column", AT (matrix.cell[1]), AS_INDEX },
  { "selection-name", AT (selection_name), AS_TEXT },
  { "selected-layer", AT (selected_layer), AS_INDEX, .limit = nerve_dataset_get_n_layers },
  { "selected-node", AT (selected_node), AS_INDEX },
  { "selected-graph", AT (selected_graph), AS_TEXT },
  { "selected-bar", AT (selected_bar), AS_INDEX },
  { "selected-diagram", AT (selected_diagram), AS_TEXT },
};

#define VALUE(state, field, type) (*(type *) (gpointer) ((char *) (state) + (field)->offset))

static void
write_field (JsonObject *json, const NerveDocumentState *state, const Field *field)
{
  switch (field->type)
    {
    case AS_FLAG:
      json_object_set_boolean_member (json, field->name, VALUE (state, field, gboolean));
      break;
    case AS_WORD:
      json_object_set_string_member (json, field->name, field->word (VALUE (state, field, guint)));
      break;
    case AS_NUMBER:
      /* JSON knows no NaN: it is left out, and so is what it stands for. */
      if (isfinite (VALUE (state, field, double)))
        json_object_set_double_member (json, field->name, VALUE (state, field, double));
      break;
    case AS_INDEX:
      json_object_set_int_member (json, field->name, VALUE (state, field, int));
      break;
    case AS_TEXT:
      /* A path may be in any encoding. */
      if (VALUE (state, field, char *) != NULL && g_utf8_validate (VALUE (state, field, char *), -1, NULL))
        json_object_set_string_member (json, field->name, VALUE (state, field, char *));
      break;
    default:
      g_assert_not_reached ();
    }
}

static gboolean
refuse (GError **error, const char *name, const char *cause)
{
  g_set_error (error, NERVE_ERROR, NERVE_ERROR_FORMAT, "%s: %s", name, cause);

  return FALSE;
}

static gboolean
holds (JsonNode *node, GType type)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

static gboolean
read_word (NerveDocumentState *state, const Field *field, const char *word, GError **error)
{
  for (guint i = 0; i < field->n; i++)
    if (g_strcmp0 (field->word (i), word) == 0)
      {
        VALUE (state, field, guint) = i;
        return TRUE;
      }
  g_set_error (error, NERVE_ERROR, NERVE_ERROR_FORMAT, _("%s: “%s” is not known"), field->name, word);

  return FALSE;
}

static gboolean
read_index (NerveDocumentState *state, const Field *field, JsonNode *node, NerveDataset *dataset, GError **error)
{
  gint64 limit = field->limit != NULL ? field->limit (dataset) : G_MAXINT;
  gint64 value;

  if (!holds (node, G_TYPE_INT64))
    return refuse (error, field->name, _("not a whole number"));
  value = json_node_get_int (node);
  if (value < -1 || value >= limit)
    return refuse (error, field->name, _("there is no such number"));
  VALUE (state, field, int) = value;

  return TRUE;
}

static gboolean
read_number (NerveDocumentState *state, const Field *field, JsonNode *node, GError **error)
{
  if (!holds (node, G_TYPE_DOUBLE) && !holds (node, G_TYPE_INT64))
    return refuse (error, field->name, _("not a number"));
  if (!isfinite (json_node_get_double (node)))
    return refuse (error, field->name, _("too large"));
  VALUE (state, field, double) = json_node_get_double (node);

  return TRUE;
}

static gboolean
read_field (NerveDocumentState *state, const Field *field, JsonNode *node, NerveDataset *dataset, GError **error)
{
  switch (field->type)
    {
    case AS_FLAG:
      if (!holds (node, G_TYPE_BOOLEAN))
        return refuse (error, field->name, _("neither true nor false"));
      VALUE (state, field, gboolean) = json_node_get_boolean (node);
      return TRUE;
    case AS_WORD:
      return holds (node, G_TYPE_STRING) ? read_word (state, field, json_node_get_string (node), error)
                                         : refuse (error, field->name, _("not a word"));
    case AS_NUMBER:
      return read_number (state, field, node, error);
    case AS_INDEX:
      return read_index (state, field, node, dataset, error);
    case AS_TEXT:
      if (!holds (node, G_TYPE_STRING))
        return refuse (error, field->name, _("not a text"));
      g_free (VALUE (state, field, char *));
      VALUE (state, field, char *) = json_node_dup_string (node);
      return TRUE;
    default:
      g_return_val_if_reached (FALSE);
    }
}

/* The board */

static JsonArray *
write_columns (const NerveDocumentState *state, NerveDataset *dataset)
{
  JsonArray *columns = json_array_new ();

  for (guint i = 0; i < state->n_columns; i++)
    {
      JsonObject *column = json_object_new ();

      json_object_set_string_member (column, "layer", nerve_dataset_get_layer (dataset, state->columns[i])->name);
      json_object_set_boolean_member (column, "pinned", state->pinned[i]);
      json_array_add_object_element (columns, column);
    }

  return columns;
}

static gboolean
has_column (const NerveDocumentState *state, guint layer)
{
  for (guint i = 0; i < state->n_columns; i++)
    if (state->columns[i] == layer)
      return TRUE;

  return FALSE;
}

static gboolean
read_column (NerveDocumentState *state, JsonNode *node, NerveDataset *dataset, GError **error)
{
  JsonObject *column;
  JsonNode *layer, *pinned;
  guint found;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse (error, "columns", _("not a column"));
  column = json_node_get_object (node);
  layer = json_object_get_member (column, "layer");
  pinned = json_object_get_member (column, "pinned");
  if (layer == NULL || !holds (layer, G_TYPE_STRING))
    return refuse (error, "columns", _("a column without a layer"));
  if (pinned != NULL && !holds (pinned, G_TYPE_BOOLEAN))
    return refuse (error, "columns", _("“pinned” is neither true nor false"));
  if (nerve_dataset_find_layer (dataset, json_node_get_string (layer), &found, NULL) && !has_column (state, found))
    {
      state->columns[state->n_columns] = found;
      state->pinned[state->n_columns++] = pinned != NULL && json_node_get_boolean (pinned);
    }

  return TRUE;
}

/* None of them there any more: those of a file just opened stay. */
static gboolean
read_columns (NerveDocumentState *state, JsonNode *node, NerveDataset *dataset, GError **error)
{
  const NerveDocumentState before = *state;
  JsonArray *columns;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return refuse (error, "columns", _("not a list"));
  columns = json_node_get_array (node);
  if (json_array_get_length (columns) > G_N_ELEMENTS (state->columns))
    return refuse (error, "columns", _("too many"));

  state->n_columns = 0;
  for (guint i = 0; i < json_array_get_length (columns); i++)
    if (!read_column (state, json_array_get_element (columns, i), dataset, error))
      return FALSE;
  if (state->n_columns == 0)
    {
      memcpy (state->columns, before.columns, sizeof state->columns);
      memcpy (state->pinned, before.pinned, sizeof state->pinned);
      state->n_columns = before.n_columns;
    }

  return TRUE;
}

static JsonArray *
write_rows (const NerveDocumentState *state)
{
  JsonArray *rows = json_array_new ();

  for (guint i = 0; i < state->n_rows; i++)
    {
      JsonObject *row = json_object_new ();

      json_object_set_string_member (row, "view", nerve_board_view (state->rows[i].view)->name);
      json_object_set_int_member (row, "share", state->rows[i].share);
      json_array_add_object_element (rows, row);
    }

  return rows;
}

/* A view that nobody knows is passed over. */
static gboolean
read_row (NerveDocumentState *state, JsonNode *node, GError **error)
{
  JsonObject *row = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonNode *name = row != NULL ? json_object_get_member (row, "view") : NULL;
  JsonNode *share = row != NULL ? json_object_get_member (row, "share") : NULL;
  NerveBoardView view;

  if (name == NULL || !holds (name, G_TYPE_STRING))
    return refuse (error, "rows", _("not a word"));
  if (share != NULL && (!holds (share, G_TYPE_INT64) || json_node_get_int (share) < 1 ||
                        json_node_get_int (share) > NERVE_BOARD_MOST_SHARE))
    return refuse (error, "rows", _("not a whole number"));
  if (!nerve_board_view_find (json_node_get_string (name), &view) ||
      nerve_board_rows_find (state->rows, state->n_rows, view) >= 0)
    return TRUE;
  state->rows[state->n_rows++] = (NerveBoardRow) {
    view, share != NULL ? (guint) json_node_get_int (share) : nerve_board_view (view)->share
  };

  return TRUE;
}

static gboolean
read_rows (NerveDocumentState *state, JsonNode *node, NerveDataset *dataset, GError **error)
{
  JsonArray *rows;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return refuse (error, "rows", _("not a list"));
  rows = json_node_get_array (node);
  state->n_rows = 0;
  for (guint i = 0; i < json_array_get_length (rows); i++)
    if (!read_row (state, json_array_get_element (rows, i), error))
      return FALSE;
  if (state->n_rows == 0)
    nerve_board_rows_init (state->rows, &state->n_rows);

  return TRUE;
}

static JsonArray *
write_guests (const NerveDocumentState *state)
{
  JsonArray *guests = json_array_new ();

  for (guint i = 0; i < state->n_guests; i++)
    {
      JsonObject *guest = json_object_new ();

      json_object_set_string_member (guest, "network", state->guests[i].network);
      json_object_set_string_member (guest, "layer", state->guests[i].layer);
      json_array_add_object_element (guests, guest);
    }

  return guests;
}

static gboolean
read_guest (NerveDocumentState *state, JsonNode *node, GError **error)
{
  JsonObject *guest = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonNode *network = guest != NULL ? json_object_get_member (guest, "network") : NULL;
  JsonNode *layer = guest != NULL ? json_object_get_member (guest, "layer") : NULL;

  if (network == NULL || layer == NULL || !holds (network, G_TYPE_STRING) || !holds (layer, G_TYPE_STRING))
    return refuse (error, "guests", _("not a column"));
  state->guests[state->n_guests++] = (NerveGuest) { g_intern_string (json_node_get_string (network)),
                                                    g_intern_string (json_node_get_string (layer)) };

  return TRUE;
}

static gboolean
read_guests (NerveDocumentState *state, JsonNode *node, NerveDataset *dataset, GError **error)
{
  JsonArray *guests;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return refuse (error, "guests", _("not a list"));
  guests = json_node_get_array (node);
  if (json_array_get_length (guests) > NERVE_MOST_GUESTS)
    return refuse (error, "guests", _("too many"));
  state->n_guests = 0;
  for (guint i = 0; i < json_array_get_length (guests); i++)
    if (!read_guest (state, json_array_get_element (guests, i), error))
      return FALSE;

  return TRUE;
}

/* The one shown is as the members around say; of it there is only the name here. */
static JsonArray *
write_boards (const NerveDocumentState *state, NerveDataset *dataset)
{
  g_autoptr (NerveDocumentState) each = nerve_document_state_copy (state);
  JsonArray *boards = json_array_new ();

  for (guint i = 0; i < state->n_boards; i++)
    {
      JsonObject *board = json_object_new ();

      json_object_set_string_member (board, "name", state->boards[i].name);
      json_array_add_object_element (boards, board);
      if (i == state->board)
        continue;
      nerve_document_state_bring (each, i);
      json_object_set_array_member (board, "columns", write_columns (each, dataset));
      json_object_set_string_member (board, "current", nerve_dataset_get_layer (dataset, each->current)->name);
      json_object_set_array_member (board, "rows", write_rows (each));
      json_object_set_array_member (board, "guests", write_guests (each));
    }

  return boards;
}

static gboolean read_board (NerveDocumentState *state, JsonNode *node, NerveDataset *dataset, GError **error);

static gboolean
read_boards (NerveDocumentState *state, JsonNode *node, NerveDataset *dataset, GError **error)
{
  JsonArray *boards;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return refuse (error, "boards", _("not a list"));
  boards = json_node_get_array (node);
  if (json_array_get_length (boards) > NERVE_MOST_BOARDS)
    return refuse (error, "boards", _("too many"));
  if (json_array_get_length (boards) == 0)
    return TRUE;
  for (guint i = 0; i < json_array_get_length (boards); i++)
    {
      state->board = i;
      state->n_guests = 0;
      if (!read_board (state, json_array_get_element (boards, i), dataset, error))
        return FALSE;
      nerve_document_state_stow (state);
    }
  state->n_boards = json_array_get_length (boards);
  state->board = state->n_guests = 0;

  return TRUE;
}

/* As sessions said it before there were rows: how the lower of two shows bars. */
static gboolean
read_bars_as (NerveDocumentState *state, JsonNode *node, NerveDataset *dataset, GError **error)
{
  NerveBoardView view;

  if (!holds (node, G_TYPE_STRING))
    return refuse (error, "bars-as", _("not a word"));
  if (nerve_board_view_find (json_node_get_string (node), &view) && nerve_board_view_is_of_bars (view))
    state->rows[1].view = view;

  return TRUE;
}

static gboolean
read_current (NerveDocumentState *state, JsonNode *node, NerveDataset *dataset, GError **error)
{
  guint found;

  if (!holds (node, G_TYPE_STRING))
    return refuse (error, "current", _("not a layer's name"));
  if (nerve_dataset_find_layer (dataset, json_node_get_string (node), &found, NULL))
    state->current = found;

  return TRUE;
}

/* Parameters */

static JsonObject *
write_parameters (const NerveLayerParameters *parameters)
{
  JsonObject *json = json_object_new ();
  guint n;
  const NerveParameterGroup *groups = nerve_parameter_groups (&n);

  for (guint i = 0; i < n; i++)
    {
      const NerveParameterTable *table = groups[i].table;
      JsonObject *group = json_object_new ();

      for (guint j = 0; j < table->n; j++)
        {
          g_autofree char *text =
            nerve_parameter_get (&table->parameters[j], G_STRUCT_MEMBER_P (parameters, groups[i].offset));

          json_object_set_string_member (group, table->parameters[j].name, text);
        }
      json_object_set_object_member (json, table->name, group);
    }

  return json;
}

static gboolean
read_parameter (NerveLayerParameters *parameters, const NerveParameterGroup *group, const char *name, JsonNode *value,
                GError **error)
{
  if (nerve_parameters_find (group->table, name) == NULL)
    return TRUE;
  if (!holds (value, G_TYPE_STRING))
    return refuse (error, name, _("not a text"));

  return nerve_parameters_set (group->table, G_STRUCT_MEMBER_P (parameters, group->offset), name,
                               json_node_get_string (value), error);
}

static gboolean
read_parameters (NerveLayerParameters *parameters, JsonObject *json, GError **error)
{
  guint n;
  const NerveParameterGroup *groups = nerve_parameter_groups (&n);

  for (guint i = 0; i < n; i++)
    {
      JsonNode *group = json_object_get_member (json, groups[i].table->name);
      JsonObjectIter iter;
      const char *name;
      JsonNode *value;

      if (group == NULL)
        continue;
      if (!JSON_NODE_HOLDS_OBJECT (group))
        return refuse (error, groups[i].table->name, _("no parameters"));
      json_object_iter_init (&iter, json_node_get_object (group));
      while (json_object_iter_next (&iter, &name, &value))
        if (!read_parameter (parameters, &groups[i], name, value, error))
          return FALSE;
    }

  return TRUE;
}

static gboolean
read_layers (NerveDocumentState *state, JsonNode *node, NerveDataset *dataset, GError **error)
{
  JsonObject *layers;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse (error, "layers", _("no layers by name"));
  layers = json_node_get_object (node);
  for (guint i = 0; i < state->n_layers; i++)
    {
      const char *name = nerve_dataset_get_layer (dataset, i)->name;
      JsonNode *layer = json_object_get_member (layers, name);

      if (layer == NULL)
        continue;
      if (!JSON_NODE_HOLDS_OBJECT (layer))
        return refuse (error, name, _("no parameters"));
      if (!read_parameters (&state->parameters[i], json_node_get_object (layer), error))
        {
          g_prefix_error (error, "%s: ", name);
          return FALSE;
        }
    }

  return TRUE;
}

/* The whole */

JsonObject *
nerve_state_to_json (const NerveDocumentState *self, NerveDataset *dataset)
{
  JsonObject *json = json_object_new ();
  JsonObject *layers = json_object_new ();
  g_autofree char *images = nerve_images_to_text (self->selection);

  json_object_set_array_member (json, "columns", write_columns (self, dataset));
  json_object_set_string_member (json, "current", nerve_dataset_get_layer (dataset, self->current)->name);
  json_object_set_array_member (json, "rows", write_rows (self));
  if (self->n_guests > 0 || self->n_boards > 1)
    json_object_set_array_member (json, "guests", write_guests (self));
  if (self->n_boards > 1 || *self->boards[0].name != '\0')
    {
      json_object_set_array_member (json, "boards", write_boards (self, dataset));
      json_object_set_int_member (json, "board", self->board);
    }
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    write_field (json, self, &fields[i]);
  json_object_set_string_member (json, "selection", images);
  if (self->shown != NULL)
    {
      g_autofree char *shown = nerve_images_to_text (self->shown);

      json_object_set_string_member (json, "solo", shown);
    }
  for (guint i = 0; i < self->n_layers; i++)
    json_object_set_object_member (layers, nerve_dataset_get_layer (dataset, i)->name,
                                   write_parameters (&self->parameters[i]));
  json_object_set_object_member (json, "layers", layers);

  return json;
}

static void
select_nothing (NerveDocumentState *state)
{
  nerve_bitset_clear_all (state->selection);
  state->selected_layer = state->selected_node = state->selected_bar = -1;
  g_clear_pointer (&state->selection_name, g_free);
  g_clear_pointer (&state->selected_graph, g_free);
  g_clear_pointer (&state->selected_diagram, g_free);
}

static gboolean
read_selection (NerveDocumentState *state, JsonNode *node, NerveDataset *dataset, GError **error)
{
  NerveBitset *images;

  gsize n = nerve_dataset_get_n (dataset);

  if (!holds (node, G_TYPE_STRING))
    return refuse (error, "selection", _("not a list of images"));
  /* All of them one by one are not as long. */
  if (strlen (json_node_get_string (node)) > 24 * n)
    return refuse (error, "selection", _("too long"));
  images = nerve_images_from_text (json_node_get_string (node), n, error);
  if (images == NULL)
    return FALSE;
  nerve_bitset_free (state->selection);
  state->selection = images;

  return TRUE;
}

/* A list of classes or groups; once the number of one, -1: all. */
static gboolean
read_solo (NerveDocumentState *state, JsonNode *node, NerveDataset *dataset, GError **error)
{
  guint n = count_colors (dataset);

  if (holds (node, G_TYPE_INT64) && json_node_get_int (node) >= -1 && json_node_get_int (node) < (gint64) n)
    {
      g_clear_pointer (&state->shown, nerve_bitset_free);
      if (json_node_get_int (node) >= 0)
        {
          state->shown = nerve_bitset_new (n);
          nerve_bitset_set (state->shown, json_node_get_int (node), TRUE);
        }
      return TRUE;
    }
  if (!holds (node, G_TYPE_STRING) || strlen (json_node_get_string (node)) > 24 * (gsize) n)
    return refuse (error, "solo", _("not a list of classes"));
  g_clear_pointer (&state->shown, nerve_bitset_free);
  state->shown = nerve_images_from_text (json_node_get_string (node), n, NULL);

  return state->shown != NULL || refuse (error, "solo", _("not a list of classes"));
}

static gboolean
read_name (NerveDocumentState *state, JsonNode *node, NerveDataset *dataset, GError **error)
{
  if (!holds (node, G_TYPE_STRING))
    return refuse (error, "name", _("not a text"));
  nerve_board_layout_set_name (&state->boards[state->board], json_node_get_string (node));

  return TRUE;
}

static const struct
{
  const char *name;
  gboolean  (*read) (NerveDocumentState *state, JsonNode *node, NerveDataset *dataset, GError **error);
} board_parts[] = {
  { "name", read_name },
  { "columns", read_columns },
  { "current", read_current },
  { "rows", read_rows },
  { "guests", read_guests },
};

static gboolean
read_board (NerveDocumentState *state, JsonNode *node, NerveDataset *dataset, GError **error)
{
  JsonObject *board;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse (error, "boards", _("not a board"));
  board = json_node_get_object (node);
  for (guint i = 0; i < G_N_ELEMENTS (board_parts); i++)
    {
      JsonNode *part = json_object_get_member (board, board_parts[i].name);

      if (part != NULL && !board_parts[i].read (state, part, dataset, error))
        return FALSE;
    }

  return TRUE;
}

/* Which of the boards read before the members around it say; they come after. */
static gboolean
read_shown (NerveDocumentState *state, JsonNode *node, NerveDataset *dataset, GError **error)
{
  if (!holds (node, G_TYPE_INT64))
    return refuse (error, "board", _("not a whole number"));
  if (json_node_get_int (node) < 0 || json_node_get_int (node) >= state->n_boards)
    return refuse (error, "board", _("there is no such number"));
  state->board = json_node_get_int (node);

  return TRUE;
}

static const struct
{
  const char *name;
  gboolean  (*read) (NerveDocumentState *state, JsonNode *node, NerveDataset *dataset, GError **error);
  gboolean    of_images;
} parts[] = {
  { "boards", read_boards },
  { "board", read_shown },
  { "guests", read_guests },
  { "columns", read_columns },
  { "current", read_current },
  { "bars-as", read_bars_as },
  { "rows", read_rows },
  { "layers", read_layers },
  { "selection", read_selection, TRUE },
  { "solo", read_solo },
};

/* A pair is two, a cell has a row and a column, and a changed file may have no superclasses any more. */
static void
tidy (NerveDocumentState *state, NerveDataset *dataset)
{
  if (!nerve_color_by_is_available (state->color_by, dataset))
    state->color_by = NERVE_COLOR_BY_CLASS;
  if (state->pair[0] < 0 || state->pair[1] < 0 || state->pair[0] == state->pair[1])
    state->pair[0] = state->pair[1] = -1;
  if (state->matrix.cell[0] < 0 || state->matrix.cell[1] < 0)
    state->matrix.cell[0] = state->matrix.cell[1] = -1;
  if (nerve_bitset_is_empty (state->selection))
    select_nothing (state);
}

NerveDocumentState *
nerve_state_from_json (JsonObject *json, NerveDataset *dataset, gboolean same_images, GError **error)
{
  g_autoptr (NerveDocumentState) state = nerve_document_state_new (dataset);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      JsonNode *node = json_object_get_member (json, parts[i].name);

      if (node != NULL && (same_images || !parts[i].of_images) && !parts[i].read (state, node, dataset, error))
        return NULL;
    }
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      JsonNode *node = json_object_get_member (json, fields[i].name);

      if (node != NULL && !read_field (state, &fields[i], node, dataset, error))
        return NULL;
    }
  tidy (state, dataset);

  return g_steal_pointer (&state);
}
