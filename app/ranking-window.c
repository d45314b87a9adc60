#include "config.h"

#include "app/ranking-window.h"

#include <math.h>

#include <glib/gi18n.h>

#include "app/place.h"
#include "figures/export.h"
#include "figures/text.h"
#include "layers/accuracies.h"
#include "layers/decay-table.h"
#include "views/model-snapshot.h"

enum { COLUMN_RANK, COLUMN_MODEL, COLUMN_SCORE, COLUMN_ACCURACY, N_COLUMNS };

struct _NerveRankingWindow
{
  AdwWindow         parent_instance;
  NerveSession     *session;
  GPtrArray        *documents;  /* as the table lists them, in the order they were opened */
  NerveFigureModel *model;      /* a copy of a document's, with the ranking in it; NULL: nothing is open */
  NerveRanking     *ranking;
  guint             update_source;
  GtkDropDown      *score;
  GtkDropDown      *x;
  GtkGrid          *table;
  GtkLabel         *message;
  GtkLabel         *summary;
  NerveFigureView  *plot;
};

G_DEFINE_FINAL_TYPE (NerveRankingWindow, nerve_ranking_window, ADW_TYPE_WINDOW)

/* Scores */

static void
drop_betti (gpointer betti)
{
  if (betti != NULL)
    nerve_betti_layer_unref (betti);
}

/* A ready table is small; it is read once. */
static NerveDecayCurve *
curve_of_table (NerveDocument *document, GError **error)
{
  NerveDecayCurve *known = g_object_get_data (G_OBJECT (document), "nerve-decay-curve");
  g_autoptr (GPtrArray) curves = NULL;

  if (known == NULL)
    {
      curves = nerve_decay_curves_new (nerve_document_get_dataset (document), (const double[]) { .5 }, 1,
                                       NERVE_BETTI_HALF_OPEN, NULL, error);
      if (curves == NULL)
        return NULL;
      known = nerve_decay_curve_ref (curves->pdata[0]);
      g_object_set_data_full (G_OBJECT (document), "nerve-decay-curve", known,
                              (GDestroyNotify) nerve_decay_curve_unref);
    }

  return nerve_decay_curve_ref (known);
}

static NerveDecayCurve *
curve_of (NerveDocument *document, GError **error)
{
  const NerveFigureModel *model = nerve_document_get_model (document);
  g_autoptr (GPtrArray) betti = NULL;

  if (nerve_decay_is_table (model->dataset))
    return curve_of_table (document, error);

  betti = g_ptr_array_new_with_free_func (drop_betti);
  for (guint i = 0; i < model->n_layers; i++)
    g_ptr_array_add (betti, nerve_figure_model_betti (model, i));

  return nerve_decay_curve_new_for_layers (model->dataset, (NerveBettiLayer **) betti->pdata, 0, error);
}

static NerveRankingScore
chosen_score (NerveRankingWindow *self)
{
  return gtk_drop_down_get_selected (self->score);
}

static double
score_of (NerveRankingWindow *self, NerveDocument *document)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NerveDecayCurve) curve = NULL;

  /* Half a network has another score. */
  if (!nerve_document_is_settled (document))
    return NAN;
  curve = curve_of (document, &error);
  if (curve == NULL)
    return NAN;

  return nerve_ranking_score_of_omega (chosen_score (self), curve, NERVE_DECAY_ALL_DIMENSIONS,
                                       (NerveDecayX) gtk_drop_down_get_selected (self->x));
}

/* What was typed in, else what the file says. */
static double
accuracy_of (NerveDocument *document)
{
  double typed = nerve_document_get_accuracy (document);

  return isnan (typed) ? nerve_accuracies_of_dataset (nerve_document_get_dataset (document)) : typed;
}

/* The table */

static void
add_cell (NerveRankingWindow *self, guint column, guint row, const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), column == COLUMN_MODEL ? 0 : 1);
  gtk_label_set_ellipsize (GTK_LABEL (label), column == COLUMN_MODEL ? PANGO_ELLIPSIZE_MIDDLE : PANGO_ELLIPSIZE_NONE);
  gtk_widget_set_hexpand (label, column == COLUMN_MODEL);
  if (column == COLUMN_MODEL)
    gtk_widget_set_tooltip_text (label, text);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_grid_attach (self->table, label, column, row, 1, 1);
}

static void
on_accuracy_typed (GtkEntry *entry, NerveDocument *document)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (entry));
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  char *end;
  double value = *stripped != 0 ? g_strtod (stripped, &end) : NAN;
  gboolean good = *stripped == 0 || (*end == 0 && isfinite (value));

  if (good)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
      nerve_document_set_accuracy (document, value);
    }
  else
    gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID,
                               good ? GTK_ACCESSIBLE_INVALID_FALSE : GTK_ACCESSIBLE_INVALID_TRUE, -1);
}

static void
on_entry_left (GtkEventController *controller, NerveDocument *document)
{
  on_accuracy_typed (GTK_ENTRY (gtk_event_controller_get_widget (controller)), document);
}

static void
add_entry (NerveRankingWindow *self, guint row, NerveDocument *document, const char *model)
{
  GtkWidget *entry = gtk_entry_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  double accuracy = accuracy_of (document);
  g_autofree char *text = isnan (accuracy) ? g_strdup ("") : g_strdup_printf ("%.6g", accuracy);
  g_autofree char *name = g_strdup_printf (_("Accuracy of %s"), model);

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 7);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (entry), 7);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _("none"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (entry, "activate", G_CALLBACK (on_accuracy_typed), document, 0);
  g_signal_connect_object (focus, "leave", G_CALLBACK (on_entry_left), document, 0);
  gtk_widget_add_controller (entry, focus);
  g_object_set_data (G_OBJECT (entry), "nerve-document", document);
  gtk_grid_attach (self->table, entry, COLUMN_ACCURACY, row, 1, 1);
}

/* What is being typed in stays, though the table is made anew around it. */
static NerveDocument *
find_typing (NerveRankingWindow *self, char **text)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  GtkWidget *entry = focus != NULL ? gtk_widget_get_ancestor (focus, GTK_TYPE_ENTRY) : NULL;

  if (entry == NULL)
    return NULL;

  *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry)));
  return g_object_get_data (G_OBJECT (entry), "nerve-document");
}

static void
go_on_typing (NerveRankingWindow *self, NerveDocument *document, const char *text)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->table)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_ENTRY (child) && g_object_get_data (G_OBJECT (child), "nerve-document") == document)
      {
        gtk_editable_set_text (GTK_EDITABLE (child), text);
        gtk_widget_grab_focus (child);
        gtk_editable_set_position (GTK_EDITABLE (child), -1);
      }
}

static void
clear_table (NerveRankingWindow *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->table))) != NULL)
    gtk_grid_remove (self->table, child);
}

/* Of the ranking's @place-th model. Two files may bear one name: each is taken once. */
static NerveDocument *
find_document (NerveRankingWindow *self, const NerveRankedModel *model, GPtrArray *left)
{
  for (guint i = 0; i < left->len; i++)
    {
      NerveDocument *document = left->pdata[i];
      g_autofree char *name = nerve_decay_model_name (nerve_document_get_dataset (document));
      double score = score_of (self, document);

      if (g_str_equal (name, model->model) && (score == model->score || (isnan (score) && isnan (model->score))))
        {
          g_ptr_array_remove_index (left, i);
          return document;
        }
    }

  return NULL;
}

static void
fill_table (NerveRankingWindow *self)
{
  const NerveRankedModel *models = nerve_ranking_get_models (self->ranking);
  g_autoptr (GPtrArray) left = g_ptr_array_copy (self->documents, (GCopyFunc) (void (*) (void)) g_object_ref, NULL);

  clear_table (self);
  add_cell (self, COLUMN_RANK, 0, "", NULL);
  add_cell (self, COLUMN_MODEL, 0, _("Model"), "nerve-caption");
  add_cell (self, COLUMN_SCORE, 0, _("Score"), "nerve-caption");
  add_cell (self, COLUMN_ACCURACY, 0, _("Accuracy"), "nerve-caption");
  for (gsize i = 0; i < nerve_ranking_get_n (self->ranking); i++)
    {
      NerveDocument *document = find_document (self, &models[i], left);
      g_autofree char *rank = isnan (models[i].score) ? g_strdup ("–") : g_strdup_printf ("%zu", i + 1);
      g_autofree char *score = isnan (models[i].score) ? g_strdup (_("none")) : nerve_text_fixed (models[i].score, 4);

      add_cell (self, COLUMN_RANK, i + 1, rank, NULL);
      add_cell (self, COLUMN_MODEL, i + 1, models[i].model, NULL);
      add_cell (self, COLUMN_SCORE, i + 1, score, "numeric");
      if (document != NULL)
        add_entry (self, i + 1, document, models[i].model);
    }
}

/* Ranking */

static void
drop_model (NerveRankingWindow *self)
{
  nerve_figure_view_set_model (self->plot, NULL);
  g_clear_pointer (&self->model, nerve_model_snapshot_free);
  g_clear_pointer (&self->ranking, nerve_ranking_unref);
}

static void
rank (NerveRankingWindow *self)
{
  g_autofree NerveRankedModel *models = g_new0 (NerveRankedModel, self->documents->len + 1);

  for (guint i = 0; i < self->documents->len; i++)
    {
      NerveDocument *document = self->documents->pdata[i];

      models[i].model = nerve_decay_model_name (nerve_document_get_dataset (document));
      models[i].score = score_of (self, document);
      models[i].accuracy = accuracy_of (document);
    }
  self->ranking = nerve_ranking_new (chosen_score (self), models, self->documents->len);
  for (guint i = 0; i < self->documents->len; i++)
    g_free (models[i].model);
}

/* The plot needs a model of its own, which a document's lends its file and colours. */
static void
show_plot (NerveRankingWindow *self)
{
  NerveFigureModel copy = *nerve_document_get_model (self->documents->pdata[0]);

  copy.decay.ranking = self->ranking;
  self->model = nerve_model_snapshot_new (&copy);
  nerve_figure_view_set_model (self->plot, self->model);
}

static const char *
find_message (NerveRankingWindow *self)
{
  if (self->documents->len == 0)
    return _("No file is open. Open the activations of the networks to be ranked, or tables of their Betti numbers.");
  for (guint i = 0; i < self->documents->len; i++)
    if (!nerve_document_is_settled (self->documents->pdata[i]))
      return _("Some files are still being computed; their scores follow.");
  if (self->documents->len < 2)
    return _("Open more networks, to rank them.");
  if (nerve_ranking_get_n_compared (self->ranking) < 2)
    return _("Type in how well the networks do, to compare the order with it.");

  return NULL;
}

static gboolean
on_update (gpointer user_data)
{
  NerveRankingWindow *self = user_data;
  g_autofree char *text = NULL;
  NerveDocument *typing = find_typing (self, &text);
  const char *message;

  self->update_source = 0;
  drop_model (self);
  clear_table (self);
  if (self->documents->len > 0)
    {
      g_autofree char *summary = NULL;

      rank (self);
      show_plot (self);
      fill_table (self);
      summary = nerve_figure_view_get_kind (self->plot)->describe (self->model, 0);
      gtk_label_set_label (self->summary, summary);
    }
  else
    gtk_label_set_label (self->summary, "");
  if (typing != NULL)
    go_on_typing (self, typing, text);
  message = find_message (self);
  gtk_label_set_label (self->message, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), message != NULL);

  return G_SOURCE_REMOVE;
}

static void
queue_update (NerveRankingWindow *self)
{
  if (self->update_source == 0)
    self->update_source = g_idle_add (on_update, self);
}

/* What is open */

static void
on_document_changed (NerveRankingWindow *self, guint changes)
{
  if (changes & (NERVE_CHANGE_RESULTS | NERVE_CHANGE_JOBS | NERVE_CHANGE_DECAY))
    queue_update (self);
}

static void
forget_documents (NerveRankingWindow *self)
{
  for (guint i = 0; i < self->documents->len; i++)
    g_signal_handlers_disconnect_by_func (self->documents->pdata[i], on_document_changed, self);
  g_ptr_array_set_size (self->documents, 0);
}

static void
on_items_changed (NerveRankingWindow *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->session));

  drop_model (self);
  forget_documents (self);
  for (guint i = 0; i < n; i++)
    {
      NerveDocument *document = g_list_model_get_item (G_LIST_MODEL (self->session), i);

      g_ptr_array_add (self->documents, document);
      g_signal_connect_swapped (document, "changed", G_CALLBACK (on_document_changed), self);
    }
  queue_update (self);
}

static void
on_chosen (NerveRankingWindow *self)
{
  if (self->session != NULL)
    queue_update (self);
}

/* Export */

static gboolean
write_plot (const char *path, gpointer user_data, GError **error)
{
  NerveRankingWindow *self = user_data;
  NerveExportOptions options;
  guint layer = 0;

  nerve_export_options_init (&options);
  options.width = 72 * 3.25;

  return nerve_export_figure (nerve_figure_view_get_kind (self->plot), self->model, &layer, 1, &options, path, error);
}

static void
on_place_chosen (GtkNativeDialog *chooser, int response, NerveRankingWindow *self)
{
  g_autoptr (GFile) place = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  g_autoptr (GError) error = NULL;

  if (response == GTK_RESPONSE_ACCEPT && self->model != NULL && !nerve_place_write (place, write_plot, self, &error))
    {
      gtk_label_set_label (self->message, error->message);
      gtk_widget_set_visible (GTK_WIDGET (self->message), TRUE);
    }
  g_object_unref (chooser);
}

static void
on_export (NerveRankingWindow *self)
{
  GtkFileChooserNative *chooser =
    gtk_file_chooser_native_new (_("Export the Plot"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE, _("_Export"),
                                 _("_Cancel"));

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), "ranking.pdf");
  g_signal_connect_object (chooser, "response", G_CALLBACK (on_place_chosen), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/* The window */

static void
nerve_ranking_window_dispose (GObject *object)
{
  NerveRankingWindow *self = NERVE_RANKING_WINDOW (object);

  g_clear_handle_id (&self->update_source, g_source_remove);
  if (self->session != NULL)
    {
      g_signal_handlers_disconnect_by_func (self->session, on_items_changed, self);
      drop_model (self);
      forget_documents (self);
    }
  g_clear_object (&self->session);
  g_clear_pointer (&self->documents, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (object), NERVE_TYPE_RANKING_WINDOW);

  G_OBJECT_CLASS (nerve_ranking_window_parent_class)->dispose (object);
}

static void
nerve_ranking_window_class_init (NerveRankingWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nerve_ranking_window_dispose;
  g_type_ensure (NERVE_TYPE_FIGURE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/nerve/Nerve/ranking-window.ui");
  gtk_widget_class_bind_template_child (widget_class, NerveRankingWindow, score);
  gtk_widget_class_bind_template_child (widget_class, NerveRankingWindow, x);
  gtk_widget_class_bind_template_child (widget_class, NerveRankingWindow, table);
  gtk_widget_class_bind_template_child (widget_class, NerveRankingWindow, message);
  gtk_widget_class_bind_template_child (widget_class, NerveRankingWindow, summary);
  gtk_widget_class_bind_template_child (widget_class, NerveRankingWindow, plot);
  gtk_widget_class_bind_template_callback (widget_class, on_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_export);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
nerve_ranking_window_init (NerveRankingWindow *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  self->documents = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  /* Those of curves come first in the table, and are had from what the window has counted. */
  for (guint i = 0; nerve_ranking_score_info (i)->source == NERVE_RANKING_OF_CURVE; i++)
    gtk_string_list_append (names, _(nerve_ranking_score_info (i)->label));
  gtk_drop_down_set_model (self->score, G_LIST_MODEL (names));
}

NerveRankingWindow *
nerve_ranking_window_new (NerveSession *session, GtkWindow *parent)
{
  NerveRankingWindow *self;

  g_return_val_if_fail (NERVE_IS_SESSION (session), NULL);

  self = g_object_new (NERVE_TYPE_RANKING_WINDOW, "transient-for", parent, "destroy-with-parent", TRUE, NULL);
  self->session = g_object_ref (session);
  g_signal_connect_swapped (session, "items-changed", G_CALLBACK (on_items_changed), self);
  on_items_changed (self);

  return self;
}
