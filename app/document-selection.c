#include "config.h"

#include <glib/gi18n.h>

#include "app/document-private.h"
#include "figures/noise.h"
#include "mapper/graph-walk.h"

void
nerve_document_select_images (NerveDocument *self, const NerveBitset *images, NerveSelectMode mode, int layer, int node,
                              int bar, const char *name)
{
  NerveDocumentState *after = nerve_document_state_copy (self->state);
  gsize n = nerve_bitset_length (after->selection);

  if (mode == NERVE_SELECT_REPLACE)
    nerve_bitset_clear_all (after->selection);
  if (mode == NERVE_SELECT_TOGGLE)
    {
      gboolean all = TRUE;

      for (gsize i = 0; i < n && all; i++)
        all = !nerve_bitset_get (images, i) || nerve_bitset_get (after->selection, i);
      for (gsize i = 0; i < n; i++)
        if (nerve_bitset_get (images, i))
          nerve_bitset_set (after->selection, i, !all);
    }
  else
    {
      nerve_bitset_union (after->selection, images);
    }

  after->selected_layer = layer;
  after->selected_node = node;
  g_free (after->selected_graph);
  after->selected_graph = node >= 0 ? g_strdup (self->slots[layer][NERVE_RESULT_GRAPH].shown) : NULL;
  after->selected_bar = bar;
  g_free (after->selected_diagram);
  after->selected_diagram = bar >= 0 ? g_strdup (self->slots[layer][NERVE_RESULT_HOMOLOGY].shown) : NULL;
  g_free (after->selection_name);
  after->selection_name = mode == NERVE_SELECT_REPLACE ? g_strdup (name) : NULL;
  if (nerve_bitset_is_empty (after->selection))
    after->selected_layer = after->selected_node = after->selected_bar = -1;
  nerve_document_commit (self, after, _("Change Selection"));
}

static char *
name_nodes (NerveDocument *self, guint layer, const guint *nodes, guint n)
{
  const char *name = nerve_dataset_get_layer (self->dataset, layer)->name;

  if (n == 1)
    /* Translators: a node's number and the layer's name */
    return g_strdup_printf (_("node %u of %s"), nodes[0], name);

  return g_strdup_printf (ngettext ("%u node of %s", "%u nodes of %s", n), n, name);
}

/* A node's images. */
static void
add_members (NerveBitset *images, NerveMapper *mapper, guint index)
{
  const guint32 *image_of = nerve_cloud_get_images (nerve_mapper_get_cloud (mapper));
  const NerveNode *node = nerve_mapper_get_node (mapper, index);

  for (gsize i = 0; i < node->n_members; i++)
    nerve_bitset_set (images, image_of[node->members[i]], TRUE);
}

NerveBitset *
nerve_document_images_of_nodes (NerveDocument *self, guint layer, const guint *nodes, guint n)
{
  const NerveGraph *graph;
  NerveBitset *images;

  g_return_val_if_fail (NERVE_IS_DOCUMENT (self), NULL);
  g_return_val_if_fail (layer < self->n_layers, NULL);

  graph = self->results[layer].graph;
  if (graph == NULL)
    return NULL;

  images = nerve_bitset_new (nerve_dataset_get_n (self->dataset));
  /* Who asks may have looked at an older graph. */
  for (guint i = 0; i < n; i++)
    if (nodes[i] < nerve_mapper_get_n_nodes (graph->mapper))
      add_members (images, graph->mapper, nodes[i]);

  return images;
}

void
nerve_document_select_nodes (NerveDocument *self, guint layer, const guint *nodes, guint n, NerveSelectMode mode)
{
  g_autoptr (NerveBitset) images = NULL;
  g_autofree char *name = NULL;

  images = nerve_document_images_of_nodes (self, layer, nodes, n);
  if (images == NULL)
    return;

  name = name_nodes (self, layer, nodes, n);
  nerve_document_select_images (self, images, mode, layer, n == 1 ? (int) nodes[0] : -1, -1, name);
}

void
nerve_document_select_noisy_node (NerveDocument *self, guint layer, guint node, NerveSelectMode mode)
{
  g_autoptr (NerveBitset) images = NULL;
  g_autofree char *name = NULL;
  const NerveNoise *noise;
  NerveMapper *mapper;

  g_return_if_fail (NERVE_IS_DOCUMENT (self));
  g_return_if_fail (layer < self->n_layers);

  noise = self->model.network != NULL ? self->model.network->noises[layer] : NULL;
  mapper = noise != NULL ? noise->graphs[NERVE_NOISE_NOISY]->mapper : NULL;
  /* Who asks may have looked at an older graph. */
  if (mapper == NULL || node >= nerve_mapper_get_n_nodes (mapper))
    return;

  images = nerve_bitset_new (nerve_dataset_get_n (self->dataset));
  add_members (images, mapper, node);
  /* Translators: a node's number and the layer's name */
  name = g_strdup_printf (_("node %u of noisy %s"), node, nerve_dataset_get_layer (self->dataset, layer)->name);
  nerve_document_select_images (self, images, mode, -1, -1, -1, name);
}

static void
select_around (NerveDocument *self, GArray *(*walk) (const NerveMapper *, guint))
{
  const NerveFigureModel *model = &self->model;
  g_autoptr (GArray) nodes = NULL;
  const NerveGraph *graph;

  if (model->selected_layer < 0 || model->selected_node < 0)
    return;

  graph = self->results[model->selected_layer].graph;
  nodes = walk (graph->mapper, model->selected_node);
  nerve_document_select_nodes (self, model->selected_layer, (guint *) nodes->data, nodes->len, NERVE_SELECT_REPLACE);
}

void
nerve_document_select_component (NerveDocument *self)
{
  g_return_if_fail (NERVE_IS_DOCUMENT (self));
  select_around (self, nerve_graph_walk_component);
}

void
nerve_document_select_community (NerveDocument *self)
{
  g_return_if_fail (NERVE_IS_DOCUMENT (self));
  select_around (self, nerve_graph_walk_community);
}

void
nerve_document_select_class (NerveDocument *self, guint label, gboolean group, NerveSelectMode mode)
{
  g_autoptr (NerveBitset) images = NULL;
  const int *labels;
  gsize n;

  g_return_if_fail (NERVE_IS_DOCUMENT (self));

  labels = nerve_dataset_get_labels (self->dataset);
  if (labels == NULL)
    return;

  n = nerve_dataset_get_n (self->dataset);
  images = nerve_bitset_new (n);
  for (gsize i = 0; i < n; i++)
    if (labels[i] >= 0)
      nerve_bitset_set (images, i, (group ? nerve_dataset_get_group (self->dataset, 1, labels[i])
                                          : (guint) labels[i]) == label);
  nerve_document_select_images (self, images, mode, -1, -1, -1,
                                group ? nerve_dataset_get_group_name (self->dataset, 1, label)
                                      : nerve_dataset_get_class_name (self->dataset, label));
}

void
nerve_document_select_list (NerveDocument *self, const guint32 *list, gsize n, NerveSelectMode mode)
{
  g_autoptr (NerveBitset) images = NULL;
  g_autofree char *name = NULL;
  g_autofree char *number = NULL;
  const char *id;

  g_return_if_fail (NERVE_IS_DOCUMENT (self));

  images = nerve_bitset_new (nerve_dataset_get_n (self->dataset));
  for (gsize i = 0; i < n; i++)
    if (list[i] < nerve_bitset_length (images))
      nerve_bitset_set (images, list[i], TRUE);
  if (n == 1 && list[0] < nerve_bitset_length (images))
    {
      id = nerve_dataset_get_sample_id (self->dataset, list[0]);
      number = g_strdup_printf ("%u", list[0]);
      /* Translators: an image's id, or its number */
      name = g_strdup_printf (_("image %s"), id != NULL ? id : number);
    }
  nerve_document_select_images (self, images, mode, -1, -1, -1, name);
}

void
nerve_document_select_none (NerveDocument *self)
{
  g_autoptr (NerveBitset) none = NULL;

  g_return_if_fail (NERVE_IS_DOCUMENT (self));

  none = nerve_bitset_new (nerve_dataset_get_n (self->dataset));
  nerve_document_emit (self, nerve_document_drop_bar (self));
  nerve_document_select_images (self, none, NERVE_SELECT_REPLACE, -1, -1, -1, NULL);
}

char *
nerve_document_describe_selection (NerveDocument *self)
{
  g_autofree char *count = NULL;
  gsize n;

  g_return_val_if_fail (NERVE_IS_DOCUMENT (self), NULL);

  n = nerve_bitset_count (self->state->selection);
  if (n == 0)
    return NULL;

  count = g_strdup_printf (ngettext ("%zu image", "%zu images", n), n);
  if (self->state->selection_name == NULL)
    return g_steal_pointer (&count);

  return g_strdup_printf ("%s · %s", self->state->selection_name, count);
}
