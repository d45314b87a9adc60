#include "cli/spawn.h"

/* A square of side 1 whose diagonals are 1.5 long. */
#define SQUARE "0,1,1.5,1\n1,0,1,1.5\n1.5,1,0,1\n1,1.5,1,0\n"

static char *
run_on_square (const char *folder, const char *options)
{
  g_autofree char *file = g_build_filename (folder, "square.csv", NULL);
  g_autofree char *result = g_build_filename (folder, "r.json", NULL);
  g_autofree char *arguments = g_strdup_printf ("persistence %% --distance-matrix --representatives %s %s", result,
                                                options);
  g_auto (Run) run = { 0 };
  char *text = NULL;

  g_assert_true (g_file_set_contents (file, SQUARE, -1, NULL));
  run_well (&run, arguments, file);
  g_assert_true (g_file_get_contents (result, &text, NULL, NULL));

  return text;
}

static void
the_square_s_loop_is_its_four_sides (void)
{
  char *folder = make_folder ();
  g_autofree char *text = run_on_square (folder, "");
  g_autofree char *with_voids = run_on_square (folder, "--max-dim 2");

  g_assert_nonnull (strstr (text, "  {\n"
                                  "    \"dimension\": 1,\n"
                                  "    \"birth\": 1,\n"
                                  "    \"death\": 1.5,\n"
                                  "    \"kind\": \"checked\",\n"
                                  "    \"length\": 4,\n"
                                  "    \"vertices\": [3, 2, 1, 0],\n"
                                  "    \"edges\": [[3, 2], [2, 1], [1, 0], [0, 3]],\n"
                                  "    \"shortest_born_here\": null\n"
                                  "  }\n]"));
  g_assert_nonnull (strstr (text, "\"death\": \"inf\",\n"
                                  "    \"kind\": \"component\",\n"
                                  "    \"length\": 0,\n"
                                  "    \"vertices\": [0, 1, 2, 3],\n"
                                  "    \"edges\": []"));
  g_assert_null (strstr (text, "images"));
  g_assert_cmpstr (text, ==, with_voids);
  remove_folder (folder);
}

static void
points_of_a_cloud_have_images_and_positions (void)
{
  char *folder = make_folder ();
  g_autofree char *file = golden_path ("cloud", "cloud.h5");
  g_autofree char *result = g_build_filename (folder, "r.json", NULL);
  g_autofree char *arguments = g_strdup_printf ("persistence %% --layer conv --max-dim 0 --classes bee "
                                                "--representatives %s", result);
  g_auto (Run) run = { 0 };
  g_autofree char *text = NULL;

  run_well (&run, arguments, file);
  g_assert_true (g_file_get_contents (result, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "\"images\": ["));
  g_assert_nonnull (strstr (text, "\"positions\": ["));
  /* As far up as the bars. */
  g_assert_null (strstr (text, "\"dimension\": 1"));
  remove_folder (folder);
}

static void
a_failed_run_leaves_no_file (void)
{
  char *folder = make_folder ();
  g_autofree char *file = golden_path ("cloud", "cloud.h5");
  g_autofree char *arguments = g_strdup_printf ("persistence %% --layer nothing --representatives %s/r.json", folder);

  run_badly (arguments, file, 1, "nerve-cli: ", "");
  g_assert_cmpuint (count_files (folder), ==, 0);
  remove_folder (folder);
  run_badly ("persistence % --layer conv --representatives /nonexistent/r.json", file, 1, "nerve-cli: /nonexistent",
             "");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cli/representatives/the-square-s-loop-is-its-four-sides", the_square_s_loop_is_its_four_sides);
  g_test_add_func ("/cli/representatives/points-of-a-cloud-have-images-and-positions",
                   points_of_a_cloud_have_images_and_positions);
  g_test_add_func ("/cli/representatives/a-failed-run-leaves-no-file", a_failed_run_leaves_no_file);

  return g_test_run ();
}
