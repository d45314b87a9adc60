#include "config.h"

#include "app/session-file.h"

#include <glib/gi18n.h>

#include "app/origin.h"
#include "base/output.h"

#define FORMAT "nerve-session"
#define VERSION 1
#define LARGEST (64 << 20)
#define MOST_ENTRIES 1000

/* Some of the images of what comes before it. */
typedef struct
{
  char *name;
  char *images;
} Part;

struct _NerveSessionEntry
{
  gatomicrefcount     ref;
  char               *path;
  char               *fingerprint; /* of the whole file */
  GPtrArray          *parts;       /* Part, the outermost first */
  gint64              n;           /* images; -1: not said */
  /* One of the two: what is open, or what a file says. */
  NerveDataset       *dataset;
  NerveDocumentState *state;
  char               *json;        /* as text: JSON-GLib's objects are not for several threads */
};

/* Entries */

static void
part_free (gpointer data)
{
  Part *part = data;

  g_free (part->name);
  g_free (part->images);
  g_free (part);
}

static NerveSessionEntry *
entry_alloc (const char *path, const char *fingerprint)
{
  NerveSessionEntry *self = g_new0 (NerveSessionEntry, 1);

  g_atomic_ref_count_init (&self->ref);
  self->path = g_strdup (path);
  self->fingerprint = g_strdup (fingerprint);
  self->parts = g_ptr_array_new_with_free_func (part_free);
  self->n = -1;

  return self;
}

static void
add_part (NerveSessionEntry *self, const char *name, const char *images)
{
  Part *part = g_new0 (Part, 1);

  part->name = g_strdup (name);
  part->images = g_strdup (images);
  g_ptr_array_add (self->parts, part);
}

static NerveDataset *
add_parts (NerveSessionEntry *self, NerveDataset *dataset)
{
  NerveDataset *whole = nerve_dataset_get_whole (dataset);
  g_autoptr (NerveBitset) images = NULL;
  g_autofree char *text = NULL;
  NerveDataset *file;

  if (whole == NULL)
    return dataset;

  file = add_parts (self, whole);
  images = nerve_dataset_get_subset_images (dataset);
  text = nerve_images_to_text (images);
  add_part (self, nerve_dataset_get_subset_name (dataset), text);

  return file;
}

NerveSessionEntry *
nerve_session_entry_new (NerveDataset *dataset, const NerveDocumentState *state)
{
  NerveSessionEntry *self = entry_alloc (nerve_dataset_get_path (dataset), NULL);

  self->fingerprint = g_strdup (nerve_dataset_get_fingerprint (add_parts (self, dataset)));
  self->n = nerve_dataset_get_n (dataset);
  self->dataset = nerve_dataset_ref (dataset);
  self->state = nerve_document_state_copy (state);

  return self;
}

NerveSessionEntry *
nerve_session_entry_ref (NerveSessionEntry *self)
{
  g_atomic_ref_count_inc (&self->ref);

  return self;
}

void
nerve_session_entry_unref (NerveSessionEntry *self)
{
  if (!g_atomic_ref_count_dec (&self->ref))
    return;

  g_free (self->path);
  g_free (self->fingerprint);
  g_ptr_array_unref (self->parts);
  g_clear_pointer (&self->state, nerve_document_state_free);
  g_clear_pointer (&self->dataset, nerve_dataset_unref);
  g_free (self->json);
  g_free (self);
}

static JsonObject *
state_json (const NerveSessionEntry *self)
{
  g_autoptr (JsonNode) node = NULL;

  if (self->json == NULL)
    return nerve_state_to_json (self->state, self->dataset);
  node = json_from_string (self->json, NULL);

  return json_object_ref (json_node_get_object (node));
}

NerveSessionEntry *
nerve_session_entry_moved (const NerveSessionEntry *self, const char *path)
{
  NerveSessionEntry *moved;

  g_return_val_if_fail (self->json != NULL, NULL);

  moved = entry_alloc (path, self->fingerprint);
  for (guint i = 0; i < self->parts->len; i++)
    {
      const Part *part = self->parts->pdata[i];

      add_part (moved, part->name, part->images);
    }
  moved->n = self->n;
  moved->json = g_strdup (self->json);

  return moved;
}

const char *
nerve_session_entry_get_path (const NerveSessionEntry *self)
{
  return self->path;
}

static NerveDataset *
take_part (NerveDataset *whole, const Part *part, GError **error)
{
  g_autoptr (NerveBitset) images = nerve_images_from_text (part->images, nerve_dataset_get_n (whole), error);

  if (images == NULL)
    return NULL;
  if (nerve_bitset_is_empty (images))
    {
      g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_FORMAT, _("images: a part without any"));
      return NULL;
    }

  return nerve_dataset_new_subset (whole, images, part->name);
}

NerveDataset *
nerve_session_entry_open (const NerveSessionEntry *self, const NerveProgress *progress, gboolean *changed,
                          NerveDocumentState **state, GError **error)
{
  g_autoptr (NerveDataset) dataset = nerve_dataset_open_cancellable (self->path, progress, error);
  g_autoptr (JsonObject) json = NULL;
  gboolean same_images;

  if (dataset == NULL)
    return NULL;

  *changed = self->fingerprint != NULL && !g_str_equal (self->fingerprint, nerve_dataset_get_fingerprint (dataset));
  for (guint i = 0; i < self->parts->len; i++)
    {
      NerveDataset *part = take_part (dataset, self->parts->pdata[i], error);

      if (part == NULL)
        return NULL;
      nerve_dataset_unref (dataset);
      dataset = part;
    }
  json = state_json (self);
  same_images = self->n < 0 || (gsize) self->n == nerve_dataset_get_n (dataset);
  *state = nerve_state_from_json (json, dataset, same_images, error);

  return *state != NULL ? g_steal_pointer (&dataset) : NULL;
}

/* Writing */

NerveSessionFile *
nerve_session_file_new (void)
{
  NerveSessionFile *self = g_new0 (NerveSessionFile, 1);

  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) nerve_session_entry_unref);
  self->active = -1;

  return self;
}

void
nerve_session_file_free (NerveSessionFile *self)
{
  g_ptr_array_unref (self->entries);
  g_free (self->view);
  g_free (self);
}

/* Found again where both have moved together. */
static void
write_beside (JsonObject *json, const char *path, GFile *folder)
{
  g_autoptr (GFile) data = g_file_new_for_path (path);
  g_autofree char *beside = g_file_get_relative_path (folder, data);

  if (beside != NULL)
    {
      g_autofree char *escaped = g_uri_escape_string (beside, "/", TRUE);

      json_object_set_string_member (json, "beside", escaped);
    }
}

static JsonObject *
write_entry (const NerveSessionEntry *self, GFile *folder)
{
  JsonObject *json = json_object_new ();
  g_autoptr (GFile) data = g_file_new_for_path (self->path);
  g_autofree char *uri = g_file_get_uri (data);
  JsonArray *parts = json_array_new ();

  json_object_set_string_member (json, "uri", uri);
  write_beside (json, self->path, folder);
  if (self->fingerprint != NULL)
    json_object_set_string_member (json, "fingerprint", self->fingerprint);
  if (self->n >= 0)
    json_object_set_int_member (json, "n", self->n);
  for (guint i = 0; i < self->parts->len; i++)
    {
      const Part *part = self->parts->pdata[i];
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "name", part->name);
      json_object_set_string_member (object, "images", part->images);
      json_array_add_object_element (parts, object);
    }
  json_object_set_array_member (json, "parts", parts);
  json_object_set_object_member (json, "state", state_json (self));

  return json;
}

static char *
to_text (const NerveSessionFile *self, GFile *folder, gsize *length)
{
  JsonObject *object = json_object_new ();
  JsonArray *files = json_array_new ();
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonGenerator) generator = json_generator_new ();

  json_object_set_string_member (object, "format", FORMAT);
  json_object_set_int_member (object, "version", VERSION);
  json_object_set_string_member (object, "program", NERVE_VERSION);
  json_object_set_int_member (object, "active", self->active);
  if (self->view != NULL)
    json_object_set_string_member (object, "view", self->view);
  for (guint i = 0; i < self->entries->len; i++)
    json_array_add_object_element (files, write_entry (self->entries->pdata[i], folder));
  json_object_set_array_member (object, "files", files);
  json_node_take_object (root, object);
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);

  return json_generator_to_data (generator, length);
}

gboolean
nerve_session_file_write (const NerveSessionFile *self, const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) folder = g_file_get_parent (file);
  NerveOutput *output = nerve_output_open (path, error);
  g_autofree char *text = NULL;
  gsize length;

  if (output == NULL)
    return FALSE;

  text = to_text (self, folder, &length);
  nerve_output_write (output, text, length);

  return nerve_output_commit (output, error);
}

/* Reading */

static gboolean
refuse (GError **error, const char *cause)
{
  g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_FORMAT, cause);

  return FALSE;
}

/* NULL: not there, or not a text. */
static const char *
get_text (JsonObject *json, const char *name)
{
  JsonNode *node = json_object_get_member (json, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

static gint64
get_number (JsonObject *json, const char *name, gint64 otherwise)
{
  JsonNode *node = json_object_get_member (json, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64
           ? json_node_get_int (node) : otherwise;
}

/* Where it was, or beside the session. */
static char *
find_data (JsonObject *json, GFile *folder)
{
  const char *uri = get_text (json, "uri");
  const char *beside = get_text (json, "beside");
  g_autofree char *path = uri != NULL ? g_filename_from_uri (uri, NULL, NULL) : NULL;
  g_autofree char *relative = beside != NULL ? g_uri_unescape_string (beside, "/") : NULL;

  if (relative != NULL && (path == NULL || !g_file_test (path, G_FILE_TEST_EXISTS)))
    {
      g_autoptr (GFile) file = g_file_resolve_relative_path (folder, relative);

      if (path == NULL || g_file_query_exists (file, NULL))
        return g_file_get_path (file);
    }

  return g_steal_pointer (&path);
}

static gboolean
read_part (NerveSessionEntry *self, JsonNode *node, GError **error)
{
  JsonObject *part;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse (error, _("files: a part of one is damaged"));
  part = json_node_get_object (node);
  if (get_text (part, "name") == NULL || get_text (part, "images") == NULL)
    return refuse (error, _("files: a part of one is damaged"));
  add_part (self, get_text (part, "name"), get_text (part, "images"));

  return TRUE;
}

static NerveSessionEntry *
read_entry (JsonNode *node, GFile *folder, GError **error)
{
  g_autoptr (NerveSessionEntry) self = NULL;
  g_autoptr (JsonNode) again = NULL; /* a number may be too large to be written */
  g_autofree char *path = NULL;
  JsonNode *state, *parts;
  JsonObject *json;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      refuse (error, _("files: one is not an object"));
      return NULL;
    }
  json = json_node_get_object (node);
  path = find_data (json, folder);
  state = json_object_get_member (json, "state");
  parts = json_object_get_member (json, "parts");
  if (path == NULL || state == NULL || !JSON_NODE_HOLDS_OBJECT (state) ||
      (parts != NULL && !JSON_NODE_HOLDS_ARRAY (parts)))
    {
      refuse (error, path == NULL ? _("files: one does not say where it is")
                                  : _("files: what is looked at is damaged"));
      return NULL;
    }

  self = entry_alloc (path, get_text (json, "fingerprint"));
  self->n = get_number (json, "n", -1);
  self->json = json_to_string (state, FALSE);
  again = json_from_string (self->json, NULL);
  if (again == NULL)
    {
      refuse (error, _("files: what is looked at is damaged"));
      return NULL;
    }
  for (guint i = 0; parts != NULL && i < json_array_get_length (json_node_get_array (parts)); i++)
    if (!read_part (self, json_array_get_element (json_node_get_array (parts), i), error))
      return NULL;

  return g_steal_pointer (&self);
}

static gboolean
check_version (JsonObject *json, GError **error)
{
  gint64 version = get_number (json, "version", -1);

  if (g_strcmp0 (get_text (json, "format"), FORMAT) != 0)
    return refuse (error, _("not a session of Nerve"));
  if (version == VERSION)
    return TRUE;
  if (version > VERSION)
    g_set_error (error, NERVE_ERROR, NERVE_ERROR_FORMAT,
                 _("a session of a newer Nerve (version %d, this one reads %d)"), (int) MIN (version, G_MAXINT),
                 VERSION);
  else
    refuse (error, _("a session of no known version"));

  return FALSE;
}

static NerveSessionFile *
read_json (JsonNode *root, GFile *folder, GError **error)
{
  g_autoptr (NerveSessionFile) self = nerve_session_file_new ();
  JsonObject *json;
  JsonNode *files;
  guint n;

  if (!JSON_NODE_HOLDS_OBJECT (root))
    {
      refuse (error, _("not a session of Nerve"));
      return NULL;
    }
  json = json_node_get_object (root);
  if (!check_version (json, error))
    return NULL;
  files = json_object_get_member (json, "files");
  if (files == NULL || !JSON_NODE_HOLDS_ARRAY (files))
    {
      refuse (error, _("no list of files in the session"));
      return NULL;
    }
  n = json_array_get_length (json_node_get_array (files));
  if (n > MOST_ENTRIES)
    {
      refuse (error, _("too many files in the session"));
      return NULL;
    }
  for (guint i = 0; i < n; i++)
    {
      NerveSessionEntry *entry = read_entry (json_array_get_element (json_node_get_array (files), i), folder, error);

      if (entry == NULL)
        return NULL;
      g_ptr_array_add (self->entries, entry);
    }
  self->active = CLAMP (get_number (json, "active", -1), -1, (gint64) n - 1);
  self->view = g_strdup (get_text (json, "view"));

  return g_steal_pointer (&self);
}

/* A pipe or a disk full of zeros must not be read to its end. */
static char *
read_text (GFile *file, gsize *length, GError **error)
{
  g_autoptr (GFileInfo) info = NULL;
  g_autoptr (GError) cause = NULL;
  char *text = NULL;

  info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
                            G_FILE_QUERY_INFO_NONE, NULL, &cause);
  if (info != NULL && g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    {
      g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_OPEN, _("not a regular file"));
      return NULL;
    }
  if (info != NULL && g_file_info_get_size (info) > LARGEST)
    {
      refuse (error, _("too large for a session"));
      return NULL;
    }
  if (info == NULL || !g_file_load_contents (file, NULL, &text, length, NULL, &cause))
    {
      g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_OPEN, cause->message);
      return NULL;
    }

  return text;
}

NerveSessionFile *
nerve_session_file_read (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;
  gsize length = 0;

  text = read_text (file, &length, error);
  if (text == NULL)
    return NULL;
  root = nerve_json_parse (text, length, error);

  return root != NULL ? read_json (root, folder, error) : NULL;
}

gboolean
nerve_session_file_is (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);

  return name != NULL && g_str_has_suffix (name, NERVE_SESSION_FILE_SUFFIX);
}
