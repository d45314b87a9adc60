#include "layers/matrix-private.h"

#include <math.h>

#include "layers/similarity.h"

typedef struct
{
  NerveCentered *layers;
  NerveSpectrum *spectra;
  guint          n;
} Layers;

static void
layers_clear (Layers *self)
{
  for (guint i = 0; i < self->n; i++)
    {
      nerve_centered_clear (&self->layers[i]);
      nerve_spectrum_clear (&self->spectra[i]);
    }
  g_free (self->layers);
  g_free (self->spectra);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Layers, layers_clear)

/* A layer whose points coincide is like nothing. */
static void
note_zeros (NerveMatrixWork *work, const Layers *self)
{
  for (guint i = 0; i < self->n; i++)
    if (nerve_centered_is_zero (&self->layers[i]))
      {
        nerve_matrix_work_note (work, "%s: all points coincide, nothing is like it or unlike it (nan)",
                                work->items[i].name);
        work->values[(gsize) i * work->n + i] = NAN;
      }
}

static gboolean
layers_init (Layers *self, NerveMatrixWork *work, const NerveProgress *progress, GError **error)
{
  g_auto (NerveMatchedPoints) points = { 0 };

  *self = (Layers) { g_new0 (NerveCentered, MAX (work->n, 1)), g_new0 (NerveSpectrum, MAX (work->n, 1)), work->n };
  if (!nerve_matched_points_init (&points, work, progress, error))
    return FALSE;
  for (guint i = 0; i < work->n; i++)
    {
      nerve_centered_init (&self->layers[i], g_steal_pointer (&points.points[i]), points.n, points.dimensions[i]);
      if (!nerve_progress_check (progress, error))
        return FALSE;
    }
  note_zeros (work, self);

  return TRUE;
}

gboolean
nerve_matrix_fill_cka (NerveMatrixWork *work, const NerveProgress *progress, GError **error)
{
  NerveProgress reading = nerve_progress_part (progress, 0, .3);
  NerveProgress multiplying = nerve_progress_part (progress, .3, 1);
  gboolean debiased = work->parameters->measure == NERVE_MEASURE_CKA_DEBIASED;
  g_auto (Layers) self = { NULL };
  gsize widest = 0;

  if (!layers_init (&self, work, &reading, error))
    return FALSE;
  if (debiased && self.layers[0].n < 4)
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_SHAPE, "debiased CKA needs four points at least, these are %zu",
                   self.layers[0].n);
      return FALSE;
    }

  for (guint i = 0; i < self.n; i++)
    widest = MAX (widest, self.layers[i].p);
  if (!debiased && widest > self.layers[0].n)
    nerve_matrix_work_note (work, "%zu points in up to %zu dimensions: plain CKA is too high there, use cka-debiased",
                            self.layers[0].n, widest);
  if (!nerve_cka (self.layers, self.n, debiased, work->values, &multiplying, error))
    return FALSE;
  for (guint i = 0; i < self.n; i++)
    if (!isnan (work->values[(gsize) i * work->n + i]))
      work->values[(gsize) i * work->n + i] = 1;

  return TRUE;
}

static gboolean
compare (NerveMatrixWork *work, guint i, guint j, gpointer data, const NerveProgress *progress, GError **error)
{
  const Layers *self = data;
  const NerveSpectrum *a = &self->spectra[i];
  const NerveSpectrum *b = &self->spectra[j];
  double value;

  if (work->parameters->measure == NERVE_MEASURE_PWCCA)
    return nerve_pwcca (a, b, &work->values[(gsize) i * work->n + j], &work->values[(gsize) j * work->n + i], progress,
                        error);

  if (work->parameters->measure == NERVE_MEASURE_SVCCA ? !nerve_svcca (a, b, &value, progress, error)
                                                       : !nerve_procrustes (a, b, &value, progress, error))
    return FALSE;
  nerve_matrix_work_set (work, i, j, value);

  return TRUE;
}

/* Counting what would be compared costs nothing beside comparing it. */
static void
note_saturation (NerveMatrixWork *work, const Layers *self)
{
  gsize n = nerve_matrix_work_count_pairs (work);
  gsize n_saturated = 0;

  for (guint i = 0; i < work->n_first; i++)
    for (guint j = work->across ? work->n_first : i + 1; j < work->n; j++)
      n_saturated += nerve_spectra_saturate (&self->spectra[i], &self->spectra[j]);
  if (n_saturated > 0 && work->parameters->measure != NERVE_MEASURE_PROCRUSTES)
    nerve_matrix_work_note (work, "%zu of %zu pairs have no more than rank X + rank Y + 1 points: correlations are 1 "
                            "or near it there by necessity", n_saturated, n);
}

gboolean
nerve_matrix_fill_spectra (NerveMatrixWork *work, const NerveProgress *progress, GError **error)
{
  NerveProgress reading = nerve_progress_part (progress, 0, .2);
  NerveProgress comparing = nerve_progress_part (progress, .5, 1);
  gboolean loadings = work->parameters->measure == NERVE_MEASURE_PWCCA;
  g_auto (Layers) self = { NULL };

  if (!layers_init (&self, work, &reading, error))
    return FALSE;
  for (guint i = 0; i < self.n; i++)
    {
      NerveProgress part = nerve_progress_part (progress, .2 + .3 * i / self.n, .2 + .3 * (i + 1) / self.n);

      if (!nerve_spectrum_init (&self.spectra[i], &self.layers[i], loadings, &part, error))
        {
          g_prefix_error (error, "%s: ", work->items[i].name);
          return FALSE;
        }
      nerve_centered_clear (&self.layers[i]);
      if (!nerve_progress_step (&part, 1))
        return nerve_progress_set_cancelled (error);
    }
  note_saturation (work, &self);

  return nerve_matrix_work_for_pairs (work, compare, &self, &comparing, error);
}
