#include "fixture.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "base/random.h"
#include "figures/noise.h"
#include "figures/sweep.h"
#include "homology/rips.h"
#include "network-file.h"

/* Clusters round a point a class; the later the layer, the tighter. */
static void
write_layer (hid_t file, const char *name, int index, const char *kind, guint n, const int *labels,
             const hsize_t *extents, guint rank, double spread)
{
  NerveRandom random;
  gsize d = 1;
  g_autofree float *data = NULL;

  for (guint i = 1; i < rank; i++)
    d *= extents[i];
  data = g_new (float, n * d);
  nerve_random_init (&random, 7 + index);
  for (guint i = 0; i < n; i++)
    for (gsize k = 0; k < d; k++)
      data[i * d + k] = (float) (sin (1 + labels[i] * 1.7 + k) * 2 + labels[i] * .5 +
                                 spread * nerve_random_normal (&random));

  network_put_layer (file, name, index, kind, data, rank, extents);
}

static void
write_names (hid_t file, const char *path, const char *stem, guint n)
{
  g_autofree char *names = g_malloc0 ((gsize) n * 16);
  hid_t type = H5Tcopy (H5T_C_S1);
  const hsize_t extents[1] = { n };

  H5Tset_size (type, 16);
  for (guint i = 0; i < n; i++)
    g_snprintf (names + 16 * i, 16, "%c%s %u", 'A' + (i * 7) % 26, stem, i);
  network_put_array (file, path, type, names, 1, extents);
  H5Tclose (type);
}

static void
write_labels (hid_t file, const int *labels, guint n, guint n_classes, guint n_groups)
{
  const hsize_t images[1] = { n };
  const hsize_t classes[1] = { n_classes };
  g_autofree int *groups = g_new0 (int, n_classes + 1);

  network_put_array (file, "labels", H5T_NATIVE_INT, labels, 1, images);
  write_names (file, "class_names", "class", n_classes);
  if (n_groups == 0)
    return;
  for (guint i = 0; i < n_classes; i++)
    groups[i] = i * n_groups / n_classes;
  network_put_array (file, "superclass", H5T_NATIVE_INT, groups, 1, classes);
  write_names (file, "superclass_names", "group", n_groups);
}

NerveDataset *
fixture_dataset (guint n_classes, guint n_groups, guint n_images)
{
  g_autofree char *path = NULL;
  g_autofree int *labels = g_new (int, n_images);
  g_autoptr (GError) error = NULL;
  const hsize_t tensor[4] = { n_images, 2, 4, 4 };
  const hsize_t vector[2] = { n_images, 3 };
  const hsize_t logits[2] = { n_images, MAX (n_classes, 1) };
  NerveDataset *dataset;
  hid_t file;
  int fd = g_file_open_tmp ("nerve-XXXXXX.h5", &path, &error);

  g_assert_no_error (error);
  close (fd);
  for (guint i = 0; i < n_images; i++)
    labels[i] = n_classes > 0 ? i % n_classes : 0;

  file = network_create (path);
  write_layer (file, "input", 0, "input", n_images, labels, tensor, 4, 1);
  write_layer (file, "conv", 1, "conv", n_images, labels, tensor, 4, .6);
  write_layer (file, "pool", 2, "pool", n_images, labels, vector, 2, .3);
  write_layer (file, "logits", 3, "linear", n_images, labels, logits, 2, .1);
  if (n_classes > 0)
    write_labels (file, labels, n_images, n_classes, n_groups);
  network_close (file);

  dataset = nerve_dataset_open (path, &error);
  g_assert_no_error (error);
  /* It stays open; nothing is left behind. */
  g_unlink (path);

  return dataset;
}

char *
fixture_helper (void)
{
  const char *programs = g_getenv ("NERVE_TEST_PROGRAMS");
  char *path = g_strdup (g_getenv ("NERVE_LAYOUT_HELPER"));

  if (path == NULL && programs != NULL)
    path = g_build_filename (programs, "nerve-layout", NULL);
  if (path != NULL && !g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
    g_clear_pointer (&path, g_free);

  return path;
}

static NerveGraph *
graph_of_cloud (NerveCloud *cloud, guint intervals)
{
  NerveMapperParameters parameters = { 0 };
  NerveGraph *graph = g_new0 (NerveGraph, 1);
  g_autofree char *helper = fixture_helper ();
  g_autoptr (GError) error = NULL;

  nerve_parameters_init (&nerve_mapper_table, &parameters);
  parameters.preset = NERVE_PRESET_AUTOMATIC;
  if (intervals > 0)
    parameters.intervals = intervals;
  g_atomic_ref_count_init (&graph->ref);
  graph->mapper = nerve_mapper_new (cloud, &parameters, FALSE, NULL, &error);
  g_assert_no_error (error);
  graph->layout = nerve_layout_new (graph->mapper, helper != NULL ? helper : "/nonexistent", NULL, &error);
  g_assert_no_error (error);
  graph->badge = g_strdup ("pool-mean");
  nerve_parameters_clear (&nerve_mapper_table, &parameters);

  return graph;
}

NerveGraph *
fixture_graph (guint n_points, guint n_arms, guint intervals)
{
  g_autofree double *points = g_new (double, 2 * (gsize) MAX (n_points, 1));
  g_autofree int *labels = g_new (int, MAX (n_points, 1));
  g_autoptr (NerveCloud) cloud = NULL;
  NerveGraph *graph;
  NerveRandom random;

  nerve_random_init (&random, 3);
  for (guint i = 0; i < n_points; i++)
    {
      double angle = 2 * G_PI * (i % n_arms) / n_arms;
      double along = 1 + 9 * nerve_random_double (&random);

      points[2 * i] = 20 + along * cos (angle) + .02 * nerve_random_normal (&random);
      points[2 * i + 1] = along * sin (angle) + .02 * nerve_random_normal (&random);
      labels[i] = i % n_arms;
    }
  cloud = nerve_cloud_new_from_points (points, n_points, 2);
  graph = graph_of_cloud (cloud, intervals);
  graph->purity[0] = nerve_purity_new (graph->mapper, labels, n_arms);

  return graph;
}

NerveHomology *
fixture_homology (const NerveBar *bars, guint n, double median)
{
  NerveHomology *homology = g_new0 (NerveHomology, 1);
  GArray *array = g_array_new (FALSE, FALSE, sizeof (NerveBar));

  if (n > 0)
    g_array_append_vals (array, bars, n);
  g_atomic_ref_count_init (&homology->ref);
  homology->diagram = nerve_diagram_new_take (array, 1);
  homology->median = median;
  homology->n_points = 300;
  homology->n_available = 500;
  homology->seed = 1;

  return homology;
}

static NerveHomology *
homology_of_cloud (NerveCloud *cloud)
{
  NerveRipsParameters parameters = { 0 };
  NerveHomology *homology = g_new0 (NerveHomology, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (NerveDistances) distances = nerve_cloud_distances (cloud, NULL, &error);

  g_assert_no_error (error);
  nerve_parameters_init (&nerve_rips_table, &parameters);
  g_atomic_ref_count_init (&homology->ref);
  homology->diagram = nerve_rips (distances, &parameters, NULL, &error);
  g_assert_no_error (error);
  nerve_distances_quantile (distances, .5, &homology->median, NULL, NULL);
  homology->n_points = homology->n_available = nerve_cloud_get_n (cloud);
  nerve_parameters_clear (&nerve_rips_table, &parameters);

  return homology;
}

static void
compute_layer (Fixture *self, guint layer)
{
  NerveCloudParameters parameters = { 0 };
  const double eta = .5;
  g_autoptr (NerveCloud) cloud = NULL;
  g_autoptr (GError) error = NULL;
  NerveGraph *graph;

  nerve_parameters_init (&nerve_cloud_table, &parameters);
  parameters.sampling = NERVE_SAMPLING_POOL_MEAN;
  cloud = nerve_cloud_new (self->dataset, layer, &parameters, NULL, &error);
  g_assert_no_error (error);
  nerve_parameters_clear (&nerve_cloud_table, &parameters);

  graph = self->layers[layer].graph = graph_of_cloud (cloud, 0);
  for (guint level = 0; level <= MIN (nerve_dataset_get_n_levels (self->dataset), 1); level++)
    {
      guint n;
      g_autofree int *labels = nerve_purity_labels (cloud, self->dataset, level, &n);

      if (labels != NULL)
        graph->purity[level] = nerve_purity_new (graph->mapper, labels, n);
    }
  self->layers[layer].homology = homology_of_cloud (cloud);
  self->layers[layer].betti = nerve_betti_layer_new (self->dataset, layer, &eta, 1, NERVE_BETTI_HALF_OPEN, NULL,
                                                     &error);
  g_assert_no_error (error);
  self->layers[layer].curves = nerve_betti_curves_new (self->dataset, layer, 1 << 20, NULL, &error);
  g_assert_no_error (error);
}

static void
compute_heat (Fixture *self)
{
  g_autofree NerveBettiCurves **curves = g_new0 (NerveBettiCurves *, self->model.n_layers + 1);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < self->model.n_layers; i++)
    curves[i] = self->layers[i].curves;
  self->model.decay.heat = nerve_betti_heat_new (curves, self->model.n_layers, 32, NULL, &error);
  g_assert_no_error (error);
}

static void
compute_matrix (Fixture *self, const NerveCloudParameters *parameters)
{
  g_autofree const NerveCloudParameters **clouds = g_new (const NerveCloudParameters *, self->model.n_layers);
  const NerveMeasureParameters measure = { .measure = NERVE_MEASURE_CKA };
  const NerveModelLayers layers = { self->dataset, clouds, NULL };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < self->model.n_layers; i++)
    clouds[i] = parameters;
  self->network.matrix = nerve_layer_matrix_new (&layers, NULL, &measure, NULL, &error);
  g_assert_no_error (error);
}

static void
compute_parting (Fixture *self)
{
  /* Of many classes there are very many pairs. */
  const NervePartingParameters parameters = { nerve_dataset_get_n_classes (self->dataset) > 50 ? 2 : 20, 1, .1, .3 };
  NerveSharing *sharing[4];
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (self->model.n_layers, ==, 4);
  for (guint i = 0; i < 4; i++)
    sharing[i] = nerve_sharing_new (self->layers[i].graph->mapper);
  self->network.parting = nerve_parting_new (self->dataset, sharing, NULL, &parameters, 0, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 4; i++)
    nerve_sharing_unref (sharing[i]);
}

static void
compute_sensitivity (Fixture *self, guint layer, const NerveCloudParameters *cloud)
{
  const NerveMeasureParameters measure = { .measure = NERVE_MEASURE_PROCRUSTES };
  const NerveSensitivityParameters parameters = { 1, 2 };
  g_autoptr (GError) error = NULL;

  self->network.sensitivities[layer] = nerve_sensitivity_new (&self->dataset, &layer, 1, cloud, &measure, &parameters,
                                                              NULL, &error);
  g_assert_no_error (error);
}

/* The network beside itself. */
static void
compute_specificity (Fixture *self, const NerveCloudParameters *cloud)
{
  const NerveMeasureParameters measure = { .measure = NERVE_MEASURE_PROCRUSTES };
  const NerveSpecificityParameters parameters = { 20 };
  g_autofree const NerveCloudParameters **clouds = g_new (const NerveCloudParameters *, self->model.n_layers);
  const NerveModelLayers models[] = { { self->dataset, clouds, NULL }, { self->dataset, clouds, NULL } };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < self->model.n_layers; i++)
    clouds[i] = cloud;
  self->network.specificity = nerve_specificity_new (models, 2, &measure, &parameters, 0, NULL, &error);
  g_assert_no_error (error);
}

static void
compute_layer_maps (Fixture *self, guint layer)
{
  NerveCloud *cloud = nerve_mapper_get_cloud (self->layers[layer].graph->mapper);
  g_autoptr (GError) error = NULL;

  self->layers[layer].projection = nerve_projection_new (cloud, NULL, NULL, &error);
  g_assert_no_error (error);
  if (nerve_dataset_get_labels (self->dataset) != NULL)
    self->network.hierarchies[layer] = nerve_hierarchy_new_from_cloud (cloud, self->dataset, NULL, &error);
  g_assert_no_error (error);
}

static void
compute_couplings (Fixture *self)
{
  for (guint c = 0; c < self->network.n_couplings; c++)
    {
      gsize n = nerve_dataset_get_n (self->dataset);
      g_autoptr (NerveMembership) from = nerve_membership_new (self->layers[self->model.columns[c]].graph->mapper, NULL,
                                                               n);
      g_autoptr (NerveMembership) to = nerve_membership_new (self->layers[self->model.columns[c + 1]].graph->mapper,
                                                             NULL, n);

      self->network.couplings[c] = nerve_coupling_new (from, to, NULL, NULL);
    }
}

/* The same graph in each cell: enough for what is drawn. */
static void
make_sweep (Fixture *self, guint layer)
{
  NerveSweep *sweep = nerve_sweep_new (layer, layer % 2, 3, 2);

  for (guint i = 0; i < 3; i++)
    sweep->intervals[i] = 5 * (i + 1);
  sweep->values[0] = .5;
  sweep->values[1] = .25;
  for (guint i = 0; i < 6; i++)
    {
      sweep->graphs[i] = nerve_graph_ref (self->layers[layer].graph);
      sweep->cycles[i] = i;
    }
  self->network.sweeps[layer] = sweep;
}

/* A layer beside itself. */
static void
make_noise (Fixture *self, guint layer)
{
  NerveGraph *graph = self->layers[layer].graph;
  g_autoptr (NerveMembership) membership = nerve_membership_new (graph->mapper, NULL,
                                                                 nerve_dataset_get_n (self->dataset));
  g_autoptr (NerveCoupling) coupling = nerve_coupling_new (membership, membership, NULL, NULL);

  self->network.noises[layer] = nerve_noise_new ((NerveDataset *[]) { self->dataset, self->dataset },
                                                 (guint[]) { layer, layer }, (NerveGraph *[]) { graph, graph },
                                                 coupling);
}

static void
compute_network (Fixture *self)
{
  NerveCloudParameters parameters = { 0 };

  nerve_parameters_init (&nerve_cloud_table, &parameters);
  parameters.sampling = NERVE_SAMPLING_POOL_MEAN;
  nerve_network_results_init (&self->network, self->model.n_layers, self->model.n_columns);
  compute_matrix (self, &parameters);
  compute_specificity (self, &parameters);
  if (nerve_dataset_get_labels (self->dataset) != NULL)
    compute_parting (self);
  for (guint i = 0; i < self->model.n_layers; i++)
    {
      compute_layer_maps (self, i);
      compute_sensitivity (self, i, &parameters);
      make_sweep (self, i);
      make_noise (self, i);
    }
  compute_couplings (self);
  self->model.network = &self->network;
  nerve_parameters_clear (&nerve_cloud_table, &parameters);
}

/* The network beside itself. */
static void
compute_study (Fixture *self)
{
  static const double etas[] = { -1, 0, 1 };
  g_autofree NerveBettiLayer **betti = g_new (NerveBettiLayer *, self->model.n_layers);
  g_autofree NerveBettiCurves **curves = g_new (NerveBettiCurves *, self->model.n_layers);
  NerveStudyModel models[2] = { { self->dataset, betti, curves }, { self->dataset, betti, curves } };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < self->model.n_layers; i++)
    {
      betti[i] = self->layers[i].betti;
      curves[i] = self->layers[i].curves;
    }
  self->model.decay.study = nerve_model_study_new (models, 2, etas, G_N_ELEMENTS (etas), NULL, &error);
  g_assert_no_error (error);
}

void
fixture_init (Fixture *self, guint n_classes, guint n_groups, guint n_images)
{
  const NerveRankedModel models[] = { { (char *) "small", .12, 91 }, { (char *) "wide", .08, 95.5 },
                                      { (char *) "unknown", NAN, NAN }, { (char *) "deep", -.02, 94 } };
  self->dataset = fixture_dataset (n_classes, n_groups, n_images);
  self->palette = nerve_palette_new (self->dataset);
  self->layers = g_new0 (NerveLayerResults, nerve_dataset_get_n_layers (self->dataset));
  nerve_figure_model_init (&self->model, self->dataset, self->palette, self->layers);
  self->model.decay.ranking = nerve_ranking_new (NERVE_RANKING_THETA, models, G_N_ELEMENTS (models));
  for (guint i = 0; i < self->model.n_layers; i++)
    compute_layer (self, i);
  compute_heat (self);
  compute_study (self);
  compute_network (self);
}

void
fixture_clear (Fixture *self)
{
  g_clear_pointer (&self->model.decay.ranking, nerve_ranking_unref);
  g_clear_pointer (&self->model.decay.heat, nerve_betti_heat_unref);
  g_clear_pointer (&self->model.decay.study, nerve_model_study_unref);
  nerve_network_results_clear (&self->network);
  for (guint i = 0; i < self->model.n_layers; i++)
    {
      g_clear_pointer (&self->layers[i].graph, nerve_graph_unref);
      g_clear_pointer (&self->layers[i].homology, nerve_homology_unref);
      g_clear_pointer (&self->layers[i].betti, nerve_betti_layer_unref);
      g_clear_pointer (&self->layers[i].curves, nerve_betti_curves_unref);
      g_clear_pointer (&self->layers[i].projection, nerve_projection_unref);
      g_clear_pointer (&self->layers[i].hierarchy, nerve_hierarchy_unref);
    }
  g_free (self->layers);
  nerve_palette_unref (self->palette);
  nerve_dataset_unref (self->dataset);
}

cairo_t *
fixture_canvas (double width, double height)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, ceil (width), ceil (height));
  cairo_t *cr = cairo_create (surface);

  cairo_surface_destroy (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);

  return cr;
}

guint
fixture_ink (cairo_t *cr)
{
  cairo_surface_t *surface = cairo_get_target (cr);
  const guint8 *data;
  guint ink = 0;

  cairo_surface_flush (surface);
  data = cairo_image_surface_get_data (surface);
  for (int y = 0; y < cairo_image_surface_get_height (surface); y++)
    for (int x = 0; x < cairo_image_surface_get_width (surface); x++)
      {
        const guint32 *row = (const guint32 *) (data + (gsize) y * cairo_image_surface_get_stride (surface));

        ink += (row[x] & 0xffffff) != 0xffffff;
      }

  return ink;
}
