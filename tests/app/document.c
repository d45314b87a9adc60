#include "app/document.h"

#include "app/fixture.h"
#include "app/paths.h"
#include "layers/parting.h"

typedef struct
{
  char          *path;
  NerveDataset  *dataset;
  NerveJobs     *jobs;
  NerveDocument *document;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  f->path = fixture_network ();
  f->dataset = nerve_dataset_open (f->path, &error);
  g_assert_no_error (error);
  f->jobs = data != NULL ? nerve_jobs_new_with_cache (0) : nerve_jobs_new ();
  f->document = nerve_document_new (f->dataset, f->jobs);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  nerve_jobs_shutdown (f->jobs);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (f->document);
  g_assert_finalize_object (f->jobs);
  nerve_dataset_unref (f->dataset);
  fixture_free (f->path);
}

static void
settle (Fixture *f)
{
  while (!nerve_document_is_settled (f->document))
    g_main_context_iteration (NULL, TRUE);
}

static const NerveFigureModel *
model (Fixture *f)
{
  return nerve_document_get_model (f->document);
}

static void
opening_pins_the_first_hidden_the_middle_and_the_last_before_the_logits (Fixture *f, gconstpointer data)
{
  g_assert_cmpuint (model (f)->n_columns, ==, 3);
  g_assert_cmpuint (model (f)->columns[0], ==, 1);
  g_assert_cmpuint (model (f)->columns[2], ==, 4);
  for (guint i = 0; i < 3; i++)
    g_assert_true (model (f)->pinned[i]);
}

static void
every_result_of_every_layer_arrives (Fixture *f, gconstpointer data)
{
  settle (f);
  for (guint layer = 0; layer < model (f)->n_layers; layer++)
    {
      g_assert_nonnull (model (f)->layers[layer].graph);
      g_assert_nonnull (model (f)->layers[layer].homology);
      g_assert_nonnull (model (f)->layers[layer].betti);
    }
}

static void
walking_changes_only_the_rightmost_unpinned_column (Fixture *f, gconstpointer data)
{
  guint first = model (f)->columns[0];
  guint last = model (f)->columns[2];

  nerve_document_toggle_pin (f->document, 1);
  nerve_document_walk_to (f->document, 5);
  g_assert_cmpuint (model (f)->columns[0], ==, first);
  g_assert_cmpuint (model (f)->columns[1], ==, 5);
  g_assert_cmpuint (model (f)->columns[2], ==, last);

  nerve_document_toggle_pin (f->document, 1);
  nerve_document_walk_to (f->document, 0);
  g_assert_cmpuint (model (f)->columns[0], ==, first);
  g_assert_cmpuint (model (f)->columns[1], ==, 5);
  g_assert_cmpuint (model (f)->columns[2], ==, 0);
}

static void
undo_and_redo_give_back_each_step (Fixture *f, gconstpointer data)
{
  guint before[3] = { model (f)->columns[0], model (f)->columns[1], model (f)->columns[2] };

  g_assert_null (nerve_document_get_undo_label (f->document));
  nerve_document_set_color_by (f->document, NERVE_COLOR_BY_SUPERCLASS);
  nerve_document_walk_to (f->document, 5);
  nerve_document_select_class (f->document, 2, FALSE, NERVE_SELECT_REPLACE);
  g_assert_cmpuint (nerve_bitset_count (model (f)->selection), ==, 15);

  nerve_document_undo (f->document);
  g_assert_cmpuint (nerve_bitset_count (model (f)->selection), ==, 0);
  nerve_document_undo (f->document);
  g_assert_cmpmem (model (f)->columns, sizeof before, before, sizeof before);
  nerve_document_undo (f->document);
  g_assert_cmpint (model (f)->color_by, ==, NERVE_COLOR_BY_CLASS);
  g_assert_null (nerve_document_get_undo_label (f->document));

  for (int i = 0; i < 3; i++)
    nerve_document_redo (f->document);
  g_assert_null (nerve_document_get_redo_label (f->document));
  g_assert_cmpuint (nerve_bitset_count (model (f)->selection), ==, 15);
  g_assert_cmpuint (model (f)->columns[2], ==, 5);
}

static void
a_drag_is_one_step (Fixture *f, gconstpointer data)
{
  const NerveLayerParameters *parameters;

  nerve_document_begin_drag (f->document);
  g_assert_true (nerve_document_set_parameter (f->document, 1, FALSE, "mapper", "intervals", "11", NULL));
  g_assert_true (nerve_document_set_parameter (f->document, 1, FALSE, "mapper", "intervals", "12", NULL));
  g_assert_true (nerve_document_set_parameter (f->document, 1, FALSE, "mapper", "intervals", "13", NULL));
  nerve_document_end_drag (f->document);
  parameters = nerve_document_get_parameters (f->document, 1);
  g_assert_cmpint (parameters->mapper.intervals, ==, 13);

  nerve_document_undo (f->document);
  parameters = nerve_document_get_parameters (f->document, 1);
  g_assert_cmpint (parameters->mapper.intervals, ==, -1);
  g_assert_null (nerve_document_get_undo_label (f->document));
}

/* Watches every result that the first column ever shows. */
static void
note_intervals (NerveDocument *document, guint changes, gpointer user_data)
{
  GArray *seen = user_data;
  const NerveGraph *graph = nerve_document_get_model (document)->layers[1].graph;
  int intervals;

  if ((changes & NERVE_CHANGE_RESULTS) == 0 || graph == NULL)
    return;
  intervals = nerve_mapper_get_parameters (graph->mapper)->intervals;
  g_array_append_val (seen, intervals);
}

static void
of_two_quick_changes_only_the_second_is_ever_shown (Fixture *f, gconstpointer data)
{
  g_autoptr (GArray) seen = g_array_new (FALSE, FALSE, sizeof (int));

  settle (f);
  nerve_document_set_parameter (f->document, 1, FALSE, "mapper", "intervals", "7", NULL);
  g_assert_true (nerve_document_is_stale (f->document, 1, NERVE_RESULT_GRAPH));
  g_signal_connect (f->document, "changed", G_CALLBACK (note_intervals), seen);
  nerve_document_set_parameter (f->document, 1, FALSE, "mapper", "intervals", "9", NULL);
  settle (f);
  /* What the first change started may still be on its way: let it arrive. */
  for (gint64 until = g_get_monotonic_time () + 300000; g_get_monotonic_time () < until; )
    g_main_context_iteration (NULL, FALSE);

  g_assert_cmpuint (seen->len, >=, 1);
  for (guint i = 0; i < seen->len; i++)
    g_assert_cmpint (g_array_index (seen, int, i), ==, 9);
  g_assert_false (nerve_document_is_stale (f->document, 1, NERVE_RESULT_GRAPH));
  g_signal_handlers_disconnect_by_data (f->document, seen);
}

static void
an_older_result_is_there_at_once_on_undo (Fixture *f, gconstpointer data)
{
  NerveGraph *before;

  settle (f);
  before = model (f)->layers[1].graph;
  nerve_document_set_parameter (f->document, 1, FALSE, "mapper", "intervals", "7", NULL);
  settle (f);
  g_assert_true (model (f)->layers[1].graph != before);
  nerve_document_undo (f->document);
  g_assert_true (model (f)->layers[1].graph == before);
}

static NerveGraph *
graph_of_first_column (Fixture *f)
{
  return model (f)->layers[1].graph;
}

/* The graph must be computed again, and others may stand in its place meanwhile. */
static void
a_node_is_marked_only_in_its_own_graph (Fixture *f, gconstpointer data)
{
  guint last;

  settle (f);
  last = nerve_mapper_get_n_nodes (graph_of_first_column (f)->mapper) - 1;
  nerve_document_select_nodes (f->document, 1, &last, 1, NERVE_SELECT_REPLACE);
  g_assert_cmpint (model (f)->selected_node, ==, (int) last);

  nerve_document_set_parameter (f->document, 1, FALSE, "mapper", "intervals", "2", NULL);
  settle (f);
  g_assert_cmpuint (nerve_mapper_get_n_nodes (graph_of_first_column (f)->mapper), <=, last);
  g_assert_cmpint (model (f)->selected_node, ==, -1);
  g_assert_false (nerve_bitset_is_empty (model (f)->selection));

  nerve_document_undo (f->document);
  g_assert_cmpint (model (f)->selected_node, <, (int) nerve_mapper_get_n_nodes (graph_of_first_column (f)->mapper));
  settle (f);
  g_assert_cmpint (model (f)->selected_node, ==, (int) last);
  g_assert_cmpuint (nerve_mapper_get_n_nodes (graph_of_first_column (f)->mapper), ==, last + 1);
}

static void
a_node_that_is_not_there_selects_nothing (Fixture *f, gconstpointer data)
{
  guint node = 100000;

  settle (f);
  nerve_document_select_nodes (f->document, 1, &node, 1, NERVE_SELECT_REPLACE);
  g_assert_true (nerve_bitset_is_empty (model (f)->selection));
}

static void
what_is_still_there_is_not_computed_again (Fixture *f, gconstpointer data)
{
  NerveGraph *before;

  settle (f);
  before = graph_of_first_column (f);
  nerve_document_set_parameter (f->document, 1, FALSE, "mapper", "intervals", "7", NULL);
  nerve_document_undo (f->document);
  g_assert_true (nerve_document_is_settled (f->document));
  g_assert_true (graph_of_first_column (f) == before);
}

static void
a_failed_result_leaves_the_rest_usable (Fixture *f, gconstpointer data)
{
  settle (f);
  g_assert_true (nerve_document_set_parameter (f->document, 1, FALSE, "cloud", "classes", "unicorn", NULL));
  settle (f);
  g_assert_error (nerve_job_get_error (nerve_document_get_job (f->document, 1, NERVE_RESULT_GRAPH)),
                  NERVE_ERROR, NERVE_ERROR_NOT_FOUND);
  g_assert_null (nerve_document_get_job (f->document, 2, NERVE_RESULT_GRAPH));
  nerve_document_undo (f->document);
  settle (f);
  g_assert_null (nerve_document_get_job (f->document, 1, NERVE_RESULT_GRAPH));
}

static void
a_node_selects_its_images (Fixture *f, gconstpointer data)
{
  const NerveMapper *mapper;
  g_autofree char *words = NULL;
  g_autofree char *expected = NULL;
  guint node = 0;
  gsize n;

  settle (f);
  mapper = model (f)->layers[4].graph->mapper;
  g_assert_cmpuint (nerve_mapper_get_n_nodes (mapper), >, 0);
  n = nerve_mapper_get_node (mapper, node)->n_members;
  nerve_document_select_nodes (f->document, 4, &node, 1, NERVE_SELECT_REPLACE);
  g_assert_cmpuint (nerve_bitset_count (model (f)->selection), ==, n);
  words = nerve_document_describe_selection (f->document);
  expected = g_strdup_printf ("node 0 of pool · %zu images", n);
  g_assert_cmpstr (words, ==, expected);
  nerve_document_select_nodes (f->document, 4, &node, 1, NERVE_SELECT_TOGGLE);
  g_assert_cmpuint (nerve_bitset_count (model (f)->selection), ==, 0);
}

static NerveParting *
parting (Fixture *f)
{
  return nerve_document_get_network (f->document, NERVE_NETWORK_PARTING);
}

static void
wait_for_parting (Fixture *f)
{
  while (nerve_document_is_network_stale (f->document, NERVE_NETWORK_PARTING))
    g_main_context_iteration (NULL, TRUE);
}

static void
a_result_of_the_network_follows_those_of_its_layers (Fixture *f, gconstpointer data)
{
  g_autoptr (NerveParting) before = NULL;

  settle (f);
  g_assert_null (parting (f));
  nerve_document_want_network (f->document, NERVE_NETWORK_PARTING, TRUE);
  wait_for_parting (f);
  before = nerve_parting_ref (parting (f));
  g_assert_cmpuint (nerve_parting_get_n_layers (before), ==, model (f)->n_layers);
  g_assert_cmpuint (nerve_parting_get_n (before, 0), ==, 4);

  /* The old one stands until the new one is there. */
  g_assert_true (nerve_document_set_parameter (f->document, 2, FALSE, "mapper", "intervals", "3", NULL));
  g_assert_true (nerve_document_is_network_stale (f->document, NERVE_NETWORK_PARTING));
  g_assert_true (parting (f) == before);
  wait_for_parting (f);
  g_assert_true (parting (f) != before);

  nerve_document_undo (f->document);
  wait_for_parting (f);
  g_assert_true (parting (f) == before);
}

static void
a_result_of_the_network_is_not_computed_unless_wanted (Fixture *f, gconstpointer data)
{
  settle (f);
  nerve_document_want_network (f->document, NERVE_NETWORK_PARTING, TRUE);
  nerve_document_want_network (f->document, NERVE_NETWORK_PARTING, FALSE);
  g_assert_null (nerve_document_get_network_job (f->document, NERVE_NETWORK_PARTING));
  while (nerve_jobs_get_n_active (f->jobs) > 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (parting (f));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  nerve_paths_init (argv[0]);
#define TEST(name, func) g_test_add ("/document/" name, Fixture, NULL, set_up, func, tear_down)
  TEST ("opening", opening_pins_the_first_hidden_the_middle_and_the_last_before_the_logits);
  TEST ("arrives", every_result_of_every_layer_arrives);
  TEST ("walking", walking_changes_only_the_rightmost_unpinned_column);
  TEST ("undo", undo_and_redo_give_back_each_step);
  TEST ("drag", a_drag_is_one_step);
  TEST ("stale", of_two_quick_changes_only_the_second_is_ever_shown);
  TEST ("cached", an_older_result_is_there_at_once_on_undo);
  TEST ("failure", a_failed_result_leaves_the_rest_usable);
  TEST ("selection", a_node_selects_its_images);
  TEST ("marked", a_node_is_marked_only_in_its_own_graph);
  TEST ("network", a_result_of_the_network_follows_those_of_its_layers);
  TEST ("network-unwanted", a_result_of_the_network_is_not_computed_unless_wanted);
  TEST ("no-such-node", a_node_that_is_not_there_selects_nothing);
#undef TEST
  /* Nothing is kept for later. */
  g_test_add ("/document/marked-after-eviction", Fixture, "forgetful", set_up, a_node_is_marked_only_in_its_own_graph,
              tear_down);
  g_test_add ("/document/still-there", Fixture, "forgetful", set_up, what_is_still_there_is_not_computed_again,
              tear_down);

  return g_test_run ();
}
