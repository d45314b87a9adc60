#include "base/parallel.h"

#include <stdatomic.h>

typedef struct
{
  guint32    *visits;
  atomic_uint running;
  atomic_uint most;
  atomic_int  owner[64]; /* of each worker number */
  atomic_uint stop_after;
} Loop;

static gboolean
count_visits (gsize begin, gsize end, guint worker, gpointer user_data)
{
  Loop *loop = user_data;
  guint running = atomic_fetch_add (&loop->running, 1) + 1;
  guint most = atomic_load (&loop->most);

  while (most < running && !atomic_compare_exchange_weak (&loop->most, &most, running))
    ;
  g_assert_cmpuint (worker, <, nerve_parallel_get_threads ());
  g_assert_cmpint (atomic_exchange (&loop->owner[worker], 1), ==, 0);
  for (gsize i = begin; i < end; i++)
    loop->visits[i]++;
  g_assert_cmpint (atomic_exchange (&loop->owner[worker], 0), ==, 1);
  atomic_fetch_sub (&loop->running, 1);

  return TRUE;
}

static void
every_index_is_visited_once (void)
{
  const gsize sizes[] = { 0, 1, 2, 7, 64, 1000, 100000 };
  const gsize grains[] = { 1, 3, 64, 1000, G_MAXSIZE };

  for (guint threads = 1; threads <= 8; threads += 7)
    for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
      for (guint j = 0; j < G_N_ELEMENTS (grains); j++)
        {
          g_autofree guint32 *visits = g_new0 (guint32, sizes[i]);
          Loop loop = { .visits = visits };

          nerve_parallel_set_threads (threads);
          g_assert_true (nerve_parallel_for (sizes[i], grains[j], count_visits, &loop, NULL));
          g_assert_cmpuint (loop.most, <=, threads);
          for (gsize k = 0; k < sizes[i]; k++)
            g_assert_cmpuint (visits[k], ==, 1);
        }
}

static gboolean
wait_for_others (gsize begin, gsize end, guint worker, gpointer user_data)
{
  atomic_uint *arrived = user_data;

  atomic_fetch_add (arrived, 1);
  for (guint i = 0; i < 10000 && atomic_load (arrived) < 4; i++)
    g_usleep (1000);

  return atomic_load (arrived) == 4;
}

static void
all_threads_take_part (void)
{
  atomic_uint arrived = 0;

  nerve_parallel_set_threads (4);
  g_assert_true (nerve_parallel_for (4, 1, wait_for_others, &arrived, NULL));
}

static gboolean
run_inner_loop (gsize begin, gsize end, guint worker, gpointer user_data)
{
  for (gsize i = begin; i < end; i++)
    {
      guint32 visits[300] = { 0 };
      Loop loop = { .visits = visits };

      if (!nerve_parallel_for (G_N_ELEMENTS (visits), 7, count_visits, &loop, NULL))
        return FALSE;
      for (guint k = 0; k < G_N_ELEMENTS (visits); k++)
        ((guint32 *) user_data)[i] += visits[k];
    }

  return TRUE;
}

static void
loops_nest (void)
{
  nerve_parallel_set_threads (4);
  for (guint repeat = 0; repeat < 50; repeat++)
    {
      guint32 sums[20] = { 0 };

      g_assert_true (nerve_parallel_for (G_N_ELEMENTS (sums), 1, run_inner_loop, sums, NULL));
      for (guint i = 0; i < G_N_ELEMENTS (sums); i++)
        g_assert_cmpuint (sums[i], ==, 300);
    }
}

static gpointer
run_outer_loop (gpointer unused)
{
  for (guint repeat = 0; repeat < 50; repeat++)
    {
      guint32 sums[20] = { 0 };

      g_assert_true (nerve_parallel_for (G_N_ELEMENTS (sums), 1, run_inner_loop, sums, NULL));
      for (guint i = 0; i < G_N_ELEMENTS (sums); i++)
        g_assert_cmpuint (sums[i], ==, 300);
    }

  return NULL;
}

static void
many_callers_share_the_threads (void)
{
  GThread *threads[6];

  nerve_parallel_set_threads (4);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("caller", run_outer_loop, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

static gboolean
stop_at_a_hundred (gsize begin, gsize end, guint worker, gpointer user_data)
{
  atomic_fetch_add ((atomic_uint *) user_data, 1);
  return begin < 100;
}

static void
a_failing_piece_stops_the_loop (void)
{
  for (guint threads = 1; threads <= 4; threads++)
    {
      atomic_uint pieces = 0;

      nerve_parallel_set_threads (threads);
      g_assert_false (nerve_parallel_for (1000000, 1, stop_at_a_hundred, &pieces, NULL));
      g_assert_cmpuint (atomic_load (&pieces), >=, 101);
      g_assert_cmpuint (atomic_load (&pieces), <=, 101 + threads);
    }
}

static gboolean
sleep_a_little (gsize begin, gsize end, guint worker, gpointer user_data)
{
  g_usleep (2000);
  return TRUE;
}

static gboolean
go_on_for_20_ms (double fraction, gpointer user_data)
{
  return g_get_monotonic_time () < *(gint64 *) user_data + 20 * G_TIME_SPAN_MILLISECOND;
}

static void
a_cancelled_loop_returns_at_once (void)
{
  gint64 start = g_get_monotonic_time ();
  NerveProgress progress = { go_on_for_20_ms, &start, 0.0, 1.0 };

  nerve_parallel_set_threads (4);
  g_assert_false (nerve_parallel_for (1000000, 1, sleep_a_little, NULL, &progress));
  g_assert_cmpint (g_get_monotonic_time () - start, <, 100 * G_TIME_SPAN_MILLISECOND);
  g_assert_false (nerve_parallel_for (1, 1, sleep_a_little, NULL, &progress));
}

static gboolean
keep_highest (double fraction, gpointer user_data)
{
  static GMutex lock;
  double *highest = user_data;

  g_mutex_lock (&lock);
  *highest = MAX (*highest, fraction);
  g_mutex_unlock (&lock);

  return TRUE;
}

static void
progress_ends_at_one (void)
{
  g_autofree guint32 *visits = g_new0 (guint32, 1000);
  Loop loop = { .visits = visits };
  double highest = -1.0;
  NerveProgress progress = { keep_highest, &highest, 0.0, 1.0 };

  g_assert_true (nerve_parallel_for (1000, 10, count_visits, &loop, &progress));
  g_assert_cmpfloat (highest, ==, 1.0);
}

static void
zero_threads_means_all_cores (void)
{
  nerve_parallel_set_threads (0);
  g_assert_cmpuint (nerve_parallel_get_threads (), ==, g_get_num_processors ());
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/parallel/every index is visited once", every_index_is_visited_once);
  g_test_add_func ("/base/parallel/all threads take part", all_threads_take_part);
  g_test_add_func ("/base/parallel/loops nest", loops_nest);
  g_test_add_func ("/base/parallel/many callers share the threads", many_callers_share_the_threads);
  g_test_add_func ("/base/parallel/a failing piece stops the loop", a_failing_piece_stops_the_loop);
  g_test_add_func ("/base/parallel/a cancelled loop returns at once", a_cancelled_loop_returns_at_once);
  g_test_add_func ("/base/parallel/progress ends at one", progress_ends_at_one);
  g_test_add_func ("/base/parallel/zero threads means all cores", zero_threads_means_all_cores);
  return g_test_run ();
}
