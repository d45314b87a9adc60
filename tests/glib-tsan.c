/* Tells ThreadSanitizer what GLib's locks order. Debian's GLib is not compiled for it, and its locks are futexes of its
 * own: without this every structure behind a GMutex looks like a race. A library to be preloaded; without
 * ThreadSanitizer in the process it does nothing. */
#include <dlfcn.h>
#include <gio/gio.h>

void __tsan_acquire (void *address) __attribute__ ((weak));
void __tsan_release (void *address) __attribute__ ((weak));

static void
acquire (gconstpointer address)
{
  if (__tsan_acquire != NULL)
    __tsan_acquire ((void *) address);
}

static void
release (gconstpointer address)
{
  if (__tsan_release != NULL)
    __tsan_release ((void *) address);
}

/* The function of this name that GLib has. */
#define REAL(name, type)                                                                                              \
  static __typeof__ (type) real;                                                                                      \
                                                                                                                      \
  if (real == NULL)                                                                                                   \
    real = (__typeof__ (type)) dlsym (RTLD_NEXT, #name)

#define ACQUIRES(name, lock_type)                                                                                     \
  void name (lock_type *lock)                                                                                         \
  {                                                                                                                   \
    REAL (name, void (*) (lock_type *));                                                                              \
    real (lock);                                                                                                      \
    acquire (lock);                                                                                                   \
  }

#define TRIES(name, lock_type)                                                                                        \
  gboolean name (lock_type *lock)                                                                                     \
  {                                                                                                                   \
    REAL (name, gboolean (*) (lock_type *));                                                                          \
    gboolean got = real (lock);                                                                                       \
                                                                                                                      \
    if (got)                                                                                                          \
      acquire (lock);                                                                                                 \
    return got;                                                                                                       \
  }

#define RELEASES(name, lock_type)                                                                                     \
  void name (lock_type *lock)                                                                                         \
  {                                                                                                                   \
    REAL (name, void (*) (lock_type *));                                                                              \
    release (lock);                                                                                                   \
    real (lock);                                                                                                      \
  }

ACQUIRES (g_mutex_lock, GMutex)
TRIES (g_mutex_trylock, GMutex)
RELEASES (g_mutex_unlock, GMutex)
ACQUIRES (g_rec_mutex_lock, GRecMutex)
TRIES (g_rec_mutex_trylock, GRecMutex)
RELEASES (g_rec_mutex_unlock, GRecMutex)
ACQUIRES (g_rw_lock_writer_lock, GRWLock)
RELEASES (g_rw_lock_writer_unlock, GRWLock)
ACQUIRES (g_rw_lock_reader_lock, GRWLock)
RELEASES (g_rw_lock_reader_unlock, GRWLock)

void
g_cond_wait (GCond *cond, GMutex *mutex)
{
  REAL (g_cond_wait, void (*) (GCond *, GMutex *));
  release (mutex);
  real (cond, mutex);
  acquire (mutex);
}

gboolean
g_cond_wait_until (GCond *cond, GMutex *mutex, gint64 end_time)
{
  REAL (g_cond_wait_until, gboolean (*) (GCond *, GMutex *, gint64));
  gboolean got;

  release (mutex);
  got = real (cond, mutex, end_time);
  acquire (mutex);

  return got;
}

gboolean
(g_once_init_enter) (volatile void *location)
{
  REAL (g_once_init_enter, gboolean (*) (volatile void *));
  gboolean first = real (location);

  acquire ((gconstpointer) location);

  return first;
}

void
(g_once_init_leave) (volatile void *location, gsize result)
{
  REAL (g_once_init_leave, void (*) (volatile void *, gsize));
  release ((gconstpointer) location);
  real (location, result);
}

gboolean
(g_atomic_ref_count_dec) (gatomicrefcount *count)
{
  REAL (g_atomic_ref_count_dec, gboolean (*) (gatomicrefcount *));
  gboolean last;

  release (count);
  last = real (count);
  if (last)
    acquire (count);

  return last;
}

void
g_object_unref (gpointer object)
{
  REAL (g_object_unref, void (*) (gpointer));
  release (object);
  acquire (object);
  real (object);
}

/* What is handed to another thread, with the function that shall have it. */
typedef struct
{
  GFunc    func;
  gpointer user_data;
} Worker;

static void
work (gpointer data, gpointer user_data)
{
  Worker *worker = user_data;

  acquire (data);
  worker->func (data, worker->user_data);
}

GThreadPool *
g_thread_pool_new (GFunc func, gpointer user_data, gint max_threads, gboolean exclusive, GError **error)
{
  REAL (g_thread_pool_new, GThreadPool *(*) (GFunc, gpointer, gint, gboolean, GError **));
  Worker *worker = g_new (Worker, 1); /* as long as the process */

  worker->func = func;
  worker->user_data = user_data;
  release (worker);

  return real (work, worker, max_threads, exclusive, error);
}

gboolean
g_thread_pool_push (GThreadPool *pool, gpointer data, GError **error)
{
  REAL (g_thread_pool_push, gboolean (*) (GThreadPool *, gpointer, GError **));
  release (data);

  return real (pool, data, error);
}

/* A call in a main context, made by another thread. */
typedef struct
{
  GSourceFunc    func;
  gpointer       user_data;
  GDestroyNotify destroy;
} Call;

static gboolean
make_call (gpointer user_data)
{
  Call *call = user_data;

  acquire (call);

  return call->func (call->user_data);
}

static void
end_call (gpointer user_data)
{
  Call *call = user_data;

  acquire (call);
  if (call->destroy != NULL)
    call->destroy (call->user_data);
  g_free (call);
}

static Call *
new_call (GSourceFunc func, gpointer user_data, GDestroyNotify destroy)
{
  Call *call = g_new (Call, 1);

  *call = (Call) { func, user_data, destroy };
  release (call);

  return call;
}

/* Callbacks of other sources take other arguments. */
void
g_source_set_callback (GSource *source, GSourceFunc func, gpointer data, GDestroyNotify notify)
{
  REAL (g_source_set_callback, void (*) (GSource *, GSourceFunc, gpointer, GDestroyNotify));

  if (source->source_funcs == &g_idle_funcs || source->source_funcs == &g_timeout_funcs)
    real (source, make_call, new_call (func, data, notify), end_call);
  else
    real (source, func, data, notify);
}

guint
g_idle_add_full (gint priority, GSourceFunc func, gpointer data, GDestroyNotify notify)
{
  REAL (g_idle_add_full, guint (*) (gint, GSourceFunc, gpointer, GDestroyNotify));

  return real (priority, make_call, new_call (func, data, notify), end_call);
}

guint
g_idle_add (GSourceFunc func, gpointer data)
{
  return g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, func, data, NULL);
}

void
g_main_context_invoke_full (GMainContext *context, gint priority, GSourceFunc func, gpointer data,
                            GDestroyNotify notify)
{
  REAL (g_main_context_invoke_full, void (*) (GMainContext *, gint, GSourceFunc, gpointer, GDestroyNotify));
  real (context, priority, make_call, new_call (func, data, notify), end_call);
}

void
g_main_context_invoke (GMainContext *context, GSourceFunc func, gpointer data)
{
  g_main_context_invoke_full (context, G_PRIORITY_DEFAULT, func, data, NULL);
}

static void
run_task (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GTaskThreadFunc func = (GTaskThreadFunc) g_object_get_data (G_OBJECT (task), "tsan-func");

  acquire (task);
  func (task, source, data, cancellable);
}

void
g_task_run_in_thread (GTask *task, GTaskThreadFunc func)
{
  REAL (g_task_run_in_thread, void (*) (GTask *, GTaskThreadFunc));
  g_object_set_data (G_OBJECT (task), "tsan-func", (gpointer) func);
  release (task);
  real (task, run_task);
}

#define RETURNS(name, parameters, arguments)                                                                          \
  void name parameters                                                                                                \
  {                                                                                                                   \
    REAL (name, void (*) parameters);                                                                                 \
    release (task);                                                                                                   \
    real arguments;                                                                                                   \
  }

RETURNS (g_task_return_pointer, (GTask *task, gpointer result, GDestroyNotify destroy), (task, result, destroy))
RETURNS (g_task_return_boolean, (GTask *task, gboolean result), (task, result))
RETURNS (g_task_return_error, (GTask *task, GError *error), (task, error))

gpointer
g_task_propagate_pointer (GTask *task, GError **error)
{
  REAL (g_task_propagate_pointer, gpointer (*) (GTask *, GError **));
  acquire (task);

  return real (task, error);
}

gboolean
g_task_propagate_boolean (GTask *task, GError **error)
{
  REAL (g_task_propagate_boolean, gboolean (*) (GTask *, GError **));
  acquire (task);

  return real (task, error);
}
