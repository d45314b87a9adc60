#include "figures/diagram-numbers.h"

#include <math.h>

#include <glib/gi18n.h>

#include "figures/text.h"

typedef struct
{
  cairo_t          *cr;
  const NerveStyle *style;
  double            x;      /* of the marks */
  double            indent; /* of the text beside them */
  double            right;
  double            y;
  double            leading;
} Column;

/* "H₀" */
static char *
homology_name (int dimension)
{
  static const char * const digits[] = { "₀", "₁", "₂", "₃", "₄", "₅", "₆", "₇", "₈", "₉" };

  return g_strconcat ("H", digits[CLAMP (dimension, 0, 9)], NULL);
}

/* @detail: 0 only how many, 1 the longest too, 2 the total too; returns how many lines */
static guint
detail_lines (int dimension, const NerveDiagramSummary *summary, guint detail)
{
  guint lines = 1;

  if (detail >= 1 && summary->n > summary->n_essential)
    lines++;
  if (detail >= 2 && dimension > 0 && summary->n > summary->n_essential)
    lines++;

  return lines;
}

static void
paint_line (Column *self, const char *text, double x)
{
  nerve_text_draw_within (self->cr, self->style, text, self->style->caption, NERVE_TEXT_MIDDLE, self->style->dim,
                          x, self->y, self->right - x);
  self->y += self->leading;
}

/* "24 bars" */
static char *
count_text (const NerveDiagramSummary *summary)
{
  g_autofree char *count = nerve_text_count (summary->n);

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s bar", "%s bars", summary->n), count);
}

static void
paint_dimension (Column *self, int dimension, const NerveDiagramSummary *summary, double unit, guint detail)
{
  const NerveStyle *style = self->style;
  g_autofree char *name = homology_name (dimension);
  g_autofree char *bars = count_text (summary);
  g_autofree char *longest = nerve_text_number (summary->longest / unit, 2);
  g_autofree char *total = nerve_text_number (summary->total / unit, 2);
  g_autofree char *longest_line = NULL;
  g_autofree char *total_line = NULL;
  guint lines = detail_lines (dimension, summary, detail);
  double size = MIN (style->body, style->caption * 13 / 12);
  double width;

  nerve_diagram_mark_paint (self->cr, style, dimension, FALSE, 1.3, self->x + 3.5 * style->scale, self->y);
  width = nerve_text_draw (self->cr, style, name, size, NERVE_TEXT_MIDDLE | NERVE_TEXT_BOLD, style->text,
                           self->indent, self->y);
  nerve_text_draw_within (self->cr, style, bars, size, NERVE_TEXT_MIDDLE, style->text,
                          self->indent + width + .5 * size, self->y, self->right - self->indent - width - .5 * size);
  self->y += self->leading;

  /* Translators: the length of the longest bar that ends */
  longest_line = g_strdup_printf (summary->n_essential > 0 ? _("longest finite %s") : _("longest %s"), longest);
  /* Translators: the sum of the lengths of all bars that end */
  total_line = g_strdup_printf (_("total %s"), total);
  if (lines > 1)
    paint_line (self, longest_line, self->indent);
  if (lines > 2)
    paint_line (self, total_line, self->indent);
}

static guint
count_lines (const NerveDiagram *diagram, guint detail)
{
  guint lines = 0;

  for (int dimension = 0; dimension <= nerve_diagram_get_max_dimension (diagram); dimension++)
    {
      NerveDiagramSummary summary;

      nerve_diagram_summarize (diagram, dimension, &summary);
      lines += detail_lines (dimension, &summary, detail);
    }

  return lines;
}

static char *
sample_line (const NerveHomology *homology)
{
  g_autofree char *points = nerve_text_count (homology->n_points);
  g_autofree char *available = nerve_text_count (homology->n_available);

  if (homology->n_points < homology->n_available)
    return g_strdup_printf (_("%s of %s, seed %lld"), points, available, (long long) homology->seed);

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s point", "%s points", homology->n_points), points);
}

/* Where the line has no room, the seed stays behind: it is among the parameters. */
static char *
short_sample_line (const Column *self, const NerveHomology *homology)
{
  g_autofree char *whole = sample_line (homology);
  g_autofree char *points = nerve_text_count (homology->n_points);
  g_autofree char *available = nerve_text_count (homology->n_available);

  if (homology->n_points == homology->n_available ||
      nerve_text_width (self->cr, self->style, whole, self->style->caption, 0) <= self->right - self->x)
    return g_steal_pointer (&whole);

  return g_strdup_printf (_("%s of %s"), points, available);
}

static char *
median_text (const NerveHomology *homology)
{
  return nerve_text_number (homology->median, homology->median < 1 ? 2 : 3);
}

static char *
unit_line (const NerveFigureModel *model, const NerveHomology *homology, gboolean in_medians)
{
  g_autofree char *median = median_text (homology);

  if (in_medians)
    /* Translators: the axes' unit is the median of the distances */
    return g_strdup_printf (_("1 = median dist. %s"), median);

  return g_strdup (model->units == NERVE_UNITS_ABSOLUTE ? _("absolute distances") : _("no median distance"));
}

void
nerve_diagram_numbers_paint (cairo_t *cr, const NerveStyle *style, const NerveFigureModel *model,
                             NerveHomology *homology, const NerveDiagramScale *scale, double width)
{
  double leading = 1.333 * style->caption;
  double px = style->scale;
  double bottom = scale->top + scale->side - .83 * style->caption;
  Column self = { cr, style, scale->numbers, scale->numbers + 13 * px, width, 0, leading };
  g_autofree char *sample = short_sample_line (&self, homology);
  g_autofree char *unit = unit_line (model, homology, scale->in_medians);
  int n = nerve_diagram_get_max_dimension (homology->diagram) + 1;
  double between = .9 * leading;
  double room;
  guint footer = 2;
  guint detail = 2;

  self.y = scale->infinity + .95 * style->caption;
  room = bottom - self.y + leading;
  while (footer > 0 && (count_lines (homology->diagram, detail) + footer) * leading + n * .2 * leading > room)
    {
      if (detail > 0)
        detail--;
      else
        footer--;
    }
  between = CLAMP ((room - (count_lines (homology->diagram, detail) + footer) * leading) / (n + .5),
                   .2 * leading, .75 * leading);

  for (int dimension = 0; dimension < n && self.y < bottom + leading; dimension++)
    {
      NerveDiagramSummary summary;

      nerve_diagram_summarize (homology->diagram, dimension, &summary);
      paint_dimension (&self, dimension, &summary, scale->unit, detail);
      self.y += between;
    }

  self.y = bottom - (footer > 1 ? leading : 0);
  if (footer > 0)
    paint_line (&self, sample, self.x);
  if (footer > 1)
    paint_line (&self, unit, self.x);
}

void
nerve_diagram_numbers_paint_inside (cairo_t *cr, const NerveStyle *style, NerveHomology *homology,
                                    const NerveDiagramScale *scale)
{
  double leading = 1.333 * style->caption;
  double margin = .6 * style->caption;
  double above = .8 * style->caption; /* the square's lower side */

  for (int dimension = nerve_diagram_get_max_dimension (homology->diagram); dimension >= 0; dimension--)
    {
      g_autofree char *name = homology_name (dimension);
      g_autofree char *bars = NULL;
      NerveDiagramSummary summary;
      double right = scale->left + scale->side - margin;
      double y = scale->top + scale->side - above;
      double width;

      nerve_diagram_summarize (homology->diagram, dimension, &summary);
      bars = count_text (&summary);
      width = nerve_text_width (cr, style, bars, style->caption, 0);
      if (width + 2 * style->caption > scale->side - above - 2 * margin)
        return;
      nerve_text_draw (cr, style, bars, style->caption, NERVE_TEXT_MIDDLE | NERVE_TEXT_RIGHT, style->dim, right, y);
      nerve_text_draw (cr, style, name, style->caption, NERVE_TEXT_MIDDLE | NERVE_TEXT_RIGHT | NERVE_TEXT_BOLD,
                       style->dim, right - width - .4 * style->caption, y);
      above += leading;
    }
}

char *
nerve_diagram_sample_text (const NerveHomology *homology)
{
  g_autofree char *points = nerve_text_count (homology->n_points);
  g_autofree char *available = nerve_text_count (homology->n_available);

  if (homology->n_points < homology->n_available)
    return g_strdup_printf (_("%s of %s points (seed %lld)"), points, available, (long long) homology->seed);

  return sample_line (homology);
}

char *
nerve_diagram_numbers_sentence (const NerveFigureModel *model, NerveHomology *homology)
{
  gboolean in_medians = model->units != NERVE_UNITS_ABSOLUTE && isfinite (homology->median) && homology->median > 0;
  double unit = in_medians ? homology->median : 1;
  g_autofree char *sample = nerve_diagram_sample_text (homology);
  GString *text = g_string_new (NULL);

  for (int dimension = 0; dimension <= nerve_diagram_get_max_dimension (homology->diagram); dimension++)
    {
      g_autofree char *name = homology_name (dimension);
      g_autofree char *longest = NULL;
      NerveDiagramSummary summary;

      nerve_diagram_summarize (homology->diagram, dimension, &summary);
      longest = nerve_text_number (summary.longest / unit, 2);
      g_string_append_printf (text, g_dngettext (GETTEXT_PACKAGE, "%zu bar in %s, longest finite %s; ",
                                                 "%zu bars in %s, longest finite %s; ", summary.n),
                              summary.n, name, longest);
    }
  g_string_append (text, sample);
  if (homology->significance > 0)
    {
      g_autofree char *length = nerve_text_number (homology->significance / unit, 2);

      /* Translators: follows a list of numbers; a length */
      g_string_append_printf (text, _(", significant above a length of %s"), length);
    }
  if (in_medians)
    {
      g_autofree char *median = median_text (homology);

      g_string_append_printf (text, _(", in units of the median distance %s"), median);
    }

  return g_string_free (text, FALSE);
}
