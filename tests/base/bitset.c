#include "base/bitset.h"

static void
a_new_set_is_empty (void)
{
  for (gsize n = 0; n < 200; n++)
    {
      g_autoptr (NerveBitset) set = nerve_bitset_new (n);

      g_assert_cmpuint (nerve_bitset_length (set), ==, n);
      g_assert_cmpuint (nerve_bitset_count (set), ==, 0);
      g_assert_true (nerve_bitset_is_empty (set));
    }
}

static void
each_bit_is_its_own (void)
{
  g_autoptr (NerveBitset) set = nerve_bitset_new (130);

  for (gsize i = 0; i < 130; i++)
    {
      nerve_bitset_set (set, i, TRUE);
      for (gsize j = 0; j < 130; j++)
        g_assert_cmpint (nerve_bitset_get (set, j), ==, i == j);
      nerve_bitset_set (set, i, FALSE);
    }
  g_assert_true (nerve_bitset_is_empty (set));
}

static void
a_union_holds_both (void)
{
  g_autoptr (NerveBitset) threes = nerve_bitset_new (100);
  g_autoptr (NerveBitset) fives = nerve_bitset_new (100);

  for (gsize i = 0; i < 100; i += 3)
    nerve_bitset_set (threes, i, TRUE);
  for (gsize i = 0; i < 100; i += 5)
    nerve_bitset_set (fives, i, TRUE);
  nerve_bitset_union (threes, fives);

  g_assert_cmpuint (nerve_bitset_count (threes), ==, 34 + 20 - 7);
  for (gsize i = 0; i < 100; i++)
    g_assert_cmpint (nerve_bitset_get (threes, i), ==, i % 3 == 0 || i % 5 == 0);
}

static void
a_copy_is_equal_until_changed (void)
{
  g_autoptr (NerveBitset) set = nerve_bitset_new (65);
  g_autoptr (NerveBitset) longer = nerve_bitset_new (66);
  g_autoptr (NerveBitset) copy = NULL;

  nerve_bitset_set (set, 64, TRUE);
  nerve_bitset_set (longer, 64, TRUE);
  copy = nerve_bitset_copy (set);
  g_assert_true (nerve_bitset_equal (set, copy));
  g_assert_false (nerve_bitset_equal (set, longer));

  nerve_bitset_clear_all (copy);
  g_assert_false (nerve_bitset_equal (set, copy));
  g_assert_cmpuint (nerve_bitset_count (set), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/bitset/a new set is empty", a_new_set_is_empty);
  g_test_add_func ("/base/bitset/each bit is its own", each_bit_is_its_own);
  g_test_add_func ("/base/bitset/a union holds both", a_union_holds_both);
  g_test_add_func ("/base/bitset/a copy is equal until changed", a_copy_is_equal_until_changed);
  return g_test_run ();
}
