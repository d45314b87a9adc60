#include "config.h"

#include "app/results.h"

#include <math.h>

#include <glib/gi18n.h>

#include "app/graph-stores.h"
#include "app/lens-values.h"
#include "app/paths.h"
#include "homology/bands.h"
#include "homology/rips-estimate.h"
#include "mapper/mapper-bytes.h"

#define STORES_LIMIT ((gsize) 512 << 20) /* bytes of clouds and their neighbour graphs, of one dataset */

static NervePurity *
purity_at_level (NerveMapper *mapper, NerveDataset *dataset, guint level)
{
  guint n_classes = 0;
  g_autofree int *labels = NULL;

  if (level > nerve_dataset_get_n_levels (dataset))
    return NULL;

  labels = nerve_purity_labels (nerve_mapper_get_cloud (mapper), dataset, level, &n_classes);
  if (labels == NULL)
    return NULL;

  return nerve_purity_new (mapper, labels, n_classes);
}

NerveGraph *
nerve_results_draw_graph (NerveMapperStore *store, NerveDataset *dataset, const NerveLayerParameters *parameters,
                          gboolean judged, const NerveProgress *progress, GError **error)
{
  NerveProgress mapping = nerve_progress_part (progress, 0, .4);
  NerveProgress measuring = nerve_progress_part (progress, .4, .6);
  NerveProgress judging = nerve_progress_part (progress, .6, .7);
  NerveProgress drawing = nerve_progress_part (progress, .7, 1);
  gboolean paper = parameters->cloud.paper;
  g_autoptr (NerveGraph) graph = g_new0 (NerveGraph, 1);

  g_atomic_ref_count_init (&graph->ref);
  graph->mapper = nerve_mapper_new_from_store (store, &parameters->mapper, paper, &mapping, error);
  if (graph->mapper == NULL)
    return NULL;
  if (judged && (!nerve_mapper_measure (graph->mapper, store, paper, &measuring, error) ||
                 !nerve_diagnose (graph->mapper, store, paper, &graph->diagnosis, &judging, error)))
    return NULL;
  graph->layout = nerve_layout_new (graph->mapper, nerve_paths_get_helper (), &drawing, error);
  if (graph->layout == NULL)
    return NULL;
  graph->purity[0] = purity_at_level (graph->mapper, dataset, 0);
  graph->purity[1] = purity_at_level (graph->mapper, dataset, 1);
  graph->badge = g_strdup (nerve_cloud_get_badge (nerve_mapper_store_get_cloud (store)));

  return g_steal_pointer (&graph);
}

/* The points of a graph that another program made are not known. */
static NerveCloud *
stand_in (const NerveGraphFile *file)
{
  g_autofree double *zeros = g_new0 (double, file->n_points);

  return nerve_cloud_new_from_points (zeros, file->n_points, 1);
}

/* A graph that another program made, as it is. */
static gpointer
take_graph (NerveDataset *dataset, const NerveProgress *progress, GError **error)
{
  const NerveGraphFile *file = nerve_dataset_get_graph (dataset);
  g_autoptr (NerveCloud) cloud = stand_in (file);
  g_autoptr (NerveGraph) graph = g_new0 (NerveGraph, 1);

  g_atomic_ref_count_init (&graph->ref);
  graph->mapper = nerve_mapper_new_from_file (cloud, file);
  graph->diagnosis.advised = graph->diagnosis.median = NAN;
  graph->badge = g_strdup (nerve_dataset_get_format (dataset));
  graph->layout = nerve_layout_new (graph->mapper, nerve_paths_get_helper (), progress, error);

  return graph->layout != NULL ? g_steal_pointer (&graph) : NULL;
}

static gpointer
compute_graph (NerveDataset *dataset, guint layer, const NerveLayerParameters *parameters,
               const NerveProgress *progress, GError **error)
{
  NerveProgress sampling = nerve_progress_part (progress, 0, .3);
  NerveProgress drawing = nerve_progress_part (progress, .3, 1);
  g_autoptr (NerveMapperStore) store = NULL;
  NerveGraph *graph;

  if (nerve_dataset_get_graph (dataset) != NULL)
    return take_graph (dataset, progress, error);
  store = nerve_graph_stores_get (dataset, layer, &parameters->cloud, &sampling, error);
  if (store == NULL || !nerve_lens_values_prepare (store, dataset, &parameters->mapper, &drawing, error))
    return NULL;
  graph = nerve_results_draw_graph (store, dataset, parameters, TRUE, &drawing, error);
  nerve_graph_stores_trim (dataset, STORES_LIMIT);

  return graph;
}

NerveCloud *
nerve_diagram_cloud_new (NerveDataset *dataset, guint layer, const NerveLayerParameters *parameters,
                         const NerveProgress *progress, GError **error)
{
  NerveCloudParameters own = { 0 };
  NerveCloud *cloud;

  nerve_parameters_init (&nerve_cloud_table, &own);
  nerve_parameters_copy (&nerve_cloud_table, &own, &parameters->cloud);
  if (own.max_points == 0 || own.max_points > parameters->diagram_points)
    own.max_points = parameters->diagram_points;
  cloud = nerve_cloud_new (dataset, layer, &own, progress, error);
  nerve_parameters_clear (&nerve_cloud_table, &own);

  return cloud;
}

/* Without a median (unreachable points) the diagram is drawn in its own units. */
static gboolean
find_median (NerveDistances *distances, double *median, const NerveProgress *progress, GError **error)
{
  g_autoptr (GError) cause = NULL;

  if (nerve_distances_quantile (distances, .5, median, progress, &cause))
    return TRUE;
  if (g_error_matches (cause, NERVE_ERROR, NERVE_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  *median = NAN;

  return TRUE;
}

/* The grid of the bands. */
#define N_VALUES 400

/* From all points there are, not only those of the diagram. */
static NerveBootstrap *
compute_bands (NerveDataset *dataset, guint layer, const NerveLayerParameters *parameters, const NerveCloud *drawn,
               const NerveDiagram *diagram, const NerveProgress *progress, GError **error)
{
  NerveProgress sampling = nerve_progress_part (progress, 0, .1);
  NerveProgress drawing = nerve_progress_part (progress, .1, 1);
  g_autoptr (NerveCloud) cloud = nerve_cloud_new (dataset, layer, &parameters->cloud, &sampling, error);

  if (cloud == NULL)
    return NULL;

  return nerve_bootstrap_new_around (diagram, drawn, cloud, &parameters->rips, &parameters->bootstrap,
                                     parameters->cloud.seed, N_VALUES, &drawing, error);
}

/* What was asked for beyond the bars. */
static gboolean
add_confidence (NerveHomology *homology, NerveDataset *dataset, guint layer, const NerveLayerParameters *parameters,
                const NerveCloud *cloud, const NerveDistances *distances, const NerveProgress *progress,
                GError **error)
{
  NerveProgress measuring = nerve_progress_part (progress, 0, .1);
  NerveProgress drawing = nerve_progress_part (progress, .1, 1);

  /* Where it could not be told there is no line; the bars are there. */
  if (parameters->diagram_significance
      && nerve_significance_check (nerve_distances_get_n (distances), &parameters->bootstrap, NULL)
      && !nerve_significance (distances, &parameters->bootstrap, parameters->cloud.seed, &homology->significance,
                              &measuring, error))
    return FALSE;
  if (parameters->diagram_bands)
    homology->bands = compute_bands (dataset, layer, parameters, cloud, homology->diagram, &drawing, error);

  return !parameters->diagram_bands || homology->bands != NULL;
}

static gpointer
compute_homology (NerveDataset *dataset, guint layer, const NerveLayerParameters *parameters,
                  const NerveProgress *progress, GError **error)
{
  NerveProgress sampling = nerve_progress_part (progress, 0, .2);
  NerveProgress measuring = nerve_progress_part (progress, .2, .4);
  NerveProgress halving = nerve_progress_part (progress, .4, .45);
  NerveProgress reducing = nerve_progress_part (progress, .45, parameters->diagram_bands ? .5 : 1);
  NerveProgress drawing = nerve_progress_part (progress, .5, 1);
  g_autoptr (NerveCloud) cloud = nerve_diagram_cloud_new (dataset, layer, parameters, &sampling, error);
  g_autoptr (NerveDistances) distances = NULL;
  g_autoptr (NerveHomology) homology = NULL;
  NerveDiagram *diagram;
  double median;

  if (cloud == NULL
      || !nerve_rips_check_fits (nerve_cloud_get_n (cloud), nerve_cloud_get_dimension (cloud),
                                 parameters->rips.max_dimension, 0, NULL, error))
    return NULL;
  distances = nerve_cloud_distances (cloud, &measuring, error);
  if (distances == NULL)
    return NULL;
  if (!find_median (distances, &median, &halving, error))
    return NULL;
  diagram = nerve_rips (distances, &parameters->rips, &reducing, error);
  if (diagram == NULL)
    return NULL;

  homology = g_new0 (NerveHomology, 1);
  g_atomic_ref_count_init (&homology->ref);
  homology->diagram = diagram;
  homology->median = median;
  homology->n_points = nerve_cloud_get_n (cloud);
  homology->n_available = nerve_cloud_get_n_available (cloud);
  homology->seed = parameters->cloud.seed;
  homology->badge = g_strdup (nerve_cloud_get_badge (cloud));
  if (!add_confidence (homology, dataset, layer, parameters, cloud, distances, &drawing, error))
    return NULL;

  return g_steal_pointer (&homology);
}

static gpointer
compute_betti (NerveDataset *dataset, guint layer, const NerveLayerParameters *parameters,
               const NerveProgress *progress, GError **error)
{
  g_autofree double *etas = NULL;
  gsize n_etas;

  etas = nerve_betti_parse_etas (parameters->betti.etas, &n_etas, error);
  if (etas == NULL)
    return NULL;

  return nerve_betti_layer_new (dataset, layer, etas, n_etas, parameters->betti.count, progress, error);
}

/* Of all layers together no more than this, so that a slider over η can be had of a network of any depth. */
#define CURVES_BYTES (256u << 20)

static gpointer
compute_curves (NerveDataset *dataset, guint layer, const NerveLayerParameters *parameters,
                const NerveProgress *progress, GError **error)
{
  return nerve_betti_curves_new (dataset, layer, CURVES_BYTES / nerve_dataset_get_n_layers (dataset), progress, error);
}

/* What the mapper graph is made of, too: (transfer full). */
static NerveCloud *
take_cloud (NerveDataset *dataset, guint layer, const NerveLayerParameters *parameters, const NerveProgress *progress,
            GError **error)
{
  g_autoptr (NerveMapperStore) store = NULL;
  NerveCloud *cloud;

  if (nerve_dataset_get_graph (dataset) != NULL)
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_NOT_FOUND, _("There are no activations in this file, only a graph"));
      return NULL;
    }
  store = nerve_graph_stores_get (dataset, layer, &parameters->cloud, progress, error);
  if (store == NULL)
    return NULL;
  cloud = nerve_cloud_ref (nerve_mapper_store_get_cloud (store));
  nerve_graph_stores_trim (dataset, STORES_LIMIT);

  return cloud;
}

static gpointer
compute_projection (NerveDataset *dataset, guint layer, const NerveLayerParameters *parameters,
                    const NerveProgress *progress, GError **error)
{
  NerveProgress sampling = nerve_progress_part (progress, 0, .3);
  NerveProgress projecting = nerve_progress_part (progress, .3, 1);
  g_autoptr (NerveCloud) cloud = take_cloud (dataset, layer, parameters, &sampling, error);

  return cloud != NULL ? nerve_projection_new (cloud, &parameters->projection, &projecting, error) : NULL;
}

static gpointer
compute_hierarchy (NerveDataset *dataset, guint layer, const NerveLayerParameters *parameters,
                   const NerveProgress *progress, GError **error)
{
  NerveProgress sampling = nerve_progress_part (progress, 0, .3);
  NerveProgress comparing = nerve_progress_part (progress, .3, 1);
  g_autoptr (NerveCloud) cloud = take_cloud (dataset, layer, parameters, &sampling, error);

  return cloud != NULL ? nerve_hierarchy_new_from_cloud (cloud, dataset, &comparing, error) : NULL;
}

static gsize
cloud_bytes (NerveCloud *cloud)
{
  const gsize origin = sizeof (guint32) + sizeof (gint32);

  return nerve_cloud_get_n (cloud) * (nerve_cloud_get_dimension (cloud) * sizeof (double) + origin);
}

static gsize
mapper_bytes (NerveMapper *mapper)
{
  const gsize of_point = 2 * sizeof (double) + sizeof (gsize);         /* lens, neighbour distance, place */
  const gsize of_node = sizeof (NerveNode) + sizeof (gsize) + sizeof (guint);
  const gsize of_member = 2 * sizeof (guint32);                        /* by node, and by point */
  guint n_nodes = nerve_mapper_get_n_nodes (mapper);
  gsize n_members = 0;

  for (guint i = 0; i < n_nodes; i++)
    n_members += nerve_mapper_get_node (mapper, i)->n_members;

  return nerve_cloud_get_n (nerve_mapper_get_cloud (mapper)) * of_point + n_nodes * of_node + n_members * of_member +
         nerve_mapper_get_n_edges (mapper) * sizeof (NerveEdge);
}

static gsize
purity_bytes (NervePurity *purity, guint n_nodes)
{
  if (purity == NULL)
    return 0;

  return n_nodes * (sizeof (NerveNodePurity) + nerve_purity_get_n_classes (purity) * sizeof (guint32));
}

static gsize
graph_size (gpointer result)
{
  NerveGraph *graph = result;
  guint n_nodes = nerve_mapper_get_n_nodes (graph->mapper);

  return cloud_bytes (nerve_mapper_get_cloud (graph->mapper)) + mapper_bytes (graph->mapper) +
         n_nodes * sizeof (NervePlace) + purity_bytes (graph->purity[0], n_nodes) +
         purity_bytes (graph->purity[1], n_nodes);
}

static gsize
homology_size (gpointer result)
{
  NerveHomology *homology = result;

  return nerve_diagram_get_n_bars (homology->diagram) * sizeof (NerveBar);
}

static gsize
betti_size (gpointer result)
{
  return nerve_betti_layer_get_n_images (result) * nerve_betti_layer_get_n_etas (result) * 3 * sizeof (guint64);
}

static gsize
curves_size (gpointer result)
{
  return nerve_betti_curves_get_bytes (result);
}

static gsize
projection_size (gpointer result)
{
  return nerve_projection_get_n (result) * (2 * sizeof (double) + sizeof (guint32));
}

static gsize
hierarchy_size (gpointer result)
{
  gsize n = nerve_hierarchy_get_n (result);

  return n * n * sizeof (double) + n * (sizeof (NerveMerge) + 2 * sizeof (guint));
}

/* As bytes and back */

static void
pack_graph (gpointer result, GByteArray *out)
{
  NerveGraph *graph = result;

  nerve_mapper_pack (graph->mapper, out);
  nerve_layout_pack_places (graph->layout, graph->mapper, out);
  nerve_pack_number (out, graph->diagnosis.kind);
  nerve_pack_number (out, graph->diagnosis.giant);
  nerve_pack_double (out, graph->diagnosis.coverage);
  nerve_pack_double (out, graph->diagnosis.giant_share);
  nerve_pack_double (out, graph->diagnosis.eps);
  nerve_pack_double (out, graph->diagnosis.median);
  nerve_pack_double (out, graph->diagnosis.advised);
  nerve_pack_text (out, graph->badge);
}

/* The cloud is made anew: points are large, and reading them is quick beside what is done with them. */
static NerveCloud *
find_cloud (NerveDataset *dataset, guint layer, const NerveLayerParameters *parameters, const NerveProgress *progress)
{
  return nerve_dataset_get_graph (dataset) != NULL ? stand_in (nerve_dataset_get_graph (dataset))
                                                   : take_cloud (dataset, layer, parameters, progress, NULL);
}

static gpointer
unpack_graph (NerveDataset *dataset, guint layer, const NerveLayerParameters *parameters, NerveUnpack *in,
              const NerveProgress *progress)
{
  g_autoptr (NerveCloud) cloud = find_cloud (dataset, layer, parameters, progress);
  g_autoptr (NerveGraph) graph = g_new0 (NerveGraph, 1);

  g_atomic_ref_count_init (&graph->ref);
  if (cloud != NULL)
    graph->mapper = nerve_mapper_unpack (cloud, in);
  if (graph->mapper != NULL)
    graph->layout = nerve_layout_unpack (graph->mapper, in);
  if (graph->layout == NULL)
    return NULL;

  graph->diagnosis.kind = nerve_unpack_number (in);
  graph->diagnosis.giant = nerve_unpack_number (in);
  graph->diagnosis.coverage = nerve_unpack_double (in);
  graph->diagnosis.giant_share = nerve_unpack_double (in);
  graph->diagnosis.eps = nerve_unpack_double (in);
  graph->diagnosis.median = nerve_unpack_double (in);
  graph->diagnosis.advised = nerve_unpack_double (in);
  graph->badge = nerve_unpack_text (in);
  for (guint level = 0; level < G_N_ELEMENTS (graph->purity) && nerve_dataset_get_graph (dataset) == NULL; level++)
    graph->purity[level] = purity_at_level (graph->mapper, dataset, level);

  return !in->failed ? g_steal_pointer (&graph) : NULL;
}

static void
pack_homology (gpointer result, GByteArray *out)
{
  NerveHomology *homology = result;

  nerve_diagram_pack (homology->diagram, out);
  nerve_pack_double (out, homology->median);
  nerve_pack_number (out, homology->n_points);
  nerve_pack_number (out, homology->n_available);
  nerve_pack_number (out, homology->seed);
  nerve_pack_text (out, homology->badge);
  nerve_pack_double (out, homology->significance);
  nerve_pack_number (out, homology->bands != NULL);
  if (homology->bands != NULL)
    nerve_bootstrap_pack (homology->bands, out);
}

static gpointer
unpack_homology (NerveDataset *dataset, guint layer, const NerveLayerParameters *parameters, NerveUnpack *in,
                 const NerveProgress *progress)
{
  NerveDiagram *diagram = nerve_diagram_unpack (in);
  g_autoptr (NerveHomology) homology = NULL;

  if (diagram == NULL)
    return NULL;

  homology = g_new0 (NerveHomology, 1);
  g_atomic_ref_count_init (&homology->ref);
  homology->diagram = diagram;
  homology->median = nerve_unpack_double (in);
  homology->n_points = nerve_unpack_number (in);
  homology->n_available = nerve_unpack_number (in);
  homology->seed = nerve_unpack_number (in);
  homology->badge = nerve_unpack_text (in);
  homology->significance = nerve_unpack_double (in);
  if (nerve_unpack_number (in))
    homology->bands = nerve_bootstrap_unpack (in);

  return !in->failed ? g_steal_pointer (&homology) : NULL;
}

static void pack_betti (gpointer result, GByteArray *out) { nerve_betti_layer_pack (result, out); }
static void pack_curves (gpointer result, GByteArray *out) { nerve_betti_curves_pack (result, out); }

static gpointer
unpack_betti (NerveDataset *dataset, guint layer, const NerveLayerParameters *parameters, NerveUnpack *in,
              const NerveProgress *progress)
{
  return nerve_betti_layer_unpack (in);
}

static gpointer
unpack_curves (NerveDataset *dataset, guint layer, const NerveLayerParameters *parameters, NerveUnpack *in,
               const NerveProgress *progress)
{
  return nerve_betti_curves_unpack (in);
}

static gpointer ref_graph (gpointer result) { return nerve_graph_ref (result); }
static void unref_graph (gpointer result) { nerve_graph_unref (result); }
static gpointer ref_homology (gpointer result) { return nerve_homology_ref (result); }
static void unref_homology (gpointer result) { nerve_homology_unref (result); }
static gpointer ref_betti (gpointer result) { return nerve_betti_layer_ref (result); }
static void unref_betti (gpointer result) { nerve_betti_layer_unref (result); }
static gpointer ref_curves (gpointer result) { return nerve_betti_curves_ref (result); }
static void unref_curves (gpointer result) { nerve_betti_curves_unref (result); }

static gpointer ref_projection (gpointer result) { return nerve_projection_ref (result); }
static void unref_projection (gpointer result) { nerve_projection_unref (result); }
static gpointer ref_hierarchy (gpointer result) { return nerve_hierarchy_ref (result); }
static void unref_hierarchy (gpointer result) { nerve_hierarchy_unref (result); }

static const NerveResultType types[NERVE_N_RESULTS] = {
  [NERVE_RESULT_GRAPH] = {
    "graph", N_("Mapper graph"), { "cloud", "mapper" },
    compute_graph, ref_graph, unref_graph, graph_size, pack_graph, unpack_graph,
  },
  [NERVE_RESULT_HOMOLOGY] = {
    "homology", N_("Persistence diagram"), { "cloud", "diagram", "rips", "bootstrap" },
    compute_homology, ref_homology, unref_homology, homology_size, pack_homology, unpack_homology,
  },
  [NERVE_RESULT_BETTI] = {
    "betti", N_("Betti numbers"), { "betti" },
    compute_betti, ref_betti, unref_betti, betti_size, pack_betti, unpack_betti,
  },
  [NERVE_RESULT_CURVES] = {
    "curves", N_("Betti curves"), { NULL },
    compute_curves, ref_curves, unref_curves, curves_size, pack_curves, unpack_curves,
  },
  [NERVE_RESULT_PROJECTION] = {
    "projection", N_("Map of the points"), { "cloud", "projection" },
    compute_projection, ref_projection, unref_projection, projection_size,
  },
  [NERVE_RESULT_HIERARCHY] = {
    "hierarchy", N_("Tree of classes"), { "cloud" },
    compute_hierarchy, ref_hierarchy, unref_hierarchy, hierarchy_size,
  },
};

const NerveResultType *
nerve_result_type (NerveResultKind kind)
{
  g_return_val_if_fail ((guint) kind < NERVE_N_RESULTS, NULL);

  return &types[kind];
}

char *
nerve_result_key (NerveResultKind kind, NerveDataset *dataset, guint layer, const NerveLayerParameters *parameters)
{
  const NerveResultType *type = nerve_result_type (kind);
  GString *key = g_string_new (type->name);

  g_string_append_printf (key, "|%s|%u", nerve_dataset_get_fingerprint (dataset), layer);
  for (guint i = 0; type->groups[i] != NULL; i++)
    {
      const NerveParameterGroup *group = nerve_parameter_group_find (type->groups[i]);
      g_autofree char *text = nerve_parameters_key (group->table, G_STRUCT_MEMBER_P (parameters, group->offset));

      g_string_append_printf (key, "|%s", text);
    }

  return g_string_free (key, FALSE);
}

gpointer *
nerve_result_slot (NerveLayerResults *results, NerveResultKind kind)
{
  switch (kind)
    {
    case NERVE_RESULT_GRAPH:
      return (gpointer *) &results->graph;
    case NERVE_RESULT_HOMOLOGY:
      return (gpointer *) &results->homology;
    case NERVE_RESULT_BETTI:
      return (gpointer *) &results->betti;
    case NERVE_RESULT_CURVES:
      return (gpointer *) &results->curves;
    case NERVE_RESULT_PROJECTION:
      return (gpointer *) &results->projection;
    case NERVE_RESULT_HIERARCHY:
      return (gpointer *) &results->hierarchy;
    case NERVE_N_RESULTS:
    default:
      g_return_val_if_reached (NULL);
    }
}
