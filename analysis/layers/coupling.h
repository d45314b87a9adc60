/* Nodes of one layer's mapper graph matched to those of another: the mapper-graph distance, and what flows where.
 * SCIENCE §3; Zhou et al., Comparing Mapper Graphs of Artificial Neuron Activations (2023). */
#pragma once

#include "mapper/mapper.h"

G_BEGIN_DECLS

/* Which share of each image's points each node holds; immutable, reference-counted. */
typedef struct _NerveMembership NerveMembership;

/**
 * nerve_membership_new:
 * @images: (array) (nullable): which images count, by row of the dataset, and in which order; NULL: all from 0 up
 * @n_images: how many
 *
 * O(points + members). An image in no node, or without points, has no shares.
 */
NerveMembership *nerve_membership_new   (const NerveMapper *mapper, const guint32 *images, gsize n_images);
NerveMembership *nerve_membership_ref   (NerveMembership *self);
void             nerve_membership_unref (NerveMembership *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveMembership, nerve_membership_unref)

typedef struct
{
  guint  source;
  guint  target;
  double mass;   /* all masses sum to 1 */
  double shared; /* Σ over images of the smaller share, divided by the number of images: what really moves along */
} NerveRibbon;

/* The optimal plan between two graphs; immutable, reference-counted. */
typedef struct _NerveCoupling NerveCoupling;

/**
 * nerve_coupling_new:
 *
 * Nodes have uniform masses; what matching nodes k and l costs is the mean over images of (ω_ik − ω′_il)².
 * O(K L (K + L)) for K and L nodes. Both must be of the same number of images.
 *
 * Errors: NERVE_ERROR_VALUE (an empty graph), MEMORY, CANCELLED
 */
NerveCoupling     *nerve_coupling_new          (const NerveMembership *source, const NerveMembership *target,
                                                const NerveProgress *progress, GError **error);
NerveCoupling     *nerve_coupling_ref          (NerveCoupling *self);
void               nerve_coupling_unref        (NerveCoupling *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveCoupling, nerve_coupling_unref)
/* √⟨M, T⟩ */
double             nerve_coupling_get_distance (const NerveCoupling *self);
/* T where it is not zero, by source, then target. */
const NerveRibbon *nerve_coupling_get_ribbons  (const NerveCoupling *self, guint *n);

G_END_DECLS
