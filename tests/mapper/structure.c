#include "mapper/structure.h"

#include <math.h>

#include "mapper/communities.h"
#include "mapper/diagnosis.h"
#include "mapper/store.h"

/* Points of the given columns, two coordinates each, and a graph of balls: a node for each point, edges where they are
 * within twice the radius and share a point. */
static NerveMapper *
make_graph (const double *points, gsize n, double eps)
{
  g_autoptr (NerveCloud) cloud = nerve_cloud_new_from_points (points, n, 2);
  NerveMapperParameters parameters;

  nerve_parameters_init (&nerve_mapper_table, &parameters);
  parameters.cover = NERVE_COVER_BALL;
  parameters.eps = eps;

  return nerve_mapper_new (cloud, &parameters, FALSE, NULL, NULL);
}

/* Two triangles joined by one weak edge, and one node alone. */
static const NerveEdge two_triangles[] = {
  { 0, 1, 9, 0 }, { 0, 2, 9, 0 }, { 1, 2, 9, 0 }, { 2, 3, 1, 0 }, { 3, 4, 9, 0 }, { 3, 5, 9, 0 }, { 4, 5, 9, 0 },
};

static void
communities_are_what_holds_together (void)
{
  guint communities[7];
  double modularity;
  const guint expected[] = { 0, 0, 0, 1, 1, 1, 2 };

  g_assert_cmpuint (nerve_communities_find (two_triangles, 7, 7, communities, &modularity), ==, 3);
  for (guint i = 0; i < 7; i++)
    g_assert_cmpuint (communities[i], ==, expected[i]);
  /* Each half has 54 of the total 110 inside and a strength of 55: 2 (54/110 − 1/4). */
  g_assert_cmpfloat_with_epsilon (modularity, 2.0 * (54.0 / 110.0 - 0.25), 1e-12);
  g_assert_cmpuint (nerve_communities_find (NULL, 0, 3, communities, &modularity), ==, 3);
  g_assert_cmpfloat (modularity, ==, 0.0);
}

/* A ring of twelve points with a tail of four more at its first. */
static NerveMapper *
make_ring (void)
{
  double points[2 * 16];

  for (guint i = 0; i < 12; i++)
    {
      points[2 * i] = cos (G_PI * i / 6.0);
      points[2 * i + 1] = sin (G_PI * i / 6.0);
    }
  for (guint i = 12; i < 16; i++)
    {
      points[2 * i] = 1.0 + 0.5 * (i - 11);
      points[2 * i + 1] = 0.0;
    }

  return make_graph (points, 16, 0.53);
}

static void
a_ring_with_a_tail_has_a_cycle_and_a_flare (void)
{
  g_autoptr (NerveMapper) mapper = make_ring ();
  g_autoptr (NerveStructure) structure = nerve_structure_new (mapper);
  guint n;

  g_assert_cmpuint (nerve_mapper_get_n_components (mapper), ==, 1);
  g_assert_cmpuint (nerve_structure_get_n_cycles (structure), ==,
                    nerve_mapper_get_n_edges (mapper) + 1 - nerve_mapper_get_n_nodes (mapper));
  g_assert_cmpuint (nerve_structure_get_n_cycles (structure), >=, 1);
  g_assert_cmpuint (nerve_structure_get_n_leaves (structure), ==, 1);
  g_assert_cmpuint (nerve_structure_get_n_flares (structure), ==, 1);
  g_assert_cmpuint (nerve_structure_get_degree (structure, nerve_structure_get_flare (structure, 0, &n)[0]), ==, 1);
  g_assert_cmpuint (n, >=, 1);
}

static void
a_path_is_a_shortest_one (void)
{
  const double points[] = { 0, 0, 1, 0, 2, 0, 3, 0, 4, 0, 20, 0, 21, 0 };
  g_autoptr (NerveMapper) mapper = make_graph (points, 7, 1.0);
  g_autoptr (NerveStructure) structure = nerve_structure_new (mapper);
  g_autofree guint *path = NULL;
  guint n;
  guint last = nerve_mapper_get_n_nodes (mapper) - 1;

  g_assert_null (nerve_structure_find_path (structure, 0, last, &n));
  path = nerve_structure_find_path (structure, 0, last - 1, &n);
  g_assert_nonnull (path);
  g_assert_cmpuint (path[0], ==, 0);
  g_assert_cmpuint (path[n - 1], ==, last - 1);
  /* Balls around 0, 2 and 4: a way of three nodes; a line has no flare. */
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpuint (nerve_structure_get_n_flares (structure), ==, 0);
  g_assert_cmpuint (nerve_structure_get_n_leaves (structure), ==, 2);
}

/* Points of a line a unit apart, two coordinates. */
static NerveCloud *
make_line (gsize n, double step)
{
  g_autofree double *points = g_new0 (double, 2 * n);

  for (gsize i = 0; i < n; i++)
    points[2 * i] = step * i;

  return nerve_cloud_new_from_points (points, n, 2);
}

static void
assert_diagnosis (gsize n, double step, double eps, int intervals, int min_samples, NerveDiagnosisKind kind,
                  gboolean has_advice)
{
  g_autoptr (NerveCloud) cloud = make_line (n, step);
  g_autoptr (NerveMapperStore) store = nerve_mapper_store_new (cloud);
  g_autoptr (NerveMapper) mapper = NULL;
  g_autoptr (NerveMapper) again = NULL;
  NerveMapperParameters parameters;
  NerveDiagnosis found;

  nerve_parameters_init (&nerve_mapper_table, &parameters);
  parameters.eps = eps;
  parameters.intervals = intervals;
  parameters.min_samples = min_samples;
  mapper = nerve_mapper_new_from_store (store, &parameters, FALSE, NULL, NULL);
  g_assert_true (nerve_diagnose (mapper, store, FALSE, &found, NULL, NULL));
  g_assert_cmpint (found.kind, ==, kind);
  g_assert_cmpint (isfinite (found.advised), ==, has_advice);
  if (!has_advice)
    return;

  g_assert_true (isfinite (found.median));
  parameters.eps = found.advised;
  again = nerve_mapper_new_from_store (store, &parameters, FALSE, NULL, NULL);
  g_assert_true (nerve_diagnose (again, store, FALSE, &found, NULL, NULL));
  g_assert_cmpint (found.kind, ==, NERVE_DIAGNOSIS_FINE);
}

static void
each_cause_is_told_and_advice_works (void)
{
  assert_diagnosis (400, 1.0, 3.0, 10, 5, NERVE_DIAGNOSIS_FINE, FALSE);
  assert_diagnosis (400, 0.0, 1.0, 10, 5, NERVE_DIAGNOSIS_COINCIDENT, FALSE);
  assert_diagnosis (4, 1.0, 1.0, 10, 5, NERVE_DIAGNOSIS_FEW_POINTS, FALSE);
  assert_diagnosis (40, 1.0, 5.0, 40, 5, NERVE_DIAGNOSIS_THIN_INTERVALS, FALSE);
  assert_diagnosis (400, 1.0, 0.5, 10, 5, NERVE_DIAGNOSIS_NOISE, TRUE);
  assert_diagnosis (400, 1.0, 50.0, 1, 5, NERVE_DIAGNOSIS_GIANT, FALSE);
}

/* Two dense ends, scattered points between: only a few are near anything. */
static void
little_coverage_is_told (void)
{
  g_autofree double *points = g_new0 (double, 800);
  g_autoptr (NerveCloud) cloud = NULL;
  g_autoptr (NerveMapperStore) store = NULL;
  g_autoptr (NerveMapper) mapper = NULL;
  NerveMapperParameters parameters;
  NerveDiagnosis found;

  for (gsize i = 0; i < 400; i++)
    points[2 * i] = i < 60 ? 0.01 * i : i;
  cloud = nerve_cloud_new_from_points (points, 400, 2);
  store = nerve_mapper_store_new (cloud);
  nerve_parameters_init (&nerve_mapper_table, &parameters);
  parameters.eps = 0.1;
  parameters.intervals = 10;
  mapper = nerve_mapper_new_from_store (store, &parameters, FALSE, NULL, NULL);
  g_assert_true (nerve_diagnose (mapper, store, FALSE, &found, NULL, NULL));
  g_assert_cmpint (found.kind, ==, NERVE_DIAGNOSIS_MOSTLY_NOISE);
  g_assert_cmpfloat (found.coverage, ==, 0.15);
  g_assert_cmpfloat (found.advised, >=, 1.0);
  g_assert_cmpfloat (found.median, >, 1.0);
}

/* Five rings of eight: a point's nearest are on other rings, which are in other intervals. */
static void
advice_goes_beyond_neighbours_in_other_intervals (void)
{
  g_autofree double *points = g_new (double, 80);
  g_autoptr (NerveCloud) cloud = NULL;
  g_autoptr (NerveMapperStore) store = NULL;
  g_autoptr (NerveMapper) mapper = NULL;
  NerveMapperParameters parameters;
  NerveDiagnosis found;

  for (gsize i = 0; i < 40; i++)
    {
      points[2 * i] = (10.0 + i / 8) * cos (i % 8 * G_PI_4);
      points[2 * i + 1] = (10.0 + i / 8) * sin (i % 8 * G_PI_4);
    }
  cloud = nerve_cloud_new_from_points (points, 40, 2);
  store = nerve_mapper_store_new (cloud);
  nerve_parameters_init (&nerve_mapper_table, &parameters);
  parameters.eps = 1.0;
  parameters.intervals = 5;
  mapper = nerve_mapper_new_from_store (store, &parameters, FALSE, NULL, NULL);
  g_assert_true (nerve_diagnose (mapper, store, FALSE, &found, NULL, NULL));
  g_assert_cmpint (found.kind, ==, NERVE_DIAGNOSIS_NOISE);
  g_assert_cmpfloat (found.median, <, 10.0);
  g_assert_cmpfloat (found.advised, >, 10.0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mapper/structure/communities are what holds together", communities_are_what_holds_together);
  g_test_add_func ("/mapper/structure/a ring with a tail has a cycle and a flare",
                   a_ring_with_a_tail_has_a_cycle_and_a_flare);
  g_test_add_func ("/mapper/structure/a path is a shortest one", a_path_is_a_shortest_one);
  g_test_add_func ("/mapper/structure/each cause is told and advice works", each_cause_is_told_and_advice_works);
  g_test_add_func ("/mapper/structure/little coverage is told", little_coverage_is_told);
  g_test_add_func ("/mapper/structure/advice goes beyond neighbours in other intervals",
                   advice_goes_beyond_neighbours_in_other_intervals);
  return g_test_run ();
}
