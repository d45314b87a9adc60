#include "homology/saturation.h"

#include <math.h>
#include <string.h>

#define STEPS_PER_CHECK 1024
#define UNSEEN (NERVE_PLANE_OUT - 1)

static gsize *
make_matches (gsize n)
{
  gsize *matches = g_new (gsize, n);

  for (gsize i = 0; i < n; i++)
    matches[i] = NERVE_PLANE_NONE;

  return matches;
}

void
nerve_saturation_init (NerveSaturation *self, const NerveDiagramPoints *rows, const NerveDiagramPoints *columns)
{
  memset (self, 0, sizeof *self);
  self->rows = (const NervePlanePoint *) rows->points;
  self->columns = (const NervePlanePoint *) columns->points;
  self->n = rows->n;
  self->m = columns->n;
  self->row_matches = make_matches (self->n);
  self->column_matches = make_matches (self->m);
  self->row_levels = g_new0 (guint, self->n);
  self->queue = g_array_new (FALSE, FALSE, sizeof (guint));
  self->path = g_array_new (FALSE, FALSE, sizeof (guint));
  nerve_plane_tree_init (&self->tree, self->columns, self->m);
}

void
nerve_saturation_clear (NerveSaturation *self)
{
  g_clear_pointer (&self->row_matches, g_free);
  g_clear_pointer (&self->column_matches, g_free);
  g_clear_pointer (&self->row_levels, g_free);
  g_clear_pointer (&self->queue, g_array_unref);
  g_clear_pointer (&self->path, g_array_unref);
  nerve_plane_tree_clear (&self->tree);
}

static gboolean
needs_column (const NerveSaturation *self, gsize row, double radius)
{
  return nerve_plane_height (self->rows[row]) > radius;
}

static void
drop_matches (NerveSaturation *self, double radius)
{
  for (gsize i = 0; i < self->n; i++)
    {
      gsize j = self->row_matches[i];

      if (j == NERVE_PLANE_NONE
          || (needs_column (self, i, radius) && nerve_plane_distance (self->rows[i], self->columns[j]) <= radius))
        continue;
      self->row_matches[i] = NERVE_PLANE_NONE;
      self->column_matches[j] = NERVE_PLANE_NONE;
    }
}

static void
enqueue (NerveSaturation *self, guint row, guint level)
{
  self->row_levels[row] = level;
  g_array_append_val (self->queue, row);
}

/* Begins with all rows that still lack a column; FALSE: none does. */
static gboolean
start_levels (NerveSaturation *self, double radius)
{
  g_array_set_size (self->queue, 0);
  for (gsize i = 0; i < self->n; i++)
    {
      self->row_levels[i] = NERVE_PLANE_OUT;
      if (self->row_matches[i] == NERVE_PLANE_NONE && needs_column (self, i, radius))
        enqueue (self, i, 0);
    }
  nerve_plane_tree_set_levels (&self->tree, UNSEEN);

  return self->queue->len > 0;
}

/* Rows and columns by how many steps they are from a row without a column, up to the first column that is free. */
static gboolean
find_levels (NerveSaturation *self, double radius, gboolean *found, const NerveProgress *progress, GError **error)
{
  guint last = NERVE_PLANE_OUT;

  *found = FALSE;
  for (guint i = 0; i < self->queue->len; i++)
    {
      guint row = g_array_index (self->queue, guint, i);
      guint level = self->row_levels[row] + 1;
      gsize j;

      if (level > last)
        break;
      while ((j = nerve_plane_tree_within (&self->tree, self->rows[row], radius, UNSEEN)) != NERVE_PLANE_NONE)
        {
          if (++self->n_steps % STEPS_PER_CHECK == 0 && !nerve_progress_check (progress, error))
            return FALSE;
          nerve_plane_tree_set_level (&self->tree, j, level);
          if (self->column_matches[j] != NERVE_PLANE_NONE)
            enqueue (self, self->column_matches[j], level);
          else
            last = level;
        }
    }
  *found = last != NERVE_PLANE_OUT;

  return TRUE;
}

/* Along the path every row takes the column through which the next one was reached; the last one takes @column. */
static void
flip_path (NerveSaturation *self, gsize column)
{
  for (guint i = self->path->len; i-- > 0;)
    {
      guint row = g_array_index (self->path, guint, i);
      gsize previous = self->row_matches[row];

      self->row_matches[row] = column;
      self->column_matches[column] = row;
      column = previous;
    }
}

/* Goes down the levels from a row without a column; no column is visited twice in a round. */
static void
find_path (NerveSaturation *self, guint root, double radius)
{
  g_array_set_size (self->path, 0);
  g_array_append_val (self->path, root);

  while (self->path->len > 0)
    {
      guint row = g_array_index (self->path, guint, self->path->len - 1);
      gsize j = nerve_plane_tree_within (&self->tree, self->rows[row], radius, self->row_levels[row] + 1);

      self->n_steps++;
      if (j == NERVE_PLANE_NONE)
        {
          g_array_set_size (self->path, self->path->len - 1);
          continue;
        }
      nerve_plane_tree_set_level (&self->tree, j, NERVE_PLANE_OUT);
      if (self->column_matches[j] == NERVE_PLANE_NONE)
        {
          flip_path (self, j);
          return;
        }
      row = self->column_matches[j];
      g_array_append_val (self->path, row);
    }
}

static gboolean
find_paths (NerveSaturation *self, double radius, const NerveProgress *progress, GError **error)
{
  for (guint i = 0; i < self->queue->len; i++)
    {
      guint row = g_array_index (self->queue, guint, i);
      guint before = self->n_steps / STEPS_PER_CHECK;

      if (self->row_levels[row] > 0)
        break;
      find_path (self, row, radius);
      if (self->n_steps / STEPS_PER_CHECK != before && !nerve_progress_check (progress, error))
        return FALSE;
    }

  return TRUE;
}

/* The rows reached have columns for all but some of themselves: one of them must reach a further column, or the
 * diagonal. */
static gboolean
find_next_radius (NerveSaturation *self, double *radius, const NerveProgress *progress, GError **error)
{
  *radius = INFINITY;
  for (guint i = 0; i < self->queue->len; i++)
    {
      guint row = g_array_index (self->queue, guint, i);

      *radius = MIN (*radius, nerve_plane_height (self->rows[row]));
      *radius = MIN (*radius, nerve_plane_tree_gap (&self->tree, self->rows[row], UNSEEN));
      if (++self->n_steps % STEPS_PER_CHECK == 0 && !nerve_progress_check (progress, error))
        return FALSE;
    }

  return TRUE;
}

static double
find_longest (const NerveSaturation *self)
{
  double longest = 0.0;

  for (gsize i = 0; i < self->n; i++)
    if (self->row_matches[i] != NERVE_PLANE_NONE)
      longest = MAX (longest, nerve_plane_distance (self->rows[i], self->columns[self->row_matches[i]]));

  return longest;
}

gboolean
nerve_saturation_try (NerveSaturation *self, double radius, gboolean *saturated, double *value,
                      const NerveProgress *progress, GError **error)
{
  gboolean found;

  drop_matches (self, radius);
  while (start_levels (self, radius))
    {
      if (!find_levels (self, radius, &found, progress, error))
        return FALSE;
      if (!found)
        {
          *saturated = FALSE;
          return find_next_radius (self, value, progress, error);
        }
      if (!find_paths (self, radius, progress, error))
        return FALSE;
    }
  *saturated = TRUE;
  *value = find_longest (self);

  return TRUE;
}
