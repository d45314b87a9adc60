#include "layers/similarity.h"

#include <string.h>

#include "base/parallel.h"
#include "base/random.h"
#include "layers/golden.h"

/* Scaled and moved copies must be as alike as the originals. */
static void
centered_init (NerveCentered *self, const double *values, gsize n, gsize p, double factor, double offset)
{
  double *copy = g_memdup2 (values, n * p * sizeof (double));

  for (gsize k = 0; k < n * p; k++)
    copy[k] = factor * copy[k] + offset;
  nerve_centered_init (self, copy, n, p);
}

static void
check_cka (const NerveCentered layers[2], Golden *golden)
{
  static const char * const words[] = { "cka", "debiased" };

  for (guint debiased = 0; debiased < 2; debiased++)
    {
      double expected = golden_number (golden, words[debiased]);
      double values[4];

      g_assert_true (nerve_cka (layers, 2, debiased, values, NULL, NULL));
      g_assert_cmpfloat_with_epsilon (values[1], expected, 1e-9);
      g_assert_cmpfloat_with_epsilon (values[2], expected, 1e-9);
      g_assert_cmpfloat_with_epsilon (values[0], 1, 1e-12);
    }
}

static void
check_spectra (const NerveCentered layers[2], Golden *golden)
{
  NerveSpectrum spectra[2];
  g_autofree double *pwcca = NULL;
  double value;
  double other;
  gsize n;

  for (guint i = 0; i < 2; i++)
    g_assert_true (nerve_spectrum_init (&spectra[i], &layers[i], TRUE, NULL, NULL));

  g_assert_true (nerve_svcca (&spectra[0], &spectra[1], &value, NULL, NULL));
  g_assert_cmpfloat_with_epsilon (value, golden_number (golden, "svcca"), 1e-8);
  pwcca = golden_numbers (golden, "pwcca", &n);
  g_assert_true (nerve_pwcca (&spectra[0], &spectra[1], &value, &other, NULL, NULL));
  g_assert_cmpfloat_with_epsilon (value, pwcca[0], 1e-8);
  g_assert_cmpfloat_with_epsilon (other, pwcca[1], 1e-8);
  g_assert_true (nerve_pwcca (&spectra[1], &spectra[0], &other, &value, NULL, NULL));
  g_assert_cmpfloat_with_epsilon (value, pwcca[0], 1e-8);
  g_assert_true (nerve_procrustes (&spectra[0], &spectra[1], &value, NULL, NULL));
  g_assert_cmpfloat_with_epsilon (value, golden_number (golden, "procrustes"), 5e-7);
  g_assert_true (nerve_procrustes (&spectra[0], &spectra[0], &value, NULL, NULL));
  g_assert_cmpfloat (value, ==, 0);

  for (guint i = 0; i < 2; i++)
    nerve_spectrum_clear (&spectra[i]);
}

static void
measures_are_those_of_numpy (gconstpointer data)
{
  const double *change = data;
  Golden golden;
  guint n_pairs = 0;

  golden_init (&golden, "similarity.txt");
  while (golden_has (&golden, "pair"))
    {
      gsize n;
      g_autofree double *extents = golden_numbers (&golden, "pair", &n);
      g_autofree double *x = golden_matrix (&golden, "x", extents[1] * extents[2]);
      g_autofree double *y = golden_matrix (&golden, "y", extents[1] * extents[3]);
      NerveCentered layers[2];

      centered_init (&layers[0], x, extents[1], extents[2], change[0], change[1]);
      centered_init (&layers[1], y, extents[1], extents[3], 1 / change[0], -change[1]);
      check_cka (layers, &golden);
      check_spectra (layers, &golden);
      nerve_centered_clear (&layers[0]);
      nerve_centered_clear (&layers[1]);
      n_pairs++;
    }
  g_assert_cmpuint (n_pairs, ==, 12);
  golden_clear (&golden);
}

/* More rows than a tile, more columns than a chunk. */
static void
make_large (NerveCentered *layers, guint n_layers)
{
  NerveRandom random;

  nerve_random_init (&random, 5);
  for (guint l = 0; l < n_layers; l++)
    {
      gsize n = 300;
      gsize p = l == 2 ? 2100 : 10 + l;
      double *values = g_new (double, n * p);

      for (gsize k = 0; k < n * p; k++)
        values[k] = nerve_random_normal (&random) + k % p;
      nerve_centered_init (&layers[l], values, n, p);
    }
}

static void
threads_change_nothing (void)
{
  NerveCentered layers[4];
  double one[16];
  double many[16];

  make_large (layers, 4);
  nerve_parallel_set_threads (1);
  g_assert_true (nerve_cka (layers, 4, FALSE, one, NULL, NULL));
  nerve_parallel_set_threads (7);
  g_assert_true (nerve_cka (layers, 4, FALSE, many, NULL, NULL));
  nerve_parallel_set_threads (0);
  g_assert_cmpmem (one, sizeof one, many, sizeof many);
  for (guint l = 0; l < 4; l++)
    nerve_centered_clear (&layers[l]);
}

/* ⟨XXᵀ, YYᵀ⟩ in tiles is ‖YᵀX‖². */
static void
tiles_are_the_whole (void)
{
  NerveCentered layers[2];
  g_autofree double *cross = NULL;
  double values[4];
  double norms[3] = { 0 };

  make_large (layers, 2);
  g_assert_true (nerve_cka (layers, 2, FALSE, values, NULL, NULL));
  for (guint pair = 0; pair < 3; pair++)
    {
      const NerveCentered *a = &layers[pair == 2];
      const NerveCentered *b = &layers[pair > 0];

      for (gsize i = 0; i < a->p; i++)
        for (gsize j = 0; j < b->p; j++)
          {
            double sum = 0;

            for (gsize k = 0; k < a->n; k++)
              sum += a->x[k * a->p + i] * b->x[k * b->p + j];
            norms[pair] += sum * sum;
          }
    }
  g_assert_cmpfloat_with_epsilon (values[1], norms[1] / sqrt (norms[0] * norms[2]), 1e-12);
  nerve_centered_clear (&layers[0]);
  nerve_centered_clear (&layers[1]);
}

static void
points_that_coincide_are_like_nothing (void)
{
  static const double same[] = { 3.7, -1e9 / 3, 3.7, -1e9 / 3, 3.7, -1e9 / 3, 3.7, -1e9 / 3, 3.7, -1e9 / 3 };
  static const double other[] = { 1, 4, 2, 8, 5 };
  NerveCentered layers[2];
  NerveSpectrum spectra[2];
  double values[4];
  double value;

  centered_init (&layers[0], same, 5, 2, 1, 0);
  centered_init (&layers[1], other, 5, 1, 1, 0);
  g_assert_true (nerve_centered_is_zero (&layers[0]));
  g_assert_true (nerve_cka (layers, 2, FALSE, values, NULL, NULL));
  g_assert_true (isnan (values[0]) && isnan (values[1]) && fabs (values[3] - 1) < 1e-12);
  for (guint i = 0; i < 2; i++)
    g_assert_true (nerve_spectrum_init (&spectra[i], &layers[i], TRUE, NULL, NULL));
  g_assert_cmpuint (spectra[0].rank, ==, 0);
  g_assert_true (nerve_svcca (&spectra[0], &spectra[1], &value, NULL, NULL) && isnan (value));
  g_assert_true (nerve_pwcca (&spectra[0], &spectra[1], &value, &values[0], NULL, NULL) && isnan (value));
  g_assert_true (nerve_procrustes (&spectra[0], &spectra[1], &value, NULL, NULL) && isnan (value));
  g_assert_true (nerve_spectra_saturate (&spectra[0], &spectra[1]) == (5 <= 0 + 1 + 1));
  for (guint i = 0; i < 2; i++)
    {
      nerve_spectrum_clear (&spectra[i]);
      nerve_centered_clear (&layers[i]);
    }
}

static gboolean
refuse (double fraction, gpointer user_data)
{
  return FALSE;
}

static void
all_stop_when_asked (void)
{
  const NerveProgress progress = { refuse, NULL, 0, 1 };
  NerveCentered layers[3];
  NerveSpectrum spectrum;
  g_autoptr (GError) error = NULL;
  double values[9];

  make_large (layers, 3);
  g_assert_false (nerve_cka (layers, 3, FALSE, values, &progress, &error));
  g_assert_error (error, NERVE_ERROR, NERVE_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_false (nerve_spectrum_init (&spectrum, &layers[2], FALSE, &progress, &error));
  g_assert_error (error, NERVE_ERROR, NERVE_ERROR_CANCELLED);
  nerve_spectrum_clear (&spectrum);
  for (guint l = 0; l < 3; l++)
    nerve_centered_clear (&layers[l]);
}

int
main (int argc, char *argv[])
{
  static const double as_it_is[] = { 1, 0 };
  static const double huge[] = { 1e150, 0 };
  static const double moved[] = { 64, 1000 };

  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/layers/similarity/numpy", as_it_is, measures_are_those_of_numpy);
  g_test_add_data_func ("/layers/similarity/huge-and-tiny", huge, measures_are_those_of_numpy);
  g_test_add_data_func ("/layers/similarity/scaled-and-moved", moved, measures_are_those_of_numpy);
  g_test_add_func ("/layers/similarity/threads", threads_change_nothing);
  g_test_add_func ("/layers/similarity/tiles", tiles_are_the_whole);
  g_test_add_func ("/layers/similarity/coincide", points_that_coincide_are_like_nothing);
  g_test_add_func ("/layers/similarity/cancel", all_stop_when_asked);

  return g_test_run ();
}
