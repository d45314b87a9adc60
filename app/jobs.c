#include "config.h"

#include "app/jobs.h"

#include <sys/resource.h>

#include "base/parallel.h"

#define CACHE_LIMIT ((gsize) 1 << 30)

enum { QUEUED, TAKEN };

struct _NerveJob
{
  GObject              parent_instance;
  NerveJobs           *jobs;      /* not owned: jobs outlives its workers */
  NerveResultKind      kind;
  NerveDataset        *dataset;
  guint                layer;
  NerveLayerParameters parameters;
  char                *key;
  NerveJobPriority     priority;
  guint64              serial;

  /* Main thread. */
  guint                interest;
  NerveJobState        state;
  gpointer             result;
  GError              *error;

  /* Any thread. */
  int                  phase;     /* QUEUED until a worker takes it */
  int                  cancelled;
  int                  fraction;  /* millionths */
  int                  notify_queued;
  gint64               started;
};

struct _NerveJobs
{
  GObject      parent_instance;
  GMainContext *context;
  GThreadPool *interactive;
  GThreadPool *background;        /* one thread: what nobody waits for yields to what somebody does */
  GHashTable  *active;            /* key → NerveJob, queued or running */
  GHashTable  *cache;             /* key → CacheEntry */
  GQueue       recency;           /* CacheEntry, latest first */
  gsize        cached_bytes;
  guint64      serial;
};

typedef struct
{
  char           *key;
  NerveResultKind kind;
  gpointer        result;
  gsize           bytes;
  GList           link;
} CacheEntry;

/* What a worker hands to the main thread. */
typedef struct
{
  NerveJobs *jobs;
  NerveJob  *job;
  gpointer   result;
  GError    *error;
} Delivery;

enum { SIGNAL_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NerveJob, nerve_job, G_TYPE_OBJECT)
G_DEFINE_FINAL_TYPE (NerveJobs, nerve_jobs, G_TYPE_OBJECT)

/* The job */

static void
nerve_job_finalize (GObject *object)
{
  NerveJob *self = NERVE_JOB (object);

  if (self->result != NULL)
    nerve_result_type (self->kind)->unref (self->result);
  nerve_layer_parameters_clear (&self->parameters);
  g_clear_pointer (&self->dataset, nerve_dataset_unref);
  g_clear_error (&self->error);
  g_free (self->key);

  G_OBJECT_CLASS (nerve_job_parent_class)->finalize (object);
}

static void
nerve_job_class_init (NerveJobClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = nerve_job_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
nerve_job_init (NerveJob *self)
{
}

static gboolean
notify_on_main (gpointer data)
{
  NerveJob *self = data;

  g_atomic_int_set (&self->notify_queued, FALSE);
  if (self->state == NERVE_JOB_QUEUED && g_atomic_int_get (&self->phase) == TAKEN)
    self->state = NERVE_JOB_RUNNING;
  if (self->state == NERVE_JOB_RUNNING)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);

  return G_SOURCE_REMOVE;
}

static void
queue_source (NerveJob *self, int priority, GSourceFunc func, gpointer data, GDestroyNotify destroy)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, priority);
  g_source_set_callback (source, func, data, destroy);
  g_source_attach (source, self->jobs->context);
}

/* Many reports from many threads become one visit to the main thread. */
static void
queue_notify (NerveJob *self)
{
  if (g_atomic_int_compare_and_exchange (&self->notify_queued, FALSE, TRUE))
    queue_source (self, G_PRIORITY_LOW, notify_on_main, g_object_ref (self), g_object_unref);
}

static gboolean
on_progress (double fraction, gpointer user_data)
{
  NerveJob *self = user_data;

  if (g_atomic_int_get (&self->cancelled))
    return FALSE;

  if (fraction >= 0)
    {
      int now = (int) (CLAMP (fraction, 0, 1) * 1e6);
      int before = g_atomic_int_get (&self->fraction);

      if (now - before >= 5000)
        {
          g_atomic_int_set (&self->fraction, now);
          queue_notify (self);
        }
    }

  return TRUE;
}

NerveJobState
nerve_job_get_state (NerveJob *self)
{
  g_return_val_if_fail (NERVE_IS_JOB (self), NERVE_JOB_FAILED);
  return self->state;
}

double
nerve_job_get_fraction (NerveJob *self)
{
  g_return_val_if_fail (NERVE_IS_JOB (self), 0);
  return self->state == NERVE_JOB_DONE ? 1 : g_atomic_int_get (&self->fraction) / 1e6;
}

double
nerve_job_get_elapsed (NerveJob *self)
{
  g_return_val_if_fail (NERVE_IS_JOB (self), 0);
  return self->state == NERVE_JOB_RUNNING ? (g_get_monotonic_time () - self->started) / 1e6 : 0;
}

const GError *
nerve_job_get_error (NerveJob *self)
{
  g_return_val_if_fail (NERVE_IS_JOB (self), NULL);
  return self->error;
}

gpointer
nerve_job_get_result (NerveJob *self)
{
  g_return_val_if_fail (NERVE_IS_JOB (self), NULL);
  return self->result;
}

NerveResultKind
nerve_job_get_kind (NerveJob *self)
{
  g_return_val_if_fail (NERVE_IS_JOB (self), NERVE_RESULT_GRAPH);
  return self->kind;
}

guint
nerve_job_get_layer (NerveJob *self)
{
  g_return_val_if_fail (NERVE_IS_JOB (self), 0);
  return self->layer;
}

const char *
nerve_job_get_key (NerveJob *self)
{
  g_return_val_if_fail (NERVE_IS_JOB (self), NULL);
  return self->key;
}

/* The cache */

static void
cache_entry_free (gpointer data)
{
  CacheEntry *entry = data;

  nerve_result_type (entry->kind)->unref (entry->result);
  g_free (entry->key);
  g_free (entry);
}

static gpointer
cache_look_up (NerveJobs *self, const char *key)
{
  CacheEntry *entry = g_hash_table_lookup (self->cache, key);

  if (entry == NULL)
    return NULL;

  g_queue_unlink (&self->recency, &entry->link);
  g_queue_push_head_link (&self->recency, &entry->link);

  return nerve_result_type (entry->kind)->ref (entry->result);
}

static void
cache_shrink (NerveJobs *self)
{
  while (self->cached_bytes > CACHE_LIMIT && self->recency.length > 1)
    {
      CacheEntry *oldest = g_queue_peek_tail (&self->recency);

      g_queue_unlink (&self->recency, &oldest->link);
      self->cached_bytes -= oldest->bytes;
      g_hash_table_remove (self->cache, oldest->key);
    }
}

static void
cache_keep (NerveJobs *self, NerveJob *job)
{
  CacheEntry *entry;

  if (g_hash_table_contains (self->cache, job->key))
    return;

  entry = g_new0 (CacheEntry, 1);
  entry->key = g_strdup (job->key);
  entry->kind = job->kind;
  entry->result = nerve_result_type (job->kind)->ref (job->result);
  entry->bytes = nerve_result_type (job->kind)->size (job->result);
  entry->link.data = entry;
  g_hash_table_insert (self->cache, entry->key, entry);
  g_queue_push_head_link (&self->recency, &entry->link);
  self->cached_bytes += entry->bytes;
  cache_shrink (self);
}

/* The workers */

static void
delivery_free (gpointer data)
{
  Delivery *delivery = data;

  if (delivery->result != NULL)
    nerve_result_type (delivery->job->kind)->unref (delivery->result);
  g_clear_error (&delivery->error);
  g_object_unref (delivery->job);
  g_object_unref (delivery->jobs);
  g_free (delivery);
}

static gboolean
deliver_on_main (gpointer data)
{
  Delivery *delivery = data;
  NerveJob *job = delivery->job;
  NerveJobs *self = delivery->jobs;

  if (g_hash_table_lookup (self->active, job->key) == job)
    g_hash_table_remove (self->active, job->key);

  if (job->state == NERVE_JOB_CANCELLED)
    return G_SOURCE_REMOVE;

  job->result = g_steal_pointer (&delivery->result);
  job->error = g_steal_pointer (&delivery->error);
  job->state = job->result != NULL ? NERVE_JOB_DONE : NERVE_JOB_FAILED;
  if (job->result != NULL)
    cache_keep (self, job);
  g_signal_emit (job, signals[SIGNAL_CHANGED], 0);

  return G_SOURCE_REMOVE;
}

/* The hand comes first: on few cores, frames would wait for a core that a worker has. Threads that a worker starts
 * inherit this. */
static void
step_aside (void)
{
  static __thread gboolean done;

  if (!done)
    setpriority (PRIO_PROCESS, 0, 5); /* on Linux 0 is the calling thread */
  done = TRUE;
}

static void
work (gpointer data, gpointer user_data)
{
  g_autoptr (NerveJob) job = data;
  NerveProgress progress = { on_progress, job, 0, 1 };
  Delivery *delivery;

  /* A job that was moved up stands in both queues: the first worker has it. */
  if (!g_atomic_int_compare_and_exchange (&job->phase, QUEUED, TAKEN))
    return;

  step_aside ();
  job->started = g_get_monotonic_time ();
  queue_notify (job);

  /* Taken here, so that what is on its way outlives a shutdown. */
  delivery = g_new0 (Delivery, 1);
  delivery->jobs = g_object_ref (job->jobs);
  delivery->job = g_object_ref (job);
  if (!g_atomic_int_get (&job->cancelled))
    delivery->result = nerve_result_type (job->kind)->compute (job->dataset, job->layer, &job->parameters,
                                                               &progress, &delivery->error);
  queue_source (job, G_PRIORITY_DEFAULT, deliver_on_main, delivery, delivery_free);
}

static int
compare_jobs (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const NerveJob *one = a;
  const NerveJob *other = b;

  if (one->priority != other->priority)
    return one->priority < other->priority ? -1 : 1;

  return (one->serial > other->serial) - (one->serial < other->serial);
}

static void
enqueue (NerveJobs *self, NerveJob *job)
{
  GThreadPool *pool = job->priority == NERVE_JOB_INTERACTIVE ? self->interactive : self->background;

  g_thread_pool_push (pool, g_object_ref (job), NULL);
}

/* The queues */

static void
nerve_jobs_dispose (GObject *object)
{
  NerveJobs *self = NERVE_JOBS (object);

  nerve_jobs_shutdown (self);

  G_OBJECT_CLASS (nerve_jobs_parent_class)->dispose (object);
}

static void
nerve_jobs_finalize (GObject *object)
{
  NerveJobs *self = NERVE_JOBS (object);

  g_hash_table_unref (self->active);
  g_hash_table_unref (self->cache);
  g_main_context_unref (self->context);

  G_OBJECT_CLASS (nerve_jobs_parent_class)->finalize (object);
}

static void
nerve_jobs_class_init (NerveJobsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = nerve_jobs_dispose;
  G_OBJECT_CLASS (klass)->finalize = nerve_jobs_finalize;
}

static void
nerve_jobs_init (NerveJobs *self)
{
  guint threads = MAX (2, nerve_parallel_get_threads ());

  self->context = g_main_context_ref_thread_default ();
  self->active = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  self->cache = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, cache_entry_free);
  g_queue_init (&self->recency);
  self->interactive = g_thread_pool_new (work, self, threads, FALSE, NULL);
  self->background = g_thread_pool_new (work, self, 1, FALSE, NULL);
  g_thread_pool_set_sort_function (self->interactive, compare_jobs, NULL);
  g_thread_pool_set_sort_function (self->background, compare_jobs, NULL);
}

NerveJobs *
nerve_jobs_new (void)
{
  return g_object_new (NERVE_TYPE_JOBS, NULL);
}

static NerveJob *
job_new (NerveJobs *self, NerveResultKind kind, NerveDataset *dataset, guint layer,
         const NerveLayerParameters *parameters, char *key)
{
  NerveJob *job = g_object_new (NERVE_TYPE_JOB, NULL);

  job->jobs = self;
  job->kind = kind;
  job->dataset = nerve_dataset_ref (dataset);
  job->layer = layer;
  nerve_layer_parameters_init (&job->parameters);
  nerve_layer_parameters_copy (&job->parameters, parameters);
  job->key = key;
  job->serial = self->serial++;

  return job;
}

static void
move_up (NerveJobs *self, NerveJob *job, NerveJobPriority priority)
{
  if (priority >= job->priority || g_atomic_int_get (&job->phase) != QUEUED)
    return;

  /* The queue it stands in is sorted by what it was pushed with. */
  if (priority == NERVE_JOB_INTERACTIVE)
    {
      job->priority = priority;
      enqueue (self, job);
    }
}

NerveJob *
nerve_jobs_request (NerveJobs *self, NerveResultKind kind, NerveDataset *dataset, guint layer,
                    const NerveLayerParameters *parameters, NerveJobPriority priority)
{
  g_autofree char *key = NULL;
  gpointer result;
  NerveJob *job;

  g_return_val_if_fail (NERVE_IS_JOBS (self), NULL);
  g_return_val_if_fail (self->interactive != NULL, NULL);

  key = nerve_result_key (kind, dataset, layer, parameters);
  job = g_hash_table_lookup (self->active, key);
  if (job != NULL)
    {
      move_up (self, job, priority);
      job->interest++;
      return g_object_ref (job);
    }

  result = cache_look_up (self, key);
  job = job_new (self, kind, dataset, layer, parameters, g_steal_pointer (&key));
  job->priority = priority;
  job->interest = 1;
  if (result != NULL)
    {
      job->result = result;
      job->state = NERVE_JOB_DONE;
      return job;
    }

  g_hash_table_insert (self->active, job->key, g_object_ref (job));
  enqueue (self, job);

  return job;
}

static gboolean
is_finished (NerveJob *job)
{
  return job->state != NERVE_JOB_QUEUED && job->state != NERVE_JOB_RUNNING;
}

/* It leaves the table at once: the same key asked for again starts anew. */
static void
stop (NerveJobs *self, NerveJob *job)
{
  if (is_finished (job))
    return;

  g_atomic_int_set (&job->cancelled, TRUE);
  job->state = NERVE_JOB_CANCELLED;
  if (g_hash_table_lookup (self->active, job->key) == job)
    g_hash_table_remove (self->active, job->key);
}

void
nerve_jobs_release (NerveJobs *self, NerveJob *job)
{
  g_return_if_fail (NERVE_IS_JOBS (self));
  g_return_if_fail (NERVE_IS_JOB (job));
  g_return_if_fail (job->interest > 0);

  if (--job->interest == 0)
    stop (self, job);
  g_object_unref (job);
}

void
nerve_jobs_cancel (NerveJobs *self, NerveJob *job)
{
  g_autoptr (NerveJob) kept = g_object_ref (job);

  g_return_if_fail (NERVE_IS_JOBS (self));

  if (is_finished (kept))
    return;
  stop (self, kept);
  g_signal_emit (kept, signals[SIGNAL_CHANGED], 0);
}

guint
nerve_jobs_get_n_active (NerveJobs *self)
{
  g_return_val_if_fail (NERVE_IS_JOBS (self), 0);

  return g_hash_table_size (self->active);
}

void
nerve_jobs_shutdown (NerveJobs *self)
{
  g_autoptr (GPtrArray) jobs = NULL;
  GHashTableIter iter;
  gpointer job;

  g_return_if_fail (NERVE_IS_JOBS (self));

  if (self->interactive == NULL)
    return;

  jobs = g_ptr_array_new_with_free_func (g_object_unref);
  g_hash_table_iter_init (&iter, self->active);
  while (g_hash_table_iter_next (&iter, NULL, &job))
    g_ptr_array_add (jobs, g_object_ref (job));
  for (guint i = 0; i < jobs->len; i++)
    nerve_jobs_cancel (self, jobs->pdata[i]);

  /* Queued jobs pass through: cancelled ones return at once. */
  g_thread_pool_free (g_steal_pointer (&self->interactive), FALSE, TRUE);
  g_thread_pool_free (g_steal_pointer (&self->background), FALSE, TRUE);
}
