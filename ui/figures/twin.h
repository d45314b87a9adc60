/* A layer of another network beside one of this: its graph, and which nodes there hold what nodes here do. */
#pragma once

#include "base/bitset.h"
#include "figures/model.h"

G_BEGIN_DECLS

#define NERVE_TWIN_NO_IMAGE G_MAXUINT32

/* Immutable once it is made; reference-counted. */
struct _NerveTwin
{
  gatomicrefcount ref;
  guint           layer;    /* of this network */
  guint           other;    /* of the other one, as it counts its layers */
  NerveGraph     *graph;    /* the other's */
  char           *name;     /* of its layer, and of its file; in words */
  NerveCoupling  *coupling; /* from this network's graph to it */
  guint32        *images;   /* for each image here which one it is there; NERVE_TWIN_NO_IMAGE: none */
  gsize           n_images;
  gsize           n_others; /* images there */
};

NerveTwin   *nerve_twin_ref    (NerveTwin *self);
void         nerve_twin_unref  (NerveTwin *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveTwin, nerve_twin_unref)
/* Which images there are those of @images here; (transfer full); NULL: @images is. */
NerveBitset *nerve_twin_images (const NerveTwin *self, const NerveBitset *images);

G_END_DECLS
