/* Turns "this result for these parameters" into a cached, cancellable computation. */
#pragma once

#include <gio/gio.h>

#include "app/results.h"

G_BEGIN_DECLS

typedef enum
{
  NERVE_JOB_QUEUED,
  NERVE_JOB_RUNNING,
  NERVE_JOB_DONE,
  NERVE_JOB_FAILED,
  NERVE_JOB_CANCELLED,
} NerveJobState;

typedef enum { NERVE_JOB_INTERACTIVE, NERVE_JOB_BACKGROUND, NERVE_JOB_LOOK_AHEAD } NerveJobPriority;

/* One computation. Main thread only, but for what its worker does inside.
 * Signals: "changed" (state or fraction; coalesced, on the main thread). */
#define NERVE_TYPE_JOB (nerve_job_get_type ())
G_DECLARE_FINAL_TYPE (NerveJob, nerve_job, NERVE, JOB, GObject)

NerveJobState    nerve_job_get_state    (NerveJob *self);
double           nerve_job_get_fraction (NerveJob *self);
/* Seconds since it started to run; 0 while queued. */
double           nerve_job_get_elapsed  (NerveJob *self);
const GError    *nerve_job_get_error    (NerveJob *self);
gpointer         nerve_job_get_result   (NerveJob *self); /* borrowed; NULL until DONE */
NerveResultKind  nerve_job_get_kind     (NerveJob *self);
guint            nerve_job_get_layer    (NerveJob *self);
const char      *nerve_job_get_key      (NerveJob *self);

#define NERVE_TYPE_JOBS (nerve_jobs_get_type ())
G_DECLARE_FINAL_TYPE (NerveJobs, nerve_jobs, NERVE, JOBS, GObject)

NerveJobs *nerve_jobs_new (void);

/**
 * nerve_jobs_request:
 *
 * The job for this key: a cached result (DONE at once), one that runs already, or a new one. The caller is
 * counted as interested until nerve_jobs_release(); a job nobody wants any more is cancelled. A more urgent
 * @priority than the job had moves it up.
 *
 * Returns: (transfer full)
 */
NerveJob *nerve_jobs_request (NerveJobs *self, NerveResultKind kind, NerveDataset *dataset, guint layer,
                              const NerveLayerParameters *parameters, NerveJobPriority priority);
/* Drops the interest and the reference that nerve_jobs_request() gave. */
void      nerve_jobs_release (NerveJobs *self, NerveJob *job);
/* Cancels, whoever is interested: they see CANCELLED. */
void      nerve_jobs_cancel  (NerveJobs *self, NerveJob *job);
guint     nerve_jobs_get_n_active (NerveJobs *self); /* queued or running */
/* Cancels all and waits for the workers (under 100 ms each). */
void      nerve_jobs_shutdown (NerveJobs *self);

G_END_DECLS
