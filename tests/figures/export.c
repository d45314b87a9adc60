#include "figures/export.h"
#include "figures/export-pdf.h"
#include "figures/page.h"
#include "figures/raster.h"

#include <math.h>
#include <string.h>

#include <cairo-svg.h>
#include <glib/gstdio.h>

#include "fixture.h"

typedef struct
{
  Fixture fixture;
  char   *folder;
} Desk;

/* Needs no graphs: diagrams and curves are enough for what is tested here. */
static void
desk_set_up (Desk *self, gconstpointer unused)
{
  g_autofree char *helper = fixture_helper ();
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("nerve-export-XXXXXX", &error);
  g_assert_no_error (error);
  if (helper != NULL)
    fixture_init (&self->fixture, 6, 2, 240);
}

static void
desk_tear_down (Desk *self, gconstpointer unused)
{
  GDir *folder = g_dir_open (self->folder, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_unlink (path);
    }
  g_clear_pointer (&folder, g_dir_close);
  g_rmdir (self->folder);
  g_free (self->folder);
  if (self->fixture.dataset != NULL)
    fixture_clear (&self->fixture);
}

static gboolean
is_ready (const Desk *self)
{
  if (self->fixture.dataset == NULL)
    g_test_skip ("nerve-layout is not built");

  return self->fixture.dataset != NULL;
}

static guint
count_files (const Desk *self)
{
  GDir *folder = g_dir_open (self->folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (folder) != NULL)
    n++;
  g_dir_close (folder);

  return n;
}

static gboolean
export (Desk *self, const char *kind, const char *name, const NerveExportOptions *options, GError **error)
{
  const guint layers[] = { 1, 2 };
  g_autofree char *path = g_path_is_absolute (name) ? g_strdup (name) : g_build_filename (self->folder, name, NULL);

  return nerve_export_figure (nerve_figure_kind_find (kind), &self->fixture.model, layers, 2, options, path, error);
}

static GBytes *
read_file (Desk *self, const char *name)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (GError) error = NULL;
  char *text;
  gsize length;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);

  return g_bytes_new_take (text, length);
}

static void
test_the_same_figure_is_the_same_bytes (Desk *self, gconstpointer unused)
{
  static const char * const suffixes[] = { "pdf", "svg", "png", "tex" };
  NerveExportOptions options;
  guint n;
  const NerveFigureKind *kinds = nerve_figure_kinds (&n);

  if (!is_ready (self))
    return;
  nerve_export_options_init (&options);
  options.dpi = 100;
  options.metadata = "l2 lens, ε = 1.61 <&>\nsecond line";
  for (guint i = 0; i < n; i++)
    for (guint k = 0; k < G_N_ELEMENTS (suffixes); k++)
      {
        g_autofree char *one = g_strdup_printf ("one.%s", suffixes[k]);
        g_autofree char *two = g_strdup_printf ("two.%s", suffixes[k]);
        g_autoptr (GBytes) first = NULL;
        g_autoptr (GBytes) second = NULL;
        g_autoptr (GError) error = NULL;

        options.dark = i % 2;
        g_assert_true (export (self, kinds[i].name, one, &options, &error));
        g_assert_no_error (error);
        g_assert_true (export (self, kinds[i].name, two, &options, &error));
        g_assert_no_error (error);
        first = read_file (self, one);
        second = read_file (self, two);
        g_assert_cmpuint (g_bytes_get_size (first), >, 500);
        g_assert_true (g_bytes_equal (first, second));
      }
}

static guint32
big_endian (const guint8 *at)
{
  return (guint32) at[0] << 24 | (guint32) at[1] << 16 | (guint32) at[2] << 8 | at[3];
}

/* The chunk of this type; NULL if there is none. */
static const guint8 *
find_chunk (GBytes *png, const char *type, guint32 *length)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (png, &size);

  for (gsize at = 8; at + 12 <= size; at += 12 + *length)
    {
      *length = big_endian (data + at);
      if (memcmp (data + at + 4, type, 4) == 0)
        return data + at + 8;
    }

  return NULL;
}

static void
test_a_png_has_its_size_and_its_origin (Desk *self, gconstpointer unused)
{
  NerveExportOptions options;
  g_autoptr (GBytes) png = NULL;
  g_autoptr (GError) error = NULL;
  const guint8 *chunk;
  guint32 length;
  cairo_surface_t *surface;
  g_autofree char *path = NULL;

  if (!is_ready (self))
    return;
  nerve_export_options_init (&options);
  options.width = 234;
  options.height = 144;
  options.dpi = 200;
  options.metadata = "ε = 1.61";
  g_assert_true (export (self, "diagram", "one.png", &options, &error));
  g_assert_no_error (error);
  png = read_file (self, "one.png");
  chunk = find_chunk (png, "IHDR", &length);
  g_assert_cmpuint (big_endian (chunk), ==, 650);
  g_assert_cmpuint (big_endian (chunk + 4), ==, 400);
  chunk = find_chunk (png, "pHYs", &length);
  g_assert_nonnull (chunk);
  g_assert_cmpuint (big_endian (chunk), ==, 7874);
  chunk = find_chunk (png, "iTXt", &length);
  g_assert_nonnull (chunk);
  g_assert_cmpstr ((const char *) chunk, ==, "Description");
  g_assert_cmpmem (chunk + length - strlen ("ε = 1.61"), strlen ("ε = 1.61"), "ε = 1.61", strlen ("ε = 1.61"));

  /* libpng checks every chunk's sum. */
  path = g_build_filename (self->folder, "one.png", NULL);
  surface = cairo_image_surface_create_from_png (path);
  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (surface);
}

/* How wide the ground is at the picture's narrowest side, in pixels. */
static int
measure_margin (Desk *self, const char *name)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  cairo_surface_t *surface = cairo_image_surface_create_from_png (path);
  const guint8 *pixels = cairo_image_surface_get_data (surface);
  int width = cairo_image_surface_get_width (surface);
  int height = cairo_image_surface_get_height (surface);
  int stride = cairo_image_surface_get_stride (surface);
  int margin = MIN (width, height);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      if (memcmp (pixels + y * stride + x * 4, pixels, 3) != 0)
        margin = MIN (margin, MIN (MIN (x, y), MIN (width - 1 - x, height - 1 - y)));
  cairo_surface_destroy (surface);

  return margin;
}

static void
test_a_page_to_be_looked_at_has_a_margin (Desk *self, gconstpointer unused)
{
  NerveExportOptions options;

  if (!is_ready (self))
    return;
  nerve_export_options_init (&options);
  options.dpi = 144;
  g_assert_true (export (self, "board", "paper.png", &options, NULL));
  options.margin = TRUE;
  g_assert_true (export (self, "board", "light.png", &options, NULL));
  options.margin = FALSE;
  options.dark = TRUE;
  g_assert_true (export (self, "board", "dark.png", &options, NULL));

  g_assert_cmpint (measure_margin (self, "paper.png"), <, 5);
  g_assert_cmpint (measure_margin (self, "light.png"), >, 10);
  g_assert_cmpint (measure_margin (self, "dark.png"), >, 10);
}

static void
test_metadata_stands_in_every_format (Desk *self, gconstpointer unused)
{
  NerveExportOptions options;
  g_autoptr (GBytes) svg = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GMarkupParseContext) context = NULL;
  const GMarkupParser nothing = { NULL };

  if (!is_ready (self))
    return;
  nerve_export_options_init (&options);
  options.metadata = "eps < 1.61 & \"quoted\"";
  g_assert_true (export (self, "mapper", "one.svg", &options, &error));
  g_assert_no_error (error);
  svg = read_file (self, "one.svg");
  text = g_strndup (g_bytes_get_data (svg, NULL), g_bytes_get_size (svg));
  g_assert_nonnull (strstr (text, "<desc>eps &lt; 1.61 &amp; &quot;quoted&quot;</desc>"));
  g_assert_nonnull (strstr (text, "<title>Mapper graph: conv, pool</title>"));
  context = g_markup_parse_context_new (&nothing, 0, NULL, NULL);
  g_assert_true (g_markup_parse_context_parse (context, text, -1, &error));
  g_assert_true (g_markup_parse_context_end_parse (context, &error));

  g_assert_true (export (self, "mapper", "one.PDF", &options, &error));
  g_assert_no_error (error);
  pdf = read_file (self, "one.PDF");
  g_assert_cmpmem (g_bytes_get_data (pdf, NULL), 5, "%PDF-", 5);
}

/* Nothing raster in a vector figure. */
static void
test_vector_figures_hold_no_picture (Desk *self, gconstpointer unused)
{
  NerveExportOptions options;
  g_autoptr (GBytes) svg = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (!is_ready (self))
    return;
  nerve_export_options_init (&options);
  self->fixture.model.selection = nerve_bitset_new (240);
  nerve_bitset_set (self->fixture.model.selection, 5, TRUE);
  g_assert_true (export (self, "board", "one.svg", &options, &error));
  g_assert_no_error (error);
  g_clear_pointer (&self->fixture.model.selection, nerve_bitset_free);
  svg = read_file (self, "one.svg");
  text = g_strndup (g_bytes_get_data (svg, NULL), g_bytes_get_size (svg));
  g_assert_null (strstr (text, "<image"));
}

/* Has an SVG with @n_marks in it a picture? */
static gboolean
is_rastered (gsize n_marks)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_svg_surface_create_for_stream (nerve_surface_append, bytes, 100, 50);
  g_auto (NerveStyle) style = { 0 };
  cairo_t *cr = cairo_create (surface);
  NerveRaster raster;
  cairo_t *marks;

  nerve_style_init_print (&style, 100, NULL);
  marks = nerve_raster_begin (&raster, cr, &style, n_marks, 10, 10, 80, 30);
  cairo_rectangle (marks, 20, 20, 5, 5);
  cairo_fill (marks);
  nerve_raster_end (&raster);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  g_byte_array_append (bytes, (const guint8 *) "", 1);

  return strstr ((const char *) bytes->data, "<image") != NULL;
}

static void
test_thousands_of_marks_become_a_picture (void)
{
  g_assert_false (is_rastered (5000));
  g_assert_true (is_rastered (5001));
}

static void
assert_refused (Desk *self, const char *kind, const char *name, const NerveExportOptions *options, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (export (self, kind, name, options, &error));
  g_assert_error (error, NERVE_ERROR, code);
  g_assert_null (strchr (error->message, '\n'));
  g_assert_cmpuint (count_files (self), ==, 0);
}

/* A page is as much lower as what it leaves out. */
static void
test_parts_of_a_page_can_be_left_out (Desk *self, gconstpointer unused)
{
  const NerveFigureKind *board = nerve_figure_kind_find ("board");
  g_auto (NerveStyle) style = { 0 };
  g_autoptr (GError) error = NULL;
  const NerveFigureModel *model = &self->fixture.model;
  const guint layers[] = { 1, 2 };
  g_autofree char *text = NULL;
  double last;
  guint parts;

  if (!is_ready (self))
    return;
  nerve_style_init_print (&style, 500, NULL);
  last = nerve_page_height (board, model, layers, G_N_ELEMENTS (layers), &style, 500);
  for (guint i = 0; i < NERVE_N_PAGE_PARTS; i++)
    {
      double height;

      style.without |= 1u << i;
      height = nerve_page_height (board, model, layers, G_N_ELEMENTS (layers), &style, 500);
      g_assert_cmpfloat (height, <, last - 5);
      last = height;
    }
  g_assert_true (nerve_page_parse_parts ("caption, titles", &parts, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (parts, ==, NERVE_PAGE_CAPTION | NERVE_PAGE_TITLES);
  text = nerve_page_parts_text (parts);
  g_assert_cmpstr (text, ==, "titles,caption");
  g_assert_false (nerve_page_parse_parts ("captions", &parts, &error));
  g_assert_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER);
  g_assert_nonnull (strstr (error->message, "titles, legend, caption"));
}

static void
test_absurd_sizes_are_refused (Desk *self, gconstpointer unused)
{
  static const double sizes[][2] = {
    { 0, 0 }, { -5, 100 }, { NAN, 100 }, { 100, NAN }, { 1e9, 100 }, { 100, 1e9 }, { 100, -1 }, { INFINITY, 0 },
    { 1, 0 },
  };
  NerveExportOptions options;

  if (!is_ready (self))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      nerve_export_options_init (&options);
      options.width = sizes[i][0];
      options.height = sizes[i][1];
      assert_refused (self, "diagram", "one.pdf", &options, NERVE_ERROR_PARAMETER);
    }
  nerve_export_options_init (&options);
  options.dpi = 1e6;
  assert_refused (self, "diagram", "one.png", &options, NERVE_ERROR_PARAMETER);
  options.dpi = NAN;
  assert_refused (self, "diagram", "one.png", &options, NERVE_ERROR_PARAMETER);
  options.dpi = 4800;
  options.width = 2000;
  assert_refused (self, "diagram", "one.png", &options, NERVE_ERROR_PARAMETER);
}

static void
test_unknown_formats_are_refused (Desk *self, gconstpointer unused)
{
  NerveExportOptions options;

  if (!is_ready (self))
    return;
  nerve_export_options_init (&options);
  assert_refused (self, "diagram", "one.texx", &options, NERVE_ERROR_PARAMETER);
  assert_refused (self, "diagram", "one.gif", &options, NERVE_ERROR_PARAMETER);
  assert_refused (self, "diagram", "one", &options, NERVE_ERROR_PARAMETER);
}

static void
test_a_layer_that_is_not_there_is_refused (Desk *self, gconstpointer unused)
{
  NerveExportOptions options;
  const NerveFigureKind *kind = nerve_figure_kind_find ("mapper");
  const guint layers[] = { 99 };
  g_autofree char *path = g_build_filename (self->folder, "one.pdf", NULL);
  g_autoptr (GError) error = NULL;

  if (!is_ready (self))
    return;
  nerve_export_options_init (&options);
  g_assert_false (nerve_export_figure (kind, &self->fixture.model, layers, 1, &options, path, &error));
  g_assert_error (error, NERVE_ERROR, NERVE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (nerve_export_figure (kind, &self->fixture.model, NULL, 0, &options, path, &error));
  g_assert_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER);
}

static void
test_what_cannot_be_written_leaves_nothing (Desk *self, gconstpointer unused)
{
  static const char * const paths[] = { "/nonexistent/one.pdf", "/dev/null/one.svg", "/proc/one.png" };
  NerveExportOptions options;

  if (!is_ready (self))
    return;
  nerve_export_options_init (&options);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    assert_refused (self, "diagram", paths[i], &options, NERVE_ERROR_WRITE);
}

static void
test_a_folder_in_the_way_is_an_error (Desk *self, gconstpointer unused)
{
  g_autofree char *path = g_build_filename (self->folder, "one.pdf", NULL);
  NerveExportOptions options;
  g_autoptr (GError) error = NULL;

  if (!is_ready (self))
    return;
  g_mkdir (path, 0777);
  nerve_export_options_init (&options);
  g_assert_false (export (self, "diagram", "one.pdf", &options, &error));
  g_assert_error (error, NERVE_ERROR, NERVE_ERROR_WRITE);
  g_assert_cmpuint (count_files (self), ==, 1);
  g_rmdir (path);
}

static void
test_an_earlier_file_survives_a_refusal (Desk *self, gconstpointer unused)
{
  NerveExportOptions options;
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) after = NULL;
  g_autoptr (GError) error = NULL;

  if (!is_ready (self))
    return;
  nerve_export_options_init (&options);
  g_assert_true (export (self, "diagram", "one.pdf", &options, &error));
  before = read_file (self, "one.pdf");
  options.width = -1;
  g_assert_false (export (self, "diagram", "one.pdf", &options, &error));
  after = read_file (self, "one.pdf");
  g_assert_true (g_bytes_equal (before, after));
}

static void
test_a_missing_font_is_replaced (Desk *self, gconstpointer unused)
{
  static const char * const fonts[] = { "No Such Font 8", "9", "", "DejaVu Sans 5.5", "   ", "Lato" };
  NerveExportOptions options;

  if (!is_ready (self))
    return;
  nerve_export_options_init (&options);
  for (guint i = 0; i < G_N_ELEMENTS (fonts); i++)
    {
      g_autoptr (GError) error = NULL;

      options.font = fonts[i];
      g_assert_true (export (self, "board", "one.pdf", &options, &error));
      g_assert_no_error (error);
    }
}

static void
test_lengths_have_units (void)
{
  static const struct { const char *text; double points; } good[] = {
    { "3.25in", 234 }, { "82 mm", 82 * 72 / 25.4 }, { "8.2cm", 82 * 72 / 25.4 }, { "234pt", 234 },
    { " 1in ", 72 }, { "ieee-1", 252 }, { "ICML-2", 486 }, { "nature-1", 89 * 72 / 25.4 },
  };
  static const char * const bad[] = {
    "", "in", "234", "3.25 inches", "-1in", "0pt", "nan", "inf", "1e999in", "3,25in", "ieee-3",
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GError) error = NULL;
      double points = 0;

      g_assert_true (nerve_export_parse_length (good[i].text, &points, &error));
      g_assert_cmpfloat_with_epsilon (points, good[i].points, 1e-9);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      double points = 0;

      g_assert_false (nerve_export_parse_length (bad[i], &points, &error));
      g_assert_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER);
    }
}

#define ADD(name, function) g_test_add ("/figures/export/" name, Desk, NULL, desk_set_up, function, desk_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("the-same-figure-is-the-same-bytes", test_the_same_figure_is_the_same_bytes);
  ADD ("a-png-has-its-size-and-its-origin", test_a_png_has_its_size_and_its_origin);
  ADD ("a-page-to-be-looked-at-has-a-margin", test_a_page_to_be_looked_at_has_a_margin);
  ADD ("metadata-stands-in-every-format", test_metadata_stands_in_every_format);
  ADD ("vector-figures-hold-no-picture", test_vector_figures_hold_no_picture);
  g_test_add_func ("/figures/export/thousands-of-marks-become-a-picture", test_thousands_of_marks_become_a_picture);
  ADD ("parts-of-a-page-can-be-left-out", test_parts_of_a_page_can_be_left_out);
  ADD ("absurd-sizes-are-refused", test_absurd_sizes_are_refused);
  ADD ("unknown-formats-are-refused", test_unknown_formats_are_refused);
  ADD ("a-layer-that-is-not-there-is-refused", test_a_layer_that_is_not_there_is_refused);
  ADD ("what-cannot-be-written-leaves-nothing", test_what_cannot_be_written_leaves_nothing);
  ADD ("a-folder-in-the-way-is-an-error", test_a_folder_in_the_way_is_an_error);
  ADD ("an-earlier-file-survives-a-refusal", test_an_earlier_file_survives_a_refusal);
  ADD ("a-missing-font-is-replaced", test_a_missing_font_is_replaced);
  g_test_add_func ("/figures/export/lengths-have-units", test_lengths_have_units);

  return g_test_run ();
}
