#include "base/json.h"

#include "base/error.h"

#define DEEPEST 100

/* Brackets in strings don't count. */
static gboolean
is_too_deep (const char *text, gsize length)
{
  gboolean in_string = FALSE;
  int depth = 0;

  for (gsize i = 0; i < length; i++)
    {
      char c = text[i];

      if (c == '\\')
        i++;
      else if (c == '"')
        in_string = !in_string;
      else if (!in_string && (c == '[' || c == '{') && ++depth > DEEPEST)
        return TRUE;
      else if (!in_string && (c == ']' || c == '}'))
        depth--;
    }

  return FALSE;
}

JsonNode *
nerve_json_parse (const char *text, gsize length, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) cause = NULL;
  JsonNode *root;

  if (is_too_deep (text, length))
    {
      g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_FORMAT, "not JSON: nested too deeply");
      return NULL;
    }
  if (!json_parser_load_from_data (parser, text, length, &cause))
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_FORMAT, "not JSON: %s", g_strchomp (cause->message));
      return NULL;
    }
  root = json_parser_steal_root (parser);
  if (root == NULL)
    g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_FORMAT, "not JSON: there is nothing in it");

  return root;
}
