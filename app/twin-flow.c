#include "config.h"

#include "app/twin-flow.h"

#include <glib/gi18n.h>

#include "layers/matching.h"

guint
nerve_twin_flow_layer (const NerveMatrixView *view, guint layer)
{
  return view->cell[0] >= 0 ? (guint) view->cell[0] : layer;
}

static const NerveOpenModel *
get_rival (const NerveMatrixInput *input)
{
  return input->others->pdata[input->rival];
}

static gboolean
find_other (const NerveMatrixInput *input, NerveDataset *dataset, guint layer, guint *other)
{
  NerveDataset *rival = get_rival (input)->dataset;
  const int *cell = input->view.cell;

  if (cell[0] >= 0)
    {
      *other = cell[1];
      return *other < nerve_dataset_get_n_layers (rival);
    }

  return nerve_dataset_find_layer (rival, nerve_dataset_get_layer (dataset, layer)->name, other, NULL);
}

char *
nerve_twin_flow_key (const NerveMatrixInput *input, NerveDataset *dataset, guint layer,
                     const NerveLayerParameters *parameters, const NerveLayerResults *layers)
{
  const NerveOpenModel *rival = get_rival (input);
  guint own = nerve_twin_flow_layer (&input->view, layer);
  guint other = 0;
  gboolean found = find_other (input, dataset, own, &other);
  g_autofree char *here = nerve_result_key (NERVE_RESULT_GRAPH, dataset, own, &parameters[own]);
  g_autofree char *there = found ? nerve_result_key (NERVE_RESULT_GRAPH, rival->dataset, other,
                                                     &rival->parameters[other]) : NULL;

  return g_strdup_printf ("%s %d|%s %d", here, layers[own].graph != NULL, there != NULL ? there : "none",
                          found && rival->graphs[other] != NULL);
}

static gboolean
has_nodes (const NerveGraph *graph, const char *layer, NerveDataset *dataset, GError **error)
{
  g_autofree char *file = g_path_get_basename (nerve_dataset_get_path (dataset));

  if (graph != NULL && nerve_mapper_get_n_nodes (graph->mapper) > 0)
    return TRUE;

  /* Translators: a file, a layer */
  g_set_error (error, NERVE_ERROR, NERVE_ERROR_NOT_FOUND, _("%s: %s has no graph with nodes yet"), file, layer);

  return FALSE;
}

static gboolean
check (const NerveMatrixInput *input, NerveDataset *dataset, guint own, guint *other, const NerveLayerResults *layers,
       GError **error)
{
  const NerveOpenModel *rival = get_rival (input);
  const char *name = nerve_dataset_get_layer (dataset, own)->name;

  if (!find_other (input, dataset, own, other))
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_NOT_FOUND, _("the other network has no layer “%s”"), name);
      return FALSE;
    }
  if (nerve_dataset_get_n_classes (dataset) != nerve_dataset_get_n_classes (rival->dataset))
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_SHAPE, _("the two networks know different classes"));
      return FALSE;
    }

  return has_nodes (layers[own].graph, name, dataset, error) &&
         has_nodes (rival->graphs[*other], nerve_dataset_get_layer (rival->dataset, *other)->name, rival->dataset,
                    error);
}

static void
keep_images (NerveTwin *self, const NerveMatching *matching, NerveDataset *dataset, NerveDataset *other)
{
  self->n_images = nerve_dataset_get_n (dataset);
  self->n_others = nerve_dataset_get_n (other);
  self->images = g_new (guint32, MAX (self->n_images, 1));
  for (gsize i = 0; i < self->n_images; i++)
    self->images[i] = NERVE_TWIN_NO_IMAGE;
  for (gsize i = 0; i < matching->n; i++)
    self->images[matching->rows[0][i]] = matching->rows[1][i];
}

NerveTwin *
nerve_twin_flow_new (const NerveMatrixInput *input, NerveDataset *dataset, guint layer,
                     const NerveLayerResults *layers, const NerveProgress *progress, GError **error)
{
  const NerveOpenModel *rival = get_rival (input);
  g_auto (NerveMatching) matching = { 0 };
  g_autoptr (NerveMembership) source = NULL;
  g_autoptr (NerveMembership) target = NULL;
  g_autoptr (NerveTwin) self = NULL;
  g_autofree char *file = g_path_get_basename (nerve_dataset_get_path (rival->dataset));
  guint own = nerve_twin_flow_layer (&input->view, layer);
  guint other;

  if (!check (input, dataset, own, &other, layers, error) ||
      !nerve_matching_init (&matching, dataset, rival->dataset, error))
    return NULL;

  self = g_new0 (NerveTwin, 1);
  g_atomic_ref_count_init (&self->ref);
  self->layer = own;
  self->other = other;
  self->graph = nerve_graph_ref (rival->graphs[other]);
  self->name = g_strdup_printf ("%s · %s", nerve_dataset_get_layer (rival->dataset, other)->name, file);
  keep_images (self, &matching, dataset, rival->dataset);
  source = nerve_membership_new (layers[own].graph->mapper, matching.rows[0], matching.n);
  target = nerve_membership_new (self->graph->mapper, matching.rows[1], matching.n);
  self->coupling = nerve_coupling_new (source, target, progress, error);

  return self->coupling != NULL ? g_steal_pointer (&self) : NULL;
}
