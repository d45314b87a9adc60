#include "config.h"

#include "app/export-dialog.h"

#include <glib/gi18n.h>

#include "app/place.h"
#include "figures/export.h"
#include "views/model-snapshot.h"

/* One thing that can leave the window. */
typedef struct
{
  const NerveFigureKind *figure;
  guint                  layer;
} Choice;

static const char *const formats[] = { "pdf", "svg", "png" };

static const struct { const char *name; double inches; } widths[] = {
  { N_("One column (3.25 in)"), 3.25 },
  { N_("Two columns (6.75 in)"), 6.75 },
  { N_("Page (7 in)"), 7 },
  { N_("Slide (10 in)"), 10 },
};

struct _NerveExportDialog
{
  AdwWindow      parent_instance;
  NerveDocument *document;
  GArray        *choices;
  AdwComboRow   *what;
  AdwComboRow   *format;
  AdwComboRow   *width;
  GtkWidget     *spinner;
  GtkWidget     *save;
};

typedef struct
{
  NerveFigureModel      *model;
  const NerveFigureKind *figure;
  guint                  layer;
  NerveExportOptions     options;
  char                  *metadata;
  GFile                 *place;
} Job;

enum { SIGNAL_DONE, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NerveExportDialog, nerve_export_dialog, ADW_TYPE_WINDOW)

static void
job_free (gpointer data)
{
  Job *job = data;

  nerve_model_snapshot_free (job->model);
  g_free (job->metadata);
  g_object_unref (job->place);
  g_free (job);
}

/* What can be chosen */

static void
add_choice (NerveExportDialog *self, GtkStringList *names, const char *figure, guint layer, const char *name)
{
  Choice choice = { nerve_figure_kind_find (figure), layer };

  if (choice.figure == NULL)
    return;

  g_array_append_val (self->choices, choice);
  if (name == NULL)
    gtk_string_list_append (names, _(choice.figure->title));
  else
    gtk_string_list_take (names, g_strdup_printf ("%s, %s", _(choice.figure->title), name));
}

static void
fill_choices (NerveExportDialog *self)
{
  static const char *const of_bars[] = { "diagram", "barcode", "betti", "landscape" };
  const NerveFigureModel *model = nerve_document_get_model (self->document);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  add_choice (self, names, "board", 0, NULL);
  for (guint i = 0; i < model->n_columns; i++)
    {
      const char *layer = nerve_dataset_get_layer (model->dataset, model->columns[i])->name;

      add_choice (self, names, "mapper", model->columns[i], layer);
      for (guint j = 0; j < G_N_ELEMENTS (of_bars); j++)
        add_choice (self, names, of_bars[j], model->columns[i], layer);
    }
  add_choice (self, names, "decay", 0, NULL);
  if (model->decay.heat != NULL)
    add_choice (self, names, "heat", 0, NULL);
  add_choice (self, names, "sublevel", model->current, nerve_dataset_get_layer (model->dataset, model->current)->name);
  add_choice (self, names, "purity", 0, NULL);
  adw_combo_row_set_model (self->what, G_LIST_MODEL (names));
}

static void
fill_widths (NerveExportDialog *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    gtk_string_list_append (names, _(widths[i].name));
  adw_combo_row_set_model (self->width, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->width, 2);
}

static const Choice *
chosen (NerveExportDialog *self)
{
  return &g_array_index (self->choices, Choice, adw_combo_row_get_selected (self->what));
}

/* A board belongs on a page, a pane in a column. */
static void
on_what_selected (NerveExportDialog *self)
{
  if (self->choices->len == 0 || adw_combo_row_get_selected (self->what) >= self->choices->len)
    return;

  adw_combo_row_set_selected (self->width, chosen (self)->figure->flags & NERVE_FIGURE_PER_LAYER ? 0 : 2);
}

/* "file=… fingerprint=… layer=… mapper(…)": everything that makes the figure again. */
static char *
describe_origin (NerveExportDialog *self, const Choice *choice)
{
  NerveDataset *dataset = nerve_document_get_dataset (self->document);
  const NerveLayerParameters *parameters;
  g_autofree char *name = g_path_get_basename (nerve_dataset_get_path (dataset));
  GString *text = g_string_new (NULL);
  const NerveParameterGroup *groups;
  guint n;

  g_string_append_printf (text, "nerve " NERVE_VERSION "; file=%s; fingerprint=%s", name,
                          nerve_dataset_get_fingerprint (dataset));
  if (!(choice->figure->flags & NERVE_FIGURE_PER_LAYER))
    return g_string_free (text, FALSE);

  g_string_append_printf (text, "; layer=%s", nerve_dataset_get_layer (dataset, choice->layer)->name);
  parameters = nerve_document_get_parameters (self->document, choice->layer);
  groups = nerve_parameter_groups (&n);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *key = nerve_parameters_key (groups[i].table, G_STRUCT_MEMBER_P (parameters, groups[i].offset));

      g_string_append_printf (text, "; %s(%s)", groups[i].table->name, key);
    }

  return g_string_free (text, FALSE);
}

/* Writing */

static gboolean
write_figure (const char *path, gpointer user_data, GError **error)
{
  Job *job = user_data;

  return nerve_export_figure (job->figure, job->model, &job->layer, 1, &job->options, path, error);
}

static void
export_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;

  if (nerve_place_write (job->place, write_figure, job, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  NerveExportDialog *self = NERVE_EXPORT_DIALOG (source);
  Job *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autofree char *name = nerve_place_name (job->place);
  g_autofree char *text = NULL;
  gboolean written = g_task_propagate_boolean (G_TASK (result), &error);

  text = written ? g_strdup_printf (_("Exported %s"), name)
                 : g_strdup_printf ("%s: %s", name, error->message);
  g_signal_emit (self, signals[SIGNAL_DONE], 0, text, written);
  gtk_window_close (GTK_WINDOW (self));
}

void
nerve_export_dialog_write (NerveExportDialog *self, GFile *place)
{
  g_autoptr (GTask) task = NULL;
  const Choice *choice;
  Job *job;

  g_return_if_fail (NERVE_IS_EXPORT_DIALOG (self));

  choice = chosen (self);
  job = g_new0 (Job, 1);
  job->model = nerve_model_snapshot_new (nerve_document_get_model (self->document));
  job->model->hover_layer = job->model->hover_node = -1;
  job->model->hover_bar = NERVE_BAR_MARK_NONE;
  job->figure = choice->figure;
  job->layer = choice->layer;
  job->place = g_object_ref (place);
  job->metadata = describe_origin (self, choice);
  nerve_export_options_init (&job->options);
  job->options.width = 72 * widths[adw_combo_row_get_selected (self->width)].inches;
  job->options.metadata = job->metadata;

  gtk_widget_set_sensitive (self->save, FALSE);
  gtk_widget_set_visible (self->spinner, TRUE);
  task = g_task_new (self, NULL, on_written, NULL);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, export_thread);
}

/* A name typed without a suffix gets the chosen one. */
static GFile *
with_suffix (NerveExportDialog *self, GFile *place)
{
  const char *format = formats[adw_combo_row_get_selected (self->format)];
  g_autofree char *suffix = g_strconcat (".", format, NULL);
  g_autofree char *name = g_file_get_basename (place);
  g_autofree char *whole = NULL;
  g_autoptr (GFile) folder = NULL;

  if (g_str_has_suffix (name, suffix))
    return g_object_ref (place);

  whole = g_strconcat (name, suffix, NULL);
  folder = g_file_get_parent (place);

  return folder != NULL ? g_file_get_child (folder, whole) : g_object_ref (place);
}

static void ask_where (NerveExportDialog *self, GFile *folder, const char *name);

static void
take_place (NerveExportDialog *self, GFile *chosen_place)
{
  g_autoptr (GFile) place = with_suffix (self, chosen_place);
  g_autofree char *path = g_file_get_path (place);

  /* The chooser asked about the name as it was typed: let it ask about this one. */
  if (!g_file_equal (place, chosen_place) && path != NULL && g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_autoptr (GFile) folder = g_file_get_parent (place);
      g_autofree char *name = g_file_get_basename (place);

      ask_where (self, folder, name);
    }
  else
    {
      nerve_export_dialog_write (self, place);
    }
}

static void
on_file_chosen (GtkNativeDialog *chooser, int response, NerveExportDialog *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) place = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));

      take_place (self, place);
    }
  g_object_unref (chooser);
}

static void
ask_where (NerveExportDialog *self, GFile *folder, const char *name)
{
  GtkFileChooserNative *chooser =
    gtk_file_chooser_native_new (_("Export Figure"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE,
                                 _("_Export"), _("_Cancel"));

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  if (folder != NULL)
    gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (chooser), folder, NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  g_signal_connect_object (chooser, "response", G_CALLBACK (on_file_chosen), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
on_save_clicked (NerveExportDialog *self)
{
  NerveDataset *dataset = nerve_document_get_dataset (self->document);
  const Choice *choice = chosen (self);
  const char *format = formats[adw_combo_row_get_selected (self->format)];
  gboolean of_layer = (choice->figure->flags & NERVE_FIGURE_PER_LAYER) != 0;
  g_autofree char *name = NULL;

  name = g_strdup_printf ("%s%s%s.%s", choice->figure->name, of_layer ? "-" : "",
                          of_layer ? nerve_dataset_get_layer (dataset, choice->layer)->name : "", format);
  g_strdelimit (name, "/", '-');
  ask_where (self, NULL, name);
}

/* The window */

static void
nerve_export_dialog_dispose (GObject *object)
{
  NerveExportDialog *self = NERVE_EXPORT_DIALOG (object);

  g_clear_object (&self->document);
  g_clear_pointer (&self->choices, g_array_unref);

  G_OBJECT_CLASS (nerve_export_dialog_parent_class)->dispose (object);
}

static void
nerve_export_dialog_class_init (NerveExportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nerve_export_dialog_dispose;

  signals[SIGNAL_DONE] = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/nerve/Nerve/export-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, NerveExportDialog, what);
  gtk_widget_class_bind_template_child (widget_class, NerveExportDialog, format);
  gtk_widget_class_bind_template_child (widget_class, NerveExportDialog, width);
  gtk_widget_class_bind_template_child (widget_class, NerveExportDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, NerveExportDialog, save);
  gtk_widget_class_bind_template_callback (widget_class, on_what_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_save_clicked);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
nerve_export_dialog_init (NerveExportDialog *self)
{
  self->choices = g_array_new (FALSE, FALSE, sizeof (Choice));
  gtk_widget_init_template (GTK_WIDGET (self));
}

NerveExportDialog *
nerve_export_dialog_new (NerveDocument *document, GtkWindow *parent)
{
  NerveExportDialog *self = g_object_new (NERVE_TYPE_EXPORT_DIALOG, "transient-for", parent, NULL);

  self->document = g_object_ref (document);
  fill_widths (self);
  fill_choices (self);

  return self;
}

void
nerve_export_dialog_select (NerveExportDialog *self, const char *figure, guint layer)
{
  g_return_if_fail (NERVE_IS_EXPORT_DIALOG (self));

  for (guint i = 0; i < self->choices->len; i++)
    {
      const Choice *choice = &g_array_index (self->choices, Choice, i);

      if (g_str_equal (choice->figure->name, figure) &&
          (choice->layer == layer || !(choice->figure->flags & NERVE_FIGURE_PER_LAYER)))
        adw_combo_row_set_selected (self->what, i);
    }
}
