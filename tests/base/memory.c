#include "base/memory.h"

#include <string.h>

#include "base/error.h"

static void
what_can_not_fit_is_refused_with_an_estimate (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (nerve_memory_new (G_GUINT64_CONSTANT (5000000000000), 8, "the distances", &error));
  g_assert_error (error, NERVE_ERROR, NERVE_ERROR_MEMORY);
  g_assert_true (g_str_has_prefix (error->message, "the distances would need about 40.0 TB of memory, "));
  g_assert_true (g_str_has_suffix (error->message, " are free"));
}

static void
a_product_that_overflows_does_not_fit (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (nerve_memory_check (G_MAXUINT64, 1 << 20, "it", &error));
  g_assert_error (error, NERVE_ERROR, NERVE_ERROR_MEMORY);
}

static void
what_fits_is_there_to_be_written (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *memory = nerve_memory_new (3 << 20, 1, "it", &error);

  g_assert_no_error (error);
  memset (memory, 1, 3 << 20);
  g_assert_true (nerve_memory_available () > 0);
}

static void
nothing_is_memory_too (void)
{
  g_autofree char *memory = nerve_memory_new (0, 8, "it", NULL);

  g_assert_nonnull (memory);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/memory/what-can-not-fit-is-refused-with-an-estimate",
                   what_can_not_fit_is_refused_with_an_estimate);
  g_test_add_func ("/base/memory/a-product-that-overflows-does-not-fit", a_product_that_overflows_does_not_fit);
  g_test_add_func ("/base/memory/what-fits-is-there-to-be-written", what_fits_is_there_to_be_written);
  g_test_add_func ("/base/memory/nothing-is-memory-too", nothing_is_memory_too);

  return g_test_run ();
}
