#include "mapper/adjacency.h"

#include <stdlib.h>
#include <string.h>

#include "base/unionfind.h"

#define PATIENCE (1 << 18) /* entries moved between two questions to the progress: a few milliseconds */
#define SAMPLE 4096        /* distances that the shells' bounds are chosen from */
#define FEW 16             /* neighbours of a point on average, in the first shell */

void
nerve_adjacency_init (NerveAdjacency *self, gsize n, double eps)
{
  *self = (NerveAdjacency) { .n = n, .n_shells = 1, .bounds = { eps }, .offsets = g_new0 (gsize, n + 1),
                              .splits = g_new0 (gsize, n) };
}

static gboolean
has_patience (gsize *moved, gsize now, const NerveProgress *progress)
{
  *moved += now;
  if (*moved < PATIENCE)
    return TRUE;
  *moved = 0;

  return nerve_progress_wanted (progress);
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

static gsize
count_pairs (const GPtrArray *pairs)
{
  gsize n = 0;

  for (guint i = 0; i < pairs->len; i++)
    n += ((const GArray *) g_ptr_array_index (pairs, i))->len;

  return n;
}

/* Halves, quarters and so on of the pairs, as a regular sample of them has it. */
static void
choose_bounds (NerveAdjacency *self, const GPtrArray *pairs)
{
  gsize n_pairs = count_pairs (pairs);
  gsize step = n_pairs / SAMPLE + 1;
  g_autoptr (GArray) sample = g_array_new (FALSE, FALSE, sizeof (double));
  double eps = self->bounds[0];
  gsize next = 0;

  for (guint i = 0; i < pairs->len; i++)
    {
      const GArray *found = g_ptr_array_index (pairs, i);

      for (; next < found->len; next += step)
        g_array_append_val (sample, g_array_index (found, NervePair, next).distance);
      next -= found->len;
    }
  while (self->n_shells < NERVE_SHELLS && (2 * n_pairs >> 2 * self->n_shells) >= FEW * self->n)
    self->n_shells++;
  g_array_sort (sample, compare_doubles);
  for (guint s = 0; s + 1 < self->n_shells; s++)
    self->bounds[s] = g_array_index (sample, double, sample->len >> 2 * (self->n_shells - 1 - s));
  self->bounds[self->n_shells - 1] = eps;
}

static void
take_bounds (NerveAdjacency *self, const NerveAdjacency *known)
{
  double eps = self->bounds[0];

  self->n_shells = known->n_shells;
  memcpy (self->bounds, known->bounds, sizeof self->bounds);
  if (eps > self->bounds[self->n_shells - 1])
    self->bounds[self->n_shells++] = eps;
}

static inline guint
find_shell (const NerveAdjacency *self, double distance)
{
  guint s = self->n_shells - 1;

  while (s > 0 && distance <= self->bounds[s - 1])
    s--;

  return s;
}

/* Each list's length stands one place after its own, then its begin does, and once it is filled its end. */
static gboolean
count_entries (NerveAdjacency *self, const GPtrArray *pairs, const NerveAdjacency *known,
               const NerveProgress *progress)
{
  gsize n_lists = self->n * self->n_shells;
  gsize moved = 0;
  gsize begin = 0;

  for (gsize l = 0; known != NULL && l < known->n * known->n_shells; l++)
    self->offsets[l + 1] = known->offsets[l + 1] - known->offsets[l];
  for (guint i = 0; i < pairs->len; i++)
    {
      const GArray *found = g_ptr_array_index (pairs, i);

      for (guint p = 0; p < found->len; p++)
        {
          const NervePair *pair = &g_array_index (found, NervePair, p);
          guint shell = find_shell (self, pair->distance);

          self->offsets[shell * self->n + pair->a + 1]++;
          self->offsets[shell * self->n + pair->b + 1]++;
        }
      if (!has_patience (&moved, found->len, progress))
        return FALSE;
    }
  for (gsize l = 0; l < n_lists; l++)
    {
      gsize count = self->offsets[l + 1];

      self->offsets[l + 1] = begin;
      begin += count;
    }
  self->others = g_new (guint32, begin);
  self->distances = self->is_bare ? NULL : g_new (double, begin);

  return TRUE;
}

static inline void
append (NerveAdjacency *self, guint32 from, guint32 to, double distance, guint shell)
{
  gsize place = self->offsets[shell * self->n + from + 1]++;

  self->others[place] = to;
  if (!self->is_bare)
    self->distances[place] = distance;
}

static gboolean
copy_known (NerveAdjacency *self, const NerveAdjacency *known, const NerveProgress *progress)
{
  gsize moved = 0;

  for (gsize l = 0; l < known->n * known->n_shells; l++)
    {
      gsize n = known->offsets[l + 1] - known->offsets[l];

      if (n == 0)
        continue;
      memcpy (self->others + self->offsets[l + 1], known->others + known->offsets[l], n * sizeof (guint32));
      memcpy (self->distances + self->offsets[l + 1], known->distances + known->offsets[l], n * sizeof (double));
      self->offsets[l + 1] += n;
      if (!has_patience (&moved, n, progress))
        return FALSE;
    }

  return TRUE;
}

/* Once all smaller positions of @self's own pairs are there, those of @known are not. */
static void
find_splits (NerveAdjacency *self, const NerveAdjacency *known)
{
  gsize n_known = known != NULL ? known->n * known->n_shells : 0;

  for (gsize l = 0; l < self->n * self->n_shells; l++)
    self->splits[l] = self->offsets[l + 1] + (l < n_known ? known->splits[l] - known->offsets[l] : 0);
}

/* Lists are to ascend: smaller positions, those that are known, larger positions. */
static gboolean
append_pairs (NerveAdjacency *self, GPtrArray *pairs, gboolean to_smaller, const NerveProgress *progress)
{
  gsize moved = 0;

  for (guint i = 0; i < pairs->len; i++)
    {
      const GArray *found = g_ptr_array_index (pairs, i);

      for (guint p = 0; p < found->len; p++)
        {
          const NervePair *pair = &g_array_index (found, NervePair, p);
          guint shell = find_shell (self, pair->distance);

          if (to_smaller)
            append (self, pair->b, pair->a, pair->distance, shell);
          else
            append (self, pair->a, pair->b, pair->distance, shell);
        }
      if (!has_patience (&moved, found->len, progress))
        return FALSE;
      if (!to_smaller)
        g_clear_pointer (&pairs->pdata[i], g_array_unref);
    }

  return TRUE;
}

static gboolean
take (NerveAdjacency *self, GPtrArray *pairs, const NerveAdjacency *known, const NerveProgress *progress)
{
  g_free (self->offsets);
  g_free (self->splits);
  self->offsets = g_new0 (gsize, self->n * self->n_shells + 1);
  self->splits = g_new (gsize, self->n * self->n_shells);
  if (!count_entries (self, pairs, known, progress) || !append_pairs (self, pairs, TRUE, progress))
    return FALSE;
  find_splits (self, known);

  return (known == NULL || copy_known (self, known, progress)) && append_pairs (self, pairs, FALSE, progress);
}

gboolean
nerve_adjacency_take (NerveAdjacency *self, GPtrArray *pairs, const NerveAdjacency *known,
                      const NerveProgress *progress)
{
  if (known == NULL)
    choose_bounds (self, pairs);
  else
    take_bounds (self, known);

  return take (self, pairs, known, progress);
}

gboolean
nerve_adjacency_take_bare (NerveAdjacency *self, GPtrArray *pairs, const NerveProgress *progress)
{
  self->is_bare = TRUE;

  return take (self, pairs, NULL, progress);
}

/* @before: (nullable): components without this shell */
static gboolean
join_shell (const NerveAdjacency *self, guint shell, const guint32 *before, NerveUnionFind *sets,
            const NerveProgress *progress)
{
  gsize moved = 0;

  for (gsize p = 0; p < self->n; p++)
    {
      gsize begin = self->offsets[shell * self->n + p];
      gsize end = self->offsets[shell * self->n + p + 1];

      for (gsize i = begin; i < end; i++)
        if (self->others[i] > p && (before == NULL || before[self->others[i]] != before[p]))
          nerve_union_find_join (sets, p, self->others[i]);
      if (!has_patience (&moved, end - begin, progress))
        return FALSE;
    }

  return TRUE;
}

gboolean
nerve_adjacency_find_components (NerveAdjacency *self, const NerveProgress *progress)
{
  g_autofree guint32 *components = g_new (guint32, self->n * self->n_shells);
  g_auto (NerveUnionFind) sets = { NULL, NULL, 0 };

  nerve_union_find_init (&sets, self->n);
  for (guint s = 0; s < self->n_shells; s++)
    {
      if (!join_shell (self, s, s > 0 ? components + (s - 1) * self->n : NULL, &sets, progress))
        return FALSE;
      for (gsize p = 0; p < self->n; p++)
        components[s * self->n + p] = nerve_union_find_find (&sets, p);
    }
  self->components = g_steal_pointer (&components);

  return TRUE;
}

void
nerve_adjacency_clear (NerveAdjacency *self)
{
  g_clear_pointer (&self->offsets, g_free);
  g_clear_pointer (&self->splits, g_free);
  g_clear_pointer (&self->others, g_free);
  g_clear_pointer (&self->distances, g_free);
  g_clear_pointer (&self->components, g_free);
}

gsize
nerve_adjacency_get_n_pairs (const NerveAdjacency *self)
{
  return self->offsets[self->n * self->n_shells] / 2;
}

gsize
nerve_adjacency_get_bytes (const NerveAdjacency *self)
{
  return self->n * self->n_shells * 2 * sizeof (gsize) +
         (self->components != NULL ? self->n * self->n_shells * sizeof (guint32) : 0) +
         nerve_adjacency_get_n_pairs (self) * (self->is_bare ? 2 * sizeof (guint32) : NERVE_ADJACENCY_ENTRY);
}

guint
nerve_adjacency_count_shells (const NerveAdjacency *self, double eps, guint *n_sure)
{
  guint n = 1;

  *n_sure = 0;
  while (*n_sure < self->n_shells && self->bounds[*n_sure] <= eps)
    (*n_sure)++;
  while (n < self->n_shells && self->bounds[n - 1] < eps)
    n++;
  *n_sure = MIN (*n_sure, n);

  return n;
}
