#include "figures/kinds.h"

#include <math.h>

#include <glib/gi18n.h>

#include "figures/axes.h"
#include "figures/color.h"
#include "figures/text.h"

#define DOT 4.
#define AIR .08 /* of the range, on every side */

/* Score against accuracy, a dot a model; the better score is at the right whatever its sign. */
typedef struct
{
  const NerveStyle *style;
  NerveRanking     *ranking;
  double            x[2], y[2]; /* values at the left and right, at the bottom and top */
  double            left, right, top, bottom;
  NerveTicks        across, up;
} Scatter;

static gboolean
is_compared (const NerveRankedModel *model)
{
  return isfinite (model->score) && isfinite (model->accuracy);
}

static void
extend (double range[2], double value)
{
  range[0] = MIN (range[0], value);
  range[1] = MAX (range[1], value);
}

static void
widen (double range[2])
{
  double by = range[1] > range[0] ? AIR * (range[1] - range[0]) : MAX (.05 * fabs (range[0]), .01);

  range[0] -= by;
  range[1] += by;
}

static gboolean
scatter_init (Scatter *self, const NerveFigureModel *model, const NerveStyle *style, double width, double height)
{
  const NerveRankedModel *models;
  double px = style->scale, labels = 0;

  *self = (Scatter) { .style = style, .ranking = model->decay.ranking };
  if (self->ranking == NULL || nerve_ranking_get_n_compared (self->ranking) == 0 || width < 1 || height < 1)
    return FALSE;

  self->x[0] = self->y[0] = INFINITY;
  self->x[1] = self->y[1] = -INFINITY;
  models = nerve_ranking_get_models (self->ranking);
  for (gsize i = 0; i < nerve_ranking_get_n (self->ranking); i++)
    if (is_compared (&models[i]))
      {
        extend (self->x, models[i].score);
        extend (self->y, models[i].accuracy);
      }
  widen (self->x);
  widen (self->y);
  nerve_ticks_linear (self->x[0], self->x[1], 5, &self->across);
  nerve_ticks_linear (self->y[0], self->y[1], 5, &self->up);
  for (guint i = 0; i < self->up.n; i++)
    {
      g_autofree char *label = nerve_ticks_label (&self->up, i);

      labels = MAX (labels, nerve_text_width (NULL, style, label, style->tick, 0));
    }
  self->left = labels + 6 * px;
  self->right = MAX (width - 8 * px, self->left + 1);
  self->top = 1.6 * style->caption + 4 * px;
  self->bottom = MAX (height - 7 * px - 2.4 * style->tick, self->top + 1);

  return TRUE;
}

static double
x_of (const Scatter *self, double score)
{
  double share = (score - self->x[0]) / (self->x[1] - self->x[0]);

  if (nerve_ranking_score_info (nerve_ranking_get_score (self->ranking))->sign < 0)
    share = 1 - share;

  return self->left + share * (self->right - self->left);
}

static double
y_of (const Scatter *self, double accuracy)
{
  return self->bottom - (accuracy - self->y[0]) / (self->y[1] - self->y[0]) * (self->bottom - self->top);
}

static void
draw_axes (const Scatter *self, cairo_t *cr)
{
  const NerveStyle *style = self->style;
  const char *name = _(nerve_ranking_score_info (nerve_ranking_get_score (self->ranking))->label);
  g_autofree char *axis = g_strdup_printf (_("%s, the better the further right"), name);
  double px = style->scale;

  cairo_set_line_width (cr, px);
  for (guint i = 0; i < self->up.n; i++)
    {
      g_autofree char *label = nerve_ticks_label (&self->up, i);
      double y = y_of (self, self->up.values[i]);

      nerve_color_set (cr, style->hairline);
      cairo_move_to (cr, self->left, y);
      cairo_line_to (cr, self->right, y);
      cairo_stroke (cr);
      nerve_text_draw (cr, style, label, style->tick, NERVE_TEXT_RIGHT | NERVE_TEXT_MIDDLE, style->dim,
                       self->left - 4.5 * px, y);
    }
  for (guint i = 0; i < self->across.n; i++)
    {
      g_autofree char *label = nerve_ticks_label (&self->across, i);

      nerve_text_draw (cr, style, label, style->tick, NERVE_TEXT_CENTER | NERVE_TEXT_MIDDLE, style->dim,
                       x_of (self, self->across.values[i]), self->bottom + 4 * px + .55 * style->tick);
    }
  nerve_color_set (cr, style->edge);
  cairo_move_to (cr, self->left, self->bottom);
  cairo_line_to (cr, self->right, self->bottom);
  cairo_stroke (cr);
  nerve_text_draw (cr, style, _("accuracy"), style->tick, NERVE_TEXT_ITALIC, style->dim, self->left,
                   self->top - 4 * px);
  nerve_text_draw_within (cr, style, axis, style->tick, NERVE_TEXT_ITALIC | NERVE_TEXT_MIDDLE, style->dim, self->left,
                          self->bottom + 4 * px + 1.75 * style->tick, self->right - self->left);
}

/* Whether @box is within the axes and on none of @taken. */
static gboolean
is_free (const Scatter *self, const cairo_rectangle_t *box, const GArray *taken)
{
  if (box->x < 0 || box->x + box->width > self->right || box->y < self->top - self->style->caption / 2 ||
      box->y + box->height > self->bottom)
    return FALSE;
  for (guint i = 0; i < taken->len; i++)
    {
      const cairo_rectangle_t *other = &g_array_index (taken, cairo_rectangle_t, i);

      if (box->x < other->x + other->width && other->x < box->x + box->width &&
          box->y < other->y + other->height && other->y < box->y + box->height)
        return FALSE;
    }

  return TRUE;
}

static void
draw_dot (const Scatter *self, cairo_t *cr, const NerveRankedModel *model, GArray *taken)
{
  double radius = DOT * self->style->scale;
  double x = x_of (self, model->score), y = y_of (self, model->accuracy);
  cairo_rectangle_t box = { x - radius, y - radius, 2 * radius, 2 * radius };

  nerve_color_set (cr, self->style->text);
  cairo_new_sub_path (cr);
  cairo_arc (cr, x, y, radius, 0, 2 * G_PI);
  cairo_fill (cr);
  g_array_append_val (taken, box);
}

/* Its name beside a dot: at the right, where there is room for it, else at the left, above or below; else none. */
static void
draw_name (const Scatter *self, cairo_t *cr, const NerveRankedModel *model, GArray *taken)
{
  const NerveStyle *style = self->style;
  double x = x_of (self, model->score), y = y_of (self, model->accuracy);
  double gap = (DOT + 3) * style->scale, size = style->caption;
  g_autofree char *name = g_utf8_make_valid (model->model, -1);
  double width = nerve_text_width (cr, style, name, size, 0);
  double middle = CLAMP (x - width / 2, 0, MAX (self->right - width, 0));
  const cairo_rectangle_t boxes[] = {
    { x + gap, y - size / 2, width, size }, { x - gap - width, y - size / 2, width, size },
    { middle, y - gap - size, width, size }, { middle, y + gap, width, size },
  };

  for (guint i = 0; i < G_N_ELEMENTS (boxes); i++)
    if (is_free (self, &boxes[i], taken))
      {
        g_array_append_val (taken, boxes[i]);
        nerve_text_draw (cr, style, name, size, NERVE_TEXT_MIDDLE | (i == 1 ? NERVE_TEXT_RIGHT : 0), style->text,
                         i == 1 ? x - gap : boxes[i].x, boxes[i].y + size / 2);
        return;
      }
}

void
nerve_ranking_figure_draw (const NerveFigureModel *model, guint layer, const NerveStyle *style, cairo_t *cr,
                           double width, double height)
{
  Scatter self;
  const NerveRankedModel *models;
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (cairo_rectangle_t));

  if (!scatter_init (&self, model, style, width, height))
    return;

  models = nerve_ranking_get_models (self.ranking);
  draw_axes (&self, cr);
  for (gsize i = 0; i < nerve_ranking_get_n (self.ranking); i++)
    if (is_compared (&models[i]))
      draw_dot (&self, cr, &models[i], taken);
  for (gsize i = 0; i < nerve_ranking_get_n (self.ranking); i++)
    if (is_compared (&models[i]))
      draw_name (&self, cr, &models[i], taken);
}

char *
nerve_ranking_figure_describe (const NerveFigureModel *model, guint layer)
{
  NerveRanking *ranking = model->decay.ranking;
  const NerveCorrelations *found;
  g_autofree char *pearson = NULL;
  g_autofree char *kendall = NULL;

  if (ranking == NULL || nerve_ranking_get_n_compared (ranking) == 0)
    return g_strdup (_("No model has both a score and an accuracy."));

  found = nerve_ranking_get_correlations (ranking);
  if (isnan (found->pearson))
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%zu model has a score and an accuracy.",
                                         "%zu models have a score and an accuracy; nothing to correlate.",
                                         nerve_ranking_get_n_compared (ranking)),
                            nerve_ranking_get_n_compared (ranking));

  pearson = nerve_text_number (found->pearson, 2);
  kendall = nerve_text_number (found->weighted_kendall, 2);
  /* Translators: the best model's name, two correlations, how many models */
  return g_strdup_printf (_("%s is ranked first. Over %zu models score and accuracy go together with Pearson's r = %s "
                            "and a weighted Kendall's τ = %s."),
                          nerve_ranking_get_models (ranking)[0].model, nerve_ranking_get_n_compared (ranking), pearson,
                          kendall);
}
