#include "mapper/mapper.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/parallel.h"
#include "base/random.h"
#include "cloud/rows.h"

static NerveMapperParameters
make_parameters (void)
{
  NerveMapperParameters parameters;

  nerve_parameters_init (&nerve_mapper_table, &parameters);

  return parameters;
}

/* "point X Y …" lines. */
static NerveCloud *
read_cloud (char **lines)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));
  gsize n = 0;

  for (; lines[n] != NULL && g_str_has_prefix (lines[n], "point "); n++)
    {
      g_auto (GStrv) words = g_strsplit (lines[n], " ", -1);

      for (guint i = 1; words[i] != NULL; i++)
        {
          double value = g_ascii_strtod (words[i], NULL);

          g_array_append_val (values, value);
        }
    }

  return nerve_cloud_new_from_points ((const double *) values->data, n, values->len / n);
}

/* "graph COVER INTERVALS OVERLAP EPS MIN_SAMPLES MIN_INTERSECTION" */
static NerveMapperParameters
read_parameters (const char *line, gboolean *paper)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  NerveMapperParameters parameters = make_parameters ();
  const char *const names[] = { "cover", "intervals", "overlap", "eps", "min-samples", "min-intersection" };
  gboolean preset = g_str_equal (words[4], "preset");

  *paper = g_str_equal (words[4], "paper");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = NULL;
      gboolean automatic = (preset && i >= 1 && i <= 3) || (*paper && i == 3);

      nerve_parameters_set (&nerve_mapper_table, &parameters, names[i], automatic ? "auto" : words[i + 1], &error);
      g_assert_no_error (error);
    }
  if (preset)
    parameters.preset = NERVE_PRESET_AUTOMATIC;

  return parameters;
}

/* The lines of the golden files. */
static char *
describe (NerveMapper *mapper)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < nerve_mapper_get_n_nodes (mapper); i++)
    {
      const NerveNode *node = nerve_mapper_get_node (mapper, i);

      g_string_append_printf (text, "node %u %u", node->interval, node->cluster);
      for (gsize m = 0; m < node->n_members; m++)
        g_string_append_printf (text, " %u", node->members[m]);
      g_string_append_c (text, '\n');
    }
  for (guint i = 0; i < nerve_mapper_get_n_edges (mapper); i++)
    {
      const NerveEdge *edge = &nerve_mapper_get_edges (mapper)[i];

      g_string_append_printf (text, "edge %u %u %" G_GSIZE_FORMAT "\n", edge->source, edge->target, edge->shared);
    }

  return g_string_free (text, FALSE);
}

static void
assert_graph (NerveCloud *cloud, char **lines, guint *line)
{
  gboolean paper;
  NerveMapperParameters parameters = read_parameters (lines[(*line)++], &paper);
  double eps = g_ascii_strtod (lines[(*line)++] + strlen ("eps "), NULL);
  g_autoptr (GString) expected = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (NerveMapper) mapper = nerve_mapper_new (cloud, &parameters, paper, NULL, &error);
  g_autofree char *found = NULL;

  g_assert_no_error (error);
  for (; lines[*line] != NULL && !g_str_has_prefix (lines[*line], "graph "); (*line)++)
    g_string_append_printf (expected, "%s\n", lines[*line]);
  found = describe (mapper);
  g_assert_cmpfloat (nerve_mapper_get_parameters (mapper)->eps, ==, eps);
  g_assert_cmpstr (found, ==, expected->str);
}

static void
graphs_equal_scikit_learns (gconstpointer name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", "mapper", name, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (NerveCloud) cloud = NULL;
  guint line = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (g_strchomp (text), "\n", -1);
  cloud = read_cloud (lines);
  for (line = nerve_cloud_get_n (cloud); lines[line] != NULL;)
    assert_graph (cloud, lines, &line);
}

static NerveCloud *
make_cloud (gsize n, gsize d)
{
  g_autofree double *points = g_new (double, n * d);
  NerveRandom random;

  nerve_random_init (&random, 12);
  for (gsize i = 0; i < n * d; i++)
    points[i] = nerve_random_normal (&random) + i / d % 3 * 2.0;

  return nerve_cloud_new_from_points (points, n, d);
}

static void
accessors_agree_with_each_other (void)
{
  g_autoptr (NerveCloud) cloud = make_cloud (600, 4);
  NerveMapperParameters parameters = make_parameters ();
  g_autoptr (NerveMapper) mapper = NULL;
  g_autofree char *id = NULL;
  gsize covered = 0;

  parameters.preset = NERVE_PRESET_AUTOMATIC;
  mapper = nerve_mapper_new (cloud, &parameters, FALSE, NULL, NULL);
  g_assert_cmpuint (nerve_mapper_get_n_nodes (mapper), >, 3);
  for (gsize p = 0; p < 600; p++)
    {
      gsize n;
      const guint32 *nodes = nerve_mapper_get_point_nodes (mapper, p, &n);

      covered += n > 0;
      for (gsize i = 0; i < n; i++)
        {
          const NerveNode *node = nerve_mapper_get_node (mapper, nodes[i]);
          const NerveInterval *interval = &nerve_mapper_get_intervals (mapper)[node->interval];

          g_assert_cmpfloat (nerve_mapper_get_lens (mapper)[p], >=, interval->lower);
          g_assert_cmpfloat (nerve_mapper_get_lens (mapper)[p], <=, interval->upper);
          g_assert_cmpuint (node->n_members, <=, nerve_mapper_get_interval_count (mapper, node->interval));
        }
    }
  g_assert_cmpfloat (nerve_mapper_get_coverage (mapper), ==, covered / 600.0);
  g_assert_cmpuint (nerve_mapper_get_n_noise (mapper), ==, 600 - covered);
  for (guint e = 0; e < nerve_mapper_get_n_edges (mapper); e++)
    g_assert_cmpuint (nerve_mapper_get_component (mapper, nerve_mapper_get_edges (mapper)[e].source), ==,
                      nerve_mapper_get_component (mapper, nerve_mapper_get_edges (mapper)[e].target));
  id = nerve_mapper_get_node_id (mapper, 0);
  g_assert_true (g_str_has_prefix (id, "cube0_cluster"));
}

static void
the_preset_follows_the_number_of_points (void)
{
  const struct { gsize n; int intervals; double overlap; } expected[] = {
    { 50, 10, 0.5 }, { 2000, 10, 0.5 }, { 10000, 25, 0.375 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr (NerveCloud) cloud = make_cloud (expected[i].n, 1);
      NerveMapperParameters parameters = make_parameters ();
      g_autoptr (NerveMapper) mapper = NULL;

      parameters.preset = NERVE_PRESET_AUTOMATIC;
      parameters.eps = 0.001;
      mapper = nerve_mapper_new (cloud, &parameters, FALSE, NULL, NULL);
      g_assert_cmpint (nerve_mapper_get_parameters (mapper)->intervals, ==, expected[i].intervals);
      g_assert_cmpfloat_with_epsilon (nerve_mapper_get_parameters (mapper)->overlap, expected[i].overlap, 1e-9);
      g_assert_null (nerve_mapper_get_k_distances (mapper));
      g_assert_true (isnan (nerve_mapper_get_knee (mapper)));
    }
}

static void
values_that_were_set_stay_under_a_preset (void)
{
  g_autoptr (NerveCloud) cloud = make_cloud (300, 2);
  NerveMapperParameters parameters = make_parameters ();
  g_autoptr (NerveMapper) mapper = NULL;

  parameters.preset = NERVE_PRESET_AUTOMATIC;
  parameters.intervals = 13;
  parameters.overlap = 0.125;
  mapper = nerve_mapper_new (cloud, &parameters, FALSE, NULL, NULL);
  g_assert_cmpint (nerve_mapper_get_parameters (mapper)->intervals, ==, 13);
  g_assert_cmpfloat (nerve_mapper_get_parameters (mapper)->overlap, ==, 0.125);
  g_assert_cmpfloat (nerve_mapper_get_parameters (mapper)->eps, >=, nerve_mapper_get_knee (mapper));
  for (gsize i = 1; i < 300; i++)
    g_assert_cmpfloat (nerve_mapper_get_k_distances (mapper)[i - 1], <=, nerve_mapper_get_k_distances (mapper)[i]);
}

static void
without_a_preset_the_papers_values_hold (void)
{
  g_autoptr (NerveCloud) cloud = make_cloud (300, 2);
  NerveMapperParameters parameters = make_parameters ();
  g_autoptr (NerveMapper) mapper = nerve_mapper_new (cloud, &parameters, FALSE, NULL, NULL);

  g_assert_cmpint (nerve_mapper_get_parameters (mapper)->intervals, ==, 40);
  g_assert_cmpfloat (nerve_mapper_get_parameters (mapper)->overlap, ==, 0.25);
  g_assert_cmpfloat (nerve_mapper_get_parameters (mapper)->eps, ==, nerve_mapper_get_knee (mapper));
}

static void
points_that_coincide_are_one_node_and_say_so (void)
{
  g_autofree double *points = g_new0 (double, 40);
  g_autoptr (NerveCloud) cloud = nerve_cloud_new_from_points (points, 20, 2);
  NerveMapperParameters parameters = make_parameters ();
  g_autoptr (NerveMapper) mapper = nerve_mapper_new (cloud, &parameters, FALSE, NULL, NULL);

  g_assert_true (nerve_mapper_is_coincident (mapper));
  g_assert_cmpuint (nerve_mapper_get_n_intervals (mapper), ==, 1);
  g_assert_cmpuint (nerve_mapper_get_n_nodes (mapper), ==, 1);
  g_assert_cmpuint (nerve_mapper_get_node (mapper, 0)->n_members, ==, 20);
}

static void
zeros_of_either_sign_coincide (void)
{
  double points[20];
  g_autoptr (NerveCloud) cloud = NULL;
  NerveMapperParameters parameters = make_parameters ();

  for (guint i = 0; i < 20; i++)
    points[i] = i % 3 == 0 ? -0.0 : 0.0;
  cloud = nerve_cloud_new_from_points (points, 10, 2);
  for (guint given = 0; given < 2; given++)
    {
      g_autoptr (NerveMapper) mapper = NULL;

      parameters.eps = given == 0 ? NAN : 2.0;
      mapper = nerve_mapper_new (cloud, &parameters, FALSE, NULL, NULL);
      g_assert_true (nerve_mapper_is_coincident (mapper));
    }
}

/* Duplicates alone do not make a cloud coincide: the rule goes by the nearest of the others. */
static void
where_all_have_twins_eps_is_found_among_the_others (void)
{
  g_autofree double *points = g_new (double, 200);
  g_autoptr (NerveCloud) cloud = NULL;
  NerveMapperParameters parameters = make_parameters ();
  g_autoptr (NerveMapper) mapper = NULL;
  g_autoptr (NerveMapper) preset = NULL;

  for (guint i = 0; i < 200; i++)
    points[i] = i / 2;
  cloud = nerve_cloud_new_from_points (points, 200, 1);
  parameters.intervals = 4;
  mapper = nerve_mapper_new (cloud, &parameters, FALSE, NULL, NULL);
  g_assert_false (nerve_mapper_is_coincident (mapper));
  g_assert_cmpfloat (nerve_mapper_get_parameters (mapper)->eps, ==, 1.0);
  g_assert_cmpfloat (nerve_mapper_get_knee (mapper), ==, 1.0);
  g_assert_cmpuint (nerve_mapper_get_n_nodes (mapper), ==, 4);

  parameters.preset = NERVE_PRESET_AUTOMATIC;
  preset = nerve_mapper_new (cloud, &parameters, FALSE, NULL, NULL);
  g_assert_false (nerve_mapper_is_coincident (preset));
  g_assert_cmpfloat (nerve_mapper_get_parameters (preset)->eps, ==, 1.0);
}

/* 200 points on the corners of a cube that is thinner one way: eps is the shortest edge, a graph of two sides. */
static void
corners_hit_many_times_are_no_single_place (void)
{
  g_autofree double *points = g_new (double, 600);
  g_autoptr (NerveCloud) cloud = NULL;
  NerveMapperParameters parameters = make_parameters ();
  g_autoptr (NerveMapper) mapper = NULL;
  g_autoptr (NerveMapper) again = NULL;

  for (guint i = 0; i < 200; i++)
    {
      points[3 * i] = (i & 1) * 10.0;
      points[3 * i + 1] = (i >> 1 & 1) * 1.5;
      points[3 * i + 2] = (i >> 2 & 1) * 1.5;
    }
  cloud = nerve_cloud_new_from_points (points, 200, 3);
  parameters.intervals = 1;
  mapper = nerve_mapper_new (cloud, &parameters, FALSE, NULL, NULL);
  g_assert_false (nerve_mapper_is_coincident (mapper));
  g_assert_cmpfloat (nerve_mapper_get_parameters (mapper)->eps, ==, 1.5);
  g_assert_cmpuint (nerve_mapper_get_n_nodes (mapper), ==, 2);

  parameters.eps = nerve_mapper_get_parameters (mapper)->eps;
  again = nerve_mapper_new (cloud, &parameters, FALSE, NULL, NULL);
  g_assert_cmpuint (nerve_mapper_get_n_nodes (again), ==, 2);
}

static void
an_empty_graph_is_a_result (void)
{
  g_autoptr (NerveCloud) cloud = make_cloud (200, 6);
  g_autoptr (NerveCloud) single = make_cloud (1, 3);
  NerveMapperParameters parameters = make_parameters ();
  g_autoptr (NerveMapper) mapper = NULL;
  g_autoptr (NerveMapper) lonely = nerve_mapper_new (single, &parameters, FALSE, NULL, NULL);

  parameters.eps = 1e-6;
  mapper = nerve_mapper_new (cloud, &parameters, FALSE, NULL, NULL);
  g_assert_cmpuint (nerve_mapper_get_n_nodes (mapper), ==, 0);
  g_assert_cmpuint (nerve_mapper_get_n_edges (mapper), ==, 0);
  g_assert_cmpuint (nerve_mapper_get_n_components (mapper), ==, 0);
  g_assert_cmpfloat (nerve_mapper_get_coverage (mapper), ==, 0.0);
  g_assert_cmpuint (nerve_mapper_get_n_nodes (lonely), ==, 0);
}

static void
parameters_out_of_range_are_refused (void)
{
  g_autoptr (NerveCloud) cloud = make_cloud (20, 2);
  const struct { const char *name; int intervals; double overlap; double eps; int lens; } wrong[] = {
    { "intervals", 0, 0.5, 1.0, 0 }, { "overlap", 5, 1.0, 1.0, 0 }, { "overlap", 5, -0.1, 1.0, 0 },
    { "eps", 5, 0.5, -1.0, 0 },      { "lens", 5, 0.5, 1.0, 99 },   { "lens", 5, 0.5, 1.0, -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      NerveMapperParameters parameters = make_parameters ();

      parameters.intervals = wrong[i].intervals;
      parameters.overlap = wrong[i].overlap;
      parameters.eps = wrong[i].eps;
      parameters.lens = wrong[i].lens;
      g_assert_null (nerve_mapper_new (cloud, &parameters, FALSE, NULL, &error));
      g_assert_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER);
      g_assert_true (g_str_has_prefix (error->message, wrong[i].name));
    }
}

static void
threads_change_nothing (void)
{
  g_autoptr (NerveCloud) cloud = make_cloud (900, 7);
  NerveMapperParameters parameters = make_parameters ();
  g_autofree char *first = NULL;

  parameters.preset = NERVE_PRESET_AUTOMATIC;
  for (guint threads = 1; threads <= 5; threads += 2)
    {
      g_autoptr (NerveMapper) mapper = NULL;
      g_autofree char *text = NULL;

      nerve_parallel_set_threads (threads);
      mapper = nerve_mapper_new (cloud, &parameters, FALSE, NULL, NULL);
      text = describe (mapper);
      if (first == NULL)
        first = g_strdup (text);
      g_assert_cmpstr (text, ==, first);
    }
  nerve_parallel_set_threads (0);
}

static gboolean
stop_after_some (double fraction, gpointer user_data)
{
  int *left = user_data;

  return g_atomic_int_add (left, -1) > 0;
}

static void
stopping_at_any_point_says_cancelled (void)
{
  g_autoptr (NerveCloud) cloud = make_cloud (500, 3);
  NerveMapperParameters parameters = make_parameters ();

  for (int steps = 0;; steps++)
    {
      g_autoptr (GError) error = NULL;
      int left = steps;
      NerveProgress progress = { stop_after_some, &left, 0.0, 1.0 };
      g_autoptr (NerveMapper) mapper = nerve_mapper_new (cloud, &parameters, FALSE, &progress, &error);

      if (mapper != NULL)
        break;
      g_assert_error (error, NERVE_ERROR, NERVE_ERROR_CANCELLED);
      g_assert_cmpint (steps, <, 100000);
    }
}

static void
assert_same_graph (const NerveMapper *one, const NerveMapper *other)
{
  g_assert_cmpfloat (nerve_mapper_get_parameters (one)->eps, ==, nerve_mapper_get_parameters (other)->eps);
  g_assert_cmpuint (nerve_mapper_get_n_nodes (one), ==, nerve_mapper_get_n_nodes (other));
  for (guint i = 0; i < nerve_mapper_get_n_nodes (one); i++)
    {
      const NerveNode *a = nerve_mapper_get_node (one, i);
      const NerveNode *b = nerve_mapper_get_node (other, i);

      g_assert_cmpfloat (a->lens_mean, ==, b->lens_mean);
      g_assert_cmpmem (a->members, a->n_members * sizeof (guint32), b->members, b->n_members * sizeof (guint32));
    }
  g_assert_cmpmem (nerve_mapper_get_edges (one), nerve_mapper_get_n_edges (one) * sizeof (NerveEdge),
                   nerve_mapper_get_edges (other), nerve_mapper_get_n_edges (other) * sizeof (NerveEdge));
}

static void
single_precision_is_widened_exactly (void)
{
  const gsize n = 1500, d = 61; /* enough for main directions, and no multiple of anything */
  const char *const settings[][2] = {
    { "lens", "l2" }, { "lens", "median" }, { "lens", "coordinate" }, { "lens", "pca1" }, { "lens", "knn" },
    { "clusterer", "single-linkage" }, { "cover", "ball" },
  };
  g_autofree float *singles = g_new (float, n * d);
  g_autofree double *doubles = g_new (double, n * d);
  g_autoptr (NerveCloud) wide = NULL;
  NerveRandom random;

  nerve_random_init (&random, 5);
  for (gsize i = 0; i < n * d; i++)
    doubles[i] = singles[i] = (float) (nerve_random_normal (&random) + (i / d % 4) * 0.7 * (i % d < 9));
  wide = nerve_cloud_new_from_points (doubles, n, d);
  for (gsize i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      g_autoptr (NerveCloud) narrow = nerve_cloud_new_from_singles (singles, n, d);
      NerveMapperParameters parameters = make_parameters ();
      g_autoptr (GError) error = NULL;
      g_autoptr (NerveMapper) one = NULL;
      g_autoptr (NerveMapper) other = NULL;

      nerve_parameters_set (&nerve_mapper_table, &parameters, settings[i][0], settings[i][1], &error);
      g_assert_no_error (error);
      one = nerve_mapper_new (wide, &parameters, FALSE, NULL, &error);
      g_assert_no_error (error);
      other = nerve_mapper_new (narrow, &parameters, FALSE, NULL, &error);
      g_assert_no_error (error);
      assert_same_graph (one, other);
      g_assert_cmpint (nerve_mapper_is_coincident (other), ==, FALSE);
      g_assert_cmpmem (nerve_cloud_get_points (narrow), n * d * sizeof (double), doubles, n * d * sizeof (double));
    }
}

int
main (int argc, char **argv)
{
  static const char *const clouds[] = {
    "blobs", "lattice", "duplicates", "borders", "far", "offset", "circle", "rectified", "coincident",
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (clouds); i++)
    {
      g_autofree char *path = g_strdup_printf ("/mapper/mapper/graphs equal scikit-learn's/%s", clouds[i]);

      g_test_add_data_func_full (path, g_strdup_printf ("%s.txt", clouds[i]), graphs_equal_scikit_learns, g_free);
    }
  g_test_add_func ("/mapper/mapper/accessors agree with each other", accessors_agree_with_each_other);
  g_test_add_func ("/mapper/mapper/the preset follows the number of points", the_preset_follows_the_number_of_points);
  g_test_add_func ("/mapper/mapper/values that were set stay under a preset", values_that_were_set_stay_under_a_preset);
  g_test_add_func ("/mapper/mapper/without a preset the paper's values hold", without_a_preset_the_papers_values_hold);
  g_test_add_func ("/mapper/mapper/points that coincide are one node and say so",
                   points_that_coincide_are_one_node_and_say_so);
  g_test_add_func ("/mapper/mapper/zeros of either sign coincide", zeros_of_either_sign_coincide);
  g_test_add_func ("/mapper/mapper/where all have twins eps is found among the others",
                   where_all_have_twins_eps_is_found_among_the_others);
  g_test_add_func ("/mapper/mapper/corners hit many times are no single place",
                   corners_hit_many_times_are_no_single_place);
  g_test_add_func ("/mapper/mapper/an empty graph is a result", an_empty_graph_is_a_result);
  g_test_add_func ("/mapper/mapper/parameters out of range are refused", parameters_out_of_range_are_refused);
  g_test_add_func ("/mapper/mapper/single precision is widened exactly", single_precision_is_widened_exactly);
  g_test_add_func ("/mapper/mapper/threads change nothing", threads_change_nothing);
  g_test_add_func ("/mapper/mapper/stopping at any point says cancelled", stopping_at_any_point_says_cancelled);
  return g_test_run ();
}
