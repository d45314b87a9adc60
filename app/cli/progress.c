#include "config.h"

#include "app/cli/progress.h"

#include <glib/gi18n.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

#include "app/cli/stopping.h"

#define WIDTH 32
#define FIRST_SHOWN (G_USEC_PER_SEC * 3 / 10)
#define INTERVAL (G_USEC_PER_SEC / 10)

struct _NerveProgressBar
{
  NerveProgress        progress;
  const char          *label;
  gboolean             is_shown;
  _Atomic (gint64)     next; /* when it is to be drawn */
  GMutex               lock;
  gboolean             is_drawn;
};

static void
draw (NerveProgressBar *self, double fraction)
{
  char bar[WIDTH + 1];
  guint filled = CLAMP (fraction, 0.0, 1.0) * WIDTH;

  for (guint i = 0; i < WIDTH; i++)
    bar[i] = i < filled ? '#' : '.';
  bar[WIDTH] = '\0';
  fprintf (stderr, "\r%s [%s] %3d %%", self->label, bar, (int) (CLAMP (fraction, 0.0, 1.0) * 100.0));
  fflush (stderr);
  self->is_drawn = TRUE;
}

/* From any thread, often. */
static gboolean
step (double fraction, gpointer user_data)
{
  NerveProgressBar *self = user_data;

  if (fraction >= 0.0 && self->is_shown)
    {
      gint64 now = g_get_monotonic_time ();

      if (now >= atomic_load (&self->next) && g_mutex_trylock (&self->lock))
        {
          atomic_store (&self->next, now + INTERVAL);
          draw (self, fraction);
          g_mutex_unlock (&self->lock);
        }
    }

  return !nerve_stopping_is_wanted ();
}

NerveProgressBar *
nerve_progress_bar_new (const char *label, gboolean is_quiet)
{
  NerveProgressBar *self = g_new0 (NerveProgressBar, 1);

  self->progress = (NerveProgress) { step, self, 0.0, 1.0 };
  self->label = label;
  self->is_shown = !is_quiet && isatty (STDERR_FILENO);
  self->next = g_get_monotonic_time () + FIRST_SHOWN;
  g_mutex_init (&self->lock);

  return self;
}

void
nerve_progress_bar_free (NerveProgressBar *self)
{
  nerve_progress_bar_hide (self);
  g_mutex_clear (&self->lock);
  g_free (self);
}

void
nerve_progress_bar_hide (NerveProgressBar *self)
{
  g_mutex_lock (&self->lock);
  if (self->is_drawn)
    fputs ("\r\033[K", stderr);
  self->is_drawn = FALSE;
  g_mutex_unlock (&self->lock);
}

const NerveProgress *
nerve_progress_bar_get (NerveProgressBar *self)
{
  return &self->progress;
}
