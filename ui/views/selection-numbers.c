#include "config.h"

#include "views/selection-numbers.h"

#include <math.h>

#include <glib/gi18n.h>

#include "cloud/cloud.h"
#include "figures/text.h"
#include "mapper/lens.h"
#include "mapper/statistics.h"
#include "mapper/structure.h"
#include "views/bin-bars.h"

#define N_CHANNELS 3

struct _NerveSelectionNumbers
{
  GtkWidget     parent_instance;
  GtkWidget    *box;
  GtkLabel     *title;
  GtkWidget    *bars;
  GtkGrid      *grid;
  int           n_lines;
  GString      *text;
  GCancellable *cancellable; /* of the latest measuring */
};

G_DEFINE_FINAL_TYPE (NerveSelectionNumbers, nerve_selection_numbers, GTK_TYPE_WIDGET)

/* What is measured, and from what. */
typedef struct
{
  NerveGraph      *graph;
  NerveDataset    *dataset;
  NerveBitset     *selection;
  int              node;      /* -1: all points of the selected images */
  NerveStatistics  statistics;
  NerveStructure  *structure;
  guint            channels[N_CHANNELS]; /* of the largest mean activation */
  double           values[N_CHANNELS];
  guint            n_channels;
} Task;

static void
task_free (gpointer data)
{
  Task *task = data;

  nerve_graph_unref (task->graph);
  nerve_dataset_unref (task->dataset);
  nerve_bitset_free (task->selection);
  g_clear_pointer (&task->structure, nerve_structure_unref);
  g_free (task);
}

/* Beside the main thread */

static GArray *
find_rows (const Task *task)
{
  const NerveCloud *cloud = nerve_mapper_get_cloud (task->graph->mapper);
  const guint32 *images = nerve_cloud_get_images (cloud);
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (guint32));

  if (task->node >= 0)
    {
      const NerveNode *node = nerve_mapper_get_node (task->graph->mapper, task->node);

      g_array_append_vals (rows, node->members, node->n_members);
      return rows;
    }

  for (guint32 row = 0; row < nerve_cloud_get_n (cloud); row++)
    if (images[row] < nerve_bitset_length (task->selection) && nerve_bitset_get (task->selection, images[row]))
      g_array_append_val (rows, row);

  return rows;
}

static void
find_channels (Task *task, const double *activation, gsize d)
{
  for (gsize k = 0; k < d; k++)
    {
      guint at = task->n_channels;

      while (at > 0 && !(task->values[at - 1] >= activation[k]))
        at--;
      if (at == N_CHANNELS || isnan (activation[k]))
        continue;
      for (guint i = MIN (task->n_channels, N_CHANNELS - 1); i > at; i--)
        {
          task->channels[i] = task->channels[i - 1];
          task->values[i] = task->values[i - 1];
        }
      task->channels[at] = k;
      task->values[at] = activation[k];
      task->n_channels = MIN (task->n_channels + 1, N_CHANNELS);
    }
}

static void
measure (GTask *job, gpointer source, gpointer data, GCancellable *cancellable)
{
  Task *task = data;
  gsize d = nerve_cloud_get_dimension (nerve_mapper_get_cloud (task->graph->mapper));
  g_autofree double *activation = g_new (double, MAX (d, 1));
  g_autoptr (GArray) rows = find_rows (task);

  nerve_statistics_measure (task->graph->mapper, (const guint32 *) rows->data, rows->len,
                            nerve_dataset_get_labels (task->dataset), nerve_dataset_get_predictions (task->dataset),
                            &task->statistics, activation);
  find_channels (task, activation, d);
  task->structure = nerve_structure_new (task->graph->mapper);
  g_task_return_boolean (job, TRUE);
}

/* What it says */

static void
clear_lines (NerveSelectionNumbers *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))) != NULL)
    gtk_grid_remove (self->grid, child);
  self->n_lines = 0;
  g_string_truncate (self->text, 0);
}

static void
add_line (NerveSelectionNumbers *self, const char *name, const char *value)
{
  GtkWidget *left = gtk_label_new (name);
  GtkWidget *right = gtk_label_new (value);

  gtk_label_set_xalign (GTK_LABEL (left), 0);
  gtk_label_set_xalign (GTK_LABEL (right), 1);
  gtk_widget_set_hexpand (right, TRUE);
  gtk_widget_add_css_class (left, "dim");
  gtk_widget_add_css_class (right, "numeric");
  gtk_grid_attach (self->grid, left, 0, self->n_lines, 1, 1);
  gtk_grid_attach (self->grid, right, 1, self->n_lines++, 1, 1);
  g_string_append_printf (self->text, "%s\t%s\n", name, value);
}

static void
add_count (NerveSelectionNumbers *self, const char *name, gsize n)
{
  g_autofree char *value = nerve_text_count (n);

  add_line (self, name, value);
}

static void
add_lens (NerveSelectionNumbers *self, const Task *task)
{
  const NerveStatistics *found = &task->statistics;
  int lens = nerve_mapper_get_parameters (task->graph->mapper)->lens;
  g_autofree char *mean = nerve_text_number (found->lens_mean, 3);
  g_autofree char *low = nerve_text_number (found->lens_min, 3);
  g_autofree char *high = nerve_text_number (found->lens_max, 3);
  /* Translators: a mean, from the least to the largest */
  g_autofree char *value = g_strdup_printf (_("%s (%s to %s)"), mean, low, high);
  /* Translators: the name of a lens */
  g_autofree char *name = g_strdup_printf (_("Lens %s"), nerve_lens_choices[lens].name);
  g_autofree char *words = g_strdup_printf (_("Histogram of the lens %s"), nerve_lens_choices[lens].name);

  gtk_widget_set_visible (self->bars, found->n_points > 0);
  if (found->n_points == 0)
    return;
  nerve_bin_bars_set (NERVE_BIN_BARS (self->bars), found->histogram, NERVE_STATISTICS_BINS, words);
  add_line (self, name, value);
}

static void
add_activation (NerveSelectionNumbers *self, const Task *task)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < task->n_channels; i++)
    {
      g_autofree char *value = nerve_text_number (task->values[i], 3);

      /* Translators: a channel's number and its mean activation */
      g_string_append_printf (text, _("%s%u (%s)"), i > 0 ? ", " : "", task->channels[i], value);
    }
  if (text->len > 0)
    add_line (self, _("Strongest channels"), text->str);
}

static void
add_node (NerveSelectionNumbers *self, const Task *task)
{
  const NerveMapper *mapper = task->graph->mapper;
  guint n_component = 0, n_community = 0;

  if (task->node < 0)
    return;
  for (guint i = 0; i < nerve_mapper_get_n_nodes (mapper); i++)
    {
      n_component += nerve_mapper_get_component (mapper, i) == nerve_mapper_get_component (mapper, task->node);
      n_community += nerve_structure_get_community (task->structure, i) ==
                     nerve_structure_get_community (task->structure, task->node);
    }
  add_count (self, _("Edges of the node"), nerve_structure_get_degree (task->structure, task->node));
  add_count (self, _("Nodes in its component"), n_component);
  add_count (self, _("Nodes in its community"), n_community);
}

static void
add_graph (NerveSelectionNumbers *self, const Task *task)
{
  add_count (self, _("Components of the graph"), nerve_mapper_get_n_components (task->graph->mapper));
  add_count (self, _("Cycles (β₁)"), nerve_structure_get_n_cycles (task->structure));
  add_count (self, _("Leaves"), nerve_structure_get_n_leaves (task->structure));
  add_count (self, _("Flares"), nerve_structure_get_n_flares (task->structure));
  add_count (self, _("Communities"), nerve_structure_get_n_communities (task->structure));
}

static void
on_measured (GObject *source, GAsyncResult *result, gpointer user_data)
{
  NerveSelectionNumbers *self = NERVE_SELECTION_NUMBERS (source);
  const Task *task = g_task_get_task_data (G_TASK (result));
  g_autofree char *right = NULL;

  /* Asked for again, or closed, since. */
  if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    return;

  clear_lines (self);
  add_count (self, _("Points"), task->statistics.n_points);
  add_count (self, _("Images"), task->statistics.n_images);
  add_lens (self, task);
  if (isfinite (task->statistics.accuracy))
    {
      right = nerve_text_percent (task->statistics.accuracy);
      add_line (self, _("Predicted right"), right);
    }
  add_activation (self, task);
  add_node (self, task);
  add_graph (self, task);
}

static void
cancel (NerveSelectionNumbers *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
nerve_selection_numbers_dispose (GObject *object)
{
  NerveSelectionNumbers *self = NERVE_SELECTION_NUMBERS (object);

  cancel (self);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (nerve_selection_numbers_parent_class)->dispose (object);
}

static void
nerve_selection_numbers_finalize (GObject *object)
{
  g_string_free (NERVE_SELECTION_NUMBERS (object)->text, TRUE);

  G_OBJECT_CLASS (nerve_selection_numbers_parent_class)->finalize (object);
}

static void
nerve_selection_numbers_class_init (NerveSelectionNumbersClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = nerve_selection_numbers_dispose;
  G_OBJECT_CLASS (klass)->finalize = nerve_selection_numbers_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "selectionnumbers");
}

static void
nerve_selection_numbers_init (NerveSelectionNumbers *self)
{
  self->text = g_string_new (NULL);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->title = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->title, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->title), "nerve-heading");
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->title));
  self->bars = nerve_bin_bars_new ();
  gtk_box_append (GTK_BOX (self->box), self->bars);
  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_spacing (self->grid, 18);
  gtk_grid_set_row_spacing (self->grid, 2);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->grid));
}

GtkWidget *
nerve_selection_numbers_new (void)
{
  return g_object_new (NERVE_TYPE_SELECTION_NUMBERS, NULL);
}

void
nerve_selection_numbers_update (NerveSelectionNumbers *self, const NerveFigureModel *model)
{
  guint layer = model->selected_layer >= 0 ? (guint) model->selected_layer : model->current;
  NerveGraph *graph = model->layers[layer].graph;
  g_autoptr (GTask) job = NULL;
  g_autofree char *title = NULL;
  Task *task;

  g_return_if_fail (NERVE_IS_SELECTION_NUMBERS (self));

  cancel (self);
  clear_lines (self);
  gtk_widget_hide (self->bars);
  /* Translators: a layer's name */
  title = g_strdup_printf (_("In %s"), nerve_dataset_get_layer (model->dataset, layer)->name);
  gtk_label_set_label (self->title, title);
  if (graph == NULL || model->selection == NULL)
    {
      add_line (self, _("The mapper graph is not computed yet."), "");
      return;
    }

  task = g_new0 (Task, 1);
  task->graph = nerve_graph_ref (graph);
  task->dataset = nerve_dataset_ref (model->dataset);
  task->selection = nerve_bitset_copy (model->selection);
  task->node = model->selected_layer == (int) layer ? model->selected_node : -1;
  self->cancellable = g_cancellable_new ();
  job = g_task_new (self, self->cancellable, on_measured, NULL);
  g_task_set_task_data (job, task, task_free);
  g_task_run_in_thread (job, measure);
}

char *
nerve_selection_numbers_get_text (NerveSelectionNumbers *self)
{
  g_return_val_if_fail (NERVE_IS_SELECTION_NUMBERS (self), NULL);

  return g_strdup (self->text->str);
}
