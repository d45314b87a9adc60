#include "figures/export.h"

#include <string.h>

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "figures/tex-drawing.h"
#include "figures/tex-text.h"
#include "fixture.h"

static char *
tex_of (const char *text)
{
  GString *out = g_string_new (NULL);

  nerve_tex_append_text (out, text);

  return g_string_free (out, FALSE);
}

static void
test_nothing_in_a_name_is_a_command (void)
{
  static const struct { const char *text, *tex; } cases[] = {
    { "layer_1", "layer\\_1" }, { "50 %", "50 \\%" }, { "a\\b", "a\\textbackslash{}b" }, { "{#$&}", "\\{\\#\\$\\&\\}" },
    { "ε = 1.6", "\\ensuremath{\\varepsilon} = 1.6" }, { "H₁", "H\\textsubscript{1}" }, { "−3", "\\ensuremath{-}3" },
    { "Straße", "Straße" }, { "猫", "猫" }, { "a\nb", "ab" }, { "x--y", "x-{}-{}y" }, { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *tex = tex_of (cases[i].text);

      g_assert_cmpstr (tex, ==, cases[i].tex);
    }
}

static char *
picture_of (void (*draw) (cairo_t *cr), GError **error)
{
  g_autoptr (NerveTexDrawing) drawing = nerve_tex_drawing_new (200, 100);
  g_autoptr (GString) out = g_string_new (NULL);
  cairo_t *cr = cairo_create (nerve_tex_drawing_get_surface (drawing));

  draw (cr);
  cairo_destroy (cr);

  return nerve_tex_drawing_append (drawing, out, error) ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}

static void
assert_drawn (void (*draw) (cairo_t *cr), const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *tex = picture_of (draw, &error);

  g_assert_no_error (error);
  g_assert_nonnull (tex);
  if (strstr (tex, words) == NULL)
    g_error ("“%s” is not in:\n%s", words, tex);
}

static void
draw_line (cairo_t *cr)
{
  cairo_translate (cr, 10, 10);
  cairo_scale (cr, 2, 2);
  cairo_set_source_rgb (cr, 1, 0, 0);
  cairo_set_line_width (cr, 1.5);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_move_to (cr, 0, 0);
  cairo_line_to (cr, 5, 10);
  cairo_stroke (cr);
}

static void
draw_disc (cairo_t *cr)
{
  cairo_arc (cr, 50, 40, 12, 0, 2 * G_PI);
  cairo_set_source_rgba (cr, 0, 0, 1, .5);
  cairo_fill_preserve (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
}

/* A wedge ends where a circle would, but is none. */
static void
draw_wedge (cairo_t *cr)
{
  cairo_move_to (cr, 50, 40);
  cairo_arc (cr, 50, 40, 12, 0, 1.5 * G_PI);
  cairo_close_path (cr);
  cairo_fill (cr);
}

static void
draw_clipped (cairo_t *cr)
{
  cairo_save (cr);
  cairo_rectangle (cr, 10, 10, 20, 20);
  cairo_clip (cr);
  cairo_paint (cr);
  cairo_restore (cr);
  cairo_move_to (cr, 0, 0);
  cairo_line_to (cr, 1, 1);
  cairo_stroke (cr);
}

static void
draw_pixels (cairo_t *cr)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 40, 2);
  guint32 *pixels = (guint32 *) (gpointer) cairo_image_surface_get_data (surface);

  /* Enough of them to be packed. */
  for (guint i = 0; i < 80; i++)
    pixels[i] = i < 30 ? 0x102030 : 0x405060;
  cairo_surface_mark_dirty (surface);
  cairo_translate (cr, 20, 30);
  cairo_scale (cr, 2, 2);
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_paint (cr);
  cairo_surface_destroy (surface);
}

static void
draw_gradient (cairo_t *cr)
{
  cairo_pattern_t *gradient = cairo_pattern_create_linear (0, 0, 10, 10);

  cairo_pattern_add_color_stop_rgb (gradient, 0, 1, 0, 0);
  cairo_pattern_add_color_stop_rgb (gradient, 1, 0, 0, 1);
  cairo_set_source (cr, gradient);
  cairo_paint (cr);
  cairo_pattern_destroy (gradient);
}

static void
test_what_is_drawn_is_said (void)
{
  assert_drawn (draw_line, "\\definecolor{nerve0}{RGB}{255,0,0}");
  assert_drawn (draw_line, "\\pgfsetlinewidth{3bp}\\pgfsetroundcap");
  assert_drawn (draw_line, "\\NM 10 90 \\NL 20 70 \\pgfusepath{stroke}");
  assert_drawn (draw_disc, "\\pgfsetfillopacity{0.5}");
  assert_drawn (draw_disc, "\\NO 50 60 12 \\pgfusepath{fill,stroke}");
  assert_drawn (draw_wedge, "\\NM 50 60 \\NL 62 60 \\NC ");
  assert_drawn (draw_clipped, "\\pgfusepath{clip}\n");
  assert_drawn (draw_clipped, "\\end{pgfscope}\n\\pgfsetstrokecolor");
  assert_drawn (draw_pixels, "\\definecolor{nerve1}{RGB}{64,80,96}");
  assert_drawn (draw_pixels, "\\NB 20 68 60 2\n");
  assert_drawn (draw_pixels, "\\NB 20 66 80 2\n");
}

static void
test_what_has_no_words_is_an_error (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *tex = picture_of (draw_gradient, &error);

  g_assert_null (tex);
  g_assert_error (error, NERVE_ERROR, NERVE_ERROR_FORMAT);
}

/* Figures */

static char *
export (Fixture *fixture, const char *kind, const char *folder)
{
  const guint layers[] = { 1, 2 };
  g_autofree char *name = g_strconcat (kind, ".tex", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  NerveExportOptions options;
  char *text = NULL;

  nerve_export_options_init (&options);
  options.width = 234;
  options.metadata = "100 % of it\nin two lines";
  nerve_export_figure (nerve_figure_kind_find (kind), &fixture->model, layers, 2, &options, path, &error);
  g_assert_no_error (error);
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);

  return text;
}

static void
assert_balanced (const char *text)
{
  int depth = 0;

  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '\\' && p[1] != '\0')
        p++;
      else if (*p == '%')
        p += strcspn (p, "\n") - 1;
      else
        depth += *p == '{' ? 1 : *p == '}' ? -1 : 0;
      g_assert_cmpint (depth, >=, 0);
    }
  g_assert_cmpint (depth, ==, 0);
}

static const char document[] =
  "\\documentclass[twocolumn]{article}\\usepackage{pgf}\\begin{document}\n"
  "\\input{mapper.tex}\n\n\\input{board.tex}\n\n\\input{distances.tex}\\end{document}\n";

static void
compile (const char *folder)
{
  g_autofree char *latex = g_find_program_in_path ("pdflatex");
  g_autofree char *path = g_build_filename (folder, "document.tex", NULL);
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *output = NULL;

  if (latex == NULL)
    {
      g_test_message ("not compiled: there is no pdflatex");
      return;
    }
  g_file_set_contents (path, document, -1, &error);
  g_assert_no_error (error);
  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_subprocess_launcher_set_cwd (launcher, folder);
  process = g_subprocess_launcher_spawn (launcher, &error, latex, "-interaction=nonstopmode", "-halt-on-error",
                                         "document.tex", NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, &error));
  g_test_message ("%s", output != NULL ? output : "");
  g_assert_true (g_subprocess_get_successful (process));
}

static void
remove_all (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

static void
test_every_kind_can_be_put_into_a_paper (void)
{
  g_autofree char *helper = fixture_helper ();
  g_autofree char *folder = g_dir_make_tmp ("nerve-tex-XXXXXX", NULL);
  guint n;
  const NerveFigureKind *kinds = nerve_figure_kinds (&n);
  Fixture fixture;

  if (helper == NULL)
    {
      g_test_skip ("nerve-layout is not built");
      g_rmdir (folder);
      return;
    }
  fixture_init (&fixture, 6, 2, 240);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = export (&fixture, kinds[i].name, folder);

      g_assert_nonnull (strstr (text, "\\begin{pgfpicture}"));
      g_assert_true (g_str_has_suffix (text, "\\end{pgfpicture}%\n\\endgroup%\n"));
      g_assert_nonnull (strstr (text, ": 100 % of it in two lines\n"));
      g_assert_null (strstr (text, "xelatex"));
      assert_balanced (text);
    }
  compile (folder);
  fixture_clear (&fixture);
  remove_all (folder);
}

static void
test_text_is_latex_s (void)
{
  g_autofree char *helper = fixture_helper ();
  g_autofree char *folder = g_dir_make_tmp ("nerve-tex-XXXXXX", NULL);
  g_autofree char *text = NULL;
  Fixture fixture;

  if (helper == NULL)
    {
      g_test_skip ("nerve-layout is not built");
      g_rmdir (folder);
      return;
    }
  fixture_init (&fixture, 6, 2, 240);
  text = export (&fixture, "mapper", folder);
  g_assert_nonnull (strstr (text, "\\bfseries a}"));
  g_assert_nonnull (strstr (text, "}conv}"));
  g_assert_nonnull (strstr (text, "}Aclass 0}"));
  fixture_clear (&fixture);
  remove_all (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/figures/tex/nothing-in-a-name-is-a-command", test_nothing_in_a_name_is_a_command);
  g_test_add_func ("/figures/tex/what-is-drawn-is-said", test_what_is_drawn_is_said);
  g_test_add_func ("/figures/tex/what-has-no-words-is-an-error", test_what_has_no_words_is_an_error);
  g_test_add_func ("/figures/tex/every-kind-can-be-put-into-a-paper", test_every_kind_can_be_put_into_a_paper);
  g_test_add_func ("/figures/tex/text-is-latex-s", test_text_is_latex_s);

  return g_test_run ();
}
