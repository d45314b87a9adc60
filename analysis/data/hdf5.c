/* HDF5 files: nerve-activations is one kind, all others are guessed at. */
#include "data/reader.h"

#include <string.h>

#include "data/activations.h"
#include "data/guess.h"
#include "data/h5array.h"
#include "data/probe.h"

/* The signature stands at 0 or, behind a block of the user's, at 512, 1024, 2048, … */
static gboolean
claims (NerveFile *file, const guint8 head[8])
{
  static const guint8 signature[8] = { 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n' };
  guint8 bytes[8];

  if (memcmp (head, signature, sizeof signature) == 0)
    return TRUE;
  for (guint64 place = 512; place <= 65536 && place + sizeof bytes <= file->size; place *= 2)
    if (nerve_file_read (file, place, bytes, sizeof bytes, NULL) && memcmp (bytes, signature, sizeof bytes) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
read_foreign (NerveFile *file, hid_t root, NerveContents *contents, GError **error)
{
  g_autoptr (NerveGuess) guess = nerve_guess_new ();
  g_autoptr (GPtrArray) links = NULL;
  g_autoptr (GPtrArray) paths = nerve_h5_list_datasets (root, &links, error);

  if (paths == NULL)
    return FALSE;
  for (guint i = 0; i < paths->len; i++)
    {
      g_autoptr (GError) local_error = NULL;
      NerveArray *array = nerve_h5_array_new (file, root, paths->pdata[i], &local_error);

      if (array != NULL)
        nerve_guess_add (guess, paths->pdata[i], array);
      else
        nerve_guess_leave_out (guess, paths->pdata[i], local_error->message);
    }
  for (guint i = 0; i < links->len; i++)
    nerve_guess_leave_out (guess, links->pdata[i], "a link");
  contents->format = g_strdup ("HDF5");
  return nerve_guess_finish (guess, contents, error);
}

static gboolean
read_tried (NerveFile *file, NerveContents *contents, GError **error)
{
  NERVE_H5_ENTER;
  g_auto (NerveHid) id = nerve_h5_open_file (file, error);
  g_auto (NerveHid) root = H5I_INVALID_HID;

  if (id < 0)
    return FALSE;
  root = H5Gopen2 (id, "/", H5P_DEFAULT);
  if (root < 0)
    return nerve_h5_set_error (error, NERVE_ERROR_FORMAT, "the root group can't be opened");
  if (!nerve_h5_get_attributes (root, contents->attributes, error))
    return FALSE;

  if (g_strcmp0 (g_hash_table_lookup (contents->attributes, "format"), "nerve-activations") == 0)
    return nerve_activations_read (file, root, contents, error);
  return read_foreign (file, root, contents, error);
}

static gboolean
read_file (NerveFile *file, NerveContents *contents, const NerveProgress *progress, GError **error)
{
  g_autofree char *absence = NULL;

  switch (nerve_probe_run (file, progress, error))
    {
    case NERVE_PROBE_REFUSED:
      return FALSE;
    case NERVE_PROBE_UNTRIED:
      absence = nerve_probe_describe_absence ();
      if (absence != NULL)
        nerve_contents_assume (contents, "%s", absence);
      break;
    case NERVE_PROBE_FINE:
    default:
      break;
    }
  return read_tried (file, contents, error);
}

const NerveReader nerve_hdf5_reader = { "HDF5", claims, read_file };
