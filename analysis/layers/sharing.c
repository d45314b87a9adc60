#include "layers/sharing.h"

#include <math.h>
#include <string.h>

#define NONE G_MAXUINT32

struct _NerveSharing
{
  gatomicrefcount references;
  gsize           n;
  guint32        *images;
  guint32        *kinds;   /* of each point; NONE: in no node */
  guint           n_kinds;
  gsize          *begin;   /* n_kinds + 1 */
  guint32        *partners; /* the kinds that share a node with a kind, itself and later ones only */
};

/* A set of nodes as a key: the bytes of its list. */
static GBytes *
nodes_of (const NerveMapper *mapper, gsize point)
{
  gsize n;
  const guint32 *nodes = nerve_mapper_get_point_nodes (mapper, point, &n);

  return n > 0 ? g_bytes_new (nodes, n * sizeof (guint32)) : NULL;
}

/* Gives each point its kind; @sets: out, the nodes of each kind. */
static void
find_kinds (NerveSharing *self, const NerveMapper *mapper, GPtrArray *sets)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_bytes_hash, g_bytes_equal);

  for (gsize i = 0; i < self->n; i++)
    {
      g_autoptr (GBytes) set = nodes_of (mapper, i);
      gpointer found;

      self->kinds[i] = NONE;
      if (set == NULL)
        continue;
      if (g_hash_table_lookup_extended (known, set, NULL, &found))
        {
          self->kinds[i] = GPOINTER_TO_UINT (found);
          continue;
        }
      self->kinds[i] = sets->len;
      g_hash_table_insert (known, set, GUINT_TO_POINTER (sets->len));
      g_ptr_array_add (sets, g_steal_pointer (&set));
    }
}

static void
find_partners (NerveSharing *self, const NerveMapper *mapper, GPtrArray *sets)
{
  guint n_nodes = nerve_mapper_get_n_nodes (mapper);
  g_autoptr (GPtrArray) kinds_of_node = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  g_autoptr (GArray) partners = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autofree guint32 *seen = g_new (guint32, MAX (self->n_kinds, 1));

  for (guint i = 0; i < n_nodes; i++)
    g_ptr_array_add (kinds_of_node, g_array_new (FALSE, FALSE, sizeof (guint32)));
  for (guint32 k = 0; k < self->n_kinds; k++)
    {
      gsize size;
      const guint32 *nodes = g_bytes_get_data (sets->pdata[k], &size);

      for (gsize i = 0; i < size / sizeof (guint32); i++)
        g_array_append_val ((GArray *) kinds_of_node->pdata[nodes[i]], k);
      seen[k] = NONE;
    }

  for (guint32 k = 0; k < self->n_kinds; k++)
    {
      gsize size;
      const guint32 *nodes = g_bytes_get_data (sets->pdata[k], &size);

      self->begin[k] = partners->len;
      for (gsize i = 0; i < size / sizeof (guint32); i++)
        {
          GArray *others = kinds_of_node->pdata[nodes[i]];

          for (guint o = 0; o < others->len; o++)
            {
              guint32 other = g_array_index (others, guint32, o);

              if (other < k || seen[other] == k)
                continue;
              seen[other] = k;
              g_array_append_val (partners, other);
            }
        }
    }
  self->begin[self->n_kinds] = partners->len;
  self->partners = (guint32 *) g_array_free (g_steal_pointer (&partners), FALSE);
}

NerveSharing *
nerve_sharing_new (const NerveMapper *mapper)
{
  NerveSharing *self = g_new0 (NerveSharing, 1);
  const NerveCloud *cloud = nerve_mapper_get_cloud (mapper);
  g_autoptr (GPtrArray) sets = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  g_atomic_ref_count_init (&self->references);
  self->n = nerve_cloud_get_n (cloud);
  self->images = g_memdup2 (nerve_cloud_get_images (cloud), self->n * sizeof (guint32));
  self->kinds = g_new (guint32, MAX (self->n, 1));
  find_kinds (self, mapper, sets);
  self->n_kinds = sets->len;
  self->begin = g_new (gsize, self->n_kinds + 1);
  find_partners (self, mapper, sets);

  return self;
}

NerveSharing *
nerve_sharing_ref (NerveSharing *self)
{
  g_atomic_ref_count_inc (&self->references);

  return self;
}

void
nerve_sharing_unref (NerveSharing *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;

  g_free (self->images);
  g_free (self->kinds);
  g_free (self->begin);
  g_free (self->partners);
  g_free (self);
}

void
nerve_pair_counts_init (NervePairCounts *self, guint n_classes)
{
  self->n_classes = n_classes;
  self->pairs = g_new0 (double, MAX ((gsize) n_classes * n_classes, 1));
  self->covered = g_new0 (double, MAX (n_classes, 1));
  self->squares = g_new0 (double, MAX (n_classes, 1));
  self->total = g_new0 (double, MAX (n_classes, 1));
}

void
nerve_pair_counts_clear (NervePairCounts *self)
{
  g_clear_pointer (&self->pairs, g_free);
  g_clear_pointer (&self->covered, g_free);
  g_clear_pointer (&self->squares, g_free);
  g_clear_pointer (&self->total, g_free);
}

static void
pair_counts_reset (NervePairCounts *self)
{
  memset (self->pairs, 0, (gsize) self->n_classes * self->n_classes * sizeof (double));
  memset (self->covered, 0, self->n_classes * sizeof (double));
  memset (self->squares, 0, self->n_classes * sizeof (double));
  memset (self->total, 0, self->n_classes * sizeof (double));
}

/* @counts (kinds × classes): how many points. */
static void
count_points (const NerveSharing *self, const int *labels, const guint16 *weights, double *counts,
              NervePairCounts *out)
{
  for (gsize i = 0; i < self->n; i++)
    {
      int label = labels[self->images[i]];
      double weight = weights != NULL ? weights[self->images[i]] : 1;

      if (label < 0 || weight == 0)
        continue;
      out->total[label] += weight;
      if (self->kinds[i] == NONE)
        continue;
      out->covered[label] += weight;
      out->squares[label] += weight * weight;
      counts[(gsize) self->kinds[i] * out->n_classes + label] += weight;
    }
}

void
nerve_sharing_count (const NerveSharing *self, const int *labels, const guint16 *weights, NervePairCounts *out)
{
  guint k = out->n_classes;
  g_autofree double *counts = g_new0 (double, MAX ((gsize) self->n_kinds * k, 1));
  g_autofree double *around = g_new (double, MAX (k, 1));

  pair_counts_reset (out);
  count_points (self, labels, weights, counts, out);
  for (guint kind = 0; kind < self->n_kinds; kind++)
    {
      const double *own = counts + (gsize) kind * k;

      memset (around, 0, k * sizeof (double));
      for (gsize p = self->begin[kind]; p < self->begin[kind + 1]; p++)
        {
          const double *other = counts + (gsize) self->partners[p] * k;
          /* Pairs of two kinds come twice, from either side. */
          double times = self->partners[p] == kind ? .5 : 1;

          for (guint b = 0; b < k; b++)
            around[b] += times * other[b];
        }
      for (guint a = 0; a < k; a++)
        for (guint b = 0; own[a] > 0 && b < k; b++)
          out->pairs[(gsize) a * k + b] += own[a] * around[b];
    }

  for (guint a = 0; a < k; a++)
    {
      for (guint b = 0; b < a; b++)
        out->pairs[(gsize) a * k + b] = out->pairs[(gsize) b * k + a] += out->pairs[(gsize) a * k + b];
      out->pairs[(gsize) a * k + a] = 2 * out->pairs[(gsize) a * k + a] - out->squares[a];
    }
}

/* Pairs within a class are counted in both orders; so are those of two classes that fall into one group. */
void
nerve_pair_counts_join (const NervePairCounts *self, const guint *groups, NervePairCounts *out)
{
  pair_counts_reset (out);
  for (guint a = 0; a < self->n_classes; a++)
    {
      out->covered[groups[a]] += self->covered[a];
      out->squares[groups[a]] += self->squares[a];
      out->total[groups[a]] += self->total[a];
      for (guint b = 0; b < self->n_classes; b++)
        out->pairs[(gsize) groups[a] * out->n_classes + groups[b]] += self->pairs[(gsize) a * self->n_classes + b];
    }
}

static double
share_within (const NervePairCounts *self, guint a)
{
  double n_pairs = self->covered[a] * self->covered[a] - self->squares[a];

  return n_pairs > 0 ? self->pairs[(gsize) a * self->n_classes + a] / n_pairs : 0;
}

double
nerve_pair_counts_mix (const NervePairCounts *self, guint a, guint b)
{
  double within = share_within (self, a) * share_within (self, b);

  if (!(within > 0))
    return NAN;

  return self->pairs[(gsize) a * self->n_classes + b] / (self->covered[a] * self->covered[b]) / sqrt (within);
}

double
nerve_pair_counts_coverage (const NervePairCounts *self, guint a)
{
  return self->total[a] > 0 ? self->covered[a] / self->total[a] : 0;
}
