#include "base/unionfind.h"

#include "base/random.h"

static void
everything_starts_alone (void)
{
  g_auto (NerveUnionFind) sets = { NULL };

  nerve_union_find_init (&sets, 10);
  for (guint32 i = 0; i < 10; i++)
    g_assert_cmpuint (nerve_union_find_find (&sets, i), ==, i);
}

static void
joining_twice_joins_once (void)
{
  g_auto (NerveUnionFind) sets = { NULL };

  nerve_union_find_init (&sets, 3);
  g_assert_true (nerve_union_find_join (&sets, 0, 1));
  g_assert_false (nerve_union_find_join (&sets, 1, 0));
  g_assert_false (nerve_union_find_join (&sets, 2, 2));
  g_assert_cmpuint (nerve_union_find_find (&sets, 0), ==, nerve_union_find_find (&sets, 1));
  g_assert_cmpuint (nerve_union_find_find (&sets, 2), ==, 2);
}

static void
it_agrees_with_relabelling (void)
{
  g_auto (NerveUnionFind) sets = { NULL };
  NerveRandom random;
  guint32 label[200];

  nerve_random_init (&random, 1);
  nerve_union_find_init (&sets, G_N_ELEMENTS (label));
  for (guint32 i = 0; i < G_N_ELEMENTS (label); i++)
    label[i] = i;

  for (guint step = 0; step < 150; step++)
    {
      guint32 a = nerve_random_below (&random, G_N_ELEMENTS (label));
      guint32 b = nerve_random_below (&random, G_N_ELEMENTS (label));
      guint32 from = label[b];

      g_assert_cmpint (nerve_union_find_join (&sets, a, b), ==, label[a] != from);
      for (guint32 i = 0; i < G_N_ELEMENTS (label); i++)
        if (label[i] == from)
          label[i] = label[a];
    }

  for (guint32 i = 0; i < G_N_ELEMENTS (label); i++)
    for (guint32 j = 0; j < i; j++)
      g_assert_cmpint (nerve_union_find_find (&sets, i) == nerve_union_find_find (&sets, j), ==, label[i] == label[j]);
}

static void
sizes_of_roots_are_those_of_their_sets (void)
{
  g_auto (NerveUnionFind) sets = { NULL };

  nerve_union_find_init (&sets, 100);
  for (guint32 i = 1; i < 100; i++)
    nerve_union_find_join (&sets, i - 1, i);
  g_assert_cmpuint (sets.size[nerve_union_find_find (&sets, 50)], ==, 100);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/unionfind/everything starts alone", everything_starts_alone);
  g_test_add_func ("/base/unionfind/joining twice joins once", joining_twice_joins_once);
  g_test_add_func ("/base/unionfind/it agrees with relabelling", it_agrees_with_relabelling);
  g_test_add_func ("/base/unionfind/sizes of roots are those of their sets", sizes_of_roots_are_those_of_their_sets);
  return g_test_run ();
}
