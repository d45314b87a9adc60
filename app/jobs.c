#include "config.h"

#include "app/jobs.h"

#include <sys/resource.h>

#include "app/job-private.h"
#include "app/result-cache.h"
#include "base/parallel.h"

#define CACHE_LIMIT ((gsize) 1 << 30)

struct _NerveJobs
{
  GObject           parent_instance;
  GMainContext     *context;
  GThreadPool      *interactive;
  GThreadPool      *background;  /* one thread: what nobody waits for yields to what somebody does */
  GHashTable       *active;      /* key → NerveJob, queued or running */
  NerveResultCache *cache;
  NerveDiskCache   *disk;        /* NULL: none */
  guint64           serial;
};

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

G_DEFINE_FINAL_TYPE (NerveJobs, nerve_jobs, G_TYPE_OBJECT)

static void
emit_changed (NerveJobs *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* The workers */

static void
delivery_free (gpointer data)
{
  Delivery *delivery = data;

  if (delivery->result != NULL)
    delivery->job->work.type->unref (delivery->result);
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

  if (g_hash_table_lookup (self->active, job->work.key) == job)
    g_hash_table_remove (self->active, job->work.key);
  emit_changed (self);

  if (job->state == NERVE_JOB_CANCELLED)
    return G_SOURCE_REMOVE;

  job->result = g_steal_pointer (&delivery->result);
  job->error = g_steal_pointer (&delivery->error);
  job->state = job->result != NULL ? NERVE_JOB_DONE : NERVE_JOB_FAILED;
  if (job->result != NULL)
    nerve_result_cache_keep (self->cache, job->work.key, job->work.type, job->result);
  nerve_job_emit_changed (job);

  return G_SOURCE_REMOVE;
}

/* What an earlier run came to. */
static gpointer
recall (NerveDiskCache *disk, NerveJob *job, const NerveProgress *progress)
{
  g_autoptr (GBytes) bytes = NULL;
  NerveUnpack in = { 0 };
  gpointer result;

  if (disk == NULL || job->work.unpack == NULL)
    return NULL;
  bytes = nerve_disk_cache_look_up (disk, job->work.key);
  if (bytes == NULL)
    return NULL;

  in.data = g_bytes_get_data (bytes, &in.size);
  result = job->work.unpack (job->work.data, &in, progress);
  if (result == NULL && !g_atomic_int_get (&job->cancelled))
    nerve_disk_cache_drop (disk, job->work.key);

  return result;
}

/* Half of the room at most goes to one, and no more than can be held twice. */
#define LARGEST ((gsize) 512 << 20)

/* For later runs; the result is on its way, nobody waits. Takes @result. */
static void
store (NerveDiskCache *disk, NerveJob *job, gpointer result)
{
  const NerveResultType *type = job->work.type;

  if (type->size (result) <= MIN (nerve_disk_cache_get_limit (disk) / 2, LARGEST))
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();

      type->pack (result, bytes);
      nerve_disk_cache_keep (disk, job->work.key, bytes->data, bytes->len);
    }
  type->unref (result);
}

/* The hand comes first: on few cores, frames would wait for a core that a worker has. Threads that a worker starts
 * inherit this. */
static void
step_aside (void)
{
  static __thread gboolean done;

  if (!done)
    setpriority (PRIO_PROCESS, 0, 10); /* on Linux 0 is the calling thread */
  done = TRUE;
}

static void
work (gpointer data, gpointer user_data)
{
  g_autoptr (NerveJob) job = data;
  NerveProgress progress = { nerve_job_on_progress, job, 0, 1 };
  NerveDiskCache *disk = NERVE_JOBS (user_data)->disk;
  gpointer kept = NULL;
  Delivery *delivery;

  /* A job that was moved up stands in both queues: the first worker has it. */
  if (!g_atomic_int_compare_and_exchange (&job->phase, NERVE_JOB_PHASE_QUEUED, NERVE_JOB_PHASE_TAKEN))
    return;

  step_aside ();
  nerve_job_queue_notify (job);

  /* Taken here, so that what is on its way outlives a shutdown. */
  delivery = g_new0 (Delivery, 1);
  delivery->jobs = g_object_ref (NERVE_JOBS (user_data));
  delivery->job = g_object_ref (job);
  if (!g_atomic_int_get (&job->cancelled))
    delivery->result = recall (disk, job, &progress);
  if (delivery->result == NULL && !g_atomic_int_get (&job->cancelled))
    {
      delivery->result = job->work.compute (job->work.data, &progress, &delivery->error);
      if (disk != NULL && job->work.unpack != NULL && delivery->result != NULL)
        kept = job->work.type->ref (delivery->result);
    }
  nerve_job_queue_source (job, G_PRIORITY_DEFAULT, deliver_on_main, delivery, delivery_free);
  if (kept != NULL)
    store (disk, job, kept);
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
  g_clear_pointer (&self->cache, nerve_result_cache_free);
  g_clear_pointer (&self->disk, nerve_disk_cache_unref);
  g_main_context_unref (self->context);

  G_OBJECT_CLASS (nerve_jobs_parent_class)->finalize (object);
}

static void
nerve_jobs_class_init (NerveJobsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = nerve_jobs_dispose;
  G_OBJECT_CLASS (klass)->finalize = nerve_jobs_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
nerve_jobs_init (NerveJobs *self)
{
  guint threads = MAX (2, nerve_parallel_get_threads ());

  self->context = g_main_context_ref_thread_default ();
  self->active = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  self->interactive = g_thread_pool_new (work, self, threads, FALSE, NULL);
  self->background = g_thread_pool_new (work, self, 1, FALSE, NULL);
  g_thread_pool_set_sort_function (self->interactive, compare_jobs, NULL);
  g_thread_pool_set_sort_function (self->background, compare_jobs, NULL);
}

NerveJobs *
nerve_jobs_new (void)
{
  return nerve_jobs_new_with_cache (CACHE_LIMIT);
}

NerveJobs *
nerve_jobs_new_with_cache (gsize limit)
{
  NerveJobs *self = g_object_new (NERVE_TYPE_JOBS, NULL);

  self->cache = nerve_result_cache_new (limit);

  return self;
}

static void
move_up (NerveJobs *self, NerveJob *job, NerveJobPriority priority)
{
  if (priority >= job->priority || g_atomic_int_get (&job->phase) != NERVE_JOB_PHASE_QUEUED)
    return;

  /* The queue it stands in is sorted by what it was pushed with. */
  if (priority == NERVE_JOB_INTERACTIVE)
    {
      job->priority = priority;
      enqueue (self, job);
    }
}

/* Takes what @work holds. */
static NerveJob *
request (NerveJobs *self, const NerveJobWork *work, NerveJobPriority priority)
{
  NerveJob *job = g_hash_table_lookup (self->active, work->key);
  g_autoptr (NerveJob) again = NULL;

  if (job != NULL)
    {
      again = nerve_job_new (work, self->context);
      move_up (self, job, priority);
      job->interest++;
      return g_object_ref (job);
    }

  job = nerve_job_new (work, self->context);
  job->serial = self->serial++;
  job->priority = priority;
  job->interest = 1;
  job->result = nerve_result_cache_look_up (self->cache, job->work.key);
  if (job->result != NULL)
    {
      job->state = NERVE_JOB_DONE;
      return job;
    }

  g_hash_table_insert (self->active, job->work.key, g_object_ref (job));
  enqueue (self, job);
  emit_changed (self);

  return job;
}

/* A layer's result */

typedef struct
{
  NerveResultKind      kind;
  NerveBarChoice       bar;  /* of its images, where these are asked for */
  NerveDataset        *dataset;
  guint                layer;
  NerveLayerParameters parameters;
} LayerWork;

static gpointer
compute_layer (gpointer data, const NerveProgress *progress, GError **error)
{
  LayerWork *work = data;

  return nerve_result_type (work->kind)->compute (work->dataset, work->layer, &work->parameters, progress, error);
}

static gpointer
compute_bar (gpointer data, const NerveProgress *progress, GError **error)
{
  LayerWork *work = data;

  return nerve_bar_images_new (work->dataset, work->layer, &work->parameters, &work->bar, progress, error);
}

static gpointer
unpack_layer (gpointer data, NerveUnpack *in, const NerveProgress *progress)
{
  LayerWork *work = data;

  return nerve_result_type (work->kind)->unpack (work->dataset, work->layer, &work->parameters, in, progress);
}

static LayerWork *
layer_work_new (NerveDataset *dataset, guint layer, const NerveLayerParameters *parameters)
{
  LayerWork *work = g_new0 (LayerWork, 1);

  work->dataset = nerve_dataset_ref (dataset);
  work->layer = layer;
  nerve_layer_parameters_init (&work->parameters);
  nerve_layer_parameters_copy (&work->parameters, parameters);

  return work;
}

static void
layer_work_free (gpointer data)
{
  LayerWork *work = data;

  nerve_layer_parameters_clear (&work->parameters);
  nerve_dataset_unref (work->dataset);
  g_free (work);
}

NerveJob *
nerve_jobs_request (NerveJobs *self, NerveResultKind kind, NerveDataset *dataset, guint layer,
                    const NerveLayerParameters *parameters, NerveJobPriority priority)
{
  NerveJobWork work = { nerve_result_type (kind), NULL, compute_layer, NULL, layer_work_free,
                        .unpack = nerve_result_type (kind)->unpack != NULL ? unpack_layer : NULL };
  LayerWork *data;

  g_return_val_if_fail (NERVE_IS_JOBS (self), NULL);
  g_return_val_if_fail (self->interactive != NULL, NULL);

  data = layer_work_new (dataset, layer, parameters);
  data->kind = kind;
  work.data = data;
  work.key = nerve_result_key (kind, dataset, layer, parameters);
  work.subject = g_strdup (nerve_dataset_get_layer (dataset, layer)->name);

  return request (self, &work, priority);
}

NerveJob *
nerve_jobs_request_bar (NerveJobs *self, NerveDataset *dataset, guint layer, const NerveLayerParameters *parameters,
                        const NerveBarChoice *choice)
{
  NerveJobWork work = { nerve_bar_images_type (), NULL, compute_bar, NULL, layer_work_free };
  LayerWork *data;

  g_return_val_if_fail (NERVE_IS_JOBS (self), NULL);
  g_return_val_if_fail (self->interactive != NULL, NULL);

  data = layer_work_new (dataset, layer, parameters);
  data->bar = *choice;
  work.data = data;
  work.key = nerve_bar_images_key (dataset, layer, parameters, choice);
  work.subject = g_strdup (nerve_dataset_get_layer (dataset, layer)->name);

  return request (self, &work, NERVE_JOB_INTERACTIVE);
}

/* A network's result */

typedef struct
{
  NerveNetworkKind   kind;
  NerveNetworkInput *input;
} NetworkWork;

static gpointer
compute_network (gpointer data, const NerveProgress *progress, GError **error)
{
  NetworkWork *work = data;

  return nerve_network_type (work->kind)->compute (work->input, progress, error);
}

static void
network_work_free (gpointer data)
{
  NetworkWork *work = data;

  nerve_network_input_unref (work->input);
  g_free (work);
}

NerveJob *
nerve_jobs_request_network (NerveJobs *self, NerveNetworkKind kind, NerveNetworkInput *input,
                            NerveJobPriority priority)
{
  NerveJobWork work = { &nerve_network_type (kind)->type, NULL, compute_network, NULL, network_work_free };
  NetworkWork *data;

  g_return_val_if_fail (NERVE_IS_JOBS (self), NULL);
  g_return_val_if_fail (self->interactive != NULL, NULL);

  data = g_new0 (NetworkWork, 1);
  data->kind = kind;
  data->input = nerve_network_input_ref (input);
  work.data = data;
  work.key = nerve_network_key (kind, input);
  work.subject = g_filename_display_basename (nerve_dataset_get_path (input->dataset));

  return request (self, &work, priority);
}

/* Several networks side by side */

static gpointer
compute_study (gpointer data, const NerveProgress *progress, GError **error)
{
  return nerve_study_compute (data, progress, error);
}

static void
study_input_free (gpointer data)
{
  nerve_study_input_unref (data);
}

NerveJob *
nerve_jobs_request_study (NerveJobs *self, NerveStudyInput *input)
{
  NerveJobWork work = { nerve_study_type (), NULL, compute_study, NULL, study_input_free };

  g_return_val_if_fail (NERVE_IS_JOBS (self), NULL);
  g_return_val_if_fail (self->interactive != NULL, NULL);

  work.data = nerve_study_input_ref (input);
  work.key = g_strdup (nerve_study_input_get_key (input));

  return request (self, &work, NERVE_JOB_INTERACTIVE);
}

/* It leaves the table at once: the same key asked for again starts anew. */
static void
stop (NerveJobs *self, NerveJob *job)
{
  if (nerve_job_is_finished (job))
    return;

  g_atomic_int_set (&job->cancelled, TRUE);
  job->state = NERVE_JOB_CANCELLED;
  if (g_hash_table_lookup (self->active, job->work.key) == job)
    g_hash_table_remove (self->active, job->work.key);
  emit_changed (self);
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

  if (nerve_job_is_finished (kept))
    return;
  stop (self, kept);
  nerve_job_emit_changed (kept);
}

guint
nerve_jobs_get_n_active (NerveJobs *self)
{
  g_return_val_if_fail (NERVE_IS_JOBS (self), 0);

  return g_hash_table_size (self->active);
}

void
nerve_jobs_set_cache_limit (NerveJobs *self, gsize limit)
{
  g_return_if_fail (NERVE_IS_JOBS (self));

  nerve_result_cache_set_limit (self->cache, limit);
}

void
nerve_jobs_set_disk_cache (NerveJobs *self, NerveDiskCache *cache)
{
  g_return_if_fail (NERVE_IS_JOBS (self));
  g_return_if_fail (self->disk == NULL && g_hash_table_size (self->active) == 0);

  self->disk = cache != NULL ? nerve_disk_cache_ref (cache) : NULL;
}

NerveDiskCache *
nerve_jobs_get_disk_cache (NerveJobs *self)
{
  g_return_val_if_fail (NERVE_IS_JOBS (self), NULL);

  return self->disk;
}

static int
compare_for_list (gconstpointer a, gconstpointer b)
{
  const NerveJob *one = *(const NerveJob **) a;
  const NerveJob *other = *(const NerveJob **) b;

  if (one->state != other->state)
    return one->state == NERVE_JOB_RUNNING ? -1 : 1;

  return compare_jobs (one, other, NULL);
}

GPtrArray *
nerve_jobs_list (NerveJobs *self)
{
  GPtrArray *jobs = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer job;

  g_return_val_if_fail (NERVE_IS_JOBS (self), jobs);

  g_hash_table_iter_init (&iter, self->active);
  while (g_hash_table_iter_next (&iter, NULL, &job))
    g_ptr_array_add (jobs, g_object_ref (job));
  g_ptr_array_sort (jobs, compare_for_list);

  return jobs;
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

  if (self->disk != NULL)
    nerve_disk_cache_stop (self->disk);
  /* Queued jobs pass through: cancelled ones return at once. */
  g_thread_pool_free (g_steal_pointer (&self->interactive), FALSE, TRUE);
  g_thread_pool_free (g_steal_pointer (&self->background), FALSE, TRUE);
}
