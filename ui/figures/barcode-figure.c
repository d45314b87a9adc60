#include "figures/kinds.h"

#include <math.h>

#include <glib/gi18n.h>

#include "figures/color.h"
#include "figures/diagram-numbers.h"
#include "figures/page.h"
#include "figures/text.h"
#include "figures/value-axis.h"

#define LEAST_PITCH 1.8
#define MOST_PITCH 9.
#define MOST_WIDTH 4.5
#define FAINT .4
#define SELECTED_WIDTH 3.

/* The bars of one dimension that have room, in the order of the diagram. */
typedef struct
{
  int      dimension;
  gsize    n_bars;
  GArray  *shown; /* guint: bars of the diagram */
  double   top;   /* of the line that names it */
  double   first; /* y of the first bar */
  double   pitch;
} Block;

typedef struct
{
  const NerveHomology *homology;
  NerveValueAxis       axis;
  int                  selected; /* bar; -1: none */
  GArray              *blocks;
} Barcode;

static void
block_clear (gpointer data)
{
  g_array_unref (((Block *) data)->shown);
}

static void
barcode_clear (Barcode *self)
{
  g_clear_pointer (&self->blocks, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Barcode, barcode_clear)

static double
bar_length (const NerveBar *bar)
{
  return bar->death - bar->birth;
}

static int
compare_lengths (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const NerveBar *bars = user_data;
  guint first = *(const guint *) a;
  guint second = *(const guint *) b;
  double one = bar_length (&bars[first]);
  double other = bar_length (&bars[second]);

  if (one != other)
    return one > other ? -1 : 1;

  return first < second ? -1 : first > second;
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  guint first = *(const guint *) a;
  guint second = *(const guint *) b;

  return first < second ? -1 : first > second;
}

/* The one that is looked at stands among the longest, however short it is. */
static void
keep_selected (GArray *shown, int selected)
{
  for (guint i = 0; i < shown->len; i++)
    if (g_array_index (shown, guint, i) == (guint) selected)
      return;

  g_array_index (shown, guint, shown->len - 1) = selected;
}

/* All bars of the block, or the longest that have room. */
static void
choose_bars (Block *self, const NerveDiagram *diagram, gsize room, int selected)
{
  const NerveBar *all = nerve_diagram_get_bars (diagram);
  const NerveBar *own = nerve_diagram_get_dimension (diagram, self->dimension, &self->n_bars);

  for (guint i = own - all; i < own - all + self->n_bars; i++)
    g_array_append_val (self->shown, i);
  if (self->n_bars <= room)
    return;

  g_array_sort_with_data (self->shown, compare_lengths, (gpointer) all);
  g_array_set_size (self->shown, room);
  if (selected >= own - all && selected < own - all + (gssize) self->n_bars)
    keep_selected (self->shown, selected);
  g_array_sort (self->shown, compare_numbers);
}

static double
weigh (const NerveDiagram *diagram, int dimension)
{
  gsize n;

  nerve_diagram_get_dimension (diagram, dimension, &n);

  return sqrt (n);
}

/* Dimensions share the height by the root of how many bars they have. */
static void
place_blocks (Barcode *self)
{
  const NerveDiagram *diagram = self->homology->diagram;
  const NerveStyle *style = self->axis.style;
  double line = 1.5 * style->caption;
  double y = self->axis.top;
  double total = 0;
  double room;
  guint n = 0;

  for (int dimension = 0; dimension <= nerve_diagram_get_max_dimension (diagram); dimension++)
    {
      total += weigh (diagram, dimension);
      n += weigh (diagram, dimension) > 0;
    }
  room = self->axis.bottom - self->axis.top - n * line;
  for (int dimension = 0; dimension <= nerve_diagram_get_max_dimension (diagram) && room > 0; dimension++)
    {
      double height = total > 0 ? room * weigh (diagram, dimension) / total : 0;
      Block block = { .dimension = dimension, .top = y, .first = y + line };

      if (height <= 0)
        continue;
      block.shown = g_array_new (FALSE, FALSE, sizeof (guint));
      choose_bars (&block, diagram, MAX (height / (LEAST_PITCH * style->scale), 1), self->selected);
      block.pitch = MIN (height / (block.shown->len + 1), MOST_PITCH * style->scale);
      block.first += block.pitch / 2;
      g_array_append_val (self->blocks, block);
      y += line + height;
    }
}

static gboolean
barcode_init (Barcode *self, const NerveFigureModel *model, guint layer, const NerveStyle *style, cairo_t *cr,
              double width, double height)
{
  self->homology = layer < model->n_layers ? model->layers[layer].homology : NULL;
  if (self->homology == NULL || width < 1 || height < 1)
    return FALSE;

  self->selected = nerve_bar_mark_in (model->selected_bar, layer);
  self->blocks = g_array_new (FALSE, FALSE, sizeof (Block));
  g_array_set_clear_func (self->blocks, block_clear);
  nerve_value_axis_init (&self->axis, model, layer, style, cr, width, height, .5 * style->tick);
  place_blocks (self);

  return TRUE;
}

static void
paint_name (const Barcode *self, const Block *block)
{
  const NerveStyle *style = self->axis.style;
  g_autofree char *name = nerve_homology_name (block->dimension);
  g_autofree char *count = nerve_text_count (block->n_bars);
  g_autofree char *shown = nerve_text_count (block->shown->len);
  g_autofree char *text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s bar", "%s bars", block->n_bars), count);
  double y = block->top + .75 * style->caption;
  double x = self->axis.left;

  x += nerve_text_draw (self->axis.cr, style, name, style->caption, NERVE_TEXT_MIDDLE | NERVE_TEXT_BOLD, style->text, x,
                        y) + .5 * style->caption;
  if (block->shown->len < block->n_bars)
    {
      /* Translators: of so many bars the so many longest */
      g_autofree char *longer = g_strdup_printf (_("%s bars, the %s longest shown"), count, shown);
      /* Translators: the same where there is less room */
      g_autofree char *shorter = g_strdup_printf (_("%s bars, %s shown"), count, shown);

      g_free (text);
      text = g_strdup (nerve_text_fitting (self->axis.cr, style, longer, shorter, style->caption, 0,
                                           self->axis.right - x));
    }
  nerve_text_draw_within (self->axis.cr, style, text, style->caption, NERVE_TEXT_MIDDLE, style->dim, x, y,
                          self->axis.right - x);
}

/* An essential bar ends in an arrow. */
static void
paint_bar (const Barcode *self, const NerveBar *bar, double y, double width, gboolean is_selected)
{
  cairo_t *cr = self->axis.cr;
  double x0 = nerve_value_axis_x (&self->axis, bar->birth);
  double x1 = nerve_value_axis_x (&self->axis, bar->death);
  double head = isinf (bar->death) ? MIN (MAX (1.6 * width, 3 * self->axis.style->scale), x1 - x0) : 0;
  gboolean is_faint = bar_length (bar) <= self->homology->significance;
  NerveColor color = nerve_homology_color (self->axis.style, bar->dimension);

  if (is_selected)
    {
      color = self->axis.style->accent;
      is_faint = FALSE;
    }
  nerve_color_set (cr, is_faint ? nerve_color_mix (color, self->axis.style->card, FAINT) : color);
  cairo_rectangle (cr, x0, y - width / 2, MAX (x1 - x0 - head, .4 * self->axis.style->scale), width);
  cairo_fill (cr);
  if (head <= 0)
    return;
  cairo_move_to (cr, x1, y);
  cairo_line_to (cr, x1 - head, y - head * .7);
  cairo_line_to (cr, x1 - head, y + head * .7);
  cairo_close_path (cr);
  cairo_fill (cr);
}

/* Over its neighbours, and never too thin to be found. */
static void
paint_selected (const Barcode *self)
{
  const NerveBar *bars = nerve_diagram_get_bars (self->homology->diagram);

  for (guint i = 0; i < self->blocks->len; i++)
    {
      const Block *block = &g_array_index (self->blocks, Block, i);

      for (guint k = 0; k < block->shown->len; k++)
        if (g_array_index (block->shown, guint, k) == (guint) self->selected)
          paint_bar (self, bars + self->selected, block->first + k * block->pitch,
                     MAX (MIN (.66 * block->pitch, MOST_WIDTH * self->axis.style->scale),
                          SELECTED_WIDTH * self->axis.style->scale), TRUE);
    }
}

void
nerve_barcode_figure_draw (const NerveFigureModel *model, guint layer, const NerveStyle *style, cairo_t *cr,
                           double width, double height)
{
  g_auto (Barcode) self = { NULL };
  g_autofree char *caption = NULL;

  if (!barcode_init (&self, model, layer, style, cr, width, height))
    return;

  cairo_save (cr);
  if (!nerve_page_has (style, NERVE_PAGE_CAPTION))
    {
      caption = nerve_diagram_sample_text (self.homology);
      nerve_value_axis_caption (&self.axis, caption);
    }
  nerve_value_axis_paint (&self.axis);
  for (guint i = 0; i < self.blocks->len; i++)
    {
      const Block *block = &g_array_index (self.blocks, Block, i);
      double thickness = MIN (.66 * block->pitch, MOST_WIDTH * style->scale);

      paint_name (&self, block);
      for (guint k = 0; k < block->shown->len; k++)
        paint_bar (&self, nerve_diagram_get_bars (self.homology->diagram) + g_array_index (block->shown, guint, k),
                   block->first + k * block->pitch, thickness, FALSE);
    }
  paint_selected (&self);
  cairo_restore (cr);
}

static NerveHit
make_hit (const Barcode *self, const Block *block, guint k, guint layer)
{
  guint index = g_array_index (block->shown, guint, k);
  const NerveBar *bar = nerve_diagram_get_bars (self->homology->diagram) + index;
  double x0 = nerve_value_axis_x (&self->axis, bar->birth);
  double x1 = nerve_value_axis_x (&self->axis, bar->death);

  return (NerveHit) {
    NERVE_HIT_BAR, layer, index, (x0 + x1) / 2, block->first + k * block->pitch, MAX (block->pitch / 2, 3),
    (x1 - x0) / 2,
  };
}

/* The bar whose row @y is in; a little beside its ends too. */
gboolean
nerve_barcode_figure_hit (const NerveFigureModel *model, guint layer, const NerveStyle *style, double width,
                          double height, double x, double y, NerveHit *hit)
{
  g_auto (Barcode) self = { NULL };
  double reach = 5 * style->scale;

  if (!barcode_init (&self, model, layer, style, NULL, width, height))
    return FALSE;

  for (guint i = 0; i < self.blocks->len; i++)
    {
      const Block *block = &g_array_index (self.blocks, Block, i);
      double row = floor ((y - block->first) / block->pitch + .5);
      const NerveBar *bar;

      if (!(row >= 0 && row < block->shown->len))
        continue;
      bar = nerve_diagram_get_bars (self.homology->diagram) + g_array_index (block->shown, guint, (guint) row);
      if (x < nerve_value_axis_x (&self.axis, bar->birth) - reach
          || x > nerve_value_axis_x (&self.axis, bar->death) + reach)
        continue;
      *hit = make_hit (&self, block, row, layer);
      return TRUE;
    }

  return FALSE;
}

void
nerve_barcode_figure_marks (const NerveFigureModel *model, guint layer, const NerveStyle *style, double width,
                            double height, GArray *hits)
{
  g_auto (Barcode) self = { NULL };

  if (!barcode_init (&self, model, layer, style, NULL, width, height))
    return;

  for (guint i = 0; i < self.blocks->len; i++)
    {
      const Block *block = &g_array_index (self.blocks, Block, i);

      for (guint k = 0; k < block->shown->len; k++)
        {
          NerveHit hit = make_hit (&self, block, k, layer);

          g_array_append_val (hits, hit);
        }
    }
}

char *
nerve_barcode_figure_describe (const NerveFigureModel *model, guint layer)
{
  NerveHomology *homology = layer < model->n_layers ? model->layers[layer].homology : NULL;
  g_autofree char *numbers = NULL;

  if (homology == NULL)
    return g_strdup (_("The barcode is not computed yet."));

  numbers = nerve_diagram_numbers_sentence (model, homology);

  /* Translators: a layer's name, then a list such as "300 bars in H₀, longest finite 0.42" */
  return g_strdup_printf (_("Barcode of %s: %s."), nerve_dataset_get_layer (model->dataset, layer)->name, numbers);
}
