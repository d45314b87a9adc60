#include "config.h"

#include "app/cli/invocation.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>

#include "app/cli/progress.h"
#include "app/cli/stopping.h"
#include "base/parallel.h"

#define STATUS_FAILED 1
#define STATUS_USAGE 2

/* Options that every command has. */
typedef struct
{
  int      threads;
  gboolean quiet;
  gboolean help;
  char    *output;
} CommonValues;

struct _NerveInvocation
{
  const NerveCommand *command;
  CommonValues        common;
  gpointer            values;
  NerveOptions       *options;
  char              **files;
  char               *blamed;
  NerveProgressBar   *bar;
};

static const NerveParameter common_parameters[] = {
  {
    .name = "threads", .label = N_("Threads"),
    .help = N_("How many threads work; the result does not depend on it; 0 for all cores"),
    .type = NERVE_PARAMETER_INT, .offset = G_STRUCT_OFFSET (CommonValues, threads),
    .initial = 0, .lower = 0, .upper = 1024,
  },
};

static const NerveParameterTable common_table = {
  .name = "common", .size = sizeof (CommonValues),
  .parameters = common_parameters, .n = G_N_ELEMENTS (common_parameters),
};

static void
declare (NerveInvocation *self)
{
  self->options = nerve_options_new ();
  nerve_options_add_heading (self->options, N_("Options"));
  self->command->declare (self->values, self->options);
  nerve_options_add_heading (self->options, N_("General"));
  nerve_options_add_string (self->options, "output", 'o', N_("FILE"), &self->common.output,
                            N_("Where the result goes instead of standard output; never half a file"));
  nerve_options_add_table (self->options, &common_table, &self->common);
  nerve_options_add_switch (self->options, "quiet", &self->common.quiet, N_("No progress bar"));
  nerve_options_add_switch (self->options, "help", &self->common.help, N_("Show this"));
}

static NerveInvocation *
invocation_new (const NerveCommand *command)
{
  NerveInvocation *self = g_new0 (NerveInvocation, 1);

  self->command = command;
  self->values = g_malloc0 (MAX (command->size, 1));
  declare (self);

  return self;
}

static void
invocation_free (NerveInvocation *self)
{
  self->command->clear (self->values);
  g_clear_pointer (&self->bar, nerve_progress_bar_free);
  nerve_options_free (self->options);
  g_strfreev (self->files);
  g_free (self->common.output);
  g_free (self->blamed);
  g_free (self->values);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveInvocation, invocation_free)

static void
print_help (NerveInvocation *self)
{
  g_autofree char *options = nerve_options_describe (self->options);

  printf ("%s nerve-cli %s [%s] %s\n\n%s\n%s", _("Usage:"), self->command->name, _("OPTIONS"), self->command->files,
          _(self->command->summary), options);
}

static gboolean
check_files (NerveInvocation *self, GError **error)
{
  guint n = g_strv_length (self->files);

  if (n < self->command->min_files)
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER, _("%s: a file is missing (nerve-cli %s [OPTIONS] %s)"),
                   self->command->name, self->command->name, self->command->files);
      return FALSE;
    }
  if (n > self->command->max_files)
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER,
                   _("%s: “%s” is one file too many (nerve-cli %s [OPTIONS] %s)"), self->command->name,
                   self->files[self->command->max_files], self->command->name, self->command->files);
      return FALSE;
    }

  return TRUE;
}

/* One line, whatever a file or a name holds. */
static void
print_line (const char *file, const char *kind, const char *message)
{
  g_autofree char *line = g_strconcat (file != NULL ? file : "", file != NULL ? ": " : "", kind, message, NULL);

  g_strdelimit (line, "\n\r", ' ');
  fprintf (stderr, "nerve-cli: %s\n", line);
}

static void
say_stopped (void)
{
  print_line (NULL, "", _("stopped"));
}

static int
report (NerveInvocation *self, const GError *error)
{
  if (self->bar != NULL)
    nerve_progress_bar_hide (self->bar);

  if (nerve_stopping_is_wanted ())
    {
      nerve_stopping_say (say_stopped);
      return NERVE_STOPPED_STATUS;
    }

  print_line (self->blamed, "", error->message);

  return g_error_matches (error, NERVE_ERROR, NERVE_ERROR_PARAMETER) ? STATUS_USAGE : STATUS_FAILED;
}

int
nerve_invocation_run (const NerveCommand *command, char **arguments)
{
  g_autoptr (NerveInvocation) self = invocation_new (command);
  g_autoptr (GError) error = NULL;

  self->files = nerve_options_parse (self->options, arguments, &error);
  if (self->files != NULL && self->common.help)
    {
      /* With the defaults, whatever else was given. */
      g_autoptr (NerveInvocation) untouched = invocation_new (command);

      print_help (untouched);
      return EXIT_SUCCESS;
    }
  if (self->files == NULL || !check_files (self, &error))
    return report (self, error);

  nerve_parallel_set_threads (self->common.threads);
  self->bar = nerve_progress_bar_new (command->name, self->common.quiet);
  if (!command->run (self->values, self, &error))
    return report (self, error);

  return EXIT_SUCCESS;
}

char **
nerve_invocation_get_files (NerveInvocation *self)
{
  return self->files;
}

const char *
nerve_invocation_get_output (NerveInvocation *self)
{
  return self->common.output;
}

NerveOptions *
nerve_invocation_get_options (NerveInvocation *self)
{
  return self->options;
}

const NerveProgress *
nerve_invocation_get_progress (NerveInvocation *self)
{
  return nerve_progress_bar_get (self->bar);
}

void
nerve_invocation_blame (NerveInvocation *self, const char *file)
{
  g_free (self->blamed);
  self->blamed = g_strdup (file);
}

static void
G_GNUC_PRINTF (3, 0)
remark (NerveInvocation *self, const char *kind, const char *format, va_list arguments)
{
  g_autofree char *message = g_strdup_vprintf (format, arguments);

  nerve_progress_bar_hide (self->bar);
  print_line (self->blamed, kind, message);
}

void
nerve_invocation_warn (NerveInvocation *self, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  remark (self, _("warning: "), format, arguments);
  va_end (arguments);
}

void
nerve_invocation_say (NerveInvocation *self, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  remark (self, "", format, arguments);
  va_end (arguments);
}

NerveDataset *
nerve_invocation_open_dataset (NerveInvocation *self, guint file, GError **error)
{
  nerve_invocation_blame (self, self->files[file]);

  return nerve_dataset_open_cancellable (self->files[file], nerve_invocation_get_progress (self), error);
}

static gboolean
is_standard_output (const char *path)
{
  return path == NULL || g_str_equal (path, "-");
}

static const char *
output_name (NerveInvocation *self, const char *path)
{
  if (path == NULL)
    path = self->common.output;
  if (is_standard_output (path))
    return _("standard output");

  return *path != '\0' ? path : NULL;
}

/* By device and inode, so that links are seen through; only ordinary files can be lost. */
static gboolean
is_same_file (const char *a, const char *b)
{
  GStatBuf one, other;

  return g_stat (a, &one) == 0 && g_stat (b, &other) == 0 && S_ISREG (one.st_mode) &&
         one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

gboolean
nerve_invocation_check_output (NerveInvocation *self, const char *path, GError **error)
{
  const char *target = path != NULL ? path : self->common.output;
  g_autofree char *one = NULL;
  g_autofree char *other = NULL;

  if (target != NULL && *target == '\0')
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER, _("the name of the file to write to is empty"));
      return FALSE;
    }
  if (path != NULL && is_standard_output (path) && is_standard_output (self->common.output))
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER, _("two results can't go into one file"));
      return FALSE;
    }
  if (is_standard_output (target))
    return TRUE;

  for (char **file = self->files; *file != NULL; file++)
    if (is_same_file (*file, target))
      {
        g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER, _("is read from, it can't be written to as well"));
        return FALSE;
      }

  if (path == NULL || is_standard_output (self->common.output))
    return TRUE;
  one = g_canonicalize_filename (path, NULL);
  other = g_canonicalize_filename (self->common.output, NULL);
  if (g_str_equal (one, other))
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER, _("two results can't go into one file"));
      return FALSE;
    }

  return TRUE;
}

NerveOutput *
nerve_invocation_open_output (NerveInvocation *self, const char *path, GError **error)
{
  NerveOutput *output = NULL;

  if (nerve_invocation_check_output (self, path, error))
    output = nerve_output_open (path != NULL ? path : self->common.output, error);
  if (output == NULL)
    nerve_invocation_blame (self, output_name (self, path));

  return output;
}

gboolean
nerve_invocation_commit (NerveInvocation *self, NerveOutput *output, const char *path, GError **error)
{
  /* Whoever stopped wants nothing to appear. */
  if (nerve_stopping_is_wanted ())
    {
      nerve_output_abort (output);
      return nerve_progress_set_cancelled (error);
    }

  nerve_progress_bar_hide (self->bar);
  if (nerve_output_commit (output, error))
    return TRUE;

  nerve_invocation_blame (self, output_name (self, path));
  return FALSE;
}

static gboolean
set_which_layer (NerveDataset *dataset, GError **error)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < nerve_dataset_get_n_layers (dataset); i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", nerve_dataset_get_layer (dataset, i)->name);
  g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER, _("which layer? --layer NAME, one of %s"), names->str);
  g_string_free (names, TRUE);

  return FALSE;
}

gboolean
nerve_invocation_find_layer (NerveInvocation *self, NerveDataset *dataset, const char *name, guint *layer,
                             GError **error)
{
  if (name != NULL)
    return nerve_dataset_find_layer (dataset, name, layer, error);

  *layer = 0;
  return nerve_dataset_get_n_layers (dataset) == 1 || set_which_layer (dataset, error);
}
