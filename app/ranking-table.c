#include "config.h"

#include "app/ranking-table.h"

#include <math.h>

#include <glib/gi18n.h>

#include "figures/text.h"
#include "views/tooltip.h"

enum { COLUMN_RANK, COLUMN_MODEL, COLUMN_SCORE, COLUMN_ACCURACY };
enum { AGREES_SCORE, AGREES_KENDALL, AGREES_PEARSON, AGREES_FIRST };

struct _NerveRankingTable
{
  GtkWidget  parent_instance;
  GtkWidget *box;
  GtkGrid   *models;
  GtkLabel  *heading;
  GtkGrid   *agreement;
  gboolean   compared[NERVE_N_RANKING_SCORES];
};

G_DEFINE_FINAL_TYPE (NerveRankingTable, nerve_ranking_table, GTK_TYPE_WIDGET)

static GtkWidget *
add_cell (GtkGrid *grid, guint column, guint row, const char *text, gboolean is_number, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), is_number);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  if (is_number)
    gtk_widget_add_css_class (label, "numeric");
  gtk_grid_attach (grid, label, column, row, 1, 1);

  return label;
}

/* The one that gives way where there is little room. */
static GtkWidget *
add_name (GtkGrid *grid, guint column, guint row, const char *text)
{
  GtkWidget *label = add_cell (grid, column, row, text, FALSE, NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_width_chars (GTK_LABEL (label), 8);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_tooltip_text (label, text);

  return label;
}

static void
clear (GtkGrid *grid)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (grid))) != NULL)
    gtk_grid_remove (grid, child);
}

/* Accuracies */

static void
on_accuracy_typed (GtkEntry *entry, NerveDocument *document)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));
  char *end = text;
  double value = *text != 0 ? g_strtod (text, &end) : NAN;
  gboolean good = *text == 0 || (*end == 0 && isfinite (value));

  if (good)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
      nerve_document_set_accuracy (document, value);
    }
  else
    gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
  gtk_widget_set_tooltip_text (GTK_WIDGET (entry), good ? NULL : _("Not a number"));
  gtk_accessible_update_state (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID,
                               good ? GTK_ACCESSIBLE_INVALID_FALSE : GTK_ACCESSIBLE_INVALID_TRUE, -1);
}

/* What was not touched is not typed in. */
static void
on_entry_left (GtkEventController *controller, NerveDocument *document)
{
  GtkWidget *entry = gtk_event_controller_get_widget (controller);

  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (entry)), g_object_get_data (G_OBJECT (entry), "nerve-text")) != 0)
    on_accuracy_typed (GTK_ENTRY (entry), document);
}

static void
add_entry (NerveRankingTable *self, guint row, NerveDocument *document, double accuracy, const char *model)
{
  GtkWidget *entry = gtk_entry_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  g_autofree char *text = isnan (accuracy) ? g_strdup ("") : g_strdup_printf ("%.4g", accuracy);
  g_autofree char *name = g_strdup_printf (_("Accuracy of %s"), model);

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 7);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (entry), 7);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _("none"));
  gtk_entry_set_input_purpose (GTK_ENTRY (entry), GTK_INPUT_PURPOSE_NUMBER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (entry, "activate", G_CALLBACK (on_accuracy_typed), document, 0);
  g_signal_connect_object (focus, "leave", G_CALLBACK (on_entry_left), document, 0);
  gtk_widget_add_controller (entry, focus);
  g_object_set_data (G_OBJECT (entry), "nerve-document", document);
  g_object_set_data_full (G_OBJECT (entry), "nerve-text", g_strdup (text), g_free);
  gtk_grid_attach (self->models, entry, COLUMN_ACCURACY, row, 1, 1);
}

/* The field that has the focus, and what stands in it. */
static NerveDocument *
find_typing (NerveRankingTable *self, char **text)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *entry = focus != NULL ? gtk_widget_get_ancestor (focus, GTK_TYPE_ENTRY) : NULL;

  if (entry == NULL || !gtk_widget_is_ancestor (entry, GTK_WIDGET (self)))
    return NULL;

  *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry)));
  return g_object_get_data (G_OBJECT (entry), "nerve-document");
}

static void
go_on_typing (NerveRankingTable *self, NerveDocument *document, const char *text)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->models)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_ENTRY (child) && g_object_get_data (G_OBJECT (child), "nerve-document") == document)
      {
        gtk_editable_set_text (GTK_EDITABLE (child), text);
        gtk_widget_grab_focus (child);
        gtk_editable_set_position (GTK_EDITABLE (child), -1);
      }
}

/* The tables */

static void
fill_row (NerveRankingTable *self, NerveStudyRun *run, guint i, guint place, NerveRankingScore score, NerveDecayX x,
          const NerveRankedModel *model)
{
  const char *cause;
  double value = nerve_study_run_get_score (run, i, score, x, &cause);
  g_autofree char *rank = isnan (value) ? g_strdup ("–") : g_strdup_printf ("%u", place + 1);
  g_autofree char *text = isnan (value) ? g_strdup (cause != NULL ? _("none") : "…") : nerve_text_fixed (value, 4);
  GtkWidget *cell;

  cell = add_cell (self->models, COLUMN_RANK, place + 1, rank, TRUE, NULL);
  if (isnan (value) && cause != NULL)
    nerve_tooltip_set (cell, cause);
  add_name (self->models, COLUMN_MODEL, place + 1, model->model);
  cell = add_cell (self->models, COLUMN_SCORE, place + 1, text, TRUE, NULL);
  gtk_widget_set_tooltip_text (cell, cause);
  add_entry (self, place + 1, nerve_study_run_get_document (run, i), model->accuracy, model->model);
}

static void
fill_models (NerveRankingTable *self, NerveStudyRun *run, NerveRankingScore score, NerveDecayX x)
{
  guint n = nerve_study_run_get_n (run);
  g_autofree guint *places = g_new0 (guint, n + 1);
  g_autoptr (NerveRanking) ranking = nerve_study_run_rank (run, score, x, places);

  clear (self->models);
  add_cell (self->models, COLUMN_MODEL, 0, _("Network"), FALSE, "nerve-caption");
  add_cell (self->models, COLUMN_SCORE, 0, _("Score"), TRUE, "nerve-caption");
  add_cell (self->models, COLUMN_ACCURACY, 0, _("Accuracy"), FALSE, "nerve-caption");
  /* In the order of the places, which is that of the keyboard. */
  for (guint place = 0; place < n; place++)
    for (guint i = 0; i < n; i++)
      if (places[i] == place)
        fill_row (self, run, i, place, score, x, &nerve_ranking_get_models (ranking)[place]);
}

/* A correlation there is none of. */
static const char *
find_why (NerveStudyRun *run, NerveRankingScore score, NerveDecayX x)
{
  for (guint i = 0; i < nerve_study_run_get_n (run); i++)
    {
      const char *cause;

      if (!isnan (nerve_study_run_get_score (run, i, score, x, &cause)))
        continue;
      if (cause != NULL)
        return cause;
      return nerve_ranking_score_info (score)->source == NERVE_RANKING_OF_DIAGRAMS
               ? _("Computed when this score is chosen: it needs the diagrams of all images") : _("Not computed yet");
    }

  return _("Two networks at least must have different scores and different accuracies");
}

static void
fill_score (NerveRankingTable *self, NerveStudyRun *run, NerveRankingScore score, NerveDecayX x, gboolean is_chosen)
{
  g_autoptr (NerveRanking) ranking = nerve_study_run_rank (run, score, x, NULL);
  const NerveCorrelations *found = nerve_ranking_get_correlations (ranking);
  gsize n = nerve_ranking_get_n (ranking);
  gboolean any = n > 0 && !isnan (nerve_ranking_get_models (ranking)[0].score);
  g_autofree char *kendall = isnan (found->kendall) ? g_strdup ("–") : nerve_text_fixed (found->kendall, 2);
  g_autofree char *pearson = isnan (found->pearson) ? g_strdup ("–") : nerve_text_fixed (found->pearson, 2);
  const char *style = is_chosen ? "chosen" : NULL;
  GtkWidget *cells[2];
  guint row = score + 1;

  self->compared[score] = !isnan (found->pearson);
  add_cell (self->agreement, AGREES_SCORE, row, _(nerve_ranking_score_info (score)->label), FALSE, style);
  cells[0] = add_cell (self->agreement, AGREES_KENDALL, row, kendall, TRUE, style);
  cells[1] = add_cell (self->agreement, AGREES_PEARSON, row, pearson, TRUE, style);
  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    if (isnan (found->kendall) || isnan (found->pearson))
      nerve_tooltip_set (cells[i], find_why (run, score, x));
  add_name (self->agreement, AGREES_FIRST, row, any ? nerve_ranking_get_models (ranking)[0].model : "–");
}

static void
fill_agreement (NerveRankingTable *self, NerveStudyRun *run, NerveRankingScore score, NerveDecayX x)
{
  clear (self->agreement);
  /* Translators: a correlation of ranks */
  add_cell (self->agreement, AGREES_KENDALL, 0, _("Kendall’s τ"), TRUE, "nerve-caption");
  add_cell (self->agreement, AGREES_PEARSON, 0, _("Pearson’s r"), TRUE, "nerve-caption");
  /* Translators: the network that a score puts first */
  add_cell (self->agreement, AGREES_FIRST, 0, _("First"), FALSE, "nerve-caption");
  for (NerveRankingScore one = 0; one < NERVE_N_RANKING_SCORES; one++)
    fill_score (self, run, one, x, one == score);
}

void
nerve_ranking_table_fill (NerveRankingTable *self, NerveStudyRun *run, NerveRankingScore score, NerveDecayX x)
{
  g_autofree char *text = NULL;
  NerveDocument *typing;
  gboolean any;

  g_return_if_fail (NERVE_IS_RANKING_TABLE (self));

  typing = find_typing (self, &text);
  any = nerve_study_run_get_n (run) > 0;
  gtk_widget_set_visible (self->box, any);
  if (any)
    {
      fill_models (self, run, score, x);
      fill_agreement (self, run, score, x);
    }
  if (typing != NULL)
    go_on_typing (self, typing, text);
}

GtkEntry *
nerve_ranking_table_get_entry (NerveRankingTable *self, guint place)
{
  GtkWidget *child;

  g_return_val_if_fail (NERVE_IS_RANKING_TABLE (self), NULL);

  child = gtk_grid_get_child_at (self->models, COLUMN_ACCURACY, place + 1);

  return GTK_IS_ENTRY (child) ? GTK_ENTRY (child) : NULL;
}

gboolean
nerve_ranking_table_has_score (NerveRankingTable *self, NerveRankingScore score)
{
  g_return_val_if_fail (NERVE_IS_RANKING_TABLE (self), FALSE);
  g_return_val_if_fail (score < NERVE_N_RANKING_SCORES, FALSE);

  return self->compared[score];
}

/* The widget */

static void
nerve_ranking_table_dispose (GObject *object)
{
  g_clear_pointer (&NERVE_RANKING_TABLE (object)->box, gtk_widget_unparent);

  G_OBJECT_CLASS (nerve_ranking_table_parent_class)->dispose (object);
}

static void
nerve_ranking_table_class_init (NerveRankingTableClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = nerve_ranking_table_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkGrid *
make_grid (NerveRankingTable *self, int spacing)
{
  GtkGrid *grid = GTK_GRID (gtk_grid_new ());

  gtk_grid_set_column_spacing (grid, 14);
  gtk_grid_set_row_spacing (grid, spacing);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (grid));

  return grid;
}

static void
nerve_ranking_table_init (NerveRankingTable *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->models = make_grid (self, 6);
  self->heading = GTK_LABEL (gtk_label_new (_("How the scores go together with accuracy")));
  gtk_label_set_xalign (self->heading, 0);
  gtk_label_set_wrap (self->heading, TRUE);
  gtk_widget_set_margin_top (GTK_WIDGET (self->heading), 12);
  gtk_widget_add_css_class (GTK_WIDGET (self->heading), "nerve-heading");
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->heading));
  self->agreement = make_grid (self, 3);
}
