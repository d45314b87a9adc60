#include "cloud/cloud.h"

#include <glib/gstdio.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/parallel.h"
#include "cloud/golden.h"

#define N 12
#define C 5
#define MAP 12 /* positions: 4 × 3 */

static NerveDataset *
open_golden (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", "cloud", "cloud.h5", NULL);
  g_autoptr (GError) error = NULL;
  NerveDataset *dataset = nerve_dataset_open (path, &error);

  g_assert_no_error (error);

  return dataset;
}

/* @settings: "sampling=full;max-points=3" */
static NerveCloud *
try_cloud (NerveDataset *dataset, const char *layer_name, const char *settings, GError **error)
{
  g_auto (GStrv) pairs = g_strsplit (settings, ";", -1);
  NerveCloudParameters parameters;
  NerveCloud *cloud;
  guint layer;

  nerve_parameters_init (&nerve_cloud_table, &parameters);
  for (char **pair = pairs; *pair != NULL && **pair != '\0'; pair++)
    {
      g_auto (GStrv) words = g_strsplit (*pair, "=", 2);

      g_assert_true (nerve_parameters_set (&nerve_cloud_table, &parameters, words[0], words[1], NULL));
    }
  g_assert_true (nerve_dataset_find_layer (dataset, layer_name, &layer, NULL));
  cloud = nerve_cloud_new (dataset, layer, &parameters, NULL, error);
  nerve_parameters_clear (&nerve_cloud_table, &parameters);

  return cloud;
}

static NerveCloud *
make_cloud (NerveDataset *dataset, const char *layer, const char *settings)
{
  g_autoptr (GError) error = NULL;
  NerveCloud *cloud = try_cloud (dataset, layer, settings, &error);

  g_assert_no_error (error);

  return cloud;
}

static void
check_points (const char *layer, const char *settings, const char *golden, gsize dimension)
{
  g_autoptr (NerveDataset) dataset = open_golden ();
  g_autoptr (NerveCloud) cloud = make_cloud (dataset, layer, settings);
  gsize n;
  g_autofree double *expected = golden_read ("cloud.txt", golden, &n);

  g_assert_cmpuint (nerve_cloud_get_dimension (cloud), ==, dimension);
  g_assert_cmpuint (nerve_cloud_get_n (cloud) * dimension, ==, n);
  for (gsize i = 0; i < n; i++)
    g_assert_cmpfloat_with_epsilon (nerve_cloud_get_points (cloud)[i], expected[i], 1e-14);
}

/* Each point is the channels at its position of its image. */
static void
check_gathered (const NerveCloud *cloud)
{
  gsize n;
  g_autofree double *tensors = golden_read ("cloud.txt", "flatten", &n);

  for (gsize row = 0; row < nerve_cloud_get_n (cloud); row++)
    {
      const double *tensor = tensors + nerve_cloud_get_images (cloud)[row] * C * MAP;
      gint32 position = nerve_cloud_get_positions (cloud)[row];
      int i, j;

      nerve_cloud_get_position (cloud, row, &i, &j);
      g_assert_cmpint (position, ==, i * 3 + j);
      for (guint channel = 0; channel < C; channel++)
        g_assert_cmpfloat (nerve_cloud_get_points (cloud)[row * C + channel], ==, tensor[channel * MAP + position]);
    }
}

static void
whole_images_become_what_numpy_says (void)
{
  check_points ("conv", "sampling=flatten", "flatten", C * MAP);
  check_points ("conv", "sampling=pool-mean", "pool-mean", C);
  check_points ("conv", "sampling=pool-max", "pool-max", C);
  check_points ("last", "sampling=pool-mean", "pool-mean", C);
  check_points ("conv", "sampling=full", "full", C);
}

static void
relu_comes_before_the_sampling (void)
{
  check_points ("conv", "sampling=pool-mean;relu=true", "pool-mean-relu", C);
}

static void
the_default_is_flat_for_an_input_and_random_for_a_tensor (void)
{
  g_autoptr (NerveDataset) dataset = open_golden ();
  g_autoptr (NerveCloud) input = make_cloud (dataset, "input", "");
  g_autoptr (NerveCloud) conv = make_cloud (dataset, "conv", "");
  g_autoptr (NerveCloud) logits = make_cloud (dataset, "logits", "");
  g_autoptr (NerveCloud) drawn = make_cloud (dataset, "drawn", "");

  g_assert_cmpint (nerve_cloud_get_sampling (input), ==, NERVE_SAMPLING_FLATTEN);
  g_assert_cmpuint (nerve_cloud_get_dimension (input), ==, 48);
  g_assert_cmpint (nerve_cloud_get_sampling (conv), ==, NERVE_SAMPLING_RANDOM);
  g_assert_cmpint (nerve_cloud_get_sampling (logits), ==, NERVE_SAMPLING_FLATTEN);
  g_assert_cmpint (nerve_cloud_get_sampling (drawn), ==, NERVE_SAMPLING_RANDOM);
  g_assert_cmpint (nerve_cloud_get_positions (drawn)[0], ==, -1);
  g_assert_cmpstr (nerve_cloud_get_badge (conv), ==, "random, seed 0");
  g_assert_cmpstr (nerve_cloud_get_badge (logits), ==, "vectors");
  g_assert_cmpstr (nerve_cloud_get_badge (drawn), ==, "vectors, random in the file");
}

static void
a_badge_tells_what_distances_are_of (void)
{
  g_autoptr (NerveDataset) dataset = open_golden ();
  g_autoptr (NerveCloud) cosine = make_cloud (dataset, "logits", "metric=cosine;scale=median");
  g_autoptr (NerveCloud) walked = make_cloud (dataset, "logits", "metric=geodesic;neighbors=6");

  g_assert_cmpstr (nerve_cloud_get_badge (cosine), ==, "vectors · cosine · in units of the median of distances");
  g_assert_cmpstr (nerve_cloud_get_badge (walked), ==, "vectors · geodesic, 6 neighbors");
}

static void
a_random_position_depends_on_seed_and_image_alone (void)
{
  g_autoptr (NerveDataset) dataset = open_golden ();
  g_autoptr (NerveCloud) all = make_cloud (dataset, "conv", "seed=5");
  g_autoptr (NerveCloud) some = make_cloud (dataset, "conv", "seed=5;classes=bee,2");
  g_autoptr (NerveCloud) other = make_cloud (dataset, "conv", "seed=6");
  guint n_same = 0;

  check_gathered (all);
  check_gathered (some);
  g_assert_cmpuint (nerve_cloud_get_n (some), ==, 7);
  g_assert_cmpuint (nerve_cloud_get_n_available (some), ==, 7);
  for (gsize row = 0; row < 7; row++)
    {
      guint32 image = nerve_cloud_get_images (some)[row];

      g_assert_cmpuint (image % 3, !=, 0);
      g_assert_cmpint (nerve_cloud_get_positions (some)[row], ==, nerve_cloud_get_positions (all)[image]);
    }
  for (gsize row = 0; row < N; row++)
    n_same += nerve_cloud_get_positions (all)[row] == nerve_cloud_get_positions (other)[row];
  g_assert_cmpuint (n_same, <, N / 2);
  g_assert_cmpstr (nerve_cloud_get_badge (some), ==, "random, seed 5 · only bee,2");
}

static void
random_positions_are_uniform_and_the_papers_are_not (void)
{
  g_autoptr (NerveDataset) dataset = open_golden ();
  guint counts[2][MAP] = { 0 };

  for (guint seed = 0; seed < 500; seed++)
    for (guint paper = 0; paper < 2; paper++)
      {
        g_autofree char *settings = g_strdup_printf ("seed=%u;compat=%s", seed, paper ? "paper" : "none");
        g_autoptr (NerveCloud) cloud = make_cloud (dataset, "conv", settings);

        for (gsize row = 0; row < N; row++)
          counts[paper][nerve_cloud_get_positions (cloud)[row]]++;
      }

  /* 6,000 draws: 500 a position, or 1,000 at each of the six off the first row and column. */
  for (guint position = 0; position < MAP; position++)
    {
      gboolean is_edge = position < 3 || position % 3 == 0;

      g_assert_cmpint (ABS ((int) counts[0][position] - 500), <, 110);
      g_assert_cmpint (ABS ((int) counts[1][position] - (is_edge ? 0 : 1000)), <=, is_edge ? 0 : 150);
    }
}

static void
top_norm_takes_the_longest_first (void)
{
  g_autoptr (NerveDataset) dataset = open_golden ();
  g_autoptr (NerveCloud) three = make_cloud (dataset, "conv", "sampling=top-norm;positions=3");
  g_autoptr (NerveCloud) one = make_cloud (dataset, "last", "sampling=top-norm");
  g_autoptr (NerveCloud) many = make_cloud (dataset, "conv", "sampling=top-norm;positions=100");
  gsize n;
  g_autofree double *expected = golden_read ("cloud.txt", "top-norm3-positions", &n);

  check_gathered (three);
  check_gathered (one);
  g_assert_cmpuint (nerve_cloud_get_n (three), ==, n);
  g_assert_cmpuint (nerve_cloud_get_n (many), ==, N * MAP);
  for (gsize row = 0; row < n; row++)
    g_assert_cmpint (nerve_cloud_get_positions (three)[row], ==, expected[row]);
  for (gsize row = 0; row < N; row++)
    g_assert_cmpint (nerve_cloud_get_positions (one)[row], ==, expected[row * 3]);
  g_assert_cmpstr (nerve_cloud_get_badge (three), ==, "top-norm, 3 positions");
}

static int
compare_down (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x < y) - (x > y);
}

static void
masks_choose_the_heaviest_positions (void)
{
  g_autoptr (NerveDataset) dataset = open_golden ();
  g_autoptr (NerveCloud) cloud = make_cloud (dataset, "conv", "sampling=foreground;positions=4");
  gsize n;
  g_autofree double *weights = golden_read ("cloud.txt", "weights", &n);

  check_gathered (cloud);
  g_assert_cmpuint (nerve_cloud_get_n (cloud), ==, (N - 1) * 4);
  g_assert_cmpuint (nerve_cloud_get_n_skipped (cloud), ==, 1);
  for (gsize row = 0; row < nerve_cloud_get_n (cloud); row++)
    {
      guint32 image = nerve_cloud_get_images (cloud)[row];
      double sorted[MAP];

      g_assert_cmpuint (image, !=, 3);
      memcpy (sorted, weights + image * MAP, sizeof sorted);
      qsort (sorted, MAP, sizeof (double), compare_down);
      g_assert_cmpfloat_with_epsilon (weights[image * MAP + nerve_cloud_get_positions (cloud)[row]], sorted[row % 4],
                                      1e-12);
    }
  g_assert_cmpstr (nerve_cloud_get_badge (cloud), ==,
                   "foreground, 4 positions, seed 0 · 1 image left out (empty mask)");
}

static void
the_background_is_what_the_mask_leaves (void)
{
  g_autoptr (NerveDataset) dataset = open_golden ();
  g_autoptr (NerveCloud) cloud = make_cloud (dataset, "conv", "sampling=background");
  gsize n;
  g_autofree double *weights = golden_read ("cloud.txt", "weights", &n);

  /* One mask is empty, one covers all. */
  g_assert_cmpuint (nerve_cloud_get_n (cloud), ==, N - 2);
  g_assert_cmpuint (nerve_cloud_get_n_skipped (cloud), ==, 2);
  g_assert_cmpstr (nerve_cloud_get_badge (cloud), ==, "background, seed 0 · 1 image left out (empty mask) · "
                   "1 image left out (no background)");
  for (gsize row = 0; row < nerve_cloud_get_n (cloud); row++)
    {
      const double *weight = weights + nerve_cloud_get_images (cloud)[row] * MAP;

      for (guint i = 0; i < MAP; i++)
        g_assert_cmpfloat (weight[nerve_cloud_get_positions (cloud)[row]], <=, weight[i] + 1e-12);
    }
}

/* Not only as good as the reference's: the same, by the documented generator. */
static void
drawn_positions_are_those_that_numpy_draws (void)
{
  static const struct { const char *settings; const char *golden; } cases[] = {
    { "sampling=random;seed=5", "random1-rows" },
    { "sampling=foreground;seed=5", "foreground1-rows" },
    { "sampling=foreground;seed=5;positions=5", "foreground5-rows" },
    { "sampling=background;seed=5", "background1-rows" },
    { "sampling=background;seed=5;positions=5", "background5-rows" },
  };
  g_autoptr (NerveDataset) dataset = open_golden ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (NerveCloud) cloud = make_cloud (dataset, "conv", cases[i].settings);
      gsize n;
      g_autofree double *rows = golden_read ("cloud.txt", cases[i].golden, &n);

      check_gathered (cloud);
      g_assert_cmpuint (2 * nerve_cloud_get_n (cloud), ==, n);
      for (gsize row = 0; row < n / 2; row++)
        {
          g_assert_cmpuint (nerve_cloud_get_images (cloud)[row], ==, rows[2 * row]);
          g_assert_cmpint (nerve_cloud_get_positions (cloud)[row], ==, rows[2 * row + 1]);
        }
    }
}

static void
vectors_have_no_positions (void)
{
  g_autoptr (NerveDataset) dataset = open_golden ();
  g_autoptr (NerveCloud) pooled = make_cloud (dataset, "logits", "sampling=pool-mean");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (nerve_cloud_get_sampling (pooled), ==, NERVE_SAMPLING_FLATTEN);
  g_assert_null (try_cloud (dataset, "logits", "sampling=foreground", &error));
  g_assert_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER);
  g_assert_cmpstr (error->message, ==,
                   "logits: the sampling “foreground” needs positions, but this layer holds vectors");
}

static void
max_points_draws_from_all_points (void)
{
  g_autoptr (NerveDataset) dataset = open_golden ();
  g_autoptr (NerveCloud) cloud = make_cloud (dataset, "conv", "sampling=full;max-points=50;seed=1");

  check_gathered (cloud);
  g_assert_cmpuint (nerve_cloud_get_n (cloud), ==, 50);
  g_assert_cmpuint (nerve_cloud_get_n_available (cloud), ==, N * MAP);
  g_assert_cmpstr (nerve_cloud_get_badge (cloud), ==, "full · 50 of 144, seed 1");
  for (gsize row = 1; row < 50; row++)
    {
      gsize id = nerve_cloud_get_images (cloud)[row] * MAP + nerve_cloud_get_positions (cloud)[row];
      gsize before = nerve_cloud_get_images (cloud)[row - 1] * MAP + nerve_cloud_get_positions (cloud)[row - 1];

      g_assert_cmpuint (before, <, id);
    }
}

static double
largest_gap (const NerveCloud *cloud, const NerveCloud *all)
{
  double largest = 0.0;

  for (gsize i = 0; i < nerve_cloud_get_n (all); i++)
    {
      double nearest = INFINITY;

      for (gsize j = 0; j < nerve_cloud_get_n (cloud); j++)
        nearest = MIN (nearest, nerve_metric_distance (NERVE_METRIC_EUCLIDEAN, nerve_cloud_get_points (all) + i * C,
                                                       nerve_cloud_get_points (cloud) + j * C, C));
      largest = MAX (largest, nearest);
    }

  return largest;
}

static void
maxmin_spreads_further_than_chance (void)
{
  g_autoptr (NerveDataset) dataset = open_golden ();
  g_autoptr (NerveCloud) all = make_cloud (dataset, "conv", "sampling=full");
  g_autoptr (NerveCloud) chance = make_cloud (dataset, "conv", "sampling=full;max-points=20");
  g_autoptr (NerveCloud) spread = make_cloud (dataset, "conv", "sampling=full;max-points=20;subsample=maxmin");

  check_gathered (spread);
  g_assert_cmpuint (nerve_cloud_get_n (spread), ==, 20);
  g_assert_cmpfloat (largest_gap (spread, all), <, largest_gap (chance, all));
  g_assert_cmpstr (nerve_cloud_get_badge (spread), ==, "full · 20 of 144, farthest point, seed 0");
}

static void
an_unknown_class_is_named_with_its_neighbour (void)
{
  g_autoptr (NerveDataset) dataset = open_golden ();
  g_autoptr (GError) error = NULL;

  g_assert_null (try_cloud (dataset, "conv", "classes=ant,bees", &error));
  g_assert_error (error, NERVE_ERROR, NERVE_ERROR_NOT_FOUND);
  g_assert_cmpstr (error->message, ==, "conv: no class “bees”; did you mean “bee”?");
  g_clear_error (&error);
  g_assert_null (try_cloud (dataset, "conv", "classes=3", &error));
  g_assert_error (error, NERVE_ERROR, NERVE_ERROR_NOT_FOUND);
}

static void
a_nan_is_an_error_with_its_place (void)
{
  g_autoptr (NerveDataset) dataset = open_golden ();
  g_autoptr (NerveCloud) without = make_cloud (dataset, "broken", "classes=cat");

  for (guint threads = 1; threads < 5; threads++)
    {
      g_autoptr (GError) error = NULL;

      nerve_parallel_set_threads (threads);
      g_assert_null (try_cloud (dataset, "broken", "sampling=pool-max;relu=true", &error));
      g_assert_error (error, NERVE_ERROR, NERVE_ERROR_VALUE);
      g_assert_cmpstr (error->message, ==, "broken: NaN in image 7 (channel 3, row 0, column 2; counted from 0)");
    }
  nerve_parallel_set_threads (0);
}

static void
the_papers_table_decides_on_relu (void)
{
  const char *const with[] = { "random", "full" };
  const char *const without[] = { "top-norm", "foreground", "background" };
  g_autoptr (NerveDataset) dataset = open_golden ();

  for (guint i = 0; i < G_N_ELEMENTS (with); i++)
    {
      g_autofree char *settings = g_strdup_printf ("compat=paper;sampling=%s", with[i]);
      g_autoptr (NerveCloud) cloud = make_cloud (dataset, "conv", settings);

      for (gsize k = 0; k < nerve_cloud_get_n (cloud) * C; k++)
        g_assert_cmpfloat (nerve_cloud_get_points (cloud)[k], >=, 0.0);
      g_assert_true (g_str_has_suffix (nerve_cloud_get_badge (cloud), " · ReLU · paper formulas"));
    }
  for (guint i = 0; i < G_N_ELEMENTS (without); i++)
    {
      g_autofree char *settings = g_strdup_printf ("compat=paper;relu=true;sampling=%s", without[i]);
      g_autoptr (NerveCloud) cloud = make_cloud (dataset, "conv", settings);

      check_gathered (cloud);
    }
}

/* 9 images of 300 × 300 positions: 810,000 points, their values the column's last digits. */
static char *
write_large_tensor (void)
{
  const char header[] = "\x93NUMPY\x01\x00\x76\x00"
                        "{'descr': '|u1', 'fortran_order': False, 'shape': (9, 1, 300, 300), }";
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "nerve-cloud-XXXXXX.npy", NULL);
  int file = g_mkstemp (path);
  g_autofree char *bytes = g_malloc (128 + 810000);

  g_assert_cmpint (file, >=, 0);
  memset (bytes, ' ', 128);
  memcpy (bytes, header, sizeof header - 1);
  bytes[127] = '\n';
  for (gsize i = 0; i < 810000; i++)
    bytes[128 + i] = i % 251;
  g_assert_true (g_file_set_contents (path, bytes, 128 + 810000, NULL));
  close (file);

  return g_steal_pointer (&path);
}

static guint
count_repeats (const NerveCloud *cloud)
{
  guint n = 0;

  for (gsize row = 1; row < nerve_cloud_get_n (cloud); row++)
    n += nerve_cloud_get_images (cloud)[row] == nerve_cloud_get_images (cloud)[row - 1] &&
         nerve_cloud_get_positions (cloud)[row] == nerve_cloud_get_positions (cloud)[row - 1];

  return n;
}

static void
a_full_cloud_is_capped (void)
{
  g_autofree char *path = write_large_tensor ();
  g_autoptr (NerveDataset) dataset = nerve_dataset_open (path, NULL);
  const char *layer = nerve_dataset_get_layer (dataset, 0)->name;
  g_autoptr (NerveCloud) cloud = make_cloud (dataset, layer, "sampling=full;seed=2");
  g_autoptr (NerveCloud) paper = make_cloud (dataset, layer, "sampling=full;compat=paper");
  g_autoptr (NerveCloud) fewer = make_cloud (dataset, layer, "sampling=full;max-points=1000");

  g_assert_cmpuint (nerve_cloud_get_n (cloud), ==, 800000);
  g_assert_cmpuint (nerve_cloud_get_n_available (cloud), ==, 810000);
  g_assert_cmpuint (count_repeats (cloud), ==, 0);
  g_assert_cmpuint (nerve_cloud_get_n (paper), ==, 800000);
  g_assert_cmpuint (count_repeats (paper), >, 100000);
  g_assert_cmpuint (nerve_cloud_get_n (fewer), ==, 1000);
  g_assert_cmpstr (nerve_cloud_get_badge (cloud), ==, "full · 800,000 of 810,000, seed 2");
  g_assert_cmpstr (nerve_cloud_get_badge (paper), ==,
                   "full · 800,000 of 810,000, with replacement, seed 0 · ReLU · paper formulas");
  g_assert_cmpint (g_unlink (path), ==, 0);
}

static void
distances_are_in_the_unit_asked_for (void)
{
  const char *const scales[] = { "none", "median", "q90" };
  const double quantiles[] = { 0.0, 0.5, 0.9 };
  g_autoptr (NerveDataset) dataset = open_golden ();

  for (guint i = 0; i < G_N_ELEMENTS (scales); i++)
    {
      g_autofree char *settings = g_strdup_printf ("metric=manhattan;scale=%s", scales[i]);
      g_autoptr (NerveCloud) cloud = make_cloud (dataset, "logits", settings);
      g_autoptr (NerveDistances) distances = nerve_cloud_distances (cloud, NULL, NULL);
      double unit, quantile;

      g_assert_true (nerve_cloud_get_unit (cloud, &unit, NULL, NULL));
      g_assert_true (nerve_distances_quantile (distances, quantiles[i], &quantile, NULL, NULL));
      if (i == 0)
        g_assert_cmpfloat (unit, ==, 1.0);
      else
        g_assert_cmpfloat_with_epsilon (quantile, 1.0, 1e-15);
      g_assert_cmpfloat_with_epsilon (nerve_distances_get (distances, 3, 7) * unit,
                                      nerve_metric_distance (NERVE_METRIC_MANHATTAN,
                                                             nerve_cloud_get_points (cloud) + 3 * C,
                                                             nerve_cloud_get_points (cloud) + 7 * C, C), 1e-14);
    }
}

static void
a_unit_refuses_what_can_not_be_reached (void)
{
  g_autoptr (NerveDataset) dataset = open_golden ();
  g_autoptr (NerveCloud) cloud = make_cloud (dataset, "logits", "metric=geodesic;neighbors=1;scale=median");
  g_autoptr (GError) error = NULL;

  g_assert_null (nerve_cloud_distances (cloud, NULL, &error));
  g_assert_error (error, NERVE_ERROR, NERVE_ERROR_VALUE);
  g_assert_true (g_str_has_prefix (error->message, "logits: some points can't be reached"));
}

static void
any_number_of_threads_gives_the_same (void)
{
  const char *const samplings[] = { "flatten", "random", "top-norm", "full", "foreground" };
  g_autoptr (NerveDataset) dataset = open_golden ();

  for (guint i = 0; i < G_N_ELEMENTS (samplings); i++)
    {
      g_autofree char *settings = g_strdup_printf ("sampling=%s;positions=2;max-points=17", samplings[i]);
      g_autoptr (NerveCloud) one = NULL;
      g_autoptr (NerveCloud) four = NULL;
      gsize size;

      nerve_parallel_set_threads (1);
      one = make_cloud (dataset, "conv", settings);
      nerve_parallel_set_threads (4);
      four = make_cloud (dataset, "conv", settings);
      size = nerve_cloud_get_n (one) * nerve_cloud_get_dimension (one) * sizeof (double);
      g_assert_cmpmem (nerve_cloud_get_points (one), size, nerve_cloud_get_points (four), size);
    }
  nerve_parallel_set_threads (0);
}

static gboolean
refuse (double fraction, gpointer user_data)
{
  return FALSE;
}

static void
it_stops_when_told (void)
{
  g_autoptr (NerveDataset) dataset = open_golden ();
  NerveProgress progress = { refuse, NULL, 0.0, 1.0 };
  g_autoptr (GError) error = NULL;
  NerveCloudParameters parameters;

  nerve_parameters_init (&nerve_cloud_table, &parameters);
  g_assert_null (nerve_cloud_new (dataset, 1, &parameters, &progress, &error));
  g_assert_error (error, NERVE_ERROR, NERVE_ERROR_CANCELLED);
}

static void
points_from_elsewhere_are_taken_as_they_are (void)
{
  const double points[] = { 1.0, 2.0, 3.0, 4.0, 5.0, 6.0 };
  g_autoptr (NerveCloud) cloud = nerve_cloud_new_from_points (points, 3, 2);
  g_autoptr (NerveCloud) none = nerve_cloud_new_from_points (points, 0, 2);

  g_assert_cmpuint (nerve_cloud_get_n (cloud), ==, 3);
  g_assert_cmpuint (nerve_cloud_get_dimension (cloud), ==, 2);
  g_assert_cmpmem (nerve_cloud_get_points (cloud), sizeof points, points, sizeof points);
  g_assert_cmpuint (nerve_cloud_get_images (cloud)[2], ==, 2);
  g_assert_cmpint (nerve_cloud_get_positions (cloud)[2], ==, -1);
  g_assert_cmpuint (nerve_cloud_get_n (none), ==, 0);
}

static void
layers_stand_in_three_groups (void)
{
  g_autoptr (NerveDataset) dataset = open_golden ();
  const NerveLayerGroup expected[] = {
    NERVE_LAYER_GROUP_INPUT, NERVE_LAYER_GROUP_TENSOR, NERVE_LAYER_GROUP_TENSOR,
    NERVE_LAYER_GROUP_TENSOR, NERVE_LAYER_GROUP_TENSOR, NERVE_LAYER_GROUP_VECTOR,
  };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpint (nerve_layer_group (nerve_dataset_get_layer (dataset, i)), ==, expected[i]);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cloud/cloud/whole-images-become-what-numpy-says", whole_images_become_what_numpy_says);
  g_test_add_func ("/cloud/cloud/relu-comes-before-the-sampling", relu_comes_before_the_sampling);
  g_test_add_func ("/cloud/cloud/the-default-is-flat-for-an-input-and-random-for-a-tensor",
                   the_default_is_flat_for_an_input_and_random_for_a_tensor);
  g_test_add_func ("/cloud/cloud/a-badge-tells-what-distances-are-of", a_badge_tells_what_distances_are_of);
  g_test_add_func ("/cloud/cloud/a-random-position-depends-on-seed-and-image-alone",
                   a_random_position_depends_on_seed_and_image_alone);
  g_test_add_func ("/cloud/cloud/random-positions-are-uniform-and-the-papers-are-not",
                   random_positions_are_uniform_and_the_papers_are_not);
  g_test_add_func ("/cloud/cloud/top-norm-takes-the-longest-first", top_norm_takes_the_longest_first);
  g_test_add_func ("/cloud/cloud/masks-choose-the-heaviest-positions", masks_choose_the_heaviest_positions);
  g_test_add_func ("/cloud/cloud/the-background-is-what-the-mask-leaves", the_background_is_what_the_mask_leaves);
  g_test_add_func ("/cloud/cloud/drawn-positions-are-those-that-numpy-draws",
                   drawn_positions_are_those_that_numpy_draws);
  g_test_add_func ("/cloud/cloud/vectors-have-no-positions", vectors_have_no_positions);
  g_test_add_func ("/cloud/cloud/max-points-draws-from-all-points", max_points_draws_from_all_points);
  g_test_add_func ("/cloud/cloud/maxmin-spreads-further-than-chance", maxmin_spreads_further_than_chance);
  g_test_add_func ("/cloud/cloud/an-unknown-class-is-named-with-its-neighbour",
                   an_unknown_class_is_named_with_its_neighbour);
  g_test_add_func ("/cloud/cloud/a-nan-is-an-error-with-its-place", a_nan_is_an_error_with_its_place);
  g_test_add_func ("/cloud/cloud/the-papers-table-decides-on-relu", the_papers_table_decides_on_relu);
  g_test_add_func ("/cloud/cloud/a-full-cloud-is-capped", a_full_cloud_is_capped);
  g_test_add_func ("/cloud/cloud/distances-are-in-the-unit-asked-for", distances_are_in_the_unit_asked_for);
  g_test_add_func ("/cloud/cloud/a-unit-refuses-what-can-not-be-reached", a_unit_refuses_what_can_not_be_reached);
  g_test_add_func ("/cloud/cloud/any-number-of-threads-gives-the-same", any_number_of_threads_gives_the_same);
  g_test_add_func ("/cloud/cloud/it-stops-when-told", it_stops_when_told);
  g_test_add_func ("/cloud/cloud/points-from-elsewhere-are-taken-as-they-are",
                   points_from_elsewhere_are_taken_as_they_are);
  g_test_add_func ("/cloud/cloud/layers-stand-in-three-groups", layers_stand_in_three_groups);

  return g_test_run ();
}
