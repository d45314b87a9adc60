#include "base/random.h"
#include "homology/cubical.h"
#include "textbook-cubical.h"

#include <math.h>

static double *
make_volume (NerveRandom *random, const gsize shape[3], guint n_values, double floor)
{
  gsize n = shape[0] * shape[1] * shape[2];
  double *volume = g_new (double, n);

  for (gsize v = 0; v < n; v++)
    {
      volume[v] = n_values > 0 ? nerve_random_below (random, n_values) / 7.0 : nerve_random_normal (random);
      volume[v] = MAX (volume[v], floor);
    }

  return volume;
}

static NerveDiagram *
make_diagram (const double *volume, const gsize shape[3], NerveCubicalConstruction construction)
{
  g_autoptr (GError) error = NULL;
  NerveDiagram *diagram = nerve_cubical_diagram_new (volume, shape, construction, 2, NULL, &error);

  g_assert_no_error (error);
  return diagram;
}

/* Bars of dimensions 0 to 2, exactly. */
static void
assert_diagrams (NerveDiagram *a, NerveDiagram *b)
{
  for (int d = 0; d <= 2; d++)
    {
      gsize n, m;
      const NerveBar *x = nerve_diagram_get_dimension (a, d, &n);
      const NerveBar *y = nerve_diagram_get_dimension (b, d, &m);

      g_assert_cmpuint (n, ==, m);
      for (gsize i = 0; i < n; i++)
        {
          g_assert_cmpfloat (x[i].birth, ==, y[i].birth);
          g_assert_cmpfloat (x[i].death, ==, y[i].death);
        }
    }
}

static void
diagrams_are_those_of_a_plain_reduction (void)
{
  NerveRandom random;

  nerve_random_init (&random, 1);
  for (guint trial = 0; trial < 800; trial++)
    {
      gsize shape[3] = { 1 + nerve_random_below (&random, 5), 1 + nerve_random_below (&random, 5),
                         1 + nerve_random_below (&random, 5) };
      g_autofree double *volume = make_volume (&random, shape, trial % 4 == 0 ? 0 : 2 + trial % 11,
                                               trial % 3 == 0 ? 0.4 : -INFINITY);
      g_autoptr (NerveDiagram) found = make_diagram (volume, shape, NERVE_CUBICAL_V);
      g_autoptr (NerveDiagram) expected = textbook_cubical (volume, shape);

      assert_diagrams (found, expected);
    }
}

static void
the_way_axes_lie_does_not_matter (void)
{
  static const gsize shape[3] = { 9, 8, 7 }, turned[3] = { 7, 8, 9 };
  NerveRandom random;

  nerve_random_init (&random, 2);
  for (NerveCubicalConstruction construction = NERVE_CUBICAL_V; construction <= NERVE_CUBICAL_T; construction++)
    {
      g_autofree double *volume = make_volume (&random, shape, 40, -INFINITY);
      g_autofree double *other = g_new (double, 9 * 8 * 7);
      g_autoptr (NerveDiagram) a = NULL;
      g_autoptr (NerveDiagram) b = NULL;

      for (guint i = 0; i < 9; i++)
        for (guint j = 0; j < 8; j++)
          for (guint k = 0; k < 7; k++)
            other[(k * 8 + j) * 9 + i] = volume[(i * 8 + j) * 7 + k];
      a = make_diagram (volume, shape, construction);
      b = make_diagram (other, turned, construction);
      assert_diagrams (a, b);
    }
}

/* See golden/homology/make_cubical.py for the lines. */
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
  for (gsize v = 0; v < n; v++)
    volume[v] = g_ascii_strtod (values[v], NULL);

  for (guint l = 2; l < 4; l++)
    {
      g_auto (GStrv) fields = g_strsplit (lines[l], " ", -1);
      g_autoptr (GArray) bars = g_array_new (FALSE, FALSE, sizeof (NerveBar));
      g_autoptr (NerveDiagram) expected = NULL;
      g_autoptr (NerveDiagram) found = NULL;

      for (guint f = 1; fields[f] != NULL; f += 3)
        {
          NerveBar bar = { atoi (fields[f]), g_ascii_strtod (fields[f + 1], NULL),
                           g_ascii_strtod (fields[f + 2], NULL) };

          g_array_append_val (bars, bar);
        }
      expected = nerve_diagram_new_take (g_steal_pointer (&bars), 2);
      found = make_diagram (volume, shape, fields[0][0] == 'v' ? NERVE_CUBICAL_V : NERVE_CUBICAL_T);
      assert_diagrams (found, expected);
    }
}

static void
volumes_have_gudhi_s_diagrams (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", "homology", "cubical.txt", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint n = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint l = 0; lines[l] != NULL && lines[l][0] != '\0'; l += 4, n++)
    check_golden_volume (lines + l);
  g_assert_cmpuint (n, >=, 50);
}

static void
one_voxel_has_one_bar (void)
{
  static const gsize shape[3] = { 1, 1, 1 };
  const double value = -0.25;

  for (NerveCubicalConstruction construction = NERVE_CUBICAL_V; construction <= NERVE_CUBICAL_T; construction++)
    {
      g_autoptr (NerveDiagram) diagram = make_diagram (&value, shape, construction);

      g_assert_cmpuint (nerve_diagram_get_n_bars (diagram), ==, 1);
      g_assert_cmpfloat (nerve_diagram_get_bars (diagram)->birth, ==, value);
      g_assert_true (isinf (nerve_diagram_get_bars (diagram)->death));
    }
}

static gboolean
stop_after (double fraction, gpointer user_data)
{
  int *left = user_data;

  return (*left)-- > 0;
}

static void
it_can_be_stopped_at_any_question (void)
{
  static const gsize shape[3] = { 24, 24, 24 };
  g_autofree double *volume = NULL;
  NerveRandom random;
  gboolean done = FALSE;
  guint n_stopped = 0;

  nerve_random_init (&random, 3);
  volume = make_volume (&random, shape, 0, -INFINITY);
  for (int questions = 0; !done; questions++)
    {
      int left = questions;
      NerveProgress progress = { stop_after, &left, 0, 1 };
      g_autoptr (GError) error = NULL;
      g_autoptr (NerveDiagram) diagram = nerve_cubical_diagram_new (volume, shape, NERVE_CUBICAL_V, 2, &progress,
                                                                    &error);

      done = diagram != NULL;
      if (!done)
        g_assert_error (error, NERVE_ERROR, NERVE_ERROR_CANCELLED);
      n_stopped += !done;
    }
  g_assert_cmpuint (n_stopped, >, 10);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cubical/reduction", diagrams_are_those_of_a_plain_reduction);
  g_test_add_func ("/cubical/axes", the_way_axes_lie_does_not_matter);
  g_test_add_func ("/cubical/gudhi", volumes_have_gudhi_s_diagrams);
  g_test_add_func ("/cubical/one-voxel", one_voxel_has_one_bar);
  g_test_add_func ("/cubical/stop", it_can_be_stopped_at_any_question);

  return g_test_run ();
}
