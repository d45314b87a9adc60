/* One computation of one result: how far it is, and what came of it. */
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
const GError    *nerve_job_get_error    (NerveJob *self);
gpointer         nerve_job_get_result   (NerveJob *self); /* borrowed; NULL until DONE */
/* What is computed (N_()), and of what: a layer, a file; NULL: of all. */
const char      *nerve_job_get_title    (NerveJob *self);
const char      *nerve_job_get_subject  (NerveJob *self);
/* At the pace so far; -1: nobody can tell yet. */
double           nerve_job_get_seconds_left (NerveJob *self);

G_END_DECLS
