typedef unsigned long Key;

#include "homology/rips-higher-queue.h"

#include "base/random.h"

/* Keys above @last, many of them near it, some very far. */
static Key
draw_key (NerveRandom *random, Key last)
{
  guint bits = nerve_random_below (random, 50) + 1;

  return last + 1 + nerve_random_below (random, G_GUINT64_CONSTANT (1) << bits);
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  return compare_keys (a, b);
}

/* Takes from both; the array is kept in order. */
static gboolean
take_and_compare (Queue *queue, GArray *sorted)
{
  gsize count;
  gsize work = 0;
  gsize expected = 0;
  Key least;

  g_assert_true (queue_advance (queue, &count, &work));
  if (sorted->len == 0)
    {
      g_assert_cmpuint (count, ==, 0);
      return FALSE;
    }
  least = g_array_index (sorted, Key, 0);
  while (expected < sorted->len && g_array_index (sorted, Key, expected) == least)
    expected++;
  g_array_remove_range (sorted, 0, expected);
  g_assert_cmpuint (queue->last, ==, least);
  g_assert_cmpuint (count, ==, expected);
  g_assert_cmpuint (queue->n, ==, sorted->len);

  return TRUE;
}

static void
keys_come_in_order_with_how_often_they_were_there (void)
{
  NerveMemoryBudget budget = { 0 };
  Queue queue;
  NerveRandom random;

  nerve_random_init (&random, 1);
  queue_init (&queue, &budget);
  for (guint round = 0; round < 20; round++)
    {
      g_autoptr (GArray) sorted = g_array_new (FALSE, FALSE, sizeof (Key));
      Key last = draw_key (&random, 0);

      queue_reset (&queue, last);
      for (guint step = 0; step < 60; step++)
        {
          guint n_pushed = nerve_random_below (&random, 40);

          for (guint i = 0; i < n_pushed; i++)
            {
              Key key = draw_key (&random, queue.last);
              guint n_times = 1 + nerve_random_below (&random, 3);

              for (guint k = 0; k < n_times; k++)
                {
                  g_assert_true (queue_push (&queue, key));
                  g_array_append_val (sorted, key);
                }
            }
          g_array_sort (sorted, compare_numbers);
          for (guint i = 0; i < 8; i++)
            take_and_compare (&queue, sorted);
        }
      while (take_and_compare (&queue, sorted))
        ;
    }
  queue_clear (&queue);
}

/* All that come before end are there, and nothing else. */
static void
what_is_shed_are_the_greatest (void)
{
  NerveMemoryBudget budget = { 0 };
  Queue queue;
  NerveRandom random;

  nerve_random_init (&random, 2);
  queue_init (&queue, &budget);
  for (guint round = 0; round < 10; round++)
    {
      g_autoptr (GArray) sorted = g_array_new (FALSE, FALSE, sizeof (Key));
      gsize n_kept = 0;

      queue_reset (&queue, 1000);
      for (guint i = 0; i < 20000; i++)
        {
          Key key = 1001 + nerve_random_below (&random, round % 2 ? 1 << 30 : 9000);

          g_assert_true (queue_push (&queue, key));
          g_array_append_val (sorted, key);
        }
      queue_shed (&queue, 20000 >> round);
      g_assert_cmpuint (queue.n, <=, 20000 >> round);
      g_assert_cmpuint (queue.n, >, 0);
      g_array_sort (sorted, compare_numbers);
      while (n_kept < sorted->len && g_array_index (sorted, Key, n_kept) < queue.end)
        n_kept++;
      g_assert_cmpuint (queue.n, ==, n_kept);
      g_array_set_size (sorted, n_kept);
      g_assert_true (queue_push (&queue, queue.end));
      g_assert_cmpuint (queue.n, ==, n_kept);
      while (take_and_compare (&queue, sorted))
        ;
    }
  queue_clear (&queue);
}

static void
it_takes_no_more_memory_than_it_may (void)
{
  NerveMemoryBudget budget = { .limit = 1000000 };
  Queue queue;
  Key key = 1;

  queue_init (&queue, &budget);
  while (queue_push (&queue, key))
    key++;
  g_assert_cmpuint (key, >, 1000000 / sizeof (Key) / 2);
  g_assert_cmpuint (key, <, 1000000 / sizeof (Key));
  g_assert_cmpuint (budget.held, <=, budget.limit);
  queue_clear (&queue);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rips-higher-queue/keys-come-in-order-with-how-often-they-were-there",
                   keys_come_in_order_with_how_often_they_were_there);
  g_test_add_func ("/rips-higher-queue/what-is-shed-are-the-greatest", what_is_shed_are_the_greatest);
  g_test_add_func ("/rips-higher-queue/it-takes-no-more-memory-than-it-may", it_takes_no_more_memory_than_it_may);

  return g_test_run ();
}
