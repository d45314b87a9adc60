/* What commands that make mapper graphs do with their options beside the table. */
#pragma once

#include "app/cli/options.h"
#include "data/dataset.h"
#include "mapper/mapper.h"

G_BEGIN_DECLS

/* --lens LENS[:NUMBER][,LENS[:NUMBER]]; before the table. */
void     nerve_mapper_values_declare_lens (NerveOptions *options, NerveMapperParameters *parameters);

G_END_DECLS
