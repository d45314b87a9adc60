/* Chunks of a dataset, fetched as they lie in the file and unpacked without HDF5's lock. */
#pragma once

#include "data/h5.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean usable;      /* whole rows in each chunk; only deflate and shuffle */
  guint    rank;
  gsize    rows;        /* in a chunk */
  gsize    row_bytes;
  gsize    bytes;       /* of a chunk, unpacked */
  int      shuffle;     /* place in the pipeline, -1: none */
  gsize    shuffled;    /* bytes of an element */
  int      deflate;
  gsize    most_packed; /* bytes; more is damage */
} NerveH5Chunks;

void nerve_h5_chunks_init (NerveH5Chunks *self, NerveFile *file, hid_t dataset, const NerveArray *array);

typedef enum
{
  NERVE_H5_CHUNKS_READ,
  NERVE_H5_CHUNKS_UNKNOWN, /* not what we can unpack, or never written: H5Dread () shall do it */
  NERVE_H5_CHUNKS_DAMAGED, /* H5Dread () would read beyond the chunk's memory if too little comes out of it */
} NerveH5ChunksResult;

NerveH5ChunksResult nerve_h5_chunks_read (const NerveH5Chunks *self, hid_t dataset, gsize first, gsize count,
                                          guint8 *out);

G_END_DECLS
