#include "app/session-file.h"

#include <glib/gstdio.h>

#include "app/autosave.h"
#include "app/fixture.h"
#include "app/paths.h"

typedef struct
{
  char         *path;
  char         *folder;
  char         *place; /* of a session file */
  NerveDataset *dataset;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  f->path = fixture_network ();
  f->folder = g_dir_make_tmp ("nerve-session-XXXXXX", &error);
  g_assert_no_error (error);
  f->place = g_build_filename (f->folder, "some" NERVE_SESSION_FILE_SUFFIX, NULL);
  f->dataset = nerve_dataset_open (f->path, &error);
  g_assert_no_error (error);
}

static void
clear_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  nerve_dataset_unref (f->dataset);
  clear_folder (f->folder);
  g_free (f->folder);
  g_free (f->place);
  fixture_free (f->path);
}

/* Nothing as in a file just opened. */
static NerveDocumentState *
unusual_state (NerveDataset *dataset)
{
  NerveDocumentState *state = nerve_document_state_new (dataset);
  g_autoptr (GError) error = NULL;

  state->n_columns = 2;
  state->columns[0] = 5;
  state->columns[1] = 0;
  state->pinned[0] = FALSE;
  state->pinned[1] = TRUE;
  state->current = 5;
  state->color_by = NERVE_COLOR_BY_PURITY;
  state->node_size = NERVE_NODE_SIZE_EQUAL;
  state->edge_width = NERVE_EDGE_WIDTH_SHARED;
  state->layout = NERVE_LAYOUT_SORTED;
  state->sweep_by_eps = TRUE;
  state->units = NERVE_UNITS_FIT;
  /* Two boards, the second shown: what follows is of that. */
  nerve_board_layout_set_name (&state->boards[0], "first “board”");
  nerve_document_state_stow (state);
  state->boards[1] = state->boards[0];
  state->boards[0].n_columns = 1;
  state->boards[0].columns[0] = state->boards[0].current = 3;
  state->boards[0].n_rows = 1;
  state->boards[0].guests[0] = (NerveGuest) { g_intern_string ("0123"), g_intern_string ("conv1") };
  state->boards[0].n_guests = 1;
  state->guests[0] = (NerveGuest) { g_intern_string ("4567"), g_intern_string ("a “layer”") };
  state->guests[1] = (NerveGuest) { g_intern_string ("4567"), g_intern_string ("fc") };
  state->n_guests = 2;
  state->n_boards = 2;
  state->board = 1;
  nerve_board_layout_set_name (&state->boards[1], "");
  state->n_rows = 3;
  state->rows[0] = (NerveBoardRow) { NERVE_BOARD_VIEW_PICTURES, 123 };
  state->rows[2] = (NerveBoardRow) { NERVE_BOARD_VIEW_MAPPER, 77 };
  state->accuracy = 1.0 / 3;
  state->decay.linear = TRUE;
  state->decay.by = NERVE_DECAY_BY_SUPERCLASS;
  state->decay.bands = FALSE;
  state->decay.at_eta = TRUE;
  state->decay.eta = 0.1 + 0.2;
  state->shown = nerve_bitset_new (4);
  nerve_bitset_set (state->shown, 1, TRUE);
  state->pair[0] = 3;
  state->pair[1] = 2;
  state->matrix.measure = NERVE_MEASURE_CKA;
  state->matrix.dims = (state->matrix.dims + 1) % NERVE_N_MATRIX_DIMS;
  state->matrix.scaled = !state->matrix.scaled;
  state->matrix.selected_only = !state->matrix.selected_only;
  state->matrix.by_dendrogram = !state->matrix.by_dendrogram;
  state->matrix.as = (state->matrix.as + 1) % NERVE_N_COMPARE_AS;
  state->matrix.rival = g_strdup ("0123|/somewhere/“else”.h5");
  state->matrix.cell[0] = 1;
  state->matrix.cell[1] = 4;
  nerve_bitset_set (state->selection, 0, TRUE);
  for (guint i = 7; i < 12; i++)
    nerve_bitset_set (state->selection, i, TRUE);
  nerve_bitset_set (state->selection, 59, TRUE);
  state->selection_name = g_strdup ("node 3 of “conv1”\n");
  state->selected_layer = 2;
  state->selected_node = 3;
  state->selected_graph = g_strdup ("graph|key");
  state->selected_bar = 4;
  state->selected_diagram = g_strdup ("diagram|key");
  nerve_layer_parameters_set (&state->parameters[2], "mapper", "overlap", "0.3333333333333333", &error);
  g_assert_no_error (error);
  nerve_layer_parameters_set (&state->parameters[5], "cloud", "max-points", "17", &error);
  g_assert_no_error (error);

  return state;
}

static NerveSessionFile *
session_of (Fixture *f, const NerveDocumentState *state)
{
  NerveSessionFile *file = nerve_session_file_new ();

  g_ptr_array_add (file->entries, nerve_session_entry_new (f->dataset, state));
  file->active = 0;
  file->view = g_strdup ("compare");

  return file;
}

static void
write_state (Fixture *f, const NerveDocumentState *state)
{
  g_autoptr (NerveSessionFile) file = session_of (f, state);
  g_autoptr (GError) error = NULL;

  nerve_session_file_write (file, f->place, &error);
  g_assert_no_error (error);
}

static NerveSessionFile *
read_good (const char *place)
{
  g_autoptr (GError) error = NULL;
  NerveSessionFile *file = nerve_session_file_read (place, &error);

  g_assert_no_error (error);

  return file;
}

static void
assert_same_json (JsonObject *a, JsonObject *b)
{
  g_autoptr (JsonNode) one = json_node_init_object (json_node_alloc (), a);
  g_autoptr (JsonNode) other = json_node_init_object (json_node_alloc (), b);

  g_assert_true (json_node_equal (one, other));
}

/* Whoever adds a field to the table adds it to unusual_state(), or this fails. */
static void
every_field_comes_back (Fixture *f, gconstpointer data)
{
  g_autoptr (NerveDocumentState) usual = nerve_document_state_new (f->dataset);
  g_autoptr (NerveDocumentState) state = unusual_state (f->dataset);
  g_autoptr (NerveDocumentState) back = NULL;
  g_autoptr (JsonObject) plain = nerve_state_to_json (usual, f->dataset);
  g_autoptr (JsonObject) json = nerve_state_to_json (state, f->dataset);
  g_autoptr (JsonObject) again = NULL;
  g_autoptr (NerveSessionFile) file = NULL;
  g_autoptr (NerveDataset) dataset = NULL;
  g_autoptr (GList) names = json_object_get_members (json);
  g_autoptr (GError) error = NULL;
  gboolean changed = TRUE;

  for (GList *l = names; l != NULL; l = l->next)
    if (json_object_has_member (plain, l->data) &&
        json_node_equal (json_object_get_member (plain, l->data), json_object_get_member (json, l->data)))
      g_error ("%s is as usual", (char *) l->data);

  write_state (f, state);
  file = read_good (f->place);
  g_assert_cmpuint (file->entries->len, ==, 1);
  g_assert_cmpint (file->active, ==, 0);
  g_assert_cmpstr (file->view, ==, "compare");
  dataset = nerve_session_entry_open (file->entries->pdata[0], NULL, &changed, &back, &error);
  g_assert_no_error (error);
  g_assert_false (changed);
  g_assert_cmpuint (nerve_document_state_diff (state, back), ==, 0);
  g_assert_cmpstr (state->selection_name, ==, back->selection_name);
  again = nerve_state_to_json (back, dataset);
  assert_same_json (json, again);
}

static void
the_usual_state_comes_back_too (Fixture *f, gconstpointer data)
{
  g_autoptr (NerveDocumentState) usual = nerve_document_state_new (f->dataset);
  g_autoptr (JsonObject) json = nerve_state_to_json (usual, f->dataset);
  g_autoptr (GError) error = NULL;
  g_autoptr (NerveDocumentState) back = nerve_state_from_json (json, f->dataset, TRUE, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (nerve_document_state_diff (usual, back), ==, 0);
}

static void
selected_images_open_as_such (Fixture *f, gconstpointer data)
{
  g_autoptr (NerveBitset) images = nerve_bitset_new (60);
  g_autoptr (NerveBitset) fewer = nerve_bitset_new (4);
  g_autoptr (NerveDataset) part = NULL;
  g_autoptr (NerveDataset) inner = NULL;
  g_autoptr (NerveDataset) back = NULL;
  g_autoptr (NerveDocumentState) state = NULL;
  g_autoptr (NerveDocumentState) state_back = NULL;
  g_autoptr (NerveSessionFile) file = nerve_session_file_new ();
  g_autoptr (NerveSessionFile) read = NULL;
  g_autoptr (GError) error = NULL;
  gboolean changed;

  for (guint i = 10; i < 14; i++)
    nerve_bitset_set (images, i, TRUE);
  nerve_bitset_set (fewer, 1, TRUE);
  nerve_bitset_set (fewer, 3, TRUE);
  part = nerve_dataset_new_subset (f->dataset, images, "some");
  inner = nerve_dataset_new_subset (part, fewer, "fewer");
  state = nerve_document_state_new (inner);
  g_ptr_array_add (file->entries, nerve_session_entry_new (inner, state));
  g_assert_true (nerve_session_file_write (file, f->place, &error));
  read = read_good (f->place);
  back = nerve_session_entry_open (read->entries->pdata[0], NULL, &changed, &state_back, &error);
  g_assert_no_error (error);
  g_assert_false (changed);
  g_assert_cmpuint (nerve_dataset_get_n (back), ==, 2);
  g_assert_cmpstr (nerve_dataset_get_fingerprint (back), ==, nerve_dataset_get_fingerprint (inner));
  g_assert_cmpstr (nerve_dataset_get_subset_name (back), ==, "fewer");
}

static char *
text_of (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);

  return text;
}

static char *
replaced (const char *text, const char *from, const char *to)
{
  g_auto (GStrv) pieces = g_strsplit (text, from, -1);

  g_assert_cmpuint (g_strv_length (pieces), >, 1);

  return g_strjoinv (to, pieces);
}

static void
store (Fixture *f, const char *text, gssize length)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (f->place, text, length, &error);
  g_assert_no_error (error);
}

static void
assert_refused (Fixture *f, const char *word)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (nerve_session_file_read (f->place, &error));
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
  if (strstr (error->message, word) == NULL)
    g_error ("“%s” does not say “%s”", error->message, word);
}

static void
what_is_cut_off_anywhere_is_refused (Fixture *f, gconstpointer data)
{
  g_autoptr (NerveDocumentState) state = unusual_state (f->dataset);
  g_autofree char *text = NULL;
  gsize length;

  write_state (f, state);
  text = text_of (f->place);
  length = strlen (g_strchomp (text));
  for (gsize n = 0; n < length; n += 1 + length / 300)
    {
      store (f, text, n);
      assert_refused (f, "not JSON");
    }
}

static void
what_is_no_session_says_so (Fixture *f, gconstpointer data)
{
  static const struct { const char *text; const char *word; } cases[] = {
    { "{}", "not a session" },
    { "[]", "not a session" },
    { "17", "not a session" },
    { "{\"format\": 3, \"version\": 1}", "not a session" },
    { "{\"format\": \"nerve-session\", \"version\": 2, \"files\": []}", "newer Nerve" },
    { "{\"format\": \"nerve-session\", \"version\": \"1\", \"files\": []}", "version" },
    { "{\"format\": \"nerve-session\", \"files\": []}", "version" },
    { "{\"format\": \"nerve-session\", \"version\": 1}", "no list" },
    { "{\"format\": \"nerve-session\", \"version\": 1, \"files\": {}}", "no list" },
    { "{\"format\": \"nerve-session\", \"version\": 1, \"files\": [1]}", "not an object" },
    { "{\"format\": \"nerve-session\", \"version\": 1, \"files\": [{}]}", "where it is" },
    { "{\"format\": \"nerve-session\", \"version\": 1, \"files\": [{\"uri\": 7, \"state\": {}}]}", "where it is" },
    { "{\"format\": \"nerve-session\", \"version\": 1, \"files\": [{\"uri\": \"file:///a\", \"state\": 1}]}",
      "damaged" },
    { "{\"format\": \"nerve-session\", \"version\": 1, \"files\": [{\"uri\": \"file:///a\", \"state\": {},"
      " \"parts\": [null]}]}", "damaged" },
    { "{\"format\": \"nerve-session\", \"version\": 1, \"files\": [{\"uri\": \"file:///a\","
      " \"state\": {\"decay-eta\": 1e999}}]}", "damaged" },
  };
  g_autofree char *deep = g_strnfill (100000, '[');

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      store (f, cases[i].text, -1);
      assert_refused (f, cases[i].word);
    }
  store (f, deep, -1);
  assert_refused (f, "nested");
}

static void
what_is_huge_or_no_file_is_refused (Fixture *f, gconstpointer data)
{
  FILE *file = g_fopen (f->place, "w");

  g_assert_nonnull (file);
  g_assert_cmpint (fseek (file, 1L << 31, SEEK_SET), ==, 0);
  fputc (' ', file);
  fclose (file);
  assert_refused (f, "too large");
  g_unlink (f->place);
  assert_refused (f, "No such file");
  g_assert_cmpint (g_mkdir (f->place, 0700), ==, 0);
  assert_refused (f, "not a regular file");
  g_rmdir (f->place);
}

/* Each of them changes one thing in a good file. */
static void
values_that_make_no_sense_are_named (Fixture *f, gconstpointer data)
{
  static const struct { const char *from; const char *to; const char *word; } cases[] = {
    { "\"units\" : \"fit\"", "\"units\" : \"furlongs\"", "units" },
    { "\"units\" : \"fit\"", "\"units\" : 3", "units" },
    { "\"solo\" : \"1\"", "\"solo\" : 100", "solo" },
    { "\"solo\" : \"1\"", "\"solo\" : -2", "solo" },
    { "\"solo\" : \"1\"", "\"solo\" : \"0-100\"", "solo" },
    { "\"solo\" : \"1\"", "\"solo\" : 1.5", "solo" },
    { "\"solo\" : \"1\"", "\"solo\" : null", "solo" },
    { "\"selected-node\" : 3", "\"selected-node\" : 9999999999", "selected-node" },
    { "\"decay-linear\" : true", "\"decay-linear\" : \"yes\"", "decay-linear" },
    { "\"decay-eta\" : 0.3", "\"decay-eta\" : \"0\", \"x\" : 0.3", "decay-eta" },
    { "\"selection\" : \"", "\"selection\" : \"0-9999,", "images" },
    { "\"selection\" : \"", "\"selection\" : \"x", "images" },
    { "\"selection\" : \"", "\"selection\" : 4, \"y\" : \"", "selection" },
    { "\"columns\" : [", "\"columns\" : [7,", "columns" },
    { "\"overlap\" : \"", "\"overlap\" : \"much", "overlap" },
    { "\"overlap\" : \"", "\"overlap\" : 0.5, \"y\" : \"", "overlap" },
  };
  g_autoptr (NerveDocumentState) state = unusual_state (f->dataset);
  g_autofree char *text = NULL;

  write_state (f, state);
  text = text_of (f->place);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *bad = replaced (text, cases[i].from, cases[i].to);
      g_autoptr (NerveDocumentState) back = NULL;
      g_autoptr (NerveSessionFile) file = NULL;
      g_autoptr (GError) error = NULL;
      gboolean changed;

      store (f, bad, -1);
      file = read_good (f->place);
      g_assert_null (nerve_session_entry_open (file->entries->pdata[0], NULL, &changed, &back, &error));
      g_test_message ("%s", error->message);
      if (strstr (error->message, cases[i].word) == NULL)
        g_error ("“%s” does not say “%s”", error->message, cases[i].word);
    }
}

static void
what_is_not_known_is_passed_over (Fixture *f, gconstpointer data)
{
  g_autoptr (NerveDocumentState) state = unusual_state (f->dataset);
  g_autoptr (NerveDocumentState) back = NULL;
  g_autoptr (NerveSessionFile) file = NULL;
  g_autoptr (NerveDataset) dataset = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *more = NULL;
  g_autofree char *other = NULL;
  gboolean changed;

  write_state (f, state);
  text = text_of (f->place);
  more = replaced (text, "\"units\" : ", "\"hue\" : [{}], \"units\" : ");
  other = replaced (more, "\"layer\" : \"input\"", "\"layer\" : \"gone\"");
  store (f, other, -1);
  file = read_good (f->place);
  dataset = nerve_session_entry_open (file->entries->pdata[0], NULL, &changed, &back, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (back->n_columns, ==, 1);
  g_assert_cmpuint (back->columns[0], ==, 5);
  g_assert_cmpint (back->units, ==, NERVE_UNITS_FIT);
}

static char *
copy_beside (Fixture *f, const char *folder)
{
  g_autofree char *name = g_path_get_basename (f->path);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GFile) from = g_file_new_for_path (f->path);
  g_autoptr (GFile) to = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  g_file_copy (from, to, G_FILE_COPY_OVERWRITE | G_FILE_COPY_ALL_METADATA, NULL, NULL, NULL, &error);
  g_assert_no_error (error);

  return g_steal_pointer (&path);
}

static void
data_that_moved_with_the_session_are_found (Fixture *f, gconstpointer data)
{
  g_autofree char *one = g_build_filename (f->folder, "one", NULL);
  g_autofree char *two = g_build_filename (f->folder, "two", NULL);
  g_autofree char *place = g_build_filename (one, "a" NERVE_SESSION_FILE_SUFFIX, NULL);
  g_autofree char *place_then = g_build_filename (two, "a" NERVE_SESSION_FILE_SUFFIX, NULL);
  g_autofree char *copy = NULL;
  g_autoptr (NerveDataset) dataset = NULL;
  g_autoptr (NerveDocumentState) state = NULL;
  g_autoptr (NerveSessionFile) file = nerve_session_file_new ();
  g_autoptr (NerveSessionFile) read = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (one, 0700), ==, 0);
  copy = copy_beside (f, one);
  dataset = nerve_dataset_open (copy, &error);
  g_assert_no_error (error);
  state = nerve_document_state_new (dataset);
  g_ptr_array_add (file->entries, nerve_session_entry_new (dataset, state));
  g_assert_true (nerve_session_file_write (file, place, &error));
  g_assert_cmpint (g_rename (one, two), ==, 0);
  read = read_good (place_then);
  g_assert_true (g_str_has_prefix (nerve_session_entry_get_path (read->entries->pdata[0]), two));
  clear_folder (two);
}

/* What is kept by itself */

static NerveSession *
session_with (Fixture *f, NerveAutosave **autosave)
{
  NerveSession *session = nerve_session_new ();

  *autosave = nerve_autosave_new (session, f->folder);

  return session;
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(NerveDocument **) user_data = nerve_session_open_finish (NERVE_SESSION (source), result, NULL);
}

static NerveDocument *
open_in (NerveSession *session, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  NerveDocument *document = NULL;

  nerve_session_open_async (session, file, NULL, on_opened, &document);
  while (document == NULL)
    g_main_context_iteration (NULL, TRUE);

  return document;
}

static guint
count_sessions (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    n += g_str_has_suffix (name, NERVE_SESSION_FILE_SUFFIX);

  return n;
}

static void
a_good_end_leaves_the_last_session_and_nothing_to_restore (Fixture *f, gconstpointer data)
{
  NerveAutosave *autosave, *next;
  g_autoptr (NerveSession) session = session_with (f, &autosave);
  g_autoptr (NerveSession) later = NULL;
  g_autoptr (NerveSessionFile) file = NULL;

  open_in (session, f->path);
  while (count_sessions (f->folder) == 0)
    g_main_context_iteration (NULL, TRUE);
  nerve_autosave_finish (autosave);
  later = session_with (f, &next);
  g_assert_null (nerve_autosave_take_crashed (next));
  file = read_good (nerve_autosave_get_last (next));
  g_assert_cmpuint (file->entries->len, ==, 1);
  nerve_autosave_finish (next);
  g_object_unref (autosave);
  g_object_unref (next);
}

/* One that runs has its lock; one whose lock is free is dead. */
static void
a_dead_process_is_told_from_one_that_runs (Fixture *f, gconstpointer data)
{
  g_autofree char *lock = g_build_filename (f->folder, "dead.lock", NULL);
  g_autofree char *place = g_build_filename (f->folder, "dead" NERVE_SESSION_FILE_SUFFIX, NULL);
  g_autofree char *crashed = NULL;
  NerveAutosave *running, *next, *third;
  g_autoptr (NerveSession) session = session_with (f, &running);
  g_autoptr (NerveSession) later = NULL;
  g_autoptr (NerveSession) last = NULL;

  open_in (session, f->path);
  while (count_sessions (f->folder) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (g_file_set_contents (lock, "", 0, NULL));
  g_assert_true (g_file_set_contents (place, "{}", 2, NULL));
  later = session_with (f, &next);
  crashed = nerve_autosave_take_crashed (next);
  g_assert_nonnull (crashed);
  g_assert_null (nerve_autosave_take_crashed (next));
  g_assert_false (g_file_test (lock, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (place, G_FILE_TEST_EXISTS));

  /* It was not there to say that all went well: not tried again, not lost either. */
  last = session_with (f, &third);
  g_assert_null (nerve_autosave_take_crashed (third));
  g_assert_nonnull (nerve_autosave_get_last (third));
  nerve_autosave_finish (third);
  nerve_autosave_finish (next);
  nerve_autosave_finish (running);
  g_object_unref (third);
  g_object_unref (next);
  g_object_unref (running);
}

#define ADD(test) g_test_add ("/app/session-file/" #test, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_autofree char *program = g_build_filename (g_getenv ("NERVE_TEST_PROGRAMS"), "nerve", NULL);

  g_test_init (&argc, &argv, NULL);
  nerve_paths_init (program);
  ADD (every_field_comes_back);
  ADD (the_usual_state_comes_back_too);
  ADD (selected_images_open_as_such);
  ADD (what_is_cut_off_anywhere_is_refused);
  ADD (what_is_no_session_says_so);
  ADD (what_is_huge_or_no_file_is_refused);
  ADD (values_that_make_no_sense_are_named);
  ADD (what_is_not_known_is_passed_over);
  ADD (data_that_moved_with_the_session_are_found);
  ADD (a_good_end_leaves_the_last_session_and_nothing_to_restore);
  ADD (a_dead_process_is_told_from_one_that_runs);

  return g_test_run ();
}
