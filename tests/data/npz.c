#include "data/golden.h"

#include <string.h>

static void
check_archive (const char *name)
{
  static const char *const names[] = { "z", "b", "a" };
  g_autoptr (NerveDataset) dataset = golden_open (name);
  const int labels[] = { 1, 1, 0, 0, 2, 2, 2 };

  g_assert_cmpstr (nerve_dataset_get_format (dataset), ==, "npz");
  g_assert_cmpuint (nerve_dataset_get_n_layers (dataset), ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpstr (nerve_dataset_get_layer (dataset, i)->name, ==, names[i]);
  golden_check_layer (dataset, "z", GOLDEN_FLOAT);
  golden_check_layer (dataset, "b", GOLDEN_FLOAT);
  golden_check_layer (dataset, "a", GOLDEN_INT);
  g_assert_cmpmem (nerve_dataset_get_labels (dataset), sizeof labels, labels, sizeof labels);
}

static void
stored_arrays_are_layers_in_file_order (void)
{
  check_archive ("stored.npz");
}

static void
deflated_arrays_are_layers_in_file_order (void)
{
  check_archive ("deflated.npz");
}

static void
what_is_no_layer_is_said (void)
{
  g_autoptr (NerveDataset) dataset = golden_open ("stored.npz");
  g_autofree char *said = g_strjoinv ("\n", (char **) nerve_dataset_get_assumptions (dataset));

  g_assert_nonnull (strstr (said, "words (it holds no plain numbers"));
  g_assert_nonnull (strstr (said, "weights (3 × 3)"));
}

static void
lengths_of_64_bits_are_read (void)
{
  g_autoptr (NerveDataset) dataset = golden_open ("long-lengths.npz");

  golden_check_layer (dataset, "cloud", GOLDEN_FLOAT);
}

/* Backwards, so that unpacking starts from places that were kept, and from none. */
static void
rows_of_a_long_member_are_found_in_any_order (void)
{
  g_autoptr (NerveDataset) dataset = golden_open ("long.npz");
  guint layer = golden_find (dataset, "long");
  gsize n = nerve_dataset_get_n (dataset);
  g_autoptr (GError) error = NULL;

  for (gsize step = 0; step < 40; step++)
    {
      gsize row = n - 1 - step * (n / 40);
      double value = 0;

      nerve_dataset_read_rows (dataset, layer, row, 1, &value, &error);
      g_assert_no_error (error);
      g_assert_cmpfloat (value, ==, golden_number (GOLDEN_UINT, row, 0, 0, 0));
    }
}

static void
a_truncated_archive_is_refused (void)
{
  g_autoptr (GBytes) bytes = golden_load ("deflated.npz");

  for (gsize length = g_bytes_get_size (bytes) - 1; length > 4; length = length * 3 / 4)
    {
      char *path = golden_write ("cut.npz", g_bytes_get_data (bytes, NULL), length);

      golden_check_path_refused (path, NERVE_ERROR_FORMAT, "truncated");
      golden_remove (path);
    }
}

/* Each byte of the packed numbers of "z" (they end before the next member) changed in turn. Some bits fill up only. */
static void
damaged_members_never_give_wrong_numbers (void)
{
  g_autoptr (GBytes) bytes = golden_load ("deflated.npz");
  gsize size = g_bytes_get_size (bytes);
  g_autofree char *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), size);

  for (gsize i = 30 + strlen ("z.npy"); memcmp (copy + i, "PK", 2) != 0; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (NerveDataset) dataset = NULL;
      g_autofree double *rows = g_new (double, 7 * 60);
      guint layer = 0;
      char *path;

      copy[i] ^= 0x24;
      path = golden_write ("damaged.npz", copy, size);
      copy[i] ^= 0x24;
      dataset = nerve_dataset_open (path, &error);
      if (dataset != NULL && nerve_dataset_find_layer (dataset, "z", &layer, NULL)
          && nerve_dataset_read_rows (dataset, layer, 0, 7, rows, NULL))
        golden_check_layer (dataset, "z", GOLDEN_FLOAT);
      golden_remove (path);
    }
}

/* The same of members that are not packed: nothing but the check sum can tell. */
static void
damage_in_stored_members_is_said (void)
{
  g_autoptr (GBytes) bytes = golden_load ("stored.npz");
  gsize size = g_bytes_get_size (bytes);
  g_autofree char *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), size);

  /* Beyond the headers of the archive and of the first array. */
  for (gsize i = 200; memcmp (copy + i, "PK", 2) != 0; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (NerveDataset) dataset = NULL;
      g_autofree double *rows = NULL;
      const NerveLayer *layer;
      char *path;

      copy[i] ^= 0x24;
      path = golden_write ("damaged.npz", copy, size);
      copy[i] ^= 0x24;
      dataset = nerve_dataset_open (path, &error);
      g_assert_no_error (error);
      layer = nerve_dataset_get_layer (dataset, 0);
      rows = g_new (double, layer->n * layer->channels * layer->height * layer->width);
      g_assert_false (nerve_dataset_read_rows (dataset, 0, 0, layer->n, rows, &error));
      g_assert_error (error, NERVE_ERROR, NERVE_ERROR_FORMAT);
      g_assert_nonnull (strstr (error->message, "the check sum does not fit"));
      golden_remove (path);
    }
}

static void
an_archive_without_arrays_is_refused (void)
{
  golden_check_refused ("empty.npz", NERVE_ERROR_NOT_FOUND, "no layer in it");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/data/npz/stored arrays are layers in file order", stored_arrays_are_layers_in_file_order);
  g_test_add_func ("/data/npz/deflated arrays are layers in file order", deflated_arrays_are_layers_in_file_order);
  g_test_add_func ("/data/npz/what is no layer is said", what_is_no_layer_is_said);
  g_test_add_func ("/data/npz/lengths of 64 bits are read", lengths_of_64_bits_are_read);
  g_test_add_func ("/data/npz/rows of a long member are found in any order",
                   rows_of_a_long_member_are_found_in_any_order);
  g_test_add_func ("/data/npz/a truncated archive is refused", a_truncated_archive_is_refused);
  g_test_add_func ("/data/npz/damaged members never give wrong numbers",
                   damaged_members_never_give_wrong_numbers);
  g_test_add_func ("/data/npz/damage in stored members is said", damage_in_stored_members_is_said);
  g_test_add_func ("/data/npz/an archive without arrays is refused", an_archive_without_arrays_is_refused);
  return g_test_run ();
}
