/* The numbers that figures of several files draw, as tables. */
#pragma once

#include "base/output.h"
#include "figures/model.h"

G_BEGIN_DECLS

void nerve_study_data_write_ranking    (const NerveFigureModel *model, NerveOutput *output);
void nerve_study_data_write_ranks      (const NerveFigureModel *model, NerveOutput *output);
void nerve_study_data_write_models     (const NerveFigureModel *model, NerveOutput *output);
void nerve_study_data_write_subsamples (const NerveFigureModel *model, NerveOutput *output);

G_END_DECLS
