#include "cloud/mask.h"

#include "cloud/golden.h"

static NerveDataset *
open_golden (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", "cloud", "cloud.h5", NULL);
  g_autoptr (GError) error = NULL;
  NerveDataset *dataset = nerve_dataset_open (path, &error);

  g_assert_no_error (error);

  return dataset;
}

static void
a_position_weighs_the_mean_over_its_region (void)
{
  g_autoptr (NerveDataset) dataset = open_golden ();
  gsize n;
  g_autofree double *expected = golden_read ("cloud.txt", "weights", &n);

  for (gsize image = 0; image < nerve_dataset_get_n (dataset); image++)
    {
      g_auto (NerveImage) mask = { 0 };
      guint64 weights[12];

      g_assert_true (nerve_dataset_read_mask (dataset, image, &mask, NULL));
      nerve_mask_weights (&mask, 4, 3, weights);
      for (guint i = 0; i < 12; i++)
        g_assert_cmpfloat_with_epsilon (weights[i] / 35.0, expected[image * 12 + i], 1e-12);
    }
}

/* On a 2 × 2 map over a mask whose left half is foreground. */
static void
place (NerveSampling sampling, guint64 seed, gsize image, const guint8 *pixels, gint32 *positions,
       NerveMaskOutcome *found)
{
  const NerveLayer layer = { .channels = 1, .height = 2, .width = 2 };
  const NerveSampler sampler = { .layer = &layer, .sampling = sampling, .positions = 2, .seed = seed };
  const NerveImage mask = { .width = 2, .height = 2, .channels = 1, .pixels = (guint8 *) pixels };

  *found = nerve_mask_place (&sampler, &mask, image, positions);
}

static void
equal_weights_are_drawn_by_seed_and_image (void)
{
  const guint8 left[] = { 255, 0, 255, 0 };
  guint n_first = 0;

  for (guint64 seed = 0; seed < 100; seed++)
    {
      gint32 positions[2], again[2];
      NerveMaskOutcome found;

      place (NERVE_SAMPLING_FOREGROUND, seed, 4, left, positions, &found);
      place (NERVE_SAMPLING_FOREGROUND, seed, 4, left, again, &found);
      g_assert_cmpint (found, ==, NERVE_MASK_PLACED);
      g_assert_cmpmem (positions, sizeof positions, again, sizeof again);
      g_assert_cmpint (positions[0] + positions[1], ==, 2);
      n_first += positions[0] == 0;
      place (NERVE_SAMPLING_BACKGROUND, seed, 4, left, positions, &found);
      g_assert_cmpint (positions[0] + positions[1], ==, 4);
    }
  g_assert_cmpuint (n_first, >, 30);
  g_assert_cmpuint (n_first, <, 70);
}

static void
an_empty_mask_gives_no_position (void)
{
  const guint8 empty[] = { 0, 0, 0, 0 };
  const guint8 whole[] = { 1, 1, 1, 1 };
  gint32 positions[2];
  NerveMaskOutcome found;

  place (NERVE_SAMPLING_FOREGROUND, 0, 0, empty, positions, &found);
  g_assert_cmpint (found, ==, NERVE_MASK_EMPTY);
  place (NERVE_SAMPLING_BACKGROUND, 0, 0, empty, positions, &found);
  g_assert_cmpint (found, ==, NERVE_MASK_EMPTY);
  place (NERVE_SAMPLING_FOREGROUND, 0, 0, whole, positions, &found);
  g_assert_cmpint (found, ==, NERVE_MASK_PLACED);
  place (NERVE_SAMPLING_BACKGROUND, 0, 0, whole, positions, &found);
  g_assert_cmpint (found, ==, NERVE_MASK_FULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cloud/mask/a-position-weighs-the-mean-over-its-region",
                   a_position_weighs_the_mean_over_its_region);
  g_test_add_func ("/cloud/mask/equal-weights-are-drawn-by-seed-and-image", equal_weights_are_drawn_by_seed_and_image);
  g_test_add_func ("/cloud/mask/an-empty-mask-gives-no-position", an_empty_mask_gives_no_position);

  return g_test_run ();
}
