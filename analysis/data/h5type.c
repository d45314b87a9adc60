#include "data/h5type.h"

#include <string.h>

/* Bytes, of quadruple precision. */
#define WIDEST_NUMBER 16

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

/* Against damaged headers: fields that overlap or leave the number, a bias that no format has. */
static gboolean
is_sound_float (hid_t type)
{
  gsize sign, exponent, exponent_bits, mantissa, mantissa_bits;
  gsize bits = 8 * H5Tget_size (type);

  return H5Tget_fields (type, &sign, &exponent, &exponent_bits, &mantissa, &mantissa_bits) >= 0
         && mantissa == 0 && H5Tget_offset (type) == 0 && exponent == mantissa + mantissa_bits
         && sign == exponent + exponent_bits && sign < bits && exponent_bits >= 2 && exponent_bits <= 15
         && H5Tget_precision (type) == 1 + exponent_bits + mantissa_bits
         && H5Tget_ebias (type) == ((gsize) 1 << (exponent_bits - 1)) - 1;
}

static gboolean
is_sound (hid_t type)
{
  gsize size = H5Tget_size (type);

  if (size == 0 || size > WIDEST_NUMBER)
    return FALSE;
  if (H5Tget_class (type) == H5T_FLOAT)
    return is_sound_float (type);
  return H5Tget_precision (type) > 0 && H5Tget_offset (type) + H5Tget_precision (type) <= 8 * size;
}

hid_t
nerve_h5_type_choose (hid_t type, NerveScalar *scalar, const char **dtype, GError **error)
{
  H5T_class_t class = H5Tget_class (type);
  g_auto (NerveHid) base = class == H5T_ENUM ? H5Tget_super (type) : H5I_INVALID_HID;

  if (class != H5T_FLOAT && class != H5T_INTEGER && class != H5T_ENUM && class != H5T_BITFIELD)
    {
      g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_VALUE, "it holds no plain numbers");
      return H5I_INVALID_HID;
    }
  if (!is_sound (base >= 0 ? base : type))
    {
      g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_FORMAT,
                           "damaged: what it says of its type of number contradicts itself");
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
