#include "data/golden.h"

#include <locale.h>
#include <math.h>
#include <string.h>

static NerveDataset *
open_text (const char *text)
{
  char *path = golden_write ("points.csv", text, strlen (text));
  g_autoptr (GError) error = NULL;
  NerveDataset *dataset = nerve_dataset_open (path, &error);

  g_assert_no_error (error);
  golden_remove (path);
  return dataset;
}

/* Three rows: 1 2.5, -3 4e2, nan inf. */
static void
check_text (const char *text)
{
  g_autoptr (NerveDataset) dataset = open_text (text);
  const NerveLayer *info = nerve_dataset_get_layer (dataset, 0);
  g_autoptr (GError) error = NULL;
  double rows[6];

  g_assert_cmpstr (info->name, ==, "points");
  g_assert_true (info->n == 3 && info->channels == 2 && info->is_vector);
  nerve_dataset_read_rows (dataset, 0, 0, 3, rows, &error);
  g_assert_no_error (error);
  g_assert_true (rows[0] == 1 && rows[1] == 2.5 && rows[2] == -3 && rows[3] == 400 && isnan (rows[4])
                 && rows[5] == INFINITY);
}

static void
any_usual_delimiter_will_do (void)
{
  check_text ("1,2.5\n-3,4e2\nnan,inf\n");
  check_text ("1;2.5\n-3;4e2\nNaN;Infinity");
  check_text ("1\t2.5\r\n-3\t4e2\r\nnan\tinf\r\n");
  check_text ("  1   2.5 \n-3 4e2\n nan inf");
  check_text (" 1 , 2.5\n-3 ,4e2 \n nan,inf\n");
}

static void
a_header_is_not_needed (void)
{
  check_text ("x,y\n1,2.5\n-3,4e2\nnan,inf\n");
  check_text ("\xef\xbb\xbfx,y\n1,2.5\n-3,4e2\nnan,inf\n");
  check_text ("\xef\xbb\xbf" "1,2.5\n-3,4e2\nnan,inf\n");
  check_text ("# made by hand\n\n1 2.5\n# half-way\n-3 4e2\n\nnan inf\n\n");
}

static void
cells_may_stand_in_quotes (void)
{
  check_text ("\"a,x\",b\n1,2.5\n-3,4e2\nnan,inf\n");
  check_text ("\"1\",\"2.5\"\n\"-3\", \"4e2\" \r\nnan,\"inf\"\n");
  check_text ("\"a \"\"b\"\"\" c\n1 \"2.5\"\n-3 4e2\nnan inf\n");
}

static void
the_row_numbers_of_pandas_are_left_out (void)
{
  g_autoptr (NerveDataset) dataset = open_text (",x,y\n0,1,2.5\n1,-3,4e2\n");

  check_text (",x,y\n0,1,2.5\n1,-3,4e2\n2,nan,inf\n");
  check_text (",0,1\n0,1,2.5\n1,-3,4e2\n2,nan,inf\n");
  g_assert_nonnull (strstr (nerve_dataset_get_assumptions (dataset)[1], "left out"));
}

static void
another_language_changes_nothing (void)
{
  g_autofree char *before = g_strdup (setlocale (LC_NUMERIC, NULL));

  if (setlocale (LC_NUMERIC, "de_DE.UTF-8") == NULL)
    {
      g_test_skip ("no German locale here");
      return;
    }
  check_text ("1,2.5\n-3,4e2\nnan,inf\n");
  setlocale (LC_NUMERIC, before);
}

static void
rows_of_a_long_table_are_found_in_any_order (void)
{
  GString *text = g_string_new ("# line 1\n");
  const gsize n = 600000;
  g_autoptr (NerveDataset) dataset = NULL;
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < n; i++)
    {
      char line[32];

      g_snprintf (line, sizeof line, "%s%" G_GSIZE_FORMAT ".5\n", i % 1000 == 0 ? "\n" : "", i);
      g_string_append (text, line);
    }
  dataset = open_text (text->str);
  g_string_free (text, TRUE);
  g_assert_cmpuint (nerve_dataset_get_n (dataset), ==, n);
  g_assert_cmpuint (nerve_dataset_get_block_rows (dataset, 0), <, n);
  for (gsize step = 0; step < 50; step++)
    {
      gsize row = (step * 7919 * 31) % n;
      double value = 0;

      nerve_dataset_read_rows (dataset, 0, row, 1, &value, &error);
      g_assert_no_error (error);
      g_assert_cmpfloat (value, ==, row + 0.5);
    }
}

static void
check_refused (const char *text, gsize length, int code, const char *words)
{
  char *path = golden_write ("bad.csv", text, length);

  golden_check_path_refused (path, code, words);
  golden_remove (path);
}

static void
what_is_no_table_is_refused (void)
{
  check_refused ("1,2\n3\n", 6, NERVE_ERROR_SHAPE, "line 2: 1 columns where the first has 2");
  check_refused ("1,,3\n4,5,6\n", 11, NERVE_ERROR_FORMAT, "line 1: numbers, but not in every column");
  check_refused ("a,2,3\n4,5,6\n", 12, NERVE_ERROR_FORMAT, "line 1: numbers, but not in every column");
  check_refused ("\"1,2\n3,4\n", 9, NERVE_ERROR_FORMAT, "line 1: numbers, but not in every column");
  check_refused ("x,y\n", 4, NERVE_ERROR_SHAPE, "no rows");
  check_refused ("# nothing\n\n", 11, NERVE_ERROR_SHAPE, "no numbers");
  check_refused ("Dear reader,\nthis is no table.\n", 31, NERVE_ERROR_FORMAT, "line 2: not a table of numbers");
  check_refused ("1,2\n\0,3\n", 8, NERVE_ERROR_FORMAT, "line 2: no text");
}

static void
a_word_among_numbers_is_found_when_read (void)
{
  g_autoptr (NerveDataset) dataset = open_text ("x,y\n1,2\n3,four\n");
  g_autoptr (NerveDataset) gap = open_text ("1,2\n3,\n");

  golden_check_unreadable (dataset, "points", NERVE_ERROR_FORMAT, "line 3, column 2: “four” is no number");
  golden_check_unreadable (gap, "points", NERVE_ERROR_FORMAT, "line 2, column 2: “” is no number");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/data/table/any usual delimiter will do", any_usual_delimiter_will_do);
  g_test_add_func ("/data/table/a header is not needed", a_header_is_not_needed);
  g_test_add_func ("/data/table/cells may stand in quotes", cells_may_stand_in_quotes);
  g_test_add_func ("/data/table/the row numbers of pandas are left out", the_row_numbers_of_pandas_are_left_out);
  g_test_add_func ("/data/table/another language changes nothing", another_language_changes_nothing);
  g_test_add_func ("/data/table/rows of a long table are found in any order",
                   rows_of_a_long_table_are_found_in_any_order);
  g_test_add_func ("/data/table/what is no table is refused", what_is_no_table_is_refused);
  g_test_add_func ("/data/table/a word among numbers is found when read", a_word_among_numbers_is_found_when_read);
  return g_test_run ();
}
