#include "data/reader.h"

#include "base/error.h"

static const NerveReader *const readers[] = {
  &nerve_npy_reader,
  &nerve_npz_reader,
  &nerve_hdf5_reader,
  &nerve_table_reader,
  &nerve_graph_reader,
};

/* Extensions that promise what the content does not keep. */
static const struct
{
  const char *extension;
  const char *complaint;
} promises[] = {
  { ".h5", "not an HDF5 file, whatever its name says" },
  { ".hdf5", "not an HDF5 file, whatever its name says" },
  { ".npy", "not a NumPy file, whatever its name says" },
  { ".npz", "not a NumPy archive, whatever its name says" },
};

const NerveReader *
nerve_reader_find (NerveFile *file, GError **error)
{
  guint8 head[8] = { 0 };
  const char *complaint = "not a file that Nerve reads (HDF5, .npy, .npz, .csv, .txt, .json)";

  if (!nerve_file_read (file, 0, head, MIN (file->size, sizeof head), error))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (readers); i++)
    if (readers[i]->claims (file, head))
      return readers[i];

  for (guint i = 0; i < G_N_ELEMENTS (promises); i++)
    if (nerve_file_has_extension (file, promises[i].extension))
      complaint = promises[i].complaint;
  g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_FORMAT, complaint);
  return NULL;
}
