#include "figures/value-axis.h"

#include <math.h>

#include <glib/gi18n.h>

#include "figures/color.h"
#include "figures/diagram-scale.h"
#include "figures/text.h"

#define TICK 4.

void
nerve_value_axis_init (NerveValueAxis *self, const NerveFigureModel *model, guint layer, const NerveStyle *style,
                       cairo_t *cr, double width, double height, double room)
{
  double px = style->scale;
  NerveDiagramScale scale;

  nerve_diagram_scale_init (&scale, model, layer, style, width, height);
  *self = (NerveValueAxis) {
    .style = style, .cr = cr, .unit = scale.unit, .upper = scale.upper, .in_medians = scale.in_medians,
  };
  self->left = room + 2 * px;
  self->right = MAX (width - 6 * px, self->left + 1);
  self->top = style->print ? 1.35 * style->caption + 4 * px : 10 * px;
  self->bottom = MAX (height - TICK * px - 1.6 * style->tick, self->top + 1);
  nerve_ticks_linear (0, self->upper, CLAMP ((self->right - self->left) / (7 * style->tick), 2, 6), &self->ticks);
}

double
nerve_value_axis_x (const NerveValueAxis *self, double value)
{
  double share = value / self->unit / self->upper;

  return self->left + (self->right - self->left) * (share >= 0 ? MIN (share, 1) : 0);
}

double
nerve_value_axis_value (const NerveValueAxis *self, double x)
{
  return (x - self->left) / (self->right - self->left) * self->upper * self->unit;
}

gboolean
nerve_value_axis_covers (const NerveValueAxis *self, double x)
{
  return x >= self->left && x <= self->right;
}

/* Short where it would leave no room for numbers. */
static const char *
axis_name (const NerveValueAxis *self)
{
  if (!self->in_medians)
    return _("distance");

  /* Translators: what an axis counts in; the second where there is less room */
  return nerve_text_fitting (self->cr, self->style, _("median distances"), _("medians"), self->style->tick,
                             NERVE_TEXT_ITALIC, .4 * (self->right - self->left));
}

void
nerve_value_axis_paint (const NerveValueAxis *self)
{
  const NerveStyle *style = self->style;
  double row = self->bottom + TICK * style->scale + .7 * style->tick;
  double name = nerve_text_width (self->cr, style, axis_name (self), style->tick, NERVE_TEXT_ITALIC);
  double last = self->right - name - .6 * style->tick;
  double end = -style->tick;

  nerve_color_set (self->cr, style->edge);
  cairo_set_line_width (self->cr, style->scale);
  cairo_move_to (self->cr, self->left, self->bottom);
  cairo_line_to (self->cr, self->right, self->bottom);
  cairo_stroke (self->cr);
  for (guint i = 0; i < self->ticks.n; i++)
    {
      g_autofree char *label = nerve_ticks_label (&self->ticks, i);
      double x = nerve_value_axis_x (self, self->ticks.values[i] * self->unit);
      double half = nerve_text_width (self->cr, style, label, style->tick, 0) / 2;

      nerve_color_set (self->cr, style->edge);
      cairo_move_to (self->cr, x, self->bottom);
      cairo_line_to (self->cr, x, self->bottom + TICK * style->scale);
      cairo_stroke (self->cr);
      if (x - half < end + .4 * style->tick || x + half > last)
        continue;
      nerve_text_draw (self->cr, style, label, style->tick, NERVE_TEXT_CENTER | NERVE_TEXT_MIDDLE, style->dim, x, row);
      end = x + half;
    }
  if (self->right - name > end + .4 * style->tick)
    nerve_text_draw (self->cr, style, axis_name (self), style->tick,
                     NERVE_TEXT_RIGHT | NERVE_TEXT_ITALIC | NERVE_TEXT_MIDDLE, style->dim, self->right, row);
}

void
nerve_value_axis_level (const NerveValueAxis *self, double y, const char *label)
{
  const NerveStyle *style = self->style;

  nerve_color_set (self->cr, style->hairline);
  cairo_set_line_width (self->cr, style->scale);
  cairo_move_to (self->cr, self->left, y);
  cairo_line_to (self->cr, self->right, y);
  cairo_stroke (self->cr);
  nerve_text_draw (self->cr, style, label, style->tick, NERVE_TEXT_RIGHT | NERVE_TEXT_MIDDLE, style->dim,
                   self->left - 4.5 * style->scale, y);
}

void
nerve_value_axis_caption (const NerveValueAxis *self, const char *caption)
{
  if (self->style->print)
    nerve_text_draw_within (self->cr, self->style, caption, self->style->caption, 0, self->style->dim, 0,
                            self->style->caption, self->right);
}

char *
nerve_homology_name (int dimension)
{
  static const char * const digits[] = { "₀", "₁", "₂", "₃", "₄", "₅", "₆", "₇", "₈", "₉" };

  return g_strconcat ("H", digits[CLAMP (dimension, 0, 9)], NULL);
}

NerveColor
nerve_homology_color (const NerveStyle *style, int dimension)
{
  if (dimension == 1)
    return nerve_color_mix (style->text, style->card, .88);

  return dimension == 0 ? style->edge : style->dim;
}

double
nerve_homology_width (int dimension)
{
  return dimension == 1 ? 2.2 : 1.4;
}

gboolean
nerve_homology_is_dashed (int dimension)
{
  return dimension > 1;
}
