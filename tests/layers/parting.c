#include "layers/parting.h"

#include <glib/gstdio.h>
#include <math.h>
#include <unistd.h>

#include "base/parallel.h"
#include "base/random.h"
#include "layers/hierarchy.h"
#include "network-file.h"

#define N_CLASSES 4
#define N_IMAGES 240
#define N_LAYERS 8
#define SUPERCLASSES_AT 3
#define CLASSES_AT 6

/* One blob; from SUPERCLASSES_AT on two, of two classes each; from CLASSES_AT on four. Layer 0 is an input in which
 * all classes are apart: it must not count. */
static void
fill_layer (guint layer, const int *labels, float *points)
{
  NerveRandom random;

  nerve_random_init (&random, 40 + layer);
  for (guint i = 0; i < N_IMAGES; i++)
    {
      guint blob = layer == 0 || layer >= CLASSES_AT ? labels[i] : layer >= SUPERCLASSES_AT ? labels[i] / 2 * 2 : 0;
      double at[2] = { 20 + 6 * (blob / 2), 3 * (blob % 2) };

      for (guint axis = 0; axis < 2; axis++)
        points[2 * i + axis] = (float) (at[axis] + .4 * nerve_random_normal (&random));
    }
}

static NerveDataset *
make_series (void)
{
  static const int superclass[N_CLASSES] = { 0, 0, 1, 1 };
  const hsize_t extents[2] = { N_IMAGES, 2 };
  const hsize_t classes[1] = { N_CLASSES };
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  NerveDataset *dataset;
  float points[2 * N_IMAGES];
  int labels[N_IMAGES];
  hid_t file;

  close (g_file_open_tmp ("nerve-XXXXXX.h5", &path, NULL));
  file = network_create (path);
  for (guint i = 0; i < N_IMAGES; i++)
    labels[i] = i % N_CLASSES;
  for (guint layer = 0; layer < N_LAYERS; layer++)
    {
      g_autofree char *name = g_strdup_printf ("layer%u", layer);

      fill_layer (layer, labels, points);
      network_put_layer (file, name, layer, layer == 0 ? "input" : "linear", points, 2, extents);
    }
  network_put_array (file, "labels", H5T_NATIVE_INT, labels, 1, extents);
  network_put_array (file, "superclass", H5T_NATIVE_INT, superclass, 1, classes);
  network_close (file);

  dataset = nerve_dataset_open (path, &error);
  g_assert_no_error (error);
  g_unlink (path);

  return dataset;
}

static NerveCloud *
make_cloud (NerveDataset *dataset, guint layer)
{
  NerveCloudParameters parameters = { 0 };
  NerveCloud *cloud;

  nerve_parameters_init (&nerve_cloud_table, &parameters);
  cloud = nerve_cloud_new (dataset, layer, &parameters, NULL, NULL);
  nerve_parameters_clear (&nerve_cloud_table, &parameters);

  return cloud;
}

static NerveMapper *
make_graph (NerveDataset *dataset, guint layer)
{
  NerveMapperParameters parameters = { 0 };
  g_autoptr (NerveCloud) cloud = make_cloud (dataset, layer);
  NerveMapper *mapper;

  nerve_parameters_init (&nerve_mapper_table, &parameters);
  parameters.preset = NERVE_PRESET_AUTOMATIC;
  mapper = nerve_mapper_new (cloud, &parameters, FALSE, NULL, NULL);
  nerve_parameters_clear (&nerve_mapper_table, &parameters);

  return mapper;
}

typedef struct
{
  NerveDataset *dataset;
  NerveSharing *sharing[N_LAYERS];
} Series;

static void
series_init (Series *self)
{
  self->dataset = make_series ();
  for (guint i = 0; i < N_LAYERS; i++)
    {
      g_autoptr (NerveMapper) mapper = make_graph (self->dataset, i);

      self->sharing[i] = nerve_sharing_new (mapper);
    }
}

static void
series_clear (Series *self)
{
  for (guint i = 0; i < N_LAYERS; i++)
    g_clear_pointer (&self->sharing[i], nerve_sharing_unref);
  nerve_dataset_unref (self->dataset);
}

static NerveParting *
part (Series *series, guint permutations)
{
  const NervePartingParameters parameters = { 100, permutations, .1, .3 };
  g_autoptr (GError) error = NULL;
  NerveParting *parting = nerve_parting_new (series->dataset, series->sharing, NULL, &parameters, 0, NULL, &error);

  g_assert_no_error (error);

  return parting;
}

static void
a_planted_series_is_recovered_exactly (void)
{
  Series series;
  g_autoptr (NerveParting) parting = NULL;
  g_autofree char *headline = NULL;

  series_init (&series);
  parting = part (&series, 20);
  for (guint a = 0; a < N_CLASSES; a++)
    for (guint b = a + 1; b < N_CLASSES; b++)
      {
        const NervePartingPair *pair = nerve_parting_get_pair (parting, 0, a, b);

        g_assert_cmpint (pair->verdict, ==, NERVE_PARTING_PARTED);
        g_assert_cmpuint (pair->layer, ==, a / 2 == b / 2 ? CLASSES_AT : SUPERCLASSES_AT);
        g_assert_true (pair == nerve_parting_get_pair (parting, 0, b, a));
        g_assert_cmpfloat (nerve_parting_get_point (parting, 0, a, b, 1)->mix, >, .8);
        g_assert_cmpfloat (nerve_parting_get_point (parting, 0, a, b, 0)->mix, ==, 0);
      }
  g_assert_cmpuint (nerve_parting_get_n_levels (parting), ==, 2);
  g_assert_cmpint (nerve_parting_get_pair (parting, 1, 0, 1)->verdict, ==, NERVE_PARTING_PARTED);
  g_assert_cmpuint (nerve_parting_get_pair (parting, 1, 0, 1)->layer, ==, SUPERCLASSES_AT);
  g_assert_cmpfloat (nerve_parting_get_control (parting, 0), ==, 0);
  g_assert_cmpfloat (nerve_parting_get_control (parting, 1), ==, 0);
  /* Permuted classes are as mixed at every layer as real ones before they part. */
  for (guint layer = 1; layer < N_LAYERS; layer++)
    for (guint level = 0; level < 2; level++)
      {
        const NerveMixPoint *point = nerve_parting_get_control_point (parting, level, layer);

        g_assert_cmpfloat (point->mix, >, .8);
        g_assert_cmpfloat (point->low, <=, point->mix);
        g_assert_cmpfloat (point->high, >=, point->mix);
      }
  headline = nerve_parting_headline (parting, series.dataset);
  g_assert_cmpstr (headline, ==, "0 and 1 part at layer3.");
  series_clear (&series);
}

static void
where_graphs_are_missing_there_is_no_verdict (void)
{
  Series series;
  g_autoptr (NerveParting) parting = NULL;
  g_autofree char *headline = NULL;

  series_init (&series);
  for (guint i = 4; i < N_LAYERS; i++)
    g_clear_pointer (&series.sharing[i], nerve_sharing_unref);
  parting = part (&series, 0);
  g_assert_cmpint (nerve_parting_get_pair (parting, 0, 0, 1)->verdict, ==, NERVE_PARTING_NEVER);
  g_assert_cmpuint (nerve_parting_get_pair (parting, 0, 0, 1)->layer, ==, 3);
  g_assert_cmpuint (nerve_parting_get_pair (parting, 0, 1, 2)->layer, ==, SUPERCLASSES_AT);
  g_assert_true (isnan (nerve_parting_get_control (parting, 0)));
  g_assert_null (nerve_parting_get_control_point (parting, 0, 3));
  g_clear_pointer (&parting, nerve_parting_unref);

  /* The input's graph alone counts for nothing. */
  for (guint i = 1; i < 4; i++)
    g_clear_pointer (&series.sharing[i], nerve_sharing_unref);
  parting = part (&series, 2);
  g_assert_cmpint (nerve_parting_get_pair (parting, 0, 0, 1)->verdict, ==, NERVE_PARTING_NO_VERDICT);
  headline = nerve_parting_headline (parting, series.dataset);
  g_assert_cmpstr (headline, ==, "Too few images are in the graphs for a verdict on any pair.");
  series_clear (&series);
}

static gboolean
share_a_node (const NerveMapper *mapper, gsize i, gsize j)
{
  gsize n;
  gsize m;
  const guint32 *one = nerve_mapper_get_point_nodes (mapper, i, &n);
  const guint32 *other = nerve_mapper_get_point_nodes (mapper, j, &m);

  for (gsize k = 0; k < n; k++)
    for (gsize l = 0; l < m; l++)
      if (one[k] == other[l])
        return TRUE;

  return FALSE;
}

/* Counts pair by pair, each image as often as its weight says. */
static double
count_pairs (const NerveMapper *mapper, const int *labels, const guint16 *weights, int a, int b)
{
  double n = 0;

  for (gsize i = 0; i < N_IMAGES; i++)
    for (gsize j = 0; j < N_IMAGES; j++)
      if (i != j && labels[i] == a && labels[j] == b && share_a_node (mapper, i, j))
        n += (double) weights[i] * weights[j];

  return n;
}

static void
kinds_of_points_stand_for_all (void)
{
  g_autoptr (NerveDataset) dataset = make_series ();
  const int *labels = nerve_dataset_get_labels (dataset);
  guint16 weights[N_IMAGES];

  for (guint i = 0; i < N_IMAGES; i++)
    weights[i] = i * i % 4;
  for (guint layer = 1; layer < N_LAYERS; layer += 3)
    {
      g_autoptr (NerveMapper) mapper = make_graph (dataset, layer);
      g_autoptr (NerveSharing) sharing = nerve_sharing_new (mapper);
      g_auto (NervePairCounts) counts = { 0 };

      nerve_pair_counts_init (&counts, N_CLASSES);
      nerve_sharing_count (sharing, labels, weights, &counts);
      for (guint a = 0; a < N_CLASSES; a++)
        for (guint b = 0; b < N_CLASSES; b++)
          g_assert_cmpfloat (counts.pairs[a * N_CLASSES + b], ==, count_pairs (mapper, labels, weights, a, b));
    }
}

static void
threads_change_nothing (void)
{
  Series series;
  g_autoptr (NerveParting) one = NULL;
  g_autoptr (NerveParting) many = NULL;

  series_init (&series);
  nerve_parallel_set_threads (1);
  one = part (&series, 2);
  nerve_parallel_set_threads (5);
  many = part (&series, 2);
  nerve_parallel_set_threads (0);
  for (guint a = 0; a < N_CLASSES; a++)
    for (guint b = a + 1; b < N_CLASSES; b++)
      for (guint i = 0; i < N_LAYERS; i++)
        {
          const NerveMixPoint *first = nerve_parting_get_point (one, 0, a, b, i);
          const NerveMixPoint *second = nerve_parting_get_point (many, 0, a, b, i);

          g_assert_cmpmem (first, sizeof *first, second, sizeof *second);
        }
  series_clear (&series);
}

static gboolean
refuse (double fraction, gpointer user_data)
{
  return FALSE;
}

static void
it_stops_when_asked (void)
{
  const NervePartingParameters parameters = { 100, 2, .1, .3 };
  const NerveProgress progress = { refuse, NULL, 0, 1 };
  g_autoptr (GError) error = NULL;
  Series series;

  series_init (&series);
  g_assert_null (nerve_parting_new (series.dataset, series.sharing, NULL, &parameters, 0, &progress, &error));
  g_assert_error (error, NERVE_ERROR, NERVE_ERROR_CANCELLED);
  series_clear (&series);
}

/* Means over all pairs of points, one by one; classes of one superclass come together first. */
static void
classes_are_ordered_by_their_mean_distances (void)
{
  g_autoptr (NerveDataset) dataset = make_series ();
  const int *labels = nerve_dataset_get_labels (dataset);
  g_autoptr (NerveCloud) cloud = make_cloud (dataset, CLASSES_AT);
  g_autoptr (NerveMapper) mapper = make_graph (dataset, CLASSES_AT);
  g_autoptr (NerveHierarchy) hierarchy = nerve_hierarchy_new_from_cloud (cloud, dataset, NULL, NULL);
  g_autoptr (NerveHierarchy) mixed = nerve_hierarchy_new_from_mapper (mapper, dataset, NULL);
  const NerveMerge *merges = nerve_hierarchy_get_merges (hierarchy);
  double sums[N_CLASSES * N_CLASSES] = { 0 };

  for (gsize i = 0; i < N_IMAGES; i++)
    for (gsize j = 0; j < N_IMAGES; j++)
      sums[labels[i] * N_CLASSES + labels[j]] +=
        nerve_metric_distance (NERVE_METRIC_EUCLIDEAN, nerve_cloud_get_points (cloud) + 2 * i,
                               nerve_cloud_get_points (cloud) + 2 * j, 2);
  g_assert_cmpuint (nerve_hierarchy_get_n (hierarchy), ==, N_CLASSES);
  for (guint a = 0; a < N_CLASSES; a++)
    for (guint b = 0; b < N_CLASSES; b++)
      g_assert_cmpfloat_with_epsilon (nerve_hierarchy_get_distances (hierarchy)[a * N_CLASSES + b],
                                      a == b ? 0 : sums[a * N_CLASSES + b] / 3600, 1e-9);
  g_assert_cmpuint (merges[0].a / 2, ==, merges[0].b / 2);
  g_assert_cmpuint (merges[1].a / 2, ==, merges[1].b / 2);
  g_assert_cmpfloat (nerve_hierarchy_get_cophenetic (hierarchy), >, .99);
  g_assert_cmpfloat (nerve_hierarchy_get_distances (mixed)[1], ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/layers/parting/planted", a_planted_series_is_recovered_exactly);
  g_test_add_func ("/layers/parting/missing", where_graphs_are_missing_there_is_no_verdict);
  g_test_add_func ("/layers/parting/kinds", kinds_of_points_stand_for_all);
  g_test_add_func ("/layers/parting/threads", threads_change_nothing);
  g_test_add_func ("/layers/parting/cancel", it_stops_when_asked);
  g_test_add_func ("/layers/parting/hierarchy", classes_are_ordered_by_their_mean_distances);

  return g_test_run ();
}
