#include "mapper/linkage.h"

#include <math.h>
#include <stdlib.h>

#include "base/unionfind.h"
#include "cloud/rows.h"

typedef struct
{
  double  height;
  guint32 a;
  guint32 b;
} Merge;

typedef struct
{
  const NerveCloud     *cloud;
  const NerveDistances *distances;
  double                unit;
  const guint32        *rows;
  gsize                 n;
} Points;

static int
compare_merges (gconstpointer a, gconstpointer b)
{
  double x = ((const Merge *) a)->height;
  double y = ((const Merge *) b)->height;

  return (x > y) - (x < y);
}

/* From point @from to all. */
static void
measure_row (const Points *points, gsize from, double *out)
{
  g_autofree guint32 *own = g_new (guint32, points->n);

  if (points->distances != NULL)
    {
      for (gsize i = 0; i < points->n; i++)
        out[i] = nerve_distances_get (points->distances, points->rows[from], points->rows[i]);
      return;
    }

  for (gsize i = 0; i < points->n; i++)
    own[i] = points->rows[from];
  nerve_cloud_pairs (points->cloud, own, points->rows, points->n, out);
  if (points->unit != 1.0)
    for (gsize i = 0; i < points->n; i++)
      out[i] /= points->unit;
}

/* The n − 1 edges of a minimum spanning tree, heights rising. */
static gboolean
grow_tree (const Points *points, Merge *merges, const NerveProgress *progress)
{
  g_autofree double *row = g_new (double, points->n);
  g_autofree Merge *nearest = g_new (Merge, points->n);
  gsize from = 0;

  for (gsize i = 0; i < points->n; i++)
    nearest[i] = (Merge) { INFINITY, 0, i };
  for (gsize step = 0; step + 1 < points->n; step++)
    {
      gsize next = points->n;

      if (!nerve_progress_wanted (progress))
        return FALSE;
      nearest[from].b = G_MAXUINT32;
      measure_row (points, from, row);
      for (gsize i = 0; i < points->n; i++)
        {
          if (nearest[i].b == G_MAXUINT32)
            continue;
          if (row[i] < nearest[i].height)
            nearest[i] = (Merge) { row[i], from, i };
          if (next == points->n || nearest[i].height < nearest[next].height)
            next = i;
        }
      merges[step] = nearest[next];
      from = next;
    }
  if (points->n > 2)
    qsort (merges, points->n - 1, sizeof (Merge), compare_merges);

  return TRUE;
}

/* How many of @n rising heights come before the gap. */
static gsize
find_first_gap (const Merge *merges, gsize n, double gap)
{
  for (gsize i = 1; i < n; i++)
    if (merges[i].height > merges[i - 1].height &&
        merges[i].height - merges[i - 1].height >= gap * merges[n - 1].height)
      return i;

  return n;
}

static gsize
find_histogram_gap (const Merge *merges, gsize n, guint bins)
{
  double range = merges[n - 1].height - merges[0].height;
  guint previous = 0;

  if (range == 0.0)
    return n;

  for (gsize i = 0; i < n; i++)
    {
      guint bin = MIN ((merges[i].height - merges[0].height) * bins / range, bins - 1);

      if (bin > previous + 1)
        return i;
      previous = bin;
    }

  return n;
}

static guint
label_components (const Merge *merges, gsize n_merges, gsize n, gint32 *labels)
{
  g_auto (NerveUnionFind) sets = { NULL, NULL, 0 };
  g_autofree gint32 *numbers = g_new (gint32, n);
  guint n_clusters = 0;

  nerve_union_find_init (&sets, n);
  for (gsize i = 0; i < n_merges; i++)
    nerve_union_find_join (&sets, merges[i].a, merges[i].b);
  for (gsize i = 0; i < n; i++)
    numbers[i] = -1;
  for (gsize i = 0; i < n; i++)
    {
      gint32 *number = &numbers[nerve_union_find_find (&sets, i)];

      if (*number < 0)
        *number = n_clusters++;
      labels[i] = *number;
    }

  return n_clusters;
}

gboolean
nerve_linkage (const NerveCloud *cloud, const NerveDistances *distances, double unit, const guint32 *rows, gsize n,
               NerveCut cut, double gap, guint bins, gint32 *labels, guint *n_clusters, const NerveProgress *progress)
{
  Points points = { cloud, distances, unit, rows, n };
  g_autofree Merge *merges = g_new (Merge, MAX (n, 1));
  gsize n_finite = n - 1;

  if (!grow_tree (&points, merges, progress))
    return FALSE;

  while (n_finite > 0 && !isfinite (merges[n_finite - 1].height))
    n_finite--;
  if (n_finite > 1)
    n_finite = cut == NERVE_CUT_FIRST_GAP ? find_first_gap (merges, n_finite, gap)
                                          : find_histogram_gap (merges, n_finite, bins);
  *n_clusters = label_components (merges, n_finite, n, labels);

  return TRUE;
}
