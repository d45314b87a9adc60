#include "cli/spawn.h"

#include <math.h>

/* A square of side 1 whose diagonals are 1.5 long. */
#define SQUARE "dimension,birth,death\n0,0,1\n0,0,1\n0,0,1\n0,0,inf\n1,1,1.5\n"
#define OPTIONS "persistence % --distance-matrix "

static char *
write_text (const char *folder, const char *name, const char *text)
{
  char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));

  return path;
}

static void
assert_bars (const char *options, const char *file, const char *expected)
{
  g_autofree char *arguments = g_strconcat (OPTIONS, options, NULL);
  g_auto (Run) run = { 0 };
  g_autofree char *text = NULL;

  run_well (&run, arguments, file);
  text = run_text (&run);
  g_assert_cmpstr (text, ==, expected);
}

static void
a_matrix_is_read_in_all_its_forms (void)
{
  const char *texts[] = {
    "0,1,1.5,1\n1,0,1,1.5\n1.5,1,0,1\n1,1.5,1,0\n",
    "0 1 1.5 1\r\n1 0 1 1.5\r\n\r\n1.5 1 0 1\r\n1 1.5 1 0",
    "0;1;1.5;1\n1;0;1;1.5\n1.5;1;0;1\n1;1.5;1;0\n",
    "1\n1.5,1\n1,1.5,1\n",
    "\n1,\n1.5,1,\n1,1.5,1,\n",
    "1 1.5 1 1 1.5 1",
  };
  const double values[] = { 0, 1, 1.5, 1, 1, 0, 1, 1.5, 1.5, 1, 0, 1, 1, 1.5, 1, 0 };
  char *folder = make_folder ();
  g_autofree char *npy = write_npy (folder, "m.npy", "(4, 4)", values, 16);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *file = write_text (folder, "m.csv", texts[i]);

      assert_bars ("", file, SQUARE);
    }
  assert_bars ("", npy, SQUARE);
  assert_bars ("--threshold 1", npy, "dimension,birth,death\n0,0,1\n0,0,1\n0,0,1\n0,0,inf\n1,1,inf\n");
  assert_bars ("--max-dim 0 --threshold 0.9", npy, "dimension,birth,death\n0,0,inf\n0,0,inf\n0,0,inf\n0,0,inf\n");
  remove_folder (folder);
}

static void
few_equal_and_unreachable_points_are_points (void)
{
  const struct { const char *text; const char *bars; } cases[] = {
    { "0", "0,0,inf\n" },
    { "3", "0,0,3\n0,0,inf\n" },
    { "0,3\n3,0\n", "0,0,3\n0,0,inf\n" },
    { "0,inf\ninf,0\n", "0,0,inf\n0,0,inf\n" },
    { "0 0 0\n0 0 0\n0 0 0\n", "0,0,inf\n" },
    { "0\n2,2\n", "0,0,2\n0,0,inf\n" },
    { "1\ninf,1\n1,inf,1\n", "0,0,1\n0,0,1\n0,0,1\n0,0,inf\n1,1,inf\n" },
  };
  char *folder = make_folder ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *file = write_text (folder, "m.csv", cases[i].text);
      g_autofree char *expected = g_strconcat ("dimension,birth,death\n", cases[i].bars, NULL);

      assert_bars ("", file, expected);
      assert_bars ("--max-dim 3", file, expected);
    }
  remove_folder (folder);
}

static void
what_is_no_matrix_of_distances_is_refused (void)
{
  const struct { const char *text; const char *message; } cases[] = {
    { "0,1,2\n1,0,nan\n2,1,0\n", "the distance in row 1, column 2 (counted from 0) is not a number (NaN)" },
    { "0,1,2\n1,0,1\nnan,1,0\n", "the distance in row 2, column 0 (counted from 0) is not a number (NaN)" },
    { "0,-1,2\n-1,0,1\n2,1,0\n", "the distance in row 1, column 0 (counted from 0) is negative (-1)" },
    { "0,1,2\n1,0,-3\n2,1,0\n", "the distance in row 1, column 2 (counted from 0) is negative (-3)" },
    { "0,1,2\n1,0,1\n2.5,1,0\n", "not symmetric: 2.5 in row 2, column 0 (counted from 0), but 2 the other way round" },
    { "0,1,2\n1,0.5,1\n2,1,0\n",
      "the distance of point 1 (counted from 0) to itself is 0.5: the diagonal must be zero" },
    { "1\n1,-2\n", "the distance in row 2, column 1 (counted from 0) is negative (-2)" },
    { "1\nnan,2\n", "the distance in row 2, column 0 (counted from 0) is not a number (NaN)" },
    { "0,1\n1,0\n2,1\n1,1\n", "8 numbers in 4 lines are neither a square matrix nor the lower triangle of one" },
    { "0,1,2\n1,0,x3\n2,1,0\n", "line 2: “x3” is no number" },
    { "0\n1,0\n2,1,0\n", "every line ends in 0: that is the diagonal, which a lower triangle leaves out" },
    { "0,1\n1.0000000000000002,0\n",
      "not symmetric: 1.0000000000000002 in row 1, column 0 (counted from 0), but 1 the other way round" },
    { "0,inf\n3,0\n", "not symmetric: 3 in row 1, column 0 (counted from 0), but inf the other way round" },
    { "0,-inf\n-inf,0\n", "the distance in row 1, column 0 (counted from 0) is negative (-inf)" },
    { "\n\n", "no numbers in it" },
    { "", "the file is empty" },
  };
  const double wide[] = { 0, 1, 2, 1, 0, 1 };
  const double skew[] = { 0, 1, 2, 0 };
  const double hole[] = { 0, 1, 2, 1, 0, NAN, 2, NAN, 0 };
  char *folder = make_folder ();
  g_autofree char *npy = write_npy (folder, "wide.npy", "(2, 3)", wide, 6);
  g_autofree char *other = write_npy (folder, "skew.npy", "(2, 2)", skew, 4);
  g_autofree char *holed = write_npy (folder, "hole.npy", "(3, 3)", hole, 9);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *file = write_text (folder, "m.csv", cases[i].text);

      run_badly (OPTIONS, file, 1, "nerve-cli: ", cases[i].message);
    }
  run_badly (OPTIONS, npy, 1, "nerve-cli: ", "2 rows of 3 are no matrix of distances, which is square");
  run_badly (OPTIONS, other, 1, "nerve-cli: ",
             "not symmetric: 2 in row 1, column 0 (counted from 0), but 1 the other way round");
  run_badly (OPTIONS, holed, 1, "nerve-cli: ",
             "the distance in row 1, column 2 (counted from 0) is not a number (NaN)");
  run_badly (OPTIONS "--metric cosine", npy, 2, "nerve-cli: --metric says how to make a cloud", "needs none");
  run_badly (OPTIONS "--layer a", npy, 2, "nerve-cli: --layer says how to make a cloud", "needs none");
  remove_folder (folder);
}

/* 15,000 points need 0.9 GB for their distances alone. */
static void
many_points_need_no_matrix_below_a_threshold (void)
{
  gsize n = 15000;
  double *values = g_new0 (double, n * 2);
  char *folder = make_folder ();
  g_autofree char *file = NULL;
  g_auto (Run) run = { 0 };
  g_auto (Run) estimate = { 0 };
  g_autofree char *text = NULL;
  g_autofree char *told = NULL;
  guint64 bytes;

  for (guint i = 0; i < n; i++)
    {
      values[2 * i] = i % 1000;
      values[2 * i + 1] = i / 1000 * 3;
    }
  file = write_npy (folder, "cloud.npy", "(15000, 2)", values, 2 * n);
  run_well (&run, "persistence % --threshold 2.5 --memory-limit 200M", file);
  text = run_text (&run);
  g_assert_true (g_str_has_prefix (text, "dimension,birth,death\n0,0,1\n"));
  g_assert_nonnull (strstr (text, "\n0,0,inf\n0,0,inf\n"));

  run_well (&estimate, "persistence % --threshold 2.5 --estimate", file);
  told = run_text (&estimate);
  bytes = g_ascii_strtoull (strstr (told, "15000,") + strlen ("15000,"), NULL, 10);
  g_assert_cmpuint (bytes, <, 200 * 1000 * 1000);
  run_badly ("persistence % --threshold 2000 --memory-limit 200M", file, 1, "nerve-cli: ",
             "would fit, or raise --memory-limit");
  run_badly ("persistence % --threshold 2.5 --max-dim 2 --memory-limit 200M", file, 1, "nerve-cli: ",
             "or --max-dim 1, which below a threshold needs only near pairs, or raise --memory-limit");
  g_free (values);
  remove_folder (folder);
}

/* A lattice of 60 by 50 points: a loop of four sides in each of its squares. The matrix would not fit. */
static void
bars_below_a_threshold_have_representatives_without_a_matrix (void)
{
  gsize n = 60 * 50;
  double *values = g_new0 (double, n * 2);
  char *folder = make_folder ();
  g_autofree char *file = NULL;
  g_autofree char *result = g_build_filename (folder, "r.json", NULL);
  g_autofree char *arguments = g_strdup_printf ("persistence %% --threshold 1.5 --memory-limit 64M "
                                                "--representatives %s", result);
  g_autofree char *text = NULL;
  g_auto (Run) run = { 0 };
  gsize n_loops = 0;

  for (guint i = 0; i < n; i++)
    {
      values[2 * i] = i % 60;
      values[2 * i + 1] = i / 60;
    }
  file = write_npy (folder, "lattice.npy", "(3000, 2)", values, 2 * n);
  run_badly ("persistence % --memory-limit 64M", file, 1, "nerve-cli: ", " would fit, or raise --memory-limit");
  run_well (&run, arguments, file);
  g_assert_true (g_file_get_contents (result, &text, NULL, NULL));
  for (const char *at = text; (at = strstr (at, "\"kind\": \"checked\",\n    \"length\": 4,")) != NULL; at++)
    n_loops++;
  g_assert_cmpuint (n_loops, ==, 59 * 49);
  g_free (values);
  remove_folder (folder);
}

/* Points spread evenly over a sphere: all is well but for the one column that fills it. */
static char *
write_sphere (const char *folder, gsize n)
{
  g_autofree double *values = g_new (double, 3 * n);
  g_autofree char *shape = g_strdup_printf ("(%" G_GSIZE_FORMAT ", 3)", n);

  for (gsize i = 0; i < n; i++)
    {
      double height = 1 - (2 * i + 1.0) / n;
      double angle = i * 2.399963229728653;

      values[3 * i] = sqrt (1 - height * height) * cos (angle);
      values[3 * i + 1] = sqrt (1 - height * height) * sin (angle);
      values[3 * i + 2] = height;
    }

  return write_npy (folder, "sphere.npy", shape, values, 3 * n);
}

static void
voids_are_given_up_where_they_pass_the_limit (void)
{
  char *folder = make_folder ();
  g_autofree char *file = write_sphere (folder, 450);
  g_autofree char *result = g_build_filename (folder, "bars.csv", NULL);
  g_autofree char *told = NULL;
  g_autofree char *arguments = NULL;
  g_auto (Run) estimate = { 0 };
  guint64 bytes;

  run_cli (&estimate, "persistence % --max-dim 2 --estimate", file);
  g_assert_cmpint (estimate.status, ==, 0);
  g_assert_nonnull (strstr (estimate.errors, "bytes and seconds are the least"));
  told = run_text (&estimate);
  bytes = g_ascii_strtoull (strstr (told, "450,") + strlen ("450,"), NULL, 10);

  /* The run is let in, and stops as soon as it turns out to need more: over its columns, or over its graph, where the
   * process itself has grown meanwhile, as it does under sanitizers. */
  arguments = g_strdup_printf ("persistence %% --max-dim 2 --memory-limit %" G_GUINT64_FORMAT " -o %s",
                               bytes + 4000000, result);
  run_badly (arguments, file, 1, "nerve-cli: ",
             " or a lower dimension, or raise --memory-limit");
  g_assert_false (g_file_test (result, G_FILE_TEST_EXISTS));
  remove_folder (folder);
}

static void
an_estimate_counts_representatives_and_the_threshold (void)
{
  char *folder = make_folder ();
  g_autofree char *file = write_sphere (folder, 1200);
  g_autofree char *cycles = g_build_filename (folder, "r.json", NULL);
  g_autofree char *with = g_strdup_printf ("persistence %% --estimate --representatives %s", cycles);
  const char *arguments[] = {
    "persistence % --estimate", with, "persistence % --estimate --max-dim 2",
    "persistence % --estimate --max-dim 2 --threshold 0.3",
  };
  double bytes[4];
  double seconds[4];

  for (guint i = 0; i < 4; i++)
    {
      g_auto (Run) run = { 0 };
      g_autofree char *text = NULL;
      char *rest;

      run_cli (&run, arguments[i], file);
      g_assert_cmpint (run.status, ==, 0);
      text = run_text (&run);
      rest = strstr (text, "\n1200,") + strlen ("\n1200,");
      bytes[i] = g_ascii_strtod (rest, &rest);
      seconds[i] = g_ascii_strtod (rest + 1, NULL);
    }
  g_assert_false (g_file_test (cycles, G_FILE_TEST_EXISTS));
  g_assert_cmpfloat (seconds[1], >, 10 * seconds[0]);
  g_assert_cmpfloat (seconds[2], >, 10 * seconds[0]);
  g_assert_cmpfloat (seconds[3], <, seconds[2] / 5);
  g_assert_cmpfloat (bytes[3], <, bytes[2] * .8);
  remove_folder (folder);
}

static void
what_needs_too_much_is_refused_with_advice (void)
{
  double *values = g_new0 (double, 3000 * 3);
  char *folder = make_folder ();
  g_autofree char *file = NULL;
  g_auto (Run) run = { 0 };
  g_autofree char *text = NULL;

  for (guint i = 0; i < 9000; i++)
    values[i] = i % 97;
  file = write_npy (folder, "cloud.npy", "(3000, 3)", values, 9000);
  run_badly ("persistence % --memory-limit 40M", file, 1, "nerve-cli: ", " would fit, or raise --memory-limit");
  run_badly ("persistence % --memory-limit much", file, 2, "nerve-cli: --memory-limit: “much” is no amount of memory",
             "");
  run_badly ("persistence % --memory-limit 1K", file, 1, "nerve-cli: ",
             ": no point would fit, or raise --memory-limit");
  run_badly ("persistence % --estimate --format json", file, 2, "nerve-cli: --estimate is two lines of CSV",
             "--format");
  run_well (&run, "persistence % --estimate", file);
  text = run_text (&run);
  g_assert_true (g_str_has_prefix (text, "points,bytes,seconds\n3000,"));
  g_free (values);
  remove_folder (folder);
}

static void
what_was_never_computed_and_what_tells_nothing_is_said (void)
{
  char *folder = make_folder ();
  g_autofree char *large = write_text (folder, "large.csv", "dimension,birth,death\n1,0,1.5e308\n1,1e307,1.2e308\n");
  g_autofree char *sphere = write_sphere (folder, 30);
  g_autofree char *compare = g_strdup_printf ("compare %% %s", large);
  g_autofree char *missing = g_strdup_printf ("compare %% %s --dim 7", large);
  g_autofree char *components = write_text (folder, "components.csv", "dimension,birth,death\n0,0,1\n0,0,inf\n");
  g_autofree char *alone = g_strdup_printf ("compare %% %s", components);
  g_autofree char *empty = write_text (folder, "empty.csv", "dimension,birth,death\n");
  g_autofree char *nothing = g_strdup_printf ("compare %% %s", empty);
  g_auto (Run) run = { 0 };
  g_autofree char *distance = NULL;

  run_cli (&run, missing, large);
  g_assert_nonnull (strstr (run.errors, "no bar of dimension 7, nor of a higher one"));
  /* --dim 1 where --max-dim was 0; of no points there is nothing to doubt. */
  run_cli (&run, alone, components);
  g_assert_nonnull (strstr (run.errors, "components.csv: warning: no bar of dimension 1, nor of a higher one"));
  g_assert_cmpint (run.status, ==, 0);
  run_well (&run, nothing, empty);
  run_cli (&run, "summary % --dim 3 --kind betti", large);
  g_assert_nonnull (strstr (run.errors, "no bar of dimension 3, nor of a higher one"));
  run_well (&run, compare, large);
  distance = run_text (&run);
  g_assert_cmpstr (distance, ==, "0\n");
  run_badly ("confidence % --kind significance --draw-size 30", sphere, 2, "nerve-cli: ", "which tells nothing: fewer");
  run_badly ("confidence % --kind significance --max-points 2", sphere, 1, "nerve-cli: ", "there are 2");
  run_well (&run, "confidence % --kind significance --draw-size 29", sphere);
  remove_folder (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/distance-matrix/a-matrix-is-read-in-all-its-forms", a_matrix_is_read_in_all_its_forms);
  g_test_add_func ("/distance-matrix/few-equal-and-unreachable-points-are-points",
                   few_equal_and_unreachable_points_are_points);
  g_test_add_func ("/distance-matrix/what-is-no-matrix-of-distances-is-refused",
                   what_is_no_matrix_of_distances_is_refused);
  g_test_add_func ("/distance-matrix/many-points-need-no-matrix-below-a-threshold",
                   many_points_need_no_matrix_below_a_threshold);
  g_test_add_func ("/distance-matrix/bars-below-a-threshold-have-representatives-without-a-matrix",
                   bars_below_a_threshold_have_representatives_without_a_matrix);
  g_test_add_func ("/distance-matrix/voids-are-given-up-where-they-pass-the-limit",
                   voids_are_given_up_where_they_pass_the_limit);
  g_test_add_func ("/distance-matrix/an-estimate-counts-representatives-and-the-threshold",
                   an_estimate_counts_representatives_and_the_threshold);
  g_test_add_func ("/distance-matrix/what-needs-too-much-is-refused-with-advice",
                   what_needs_too_much_is_refused_with_advice);
  g_test_add_func ("/distance-matrix/what-was-never-computed-and-what-tells-nothing-is-said",
                   what_was_never_computed_and_what_tells_nothing_is_said);

  return g_test_run ();
}
