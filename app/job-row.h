/* One job: of what, how far, how long yet, and a button that cancels it. */
#pragma once

#include <gtk/gtk.h>

#include "app/job.h"

G_BEGIN_DECLS

/* Signal "cancel" (NerveJobRow *, gpointer): its button was pressed. */
#define NERVE_TYPE_JOB_ROW (nerve_job_row_get_type ())
G_DECLARE_FINAL_TYPE (NerveJobRow, nerve_job_row, NERVE, JOB_ROW, GtkListBoxRow)

GtkWidget *nerve_job_row_new     (NerveJob *job);
NerveJob  *nerve_job_row_get_job (NerveJobRow *self);
/* To where the job is now. */
void       nerve_job_row_update  (NerveJobRow *self);

G_END_DECLS
