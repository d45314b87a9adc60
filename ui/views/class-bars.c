#include "config.h"

#include "views/class-bars.h"

#include "views/class-bar.h"
#include "views/class-mark.h"

struct _NerveClassBars
{
  GtkWidget  parent_instance;
  GtkWidget *scroller;
  GtkGrid   *grid;
};

G_DEFINE_FINAL_TYPE (NerveClassBars, nerve_class_bars, GTK_TYPE_WIDGET)

static void
nerve_class_bars_dispose (GObject *object)
{
  NerveClassBars *self = NERVE_CLASS_BARS (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);

  G_OBJECT_CLASS (nerve_class_bars_parent_class)->dispose (object);
}

static void
nerve_class_bars_class_init (NerveClassBarsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nerve_class_bars_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "classbars");
}

static void
nerve_class_bars_init (NerveClassBars *self)
{
  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_spacing (self->grid, 6);
  gtk_grid_set_row_spacing (self->grid, 3);

  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (self->scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->grid));
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

GtkWidget *
nerve_class_bars_new (void)
{
  return g_object_new (NERVE_TYPE_CLASS_BARS, NULL);
}

static void
add_row (NerveClassBars *self, const NerveFigureModel *model, guint label, guint count, guint largest, int row)
{
  g_autofree char *text = g_strdup_printf ("%u", count);
  GtkWidget *name = gtk_label_new (nerve_dataset_get_class_name (model->dataset, label));
  GtkWidget *bar = nerve_class_bar_new (model->palette, label, (double) count / largest);
  GtkWidget *number = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (name), 14);
  gtk_label_set_width_chars (GTK_LABEL (name), MIN (g_utf8_strlen (gtk_label_get_label (GTK_LABEL (name)), -1), 11));
  gtk_widget_set_hexpand (bar, TRUE);
  gtk_label_set_xalign (GTK_LABEL (number), 1);
  gtk_label_set_width_chars (GTK_LABEL (number), 3);
  gtk_widget_add_css_class (number, "numeric");

  gtk_grid_attach (self->grid, nerve_class_mark_new (model->palette, label, FALSE), 0, row, 1, 1);
  gtk_grid_attach (self->grid, name, 1, row, 1, 1);
  gtk_grid_attach (self->grid, bar, 2, row, 1, 1);
  gtk_grid_attach (self->grid, number, 3, row, 1, 1);
}

/* The class not shown yet that has most images; -1: none left. */
static int
next_class (const guint *counts, const gboolean *shown, guint n)
{
  int next = -1;

  for (guint i = 0; i < n; i++)
    if (!shown[i] && counts[i] > 0 && (next < 0 || counts[i] > counts[next]))
      next = i;

  return next;
}

void
nerve_class_bars_set (NerveClassBars *self, const NerveFigureModel *model, const guint *counts)
{
  guint n = nerve_dataset_get_n_classes (model->dataset);
  g_autofree gboolean *shown = g_new0 (gboolean, n + 1);
  GtkWidget *child;
  int label, first;

  g_return_if_fail (NERVE_IS_CLASS_BARS (self));

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))) != NULL)
    gtk_grid_remove (self->grid, child);

  first = next_class (counts, shown, n);
  for (int row = 0; (label = next_class (counts, shown, n)) >= 0; row++)
    {
      shown[label] = TRUE;
      add_row (self, model, label, counts[label], counts[first], row);
    }
}
