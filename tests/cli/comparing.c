/* distances, hierarchy, parting, sensitivity, specificity: what compares layers, classes and files. */
#include "cli/spawn.h"

#include <math.h>

#define FEW " --sampling pool-mean --max-points 60 --quiet"

static char *
sample_path (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "..", "resources", "samples", name, NULL);
}

/* Lines of fields; warnings are allowed. */
static GPtrArray *
read_table (const char *arguments, const char *file)
{
  g_auto (Run) run = { 0 };
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);

  run_cli (&run, arguments, file);
  g_test_message ("%s: %s", arguments, run.errors);
  g_assert_cmpint (run.status, ==, 0);
  text = run_text (&run);
  lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; **line != '\0'; line++)
    g_ptr_array_add (rows, g_strsplit (*line, ",", -1));

  return rows;
}

static const char *
cell (const GPtrArray *rows, guint row, const char *column)
{
  char **names = g_ptr_array_index (rows, 0);
  char **fields = g_ptr_array_index (rows, row);

  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], column))
      return fields[i];

  g_assert_not_reached ();
}

static double
number (const GPtrArray *rows, guint row, const char *column)
{
  return g_ascii_strtod (cell (rows, row, column), NULL);
}

static void
a_matrix_names_its_rows_and_columns (void)
{
  g_autofree char *file = sample_path ("glyphs.h5");
  g_autoptr (GPtrArray) rows = read_table ("distances % --measure procrustes" FEW, file);

  g_assert_cmpuint (rows->len, ==, 12);
  g_assert_cmpstr (cell (rows, 0, ""), ==, "");
  g_assert_cmpstr (cell (rows, 1, ""), ==, "input");
  g_assert_cmpfloat (number (rows, 3, "block1"), ==, 0);
  g_assert_cmpfloat (number (rows, 3, "logits"), >, 0);
  g_assert_cmpstr (cell (rows, 3, "logits"), ==, cell (rows, 11, "block1"));
}

/* sample_ids, in another order, must not matter: the second file holds the same glyphs. */
static void
two_files_are_matched_by_their_ids (void)
{
  g_autofree char *file = sample_path ("glyphs.h5");
  g_autofree char *other = sample_path ("glyphs-random-labels.h5");
  g_autofree char *both = g_strdup_printf ("distances %% %s --measure procrustes" FEW, other);
  g_autofree char *same = g_strdup_printf ("distances %% %s --measure procrustes" FEW, file);
  g_autoptr (GPtrArray) two = read_table (both, file);
  g_autoptr (GPtrArray) one = read_table (same, file);
  g_autoptr (GPtrArray) alone = read_table ("distances % --measure procrustes" FEW, file);

  g_assert_cmpuint (two->len, ==, 12);
  for (guint i = 1; i < alone->len; i++)
    {
      const char *layer = cell (alone, i, "");

      g_assert_cmpfloat_with_epsilon (number (one, i, "pool"), number (alone, i, "pool"), 1e-6);
      g_assert_cmpfloat_with_epsilon (number (one, i, layer), 0, 1e-6);
    }
  g_assert_cmpfloat (number (two, 9, "block7"), >, .1);
}

static void
a_hierarchy_has_all_classes (void)
{
  g_autofree char *file = golden_path ("cloud", "cloud.h5");
  g_auto (Run) run = { 0 };
  g_autofree char *text = NULL;

  run_well (&run, "hierarchy % --layer conv", file);
  text = run_text (&run);
  g_assert_true (g_str_has_prefix (text, "("));
  g_assert_true (g_str_has_suffix (text, ";\n"));
  g_assert_nonnull (strstr (text, "ant:"));
  g_assert_nonnull (strstr (text, "bee:"));
  g_assert_nonnull (strstr (text, "cat:"));
}

/* One mask is empty, one leaves no background. */
static void
images_without_a_point_are_said (void)
{
  g_autofree char *file = golden_path ("cloud", "cloud.h5");
  g_auto (Run) run = { 0 };

  run_cli (&run, "persistence % --layer conv --sampling background", file);
  g_assert_cmpint (run.status, ==, 0);
  g_assert_nonnull (strstr (run.errors, "warning: conv: not all images: background, seed 0 · "
                            "1 image left out (empty mask) · 1 image left out (no background)\n"));
}

static void
parting_has_a_line_a_pair (void)
{
  g_autofree char *file = golden_path ("data", "labels-values.h5");
  g_autoptr (GPtrArray) rows = read_table ("parting % --bootstraps 20 --permutations 1", file);

  g_assert_cmpuint (rows->len, ==, 1 + 4 * 3 / 2);
  for (guint i = 1; i < rows->len; i++)
    {
      g_assert_cmpstr (cell (rows, i, "a"), !=, cell (rows, i, "b"));
      g_assert_cmpfloat (number (rows, i, "coverage"), <=, 1);
    }
}

/* ‖XᵀX'‖_* is Σ s² over the directions that are left, so the angle is arcsin of the root of what went. */
static void
sensitivity_is_what_the_variance_says (void)
{
  g_autofree char *file = sample_path ("glyphs.h5");
  g_autoptr (GPtrArray) rows = read_table ("sensitivity % --layer pool --measure procrustes --bootstraps 3" FEW, file);

  g_assert_cmpuint (rows->len, >, 4);
  for (guint i = 1; i < rows->len; i++)
    {
      double expected = asin (sqrt (number (rows, i, "variance")));

      g_assert_cmpfloat (number (rows, i, "dropped"), ==, 4 * (i - 1));
      g_assert_cmpfloat_with_epsilon (number (rows, i, "distance"), expected, 1e-6);
      g_assert_cmpstr (cell (rows, i, "level_kind"), ==, "bootstrap of directions");
      g_assert_cmpint (*cell (rows, i, "passes") == '1', ==,
                       number (rows, i, "distance") >= number (rows, i, "level"));
    }
}

static void
seeds_make_the_line_to_pass (void)
{
  g_autofree char *file = sample_path ("glyphs.h5");
  g_autofree char *other = sample_path ("glyphs-random-labels.h5");
  g_autofree char *arguments = g_strdup_printf ("sensitivity %% %s --layer pool --step 16" FEW, other);
  g_autofree char *matrix = g_strdup_printf ("distances %% %s" FEW, other);
  g_autoptr (GPtrArray) rows = read_table (arguments, file);
  g_autoptr (GPtrArray) distances = read_table (matrix, file);

  g_assert_cmpstr (cell (rows, 1, "level_kind"), ==, "seeds");
  g_assert_cmpfloat (number (rows, 1, "distance"), ==, 0);
  g_assert_cmpfloat_with_epsilon (number (rows, 1, "level"), number (distances, 10, "pool"), 1e-6);
  g_assert_cmpfloat (number (rows, 2, "distance"), <=, number (rows, rows->len - 1, "distance"));
}

/* Uncentred, the mean is a direction too. */
static void
the_published_procedure_does_not_centre (void)
{
  g_autofree char *file = sample_path ("glyphs.h5");
  g_autoptr (GPtrArray) centred = read_table ("sensitivity % --layer block7 --step 16 --bootstraps 1" FEW, file);
  g_autoptr (GPtrArray) paper = read_table ("sensitivity % --layer block7 --step 16 --bootstraps 1 --compat paper" FEW,
                                            file);

  g_assert_cmpfloat (number (paper, 2, "variance"), <, number (centred, 2, "variance"));
}

static void
a_file_against_itself_is_specific (void)
{
  g_autofree char *file = sample_path ("glyphs.h5");
  g_autofree char *arguments = g_strdup_printf ("specificity %% %s --measure cka-debiased" FEW, file);
  g_autoptr (GPtrArray) rows = read_table (arguments, file);
  guint last = rows->len - 1;

  g_assert_cmpuint (rows->len, ==, 13);
  for (guint i = 1; i < last; i++)
    {
      g_assert_cmpfloat_with_epsilon (number (rows, i, "same"), 0, 1e-6);
      g_assert_cmpfloat (number (rows, i, "rank"), ==, 1);
      g_assert_cmpfloat (number (rows, i, "share"), ==, 1);
      g_assert_cmpfloat (number (rows, i, "same"), <, number (rows, i, "nearest_distance"));
      g_assert_cmpfloat (number (rows, i, "p"), <, .05);
    }
  g_assert_cmpstr (cell (rows, last, "layer"), ==, "");
  g_assert_cmpfloat (number (rows, last, "p"), <, .002);
}

/* As if the vectors were not in the file: no draw of the control is dealt to them. */
static void
layers_without_a_foreground_are_left_out_of_specificity (void)
{
  g_autofree char *file = sample_path ("glyphs.h5");
  g_autofree char *arguments = g_strdup_printf ("specificity %% %s --measure procrustes --sampling foreground "
                                                "--max-points 60 --quiet",
                                                file);
  g_autoptr (GPtrArray) rows = read_table (arguments, file);

  g_assert_cmpuint (rows->len, ==, 11);
  for (guint i = 1; i + 1 < rows->len; i++)
    {
      g_assert_cmpstr (cell (rows, i, "layer"), !=, "pool");
      g_assert_cmpfloat (number (rows, i, "rank"), ==, 1);
      g_assert_true (isfinite (number (rows, i, "control_low")));
    }
}

static void
figures_record_what_was_compared (void)
{
  const struct { const char *arguments; const char *recorded[4]; } cases[] = {
    { "--kind distances --measure procrustes --order 2 --layer-order dendrogram",
      { "measure=procrustes", "; order=2;", "layer-order=dendrogram" } },
    { "--kind neighbours --measure cka-debiased", { "measure=cka-debiased", "layer-order=network" } },
    { "--kind layer-map --measure svcca", { "measure=svcca", "layer-order=network" } },
    { "--kind sensitivity --layer pool --measure cka --step 8", { "measure=cka", "step=8", "bootstraps=20" } },
    { "--kind sensitivity --layer pool --measure cka --step 64 --sensitivity-bootstraps 2",
      { "step=64", "bootstraps=2;" } },
  };
  char *folder = make_folder ();
  g_autofree char *file = sample_path ("glyphs.h5");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_build_filename (folder, "figure.svg", NULL);
      g_autofree char *arguments = g_strdup_printf ("figure %% %s -o %s" FEW, cases[i].arguments, path);
      g_autofree char *text = NULL;
      g_auto (Run) run = { 0 };

      run_cli (&run, arguments, file);
      g_test_message ("%s", run.errors);
      g_assert_cmpint (run.status, ==, 0);
      g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
      for (const char * const *recorded = cases[i].recorded; *recorded != NULL; recorded++)
        g_assert_nonnull (strstr (text, *recorded));
    }
  remove_folder (folder);
}

static void
expect_left_out (const char *arguments, const char *file)
{
  g_auto (Run) run = { 0 };

  run_cli (&run, arguments, file);
  g_test_message ("%s: %s", arguments, run.errors);
  g_assert_cmpint (run.status, ==, 0);
  g_assert_nonnull (strstr (run.errors, "warning: left out: pool: the sampling “foreground” needs positions"));
  g_assert_nonnull (strstr (run.errors, "warning: left out: logits: the sampling"));
  g_assert_null (strstr (run.errors, "block7"));
}

/* The sample's pool and logits are vectors, without a foreground: what is of all layers goes on with the others. */
static void
layers_without_positions_are_left_out (void)
{
  const char *const figures[] = { "distances", "parting", "mix", "purity", "board", "mapper", "dendrogram" };
  char *folder = make_folder ();
  g_autofree char *file = sample_path ("glyphs.h5");
  g_autofree char *path = g_build_filename (folder, "figure.svg", NULL);
  g_autofree char *curves = g_build_filename (folder, "curves.csv", NULL);
  g_autofree char *parting = g_strdup_printf ("parting %% --sampling foreground --bootstraps 20 --curves %s", curves);
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) rows = read_table ("distances % --sampling foreground --measure procrustes --max-points 60",
                                           file);

  g_assert_cmpuint (rows->len, ==, 10);
  g_assert_cmpstr (cell (rows, 9, ""), ==, "block7");
  expect_left_out (parting, file);
  g_assert_true (g_file_get_contents (curves, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "\nA,E,0,pool,9,nan,nan,nan,0,0,1\n"));
  g_assert_null (strstr (text, "\nA,E,0,block7,8,nan"));
  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    {
      g_autofree char *figure = g_strdup_printf ("figure %% --kind %s --sampling foreground --max-points 60 -o %s",
                                                 figures[i], path);

      expect_left_out (figure, file);
    }
  remove_folder (folder);
}

static void
refuse (const char *arguments, const char *file, int status, const char *suffix)
{
  run_badly (arguments, file, status, "nerve-cli: ", suffix);
}

static void
what_cannot_be_compared_is_refused (void)
{
  const char *nan = "broken: NaN in image 11 (channel 1, row 2, column 0; counted from 0)";
  const char *unmatched = "images can't be matched: without sample_ids in both files they must hold the same images "
                          "in the same order";
  g_autofree char *glyphs = sample_path ("glyphs.h5");
  g_autofree char *decay = golden_path ("layers", "decay.h5");
  g_autofree char *plain = golden_path ("data", "tensor.npy");
  g_autofree char *table = golden_path ("data", "cloud.npy");
  const char *vectors = "pool: the sampling “foreground” needs positions, but this layer holds vectors";
  g_autofree char *against = g_strdup_printf ("distances %% %s --quiet", decay);
  g_autofree char *matched = g_strconcat (against, " --measure cka", NULL);
  g_autofree char *blamed = g_strdup_printf ("%s: %s", decay, nan);
  g_autofree char *seeds = g_strdup_printf ("specificity %% %s", decay);

  refuse ("figure % --kind mapper --layer pool --sampling foreground -o none.svg", glyphs, 2, vectors);
  refuse ("hierarchy % --layer pool --sampling foreground", glyphs, 2, vectors);
  refuse ("distances % --sampling foreground", table, 2,
          "cloud: the sampling “foreground” needs positions, but this layer holds vectors");
  refuse ("distances % --measure cosine", glyphs, 2, "procrustes, mapper)");
  refuse ("distances % --dim 9", glyphs, 2, "dim: “9” is no list of dimensions from 0 to 8, each at most once");
  refuse ("distances % --dim 1,1", glyphs, 2, "dim: “1,1” is no list of dimensions from 0 to 8, each at most once");
  refuse ("distances % --measure cka", decay, 1, nan);
  refuse (against, glyphs, 1, blamed);
  refuse (matched, glyphs, 1, unmatched);
  refuse ("hierarchy % --layer conv9", decay, 1, "no layer “conv9”, did you mean “conv”?");
  refuse ("hierarchy % --layer broken", decay, 1, nan);
  refuse ("hierarchy %", plain, 1, "there are no labels: no classes to put in order");
  refuse ("parting %", plain, 1, "there are no labels: no classes that could part");
  refuse ("parting %", decay, 1, nan);
  refuse ("sensitivity % --layer broken", decay, 1, nan);
  refuse ("sensitivity % --layer conv --measure mapper", decay, 2,
          "the distance of mapper graphs can't be tested this way");
  refuse (seeds, glyphs, 1, "11 layers here, 5 in file 2: these are no seeds of one architecture");
  refuse ("specificity %", glyphs, 2, "a file is missing (nerve-cli specificity [OPTIONS] FILE FILE2…)");
}

static void
nothing_hangs_on_the_number_of_threads (void)
{
  g_autofree char *file = sample_path ("glyphs.h5");
  const char *const commands[] = { "distances % --measure rtd --batch 30 --trials 3", "sensitivity % --layer pool" };

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *one = g_strconcat (commands[i], FEW " --threads 1", NULL);
      g_autofree char *four = g_strconcat (commands[i], FEW " --threads 4", NULL);
      g_auto (Run) first = { 0 };
      g_auto (Run) second = { 0 };

      run_cli (&first, one, file);
      run_cli (&second, four, file);
      g_assert_cmpint (first.status, ==, 0);
      g_assert_true (g_bytes_equal (first.output, second.output));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/comparing/matrix", a_matrix_names_its_rows_and_columns);
  g_test_add_func ("/cli/comparing/ids", two_files_are_matched_by_their_ids);
  g_test_add_func ("/cli/comparing/images-without-a-point", images_without_a_point_are_said);
  g_test_add_func ("/cli/comparing/hierarchy", a_hierarchy_has_all_classes);
  g_test_add_func ("/cli/comparing/parting", parting_has_a_line_a_pair);
  g_test_add_func ("/cli/comparing/sensitivity", sensitivity_is_what_the_variance_says);
  g_test_add_func ("/cli/comparing/seeds", seeds_make_the_line_to_pass);
  g_test_add_func ("/cli/comparing/paper", the_published_procedure_does_not_centre);
  g_test_add_func ("/cli/comparing/specificity", a_file_against_itself_is_specific);
  g_test_add_func ("/cli/comparing/specificity-foreground", layers_without_a_foreground_are_left_out_of_specificity);
  g_test_add_func ("/cli/comparing/figures", figures_record_what_was_compared);
  g_test_add_func ("/cli/comparing/left-out", layers_without_positions_are_left_out);
  g_test_add_func ("/cli/comparing/refused", what_cannot_be_compared_is_refused);
  g_test_add_func ("/cli/comparing/threads", nothing_hangs_on_the_number_of_threads);

  return g_test_run ();
}
