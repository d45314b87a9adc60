/* What a figure says can be read: its letters against what they stand on, on the screen's cards and on paper. */
#include "figures/figure.h"

#include <math.h>

#include "figures/color.h"
#include "figures/text.h"
#include "fixture.h"

#define LEAST   4.5 /* WCAG 2.1, AA */
#define CAPITAL .72 /* of the size of type */

typedef struct
{
  char         *text;
  NerveTextLine line;
} Word;

static void
word_clear (gpointer data)
{
  g_free (((Word *) data)->text);
}

static void
take (const NerveTextLine *line, gpointer words)
{
  Word word = { g_strdup (line->text), *line };

  g_array_append_val ((GArray *) words, word);
}

static guint32
pixel_at (cairo_surface_t *surface, double x, double y)
{
  const guint8 *data = cairo_image_surface_get_data (surface);
  int column = CLAMP ((int) floor (x), 0, cairo_image_surface_get_width (surface) - 1);
  int row = CLAMP ((int) floor (y), 0, cairo_image_surface_get_height (surface) - 1);

  return *(const guint32 *) (data + row * cairo_image_surface_get_stride (surface) + 4 * column) & 0xffffff;
}

/* The commonest colour behind the letters, which are not drawn. */
static NerveColor
ground_of (cairo_surface_t *surface, const NerveTextLine *line)
{
  double start = (line->flags & NERVE_TEXT_CENTER ? -.5 : line->flags & NERVE_TEXT_RIGHT ? -1 : 0) * line->width;
  g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL);
  guint32 ground = 0;
  guint most = 0;

  for (double along = 0; along <= line->width; along += 1)
    for (double above = 0; above <= CAPITAL * line->size; above += 1)
      {
        double x = line->x + (start + along) * cos (line->angle) + above * sin (line->angle);
        double y = line->y + (start + along) * sin (line->angle) - above * cos (line->angle);
        guint32 pixel = pixel_at (surface, x, y);
        guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, GUINT_TO_POINTER (pixel))) + 1;

        g_hash_table_insert (counts, GUINT_TO_POINTER (pixel), GUINT_TO_POINTER (n));
        if (n > most)
          {
            most = n;
            ground = pixel;
          }
      }

  return nerve_color_from_rgb (ground);
}

static double
contrast (NerveColor a, NerveColor b)
{
  double x = nerve_color_luminance (a);
  double y = nerve_color_luminance (b);

  return (MAX (x, y) + .05) / (MIN (x, y) + .05);
}

/* How many words there were. */
static guint
look_at (const NerveFigureKind *kind, const NerveFigureModel *model, guint layer, const NerveStyle *style,
         const char *theme)
{
  g_autoptr (GArray) words = g_array_new (FALSE, FALSE, sizeof (Word));
  double width = style->print ? 468 : 400;
  double height = nerve_figure_kind_height (kind, model, style, width);
  cairo_t *cr = fixture_canvas (width, height);
  cairo_surface_t *surface = cairo_get_target (cr);
  guint n;

  g_array_set_clear_func (words, word_clear);
  nerve_text_divert (surface, take, words);
  nerve_color_set (cr, style->card);
  cairo_paint (cr);
  kind->draw (model, layer, style, cr, width, height);
  cairo_surface_flush (surface);
  for (guint i = 0; i < words->len; i++)
    {
      const Word *word = &g_array_index (words, Word, i);
      NerveColor ground = ground_of (surface, &word->line);

      if (contrast (word->line.color, ground) >= LEAST)
        continue;
      g_test_message ("%s, %s: “%s” #%06x on #%06x has a contrast of %.2f", kind->name, theme, word->text,
                      nerve_color_to_rgb (word->line.color), nerve_color_to_rgb (ground),
                      contrast (word->line.color, ground));
      g_test_fail ();
    }
  n = words->len;
  cairo_destroy (cr);

  return n;
}

static void
test_letters_stand_out (void)
{
  static const char *const themes[] = { "light", "dark", "light, high contrast", "dark, high contrast", "print" };
  g_autofree char *helper = fixture_helper ();
  Fixture fixture;
  guint n, n_words = 0;
  const NerveFigureKind *kinds = nerve_figure_kinds (&n);

  if (helper == NULL)
    {
      g_test_skip ("nerve-layout is not built");
      return;
    }
  fixture_init (&fixture, 6, 2, 240);
  for (guint theme = 0; theme < G_N_ELEMENTS (themes); theme++)
    {
      g_auto (NerveStyle) style = { FALSE };

      if (theme == 4)
        nerve_style_init_print (&style, 468, NULL);
      else
        nerve_style_init_screen (&style, theme % 2 == 1, theme >= 2);
      for (guint i = 0; i < n; i++)
        for (guint layer = 0; layer < (kinds[i].flags & NERVE_FIGURE_PER_LAYER ? fixture.model.n_layers : 1); layer++)
          n_words += look_at (&kinds[i], &fixture.model, layer, &style, themes[theme]);
    }
  g_assert_cmpuint (n_words, >, 1000);
  fixture_clear (&fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/contrast/figures", test_letters_stand_out);

  return g_test_run ();
}
