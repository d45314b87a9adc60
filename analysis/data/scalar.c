#include "data/scalar.h"

#include <math.h>
#include <string.h>
#if defined (__x86_64__)
#include <immintrin.h>
#endif

#define WIDEN(in_type, out_type) \
  G_STMT_START { \
    const in_type *restrict in = raw; \
    out_type *restrict target = out; \
    for (gsize i = 0; i < n; i++) \
      target[i] = in[i]; \
  } G_STMT_END

const char *
nerve_scalar_get_name (NerveScalar self)
{
  static const char * const names[4][4] = {
    [NERVE_SCALAR_FLOAT] = { "float8", "float16", "float32", "float64" },
    [NERVE_SCALAR_INT] = { "int8", "int16", "int32", "int64" },
    [NERVE_SCALAR_UINT] = { "uint8", "uint16", "uint32", "uint64" },
    [NERVE_SCALAR_BOOL] = { "bool", "bool", "bool", "bool" },
  };

  return names[self.kind][g_bit_storage (self.size) - 1];
}

NerveStorage
nerve_scalar_get_storage (NerveScalar self)
{
  if (self.size == 1 && self.kind != NERVE_SCALAR_INT)
    return NERVE_STORAGE_BYTE;
  if (self.size <= 2 || (self.kind == NERVE_SCALAR_FLOAT && self.size == 4))
    return NERVE_STORAGE_FLOAT;
  return NERVE_STORAGE_DOUBLE;
}

gsize
nerve_storage_get_size (NerveStorage storage)
{
  static const gsize sizes[] = { sizeof (guint8), sizeof (float), sizeof (double) };

  return sizes[storage];
}

gboolean
nerve_scalar_is_storage (NerveScalar self)
{
  if (self.kind == NERVE_SCALAR_FLOAT)
    return self.size >= 4 && !self.swapped;
  return self.kind == NERVE_SCALAR_UINT && self.size == 1;
}

static void
swap_bytes (gpointer raw, gsize size, gsize n)
{
  if (size == 2)
    for (gsize i = 0; i < n; i++)
      ((guint16 *) raw)[i] = GUINT16_SWAP_LE_BE (((guint16 *) raw)[i]);
  else if (size == 4)
    for (gsize i = 0; i < n; i++)
      ((guint32 *) raw)[i] = GUINT32_SWAP_LE_BE (((guint32 *) raw)[i]);
  else if (size == 8)
    for (gsize i = 0; i < n; i++)
      ((guint64 *) raw)[i] = GUINT64_SWAP_LE_BE (((guint64 *) raw)[i]);
}

static inline float
float_from_bits (guint32 bits)
{
  float value;

  memcpy (&value, &bits, sizeof value);
  return value;
}

static inline guint32
bits_from_float (float value)
{
  guint32 bits;

  memcpy (&bits, &value, sizeof bits);
  return bits;
}

/* Without branches, so that it vectorises, and without subnormal floats, so that a library that
 * switched them off (-ffast-math) can't change a result. */
static void
halves_to_floats_portably (const guint16 *restrict in, gsize n, float *restrict out)
{
  for (gsize i = 0; i < n; i++)
    {
      guint32 sign = (guint32) (in[i] & 0x8000) << 16;
      guint32 magnitude = (guint32) (in[i] & 0x7fff) << 13;
      guint32 exponent = magnitude & 0x0f800000;
      guint32 normal = magnitude + (112u << 23) + (exponent == 0x0f800000 ? 112u << 23 : 0);
      guint32 subnormal = bits_from_float (float_from_bits (magnitude + (113u << 23)) - 0x1p-14f);

      out[i] = float_from_bits ((exponent == 0 ? subnormal : normal) | sign);
    }
}

#if defined (__x86_64__)
/* Six times as fast; the same values, as no half is out of a float's range. */
__attribute__ ((target ("avx,f16c"))) static gsize
halves_to_floats_by_eight (const guint16 *restrict in, gsize n, float *restrict out)
{
  gsize done = n - n % 8;

  for (gsize i = 0; i < done; i += 8)
    _mm256_storeu_ps (out + i, _mm256_cvtph_ps (_mm_loadu_si128 ((const __m128i *) (gconstpointer) (in + i))));
  return done;
}
#endif

static void
halves_to_floats (const guint16 *in, gsize n, float *out)
{
  gsize done = 0;

#if defined (__x86_64__)
  if (__builtin_cpu_supports ("avx") && __builtin_cpu_supports ("f16c"))
    done = halves_to_floats_by_eight (in, n, out);
#endif
  halves_to_floats_portably (in + done, n - done, out + done);
}

static void
convert_bytes (NerveScalar self, const guint8 *raw, gsize n, guint8 *out)
{
  if (self.kind == NERVE_SCALAR_UINT)
    memcpy (out, raw, n);
  else
    for (gsize i = 0; i < n; i++)
      out[i] = raw[i] != 0;
}

static void
convert_to_floats (NerveScalar self, gconstpointer raw, gsize n, float *out)
{
  if (self.kind == NERVE_SCALAR_FLOAT && self.size == 2)
    halves_to_floats (raw, n, out);
  else if (self.kind == NERVE_SCALAR_FLOAT)
    memcpy (out, raw, n * sizeof (float));
  else if (self.kind == NERVE_SCALAR_UINT)
    WIDEN (guint16, float);
  else if (self.size == 1)
    WIDEN (gint8, float);
  else
    WIDEN (gint16, float);
}

static void
convert_to_doubles (NerveScalar self, gconstpointer raw, gsize n, double *out)
{
  gboolean is_signed = self.kind == NERVE_SCALAR_INT;

  if (self.kind == NERVE_SCALAR_FLOAT)
    memcpy (out, raw, n * sizeof (double));
  else if (self.size == 4 && is_signed)
    WIDEN (gint32, double);
  else if (self.size == 4)
    WIDEN (guint32, double);
  else if (is_signed)
    WIDEN (gint64, double);
  else
    WIDEN (guint64, double);
}

void
nerve_scalar_convert (NerveScalar self, gpointer raw, gsize n, gpointer out)
{
  if (self.swapped)
    swap_bytes (raw, self.size, n);

  switch (nerve_scalar_get_storage (self))
    {
    case NERVE_STORAGE_BYTE:
      convert_bytes (self, raw, n, out);
      break;
    case NERVE_STORAGE_FLOAT:
      convert_to_floats (self, raw, n, out);
      break;
    case NERVE_STORAGE_DOUBLE:
    default:
      convert_to_doubles (self, raw, n, out);
      break;
    }
}

static gboolean
double_to_int64 (double value, gint64 *out)
{
  /* −2⁶³ is a double, 2⁶³ − 1 is not. */
  if (!(value >= -0x1p63 && value < 0x1p63) || value != floor (value))
    return FALSE;
  *out = (gint64) value;
  return TRUE;
}

static gboolean
wide_to_int64 (NerveScalar self, gconstpointer raw, gsize n, gint64 *out, gsize *bad)
{
  const guint64 *in = raw;

  for (gsize i = 0; i < n; i++)
    {
      if (self.kind == NERVE_SCALAR_UINT && in[i] > G_MAXINT64)
        {
          *bad = i;
          return FALSE;
        }
      out[i] = (gint64) in[i];
    }
  return TRUE;
}

gboolean
nerve_scalar_to_int64 (NerveScalar self, gpointer raw, gsize n, gint64 *out, gsize *bad)
{
  NerveStorage storage = nerve_scalar_get_storage (self);
  g_autofree guint8 *values = NULL;

  if (self.kind != NERVE_SCALAR_FLOAT && self.size == 8)
    {
      if (self.swapped)
        swap_bytes (raw, 8, n);
      return wide_to_int64 (self, raw, n, out, bad);
    }

  values = g_malloc_n (MAX (n, 1), nerve_storage_get_size (storage));
  nerve_scalar_convert (self, raw, n, values);
  for (gsize i = 0; i < n; i++)
    {
      double value = storage == NERVE_STORAGE_BYTE    ? values[i]
                     : storage == NERVE_STORAGE_FLOAT ? ((float *) values)[i]
                                                      : ((double *) values)[i];

      if (!double_to_int64 (value, &out[i]))
        {
          *bad = i;
          return FALSE;
        }
    }
  return TRUE;
}
