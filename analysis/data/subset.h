/* Some of a dataset's images, in their order, as a dataset of their own: what is not the same there. */
#pragma once

#include "base/bitset.h"
#include "data/dataset.h"

G_BEGIN_DECLS

typedef struct
{
  NerveDataset *whole;
  gsize         n;
  gsize        *rows;        /* of the whole, ascending */
  NerveLayer   *layers;      /* but for their n and bytes they borrow what they hold */
  int          *labels;      /* or NULL */
  int          *predictions; /* or NULL */
  char         *fingerprint;
  char         *name;
  GPtrArray    *assumptions;
} NerveSubset;

NerveSubset *nerve_subset_new  (NerveDataset *whole, const NerveBitset *images, const char *name);
void         nerve_subset_free (NerveSubset *self);
/* As nerve_dataset_read_rows() */
gboolean     nerve_subset_read (const NerveSubset *self, guint layer, gsize first, gsize count, double *out,
                                GError **error);

G_END_DECLS
