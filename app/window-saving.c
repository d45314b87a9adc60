#include "config.h"

#include <glib/gi18n.h>

#include "app/export-dialog.h"
#include "app/place.h"
#include "app/selection-table.h"
#include "app/window-private.h"
#include "views/column.h"
#include "views/eta-controls.h"
#include "views/figure-view.h"

/* Which figure @focus, or the menu it is in, belongs to; FALSE: to none of its own. */
static gboolean
find_figure (GtkWidget *focus, const char **figure, guint *layer)
{
  GtkWidget *pane = gtk_widget_get_ancestor (focus, NERVE_TYPE_FIGURE_VIEW);
  GtkWidget *row = gtk_widget_get_ancestor (focus, NERVE_TYPE_ROW_PANE);

  *figure = "decay";
  *layer = 0;
  if (pane == NULL && row != NULL)
    pane = GTK_WIDGET (nerve_row_pane_get_figure (NERVE_ROW_PANE (row)));
  if (pane == NULL)
    return gtk_widget_get_ancestor (focus, NERVE_TYPE_ETA_CONTROLS) != NULL;

  *figure = nerve_figure_view_get_kind (NERVE_FIGURE_VIEW (pane))->name;
  *layer = nerve_figure_view_get_layer (NERVE_FIGURE_VIEW (pane));

  return TRUE;
}

/* What a view is of as a whole. */
static const char *
figure_of_view (NerveDocumentView *view)
{
  static const struct { const char *view, *figure; } figures[] = {
    { "classes", "parting" }, { "betti", "decay" }, { "compare", "distances" }, { "sweep", "sweep" },
  };
  g_autofree char *name = NULL;

  g_object_get (view, "view", &name, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    if (g_strcmp0 (name, figures[i].view) == 0)
      return figures[i].figure;

  return "board";
}

/* Of the pane that has the keyboard's focus, or whose menu has it, else of what the window shows. */
static void
export (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NerveWindow *self = NERVE_WINDOW (widget);
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));
  NerveDocument *document = nerve_document_view_get_document (self->view);
  NerveExportDialog *dialog;
  const char *figure;
  guint layer;

  if (document == NULL)
    return;

  if (focus == NULL || !find_figure (focus, &figure, &layer))
    {
      figure = figure_of_view (self->view);
      layer = nerve_document_get_model (document)->current;
    }
  else
    document = nerve_document_view_find_document (self->view, focus);
  dialog = nerve_export_dialog_new (document, GTK_WINDOW (self));
  nerve_export_dialog_select (dialog, figure, layer);
  g_signal_connect_object (dialog, "done", G_CALLBACK (nerve_window_saved), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

typedef struct
{
  NerveWindow *window;
  char        *name;
} Saving;

static void
on_selection_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Saving *saving = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gboolean written = nerve_selection_table_save_finish (result, &error);

  text = written ? g_strdup_printf (_("Saved %s"), saving->name)
                 : g_strdup_printf ("%s: %s", saving->name, error->message);
  nerve_window_saved (saving->window, text, written);
  g_object_unref (saving->window);
  g_free (saving->name);
  g_free (saving);
}

/* What is looked at must stay what it is. */
static gboolean
is_open_file (NerveDocument *document, GFile *place)
{
  g_autoptr (GFile) open = g_file_new_for_path (nerve_dataset_get_path (nerve_document_get_dataset (document)));

  return g_file_equal (open, place);
}

void
nerve_window_save_selection (NerveWindow *self, GFile *place)
{
  NerveDocument *document;
  Saving *saving;

  g_return_if_fail (NERVE_IS_WINDOW (self));
  g_return_if_fail (G_IS_FILE (place));

  document = nerve_document_view_get_document (self->view);
  if (document == NULL)
    return;
  if (is_open_file (document, place))
    {
      nerve_window_saved (self, _("This is the file that is open. Choose another name."), FALSE);
      return;
    }

  saving = g_new0 (Saving, 1);
  saving->window = g_object_ref (self);
  saving->name = nerve_place_name (place);
  nerve_selection_table_save_async (nerve_document_get_model (document), place, on_selection_saved, saving);
}

static void
on_selection_file_chosen (GtkNativeDialog *chooser, int response, NerveWindow *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) place = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));

      nerve_window_save_selection (self, place);
    }
  g_object_unref (chooser);
}

static void
save_selection (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (_("Save the Selected Images' Ids"), GTK_WINDOW (widget),
                                                               GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), "selection.csv");
  g_signal_connect_object (chooser, "response", G_CALLBACK (on_selection_file_chosen), widget, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

void
nerve_window_saving_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.export", NULL, export);
  gtk_widget_class_install_action (widget_class, "win.save-selection", NULL, save_selection);
}
