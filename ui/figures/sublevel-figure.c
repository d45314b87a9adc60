#include "figures/kinds.h"

#include <math.h>

#include <glib/gi18n.h>

#include "figures/color.h"
#include "figures/text.h"

#define GAP 5.
#define LEAST_SIDE 30. /* of a channel; smaller ones say nothing */
#define GREY .30       /* ink of what lies just above η */

/* What is counted: an image's channels, the voxels at most η in ink, those above in grey, the paler the higher. */
typedef struct
{
  const NerveFigureModel *model;
  const NerveStyle       *style;
  NerveSublevel          *sublevel;
  GError                 *error;
  double                  eta;
  double                  largest; /* value */
  double                  least;
} Sublevel;

static void
sublevel_clear (Sublevel *self)
{
  g_clear_pointer (&self->sublevel, nerve_sublevel_unref);
  g_clear_error (&self->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sublevel, sublevel_clear)

/* On a page nobody waits for, one image's tensor is read where it is drawn. In a window a job has read it: of the layer
 * and image asked for, or still of those before. */
static gboolean
sublevel_init (Sublevel *self, const NerveFigureModel *model, guint layer, const NerveStyle *style)
{
  NerveSublevel *given = model->decay.sublevel;
  const gsize *shape;
  gsize n;

  *self = (Sublevel) { .model = model, .style = style, .eta = nerve_figure_model_eta (model), .least = INFINITY };
  self->largest = -INFINITY;
  if (given != NULL)
    self->sublevel = nerve_sublevel_ref (given);
  else
    self->sublevel = nerve_sublevel_new (model->dataset, layer, model->decay.image, &self->error);
  if (self->sublevel == NULL)
    return FALSE;

  shape = nerve_sublevel_get_shape (self->sublevel);
  n = shape[0] * shape[1] * shape[2];
  for (gsize i = 0; i < n; i++)
    {
      double value = nerve_sublevel_get_values (self->sublevel)[i];

      self->least = MIN (self->least, value);
      self->largest = MAX (self->largest, value);
    }

  return TRUE;
}

static NerveColor
color_of (const Sublevel *self, double value)
{
  double share;

  if (value <= self->eta)
    return self->style->text;

  share = self->largest > self->eta ? (value - self->eta) / (self->largest - self->eta) : 1;
  return nerve_color_mix (self->style->text, self->style->card, GREY * (1 - .85 * share));
}

/* Counts in words; for a vector what they mean. */
static char *
count (const Sublevel *self)
{
  const gsize *shape = nerve_sublevel_get_shape (self->sublevel);
  g_autofree char *eta = nerve_text_short (self->eta, 3);
  const char *closed = self->model->decay.count == NERVE_BETTI_CLOSED ? _(", closed count") : "";
  guint64 betti[3];

  if (!nerve_sublevel_count (self->sublevel, self->eta, self->model->decay.count, betti, NULL))
    return g_strdup ("");
  if (nerve_sublevel_is_vector (self->sublevel))
    /* Translators: a number of runs, a number of values, a threshold */
    return g_strdup_printf (_("β₀ = %zu at η = %s · a vector of %zu values is a line of voxels: β₀ counts its runs of "
                              "values up to η, and a line has no loops or voids: β₁ = β₂ = 0%s"),
                            (gsize) betti[0], eta, shape[0], closed);

  return g_strdup_printf (_("β₀ = %zu, β₁ = %zu, β₂ = %zu at η = %s%s · %zu × %zu × %zu"), (gsize) betti[0],
                          (gsize) betti[1], (gsize) betti[2], eta, closed, shape[0], shape[1], shape[2]);
}

static void
draw_vector (const Sublevel *self, cairo_t *cr, double top, double width, double height)
{
  const gsize *shape = nerve_sublevel_get_shape (self->sublevel);
  const double *values = nerve_sublevel_get_values (self->sublevel);
  gsize n = shape[0] * shape[1] * shape[2];
  double low = MIN (MIN (self->least, self->eta), 0), high = MAX (MAX (self->largest, self->eta), 0);
  double step = width / MAX (n, 1);
  double px = self->style->scale;
  double scale = high > low ? (height - top - 4 * px) / (high - low) : 0;
  double zero = top + 2 * px + high * scale, level = top + 2 * px + (high - self->eta) * scale;

  for (gsize i = 0; i < n; i++)
    {
      double y = top + 2 * px + (high - values[i]) * scale;

      nerve_color_set (cr, values[i] <= self->eta ? self->style->text : self->style->edge);
      cairo_rectangle (cr, i * step, MIN (y, zero) - .5 * px, MAX (step - px, .7 * step), fabs (y - zero) + px);
      cairo_fill (cr);
    }
  nerve_color_set (cr, self->style->accent);
  cairo_set_line_width (cr, 1.2 * px);
  cairo_move_to (cr, 0, level);
  cairo_line_to (cr, width, level);
  cairo_stroke (cr);
}

/* The widest side of a channel with which all find room; not less than the least. */
static double
find_side (const Sublevel *self, double width, double height, guint *n_columns)
{
  const gsize *shape = nerve_sublevel_get_shape (self->sublevel);
  double gap = GAP * self->style->scale, best = 0;
  double ratio = (double) shape[1] / shape[2]; /* height of a channel of width 1 */

  *n_columns = 1;
  for (guint columns = 1; columns <= shape[0]; columns++)
    {
      guint rows = (shape[0] + columns - 1) / columns;
      double side = MIN ((width - (columns - 1) * gap) / columns, (height - (rows - 1) * gap) / rows / ratio);

      if (side > best)
        {
          best = side;
          *n_columns = columns;
        }
    }
  if (best < LEAST_SIDE * self->style->scale)
    {
      best = MIN (LEAST_SIDE * self->style->scale, width);
      *n_columns = MAX (1, (guint) ((width + gap) / (best + gap)));
    }

  return best;
}

static void
draw_channel (const Sublevel *self, cairo_t *cr, const double *values, double x, double y, double side)
{
  const gsize *shape = nerve_sublevel_get_shape (self->sublevel);
  cairo_surface_t *pixels = cairo_image_surface_create (CAIRO_FORMAT_RGB24, shape[2], shape[1]);
  guint8 *data = cairo_image_surface_get_data (pixels);
  int stride = cairo_image_surface_get_stride (pixels);

  if (cairo_surface_status (pixels) == CAIRO_STATUS_SUCCESS)
    {
      for (gsize row = 0; row < shape[1]; row++)
        for (gsize column = 0; column < shape[2]; column++)
          {
            guint32 *pixel = (guint32 *) (gpointer) (data + row * stride + 4 * column);

            *pixel = nerve_color_to_rgb (color_of (self, values[row * shape[2] + column]));
          }
      cairo_surface_mark_dirty (pixels);
      cairo_save (cr);
      cairo_translate (cr, x, y);
      cairo_scale (cr, side / shape[2], side / shape[2]);
      cairo_set_source_surface (cr, pixels, 0, 0);
      cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
      cairo_rectangle (cr, 0, 0, shape[2], shape[1]);
      cairo_fill (cr);
      cairo_restore (cr);
    }
  cairo_surface_destroy (pixels);
  nerve_color_set (cr, self->style->hairline);
  cairo_set_line_width (cr, self->style->scale);
  cairo_rectangle (cr, x, y, side, side * shape[1] / shape[2]);
  cairo_stroke (cr);
}

/* Returns how many there is room for. */
static gsize
draw_channels (const Sublevel *self, cairo_t *cr, double top, double width, double height)
{
  const gsize *shape = nerve_sublevel_get_shape (self->sublevel);
  double gap = GAP * self->style->scale;
  guint n_columns;
  double side = find_side (self, width, height - top, &n_columns);
  double down = side * shape[1] / shape[2];
  gsize c;

  for (c = 0; c < shape[0]; c++)
    {
      double x = (c % n_columns) * (side + gap), y = top + (c / n_columns) * (down + gap);

      if (y + down > height + .5)
        break;
      draw_channel (self, cr, nerve_sublevel_get_values (self->sublevel) + c * shape[1] * shape[2], x, y, side);
    }

  return c;
}

/* A page has no title that would say which image it is. */
static char *
caption (const Sublevel *self, gboolean with_image)
{
  g_autofree char *counted = count (self);

  if (!with_image)
    return g_steal_pointer (&counted);

  /* Translators: an image's number, what is counted in it */
  return g_strdup_printf (_("Image %zu · %s"), nerve_sublevel_get_image (self->sublevel), counted);
}

void
nerve_sublevel_figure_draw (const NerveFigureModel *model, guint layer, const NerveStyle *style, cairo_t *cr,
                            double width, double height)
{
  g_auto (Sublevel) self = { NULL };
  g_autofree char *text = NULL;
  double leading = 1.3 * style->caption;
  double top;
  gsize n;

  if (width < 1 || height < 1)
    return;
  if (!sublevel_init (&self, model, layer, style))
    {
      nerve_text_paragraph (cr, style, self.error->message, style->caption, 0, style->dim, 0, leading, width, leading,
                            TRUE);
      return;
    }

  cairo_save (cr);
  text = caption (&self, style->print);
  top = nerve_text_paragraph (cr, style, text, style->caption, 0, style->dim, 0, style->caption, width, leading, TRUE) *
        leading + 5 * style->scale;
  if (nerve_sublevel_is_vector (self.sublevel))
    draw_vector (&self, cr, top, width, height);
  else
    {
      double foot = height - 1.5 * style->tick;

      n = draw_channels (&self, cr, top, width, foot);
      if (n < nerve_sublevel_get_shape (self.sublevel)[0])
        {
          g_autofree char *rest = g_strdup_printf (_("%zu of %zu channels"), n,
                                                   nerve_sublevel_get_shape (self.sublevel)[0]);

          nerve_text_draw (cr, style, rest, style->tick, 0, style->dim, 0, height - .35 * style->tick);
        }
    }
  cairo_restore (cr);
}

char *
nerve_sublevel_figure_describe (const NerveFigureModel *model, guint layer)
{
  g_auto (Sublevel) self = { NULL };
  g_autofree char *text = NULL;

  if (!sublevel_init (&self, model, layer, NULL))
    return g_strdup (self.error->message);

  text = count (&self);
  return g_strdup_printf (_("Image %zu in %s, as what is counted: %s."), nerve_sublevel_get_image (self.sublevel),
                          nerve_dataset_get_layer (model->dataset, nerve_sublevel_get_layer (self.sublevel))->name,
                          text);
}
