#include "homology/betti-private.h"

#include <string.h>

#include "base/memory.h"
#include "homology/betti-curve.h"

#define ROWS_PER_QUESTION 256

/* From so many thresholds on the whole curve is cheaper, on smooth volumes and on noise; it needs 32 bits a voxel. */
#define ETAS_OF_A_CURVE 16
#define LARGEST_CURVE   (1 << 28)

struct _NerveBettiWorkspace
{
  NerveBettiBuffer   upto;    /* {value ≤ η} */
  NerveBettiBuffer   below;   /* {value < η} */
  NerveBettiBuffer   outside; /* {value > η} */
  NerveBettiLabels   labels;
  NerveBettiRelative relative;
};

/* Betti numbers of a set of voxels. */
typedef struct
{
  guint64 components;
  guint64 cavities;
  guint64 loops;
} Numbers;

gpointer
nerve_betti_buffer_get (NerveBettiBuffer  *self,
                        gsize              n,
                        gsize              size,
                        GError           **error)
{
  gsize wanted;

  if (g_size_checked_mul (&wanted, MAX (n, 1), size) && self->size >= wanted)
    return self->data;

  nerve_betti_buffer_clear (self);
  self->data = nerve_memory_new (MAX (n, 1), size, "the Betti numbers of a volume", error);
  if (self->data != NULL)
    self->size = wanted;

  return self->data;
}

void
nerve_betti_buffer_clear (NerveBettiBuffer *self)
{
  g_clear_pointer (&self->data, g_free);
  self->size = 0;
}

NerveBettiWorkspace *
nerve_betti_workspace_new (void)
{
  return g_new0 (NerveBettiWorkspace, 1);
}

void
nerve_betti_workspace_free (NerveBettiWorkspace *self)
{
  if (self == NULL)
    return;

  nerve_betti_buffer_clear (&self->upto);
  nerve_betti_buffer_clear (&self->below);
  nerve_betti_buffer_clear (&self->outside);
  nerve_betti_labels_clear (&self->labels);
  nerve_betti_relative_clear (&self->relative);
  g_free (self);
}

/* Fills in @grid and returns the axis of @shape that runs along the bits. */
static guint
grid_init (NerveBettiGrid *grid,
           const gsize     shape[3])
{
  guint axis = 2;
  gsize fewest = G_MAXSIZE;

  for (guint d = 3; d-- > 0;)
    {
      gsize words = shape[(d + 1) % 3] * shape[(d + 2) % 3] * ((shape[d] + 63) / 64);

      if (words >= fewest)
        continue;
      fewest = words;
      axis = d;
    }

  grid->extent[0] = shape[axis == 0 ? 1 : 0];
  grid->extent[1] = shape[axis == 2 ? 1 : 2];
  grid->extent[2] = shape[axis];
  grid->n_rows = grid->extent[0] * grid->extent[1];
  grid->row_words = (grid->extent[2] + 63) / 64;
  grid->n_words = grid->n_rows * grid->row_words;
  grid->tail = G_MAXUINT64 >> (63 - (grid->extent[2] - 1) % 64);
  return axis;
}

/* Bits of rows that lie in memory one after the other. */
static gboolean
threshold_rows (const NerveBettiGrid *grid,
                const double         *volume,
                double                eta,
                gboolean              strict,
                guint64              *bits,
                const NerveProgress  *progress)
{
  for (gsize row = 0; row < grid->n_rows; row++)
    {
      if (row % ROWS_PER_QUESTION == 0 && !nerve_progress_wanted (progress))
        return FALSE;

      for (gsize w = 0; w < grid->row_words; w++)
        {
          gsize n = MIN (64, grid->extent[2] - 64 * w);
          guint64 word = 0;

          if (strict)
            for (gsize k = 0; k < n; k++)
              word |= (guint64) (volume[k] < eta) << k;
          else
            for (gsize k = 0; k < n; k++)
              word |= (guint64) (volume[k] <= eta) << k;
          *bits++ = word;
          volume += n;
        }
    }

  return TRUE;
}

/* Bits of @n rows whose voxels lie @n apart: one bit of each row after the other. */
static gboolean
threshold_columns (const NerveBettiGrid *grid,
                   const double         *volume,
                   gsize                 n,
                   double                eta,
                   gboolean              strict,
                   guint64              *bits,
                   const NerveProgress  *progress)
{
  gsize stride = grid->row_words;

  memset (bits, 0, n * stride * sizeof (guint64));
  for (gsize k = 0; k < grid->extent[2]; k++, volume += n)
    {
      guint64 *word = bits + k / 64;
      guint bit = k % 64;

      if (k % 16 == 0 && !nerve_progress_wanted (progress))
        return FALSE;

      if (strict)
        for (gsize row = 0; row < n; row++)
          word[row * stride] |= (guint64) (volume[row] < eta) << bit;
      else
        for (gsize row = 0; row < n; row++)
          word[row * stride] |= (guint64) (volume[row] <= eta) << bit;
    }

  return TRUE;
}

/* {value ≤ η}, or {value < η} if @strict. */
static gboolean
threshold (const NerveBettiGrid *grid,
           guint                 axis,
           const double         *volume,
           double                eta,
           gboolean              strict,
           guint64              *bits,
           const NerveProgress  *progress)
{
  gsize apart = axis == 0 ? grid->n_rows : grid->extent[1];

  if (axis == 2)
    return threshold_rows (grid, volume, eta, strict, bits, progress);

  for (gsize row = 0; row < grid->n_rows; row += apart)
    if (!threshold_columns (grid, volume + row * grid->extent[2], apart, eta, strict,
                            bits + row * grid->row_words, progress))
      return FALSE;

  return TRUE;
}

/* Alexander duality: a cavity is a component of the complement that doesn't reach the outside; and the loops are
 * what the Euler characteristic leaves. */
static gboolean
count (NerveBettiWorkspace   *self,
       const NerveBettiGrid  *grid,
       const guint64         *bits,
       Numbers               *out,
       const NerveProgress   *progress,
       GError               **error)
{
  guint64 outside;
  gint64 euler;

  if (!nerve_betti_labels_outside (&self->labels, grid, bits, &outside, progress, error) ||
      !nerve_betti_labels_inside (&self->labels, grid, bits, &out->components, &euler, progress, error))
    return FALSE;

  out->cavities = outside - 1;
  out->loops = (guint64) ((gint64) (out->components + out->cavities) - euler);
  return TRUE;
}

/* Loops that die at η. With A = {≤ η}, B = {< η}, the sequence H₂(B) → H₂(A) → H₂(A, B) → H₁(B) → H₁(A) is exact, so
 * they are dim H₂(A, B) less the cavities born at η; at most all loops of B, at least those A has fewer. */
static gboolean
count_loop_deaths (NerveBettiWorkspace   *self,
                   const NerveBettiGrid  *grid,
                   const Numbers         *a,
                   const Numbers         *b,
                   guint64                cavity_births,
                   guint64               *deaths,
                   const NerveProgress   *progress,
                   GError               **error)
{
  guint64 least = b->loops > a->loops ? b->loops - a->loops : 0;
  guint64 dimension;

  *deaths = least;
  if (b->loops == least)
    return TRUE;
  if (!nerve_betti_relative_second (&self->relative, grid, self->upto.data, self->below.data, least + cavity_births,
                                    &dimension, progress, error))
    return FALSE;

  *deaths = dimension - cavity_births;
  return TRUE;
}

/* Adds the bars of positive length that die at η to the numbers @a of {value ≤ η}: the classes of {value < η} that
 * are zero in {value ≤ η}. */
static gboolean
add_deaths (NerveBettiWorkspace   *self,
            const NerveBettiGrid  *grid,
            Numbers               *a,
            const NerveProgress   *progress,
            GError               **error)
{
  const guint64 *upto = self->upto.data, *below = self->below.data;
  guint64 *outside = nerve_betti_buffer_get (&self->outside, grid->n_words, sizeof (guint64), error);
  guint64 kept_components, kept_outside, outside_below, loop_deaths;
  Numbers b;
  gint64 euler;

  if (outside == NULL)
    return FALSE;
  for (gsize w = 0; w < grid->n_words; w++)
    outside[w] = ~upto[w] & (w % grid->row_words == grid->row_words - 1 ? grid->tail : G_MAXUINT64);

  /* The labels of {≤ η} are the last that were made. */
  if (!nerve_betti_labels_marked (&self->labels, grid, below, FALSE, &kept_components, error) ||
      !nerve_betti_labels_outside (&self->labels, grid, below, &outside_below, progress, error) ||
      !nerve_betti_labels_marked (&self->labels, grid, outside, TRUE, &kept_outside, error) ||
      !nerve_betti_labels_inside (&self->labels, grid, below, &b.components, &euler, progress, error))
    return FALSE;

  b.cavities = outside_below - 1;
  b.loops = (guint64) ((gint64) (b.components + b.cavities) - euler);
  if (!count_loop_deaths (self, grid, a, &b, a->cavities - (kept_outside - 1), &loop_deaths, progress, error))
    return FALSE;

  a->components += b.components - kept_components;
  a->loops += loop_deaths;
  a->cavities += outside_below - kept_outside;
  return TRUE;
}

static gboolean
count_at (NerveBettiWorkspace   *self,
          const NerveBettiGrid  *grid,
          guint                  axis,
          const double          *volume,
          double                 eta,
          NerveBettiCount        mode,
          Numbers               *out,
          const NerveProgress   *progress,
          GError               **error)
{
  guint64 *upto, *below;

  if ((upto = nerve_betti_buffer_get (&self->upto, grid->n_words, sizeof (guint64), error)) == NULL)
    return FALSE;
  if (!threshold (grid, axis, volume, eta, FALSE, upto, progress))
    return nerve_progress_set_cancelled (error);
  if (!count (self, grid, upto, out, progress, error))
    return FALSE;
  if (mode == NERVE_BETTI_HALF_OPEN)
    return TRUE;

  if ((below = nerve_betti_buffer_get (&self->below, grid->n_words, sizeof (guint64), error)) == NULL)
    return FALSE;
  if (!threshold (grid, axis, volume, eta, TRUE, below, progress))
    return nerve_progress_set_cancelled (error);
  return memcmp (upto, below, grid->n_words * sizeof (guint64)) == 0 || add_deaths (self, grid, out, progress, error);
}

static gboolean
read_off_curve (const double         *volume,
                const gsize           shape[3],
                const double         *etas,
                gsize                 n_etas,
                guint64              *out,
                const NerveProgress  *progress,
                GError              **error)
{
  g_autoptr (NerveBettiCurve) curve = nerve_betti_curve_new (volume, shape, progress, error);

  if (curve == NULL)
    return FALSE;

  for (gsize e = 0; e < n_etas; e++)
    {
      guint32 numbers[3];

      nerve_betti_curve_at (curve, etas[e], numbers);
      for (guint d = 0; d < 3; d++)
        out[3 * e + d] = numbers[d];
    }

  return TRUE;
}

gboolean
nerve_betti_numbers (NerveBettiWorkspace  *workspace,
                     const double         *volume,
                     const gsize           shape[3],
                     const double         *etas,
                     gsize                 n_etas,
                     NerveBettiCount       count_mode,
                     guint64              *out,
                     const NerveProgress  *progress,
                     GError              **error)
{
  NerveBettiGrid grid;
  guint axis;

  g_return_val_if_fail (workspace != NULL && shape != NULL && (etas != NULL || n_etas == 0) && out != NULL, FALSE);

  memset (out, 0, n_etas * 3 * sizeof (guint64));
  if (shape[0] == 0 || shape[1] == 0 || shape[2] == 0)
    return TRUE;
  axis = grid_init (&grid, shape);
  /* Labels and cells are counted in 32 bits. */
  if (grid.n_words >= G_MAXUINT32 / 64)
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_SHAPE,
                   "a volume of %" G_GSIZE_FORMAT " × %" G_GSIZE_FORMAT " × %" G_GSIZE_FORMAT
                   " has more than 2³² voxels", shape[0], shape[1], shape[2]);
      return FALSE;
    }

  if (count_mode == NERVE_BETTI_HALF_OPEN && n_etas >= ETAS_OF_A_CURVE && grid.n_words < LARGEST_CURVE / 64)
    return read_off_curve (volume, shape, etas, n_etas, out, progress, error);

  for (gsize e = 0; e < n_etas; e++)
    {
      Numbers numbers;

      if (!nerve_progress_step (progress, (double) e / n_etas))
        return nerve_progress_set_cancelled (error);
      if (!count_at (workspace, &grid, axis, volume, etas[e], count_mode, &numbers, progress, error))
        return FALSE;
      out[3 * e] = numbers.components;
      out[3 * e + 1] = numbers.loops;
      out[3 * e + 2] = numbers.cavities;
    }

  return TRUE;
}
