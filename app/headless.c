#include "config.h"

#include "app/headless.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "app/paths.h"
#include "app/session.h"
#include "figures/export.h"

typedef struct
{
  GMainLoop     *loop;
  NerveDocument *document;
  GError        *error;
} Run;

/* What is drawn: a figure, its format, and whether it is drawn for each column or once. */
static const struct
{
  const char *kind;
  const char *suffix;
  gboolean    dark;
} pages[] = {
  { "board", "pdf", FALSE },
  { "board", "svg", FALSE },
  { "board", "png", FALSE },
  { "board", "png", TRUE },
  { "mapper", "pdf", FALSE },
  { "diagram", "pdf", FALSE },
  { "decay", "pdf", FALSE },
  { "purity", "pdf", FALSE },
};

static void
on_changed (NerveDocument *document, guint changes, gpointer user_data)
{
  Run *run = user_data;

  if (nerve_document_is_settled (document))
    g_main_loop_quit (run->loop);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Run *run = user_data;

  run->document = nerve_session_open_finish (NERVE_SESSION (source), result, &run->error);
  if (run->document == NULL || nerve_document_is_settled (run->document))
    g_main_loop_quit (run->loop);
  else
    g_signal_connect (run->document, "changed", G_CALLBACK (on_changed), run);
}

/* "nerve-NAME", or "nerve-NAME-2" and so on: of another file in this run, which may stand elsewhere or end
 * differently. */
static char *
name_folder (const char *path, GHashTable *taken)
{
  g_autofree char *base = g_path_get_basename (path);
  char *dot = strrchr (base, '.');
  char *name;

  if (dot != NULL && dot != base)
    *dot = '\0';
  name = g_strdup_printf ("nerve-%s", base);
  for (guint number = 2; !g_hash_table_add (taken, g_strdup (name)); number++)
    {
      g_free (name);
      name = g_strdup_printf ("nerve-%s-%u", base, number);
    }

  return name;
}

static char *
make_folder (const char *path, GHashTable *taken, GError **error)
{
  g_autofree char *name = name_folder (path, taken);
  g_autofree char *temporary = NULL;

  if (g_mkdir_with_parents (name, 0777) == 0 && g_access (name, W_OK) == 0)
    return g_canonicalize_filename (name, NULL);

  temporary = g_build_filename (g_get_tmp_dir (), name, NULL);
  if (g_mkdir_with_parents (temporary, 0777) == 0 && g_access (temporary, W_OK) == 0)
    return g_steal_pointer (&temporary);

  g_set_error (error, NERVE_ERROR, NERVE_ERROR_WRITE, _("%s: can't make this folder"), temporary);

  return NULL;
}

/* What the window would say in its banners. */
static void
print_failures (NerveDocument *document)
{
  NerveDataset *dataset = nerve_document_get_dataset (document);

  for (guint layer = 0; layer < nerve_dataset_get_n_layers (dataset); layer++)
    for (guint kind = 0; kind < NERVE_N_RESULTS; kind++)
      {
        NerveJob *job = nerve_document_get_job (document, layer, kind);

        if (job != NULL && nerve_job_get_error (job) != NULL)
          g_printerr ("nerve: %s: %s\n", nerve_dataset_get_path (dataset), nerve_job_get_error (job)->message);
      }
}

static gboolean
draw_page (NerveDocument *document, const char *folder, const char *kind_name, const char *suffix, gboolean dark,
           GError **error)
{
  const NerveFigureModel *model = nerve_document_get_model (document);
  const NerveFigureKind *kind = nerve_figure_kind_find (kind_name);
  NerveExportOptions options;
  gboolean per_layer = (kind->flags & NERVE_FIGURE_PER_LAYER) != 0;

  nerve_export_options_init (&options);
  options.dark = dark;
  options.margin = TRUE;
  for (guint i = 0; i < (per_layer ? model->n_columns : 1); i++)
    {
      const char *layer = nerve_dataset_get_layer (model->dataset, model->columns[i])->name;
      g_autofree char *name = per_layer ? g_strdup_printf ("%s-%u-%s.%s", kind_name, model->columns[i], layer, suffix)
                                        : g_strdup_printf ("%s%s.%s", kind_name, dark ? "-dark" : "", suffix);
      g_autofree char *path = NULL;

      g_strdelimit (name, G_DIR_SEPARATOR_S, '-');
      path = g_build_filename (folder, name, NULL);
      if (per_layer)
        options.width = 234;
      if (!nerve_export_figure (kind, model, per_layer ? &model->columns[i] : model->columns,
                                per_layer ? 1 : model->n_columns, &options, path, error))
        {
          g_prefix_error (error, "%s: ", path);
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
draw_pages (NerveDocument *document, const char *path, GHashTable *taken, GError **error)
{
  g_autofree char *folder = make_folder (path, taken, error);

  if (folder == NULL)
    return FALSE;

  print_failures (document);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    if (!draw_page (document, folder, pages[i].kind, pages[i].suffix, pages[i].dark, error))
      return FALSE;

  g_print (_("No display: the session was drawn into %s\n"), folder);

  return TRUE;
}

int
nerve_headless_run (const char *path, GHashTable *taken)
{
  g_autoptr (NerveSession) session = nerve_session_new ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GFile) file = NULL;
  Run run = { loop, NULL, NULL };
  int status = 0;

  if (path == NULL)
    path = nerve_paths_get_sample ();
  if (path == NULL)
    {
      g_printerr ("nerve: %s\n", _("no file was given and there is no sample"));
      return 2;
    }

  file = g_file_new_for_commandline_arg (path);
  nerve_session_open_async (session, file, NULL, on_opened, &run);
  g_main_loop_run (loop);

  if (run.document != NULL)
    {
      g_signal_handlers_disconnect_by_data (run.document, &run);
      draw_pages (run.document, path, taken, &run.error);
    }
  if (run.error != NULL)
    {
      g_printerr ("nerve: %s\n", run.error->message);
      g_clear_error (&run.error);
      status = 1;
    }

  return status;
}
