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
} NerveRipsColumn;

/* For numbers below @n. */
void nerve_rips_column_init  (NerveRipsColumn *self, guint32 n);
void nerve_rips_column_clear (NerveRipsColumn *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NerveRipsColumn, nerve_rips_column_clear)

/* Adds @i modulo 2. */
static inline void
nerve_rips_column_flip (NerveRipsColumn *self, guint32 i)
{
  for (guint level = 0; level < self->n_levels; level++, i /= 64)
    {
      guint64 *word = &self->levels[level][i / 64];
      guint64 before = *word;

      *word ^= G_GUINT64_CONSTANT (1) << (i % 64);
      /* Above, nothing changes unless the word was or becomes zero. */
      if (before != 0 && *word != 0)
        break;
    }
}

/* The greatest number in it; -1 if it is empty. */
static inline gint64
nerve_rips_column_greatest (const NerveRipsColumn *self)
{
  gint64 place = 0;

  if (self->levels[self->n_levels - 1][0] == 0)
    return -1;
  for (guint level = self->n_levels; level > 0; level--)
    place = place * 64 + 63 - __builtin_clzll (self->levels[level - 1][place]);

  return place;
}

G_END_DECLS
