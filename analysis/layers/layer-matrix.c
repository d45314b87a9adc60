#include "layers/layer-matrix.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "layers/linkage.h"
#include "layers/matrix-private.h"
#include "layers/projection.h"

typedef struct
{
  const char *title;
  gboolean    is_similarity;
  gboolean    is_matched;
  gboolean  (*fill) (NerveMatrixWork *work, const NerveProgress *progress, GError **error);
} Measure;

struct _NerveLayerMatrix
{
  gatomicrefcount  references;
  NerveMeasureKind measure;
  gboolean         is_square;
  char           **rows;
  char           **columns;
  char           **models;     /* their files' names */
  guint           *sides;      /* of which one each row is */
  guint           *layers;         /* of the rows */
  guint           *column_layers;
  NerveLayerGroup *row_groups;
  NerveLayerGroup *column_groups;
  guint            n_rows;
  guint            n_columns;
  double          *values;
  char           **notes;
};

static const Measure measures[NERVE_N_MEASURES] = {
  [NERVE_MEASURE_SLICED_WASSERSTEIN] = { N_("Sliced Wasserstein distance"), FALSE, FALSE, nerve_matrix_fill_diagrams },
  [NERVE_MEASURE_WASSERSTEIN] = { N_("Wasserstein distance"), FALSE, FALSE, nerve_matrix_fill_diagrams },
  [NERVE_MEASURE_BOTTLENECK] = { N_("Bottleneck distance"), FALSE, FALSE, nerve_matrix_fill_diagrams },
  [NERVE_MEASURE_RTD] = { N_("Representation topology divergence"), FALSE, TRUE, nerve_matrix_fill_rtd },
  [NERVE_MEASURE_CKA] = { N_("Linear CKA"), TRUE, TRUE, nerve_matrix_fill_cka },
  [NERVE_MEASURE_CKA_DEBIASED] = { N_("Linear CKA, debiased"), TRUE, TRUE, nerve_matrix_fill_cka },
  [NERVE_MEASURE_SVCCA] = { N_("SVCCA"), TRUE, TRUE, nerve_matrix_fill_spectra },
  [NERVE_MEASURE_PWCCA] = { N_("PWCCA"), TRUE, TRUE, nerve_matrix_fill_spectra },
  [NERVE_MEASURE_PROCRUSTES] = { N_("Procrustes angle"), FALSE, TRUE, nerve_matrix_fill_spectra },
  [NERVE_MEASURE_MAPPER] = { N_("Mapper-graph distance"), FALSE, TRUE, nerve_matrix_fill_mapper },
};

static const NerveChoice measure_choices[] = {
  [NERVE_MEASURE_SLICED_WASSERSTEIN] = { "sliced-wasserstein", N_("Sliced Wasserstein") },
  [NERVE_MEASURE_WASSERSTEIN] = { "wasserstein", N_("Wasserstein") },
  [NERVE_MEASURE_BOTTLENECK] = { "bottleneck", N_("Bottleneck") },
  [NERVE_MEASURE_RTD] = { "rtd", N_("RTD") },
  [NERVE_MEASURE_CKA] = { "cka", N_("CKA") },
  [NERVE_MEASURE_CKA_DEBIASED] = { "cka-debiased", N_("CKA, debiased") },
  [NERVE_MEASURE_SVCCA] = { "svcca", N_("SVCCA") },
  [NERVE_MEASURE_PWCCA] = { "pwcca", N_("PWCCA") },
  [NERVE_MEASURE_PROCRUSTES] = { "procrustes", N_("Procrustes") },
  [NERVE_MEASURE_MAPPER] = { "mapper", N_("Mapper graph") },
  { NULL, NULL },
};

static const NerveParameter parameters[] = {
  {
    .name = "measure", .label = N_("Measure"),
    .help = N_("Distances of diagrams or graphs, RTD; similarities (CKA, SVCCA, PWCCA), or an angle (Procrustes); of "
               "equal canonical correlations, as when one layer determines the other, PWCCA's weights hang on which "
               "directions are taken"),
    .type = NERVE_PARAMETER_CHOICE, .offset = G_STRUCT_OFFSET (NerveMeasureParameters, measure),
    .initial = NERVE_MEASURE_SLICED_WASSERSTEIN, .choices = measure_choices,
  },
  {
    .name = "dim", .label = N_("Dimensions"),
    .help = N_("Of the bars that are compared; several with commas between are summed (1 when empty)"),
    .type = NERVE_PARAMETER_STRING, .offset = G_STRUCT_OFFSET (NerveMeasureParameters, dims),
  },
  {
    .name = "order", .label = N_("Order"),
    .help = N_("p of the Wasserstein distance"),
    .type = NERVE_PARAMETER_DOUBLE, .offset = G_STRUCT_OFFSET (NerveMeasureParameters, order),
    .initial = 1, .lower = 1, .upper = INFINITY,
  },
  {
    .name = "batch", .label = N_("Batch"),
    .help = N_("RTD of more points than this is the mean over draws of so many"),
    .type = NERVE_PARAMETER_INT, .offset = G_STRUCT_OFFSET (NerveMeasureParameters, batch),
    .initial = 500, .lower = 2, .upper = 20000,
  },
  {
    .name = "trials", .label = N_("Trials"),
    .help = N_("How many such draws, the same for all pairs of layers"),
    .type = NERVE_PARAMETER_INT, .offset = G_STRUCT_OFFSET (NerveMeasureParameters, trials),
    .initial = 10, .lower = 1, .upper = 1000,
  },
};

const NerveParameterTable nerve_measure_table = {
  "measure", sizeof (NerveMeasureParameters), parameters, G_N_ELEMENTS (parameters),
};

const char *
nerve_measure_title (NerveMeasureKind measure)
{
  return _(measures[measure].title);
}

gboolean
nerve_measure_is_similarity (NerveMeasureKind measure)
{
  return measures[measure].is_similarity;
}

gboolean
nerve_measure_is_matched (NerveMeasureKind measure)
{
  return measures[measure].is_matched;
}

static void
work_add (NerveMatrixWork *self, guint side, const NerveModelLayers *model)
{
  guint n = nerve_dataset_get_n_layers (model->dataset);

  if (model->left_out != NULL)
    g_ptr_array_add (self->notes, g_strdup (model->left_out));
  self->datasets[side] = model->dataset;
  self->n_datasets = side + 1;
  self->items = g_renew (NerveMatrixItem, self->items, self->n + n);
  for (guint layer = 0; layer < n; layer++)
    if (model->clouds[layer] != NULL)
      self->items[self->n++] = (NerveMatrixItem) {
        side, layer, model->dataset, model->clouds[layer], model->mappers != NULL ? model->mappers[layer] : NULL,
        nerve_dataset_get_layer (model->dataset, layer)->name, NULL,
      };
}

static char **
copy_names (const NerveMatrixItem *items, guint n)
{
  char **names = g_new0 (char *, n + 1);

  for (guint i = 0; i < n; i++)
    names[i] = g_strdup (items[i].name);

  return names;
}

static guint *
copy_layers (const NerveMatrixItem *items, guint n)
{
  guint *layers = g_new (guint, MAX (n, 1));

  for (guint i = 0; i < n; i++)
    layers[i] = items[i].layer;

  return layers;
}

static NerveLayerGroup *
copy_groups (const NerveMatrixItem *items, guint n)
{
  NerveLayerGroup *groups = g_new (NerveLayerGroup, MAX (n, 1));

  for (guint i = 0; i < n; i++)
    groups[i] = nerve_layer_group (nerve_dataset_get_layer (items[i].dataset, items[i].layer));

  return groups;
}

static char **
copy_models (const NerveMatrixWork *work)
{
  char **models = g_new0 (char *, work->n_datasets + 1);

  for (guint i = 0; i < work->n_datasets; i++)
    models[i] = g_path_get_basename (nerve_dataset_get_path (work->datasets[i]));

  return models;
}

/* What was asked for: a square of all, or the first model against the second. */
static NerveLayerMatrix *
cut (NerveMatrixWork *work)
{
  NerveLayerMatrix *self = g_new0 (NerveLayerMatrix, 1);
  guint begin = work->across ? work->n_first : 0;

  g_atomic_ref_count_init (&self->references);
  self->measure = work->parameters->measure;
  self->is_square = begin == 0;
  self->n_rows = work->across ? work->n_first : work->n;
  self->n_columns = work->n - begin;
  self->rows = copy_names (work->items, self->n_rows);
  self->columns = copy_names (work->items + begin, self->n_columns);
  self->layers = copy_layers (work->items, self->n_rows);
  self->column_layers = copy_layers (work->items + begin, self->n_columns);
  self->row_groups = copy_groups (work->items, self->n_rows);
  self->column_groups = copy_groups (work->items + begin, self->n_columns);
  self->values = g_new (double, MAX ((gsize) self->n_rows * self->n_columns, 1));
  for (guint i = 0; i < self->n_rows; i++)
    for (guint j = 0; j < self->n_columns; j++)
      self->values[(gsize) i * self->n_columns + j] = work->values[(gsize) i * work->n + begin + j];
  self->models = copy_models (work);
  self->sides = g_new (guint, MAX (self->n_rows, 1));
  for (guint i = 0; i < self->n_rows; i++)
    self->sides[i] = work->items[i].side;
  g_ptr_array_add (work->notes, NULL);
  self->notes = (char **) g_ptr_array_free (g_steal_pointer (&work->notes), FALSE);

  return self;
}

static void
work_clear (NerveMatrixWork *self)
{
  g_free (self->datasets);
  g_free (self->items);
  g_free (self->values);
  g_clear_pointer (&self->notes, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NerveMatrixWork, work_clear)

/* All that is compared stands in @self->items. */
static gboolean
work_run (NerveMatrixWork *self, const NerveProgress *progress, GError **error)
{
  const Measure *measure = &measures[self->parameters->measure];
  gsize size = (gsize) self->n * self->n;

  self->values = g_new (double, MAX (size, 1));
  for (gsize k = 0; k < size; k++)
    self->values[k] = NAN;
  for (guint i = 0; i < self->n; i++)
    self->values[(gsize) i * self->n + i] = measure->is_similarity ? 1 : 0;

  return measure->fill (self, progress, error);
}

static NerveLayerMatrix *
compare (NerveMatrixWork *work, const NerveProgress *progress, GError **error)
{
  if (!measures[work->parameters->measure].is_matched)
    nerve_matrix_work_note_images (work);

  return work_run (work, progress, error) ? cut (work) : NULL;
}

NerveLayerMatrix *
nerve_layer_matrix_new (const NerveModelLayers *first, const NerveModelLayers *second,
                        const NerveMeasureParameters *values, const NerveProgress *progress, GError **error)
{
  g_auto (NerveMatrixWork) work = { .parameters = values, .across = second != NULL };

  work.notes = g_ptr_array_new_with_free_func (g_free);
  work.datasets = g_new0 (NerveDataset *, 2);
  work_add (&work, 0, first);
  work.n_first = work.n;
  if (second != NULL)
    work_add (&work, 1, second);

  return compare (&work, progress, error);
}

NerveLayerMatrix *
nerve_layer_matrix_new_of_all (const NerveModelLayers *models, guint n, const NerveMeasureParameters *values,
                               const NerveProgress *progress, GError **error)
{
  g_auto (NerveMatrixWork) work = { .parameters = values };

  work.notes = g_ptr_array_new_with_free_func (g_free);
  work.datasets = g_new0 (NerveDataset *, MAX (n, 1));
  for (guint i = 0; i < n; i++)
    work_add (&work, i, &models[i]);
  work.n_first = work.n;

  return compare (&work, progress, error);
}

static gboolean
refuse_mapper (const NerveMeasureParameters *values, GError **error)
{
  if (values->measure != NERVE_MEASURE_MAPPER)
    return TRUE;

  g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER, "the distance of mapper graphs can't be tested this way");

  return FALSE;
}

static double
get_dissimilarity (const NerveMatrixWork *work, guint i, guint j)
{
  double value = work->values[(gsize) i * work->n + j];

  return measures[work->parameters->measure].is_similarity ? 1 - value : value;
}

gboolean
nerve_matrix_compare_clouds (NerveCloud * const *clouds, guint n, guint n_first, const NerveCloudParameters *cloud,
                             const NerveMeasureParameters *values, double *out, GPtrArray *notes,
                             const NerveProgress *progress, GError **error)
{
  g_auto (NerveMatrixWork) work = { .parameters = values, .n = n, .n_first = n_first };

  if (!refuse_mapper (values, error))
    return FALSE;
  work.notes = g_ptr_array_new_with_free_func (g_free);
  work.items = g_new0 (NerveMatrixItem, MAX (n, 1));
  for (guint i = 0; i < n; i++)
    work.items[i] = (NerveMatrixItem) { .cloud = cloud, .name = "layer", .ready = clouds[i] };
  if (!work_run (&work, progress, error))
    return FALSE;

  for (guint i = 0; i < n_first; i++)
    for (guint j = 0; j < n; j++)
      out[(gsize) i * n + j] = get_dissimilarity (&work, i, j);
  for (guint k = 0; notes != NULL && k < work.notes->len; k++)
    g_ptr_array_add (notes, g_strdup (g_ptr_array_index (work.notes, k)));

  return TRUE;
}

gboolean
nerve_matrix_compare_layers (NerveDataset *a, guint layer_a, NerveDataset *b, guint layer_b,
                             const NerveCloudParameters *cloud, const NerveMeasureParameters *values, double *out,
                             const NerveProgress *progress, GError **error)
{
  g_auto (NerveMatrixWork) work = { .parameters = values, .n_datasets = 2, .across = TRUE, .n = 2, .n_first = 1 };

  if (!refuse_mapper (values, error))
    return FALSE;
  work.notes = g_ptr_array_new_with_free_func (g_free);
  work.datasets = g_new (NerveDataset *, 2);
  work.datasets[0] = a;
  work.datasets[1] = b;
  work.items = g_new0 (NerveMatrixItem, 2);
  work.items[0] = (NerveMatrixItem) { 0, layer_a, a, cloud, NULL, nerve_dataset_get_layer (a, layer_a)->name, NULL };
  work.items[1] = (NerveMatrixItem) { 1, layer_b, b, cloud, NULL, nerve_dataset_get_layer (b, layer_b)->name, NULL };
  if (!work_run (&work, progress, error))
    return FALSE;
  *out = get_dissimilarity (&work, 0, 1);

  return TRUE;
}

NerveLayerMatrix *
nerve_layer_matrix_ref (NerveLayerMatrix *self)
{
  g_atomic_ref_count_inc (&self->references);

  return self;
}

void
nerve_layer_matrix_unref (NerveLayerMatrix *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;

  g_strfreev (self->rows);
  g_strfreev (self->columns);
  g_strfreev (self->notes);
  g_strfreev (self->models);
  g_free (self->sides);
  g_free (self->layers);
  g_free (self->column_layers);
  g_free (self->row_groups);
  g_free (self->column_groups);
  g_free (self->values);
  g_free (self);
}

NerveMeasureKind nerve_layer_matrix_get_measure (const NerveLayerMatrix *self) { return self->measure; }
gboolean nerve_layer_matrix_is_square (const NerveLayerMatrix *self) { return self->is_square; }
guint nerve_layer_matrix_get_n_rows (const NerveLayerMatrix *self) { return self->n_rows; }
guint nerve_layer_matrix_get_n_columns (const NerveLayerMatrix *self) { return self->n_columns; }

const char *
nerve_layer_matrix_get_row_name (const NerveLayerMatrix *self, guint row)
{
  return self->rows[row];
}

guint
nerve_layer_matrix_get_row_layer (const NerveLayerMatrix *self, guint row)
{
  return self->layers[row];
}

guint
nerve_layer_matrix_get_column_layer (const NerveLayerMatrix *self, guint column)
{
  return self->column_layers[column];
}

NerveLayerGroup
nerve_layer_matrix_get_row_group (const NerveLayerMatrix *self, guint row)
{
  return self->row_groups[row];
}

NerveLayerGroup
nerve_layer_matrix_get_column_group (const NerveLayerMatrix *self, guint column)
{
  return self->column_groups[column];
}

static gboolean
find_layer (const guint *layers, guint n, guint layer, guint *place)
{
  for (*place = 0; *place < n; (*place)++)
    if (layers[*place] == layer)
      return TRUE;

  return FALSE;
}

gboolean
nerve_layer_matrix_find (const NerveLayerMatrix *self, guint row_layer, guint column_layer, guint *row, guint *column)
{
  return find_layer (self->layers, self->n_rows, row_layer, row) &&
         find_layer (self->column_layers, self->n_columns, column_layer, column);
}

const char *
nerve_layer_matrix_get_column_name (const NerveLayerMatrix *self, guint column)
{
  return self->columns[column];
}

guint
nerve_layer_matrix_get_n_models (const NerveLayerMatrix *self)
{
  return g_strv_length (self->models);
}

const char *
nerve_layer_matrix_get_model_name (const NerveLayerMatrix *self, guint model)
{
  return self->models[model];
}

guint
nerve_layer_matrix_get_row_model (const NerveLayerMatrix *self, guint row)
{
  return self->sides[row];
}

double
nerve_layer_matrix_get (const NerveLayerMatrix *self, guint row, guint column)
{
  return self->values[(gsize) row * self->n_columns + column];
}

double
nerve_layer_matrix_get_dissimilarity (const NerveLayerMatrix *self, guint row, guint column)
{
  double value = nerve_layer_matrix_get (self, row, column);

  return measures[self->measure].is_similarity ? 1 - value : value;
}

const char * const *
nerve_layer_matrix_get_notes (const NerveLayerMatrix *self)
{
  return (const char * const *) self->notes;
}

/* Symmetric dissimilarities, at least 0; NULL unless the matrix is square and finite. */
static double *
symmetrize (const NerveLayerMatrix *self)
{
  g_autofree double *out = g_new0 (double, MAX ((gsize) self->n_rows * self->n_rows, 1));

  if (!self->is_square)
    return NULL;
  for (guint i = 0; i < self->n_rows; i++)
    for (guint j = 0; j < i; j++)
      {
        double mean = (nerve_layer_matrix_get_dissimilarity (self, i, j) +
                       nerve_layer_matrix_get_dissimilarity (self, j, i)) / 2;

        if (!isfinite (mean))
          return NULL;
        out[(gsize) i * self->n_rows + j] = out[(gsize) j * self->n_rows + i] = MAX (mean, 0);
      }

  return g_steal_pointer (&out);
}

void
nerve_layer_matrix_order (const NerveLayerMatrix *self, guint *out)
{
  g_autofree double *distances = symmetrize (self);
  g_autofree NerveMerge *merges = NULL;

  for (guint i = 0; i < self->n_rows; i++)
    out[i] = i;
  if (distances == NULL)
    return;

  merges = nerve_linkage_average (distances, self->n_rows);
  nerve_linkage_order (merges, self->n_rows, out);
}

gboolean
nerve_layer_matrix_map (const NerveLayerMatrix *self, double *out, double *share, const NerveProgress *progress,
                        GError **error)
{
  g_autofree double *distances = symmetrize (self);

  return distances != NULL && nerve_classical_scaling (distances, self->n_rows, 2, out, share, progress, error);
}
