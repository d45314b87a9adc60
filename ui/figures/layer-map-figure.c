#include "figures/kinds.h"

#include <math.h>
#include <stdlib.h>

#include <glib/gi18n.h>

#include "figures/cells.h"
#include "figures/color.h"
#include "figures/text.h"

#define DOT 4.
#define LEAST_CUT 6 /* layers */
#define FENCE 2.5 /* distances from the middle beyond this times the upper quartile are cut, */
#define EDGE 1.2  /* to this times the largest other one */

/* All layers as points, as far apart as the matrix says, or nearly. */
typedef struct
{
  const NerveLayerMatrix *matrix;
  const NerveStyle       *style;
  guint                   n;
  double                 *places; /* n × 2, on the page */
  double                  share;  /* of the distances that two axes hold */
  gboolean               *far;    /* farther out than the page goes: at its edge */
  guint                   n_far;
  double                  width, height;
  double                  head;   /* height of the words over it */
} Map;

static void
map_clear (Map *self)
{
  g_free (self->places);
  g_free (self->far);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Map, map_clear)

static int
compare_values (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
quantile_of (const double *values, gsize stride, guint n, double share)
{
  g_autofree double *sorted = g_new (double, MAX (n, 1));

  for (guint i = 0; i < n; i++)
    sorted[i] = values[i * stride];
  qsort (sorted, n, sizeof (double), compare_values);

  return sorted[(guint) (share * (n - 1))];
}

/* A layer unlike all others, the input most often, would leave one spot for the rest: what is much farther from the
 * middle than three layers in four goes to the edge, in its direction. */
static void
find_far (Map *self)
{
  g_autofree double *distances = g_new (double, self->n);
  const double middle[2] = { quantile_of (self->places, 2, self->n, .5),
                             quantile_of (self->places + 1, 2, self->n, .5) };
  double fence;
  double edge = 0;

  self->far = g_new0 (gboolean, self->n);
  for (guint i = 0; i < self->n; i++)
    distances[i] = hypot (self->places[2 * i] - middle[0], self->places[2 * i + 1] - middle[1]);
  fence = FENCE * quantile_of (distances, 1, self->n, .75);
  for (guint i = 0; i < self->n; i++)
    if (distances[i] <= fence)
      edge = MAX (edge, EDGE * distances[i]);
  for (guint i = 0; i < self->n && self->n >= LEAST_CUT && fence > 0; i++)
    {
      if (!(distances[i] > fence))
        continue;
      self->far[i] = TRUE;
      self->n_far++;
      for (guint axis = 0; axis < 2; axis++)
        self->places[2 * i + axis] = middle[axis] + (self->places[2 * i + axis] - middle[axis]) * edge / distances[i];
    }
}

/* Layers are dots of the same scale in both directions, in the middle of the page. */
static void
place (Map *self, double left, double top, double right, double bottom)
{
  double lower[2] = { INFINITY, INFINITY };
  double upper[2] = { -INFINITY, -INFINITY };
  double scale = INFINITY;
  const double room[2] = { MAX (right - left, 1), MAX (bottom - top, 1) };

  find_far (self);
  for (guint i = 0; i < 2 * self->n; i++)
    {
      lower[i % 2] = MIN (lower[i % 2], self->places[i]);
      upper[i % 2] = MAX (upper[i % 2], self->places[i]);
    }
  for (guint axis = 0; axis < 2; axis++)
    if (upper[axis] > lower[axis])
      scale = MIN (scale, room[axis] / (upper[axis] - lower[axis]));
  if (isinf (scale))
    scale = 0;
  for (guint i = 0; i < 2 * self->n; i++)
    {
      double middle = i % 2 == 0 ? (left + right) / 2 : (top + bottom) / 2;

      self->places[i] = middle + scale * (self->places[i] - (lower[i % 2] + upper[i % 2]) / 2);
    }
}

/* Of all networks where there are several. */
static const NerveLayerMatrix *
matrix_of (const NerveFigureModel *model)
{
  if (model->network == NULL)
    return NULL;

  return model->network->map != NULL ? model->network->map : model->network->matrix;
}

static double
legend_height (const Map *self)
{
  guint n = nerve_layer_matrix_get_n_models (self->matrix);

  return 1.5 * self->style->tick * ((n > 1 ? n : 0) + 1);
}

static gboolean
map_init (Map *self, const NerveFigureModel *model, const NerveStyle *style, double width, double height)
{
  double px = style->scale;
  double side = 8 * px + DOT * px;
  double below = MAX (side, (DOT + 3) * px + 1.2 * style->tick); /* room for a name */

  self->matrix = matrix_of (model);
  if (width < 1 || height < 1 || self->matrix == NULL)
    return FALSE;

  self->style = style;
  self->width = width;
  self->height = height;
  self->n = nerve_layer_matrix_get_n_rows (self->matrix);
  self->places = g_new (double, MAX (2 * self->n, 1));
  if (self->n < 2 || !nerve_layer_matrix_map (self->matrix, self->places, &self->share, NULL, NULL))
    return FALSE;
  self->head = (style->print ? 1.8 * style->caption : 0) + legend_height (self);
  /* Names are at the right of their dots. */
  place (self, side, self->head + side,
         MAX (width - side - 7 * style->tick, side + 1), MAX (height - below, side + 1));

  return TRUE;
}

/* Of its network. */
static gboolean
is_first (const Map *self, guint i)
{
  return i == 0 || nerve_layer_matrix_get_row_model (self->matrix, i) !=
                     nerve_layer_matrix_get_row_model (self->matrix, i - 1);
}

/* Networks differ in shape: colour is for classes. */
static void
trace_mark (const Map *self, cairo_t *cr, guint model, double x, double y)
{
  double r = DOT * self->style->scale;
  guint corners = model == 0 ? 0 : 2 + model;

  cairo_new_sub_path (cr);
  if (corners == 0 || corners > 6)
    {
      cairo_arc (cr, x, y, r, 0, 2 * G_PI);
      return;
    }
  for (guint i = 0; i < corners; i++)
    cairo_line_to (cr, x + 1.25 * r * sin (2 * G_PI * (i + .5 * (corners == 4)) / corners),
                   y - 1.25 * r * cos (2 * G_PI * (i + .5 * (corners == 4)) / corners));
  cairo_close_path (cr);
}

/* Hollow: farther out than it is shown. */
static void
paint_mark (const Map *self, cairo_t *cr, guint model, double depth, gboolean far, double x, double y)
{
  NerveColor color = nerve_cell_color (self->style, depth);

  trace_mark (self, cr, model, x, y);
  nerve_color_set (cr, far ? self->style->card : color);
  cairo_fill_preserve (cr);
  nerve_color_set (cr, far ? color : self->style->dim);
  cairo_set_line_width (cr, (far ? 2 : .7) * self->style->scale);
  cairo_stroke (cr);
}

static void
paint_legend (const Map *self, cairo_t *cr, double top)
{
  const NerveStyle *style = self->style;
  guint n = nerve_layer_matrix_get_n_models (self->matrix);

  for (guint k = 0; n > 1 && k < n; k++)
    {
      g_autofree char *name = g_utf8_make_valid (nerve_layer_matrix_get_model_name (self->matrix, k), -1);
      double y = top + 1.5 * style->tick * (k + .5);
      double x = 2 * DOT * style->scale;

      paint_mark (self, cr, k, .6, FALSE, x, y);
      nerve_text_draw_within (cr, style, name, style->tick, NERVE_TEXT_MIDDLE, style->dim,
                              x + 3 * DOT * style->scale, y, MAX (self->width - x - 3 * DOT * style->scale, 1));
    }
}

/* What the axes leave out, and what is farther out than they go. */
static void
paint_note (const Map *self, cairo_t *cr, double top)
{
  const NerveStyle *style = self->style;
  g_autofree char *share = nerve_text_percent (self->share);
  /* Translators: a share of the distances */
  g_autofree char *text = g_strdup_printf (self->n_far > 0 ? _("two axes hold %s; hollow: farther out")
                                                           : _("two axes hold %s"), share);

  nerve_text_draw_within (cr, style, text, style->tick, NERVE_TEXT_MIDDLE, style->dim, 0,
                          top + legend_height (self) - .75 * style->tick, self->width);
}

/* From the first of its network, 0, to the last, 1. */
static double
depth_of (const Map *self, guint i)
{
  guint first = i;
  guint last = i;

  while (!is_first (self, first))
    first--;
  while (last + 1 < self->n && !is_first (self, last + 1))
    last++;

  return last > first ? (double) (i - first) / (last - first) : 1;
}

static void
paint_path (const Map *self, cairo_t *cr)
{
  nerve_color_set (cr, self->style->edge);
  cairo_set_line_width (cr, self->style->scale);
  for (guint i = 0; i < self->n; i++)
    (is_first (self, i) ? cairo_move_to : cairo_line_to) (cr, self->places[2 * i], self->places[2 * i + 1]);
  cairo_stroke (cr);
}

/* A name's box. */
typedef struct
{
  double left, top, right, bottom;
} Box;

#define STEPS 24
/* Farther out: how many rings of how many places, and what one of them counts in steps of a path. */
#define RINGS 5
#define DIRECTIONS 16
#define AWAY 3.

/* How much of the paths from layer to layer runs through it. */
static guint
count_path (const Map *self, const Box *box)
{
  guint n = 0;

  for (guint i = 1; i < self->n; i++)
    for (guint step = 0; step <= STEPS && !is_first (self, i); step++)
      {
        double share = (double) step / STEPS;
        double x = (1 - share) * self->places[2 * i - 2] + share * self->places[2 * i];
        double y = (1 - share) * self->places[2 * i - 1] + share * self->places[2 * i + 1];

        n += x > box->left && x < box->right && y > box->top && y < box->bottom;
      }

  return n;
}

static gboolean
is_free (const Map *self, const Box *box, GArray *taken)
{
  double r = DOT * self->style->scale;

  if (box->left < 0 || box->right > self->width || box->top < self->head || box->bottom > self->height)
    return FALSE;
  for (guint k = 0; k < self->n; k++)
    if (self->places[2 * k] + r > box->left && self->places[2 * k] - r < box->right &&
        self->places[2 * k + 1] + r > box->top && self->places[2 * k + 1] - r < box->bottom)
      return FALSE;
  for (guint k = 0; k < taken->len; k++)
    {
      const Box *other = &g_array_index (taken, Box, k);

      if (other->right > box->left && other->left < box->right && other->bottom > box->top && other->top < box->bottom)
        return FALSE;
    }

  return TRUE;
}

typedef struct
{
  const Map *map;
  GArray    *taken; /* Box */
  double     width; /* of the name */
  Box        best;
  double     cost;
} Search;

/* A name around (@x, @y), unless it hides more of the paths or stands farther away than another place. */
static void
try_place (Search *self, double x, double y, double away)
{
  double half = .6 * self->map->style->tick;
  Box box = { x, y - half, x + self->width, y + half };
  double cost;

  if (away >= self->cost || !is_free (self->map, &box, self->taken))
    return;
  cost = count_path (self->map, &box) + away;
  if (cost >= self->cost)
    return;
  self->cost = cost;
  self->best = box;
}

/* Right of its dot, left, above or below it; where these are taken or paths run there, farther out, with a line to the
 * dot. FALSE: there is no room. */
static gboolean
find_box (const Map *self, guint i, double text_width, GArray *taken, Box *out)
{
  double x = self->places[2 * i];
  double y = self->places[2 * i + 1];
  double gap = (DOT + 3) * self->style->scale;
  double half = .6 * self->style->tick;
  Search search = { self, taken, text_width, .cost = G_MAXDOUBLE };
  const struct { double x, y; } near[] = {
    { x + gap, y }, { x - gap - text_width, y },
    { x - text_width / 2, y - gap - half }, { x - text_width / 2, y + gap + half },
    { x + gap / 2, y - gap }, { x + gap / 2, y + gap },
    { x - gap / 2 - text_width, y - gap }, { x - gap / 2 - text_width, y + gap },
  };

  for (guint k = 0; k < G_N_ELEMENTS (near); k++)
    try_place (&search, near[k].x, near[k].y, 0);
  for (guint ring = 1; ring <= RINGS; ring++)
    for (guint k = 0; k < DIRECTIONS; k++)
      {
        double angle = 2 * G_PI * k / DIRECTIONS;
        double radius = gap + 1.3 * ring * self->style->tick;
        double at = x + radius * cos (angle);

        try_place (&search, cos (angle) < 0 ? at - text_width : at, y + radius * sin (angle), AWAY * ring);
      }
  *out = search.best;

  return search.cost < G_MAXDOUBLE;
}

/* From a dot to a name that stands farther away. */
static void
paint_leader (const Map *self, cairo_t *cr, guint i, const Box *box)
{
  double r = DOT * self->style->scale;
  double x = CLAMP (self->places[2 * i], box->left, box->right);
  double y = CLAMP (self->places[2 * i + 1], box->top, box->bottom);
  double away = hypot (x - self->places[2 * i], y - self->places[2 * i + 1]);

  if (away < 2.4 * r)
    return;
  nerve_color_set (cr, self->style->edge);
  cairo_set_line_width (cr, .7 * self->style->scale);
  cairo_move_to (cr, self->places[2 * i] + (x - self->places[2 * i]) * r / away,
                 self->places[2 * i + 1] + (y - self->places[2 * i + 1]) * r / away);
  cairo_line_to (cr, x, y);
  cairo_stroke (cr);
}

/* Where a path has to run below it, the ground shows through less. */
static void
paint_ground (const Map *self, cairo_t *cr, const Box *box)
{
  nerve_color_set_alpha (cr, self->style->print ? self->style->window : self->style->card, .85);
  cairo_rectangle (cr, box->left, box->top, box->right - box->left, box->bottom - box->top);
  cairo_fill (cr);
}

static void
paint_layers (const Map *self, cairo_t *cr)
{
  const NerveStyle *style = self->style;
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (Box));

  for (guint i = 0; i < self->n; i++)
    {
      double x = self->places[2 * i];
      double y = self->places[2 * i + 1];
      Box box;
      g_autofree char *name = g_utf8_make_valid (nerve_layer_matrix_get_row_name (self->matrix, i), -1);

      paint_mark (self, cr, nerve_layer_matrix_get_row_model (self->matrix, i), .25 + .75 * depth_of (self, i),
                  self->far[i], x, y);
      if (!find_box (self, i, nerve_text_width (cr, style, name, style->tick, 0), taken, &box))
        continue;
      g_array_append_val (taken, box);
      paint_ground (self, cr, &box);
      paint_leader (self, cr, i, &box);
      nerve_text_draw_within (cr, style, name, style->tick, NERVE_TEXT_MIDDLE, style->dim, box.left,
                              (box.top + box.bottom) / 2, box.right - box.left + 1);
    }
}

void
nerve_layer_map_figure_draw (const NerveFigureModel *model, guint layer, const NerveStyle *style, cairo_t *cr,
                             double width, double height)
{
  g_auto (Map) self = { NULL };
  g_autofree char *caption = NULL;
  double top = style->print ? 1.8 * style->caption : 0;

  if (!map_init (&self, model, style, width, height))
    return;

  /* Translators: a measure */
  caption = g_strdup_printf (_("%s, classical scaling"),
                             nerve_measure_title (nerve_layer_matrix_get_measure (self.matrix)));
  cairo_save (cr);
  if (style->print)
    nerve_text_draw_within (cr, style, caption, style->caption, 0, style->dim, 0, style->caption, width);
  paint_legend (&self, cr, top);
  paint_note (&self, cr, top);
  paint_path (&self, cr);
  paint_layers (&self, cr);
  cairo_restore (cr);
}

static void
set_hit (const Map *self, guint i, NerveHit *hit)
{
  *hit = (NerveHit) { NERVE_HIT_LAYER, i, i, self->places[2 * i], self->places[2 * i + 1], DOT * self->style->scale };
}

gboolean
nerve_layer_map_figure_hit (const NerveFigureModel *model, guint layer, const NerveStyle *style, double width,
                            double height, double x, double y, NerveHit *hit)
{
  g_auto (Map) self = { NULL };
  double best = 3 * DOT * style->scale;
  gboolean found = FALSE;

  if (!map_init (&self, model, style, width, height))
    return FALSE;
  for (guint i = 0; i < self.n && nerve_layer_matrix_get_row_model (self.matrix, i) == 0; i++)
    {
      double distance = hypot (self.places[2 * i] - x, self.places[2 * i + 1] - y);

      if (!(distance < best))
        continue;
      best = distance;
      set_hit (&self, i, hit);
      found = TRUE;
    }

  return found;
}

void
nerve_layer_map_figure_marks (const NerveFigureModel *model, guint layer, const NerveStyle *style, double width,
                              double height, GArray *hits)
{
  g_auto (Map) self = { NULL };

  if (!map_init (&self, model, style, width, height))
    return;
  for (guint i = 0; i < self.n && nerve_layer_matrix_get_row_model (self.matrix, i) == 0; i++)
    {
      NerveHit hit;

      set_hit (&self, i, &hit);
      g_array_append_val (hits, hit);
    }
}

char *
nerve_layer_map_figure_describe (const NerveFigureModel *model, guint layer)
{
  const NerveLayerMatrix *matrix = matrix_of (model);

  if (matrix == NULL)
    return g_strdup (_("Layers have not been compared yet."));
  if (!nerve_layer_matrix_is_square (matrix))
    return g_strdup (_("Only the layers of one network have a map."));
  if (nerve_layer_matrix_get_n_models (matrix) > 1)
    /* Translators: how many layers, how many networks, a measure */
    return g_strdup_printf (_("Map of %u layers of %u networks: those near each other are alike by this measure: %s."),
                            nerve_layer_matrix_get_n_rows (matrix), nerve_layer_matrix_get_n_models (matrix),
                            nerve_measure_title (nerve_layer_matrix_get_measure (matrix)));

  /* Translators: how many layers, a measure */
  return g_strdup_printf (_("Map of %u layers: those near each other are alike by this measure: %s."),
                          nerve_layer_matrix_get_n_rows (matrix),
                          nerve_measure_title (nerve_layer_matrix_get_measure (matrix)));
}
