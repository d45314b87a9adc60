/* Lists of keys, and a table of which column has a key as its pivot. Key has to be defined, as for the queue. */
#pragma once

#include "base/progress.h"
#include "homology/rips-higher-queue.h"

#define OWNER_BYTES (sizeof (Key) + sizeof (gsize))
#define OWNERS_PER_QUESTION (256 * 1024)

/* Keys, doubling as they grow. */
typedef struct
{
  Key  *keys;
  gsize n;
  gsize size;
} Keys;

/* Which column has a pivot: open addressing. */
typedef struct
{
  Key   *pivots; /* NO_KEY: empty */
  gsize *columns;
  gsize  n;
  gsize  size; /* a power of 2 */
} Owners;

/* Twice as many, or if there is no memory for that what is needed. */
static gboolean
keys_reserve (Keys *self, gsize more, NerveMemoryBudget *budget)
{
  gsize size = MAX (2 * self->size, self->n + more + 1024);
  Key *grown;

  if (self->n + more <= self->size)
    return TRUE;
  if (!nerve_memory_budget_take (budget, (size - self->size) * sizeof (Key)))
    {
      size = self->n + more + 1024;
      if (!nerve_memory_budget_take (budget, (size - self->size) * sizeof (Key)))
        return FALSE;
    }
  grown = g_try_realloc_n (self->keys, size, sizeof (Key));
  if (grown == NULL)
    {
      nerve_memory_budget_give (budget, (size - self->size) * sizeof (Key));
      return FALSE;
    }
  self->keys = grown;
  self->size = size;

  return TRUE;
}

static gboolean
keys_add (Keys *self, Key key, NerveMemoryBudget *budget)
{
  if (!keys_reserve (self, 1, budget))
    return FALSE;
  self->keys[self->n++] = key;

  return TRUE;
}

static gsize
owners_place (const Owners *self, Key pivot)
{
  guint64 mixed = ((guint64) pivot ^ (guint64) (pivot >> (sizeof (Key) * 4))) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  gsize place = (mixed ^ mixed >> 32) & (self->size - 1);

  while (self->pivots[place] != NO_KEY && self->pivots[place] != pivot)
    place = (place + 1) & (self->size - 1);

  return place;
}

/* What they hold is set by owners_empty(). */
static gboolean
owners_reserve (Owners *self, gsize n, NerveMemoryBudget *budget)
{
  gsize size = 16;

  while (size / 4 * 3 < n)
    size *= 2;
  if (!nerve_memory_budget_take (budget, size * OWNER_BYTES))
    return FALSE;
  self->n = 0;
  self->size = size;
  self->pivots = g_try_new (Key, size);
  self->columns = g_try_new (gsize, size);

  return self->pivots != NULL && self->columns != NULL;
}

/* FALSE if stopped. */
static gboolean
owners_empty (Owners *self, const NerveProgress *progress)
{
  for (gsize i = 0; i < self->size; i += OWNERS_PER_QUESTION)
    {
      memset (self->pivots + i, 0xff, MIN (OWNERS_PER_QUESTION, self->size - i) * sizeof (Key));
      if (!nerve_progress_wanted (progress))
        return FALSE;
    }

  return TRUE;
}

static void
owners_clear (Owners *self, NerveMemoryBudget *budget)
{
  nerve_memory_budget_give (budget, self->size * OWNER_BYTES);
  g_clear_pointer (&self->pivots, g_free);
  g_clear_pointer (&self->columns, g_free);
  self->size = 0;
}

static gboolean
owners_have (const Owners *self, Key pivot, gsize *column)
{
  gsize place;

  if (self->size == 0)
    return FALSE;
  place = owners_place (self, pivot);
  if (self->pivots[place] == NO_KEY)
    return FALSE;
  if (column != NULL)
    *column = self->columns[place];

  return TRUE;
}

static void
owners_add (Owners *self, Key pivot, gsize column)
{
  gsize place = owners_place (self, pivot);

  self->pivots[place] = pivot;
  self->columns[place] = column;
  self->n++;
}
