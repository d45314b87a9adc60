/* Under ThreadSanitizer only: that it still sees our own races, by whatever of GLib's functions memory goes, and takes
 * nothing for one that GLib's locks order (tests/glib-tsan.c, tests/tsan.supp). */
#include <gio/gio.h>

#define N_ITEMS 200
#define MOMENT 100000 /* µs: enough to be later, and no order */

static gint64
read_number (const gint64 *number)
{
  return *number;
}

/* What two threads do to one block without a lock: one reads it, the other gives it back. */
typedef struct
{
  const char *name;
  gpointer    (*make) (void);
  void        (*give_back) (gpointer block);
} Race;

static gpointer
make_block (void)
{
  return g_new0 (gint64, 8);
}

static gpointer
make_slice (void)
{
  return g_slice_alloc0 (8 * sizeof (gint64));
}

static void
free_slice (gpointer block)
{
  g_slice_free1 (8 * sizeof (gint64), block);
}

static void
grow (gpointer block)
{
  g_free (g_realloc (block, 1 << 20));
}

static gpointer the_array;

static gpointer
make_array (void)
{
  gint64 number = 1;

  the_array = g_array_append_val (g_array_new (FALSE, FALSE, sizeof number), number);

  return ((GArray *) the_array)->data;
}

static void
free_array (gpointer block)
{
  (void) block;
  g_array_unref (the_array);
}

static void
write_number (gpointer block)
{
  *(gint64 *) block = 1;
}

static const Race races[] = {
  { "g_free", make_block, g_free },
  { "g_slice_free1", make_slice, free_slice },
  { "g_realloc", make_block, grow },
  { "g_array_unref", make_array, free_array },
  { "write_number", make_block, write_number },
};

static gpointer
run_later (gpointer data)
{
  gpointer *arguments = data;
  const Race *race = arguments[0];

  g_usleep (MOMENT);
  race->give_back (arguments[1]);

  return NULL;
}

static void
a_race_of_ours_is_reported (gconstpointer data)
{
  const Race *race = data;

  if (g_test_subprocess ())
    {
      gpointer arguments[] = { (gpointer) race, race->make () };
      GThread *thread = g_thread_new ("later", run_later, arguments);

      g_assert_cmpint (read_number (arguments[1]), <=, 1);
      g_thread_join (thread);
      return;
    }

  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*ThreadSanitizer: data race*");
  g_test_trap_assert_stderr ("*read_number*");
}

/* Items are made in one thread, read in another and freed there. */
static gpointer
make_item (gint64 number)
{
  gint64 *item = g_new (gint64, 1);

  *item = number;

  return item;
}

static void
take_item (gpointer data, gpointer user_data)
{
  gint *n_taken = user_data;

  g_assert_cmpint (read_number (data), >=, 0);
  g_free (data);
  g_atomic_int_inc (n_taken);
}

static gpointer
push_items (gpointer data)
{
  for (gint64 i = 0; i < N_ITEMS; i++)
    g_async_queue_push (data, make_item (i));

  return NULL;
}

static void
a_queue_orders_what_goes_through_it (void)
{
  g_autoptr (GAsyncQueue) queue = g_async_queue_new ();
  GThread *thread = g_thread_new ("pusher", push_items, queue);
  gint n_taken = 0;

  while (n_taken < N_ITEMS)
    take_item (g_async_queue_pop (queue), &n_taken);
  g_thread_join (thread);
}

static void
a_pool_orders_its_items (void)
{
  gint n_taken = 0;
  GThreadPool *pool = g_thread_pool_new (take_item, &n_taken, 4, FALSE, NULL);

  for (gint64 i = 0; i < N_ITEMS; i++)
    g_thread_pool_push (pool, make_item (i), NULL);
  g_thread_pool_free (pool, FALSE, TRUE);
  g_assert_cmpint (n_taken, ==, N_ITEMS);
}

typedef struct
{
  GMainContext *context;
  gint          n_taken;
} Calls;

typedef struct
{
  Calls   *calls;
  gpointer item;
} Call;

static gboolean
make_call (gpointer data)
{
  Call *call = data;

  take_item (call->item, &call->calls->n_taken);

  return G_SOURCE_REMOVE;
}

static gpointer
send_calls (gpointer data)
{
  Calls *calls = data;

  for (gint64 i = 0; i < N_ITEMS; i++)
    {
      g_autoptr (GSource) source = i % 2 == 0 ? g_idle_source_new () : g_timeout_source_new (0);
      Call *call = g_new (Call, 1);

      *call = (Call) { calls, make_item (i) };
      g_source_set_callback (source, make_call, call, g_free);
      g_source_set_priority (source, (int) (i % 5));
      g_source_attach (source, calls->context);
    }

  return NULL;
}

static void
a_main_context_orders_its_sources (void)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  Calls calls = { context, 0 };
  GThread *threads[] = {
    g_thread_new ("caller", send_calls, &calls), g_thread_new ("caller", send_calls, &calls),
  };

  while (calls.n_taken < 2 * N_ITEMS)
    g_main_context_iteration (context, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

static void
run_task (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  (void) source;
  (void) cancellable;
  g_task_return_pointer (task, make_item (read_number (data)), g_free);
}

static void
end_task (GObject *source, GAsyncResult *result, gpointer user_data)
{
  (void) source;
  take_item (g_task_propagate_pointer (G_TASK (result), NULL), user_data);
}

static void
a_task_orders_its_data_and_result (void)
{
  gint n_taken = 0;

  for (gint64 i = 0; i < N_ITEMS; i++)
    {
      g_autoptr (GTask) task = g_task_new (NULL, NULL, end_task, &n_taken);

      g_task_set_task_data (task, make_item (i), g_free);
      g_task_run_in_thread (task, run_task);
    }
  while (n_taken < N_ITEMS)
    g_main_context_iteration (NULL, TRUE);
}

/* A number behind each kind of lock. */
typedef struct
{
  GMutex    mutex;
  GCond     cond;
  GRecMutex recursive;
  GRWLock   lock;
  gsize     once;
  gint64    numbers[4];
  gint64   *made;
} Locks;

static gpointer
use_locks (gpointer data)
{
  Locks *locks = data;

  if (g_once_init_enter (&locks->once))
    {
      locks->made = make_item (1);
      g_once_init_leave (&locks->once, 1);
    }
  g_assert_cmpint (read_number (locks->made), ==, 1);
  for (guint i = 0; i < N_ITEMS; i++)
    {
      g_rec_mutex_lock (&locks->recursive);
      g_rec_mutex_lock (&locks->recursive);
      locks->numbers[0]++;
      g_rec_mutex_unlock (&locks->recursive);
      g_rec_mutex_unlock (&locks->recursive);
      g_rw_lock_writer_lock (&locks->lock);
      locks->numbers[1]++;
      g_rw_lock_writer_unlock (&locks->lock);
      g_rw_lock_reader_lock (&locks->lock);
      g_assert_cmpint (read_number (&locks->numbers[1]), >, 0);
      g_rw_lock_reader_unlock (&locks->lock);
    }
  g_mutex_lock (&locks->mutex);
  locks->numbers[2]++;
  g_cond_signal (&locks->cond);
  g_mutex_unlock (&locks->mutex);

  return NULL;
}

static void
locks_order_what_is_behind_them (void)
{
  Locks locks = { 0 };
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("locker", use_locks, &locks);
  g_mutex_lock (&locks.mutex);
  while (locks.numbers[2] < 4)
    if (!g_cond_wait_until (&locks.cond, &locks.mutex, g_get_monotonic_time () + 60 * G_USEC_PER_SEC))
      g_assert_not_reached ();
  g_mutex_unlock (&locks.mutex);
  g_assert_cmpint (read_number (&locks.numbers[0]), ==, 4 * N_ITEMS);
  g_assert_cmpint (read_number (&locks.numbers[1]), ==, 4 * N_ITEMS);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_free (locks.made);
  g_rec_mutex_clear (&locks.recursive);
  g_rw_lock_clear (&locks.lock);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (races); i++)
    {
      g_autofree char *path = g_strdup_printf ("/races/a-race-of-ours-is-reported/%s", races[i].name);

      g_test_add_data_func (path, &races[i], a_race_of_ours_is_reported);
    }
  g_test_add_func ("/races/a-queue-orders-what-goes-through-it", a_queue_orders_what_goes_through_it);
  g_test_add_func ("/races/a-pool-orders-its-items", a_pool_orders_its_items);
  g_test_add_func ("/races/a-main-context-orders-its-sources", a_main_context_orders_its_sources);
  g_test_add_func ("/races/a-task-orders-its-data-and-result", a_task_orders_its_data_and_result);
  g_test_add_func ("/races/locks-order-what-is-behind-them", locks_order_what_is_behind_them);

  return g_test_run ();
}
