#include "layers/transport.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"

#define NONE G_MAXUINT

typedef struct
{
  const double *costs;
  guint         rows;
  guint         columns;
  guint64      *supplies;
  guint64      *demands;
  guint64      *flows;        /* rows × columns */
  double       *u;            /* potentials: costs less u and v are at least 0, and 0 where something flows */
  double       *v;
  double       *row_distance; /* NaN: not on the tree of shortest paths */
  guint        *row_parent;   /* the column from which a row was reached */
  double       *distance;
  guint        *parent;       /* the row from which a column was reached */
  gboolean     *is_done;
} Transport;

static gboolean
transport_init (Transport *self, const double *costs, guint rows, guint columns, const guint64 *supplies,
                const guint64 *demands, GError **error)
{
  *self = (Transport) { costs, rows, columns };
  self->flows = nerve_memory_new ((guint64) rows * columns, sizeof (guint64), "a transport plan", error);
  if (self->flows == NULL)
    return FALSE;

  memset (self->flows, 0, (gsize) rows * columns * sizeof (guint64));
  self->supplies = g_memdup2 (supplies, rows * sizeof (guint64));
  self->demands = g_memdup2 (demands, columns * sizeof (guint64));
  self->u = g_new0 (double, rows);
  self->v = g_new (double, columns);
  self->row_distance = g_new (double, rows);
  self->row_parent = g_new (guint, rows);
  self->distance = g_new (double, columns);
  self->parent = g_new (guint, columns);
  self->is_done = g_new (gboolean, columns);
  for (guint j = 0; j < columns; j++)
    {
      self->v[j] = INFINITY;
      for (guint i = 0; i < rows; i++)
        self->v[j] = MIN (self->v[j], costs[(gsize) i * columns + j]);
    }

  return TRUE;
}

static void
transport_clear (Transport *self)
{
  g_free (self->flows);
  g_free (self->supplies);
  g_free (self->demands);
  g_free (self->u);
  g_free (self->v);
  g_free (self->row_distance);
  g_free (self->row_parent);
  g_free (self->distance);
  g_free (self->parent);
  g_free (self->is_done);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Transport, transport_clear)

static void
enter_row (Transport *self, guint row, double distance, guint parent)
{
  const double *costs = self->costs + (gsize) row * self->columns;

  self->row_distance[row] = distance;
  self->row_parent[row] = parent;
  for (guint j = 0; j < self->columns; j++)
    {
      double through = distance + MAX (costs[j] - self->u[row] - self->v[j], 0);

      if (!self->is_done[j] && through < self->distance[j])
        {
          self->distance[j] = through;
          self->parent[j] = row;
        }
    }
}

static guint
nearest_column (const Transport *self)
{
  guint best = NONE;

  for (guint j = 0; j < self->columns; j++)
    if (!self->is_done[j] && (best == NONE || self->distance[j] < self->distance[best]))
      best = j;

  return best;
}

/* The nearest column that still wants something, from @start; the tree is left behind. */
static guint
find_path (Transport *self, guint start)
{
  for (guint i = 0; i < self->rows; i++)
    self->row_distance[i] = NAN;
  for (guint j = 0; j < self->columns; j++)
    {
      self->distance[j] = INFINITY;
      self->is_done[j] = FALSE;
    }

  enter_row (self, start, 0, NONE);
  for (;;)
    {
      guint column = nearest_column (self);

      if (self->demands[column] > 0)
        return column;
      self->is_done[column] = TRUE;
      for (guint i = 0; i < self->rows; i++)
        if (isnan (self->row_distance[i]) && self->flows[(gsize) i * self->columns + column] > 0)
          enter_row (self, i, self->distance[column], column);
    }
}

static void
raise_potentials (Transport *self, double distance)
{
  for (guint i = 0; i < self->rows; i++)
    if (!isnan (self->row_distance[i]))
      self->u[i] += distance - self->row_distance[i];
  for (guint j = 0; j < self->columns; j++)
    if (self->is_done[j])
      self->v[j] -= distance - self->distance[j];
}

static void
send_along (Transport *self, guint start, guint end)
{
  guint64 amount = MIN (self->supplies[start], self->demands[end]);

  for (guint row = self->parent[end]; row != start; row = self->parent[self->row_parent[row]])
    amount = MIN (amount, self->flows[(gsize) row * self->columns + self->row_parent[row]]);

  self->supplies[start] -= amount;
  self->demands[end] -= amount;
  for (guint column = end;;)
    {
      guint row = self->parent[column];

      self->flows[(gsize) row * self->columns + column] += amount;
      if (row == start)
        break;
      column = self->row_parent[row];
      self->flows[(gsize) row * self->columns + column] -= amount;
    }
}

static GArray *
collect (const Transport *self, double *total)
{
  GArray *flows = g_array_new (FALSE, FALSE, sizeof (NerveFlow));

  *total = 0;
  for (guint i = 0; i < self->rows; i++)
    for (guint j = 0; j < self->columns; j++)
      {
        NerveFlow flow = { i, j, self->flows[(gsize) i * self->columns + j] };

        if (flow.amount == 0)
          continue;
        *total += self->costs[(gsize) i * self->columns + j] * flow.amount;
        g_array_append_val (flows, flow);
      }

  return flows;
}

GArray *
nerve_transport (const double *costs, guint rows, guint columns, const guint64 *supplies, const guint64 *demands,
                 double *total, const NerveProgress *progress, GError **error)
{
  g_auto (Transport) self = { NULL };

  g_return_val_if_fail (rows > 0 && columns > 0, NULL);

  if (!transport_init (&self, costs, rows, columns, supplies, demands, error))
    return NULL;
  for (guint row = 0; row < rows; row++)
    while (self.supplies[row] > 0)
      {
        guint end;

        if (!nerve_progress_step (progress, (double) row / rows))
          {
            nerve_progress_set_cancelled (error);
            return NULL;
          }
        end = find_path (&self, row);
        raise_potentials (&self, self.distance[end]);
        send_along (&self, row, end);
      }

  return collect (&self, total);
}
