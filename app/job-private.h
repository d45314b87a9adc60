/* What the queues and their workers need of a job. */
#pragma once

#include "app/job.h"

G_BEGIN_DECLS

/* What a job is about. @compute runs on a worker; @data is freed with the job, on whichever thread drops it last. */
typedef struct
{
  const NerveResultType *type;
  char                  *key;
  gpointer             (*compute) (gpointer data, const NerveProgress *progress, GError **error);
  gpointer               data;
  GDestroyNotify         destroy;
  char                  *subject; /* what it is of; NULL: of all */
  /* What @type's pack() gave, back; NULL: it is always computed. */
  gpointer             (*unpack)  (gpointer data, NerveUnpack *in, const NerveProgress *progress);
} NerveJobWork;

enum { NERVE_JOB_PHASE_QUEUED, NERVE_JOB_PHASE_TAKEN };

struct _NerveJob
{
  GObject          parent_instance;
  GMainContext    *context;   /* where "changed" is said */
  NerveJobWork     work;
  NerveJobPriority priority;
  guint64          serial;

  /* Main thread. */
  guint            interest;
  NerveJobState    state;
  gint64           started;   /* 0: not yet */
  gpointer         result;
  GError          *error;

  /* Any thread. */
  int              phase;     /* QUEUED until a worker takes it */
  int              cancelled;
  int              fraction;  /* millionths */
  int              notify_queued;
};

/* Takes what @work holds. */
NerveJob *nerve_job_new          (const NerveJobWork *work, GMainContext *context);
gboolean  nerve_job_is_finished  (NerveJob *self);
void      nerve_job_emit_changed (NerveJob *self);
/* Any thread: "changed" soon, many calls become one visit to the main thread. */
void      nerve_job_queue_notify (NerveJob *self);
/* Any thread: @func once, on the main thread. */
void      nerve_job_queue_source (NerveJob *self, int priority, GSourceFunc func, gpointer data,
                                  GDestroyNotify destroy);
/* A NerveProgressFunc for its worker; @user_data is the job. */
gboolean  nerve_job_on_progress  (double fraction, gpointer user_data);

G_END_DECLS
