/* The numbers of what compares classes, layers and their graphs, as tables. */
#pragma once

#include "base/output.h"
#include "figures/model.h"

G_BEGIN_DECLS

/* Classes first, then groups from the finest level up. */
typedef void (*NervePairFunc) (gpointer target, const NerveParting *parting, NerveDataset *dataset, guint level,
                               guint a, guint b);

void        nerve_network_data_for_pairs  (const NerveParting *parting, NerveDataset *dataset, NervePairFunc func,
                                           gpointer target);
/* Of a class, at level 0, or of a group. */
const char *nerve_network_data_group_name (NerveDataset *dataset, guint level, guint i);

/* A line a pair, and a line a pair and layer. */
void nerve_network_data_write_pairs  (const NerveParting *parting, NerveDataset *dataset, NerveOutput *output);
void nerve_network_data_write_curves (const NerveParting *parting, NerveDataset *dataset, NerveOutput *output);

/* A line a step, and a line a layer and one for all. */
void nerve_network_data_write_steps  (const NerveSensitivity *sensitivity, NerveOutput *output);
void nerve_network_data_write_ranks  (const NerveSpecificity *specificity, NerveDataset *dataset,
                                      NerveOutput *output);

/* Of one layer of the model: what its figures draw, without a head; nothing where that is not there. */
void nerve_network_data_write_merges (const NerveFigureModel *model, guint layer, NerveOutput *output);
void nerve_network_data_write_points (const NerveFigureModel *model, guint layer, NerveOutput *output);
void nerve_network_data_write_sweep  (const NerveFigureModel *model, guint layer, NerveOutput *output);
/* A line of the clean inputs, one of the noisy ones. */
void nerve_network_data_write_noise  (const NerveFigureModel *model, guint layer, NerveOutput *output);
/* A line a voxel of the image that is shown. */
void nerve_network_data_write_voxels (const NerveFigureModel *model, guint layer, NerveOutput *output);

/* Of the whole model, with a head. */
void nerve_network_data_write_flow    (const NerveFigureModel *model, NerveOutput *output);
void nerve_network_data_write_parting (const NerveFigureModel *model, NerveOutput *output);
void nerve_network_data_write_mix     (const NerveFigureModel *model, NerveOutput *output);
void nerve_network_data_write_sensitivity (const NerveFigureModel *model, NerveOutput *output);
void nerve_network_data_write_specificity (const NerveFigureModel *model, NerveOutput *output);

G_END_DECLS
