/* What can be said of some of a mapper's points: those of a node, of a selection, of all. SCIENCE §6. */
#pragma once

#include "mapper/mapper.h"

G_BEGIN_DECLS

#define NERVE_STATISTICS_BINS 20

typedef struct
{
  gsize   n_points;
  gsize   n_images;                /* different ones */
  double  lens_mean;               /* of the first lens, like all below; NaN without points */
  double  lens_min;
  double  lens_max;
  guint32 histogram[NERVE_STATISTICS_BINS]; /* of the lens, from the least to the largest of all the cloud's points */
  gsize   n_predicted;             /* points with a label and a prediction */
  gsize   n_right;
  double  accuracy;                /* n_right / n_predicted; NaN if there are none */
} NerveStatistics;

/**
 * nerve_statistics_measure:
 * @rows: (array): points of the mapper's cloud, each once; a node's members, say
 * @labels: (nullable): of the dataset's images, -1 unlabelled
 * @predictions: (nullable): the same
 * @activation: (array) (out) (nullable): d means over the points; NaN without points
 *
 * O(n_rows · d), without @activation O(n_rows log n_rows).
 */
void nerve_statistics_measure (const NerveMapper *mapper, const guint32 *rows, gsize n_rows, const int *labels,
                               const int *predictions, NerveStatistics *out, double *activation);

G_END_DECLS
