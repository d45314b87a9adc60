/* Talks to nerve-layout, the helper program that runs Graphviz. Private to layout.c. */
#pragma once

#include "mapper/layout.h"

G_BEGIN_DECLS

typedef struct _NerveLayoutHelper NerveLayoutHelper;

/* One connected graph: nodes 0 … n_nodes - 1. */
typedef struct
{
  guint  source;
  guint  target;
  double length; /* wished for */
} NerveSpring;

/* Starts @program. Errors: NERVE_ERROR_HELPER */
NerveLayoutHelper *nerve_layout_helper_new  (const char *program, GError **error);
/* Ends it, whatever it is doing. */
void               nerve_layout_helper_free (NerveLayoutHelper *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveLayoutHelper, nerve_layout_helper_free)

/**
 * nerve_layout_helper_ask:
 * @places: (array): out, one a node
 *
 * Blocks, asking @progress every 20 ms. After an error the helper is of no more use.
 * Errors: NERVE_ERROR_HELPER (it died, answered with something else, or took longer than a minute and more
 * for large graphs), CANCELLED
 */
gboolean           nerve_layout_helper_ask  (NerveLayoutHelper *self, guint n_nodes, const NerveSpring *springs,
                                             guint n_springs, NervePlace *places, const NerveProgress *progress,
                                             GError **error);

G_END_DECLS
