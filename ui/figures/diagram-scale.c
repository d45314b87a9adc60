#include "figures/diagram-scale.h"

#include <math.h>

#include <glib/gi18n.h>

#include "figures/text.h"

/* DESIGN.md "Persistence diagram", in pixels of the screen. */
#define TOP 11.
#define INFINITY_ROW 9.
#define BELOW 18.
#define TICK 9.
#define NUMBERS_GAP 18.
#define BIRTH_WIDTH 30.
#define LEAST_LINES 3.5 /* of numbers, as captions */
/* The largest mark stands inside the square. */
#define HEADROOM 1.045

static double
largest_value (const NerveDiagram *diagram)
{
  double largest = 0;

  for (int dimension = 0; dimension <= nerve_diagram_get_max_dimension (diagram); dimension++)
    {
      NerveDiagramSummary summary;

      nerve_diagram_summarize (diagram, dimension, &summary);
      if (isfinite (summary.largest))
        largest = MAX (largest, summary.largest);
    }

  return largest;
}

double
nerve_diagram_unit (const NerveFigureModel *model, const NerveHomology *homology)
{
  gboolean known = isfinite (homology->median) && homology->median > 0;

  return model->units != NERVE_UNITS_ABSOLUTE && known ? homology->median : 1;
}

static double
reach_of (const NerveFigureModel *model, const NerveHomology *homology)
{
  return homology != NULL ? largest_value (homology->diagram) / nerve_diagram_unit (model, homology) : 0;
}

static double
label_width (const NerveTicks *ticks, const NerveStyle *style)
{
  double width = 0;

  for (guint i = 0; i < ticks->n; i++)
    {
      g_autofree char *label = nerve_ticks_label (ticks, i);

      if (ticks->values[i] != 0)
        width = MAX (width, nerve_text_width (NULL, style, label, style->tick, 0));
    }

  return width;
}

/* The square takes the pane's height; it gives some of it up for the numbers, or has them under its diagonal. */
static void
place_square (NerveDiagramScale *self, const NerveStyle *style, double width, double height)
{
  double px = style->scale;
  /* Translators: the axes' unit is the median of the distances */
  g_autofree char *widest = g_strdup_printf (_("1 = median dist. %s"), "0.000");
  double text = nerve_text_width (NULL, style, widest, style->caption, 0);
  double below = MAX (BELOW * px, 1.55 * style->tick);
  double tallest;
  double beside;

  self->left = MAX (label_width (&self->ticks, style), 1.2 * style->tick) + TICK * px;
  self->infinity = MAX (TOP * px, .8 * style->tick);
  self->top = self->infinity + INFINITY_ROW * px;
  tallest = height - self->top - below;
  beside = width - self->left - (NUMBERS_GAP * px + text);

  self->numbers = -1;
  if (beside >= .78 * tallest && tallest > LEAST_LINES * style->caption)
    {
      self->side = MIN (tallest, beside);
      self->numbers = self->left + self->side + NUMBERS_GAP * px;
    }
  else
    self->side = MIN (tallest, width - self->left - BIRTH_WIDTH * style->tick / 11);
  self->side = MAX (self->side, 1);
}

void
nerve_diagram_scale_init (NerveDiagramScale *self, const NerveFigureModel *model, guint layer,
                          const NerveStyle *style, double width, double height)
{
  const NerveHomology *homology = model->layers[layer].homology;

  *self = (NerveDiagramScale) { .unit = nerve_diagram_unit (model, homology) };
  self->in_medians = model->units != NERVE_UNITS_ABSOLUTE && isfinite (homology->median) && homology->median > 0;
  self->upper = reach_of (model, homology);
  for (guint i = 0; i < model->n_columns && model->units != NERVE_UNITS_FIT; i++)
    if (model->columns[i] < model->n_layers)
      self->upper = MAX (self->upper, reach_of (model, model->layers[model->columns[i]].homology));
  for (guint i = 0; i < model->n_beside && model->units != NERVE_UNITS_FIT; i++)
    self->upper = MAX (self->upper, reach_of (model, model->beside[i]));
  self->upper = self->upper > 0 ? self->upper * HEADROOM : 1;
  nerve_ticks_linear (0, self->upper, MIN (height, .8 * width) > 13 * style->tick ? 3 : 2, &self->ticks);
  place_square (self, style, width, height);
}

gboolean
nerve_diagram_scale_place (const NerveDiagramScale *self, const NerveBar *bar, double *x, double *y)
{
  double birth = bar->birth / self->unit;
  double death = bar->death / self->unit;

  if (!isfinite (birth) || isnan (death) || birth < 0 || birth > self->upper)
    return FALSE;

  *x = self->left + self->side * birth / self->upper;
  *y = isinf (death) ? self->infinity : self->top + self->side * (1 - death / self->upper);

  return isinf (death) || death <= self->upper;
}
