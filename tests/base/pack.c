#include "base/pack.h"

static void
what_was_packed_comes_out (void)
{
  const guint32 numbers[] = { 1, 2, 3 };
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree guint32 *found = NULL;
  g_autofree guint32 *none = NULL;
  g_autofree guint32 *empty = NULL;
  g_autofree char *text = NULL;
  NerveUnpack in = { 0 };
  gsize n;

  nerve_pack_number (bytes, G_MAXUINT64);
  nerve_pack_double (bytes, -.25);
  nerve_pack_array (bytes, numbers, 3, sizeof (guint32));
  nerve_pack_array (bytes, NULL, 3, sizeof (guint32));
  nerve_pack_array (bytes, numbers, 0, sizeof (guint32));
  nerve_pack_text (bytes, "η");

  in.data = bytes->data;
  in.size = bytes->len;
  g_assert_cmpuint (nerve_unpack_number (&in), ==, G_MAXUINT64);
  g_assert_cmpfloat (nerve_unpack_double (&in), ==, -.25);
  found = nerve_unpack_array (&in, sizeof (guint32), &n);
  g_assert_cmpmem (found, n * sizeof *found, numbers, sizeof numbers);
  none = nerve_unpack_just (&in, 3, sizeof (guint32));
  g_assert_null (none);
  empty = nerve_unpack_just (&in, 0, sizeof (guint32));
  g_assert_nonnull (empty);
  text = nerve_unpack_text (&in);
  g_assert_cmpstr (text, ==, "η");
  g_assert_false (in.failed);
  g_assert_cmpuint (in.size, ==, 0);
  nerve_unpack_number (&in);
  g_assert_true (in.failed);
}

static void
lengths_that_can_not_be_are_refused (void)
{
  const guint64 lengths[] = { 2, G_MAXUINT64 - 1, G_MAXUINT64 / 8 + 1 };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      NerveUnpack in = { 0 };
      gsize n = 7;

      nerve_pack_number (bytes, lengths[i]);
      nerve_pack_double (bytes, 1);
      in.data = bytes->data;
      in.size = bytes->len;
      g_assert_null (nerve_unpack_array (&in, sizeof (double), &n));
      g_assert_true (in.failed);
      g_assert_cmpuint (n, ==, 0);
    }
}

static void
another_number_than_asked_for_is_refused (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  const double two[] = { 1, 2 };
  NerveUnpack in = { 0 };

  nerve_pack_array (bytes, two, 2, sizeof (double));
  in.data = bytes->data;
  in.size = bytes->len;
  g_assert_null (nerve_unpack_just (&in, 1, sizeof (double)));
  g_assert_true (in.failed);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pack/round-trip", what_was_packed_comes_out);
  g_test_add_func ("/pack/lengths", lengths_that_can_not_be_are_refused);
  g_test_add_func ("/pack/number", another_number_than_asked_for_is_refused);

  return g_test_run ();
}
