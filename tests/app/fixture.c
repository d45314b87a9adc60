#include "app/fixture.h"

#include <glib/gstdio.h>

#include "base/random.h"
#include "network-file.h"

#define N_IMAGES 60
#define N_CLASSES 4

static const struct
{
  const char *name;
  const char *kind;
  int         rank;
  hsize_t     shape[4];
} layers[] = {
  { "input", "input", 4, { N_IMAGES, 1, 8, 8 } },
  { "conv1", "conv", 4, { N_IMAGES, 4, 8, 8 } },
  { "block1", "block", 4, { N_IMAGES, 6, 4, 4 } },
  { "block2", "block", 4, { N_IMAGES, 8, 2, 2 } },
  { "pool", "pool", 2, { N_IMAGES, 8 } },
  { "logits", "linear", 2, { N_IMAGES, N_CLASSES } },
};

static void
put_names (hid_t place, const char *name, const char *const *names, hsize_t n)
{
  hid_t type = H5Tcopy (H5T_C_S1);

  H5Tset_size (type, H5T_VARIABLE);
  network_put_array (place, name, type, names, 1, &n);
  H5Tclose (type);
}

/* Classes part more and more with depth. */
static void
put_layer (hid_t file, gsize index)
{
  NerveRandom random;
  gsize size = 1;
  g_autofree float *data = NULL;

  for (int i = 1; i < layers[index].rank; i++)
    size *= layers[index].shape[i];
  data = g_new (float, N_IMAGES * size);
  nerve_random_init (&random, index);
  for (gsize image = 0; image < N_IMAGES; image++)
    for (gsize k = 0; k < size; k++)
      data[image * size + k] = (float) (.2 * nerve_random_normal (&random) +
                                        (k % N_CLASSES == image % N_CLASSES ? .4 * index : 0));

  network_put_layer (file, layers[index].name, index, layers[index].kind, data, layers[index].rank,
                     layers[index].shape);
}

char *
fixture_network (void)
{
  const char *class_names[N_CLASSES] = { "ash", "oak", "cat", "dog" };
  const char *superclass_names[] = { "trees", "animals" };
  int superclass[N_CLASSES] = { 0, 0, 1, 1 };
  int labels[N_IMAGES];
  hsize_t n = N_IMAGES;
  hsize_t n_classes = N_CLASSES;
  g_autofree char *folder = g_dir_make_tmp ("nerve-test-XXXXXX", NULL);
  char *path = g_build_filename (folder, "network.h5", NULL);
  hid_t file = network_create (path);

  network_put_text (file, "model", "fixture");
  for (int i = 0; i < N_IMAGES; i++)
    labels[i] = i % N_CLASSES;
  network_put_array (file, "labels", H5T_NATIVE_INT, labels, 1, &n);
  network_put_array (file, "predictions", H5T_NATIVE_INT, labels, 1, &n);
  network_put_array (file, "superclass", H5T_NATIVE_INT, superclass, 1, &n_classes);
  put_names (file, "class_names", class_names, N_CLASSES);
  put_names (file, "superclass_names", superclass_names, G_N_ELEMENTS (superclass_names));
  for (gsize i = 0; i < G_N_ELEMENTS (layers); i++)
    put_layer (file, i);
  network_close (file);

  return path;
}

char *
fixture_network_without (const char *dataset)
{
  char *path = fixture_network ();
  hid_t file = H5Fopen (path, H5F_ACC_RDWR, H5P_DEFAULT);

  g_assert_cmpint (H5Ldelete (file, dataset, H5P_DEFAULT), >=, 0);
  network_close (file);

  return path;
}

char *
fixture_cloud (gsize n, gsize d)
{
  g_autofree char *folder = g_dir_make_tmp ("nerve-test-XXXXXX", NULL);
  char *path = g_build_filename (folder, "cloud.npy", NULL);
  g_autofree char *dict = g_strdup_printf ("{'descr': '<f4', 'fortran_order': False, 'shape': (%zu, %zu), }", n, d);
  g_autofree char *header = g_strdup_printf ("%-117s\n", dict);
  g_autofree float *data = g_new (float, n * d);
  guint16 length = GUINT16_TO_LE (118);
  NerveRandom random;
  FILE *file = g_fopen (path, "wb");

  nerve_random_init (&random, 1);
  for (gsize i = 0; i < n * d; i++)
    data[i] = (float) nerve_random_normal (&random);
  g_assert_nonnull (file);
  fwrite ("\x93NUMPY\x01\x00", 1, 8, file);
  fwrite (&length, 1, 2, file);
  fwrite (header, 1, 118, file);
  fwrite (data, sizeof *data, n * d, file);
  fclose (file);

  return path;
}

void
fixture_free (char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  g_unlink (path);
  g_rmdir (folder);
  g_free (path);
}
