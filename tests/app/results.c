#include "app/results.h"

#include <malloc.h>
#include <math.h>

#include "app/fixture.h"
#include "app/graph-stores.h"
#include "app/paths.h"
#include "app/render.h"
#include "figures/graph-verdict.h"
#include "mapper/cluster.h"

static NerveDataset *
open_cloud (gsize n, gsize d)
{
  char *path = fixture_cloud (n, d);
  g_autoptr (GError) error = NULL;
  NerveDataset *dataset = nerve_dataset_open (path, &error);

  g_assert_no_error (error);
  fixture_free (path);

  return dataset;
}

static NerveGraph *
compute_graph (NerveDataset *dataset, const NerveLayerParameters *parameters)
{
  g_autoptr (GError) error = NULL;
  NerveGraph *graph = nerve_result_type (NERVE_RESULT_GRAPH)->compute (dataset, 0, parameters, NULL, &error);

  g_assert_no_error (error);

  return graph;
}

static void
neighbour_distances_are_there_when_eps_is_given (void)
{
  g_autoptr (NerveDataset) dataset = open_cloud (200, 3);
  g_auto (NerveLayerParameters) parameters = { 0 };
  g_autoptr (NerveGraph) automatic = NULL;
  g_autoptr (NerveGraph) given = NULL;

  nerve_layer_parameters_init (&parameters);
  automatic = compute_graph (dataset, &parameters);
  g_assert_true (nerve_layer_parameters_set (&parameters, "mapper", "eps", "0.5", NULL));
  given = compute_graph (dataset, &parameters);
  g_assert_cmpfloat (nerve_mapper_get_parameters (given->mapper)->eps, ==, .5);
  g_assert_cmpfloat (nerve_mapper_get_knee (given->mapper), ==, nerve_mapper_get_knee (automatic->mapper));
  g_assert_cmpmem (nerve_mapper_get_k_distances (given->mapper), 200 * sizeof (double),
                   nerve_mapper_get_k_distances (automatic->mapper), 200 * sizeof (double));
}

/* Where a sanitizer is in charge of memory, nothing can be said of it. */
#if !defined (__SANITIZE_ADDRESS__) && !defined (__SANITIZE_THREAD__)
static void
a_graph_is_counted_about_as_large_as_it_is (void)
{
  g_autoptr (NerveDataset) dataset = open_cloud (6000, 2);
  g_auto (NerveLayerParameters) parameters = { 0 };
  g_autoptr (NerveGraph) warm = NULL;
  g_autoptr (NerveGraph) graph = NULL;
  gsize before, used, counted;

  nerve_layer_parameters_init (&parameters);
  g_assert_true (nerve_layer_parameters_set (&parameters, "mapper", "overlap", "0.8", NULL));
  warm = compute_graph (dataset, &parameters);
  before = mallinfo2 ().uordblks + mallinfo2 ().hblkhd;
  graph = compute_graph (dataset, &parameters);
  used = mallinfo2 ().uordblks + mallinfo2 ().hblkhd - before;
  counted = nerve_result_type (NERVE_RESULT_GRAPH)->size (graph);
  g_test_message ("counted %zu of %zu bytes", counted, used);
  g_assert_cmpuint (counted, >, used / 4 * 3);
  g_assert_cmpuint (counted, <, used / 2 * 3);
}
#endif

static NerveDiagnosisKind
judge (const double *points, gsize n, const char *name, const char *value)
{
  g_autoptr (NerveCloud) cloud = nerve_cloud_new_from_points (points, n, 1);
  g_autoptr (NerveMapperStore) store = nerve_mapper_store_new (cloud);
  g_auto (NerveLayerParameters) parameters = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (NerveMapper) mapper = NULL;
  g_autofree char *said = NULL;
  g_autofree char *advice = NULL;
  NerveDiagnosis found;

  nerve_layer_parameters_init (&parameters);
  g_assert_true (nerve_layer_parameters_set (&parameters, "mapper", name, value, NULL));
  mapper = nerve_mapper_new_from_store (store, &parameters.mapper, FALSE, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (nerve_diagnose (mapper, store, FALSE, &found, NULL, &error));
  said = nerve_graph_verdict_describe (&found, mapper);
  advice = nerve_graph_verdict_advise (&found, mapper);
  g_assert_true ((said == NULL) == (found.kind == NERVE_DIAGNOSIS_FINE));
  g_assert_true ((advice == NULL) == (found.kind == NERVE_DIAGNOSIS_FINE));

  return found.kind;
}

static void
the_causes_of_an_empty_graph_are_told_apart (void)
{
  const double line[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 };
  const double same[] = { 3, 3, 3, 3, 3, 3, 3, 3, 3, 3 };

  g_assert_cmpint (judge (line, 1, "eps", "inf"), ==, NERVE_DIAGNOSIS_FEW_POINTS);
  g_assert_cmpint (judge (line, 4, "eps", "auto"), ==, NERVE_DIAGNOSIS_FEW_POINTS);
  g_assert_cmpint (judge (same, 4, "eps", "auto"), ==, NERVE_DIAGNOSIS_FEW_POINTS);
  g_assert_cmpint (judge (same, 10, "eps", "auto"), ==, NERVE_DIAGNOSIS_COINCIDENT);
  g_assert_cmpint (judge (same, 10, "eps", "2"), ==, NERVE_DIAGNOSIS_COINCIDENT);
  g_assert_cmpint (judge (line, 10, "eps", "inf"), ==, NERVE_DIAGNOSIS_THIN_INTERVALS);
  g_assert_cmpint (judge (line, 10, "intervals", "1"), ==, NERVE_DIAGNOSIS_NOISE);
  g_assert_cmpint (judge (line, 10, "min-samples", "1"), ==, NERVE_DIAGNOSIS_FINE);
}

/* A gap stops single linkage: eps plays no part, so nothing is said of it. */
static void
advice_is_of_what_plays_a_part (void)
{
  const double line[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 };
  g_autoptr (NerveCloud) cloud = nerve_cloud_new_from_points (line, 10, 1);
  g_autoptr (NerveMapperStore) store = nerve_mapper_store_new (cloud);
  g_autoptr (NerveMapper) mapper = NULL;
  g_autofree char *advice = NULL;
  NerveMapperParameters parameters;
  NerveDiagnosis found;

  nerve_parameters_init (&nerve_mapper_table, &parameters);
  parameters.clusterer = NERVE_CLUSTERER_SINGLE_LINKAGE;
  parameters.cut = NERVE_CUT_FIRST_GAP;
  parameters.intervals = 1;
  mapper = nerve_mapper_new_from_store (store, &parameters, FALSE, NULL, NULL);
  g_assert_true (nerve_diagnose (mapper, store, FALSE, &found, NULL, NULL));
  g_assert_cmpint (found.kind, ==, NERVE_DIAGNOSIS_GIANT);
  advice = nerve_graph_verdict_advise (&found, mapper);
  g_assert_null (strstr (advice, "ε"));
}

/* The neighbour graph that the store would answer the parameters' own question with. */
static NerveNeighbours *
peek_neighbours (NerveMapperStore *store, const NerveMapper *mapper)
{
  const NerveMapperParameters *used = nerve_mapper_get_parameters (mapper);
  g_autoptr (GError) error = NULL;
  NerveNeighbours *graph = nerve_mapper_store_graph (store, used->lens, used->lens_number,
                                                     nerve_mapper_get_lens (mapper), used->eps, NULL, 0, NULL, &error);

  g_assert_no_error (error);

  return graph;
}

static void
other_intervals_are_answered_from_the_same_neighbours (void)
{
  g_autoptr (NerveDataset) dataset = open_cloud (2000, 2);
  g_auto (NerveLayerParameters) parameters = { 0 };
  g_autoptr (NerveGraph) before = NULL;
  g_autoptr (NerveGraph) after = NULL;
  g_autoptr (NerveGraph) anew = NULL;
  g_autoptr (NerveDataset) other = open_cloud (2000, 2);
  g_autoptr (NerveMapperStore) store = NULL;
  g_autoptr (NerveNeighbours) known = NULL;
  g_autoptr (NerveNeighbours) used = NULL;
  gsize bytes;

  nerve_layer_parameters_init (&parameters);
  before = compute_graph (dataset, &parameters);
  store = nerve_graph_stores_get (dataset, 0, &parameters.cloud, NULL, NULL);
  g_assert_true (nerve_mapper_get_cloud (before->mapper) == nerve_mapper_store_get_cloud (store));
  known = peek_neighbours (store, before->mapper);
  bytes = nerve_mapper_store_get_bytes (store);
  g_assert_cmpuint (nerve_neighbours_get_n_pairs (known), >, 0);

  g_assert_true (nerve_layer_parameters_set (&parameters, "mapper", "intervals", "12", NULL));
  g_assert_true (nerve_layer_parameters_set (&parameters, "mapper", "overlap", "0.4", NULL));
  after = compute_graph (dataset, &parameters);
  g_assert_cmpint (after->diagnosis.kind, ==, NERVE_DIAGNOSIS_FINE);
  used = peek_neighbours (store, after->mapper);
  g_assert_true (used == known);
  g_assert_cmpuint (nerve_mapper_store_get_bytes (store), ==, bytes);
  g_assert_true (nerve_mapper_get_cloud (after->mapper) == nerve_mapper_get_cloud (before->mapper));

  anew = compute_graph (other, &parameters);
  g_assert_cmpuint (nerve_mapper_get_n_nodes (after->mapper), ==, nerve_mapper_get_n_nodes (anew->mapper));
  for (guint i = 0; i < nerve_mapper_get_n_nodes (anew->mapper); i++)
    {
      const NerveNode *one = nerve_mapper_get_node (after->mapper, i);
      const NerveNode *two = nerve_mapper_get_node (anew->mapper, i);

      g_assert_cmpmem (one->members, one->n_members * sizeof (guint32), two->members,
                       two->n_members * sizeof (guint32));
    }
}

static void
clouds_are_kept_within_a_limit (void)
{
  g_autoptr (NerveDataset) dataset = open_cloud (400, 4);
  g_auto (NerveLayerParameters) parameters = { 0 };
  const char *sizes[] = { "100", "200", "300" };

  nerve_layer_parameters_init (&parameters);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (NerveGraph) graph = NULL;

      g_assert_true (nerve_layer_parameters_set (&parameters, "cloud", "max-points", sizes[i], NULL));
      graph = compute_graph (dataset, &parameters);
      g_assert_cmpuint (nerve_graph_stores_get_n (dataset), ==, i + 1);
    }
  nerve_graph_stores_trim (dataset, 1);
  g_assert_cmpuint (nerve_graph_stores_get_n (dataset), ==, 1);
}

static void
the_first_error_by_layer_is_told_and_nothing_leaks (void)
{
  g_autofree char *path = fixture_network ();
  g_autoptr (GError) error = NULL;
  g_autoptr (NerveDataset) dataset = nerve_dataset_open (path, &error);
  guint n = nerve_dataset_get_n_layers (dataset);
  g_autofree NerveLayerParameters *parameters = g_new0 (NerveLayerParameters, n);
  g_autofree NerveLayerResults *results = g_new0 (NerveLayerResults, n);

  for (guint i = 0; i < n; i++)
    nerve_layer_parameters_init (&parameters[i]);
  nerve_layer_parameters_set (&parameters[2], "cloud", "classes", "unicorn", NULL);
  nerve_layer_parameters_set (&parameters[4], "cloud", "classes", "griffin", NULL);
  g_assert_false (nerve_render_results (dataset, NERVE_FIGURE_NEEDS_GRAPH, NULL, 0, parameters, results, NULL,
                                        &error));
  g_assert_error (error, NERVE_ERROR, NERVE_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "unicorn"));
  nerve_render_clear (results, n);
  for (guint i = 0; i < n; i++)
    nerve_layer_parameters_clear (&parameters[i]);
  fixture_free (g_steal_pointer (&path));
}

int
main (int argc, char **argv)
{
  g_autofree char *helper = g_build_filename (g_getenv ("NERVE_TEST_PROGRAMS"), "nerve-layout", NULL);

  g_test_init (&argc, &argv, NULL);
  g_setenv ("NERVE_LAYOUT_HELPER", helper, TRUE);
  nerve_paths_init (argv[0]);
  g_test_add_func ("/results/neighbour-distances", neighbour_distances_are_there_when_eps_is_given);
#if !defined (__SANITIZE_ADDRESS__) && !defined (__SANITIZE_THREAD__)
  g_test_add_func ("/results/size", a_graph_is_counted_about_as_large_as_it_is);
#endif
  g_test_add_func ("/results/verdicts", the_causes_of_an_empty_graph_are_told_apart);
  g_test_add_func ("/results/advice", advice_is_of_what_plays_a_part);
  g_test_add_func ("/results/same-neighbours", other_intervals_are_answered_from_the_same_neighbours);
  g_test_add_func ("/results/kept-clouds", clouds_are_kept_within_a_limit);
  g_test_add_func ("/results/first-error", the_first_error_by_layer_is_told_and_nothing_leaks);

  return g_test_run ();
}
