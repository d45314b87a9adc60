#include "mapper/nerve.h"

#include "base/random.h"

static void
edges_are_the_pairs_that_share_points (void)
{
  const guint32 members[] = { 0, 1, 2, 1, 2, 3, 3, 4, 9 };
  const gsize offsets[] = { 0, 3, 6, 8, 9 };
  g_autofree gsize *point_offsets = NULL;
  g_autofree guint32 *sets = nerve_nerve_points (members, offsets, 4, 10, &point_offsets);
  g_autoptr (GArray) edges = nerve_nerve_edges (members, offsets, 4, sets, point_offsets, 1, NULL);
  g_autoptr (GArray) strong = nerve_nerve_edges (members, offsets, 4, sets, point_offsets, 2, NULL);
  const NerveEdge *edge = (const NerveEdge *) edges->data;

  g_assert_cmpuint (edges->len, ==, 2);
  g_assert_cmpuint (edge[0].source, ==, 0);
  g_assert_cmpuint (edge[0].target, ==, 1);
  g_assert_cmpuint (edge[0].shared, ==, 2);
  g_assert_cmpfloat (edge[0].jaccard, ==, 0.5);
  g_assert_cmpuint (edge[1].source, ==, 1);
  g_assert_cmpuint (edge[1].target, ==, 2);
  g_assert_cmpfloat (edge[1].jaccard, ==, 0.25);
  g_assert_cmpuint (strong->len, ==, 1);
}

static void
a_point_lists_its_sets_ascending (void)
{
  const guint32 members[] = { 5, 0, 5, 5 };
  const gsize offsets[] = { 0, 1, 1, 3, 4 };
  g_autofree gsize *point_offsets = NULL;
  g_autofree guint32 *sets = nerve_nerve_points (members, offsets, 4, 6, &point_offsets);

  g_assert_cmpuint (point_offsets[5], ==, 1);
  g_assert_cmpuint (point_offsets[6], ==, 4);
  g_assert_cmpuint (sets[0], ==, 2);
  g_assert_cmpuint (sets[1], ==, 0);
  g_assert_cmpuint (sets[2], ==, 2);
  g_assert_cmpuint (sets[3], ==, 3);
}

static void
edges_equal_those_of_all_pairs (void)
{
  guint32 members[400];
  gsize offsets[41] = { 0 };
  guint8 holds[40][60] = { { 0 } };
  g_autofree gsize *point_offsets = NULL;
  g_autofree guint32 *sets = NULL;
  g_autoptr (GArray) edges = NULL;
  NerveRandom random;
  guint next = 0;

  nerve_random_init (&random, 4);
  for (guint s = 0; s < 40; s++)
    {
      guint size = nerve_random_below (&random, 11);

      nerve_random_choose (&random, 60, size, members + offsets[s]);
      offsets[s + 1] = offsets[s] + size;
      for (gsize i = offsets[s]; i < offsets[s + 1]; i++)
        holds[s][members[i]] = 1;
    }
  sets = nerve_nerve_points (members, offsets, 40, 60, &point_offsets);
  edges = nerve_nerve_edges (members, offsets, 40, sets, point_offsets, 1, NULL);

  for (guint a = 0; a < 40; a++)
    for (guint b = a + 1; b < 40; b++)
      {
        gsize shared = 0;

        for (guint p = 0; p < 60; p++)
          shared += holds[a][p] & holds[b][p];
        if (shared == 0)
          continue;
        g_assert_cmpuint (g_array_index (edges, NerveEdge, next).source, ==, a);
        g_assert_cmpuint (g_array_index (edges, NerveEdge, next).target, ==, b);
        g_assert_cmpuint (g_array_index (edges, NerveEdge, next).shared, ==, shared);
        next++;
      }
  g_assert_cmpuint (edges->len, ==, next);
}

static void
components_are_numbered_by_size_then_first_set (void)
{
  const NerveEdge edges[] = { { 1, 4, 1, 1.0 }, { 2, 3, 1, 1.0 }, { 3, 6, 1, 1.0 } };
  const guint expected[] = { 2, 1, 0, 0, 1, 3, 0 };
  guint components[7];

  g_assert_cmpuint (nerve_nerve_components (edges, 3, 7, components), ==, 4);
  for (guint i = 0; i < 7; i++)
    g_assert_cmpuint (components[i], ==, expected[i]);
  g_assert_cmpuint (nerve_nerve_components (NULL, 0, 0, NULL), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mapper/nerve/edges are the pairs that share points", edges_are_the_pairs_that_share_points);
  g_test_add_func ("/mapper/nerve/a point lists its sets ascending", a_point_lists_its_sets_ascending);
  g_test_add_func ("/mapper/nerve/edges equal those of all pairs", edges_equal_those_of_all_pairs);
  g_test_add_func ("/mapper/nerve/components are numbered by size then first set",
                   components_are_numbered_by_size_then_first_set);
  return g_test_run ();
}
