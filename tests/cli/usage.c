#include "cli/spawn.h"

static void
misuse (const char *arguments, const char *message)
{
  g_autofree char *file = golden_path ("cloud", "cloud.h5");
  g_autofree char *line = g_strconcat ("nerve-cli: ", message, NULL);

  run_badly (arguments, file, 2, line, "");
}

static void
a_command_is_needed (void)
{
  misuse ("", "a command is missing");
  misuse ("inf %", "no command “inf”; did you mean “info”");
  misuse ("quux", "no command “quux”; nerve-cli --help lists them");
}

static void
a_misspelt_option_is_told_its_neighbour (void)
{
  misuse ("cloud % --layr conv", "unknown option “--layr”; did you mean “--layer”?");
  misuse ("mapper % --min-sample=3", "unknown option “--min-sample”; did you mean “--min-samples”");
  misuse ("info % -x", "unknown option “-x”");
}

static void
a_value_must_be_there_and_be_allowed (void)
{
  misuse ("cloud % --layer", "--layer: a value is missing");
  misuse ("cloud % --layer --relu", "--layer: a value is missing");
  misuse ("cloud % --layer conv --seed x", "--seed: “x” is not a whole number");
  misuse ("cloud % --layer conv --max-points=-3", "--max-points: “-3” is out of range");
  misuse ("cloud % --layer conv --metric euclidian", "--metric: “euclidian” is not known, did you mean “euclidean”?");
  misuse ("mapper % --layer conv --overlap 7", "--overlap: “7” is out of range");
  misuse ("mapper % --layer conv --cover balls", "--cover: “balls” is not known, did you mean “ball”?");
  misuse ("persistence % --layer conv --max-dim 9", "--max-dim: “9” is out of range (0 to 8)");
  misuse ("info % --format xml", "--format: “xml” is not known (text, json)");
  misuse ("betti % --eta 0.5,y", "--eta: “y”");
  misuse ("cloud % --layer conv --classes=", "--classes: is empty");
  misuse ("decay % --eta 0:1", "--eta: “0:1” is not FIRST:LAST:HOW-MANY");
  misuse ("decay % --bootstrap 0", "--bootstrap: “0” is not between 1 and 100000");
  misuse ("rank % --score beauty", "--score: ");
  misuse ("invariance % --bootstrap 0", "--bootstrap: ");
  misuse ("decay % --dims 0,3", "--dims: “0,3” is not a list of 0, 1 and 2");
  misuse ("decay % --dims 0,0", "--dims: “0,0” is not a list of 0, 1 and 2, each at most once");
  misuse ("cloud % --layer conv -o f.foo", "f.foo: the name of a table ends with .npy, .csv or .txt");
  misuse ("figure % --sensitivity-bootstraps -1", "--sensitivity-bootstraps: “-1” is out of range (");
  misuse ("figure % --bootstraps 2", "--bootstraps: “2” is out of range (20 to ");
  misuse ("betti % --eta -1e308:1e308:5", "--eta: “-1e308:1e308:5” is too wide");
  misuse ("cloud % --layer conv --points -", "standard output: two results can't go into one file");
  misuse ("cloud % --layer conv --output=", "the name of the file to write to is empty");
  misuse ("cloud % --layer conv --seed 99999999999", "--seed: “99999999999” is out of range (0 to 2147483647)");
  misuse ("info % --quiet=yes", "--quiet takes no value");
}

static void
files_must_be_as_many_as_needed (void)
{
  misuse ("info", "info: a file is missing");
  misuse ("info % other.h5", "info: “other.h5” is one file too many");
}

static void
one_of_several_layers_must_be_named (void)
{
  g_autofree char *file = golden_path ("cloud", "cloud.h5");
  g_autofree char *prefix = g_strdup_printf ("nerve-cli: %s: which layer? --layer NAME, one of input, conv, ", file);

  run_badly ("cloud %", file, 2, prefix, "logits");
}

static void
vectors_have_no_foreground (void)
{
  g_autofree char *file = golden_path ("cloud", "cloud.h5");
  g_autofree char *prefix = g_strdup_printf ("nerve-cli: %s: logits: the sampling “foreground” needs positions", file);

  run_badly ("cloud % --layer logits --sampling foreground", file, 2, prefix, "");
}

static void
every_command_explains_itself (void)
{
  const char *const commands[] = { "info", "cloud", "persistence", "betti", "decay", "mapper", "figure" };
  g_auto (Run) run = { 0 };
  g_autofree char *overview = NULL;

  run_well (&run, "--help", NULL);
  overview = run_text (&run);
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *arguments = g_strconcat (commands[i], " --threads 2 --help", NULL);
      g_autofree char *help = NULL;

      g_assert_nonnull (strstr (overview, commands[i]));
      run_well (&run, arguments, NULL);
      help = run_text (&run);
      g_assert_nonnull (strstr (help, "Usage: nerve-cli "));
      g_assert_nonnull (strstr (help, "--threads N\n"));
      g_assert_nonnull (strstr (help, "for all cores [0]\n"));
    }
}

static void
two_dashes_end_the_options (void)
{
  run_badly ("info -- --help", NULL, 1, "nerve-cli: --help: ", "");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/usage/a-command-is-needed", a_command_is_needed);
  g_test_add_func ("/cli/usage/a-misspelt-option-is-told-its-neighbour", a_misspelt_option_is_told_its_neighbour);
  g_test_add_func ("/cli/usage/a-value-must-be-there-and-be-allowed", a_value_must_be_there_and_be_allowed);
  g_test_add_func ("/cli/usage/files-must-be-as-many-as-needed", files_must_be_as_many_as_needed);
  g_test_add_func ("/cli/usage/one-of-several-layers-must-be-named", one_of_several_layers_must_be_named);
  g_test_add_func ("/cli/usage/vectors-have-no-foreground", vectors_have_no_foreground);
  g_test_add_func ("/cli/usage/every-command-explains-itself", every_command_explains_itself);
  g_test_add_func ("/cli/usage/two-dashes-end-the-options", two_dashes_end_the_options);

  return g_test_run ();
}
