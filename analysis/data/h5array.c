#include "data/h5array.h"

#include <string.h>

#include "data/h5chunks.h"
#include "data/h5type.h"

/* A chunk beyond this is not kept as one block: HDF5 keeps it, and blocks are cut from it. */
#define LARGEST_BLOCK (64 << 20)
#define LARGEST_CHUNK (G_GUINT64_CONSTANT (1) << 30)
/* Packed numbers may be this much shorter than plain ones; a file that claims more is damaged. */
#define MOST_PACKED (G_GUINT64_CONSTANT (1) << 20)

typedef struct
{
  NerveArray    parent;
  hid_t         dataset;
  hid_t         memory_type;
  gboolean      converted; /* by HDF5, on the way */
  gboolean      chunked;
  gboolean      put_together; /* of chunks, here */
  NerveH5Chunks chunks;
  GMutex        mutex;
  GHashTable   *checked;      /* rows of blocks whose chunks have been found well, for HDF5 to read */
} H5Array;

static gboolean
read_by_hdf5 (H5Array *self, gsize first, gsize count, guint8 *out, GError **error)
{
  hsize_t start[NERVE_ARRAY_MAX_RANK] = { first };
  hsize_t extents[NERVE_ARRAY_MAX_RANK];
  g_auto (NerveHid) file_space = H5Dget_space (self->dataset);
  g_auto (NerveHid) memory_space = H5I_INVALID_HID;

  for (guint i = 0; i < self->parent.rank; i++)
    extents[i] = i == 0 ? count : self->parent.extents[i];
  memory_space = H5Screate_simple (self->parent.rank, extents, NULL);
  if (H5Sselect_hyperslab (file_space, H5S_SELECT_SET, start, NULL, extents, NULL) < 0
      || H5Dread (self->dataset, self->memory_type, memory_space, file_space, H5P_DEFAULT, out) < 0)
    return nerve_h5_set_error (error, NERVE_ERROR_FORMAT, "rows %" G_GSIZE_FORMAT " to %" G_GSIZE_FORMAT
                               " can't be read", first, first + count - 1);
  return TRUE;
}

/* Chunks that HDF5 keeps are checked once, however many blocks are cut from them. */
static NerveH5ChunksResult
check_chunks (H5Array *self, gsize first, gsize count)
{
  gsize side = self->chunks.gridded ? self->chunks.sides[0] : 1;
  NerveH5ChunksResult result = NERVE_H5_CHUNKS_UNKNOWN;

  for (gsize band = first / side; band * side < first + count && self->chunks.gridded; band++)
    {
      gpointer key = GSIZE_TO_POINTER (band);
      gboolean known;

      g_mutex_lock (&self->mutex);
      known = g_hash_table_contains (self->checked, key);
      g_mutex_unlock (&self->mutex);
      if (known)
        continue;
      result = nerve_h5_chunks_check (&self->chunks, self->dataset, band * side,
                                      MIN (side, self->parent.n - band * side));
      if (result == NERVE_H5_CHUNKS_DAMAGED)
        return result;
      g_mutex_lock (&self->mutex);
      g_hash_table_add (self->checked, key);
      g_mutex_unlock (&self->mutex);
    }
  return result;
}

static gboolean
h5_array_read (NerveArray *array, gsize first, gsize count, guint8 *out, GError **error)
{
  NERVE_H5_ENTER;
  H5Array *self = (H5Array *) array;
  NerveH5ChunksResult result = NERVE_H5_CHUNKS_UNKNOWN;

  if (self->put_together)
    result = nerve_h5_chunks_read (&self->chunks, self->dataset, first, count, out);
  else if (self->chunked)
    result = check_chunks (self, first, count);

  switch (result)
    {
    case NERVE_H5_CHUNKS_READ:
      return TRUE;
    case NERVE_H5_CHUNKS_DAMAGED:
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_FORMAT, "a damaged chunk in rows %" G_GSIZE_FORMAT " to %"
                   G_GSIZE_FORMAT, first, first + count - 1);
      return FALSE;
    case NERVE_H5_CHUNKS_UNKNOWN:
    default:
      return read_by_hdf5 (self, first, count, out, error);
    }
}

static void
h5_array_free (NerveArray *array)
{
  H5Array *self = (H5Array *) array;

  nerve_hid_close (self->dataset);
  nerve_hid_close (self->memory_type);
  g_clear_pointer (&self->checked, g_hash_table_unref);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

static const NerveArrayClass h5_array_class = { h5_array_read, h5_array_free };

/* An empty dataspace counts as no axis. */
static gboolean
get_extents (hid_t dataset, guint *rank, guint64 *extents, GError **error)
{
  g_auto (NerveHid) space = H5Dget_space (dataset);
  hsize_t found[H5S_MAX_RANK];
  int n = H5Sget_simple_extent_dims (space, found, NULL);

  if (n < 0)
    return nerve_h5_set_error (error, NERVE_ERROR_FORMAT, "its shape can't be read");
  *rank = n;
  for (int i = 0; i < n; i++)
    extents[i] = found[i];
  return TRUE;
}

/* Against headers that claim what no file of this size can hold. What was never written takes no place. */
static gboolean
check_claim (H5Array *self, NerveFile *file, hid_t properties, GError **error)
{
  guint64 bytes = nerve_array_get_bytes (&self->parent);
  H5D_layout_t layout = H5Pget_layout (properties);
  gboolean plain = (layout == H5D_CONTIGUOUS || layout == H5D_COMPACT) && H5Pget_external_count (properties) == 0
                   && H5Dget_storage_size (self->dataset) > 0;
  g_autofree char *shape = NULL;

  if (plain && H5Dget_storage_size (self->dataset) != bytes)
    {
      shape = nerve_array_describe_shape (&self->parent);
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_FORMAT, "damaged: its shape %s of %u-byte numbers needs %"
                   G_GUINT64_FORMAT " bytes, and it has %" G_GUINT64_FORMAT, shape, (guint) self->parent.stored_size,
                   bytes, (guint64) H5Dget_storage_size (self->dataset));
      return FALSE;
    }
  if (plain ? bytes <= file->size : bytes / MOST_PACKED <= file->size)
    return TRUE;

  shape = nerve_array_describe_shape (&self->parent);
  g_set_error (error, NERVE_ERROR, NERVE_ERROR_FORMAT, "damaged or truncated: its shape %s is more than the file holds",
               shape);
  return FALSE;
}

/* HDF5 unpacks a chunk again for every block unless its own cache, 1 MiB at first, can hold it. That is settled when
 * a dataset is opened for the first time, so it has to be closed before. */
static gboolean
keep_large_chunks (H5Array *self, hid_t group, const char *path, guint64 bytes, GError **error)
{
  g_auto (NerveHid) access = H5Pcreate (H5P_DATASET_ACCESS);

  H5Pset_chunk_cache (access, 1, bytes, 1.0);
  H5Dclose (self->dataset);
  self->dataset = H5Dopen2 (group, path, access);
  return self->dataset >= 0 || nerve_h5_set_error (error, NERVE_ERROR_FORMAT, "can't be opened");
}

static gboolean
choose_blocks (H5Array *self, NerveFile *file, hid_t properties, hid_t group, const char *path, GError **error)
{
  NerveArray *array = &self->parent;
  hsize_t chunk[NERVE_ARRAY_MAX_RANK];
  guint64 band;

  self->chunked = H5Pget_layout (properties) == H5D_CHUNKED;
  array->n_pieces = 1;
  array->n_unwritten = H5Pget_layout (properties) == H5D_CONTIGUOUS && H5Pget_external_count (properties) == 0 &&
                       H5Dget_storage_size (self->dataset) == 0;
  if (!self->chunked)
    return TRUE;
  if (!nerve_h5_chunks_init (&self->chunks, file, self->dataset, array, error))
    return FALSE;
  array->n_pieces = self->chunks.n;
  array->n_unwritten = self->chunks.n_unwritten;
  if (H5Pget_chunk (properties, NERVE_ARRAY_MAX_RANK, chunk) != (int) array->rank)
    return TRUE;

  band = MIN (chunk[0], array->n) * array->row_length * array->scalar.size;
  if (band > LARGEST_CHUNK)
    return TRUE;
  if (band > LARGEST_BLOCK)
    return keep_large_chunks (self, group, path, band, error);

  nerve_array_set_grain (array, chunk[0], NERVE_LAYER_BLOCK_BYTES);
  self->put_together = self->chunks.usable && !self->converted;
  return TRUE;
}

NerveArray *
nerve_h5_array_new (NerveFile *file, hid_t group, const char *path, GError **error)
{
  NERVE_H5_ENTER;
  H5Array *self = g_new0 (H5Array, 1);
  g_autoptr (NerveArray) array = &self->parent;
  g_auto (NerveHid) properties = H5I_INVALID_HID;
  g_auto (NerveHid) type = H5I_INVALID_HID;
  guint64 extents[H5S_MAX_RANK];
  const char *dtype = NULL;
  NerveScalar scalar;
  guint rank = 0;

  array->class = &h5_array_class;
  g_mutex_init (&self->mutex);
  self->checked = g_hash_table_new (NULL, NULL);
  self->memory_type = H5I_INVALID_HID;
  self->dataset = H5Dopen2 (group, path, H5P_DEFAULT);
  if (self->dataset < 0)
    {
      nerve_h5_set_error (error, NERVE_ERROR_FORMAT, "can't be opened");
      return NULL;
    }
  type = H5Dget_type (self->dataset);
  self->memory_type = nerve_h5_type_choose (type, &scalar, &dtype, error);
  if (self->memory_type < 0 || !get_extents (self->dataset, &rank, extents, error)
      || !nerve_array_init (array, &h5_array_class, file, scalar, rank, extents, error))
    return NULL;
  self->converted = dtype != NULL;
  if (self->converted)
    {
      array->dtype = dtype;
      array->stored_size = H5Tget_size (type);
    }

  properties = H5Dget_create_plist (self->dataset);
  if (!check_claim (self, file, properties, error)
      || !choose_blocks (self, file, properties, group, path, error))
    return NULL;
  return g_steal_pointer (&array);
}
