#include "homology/diagram.h"

#include <math.h>

static NerveDiagram *
make (const NerveBar *bars, guint n, int max_dimension)
{
  GArray *array = g_array_new (FALSE, FALSE, sizeof (NerveBar));

  g_array_append_vals (array, bars, n);
  return nerve_diagram_new_take (array, max_dimension);
}

static void
bars_are_sorted_by_dimension_birth_and_death (void)
{
  const NerveBar bars[] = {
    { 1, 2, INFINITY }, { 1, 2, 3 }, { 0, 0, 5 }, { 1, 1, 9 }, { 0, 0, INFINITY }, { 0, 0, 1 },
  };
  const NerveBar expected[] = {
    { 0, 0, 1 }, { 0, 0, 5 }, { 0, 0, INFINITY }, { 1, 1, 9 }, { 1, 2, 3 }, { 1, 2, INFINITY },
  };
  g_autoptr (NerveDiagram) diagram = make (bars, G_N_ELEMENTS (bars), 1);

  g_assert_cmpuint (nerve_diagram_get_n_bars (diagram), ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      const NerveBar *bar = &nerve_diagram_get_bars (diagram)[i];

      g_assert_cmpint (bar->dimension, ==, expected[i].dimension);
      g_assert_cmpfloat (bar->birth, ==, expected[i].birth);
      g_assert_cmpfloat (bar->death, ==, expected[i].death);
    }
}

static void
bars_of_zero_length_are_dropped (void)
{
  const NerveBar bars[] = { { 0, 0, 0 }, { 1, 2, 2 }, { 1, 2, 2.5 } };
  g_autoptr (NerveDiagram) diagram = make (bars, G_N_ELEMENTS (bars), 2);

  g_assert_cmpuint (nerve_diagram_get_n_bars (diagram), ==, 1);
  g_assert_cmpfloat (nerve_diagram_get_bars (diagram)[0].death, ==, 2.5);
  g_assert_cmpint (nerve_diagram_get_max_dimension (diagram), ==, 2);
}

static void
each_dimension_has_its_own_bars (void)
{
  const NerveBar bars[] = { { 0, 0, 1 }, { 2, 1, 2 }, { 0, 0, 2 }, { 2, 3, 4 }, { 2, 3, 5 } };
  const gsize expected[] = { 2, 0, 3, 0 };
  g_autoptr (NerveDiagram) diagram = make (bars, G_N_ELEMENTS (bars), 2);

  for (int dimension = 0; dimension < (int) G_N_ELEMENTS (expected); dimension++)
    {
      gsize n;
      const NerveBar *own = nerve_diagram_get_dimension (diagram, dimension, &n);

      g_assert_cmpuint (n, ==, expected[dimension]);
      for (gsize i = 0; i < n; i++)
        g_assert_cmpint (own[i].dimension, ==, dimension);
    }
}

static void
a_summary_counts_essential_bars_apart (void)
{
  const NerveBar bars[] = { { 1, 1, 2 }, { 1, 1.5, 4 }, { 1, 7, INFINITY }, { 0, 0, 99 } };
  g_autoptr (NerveDiagram) diagram = make (bars, G_N_ELEMENTS (bars), 1);
  NerveDiagramSummary summary;

  nerve_diagram_summarize (diagram, 1, &summary);
  g_assert_cmpuint (summary.n, ==, 3);
  g_assert_cmpuint (summary.n_essential, ==, 1);
  g_assert_cmpfloat (summary.longest, ==, 2.5);
  g_assert_cmpfloat (summary.total, ==, 3.5);
  g_assert_cmpfloat (summary.largest, ==, 7);
}

static void
an_empty_diagram_has_an_empty_summary (void)
{
  g_autoptr (NerveDiagram) diagram = make (NULL, 0, 1);
  NerveDiagramSummary summary;
  gsize n;

  nerve_diagram_get_dimension (diagram, 0, &n);
  nerve_diagram_summarize (diagram, 0, &summary);
  g_assert_cmpuint (n, ==, 0);
  g_assert_cmpuint (summary.n, ==, 0);
  g_assert_cmpfloat (summary.longest, ==, 0);
  g_assert_cmpfloat (summary.largest, ==, 0);
}

static void
a_reference_keeps_the_bars (void)
{
  const NerveBar bar = { 0, 0, 1 };
  g_autoptr (NerveDiagram) diagram = make (&bar, 1, 1);
  g_autoptr (NerveDiagram) other = nerve_diagram_ref (diagram);

  g_clear_pointer (&diagram, nerve_diagram_unref);
  g_assert_cmpfloat (nerve_diagram_get_bars (other)[0].death, ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/diagram/bars-are-sorted-by-dimension-birth-and-death",
                   bars_are_sorted_by_dimension_birth_and_death);
  g_test_add_func ("/diagram/bars-of-zero-length-are-dropped", bars_of_zero_length_are_dropped);
  g_test_add_func ("/diagram/each-dimension-has-its-own-bars", each_dimension_has_its_own_bars);
  g_test_add_func ("/diagram/a-summary-counts-essential-bars-apart", a_summary_counts_essential_bars_apart);
  g_test_add_func ("/diagram/an-empty-diagram-has-an-empty-summary", an_empty_diagram_has_an_empty_summary);
  g_test_add_func ("/diagram/a-reference-keeps-the-bars", a_reference_keeps_the_bars);

  return g_test_run ();
}
