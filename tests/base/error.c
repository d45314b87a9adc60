#include "base/error.h"

static void
the_domain_has_a_name (void)
{
  g_assert_cmpstr (g_quark_to_string (NERVE_ERROR), ==, "nerve-error-quark");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/error/the domain has a name", the_domain_has_a_name);
  return g_test_run ();
}
