#include "base/random.h"
#include "homology/betti-private.h"
#include "textbook-cubical.h"

#include <math.h>
#include <string.h>

/* Half-open β0, β1, β2, then closed. */
typedef struct
{
  guint64 n[6];
} Counts;

static void
count_bar (Counts *counts,
           int     dimension,
           double  birth,
           double  death,
           double  eta)
{
  if (dimension > 2 || !(birth < death))
    return;
  counts->n[dimension] += birth <= eta && eta < death;
  counts->n[3 + dimension] += birth <= eta && eta <= death;
}

static void
count_by_reduction (const double *volume,
                    const gsize   shape[3],
                    const double *etas,
                    gsize         n_etas,
                    Counts       *out)
{
  g_autoptr (NerveDiagram) diagram = textbook_cubical (volume, shape);
  const NerveBar *bars = nerve_diagram_get_bars (diagram);

  memset (out, 0, n_etas * sizeof (Counts));
  for (gsize b = 0; b < nerve_diagram_get_n_bars (diagram); b++)
    for (gsize e = 0; e < n_etas; e++)
      count_bar (&out[e], bars[b].dimension, bars[b].birth, bars[b].death, etas[e]);
}

static void
count_by_kernel (const double *volume,
                 const gsize   shape[3],
                 const double *etas,
                 gsize         n_etas,
                 Counts       *out)
{
  g_autoptr (NerveBettiWorkspace) workspace = nerve_betti_workspace_new ();
  g_autofree guint64 *numbers = g_new (guint64, 3 * n_etas);

  for (NerveBettiCount count = NERVE_BETTI_HALF_OPEN; count <= NERVE_BETTI_CLOSED; count++)
    {
      g_autoptr (GError) error = NULL;

      nerve_betti_numbers (workspace, volume, shape, etas, n_etas, count, numbers, NULL, &error);
      g_assert_no_error (error);
      for (gsize e = 0; e < n_etas; e++)
        memcpy (out[e].n + 3 * count, numbers + 3 * e, 3 * sizeof (guint64));
    }
}

static void
assert_counts (const Counts *a,
               const Counts *b)
{
  for (guint k = 0; k < 6; k++)
    g_assert_cmpuint (a->n[k], ==, b->n[k]);
}

static void
assert_like_reduction (const double *volume,
                       const gsize   shape[3],
                       const double *etas,
                       gsize         n_etas)
{
  g_autofree Counts *expected = g_new (Counts, n_etas);
  g_autofree Counts *found = g_new (Counts, n_etas);

  count_by_reduction (volume, shape, etas, n_etas, expected);
  count_by_kernel (volume, shape, etas, n_etas, found);
  for (gsize e = 0; e < n_etas; e++)
    assert_counts (&expected[e], &found[e]);
}

/* Values 0 … n_values − 1, the lower ones rarer if @skew. */
static double *
make_tied_volume (NerveRandom *random,
                  const gsize  shape[3],
                  guint        n_values,
                  gboolean     skew)
{
  gsize n = shape[0] * shape[1] * shape[2];
  double *volume = g_new (double, n);

  for (gsize k = 0; k < n; k++)
    {
      volume[k] = nerve_random_below (random, n_values);
      if (skew)
        volume[k] = MAX (volume[k], nerve_random_below (random, n_values));
    }

  return volume;
}

/* Value 1 in a web between the values 0 and 2. */
static double *
make_web (NerveRandom *random,
          const gsize  shape[3],
          double       low,
          double       high)
{
  gsize n = shape[0] * shape[1] * shape[2];
  double *volume = g_new (double, n);

  for (gsize k = 0; k < n; k++)
    {
      double t = nerve_random_double (random);

      volume[k] = t < low ? 0 : t < high ? 1 : 2;
    }

  return volume;
}

static const double small_etas[] = { -.5, 0, .5, 1, 1.5, 2, 3, 4 };

static void
tied_volumes_count_as_a_plain_reduction (void)
{
  NerveRandom random;

  nerve_random_init (&random, 1);
  for (guint trial = 0; trial < 1200; trial++)
    {
      gsize shape[3] = { 1 + nerve_random_below (&random, 4),
                         1 + nerve_random_below (&random, 4),
                         1 + nerve_random_below (&random, 4) };
      g_autofree double *volume = make_tied_volume (&random, shape, 2 + trial % 4, trial % 3 == 0);

      assert_like_reduction (volume, shape, small_etas, G_N_ELEMENTS (small_etas));
    }
}

/* Large enough for every branch: cores that stay after the single entries, rows of several words. */
static void
webs_of_one_value_count_as_a_plain_reduction (void)
{
  static const gsize shapes[][3] = { { 6, 6, 6 }, { 7, 7, 5 }, { 4, 4, 66 }, { 66, 4, 4 }, { 4, 65, 4 }, { 2, 9, 9 } };
  NerveRandom random;

  nerve_random_init (&random, 2);
  for (guint trial = 0; trial < 36; trial++)
    {
      const gsize *shape = shapes[trial % G_N_ELEMENTS (shapes)];
      double low = .2 + .3 * nerve_random_double (&random);
      g_autofree double *volume = make_web (&random, shape, low, low + .4);

      assert_like_reduction (volume, shape, small_etas, G_N_ELEMENTS (small_etas));
    }
}

static void
rectified_volumes_count_as_a_plain_reduction (void)
{
  static const gsize shape[3] = { 5, 5, 6 };
  static const double etas[] = { -1, 0, .3, .5 };
  NerveRandom random;

  nerve_random_init (&random, 3);
  for (guint trial = 0; trial < 40; trial++)
    {
      g_autofree double *volume = g_new (double, 5 * 5 * 6);

      /* Shifted down, every other one: loops below the flat part too. */
      for (gsize k = 0; k < 5 * 5 * 6; k++)
        {
          double x = nerve_random_normal (&random);

          volume[k] = trial % 2 == 0 ? MAX (x, 0) : x < -.5 ? x : MAX (x - .5, 0);
        }
      assert_like_reduction (volume, shape, etas, G_N_ELEMENTS (etas));
    }
}

static void
equal_curves_may_have_different_closed_loops (void)
{
  static const gsize shape[3] = { 3, 3, 3 };
  static const double a[] = { 0, 0, 0, 2, 0, 0, 2, 0, 0, 1, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 2, 0, 0 };
  static const double b[] = { 1, 1, 0, 1, 0, 0, 2, 1, 0, 0, 0, 0, 1, 0, 1, 0, 2, 0, 1, 0, 0, 0, 2, 0, 0, 0, 0 };
  static const double etas[] = { 0, 1, 2 };
  Counts of_a[3], of_b[3];

  assert_like_reduction (a, shape, etas, 3);
  assert_like_reduction (b, shape, etas, 3);
  count_by_kernel (a, shape, etas, 3, of_a);
  count_by_kernel (b, shape, etas, 3, of_b);
  for (guint e = 0; e < 3; e++)
    for (guint k = 0; k < 6; k++)
      if (k != 4)
        g_assert_cmpuint (of_a[e].n[k], ==, of_b[e].n[k]);
  g_assert_cmpuint (of_a[1].n[4], ==, 2);
  g_assert_cmpuint (of_b[1].n[4], ==, 3);
}

static void
the_order_of_the_axes_is_nothing_to_it (void)
{
  static const gsize shape[3] = { 5, 9, 130 }, turned[3] = { 130, 5, 9 }, swapped[3] = { 5, 130, 9 };
  gsize n = 5 * 9 * 130;
  g_autofree double *turned_volume = g_new (double, n);
  g_autofree double *swapped_volume = g_new (double, n);
  g_autofree double *volume = NULL;
  Counts counts[3][G_N_ELEMENTS (small_etas)];
  NerveRandom random;

  nerve_random_init (&random, 4);
  volume = make_tied_volume (&random, shape, 4, FALSE);
  for (gsize i = 0; i < 5; i++)
    for (gsize j = 0; j < 9; j++)
      for (gsize k = 0; k < 130; k++)
        {
          double value = volume[(i * 9 + j) * 130 + k];

          turned_volume[(k * 5 + i) * 9 + j] = value;
          swapped_volume[(i * 130 + k) * 9 + j] = value;
        }

  count_by_kernel (volume, shape, small_etas, G_N_ELEMENTS (small_etas), counts[0]);
  count_by_kernel (turned_volume, turned, small_etas, G_N_ELEMENTS (small_etas), counts[1]);
  count_by_kernel (swapped_volume, swapped, small_etas, G_N_ELEMENTS (small_etas), counts[2]);
  for (gsize e = 0; e < G_N_ELEMENTS (small_etas); e++)
    {
      assert_counts (&counts[0][e], &counts[1][e]);
      assert_counts (&counts[0][e], &counts[2][e]);
    }
}

/* With one more plane, rows of 64 voxels no longer fill their words. */
static void
a_margin_above_all_thresholds_is_nothing_to_it (void)
{
  static const gsize shape[3] = { 24, 24, 64 }, wider[3] = { 24, 24, 65 };
  gsize n_rows = 24 * 24;
  g_autofree double *volume = NULL;
  g_autofree double *wider_volume = g_new (double, n_rows * 65);
  Counts counts[2][G_N_ELEMENTS (small_etas)];
  NerveRandom random;

  nerve_random_init (&random, 7);
  volume = make_web (&random, shape, .35, .85);
  for (gsize row = 0; row < n_rows; row++)
    {
      memcpy (wider_volume + row * 65, volume + row * 64, 64 * sizeof (double));
      wider_volume[row * 65 + 64] = 9;
    }

  count_by_kernel (volume, shape, small_etas, G_N_ELEMENTS (small_etas), counts[0]);
  count_by_kernel (wider_volume, wider, small_etas, G_N_ELEMENTS (small_etas), counts[1]);
  for (gsize e = 0; e < G_N_ELEMENTS (small_etas); e++)
    assert_counts (&counts[0][e], &counts[1][e]);
}

/* Read off the curve, and one at a time. */
static void
many_thresholds_count_as_single_ones (void)
{
  static const gsize shape[3] = { 8, 9, 10 };
  g_autoptr (NerveBettiWorkspace) workspace = nerve_betti_workspace_new ();
  g_autofree double *volume = NULL;
  double etas[40];
  guint64 together[3 * G_N_ELEMENTS (etas)];
  NerveRandom random;

  nerve_random_init (&random, 8);
  volume = make_tied_volume (&random, shape, 30, FALSE);
  for (guint e = 0; e < G_N_ELEMENTS (etas); e++)
    etas[e] = 35 - 0.9 * e;
  g_assert_true (nerve_betti_numbers (workspace, volume, shape, etas, G_N_ELEMENTS (etas), NERVE_BETTI_HALF_OPEN,
                                      together, NULL, NULL));
  for (guint e = 0; e < G_N_ELEMENTS (etas); e++)
    {
      guint64 alone[3];

      g_assert_true (nerve_betti_numbers (workspace, volume, shape, etas + e, 1, NERVE_BETTI_HALF_OPEN, alone, NULL,
                                          NULL));
      g_assert_cmpmem (alone, sizeof alone, together + 3 * e, sizeof alone);
    }
}

static void
nothing_has_no_homology (void)
{
  static const gsize shapes[][3] = { { 0, 4, 4 }, { 4, 0, 4 }, { 4, 4, 0 } };
  static const double eta = 0;
  Counts counts;

  for (guint k = 0; k < G_N_ELEMENTS (shapes); k++)
    {
      count_by_kernel (&eta, shapes[k], &eta, 1, &counts);
      for (guint m = 0; m < 6; m++)
        g_assert_cmpuint (counts.n[m], ==, 0);
    }
}

static void
an_impossible_volume_is_refused (void)
{
  static const gsize shape[3] = { 1 << 12, 1 << 12, 1 << 12 };
  static const double eta = 0;
  g_autoptr (NerveBettiWorkspace) workspace = nerve_betti_workspace_new ();
  g_autoptr (GError) error = NULL;
  guint64 out[3];

  g_assert_false (nerve_betti_numbers (workspace, &eta, shape, &eta, 1, NERVE_BETTI_HALF_OPEN, out, NULL, &error));
  g_assert_error (error, NERVE_ERROR, NERVE_ERROR_SHAPE);
}

static gboolean
stop_after (double   fraction,
            gpointer user_data)
{
  int *left = user_data;

  return (*left)-- > 0;
}

static void
it_can_be_stopped_at_any_question (void)
{
  static const gsize shape[3] = { 24, 24, 24 };
  static const double eta = 1;
  g_autoptr (NerveBettiWorkspace) workspace = nerve_betti_workspace_new ();
  g_autofree double *volume = NULL;
  NerveRandom random;
  gboolean done = FALSE;
  guint n_stopped = 0;

  nerve_random_init (&random, 5);
  volume = make_tied_volume (&random, shape, 3, TRUE);
  for (int questions = 0; !done; questions++)
    {
      int left = questions;
      NerveProgress progress = { stop_after, &left, 0, 1 };
      g_autoptr (GError) error = NULL;
      guint64 out[3];

      done = nerve_betti_numbers (workspace, volume, shape, &eta, 1, NERVE_BETTI_CLOSED, out, &progress, &error);
      if (!done)
        g_assert_error (error, NERVE_ERROR, NERVE_ERROR_CANCELLED);
      n_stopped += !done;
    }
  g_assert_cmpuint (n_stopped, >, 20);
}

/* Rank of the same matrix with rows as bits. */
static guint64
find_rank (const guint32 *entries,
           gsize          n_columns)
{
  guint64 owners[64] = { 0 };
  guint64 rank = 0;

  for (gsize c = 0; c < n_columns; c++)
    {
      guint64 column = 0;

      for (guint k = 0; k < NERVE_BETTI_ENTRIES; k++)
        if (entries[c * NERVE_BETTI_ENTRIES + k] != NERVE_BETTI_NO_ROW)
          column |= G_GUINT64_CONSTANT (1) << entries[c * NERVE_BETTI_ENTRIES + k];
      while (column != 0 && owners[63 - __builtin_clzll (column)] != 0)
        column ^= owners[63 - __builtin_clzll (column)];
      if (column == 0)
        continue;
      owners[63 - __builtin_clzll (column)] = column;
      rank++;
    }

  return rank;
}

static void
ranks_are_those_of_a_plain_elimination (void)
{
  NerveBettiBuffer scratch = { NULL, 0 };
  NerveRandom random;

  nerve_random_init (&random, 6);
  for (guint trial = 0; trial < 500; trial++)
    {
      gsize n_rows = 4 + nerve_random_below (&random, 60), n_columns = nerve_random_below (&random, 80);
      g_autofree guint32 *entries = g_new (guint32, NERVE_BETTI_ENTRIES * n_columns + 1);
      guint64 rank, expected;

      for (gsize c = 0; c < n_columns; c++)
        {
          guint32 *column = entries + NERVE_BETTI_ENTRIES * c;

          nerve_random_choose (&random, n_rows, NERVE_BETTI_ENTRIES, column);
          for (guint k = nerve_random_below (&random, 5); k < NERVE_BETTI_ENTRIES; k++)
            column[k] = NERVE_BETTI_NO_ROW;
        }
      expected = find_rank (entries, n_columns);
      g_assert_true (nerve_betti_rank (&scratch, entries, n_columns, n_rows, G_MAXUINT64, &rank, NULL, NULL));
      g_assert_cmpuint (rank, ==, expected);
      g_assert_true (nerve_betti_rank (&scratch, entries, n_columns, n_rows, expected / 2, &rank, NULL, NULL));
      g_assert_cmpuint (rank, ==, expected / 2);
    }
  nerve_betti_buffer_clear (&scratch);
}

/* See golden/homology/make_betti.py for the lines. */
static void
check_golden_volume (char **lines)
{
  g_auto (GStrv) head = g_strsplit (lines[0], " ", -1);
  g_auto (GStrv) values = g_strsplit (lines[1], " ", -1);
  gsize n = g_strv_length (values);
  g_autofree double *volume = g_new (double, n);
  gsize shape[3];

  for (guint d = 0; d < 3; d++)
    shape[d] = g_ascii_strtoull (head[2 + d], NULL, 10);
  g_assert_cmpuint (shape[0] * shape[1] * shape[2], ==, n);
  for (gsize k = 0; k < n; k++)
    volume[k] = g_ascii_strtod (values[k], NULL);

  for (guint e = 2; lines[e] != NULL && g_str_has_prefix (lines[e], "eta "); e++)
    {
      g_auto (GStrv) fields = g_strsplit (lines[e], " ", -1);
      double eta = g_ascii_strtod (fields[1], NULL);
      Counts expected, found;

      for (guint k = 0; k < 6; k++)
        expected.n[k] = g_ascii_strtoull (fields[2 + k], NULL, 10);
      count_by_kernel (volume, shape, &eta, 1, &found);
      assert_counts (&expected, &found);
    }
}

static void
volumes_count_as_gudhi_counts_them (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", "homology", "betti.txt", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint n_volumes = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (gsize k = 0; lines[k] != NULL; k++)
    if (g_str_has_prefix (lines[k], "volume "))
      {
        check_golden_volume (lines + k);
        n_volumes++;
      }
  g_assert_cmpuint (n_volumes, >=, 60);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/homology/betti/gudhi", volumes_count_as_gudhi_counts_them);
  g_test_add_func ("/homology/betti/tied", tied_volumes_count_as_a_plain_reduction);
  g_test_add_func ("/homology/betti/webs", webs_of_one_value_count_as_a_plain_reduction);
  g_test_add_func ("/homology/betti/rectified", rectified_volumes_count_as_a_plain_reduction);
  g_test_add_func ("/homology/betti/pair", equal_curves_may_have_different_closed_loops);
  g_test_add_func ("/homology/betti/axes", the_order_of_the_axes_is_nothing_to_it);
  g_test_add_func ("/homology/betti/margin", a_margin_above_all_thresholds_is_nothing_to_it);
  g_test_add_func ("/homology/betti/empty", nothing_has_no_homology);
  g_test_add_func ("/homology/betti/impossible", an_impossible_volume_is_refused);
  g_test_add_func ("/homology/betti/stop", it_can_be_stopped_at_any_question);
  g_test_add_func ("/betti/many-thresholds", many_thresholds_count_as_single_ones);
  g_test_add_func ("/homology/betti/rank", ranks_are_those_of_a_plain_elimination);

  return g_test_run ();
}
