#include "homology/diagram-distance.h"

#include <math.h>
#include <stdlib.h>

#include "base/parallel.h"
#include "base/random.h"
#include "homology/bottleneck.h"
#include "homology/wasserstein.h"

static NerveDiagram *
make (const NervePlanePoint *points, gsize n)
{
  GArray *bars = g_array_new (FALSE, FALSE, sizeof (NerveBar));

  for (gsize i = 0; i < n; i++)
    g_array_append_val (bars, ((NerveBar) { 1, points[i][0], points[i][1] }));

  return nerve_diagram_new_take (bars, 1);
}

static double
measure (const NerveDiagram *a, const NerveDiagram *b, NerveDiagramMeasure which, double order)
{
  NerveDiagramDistanceParameters parameters = { which, order };
  g_autoptr (GError) error = NULL;
  double distance = NAN;

  g_assert_true (nerve_diagram_distance (a, b, 1, &parameters, &distance, NULL, &error));
  g_assert_no_error (error);

  return distance;
}

static void
assert_near (double found, double expected, double relative, double absolute)
{
  if (isinf (expected))
    g_assert_cmpfloat (found, ==, expected);
  else
    g_assert_cmpfloat (fabs (found - expected), <=, relative * fabs (expected) + absolute);
}

static NerveDiagram *
read_diagram (char **lines, gsize *place, gsize n, double *largest)
{
  g_autofree NervePlanePoint *points = g_new (NervePlanePoint, n);

  for (gsize i = 0; i < n; i++)
    {
      g_auto (GStrv) words = g_strsplit (lines[(*place)++], " ", -1);

      for (guint axis = 0; axis < 2; axis++)
        {
          points[i][axis] = g_ascii_strtod (words[axis], NULL);
          if (!isinf (points[i][axis]))
            *largest = MAX (*largest, fabs (points[i][axis]));
        }
    }

  return make ((const NervePlanePoint *) points, n);
}

static void
check_line (const char *line, const NerveDiagram *a, const NerveDiagram *b, double largest)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  double last = g_ascii_strtod (words[g_strv_length (words) - 1], NULL);

  if (g_str_equal (words[0], "sliced"))
    assert_near (measure (a, b, NERVE_DIAGRAM_SLICED_WASSERSTEIN, 1), last, 1e-9, 1e-13 * largest);
  else if (g_str_equal (words[0], "persim"))
    assert_near (measure (a, b, NERVE_DIAGRAM_SLICED_WASSERSTEIN, 1), last, 1e-6, 0);
  else if (g_str_equal (words[0], "bottleneck"))
    assert_near (measure (a, b, NERVE_DIAGRAM_BOTTLENECK, 1), last, 1e-14, 1e-15 * largest);
  else
    assert_near (measure (a, b, NERVE_DIAGRAM_WASSERSTEIN, g_ascii_strtod (words[1], NULL)), last, 1e-7,
                 1e-13 * largest);
}

static void
distances_are_those_of_gudhi_hera_and_persim (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", "homology", "distances.txt", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  gsize place = 0;
  guint n_pairs = 0;
  guint n_persim = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (; g_str_has_prefix (lines[place], "pair "); n_pairs++)
    {
      g_auto (GStrv) head = g_strsplit (lines[place++], " ", -1);
      double largest = 0;
      g_autoptr (NerveDiagram) a = read_diagram (lines, &place, g_ascii_strtoull (head[2], NULL, 10), &largest);
      g_autoptr (NerveDiagram) b = read_diagram (lines, &place, g_ascii_strtoull (head[3], NULL, 10), &largest);
      guint n_lines = 0;

      g_test_message ("%s", head[1]);
      for (; *lines[place] != '\0' && !g_str_has_prefix (lines[place], "pair "); place++, n_lines++)
        {
          check_line (lines[place], a, b, largest);
          check_line (lines[place], b, a, largest);
          n_persim += g_str_has_prefix (lines[place], "persim ");
        }
      g_assert_cmpuint (n_lines, >=, 6);
    }
  g_assert_cmpuint (n_pairs, >=, 20);
  g_assert_cmpuint (n_persim, >=, 20);
}

/* All matchings, one by one. */
typedef struct
{
  const NerveDiagramPoints *a;
  const NerveDiagramPoints *b;
  double                    order;
  guint                     taken; /* bits of b */
} Trial;

static double
join (const Trial *trial, double cost, double distance)
{
  return isinf (trial->order) ? MAX (cost, distance) : cost + pow (distance, trial->order);
}

static double
try_all (Trial *trial, gsize row, double cost)
{
  double best;

  if (row == trial->a->n)
    {
      for (gsize j = 0; j < trial->b->n; j++)
        if ((trial->taken >> j & 1) == 0)
          cost = join (trial, cost, nerve_plane_height (trial->b->points[j]));
      return cost;
    }

  best = try_all (trial, row + 1, join (trial, cost, nerve_plane_height (trial->a->points[row])));
  for (gsize j = 0; j < trial->b->n; j++)
    if ((trial->taken >> j & 1) == 0)
      {
        double distance = nerve_plane_distance (trial->a->points[row], trial->b->points[j]);

        trial->taken |= 1u << j;
        best = MIN (best, try_all (trial, row + 1, join (trial, cost, distance)));
        trial->taken &= ~(1u << j);
      }

  return best;
}

static NerveDiagram *
draw_diagram (NerveRandom *random, gsize n, guint levels)
{
  g_autofree NervePlanePoint *points = g_new (NervePlanePoint, n);

  for (gsize i = 0; i < n; i++)
    {
      points[i][0] = levels > 0 ? nerve_random_below (random, levels) : nerve_random_double (random);
      points[i][1] = points[i][0] + (levels > 0 ? 1 + nerve_random_below (random, levels)
                                                : nerve_random_double (random));
    }

  return make ((const NervePlanePoint *) points, n);
}

static void
no_matching_is_better (void)
{
  const double orders[] = { 1, 2, 3.5, INFINITY };
  NerveRandom random;

  nerve_random_init (&random, 1);
  for (guint round = 0; round < 800; round++)
    {
      g_autoptr (NerveDiagram) a = draw_diagram (&random, nerve_random_below (&random, 7), round % 5);
      g_autoptr (NerveDiagram) b = draw_diagram (&random, nerve_random_below (&random, 7), round % 5);
      g_auto (NerveDiagramPoints) first = { 0 };
      g_auto (NerveDiagramPoints) second = { 0 };
      Trial trial = { &first, &second, orders[round / 5 % 4], 0 };
      double expected;

      nerve_diagram_points_init (&first, a, 1);
      nerve_diagram_points_init (&second, b, 1);
      expected = try_all (&trial, 0, 0);
      if (isinf (trial.order))
        g_assert_cmpfloat (measure (a, b, NERVE_DIAGRAM_WASSERSTEIN, INFINITY), ==, expected);
      else
        assert_near (measure (a, b, NERVE_DIAGRAM_WASSERSTEIN, trial.order), pow (expected, 1 / trial.order), 1e-12,
                     1e-13);
    }
}

static void
the_dual_solution_proves_the_matching (void)
{
  NerveRandom random;

  nerve_random_init (&random, 2);
  for (guint round = 0; round < 24; round++)
    {
      g_autoptr (NerveDiagram) a = draw_diagram (&random, 200 + 20 * round, round % 3 == 0 ? 8 : 0);
      g_autoptr (NerveDiagram) b = draw_diagram (&random, 300, round % 3 == 0 ? 8 : 0);
      g_auto (NerveDiagramPoints) first = { 0 };
      g_auto (NerveDiagramPoints) second = { 0 };
      double distance, gap;

      nerve_diagram_points_init (&first, a, 1);
      nerve_diagram_points_init (&second, b, 1);
      g_assert_true (nerve_wasserstein (&first, &second, 1 + round % 4 * 0.5, &distance, &gap, NULL, NULL));
      g_assert_cmpfloat (fabs (gap), <, 1e-11);
    }
}

static void
a_diagram_is_at_no_distance_from_itself (void)
{
  NerveRandom random;

  nerve_random_init (&random, 3);
  for (guint round = 0; round < 12; round++)
    {
      g_autoptr (NerveDiagram) a = draw_diagram (&random, 150 * (round % 4), round % 2 * 6);

      g_assert_cmpfloat (measure (a, a, NERVE_DIAGRAM_SLICED_WASSERSTEIN, 1), ==, 0);
      g_assert_cmpfloat (measure (a, a, NERVE_DIAGRAM_WASSERSTEIN, 1), ==, 0);
      g_assert_cmpfloat (measure (a, a, NERVE_DIAGRAM_WASSERSTEIN, 2), ==, 0);
      g_assert_cmpfloat (measure (a, a, NERVE_DIAGRAM_BOTTLENECK, 1), ==, 0);
    }
}

static void
only_bars_of_the_dimension_count (void)
{
  const NerveBar bars[] = { { 0, 0, 9 }, { 1, 1, 3 }, { 2, 1, 7 } };
  GArray *array = g_array_new (FALSE, FALSE, sizeof (NerveBar));
  NerveDiagramDistanceParameters parameters = { NERVE_DIAGRAM_BOTTLENECK, 1 };
  g_autoptr (NerveDiagram) nothing = make (NULL, 0);
  g_autoptr (NerveDiagram) diagram = NULL;
  const double expected[] = { 4.5, 1, 3, 0 };

  g_array_append_vals (array, bars, G_N_ELEMENTS (bars));
  diagram = nerve_diagram_new_take (array, 2);
  for (guint dimension = 0; dimension < G_N_ELEMENTS (expected); dimension++)
    {
      double distance;

      g_assert_true (nerve_diagram_distance (diagram, nothing, dimension, &parameters, &distance, NULL, NULL));
      g_assert_cmpfloat (distance, ==, expected[dimension]);
    }
}

/* Powers of two round nothing, so these are the same distances, times one. What would be no number is refused. */
static void
very_large_bars_are_as_far_apart_as_small_ones (void)
{
  const NervePlanePoint few[] = { { 0, 1.5 }, { 0.25, 1.75 }, { 1, 1.125 } };
  const NervePlanePoint others[] = { { 0.125, 1.25 }, { 0.5, 1.0625 } };
  const double unit = 0x1p1022;
  NervePlanePoint large[G_N_ELEMENTS (few)];
  NervePlanePoint other_large[G_N_ELEMENTS (others)];
  NervePlanePoint many[64];
  g_autoptr (GError) error = NULL;
  double distance;

  for (guint k = 0; k < 2; k++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (few); i++)
        large[i][k] = few[i][k] * unit;
      for (guint i = 0; i < G_N_ELEMENTS (others); i++)
        other_large[i][k] = others[i][k] * unit;
      for (guint i = 0; i < G_N_ELEMENTS (many); i++)
        many[i][k] = k * 1.5 * unit;
    }
  {
    g_autoptr (NerveDiagram) a = make (few, G_N_ELEMENTS (few));
    g_autoptr (NerveDiagram) b = make (others, G_N_ELEMENTS (others));
    g_autoptr (NerveDiagram) large_a = make (large, G_N_ELEMENTS (large));
    g_autoptr (NerveDiagram) large_b = make (other_large, G_N_ELEMENTS (other_large));
    g_autoptr (NerveDiagram) nothing = make (NULL, 0);
    g_autoptr (NerveDiagram) too_many = make (many, G_N_ELEMENTS (many));
    const NerveDiagramDistanceParameters sliced = { NERVE_DIAGRAM_SLICED_WASSERSTEIN, 1 };

    g_assert_cmpfloat (measure (large_a, large_b, NERVE_DIAGRAM_SLICED_WASSERSTEIN, 1), ==,
                       unit * measure (a, b, NERVE_DIAGRAM_SLICED_WASSERSTEIN, 1));
    /* One large and one small, which is nothing beside it. */
    assert_near (measure (large_a, b, NERVE_DIAGRAM_SLICED_WASSERSTEIN, 1),
                 unit * measure (a, nothing, NERVE_DIAGRAM_SLICED_WASSERSTEIN, 1), 1e-12, 0);
    g_assert_false (nerve_diagram_distance (too_many, nothing, 1, &sliced, &distance, NULL, &error));
    g_assert_error (error, NERVE_ERROR, NERVE_ERROR_VALUE);
  }
}

static void
any_number_of_threads_gives_the_same_distance (void)
{
  NerveRandom random;
  g_autoptr (NerveDiagram) a = NULL;
  g_autoptr (NerveDiagram) b = NULL;
  double expected;

  nerve_random_init (&random, 4);
  a = draw_diagram (&random, 400, 0);
  b = draw_diagram (&random, 300, 0);
  nerve_parallel_set_threads (1);
  expected = measure (a, b, NERVE_DIAGRAM_SLICED_WASSERSTEIN, 1);
  nerve_parallel_set_threads (5);
  g_assert_cmpfloat (measure (a, b, NERVE_DIAGRAM_SLICED_WASSERSTEIN, 1), ==, expected);
  nerve_parallel_set_threads (0);
}

/* Says stop when it has been asked so many times. */
static gboolean
count_down (double fraction, gpointer user_data)
{
  gint *left = user_data;

  return g_atomic_int_add (left, -1) > 0;
}

static void
all_of_them_can_be_stopped (void)
{
  NerveRandom random;
  g_autoptr (NerveDiagram) a = NULL;
  g_autoptr (NerveDiagram) b = NULL;

  nerve_random_init (&random, 5);
  a = draw_diagram (&random, 3000, 0);
  b = draw_diagram (&random, 3000, 0);
  for (int which = NERVE_DIAGRAM_SLICED_WASSERSTEIN; which <= NERVE_DIAGRAM_BOTTLENECK; which++)
    for (gint asked = 0; asked < 12; asked += 4)
      {
        NerveDiagramDistanceParameters parameters = { which, 2 };
        gint left = asked;
        NerveProgress progress = { count_down, &left, 0, 1 };
        g_autoptr (GError) error = NULL;
        double distance;

        g_assert_false (nerve_diagram_distance (a, b, 1, &parameters, &distance, &progress, &error));
        g_assert_error (error, NERVE_ERROR, NERVE_ERROR_CANCELLED);
      }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/diagram-distance/distances-are-those-of-gudhi-hera-and-persim",
                   distances_are_those_of_gudhi_hera_and_persim);
  g_test_add_func ("/diagram-distance/no-matching-is-better", no_matching_is_better);
  g_test_add_func ("/diagram-distance/the-dual-solution-proves-the-matching", the_dual_solution_proves_the_matching);
  g_test_add_func ("/diagram-distance/a-diagram-is-at-no-distance-from-itself",
                   a_diagram_is_at_no_distance_from_itself);
  g_test_add_func ("/diagram-distance/only-bars-of-the-dimension-count", only_bars_of_the_dimension_count);
  g_test_add_func ("/diagram-distance/very-large-bars-are-as-far-apart-as-small-ones",
                   very_large_bars_are_as_far_apart_as_small_ones);
  g_test_add_func ("/diagram-distance/any-number-of-threads-gives-the-same-distance",
                   any_number_of_threads_gives_the_same_distance);
  g_test_add_func ("/diagram-distance/all-of-them-can-be-stopped", all_of_them_can_be_stopped);

  return g_test_run ();
}
