#include "mapper/cluster.h"

#include <math.h>

typedef struct
{
  gint32 labels[16];
  guint  n_clusters;
} Result;

/* Points on a line; the first @n_members of them are in the interval. */
static Result
cluster_line (const double *points, gsize n, gsize n_members, double eps, guint min_samples)
{
  g_autoptr (NerveCloud) cloud = nerve_cloud_new_from_points (points, n, 1);
  g_autoptr (NerveNeighbours) graph = nerve_neighbours_new (cloud, 2.0 * eps, points, INFINITY, FALSE, NULL, NULL);
  NerveClusterSettings settings = { NERVE_CLUSTERER_DBSCAN, NERVE_CUT_EPS, 0.0, 0, eps, min_samples };
  guint32 rows[16];
  guint32 positions[16];
  NerveClusterScratch scratch;
  NerveClusterMembers members = { rows, positions, n_members };
  gsize next = 0;
  Result result;

  for (gsize i = 0; i < 16; i++)
    {
      rows[i] = i;
      result.labels[i] = NERVE_CLUSTER_NOISE - 1;
    }
  nerve_cluster_scratch_init (&scratch, n);
  for (gsize p = 0; p < n; p++)
    if (nerve_neighbours_get_rows (graph)[p] < n_members)
      positions[next++] = p;
  g_assert_true (nerve_cluster (&settings, graph, cloud, NULL, 1.0, &members, &scratch, result.labels,
                                &result.n_clusters, NULL));
  for (gsize i = 0; i < n; i++)
    g_assert_cmpuint (scratch.seats[i], ==, NERVE_CLUSTER_OUTSIDE);
  nerve_cluster_scratch_clear (&scratch);

  return result;
}

static void
clusters_are_numbered_by_their_first_core_point (void)
{
  /* The first point is a border point of the cluster on the right. */
  const double points[] = { 6.0, 0.0, 1.0, 2.0, 7.0, 8.0, 9.0 };
  Result result = cluster_line (points, 7, 7, 1.0, 3);

  g_assert_cmpuint (result.n_clusters, ==, 2);
  g_assert_cmpint (result.labels[1], ==, 0);
  g_assert_cmpint (result.labels[3], ==, 0);
  g_assert_cmpint (result.labels[0], ==, 1);
  g_assert_cmpint (result.labels[6], ==, 1);
}

static void
a_border_point_of_two_goes_to_the_lower_one (void)
{
  const double points[] = { 3.0, 4.0, 4.5, 5.0, 2.0, 1.5, 1.0 };
  Result result = cluster_line (points, 7, 7, 1.0, 4);

  g_assert_cmpuint (result.n_clusters, ==, 2);
  g_assert_cmpint (result.labels[0], ==, 0);
  g_assert_cmpint (result.labels[1], ==, 0);
  g_assert_cmpint (result.labels[4], ==, 1);
}

static void
a_point_counts_itself (void)
{
  const double points[] = { 0.0, 1.0, 10.0 };
  Result two = cluster_line (points, 3, 3, 1.0, 2);
  Result one = cluster_line (points, 3, 3, 1.0, 1);

  g_assert_cmpuint (two.n_clusters, ==, 1);
  g_assert_cmpint (two.labels[2], ==, NERVE_CLUSTER_NOISE);
  g_assert_cmpuint (one.n_clusters, ==, 2);
}

static void
points_outside_the_interval_make_no_core_point (void)
{
  const double points[] = { 0.0, 0.5, 1.0, 0.25 };
  Result all = cluster_line (points, 4, 4, 1.0, 4);
  Result fewer = cluster_line (points, 4, 3, 1.0, 4);

  g_assert_cmpuint (all.n_clusters, ==, 1);
  g_assert_cmpuint (fewer.n_clusters, ==, 0);
  g_assert_cmpint (fewer.labels[0], ==, NERVE_CLUSTER_NOISE);
  g_assert_cmpint (fewer.labels[3], ==, NERVE_CLUSTER_NOISE - 1);
}

static void
a_smaller_eps_than_the_graphs_is_obeyed (void)
{
  const double points[] = { 0.0, 1.0, 2.0, 3.5, 4.5, 5.5 };
  Result result = cluster_line (points, 6, 6, 1.0, 2);

  g_assert_cmpuint (result.n_clusters, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mapper/cluster/clusters are numbered by their first core point",
                   clusters_are_numbered_by_their_first_core_point);
  g_test_add_func ("/mapper/cluster/a border point of two goes to the lower one",
                   a_border_point_of_two_goes_to_the_lower_one);
  g_test_add_func ("/mapper/cluster/a point counts itself", a_point_counts_itself);
  g_test_add_func ("/mapper/cluster/points outside the interval make no core point",
                   points_outside_the_interval_make_no_core_point);
  g_test_add_func ("/mapper/cluster/a smaller eps than the graph's is obeyed",
                   a_smaller_eps_than_the_graphs_is_obeyed);
  return g_test_run ();
}
