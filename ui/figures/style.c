#include "figures/style.h"

#include <glib/gi18n.h>
#include <pango/pangocairo.h>

#include "base/error.h"
#include "figures/color.h"

/* Percentages of DESIGN.md "Surfaces": text mixed into the card's colour. */
#define DIM .72
#define HAIRLINE .13
#define EDGE .38

static void
set_surfaces (NerveStyle *self, guint32 window, guint32 card, guint32 header, guint32 sidebar, guint32 text,
              guint32 accent_text)
{
  self->window = nerve_color_from_rgb (window);
  self->card = nerve_color_from_rgb (card);
  self->header = nerve_color_from_rgb (header);
  self->sidebar = nerve_color_from_rgb (sidebar);
  self->text = nerve_color_from_rgb (text);
  self->accent = nerve_color_from_rgb (0x3584e4);
  self->accent_text = nerve_color_from_rgb (accent_text);
}

static void
set_mixtures (NerveStyle *self, double dim, double hairline, double edge)
{
  self->dim = nerve_color_mix (self->text, self->card, dim);
  self->hairline = nerve_color_mix (self->text, self->card, hairline);
  self->edge = nerve_color_mix (self->text, self->card, edge);
}

void
nerve_style_set_dark (NerveStyle *self, gboolean dark)
{
  self->dark = dark;
  if (dark)
    set_surfaces (self, 0x242424, 0x303030, 0x303030, 0x2a2a2a, 0xffffff, 0x78aeed);
  else
    set_surfaces (self, 0xfafafa, 0xffffff, 0xebebeb, 0xf3f3f3, 0x2e2e2e, 0x1c71d8);
  set_mixtures (self, DIM, HAIRLINE, EDGE);
}

void
nerve_style_init_screen (NerveStyle *self, gboolean dark, gboolean high_contrast)
{
  *self = (NerveStyle) {
    .font = g_strdup ("Cantarell, sans-serif"),
    .scale = 1,
    .body = 13,
    .title = 14.67,
    .caption = 12,
    .tick = 11,
    .label = 11.5,
  };
  nerve_style_set_dark (self, dark);
  if (high_contrast)
    {
      self->text = nerve_color_from_rgb (dark ? 0xffffff : 0x000000);
      set_mixtures (self, .9, .5, .7);
    }
}

gboolean
nerve_style_check_font (const char *font, char **missing, GError **error)
{
  g_autoptr (PangoFontDescription) description = pango_font_description_from_string (font);
  const char *name = pango_font_description_get_family (description);
  double size = (double) pango_font_description_get_size (description) / PANGO_SCALE;
  g_autofree PangoFontFamily **families = NULL;
  gboolean sized = (pango_font_description_get_set_fields (description) & PANGO_FONT_MASK_SIZE) != 0;
  gboolean found = name == NULL || *name == '\0';
  int n = 0;

  if (missing != NULL)
    *missing = NULL;
  if (*font == '\0' || (sized && !(size >= 1.0 && size <= 100.0)))
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER,
                   _("“%s” is no family and size of 1 to 100 points, such as “Lato 8”"), font);
      return FALSE;
    }
  pango_font_map_list_families (pango_cairo_font_map_get_default (), &families, &n);
  for (int i = 0; i < n && !found; i++)
    found = g_ascii_strcasecmp (pango_font_family_get_name (families[i]), name) == 0;
  if (!found && missing != NULL)
    *missing = g_strdup (name);

  return TRUE;
}

/* "Name 8" gives the family and the size of body text; either may be missing. */
static void
parse_font (const char *font, char **family, double *size)
{
  g_autoptr (PangoFontDescription) description = pango_font_description_from_string (font);
  const char *name = pango_font_description_get_family (description);
  int units = pango_font_description_get_size (description);

  if (name != NULL && *name != '\0')
    {
      g_free (*family);
      *family = g_strdup_printf ("%s, sans-serif", name);
    }
  if (units > 0)
    *size = (double) units / PANGO_SCALE;
}

gboolean
nerve_style_is_legible (const NerveStyle *self, double size)
{
  return !self->print || size >= MIN (NERVE_STYLE_LEAST, self->tick) - 1e-6;
}

void
nerve_style_init_print (NerveStyle *self, double width, const char *font)
{
  double body = 7.2;
  double ratio;

  *self = (NerveStyle) { .print = TRUE, .font = g_strdup ("Lato, Cantarell, sans-serif") };
  if (font != NULL)
    parse_font (font, &self->font, &body);
  body = CLAMP (body, 1, 200);

  /* A poster's page carries the same picture larger. */
  ratio = MAX (width / 620, 1);
  if (font == NULL)
    body *= ratio;
  self->scale = .6 * ratio;
  self->body = body;
  self->title = body * 8.2 / 7.2;
  self->caption = body * 6.6 / 7.2;
  self->tick = body * 6.6 / 7.2;
  self->label = body * 7 / 7.2;
  nerve_style_set_dark (self, FALSE);
  self->text = nerve_color_from_rgb (0x222222);
  set_mixtures (self, DIM, HAIRLINE, EDGE);
}

void
nerve_style_copy (NerveStyle *self, const NerveStyle *from)
{
  *self = *from;
  self->font = g_strdup (from->font);
}

void
nerve_style_clear (NerveStyle *self)
{
  g_clear_pointer (&self->font, g_free);
}
