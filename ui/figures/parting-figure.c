#include "figures/kinds.h"

#include <math.h>

#include <glib/gi18n.h>

#include "figures/cells.h"
#include "figures/color.h"
#include "figures/picture.h"
#include "figures/text.h"
#include "figures/tree.h"

#define ROW 32.
#define PICTURES 2
#define KEY_CHIP 26.

/* DESIGN.md "Classes (parting)": tree, pictures, name and matrix row share one line. */
typedef struct
{
  const NerveFigureModel *model;
  const NerveStyle       *style;
  const NerveParting     *parting;
  const NerveHierarchy   *hierarchy; /* NULL: no tree */
  guint                   n;
  guint                  *classes;   /* at each place, top to bottom */
  char                   *headline;
  char                   *story;
  char                   *foot;
  guint                   foot_lines;
  double                  foot_left;
  double                  width;
  double                  top;       /* of the first row */
  double                  row;
  double                  cell;
  double                  matrix;    /* x */
  double                  names;
  double                  pictures;
  double                  picture;   /* side; 0: none */
  double                  tree;      /* right end; 0: none */
  guint                   first;     /* layers that occur as a parting */
  guint                   last;
} Figure;

static void
figure_clear (Figure *self)
{
  g_free (self->classes);
  g_free (self->headline);
  g_free (self->story);
  g_free (self->foot);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Figure, figure_clear)

/* The tree of the layer walked to, else of the last one that has any. */
static const NerveHierarchy *
choose_hierarchy (const NerveFigureModel *model)
{
  const NerveNetworkResults *network = model->network;

  if (model->current < network->n_layers && network->hierarchies[model->current] != NULL)
    return network->hierarchies[model->current];
  for (guint i = network->n_layers; i-- > 0;)
    if (network->hierarchies[i] != NULL)
      return network->hierarchies[i];

  return NULL;
}

static void
order_classes (Figure *self)
{
  guint n_all = nerve_parting_get_n (self->parting, 0);
  const guint *order = nerve_palette_get_order (self->model->palette);

  self->classes = g_new (guint, MAX (n_all, 1));
  self->n = self->hierarchy != NULL ? nerve_hierarchy_get_n (self->hierarchy) : n_all;
  for (guint i = 0; i < self->n; i++)
    self->classes[i] = self->hierarchy == NULL ? order[i]
                                               : nerve_hierarchy_get_classes (self->hierarchy)[
                                                   nerve_hierarchy_get_order (self->hierarchy)[i]];
}

static void
find_layers (Figure *self)
{
  self->first = G_MAXUINT;
  self->last = 0;
  for (guint i = 0; i < self->n; i++)
    for (guint j = 0; j < i; j++)
      {
        const NervePartingPair *pair = nerve_parting_get_pair (self->parting, 0, self->classes[i], self->classes[j]);

        if (pair->verdict != NERVE_PARTING_PARTED)
          continue;
        self->first = MIN (self->first, pair->layer);
        self->last = MAX (self->last, pair->layer);
      }
}

static const char *
name_of (const Figure *self, guint place)
{
  return nerve_dataset_get_class_name (self->model->dataset, self->classes[place]);
}

static double
headline_size (const NerveStyle *style)
{
  return style->title * 17.5 / 14.67;
}

static guint
count_lines (const Figure *self, const char *text, double size)
{
  return nerve_text_paragraph (NULL, self->style, text, size, self->style->text, 0, 0, self->width, 1.3 * size, FALSE);
}

static void
place_columns (Figure *self, double width, double height)
{
  const NerveStyle *style = self->style;
  double px = style->scale;
  double foot = (1.6 + 1.25 * MAX (self->foot_lines, 1)) * style->tick + 6 * px;
  double text = 0;
  double size = headline_size (style);

  self->top = 1.3 * size * count_lines (self, self->headline, size) +
              1.3 * style->body * count_lines (self, self->story, style->body) + 1.2 * style->body;
  self->row = MIN (MAX (height - self->top - foot, 1) / MAX (self->n, 1), ROW * px * (style->print ? 1.15 : 1));
  self->cell = MIN (self->row, .46 * width / MAX (self->n, 1));
  self->matrix = width - self->n * self->cell;
  for (guint i = 0; i < self->n; i++)
    text = MAX (text, nerve_text_width (NULL, style, name_of (self, i), style->body, 0));
  self->names = MAX (self->matrix - MIN (text, .22 * width) - 9 * px, 0);
  self->picture = nerve_dataset_has_images (self->model->dataset) ? MIN (.86 * self->row, 30 * px) : 0;
  if (self->picture < 7 * px || width < 300 * px)
    self->picture = 0;
  self->pictures = self->names - (self->picture > 0 ? PICTURES * (self->picture + 3 * px) + 5 * px : 4 * px);
  self->tree = self->hierarchy != NULL && self->pictures > 40 * px ? self->pictures - 6 * px : 0;
  /* Below the matrix, or further left where that is narrow. */
  self->foot_left = MIN (self->matrix, MAX (self->tree + 9 * px, self->width - 30 * style->tick));
}

/* Its words below need room, and how much hangs on where the matrix is. */
static void
place_foot (Figure *self, double width, double height)
{
  self->foot_lines = nerve_text_paragraph (NULL, self->style, self->foot, self->style->tick, self->style->dim, 0, 0,
                                           MAX (self->width - self->foot_left, 1), 1.25 * self->style->tick, FALSE);
  place_columns (self, width, height);
}

static char *
foot_text (const NerveParting *parting)
{
  const NervePartingParameters *parameters = nerve_parting_get_parameters (parting);
  g_autofree char *bound = nerve_text_short (parameters->parted_below, 2);
  g_autofree char *control = nerve_parting_control_text (parting);

  /* Translators: a number, how many; then the control with permuted labels */
  return g_strdup_printf (_("mix: 95 %% bound below %s, %d bootstraps; %s"), bound, parameters->bootstraps, control);
}

static gboolean
figure_init (Figure *self, const NerveFigureModel *model, const NerveStyle *style, double width, double height)
{
  if (width < 1 || height < 1 || model->network == NULL || model->network->parting == NULL)
    return FALSE;

  *self = (Figure) { .model = model, .style = style, .parting = model->network->parting, .width = width };
  self->hierarchy = choose_hierarchy (model);
  order_classes (self);
  if (self->n == 0)
    return FALSE;

  find_layers (self);
  self->headline = nerve_parting_headline (self->parting, model->dataset);
  self->story = nerve_parting_story (self->parting, model->dataset);
  self->foot = foot_text (self->parting);
  place_columns (self, width, height);
  place_foot (self, width, height);

  return TRUE;
}

static gint64
layer_number (const Figure *self, guint layer)
{
  return nerve_dataset_get_layer (self->model->dataset, layer)->index;
}

static NerveColor
layer_color (const Figure *self, guint layer)
{
  double share = self->last > self->first ? (double) (layer - self->first) / (self->last - self->first) : .5;

  return nerve_cell_color (self->style, share);
}

static void
paint_cell (const Figure *self, cairo_t *cr, guint i, guint j)
{
  const NervePartingPair *pair = nerve_parting_get_pair (self->parting, 0, self->classes[i], self->classes[j]);
  double x = self->matrix + j * self->cell;
  double y = self->top + i * self->row;
  double size = MIN (self->style->tick, .5 * self->cell);
  g_autofree char *number = NULL;

  if (pair->verdict == NERVE_PARTING_NO_VERDICT)
    {
      nerve_cell_hatch (cr, self->style, x, y, self->cell, self->row);
      return;
    }
  if (pair->verdict == NERVE_PARTING_NEVER)
    {
      nerve_cell_paint (cr, self->style, x, y, self->cell, self->row, nerve_cell_ink (self->style), "–", size);
      return;
    }

  number = g_strdup_printf ("%" G_GINT64_FORMAT, layer_number (self, pair->layer));
  nerve_cell_paint (cr, self->style, x, y, self->cell, self->row, layer_color (self, pair->layer), number, size);
}

static NerveColor
class_color (const Figure *self, guint label)
{
  const NervePalette *palette = self->model->palette;

  return nerve_palette_get_n_groups (palette) > 0 && self->model->color_by == NERVE_COLOR_BY_SUPERCLASS
           ? nerve_palette_get_group_color (palette, nerve_palette_get_group (palette, label), self->style->dark)
           : nerve_palette_get_class_color (palette, label, self->style->dark);
}

static void
paint_matrix (const Figure *self, cairo_t *cr)
{
  double size = MIN (self->style->label, .55 * self->cell);

  for (guint i = 0; i < self->n; i++)
    {
      double y = self->top + i * self->row;

      for (guint j = 0; j < i; j++)
        paint_cell (self, cr, i, j);
      nerve_cell_paint (cr, self->style, self->matrix + i * self->cell, y, self->cell, self->row,
                        class_color (self, self->classes[i]),
                        nerve_palette_get_class_code (self->model->palette, self->classes[i]), size);
    }
}

/* Around the cell of the two classes that are looked at. */
static void
paint_chosen (const Figure *self, cairo_t *cr)
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
paint_rows (const Figure *self, cairo_t *cr)
{
  const NerveStyle *style = self->style;
  double size = MIN (style->body, .85 * self->row);

  for (guint i = 0; i < self->n; i++)
    {
      double y = self->top + (i + .5) * self->row;

      for (guint k = 0; k < PICTURES && self->picture > 0; k++)
        nerve_class_picture_draw (self->model, self->classes[i], k, style, cr,
                                  self->pictures + k * (self->picture + 3 * style->scale), y - self->picture / 2,
                                  self->picture);
      if (size > .55 * style->tick)
        nerve_text_draw_within (cr, style, name_of (self, i), size, NERVE_TEXT_MIDDLE, style->text, self->names, y,
                                self->matrix - self->names - 5 * style->scale);
    }
}

static void
paint_tree (const Figure *self, cairo_t *cr)
{
  const NerveStyle *style = self->style;
  g_autofree double *y = g_new (double, self->n);
  NerveTree tree = { nerve_hierarchy_get_merges (self->hierarchy), self->n, y, 0, self->tree };

  for (guint i = 0; i < self->n; i++)
    y[nerve_hierarchy_get_order (self->hierarchy)[i]] = self->top + (i + .5) * self->row;
  nerve_tree_paint (&tree, self->model, self->hierarchy, style, cr);
  nerve_tree_axis (&tree, style, cr, self->top + self->n * self->row + 5 * style->scale,
                   nerve_hierarchy_is_from_mapper (self->hierarchy) ? _("1 − mix") : _("mean distance"));
}

static gboolean
occurs (const Figure *self, NervePartingVerdict verdict, guint layer)
{
  for (guint i = 0; i < self->n; i++)
    for (guint j = 0; j < i; j++)
      {
        const NervePartingPair *pair = nerve_parting_get_pair (self->parting, 0, self->classes[i], self->classes[j]);

        if (pair->verdict == verdict && (verdict != NERVE_PARTING_PARTED || pair->layer == layer))
          return TRUE;
      }

  return FALSE;
}

static double
paint_key_word (const Figure *self, cairo_t *cr, double x, double y, double chip, gboolean hatched, const char *word)
{
  if (hatched)
    nerve_cell_hatch (cr, self->style, x, y, chip, chip);
  else
    nerve_cell_paint (cr, self->style, x, y, chip, chip, nerve_cell_ink (self->style), "–", MIN (self->style->tick,
                                                                                               .5 * chip));
  nerve_text_draw (cr, self->style, word, self->style->tick, NERVE_TEXT_MIDDLE, self->style->dim,
                   x + chip + 5 * self->style->scale, y + chip / 2);

  return y + MAX (1.15 * chip, 1.3 * self->style->tick);
}

static double
key_word_width (const Figure *self, cairo_t *cr, double chip, const char *word)
{
  return chip + 5 * self->style->scale + nerve_text_width (cr, self->style, word, self->style->tick, 0);
}

static void
paint_groups (const Figure *self, cairo_t *cr, double right, double y, double bottom)
{
  const NerveStyle *style = self->style;
  guint n = nerve_palette_get_n_groups (self->model->palette);
  double radius = .5 * style->tick;
  double width = 0;
  double last = y + (n - 1) * 1.55 * style->tick;
  double x;

  for (guint g = 0; g < n; g++)
    width = MAX (width, nerve_text_width (cr, style, nerve_dataset_get_group_name (self->model->dataset, 1, g),
                                          style->tick, 0));
  x = right - width - 2.6 * radius;
  /* The free corner narrows by a cell a row: all of them or none. */
  if (last + 1.5 * style->tick >= bottom || x < self->matrix + self->cell * ((last - self->top) / self->row + 1.6))
    return;
  for (guint g = 0; g < n; g++)
    {
      cairo_new_sub_path (cr);
      cairo_arc (cr, x - radius, y + radius, radius, 0, 2 * G_PI);
      nerve_color_set (cr, nerve_palette_get_group_color (self->model->palette, g, style->dark));
      cairo_fill (cr);
      nerve_text_draw (cr, style, nerve_dataset_get_group_name (self->model->dataset, 1, g), style->tick,
                       NERVE_TEXT_MIDDLE, style->text, x + .9 * radius, y + radius);
      y += 1.55 * style->tick;
    }
}

/* In the upper triangle, against its right edge. */
static void
paint_key (const Figure *self, cairo_t *cr)
{
  const NerveStyle *style = self->style;
  double right = self->matrix + self->n * self->cell;
  double chip = MIN (KEY_CHIP * style->scale, self->cell);
  const char *title;
  double y = self->top + 1.3 * style->tick;
  double x;
  guint n = 0;

  if (self->n < 5)
    return;
  for (guint layer = self->first; layer <= self->last && self->first != G_MAXUINT; layer++)
    n += occurs (self, NERVE_PARTING_PARTED, layer);
  x = right - MAX (MAX (n, 3) * chip, nerve_text_width (cr, style, _("parted from layer"), style->tick, 0));
  if (x < self->matrix + 2.2 * self->cell)
    {
      chip = MAX ((right - self->matrix - 2.2 * self->cell) / MAX (n, 1), 1);
      x = self->matrix + 2.2 * self->cell;
    }
  title = nerve_text_width (cr, style, _("parted from layer"), style->tick, 0) <= right - x ? _("parted from layer")
                                                                                            : _("layer");
  nerve_text_draw_within (cr, style, title, style->tick, 0, style->dim, x, self->top + style->tick, right - x);
  for (guint layer = self->first, k = 0; layer <= self->last && self->first != G_MAXUINT; layer++)
    {
      g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, layer_number (self, layer));

      if (!occurs (self, NERVE_PARTING_PARTED, layer))
        continue;
      nerve_cell_paint (cr, style, x + k++ * chip, y, chip, chip, layer_color (self, layer), number,
                        MIN (style->tick, .5 * chip));
    }
  y += 1.15 * chip;
  if (occurs (self, NERVE_PARTING_NEVER, 0))
    y = paint_key_word (self, cr, right - key_word_width (self, cr, chip, _("never")), y, chip, FALSE, _("never"));
  if (occurs (self, NERVE_PARTING_NO_VERDICT, 0))
    y = paint_key_word (self, cr, right - key_word_width (self, cr, chip, _("no verdict")), y, chip, TRUE,
                        _("no verdict"));
  paint_groups (self, cr, right, y + .3 * style->tick, self->top + (self->n - 1) * self->row);
}

static void
paint_words (const Figure *self, cairo_t *cr)
{
  const NerveStyle *style = self->style;
  double size = headline_size (style);
  double y = size;
  guint lines = count_lines (self, self->headline, size);

  if (nerve_text_width (cr, style, self->headline, size, NERVE_TEXT_BOLD) <= self->width)
    nerve_text_draw (cr, style, self->headline, size, NERVE_TEXT_BOLD, style->text, 0, y);
  else
    nerve_text_paragraph (cr, style, self->headline, size, style->text, 0, y, self->width, 1.3 * size, TRUE);
  y += 1.3 * size * lines - size + style->body;
  nerve_text_paragraph (cr, style, self->story, style->body, style->dim, 0, y, self->width, 1.3 * style->body, TRUE);

  nerve_text_paragraph (cr, style, self->foot, style->tick, style->dim, self->foot_left,
                        self->top + self->n * self->row + 5 * style->scale + 1.2 * style->tick,
                        MAX (self->width - self->foot_left, 1), 1.25 * style->tick, TRUE);
}

void
nerve_parting_figure_draw (const NerveFigureModel *model, guint layer, const NerveStyle *style, cairo_t *cr,
                           double width, double height)
{
  g_auto (Figure) self = { NULL };

  if (!figure_init (&self, model, style, width, height))
    return;

  cairo_save (cr);
  paint_words (&self, cr);
  if (self.tree > 0)
    paint_tree (&self, cr);
  paint_rows (&self, cr);
  paint_matrix (&self, cr);
  paint_chosen (&self, cr);
  paint_key (&self, cr);
  cairo_restore (cr);
}

static void
set_hit (const Figure *self, guint i, guint j, NerveHit *hit)
{
  *hit = (NerveHit) { NERVE_HIT_PAIR, self->classes[i], self->classes[j], self->matrix + (j + .5) * self->cell,
                      self->top + (i + .5) * self->row, self->cell / 2 };
}

/* Each row a line of type at least. */
double
nerve_parting_figure_height (const NerveFigureModel *model, const NerveStyle *style, double width)
{
  g_auto (Figure) self = { NULL };
  double usual = .58 * width;

  if (!figure_init (&self, model, style, width, usual))
    return usual;

  return MAX (usual, self.top + 1.35 * style->body * self.n + (1.6 + 1.25 * self.foot_lines) * style->tick +
                     6 * style->scale);
}

gboolean
nerve_parting_figure_hit (const NerveFigureModel *model, guint layer, const NerveStyle *style, double width,
                          double height, double x, double y, NerveHit *hit)
{
  g_auto (Figure) self = { NULL };
  double i;
  double j;

  if (!figure_init (&self, model, style, width, height))
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
  g_auto (Figure) self = { NULL };

  if (!figure_init (&self, model, style, width, height))
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

  if (model->network == NULL || model->network->parting == NULL)
    return g_strdup (_("Where classes part has not been computed yet."));

  headline = nerve_parting_headline (model->network->parting, model->dataset);
  story = nerve_parting_story (model->network->parting, model->dataset);

  return g_strdup_printf ("%s %s", headline, story);
}
