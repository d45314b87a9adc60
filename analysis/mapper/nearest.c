#include "mapper/nearest.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"
#include "base/quantile.h"
#include "cloud/rows.h"
#include "cloud/sieve.h"

#define LANES NERVE_SCREEN_LANES
#define TILE NERVE_SCREEN_TILE
#define ROWS 64     /* of a task */
#define BATCH 256   /* exact distances at once */
#define FEW 24      /* pairs of a tile that are measured at once rather than screened again */
#define PROBES 48   /* points whose neighbours are found first, to know how far they are */

typedef struct
{
  const NerveCloud    *cloud;
  NerveSieve           sieve;
  guint32             *order;
  double              *lengths; /* by position, rising, of what panels hold */
  guint                k;
  double               unit;
  double              *out;     /* by row */
  const NerveProgress *progress;
} Work;

/* The rows of a task, and what is known of them. */
typedef struct
{
  const Work *work;
  gsize       row;
  gsize       n_rows;
  double      nearest_bound[ROWS]; /* of the k-th distance so far, as panels measure */
  float       main_limits[ROWS];
  float       full_limits[ROWS];
  float      *rows;
  float      *columns;
  gboolean    has_columns;
  guint32     a[BATCH];                /* rows of the cloud */
  guint32     b[BATCH];
  guint       place[BATCH];
  guint       n_batch;
} Bench;

static double *
get_nearest (const Work *work, gsize position)
{
  return work->out + (gsize) work->order[position] * work->k;
}

static void
keep_nearest (double *nearest, guint k, double distance)
{
  guint place = k - 1;

  if (!(distance < nearest[k - 1]))
    return;
  while (place > 0 && nearest[place - 1] > distance)
    {
      nearest[place] = nearest[place - 1];
      place--;
    }
  nearest[place] = distance;
}

/* All of the bound on the row's side: that of a pair is the row's own. */
static void
update_limits (Bench *self, guint i)
{
  const Work *work = self->work;
  double square = work->sieve.squares[self->row + i];
  double bound = nerve_sieve_bound (&work->sieve, get_nearest (work, self->row + i)[work->k - 1] * work->unit);

  self->nearest_bound[i] = bound;
  self->full_limits[i] = nerve_screen_limit (square, 2.0 * bound, work->sieve.d);
  if (work->sieve.n_main > 0)
    self->main_limits[i] = nerve_screen_limit (square, 2.0 * bound, nerve_sieve_main_width (&work->sieve));
}

static void
flush (Bench *self)
{
  const Work *work = self->work;
  double distances[BATCH];

  if (self->n_batch == 0)
    return;

  nerve_cloud_pairs (work->cloud, self->a, self->b, self->n_batch, distances);
  for (guint i = 0; i < self->n_batch; i++)
    keep_nearest (get_nearest (work, self->row + self->place[i]), work->k,
                  work->unit != 1.0 ? distances[i] / work->unit : distances[i]);
  self->n_batch = 0;
  for (guint i = 0; i < self->n_rows; i++)
    update_limits (self, i);
}

static void
add_candidate (Bench *self, guint place, gsize column)
{
  self->a[self->n_batch] = self->work->order[self->row + place];
  self->b[self->n_batch] = self->work->order[column];
  self->place[self->n_batch] = place;
  if (++self->n_batch == BATCH)
    flush (self);
}

static void
screen_fully (Bench *self, guint tile, gsize column, const float *limits, guint32 *masks)
{
  const NerveSieve *sieve = &self->work->sieve;
  const float *rows = sieve->all + self->row * sieve->d;
  const float *columns = sieve->all + column * sieve->d;

  if (sieve->all == NULL)
    {
      if (self->rows == NULL)
        {
          self->rows = g_new (float, ROWS * sieve->d);
          self->columns = g_new (float, LANES * sieve->d);
          for (gsize i = 0; i < ROWS; i += LANES)
            nerve_sieve_panel (sieve, self->row + i, self->rows + i * sieve->d);
        }
      if (!self->has_columns)
        nerve_sieve_panel (sieve, column, self->columns);
      self->has_columns = TRUE;
      rows = self->rows;
      columns = self->columns;
    }

  nerve_screen_tile (rows + tile / LANES * LANES * sieve->d + tile % LANES, columns, sieve->d,
                     &(NerveScreenLimits) { self->full_limits + tile, limits }, NULL, masks, NULL);
}

/* Where main coordinates let many pass, all are asked. */
static void
screen (Bench *self, guint tile, gsize column, const float *main_limits, const float *full_limits, guint32 *masks)
{
  const NerveSieve *sieve = &self->work->sieve;
  gsize row = self->row + tile;
  guint32 again[TILE];
  guint count = 0;

  if (sieve->n_main == 0)
    {
      screen_fully (self, tile, column, full_limits, masks);
      return;
    }

  nerve_screen_tile (sieve->main + row / LANES * LANES * sieve->n_main + row % LANES,
                     sieve->main + column * sieve->n_main, sieve->n_main,
                     &(NerveScreenLimits) { self->main_limits + tile, main_limits }, NULL, masks, NULL);
  for (guint i = 0; i < TILE; i++)
    count += __builtin_popcount (masks[i]);
  if (count <= FEW)
    return;

  screen_fully (self, tile, column, full_limits, again);
  for (guint i = 0; i < TILE; i++)
    masks[i] &= again[i];
}

static void
scan_panel (Bench *self, gsize column)
{
  const NerveSieve *sieve = &self->work->sieve;
  float main_columns[LANES];
  float full_columns[LANES];

  self->has_columns = FALSE;
  for (gsize lane = 0; lane < LANES; lane++)
    {
      double square = sieve->squares[MIN (column + lane, sieve->n - 1)];

      full_columns[lane] = nerve_screen_limit (square, 0.0, sieve->d);
      if (sieve->n_main > 0)
        main_columns[lane] = nerve_screen_limit (square, 0.0, nerve_sieve_main_width (sieve));
    }
  for (guint tile = 0; tile < self->n_rows; tile += TILE)
    {
      guint32 masks[TILE];

      screen (self, tile, column, main_columns, full_columns, masks);
      for (guint i = tile; i < MIN (tile + TILE, self->n_rows); i++)
        for (guint32 mask = masks[i - tile]; mask != 0; mask &= mask - 1)
          {
            gsize other = column + __builtin_ctz (mask);

            if (other < sieve->n && other != self->row + i)
              add_candidate (self, i, other);
          }
    }
}

/* Whether points at positions [column, column + LANES) are too far from all rows for their length alone. */
static gboolean
is_out_of_reach (const Bench *self, gsize column)
{
  const Work *work = self->work;
  double lower = work->lengths[self->row];
  double upper = work->lengths[self->row + self->n_rows - 1];
  double first = work->lengths[column];
  double last = work->lengths[MIN (column + LANES, work->sieve.n) - 1];
  double gap = MAX (first - upper, lower - last) - 1e-9 * (last + upper);
  double farthest = 0.0;

  for (guint i = 0; i < self->n_rows; i++)
    farthest = MAX (farthest, self->nearest_bound[i]);

  return gap > 0.0 && gap * gap > farthest;
}

/* The nearest panels first, on both sides in turn. */
static gboolean
scan_rows (Bench *self)
{
  const Work *work = self->work;
  gssize left = (gssize) (self->row / LANES) - 1;
  gsize right = self->row / LANES;
  gsize n_panels = (work->sieve.n + LANES - 1) / LANES;

  for (guint i = 0; i < self->n_rows; i++)
    update_limits (self, i);
  for (guint round = 0; left >= 0 || right < n_panels; round++)
    {
      if (right < n_panels)
        scan_panel (self, right++ * LANES);
      if (left >= 0)
        scan_panel (self, left-- * LANES);
      if (round % 8 == 7)
        {
          flush (self);
          if (right < n_panels && is_out_of_reach (self, right * LANES))
            right = n_panels;
          if (left >= 0 && is_out_of_reach (self, left * LANES))
            left = -1;
          if (!nerve_progress_wanted (work->progress))
            return FALSE;
        }
    }
  flush (self);

  return TRUE;
}

static gboolean
search_rows (gsize begin, gsize end, guint worker, gpointer user_data)
{
  const Work *work = user_data;
  gboolean done = TRUE;

  for (gsize block = begin; block < end && done; block++)
    {
      g_autofree Bench *bench = g_new0 (Bench, 1);

      bench->work = work;
      bench->row = block * ROWS;
      bench->n_rows = MIN (ROWS, work->sieve.n - bench->row);
      done = scan_rows (bench);
      g_free (bench->rows);
      g_free (bench->columns);
    }

  return done;
}

/* How far the k-th neighbour of most points is, from a few: what the sieve is made for. */
static double
probe (const Work *work)
{
  gsize n = nerve_cloud_get_n (work->cloud);
  gsize n_probes = MIN (PROBES, n);
  g_autofree double *nearest = g_new (double, work->k);
  g_autofree guint32 *a = g_new (guint32, n);
  g_autofree guint32 *b = g_new (guint32, n);
  g_autofree double *distances = g_new (double, n);
  double farthest[PROBES];
  double eps;

  for (gsize i = 0; i < n; i++)
    b[i] = i;
  for (gsize p = 0; p < n_probes; p++)
    {
      if (!nerve_progress_wanted (work->progress))
        return NAN;
      for (gsize i = 0; i < n; i++)
        a[i] = p * (n / n_probes);
      nerve_cloud_pairs (work->cloud, a, b, n, distances);
      for (guint i = 0; i < work->k; i++)
        nearest[i] = INFINITY;
      for (gsize i = 0; i < n; i++)
        if (i != p * (n / n_probes))
          keep_nearest (nearest, work->k, distances[i]);
      farthest[p] = nearest[work->k - 1];
    }
  nerve_quantile (farthest, n_probes, 0.75, &eps, NULL);

  return isfinite (eps) ? eps : NAN;
}

typedef struct
{
  double  length;
  guint32 row;
} Entry;

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const Entry *x = a;
  const Entry *y = b;

  if (x->length != y->length)
    return x->length < y->length ? -1 : 1;

  return (x->row > y->row) - (x->row < y->row);
}

static gboolean
prepare (Work *work, const NerveProgress *progress, GError **error)
{
  gsize n = nerve_cloud_get_n (work->cloud);
  g_autofree Entry *entries = g_new (Entry, n);
  g_auto (NerveSieve) lengths = { NULL };

  work->order = g_new (guint32, n);
  work->lengths = g_new (double, n);
  if (!nerve_cloud_get_unit (work->cloud, &work->unit, progress, error) ||
      !nerve_sieve_measure (&lengths, work->cloud, progress, error))
    return FALSE;
  for (gsize i = 0; i < n; i++)
    entries[i] = (Entry) { lengths.squares[i], i };
  if (n > 1)
    qsort (entries, n, sizeof (Entry), compare_entries);
  for (gsize i = 0; i < n; i++)
    {
      work->order[i] = entries[i].row;
      work->lengths[i] = sqrt (entries[i].length);
    }

  return nerve_sieve_init (&work->sieve, work->cloud, work->order, NULL, INFINITY, probe (work), progress, error);
}

static void
work_clear (Work *self)
{
  nerve_sieve_clear (&self->sieve);
  g_clear_pointer (&self->order, g_free);
  g_clear_pointer (&self->lengths, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, work_clear)

gboolean
nerve_nearest (const NerveCloud *cloud, guint k, double *out, const NerveProgress *progress, GError **error)
{
  NerveProgress preparing = nerve_progress_part (progress, 0.0, 0.1);
  NerveProgress searching = nerve_progress_part (progress, 0.1, 1.0);
  gsize n = nerve_cloud_get_n (cloud);
  g_auto (Work) work = { .cloud = cloud, .k = k, .unit = 1.0, .out = out, .progress = progress };

  for (gsize i = 0; i < n * k; i++)
    out[i] = INFINITY;
  if (!prepare (&work, &preparing, error))
    return FALSE;

  return nerve_parallel_for ((n + ROWS - 1) / ROWS, 1, search_rows, &work, &searching) ||
         nerve_progress_set_cancelled (error);
}
