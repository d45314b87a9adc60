#include "figures/kinds.h"

#include <math.h>

#include <glib/gi18n.h>

#include "cloud/cloud.h"
#include "figures/axes.h"
#include "figures/cells.h"
#include "figures/color.h"
#include "figures/text.h"

#define GROUP_GAP .35
#define KEY_WIDTH 9.
#define KEY_STEPS 32

/* Layers from top to bottom, η from left to right, Ω as depth of colour on a logarithmic scale. */
typedef struct
{
  const NerveFigureModel *model;
  const NerveStyle       *style;
  NerveBettiHeat         *heat;
  double                 *y;       /* top of each layer's row */
  double                  row;
  double                  left;
  double                  right;
  double                  top;
  double                  bottom;
  double                  low;     /* η at the left */
  double                  high;
  double                  largest; /* Ω */
} Heat;

static void
heat_clear (Heat *self)
{
  g_clear_pointer (&self->heat, nerve_betti_heat_unref);
  g_clear_pointer (&self->y, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Heat, heat_clear)

/* Where no job has made it, it is made here. */
static NerveBettiHeat *
find_heat (const NerveFigureModel *model)
{
  g_autofree NerveBettiCurves **curves = g_new0 (NerveBettiCurves *, model->n_layers + 1);

  if (model->decay.heat != NULL)
    return nerve_betti_heat_ref (model->decay.heat);

  for (guint i = 0; i < model->n_layers; i++)
    curves[i] = model->layers[i].curves;

  return nerve_betti_heat_new (curves, model->n_layers, NERVE_BETTI_HEAT_ETAS, NULL, NULL);
}

/* Of a vector only β₀ says something, and another thing than of a tensor. */
static double
value_at (const Heat *self, guint layer, guint eta)
{
  const double *numbers = nerve_betti_heat_get (self->heat, layer, eta);

  if (numbers == NULL)
    return NAN;

  return nerve_dataset_get_layer (self->model->dataset, layer)->is_vector ? numbers[0] : numbers[3];
}

static char *
name_of (const Heat *self, guint layer)
{
  const NerveLayer *info = nerve_dataset_get_layer (self->model->dataset, layer);
  g_autofree char *name = g_utf8_make_valid (info->name, -1);

  return info->is_vector ? g_strdup_printf ("%lld %s (β₀)", (long long) info->index, name)
                         : g_strdup_printf ("%lld %s", (long long) info->index, name);
}

static double
names_width (const Heat *self)
{
  double width = 0;

  for (guint i = 0; i < self->model->n_layers; i++)
    {
      g_autofree char *name = name_of (self, i);

      width = MAX (width, nerve_text_width (NULL, self->style, name, self->style->tick, 0));
    }

  return width;
}

static void
place_rows (Heat *self)
{
  guint n = self->model->n_layers;
  double total = 0;

  self->y = g_new0 (double, n);
  for (guint i = 0; i < n; i++)
    {
      if (i > 0 && nerve_layer_group (nerve_dataset_get_layer (self->model->dataset, i)) !=
                   nerve_layer_group (nerve_dataset_get_layer (self->model->dataset, i - 1)))
        total += GROUP_GAP;
      self->y[i] = total++;
    }
  self->row = (self->bottom - self->top) / MAX (total, 1);
  for (guint i = 0; i < n; i++)
    self->y[i] = self->top + self->y[i] * self->row;
}

static gboolean
heat_init (Heat *self, const NerveFigureModel *model, const NerveStyle *style, double width, double height)
{
  double px = style->scale;

  if (width < 1 || height < 1)
    return FALSE;

  *self = (Heat) { .model = model, .style = style, .heat = find_heat (model) };
  if (self->heat == NULL || nerve_betti_heat_get_n_layers (self->heat) != model->n_layers)
    return FALSE;

  self->low = nerve_betti_heat_get_etas (self->heat)[0];
  self->high = nerve_betti_heat_get_etas (self->heat)[nerve_betti_heat_get_n_etas (self->heat) - 1];
  for (guint i = 0; i < model->n_layers; i++)
    for (guint k = 0; k < nerve_betti_heat_get_n_etas (self->heat); k++)
      {
        double value = value_at (self, i, k);

        self->largest = isfinite (value) ? MAX (self->largest, value) : self->largest;
      }
  self->left = MIN (names_width (self) + 7 * px, .45 * width);
  self->right = MAX (width - KEY_WIDTH * px - 12 * px -
                     nerve_text_width (NULL, style, "0.000", style->tick, 0), self->left + 1);
  self->top = style->print ? 1.35 * style->caption + 4 * px : 5 * px;
  self->bottom = MAX (height - 6 * px - 2.3 * style->tick, self->top + 1);
  place_rows (self);

  return TRUE;
}

static double
share_of (const Heat *self, double value)
{
  return self->largest > 0 ? log1p (value) / log1p (self->largest) : 0;
}

static double
x_of (const Heat *self, double eta)
{
  return self->left + (self->right - self->left) * (eta - self->low) / (self->high - self->low);
}

static void
draw_row (const Heat *self, cairo_t *cr, guint layer)
{
  guint n = nerve_betti_heat_get_n_etas (self->heat);
  double step = (self->right - self->left) / n;
  double height = MAX (self->row - self->style->scale, .5 * self->row);

  /* Whole pixels, and a little over the next one, else seams show. */
  cairo_save (cr);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  for (guint k = 0; k < n; k++)
    {
      double value = value_at (self, layer, k);

      if (!isfinite (value))
        continue;
      nerve_color_set (cr, nerve_cell_color (self->style, share_of (self, value)));
      cairo_rectangle (cr, self->left + k * step, self->y[layer], k + 1 < n ? 1.3 * step : step, height);
      cairo_fill (cr);
    }
  cairo_restore (cr);
}

static void
draw_names (const Heat *self, cairo_t *cr)
{
  const NerveStyle *style = self->style;
  double last = -INFINITY;

  for (guint i = 0; i < self->model->n_layers; i++)
    {
      g_autofree char *name = name_of (self, i);
      double y = self->y[i] + self->row / 2;
      gboolean current = i == self->model->current;

      if (y - last < 1.15 * style->tick)
        continue;
      last = y;
      nerve_text_draw_within (cr, style, name, style->tick, NERVE_TEXT_MIDDLE | (current ? NERVE_TEXT_BOLD : 0),
                              current ? style->text : style->dim, 0, y, self->left - 5 * style->scale);
    }
}

static void
draw_axis (const Heat *self, cairo_t *cr)
{
  const NerveStyle *style = self->style;
  double px = style->scale;
  double y = self->bottom + 4 * px + .55 * style->tick;
  NerveTicks ticks;

  nerve_ticks_linear (self->low, self->high, 5, &ticks);
  nerve_color_set (cr, style->edge);
  cairo_set_line_width (cr, px);
  for (guint i = 0; i < ticks.n; i++)
    {
      g_autofree char *label = nerve_ticks_label (&ticks, i);
      double x = x_of (self, ticks.values[i]);

      cairo_move_to (cr, x, self->bottom);
      cairo_line_to (cr, x, self->bottom + 3 * px);
      cairo_stroke (cr);
      nerve_text_draw (cr, style, label, style->tick, NERVE_TEXT_CENTER | NERVE_TEXT_MIDDLE, style->dim, x, y);
    }
  nerve_text_draw (cr, style, "η", style->tick, NERVE_TEXT_ITALIC | NERVE_TEXT_CENTER | NERVE_TEXT_MIDDLE, style->dim,
                   (self->left + self->right) / 2, y + 1.15 * style->tick);
}

/* No layer has an Ω. */
static gboolean
is_of_vectors (const Heat *self)
{
  for (guint i = 0; i < self->model->n_layers; i++)
    if (!nerve_dataset_get_layer (self->model->dataset, i)->is_vector)
      return FALSE;

  return TRUE;
}

/* Powers of ten, where they don't stand in each other's way. */
static void
draw_key_numbers (const Heat *self, cairo_t *cr, double x)
{
  const NerveStyle *style = self->style;
  double last = self->bottom - .5 * style->tick;

  for (double value = 1; value < self->largest; value *= 10)
    {
      double y = self->bottom - share_of (self, value) * (self->bottom - self->top);
      g_autofree char *label = nerve_text_number (value, 1);

      if (last - y < 1.25 * style->tick || y - self->top < 1.9 * style->tick)
        continue;
      last = y;
      nerve_text_draw (cr, style, label, style->tick, NERVE_TEXT_MIDDLE, style->dim, x, y);
    }
}

/* Ω from 0 to the largest there is. */
static void
draw_key (const Heat *self, cairo_t *cr)
{
  const NerveStyle *style = self->style;
  double px = style->scale;
  double x = self->right + 8 * px;
  double step = (self->bottom - self->top) / KEY_STEPS;
  g_autofree char *largest = nerve_text_number (self->largest, 2);

  for (guint k = 0; k < KEY_STEPS; k++)
    {
      nerve_color_set (cr, nerve_cell_color (style, (k + .5) / KEY_STEPS));
      cairo_rectangle (cr, x, self->bottom - (k + 1) * step, KEY_WIDTH * px, 1.15 * step);
      cairo_fill (cr);
    }
  x += KEY_WIDTH * px + 3 * px;
  nerve_text_draw (cr, style, largest, style->tick, NERVE_TEXT_MIDDLE, style->dim, x, self->top + .5 * style->tick);
  draw_key_numbers (self, cr, x);
  nerve_text_draw (cr, style, is_of_vectors (self) ? "β₀" : "Ω", style->tick, NERVE_TEXT_MIDDLE, style->text, x,
                   self->bottom + 4 * px + .55 * style->tick);
  nerve_text_draw (cr, style, "0", style->tick, NERVE_TEXT_MIDDLE, style->dim, x, self->bottom - .5 * style->tick);
}

static void
draw_eta (const Heat *self, cairo_t *cr)
{
  double eta = nerve_figure_model_eta (self->model), x;

  if (eta < self->low || eta > self->high)
    return;

  x = x_of (self, eta);
  cairo_set_line_width (cr, 3.4 * self->style->scale);
  nerve_color_set (cr, self->style->card);
  cairo_move_to (cr, x, self->top - 3 * self->style->scale);
  cairo_line_to (cr, x, self->bottom + 3 * self->style->scale);
  cairo_stroke_preserve (cr);
  cairo_set_line_width (cr, 1.6 * self->style->scale);
  nerve_color_set (cr, self->style->accent);
  cairo_stroke (cr);
}

void
nerve_heat_figure_draw (const NerveFigureModel *model, guint layer, const NerveStyle *style, cairo_t *cr, double width,
                        double height)
{
  g_auto (Heat) self = { NULL };

  if (!heat_init (&self, model, style, width, height))
    return;

  cairo_save (cr);
  if (style->print)
    nerve_text_draw_within (cr, style, _("Ω over the layers and η"), style->caption, 0, style->dim, 0, style->caption,
                            width);
  for (guint i = 0; i < model->n_layers; i++)
    draw_row (&self, cr, i);
  draw_names (&self, cr);
  draw_axis (&self, cr);
  draw_key (&self, cr);
  draw_eta (&self, cr);
  cairo_restore (cr);
}

static void
set_hit (const Heat *self, guint layer, NerveHit *hit)
{
  *hit = (NerveHit) { NERVE_HIT_LAYER, layer, layer, (self->left + self->right) / 2, self->y[layer] + self->row / 2,
                      self->row / 2 };
}

gboolean
nerve_heat_figure_hit (const NerveFigureModel *model, guint layer, const NerveStyle *style, double width,
                       double height, double x, double y, NerveHit *hit)
{
  g_auto (Heat) self = { NULL };

  if (model->decay.heat == NULL || !heat_init (&self, model, style, width, height))
    return FALSE;

  for (guint i = 0; i < model->n_layers; i++)
    if (y >= self.y[i] && y < self.y[i] + self.row && x <= self.right)
      {
        set_hit (&self, i, hit);
        return TRUE;
      }

  return FALSE;
}

void
nerve_heat_figure_marks (const NerveFigureModel *model, guint layer, const NerveStyle *style, double width,
                         double height, GArray *hits)
{
  g_auto (Heat) self = { NULL };

  if (model->decay.heat == NULL || !heat_init (&self, model, style, width, height))
    return;

  for (guint i = 0; i < model->n_layers; i++)
    {
      NerveHit hit;

      set_hit (&self, i, &hit);
      g_array_append_val (hits, hit);
    }
}

char *
nerve_heat_figure_describe (const NerveFigureModel *model, guint layer)
{
  g_autoptr (NerveBettiHeat) heat = find_heat (model);
  double largest = -1;
  guint of_layer = 0, at = 0;

  for (guint i = 0; heat != NULL && i < nerve_betti_heat_get_n_layers (heat); i++)
    for (guint k = 0; k < nerve_betti_heat_get_n_etas (heat); k++)
      {
        const double *numbers = nerve_betti_heat_get (heat, i, k);

        if (numbers != NULL && numbers[3] > largest)
          {
            largest = numbers[3];
            of_layer = i;
            at = k;
          }
      }
  if (largest < 0)
    return g_strdup (_("There are no Betti curves yet."));

  {
    g_autofree char *omega = nerve_text_number (largest, 2);
    g_autofree char *eta = nerve_text_number (nerve_betti_heat_get_etas (heat)[at], 2);

    return g_strdup_printf (_("Ω over the layers and η: largest, %s, in %s at η = %s."), omega,
                            nerve_dataset_get_layer (model->dataset, of_layer)->name, eta);
  }
}
