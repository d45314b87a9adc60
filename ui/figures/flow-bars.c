#include "figures/flow-bars.h"

#include <math.h>
#include <stdlib.h>

#include "figures/color.h"
#include "figures/mapper-marks.h"
#include "figures/mapper-shares.h"
#include "figures/text.h"

#define BAR 13.
#define LEAST_GAP 2.
#define GAPS .3         /* of the height, at most */
#define FAINT .10
#define STRONG .62

/* One column: a graph's nodes as bars, from top to bottom. */
typedef struct _NerveFlowColumn
{
  NerveGraph        *graph;   /* NULL: none */
  char              *name;    /* NULL: not written */
  guint              n;
  guint             *order;   /* node at each place */
  double            *y;       /* top of each node's bar */
  double            *height;
  double             x;
  NerveMapperShares  shares;
  NerveMapperMarks   marks;
} Column;

void
nerve_flow_bars_clear (NerveFlowBars *self)
{
  for (guint c = 0; c < self->n; c++)
    {
      g_free (self->columns[c].name);
      g_free (self->columns[c].order);
      g_free (self->columns[c].y);
      g_free (self->columns[c].height);
      if (self->columns[c].graph != NULL)
        {
          nerve_mapper_shares_clear (&self->columns[c].shares);
          nerve_mapper_marks_clear (&self->columns[c].marks);
        }
    }
  g_free (self->columns);
}

typedef struct { double key; guint node; } Keyed;

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  const Keyed *one = a;
  const Keyed *other = b;

  if (one->key != other->key)
    return one->key < other->key ? -1 : 1;

  return one->node < other->node ? -1 : one->node > other->node;
}

static double
middle (const Column *column, guint node)
{
  return column->y[node] + column->height[node] / 2;
}

/* A graph may be missing, or another one than the coupling was made of. */
static gboolean
suits (const NerveCoupling *coupling, const Column *source, const Column *target)
{
  guint n;
  const NerveRibbon *ribbons = nerve_coupling_get_ribbons (coupling, &n);

  for (guint r = 0; r < n; r++)
    if (ribbons[r].source >= source->n || ribbons[r].target >= target->n)
      return FALSE;

  return TRUE;
}

static NerveCoupling *
coupling_before (const NerveFlowBars *self, guint c)
{
  NerveCoupling *coupling = c > 0 && c - 1 < self->n_couplings ? self->couplings[c - 1] : NULL;

  return coupling != NULL && suits (coupling, &self->columns[c - 1], &self->columns[c]) ? coupling : NULL;
}

/* By component and lens in the first column; then each node where what flows into it comes from. */
static void
order_column (const NerveFlowBars *self, guint c)
{
  Column *column = &self->columns[c];
  NerveCoupling *coupling = coupling_before (self, c);
  g_autofree Keyed *keys = g_new0 (Keyed, MAX (column->n, 1));
  g_autofree double *masses = g_new0 (double, MAX (column->n, 1));
  guint n_ribbons = 0;
  const NerveRibbon *ribbons = coupling != NULL ? nerve_coupling_get_ribbons (coupling, &n_ribbons) : NULL;

  for (guint r = 0; r < n_ribbons; r++)
    {
      double weight = ribbons[r].shared + 1e-6 * ribbons[r].mass;

      keys[ribbons[r].target].key += weight * middle (column - 1, ribbons[r].source);
      masses[ribbons[r].target] += weight;
    }
  for (guint i = 0; i < column->n; i++)
    {
      keys[i].node = i;
      if (masses[i] > 0)
        keys[i].key /= masses[i];
      else
        keys[i].key = coupling != NULL ? self->bottom : nerve_mapper_get_component (column->graph->mapper, i);
    }
  qsort (keys, column->n, sizeof (Keyed), compare_keys);
  for (guint i = 0; i < column->n; i++)
    column->order[i] = keys[i].node;
}

/* Bars as high as nodes are large, with gaps between. */
static void
stack_column (const NerveFlowBars *self, Column *column)
{
  double whole = self->bottom - self->top;
  double gap = MIN (LEAST_GAP * self->style->scale * 2, GAPS * whole / MAX (column->n, 1));
  double room = whole - gap * (column->n > 0 ? column->n - 1 : 0);
  double total = 0;
  double y = self->top;

  for (guint i = 0; i < column->n; i++)
    total += sqrt (nerve_mapper_get_node (column->graph->mapper, i)->n_members);
  for (guint k = 0; k < column->n; k++)
    {
      guint node = column->order[k];

      column->height[node] = room * sqrt (nerve_mapper_get_node (column->graph->mapper, node)->n_members) / total;
      column->y[node] = y;
      y += column->height[node] + gap;
    }
}

static void
column_init (Column *self, const NerveFlowEnd *end, const NerveStyle *style)
{
  self->graph = end->graph;
  self->name = end->name != NULL ? g_utf8_make_valid (end->name, -1) : NULL;
  self->n = self->graph != NULL ? nerve_mapper_get_n_nodes (self->graph->mapper) : 0;
  self->order = g_new0 (guint, MAX (self->n, 1));
  self->y = g_new0 (double, MAX (self->n, 1));
  self->height = g_new0 (double, MAX (self->n, 1));
  if (self->graph == NULL)
    return;

  nerve_mapper_shares_init (&self->shares, end->model, self->graph, style->dark);
  nerve_mapper_marks_init (&self->marks, end->model, end->layer, self->graph);
}

void
nerve_flow_bars_init (NerveFlowBars *self, const NerveFlowEnd *ends, guint n, NerveCoupling * const *couplings,
                      guint n_couplings, const NerveStyle *style, double width, double height)
{
  double px = style->scale;

  *self = (NerveFlowBars) { .style = style, .n = n, .couplings = couplings, .n_couplings = n_couplings };
  self->columns = g_new0 (Column, n);
  self->width = width;
  self->bar = MIN (BAR * px, .25 * width / n);
  self->top = ends[0].name != NULL ? 1.9 * style->tick : px;
  self->bottom = MAX (height - 2 * px, self->top + 1);
  for (guint c = 0; c < n; c++)
    {
      Column *column = &self->columns[c];

      column_init (column, &ends[c], style);
      column->x = n > 1 ? (width - self->bar) * c / (n - 1) : (width - self->bar) / 2;
      if (column->graph == NULL)
        continue;
      order_column (self, c);
      stack_column (self, column);
    }
}

static NerveColor
kind_color (const NerveFlowBars *self, const Column *column, guint kind)
{
  return nerve_mapper_shares_is_grey (&column->shares, kind) ? self->style->hairline : column->shares.colors[kind];
}

/* The colour that a ribbon carries along: of the commonest class where it comes from. */
static NerveColor
majority_color (const NerveFlowBars *self, Column *column, guint node)
{
  nerve_mapper_shares_get (&column->shares, column->graph, node);

  return kind_color (self, column, nerve_mapper_shares_majority (&column->shares));
}

static void
paint_ribbon (const NerveFlowBars *self, cairo_t *cr, Column *from, Column *to, const NerveRibbon *ribbon,
              double from_y, double to_y, double from_height, double to_height)
{
  double left = from->x + self->bar;
  double right = to->x;
  double bend = (right - left) / 2;
  double members = nerve_mapper_get_node (from->graph->mapper, ribbon->source)->n_members;
  double images = nerve_cloud_get_n (nerve_mapper_get_cloud (from->graph->mapper));
  double moved = MIN (ribbon->shared * images / MAX (members, 1), 1);
  double opacity = (FAINT + (STRONG - FAINT) * sqrt (moved)) *
                   nerve_mapper_marks_opacity (&from->marks, ribbon->source) *
                   nerve_mapper_marks_opacity (&to->marks, ribbon->target);

  cairo_move_to (cr, left, from_y);
  cairo_curve_to (cr, left + bend, from_y, right - bend, to_y, right, to_y);
  cairo_line_to (cr, right, to_y + to_height);
  cairo_curve_to (cr, right - bend, to_y + to_height, left + bend, from_y + from_height, left, from_y + from_height);
  cairo_close_path (cr);
  nerve_color_set_alpha (cr, moved > 0 ? majority_color (self, from, ribbon->source) : self->style->edge, opacity);
  cairo_fill (cr);
}

typedef struct { const NerveRibbon *ribbon; double from_y, to_y; } Laid;

static int
compare_laid (gconstpointer a, gconstpointer b)
{
  const Laid *one = a;
  const Laid *other = b;

  return one->ribbon->shared < other->ribbon->shared ? -1 : one->ribbon->shared > other->ribbon->shared;
}

/* Where each ribbon leaves and arrives: at a bar in the order of the other ends. */
static void
lay_ribbons (Column *from, Column *to, const NerveRibbon *ribbons, guint n, Laid *laid)
{
  g_autofree Keyed *keys = g_new (Keyed, MAX (n, 1));
  g_autofree double *used = g_new0 (double, MAX (MAX (from->n, to->n), 1));

  for (guint side = 0; side < 2; side++)
    {
      Column *near = side == 0 ? from : to;
      Column *far = side == 0 ? to : from;

      for (guint r = 0; r < n; r++)
        keys[r] = (Keyed) { middle (far, side == 0 ? ribbons[r].target : ribbons[r].source), r };
      qsort (keys, n, sizeof (Keyed), compare_keys);
      for (guint i = 0; i < near->n; i++)
        used[i] = 0;
      for (guint k = 0; k < n; k++)
        {
          const NerveRibbon *ribbon = &ribbons[keys[k].node];
          guint node = side == 0 ? ribbon->source : ribbon->target;
          double y = near->y[node] + used[node];

          used[node] += ribbon->mass * near->n * near->height[node];
          laid[keys[k].node].ribbon = ribbon;
          if (side == 0)
            laid[keys[k].node].from_y = y;
          else
            laid[keys[k].node].to_y = y;
        }
    }
}

static void
paint_ribbons (const NerveFlowBars *self, cairo_t *cr, guint c)
{
  NerveCoupling *coupling = coupling_before (self, c);
  Column *from = &self->columns[c - 1];
  Column *to = &self->columns[c];
  g_autofree Laid *laid = NULL;
  const NerveRibbon *ribbons;
  guint n;

  if (coupling == NULL || from->graph == NULL || to->graph == NULL)
    return;

  ribbons = nerve_coupling_get_ribbons (coupling, &n);
  laid = g_new0 (Laid, MAX (n, 1));
  lay_ribbons (from, to, ribbons, n, laid);
  qsort (laid, n, sizeof (Laid), compare_laid);
  for (guint r = 0; r < n; r++)
    paint_ribbon (self, cr, from, to, laid[r].ribbon, laid[r].from_y, laid[r].to_y,
                  laid[r].ribbon->mass * from->n * from->height[laid[r].ribbon->source],
                  laid[r].ribbon->mass * to->n * to->height[laid[r].ribbon->target]);
}

static void
paint_bar (const NerveFlowBars *self, cairo_t *cr, Column *column, guint node)
{
  const guint32 *counts = nerve_mapper_shares_get (&column->shares, column->graph, node);
  double total = nerve_mapper_get_node (column->graph->mapper, node)->n_members;
  double opacity = nerve_mapper_marks_opacity (&column->marks, node);
  double y = column->y[node];

  for (guint kind = 0; kind < column->shares.n; kind++)
    {
      double height = column->height[node] * counts[kind] / total;

      if (counts[kind] == 0)
        continue;
      cairo_rectangle (cr, column->x, y, self->bar, height);
      nerve_color_set (cr, nerve_color_mix (kind_color (self, column, kind), self->style->card, opacity));
      cairo_fill (cr);
      y += height;
    }
  cairo_rectangle (cr, column->x, column->y[node], self->bar, column->height[node]);
  nerve_color_set_alpha (cr, self->style->text, .55 * opacity);
  cairo_set_line_width (cr, MIN (.7 * self->style->scale, .3 * column->height[node]));
  cairo_stroke (cr);
  if (column->marks.selected == (int) node)
    {
      cairo_rectangle (cr, column->x, column->y[node], self->bar, column->height[node]);
      nerve_color_set (cr, self->style->accent);
      cairo_set_line_width (cr, 2.5 * self->style->scale);
      cairo_stroke (cr);
    }
}

static void
paint_name (const NerveFlowBars *self, cairo_t *cr, guint c)
{
  const Column *column = &self->columns[c];
  const NerveStyle *style = self->style;
  double width = self->width;
  double room = self->n > 1 ? (width - self->bar) / (self->n - 1) * (c == 0 || c + 1 == self->n ? .62 : .92) : width;
  double own = MIN (nerve_text_width (cr, style, column->name, style->tick, 0), room);
  double x = CLAMP (column->x + (self->bar - own) / 2, 0, MAX (width - own, 0));

  nerve_text_draw_within (cr, style, column->name, style->tick, 0, style->text, x, 1.1 * style->tick, room + 1);
}

void
nerve_flow_bars_draw (const NerveFlowBars *self, cairo_t *cr)
{
  cairo_save (cr);
  for (guint c = 1; c < self->n; c++)
    paint_ribbons (self, cr, c);
  for (guint c = 0; c < self->n; c++)
    {
      for (guint i = 0; i < self->columns[c].n; i++)
        paint_bar (self, cr, &self->columns[c], i);
      if (self->columns[c].name != NULL)
        paint_name (self, cr, c);
    }
  cairo_restore (cr);
}

guint
nerve_flow_bars_get_n_nodes (const NerveFlowBars *self, guint column)
{
  return self->columns[column].n;
}

void
nerve_flow_bars_place (const NerveFlowBars *self, guint column, guint node, NerveHit *hit)
{
  const Column *in = &self->columns[column];

  hit->index = node;
  hit->x = in->x + self->bar / 2;
  hit->y = middle (in, node);
  hit->radius = in->height[node] / 2;
}

int
nerve_flow_bars_find (const NerveFlowBars *self, double x, double y, NerveHit *hit)
{
  for (guint c = 0; c < self->n; c++)
    for (guint i = 0; i < self->columns[c].n; i++)
      if (fabs (x - self->columns[c].x - self->bar / 2) <= self->bar / 2 + 2 * self->style->scale &&
          fabs (y - middle (&self->columns[c], i)) <= self->columns[c].height[i] / 2)
        {
          nerve_flow_bars_place (self, c, i, hit);
          return (int) c;
        }

  return -1;
}
