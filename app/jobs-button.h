/* The button in the header bar while something is computed: a ring that fills, and in its popover each job, how far it
 * is, how long it will take yet, and what cancels it. */
#pragma once

#include <gtk/gtk.h>

#include "app/jobs.h"

G_BEGIN_DECLS

#define NERVE_TYPE_JOBS_BUTTON (nerve_jobs_button_get_type ())
G_DECLARE_FINAL_TYPE (NerveJobsButton, nerve_jobs_button, NERVE, JOBS_BUTTON, GtkWidget)

/* NULL: none. */
void nerve_jobs_button_set_jobs (NerveJobsButton *self, NerveJobs *jobs);

G_END_DECLS
