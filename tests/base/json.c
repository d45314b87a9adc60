#include "base/json.h"

#include "base/error.h"

static void
what_is_json_is_read (void)
{
  const char text[] = "{\"a\": [1, 2.5, \"[[[\\\"[\"], \"b\": null}";
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = nerve_json_parse (text, sizeof text - 1, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (json_node_get_object (root), "a")), ==, 3);
}

static void
what_is_not_says_so (void)
{
  const char *texts[] = { "", " ", "{", "[1,2", "{\"a\": }", "{\"a", "]", "\\", "nope" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (nerve_json_parse (texts[i], strlen (texts[i]), &error));
      g_assert_error (error, NERVE_ERROR, NERVE_ERROR_FORMAT);
      g_assert_null (strchr (error->message, '\n'));
    }
}

/* A parser that calls itself for each of them runs out of stack. */
static void
a_million_brackets_are_refused (void)
{
  g_autofree char *text = g_strnfill (1000000, '[');
  g_autoptr (GError) error = NULL;

  g_assert_null (nerve_json_parse (text, 1000000, &error));
  g_assert_error (error, NERVE_ERROR, NERVE_ERROR_FORMAT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/json/what is json is read", what_is_json_is_read);
  g_test_add_func ("/base/json/what is not says so", what_is_not_says_so);
  g_test_add_func ("/base/json/a million brackets are refused", a_million_brackets_are_refused);

  return g_test_run ();
}
