#include "data/graph.h"

#include <string.h>

#include "base/error.h"
#include "data/golden.h"
#include "mapper/mapper.h"

/* Two nodes that share point 2, and what else the programs write. */
static const char *const graphs[][2] = {
  { "KeplerMapper", "{\"nodes\": {\"cube0_cluster0\": [2, 0, 1], \"cube1_cluster0\": [2, 3]},"
                    " \"links\": {\"cube0_cluster0\": [\"cube1_cluster0\"]}, \"simplices\": [], \"meta_data\": {}}" },
  { "Mapper Interactive", "{\"nodes\": {\"a\": {\"vertices\": [0, 1, 2], \"avgs\": {\"lens\": 0.5}},"
                          " \"b\": {\"vertices\": [2, 3]}}, \"edges\": {\"a\": [\"b\"]}}" },
  { "Mapper Interactive", "{\"mapper\": {\"nodes\": [{\"id\": \"1\", \"vertices\": [0, 1, 2]},"
                          " {\"id\": \"2\", \"vertices\": {\"vertices\": [2, 3]}}],"
                          " \"links\": [{\"source\": \"2\", \"target\": \"1\"}, {\"source\": 0, \"target\": 1}]}}" },
  { "TopoAct", "{\"directed\": false, \"nodes\": [{\"membership\": [0, 1, 2, 2], \"id\": \"cube0_cluster0\"},"
               " {\"membership\": [2, 3], \"id\": \"cube1_cluster0\"}],"
               " \"links\": [{\"intersection\": 1, \"source\": \"cube0_cluster0\", \"target\": \"cube1_cluster0\"}]}" },
};

static void
each_program_s_graph_is_read (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (graphs); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (NerveGraphFile) graph = nerve_graph_file_parse (graphs[i][1], strlen (graphs[i][1]), &error);
      const guint32 members[] = { 0, 1, 2, 2, 3 };

      g_assert_no_error (error);
      g_assert_cmpstr (graph->program, ==, graphs[i][0]);
      g_assert_cmpuint (graph->n_nodes, ==, 2);
      g_assert_cmpuint (graph->n_points, ==, 4);
      g_assert_cmpmem (graph->members, graph->offsets[2] * sizeof (guint32), members, sizeof members);
      g_assert_cmpuint (graph->n_edges, ==, 1);
      g_assert_cmpuint (graph->edges[0][0], ==, 0);
      g_assert_cmpuint (graph->edges[0][1], ==, 1);
    }
}

static void
what_is_no_graph_is_refused (void)
{
  static const struct { const char *text, *words; int code; } cases[] = {
    { "[1,2", "not JSON", NERVE_ERROR_FORMAT },
    { "", "", NERVE_ERROR_FORMAT },
    { "3", "no mapper graph", NERVE_ERROR_FORMAT },
    { "{\"nodes\": {}}", "“links” or “edges”", NERVE_ERROR_FORMAT },
    { "{\"nodes\": {}, \"links\": {}}", "no nodes", NERVE_ERROR_NOT_FOUND },
    { "{\"nodes\": {\"a\": []}, \"links\": {}}", "“a” has no members", NERVE_ERROR_FORMAT },
    { "{\"nodes\": {\"a\": {\"size\": 3}}, \"links\": {}}", "which points it holds", NERVE_ERROR_FORMAT },
    { "{\"nodes\": {\"a\": [1, -2]}, \"links\": {}}", "not the number of a point", NERVE_ERROR_VALUE },
    { "{\"nodes\": {\"a\": [1.5]}, \"links\": {}}", "not the number of a point", NERVE_ERROR_VALUE },
    { "{\"nodes\": {\"a\": [\"1\"]}, \"links\": {}}", "not the number of a point", NERVE_ERROR_VALUE },
    { "{\"nodes\": {\"a\": [1e12]}, \"links\": {}}", "not the number of a point", NERVE_ERROR_VALUE },
    { "{\"nodes\": {\"a\": [1]}, \"links\": {\"a\": [\"c\"]}}", "leads to “c”", NERVE_ERROR_FORMAT },
    { "{\"nodes\": {\"a\": [1]}, \"links\": {\"c\": [\"a\"]}}", "leads from “c”", NERVE_ERROR_FORMAT },
    { "{\"nodes\": {\"a\": [1]}, \"links\": {\"a\": \"a\"}}", "are no list", NERVE_ERROR_FORMAT },
    { "{\"nodes\": [{\"id\": 1, \"members\": [1]}], \"links\": [[0, 1]]}", "no object", NERVE_ERROR_FORMAT },
    { "{\"nodes\": [{\"id\": 7, \"members\": [1]}], \"links\": [{\"source\": 7}]}", "which nodes", NERVE_ERROR_FORMAT },
    { "{\"nodes\": [{\"id\": 1, \"members\": [1]}, {\"id\": 1, \"members\": [2]}], \"links\": []}", "two nodes",
      NERVE_ERROR_FORMAT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (NerveGraphFile) graph = nerve_graph_file_parse (cases[i].text, strlen (cases[i].text), &error);

      g_test_message ("%s", cases[i].text);
      g_assert_null (graph);
      g_assert_error (error, NERVE_ERROR, cases[i].code);
      g_assert_nonnull (strstr (error->message, cases[i].words));
    }
}

static void
a_graph_opens_as_a_file_without_activations (void)
{
  char *path = golden_write ("graph.json", graphs[0][1], strlen (graphs[0][1]));
  g_autoptr (GError) error = NULL;
  g_autoptr (NerveDataset) dataset = nerve_dataset_open (path, &error);
  g_autoptr (NerveCloud) cloud = NULL;
  g_autoptr (NerveMapper) mapper = NULL;
  g_autofree char *id = NULL;
  double zeros[4] = { 0 };

  g_assert_no_error (error);
  g_assert_cmpuint (nerve_dataset_get_n (dataset), ==, 4);
  g_assert_false (nerve_dataset_read_rows (dataset, 0, 0, 4, zeros, &error));
  g_assert_error (error, NERVE_ERROR, NERVE_ERROR_FORMAT);
  g_assert_nonnull (strstr (error->message, "there are no activations"));

  cloud = nerve_cloud_new_from_points (zeros, 4, 1);
  mapper = nerve_mapper_new_from_file (cloud, nerve_dataset_get_graph (dataset));
  id = nerve_mapper_get_node_id (mapper, 1);
  g_assert_cmpstr (id, ==, "cube1_cluster0");
  g_assert_cmpuint (nerve_mapper_get_n_components (mapper), ==, 1);
  g_assert_cmpfloat (nerve_mapper_get_coverage (mapper), ==, 1);
  g_assert_cmpuint (nerve_mapper_get_edges (mapper)[0].shared, ==, 1);
  g_assert_cmpfloat (nerve_mapper_get_edges (mapper)[0].jaccard, ==, .25);
  golden_remove (path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/data/graph/each-program-s-graph-is-read", each_program_s_graph_is_read);
  g_test_add_func ("/data/graph/what-is-no-graph-is-refused", what_is_no_graph_is_refused);
  g_test_add_func ("/data/graph/a-graph-opens-as-a-file-without-activations",
                   a_graph_opens_as_a_file_without_activations);

  return g_test_run ();
}
