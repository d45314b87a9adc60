#include "figures/tex-path.h"

#include <math.h>
#include <string.h>

#define CIRCLE_TOLERANCE .004

void
nerve_tex_append_number (GString *out, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  gsize n;

  g_ascii_formatd (text, sizeof text, "%.2f", value);
  n = strlen (text);
  while (text[n - 1] == '0')
    n--;
  if (text[n - 1] == '.')
    n--;
  text[n] = '\0';
  g_string_append (out, strcmp (text, "-0") == 0 ? "0" : text);
}

void
nerve_tex_path_init (NerveTexPath *self, double height)
{
  *self = (NerveTexPath) { g_string_new (NULL), height, g_array_new (FALSE, FALSE, sizeof (double)) };
}

void
nerve_tex_path_clear (NerveTexPath *self)
{
  g_string_free (self->text, TRUE);
  g_array_unref (self->arcs);
}

void
nerve_tex_path_reset (NerveTexPath *self)
{
  g_string_truncate (self->text, 0);
  g_array_set_size (self->arcs, 0);
  self->is_mixed = FALSE;
}

/* @points are where they shall stand. */
static void
append (NerveTexPath *self, const char *command, const double *points, guint n)
{
  g_string_append (self->text, command);
  for (guint i = 0; i < n; i++)
    {
      g_string_append_c (self->text, ' ');
      nerve_tex_append_number (self->text, points[2 * i]);
      g_string_append_c (self->text, ' ');
      nerve_tex_append_number (self->text, self->height - points[2 * i + 1]);
    }
  g_string_append_c (self->text, ' ');
}

void
nerve_tex_path_move (NerveTexPath *self, const cairo_matrix_t *matrix, const double point[2])
{
  self->is_mixed |= self->text->len > 0;
  memcpy (self->last, point, sizeof self->last);
  cairo_matrix_transform_point (matrix, &self->last[0], &self->last[1]);
  append (self, "\\NM", self->last, 1);
}

void
nerve_tex_path_line (NerveTexPath *self, const cairo_matrix_t *matrix, const double point[2])
{
  double end[2] = { point[0], point[1] };

  self->is_mixed = TRUE;
  cairo_matrix_transform_point (matrix, &end[0], &end[1]);
  append (self, "\\NL", end, 1);
}

void
nerve_tex_path_curve (NerveTexPath *self, const cairo_matrix_t *matrix, const double points[6])
{
  double placed[6];
  double middle[2];

  memcpy (placed, points, sizeof placed);
  for (guint i = 0; i < 6; i += 2)
    cairo_matrix_transform_point (matrix, &placed[i], &placed[i + 1]);
  for (guint k = 0; k < 2; k++)
    middle[k] = (self->last[k] + 3 * placed[k] + 3 * placed[2 + k] + placed[4 + k]) / 8;
  memcpy (self->last, placed + 4, sizeof self->last);
  g_array_append_vals (self->arcs, middle, 2);
  g_array_append_vals (self->arcs, self->last, 2);
  append (self, "\\NC", placed, 3);
}

void
nerve_tex_path_close (NerveTexPath *self)
{
  g_string_append (self->text, "\\NZ ");
}

void
nerve_tex_path_rectangle (NerveTexPath *self, const cairo_matrix_t *matrix, const double box[4])
{
  const double corners[4][2] = {
    { box[0], box[1] }, { box[0] + box[2], box[1] }, { box[0] + box[2], box[1] + box[3] }, { box[0], box[1] + box[3] },
  };

  nerve_tex_path_move (self, matrix, corners[0]);
  for (guint i = 1; i < 4; i++)
    nerve_tex_path_line (self, matrix, corners[i]);
  nerve_tex_path_close (self);
}

/* Curves all at one distance from their middle are a circle, as cairo draws it. */
void
nerve_tex_path_round (NerveTexPath *self)
{
  const double *ends = (const double *) self->arcs->data;
  guint n = self->arcs->len / 2;
  double middle[2] = { 0, 0 };
  double radius;

  if (self->is_mixed || n < 4)
    return;
  for (guint i = 0; i < 2 * n; i++)
    middle[i % 2] += ends[i] / n;
  radius = hypot (ends[0] - middle[0], ends[1] - middle[1]);
  for (guint i = 1; i < n; i++)
    if (fabs (hypot (ends[2 * i] - middle[0], ends[2 * i + 1] - middle[1]) - radius) > CIRCLE_TOLERANCE)
      return;

  g_string_assign (self->text, "\\NO ");
  nerve_tex_append_number (self->text, middle[0]);
  g_string_append_c (self->text, ' ');
  nerve_tex_append_number (self->text, self->height - middle[1]);
  g_string_append_c (self->text, ' ');
  nerve_tex_append_number (self->text, radius);
  g_string_append_c (self->text, ' ');
  self->is_mixed = TRUE;
}
