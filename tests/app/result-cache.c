#include "app/result-cache.h"

/* Diagrams of three bars: small, all of one size. */
static NerveHomology *
make_result (void)
{
  const NerveBar bars[3] = { { 0, 0, 1 }, { 0, 0, 2 }, { 1, 1, 3 } };
  NerveHomology *result = g_new0 (NerveHomology, 1);
  GArray *array = g_array_new (FALSE, FALSE, sizeof (NerveBar));

  g_array_append_vals (array, bars, 3);
  g_atomic_ref_count_init (&result->ref);
  result->diagram = nerve_diagram_new_take (array, 1);

  return result;
}

static void
keep (NerveResultCache *cache, const char *key)
{
  g_autoptr (NerveHomology) result = make_result ();

  nerve_result_cache_keep (cache, key, nerve_result_type (NERVE_RESULT_HOMOLOGY), result);
}

static gboolean
has (NerveResultCache *cache, const char *key)
{
  g_autoptr (NerveHomology) result = nerve_result_cache_look_up (cache, key);

  return result != NULL;
}

static gsize
size_of_one (void)
{
  g_autoptr (NerveHomology) result = make_result ();

  return nerve_result_type (NERVE_RESULT_HOMOLOGY)->size (result);
}

static void
what_was_used_longest_ago_goes_first (void)
{
  g_autoptr (NerveResultCache) cache = nerve_result_cache_new (2 * size_of_one ());

  keep (cache, "a");
  keep (cache, "b");
  g_assert_true (has (cache, "a"));
  keep (cache, "c");
  g_assert_true (has (cache, "a"));
  g_assert_false (has (cache, "b"));
  g_assert_true (has (cache, "c"));
  g_assert_cmpuint (nerve_result_cache_get_bytes (cache), ==, 2 * size_of_one ());
}

static void
the_latest_stays_however_large (void)
{
  g_autoptr (NerveResultCache) cache = nerve_result_cache_new (0);

  keep (cache, "a");
  g_assert_true (has (cache, "a"));
  keep (cache, "b");
  g_assert_false (has (cache, "a"));
  g_assert_true (has (cache, "b"));
}

static void
what_is_there_is_kept_once (void)
{
  g_autoptr (NerveResultCache) cache = nerve_result_cache_new (100 * size_of_one ());

  keep (cache, "a");
  keep (cache, "a");
  g_assert_cmpuint (nerve_result_cache_get_bytes (cache), ==, size_of_one ());
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/result-cache/oldest-first", what_was_used_longest_ago_goes_first);
  g_test_add_func ("/result-cache/latest-stays", the_latest_stays_however_large);
  g_test_add_func ("/result-cache/once", what_is_there_is_kept_once);

  return g_test_run ();
}
