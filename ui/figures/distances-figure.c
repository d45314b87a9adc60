#include "figures/kinds.h"

#include <math.h>

#include <glib/gi18n.h>

#include "cloud/cloud.h"
#include "figures/axes.h"
#include "figures/cells.h"
#include "figures/color.h"
#include "figures/raster.h"
#include "figures/text.h"
#include "figures/tree.h"

#define GROUP_GAP .35
#define KEY 12.
#define TREE 70.

typedef struct
{
  const NerveLayerMatrix *matrix;
  const NerveFigureModel *model;
  const NerveStyle       *style;
  guint                   n_rows;
  guint                   n_columns;
  guint                  *rows;      /* row at each place */
  guint                  *columns;
  double                 *y;         /* top of each row's cells, by row */
  double                 *x;
  double                  cell;
  double                  left;
  double                  right;
  double                  top;
  double                  bottom;
  double                  tree;      /* room for it at the left */
  double                  lower;     /* of the values' range */
  double                  upper;
  double                  beyond;    /* the greatest value, if it lies outside the range; else NaN */
} Heat;

static void
heat_clear (Heat *self)
{
  g_free (self->rows);
  g_free (self->columns);
  g_free (self->x);
  g_free (self->y);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Heat, heat_clear)

static int
compare_values (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

/* Distances to a layer unlike all others, the input most often, would leave one shade for the rest: what lies more than
 * one and a half times the quartiles' distance above the upper one is outside the ramp. */
static void
cut_outliers (Heat *self, GArray *values)
{
  const double *sorted = (const double *) values->data;
  double fence;

  self->beyond = NAN;
  if (values->len < 8)
    return;

  g_array_sort (values, compare_values);
  fence = 2.5 * sorted[values->len * 3 / 4] - 1.5 * sorted[values->len / 4];
  if (self->upper <= fence)
    return;
  self->beyond = self->upper;
  for (guint k = 0; k < values->len && sorted[k] <= fence; k++)
    self->upper = sorted[k];
}

/* The diagonal of a model against itself says nothing about the range. */
static void
set_range (Heat *self)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));

  self->lower = INFINITY;
  self->upper = -INFINITY;
  for (guint i = 0; i < self->n_rows; i++)
    for (guint j = 0; j < self->n_columns; j++)
      {
        double value = nerve_layer_matrix_get (self->matrix, i, j);

        if (!isfinite (value) || (nerve_layer_matrix_is_square (self->matrix) && i == j))
          continue;
        self->lower = MIN (self->lower, value);
        self->upper = MAX (self->upper, value);
        g_array_append_val (values, value);
      }
  if (!(self->lower <= self->upper))
    {
      self->lower = 0;
      self->upper = 1;
    }
  if (nerve_measure_is_similarity (nerve_layer_matrix_get_measure (self->matrix)))
    {
      self->lower = MIN (self->lower, 0);
      self->upper = 1;
    }
  else
    {
      self->lower = 0;
      cut_outliers (self, values);
    }
  if (self->upper <= self->lower)
    self->upper = self->lower + 1;
}

typedef NerveLayerGroup (*GroupFunc) (const NerveLayerMatrix *matrix, guint i);

/* Layers of different groups stand apart, as in every plot over the layers; unless ordered otherwise (NULL). */
static double *
offsets (const Heat *self, const guint *places, guint n, GroupFunc group_of, double *total)
{
  double *out = g_new0 (double, MAX (n, 1));
  double at = 0;

  for (guint i = 0; i < n; i++)
    {
      if (group_of != NULL && i > 0 && group_of (self->matrix, i) != group_of (self->matrix, i - 1))
        at += GROUP_GAP;
      out[places[i]] = at;
      at += 1;
    }
  *total = at;

  return out;
}

static double
names_width (const Heat *self, gboolean of_rows)
{
  double width = 0;

  for (guint i = 0; i < (of_rows ? self->n_rows : self->n_columns); i++)
    {
      const char *name = of_rows ? nerve_layer_matrix_get_row_name (self->matrix, i)
                                 : nerve_layer_matrix_get_column_name (self->matrix, i);
      g_autofree char *valid = g_utf8_make_valid (name, -1);

      width = MAX (width, nerve_text_width (NULL, self->style, valid, self->style->tick, 0));
    }

  return width;
}

static gboolean
heat_init (Heat *self, const NerveFigureModel *model, const NerveStyle *style, double width, double height)
{
  gboolean ordered;
  double px = style->scale;
  double across;
  double down;

  if (width < 1 || height < 1 || model->network == NULL || model->network->matrix == NULL)
    return FALSE;

  *self = (Heat) { .matrix = model->network->matrix, .model = model, .style = style, .beyond = NAN };
  self->n_rows = nerve_layer_matrix_get_n_rows (self->matrix);
  self->n_columns = nerve_layer_matrix_get_n_columns (self->matrix);
  if (self->n_rows == 0 || self->n_columns == 0)
    return FALSE;

  ordered = model->network->by_dendrogram && nerve_layer_matrix_is_square (self->matrix);
  self->rows = g_new (guint, self->n_rows);
  self->columns = g_new (guint, self->n_columns);
  for (guint i = 0; i < self->n_rows; i++)
    self->rows[i] = i;
  for (guint j = 0; j < self->n_columns; j++)
    self->columns[j] = j;
  if (ordered)
    {
      nerve_layer_matrix_order (self->matrix, self->rows);
      nerve_layer_matrix_order (self->matrix, self->columns);
    }

  set_range (self);
  self->y = offsets (self, self->rows, self->n_rows, ordered ? NULL : nerve_layer_matrix_get_row_group, &down);
  self->x = offsets (self, self->columns, self->n_columns, ordered ? NULL : nerve_layer_matrix_get_column_group,
                     &across);
  self->tree = ordered ? MIN (TREE * px, .15 * width) : 0;
  self->top = style->print ? 1.35 * style->caption + 4 * px : 4 * px;
  self->left = self->tree + MIN (names_width (self, TRUE) + 2 * px, .3 * width) + 6 * px;
  self->right = width - KEY * px - 3.4 * style->tick - 12 * px;
  self->bottom = height - MIN (names_width (self, FALSE), .3 * height) - 6 * px;
  self->cell = MAX (MIN ((self->right - self->left) / across, (self->bottom - self->top) / down), .5);
  for (guint i = 0; i < self->n_rows; i++)
    self->y[i] = self->top + self->cell * self->y[i];
  for (guint j = 0; j < self->n_columns; j++)
    self->x[j] = self->left + self->cell * self->x[j];
  self->right = self->left + self->cell * across;
  self->bottom = self->top + self->cell * down;

  return TRUE;
}

/* Deep: alike. */
static double
depth (const Heat *self, double value)
{
  double share = CLAMP ((value - self->lower) / (self->upper - self->lower), 0, 1);

  return nerve_measure_is_similarity (nerve_layer_matrix_get_measure (self->matrix)) ? share : 1 - share;
}

static char *
cell_text (const Heat *self, double value)
{
  /* Of a scale that reaches 1 a cell holds two decimals; the line over the matrix has the rest. */
  gboolean is_fixed = nerve_measure_is_similarity (nerve_layer_matrix_get_measure (self->matrix)) ||
                      (value > 0 && value < .1 && self->upper >= 1);

  if (isinf (value))
    return g_strdup ("∞");

  return is_fixed ? nerve_text_fixed (value, 2) : nerve_text_number (value, 2);
}

static void
paint_cells (const Heat *self, cairo_t *page, double width, double height)
{
  double size = MIN (self->style->tick, .42 * self->cell);
  gboolean have_text = size >= .6 * self->style->tick;
  NerveRaster raster;
  cairo_t *cr = nerve_raster_begin (&raster, page, self->style,
                                    have_text ? 0 : (gsize) self->n_rows * self->n_columns, 0, 0, width, height);

  for (guint i = 0; i < self->n_rows; i++)
    for (guint j = 0; j < self->n_columns; j++)
      {
        double value = nerve_layer_matrix_get (self->matrix, i, j);
        g_autofree char *text = have_text ? cell_text (self, value) : NULL;

        if (isnan (value))
          nerve_cell_hatch (cr, self->style, self->x[j], self->y[i], self->cell, self->cell);
        else
          nerve_cell_paint (cr, self->style, self->x[j], self->y[i], self->cell, self->cell,
                            isinf (value) ? nerve_cell_ink (self->style)
                                          : nerve_cell_color (self->style, depth (self, value)), text, size);
      }
  nerve_raster_end (&raster);
}

/* The two layers looked at. */
static void
paint_chosen (const Heat *self, cairo_t *cr)
{
  const int *cell = self->model->network->cell;
  double px = self->style->scale;
  guint row, column;

  if (cell[0] < 0 || cell[1] < 0 || !nerve_layer_matrix_find (self->matrix, cell[0], cell[1], &row, &column))
    return;
  cairo_rectangle (cr, self->x[column], self->y[row], self->cell, self->cell);
  nerve_color_set (cr, self->style->card);
  cairo_set_line_width (cr, 5 * px);
  cairo_stroke_preserve (cr);
  nerve_color_set (cr, self->style->accent);
  cairo_set_line_width (cr, 3 * px);
  cairo_stroke (cr);
}

static void
paint_names (const Heat *self, cairo_t *cr, double height)
{
  const NerveStyle *style = self->style;
  double px = style->scale;
  double last = -INFINITY;

  for (guint k = 0; k < self->n_rows; k++)
    {
      guint row = self->rows[k];
      g_autofree char *name = g_utf8_make_valid (nerve_layer_matrix_get_row_name (self->matrix, row), -1);
      double room = self->left - self->tree - 6 * px;
      double width = MIN (nerve_text_width (cr, style, name, style->tick, 0), room);

      if (self->y[row] - last < 1.05 * style->tick)
        continue;
      last = self->y[row];
      nerve_text_draw_within (cr, style, name, style->tick, NERVE_TEXT_MIDDLE, style->dim, self->left - 5 * px - width,
                              self->y[row] + self->cell / 2, room + 1);
    }

  last = -INFINITY;
  for (guint k = 0; k < self->n_columns; k++)
    {
      guint column = self->columns[k];
      g_autofree char *name = g_utf8_make_valid (nerve_layer_matrix_get_column_name (self->matrix, column), -1);

      if (self->x[column] - last < 1.05 * style->tick)
        continue;
      last = self->x[column];
      nerve_text_draw_upwards (cr, style, name, style->tick, 0, style->dim, self->x[column] + self->cell / 2,
                               self->bottom + 5 * px, MAX (height - self->bottom - 5 * px, 1));
    }
}

static void
paint_key (const Heat *self, cairo_t *cr)
{
  const NerveStyle *style = self->style;
  double px = style->scale;
  double x = self->right + 10 * px;
  double top = self->top + (isnan (self->beyond) ? 0 : 1.6 * style->tick + 3 * px);
  double height = MAX (MIN (self->bottom - self->top, 150 * px) - (top - self->top), 1);
  const guint n_steps = 48;
  NerveTicks ticks;

  if (!isnan (self->beyond))
    {
      g_autofree char *number = nerve_text_number (self->beyond, 2);
      g_autofree char *label = g_strdup_printf ("≤ %s", number);

      nerve_cell_paint (cr, style, x, self->top, KEY * px, 1.6 * style->tick, nerve_cell_color (style, 0), NULL, 0);
      nerve_text_draw (cr, style, label, style->tick, NERVE_TEXT_MIDDLE, style->dim, x + (KEY + 4) * px,
                       self->top + .8 * style->tick);
    }

  for (guint k = 0; k < n_steps; k++)
    {
      double value = self->upper - (self->upper - self->lower) * (k + .5) / n_steps;

      cairo_rectangle (cr, x, top + height * k / n_steps, KEY * px, height / n_steps + .3 * px);
      nerve_color_set (cr, nerve_cell_color (style, depth (self, value)));
      cairo_fill (cr);
    }
  nerve_ticks_linear (self->lower, self->upper, MAX (2, height / (4 * style->tick)), &ticks);
  for (guint i = 0; i < ticks.n; i++)
    {
      g_autofree char *label = nerve_ticks_label (&ticks, i);

      nerve_text_draw (cr, style, label, style->tick, NERVE_TEXT_MIDDLE, style->dim, x + (KEY + 4) * px,
                       top + height * (self->upper - ticks.values[i]) / (self->upper - self->lower));
    }
}

static void
paint_tree (const Heat *self, cairo_t *cr)
{
  guint n = self->n_rows;
  g_autofree double *distances = g_new0 (double, (gsize) n * n);
  g_autofree double *y = g_new (double, n);
  g_autofree NerveMerge *merges = NULL;

  for (guint i = 0; i < n; i++)
    {
      y[i] = self->y[i] + self->cell / 2;
      for (guint j = 0; j < n; j++)
        {
          double mean = (nerve_layer_matrix_get_dissimilarity (self->matrix, i, j) +
                         nerve_layer_matrix_get_dissimilarity (self->matrix, j, i)) / 2;

          if (!isfinite (mean))
            return;
          distances[(gsize) i * n + j] = i == j ? 0 : MAX (mean, 0);
        }
    }
  merges = nerve_linkage_average (distances, n);
  nerve_tree_paint (&(NerveTree) { merges, n, y, 0, self->tree - 4 * self->style->scale }, self->model, NULL,
                    self->style, cr);
}

/* Of two networks also which is down and which across. */
char *
nerve_distances_figure_title (const NerveLayerMatrix *matrix)
{
  const char *measure = nerve_measure_title (nerve_layer_matrix_get_measure (matrix));
  g_autofree char *down = NULL;
  g_autofree char *across = NULL;

  if (nerve_layer_matrix_is_square (matrix) || nerve_layer_matrix_get_n_models (matrix) != 2)
    return g_strdup (measure);

  down = g_utf8_make_valid (nerve_layer_matrix_get_model_name (matrix, 0), -1);
  across = g_utf8_make_valid (nerve_layer_matrix_get_model_name (matrix, 1), -1);

  /* Translators: a measure, two networks: one whose layers are the rows of a matrix, one of the columns */
  return g_strdup_printf (_("%s: %s down, %s across"), measure, down, across);
}

void
nerve_distances_figure_draw (const NerveFigureModel *model, guint layer, const NerveStyle *style, cairo_t *cr,
                             double width, double height)
{
  g_auto (Heat) self = { NULL };
  g_autofree char *title = NULL;

  if (!heat_init (&self, model, style, width, height))
    return;

  title = nerve_distances_figure_title (self.matrix);
  cairo_save (cr);
  if (style->print)
    nerve_text_draw_within (cr, style, title, style->caption, 0, style->dim, 0, style->caption, width);
  if (self.tree > 0)
    paint_tree (&self, cr);
  paint_cells (&self, cr, width, height);
  paint_chosen (&self, cr);
  paint_names (&self, cr, height);
  paint_key (&self, cr);
  cairo_restore (cr);
}

static void
set_hit (const Heat *self, guint row, guint column, NerveHit *hit)
{
  *hit = (NerveHit) { NERVE_HIT_CELL, nerve_layer_matrix_get_row_layer (self->matrix, row),
                      nerve_layer_matrix_get_column_layer (self->matrix, column),
                      self->x[column] + self->cell / 2, self->y[row] + self->cell / 2, self->cell / 2 };
}

gboolean
nerve_distances_figure_hit (const NerveFigureModel *model, guint layer, const NerveStyle *style, double width,
                            double height, double x, double y, NerveHit *hit)
{
  g_auto (Heat) self = { NULL };

  if (!heat_init (&self, model, style, width, height))
    return FALSE;
  for (guint i = 0; i < self.n_rows; i++)
    for (guint j = 0; j < self.n_columns; j++)
      if (x >= self.x[j] && x < self.x[j] + self.cell && y >= self.y[i] && y < self.y[i] + self.cell)
        {
          set_hit (&self, i, j, hit);
          return TRUE;
        }

  return FALSE;
}

void
nerve_distances_figure_marks (const NerveFigureModel *model, guint layer, const NerveStyle *style, double width,
                              double height, GArray *hits)
{
  g_auto (Heat) self = { NULL };

  if (!heat_init (&self, model, style, width, height))
    return;
  for (guint i = 0; i < self.n_rows; i++)
    for (guint j = 0; j < self.n_columns; j++)
      {
        NerveHit hit;

        set_hit (&self, i, j, &hit);
        g_array_append_val (hits, hit);
      }
}

char *
nerve_distances_figure_describe (const NerveFigureModel *model, guint layer)
{
  const NerveLayerMatrix *matrix = model->network != NULL ? model->network->matrix : NULL;
  double best = INFINITY;
  guint pair[2] = { 0, 0 };
  g_autofree char *value = NULL;

  if (matrix == NULL)
    return g_strdup (_("Layers have not been compared yet."));

  for (guint i = 0; i < nerve_layer_matrix_get_n_rows (matrix); i++)
    for (guint j = 0; j < nerve_layer_matrix_get_n_columns (matrix); j++)
      {
        double distance = nerve_layer_matrix_get_dissimilarity (matrix, i, j);

        if ((nerve_layer_matrix_is_square (matrix) && i == j) || !(distance < best))
          continue;
        best = distance;
        pair[0] = i;
        pair[1] = j;
      }
  if (isinf (best))
    return g_strdup_printf (_("%s of all layers: there are no two to compare."),
                            nerve_measure_title (nerve_layer_matrix_get_measure (matrix)));

  value = nerve_text_number (nerve_layer_matrix_get (matrix, pair[0], pair[1]), 2);
  /* Translators: a measure, two layers, a number */
  return g_strdup_printf (_("%s of all layers: %s and %s are most alike, at %s."),
                          nerve_measure_title (nerve_layer_matrix_get_measure (matrix)),
                          nerve_layer_matrix_get_row_name (matrix, pair[0]),
                          nerve_layer_matrix_get_column_name (matrix, pair[1]), value);
}
