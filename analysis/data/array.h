/* Rows of numbers somewhere in a file: what every reader makes of its format, one for each layer. */
#pragma once

#include "data/file.h"
#include "data/scalar.h"

G_BEGIN_DECLS

#define NERVE_ARRAY_MAX_RANK 32

typedef struct _NerveArray NerveArray;

typedef struct
{
  /* Rows [first, first + count) as they lie in the file, last extent fastest, @count × row_length × scalar.size
   * bytes. From any thread; asked for whole blocks only (see block_rows). */
  gboolean (*read) (NerveArray *self, gsize first, gsize count, guint8 *out, GError **error);
  /* Frees what the format added, and @self. */
  void     (*free) (NerveArray *self);
} NerveArrayClass;

struct _NerveArray
{
  const NerveArrayClass *class;
  NerveFile   *file;       /* not owned */
  guint64      serial;     /* never used twice in a process */
  NerveScalar  scalar;     /* as read() delivers it */
  const char  *dtype;      /* as stored; interned */
  gsize        stored_size; /* bytes of a number in the file */
  guint        rank;
  guint64      extents[NERVE_ARRAY_MAX_RANK];
  gsize        n;          /* the first extent */
  gsize        row_length; /* the product of the others */
  gsize        channels_last; /* > 0: rows are […, channels], to be turned into [channels, …] */
  gsize        grain;      /* rows that the file keeps together */
  gsize        block_rows; /* rows read at once: a multiple of grain, or n */
  guint64      n_pieces;   /* that the file keeps it in; 0: not known */
  guint64      n_unwritten; /* of them: fill values are read in their place */
};

/**
 * nerve_array_init:
 *
 * Fills the common part. Nothing is allocated by what a header claims.
 *
 * Errors: NERVE_ERROR_SHAPE (no axis, an empty one, more numbers than there can be)
 */
gboolean nerve_array_init (NerveArray *self, const NerveArrayClass *class, NerveFile *file, NerveScalar scalar,
                           guint rank, const guint64 *extents, GError **error);
void     nerve_array_free (NerveArray *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveArray, nerve_array_free)

/* Blocks of whole grains of at most @bytes (at least one grain). */
void     nerve_array_set_grain (NerveArray *self, gsize rows, gsize bytes);
/* "500 × 16 × 28 × 28" */
char    *nerve_array_describe_shape (NerveArray *self);
/* All bytes, as stored; cannot overflow once initialised. */
guint64  nerve_array_get_bytes (NerveArray *self);

/* How many bytes a block of a layer, and of pictures, has in memory. */
#define NERVE_LAYER_BLOCK_BYTES (4 << 20)
#define NERVE_IMAGE_BLOCK_BYTES (256 << 10)

G_END_DECLS
