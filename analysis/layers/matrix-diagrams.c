#include "layers/matrix-private.h"

#include <math.h>

#include "homology/diagram-distance.h"
#include "homology/rips.h"
#include "homology/sliced-wasserstein.h"

#define MOST_DIMENSIONS 9 /* 0 to 8 */

typedef struct
{
  int                            dims[MOST_DIMENSIONS];
  guint                          n_dims;
  int                            highest;
  NerveDiagramDistanceParameters distance;
  NerveDiagram                 **diagrams; /* one a layer */
  NerveSlices                   *slices;   /* n_dims a layer; sliced Wasserstein only */
  guint                          n;
} Diagrams;

static void
diagrams_clear (Diagrams *self)
{
  for (guint i = 0; i < self->n; i++)
    g_clear_pointer (&self->diagrams[i], nerve_diagram_unref);
  for (guint k = 0; k < self->n * self->n_dims; k++)
    nerve_slices_clear (&self->slices[k]);
  g_free (self->diagrams);
  g_free (self->slices);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Diagrams, diagrams_clear)

static gboolean
parse_dims (Diagrams *self, const char *text, GError **error)
{
  g_auto (GStrv) words = g_strsplit (text != NULL && *text != '\0' ? text : "1", ",", -1);

  guint seen = 0;

  for (guint k = 0; words[k] != NULL; k++)
    {
      guint64 dim;

      if (!g_ascii_string_to_unsigned (g_strstrip (words[k]), 10, 0, 8, &dim, NULL) || (seen >> dim & 1) != 0)
        {
          g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER,
                       "dim: “%s” is no list of dimensions from 0 to 8, each at most once", text);
          return FALSE;
        }
      seen |= 1u << dim;
      self->dims[self->n_dims++] = dim;
      self->highest = MAX (self->highest, (int) dim);
    }

  return TRUE;
}

static gboolean
add_diagram (Diagrams *self, NerveMatrixWork *work, guint i, const NerveProgress *progress, GError **error)
{
  NerveProgress sampling = nerve_progress_part (progress, 0, .2);
  NerveProgress measuring = nerve_progress_part (progress, .2, .4);
  NerveProgress reducing = nerve_progress_part (progress, .4, 1);
  const NerveRipsParameters parameters = { .max_dimension = self->highest, .threshold = NAN };
  g_autoptr (NerveCloud) cloud = nerve_matrix_work_cloud (work, i, &sampling, error);
  g_autoptr (NerveDistances) distances = cloud != NULL ? nerve_cloud_distances (cloud, &measuring, error) : NULL;

  if (distances == NULL)
    return FALSE;
  self->diagrams[i] = nerve_rips (distances, &parameters, &reducing, error);
  if (self->diagrams[i] == NULL)
    return FALSE;

  for (guint k = 0; self->distance.measure == NERVE_DIAGRAM_SLICED_WASSERSTEIN && k < self->n_dims; k++)
    {
      g_auto (NerveDiagramPoints) points = { 0 };

      nerve_diagram_points_init (&points, self->diagrams[i], self->dims[k]);
      if (!nerve_slices_init (&self->slices[i * self->n_dims + k], &points, NULL, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
compare (NerveMatrixWork *work, guint i, guint j, gpointer data, const NerveProgress *progress, GError **error)
{
  const Diagrams *self = data;
  double sum = 0;

  for (guint k = 0; k < self->n_dims; k++)
    {
      double distance;
      gboolean done;

      if (self->distance.measure == NERVE_DIAGRAM_SLICED_WASSERSTEIN)
        done = nerve_slices_distance (&self->slices[i * self->n_dims + k], &self->slices[j * self->n_dims + k],
                                      &distance, error);
      else
        done = nerve_diagram_distance (self->diagrams[i], self->diagrams[j], self->dims[k], &self->distance,
                                       &distance, progress, error);
      if (!done)
        return FALSE;
      sum += distance;
    }
  nerve_matrix_work_set (work, i, j, sum);

  return TRUE;
}

gboolean
nerve_matrix_fill_diagrams (NerveMatrixWork *work, const NerveProgress *progress, GError **error)
{
  static const int kinds[] = {
    [NERVE_MEASURE_SLICED_WASSERSTEIN] = NERVE_DIAGRAM_SLICED_WASSERSTEIN,
    [NERVE_MEASURE_WASSERSTEIN] = NERVE_DIAGRAM_WASSERSTEIN,
    [NERVE_MEASURE_BOTTLENECK] = NERVE_DIAGRAM_BOTTLENECK,
  };
  NerveProgress comparing = nerve_progress_part (progress, .8, 1);
  g_auto (Diagrams) self = {
    .distance = { kinds[work->parameters->measure], work->parameters->order },
    .diagrams = g_new0 (NerveDiagram *, MAX (work->n, 1)),
  };

  if (!parse_dims (&self, work->parameters->dims, error))
    return FALSE;
  self.n = work->n;
  self.slices = g_new0 (NerveSlices, MAX (work->n * self.n_dims, 1));
  for (guint i = 0; i < work->n; i++)
    {
      NerveProgress part = nerve_progress_part (progress, .8 * i / work->n, .8 * (i + 1) / work->n);

      if (!add_diagram (&self, work, i, &part, error))
        return FALSE;
    }

  return nerve_matrix_work_for_pairs (work, compare, &self, &comparing, error);
}
