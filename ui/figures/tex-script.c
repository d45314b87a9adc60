#include "figures/tex-script.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "figures/color.h"
#include "figures/tex-path.h"
#include "figures/tex-pixels.h"

/* What stays set in PGF until something else is; each a command. */
typedef enum
{
  PEN_FILL,
  PEN_STROKE,
  PEN_FILL_OPACITY,
  PEN_STROKE_OPACITY,
  PEN_WIDTH,
  PEN_CAP,
  PEN_JOIN,
  PEN_DASH,
  PEN_RULE,
  N_PENS,
} Pen;

/* The state of one walk through a script. */
typedef struct
{
  NerveTexScript  *script;
  GString         *out;
  GArray          *numbers;    /* operands, double */
  guint            array;      /* where the last array of them begins */
  cairo_matrix_t   matrix;
  NerveTexPath     path;
  gboolean         has_filled; /* the path's filling waits for a stroke of the same */
  guint            n_clips;
  char            *set[N_PENS];
  double           color[4];
  gboolean         in_pattern; /* its matrix is being set, not the drawing's */
  gboolean         has_pixels; /* are the source */
  NerveTexPixels   pixels;
  double           line_width;
  const char      *cap;
  const char      *join;
  const char      *rule;
  GArray          *dashes;     /* double, in units of the drawing; the last one is where to begin */
  GError          *error;
} Walk;

typedef struct
{
  const char *name;
  guint       n;    /* operands */
  void      (*run) (Walk *self, const double *operands);
} Operator;

static double
scale_of (const cairo_matrix_t *matrix)
{
  return sqrt (fabs (matrix->xx * matrix->yy - matrix->xy * matrix->yx));
}

/* The pen */

static void
set_pen (Walk *self, Pen pen, char *command)
{
  if (g_strcmp0 (self->set[pen], command) == 0)
    {
      g_free (command);
      return;
    }
  g_free (self->set[pen]);
  self->set[pen] = command;
  g_string_append (self->out, command);
}

static void
forget_pens (Walk *self)
{
  for (guint i = 0; i < N_PENS; i++)
    g_clear_pointer (&self->set[i], g_free);
}

static void
set_color (Walk *self, Pen color, Pen opacity, const char *what)
{
  guint index = nerve_tex_script_color (self->script, (NerveColor) { self->color[0], self->color[1], self->color[2] });
  g_autoptr (GString) alpha = g_string_new (NULL);

  nerve_tex_append_number (alpha, self->color[3]);
  set_pen (self, color, g_strdup_printf ("\\pgfset%scolor{nerve%u}", what, index));
  /* One is what a picture starts with. */
  if (self->color[3] < 1 || self->set[opacity] != NULL)
    set_pen (self, opacity, g_strdup_printf ("\\pgfset%sopacity{%s}", what, alpha->str));
}

static void
set_line (Walk *self)
{
  double scale = scale_of (&self->matrix);
  GString *width = g_string_new ("\\pgfsetlinewidth{");
  GString *dash = g_string_new ("\\pgfsetdash{");
  guint n = self->dashes->len > 0 ? self->dashes->len - 1 : 0;

  nerve_tex_append_number (width, self->line_width * scale);
  set_pen (self, PEN_WIDTH, g_string_free (g_string_append (width, "bp}"), FALSE));
  set_pen (self, PEN_CAP, g_strconcat ("\\pgfset", self->cap, NULL));
  set_pen (self, PEN_JOIN, g_strconcat ("\\pgfset", self->join, NULL));
  for (guint i = 0; i < n; i++)
    {
      g_string_append_c (dash, '{');
      nerve_tex_append_number (dash, g_array_index (self->dashes, double, i) * scale);
      g_string_append (dash, "bp}");
    }
  g_string_append (dash, "}{");
  nerve_tex_append_number (dash, n > 0 ? g_array_index (self->dashes, double, n) * scale : 0);
  set_pen (self, PEN_DASH, g_string_free (g_string_append (dash, "bp}"), FALSE));
}

/* Painting */

static void
begin_scope (Walk *self)
{
  g_string_append (self->out, "\\begin{pgfscope}");
  forget_pens (self);
}

static void
end_scope (Walk *self)
{
  g_string_append (self->out, "\\end{pgfscope}\n");
  forget_pens (self);
}

static void
fill_now (Walk *self)
{
  if (!self->has_filled)
    return;
  self->has_filled = FALSE;
  g_string_append_printf (self->out, "%s\\pgfusepath{fill}\n", self->path.text->str);
}

static void
paint_pixels (Walk *self, gboolean within_path)
{
  if (within_path)
    {
      begin_scope (self);
      g_string_append_printf (self->out, "%s\\pgfusepath{clip}\n", self->path.text->str);
    }
  for (guint y = 0; y < self->pixels.height; y++)
    for (guint x = 0, end; x < self->pixels.width; x = end)
      {
        cairo_matrix_t placed = self->pixels.matrix;
        guint32 rgb = nerve_tex_pixels_run (&self->pixels, x, y, &end);
        guint index = nerve_tex_script_color (self->script, nerve_color_from_rgb (rgb));
        double corners[4] = { x, y, end, y + 1 };

        if (cairo_matrix_invert (&placed) != CAIRO_STATUS_SUCCESS)
          continue;
        for (guint i = 0; i < 4; i += 2)
          {
            cairo_matrix_transform_point (&placed, &corners[i], &corners[i + 1]);
            cairo_matrix_transform_point (&self->matrix, &corners[i], &corners[i + 1]);
          }
        set_pen (self, PEN_FILL, g_strdup_printf ("\\pgfsetfillcolor{nerve%u}", index));
        g_string_append (self->out, "\\NB ");
        nerve_tex_append_number (self->out, corners[0]);
        g_string_append_c (self->out, ' ');
        nerve_tex_append_number (self->out, self->script->height - corners[3]);
        g_string_append_c (self->out, ' ');
        nerve_tex_append_number (self->out, corners[2] - corners[0]);
        g_string_append_c (self->out, ' ');
        nerve_tex_append_number (self->out, corners[3] - corners[1]);
        g_string_append_c (self->out, '\n');
      }
  if (within_path)
    end_scope (self);
}

static void
run_fill (Walk *self, const double *unused)
{
  fill_now (self);
  nerve_tex_path_round (&self->path);
  if (self->has_pixels)
    {
      paint_pixels (self, TRUE);
      return;
    }
  set_color (self, PEN_FILL, PEN_FILL_OPACITY, "fill");
  set_pen (self, PEN_RULE, g_strconcat ("\\pgfset", self->rule, NULL));
  self->has_filled = TRUE;
}

static void
run_stroke (Walk *self, const double *unused)
{
  if (self->has_pixels)
    {
      fill_now (self);
      return;
    }
  nerve_tex_path_round (&self->path);
  set_color (self, PEN_STROKE, PEN_STROKE_OPACITY, "stroke");
  set_line (self);
  g_string_append_printf (self->out, "%s\\pgfusepath{%sstroke}\n", self->path.text->str,
                          self->has_filled ? "fill," : "");
  self->has_filled = FALSE;
}

static void
run_paint (Walk *self, const double *unused)
{
  fill_now (self);
  if (self->has_pixels)
    {
      paint_pixels (self, FALSE);
      return;
    }
  set_color (self, PEN_FILL, PEN_FILL_OPACITY, "fill");
  g_string_append (self->out, "\\NR 0 0 ");
  nerve_tex_append_number (self->out, self->script->width);
  g_string_append_c (self->out, ' ');
  nerve_tex_append_number (self->out, self->script->height);
  g_string_append (self->out, " \\pgfusepath{fill}\n");
}

static void
run_clip (Walk *self, const double *unused)
{
  fill_now (self);
  begin_scope (self);
  set_pen (self, PEN_RULE, g_strconcat ("\\pgfset", self->rule, NULL));
  g_string_append_printf (self->out, "%s\\pgfusepath{clip}\n", self->path.text->str);
  self->n_clips++;
}

static void
run_reset_clip (Walk *self, const double *unused)
{
  fill_now (self);
  for (; self->n_clips > 0; self->n_clips--)
    end_scope (self);
}

/* Paths */

static void
run_new_path (Walk *self, const double *unused)
{
  fill_now (self);
  nerve_tex_path_reset (&self->path);
}

static void
run_move (Walk *self, const double *operands)
{
  nerve_tex_path_move (&self->path, &self->matrix, operands);
}

static void
run_line (Walk *self, const double *operands)
{
  nerve_tex_path_line (&self->path, &self->matrix, operands);
}

static void
run_curve (Walk *self, const double *operands)
{
  nerve_tex_path_curve (&self->path, &self->matrix, operands);
}

static void
run_close (Walk *self, const double *unused)
{
  nerve_tex_path_close (&self->path);
}

static void
run_rectangle (Walk *self, const double *operands)
{
  nerve_tex_path_rectangle (&self->path, &self->matrix, operands);
}

/* State */

static void
set_source_color (Walk *self, double red, double green, double blue, double alpha)
{
  const double color[4] = { red, green, blue, alpha };

  memcpy (self->color, color, sizeof color);
  self->has_pixels = FALSE;
}

static void
run_gray (Walk *self, const double *operands)
{
  set_source_color (self, operands[0], operands[0], operands[0], 1);
}

static void
run_gray_alpha (Walk *self, const double *operands)
{
  set_source_color (self, operands[0], operands[0], operands[0], operands[1]);
}

static void
run_alpha (Walk *self, const double *operands)
{
  set_source_color (self, 0, 0, 0, operands[0]);
}

static void
run_rgb (Walk *self, const double *operands)
{
  set_source_color (self, operands[0], operands[1], operands[2], 1);
}

static void
run_rgba (Walk *self, const double *operands)
{
  set_source_color (self, operands[0], operands[1], operands[2], operands[3]);
}

static void
run_pattern (Walk *self, const double *unused)
{
  self->has_pixels = self->in_pattern = self->pixels.data != NULL;
  cairo_matrix_init_identity (&self->pixels.matrix);
}

static void
run_set_source (Walk *self, const double *unused)
{
  self->in_pattern = FALSE;
}

static void
run_identity (Walk *self, const double *unused)
{
  const double identity[6] = { 1, 0, 0, 1, 0, 0 };

  g_array_append_vals (self->numbers, identity, 6);
}

static void
run_set_matrix (Walk *self, const double *m)
{
  cairo_matrix_init (self->in_pattern ? &self->pixels.matrix : &self->matrix, m[0], m[1], m[2], m[3], m[4], m[5]);
}

static void
run_scale (Walk *self, const double *operands)
{
  cairo_matrix_scale (&self->matrix, operands[0], operands[1]);
}

static void
run_translate (Walk *self, const double *operands)
{
  cairo_matrix_translate (&self->matrix, operands[0], operands[1]);
}

static void
run_line_width (Walk *self, const double *operands)
{
  self->line_width = operands[0];
}

static void
run_dash (Walk *self, const double *unused)
{
  g_array_set_size (self->dashes, 0);
  if (self->numbers->len > self->array + 1)
    g_array_append_vals (self->dashes, &g_array_index (self->numbers, double, self->array),
                         self->numbers->len - self->array);
}

static void
run_nothing (Walk *self, const double *unused)
{
}

static const Operator operators[] = {
  { "m", 2, run_move }, { "l", 2, run_line }, { "c", 6, run_curve }, { "h", 0, run_close },
  { "rectangle", 4, run_rectangle }, { "n", 0, run_new_path }, { "fill+", 0, run_fill }, { "stroke+", 0, run_stroke },
  { "paint", 0, run_paint }, { "clip+", 0, run_clip }, { "reset-clip", 0, run_reset_clip },
  { "g", 1, run_gray }, { "ga", 2, run_gray_alpha }, { "a", 1, run_alpha }, { "rgb", 3, run_rgb },
  { "rgba", 4, run_rgba }, { "pattern", 0, run_pattern }, { "set-source", 0, run_set_source },
  { "identity", 0, run_identity }, { "set-matrix", 6, run_set_matrix }, { "scale", 2, run_scale },
  { "translate", 2, run_translate }, { "set-line-width", 1, run_line_width }, { "set-dash", 1, run_dash },
  { "set-miter-limit", 1, run_nothing }, { "set-tolerance", 1, run_nothing }, { "set-line-cap", 0, run_nothing },
  { "set-line-join", 0, run_nothing }, { "set-fill-rule", 0, run_nothing }, { "set-filter", 0, run_nothing },
  { "set-extend", 0, run_nothing }, { "set-antialias", 0, run_nothing }, { "surface", 0, run_nothing },
  { "context", 0, run_nothing }, { "image", 0, run_nothing }, { "show-page", 0, run_nothing },
  { "pop", 0, run_nothing },
};

/* Names of states, "//NAME". */
static void
take_name (Walk *self, const char *name)
{
  static const struct { const char *name; gsize field; const char *command; } names[] = {
    { "LINE_CAP_BUTT", G_STRUCT_OFFSET (Walk, cap), "buttcap" },
    { "LINE_CAP_ROUND", G_STRUCT_OFFSET (Walk, cap), "roundcap" },
    { "LINE_CAP_SQUARE", G_STRUCT_OFFSET (Walk, cap), "rectcap" },
    { "LINE_JOIN_MITER", G_STRUCT_OFFSET (Walk, join), "miterjoin" },
    { "LINE_JOIN_ROUND", G_STRUCT_OFFSET (Walk, join), "roundjoin" },
    { "LINE_JOIN_BEVEL", G_STRUCT_OFFSET (Walk, join), "beveljoin" },
    { "WINDING", G_STRUCT_OFFSET (Walk, rule), "nonzerorule" },
    { "EVEN_ODD", G_STRUCT_OFFSET (Walk, rule), "eorule" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (name, names[i].name) == 0)
      G_STRUCT_MEMBER (const char *, self, names[i].field) = names[i].command;
}

/* The walk */

static void
run_operator (Walk *self, const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (operators); i++)
    if (strcmp (operators[i].name, name) == 0 && self->numbers->len >= operators[i].n)
      {
        guint first = self->numbers->len - operators[i].n;
        /* The operators that push have no operands to lose. */
        gboolean pushes = operators[i].run == run_identity;

        operators[i].run (self, self->numbers->len > 0 ? &g_array_index (self->numbers, double, first) : NULL);
        if (!pushes)
          g_array_set_size (self->numbers, 0);
        return;
      }

  g_set_error (&self->error, NERVE_ERROR, NERVE_ERROR_FORMAT,
               _("TikZ can not show what this figure draws (%s); PDF, SVG and PNG can"), name);
}

static void
take_comment (Walk *self, const char *comment)
{
  const gsize n = strlen (NERVE_TEX_TEXT_COMMENT);
  guint64 index;

  if (!g_str_has_prefix (comment, NERVE_TEX_TEXT_COMMENT) ||
      !g_ascii_string_to_unsigned (comment + n, 10, 0, self->script->texts->len - 1, &index, NULL))
    return;
  fill_now (self);
  g_string_append (self->out, g_ptr_array_index (self->script->texts, index));
}

static void
take_word (Walk *self, const char *word)
{
  char *end;
  double number = g_ascii_strtod (word, &end);

  if (*word == '[')
    self->array = self->numbers->len;
  else if (g_str_has_prefix (word, "//"))
    take_name (self, word + 2);
  else if (end != word && *end == '\0')
    g_array_append_val (self->numbers, number);
  else if (*word != ']')
    run_operator (self, word);
}

/* A word, an array's bracket, a comment, or a picture's dictionary; returns where it ends. */
static const char *
take_next (Walk *self, const char *at)
{
  g_autofree char *word = NULL;
  gsize n = strcspn (at, " \n[]");

  if (*at == '%')
    {
      n = strcspn (at, "\n");
      word = g_strndup (at + 1, n - 1);
      take_comment (self, g_strchug (word));
      return at + n;
    }
  if (g_str_has_prefix (at, "<<"))
    {
      nerve_tex_pixels_clear (&self->pixels);
      return nerve_tex_pixels_parse (&self->pixels, at, &self->error);
    }
  n = MAX (n, 1);
  word = g_strndup (at, n);
  take_word (self, word);

  return at + n;
}

guint
nerve_tex_script_color (NerveTexScript *self, NerveColor color)
{
  guint32 rgb = nerve_color_to_rgb (color);

  for (guint i = 0; i < self->colors->len; i++)
    if (g_array_index (self->colors, guint32, i) == rgb)
      return i;
  g_array_append_val (self->colors, rgb);

  return self->colors->len - 1;
}

gboolean
nerve_tex_script_append (NerveTexScript *self, const char *text, GString *out, GError **error)
{
  Walk walk = {
    .script = self, .out = out, .numbers = g_array_new (FALSE, FALSE, sizeof (double)),
    .dashes = g_array_new (FALSE, FALSE, sizeof (double)), .color = { 0, 0, 0, 1 }, .line_width = 2, .cap = "buttcap",
    .join = "miterjoin", .rule = "nonzerorule",
  };

  nerve_tex_path_init (&walk.path, self->height);
  cairo_matrix_init_identity (&walk.matrix);
  while (*text != '\0' && walk.error == NULL)
    text = g_ascii_isspace (*text) ? text + 1 : take_next (&walk, text);
  run_reset_clip (&walk, NULL);

  g_array_unref (walk.numbers);
  g_array_unref (walk.dashes);
  nerve_tex_path_clear (&walk.path);
  nerve_tex_pixels_clear (&walk.pixels);
  forget_pens (&walk);
  if (walk.error == NULL)
    return TRUE;
  g_propagate_error (error, walk.error);

  return FALSE;
}
