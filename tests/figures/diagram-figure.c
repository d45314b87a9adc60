#include "figures/diagram-scale.h"

#include <math.h>
#include <string.h>

#include "base/random.h"
#include "fixture.h"

static const NerveBar few[] = {
  { 0, 0, 1 }, { 0, 0, 2 }, { 0, 0, INFINITY }, { 1, 1, 1.5 }, { 1, 2, 4 },
};

static void
init_model (NerveFigureModel *model, NerveLayerResults *layers, guint n)
{
  *model = (NerveFigureModel) {
    .layers = layers, .n_layers = n, .n_columns = n, .units = NERVE_UNITS_MEDIAN,
  };
  for (guint i = 0; i < n; i++)
    model->columns[i] = i;
}

static void
clear_layers (NerveLayerResults *layers, guint n)
{
  for (guint i = 0; i < n; i++)
    nerve_homology_unref (layers[i].homology);
}

static void
test_columns_share_their_axes (void)
{
  static const NerveBar longer[] = { { 0, 0, 30 }, { 1, 20, 90 } };
  NerveLayerResults layers[2] = {
    { NULL, fixture_homology (few, G_N_ELEMENTS (few), 2) },
    { NULL, fixture_homology (longer, G_N_ELEMENTS (longer), 10) },
  };
  NerveFigureModel model;
  NerveDiagramScale a;
  NerveDiagramScale b;
  g_auto (NerveStyle) style = { FALSE };

  nerve_style_init_screen (&style, FALSE, FALSE);
  init_model (&model, layers, 2);
  nerve_diagram_scale_init (&a, &model, 0, &style, 316, 177);
  nerve_diagram_scale_init (&b, &model, 1, &style, 316, 177);
  g_assert_cmpfloat (a.upper, ==, b.upper);
  g_assert_cmpfloat (a.upper, >=, 9);
  g_assert_cmpfloat (a.unit, ==, 2);
  g_assert_cmpfloat (b.unit, ==, 10);
  g_assert_true (a.left == b.left && a.side == b.side && a.top == b.top);

  model.units = NERVE_UNITS_ABSOLUTE;
  nerve_diagram_scale_init (&a, &model, 0, &style, 316, 177);
  g_assert_cmpfloat (a.unit, ==, 1);
  g_assert_cmpfloat (a.upper, >=, 90);

  model.units = NERVE_UNITS_FIT;
  nerve_diagram_scale_init (&a, &model, 0, &style, 316, 177);
  g_assert_cmpfloat (a.upper, >=, 2);
  g_assert_cmpfloat (a.upper, <=, 2.2);
  clear_layers (layers, 2);
}

static void
test_the_square_keeps_to_its_pane (void)
{
  static const double sizes[][2] = {
    { 316, 177 }, { 208, 177 }, { 120, 300 }, { 900, 200 }, { 161, 90 }, { 40, 40 }, { 3, 3 },
  };
  NerveLayerResults layers[1] = { { NULL, fixture_homology (few, G_N_ELEMENTS (few), 2) } };
  NerveFigureModel model;
  g_auto (NerveStyle) style = { FALSE };

  nerve_style_init_screen (&style, FALSE, FALSE);
  init_model (&model, layers, 1);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      NerveDiagramScale scale;

      nerve_diagram_scale_init (&scale, &model, 0, &style, sizes[i][0], sizes[i][1]);
      g_assert_cmpfloat (scale.side, >=, 1);
      if (sizes[i][0] >= 120)
        {
          g_assert_cmpfloat (scale.left + scale.side, <, sizes[i][0]);
          g_assert_cmpfloat (scale.top + scale.side, <, sizes[i][1]);
        }
    }
  clear_layers (layers, 1);
}

static void
test_numbers_leave_a_narrow_pane (void)
{
  NerveLayerResults layers[1] = { { NULL, fixture_homology (few, G_N_ELEMENTS (few), 2) } };
  NerveFigureModel model;
  NerveDiagramScale scale;
  g_auto (NerveStyle) style = { FALSE };

  nerve_style_init_screen (&style, FALSE, FALSE);
  init_model (&model, layers, 1);
  nerve_diagram_scale_init (&scale, &model, 0, &style, 316, 177);
  g_assert_cmpfloat (scale.numbers, >, scale.left + scale.side);
  /* DESIGN.md: the square is 4/5 of the pane high. */
  g_assert_cmpfloat_with_epsilon (scale.side / 177, .8, .03);
  nerve_diagram_scale_init (&scale, &model, 0, &style, 208, 177);
  g_assert_cmpfloat (scale.numbers, <, 0);
  clear_layers (layers, 1);
}

static void
test_each_bar_is_hit_at_its_mark (void)
{
  NerveLayerResults layers[1] = { { NULL, fixture_homology (few, G_N_ELEMENTS (few), 2) } };
  const NerveFigureKind *kind = nerve_figure_kind_find ("diagram");
  NerveFigureModel model;
  g_auto (NerveStyle) style = { FALSE };
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (NerveHit));
  NerveHit hit;

  nerve_style_init_screen (&style, FALSE, FALSE);
  init_model (&model, layers, 1);
  kind->marks (&model, 0, &style, 316, 177, marks);
  g_assert_cmpuint (marks->len, ==, G_N_ELEMENTS (few));
  for (guint i = 0; i < marks->len; i++)
    {
      const NerveHit *mark = &g_array_index (marks, NerveHit, i);

      g_assert_true (kind->hit (&model, 0, &style, 316, 177, mark->x, mark->y, &hit));
      g_assert_cmpint (hit.kind, ==, NERVE_HIT_BAR);
      g_assert_cmpuint (hit.index, ==, mark->index);
    }
  g_assert_false (kind->hit (&model, 0, &style, 316, 177, 300, 5, &hit));
  clear_layers (layers, 1);
}

/* Looks for a curve from the top of the pane down; false: there is none at @x. */
static gboolean
find_curve (const NerveFigureKind *kind, const NerveFigureModel *model, const NerveStyle *style, double x,
            guint index, NerveHit *hit)
{
  for (double y = 0; y < 177; y += 4)
    if (kind->hit (model, 0, style, 316, 177, x, y, hit) && hit->index == index)
      {
        g_assert_cmpint (hit->kind, ==, NERVE_HIT_CURVE);
        g_assert_cmpfloat (fabs (hit->y - y), <=, 8);
        g_assert_cmpfloat (hit->x, ==, x);
        return TRUE;
      }

  return FALSE;
}

/* All over the pane the curve that is read is the one that the bars make, in units of the axis. */
static void
test_curves_are_read_where_the_pointer_is (void)
{
  NerveLayerResults layers[1] = { { NULL, fixture_homology (few, G_N_ELEMENTS (few), 2) } };
  const NerveFigureKind *betti = nerve_figure_kind_find ("betti");
  const NerveFigureKind *landscape = nerve_figure_kind_find ("landscape");
  NerveFigureModel model;
  g_auto (NerveStyle) style = { FALSE };
  guint n_found = 0;
  NerveHit hit;

  nerve_style_init_screen (&style, FALSE, FALSE);
  init_model (&model, layers, 1);
  for (double x = 0; x < 316; x += 7)
    {
      if (find_curve (betti, &model, &style, x, 0, &hit))
        {
          double at = hit.at * 2;

          g_assert_cmpfloat (hit.value, ==, 1 + (at < 1) + (at < 2));
          n_found++;
        }
      if (find_curve (betti, &model, &style, x, 1, &hit))
        {
          double at = hit.at * 2;

          g_assert_cmpfloat (hit.value, ==, (at >= 1 && at < 1.5) + (at >= 2 && at < 4));
        }
      if (find_curve (landscape, &model, &style, x, 0, &hit))
        {
          double at = hit.at * 2;
          double first = MIN (at - 1, 1.5 - at);
          double second = MIN (at - 2, 4 - at);

          g_assert_cmpfloat_with_epsilon (hit.value, MAX (MAX (first, second), 0) / 2, 1e-9);
          n_found++;
        }
    }
  g_assert_cmpuint (n_found, >, 64);
  g_assert_false (betti->hit (&model, 0, &style, 316, 177, 315, 80, &hit));
  g_assert_false (betti->hit (&model, 0, &style, 316, 177, 200, 2, &hit));
  clear_layers (layers, 1);
}

static void
test_odd_diagrams_are_drawn (void)
{
  static const NerveBar odd[] = {
    { 0, 0, NAN }, { 0, NAN, 1 }, { 1, 1, INFINITY }, { 1, INFINITY, INFINITY }, { 2, 1, 3 }, { 1, 0, 1e-300 },
  };
  static const NerveBar huge[] = { { 0, 0, 1e300 }, { 1, 1e299, 5e299 } };
  NerveLayerResults layers[3] = {
    { NULL, fixture_homology (NULL, 0, NAN) },
    { NULL, fixture_homology (odd, G_N_ELEMENTS (odd), 0) },
    { NULL, fixture_homology (huge, G_N_ELEMENTS (huge), -1) },
  };
  NerveFigureModel model;
  g_auto (NerveStyle) style = { FALSE };

  nerve_style_init_screen (&style, FALSE, FALSE);
  init_model (&model, layers, 3);
  for (guint units = 0; units < 3; units++)
    for (guint i = 0; i < 3; i++)
      {
        cairo_t *cr = fixture_canvas (316, 177);

        model.units = units;
        nerve_figure_kind_find ("diagram")->draw (&model, i, &style, cr, 316, 177);
        g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
        g_assert_cmpuint (fixture_ink (cr), >, 1000);
        cairo_destroy (cr);
      }
  clear_layers (layers, 3);
}

static void
test_a_crowd_is_drawn_quickly (void)
{
  const guint n = 60000;
  g_autofree NerveBar *bars = g_new (NerveBar, n);
  NerveLayerResults layers[1] = { { NULL } };
  NerveFigureModel model;
  g_auto (NerveStyle) style = { FALSE };
  NerveRandom random;
  cairo_t *cr = fixture_canvas (316, 177);
  gint64 start;

  nerve_random_init (&random, 1);
  for (guint i = 0; i < n; i++)
    {
      double birth = i % 3 == 0 ? 0 : .3 + .1 * nerve_random_normal (&random);

      bars[i] = (NerveBar) { i % 3 != 0, MAX (birth, 0), MAX (birth, 0) + .2 * nerve_random_double (&random) };
    }
  layers[0].homology = fixture_homology (bars, n, 1);
  nerve_style_init_screen (&style, FALSE, FALSE);
  init_model (&model, layers, 1);
  start = g_get_monotonic_time ();
  nerve_figure_kind_find ("diagram")->draw (&model, 0, &style, cr, 316, 177);
  g_test_message ("%u bars in %.0f ms", n, (g_get_monotonic_time () - start) / 1e3);
  g_assert_cmpuint (fixture_ink (cr), >, 3000);
  if (g_getenv ("NERVE_TEST_PICTURES") != NULL)
    cairo_surface_write_to_png (cairo_get_target (cr), "crowd.png");
  cairo_destroy (cr);
  clear_layers (layers, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/figures/diagram/columns-share-their-axes", test_columns_share_their_axes);
  g_test_add_func ("/figures/diagram/the-square-keeps-to-its-pane", test_the_square_keeps_to_its_pane);
  g_test_add_func ("/figures/diagram/numbers-leave-a-narrow-pane", test_numbers_leave_a_narrow_pane);
  g_test_add_func ("/figures/diagram/each-bar-is-hit-at-its-mark", test_each_bar_is_hit_at_its_mark);
  g_test_add_func ("/figures/diagram/curves-are-read-where-the-pointer-is", test_curves_are_read_where_the_pointer_is);
  g_test_add_func ("/figures/diagram/odd-diagrams-are-drawn", test_odd_diagrams_are_drawn);
  g_test_add_func ("/figures/diagram/a-crowd-is-drawn-quickly", test_a_crowd_is_drawn_quickly);

  return g_test_run ();
}
