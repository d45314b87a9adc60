#include "data/graph.h"

#include <math.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/json.h"

#define MOST_POINTS 10000000 /* a member beyond is an error in the file, and would cost gigabytes */

typedef struct
{
  GPtrArray  *ids;      /* char * */
  GArray     *offsets;  /* gsize */
  GArray     *members;  /* guint32 */
  GHashTable *by_id;    /* id → node + 1 */
  GArray     *edges;    /* guint[2] */
} Builder;

static void
builder_init (Builder *self)
{
  const gsize zero = 0;

  self->ids = g_ptr_array_new_with_free_func (g_free);
  self->offsets = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->members = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->edges = g_array_new (FALSE, FALSE, 2 * sizeof (guint));
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  g_array_append_val (self->offsets, zero);
}

static void
builder_clear (Builder *self)
{
  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->ids);
  g_array_unref (self->offsets);
  g_array_unref (self->members);
  g_array_unref (self->edges);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Builder, builder_clear)

G_GNUC_PRINTF (3, 4) static gboolean
fail (GError **error, int code, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, NERVE_ERROR, code, message);

  return FALSE;
}

/* Nodes */

static int
compare_members (gconstpointer a, gconstpointer b)
{
  guint32 x = *(const guint32 *) a;
  guint32 y = *(const guint32 *) b;

  return (x > y) - (x < y);
}

static gboolean
add_members (Builder *self, const char *id, JsonArray *array, GError **error)
{
  gsize first = self->members->len;
  gsize kept = first;

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      double value = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_double (node) : NAN;
      guint32 member;

      if (!(value >= 0 && value < MOST_POINTS && value == floor (value)) ||
          json_node_get_value_type (node) == G_TYPE_STRING || json_node_get_value_type (node) == G_TYPE_BOOLEAN)
        return fail (error, NERVE_ERROR_VALUE, "node “%s”: a member is not the number of a point", id);
      member = (guint32) value;
      g_array_append_val (self->members, member);
    }
  if (self->members->len > first)
    qsort (&g_array_index (self->members, guint32, first), self->members->len - first, sizeof (guint32),
           compare_members);
  for (gsize i = first; i < self->members->len; i++)
    if (i == first || g_array_index (self->members, guint32, i) != g_array_index (self->members, guint32, kept - 1))
      g_array_index (self->members, guint32, kept++) = g_array_index (self->members, guint32, i);
  g_array_set_size (self->members, kept);
  if (kept == first)
    return fail (error, NERVE_ERROR_FORMAT, "node “%s” has no members", id);

  g_array_append_val (self->offsets, kept);

  return TRUE;
}

/* The array that a node's members stand in, by any of their names; some pages nest it once more. */
static JsonArray *
find_members (JsonNode *node)
{
  static const char *const names[] = { "vertices", "membership", "members" };
  JsonObject *object;

  if (JSON_NODE_HOLDS_ARRAY (node))
    return json_node_get_array (node);
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return NULL;

  object = json_node_get_object (node);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      JsonNode *member = json_object_get_member (object, names[i]);

      if (member != NULL && JSON_NODE_HOLDS_ARRAY (member))
        return json_node_get_array (member);
      if (member != NULL && JSON_NODE_HOLDS_OBJECT (member))
        return find_members (member);
    }

  return NULL;
}

static gboolean
add_node (Builder *self, const char *id, JsonNode *node, GError **error)
{
  JsonArray *members = find_members (node);
  char *own;

  if (members == NULL)
    return fail (error, NERVE_ERROR_FORMAT, "node “%s” does not say which points it holds", id);
  if (g_hash_table_contains (self->by_id, id))
    return fail (error, NERVE_ERROR_FORMAT, "there are two nodes “%s”", id);

  own = g_strdup (id);
  g_ptr_array_add (self->ids, own);
  g_hash_table_insert (self->by_id, own, GUINT_TO_POINTER (self->ids->len));

  return add_members (self, id, members, error);
}

/* An id may be a number. */
static char *
text_of (JsonNode *node)
{
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_dup_string (node);

  return g_strdup_printf ("%.17g", json_node_get_double (node));
}

static gboolean
add_listed_node (Builder *self, JsonNode *node, GError **error)
{
  static const char *const names[] = { "id", "name" };
  g_autofree char *id = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names) && id == NULL && JSON_NODE_HOLDS_OBJECT (node); i++)
    id = text_of (json_object_get_member (json_node_get_object (node), names[i]));
  if (id == NULL)
    id = g_strdup_printf ("%u", self->ids->len);

  return add_node (self, id, node, error);
}

static gboolean
add_nodes (Builder *self, JsonNode *nodes, GError **error)
{
  g_autoptr (GList) keys = NULL;

  if (JSON_NODE_HOLDS_ARRAY (nodes))
    {
      for (guint i = 0; i < json_array_get_length (json_node_get_array (nodes)); i++)
        if (!add_listed_node (self, json_array_get_element (json_node_get_array (nodes), i), error))
          return FALSE;
      return TRUE;
    }

  keys = json_object_get_members (json_node_get_object (nodes));
  for (GList *key = keys; key != NULL; key = key->next)
    if (!add_node (self, key->data, json_object_get_member (json_node_get_object (nodes), key->data), error))
      return FALSE;

  return TRUE;
}

/* Links */

/* By id, or else by its number; some programs put the whole node. */
static gboolean
find_node (const Builder *self, JsonNode *end, guint *node, GError **error)
{
  g_autofree char *id = NULL;
  gpointer found;
  guint64 index;

  if (end != NULL && JSON_NODE_HOLDS_OBJECT (end))
    end = json_object_get_member (json_node_get_object (end), "id");
  id = text_of (end);
  if (id == NULL)
    return fail (error, NERVE_ERROR_FORMAT, "a link does not say which nodes it joins");

  found = g_hash_table_lookup (self->by_id, id);
  if (found != NULL)
    *node = GPOINTER_TO_UINT (found) - 1;
  else if (json_node_get_value_type (end) != G_TYPE_STRING && self->ids->len > 0 &&
           g_ascii_string_to_unsigned (id, 10, 0, self->ids->len - 1, &index, NULL))
    *node = (guint) index;
  else
    return fail (error, NERVE_ERROR_FORMAT, "a link leads to “%s”, and there is no such node", id);

  return TRUE;
}

static void
add_edge (Builder *self, guint a, guint b)
{
  guint edge[2] = { MIN (a, b), MAX (a, b) };

  if (a != b)
    g_array_append_vals (self->edges, edge, 1);
}

static gboolean
add_listed_link (Builder *self, JsonNode *link, GError **error)
{
  guint a, b;

  if (!JSON_NODE_HOLDS_OBJECT (link))
    return fail (error, NERVE_ERROR_FORMAT, "a link is no object with a source and a target");
  if (!find_node (self, json_object_get_member (json_node_get_object (link), "source"), &a, error) ||
      !find_node (self, json_object_get_member (json_node_get_object (link), "target"), &b, error))
    return FALSE;
  add_edge (self, a, b);

  return TRUE;
}

static gboolean
add_links_of (Builder *self, const char *id, JsonNode *others, GError **error)
{
  gpointer found = g_hash_table_lookup (self->by_id, id);
  guint other;

  if (found == NULL)
    return fail (error, NERVE_ERROR_FORMAT, "a link leads from “%s”, and there is no such node", id);
  if (!JSON_NODE_HOLDS_ARRAY (others))
    return fail (error, NERVE_ERROR_FORMAT, "the links of “%s” are no list", id);

  for (guint i = 0; i < json_array_get_length (json_node_get_array (others)); i++)
    {
      if (!find_node (self, json_array_get_element (json_node_get_array (others), i), &other, error))
        return FALSE;
      add_edge (self, GPOINTER_TO_UINT (found) - 1, other);
    }

  return TRUE;
}

static int
compare_edges (gconstpointer a, gconstpointer b)
{
  const guint *x = a;
  const guint *y = b;

  if (x[0] != y[0])
    return x[0] > y[0] ? 1 : -1;

  return (x[1] > y[1]) - (x[1] < y[1]);
}

static gboolean
add_links (Builder *self, JsonNode *links, GError **error)
{
  guint (*edges)[2];
  guint kept = 0;

  if (JSON_NODE_HOLDS_ARRAY (links))
    {
      for (guint i = 0; i < json_array_get_length (json_node_get_array (links)); i++)
        if (!add_listed_link (self, json_array_get_element (json_node_get_array (links), i), error))
          return FALSE;
    }
  else
    {
      g_autoptr (GList) keys = json_object_get_members (json_node_get_object (links));

      for (GList *key = keys; key != NULL; key = key->next)
        if (!add_links_of (self, key->data, json_object_get_member (json_node_get_object (links), key->data), error))
          return FALSE;
    }

  edges = (guint (*)[2]) (gpointer) self->edges->data;
  if (self->edges->len > 0)
    qsort (edges, self->edges->len, sizeof *edges, compare_edges);
  for (guint i = 0; i < self->edges->len; i++)
    if (i == 0 || compare_edges (edges[i], edges[kept - 1]) != 0)
      {
        edges[kept][0] = edges[i][0];
        edges[kept++][1] = edges[i][1];
      }
  g_array_set_size (self->edges, kept);

  return TRUE;
}

/* The whole */

static JsonNode *
get_part (JsonObject *object, const char *name)
{
  JsonNode *part = json_object_get_member (object, name);

  return part != NULL && (JSON_NODE_HOLDS_OBJECT (part) || JSON_NODE_HOLDS_ARRAY (part)) ? part : NULL;
}

static NerveGraphFile *
finish (Builder *self, const char *program)
{
  NerveGraphFile *file = g_new0 (NerveGraphFile, 1);

  file->program = g_strdup (program);
  file->n_nodes = self->ids->len;
  file->n_edges = self->edges->len;
  for (gsize i = 0; i < self->members->len; i++)
    file->n_points = MAX (file->n_points, (gsize) g_array_index (self->members, guint32, i) + 1);
  g_ptr_array_add (self->ids, NULL);
  file->ids = (char **) g_ptr_array_steal (self->ids, NULL);
  file->offsets = (gsize *) (gpointer) g_array_steal (self->offsets, NULL);
  file->members = (guint32 *) (gpointer) g_array_steal (self->members, NULL);
  file->edges = (guint (*)[2]) (gpointer) g_array_steal (self->edges, NULL);

  return file;
}

NerveGraphFile *
nerve_graph_file_parse (const char *text, gsize length, GError **error)
{
  g_autoptr (JsonNode) root = nerve_json_parse (text, length, error);
  g_auto (Builder) builder = { NULL };
  JsonNode *nodes = NULL, *links = NULL;
  JsonObject *object = NULL;
  gboolean by_edges, is_page = FALSE;

  builder_init (&builder);
  if (root == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_OBJECT (root))
    object = json_node_get_object (root);
  if (object != NULL && get_part (object, "mapper") != NULL && JSON_NODE_HOLDS_OBJECT (get_part (object, "mapper")))
    {
      object = json_object_get_object_member (object, "mapper");
      is_page = TRUE;
    }
  if (object != NULL)
    nodes = get_part (object, "nodes");
  if (nodes != NULL)
    links = get_part (object, "links");
  by_edges = nodes != NULL && links == NULL;
  if (by_edges)
    links = get_part (object, "edges");
  if (links == NULL)
    {
      fail (error, NERVE_ERROR_FORMAT, "no mapper graph: it needs “nodes”, and “links” or “edges”");
      return NULL;
    }
  if (!add_nodes (&builder, nodes, error) || !add_links (&builder, links, error))
    return NULL;
  if (builder.ids->len == 0)
    {
      fail (error, NERVE_ERROR_NOT_FOUND, "the graph has no nodes");
      return NULL;
    }

  return finish (&builder, is_page || (by_edges && JSON_NODE_HOLDS_OBJECT (nodes)) ? "Mapper Interactive"
                           : JSON_NODE_HOLDS_ARRAY (nodes)                       ? "TopoAct"
                                                                                 : "KeplerMapper");
}

void
nerve_graph_file_free (NerveGraphFile *self)
{
  g_free (self->program);
  g_strfreev (self->ids);
  g_free (self->offsets);
  g_free (self->members);
  g_free (self->edges);
  g_free (self);
}
