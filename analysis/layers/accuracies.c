#include "layers/accuracies.h"

#include <errno.h>
#include <math.h>
#include <string.h>

typedef struct
{
  double   value;
  gboolean is_used;
} Accuracy;

struct _NerveAccuracies
{
  GHashTable *values; /* of Accuracy by name */
  GPtrArray  *names;  /* in the table's order; owned by values */
};

void
nerve_accuracies_free (NerveAccuracies *self)
{
  g_ptr_array_unref (self->names);
  g_hash_table_unref (self->values);
  g_free (self);
}

/* The field at *@text up to a comma or the end, quotes taken off; NULL if a quote stays open. */
static char *
take_field (const char **text)
{
  GString *field = g_string_new (NULL);
  const char *at = *text;
  gboolean is_quoted;

  while (*at == ' ' || *at == '\t')
    at++;
  is_quoted = *at == '"';
  for (at += is_quoted; *at != '\0' && (is_quoted || *at != ','); at++)
    {
      if (is_quoted && *at == '"')
        {
          if (at[1] != '"')
            break;
          at++;
        }
      g_string_append_c (field, *at);
    }
  if (is_quoted && *at != '"')
    {
      g_string_free (field, TRUE);
      return NULL;
    }
  for (at += is_quoted; *at == ' ' || *at == '\t' || *at == '\r'; at++)
    ;
  *text = at;

  return is_quoted ? g_string_free (field, FALSE) : g_strstrip (g_string_free (field, FALSE));
}

static gboolean
parse_number (const char *text, double *value)
{
  char *end;

  *value = g_ascii_strtod (text, &end);

  return end != text && *end == '\0';
}

static gboolean
add (NerveAccuracies *self, char *name, double value, guint line, GError **error)
{
  Accuracy *accuracy;

  if (!isfinite (value) || g_hash_table_contains (self->values, name))
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_VALUE,
                   isfinite (value) ? "line %u: a second accuracy of “%s”"
                                    : "line %u: the accuracy of “%s” is not a finite number", line, name);
      g_free (name);
      return FALSE;
    }

  accuracy = g_new (Accuracy, 1);
  *accuracy = (Accuracy) { value, FALSE };
  g_hash_table_insert (self->values, name, accuracy);
  g_ptr_array_add (self->names, name);

  return TRUE;
}

static gboolean
parse_line (NerveAccuracies *self, const char *text, guint line, GError **error)
{
  g_autofree char *name = NULL;
  g_autofree char *number = NULL;
  double value;

  name = take_field (&text);
  if (name != NULL && *text == ',')
    {
      text++;
      number = take_field (&text);
    }
  if (name == NULL || number == NULL || *text != '\0' || *name == '\0')
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_FORMAT, "line %u: not “model,accuracy”", line);
      return FALSE;
    }
  if (!parse_number (number, &value))
    {
      /* A header. */
      if (line == 1)
        return TRUE;
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_FORMAT, "line %u: “%s” is not a number", line, number);
      return FALSE;
    }

  return add (self, g_steal_pointer (&name), value, line, error);
}

gboolean
nerve_accuracies_parse_list (const char *text, guint n, double *values, GError **error)
{
  g_auto (GStrv) fields = g_strsplit (text, ",", -1);

  if (g_strv_length (fields) != n)
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER, "“%s” has %u values, not one for each of %u models", text,
                   g_strv_length (fields), n);
      return FALSE;
    }
  for (guint i = 0; i < n; i++)
    {
      g_strstrip (fields[i]);
      values[i] = NAN;
      if (*fields[i] != '\0' && (!parse_number (fields[i], &values[i]) || !isfinite (values[i])))
        {
          g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER, "“%s” is not a finite number", fields[i]);
          return FALSE;
        }
    }

  return TRUE;
}

NerveAccuracies *
nerve_accuracies_parse (const char *text, GError **error)
{
  g_autoptr (NerveAccuracies) self = g_new0 (NerveAccuracies, 1);
  g_auto (GStrv) lines = NULL;

  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->names = g_ptr_array_new ();
  if (g_str_has_prefix (text, "\xef\xbb\xbf"))
    text += 3;
  if (!g_utf8_validate (text, -1, NULL))
    {
      g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_FORMAT, "not a text in UTF-8");
      return NULL;
    }
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_strchomp (lines[i]);
      if (*lines[i] != '\0' && !parse_line (self, lines[i], i + 1, error))
        return NULL;
    }
  if (self->names->len == 0)
    {
      g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_FORMAT, "no line “model,accuracy” is in it");
      return NULL;
    }

  return g_steal_pointer (&self);
}

NerveAccuracies *
nerve_accuracies_read (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) cause = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, &cause))
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_OPEN, "%s",
                   g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_NOENT) ? "no such file or directory"
                   : g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_ISDIR) ? "is a folder, not a file"
                                                                               : cause->message);
      return NULL;
    }
  if (strlen (text) != length)
    {
      g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_FORMAT, "not a text");
      return NULL;
    }

  return nerve_accuracies_parse (text, error);
}

double
nerve_accuracies_find (NerveAccuracies *self, const char *model, const char *path)
{
  Accuracy *accuracy = g_hash_table_lookup (self->values, model);

  if (accuracy == NULL)
    {
      g_autofree char *stem = g_path_get_basename (path);
      char *dot = strrchr (stem, '.');

      if (dot != NULL && dot != stem)
        *dot = '\0';
      accuracy = g_hash_table_lookup (self->values, stem);
    }
  if (accuracy == NULL)
    return NAN;

  accuracy->is_used = TRUE;
  return accuracy->value;
}

GPtrArray *
nerve_accuracies_get_unused (NerveAccuracies *self)
{
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; i < self->names->len; i++)
    {
      char *name = g_ptr_array_index (self->names, i);

      if (!((Accuracy *) g_hash_table_lookup (self->values, name))->is_used)
        g_ptr_array_add (names, name);
    }

  return names;
}

double
nerve_accuracies_of_dataset (NerveDataset *dataset)
{
  static const char * const attributes[] = { "transfer_accuracy", "test_accuracy" };

  for (guint i = 0; i < G_N_ELEMENTS (attributes); i++)
    {
      const char *text = nerve_dataset_get_attribute (dataset, attributes[i]);
      double value;

      if (text != NULL && parse_number (text, &value) && isfinite (value))
        return value;
    }

  return NAN;
}
