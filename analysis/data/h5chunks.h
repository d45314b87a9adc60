/* Chunks of a dataset, fetched as they lie in the file and unpacked without HDF5's lock. */
#pragma once

#include "data/h5.h"

G_BEGIN_DECLS

/* More axes than layers and pictures have are left to HDF5. */
#define NERVE_H5_CHUNKS_MAX_RANK 8

typedef struct
{
  gboolean gridded;     /* which chunks there should be is known */
  gboolean known;       /* and all filters are among deflate, shuffle and checksums: what comes out can be foretold */
  gboolean usable;      /* and can be put together here: no checksums */
  guint    rank;
  gsize    extents[NERVE_H5_CHUNKS_MAX_RANK]; /* of the dataset */
  gsize    sides[NERVE_H5_CHUNKS_MAX_RANK];   /* of a chunk */
  guint    whole_below; /* the axes behind this one lie whole in each chunk */
  gsize    size;        /* bytes of a number in the file */
  guint8   fill[16];    /* stands in chunks that were never written */
  gsize    bytes;       /* of a chunk, unpacked */
  int      shuffle;     /* place in the pipeline, -1: none */
  int      deflate;
  int      checksum;
  gsize    most_packed; /* bytes; more is damage */
  guint64  n;           /* chunks of the whole grid, 0: not known */
  guint64  n_unwritten; /* that its index lacks; if 0, one that is not found is damage */
} NerveH5Chunks;

/**
 * nerve_h5_chunks_init:
 * @array: its extents and the size of its numbers in the file
 *
 * Goes through the whole index of chunks, not through their numbers.
 *
 * Errors: NERVE_ERROR_FORMAT (a filter that contradicts the numbers, or one that is not there to read them; an index
 * that can't be read, or that lacks chunks which were there from the beginning)
 */
gboolean nerve_h5_chunks_init (NerveH5Chunks *self, NerveFile *file, hid_t dataset, const NerveArray *array,
                               GError **error);

typedef enum
{
  NERVE_H5_CHUNKS_READ,
  NERVE_H5_CHUNKS_UNKNOWN, /* not what we can unpack: H5Dread () shall do it */
  NERVE_H5_CHUNKS_DAMAGED, /* H5Dread () would read beyond the chunk's memory if too little comes out of it */
} NerveH5ChunksResult;

/* Of the rows [first, first + count): whole chunks, but for the last one. READ only if usable. */
NerveH5ChunksResult nerve_h5_chunks_read  (const NerveH5Chunks *self, hid_t dataset, gsize first, gsize count,
                                           guint8 *out);
/* Whether each of these chunks is there and, if known, unpacks to what H5Dread () expects: DAMAGED or, for H5Dread ()
 * to do it, UNKNOWN. */
NerveH5ChunksResult nerve_h5_chunks_check (const NerveH5Chunks *self, hid_t dataset, gsize first, gsize count);

G_END_DECLS
