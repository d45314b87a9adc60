#include "figures/dots.h"

#include <math.h>

#include "figures/color.h"

#define LARGEST 24 /* pixels; a larger disc is as quickly drawn as a path */

/* Not on paper: the same bytes for any way of drawing. */
static gboolean
has_pixels (cairo_t *cr, const NerveStyle *style)
{
  cairo_surface_t *target = cairo_get_group_target (cr);
  cairo_matrix_t matrix;

  cairo_get_matrix (cr, &matrix);

  return !style->print && cairo_surface_get_type (target) == CAIRO_SURFACE_TYPE_IMAGE &&
         cairo_image_surface_get_format (target) == CAIRO_FORMAT_ARGB32 && matrix.xy == 0 && matrix.yx == 0 &&
         matrix.xx == matrix.yy && matrix.xx > 0;
}

void
nerve_dots_to_pixels (const NerveDots *self, double *x, double *y)
{
  cairo_user_to_device (self->cr, x, y);
  *x = *x * self->factor + self->offset[0];
  *y = *y * self->factor + self->offset[1];
}

void
nerve_dots_init (NerveDots *self, cairo_t *cr, const NerveStyle *style)
{
  double clip[4];
  double across = 1, down = 0;

  *self = (NerveDots) { .cr = cr };
  if (!has_pixels (cr, style))
    return;

  self->target = cairo_get_group_target (cr);
  cairo_user_to_device_distance (cr, &across, &down);
  cairo_surface_get_device_scale (self->target, &self->factor, &down);
  cairo_surface_get_device_offset (self->target, &self->offset[0], &self->offset[1]);
  self->scale = across * self->factor;
  cairo_clip_extents (cr, &clip[0], &clip[1], &clip[2], &clip[3]);
  nerve_dots_to_pixels (self, &clip[0], &clip[1]);
  nerve_dots_to_pixels (self, &clip[2], &clip[3]);
  self->clip[0] = MAX ((int) ceil (clip[0] - .01), 0);
  self->clip[1] = MAX ((int) ceil (clip[1] - .01), 0);
  self->clip[2] = MIN ((int) floor (clip[2] + .01), cairo_image_surface_get_width (self->target));
  self->clip[3] = MIN ((int) floor (clip[3] + .01), cairo_image_surface_get_height (self->target));
}

/* What one is made of, in the units of the page or in pixels. */
typedef struct
{
  double      x, y;
  double      radius;
  NerveDotInk fill;
  double      line;
  NerveDotInk rim;
  double      from;  /* where its rim begins, to paper */
  double      share; /* of the rim */
} Dot;

static void
draw (cairo_t *cr, const Dot *dot)
{
  if (dot->fill.alpha > 0)
    {
      cairo_new_sub_path (cr);
      cairo_arc (cr, dot->x, dot->y, dot->radius, 0, 2 * G_PI);
      nerve_color_set_alpha (cr, dot->fill.color, dot->fill.alpha);
      cairo_fill (cr);
    }
  if (dot->rim.alpha > 0)
    {
      cairo_new_sub_path (cr);
      cairo_arc (cr, dot->x, dot->y, dot->radius, dot->from, dot->from + 2 * G_PI * dot->share);
      cairo_set_line_width (cr, dot->line);
      nerve_color_set_alpha (cr, dot->rim.color, dot->rim.alpha);
      cairo_stroke (cr);
    }
}

/* A colour over another by part of it, premultiplied, 0 to 255. */
static inline void
lay (float *under, const float *ink, float alpha)
{
  for (guint i = 0; i < 4; i++)
    under[i] = ink[i] * alpha + under[i] * (1 - alpha);
}

/* The part of a pixel, its middle @away from the circle's, that lies inside. */
static inline float
inside (float radius, float away)
{
  return CLAMP (radius - away + .5f, 0, 1);
}

static void
set_ink (float *ink, NerveColor color)
{
  guint32 rgb = nerve_color_to_rgb (color);

  ink[0] = rgb & 255;
  ink[1] = rgb >> 8 & 255;
  ink[2] = rgb >> 16 & 255;
  ink[3] = 255;
}

/* The part of a pixel that lies within the share from the top on: right of the line to the top, left of the one to
 * where it ends. */
static inline float
within (float share, const float *end, float dx, float dy)
{
  float after = CLAMP (dx + .5f, 0, 1);
  float before = CLAMP (end[1] * dx - end[0] * dy + .5f, 0, 1);

  return share >= 1 ? 1 : share <= .5f ? MIN (after, before) : MAX (after, before);
}

static void
put_pixels (const NerveDots *self, const Dot *dot)
{
  float radius = dot->radius;
  float line = dot->rim.alpha > 0 ? dot->line / 2 : 0;
  float reach = radius + line + .5f;
  float end[2] = { sin (2 * G_PI * dot->share), -cos (2 * G_PI * dot->share) };
  int stride = cairo_image_surface_get_stride (self->target);
  guchar *pixels = cairo_image_surface_get_data (self->target);
  int right = MIN ((int) ceil (dot->x + reach), self->clip[2]);
  int bottom = MIN ((int) ceil (dot->y + reach), self->clip[3]);
  float body[4], edge[4];

  set_ink (body, dot->fill.color);
  set_ink (edge, dot->rim.color);
  for (int row = MAX ((int) floor (dot->y - reach), self->clip[1]); row < bottom; row++)
    for (int column = MAX ((int) floor (dot->x - reach), self->clip[0]); column < right; column++)
      {
        guchar *pixel = pixels + (gsize) row * stride + 4 * (gsize) column;
        float dx = column + .5f - (float) dot->x;
        float dy = row + .5f - (float) dot->y;
        float away = dx * dx + dy * dy;
        float under[4];

        if (away >= reach * reach)
          continue;
        away = sqrtf (away);
        for (guint i = 0; i < 4; i++)
          under[i] = pixel[i];
        lay (under, body, inside (radius, away) * dot->fill.alpha);
        lay (under, edge, (inside (radius + line, away) - inside (radius - line, away)) * dot->rim.alpha *
                          within (dot->share, end, dx, dy));
        for (guint i = 0; i < 4; i++)
          pixel[i] = (guchar) (under[i] + .5f);
      }
}

static void
put (NerveDots *self, Dot *dot)
{
  if (self->target == NULL || dot->radius * self->scale > LARGEST)
    {
      draw (self->cr, dot);
      return;
    }

  nerve_dots_to_pixels (self, &dot->x, &dot->y);
  if (fabs (dot->x) > 1e6 || fabs (dot->y) > 1e6)
    return;
  dot->radius *= self->scale;
  dot->line *= self->scale;
  cairo_surface_flush (self->target);
  put_pixels (self, dot);
  cairo_surface_mark_dirty (self->target);
}

void
nerve_dots_put (NerveDots *self, double x, double y, double radius, NerveDotInk fill, double line, NerveDotInk rim)
{
  put (self, &(Dot) { x, y, radius, fill, line, rim, 0, 1 });
}

void
nerve_dots_put_arc (NerveDots *self, double x, double y, double radius, double line, NerveDotInk ink, double share)
{
  put (self, &(Dot) { x, y, radius, { ink.color, 0 }, line, ink, -G_PI / 2, share });
}
