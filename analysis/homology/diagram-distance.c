#include "homology/diagram-distance.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/error.h"
#include "homology/bottleneck.h"
#include "homology/sliced-wasserstein.h"
#include "homology/wasserstein.h"

#define LARGE 0x1p900 /* below, sums of as many numbers as there may be are finite */
#define ROOM 100      /* bits */

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

/* Powers of two, so that nothing is rounded that would not be else. */
static void
scale (NerveDiagramPoints *self, int exponent)
{
  for (gsize i = 0; i < self->n; i++)
    for (guint k = 0; k < 2; k++)
      self->points[i][k] = ldexp (self->points[i][k], exponent);
}

static double
find_largest (const NerveDiagramPoints *self)
{
  double largest = 0;

  for (gsize i = 0; i < self->n; i++)
    largest = MAX (largest, MAX (fabs (self->points[i][0]), fabs (self->points[i][1])));

  return largest;
}

/* Sums of very large numbers would be infinite, and their differences no numbers: these are made smaller first. */
static gboolean
slice (NerveDiagramPoints *a, NerveDiagramPoints *b, double *distance, const NerveProgress *progress,
       GError **error)
{
  g_auto (NerveSlices) first = { 0 };
  g_auto (NerveSlices) second = { 0 };

  int exponent = MAX (find_largest (a), find_largest (b)) > LARGE ? ROOM : 0;

  if (exponent > 0)
    {
      scale (a, -exponent);
      scale (b, -exponent);
    }
  if (!nerve_slices_init (&first, a, progress, error) || !nerve_slices_init (&second, b, progress, error))
    return FALSE;
  *distance = ldexp (nerve_slices_distance (&first, &second), exponent);
  if (isfinite (*distance))
    return TRUE;

  g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_VALUE, "the distance is larger than a number can be");
  return FALSE;
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
