#include "mapper/layout-helper.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/error.h"

#define PATIENCE_MS 20 /* between two questions to the progress */

/* A socket is its standard input and output: unlike a pipe it can be written to without a SIGPIPE
 * when the helper has died. */
struct _NerveLayoutHelper
{
  GSubprocess *process;
  int          socket;
};

/* One question and as much of the answer as has come. */
typedef struct
{
  GString *request;
  gsize    sent;
  GString *answer;
  gsize    n_lines; /* in the answer */
  gint64   deadline;
} Exchange;

static gboolean
set_errno_error (const char *what, GError **error)
{
  g_set_error (error, NERVE_ERROR, NERVE_ERROR_HELPER, "%s: %s", what, g_strerror (errno));
  return FALSE;
}

NerveLayoutHelper *
nerve_layout_helper_new (const char *program, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (NerveLayoutHelper) self = NULL;
  g_autoptr (GError) local_error = NULL;
  int ends[2];
  int output;

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0)
    {
      set_errno_error ("can't talk to the layout helper", error);
      return NULL;
    }

  self = g_new0 (NerveLayoutHelper, 1);
  self->socket = ends[0];
  output = fcntl (ends[1], F_DUPFD_CLOEXEC, 3);
  g_subprocess_launcher_take_stdin_fd (launcher, ends[1]);
  if (output < 0 || fcntl (self->socket, F_SETFL, O_NONBLOCK) < 0)
    {
      set_errno_error ("can't talk to the layout helper", error);
      return NULL;
    }
  g_subprocess_launcher_take_stdout_fd (launcher, output);

  self->process = g_subprocess_launcher_spawn (launcher, &local_error, program, NULL);
  if (self->process == NULL)
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_HELPER, "can't start the layout helper: %s", local_error->message);
      return NULL;
    }

  return g_steal_pointer (&self);
}

void
nerve_layout_helper_free (NerveLayoutHelper *self)
{
  if (self->process != NULL)
    g_subprocess_force_exit (self->process);
  g_clear_object (&self->process);
  close (self->socket);
  g_free (self);
}

static void
exchange_init (Exchange *self, guint n_nodes, const NerveSpring *springs, guint n_springs)
{
  char length[G_ASCII_DTOSTR_BUF_SIZE];

  self->request = g_string_new (NULL);
  self->sent = 0;
  self->answer = g_string_new (NULL);
  self->n_lines = 0;
  self->deadline = g_get_monotonic_time () + 60 * G_USEC_PER_SEC + n_nodes * (G_USEC_PER_SEC / 50);

  g_string_append_printf (self->request, "graph %u %u\n", n_nodes, n_springs);
  for (guint i = 0; i < n_springs; i++)
    g_string_append_printf (self->request, "%u %u %s\n", springs[i].source, springs[i].target,
                            g_ascii_formatd (length, sizeof length, "%.9g", springs[i].length));
}

static void
exchange_clear (Exchange *self)
{
  g_string_free (self->request, TRUE);
  g_string_free (self->answer, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Exchange, exchange_clear)

static gboolean
send_some (NerveLayoutHelper *self, Exchange *exchange, GError **error)
{
  gssize n = send (self->socket, exchange->request->str + exchange->sent, exchange->request->len - exchange->sent,
                   MSG_NOSIGNAL);

  if (n < 0 && errno != EAGAIN && errno != EINTR)
    return set_errno_error ("the layout helper does not listen", error);
  exchange->sent += MAX (n, 0);

  return TRUE;
}

static gboolean
receive_some (NerveLayoutHelper *self, Exchange *exchange, GError **error)
{
  char buffer[16384];
  gssize n = recv (self->socket, buffer, sizeof buffer, 0);

  if (n == 0)
    {
      g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_HELPER, "the layout helper died");
      return FALSE;
    }
  if (n < 0)
    return errno == EAGAIN || errno == EINTR || set_errno_error ("the layout helper does not answer", error);

  g_string_append_len (exchange->answer, buffer, n);
  for (gssize i = 0; i < n; i++)
    exchange->n_lines += buffer[i] == '\n';

  return TRUE;
}

static gboolean
check_patience (const Exchange *exchange, const NerveProgress *progress, GError **error)
{
  if (!nerve_progress_check (progress, error))
    return FALSE;
  if (g_get_monotonic_time () < exchange->deadline)
    return TRUE;

  g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_HELPER, "the layout helper takes too long");
  return FALSE;
}

static gboolean
is_refusal (const Exchange *exchange)
{
  return exchange->n_lines > 0 && !g_str_has_prefix (exchange->answer->str, "places ");
}

/* Until @n_lines of answer have come, or something that is no answer. */
static gboolean
converse (NerveLayoutHelper *self, Exchange *exchange, gsize n_lines, const NerveProgress *progress, GError **error)
{
  while (exchange->n_lines < n_lines && !is_refusal (exchange))
    {
      GPollFD poll = { self->socket, G_IO_IN, 0 };

      if (!check_patience (exchange, progress, error))
        return FALSE;
      if (exchange->sent < exchange->request->len)
        poll.events |= G_IO_OUT;
      g_poll (&poll, 1, PATIENCE_MS);

      if ((poll.revents & G_IO_OUT) != 0 && !send_some (self, exchange, error))
        return FALSE;
      if ((poll.revents & (G_IO_IN | G_IO_HUP | G_IO_ERR)) != 0 && !receive_some (self, exchange, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
parse_place (const char *line, NervePlace *place)
{
  char *middle;
  char *end;

  place->x = g_ascii_strtod (line, &middle);
  if (middle == line)
    return FALSE;
  place->y = g_ascii_strtod (middle, &end);

  return end != middle && *end == '\0' && isfinite (place->x) && isfinite (place->y);
}

static gboolean
parse_answer (const char *answer, guint n_nodes, NervePlace *places)
{
  g_auto (GStrv) lines = g_strsplit (answer, "\n", -1);
  g_autofree char *head = g_strdup_printf ("places %u", n_nodes);

  /* The last line ends, too. */
  if (g_strv_length (lines) != n_nodes + 2 || !g_str_equal (lines[0], head) || *lines[n_nodes + 1] != '\0')
    return FALSE;
  for (guint i = 0; i < n_nodes; i++)
    if (!parse_place (lines[i + 1], &places[i]))
      return FALSE;

  return TRUE;
}

gboolean
nerve_layout_helper_ask (NerveLayoutHelper *self, guint n_nodes, const NerveSpring *springs, guint n_springs,
                         NervePlace *places, const NerveProgress *progress, GError **error)
{
  g_auto (Exchange) exchange;

  exchange_init (&exchange, n_nodes, springs, n_springs);
  if (!converse (self, &exchange, (gsize) n_nodes + 1, progress, error))
    return FALSE;
  if (parse_answer (exchange.answer->str, n_nodes, places))
    return TRUE;

  /* The first line is enough, and may be anything. */
  g_string_truncate (exchange.answer, MIN (strcspn (exchange.answer->str, "\n"), 60));
  if (g_str_has_prefix (exchange.answer->str, "error ") && g_utf8_validate (exchange.answer->str, -1, NULL))
    g_set_error (error, NERVE_ERROR, NERVE_ERROR_HELPER, "the layout helper says: %s",
                 exchange.answer->str + strlen ("error "));
  else
    g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_HELPER, "the layout helper gave no usable answer");

  return FALSE;
}
