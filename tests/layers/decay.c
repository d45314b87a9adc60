#include "layers/decay.h"

#include <math.h>
#include <string.h>

#include "base/parallel.h"

static const double etas[] = { 0, .5 };

static NerveDataset *
open_golden (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", "layers", "decay.h5", NULL);
  g_autoptr (GError) error = NULL;
  NerveDataset *dataset = nerve_dataset_open (path, &error);

  g_assert_no_error (error);
  return dataset;
}

static NerveBettiLayer *
count_layer (NerveDataset    *dataset,
             const char      *name,
             NerveBettiCount  count)
{
  g_autoptr (GError) error = NULL;
  NerveBettiLayer *result;
  guint layer;

  nerve_dataset_find_layer (dataset, name, &layer, &error);
  g_assert_no_error (error);
  result = nerve_betti_layer_new (dataset, layer, etas, G_N_ELEMENTS (etas), count, NULL, &error);
  g_assert_no_error (error);
  return result;
}

static gsize
find_eta (const char *text)
{
  double eta = g_ascii_strtod (text, NULL);

  for (gsize k = 0; k < G_N_ELEMENTS (etas); k++)
    if (etas[k] == eta)
      return k;

  g_assert_not_reached ();
}

/* LAYER IMAGE ETA h0 h1 h2 c0 c1 c2 */
static void
check_image (NerveBettiLayer *half_open,
             NerveBettiLayer *closed,
             char           **fields)
{
  gsize image = g_ascii_strtoull (fields[1], NULL, 10), eta = find_eta (fields[2]);

  for (guint d = 0; d < 3; d++)
    {
      g_assert_cmpuint (nerve_betti_layer_get_image (half_open, eta, image)[d], ==,
                        g_ascii_strtoull (fields[3 + d], NULL, 10));
      g_assert_cmpuint (nerve_betti_layer_get_image (closed, eta, image)[d], ==,
                        g_ascii_strtoull (fields[6 + d], NULL, 10));
    }
}

/* mean LAYER ETA LABEL β0 β1 β2 */
static void
check_mean (NerveBettiLayer *half_open,
            char           **fields)
{
  gsize eta = find_eta (fields[2]);
  gint64 label = g_ascii_strtoll (fields[3], NULL, 10);
  double omega = 0, mean[4];

  if (label < 0)
    nerve_betti_layer_mean (half_open, eta, mean);
  else
    nerve_betti_layer_class_mean (half_open, eta, label, mean);
  for (guint d = 0; d < 3; d++)
    {
      double expected = g_ascii_strtod (fields[4 + d], NULL);

      g_assert_cmpfloat_with_epsilon (mean[d], expected, 1e-9);
      omega += expected;
    }
  g_assert_cmpfloat_with_epsilon (mean[3], omega, 1e-9);
}

static void
layers_count_as_gudhi_counts_them (void)
{
  static const char * const names[] = { "conv", "relu", "last", "logits" };
  g_autoptr (NerveDataset) dataset = open_golden ();
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", "layers", "decay.txt", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint n = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint k = 0; k < G_N_ELEMENTS (names); k++)
    {
      g_autoptr (NerveBettiLayer) half_open = count_layer (dataset, names[k], NERVE_BETTI_HALF_OPEN);
      g_autoptr (NerveBettiLayer) closed = count_layer (dataset, names[k], NERVE_BETTI_CLOSED);

      g_assert_cmpuint (nerve_betti_layer_get_n_images (closed), ==, 23);
      g_assert_cmpuint (nerve_betti_layer_get_n_etas (closed), ==, G_N_ELEMENTS (etas));
      g_assert_cmpmem (nerve_betti_layer_get_etas (closed), sizeof etas, etas, sizeof etas);
      for (gsize l = 0; lines[l] != NULL; l++)
        {
          g_auto (GStrv) fields = g_strsplit (lines[l], " ", -1);

          if (g_strcmp0 (fields[0], names[k]) == 0)
            check_image (half_open, closed, fields), n++;
          else if (g_strcmp0 (fields[0], "mean") == 0 && g_str_equal (fields[1], names[k]))
            check_mean (half_open, fields), n++;
        }
    }
  g_assert_cmpuint (n, ==, 4 * G_N_ELEMENTS (etas) * (23 + 4));
}

static void
a_class_without_images_has_no_mean (void)
{
  g_autoptr (NerveDataset) dataset = open_golden ();
  g_autoptr (NerveBettiLayer) layer = count_layer (dataset, "relu", NERVE_BETTI_HALF_OPEN);
  double mean[4];

  nerve_betti_layer_class_mean (layer, 0, 2, mean);
  for (guint d = 0; d < 4; d++)
    g_assert_true (isnan (mean[d]));
  nerve_betti_layer_class_mean (layer, 0, 99, mean);
  g_assert_true (isnan (mean[0]));
}

static void
the_number_of_threads_changes_nothing (void)
{
  g_autoptr (NerveDataset) dataset = open_golden ();
  g_autoptr (NerveBettiLayer) one = NULL;
  gsize bytes = 23 * 3 * sizeof (guint64);

  nerve_parallel_set_threads (1);
  one = count_layer (dataset, "last", NERVE_BETTI_CLOSED);
  for (guint threads = 2; threads <= 5; threads++)
    {
      g_autoptr (NerveBettiLayer) more = NULL;

      nerve_parallel_set_threads (threads);
      more = count_layer (dataset, "last", NERVE_BETTI_CLOSED);
      for (gsize eta = 0; eta < G_N_ELEMENTS (etas); eta++)
        g_assert_cmpmem (nerve_betti_layer_get_image (one, eta, 0), bytes,
                         nerve_betti_layer_get_image (more, eta, 0), bytes);
    }
  nerve_parallel_set_threads (0);
}

static void
the_first_value_that_is_no_number_is_named (void)
{
  g_autoptr (NerveDataset) dataset = open_golden ();
  guint layer;

  g_assert_true (nerve_dataset_find_layer (dataset, "broken", &layer, NULL));
  for (guint threads = 1; threads <= 4; threads++)
    {
      g_autoptr (GError) error = NULL;

      nerve_parallel_set_threads (threads);
      g_assert_null (nerve_betti_layer_new (dataset, layer, etas, G_N_ELEMENTS (etas), NERVE_BETTI_HALF_OPEN, NULL,
                                            &error));
      g_assert_error (error, NERVE_ERROR, NERVE_ERROR_VALUE);
      g_assert_true (g_str_has_prefix (error->message, "broken: "));
      g_assert_nonnull (strstr (error->message, "image 11"));
    }
  nerve_parallel_set_threads (0);
}

static gboolean
stop_after (double   fraction,
            gpointer user_data)
{
  return g_atomic_int_add ((int *) user_data, -1) > 0;
}

static void
it_can_be_stopped_at_any_question (void)
{
  g_autoptr (NerveDataset) dataset = open_golden ();
  NerveBettiLayer *layer = NULL;
  guint n_stopped = 0;

  for (int questions = 0; layer == NULL; questions++)
    {
      int left = questions;
      NerveProgress progress = { stop_after, &left, 0, 1 };
      g_autoptr (GError) error = NULL;

      layer = nerve_betti_layer_new (dataset, 0, etas, G_N_ELEMENTS (etas), NERVE_BETTI_CLOSED, &progress, &error);
      if (layer != NULL)
        break;
      g_assert_error (error, NERVE_ERROR, NERVE_ERROR_CANCELLED);
      n_stopped++;
    }
  nerve_betti_layer_unref (layer);
  g_assert_cmpuint (n_stopped, >, 20);
}

static void
check_etas (const char   *text,
            const double *expected,
            gsize         n_expected)
{
  g_autoptr (GError) error = NULL;
  gsize n;
  g_autofree double *found = nerve_betti_parse_etas (text, &n, &error);

  g_assert_no_error (error);
  g_assert_cmpmem (found, n * sizeof (double), expected, n_expected * sizeof (double));
}

static void
thresholds_are_numbers_between_commas (void)
{
  static const double half[] = { .5 }, three[] = { .5, -1, 1e-3 };
  static const double range[] = { -1, -.5, 0, .5, 1 }, half_and_range[] = { .5, -1, -.5, 0, .5, 1 };

  check_etas (NULL, half, 1);
  check_etas ("", half, 1);
  check_etas ("0.5", half, 1);
  check_etas (" 0.5, -1 ,1e-3", three, 3);
  check_etas ("-1:1:5", range, 5);
  check_etas ("0.5,-1:1:5", half_and_range, 6);
}

static void
a_threshold_that_is_no_number_is_named (void)
{
  static const char * const bad[] = { "x", "0.5,y", "1,,2", "1,", "nan", "inf", "1e999", "0.5 1", "0:1",
                                      "0:1:1", "0:1:x", "0:x:3", "0:1:2:3", "0:1:100000" };

  for (guint k = 0; k < G_N_ELEMENTS (bad); k++)
    {
      g_autoptr (GError) error = NULL;
      gsize n;

      g_assert_null (nerve_betti_parse_etas (bad[k], &n, &error));
      g_assert_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER);
      g_assert_true (g_str_has_prefix (error->message, "eta: "));
    }
}

static void
parameters_start_from_the_half_open_count (void)
{
  NerveBettiParameters parameters;

  nerve_parameters_init (&nerve_betti_table, &parameters);
  g_assert_null (parameters.etas);
  g_assert_cmpint (parameters.count, ==, NERVE_BETTI_HALF_OPEN);
  g_assert_true (nerve_parameters_set (&nerve_betti_table, &parameters, "count", "closed", NULL));
  g_assert_cmpint (parameters.count, ==, NERVE_BETTI_CLOSED);
  g_assert_true (nerve_parameters_set (&nerve_betti_table, &parameters, "eta", "0,1", NULL));
  g_assert_cmpstr (parameters.etas, ==, "0,1");
  nerve_parameters_clear (&nerve_betti_table, &parameters);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/layers/decay/gudhi", layers_count_as_gudhi_counts_them);
  g_test_add_func ("/layers/decay/no-images", a_class_without_images_has_no_mean);
  g_test_add_func ("/layers/decay/threads", the_number_of_threads_changes_nothing);
  g_test_add_func ("/layers/decay/nan", the_first_value_that_is_no_number_is_named);
  g_test_add_func ("/layers/decay/stop", it_can_be_stopped_at_any_question);
  g_test_add_func ("/layers/decay/etas", thresholds_are_numbers_between_commas);
  g_test_add_func ("/layers/decay/bad-etas", a_threshold_that_is_no_number_is_named);
  g_test_add_func ("/layers/decay/parameters", parameters_start_from_the_half_open_count);

  return g_test_run ();
}
