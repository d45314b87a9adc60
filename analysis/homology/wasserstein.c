#include "homology/wasserstein.h"

#include <math.h>
#include <string.h>

#include "homology/plane-tree.h"

#define STEPS_PER_CHECK 1024

/* The next column that a row of the path's tree could go on to. */
typedef struct
{
  double distance;
  guint  row;
  guint  column;
} Candidate;

/* A row or column on the path's tree, and how far it is from the root. */
typedef struct
{
  double distance;
  guint  index;
} Reached;

/* What matching row and column costs more than leaving both to the diagonal is negative where it pays: u + v is at most
 * that, u and v at most 0, and where matched equal to it: the dual solution. Rows enter one after the other. */
typedef struct
{
  NervePlanePoint *rows;
  NervePlanePoint *columns;
  gsize            n;
  gsize            m;
  double           power;
  double          *row_costs; /* to the diagonal */
  double          *column_costs;
  double          *u;
  double          *v;
  gsize           *row_matches; /* NERVE_PLANE_NONE: the diagonal */
  gsize           *column_matches;
  guint           *parents; /* the row from which a column was reached */
  NervePlaneTree   tree;    /* the columns, weighted by cost to the diagonal + v; -inf while reached */
  GArray          *heap;    /* of Candidate */
  GArray          *reached_rows;
  GArray          *reached_columns;
  double           best;    /* distance of the nearest end of a path */
  gsize            end_row; /* which is to be left to the diagonal, or */
  gsize            end_column;
  guint            n_steps;
} Matching;

static NervePlanePoint *
scale_points (const NerveDiagramPoints *points, double scale)
{
  NervePlanePoint *scaled = g_new (NervePlanePoint, points->n);

  for (gsize i = 0; i < points->n; i++)
    for (guint axis = 0; axis < 2; axis++)
      scaled[i][axis] = points->points[i][axis] / scale;

  return scaled;
}

static double *
make_costs (const NervePlanePoint *points, gsize n, double power)
{
  double *costs = g_new (double, n);

  for (gsize i = 0; i < n; i++)
    costs[i] = nerve_plane_power (nerve_plane_height (points[i]), power);

  return costs;
}

static gsize *
make_matches (gsize n)
{
  gsize *matches = g_new (gsize, n);

  for (gsize i = 0; i < n; i++)
    matches[i] = NERVE_PLANE_NONE;

  return matches;
}

static void
matching_init (Matching *self, const NerveDiagramPoints *a, const NerveDiagramPoints *b, double power, double scale)
{
  memset (self, 0, sizeof *self);
  self->n = a->n;
  self->m = b->n;
  self->power = power;
  self->rows = scale_points (a, scale);
  self->columns = scale_points (b, scale);
  self->row_costs = make_costs (self->rows, self->n, power);
  self->column_costs = make_costs (self->columns, self->m, power);
  self->u = g_new0 (double, self->n);
  self->v = g_new0 (double, self->m);
  self->row_matches = make_matches (self->n);
  self->column_matches = make_matches (self->m);
  self->parents = g_new0 (guint, self->m);
  self->heap = g_array_new (FALSE, FALSE, sizeof (Candidate));
  self->reached_rows = g_array_new (FALSE, FALSE, sizeof (Reached));
  self->reached_columns = g_array_new (FALSE, FALSE, sizeof (Reached));
  nerve_plane_tree_init (&self->tree, (const NervePlanePoint *) self->columns, self->m);
  for (gsize j = 0; j < self->m; j++)
    nerve_plane_tree_set_weight (&self->tree, j, self->column_costs[j]);
}

static void
matching_clear (Matching *self)
{
  g_clear_pointer (&self->rows, g_free);
  g_clear_pointer (&self->columns, g_free);
  g_clear_pointer (&self->row_costs, g_free);
  g_clear_pointer (&self->column_costs, g_free);
  g_clear_pointer (&self->u, g_free);
  g_clear_pointer (&self->v, g_free);
  g_clear_pointer (&self->row_matches, g_free);
  g_clear_pointer (&self->column_matches, g_free);
  g_clear_pointer (&self->parents, g_free);
  g_clear_pointer (&self->heap, g_array_unref);
  g_clear_pointer (&self->reached_rows, g_array_unref);
  g_clear_pointer (&self->reached_columns, g_array_unref);
  nerve_plane_tree_clear (&self->tree);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Matching, matching_clear)

static void
push (GArray *heap, Candidate candidate)
{
  guint i = heap->len;
  Candidate *items;

  g_array_set_size (heap, i + 1);
  items = (Candidate *) (gpointer) heap->data;
  for (; i > 0 && candidate.distance < items[(i - 1) / 2].distance; i = (i - 1) / 2)
    items[i] = items[(i - 1) / 2];
  items[i] = candidate;
}

static Candidate
pop (GArray *heap)
{
  Candidate *items = (Candidate *) (gpointer) heap->data;
  Candidate first = items[0];
  Candidate last = items[heap->len - 1];
  guint n = heap->len - 1;
  guint i = 0;

  for (guint next = 1; next < n; next = 2 * i + 1)
    {
      next += next + 1 < n && items[next + 1].distance < items[next].distance;
      if (!(items[next].distance < last.distance))
        break;
      items[i] = items[next];
      i = next;
    }
  items[i] = last;
  g_array_set_size (heap, n);

  return first;
}

/* Looks for the column to which @row, @distance from the root, goes on next; none, if the path's end is nearer. */
static void
push_next (Matching *self, guint row, double distance)
{
  double offset = distance - self->row_costs[row] - self->u[row];
  double value = self->best - offset;
  gsize column = nerve_plane_tree_lightest (&self->tree, self->rows[row], self->power, &value);
  Candidate candidate = { MAX (offset + value, distance), row, column };

  if (column != NERVE_PLANE_NONE)
    push (self->heap, candidate);
}

static void
reach_row (Matching *self, guint row, double distance)
{
  Reached reached = { distance, row };

  g_array_append_val (self->reached_rows, reached);
  if (distance - self->u[row] < self->best)
    {
      self->best = distance - self->u[row];
      self->end_row = row;
    }
  push_next (self, row, distance);
}

static void
reach_column (Matching *self, guint column, guint row, double distance)
{
  Reached reached = { distance, column };

  g_array_append_val (self->reached_columns, reached);
  self->parents[column] = row;
  nerve_plane_tree_set_weight (&self->tree, column, -INFINITY);
  if (self->column_matches[column] == NERVE_PLANE_NONE)
    {
      self->best = distance;
      self->end_column = column;
    }
  else
    {
      reach_row (self, self->column_matches[column], distance);
    }
}

/* Where @candidate's row was reached: the candidate is the tree's, so its row's matched column knows. */
static double
row_distance (const Matching *self, const double *distances, guint row, guint root)
{
  return row == root ? 0.0 : distances[self->row_matches[row]];
}

/* Grows the tree of shortest paths from @root until the nearest end is known. */
static gboolean
find_path (Matching *self, guint root, double *distances, const NerveProgress *progress, GError **error)
{
  self->best = INFINITY;
  self->end_row = NERVE_PLANE_NONE;
  self->end_column = NERVE_PLANE_NONE;
  reach_row (self, root, 0.0);

  while (self->heap->len > 0 && self->end_column == NERVE_PLANE_NONE)
    {
      Candidate next = pop (self->heap);

      if (++self->n_steps % STEPS_PER_CHECK == 0 && !nerve_progress_check (progress, error))
        return FALSE;
      if (next.distance >= self->best)
        break;
      if (self->tree.weights[self->tree.places[next.column]] != -INFINITY)
        {
          distances[next.column] = next.distance;
          reach_column (self, next.column, next.row, next.distance);
        }
      if (self->end_column == NERVE_PLANE_NONE)
        push_next (self, next.row, row_distance (self, distances, next.row, root));
    }

  return TRUE;
}

static void
update_potentials (Matching *self)
{
  for (guint i = 0; i < self->reached_rows->len; i++)
    {
      const Reached *reached = &g_array_index (self->reached_rows, Reached, i);

      self->u[reached->index] += self->best - reached->distance;
    }
  for (guint i = 0; i < self->reached_columns->len; i++)
    {
      const Reached *reached = &g_array_index (self->reached_columns, Reached, i);
      guint column = reached->index;

      self->v[column] += reached->distance - self->best;
      nerve_plane_tree_set_weight (&self->tree, column, self->column_costs[column] + self->v[column]);
    }
}

/* Each row from the end to the root takes the column it reached, and leaves its own to the row before. */
static void
flip_path (Matching *self, guint root)
{
  gsize column = self->end_column;

  if (column == NERVE_PLANE_NONE)
    {
      column = self->row_matches[self->end_row];
      self->row_matches[self->end_row] = NERVE_PLANE_NONE;
    }
  while (column != NERVE_PLANE_NONE)
    {
      guint row = self->parents[column];
      gsize previous = self->row_matches[row];

      self->row_matches[row] = column;
      self->column_matches[column] = row;
      column = row == root ? NERVE_PLANE_NONE : previous;
    }
}

/* As much as the row can have without a path of negative length. */
static double
find_first_potential (const Matching *self, gsize row)
{
  double value = self->row_costs[row];

  nerve_plane_tree_lightest (&self->tree, self->rows[row], self->power, &value);

  return value - self->row_costs[row];
}

static gboolean
match_row (Matching *self, guint row, double *distances, const NerveProgress *progress, GError **error)
{
  g_array_set_size (self->heap, 0);
  g_array_set_size (self->reached_rows, 0);
  g_array_set_size (self->reached_columns, 0);
  self->u[row] = find_first_potential (self, row);
  if (!find_path (self, row, distances, progress, error))
    return FALSE;

  update_potentials (self);
  flip_path (self, row);

  return TRUE;
}

static long double
sum_costs (const Matching *self)
{
  long double sum = 0.0;

  for (gsize i = 0; i < self->n; i++)
    if (self->row_matches[i] == NERVE_PLANE_NONE)
      sum += self->row_costs[i];
    else
      sum += nerve_plane_power (nerve_plane_distance (self->rows[i], self->columns[self->row_matches[i]]), self->power);
  for (gsize j = 0; j < self->m; j++)
    if (self->column_matches[j] == NERVE_PLANE_NONE)
      sum += self->column_costs[j];

  return sum;
}

static double
measure_gap (const Matching *self, long double cost)
{
  long double dual = 0.0;

  for (gsize i = 0; i < self->n; i++)
    dual += self->row_costs[i] + self->u[i];
  for (gsize j = 0; j < self->m; j++)
    dual += self->column_costs[j] + self->v[j];

  return cost > 0 ? (cost - dual) / cost : 0.0;
}

static int
compare_heights (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const NervePlanePoint *points = user_data;
  double first = nerve_plane_height (points[*(const guint *) a]);
  double second = nerve_plane_height (points[*(const guint *) b]);

  return first > second ? -1 : first < second;
}

/* From the diagonal's far side: the points up there are each other's partners, and what was matched stays. */
static guint *
sort_rows (const Matching *self)
{
  guint *order = g_new (guint, self->n);

  for (gsize i = 0; i < self->n; i++)
    order[i] = i;
  g_qsort_with_data (order, self->n, sizeof (guint), compare_heights, self->rows);

  return order;
}

static double
find_scale (const NerveDiagramPoints *a, const NerveDiagramPoints *b)
{
  double scale = 0.0;

  for (gsize i = 0; i < a->n; i++)
    scale = MAX (scale, nerve_plane_height (a->points[i]));
  for (gsize i = 0; i < b->n; i++)
    scale = MAX (scale, nerve_plane_height (b->points[i]));

  return scale > 0 ? scale : 1.0;
}

gboolean
nerve_wasserstein (const NerveDiagramPoints *a, const NerveDiagramPoints *b, double order, double *distance,
                   double *gap, const NerveProgress *progress, GError **error)
{
  g_auto (Matching) self = { 0 };
  double scale = find_scale (a, b);
  g_autofree double *distances = g_new (double, b->n);
  g_autofree guint *order_of_rows = NULL;
  long double cost;

  g_return_val_if_fail (order >= 1 && !isinf (order), FALSE);

  matching_init (&self, a, b, order, scale);
  order_of_rows = sort_rows (&self);
  for (gsize i = 0; i < self.n; i++)
    if (!match_row (&self, order_of_rows[i], distances, progress, error))
      return FALSE;
    else if (!nerve_progress_step (progress, (double) (i + 1) / self.n))
      return nerve_progress_set_cancelled (error);

  cost = sum_costs (&self);
  *distance = scale * pow (cost, 1 / order);
  if (gap != NULL)
    *gap = measure_gap (&self, cost);

  return TRUE;
}
