#include "data/npy.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "data/npyheader.h"
#include "data/reader.h"

/* An array whose rows are scattered over the file (Fortran order) is better read whole. */
#define SCATTERED_BLOCK_BYTES (32 << 20)

typedef struct
{
  NerveArray  parent;
  NerveBytes *bytes;
  guint64     data_offset;
  gboolean    scattered; /* element (n, i, j, …) at n + N · (i + I · (j + …)) */
} NpyArray;

/* The running element of Fortran's order, counted up in C's. */
static gsize
next_place (const NerveArray *array, guint64 *index)
{
  gsize place = 0;
  gsize stride = 1;

  for (guint i = array->rank; i-- > 1;)
    {
      if (++index[i] < array->extents[i])
        break;
      index[i] = 0;
    }
  for (guint i = 1; i < array->rank; i++)
    {
      place += index[i] * stride;
      stride *= array->extents[i];
    }
  return place;
}

static void
gather_column (const guint8 *column, gsize count, gsize size, gsize row_bytes, guint8 *out)
{
  for (gsize i = 0; i < count; i++)
    memcpy (out + i * row_bytes, column + i * size, size);
}

/* Column by column, a column being the numbers of one place in all rows. */
static gboolean
read_scattered (NpyArray *self, gsize first, gsize count, guint8 *out, GError **error)
{
  NerveArray *array = &self->parent;
  gsize size = array->scalar.size;
  gboolean whole = count == array->n;
  gsize n = whole ? count * array->row_length : count;
  g_autofree guint8 *columns = nerve_memory_new (n, size, "its columns", error);
  guint64 index[NERVE_ARRAY_MAX_RANK] = { 0 };
  gsize place = 0;

  if (columns == NULL || (whole && !nerve_bytes_read (self->bytes, self->data_offset, columns, n * size, error)))
    return FALSE;
  for (gsize column = 0; column < array->row_length; column++)
    {
      if (!whole
          && !nerve_bytes_read (self->bytes, self->data_offset + (place * array->n + first) * size, columns,
                                count * size, error))
        return FALSE;
      gather_column (columns + (whole ? place * count * size : 0), count, size, array->row_length * size,
                     out + column * size);
      place = next_place (array, index);
    }
  return TRUE;
}

static gboolean
npy_array_read (NerveArray *array, gsize first, gsize count, guint8 *out, GError **error)
{
  NpyArray *self = (NpyArray *) array;
  gsize row_bytes = array->row_length * array->scalar.size;

  if (self->scattered)
    return read_scattered (self, first, count, out, error);
  return nerve_bytes_read (self->bytes, self->data_offset + first * row_bytes, out, count * row_bytes, error);
}

static void
npy_array_free (NerveArray *array)
{
  NpyArray *self = (NpyArray *) array;

  nerve_bytes_free (self->bytes);
  g_free (self);
}

static const NerveArrayClass npy_array_class = { npy_array_read, npy_array_free };

static gboolean
check_length (NpyArray *self, GError **error)
{
  guint64 wanted = nerve_array_get_bytes (&self->parent);
  guint64 there = nerve_bytes_get_length (self->bytes) - self->data_offset;

  if (wanted <= there)
    return TRUE;
  g_set_error (error, NERVE_ERROR, NERVE_ERROR_FORMAT,
               "truncated: %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT " bytes of numbers are there", there, wanted);
  return FALSE;
}

static void
choose_blocks (NpyArray *self)
{
  NerveArray *array = &self->parent;
  gboolean deflated = nerve_bytes_is_deflated (self->bytes);

  self->scattered = self->scattered && array->row_length > 1;
  if (self->scattered)
    nerve_array_set_grain (array, deflated ? array->n : 1, SCATTERED_BLOCK_BYTES);
}

/* A volume is one row; in Fortran's order its axis of length 1 changes nothing for the others. */
static void
put_row_axis (NerveNpyHeader *header)
{
  memmove (header->shape + 1, header->shape, header->rank * sizeof header->shape[0]);
  header->shape[0] = 1;
  header->rank++;
}

NerveArray *
nerve_npy_array_new (NerveBytes *bytes, gboolean volume, GError **error)
{
  NpyArray *self = g_new0 (NpyArray, 1);
  g_autoptr (NerveArray) array = &self->parent;
  NerveNpyHeader header;

  array->class = &npy_array_class;
  self->bytes = bytes;
  if (!nerve_npy_header_read (&header, bytes, error))
    return NULL;
  if (volume && (header.rank == 1 || header.rank == 3))
    put_row_axis (&header);
  self->data_offset = header.data_offset;
  self->scattered = header.fortran_order;
  if (!nerve_array_init (array, &npy_array_class, nerve_bytes_get_file (bytes), header.scalar, header.rank,
                         header.shape, error)
      || !check_length (self, error))
    return NULL;

  choose_blocks (self);
  return g_steal_pointer (&array);
}

static gboolean
claims (NerveFile *file, const guint8 head[8])
{
  return memcmp (head, "\x93NUMPY", 6) == 0;
}

static gboolean
read_file (NerveFile *file, NerveContents *contents, const NerveProgress *progress, GError **error)
{
  NerveArray *array = nerve_npy_array_new (nerve_bytes_new_plain (file, 0, file->size), TRUE, error);

  if (array == NULL)
    return FALSE;
  if (array->rank != 2 && array->rank != 4)
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_SHAPE, "%u dimensions where 1 to 4 are read", array->rank);
      nerve_array_free (array);
      return FALSE;
    }
  contents->format = g_strdup ("npy");
  if (array->rank == 4)
    {
      g_autofree char *shape = nerve_array_describe_shape (array);

      nerve_contents_assume (contents, "%s is read as image × channel × height × width.", shape);
    }
  nerve_contents_add_layer (contents, file->stem, array, array->rank == 4 ? NERVE_AXES_NCHW : NERVE_AXES_ND);
  return TRUE;
}

const NerveReader nerve_npy_reader = { "npy", claims, read_file };
