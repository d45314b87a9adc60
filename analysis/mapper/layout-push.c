#include "mapper/layout-push.h"

#include <math.h>

#define ROUNDS      80
#define EDGE_ROUNDS 40  /* in which edges count, too */
#define EDGE_GAPS   3.0 /* of an edge that can be seen */
#define MOST_PAIRS  20000 /* of discs and edges that are looked at for edges under foreign discs */
#define MOST_CELLS 128 /* a side */

/* Squares as wide as the widest reach of two discs: what touches is in the same one or next to it. */
typedef struct
{
  guint  columns;
  guint  rows;
  double side;
  guint *first; /* columns × rows, into next; G_MAXUINT: none */
  guint *next;  /* one a disc */
} Grid;

typedef struct
{
  NervePlace   *places;
  const double *radii;
  const guint  *discs;
  guint         n;
  double        gap;
  double        width;
  double        height;
  Grid          grid;
} Crowd;

static void
grid_init (Grid *self, const Crowd *crowd)
{
  double largest = 0.0;

  for (guint i = 0; i < crowd->n; i++)
    largest = MAX (largest, crowd->radii[crowd->discs[i]]);
  self->side = MAX (2.0 * largest + crowd->gap, MAX (crowd->width, crowd->height) / MOST_CELLS);
  self->columns = (guint) (crowd->width / self->side) + 1;
  self->rows = (guint) (crowd->height / self->side) + 1;
  self->first = g_new (guint, self->columns * self->rows);
  self->next = g_new (guint, crowd->n);
}

static void
grid_clear (Grid *self)
{
  g_free (self->first);
  g_free (self->next);
}

static guint
grid_column (const Grid *self, double x)
{
  return CLAMP (x / self->side, 0.0, self->columns - 1.0);
}

static guint
grid_row (const Grid *self, double y)
{
  return CLAMP (y / self->side, 0.0, self->rows - 1.0);
}

static void
grid_fill (Grid *self, const Crowd *crowd)
{
  for (guint cell = 0; cell < self->columns * self->rows; cell++)
    self->first[cell] = G_MAXUINT;
  for (guint i = crowd->n; i-- > 0;)
    {
      const NervePlace *place = &crowd->places[crowd->discs[i]];
      guint cell = grid_row (self, place->y) * self->columns + grid_column (self, place->x);

      self->next[i] = self->first[cell];
      self->first[cell] = i;
    }
}

/* Into the box; in the middle if it is too small. */
static double
clamp_place (double value, double radius, double length)
{
  return length > 2.0 * radius ? CLAMP (value, radius, length - radius) : 0.5 * length;
}

static void
clamp_disc (const Crowd *crowd, guint disc)
{
  crowd->places[disc].x = clamp_place (crowd->places[disc].x, crowd->radii[disc], crowd->width);
  crowd->places[disc].y = clamp_place (crowd->places[disc].y, crowd->radii[disc], crowd->height);
}

/* Each moves the less, the larger it is; TRUE if there was less than @gap between them. */
static gboolean
part_discs (const Crowd *crowd, guint a, guint b, double gap)
{
  double dx = crowd->places[b].x - crowd->places[a].x;
  double dy = crowd->places[b].y - crowd->places[a].y;
  double area_a = crowd->radii[a] * crowd->radii[a];
  double area_b = crowd->radii[b] * crowd->radii[b];
  double share = area_a + area_b > 0.0 ? area_b / (area_a + area_b) : 0.5;
  double wanted = crowd->radii[a] + crowd->radii[b] + gap;
  double distance = sqrt (dx * dx + dy * dy);
  double step;

  if (distance >= wanted - 1e-3)
    return FALSE;

  if (distance < 1e-9)
    {
      /* One on top of the other: some direction, always the same for these two. */
      dx = cos (2.4 * (a + b));
      dy = sin (2.4 * (a + b));
      distance = 1.0;
      step = wanted;
    }
  else
    {
      step = wanted - distance;
    }
  crowd->places[a].x -= share * step * dx / distance;
  crowd->places[a].y -= share * step * dy / distance;
  crowd->places[b].x += (1.0 - share) * step * dx / distance;
  crowd->places[b].y += (1.0 - share) * step * dy / distance;
  clamp_disc (crowd, a);
  clamp_disc (crowd, b);

  return TRUE;
}

static gboolean
push_disc (const Crowd *crowd, guint i)
{
  const Grid *grid = &crowd->grid;
  guint disc = crowd->discs[i];
  guint column = grid_column (grid, crowd->places[disc].x);
  guint row = grid_row (grid, crowd->places[disc].y);
  gboolean moved = FALSE;

  for (guint r = MAX (row, 1) - 1; r <= row + 1 && r < grid->rows; r++)
    for (guint c = MAX (column, 1) - 1; c <= column + 1 && c < grid->columns; c++)
      for (guint j = grid->first[r * grid->columns + c]; j != G_MAXUINT; j = grid->next[j])
        if (j > i)
          moved |= part_discs (crowd, disc, crowd->discs[j], crowd->gap);

  return moved;
}

/* Moves a disc off an edge of others, which would seem to end there. */
static gboolean
leave_edge (const Crowd *crowd, guint disc, const NerveEdge *edge)
{
  NervePlace *place = &crowd->places[disc];
  const NervePlace *a = &crowd->places[edge->source];
  double dx = crowd->places[edge->target].x - a->x;
  double dy = crowd->places[edge->target].y - a->y;
  double square = dx * dx + dy * dy;
  double along = ((place->x - a->x) * dx + (place->y - a->y) * dy) / square;
  double side = ((place->y - a->y) * dx - (place->x - a->x) * dy) / sqrt (square);
  double wanted = crowd->radii[disc] + crowd->gap;
  double step;

  if (!(square > 0.0) || along <= 0.0 || along >= 1.0 || fabs (side) >= wanted - 1e-3)
    return FALSE;

  step = (side < 0.0 ? -1.0 : 1.0) * (wanted - fabs (side)) / sqrt (square);
  place->x -= step * dy;
  place->y += step * dx;
  clamp_disc (crowd, disc);

  return TRUE;
}

static gboolean
leave_edges (const Crowd *crowd, const NerveEdge *edges, guint n_edges)
{
  gboolean moved = FALSE;

  for (guint i = 0; i < crowd->n; i++)
    for (guint e = 0; e < n_edges; e++)
      if (edges[e].source != crowd->discs[i] && edges[e].target != crowd->discs[i])
        moved |= leave_edge (crowd, crowd->discs[i], &edges[e]);

  return moved;
}

void
nerve_layout_push (NervePlace *places, const double *radii, const guint *discs, guint n, const NerveEdge *edges,
                   guint n_edges, double gap, double width, double height)
{
  Crowd crowd = { places, radii, discs, n, gap, width, height };
  gboolean few = (gsize) n * n_edges <= MOST_PAIRS;
  gboolean moved = TRUE;

  if (n == 0)
    return;

  grid_init (&crowd.grid, &crowd);
  for (guint i = 0; i < n; i++)
    clamp_disc (&crowd, discs[i]);
  for (guint round = 0; moved && round < ROUNDS; round++)
    {
      moved = FALSE;
      for (guint e = 0; e < n_edges && round < EDGE_ROUNDS; e++)
        moved |= part_discs (&crowd, edges[e].source, edges[e].target, EDGE_GAPS * gap);
      if (few && round < EDGE_ROUNDS)
        moved |= leave_edges (&crowd, edges, n_edges);
      grid_fill (&crowd.grid, &crowd);
      for (guint i = 0; i < n; i++)
        moved |= push_disc (&crowd, i);
    }
  grid_clear (&crowd.grid);
}
