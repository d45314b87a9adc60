#include "data/array.h"

#include "base/error.h"

static const NerveScalar single = { NERVE_SCALAR_FLOAT, 4, FALSE };

static void
check_shape (guint rank, const guint64 *extents, const char *words)
{
  NerveArray array = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_false (nerve_array_init (&array, NULL, NULL, single, rank, extents, &error));
  g_assert_error (error, NERVE_ERROR, NERVE_ERROR_SHAPE);
  g_assert_nonnull (strstr (error->message, words));
}

static void
shapes_without_numbers_are_refused (void)
{
  check_shape (0, NULL, "a single number");
  check_shape (2, (guint64[]) { 0, 5 }, "empty: its shape is 0 × 5");
  check_shape (3, (guint64[]) { 5, 0, G_MAXUINT64 }, "empty");
}

static void
shapes_beyond_all_memory_are_refused (void)
{
  check_shape (2, (guint64[]) { (guint64) 1 << 60, 4 }, "too large");
  check_shape (3, (guint64[]) { (guint64) 1 << 32, (guint64) 1 << 32, 1 }, "too large");
  check_shape (2, (guint64[]) { G_MAXUINT64, G_MAXUINT64 }, "too large");
  check_shape (2, (guint64[]) { (guint64) G_MAXINT32 + 1, 1 }, "too many rows");
}

static void
blocks_are_whole_grains (void)
{
  NerveArray array = { 0 };
  g_autoptr (GError) error = NULL;

  nerve_array_init (&array, NULL, NULL, single, 3, (guint64[]) { 1000, 5, 5 }, &error);
  g_assert_no_error (error);
  nerve_array_set_grain (&array, 16, 10000);
  g_assert_cmpuint (array.block_rows, ==, 96);
  nerve_array_set_grain (&array, 16, 1);
  g_assert_cmpuint (array.block_rows, ==, 16);
  nerve_array_set_grain (&array, 16, 1 << 30);
  g_assert_cmpuint (array.block_rows, ==, 1000);
  nerve_array_set_grain (&array, 5000, 1);
  g_assert_cmpuint (array.block_rows, ==, 1000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/data/array/shapes without numbers are refused", shapes_without_numbers_are_refused);
  g_test_add_func ("/data/array/shapes beyond all memory are refused", shapes_beyond_all_memory_are_refused);
  g_test_add_func ("/data/array/blocks are whole grains", blocks_are_whole_grains);
  return g_test_run ();
}
