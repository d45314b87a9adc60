#include "data/h5chunks.h"

#include <string.h>
#include <zlib.h>

#include "data/names.h"

#define CHECKSUM_BYTES 4

/* What to do about a filter that is not there to unpack. */
static gboolean
set_filter_error (H5Z_filter_t filter, const char *name, GError **error)
{
  g_autofree char *clean = nerve_names_clean (name, -1);

  g_set_error (error, NERVE_ERROR, NERVE_ERROR_FORMAT, "it is compressed with %s%s(HDF5 filter %d), not readable "
               "here; \"h5repack -f GZIP=4 FILE NEW\", where it can be, makes a file that can", clean,
               *clean != '\0' ? " " : "", (int) filter);
  return FALSE;
}

/* Filters left to HDF5 believe what was stored for them. */
static gboolean
is_sound_filter (const NerveH5Chunks *self, H5Z_filter_t filter, size_t n, const unsigned *values)
{
  switch (filter)
    {
    case H5Z_FILTER_SZIP:
      return n >= 4 && values[1] > 0 && values[1] <= 32 && values[2] > 0 && values[2] <= 64;
    case H5Z_FILTER_NBIT:
      return n >= 4 && self->size > 0 && values[2] == self->bytes / self->size;
    case H5Z_FILTER_SCALEOFFSET:
      return n >= 5 && self->size > 0 && values[2] == self->bytes / self->size && values[4] == self->size;
    default:
      return TRUE;
    }
}

static gboolean
add_filter (NerveH5Chunks *self, hid_t properties, int i, GError **error)
{
  char name[64] = "";
  unsigned flags, values[8] = { 0 };
  size_t n_values = G_N_ELEMENTS (values);
  H5Z_filter_t filter = H5Pget_filter2 (properties, i, &flags, &n_values, values, sizeof name, name, NULL);
  int *place = filter == H5Z_FILTER_SHUFFLE ? &self->shuffle : filter == H5Z_FILTER_DEFLATE ? &self->deflate
               : filter == H5Z_FILTER_FLETCHER32 ? &self->checksum : NULL;

  if (filter < 0)
    return nerve_h5_set_error (error, NERVE_ERROR_FORMAT, "its filters can't be read");
  if (H5Zfilter_avail (filter) <= 0)
    return set_filter_error (filter, name, error);
  if (filter == H5Z_FILTER_SHUFFLE && (n_values < 1 || values[0] != self->size))
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_FORMAT, "damaged: packed as numbers of %u bytes, and its type "
                   "has %" G_GSIZE_FORMAT, values[0], self->size);
      return FALSE;
    }
  if (place == NULL && !is_sound_filter (self, filter, n_values, values))
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_FORMAT, "damaged: what HDF5 filter %d says of it contradicts its "
                   "shape or type", (int) filter);
      return FALSE;
    }
  if (place == NULL || *place >= 0)
    self->known = FALSE;
  else
    *place = i;
  return TRUE;
}

static gboolean
set_filters (NerveH5Chunks *self, hid_t properties, GError **error)
{
  int n = H5Pget_nfilters (properties);

  self->shuffle = self->deflate = self->checksum = -1;
  if (n < 0)
    return nerve_h5_set_error (error, NERVE_ERROR_FORMAT, "its filters can't be read");
  for (int i = 0; i < n; i++)
    if (!add_filter (self, properties, i, error))
      return FALSE;
  if ((self->deflate >= 0 && self->deflate < self->shuffle)
      || (self->checksum >= 0 && self->checksum < MAX (self->deflate, self->shuffle)))
    self->known = FALSE;
  return TRUE;
}

static void
set_fill (NerveH5Chunks *self, hid_t dataset, hid_t properties)
{
  g_auto (NerveHid) type = H5Dget_type (dataset);
  H5D_fill_value_t defined = H5D_FILL_VALUE_UNDEFINED;

  if (H5Pfill_value_defined (properties, &defined) < 0 || defined != H5D_FILL_VALUE_USER_DEFINED
      || self->size > sizeof self->fill || H5Pget_fill_value (properties, type, self->fill) < 0)
    memset (self->fill, 0, sizeof self->fill);
}

/* Chunks are added to the index when they are written, unless all of them were when the dataset was made. */
static gboolean
count_chunks (NerveH5Chunks *self, hid_t dataset, hid_t properties, const NerveArray *array, GError **error)
{
  g_auto (NerveHid) space = H5Dget_space (dataset);
  H5D_alloc_time_t allocated = H5D_ALLOC_TIME_DEFAULT;
  hsize_t sides[NERVE_ARRAY_MAX_RANK];
  hsize_t n = 0;
  double grid = 1;

  if (H5Pget_chunk (properties, NERVE_ARRAY_MAX_RANK, sides) != (int) array->rank)
    return TRUE;
  for (guint i = 0; i < array->rank; i++)
    grid *= (array->extents[i] - 1) / MAX (sides[i], 1) + 1;
  if (H5Dget_num_chunks (dataset, space, &n) < 0 || H5Pget_alloc_time (properties, &allocated) < 0)
    return nerve_h5_set_error (error, NERVE_ERROR_FORMAT, "its index of chunks can't be read");
  if (n < grid && allocated == H5D_ALLOC_TIME_EARLY)
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_FORMAT, "damaged: its index holds %" G_GUINT64_FORMAT
                   " of %.0f chunks", (guint64) n, grid);
      return FALSE;
    }

  self->n = grid;
  self->n_unwritten = n < grid ? grid - n : 0;
  return TRUE;
}

gboolean
nerve_h5_chunks_init (NerveH5Chunks *self, NerveFile *file, hid_t dataset, const NerveArray *array, GError **error)
{
  NERVE_H5_ENTER;
  g_auto (NerveHid) properties = H5Dget_create_plist (dataset);
  hsize_t chunk[NERVE_H5_CHUNKS_MAX_RANK];

  self->known = array->rank <= NERVE_H5_CHUNKS_MAX_RANK
                && H5Pget_chunk (properties, array->rank, chunk) == (int) array->rank;
  self->rank = array->rank;
  self->size = self->bytes = array->stored_size;
  for (guint i = 0; i < array->rank && self->known; i++)
    {
      self->extents[i] = array->extents[i];
      self->sides[i] = chunk[i];
      self->known = chunk[i] > 0 && chunk[i] <= G_MAXUINT32 / self->bytes;
      self->bytes *= chunk[i];
    }
  for (self->whole_below = array->rank - 1; self->known && self->whole_below > 0; self->whole_below--)
    if (self->sides[self->whole_below] != self->extents[self->whole_below])
      break;
  self->gridded = self->known;
  if (!set_filters (self, properties, error))
    return FALSE;
  self->most_packed = MIN (file->size, self->bytes + self->bytes / 8 + 4096);
  self->usable = self->known && self->checksum < 0;
  set_fill (self, dataset, properties);
  return count_chunks (self, dataset, properties, array, error);
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

/* @scratch and @out: as large as a chunk. What H5Dread () would expect to come out, or FALSE. */
static gboolean
unpack (const NerveH5Chunks *self, guint32 skipped, const guint8 *packed, gsize n_packed, guint8 *scratch, guint8 *out)
{
  gboolean deflated = self->deflate >= 0 && (skipped >> self->deflate & 1) == 0;
  gboolean shuffled = self->shuffle >= 0 && (skipped >> self->shuffle & 1) == 0 && self->size > 1;
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
    unshuffle (plain, self->bytes, self->size, out);
  return TRUE;
}

/* FALSE: its place can't be looked up. *size 0: it is not in the index. */
static gboolean
look_up (hid_t dataset, const hsize_t *place, guint32 *skipped, hsize_t *size)
{
  NERVE_H5_ENTER;
  haddr_t address;

  /* The first fails for some chunks that were never written; the second goes through all there are. */
  *size = 0;
  return H5Dget_chunk_storage_size (dataset, place, size) >= 0
         || H5Dget_chunk_info_by_coord (dataset, place, skipped, &address, size) >= 0;
}

/* *packed stays NULL if the chunk was never written. */
static NerveH5ChunksResult
fetch (const NerveH5Chunks *self, hid_t dataset, const hsize_t *place, guint32 *skipped, guint8 **packed,
       gsize *n_packed)
{
  NERVE_H5_ENTER;
  hsize_t size;

  if (!look_up (dataset, place, skipped, &size) || (size == 0 && self->n_unwritten == 0))
    return NERVE_H5_CHUNKS_DAMAGED;
  if (size == 0 || !self->known)
    return NERVE_H5_CHUNKS_READ;
  if (size > self->most_packed)
    return NERVE_H5_CHUNKS_DAMAGED;
  *packed = g_try_malloc (size);
  if (*packed == NULL)
    return NERVE_H5_CHUNKS_UNKNOWN;
  *n_packed = size;
  return H5Dread_chunk (dataset, H5P_DEFAULT, place, skipped, *packed) < 0 ? NERVE_H5_CHUNKS_DAMAGED
                                                                            : NERVE_H5_CHUNKS_READ;
}

static NerveH5ChunksResult
read_chunk (const NerveH5Chunks *self, hid_t dataset, const hsize_t *place, guint8 *scratch, guint8 *out)
{
  g_autofree guint8 *packed = NULL;
  gsize n_packed = 0;
  guint32 skipped = 0;
  NerveH5ChunksResult result = fetch (self, dataset, place, &skipped, &packed, &n_packed);

  if (result != NERVE_H5_CHUNKS_READ || !self->known)
    return result;
  if (packed == NULL)
    {
      for (gsize i = 0; i < self->bytes; i += self->size)
        memcpy (out + i, self->fill, self->size);
      return NERVE_H5_CHUNKS_READ;
    }
  if (self->checksum >= 0 && (skipped >> self->checksum & 1) == 0)
    n_packed -= MIN (n_packed, CHECKSUM_BYTES);
  return unpack (self, skipped, packed, n_packed, scratch, out) ? NERVE_H5_CHUNKS_READ : NERVE_H5_CHUNKS_DAMAGED;
}

/* The part of a chunk that is within the rows, axis by axis. */
static void
place_chunk (const NerveH5Chunks *self, guint axis, const hsize_t *place, const gsize *extents, const guint8 *in,
             gsize in_bytes, guint8 *out, gsize out_bytes)
{
  gsize n = MIN (self->sides[axis], extents[axis] - place[axis]);

  in_bytes /= self->sides[axis];
  out_bytes /= extents[axis];
  out += place[axis] * out_bytes;
  if (axis == self->whole_below)
    memcpy (out, in, n * in_bytes);
  else
    for (gsize i = 0; i < n; i++)
      place_chunk (self, axis + 1, place, extents, in + i * in_bytes, in_bytes, out + i * out_bytes, out_bytes);
}

/* FALSE after the last one. */
static gboolean
next_chunk (const NerveH5Chunks *self, hsize_t *place, const gsize *extents)
{
  for (guint axis = self->rank; axis-- > 0;)
    {
      place[axis] += self->sides[axis];
      if (place[axis] < extents[axis])
        return TRUE;
      place[axis] = 0;
    }
  return FALSE;
}

/* @out NULL: for the check alone. Chunks of whole rows are unpacked where they belong. */
static NerveH5ChunksResult
visit (const NerveH5Chunks *self, hid_t dataset, gsize first, gsize count, guint8 *out)
{
  g_autofree guint8 *scratch = g_try_malloc (self->bytes);
  g_autofree guint8 *chunk = g_try_malloc (self->bytes);
  gsize extents[NERVE_H5_CHUNKS_MAX_RANK];
  hsize_t place[NERVE_H5_CHUNKS_MAX_RANK] = { 0 };
  gsize row_bytes = self->size;

  if (scratch == NULL || chunk == NULL)
    return NERVE_H5_CHUNKS_UNKNOWN;
  extents[0] = count;
  for (guint i = 1; i < self->rank; i++)
    {
      extents[i] = self->extents[i];
      row_bytes *= extents[i];
    }
  do
    {
      gboolean whole = out != NULL && self->whole_below == 0 && place[0] + self->sides[0] <= count;
      hsize_t there[NERVE_H5_CHUNKS_MAX_RANK];
      NerveH5ChunksResult result;

      memcpy (there, place, sizeof there);
      there[0] += first;
      result = read_chunk (self, dataset, there, scratch, whole ? out + place[0] * row_bytes : chunk);
      if (result != NERVE_H5_CHUNKS_READ)
        return result;
      if (out != NULL && !whole)
        place_chunk (self, 0, place, extents, chunk, self->bytes, out, row_bytes * count);
    }
  while (next_chunk (self, place, extents));
  return NERVE_H5_CHUNKS_READ;
}

NerveH5ChunksResult
nerve_h5_chunks_read (const NerveH5Chunks *self, hid_t dataset, gsize first, gsize count, guint8 *out)
{
  if (!self->usable || first % self->sides[0] != 0)
    return NERVE_H5_CHUNKS_UNKNOWN;
  return visit (self, dataset, first, count, out);
}

NerveH5ChunksResult
nerve_h5_chunks_check (const NerveH5Chunks *self, hid_t dataset, gsize first, gsize count)
{
  NerveH5ChunksResult result;

  if (!self->gridded)
    return NERVE_H5_CHUNKS_UNKNOWN;
  count += first % self->sides[0];
  first -= first % self->sides[0];
  result = visit (self, dataset, first, count, NULL);
  return result == NERVE_H5_CHUNKS_READ ? NERVE_H5_CHUNKS_UNKNOWN : result;
}
