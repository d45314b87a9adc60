#include "cli/spawn.h"

#include <json-glib/json-glib.h>
#include <math.h>

#include "cloud/golden.h"
#include "data/dataset.h"

#define GOLDEN golden_path ("cloud", "cloud.h5")

static char *
run_for_text (const char *arguments, const char *file)
{
  g_auto (Run) run = { 0 };

  run_well (&run, arguments, file);

  return run_text (&run);
}

static JsonNode *
parse_json (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (text, &error);

  g_assert_no_error (error);

  return node;
}

static JsonNode *
run_for_json (const char *arguments, const char *file)
{
  g_autofree char *text = run_for_text (arguments, file);

  return parse_json (text);
}

/* Of tables, which are said to be read as such; @shape: of each. */
static JsonNode *
run_for_json_of_tables (const char *arguments, const char *file, const char *shape)
{
  g_auto (Run) run = { 0 };
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  run_cli (&run, arguments, file);
  g_assert_cmpint (run.status, ==, 0);
  lines = g_strsplit (g_strchomp (run.errors), "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    {
      g_assert_nonnull (strstr (*line, ".npy: read as a table of Betti numbers (float64): "));
      g_assert_true (g_str_has_suffix (*line, shape));
    }
  text = run_text (&run);

  return parse_json (text);
}

static void
info_lists_layers_and_classes (void)
{
  g_autofree char *file = GOLDEN;
  g_autoptr (JsonNode) node = run_for_json ("info % --format json", file);
  g_autofree char *text = run_for_text ("info %", file);
  JsonObject *object = json_node_get_object (node);
  JsonArray *layers = json_object_get_array_member (object, "layers");
  JsonObject *last = json_array_get_object_element (layers, 2);
  JsonArray *shape = json_object_get_array_member (last, "shape");

  g_assert_cmpstr (json_object_get_string_member (object, "file"), ==, file);
  g_assert_cmpint (json_object_get_int_member (object, "n"), ==, 12);
  g_assert_true (json_object_get_null_member (object, "model"));
  g_assert_cmpstr (json_array_get_string_element (json_object_get_array_member (object, "classes"), 1), ==, "bee");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "superclasses")), ==, 0);
  g_assert_true (json_object_has_member (object, "assumed"));
  g_assert_cmpuint (json_array_get_length (layers), ==, 6);
  g_assert_cmpstr (json_object_get_string_member (last, "name"), ==, "last");
  g_assert_cmpint (json_object_get_int_member (last, "index"), ==, 2);
  g_assert_cmpstr (json_object_get_string_member (last, "kind"), ==, "conv");
  g_assert_cmpstr (json_object_get_string_member (last, "dtype"), ==, "float32");
  g_assert_cmpint (json_object_get_int_member (last, "bytes"), ==, 12 * 60 * 4);
  g_assert_true (json_object_get_null_member (last, "sampling"));
  /* As stored: N, H, W, C. */
  g_assert_cmpint (json_array_get_int_element (shape, 1), ==, 4);
  g_assert_cmpint (json_array_get_int_element (shape, 3), ==, 5);
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (layers, 4), "sampling"), ==, "random");
  g_assert_nonnull (strstr (text, "12 × 4 × 3 × 5"));
}

static void
a_cloud_is_written_exactly (void)
{
  char *folder = make_folder ();
  g_autofree char *file = GOLDEN;
  g_autofree char *npy = g_build_filename (folder, "full.npy", NULL);
  g_autofree char *arguments = g_strdup_printf ("cloud %% --layer conv --sampling full -o %s", npy);
  g_autofree char *nothing = run_for_text (arguments, file);
  g_autofree char *csv = run_for_text ("cloud % --layer conv --sampling full", file);
  g_auto (GStrv) lines = g_strsplit (csv, "\n", -1);
  g_autoptr (NerveDataset) written = nerve_dataset_open (npy, NULL);
  gsize n;
  g_autofree double *expected = golden_read ("cloud.txt", "full", &n);
  g_autofree double *read = g_new (double, n);

  g_assert_cmpstr (nothing, ==, "");
  g_assert_cmpuint (nerve_dataset_get_n (written), ==, 144);
  g_assert_cmpstr (nerve_dataset_get_layer (written, 0)->dtype, ==, "float64");
  g_assert_true (nerve_dataset_read_rows (written, 0, 0, 144, read, NULL));
  g_assert_cmpmem (read, n * sizeof (double), expected, n * sizeof (double));
  g_assert_cmpuint (g_strv_length (lines), ==, 145);
  for (guint row = 0; row < 144; row++)
    {
      g_auto (GStrv) fields = g_strsplit (lines[row], ",", -1);

      g_assert_cmpuint (g_strv_length (fields), ==, 5);
      g_assert_cmpfloat ((float) g_ascii_strtod (fields[2], NULL), ==, (float) expected[row * 5 + 2]);
    }
  g_assert_cmpuint (count_files (folder), ==, 1);
  remove_folder (folder);
}

static void
points_say_where_they_come_from (void)
{
  char *folder = make_folder ();
  g_autofree char *file = GOLDEN;
  g_autofree char *csv = g_build_filename (folder, "p.csv", NULL);
  g_autofree char *arguments = g_strdup_printf ("cloud %% --layer conv --sampling full --classes cat --points %s", csv);
  g_autofree char *cloud = run_for_text (arguments, file);
  g_autofree char *points = NULL;
  g_auto (GStrv) lines = NULL;

  g_assert_true (g_file_get_contents (csv, &points, NULL, NULL));
  lines = g_strsplit (points, "\n", -1);
  g_assert_cmpstr (lines[0], ==, "row,image,i,j,label,sample_id");
  g_assert_cmpstr (lines[1], ==, "0,2,0,0,2,");
  g_assert_cmpstr (lines[6], ==, "5,2,1,2,2,");
  g_assert_cmpstr (lines[36], ==, "35,8,3,2,2,");
  g_assert_cmpuint (g_strv_length (lines), ==, 38);
  remove_folder (folder);
}

/* The corners of a 3 × 4 rectangle, one of them twice: a loop from 4 to the diagonal, 5. */
static char *
write_rectangle (const char *folder)
{
  const double corners[] = { 0, 0, 3, 0, 3, 4, 0, 4, 0, 0 };

  return write_npy (folder, "rectangle.npy", "(5, 2)", corners, 10);
}

static void
bars_are_sorted_and_have_length (void)
{
  char *folder = make_folder ();
  g_autofree char *file = write_rectangle (folder);
  g_autofree char *all = run_for_text ("persistence %", file);
  g_autofree char *components = run_for_text ("persistence % --max-dim 0", file);
  g_autofree char *below = run_for_text ("persistence % --threshold 4.5", file);
  g_autofree char *city = run_for_text ("persistence % --metric manhattan --scale q90", file);

  g_assert_cmpstr (all, ==, "dimension,birth,death\n0,0,3\n0,0,3\n0,0,4\n0,0,inf\n1,4,5\n");
  g_assert_cmpstr (components, ==, "dimension,birth,death\n0,0,3\n0,0,3\n0,0,4\n0,0,inf\n");
  g_assert_cmpstr (below, ==, "dimension,birth,death\n0,0,3\n0,0,3\n0,0,4\n0,0,inf\n1,4,inf\n");
  /* Ten distances: 0, 3, 3, 3, 4, 4, 4, 7, 7, 7. */
  g_assert_true (g_str_has_suffix (city, "\n1,0.571428571,1\n"));
  remove_folder (folder);
}

static void
bars_have_three_forms (void)
{
  const double expected[] = { 0, 0, 3, 0, 0, 3, 0, 0, 4, 0, 0, INFINITY, 1, 4, 5 };
  char *folder = make_folder ();
  g_autofree char *file = write_rectangle (folder);
  g_autoptr (JsonNode) node = run_for_json ("persistence % --format json", file);
  JsonArray *bars = json_node_get_array (node);
  g_auto (Run) run = { 0 };
  g_auto (Run) named = { 0 };
  g_autofree char *output = NULL;
  g_autofree char *arguments = NULL;
  g_autofree char *written = NULL;
  gsize length;

  run_well (&run, "persistence % --format npy", file);
  g_assert_cmpmem ((const char *) g_bytes_get_data (run.output, NULL) + 128, g_bytes_get_size (run.output) - 128,
                   expected, sizeof expected);
  g_assert_cmpuint (json_array_get_length (bars), ==, 5);
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (bars, 3), "death"), ==, "inf");
  g_assert_cmpfloat (json_object_get_double_member (json_array_get_object_element (bars, 4), "death"), ==, 5.0);
  g_assert_cmpint (json_object_get_int_member (json_array_get_object_element (bars, 4), "dimension"), ==, 1);

  /* The name of the file to write says which one is meant. */
  output = g_build_filename (folder, "bars.npy", NULL);
  arguments = g_strdup_printf ("persistence %% -o %s", output);
  run_well (&named, arguments, file);
  g_assert_true (g_file_get_contents (output, &written, &length, NULL));
  g_assert_cmpmem (written, length, g_bytes_get_data (run.output, NULL), g_bytes_get_size (run.output));
  remove_folder (folder);
}

static void
betti_numbers_have_their_columns (void)
{
  /* Three images of 1 × 1 × 4: an island apart from another, one island, none. */
  const double volumes[] = { 0, 1, 0, 1, 0, 0, 0, 1, 1, 1, 1, 1 };
  char *folder = make_folder ();
  g_autofree char *file = write_npy (folder, "v.npy", "(3, 1, 1, 4)", volumes, 12);
  g_autofree char *means = run_for_text ("betti % --eta 0.5,2", file);
  g_autofree char *images = run_for_text ("betti % --per-image", file);

  g_assert_cmpstr (means, ==,
                   "layer,index,eta,beta0,beta1,beta2,omega\n"
                   "v,0,0.5,1,0,0,1\n"
                   "v,0,2,1,0,0,1\n");
  g_assert_cmpstr (images, ==,
                   "layer,index,image,label,eta,beta0,beta1,beta2,omega\n"
                   "v,0,0,-1,0.5,2,0,0,2\n"
                   "v,0,1,-1,0.5,1,0,0,1\n"
                   "v,0,2,-1,0.5,0,0,0,0\n");
  remove_folder (folder);
}

static void
the_paper_counts_bars_that_die_at_eta (void)
{
  const double volume[] = { 0, 1, 0, 2 };
  char *folder = make_folder ();
  g_autofree char *file = write_npy (folder, "v.npy", "(1, 1, 1, 4)", volume, 4);
  g_autofree char *half_open = run_for_text ("betti % --eta 1", file);
  g_autofree char *closed = run_for_text ("betti % --eta 1 --count closed", file);
  g_autofree char *paper = run_for_text ("betti % --eta 1 --compat paper", file);
  g_autofree char *both = run_for_text ("betti % --eta 1 --compat paper --count half-open", file);

  g_assert_true (g_str_has_suffix (half_open, "\nv,0,1,1,0,0,1\n"));
  g_assert_true (g_str_has_suffix (closed, "\nv,0,1,2,0,0,2\n"));
  g_assert_cmpstr (paper, ==, closed);
  g_assert_cmpstr (both, ==, half_open);
  remove_folder (folder);
}

/* SCIENCE §4's reference: means of ResNet-18 over blocks 1 … 11. */
static void
a_table_of_betti_numbers_has_its_score (void)
{
  const double beta[3][11] = {
    { 89.9, 41.2, 41.2, 198.9, 350.2, 1.7, 1.6, 1.0, 1.0, 1.0, 58.0 },
    { 3040.4, 2209.3, 2209.3, 2888.8, 5669.9, 870.1, 1021.1, 59.4, 67.9, 23.7, 1181.1 },
    { 679.2, 1247.2, 1247.2, 214.2, 39.5, 434.4, 365.7, 495.5, 473.7, 217.5, 0.0 },
  };
  const char *const keys[] = { "model", "layers", "omega", "beta", "theta", "theta_beta1", "log_slope", "area",
                               "first_last", "tau" };
  char *folder = make_folder ();
  double table[2][2][11][3];
  g_autofree char *file = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object;

  for (guint label = 0; label < 2; label++)
    for (guint image = 0; image < 2; image++)
      for (guint layer = 0; layer < 11; layer++)
        for (guint dim = 0; dim < 3; dim++)
          table[label][image][layer][dim] = beta[dim][layer] * (label + image == 1 ? 1.5 : 0.5);
  file = write_npy (folder, "resnet.npy", "(2, 2, 11, 3)", &table[0][0][0][0], 132);
  node = run_for_json_of_tables ("decay %", file, "2 classes × 2 images × 11 layers");
  object = json_array_get_object_element (json_node_get_array (node), 0);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_assert_true (json_object_has_member (object, keys[i]));
  g_assert_cmpstr (json_object_get_string_member (object, "model"), ==, "resnet");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "layers")), ==, 11);
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (object, "theta"), 0.1944, 1e-4);
  g_assert_cmpfloat_with_epsilon (json_array_get_double_element (json_object_get_array_member (object, "omega"), 0),
                                  3809.5, 1e-6);
  g_assert_true (json_object_get_null_member (object, "tau"));
  remove_folder (folder);
}

/* A ring in a table is a loop, as for cubical; its rows are lines of voxels. */
static void
a_table_is_one_volume (void)
{
  static const double ring[9] = { 0, 0, 0, 0, 1, 0, 0, 0, 0 };
  char *folder = make_folder ();
  g_autofree char *path = write_npy (folder, "ring.npy", "(3, 3)", ring, 9);
  g_autofree char *whole = NULL;
  g_autofree char *rows = NULL;
  g_auto (Run) run = { 0 };

  run_cli (&run, "betti % --eta 0.5,1", path);
  g_assert_cmpint (run.status, ==, 0);
  g_assert_nonnull (strstr (run.errors, "3 × 3 is counted as one volume"));
  whole = run_text (&run);
  g_assert_cmpstr (whole, ==, "layer,index,eta,beta0,beta1,beta2,omega\nring,0,0.5,1,1,0,2\nring,0,1,1,0,0,1\n");
  run_cli (&run, "betti % --eta 0.5 --per-image", path);
  rows = run_text (&run);
  g_assert_nonnull (strstr (rows, "ring,0,1,-1,0.5,2,0,0,2\n"));
  remove_folder (folder);
}

/* Two tables: what falls faster comes first, and does better. */
static void
models_are_ranked (void)
{
  static const double values[2][12] = { { 1, 90, 4, 2, 60, 3, 1, 20, 2, 1, 1, 1 },
                                        { 1, 5, 1, 1, 20, 3, 1, 80, 2, 1, 95, 1 } };
  static const char accuracies[] = "model,accuracy\nsteep,96\nrising,91\n";
  char *folder = make_folder ();
  g_autofree char *steep = write_npy (folder, "steep.npy", "(1, 1, 4, 3)", values[0], 12);
  g_autofree char *rising = write_npy (folder, "rising.npy", "(1, 1, 4, 3)", values[1], 12);
  g_autofree char *table = g_build_filename (folder, "accuracies.csv", NULL);
  g_autofree char *arguments = g_strdup_printf ("rank %s %% --score log_slope --accuracy %s", rising, table);
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object, *best;

  g_assert_true (g_file_set_contents (table, accuracies, -1, NULL));
  node = run_for_json_of_tables (arguments, steep, "1 class × 1 image × 4 layers");
  object = json_node_get_object (node);
  best = json_array_get_object_element (json_object_get_array_member (object, "models"), 0);
  g_assert_cmpstr (json_object_get_string_member (best, "model"), ==, "steep");
  g_assert_cmpfloat (json_object_get_double_member (best, "accuracy"), ==, 96);
  g_assert_cmpfloat (json_object_get_double_member (object, "pearson"), ==, 1);
  g_assert_cmpfloat (json_object_get_double_member (object, "weighted_kendall"), ==, 1);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "variants")), ==, 9);
  remove_folder (folder);
}

/* The order drawn is the one printed, from accuracies typed in as from a file; and the curves theirs. */
static void
several_files_are_one_figure (void)
{
  static const double values[2][12] = { { 1, 90, 4, 2, 60, 3, 1, 20, 2, 1, 1, 1 },
                                        { 1, 5, 1, 1, 20, 3, 1, 80, 2, 1, 95, 1 } };
  static const char *const kinds[] = { "ranking", "ranks", "models", "subsamples" };
  static const char *const rows[] = { "steep,", "rising,theta,unit,1,", "rising,4,97,97,97\n", "steep,1,0,0,0," };
  char *folder = make_folder ();
  g_autofree char *steep = write_npy (folder, "steep.npy", "(1, 1, 4, 3)", values[0], 12);
  g_autofree char *rising = write_npy (folder, "rising.npy", "(1, 1, 4, 3)", values[1], 12);
  g_autofree char *picture = g_build_filename (folder, "f.svg", NULL);
  g_autofree char *data = g_build_filename (folder, "f.csv", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *arguments = g_strdup_printf ("figure %s %% --kind %s --score log_slope --accuracies 91,96 "
                                                    "-o %s --data %s", rising, kinds[i], picture, data);
      g_autofree char *svg = NULL;
      g_autofree char *text = NULL;
      g_auto (Run) run = { 0 };

      if (g_str_equal (kinds[i], "ranks"))
        arguments = (g_free (arguments), g_strdup_printf ("figure %s %% --kind ranks -o %s --data %s", rising, picture,
                                                          data));
      run_cli (&run, arguments, steep);
      g_test_message ("%s", run.errors);
      g_assert_cmpint (run.status, ==, 0);
      g_assert_true (g_file_get_contents (picture, &svg, NULL, NULL));
      g_assert_nonnull (strstr (svg, "; file=rising.npy; fingerprint="));
      g_assert_true (g_file_get_contents (data, &text, NULL, NULL));
      g_assert_nonnull (strstr (text, rows[i]));
      if (i == 0)
        g_assert_true (g_str_has_prefix (text, "model,score,accuracy\nsteep,") &&
                       strstr (text, ",96\nrising,") != NULL);
    }
  remove_folder (folder);
}

static void
an_empty_figure_of_several_files_is_refused (void)
{
  static const double values[12] = { 1, 90, 4, 2, 60, 3, 1, 20, 2, 1, 1, 1 };
  static const struct { const char *arguments, *words; int status; } cases[] = {
    { "figure % --kind ranking -o f.svg", "no model has both a score and an accuracy", 1 },
    { "figure % --kind ranks -o f.svg", "one network has no order", 1 },
    { "figure % % --kind decay -o f.svg", "the figure “decay” is of one file, not of 2", 2 },
    { "figure % % --kind ranks --eta .1,.2 -o f.svg", "is drawn at one threshold", 2 },
    { "figure % % --kind models --accuracies 1 -o f.svg", "“1” has 1 values, not one for each of 2 models", 2 },
    { "rank % % --accuracies 1,x", "“x” is not a finite number", 2 },
  };
  char *folder = make_folder ();
  g_autofree char *steep = write_npy (folder, "steep.npy", "(1, 1, 4, 3)", values, 12);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Run) run = { 0 };

      run_cli (&run, cases[i].arguments, steep);
      g_test_message ("%s", run.errors);
      g_assert_cmpint (run.status, ==, cases[i].status);
      g_assert_nonnull (strstr (run.errors, cases[i].words));
      g_assert_false (g_file_test ("f.svg", G_FILE_TEST_EXISTS));
    }
  remove_folder (folder);
}

static void
decay_goes_over_tensors_only (void)
{
  g_autofree char *file = golden_path ("data", "activations.h5");
  g_autoptr (JsonNode) node = run_for_json ("decay % %", file);
  JsonArray *models = json_node_get_array (node);
  JsonArray *layers = json_object_get_array_member (json_array_get_object_element (models, 1), "layers");
  g_autoptr (NerveDataset) dataset = nerve_dataset_open (file, NULL);

  g_assert_cmpuint (json_array_get_length (models), ==, 2);
  g_assert_cmpuint (json_array_get_length (layers), >, 0);
  for (guint i = 0; i < json_array_get_length (layers); i++)
    {
      guint layer;

      g_assert_true (nerve_dataset_find_layer (dataset, json_array_get_string_element (layers, i), &layer, NULL));
      g_assert_false (nerve_dataset_get_layer (dataset, layer)->is_vector);
      g_assert_cmpstr (nerve_dataset_get_layer (dataset, layer)->kind, !=, "input");
    }
}

static void
vectors_give_a_curve_with_a_warning (void)
{
  const double values[] = { 1, 2, 3, 4 };
  char *folder = make_folder ();
  g_autofree char *file = write_npy (folder, "vectors.npy", "(2, 2)", values, 4);
  g_auto (Run) run = { 0 };
  g_autofree char *text = NULL;

  run_cli (&run, "decay %", file);
  text = run_text (&run);
  g_assert_cmpint (run.status, ==, 0);
  g_assert_nonnull (strstr (run.errors, "warning: no layer holds tensors"));
  /* One layer makes no curve. */
  g_assert_nonnull (strstr (text, "\"theta\": null"));
  remove_folder (folder);
}

/* Two strips of points that the lens cuts alike: a graph of two components. */
static char *
write_strips (const char *folder)
{
  double points[80][2];

  for (guint i = 0; i < 80; i++)
    {
      points[i][0] = 10.0 + i % 40 * 0.1;
      points[i][1] = i < 40 ? 0.0 : 5.0;
    }

  return write_npy (folder, "strips.npy", "(80, 2)", &points[0][0], 160);
}

static void
a_mapper_graph_has_the_contracts_keys (void)
{
  const char *const node_keys[] = { "id", "interval", "cluster", "members", "lens_mean", "purity", "majority",
                                    "entropy", "class_counts" };
  char *folder = make_folder ();
  g_autofree char *file = write_strips (folder);
  g_autoptr (JsonNode) root = run_for_json ("mapper % --lens sum --intervals 4 --eps 0.25", file);
  JsonObject *object = json_node_get_object (root);
  JsonObject *parameters = json_object_get_object_member (object, "parameters");
  JsonObject *summary = json_object_get_object_member (object, "summary");
  JsonObject *points = json_object_get_object_member (object, "points");
  JsonArray *nodes = json_object_get_array_member (object, "nodes");
  JsonArray *edges = json_object_get_array_member (object, "edges");
  JsonObject *node = json_array_get_object_element (nodes, 0);
  JsonObject *edge = json_array_get_object_element (edges, 0);

  g_assert_cmpfloat (json_object_get_double_member (parameters, "eps"), ==, 0.25);
  g_assert_cmpint (json_object_get_int_member (parameters, "intervals"), ==, 4);
  g_assert_cmpstr (json_object_get_string_member (parameters, "cover"), ==, "kepler");
  g_assert_cmpstr (json_object_get_string_member (parameters, "layer"), ==, "strips");
  g_assert_cmpint (json_object_get_int_member (summary, "nodes"), ==, json_array_get_length (nodes));
  g_assert_cmpint (json_object_get_int_member (summary, "edges"), ==, json_array_get_length (edges));
  g_assert_cmpint (json_object_get_int_member (summary, "components"), ==, 2);
  g_assert_cmpfloat (json_object_get_double_member (summary, "coverage"), ==, 1.0);
  g_assert_true (json_object_get_null_member (summary, "node_purity"));
  g_assert_true (json_object_has_member (summary, "class_purity"));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (points, "image")), ==, 80);
  g_assert_cmpint (json_array_get_int_element (json_object_get_array_member (points, "position"), 7), ==, -1);
  for (guint i = 0; i < G_N_ELEMENTS (node_keys); i++)
    g_assert_true (json_object_has_member (node, node_keys[i]));
  g_assert_cmpstr (json_object_get_string_member (node, "id"), ==, "cube0_cluster0");
  g_assert_cmpint (json_array_get_int_element (json_object_get_array_member (node, "members"), 0), ==, 0);
  g_assert_cmpstr (json_object_get_string_member (edge, "source"), ==, "cube0_cluster0");
  g_assert_cmpint (json_object_get_int_member (edge, "shared"), >, 0);
  g_assert_cmpfloat (json_object_get_double_member (edge, "jaccard"), <, 1.0);
  remove_folder (folder);
}

static void
each_node_says_what_its_points_have_in_common (void)
{
  char *folder = make_folder ();
  g_autofree char *file = write_strips (folder);
  g_autoptr (JsonNode) root = run_for_json ("mapper % --lens sum --intervals 4 --eps 0.25 --statistics", file);
  JsonObject *object = json_node_get_object (root);
  JsonArray *nodes = json_object_get_array_member (object, "nodes");
  gint64 n_ends = 0;

  for (guint i = 0; i < json_array_get_length (nodes); i++)
    {
      JsonObject *node = json_array_get_object_element (nodes, i);
      gint64 members = json_array_get_length (json_object_get_array_member (node, "members"));
      JsonArray *histogram = json_object_get_array_member (node, "lens_histogram");
      JsonArray *activation = json_object_get_array_member (node, "mean_activation");
      gint64 sum = 0;

      for (guint k = 0; k < json_array_get_length (histogram); k++)
        sum += json_array_get_int_element (histogram, k);
      g_assert_cmpint (sum, ==, members);
      g_assert_cmpint (json_object_get_int_member (node, "images"), ==, members);
      g_assert_cmpuint (json_array_get_length (activation), ==, 2);
      /* The lens is the sum of the coordinates. */
      g_assert_cmpfloat_with_epsilon (json_array_get_double_element (activation, 0) +
                                      json_array_get_double_element (activation, 1),
                                      json_object_get_double_member (node, "lens_mean"), 1e-6);
      g_assert_cmpfloat (json_object_get_double_member (node, "lens_min"), <=,
                         json_object_get_double_member (node, "lens_mean"));
      g_assert_true (json_object_get_null_member (node, "accuracy"));
      n_ends += json_object_get_int_member (node, "degree") == 1;
    }
  g_assert_cmpint (json_object_get_int_member (json_object_get_object_member (object, "summary"), "leaves"), ==,
                   n_ends);
  remove_folder (folder);
}

/* A file against itself: the same graph twice, and each node goes with itself. */
static void
without_noise_each_node_goes_with_itself (void)
{
  char *folder = make_folder ();
  g_autofree char *file = write_strips (folder);
  g_autofree char *command = g_strdup_printf ("noise %% %s --lens sum --intervals 4 --eps 0.25", file);
  g_autoptr (JsonNode) root = run_for_json (command, file);
  JsonObject *object = json_node_get_object (root);
  JsonObject *clean = json_object_get_object_member (object, "clean");
  JsonObject *noisy = json_object_get_object_member (object, "noisy");
  JsonObject *coupling = json_object_get_object_member (object, "coupling");
  JsonArray *nodes = json_object_get_array_member (coupling, "nodes");
  gint64 n = json_object_get_int_member (clean, "nodes");

  g_assert_cmpint (n, >, 2);
  g_assert_cmpint (json_object_get_int_member (noisy, "nodes"), ==, n);
  g_assert_cmpint (json_object_get_int_member (noisy, "edges"), ==, json_object_get_int_member (clean, "edges"));
  g_assert_cmpfloat (json_object_get_double_member (coupling, "distance"), ==, 0);
  g_assert_cmpuint (json_array_get_length (nodes), ==, n);
  for (guint i = 0; i < n; i++)
    {
      JsonObject *pair = json_array_get_object_element (nodes, i);

      g_assert_cmpstr (json_object_get_string_member (pair, "clean"), ==,
                       json_object_get_string_member (pair, "noisy"));
      g_assert_cmpfloat_with_epsilon (json_object_get_double_member (pair, "mass"), 1. / n, 1e-6);
    }
  remove_folder (folder);
}

static void
other_images_are_no_noise (void)
{
  char *folder = make_folder ();
  g_autofree char *file = write_strips (folder);
  const double points[] = { 0, 0, 1, 1, 2, 2 };
  g_autofree char *other = write_npy (folder, "other.npy", "(3, 2)", points, 6);
  g_autofree char *command = g_strdup_printf ("noise %% %s --eps 1 --layer strips", other);
  g_autofree char *unnamed = g_strdup_printf ("noise %% %s --eps 1", other);
  g_auto (Run) run = { 0 };
  g_auto (Run) few = { 0 };

  run_cli (&run, command, file);
  g_assert_cmpint (run.status, ==, 1);
  g_assert_nonnull (strstr (run.errors, "no layer “strips”"));
  run_cli (&few, unnamed, file);
  g_assert_cmpint (few.status, ==, 1);
  g_assert_nonnull (strstr (few.errors, "3 images, and 80 in the clean file"));
  g_assert_cmpuint (g_bytes_get_size (few.output), ==, 0);
  remove_folder (folder);
}

/* As a figure: of two files, said as such. */
static void
noise_is_a_figure_of_two_files (void)
{
  char *folder = make_folder ();
  g_autofree char *file = write_strips (folder);
  g_autofree char *path = g_build_filename (folder, "noise.svg", NULL);
  g_autofree char *table = g_build_filename (folder, "noise.csv", NULL);
  g_autofree char *command = g_strdup_printf ("figure %% %s --kind noise --lens sum --intervals 4 --eps 0.25 -o %s "
                                              "--data %s", file, path, table);
  g_autofree char *alone = g_strdup_printf ("figure %% --kind noise -o %s", path);
  g_autofree char *svg = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_auto (Run) run = { 0 };
  g_auto (Run) one = { 0 };

  run_well (&run, command, file);
  g_assert_true (g_file_get_contents (path, &svg, NULL, NULL));
  g_assert_nonnull (strstr (svg, "; with="));
  g_assert_nonnull (strstr (strstr (svg, "; with="), "; fingerprint="));
  g_assert_true (g_file_get_contents (table, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 4);
  g_assert_true (g_str_has_prefix (lines[0], "layer,side,nodes,edges,"));
  /* It is its own noise. */
  g_assert_nonnull (strstr (lines[1], ",clean,"));
  g_assert_cmpstr (strstr (lines[1], ",clean,") + 7, ==, strstr (lines[2], ",noisy,") + 7);
  g_assert_true (g_str_has_suffix (lines[1], ",0"));
  g_unlink (path);
  g_unlink (table);
  run_cli (&one, alone, file);
  g_assert_cmpint (one.status, ==, 2);
  g_assert_nonnull (strstr (one.errors, "of two files"));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  remove_folder (folder);
}

static void
the_default_eps_is_resolved (void)
{
  g_autofree char *file = GOLDEN;
  g_autoptr (JsonNode) node = run_for_json ("mapper % --layer conv --sampling full --min-samples 2 --classes 0,1",
                                            file);
  JsonObject *object = json_node_get_object (node);
  JsonObject *parameters = json_object_get_object_member (object, "parameters");
  JsonArray *counts = json_object_get_array_member (json_object_get_object_member (object, "summary"),
                                                    "class_purity");

  g_assert_cmpfloat (json_object_get_double_member (parameters, "eps"), >, 0.0);
  g_assert_cmpint (json_object_get_int_member (parameters, "intervals"), ==, 40);
  g_assert_cmpfloat (json_object_get_double_member (parameters, "overlap"), ==, 0.25);
  g_assert_cmpstr (json_object_get_string_member (parameters, "sampling"), ==, "full");
  g_assert_cmpuint (json_array_get_length (counts), ==, 3);
}

static void
other_programs_read_the_graph (void)
{
  char *folder = make_folder ();
  g_autofree char *file = write_strips (folder);
  g_autofree char *dot = run_for_text ("mapper % --lens sum --intervals 4 --eps 0.25 --format dot", file);
  g_autofree char *graphml = run_for_text ("mapper % --lens sum --intervals 4 --eps 0.25 --format graphml", file);
  g_autofree char *csv = run_for_text ("mapper % --lens sum --intervals 4 --eps 0.25 --format csv", file);
  const GMarkupParser parser = { 0 };
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, NULL, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_str_has_prefix (dot, "graph mapper {\n  cube0_cluster0 [interval=\"0\", cluster=\"0\", size=\""));
  g_assert_nonnull (strstr (dot, "  cube0_cluster0 -- cube1_cluster"));
  g_markup_parse_context_parse (context, graphml, strlen (graphml), &error);
  g_assert_no_error (error);
  g_assert_true (g_markup_parse_context_end_parse (context, &error));
  g_assert_true (g_str_has_prefix (csv, "id,interval,cluster,row,image,position,label,sample_id\n"
                                        "cube0_cluster0,0,0,0,0,-1,-1,\n"));
  remove_folder (folder);
}

static void
everything_is_noise_with_a_warning (void)
{
  char *folder = make_folder ();
  g_autofree char *file = write_strips (folder);
  g_auto (Run) run = { 0 };
  g_autofree char *text = NULL;

  run_cli (&run, "mapper % --eps 0.001 --intervals 2", file);
  text = run_text (&run);
  g_assert_cmpint (run.status, ==, 0);
  g_assert_nonnull (strstr (run.errors, "warning: Everything is noise at ε = 0.001"));
  g_assert_nonnull (strstr (text, "\"nodes\": 0"));
  remove_folder (folder);
}

static void
a_graph_that_no_eps_could_fill_says_so (void)
{
  char *folder = make_folder ();
  g_autofree char *file = write_strips (folder);
  g_auto (Run) thin = { 0 };
  g_auto (Run) few = { 0 };

  run_cli (&thin, "mapper % --eps inf --intervals 200", file);
  g_assert_cmpint (thin.status, ==, 0);
  g_assert_nonnull (strstr (thin.errors, "warning: No interval of the cover holds the 5 points that a node needs."));
  run_cli (&few, "mapper % --eps inf --min-samples 1000", file);
  g_assert_cmpint (few.status, ==, 0);
  g_assert_nonnull (strstr (few.errors, "points; a node needs 1000."));
  remove_folder (folder);
}

/* 900 × 30 × 30 positions. */
static void
a_full_cloud_over_the_cap_is_said_to_be_one (void)
{
  char *folder = make_folder ();
  g_autofree char *file = g_build_filename (folder, "maps.npy", NULL);
  GString *bytes = g_string_new (NULL);
  g_auto (Run) run = { 0 };

  g_string_append_len (bytes, "\x93NUMPY\x01\x00\x76\x00", 10);
  g_string_append (bytes, "{'descr': '|u1', 'fortran_order': False, 'shape': (900, 1, 30, 30), }");
  while (bytes->len < 127)
    g_string_append_c (bytes, ' ');
  g_string_append_c (bytes, '\n');
  g_string_set_size (bytes, 128 + 900 * 30 * 30);
  memset (bytes->str + 128, 1, 900 * 30 * 30);
  g_assert_true (g_file_set_contents (file, bytes->str, bytes->len, NULL));
  g_string_free (bytes, TRUE);
  run_cli (&run, "cloud % --sampling full -o /dev/null", file);
  g_assert_cmpint (run.status, ==, 0);
  g_assert_nonnull (strstr (run.errors, "warning: maps: not all points: full · 800,000 of 810,000, seed 0"));
  remove_folder (folder);
}

static void
positions_that_are_not_there_are_said_to_be_missing (void)
{
  g_autofree char *file = GOLDEN;
  g_auto (Run) run = { 0 };

  run_cli (&run, "cloud % --layer conv --sampling top-norm --positions 1000", file);
  g_assert_cmpint (run.status, ==, 0);
  g_assert_nonnull (strstr (run.errors, "positions, all of which are taken"));
}

static void
any_number_of_threads_writes_the_same_bytes (void)
{
  const char *const commands[] = {
    "cloud % --layer conv --sampling top-norm --positions 3",
    "persistence % --layer conv --sampling full --max-points 100 --metric cosine",
    "betti % --layer conv --per-image",
    "mapper % --layer conv --sampling full --min-samples 2",
    "mapper % --layer conv --sampling full --metric geodesic --scale q90 --neighbors 20",
  };
  g_autofree char *file = GOLDEN;

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *one = g_strconcat (commands[i], " --threads 1", NULL);
      g_autofree char *two = g_strconcat (commands[i], " --threads=2", NULL);
      g_autofree char *one_text = run_for_text (one, file);
      g_autofree char *two_text = run_for_text (two, file);

      g_assert_cmpuint (strlen (one_text), >, 100);
      g_assert_cmpstr (one_text, ==, two_text);
    }
}

/* Twelve images of 3 × 4 × 5; the first one's bars, counted at 0, are its Betti numbers there. */
static void
cubical_bars_add_up_to_betti_numbers (void)
{
  g_autofree char *file = GOLDEN;
  g_autofree char *bars = run_for_text ("cubical % --layer last --image 0", file);
  g_autofree char *numbers = run_for_text ("betti % --layer last --eta 0 --per-image", file);
  g_auto (GStrv) lines = g_strsplit (bars, "\n", -1);
  g_auto (GStrv) rows = g_strsplit (numbers, "\n", -1);
  g_auto (GStrv) first = g_strsplit (rows[1], ",", -1);
  guint64 counted[3] = { 0 };

  g_assert_cmpstr (lines[0], ==, "dimension,birth,death");
  for (guint l = 1; lines[l][0] != '\0'; l++)
    {
      g_auto (GStrv) fields = g_strsplit (lines[l], ",", -1);

      counted[atoi (fields[0])] += g_strtod (fields[1], NULL) <= 0 && 0 < g_strtod (fields[2], NULL);
    }
  for (guint d = 0; d < 3; d++)
    g_assert_cmpuint (counted[d], ==, g_ascii_strtoull (first[5 + d], NULL, 10));
}

static void
cubical_says_which_images_there_are (void)
{
  g_autofree char *file = GOLDEN;

  run_badly ("cubical % --layer last", file, 2, "nerve-cli: ",
             "--image: which one? “last” has 12 images, from 0 to 11");
  run_badly ("cubical % --layer last --image 12", file, 2, "nerve-cli: ",
             "--image: 12 is not an image of “last”, which are 0 to 11");
}

static void
top_norm_is_the_same_in_any_unit (void)
{
  static const double units[] = { 1, 1e200, 1e-200, 1e-310 };
  static const double numbers[] = { 1, 2, -9, 3, 1, 3, 4, 3, 5, 1, 1, -6, 2, 8, 1, 5 };
  char *folder = make_folder ();
  g_autofree char *points = g_build_filename (folder, "points.csv", NULL);
  g_autofree char *arguments = g_strdup_printf ("cloud %% --sampling top-norm -o %s/cloud.csv --points %s", folder,
                                                points);

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      double scaled[G_N_ELEMENTS (numbers)];
      g_autofree char *file = NULL;
      g_autofree char *nothing = NULL;
      g_autofree char *origins = NULL;

      for (guint k = 0; k < G_N_ELEMENTS (numbers); k++)
        scaled[k] = numbers[k] * units[i];
      file = write_npy (folder, "maps.npy", "(2, 2, 2, 2)", scaled, G_N_ELEMENTS (numbers));
      nothing = run_for_text (arguments, file);
      g_assert_true (g_file_get_contents (points, &origins, NULL, NULL));
      g_assert_cmpstr (origins, ==, "row,image,i,j,label,sample_id\n0,0,1,0,-1,\n1,1,0,1,-1,\n");
    }
  remove_folder (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/results/info-lists-layers-and-classes", info_lists_layers_and_classes);
  g_test_add_func ("/cli/results/a-cloud-is-written-exactly", a_cloud_is_written_exactly);
  g_test_add_func ("/cli/results/points-say-where-they-come-from", points_say_where_they_come_from);
  g_test_add_func ("/cli/results/bars-are-sorted-and-have-length", bars_are_sorted_and_have_length);
  g_test_add_func ("/cli/results/bars-have-three-forms", bars_have_three_forms);
  g_test_add_func ("/cli/results/betti-numbers-have-their-columns", betti_numbers_have_their_columns);
  g_test_add_func ("/cli/results/the-paper-counts-bars-that-die-at-eta", the_paper_counts_bars_that_die_at_eta);
  g_test_add_func ("/cli/results/a-table-of-betti-numbers-has-its-score", a_table_of_betti_numbers_has_its_score);
  g_test_add_func ("/cli/results/a-table-is-one-volume", a_table_is_one_volume);
  g_test_add_func ("/cli/results/models-are-ranked", models_are_ranked);
  g_test_add_func ("/cli/results/several-files-are-one-figure", several_files_are_one_figure);
  g_test_add_func ("/cli/rank/an-empty-figure-of-several-files-is-refused",
                   an_empty_figure_of_several_files_is_refused);
  g_test_add_func ("/cli/results/decay-goes-over-tensors-only", decay_goes_over_tensors_only);
  g_test_add_func ("/cli/results/vectors-give-a-curve-with-a-warning", vectors_give_a_curve_with_a_warning);
  g_test_add_func ("/cli/results/a-mapper-graph-has-the-contracts-keys", a_mapper_graph_has_the_contracts_keys);
  g_test_add_func ("/cli/results/without-noise-each-node-goes-with-itself", without_noise_each_node_goes_with_itself);
  g_test_add_func ("/cli/results/noise-is-a-figure-of-two-files", noise_is_a_figure_of_two_files);
  g_test_add_func ("/cli/results/other-images-are-no-noise", other_images_are_no_noise);
  g_test_add_func ("/cli/results/each-node-says-what-its-points-have-in-common",
                   each_node_says_what_its_points_have_in_common);
  g_test_add_func ("/cli/results/the-default-eps-is-resolved", the_default_eps_is_resolved);
  g_test_add_func ("/cli/results/other-programs-read-the-graph", other_programs_read_the_graph);
  g_test_add_func ("/cli/results/everything-is-noise-with-a-warning", everything_is_noise_with_a_warning);
  g_test_add_func ("/cli/results/no-eps-fills-it", a_graph_that_no_eps_could_fill_says_so);
  g_test_add_func ("/cli/results/a-full-cloud-over-the-cap-is-said-to-be-one",
                   a_full_cloud_over_the_cap_is_said_to_be_one);
  g_test_add_func ("/cli/results/positions-that-are-not-there-are-said-to-be-missing",
                   positions_that_are_not_there_are_said_to_be_missing);
  g_test_add_func ("/cli/results/any-number-of-threads-writes-the-same-bytes",
                   any_number_of_threads_writes_the_same_bytes);

  g_test_add_func ("/cli/results/cubical", cubical_bars_add_up_to_betti_numbers);
  g_test_add_func ("/cli/results/cubical-images", cubical_says_which_images_there_are);
  g_test_add_func ("/cli/results/top-norm-is-the-same-in-any-unit", top_norm_is_the_same_in_any_unit);

  return g_test_run ();
}
