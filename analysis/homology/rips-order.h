/* The edges of a filtration in order, a slice at a time: few analyses need all of them. KERNELS §1. */
#pragma once

#include "homology/rips-keys.h"

G_BEGIN_DECLS

typedef struct
{
  const NerveRipsKeys *keys;
  guint                next_key; /* of the slice after this one, counted from the least */
  NerveRipsEdge       *edges;    /* the slice, in order */
  gsize                n_edges;
  gsize                capacity;
} NerveRipsOrder;

void     nerve_rips_order_init  (NerveRipsOrder *self, const NerveRipsKeys *keys);
void     nerve_rips_order_clear (NerveRipsOrder *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NerveRipsOrder, nerve_rips_order_clear)

/* Gathers and sorts the next edges, @wanted of them or a few more; none are left when n_edges is 0.
 * All threads; 16 bytes an edge. Errors: MEMORY, CANCELLED */
gboolean nerve_rips_order_next  (NerveRipsOrder *self, gsize wanted, const NerveProgress *progress, GError **error);

/* Sorts by (distance, x, y); FALSE if stopped, then in no order. */
gboolean nerve_rips_sort        (NerveRipsEdge *edges, gsize n, const NerveProgress *progress);

G_END_DECLS
