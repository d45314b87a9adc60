#include "mapper/layout.h"

#include <math.h>
#include <stdlib.h>

#include "mapper/layout-piece.h"
#include "mapper/layout-push.h"
#include "mapper/layout-shelves.h"

/* DESIGN.md "Mapper graph" */
#define LEAST_ALONE 0.35
#define LEAST       0.75

#define BETWEEN       9.0  /* gaps between components, */
#define BETWEEN_RADII 8.0  /* but a gap and so many mean radii are enough for small discs */
#define SCALE_STEPS   12
#define SLIM          2.0  /* sides of a component's box that are still easy on the eye */
#define GROWTH        1.25 /* a component may grow so much beyond the others' scale into spare room */
#define STRETCH       1.3  /* and so much more one way than the other */

/* Everything that is asked for, and where it gets to. */
typedef struct
{
  const NerveLayout *layout;
  const NerveMapper *mapper;
  const double      *radii;
  double             gap;
  double             width;
  double             height; /* of what is left above the shelf of single nodes */
  NervePlace        *places;
} Packing;

typedef struct
{
  NerveShelf  *shelves;
  NerveShapes *shapes;  /* one a piece */
  guint        n;
  double       scale;
  double       swell;   /* of radii, below 1 where discs can't but overlap */
  double       between;
} Arrangement;

typedef struct
{
  double lens;
  guint  node;
} Single;

static int
compare_singles (gconstpointer a, gconstpointer b)
{
  const Single *x = a;
  const Single *y = b;

  if (x->lens != y->lens)
    return x->lens < y->lens ? -1 : 1;

  return (x->node > y->node) - (x->node < y->node);
}

/* Nodes that are components of their own, in lens order. */
static GArray *
find_singles (const NerveMapper *mapper)
{
  guint n_nodes = nerve_mapper_get_n_nodes (mapper);
  g_autofree guint *sizes = g_new0 (guint, nerve_mapper_get_n_components (mapper));
  GArray *singles = g_array_new (FALSE, FALSE, sizeof (Single));

  for (guint node = 0; node < n_nodes; node++)
    sizes[nerve_mapper_get_component (mapper, node)]++;
  for (guint node = 0; node < n_nodes; node++)
    if (sizes[nerve_mapper_get_component (mapper, node)] == 1)
      {
        Single single = { nerve_mapper_get_node (mapper, node)->lens_mean, node };

        g_array_append_val (singles, single);
      }
  g_array_sort (singles, compare_singles);

  return singles;
}

/* The widest row when singles stand in @n_rows rows of equal number. */
static double
measure_rows (const Packing *self, const GArray *singles, guint n_rows)
{
  guint in_row = (singles->len + n_rows - 1) / n_rows;
  double widest = 0.0;
  double row = 0.0;

  for (guint i = 0; i < singles->len; i++)
    {
      if (i % in_row == 0)
        row = -self->gap;
      row += 2.0 * self->radii[g_array_index (singles, Single, i).node] + self->gap;
      widest = MAX (widest, row);
    }

  return widest;
}

/* One row of singles from @begin, its discs spread over the width, their middles at @y. */
static void
put_row (const Packing *self, const GArray *singles, guint begin, guint end, double y)
{
  double used = 0.0;
  double spare;
  double x;

  for (guint i = begin; i < end; i++)
    used += 2.0 * self->radii[g_array_index (singles, Single, i).node];
  spare = (self->width - used) / (end - begin);
  x = 0.5 * spare;
  for (guint i = begin; i < end; i++)
    {
      guint node = g_array_index (singles, Single, i).node;

      self->places[node] = (NervePlace) { x + self->radii[node], y };
      x += 2.0 * self->radii[node] + spare;
    }
}

/* In as many rows as they need, in the box's lower end or, where there is nothing else, all over it; returns the
 * height taken. */
static double
put_singles (const Packing *self, const GArray *singles, gboolean alone)
{
  double largest = 0.0;
  double taken;
  guint n_rows = 1;
  guint in_row;

  for (guint i = 0; i < singles->len; i++)
    largest = MAX (largest, self->radii[g_array_index (singles, Single, i).node]);
  while (n_rows < singles->len && measure_rows (self, singles, n_rows) > self->width)
    n_rows++;

  taken = alone ? self->height : MIN (n_rows * (2.0 * largest + self->gap) + self->gap, 0.5 * self->height);
  in_row = (singles->len + n_rows - 1) / n_rows;
  for (guint row = 0; row * in_row < singles->len; row++)
    put_row (self, singles, row * in_row, MIN ((row + 1) * in_row, singles->len),
             self->height - taken + (row + 0.5) * taken / n_rows);

  return taken;
}

/* The scale at which edges get too long for their discs, however much room there is. */
static double
find_limit (const Packing *self, gboolean alone)
{
  double longest = alone ? 3.0 : 2.1;
  double least = (alone ? 0.3 : 0.12) * MIN (self->width, self->height);
  const NerveEdge *edges = nerve_mapper_get_edges (self->mapper);
  const NervePlace *places = nerve_layout_get_places (self->layout);
  guint n = nerve_mapper_get_n_edges (self->mapper);
  double raw = 0.0;
  double discs = 0.0;

  for (guint e = 0; e < n; e++)
    {
      raw += hypot (places[edges[e].source].x - places[edges[e].target].x,
                    places[edges[e].source].y - places[edges[e].target].y) / n;
      discs += (self->radii[edges[e].source] + self->radii[edges[e].target]) / n;
    }

  return raw > 0.0 ? MAX (longest * discs, least) / raw : 1.0;
}

/* How far apart components stand. */
static double
find_between (const Packing *self, const GArray *pieces)
{
  double sum = 0.0;
  guint n = 0;

  for (guint p = 0; p < pieces->len; p++)
    {
      const NerveLayoutPiece *piece = &g_array_index (pieces, NerveLayoutPiece, p);

      for (guint i = 0; i < piece->n; i++)
        sum += piece->radii[i];
      n += piece->n;
    }

  return MIN (BETWEEN * self->gap, self->gap + BETWEEN_RADII * sum / n);
}

/* What the piece can look like; its slim shapes only if it has no others, or @all. */
static NerveShapes
list_shapes (const NerveLayoutPiece *piece, double scale, double swell, gboolean all)
{
  NerveShapes shapes = { .n = 0 };
  NerveShapes slim = { .n = 0 };

  scale = MIN (scale, piece->limit);
  for (guint t = 0; t < piece->n_turns; t++)
    {
      NerveExtent extent = nerve_layout_piece_extent (piece, &piece->turns[t], scale, scale, swell);
      gboolean is_slim = extent.width > SLIM * extent.height || extent.height > SLIM * extent.width;

      nerve_shapes_add (is_slim && !all ? &slim : &shapes, extent);
    }

  return shapes.n > 0 ? shapes : slim;
}

static gboolean
arrange_at (const Packing *self, const GArray *pieces, double scale, double swell, gboolean all, Arrangement *out)
{
  double height;

  out->between = find_between (self, pieces) * swell;
  out->scale = scale;
  out->swell = swell;
  for (guint p = 0; p < pieces->len; p++)
    out->shapes[p] = list_shapes (&g_array_index (pieces, NerveLayoutPiece, p), scale, swell, all);
  out->n = nerve_shelves_fill (out->shapes, pieces->len, self->width, out->between, out->shelves);
  height = (out->n - 1.0) * out->between;
  for (guint s = 0; s < out->n; s++)
    height += out->shelves[s].height;

  return out->n > 0 && height <= self->height;
}

/* The largest common scale at which everything finds its place. */
static void
arrange_shapes (const Packing *self, const GArray *pieces, gboolean all, Arrangement *out)
{
  double lower = 0.0;
  double upper = find_limit (self, pieces->len == 1);
  double swell = 1.0;

  if (arrange_at (self, pieces, upper, swell, all, out))
    return;

  /* The discs alone may be too much for the box. */
  while (!arrange_at (self, pieces, 0.0, swell, all, out) && swell > 0.0)
    swell = swell > 0.1 ? 0.7 * swell : 0.0;
  for (guint step = 0; step < SCALE_STEPS; step++)
    {
      double middle = 0.5 * (lower + upper);

      if (arrange_at (self, pieces, middle, swell, all, out))
        lower = middle;
      else
        upper = middle;
    }
  arrange_at (self, pieces, lower, swell, all, out);
}

/* Slim shapes make dull pictures, but some graphs would get too small without. */
static void
arrange (const Packing *self, const GArray *pieces, Arrangement *out)
{
  double limit = find_limit (self, pieces->len == 1);
  double scale;

  arrange_shapes (self, pieces, FALSE, out);
  scale = out->scale;
  if (scale > 0.6 * limit)
    return;
  arrange_shapes (self, pieces, TRUE, out);
  if (out->scale < 1.3 * scale)
    arrange_shapes (self, pieces, FALSE, out);
}

/* Of the turns the one that lets the piece grow most in its box. */
static const NerveTurn *
choose_turn (const NerveLayoutPiece *piece, NerveExtent box, double limit, double swell, double *scale)
{
  const NerveTurn *best = &piece->turns[0];
  double best_fill = -INFINITY;

  *scale = 0.0;
  for (guint t = 0; t < piece->n_turns; t++)
    {
      double fit = nerve_layout_piece_fit (piece, &piece->turns[t], box, limit, swell);
      NerveExtent extent = nerve_layout_piece_extent (piece, &piece->turns[t], fit, fit, swell);
      /* Where the limit lets several fit alike: the one that uses both sides of the box. */
      double fill = fit / limit + 0.1 * MIN (extent.width / box.width, extent.height / box.height);

      if (fill > best_fill)
        {
          best_fill = fill;
          best = &piece->turns[t];
          *scale = fit;
        }
    }

  return best;
}

/* Up to STRETCH times @scale across (or down), as far as the box is wide (or high). */
static double
stretch (const NerveLayoutPiece *piece, const NerveTurn *turn, double scale, NerveExtent box, double swell,
         gboolean across)
{
  double best = scale;

  for (guint step = 1; step <= 6; step++)
    {
      double longer = scale * (1.0 + (STRETCH - 1.0) * step / 6.0);
      NerveExtent extent = nerve_layout_piece_extent (piece, turn, across ? longer : scale, across ? scale : longer,
                                                      swell);

      if (across ? extent.width <= box.width : extent.height <= box.height)
        best = longer;
    }

  return best;
}

static void
put_piece (const Packing *self, const NerveLayoutPiece *piece, double x, double y, NerveExtent box, double limit,
           double swell)
{
  double scale;
  const NerveTurn *turn = choose_turn (piece, box, MIN (limit, piece->limit), swell, &scale);
  gboolean full = scale >= piece->limit;
  double across = full ? scale : stretch (piece, turn, scale, box, swell, TRUE);
  double down = full ? scale : stretch (piece, turn, scale, box, swell, FALSE);

  nerve_layout_piece_put (piece, turn, across, down, x, y, box, self->places);
}

/* Cells of a shelf: as wide as their pieces at the common scale, and an even share of the spare room. */
static void
put_shelf (const Packing *self, const GArray *pieces, const Arrangement *arrangement, const NerveShelf *shelf,
           double y, double height)
{
  g_autofree double *widths = g_new (double, shelf->n);
  double spare = self->width - (shelf->n - 1.0) * arrangement->between;
  double limit = pieces->len == 1 ? find_limit (self, TRUE) : GROWTH * arrangement->scale;
  double x = 0.0;

  for (guint i = 0; i < shelf->n; i++)
    {
      widths[i] = nerve_shapes_narrow (&arrangement->shapes[shelf->first + i], shelf->height);
      spare -= widths[i];
    }

  for (guint i = 0; i < shelf->n; i++)
    {
      NerveExtent box = { widths[i] + spare / shelf->n, height };

      put_piece (self, &g_array_index (pieces, NerveLayoutPiece, shelf->first + i), x, y, box, limit,
                 arrangement->swell);
      x += box.width + arrangement->between;
    }
}

static void
put_pieces (const Packing *self, const GArray *pieces)
{
  g_autofree NerveShelf *shelves = g_new (NerveShelf, pieces->len);
  g_autofree NerveShapes *shapes = g_new (NerveShapes, pieces->len);
  Arrangement arrangement = { .shelves = shelves, .shapes = shapes };
  double spare;
  double y = 0.0;

  arrange (self, pieces, &arrangement);
  spare = self->height - (arrangement.n - 1.0) * arrangement.between;
  for (guint s = 0; s < arrangement.n; s++)
    spare -= shelves[s].height;
  for (guint s = 0; s < arrangement.n; s++)
    {
      double height = shelves[s].height + spare / arrangement.n;

      put_shelf (self, pieces, &arrangement, &shelves[s], y, height);
      y += height + arrangement.between;
    }
}

static void
push_pieces (const Packing *self, const GArray *pieces)
{
  g_autoptr (GArray) discs = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint p = 0; p < pieces->len; p++)
    {
      const NerveLayoutPiece *piece = &g_array_index (pieces, NerveLayoutPiece, p);

      g_array_append_vals (discs, piece->nodes, piece->n);
    }
  nerve_layout_push (self->places, self->radii, (const guint *) discs->data, discs->len,
                     nerve_mapper_get_edges (self->mapper), nerve_mapper_get_n_edges (self->mapper), self->gap,
                     self->width, self->height);
}

double
nerve_layout_pack (const NerveLayout *self, const NerveMapper *mapper, const double *radii, double gap, double width,
                   double height, NervePlace *places)
{
  Packing packing = { self, mapper, radii, MAX (gap, 0.0), MAX (width, 1.0), MAX (height, 1.0), places };
  g_autoptr (GArray) pieces = nerve_layout_pieces_new (self, mapper, radii, LEAST_ALONE, LEAST);
  g_autoptr (GArray) singles = find_singles (mapper);
  double hairline = -1.0;

  if (singles->len > 0)
    {
      double taken = put_singles (&packing, singles, pieces->len == 0);

      if (pieces->len > 0)
        {
          hairline = packing.height - taken - packing.gap;
          packing.height = MAX (hairline - packing.gap, 1.0);
        }
    }
  if (pieces->len > 0)
    {
      put_pieces (&packing, pieces);
      push_pieces (&packing, pieces);
    }

  return hairline;
}
