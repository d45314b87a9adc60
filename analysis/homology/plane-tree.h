/* A k-d tree over points of the plane under the L∞ metric. Points have a weight and a level, both of which may
 * change; every change costs O(log n). */
#pragma once

#include <math.h>

#include "homology/diagram-points.h"

G_BEGIN_DECLS

#define NERVE_PLANE_NONE ((gsize) -1)
#define NERVE_PLANE_OUT G_MAXUINT /* the level of a point that is not looked for */

typedef struct
{
  NervePlanePoint low; /* the box */
  NervePlanePoint high;
  double          weight; /* the largest below */
  guint64         levels; /* modulo 64, all below */
  guint           begin;
  guint           end;
} NervePlaneNode;

typedef struct
{
  gsize            n;
  gsize            n_leaves; /* a power of 2 */
  NervePlaneNode  *nodes;    /* 1 is the root, 2 i and 2 i + 1 are below i */
  NervePlanePoint *points;   /* as in the leaves */
  double          *weights;
  guint           *levels;
  guint           *ids;      /* which point that is */
  guint           *places;   /* the other way round */
} NervePlaneTree;

/* All weights are -inf, all levels 0. O(n log² n). */
void  nerve_plane_tree_init       (NervePlaneTree *self, const NervePlanePoint *points, gsize n);
void  nerve_plane_tree_clear      (NervePlaneTree *self);

void  nerve_plane_tree_set_weight (NervePlaneTree *self, gsize point, double weight);
void  nerve_plane_tree_set_level  (NervePlaneTree *self, gsize point, guint level);
void  nerve_plane_tree_set_levels (NervePlaneTree *self, guint level);

/* The point for which distance^power - weight is least and below *value, which is set to it; or NERVE_PLANE_NONE. */
gsize nerve_plane_tree_lightest   (const NervePlaneTree *self, const NervePlanePoint from, double power,
                                   double *value);
/* Any point of @level at most @radius away, or NERVE_PLANE_NONE. */
gsize nerve_plane_tree_within     (const NervePlaneTree *self, const NervePlanePoint from, double radius, guint level);
/* How far the nearest point of @level is; INFINITY: there is none. */
double nerve_plane_tree_gap       (const NervePlaneTree *self, const NervePlanePoint from, guint level);

static inline double
nerve_plane_power (double distance, double power)
{
  return power == 1 ? distance : power == 2 ? distance * distance : pow (distance, power);
}

G_END_DECLS
