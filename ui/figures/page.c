#include "figures/page.h"

#include <string.h>

#include <glib/gi18n.h>

#include "figures/board-rows.h"
#include "figures/caption.h"
#include "figures/color.h"
#include "figures/legend.h"
#include "figures/node-measure.h"
#include "figures/text.h"

/* Heights over widths of one panel. */
#define MAPPER_ALONE .64
#define MAPPER_AMONG .82
#define DIAGRAM .57
#define DIAGRAM_NARROW .8 /* where a diagram has no room for its numbers */
/* Decay and purity join the board when the columns above keep this share of their height. */
#define BOARD_LEAST .86
#define MOST_COLUMNS 4
/* In units of the body's type. */
#define LEAST_COLUMN 14.
#define LEAST_WIDE 24. /* of figures that are several beside each other themselves */
#define NARROW 20.
#define LEAST_LINES 2.5 /* of type, high */
#define LETTER (9.5 / 8.2) /* of a panel, in units of its title */

typedef struct
{
  const NerveFigureKind  *kind;
  const NerveFigureModel *model;
  const guint            *layers;
  guint                   n;
  const NerveStyle       *style;
  cairo_t                *cr;
  gboolean                is_board;
  guint                   n_columns;
  guint                   n_rows;
  double                  width;
  double                  gutter;
  double                  column;  /* width of a panel */
  double                  between; /* rows of panels */
  double                  title;   /* height of its title line; 0: none */
  double                  legend;  /* heights with the space above them; 0: none */
  double                  caption;
  char                   *text;    /* of the caption */
} Page;

static const char *const part_names[NERVE_N_PAGE_PARTS] = { "titles", "legend", "caption" };

const char *
nerve_page_part_name (guint i)
{
  g_return_val_if_fail (i < NERVE_N_PAGE_PARTS, NULL);

  return part_names[i];
}

gboolean
nerve_page_parse_parts (const char *text, guint *parts, GError **error)
{
  g_auto (GStrv) names = g_strsplit (text, ",", -1);

  *parts = 0;
  for (guint i = 0; names[i] != NULL; i++)
    {
      guint part = 0;

      while (part < NERVE_N_PAGE_PARTS && !g_str_equal (part_names[part], g_strstrip (names[i])))
        part++;
      if (part == NERVE_N_PAGE_PARTS)
        {
          g_autofree char *list = g_strjoin (", ", part_names[0], part_names[1], part_names[2], NULL);

          g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER, _("“%s” is no part of a page (%s)"), names[i], list);
          return FALSE;
        }
      *parts |= 1u << part;
    }

  return TRUE;
}

char *
nerve_page_parts_text (guint parts)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < NERVE_N_PAGE_PARTS; i++)
    if (parts & 1u << i)
      g_string_append_printf (text, "%s%s", text->len > 0 ? "," : "", part_names[i]);

  return g_string_free (text, text->len == 0);
}

gboolean
nerve_page_has (const NerveStyle *style, NervePageParts part)
{
  return style->print && !(style->without & part);
}

static void
page_clear (Page *self)
{
  g_free (self->text);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Page, page_clear)

static gboolean
is_paged (const NerveFigureKind *kind)
{
  return (kind->flags & NERVE_FIGURE_PER_LAYER) != 0 || strcmp (kind->name, "board") == 0;
}

/* One panel of the whole network, whose colours and sampling have to be told all the same. */
static gboolean
has_foot (const NerveFigureKind *kind)
{
  return (kind->flags & (NERVE_FIGURE_NEEDS_COUPLINGS | NERVE_FIGURE_NEEDS_PARTING)) != 0;
}

/* Whose marks are in the classes' colours. */
static gboolean
has_legend (const NerveFigureKind *kind)
{
  static const char *const names[] = {
    "board", "mapper", "projection", "pictures", "flow", "noise", "sweep", NULL,
  };

  return g_strv_contains (names, kind->name);
}

guint
nerve_page_parts (const NerveFigureKind *kind, guint n_layers)
{
  gboolean is_thumbnail = strcmp (kind->name, "thumbnail") == 0;
  guint parts = 0;

  if (is_paged (kind) && (n_layers > 1 || strcmp (kind->name, "board") == 0))
    parts |= NERVE_PAGE_TITLES;
  if (has_legend (kind))
    parts |= NERVE_PAGE_LEGEND;
  if ((is_paged (kind) || has_foot (kind)) && !is_thumbnail)
    parts |= NERVE_PAGE_CAPTION;

  return parts;
}

/* Dots and triangles are a diagram's. */
static gboolean
has_diagram_marks (const NerveFigureKind *kind, const NerveFigureModel *model)
{
  if (strcmp (kind->name, "board") == 0)
    return nerve_board_rows_find (model->rows, model->n_rows, NERVE_BOARD_VIEW_DIAGRAM) >= 0;

  return kind == nerve_board_view_figure (NERVE_BOARD_VIEW_DIAGRAM);
}

/* Parting is of all layers, whichever are columns. */
static char *
new_text (const Page *self)
{
  g_autofree guint *all = NULL;

  if (is_paged (self->kind))
    return nerve_caption_new (self->model, self->layers, self->n, nerve_figure_flags (self->kind, self->model),
                              self->column < NARROW * self->style->body && has_diagram_marks (self->kind, self->model));
  if (self->kind->flags & NERVE_FIGURE_NEEDS_COUPLINGS)
    return nerve_caption_new_sampling (self->model, self->model->columns, self->model->n_columns);

  all = g_new (guint, MAX (self->model->n_layers, 1));
  for (guint i = 0; i < self->model->n_layers; i++)
    all[i] = i;

  return nerve_caption_new_sampling (self->model, all, self->model->n_layers);
}

static double
caption_leading (const Page *self)
{
  return 1.36 * self->style->caption;
}

static double
least_column (const NerveFigureKind *kind)
{
  return kind->flags & (NERVE_FIGURE_NEEDS_NOISE | NERVE_FIGURE_NEEDS_SWEEP) ? LEAST_WIDE : LEAST_COLUMN;
}

static void
page_init (Page *self, const NerveFigureKind *kind, const NerveFigureModel *model, const guint *layers, guint n_layers,
           const NerveStyle *style, cairo_t *cr, double width)
{
  double legend = 0;
  guint parts = nerve_page_parts (kind, n_layers) & ~style->without;
  guint most;

  *self = (Page) { kind, model, layers, n_layers, style, cr };
  self->is_board = strcmp (kind->name, "board") == 0;
  self->width = width;
  self->gutter = 1.7 * style->body;
  most = CLAMP ((guint) ((width + self->gutter) / (least_column (kind) * style->body + self->gutter)), 1, MOST_COLUMNS);
  self->n_rows = MAX ((n_layers + most - 1) / most, 1);
  self->n_columns = MAX ((n_layers + self->n_rows - 1) / self->n_rows, 1);
  self->column = MAX ((width - self->gutter * (self->n_columns - 1)) / self->n_columns, 1);
  self->between = self->n_rows > 1 ? style->body : 0;
  self->title = parts & NERVE_PAGE_TITLES ? 1.75 * style->title : 0;
  if (parts & NERVE_PAGE_LEGEND)
    legend = nerve_legend_measure (model, style, width);
  self->legend = legend > 0 ? legend + .75 * style->body : 0;
  if (!(parts & NERVE_PAGE_CAPTION))
    return;

  /* In a narrow diagram the numbers, which explain the marks, have no room. */
  self->text = new_text (self);
  if (*self->text != '\0')
    self->caption = .3 * style->caption + caption_leading (self) *
                    nerve_text_paragraph (NULL, style, self->text, style->caption, 0, style->dim, 0, 0, width,
                                          caption_leading (self), FALSE);
}

static double
diagram_ratio (const Page *self)
{
  return self->column < NARROW * self->style->body ? DIAGRAM_NARROW : DIAGRAM;
}

/* Height over width of a row of the board. */
static double
row_ratio (const Page *self, guint row)
{
  NerveBoardView view = self->model->rows[row].view;

  return view == NERVE_BOARD_VIEW_DIAGRAM ? diagram_ratio (self) : nerve_board_view (view)->ratio;
}

static double
panel_ratio (const Page *self)
{
  double ratio = 0;

  for (guint i = 0; self->is_board && i < self->model->n_rows; i++)
    ratio += row_ratio (self, i);
  if (ratio > 0)
    return ratio;
  if (strcmp (self->kind->name, "mapper") == 0)
    return self->n > 1 ? MAPPER_AMONG : MAPPER_ALONE;
  if (self->kind == nerve_board_view_figure (NERVE_BOARD_VIEW_DIAGRAM))
    return diagram_ratio (self);

  return nerve_figure_kind_height (self->kind, self->model, self->style, self->column) / MAX (self->column, 1);
}

static void
paint_rule (const Page *self, double x, double y, double width)
{
  nerve_color_set (self->cr, self->style->hairline);
  cairo_set_line_width (self->cr, self->style->scale);
  cairo_move_to (self->cr, x, y);
  cairo_line_to (self->cr, x + width, y);
  cairo_stroke (self->cr);
}

/* From long (0) to short; NULL: there is no graph, or nothing as short. */
static char *
summary_of (const Page *self, guint layer, guint form)
{
  const NerveFigureModel *model = self->model;
  NerveGraph *graph = model->layers[layer].graph;
  g_autofree char *coverage = NULL;
  guint n;

  if (graph == NULL || !(self->kind->flags & NERVE_FIGURE_NEEDS_GRAPH))
    return NULL;
  if (model->selection != NULL && !nerve_bitset_is_empty (model->selection))
    return form == 0 ? nerve_mapper_figure_summary (model, layer) : NULL;

  n = nerve_mapper_get_n_nodes (graph->mapper);
  if (form > 0)
    return form == 1 ? g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u node", "%u nodes", n), n) : NULL;
  coverage = nerve_text_percent (nerve_mapper_get_coverage (graph->mapper));

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u node, %s", "%u nodes, %s", n), n, coverage);
}

static char *
name_of (const Page *self, guint i)
{
  return g_utf8_make_valid (nerve_dataset_get_layer (self->model->dataset, self->layers[i])->name, -1);
}

static gboolean
title_holds (const Page *self, guint i, guint form)
{
  const NerveStyle *style = self->style;
  const char letter[2] = { 'a' + (char) (i % 26), '\0' };
  g_autofree char *name = name_of (self, i);
  g_autofree char *summary = summary_of (self, self->layers[i], form);
  double taken = nerve_text_width (self->cr, style, name, style->title, 0) + style->body;

  if (self->n > 1)
    taken += nerve_text_width (self->cr, style, letter, LETTER * style->title, NERVE_TEXT_BOLD) + .65 * style->title;

  return summary == NULL ||
         taken + nerve_text_width (self->cr, style, summary, style->body, 0) <= self->column;
}

/* That all panels have room for, beside their names: what one tells, all do. */
static guint
common_form (const Page *self)
{
  guint form = 0;

  for (guint i = 0; i < self->n;)
    if (title_holds (self, i, form))
      i++;
    else
      form++;

  return form;
}

static void
paint_title (const Page *self, guint i, double x, double y)
{
  const NerveStyle *style = self->style;
  g_autofree char *valid = name_of (self, i);
  g_autofree char *summary = summary_of (self, self->layers[i], common_form (self));
  double baseline = y + 1.15 * style->title;
  double right = x + self->column;
  double summary_width = summary != NULL ? nerve_text_width (self->cr, style, summary, style->body, 0) : 0;

  if (self->n > 1)
    {
      char letter[2] = { 'a' + (char) (i % 26), '\0' };

      x += nerve_text_draw (self->cr, style, letter, LETTER * style->title, NERVE_TEXT_BOLD, style->text, x,
                            baseline) + .65 * style->title;
    }
  nerve_text_draw_within (self->cr, style, valid, style->title, 0, style->text, x, baseline,
                          right - x - summary_width);
  if (summary_width > 0)
    nerve_text_draw (self->cr, style, summary, style->body, NERVE_TEXT_RIGHT, style->dim, right, baseline);
}

static void
paint_inside (const Page *self, const NerveFigureKind *kind, guint layer, double x, double y, double width,
              double height)
{
  if (width < 1 || height < 1)
    return;

  cairo_save (self->cr);
  cairo_translate (self->cr, x, y);
  kind->draw (self->model, layer, self->style, self->cr, width, height);
  cairo_restore (self->cr);
}

static void
paint_panel (const Page *self, guint i, double x, double y, double height)
{
  guint layer = self->layers[i];

  if (self->title > 0)
    paint_title (self, i, x, y);
  y += self->title;
  height -= self->title;
  if (!self->is_board)
    {
      paint_inside (self, self->kind, layer, x, y, self->column, height);
      return;
    }

  for (guint k = 0; k < self->model->n_rows; k++)
    {
      double part = height * row_ratio (self, k) / panel_ratio (self);
      gboolean last = k + 1 == self->model->n_rows;

      paint_inside (self, nerve_board_view_figure (self->model->rows[k].view), layer, x, y, self->column,
                    last ? part : part - .4 * self->style->body);
      y += part;
      if (!last)
        paint_rule (self, x, y, self->column);
    }
}

static double
lower_height (const Page *self, double height)
{
  double wanted = MAX (.3 * self->column, 11 * self->style->body);
  double columns = self->n_rows * (self->title + BOARD_LEAST * panel_ratio (self) * self->column);

  if (!self->is_board || height - wanted < columns)
    return 0;

  return wanted;
}

static gboolean
has_betti (const NerveFigureModel *model)
{
  for (guint i = 0; i < model->n_layers; i++)
    if (model->layers[i].betti != NULL || model->layers[i].curves != NULL)
      return TRUE;

  return FALSE;
}

static void
paint_lower (const Page *self, double y, double height)
{
  double half = (self->width - 2 * self->gutter) / 2;
  double top = y + .8 * self->style->body;
  double left = has_betti (self->model) ? half + 2 * self->gutter : 0;

  paint_rule (self, 0, y, self->width);
  if (left > 0)
    paint_inside (self, nerve_figure_kind_find ("decay"), 0, 0, top, half, y + height - top);
  paint_inside (self, nerve_figure_kind_find ("purity"), 0, left, top, self->width - left, y + height - top);
}

static void
paint_foot (const Page *self, double y)
{
  double space = .75 * self->style->body;

  if (self->legend > 0)
    {
      paint_rule (self, 0, y + space * .4, self->width);
      paint_inside (self, nerve_figure_kind_find ("legend"), 0, 0, y + space, self->width, self->legend - space);
    }
  if (self->caption > 0)
    nerve_text_paragraph (self->cr, self->style, self->text, self->style->caption, 0, self->style->dim, 0,
                          y + self->legend + 1.15 * self->style->caption, self->width, caption_leading (self), TRUE);
}

/* Only graphs have nodes to be coloured by a number. */
static NerveColorBy
coloring_of (const NerveFigureKind *kind, const NerveFigureModel *model)
{
  static const char *const graphs[] = { "mapper", "board", "thumbnail", "legend", NULL };

  return nerve_color_by_is_measure (model->color_by) && !g_strv_contains (graphs, kind->name) ? NERVE_COLOR_BY_CLASS
                                                                                              : model->color_by;
}

void
nerve_page_draw (const NerveFigureKind *kind, const NerveFigureModel *model, const guint *layers, guint n_layers,
                 const NerveStyle *style, cairo_t *cr, double width, double height)
{
  NerveFigureModel still = *model;
  g_auto (Page) self = { NULL };
  double lower;
  double row;
  double rest;

  /* What was only under the hand is not on paper, nor which column somebody held. */
  still.hover_layer = still.hover_node = -1;
  still.selected_layer = still.selected_node = -1;
  still.hover_bar = still.selected_bar = NERVE_BAR_MARK_NONE;
  still.hover_curve = NERVE_CURVE_MARK_NONE;
  for (guint i = 0; i < still.n_columns; i++)
    still.pinned[i] = TRUE;
  still.color_by = coloring_of (kind, model);
  if (!is_paged (kind) && !has_foot (kind))
    {
      kind->draw (&still, 0, style, cr, width, height);
      return;
    }

  page_init (&self, kind, &still, layers, n_layers, style, cr, width);
  rest = MAX (height - self.legend - self.caption, 1);
  if (!is_paged (kind))
    {
      kind->draw (&still, 0, style, cr, width, rest);
      paint_foot (&self, rest);
      return;
    }

  lower = lower_height (&self, rest);
  row = (rest - lower + self.between) / self.n_rows;
  cairo_save (cr);
  for (guint i = 0; i < n_layers; i++)
    paint_panel (&self, i, (i % self.n_columns) * (self.column + self.gutter), (i / self.n_columns) * row,
                 row - self.between);
  if (lower > 0)
    paint_lower (&self, rest - lower, lower);
  paint_foot (&self, rest);
  cairo_restore (cr);
}

double
nerve_page_height (const NerveFigureKind *kind, const NerveFigureModel *model, const guint *layers, guint n_layers,
                   const NerveStyle *style, double width)
{
  NerveFigureModel shown = *model;
  g_auto (Page) self = { NULL };

  shown.color_by = coloring_of (kind, model);
  if (!is_paged (kind) && !has_foot (kind))
    return strcmp (kind->name, "legend") == 0 ? MAX (nerve_legend_measure (model, style, width), style->body)
                                              : nerve_figure_kind_height (kind, &shown, style, width);

  page_init (&self, kind, &shown, layers, n_layers, style, NULL, width);
  if (!is_paged (kind))
    return nerve_figure_kind_height (kind, &shown, style, width) + self.legend + self.caption;

  return self.n_rows * (self.title + panel_ratio (&self) * self.column + self.between) - self.between + self.legend +
         self.caption;
}

double
nerve_page_least_height (const NerveFigureKind *kind, const NerveFigureModel *model, const guint *layers,
                         guint n_layers, const NerveStyle *style, double width)
{
  NerveFigureModel shown = *model;
  g_auto (Page) self = { NULL };

  shown.color_by = coloring_of (kind, model);
  if (!is_paged (kind) && !has_foot (kind))
    return 0;

  page_init (&self, kind, &shown, layers, n_layers, style, NULL, width);

  return self.n_rows * (self.title + LEAST_LINES * style->body + self.between) - self.between + self.legend +
         self.caption;
}
