#include "data/h5chunks.h"

#include <string.h>
#include <zlib.h>

static gboolean
set_filters (NerveH5Chunks *self, hid_t properties)
{
  int n = H5Pget_nfilters (properties);

  self->shuffle = -1;
  self->deflate = -1;
  for (int i = 0; i < n; i++)
    {
      unsigned flags, values[8] = { 0 };
      size_t n_values = G_N_ELEMENTS (values);
      H5Z_filter_t filter = H5Pget_filter2 (properties, i, &flags, &n_values, values, 0, NULL, NULL);

      if (filter == H5Z_FILTER_SHUFFLE && self->shuffle < 0 && self->deflate < 0 && n_values >= 1 && values[0] > 0)
        {
          self->shuffle = i;
          self->shuffled = values[0];
        }
      else if (filter == H5Z_FILTER_DEFLATE && self->deflate < 0)
        self->deflate = i;
      else
        return FALSE;
    }
  return n >= 0;
}

void
nerve_h5_chunks_init (NerveH5Chunks *self, NerveFile *file, hid_t dataset, const NerveArray *array)
{
  g_auto (NerveHid) properties = H5Dget_create_plist (dataset);
  hsize_t chunk[NERVE_ARRAY_MAX_RANK];

  if (!set_filters (self, properties)
      || H5Pget_chunk (properties, NERVE_ARRAY_MAX_RANK, chunk) != (int) array->rank)
    return;
  for (guint i = 1; i < array->rank; i++)
    if (chunk[i] != array->extents[i])
      return;

  self->rank = array->rank;
  self->rows = chunk[0];
  self->row_bytes = array->row_length * array->scalar.size;
  if (self->rows == 0 || self->rows > G_MAXUINT32 / self->row_bytes)
    return;
  self->bytes = self->rows * self->row_bytes;
  self->most_packed = MIN (file->size, self->bytes + self->bytes / 8 + 4096);
  self->usable = TRUE;
}

static gboolean
inflate_chunk (const guint8 *packed, gsize n_packed, guint8 *out, gsize bytes)
{
  uLongf length = bytes;

  return uncompress (out, &length, packed, n_packed) == Z_OK && length == bytes;
}

/* HDF5 stores all first bytes, then all second ones, …; what is left of a last element follows as it is. The widths
 * that layers have are put together as numbers: compilers turn that into vector instructions. */
static void
unshuffle (const guint8 *restrict in, gsize bytes, gsize size, guint8 *restrict out)
{
  gsize n = bytes / size;

  if (size == 2)
    {
      guint16 *restrict pairs = (gpointer) out;

      for (gsize i = 0; i < n; i++)
        pairs[i] = GUINT16_TO_LE (in[i] | in[n + i] << 8);
    }
  else if (size == 4)
    {
      guint32 *restrict quads = (gpointer) out;

      for (gsize i = 0; i < n; i++)
        quads[i] = GUINT32_TO_LE (in[i] | in[n + i] << 8 | in[2 * n + i] << 16 | (guint32) in[3 * n + i] << 24);
    }
  else
    for (gsize byte = 0; byte < size; byte++)
      for (gsize i = 0; i < n; i++)
        out[i * size + byte] = in[byte * n + i];
  memcpy (out + n * size, in + n * size, bytes - n * size);
}

static gboolean
unpack (const NerveH5Chunks *self, guint32 skipped, const guint8 *packed, gsize n_packed, guint8 *scratch, guint8 *out)
{
  gboolean deflated = self->deflate >= 0 && (skipped >> self->deflate & 1) == 0;
  gboolean shuffled = self->shuffle >= 0 && (skipped >> self->shuffle & 1) == 0 && self->shuffled > 1;
  guint8 *plain = shuffled ? scratch : out;

  if (deflated)
    {
      if (!inflate_chunk (packed, n_packed, plain, self->bytes))
        return FALSE;
    }
  else if (n_packed == self->bytes)
    memcpy (plain, packed, n_packed);
  else
    return FALSE;

  if (shuffled)
    unshuffle (plain, self->bytes, self->shuffled, out);
  return TRUE;
}

/* *packed stays NULL unless the chunk is there. */
static NerveH5ChunksResult
fetch (const NerveH5Chunks *self, hid_t dataset, gsize first, guint32 *skipped, guint8 **packed, gsize *n_packed)
{
  hsize_t place[NERVE_ARRAY_MAX_RANK] = { first };
  hsize_t size = 0;

  /* No bytes: the chunk was never written. */
  if (H5Dget_chunk_storage_size (dataset, place, &size) < 0 || size == 0)
    return NERVE_H5_CHUNKS_UNKNOWN;
  if (size > self->most_packed)
    return NERVE_H5_CHUNKS_DAMAGED;
  *packed = g_try_malloc (size);
  if (*packed == NULL || H5Dread_chunk (dataset, H5P_DEFAULT, place, skipped, *packed) < 0)
    return NERVE_H5_CHUNKS_UNKNOWN;
  *n_packed = size;
  return NERVE_H5_CHUNKS_READ;
}

NerveH5ChunksResult
nerve_h5_chunks_read (const NerveH5Chunks *self, hid_t dataset, gsize first, gsize count, guint8 *out)
{
  g_autofree guint8 *scratch = NULL;
  g_autofree guint8 *partial = NULL;

  if (!self->usable || first % self->rows != 0)
    return NERVE_H5_CHUNKS_UNKNOWN;
  scratch = g_try_malloc (self->bytes);
  partial = g_try_malloc (self->bytes);
  if (scratch == NULL || partial == NULL)
    return NERVE_H5_CHUNKS_UNKNOWN;

  for (gsize row = 0; row < count; row += self->rows)
    {
      gsize rows = MIN (self->rows, count - row);
      guint8 *target = rows == self->rows ? out + row * self->row_bytes : partial;
      guint32 skipped = 0;
      gsize n_packed = 0;
      g_autofree guint8 *packed = NULL;
      NerveH5ChunksResult result = fetch (self, dataset, first + row, &skipped, &packed, &n_packed);

      if (result != NERVE_H5_CHUNKS_READ)
        return result;
      if (!unpack (self, skipped, packed, n_packed, scratch, target))
        return NERVE_H5_CHUNKS_DAMAGED;
      if (target == partial)
        memcpy (out + row * self->row_bytes, partial, rows * self->row_bytes);
    }
  return NERVE_H5_CHUNKS_READ;
}
