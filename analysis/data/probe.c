#define _GNU_SOURCE

#include "data/probe.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"

#define PATIENCE_MS 20 /* between two questions to the progress */
#define SLOWEST 5      /* times the processor time, by the clock: others may be using the processor */
#define LONGEST_ANSWER 65536
#define FINE "fine\n"

/* One run of the helper. */
typedef struct
{
  pid_t    process;
  int      output;
  GString *answer;
  int      status;
  gint64   deadline; /* monotonic, µs: a process may wait for ever without using its processor time up */
  gboolean late;
} Probe;

static const char *program;

void
nerve_probe_set_program (const char *path)
{
  g_atomic_pointer_set (&program, (gpointer) g_intern_string (path));
}

char *
nerve_probe_describe_absence (void)
{
  const char *path = g_atomic_pointer_get (&program);

  if (path == NULL)
    return NULL;
  return g_strdup_printf ("The file was opened without being tried in a process of its own first: %s can't be started.",
                          path);
}

guint
nerve_probe_get_seconds (guint64 size)
{
  return 1 + MIN (size / (20 << 20), 3600);
}

guint64
nerve_probe_get_memory (guint64 size)
{
  return (G_GUINT64_CONSTANT (512) << 20) + MIN (size, G_GUINT64_CONSTANT (1) << 40) * 2;
}

char *
nerve_probe_format_answer (const GError *error)
{
  return error == NULL ? g_strdup (FINE) : g_strdup_printf ("error %d %s\n", error->code, error->message);
}

/* The answer comes on its standard output; all else that is open here stays closed there. A group of its own: Ctrl-C
 * is for us, who then end it. */
static int
spawn_into (const char *path, const char *file, int output, pid_t *process)
{
  char *const words[] = { (char *) path, (char *) file, NULL };
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  sigset_t none;
  int code;

  sigemptyset (&none);
  posix_spawnattr_init (&attributes);
  posix_spawnattr_setflags (&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK);
  posix_spawnattr_setsigmask (&attributes, &none);
  posix_spawn_file_actions_init (&actions);
  posix_spawn_file_actions_addopen (&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2 (&actions, output, STDOUT_FILENO);
  posix_spawn_file_actions_addopen (&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addclosefrom_np (&actions, 3);
  code = posix_spawn (process, path, &actions, &attributes, words, environ);
  posix_spawn_file_actions_destroy (&actions);
  posix_spawnattr_destroy (&attributes);
  return code;
}

static gboolean
probe_start (Probe *self, const char *file)
{
  const char *path = g_atomic_pointer_get (&program);
  int ends[2];
  int code;

  if (path == NULL || pipe2 (ends, O_CLOEXEC) < 0)
    return FALSE;
  code = spawn_into (path, file, ends[1], &self->process);
  close (ends[1]);
  if (code != 0)
    {
      close (ends[0]);
      return FALSE;
    }
  self->output = ends[0];
  self->answer = g_string_new (NULL);
  return TRUE;
}

/* And whatever it may have started. */
static void
end_group (Probe *self)
{
  kill (-self->process, SIGKILL);
}

/* FALSE at the end of the answer. */
static gboolean
receive_some (Probe *self)
{
  char buffer[4096];
  gssize n = read (self->output, buffer, sizeof buffer);

  if (n < 0)
    return errno == EINTR;
  g_string_append_len (self->answer, buffer, n);
  if (self->answer->len <= LONGEST_ANSWER)
    return n > 0;
  end_group (self);
  return FALSE;
}

static gboolean
listen_to (Probe *self, const NerveProgress *progress, GError **error)
{
  gboolean more = TRUE;

  while (more)
    {
      GPollFD poll = { self->output, G_IO_IN, 0 };

      if (!nerve_progress_check (progress, error))
        return FALSE;
      self->late = g_get_monotonic_time () > self->deadline;
      if (self->late)
        {
          end_group (self);
          return TRUE;
        }
      if (g_poll (&poll, 1, PATIENCE_MS) > 0)
        more = receive_some (self);
    }
  return TRUE;
}

/* Whatever it is doing. Its status stays 0 if somebody else has collected it. */
static void
probe_end (Probe *self, gboolean kill_it)
{
  if (kill_it)
    end_group (self);
  while (waitpid (self->process, &self->status, 0) < 0 && errno == EINTR)
    ;
  close (self->output);
}

/* An answer counts only if the helper came to its end with it: closing the file can crash, too. */
static gboolean
judge (const Probe *self, guint64 size, GError **error)
{
  const char *answer = self->answer->str;
  char *rest = NULL;
  guint code;

  if (self->late || (WIFSIGNALED (self->status) && WTERMSIG (self->status) == SIGXCPU))
    g_set_error (error, NERVE_ERROR, NERVE_ERROR_FORMAT,
                 "it is damaged: the HDF5 library comes to no end with it in %u s",
                 nerve_probe_get_seconds (size) * (self->late ? SLOWEST : 1));
  else if (self->status == 0 && g_str_equal (answer, FINE))
    return TRUE;
  else if (self->status == 0 && g_str_has_prefix (answer, "error ") && g_str_has_suffix (answer, "\n"))
    {
      code = g_ascii_strtoull (answer + strlen ("error "), &rest, 10);
      g_set_error (error, NERVE_ERROR, code, "%.*s", (int) strcspn (rest + 1, "\n"), rest + 1);
    }
  else
    g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_FORMAT, "it is damaged: the HDF5 library crashes on it");
  return FALSE;
}

NerveProbeVerdict
nerve_probe_run (NerveFile *file, const NerveProgress *progress, GError **error)
{
  Probe probe = { 0 };
  gboolean fine;

  probe.deadline = g_get_monotonic_time () + (gint64) nerve_probe_get_seconds (file->size) * SLOWEST * G_USEC_PER_SEC;
  if (!probe_start (&probe, file->path))
    return NERVE_PROBE_UNTRIED;
  fine = listen_to (&probe, progress, error);
  probe_end (&probe, !fine);
  fine = fine && judge (&probe, file->size, error);
  g_string_free (probe.answer, TRUE);
  return fine ? NERVE_PROBE_FINE : NERVE_PROBE_REFUSED;
}
