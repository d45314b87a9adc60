#include "base/parallel.h"

#include <stdatomic.h>

/* How often one who waits asks whether the result is still wanted. */
#define PATIENCE_US 20000

typedef struct _Loop Loop;

/* One call of nerve_parallel_for(), on the stack of its caller. */
struct _Loop
{
  NerveParallelFunc    func;
  gpointer             user_data;
  const NerveProgress *progress;
  gsize                n;
  gsize                grain;
  gsize                n_pieces;
  guint                threads;
  atomic_size_t        next;
  atomic_size_t        done;
  atomic_bool          stopped;
  /* Guarded by pool.lock: */
  guint                helpers;
  gboolean            *taken; /* worker numbers in use; 0 is the caller's */
  GCond                left;
  Loop                *older;
  Loop                *newer;
};

/* Helper threads wait here for loops that can use them, and go from one to the next. */
static struct
{
  GMutex      lock;
  GCond       work;
  Loop       *newest;
  guint       n_helpers;
  atomic_uint threads; /* the budget; 0: not asked for yet */
  atomic_uint running; /* threads inside a loop, each counted once */
} pool;

static _Thread_local guint depth;

static guint
get_budget (void)
{
  guint threads = atomic_load (&pool.threads);

  if (threads == 0)
    {
      guint unset = 0;

      atomic_compare_exchange_strong (&pool.threads, &unset, g_get_num_processors ());
      threads = atomic_load (&pool.threads);
    }

  return threads;
}

static gboolean
has_pieces (Loop *loop)
{
  return !atomic_load (&loop->stopped) && atomic_load (&loop->next) < loop->n_pieces;
}

static gboolean
work_on_piece (Loop *loop, gsize piece, guint worker)
{
  gsize begin = piece * loop->grain;
  gsize end = MIN (loop->n - begin, loop->grain) + begin;
  gsize done;

  if (!loop->func (begin, end, worker, loop->user_data))
    return FALSE;

  done = atomic_fetch_add (&loop->done, 1) + 1;
  return nerve_progress_step (loop->progress, (double) done / loop->n_pieces);
}

static void
work_on_loop (Loop *loop, guint worker)
{
  while (has_pieces (loop))
    {
      gsize piece;

      /* The budget shrank, or another caller came: make room. */
      if (worker != 0 && atomic_load (&pool.running) > get_budget ())
        break;

      piece = atomic_fetch_add (&loop->next, 1);
      if (piece >= loop->n_pieces)
        break;

      if (!work_on_piece (loop, piece, worker))
        atomic_store (&loop->stopped, TRUE);
    }
}

/* Called with the lock held. The newest first: inner loops are what outer ones wait for. */
static Loop *
find_loop (void)
{
  if (atomic_load (&pool.running) >= get_budget ())
    return NULL;

  for (Loop *loop = pool.newest; loop != NULL; loop = loop->older)
    if (loop->helpers + 1 < loop->threads && has_pieces (loop))
      return loop;

  return NULL;
}

static guint
take_worker (Loop *loop)
{
  guint worker = 1;

  while (loop->taken[worker])
    worker++;
  loop->taken[worker] = TRUE;

  return worker;
}

static void
help_loop (Loop *loop)
{
  guint worker = take_worker (loop);

  loop->helpers++;
  atomic_fetch_add (&pool.running, 1);
  g_mutex_unlock (&pool.lock);

  depth++;
  work_on_loop (loop, worker);
  depth--;

  g_mutex_lock (&pool.lock);
  atomic_fetch_sub (&pool.running, 1);
  loop->taken[worker] = FALSE;
  if (--loop->helpers == 0)
    g_cond_signal (&loop->left);
}

static gpointer
run_helper (gpointer unused)
{
  g_mutex_lock (&pool.lock);
  while (TRUE)
    {
      Loop *loop = find_loop ();

      if (loop != NULL)
        help_loop (loop);
      else
        g_cond_wait (&pool.work, &pool.lock);
    }

  return NULL;
}

/* Called with the lock held. */
static void
wake_helpers (gsize wanted)
{
  guint budget = get_budget ();

  while (pool.n_helpers + 1 < budget)
    {
      GThread *thread = g_thread_try_new ("nerve-parallel", run_helper, NULL, NULL);

      /* Fewer threads than wished for: slower, not wrong. */
      if (thread == NULL)
        break;
      g_thread_unref (thread);
      pool.n_helpers++;
    }

  if (wanted >= pool.n_helpers)
    g_cond_broadcast (&pool.work);
  else
    while (wanted-- > 0)
      g_cond_signal (&pool.work);
}

static void
enter_loop (Loop *loop)
{
  g_mutex_lock (&pool.lock);
  if (depth == 0)
    atomic_fetch_add (&pool.running, 1);
  loop->older = pool.newest;
  if (pool.newest != NULL)
    pool.newest->newer = loop;
  pool.newest = loop;
  wake_helpers (MIN (loop->n_pieces, loop->threads) - 1);
  g_mutex_unlock (&pool.lock);
}

static void
leave_loop (Loop *loop)
{
  g_mutex_lock (&pool.lock);
  if (loop->newer != NULL)
    loop->newer->older = loop->older;
  else
    pool.newest = loop->older;
  if (loop->older != NULL)
    loop->older->newer = loop->newer;
  while (loop->helpers > 0)
    g_cond_wait (&loop->left, &pool.lock);
  if (depth == 0)
    {
      atomic_fetch_sub (&pool.running, 1);
      if (pool.newest != NULL)
        g_cond_signal (&pool.work);
    }
  g_mutex_unlock (&pool.lock);
}

void
nerve_parallel_set_threads (guint threads)
{
  atomic_store (&pool.threads, threads != 0 ? threads : g_get_num_processors ());
}

guint
nerve_parallel_get_threads (void)
{
  return get_budget ();
}

gboolean
nerve_parallel_for (gsize n, gsize grain, NerveParallelFunc func, gpointer user_data,
                    const NerveProgress *progress)
{
  Loop loop = { .func = func, .user_data = user_data, .progress = progress, .n = n, .grain = grain };

  g_return_val_if_fail (grain >= 1, FALSE);
  g_return_val_if_fail (func != NULL, FALSE);

  if (!nerve_progress_wanted (progress))
    return FALSE;

  loop.n_pieces = n / grain + (n % grain != 0);
  loop.threads = get_budget ();
  if (loop.n_pieces > 1 && loop.threads > 1)
    {
      g_autofree gboolean *taken = g_new0 (gboolean, loop.threads);

      loop.taken = taken;
      g_cond_init (&loop.left);
      enter_loop (&loop);
      depth++;
      work_on_loop (&loop, 0);
      depth--;
      leave_loop (&loop);
      g_cond_clear (&loop.left);
    }
  else
    {
      work_on_loop (&loop, 0);
    }

  return !atomic_load (&loop.stopped);
}

/* Work that may be left behind; the last of caller and thread frees it. */
typedef struct
{
  gatomicrefcount references;
  void          (*work) (gpointer data);
  gpointer        data;
  GDestroyNotify  unref;
  GMutex          lock;
  GCond           changed;
  gboolean        done;
} Left;

static void
left_unref (Left *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;

  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_free (self);
}

static gpointer
left_work (gpointer data)
{
  Left *self = data;

  self->work (self->data);
  self->unref (self->data);
  g_mutex_lock (&self->lock);
  self->done = TRUE;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->lock);
  left_unref (self);

  return NULL;
}

gboolean
nerve_parallel_leave (void (*work) (gpointer data), gpointer data, GDestroyNotify unref, const NerveProgress *progress)
{
  Left *self = g_new0 (Left, 1);
  gboolean done;
  gboolean wanted = TRUE;

  g_atomic_ref_count_init (&self->references);
  g_atomic_ref_count_inc (&self->references);
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  self->work = work;
  self->data = data;
  self->unref = unref;
  g_thread_unref (g_thread_new ("nerve-left", left_work, self));

  g_mutex_lock (&self->lock);
  while (!self->done && wanted)
    if (!g_cond_wait_until (&self->changed, &self->lock, g_get_monotonic_time () + PATIENCE_US))
      wanted = nerve_progress_wanted (progress);
  done = self->done;
  g_mutex_unlock (&self->lock);
  left_unref (self);

  return done;
}
