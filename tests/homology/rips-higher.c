#include "homology/rips-higher.h"

#include <math.h>
#include <string.h>

#include "base/parallel.h"
#include "base/random.h"
#include "homology/rips-higher-private.h"
#include "homology/rips.h"
#include "rips-higher-little.h"

#define MOST_DIMENSIONS 3
#define MOST_POINTS 10

/* A textbook's: every simplex is a set of points, every column of the boundary matrix a row of bytes. */
typedef struct
{
  double value;
  guint  points; /* bits */
  int    dimension;
} Simplex;

static int
compare_simplices (gconstpointer a, gconstpointer b)
{
  const Simplex *first = a;
  const Simplex *second = b;

  if (first->value != second->value)
    return first->value < second->value ? -1 : 1;
  if (first->dimension != second->dimension)
    return first->dimension - second->dimension;

  return first->points < second->points ? -1 : first->points > second->points;
}

static double
get_diameter (const double *values, guint points, gsize n)
{
  double diameter = 0;

  for (gsize i = 1; i < n; i++)
    for (gsize j = 0; j < i; j++)
      if ((points >> i & 1) != 0 && (points >> j & 1) != 0)
        diameter = MAX (diameter, values[i * (i - 1) / 2 + j]);

  return diameter;
}

static GArray *
list_simplices (const double *values, gsize n, double threshold)
{
  GArray *simplices = g_array_new (FALSE, FALSE, sizeof (Simplex));

  for (guint points = 1; points < 1u << n; points++)
    {
      Simplex simplex = { get_diameter (values, points, n), points, __builtin_popcount (points) - 1 };

      if (simplex.dimension <= MOST_DIMENSIONS + 1 && simplex.value <= threshold && !isinf (simplex.value))
        g_array_append_val (simplices, simplex);
    }
  g_array_sort (simplices, compare_simplices);

  return simplices;
}

static gssize
find_lowest (const guint8 *column, gssize n)
{
  while (--n >= 0 && column[n] == 0)
    ;

  return n;
}

static NerveDiagram *
textbook (const double *values, gsize n, double threshold)
{
  g_autoptr (GArray) simplices = list_simplices (values, n, threshold);
  GArray *bars = g_array_new (FALSE, FALSE, sizeof (NerveBar));
  guint m = simplices->len;
  g_autofree guint8 *matrix = g_new0 (guint8, (gsize) m * m + 1);
  g_autofree guint *place = g_new0 (guint, 1u << n);
  g_autofree gssize *owner = g_new (gssize, m + 1);
  g_autofree gssize *lowest = g_new (gssize, m + 1);

  for (guint j = 0; j < m; j++)
    {
      const Simplex *simplex = &g_array_index (simplices, Simplex, j);
      guint8 *column = matrix + (gsize) j * m;

      place[simplex->points] = j;
      owner[j] = -1;
      for (gsize i = 0; i < n && simplex->dimension > 0; i++)
        if ((simplex->points >> i & 1) != 0)
          column[place[simplex->points & ~(1u << i)]] = 1;
      while ((lowest[j] = find_lowest (column, m)) >= 0 && owner[lowest[j]] >= 0)
        for (guint i = 0; i < m; i++)
          column[i] ^= matrix[owner[lowest[j]] * m + i];
      if (lowest[j] >= 0)
        owner[lowest[j]] = j;
    }

  for (guint i = 0; i < m; i++)
    {
      const Simplex *simplex = &g_array_index (simplices, Simplex, i);
      NerveBar bar = { simplex->dimension, simplex->value, INFINITY };

      if (owner[i] >= 0)
        bar.death = g_array_index (simplices, Simplex, owner[i]).value;
      if (lowest[i] < 0 && simplex->dimension <= MOST_DIMENSIONS)
        g_array_append_val (bars, bar);
    }

  return nerve_diagram_new_take (bars, MOST_DIMENSIONS);
}

static NerveDiagram *
compute (const double *values, gsize n, int max_dimension, double threshold)
{
  NerveRipsParameters parameters = { max_dimension, threshold };
  gsize n_pairs = n * (n - MIN (n, 1)) / 2;
  g_autoptr (NerveDistances) distances = nerve_distances_take (g_memdup2 (values, n_pairs * sizeof (double)), n);
  g_autoptr (GError) error = NULL;
  NerveDiagram *diagram = nerve_rips (distances, &parameters, NULL, &error);

  g_assert_no_error (error);

  return diagram;
}

static void
assert_same_bars (const NerveDiagram *diagram, const NerveDiagram *other)
{
  const NerveBar *bars = nerve_diagram_get_bars (diagram);
  const NerveBar *others = nerve_diagram_get_bars (other);

  g_assert_cmpuint (nerve_diagram_get_n_bars (diagram), ==, nerve_diagram_get_n_bars (other));
  for (gsize i = 0; i < nerve_diagram_get_n_bars (diagram); i++)
    {
      g_assert_cmpint (bars[i].dimension, ==, others[i].dimension);
      g_assert_cmpfloat (bars[i].birth, ==, others[i].birth);
      g_assert_cmpfloat (bars[i].death, ==, others[i].death);
    }
}

static double *
read_cloud (char **lines, gsize *place, gsize n)
{
  double *values = g_new (double, n * n / 2 + 1);
  gsize count = 0;

  for (gsize i = 1; i < n; i++)
    {
      g_auto (GStrv) row = g_strsplit (lines[(*place)++], " ", -1);

      for (gsize j = 0; j < i; j++)
        values[count++] = g_ascii_strtod (row[j], NULL);
    }

  return values;
}

static NerveDiagram *
read_bars (char **lines, gsize *place)
{
  GArray *bars = g_array_new (FALSE, FALSE, sizeof (NerveBar));

  for (; g_str_has_prefix (lines[*place], "bar "); (*place)++)
    {
      g_auto (GStrv) words = g_strsplit (lines[*place], " ", -1);
      NerveBar bar = { words[1][0] - '0', g_ascii_strtod (words[2], NULL), g_ascii_strtod (words[3], NULL) };

      g_array_append_val (bars, bar);
    }

  return nerve_diagram_new_take (bars, 2);
}

static void
bars_are_those_of_gudhi (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", "homology", "rips-higher.txt", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  gsize place = 0;
  guint n_clouds = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (; g_str_has_prefix (lines[place], "cloud "); n_clouds++)
    {
      g_auto (GStrv) head = g_strsplit (lines[place++], " ", -1);
      double threshold = g_str_equal (head[3], "auto") ? NAN : g_ascii_strtod (head[3], NULL);
      gsize n = g_ascii_strtoull (head[2], NULL, 10);
      g_autofree double *values = read_cloud (lines, &place, n);
      g_autoptr (NerveDiagram) expected = read_bars (lines, &place);
      g_autoptr (NerveDiagram) diagram = compute (values, n, 2, threshold);

      g_test_message ("%s", head[1]);
      assert_same_bars (diagram, expected);
    }
  g_assert_cmpuint (n_clouds, >=, 29);
}

/* Few values, so that nearly all is tied; some zero, some infinite by the kind. */
static void
draw_distances (NerveRandom *random, double *values, gsize n_pairs, guint kind, guint levels)
{
  for (gsize i = 0; i < n_pairs; i++)
    {
      values[i] = levels > 0 ? 1.0 + nerve_random_below (random, levels) : 1.0 + nerve_random_double (random);
      if ((kind & 1) != 0 && nerve_random_below (random, 4) == 0)
        values[i] = INFINITY;
      if ((kind & 2) != 0 && nerve_random_below (random, 4) == 0)
        values[i] = 0.0;
    }
}

/* Opposite corners apart, as in a cross-polytope: otherwise nothing so small has voids. */
static void
part_opposite (double *values, gsize n, double by)
{
  for (gsize i = 1; i < n; i += 2)
    values[i * (i - 1) / 2 + i - 1] += by;
}

static void
bars_are_those_of_a_textbook_reduction (void)
{
  NerveRandom random;
  guint n_bars[MOST_DIMENSIONS + 1] = { 0 };

  nerve_random_init (&random, 6);
  for (guint round = 0; round < 1500; round++)
    {
      gsize n = nerve_random_below (&random, MOST_POINTS + 1);
      gsize n_pairs = n * (n - MIN (n, 1)) / 2;
      double values[MOST_POINTS * (MOST_POINTS - 1) / 2 + 1];
      double threshold = INFINITY;
      g_autoptr (NerveDiagram) diagram = NULL;
      g_autoptr (NerveDiagram) expected = NULL;

      draw_distances (&random, values, n_pairs, round % 4, nerve_random_below (&random, 4));
      if (round % 2 == 0)
        part_opposite (values, n, 1 + round % 5);
      if (round % 3 == 0 && n_pairs > 0)
        threshold = values[nerve_random_below (&random, n_pairs)];
      diagram = compute (values, n, MOST_DIMENSIONS, isinf (threshold) ? NAN : threshold);
      expected = textbook (values, n, threshold);
      assert_same_bars (diagram, expected);
      for (gsize i = 0; i < nerve_diagram_get_n_bars (diagram); i++)
        n_bars[nerve_diagram_get_bars (diagram)[i].dimension]++;
    }
  for (int dimension = 0; dimension <= MOST_DIMENSIONS; dimension++)
    g_assert_cmpuint (n_bars[dimension], >, 20);
}

/* The corners of a cross-polytope: a sphere of one dimension less. */
static void
a_cross_polytope_is_a_sphere (void)
{
  for (int dimension = 2; dimension <= NERVE_RIPS_MOST_DIMENSIONS; dimension++)
    {
      gsize n = 2 * (dimension + 1);
      g_autofree double *values = g_new (double, n * (n - 1) / 2);
      g_autoptr (NerveDiagram) diagram = NULL;
      const NerveBar *bars;
      gsize n_bars;

      for (gsize i = 0; i < n; i++)
        for (gsize j = 0; j < i; j++)
          values[i * (i - 1) / 2 + j] = i / 2 == j / 2 ? 2 : 1.5;
      diagram = compute (values, n, dimension, NAN);
      for (int below = 1; below < dimension; below++)
        {
          nerve_diagram_get_dimension (diagram, below, &n_bars);
          g_assert_cmpuint (n_bars, ==, 0);
        }
      bars = nerve_diagram_get_dimension (diagram, dimension, &n_bars);
      g_assert_cmpuint (n_bars, ==, 1);
      g_assert_cmpfloat (bars[0].birth, ==, 1.5);
      g_assert_cmpfloat (bars[0].death, ==, 2);
    }
}

static double *
make_points_distances (gsize n, gsize d, guint64 seed)
{
  g_autofree double *points = g_new (double, n * d);
  double *values = g_new (double, n * (n - 1) / 2);
  double *value = values;
  NerveRandom random;

  nerve_random_init (&random, seed);
  for (gsize i = 0; i < n * d; i++)
    points[i] = nerve_random_normal (&random);
  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j < i; j++)
      *value++ = nerve_metric_distance (NERVE_METRIC_EUCLIDEAN, points + i * d, points + j * d, d);

  return values;
}

static void
both_widths_of_keys_give_the_same_bars (void)
{
  for (guint seed = 0; seed < 3; seed++)
    {
      gsize n = 70;
      g_autofree double *values = make_points_distances (n, 3 + seed, seed);
      GArray *narrow = g_array_new (FALSE, FALSE, sizeof (NerveBar));
      GArray *wide = g_array_new (FALSE, FALSE, sizeof (NerveBar));
      g_autoptr (NerveDiagram) first = NULL;
      g_autoptr (NerveDiagram) second = NULL;
      NerveMemoryBudget budget = { 0 };
      NerveRipsGraph graph;

      g_assert_true (nerve_rips_graph_init (&graph, values, n, 1.5 + seed, &budget, NULL, NULL));
      g_assert_true (nerve_rips_higher_64 (&graph, 3, narrow, &budget, NULL, NULL));
      g_assert_true (nerve_rips_higher_128 (&graph, 3, wide, &budget, NULL, NULL));
      g_assert_cmpuint (narrow->len, >, 2);
      first = nerve_diagram_new_take (narrow, 3);
      second = nerve_diagram_new_take (wide, 3);
      assert_same_bars (first, second);
      nerve_rips_graph_clear (&graph);
    }
}

/* A sphere's void is killed late, by a column that is the sum of thousands. */
static double *
make_sphere_distances (gsize n, guint64 seed)
{
  g_autofree double *points = g_new (double, 3 * n);
  double *values = g_new (double, n * (n - 1) / 2);
  double *value = values;
  NerveRandom random;

  nerve_random_init (&random, seed);
  for (gsize i = 0; i < n; i++)
    {
      double *point = points + 3 * i;
      double length = 0;

      for (guint k = 0; k < 3; k++)
        {
          point[k] = nerve_random_normal (&random);
          length += point[k] * point[k];
        }
      for (guint k = 0; k < 3; k++)
        point[k] /= sqrt (length);
    }
  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j < i; j++)
      *value++ = nerve_metric_distance (NERVE_METRIC_EUCLIDEAN, points + i * 3, points + j * 3, 3);

  return values;
}

static void
cofaces_that_were_let_go_are_made_again (void)
{
  for (guint seed = 0; seed < 3; seed++)
    {
      gsize n = 100 + 20 * seed;
      g_autofree double *values = make_sphere_distances (n, seed);
      GArray *bars = g_array_new (FALSE, FALSE, sizeof (NerveBar));
      GArray *others = g_array_new (FALSE, FALSE, sizeof (NerveBar));
      g_autoptr (NerveDiagram) first = NULL;
      g_autoptr (NerveDiagram) second = NULL;
      NerveMemoryBudget budget = { 0 };
      NerveRipsGraph graph;

      g_assert_true (nerve_rips_graph_init (&graph, values, n, INFINITY, &budget, NULL, NULL));
      g_assert_true (nerve_rips_higher_64 (&graph, 2, bars, &budget, NULL, NULL));
      g_assert_true (nerve_rips_higher_little (&graph, 2, others, &budget, NULL, NULL));
      first = nerve_diagram_new_take (bars, 2);
      second = nerve_diagram_new_take (others, 2);
      assert_same_bars (first, second);
      nerve_rips_graph_clear (&graph);
    }
}

/* Whatever it is that passes the limit: nothing is taken beyond it, and with more the bars are the same. */
static void
no_more_memory_is_taken_than_allowed (void)
{
  gsize n = 120;
  g_autofree double *values = make_sphere_distances (n, 1);
  g_autoptr (NerveDiagram) first = NULL;
  g_autoptr (NerveDiagram) second = NULL;
  GArray *bars = g_array_new (FALSE, FALSE, sizeof (NerveBar));
  GArray *others = g_array_new (FALSE, FALSE, sizeof (NerveBar));
  NerveMemoryBudget open = { 0 };
  NerveRipsGraph graph;
  guint n_refused = 0;

  g_assert_true (nerve_rips_graph_init (&graph, values, n, INFINITY, &open, NULL, NULL));
  g_assert_true (nerve_rips_higher_64 (&graph, 2, bars, &open, NULL, NULL));
  for (guint64 limit = 4096;; limit += limit / 4)
    {
      NerveMemoryBudget budget = { .limit = limit };
      g_autoptr (GError) error = NULL;

      g_array_set_size (others, 0);
      if (nerve_rips_higher_64 (&graph, 2, others, &budget, NULL, &error))
        break;
      g_assert_error (error, NERVE_ERROR, NERVE_ERROR_MEMORY);
      g_assert_nonnull (strstr (error->message, "that are allowed, "));
      g_assert_cmpuint (budget.held, <=, limit);
      n_refused++;
    }
  g_assert_cmpuint (n_refused, >, 10);
  first = nerve_diagram_new_take (bars, 2);
  second = nerve_diagram_new_take (others, 2);
  assert_same_bars (first, second);
  nerve_rips_graph_clear (&graph);
}

/* So many that a tetrahedron's number has more than 64 bits. */
static void
keys_are_widened_where_they_must_be (void)
{
  gsize n = 2100;
  NerveRipsGraph graph = { .n = n, .n_edges = n * (n - 1) / 2 };
  g_autofree double *values = make_points_distances (n, 2, 1);
  GArray *bars = g_array_new (FALSE, FALSE, sizeof (NerveBar));

  g_assert_cmpuint (nerve_rips_key_bits (&graph, 4), >, 64);
  for (gsize i = 0; i < n * (n - 1) / 2; i++)
    values[i] = 3;
  /* An octahedron among points that are all joined by longer edges. */
  for (gsize i = n - 6; i < n; i++)
    for (gsize j = n - 6; j < i; j++)
      if (i / 2 != j / 2)
        values[i * (i - 1) / 2 + j] = 1;
  g_assert_true (nerve_rips_higher (values, n, 2, 2, bars, 0, NULL, NULL));
  g_assert_cmpuint (bars->len, ==, 1);
  g_assert_cmpfloat (g_array_index (bars, NerveBar, 0).birth, ==, 1);
  g_assert_true (isinf (g_array_index (bars, NerveBar, 0).death));
  g_array_unref (bars);
}

static void
what_no_key_holds_is_refused (void)
{
  gsize n = 1200;
  g_autofree double *values = g_new0 (double, n * (n - 1) / 2);
  GArray *bars = g_array_new (FALSE, FALSE, sizeof (NerveBar));
  g_autoptr (GError) error = NULL;

  g_assert_false (nerve_rips_higher (values, n, 1, NERVE_RIPS_MOST_DIMENSIONS, bars, 0, NULL, &error));
  g_assert_error (error, NERVE_ERROR, NERVE_ERROR_MEMORY);
  g_assert_true (g_str_has_suffix (error->message, "fewer points or a lower dimension"));
  g_array_unref (bars);
}

static gboolean
count_down (double fraction, gpointer user_data)
{
  gint *left = user_data;

  return g_atomic_int_add (left, -1) > 0;
}

static void
every_stage_can_be_stopped (void)
{
  gsize n = 90;
  g_autofree double *values = make_points_distances (n, 3, 1);
  gsize n_bytes = n * (n - 1) / 2 * sizeof (double);
  g_autoptr (NerveDistances) distances = nerve_distances_take (g_memdup2 (values, n_bytes), n);
  NerveRipsParameters parameters = { 2, NAN };
  guint n_stopped = 0;

  for (gint asked = 0;; asked = asked * 5 / 4 + 1)
    {
      gint left = asked;
      NerveProgress progress = { count_down, &left, 0, 1 };
      g_autoptr (GError) error = NULL;
      g_autoptr (NerveDiagram) diagram = nerve_rips (distances, &parameters, &progress, &error);

      if (diagram != NULL)
        break;
      g_assert_error (error, NERVE_ERROR, NERVE_ERROR_CANCELLED);
      n_stopped++;
    }
  g_assert_cmpuint (n_stopped, >, 10);
}

static void
any_number_of_threads_gives_the_same_bars (void)
{
  gsize n = 60;
  g_autofree double *values = make_points_distances (n, 3, 2);
  g_autoptr (NerveDiagram) first = NULL;
  g_autoptr (NerveDiagram) second = NULL;

  nerve_parallel_set_threads (1);
  first = compute (values, n, 2, NAN);
  nerve_parallel_set_threads (4);
  second = compute (values, n, 2, NAN);
  nerve_parallel_set_threads (0);
  assert_same_bars (first, second);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/rips-higher/bars-are-those-of-gudhi", bars_are_those_of_gudhi);
  g_test_add_func ("/rips-higher/bars-are-those-of-a-textbook-reduction", bars_are_those_of_a_textbook_reduction);
  g_test_add_func ("/rips-higher/a-cross-polytope-is-a-sphere", a_cross_polytope_is_a_sphere);
  g_test_add_func ("/rips-higher/both-widths-of-keys-give-the-same-bars", both_widths_of_keys_give_the_same_bars);
  g_test_add_func ("/rips-higher/cofaces-that-were-let-go-are-made-again", cofaces_that_were_let_go_are_made_again);
  g_test_add_func ("/rips-higher/no-more-memory-is-taken-than-allowed", no_more_memory_is_taken_than_allowed);
  g_test_add_func ("/rips-higher/keys-are-widened-where-they-must-be", keys_are_widened_where_they_must_be);
  g_test_add_func ("/rips-higher/what-no-key-holds-is-refused", what_no_key_holds_is_refused);
  g_test_add_func ("/rips-higher/every-stage-can-be-stopped", every_stage_can_be_stopped);
  g_test_add_func ("/rips-higher/any-number-of-threads-gives-the-same-bars",
                   any_number_of_threads_gives_the_same_bars);

  return g_test_run ();
}
