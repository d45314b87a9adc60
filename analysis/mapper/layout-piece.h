/* A component as something to be turned, scaled and put into a box. Private to layout-pack.c. */
#pragma once

#include "mapper/layout.h"

G_BEGIN_DECLS

#define NERVE_LAYOUT_TURNS 48 /* rotations by 7.5° */

typedef struct
{
  double cosine;
  double sine;   /* of a mirror image, the mirrored y */
  double upright;
} NerveTurn;

typedef struct
{
  double width;
  double height;
} NerveExtent;

typedef struct
{
  guint      n;
  guint     *nodes;
  double    *x;      /* middle at the origin */
  double    *y;
  double    *radii;
  NerveTurn  turns[NERVE_LAYOUT_TURNS]; /* those along which the lens grows to the right */
  guint      n_turns;
  double     limit;   /* largest scale at which its edges are no bars; inf for all but the smallest */
} NerveLayoutPiece;

/**
 * nerve_layout_pieces_new:
 * @least_alone: least correlation of lens and x for a component that is the only one of several nodes
 * @least: for one among others
 *
 * Returns: (transfer full): array of NerveLayoutPiece, one for each component of at least two nodes, largest first
 */
GArray     *nerve_layout_pieces_new   (const NerveLayout *layout, const NerveMapper *mapper, const double *radii,
                                       double least_alone, double least);

/* Of the discs, radii taken @swell times, at scales @across and @down. */
NerveExtent nerve_layout_piece_extent (const NerveLayoutPiece *self, const NerveTurn *turn, double across, double down,
                                       double swell);

/* Largest scale up to @limit at which the piece fits; 0 if none. */
double      nerve_layout_piece_fit    (const NerveLayoutPiece *self, const NerveTurn *turn, NerveExtent box,
                                       double limit, double swell);

/* Puts the piece in the middle of a box; places of its nodes only. */
void        nerve_layout_piece_put    (const NerveLayoutPiece *self, const NerveTurn *turn, double across, double down,
                                       double x, double y, NerveExtent box, NervePlace *places);

G_END_DECLS
