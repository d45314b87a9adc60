#include "config.h"

#include "app/export-dialog.h"

#include <glib/gi18n.h>

#include "app/class-glyphs.h"
#include "app/export-choices.h"
#include "app/export-format.h"
#include "app/export-page.h"
#include "app/export-picture.h"
#include "app/export-place.h"
#include "app/export-preview.h"
#include "app/figure-content.h"
#include "app/place.h"
#include "app/settings.h"
#include "figures/page.h"
#include "views/choice-list.h"
#include "views/model-snapshot.h"

/* After a change, before it is drawn again. */
#define REST 60
#define COPY_DPI 300.

struct _NerveExportDialog
{
  AdwWindow      parent_instance;
  NerveDocument *document; /* NULL: of several networks */
  NerveFigureModel *model; /* of these */
  NerveStudyOrigin *origin;
  GSettings     *settings; /* NULL: closed */
  GArray        *choices;
  AdwComboRow   *what;
  AdwComboRow   *format;
  NerveExportPageGroup *page;
  AdwActionRow  *command;
  NerveExportPreview *preview;
  GtkWidget     *spinner;
  GtkWidget     *save;
  guint          draw_source;
  gboolean       filled;
  char          *font;    /* that the classes' names were looked for in */
  char          *glyphs;  /* what to say of them then; NULL: nothing */
};

typedef struct
{
  NerveExportJob *job;
  GFile          *place;
} Job;

enum { SIGNAL_DONE, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NerveExportDialog, nerve_export_dialog, ADW_TYPE_WINDOW)

static void
job_free (gpointer data)
{
  Job *job = data;

  nerve_export_job_free (job->job);
  g_clear_object (&job->place);
  g_free (job);
}

/* What can be chosen */

static void
take_choices (NerveExportDialog *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  self->choices = self->document != NULL ? nerve_export_choices_of_document (self->document, names)
                                         : nerve_export_choices_of_study (names);
  adw_combo_row_set_model (self->what, G_LIST_MODEL (names));
}

static void
fill_formats (NerveExportDialog *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint n;
  const NerveExportFormat *formats = nerve_export_formats (&n);

  for (guint i = 0; i < n; i++)
    gtk_string_list_append (names, _(formats[i].title));
  adw_combo_row_set_model (self->format, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->format, nerve_settings_get_int (self->settings, "export-format", 0));
}

static const NerveExportChoice *
chosen (NerveExportDialog *self)
{
  return &g_array_index (self->choices, NerveExportChoice, adw_combo_row_get_selected (self->what));
}

static const char *
chosen_suffix (NerveExportDialog *self)
{
  guint n;
  const NerveExportFormat *formats = nerve_export_formats (&n);

  return formats[MIN (adw_combo_row_get_selected (self->format), n - 1)].suffix;
}

static guint
count_panels (NerveExportDialog *self)
{
  const NerveExportChoice *choice = chosen (self);
  gboolean of_one = (choice->figure->flags & NERVE_FIGURE_PER_LAYER) && choice->layer != NERVE_EXPORT_COLUMNS;

  return of_one || self->document == NULL ? 1 : nerve_document_get_model (self->document)->n_columns;
}

static NerveExportJob *
make_job (NerveExportDialog *self, GError **error)
{
  const NerveExportChoice *choice = chosen (self);
  const NerveExportPage page = nerve_export_page_group_get (self->page);

  if (self->document == NULL)
    return nerve_export_job_new_of_study (self->model, self->origin, choice->figure, &page, error);

  return nerve_export_job_new (self->document, choice, &page, error);
}

/* The preview */

static void
show_state (NerveExportDialog *self, const char *text, gboolean possible)
{
  nerve_export_preview_say (self->preview, text);
  gtk_widget_set_sensitive (self->save, possible);
}

/* What to say if there is no such font here; (nullable). */
static char *
missing_font (NerveExportDialog *self)
{
  const char *font = nerve_export_page_group_get (self->page).font;
  g_autofree char *missing = NULL;

  if (*font == '\0' || !nerve_style_check_font (font, &missing, NULL) || missing == NULL)
    return NULL;

  return g_strdup_printf (_("There is no font “%s” here; another one stands in"), missing);
}

/* Looked for once a font: there may be thousands of classes. (nullable), borrowed. */
static const char *
missing_glyphs (NerveExportDialog *self)
{
  const char *font = nerve_export_page_group_get (self->page).font;

  if (self->document == NULL || g_strcmp0 (self->font, font) == 0)
    return self->glyphs;

  g_free (self->font);
  g_free (self->glyphs);
  self->font = g_strdup (font);
  self->glyphs = nerve_class_glyphs_warn (nerve_document_get_dataset (self->document), *font != '\0' ? font : NULL);

  return self->glyphs;
}

static void
draw_preview (NerveExportDialog *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *missing = NULL;
  NerveExportJob *job;

  if (!self->filled || self->choices->len == 0)
    return;
  job = make_job (self, &error);
  if (job == NULL)
    {
      nerve_export_preview_fail (self->preview, error->message);
      gtk_widget_set_sensitive (self->save, FALSE);
      return;
    }
  missing = missing_font (self);
  nerve_export_preview_draw (self->preview, job, missing != NULL ? missing : missing_glyphs (self));
}

static void
on_drawn (NerveExportDialog *self, gboolean possible)
{
  gtk_widget_set_sensitive (self->save, possible && !gtk_widget_get_visible (self->spinner));
}

static gboolean
on_rest (gpointer data)
{
  NerveExportDialog *self = data;

  self->draw_source = 0;
  draw_preview (self);

  return G_SOURCE_REMOVE;
}

static void
on_choice_changed (NerveExportDialog *self)
{
  if (!self->filled)
    return;
  nerve_settings_set_int (self->settings, "export-format", (int) adw_combo_row_get_selected (self->format));
  g_clear_handle_id (&self->draw_source, g_source_remove);
  self->draw_source = g_timeout_add (REST, on_rest, self);
}

static void
on_what_selected (NerveExportDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->what);

  if (selected >= self->choices->len)
    return;

  nerve_export_page_group_set_kind (self->page, chosen (self)->figure,
                                    nerve_page_parts (chosen (self)->figure, count_panels (self)));
  on_choice_changed (self);
}

/* Copying */

static char *
make_name (NerveExportDialog *self)
{
  const NerveExportChoice *choice = chosen (self);
  gboolean of_layer = (choice->figure->flags & NERVE_FIGURE_PER_LAYER) != 0 && choice->layer != NERVE_EXPORT_COLUMNS;
  const char *layer =
    of_layer ? nerve_dataset_get_layer (nerve_document_get_dataset (self->document), choice->layer)->name : "";
  char *name = g_strdup_printf ("%s%s%s.%s", choice->figure->name, of_layer ? "-" : "", layer, chosen_suffix (self));

  return g_strdelimit (name, "/", '-');
}

static void
copy_text (NerveExportDialog *self, const char *text, const char *said)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  nerve_export_preview_say (self->preview, said);
}

static void
on_copy_command (NerveExportDialog *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *command = nerve_export_dialog_command (self, &error);

  if (command != NULL)
    {
      copy_text (self, command, _("The command was copied"));
    }
  else
    {
      g_autofree char *text = g_strdup_printf (_("No command makes this figure: %s"), error->message);

      nerve_export_preview_say (self->preview, text);
    }
}

static void
on_copy_caption (NerveExportDialog *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NerveExportJob) job = make_job (self, &error);
  g_autofree char *caption = NULL;

  if (job == NULL)
    {
      nerve_export_preview_say (self->preview, error->message);
      return;
    }
  caption = nerve_export_job_caption (job);
  copy_text (self, caption, _("The caption was copied"));
}

static void
on_picture_painted (gpointer owner, GdkTexture *texture, const GError *error)
{
  NerveExportDialog *self = owner;

  if (!self->filled)
    return;
  if (texture != NULL)
    gdk_clipboard_set_texture (gtk_widget_get_clipboard (GTK_WIDGET (self)), texture);
  nerve_export_preview_say (self->preview, texture != NULL ? _("The picture was copied") : error->message);
}

static void
on_copy_picture (NerveExportDialog *self)
{
  g_autoptr (GError) error = NULL;
  NerveExportJob *job = make_job (self, &error);

  if (job != NULL)
    nerve_export_picture_async (job, COPY_DPI, self, on_picture_painted);
  else
    show_state (self, error->message, FALSE);
}

static GdkContentProvider *
on_drag_prepare (NerveExportDialog *self)
{
  NerveExportJob *job = make_job (self, NULL);
  g_autofree char *name = make_name (self);

  if (job == NULL)
    return NULL;
  *strrchr (name, '.') = '\0';

  return nerve_figure_content_new (job, name);
}

/* Writing */

static void
export_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;

  if (nerve_place_write (job->place, nerve_export_job_write, job->job, &error))
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
  gtk_widget_set_visible (self->spinner, FALSE);
  show_state (self, text, TRUE);
  g_signal_emit (self, signals[SIGNAL_DONE], 0, text, written);
  /* Who could not write chooses another place, not everything again. */
  if (written)
    gtk_window_close (GTK_WINDOW (self));
}

void
nerve_export_dialog_write (NerveExportDialog *self, GFile *place)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;
  NerveExportJob *made;
  Job *job;

  g_return_if_fail (NERVE_IS_EXPORT_DIALOG (self));

  made = make_job (self, &error);
  if (made == NULL)
    {
      show_state (self, error->message, FALSE);
      return;
    }
  job = g_new0 (Job, 1);
  job->job = made;
  job->place = g_object_ref (place);
  gtk_widget_set_sensitive (self->save, FALSE);
  gtk_widget_set_visible (self->spinner, TRUE);
  task = g_task_new (self, NULL, on_written, NULL);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, export_thread);
}

/* A suffix that was typed chooses the format. */
static void
take_place (GtkWindow *window, GFile *place)
{
  NerveExportDialog *self = NERVE_EXPORT_DIALOG (window);
  g_autofree char *name = g_file_get_basename (place);
  int format = nerve_export_format_find (name);

  if (format >= 0)
    adw_combo_row_set_selected (self->format, format);
  nerve_export_dialog_write (self, place);
}

static void
on_save_clicked (NerveExportDialog *self)
{
  g_autofree char *name = make_name (self);
  const char *near = self->document != NULL ? nerve_dataset_get_path (nerve_document_get_dataset (self->document))
                                            : NULL;

  nerve_export_place_ask (GTK_WINDOW (self), near, name, take_place);
}

/* The window */

static void
nerve_export_dialog_dispose (GObject *object)
{
  NerveExportDialog *self = NERVE_EXPORT_DIALOG (object);

  self->filled = FALSE;
  g_clear_handle_id (&self->draw_source, g_source_remove);
  g_clear_object (&self->document);
  g_clear_pointer (&self->model, nerve_model_snapshot_free);
  g_clear_pointer (&self->origin, nerve_study_origin_unref);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->choices, g_array_unref);
  g_clear_pointer (&self->font, g_free);
  g_clear_pointer (&self->glyphs, g_free);

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
  gtk_widget_class_bind_template_child (widget_class, NerveExportDialog, page);
  gtk_widget_class_bind_template_child (widget_class, NerveExportDialog, command);
  gtk_widget_class_bind_template_child (widget_class, NerveExportDialog, preview);
  gtk_widget_class_bind_template_child (widget_class, NerveExportDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, NerveExportDialog, save);
  gtk_widget_class_bind_template_callback (widget_class, on_what_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_choice_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_drawn);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_command);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_caption);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_picture);
  gtk_widget_class_bind_template_callback (widget_class, on_drag_prepare);
  gtk_widget_class_bind_template_callback (widget_class, on_save_clicked);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
nerve_export_dialog_init (NerveExportDialog *self)
{
  g_type_ensure (NERVE_TYPE_EXPORT_PAGE_GROUP);
  g_type_ensure (NERVE_TYPE_EXPORT_PREVIEW);
  gtk_widget_init_template (GTK_WIDGET (self));
  nerve_choice_list_install (GTK_WIDGET (self->what));
}

static void
fill (NerveExportDialog *self)
{
  self->settings = nerve_settings_new ();
  fill_formats (self);
  take_choices (self);
  self->filled = TRUE;
  on_what_selected (self);
  gtk_window_set_focus (GTK_WINDOW (self), self->save);
}

NerveExportDialog *
nerve_export_dialog_new (NerveDocument *document, GtkWindow *parent)
{
  NerveExportDialog *self = g_object_new (NERVE_TYPE_EXPORT_DIALOG, "transient-for", parent, NULL);

  self->document = g_object_ref (document);
  fill (self);

  return self;
}

NerveExportDialog *
nerve_export_dialog_new_of_study (const NerveFigureModel *model, NerveStudyOrigin *origin, GtkWindow *parent)
{
  NerveExportDialog *self = g_object_new (NERVE_TYPE_EXPORT_DIALOG, "transient-for", parent, NULL);

  self->model = nerve_model_snapshot_new (model);
  self->origin = nerve_study_origin_ref (origin);
  fill (self);

  return self;
}

char *
nerve_export_dialog_command (NerveExportDialog *self, GError **error)
{
  g_autofree char *name = NULL;
  g_autoptr (NerveExportJob) job = NULL;

  g_return_val_if_fail (NERVE_IS_EXPORT_DIALOG (self), NULL);

  name = make_name (self);
  job = make_job (self, error);

  return job != NULL ? nerve_export_job_command (job, name, error) : NULL;
}

void
nerve_export_dialog_select (NerveExportDialog *self, const char *figure, guint layer)
{
  g_return_if_fail (NERVE_IS_EXPORT_DIALOG (self));

  for (guint i = 0; i < self->choices->len; i++)
    {
      const NerveExportChoice *choice = &g_array_index (self->choices, NerveExportChoice, i);

      if (g_str_equal (choice->figure->name, figure) &&
          (choice->layer == layer || !(choice->figure->flags & NERVE_FIGURE_PER_LAYER)))
        adw_combo_row_set_selected (self->what, i);
    }
}
