#include "mapper/layout.h"

#include <math.h>
#include <string.h>

#include "mapper/layout-push.h"
#include "mapper/layout-shelves.h"

/* Strokes of @length points each, along the first axis, far apart in the others: each is a path of nodes, or one
 * node where it is short. No helper is needed for them. */
static NerveMapper *
make_strokes (const guint *lengths, guint n_strokes, guint intervals)
{
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (NerveCloud) cloud = NULL;
  NerveMapperParameters parameters;

  for (guint s = 0; s < n_strokes; s++)
    for (guint i = 0; i < lengths[s]; i++)
      {
        double point[] = { 1.0 + i * 0.1 + s * 0.37, s * 100.0 };

        g_array_append_vals (points, point, 2);
      }
  cloud = nerve_cloud_new_from_points ((const double *) points->data, points->len / 2, 2);
  nerve_parameters_init (&nerve_mapper_table, &parameters);
  parameters.lens = 6; /* min: the first coordinate, but for the first stroke */
  parameters.intervals = intervals;
  parameters.overlap = 0.4;
  parameters.eps = 0.11;
  parameters.min_samples = 2;

  return nerve_mapper_new (cloud, &parameters, FALSE, NULL, NULL);
}

static double *
make_radii (const NerveMapper *mapper, double factor)
{
  double *radii = g_new (double, nerve_mapper_get_n_nodes (mapper));

  for (guint i = 0; i < nerve_mapper_get_n_nodes (mapper); i++)
    radii[i] = factor * MAX (3.4, 1.62 * sqrt (nerve_mapper_get_node (mapper, i)->n_members));

  return radii;
}

typedef struct
{
  NerveMapper *mapper;
  NerveLayout *layout;
  double      *radii;
  NervePlace  *places;
  double       hairline;
} Picture;

static void
picture_init (Picture *self, NerveMapper *mapper, double factor, double width, double height)
{
  self->mapper = mapper;
  self->layout = nerve_layout_new (mapper, "/nowhere/nerve-layout", NULL, NULL);
  g_assert_nonnull (self->layout);
  self->radii = make_radii (mapper, factor);
  self->places = g_new0 (NervePlace, nerve_mapper_get_n_nodes (mapper));
  self->hairline = nerve_layout_pack (self->layout, mapper, self->radii, 3.0, width, height, self->places);
}

static void
picture_clear (Picture *self)
{
  nerve_mapper_unref (self->mapper);
  nerve_layout_unref (self->layout);
  g_free (self->radii);
  g_free (self->places);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Picture, picture_clear)

static const guint many[] = { 80, 70, 60, 44, 40, 36, 30, 30, 24, 20, 16, 5, 4, 4, 3 };

static void
assert_inside (const Picture *picture, double width, double height)
{
  for (guint i = 0; i < nerve_mapper_get_n_nodes (picture->mapper); i++)
    {
      g_assert_cmpfloat (picture->places[i].x - picture->radii[i], >=, -1e-6);
      g_assert_cmpfloat (picture->places[i].y - picture->radii[i], >=, -1e-6);
      g_assert_cmpfloat (picture->places[i].x + picture->radii[i], <=, width + 1e-6);
      g_assert_cmpfloat (picture->places[i].y + picture->radii[i], <=, height + 1e-6);
    }
}

static void
discs_stay_inside_and_apart (void)
{
  const struct { double width, height; } boxes[] = { { 316, 300 }, { 208, 300 }, { 600, 200 }, { 1000, 900 } };

  for (guint b = 0; b < G_N_ELEMENTS (boxes); b++)
    {
      g_auto (Picture) picture;

      picture_init (&picture, make_strokes (many, G_N_ELEMENTS (many), 12), 0.8, boxes[b].width, boxes[b].height);
      assert_inside (&picture, boxes[b].width, boxes[b].height);
      for (guint i = 0; i < nerve_mapper_get_n_nodes (picture.mapper); i++)
        for (guint j = 0; j < i; j++)
          g_assert_cmpfloat (hypot (picture.places[i].x - picture.places[j].x,
                                    picture.places[i].y - picture.places[j].y),
                             >=, picture.radii[i] + picture.radii[j] + 2.9);
    }
}

static void
the_lens_grows_to_the_right (void)
{
  g_auto (Picture) picture;

  picture_init (&picture, make_strokes (many, G_N_ELEMENTS (many), 12), 0.8, 316, 300);
  for (guint e = 0; e < nerve_mapper_get_n_edges (picture.mapper); e++)
    {
      const NerveEdge *edge = &nerve_mapper_get_edges (picture.mapper)[e];
      double lens = nerve_mapper_get_node (picture.mapper, edge->target)->lens_mean -
                    nerve_mapper_get_node (picture.mapper, edge->source)->lens_mean;

      if (lens > 0.0)
        g_assert_cmpfloat (picture.places[edge->target].x, >, picture.places[edge->source].x);
    }
}

/* Across only the lens counts, whatever the box: one axis for the whole graph. */
static void
sorted_nodes_stand_at_their_lens_inside_and_apart (void)
{
  const struct { double width, height; } boxes[] = { { 316, 300 }, { 600, 260 }, { 1000, 900 } };

  for (guint b = 0; b < G_N_ELEMENTS (boxes); b++)
    {
      g_auto (Picture) picture;
      double low = INFINITY, high = -INFINITY;
      double left = INFINITY, right = -INFINITY;
      guint n;

      picture_init (&picture, make_strokes (many, G_N_ELEMENTS (many), 12), 0.6, boxes[b].width, boxes[b].height);
      n = nerve_mapper_get_n_nodes (picture.mapper);
      picture.hairline = nerve_layout_sort (picture.mapper, picture.radii, 3.0, boxes[b].width, boxes[b].height,
                                            picture.places);
      assert_inside (&picture, boxes[b].width, boxes[b].height);
      for (guint i = 0; i < n; i++)
        {
          low = MIN (low, nerve_mapper_get_node (picture.mapper, i)->lens_mean);
          high = MAX (high, nerve_mapper_get_node (picture.mapper, i)->lens_mean);
          left = MIN (left, picture.places[i].x);
          right = MAX (right, picture.places[i].x);
        }
      g_assert_cmpfloat (right - left, >, 0.8 * boxes[b].width);
      for (guint i = 0; i < n; i++)
        {
          double share = (nerve_mapper_get_node (picture.mapper, i)->lens_mean - low) / (high - low);

          g_assert_cmpfloat_with_epsilon (picture.places[i].x, left + share * (right - left), 1e-6);
          for (guint j = 0; j < i; j++)
            g_assert_cmpfloat (hypot (picture.places[i].x - picture.places[j].x,
                                      picture.places[i].y - picture.places[j].y),
                               >=, picture.radii[i] + picture.radii[j] + 2.9);
        }
    }
}

static void
assert_sorted_is_finite (guint n_strokes, double width, double height)
{
  g_auto (Picture) picture;
  g_autofree NervePlace *again = NULL;
  guint n;

  picture_init (&picture, make_strokes (many, n_strokes, 12), 0.8, width, height);
  n = nerve_mapper_get_n_nodes (picture.mapper);
  again = g_new0 (NervePlace, MAX (n, 1));
  nerve_layout_sort (picture.mapper, picture.radii, 3.0, width, height, picture.places);
  nerve_layout_sort (picture.mapper, picture.radii, 3.0, width, height, again);
  g_assert_cmpmem (picture.places, n * sizeof (NervePlace), again, n * sizeof (NervePlace));
  for (guint i = 0; i < n; i++)
    g_assert_true (isfinite (picture.places[i].x + picture.places[i].y));
}

static void
sorting_a_crowd_or_nothing_gives_finite_places (void)
{
  assert_sorted_is_finite (0, 300, 300);
  assert_sorted_is_finite (1, 300, 300);
  assert_sorted_is_finite (G_N_ELEMENTS (many), 40, 30);
  assert_sorted_is_finite (G_N_ELEMENTS (many), 1, 1);
}

static gboolean
is_single (const NerveMapper *mapper, guint node)
{
  for (guint e = 0; e < nerve_mapper_get_n_edges (mapper); e++)
    if (nerve_mapper_get_edges (mapper)[e].source == node || nerve_mapper_get_edges (mapper)[e].target == node)
      return FALSE;

  return TRUE;
}

static void
single_nodes_stand_in_lens_order_below_the_hairline (void)
{
  const guint few[] = { 80, 70, 60, 2, 3, 2, 40, 2, 2 };
  g_auto (Picture) picture;
  guint n_singles = 0;

  picture_init (&picture, make_strokes (few, G_N_ELEMENTS (few), 12), 0.8, 316, 300);
  g_assert_cmpfloat (picture.hairline, >, 0.0);
  for (guint i = 0; i < nerve_mapper_get_n_nodes (picture.mapper); i++)
    {
      if (!is_single (picture.mapper, i))
        {
          g_assert_cmpfloat (picture.places[i].y + picture.radii[i], <=, picture.hairline);
          continue;
        }
      n_singles++;
      g_assert_cmpfloat (picture.places[i].y - picture.radii[i], >, picture.hairline);
      for (guint j = 0; j < i; j++)
        if (is_single (picture.mapper, j))
          g_assert_cmpint (picture.places[j].x < picture.places[i].x, ==,
                           nerve_mapper_get_node (picture.mapper, j)->lens_mean <
                           nerve_mapper_get_node (picture.mapper, i)->lens_mean);
    }
  g_assert_cmpuint (n_singles, >=, 2);
}

static void
the_box_is_used (void)
{
  g_auto (Picture) picture;
  double left = INFINITY, right = -INFINITY, top = INFINITY;

  picture_init (&picture, make_strokes (many, G_N_ELEMENTS (many), 12), 0.8, 316, 300);
  for (guint i = 0; i < nerve_mapper_get_n_nodes (picture.mapper); i++)
    {
      left = MIN (left, picture.places[i].x - picture.radii[i]);
      right = MAX (right, picture.places[i].x + picture.radii[i]);
      top = MIN (top, picture.places[i].y - picture.radii[i]);
    }
  g_assert_cmpfloat (right - left, >, 0.85 * 316);
  g_assert_cmpfloat (top, <, 0.1 * 300);
}

static void
the_same_arguments_give_the_same_picture (void)
{
  g_auto (Picture) one;
  g_auto (Picture) other;

  picture_init (&one, make_strokes (many, G_N_ELEMENTS (many), 12), 0.8, 316, 300);
  picture_init (&other, make_strokes (many, G_N_ELEMENTS (many), 12), 0.8, 316, 300);
  g_assert_cmpfloat (one.hairline, ==, other.hairline);
  g_assert_cmpmem (one.places, nerve_mapper_get_n_nodes (one.mapper) * sizeof (NervePlace), other.places,
                   nerve_mapper_get_n_nodes (other.mapper) * sizeof (NervePlace));
}

static void
a_pair_is_no_bar_however_large_the_pane (void)
{
  const guint lengths[] = { 80, 70, 60, 9, 10, 12, 7, 8, 11, 6 };
  g_auto (Picture) picture;
  g_autofree guint *sizes = NULL;
  guint n_pairs = 0;

  picture_init (&picture, make_strokes (lengths, G_N_ELEMENTS (lengths), 12), 1, 1200, 900);
  sizes = g_new0 (guint, nerve_mapper_get_n_components (picture.mapper));
  for (guint i = 0; i < nerve_mapper_get_n_nodes (picture.mapper); i++)
    sizes[nerve_mapper_get_component (picture.mapper, i)]++;
  for (guint e = 0; e < nerve_mapper_get_n_edges (picture.mapper); e++)
    {
      const NerveEdge *edge = &nerve_mapper_get_edges (picture.mapper)[e];
      const NervePlace *a = &picture.places[edge->source];
      const NervePlace *b = &picture.places[edge->target];

      if (sizes[nerve_mapper_get_component (picture.mapper, edge->source)] != 2)
        continue;
      g_assert_cmpfloat (hypot (a->x - b->x, a->y - b->y), <=,
                         2.7 * (picture.radii[edge->source] + picture.radii[edge->target]));
      n_pairs++;
    }
  g_assert_cmpuint (n_pairs, >=, 2);
}

static void
one_node_alone_has_no_hairline (void)
{
  const guint one[] = { 8 };
  g_auto (Picture) picture;

  picture_init (&picture, make_strokes (one, 1, 1), 1.0, 316, 300);
  g_assert_cmpuint (nerve_mapper_get_n_nodes (picture.mapper), ==, 1);
  g_assert_cmpfloat (picture.hairline, <, 0.0);
  g_assert_cmpfloat_with_epsilon (picture.places[0].x, 158.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (picture.places[0].y, 150.0, 1e-9);
}

static void
no_node_is_no_trouble (void)
{
  const guint one[] = { 1 };
  g_auto (Picture) picture;

  picture_init (&picture, make_strokes (one, 1, 1), 1.0, 316, 300);
  g_assert_cmpuint (nerve_mapper_get_n_nodes (picture.mapper), ==, 0);
  g_assert_cmpfloat (picture.hairline, <, 0.0);
}

static void
a_box_too_small_gives_finite_places (void)
{
  const double sizes[] = { 0.0, 1.0, 10.0, 40.0 };

  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
    for (double factor = 0.0; factor <= 9.0; factor += 3.0)
      {
        g_auto (Picture) picture;

        picture_init (&picture, make_strokes (many, G_N_ELEMENTS (many), 12), factor, sizes[s], sizes[s]);
        g_assert_true (isfinite (picture.hairline));
        for (guint i = 0; i < nerve_mapper_get_n_nodes (picture.mapper); i++)
          g_assert_true (isfinite (picture.places[i].x + picture.places[i].y));
      }
}

static void
many_components_are_packed_quickly_too (void)
{
  guint lengths[180];
  g_auto (Picture) picture;

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    lengths[i] = 6 + 40 * 40 / (i + 40);
  picture_init (&picture, make_strokes (lengths, G_N_ELEMENTS (lengths), 60), 0.4, 800, 700);
  g_assert_cmpuint (nerve_mapper_get_n_components (picture.mapper), ==, 180);
  assert_inside (&picture, 800, 700);
}

static void
shapes_that_are_no_better_are_dropped (void)
{
  NerveShapes shapes = { .n = 0 };

  nerve_shapes_add (&shapes, (NerveExtent) { 10, 10 });
  nerve_shapes_add (&shapes, (NerveExtent) { 5, 20 });
  nerve_shapes_add (&shapes, (NerveExtent) { 11, 12 });
  nerve_shapes_add (&shapes, (NerveExtent) { 20, 5 });
  nerve_shapes_add (&shapes, (NerveExtent) { 9, 10 });
  g_assert_cmpuint (shapes.n, ==, 3);
  g_assert_cmpfloat (nerve_shapes_narrow (&shapes, 4), ==, INFINITY);
  g_assert_cmpfloat (nerve_shapes_narrow (&shapes, 6), ==, 20);
  g_assert_cmpfloat (nerve_shapes_narrow (&shapes, 10), ==, 9);
  g_assert_cmpfloat (nerve_shapes_narrow (&shapes, 99), ==, 5);
}

static void
shelves_hold_everything_in_order (void)
{
  for (guint n = 1; n < 130; n += 43)
    {
      g_autofree NerveShapes *things = g_new0 (NerveShapes, n);
      g_autofree NerveShelf *shelves = g_new (NerveShelf, n);
      guint n_shelves;
      guint next = 0;

      for (guint i = 0; i < n; i++)
        for (guint t = 1; t < 5; t++)
          nerve_shapes_add (&things[i], (NerveExtent) { 40.0 / t, 10.0 * t + i % 3 });
      n_shelves = nerve_shelves_fill (things, n, 100, 5, shelves);
      for (guint s = 0; s < n_shelves; s++)
        {
          double width = -5.0;

          g_assert_cmpuint (shelves[s].first, ==, next);
          for (guint i = 0; i < shelves[s].n; i++)
            width += 5.0 + nerve_shapes_narrow (&things[next + i], shelves[s].height);
          g_assert_cmpfloat (width, <=, 100.0);
          next += shelves[s].n;
        }
      g_assert_cmpuint (next, ==, n);
      g_assert_cmpuint (nerve_shelves_fill (things, n, 9, 5, shelves), ==, 0);
    }
}

static void
discs_in_one_place_are_pushed_apart (void)
{
  NervePlace places[20];
  double radii[20];
  guint discs[20];

  for (guint i = 0; i < 20; i++)
    {
      places[i] = (NervePlace) { 50.0, 50.0 };
      radii[i] = 3.0 + i % 4;
      discs[i] = i;
    }
  nerve_layout_push (places, radii, discs, 20, NULL, 0, 2.0, 100.0, 100.0);
  for (guint i = 0; i < 20; i++)
    for (guint j = 0; j < i; j++)
      g_assert_cmpfloat (hypot (places[i].x - places[j].x, places[i].y - places[j].y), >,
                         radii[i] + radii[j] + 1.9);
}

static void
a_disc_leaves_the_edge_of_others (void)
{
  NervePlace places[] = { { 20.0, 50.0 }, { 80.0, 50.0 }, { 50.0, 51.0 } };
  const double radii[] = { 5.0, 5.0, 5.0 };
  const guint discs[] = { 0, 1, 2 };
  const NerveEdge edge = { 0, 1, 1, 0.5 };

  nerve_layout_push (places, radii, discs, 3, &edge, 1, 3.0, 100.0, 100.0);
  g_assert_cmpfloat (places[2].y, >=, 57.9);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mapper/layout-pack/discs stay inside and apart", discs_stay_inside_and_apart);
  g_test_add_func ("/mapper/layout-pack/the lens grows to the right", the_lens_grows_to_the_right);
  g_test_add_func ("/mapper/layout-pack/single nodes stand in lens order below the hairline",
                   single_nodes_stand_in_lens_order_below_the_hairline);
  g_test_add_func ("/mapper/layout-pack/the box is used", the_box_is_used);
  g_test_add_func ("/mapper/layout-pack/the same arguments give the same picture",
                   the_same_arguments_give_the_same_picture);
  g_test_add_func ("/mapper/layout-pack/a pair is no bar however large the pane",
                   a_pair_is_no_bar_however_large_the_pane);
  g_test_add_func ("/mapper/layout-pack/one node alone has no hairline", one_node_alone_has_no_hairline);
  g_test_add_func ("/mapper/layout-pack/no node is no trouble", no_node_is_no_trouble);
  g_test_add_func ("/mapper/layout-pack/a box too small gives finite places", a_box_too_small_gives_finite_places);
  g_test_add_func ("/mapper/layout-pack/many components are packed quickly too",
                   many_components_are_packed_quickly_too);
  g_test_add_func ("/mapper/layout-pack/shapes that are no better are dropped", shapes_that_are_no_better_are_dropped);
  g_test_add_func ("/mapper/layout-pack/shelves hold everything in order", shelves_hold_everything_in_order);
  g_test_add_func ("/mapper/layout-pack/discs in one place are pushed apart", discs_in_one_place_are_pushed_apart);
  g_test_add_func ("/mapper/layout-pack/a disc leaves the edge of others", a_disc_leaves_the_edge_of_others);
  g_test_add_func ("/mapper/layout-pack/sorted nodes stand at their lens, inside and apart",
                   sorted_nodes_stand_at_their_lens_inside_and_apart);
  g_test_add_func ("/mapper/layout-pack/sorting a crowd or nothing gives finite places",
                   sorting_a_crowd_or_nothing_gives_finite_places);
  return g_test_run ();
}
