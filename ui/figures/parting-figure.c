#include "figures/kinds.h"

#include <math.h>

#include <glib/gi18n.h>

#include "figures/cells.h"
#include "figures/color.h"
#include "figures/parting-layout.h"
#include "figures/picture.h"
#include "figures/short-name.h"
#include "figures/text.h"
#include "figures/tree.h"

/* What a surface shows through where the selection is not. */
static NerveColor
faded (const NervePartingLayout *self, NerveColor color, double opacity)
{
  return nerve_color_mix (color, self->style->print ? self->style->window : self->style->card, opacity);
}

static void
paint_cell (const NervePartingLayout *self, cairo_t *cr, guint i, guint j)
{
  const NervePartingPair *pair = nerve_parting_layout_pair (self, i, j);
  double opacity = nerve_selected_classes_pair (&self->selected, self->classes[i], self->classes[j]);
  double x = self->matrix + j * self->cell;
  double y = self->top + i * self->row;
  double size = MIN (self->style->tick, .5 * self->cell);
  g_autofree char *number = NULL;

  switch (pair->verdict)
    {
    case NERVE_PARTING_NO_VERDICT:
      nerve_cell_hatch (cr, self->style, x, y, self->cell, self->row);
      return;
    case NERVE_PARTING_NEVER:
      nerve_cell_never (cr, self->style, x, y, self->cell, self->row,
                        faded (self, nerve_cell_ink (self->style), opacity));
      return;
    case NERVE_PARTING_PARTED:
    default:
      number = g_strdup_printf ("%" G_GINT64_FORMAT, nerve_parting_layout_number (self, pair->layer));
      nerve_cell_paint (cr, self->style, x, y, self->cell, self->row,
                        faded (self, nerve_parting_layout_color (self, pair->layer), opacity), number, size);
    }
}

static NerveColor
class_color (const NervePartingLayout *self, guint label)
{
  const NervePalette *palette = self->model->palette;

  return nerve_palette_get_n_groups (palette) > 0 && self->model->color_by == NERVE_COLOR_BY_SUPERCLASS
           ? nerve_palette_get_group_color (palette, nerve_palette_get_group (palette, label), self->style->dark)
           : nerve_palette_get_class_color (palette, label, self->style->dark);
}

static void
paint_matrix (const NervePartingLayout *self, cairo_t *cr)
{
  double size = MIN (self->style->label, .55 * self->cell);

  for (guint i = 0; i < self->n; i++)
    {
      double y = self->top + i * self->row;

      for (guint j = 0; j < i; j++)
        paint_cell (self, cr, i, j);
      nerve_cell_paint (cr, self->style, self->matrix + i * self->cell, y, self->cell, self->row,
                        faded (self, class_color (self, self->classes[i]),
                               nerve_selected_classes_opacity (&self->selected, self->classes[i])),
                        nerve_palette_get_class_code (self->model->palette, self->classes[i]), size);
    }
}

/* Around the cell of the two classes that are looked at. */
static void
paint_chosen (const NervePartingLayout *self, cairo_t *cr)
{
  const int *pair = self->model->pair;
  double px = self->style->scale;

  for (guint i = 0; i < self->n && pair[0] >= 0; i++)
    for (guint j = 0; j < i; j++)
      {
        int one = self->classes[i];
        int other = self->classes[j];

        if ((one != pair[0] || other != pair[1]) && (one != pair[1] || other != pair[0]))
          continue;
        nerve_rounded_rectangle (cr, self->matrix + j * self->cell + .5 * px, self->top + i * self->row + .5 * px,
                                 self->cell - px, self->row - px, 4 * px);
        nerve_color_set (cr, self->style->accent);
        cairo_set_line_width (cr, 3 * px);
        cairo_stroke (cr);
      }
}

static void
paint_pictures (const NervePartingLayout *self, cairo_t *cr, guint i, double opacity)
{
  double side = self->picture;
  double y = self->top + (i + .5) * self->row - side / 2;

  for (guint k = 0; k < NERVE_PARTING_PICTURES && side > 0; k++)
    {
      double x = self->pictures + k * (side + 3 * self->style->scale);

      nerve_class_picture_draw (self->model, self->classes[i], k, self->style, cr, x, y, side);
      if (opacity == 1)
        continue;
      nerve_color_set_alpha (cr, self->style->print ? self->style->window : self->style->card, 1 - opacity);
      cairo_rectangle (cr, x - 1, y - 1, side + 2, side + 2);
      cairo_fill (cr);
    }
}

/* A class's pictures and name, with a line below it as long as its share that is selected. */
static void
paint_rows (const NervePartingLayout *self, cairo_t *cr)
{
  const NerveStyle *style = self->style;
  double size = MIN (style->body, .85 * self->row);

  for (guint i = 0; i < self->n; i++)
    {
      double y = self->top + (i + .5) * self->row;
      double opacity = nerve_selected_classes_opacity (&self->selected, self->classes[i]);
      double room = self->matrix - self->names - 5 * style->scale;

      paint_pictures (self, cr, i, opacity);
      nerve_selected_classes_bar (&self->selected, self->classes[i], style, cr, self->names,
                                  MIN (y + .62 * size, self->top + (i + 1) * self->row - 2 * style->scale), room);
      if (size > .55 * style->tick && nerve_style_is_legible (style, size))
        {
          g_autofree char *name = nerve_short_name (style, nerve_parting_layout_name (self, i), size, 0, room);

          nerve_text_draw_within (cr, style, name, size, NERVE_TEXT_MIDDLE,
                                  faded (self, style->text, MAX (opacity, .55)), self->names, y, room);
        }
    }
}

static void
paint_lack (const NervePartingLayout *self, cairo_t *cr, double y)
{
  nerve_text_paragraph (cr, self->style, self->lack, self->style->tick, 0, self->style->dim, 0, y, self->tree,
                        1.25 * self->style->tick, TRUE);
}

static void
paint_tree (const NervePartingLayout *self, cairo_t *cr)
{
  const NerveStyle *style = self->style;
  g_autofree double *y = g_new (double, self->n);
  NerveTree tree = { nerve_hierarchy_get_merges (self->hierarchy), self->n, y, 0, self->tree };
  double foot = self->top + self->n * self->row + 5 * style->scale;
  g_autofree char *longer = nerve_tree_axis_title (self->hierarchy, nerve_dataset_get_layer (self->model->dataset,
                                                                                            self->layer)->name);
  g_autofree char *shorter = nerve_tree_axis_title (self->hierarchy, NULL);
  const char *title = nerve_text_fitting (cr, style, longer, shorter, style->tick, NERVE_TEXT_ITALIC, self->tree);

  for (guint i = 0; i < self->n; i++)
    y[nerve_hierarchy_get_order (self->hierarchy)[i]] = self->top + (i + .5) * self->row;
  /* Superclasses' colours say nothing without their names. */
  nerve_tree_paint (&tree, self->model, nerve_parting_key_holds (self, cr) ? self->hierarchy : NULL, style, cr);
  nerve_tree_axis (&tree, style, cr, foot, title);
  nerve_tree_note (&tree, self->hierarchy, style, cr, foot, self->foot_left - style->tick);
  if (self->lack != NULL)
    paint_lack (self, cr, self->top + style->tick);
}

static void
paint_words (const NervePartingLayout *self, cairo_t *cr)
{
  const NerveStyle *style = self->style;
  double size = self->headline_size;
  double y = size;
  guint lines = self->headline_lines;

  nerve_text_paragraph (cr, style, self->headline, size, NERVE_TEXT_BOLD, style->text, 0, y, self->width, 1.3 * size,
                        TRUE);
  y += 1.3 * size * lines - size + style->body;
  if (self->story != NULL)
    nerve_text_paragraph (cr, style, self->story, style->body, 0, style->dim, 0, y, self->width, 1.3 * style->body,
                          TRUE);

  nerve_text_paragraph (cr, style, self->foot, style->tick, 0, style->dim, self->foot_left,
                        self->top + self->n * self->row + 5 * style->scale + 1.2 * style->tick,
                        MAX (self->width - self->foot_left, 1), 1.25 * style->tick, TRUE);
}

void
nerve_parting_figure_draw (const NerveFigureModel *model, guint layer, const NerveStyle *style, cairo_t *cr,
                           double width, double height)
{
  g_auto (NervePartingLayout) self = { NULL };

  if (!nerve_parting_layout_init (&self, model, style, width, height))
    return;

  cairo_save (cr);
  paint_words (&self, cr);
  if (self.tree > 0 && self.hierarchy != NULL)
    paint_tree (&self, cr);
  else if (self.tree > 0)
    paint_lack (&self, cr, self.top + .5 * self.n * self.row);
  paint_rows (&self, cr);
  paint_matrix (&self, cr);
  paint_chosen (&self, cr);
  nerve_parting_key_paint (&self, cr);
  cairo_restore (cr);
}

static void
set_hit (const NervePartingLayout *self, guint i, guint j, NerveHit *hit)
{
  *hit = (NerveHit) { NERVE_HIT_PAIR, self->classes[i], self->classes[j], self->matrix + (j + .5) * self->cell,
                      self->top + (i + .5) * self->row, self->cell / 2 };
}

/* Each row a line of type at least, if the page is @height high; 0: there is nothing to draw. */
static double
find_height (const NerveFigureModel *model, const NerveStyle *style, double width, double height)
{
  g_auto (NervePartingLayout) self = { NULL };

  if (!nerve_parting_layout_init (&self, model, style, width, height))
    return 0;

  return MAX (.58 * width, self.top + 1.35 * style->body * self.n +
                     MAX (1.6 + 1.25 * self.foot_lines, NERVE_TREE_FOOT) * style->tick + 6 * style->scale);
}

/* Where the words below it stand hangs on how large its cells are, and these on its height. */
double
nerve_parting_figure_height (const NerveFigureModel *model, const NerveStyle *style, double width)
{
  double height = find_height (model, style, width, .58 * width);

  return height > 0 ? find_height (model, style, width, height) : .58 * width;
}

gboolean
nerve_parting_figure_hit (const NerveFigureModel *model, guint layer, const NerveStyle *style, double width,
                          double height, double x, double y, NerveHit *hit)
{
  g_auto (NervePartingLayout) self = { NULL };
  double i;
  double j;

  if (!nerve_parting_layout_init (&self, model, style, width, height))
    return FALSE;

  i = floor ((y - self.top) / self.row);
  j = floor ((x - self.matrix) / self.cell);
  if (i < 0 || i >= self.n || j < 0 || j >= i)
    return FALSE;
  set_hit (&self, i, j, hit);

  return TRUE;
}

void
nerve_parting_figure_marks (const NerveFigureModel *model, guint layer, const NerveStyle *style, double width,
                            double height, GArray *hits)
{
  g_auto (NervePartingLayout) self = { NULL };

  if (!nerve_parting_layout_init (&self, model, style, width, height))
    return;
  for (guint i = 0; i < self.n; i++)
    for (guint j = 0; j < i; j++)
      {
        NerveHit hit;

        set_hit (&self, i, j, &hit);
        g_array_append_val (hits, hit);
      }
}

char *
nerve_parting_figure_describe (const NerveFigureModel *model, guint layer)
{
  g_autofree char *headline = NULL;
  g_autofree char *story = NULL;
  g_autofree char *selected = NULL;

  if (model->network == NULL || model->network->parting == NULL)
    return g_strdup (_("Where classes part has not been computed yet."));

  headline = nerve_parting_headline (model->network->parting, model->dataset);
  story = nerve_parting_story (model->network->parting, model->dataset);

  selected = nerve_selected_classes_describe (model);

  return g_strconcat (headline, *story != '\0' ? " " : "", story, selected, NULL);
}
