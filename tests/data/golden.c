#include "data/golden.h"

#include <glib/gstdio.h>
#include <string.h>

double
golden_number (GoldenKind kind, gsize n, gsize c, gsize h, gsize w)
{
  int raw = (31 * n + 7 * c + 5 * h + 3 * w) % 101;

  switch (kind)
    {
    case GOLDEN_FLOAT:
      return (raw - 50) / 4.0;
    case GOLDEN_INT:
      return raw - 50;
    case GOLDEN_BOOL:
      return raw % 2;
    case GOLDEN_UINT:
    default:
      return raw;
    }
}

char *
golden_path (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "golden", "data", name, NULL);
}

NerveDataset *
golden_open (const char *name)
{
  g_autofree char *path = golden_path (name);
  g_autoptr (GError) error = NULL;
  NerveDataset *dataset = nerve_dataset_open (path, &error);

  g_assert_no_error (error);
  return dataset;
}

guint
golden_find (NerveDataset *dataset, const char *layer)
{
  g_autoptr (GError) error = NULL;
  guint position = 0;

  nerve_dataset_find_layer (dataset, layer, &position, &error);
  g_assert_no_error (error);
  return position;
}

static void
check_numbers (const NerveLayer *info, gsize first, gsize count, const double *rows, GoldenKind kind)
{
  for (gsize n = first; n < first + count; n++)
    for (gsize c = 0; c < info->channels; c++)
      for (gsize h = 0; h < info->height; h++)
        for (gsize w = 0; w < info->width; w++)
          g_assert_cmpfloat (*rows++, ==, golden_number (kind, n, c, h, w));
}

void
golden_check_layer (NerveDataset *dataset, const char *layer, GoldenKind kind)
{
  guint position = golden_find (dataset, layer);
  const NerveLayer *info = nerve_dataset_get_layer (dataset, position);
  gsize length = info->channels * info->height * info->width;
  g_autofree double *rows = g_new (double, info->n * length);
  g_autoptr (GError) error = NULL;

  nerve_dataset_read_rows (dataset, position, 0, info->n, rows, &error);
  g_assert_no_error (error);
  check_numbers (info, 0, info->n, rows, kind);
  for (gsize n = info->n; n-- > 0;)
    {
      nerve_dataset_read_rows (dataset, position, n, 1, rows, &error);
      g_assert_no_error (error);
      check_numbers (info, n, 1, rows, kind);
    }
}

void
golden_check_path_refused (const char *path, int code, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NerveDataset) dataset = nerve_dataset_open (path, &error);

  g_assert_null (dataset);
  g_assert_error (error, NERVE_ERROR, code);
  if (strstr (error->message, words) == NULL)
    g_error ("%s: “%s” does not say “%s”", path, error->message, words);
  g_assert_null (strchr (error->message, '\n'));
}

void
golden_check_refused (const char *name, int code, const char *words)
{
  g_autofree char *path = golden_path (name);

  golden_check_path_refused (path, code, words);
}

void
golden_check_unreadable (NerveDataset *dataset, const char *layer, int code, const char *words)
{
  guint position = golden_find (dataset, layer);
  const NerveLayer *info = nerve_dataset_get_layer (dataset, position);
  g_autofree double *rows = g_new (double, info->n * info->channels * info->height * info->width);
  g_autoptr (GError) error = NULL;

  g_assert_false (nerve_dataset_read_rows (dataset, position, 0, info->n, rows, &error));
  g_assert_error (error, NERVE_ERROR, code);
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” does not say “%s”", error->message, words);
  g_assert_true (g_str_has_prefix (error->message, layer));
}

char *
golden_write (const char *name, gconstpointer bytes, gsize length)
{
  g_autofree char *folder = g_dir_make_tmp ("nerve-test-XXXXXX", NULL);
  char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  /* Without waiting for the disk. */
  g_file_set_contents_full (path, bytes, length, G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);
  return path;
}

void
golden_remove (char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  g_remove (path);
  g_rmdir (folder);
  g_free (path);
}

GBytes *
golden_load (const char *name)
{
  g_autofree char *path = golden_path (name);
  g_autoptr (GError) error = NULL;
  char *bytes = NULL;
  gsize length = 0;

  g_file_get_contents (path, &bytes, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (bytes, length);
}
