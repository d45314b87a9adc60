#include "config.h"

#include <locale.h>
#include <signal.h>

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <gtk/gtk.h>

#include "app/application.h"
#include "app/headless.h"
#include "app/heartbeat.h"
#include "app/paths.h"
#include "figures/text.h"
#include "views/figure-painter.h"

/* Without a display: each file is drawn, else the sample. */
static int
run_headless (int argc, char **argv)
{
  gboolean any = FALSE;
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  int status = 0;

  for (int i = 1; i < argc; i++)
    if (argv[i][0] == '-' && !g_str_equal (argv[i], "--empty") && !g_str_equal (argv[i], "--"))
      {
        g_printerr (_("nerve: unknown option %s\n"), argv[i]);
        return 2;
      }
  for (int i = 1; i < argc; i++)
    if (argv[i][0] != '-')
      {
        int outcome = nerve_headless_run (argv[i], taken);

        any = TRUE;
        status = MAX (status, outcome);
      }

  return any ? status : nerve_headless_run (NULL, taken);
}

/* Questions that need no display. */
static gboolean
is_question (int argc, char **argv)
{
  for (int i = 1; i < argc; i++)
    if (g_str_has_prefix (argv[i], "--help") || g_str_equal (argv[i], "-h") || g_str_equal (argv[i], "--version"))
      return TRUE;

  return FALSE;
}

/* Who asks politely gets a good end: windows remember their place, and nothing has to be restored. */
static gboolean
on_asked_to_end (gpointer application)
{
  g_action_group_activate_action (application, "quit", NULL);

  return G_SOURCE_CONTINUE;
}

int
main (int argc, char **argv)
{
  static const int polite[] = { SIGTERM, SIGINT, SIGHUP };
  g_autoptr (NerveApplication) application = NULL;
  int status;

  signal (SIGXFSZ, SIG_IGN); /* a file too large is an error as others are, no reason to die */
  nerve_heartbeat_start ();
  setlocale (LC_ALL, "");
  nerve_paths_init (argv[0]);
  bindtextdomain (GETTEXT_PACKAGE, nerve_paths_get_locale ());
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_application_name (_("Nerve"));

  if (!is_question (argc, argv) && !gtk_init_check ())
    return run_headless (argc, argv);
  nerve_text_use_locale ();

  application = nerve_application_new ();
  nerve_application_set_hurried (application, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (polite); i++)
    g_unix_signal_add (polite[i], on_asked_to_end, application);

  status = g_application_run (G_APPLICATION (application), argc, argv);
  nerve_figure_painter_shutdown ();

  return status;
}
