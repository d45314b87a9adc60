#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/cli/invocation.h"
#include "app/cli/stopping.h"
#include "app/paths.h"
#include "data/names.h"

#define STATUS_USAGE 2

static void
print_help (void)
{
  printf ("%s nerve-cli %s\n\n%s\n\n%s:\n", _("Usage:"), _("COMMAND [OPTIONS] FILE…"),
          _("The topology of a neural network's activations."), _("Commands"));
  for (const NerveCommand * const *command = nerve_commands; *command != NULL; command++)
    printf ("  %-12s %s\n", (*command)->name, _((*command)->summary));
  printf ("\n%s\n", _("nerve-cli COMMAND --help shows the options of a command."));
}

static const NerveCommand *
find_command (const char *name)
{
  for (const NerveCommand * const *command = nerve_commands; *command != NULL; command++)
    if (g_str_equal ((*command)->name, name))
      return *command;

  return NULL;
}

static int
complain (const char *name)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *near = NULL;
  g_autofree char *message = NULL;

  for (const NerveCommand * const *command = nerve_commands; *command != NULL; command++)
    g_ptr_array_add (names, (gpointer) (*command)->name);
  near = nerve_names_near (name, (const char * const *) names->pdata, names->len);
  if (near != NULL)
    message = g_strdup_printf (_("no command “%s”; did you mean %s?"), name, near);
  else
    message = g_strdup_printf (_("no command “%s”; nerve-cli --help lists them"), name);
  fprintf (stderr, "nerve-cli: %s\n", message);

  return STATUS_USAGE;
}

/* A file opened while one of them is closed would get its number, and with it what is meant for the terminal. What
 * can't be written to then is as closed as before. */
static void
hold_standard_streams (void)
{
  for (int fd = 0; fd <= 2; fd++)
    if (fcntl (fd, F_GETFD) == -1 && open ("/dev/null", fd == STDOUT_FILENO ? O_RDONLY : O_RDWR) != fd)
      abort ();
}

/* What printf () had to say has arrived. */
static int
finish (int status)
{
  if (fflush (stdout) == 0 && !ferror (stdout))
    return status;

  fprintf (stderr, "nerve-cli: %s: %s\n", _("standard output"), g_strerror (errno));
  return EXIT_FAILURE;
}

int
main (int argc, char *argv[])
{
  const NerveCommand *command;

  hold_standard_streams ();
  signal (SIGXFSZ, SIG_IGN); /* a file too large is an error as others are, no reason to die */
  nerve_paths_init (argv[0]);
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, nerve_paths_get_locale ());
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  nerve_stopping_init ();

  if (argc < 2)
    {
      fprintf (stderr, "nerve-cli: %s\n", _("a command is missing; nerve-cli --help lists them"));
      return STATUS_USAGE;
    }
  if (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h") || g_str_equal (argv[1], "help"))
    {
      print_help ();
      return finish (EXIT_SUCCESS);
    }
  if (g_str_equal (argv[1], "--version"))
    {
      printf ("nerve-cli %s\n", NERVE_VERSION);
      return finish (EXIT_SUCCESS);
    }

  command = find_command (argv[1]);
  if (command == NULL)
    return complain (argv[1]);

  return finish (nerve_invocation_run (command, argv + 2));
}
