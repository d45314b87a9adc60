/* Where nodes stand. Graphviz draws each component in a helper process (CRAFT §3: libgvc is not thread-safe
 * and can't be cancelled); packing the components into a box is ours, quick and pure. DESIGN.md "Mapper graph". */
#pragma once

#include <gio/gio.h>

#include "base/pack.h"
#include "mapper/mapper.h"

G_BEGIN_DECLS

typedef struct { double x, y; } NervePlace;

/* Raw coordinates, one a node, each component in a frame of its own. Immutable, reference-counted. */
typedef struct _NerveLayout NerveLayout;

/**
 * nerve_layout_new:
 * @helper: path of nerve-layout
 *
 * Runs the helper; deterministic; the helper is killed as soon as @progress says stop.
 * Errors: NERVE_ERROR_HELPER, CANCELLED
 */
NerveLayout      *nerve_layout_new   (const NerveMapper *mapper, const char *helper,
                                      const NerveProgress *progress, GError **error);
NerveLayout      *nerve_layout_ref   (NerveLayout *self);
void              nerve_layout_unref (NerveLayout *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveLayout, nerve_layout_unref)
const NervePlace *nerve_layout_get_places (const NerveLayout *self);
/* As bytes and back; NULL if these are not of that @mapper. */
void              nerve_layout_pack_places (const NerveLayout *self, const NerveMapper *mapper, GByteArray *out);
NerveLayout      *nerve_layout_unpack      (const NerveMapper *mapper, NerveUnpack *in);

/**
 * nerve_layout_pack:
 * @radii: (array): of each node's disc, in the units of @width and @height
 * @places: (array): out, centres of the discs inside [0, width] × [0, height], y down
 *
 * Components largest first on shelves, the best of their rotations and mirror images (lens to the right),
 * spare room shared out evenly, single nodes in lens order on a shelf of their own at the bottom, discs pushed
 * apart to @gap. A pure function: the same arguments give the same picture.
 *
 * Returns: the y of the hairline above the shelf of single nodes, or a negative number if there is none
 */
double nerve_layout_pack (const NerveLayout *self, const NerveMapper *mapper, const double *radii, double gap,
                          double width, double height, NervePlace *places);

/**
 * nerve_layout_sort:
 *
 * The other way to lay out, as nerve_layout_pack(): across, nodes stand at the mean of their (first) lens, the whole
 * graph along one axis; down, each stands as near to its neighbours as discs @gap apart allow, components that share
 * lens values in lanes of their own. Needs no springs. Where so many nodes share a value that a column can't hold
 * them, discs leave their value. O(sweeps · nodes · discs within reach across); pure and deterministic.
 *
 * Returns: as nerve_layout_pack()
 */
double nerve_layout_sort (const NerveMapper *mapper, const double *radii, double gap, double width, double height,
                          NervePlace *places);

G_END_DECLS
