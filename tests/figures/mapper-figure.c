#include "figures/mapper-scene.h"

#include <math.h>
#include <string.h>

#include "figures/mapper-labels.h"
#include "figures/palette-private.h"
#include "fixture.h"

static gboolean
needs_helper (void)
{
  g_autofree char *helper = fixture_helper ();

  if (helper == NULL)
    g_test_skip ("nerve-layout is not built");

  return helper == NULL;
}

/* A model of one graph without a dataset: enough for geometry. */
static void
bare_model (NerveFigureModel *model, NervePalette *palette, NerveLayerResults *layers)
{
  *model = (NerveFigureModel) {
    .palette = palette, .layers = layers, .n_layers = 1, .n_columns = 1,
    .selected_layer = -1, .selected_node = -1, .hover_layer = -1, .hover_node = -1,
    .color_by = NERVE_COLOR_BY_CLASS,
  };
}

static NervePalette *
bare_palette (guint n)
{
  g_auto (GStrv) names = g_new0 (char *, n + 1);

  for (guint i = 0; i < n; i++)
    names[i] = g_strdup_printf ("%c", 'A' + i);

  return nerve_palette_new_from_tree ((const char * const *) names, n, NULL, NULL, 0);
}

static void
assert_tidy (const NerveMapperScene *scene, double width, double height)
{
  for (guint i = 0; i < scene->n; i++)
    {
      NervePlace at = scene->places[i];
      double r = scene->radii[i];

      g_assert_cmpfloat (at.x - r, >=, -.01);
      g_assert_cmpfloat (at.y - r, >=, -.01);
      g_assert_cmpfloat (at.x + r, <=, width + .01);
      g_assert_cmpfloat (at.y + r, <=, height + .01);
      for (guint k = 0; k < i; k++)
        g_assert_cmpfloat (hypot (at.x - scene->places[k].x, at.y - scene->places[k].y), >=, r + scene->radii[k] - .01);
    }
}

static void
test_discs_stand_apart_and_inside (void)
{
  static const double sizes[][2] = { { 316, 290 }, { 208, 290 }, { 532, 420 }, { 160, 130 } };
  g_autoptr (NerveGraph) graph = NULL;
  g_auto (NerveStyle) style = { FALSE };

  if (needs_helper ())
    return;
  graph = fixture_graph (800, 5, 12);
  nerve_style_init_screen (&style, FALSE, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (NerveMapperScene) scene = nerve_mapper_scene_get (graph, NERVE_NODE_SIZE_MEMBERS,
                                                                   NERVE_LAYOUT_SPRINGS, &style,
                                                                   sizes[i][0], sizes[i][1]);

      g_assert_cmpuint (scene->n, >, 5);
      assert_tidy (scene, sizes[i][0], sizes[i][1]);
    }
}

static void
test_a_crowd_gets_smaller_discs (void)
{
  g_autoptr (NerveGraph) graph = NULL;
  g_auto (NerveStyle) style = { FALSE };
  g_autoptr (NerveMapperScene) scene = NULL;
  double area = 0;

  if (needs_helper ())
    return;
  graph = fixture_graph (4000, 12, 60);
  nerve_style_init_screen (&style, FALSE, FALSE);
  scene = nerve_mapper_scene_get (graph, NERVE_NODE_SIZE_MEMBERS, NERVE_LAYOUT_SPRINGS, &style, 160, 120);
  for (guint i = 0; i < scene->n; i++)
    area += G_PI * scene->radii[i] * scene->radii[i];
  g_assert_cmpfloat (area, <=, .23 * 160 * 120);
}

static void
test_the_same_size_is_kept (void)
{
  g_autoptr (NerveGraph) graph = NULL;
  g_auto (NerveStyle) light = { FALSE };
  g_auto (NerveStyle) dark = { FALSE };
  g_autoptr (NerveMapperScene) first = NULL;
  g_autoptr (NerveMapperScene) second = NULL;

  if (needs_helper ())
    return;
  graph = fixture_graph (300, 3, 10);
  nerve_style_init_screen (&light, FALSE, FALSE);
  nerve_style_init_screen (&dark, TRUE, FALSE);
  first = nerve_mapper_scene_get (graph, NERVE_NODE_SIZE_MEMBERS, NERVE_LAYOUT_SPRINGS, &light, 316, 290);
  second = nerve_mapper_scene_get (graph, NERVE_NODE_SIZE_MEMBERS, NERVE_LAYOUT_SPRINGS, &dark, 316, 290);
  g_assert_true (first == second);
}

static void
test_recolouring_moves_nothing (void)
{
  Fixture fixture;
  g_auto (NerveStyle) style = { FALSE };
  g_autoptr (GArray) before = g_array_new (FALSE, FALSE, sizeof (NerveHit));
  g_autoptr (GArray) after = g_array_new (FALSE, FALSE, sizeof (NerveHit));
  const NerveFigureKind *kind = nerve_figure_kind_find ("mapper");

  if (needs_helper ())
    return;
  fixture_init (&fixture, 6, 2, 240);
  nerve_style_init_screen (&style, FALSE, FALSE);
  kind->marks (&fixture.model, 1, &style, 316, 290, before);
  fixture.model.color_by = NERVE_COLOR_BY_SUPERCLASS;
  fixture.model.shown = nerve_bitset_new (6);
  nerve_bitset_set (fixture.model.shown, 1, TRUE);
  fixture.model.selection = nerve_bitset_new (240);
  nerve_bitset_set (fixture.model.selection, 3, TRUE);
  kind->marks (&fixture.model, 1, &style, 316, 290, after);
  g_assert_cmpuint (before->len, >, 0);
  g_assert_cmpuint (before->len, ==, after->len);
  for (guint i = 0; i < before->len; i++)
    {
      const NerveHit *a = &g_array_index (before, NerveHit, i);
      const NerveHit *b = &g_array_index (after, NerveHit, i);

      g_assert_true (a->index == b->index && a->x == b->x && a->y == b->y && a->radius == b->radius);
    }
  nerve_bitset_free (fixture.model.selection);
  nerve_bitset_free (fixture.model.shown);
  fixture_clear (&fixture);
}

static void
test_each_node_is_hit_at_its_centre (void)
{
  g_autoptr (NerveGraph) graph = NULL;
  g_auto (NerveStyle) style = { FALSE };
  g_autoptr (NervePalette) palette = bare_palette (4);
  NerveLayerResults results = { NULL };
  NerveFigureModel model;
  const NerveFigureKind *kind = nerve_figure_kind_find ("mapper");
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (NerveHit));
  NerveHit hit;

  if (needs_helper ())
    return;
  results.graph = graph = fixture_graph (400, 4, 10);
  bare_model (&model, palette, &results);
  nerve_style_init_screen (&style, FALSE, FALSE);
  kind->marks (&model, 0, &style, 316, 290, marks);
  g_assert_cmpuint (marks->len, ==, nerve_mapper_get_n_nodes (graph->mapper));
  for (guint i = 0; i < marks->len; i++)
    {
      const NerveHit *mark = &g_array_index (marks, NerveHit, i);

      g_assert_true (kind->hit (&model, 0, &style, 316, 290, mark->x, mark->y, &hit));
      g_assert_cmpint (hit.kind, ==, NERVE_HIT_NODE);
      g_assert_cmpuint (hit.index, ==, mark->index);
    }
  g_assert_false (kind->hit (&model, 0, &style, 316, 290, -50, -50, &hit));
}

static void
test_a_box_finds_the_nodes_in_it (void)
{
  g_autoptr (NerveGraph) graph = NULL;
  g_auto (NerveStyle) style = { FALSE };
  g_autoptr (NervePalette) palette = bare_palette (4);
  NerveLayerResults results = { NULL };
  NerveFigureModel model;
  g_autoptr (GArray) all = NULL;
  g_autoptr (GArray) left = NULL;
  g_autoptr (GArray) right = NULL;

  if (needs_helper ())
    return;
  results.graph = graph = fixture_graph (400, 4, 10);
  bare_model (&model, palette, &results);
  nerve_style_init_screen (&style, FALSE, FALSE);
  all = nerve_mapper_figure_nodes_in (&model, 0, &style, 316, 290, 316, 290, -316, -290);
  left = nerve_mapper_figure_nodes_in (&model, 0, &style, 316, 290, 0, 0, 100, 290);
  right = nerve_mapper_figure_nodes_in (&model, 0, &style, 316, 290, 100.0001, 0, 216, 290);
  g_assert_cmpuint (all->len, ==, nerve_mapper_get_n_nodes (graph->mapper));
  g_assert_cmpuint (left->len + right->len, ==, all->len);
}

/* Every node can be reached by arrow keys from the first one. */
static void
test_arrow_keys_reach_every_node (void)
{
  static const int directions[][2] = { { 1, 0 }, { -1, 0 }, { 0, 1 }, { 0, -1 } };
  g_autoptr (NerveGraph) graph = NULL;
  g_auto (NerveStyle) style = { FALSE };
  g_autoptr (NervePalette) palette = bare_palette (4);
  NerveLayerResults results = { NULL };
  NerveFigureModel model;
  g_autoptr (NerveBitset) seen = NULL;
  g_autoptr (GQueue) queue = g_queue_new ();
  guint n;

  if (needs_helper ())
    return;
  results.graph = graph = fixture_graph (400, 4, 10);
  bare_model (&model, palette, &results);
  nerve_style_init_screen (&style, FALSE, FALSE);
  n = nerve_mapper_get_n_nodes (graph->mapper);
  seen = nerve_bitset_new (n);
  g_queue_push_tail (queue, GINT_TO_POINTER (nerve_mapper_figure_step (&model, 0, &style, 316, 290, -1, 1, 0)));
  nerve_bitset_set (seen, GPOINTER_TO_INT (g_queue_peek_head (queue)), TRUE);
  while (!g_queue_is_empty (queue))
    {
      int node = GPOINTER_TO_INT (g_queue_pop_head (queue));

      for (guint d = 0; d < 4; d++)
        {
          int next = nerve_mapper_figure_step (&model, 0, &style, 316, 290, node, directions[d][0], directions[d][1]);

          if (next >= 0 && !nerve_bitset_get (seen, next))
            {
              nerve_bitset_set (seen, next, TRUE);
              g_queue_push_tail (queue, GINT_TO_POINTER (next));
            }
        }
    }
  g_assert_cmpuint (nerve_bitset_count (seen), ==, n);
}

static gboolean
labels_meet (const NerveMapperLabel *a, const NerveMapperLabel *b)
{
  return fabs (a->x - b->x) < (a->width + b->width) / 2 && fabs (a->y - b->y) < (a->height + b->height) / 2;
}

static void
test_labels_meet_neither_discs_nor_each_other (void)
{
  Fixture fixture;
  g_auto (NerveStyle) style = { FALSE };
  cairo_t *cr = fixture_canvas (10, 10);

  if (needs_helper ())
    return;
  fixture_init (&fixture, 8, 3, 400);
  nerve_style_init_screen (&style, FALSE, FALSE);
  for (guint layer = 0; layer < fixture.model.n_layers; layer++)
    {
      NerveGraph *graph = fixture.layers[layer].graph;
      g_autoptr (NerveMapperScene) scene = nerve_mapper_scene_get (graph, NERVE_NODE_SIZE_MEMBERS,
                                                                   NERVE_LAYOUT_SPRINGS, &style, 316, 290);
      g_auto (NerveMapperShares) shares = { NULL };
      g_auto (NerveMapperMarks) marks = { 0 };
      g_autoptr (GArray) labels = NULL;

      nerve_mapper_shares_init (&shares, &fixture.model, graph, FALSE);
      nerve_mapper_marks_init (&marks, &fixture.model, layer, graph);
      labels = nerve_mapper_labels_place (graph, scene, &shares, &marks, &style, cr);
      for (guint i = 0; i < labels->len; i++)
        {
          const NerveMapperLabel *label = &g_array_index (labels, NerveMapperLabel, i);

          g_assert_true (label->x - label->width / 2 >= 0 && label->x + label->width / 2 <= 316);
          g_assert_true (label->y - label->height / 2 >= 0 && label->y + label->height / 2 <= 290);
          for (guint k = 0; k < i; k++)
            g_assert_false (labels_meet (label, &g_array_index (labels, NerveMapperLabel, k)));
          for (guint k = 0; k < scene->n; k++)
            {
              double dx = fabs (scene->places[k].x - label->x) - label->width / 2;
              double dy = fabs (scene->places[k].y - label->y) - label->height / 2;

              g_assert_cmpfloat (hypot (MAX (dx, 0), MAX (dy, 0)), >=, scene->radii[k]);
            }
        }
    }
  cairo_destroy (cr);
  fixture_clear (&fixture);
}

static void
test_a_measure_is_what_the_graph_says (void)
{
  Fixture fixture;

  if (needs_helper ())
    return;
  fixture_init (&fixture, 6, 2, 240);
  for (NerveColorBy by = 0; by < NERVE_N_COLOR_BY; by++)
    {
      NerveGraph *graph = fixture.layers[1].graph;
      g_auto (NerveNodeMeasure) measure = { 0 };
      NerveColorBy found = NERVE_N_COLOR_BY;

      fixture.model.color_by = by;
      g_assert_true (nerve_color_by_find (nerve_color_by_get_name (by), &found));
      g_assert_cmpint (found, ==, by);
      nerve_node_measure_init (&measure, &fixture.model, graph);
      g_assert_cmpint (measure.values != NULL, ==, nerve_color_by_is_measure (by));
      for (guint node = 0; measure.values != NULL && node < measure.n; node++)
        {
          const NerveNodePurity *purity = nerve_purity_get_node (graph->purity[0], node);

          if (by == NERVE_COLOR_BY_LENS)
            g_assert_cmpfloat (measure.values[node], ==, nerve_mapper_get_node (graph->mapper, node)->lens_mean);
          if (by == NERVE_COLOR_BY_PURITY)
            g_assert_cmpfloat (measure.values[node], ==, purity->purity);
          if (by == NERVE_COLOR_BY_ENTROPY)
            g_assert_cmpfloat (measure.values[node], ==, purity->entropy);
          g_assert_true (isnan (measure.values[node]) ||
                         (measure.values[node] >= measure.low && measure.values[node] <= measure.high));
        }
    }
  fixture_clear (&fixture);
}

/* Areas keep their sum, whatever they stand for. */
static void
test_sizes_cover_as_much_whatever_they_stand_for (void)
{
  g_autoptr (NerveGraph) graph = NULL;
  g_auto (NerveStyle) style = { FALSE };
  double areas[NERVE_N_NODE_SIZES] = { 0 };

  if (needs_helper ())
    return;
  graph = fixture_graph (400, 4, 10);
  nerve_style_init_screen (&style, FALSE, FALSE);
  for (NerveNodeSize size = 0; size < NERVE_N_NODE_SIZES; size++)
    {
      g_autoptr (NerveMapperScene) scene = nerve_mapper_scene_get (graph, size, NERVE_LAYOUT_SPRINGS, &style, 900, 900);

      for (guint i = 0; i < scene->n; i++)
        areas[size] += scene->radii[i] * scene->radii[i];
      for (guint i = 1; size == NERVE_NODE_SIZE_EQUAL && i < scene->n; i++)
        g_assert_cmpfloat (scene->radii[i], ==, scene->radii[0]);
      for (guint i = 1; size == NERVE_NODE_SIZE_LOGARITHM && i < scene->n; i++)
        g_assert_cmpint (scene->radii[scene->order[i]] <= scene->radii[scene->order[i - 1]], ==, TRUE);
    }
  g_assert_cmpfloat_with_epsilon (areas[NERVE_NODE_SIZE_EQUAL], areas[NERVE_NODE_SIZE_MEMBERS],
                                  .05 * areas[NERVE_NODE_SIZE_MEMBERS]);
  g_assert_cmpfloat_with_epsilon (areas[NERVE_NODE_SIZE_LOGARITHM], areas[NERVE_NODE_SIZE_MEMBERS],
                                  .05 * areas[NERVE_NODE_SIZE_MEMBERS]);
}

static void
test_shares_of_a_node_sum_to_its_members (void)
{
  Fixture fixture;

  if (needs_helper ())
    return;
  fixture_init (&fixture, 6, 2, 240);
  for (guint by = 0; by < 2; by++)
    for (guint layer = 0; layer < fixture.model.n_layers; layer++)
      {
        NerveGraph *graph = fixture.layers[layer].graph;
        g_auto (NerveMapperShares) shares = { NULL };

        fixture.model.color_by = by;
        nerve_mapper_shares_init (&shares, &fixture.model, graph, FALSE);
        for (guint node = 0; node < nerve_mapper_get_n_nodes (graph->mapper); node++)
          {
            const guint32 *counts = nerve_mapper_shares_get (&shares, graph, node);
            gsize sum = 0;

            for (guint k = 0; k < shares.n; k++)
              sum += counts[k];
            g_assert_cmpuint (sum, ==, nerve_mapper_get_node (graph->mapper, node)->n_members);
            g_assert_cmpuint (counts[shares.n - 1], ==, 0);
          }
      }
  fixture_clear (&fixture);
}

static void
test_a_selection_is_counted_by_image (void)
{
  Fixture fixture;
  NerveGraph *graph;
  const NerveNode *node;
  const guint32 *images;
  g_autofree char *plain = NULL;
  g_autofree char *selected = NULL;
  g_autofree char *hovered = NULL;
  g_auto (NerveMapperMarks) marks = { 0 };

  if (needs_helper ())
    return;
  fixture_init (&fixture, 6, 2, 240);
  graph = fixture.layers[2].graph;
  plain = nerve_mapper_figure_summary (&fixture.model, 2);
  g_assert_nonnull (strstr (plain, "nodes · "));

  node = nerve_mapper_get_node (graph->mapper, 0);
  images = nerve_cloud_get_images (nerve_mapper_get_cloud (graph->mapper));
  fixture.model.selection = nerve_bitset_new (240);
  for (gsize i = 0; i < node->n_members; i++)
    nerve_bitset_set (fixture.model.selection, images[node->members[i]], TRUE);
  fixture.model.selected_layer = 2;
  fixture.model.selected_node = 0;
  nerve_mapper_marks_init (&marks, &fixture.model, 2, graph);
  g_assert_true (marks.active);
  g_assert_cmpuint (marks.n_selected, ==, node->n_members);
  g_assert_cmpuint (marks.n_covered, ==, node->n_members);
  g_assert_cmpfloat (marks.shares[0], ==, 1);
  g_assert_cmpfloat (nerve_mapper_marks_opacity (&marks, 0), ==, 1);
  g_assert_cmpfloat (nerve_mapper_marks_arc (&marks, 0), ==, 0);
  selected = nerve_mapper_figure_summary (&fixture.model, 2);
  g_assert_nonnull (strstr (selected, " selected in "));

  fixture.model.hover_layer = 2;
  fixture.model.hover_node = 0;
  hovered = nerve_mapper_figure_summary (&fixture.model, 2);
  g_assert_nonnull (strstr (hovered, " members · "));
  nerve_bitset_free (fixture.model.selection);
  fixture_clear (&fixture);
}

static void
test_graphs_without_nodes_or_with_one_are_drawn (void)
{
  g_auto (NerveStyle) style = { FALSE };
  g_autoptr (NervePalette) palette = bare_palette (2);

  nerve_style_init_screen (&style, FALSE, FALSE);
  for (guint n = 3; n <= 6; n += 3)
    {
      g_autoptr (NerveGraph) graph = fixture_graph (n, 1, 1);
      NerveLayerResults results = { graph };
      NerveFigureModel model;
      cairo_t *cr = fixture_canvas (316, 290);

      bare_model (&model, palette, &results);
      nerve_figure_kind_find ("mapper")->draw (&model, 0, &style, cr, 316, 290);
      nerve_figure_kind_find ("thumbnail")->draw (&model, 0, &style, cr, 44, 42);
      g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
      if (nerve_mapper_get_n_nodes (graph->mapper) > 0)
        g_assert_cmpuint (fixture_ink (cr), >, 20);
      else
        g_assert_cmpuint (fixture_ink (cr), ==, 0);
      cairo_destroy (cr);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/figures/mapper/a-measure-is-what-the-graph-says", test_a_measure_is_what_the_graph_says);
  g_test_add_func ("/figures/mapper/sizes-cover-as-much-whatever-they-stand-for",
                   test_sizes_cover_as_much_whatever_they_stand_for);
  g_test_add_func ("/figures/mapper/discs-stand-apart-and-inside", test_discs_stand_apart_and_inside);
  g_test_add_func ("/figures/mapper/a-crowd-gets-smaller-discs", test_a_crowd_gets_smaller_discs);
  g_test_add_func ("/figures/mapper/the-same-size-is-kept", test_the_same_size_is_kept);
  g_test_add_func ("/figures/mapper/recolouring-moves-nothing", test_recolouring_moves_nothing);
  g_test_add_func ("/figures/mapper/each-node-is-hit-at-its-centre", test_each_node_is_hit_at_its_centre);
  g_test_add_func ("/figures/mapper/a-box-finds-the-nodes-in-it", test_a_box_finds_the_nodes_in_it);
  g_test_add_func ("/figures/mapper/arrow-keys-reach-every-node", test_arrow_keys_reach_every_node);
  g_test_add_func ("/figures/mapper/labels-meet-neither-discs-nor-each-other",
                   test_labels_meet_neither_discs_nor_each_other);
  g_test_add_func ("/figures/mapper/shares-of-a-node-sum-to-its-members", test_shares_of_a_node_sum_to_its_members);
  g_test_add_func ("/figures/mapper/a-selection-is-counted-by-image", test_a_selection_is_counted_by_image);
  g_test_add_func ("/figures/mapper/graphs-without-nodes-or-with-one-are-drawn",
                   test_graphs_without_nodes_or_with_one_are_drawn);

  return g_test_run ();
}
