#include "mapper/purity.h"

#include <math.h>

struct _NervePurity
{
  gatomicrefcount  ref_count;
  guint            n_classes;
  guint            n_nodes;
  NerveNodePurity *nodes;
  guint32         *counts;     /* n_nodes × n_classes */
  double          *classwise;  /* n_classes */
  double           nodewise;
  double           weighted;
};

static void
count_node (NervePurity *self, guint node, const NerveNode *members, const int *labels)
{
  guint32 *counts = self->counts + (gsize) node * self->n_classes;

  for (gsize i = 0; i < members->n_members; i++)
    {
      int label = labels[members->members[i]];

      if (label >= 0 && (guint) label < self->n_classes)
        counts[label]++;
    }
}

static NerveNodePurity
measure_counts (const guint32 *counts, guint n_classes)
{
  NerveNodePurity purity = { NAN, NAN, NAN, -1 };
  gsize total = 0;
  guint distinct = 0;
  double entropy = 0.0;

  for (guint c = 0; c < n_classes; c++)
    {
      total += counts[c];
      distinct += counts[c] > 0;
      if (counts[c] > 0 && (purity.label < 0 || counts[c] > counts[purity.label]))
        purity.label = c;
    }
  if (total == 0)
    return purity;

  for (guint c = 0; c < n_classes; c++)
    if (counts[c] > 0)
      entropy -= (double) counts[c] / total * log ((double) counts[c] / total);

  purity.purity = 1.0 / distinct;
  purity.majority = (double) counts[purity.label] / total;
  purity.entropy = distinct > 1 ? MIN (entropy / log (n_classes), 1.0) : 0.0;

  return purity;
}

static void
measure_nodes (NervePurity *self, const NerveMapper *mapper)
{
  double sum = 0.0;
  double weighted = 0.0;
  gsize n = 0;
  gsize weight = 0;

  for (guint i = 0; i < self->n_nodes; i++)
    {
      gsize size = nerve_mapper_get_node (mapper, i)->n_members;

      self->nodes[i] = measure_counts (nerve_purity_get_counts (self, i), self->n_classes);
      if (isnan (self->nodes[i].purity))
        continue;
      sum += self->nodes[i].purity;
      weighted += self->nodes[i].purity * size;
      weight += size;
      n++;
    }

  self->nodewise = n > 0 ? sum / n : NAN;
  self->weighted = n > 0 ? weighted / weight : NAN;
}

/* Of a labelled point, whose nodes all have a label: the mean over its nodes, 0 if it is in none. */
static double
measure_point (const NervePurity *self, const NerveMapper *mapper, gsize point)
{
  gsize n;
  const guint32 *nodes = nerve_mapper_get_point_nodes (mapper, point, &n);
  double sum = 0.0;

  for (gsize i = 0; i < n; i++)
    sum += self->nodes[nodes[i]].purity;

  return n > 0 ? sum / n : 0.0;
}

static void
measure_classes (NervePurity *self, const NerveMapper *mapper, const int *labels)
{
  gsize n = nerve_cloud_get_n (nerve_mapper_get_cloud (mapper));
  g_autofree gsize *sizes = g_new0 (gsize, self->n_classes);

  for (gsize i = 0; i < n; i++)
    if (labels[i] >= 0 && (guint) labels[i] < self->n_classes)
      {
        self->classwise[labels[i]] += measure_point (self, mapper, i);
        sizes[labels[i]]++;
      }
  for (guint c = 0; c < self->n_classes; c++)
    self->classwise[c] = sizes[c] > 0 ? self->classwise[c] / sizes[c] : NAN;
}

NervePurity *
nerve_purity_new (const NerveMapper *mapper, const int *labels, guint n_classes)
{
  NervePurity *self;

  g_return_val_if_fail (mapper != NULL, NULL);
  g_return_val_if_fail (labels != NULL, NULL);

  self = g_new0 (NervePurity, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->n_classes = n_classes;
  self->n_nodes = nerve_mapper_get_n_nodes (mapper);
  self->nodes = g_new (NerveNodePurity, self->n_nodes);
  self->counts = g_new0 (guint32, (gsize) self->n_nodes * n_classes);
  self->classwise = g_new0 (double, n_classes);

  for (guint i = 0; i < self->n_nodes; i++)
    count_node (self, i, nerve_mapper_get_node (mapper, i), labels);
  measure_nodes (self, mapper);
  measure_classes (self, mapper, labels);

  return self;
}

NervePurity *
nerve_purity_ref (NervePurity *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
nerve_purity_unref (NervePurity *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->nodes);
  g_free (self->counts);
  g_free (self->classwise);
  g_free (self);
}

guint
nerve_purity_get_n_classes (const NervePurity *self)
{
  return self->n_classes;
}

const NerveNodePurity *
nerve_purity_get_node (const NervePurity *self, guint node)
{
  g_return_val_if_fail (node < self->n_nodes, NULL);

  return &self->nodes[node];
}

const guint32 *
nerve_purity_get_counts (const NervePurity *self, guint node)
{
  g_return_val_if_fail (node < self->n_nodes, NULL);

  return self->counts + (gsize) node * self->n_classes;
}

double
nerve_purity_get_nodewise (const NervePurity *self)
{
  return self->nodewise;
}

double
nerve_purity_get_nodewise_weighted (const NervePurity *self)
{
  return self->weighted;
}

double
nerve_purity_get_class (const NervePurity *self, guint label)
{
  g_return_val_if_fail (label < self->n_classes, NAN);

  return self->classwise[label];
}
