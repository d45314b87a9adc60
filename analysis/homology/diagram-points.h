/* One dimension of a diagram as points of the plane, and the births of what never dies. */
#pragma once

#include "homology/diagram.h"

G_BEGIN_DECLS

typedef double NervePlanePoint[2];

typedef struct
{
  NervePlanePoint *points; /* birth, death: the finite bars */
  gsize            n;
  double          *births; /* of the essential bars, ascending */
  gsize            n_essential;
} NerveDiagramPoints;

void nerve_diagram_points_init  (NerveDiagramPoints *self, const NerveDiagram *diagram, int dimension);
void nerve_diagram_points_clear (NerveDiagramPoints *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NerveDiagramPoints, nerve_diagram_points_clear)

/* L∞ distance of two points. */
static inline double
nerve_plane_distance (const NervePlanePoint a, const NervePlanePoint b)
{
  double x = a[0] > b[0] ? a[0] - b[0] : b[0] - a[0];
  double y = a[1] > b[1] ? a[1] - b[1] : b[1] - a[1];

  return x > y ? x : y;
}

/* L∞ distance of a point from the diagonal. */
static inline double
nerve_plane_height (const NervePlanePoint a)
{
  return (a[1] - a[0]) / 2;
}

G_END_DECLS
