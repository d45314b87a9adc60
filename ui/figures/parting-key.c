#include "figures/parting-layout.h"

#include <math.h>

#include <glib/gi18n.h>

#include "figures/cells.h"
#include "figures/color.h"
#include "figures/text.h"

#define KEY_CHIP 26.

static gboolean
occurs (const NervePartingLayout *self, NervePartingVerdict verdict, guint layer)
{
  for (guint i = 0; i < self->n; i++)
    for (guint j = 0; j < i; j++)
      {
        const NervePartingPair *pair = nerve_parting_layout_pair (self, i, j);

        if (pair->verdict == verdict && (verdict != NERVE_PARTING_PARTED || pair->layer == layer))
          return TRUE;
      }

  return FALSE;
}

static double
paint_key_word (const NervePartingLayout *self, cairo_t *cr, double x, double y, double chip, gboolean hatched,
                const char *word)
{
  if (hatched)
    nerve_cell_hatch (cr, self->style, x, y, chip, chip);
  else
    nerve_cell_paint (cr, self->style, x, y, chip, chip, nerve_cell_ink (self->style), "–", MIN (self->style->tick,
                                                                                               .5 * chip));
  nerve_text_draw (cr, self->style, word, self->style->tick, NERVE_TEXT_MIDDLE, self->style->dim,
                   x + chip + 5 * self->style->scale, y + chip / 2);

  return y + MAX (1.15 * chip, 1.3 * self->style->tick);
}

static double
key_word_width (const NervePartingLayout *self, cairo_t *cr, double chip, const char *word)
{
  return chip + 5 * self->style->scale + nerve_text_width (cr, self->style, word, self->style->tick, 0);
}

static void
paint_groups (const NervePartingLayout *self, cairo_t *cr, double right, double y, double bottom)
{
  const NerveStyle *style = self->style;
  guint n = nerve_palette_get_n_groups (self->model->palette);
  double radius = .5 * style->tick;
  double width = 0;
  double last = y + (n - 1) * 1.55 * style->tick;
  double x;

  for (guint g = 0; g < n; g++)
    width = MAX (width, nerve_text_width (cr, style, nerve_dataset_get_group_name (self->model->dataset, 1, g),
                                          style->tick, 0));
  x = right - width - 2.6 * radius;
  /* The free corner narrows by a cell a row: all of them or none. */
  if (last + 1.5 * style->tick >= bottom ||
      x - 2 * radius < self->matrix + self->cell * (floor ((last + style->tick - self->top) / self->row) + 1))
    return;
  for (guint g = 0; g < n; g++)
    {
      cairo_new_sub_path (cr);
      cairo_arc (cr, x - radius, y + radius, radius, 0, 2 * G_PI);
      nerve_color_set (cr, nerve_palette_get_group_color (self->model->palette, g, style->dark));
      cairo_fill (cr);
      nerve_text_draw (cr, style, nerve_dataset_get_group_name (self->model->dataset, 1, g), style->tick,
                       NERVE_TEXT_MIDDLE, style->text, x + .9 * radius, y + radius);
      y += 1.55 * style->tick;
    }
}

void
nerve_parting_key_paint (const NervePartingLayout *self, cairo_t *cr)
{
  const NerveStyle *style = self->style;
  double right = self->matrix + self->n * self->cell;
  double chip = MIN (KEY_CHIP * style->scale, self->cell);
  const char *title;
  double y = self->top + 1.3 * style->tick;
  double x;
  guint n = 0;

  if (self->n < 5)
    return;
  for (guint layer = self->first; layer <= self->last && self->first != G_MAXUINT; layer++)
    n += occurs (self, NERVE_PARTING_PARTED, layer);
  x = right - MAX (MAX (n, 3) * chip, nerve_text_width (cr, style, _("parted from layer"), style->tick, 0));
  if (x < self->matrix + 2.2 * self->cell)
    {
      chip = MAX ((right - self->matrix - 2.2 * self->cell) / MAX (n, 1), 1);
      x = self->matrix + 2.2 * self->cell;
    }
  title = nerve_text_width (cr, style, _("parted from layer"), style->tick, 0) <= right - x ? _("parted from layer")
                                                                                            : _("layer");
  if (n > 0)
    nerve_text_draw_within (cr, style, title, style->tick, 0, style->dim, x, self->top + style->tick, right - x);
  for (guint layer = self->first, k = 0; layer <= self->last && self->first != G_MAXUINT; layer++)
    {
      g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, nerve_parting_layout_number (self, layer));

      if (!occurs (self, NERVE_PARTING_PARTED, layer))
        continue;
      nerve_cell_paint (cr, style, x + k++ * chip, y, chip, chip, nerve_parting_layout_color (self, layer), number,
                        MIN (style->tick, .5 * chip));
    }
  y = n > 0 ? y + 1.15 * chip : self->top;
  if (occurs (self, NERVE_PARTING_NEVER, 0))
    y = paint_key_word (self, cr, right - key_word_width (self, cr, chip, _("never")), y, chip, FALSE, _("never"));
  if (occurs (self, NERVE_PARTING_NO_VERDICT, 0))
    y = paint_key_word (self, cr, right - key_word_width (self, cr, chip, _("no verdict")), y, chip, TRUE,
                        _("no verdict"));
  paint_groups (self, cr, right, y + .3 * style->tick, self->top + (self->n - 1) * self->row);
}
