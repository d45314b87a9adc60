#include "config.h"

#include "figures/export.h"

#include <math.h>
#include <string.h>

#include <cairo-svg.h>
#include <glib/gi18n.h>

#include "figures/color.h"
#include "figures/export-pdf.h"
#include "figures/export-png.h"
#include "figures/export-svg.h"
#include "figures/page-sizes.h"
#include "figures/page.h"
#include "figures/tex-drawing.h"
#include "figures/text.h"

#define POINTS_IN_AN_INCH 72.
/* A PDF page can't be larger. */
#define MOST_POINTS 14400.
#define MOST_PIXELS 32767
#define MOST_AREA 150e6

typedef enum { FORMAT_PDF, FORMAT_SVG, FORMAT_PNG, FORMAT_TEX } Format;

typedef struct
{
  const NerveFigureKind    *kind;
  const NerveFigureModel   *model;
  const guint              *layers;
  guint                     n_layers;
  const NerveExportOptions *options;
  NerveStyle                style;
  double                    width;
  double                    height;
  double                    margin; /* where the ground is seen, the page needs one; a paper brings its own */
  gboolean                  has_ground;
  char                     *title;
  char                     *subject;
} Export;

static void
export_clear (Export *self)
{
  nerve_style_clear (&self->style);
  g_free (self->title);
  g_free (self->subject);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Export, export_clear)

void
nerve_export_options_init (NerveExportOptions *self)
{
  *self = (NerveExportOptions) { .width = 7 * POINTS_IN_AN_INCH, .dpi = 300 };
}

gboolean
nerve_export_parse_length (const char *text, double *points, GError **error)
{
  static const struct { const char *name; double points; } units[] = {
    { "pt", 1 }, { "in", 72 }, { "mm", 72 / 25.4 }, { "cm", 72 / 2.54 },
  };
  const NervePageSize *size = nerve_page_size_find (text);
  g_autofree char *unit = NULL;
  char *end = NULL;
  double value;

  if (size != NULL)
    text = size->width;
  value = g_ascii_strtod (text, &end);

  if (end == text || !isfinite (value) || value <= 0)
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER,
                   _("“%s” is no length; lengths read 3.25in, 82mm, 8.2cm, 234pt, or a paper's, such as ieee-1"), text);
      return FALSE;
    }

  unit = g_strstrip (g_strdup (end));
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (strcmp (unit, units[i].name) == 0)
      {
        *points = value * units[i].points;
        return TRUE;
      }
  g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER,
               *unit == '\0' ? _("“%s” has no unit of length; lengths read 3.25in, 82mm, 8.2cm or 234pt")
                             : _("“%s” is no length; lengths read 3.25in, 82mm, 8.2cm or 234pt"), text);

  return FALSE;
}

static gboolean
find_format (const char *path, Format *format, GError **error)
{
  static const char * const suffixes[] = { ".pdf", ".svg", ".png", ".tex" };
  g_autofree char *lower = g_ascii_strdown (path, -1);

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    if (g_str_has_suffix (lower, suffixes[i]))
      {
        *format = (Format) i;
        return TRUE;
      }
  g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER,
               _("the name of a figure must end with .pdf, .svg, .png or .tex"));

  return FALSE;
}

static gboolean
check_layers (const Export *self, GError **error)
{
  gboolean per_layer = (self->kind->flags & NERVE_FIGURE_PER_LAYER) != 0;

  for (guint i = 0; i < self->n_layers; i++)
    if (self->layers[i] >= self->model->n_layers)
      {
        g_set_error (error, NERVE_ERROR, NERVE_ERROR_NOT_FOUND, _("there is no layer %u"), self->layers[i]);
        return FALSE;
      }
  if (per_layer && self->n_layers == 0)
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER, _("a figure of kind %s needs a layer"), self->kind->name);
      return FALSE;
    }

  return TRUE;
}

static gboolean
check_size (const Export *self, Format format, GError **error)
{
  double scale = self->options->dpi / POINTS_IN_AN_INCH;
  double least = nerve_page_least_height (self->kind, self->model, self->layers, self->n_layers, &self->style,
                                          self->width - 2 * self->margin) + 2 * self->margin;

  if (!(self->width >= 20 && self->width <= MOST_POINTS && self->height >= 5 && self->height <= MOST_POINTS))
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER,
                   _("a page of %.9g × %.9g points; a side may have 20 to %g points"), self->width, self->height,
                   MOST_POINTS);
      return FALSE;
    }
  if (self->options->height > 0 && self->height < least)
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER,
                   _("%.9g points are too low for this figure with what stands around it; it takes %.0f"),
                   self->height, ceil (least));
      return FALSE;
    }
  if (format != FORMAT_PNG)
    return TRUE;
  if (!(self->options->dpi >= 10 && self->options->dpi <= 4800))
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER, _("%.9g dots an inch; 10 to 4800 are possible"),
                   self->options->dpi);
      return FALSE;
    }
  if (MAX (self->width, self->height) * scale > MOST_PIXELS || self->width * self->height * scale * scale > MOST_AREA)
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER,
                   _("%.0f × %.0f pixels are too many: a side may have %d, the picture %.0f million"),
                   self->width * scale, self->height * scale, MOST_PIXELS, MOST_AREA / 1e6);
      return FALSE;
    }

  return TRUE;
}

static char *
make_title (const Export *self)
{
  GString *title = g_string_new (_(self->kind->title));
  g_autofree char *text = NULL;

  for (guint i = 0; i < self->n_layers && (self->kind->flags & NERVE_FIGURE_PER_LAYER); i++)
    g_string_append_printf (title, "%s%s", i == 0 ? ": " : ", ",
                            nerve_dataset_get_layer (self->model->dataset, self->layers[i])->name);
  text = g_string_free (title, FALSE);

  return nerve_surface_one_line (text);
}

static void
draw (const Export *self, cairo_surface_t *surface, double scale)
{
  cairo_t *cr = cairo_create (surface);

  cairo_scale (cr, scale, scale);
  if (self->has_ground)
    {
      nerve_color_set (cr, self->style.card);
      cairo_paint (cr);
    }
  cairo_translate (cr, self->margin, self->margin);
  nerve_page_draw (self->kind, self->model, self->layers, self->n_layers, &self->style, cr,
                   self->width - 2 * self->margin, self->height - 2 * self->margin);
  cairo_show_page (cr);
  cairo_destroy (cr);
}

static gboolean
make_pdf (const Export *self, GByteArray *bytes, GError **error)
{
  cairo_surface_t *surface = nerve_pdf_new (bytes, self->width, self->height, self->title, self->subject);

  draw (self, surface, 1);

  return nerve_surface_end (surface, error);
}

static gboolean
make_svg (const Export *self, GByteArray *bytes, GError **error)
{
  cairo_surface_t *surface = cairo_svg_surface_create_for_stream (nerve_surface_append, bytes, self->width,
                                                                  self->height);
  gboolean done;

  cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PT);
  draw (self, surface, 1);
  done = nerve_surface_end (surface, error);
  if (done)
    {
      nerve_svg_renumber (bytes);
      nerve_svg_add_metadata (bytes, self->title, self->subject, NERVE_PROGRAM);
    }

  return done;
}

static cairo_surface_t *
paint (const Export *self)
{
  double scale = self->options->dpi / POINTS_IN_AN_INCH;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, MAX (lrint (self->width * scale), 1),
                                                         MAX (lrint (self->height * scale), 1));

  draw (self, surface, scale);
  cairo_surface_flush (surface);

  return surface;
}

static gboolean
make_png (const Export *self, GByteArray *bytes, GError **error)
{
  cairo_surface_t *surface = paint (self);
  const char *texts[] = {
    "Title", self->title, "Description", self->subject, "Software", NERVE_PROGRAM, NULL,
  };

  if (cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS)
    cairo_surface_write_to_png_stream (surface, nerve_surface_append, bytes);
  if (!nerve_surface_end (surface, error))
    return FALSE;
  nerve_png_add_chunks (bytes, self->options->dpi, texts);

  return TRUE;
}

static void
append_line (GByteArray *bytes, const char *format, ...)
{
  g_autofree char *line = NULL;
  va_list arguments;

  va_start (arguments, format);
  line = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_byte_array_append (bytes, (const guint8 *) line, strlen (line));
}

#define LAST_LATIN 0x24f

/* Letters that pdfLaTeX has no fonts for. */
static gboolean
is_beyond_latin (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_utf8_get_char (p) > LAST_LATIN)
      return TRUE;

  return FALSE;
}

static gboolean
make_tex (const Export *self, GByteArray *bytes, GError **error)
{
  g_autoptr (NerveTexDrawing) drawing = nerve_tex_drawing_new (self->width, self->height);
  g_autoptr (GString) picture = g_string_new (NULL);

  draw (self, nerve_tex_drawing_get_surface (drawing), 1);
  if (!nerve_tex_drawing_append (drawing, picture, error))
    return FALSE;

  append_line (bytes, "%% %s\n%% %s: %s\n", self->title, NERVE_PROGRAM, self->subject);
  append_line (bytes, "%% \\usepackage{pgf} (or tikz), then \\input this file where the figure shall stand. Text "
                      "is in\n%% the document's font; \\newcommand\\nervefont{\\sffamily} sets it in another.\n");
  if (is_beyond_latin (picture->str))
    append_line (bytes, "%% For xelatex or lualatex, with a font that has all its letters.\n");
  g_byte_array_append (bytes, (const guint8 *) picture->str, picture->len);

  return TRUE;
}

static void
set_page (Export *self)
{
  const NerveExportOptions *options = self->options;

  nerve_style_init_print (&self->style, options->width, options->font);
  self->style.without = options->without;
  if (options->dark)
    nerve_style_set_dark (&self->style, TRUE);
  if (options->dark || options->margin)
    self->margin = MIN (1.2 * self->style.body, options->width / 20);
  self->width = options->width;
  self->height = options->height;
  if (self->height == 0)
    self->height = nerve_page_height (self->kind, self->model, self->layers, self->n_layers, &self->style,
                                      self->width - 2 * self->margin) + 2 * self->margin;
  self->title = make_title (self);
  self->subject = nerve_surface_one_line (options->metadata != NULL ? options->metadata : "");
}

gboolean
nerve_export_check_options (const NerveExportOptions *options, GError **error)
{
  gboolean wide = options->width >= 20 && options->width <= MOST_POINTS;

  if (wide && options->height >= 0 && options->height <= MOST_POINTS)
    return TRUE;

  g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER, _("a page of %.9g points; a side may have 20 to %g points"),
               wide ? options->height : options->width, MOST_POINTS);
  return FALSE;
}

gboolean
nerve_export_check_path (const char *path, GError **error)
{
  Format format;

  return find_format (path, &format, error);
}

/* What the page will be; the layers and the size are possible. */
static gboolean
prepare (Export *self, Format format, GError **error)
{
  if (self->n_layers == 0 && !(self->kind->flags & NERVE_FIGURE_PER_LAYER))
    {
      self->layers = self->model->columns;
      self->n_layers = self->model->n_columns;
    }
  if (!check_layers (self, error) || !nerve_export_check_options (self->options, error))
    return FALSE;
  set_page (self);
  /* The paper of the document is there already. */
  self->has_ground = format != FORMAT_TEX || self->options->dark;

  return check_size (self, format, error);
}

gboolean
nerve_export_figure (const NerveFigureKind *kind, const NerveFigureModel *model, const guint *layers, guint n_layers,
                     const NerveExportOptions *options, const char *path, GError **error)
{
  static gboolean (*const makers[]) (const Export *self, GByteArray *bytes, GError **error) = {
    [FORMAT_PDF] = make_pdf, [FORMAT_SVG] = make_svg, [FORMAT_PNG] = make_png, [FORMAT_TEX] = make_tex,
  };
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_auto (Export) self = { kind, model, layers, n_layers, options };
  Format format;
  gboolean made;

  nerve_text_begin_plain ();
  made = find_format (path, &format, error) && prepare (&self, format, error) && makers[format] (&self, bytes, error);
  nerve_text_end_plain ();

  return made && nerve_surface_write (path, bytes, error);
}

cairo_surface_t *
nerve_export_paint (const NerveFigureKind *kind, const NerveFigureModel *model, const guint *layers, guint n_layers,
                    const NerveExportOptions *options, GError **error)
{
  g_auto (Export) self = { kind, model, layers, n_layers, options };
  cairo_surface_t *painted;

  nerve_text_begin_plain ();
  painted = prepare (&self, FORMAT_PNG, error) ? paint (&self) : NULL;
  nerve_text_end_plain ();

  return painted;
}
