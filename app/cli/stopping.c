#include "config.h"

#include "app/cli/stopping.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <time.h>
#include <unistd.h>

#include "base/output.h"

#define PATIENCE_MS 20 /* on a busy machine this, and the end of the process, take several times as long */

/* Lock-free: safe in a handler, whichever thread runs it, and in the threads that ask. */
static atomic_bool wanted;
static timer_t timer;
static gboolean has_timer;
static atomic_bool said;

/* Both handlers do nothing but what is safe in one. */
static void
give_up (int number)
{
  static const char words[] = "nerve-cli: stopped\n";
  static const char wipe[] = "\r\033[K";

  nerve_output_abort_all ();
  if (said)
    _exit (NERVE_STOPPED_STATUS);
  if (isatty (STDERR_FILENO) && write (STDERR_FILENO, wipe, sizeof wipe - 1) < 0)
    _exit (NERVE_STOPPED_STATUS);
  if (write (STDERR_FILENO, words, sizeof words - 1) < 0)
    _exit (NERVE_STOPPED_STATUS);
  _exit (NERVE_STOPPED_STATUS);
}

static void
start_timer (void)
{
  const struct itimerspec patience = { .it_value.tv_nsec = PATIENCE_MS * 1000000 };

  timer_settime (timer, 0, &patience, NULL);
}

static void
ask_to_stop (int number)
{
  int code = errno;

  /* A second one means it. */
  if (wanted || !has_timer)
    give_up (number);
  wanted = TRUE;
  start_timer ();
  errno = code;
}

static void
handle_alarm (void (*handler) (int))
{
  struct sigaction action = { .sa_handler = handler };

  sigfillset (&action.sa_mask);
  sigaction (SIGALRM, &action, NULL);
}

void
nerve_stopping_init (void)
{
  const int signals[] = { SIGINT, SIGTERM, SIGHUP };
  struct sigevent event = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGALRM };
  struct sigaction action = { .sa_handler = ask_to_stop, .sa_flags = SA_RESTART };

  sigfillset (&action.sa_mask);
  handle_alarm (give_up);
  has_timer = timer_create (CLOCK_MONOTONIC, &event, &timer) == 0;

  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    {
      struct sigaction old;

      /* nohup and "&" of some shells: what is ignored stays so. */
      if (sigaction (signals[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
        sigaction (signals[i], &action, NULL);
    }

  /* A reader that goes away is a failed write, reported like any other. */
  signal (SIGPIPE, SIG_IGN);
}

/* The timer must not fall between the words and the note that they were said. */
void
nerve_stopping_say (void (*say) (void))
{
  handle_alarm (SIG_IGN);
  say ();
  said = TRUE;
  handle_alarm (give_up);
  if (has_timer)
    start_timer ();
}

gboolean
nerve_stopping_is_wanted (void)
{
  return wanted;
}
