#include "config.h"

#include "app/job-private.h"

enum { SIGNAL_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NerveJob, nerve_job, G_TYPE_OBJECT)

static void
nerve_job_finalize (GObject *object)
{
  NerveJob *self = NERVE_JOB (object);

  if (self->result != NULL)
    self->work.type->unref (self->result);
  self->work.destroy (self->work.data);
  g_clear_error (&self->error);
  g_main_context_unref (self->context);
  g_free (self->work.key);
  g_free (self->work.subject);

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
  if (self->state == NERVE_JOB_QUEUED && g_atomic_int_get (&self->phase) == NERVE_JOB_PHASE_TAKEN)
    {
      self->state = NERVE_JOB_RUNNING;
      self->started = g_get_monotonic_time ();
    }
  if (self->state == NERVE_JOB_RUNNING)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);

  return G_SOURCE_REMOVE;
}

void
nerve_job_queue_source (NerveJob *self, int priority, GSourceFunc func, gpointer data, GDestroyNotify destroy)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, priority);
  g_source_set_callback (source, func, data, destroy);
  g_source_attach (source, self->context);
}

void
nerve_job_queue_notify (NerveJob *self)
{
  if (g_atomic_int_compare_and_exchange (&self->notify_queued, FALSE, TRUE))
    nerve_job_queue_source (self, G_PRIORITY_LOW, notify_on_main, g_object_ref (self), g_object_unref);
}

gboolean
nerve_job_on_progress (double fraction, gpointer user_data)
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
          nerve_job_queue_notify (self);
        }
    }

  return TRUE;
}

NerveJob *
nerve_job_new (const NerveJobWork *work, GMainContext *context)
{
  NerveJob *self = g_object_new (NERVE_TYPE_JOB, NULL);

  self->context = g_main_context_ref (context);
  self->work = *work;

  return self;
}

gboolean
nerve_job_is_finished (NerveJob *self)
{
  return self->state != NERVE_JOB_QUEUED && self->state != NERVE_JOB_RUNNING;
}

void
nerve_job_emit_changed (NerveJob *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
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

const char *
nerve_job_get_title (NerveJob *self)
{
  g_return_val_if_fail (NERVE_IS_JOB (self), NULL);
  return self->work.type->title;
}

const char *
nerve_job_get_subject (NerveJob *self)
{
  g_return_val_if_fail (NERVE_IS_JOB (self), NULL);
  return self->work.subject;
}

/* The first moments say nothing of the pace. */
double
nerve_job_get_seconds_left (NerveJob *self)
{
  double fraction, seconds;

  g_return_val_if_fail (NERVE_IS_JOB (self), -1);

  fraction = nerve_job_get_fraction (self);
  seconds = (g_get_monotonic_time () - self->started) / 1e6;
  if (self->state != NERVE_JOB_RUNNING || self->started == 0 || fraction < 0.02 || seconds < 1)
    return -1;

  return seconds * (1 - fraction) / fraction;
}
