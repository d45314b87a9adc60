#include "config.h"

#include "views/drawer.h"

#include <glib/gi18n.h>

#include "views/template.h"

struct _NerveDrawer
{
  GtkWidget           parent_instance;
  GtkLabel           *decay_caption;
  GtkLabel           *decay_short_caption;
  GtkLabel           *purity_caption;
  NerveFigureView    *decay;
  NerveFigureView    *purity;
  NerveSelectionPane *selection;
};

G_DEFINE_FINAL_TYPE (NerveDrawer, nerve_drawer, GTK_TYPE_WIDGET)

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
  g_type_ensure (NERVE_TYPE_SELECTION_PANE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/nerve/Nerve/views/drawer.ui");
  gtk_widget_class_bind_template_child (widget_class, NerveDrawer, decay_caption);
  gtk_widget_class_bind_template_child (widget_class, NerveDrawer, decay_short_caption);
  gtk_widget_class_bind_template_child (widget_class, NerveDrawer, purity_caption);
  gtk_widget_class_bind_template_child (widget_class, NerveDrawer, decay);
  gtk_widget_class_bind_template_child (widget_class, NerveDrawer, purity);
  gtk_widget_class_bind_template_child (widget_class, NerveDrawer, selection);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
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
nerve_drawer_set_captions (NerveDrawer *self, const char *decay, const char *decay_short, const char *purity)
{
  g_return_if_fail (NERVE_IS_DRAWER (self));

  gtk_label_set_label (self->decay_caption, decay);
  gtk_label_set_label (self->decay_short_caption, decay_short);
  gtk_label_set_label (self->purity_caption, purity);
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
