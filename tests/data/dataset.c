#include "data/dataset.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/parallel.h"
#include "data/blocks.h"
#include "data/golden.h"

static void
check_content_refused (const char *name, const char *content, int code, const char *words)
{
  char *path = golden_write (name, content, strlen (content));

  golden_check_path_refused (path, code, words);
  golden_remove (path);
}

static void
what_is_no_file_of_ours_is_refused (void)
{
  check_content_refused ("junk.h5", "this is not HDF5", NERVE_ERROR_FORMAT, "not an HDF5 file");
  check_content_refused ("short.h5", "\x89HDF", NERVE_ERROR_FORMAT, "not an HDF5 file");
  check_content_refused ("junk.npy", "NUMPY", NERVE_ERROR_FORMAT, "not a NumPy file");
  check_content_refused ("junk.npz", "no zip", NERVE_ERROR_FORMAT, "not a NumPy archive");
  check_content_refused ("picture.png", "\x89PNG", NERVE_ERROR_FORMAT, "not a file that Nerve reads");
}

static void
what_can_t_be_opened_is_refused (void)
{
  g_autofree char *folder = g_dir_make_tmp ("nerve-test-XXXXXX", NULL);
  g_autofree char *missing = g_build_filename (folder, "missing.h5", NULL);
  g_autofree char *pipe = g_build_filename (folder, "pipe.h5", NULL);

  golden_check_path_refused (missing, NERVE_ERROR_OPEN, "no such file");
  golden_check_path_refused (folder, NERVE_ERROR_OPEN, "is a folder");
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  golden_check_path_refused (pipe, NERVE_ERROR_OPEN, "not a regular file");
  g_unlink (pipe);
  g_rmdir (folder);
  check_content_refused ("empty.h5", "", NERVE_ERROR_FORMAT, "the file is empty");
}

/* Rows, labels and the rest of a subset are those of its images in the whole, in runs and one by one. */
static void
a_subset_has_the_rows_of_its_images (void)
{
  static const char text[] = "0,1\n2,3\n4,5\n6,7\n8,9\n10,11\n";
  char *path = golden_write ("points.csv", text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (NerveDataset) whole = nerve_dataset_open (path, &error);
  g_autoptr (NerveDataset) subset = NULL;
  g_autoptr (NerveDataset) same = NULL;
  g_autoptr (NerveBitset) images = nerve_bitset_new (6);
  const gsize wanted[] = { 0, 2, 3, 5 };
  double rows[8];

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    nerve_bitset_set (images, wanted[i], TRUE);
  subset = nerve_dataset_new_subset (whole, images, "four of six");
  same = nerve_dataset_new_subset (whole, images, "again");
  g_assert_cmpuint (nerve_dataset_get_n (subset), ==, 4);
  g_assert_cmpuint (nerve_dataset_get_layer (subset, 0)->n, ==, 4);
  g_assert_cmpstr (nerve_dataset_get_subset_name (subset), ==, "four of six");
  g_assert_null (nerve_dataset_get_subset_name (whole));
  g_assert_cmpstr (nerve_dataset_get_fingerprint (subset), ==, nerve_dataset_get_fingerprint (same));
  g_assert_cmpstr (nerve_dataset_get_fingerprint (subset), !=, nerve_dataset_get_fingerprint (whole));
  g_clear_pointer (&whole, nerve_dataset_unref);
  g_assert_true (nerve_dataset_read_rows (subset, 0, 0, 4, rows, &error));
  for (guint i = 0; i < 8; i++)
    g_assert_cmpfloat (rows[i], ==, 2 * wanted[i / 2] + i % 2);
  g_assert_true (nerve_dataset_read_rows (subset, 0, 3, 1, rows, &error));
  g_assert_cmpfloat (rows[0], ==, 10);
  golden_remove (path);
}

static void
a_file_one_may_not_read_is_refused (void)
{
  char *path;

  if (geteuid () == 0)
    {
      g_test_skip ("root may read everything");
      return;
    }
  path = golden_write ("secret.csv", "1,2\n", 4);
  g_chmod (path, 0);
  golden_check_path_refused (path, NERVE_ERROR_OPEN, "permission denied");
  golden_remove (path);
}

static void
the_fingerprint_is_that_of_the_content (void)
{
  char *path = golden_write ("points.csv", "1,2\n3,4\n", 8);
  g_autoptr (NerveDataset) before = nerve_dataset_open (path, NULL);
  g_autoptr (NerveDataset) again = nerve_dataset_open (path, NULL);
  g_autoptr (NerveDataset) after = NULL;

  g_assert_cmpuint (strlen (nerve_dataset_get_fingerprint (before)), ==, 64);
  g_assert_cmpstr (nerve_dataset_get_fingerprint (before), ==, nerve_dataset_get_fingerprint (again));
  g_assert_true (g_file_set_contents (path, "1,2\n3,5\n", 8, NULL));
  after = nerve_dataset_open (path, NULL);
  g_assert_cmpstr (nerve_dataset_get_fingerprint (before), !=, nerve_dataset_get_fingerprint (after));
  golden_remove (path);
}

static void
a_file_changed_under_us_is_not_read_on (void)
{
  char *path = golden_write ("points.csv", "1,2\n3,4\n", 8);
  g_autoptr (NerveDataset) dataset = nerve_dataset_open (path, NULL);
  FILE *stream = g_fopen (path, "a");

  fputs ("5,6\n", stream);
  fclose (stream);
  golden_check_unreadable (dataset, "points", NERVE_ERROR_OPEN, "changed after it was opened");
  golden_remove (path);
}

static void
an_unknown_layer_lists_near_names (void)
{
  g_autoptr (NerveDataset) dataset = golden_open ("activations.h5");
  g_autoptr (GError) near = NULL;
  g_autoptr (GError) far = NULL;
  guint layer;

  g_assert_false (nerve_dataset_find_layer (dataset, "cnov", &layer, &near));
  g_assert_error (near, NERVE_ERROR, NERVE_ERROR_NOT_FOUND);
  g_assert_cmpstr (near->message, ==, "no layer “cnov”, did you mean “conv”?");
  g_assert_false (nerve_dataset_find_layer (dataset, "embedding_table", &layer, &far));
  g_assert_cmpstr (far->message, ==,
                   "no layer “embedding_table”, there are conv, last, parts, shuffled, sampled and 13 more");
}

static void
numbers_that_are_none_are_given_with_their_place (void)
{
  static const struct { const char *layer; gsize length; const char *message; } layers[] = {
    { "maps", 60, "maps: NaN in image 5 (channel 3, row 0, column 4; counted from 0)" },
    { "vectors", 4, "vectors: infinity in image 2 (channel 1; counted from 0)" },
  };
  g_autoptr (NerveDataset) dataset = golden_open ("not-finite.h5");
  double rows[7 * 60];

  for (guint i = 0; i < G_N_ELEMENTS (layers); i++)
    {
      guint layer = golden_find (dataset, layers[i].layer);
      g_autoptr (GError) error = NULL;

      nerve_dataset_read_rows (dataset, layer, 1, 6, rows, &error);
      g_assert_no_error (error);
      g_assert_true (nerve_dataset_check_finite (dataset, layer, 1, 1, rows, &error));
      g_assert_false (nerve_dataset_check_finite (dataset, layer, 1, 6, rows, &error));
      g_assert_error (error, NERVE_ERROR, NERVE_ERROR_VALUE);
      g_assert_cmpstr (error->message, ==, layers[i].message);
    }
}

static gboolean
read_layers (gsize begin, gsize end, guint worker, gpointer user_data)
{
  static const char *const names[] = { "conv", "last", "parts", "shuffled" };

  for (gsize i = begin; i < end; i++)
    golden_check_layer (user_data, names[i % G_N_ELEMENTS (names)], GOLDEN_FLOAT);
  return TRUE;
}

static void
threads_may_read_at_once (void)
{
  g_autoptr (NerveDataset) dataset = golden_open ("activations.h5");

  nerve_parallel_set_threads (4);
  g_assert_true (nerve_parallel_for (200, 1, read_layers, dataset, NULL));
  nerve_parallel_set_threads (0);
}

static void
closing_gives_the_memory_back (void)
{
  NerveDataset *dataset = golden_open ("activations.h5");

  golden_check_layer (dataset, "conv", GOLDEN_FLOAT);
  g_assert_cmpuint (nerve_blocks_get_used (), >, 0);
  nerve_dataset_unref (nerve_dataset_ref (dataset));
  nerve_dataset_unref (dataset);
  g_assert_cmpuint (nerve_blocks_get_used (), ==, 0);
}

static void
read_last_rows (NerveDataset *dataset)
{
  for (guint layer = 0; layer < nerve_dataset_get_n_layers (dataset); layer++)
    {
      const NerveLayer *info = nerve_dataset_get_layer (dataset, layer);
      g_autofree double *row = g_try_new (double, info->channels * info->height * info->width);

      if (row != NULL)
        nerve_dataset_read_rows (dataset, layer, info->n - 1, 1, row, NULL);
    }
}

static void
put_byte (const char *path, long place, int byte)
{
  FILE *stream = g_fopen (path, "r+b");

  fseek (stream, place, SEEK_SET);
  fputc (byte, stream);
  fclose (stream);
}

/* A changed byte may change a number; it may not crash, hang or print. */
static void
changed_bytes_do_no_harm (void)
{
  static const char *const names[] = { "deflated.npz", "stored.npz", "cloud.npy", "tensor-fortran.npy" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GBytes) bytes = golden_load (names[i]);
      gsize size = g_bytes_get_size (bytes);
      const guint8 *data = g_bytes_get_data (bytes, NULL);
      char *path = golden_write (names[i], data, size);

      for (gsize at = 0; at < size; at += 5)
        {
          g_autoptr (NerveDataset) dataset = NULL;

          put_byte (path, at, at % 2 == 0 ? 0xff : data[at] ^ 1);
          dataset = nerve_dataset_open (path, NULL);
          if (dataset != NULL)
            read_last_rows (dataset);
          put_byte (path, at, data[at]);
        }
      golden_remove (path);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/data/dataset/a-subset-has-the-rows-of-its-images", a_subset_has_the_rows_of_its_images);
  g_test_add_func ("/data/dataset/what is no file of ours is refused", what_is_no_file_of_ours_is_refused);
  g_test_add_func ("/data/dataset/what can't be opened is refused", what_can_t_be_opened_is_refused);
  g_test_add_func ("/data/dataset/a file one may not read is refused", a_file_one_may_not_read_is_refused);
  g_test_add_func ("/data/dataset/the fingerprint is that of the content", the_fingerprint_is_that_of_the_content);
  g_test_add_func ("/data/dataset/a file changed under us is not read on", a_file_changed_under_us_is_not_read_on);
  g_test_add_func ("/data/dataset/an unknown layer lists near names", an_unknown_layer_lists_near_names);
  g_test_add_func ("/data/dataset/numbers that are none are given with their place",
                   numbers_that_are_none_are_given_with_their_place);
  g_test_add_func ("/data/dataset/threads may read at once", threads_may_read_at_once);
  g_test_add_func ("/data/dataset/closing gives the memory back", closing_gives_the_memory_back);
  g_test_add_func ("/data/dataset/changed bytes do no harm", changed_bytes_do_no_harm);
  return g_test_run ();
}
