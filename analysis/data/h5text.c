/* Attributes and lists of strings. */
#include "data/h5.h"

#include <string.h>

#include "base/memory.h"
#include "data/names.h"

#define MOST_NUMBERS 64
#define LONGEST_TEXT (1 << 20)

/* A string of fixed length, without what fills it up. */
static char *
get_fixed_string (const char *bytes, gsize size, H5T_str_t padding)
{
  gsize length = strnlen (bytes, size);

  while (padding == H5T_STR_SPACEPAD && length > 0 && bytes[length - 1] == ' ')
    length--;
  return nerve_names_clean (bytes, length);
}

static char **
clean_variable_strings (char **strings, gsize n)
{
  char **clean = g_new0 (char *, n + 1);

  for (gsize i = 0; i < n; i++)
    clean[i] = strings[i] != NULL ? nerve_names_clean (strings[i], -1) : g_strdup ("");
  return clean;
}

/* One of @dataset and @attribute is given, the other is < 0. */
static gboolean
read_raw (hid_t dataset, hid_t attribute, hid_t type, gpointer out)
{
  return (dataset >= 0 ? H5Dread (dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, out)
                       : H5Aread (attribute, type, out)) >= 0;
}

static char **
read_variable_strings (hid_t dataset, hid_t attribute, hid_t type, hid_t space, gsize n, GError **error)
{
  g_autofree char **raw = nerve_memory_new (n, sizeof (char *), "its strings", error);
  char **strings;

  if (raw == NULL)
    return NULL;
  memset (raw, 0, n * sizeof (char *));
  if (!read_raw (dataset, attribute, type, raw))
    {
      nerve_h5_set_error (error, NERVE_ERROR_FORMAT, "can't be read");
      H5Dvlen_reclaim (type, space, H5P_DEFAULT, raw);
      return NULL;
    }
  strings = clean_variable_strings (raw, n);
  H5Dvlen_reclaim (type, space, H5P_DEFAULT, raw);
  return strings;
}

static char **
read_fixed_strings (hid_t dataset, hid_t attribute, hid_t type, gsize n, GError **error)
{
  gsize size = H5Tget_size (type);
  H5T_str_t padding = H5Tget_strpad (type);
  g_autofree char *raw = NULL;
  char **strings;

  if (size == 0 || size > LONGEST_TEXT)
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_FORMAT, "strings of %" G_GSIZE_FORMAT " bytes", size);
      return NULL;
    }
  raw = nerve_memory_new (n, size, "its strings", error);
  if (raw == NULL)
    return NULL;
  if (!read_raw (dataset, attribute, type, raw))
    {
      nerve_h5_set_error (error, NERVE_ERROR_FORMAT, "can't be read");
      return NULL;
    }
  strings = g_new0 (char *, n + 1);
  for (gsize i = 0; i < n; i++)
    strings[i] = get_fixed_string (raw + i * size, size, padding);
  return strings;
}

static char **
read_strings (hid_t dataset, hid_t attribute, hid_t type, hid_t space, gsize n, GError **error)
{
  if (H5Tis_variable_str (type) > 0)
    return read_variable_strings (dataset, attribute, type, space, n, error);
  return read_fixed_strings (dataset, attribute, type, n, error);
}

/* The shortest text that gives the number back, as stored. */
static char *
format_double (double value, gboolean single)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  for (int digits = 6; digits <= 17; digits++)
    {
      char format[8];
      double back;

      g_snprintf (format, sizeof format, "%%.%dg", digits);
      g_ascii_formatd (text, sizeof text, format, value);
      back = g_ascii_strtod (text, NULL);
      if (back == value || (single && (float) back == (float) value))
        break;
    }
  return g_strdup (text);
}

static gboolean
is_truth_value (hid_t type)
{
  g_auto (NerveHid) base = H5I_INVALID_HID;

  if (H5Tget_class (type) != H5T_ENUM || H5Tget_nmembers (type) != 2)
    return FALSE;
  base = H5Tget_super (type);
  return H5Tget_size (base) == 1;
}

static char *
read_integer_texts (hid_t attribute, hid_t type, gsize n)
{
  g_autofree gint64 *numbers = g_new0 (gint64, n);
  g_auto (NerveHid) memory_type = H5I_INVALID_HID;
  GString *text;

  /* An enumeration is read as what it is made of. */
  if (H5Tget_class (type) == H5T_ENUM)
    {
      g_auto (NerveHid) base = H5Tget_super (type);
      gint8 *bytes = (gint8 *) numbers;

      if (H5Tget_size (base) != 1 || H5Aread (attribute, type, bytes) < 0)
        return NULL;
      for (gsize i = n; i-- > 0;)
        numbers[i] = bytes[i];
    }
  else if (H5Aread (attribute, H5T_NATIVE_INT64, numbers) < 0)
    return NULL;

  text = g_string_new (NULL);
  for (gsize i = 0; i < n; i++)
    if (is_truth_value (type))
      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", numbers[i] != 0 ? "true" : "false");
    else
      g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? ", " : "", numbers[i]);
  return g_string_free (text, FALSE);
}

static char *
read_float_texts (hid_t attribute, hid_t type, gsize n)
{
  g_autofree double *numbers = g_new0 (double, n);
  GString *text;

  if (H5Aread (attribute, H5T_NATIVE_DOUBLE, numbers) < 0)
    return NULL;
  text = g_string_new (NULL);
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *number = format_double (numbers[i], H5Tget_size (type) <= 4);

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", number);
    }
  return g_string_free (text, FALSE);
}

static char *
read_texts (hid_t attribute, hid_t type, hid_t space, gsize n, GError **error)
{
  g_auto (GStrv) strings = read_strings (H5I_INVALID_HID, attribute, type, space, n, error);

  return strings != NULL ? g_strjoinv (", ", strings) : NULL;
}

static char *
read_attribute (hid_t attribute, GError **error)
{
  g_auto (NerveHid) type = H5Aget_type (attribute);
  g_auto (NerveHid) space = H5Aget_space (attribute);
  hssize_t n = H5Sget_simple_extent_npoints (space);
  H5T_class_t class = H5Tget_class (type);
  char *text;

  if (n < 1 || n > MOST_NUMBERS || (class != H5T_STRING && class != H5T_INTEGER && class != H5T_ENUM
                                    && class != H5T_FLOAT))
    return NULL;
  if (class == H5T_STRING)
    return read_texts (attribute, type, space, n, error);

  text = class == H5T_FLOAT ? read_float_texts (attribute, type, n) : read_integer_texts (attribute, type, n);
  if (text == NULL)
    nerve_h5_set_error (error, NERVE_ERROR_FORMAT, "can't be read");
  return text;
}

char *
nerve_h5_get_attribute (hid_t object, const char *name, GError **error)
{
  NERVE_H5_ENTER;
  g_auto (NerveHid) attribute = H5I_INVALID_HID;
  g_autoptr (GError) local_error = NULL;
  char *text;

  if (H5Aexists (object, name) <= 0)
    return NULL;
  attribute = H5Aopen (object, name, H5P_DEFAULT);
  if (attribute < 0)
    {
      nerve_h5_set_error (error, NERVE_ERROR_FORMAT, "attribute %s: can't be opened", name);
      return NULL;
    }
  text = read_attribute (attribute, &local_error);
  if (local_error != NULL)
    g_propagate_prefixed_error (error, g_steal_pointer (&local_error), "attribute %s: ", name);
  return text;
}

static herr_t
keep_attribute_name (hid_t object, const char *name, const H5A_info_t *info, void *user_data)
{
  g_ptr_array_add (user_data, g_strdup (name));
  return 0;
}

gboolean
nerve_h5_get_attributes (hid_t object, GHashTable *out, GError **error)
{
  NERVE_H5_ENTER;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  hsize_t place = 0;

  if (H5Aiterate2 (object, H5_INDEX_NAME, H5_ITER_INC, &place, keep_attribute_name, names) < 0)
    return nerve_h5_set_error (error, NERVE_ERROR_FORMAT, "the attributes can't be listed");
  for (guint i = 0; i < names->len; i++)
    {
      g_autoptr (GError) local_error = NULL;
      g_autofree char *text = nerve_h5_get_attribute (object, names->pdata[i], &local_error);

      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      if (text != NULL)
        g_hash_table_insert (out, nerve_names_clean (names->pdata[i], -1), g_steal_pointer (&text));
    }
  return TRUE;
}

static gboolean
get_list_length (hid_t space, gsize *n)
{
  hsize_t extents[H5S_MAX_RANK] = { 0 };
  int rank = H5Sget_simple_extent_ndims (space);

  if (rank < 1 || rank > 2 || H5Sget_simple_extent_dims (space, extents, NULL) < 0 || extents[0] > G_MAXINT32
      || (rank == 2 && extents[1] != 1))
    return FALSE;
  *n = extents[0];
  return TRUE;
}

NerveValues *
nerve_h5_read_strings (NerveFile *file, hid_t dataset, const char *name, GError **error)
{
  NERVE_H5_ENTER;
  g_auto (NerveHid) type = H5Dget_type (dataset);
  g_auto (NerveHid) space = H5Dget_space (dataset);
  char **strings;
  gsize n = 0;

  if (H5Tget_class (type) != H5T_STRING)
    return NULL;
  if (!get_list_length (space, &n))
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_SHAPE, "%s: not a list of strings", name);
      return NULL;
    }
  /* What is not in the file can't be read from it; compressed blanks may be a thousand times shorter. */
  if (n / 1024 > file->size)
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_FORMAT, "%s: %" G_GSIZE_FORMAT " strings can't be in this file",
                   name, n);
      return NULL;
    }
  strings = read_strings (dataset, H5I_INVALID_HID, type, space, n, error);
  if (strings == NULL)
    {
      g_prefix_error (error, "%s: ", name);
      return NULL;
    }
  return nerve_values_new_strings (name, strings);
}
