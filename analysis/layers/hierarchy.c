#include "layers/hierarchy.h"

#include <math.h>

#include "layers/class-distances.h"
#include "mapper/purity.h"

struct _NerveHierarchy
{
  gatomicrefcount references;
  guint           n;
  guint          *classes;
  double         *distances;
  NerveMerge     *merges;
  guint          *order;
  gboolean        from_mapper;
  guint           n_loose;
  double          cophenetic;
  double          faithfulness;
  char           *badge;
};

/* How far up the file's tree two classes come together: 1 in one group of the finest level, one more above all. */
static double *
tree_distances (const NerveHierarchy *self, NerveDataset *dataset)
{
  guint n_levels = nerve_dataset_get_n_levels (dataset);
  double *out = g_new0 (double, (gsize) self->n * self->n);

  for (guint i = 0; i < self->n; i++)
    for (guint j = 0; j < self->n; j++)
      {
        guint level = 1;

        while (level <= n_levels && nerve_dataset_get_group (dataset, level, self->classes[i]) !=
                                    nerve_dataset_get_group (dataset, level, self->classes[j]))
          level++;
        out[(gsize) i * self->n + j] = i == j ? 0 : level;
      }

  return out;
}

/* Takes @distances, between all classes; those with a NaN on the diagonal are left out. */
static NerveHierarchy *
hierarchy_take (double *distances, guint n_classes, NerveDataset *dataset, const NerveCloud *cloud)
{
  NerveHierarchy *self = g_new0 (NerveHierarchy, 1);
  g_autofree double *heights = NULL;
  g_autofree double *tree = NULL;
  gsize size;

  g_atomic_ref_count_init (&self->references);
  self->badge = g_strdup (nerve_cloud_get_badge (cloud));
  self->classes = g_new (guint, MAX (n_classes, 1));
  for (guint c = 0; c < n_classes; c++)
    if (!isnan (distances[(gsize) c * n_classes + c]))
      self->classes[self->n++] = c;
  size = (gsize) self->n * self->n;
  self->distances = g_new (double, MAX (size, 1));
  for (guint i = 0; i < self->n; i++)
    for (guint j = 0; j < self->n; j++)
      self->distances[i * self->n + j] = distances[(gsize) self->classes[i] * n_classes + self->classes[j]];
  g_free (distances);

  self->merges = nerve_linkage_average (self->distances, self->n);
  self->order = g_new (guint, MAX (self->n, 1));
  nerve_linkage_order (self->merges, self->n, self->order);
  heights = g_new (double, MAX (size, 1));
  nerve_linkage_cophenetic (self->merges, self->n, heights);
  self->faithfulness = nerve_linkage_correlation (heights, self->distances, self->n);
  self->cophenetic = NAN;
  if (nerve_dataset_get_n_levels (dataset) > 0)
    {
      tree = tree_distances (self, dataset);
      self->cophenetic = nerve_linkage_correlation (heights, tree, self->n);
    }

  return self;
}

static gboolean
set_no_labels (GError **error)
{
  g_set_error (error, NERVE_ERROR, NERVE_ERROR_NOT_FOUND, "there are no labels: no classes to put in order");

  return FALSE;
}

NerveHierarchy *
nerve_hierarchy_new_from_cloud (const NerveCloud *cloud, NerveDataset *dataset, const NerveProgress *progress,
                                GError **error)
{
  guint n_classes = 0;
  g_autofree int *labels = nerve_purity_labels (cloud, dataset, 0, &n_classes);
  g_autofree double *distances = NULL;

  if (labels == NULL && !set_no_labels (error))
    return NULL;

  distances = g_new (double, MAX ((gsize) n_classes * n_classes, 1));
  if (!nerve_class_distances (cloud, labels, n_classes, distances, progress, error))
    return NULL;

  return hierarchy_take (g_steal_pointer (&distances), n_classes, dataset, cloud);
}

NerveHierarchy *
nerve_hierarchy_new_from_mapper (const NerveMapper *mapper, NerveDataset *dataset, GError **error)
{
  const int *labels = nerve_dataset_get_labels (dataset);
  guint n = nerve_dataset_get_n_classes (dataset);
  g_autoptr (NerveSharing) sharing = NULL;
  g_auto (NervePairCounts) counts = { 0 };
  NerveHierarchy *self;
  double *distances;
  guint n_loose = 0;

  if (labels == NULL && !set_no_labels (error))
    return NULL;

  sharing = nerve_sharing_new (mapper);
  nerve_pair_counts_init (&counts, n);
  nerve_sharing_count (sharing, labels, NULL, &counts);
  distances = g_new (double, MAX ((gsize) n * n, 1));
  for (guint a = 0; a < n; a++)
    {
      n_loose += counts.total[a] > 0 && isnan (nerve_pair_counts_mix (&counts, a, a));
      for (guint b = 0; b < n; b++)
        {
          double mix = nerve_pair_counts_mix (&counts, a, b);

          distances[(gsize) a * n + b] = isnan (mix) ? 1 : MAX (1 - mix, 0);
        }
      distances[(gsize) a * n + a] = counts.total[a] > 0 ? 0 : NAN;
    }

  self = hierarchy_take (distances, n, dataset, nerve_mapper_get_cloud (mapper));
  self->from_mapper = TRUE;
  self->n_loose = n_loose;

  return self;
}

NerveHierarchy *
nerve_hierarchy_ref (NerveHierarchy *self)
{
  g_atomic_ref_count_inc (&self->references);

  return self;
}

void
nerve_hierarchy_unref (NerveHierarchy *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;

  g_free (self->classes);
  g_free (self->distances);
  g_free (self->merges);
  g_free (self->order);
  g_free (self->badge);
  g_free (self);
}

guint nerve_hierarchy_get_n (const NerveHierarchy *self) { return self->n; }
const guint *nerve_hierarchy_get_classes (const NerveHierarchy *self) { return self->classes; }
const double *nerve_hierarchy_get_distances (const NerveHierarchy *self) { return self->distances; }
const NerveMerge *nerve_hierarchy_get_merges (const NerveHierarchy *self) { return self->merges; }
const guint *nerve_hierarchy_get_order (const NerveHierarchy *self) { return self->order; }
gboolean nerve_hierarchy_is_from_mapper (const NerveHierarchy *self) { return self->from_mapper; }
guint nerve_hierarchy_get_n_loose (const NerveHierarchy *self) { return self->n_loose; }
double nerve_hierarchy_get_cophenetic (const NerveHierarchy *self) { return self->cophenetic; }
double nerve_hierarchy_get_faithfulness (const NerveHierarchy *self) { return self->faithfulness; }
const char *nerve_hierarchy_get_badge (const NerveHierarchy *self) { return self->badge; }

char *
nerve_hierarchy_newick (const NerveHierarchy *self, NerveDataset *dataset)
{
  g_autofree const char **names = g_new (const char *, MAX (self->n, 1));

  for (guint i = 0; i < self->n; i++)
    names[i] = nerve_dataset_get_class_name (dataset, self->classes[i]);

  return nerve_linkage_newick (self->merges, self->n, names);
}
