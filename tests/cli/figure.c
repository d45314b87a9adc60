#include "cli/spawn.h"

static char *
svg_of (const char *arguments, const char *file, const char *folder)
{
  g_auto (Run) run = { 0 };
  g_autofree char *path = g_build_filename (folder, "f.svg", NULL);
  g_autofree char *all = g_strdup_printf ("figure %% --layer conv %s -o %s", arguments, path);
  char *text = NULL;

  run_well (&run, all, file);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));

  return text;
}

static void
the_defaults_are_the_command_line_s (void)
{
  char *folder = make_folder ();
  g_autofree char *file = golden_path ("cloud", "cloud.h5");
  g_autofree char *plain = svg_of ("--kind mapper", file, folder);
  g_autofree char *spelt = svg_of ("--kind mapper --sampling random --preset none --intervals 40 --overlap 0.25", file,
                                   folder);

  g_assert_cmpstr (plain, ==, spelt);
  remove_folder (folder);
}

static void
metadata_hold_what_auto_came_to (void)
{
  char *folder = make_folder ();
  g_autofree char *file = golden_path ("cloud", "cloud.h5");
  g_autofree char *text = svg_of ("--kind mapper --preset auto", file, folder);

  g_assert_nonnull (strstr (text, "; sampling=random;"));
  g_assert_nonnull (strstr (text, "; intervals=10;"));
  g_assert_nonnull (strstr (text, "; overlap=0.5;"));
  g_assert_null (strstr (text, "eps=auto"));
  remove_folder (folder);
}

static void
what_can_not_be_a_page_is_refused_before_anything_is_computed (void)
{
  g_autofree char *file = golden_path ("cloud", "cloud.h5");
  static const struct { const char *arguments, *words; int status; } cases[] = {
    { "figure % --kind board --width 3 -o f.pdf", "--width: “3” has no unit of length", 2 },
    { "figure % --kind decay --eta .5,1 -o f.pdf", "--eta: the figure “decay” is drawn at one threshold", 2 },
    { "figure % --kind decay --eta x -o f.pdf", "--eta: “x” is neither a finite number nor FROM:TO:N", 2 },
    { "figure % --kind board --font 900 -o f.pdf", "--font: “900” is no family and size", 2 },
    { "figure % --kind beauty -o f.pdf", "--kind: no figure “beauty” (mapper, ", 2 },
    { "figure % --kind board --width 3pt -o f.pdf", "a page of 3 points", 2 },
    { "figure % --kind board -o /nonexistent/f.pdf", "its folder does not exist", 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Run) run = { 0 };

      run_cli (&run, cases[i].arguments, file);
      g_test_message ("%s", run.errors);
      g_assert_cmpint (run.status, ==, cases[i].status);
      g_assert_true (strstr (run.errors, cases[i].words) != NULL);
    }
}

/* What is set for one layer is what all get otherwise. */
static void
a_parameter_can_be_one_layer_s (void)
{
  char *folder = make_folder ();
  g_autofree char *file = golden_path ("cloud", "cloud.h5");
  g_autofree char *plain = svg_of ("--kind mapper --eps 0.7", file, folder);
  g_autofree char *one = svg_of ("--kind mapper --set conv:eps=0.7", file, folder);
  g_autofree char *other = svg_of ("--kind mapper --set last:eps=0.7", file, folder);
  g_auto (Run) run = { 0 };

  g_assert_cmpstr (plain, ==, one);
  g_assert_cmpstr (plain, !=, other);
  run_cli (&run, "figure % --kind mapper --set conv:interval=12 -o f.pdf", file);
  g_assert_cmpint (run.status, ==, 2);
  g_assert_nonnull (strstr (run.errors, "LAYER:NAME=VALUE"));
  run_cli (&run, "figure % --kind mapper --images 0-3,x -o f.pdf", file);
  g_assert_cmpint (run.status, ==, 2);
  remove_folder (folder);
}

/* The numbers that are drawn are those of the command that computes them. */
static void
the_numbers_stand_beside_it (void)
{
  char *folder = make_folder ();
  g_autofree char *file = golden_path ("cloud", "cloud.h5");
  g_autofree char *data = g_build_filename (folder, "f.csv", NULL);
  g_autofree char *arguments = g_strdup_printf ("--kind diagram --data %s", data);
  g_autofree char *svg = svg_of (arguments, file, folder);
  g_autofree char *text = NULL;
  g_autofree char *bars = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GString) shorter = g_string_new ("dimension,birth,death\n");
  g_auto (Run) run = { 0 };

  g_assert_true (g_file_get_contents (data, &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, "layer,dimension,birth,death\nconv,0,0,"));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 1; lines[i] != NULL && *lines[i] != '\0'; i++)
    g_string_append_printf (shorter, "%s\n", lines[i] + strlen ("conv,"));
  run_well (&run, "persistence % --layer conv", file);
  bars = bytes_to_text (run.output);
  g_assert_cmpstr (shorter->str, ==, bars);
  run_cli (&run, "figure % --kind legend --data f.csv -o f.pdf", file);
  g_assert_cmpint (run.status, ==, 2);
  run_cli (&run, "figure % --kind diagram --font 'Lato 0' -o f.pdf", file);
  g_assert_cmpint (run.status, ==, 2);
  run_cli (&run, "figure % --kind mapper --layer conv --height 0.3in -o f.pdf", file);
  g_assert_cmpint (run.status, ==, 2);
  g_assert_nonnull (strstr (run.errors, "too low for this figure"));
  run_cli (&run, "figure % --kind mapper --data /nonexistent/f.csv -o f.pdf", file);
  g_assert_cmpint (run.status, ==, 1);
  g_assert_true (g_str_has_prefix (run.errors, "nerve-cli: /nonexistent/f.csv: "));
  run_cli (&run, "figure % --kind diagram --layer conv --data /dev/full -o f.pdf", file);
  g_assert_cmpint (run.status, ==, 1);
  g_assert_true (g_str_has_prefix (run.errors, "nerve-cli: /dev/full: "));
  g_assert_false (g_file_test ("f.pdf", G_FILE_TEST_EXISTS));
  remove_folder (folder);
}

/* The same file twice: each layer is its own twin. */
static void
layers_of_two_files_are_drawn_against_each_other (void)
{
  static const struct { const char *kind; int status; } kinds[] = {
    { "% --kind distances", 0 }, { "% --kind sensitivity --layer block1", 0 }, { "% --kind specificity", 0 },
    { "% % --kind distances", 2 }, { "% --kind layer-map", 2 },
  };
  char *folder = make_folder ();
  g_autofree char *file = g_test_build_filename (G_TEST_DIST, "..", "resources", "samples", "glyphs.h5", NULL);
  g_autofree char *data = g_build_filename (folder, "f.csv", NULL);
  g_autofree char *picture = g_build_filename (folder, "f.svg", NULL);
  g_autofree char *text = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *table = i == 0 ? g_strdup_printf ("--data %s", data) : g_strdup ("");
      g_autofree char *command = g_strdup_printf ("figure %% %s --measure cka --sampling pool-mean --max-points 60 "
                                                  "--quiet %s -o %s", kinds[i].kind, table, picture);
      g_auto (Run) run = { 0 };

      run_cli (&run, command, file);
      g_test_message ("%s: %s", command, run.errors);
      g_assert_cmpint (run.status, ==, kinds[i].status);
      g_assert_true (g_file_test (picture, G_FILE_TEST_EXISTS) == (kinds[i].status == 0));
      g_unlink (picture);
    }
  g_assert_true (g_file_get_contents (data, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "\nblock1,block1,1\n"));
  remove_folder (folder);
}

/* A full disk, a folder that is gone, one that may not be written to: one line, and no file. */
static void
what_can_not_be_written_leaves_nothing (void)
{
  char *folder = make_folder ();
  g_autofree char *file = golden_path ("cloud", "cloud.h5");
  static const struct { const char *before, *output; } cases[] = {
    { "ulimit -f 1; trap '' XFSZ;", "big.png" }, { "", "gone/f.pdf" }, { "", "/proc/f.svg" }, { "", "/dev/null/f.tex" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *program = cli_path ();
      g_autofree char *line = g_strdup_printf ("cd %s; %s %s figure %s --kind mapper --layer conv --dpi 1200 "
                                               "-o %s 2> errors", folder, cases[i].before, program, file,
                                               cases[i].output);
      const char *arguments[] = { "/bin/bash", "-c", line, NULL };
      g_autofree char *path = g_build_filename (folder, "errors", NULL);
      g_autofree char *errors = NULL;
      g_autofree char *output = g_build_filename (folder, cases[i].output, NULL);
      int status;

      g_assert_true (g_spawn_sync (NULL, (char **) arguments, NULL, 0, NULL, NULL, NULL, NULL, &status, NULL));
      g_assert_true (g_file_get_contents (path, &errors, NULL, NULL));
      g_test_message ("%s", errors);
      g_assert_cmpint (status, !=, 0);
      g_assert_true (g_str_has_prefix (errors, "nerve-cli: "));
      g_assert_true (strchr (errors, '\n') == errors + strlen (errors) - 1);
      g_assert_false (g_file_test (output, G_FILE_TEST_EXISTS));
      g_unlink (path);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_free (folder);
}

static gsize
count (const char *text, gsize n, const char *words)
{
  gsize found = 0;

  for (gsize i = 0; i + strlen (words) <= n; i++)
    found += memcmp (text + i, words, strlen (words)) == 0;

  return found;
}

/* An opening, the network, and a page for each layer but the broken one; for any number of threads. */
static void
a_report_has_a_page_a_layer (void)
{
  char *folder = make_folder ();
  g_autofree char *file = golden_path ("cloud", "cloud.h5");
  g_autofree char *path = g_build_filename (folder, "r.pdf", NULL);
  char *texts[2];
  gsize n[2];

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *all = g_strdup_printf ("report %% --threads %u -o %s", i == 0 ? 1 : 3, path);
      g_auto (Run) run = { 0 };

      run_cli (&run, all, file);
      g_assert_cmpint (run.status, ==, 0);
      g_assert_nonnull (strstr (run.errors, "warning: broken: NaN in image 7"));
      g_assert_true (g_file_get_contents (path, &texts[i], &n[i], NULL));
    }
  g_assert_cmpmem (texts[0], n[0], texts[1], n[1]);
  g_assert_cmpuint (count (texts[0], n[0], "<< /Type /Page "), >=, 2 + 5);
  g_free (texts[0]);
  g_free (texts[1]);
  remove_folder (folder);
}

static void
a_report_that_can_not_be_written_is_refused (void)
{
  g_autofree char *file = golden_path ("cloud", "cloud.h5");
  static const struct { const char *arguments, *words; int status; } cases[] = {
    { "report %", "-o FILE.pdf is missing", 2 },
    { "report % -o r.svg", "a report is a PDF", 2 },
    { "report % -o /nonexistent/r.pdf", "its folder does not exist", 1 },
    { "report % --paper a3 -o r.pdf", "is not known", 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Run) run = { 0 };

      run_cli (&run, cases[i].arguments, file);
      g_test_message ("%s", run.errors);
      g_assert_cmpint (run.status, ==, cases[i].status);
      g_assert_nonnull (strstr (run.errors, cases[i].words));
    }
}

/* Of components there are as many as points. */
static gsize
count_components (const char *arguments, const char *file, const char *folder)
{
  g_autofree char *data = g_build_filename (folder, "f.csv", NULL);
  g_autofree char *all = g_strdup_printf ("--sampling full %s --data %s", arguments, data);
  g_autofree char *svg = svg_of (all, file, folder);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  gsize n = 0;

  g_assert_true (g_file_get_contents (data, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpstr (lines[0], ==, "layer,dimension,birth,death");
  for (guint i = 1; lines[i] != NULL; i++)
    n += g_str_has_prefix (lines[i], "conv,0,");

  return n;
}

static void
bars_are_of_as_many_points_as_was_asked_for (void)
{
  static const char *const kinds[] = { "diagram", "barcode", "betti", "landscape" };
  char *folder = make_folder ();
  g_autofree char *file = golden_path ("cloud", "cloud.h5");
  g_auto (Run) run = { 0 };
  g_autofree char *help = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *most = g_strdup_printf ("--kind %s --max-points 40", kinds[i]);
      g_autofree char *own = g_strdup_printf ("--kind %s --diagram-points 30", kinds[i]);
      g_autofree char *both = g_strdup_printf ("--kind %s --max-points 40 --diagram-points 30", kinds[i]);

      g_assert_cmpuint (count_components (most, file, folder), ==, 40);
      g_assert_cmpuint (count_components (own, file, folder), ==, 30);
      g_assert_cmpuint (count_components (both, file, folder), ==, 30);
    }

  run_well (&run, "figure --help", NULL);
  help = run_text (&run);
  g_assert_nonnull (strstr (help, "as many points as --max-points says, unless --diagram-points does"));
  g_assert_nonnull (strstr (help, "  --diagram-points N\n        Larger clouds are sampled"));
  remove_folder (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/figure/the-defaults-are-the-command-line-s", the_defaults_are_the_command_line_s);
  g_test_add_func ("/cli/figure/metadata-hold-what-auto-came-to", metadata_hold_what_auto_came_to);
  g_test_add_func ("/cli/figure/what-can-not-be-a-page-is-refused-before-anything-is-computed",
                   what_can_not_be_a_page_is_refused_before_anything_is_computed);
  g_test_add_func ("/cli/figure/a-parameter-can-be-one-layer-s", a_parameter_can_be_one_layer_s);
  g_test_add_func ("/cli/figure/the-numbers-stand-beside-it", the_numbers_stand_beside_it);
  g_test_add_func ("/cli/figure/bars-are-of-as-many-points-as-was-asked-for",
                   bars_are_of_as_many_points_as_was_asked_for);
  g_test_add_func ("/cli/figure/layers-of-two-files-are-drawn-against-each-other",
                   layers_of_two_files_are_drawn_against_each_other);
  g_test_add_func ("/cli/figure/what-can-not-be-written-leaves-nothing", what_can_not_be_written_leaves_nothing);
  g_test_add_func ("/cli/report/a-report-has-a-page-a-layer", a_report_has_a_page_a_layer);
  g_test_add_func ("/cli/report/a-report-that-can-not-be-written-is-refused",
                   a_report_that_can_not_be_written_is_refused);

  return g_test_run ();
}
