#include "cloud/screen.h"

#include <math.h>

#ifdef __x86_64__
#include <immintrin.h>
#endif

#define LANES NERVE_SCREEN_LANES
#define TILE NERVE_SCREEN_TILE

#ifdef __x86_64__
__attribute__ ((target ("avx512f"))) static void
screen_avx512 (const float *rows, const float *row_limits, const float *panel, const float *column_limits, gsize d,
               guint32 *masks)
{
  __m512 sums[TILE][2];
  __m512 left = _mm512_loadu_ps (column_limits);
  __m512 right = _mm512_loadu_ps (column_limits + 16);

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
      __m512 limit = _mm512_set1_ps (row_limits[row]);
      guint32 low = _mm512_cmp_ps_mask (sums[row][0], _mm512_add_ps (limit, left), _CMP_NLT_UQ);
      guint32 high = _mm512_cmp_ps_mask (sums[row][1], _mm512_add_ps (limit, right), _CMP_NLT_UQ);

      masks[row] = low | high << 16;
    }
}

/* Four rows against sixteen columns. */
__attribute__ ((target ("avx2,fma"))) static void
screen_quarter (const float *rows, const float *row_limits, const float *panel, const float *column_limits, gsize d,
                guint shift, guint32 *masks)
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
        __m256 limit = _mm256_add_ps (_mm256_set1_ps (row_limits[row]), _mm256_loadu_ps (column_limits + 8 * half));
        guint32 mask = _mm256_movemask_ps (_mm256_cmp_ps (sums[row][half], limit, _CMP_NLT_UQ));

        masks[row] |= mask << (shift + 8 * half);
      }
}

static void
screen_avx2 (const float *rows, const float *row_limits, const float *panel, const float *column_limits, gsize d,
             guint32 *masks)
{
  for (guint row = 0; row < TILE; row++)
    masks[row] = 0;
  for (guint row = 0; row < TILE; row += 4)
    for (guint column = 0; column < LANES; column += 16)
      screen_quarter (rows + row, row_limits + row, panel + column, column_limits + column, d, column, masks + row);
}
#endif

static void
screen_portable (const float *rows, const float *row_limits, const float *panel, const float *column_limits, gsize d,
                 guint32 *masks)
{
  for (guint row = 0; row < TILE; row++)
    {
      float sums[LANES] = { 0.0f };

      for (gsize k = 0; k < d; k++)
        for (guint lane = 0; lane < LANES; lane++)
          sums[lane] += rows[k * LANES + row] * panel[k * LANES + lane];
      masks[row] = 0;
      for (guint lane = 0; lane < LANES; lane++)
        masks[row] |= (guint32) !(sums[lane] < row_limits[row] + column_limits[lane]) << lane;
    }
}

void
nerve_screen_tile (const float *rows, const float *row_limits, const float *panel, const float *column_limits, gsize d,
                   guint32 *masks)
{
#ifdef __x86_64__
  if (__builtin_cpu_supports ("avx512f"))
    {
      screen_avx512 (rows, row_limits, panel, column_limits, d, masks);
      return;
    }
  if (__builtin_cpu_supports ("avx2") && __builtin_cpu_supports ("fma"))
    {
      screen_avx2 (rows, row_limits, panel, column_limits, d, masks);
      return;
    }
#endif
  screen_portable (rows, row_limits, panel, column_limits, d, masks);
}

float
nerve_screen_limit (double square, double bound, gsize d)
{
  const double u = 0x1p-24;
  double margin = u * ((0.51 * d + 16.0) * square + 2.0 * bound) + 1e-30;

  return nextafterf ((float) (0.5 * square - 0.25 * bound - margin), -INFINITY);
}
