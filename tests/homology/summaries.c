#include "homology/summaries.h"

#include <math.h>

#include "base/random.h"

#define MOST_VALUES 64
#define MOST_LEVELS 4

typedef struct
{
  NerveDiagram *diagram;
  double        at[MOST_VALUES];
  gsize         n;
} Case;

static NerveDiagram *
read_diagram (char **lines, gsize *place, gsize n)
{
  GArray *bars = g_array_new (FALSE, FALSE, sizeof (NerveBar));

  for (gsize i = 0; i < n; i++)
    {
      g_auto (GStrv) words = g_strsplit (lines[(*place)++], " ", -1);
      NerveBar bar = { 1, g_ascii_strtod (words[0], NULL), g_ascii_strtod (words[1], NULL) };

      g_array_append_val (bars, bar);
    }

  return nerve_diagram_new_take (bars, 1);
}

static void
assert_values (char **words, const double *found, gsize n)
{
  g_assert_cmpuint (g_strv_length (words), ==, n);
  for (gsize i = 0; i < n; i++)
    {
      double expected = g_ascii_strtod (words[i], NULL);

      g_assert_cmpfloat (fabs (found[i] - expected), <=, 1e-12 + 1e-12 * fabs (expected));
    }
}

static void
check_landscape (const Case *self, char **words)
{
  gsize level = g_ascii_strtoull (words[1], NULL, 10);
  double found[MOST_LEVELS * MOST_VALUES];

  g_assert_true (nerve_summary_landscape (self->diagram, 1, self->at, self->n, MOST_LEVELS, found, NULL, NULL));
  assert_values (words + 2, found + (level - 1) * self->n, self->n);
}

static void
check_image (const Case *self, char **words)
{
  double upper = self->at[self->n - 1];
  NervePersistenceImage image = { { self->at[0], upper }, { 0, upper / 2 }, 7, 5, g_ascii_strtod (words[1], NULL),
                                  g_ascii_strtod (words[2], NULL) };
  double found[7 * 5];

  g_assert_true (nerve_summary_image (self->diagram, 1, &image, found, NULL, NULL));
  assert_values (words + 5, found, G_N_ELEMENTS (found));
}

static void
check_line (const Case *self, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  double found[MOST_VALUES];
  double number = words[1] != NULL ? g_ascii_strtod (words[1], NULL) : 0;

  if (g_str_equal (words[0], "landscape"))
    {
      check_landscape (self, words);
    }
  else if (g_str_equal (words[0], "image"))
    {
      check_image (self, words);
    }
  else if (g_str_equal (words[0], "betti"))
    {
      nerve_summary_betti (self->diagram, 1, self->at, self->n, found);
      assert_values (words + 1, found, self->n);
    }
  else if (g_str_equal (words[0], "silhouette"))
    {
      g_assert_true (nerve_summary_silhouette (self->diagram, 1, number, self->at, self->n, found, NULL, NULL));
      assert_values (words + 2, found, self->n);
    }
  else
    {
      gboolean is_entropy = g_str_equal (words[0], "entropy");

      found[0] = is_entropy ? nerve_summary_entropy (self->diagram, 1) : nerve_summary_total (self->diagram, 1, number);
      assert_values (words + (is_entropy ? 1 : 2), found, 1);
    }
}

static void
summaries_are_those_of_gudhi (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", "homology", "summaries.txt", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  Case self = { NULL };
  guint n_lines = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (gsize place = 0; lines[place][0] != '\0';)
    {
      g_auto (GStrv) words = g_strsplit (lines[place++], " ", -1);

      if (g_str_equal (words[0], "diagram"))
        {
          g_clear_pointer (&self.diagram, nerve_diagram_unref);
          self.diagram = read_diagram (lines, &place, g_ascii_strtoull (words[2], NULL, 10));
          g_test_message ("%s", words[1]);
        }
      else if (g_str_equal (words[0], "grid"))
        {
          self.n = g_ascii_strtoull (words[3], NULL, 10);
          nerve_summary_grid (g_ascii_strtod (words[1], NULL), g_ascii_strtod (words[2], NULL), self.n, self.at);
        }
      else
        {
          check_line (&self, lines[place - 1]);
          n_lines++;
        }
    }
  nerve_diagram_unref (self.diagram);
  g_assert_cmpuint (n_lines, >=, 80);
}

static void
no_bars_have_empty_summaries (void)
{
  g_autoptr (NerveDiagram) diagram = nerve_diagram_new_take (g_array_new (FALSE, FALSE, sizeof (NerveBar)), 1);
  const double at[] = { 0, 1, INFINITY };
  NervePersistenceImage image = { { 0, 1 }, { 0, 1 }, 1, 3, 1, 1 };
  double found[3];

  nerve_summary_betti (diagram, 1, at, 3, found);
  g_assert_cmpfloat (found[0], ==, 0);
  g_assert_true (nerve_summary_landscape (diagram, 1, at, 3, 1, found, NULL, NULL));
  g_assert_cmpfloat (found[1], ==, 0);
  g_assert_true (nerve_summary_silhouette (diagram, 1, 1, at, 3, found, NULL, NULL));
  g_assert_cmpfloat (found[2], ==, 0);
  g_assert_true (nerve_summary_image (diagram, 1, &image, found, NULL, NULL));
  g_assert_cmpfloat (found[2], ==, 0);
  g_assert_cmpfloat (nerve_summary_entropy (diagram, 1), ==, 0);
  g_assert_cmpfloat (nerve_summary_total (diagram, 1, 2), ==, 0);
}

static void
a_betti_curve_counts_from_birth_to_before_death (void)
{
  const NerveBar bars[] = { { 1, 1, 2 }, { 1, 1, INFINITY }, { 1, 2, 3 }, { 0, 0, 9 } };
  const double at[] = { 0, 1, 1.5, 2, 3, 100, INFINITY };
  const double expected[] = { 0, 2, 2, 2, 1, 1, 0 };
  GArray *array = g_array_new (FALSE, FALSE, sizeof (NerveBar));
  g_autoptr (NerveDiagram) diagram = NULL;
  double found[G_N_ELEMENTS (at)];

  g_array_append_vals (array, bars, G_N_ELEMENTS (bars));
  diagram = nerve_diagram_new_take (array, 1);
  nerve_summary_betti (diagram, 1, at, G_N_ELEMENTS (at), found);
  for (guint i = 0; i < G_N_ELEMENTS (at); i++)
    g_assert_cmpfloat (found[i], ==, expected[i]);
}

static gboolean
refuse (double fraction, gpointer user_data)
{
  return FALSE;
}

static void
long_summaries_can_be_stopped (void)
{
  GArray *bars = g_array_new (FALSE, FALSE, sizeof (NerveBar));
  g_autoptr (NerveDiagram) diagram = NULL;
  NervePersistenceImage image = { { 0, 1 }, { 0, 1 }, 30, 30, .1, 1 };
  NerveProgress progress = { refuse, NULL, 0, 1 };
  g_autofree double *at = g_new (double, 2000);
  g_autofree double *found = g_new (double, 2000);
  NerveRandom random;

  nerve_random_init (&random, 3);
  for (guint i = 0; i < 5000; i++)
    {
      NerveBar bar = { 1, nerve_random_double (&random), 1 + nerve_random_double (&random) };

      g_array_append_val (bars, bar);
    }
  diagram = nerve_diagram_new_take (bars, 1);
  nerve_summary_grid (0, 2, 2000, at);
  for (guint kind = 0; kind < 3; kind++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (kind == 0 ? nerve_summary_landscape (diagram, 1, at, 2000, 1, found, &progress, &error) :
                      kind == 1 ? nerve_summary_silhouette (diagram, 1, 1, at, 2000, found, &progress, &error) :
                                  nerve_summary_image (diagram, 1, &image, found, &progress, &error));
      g_assert_error (error, NERVE_ERROR, NERVE_ERROR_CANCELLED);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/summaries/summaries-are-those-of-gudhi", summaries_are_those_of_gudhi);
  g_test_add_func ("/summaries/no-bars-have-empty-summaries", no_bars_have_empty_summaries);
  g_test_add_func ("/summaries/a-betti-curve-counts-from-birth-to-before-death",
                   a_betti_curve_counts_from_birth_to_before_death);
  g_test_add_func ("/summaries/long-summaries-can-be-stopped", long_summaries_can_be_stopped);

  return g_test_run ();
}
