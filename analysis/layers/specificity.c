#include "layers/specificity.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/quantile.h"
#include "base/random.h"

static const NerveParameter parameters[] = {
  {
    .name = "permutations", .label = N_("Permutations"),
    .help = N_("Of the layers' names: what the distance would find by chance"),
    .type = NERVE_PARAMETER_INT, .offset = G_STRUCT_OFFSET (NerveSpecificityParameters, permutations),
    .initial = 1000, .lower = 20, .upper = 1000000,
  },
};

const NerveParameterTable nerve_specificity_table = {
  "specificity", sizeof (NerveSpecificityParameters), parameters, G_N_ELEMENTS (parameters),
};

struct _NerveSpecificity
{
  gatomicrefcount        references;
  NerveMeasureKind       measure;
  guint                  n_models;
  guint                  n;
  NerveSpecificityLayer *layers;
  NerveSpecificityLayer  all;
  char                 **notes;
};

/* The matrices of all ordered pairs of files, n × n each, of the layers that are left out of no file. */
typedef struct
{
  guint   n;
  guint  *layers;
  guint   n_pairs;
  double *values;
} Pairs;

static double
at (const Pairs *self, guint pair, guint i, guint j)
{
  return self->values[((gsize) pair * self->n + i) * self->n + j];
}

static gboolean
check_layers (const NerveModelLayers *models, guint n_models, GError **error)
{
  guint n = nerve_dataset_get_n_layers (models[0].dataset);

  for (guint m = 1; m < n_models; m++)
    {
      if (nerve_dataset_get_n_layers (models[m].dataset) != n)
        {
          g_set_error (error, NERVE_ERROR, NERVE_ERROR_SHAPE,
                       "%u layers here, %u in file %u: these are no seeds of one architecture", n,
                       nerve_dataset_get_n_layers (models[m].dataset), m + 1);
          return FALSE;
        }
      for (guint i = 0; i < n; i++)
        {
          const char *name = nerve_dataset_get_layer (models[0].dataset, i)->name;
          const char *other = nerve_dataset_get_layer (models[m].dataset, i)->name;

          if (g_str_equal (name, other))
            continue;
          g_set_error (error, NERVE_ERROR, NERVE_ERROR_SHAPE, "%s: this layer is called “%s” in file %u", name, other,
                       m + 1);
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
is_left_out (const NerveModelLayers *models, guint n_models, guint layer)
{
  for (guint m = 0; m < n_models; m++)
    if (models[m].clouds[layer] == NULL)
      return TRUE;

  return FALSE;
}

static void
pairs_init (Pairs *self, const NerveModelLayers *models, guint n_models)
{
  guint n = nerve_dataset_get_n_layers (models[0].dataset);

  *self = (Pairs) { .layers = g_new (guint, MAX (n, 1)) };
  for (guint i = 0; i < n; i++)
    if (!is_left_out (models, n_models, i))
      self->layers[self->n++] = i;
}

static void
pairs_clear (Pairs *self)
{
  g_free (self->layers);
  g_free (self->values);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pairs, pairs_clear)

static void
keep_notes (GPtrArray *notes, const NerveLayerMatrix *matrix)
{
  for (const char * const *note = nerve_layer_matrix_get_notes (matrix); *note != NULL; note++)
    if (!g_ptr_array_find_with_equal_func (notes, *note, g_str_equal, NULL))
      g_ptr_array_add (notes, g_strdup (*note));
}

/* A matrix gives two ordered pairs: its rows, and its columns. */
static void
fill_pair (Pairs *self, guint pair, const NerveLayerMatrix *matrix)
{
  double *rows = self->values + (gsize) pair * self->n * self->n;
  double *columns = rows + (gsize) self->n * self->n;
  guint row, column;

  for (guint i = 0; i < self->n; i++)
    for (guint j = 0; j < self->n; j++)
      if (nerve_layer_matrix_find (matrix, self->layers[i], self->layers[j], &row, &column))
        rows[(gsize) i * self->n + j] = columns[(gsize) j * self->n + i] =
          nerve_layer_matrix_get_dissimilarity (matrix, row, column);
}

static gboolean
fill_pairs (Pairs *self, const NerveModelLayers *models, guint n_models, const NerveMeasureParameters *measure,
            GPtrArray *notes, const NerveProgress *progress, GError **error)
{
  guint n_matrices = n_models * (n_models - 1) / 2;
  guint done = 0;

  self->n_pairs = 2 * n_matrices;
  self->values = g_new (double, MAX ((gsize) self->n_pairs * self->n * self->n, 1));
  for (guint a = 0; a < n_models; a++)
    for (guint b = a + 1; b < n_models; b++)
      {
        NerveProgress part = nerve_progress_part (progress, (double) done / n_matrices, (done + 1.) / n_matrices);
        g_autoptr (NerveLayerMatrix) matrix = nerve_layer_matrix_new (&models[a], &models[b], measure, &part, error);

        if (matrix == NULL)
          return FALSE;
        fill_pair (self, 2 * done, matrix);
        keep_notes (notes, matrix);
        done++;
      }

  return TRUE;
}

/* Means leave out what is not defined. */
typedef struct { double sum; guint n; } Mean;

static void
mean_add (Mean *self, double value)
{
  if (isnan (value))
    return;
  self->sum += value;
  self->n++;
}

static double
mean_get (const Mean *self)
{
  return self->n > 0 ? self->sum / self->n : NAN;
}

static void
describe_ranks (const Pairs *pairs, guint layer, NerveSpecificityLayer *out)
{
  Mean rank = { 0 };
  Mean share = { 0 };

  for (guint pair = 0; pair < pairs->n_pairs; pair++)
    {
      double same = at (pairs, pair, layer, layer);
      double nearer = 0;
      guint n = 0;

      for (guint j = 0; j < pairs->n && !isnan (same); j++)
        {
          double other = at (pairs, pair, layer, j);

          if (j == layer || isnan (other))
            continue;
          nearer += other < same ? 1 : other == same ? .5 : 0;
          n++;
        }
      if (n == 0)
        continue;
      mean_add (&rank, 1 + nearer);
      mean_add (&share, 1 - nearer / n);
    }
  out->rank = mean_get (&rank);
  out->share = mean_get (&share);
}

static void
describe_layer (const Pairs *pairs, guint layer, NerveSpecificityLayer *out)
{
  Mean same = { 0 };
  Mean others = { 0 };

  out->left_out = FALSE;
  out->nearest = NAN;
  out->nearest_layer = pairs->layers[layer];
  for (guint j = 0; j < pairs->n; j++)
    {
      Mean one = { 0 };

      for (guint pair = 0; pair < pairs->n_pairs; pair++)
        {
          mean_add (&one, at (pairs, pair, layer, j));
          mean_add (j == layer ? &same : &others, at (pairs, pair, layer, j));
        }
      if (j != layer && one.n > 0 && !(mean_get (&one) >= out->nearest))
        {
          out->nearest = mean_get (&one);
          out->nearest_layer = pairs->layers[j];
        }
    }
  out->same = mean_get (&same);
  out->others = mean_get (&others);
  describe_ranks (pairs, layer, out);
}

static void
set_control (NerveSpecificityLayer *out, double *draws, guint n)
{
  guint n_defined = 0;
  guint n_as_near = 0;

  out->p = out->control_low = out->control_high = NAN;
  for (guint k = 0; k < n; k++)
    if (!isnan (draws[k]))
      draws[n_defined++] = draws[k];
  if (n_defined == 0 || isnan (out->same))
    return;

  for (guint k = 0; k < n_defined; k++)
    n_as_near += draws[k] <= out->same;
  out->p = (1. + n_as_near) / (1. + n_defined);
  nerve_quantile (draws, n_defined, .025, &out->control_low, NULL);
  nerve_quantile (draws, n_defined, .975, &out->control_high, NULL);
}

/* Every draw deals the layers of each pair's second file out anew. */
static gboolean
fill_control (NerveSpecificity *self, const Pairs *pairs, guint n_draws, guint64 seed, const NerveProgress *progress,
              GError **error)
{
  guint n = pairs->n;
  g_autofree guint *names = g_new (guint, MAX (n, 1));
  g_autofree double *draws = g_new (double, MAX ((gsize) (n + 1) * n_draws, 1));

  for (guint draw = 0; draw < n_draws; draw++)
    {
      NerveRandom random;
      g_autofree Mean *means = g_new0 (Mean, n + 1);

      nerve_random_init_stream (&random, seed, draw);
      for (guint pair = 0; pair < pairs->n_pairs; pair++)
        {
          for (guint i = 0; i < n; i++)
            names[i] = i;
          for (guint i = n; i > 1; i--)
            {
              guint other = nerve_random_below (&random, i);
              guint name = names[i - 1];

              names[i - 1] = names[other];
              names[other] = name;
            }
          for (guint i = 0; i < n; i++)
            {
              mean_add (&means[i], at (pairs, pair, i, names[i]));
              mean_add (&means[n], at (pairs, pair, i, names[i]));
            }
        }
      for (guint i = 0; i <= n; i++)
        draws[(gsize) i * n_draws + draw] = mean_get (&means[i]);
      if (!nerve_progress_check (progress, error))
        return FALSE;
    }
  for (guint i = 0; i < n; i++)
    set_control (&self->layers[pairs->layers[i]], draws + (gsize) i * n_draws, n_draws);
  set_control (&self->all, draws + (gsize) n * n_draws, n_draws);

  return TRUE;
}

static void
fill_all (NerveSpecificity *self)
{
  Mean same = { 0 };
  Mean others = { 0 };
  Mean rank = { 0 };
  Mean share = { 0 };

  for (guint i = 0; i < self->n; i++)
    {
      mean_add (&same, self->layers[i].same);
      mean_add (&others, self->layers[i].others);
      mean_add (&rank, self->layers[i].rank);
      mean_add (&share, self->layers[i].share);
    }
  self->all = (NerveSpecificityLayer) {
    .same = mean_get (&same), .others = mean_get (&others), .nearest = NAN, .rank = mean_get (&rank),
    .share = mean_get (&share),
  };
}

NerveSpecificity *
nerve_specificity_new (const NerveModelLayers *models, guint n_models, const NerveMeasureParameters *measure,
                       const NerveSpecificityParameters *values, guint64 seed, const NerveProgress *progress,
                       GError **error)
{
  NerveProgress comparing = nerve_progress_part (progress, 0, .95);
  NerveProgress permuting = nerve_progress_part (progress, .95, 1);
  g_autoptr (NerveSpecificity) self = g_new0 (NerveSpecificity, 1);
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
  g_auto (Pairs) pairs = { 0 };

  g_return_val_if_fail (n_models >= 2, NULL);

  g_atomic_ref_count_init (&self->references);
  if (!check_layers (models, n_models, error))
    return NULL;
  pairs_init (&pairs, models, n_models);
  if (!fill_pairs (&pairs, models, n_models, measure, notes, &comparing, error))
    return NULL;
  self->measure = measure->measure;
  self->n_models = n_models;
  self->n = nerve_dataset_get_n_layers (models[0].dataset);
  self->layers = g_new (NerveSpecificityLayer, MAX (self->n, 1));
  for (guint i = 0; i < self->n; i++)
    self->layers[i] = (NerveSpecificityLayer) { NAN, NAN, NAN, i, NAN, NAN, NAN, NAN, NAN, TRUE };
  for (guint i = 0; i < pairs.n; i++)
    describe_layer (&pairs, i, &self->layers[pairs.layers[i]]);
  fill_all (self);
  if (!fill_control (self, &pairs, values->permutations, seed, &permuting, error))
    return NULL;

  g_ptr_array_add (notes, NULL);
  self->notes = (char **) g_ptr_array_free (g_steal_pointer (&notes), FALSE);

  return g_steal_pointer (&self);
}

NerveSpecificity *
nerve_specificity_ref (NerveSpecificity *self)
{
  g_atomic_ref_count_inc (&self->references);

  return self;
}

void
nerve_specificity_unref (NerveSpecificity *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;

  g_free (self->layers);
  g_strfreev (self->notes);
  g_free (self);
}

NerveMeasureKind nerve_specificity_get_measure (const NerveSpecificity *self) { return self->measure; }
guint nerve_specificity_get_n_models (const NerveSpecificity *self) { return self->n_models; }
guint nerve_specificity_get_n (const NerveSpecificity *self) { return self->n; }
const NerveSpecificityLayer *nerve_specificity_get_all (const NerveSpecificity *self) { return &self->all; }

const NerveSpecificityLayer *
nerve_specificity_get_layer (const NerveSpecificity *self, guint layer)
{
  return &self->layers[layer];
}

const char * const *
nerve_specificity_get_notes (const NerveSpecificity *self)
{
  return (const char * const *) self->notes;
}
