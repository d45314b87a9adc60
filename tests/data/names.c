#include "data/names.h"

static void
numbers_in_names_count_as_numbers (void)
{
  g_assert_cmpint (nerve_names_compare ("layer2", "layer10"), <, 0);
  g_assert_cmpint (nerve_names_compare ("layer10/a", "layer10/b"), <, 0);
  g_assert_cmpint (nerve_names_compare ("a", "a1"), <, 0);
  g_assert_cmpint (nerve_names_compare ("99999999999999999999999", "100000000000000000000000"), <, 0);
  g_assert_cmpint (nerve_names_compare ("x", "x"), ==, 0);
}

static void
different_names_never_compare_equal (void)
{
  g_assert_cmpint (nerve_names_compare ("a01", "a1"), !=, 0);
  g_assert_cmpint (nerve_names_compare ("a01", "a1"), ==, -nerve_names_compare ("a1", "a01"));
}

static void
a_misspelt_name_finds_its_neighbours (void)
{
  const char *const names[] = { "stage1_block1", "stage1_block2", "logits", "input" };
  g_autofree char *near = nerve_names_near ("stage1_blok2", names, G_N_ELEMENTS (names));
  g_autofree char *part = nerve_names_near ("block1", names, G_N_ELEMENTS (names));
  g_autofree char *other_case = nerve_names_near ("Logits", names, G_N_ELEMENTS (names));
  g_autofree char *far = nerve_names_near ("embedding", names, G_N_ELEMENTS (names));

  g_assert_cmpstr (near, ==, "“stage1_block2”, “stage1_block1”");
  g_assert_cmpstr (part, ==, "“stage1_block1”");
  g_assert_cmpstr (other_case, ==, "“logits”");
  g_assert_null (far);
}

static void
whatever_a_file_holds_becomes_one_line_of_utf8 (void)
{
  g_autofree char *clean = nerve_names_clean ("a\nb\x01\xff", -1);
  g_autofree char *cut = nerve_names_clean ("abc\0def", 7);

  g_assert_true (g_utf8_validate (clean, -1, NULL));
  g_assert_true (g_str_has_prefix (clean, "a b "));
  g_assert_cmpstr (cut, ==, "abc");
}

static void
long_lists_are_cut_short (void)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *list = NULL;

  for (guint i = 0; i < 8; i++)
    g_ptr_array_add (names, (gpointer) "x");
  list = nerve_names_list (names);
  g_assert_cmpstr (list, ==, "x, x, x, x, x and 3 more");
}

static void
commas_part_names_unless_marked (void)
{
  g_auto (GStrv) names = nerve_names_split ("a,b\\,c,,\\d");

  g_assert_cmpuint (g_strv_length (names), ==, 4);
  g_assert_cmpstr (names[0], ==, "a");
  g_assert_cmpstr (names[1], ==, "b,c");
  g_assert_cmpstr (names[2], ==, "");
  g_assert_cmpstr (names[3], ==, "\\d");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/data/names/numbers in names count as numbers", numbers_in_names_count_as_numbers);
  g_test_add_func ("/data/names/different names never compare equal", different_names_never_compare_equal);
  g_test_add_func ("/data/names/a misspelt name finds its neighbours", a_misspelt_name_finds_its_neighbours);
  g_test_add_func ("/data/names/whatever a file holds becomes one line of UTF-8",
                   whatever_a_file_holds_becomes_one_line_of_utf8);
  g_test_add_func ("/data/names/commas part names unless marked", commas_part_names_unless_marked);
  g_test_add_func ("/data/names/long lists are cut short", long_lists_are_cut_short);
  return g_test_run ();
}
