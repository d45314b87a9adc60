/* The cells at a voxel, by number. A neighbour across a face stands for an edge, one across an edge for a square, one
 * across a corner for a cube. Constants, so that the inner loops unroll. */
#pragma once

#include "homology/cubical-volume.h"

#define NERVE_CUBICAL_SQUARES 12
#define NERVE_CUBICAL_CUBES   8
#define NERVE_CUBICAL_BIT(n)  (1u << (n))

/* Across faces: −x −y −z +z +y +x; opposite ones add up to 5. */
enum { LEFT, FRONT, DOWN, UP, BACK, RIGHT };

/* The two edges of each square. */
static const G_GNUC_UNUSED guint8 squares[NERVE_CUBICAL_SQUARES][2] = {
  { LEFT, FRONT }, { LEFT, DOWN }, { LEFT, UP }, { LEFT, BACK }, { FRONT, DOWN }, { FRONT, UP },
  { BACK, DOWN }, { BACK, UP }, { RIGHT, FRONT }, { RIGHT, DOWN }, { RIGHT, UP }, { RIGHT, BACK },
};

/* The three squares of each cube. */
static const G_GNUC_UNUSED guint8 cubes[NERVE_CUBICAL_CUBES][3] = {
  { 0, 1, 4 }, { 0, 2, 5 }, { 3, 1, 6 }, { 3, 2, 7 }, { 8, 9, 4 }, { 8, 10, 5 }, { 11, 9, 6 }, { 11, 10, 7 },
};

/* The two cubes of each square, as bits. */
static const G_GNUC_UNUSED guint8 cubes_of[NERVE_CUBICAL_SQUARES] = {
  0x03, 0x05, 0x0a, 0x0c, 0x11, 0x22, 0x44, 0x88, 0x30, 0x50, 0xa0, 0xc0,
};

/* What a square needs, and what a cube needs, besides the voxel itself. */
#define SQUARE(a, b, s)           (NERVE_CUBICAL_BIT (a) | NERVE_CUBICAL_BIT (b) | NERVE_CUBICAL_BIT (s))
#define CUBE(a, b, c, s, t, u, v) (SQUARE (a, b, s) | SQUARE (c, t, u) | NERVE_CUBICAL_BIT (v))

static const G_GNUC_UNUSED guint32 square_needs[NERVE_CUBICAL_SQUARES] = {
  SQUARE (LEFT, FRONT, 6), SQUARE (LEFT, DOWN, 7), SQUARE (LEFT, UP, 8), SQUARE (LEFT, BACK, 9),
  SQUARE (FRONT, DOWN, 10), SQUARE (FRONT, UP, 11), SQUARE (BACK, DOWN, 12), SQUARE (BACK, UP, 13),
  SQUARE (RIGHT, FRONT, 14), SQUARE (RIGHT, DOWN, 15), SQUARE (RIGHT, UP, 16), SQUARE (RIGHT, BACK, 17),
};

static const G_GNUC_UNUSED guint32 cube_needs[NERVE_CUBICAL_CUBES] = {
  CUBE (LEFT, FRONT, DOWN, 6, 7, 10, 18), CUBE (LEFT, FRONT, UP, 6, 8, 11, 19),
  CUBE (LEFT, BACK, DOWN, 9, 7, 12, 20), CUBE (LEFT, BACK, UP, 9, 8, 13, 21),
  CUBE (RIGHT, FRONT, DOWN, 14, 15, 10, 22), CUBE (RIGHT, FRONT, UP, 14, 16, 11, 23),
  CUBE (RIGHT, BACK, DOWN, 17, 15, 12, 24), CUBE (RIGHT, BACK, UP, 17, 16, 13, 25),
};
