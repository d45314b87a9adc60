#include "figures/export-svg.h"

#include <string.h>

static gboolean
renumber (const GMatchInfo *match, GString *out, gpointer user_data)
{
  GHashTable *numbers = user_data;
  char *name = g_match_info_fetch (match, 0);
  char *kind = g_match_info_fetch (match, 1);
  gpointer number;

  if (!g_hash_table_lookup_extended (numbers, name, NULL, &number))
    {
      number = GUINT_TO_POINTER (g_hash_table_size (numbers));
      g_hash_table_insert (numbers, g_strdup (name), number);
    }
  g_string_append_printf (out, "%s%u", kind, GPOINTER_TO_UINT (number));
  g_free (kind);
  g_free (name);

  return FALSE;
}

void
nerve_svg_renumber (GByteArray *svg)
{
  g_autoptr (GRegex) regex = g_regex_new ("\\b(surface|image|source-)[0-9]+\\b", G_REGEX_RAW, 0, NULL);
  g_autoptr (GHashTable) numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *text = g_regex_replace_eval (regex, (const char *) svg->data, svg->len, 0, 0, renumber, numbers,
                                                NULL);

  g_return_if_fail (text != NULL);

  g_byte_array_set_size (svg, 0);
  g_byte_array_append (svg, (const guint8 *) text, strlen (text));
}

void
nerve_svg_add_metadata (GByteArray *svg, const char *title, const char *description, const char *program)
{
  const char *text = (const char *) svg->data;
  const char *tag = g_strstr_len (text, svg->len, "<svg");
  const char *end = tag != NULL ? memchr (tag, '>', svg->len - (tag - text)) : NULL;
  g_autofree char *added = NULL;
  g_autoptr (GByteArray) rest = g_byte_array_new ();

  g_return_if_fail (end != NULL);

  g_byte_array_append (rest, (const guint8 *) end + 1, svg->len - (end + 1 - text));
  g_byte_array_set_size (svg, end + 1 - text);
  added = g_markup_printf_escaped ("\n<title>%s</title>\n<desc>%s</desc>\n<metadata>%s: %s</metadata>", title,
                                   description, program, description);
  g_byte_array_append (svg, (const guint8 *) added, strlen (added));
  g_byte_array_append (svg, rest->data, rest->len);
}
