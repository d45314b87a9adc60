/* One image's tensor at a threshold: what is counted, so that it can be seen. */
#pragma once

#include "data/dataset.h"
#include "homology/betti.h"

G_BEGIN_DECLS

/* Immutable, reference-counted. */
typedef struct _NerveSublevel NerveSublevel;

/* Reads one image of a layer. Errors: NERVE_ERROR_PARAMETER (no such image), those of reading */
NerveSublevel *nerve_sublevel_new       (NerveDataset *dataset, guint layer, gsize image, GError **error);
NerveSublevel *nerve_sublevel_ref       (NerveSublevel *self);
void           nerve_sublevel_unref     (NerveSublevel *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveSublevel, nerve_sublevel_unref)

guint          nerve_sublevel_get_layer (const NerveSublevel *self);
gsize          nerve_sublevel_get_image (const NerveSublevel *self);
gboolean       nerve_sublevel_is_vector (const NerveSublevel *self);
/* Channels, rows, columns. */
const gsize   *nerve_sublevel_get_shape (const NerveSublevel *self);
const double  *nerve_sublevel_get_values (const NerveSublevel *self);
/* β0, β1, β2 of {value ≤ η}. */
gboolean       nerve_sublevel_count     (const NerveSublevel *self, double eta, NerveBettiCount count, guint64 out[3],
                                         GError **error);

G_END_DECLS
