#include "cli/spawn.h"

#include <math.h>

#define DIAGRAM "dimension,birth,death\n0,0,1\n0,0,inf\n1,1,3\n1,4,4.5\n"

static void
assert_summary (const char *file, const char *options, const char *expected)
{
  g_autofree char *arguments = g_strconcat ("summary % ", options, NULL);
  g_auto (Run) run = { 0 };
  g_autofree char *text = NULL;

  run_well (&run, arguments, file);
  text = run_text (&run);
  g_assert_cmpstr (text, ==, expected);
}

static char *
write_text (const char *folder, const char *name, const char *text)
{
  char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));

  return path;
}

static void
a_diagram_becomes_curves (void)
{
  char *folder = make_folder ();
  g_autofree char *file = write_text (folder, "a.csv", DIAGRAM);
  g_autofree char *below = write_text (folder, "b.csv", "1,-2,2\n");
  g_autofree char *empty = write_text (folder, "c.csv", "dimension,birth,death\n");

  /* Birth ≤ value < death. */
  assert_summary (file, "--values 4", "value,betti\n0,0\n1.5,1\n3,0\n4.5,0\n");
  assert_summary (file, "--values 3 --dim 0", "value,betti\n0,2\n0.5,2\n1,1\n");
  assert_summary (file, "--values 3 --lower 1 --upper 3", "value,betti\n1,1\n2,1\n3,0\n");
  assert_summary (file, "--kind landscape --values 3 --lower 1.5 --upper 4.25 --levels 2",
                  "value,level1,level2\n1.5,0.5,0\n2.875,0.125,0\n4.25,0.25,0\n");
  /* (2 · 0.5 + 0.5 · 0) / (2 + 0.5); all alike: (0.5 + 0) / 2 */
  assert_summary (file, "--kind silhouette --values 2 --lower 1.5 --upper 2", "value,silhouette\n1.5,0.4\n2,0.8\n");
  assert_summary (file, "--kind silhouette --power 0 --values 2 --lower 1.5 --upper 2",
                  "value,silhouette\n1.5,0.25\n2,0.5\n");
  assert_summary (below, "--values 3", "value,betti\n-2,1\n0,1\n2,0\n");
  assert_summary (empty, "--values 2", "value,betti\n0,0\n1,0\n");
  remove_folder (folder);
}

static void
a_diagram_becomes_an_image_or_numbers (void)
{
  char *folder = make_folder ();
  g_autofree char *file = write_text (folder, "a.csv", DIAGRAM);
  g_autofree char *one = write_text (folder, "b.csv", "1,1,3\n");
  g_autofree char *expected = NULL;
  double peak = 2 / (2 * G_PI);
  double side = peak * exp (-.5);

  /* One bar of birth 1 and length 2, in the corner of a grid of unit steps. */
  expected = g_strdup_printf ("birth,length,weight\n0,0,%.9g\n1,0,%.9g\n0,2,%.9g\n1,2,%.9g\n", side * exp (-2),
                              peak * exp (-2), side, peak);
  assert_summary (one, "--kind image --values 2 --upper 1 --bandwidth 1", expected);
  /* Of lengths 2 and 0.5: −0.8 log 0.8 − 0.2 log 0.2 */
  assert_summary (file, "--kind numbers",
                  "dimension,bars,essential,longest,total,entropy\n0,2,1,1,1,0\n1,2,0,2,2.5,0.500402424\n");
  remove_folder (folder);
}

static void
what_has_no_summary_is_refused (void)
{
  char *folder = make_folder ();
  g_autofree char *file = write_text (folder, "a.csv", DIAGRAM);
  g_autofree char *bad = write_text (folder, "b.csv", "1,3,2\n");

  run_badly ("summary % --lower 2 --upper 1", file, 2, "nerve-cli: ", "--lower: 2 is not below --upper, 1");
  run_badly ("summary % --kind heat", file, 2, "nerve-cli: --kind: “heat” is not known", "");
  run_badly ("summary % --kind image --values 1000000", file, 1, "nerve-cli: ", "");
  run_badly ("summary %", bad, 1, "nerve-cli: ", "born at 3, dead before, at 2");
  remove_folder (folder);
}

/* A circle of 200 points, nearly evenly spread. */
static char *
write_circle (const char *folder)
{
  double values[400];

  for (guint i = 0; i < 200; i++)
    {
      double angle = 2 * G_PI * (i + .3 * sin (i * i)) / 200;

      values[2 * i] = cos (angle);
      values[2 * i + 1] = sin (angle);
    }

  return write_npy (folder, "circle.npy", "(200, 2)", values, 400);
}

static void
bands_hold_their_mean_and_find_the_loop (void)
{
  char *folder = make_folder ();
  g_autofree char *file = write_circle (folder);
  g_auto (Run) run = { 0 };
  g_auto (Run) again = { 0 };
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint n_sure = 0;
  guint n = 0;

  run_well (&run, "confidence % --max-points 80 --draws 20 --values 25 --threads 1", file);
  run_well (&again, "confidence % --max-points 80 --draws 20 --values 25 --threads 2", file);
  g_assert_true (g_bytes_equal (run.output, again.output));
  text = run_text (&run);
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpstr (lines[0], ==, "dimension,value,low,mean,high");
  for (; *lines[n + 1] != '\0'; n++)
    {
      double low, mean, high, value;
      int dimension;

      g_assert_cmpint (sscanf (lines[n + 1], "%d,%lf,%lf,%lf,%lf", &dimension, &value, &low, &mean, &high), ==, 5);
      g_assert_cmpint (dimension, ==, n / 25);
      g_assert_true (low >= 0 && low <= mean + 1e-9 && mean <= high + 1e-9);
      if (n == 0)
        g_assert_true (value == 0 && low == 80 && high == 80);
      n_sure += dimension == 1 && low == 1 && high == 1;
    }
  g_assert_cmpuint (n, ==, 50);
  g_assert_cmpuint (n_sure, >, 10);
  remove_folder (folder);
}

static void
the_line_of_significance_is_one_number (void)
{
  char *folder = make_folder ();
  g_autofree char *file = write_circle (folder);
  g_auto (Run) run = { 0 };
  g_autofree char *text = NULL;
  char *end;
  double length;

  run_well (&run, "confidence % --kind significance --draw-size 100 --draws 50", file);
  text = run_text (&run);
  length = g_ascii_strtod (text, &end);
  g_assert_cmpstr (end, ==, "\n");
  /* Eight times how far a point is from the nearest of a hundred drawn: some steps of 2π / 200. */
  g_assert_cmpfloat (length, >, 8 * .03);
  g_assert_cmpfloat (length, <, 8 * .6);
  run_badly ("confidence % --draws 1", file, 2, "nerve-cli: --draws: “1” is out of range", "");
  run_badly ("confidence % --values 1", file, 2, "nerve-cli: --values: “1” is out of range", "");
  remove_folder (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/summary/a-diagram-becomes-curves", a_diagram_becomes_curves);
  g_test_add_func ("/summary/a-diagram-becomes-an-image-or-numbers", a_diagram_becomes_an_image_or_numbers);
  g_test_add_func ("/summary/what-has-no-summary-is-refused", what_has_no_summary_is_refused);
  g_test_add_func ("/summary/bands-hold-their-mean-and-find-the-loop", bands_hold_their_mean_and_find_the_loop);
  g_test_add_func ("/summary/the-line-of-significance-is-one-number", the_line_of_significance_is_one_number);

  return g_test_run ();
}
