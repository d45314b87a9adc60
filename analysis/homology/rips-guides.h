/* Points that are likely to lie in many lunes: where the Rips kernel looks first. */
#pragma once

#include "homology/rips-keys.h"

G_BEGIN_DECLS

#define NERVE_RIPS_N_NEAREST 8
#define NERVE_RIPS_N_HUBS    16

/* What is found never depends on the guides, only how soon. */
typedef struct
{
  const NerveRipsKeys *keys;    /* not owned */
  guint32             *nearest; /* n × NERVE_RIPS_N_NEAREST, nearest first; one with fewer neighbours repeats itself */
  guint32              hubs[NERVE_RIPS_N_HUBS]; /* the points nearest to all others, the best first */
  guint                n_hubs;
} NerveRipsGuides;

/* O(n²) on all threads. Errors: CANCELLED */
gboolean nerve_rips_guides_init  (NerveRipsGuides *self, const NerveRipsKeys *keys, const NerveProgress *progress,
                                  GError **error);
void     nerve_rips_guides_clear (NerveRipsGuides *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NerveRipsGuides, nerve_rips_guides_clear)

static inline const guint32 *
nerve_rips_guides_nearest (const NerveRipsGuides *self, gsize x)
{
  return self->nearest + x * NERVE_RIPS_N_NEAREST;
}

G_END_DECLS
