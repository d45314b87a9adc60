#include "config.h"

#include "views/figure-pick.h"

#include "mapper/graph-walk.h"
#include "views/figure-view-private.h"

static void
activate (NerveFigureView *view, const char *action, GVariant *target)
{
  gtk_widget_activate_action_variant (GTK_WIDGET (view), action, target);
}

void
nerve_figure_pick_nodes (NerveFigureView *view, const guint *nodes, guint n, NerveFigurePick mode)
{
  GVariant *array = g_variant_new_fixed_array (G_VARIANT_TYPE_UINT32, nodes, n, sizeof *nodes);

  activate (view, "document.select-nodes",
            g_variant_new ("(u@auu)", nerve_figure_view_get_layer (view), array, (guint) mode));
}

static NerveMapper *
get_mapper (NerveFigureView *view)
{
  const NerveFigureModel *model = nerve_figure_view_get_model (view);
  NerveGraph *graph = model != NULL ? model->layers[nerve_figure_view_get_layer (view)].graph : NULL;

  return graph != NULL ? graph->mapper : NULL;
}

gboolean
nerve_figure_has_node (NerveFigureView *view, int node)
{
  NerveMapper *mapper = get_mapper (view);

  return mapper != NULL && node >= 0 && node < (int) nerve_mapper_get_n_nodes (mapper);
}

void
nerve_figure_pick_component (NerveFigureView *view, guint node, NerveFigurePick mode)
{
  g_autoptr (GArray) nodes = nerve_graph_walk_component (get_mapper (view), node);

  nerve_figure_pick_nodes (view, (guint *) nodes->data, nodes->len, mode);
}

/* From the node that was clicked last, if it stands in this graph. */
static void
select_path (NerveFigureView *view, guint node)
{
  const NerveFigureModel *model = nerve_figure_view_get_model (view);
  g_autoptr (GArray) nodes = NULL;
  guint from = node;

  if (model->selected_layer == (int) nerve_figure_view_get_layer (view) &&
      nerve_figure_has_node (view, model->selected_node))
    from = model->selected_node;
  nodes = nerve_graph_walk_path (get_mapper (view), from, node);
  nerve_figure_pick_nodes (view, (guint *) nodes->data, nodes->len, NERVE_FIGURE_PICK_ADD);
}

static void
pick_node (NerveFigureView *view, guint node, int n_press, GdkModifierType state)
{
  gboolean control = (state & GDK_CONTROL_MASK) != 0;

  if (!nerve_figure_has_node (view, node))
    return;

  if (n_press == 2)
    nerve_figure_pick_component (view, node, control ? NERVE_FIGURE_PICK_ADD : NERVE_FIGURE_PICK_REPLACE);
  else if (state & GDK_SHIFT_MASK)
    select_path (view, node);
  else
    nerve_figure_pick_nodes (view, &node, 1, control ? NERVE_FIGURE_PICK_TOGGLE : NERVE_FIGURE_PICK_REPLACE);
}

gboolean
nerve_figure_is_of_network (NerveFigureView *view)
{
  guint flags = nerve_figure_view_get_kind (view)->flags;

  return !(flags & NERVE_FIGURE_PER_LAYER) || (flags & NERVE_FIGURE_NEEDS_NOISE);
}

void
nerve_figure_pick_images (NerveFigureView *view, const guint32 *images, gsize n, NerveFigurePick mode)
{
  GVariant *array = g_variant_new_fixed_array (G_VARIANT_TYPE_UINT32, images, n, sizeof *images);

  activate (view, "document.select-images", g_variant_new ("(@auu)", array, (guint) mode));
}

/* Of one of several layers that a figure shows. */
static void
pick_node_of (NerveFigureView *view, const NerveHit *hit, NerveFigurePick mode)
{
  GVariant *array = g_variant_new_fixed_array (G_VARIANT_TYPE_UINT32, &hit->index, 1, sizeof hit->index);

  activate (view, "document.select-nodes", g_variant_new ("(u@auu)", hit->layer, array, (guint) mode));
}

void
nerve_figure_pick (NerveFigureView *view, const NerveHit *hit, int n_press, GdkModifierType state)
{
  guint mode = state & GDK_CONTROL_MASK ? NERVE_FIGURE_PICK_TOGGLE : NERVE_FIGURE_PICK_REPLACE;

  switch (hit->kind)
    {
    case NERVE_HIT_NODE:
      if (nerve_figure_is_of_network (view))
        {
          pick_node_of (view, hit, mode);
          break;
        }
      pick_node (view, hit->index, n_press, state);
      break;
    case NERVE_HIT_NOISY_NODE:
      activate (view, "document.select-noisy-node", g_variant_new ("(uuu)", hit->layer, hit->index, mode));
      break;
    case NERVE_HIT_LAYER:
      activate (view, "document.walk-to", g_variant_new_uint32 (hit->index));
      break;
    case NERVE_HIT_CLASS:
    case NERVE_HIT_GROUP:
      activate (view, "document.select-class",
                g_variant_new ("(ubu)", hit->index, hit->kind == NERVE_HIT_GROUP, mode));
      break;
    case NERVE_HIT_SWEEP:
      activate (view, "document.take-sweep", g_variant_new_uint32 (hit->index));
      break;
    case NERVE_HIT_PAIR:
      activate (view, "document.pair", g_variant_new ("(uu)", hit->layer, hit->index));
      break;
    case NERVE_HIT_BAR:
      activate (view, "document.select-bar",
                g_variant_new ("(uuu)", nerve_figure_view_get_layer (view), hit->index, mode));
      break;
    case NERVE_HIT_CELL:
      activate (view, "document.matrix-cell", g_variant_new ("(uu)", hit->layer, hit->index));
      break;
    case NERVE_HIT_IMAGE:
      nerve_figure_pick_images (view, &hit->index, 1, mode);
      break;
    case NERVE_HIT_NOTHING:
    default:
      break;
    }
}
