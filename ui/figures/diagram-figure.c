#include "figures/kinds.h"

#include <math.h>
#include <stdlib.h>

#include <glib/gi18n.h>

#include "figures/color.h"
#include "figures/diagram-numbers.h"
#include "figures/diagram-scale.h"
#include "figures/hexagons.h"
#include "figures/text.h"

/* DESIGN.md "Persistence diagram" */
#define DOT_RADIUS 1.7
#define TRIANGLE_RADIUS 3.1
#define MOST_MARKS 3000
#define LONGEST 200
#define UNDER_DIAGONAL .045
#define REACH 5.
#define RING 6.

typedef struct
{
  const NerveStyle  *style;
  NerveDiagramScale  scale;
  cairo_t           *cr;
  double             px;
} Painter;

typedef struct
{
  const NerveBar *bar;
  double          x, y;
  double          length;
} Mark;

static NerveHomology *
homology_of (const NerveFigureModel *model, guint layer)
{
  return layer < model->n_layers ? model->layers[layer].homology : NULL;
}

static void
stroke_line (const Painter *self, double x0, double y0, double x1, double y1)
{
  cairo_move_to (self->cr, x0, y0);
  cairo_line_to (self->cr, x1, y1);
  cairo_stroke (self->cr);
}

static void
paint_ground (const Painter *self)
{
  const NerveDiagramScale *scale = &self->scale;
  double bottom = scale->top + scale->side;
  double right = scale->left + scale->side;
  double dashes[2] = { 2.5 * self->px, 2.5 * self->px };

  nerve_color_set (self->cr, nerve_color_mix (self->style->text, self->style->card, UNDER_DIAGONAL));
  cairo_move_to (self->cr, scale->left, bottom);
  cairo_line_to (self->cr, right, bottom);
  cairo_line_to (self->cr, right, scale->top);
  cairo_close_path (self->cr);
  cairo_fill (self->cr);

  nerve_color_set (self->cr, self->style->edge);
  cairo_set_line_width (self->cr, self->px);
  stroke_line (self, scale->left, bottom, right, scale->top);
  cairo_set_dash (self->cr, dashes, 2, 0);
  stroke_line (self, scale->left, scale->infinity, right, scale->infinity);
  cairo_set_dash (self->cr, NULL, 0, 0);
  stroke_line (self, scale->left, bottom, scale->left, scale->infinity - 6 * self->px);
  stroke_line (self, scale->left, bottom, right, bottom);
}

static void
paint_tick (const Painter *self, double x0, double y0, double x1, double y1)
{
  nerve_color_set (self->cr, self->style->edge);
  cairo_set_line_width (self->cr, self->px);
  stroke_line (self, x0, y0, x1, y1);
}

/* Labels that have no room beside the one before are left out; returns where the last one ends. */
static double
paint_birth_axis (const Painter *self, double row)
{
  const NerveDiagramScale *scale = &self->scale;
  const NerveStyle *style = self->style;
  double bottom = scale->top + scale->side;
  double end = -style->tick;

  for (guint i = 0; i < scale->ticks.n; i++)
    {
      g_autofree char *label = nerve_ticks_label (&scale->ticks, i);
      double x = scale->left + scale->side * scale->ticks.values[i] / scale->upper;
      double width = nerve_text_width (self->cr, style, label, style->tick, 0);

      paint_tick (self, x, bottom, x, bottom + 4 * self->px);
      if (x - width / 2 < end + .4 * style->tick)
        continue;
      nerve_text_draw (self->cr, style, label, style->tick, NERVE_TEXT_CENTER | NERVE_TEXT_MIDDLE, style->dim, x, row);
      end = x + width / 2;
    }

  return end;
}

static void
paint_death_axis (const Painter *self)
{
  const NerveDiagramScale *scale = &self->scale;
  const NerveStyle *style = self->style;
  double bottom = scale->top + scale->side;
  double tick = 4 * self->px;
  double last = bottom;

  for (guint i = 0; i < scale->ticks.n; i++)
    {
      g_autofree char *label = nerve_ticks_label (&scale->ticks, i);
      double y = bottom - scale->side * scale->ticks.values[i] / scale->upper;

      if (scale->ticks.values[i] == 0)
        continue;
      paint_tick (self, scale->left - tick, y, scale->left, y);
      if (last - y < 1.1 * style->tick || y - scale->infinity < .9 * style->tick)
        continue;
      nerve_text_draw (self->cr, style, label, style->tick, NERVE_TEXT_RIGHT | NERVE_TEXT_MIDDLE, style->dim,
                       scale->left - tick - 3 * self->px, y);
      last = y;
    }

  paint_tick (self, scale->left - tick, scale->infinity, scale->left, scale->infinity);
  nerve_text_draw (self->cr, style, "∞", style->tick * 1.15, NERVE_TEXT_RIGHT | NERVE_TEXT_MIDDLE, style->dim,
                   scale->left - tick - 2 * self->px, scale->infinity);
}

static void
paint_axes (const Painter *self, double width)
{
  const NerveDiagramScale *scale = &self->scale;
  const NerveStyle *style = self->style;
  double row = scale->top + scale->side + 4 * self->px + .7 * style->tick;
  double end = paint_birth_axis (self, row);
  double name = MAX (end + 5.5 * self->px, scale->left + scale->side + 1.5 * self->px);

  paint_death_axis (self);
  nerve_text_draw_within (self->cr, style, _("birth"), style->tick, NERVE_TEXT_ITALIC | NERVE_TEXT_MIDDLE, style->dim,
                          name, row, width - name);
}

/* Bars that stand below this line may be noise. */
static void
paint_significance (const Painter *self, double length)
{
  const NerveDiagramScale *scale = &self->scale;
  double share = length / scale->unit / scale->upper;
  double dashes[2] = { 4 * self->px, 3 * self->px };
  double inset = .5 * self->style->tick;
  g_autofree char *number = nerve_text_number (length / scale->unit, 2);
  /* Translators: a length; shorter bars may be noise */
  g_autofree char *label = g_strdup_printf (_("significant above %s"), number);

  if (!(share > 0))
    return;
  if (nerve_text_width (self->cr, self->style, label, self->style->tick, 0) < .8 * scale->side)
    nerve_text_draw (self->cr, self->style, label, self->style->tick, NERVE_TEXT_RIGHT, self->style->dim,
                     scale->left + scale->side - inset, scale->top + scale->side - inset);
  if (share >= 1)
    return;

  nerve_color_set (self->cr, self->style->dim);
  cairo_set_line_width (self->cr, self->px);
  cairo_set_dash (self->cr, dashes, 2, 0);
  stroke_line (self, scale->left, scale->top + scale->side * (1 - share), scale->left + scale->side * (1 - share),
               scale->top);
  cairo_set_dash (self->cr, NULL, 0, 0);
}

void
nerve_diagram_mark_paint (cairo_t *cr, const NerveStyle *style, int dimension, gboolean essential, double enlarged,
                          double x, double y)
{
  double px = style->scale * enlarged;
  guint corners = dimension == 1 ? 3 : 4;
  double radius = TRIANGLE_RADIUS * px;

  if (dimension == 0)
    {
      nerve_color_set (cr, essential ? nerve_color_mix (style->text, style->card, .88) : style->edge);
      cairo_new_sub_path (cr);
      cairo_arc (cr, x, y, (essential ? 2.1 : DOT_RADIUS) * px, 0, 2 * G_PI);
      cairo_fill (cr);
      return;
    }

  for (guint i = 0; i < corners; i++)
    {
      double angle = 2 * G_PI * i / corners - G_PI / 2;

      (i == 0 ? cairo_move_to : cairo_line_to) (cr, x + radius * cos (angle), y + radius * sin (angle) + .4 * px);
    }
  cairo_close_path (cr);
  nerve_color_set (cr, style->card);
  cairo_set_line_width (cr, .8 * px);
  cairo_stroke_preserve (cr);
  nerve_color_set (cr, nerve_color_mix (style->text, style->card, .88));
  cairo_fill (cr);
}

/* Lower dimensions below, the most persistent on top. */
static int
compare_marks (gconstpointer a, gconstpointer b)
{
  const Mark *one = a;
  const Mark *other = b;

  if (one->bar->dimension != other->bar->dimension)
    return one->bar->dimension < other->bar->dimension ? -1 : 1;
  if (one->length != other->length)
    return one->length < other->length ? -1 : 1;

  return one->bar < other->bar ? -1 : one->bar > other->bar;
}

static GArray *
gather_marks (const NerveDiagramScale *scale, const NerveDiagram *diagram)
{
  const NerveBar *bars = nerve_diagram_get_bars (diagram);
  GArray *marks = g_array_new (FALSE, FALSE, sizeof (Mark));

  for (gsize i = 0; i < nerve_diagram_get_n_bars (diagram); i++)
    {
      Mark mark = { &bars[i], 0, 0, bars[i].death - bars[i].birth };

      if (nerve_diagram_scale_place (scale, &bars[i], &mark.x, &mark.y))
        g_array_append_val (marks, mark);
    }
  g_array_sort (marks, compare_marks);

  return marks;
}

/* The first place from the left where a line so wide, at this height, is clear of the marks; NAN: none. */
static double
find_room (const Painter *self, GArray *marks, double y, double width)
{
  const double first = self->scale.left + 5 * self->px;
  const double reach = TRIANGLE_RADIUS * self->px;
  double half = .5 * self->style->tick;
  double x = first;

  for (guint i = 0; i < marks->len && x + width <= self->scale.left + self->scale.side; i++)
    {
      const Mark *mark = &g_array_index (marks, Mark, i);

      if (fabs (mark->y - y) > half + reach || mark->x + reach < x || mark->x - reach > x + width)
        continue;
      /* Past this mark, and then all once more. */
      x = mark->x + reach + self->px;
      i = G_MAXUINT;
    }

  return x + width <= self->scale.left + self->scale.side ? x : NAN;
}

/* The name of the other axis stands within the square, above the diagonal, where bars may be too. */
static void
paint_death (const Painter *self, GArray *marks)
{
  const NerveStyle *style = self->style;
  double width = nerve_text_width (self->cr, style, _("death"), style->tick, NERVE_TEXT_ITALIC);
  double y = self->scale.top + .2 * style->tick;
  double x = self->scale.side > 5 * style->tick ? find_room (self, marks, y, width) : NAN;

  if (isfinite (x))
    nerve_text_draw (self->cr, style, _("death"), style->tick, NERVE_TEXT_ITALIC | NERVE_TEXT_MIDDLE, style->dim, x, y);
}

/* H0 lies on the axis, where a density shows nothing: dots that fall together are drawn once. Of each other
 * dimension all but the longest bars become cells. */
static void
paint_crowd (const Painter *self, GArray *marks)
{
  g_autofree NerveDot *dots = g_new (NerveDot, marks->len);
  guint first = 0;

  while (first < marks->len)
    {
      int dimension = g_array_index (marks, Mark, first).bar->dimension;
      double last = NAN;
      guint end = first;
      gsize n = 0;

      while (end < marks->len && g_array_index (marks, Mark, end).bar->dimension == dimension)
        end++;
      for (guint i = first; i < end && dimension > 0 && i + LONGEST < end; i++)
        {
          const Mark *mark = &g_array_index (marks, Mark, i);

          dots[n++] = (NerveDot) { mark->x, mark->y };
        }
      nerve_hexagons_paint (self->cr, dots, n, 3 * self->px, self->style->text, self->style->card);
      for (guint i = first + n; i < end; i++)
        {
          const Mark *mark = &g_array_index (marks, Mark, i);

          if (dimension == 0 && fabs (mark->y - last) < .4 * self->px)
            continue;
          last = mark->y;
          nerve_diagram_mark_paint (self->cr, self->style, dimension, isinf (mark->bar->death), 1,
                                    mark->x, mark->y);
        }
      first = end;
    }
}

static void
paint_marks (const Painter *self, const NerveDiagram *diagram)
{
  g_autoptr (GArray) marks = gather_marks (&self->scale, diagram);

  paint_death (self, marks);
  if (marks->len > MOST_MARKS)
    {
      paint_crowd (self, marks);
      return;
    }
  for (guint i = 0; i < marks->len; i++)
    {
      const Mark *mark = &g_array_index (marks, Mark, i);

      nerve_diagram_mark_paint (self->cr, self->style, mark->bar->dimension, isinf (mark->bar->death), 1,
                                mark->x, mark->y);
    }
}

/* Ringed as a node is, and in the hand's colour. */
static void
paint_selected (const Painter *self, const NerveDiagram *diagram, int selected)
{
  NerveStyle accented = *self->style;
  const NerveBar *bar;
  double x, y;

  if (selected < 0 || (gsize) selected >= nerve_diagram_get_n_bars (diagram))
    return;
  bar = nerve_diagram_get_bars (diagram) + selected;
  if (!nerve_diagram_scale_place (&self->scale, bar, &x, &y))
    return;

  accented.text = accented.edge = self->style->accent;
  nerve_color_set (self->cr, self->style->card);
  cairo_new_sub_path (self->cr);
  cairo_arc (self->cr, x, y, RING * self->px, 0, 2 * G_PI);
  cairo_fill_preserve (self->cr);
  nerve_color_set (self->cr, self->style->accent);
  cairo_set_line_width (self->cr, 2 * self->px);
  cairo_stroke (self->cr);
  nerve_diagram_mark_paint (self->cr, &accented, bar->dimension, isinf (bar->death), 1, x, y);
}

void
nerve_diagram_figure_draw (const NerveFigureModel *model, guint layer, const NerveStyle *style, cairo_t *cr,
                           double width, double height)
{
  NerveHomology *homology = homology_of (model, layer);
  Painter self = { .style = style, .cr = cr, .px = style->scale };

  if (homology == NULL || width < 1 || height < 1)
    return;

  nerve_diagram_scale_init (&self.scale, model, layer, style, width, height);
  cairo_save (cr);
  paint_ground (&self);
  paint_axes (&self, width);
  paint_significance (&self, homology->significance);
  paint_marks (&self, homology->diagram);
  paint_selected (&self, homology->diagram, nerve_bar_mark_in (model->selected_bar, layer));
  if (self.scale.numbers >= 0)
    nerve_diagram_numbers_paint (cr, style, model, homology, &self.scale, width);
  else
    nerve_diagram_numbers_paint_inside (cr, style, homology, &self.scale);
  cairo_restore (cr);
}

gboolean
nerve_diagram_figure_hit (const NerveFigureModel *model, guint layer, const NerveStyle *style, double width,
                          double height, double x, double y, NerveHit *hit)
{
  NerveHomology *homology = homology_of (model, layer);
  double best = REACH * style->scale;
  NerveDiagramScale scale;
  const NerveBar *bars;
  gboolean found = FALSE;

  if (homology == NULL || width < 1 || height < 1)
    return FALSE;

  nerve_diagram_scale_init (&scale, model, layer, style, width, height);
  bars = nerve_diagram_get_bars (homology->diagram);
  for (gsize i = 0; i < nerve_diagram_get_n_bars (homology->diagram); i++)
    {
      double bar_x;
      double bar_y;

      if (!nerve_diagram_scale_place (&scale, &bars[i], &bar_x, &bar_y) || hypot (bar_x - x, bar_y - y) >= best)
        continue;
      best = hypot (bar_x - x, bar_y - y);
      *hit = (NerveHit) { NERVE_HIT_BAR, layer, i, bar_x, bar_y, TRIANGLE_RADIUS * style->scale };
      found = TRUE;
    }

  return found;
}

void
nerve_diagram_figure_marks (const NerveFigureModel *model, guint layer, const NerveStyle *style, double width,
                            double height, GArray *hits)
{
  NerveHomology *homology = homology_of (model, layer);
  NerveDiagramScale scale;
  const NerveBar *bars;

  if (homology == NULL || width < 1 || height < 1)
    return;

  nerve_diagram_scale_init (&scale, model, layer, style, width, height);
  bars = nerve_diagram_get_bars (homology->diagram);
  for (gsize i = 0; i < nerve_diagram_get_n_bars (homology->diagram); i++)
    {
      NerveHit hit = { NERVE_HIT_BAR, layer, i, 0, 0, TRIANGLE_RADIUS * style->scale };

      if (nerve_diagram_scale_place (&scale, &bars[i], &hit.x, &hit.y))
        g_array_append_val (hits, hit);
    }
}

char *
nerve_diagram_figure_describe (const NerveFigureModel *model, guint layer)
{
  NerveHomology *homology = homology_of (model, layer);
  g_autofree char *numbers = NULL;
  const char *name;

  if (homology == NULL)
    return g_strdup (_("The persistence diagram is not computed yet."));

  name = nerve_dataset_get_layer (model->dataset, layer)->name;
  numbers = nerve_diagram_numbers_sentence (model, homology);

  /* Translators: a layer's name, then a list such as "300 bars in H₀, longest finite 0.42" */
  return g_strdup_printf (_("Persistence diagram of %s: %s."), name, numbers);
}
