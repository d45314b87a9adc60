#include "layers/ranking.h"

#include <math.h>
#include <string.h>

#include "layers/accuracies.h"
#include "layers/transfer.h"

typedef struct
{
  char **lines;
  gsize  at;
} Golden;

static void
golden_init (Golden *self)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", "layers", "ranking.txt", NULL);
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  self->lines = g_strsplit (text, "\n", -1);
  self->at = 0;
}

static void
golden_clear (Golden *self)
{
  g_strfreev (self->lines);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Golden, golden_clear)

/* The numbers of the next line, which starts with @word; NULL if it does not. */
static double *
take (Golden *self, const char *word, gsize *n)
{
  g_auto (GStrv) fields = NULL;
  double *numbers;

  if (self->lines[self->at] == NULL)
    return NULL;
  fields = g_strsplit (self->lines[self->at], " ", -1);
  if (fields[0] == NULL || !g_str_equal (fields[0], word))
    return NULL;

  self->at++;
  *n = g_strv_length (fields) - 1;
  numbers = g_new (double, *n + 1);
  for (gsize k = 0; k < *n; k++)
    numbers[k] = g_ascii_strtod (fields[k + 1], NULL);

  return numbers;
}

static void
correlations_are_those_of_scipy (void)
{
  g_auto (Golden) golden = { NULL };
  guint n_sets = 0;

  golden_init (&golden);
  while (golden.lines[golden.at] != NULL)
    {
      gsize n;
      g_autofree double *head = take (&golden, "pairs", &n);
      g_autofree double *x = NULL;
      g_autofree double *y = NULL;
      g_autofree double *expected = NULL;
      NerveCorrelations found;

      if (head == NULL)
        {
          golden.at++;
          continue;
        }
      x = take (&golden, "x", &n);
      y = take (&golden, "y", &n);
      g_assert_cmpuint (n, ==, head[0]);
      nerve_correlations (x, y, n, &found);
      expected = take (&golden, "correlations", &n);
      g_assert_cmpfloat_with_epsilon (found.pearson, expected[0], 1e-9);
      g_assert_cmpfloat_with_epsilon (found.spearman, expected[1], 1e-9);
      g_assert_cmpfloat_with_epsilon (found.kendall, expected[2], 1e-9);
      g_assert_cmpfloat_with_epsilon (found.weighted_kendall, expected[3], 1e-9);
      n_sets++;
    }
  g_assert_cmpuint (n_sets, ==, 11);
}

static void
nothing_correlates_with_a_constant (void)
{
  static const double x[] = { 1, 2, 3 }, same[] = { .1, .1, .1 };
  NerveCorrelations found;

  nerve_correlations (x, same, 3, &found);
  g_assert_true (isnan (found.pearson) && isnan (found.spearman) && isnan (found.kendall));
  g_assert_true (isnan (found.weighted_kendall));
  nerve_correlations (x, x, 1, &found);
  g_assert_true (isnan (found.pearson));
  nerve_correlations (NULL, NULL, 0, &found);
  g_assert_true (isnan (found.weighted_kendall));
}

/* Of the probabilities' largest. */
static int *
find_largest (const double *rows, gsize n, gsize width)
{
  int *largest = g_new0 (int, n);

  for (gsize i = 0; i < n; i++)
    for (gsize k = 1; k < width; k++)
      if (rows[i * width + k] > rows[i * width + largest[i]])
        largest[i] = k;

  return largest;
}

static void
check_transfer (Golden *golden, const double *head)
{
  gsize n = head[0], d = head[1], n_classes = head[2], size;
  g_autofree double *features = take (golden, "features", &size);
  g_autofree double *numbers = take (golden, "labels", &size);
  g_autofree double *probabilities = take (golden, "probabilities", &size);
  gsize n_source = size / n;
  g_autofree double *expected = take (golden, "scores", &size);
  g_autofree int *labels = g_new (int, n);
  g_autofree int *predictions = find_largest (probabilities, n, n_source);
  double score;

  for (gsize i = 0; i < n; i++)
    labels[i] = numbers[i];
  g_assert_true (nerve_transfer_logme (features, n, d, labels, n_classes, &score, NULL, NULL));
  g_assert_cmpfloat_with_epsilon (score, expected[0], 1e-8);
  g_assert_true (nerve_transfer_hscore (features, n, d, labels, n_classes, &score, NULL, NULL));
  g_assert_cmpfloat_with_epsilon (score, expected[1], 1e-8);
  g_assert_cmpfloat_with_epsilon (nerve_transfer_leep (probabilities, n, n_source, labels, n_classes), expected[2],
                                  1e-9);
  g_assert_cmpfloat_with_epsilon (nerve_transfer_nce (predictions, n, n_source, labels, n_classes), expected[3], 1e-9);
}

static void
rivals_are_those_of_numpy (void)
{
  g_auto (Golden) golden = { NULL };
  guint n_sets = 0;

  golden_init (&golden);
  while (golden.lines[golden.at] != NULL)
    {
      gsize n;
      g_autofree double *head = take (&golden, "transfer", &n);

      if (head != NULL)
        {
          check_transfer (&golden, head);
          n_sets++;
        }
      else
        golden.at++;
    }
  g_assert_cmpuint (n_sets, ==, 5);
}

static void
the_best_come_first (void)
{
  const NerveRankedModel models[] = {
    { (char *) "b", .2, 90 }, { (char *) "none", NAN, 99 }, { (char *) "a", -.1, 95 }, { (char *) "c", .2, NAN },
  };
  static const char * const down[] = { "a", "b", "c", "none" }, * const up[] = { "b", "c", "a", "none" };
  g_autoptr (NerveRanking) theta = nerve_ranking_new (NERVE_RANKING_THETA, models, 4);
  g_autoptr (NerveRanking) logme = nerve_ranking_new (NERVE_RANKING_LOGME, models, 4);

  for (guint i = 0; i < 4; i++)
    {
      g_assert_cmpstr (nerve_ranking_get_models (theta)[i].model, ==, down[i]);
      g_assert_cmpstr (nerve_ranking_get_models (logme)[i].model, ==, up[i]);
    }
  g_assert_cmpuint (nerve_ranking_get_n_compared (theta), ==, 2);
  g_assert_cmpfloat (nerve_ranking_get_correlations (theta)->kendall, ==, 1);
  g_assert_cmpfloat (nerve_ranking_get_correlations (logme)->kendall, ==, -1);
}

static void
accuracies_are_read (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NerveAccuracies) table = nerve_accuracies_parse ("\xef\xbb\xbfmodel,accuracy\r\nvgg16, 94.74\r\n"
                                                              "\"a, \"\"b\"\"\",1e1\n\nstem,3\n", &error);
  g_autoptr (GPtrArray) unused = NULL;

  g_assert_no_error (error);
  g_assert_cmpfloat (nerve_accuracies_find (table, "vgg16", "x.h5"), ==, 94.74);
  g_assert_cmpfloat (nerve_accuracies_find (table, "a, \"b\"", "x.h5"), ==, 10);
  unused = nerve_accuracies_get_unused (table);
  g_assert_cmpuint (unused->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (unused, 0), ==, "stem");
  g_assert_cmpfloat (nerve_accuracies_find (table, "unknown", "/folder/stem.npy"), ==, 3);
  g_assert_true (isnan (nerve_accuracies_find (table, "unknown", "/folder/other.npy")));
}

static void
bad_accuracies_are_refused (void)
{
  static const char * const bad[] = {
    "a,1\nb\n", "a,1\nb,x\n", "a,1\na,2\n", "a,nan\n", "a,inf\n", "\"a,1\n", "a,1,2\n", ",1\n", "a,1\nb,\n",
  };
  static const char * const empty[] = { "", "\n\n", "model,accuracy\n" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (nerve_accuracies_parse (bad[i], &error));
      g_assert_true (error->domain == NERVE_ERROR);
      g_assert_true (g_str_has_prefix (error->message, "line "));
    }
  for (guint i = 0; i < G_N_ELEMENTS (empty); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (nerve_accuracies_parse (empty[i], &error));
      g_assert_error (error, NERVE_ERROR, NERVE_ERROR_FORMAT);
      g_assert_true (g_str_has_prefix (error->message, "no line "));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/layers/ranking/scipy", correlations_are_those_of_scipy);
  g_test_add_func ("/layers/ranking/constant", nothing_correlates_with_a_constant);
  g_test_add_func ("/layers/ranking/numpy", rivals_are_those_of_numpy);
  g_test_add_func ("/layers/ranking/order", the_best_come_first);
  g_test_add_func ("/layers/ranking/accuracies", accuracies_are_read);
  g_test_add_func ("/layers/ranking/bad-accuracies", bad_accuracies_are_refused);

  return g_test_run ();
}
