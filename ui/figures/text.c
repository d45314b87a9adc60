#include "figures/text.h"

#include <locale.h>
#include <math.h>
#include <pango/pangocairo.h>
#include <string.h>

#define THIN_SPACE "\342\200\211"
#define MINUS "\342\210\222"

/* Half the height of capitals, in units of the type size; Cantarell .347, Lato .36. */
#define HALF_CAPITAL .352

/* Characters of a last word that takes another one along into its line. */
#define MOST_ORPHAN 3

/* Set once, before there are threads. */
static const char *decimal_mark = ".";
static const char *group_mark = ",";

static _Thread_local guint plain;

static PangoContext *
make_context (cairo_t *cr)
{
  return cr != NULL ? pango_cairo_create_context (cr)
                    : pango_font_map_create_context (pango_cairo_font_map_get_default ());
}

static PangoLayout *
make_layout (cairo_t *cr, const NerveStyle *style, const char *text, double size, guint flags)
{
  PangoContext *context = make_context (cr);
  PangoLayout *layout = pango_layout_new (context);
  PangoFontDescription *font = pango_font_description_new ();
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options (context, options);
  pango_context_set_round_glyph_positions (context, FALSE);
  cairo_font_options_destroy (options);
  g_object_unref (context);

  pango_font_description_set_family (font, style->font);
  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  if (flags & NERVE_TEXT_BOLD)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  if (flags & NERVE_TEXT_ITALIC)
    pango_font_description_set_style (font, PANGO_STYLE_ITALIC);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_text (layout, text, -1);

  return layout;
}

static double
layout_width (PangoLayout *layout)
{
  int width;

  pango_layout_get_size (layout, &width, NULL);

  return (double) width / PANGO_SCALE;
}

/* cairo's image surface puts glyphs on whole pixels, which sets unhinted text badly on a screen of one pixel to a
 * unit; outlines may stand anywhere. */
static gboolean
needs_outlines (cairo_t *cr)
{
  cairo_surface_t *surface = cairo_get_group_target (cr);
  double x_scale = 1;
  double y_scale = 1;
  double x = 1;
  double y = 0;

  if (cairo_surface_get_type (surface) != CAIRO_SURFACE_TYPE_IMAGE)
    return FALSE;

  cairo_surface_get_device_scale (surface, &x_scale, &y_scale);
  cairo_user_to_device_distance (cr, &x, &y);

  return hypot (x, y) * x_scale < 1.6;
}

static void
show_line (cairo_t *cr, PangoLayout *layout, guint line, double x, double y)
{
  gboolean outlines = needs_outlines (cr);

  if (outlines)
    {
      cairo_user_to_device (cr, &x, &y);
      y = rint (y);
      cairo_device_to_user (cr, &x, &y);
    }
  cairo_move_to (cr, x, y);
  if (outlines)
    {
      pango_cairo_layout_line_path (cr, pango_layout_get_line_readonly (layout, line));
      cairo_fill (cr);
    }
  else
    pango_cairo_show_layout_line (cr, pango_layout_get_line_readonly (layout, line));
  cairo_new_path (cr);
}

/* Who sets the text that is drawn onto a surface. */
typedef struct
{
  NerveTextFunc take;
  gpointer      user_data;
} Setter;

static const cairo_user_data_key_t setter_key;

static Setter *
find_setter (cairo_t *cr)
{
  return cairo_surface_get_user_data (cairo_get_target (cr), &setter_key);
}

static void
hand_over (const Setter *setter, cairo_t *cr, char *text, double width, double size, guint flags, NerveColor color,
           double x, double y)
{
  NerveTextLine line = { text, size, flags, color, x, y, 0, width };
  double along = 1;
  double across = 0;
  double scale;

  cairo_user_to_device (cr, &line.x, &line.y);
  cairo_user_to_device_distance (cr, &along, &across);
  scale = hypot (along, across);
  line.angle = atan2 (across, along);
  line.size *= scale;
  line.width *= scale;
  setter->take (&line, setter->user_data);
}

/* What an ellipsis leaves of the text; (transfer full). */
static char *
text_shown (PangoLayout *layout)
{
  const char *text = pango_layout_get_text (layout);
  glong kept = g_utf8_strlen (text, -1);
  int width = pango_layout_get_width (layout);
  g_autoptr (PangoLayout) trial = NULL;

  if (!pango_layout_is_ellipsized (layout))
    return g_strdup (text);

  trial = pango_layout_copy (layout);
  pango_layout_set_width (trial, -1);
  while (kept-- > 0)
    {
      g_autofree char *start = g_utf8_substring (text, 0, kept);
      g_autofree char *shown = g_strconcat (g_strchomp (start), "…", NULL);
      int taken;

      pango_layout_set_text (trial, shown, -1);
      pango_layout_get_size (trial, &taken, NULL);
      if (taken <= width)
        return g_steal_pointer (&shown);
    }

  return g_strdup ("");
}

static double
show (cairo_t *cr, PangoLayout *layout, double size, guint flags, NerveColor color, double x, double y)
{
  const Setter *setter = find_setter (cr);
  double width = layout_width (layout);

  if (flags & NERVE_TEXT_MIDDLE)
    y = nerve_text_baseline (y, size);
  if (setter != NULL)
    {
      g_autofree char *text = text_shown (layout);

      hand_over (setter, cr, text, width, size, flags, color, x, y);
      return width;
    }

  if (flags & NERVE_TEXT_RIGHT)
    x -= width;
  else if (flags & NERVE_TEXT_CENTER)
    x -= width / 2;

  cairo_set_source_rgb (cr, color.red, color.green, color.blue);
  show_line (cr, layout, 0, x, y);

  return width;
}

double
nerve_text_draw (cairo_t *cr, const NerveStyle *style, const char *text, double size, guint flags,
                 NerveColor color, double x, double y)
{
  g_autoptr (PangoLayout) layout = make_layout (cr, style, text, size, flags);

  return show (cr, layout, size, flags, color, x, y);
}

double
nerve_text_draw_within (cairo_t *cr, const NerveStyle *style, const char *text, double size, guint flags,
                        NerveColor color, double x, double y, double width)
{
  g_autoptr (PangoLayout) layout = NULL;

  if (width < size)
    return 0;

  layout = make_layout (cr, style, text, size, flags);
  if (layout_width (layout) > width)
    {
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
      pango_layout_set_width (layout, width * PANGO_SCALE);
    }

  return show (cr, layout, size, flags, color, x, y);
}

double
nerve_text_width (cairo_t *cr, const NerveStyle *style, const char *text, double size, guint flags)
{
  g_autoptr (PangoLayout) layout = make_layout (cr, style, text, size, flags);

  return layout_width (layout);
}

gboolean
nerve_text_has_glyphs (const NerveStyle *style, const char *text)
{
  g_autoptr (PangoLayout) layout = make_layout (NULL, style, text, style->body, 0);

  return pango_layout_get_unknown_glyphs_count (layout) == 0;
}

static void
show_paragraph_line (cairo_t *cr, PangoLayout *layout, guint i, double size, guint flags, NerveColor color, double x,
                     double y)
{
  const Setter *setter = find_setter (cr);
  PangoLayoutLine *line = pango_layout_get_line_readonly (layout, i);
  g_autofree char *text = NULL;
  PangoRectangle extents;

  if (setter == NULL)
    {
      show_line (cr, layout, i, x, y);
      return;
    }

  text = g_strndup (pango_layout_get_text (layout) + line->start_index, line->length);
  pango_layout_line_get_extents (line, NULL, &extents);
  hand_over (setter, cr, g_strchomp (text), (double) extents.width / PANGO_SCALE, size, flags, color, x, y);
}

/* A sign or a short word does not stand alone in the last line: "automatic ε.". */
static char *
keep_last (const char *text)
{
  const char *space = strrchr (text, ' ');

  if (space == NULL || space == text || g_utf8_strlen (space + 1, -1) > MOST_ORPHAN)
    return g_strdup (text);

  return g_strdup_printf ("%.*s\u00a0%s", (int) (space - text), text, space + 1);
}

void
nerve_text_draw_upwards (cairo_t *cr, const NerveStyle *style, const char *text, double size, guint flags,
                         NerveColor color, double x, double y, double width)
{
  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_rotate (cr, -G_PI / 2);
  nerve_text_draw_within (cr, style, text, size, flags | NERVE_TEXT_MIDDLE, color,
                          -MIN (nerve_text_width (cr, style, text, size, flags), width), 0, width + 1);
  cairo_restore (cr);
}

const char *
nerve_text_fitting (cairo_t *cr, const NerveStyle *style, const char *longer, const char *shorter, double size,
                    guint flags, double width)
{
  return nerve_text_width (cr, style, longer, size, flags) <= width ? longer : shorter;
}

guint
nerve_text_paragraph (cairo_t *cr, const NerveStyle *style, const char *text, double size, guint flags,
                      NerveColor color, double x, double y, double width, double leading, gboolean draw)
{
  g_autofree char *kept = keep_last (text);
  g_autoptr (PangoLayout) layout = make_layout (cr, style, kept, size, flags);
  guint n;

  pango_layout_set_width (layout, MAX (width, size) * PANGO_SCALE);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  n = pango_layout_get_line_count (layout);
  if (draw)
    {
      cairo_set_source_rgb (cr, color.red, color.green, color.blue);
      for (guint i = 0; i < n; i++)
        show_paragraph_line (cr, layout, i, size, flags, color, x, y + i * leading);
    }

  return n;
}

void
nerve_text_divert (cairo_surface_t *surface, NerveTextFunc take, gpointer user_data)
{
  Setter *setter = g_new (Setter, 1);

  *setter = (Setter) { take, user_data };
  cairo_surface_set_user_data (surface, &setter_key, setter, g_free);
}

double
nerve_text_baseline (double y, double size)
{
  return y + HALF_CAPITAL * size;
}

void
nerve_text_use_locale (void)
{
  const struct lconv *marks = localeconv ();

  decimal_mark = g_intern_string (marks->decimal_point);
  /* What has no mark, as "C", keeps the comma, unless that is its decimal mark. */
  if (marks->thousands_sep[0] != 0)
    group_mark = g_intern_string (marks->thousands_sep);
  else if (g_str_equal (decimal_mark, ","))
    group_mark = THIN_SPACE;
}

void
nerve_text_begin_plain (void)
{
  plain++;
}

void
nerve_text_end_plain (void)
{
  g_return_if_fail (plain > 0);

  plain--;
}

/* @text with the user's mark for its point; takes @text. */
static char *
in_locale (char *text)
{
  char *point = plain == 0 && !g_str_equal (decimal_mark, ".") ? strchr (text, '.') : NULL;
  char *local;

  if (point == NULL)
    return text;

  local = g_strdup_printf ("%.*s%s%s", (int) (point - text), text, decimal_mark, point + 1);
  g_free (text);

  return local;
}

static char *
format_fixed (double value, guint digits)
{
  char buffer[64];
  char format[16];

  g_snprintf (format, sizeof format, "%%.%uf", MIN (digits, 30));
  g_ascii_formatd (buffer, sizeof buffer, format, fabs (value));

  return g_strconcat (value < 0 ? MINUS : "", buffer, NULL);
}

static char *
format_number (double value, guint digits)
{
  char format[16];
  char buffer[64];
  double rounded;
  int size;

  if (isnan (value))
    return g_strdup ("–");
  if (isinf (value))
    return g_strdup (value < 0 ? MINUS "∞" : "∞");
  if (value == 0)
    return g_strdup ("0");

  /* Rounding first: .0996 is "0.10", not "0.100". */
  digits = CLAMP (digits, 1, 9);
  g_snprintf (format, sizeof format, "%%.%ue", digits - 1);
  g_ascii_formatd (buffer, sizeof buffer, format, value);
  rounded = g_ascii_strtod (buffer, NULL);
  size = (int) floor (log10 (fabs (rounded)) + 1e-9);
  if (size >= 6 || size < -4)
    {
      g_autofree char *mantissa = format_fixed (rounded / pow (10, size), digits - 1);

      return g_strdup_printf ("%se%s%d", mantissa, size < 0 ? MINUS : "", abs (size));
    }
  if (fabs (value - rint (value)) < 1e-9 * fabs (value))
    return format_fixed (value, 0);

  return size + 1 >= (int) digits ? format_fixed (value, 0) : format_fixed (rounded, (int) digits - 1 - size);
}

char *
nerve_text_fixed (double value, guint digits)
{
  return in_locale (format_fixed (value, digits));
}

char *
nerve_text_number (double value, guint digits)
{
  return in_locale (format_number (value, digits));
}

char *
nerve_text_short (double value, guint digits)
{
  char *text = format_number (value, digits);
  char *exponent = strchr (text, 'e');
  gsize end = exponent != NULL ? (gsize) (exponent - text) : strlen (text);
  gsize kept = end;

  if (memchr (text, '.', end) == NULL)
    return text;

  while (text[kept - 1] == '0')
    kept--;
  if (text[kept - 1] == '.')
    kept--;
  memmove (text + kept, text + end, strlen (text + end) + 1);

  return in_locale (text);
}

char *
nerve_text_count (gsize n)
{
  GString *text = g_string_new (NULL);

  g_string_printf (text, "%zu", n);
  for (gssize at = (gssize) text->len - 3; at > 0; at -= 3)
    g_string_insert (text, at, plain > 0 ? "," : group_mark);

  return g_string_free (text, FALSE);
}

char *
nerve_text_percent (double share)
{
  return isnan (share) ? g_strdup ("–") : g_strdup_printf ("%.0f" THIN_SPACE "%%", 100 * share);
}
