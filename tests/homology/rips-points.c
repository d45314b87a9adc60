#include <math.h>

#include "homology/rips.h"

/* What rounding leaves of a tie. */
#define SHORTEST 1e-9
#define TOLERANCE 1e-11

typedef struct
{
  char **lines;
  gsize  place;
} Reader;

static int
find_metric (const char *name)
{
  int metric = 0;

  while (!g_str_equal (nerve_metric_choices[metric].name, name))
    metric++;

  return metric;
}

static NerveDistances *
read_distances (Reader *self, char **head)
{
  gsize n = g_ascii_strtoull (head[2], NULL, 10);
  gsize d = g_ascii_strtoull (head[3], NULL, 10);
  g_autofree double *points = g_new (double, n * d);
  g_autoptr (GError) error = NULL;
  NerveDistances *distances;
  double unit;

  for (gsize i = 0; i < n; i++)
    {
      g_auto (GStrv) row = g_strsplit (self->lines[self->place++], " ", -1);

      g_assert_cmpuint (g_strv_length (row), ==, d);
      for (gsize k = 0; k < d; k++)
        points[i * d + k] = g_ascii_strtod (row[k], NULL);
    }

  distances = nerve_distances_new (points, n, d, find_metric (head[4]), g_ascii_strtoull (head[5], NULL, 10), NULL,
                                   &error);
  g_assert_no_error (error);
  if (!g_str_equal (head[6], "none"))
    {
      g_assert_true (nerve_distances_quantile (distances, g_str_equal (head[6], "q90") ? .9 : .5, &unit, NULL, NULL));
      nerve_distances_divide (distances, unit);
    }

  return distances;
}

static void
assert_near (double found, double expected)
{
  if (isinf (expected))
    g_assert_cmpfloat (found, ==, expected);
  else
    g_assert_cmpfloat (fabs (found - expected), <=, TOLERANCE);
}

/* Compares with the bars that follow in the file. */
static void
check_bars (Reader *self, const NerveDiagram *diagram)
{
  const NerveBar *bar = nerve_diagram_get_bars (diagram);
  const NerveBar *end = bar + nerve_diagram_get_n_bars (diagram);

  for (; g_str_has_prefix (self->lines[self->place], "bar "); self->place++, bar++)
    {
      g_auto (GStrv) words = g_strsplit (self->lines[self->place], " ", -1);

      while (bar < end && bar->death - bar->birth <= SHORTEST)
        bar++;
      g_assert_true (bar < end);
      g_assert_cmpint (bar->dimension, ==, g_ascii_strtoll (words[1], NULL, 10));
      assert_near (bar->birth, g_ascii_strtod (words[2], NULL));
      assert_near (bar->death, g_ascii_strtod (words[3], NULL));
    }
  for (; bar < end; bar++)
    g_assert_cmpfloat (bar->death - bar->birth, <=, SHORTEST);
}

static void
bars_of_points_are_those_of_gudhi_under_every_metric (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", "homology", "rips-points.txt", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  Reader self = { NULL };
  guint n_clouds = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  self.lines = lines = g_strsplit (text, "\n", -1);
  for (; g_str_has_prefix (lines[self.place], "cloud "); n_clouds++)
    {
      g_auto (GStrv) head = g_strsplit (lines[self.place++], " ", -1);
      g_autoptr (NerveDistances) distances = read_distances (&self, head);
      NerveRipsParameters parameters = { g_ascii_strtoll (head[7], NULL, 10), NAN };
      g_autoptr (NerveDiagram) diagram = nerve_rips (distances, &parameters, NULL, NULL);

      g_test_message ("%s %s", head[1], head[4]);
      check_bars (&self, diagram);
    }
  g_assert_cmpuint (n_clouds, >=, 30);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/rips-points/bars-of-points-are-those-of-gudhi-under-every-metric",
                   bars_of_points_are_those_of_gudhi_under_every_metric);

  return g_test_run ();
}
