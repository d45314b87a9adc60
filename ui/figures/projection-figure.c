#include "figures/kinds.h"

#include <math.h>

#include <glib/gi18n.h>

#include "figures/color.h"
#include "figures/dots.h"
#include "figures/raster.h"
#include "figures/selected-classes.h"
#include "figures/text.h"

#define REACH 6.
#define MOST_COVERED .25 /* of the points, by letters */

typedef struct
{
  const NerveProjection *projection;
  gsize                  n;
  double                 radius;
  double                 scale;
  double                 center[2];  /* of the points */
  double                 middle[2];  /* of the pane */
  double                 area;       /* that the points take up */
} Scatter;

static NerveProjection *
projection_of (const NerveFigureModel *model, guint layer)
{
  return layer < model->n_layers ? model->layers[layer].projection : NULL;
}

static gboolean
scatter_init (Scatter *self, const NerveFigureModel *model, guint layer, const NerveStyle *style, double width,
              double height)
{
  double low[2] = { INFINITY, INFINITY };
  double high[2] = { -INFINITY, -INFINITY };
  double foot = 1.6 * style->tick;
  const double *points;

  self->projection = projection_of (model, layer);
  if (self->projection == NULL || width < 1 || height < 1)
    return FALSE;
  self->n = nerve_projection_get_n (self->projection);
  if (self->n == 0)
    return FALSE;

  points = nerve_projection_get_points (self->projection);
  for (gsize i = 0; i < 2 * self->n; i++)
    {
      low[i % 2] = MIN (low[i % 2], points[i]);
      high[i % 2] = MAX (high[i % 2], points[i]);
    }
  self->radius = style->scale * CLAMP (2.9 * sqrt (500. / self->n), .7, 4);
  self->scale = INFINITY;
  for (guint axis = 0; axis < 2; axis++)
    {
      double room = MAX ((axis == 0 ? width : height - foot) - 2 * self->radius - 4 * style->scale, 1);

      self->center[axis] = (low[axis] + high[axis]) / 2;
      self->middle[axis] = (axis == 0 ? width : height - foot) / 2;
      if (high[axis] > low[axis])
        self->scale = MIN (self->scale, room / (high[axis] - low[axis]));
    }
  if (isinf (self->scale))
    self->scale = 1;
  self->area = 1;
  for (guint axis = 0; axis < 2; axis++)
    self->area *= self->scale * (high[axis] - low[axis]) + 2 * self->radius;

  return TRUE;
}

static void
place (const Scatter *self, gsize i, double *x, double *y)
{
  const double *point = nerve_projection_get_points (self->projection) + 2 * i;

  *x = self->middle[0] + self->scale * (point[0] - self->center[0]);
  *y = self->middle[1] - self->scale * (point[1] - self->center[1]);
}

static gboolean
by_group (const NerveFigureModel *model)
{
  return model->color_by == NERVE_COLOR_BY_SUPERCLASS && nerve_palette_get_n_groups (model->palette) > 0;
}

/* The class, or group, of a point; -1: none. */
static int
kind_of (const Scatter *self, const NerveFigureModel *model, gsize i)
{
  const int *labels = nerve_dataset_get_labels (model->dataset);
  int label = labels != NULL ? labels[nerve_projection_get_images (self->projection)[i]] : -1;

  return label >= 0 && by_group (model) ? (int) nerve_palette_get_group (model->palette, label) : label;
}

static NerveColor
color_of (const NerveFigureModel *model, const NerveStyle *style, int kind)
{
  if (kind < 0 || !nerve_figure_model_shows (model, kind))
    return kind < 0 ? style->edge : style->hairline;

  return by_group (model) ? nerve_palette_get_group_color (model->palette, kind, style->dark)
                          : nerve_palette_get_class_color (model->palette, kind, style->dark);
}

static gboolean
is_selected (const Scatter *self, const NerveFigureModel *model, gsize i)
{
  return nerve_bitset_get (model->selection, nerve_projection_get_images (self->projection)[i]);
}

/* Behind: what is not selected, or greyed. */
static void
paint_points (const Scatter *self, const NerveFigureModel *model, const NerveStyle *style, cairo_t *cr)
{
  gboolean active = model->selection != NULL && !nerve_bitset_is_empty (model->selection);
  NerveDots dots;

  nerve_dots_init (&dots, cr, style);
  for (guint front = 0; front < 2; front++)
    for (gsize i = 0; i < self->n; i++)
      {
        int kind = kind_of (self, model, i);
        gboolean shown = model->shown == NULL || (kind >= 0 && nerve_figure_model_shows (model, kind));
        gboolean strong = shown && (!active || is_selected (self, model, i));
        NerveColor color;
        double x;
        double y;

        if (strong != (front == 1))
          continue;
        place (self, i, &x, &y);
        color = color_of (model, style, kind);
        nerve_dots_put (&dots, x, y, self->radius,
                        (NerveDotInk) { strong ? color : nerve_color_mix (color, style->card, .25), 1 },
                        .5 * style->scale,
                        (NerveDotInk) { nerve_color_mix (strong ? style->text : style->card, color,
                                                         active && strong ? .9 : .35), 1 });
      }
}

/* Where a letter that belongs at (@x, @y) has room beside those before it: there, or around it. FALSE: nowhere near. */
static gboolean
find_room (const Scatter *self, const GArray *taken, double reach, double *x, double *y)
{
  for (guint try = 0; try < 1 + 2 * 12; try++)
    {
      double distance = try == 0 ? 0 : reach * (try <= 12 ? 1.1 : 2);
      double at[2] = { *x + distance * cos (try * G_PI / 6), *y + distance * sin (try * G_PI / 6) };
      gboolean free_there = TRUE;

      for (guint axis = 0; axis < 2; axis++)
        free_there &= fabs (at[axis] - self->middle[axis]) <= self->middle[axis] - reach / 2;
      for (guint i = 0; i + 1 < taken->len && free_there; i += 2)
        free_there = hypot (g_array_index (taken, double, i) - at[0], g_array_index (taken, double, i + 1) - at[1])
                     >= reach;
      if (!free_there)
        continue;
      *x = at[0];
      *y = at[1];
      return TRUE;
    }

  return FALSE;
}

/* The figure is about points: letters that would hide too many of them stay away. */
static gboolean
has_room_for (const Scatter *self, const NerveStyle *style, guint n_codes)
{
  double disc = .85 * style->label;

  return n_codes <= 30 && n_codes * G_PI * disc * disc <= MOST_COVERED * self->area;
}

/* Whether a class, or group, gets a letter. */
static gboolean
has_code (const NerveFigureModel *model, const double *sums, guint kind)
{
  return sums[3 * kind + 2] > 0 && nerve_figure_model_shows (model, kind);
}

/* A letter in the middle of each class, where there are few enough. */
static void
paint_codes (const Scatter *self, const NerveFigureModel *model, const NerveStyle *style, cairo_t *cr)
{
  guint n = by_group (model) ? nerve_palette_get_n_groups (model->palette)
                             : nerve_palette_get_n_classes (model->palette);
  g_autofree double *sums = g_new0 (double, 3 * MAX (n, 1));
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (double));
  guint n_codes = 0;

  for (gsize i = 0; i < self->n; i++)
    {
      int kind = kind_of (self, model, i);
      double x;
      double y;

      if (kind < 0)
        continue;
      place (self, i, &x, &y);
      sums[3 * kind] += x;
      sums[3 * kind + 1] += y;
      sums[3 * kind + 2] += 1;
    }
  for (guint k = 0; k < n; k++)
    n_codes += has_code (model, sums, k);
  if (!has_room_for (self, style, n_codes))
    return;
  for (guint k = 0; k < n; k++)
    {
      const char *code = by_group (model) ? nerve_palette_get_group_code (model->palette, k)
                                          : nerve_palette_get_class_code (model->palette, k);
      double x = sums[3 * k] / sums[3 * k + 2];
      double y = sums[3 * k + 1] / sums[3 * k + 2];

      if (!has_code (model, sums, k) || !find_room (self, taken, 1.75 * style->label, &x, &y))
        continue;
      g_array_append_val (taken, x);
      g_array_append_val (taken, y);
      cairo_new_sub_path (cr);
      cairo_arc (cr, x, y, .85 * style->label, 0, 2 * G_PI);
      nerve_color_set_alpha (cr, style->card, .82);
      cairo_fill (cr);
      nerve_text_draw (cr, style, code, style->label, NERVE_TEXT_BOLD | NERVE_TEXT_CENTER | NERVE_TEXT_MIDDLE,
                       style->text, x, y);
    }
}

static char *
foot_text (const NerveProjection *projection, gboolean brief)
{
  const char *name = nerve_projection_is_scaling (projection) ? _("classical scaling") : _("principal components 1, 2");
  double share = nerve_projection_get_share (projection);
  g_autofree char *percent = isfinite (share) ? nerve_text_percent (share) : NULL;

  if (percent == NULL)
    return g_strdup (name);
  if (brief)
    return g_strdup_printf ("%s: %s", name, percent);

  /* Translators: how the map was made, and a percentage */
  return g_strdup_printf (_("%s: %s of the variance"), name, percent);
}

void
nerve_projection_figure_draw (const NerveFigureModel *model, guint layer, const NerveStyle *style, cairo_t *cr,
                              double width, double height)
{
  Scatter self;
  NerveRaster raster;
  g_autofree char *foot = NULL;

  if (!scatter_init (&self, model, layer, style, width, height))
    return;

  cairo_save (cr);
  paint_points (&self, model, style, nerve_raster_begin (&raster, cr, style, self.n, 0, 0, width, height));
  nerve_raster_end (&raster);
  paint_codes (&self, model, style, cr);
  foot = foot_text (self.projection, FALSE);
  if (nerve_text_width (cr, style, foot, style->tick, NERVE_TEXT_ITALIC) > width)
    {
      g_free (foot);
      foot = foot_text (self.projection, TRUE);
    }
  nerve_text_draw_within (cr, style, foot, style->tick, NERVE_TEXT_ITALIC, style->dim, 0, height - .35 * style->tick,
                          width);
  cairo_restore (cr);
}

static void
set_hit (const Scatter *self, guint layer, gsize i, NerveHit *hit)
{
  double x;
  double y;

  place (self, i, &x, &y);
  *hit = (NerveHit) { NERVE_HIT_IMAGE, layer, nerve_projection_get_images (self->projection)[i], x, y, self->radius };
}

gboolean
nerve_projection_figure_hit (const NerveFigureModel *model, guint layer, const NerveStyle *style, double width,
                             double height, double x, double y, NerveHit *hit)
{
  Scatter self;
  double best;
  gboolean found = FALSE;

  if (!scatter_init (&self, model, layer, style, width, height))
    return FALSE;

  best = REACH * style->scale;
  for (gsize i = 0; i < self.n; i++)
    {
      double at[2];

      place (&self, i, &at[0], &at[1]);
      if (hypot (at[0] - x, at[1] - y) >= best)
        continue;
      best = hypot (at[0] - x, at[1] - y);
      set_hit (&self, layer, i, hit);
      found = TRUE;
    }

  return found;
}

void
nerve_projection_figure_marks (const NerveFigureModel *model, guint layer, const NerveStyle *style, double width,
                               double height, GArray *hits)
{
  Scatter self;

  if (!scatter_init (&self, model, layer, style, width, height))
    return;
  for (gsize i = 0; i < self.n; i++)
    {
      NerveHit hit;

      set_hit (&self, layer, i, &hit);
      g_array_append_val (hits, hit);
    }
}

char *
nerve_projection_figure_describe (const NerveFigureModel *model, guint layer)
{
  const char *name = layer < model->n_layers ? nerve_dataset_get_layer (model->dataset, layer)->name : "";
  NerveProjection *projection = projection_of (model, layer);
  g_autofree char *foot = NULL;
  g_autofree char *text = NULL;
  g_autofree char *selected = NULL;

  if (projection == NULL)
    return g_strdup_printf (_("There is no map of the points of %s yet."), name);

  foot = foot_text (projection, FALSE);
  /* Translators: how many points, a layer, how the map was made */
  text = g_strdup_printf (_("Map of the %zu points of %s, %s."), nerve_projection_get_n (projection), name, foot);
  selected = nerve_selected_classes_describe (model);

  return g_strconcat (text, selected, NULL);
}
