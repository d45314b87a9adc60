#include "figures/mapper-paint.h"

#include <math.h>

#include "figures/color.h"
#include "figures/dots.h"
#include "figures/lines.h"
#include "figures/mapper-labels.h"
#include "figures/mapper-pictures.h"
#include "figures/text.h"

/* Of the usual letters' size: smaller ones could not be read. */
#define LEAST_LETTER .62
#define CAPITAL .72  /* how high one is */
#define ROOM 1.15    /* around it */
#define WHOLE .98    /* a wedge that is the disc */
#define PLAIN_BELOW 5.5
#define PLAIN_IN_PRINT 4. /* paper has more dots */
#define SEPARATED_FROM 8.
#define LEAST_SEPARATED .03
#define HALO 1.6
#define N_WIDTHS 24    /* of edges */
#define FAINT .25      /* an edge beside the selection */
#define MANY_EDGES 500
#define LOOKED_INTO 1.4 /* times its size: whoever comes nearer wants to see the images */

typedef struct
{
  NerveGraph             *graph;
  const NerveMapperScene *scene;
  NerveMapperShares      *shares;
  const NerveMapperMarks *marks;
  const NerveStyle       *style;
  cairo_t                *cr;
  gboolean                solo; /* some kinds are grey */
  double                  px; /* a logical pixel on the page */
  gboolean                thumbnail;
  gsize                   most_shared; /* by an edge */
  double                  zoom;        /* pixels to a unit of the pane; 0: not to be looked into */
  NerveDots               dots;
} Painter;

/* 0 to 1: by the share of their members that two nodes have in common, by how many those are, or half of all. */
static double
measure_edge (const Painter *self, const NerveEdge *edge)
{
  switch (self->shares->model->edge_width)
    {
    case NERVE_EDGE_WIDTH_SHARED:
      return (double) edge->shared / self->most_shared;
    case NERVE_EDGE_WIDTH_EQUAL:
      return .2;
    case NERVE_EDGE_WIDTH_JACCARD:
    case NERVE_N_EDGE_WIDTHS:
    default:
      return CLAMP (edge->jaccard, 0, 1);
    }
}

static gsize
find_most_shared (NerveGraph *graph)
{
  const NerveEdge *edges = nerve_mapper_get_edges (graph->mapper);
  gsize most = 1;

  for (guint i = 0; i < nerve_mapper_get_n_edges (graph->mapper); i++)
    most = MAX (most, edges[i].shared);

  return most;
}

static double
edge_width (const Painter *self, double share)
{
  double grown = self->style->print ? 1 : MAX (self->scene->factor / self->scene->scale, 1);

  return (.8 + 4.2 * share) * self->px * grown * MAX (self->scene->shrink, .3);
}

/* No wider than the smaller disc's radius: two small nodes that share all they have would look like one long one. */
static double
edge_share (const Painter *self, const NerveEdge *edge)
{
  double widest = MIN (self->scene->radii[edge->source], self->scene->radii[edge->target]);

  return CLAMP ((widest / edge_width (self, 0) * .8 - .8) / 4.2, 0, measure_edge (self, edge));
}

/* A line of .9 would fill the smallest discs. */
static double
rim_width (const Painter *self, double radius)
{
  return MIN (.9 * self->px, .3 * radius);
}

static void
add_disc (cairo_t *cr, NervePlace at, double radius)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, at.x, at.y, radius, 0, 2 * G_PI);
}

/* One path for each of a few opacities and widths: a graph with hundreds of edges is some tens of strokes. */
static void
stroke_edges (const Painter *self, const guchar *widths, gboolean faint)
{
  const NerveEdge *edges = nerve_mapper_get_edges (self->graph->mapper);
  guint n = nerve_mapper_get_n_edges (self->graph->mapper);

  for (guint width = 0; width <= N_WIDTHS; width++)
    {
      gboolean any = FALSE;

      for (guint i = 0; i < n; i++)
        {
          NervePlace a = self->scene->places[edges[i].source];
          NervePlace b = self->scene->places[edges[i].target];

          if (widths[i] != width || (nerve_mapper_marks_edge_opacity (self->marks, &edges[i]) < 1) != faint)
            continue;
          cairo_move_to (self->cr, a.x, a.y);
          cairo_line_to (self->cr, b.x, b.y);
          any = TRUE;
        }
      if (!any)
        continue;
      nerve_color_set_alpha (self->cr, self->style->edge, .9 * (faint ? FAINT : 1));
      cairo_set_line_width (self->cr, edge_width (self, (double) width / N_WIDTHS));
      cairo_stroke (self->cr);
    }
}

/* Thousands of them, straight onto pixels: those of one opacity as if they were one path. */
static void
lay_edges (const Painter *self, const guchar *widths, gboolean faint)
{
  const NerveEdge *edges = nerve_mapper_get_edges (self->graph->mapper);
  g_autoptr (NerveLines) lines = nerve_lines_new (&self->dots);

  for (guint i = 0; i < nerve_mapper_get_n_edges (self->graph->mapper); i++)
    {
      NervePlace a = self->scene->places[edges[i].source];
      NervePlace b = self->scene->places[edges[i].target];

      if ((nerve_mapper_marks_edge_opacity (self->marks, &edges[i]) < 1) == faint)
        nerve_lines_add (lines, a.x, a.y, b.x, b.y, edge_width (self, (double) widths[i] / N_WIDTHS));
    }
  nerve_lines_paint (lines, (NerveDotInk) { self->style->edge, .9 * (faint ? FAINT : 1) });
}

static void
paint_edges (const Painter *self)
{
  const NerveEdge *edges = nerve_mapper_get_edges (self->graph->mapper);
  guint n = nerve_mapper_get_n_edges (self->graph->mapper);
  g_autofree guchar *widths = g_new (guchar, MAX (n, 1));
  gboolean many = n >= MANY_EDGES && self->dots.target != NULL;

  for (guint i = 0; i < n; i++)
    widths[i] = lrint (edge_share (self, &edges[i]) * N_WIDTHS);
  cairo_set_line_cap (self->cr, CAIRO_LINE_CAP_BUTT);
  for (int faint = 1; faint >= 0; faint--)
    (many ? lay_edges : stroke_edges) (self, widths, faint);
}

static void
paint_hovered_edges (const Painter *self)
{
  const NerveEdge *edges = nerve_mapper_get_edges (self->graph->mapper);

  nerve_color_set (self->cr, self->style->text);
  for (guint i = 0; i < nerve_mapper_get_n_edges (self->graph->mapper) && self->marks->hovered >= 0; i++)
    {
      NervePlace a = self->scene->places[edges[i].source];
      NervePlace b = self->scene->places[edges[i].target];

      if (edges[i].source != (guint) self->marks->hovered && edges[i].target != (guint) self->marks->hovered)
        continue;
      cairo_set_line_width (self->cr, edge_width (self, edge_share (self, &edges[i])));
      cairo_move_to (self->cr, a.x, a.y);
      cairo_line_to (self->cr, b.x, b.y);
      cairo_stroke (self->cr);
    }
}

/* The card shows around each disc, so that edges end before it. */
static void
paint_halos (Painter *self)
{
  double halo = HALO * self->px * self->scene->shrink;

  nerve_color_set (self->cr, self->style->card);
  for (guint i = 0; i < self->scene->n; i++)
    if (self->dots.target != NULL)
      nerve_dots_put (&self->dots, self->scene->places[i].x, self->scene->places[i].y, self->scene->radii[i] + halo,
                      (NerveDotInk) { self->style->card, 1 }, 0, (NerveDotInk) { self->style->card, 0 });
    else
      add_disc (self->cr, self->scene->places[i], self->scene->radii[i] + halo);
  cairo_fill (self->cr);
}

/* Everything paints onto the card, so an opacity is a mixture with it: no group, no raster in a vector figure. */
static NerveColor
faded (const Painter *self, NerveColor color, double opacity)
{
  return opacity < 1 ? nerve_color_mix (color, self->style->card, opacity) : color;
}

static NerveColor
kind_color (const Painter *self, guint kind, double opacity)
{
  NerveColor color = nerve_mapper_shares_is_grey (self->shares, kind) ? self->style->hairline
                                                                     : self->shares->colors[kind];

  return faded (self, color, opacity);
}

static void
paint_separators (const Painter *self, NervePlace at, double radius, const guint32 *counts, double total)
{
  double from = 0;
  double last = 0;
  guint shown = 0;

  for (guint i = 0; i < self->shares->n; i++)
    if (counts[i] > 0)
      {
        shown++;
        last = counts[i] / total;
      }
  if (shown < 2)
    return;

  nerve_color_set (self->cr, self->style->card);
  cairo_set_line_width (self->cr, .6 * self->px);
  for (guint i = 0; i < self->shares->n; i++)
    {
      double share = counts[i] / total;
      double angle = 2 * G_PI * from - G_PI / 2;

      if (counts[i] == 0)
        continue;
      if (share >= LEAST_SEPARATED && last >= LEAST_SEPARATED)
        {
          cairo_move_to (self->cr, at.x, at.y);
          cairo_line_to (self->cr, at.x + radius * cos (angle), at.y + radius * sin (angle));
        }
      last = share;
      from += share;
    }
  cairo_stroke (self->cr);
}

static void
add_wedge (const Painter *self, NervePlace at, double radius, double from, double to)
{
  cairo_move_to (self->cr, at.x, at.y);
  cairo_arc (self->cr, at.x, at.y, radius, 2 * G_PI * from - G_PI / 2, 2 * G_PI * to - G_PI / 2);
  cairo_close_path (self->cr);
}

/* The majority's disc lies under the wedges, lest the card shines through the seams between them. */
static void
paint_pie (const Painter *self, NervePlace at, double radius, const guint32 *counts, double total, double opacity)
{
  guint ground = nerve_mapper_shares_majority (self->shares);
  double from = 0;

  nerve_color_set (self->cr, self->solo ? faded (self, self->style->hairline, opacity)
                                        : kind_color (self, ground, opacity));
  add_disc (self->cr, at, radius);
  cairo_fill (self->cr);
  for (guint i = 0; i < self->shares->n; i++)
    {
      double to = from + counts[i] / total;

      if (counts[i] > 0 && (self->solo ? !nerve_mapper_shares_is_grey (self->shares, i) : i != ground))
        {
          nerve_color_set (self->cr, kind_color (self, i, opacity));
          add_wedge (self, at, radius, from, to);
          cairo_fill (self->cr);
        }
      from = to;
    }
}

/* A pale class alone among greys needs a line to be seen. */
static void
paint_solo_edges (const Painter *self, NervePlace at, double radius, const guint32 *counts, double total)
{
  double from = 0;

  nerve_color_set_alpha (self->cr, self->style->text, .4);
  cairo_set_line_width (self->cr, .6 * self->px);
  for (guint i = 0; i < self->shares->n; i++)
    {
      double to = from + counts[i] / total;

      if (counts[i] > 0 && counts[i] < total && !nerve_mapper_shares_is_grey (self->shares, i))
        {
          add_wedge (self, at, radius, from, to);
          cairo_stroke (self->cr);
        }
      from = to;
    }
}

/* A few of the class that is looked for must not vanish behind the many. */
static guint
plain_kind (const Painter *self, const guint32 *counts, double total)
{
  for (guint i = 0; i < self->shares->n && self->solo; i++)
    if (counts[i] > 0 && 2 * counts[i] >= total && !nerve_mapper_shares_is_grey (self->shares, i))
      return i;

  return nerve_mapper_shares_majority (self->shares);
}

/* With one class looked for, nodes without it are grey whatever colours stand for. */
static NerveColor
measure_color (const Painter *self, guint node, const guint32 *counts, double opacity)
{
  gboolean grey = self->solo;

  for (guint i = 0; i < self->shares->n && grey; i++)
    grey = counts[i] == 0 || nerve_mapper_shares_is_grey (self->shares, i);

  return faded (self, grey ? self->style->hairline
                           : nerve_node_measure_color (&self->shares->measure, node, self->style), opacity);
}

/* Whether a box, from the middle of the disc at @x, @y, lies within the wedge around @angle. */
static gboolean
wedge_holds (double share, double radius, double angle, double x, double y, double width, double height)
{
  for (guint corner = 0; corner < 4; corner++)
    {
      double dx = x + (corner & 1 ? .5 : -.5) * width;
      double dy = y + (corner & 2 ? .5 : -.5) * height;

      if (hypot (dx, dy) > radius ||
          (share < WHOLE && fabs (remainder (atan2 (dy, dx) - angle, 2 * G_PI)) > share * G_PI))
        return FALSE;
    }

  return TRUE;
}

/* The largest letters that the wedge holds, and how far out; 0: none that could be read. */
static double
letter_size (const Painter *self, const char *code, double share, double radius, double angle, double *reach)
{
  const double reaches[] = { .6, .68, .52, .74 };
  double label = self->style->label;
  double width = nerve_text_width (self->cr, self->style, code, label, NERVE_TEXT_BOLD) / label;

  for (double size = MIN (label, .8 * radius); size >= LEAST_LETTER * label; size -= .06 * label)
    for (guint i = 0; i < (share < WHOLE ? G_N_ELEMENTS (reaches) : 1); i++)
      {
        *reach = share < WHOLE ? reaches[i] * radius : 0;
        if (wedge_holds (share, radius, angle, *reach * cos (angle), *reach * sin (angle), ROOM * width * size,
                         ROOM * CAPITAL * size))
          return size;
      }

  return 0;
}

/* Where colours alone do not tell classes apart, each wedge with room has its letter. */
static void
paint_letters (const Painter *self, NervePlace at, double radius, const guint32 *counts, double total)
{
  const NerveStyle *style = self->style;
  double from = 0;

  for (guint i = 0; i < self->shares->n; i++)
    {
      double share = counts[i] / total;
      double angle = 2 * G_PI * (from + share / 2) - G_PI / 2;
      const char *code = nerve_mapper_shares_code (self->shares, i);
      double reach = 0;
      double size;

      from += share;
      if (counts[i] == 0 || *code == '\0' || nerve_mapper_shares_is_grey (self->shares, i))
        continue;
      size = letter_size (self, code, share, radius, angle, &reach);
      if (size > 0)
        nerve_text_draw (self->cr, style, code, size, NERVE_TEXT_BOLD | NERVE_TEXT_CENTER | NERVE_TEXT_MIDDLE,
                         nerve_color_contrast (self->shares->colors[i]), at.x + reach * cos (angle),
                         at.y + reach * sin (angle));
    }
}

/* TRUE: a disc of one colour says what there is to say. */
static gboolean
plain_color (const Painter *self, guint node, const guint32 *counts, double opacity, NerveColor *color)
{
  double plain = (self->thumbnail ? 3 : self->style->print ? PLAIN_IN_PRINT : PLAIN_BELOW) * self->px;

  if (self->shares->measure.values != NULL)
    *color = measure_color (self, node, counts, opacity);
  else if (self->scene->radii[node] < plain)
    *color = kind_color (self, plain_kind (self, counts, nerve_mapper_get_node (self->graph->mapper, node)->n_members),
                         opacity);
  else
    return FALSE;

  return TRUE;
}

static void
paint_node (Painter *self, guint node)
{
  NervePlace at = self->scene->places[node];
  double radius = self->scene->radii[node];
  double opacity = nerve_mapper_marks_opacity (self->marks, node);
  const guint32 *counts = nerve_mapper_shares_get (self->shares, self->graph, node);
  double total = nerve_mapper_get_node (self->graph->mapper, node)->n_members;
  NerveDotInk rim = { self->style->text, .55 * opacity };
  NerveDotInk fill = { self->style->card, 0 };
  /* In a faded node they would be the loudest thing there is. */
  gboolean pictured = self->zoom > 0 && opacity == 1 &&
                      nerve_mapper_pictures_fit (self->shares->model->dataset, radius, self->zoom);

  if (plain_color (self, node, counts, opacity, &fill.color))
    {
      fill.alpha = 1;
    }
  else
    {
      paint_pie (self, at, radius, counts, total, opacity);
      if (self->solo && !self->thumbnail)
        paint_solo_edges (self, at, radius, counts, total);
      else if (radius >= SEPARATED_FROM * self->px && !self->thumbnail)
        paint_separators (self, at, radius, counts, total);
      if (!self->thumbnail && opacity == 1 && !pictured &&
          nerve_palette_needs_letters (self->shares->model->palette, self->shares->by_group))
        paint_letters (self, at, radius, counts, total);
    }
  if (pictured)
    {
      nerve_dots_put (&self->dots, at.x, at.y, radius, fill, 0, (NerveDotInk) { self->style->card, 0 });
      fill.alpha = 0;
      nerve_mapper_pictures_paint (self->shares->model->dataset, self->graph->mapper, node, at, radius, self->zoom,
                                   self->cr);
    }
  nerve_dots_put (&self->dots, at.x, at.y, radius, fill, rim_width (self, radius), rim);
}

static void
paint_ring (Painter *self, guint node)
{
  NervePlace at = self->scene->places[node];
  double radius = self->scene->radii[node];
  double share = nerve_mapper_marks_arc (self->marks, node);

  if (self->marks->selected == (int) node)
    {
      nerve_color_set (self->cr, self->style->accent);
      cairo_set_line_width (self->cr, 3 * self->px);
      add_disc (self->cr, at, radius + (.45 + 2 + 1.5) * self->px);
      cairo_stroke (self->cr);
    }
  else if (share > 0)
    {
      nerve_dots_put_arc (&self->dots, at.x, at.y, radius + (.45 + 2.4 + 1.1) * self->px, 2.2 * self->px,
                          (NerveDotInk) { self->style->text, 1 }, share);
    }
  if (self->marks->hovered == (int) node)
    {
      nerve_color_set (self->cr, self->style->text);
      cairo_set_line_width (self->cr, 1.5 * self->px);
      add_disc (self->cr, at, radius + .75 * self->px);
      cairo_stroke (self->cr);
    }
}

static void
paint_labels (const Painter *self)
{
  g_autoptr (GArray) labels = nerve_mapper_labels_place (self->graph, self->scene, self->shares, self->marks,
                                                         self->style, self->cr);

  for (guint i = 0; i < labels->len; i++)
    {
      const NerveMapperLabel *label = &g_array_index (labels, NerveMapperLabel, i);

      nerve_text_draw (self->cr, self->style, label->text, self->style->label,
                       NERVE_TEXT_BOLD | NERVE_TEXT_CENTER | NERVE_TEXT_MIDDLE, self->style->dim, label->x, label->y);
    }
}

static void
paint_hairline (const Painter *self)
{
  if (self->scene->hairline < 0)
    return;

  nerve_color_set (self->cr, self->style->hairline);
  cairo_set_line_width (self->cr, self->px);
  cairo_move_to (self->cr, 0, self->scene->hairline);
  cairo_line_to (self->cr, self->scene->width, self->scene->hairline);
  cairo_stroke (self->cr);
}

static double
zoom_of (cairo_t *cr, const NerveStyle *style, gboolean thumbnail)
{
  double x = 1, y = 0;

  if (style->print || thumbnail)
    return 0;
  cairo_user_to_device_distance (cr, &x, &y);

  return hypot (x, y) >= LOOKED_INTO ? hypot (x, y) : 0;
}

void
nerve_mapper_paint (NerveGraph *graph, const NerveMapperScene *scene, NerveMapperShares *shares,
                    const NerveMapperMarks *marks, const NerveStyle *style, double px, gboolean thumbnail, cairo_t *cr)
{
  Painter self = { graph, scene, shares, marks, style, cr, nerve_mapper_shares_has_solo (shares), px, thumbnail,
                   find_most_shared (graph), zoom_of (cr, style, thumbnail) };

  cairo_save (cr);
  nerve_dots_init (&self.dots, cr, style);
  paint_hairline (&self);
  paint_edges (&self);
  paint_hovered_edges (&self);
  paint_halos (&self);
  for (guint i = 0; i < scene->n; i++)
    paint_node (&self, scene->order[i]);
  for (guint i = 0; i < scene->n; i++)
    paint_ring (&self, scene->order[i]);
  if (!thumbnail)
    paint_labels (&self);
  cairo_restore (cr);
}
