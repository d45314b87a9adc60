#include "figures/kinds.h"

#include <math.h>

#include <glib/gi18n.h>

#include "figures/color.h"
#include "figures/sweep.h"
#include "figures/text.h"
#include "figures/thumbnail.h"

#define GRID_SHARE .68 /* of the height; below it the curves */
#define GAP 6.

typedef struct
{
  const NerveFigureModel *model;
  const NerveStyle       *style;
  const NerveSweep       *sweep;
  double                  left;     /* of the grid and the curves */
  double                  right;
  double                  top;
  double                  bottom;   /* of the grid */
  double                  floor;    /* of the curves */
  double                  cell;     /* width */
  double                  row;      /* height */
  guint                   column_used; /* nearest to the parameters in force */
  guint                   row_used;
  gboolean                exact;
} Plot;

static const NerveSweep *
find_sweep (const NerveFigureModel *model, guint layer)
{
  return model->network != NULL && layer < model->network->n_layers ? model->network->sweeps[layer] : NULL;
}

static char *
row_label (const Plot *self, guint row)
{
  g_autofree char *value = nerve_text_short (self->sweep->values[row], 3);

  return g_strdup_printf (self->sweep->by_eps ? "ε %s" : "%s", value);
}

static double
labels_width (const Plot *self)
{
  double width = 0;

  for (guint i = 0; i < self->sweep->n_rows; i++)
    {
      g_autofree char *label = row_label (self, i);

      width = MAX (width, nerve_text_width (NULL, self->style, label, self->style->tick, 0));
    }

  return width;
}

static gboolean
plot_init (Plot *self, const NerveFigureModel *model, guint layer, const NerveStyle *style, double width,
           double height)
{
  double px = style->scale;

  *self = (Plot) { .model = model, .style = style, .sweep = find_sweep (model, layer) };
  if (self->sweep == NULL || model->layers[layer].graph == NULL || width < 1 || height < 1)
    return FALSE;

  nerve_sweep_find (self->sweep, nerve_mapper_get_parameters (model->layers[layer].graph->mapper),
                    &self->column_used, &self->row_used, &self->exact);
  self->left = MIN (labels_width (self) + 10 * px, .3 * width);
  self->right = width - 2 * px;
  self->top = 1.6 * style->tick + (style->print ? 0 : 2 * px);
  self->bottom = MAX (GRID_SHARE * height, self->top + 1);
  self->floor = MAX (height - 1.8 * style->tick, self->bottom + 1);
  self->cell = (self->right - self->left) / self->sweep->n_columns;
  self->row = (self->bottom - self->top) / self->sweep->n_rows;

  return TRUE;
}

static double
middle_of (const Plot *self, guint column)
{
  return self->left + (column + .5) * self->cell;
}

/* The grid */

static void
draw_counts (const Plot *self, cairo_t *cr, guint column, guint row)
{
  guint i = row * self->sweep->n_columns + column;
  guint n = nerve_mapper_get_n_components (self->sweep->graphs[i]->mapper);
  g_autofree char *text = NULL;
  double size = self->style->tick;

  /* Translators: connected components and β₁ of a small graph */
  text = g_strdup_printf (_("%u comp. · β₁ %u"), n, self->sweep->cycles[i]);
  if (self->row < 5 * size || nerve_text_width (cr, self->style, text, size, 0) > self->cell - 8 * self->style->scale)
    return;
  nerve_text_draw (cr, self->style, text, size, NERVE_TEXT_CENTER, self->style->dim, middle_of (self, column),
                   self->top + (row + 1) * self->row - .45 * size);
}

static void
draw_cell (const Plot *self, cairo_t *cr, guint column, guint row)
{
  double px = self->style->scale;
  double gap = MIN (GAP * px, .1 * MIN (self->cell, self->row));
  double x = self->left + column * self->cell;
  double y = self->top + row * self->row;
  double foot = self->row < 5 * self->style->tick ? 0 : 1.2 * self->style->tick;

  cairo_save (cr);
  cairo_translate (cr, x + gap, y + gap);
  nerve_thumbnail_draw_graph (self->model, self->sweep->graphs[row * self->sweep->n_columns + column], self->style, cr,
                              MAX (self->cell - 2 * gap, 1), MAX (self->row - 2 * gap - foot, 1));
  cairo_restore (cr);
  draw_counts (self, cr, column, row);
  if (column != self->column_used || row != self->row_used)
    return;

  /* The hand's: what is in force, or nearest to it. */
  nerve_color_set (cr, self->style->accent);
  cairo_set_line_width (cr, (self->exact ? 2 : 1) * px);
  if (!self->exact)
    cairo_set_dash (cr, (double[]) { 3 * px, 3 * px }, 2, 0);
  cairo_rectangle (cr, x + px, y + px, self->cell - 2 * px, self->row - 2 * px);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

static void
draw_labels (const Plot *self, cairo_t *cr)
{
  const NerveStyle *style = self->style;
  double tick = style->tick;

  nerve_text_draw (cr, style, self->sweep->by_eps ? "ε" : _("overlap"), tick, NERVE_TEXT_ITALIC, style->dim, 0, tick);
  for (guint row = 0; row < self->sweep->n_rows; row++)
    {
      g_autofree char *label = row_label (self, row);
      gboolean used = row == self->row_used;

      nerve_text_draw_within (cr, style, label, tick, NERVE_TEXT_MIDDLE | (used ? NERVE_TEXT_BOLD : 0),
                              used ? style->text : style->dim, 0, self->top + (row + .5) * self->row,
                              self->left - 4 * style->scale);
    }
  for (guint column = 0; column < self->sweep->n_columns; column++)
    {
      g_autofree char *label = g_strdup_printf ("%d", self->sweep->intervals[column]);
      gboolean used = column == self->column_used;

      nerve_text_draw (cr, style, label, tick, NERVE_TEXT_CENTER | (used ? NERVE_TEXT_BOLD : 0),
                       used ? style->text : style->dim, middle_of (self, column), tick);
    }
}

/* The curves: of the row that is nearest to what is in force */

static guint
count_of (const Plot *self, gboolean cycles, guint column)
{
  guint i = self->row_used * self->sweep->n_columns + column;

  return cycles ? self->sweep->cycles[i] : nerve_mapper_get_n_components (self->sweep->graphs[i]->mapper);
}

static guint
largest_count (const Plot *self)
{
  guint most = 1;

  for (guint column = 0; column < self->sweep->n_columns; column++)
    most = MAX (most, MAX (count_of (self, FALSE, column), count_of (self, TRUE, column)));

  return most;
}

static void
draw_curve (const Plot *self, cairo_t *cr, gboolean cycles, double top, guint most)
{
  const NerveStyle *style = self->style;
  NerveColor color = cycles ? style->dim : style->text;
  double px = style->scale;

  nerve_color_set (cr, color);
  cairo_set_line_width (cr, (cycles ? 1.4 : 2.2) * px);
  for (guint column = 0; column < self->sweep->n_columns; column++)
    cairo_line_to (cr, middle_of (self, column),
                   self->floor - (self->floor - top) * count_of (self, cycles, column) / most);
  cairo_stroke (cr);
  for (guint column = 0; column < self->sweep->n_columns; column++)
    {
      double x = middle_of (self, column);
      double y = self->floor - (self->floor - top) * count_of (self, cycles, column) / most;
      double r = 3 * px;

      cairo_new_sub_path (cr);
      if (cycles)
        {
          cairo_move_to (cr, x, y - 1.2 * r);
          cairo_line_to (cr, x + r, y + .8 * r);
          cairo_line_to (cr, x - r, y + .8 * r);
          cairo_close_path (cr);
        }
      else
        cairo_arc (cr, x, y, r, 0, 2 * G_PI);
      cairo_fill (cr);
    }
}

static void
draw_key (const Plot *self, cairo_t *cr, double y)
{
  const NerveStyle *style = self->style;
  double x = self->left;
  double r = 3 * style->scale;

  nerve_color_set (cr, style->text);
  cairo_arc (cr, x + r, y, r, 0, 2 * G_PI);
  cairo_fill (cr);
  x += 4 * r;
  x += nerve_text_draw (cr, style, _("components"), style->tick, NERVE_TEXT_MIDDLE | NERVE_TEXT_BOLD, style->text, x,
                        y);
  x += 6 * r;
  nerve_color_set (cr, style->dim);
  cairo_move_to (cr, x, y - 1.2 * r);
  cairo_line_to (cr, x + r, y + .8 * r);
  cairo_line_to (cr, x - r, y + .8 * r);
  cairo_close_path (cr);
  cairo_fill (cr);
  nerve_text_draw (cr, style, _("cycles (β₁)"), style->tick, NERVE_TEXT_MIDDLE, style->dim, x + 3 * r, y);
}

static void
draw_curves (const Plot *self, cairo_t *cr)
{
  const NerveStyle *style = self->style;
  double px = style->scale;
  double key = self->bottom + 1.3 * style->tick;
  double top = key + 1.4 * style->tick;
  guint most = largest_count (self);
  g_autofree char *label = g_strdup_printf ("%u", most);

  if (self->floor - top < 2 * style->tick)
    return;
  nerve_color_set (cr, style->hairline);
  cairo_set_line_width (cr, px);
  cairo_move_to (cr, self->left, self->floor);
  cairo_line_to (cr, self->right, self->floor);
  cairo_move_to (cr, self->left, top);
  cairo_line_to (cr, self->right, top);
  cairo_stroke (cr);
  nerve_text_draw (cr, style, label, style->tick, NERVE_TEXT_RIGHT | NERVE_TEXT_MIDDLE, style->dim,
                   self->left - 5 * px, top);
  nerve_text_draw (cr, style, "0", style->tick, NERVE_TEXT_RIGHT | NERVE_TEXT_MIDDLE, style->dim,
                   self->left - 5 * px, self->floor);
  draw_key (self, cr, key);
  draw_curve (self, cr, TRUE, top, most);
  draw_curve (self, cr, FALSE, top, most);
  nerve_text_draw (cr, style, _("intervals"), style->tick, NERVE_TEXT_CENTER | NERVE_TEXT_ITALIC, style->dim,
                   (self->left + self->right) / 2, self->floor + 1.35 * style->tick);
}

void
nerve_sweep_figure_draw (const NerveFigureModel *model, guint layer, const NerveStyle *style, cairo_t *cr,
                         double width, double height)
{
  Plot self;

  if (!plot_init (&self, model, layer, style, width, height))
    return;

  cairo_save (cr);
  draw_labels (&self, cr);
  for (guint row = 0; row < self.sweep->n_rows; row++)
    for (guint column = 0; column < self.sweep->n_columns; column++)
      draw_cell (&self, cr, column, row);
  draw_curves (&self, cr);
  cairo_restore (cr);
}

gboolean
nerve_sweep_figure_hit (const NerveFigureModel *model, guint layer, const NerveStyle *style, double width,
                        double height, double x, double y, NerveHit *hit)
{
  guint column, row;
  Plot self;

  if (!plot_init (&self, model, layer, style, width, height) || x < self.left || x >= self.right || y < self.top ||
      y >= self.bottom)
    return FALSE;

  column = MIN ((guint) ((x - self.left) / self.cell), self.sweep->n_columns - 1);
  row = MIN ((guint) ((y - self.top) / self.row), self.sweep->n_rows - 1);
  *hit = (NerveHit) {
    NERVE_HIT_SWEEP, layer, row * self.sweep->n_columns + column, middle_of (&self, column),
    self.top + (row + .5) * self.row, MIN (self.cell, self.row) / 2,
  };

  return TRUE;
}

char *
nerve_sweep_figure_describe (const NerveFigureModel *model, guint layer)
{
  const NerveSweep *sweep = find_sweep (model, layer);
  guint column, row;
  gboolean exact;

  if (sweep == NULL || model->layers[layer].graph == NULL)
    return g_strdup (_("The sweep is not computed yet."));

  nerve_sweep_find (sweep, nerve_mapper_get_parameters (model->layers[layer].graph->mapper), &column, &row, &exact);

  /* Translators: a layer's name, columns and rows; intervals, components and cycles of the graph nearest to its own */
  return g_strdup_printf (_("Graphs of %s for %u × %u choices of parameters. Nearest to the one in force: "
                            "%d intervals, %u components, %u cycles."),
                          nerve_dataset_get_layer (model->dataset, layer)->name, sweep->n_columns, sweep->n_rows,
                          sweep->intervals[column],
                          nerve_mapper_get_n_components (sweep->graphs[row * sweep->n_columns + column]->mapper),
                          sweep->cycles[row * sweep->n_columns + column]);
}
