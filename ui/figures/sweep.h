/* Graphs of one layer over a grid of parameters: intervals from left to right, overlap or ε from top to bottom. */
#pragma once

#include "figures/model.h"

G_BEGIN_DECLS

/* Immutable, reference-counted; NerveSweep is declared in network.h. */
struct _NerveSweep
{
  gatomicrefcount ref;
  guint           layer;
  gboolean        by_eps;    /* what differs from row to row; else the overlap */
  guint           n_columns;
  guint           n_rows;
  int            *intervals; /* one a column, rising */
  double         *values;    /* one a row, falling */
  NerveGraph    **graphs;    /* row by row */
  guint          *cycles;    /* β₁ of each */
};

/* Cells without graphs. */
NerveSweep *nerve_sweep_new   (guint layer, gboolean by_eps, guint n_columns, guint n_rows);
NerveSweep *nerve_sweep_ref   (NerveSweep *self);
void        nerve_sweep_unref (NerveSweep *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveSweep, nerve_sweep_unref)

/* The cell whose parameters are nearest to those of @graph; @exact: whether they are the same. */
void        nerve_sweep_find  (const NerveSweep *self, const NerveMapperParameters *used, guint *column, guint *row,
                               gboolean *exact);

G_END_DECLS
