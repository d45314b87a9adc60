/* A column over Z/2: a set of numbers whose greatest is found in a few steps. KERNELS §1. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define NERVE_RIPS_COLUMN_LEVELS 6

/* Level 0 has a bit for each number, each level above a bit for each word of the one below that is not zero. */
typedef struct
{
  guint64 *levels[NERVE_RIPS_COLUMN_LEVELS];
  guint    n_levels;
} NerveRipsColumnSet;

void   nerve_rips_column_set_init     (NerveRipsColumnSet *self, guint32 n);
void   nerve_rips_column_set_clear    (NerveRipsColumnSet *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NerveRipsColumnSet, nerve_rips_column_set_clear)

/* Adds @i modulo 2. */
void   nerve_rips_column_set_flip     (NerveRipsColumnSet *self, guint32 i);
/* The greatest number in it; -1 if it is empty. */
gint64 nerve_rips_column_set_greatest (const NerveRipsColumnSet *self);

G_END_DECLS
