#include "homology/cubical-link.h"

#include "base/memory.h"
#include "homology/cubical-tables.h"
#include "homology/rips-target.h"

#ifdef __SSE2__
# include <immintrin.h>
#endif

#define WORD                64
#define WORDS_PER_QUESTION  4096
#define EXPECTED            8 /* one place in so many critical, at first */

/* 64 voxels in a row, a bit each: those of them whose key is larger than that of their partner. */
typedef guint64 (*CompareFunc) (const gint32 *keys, const gint32 *others);

static inline guint64
compare_plain (const gint32 *keys, const gint32 *others)
{
  guint64 word = 0;

  for (guint k = 0; k < WORD; k++)
    word |= (guint64) (keys[k] > others[k]) << k;

  return word;
}

#ifdef __SSE2__
static inline guint64
compare_sse2 (const gint32 *keys, const gint32 *others)
{
  guint64 word = 0;

  for (guint k = 0; k < WORD; k += 4)
    {
      __m128i a = _mm_loadu_si128 ((const __m128i *) (const void *) (keys + k));
      __m128i b = _mm_loadu_si128 ((const __m128i *) (const void *) (others + k));

      word |= (guint64) (guint) _mm_movemask_ps (_mm_castsi128_ps (_mm_cmpgt_epi32 (a, b))) << k;
    }

  return word;
}

__attribute__ ((target ("avx2"))) static inline guint64
compare_avx2 (const gint32 *keys, const gint32 *others)
{
  guint64 word = 0;

  for (guint k = 0; k < WORD; k += 8)
    {
      __m256i a = _mm256_loadu_si256 ((const __m256i *) (const void *) (keys + k));
      __m256i b = _mm256_loadu_si256 ((const __m256i *) (const void *) (others + k));

      word |= (guint64) (guint) _mm256_movemask_ps (_mm256_castsi256_ps (_mm256_cmpgt_epi32 (a, b))) << k;
    }

  return word;
}
#endif

/* Adds one bit a voxel to counters of four bits, a word for each bit. */
static G_ALWAYS_INLINE inline void
add (guint64 counter[4], guint64 bits)
{
  for (guint b = 0; b < 4; b++)
    {
      guint64 carry = counter[b] & bits;

      counter[b] ^= bits;
      bits = carry;
    }
}

/* The voxels whose link's Euler characteristic, corners − edges + triangles, is not 1. */
static G_ALWAYS_INLINE inline guint64
has_other_euler (const guint64 lower[NERVE_CUBICAL_NEIGHBOURS], const guint64 edges[NERVE_CUBICAL_SQUARES])
{
  guint64 even[4] = { 0 }, odd[4] = { G_MAXUINT64 }, differs = 0;

  for (guint f = 0; f < NERVE_CUBICAL_FACES; f++)
    add (even, lower[f]);
  for (guint c = 0; c < NERVE_CUBICAL_CUBES; c++)
    add (even, edges[cubes[c][0]] & edges[cubes[c][1]] & edges[cubes[c][2]] & lower[18 + c]);
  for (guint e = 0; e < NERVE_CUBICAL_SQUARES; e++)
    add (odd, edges[e]);
  for (guint b = 0; b < 4; b++)
    differs |= even[b] ^ odd[b];

  return differs;
}

/* The voxels whose link is not seen to be one piece, starting from its first corner: twice along all edges finds
 * nearly all. */
static G_ALWAYS_INLINE inline guint64
is_in_pieces (const guint64 lower[NERVE_CUBICAL_NEIGHBOURS], const guint64 edges[NERVE_CUBICAL_SQUARES])
{
  guint64 reached[NERVE_CUBICAL_FACES], seen = 0, missed = 0;

  for (guint f = 0; f < NERVE_CUBICAL_FACES; f++)
    {
      reached[f] = lower[f] & ~seen;
      seen |= lower[f];
    }
  for (guint turn = 0; turn < 2; turn++)
    for (guint e = 0; e < NERVE_CUBICAL_SQUARES; e++)
      {
        guint64 shared = (reached[squares[e][0]] | reached[squares[e][1]]) & edges[e];

        reached[squares[e][0]] |= shared;
        reached[squares[e][1]] |= shared;
      }
  for (guint f = 0; f < NERVE_CUBICAL_FACES; f++)
    missed |= lower[f] & ~reached[f];

  return missed | ~seen;
}

static G_ALWAYS_INLINE inline void
append (GArray *out, const gint32 *keys, gsize place, guint64 critical,
        const guint64 lower[NERVE_CUBICAL_NEIGHBOURS])
{
  guint at = out->len;
  NerveCubicalVoxel *voxels;

  g_array_set_size (out, at + __builtin_popcountll (critical));
  voxels = (NerveCubicalVoxel *) (gpointer) out->data + at;
  for (; critical != 0; critical &= critical - 1, voxels++)
    {
      guint k = __builtin_ctzll (critical);

      *voxels = (NerveCubicalVoxel) { keys[k], place + k, 0 };
      for (guint s = 0; s < NERVE_CUBICAL_NEIGHBOURS; s++)
        voxels->lower |= (guint32) (lower[s] >> k & 1) << s;
    }
}

static G_ALWAYS_INLINE inline void
scan (const NerveCubicalVolume *volume, gsize place, GArray *out, CompareFunc compare)
{
  static const gint32 border[WORD] = { [0 ... WORD - 1] = NERVE_CUBICAL_BORDER };
  const gint32 *keys = volume->keys + place;
  guint64 lower[NERVE_CUBICAL_NEIGHBOURS], edges[NERVE_CUBICAL_SQUARES];
  guint64 inside = compare (border, keys);

  if (inside == 0)
    return;

  for (guint s = 0; s < NERVE_CUBICAL_NEIGHBOURS; s++)
    {
      const gint32 *others = keys + volume->steps[s];

      if (volume->steps[s] == 0)
        lower[s] = 0;
      else
        lower[s] = volume->steps[s] > 0 ? compare (keys, others) : ~compare (others, keys);
    }
  for (guint e = 0; e < NERVE_CUBICAL_SQUARES; e++)
    edges[e] = lower[squares[e][0]] & lower[squares[e][1]] & lower[NERVE_CUBICAL_FACES + e];

  append (out, keys, place, inside & (is_in_pieces (lower, edges) | has_other_euler (lower, edges)), lower);
}

static void
scan_plain (const NerveCubicalVolume *volume, gsize place, GArray *out)
{
#ifdef __SSE2__
  scan (volume, place, out, compare_sse2);
#else
  scan (volume, place, out, compare_plain);
#endif
}

#ifdef __SSE2__
__attribute__ ((target ("avx2,bmi,bmi2"))) static void
scan_avx2 (const NerveCubicalVolume *volume, gsize place, GArray *out)
{
  scan (volume, place, out, compare_avx2);
}
#endif

gboolean
nerve_cubical_find_critical (const NerveCubicalVolume *volume, GArray **out, const NerveProgress *progress,
                             GError **error)
{
  g_autoptr (GArray) voxels = nerve_memory_new_array (sizeof (NerveCubicalVoxel), volume->n / EXPECTED);
  void (*scan_word) (const NerveCubicalVolume *, gsize, GArray *) = scan_plain;

#ifdef __SSE2__
  if (nerve_rips_target_get () >= NERVE_RIPS_TARGET_AVX2)
    scan_word = scan_avx2;
#endif

  for (gsize place = volume->origin; place < volume->n; place += WORD)
    {
      if ((place - volume->origin) / WORD % WORDS_PER_QUESTION == 0 &&
          !nerve_progress_step (progress, (double) place / volume->n))
        return nerve_progress_set_cancelled (error);
      scan_word (volume, place, voxels);
    }

  *out = g_steal_pointer (&voxels);
  return TRUE;
}
