#include "figures/mapper-labels.h"

#include <math.h>

#include "figures/text.h"

#define LEAST_SHARE .4
/* Room for a letter and its node, in squares of the letters' size; with less of it only large nodes have one. */
#define CROWD 2.5
#define LARGE .6
/* Beyond it a picture has no room for letters anyway. */
#define MAX_LABELS 240

typedef struct { double x0, y0, x1, y1; } Box;

typedef struct
{
  guint node;
  guint kind;
} Wish;

typedef struct
{
  const NerveMapperScene *scene;
  const NerveMapperMarks *marks;
  const NerveMapper      *mapper;
  GArray                 *placed; /* Box */
  GArray                 *discs;  /* guint: near the node at hand */
  GArray                 *edges;  /* guint */
} Placer;

/* Round the clock, up first. */
static const int directions[] = { 0, 1, 11, 2, 10, 3, 9, 4, 8, 5, 7, 6 };

static gboolean
box_meets_disc (const Box *box, double x, double y, double radius)
{
  double dx = x - CLAMP (x, box->x0, box->x1);
  double dy = y - CLAMP (y, box->y0, box->y1);

  return dx * dx + dy * dy < radius * radius;
}

/* Liang and Barsky's clipping: is some of the segment inside? */
static gboolean
box_meets_segment (const Box *box, NervePlace a, NervePlace b)
{
  double p[4] = { a.x - b.x, b.x - a.x, a.y - b.y, b.y - a.y };
  double q[4] = { a.x - box->x0, box->x1 - a.x, a.y - box->y0, box->y1 - a.y };
  double enter = 0;
  double leave = 1;

  for (int i = 0; i < 4; i++)
    {
      if (p[i] == 0)
        {
          if (q[i] < 0)
            return FALSE;
        }
      else if (p[i] < 0)
        enter = MAX (enter, q[i] / p[i]);
      else
        leave = MIN (leave, q[i] / p[i]);
    }

  return enter < leave;
}

static gboolean
boxes_meet (const Box *a, const Box *b)
{
  return a->x0 < b->x1 && b->x0 < a->x1 && a->y0 < b->y1 && b->y0 < a->y1;
}

/* The disc of a node with the ring or arc around it. */
static double
reach_of (const Placer *self, guint node)
{
  double extra = 1.5;

  if (self->marks->selected == (int) node || nerve_mapper_marks_arc (self->marks, node) > 0)
    extra = 6.5;

  return self->scene->radii[node] + extra * self->scene->scale;
}

static gboolean
is_free (const Placer *self, const Box *box)
{
  const NerveMapperScene *scene = self->scene;
  const NerveEdge *edges = nerve_mapper_get_edges (self->mapper);

  if (box->x0 < 0 || box->y0 < 0 || box->x1 > scene->width || box->y1 > scene->height)
    return FALSE;
  for (guint i = 0; i < self->placed->len; i++)
    if (boxes_meet (box, &g_array_index (self->placed, Box, i)))
      return FALSE;
  for (guint i = 0; i < self->discs->len; i++)
    {
      guint node = g_array_index (self->discs, guint, i);

      if (box_meets_disc (box, scene->places[node].x, scene->places[node].y, reach_of (self, node)))
        return FALSE;
    }
  for (guint i = 0; i < self->edges->len; i++)
    {
      const NerveEdge *edge = &edges[g_array_index (self->edges, guint, i)];

      if (box_meets_segment (box, scene->places[edge->source], scene->places[edge->target]))
        return FALSE;
    }

  return TRUE;
}

/* Discs and edges that a label at @node could meet, so that twelve directions ask few. */
static void
gather_near (Placer *self, guint node, double reach)
{
  const NerveMapperScene *scene = self->scene;
  const NerveEdge *edges = nerve_mapper_get_edges (self->mapper);
  NervePlace at = scene->places[node];
  Box near = { at.x - reach, at.y - reach, at.x + reach, at.y + reach };

  g_array_set_size (self->discs, 0);
  g_array_set_size (self->edges, 0);
  for (guint i = 0; i < scene->n; i++)
    if (box_meets_disc (&near, scene->places[i].x, scene->places[i].y, scene->radii[i] + 7 * scene->scale))
      g_array_append_val (self->discs, i);
  for (guint i = 0; i < nerve_mapper_get_n_edges (self->mapper); i++)
    if (box_meets_segment (&near, scene->places[edges[i].source], scene->places[edges[i].target]))
      g_array_append_val (self->edges, i);
}

static gboolean
place_label (Placer *self, NerveMapperLabel *label)
{
  const NerveMapperScene *scene = self->scene;
  double margin = 1.2 * scene->scale;
  double distance = reach_of (self, label->node) + 1.6 * scene->scale;
  NervePlace at = scene->places[label->node];

  gather_near (self, label->node, distance + label->width + label->height);
  for (guint i = 0; i < G_N_ELEMENTS (directions); i++)
    {
      double angle = directions[i] * G_PI / 6;
      double dx = sin (angle);
      double dy = -cos (angle);
      /* Between the corner that just clears the disc and the box's full reach. */
      double away = distance + .86 * (fabs (dx) * label->width + fabs (dy) * label->height) / 2 +
                    .14 * MAX (label->width, label->height) / 2;
      Box box;

      label->x = at.x + dx * away;
      label->y = at.y + dy * away;
      box = (Box) {
        label->x - label->width / 2 - margin, label->y - label->height / 2 - margin,
        label->x + label->width / 2 + margin, label->y + label->height / 2 + margin,
      };
      /* A letter stays on its node's side of the shelf of single nodes. */
      if (scene->hairline >= 0 && (at.y < scene->hairline ? box.y1 > scene->hairline : box.y0 < scene->hairline))
        continue;
      if (is_free (self, &box))
        {
          g_array_append_val (self->placed, box);
          return TRUE;
        }
    }

  return FALSE;
}

/* Nodes from the largest on: the first with enough of a class is its component's. */
static GArray *
gather_wishes (NerveGraph *graph, const NerveMapperScene *scene, NerveMapperShares *shares,
               const NerveMapperMarks *marks, double size)
{
  gboolean crowded = scene->n * CROWD * size * size > scene->width * scene->height;
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  GArray *wishes = g_array_new (FALSE, FALSE, sizeof (Wish));

  for (guint i = 0; i < scene->n && wishes->len < MAX_LABELS; i++)
    {
      guint node = scene->order[i];
      gsize members = nerve_mapper_get_node (graph->mapper, node)->n_members;
      const guint32 *counts = nerve_mapper_shares_get (shares, graph, node);
      guint component = nerve_mapper_get_component (graph->mapper, node);

      guint kind = nerve_mapper_shares_majority (shares);
      gsize key = (gsize) component * shares->n + kind + 1;
      Wish wish = { node, kind };

      if (crowded && scene->radii[node] < LARGE * size)
        break;
      /* The commonest class names a node; another one's letter beside it would mislead. */
      if (kind + 1 == shares->n || counts[kind] < LEAST_SHARE * members ||
          nerve_mapper_shares_is_grey (shares, kind))
        continue;
      if (!g_hash_table_add (seen, GSIZE_TO_POINTER (key)))
        continue;
      if (!marks->active || marks->selected == (int) node || nerve_mapper_marks_arc (marks, node) > 0)
        g_array_append_val (wishes, wish);
    }

  return wishes;
}

GArray *
nerve_mapper_labels_place (NerveGraph *graph, const NerveMapperScene *scene, NerveMapperShares *shares,
                           const NerveMapperMarks *marks, const NerveStyle *style, cairo_t *cr)
{
  GArray *labels = g_array_new (FALSE, FALSE, sizeof (NerveMapperLabel));
  g_autoptr (GArray) wishes = gather_wishes (graph, scene, shares, marks, style->label);
  g_autoptr (GArray) placed = g_array_new (FALSE, FALSE, sizeof (Box));
  g_autoptr (GArray) discs = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) edges = g_array_new (FALSE, FALSE, sizeof (guint));
  Placer self = { scene, marks, graph->mapper, placed, discs, edges };

  for (guint i = 0; i < wishes->len; i++)
    {
      const Wish *wish = &g_array_index (wishes, Wish, i);
      NerveMapperLabel label = { .node = wish->node, .text = nerve_mapper_shares_code (shares, wish->kind) };

      label.width = nerve_text_width (cr, style, label.text, style->label, NERVE_TEXT_BOLD);
      label.height = .72 * style->label;
      if (place_label (&self, &label))
        g_array_append_val (labels, label);
    }

  return labels;
}
