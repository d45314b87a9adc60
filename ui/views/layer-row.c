#include "config.h"

#include "views/layer-row.h"

#include <math.h>

#include <glib/gi18n.h>

#include "views/board-drag.h"
#include "views/figure-view.h"
#include "views/tooltip.h"

/* Pictures of layers come after those of the board. */
#define FIRST_PRIORITY 1000

struct _NerveLayerRow
{
  GtkListBoxRow           parent_instance;
  const NerveFigureModel *model;
  guint                   layer;
  NerveFigureView        *thumbnail;
  GtkLabel               *number;
  GtkLabel               *name;
  GtkLabel               *shape;
  GtkLabel               *summary;
  GtkWidget              *pin;
  char                   *failure; /* why there is no graph; NULL: there is, or may be */
  char                   *missing; /* a word for that */
};

G_DEFINE_FINAL_TYPE (NerveLayerRow, nerve_layer_row, GTK_TYPE_LIST_BOX_ROW)

static void
nerve_layer_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), NERVE_TYPE_LAYER_ROW);

  G_OBJECT_CLASS (nerve_layer_row_parent_class)->dispose (object);
}

static void
nerve_layer_row_finalize (GObject *object)
{
  g_free (NERVE_LAYER_ROW (object)->failure);
  g_free (NERVE_LAYER_ROW (object)->missing);

  G_OBJECT_CLASS (nerve_layer_row_parent_class)->finalize (object);
}

static void
nerve_layer_row_class_init (NerveLayerRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nerve_layer_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = nerve_layer_row_finalize;
  g_type_ensure (NERVE_TYPE_FIGURE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/nerve/Nerve/views/layer-row.ui");
  gtk_widget_class_bind_template_child (widget_class, NerveLayerRow, thumbnail);
  gtk_widget_class_bind_template_child (widget_class, NerveLayerRow, number);
  gtk_widget_class_bind_template_child (widget_class, NerveLayerRow, name);
  gtk_widget_class_bind_template_child (widget_class, NerveLayerRow, shape);
  gtk_widget_class_bind_template_child (widget_class, NerveLayerRow, summary);
  gtk_widget_class_bind_template_child (widget_class, NerveLayerRow, pin);
}

/* A layer becomes a column where it is let go on the board. */
static GdkContentProvider *
on_prepare_drag (NerveLayerRow *self)
{
  return nerve_board_drag_new_content (NERVE_BOARD_DRAG_LAYER, self->layer, self->model);
}

static void
on_drag_begin (NerveLayerRow *self, GdkDrag *drag, GtkDragSource *source)
{
  nerve_board_drag_begin (source, drag, GTK_WIDGET (self), 1);
}

static void
add_drag (NerveLayerRow *self)
{
  GtkDragSource *source = gtk_drag_source_new ();

  gtk_drag_source_set_actions (source, GDK_ACTION_COPY);
  g_signal_connect_swapped (source, "prepare", G_CALLBACK (on_prepare_drag), self);
  g_signal_connect_swapped (source, "drag-begin", G_CALLBACK (on_drag_begin), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (source));
}

static void
nerve_layer_row_init (NerveLayerRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_drag (self);
}

/* Extents keep their order where one reads from right to left: the text is isolated (U+2066, U+2069). */
static char *
describe_shape (const NerveLayer *layer)
{
  if (layer->is_vector)
    return g_strdup_printf ("%zu", layer->channels);
  if (gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL)
    return g_strdup_printf ("\342\201\246%zu×%zu×%zu\342\201\251", layer->channels, layer->height, layer->width);

  return g_strdup_printf ("%zu×%zu×%zu", layer->channels, layer->height, layer->width);
}

GtkWidget *
nerve_layer_row_new (const NerveFigureModel *model, guint layer)
{
  NerveLayerRow *self = g_object_new (NERVE_TYPE_LAYER_ROW, NULL);
  const NerveLayer *description = nerve_dataset_get_layer (model->dataset, layer);
  g_autofree char *number = g_strdup_printf ("%u", layer);
  g_autofree char *shape = describe_shape (description);

  self->model = model;
  self->layer = layer;
  gtk_label_set_label (self->number, number);
  gtk_label_set_label (self->name, description->name);
  nerve_tooltip_set (GTK_WIDGET (self), description->name);
  gtk_label_set_label (self->shape, shape);
  g_object_set (self->thumbnail, "priority", (int) (FIRST_PRIORITY + layer), NULL);
  nerve_figure_view_set_layer (self->thumbnail, layer);
  nerve_figure_view_set_model (self->thumbnail, model);
  nerve_layer_row_update (self);

  return GTK_WIDGET (self);
}

guint
nerve_layer_row_get_layer (NerveLayerRow *self)
{
  g_return_val_if_fail (NERVE_IS_LAYER_ROW (self), 0);
  return self->layer;
}

static void
update_pin (NerveLayerRow *self)
{
  gboolean pinned = FALSE;
  gboolean shown = FALSE;

  for (guint i = 0; i < self->model->n_columns; i++)
    if (self->model->columns[i] == self->layer)
      {
        shown = TRUE;
        pinned = pinned || self->model->pinned[i];
      }

  gtk_widget_set_visible (self->pin, pinned);
  if (shown)
    gtk_widget_add_css_class (GTK_WIDGET (self), "shown");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "shown");
}

void
nerve_layer_row_update (NerveLayerRow *self)
{
  const NerveGraph *graph;
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;

  g_return_if_fail (NERVE_IS_LAYER_ROW (self));

  graph = self->model->layers[self->layer].graph;
  if (graph != NULL)
    {
      guint n = nerve_mapper_get_n_nodes (graph->mapper);

      /* Translators: nodes of a graph and the share of points in them */
      text = g_strdup_printf (ngettext ("%u node · %.0f %%", "%u nodes · %.0f %%", n), n,
                              100 * nerve_mapper_get_coverage (graph->mapper));
    }
  gtk_label_set_label (self->summary, text != NULL ? text : self->missing != NULL ? self->missing : "…");
  nerve_figure_view_set_left_out (self->thumbnail, graph == NULL && self->missing != NULL);
  name = g_strjoin (", ", gtk_label_get_label (self->number), gtk_label_get_label (self->name),
                    gtk_label_get_label (self->shape), text != NULL ? text : self->failure, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  update_pin (self);
  nerve_figure_view_update (self->thumbnail);
}

void
nerve_layer_row_set_missing (NerveLayerRow *self, const char *word, const char *cause)
{
  g_return_if_fail (NERVE_IS_LAYER_ROW (self));

  if (g_strcmp0 (cause, self->failure) == 0 && g_strcmp0 (word, self->missing) == 0)
    return;
  g_free (self->failure);
  g_free (self->missing);
  self->failure = g_strdup (cause);
  self->missing = g_strdup (word);
  nerve_tooltip_set (GTK_WIDGET (self), cause != NULL ? cause : gtk_label_get_label (self->name));
  nerve_layer_row_update (self);
}

void
nerve_layer_row_set_compact (NerveLayerRow *self, gboolean compact)
{
  g_return_if_fail (NERVE_IS_LAYER_ROW (self));

  gtk_widget_set_visible (GTK_WIDGET (self->shape), !compact);
  gtk_widget_set_size_request (GTK_WIDGET (self->thumbnail), compact ? 38 : 44, compact ? 36 : 42);
  if (compact)
    gtk_widget_add_css_class (GTK_WIDGET (self), "compact");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "compact");
}
