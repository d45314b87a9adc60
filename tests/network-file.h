/* Writes what a small file of activations is made of. */
#pragma once

#include <glib.h>
#include <hdf5.h>
#include <string.h>

/* An attribute. */
static inline void
network_put_text (hid_t object, const char *name, const char *text)
{
  hid_t type = H5Tcopy (H5T_C_S1);
  hid_t space = H5Screate (H5S_SCALAR);
  hid_t attribute;

  H5Tset_size (type, strlen (text) + 1);
  attribute = H5Acreate2 (object, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
  H5Awrite (attribute, type, text);
  H5Aclose (attribute);
  H5Sclose (space);
  H5Tclose (type);
}

static inline void
network_put_number (hid_t object, const char *name, int value)
{
  hid_t space = H5Screate (H5S_SCALAR);
  hid_t attribute = H5Acreate2 (object, name, H5T_NATIVE_INT, space, H5P_DEFAULT, H5P_DEFAULT);

  H5Awrite (attribute, H5T_NATIVE_INT, &value);
  H5Aclose (attribute);
  H5Sclose (space);
}

/* A new file of the format, without layers. */
static inline hid_t
network_create (const char *path)
{
  hid_t file = H5Fcreate (path, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);

  g_assert_cmpint (file, >=, 0);
  network_put_text (file, "format", "nerve-activations");
  network_put_number (file, "version", 1);
  H5Gclose (H5Gcreate2 (file, "layers", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));

  return file;
}

static inline void
network_close (hid_t file)
{
  g_assert_cmpint (H5Fclose (file), >=, 0);
}

static inline hid_t
network_open_array (hid_t file, const char *path, hid_t type, gconstpointer data, guint rank, const hsize_t *extents)
{
  hid_t space = H5Screate_simple (rank, extents, NULL);
  hid_t array = H5Dcreate2 (file, path, type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);

  H5Dwrite (array, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, data);
  H5Sclose (space);

  return array;
}

static inline void
network_put_array (hid_t file, const char *path, hid_t type, gconstpointer data, guint rank, const hsize_t *extents)
{
  H5Dclose (network_open_array (file, path, type, data, rank, extents));
}

/* Maps ("NCHW") of four extents, vectors of two. */
static inline void
network_put_layer (hid_t file, const char *name, int index, const char *kind, const float *data, guint rank,
                   const hsize_t *extents)
{
  g_autofree char *path = g_strconcat ("layers/", name, NULL);
  hid_t array = network_open_array (file, path, H5T_NATIVE_FLOAT, data, rank, extents);

  network_put_number (array, "index", index);
  network_put_text (array, "kind", kind);
  network_put_text (array, "axes", rank == 4 ? "NCHW" : "ND");
  H5Dclose (array);
}
