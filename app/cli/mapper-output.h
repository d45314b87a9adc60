/* A mapper graph as text for people, programs and other tools. */
#pragma once

#include "base/output.h"
#include "data/dataset.h"
#include "mapper/purity.h"

G_BEGIN_DECLS

typedef struct
{
  NerveDataset               *dataset;
  const char                 *layer;
  const NerveMapper          *mapper;
  const NervePurity          *purity; /* at the level of classes; NULL without labels */
  const NerveCloudParameters *cloud;
  gboolean                    statistics; /* the long ones of each node, too */
} NerveMapperResult;

/* CLI.md's object; names of "parameters" are those of the options. */
void nerve_mapper_result_write_json    (NerveOutput *output, const NerveMapperResult *result);
void nerve_mapper_result_write_dot     (NerveOutput *output, const NerveMapperResult *result);
void nerve_mapper_result_write_graphml (NerveOutput *output, const NerveMapperResult *result);
/* A line for each point of each node: id,interval,cluster,row,image,position,label,sample_id. */
void nerve_mapper_result_write_csv     (NerveOutput *output, const NerveMapperResult *result);

G_END_DECLS
