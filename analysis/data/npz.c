/* NumPy's archives: a zip of .npy files. */
#include <string.h>

#include "base/error.h"
#include "data/guess.h"
#include "data/npy.h"
#include "data/reader.h"
#include "data/zip.h"

static gboolean
claims (NerveFile *file, const guint8 head[8])
{
  /* The second is an empty archive. */
  return memcmp (head, "PK\x03\x04", 4) == 0 || memcmp (head, "PK\x05\x06", 4) == 0;
}

static gboolean
add_member (NerveFile *file, const NerveZipMember *member, NerveGuess *guess, GError **error)
{
  g_autofree char *name = g_str_has_suffix (member->name, ".npy")
                            ? g_strndup (member->name, strlen (member->name) - 4)
                            : g_strdup (member->name);
  g_autoptr (GError) local_error = NULL;
  NerveBytes *bytes = nerve_zip_open (file, member, &local_error);
  NerveArray *array = bytes != NULL ? nerve_npy_array_new (bytes, FALSE, &local_error) : NULL;

  if (array != NULL)
    nerve_guess_add (guess, name, array);
  /* What is no array of numbers is left out; what is damaged is not passed over. */
  else if (g_error_matches (local_error, NERVE_ERROR, NERVE_ERROR_FORMAT))
    {
      g_propagate_prefixed_error (error, g_steal_pointer (&local_error), "%s: ", name);
      return FALSE;
    }
  else
    nerve_guess_leave_out (guess, name, local_error->message);
  return TRUE;
}

static gboolean
read_file (NerveFile *file, NerveContents *contents, const NerveProgress *progress, GError **error)
{
  g_autoptr (NerveGuess) guess = nerve_guess_new ();
  g_autoptr (GPtrArray) members = nerve_zip_list (file, error);

  if (members == NULL)
    return FALSE;
  for (guint i = 0; i < members->len; i++)
    {
      const NerveZipMember *member = members->pdata[i];

      if (!g_str_has_suffix (member->name, ".npy"))
        nerve_guess_leave_out (guess, member->name, "no NumPy array");
      else if (!add_member (file, member, guess, error))
        return FALSE;
    }
  contents->format = g_strdup ("npz");
  return nerve_guess_finish (guess, contents, error);
}

const NerveReader nerve_npz_reader = { "npz", claims, read_file };
