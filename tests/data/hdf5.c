#include "data/golden.h"

#include <string.h>

#include <hdf5.h>

static void
check_order (NerveDataset *dataset, const char *const *names, guint n)
{
  g_assert_cmpuint (nerve_dataset_get_n_layers (dataset), ==, n);
  for (guint i = 0; i < n; i++)
    g_assert_cmpstr (nerve_dataset_get_layer (dataset, i)->name, ==, names[i]);
}

static void
without_tracking_the_order_is_natural (void)
{
  static const char *const names[] = { "again", "maps", "net/keras", "net/layer2", "net/layer10" };
  g_autoptr (NerveDataset) dataset = golden_open ("foreign.h5");

  check_order (dataset, names, G_N_ELEMENTS (names));
}

static void
tracked_order_of_creation_is_kept (void)
{
  static const char *const names[] = { "z", "b", "a" };
  g_autoptr (NerveDataset) dataset = golden_open ("foreign-ordered.h5");

  check_order (dataset, names, G_N_ELEMENTS (names));
}

static void
arrays_of_the_commonest_length_are_layers (void)
{
  g_autoptr (NerveDataset) dataset = golden_open ("foreign.h5");
  const NerveLayer *maps = nerve_dataset_get_layer (dataset, golden_find (dataset, "maps"));
  const NerveLayer *keras = nerve_dataset_get_layer (dataset, golden_find (dataset, "net/keras"));

  g_assert_cmpstr (nerve_dataset_get_format (dataset), ==, "HDF5");
  g_assert_cmpuint (nerve_dataset_get_n (dataset), ==, 7);
  g_assert_true (maps->channels == 1 && maps->height == 4 && maps->width == 4 && !maps->is_vector);
  g_assert_true (keras->channels == 3 && keras->height == 4 && keras->width == 4);
  golden_check_layer (dataset, "maps", GOLDEN_FLOAT);
  golden_check_layer (dataset, "net/keras", GOLDEN_FLOAT);
  golden_check_layer (dataset, "net/layer10", GOLDEN_FLOAT);
}

static void
integers_named_like_labels_are_labels (void)
{
  g_autoptr (NerveDataset) dataset = golden_open ("foreign.h5");
  const int labels[] = { 2, 2, 1, 1, 0, 0, 0 };

  g_assert_cmpmem (nerve_dataset_get_labels (dataset), sizeof labels, labels, sizeof labels);
  g_assert_cmpstr (nerve_dataset_get_class_name (dataset, 2), ==, "4");
}

static void
what_was_assumed_is_said (void)
{
  g_autoptr (NerveDataset) dataset = golden_open ("foreign.h5");
  g_autofree char *said = g_strjoinv ("\n", (char **) nerve_dataset_get_assumptions (dataset));

  g_assert_nonnull (strstr (said, "arrays of 7 rows are taken as layers"));
  g_assert_nonnull (strstr (said, "The labels are targets."));
  g_assert_nonnull (strstr (said, "net/keras, 7 × 4 × 4 × 3, is read as image × height × width × channel."));
  g_assert_nonnull (strstr (said, "weights (5 × 3)"));
  g_assert_nonnull (strstr (said, "names (it holds no plain numbers)"));
}

static void
links_are_left_out_and_said (void)
{
  const char *const files[][2] = {
    { "foreign.h5", "Left out: " },
    { "activations.h5", "Left out, as links and no arrays of their own: " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GBytes) bytes = golden_load (files[i][0]);
      char *path = golden_write ("links.h5", g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      hid_t file = H5Fopen (path, H5F_ACC_RDWR, H5P_DEFAULT);
      g_autoptr (NerveDataset) dataset = NULL;
      g_autofree char *said = NULL;

      g_assert_cmpint (H5Lcreate_soft ("/nowhere", file, i == 0 ? "pointer" : "layers/pointer", H5P_DEFAULT,
                                       H5P_DEFAULT), >=, 0);
      g_assert_cmpint (H5Fclose (file), >=, 0);
      dataset = nerve_dataset_open (path, NULL);
      g_assert_nonnull (dataset);
      said = g_strjoinv ("\n", (char **) nerve_dataset_get_assumptions (dataset));
      g_assert_nonnull (strstr (said, files[i][1]));
      g_assert_nonnull (strstr (said, "pointer"));
      golden_remove (path);
    }
}

/* Not HDF5's own words. */
static void
a_truncated_file_is_told_by_its_bytes (void)
{
  g_autoptr (GBytes) bytes = golden_load ("activations.h5");
  gsize size = g_bytes_get_size (bytes);
  g_autofree char *words = g_strdup_printf ("truncated: %zu of %zu bytes are there", size / 2, size);
  char *path = golden_write ("half.h5", g_bytes_get_data (bytes, NULL), size / 2);

  golden_check_path_refused (path, NERVE_ERROR_FORMAT, words);
  golden_remove (path);
}

static void
a_file_without_arrays_is_refused (void)
{
  golden_check_refused ("foreign-empty.h5", NERVE_ERROR_NOT_FOUND, "no layer in it");
}

/* Cut anywhere, a file is refused when opened or when read: it never gives wrong numbers. */
static void
a_truncated_file_is_refused (void)
{
  g_autoptr (GBytes) bytes = golden_load ("activations.h5");
  gsize size = g_bytes_get_size (bytes);

  for (gsize length = size - 1; length >= 16; length = length * 3 / 4)
    {
      char *path = golden_write ("cut.h5", g_bytes_get_data (bytes, NULL), length);

      golden_check_path_refused (path, NERVE_ERROR_FORMAT, "truncated");
      golden_remove (path);
    }
}

static void
a_damaged_header_is_refused (void)
{
  g_autoptr (GBytes) bytes = golden_load ("activations.h5");
  g_autofree char *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  char *path;

  /* The symbol table of the root group. */
  memset (copy + 96, 0x55, 64);
  path = golden_write ("damaged.h5", copy, g_bytes_get_size (bytes));
  golden_check_path_refused (path, NERVE_ERROR_FORMAT, "");
  golden_remove (path);
}

static void
a_block_of_the_user_s_may_stand_before_it (void)
{
  g_autoptr (GBytes) bytes = golden_load ("foreign.h5");
  gsize length = 1024 + g_bytes_get_size (bytes);
  g_autofree char *copy = g_malloc0 (length);
  g_autoptr (NerveDataset) dataset = NULL;
  g_autoptr (GError) error = NULL;
  char *path;

  memcpy (copy + 1024, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  path = golden_write ("block.mat", copy, length);
  dataset = nerve_dataset_open (path, &error);
  g_assert_no_error (error);
  golden_check_layer (dataset, "maps", GOLDEN_FLOAT);
  golden_remove (path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/data/hdf5/links are left out and said", links_are_left_out_and_said);
  g_test_add_func ("/data/hdf5/a truncated file is told by its bytes", a_truncated_file_is_told_by_its_bytes);
  g_test_add_func ("/data/hdf5/without tracking the order is natural", without_tracking_the_order_is_natural);
  g_test_add_func ("/data/hdf5/tracked order of creation is kept", tracked_order_of_creation_is_kept);
  g_test_add_func ("/data/hdf5/arrays of the commonest length are layers", arrays_of_the_commonest_length_are_layers);
  g_test_add_func ("/data/hdf5/integers named like labels are labels", integers_named_like_labels_are_labels);
  g_test_add_func ("/data/hdf5/what was assumed is said", what_was_assumed_is_said);
  g_test_add_func ("/data/hdf5/a file without arrays is refused", a_file_without_arrays_is_refused);
  g_test_add_func ("/data/hdf5/a truncated file is refused", a_truncated_file_is_refused);
  g_test_add_func ("/data/hdf5/a damaged header is refused", a_damaged_header_is_refused);
  g_test_add_func ("/data/hdf5/a block of the user's may stand before it", a_block_of_the_user_s_may_stand_before_it);
  return g_test_run ();
}
