#include "layers/coupling.h"

#include <string.h>

#include "base/random.h"
#include "layers/golden.h"
#include "layers/transport.h"

static guint64 *
amounts (Golden *golden, const char *word, gsize n)
{
  g_autofree double *numbers = golden_matrix (golden, word, n);
  guint64 *out = g_new (guint64, n);

  for (gsize i = 0; i < n; i++)
    out[i] = numbers[i];

  return out;
}

static void
check_plan (GArray *flows, const guint64 *supplies, const guint64 *demands, guint rows, guint columns)
{
  g_autofree guint64 *out = g_new0 (guint64, rows);
  g_autofree guint64 *in = g_new0 (guint64, columns);

  for (guint i = 0; i < flows->len; i++)
    {
      const NerveFlow *flow = &g_array_index (flows, NerveFlow, i);

      out[flow->row] += flow->amount;
      in[flow->column] += flow->amount;
    }
  g_assert_cmpmem (out, rows * sizeof (guint64), supplies, rows * sizeof (guint64));
  g_assert_cmpmem (in, columns * sizeof (guint64), demands, columns * sizeof (guint64));
}

static void
transport_is_scipys (void)
{
  Golden golden;
  guint n_problems = 0;

  golden_init (&golden, "transport.txt");
  while (golden_has (&golden, "problem"))
    {
      g_autofree double *extents = golden_matrix (&golden, "problem", 2);
      guint rows = extents[0];
      guint columns = extents[1];
      g_autofree double *costs = golden_matrix (&golden, "costs", rows * columns);
      g_autofree guint64 *supplies = amounts (&golden, "supplies", rows);
      g_autofree guint64 *demands = amounts (&golden, "demands", columns);
      g_autoptr (GArray) flows = NULL;
      double total;

      flows = nerve_transport (costs, rows, columns, supplies, demands, &total, NULL, NULL);
      check_plan (flows, supplies, demands, rows, columns);
      g_assert_cmpfloat_with_epsilon (total, golden_number (&golden, "total"), 1e-9 * (1 + total));
      n_problems++;
    }
  g_assert_cmpuint (n_problems, ==, 19);
  golden_clear (&golden);
}

/* Points along a line: its graph is a chain. */
static NerveMapper *
make_graph (gsize n, guint64 seed, guint intervals)
{
  NerveMapperParameters parameters = { 0 };
  g_autofree double *points = g_new (double, 2 * n);
  g_autoptr (NerveCloud) cloud = NULL;
  NerveMapper *mapper;
  NerveRandom random;

  nerve_random_init (&random, seed);
  for (gsize i = 0; i < n; i++)
    {
      points[2 * i] = 1 + (double) i / n;
      points[2 * i + 1] = .01 * nerve_random_normal (&random);
    }
  cloud = nerve_cloud_new_from_points (points, n, 2);
  nerve_parameters_init (&nerve_mapper_table, &parameters);
  parameters.intervals = intervals;
  parameters.overlap = .3;
  parameters.eps = .2;
  mapper = nerve_mapper_new (cloud, &parameters, FALSE, NULL, NULL);
  nerve_parameters_clear (&nerve_mapper_table, &parameters);

  return mapper;
}

static gboolean
holds (const NerveMapper *mapper, guint node, gsize point)
{
  gsize n;
  const guint32 *nodes = nerve_mapper_get_point_nodes (mapper, point, &n);

  for (gsize k = 0; k < n; k++)
    if (nodes[k] == node)
      return TRUE;

  return FALSE;
}

/* The cost of a plan by the definition. */
static double
price (const NerveCoupling *coupling, const NerveMapper *a, const NerveMapper *b, gsize n)
{
  guint n_ribbons;
  const NerveRibbon *ribbons = nerve_coupling_get_ribbons (coupling, &n_ribbons);
  double total = 0;

  for (guint r = 0; r < n_ribbons; r++)
    for (gsize i = 0; i < n; i++)
      {
        double difference = holds (a, ribbons[r].source, i) - (double) holds (b, ribbons[r].target, i);

        total += ribbons[r].mass * difference * difference / n;
      }

  return sqrt (total);
}

static void
graphs_have_a_distance (void)
{
  const gsize n = 60;
  g_autoptr (NerveMapper) a = make_graph (n, 1, 5);
  g_autoptr (NerveMapper) b = make_graph (n, 2, 8);
  g_autoptr (NerveMembership) of_a = nerve_membership_new (a, NULL, n);
  g_autoptr (NerveMembership) of_b = nerve_membership_new (b, NULL, n);
  g_autoptr (NerveCoupling) there = nerve_coupling_new (of_a, of_b, NULL, NULL);
  g_autoptr (NerveCoupling) back = nerve_coupling_new (of_b, of_a, NULL, NULL);
  g_autoptr (NerveCoupling) self = nerve_coupling_new (of_a, of_a, NULL, NULL);
  const NerveRibbon *ribbons;
  guint n_ribbons;

  g_assert_cmpuint (nerve_mapper_get_n_nodes (a), >, 3);
  g_assert_cmpuint (nerve_mapper_get_n_nodes (b), >, nerve_mapper_get_n_nodes (a));
  g_assert_cmpfloat (nerve_coupling_get_distance (there), >, .1);
  g_assert_cmpfloat_with_epsilon (nerve_coupling_get_distance (there), nerve_coupling_get_distance (back), 1e-12);
  g_assert_cmpfloat_with_epsilon (nerve_coupling_get_distance (there), price (there, a, b, n), 1e-12);
  g_assert_cmpfloat_with_epsilon (nerve_coupling_get_distance (self), 0, 1e-9);
  ribbons = nerve_coupling_get_ribbons (self, &n_ribbons);
  g_assert_cmpuint (n_ribbons, ==, nerve_mapper_get_n_nodes (a));
  for (guint node = 0; node < n_ribbons; node++)
    g_assert_true (ribbons[node].source == node && ribbons[node].target == node);
}

static void
an_empty_graph_has_no_distance (void)
{
  g_autoptr (NerveMapper) a = make_graph (60, 1, 5);
  g_autoptr (NerveMapper) b = make_graph (3, 1, 5);
  g_autoptr (NerveMembership) of_a = nerve_membership_new (a, NULL, 60);
  g_autoptr (NerveMembership) of_b = nerve_membership_new (b, NULL, 60);
  g_autoptr (GError) error = NULL;

  g_assert_null (nerve_coupling_new (of_a, of_b, NULL, &error));
  g_assert_error (error, NERVE_ERROR, NERVE_ERROR_VALUE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/layers/coupling/scipy", transport_is_scipys);
  g_test_add_func ("/layers/coupling/distance", graphs_have_a_distance);
  g_test_add_func ("/layers/coupling/empty", an_empty_graph_has_no_distance);

  return g_test_run ();
}
