#include "layers/linkage.h"

#include <string.h>

#include "layers/golden.h"

static void
check_merges (Golden *golden, const NerveMerge *merges, guint n)
{
  for (guint k = 0; k + 1 < n; k++)
    {
      g_autofree double *expected = golden_matrix (golden, "merge", 4);

      g_assert_cmpuint (merges[k].a, ==, expected[0]);
      g_assert_cmpuint (merges[k].b, ==, expected[1]);
      g_assert_cmpfloat_with_epsilon (merges[k].height, expected[2], 1e-12);
      g_assert_cmpuint (merges[k].size, ==, expected[3]);
    }
}

static void
check_heights (Golden *golden, const NerveMerge *merges, const double *distances, guint n)
{
  g_autofree double *heights = g_new (double, n * n);
  g_autofree double *expected = golden_matrix (golden, "heights", n * n);
  double correlation = golden_number (golden, "correlation");
  g_autofree double *tree = golden_matrix (golden, "tree", n);
  g_autofree double *apart = g_new (double, n * n);

  nerve_linkage_cophenetic (merges, n, heights);
  for (guint k = 0; k < n * n; k++)
    g_assert_cmpfloat_with_epsilon (heights[k], expected[k], 1e-12);
  g_assert_cmpfloat_with_epsilon (nerve_linkage_correlation (heights, distances, n), correlation, 1e-9);
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < n; j++)
      apart[i * n + j] = tree[i] == tree[j] ? 1 : 2;
  g_assert_cmpfloat_with_epsilon (nerve_linkage_correlation (heights, apart, n), golden_number (golden, "with_tree"),
                                  1e-9);
}

static void
linkage_is_scipys (void)
{
  Golden golden;
  guint n_matrices = 0;

  golden_init (&golden, "linkage.txt");
  while (golden_has (&golden, "matrix"))
    {
      gsize n_fields;
      g_autofree double *head = golden_numbers (&golden, "matrix", &n_fields);
      guint n = head[1];
      g_autofree double *distances = golden_matrix (&golden, "d", n * n);
      g_autofree NerveMerge *merges = nerve_linkage_average (distances, n);
      g_autofree guint *order = g_new (guint, n);
      g_autofree double *leaves = NULL;

      check_merges (&golden, merges, n);
      check_heights (&golden, merges, distances, n);
      leaves = golden_matrix (&golden, "leaves", n);
      nerve_linkage_order (merges, n, order);
      for (guint i = 0; i < n; i++)
        g_assert_cmpuint (order[i], ==, leaves[i]);
      n_matrices++;
    }
  g_assert_cmpuint (n_matrices, ==, 6);
  golden_clear (&golden);
}

static void
trees_are_written_as_newick (void)
{
  static const double distances[] = { 0, 1, 4, 1, 0, 4, 4, 4, 0 };
  static const char * const names[] = { "A", "it's: b", "C d" };
  g_autofree NerveMerge *merges = nerve_linkage_average (distances, 3);
  g_autofree char *text = nerve_linkage_newick (merges, 3, names);
  g_autofree char *one = nerve_linkage_newick (NULL, 1, names);
  g_autofree char *none = nerve_linkage_newick (NULL, 0, NULL);

  g_assert_cmpstr (text, ==, "('C d':4,(A:1,'it''s: b':1):3);");
  g_assert_cmpstr (one, ==, "A;");
  g_assert_cmpstr (none, ==, ";");
}

static void
what_does_not_vary_has_no_correlation (void)
{
  static const double same[] = { 0, .1, .1, .1, 0, .1, .1, .1, 0 };
  static const double other[] = { 0, 1, 2, 1, 0, 3, 2, 3, 0 };

  g_assert_true (isnan (nerve_linkage_correlation (same, other, 3)));
  g_assert_true (isnan (nerve_linkage_correlation (other, same, 3)));
  g_assert_true (isnan (nerve_linkage_correlation (NULL, NULL, 0)));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/layers/linkage/scipy", linkage_is_scipys);
  g_test_add_func ("/layers/linkage/newick", trees_are_written_as_newick);
  g_test_add_func ("/layers/linkage/constant", what_does_not_vary_has_no_correlation);

  return g_test_run ();
}
