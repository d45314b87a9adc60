#include "mapper/neighbours.h"

#include <math.h>
#include <string.h>

#include "base/parallel.h"
#include "base/random.h"

/* Coordinates with two decimals, so that distances tie and points coincide. */
static NerveCloud *
make_cloud (gsize n, gsize d, guint64 seed)
{
  g_autofree double *points = g_new (double, n * d);
  NerveRandom random;

  nerve_random_init (&random, seed);
  for (gsize i = 0; i < n * d; i++)
    points[i] = nerve_random_below (&random, 300) / 100.0;

  return nerve_cloud_new_from_points (points, n, d);
}

static double
measure (NerveCloud *cloud, gsize i, gsize j)
{
  gsize d = nerve_cloud_get_dimension (cloud);
  const double *points = nerve_cloud_get_points (cloud);

  return nerve_metric_distance (nerve_cloud_get_metric (cloud), points + i * d, points + j * d, d);
}

typedef struct
{
  guint32 other;
  double  distance;
} Neighbour;

static int
compare_neighbours (gconstpointer a, gconstpointer b)
{
  const Neighbour *x = a;
  const Neighbour *y = b;

  return (x->other > y->other) - (x->other < y->other);
}

/* In the order of positions. */
static GArray *
get_neighbours (NerveNeighbours *graph, gsize position, double eps)
{
  NerveNear near = nerve_neighbours_within (graph, eps);
  GArray *found = g_array_new (FALSE, FALSE, sizeof (Neighbour));

  for (guint s = 0; s < near.n_shells; s++)
    for (gsize i = near.offsets[s * near.n + position]; i < near.offsets[s * near.n + position + 1]; i++)
      {
        Neighbour neighbour = { near.others[i], near.distances[i] };

        if (s < near.n_sure)
          g_assert_cmpfloat (neighbour.distance, <=, eps);
        g_assert_true ((near.others[i] > position) == (i >= near.splits[s * near.n + position]));
        if (i > near.offsets[s * near.n + position])
          g_assert_cmpuint (near.others[i - 1], <, near.others[i]);
        if (neighbour.distance <= eps)
          g_array_append_val (found, neighbour);
      }
  g_array_sort (found, compare_neighbours);

  return found;
}

/* @lens: NULL: all pairs. The graph tells each pair from both of its positions. */
static void
assert_pairs (NerveCloud *cloud, NerveNeighbours *graph, double eps, const double *lens, double width)
{
  gsize n = nerve_cloud_get_n (cloud);
  const guint32 *rows = nerve_neighbours_get_rows (graph);
  const guint32 *components = nerve_neighbours_within (graph, eps).components;

  for (gsize p = 0; p < n; p++)
    {
      g_autoptr (GArray) found = get_neighbours (graph, p, eps);
      gsize next = 0;

      g_assert_cmpuint (nerve_neighbours_get_positions (graph)[rows[p]], ==, p);
      for (gsize q = 0; q < n; q++)
        {
          double distance = measure (cloud, rows[p], rows[q]);

          if (p == q || distance > eps || (lens != NULL && fabs (lens[rows[q]] - lens[rows[p]]) > width))
            continue;
          g_assert_cmpuint (next, <, found->len);
          g_assert_cmpuint (g_array_index (found, Neighbour, next).other, ==, q);
          g_assert_cmpfloat (g_array_index (found, Neighbour, next).distance, ==, distance);
          g_assert_cmpuint (components[q], ==, components[p]);
          next++;
        }
      g_assert_cmpuint (next, ==, found->len);
    }
}

/* What it was made for, and smaller eps. */
static void
assert_graph (NerveCloud *cloud, NerveNeighbours *graph, double eps, const double *lens, double width)
{
  assert_pairs (cloud, graph, eps, lens, width);
  assert_pairs (cloud, graph, 0.7 * eps, lens, width);
  assert_pairs (cloud, graph, 0.01 * eps, lens, width);
}

/* All pairs, whatever the order. */
static NerveNeighbours *
make_graph (NerveCloud *cloud, double eps)
{
  g_autofree double *lens = g_new0 (double, nerve_cloud_get_n (cloud));

  return nerve_neighbours_new (cloud, eps, lens, INFINITY, FALSE, NULL, NULL);
}

static void
every_pair_within_eps_is_there_and_no_other (void)
{
  const gsize sizes[] = { 1, 2, 63, 64, 65, 200, 500 };

  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
    {
      g_autoptr (NerveCloud) cloud = make_cloud (sizes[s], 3, s);
      g_autoptr (NerveNeighbours) graph = make_graph (cloud, 0.5);

      g_assert_nonnull (graph);
      assert_graph (cloud, graph, 0.5, NULL, INFINITY);
    }
}

static void
a_distance_equal_to_eps_counts (void)
{
  const double points[] = { 0.0, 0.0, 1.0, 1.0, 3.0, 3.0 };
  g_autoptr (NerveCloud) cloud = nerve_cloud_new_from_points (points, 3, 2);
  g_autoptr (NerveNeighbours) graph = make_graph (cloud, sqrt (2.0));
  g_autoptr (GArray) found = get_neighbours (graph, 0, sqrt (2.0));

  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpuint (nerve_neighbours_get_n_pairs (graph), ==, 1);
}

static void
pairs_too_far_apart_in_the_lens_are_left_out (void)
{
  g_autoptr (NerveCloud) cloud = make_cloud (400, 2, 7);
  g_autofree double *lens = g_new (double, 400);
  g_autoptr (NerveNeighbours) graph = NULL;

  for (gsize i = 0; i < 400; i++)
    lens[i] = nerve_cloud_get_points (cloud)[2 * i + 1];
  graph = nerve_neighbours_new (cloud, 0.6, lens, 0.25, FALSE, NULL, NULL);

  assert_graph (cloud, graph, 0.6, lens, 0.25);
  g_assert_cmpfloat (nerve_neighbours_get_eps (graph), ==, 0.6);
  g_assert_cmpfloat (nerve_neighbours_get_lens_width (graph), ==, 0.25);
}

static void
an_infinite_eps_takes_all_pairs (void)
{
  g_autoptr (NerveCloud) cloud = make_cloud (90, 2, 8);
  g_autoptr (NerveNeighbours) graph = make_graph (cloud, INFINITY);

  g_assert_cmpuint (nerve_neighbours_get_n_pairs (graph), ==, 90 * 89 / 2);
}

/* Ten tight clusters far from the origin and from each other: in single precision all within one are equal. */
static NerveCloud *
make_tight (gsize n, gsize d, double spread)
{
  g_autofree double *points = g_new (double, n * d);
  NerveRandom random;

  nerve_random_init (&random, 13);
  for (gsize i = 0; i < n; i++)
    for (gsize k = 0; k < d; k++)
      points[i * d + k] = 1e4 + 100.0 * ((i % 10 * 7 + k) % 10) + spread * nerve_random_normal (&random);

  return nerve_cloud_new_from_points (points, n, d);
}

static void
rounding_of_the_first_look_decides_nothing (void)
{
  const gsize dimensions[] = { 1, 7, 64, 300 };
  const double spreads[] = { 1e-9, 1e-4, 1.0 };

  for (guint i = 0; i < G_N_ELEMENTS (dimensions); i++)
    for (guint s = 0; s < G_N_ELEMENTS (spreads); s++)
      {
        double eps = spreads[s] * sqrt (2.0 * dimensions[i]);
        g_autoptr (NerveCloud) cloud = make_tight (600, dimensions[i], spreads[s]);
        g_autoptr (NerveNeighbours) graph = make_graph (cloud, eps);

        assert_graph (cloud, graph, eps, NULL, INFINITY);
        g_assert_cmpuint (nerve_neighbours_get_n_pairs (graph), >, 3000);
      }
}

/* Classes along a few directions: enough points for main directions to be looked for, and used. */
static void
main_directions_lose_no_pair (void)
{
  const gsize n = 2100;
  const gsize d = 60;
  g_autofree double *points = g_new (double, n * d);
  g_autoptr (NerveCloud) cloud = NULL;
  NerveRandom random;

  nerve_random_init (&random, 14);
  for (gsize i = 0; i < n; i++)
    {
      double along = 30.0 * nerve_random_double (&random);

      for (gsize k = 0; k < d; k++)
        points[i * d + k] = along * ((k + i % 3) % 4) + 0.1 * nerve_random_normal (&random);
    }
  cloud = nerve_cloud_new_from_points (points, n, d);
  for (double eps = 1.0; eps < 5.0; eps *= 2.0)
    {
      g_autoptr (NerveNeighbours) graph = make_graph (cloud, eps);

      assert_graph (cloud, graph, eps, NULL, INFINITY);
      g_assert_cmpuint (nerve_neighbours_get_n_pairs (graph), >, 100);
    }
}

/* There are fewer directions than are looked for, and what is left of the others is rounding. */
static void
few_dimensions_among_many_lose_no_pair (void)
{
  const gsize n = 1500;
  const gsize d = 50;
  g_autofree double *points = g_new (double, n * d);
  g_autoptr (NerveCloud) cloud = NULL;
  g_autoptr (NerveNeighbours) graph = NULL;
  NerveRandom random;

  nerve_random_init (&random, 18);
  for (gsize i = 0; i < n; i++)
    {
      double x = nerve_random_normal (&random);
      double y = nerve_random_normal (&random);

      for (gsize k = 0; k < d; k++)
        points[i * d + k] = x * (k % 3) + y * (k % 5) / 3.0;
    }
  cloud = nerve_cloud_new_from_points (points, n, d);
  graph = make_graph (cloud, 0.3);
  assert_graph (cloud, graph, 0.3, NULL, INFINITY);
  g_assert_cmpuint (nerve_neighbours_get_n_pairs (graph), >, 100);
}

static void
a_graph_that_grew_is_one_made_at_once (void)
{
  g_autoptr (NerveCloud) cloud = make_cloud (700, 3, 15);
  g_autofree double *lens = g_new (double, 700);
  g_autoptr (NerveNeighbours) narrow = NULL;
  g_autoptr (NerveNeighbours) wide = NULL;
  g_autoptr (NerveNeighbours) large = NULL;
  g_autoptr (NerveNeighbours) same = NULL;

  for (gsize i = 0; i < 700; i++)
    lens[i] = nerve_cloud_get_points (cloud)[3 * i];
  narrow = nerve_neighbours_new (cloud, 0.4, lens, 0.2, FALSE, NULL, NULL);
  wide = nerve_neighbours_grow (narrow, 0.3, 0.31, NULL, NULL);
  assert_graph (cloud, wide, 0.4, lens, 0.31);
  g_assert_cmpfloat (nerve_neighbours_get_eps (wide), ==, 0.4);
  g_assert_cmpfloat (nerve_neighbours_get_lens_width (wide), ==, 0.31);
  large = nerve_neighbours_grow (wide, 0.7, 0.1, NULL, NULL);
  assert_graph (cloud, large, 0.7, lens, 0.31);
  same = nerve_neighbours_grow (large, 0.5, 0.2, NULL, NULL);
  g_assert_true (same == large);
}

/* Step by step, beyond what may be added to one graph: in every direction, and where a lens bounds the distance. */
static void
a_graph_grows_with_eps_again_and_again (void)
{
  for (guint bounded = 0; bounded < 2; bounded++)
    {
      g_autoptr (NerveCloud) cloud = make_cloud (1100, 3, 21 + bounded);
      g_autofree double *lens = g_new (double, 1100);
      g_autoptr (NerveNeighbours) graph = NULL;
      double eps = 0.2;

      for (gsize i = 0; i < 1100; i++)
        lens[i] = nerve_cloud_get_points (cloud)[3 * i];
      graph = nerve_neighbours_new (cloud, eps, lens, 0.35, bounded, NULL, NULL);
      for (guint step = 0; step < 11; step++)
        {
          g_autoptr (NerveNeighbours) fresh = NULL;
          NerveNeighbours *grown;

          eps *= 1.06;
          grown = nerve_neighbours_grow (graph, eps, 0.1, NULL, NULL);
          nerve_neighbours_unref (graph);
          graph = grown;
          fresh = nerve_neighbours_new (cloud, eps, lens, nerve_neighbours_get_lens_width (graph), bounded, NULL,
                                        NULL);
          g_assert_cmpfloat (nerve_neighbours_get_eps (graph), ==, eps);
          g_assert_cmpuint (nerve_neighbours_get_n_pairs (graph), ==, nerve_neighbours_get_n_pairs (fresh));
          if (step % 5 == 0)
            assert_graph (cloud, graph, eps, isfinite (nerve_neighbours_get_lens_width (graph)) ? lens : NULL,
                          nerve_neighbours_get_lens_width (graph));
        }
    }
}

static void
a_lens_that_bounds_the_distance_covers_any_width (void)
{
  g_autoptr (NerveCloud) cloud = make_cloud (500, 2, 16);
  g_autofree double *lens = g_new (double, 500);
  g_autoptr (NerveNeighbours) graph = NULL;

  for (gsize i = 0; i < 500; i++)
    lens[i] = nerve_cloud_get_points (cloud)[2 * i];
  graph = nerve_neighbours_new (cloud, 0.1, lens, 0.5, TRUE, NULL, NULL);
  assert_graph (cloud, graph, 0.1, NULL, INFINITY);
  g_assert_cmpfloat (nerve_neighbours_get_lens_width (graph), ==, INFINITY);
}

static void
a_part_has_the_pairs_of_its_positions (void)
{
  g_autoptr (NerveCloud) cloud = make_cloud (400, 2, 17);
  g_autoptr (NerveNeighbours) whole = make_graph (cloud, 0.5);
  g_autoptr (NerveNeighbours) part = nerve_neighbours_part (whole, 0.5, 77, 301, NULL, NULL);

  for (gsize p = 0; p < 400; p++)
    {
      g_autoptr (GArray) all = get_neighbours (whole, p, 0.5);
      g_autoptr (GArray) found = get_neighbours (part, p, 0.5);
      gsize within = 0;

      for (guint i = 0; i < all->len; i++)
        within += g_array_index (all, Neighbour, i).other >= 77 && g_array_index (all, Neighbour, i).other < 301;
      g_assert_cmpuint (found->len, ==, p >= 77 && p < 301 ? within : 0);
    }
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

static void
a_graph_for_once_has_the_pairs_before_the_ends (void)
{
  const gsize n = 700;
  const double eps = 1.9;
  g_autoptr (NerveCloud) cloud = make_cloud (n, 6, 21);
  g_autofree double *lens = g_new (double, n);
  g_autofree guint32 *ends = g_new (guint32, n);
  g_autoptr (NerveNeighbours) order = NULL;
  g_autoptr (NerveNeighbours) graph = NULL;
  const guint32 *rows;
  NerveNear near;
  gsize n_pairs = 0;

  for (gsize i = 0; i < n; i++)
    lens[i] = nerve_cloud_get_points (cloud)[6 * i];
  for (gsize p = 0; p < n; p++)
    ends[p] = MIN (p + 1 + p / 100 * 40, n);
  order = nerve_neighbours_order (cloud, lens, FALSE);
  rows = nerve_neighbours_get_rows (order);
  graph = nerve_neighbours_once (order, eps, INFINITY, ends, NULL, NULL);
  near = nerve_neighbours_within (graph, eps);
  g_assert_cmpuint (near.n_shells, ==, 1);
  g_assert_cmpuint (near.n_sure, ==, 1);

  for (gsize p = 0; p < n; p++)
    {
      gsize next = near.splits[p];

      for (gsize q = p + 1; q < n; q++)
        {
          if (q >= ends[p] || measure (cloud, rows[p], rows[q]) > eps)
            continue;
          g_assert_cmpuint (next, <, near.offsets[p + 1]);
          g_assert_cmpuint (near.others[next++], ==, q);
          n_pairs++;
        }
      g_assert_cmpuint (next, ==, near.offsets[p + 1]);
    }
  g_assert_cmpuint (n_pairs, >, n);
  g_assert_cmpuint (nerve_neighbours_get_n_pairs (graph), ==, n_pairs);
}

static void
kth_distances_are_those_of_a_full_sort (void)
{
  const gsize n = 230;
  const guint k[] = { 1, 4, 229, 230 };
  g_autoptr (NerveCloud) cloud = make_cloud (n, 3, 9);
  g_autofree double *out = g_new (double, 4 * n);
  g_autofree double *row = g_new (double, n);

  g_assert_true (nerve_neighbours_kth (cloud, k, 4, out, NULL, NULL));
  for (gsize i = 0; i < n; i++)
    {
      for (gsize j = 0; j < n; j++)
        row[j] = i == j ? INFINITY : measure (cloud, i, j);
      qsort (row, n, sizeof (double), compare_doubles);
      for (guint q = 0; q < 4; q++)
        g_assert_cmpfloat (out[q * n + i], ==, row[k[q] - 1]);
    }
}

static void
results_are_the_same_for_any_number_of_threads (void)
{
  const guint k[] = { 1, 5 };
  g_autoptr (NerveCloud) cloud = make_cloud (700, 5, 10);
  g_autofree double *one = g_new (double, 1400);
  g_autofree double *many = g_new (double, 1400);

  nerve_parallel_set_threads (1);
  g_assert_true (nerve_neighbours_kth (cloud, k, 2, one, NULL, NULL));
  nerve_parallel_set_threads (4);
  g_assert_true (nerve_neighbours_kth (cloud, k, 2, many, NULL, NULL));
  nerve_parallel_set_threads (0);
  g_assert_cmpmem (one, 1400 * sizeof (double), many, 1400 * sizeof (double));
}

static gboolean
stop_after_some (double fraction, gpointer user_data)
{
  int *left = user_data;

  return g_atomic_int_add (left, -1) > 0;
}

static void
a_search_that_is_stopped_says_cancelled (void)
{
  g_autoptr (NerveCloud) cloud = make_cloud (1500, 20, 11);
  g_autofree double *out = g_new (double, 1500);
  g_autofree double *lens = g_new0 (double, 1500);
  const guint k = 3;

  for (int steps = 0; steps < 6; steps += 2)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) second = NULL;
      int left = steps;
      NerveProgress progress = { stop_after_some, &left, 0.0, 1.0 };

      g_assert_null (nerve_neighbours_new (cloud, 1.0, lens, INFINITY, FALSE, &progress, &error));
      g_assert_error (error, NERVE_ERROR, NERVE_ERROR_CANCELLED);
      left = steps;
      g_assert_false (nerve_neighbours_kth (cloud, &k, 1, out, &progress, &second));
      g_assert_error (second, NERVE_ERROR, NERVE_ERROR_CANCELLED);
    }
}

static void
knees_equal_the_references (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", "mapper", "knees.txt", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (g_strchomp (text), "\n", -1);
  for (guint l = 0; lines[l] != NULL; l++)
    {
      g_auto (GStrv) words = g_strsplit (lines[l], " ", -1);
      guint n = g_strv_length (words) - 3;
      g_autofree double *nearest = g_new (double, n);
      double eps;

      for (guint i = 0; i < n; i++)
        nearest[i] = g_ascii_strtod (words[i + 3], NULL);
      g_assert_true (nerve_neighbours_knee (nearest, n, &eps));
      g_assert_cmpfloat (eps, ==, g_ascii_strtod (words[1], NULL));
      g_assert_true (nerve_neighbours_first_knee (nearest, n, &eps));
      g_assert_cmpfloat (eps, ==, g_ascii_strtod (words[2], NULL));
    }
}

static void
of_equal_heights_the_larger_distance_is_the_knee (void)
{
  const double nearest[] = { 1.0, 3.0 };
  double eps;

  g_assert_true (nerve_neighbours_knee (nearest, 2, &eps));
  g_assert_cmpfloat (eps, ==, 3.0);
}

static void
nothing_but_duplicates_has_no_knee (void)
{
  const double nearest[] = { 0.0, 0.0, INFINITY };
  double eps = 7.0;

  g_assert_false (nerve_neighbours_knee (nearest, 3, &eps));
  g_assert_false (nerve_neighbours_first_knee (nearest, 3, &eps));
  g_assert_false (nerve_neighbours_knee (NULL, 0, &eps));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mapper/neighbours/every pair within eps is there and no other",
                   every_pair_within_eps_is_there_and_no_other);
  g_test_add_func ("/mapper/neighbours/a distance equal to eps counts", a_distance_equal_to_eps_counts);
  g_test_add_func ("/mapper/neighbours/pairs too far apart in the lens are left out",
                   pairs_too_far_apart_in_the_lens_are_left_out);
  g_test_add_func ("/mapper/neighbours/an infinite eps takes all pairs", an_infinite_eps_takes_all_pairs);
  g_test_add_func ("/mapper/neighbours/rounding of the first look decides nothing",
                   rounding_of_the_first_look_decides_nothing);
  g_test_add_func ("/mapper/neighbours/main directions lose no pair", main_directions_lose_no_pair);
  g_test_add_func ("/mapper/neighbours/few dimensions among many lose no pair", few_dimensions_among_many_lose_no_pair);
  g_test_add_func ("/mapper/neighbours/a graph that grew is one made at once", a_graph_that_grew_is_one_made_at_once);
  g_test_add_func ("/mapper/neighbours/a graph grows with eps again and again", a_graph_grows_with_eps_again_and_again);
  g_test_add_func ("/mapper/neighbours/a lens that bounds the distance covers any width",
                   a_lens_that_bounds_the_distance_covers_any_width);
  g_test_add_func ("/mapper/neighbours/a part has the pairs of its positions", a_part_has_the_pairs_of_its_positions);
  g_test_add_func ("/mapper/neighbours/a graph for once has the pairs before the ends",
                   a_graph_for_once_has_the_pairs_before_the_ends);
  g_test_add_func ("/mapper/neighbours/kth distances are those of a full sort", kth_distances_are_those_of_a_full_sort);
  g_test_add_func ("/mapper/neighbours/results are the same for any number of threads",
                   results_are_the_same_for_any_number_of_threads);
  g_test_add_func ("/mapper/neighbours/a search that is stopped says cancelled",
                   a_search_that_is_stopped_says_cancelled);
  g_test_add_func ("/mapper/neighbours/knees equal the references", knees_equal_the_references);
  g_test_add_func ("/mapper/neighbours/of equal heights the larger distance is the knee",
                   of_equal_heights_the_larger_distance_is_the_knee);
  g_test_add_func ("/mapper/neighbours/nothing but duplicates has no knee", nothing_but_duplicates_has_no_knee);
  return g_test_run ();
}
