#include "config.h"

#include "app/ranking-window.h"

#include <math.h>

#include <glib/gi18n.h>

#include "figures/study-texts.h"
#include "layers/accuracies.h"
#include "layers/decay-table.h"
#include "views/model-snapshot.h"

/* A figure and what it says in words. */
typedef struct
{
  NerveFigureView *view;
  GtkLabel        *summary;
} Pane;

enum { PANE_PLOT, PANE_RANKS, PANE_MODELS, PANE_SUBSAMPLES, N_PANES };

struct _NerveRankingWindow
{
  AdwWindow          parent_instance;
  NerveStudyRun     *run;
  NerveFigureModel  *model;   /* a copy of a document's, with the study in it; NULL: nothing is open */
  NerveRanking      *ranking;
  char              *said;    /* what went wrong, or was done, last */
  Pane               panes[N_PANES];
  GtkStack          *pages;
  GtkDropDown       *score;
  GtkDropDown       *x;
  GtkDropDown       *depth;
  GtkGrid           *distances;
  GtkLabel          *message;
  GtkLabel          *caution; /* numbers that stand in for others */
  NerveRankingTable *table;
  NerveFigureView   *plot;
  NerveFigureView   *ranks;
  NerveFigureView   *models;
  NerveFigureView   *subsamples;
  GtkLabel          *summary;
  GtkLabel          *ranks_summary;
  GtkLabel          *models_summary;
  GtkLabel          *subsamples_summary;
};

G_DEFINE_FINAL_TYPE (NerveRankingWindow, nerve_ranking_window, ADW_TYPE_WINDOW)

static NerveRankingScore
get_score (NerveRankingWindow *self)
{
  return gtk_drop_down_get_selected (self->score);
}

static NerveDecayX
get_x (NerveRankingWindow *self)
{
  return gtk_drop_down_get_selected (self->x);
}

static NerveDepth
get_depth (NerveRankingWindow *self)
{
  return gtk_drop_down_get_selected (self->depth);
}

/* What is shown */

static void
drop_model (NerveRankingWindow *self)
{
  for (guint i = 0; i < N_PANES; i++)
    nerve_figure_view_set_model (self->panes[i].view, NULL);
  g_clear_pointer (&self->model, nerve_model_snapshot_free);
  g_clear_pointer (&self->ranking, nerve_ranking_unref);
}

/* The figures need a model of their own, which a document's lends its file and colours. */
static void
make_model (NerveRankingWindow *self)
{
  NerveFigureModel copy = *nerve_document_get_model (nerve_study_run_get_document (self->run, 0));
  NerveFigureModel *fresh;

  copy.decay.ranking = self->ranking;
  copy.decay.study = nerve_study_run_get_study (self->run);
  copy.decay.score = get_score (self);
  copy.decay.depth = get_depth (self);
  fresh = nerve_model_snapshot_new (&copy);
  if (self->model == NULL)
    {
      self->model = fresh;
      return;
    }
  /* In the same place: the views go on showing their pictures until there are newer ones. */
  copy = *self->model;
  *self->model = *fresh;
  *fresh = copy;
  nerve_model_snapshot_free (fresh);
}

static gboolean
is_on_page (NerveRankingWindow *self, const char *name)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->pages), name) == 0;
}

static char *
find_message (NerveRankingWindow *self)
{
  const GError *error = nerve_study_run_get_error (self->run);

  if (self->said != NULL)
    return g_strdup (self->said);
  if (nerve_study_run_get_n (self->run) == 0)
    return g_strdup (_("No file is open. Open the activations of the networks to be ranked, or tables of their Betti "
                       "numbers."));
  if (error != NULL)
    return g_strdup_printf (_("The networks can't be compared: %s"), error->message);
  if (nerve_study_run_is_waiting (self->run))
    return g_strdup (_("Some files are still being counted; their scores follow."));
  if (nerve_study_run_get_fraction (self->run) >= 0)
    return g_strdup_printf (_("Comparing the networks… %.0f %%"), 100 * nerve_study_run_get_fraction (self->run));
  if (nerve_study_run_get_n (self->run) < 2)
    return g_strdup (_("Open more networks, to rank them."));
  if (self->ranking != NULL && nerve_ranking_get_n_compared (self->ranking) < 2 && is_on_page (self, "ranking"))
    return g_strdup (_("Type in how well the networks do, or read it from a file, to compare the order with it."));

  return NULL;
}

static void
show_message (NerveRankingWindow *self)
{
  g_autofree char *message = find_message (self);

  gtk_label_set_label (self->message, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), message != NULL);
}

static void
show_progress (NerveRankingWindow *self)
{
  double fraction = nerve_study_run_get_fraction (self->run);

  for (guint i = PANE_RANKS; i < N_PANES; i++)
    nerve_figure_view_set_progress (self->panes[i].view, fraction, fraction >= 0 && self->model != NULL);
  show_message (self);
}

static void
show_panes (NerveRankingWindow *self)
{
  for (guint i = 0; i < N_PANES; i++)
    {
      Pane *pane = &self->panes[i];
      gboolean with_study = i != PANE_PLOT;
      g_autofree char *text = NULL;

      nerve_figure_view_set_model (pane->view, self->model);
      if (self->model != NULL)
        nerve_figure_view_update (pane->view);
      if (self->model != NULL && (!with_study || self->model->decay.study != NULL))
        text = nerve_figure_view_get_kind (pane->view)->describe (self->model, 0);
      gtk_label_set_label (pane->summary, text != NULL ? text : "");
    }
}

static void
add_cell (GtkGrid *grid, guint column, guint row, const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_focusable (label, FALSE);
  gtk_grid_attach (grid, label, column, row, 1, 1);
}

static void
fill_distances (NerveRankingWindow *self)
{
  NerveModelStudy *study = nerve_study_run_get_study (self->run);
  guint n = study != NULL ? nerve_model_study_get_n (study) : 0, row = 0;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->distances))) != NULL)
    gtk_grid_remove (self->distances, child);
  for (guint a = 0; a < n; a++)
    for (guint b = a + 1; b < n; b++, row++)
      {
        g_autofree char *pair = g_strdup_printf ("%s – %s", nerve_model_study_get_name (study, a),
                                                 nerve_model_study_get_name (study, b));
        g_autofree char *distance =
          nerve_study_distance (nerve_model_study_get_distance (study, get_depth (self), a, b));

        add_cell (self->distances, 0, row, pair);
        add_cell (self->distances, 1, row, distance);
      }
}

/* Networks whose curve is not of tensors, and of what instead: a line for each. */
static void
show_caution (NerveRankingWindow *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < nerve_study_run_get_n (self->run); i++)
    {
      NerveDataset *dataset = nerve_document_get_dataset (nerve_study_run_get_document (self->run, i));
      g_autofree char *name = nerve_decay_model_name (dataset);
      NerveDecaySource source = NERVE_DECAY_OF_TABLE;
      g_autoptr (GArray) layers = nerve_decay_is_table (dataset) ? NULL : nerve_decay_choose_layers (dataset, &source);
      const char *warning = nerve_decay_source_warning (source);

      if (warning != NULL)
        g_string_append_printf (text, "%s%s: %s", text->len > 0 ? "\n" : "", name, _(warning));
    }
  gtk_label_set_label (self->caution, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->caution), text->len > 0);
}

static void
update (NerveRankingWindow *self)
{
  g_clear_pointer (&self->ranking, nerve_ranking_unref);
  if (nerve_study_run_get_n (self->run) == 0)
    drop_model (self);
  else
    {
      self->ranking = nerve_study_run_rank (self->run, get_score (self), get_x (self), NULL);
      make_model (self);
    }
  nerve_ranking_table_fill (self->table, self->run, get_score (self), get_x (self));
  show_panes (self);
  fill_distances (self);
  show_caution (self);
  show_progress (self);
}

static void
on_changed (NerveRankingWindow *self)
{
  update (self);
}

static void
on_progress (NerveRankingWindow *self)
{
  show_progress (self);
}

static void
on_chosen (NerveRankingWindow *self)
{
  if (self->run == NULL)
    return;

  g_clear_pointer (&self->said, g_free);
  if (get_score (self) == NERVE_RANKING_TAU)
    nerve_study_run_want_tau (self->run);
  update (self);
}

/* Only what has to do with the page stands above it. */
static void
on_page (NerveRankingWindow *self)
{
  gboolean is_ranking = is_on_page (self, "ranking");

  gtk_widget_set_visible (GTK_WIDGET (self->score), is_ranking);
  gtk_widget_set_visible (GTK_WIDGET (self->x), is_ranking);
  gtk_widget_set_visible (GTK_WIDGET (self->depth), is_on_page (self, "models"));
  if (self->run != NULL)
    show_message (self);
}

/* Files */

static void
say (NerveRankingWindow *self, const char *text)
{
  /* Closed since. */
  if (self->run == NULL)
    return;

  g_free (self->said);
  self->said = g_strdup (text);
  show_message (self);
}

gboolean
nerve_ranking_window_read (NerveRankingWindow *self, const char *path, GError **error)
{
  g_autoptr (NerveAccuracies) accuracies = NULL;
  g_autoptr (GPtrArray) unused = NULL;
  guint n = 0;

  g_return_val_if_fail (NERVE_IS_RANKING_WINDOW (self), FALSE);

  accuracies = nerve_accuracies_read (path, error);
  if (accuracies == NULL)
    return FALSE;

  for (guint i = 0; i < nerve_study_run_get_n (self->run); i++)
    {
      NerveDocument *document = nerve_study_run_get_document (self->run, i);
      NerveDataset *dataset = nerve_document_get_dataset (document);
      g_autofree char *model = nerve_decay_model_name (dataset);
      double accuracy = nerve_accuracies_find (accuracies, model, nerve_dataset_get_path (dataset));

      if (isnan (accuracy))
        continue;
      nerve_document_set_accuracy (document, accuracy);
      n++;
    }
  unused = nerve_accuracies_get_unused (accuracies);
  if (n < nerve_study_run_get_n (self->run) || unused->len > 0)
    {
      g_autofree char *text =
        g_strdup_printf (_("Accuracies of %u of %u networks were read; %u names in the file belong to none that is "
                           "open."), n, nerve_study_run_get_n (self->run), unused->len);

      say (self, text);
    }
  else
    g_clear_pointer (&self->said, g_free);

  return TRUE;
}

static void
on_table_chosen (GtkNativeDialog *chooser, int response, NerveRankingWindow *self)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  g_autoptr (GError) error = NULL;

  if (response == GTK_RESPONSE_ACCEPT && path != NULL && !nerve_ranking_window_read (self, path, &error))
    say (self, error->message);
  g_object_unref (chooser);
}

static void
on_read (NerveRankingWindow *self)
{
  GtkFileChooserNative *chooser =
    gtk_file_chooser_native_new (_("Accuracies: “model,accuracy”"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_OPEN,
                                 _("_Open"), _("_Cancel"));

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (on_table_chosen), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/* The one that the keyboard is on, else the page's first. */
static NerveFigureView *
find_view (NerveRankingWindow *self)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));

  if (focus != NULL && NERVE_IS_FIGURE_VIEW (focus))
    return NERVE_FIGURE_VIEW (focus);

  return is_on_page (self, "models") ? self->models
         : is_on_page (self, "subsamples") ? self->subsamples : self->plot;
}

static void
on_exported (NerveRankingWindow *self, const char *text)
{
  say (self, text);
}

static void
on_export (NerveRankingWindow *self)
{
  NerveExportDialog *dialog = nerve_ranking_window_export (self);

  if (dialog == NULL)
    return;
  g_signal_connect_object (dialog, "done", G_CALLBACK (on_exported), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
export_figure (GtkWidget *widget, const char *name, GVariant *parameter)
{
  on_export (NERVE_RANKING_WINDOW (widget));
}

/* The window */

static void
nerve_ranking_window_dispose (GObject *object)
{
  NerveRankingWindow *self = NERVE_RANKING_WINDOW (object);

  if (self->run != NULL)
    {
      g_signal_handlers_disconnect_by_func (self->run, on_changed, self);
      g_signal_handlers_disconnect_by_func (self->run, on_progress, self);
      drop_model (self);
    }
  g_clear_object (&self->run);
  g_clear_pointer (&self->said, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), NERVE_TYPE_RANKING_WINDOW);

  G_OBJECT_CLASS (nerve_ranking_window_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, NerveRankingWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, NerveRankingWindow, score);
  gtk_widget_class_bind_template_child (widget_class, NerveRankingWindow, x);
  gtk_widget_class_bind_template_child (widget_class, NerveRankingWindow, depth);
  gtk_widget_class_bind_template_child (widget_class, NerveRankingWindow, distances);
  gtk_widget_class_bind_template_child (widget_class, NerveRankingWindow, table);
  gtk_widget_class_bind_template_child (widget_class, NerveRankingWindow, message);
  gtk_widget_class_bind_template_child (widget_class, NerveRankingWindow, caution);
  gtk_widget_class_bind_template_child (widget_class, NerveRankingWindow, plot);
  gtk_widget_class_bind_template_child (widget_class, NerveRankingWindow, ranks);
  gtk_widget_class_bind_template_child (widget_class, NerveRankingWindow, models);
  gtk_widget_class_bind_template_child (widget_class, NerveRankingWindow, subsamples);
  gtk_widget_class_bind_template_child (widget_class, NerveRankingWindow, summary);
  gtk_widget_class_bind_template_child (widget_class, NerveRankingWindow, ranks_summary);
  gtk_widget_class_bind_template_child (widget_class, NerveRankingWindow, models_summary);
  gtk_widget_class_bind_template_child (widget_class, NerveRankingWindow, subsamples_summary);
}

static void
nerve_ranking_window_class_init (NerveRankingWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nerve_ranking_window_dispose;
  g_type_ensure (NERVE_TYPE_FIGURE_VIEW);
  g_type_ensure (NERVE_TYPE_RANKING_TABLE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/nerve/Nerve/ranking-window.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_page);
  gtk_widget_class_bind_template_callback (widget_class, on_read);
  gtk_widget_class_install_action (widget_class, "ranking.export", NULL, export_figure);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_e, GDK_CONTROL_MASK, "ranking.export", NULL);
}

static void
nerve_ranking_window_init (NerveRankingWindow *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  self->panes[PANE_PLOT] = (Pane) { self->plot, self->summary };
  self->panes[PANE_RANKS] = (Pane) { self->ranks, self->ranks_summary };
  self->panes[PANE_MODELS] = (Pane) { self->models, self->models_summary };
  self->panes[PANE_SUBSAMPLES] = (Pane) { self->subsamples, self->subsamples_summary };
  for (NerveRankingScore score = 0; score < NERVE_N_RANKING_SCORES; score++)
    gtk_string_list_append (names, _(nerve_ranking_score_info (score)->label));
  gtk_drop_down_set_model (self->score, G_LIST_MODEL (names));
}

NerveRankingWindow *
nerve_ranking_window_new (NerveSession *session, GtkWindow *parent)
{
  NerveRankingWindow *self;

  g_return_val_if_fail (NERVE_IS_SESSION (session), NULL);

  self = g_object_new (NERVE_TYPE_RANKING_WINDOW, "transient-for", parent, "destroy-with-parent", TRUE, NULL);
  self->run = nerve_study_run_new (session);
  g_signal_connect_swapped (self->run, "changed", G_CALLBACK (on_changed), self);
  g_signal_connect_swapped (self->run, "progress", G_CALLBACK (on_progress), self);
  update (self);

  return self;
}

NerveRanking *
nerve_ranking_window_get_ranking (NerveRankingWindow *self)
{
  g_return_val_if_fail (NERVE_IS_RANKING_WINDOW (self), NULL);
  return self->ranking;
}

NerveRankingTable *
nerve_ranking_window_get_table (NerveRankingWindow *self)
{
  g_return_val_if_fail (NERVE_IS_RANKING_WINDOW (self), NULL);
  return self->table;
}

NerveStudyRun *
nerve_ranking_window_get_run (NerveRankingWindow *self)
{
  g_return_val_if_fail (NERVE_IS_RANKING_WINDOW (self), NULL);
  return self->run;
}

void
nerve_ranking_window_show_page (NerveRankingWindow *self, const char *name)
{
  g_return_if_fail (NERVE_IS_RANKING_WINDOW (self));
  gtk_stack_set_visible_child_name (self->pages, name);
}

NerveExportDialog *
nerve_ranking_window_export (NerveRankingWindow *self)
{
  g_autoptr (NerveStudyOrigin) origin = NULL;
  NerveExportDialog *dialog;

  g_return_val_if_fail (NERVE_IS_RANKING_WINDOW (self), NULL);

  if (self->model == NULL)
    return NULL;
  origin = nerve_study_run_get_origin (self->run, get_score (self), get_x (self));
  dialog = nerve_export_dialog_new_of_study (self->model, origin, GTK_WINDOW (self));
  nerve_export_dialog_select (dialog, nerve_figure_view_get_kind (find_view (self))->name, 0);

  return dialog;
}
