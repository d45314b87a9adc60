#include "figures/sweep.h"

#include <math.h>

NerveSweep *
nerve_sweep_new (guint layer, gboolean by_eps, guint n_columns, guint n_rows)
{
  NerveSweep *self = g_new0 (NerveSweep, 1);

  g_atomic_ref_count_init (&self->ref);
  self->layer = layer;
  self->by_eps = by_eps;
  self->n_columns = n_columns;
  self->n_rows = n_rows;
  self->intervals = g_new0 (int, n_columns);
  self->values = g_new0 (double, n_rows);
  self->graphs = g_new0 (NerveGraph *, n_columns * n_rows);
  self->cycles = g_new0 (guint, n_columns * n_rows);

  return self;
}

NerveSweep *
nerve_sweep_ref (NerveSweep *self)
{
  g_atomic_ref_count_inc (&self->ref);

  return self;
}

void
nerve_sweep_unref (NerveSweep *self)
{
  if (!g_atomic_ref_count_dec (&self->ref))
    return;

  for (guint i = 0; i < self->n_columns * self->n_rows; i++)
    g_clear_pointer (&self->graphs[i], nerve_graph_unref);
  g_free (self->graphs);
  g_free (self->cycles);
  g_free (self->intervals);
  g_free (self->values);
  g_free (self);
}

/* Parameters go a long way through text and back. */
static gboolean
is_same (double a, double b)
{
  return fabs (a - b) <= 1e-9 * MAX (fabs (a), fabs (b));
}

void
nerve_sweep_find (const NerveSweep *self, const NerveMapperParameters *used, guint *column, guint *row,
                  gboolean *exact)
{
  double value = self->by_eps ? used->eps : used->overlap;

  *column = *row = 0;
  for (guint i = 1; i < self->n_columns; i++)
    if (abs (self->intervals[i] - used->intervals) < abs (self->intervals[*column] - used->intervals))
      *column = i;
  for (guint i = 1; i < self->n_rows; i++)
    if (fabs (self->values[i] - value) < fabs (self->values[*row] - value))
      *row = i;
  *exact = self->intervals[*column] == used->intervals && is_same (self->values[*row], value);
}
