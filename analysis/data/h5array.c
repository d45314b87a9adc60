#include "data/h5array.h"

#include <string.h>

#include "data/h5chunks.h"

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
  NerveH5Chunks chunks;
} H5Array;

typedef struct
{
  gsize    size;
  gsize    sign, exponent, exponent_bits, mantissa, mantissa_bits;
  gsize    bias;
} FloatLayout;

static const FloatLayout ieee_layouts[] = {
  { 2, 15, 10, 5, 0, 10, 15 },
  { 4, 31, 23, 8, 0, 23, 127 },
  { 8, 63, 52, 11, 0, 52, 1023 },
};

static gboolean
is_ieee (hid_t type)
{
  FloatLayout found = { .size = H5Tget_size (type), .bias = H5Tget_ebias (type) };

  if (H5Tget_fields (type, &found.sign, &found.exponent, &found.exponent_bits, &found.mantissa,
                     &found.mantissa_bits) < 0
      || H5Tget_norm (type) != H5T_NORM_IMPLIED)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (ieee_layouts); i++)
    if (memcmp (&found, &ieee_layouts[i], sizeof found) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_plain_integer (hid_t type)
{
  gsize size = H5Tget_size (type);

  return (size == 1 || size == 2 || size == 4 || size == 8) && H5Tget_precision (type) == 8 * size
         && H5Tget_offset (type) == 0;
}

static gboolean
is_swapped (hid_t type, gboolean *known)
{
  H5T_order_t order = H5Tget_order (type);

  *known = H5Tget_size (type) == 1 || order == H5T_ORDER_LE || order == H5T_ORDER_BE;
  return H5Tget_size (type) > 1 && order != (G_BYTE_ORDER == G_LITTLE_ENDIAN ? H5T_ORDER_LE : H5T_ORDER_BE);
}

/* A type that can be read as it lies, bit by bit; FALSE: HDF5 has to convert it, or it is no number. */
static gboolean
get_plain_scalar (hid_t type, NerveScalar *scalar)
{
  H5T_class_t class = H5Tget_class (type);
  gboolean known = FALSE;

  scalar->size = (guint8) H5Tget_size (type);
  scalar->swapped = is_swapped (type, &known);
  if (!known)
    return FALSE;
  if (class == H5T_FLOAT)
    {
      scalar->kind = NERVE_SCALAR_FLOAT;
      return is_ieee (type);
    }
  if (class == H5T_BITFIELD)
    {
      scalar->kind = NERVE_SCALAR_UINT;
      return is_plain_integer (type);
    }
  scalar->kind = H5Tget_sign (type) == H5T_SGN_NONE ? NERVE_SCALAR_UINT : NERVE_SCALAR_INT;
  return is_plain_integer (type);
}

/* h5py writes truth values as an enumeration of FALSE and TRUE. */
static gboolean
is_truth_type (hid_t type)
{
  gint8 value;

  return H5Tget_class (type) == H5T_ENUM && H5Tget_size (type) == 1 && H5Tget_nmembers (type) == 2
         && H5Tenum_valueof (type, "FALSE", &value) >= 0 && H5Tenum_valueof (type, "TRUE", &value) >= 0;
}

static const char *
odd_type_name (hid_t type)
{
  g_autofree char *name = NULL;
  gsize exponent_bits = 0, unused;
  gboolean is_float = H5Tget_class (type) == H5T_FLOAT;

  if (is_float)
    H5Tget_fields (type, &unused, &unused, &exponent_bits, &unused, &unused);
  if (H5Tget_size (type) == 2 && exponent_bits == 8)
    return "bfloat16";
  name = g_strdup_printf ("%s%u", is_float ? "float" : H5Tget_sign (type) == H5T_SGN_NONE ? "uint" : "int",
                          (guint) H5Tget_precision (type));
  return g_intern_string (name);
}

/* The memory type; @dtype is left alone unless HDF5 has to convert. */
static hid_t
choose_type (hid_t type, NerveScalar *scalar, const char **dtype, GError **error)
{
  H5T_class_t class = H5Tget_class (type);
  g_auto (NerveHid) base = class == H5T_ENUM ? H5Tget_super (type) : H5I_INVALID_HID;

  if (class != H5T_FLOAT && class != H5T_INTEGER && class != H5T_ENUM && class != H5T_BITFIELD)
    {
      g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_VALUE, "it holds no plain numbers");
      return H5I_INVALID_HID;
    }
  if (get_plain_scalar (base >= 0 ? base : type, scalar))
    {
      if (is_truth_type (type))
        scalar->kind = NERVE_SCALAR_BOOL;
      return H5Tcopy (type);
    }
  if (class == H5T_ENUM || class == H5T_BITFIELD)
    {
      g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_VALUE, "its type of number is not supported");
      return H5I_INVALID_HID;
    }
  *scalar = (NerveScalar) { NERVE_SCALAR_FLOAT, sizeof (double), FALSE };
  *dtype = odd_type_name (type);
  return H5Tcopy (H5T_NATIVE_DOUBLE);
}

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

static gboolean
h5_array_read (NerveArray *array, gsize first, gsize count, guint8 *out, GError **error)
{
  NERVE_H5_ENTER;
  H5Array *self = (H5Array *) array;

  switch (nerve_h5_chunks_read (&self->chunks, self->dataset, first, count, out))
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
  g_free (self);
}

/* Counting the chunks goes through their whole index; where each lies is not of interest. */
static void
h5_array_survey (NerveArray *array)
{
  NERVE_H5_ENTER;
  H5Array *self = (H5Array *) array;
  g_auto (NerveHid) space = H5Dget_space (self->dataset);
  hsize_t n;

  if (self->chunked)
    H5Dget_num_chunks (self->dataset, space, &n);
}

static const NerveArrayClass h5_array_class = { h5_array_read, h5_array_free, h5_array_survey };

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
  gboolean plain = H5Pget_layout (properties) == H5D_CONTIGUOUS && H5Pget_external_count (properties) == 0
                   && H5Dget_storage_size (self->dataset) > 0;
  g_autofree char *shape = NULL;

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
  if (!self->chunked
      || H5Pget_chunk (properties, NERVE_ARRAY_MAX_RANK, chunk) != (int) array->rank)
    return TRUE;

  band = MIN (chunk[0], array->n) * array->row_length * array->scalar.size;
  if (band > LARGEST_CHUNK)
    return TRUE;
  if (band > LARGEST_BLOCK)
    return keep_large_chunks (self, group, path, band, error);

  nerve_array_set_grain (array, chunk[0], NERVE_LAYER_BLOCK_BYTES);
  if (!self->converted)
    nerve_h5_chunks_init (&self->chunks, file, self->dataset, array);
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
  self->memory_type = H5I_INVALID_HID;
  self->dataset = H5Dopen2 (group, path, H5P_DEFAULT);
  if (self->dataset < 0)
    {
      nerve_h5_set_error (error, NERVE_ERROR_FORMAT, "can't be opened");
      return NULL;
    }
  type = H5Dget_type (self->dataset);
  self->memory_type = choose_type (type, &scalar, &dtype, error);
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
