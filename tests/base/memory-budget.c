#include "base/memory-budget.h"

#include "base/error.h"

static void
what_is_held_never_passes_the_limit (void)
{
  NerveMemoryBudget budget = { .limit = 100, .held = 40 };

  g_assert_true (nerve_memory_budget_take (&budget, 50));
  g_assert_false (nerve_memory_budget_take (&budget, 11));
  g_assert_cmpuint (budget.held, ==, 90);
  g_assert_true (nerve_memory_budget_take (&budget, 10));
  g_assert_false (nerve_memory_budget_take (&budget, G_MAXUINT64));
  nerve_memory_budget_give (&budget, 60);
  g_assert_true (nerve_memory_budget_take (&budget, 60));
  g_assert_false (nerve_memory_budget_take (&budget, 1));
}

static void
without_a_limit_what_is_free_counts (void)
{
  NerveMemoryBudget budget = { 0 };

  g_assert_true (nerve_memory_budget_take (&budget, 1000));
  g_assert_false (nerve_memory_budget_take (&budget, G_MAXINT64));
  g_assert_cmpuint (budget.held, ==, 1000);
}

static void
a_refusal_names_what_is_held_and_allowed (void)
{
  const NerveMemoryBudget limited = { .limit = 40000000, .held = 39500000 };
  const NerveMemoryBudget open = { .held = 2000000000 };
  g_autoptr (GError) first = NULL;
  g_autoptr (GError) second = NULL;

  g_assert_false (nerve_memory_budget_refuse (&limited, "it", "less", &first));
  g_assert_error (first, NERVE_ERROR, NERVE_ERROR_MEMORY);
  g_assert_cmpstr (first->message, ==,
                   "it would need more memory than the 40.0 MB that are allowed, 39.5 MB are held already: less");
  g_assert_false (nerve_memory_budget_refuse (&open, "it", "less", &second));
  g_assert_cmpstr (second->message, ==, "it would need more memory than is free, 2.0 GB are held already: less");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/memory-budget/what-is-held-never-passes-the-limit", what_is_held_never_passes_the_limit);
  g_test_add_func ("/base/memory-budget/without-a-limit-what-is-free-counts", without_a_limit_what_is_free_counts);
  g_test_add_func ("/base/memory-budget/a-refusal-names-what-is-held-and-allowed",
                   a_refusal_names_what_is_held_and_allowed);

  return g_test_run ();
}
