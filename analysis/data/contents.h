/* What a reader has found in a file, gathered and checked against itself before it becomes a dataset. */
#pragma once

#include "data/array.h"
#include "data/classes.h"
#include "data/dataset.h"
#include "data/graph.h"
#include "data/values.h"

G_BEGIN_DECLS

typedef struct
{
  NerveLayer  info;
  NerveArray *array;
} NerveContentsLayer;

typedef struct
{
  char        *format;
  GHashTable  *attributes;  /* of the file: name → text */
  GPtrArray   *assumptions; /* sentences */
  GPtrArray   *layers;      /* NerveContentsLayer */
  NerveValues *labels;      /* the rest may be NULL */
  NerveValues *predictions;
  NerveValues *class_names;
  NerveValues *sample_ids;
  GPtrArray   *level_groups; /* NerveValues, finest level first */
  GPtrArray   *level_names;  /* NerveValues or NULL, beside them */
  NerveArray  *images;
  NerveArray  *masks;
  NerveGraphFile *graph; /* a mapper graph and nothing else */

  /* After nerve_contents_finish (). */
  gsize        n;
  NerveClasses classes;
} NerveContents;

NerveContents *nerve_contents_new  (void);
void           nerve_contents_free (NerveContents *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveContents, nerve_contents_free)

/* "One sentence." for the reader of what was assumed. */
void nerve_contents_assume (NerveContents *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Takes @array. Its rows are vectors, or maps of C × H × W (N × H × W: one channel) or of H × W × C. The order
 * of the layers is at first that in which they come. */
NerveContentsLayer *nerve_contents_add_layer (NerveContents *self, const char *name, NerveArray *array,
                                              NerveAxes axes);

/**
 * nerve_contents_finish:
 *
 * Sorts the layers by index; checks that all agree on the number of images; maps labels to classes.
 *
 * Errors: NERVE_ERROR_NOT_FOUND (no layer), NERVE_ERROR_SHAPE, NERVE_ERROR_VALUE; "DATASET: cause"
 */
gboolean nerve_contents_finish (NerveContents *self, GError **error);

G_END_DECLS
