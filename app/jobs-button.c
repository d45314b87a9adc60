#include "config.h"

#include "app/jobs-button.h"

#include "app/job-row.h"
#include "views/progress-ring.h"
#include "views/template.h"

#define PERIOD_MS 250
#define PATIENCE 2 /* periods: what takes no longer is not worth a button */

struct _NerveJobsButton
{
  GtkWidget      parent_instance;
  GtkMenuButton *button;
  GtkPopover    *popover;
  GtkListBox    *list;
  GtkWidget     *ring;
  NerveJobs     *jobs;
  GListStore    *shown;   /* NerveJob, the rows of the open popover */
  guint          timer;
  guint          periods; /* since something runs */
  guint          most;    /* jobs at once since then */
};

G_DEFINE_FINAL_TYPE (NerveJobsButton, nerve_jobs_button, GTK_TYPE_WIDGET)

/* The rows: those that are there stay, so that no button moves away below the hand before its job is over. */
static void
update_rows (NerveJobsButton *self)
{
  g_autoptr (GPtrArray) jobs = self->jobs != NULL ? nerve_jobs_list (self->jobs) : g_ptr_array_new ();

  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->shown)); i-- > 0;)
    {
      g_autoptr (NerveJob) job = g_list_model_get_item (G_LIST_MODEL (self->shown), i);

      if (!g_ptr_array_remove (jobs, job))
        g_list_store_remove (self->shown, i);
    }
  for (guint i = 0; i < jobs->len; i++)
    g_list_store_append (self->shown, jobs->pdata[i]);
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    nerve_job_row_update (NERVE_JOB_ROW (row));
}

/* Of all jobs since something runs, those that are over, and of the others what is done. */
static double
fraction_done (NerveJobsButton *self)
{
  g_autoptr (GPtrArray) jobs = nerve_jobs_list (self->jobs);
  double done = self->most - jobs->len;

  for (guint i = 0; i < jobs->len; i++)
    done += nerve_job_get_fraction (jobs->pdata[i]);

  return self->most > 0 ? done / self->most : 0;
}

static void
rest (NerveJobsButton *self)
{
  self->periods = self->most = 0;
  gtk_popover_popdown (self->popover);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_list_store_remove_all (self->shown);
}

static gboolean
on_period (gpointer user_data)
{
  NerveJobsButton *self = user_data;
  guint n = nerve_jobs_get_n_active (self->jobs);

  if (n == 0)
    {
      self->timer = 0;
      rest (self);
      return G_SOURCE_REMOVE;
    }

  self->most = MAX (self->most, n);
  if (++self->periods >= PATIENCE)
    gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  nerve_progress_ring_set_fraction (NERVE_PROGRESS_RING (self->ring), fraction_done (self));
  if (gtk_widget_get_mapped (GTK_WIDGET (self->popover)))
    update_rows (self);

  return G_SOURCE_CONTINUE;
}

static void
on_jobs_changed (NerveJobsButton *self)
{
  if (self->timer == 0 && nerve_jobs_get_n_active (self->jobs) > 0)
    self->timer = g_timeout_add (PERIOD_MS, on_period, self);
}

static void
cancel (NerveJobRow *row, NerveJobsButton *self)
{
  if (self->jobs != NULL)
    nerve_jobs_cancel (self->jobs, nerve_job_row_get_job (row));
  update_rows (self);
}

static void
cancel_all (NerveJobsButton *self)
{
  g_autoptr (GPtrArray) jobs = self->jobs != NULL ? nerve_jobs_list (self->jobs) : g_ptr_array_new ();

  for (guint i = 0; i < jobs->len; i++)
    nerve_jobs_cancel (self->jobs, jobs->pdata[i]);
  update_rows (self);
}

static GtkWidget *
create_row (gpointer item, gpointer user_data)
{
  GtkWidget *row = nerve_job_row_new (item);

  g_signal_connect_object (row, "cancel", G_CALLBACK (cancel), user_data, 0);

  return row;
}

/* The widget */

static void
nerve_jobs_button_dispose (GObject *object)
{
  NerveJobsButton *self = NERVE_JOBS_BUTTON (object);

  if (self->list != NULL)
    nerve_jobs_button_set_jobs (self, NULL);
  g_clear_object (&self->shown);
  nerve_template_dispose (GTK_WIDGET (object), NERVE_TYPE_JOBS_BUTTON);

  G_OBJECT_CLASS (nerve_jobs_button_parent_class)->dispose (object);
}

static void
nerve_jobs_button_class_init (NerveJobsButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nerve_jobs_button_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/nerve/Nerve/jobs-button.ui");
  gtk_widget_class_bind_template_child (widget_class, NerveJobsButton, button);
  gtk_widget_class_bind_template_child (widget_class, NerveJobsButton, popover);
  gtk_widget_class_bind_template_child (widget_class, NerveJobsButton, list);
  gtk_widget_class_bind_template_callback (widget_class, update_rows);
  gtk_widget_class_bind_template_callback (widget_class, cancel_all);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
nerve_jobs_button_init (NerveJobsButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->shown = g_list_store_new (NERVE_TYPE_JOB);
  self->ring = nerve_progress_ring_new (16);
  gtk_menu_button_set_child (self->button, self->ring);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->shown), create_row, self, NULL);
}

void
nerve_jobs_button_set_jobs (NerveJobsButton *self, NerveJobs *jobs)
{
  g_return_if_fail (NERVE_IS_JOBS_BUTTON (self));

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->jobs != NULL)
    g_signal_handlers_disconnect_by_func (self->jobs, on_jobs_changed, self);
  g_set_object (&self->jobs, jobs);
  rest (self);
  if (jobs == NULL)
    return;
  g_signal_connect_object (jobs, "changed", G_CALLBACK (on_jobs_changed), self, G_CONNECT_SWAPPED);
  on_jobs_changed (self);
}
