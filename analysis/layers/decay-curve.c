#include "layers/decay-curve.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "base/memory.h"
#include "cloud/cloud.h"
#include "layers/decay-table.h"

struct _NerveDecayCurve
{
  gatomicrefcount  references;
  char            *model;
  NerveDecaySource source;
  double           eta;
  GPtrArray       *layers;  /* their names */
  gsize            n_images;
  int             *classes; /* of each image */
  gsize            n_classes;
  double          *numbers; /* n_layers × 3 × n_images */
};

/* How the layers of a model are chosen, best first. */
typedef struct
{
  NerveDecaySource source;
  gboolean       (*suits) (const NerveLayer *layer);
} Choice;

static gboolean
is_sampled (const NerveLayer *layer)
{
  return nerve_layer_group (layer) == NERVE_LAYER_GROUP_TENSOR;
}

static gboolean
is_tensor (const NerveLayer *layer)
{
  return is_sampled (layer) && !layer->is_vector;
}

static gboolean
is_hidden (const NerveLayer *layer)
{
  return nerve_layer_group (layer) != NERVE_LAYER_GROUP_INPUT;
}

static gboolean
is_any (const NerveLayer *layer)
{
  return TRUE;
}

const char *
nerve_decay_source_warning (NerveDecaySource source)
{
  static const char *const warnings[] = {
    [NERVE_DECAY_OF_SAMPLES] = N_("no layer holds tensors: β₀ of vectors that were sampled from tensors stands in, "
                                  "which is another quantity"),
    [NERVE_DECAY_OF_VECTORS] = N_("no layer holds tensors: β₀ of vectors stands in, which is another quantity"),
    [NERVE_DECAY_OF_INPUT] = N_("the input is all there is"),
    [NERVE_DECAY_OF_TABLE] = NULL,
  };

  g_return_val_if_fail ((guint) source < G_N_ELEMENTS (warnings), NULL);

  return warnings[source];
}

GArray *
nerve_decay_choose_layers (NerveDataset *dataset, NerveDecaySource *source)
{
  static const Choice choices[] = {
    { NERVE_DECAY_OF_TENSORS, is_tensor },
    { NERVE_DECAY_OF_SAMPLES, is_sampled },
    { NERVE_DECAY_OF_VECTORS, is_hidden },
    { NERVE_DECAY_OF_INPUT, is_any },
  };
  GArray *layers = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < G_N_ELEMENTS (choices) && layers->len == 0; i++)
    {
      *source = choices[i].source;
      for (guint layer = 0; layer < nerve_dataset_get_n_layers (dataset); layer++)
        if (choices[i].suits (nerve_dataset_get_layer (dataset, layer)))
          g_array_append_val (layers, layer);
    }

  return layers;
}

char *
nerve_decay_model_name (NerveDataset *dataset)
{
  const char *attribute = nerve_dataset_get_attribute (dataset, "model");
  char *name;
  char *dot;

  if (attribute != NULL && *attribute != '\0')
    return g_strdup (attribute);

  name = g_path_get_basename (nerve_dataset_get_path (dataset));
  dot = strrchr (name, '.');
  if (dot != NULL && dot != name)
    *dot = '\0';

  return name;
}

static NerveDecayCurve *
curve_new (NerveDataset *dataset, NerveDecaySource source, double eta, gsize n_images, gsize n_layers, GError **error)
{
  NerveDecayCurve *self;
  double *numbers = nerve_memory_new ((guint64) n_images * n_layers, 3 * sizeof (double), "a table of Betti numbers",
                                      error);

  if (numbers == NULL)
    return NULL;

  self = g_new0 (NerveDecayCurve, 1);
  g_atomic_ref_count_init (&self->references);
  self->model = nerve_decay_model_name (dataset);
  self->source = source;
  self->eta = eta;
  self->layers = g_ptr_array_new_with_free_func (g_free);
  self->n_images = n_images;
  self->classes = g_new0 (int, n_images + 1);
  self->n_classes = 1;
  self->numbers = numbers;

  return self;
}

static double *
get_numbers (const NerveDecayCurve *self, gsize layer, guint dimension)
{
  return self->numbers + (3 * layer + dimension) * self->n_images;
}

static void
add_layer (NerveDecayCurve *self, const char *name, const NerveBettiLayer *betti, gsize eta)
{
  gsize layer = self->layers->len;

  g_ptr_array_add (self->layers, g_strdup (name));
  for (gsize image = 0; image < self->n_images; image++)
    for (guint d = 0; d < 3; d++)
      get_numbers (self, layer, d)[image] = nerve_betti_layer_get_image (betti, eta, image)[d];
}

static void
set_classes (NerveDecayCurve *self, NerveDataset *dataset)
{
  self->n_classes = nerve_resampling_classes (nerve_dataset_get_labels (dataset), self->n_images,
                                             nerve_dataset_get_n_classes (dataset), self->classes);
}

/* Means over layers need every number as it is, so that tables are kept whole. */
static GPtrArray *
read_table (NerveDataset *dataset, const NerveProgress *progress, GError **error)
{
  g_autoptr (GPtrArray) curves = g_ptr_array_new_with_free_func ((GDestroyNotify) nerve_decay_curve_unref);
  NerveDecayTable table;
  NerveDecayCurve *self;

  nerve_decay_table_init (&table, dataset);
  self = curve_new (dataset, NERVE_DECAY_OF_TABLE, NAN, table.n_classes * table.n_images, table.n_layers, error);
  if (self == NULL)
    return NULL;
  g_ptr_array_add (curves, self);
  if (!nerve_decay_table_read (&table, self->numbers, self->classes, progress, error))
    return NULL;

  self->n_classes = table.n_classes;
  for (gsize i = 0; i < table.n_layers; i++)
    g_ptr_array_add (self->layers, g_strdup_printf ("%" G_GSIZE_FORMAT, i + 1));

  return g_steal_pointer (&curves);
}

static GPtrArray *
count_layers (NerveDataset *dataset, const double *etas, gsize n_etas, NerveBettiCount count,
              const NerveProgress *progress, GError **error)
{
  g_autoptr (GPtrArray) curves = g_ptr_array_new_with_free_func ((GDestroyNotify) nerve_decay_curve_unref);
  NerveDecaySource source = NERVE_DECAY_OF_INPUT;
  g_autoptr (GArray) layers = nerve_decay_choose_layers (dataset, &source);

  for (gsize e = 0; e < n_etas; e++)
    {
      NerveDecayCurve *curve = curve_new (dataset, source, etas[e], nerve_dataset_get_n (dataset), layers->len, error);

      if (curve == NULL)
        return NULL;
      set_classes (curve, dataset);
      g_ptr_array_add (curves, curve);
    }
  for (guint i = 0; i < layers->len; i++)
    {
      guint layer = g_array_index (layers, guint, i);
      NerveProgress part = nerve_progress_part (progress, (double) i / layers->len, (i + 1.0) / layers->len);
      g_autoptr (NerveBettiLayer) betti = nerve_betti_layer_new (dataset, layer, etas, n_etas, count, &part, error);

      if (betti == NULL)
        return NULL;
      for (gsize e = 0; e < n_etas; e++)
        add_layer (g_ptr_array_index (curves, e), nerve_dataset_get_layer (dataset, layer)->name, betti, e);
    }

  return g_steal_pointer (&curves);
}

GPtrArray *
nerve_decay_curves_new (NerveDataset *dataset, const double *etas, gsize n_etas, NerveBettiCount count,
                        const NerveProgress *progress, GError **error)
{
  g_return_val_if_fail (dataset != NULL && etas != NULL && n_etas > 0, NULL);

  if (nerve_decay_is_table (dataset))
    return read_table (dataset, progress, error);

  return count_layers (dataset, etas, n_etas, count, progress, error);
}

NerveDecayCurve *
nerve_decay_curve_new_for_layers (NerveDataset *dataset, NerveBettiLayer * const *betti, gsize eta, GError **error)
{
  NerveDecaySource source = NERVE_DECAY_OF_INPUT;
  g_autoptr (GArray) layers = nerve_decay_choose_layers (dataset, &source);
  NerveDecayCurve *self = curve_new (dataset, source, NAN, nerve_dataset_get_n (dataset), layers->len, error);

  if (self == NULL)
    return NULL;

  set_classes (self, dataset);
  for (guint i = 0; i < layers->len; i++)
    {
      guint layer = g_array_index (layers, guint, i);

      if (betti[layer] == NULL || eta >= nerve_betti_layer_get_n_etas (betti[layer]))
        continue;
      self->eta = nerve_betti_layer_get_etas (betti[layer])[eta];
      add_layer (self, nerve_dataset_get_layer (dataset, layer)->name, betti[layer], eta);
    }

  return self;
}

NerveDecayCurve *
nerve_decay_curve_ref (NerveDecayCurve *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
nerve_decay_curve_unref (NerveDecayCurve *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->references))
    return;

  g_free (self->model);
  g_ptr_array_unref (self->layers);
  g_free (self->classes);
  g_free (self->numbers);
  g_free (self);
}

const char *
nerve_decay_curve_get_model (const NerveDecayCurve *self)
{
  return self->model;
}

NerveDecaySource
nerve_decay_curve_get_source (const NerveDecayCurve *self)
{
  return self->source;
}

double
nerve_decay_curve_get_eta (const NerveDecayCurve *self)
{
  return self->eta;
}

guint
nerve_decay_curve_get_n_layers (const NerveDecayCurve *self)
{
  return self->layers->len;
}

const char *
nerve_decay_curve_get_layer_name (const NerveDecayCurve *self, guint layer)
{
  g_return_val_if_fail (layer < self->layers->len, NULL);

  return g_ptr_array_index (self->layers, layer);
}

gsize
nerve_decay_curve_get_n_images (const NerveDecayCurve *self)
{
  return self->n_images;
}

const int *
nerve_decay_curve_get_classes (const NerveDecayCurve *self, gsize *n_classes)
{
  if (n_classes != NULL)
    *n_classes = self->n_classes;

  return self->classes;
}

/* Sums over a class first, divided once: whole numbers keep exact. */
void
nerve_decay_curve_mean (const NerveDecayCurve *self, double *beta)
{
  g_autofree gsize *counts = g_new0 (gsize, self->n_classes);
  g_autofree double *sums = g_new (double, self->n_classes);

  for (gsize i = 0; i < self->n_images; i++)
    if (self->classes[i] >= 0)
      counts[self->classes[i]]++;
  for (gsize row = 0; row < 3 * (gsize) self->layers->len; row++)
    {
      const double *numbers = self->numbers + row * self->n_images;
      double sum = 0;
      gsize n = 0;

      memset (sums, 0, self->n_classes * sizeof (double));
      for (gsize i = 0; i < self->n_images; i++)
        if (self->classes[i] >= 0)
          sums[self->classes[i]] += numbers[i];
      for (gsize c = 0; c < self->n_classes; c++)
        if (counts[c] > 0)
          {
            sum += sums[c] / counts[c];
            n++;
          }
      beta[row] = n > 0 ? sum / n : NAN;
    }
}

void
nerve_decay_curve_weigh (const NerveDecayCurve *self, guint dimensions, const double *shares, double *omega)
{
  for (guint layer = 0; layer < self->layers->len; layer++)
    {
      omega[layer] = 0;
      for (guint d = 0; d < 3; d++)
        for (gsize i = 0; i < self->n_images && (dimensions >> d & 1) != 0; i++)
          omega[layer] += shares[i] * get_numbers (self, layer, d)[i];
    }
}

/* FALSE, and all NaN, where no image counts. */
static gboolean
find_shares (const NerveDecayCurve *self, const gboolean *wanted, double *shares, double *omega, gsize n)
{
  if (nerve_resampling_shares (self->classes, self->n_images, self->n_classes, wanted, shares) > 0)
    return TRUE;

  for (gsize k = 0; k < n; k++)
    omega[k] = NAN;
  return FALSE;
}

void
nerve_decay_curve_omega (const NerveDecayCurve *self, guint dimensions, const gboolean *wanted, double *omega)
{
  g_autofree double *shares = g_new (double, self->n_images + 1);

  if (find_shares (self, wanted, shares, omega, self->layers->len))
    nerve_decay_curve_weigh (self, dimensions, shares, omega);
}

void
nerve_decay_curve_replicate (const NerveDecayCurve *self, guint dimensions, const gboolean *wanted,
                             const NerveResampling *bootstrap, double *omegas)
{
  gsize n_layers = self->layers->len, n = nerve_resampling_get_n_replicates (bootstrap);
  g_autofree double *shares = g_new (double, self->n_images + 1);
  g_autofree double *values = g_new (double, self->n_images + 1);
  g_autofree double *sums = g_new (double, n + 1);

  g_return_if_fail (nerve_resampling_get_n_images (bootstrap) == self->n_images);

  if (!find_shares (self, wanted, shares, omegas, n * n_layers))
    return;

  for (gsize layer = 0; layer < n_layers; layer++)
    {
      memset (values, 0, self->n_images * sizeof (double));
      for (guint d = 0; d < 3; d++)
        for (gsize i = 0; i < self->n_images && (dimensions >> d & 1) != 0; i++)
          values[i] += shares[i] * get_numbers (self, layer, d)[i];
      nerve_resampling_sums (bootstrap, values, sums);
      for (gsize r = 0; r < n; r++)
        omegas[r * n_layers + layer] = sums[r];
    }
}

NerveResampling *
nerve_decay_curve_bootstrap (const NerveDecayCurve *self, gsize n_replicates, guint64 seed, GError **error)
{
  return nerve_resampling_new (self->classes, self->n_images, n_replicates, seed, error);
}

gboolean
nerve_decay_parse_dimensions (const char *text, guint *dimensions, GError **error)
{
  g_auto (GStrv) words = NULL;

  /* An empty list is one empty word: no number. */
  text = text != NULL ? text : "0,1,2";
  words = g_strsplit (*text != '\0' ? text : " ", ",", -1);
  *dimensions = 0;
  for (char **word = words; *word != NULL; word++)
    {
      guint64 dimension;

      if (!g_ascii_string_to_unsigned (g_strstrip (*word), 10, 0, 2, &dimension, NULL) ||
          (*dimensions >> dimension & 1) != 0)
        {
          g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER,
                       "dims: “%s” is not a list of 0, 1 and 2, each at most once", text);
          return FALSE;
        }
      *dimensions |= 1u << dimension;
    }

  return TRUE;
}
