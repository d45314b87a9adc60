#include "app/cli/network-data.h"

#include <math.h>

#include "app/cli/table.h"
#include "figures/noise.h"
#include "figures/sweep.h"
#include "layers/sublevel.h"

const char *
nerve_network_data_group_name (NerveDataset *dataset, guint level, guint i)
{
  return level == 0 ? nerve_dataset_get_class_name (dataset, i) : nerve_dataset_get_group_name (dataset, level, i);
}

void
nerve_network_data_for_pairs (const NerveParting *parting, NerveDataset *dataset, NervePairFunc func, gpointer target)
{
  for (guint level = 0; level < nerve_parting_get_n_levels (parting); level++)
    for (guint a = 0; a < nerve_parting_get_n (parting, level); a++)
      for (guint b = a + 1; b < nerve_parting_get_n (parting, level); b++)
        func (target, parting, dataset, level, a, b);
}

static void
write_names (NerveOutput *output, NerveDataset *dataset, guint level, guint a, guint b)
{
  nerve_csv_text (output, nerve_network_data_group_name (dataset, level, a));
  nerve_output_printf (output, ",");
  nerve_csv_text (output, nerve_network_data_group_name (dataset, level, b));
}

static void
write_numbers (NerveOutput *output, const double *values, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      nerve_output_printf (output, ",");
      nerve_output_number (output, values[i]);
    }
}

static void
write_pair (gpointer target, const NerveParting *parting, NerveDataset *dataset, guint level, guint a, guint b)
{
  NerveOutput *output = target;
  const NervePartingPair *pair = nerve_parting_get_pair (parting, level, a, b);
  const NerveMixPoint *point = nerve_parting_get_point (parting, level, a, b, pair->layer);
  const NerveLayer *layer = nerve_dataset_get_layer (dataset, pair->layer);

  write_names (output, dataset, level, a, b);
  nerve_output_printf (output, ",");
  if (pair->verdict == NERVE_PARTING_PARTED)
    {
      nerve_csv_text (output, layer->name);
      nerve_output_printf (output, ",%" G_GINT64_FORMAT, layer->index);
    }
  else
    nerve_output_printf (output, "%s,", pair->verdict == NERVE_PARTING_NO_VERDICT ? "?" : "");
  write_numbers (output, (double[]) { point->low, point->high, point->coverage }, 3);
  nerve_output_printf (output, "\n");
}

static void
write_point (NerveOutput *output, const NerveParting *parting, NerveDataset *dataset, guint level, guint i,
             const NerveMixPoint *point)
{
  const NerveLayer *layer = nerve_dataset_get_layer (dataset, i);

  nerve_output_printf (output, ",%u,", level);
  nerve_csv_text (output, layer->name);
  nerve_output_printf (output, ",%" G_GINT64_FORMAT, layer->index);
  write_numbers (output, (double[]) { point->mix, point->low, point->high, point->coverage }, 4);
  nerve_output_printf (output, ",%d,%d\n", point->has_verdict, nerve_parting_is_counted (parting, i));
}

static void
write_curve (gpointer target, const NerveParting *parting, NerveDataset *dataset, guint level, guint a, guint b)
{
  NerveOutput *output = target;

  for (guint i = 0; i < nerve_parting_get_n_layers (parting); i++)
    {
      write_names (output, dataset, level, a, b);
      write_point (output, parting, dataset, level, i, nerve_parting_get_point (parting, level, a, b, i));
    }
}

/* Rows of no two classes, "permuted": what all pairs have together then. */
static void
write_control (const NerveParting *parting, NerveDataset *dataset, NerveOutput *output)
{
  for (guint level = 0; level < nerve_parting_get_n_levels (parting); level++)
    for (guint i = 0; i < nerve_parting_get_n_layers (parting); i++)
      {
        const NerveMixPoint *point = nerve_parting_get_control_point (parting, level, i);

        if (point == NULL)
          return;
        nerve_output_printf (output, "permuted,permuted");
        write_point (output, parting, dataset, level, i, point);
      }
}

void
nerve_network_data_write_pairs (const NerveParting *parting, NerveDataset *dataset, NerveOutput *output)
{
  nerve_output_printf (output, "a,b,layer,index,low,high,coverage\n");
  nerve_network_data_for_pairs (parting, dataset, write_pair, output);
}

void
nerve_network_data_write_curves (const NerveParting *parting, NerveDataset *dataset, NerveOutput *output)
{
  nerve_output_printf (output, "a,b,level,layer,index,mix,low,high,coverage,verdict,counted\n");
  nerve_network_data_for_pairs (parting, dataset, write_curve, output);
  write_control (parting, dataset, output);
}

void
nerve_network_data_write_parting (const NerveFigureModel *model, NerveOutput *output)
{
  if (model->network != NULL && model->network->parting != NULL)
    nerve_network_data_write_pairs (model->network->parting, model->dataset, output);
}

void
nerve_network_data_write_mix (const NerveFigureModel *model, NerveOutput *output)
{
  if (model->network != NULL && model->network->parting != NULL)
    nerve_network_data_write_curves (model->network->parting, model->dataset, output);
}

static void
write_layer (const NerveFigureModel *model, guint layer, NerveOutput *output)
{
  nerve_csv_text (output, nerve_dataset_get_layer (model->dataset, layer)->name);
}

/* A leaf is its class; a branch is the number of the merge that made it, from 0. */
static void
write_branch (const NerveFigureModel *model, const NerveHierarchy *hierarchy, guint branch, NerveOutput *output)
{
  guint n = nerve_hierarchy_get_n (hierarchy);

  nerve_output_printf (output, ",");
  if (branch < n)
    nerve_csv_text (output, nerve_dataset_get_class_name (model->dataset,
                                                          nerve_hierarchy_get_classes (hierarchy)[branch]));
  else
    nerve_output_printf (output, "#%u", branch - n);
}

void
nerve_network_data_write_merges (const NerveFigureModel *model, guint layer, NerveOutput *output)
{
  const NerveHierarchy *hierarchy = nerve_figure_model_hierarchy (model, layer);
  guint n = hierarchy != NULL ? nerve_hierarchy_get_n (hierarchy) : 0;

  for (guint k = 0; k + 1 < n; k++)
    {
      const NerveMerge *merge = &nerve_hierarchy_get_merges (hierarchy)[k];

      write_layer (model, layer, output);
      nerve_output_printf (output, ",%u", k);
      write_branch (model, hierarchy, merge->a, output);
      write_branch (model, hierarchy, merge->b, output);
      write_numbers (output, &merge->height, 1);
      nerve_output_printf (output, ",%u\n", (guint) merge->size);
    }
}

void
nerve_network_data_write_points (const NerveFigureModel *model, guint layer, NerveOutput *output)
{
  const NerveProjection *projection = layer < model->n_layers ? model->layers[layer].projection : NULL;
  const int *labels = nerve_dataset_get_labels (model->dataset);
  gsize n = projection != NULL ? nerve_projection_get_n (projection) : 0;

  for (gsize i = 0; i < n; i++)
    {
      guint32 image = nerve_projection_get_images (projection)[i];

      write_layer (model, layer, output);
      nerve_output_printf (output, ",%u", image);
      write_numbers (output, nerve_projection_get_points (projection) + 2 * i, 2);
      nerve_output_printf (output, ",");
      if (labels != NULL && labels[image] >= 0)
        nerve_csv_text (output, nerve_dataset_get_class_name (model->dataset, labels[image]));
      nerve_output_printf (output, "\n");
    }
}

void
nerve_network_data_write_sweep (const NerveFigureModel *model, guint layer, NerveOutput *output)
{
  const NerveSweep *sweep = model->network != NULL && layer < model->network->n_layers
                            ? model->network->sweeps[layer] : NULL;
  guint n = sweep != NULL ? sweep->n_columns * sweep->n_rows : 0;

  for (guint i = 0; i < n; i++)
    {
      const NerveGraph *graph = sweep->graphs[i];

      write_layer (model, layer, output);
      nerve_output_printf (output, ",%s", sweep->by_eps ? "eps" : "overlap");
      write_numbers (output, &sweep->values[i / sweep->n_columns], 1);
      nerve_output_printf (output, ",%d,", sweep->intervals[i % sweep->n_columns]);
      if (graph != NULL)
        nerve_output_printf (output, "%u", nerve_mapper_get_n_nodes (graph->mapper));
      nerve_output_printf (output, ",");
      if (graph != NULL)
        nerve_output_number (output, nerve_mapper_get_coverage (graph->mapper));
      nerve_output_printf (output, ",%u\n", sweep->cycles[i]);
    }
}

void
nerve_network_data_write_noise (const NerveFigureModel *model, guint layer, NerveOutput *output)
{
  static const char *const sides[] = { "clean", "noisy" };
  const NerveNoise *noise = model->network != NULL && layer < model->network->n_layers
                            ? model->network->noises[layer] : NULL;

  for (guint side = 0; noise != NULL && side < NERVE_N_NOISE_SIDES; side++)
    {
      const NerveNoiseSummary *of = &noise->summaries[side];
      const double numbers[] = {
        of->coverage, of->purity, of->weighted_purity, of->accuracy,
        noise->coupling != NULL ? nerve_coupling_get_distance (noise->coupling) : NAN,
      };

      write_layer (model, layer, output);
      nerve_output_printf (output, ",%s,%u,%u,%u,%u,%u,%u", sides[side], of->nodes, of->edges, of->components,
                           of->cycles, of->leaves, of->flares);
      for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
        if (isnan (numbers[i]))
          nerve_output_printf (output, ",");
        else
          write_numbers (output, &numbers[i], 1);
      nerve_output_printf (output, "\n");
    }
}

void
nerve_network_data_write_voxels (const NerveFigureModel *model, guint layer, NerveOutput *output)
{
  g_autoptr (NerveSublevel) sublevel = nerve_sublevel_new (model->dataset, layer, model->decay.image, NULL);
  double eta = nerve_figure_model_eta (model);
  const gsize *shape;

  if (sublevel == NULL)
    return;

  shape = nerve_sublevel_get_shape (sublevel);
  for (gsize i = 0; i < shape[0] * shape[1] * shape[2]; i++)
    {
      double value = nerve_sublevel_get_values (sublevel)[i];

      write_layer (model, layer, output);
      nerve_output_printf (output, ",%zu,%zu,%zu,%zu", nerve_sublevel_get_image (sublevel), i / shape[1] / shape[2],
                           i / shape[2] % shape[1], i % shape[2]);
      write_numbers (output, &value, 1);
      nerve_output_printf (output, ",%d\n", value <= eta);
    }
}

static void
write_end (const NerveFigureModel *model, guint layer, guint node, NerveOutput *output)
{
  const NerveNode *at = nerve_mapper_get_node (model->layers[layer].graph->mapper, node);

  write_layer (model, layer, output);
  nerve_output_printf (output, ",cube%u_cluster%u,", at->interval, at->cluster);
}

void
nerve_network_data_write_flow (const NerveFigureModel *model, NerveOutput *output)
{
  const NerveNetworkResults *network = model->network;

  nerve_output_printf (output, "source_layer,source,target_layer,target,mass,shared\n");
  for (guint c = 0; network != NULL && c < network->n_couplings && c + 1 < model->n_columns; c++)
    {
      guint n = 0;
      const NerveCoupling *coupling = network->couplings[c];
      const NerveRibbon *ribbons = coupling != NULL ? nerve_coupling_get_ribbons (coupling, &n) : NULL;

      for (guint i = 0; i < n; i++)
        {
          write_end (model, model->columns[c], ribbons[i].source, output);
          write_end (model, model->columns[c + 1], ribbons[i].target, output);
          nerve_output_number (output, ribbons[i].mass);
          write_numbers (output, &ribbons[i].shared, 1);
          nerve_output_printf (output, "\n");
        }
    }
}

static void
write_steps (const NerveSensitivity *sensitivity, NerveOutput *output)
{
  guint n;
  const NerveSensitivityStep *steps = nerve_sensitivity_get_steps (sensitivity, &n);
  double low, high;
  double level = nerve_sensitivity_get_level (sensitivity, &low, &high);

  for (guint i = 0; i < n; i++)
    {
      const double numbers[] = { steps[i].share, steps[i].variance, steps[i].distance, level, low, high };

      nerve_csv_text (output, nerve_sensitivity_get_layer (sensitivity));
      nerve_output_printf (output, ",%zu,%zu", steps[i].n_dropped, nerve_sensitivity_get_n_directions (sensitivity));
      for (guint k = 0; k < G_N_ELEMENTS (numbers); k++)
        {
          nerve_output_printf (output, ",");
          nerve_output_number (output, numbers[k]);
        }
      nerve_output_printf (output, ",%s,%d\n", nerve_level_kind_name (nerve_sensitivity_get_level_kind (sensitivity)),
                           steps[i].distance >= level);
    }
}

static const char steps_head[] = "layer,dropped,directions,share,variance,distance,level,level_low,level_high,"
                                 "level_kind,passes\n";

void
nerve_network_data_write_steps (const NerveSensitivity *sensitivity, NerveOutput *output)
{
  nerve_output_printf (output, "%s", steps_head);
  write_steps (sensitivity, output);
}

void
nerve_network_data_write_sensitivity (const NerveFigureModel *model, NerveOutput *output)
{
  nerve_output_printf (output, "%s", steps_head);
  for (guint c = 0; model->network != NULL && c < model->n_columns; c++)
    if (model->network->sensitivities[model->columns[c]] != NULL)
      write_steps (model->network->sensitivities[model->columns[c]], output);
}

static void
write_rank (NerveOutput *output, const char *name, const char *index, const NerveSpecificityLayer *layer,
             const char *nearest)
{
  const double before[] = { layer->same, layer->others };
  const double after[] = { layer->nearest, layer->rank, layer->share, layer->control_low, layer->control_high,
                           layer->p };

  nerve_csv_text (output, name);
  nerve_output_printf (output, ",%s", index);
  for (guint k = 0; k < G_N_ELEMENTS (before); k++)
    {
      nerve_output_printf (output, ",");
      nerve_output_number (output, before[k]);
    }
  nerve_output_printf (output, ",");
  nerve_csv_text (output, nearest);
  for (guint k = 0; k < G_N_ELEMENTS (after); k++)
    {
      nerve_output_printf (output, ",");
      nerve_output_number (output, after[k]);
    }
  nerve_output_printf (output, "\n");
}

void
nerve_network_data_write_ranks (const NerveSpecificity *specificity, NerveDataset *dataset, NerveOutput *output)
{
  nerve_output_printf (output, "layer,index,same,others,nearest,nearest_distance,rank,share,control_low,control_high,"
                       "p\n");
  for (guint i = 0; i < nerve_specificity_get_n (specificity); i++)
    {
      const NerveSpecificityLayer *layer = nerve_specificity_get_layer (specificity, i);
      const NerveLayer *at = nerve_dataset_get_layer (dataset, i);
      g_autofree char *index = g_strdup_printf ("%" G_GINT64_FORMAT, at->index);

      if (layer->left_out)
        continue;
      write_rank (output, at->name, index, layer, nerve_dataset_get_layer (dataset, layer->nearest_layer)->name);
    }
  write_rank (output, "", "", nerve_specificity_get_all (specificity), NULL);
}

void
nerve_network_data_write_specificity (const NerveFigureModel *model, NerveOutput *output)
{
  if (model->network != NULL && model->network->specificity != NULL)
    nerve_network_data_write_ranks (model->network->specificity, model->dataset, output);
}
