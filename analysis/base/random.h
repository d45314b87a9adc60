/* Seeded random numbers, the same on every machine: xoshiro256** seeded by splitmix64
 * (Blackman and Vigna, "Scrambled linear pseudorandom number generators", 2021). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct { guint64 s[4]; } NerveRandom;

void    nerve_random_init   (NerveRandom *self, guint64 seed);
/* A stream of its own for item @stream of @seed: draws don't depend on the order of items. */
void    nerve_random_init_stream (NerveRandom *self, guint64 seed, guint64 stream);
guint64 nerve_random_next   (NerveRandom *self);
/* Uniform in [0, bound), unbiased; @bound ≥ 1. */
guint64 nerve_random_below  (NerveRandom *self, guint64 bound);
/* Uniform in [0, 1). */
double  nerve_random_double (NerveRandom *self);
double  nerve_random_normal (NerveRandom *self);
/* @k different numbers of [0, n), ascending (Floyd); @k ≤ @n. */
void    nerve_random_choose (NerveRandom *self, gsize n, gsize k, guint32 *out);

G_END_DECLS
