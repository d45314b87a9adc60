#include "figures/kinds.h"

#include <math.h>
#include <stdlib.h>

#include <glib/gi18n.h>

#include "figures/color.h"
#include "figures/mapper-marks.h"
#include "figures/mapper-shares.h"
#include "figures/text.h"
#include "figures/twin.h"

#define BAR 13.
#define LEAST_GAP 2.
#define GAPS .3         /* of the height, at most */
#define FAINT .10
#define STRONG .62
#define NO_LAYER G_MAXUINT

/* One column: a layer's nodes as bars, from top to bottom. */
typedef struct
{
  guint              layer;   /* NO_LAYER: of another network */
  NerveGraph        *graph;   /* NULL: none */
  guint              n;
  guint             *order;   /* node at each place */
  double            *y;       /* top of each node's bar */
  double            *height;
  double             x;
  NerveMapperShares  shares;
  NerveMapperMarks   marks;
} Column;

typedef struct
{
  const NerveFigureModel *model;
  const NerveTwin        *twin;    /* the second column is of another network; NULL: all are of this one */
  NerveFigureModel        other;   /* as it is seen there: the same colours, the same images */
  NerveBitset            *images;
  const NerveStyle       *style;
  Column                 *columns;
  guint                   n;
  double                  bar;
  double                  top;
  double                  bottom;
} Flow;

static void
flow_clear (Flow *self)
{
  for (guint c = 0; c < self->n; c++)
    {
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
  g_clear_pointer (&self->images, nerve_bitset_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Flow, flow_clear)

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
coupling_before (const Flow *self, guint c)
{
  const NerveNetworkResults *network = self->model->network;
  NerveCoupling *coupling = c > 0 && c - 1 < network->n_couplings ? network->couplings[c - 1] : NULL;

  if (self->twin != NULL && c == 1)
    coupling = self->twin->coupling;

  return coupling != NULL && suits (coupling, &self->columns[c - 1], &self->columns[c]) ? coupling : NULL;
}

/* By component and lens in the first column; then each node where what flows into it comes from. */
static void
order_column (const Flow *self, guint c)
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
stack_column (const Flow *self, Column *column)
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

static NerveGraph *
graph_of (const Flow *self, guint c)
{
  if (self->twin != NULL && c == 1)
    return self->twin->graph;

  return self->model->layers[self->columns[c].layer].graph;
}

static void
see_twin (Flow *self)
{
  self->images = nerve_twin_images (self->twin, self->model->selection);
  self->other = *self->model;
  self->other.selection = self->images;
  self->other.selected_layer = self->other.selected_node = -1;
  self->other.hover_layer = self->other.hover_node = -1;
}

static gboolean
flow_init (Flow *self, const NerveFigureModel *model, const NerveStyle *style, double width, double height)
{
  double px = style->scale;

  *self = (Flow) { .model = model, .style = style };
  if (width < 1 || height < 1 || model->network == NULL || model->n_columns == 0)
    return FALSE;

  self->twin = model->network->twin;
  if (self->twin != NULL)
    see_twin (self);
  self->n = self->twin != NULL ? 2 : model->n_columns;
  self->columns = g_new0 (Column, self->n);
  self->bar = MIN (BAR * px, .25 * width / self->n);
  self->top = 1.9 * style->tick;
  self->bottom = MAX (height - 2 * px, self->top + 1);
  for (guint c = 0; c < self->n; c++)
    {
      Column *column = &self->columns[c];

      if (self->twin != NULL)
        column->layer = c == 0 ? self->twin->layer : NO_LAYER;
      else
        column->layer = model->columns[c];
      column->graph = graph_of (self, c);
      column->n = column->graph != NULL ? nerve_mapper_get_n_nodes (column->graph->mapper) : 0;
      column->x = self->n > 1 ? (width - self->bar) * c / (self->n - 1) : (width - self->bar) / 2;
      column->order = g_new0 (guint, MAX (column->n, 1));
      column->y = g_new0 (double, MAX (column->n, 1));
      column->height = g_new0 (double, MAX (column->n, 1));
      if (column->graph == NULL)
        continue;
      nerve_mapper_shares_init (&column->shares, model, column->graph, style->dark);
      nerve_mapper_marks_init (&column->marks, column->layer == NO_LAYER ? &self->other : model, column->layer,
                               column->graph);
      order_column (self, c);
      stack_column (self, column);
    }

  return TRUE;
}

static NerveColor
kind_color (const Flow *self, const Column *column, guint kind)
{

  return nerve_mapper_shares_is_grey (&column->shares, kind) ? self->style->hairline : column->shares.colors[kind];
}

/* The colour that a ribbon carries along: of the commonest class where it comes from. */
static NerveColor
majority_color (const Flow *self, Column *column, guint node)
{
  nerve_mapper_shares_get (&column->shares, column->graph, node);

  return kind_color (self, column, nerve_mapper_shares_majority (&column->shares));
}

static void
paint_ribbon (const Flow *self, cairo_t *cr, Column *from, Column *to, const NerveRibbon *ribbon, double from_y,
              double to_y, double from_height, double to_height)
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
paint_ribbons (const Flow *self, cairo_t *cr, guint c)
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
paint_bar (const Flow *self, cairo_t *cr, Column *column, guint node)
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
paint_name (const Flow *self, cairo_t *cr, guint c, double width)
{
  const Column *column = &self->columns[c];
  const NerveStyle *style = self->style;
  const char *name = column->layer == NO_LAYER
                       ? self->twin->name : nerve_dataset_get_layer (self->model->dataset, column->layer)->name;
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  double room = self->n > 1 ? (width - self->bar) / (self->n - 1) * (c == 0 || c + 1 == self->n ? .62 : .92) : width;
  double own = MIN (nerve_text_width (cr, style, valid, style->tick, 0), room);
  double x = CLAMP (column->x + (self->bar - own) / 2, 0, MAX (width - own, 0));

  nerve_text_draw_within (cr, style, valid, style->tick, 0, style->text, x, 1.1 * style->tick, room + 1);
}

void
nerve_flow_figure_draw (const NerveFigureModel *model, guint layer, const NerveStyle *style, cairo_t *cr,
                        double width, double height)
{
  g_auto (Flow) self = { NULL };

  if (!flow_init (&self, model, style, width, height))
    return;

  cairo_save (cr);
  for (guint c = 1; c < self.n; c++)
    paint_ribbons (&self, cr, c);
  for (guint c = 0; c < self.n; c++)
    {
      for (guint i = 0; i < self.columns[c].n; i++)
        paint_bar (&self, cr, &self.columns[c], i);
      paint_name (&self, cr, c, width);
    }
  cairo_restore (cr);
}

/* Columns of this network: another's nodes can't be selected in it. */
static guint
count_own (const Flow *self)
{
  return self->twin != NULL ? 1 : self->n;
}

static void
set_hit (const Flow *self, guint c, guint node, NerveHit *hit)
{
  const Column *column = &self->columns[c];

  *hit = (NerveHit) { NERVE_HIT_NODE, column->layer, node, column->x + self->bar / 2, middle (column, node),
                      column->height[node] / 2 };
}

gboolean
nerve_flow_figure_hit (const NerveFigureModel *model, guint layer, const NerveStyle *style, double width,
                       double height, double x, double y, NerveHit *hit)
{
  g_auto (Flow) self = { NULL };

  if (!flow_init (&self, model, style, width, height))
    return FALSE;
  for (guint c = 0; c < count_own (&self); c++)
    for (guint i = 0; i < self.columns[c].n; i++)
      if (fabs (x - self.columns[c].x - self.bar / 2) <= self.bar / 2 + 2 * style->scale &&
          fabs (y - middle (&self.columns[c], i)) <= self.columns[c].height[i] / 2)
        {
          set_hit (&self, c, i, hit);
          return TRUE;
        }

  return FALSE;
}

void
nerve_flow_figure_marks (const NerveFigureModel *model, guint layer, const NerveStyle *style, double width,
                         double height, GArray *hits)
{
  g_auto (Flow) self = { NULL };

  if (!flow_init (&self, model, style, width, height))
    return;
  for (guint c = 0; c < count_own (&self); c++)
    for (guint i = 0; i < self.columns[c].n; i++)
      {
        NerveHit hit;

        set_hit (&self, c, i, &hit);
        g_array_append_val (hits, hit);
      }
}

char *
nerve_flow_figure_describe (const NerveFigureModel *model, guint layer)
{
  GString *text = g_string_new (NULL);

  for (guint c = 0; model->network != NULL && c < model->network->n_couplings && c + 1 < model->n_columns; c++)
    {
      NerveCoupling *coupling = model->network->couplings[c];
      g_autofree char *distance = NULL;

      if (coupling == NULL)
        continue;
      distance = nerve_text_number (nerve_coupling_get_distance (coupling), 2);
      /* Translators: two layers and a number */
      g_string_append_printf (text, _("%sFrom %s to %s the mapper graph changes by %s."), text->len > 0 ? " " : "",
                              nerve_dataset_get_layer (model->dataset, model->columns[c])->name,
                              nerve_dataset_get_layer (model->dataset, model->columns[c + 1])->name, distance);
    }
  if (model->network != NULL && model->network->twin != NULL)
    {
      const NerveTwin *twin = model->network->twin;
      g_autofree char *distance = nerve_text_number (nerve_coupling_get_distance (twin->coupling), 2);

      /* Translators: two layers and a number */
      g_string_append_printf (text, _("From %s to %s the mapper graph changes by %s."),
                              nerve_dataset_get_layer (model->dataset, twin->layer)->name, twin->name, distance);
    }
  if (text->len == 0)
    g_string_append (text, _("There is no flow between layers yet: it takes two columns with graphs."));

  return g_string_free (text, FALSE);
}
