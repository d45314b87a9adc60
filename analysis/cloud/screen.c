#include "cloud/screen.h"

#include <math.h>

#ifdef __x86_64__
#include <immintrin.h>
#endif

#define LANES NERVE_SCREEN_LANES
#define TILE NERVE_SCREEN_TILE

#ifdef __x86_64__
__attribute__ ((target ("avx512f"))) static void
screen_avx512 (const float *rows, const float *panel, gsize d, const NerveScreenLimits *limits,
               const NerveScreenLimits *sure_limits, guint32 *masks, guint32 *sure)
{
  __m512 sums[TILE][2];
  __m512 left = _mm512_loadu_ps (limits->columns);
  __m512 right = _mm512_loadu_ps (limits->columns + 16);

  for (guint row = 0; row < TILE; row++)
    sums[row][0] = sums[row][1] = _mm512_setzero_ps ();
  for (gsize k = 0; k < d; k++)
    {
      __m512 a = _mm512_loadu_ps (panel + k * LANES);
      __m512 b = _mm512_loadu_ps (panel + k * LANES + 16);

#pragma GCC unroll 8
      for (guint row = 0; row < TILE; row++)
        {
          __m512 value = _mm512_set1_ps (rows[k * LANES + row]);

          sums[row][0] = _mm512_fmadd_ps (value, a, sums[row][0]);
          sums[row][1] = _mm512_fmadd_ps (value, b, sums[row][1]);
        }
    }
  for (guint row = 0; row < TILE; row++)
    {
      __m512 limit = _mm512_set1_ps (limits->rows[row]);
      guint32 low = _mm512_cmp_ps_mask (sums[row][0], _mm512_add_ps (limit, left), _CMP_NLT_UQ);
      guint32 high = _mm512_cmp_ps_mask (sums[row][1], _mm512_add_ps (limit, right), _CMP_NLT_UQ);

      masks[row] = low | high << 16;
    }
  if (sure_limits == NULL)
    return;

  left = _mm512_loadu_ps (sure_limits->columns);
  right = _mm512_loadu_ps (sure_limits->columns + 16);
  for (guint row = 0; row < TILE; row++)
    {
      __m512 limit = _mm512_set1_ps (sure_limits->rows[row]);
      guint32 low = _mm512_cmp_ps_mask (sums[row][0], _mm512_add_ps (limit, left), _CMP_GE_OQ);
      guint32 high = _mm512_cmp_ps_mask (sums[row][1], _mm512_add_ps (limit, right), _CMP_GE_OQ);

      sure[row] = low | high << 16;
    }
}

/* Four rows against sixteen columns. */
__attribute__ ((target ("avx2,fma"))) static void
screen_quarter (const float *rows, const float *panel, gsize d, guint row_shift, guint shift,
                const NerveScreenLimits *limits, const NerveScreenLimits *sure_limits, guint32 *masks, guint32 *sure)
{
  __m256 sums[4][2];

  for (guint row = 0; row < 4; row++)
    sums[row][0] = sums[row][1] = _mm256_setzero_ps ();
  for (gsize k = 0; k < d; k++)
    {
      __m256 a = _mm256_loadu_ps (panel + k * LANES);
      __m256 b = _mm256_loadu_ps (panel + k * LANES + 8);

#pragma GCC unroll 4
      for (guint row = 0; row < 4; row++)
        {
          __m256 value = _mm256_broadcast_ss (rows + k * LANES + row);

          sums[row][0] = _mm256_fmadd_ps (value, a, sums[row][0]);
          sums[row][1] = _mm256_fmadd_ps (value, b, sums[row][1]);
        }
    }
  for (guint row = 0; row < 4; row++)
    for (guint half = 0; half < 2; half++)
      {
        guint column = shift + 8 * half;
        __m256 limit = _mm256_add_ps (_mm256_set1_ps (limits->rows[row_shift + row]),
                                      _mm256_loadu_ps (limits->columns + column));
        guint32 mask = _mm256_movemask_ps (_mm256_cmp_ps (sums[row][half], limit, _CMP_NLT_UQ));

        masks[row_shift + row] |= mask << column;
        if (sure_limits == NULL)
          continue;
        limit = _mm256_add_ps (_mm256_set1_ps (sure_limits->rows[row_shift + row]),
                               _mm256_loadu_ps (sure_limits->columns + column));
        mask = _mm256_movemask_ps (_mm256_cmp_ps (sums[row][half], limit, _CMP_GE_OQ));
        sure[row_shift + row] |= mask << column;
      }
}

static void
screen_avx2 (const float *rows, const float *panel, gsize d, const NerveScreenLimits *limits,
             const NerveScreenLimits *sure_limits, guint32 *masks, guint32 *sure)
{
  for (guint row = 0; row < TILE; row++)
    masks[row] = 0;
  for (guint row = 0; row < TILE && sure_limits != NULL; row++)
    sure[row] = 0;
  for (guint row = 0; row < TILE; row += 4)
    for (guint column = 0; column < LANES; column += 16)
      screen_quarter (rows + row, panel + column, d, row, column, limits, sure_limits, masks, sure);
}
#endif

static void
screen_portable (const float *rows, const float *panel, gsize d, const NerveScreenLimits *limits,
                 const NerveScreenLimits *sure_limits, guint32 *masks, guint32 *sure)
{
  for (guint row = 0; row < TILE; row++)
    {
      float sums[LANES] = { 0.0f };

      for (gsize k = 0; k < d; k++)
        for (guint lane = 0; lane < LANES; lane++)
          sums[lane] += rows[k * LANES + row] * panel[k * LANES + lane];
      masks[row] = 0;
      for (guint lane = 0; lane < LANES; lane++)
        masks[row] |= (guint32) !(sums[lane] < limits->rows[row] + limits->columns[lane]) << lane;
      if (sure_limits == NULL)
        continue;
      sure[row] = 0;
      for (guint lane = 0; lane < LANES; lane++)
        sure[row] |= (guint32) (sums[lane] >= sure_limits->rows[row] + sure_limits->columns[lane]) << lane;
    }
}

void
nerve_screen_tile (const float *rows, const float *panel, gsize d, const NerveScreenLimits *limits,
                   const NerveScreenLimits *sure_limits, guint32 *masks, guint32 *sure)
{
#ifdef __x86_64__
  if (__builtin_cpu_supports ("avx512f"))
    {
      screen_avx512 (rows, panel, d, limits, sure_limits, masks, sure);
      return;
    }
  if (__builtin_cpu_supports ("avx2") && __builtin_cpu_supports ("fma"))
    {
      screen_avx2 (rows, panel, d, limits, sure_limits, masks, sure);
      return;
    }
#endif
  screen_portable (rows, panel, d, limits, sure_limits, masks, sure);
}

static double
find_margin (double square, double bound, gsize d)
{
  return 0x1p-24 * ((0.51 * d + 16.0) * square + 2.0 * bound) + 1e-30;
}

float
nerve_screen_limit (double square, double bound, gsize d)
{
  return nextafterf ((float) (0.5 * square - 0.25 * bound - find_margin (square, bound, d)), -INFINITY);
}

float
nerve_screen_sure_limit (double square, double bound, gsize d)
{
  return nextafterf ((float) (0.5 * square - 0.25 * bound + find_margin (square, bound, d)), INFINITY);
}
