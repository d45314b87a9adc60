#include "data/guess.h"

#include <string.h>

#include "base/error.h"
#include "data/names.h"

typedef struct
{
  char       *name;
  NerveArray *array; /* NULL once it has become a layer */
} Candidate;

struct _NerveGuess
{
  GPtrArray *candidates;
  GPtrArray *left_out; /* "name (cause)" */
};

static void
candidate_free (Candidate *candidate)
{
  g_clear_pointer (&candidate->array, nerve_array_free);
  g_free (candidate->name);
  g_free (candidate);
}

NerveGuess *
nerve_guess_new (void)
{
  NerveGuess *self = g_new0 (NerveGuess, 1);

  self->candidates = g_ptr_array_new_with_free_func ((GDestroyNotify) candidate_free);
  self->left_out = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
nerve_guess_free (NerveGuess *self)
{
  g_ptr_array_unref (self->candidates);
  g_ptr_array_unref (self->left_out);
  g_free (self);
}

void
nerve_guess_add (NerveGuess *self, const char *name, NerveArray *array)
{
  Candidate *candidate = g_new0 (Candidate, 1);

  candidate->name = nerve_names_clean (name, -1);
  candidate->array = array;
  g_ptr_array_add (self->candidates, candidate);
}

void
nerve_guess_leave_out (NerveGuess *self, const char *name, const char *cause)
{
  g_autofree char *clean = nerve_names_clean (name, -1);

  g_ptr_array_add (self->left_out, g_strdup_printf ("%s (%s)", clean, cause));
}

static gboolean
commonest_extent (NerveGuess *self, gsize *n)
{
  g_autoptr (GHashTable) votes = g_hash_table_new (NULL, NULL);
  guint most = 0;

  for (guint i = 0; i < self->candidates->len; i++)
    {
      NerveArray *array = ((Candidate *) self->candidates->pdata[i])->array;
      gpointer key = GSIZE_TO_POINTER (array->n);
      guint count;

      if (array->rank < 2)
        continue;
      count = GPOINTER_TO_UINT (g_hash_table_lookup (votes, key)) + 1;
      g_hash_table_insert (votes, key, GUINT_TO_POINTER (count));
      if (count > most || (count == most && array->n > *n))
        {
          most = count;
          *n = array->n;
        }
    }
  return most > 0;
}

/* 0: no name for labels; else the smaller the better. */
static guint
label_rank (const char *name)
{
  static const char *const words[] = { "labels", "label", "targets", "target", "y", "y_true", "y_test", "y_train",
                                       "classes", "class" };
  const char *slash = strrchr (name, '/');
  g_autofree char *word = g_ascii_strdown (slash != NULL ? slash + 1 : name, -1);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (word, words[i]) == 0)
      return i + 1;
  return strstr (word, "label") != NULL || strstr (word, "target") != NULL ? G_N_ELEMENTS (words) + 1 : 0;
}

static gboolean
can_be_labels (const Candidate *candidate, gsize n)
{
  return candidate->array != NULL && candidate->array->n == n && candidate->array->row_length == 1
         && candidate->array->scalar.kind != NERVE_SCALAR_FLOAT;
}

static const Candidate *
find_labels (NerveGuess *self, gsize n)
{
  const Candidate *best = NULL;
  guint best_rank = G_MAXUINT;

  for (guint i = 0; i < self->candidates->len; i++)
    {
      const Candidate *candidate = self->candidates->pdata[i];
      guint rank = label_rank (candidate->name);

      if (rank > 0 && rank < best_rank && can_be_labels (candidate, n))
        {
          best = candidate;
          best_rank = rank;
        }
    }
  return best;
}

NerveAxes
nerve_guess_axes (NerveArray *array)
{
  const guint64 *extents = array->extents;

  if (array->rank == 3)
    return NERVE_AXES_NCHW;
  if (array->rank != 4)
    return NERVE_AXES_ND;
  /* Maps are square far more often than they are as high as there are channels. */
  return extents[1] == extents[2] && extents[2] != extents[3] ? NERVE_AXES_NHWC : NERVE_AXES_NCHW;
}

static const char *
reading_of (const NerveArray *array, NerveAxes axes)
{
  if (axes == NERVE_AXES_NHWC)
    return "image × height × width × channel";
  if (axes == NERVE_AXES_NCHW)
    return array->rank == 3 ? "image × height × width, one channel" : "image × channel × height × width";
  return array->rank == 2 ? NULL : "one vector an image";
}

static void
take_layer (Candidate *candidate, NerveContents *contents)
{
  NerveAxes axes = nerve_guess_axes (candidate->array);
  const char *reading = reading_of (candidate->array, axes);
  g_autofree char *shape = nerve_array_describe_shape (candidate->array);

  if (reading != NULL)
    nerve_contents_assume (contents, "%s, %s, is read as %s.", candidate->name, shape, reading);
  nerve_contents_add_layer (contents, candidate->name, g_steal_pointer (&candidate->array), axes);
}

static gboolean
take_labels (NerveGuess *self, gsize n, NerveContents *contents, GError **error)
{
  const Candidate *labels = find_labels (self, n);

  if (labels == NULL)
    {
      nerve_contents_assume (contents, "There are no labels: no list of %" G_GSIZE_FORMAT
                             " whole numbers is named like labels, targets or y.", n);
      return TRUE;
    }
  contents->labels = nerve_values_read (labels->array, labels->name, error);
  nerve_contents_assume (contents, "The labels are %s.", labels->name);
  return contents->labels != NULL;
}

static void
report_left_out (NerveGuess *self, const Candidate *labels, gsize n, NerveContents *contents)
{
  g_autofree char *list = NULL;

  for (guint i = 0; i < self->candidates->len; i++)
    {
      const Candidate *candidate = self->candidates->pdata[i];
      g_autofree char *shape = NULL;

      if (candidate->array == NULL || candidate == labels)
        continue;
      shape = nerve_array_describe_shape (candidate->array);
      nerve_guess_leave_out (self, candidate->name, shape);
    }
  if (self->left_out->len == 0)
    return;
  list = nerve_names_list (self->left_out);
  nerve_contents_assume (contents, "Left out: %s.", list);
}

gboolean
nerve_guess_finish (NerveGuess *self, NerveContents *contents, GError **error)
{
  gsize n = 0;
  const Candidate *labels;

  if (!commonest_extent (self, &n))
    {
      g_autofree char *list = nerve_names_list (self->left_out);

      g_set_error (error, NERVE_ERROR, NERVE_ERROR_NOT_FOUND,
                   "there is no layer in it: no array of numbers with two or more dimensions%s%s",
                   self->left_out->len > 0 ? "; left out: " : "", list);
      return FALSE;
    }
  nerve_contents_assume (contents, "The file does not say what it holds: arrays of %" G_GSIZE_FORMAT
                         " rows are taken as layers, a row an image.", n);
  labels = find_labels (self, n);
  if (!take_labels (self, n, contents, error))
    return FALSE;
  for (guint i = 0; i < self->candidates->len; i++)
    {
      Candidate *candidate = self->candidates->pdata[i];

      if (candidate != labels && candidate->array->n == n && candidate->array->rank >= 2)
        take_layer (candidate, contents);
    }
  report_left_out (self, labels, n, contents);
  if (contents->layers->len > 0)
    return TRUE;
  g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_NOT_FOUND, "there is no layer in it, only labels");
  return FALSE;
}
