#include "homology/diagram-distance.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "homology/bottleneck.h"
#include "homology/sliced-wasserstein.h"
#include "homology/wasserstein.h"

static const NerveChoice measure_choices[] = {
  [NERVE_DIAGRAM_SLICED_WASSERSTEIN] = { "sliced-wasserstein", N_("Sliced Wasserstein") },
  [NERVE_DIAGRAM_WASSERSTEIN] = { "wasserstein", N_("Wasserstein") },
  [NERVE_DIAGRAM_BOTTLENECK] = { "bottleneck", N_("Bottleneck") },
  { NULL, NULL },
};

static const NerveParameter parameters[] = {
  {
    .name = "measure",
    .label = N_("Measure"),
    .help = N_("How the bars are compared; sliced Wasserstein leaves essential bars out, the others match them."),
    .type = NERVE_PARAMETER_CHOICE,
    .offset = G_STRUCT_OFFSET (NerveDiagramDistanceParameters, measure),
    .initial = NERVE_DIAGRAM_SLICED_WASSERSTEIN,
    .choices = measure_choices,
  },
  {
    .name = "order",
    .label = N_("Order"),
    .help = N_("p of the Wasserstein distance; inf is the bottleneck distance."),
    .type = NERVE_PARAMETER_DOUBLE,
    .offset = G_STRUCT_OFFSET (NerveDiagramDistanceParameters, order),
    .initial = 1,
    .lower = 1,
    .upper = INFINITY,
  },
};

const NerveParameterTable nerve_diagram_distance_table = {
  .name = "diagram-distance",
  .size = sizeof (NerveDiagramDistanceParameters),
  .parameters = parameters,
  .n = G_N_ELEMENTS (parameters),
};

/* Σ |difference|^@order of the births, or the largest, @order-th root taken; in units of the largest, so that no power
 * overflows. */
static double
join_births (const NerveDiagramPoints *a, const NerveDiagramPoints *b, double order, double distance)
{
  double largest = distance;
  double sum;

  for (gsize i = 0; i < a->n_essential; i++)
    largest = MAX (largest, fabs (a->births[i] - b->births[i]));
  if (isinf (order) || largest == 0 || a->n_essential == 0)
    return largest;

  sum = pow (distance / largest, order);
  for (gsize i = 0; i < a->n_essential; i++)
    sum += pow (fabs (a->births[i] - b->births[i]) / largest, order);

  return largest * pow (sum, 1 / order);
}

static gboolean
match (const NerveDiagramPoints *a, const NerveDiagramPoints *b, double order, double *distance,
       const NerveProgress *progress, GError **error)
{
  gboolean done;

  if (a->n_essential != b->n_essential)
    {
      *distance = INFINITY;
      return TRUE;
    }

  if (isinf (order))
    done = nerve_bottleneck (a, b, distance, progress, error);
  else
    done = nerve_wasserstein (a, b, order, distance, NULL, progress, error);
  if (done)
    *distance = join_births (a, b, order, *distance);

  return done;
}

static gboolean
slice (const NerveDiagramPoints *a, const NerveDiagramPoints *b, double *distance, const NerveProgress *progress,
       GError **error)
{
  g_auto (NerveSlices) first = { 0 };
  g_auto (NerveSlices) second = { 0 };

  return nerve_slices_init (&first, a, progress, error) && nerve_slices_init (&second, b, progress, error)
         && nerve_slices_distance (&first, &second, distance, error);
}

gboolean
nerve_diagram_distance (const NerveDiagram *a, const NerveDiagram *b, int dimension,
                        const NerveDiagramDistanceParameters *values, double *distance,
                        const NerveProgress *progress, GError **error)
{
  g_auto (NerveDiagramPoints) first = { 0 };
  g_auto (NerveDiagramPoints) second = { 0 };

  g_return_val_if_fail (a != NULL && b != NULL, FALSE);
  g_return_val_if_fail (values != NULL && distance != NULL, FALSE);
  g_return_val_if_fail (values->order >= 1, FALSE);

  nerve_diagram_points_init (&first, a, dimension);
  nerve_diagram_points_init (&second, b, dimension);
  if (values->measure == NERVE_DIAGRAM_SLICED_WASSERSTEIN)
    return slice (&first, &second, distance, progress, error);

  return match (&first, &second, values->measure == NERVE_DIAGRAM_BOTTLENECK ? INFINITY : values->order, distance,
                progress, error);
}
