#include "config.h"

#include "app/cli/mapper-output.h"

#include <math.h>

#include "app/cli/json.h"
#include "mapper/purity-bands.h"
#include "mapper/statistics.h"
#include "mapper/structure.h"

#define DRAWS 1000

static void
write_parameter (NerveJson *json, const NerveParameter *parameter, gconstpointer values)
{
  g_autofree char *text = nerve_parameter_get (parameter, values);

  switch (parameter->type)
    {
    case NERVE_PARAMETER_INT:
    case NERVE_PARAMETER_DOUBLE:
      nerve_json_exact (json, parameter->name, nerve_parameter_get_number (parameter, values));
      break;
    case NERVE_PARAMETER_BOOL:
      nerve_json_boolean (json, parameter->name, nerve_parameter_get_number (parameter, values) != 0.0);
      break;
    case NERVE_PARAMETER_CHOICE:
    case NERVE_PARAMETER_STRING:
      nerve_json_string (json, parameter->name, *text != '\0' ? text : NULL);
      break;
    default:
      break;
    }
}

/* As used: the sampling by its name, eps by its value; so the cover's name is its formula's. */
static void
write_parameters (NerveJson *json, const NerveMapperResult *result)
{
  const NerveCloud *cloud = nerve_mapper_get_cloud (result->mapper);
  NerveCloudParameters resolved = { 0 };

  nerve_parameters_init (&nerve_cloud_table, &resolved);
  nerve_parameters_copy (&nerve_cloud_table, &resolved, result->cloud);
  resolved.sampling = nerve_cloud_get_sampling (cloud);

  nerve_json_begin_object (json, "parameters");
  nerve_json_string (json, "layer", result->layer);
  for (guint i = 0; i < nerve_cloud_table.n; i++)
    write_parameter (json, &nerve_cloud_table.parameters[i], &resolved);
  for (guint i = 0; i < nerve_mapper_table.n; i++)
    write_parameter (json, &nerve_mapper_table.parameters[i], nerve_mapper_get_parameters (result->mapper));
  nerve_json_string (json, "badge", nerve_cloud_get_badge (cloud));
  nerve_json_end (json);

  nerve_parameters_clear (&nerve_cloud_table, &resolved);
}

static void
write_structure (NerveJson *json, const NerveStructure *structure)
{
  nerve_json_integer (json, "cycles", nerve_structure_get_n_cycles (structure));
  nerve_json_integer (json, "leaves", nerve_structure_get_n_leaves (structure));
  nerve_json_integer (json, "flares", nerve_structure_get_n_flares (structure));
  nerve_json_integer (json, "communities", nerve_structure_get_n_communities (structure));
  nerve_json_number (json, "modularity", nerve_structure_get_modularity (structure));
}

/* How many points each cell of the cover holds, and how many of them are in none of its nodes. */
static void
write_cells (NerveJson *json, const NerveMapper *mapper)
{
  guint n = nerve_mapper_get_n_cells (mapper);

  nerve_json_begin_object (json, "cells");
  nerve_json_begin_row (json, "points");
  for (guint cell = 0; cell < n; cell++)
    nerve_json_integer (json, NULL, nerve_mapper_get_interval_count (mapper, cell));
  nerve_json_end (json);
  nerve_json_begin_row (json, "noise");
  for (guint cell = 0; cell < n; cell++)
    nerve_json_integer (json, NULL, nerve_mapper_get_cell_noise (mapper, cell));
  nerve_json_end (json);
  nerve_json_end (json);
}

/* Of drawing as many nodes again: how far the mean may be trusted. */
static void
write_band (NerveJson *json, const NerveMapperResult *result)
{
  NervePurityBand band = { NAN, NAN, NAN };

  if (result->purity != NULL)
    nerve_purity_band (result->purity, result->mapper, FALSE, DRAWS, result->cloud->seed, &band);
  nerve_json_begin_row (json, "node_purity_band");
  nerve_json_number (json, NULL, band.low);
  nerve_json_number (json, NULL, band.high);
  nerve_json_end (json);
}

/* The mean over nodes, of those that have a label. */
static double
mean_of (const NerveMapperResult *result, gsize offset)
{
  double sum = 0;
  guint n = 0;

  for (guint i = 0; i < nerve_mapper_get_n_nodes (result->mapper) && result->purity != NULL; i++)
    {
      double value = G_STRUCT_MEMBER (double, nerve_purity_get_node (result->purity, i), offset);

      if (!isfinite (value))
        continue;
      sum += value;
      n++;
    }

  return n > 0 ? sum / n : NAN;
}

static void
write_summary (NerveJson *json, const NerveMapperResult *result, const NerveStructure *structure)
{
  guint n_classes = result->purity != NULL ? nerve_purity_get_n_classes (result->purity) : 0;

  nerve_json_begin_object (json, "summary");
  nerve_json_integer (json, "nodes", nerve_mapper_get_n_nodes (result->mapper));
  nerve_json_integer (json, "edges", nerve_mapper_get_n_edges (result->mapper));
  nerve_json_integer (json, "components", nerve_mapper_get_n_components (result->mapper));
  nerve_json_number (json, "coverage", nerve_mapper_get_coverage (result->mapper));
  write_structure (json, structure);
  nerve_json_number (json, "node_purity", result->purity != NULL ? nerve_purity_get_nodewise (result->purity) : NAN);
  write_band (json, result);
  nerve_json_number (json, "node_purity_weighted",
                     result->purity != NULL ? nerve_purity_get_nodewise_weighted (result->purity) : NAN);
  nerve_json_number (json, "node_majority", mean_of (result, G_STRUCT_OFFSET (NerveNodePurity, majority)));
  nerve_json_number (json, "node_entropy", mean_of (result, G_STRUCT_OFFSET (NerveNodePurity, entropy)));
  nerve_json_begin_row (json, "class_purity");
  for (guint label = 0; label < n_classes; label++)
    nerve_json_number (json, NULL, nerve_purity_get_class (result->purity, label));
  nerve_json_end (json);
  nerve_json_end (json);
}

static void
write_points (NerveJson *json, const NerveCloud *cloud)
{
  gsize n = nerve_cloud_get_n (cloud);

  nerve_json_begin_object (json, "points");
  nerve_json_begin_row (json, "image");
  for (gsize row = 0; row < n; row++)
    nerve_json_integer (json, NULL, nerve_cloud_get_images (cloud)[row]);
  nerve_json_end (json);
  nerve_json_begin_row (json, "position");
  for (gsize row = 0; row < n; row++)
    nerve_json_integer (json, NULL, nerve_cloud_get_positions (cloud)[row]);
  nerve_json_end (json);
  nerve_json_end (json);
}

/* How the node lies in the graph, and what its points have in common. */
static void
write_statistics (NerveJson *json, const NerveMapperResult *result, const NerveStructure *structure, guint index)
{
  const NerveNode *node = nerve_mapper_get_node (result->mapper, index);
  gsize d = nerve_cloud_get_dimension (nerve_mapper_get_cloud (result->mapper));
  g_autofree double *activation = result->statistics ? g_new (double, d) : NULL;
  NerveStatistics statistics;

  nerve_statistics_measure (result->mapper, node->members, node->n_members, nerve_dataset_get_labels (result->dataset),
                            nerve_dataset_get_predictions (result->dataset), &statistics, activation);
  nerve_json_integer (json, "component", nerve_mapper_get_component (result->mapper, index));
  nerve_json_integer (json, "community", nerve_structure_get_community (structure, index));
  nerve_json_integer (json, "degree", nerve_structure_get_degree (structure, index));
  nerve_json_integer (json, "images", statistics.n_images);
  nerve_json_number (json, "accuracy", statistics.accuracy);
  nerve_json_number (json, "lens_min", statistics.lens_min);
  nerve_json_number (json, "lens_max", statistics.lens_max);
  if (!result->statistics)
    return;

  nerve_json_begin_row (json, "lens_histogram");
  for (guint i = 0; i < NERVE_STATISTICS_BINS; i++)
    nerve_json_integer (json, NULL, statistics.histogram[i]);
  nerve_json_end (json);
  nerve_json_begin_row (json, "mean_activation");
  for (gsize k = 0; k < d; k++)
    nerve_json_number (json, NULL, activation[k]);
  nerve_json_end (json);
}

static void
write_node (NerveJson *json, const NerveMapperResult *result, const NerveStructure *structure, guint index)
{
  const NerveNode *node = nerve_mapper_get_node (result->mapper, index);
  const NerveNodePurity *purity = result->purity != NULL ? nerve_purity_get_node (result->purity, index) : NULL;
  guint n_classes = result->purity != NULL ? nerve_purity_get_n_classes (result->purity) : 0;
  g_autofree char *id = nerve_mapper_get_node_id (result->mapper, index);

  nerve_json_begin_object (json, NULL);
  nerve_json_string (json, "id", id);
  nerve_json_integer (json, "interval", node->interval);
  nerve_json_integer (json, "cluster", node->cluster);
  nerve_json_begin_row (json, "members");
  for (gsize i = 0; i < node->n_members; i++)
    nerve_json_integer (json, NULL, node->members[i]);
  nerve_json_end (json);
  nerve_json_number (json, "lens_mean", node->lens_mean);
  nerve_json_number (json, "purity", purity != NULL ? purity->purity : NAN);
  nerve_json_number (json, "majority", purity != NULL ? purity->majority : NAN);
  nerve_json_number (json, "entropy", purity != NULL ? purity->entropy : NAN);
  nerve_json_begin_row (json, "class_counts");
  for (guint label = 0; label < n_classes; label++)
    nerve_json_integer (json, NULL, nerve_purity_get_counts (result->purity, index)[label]);
  nerve_json_end (json);
  write_statistics (json, result, structure, index);
  nerve_json_end (json);
}

static void
write_edge (NerveJson *json, const NerveMapper *mapper, const NerveEdge *edge)
{
  g_autofree char *source = nerve_mapper_get_node_id (mapper, edge->source);
  g_autofree char *target = nerve_mapper_get_node_id (mapper, edge->target);

  nerve_json_begin_object (json, NULL);
  nerve_json_string (json, "source", source);
  nerve_json_string (json, "target", target);
  nerve_json_integer (json, "shared", edge->shared);
  nerve_json_number (json, "jaccard", edge->jaccard);
  nerve_json_end (json);
}

void
nerve_mapper_result_write_json (NerveOutput *output, const NerveMapperResult *result)
{
  g_autoptr (NerveJson) json = nerve_json_new (output);
  g_autoptr (NerveStructure) structure = nerve_structure_new (result->mapper);

  nerve_json_begin_object (json, NULL);
  write_parameters (json, result);
  write_summary (json, result, structure);
  write_cells (json, result->mapper);
  write_points (json, nerve_mapper_get_cloud (result->mapper));
  nerve_json_begin_array (json, "nodes");
  for (guint i = 0; i < nerve_mapper_get_n_nodes (result->mapper); i++)
    write_node (json, result, structure, i);
  nerve_json_end (json);
  nerve_json_begin_array (json, "edges");
  for (guint i = 0; i < nerve_mapper_get_n_edges (result->mapper); i++)
    write_edge (json, result->mapper, &nerve_mapper_get_edges (result->mapper)[i]);
  nerve_json_end (json);
  nerve_json_end (json);
}
