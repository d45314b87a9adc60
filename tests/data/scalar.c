#include "data/scalar.h"

#include <math.h>

/* By the definition of IEEE 754, binary16. */
static double
half (guint bits)
{
  int exponent = bits >> 10 & 31;
  double fraction = bits & 1023;
  double sign = bits & 0x8000 ? -1.0 : 1.0;

  if (exponent == 31)
    return fraction != 0 ? NAN : sign * INFINITY;
  return sign * (exponent == 0 ? ldexp (fraction, -24) : ldexp (1024 + fraction, exponent - 25));
}

static void
check_halves (const float *found, gsize n, gsize first)
{
  for (gsize i = 0; i < n; i++)
    {
      double wanted = half (first + i);

      if (isnan (wanted))
        g_assert_true (isnan (found[i]));
      else
        {
          g_assert_cmpfloat (found[i], ==, wanted);
          g_assert_cmpint (!signbit (found[i]), ==, !signbit (wanted));
        }
    }
}

static void
every_half_is_exact (void)
{
  const NerveScalar scalar = { NERVE_SCALAR_FLOAT, 2, FALSE };
  g_autofree guint16 *raw = g_new (guint16, 65536);
  g_autofree float *out = g_new (float, 65536);

  for (guint i = 0; i < 65536; i++)
    raw[i] = i;
  nerve_scalar_convert (scalar, raw, 65536, out);
  check_halves (out, 65536, 0);
  /* Too few for vector instructions. */
  for (guint i = 0; i < 65536; i++)
    nerve_scalar_convert (scalar, raw + i, 1, out + i);
  check_halves (out, 65536, 0);
}

static void
the_other_byte_order_is_turned (void)
{
  guint8 half_raw[] = { 0x3c, 0x00 };
  guint8 single_raw[] = { 0x3f, 0x80, 0x00, 0x00 };
  guint8 double_raw[] = { 0x3f, 0xf0, 0, 0, 0, 0, 0, 0 };
  guint8 long_raw[] = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe };
  gboolean swapped = G_BYTE_ORDER == G_LITTLE_ENDIAN;
  float single = 0;
  double number = 0;
  gint64 integer = 0;
  gsize bad;

  nerve_scalar_convert ((NerveScalar) { NERVE_SCALAR_FLOAT, 2, swapped }, half_raw, 1, &single);
  g_assert_cmpfloat (single, ==, 1);
  nerve_scalar_convert ((NerveScalar) { NERVE_SCALAR_FLOAT, 4, swapped }, single_raw, 1, &single);
  g_assert_cmpfloat (single, ==, 1);
  nerve_scalar_convert ((NerveScalar) { NERVE_SCALAR_FLOAT, 8, swapped }, double_raw, 1, &number);
  g_assert_cmpfloat (number, ==, 1);
  g_assert_true (nerve_scalar_to_int64 ((NerveScalar) { NERVE_SCALAR_INT, 8, swapped }, long_raw, 1, &integer, &bad));
  g_assert_cmpint (integer, ==, -2);
}

static void
the_ends_of_every_integer_type_are_exact (void)
{
  gint8 i8[] = { G_MININT8, G_MAXINT8 };
  gint16 i16[] = { G_MININT16, G_MAXINT16 };
  guint16 u16[] = { 0, G_MAXUINT16 };
  gint32 i32[] = { G_MININT32, G_MAXINT32 };
  guint32 u32[] = { 0, G_MAXUINT32 };
  float single[2];
  double number[2];

  nerve_scalar_convert ((NerveScalar) { NERVE_SCALAR_INT, 1, FALSE }, i8, 2, single);
  g_assert_true (single[0] == G_MININT8 && single[1] == G_MAXINT8);
  nerve_scalar_convert ((NerveScalar) { NERVE_SCALAR_INT, 2, FALSE }, i16, 2, single);
  g_assert_true (single[0] == G_MININT16 && single[1] == G_MAXINT16);
  nerve_scalar_convert ((NerveScalar) { NERVE_SCALAR_UINT, 2, FALSE }, u16, 2, single);
  g_assert_true (single[0] == 0 && single[1] == G_MAXUINT16);
  nerve_scalar_convert ((NerveScalar) { NERVE_SCALAR_INT, 4, FALSE }, i32, 2, number);
  g_assert_true (number[0] == G_MININT32 && number[1] == G_MAXINT32);
  nerve_scalar_convert ((NerveScalar) { NERVE_SCALAR_UINT, 4, FALSE }, u32, 2, number);
  g_assert_true (number[0] == 0 && number[1] == G_MAXUINT32);
}

static void
a_truth_value_is_one_or_nothing (void)
{
  guint8 raw[] = { 0, 1, 7 };
  guint8 out[3];

  nerve_scalar_convert ((NerveScalar) { NERVE_SCALAR_BOOL, 1, FALSE }, raw, 3, out);
  g_assert_cmpmem (out, 3, "\0\1\1", 3);
}

static void
only_whole_numbers_become_integers (void)
{
  double halves[] = { 1, -3, 2.5 };
  double beyond[] = { 0x1p63 };
  double nothing[] = { NAN };
  guint64 large[] = { 5, G_MAXUINT64 };
  const NerveScalar number = { NERVE_SCALAR_FLOAT, 8, FALSE };
  gint64 out[3];
  gsize bad = 0;

  g_assert_true (nerve_scalar_to_int64 (number, halves, 2, out, &bad));
  g_assert_cmpint (out[1], ==, -3);
  g_assert_false (nerve_scalar_to_int64 (number, halves, 3, out, &bad));
  g_assert_cmpuint (bad, ==, 2);
  g_assert_false (nerve_scalar_to_int64 (number, beyond, 1, out, &bad));
  g_assert_false (nerve_scalar_to_int64 (number, nothing, 1, out, &bad));
  g_assert_false (nerve_scalar_to_int64 ((NerveScalar) { NERVE_SCALAR_UINT, 8, FALSE }, large, 2, out, &bad));
  g_assert_cmpuint (bad, ==, 1);
}

static void
types_are_called_as_numpy_calls_them (void)
{
  g_assert_cmpstr (nerve_scalar_get_name ((NerveScalar) { NERVE_SCALAR_FLOAT, 2, FALSE }), ==, "float16");
  g_assert_cmpstr (nerve_scalar_get_name ((NerveScalar) { NERVE_SCALAR_FLOAT, 8, TRUE }), ==, "float64");
  g_assert_cmpstr (nerve_scalar_get_name ((NerveScalar) { NERVE_SCALAR_INT, 1, FALSE }), ==, "int8");
  g_assert_cmpstr (nerve_scalar_get_name ((NerveScalar) { NERVE_SCALAR_UINT, 4, FALSE }), ==, "uint32");
  g_assert_cmpstr (nerve_scalar_get_name ((NerveScalar) { NERVE_SCALAR_BOOL, 1, FALSE }), ==, "bool");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/data/scalar/every half is exact", every_half_is_exact);
  g_test_add_func ("/data/scalar/the other byte order is turned", the_other_byte_order_is_turned);
  g_test_add_func ("/data/scalar/the ends of every integer type are exact", the_ends_of_every_integer_type_are_exact);
  g_test_add_func ("/data/scalar/a truth value is one or nothing", a_truth_value_is_one_or_nothing);
  g_test_add_func ("/data/scalar/only whole numbers become integers", only_whole_numbers_become_integers);
  g_test_add_func ("/data/scalar/types are called as NumPy calls them", types_are_called_as_numpy_calls_them);
  return g_test_run ();
}
