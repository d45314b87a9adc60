#include "config.h"

#include "views/drawer.h"

#include "views/fitting-label.h"
#include "views/template.h"

#define OVER_LAYERS_WIDTH 450 /* two plots with their names want this much, but not more than */
#define OVER_LAYERS_SHARE .6

struct _NerveDrawer
{
  GtkWidget           parent_instance;
  GtkWidget          *over_layers;
  NerveFittingLabel  *decay_caption;
  NerveEtaControls   *eta;
  NerveFittingLabel  *purity_caption;
  NerveFigureView    *decay;
  NerveFigureView    *purity;
  NerveSelectionPane *selection;
};

G_DEFINE_FINAL_TYPE (NerveDrawer, nerve_drawer, GTK_TYPE_WIDGET)

/* Two halves; where that is too little for the plots, they get more. */
static void
nerve_drawer_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  NerveDrawer *self = NERVE_DRAWER (widget);
  int wanted = MAX (width / 2, (int) MIN (OVER_LAYERS_WIDTH, OVER_LAYERS_SHARE * width));
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int left, right;

  gtk_widget_measure (self->over_layers, GTK_ORIENTATION_HORIZONTAL, -1, &left, NULL, NULL, NULL);
  gtk_widget_measure (GTK_WIDGET (self->selection), GTK_ORIENTATION_HORIZONTAL, -1, &right, NULL, NULL, NULL);
  left = MAX (left, MIN (wanted, width - right));
  right = MAX (right, width - left);
  gtk_widget_size_allocate (self->over_layers, &(GtkAllocation) { mirrored ? width - left : 0, 0, left, height }, -1);
  gtk_widget_size_allocate (GTK_WIDGET (self->selection),
                            &(GtkAllocation) { mirrored ? 0 : left, 0, right, height }, -1);
}

static void
nerve_drawer_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                      int *minimum_baseline, int *natural_baseline)
{
  NerveDrawer *self = NERVE_DRAWER (widget);
  int left, left_natural, right, right_natural;

  gtk_widget_measure (self->over_layers, orientation, -1, &left, &left_natural, NULL, NULL);
  gtk_widget_measure (GTK_WIDGET (self->selection), orientation, -1, &right, &right_natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = left + right;
      *natural = left_natural + right_natural;
    }
  else
    {
      *minimum = MAX (left, right);
      *natural = MAX (left_natural, right_natural);
    }
}

static void
nerve_drawer_dispose (GObject *object)
{
  nerve_template_dispose (GTK_WIDGET (object), NERVE_TYPE_DRAWER);

  G_OBJECT_CLASS (nerve_drawer_parent_class)->dispose (object);
}

static void
nerve_drawer_class_init (NerveDrawerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nerve_drawer_dispose;
  g_type_ensure (NERVE_TYPE_FIGURE_VIEW);
  g_type_ensure (NERVE_TYPE_ETA_CONTROLS);
  g_type_ensure (NERVE_TYPE_FITTING_LABEL);
  g_type_ensure (NERVE_TYPE_SELECTION_PANE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/nerve/Nerve/views/drawer.ui");
  gtk_widget_class_bind_template_child (widget_class, NerveDrawer, over_layers);
  gtk_widget_class_bind_template_child (widget_class, NerveDrawer, decay_caption);
  gtk_widget_class_bind_template_child (widget_class, NerveDrawer, eta);
  gtk_widget_class_bind_template_child (widget_class, NerveDrawer, purity_caption);
  gtk_widget_class_bind_template_child (widget_class, NerveDrawer, decay);
  gtk_widget_class_bind_template_child (widget_class, NerveDrawer, purity);
  gtk_widget_class_bind_template_child (widget_class, NerveDrawer, selection);
  widget_class->measure = nerve_drawer_measure;
  widget_class->size_allocate = nerve_drawer_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "drawer");
}

static void
nerve_drawer_init (NerveDrawer *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
nerve_drawer_new (void)
{
  return g_object_new (NERVE_TYPE_DRAWER, NULL);
}

void
nerve_drawer_set_model (NerveDrawer *self, const NerveFigureModel *model)
{
  g_return_if_fail (NERVE_IS_DRAWER (self));

  nerve_figure_view_set_model (self->decay, model);
  nerve_figure_view_set_model (self->purity, model);
  nerve_selection_pane_set_model (self->selection, model);
}

void
nerve_drawer_update (NerveDrawer *self)
{
  g_return_if_fail (NERVE_IS_DRAWER (self));

  nerve_figure_view_update (self->decay);
  nerve_figure_view_update (self->purity);
}

void
nerve_drawer_set_captions (NerveDrawer *self, const char *const *decay, const char *const *purity)
{
  g_return_if_fail (NERVE_IS_DRAWER (self));

  nerve_fitting_label_set_texts (self->decay_caption, decay);
  nerve_fitting_label_set_texts (self->purity_caption, purity);
}

NerveEtaControls *
nerve_drawer_get_eta (NerveDrawer *self)
{
  g_return_val_if_fail (NERVE_IS_DRAWER (self), NULL);
  return self->eta;
}

NerveFigureView *
nerve_drawer_get_pane (NerveDrawer *self, guint pane)
{
  g_return_val_if_fail (NERVE_IS_DRAWER (self), NULL);

  switch (pane)
    {
    case 0:
      return self->decay;
    case 1:
      return self->purity;
    default:
      return NULL;
    }
}

NerveSelectionPane *
nerve_drawer_get_selection (NerveDrawer *self)
{
  g_return_val_if_fail (NERVE_IS_DRAWER (self), NULL);
  return self->selection;
}
