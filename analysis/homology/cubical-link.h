/* What of a voxel's surroundings entered before it, and so what changes when it enters. */
#pragma once

#include "homology/cubical-volume.h"

G_BEGIN_DECLS

/* A voxel and those of its neighbours that entered before it, a bit each, in the order of the volume's steps. */
typedef struct
{
  gint32  key;
  guint32 place;
  guint32 lower;
} NerveCubicalVoxel;

/**
 * NerveCubicalLink:
 * The cells that enter with a voxel are attached along its lower link, a part of an octahedron's surface: a corner
 * for a neighbour across a face, an edge for a square, a triangle for a cube, where all the other voxels of that
 * square or cube entered before.
 * @n: components of the link
 * @members: (array): a neighbour of each component, as a bit number
 * @euler: the link's Euler characteristic
 */
typedef struct
{
  guint  n;
  guint8 members[NERVE_CUBICAL_NEIGHBOURS];
  gint   euler;
} NerveCubicalLink;

void     nerve_cubical_link_lower (guint32 lower, NerveCubicalLink *out);

/* The other neighbours of the voxel, joined where they share a corner: the complement of the link, by components.
 * Only those in @plane count. */
void     nerve_cubical_link_upper (guint32 lower, guint32 plane, NerveCubicalLink *out);

/* All neighbours but those along axes of length 1. */
guint32  nerve_cubical_link_plane (const gsize extent[3]);

/**
 * nerve_cubical_find_critical:
 * @out: (transfer full) (element-type NerveCubicalVoxel): in the order of their places
 *
 * The voxels that may change the homology of {value ≤ η} as they enter: all whose link is not one piece without
 * holes. On smooth volumes they are few. 64 voxels at a time, 26 comparisons each: about 5 ns a voxel.
 *
 * Errors: NERVE_ERROR_CANCELLED
 */
gboolean nerve_cubical_find_critical (const NerveCubicalVolume *volume, GArray **out, const NerveProgress *progress,
                                      GError **error);

G_END_DECLS
