#include "config.h"

#include <glib/gi18n.h>

#include "app/window-private.h"

/* What a view is made from. */
typedef enum { NEEDS_NOTHING, NEEDS_CLASSES, NEEDS_ACTIVATIONS, NEEDS_LAYERS } Need;

static const struct
{
  const char *name;
  const char *label; /* in the menu */
  Need        need;
} views[NERVE_WINDOW_VIEWS] = {
  { "board", N_("_Board"), NEEDS_NOTHING },
  { "classes", N_("C_lasses"), NEEDS_CLASSES },
  { "betti", N_("Be_tti Numbers"), NEEDS_ACTIVATIONS },
  { "compare", N_("_Compare Layers"), NEEDS_LAYERS },
  { "sweep", N_("S_weep Parameters"), NEEDS_ACTIVATIONS },
};

/* Why there would be nothing to see; NULL: there is something. */
static const char *
find_lack (NerveWindow *self, NerveDataset *dataset, Need need)
{
  gboolean graph = nerve_dataset_get_graph (dataset) != NULL;
  gboolean alone = nerve_dataset_get_n_layers (dataset) < 2 &&
                   g_list_model_get_n_items (G_LIST_MODEL (self->session)) < 2;

  if (need == NEEDS_CLASSES && nerve_dataset_get_n_classes (dataset) < 2)
    return _("Without classes none part");
  if (need >= NEEDS_ACTIVATIONS && graph)
    return _("There are no activations in this file, only a graph");
  if (need == NEEDS_LAYERS && alone)
    return _("There is no other layer to compare with; open another file");

  return NULL;
}

static NerveDataset *
get_dataset (NerveWindow *self)
{
  NerveDocument *document = nerve_document_view_get_document (self->view);

  return document != NULL ? nerve_document_get_dataset (document) : NULL;
}

void
nerve_window_views_update (NerveWindow *self)
{
  NerveDataset *dataset = get_dataset (self);

  g_menu_remove_all (self->views_menu);
  for (guint i = 0; i < NERVE_WINDOW_VIEWS; i++)
    {
      gboolean serves = dataset != NULL && find_lack (self, dataset, views[i].need) == NULL;
      g_autofree char *action = g_strconcat ("win.view::", views[i].name, NULL);

      if (self->view_buttons[i] != NULL)
        gtk_widget_set_visible (self->view_buttons[i], serves);
      if (serves)
        g_menu_append (self->views_menu, _(views[i].label), action);
    }
  nerve_window_views_check (self);
}

void
nerve_window_views_show (NerveWindow *self, const char *name)
{
  for (guint i = 0; i < NERVE_WINDOW_VIEWS; i++)
    if (g_str_equal (name, views[i].name))
      g_object_set (self->view, "view", name, NULL);
}

void
nerve_window_views_check (NerveWindow *self)
{
  NerveDataset *dataset = get_dataset (self);
  const char *lack = NULL;
  g_autofree char *view = NULL;
  guint i = 0;

  g_object_get (self->view, "view", &view, NULL);
  while (i + 1 < NERVE_WINDOW_VIEWS && !g_str_equal (view, views[i].name))
    i++;
  if (dataset != NULL)
    lack = find_lack (self, dataset, views[i].need);
  if (lack != NULL)
    nerve_window_say (self, lack);
  if (lack != NULL || (dataset == NULL && i > 0))
    g_object_set (self->view, "view", views[0].name, NULL);
}
