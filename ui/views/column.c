#include "config.h"

#include "views/column.h"

#include <glib/gi18n.h>

#include "figures/bar-texts.h"
#include "views/fitting-label.h"
#include "views/progress-ring.h"
#include "views/template.h"
#include "views/tooltip.h"

#define MARGIN 14
#define GRAPH_MARGIN 8      /* a graph keeps its own distance from its edges */
#define TITLE_HEIGHT 40
#define NARROW 300          /* below this the summary stands in a line of its own */
#define SUMMARY_HEIGHT 18
#define UPPER_SHARE .59
#define LINE_HEIGHT 24
#define LINE_OVERLAP 4      /* a figure of bars keeps this clear at its top */
#define N_PANES 2

struct _NerveColumn
{
  GtkWidget               parent_instance;
  const NerveFigureModel *model;
  guint                   index;
  guint                   layer;
  int                     width;
  int                     alone;  /* the only pane; -1: all */
  GtkWidget              *title;
  GtkLabel               *number;
  GtkLabel               *name;
  NerveFittingLabel      *summary;
  GtkWidget              *badge;
  GtkWidget              *ring;
  GtkLabel               *percent;
  GtkToggleButton        *pin;
  GtkWidget              *separator;
  NerveFigureView        *mapper;
  GtkMenuButton          *form;     /* which figure shows the bars */
  NerveFittingLabel      *reading;  /* of the bar under the pointer */
  NerveFigureView        *bars;
};

G_DEFINE_FINAL_TYPE (NerveColumn, nerve_column, GTK_TYPE_WIDGET)

/* Where things stand */

/* @x from where reading begins. */
static void
place (NerveColumn *self, GtkWidget *widget, int x, int y, int width, int height)
{
  int minimum_width, minimum_height;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum_width, NULL, NULL, NULL);
  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, MAX (width, minimum_width), &minimum_height, NULL, NULL, NULL);
  width = MAX (width, minimum_width);
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    x = self->width - x - width;
  gtk_widget_size_allocate (widget, &(GtkAllocation) { x, y, width, MAX (height, minimum_height) }, -1);
}

static int
natural_width (GtkWidget *widget)
{
  int natural = 0;

  if (gtk_widget_should_layout (widget))
    gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);

  return natural;
}

/* The badge takes the summary's place while it is there. */
static int
place_title (NerveColumn *self, int width)
{
  GtkWidget *pin = GTK_WIDGET (self->pin);
  GtkWidget *side = gtk_widget_should_layout (self->badge) ? self->badge : GTK_WIDGET (self->summary);
  gboolean narrow = width < NARROW;
  int pin_width = natural_width (pin);
  int right = width - MARGIN + 8 - pin_width;
  int title_width = natural_width (self->title);
  int side_width = natural_width (side);
  int room = right - MARGIN;
  int least = side == self->badge ? side_width : nerve_fitting_label_get_least (self->summary);

  place (self, pin, right, (TITLE_HEIGHT - 28) / 2 + 2, pin_width, 28);
  if (narrow)
    {
      place (self, self->title, MARGIN, 4, MIN (title_width, room), TITLE_HEIGHT - 8);
      place (self, side, MARGIN, TITLE_HEIGHT - 6, MIN (side_width, width - 2 * MARGIN), SUMMARY_HEIGHT);
      return TITLE_HEIGHT + SUMMARY_HEIGHT - 6;
    }

  /* The name comes first; the summary has shorter wordings. */
  title_width = MIN (title_width, room - MIN (least, room / 2) - 12);
  side_width = MIN (side_width, room - title_width - 12);
  place (self, self->title, MARGIN, 4, title_width, TITLE_HEIGHT - 4);
  place (self, side, right - 2 - side_width, 4, side_width, TITLE_HEIGHT - 4);

  return TITLE_HEIGHT;
}

/* A line with the choice of figure and what is read off it, and the figure. */
static void
place_bars (NerveColumn *self, int y, int width, int height)
{
  int inside = width - 2 * MARGIN;
  int form_width = natural_width (GTK_WIDGET (self->form));
  int reading_width = MIN (natural_width (GTK_WIDGET (self->reading)), inside - form_width - 2);
  int below = y + LINE_HEIGHT - LINE_OVERLAP;

  place (self, GTK_WIDGET (self->bars), MARGIN, below, inside, MAX (y + height - below, 1));
  place (self, GTK_WIDGET (self->form), MARGIN - 6, y, form_width, LINE_HEIGHT);
  place (self, GTK_WIDGET (self->reading), width - MARGIN - MAX (reading_width, 0), y, MAX (reading_width, 0),
         LINE_HEIGHT);
}

static void
nerve_column_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  NerveColumn *self = NERVE_COLUMN (widget);
  int top, room, upper;

  self->width = width;
  top = place_title (self, width);
  room = MAX (height - top, 2);
  upper = self->alone < 0 ? (int) (room * UPPER_SHARE) : self->alone == 0 ? room - MARGIN / 2 : 0;

  if (self->alone != 1)
    place (self, GTK_WIDGET (self->mapper), GRAPH_MARGIN, top, width - 2 * GRAPH_MARGIN, upper);
  if (self->alone < 0)
    place (self, self->separator, MARGIN, top + upper, width - 2 * MARGIN, 1);
  if (self->alone != 0)
    place_bars (self, top + upper + 2, width, room - upper - 2 - MARGIN / 2);
}

void
nerve_column_set_alone (NerveColumn *self, int pane)
{
  const struct { GtkWidget *widget; int pane; } parts[] = {
    { GTK_WIDGET (self->mapper), 0 }, { self->separator, -1 },
    { GTK_WIDGET (self->form), 1 }, { GTK_WIDGET (self->reading), 1 }, { GTK_WIDGET (self->bars), 1 },
  };

  g_return_if_fail (NERVE_IS_COLUMN (self));

  self->alone = pane;
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    gtk_widget_set_child_visible (parts[i].widget, pane < 0 || parts[i].pane == pane);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
nerve_column_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                      int *minimum_baseline, int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 160 : 220;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 344 : 529;
}

static void
nerve_column_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  NerveColumn *self = NERVE_COLUMN (widget);
  gboolean badged = gtk_widget_should_layout (self->badge);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (child != GTK_WIDGET (self->summary) || !badged)
      gtk_widget_snapshot_child (widget, child, snapshot);
}

/* What it says */

static void
update_badge (NerveColumn *self)
{
  NerveFigureView *busy = NULL;
  double fraction = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < N_PANES && busy == NULL; i++)
    {
      NerveFigureView *pane = nerve_column_get_pane (self, i);
      gboolean is_busy;

      g_object_get (pane, "busy", &is_busy, "fraction", &fraction, NULL);
      if (is_busy)
        busy = pane;
    }

  gtk_widget_set_visible (self->badge, busy != NULL);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  if (busy == NULL)
    return;

  nerve_progress_ring_set_fraction (NERVE_PROGRESS_RING (self->ring), fraction);
  text = g_strdup_printf (_("%d %%"), (int) (fraction * 100 + .5));
  gtk_label_set_label (self->percent, text);
}

static void
update_title (NerveColumn *self)
{
  const NerveLayer *layer = nerve_dataset_get_layer (self->model->dataset, self->layer);
  g_autofree char *number = g_strdup_printf ("%u", self->layer);
  g_auto (GStrv) summaries = nerve_mapper_figure_summaries (self->model, self->layer);
  g_autofree char *pin = NULL;
  gboolean pinned = self->model->pinned[self->index];
  gboolean is_hovered = self->model->hover_layer == (int) self->layer && self->model->hover_node >= 0;

  gtk_label_set_label (self->number, number);
  gtk_label_set_label (self->name, layer->name);
  nerve_tooltip_set (GTK_WIDGET (self->name), layer->name);
  nerve_fitting_label_set_texts (self->summary, (const char *const *) summaries);
  nerve_figure_view_set_reading (self->mapper, is_hovered ? summaries[0] : NULL);
  gtk_toggle_button_set_active (self->pin, pinned);
  nerve_tooltip_set (GTK_WIDGET (self->pin), pinned ? _("Unpin") : _("Pin"));
  /* Translators: a layer's name */
  pin = g_strdup_printf (pinned ? _("Unpin %s") : _("Pin %s"), layer->name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->pin), GTK_ACCESSIBLE_PROPERTY_LABEL, pin, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, layer->name, -1);
}

/* The hand is on a bar or a curve. */
static gboolean
is_read (NerveColumn *self)
{
  return nerve_bar_mark_in (self->model->hover_bar, self->layer) >= 0
         || self->model->hover_curve.layer == (int) self->layer;
}

static void
update_bars (NerveColumn *self)
{
  static const char *const forms[NERVE_N_BARS_AS] = { N_("Diagram"), N_("Barcode"), N_("Betti curves") };
  const NerveFigureKind *kind = nerve_figure_kind_of_bars (self->model->bars_as);
  g_auto (GStrv) reading = nerve_bar_texts (self->model, self->layer);

  gtk_menu_button_set_label (self->form, _(forms[self->model->bars_as]));
  nerve_fitting_label_set_texts (self->reading, (const char *const *) reading);
  nerve_figure_view_set_kind (self->bars, kind);
  nerve_figure_view_set_reading (self->bars, is_read (self) ? reading[0] : NULL);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
on_pin_clicked (NerveColumn *self)
{
  /* The model decides whether it is down. */
  if (self->model != NULL)
    gtk_toggle_button_set_active (self->pin, self->model->pinned[self->index]);
  gtk_widget_activate_action (GTK_WIDGET (self), "document.toggle-pin", "u", self->index);
}

static void
on_cancel_clicked (NerveColumn *self)
{
  for (guint i = 0; i < N_PANES; i++)
    {
      NerveFigureView *pane = nerve_column_get_pane (self, i);
      gboolean busy;

      g_object_get (pane, "busy", &busy, NULL);
      if (busy)
        gtk_widget_activate_action (GTK_WIDGET (self), "document.cancel", "(us)", self->layer,
                                    nerve_figure_view_get_kind (pane)->name);
    }
}

static void
nerve_column_dispose (GObject *object)
{
  nerve_template_dispose (GTK_WIDGET (object), NERVE_TYPE_COLUMN);

  G_OBJECT_CLASS (nerve_column_parent_class)->dispose (object);
}

static void
nerve_column_class_init (NerveColumnClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nerve_column_dispose;
  widget_class->measure = nerve_column_measure;
  widget_class->size_allocate = nerve_column_size_allocate;
  widget_class->snapshot = nerve_column_snapshot;

  g_type_ensure (NERVE_TYPE_FIGURE_VIEW);
  g_type_ensure (NERVE_TYPE_FITTING_LABEL);
  g_type_ensure (NERVE_TYPE_PROGRESS_RING);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/nerve/Nerve/views/column.ui");
  gtk_widget_class_bind_template_child (widget_class, NerveColumn, title);
  gtk_widget_class_bind_template_child (widget_class, NerveColumn, number);
  gtk_widget_class_bind_template_child (widget_class, NerveColumn, name);
  gtk_widget_class_bind_template_child (widget_class, NerveColumn, summary);
  gtk_widget_class_bind_template_child (widget_class, NerveColumn, badge);
  gtk_widget_class_bind_template_child (widget_class, NerveColumn, ring);
  gtk_widget_class_bind_template_child (widget_class, NerveColumn, percent);
  gtk_widget_class_bind_template_child (widget_class, NerveColumn, pin);
  gtk_widget_class_bind_template_child (widget_class, NerveColumn, separator);
  gtk_widget_class_bind_template_child (widget_class, NerveColumn, mapper);
  gtk_widget_class_bind_template_child (widget_class, NerveColumn, form);
  gtk_widget_class_bind_template_child (widget_class, NerveColumn, reading);
  gtk_widget_class_bind_template_child (widget_class, NerveColumn, bars);
  gtk_widget_class_bind_template_callback (widget_class, on_pin_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_clicked);
  gtk_widget_class_bind_template_callback (widget_class, update_badge);
  gtk_widget_class_set_css_name (widget_class, "column");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
nerve_column_init (NerveColumn *self)
{
  self->alone = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  nerve_fitting_label_set_xalign (self->reading, 1);
  nerve_tooltip_set (GTK_WIDGET (self->form), _("How Bars Are Shown"));
}

GtkWidget *
nerve_column_new (guint index)
{
  NerveColumn *self = g_object_new (NERVE_TYPE_COLUMN, NULL);

  self->index = index;
  for (guint i = 0; i < N_PANES; i++)
    g_object_set (nerve_column_get_pane (self, i), "priority", (int) (N_PANES * index + i), NULL);

  return GTK_WIDGET (self);
}

void
nerve_column_set_model (NerveColumn *self, const NerveFigureModel *model)
{
  g_return_if_fail (NERVE_IS_COLUMN (self));

  self->model = model;
  if (model != NULL)
    self->layer = model->columns[self->index];
  for (guint i = 0; i < N_PANES; i++)
    {
      NerveFigureView *pane = nerve_column_get_pane (self, i);

      if (model != NULL)
        nerve_figure_view_set_layer (pane, self->layer);
      nerve_figure_view_set_model (pane, model);
    }
  nerve_column_update (self);
}

void
nerve_column_update (NerveColumn *self)
{
  g_return_if_fail (NERVE_IS_COLUMN (self));

  if (self->model == NULL)
    return;

  self->layer = self->model->columns[self->index];
  update_title (self);
  update_bars (self);
  for (guint i = 0; i < N_PANES; i++)
    {
      nerve_figure_view_set_layer (nerve_column_get_pane (self, i), self->layer);
      nerve_figure_view_update (nerve_column_get_pane (self, i));
    }
}

guint
nerve_column_get_layer (NerveColumn *self)
{
  g_return_val_if_fail (NERVE_IS_COLUMN (self), 0);
  return self->layer;
}

NerveFigureView *
nerve_column_get_pane (NerveColumn *self, guint pane)
{
  g_return_val_if_fail (NERVE_IS_COLUMN (self), NULL);

  switch (pane)
    {
    case 0:
      return self->mapper;
    case 1:
      return self->bars;
    default:
      return NULL;
    }
}

/* Most are never opened, and each takes a millisecond to make. */
static void
make_form_menu (GtkMenuButton *button, gpointer menu)
{
  if (gtk_menu_button_get_menu_model (button) == NULL)
    gtk_menu_button_set_menu_model (button, menu);
}

void
nerve_column_set_menu (NerveColumn *self, guint pane, GMenuModel *menu)
{
  g_return_if_fail (NERVE_IS_COLUMN (self));
  g_return_if_fail (pane < N_PANES);
  nerve_figure_view_set_menu (nerve_column_get_pane (self, pane), menu);
  if (pane == 1)
    gtk_menu_button_set_create_popup_func (self->form, make_form_menu, g_object_ref (menu), g_object_unref);
}

const char *
nerve_column_get_summary (NerveColumn *self)
{
  g_return_val_if_fail (NERVE_IS_COLUMN (self), NULL);
  return nerve_fitting_label_get_text (self->summary);
}

const char *
nerve_column_get_reading (NerveColumn *self)
{
  g_return_val_if_fail (NERVE_IS_COLUMN (self), NULL);
  return nerve_fitting_label_get_text (self->reading);
}
