#include "cloud/search.h"

#include <math.h>
#include <stdatomic.h>
#include <string.h>

#include "base/parallel.h"
#include "cloud/measure.h"
#include "cloud/rows.h"
#include "cloud/sieve.h"

#define LANES NERVE_SCREEN_LANES
#define TILE NERVE_SCREEN_TILE
#define ROWS 256                  /* of a task */
#define GROUP 8                   /* panels between two rounds of exact distances */
#define WORK (1 << 29)            /* multiplications of a task: some 10 ms */
#define BATCH 256                 /* exact distances at once */
#define SURE (1u << 31)
#define FEW 24                    /* pairs of a tile that are measured at once rather than screened again */

/* Rows against columns. */
typedef struct
{
  gsize row;
  gsize n_rows;
  gsize column; /* where a panel begins */
  gsize end;
} Task;

typedef struct
{
  const NerveSearch *search;
  NerveSieve         sieve;
  NerveMeasure       measure; /* where there is no sieve */
  double             unit;
  double             bound;
  double             sure_bound; /* square of a distance within eps; < 0: nothing is plain */
  guint32           *ends;    /* by position */
  GArray            *tasks;
  GPtrArray         *pairs;   /* an array for each task */
  guint64            budget;
  const NerveProgress *progress;
  atomic_size_t      n_pairs;
} Work;

/* What a task needs besides. */
typedef struct
{
  float   *rows;       /* panels of the rows, filled when first needed */
  float   *columns;    /* panel of the columns */
  gboolean has_rows;
  float   *main_rows;  /* limits */
  float   *full_rows;
  float   *sure_rows;
  float    main_columns[LANES];
  float    full_columns[LANES];
  float    sure_columns[LANES];
  gboolean has_columns;
  gsize   *next;       /* ROWS × shells of known pairs: the first that has not been passed */
  guint32 *found;      /* ROWS × (GROUP · LANES) columns, and SURE where that is plain */
  guint    n_found[ROWS];
} Bench;

static void
bench_clear (Bench *self)
{
  g_clear_pointer (&self->rows, g_free);
  g_clear_pointer (&self->columns, g_free);
  g_clear_pointer (&self->main_rows, g_free);
  g_clear_pointer (&self->full_rows, g_free);
  g_clear_pointer (&self->sure_rows, g_free);
  g_clear_pointer (&self->next, g_free);
  g_clear_pointer (&self->found, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Bench, bench_clear)

static gboolean
is_wanted (const Work *work, gsize a, gsize b)
{
  const NerveSearch *search = work->search;

  return a >= search->begin && b > a && b < work->ends[a] && search->lens[b] - search->lens[a] > search->beyond;
}

static gboolean
is_near (const NerveSearch *search, double distance)
{
  return distance <= search->eps && (search->known == NULL || distance > search->known_eps);
}

static gsize
count_panels (gsize n)
{
  return (n + LANES - 1) / LANES;
}

/* Where the known pairs of each row begin whose columns are the task's. */
static gsize *
find_first_known (const NerveKnownPairs *known, const Task *task)
{
  gsize *next = g_new (gsize, task->n_rows * known->n_shells);

  for (gsize i = 0; i < task->n_rows; i++)
    for (guint s = 0; s < known->n_shells; s++)
      {
        gsize list = s * known->n + task->row + i;
        gsize first = known->splits[list];
        gsize end = known->offsets[list + 1];

        while (first < end)
          {
            gsize middle = first + (end - first) / 2;

            if (known->others[middle] < task->column)
              first = middle + 1;
            else
              end = middle;
          }
        next[i * known->n_shells + s] = first;
      }

  return next;
}

static void
bench_init (Bench *self, const Work *work, const Task *task)
{
  const NerveSieve *sieve = &work->sieve;
  gsize n_lanes = count_panels (task->n_rows) * LANES;

  memset (self, 0, sizeof *self);
  if (sieve->all == NULL)
    {
      self->rows = g_new (float, n_lanes * sieve->d);
      self->columns = g_new (float, LANES * sieve->d);
    }
  self->main_rows = g_new0 (float, n_lanes);
  self->full_rows = g_new0 (float, n_lanes);
  self->sure_rows = g_new0 (float, n_lanes);
  self->found = g_new (guint32, ROWS * GROUP * LANES);
  if (work->search->known != NULL)
    self->next = find_first_known (work->search->known, task);
  for (gsize i = 0; i < task->n_rows; i++)
    {
      double square = sieve->squares[task->row + i];

      self->full_rows[i] = nerve_screen_limit (square, work->bound, sieve->d);
      self->sure_rows[i] = nerve_screen_sure_limit (square, work->sure_bound, sieve->d);
      if (sieve->n_main > 0)
        self->main_rows[i] = nerve_screen_limit (square, work->bound, nerve_sieve_main_width (sieve));
    }
}

static void
bench_take_columns (Bench *self, const Work *work, gsize column)
{
  const NerveSieve *sieve = &work->sieve;

  self->has_columns = FALSE;
  for (gsize lane = 0; lane < LANES; lane++)
    {
      double square = sieve->squares[MIN (column + lane, sieve->n - 1)];

      self->full_columns[lane] = nerve_screen_limit (square, work->bound, sieve->d);
      self->sure_columns[lane] = nerve_screen_sure_limit (square, work->sure_bound, sieve->d);
      if (sieve->n_main > 0)
        self->main_columns[lane] = nerve_screen_limit (square, work->bound, nerve_sieve_main_width (sieve));
    }
}

/* All coordinates of a tile of rows against the panel at hand. */
static void
screen_fully (Bench *self, const Work *work, const Task *task, gsize tile, gsize column, guint32 *masks, guint32 *sure)
{
  NerveScreenLimits limits = { self->full_rows + tile, self->full_columns };
  NerveScreenLimits sure_limits = { self->sure_rows + tile, self->sure_columns };
  const NerveSieve *sieve = &work->sieve;
  const float *rows = sieve->all + task->row * sieve->d;
  const float *columns = sieve->all + column * sieve->d;

  if (sieve->all == NULL)
    {
      if (!self->has_rows)
        for (gsize i = 0; i < task->n_rows; i += LANES)
          nerve_sieve_panel (sieve, task->row + i, self->rows + i * sieve->d);
      if (!self->has_columns)
        nerve_sieve_panel (sieve, column, self->columns);
      self->has_rows = self->has_columns = TRUE;
      rows = self->rows;
      columns = self->columns;
    }

  nerve_screen_tile (rows + tile / LANES * LANES * sieve->d + tile % LANES, columns, sieve->d, &limits,
                     work->sure_bound >= 0.0 ? &sure_limits : NULL, masks, sure);
}

static void
screen (Bench *self, const Work *work, const Task *task, gsize tile, gsize column, guint32 *masks, guint32 *sure)
{
  const NerveSieve *sieve = &work->sieve;
  guint32 again[TILE];
  guint count = 0;

  if (sieve->n_main == 0)
    {
      screen_fully (self, work, task, tile, column, masks, sure);
      return;
    }

  nerve_screen_tile (sieve->main + (task->row + tile) / LANES * LANES * sieve->n_main + (task->row + tile) % LANES,
                     sieve->main + column * sieve->n_main, sieve->n_main,
                     &(NerveScreenLimits) { self->main_rows + tile, self->main_columns }, NULL, masks, NULL);
  for (guint i = 0; i < TILE; i++)
    count += __builtin_popcount (masks[i]);
  if (count <= FEW)
    return;

  screen_fully (self, work, task, tile, column, again, sure);
  for (guint i = 0; i < TILE; i++)
    masks[i] &= again[i];
}

/* What passed, unless it was not asked for. */
static void
take_masks (Bench *self, const Work *work, const Task *task, gsize tile, gsize column, const guint32 *masks,
            const guint32 *sure)
{
  for (gsize i = tile; i < MIN (tile + TILE, task->n_rows); i++)
    for (guint32 mask = masks[i - tile]; mask != 0; mask &= mask - 1)
      {
        guint lane = __builtin_ctz (mask);

        if (is_wanted (work, task->row + i, column + lane))
          self->found[i * GROUP * LANES + self->n_found[i]++] = (column + lane) | (sure[i - tile] >> lane & 1) * SURE;
      }
}

/* Of what was found for a row in columns [begin, begin + GROUP · LANES). */
static void
drop_known (Bench *self, const NerveKnownPairs *known, const Task *task, gsize i, gsize begin)
{
  guint64 bits[GROUP * LANES / 64] = { 0 };
  guint32 *found = self->found + i * GROUP * LANES;
  guint kept = 0;

  for (guint s = 0; s < known->n_shells; s++)
    {
      gsize end = known->offsets[s * known->n + task->row + i + 1];
      gsize next = self->next[i * known->n_shells + s];

      for (; next < end && known->others[next] < begin + GROUP * LANES; next++)
        bits[(known->others[next] - begin) / 64] |= (guint64) 1 << (known->others[next] - begin) % 64;
      self->next[i * known->n_shells + s] = next;
    }
  for (guint k = 0; k < self->n_found[i]; k++)
    if (!(bits[(found[k] - begin) / 64] >> (found[k] - begin) % 64 & 1))
      found[kept++] = found[k];
  self->n_found[i] = kept;
}

/* Candidates on their way to an exact distance, row after row. */
typedef struct
{
  guint32 row[BATCH];    /* positions */
  guint32 column[BATCH]; /* or with SURE */
  guint   n;
  guint32 a[BATCH];      /* and of those to be measured the rows of the cloud */
  guint32 b[BATCH];
  guint   n_measured;
} Batch;

static void
flush (Batch *batch, const Work *work, GArray *pairs)
{
  double distances[BATCH];
  guint next = 0;

  if (batch->n_measured > 0)
    nerve_cloud_pairs (work->search->cloud, batch->a, batch->b, batch->n_measured, distances);
  for (guint i = 0; i < batch->n; i++)
    {
      gboolean is_sure = (batch->column[i] & SURE) != 0;
      NervePair pair = { batch->row[i], batch->column[i] & ~SURE, is_sure ? 0.0 : distances[next++] / work->unit };

      if (is_sure || is_near (work->search, pair.distance))
        g_array_append_val (pairs, pair);
    }
  batch->n = batch->n_measured = 0;
}

static void
batch_add (Batch *self, const guint32 *order, guint32 row, guint32 column)
{
  self->row[self->n] = row;
  self->column[self->n++] = column;
  if ((column & SURE) != 0)
    return;
  self->a[self->n_measured] = order[row];
  self->b[self->n_measured++] = order[column];
}

/* Exact distances of what was found in columns from @begin on; those within eps are kept. */
static void
decide (Bench *self, const Work *work, const Task *task, gsize begin, GArray *pairs)
{
  Batch batch = { .n = 0 };

  for (gsize i = 0; i < task->n_rows; i++)
    {
      if (work->search->known != NULL)
        drop_known (self, work->search->known, task, i, begin);
      for (guint k = 0; k < self->n_found[i]; k++)
        {
          batch_add (&batch, work->search->order, task->row + i, self->found[i * GROUP * LANES + k]);
          if (batch.n == BATCH)
            flush (&batch, work, pairs);
        }
      self->n_found[i] = 0;
    }
  if (batch.n > 0)
    flush (&batch, work, pairs);
}

static gboolean
sieve_task (const Work *work, const Task *task, GArray *pairs)
{
  g_auto (Bench) bench = { NULL };
  gsize begin = task->column;

  bench_init (&bench, work, task);
  for (gsize column = task->column; column < task->end; column += LANES)
    {
      bench_take_columns (&bench, work, column);
      for (gsize tile = 0; tile < task->n_rows && task->row + tile < column + LANES; tile += TILE)
        {
          guint32 masks[TILE];
          guint32 sure[TILE] = { 0 };

          if (column >= work->ends[MIN (task->row + tile + TILE, task->row + task->n_rows) - 1])
            continue;
          screen (&bench, work, task, tile, column, masks, sure);
          take_masks (&bench, work, task, tile, column, masks, sure);
        }
      if (column + LANES - begin == GROUP * LANES)
        {
          decide (&bench, work, task, begin, pairs);
          begin = column + LANES;
          if (!nerve_progress_wanted (work->progress))
            return FALSE;
        }
    }
  decide (&bench, work, task, begin, pairs);

  return TRUE;
}

/* Every distance in double. */
static gboolean
measure_task (const Work *work, const Task *task, GArray *pairs)
{
  const NerveSearch *search = work->search;
  gsize n_columns = task->end - task->column;
  g_autofree double *distances = g_new (double, task->n_rows * n_columns);

  nerve_measure_block (&work->measure, task->row, task->n_rows, task->column, n_columns, distances);
  for (gsize i = 0; i < task->n_rows; i++)
    for (gsize j = 0; j < n_columns; j++)
      {
        NervePair pair = { task->row + i, task->column + j, distances[i * n_columns + j] };

        if (is_near (search, pair.distance) && is_wanted (work, pair.a, pair.b))
          g_array_append_val (pairs, pair);
      }

  return TRUE;
}

static gboolean
run_tasks (gsize begin, gsize end, guint worker, gpointer user_data)
{
  Work *work = user_data;

  for (gsize i = begin; i < end; i++)
    {
      const Task *task = &g_array_index (work->tasks, Task, i);
      GArray *pairs = g_array_new (FALSE, FALSE, sizeof (NervePair));

      work->pairs->pdata[i] = pairs;
      if (!(nerve_sieve_serves (nerve_cloud_get_metric (work->search->cloud)) ? sieve_task : measure_task)
            (work, task, pairs))
        return FALSE;
      if (atomic_fetch_add (&work->n_pairs, pairs->len) + pairs->len > work->budget)
        return FALSE;
    }

  return TRUE;
}

/* The columns of a block of rows: from the first that may be far enough to the last that is near enough. */
static void
add_tasks (const Work *work, gsize row, gsize n_rows, gsize per_task)
{
  const NerveSearch *search = work->search;
  gsize end = work->ends[row + n_rows - 1];
  gsize first = row;

  while (first < end && search->lens[first] - search->lens[row] <= search->beyond)
    first++;
  for (gsize column = first / LANES * LANES; column < end; column += per_task)
    {
      Task task = { row, n_rows, column, MIN (column + per_task, end) };

      g_array_append_val (work->tasks, task);
    }
}

static void
cut (Work *work)
{
  const NerveSearch *search = work->search;
  gboolean sieved = nerve_sieve_serves (nerve_cloud_get_metric (search->cloud));
  gsize d = nerve_cloud_get_metric (search->cloud) == NERVE_METRIC_GEODESIC
              ? 1 : MAX (nerve_cloud_get_dimension (search->cloud), 1);
  gsize n_rows = sieved ? ROWS : 64;
  gsize per_task = sieved ? CLAMP (WORK / ROWS / d, GROUP * LANES, 8192) : CLAMP (65536 / d, LANES, 1024);

  per_task = per_task / LANES * LANES;
  work->tasks = g_array_new (FALSE, FALSE, sizeof (Task));
  for (gsize row = search->begin / LANES * LANES; row < search->end; row += n_rows)
    {
      gsize from = MAX (row, search->begin);

      /* Panels begin at multiples of their length; the first rows may not be asked for. */
      add_tasks (work, sieved ? row : from, MIN (row + n_rows, search->end) - (sieved ? row : from), per_task);
    }
}

/* One position after the last that each is asked about with. */
static guint32 *
find_ends (const NerveSearch *search)
{
  guint32 *ends = g_new0 (guint32, MAX (search->end, 1));
  gsize end = search->begin;

  for (gsize p = search->begin; p < search->end; p++)
    {
      while (end < search->end && search->lens[end] - search->lens[p] <= search->width)
        end++;
      ends[p] = search->ends != NULL ? MAX (MIN (end, search->ends[p]), p + 1) : end;
    }

  return ends;
}

static gboolean
prepare (Work *work, const NerveProgress *progress, GError **error)
{
  const NerveSearch *search = work->search;

  if (!nerve_sieve_serves (nerve_cloud_get_metric (search->cloud)))
    return nerve_measure_init (&work->measure, search->cloud, search->order, progress, error);

  if (!nerve_cloud_get_unit (search->cloud, &work->unit, progress, error) ||
      !nerve_sieve_init (&work->sieve, search->cloud, search->order, search->lens, search->width,
                         search->eps * work->unit, progress, error))
    return FALSE;
  work->bound = nerve_sieve_bound (&work->sieve, search->eps * work->unit);
  if (search->only_near && search->end < SURE)
    work->sure_bound = nerve_sieve_sure_bound (&work->sieve, search->eps * work->unit);

  return TRUE;
}

static void
free_array (gpointer array)
{
  if (array != NULL)
    g_array_unref (array);
}

static void
work_clear (Work *self)
{
  nerve_sieve_clear (&self->sieve);
  nerve_measure_clear (&self->measure);
  g_clear_pointer (&self->ends, g_free);
  g_clear_pointer (&self->tasks, g_array_unref);
  g_clear_pointer (&self->pairs, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, work_clear)

void
nerve_search_set_too_many (double eps, guint64 budget, GError **error)
{
  g_set_error (error, NERVE_ERROR, NERVE_ERROR_MEMORY,
               "more than %" G_GUINT64_FORMAT " pairs of points are within %.9g of each other: they don't fit into "
               "memory, lower that distance or the number of points", budget, eps);
}

GPtrArray *
nerve_search (const NerveSearch *self, guint64 budget, gsize *n_pairs, const NerveProgress *progress, GError **error)
{
  gboolean scaled = nerve_cloud_get_scale (self->cloud) != NERVE_SCALE_NONE ||
                    nerve_cloud_get_metric (self->cloud) == NERVE_METRIC_GEODESIC;
  NerveProgress preparing = nerve_progress_part (progress, 0.0, scaled ? 0.5 : 0.1);
  NerveProgress searching = nerve_progress_part (progress, scaled ? 0.5 : 0.1, 1.0);
  g_auto (Work) work = { .search = self, .unit = 1.0, .sure_bound = -1.0, .budget = budget, .progress = progress };

  if (!prepare (&work, &preparing, error))
    return NULL;

  work.ends = find_ends (self);
  cut (&work);
  work.pairs = g_ptr_array_new_with_free_func (free_array);
  g_ptr_array_set_size (work.pairs, work.tasks->len);
  if (!nerve_parallel_for (work.tasks->len, 1, run_tasks, &work, &searching))
    {
      if (work.n_pairs <= budget)
        nerve_progress_set_cancelled (error);
      else
        nerve_search_set_too_many (self->eps, budget, error);
      return NULL;
    }

  *n_pairs = work.n_pairs;
  return g_steal_pointer (&work.pairs);
}
