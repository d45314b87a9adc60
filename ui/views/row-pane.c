#include "config.h"

#include "views/row-pane.h"

#include <glib/gi18n.h>

#include "figures/bar-texts.h"
#include "figures/board-rows.h"
#include "views/fitting-label.h"
#include "views/tooltip.h"

#define MARGIN 14
#define GRAPH_MARGIN 8 /* a graph keeps its own distance from its edges */
#define LINE_HEIGHT 24
#define LINE_OVERLAP 4 /* a figure of bars keeps this clear at its top */

struct _NerveRowPane
{
  GtkWidget               parent_instance;
  const NerveFigureModel *model;
  guint                   layer;
  NerveBoardView          view;
  gboolean                has_line;
  GtkMenuButton          *form;    /* which figure is shown */
  NerveFittingLabel      *reading; /* of what is under the pointer */
  NerveFigureView        *figure;
};

G_DEFINE_FINAL_TYPE (NerveRowPane, nerve_row_pane, GTK_TYPE_WIDGET)

/* @x from where reading begins. */
static void
place (NerveRowPane *self, GtkWidget *widget, int x, int y, int width, int height)
{
  int least_width, least_height;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &least_width, NULL, NULL, NULL);
  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, MAX (width, least_width), &least_height, NULL, NULL, NULL);
  width = MAX (width, least_width);
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    x = gtk_widget_get_width (GTK_WIDGET (self)) - x - width;
  gtk_widget_size_allocate (widget, &(GtkAllocation) { x, y, width, MAX (height, least_height) }, -1);
}

static int
natural_width (GtkWidget *widget)
{
  int natural;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);

  return natural;
}

static void
nerve_row_pane_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  NerveRowPane *self = NERVE_ROW_PANE (widget);
  int margin = self->view == NERVE_BOARD_VIEW_MAPPER ? GRAPH_MARGIN : MARGIN;
  int overlap = nerve_board_view_is_of_bars (self->view) ? LINE_OVERLAP : 0;
  int below = self->has_line ? LINE_HEIGHT - overlap : 0;
  int inside = width - 2 * MARGIN;

  place (self, GTK_WIDGET (self->figure), margin, below, MAX (width - 2 * margin, 1), MAX (height - below, 1));
  if (self->has_line)
    {
      int form_width = natural_width (GTK_WIDGET (self->form));
      int reading_width = MAX (MIN (natural_width (GTK_WIDGET (self->reading)), inside - form_width - 2), 0);

      place (self, GTK_WIDGET (self->form), MARGIN - 6, 0, form_width, LINE_HEIGHT);
      place (self, GTK_WIDGET (self->reading), width - MARGIN - reading_width, 0, reading_width, LINE_HEIGHT);
    }
}

static void
nerve_row_pane_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                        int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = 0;
}

/* "412 · Pullover" */
static char *
name_image (NerveRowPane *self, guint image)
{
  NerveDataset *dataset = self->model->dataset;
  const int *labels = nerve_dataset_get_labels (dataset);
  const char *id = nerve_dataset_get_sample_id (dataset, image);
  g_autofree char *number = id != NULL ? g_strdup (id) : g_strdup_printf ("%u", image);

  if (labels == NULL || labels[image] < 0)
    return g_steal_pointer (&number);

  return g_strdup_printf ("%s · %s", number, nerve_dataset_get_class_name (dataset, labels[image]));
}

/* The hand is on a bar or a curve. */
static gboolean
is_read (NerveRowPane *self)
{
  return nerve_bar_mark_in (self->model->hover_bar, self->layer) >= 0
         || self->model->hover_curve.layer == (int) self->layer;
}

static void
update_reading (NerveRowPane *self)
{
  const NerveHit *mark = nerve_figure_view_get_mark (self->figure);
  g_auto (GStrv) texts = NULL;
  gboolean read = FALSE;

  if (self->model == NULL || self->view == NERVE_BOARD_VIEW_MAPPER)
    return;

  if (nerve_board_view_is_of_bars (self->view))
    {
      texts = nerve_bar_texts (self->model, self->layer);
      read = is_read (self);
    }
  else if (mark != NULL && mark->kind == NERVE_HIT_IMAGE)
    {
      texts = g_new0 (char *, 2);
      texts[0] = name_image (self, mark->index);
      read = TRUE;
    }
  else
    texts = g_strdupv ((char *[]) { (char *) "", NULL });
  nerve_fitting_label_set_texts (self->reading, (const char *const *) texts);
  nerve_figure_view_set_reading (self->figure, read ? texts[0] : NULL);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
nerve_row_pane_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (nerve_row_pane_parent_class)->dispose (object);
}

static void
nerve_row_pane_class_init (NerveRowPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nerve_row_pane_dispose;
  widget_class->measure = nerve_row_pane_measure;
  widget_class->size_allocate = nerve_row_pane_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "rowpane");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
nerve_row_pane_init (NerveRowPane *self)
{
  self->form = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_widget_set_halign (GTK_WIDGET (self->form), GTK_ALIGN_START);
  gtk_widget_add_css_class (GTK_WIDGET (self->form), "flat");
  gtk_widget_add_css_class (GTK_WIDGET (self->form), "form");
  nerve_tooltip_set (GTK_WIDGET (self->form), _("What This Row Shows"));
  gtk_widget_set_parent (GTK_WIDGET (self->form), GTK_WIDGET (self));

  self->reading = NERVE_FITTING_LABEL (nerve_fitting_label_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->reading), "nerve-caption");
  nerve_fitting_label_set_xalign (self->reading, 1);
  gtk_widget_set_parent (GTK_WIDGET (self->reading), GTK_WIDGET (self));
}

static void
set_view (NerveRowPane *self, NerveBoardView view)
{
  self->view = view;
  gtk_menu_button_set_label (self->form, _(nerve_board_view (view)->title));
  nerve_figure_view_set_kind (self->figure, nerve_board_view_figure (view));
}

GtkWidget *
nerve_row_pane_new (NerveBoardView view)
{
  NerveRowPane *self = g_object_new (NERVE_TYPE_ROW_PANE, NULL);

  self->figure = NERVE_FIGURE_VIEW (nerve_figure_view_new (nerve_board_view (view)->name));
  gtk_widget_set_parent (GTK_WIDGET (self->figure), GTK_WIDGET (self));
  g_signal_connect_object (self->figure, "mark-changed", G_CALLBACK (update_reading), self, G_CONNECT_SWAPPED);
  set_view (self, view);

  return GTK_WIDGET (self);
}

void
nerve_row_pane_set_model (NerveRowPane *self, const NerveFigureModel *model, guint layer)
{
  g_return_if_fail (NERVE_IS_ROW_PANE (self));

  self->model = model;
  self->layer = layer;
  if (model != NULL)
    nerve_figure_view_set_layer (self->figure, layer);
  nerve_figure_view_set_model (self->figure, model);
}

void
nerve_row_pane_update (NerveRowPane *self, guint layer, guint row)
{
  g_return_if_fail (NERVE_IS_ROW_PANE (self));
  g_return_if_fail (self->model != NULL && row < self->model->n_rows);

  self->layer = layer;
  if (self->view != self->model->rows[row].view)
    set_view (self, self->model->rows[row].view);
  self->has_line = row > 0 || self->view != NERVE_BOARD_VIEW_MAPPER;
  gtk_widget_set_child_visible (GTK_WIDGET (self->form), self->has_line);
  gtk_widget_set_child_visible (GTK_WIDGET (self->reading), self->has_line && self->view != NERVE_BOARD_VIEW_MAPPER);
  nerve_figure_view_set_layer (self->figure, layer);
  update_reading (self);
  nerve_figure_view_update (self->figure);
}

NerveBoardView
nerve_row_pane_get_view (NerveRowPane *self)
{
  g_return_val_if_fail (NERVE_IS_ROW_PANE (self), NERVE_BOARD_VIEW_MAPPER);
  return self->view;
}

NerveFigureView *
nerve_row_pane_get_figure (NerveRowPane *self)
{
  g_return_val_if_fail (NERVE_IS_ROW_PANE (self), NULL);
  return self->figure;
}

/* Most are never opened, and each takes a millisecond to make. */
static void
make_menu (GtkMenuButton *button, gpointer menu)
{
  if (gtk_menu_button_get_menu_model (button) != menu)
    gtk_menu_button_set_menu_model (button, menu);
}

void
nerve_row_pane_set_menu (NerveRowPane *self, GMenuModel *menu)
{
  g_return_if_fail (NERVE_IS_ROW_PANE (self));
  gtk_menu_button_set_create_popup_func (self->form, make_menu, g_object_ref (menu), g_object_unref);
}

const char *
nerve_row_pane_get_reading (NerveRowPane *self)
{
  g_return_val_if_fail (NERVE_IS_ROW_PANE (self), NULL);
  return nerve_fitting_label_get_text (self->reading);
}
