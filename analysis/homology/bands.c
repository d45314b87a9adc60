#include "homology/bands.h"

static double
find_largest (const NerveDiagram *diagram)
{
  double largest = 0;

  for (int dimension = 0; dimension <= nerve_diagram_get_max_dimension (diagram); dimension++)
    {
      NerveDiagramSummary summary;

      nerve_diagram_summarize (diagram, dimension, &summary);
      largest = MAX (largest, summary.largest);
    }

  return largest;
}

NerveBootstrap *
nerve_bootstrap_new_around (const NerveDiagram *diagram, const NerveCloud *drawn, const NerveCloud *all,
                            const NerveRipsParameters *rips, const NerveBootstrapParameters *values, gint64 seed,
                            gsize n_at, const NerveProgress *progress, GError **error)
{
  NerveProgress measuring = nerve_progress_part (progress, 0, .1);
  NerveProgress drawing = nerve_progress_part (progress, .1, 1);
  NerveBootstrapSource source = {
    nerve_cloud_get_points (all), nerve_cloud_get_n (all), nerve_cloud_get_dimension (all),
    nerve_cloud_get_metric (all), nerve_cloud_get_neighbors (all), 1,
  };

  if (!nerve_cloud_get_unit (drawn, &source.unit, &measuring, error))
    return NULL;

  return nerve_bootstrap_new (&source, rips, values, nerve_cloud_get_n (drawn), seed, 1.05 * find_largest (diagram),
                              n_at, &drawing, error);
}
