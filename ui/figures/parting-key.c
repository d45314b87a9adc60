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

static void
paint_key_word (const NervePartingLayout *self, cairo_t *cr, double x, double y, double chip, gboolean hatched,
                const char *word)
{
  if (hatched)
    nerve_cell_hatch (cr, self->style, x, y, chip, chip);
  else
    nerve_cell_never (cr, self->style, x, y, chip, chip, nerve_cell_ink (self->style));
  nerve_text_draw (cr, self->style, word, self->style->tick, NERVE_TEXT_MIDDLE, self->style->dim,
                   x + chip + 5 * self->style->scale, y + chip / 2);
}

static double
word_leading (const NervePartingLayout *self, double chip)
{
  return MAX (1.15 * chip, 1.3 * self->style->tick);
}

static double
key_word_width (const NervePartingLayout *self, cairo_t *cr, double chip, const char *word)
{
  return chip + 5 * self->style->scale + nerve_text_width (cr, self->style, word, self->style->tick, 0);
}

typedef struct
{
  guint  n;       /* layers at which classes part */
  double chip;
  double x;       /* of the first layer's */
  double y;
  double right;
  double words;   /* y of "never" */
  double groups;  /* y of the superclasses */
  double names;   /* x of theirs */
  gboolean holds; /* their names have room */
} Key;

/* Where the free corner begins at @y: it narrows by a cell a row. */
static double
corner (const NervePartingLayout *self, double y)
{
  return self->matrix + self->cell * (floor ((y - self->top) / self->row) + 1);
}

/* All names of superclasses or none. */
static void
place_groups (const NervePartingLayout *self, cairo_t *cr, Key *key)
{
  const NerveStyle *style = self->style;
  guint n = nerve_palette_get_n_groups (self->model->palette);
  double last = key->groups + (n - 1) * 1.55 * style->tick;
  double width = 0;

  for (guint g = 0; g < n; g++)
    width = MAX (width, nerve_text_width (cr, style, nerve_dataset_get_group_name (self->model->dataset, 1, g),
                                          style->tick, 0));
  key->names = key->right - width - 1.3 * style->tick;
  key->holds = n > 0 && last + 1.5 * style->tick < self->top + (self->n - 1) * self->row &&
               key->names - style->tick >= corner (self, last + style->tick);
}

/* FALSE: so few classes need none. */
static gboolean
key_init (Key *self, const NervePartingLayout *layout, cairo_t *cr)
{
  const NerveStyle *style = layout->style;
  double least;

  *self = (Key) { .right = layout->matrix + layout->n * layout->cell, .y = layout->top + 1.3 * style->tick };
  if (layout->n < 5)
    return FALSE;

  for (guint layer = layout->first; layer <= layout->last && layout->first != G_MAXUINT; layer++)
    self->n += occurs (layout, NERVE_PARTING_PARTED, layer);
  /* Where cells are tiny it is still read. */
  self->chip = MIN (KEY_CHIP * style->scale, MAX (layout->cell, 2 * style->tick));
  self->x = self->right - MAX (MAX (self->n, 3) * self->chip,
                               nerve_text_width (cr, style, _("parted from layer"), style->tick, 0));
  least = MAX (layout->matrix + 2.2 * layout->cell, corner (layout, self->y + self->chip) + .2 * layout->cell);
  if (self->x < least)
    {
      self->chip = MAX ((self->right - least) / MAX (self->n, 1), 1);
      self->x = least;
    }
  self->words = self->n > 0 ? self->y + 1.15 * self->chip : layout->top;
  self->groups = self->words + .3 * style->tick +
                 word_leading (layout, self->chip) * (occurs (layout, NERVE_PARTING_NEVER, 0) +
                                                      occurs (layout, NERVE_PARTING_NO_VERDICT, 0));
  place_groups (layout, cr, self);

  return TRUE;
}

static void
paint_groups (const NervePartingLayout *self, cairo_t *cr, const Key *key)
{
  const NerveStyle *style = self->style;
  double radius = .5 * style->tick;
  double y = key->groups;

  for (guint g = 0; g < nerve_palette_get_n_groups (self->model->palette); g++)
    {
      cairo_new_sub_path (cr);
      cairo_arc (cr, key->names - radius, y + radius, radius, 0, 2 * G_PI);
      nerve_color_set (cr, nerve_palette_get_group_color (self->model->palette, g, style->dark));
      cairo_fill (cr);
      nerve_text_draw (cr, style, nerve_dataset_get_group_name (self->model->dataset, 1, g), style->tick,
                       NERVE_TEXT_MIDDLE, style->text, key->names + .9 * radius, y + radius);
      y += 1.55 * style->tick;
    }
}

gboolean
nerve_parting_key_holds (const NervePartingLayout *self, cairo_t *cr)
{
  Key key;

  return nerve_palette_get_n_groups (self->model->palette) == 0 || (key_init (&key, self, cr) && key.holds);
}

void
nerve_parting_key_paint (const NervePartingLayout *self, cairo_t *cr)
{
  const NerveStyle *style = self->style;
  const struct { NervePartingVerdict verdict; const char *word; } words[] = {
    { NERVE_PARTING_NEVER, _("never") }, { NERVE_PARTING_NO_VERDICT, _("no verdict") },
  };
  const char *title;
  double y;
  Key key;

  if (!key_init (&key, self, cr))
    return;

  title = nerve_text_fitting (cr, style, _("parted from layer"), _("layer"), style->tick, 0, key.right - key.x);
  if (key.n > 0)
    nerve_text_draw_within (cr, style, title, style->tick, 0, style->dim, key.x, self->top + style->tick,
                            key.right - key.x);
  for (guint layer = self->first, k = 0; layer <= self->last && self->first != G_MAXUINT; layer++)
    {
      g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, nerve_parting_layout_number (self, layer));

      if (!occurs (self, NERVE_PARTING_PARTED, layer))
        continue;
      nerve_cell_paint (cr, style, key.x + k++ * key.chip, key.y, key.chip, key.chip,
                        nerve_parting_layout_color (self, layer), number, MIN (style->tick, .5 * key.chip));
    }
  y = key.words;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (!occurs (self, words[i].verdict, 0))
        continue;
      paint_key_word (self, cr, key.right - key_word_width (self, cr, key.chip, words[i].word), y, key.chip,
                      words[i].verdict == NERVE_PARTING_NO_VERDICT, words[i].word);
      y += word_leading (self, key.chip);
    }
  if (key.holds)
    paint_groups (self, cr, &key);
}
