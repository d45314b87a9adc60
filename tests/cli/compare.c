#include "cli/spawn.h"

static char *
write_text (const char *folder, const char *name, const char *text)
{
  char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));

  return path;
}

static void
assert_number (const char *arguments, const char *a, const char *b, const char *expected)
{
  g_autofree char *line = g_strdup_printf ("compare %% %s %s", b, arguments);
  g_auto (Run) run = { 0 };
  g_autofree char *text = NULL;

  run_well (&run, line, a);
  text = run_text (&run);
  g_assert_cmpstr (text, ==, expected);
}

static void
two_diagrams_have_one_distance (void)
{
  char *folder = make_folder ();
  g_autofree char *a = write_text (folder, "a.csv", "dimension,birth,death\n0,0,inf\n1,1,3\n1,4,4.5\n");
  g_autofree char *b = write_text (folder, "b.csv", "dimension,birth,death\n0,2.25,inf\n1,1.5,3\n");
  g_autofree char *c = write_text (folder, "c.csv",
                                    "\xef\xbb\xbf" "dimension,birth,death\r\n\r\n 0, 0, inf\r\n0,1,inf\r\n1,5,5\r\n");
  g_autofree char *d = write_text (folder, "d.csv", "1,-1e3,1e3");

  assert_number ("--measure bottleneck", a, b, "0.5\n");
  assert_number ("--measure wasserstein", a, b, "0.75\n");
  assert_number ("--measure wasserstein --order 2", a, b, "0.559016994\n");
  assert_number ("--measure wasserstein --order inf", a, b, "0.5\n");
  assert_number ("--measure sliced-wasserstein", a, a, "0\n");
  assert_number ("--measure wasserstein --dim 0", a, b, "2.25\n");
  assert_number ("--measure bottleneck --dim 0", a, c, "inf\n");
  assert_number ("--measure sliced-wasserstein --dim 0", a, c, "0\n");
  assert_number ("--measure bottleneck", c, d, "1000\n");
  remove_folder (folder);
}

static void
what_is_no_diagram_is_refused_with_its_line (void)
{
  const struct { const char *text; const char *message; } cases[] = {
    { "dimension,birth,death\n1,1,2\n1,1\n", "line 3: 2 fields where there should be dimension,birth,death" },
    { "dimension,birth,death\n1,1,2,3\n", "line 2: 4 fields where there should be dimension,birth,death" },
    { "1,1,2\n1,one,2\n", "line 2: birth: “one” is no number" },
    { "1,1,\n", "line 1: death: “” is no number" },
    { "dimension,birth,death\n1,3,2\n", "line 2: born at 3, dead before, at 2" },
    { "dimension,birth,death\n1,nan,2\n", "line 2: birth is not a number (NaN)" },
    { "dimension,birth,death\n\n1,0,nan\n", "line 3: death is not a number (NaN)" },
    { "dimension,birth,death\n1,-inf,2\n", "line 2: a birth at -inf" },
    { "dimension,birth,death\n1.5,1,2\n", "line 2: 1.5 is no dimension" },
    { "dimension,birth,death\n-1,1,2\n", "line 2: -1 is no dimension" },
    { "death,birth\n1,2\n", "line 1: 2 fields where there should be dimension,birth,death" },
    { "\n\n", "no diagram: not even dimension,birth,death" },
    { "", "the file is empty" },
  };
  char *folder = make_folder ();
  g_autofree char *good = write_text (folder, "good.csv", "dimension,birth,death\n");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *bad = write_text (folder, "bad.csv", cases[i].text);
      g_autofree char *arguments = g_strdup_printf ("compare %s %%", good);
      g_autofree char *prefix = g_strdup_printf ("nerve-cli: %s: %s", bad, cases[i].message);

      run_badly (arguments, bad, 1, prefix, cases[i].message);
    }
  run_badly ("compare % /nowhere/at/all.csv", good, 1, "nerve-cli: /nowhere/at/all.csv: ", "directory");
  run_badly ("compare %", good, 2, "nerve-cli: compare: a file is missing", "");
  run_badly ("compare % % --order 0.5", good, 2, "nerve-cli: --order: “0.5” is out of range", "");
  run_badly ("compare % % --measure slided", good, 2, "nerve-cli: --measure: “slided” is not known", "");
  remove_folder (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/compare/two-diagrams-have-one-distance", two_diagrams_have_one_distance);
  g_test_add_func ("/compare/what-is-no-diagram-is-refused-with-its-line", what_is_no_diagram_is_refused_with_its_line);

  return g_test_run ();
}
