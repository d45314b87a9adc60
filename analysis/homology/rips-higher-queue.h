/* A queue of keys over Z/2 for a reduction, which never asks for less than it has been given: keys lie in piles by the
 * highest bit in which they differ from the key that was taken last, so that adding one takes no search and taking one
 * looks at the lowest pile only (a radix heap). Key has to be defined: an unsigned integer of 64 or 128 bits.
 *
 * Source: Ahuja, Mehlhorn, Orlin, Tarjan, Faster algorithms for the shortest path problem (1990). */
#pragma once

#include <string.h>

#include "base/memory.h"
#include "base/memory-budget.h"

#define NO_KEY (~(Key) 0)
#define KEY_BITS (sizeof (Key) * 8)
#define CHUNK_BYTES 2048
#define CHUNK_KEYS ((CHUNK_BYTES - 16) / sizeof (Key))
#define FIRST_SLAB 64 /* chunks; half as many as there are when these are used up, but no more than */
#define MOST_SLAB 2048
#define FEW_CHUNKS 8 /* a pile of so few is shed as a whole */

typedef struct Chunk Chunk;

struct Chunk
{
  Chunk *next;
  gsize  n;
  Key    keys[CHUNK_KEYS];
};

typedef struct
{
  Chunk *chunks;
  gsize  n;
} Slab;

typedef struct
{
  NerveMemoryBudget *budget;
  GArray            *slabs;           /* of Slab */
  gsize              n_chunks;        /* in all of them */
  guint              slab;            /* chunks have been taken of those before this one, and */
  gsize              taken;           /* so many of it */
  Chunk             *spare;           /* of these, in no pile */
  Chunk             *piles[KEY_BITS]; /* of keys that differ from last in this bit, and in none above */
  guint64            filled[2];       /* which piles are not empty */
  Key                last;            /* what was taken; every key is above */
  Key                end;             /* keys from here on are not kept; NO_KEY: all are */
  gsize              n;
} Queue;

static inline guint
find_highest_bit (Key key)
{
  if (sizeof (Key) > 8 && (guint64) (key >> (KEY_BITS / 2)) != 0)
    return KEY_BITS - 1 - __builtin_clzll (key >> (KEY_BITS / 2));

  return 63 - __builtin_clzll ((guint64) key);
}

/* Empty, and all from @last on may come. Its memory it keeps. */
static void
queue_reset (Queue *self, Key last)
{
  memset (self->piles, 0, sizeof self->piles);
  memset (self->filled, 0, sizeof self->filled);
  self->spare = NULL;
  self->slab = 0;
  self->taken = 0;
  self->last = last;
  self->end = NO_KEY;
  self->n = 0;
}

static void
queue_init (Queue *self, NerveMemoryBudget *budget)
{
  self->budget = budget;
  self->slabs = g_array_new (FALSE, FALSE, sizeof (Slab));
  self->n_chunks = 0;
  queue_reset (self, 0);
}

static void
queue_clear (Queue *self)
{
  for (guint i = 0; self->slabs != NULL && i < self->slabs->len; i++)
    g_free (g_array_index (self->slabs, Slab, i).chunks);
  g_clear_pointer (&self->slabs, g_array_unref);
}

static gboolean
queue_grow (Queue *self)
{
  Slab slab = { NULL, CLAMP (self->n_chunks / 2, FIRST_SLAB, MOST_SLAB) };

  if (!nerve_memory_budget_take (self->budget, slab.n * sizeof (Chunk)))
    {
      slab.n = FIRST_SLAB;
      if (!nerve_memory_budget_take (self->budget, slab.n * sizeof (Chunk)))
        return FALSE;
    }
  slab.chunks = nerve_memory_new (slab.n, sizeof (Chunk), "a queue", NULL);
  if (slab.chunks == NULL)
    {
      nerve_memory_budget_give (self->budget, slab.n * sizeof (Chunk));
      return FALSE;
    }
  self->n_chunks += slab.n;
  g_array_append_val (self->slabs, slab);

  return TRUE;
}

/* On top of a pile; NULL: no memory. */
static Chunk *
queue_add_chunk (Queue *self, guint pile)
{
  Chunk *chunk = self->spare;

  if (chunk != NULL)
    {
      self->spare = chunk->next;
    }
  else
    {
      if (self->slab == self->slabs->len && !queue_grow (self))
        return NULL;
      chunk = &g_array_index (self->slabs, Slab, self->slab).chunks[self->taken++];
      if (self->taken == g_array_index (self->slabs, Slab, self->slab).n)
        {
          self->slab++;
          self->taken = 0;
        }
    }
  chunk->n = 0;
  chunk->next = self->piles[pile];
  self->piles[pile] = chunk;
  self->filled[pile / 64] |= G_GUINT64_CONSTANT (1) << pile % 64;

  return chunk;
}

/* @key: above what was taken last. FALSE: no memory */
static inline gboolean
queue_push (Queue *self, Key key)
{
  guint pile;
  Chunk *chunk;

  if (key >= self->end)
    return TRUE;
  pile = find_highest_bit (key ^ self->last);
  chunk = self->piles[pile];
  if (chunk == NULL || chunk->n == CHUNK_KEYS)
    {
      chunk = queue_add_chunk (self, pile);
      if (chunk == NULL)
        return FALSE;
    }
  chunk->keys[chunk->n++] = key;
  self->n++;

  return TRUE;
}

static void
queue_put_back (Queue *self, Chunk *chunk)
{
  chunk->next = self->spare;
  self->spare = chunk;
}

static Chunk *
queue_take_pile (Queue *self, guint pile)
{
  Chunk *chunks = self->piles[pile];

  self->piles[pile] = NULL;
  self->filled[pile / 64] &= ~(G_GUINT64_CONSTANT (1) << pile % 64);

  return chunks;
}

static Key
find_least (const Chunk *chunks)
{
  Key least = NO_KEY;

  for (const Chunk *chunk = chunks; chunk != NULL; chunk = chunk->next)
    for (gsize i = 0; i < chunk->n; i++)
      least = MIN (least, chunk->keys[i]);

  return least;
}

/* Makes the least key the last one, and sorts the rest of its pile into the piles below. *count: how often it was
 * there, 0: there are no keys at all; *work: keys moved. FALSE: no memory */
static gboolean
queue_advance (Queue *self, gsize *count, gsize *work)
{
  guint word = self->filled[0] != 0 ? 0 : 1;
  Chunk *chunks;

  *count = 0;
  if (self->filled[word] == 0)
    return TRUE;
  chunks = queue_take_pile (self, word * 64 + __builtin_ctzll (self->filled[word]));
  self->last = find_least (chunks);
  while (chunks != NULL)
    {
      Chunk *chunk = chunks;

      chunks = chunk->next;
      *work += chunk->n;
      self->n -= chunk->n;
      queue_put_back (self, chunk);
      /* If it is taken again for one of the piles, that is written no faster than we read. */
      for (gsize i = 0, n_keys = chunk->n; i < n_keys; i++)
        if (chunk->keys[i] == self->last)
          (*count)++;
        else if (!queue_push (self, chunk->keys[i]))
          return FALSE;
    }

  return TRUE;
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  Key x = *(const Key *) a;
  Key y = *(const Key *) b;

  return (x > y) - (x < y);
}

/* About the middle of a pile, but above its least key, so that something is left. */
static Key
find_cut (const Chunk *chunks, guint pile, Key last)
{
  Key sample[FEW_CHUNKS];
  gsize n_chunks = 0;
  gsize place = 0;

  for (const Chunk *chunk = chunks; chunk != NULL; chunk = chunk->next)
    n_chunks++;
  if (n_chunks < FEW_CHUNKS)
    return ((last >> pile) | 1) << pile;

  for (const Chunk *chunk = chunks; chunk != NULL; chunk = chunk->next, place++)
    sample[place * FEW_CHUNKS / n_chunks] = chunk->keys[chunk->n / 2];
  qsort (sample, FEW_CHUNKS, sizeof (Key), compare_keys);

  return MAX (sample[FEW_CHUNKS / 2], find_least (chunks) + 1);
}

/* Lets go of the greatest keys until no more than @n are left: end says from where on they are missing. @n: more than
 * FEW_CHUNKS hold, so that some are left. */
static void
queue_shed (Queue *self, gsize n)
{
  while (self->n > n)
    {
      guint word = self->filled[G_N_ELEMENTS (self->filled) - 1] != 0 ? G_N_ELEMENTS (self->filled) - 1 : 0;
      guint pile = word * 64 + 63 - __builtin_clzll (self->filled[word]);
      Chunk *chunks = queue_take_pile (self, pile);

      self->end = find_cut (chunks, pile, self->last);
      while (chunks != NULL)
        {
          Chunk *chunk = chunks;

          chunks = chunk->next;
          self->n -= chunk->n;
          queue_put_back (self, chunk);
          /* There is memory for these: the chunk's own. */
          for (gsize i = 0, n_keys = chunk->n; i < n_keys; i++)
            queue_push (self, chunk->keys[i]);
        }
    }
}
