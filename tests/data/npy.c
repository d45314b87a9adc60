#include "data/golden.h"

#include <string.h>

static const NerveLayer *
only_layer (NerveDataset *dataset, const char *name)
{
  const NerveLayer *info;

  g_assert_cmpstr (nerve_dataset_get_format (dataset), ==, "npy");
  g_assert_cmpuint (nerve_dataset_get_n_layers (dataset), ==, 1);
  info = nerve_dataset_get_layer (dataset, 0);
  g_assert_cmpstr (info->name, ==, name);
  return info;
}

static void
two_dimensions_are_a_cloud (void)
{
  static const char *const names[] = { "cloud", "cloud-fortran" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *file = g_strconcat (names[i], ".npy", NULL);
      g_autoptr (NerveDataset) dataset = golden_open (file);
      const NerveLayer *info = only_layer (dataset, names[i]);

      g_assert_true (info->n == 7 && info->channels == 6 && info->is_vector);
      golden_check_layer (dataset, names[i], GOLDEN_FLOAT);
    }
}

static void
one_and_three_dimensions_are_one_volume (void)
{
  g_autoptr (NerveDataset) curve = golden_open ("curve.npy");
  g_autoptr (NerveDataset) volume = golden_open ("volume.npy");
  const NerveLayer *line = only_layer (curve, "curve");
  const NerveLayer *block = only_layer (volume, "volume");

  g_assert_true (line->n == 1 && line->channels == 9 && line->is_vector);
  golden_check_layer (curve, "curve", GOLDEN_INT);
  g_assert_true (block->n == 1 && block->channels == 3 && block->height == 4 && block->width == 5);
  golden_check_layer (volume, "volume", GOLDEN_FLOAT);
}

static void
four_dimensions_are_a_tensor (void)
{
  g_autoptr (NerveDataset) halves = golden_open ("tensor.npy");
  g_autoptr (NerveDataset) turned = golden_open ("tensor-fortran.npy");
  const NerveLayer *info = only_layer (halves, "tensor");

  g_assert_true (info->n == 7 && info->channels == 3 && info->height == 4 && info->width == 5);
  g_assert_cmpstr (info->dtype, ==, "float16");
  golden_check_layer (halves, "tensor", GOLDEN_FLOAT);
  golden_check_layer (turned, "tensor-fortran", GOLDEN_INT);
}

static void
truth_values_are_numbers (void)
{
  g_autoptr (NerveDataset) dataset = golden_open ("truth.npy");

  golden_check_layer (dataset, "truth", GOLDEN_BOOL);
}

static void
other_content_is_refused (void)
{
  golden_check_refused ("records.npy", NERVE_ERROR_VALUE, "records");
  golden_check_refused ("complex.npy", NERVE_ERROR_VALUE, "no plain numbers (type “<c8”)");
  golden_check_refused ("rank-0.npy", NERVE_ERROR_SHAPE, "a single number");
  golden_check_refused ("rank-5.npy", NERVE_ERROR_SHAPE, "5 dimensions where 1 to 4 are read");
  golden_check_refused ("no-rows.npy", NERVE_ERROR_SHAPE, "empty: its shape is 0 × 4");
}

static void
nothing_is_allocated_for_what_a_header_claims (void)
{
  golden_check_refused ("claims-rows.npy", NERVE_ERROR_SHAPE, "too large");
  golden_check_refused ("claims-more.npy", NERVE_ERROR_FORMAT, "truncated: 0 of 16000000000 bytes");
}

static void
a_truncated_file_is_refused (void)
{
  g_autoptr (GBytes) bytes = golden_load ("cloud.npy");

  for (gsize length = 6; length < g_bytes_get_size (bytes); length++)
    {
      char *path = golden_write ("cut.npy", g_bytes_get_data (bytes, NULL), length);

      golden_check_path_refused (path, NERVE_ERROR_FORMAT, "");
      golden_remove (path);
    }
}

static void
check_header (const char *header, int code, const char *words)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  const guint8 start[10] = { 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, strlen (header), 0 };
  const guint8 zeros[64] = { 0 };
  char *path;

  g_byte_array_append (bytes, start, sizeof start);
  g_byte_array_append (bytes, (const guint8 *) header, strlen (header));
  g_byte_array_append (bytes, zeros, sizeof zeros);
  path = golden_write ("header.npy", bytes->data, bytes->len);
  if (words != NULL)
    golden_check_path_refused (path, code, words);
  else
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (NerveDataset) dataset = nerve_dataset_open (path, &error);

      g_assert_no_error (error);
    }
  golden_remove (path);
}

static void
headers_are_read_with_care (void)
{
  const int format = NERVE_ERROR_FORMAT;

  check_header ("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", 0, NULL);
  check_header ("{\"shape\":(2L,3L),\"descr\":\"=f4\",\"fortran_order\":True}  \n", 0, NULL);
  check_header ("", format, "header can't be read");
  check_header ("{", format, "header can't be read");
  check_header ("{}", format, "not complete");
  check_header ("{'descr': '<f4', 'fortran_order': False}", format, "not complete");
  check_header ("{'descr': '<f4', 'fortran_order': Maybe, 'shape': (2, 3)}", format, "order");
  check_header ("{'descr': '<f4', 'fortran_order': False, 'shape': (2, -3)}", format, "shape");
  check_header ("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3}", format, "shape");
  check_header ("{'descr': '<f4', 'fortran_order': False, 'shape': (2 3)}", format, "shape");
  check_header ("{'descr': '<f4", format, "type");
  check_header ("{'descr': '', 'fortran_order': False, 'shape': (2, 3)}", NERVE_ERROR_VALUE, "type “”");
  check_header ("{'descr': '<f3', 'fortran_order': False, 'shape': (2, 3)}", NERVE_ERROR_VALUE, "type “<f3”");
  check_header ("{'descr': '|O', 'fortran_order': False, 'shape': (2, 3)}", NERVE_ERROR_VALUE, "type “|O”");
  check_header ("{'other': 1}", format, "unknown entry");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/data/npy/two dimensions are a cloud", two_dimensions_are_a_cloud);
  g_test_add_func ("/data/npy/one and three dimensions are one volume", one_and_three_dimensions_are_one_volume);
  g_test_add_func ("/data/npy/four dimensions are a tensor", four_dimensions_are_a_tensor);
  g_test_add_func ("/data/npy/truth values are numbers", truth_values_are_numbers);
  g_test_add_func ("/data/npy/other content is refused", other_content_is_refused);
  g_test_add_func ("/data/npy/nothing is allocated for what a header claims",
                   nothing_is_allocated_for_what_a_header_claims);
  g_test_add_func ("/data/npy/a truncated file is refused", a_truncated_file_is_refused);
  g_test_add_func ("/data/npy/headers are read with care", headers_are_read_with_care);
  return g_test_run ();
}
