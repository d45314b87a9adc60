/* Turns "this result for these parameters" into a cached, cancellable computation. */
#pragma once

#include "app/bar-images.h"
#include "app/disk-cache.h"
#include "app/job.h"
#include "app/network-results.h"
#include "app/study.h"

G_BEGIN_DECLS

/* Signal "changed": jobs have come or gone. */
#define NERVE_TYPE_JOBS (nerve_jobs_get_type ())
G_DECLARE_FINAL_TYPE (NerveJobs, nerve_jobs, NERVE, JOBS, GObject)

NerveJobs *nerve_jobs_new (void); /* keeps 1 GiB of results */
NerveJobs *nerve_jobs_new_with_cache (gsize limit); /* bytes; the latest result stays in any case */

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
/* The same for a result of the whole network; keeps a reference on @input. */
NerveJob *nerve_jobs_request_network (NerveJobs *self, NerveNetworkKind kind, NerveNetworkInput *input,
                                      NerveJobPriority priority);
/* The same for the images of a bar; somebody waits for them. */
NerveJob *nerve_jobs_request_bar (NerveJobs *self, NerveDataset *dataset, guint layer,
                                  const NerveLayerParameters *parameters, const NerveBarChoice *choice);
/* The same for several networks side by side; keeps a reference on @input. */
NerveJob *nerve_jobs_request_study (NerveJobs *self, NerveStudyInput *input);
/* Drops the interest and the reference that nerve_jobs_request() gave. */
void      nerve_jobs_release (NerveJobs *self, NerveJob *job);
/* Cancels, whoever is interested: they see CANCELLED. */
void      nerve_jobs_cancel  (NerveJobs *self, NerveJob *job);
guint     nerve_jobs_get_n_active (NerveJobs *self); /* queued or running */
/* Those (NerveJob), the running ones first, then as they were asked for; (transfer full) */
GPtrArray *nerve_jobs_list (NerveJobs *self);
void      nerve_jobs_set_cache_limit (NerveJobs *self, gsize limit); /* bytes */
/* Before anything is asked for: where results are found again that another run of the program came to. */
void      nerve_jobs_set_disk_cache (NerveJobs *self, NerveDiskCache *cache);
/* NULL: there is none. */
NerveDiskCache *nerve_jobs_get_disk_cache (NerveJobs *self);
/* Cancels all and waits for the workers (under 100 ms each). */
void      nerve_jobs_shutdown (NerveJobs *self);

G_END_DECLS
