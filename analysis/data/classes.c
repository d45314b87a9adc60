#include "data/classes.h"

#include <stdlib.h>

#include "base/error.h"

/* The classes while labels are looked up: names, or numbers that are not their own positions. */
typedef struct
{
  char      **names;
  gsize       n;
  GArray     *numbers;   /* of gint64, ascending; NULL: number i is position i */
  GHashTable *positions; /* name → position + 1 */
} Key;

static void
key_clear (Key *key)
{
  g_strfreev (key->names);
  g_clear_pointer (&key->numbers, g_array_unref);
  g_clear_pointer (&key->positions, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Key, key_clear)

static int
compare_integers (gconstpointer a, gconstpointer b)
{
  gint64 p = *(const gint64 *) a;
  gint64 q = *(const gint64 *) b;

  return (p > q) - (p < q);
}

static int
compare_strings (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static void
key_set_names (Key *key, char **names)
{
  key->names = names;
  key->n = g_strv_length (names);
  key->positions = g_hash_table_new (g_str_hash, g_str_equal);
  for (gsize i = key->n; i-- > 0;)
    g_hash_table_insert (key->positions, names[i], GSIZE_TO_POINTER (i + 1));
}

static char **
texts_of (const NerveValues *values)
{
  char **texts = g_new0 (char *, values->n + 1);

  for (gsize i = 0; i < values->n; i++)
    texts[i] = nerve_values_get_text (values, i);
  return texts;
}

static char **
count_up (gsize n)
{
  char **names = g_new0 (char *, n + 1);

  for (gsize i = 0; i < n; i++)
    names[i] = g_strdup_printf ("%" G_GSIZE_FORMAT, i);
  return names;
}

/* The different entries of two lists of strings, sorted. */
static char **
different_strings (const NerveValues *a, const NerveValues *b)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  const NerveValues *both[] = { a, b };

  for (guint k = 0; k < 2; k++)
    for (gsize i = 0; both[k] != NULL && both[k]->strings != NULL && i < both[k]->n; i++)
      if (both[k]->strings[i][0] != '\0' && g_hash_table_add (seen, both[k]->strings[i]))
        g_ptr_array_add (found, g_strdup (both[k]->strings[i]));
  g_ptr_array_sort (found, compare_strings);
  g_ptr_array_add (found, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&found), FALSE);
}

static GArray *
different_integers (const NerveValues *a, const NerveValues *b)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_int64_hash, g_int64_equal);
  GArray *found = g_array_new (FALSE, FALSE, sizeof (gint64));
  const NerveValues *both[] = { a, b };

  for (guint k = 0; k < 2; k++)
    for (gsize i = 0; both[k] != NULL && both[k]->integers != NULL && i < both[k]->n; i++)
      if (both[k]->integers[i] >= 0 && g_hash_table_add (seen, &both[k]->integers[i]))
        g_array_append_val (found, both[k]->integers[i]);
  g_array_sort (found, compare_integers);
  return found;
}

static void
key_init (Key *key, const NerveValues *names, gsize n_known, const NerveValues *a, const NerveValues *b)
{
  if (names != NULL)
    key_set_names (key, texts_of (names));
  else if (n_known > 0)
    key_set_names (key, count_up (n_known));
  else if (a->strings != NULL || (b != NULL && b->strings != NULL))
    key_set_names (key, different_strings (a, b));
  else
    {
      char **texts;

      key->numbers = different_integers (a, b);
      texts = g_new0 (char *, key->numbers->len + 1);
      for (guint i = 0; i < key->numbers->len; i++)
        texts[i] = g_strdup_printf ("%" G_GINT64_FORMAT, g_array_index (key->numbers, gint64, i));
      key_set_names (key, texts);
    }
}

/* FALSE: no such class. */
static gboolean
key_find (const Key *key, const NerveValues *values, gsize i, int *position)
{
  gsize found = key->n;

  *position = -1;
  if (values->strings != NULL)
    {
      if (values->strings[i][0] == '\0')
        return TRUE;
      found = GPOINTER_TO_SIZE (g_hash_table_lookup (key->positions, values->strings[i])) - 1;
    }
  else if (values->integers[i] < 0)
    return TRUE;
  else if (key->numbers != NULL)
    {
      const gint64 *number = key->n == 0 ? NULL
                                         : bsearch (&values->integers[i], key->numbers->data, key->n, sizeof (gint64),
                                                    compare_integers);

      if (number != NULL)
        found = number - (gint64 *) key->numbers->data;
    }
  else
    found = MIN ((guint64) values->integers[i], key->n);

  if (found >= key->n)
    return FALSE;
  *position = (int) found;
  return TRUE;
}

static gboolean
check_length (const NerveValues *values, gsize n, const char *what, GError **error)
{
  if (values->n == n)
    return TRUE;

  g_set_error (error, NERVE_ERROR, NERVE_ERROR_SHAPE,
               "%s: %" G_GSIZE_FORMAT " entries where there are %" G_GSIZE_FORMAT " %s", values->name, values->n, n,
               what);
  return FALSE;
}

static gboolean
set_range_error (const NerveValues *values, gsize i, const char *owner, gsize n, const char *kind, GError **error)
{
  g_autofree char *text = nerve_values_get_text (values, i);

  g_set_error (error, NERVE_ERROR, NERVE_ERROR_VALUE,
               "%s: %s %" G_GSIZE_FORMAT " has “%s”, which is none of the %" G_GSIZE_FORMAT " %s", values->name, owner,
               i, text, n, kind);
  return FALSE;
}

static int *
map_labels (const Key *key, const NerveValues *values, gsize n, GError **error)
{
  g_autofree int *labels = NULL;

  if (!check_length (values, n, "images", error))
    return NULL;
  labels = g_new (int, MAX (n, 1));
  for (gsize i = 0; i < n; i++)
    if (!key_find (key, values, i, &labels[i]))
      {
        set_range_error (values, i, "image", key->n, "classes", error);
        return NULL;
      }
  return g_steal_pointer (&labels);
}

static gboolean
level_init (NerveClassLevel *self, const NerveValues *groups, const NerveValues *names, gsize n_classes, GError **error)
{
  g_auto (Key) key = { 0 };

  if (!check_length (groups, n_classes, "classes", error))
    return FALSE;
  key_init (&key, names, 0, groups, NULL);
  self->groups = g_new0 (guint, n_classes + 1);
  for (gsize i = 0; i < n_classes; i++)
    {
      int position;

      /* A tree has a place for every class. */
      if (!key_find (&key, groups, i, &position) || position < 0)
        return set_range_error (groups, i, "class", key.n, "groups", error);
      self->groups[i] = position;
    }
  self->n_groups = key.n;
  self->names = g_steal_pointer (&key.names);
  return TRUE;
}

gboolean
nerve_classes_init (NerveClasses *self, const NerveClassValues *values, gsize n, GError **error)
{
  g_auto (Key) key = { 0 };
  gsize n_known = values->n_levels > 0 ? values->level_groups[0]->n : 0;

  if (values->labels == NULL)
    return TRUE;

  key_init (&key, values->class_names, n_known, values->labels, values->predictions);
  self->labels = map_labels (&key, values->labels, n, error);
  if (self->labels == NULL)
    return FALSE;
  if (values->predictions != NULL)
    {
      self->predictions = map_labels (&key, values->predictions, n, error);
      if (self->predictions == NULL)
        return FALSE;
    }

  self->levels = g_new0 (NerveClassLevel, values->n_levels + 1);
  for (guint i = 0; i < values->n_levels; i++)
    {
      self->n_levels = i + 1;
      if (!level_init (&self->levels[i], values->level_groups[i], values->level_names[i], key.n, error))
        return FALSE;
    }
  self->n_classes = key.n;
  self->is_named = values->class_names != NULL;
  self->names = g_steal_pointer (&key.names);
  return TRUE;
}

void
nerve_classes_clear (NerveClasses *self)
{
  for (guint i = 0; i < self->n_levels; i++)
    {
      g_strfreev (self->levels[i].names);
      g_free (self->levels[i].groups);
    }
  g_clear_pointer (&self->levels, g_free);
  g_clear_pointer (&self->labels, g_free);
  g_clear_pointer (&self->predictions, g_free);
  g_clear_pointer (&self->names, g_strfreev);
}
