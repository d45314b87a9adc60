#include "config.h"

#include "app/cli/figure-data.h"

#include <glib/gi18n.h>

#include "app/cli/network-data.h"
#include "app/cli/study-data.h"
#include "app/cli/table.h"

/* What is written for one layer; NULL in place of it: the network's. */
typedef void (*LayerFunc) (const NerveFigureModel *model, guint layer, NerveOutput *output);

static void
write_name (const NerveFigureModel *model, guint layer, NerveOutput *output)
{
  nerve_csv_text (output, nerve_dataset_get_layer (model->dataset, layer)->name);
}

static void
write_bars (const NerveFigureModel *model, guint layer, NerveOutput *output)
{
  NerveHomology *homology = model->layers[layer].homology;
  const NerveBar *bars = homology != NULL ? nerve_diagram_get_bars (homology->diagram) : NULL;
  gsize n = homology != NULL ? nerve_diagram_get_n_bars (homology->diagram) : 0;

  for (gsize i = 0; i < n; i++)
    {
      write_name (model, layer, output);
      nerve_output_printf (output, ",%d,", bars[i].dimension);
      nerve_output_number (output, bars[i].birth);
      nerve_output_printf (output, ",");
      nerve_output_number (output, bars[i].death);
      nerve_output_printf (output, "\n");
    }
}

static void
write_nodes (const NerveFigureModel *model, guint layer, NerveOutput *output)
{
  NerveGraph *graph = model->layers[layer].graph;
  guint n = graph != NULL ? nerve_mapper_get_n_nodes (graph->mapper) : 0;

  for (guint i = 0; i < n; i++)
    {
      const NerveNode *node = nerve_mapper_get_node (graph->mapper, i);
      const NerveNodePurity *purity = graph->purity[0] != NULL ? nerve_purity_get_node (graph->purity[0], i) : NULL;

      write_name (model, layer, output);
      nerve_output_printf (output, ",cube%u_cluster%u,%zu,", node->interval, node->cluster, node->n_members);
      nerve_output_number (output, node->lens_mean);
      nerve_output_printf (output, ",");
      if (purity != NULL && purity->label >= 0)
        {
          nerve_output_number (output, purity->purity);
          nerve_output_printf (output, ",");
          nerve_csv_text (output, nerve_dataset_get_class_name (model->dataset, purity->label));
          nerve_output_printf (output, ",");
          nerve_output_number (output, purity->majority);
        }
      else
        {
          nerve_output_printf (output, ",,");
        }
      nerve_output_printf (output, "\n");
    }
}

static void
write_betti (const NerveFigureModel *model, guint layer, NerveOutput *output)
{
  NerveBettiLayer *betti = model->layers[layer].betti;
  double means[4];

  if (betti == NULL)
    return;
  nerve_betti_layer_mean (betti, 0, means);
  write_name (model, layer, output);
  nerve_output_printf (output, ",%u", layer);
  for (guint i = 0; i < 4; i++)
    {
      nerve_output_printf (output, ",");
      nerve_output_number (output, means[i]);
    }
  nerve_output_printf (output, "\n");
}

/* Of the curves, as the figure is where no job has made its numbers. */
static void
write_heat (const NerveFigureModel *model, NerveOutput *output)
{
  g_autofree NerveBettiCurves **curves = g_new0 (NerveBettiCurves *, model->n_layers + 1);
  g_autoptr (NerveBettiHeat) heat = NULL;

  for (guint i = 0; i < model->n_layers; i++)
    curves[i] = model->layers[i].curves;
  nerve_output_printf (output, "layer,index,eta,beta0,beta1,beta2,omega\n");
  heat = nerve_betti_heat_new (curves, model->n_layers, NERVE_BETTI_HEAT_ETAS, NULL, NULL);
  for (guint i = 0; heat != NULL && i < model->n_layers; i++)
    for (guint e = 0; e < nerve_betti_heat_get_n_etas (heat) && nerve_betti_heat_get (heat, i, e) != NULL; e++)
      {
        write_name (model, i, output);
        nerve_output_printf (output, ",%" G_GINT64_FORMAT ",", nerve_dataset_get_layer (model->dataset, i)->index);
        nerve_output_number (output, nerve_betti_heat_get_etas (heat)[e]);
        for (guint k = 0; k < 4; k++)
          {
            nerve_output_printf (output, ",");
            nerve_output_number (output, nerve_betti_heat_get (heat, i, e)[k]);
          }
        nerve_output_printf (output, "\n");
      }
}

static void
write_purity (const NerveFigureModel *model, guint layer, NerveOutput *output)
{
  NerveGraph *graph = model->layers[layer].graph;

  if (graph == NULL)
    return;
  write_name (model, layer, output);
  nerve_output_printf (output, ",%u", layer);
  for (guint level = 0; level < 2; level++)
    {
      nerve_output_printf (output, ",");
      if (graph->purity[level] != NULL)
        nerve_output_number (output, nerve_purity_get_nodewise (graph->purity[level]));
    }
  nerve_output_printf (output, ",");
  nerve_output_number (output, nerve_mapper_get_coverage (graph->mapper));
  nerve_output_printf (output, "\n");
}

static void
write_matrix (const NerveFigureModel *model, guint row, NerveOutput *output)
{
  const NerveLayerMatrix *matrix = model->network != NULL ? model->network->matrix : NULL;

  if (matrix == NULL || row >= nerve_layer_matrix_get_n_rows (matrix))
    return;
  for (guint column = 0; column < nerve_layer_matrix_get_n_columns (matrix); column++)
    {
      nerve_csv_text (output, nerve_layer_matrix_get_row_name (matrix, row));
      nerve_output_printf (output, ",");
      nerve_csv_text (output, nerve_layer_matrix_get_column_name (matrix, column));
      nerve_output_printf (output, ",");
      nerve_output_number (output, nerve_layer_matrix_get (matrix, row, column));
      nerve_output_printf (output, "\n");
    }
}

static const struct { const char *kind, *head; LayerFunc write; } tables[] = {
  { "mapper", "layer,node,members,lens_mean,purity,majority,majority_share", write_nodes },
  { "board", "layer,node,members,lens_mean,purity,majority,majority_share", write_nodes },
  { "diagram", "layer,dimension,birth,death", write_bars },
  { "barcode", "layer,dimension,birth,death", write_bars },
  { "betti", "layer,dimension,birth,death", write_bars },
  { "landscape", "layer,dimension,birth,death", write_bars },
  { "decay", "layer,index,beta0,beta1,beta2,omega", write_betti },
  { "purity", "layer,index,class,superclass,coverage", write_purity },
  { "distances", "row,column,value", write_matrix },
  { "neighbours", "row,column,value", write_matrix },
  { "layer-map", "row,column,value", write_matrix },
  { "dendrogram", "layer,merge,a,b,height,classes", nerve_network_data_write_merges },
  { "projection", "layer,image,x,y,class", nerve_network_data_write_points },
  { "noise", "layer,side,nodes,edges,components,cycles,leaves,flares,coverage,node_purity,node_purity_weighted,"
             "accuracy,distance", nerve_network_data_write_noise },
  { "sublevel", "layer,image,channel,row,column,value,counted", nerve_network_data_write_voxels },
  { "sweep", "layer,parameter,value,intervals,nodes,coverage,cycles", nerve_network_data_write_sweep },
};

typedef void (*StudyFunc) (const NerveFigureModel *model, NerveOutput *output);

/* Of several files, of classes, or of no layer by itself. */
static const struct { const char *kind; StudyFunc write; } studies[] = {
  { "heat", write_heat },
  { "parting", nerve_network_data_write_parting },
  { "mix", nerve_network_data_write_mix },
  { "flow", nerve_network_data_write_flow },
  { "sensitivity", nerve_network_data_write_sensitivity },
  { "specificity", nerve_network_data_write_specificity },
  { "ranking", nerve_study_data_write_ranking },
  { "ranks", nerve_study_data_write_ranks },
  { "models", nerve_study_data_write_models },
  { "subsamples", nerve_study_data_write_subsamples },
};

static int
find_study (const NerveFigureKind *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (studies); i++)
    if (g_str_equal (studies[i].kind, kind->name))
      return (int) i;

  return -1;
}

static int
find_table (const NerveFigureKind *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    if (g_str_equal (tables[i].kind, kind->name))
      return (int) i;

  return -1;
}

gboolean
nerve_figure_data_check (const NerveFigureKind *kind, GError **error)
{
  if (find_table (kind) >= 0 || find_study (kind) >= 0)
    return TRUE;
  g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER,
               _("--data: “%s” draws no numbers of its own that make a table"),
               kind->name);

  return FALSE;
}

void
nerve_figure_data_write (const NerveFigureKind *kind, const NerveFigureModel *model, const guint *layers,
                         guint n_layers, NerveOutput *output)
{
  int table = find_table (kind);
  gboolean all = !(kind->flags & NERVE_FIGURE_PER_LAYER) && !g_str_equal (kind->name, "board");
  guint n = all ? model->n_layers : n_layers;

  if (find_study (kind) >= 0)
    {
      studies[find_study (kind)].write (model, output);
      return;
    }
  g_return_if_fail (table >= 0);

  nerve_output_printf (output, "%s\n", tables[table].head);
  for (guint i = 0; i < n; i++)
    tables[table].write (model, all ? i : layers[i], output);
}
