/* A persistence diagram: an immutable, reference-counted list of bars. */
#pragma once

#include "base/error.h"
#include "base/pack.h"

G_BEGIN_DECLS

typedef struct
{
  int    dimension;
  double birth;
  double death; /* INFINITY: essential */
} NerveBar;

typedef struct _NerveDiagram NerveDiagram;

/* Takes @bars (of NerveBar); drops those of zero length, sorts by dimension, birth, death. */
NerveDiagram   *nerve_diagram_new_take (GArray *bars, int max_dimension);
NerveDiagram   *nerve_diagram_ref      (NerveDiagram *self);
void            nerve_diagram_unref    (NerveDiagram *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveDiagram, nerve_diagram_unref)

gsize           nerve_diagram_get_n_bars (const NerveDiagram *self);
const NerveBar *nerve_diagram_get_bars   (const NerveDiagram *self);
int             nerve_diagram_get_max_dimension (const NerveDiagram *self);
/* As bytes and back; NULL if these are none. */
void            nerve_diagram_pack     (const NerveDiagram *self, GByteArray *out);
NerveDiagram   *nerve_diagram_unpack   (NerveUnpack *in);
/* The bars of one dimension: the first, and how many. */
const NerveBar *nerve_diagram_get_dimension (const NerveDiagram *self, int dimension, gsize *n);

typedef struct
{
  gsize  n;              /* bars */
  gsize  n_essential;
  double longest;        /* of the finite bars; 0 if none */
  double total;          /* sum of the finite lengths */
  double largest;        /* finite birth or death */
} NerveDiagramSummary;

void            nerve_diagram_summarize (const NerveDiagram *self, int dimension, NerveDiagramSummary *out);

G_END_DECLS
