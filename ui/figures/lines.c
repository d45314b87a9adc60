#include "figures/lines.h"

#include <math.h>

#include "figures/color.h"

struct _NerveLines
{
  const NerveDots *dots;
  cairo_surface_t *mask;   /* how much of each pixel is covered */
  guchar          *covered;
  int              stride;
};

NerveLines *
nerve_lines_new (const NerveDots *dots)
{
  NerveLines *self = g_new0 (NerveLines, 1);

  self->dots = dots;
  self->mask = cairo_image_surface_create (CAIRO_FORMAT_A8, cairo_image_surface_get_width (dots->target),
                                           cairo_image_surface_get_height (dots->target));
  cairo_surface_flush (self->mask);
  self->covered = cairo_image_surface_get_data (self->mask);
  self->stride = cairo_image_surface_get_stride (self->mask);

  return self;
}

/* From end to end along the axis on which it is longer, at each step the few pixels across. */
static void
cover (NerveLines *self, const double *from, const double *to, double width, int axis)
{
  const int *clip = self->dots->clip;
  double slope = to[axis] > from[axis] ? (to[!axis] - from[!axis]) / (to[axis] - from[axis]) : 0;
  double upright = 1 / sqrt (1 + slope * slope); /* of a step across the axis, what is across the line */
  double half = (width / 2 + .5) / upright;
  gsize along = axis == 0 ? 1 : self->stride;
  gsize across = axis == 0 ? self->stride : 1;
  int last = MIN ((int) ceil (to[axis]), clip[axis + 2]);

  for (int step = MAX ((int) floor (from[axis]), clip[axis]); step < last; step++)
    {
      double part = MIN (step + 1, to[axis]) - MAX (step, from[axis]);
      double middle = from[!axis] + slope * (step + .5 - from[axis]);
      int end = MIN ((int) ceil (middle + half), clip[!axis + 2]);

      for (int place = MAX ((int) floor (middle - half), clip[!axis]); place < end; place++)
        {
          double away = fabs (place + .5 - middle) * upright;
          double share = CLAMP (width / 2 - away + .5, 0, MIN (width, 1)) * part;
          guchar *pixel = self->covered + step * along + place * across;

          *pixel = MAX (*pixel, (guchar) (255 * share + .5));
        }
    }
}

void
nerve_lines_add (NerveLines *self, double x1, double y1, double x2, double y2, double width)
{
  double ends[2][2] = { { x1, y1 }, { x2, y2 } };
  int axis, first;

  for (guint i = 0; i < 2; i++)
    nerve_dots_to_pixels (self->dots, &ends[i][0], &ends[i][1]);
  for (guint i = 0; i < 4; i++)
    if (!(fabs (ends[i / 2][i % 2]) < 1e6))
      return;

  axis = fabs (ends[1][1] - ends[0][1]) > fabs (ends[1][0] - ends[0][0]);
  first = ends[1][axis] < ends[0][axis];
  cover (self, ends[first], ends[!first], width * self->dots->scale, axis);
}

void
nerve_lines_paint (NerveLines *self, NerveDotInk ink)
{
  cairo_t *cr = self->dots->cr;

  cairo_surface_mark_dirty (self->mask);
  cairo_surface_set_device_scale (self->mask, self->dots->factor, self->dots->factor);
  cairo_save (cr);
  cairo_identity_matrix (cr);
  nerve_color_set_alpha (cr, ink.color, ink.alpha);
  cairo_mask_surface (cr, self->mask, -self->dots->offset[0] / self->dots->factor,
                      -self->dots->offset[1] / self->dots->factor);
  cairo_restore (cr);
}

void
nerve_lines_free (NerveLines *self)
{
  cairo_surface_destroy (self->mask);
  g_free (self);
}
