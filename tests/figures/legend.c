#include "figures/legend-layout.h"

#include "figures/legend.h"
#include "fixture.h"

typedef struct
{
  NerveDataset      *dataset;
  NervePalette      *palette;
  NerveLayerResults *layers;
  NerveFigureModel   model;
} Bare;

static void
bare_init (Bare *self, guint n_classes, guint n_groups)
{
  self->dataset = fixture_dataset (n_classes, n_groups, MAX (n_classes, 10));
  self->palette = nerve_palette_new (self->dataset);
  self->layers = g_new0 (NerveLayerResults, 4);
  nerve_figure_model_init (&self->model, self->dataset, self->palette, self->layers);
}

static void
bare_clear (Bare *self)
{
  nerve_palette_unref (self->palette);
  nerve_dataset_unref (self->dataset);
  g_free (self->layers);
}

static guint
count_kind (const NerveLegendLayout *layout, NerveLegendItemKind kind)
{
  guint n = 0;

  for (guint i = 0; i < layout->items->len; i++)
    n += g_array_index (layout->items, NerveLegendItem, i).kind == kind;

  return n;
}

static void
assert_apart (const NerveLegendLayout *layout, double width)
{
  for (guint i = 0; i < layout->items->len; i++)
    {
      const NerveLegendItem *a = &g_array_index (layout->items, NerveLegendItem, i);

      g_assert_cmpfloat (a->x, >=, -.01);
      g_assert_cmpfloat (a->x + a->width, <=, width + .01);
      for (guint k = 0; k < i; k++)
        {
          const NerveLegendItem *b = &g_array_index (layout->items, NerveLegendItem, k);

          g_assert_true (a->y != b->y || a->x >= b->x + b->width - .01 || b->x >= a->x + a->width - .01);
        }
    }
}

static void
test_a_strip_condenses_before_it_hides (void)
{
  g_auto (NerveStyle) style = { FALSE };
  Bare bare;
  gboolean had_headers = FALSE;

  bare_init (&bare, 10, 4);
  nerve_style_init_screen (&style, FALSE, FALSE);
  for (double width = 1500; width >= 320; width -= 20)
    {
      g_auto (NerveLegendLayout) layout = { NULL };

      nerve_legend_layout_init (&layout, &bare.model, &style, width, 36);
      assert_apart (&layout, width);
      g_assert_cmpuint (count_kind (&layout, NERVE_LEGEND_CLASS), ==, 10);
      g_assert_cmpuint (count_kind (&layout, NERVE_LEGEND_SEPARATOR), ==, 3);
      had_headers = had_headers || count_kind (&layout, NERVE_LEGEND_HEADER) == 4;
    }
  g_assert_true (had_headers);
  bare_clear (&bare);
}

static void
test_over_twelve_classes_superclasses_stand_for_them (void)
{
  g_auto (NerveStyle) style = { FALSE };
  g_auto (NerveLegendLayout) layout = { NULL };
  Bare bare;

  bare_init (&bare, 40, 5);
  nerve_style_init_screen (&style, FALSE, FALSE);
  bare.model.color_by = NERVE_COLOR_BY_CLASS;
  nerve_legend_layout_init (&layout, &bare.model, &style, 1000, 36);
  g_assert_cmpuint (count_kind (&layout, NERVE_LEGEND_GROUP), ==, 5);
  g_assert_cmpuint (count_kind (&layout, NERVE_LEGEND_CLASS), ==, 0);
  bare_clear (&bare);
}

static void
test_what_has_no_room_is_counted (void)
{
  g_auto (NerveStyle) style = { FALSE };
  g_auto (NerveLegendLayout) layout = { NULL };
  const NerveLegendItem *last;
  Bare bare;

  bare_init (&bare, 200, 0);
  nerve_style_init_screen (&style, FALSE, FALSE);
  nerve_legend_layout_init (&layout, &bare.model, &style, 800, 36);
  assert_apart (&layout, 800);
  last = &g_array_index (layout.items, NerveLegendItem, layout.items->len - 1);
  g_assert_cmpint (last->kind, ==, NERVE_LEGEND_MORE);
  g_assert_cmpuint (last->index + count_kind (&layout, NERVE_LEGEND_CLASS), ==, 200);
  bare_clear (&bare);
}

static void
test_a_page_has_as_many_rows_as_it_needs (void)
{
  double last = 0;
  Bare bare;

  bare_init (&bare, 10, 4);
  for (double width = 500; width >= 60; width -= 40)
    {
      g_auto (NerveStyle) style = { FALSE };
      g_auto (NerveLegendLayout) layout = { NULL };
      double height;

      nerve_style_init_print (&style, width, NULL);
      nerve_legend_layout_init (&layout, &bare.model, &style, width, 0);
      height = nerve_legend_measure (&bare.model, &style, width);
      g_assert_cmpfloat (height, >=, last);
      g_assert_cmpuint (count_kind (&layout, NERVE_LEGEND_CLASS), ==, 10);
      if (width > 80)
        assert_apart (&layout, width);
      last = height;
    }
  bare_clear (&bare);
}

static void
test_a_superclass_name_can_be_clicked (void)
{
  const NerveFigureKind *kind = nerve_figure_kind_find ("legend");
  g_auto (NerveStyle) style = { FALSE };
  g_auto (NerveLegendLayout) layout = { NULL };
  Bare bare;

  bare_init (&bare, 6, 2);
  nerve_style_init_screen (&style, FALSE, FALSE);
  nerve_legend_layout_init (&layout, &bare.model, &style, 1200, 36);
  for (guint i = 0; i < layout.items->len; i++)
    {
      const NerveLegendItem *item = &g_array_index (layout.items, NerveLegendItem, i);
      NerveHit hit = { NERVE_HIT_NOTHING };
      gboolean found = kind->hit (&bare.model, 0, &style, 1200, 36, item->x + item->width / 2, item->y, &hit);

      if (item->kind == NERVE_LEGEND_SEPARATOR)
        continue;
      g_assert_true (found);
      g_assert_cmpint (hit.kind, ==, item->kind == NERVE_LEGEND_CLASS ? NERVE_HIT_CLASS : NERVE_HIT_GROUP);
      g_assert_cmpuint (hit.index, ==, item->index);
    }
  bare_clear (&bare);
}

static void
test_no_classes_make_no_legend (void)
{
  g_auto (NerveStyle) style = { FALSE };
  Bare bare;

  bare_init (&bare, 0, 0);
  nerve_style_init_screen (&style, FALSE, FALSE);
  g_assert_cmpfloat (nerve_legend_measure (&bare.model, &style, 500), ==, 0);
  bare_clear (&bare);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/figures/legend/a-strip-condenses-before-it-hides", test_a_strip_condenses_before_it_hides);
  g_test_add_func ("/figures/legend/over-twelve-classes-superclasses-stand-for-them",
                   test_over_twelve_classes_superclasses_stand_for_them);
  g_test_add_func ("/figures/legend/what-has-no-room-is-counted", test_what_has_no_room_is_counted);
  g_test_add_func ("/figures/legend/a-page-has-as-many-rows-as-it-needs", test_a_page_has_as_many_rows_as_it_needs);
  g_test_add_func ("/figures/legend/a-superclass-name-can-be-clicked", test_a_superclass_name_can_be_clicked);
  g_test_add_func ("/figures/legend/no-classes-make-no-legend", test_no_classes_make_no_legend);

  return g_test_run ();
}
