#include "figures/tex-drawing.h"

#include <math.h>
#include <string.h>

#include <cairo-script.h>

#include "figures/tex-path.h"
#include "figures/tex-script.h"
#include "figures/tex-text.h"
#include "figures/text.h"

#define WIDTH_TO_SPARE 1.02

struct _NerveTexDrawing
{
  NerveTexScript   script;
  GByteArray      *bytes; /* as cairo writes it */
  cairo_device_t  *device;
  cairo_surface_t *surface;
};

static void
take_text (const NerveTextLine *line, gpointer user_data)
{
  NerveTexDrawing *self = user_data;
  const char *place = line->flags & NERVE_TEXT_RIGHT ? "right" : line->flags & NERVE_TEXT_CENTER ? "center" : "left";
  GString *text = g_string_new ("\\NT{base,");
  g_autofree char *comment = g_strdup_printf (NERVE_TEX_TEXT_COMMENT "%u", self->script.texts->len);
  const double values[] = { line->x, self->script.height - line->y, line->size, line->width * WIDTH_TO_SPARE };

  g_string_append (text, place);
  if (fabs (line->angle) > 1e-6)
    {
      g_string_append (text, ",rotate=");
      nerve_tex_append_number (text, -line->angle * 180 / G_PI);
    }
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_string_append (text, "}{");
      nerve_tex_append_number (text, values[i]);
    }
  g_string_append_printf (text, "}{\\color{nerve%u}%s%s", nerve_tex_script_color (&self->script, line->color),
                          line->flags & NERVE_TEXT_BOLD ? "\\bfseries " : "",
                          line->flags & NERVE_TEXT_ITALIC ? "\\itshape " : "");
  nerve_tex_append_text (text, line->text);
  g_string_append (text, "}\n");
  g_ptr_array_add (self->script.texts, g_string_free (text, FALSE));
  cairo_script_write_comment (self->device, comment, -1);
}

static cairo_status_t
write_script (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);

  return CAIRO_STATUS_SUCCESS;
}

NerveTexDrawing *
nerve_tex_drawing_new (double width, double height)
{
  NerveTexDrawing *self = g_new0 (NerveTexDrawing, 1);

  self->script.width = width;
  self->script.height = height;
  self->bytes = g_byte_array_new ();
  self->script.texts = g_ptr_array_new_with_free_func (g_free);
  self->script.colors = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->device = cairo_script_create_for_stream (write_script, self->bytes);
  self->surface = cairo_script_surface_create (self->device, CAIRO_CONTENT_COLOR_ALPHA, width, height);
  nerve_text_divert (self->surface, take_text, self);

  return self;
}

void
nerve_tex_drawing_free (NerveTexDrawing *self)
{
  cairo_surface_destroy (self->surface);
  cairo_device_destroy (self->device);
  g_byte_array_unref (self->bytes);
  g_ptr_array_unref (self->script.texts);
  g_array_unref (self->script.colors);
  g_free (self);
}

cairo_surface_t *
nerve_tex_drawing_get_surface (NerveTexDrawing *self)
{
  return self->surface;
}

static void
append_prelude (const NerveTexDrawing *self, GString *out)
{
  /* A point, a line, a curve, the end of a path, a circle, a box, a filled one that hides the seam, a text. */
  g_string_append (out,
    "\\begingroup%\n"
    "\\providecommand\\nervefont{}%\n"
    "\\def\\NM#1 #2 {\\pgfpathmoveto{\\pgfqpoint{#1bp}{#2bp}}}%\n"
    "\\def\\NL#1 #2 {\\pgfpathlineto{\\pgfqpoint{#1bp}{#2bp}}}%\n"
    "\\def\\NC#1 #2 #3 #4 #5 #6 "
    "{\\pgfpathcurveto{\\pgfqpoint{#1bp}{#2bp}}{\\pgfqpoint{#3bp}{#4bp}}{\\pgfqpoint{#5bp}{#6bp}}}%\n"
    "\\def\\NZ{\\pgfpathclose}%\n"
    "\\def\\NO#1 #2 #3 {\\pgfpathcircle{\\pgfqpoint{#1bp}{#2bp}}{#3bp}}%\n"
    "\\def\\NR#1 #2 #3 #4 {\\pgfpathrectangle{\\pgfqpoint{#1bp}{#2bp}}{\\pgfqpoint{#3bp}{#4bp}}}%\n"
    "\\def\\NB#1 #2 #3 #4 {\\pgfpathrectangle{\\pgfpoint{#1bp}{#2bp-.06bp}}{\\pgfpoint{#3bp+.06bp}{#4bp+.06bp}}"
    "\\pgfusepath{fill}}%\n"
    "\\def\\NT#1#2#3#4#5#6{\\pgftext[x=#2bp,y=#3bp,#1]{\\fontsize{#4bp}{#4bp}\\selectfont\\nervefont"
    "\\setbox0\\hbox{#6}\\ifdim\\wd0>#5bp\\resizebox{#5bp}{!}{\\box0}\\else\\box0\\fi}}%\n");
  for (guint i = 0; i < self->script.colors->len; i++)
    {
      guint32 rgb = g_array_index (self->script.colors, guint32, i);

      g_string_append_printf (out, "\\definecolor{nerve%u}{RGB}{%u,%u,%u}%%\n", i, rgb >> 16 & 255, rgb >> 8 & 255,
                              rgb & 255);
    }
  g_string_append (out, "\\begin{pgfpicture}\n\\NR 0 0 ");
  nerve_tex_append_number (out, self->script.width);
  g_string_append_c (out, ' ');
  nerve_tex_append_number (out, self->script.height);
  g_string_append (out, " \\pgfusepath{use as bounding box}\n");
}

gboolean
nerve_tex_drawing_append (NerveTexDrawing *self, GString *out, GError **error)
{
  g_autoptr (GString) body = g_string_new (NULL);

  cairo_surface_finish (self->surface);
  cairo_device_finish (self->device);
  g_byte_array_append (self->bytes, (const guint8 *) "", 1);
  if (!nerve_tex_script_append (&self->script, (const char *) self->bytes->data, body, error))
    return FALSE;

  append_prelude (self, out);
  g_string_append_len (out, body->str, body->len);
  g_string_append (out, "\\end{pgfpicture}%\n\\endgroup%\n");

  return TRUE;
}
