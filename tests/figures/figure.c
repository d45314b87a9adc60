#include "figures/figure.h"

#include <math.h>
#include <string.h>

#include "fixture.h"

/* What tests only look at is made once. */
static Fixture shared;

static Fixture *
share (void)
{
  if (shared.dataset == NULL)
    fixture_init (&shared, 6, 2, 240);

  return &shared;
}

static gboolean
needs_helper (void)
{
  g_autofree char *helper = fixture_helper ();

  if (helper == NULL)
    g_test_skip ("nerve-layout is not built");

  return helper == NULL;
}

static void
test_kinds_are_found_by_name (void)
{
  guint n;
  const NerveFigureKind *kinds = nerve_figure_kinds (&n);

  g_assert_cmpuint (n, >=, 12);
  for (guint i = 0; i < n; i++)
    {
      g_assert_true (nerve_figure_kind_find (kinds[i].name) == &kinds[i]);
      g_assert_cmpfloat (kinds[i].aspect, >, 0);
    }
  g_assert_null (nerve_figure_kind_find ("pie"));
}

/* Each kind in each theme, at the first @n_sizes sizes, from nothing to large. */
static void
draw_all (const NerveFigureModel *model, guint n_sizes, gboolean expect_ink)
{
  static const double sizes[][2] = { { 316, 290 }, { 60, 30 }, { .5, 200 }, { 0, 0 }, { 12, 400 }, { 1200, 300 } };
  guint n;
  const NerveFigureKind *kinds = nerve_figure_kinds (&n);

  for (guint i = 0; i < n; i++)
    for (guint print = 0; print < 2; print++)
      for (guint k = 0; k < MIN (n_sizes, G_N_ELEMENTS (sizes)); k++)
        {
          g_auto (NerveStyle) style = { FALSE };
          cairo_t *cr = fixture_canvas (MAX (sizes[k][0], 1), MAX (sizes[k][1], 1));

          if (print)
            nerve_style_init_print (&style, sizes[k][0], NULL);
          else
            nerve_style_init_screen (&style, k % 2 == 0, FALSE);
          for (guint layer = 0; layer < (kinds[i].flags & NERVE_FIGURE_PER_LAYER ? model->n_layers : 1); layer++)
            kinds[i].draw (model, layer, &style, cr, sizes[k][0], sizes[k][1]);
          g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
          if (expect_ink && k == 0)
            g_assert_cmpuint (fixture_ink (cr), >, 50);
          cairo_destroy (cr);
        }
}

static void
test_every_kind_draws_at_any_size (void)
{
  if (needs_helper ())
    return;
  draw_all (&share ()->model, G_MAXUINT, TRUE);
}

static void
test_missing_results_draw_nothing (void)
{
  static const char * const per_layer[] = { "mapper", "diagram", "barcode", "betti", "landscape",
                                             "thumbnail" };
  g_autoptr (NerveDataset) dataset = fixture_dataset (4, 2, 40);
  g_autoptr (NervePalette) palette = nerve_palette_new (dataset);
  NerveLayerResults layers[4] = { { NULL } };
  NerveFigureModel model;
  g_auto (NerveStyle) style = { FALSE };

  nerve_figure_model_init (&model, dataset, palette, layers);
  nerve_style_init_screen (&style, FALSE, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (per_layer); i++)
    {
      const NerveFigureKind *kind = nerve_figure_kind_find (per_layer[i]);
      cairo_t *cr = fixture_canvas (316, 290);
      NerveHit hit;

      kind->draw (&model, 0, &style, cr, 316, 290);
      kind->draw (&model, 99, &style, cr, 316, 290);
      g_assert_cmpuint (fixture_ink (cr), ==, 0);
      if (kind->hit != NULL)
        g_assert_false (kind->hit (&model, 0, &style, 316, 290, 100, 100, &hit));
      cairo_destroy (cr);
    }
  draw_all (&model, 2, FALSE);
}

static void
test_what_is_there_is_drawn (void)
{
  Fixture fixture;
  g_auto (NerveStyle) style = { FALSE };
  cairo_t *cr = fixture_canvas (300, 150);

  if (needs_helper ())
    return;
  fixture_init (&fixture, 6, 2, 120);
  g_clear_pointer (&fixture.layers[1].graph, nerve_graph_unref);
  g_clear_pointer (&fixture.layers[2].betti, nerve_betti_layer_unref);
  g_clear_pointer (&fixture.layers[3].homology, nerve_homology_unref);
  nerve_style_init_screen (&style, FALSE, FALSE);
  nerve_figure_kind_find ("purity")->draw (&fixture.model, 0, &style, cr, 300, 150);
  g_assert_cmpuint (fixture_ink (cr), >, 200);
  draw_all (&fixture.model, 2, FALSE);
  cairo_destroy (cr);
  fixture_clear (&fixture);
}

static void
test_data_without_labels_is_drawn (void)
{
  Fixture fixture;
  g_autofree char *legend = NULL;

  if (needs_helper ())
    return;
  fixture_init (&fixture, 0, 0, 60);
  draw_all (&fixture.model, 2, FALSE);
  legend = nerve_figure_kind_find ("legend")->describe (&fixture.model, 0);
  g_assert_cmpstr (legend, ==, "There are no classes.");
  fixture_clear (&fixture);
}

static void
test_many_classes_are_drawn (void)
{
  Fixture fixture;

  if (needs_helper ())
    return;
  for (guint tree = 0; tree < 2; tree++)
    {
      fixture_init (&fixture, 300, tree * 20, 300);
      draw_all (&fixture.model, 2, FALSE);
      fixture_clear (&fixture);
    }
}

static void
test_every_kind_describes_itself (void)
{
  guint n;
  const NerveFigureKind *kinds = nerve_figure_kinds (&n);

  if (needs_helper ())
    return;
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = kinds[i].describe (&share ()->model, 1);

      g_assert_true (g_utf8_validate (text, -1, NULL));
      g_assert_cmpuint (strlen (text), >, 20);
      g_assert_true (g_str_has_suffix (text, "."));
      if (kinds[i].flags & NERVE_FIGURE_PER_LAYER)
        g_assert_nonnull (strstr (text, "conv"));
    }
}

/* hit() finds each mark where marks() says it is. */
static void
test_marks_and_hits_agree (void)
{
  g_auto (NerveStyle) style = { FALSE };
  guint n;
  const NerveFigureKind *kinds = nerve_figure_kinds (&n);

  if (needs_helper ())
    return;
  nerve_style_init_screen (&style, FALSE, FALSE);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (NerveHit));

      g_assert_true (kinds[i].hit != NULL || kinds[i].marks == NULL);
      if (kinds[i].marks == NULL || strcmp (kinds[i].name, "diagram") == 0)
        continue;
      kinds[i].marks (&share ()->model, 1, &style, 900, 200, marks);
      g_assert_cmpuint (marks->len, >, 0);
      for (guint k = 0; k < marks->len; k++)
        {
          const NerveHit *mark = &g_array_index (marks, NerveHit, k);
          NerveHit hit = { NERVE_HIT_NOTHING };

          g_assert_true (kinds[i].hit (&share ()->model, 1, &style, 900, 200, mark->x, mark->y, &hit));
          g_assert_cmpint (hit.kind, ==, mark->kind);
          /* Of curves that run together either may be hit. */
          g_assert_true (hit.index == mark->index || (mark->kind == NERVE_HIT_CURVE && hit.y == mark->y));
          g_assert_cmpfloat (hit.value, ==, mark->value);
        }
    }
}

static void
test_layers_are_hit_over_the_whole_plot (void)
{
  const NerveFigureKind *kind = nerve_figure_kind_find ("purity");
  g_auto (NerveStyle) style = { FALSE };
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (NerveHit));
  NerveHit hit;

  if (needs_helper ())
    return;
  nerve_style_init_screen (&style, FALSE, FALSE);
  kind->marks (&share ()->model, 0, &style, 260, 148, marks);
  g_assert_cmpuint (marks->len, ==, 4);
  for (guint i = 0; i < 4; i++)
    for (double y = 40; y < 148; y += 20)
      {
        g_assert_true (kind->hit (&share ()->model, 0, &style, 260, 148, g_array_index (marks, NerveHit, i).x, y,
                                  &hit));
        g_assert_cmpint (hit.kind, ==, NERVE_HIT_LAYER);
        g_assert_cmpuint (hit.index, ==, i);
      }
}

static double
gap_after (GArray *marks, guint i, gboolean across, guint n)
{
  const NerveHit *one = &g_array_index (marks, NerveHit, across ? i : i * n);
  const NerveHit *next = &g_array_index (marks, NerveHit, across ? i + 1 : (i + 1) * n);

  return across ? next->x - one->x : next->y - one->y;
}

/* The network against itself, as if it were two: input, conv, pool, logits. */
static void
test_groups_of_layers_stand_apart_in_both_directions (void)
{
  const NerveFigureKind *kind = nerve_figure_kind_find ("distances");
  g_auto (NerveStyle) style = { FALSE };
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (NerveHit));
  NerveCloudParameters cloud = { 0 };
  const NerveCloudParameters *clouds[] = { &cloud, &cloud, &cloud, &cloud };
  const NerveMeasureParameters measure = { .measure = NERVE_MEASURE_CKA };
  NerveNetworkResults network = { 0 };
  NerveModelLayers layers = { NULL, clouds, NULL };
  NerveFigureModel model;
  g_autoptr (GError) error = NULL;

  if (needs_helper ())
    return;
  nerve_parameters_init (&nerve_cloud_table, &cloud);
  cloud.sampling = NERVE_SAMPLING_POOL_MEAN;
  layers.dataset = share ()->dataset;
  nerve_network_results_init (&network, 4, 0);
  network.matrix = nerve_layer_matrix_new (&layers, &layers, &measure, NULL, &error);
  g_assert_no_error (error);
  model = share ()->model;
  model.network = &network;
  nerve_style_init_screen (&style, FALSE, FALSE);
  kind->marks (&model, 0, &style, 400, 400, marks);
  g_assert_cmpuint (marks->len, ==, 16);
  for (guint across = 0; across < 2; across++)
    {
      double within = gap_after (marks, 2, across, 4);

      g_assert_cmpfloat (gap_after (marks, 0, across, 4), >, 1.2 * within);
      g_assert_cmpfloat (gap_after (marks, 1, across, 4), >, 1.2 * within);
    }
  nerve_network_results_clear (&network);
  nerve_parameters_clear (&nerve_cloud_table, &cloud);
}

/* Of one class, then of none. */
static void
test_figures_of_classes_show_what_is_selected (void)
{
  static const char *const kinds[] = { "parting", "dendrogram", "mix", "purity", "flow" };
  const NerveFigureModel *whole = &share ()->model;
  const int *labels = nerve_dataset_get_labels (whole->dataset);
  g_autoptr (NerveBitset) selection = nerve_bitset_new (nerve_dataset_get_n (whole->dataset));
  g_auto (NerveStyle) style = { FALSE };

  if (needs_helper ())
    return;
  for (gsize i = 0; i < nerve_dataset_get_n (whole->dataset); i++)
    nerve_bitset_set (selection, i, labels[i] == 0);
  nerve_style_init_screen (&style, FALSE, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      const NerveFigureKind *kind = nerve_figure_kind_find (kinds[i]);
      NerveFigureModel model = *whole;
      cairo_t *before = fixture_canvas (500, 400);
      cairo_t *after = fixture_canvas (500, 400);
      cairo_surface_t *surfaces[2] = { cairo_get_target (before), cairo_get_target (after) };

      kind->draw (&model, 1, &style, before, 500, 400);
      model.selection = selection;
      kind->draw (&model, 1, &style, after, 500, 400);
      cairo_surface_flush (surfaces[0]);
      cairo_surface_flush (surfaces[1]);
      g_assert_cmpint (memcmp (cairo_image_surface_get_data (surfaces[0]), cairo_image_surface_get_data (surfaces[1]),
                               (gsize) cairo_image_surface_get_stride (surfaces[0]) * 400), !=, 0);
      cairo_destroy (before);
      cairo_destroy (after);
    }
}

static void
test_opening_columns_are_first_middle_and_last_hidden (void)
{
  g_autoptr (NerveDataset) dataset = fixture_dataset (4, 2, 20);
  guint columns[3];

  /* input, conv, pool, logits: two hidden layers */
  g_assert_cmpuint (nerve_figure_model_opening_columns (dataset, columns), ==, 2);
  g_assert_cmpuint (columns[0], ==, 1);
  g_assert_cmpuint (columns[1], ==, 2);
}

static int
run_all (void)
{
  int status = g_test_run ();

  if (shared.dataset != NULL)
    fixture_clear (&shared);

  return status;
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/figures/figure/kinds-are-found-by-name", test_kinds_are_found_by_name);
  g_test_add_func ("/figures/figure/every-kind-draws-at-any-size", test_every_kind_draws_at_any_size);
  g_test_add_func ("/figures/figure/missing-results-draw-nothing", test_missing_results_draw_nothing);
  g_test_add_func ("/figures/figure/what-is-there-is-drawn", test_what_is_there_is_drawn);
  g_test_add_func ("/figures/figure/data-without-labels-is-drawn", test_data_without_labels_is_drawn);
  g_test_add_func ("/figures/figure/many-classes-are-drawn", test_many_classes_are_drawn);
  g_test_add_func ("/figures/figure/every-kind-describes-itself", test_every_kind_describes_itself);
  g_test_add_func ("/figures/figure/marks-and-hits-agree", test_marks_and_hits_agree);
  g_test_add_func ("/figures/figure/layers-are-hit-over-the-whole-plot", test_layers_are_hit_over_the_whole_plot);
  g_test_add_func ("/figures/figure/groups-of-layers-stand-apart-in-both-directions",
                   test_groups_of_layers_stand_apart_in_both_directions);
  g_test_add_func ("/figures/figure/figures-of-classes-show-what-is-selected",
                   test_figures_of_classes_show_what_is_selected);
  g_test_add_func ("/figures/figure/opening-columns-are-first-middle-and-last-hidden",
                   test_opening_columns_are_first_middle_and_last_hidden);

  return run_all ();
}
