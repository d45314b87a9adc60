#include "layers/decay-band.h"

#include <math.h>
#include <string.h>

/* 40 images of two classes, five of none. */
static void
make_classes (int classes[45])
{
  for (guint i = 0; i < 45; i++)
    classes[i] = i < 5 ? -1 : i % 4 == 0;
}

static void
classes_keep_their_size (void)
{
  int classes[45];
  double ones[45], first[45], sums[50];
  g_autoptr (NerveResampling) bootstrap = NULL;
  gsize n_first = 0;

  make_classes (classes);
  bootstrap = nerve_resampling_new (classes, 45, 50, 7, NULL);
  for (guint i = 0; i < 45; i++)
    {
      ones[i] = 1;
      first[i] = classes[i] == 0;
      n_first += classes[i] == 0;
    }
  nerve_resampling_sums (bootstrap, ones, sums);
  for (guint r = 0; r < 50; r++)
    g_assert_cmpfloat (sums[r], ==, 40);
  nerve_resampling_sums (bootstrap, first, sums);
  for (guint r = 0; r < 50; r++)
    g_assert_cmpfloat (sums[r], ==, n_first);
}

static void
the_same_seed_draws_the_same (void)
{
  int classes[45];
  double values[45], a[50], b[50], c[50];
  g_autoptr (NerveResampling) first = NULL;
  g_autoptr (NerveResampling) second = NULL;
  g_autoptr (NerveResampling) other = NULL;

  make_classes (classes);
  for (guint i = 0; i < 45; i++)
    values[i] = i;
  first = nerve_resampling_new (classes, 45, 50, 7, NULL);
  second = nerve_resampling_new (classes, 45, 50, 7, NULL);
  other = nerve_resampling_new (classes, 45, 50, 8, NULL);
  nerve_resampling_sums (first, values, a);
  nerve_resampling_sums (second, values, b);
  nerve_resampling_sums (other, values, c);
  g_assert_cmpmem (a, sizeof a, b, sizeof b);
  g_assert_cmpint (memcmp (a, c, sizeof a), !=, 0);
}

/* Means of 100 numbers spread by s stray by s / 10. */
static void
a_band_is_as_wide_as_the_mean_strays (void)
{
  int classes[100] = { 0 };
  double values[100], sums[2000], low, high, mean = 0, variance = 0;
  g_autoptr (NerveResampling) bootstrap = nerve_resampling_new (classes, 100, 2000, 1, NULL);

  for (guint i = 0; i < 100; i++)
    {
      values[i] = sin (i * i) / 100;
      mean += values[i];
    }
  for (guint i = 0; i < 100; i++)
    variance += (100 * values[i] - mean) * (100 * values[i] - mean) / 100;
  nerve_resampling_sums (bootstrap, values, sums);
  nerve_resampling_band (sums, 2000, &low, &high);
  g_assert_cmpfloat (low, <, mean);
  g_assert_cmpfloat (high, >, mean);
  g_assert_cmpfloat_with_epsilon ((high - low) / (2 * 1.96 * sqrt (variance / 100)), 1, .08);
}

static void
shares_are_of_a_mean_over_classes (void)
{
  int classes[45];
  double shares[45], sum = 0, of_first = 0;
  static const gboolean only_second[2] = { FALSE, TRUE }, none[2] = { FALSE, FALSE };

  make_classes (classes);
  g_assert_cmpuint (nerve_resampling_shares (classes, 45, 2, NULL, shares), ==, 2);
  for (guint i = 0; i < 45; i++)
    {
      sum += shares[i];
      of_first += classes[i] == 0 ? shares[i] : 0;
    }
  g_assert_cmpfloat_with_epsilon (sum, 1, 1e-12);
  g_assert_cmpfloat_with_epsilon (of_first, .5, 1e-12);
  g_assert_cmpuint (nerve_resampling_shares (classes, 45, 2, only_second, shares), ==, 1);
  g_assert_cmpfloat (shares[5], ==, 0);
  g_assert_cmpuint (nerve_resampling_shares (classes, 45, 2, none, shares), ==, 0);
}

static void
images_without_labels_are_one_class (void)
{
  static const int unlabelled[3] = { -1, -1, -1 }, some[3] = { -1, 1, 0 };
  int classes[3];

  g_assert_cmpuint (nerve_resampling_classes (NULL, 3, 0, classes), ==, 1);
  g_assert_cmpint (classes[2], ==, 0);
  g_assert_cmpuint (nerve_resampling_classes (unlabelled, 3, 4, classes), ==, 1);
  g_assert_cmpint (classes[0], ==, 0);
  g_assert_cmpuint (nerve_resampling_classes (some, 3, 2, classes), ==, 2);
  g_assert_cmpint (classes[0], ==, -1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/layers/resampling/classes", classes_keep_their_size);
  g_test_add_func ("/layers/resampling/seed", the_same_seed_draws_the_same);
  g_test_add_func ("/layers/resampling/width", a_band_is_as_wide_as_the_mean_strays);
  g_test_add_func ("/layers/resampling/shares", shares_are_of_a_mean_over_classes);
  g_test_add_func ("/layers/resampling/unlabelled", images_without_labels_are_one_class);

  return g_test_run ();
}
