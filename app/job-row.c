#include "config.h"

#include "app/job-row.h"

#include <math.h>

#include <glib/gi18n.h>

struct _NerveJobRow
{
  GtkListBoxRow   parent_instance;
  GtkLabel       *name;
  GtkProgressBar *bar;
  GtkLabel       *state;
  GtkWidget      *cancel;
  NerveJob       *job;
};

enum { SIGNAL_CANCEL, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NerveJobRow, nerve_job_row, GTK_TYPE_LIST_BOX_ROW)

static void
on_cancel (NerveJobRow *self)
{
  g_signal_emit (self, signals[SIGNAL_CANCEL], 0);
}

static void
nerve_job_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), NERVE_TYPE_JOB_ROW);
  g_clear_object (&NERVE_JOB_ROW (object)->job);

  G_OBJECT_CLASS (nerve_job_row_parent_class)->dispose (object);
}

static void
nerve_job_row_class_init (NerveJobRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nerve_job_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/nerve/Nerve/job-row.ui");
  gtk_widget_class_bind_template_child (widget_class, NerveJobRow, name);
  gtk_widget_class_bind_template_child (widget_class, NerveJobRow, bar);
  gtk_widget_class_bind_template_child (widget_class, NerveJobRow, state);
  gtk_widget_class_bind_template_child (widget_class, NerveJobRow, cancel);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
  signals[SIGNAL_CANCEL] = g_signal_new ("cancel", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                         0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
nerve_job_row_init (NerveJobRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
nerve_job_row_new (NerveJob *job)
{
  NerveJobRow *self = g_object_new (NERVE_TYPE_JOB_ROW, NULL);
  const char *subject = nerve_job_get_subject (job);
  g_autofree char *name = NULL;
  g_autofree char *tip = NULL;

  self->job = g_object_ref (job);
  name = subject != NULL ? g_strdup_printf ("%s · %s", _(nerve_job_get_title (job)), subject)
                         : g_strdup (_(nerve_job_get_title (job)));
  /* Translators: what is being computed */
  tip = g_strdup_printf (_("Cancel %s"), name);
  gtk_label_set_label (self->name, name);
  gtk_widget_set_tooltip_text (self->cancel, tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->cancel), GTK_ACCESSIBLE_PROPERTY_LABEL, tip, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  nerve_job_row_update (self);

  return GTK_WIDGET (self);
}

NerveJob *
nerve_job_row_get_job (NerveJobRow *self)
{
  g_return_val_if_fail (NERVE_IS_JOB_ROW (self), NULL);
  return self->job;
}

/* No finer than one can tell. */
static char *
describe_time (double seconds)
{
  if (seconds < 55)
    return g_strdup_printf (_("%d s"), (int) (seconds < 10 ? ceil (seconds) : 5 * ceil (seconds / 5)));
  if (seconds < 55 * 60)
    return g_strdup_printf (_("%d min"), (int) ceil (seconds / 60));

  return g_strdup_printf (_("%d h"), (int) ceil (MIN (seconds, 1e9) / 3600));
}

void
nerve_job_row_update (NerveJobRow *self)
{
  double fraction, left;
  g_autofree char *text = NULL;

  g_return_if_fail (NERVE_IS_JOB_ROW (self));

  fraction = nerve_job_get_fraction (self->job);
  left = nerve_job_get_seconds_left (self->job);
  if (nerve_job_get_state (self->job) == NERVE_JOB_QUEUED)
    {
      text = g_strdup (_("Waiting"));
    }
  else if (left >= 0)
    {
      g_autofree char *time = describe_time (left);

      /* Translators: how much is done, how long it will take yet */
      text = g_strdup_printf (_("%d %% · %s left"), (int) (100 * fraction), time);
    }
  else
    {
      text = g_strdup_printf (_("%d %%"), (int) (100 * fraction));
    }
  gtk_label_set_label (self->state, text);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), nerve_job_get_state (self->job) != NERVE_JOB_QUEUED);
  gtk_progress_bar_set_fraction (self->bar, fraction);
}
