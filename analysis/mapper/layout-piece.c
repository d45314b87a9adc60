#include "mapper/layout-piece.h"

#include <math.h>

#define FIT_STEPS 12
#define SMALL 4         /* nodes of a component that would be nothing but edges if it grew like the others, */
#define SHORT 2.6       /* so that two of them stand at most so many times the sum of their radii apart */
#define LEAST_RUN 0.6 /* a chain that climbs steeper than 53° grows upwards rather than to the right */

/* Variances and covariances of the lens and the places of a piece. */
typedef struct
{
  double xx, xy, yy;
  double lx, ly, ll;
} Moments;

/* How the lens grows along a turned x axis. */
typedef struct
{
  double correlation;
  double run; /* the share of the piece's spread that lies along it */
} Growth;

static void
piece_clear (gpointer data)
{
  NerveLayoutPiece *self = data;

  g_free (self->nodes);
  g_free (self->x);
  g_free (self->y);
  g_free (self->radii);
}

static Moments
measure_moments (const NerveLayoutPiece *self, const double *lens)
{
  Moments moments = { 0.0 };
  double mean = 0.0;

  for (guint i = 0; i < self->n; i++)
    mean += lens[i] / self->n;
  for (guint i = 0; i < self->n; i++)
    {
      double above = lens[i] - mean;

      moments.xx += self->x[i] * self->x[i];
      moments.xy += self->x[i] * self->y[i];
      moments.yy += self->y[i] * self->y[i];
      moments.lx += above * self->x[i];
      moments.ly += above * self->y[i];
      moments.ll += above * above;
    }

  return moments;
}

/* Of the nodes, scaled to [0, 1] so that no square of them can leave double's range; their order (by interval) where
 * they are all the same. */
static double *
take_lens (const NerveLayoutPiece *self, const NerveMapper *mapper)
{
  double *lens = g_new (double, self->n);
  double lower = INFINITY;
  double upper = -INFINITY;

  for (guint i = 0; i < self->n; i++)
    {
      lens[i] = nerve_mapper_get_node (mapper, self->nodes[i])->lens_mean;
      lower = MIN (lower, lens[i]);
      upper = MAX (upper, lens[i]);
    }
  for (guint i = 0; i < self->n; i++)
    lens[i] = upper > lower ? (lens[i] - lower) / (upper - lower) : i;

  return lens;
}

static Growth
measure_growth (const Moments *moments, double cosine, double sine)
{
  double along = cosine * cosine * moments->xx - 2.0 * cosine * sine * moments->xy + sine * sine * moments->yy;
  double whole = moments->xx + moments->yy;
  Growth growth = { 0.0, 0.0 };

  if (whole > 0.0 && along > 1e-9 * whole)
    {
      growth.run = sqrt (along / whole);
      growth.correlation = moments->ll > 0.0 ?
                           (cosine * moments->lx - sine * moments->ly) / sqrt (moments->ll * along) : 1.0;
    }

  return growth;
}

static NerveTurn
make_turn (const Moments *moments, guint step)
{
  double angle = 2.0 * G_PI * step / NERVE_LAYOUT_TURNS;
  NerveTurn turn = { cos (angle), sin (angle), 1.0 };

  /* Of the two mirror images, which fill a box alike, the one whose lens does not grow downwards. */
  if (turn.sine * moments->lx + turn.cosine * moments->ly > 0.0)
    turn.upright = -1.0;

  return turn;
}

/* Keeps the turns that let the lens grow to the right as much as it should, or nearly as much as it can. */
static void
choose_turns (NerveLayoutPiece *self, const NerveMapper *mapper, double least)
{
  g_autofree double *lens = take_lens (self, mapper);
  Moments moments = measure_moments (self, lens);
  NerveTurn turns[NERVE_LAYOUT_TURNS];
  Growth growths[NERVE_LAYOUT_TURNS];
  double best = -1.0;

  for (guint step = 0; step < NERVE_LAYOUT_TURNS; step++)
    {
      turns[step] = make_turn (&moments, step);
      growths[step] = measure_growth (&moments, turns[step].cosine, turns[step].sine);
      if (growths[step].run >= LEAST_RUN)
        best = MAX (best, growths[step].correlation);
    }

  for (guint step = 0; step < NERVE_LAYOUT_TURNS; step++)
    if (growths[step].run >= LEAST_RUN && growths[step].correlation >= MIN (least, 0.95 * best))
      self->turns[self->n_turns++] = turns[step];
  /* All nodes in one place. */
  if (self->n_turns == 0)
    self->turns[self->n_turns++] = turns[0];
}

static void
centre (double *values, guint n)
{
  double mean = 0.0;

  for (guint i = 0; i < n; i++)
    mean += values[i] / n;
  for (guint i = 0; i < n; i++)
    values[i] -= mean;
}

static void
count_nodes (const NerveMapper *mapper, guint *sizes)
{
  for (guint node = 0; node < nerve_mapper_get_n_nodes (mapper); node++)
    sizes[nerve_mapper_get_component (mapper, node)]++;
}

/* However much room there is: a pair drawn as long as the others' edges is a bar with two dots. */
static void
limit_small (GArray *pieces, const NerveMapper *mapper, const double *radii, const NervePlace *places)
{
  const NerveEdge *edges = nerve_mapper_get_edges (mapper);
  g_autofree double *raw = g_new0 (double, MAX (pieces->len, 1));
  g_autofree double *discs = g_new0 (double, MAX (pieces->len, 1));

  for (guint e = 0; e < nerve_mapper_get_n_edges (mapper); e++)
    {
      guint piece = nerve_mapper_get_component (mapper, edges[e].source);
      const NervePlace *a = &places[edges[e].source];
      const NervePlace *b = &places[edges[e].target];

      raw[piece] += hypot (a->x - b->x, a->y - b->y);
      discs[piece] += radii[edges[e].source] + radii[edges[e].target];
    }

  for (guint p = 0; p < pieces->len; p++)
    {
      NerveLayoutPiece *piece = &g_array_index (pieces, NerveLayoutPiece, p);

      piece->limit = piece->n <= SMALL && raw[p] > 0.0 ? SHORT * discs[p] / raw[p] : INFINITY;
    }
}

GArray *
nerve_layout_pieces_new (const NerveLayout *layout, const NerveMapper *mapper, const double *radii, double least_alone,
                         double least)
{
  GArray *pieces = g_array_new (FALSE, TRUE, sizeof (NerveLayoutPiece));
  guint n_components = nerve_mapper_get_n_components (mapper);
  g_autofree guint *sizes = g_new0 (guint, n_components);
  const NervePlace *places = nerve_layout_get_places (layout);

  g_array_set_clear_func (pieces, piece_clear);
  count_nodes (mapper, sizes);
  for (guint c = 0; c < n_components && sizes[c] > 1; c++)
    {
      NerveLayoutPiece piece = { 0, g_new (guint, sizes[c]), g_new (double, sizes[c]), g_new (double, sizes[c]),
                                 g_new (double, sizes[c]) };

      g_array_append_val (pieces, piece);
    }

  for (guint node = 0; node < nerve_mapper_get_n_nodes (mapper); node++)
    if (nerve_mapper_get_component (mapper, node) < pieces->len)
      {
        NerveLayoutPiece *piece = &g_array_index (pieces, NerveLayoutPiece, nerve_mapper_get_component (mapper, node));

        piece->nodes[piece->n] = node;
        piece->x[piece->n] = places[node].x;
        piece->y[piece->n] = places[node].y;
        piece->radii[piece->n++] = radii[node];
      }

  for (guint p = 0; p < pieces->len; p++)
    {
      NerveLayoutPiece *piece = &g_array_index (pieces, NerveLayoutPiece, p);

      centre (piece->x, piece->n);
      centre (piece->y, piece->n);
      choose_turns (piece, mapper, pieces->len == 1 ? least_alone : least);
    }
  limit_small (pieces, mapper, radii, places);

  return pieces;
}

static double
turned_x (const NerveLayoutPiece *self, const NerveTurn *turn, guint i)
{
  return turn->cosine * self->x[i] - turn->sine * self->y[i];
}

static double
turned_y (const NerveLayoutPiece *self, const NerveTurn *turn, guint i)
{
  return turn->upright * (turn->sine * self->x[i] + turn->cosine * self->y[i]);
}

/* Left, top, right and bottom. */
static void
measure_bounds (const NerveLayoutPiece *self, const NerveTurn *turn, double across, double down, double swell,
                double bounds[4])
{
  bounds[0] = bounds[1] = INFINITY;
  bounds[2] = bounds[3] = -INFINITY;
  for (guint i = 0; i < self->n; i++)
    {
      double x = across * turned_x (self, turn, i);
      double y = down * turned_y (self, turn, i);
      double radius = swell * self->radii[i];

      bounds[0] = MIN (bounds[0], x - radius);
      bounds[1] = MIN (bounds[1], y - radius);
      bounds[2] = MAX (bounds[2], x + radius);
      bounds[3] = MAX (bounds[3], y + radius);
    }
}

NerveExtent
nerve_layout_piece_extent (const NerveLayoutPiece *self, const NerveTurn *turn, double across, double down,
                           double swell)
{
  double bounds[4];

  measure_bounds (self, turn, across, down, swell, bounds);

  return (NerveExtent) { bounds[2] - bounds[0], bounds[3] - bounds[1] };
}

static gboolean
fits (const NerveLayoutPiece *self, const NerveTurn *turn, NerveExtent box, double scale, double swell)
{
  NerveExtent extent = nerve_layout_piece_extent (self, turn, scale, scale, swell);

  return extent.width <= box.width && extent.height <= box.height;
}

double
nerve_layout_piece_fit (const NerveLayoutPiece *self, const NerveTurn *turn, NerveExtent box, double limit,
                        double swell)
{
  double lower = 0.0;
  double upper = limit;

  if (fits (self, turn, box, limit, swell))
    return limit;
  for (guint step = 0; step < FIT_STEPS; step++)
    {
      double middle = 0.5 * (lower + upper);

      if (fits (self, turn, box, middle, swell))
        lower = middle;
      else
        upper = middle;
    }

  return lower;
}

void
nerve_layout_piece_put (const NerveLayoutPiece *self, const NerveTurn *turn, double across, double down,
                        double x, double y, NerveExtent box, NervePlace *places)
{
  double bounds[4];

  measure_bounds (self, turn, across, down, 1.0, bounds);
  for (guint i = 0; i < self->n; i++)
    {
      NervePlace *place = &places[self->nodes[i]];

      place->x = x + 0.5 * box.width + across * turned_x (self, turn, i) - 0.5 * (bounds[0] + bounds[2]);
      place->y = y + 0.5 * box.height + down * turned_y (self, turn, i) - 0.5 * (bounds[1] + bounds[3]);
    }
}
