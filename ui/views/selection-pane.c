#include "config.h"

#include "views/selection-pane.h"

#include <glib/gi18n.h>

#include "figures/bar-texts.h"
#include "views/class-bars.h"
#include "views/fitting-label.h"
#include "views/image-list.h"
#include "views/picture-loader.h"
#include "views/picture-tile.h"
#include "views/selection-numbers.h"
#include "views/template.h"

#define TILE_WIDTH 30 /* at least, in the style sheet */
#define SOON 50       /* ms until pictures follow one selection, */
#define REST 300      /* and until they follow the last of many: a hand that brushes has come to rest */

struct _NerveSelectionPane
{
  GtkWidget               parent_instance;
  const NerveFigureModel *model;
  NervePictureLoader     *loader;
  NerveImageList         *images;
  guint                   pictures_source;
  gint64                  changed; /* µs; the selection, when last */
  guint                   width_source;
  NerveFittingLabel      *name;
  GtkWidget              *buttons;
  GtkLabel               *explanation; /* of the bar whose images are selected */
  GtkStack               *stack;
  GtkGridView            *pictures;
  NerveClassBars         *bars;
  GtkWidget              *statistics;
  NerveFittingLabel      *purity;
  NerveFittingLabel      *predicted;
  GtkMenuButton          *numbers_button;
  NerveSelectionNumbers  *numbers;
};

G_DEFINE_FINAL_TYPE (NerveSelectionPane, nerve_selection_pane, GTK_TYPE_WIDGET)

/* Pictures */

static void
on_setup (NerveSelectionPane *self, GtkListItem *item)
{
  gtk_list_item_set_child (item, nerve_picture_tile_new ());
  gtk_list_item_set_activatable (item, FALSE);
}

static void
on_bind (NerveSelectionPane *self, GtkListItem *item)
{
  NerveImageItem *image = gtk_list_item_get_item (item);

  nerve_picture_tile_bind (NERVE_PICTURE_TILE (gtk_list_item_get_child (item)), self->model, self->loader,
                           nerve_image_item_get_image (image));
}

static void
on_unbind (NerveSelectionPane *self, GtkListItem *item)
{
  nerve_picture_tile_unbind (NERVE_PICTURE_TILE (gtk_list_item_get_child (item)));
}

static gboolean
has_selection (NerveSelectionPane *self)
{
  return self->model != NULL && self->model->selection != NULL && !nerve_bitset_is_empty (self->model->selection);
}

static gboolean
on_rest (gpointer user_data)
{
  NerveSelectionPane *self = user_data;

  self->pictures_source = 0;
  if (self->loader != NULL)
    nerve_picture_loader_forget (self->loader);
  nerve_image_list_set (self->images, has_selection (self) ? self->model : NULL);

  return G_SOURCE_REMOVE;
}

/* Hundreds of tiles are made anew: a hand that goes on selecting would wait for them at each step. */
static void
queue_pictures (NerveSelectionPane *self)
{
  gint64 now = g_get_monotonic_time ();
  guint delay = now - self->changed < 2 * REST * 1000 ? REST : SOON;

  self->changed = now;
  g_clear_handle_id (&self->pictures_source, g_source_remove);
  self->pictures_source = g_timeout_add (delay, on_rest, self);
}

static gboolean
on_width_settled (gpointer user_data)
{
  NerveSelectionPane *self = user_data;
  double width = gtk_adjustment_get_page_size (gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (self->pictures)));

  self->width_source = 0;
  gtk_grid_view_set_max_columns (self->pictures, CLAMP ((guint) (width / TILE_WIDTH), 1, 64));

  return G_SOURCE_REMOVE;
}

/* A grid holds tiles for thirty rows, whatever is seen, of as many columns as it is told to expect. */
static void
on_width_changed (NerveSelectionPane *self)
{
  if (self->width_source == 0)
    self->width_source = g_idle_add (on_width_settled, self);
}

/* Numbers */

static gsize
count_classes (NerveSelectionPane *self, guint *counts, gsize *n_right, gsize *n_predicted)
{
  const int *labels = nerve_dataset_get_labels (self->model->dataset);
  const int *predictions = nerve_dataset_get_predictions (self->model->dataset);
  gsize n = 0;

  *n_right = *n_predicted = 0;
  for (gsize i = 0; labels != NULL && i < nerve_bitset_length (self->model->selection); i++)
    if (nerve_bitset_get (self->model->selection, i) && labels[i] >= 0)
      {
        n++;
        counts[labels[i]]++;
        if (predictions != NULL && predictions[i] >= 0)
          {
            *n_predicted += 1;
            *n_right += predictions[i] == labels[i];
          }
      }

  return n;
}

static void
update_numbers (NerveSelectionPane *self)
{
  guint n_classes = nerve_dataset_get_n_classes (self->model->dataset);
  g_autofree guint *counts = g_new0 (guint, n_classes + 1);
  g_autofree char *purity = NULL;
  g_autofree char *brief = NULL;
  g_autofree char *predicted = NULL;
  g_autofree char *right = NULL;
  gsize n_right, n_predicted;
  gsize n = count_classes (self, counts, &n_right, &n_predicted);
  guint present = 0, largest = 0;

  gtk_widget_set_visible (self->statistics, n > 0);
  if (n == 0)
    return;

  for (guint i = 0; i < n_classes; i++)
    {
      present += counts[i] > 0;
      largest = MAX (largest, counts[i]);
    }
  nerve_class_bars_set (self->bars, self->model, counts);
  /* Translators: 1 / the number of classes, and the share of the commonest */
  purity = g_strdup_printf (_("Purity %.2g · majority %.0f %%"), 1. / present, 100. * largest / n);
  brief = g_strdup_printf (_("Purity %.2g"), 1. / present);
  nerve_fitting_label_set_texts (self->purity, (const char *const []) { purity, brief, NULL });
  gtk_widget_set_visible (GTK_WIDGET (self->predicted), n_predicted > 0);
  if (n_predicted > 0)
    {
      predicted = g_strdup_printf (_("%.0f %% predicted right"), 100. * n_right / n_predicted);
      /* Translators: of the selected images' predictions, where there is less room */
      right = g_strdup_printf (_("%.0f %% right"), 100. * n_right / n_predicted);
      nerve_fitting_label_set_texts (self->predicted, (const char *const []) { predicted, right, NULL });
    }
}

static void
on_numbers_shown (NerveSelectionPane *self)
{
  if (self->model != NULL)
    nerve_selection_numbers_update (self->numbers, self->model);
}

static void
nerve_selection_pane_dispose (GObject *object)
{
  NerveSelectionPane *self = NERVE_SELECTION_PANE (object);

  g_clear_handle_id (&self->pictures_source, g_source_remove);
  g_clear_handle_id (&self->width_source, g_source_remove);
  nerve_template_dispose (GTK_WIDGET (object), NERVE_TYPE_SELECTION_PANE);
  g_clear_object (&self->loader);
  g_clear_object (&self->images);

  G_OBJECT_CLASS (nerve_selection_pane_parent_class)->dispose (object);
}

static void
nerve_selection_pane_class_init (NerveSelectionPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nerve_selection_pane_dispose;
  g_type_ensure (NERVE_TYPE_CLASS_BARS);
  g_type_ensure (NERVE_TYPE_FITTING_LABEL);
  g_type_ensure (NERVE_TYPE_SELECTION_NUMBERS);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/nerve/Nerve/views/selection-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, NerveSelectionPane, name);
  gtk_widget_class_bind_template_child (widget_class, NerveSelectionPane, buttons);
  gtk_widget_class_bind_template_child (widget_class, NerveSelectionPane, explanation);
  gtk_widget_class_bind_template_child (widget_class, NerveSelectionPane, stack);
  gtk_widget_class_bind_template_child (widget_class, NerveSelectionPane, pictures);
  gtk_widget_class_bind_template_child (widget_class, NerveSelectionPane, bars);
  gtk_widget_class_bind_template_child (widget_class, NerveSelectionPane, statistics);
  gtk_widget_class_bind_template_child (widget_class, NerveSelectionPane, purity);
  gtk_widget_class_bind_template_child (widget_class, NerveSelectionPane, predicted);
  gtk_widget_class_bind_template_child (widget_class, NerveSelectionPane, numbers_button);
  gtk_widget_class_bind_template_child (widget_class, NerveSelectionPane, numbers);
  gtk_widget_class_bind_template_callback (widget_class, on_numbers_shown);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "selection-pane");
}

static void
nerve_selection_pane_init (NerveSelectionPane *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkNoSelection *selection;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->images = nerve_image_list_new ();
  selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->images)));
  g_signal_connect_object (factory, "setup", G_CALLBACK (on_setup), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (on_unbind), self, G_CONNECT_SWAPPED);
  gtk_grid_view_set_factory (self->pictures, factory);
  gtk_grid_view_set_model (self->pictures, GTK_SELECTION_MODEL (selection));
  g_object_unref (factory);
  g_object_unref (selection);
  g_signal_connect_object (gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (self->pictures)), "notify::page-size",
                           G_CALLBACK (on_width_changed), self, G_CONNECT_SWAPPED);
}

GtkWidget *
nerve_selection_pane_new (void)
{
  return g_object_new (NERVE_TYPE_SELECTION_PANE, NULL);
}

void
nerve_selection_pane_set_model (NerveSelectionPane *self, const NerveFigureModel *model)
{
  g_return_if_fail (NERVE_IS_SELECTION_PANE (self));

  nerve_image_list_set (self->images, NULL);
  self->model = model;
  g_clear_object (&self->loader);
  if (model != NULL)
    self->loader = nerve_picture_loader_new (model->dataset);
  nerve_selection_pane_update (self, NULL);
}

/* "node 3 of pool · 55 images"; where there is less room, its part before the dot, that after it else. */
static void
set_name (NerveSelectionPane *self, const char *name)
{
  const char *dot = strstr (name, " · ");
  g_autofree char *before = dot != NULL ? g_strndup (name, dot - name) : NULL;

  nerve_fitting_label_set_texts (self->name, (const char *const []) {
    name, before, dot != NULL ? dot + strlen (" · ") : NULL, NULL,
  });
}

void
nerve_selection_pane_update (NerveSelectionPane *self, const char *name)
{
  g_autofree char *explanation = NULL;
  gboolean empty;

  g_return_if_fail (NERVE_IS_SELECTION_PANE (self));

  empty = !has_selection (self);
  set_name (self, empty || name == NULL ? "" : name);
  explanation = empty ? NULL : nerve_bar_explanation (self->model);
  gtk_label_set_label (self->explanation, explanation != NULL ? explanation : "");
  gtk_widget_set_visible (GTK_WIDGET (self->explanation), explanation != NULL);
  gtk_widget_set_visible (self->buttons, !empty);
  gtk_stack_set_visible_child_name (self->stack, empty ? "empty" : "images");
  queue_pictures (self);
  if (!empty)
    update_numbers (self);
  /* What it says is of another selection now. */
  gtk_menu_button_popdown (self->numbers_button);
}

const char *
nerve_selection_pane_get_summary (NerveSelectionPane *self)
{
  g_return_val_if_fail (NERVE_IS_SELECTION_PANE (self), NULL);
  return nerve_fitting_label_get_text (self->purity);
}
