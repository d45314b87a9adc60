#include "homology/summaries.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "homology/diagram-points.h"

#define BARS_PER_QUESTION (1024 * 1024)

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double first = *(const double *) a;
  double second = *(const double *) b;

  return first < second ? -1 : first > second;
}

/* How many of @n ascending numbers are ≤ @value. */
static gsize
count_up_to (const double *numbers, gsize n, double value)
{
  gsize low = 0;
  gsize high = n;

  while (low < high)
    {
      gsize middle = low + (high - low) / 2;

      if (numbers[middle] <= value)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

static double
tent (const NervePlanePoint point, double x)
{
  return MIN (x - point[0], point[1] - x);
}

void
nerve_summary_betti (const NerveDiagram *diagram, int dimension, const double *at, gsize n, double *out)
{
  gsize n_bars;
  const NerveBar *bars = nerve_diagram_get_dimension (diagram, dimension, &n_bars);
  g_autofree double *births = g_new (double, n_bars);
  g_autofree double *deaths = g_new (double, n_bars);

  for (gsize i = 0; i < n_bars; i++)
    {
      births[i] = bars[i].birth;
      deaths[i] = bars[i].death;
    }
  /* Births are ascending as it is. */
  if (n_bars > 0)
    qsort (deaths, n_bars, sizeof (double), compare_doubles);
  for (gsize i = 0; i < n; i++)
    out[i] = (double) count_up_to (births, n_bars, at[i]) - (double) count_up_to (deaths, n_bars, at[i]);
}

/* Keeps the largest so far in @levels, descending, @stride apart. */
static void
insert (double *levels, gsize n_levels, gsize stride, double value)
{
  gsize place = n_levels - 1;

  if (value <= levels[place * stride])
    return;
  for (; place > 0 && levels[(place - 1) * stride] < value; place--)
    levels[place * stride] = levels[(place - 1) * stride];
  levels[place * stride] = value;
}

/* Whether to go on after @work more bars. */
static gboolean
go_on (gsize *work, gsize more, double done, const NerveProgress *progress, GError **error)
{
  *work += more;
  if (*work < BARS_PER_QUESTION)
    return TRUE;

  *work = 0;
  return nerve_progress_step (progress, done) || nerve_progress_set_cancelled (error);
}

gboolean
nerve_summary_landscape (const NerveDiagram *diagram, int dimension, const double *at, gsize n, gsize n_levels,
                         double *out, const NerveProgress *progress, GError **error)
{
  g_auto (NerveDiagramPoints) points = { 0 };
  gsize work = 0;

  g_return_val_if_fail (n_levels > 0, FALSE);

  nerve_diagram_points_init (&points, diagram, dimension);
  memset (out, 0, n_levels * n * sizeof (double));
  for (gsize i = 0; i < n; i++)
    {
      for (gsize k = 0; k < points.n && points.points[k][0] < at[i]; k++)
        insert (out + i, n_levels, n, tent (points.points[k], at[i]));
      if (!go_on (&work, points.n, (double) i / n, progress, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
nerve_summary_silhouette (const NerveDiagram *diagram, int dimension, double power, const double *at, gsize n,
                          double *out, const NerveProgress *progress, GError **error)
{
  g_auto (NerveDiagramPoints) points = { 0 };
  g_autofree double *weights = NULL;
  double total = 0;
  gsize work = 0;

  nerve_diagram_points_init (&points, diagram, dimension);
  weights = g_new (double, points.n);
  for (gsize k = 0; k < points.n; k++)
    {
      weights[k] = pow (points.points[k][1] - points.points[k][0], power);
      total += weights[k];
    }

  for (gsize i = 0; i < n; i++)
    {
      double sum = 0;

      for (gsize k = 0; k < points.n && points.points[k][0] < at[i]; k++)
        sum += weights[k] * MAX (tent (points.points[k], at[i]), 0);
      out[i] = total > 0 ? sum / total : 0;
      if (!go_on (&work, points.n, (double) i / n, progress, error))
        return FALSE;
    }

  return TRUE;
}

/* A Gaussian of one variable at each of the grid's values. */
static void
fill_gaussian (const double *at, gsize n, double middle, double bandwidth, double *out)
{
  for (gsize i = 0; i < n; i++)
    {
      double x = (at[i] - middle) / bandwidth;

      out[i] = exp (-x * x / 2) / (bandwidth * sqrt (2 * G_PI));
    }
}

gboolean
nerve_summary_image (const NerveDiagram *diagram, int dimension, const NervePersistenceImage *image, double *out,
                     const NerveProgress *progress, GError **error)
{
  gsize n_columns = image->n_columns;
  gsize n_rows = image->n_rows;
  g_auto (NerveDiagramPoints) points = { 0 };
  g_autofree double *births = g_new (double, n_columns);
  g_autofree double *lengths = g_new (double, n_rows);
  g_autofree double *across = g_new (double, n_columns);
  g_autofree double *upward = g_new (double, n_rows);
  gsize work = 0;

  g_return_val_if_fail (image->bandwidth > 0, FALSE);

  nerve_summary_grid (image->births[0], image->births[1], n_columns, births);
  nerve_summary_grid (image->lengths[0], image->lengths[1], n_rows, lengths);
  nerve_diagram_points_init (&points, diagram, dimension);
  memset (out, 0, n_columns * n_rows * sizeof (double));
  for (gsize k = 0; k < points.n; k++)
    {
      double length = points.points[k][1] - points.points[k][0];
      double weight = pow (length, image->power);

      fill_gaussian (births, n_columns, points.points[k][0], image->bandwidth, across);
      fill_gaussian (lengths, n_rows, length, image->bandwidth, upward);
      for (gsize row = 0; row < n_rows; row++)
        for (gsize column = 0; column < n_columns; column++)
          out[row * n_columns + column] += weight * upward[row] * across[column];
      if (!go_on (&work, n_columns * n_rows, (double) k / points.n, progress, error))
        return FALSE;
    }

  return TRUE;
}

double
nerve_summary_entropy (const NerveDiagram *diagram, int dimension)
{
  double total = nerve_summary_total (diagram, dimension, 1);
  double entropy = 0;
  gsize n;
  const NerveBar *bars = nerve_diagram_get_dimension (diagram, dimension, &n);

  for (gsize i = 0; i < n; i++)
    if (!isinf (bars[i].death))
      {
        double share = (bars[i].death - bars[i].birth) / total;

        entropy -= share * log (share);
      }

  return MAX (entropy, 0);
}

double
nerve_summary_total (const NerveDiagram *diagram, int dimension, double order)
{
  double total = 0;
  gsize n;
  const NerveBar *bars = nerve_diagram_get_dimension (diagram, dimension, &n);

  for (gsize i = 0; i < n; i++)
    if (!isinf (bars[i].death))
      total += pow (bars[i].death - bars[i].birth, order);

  return total;
}

void
nerve_summary_grid (double lower, double upper, gsize n, double *out)
{
  for (gsize i = 0; i < n; i++)
    out[i] = i + 1 == n && n > 1 ? upper : lower + (upper - lower) * i / MAX (n - 1, 1);
}
