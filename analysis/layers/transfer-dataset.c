#include "layers/transfer.h"

#include <math.h>

#include "cloud/cloud.h"

/* The labelled images' rows of a layer, and their labels without gaps. */
typedef struct
{
  gsize   n;
  gsize   d;
  double *rows;   /* n × d; NULL if not asked for */
  gsize  *images;
  int    *labels;
  gsize   n_classes;
} Labelled;

static void
labelled_clear (Labelled *self)
{
  g_free (self->rows);
  g_free (self->images);
  g_free (self->labels);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Labelled, labelled_clear)

static gboolean
find_labels (Labelled *self, NerveDataset *dataset, GError **error)
{
  const int *labels = nerve_dataset_get_labels (dataset);
  guint n_classes = nerve_dataset_get_n_classes (dataset);
  gsize n = nerve_dataset_get_n (dataset);
  g_autofree int *numbers = g_new (int, n_classes + 1);

  self->images = g_new (gsize, n + 1);
  self->labels = g_new (int, n + 1);
  for (guint c = 0; c < n_classes; c++)
    numbers[c] = -1;
  for (gsize i = 0; labels != NULL && i < n; i++)
    if (labels[i] >= 0)
      {
        if (numbers[labels[i]] < 0)
          numbers[labels[i]] = self->n_classes++;
        self->images[self->n] = i;
        self->labels[self->n++] = numbers[labels[i]];
      }
  if (self->n > 0)
    return TRUE;

  g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_NOT_FOUND, "no labels to transfer to");
  return FALSE;
}

static gboolean
is_kind (const NerveLayer *layer, const char * const *kinds)
{
  return g_strv_contains (kinds, layer->kind);
}

/* The last layer of logits or probabilities, and the last before those; -1: there is none. */
static void
find_layers (NerveDataset *dataset, int *output, int *penultimate)
{
  static const char * const probabilities[] = { "softmax", "probabilities", "output", NULL };
  static const char * const logits[] = { "linear", "logits", "fc", NULL };
  guint n_classes = nerve_dataset_get_n_classes (dataset);
  int last = nerve_dataset_get_n_layers (dataset) - 1;

  *output = -1;
  for (; last >= 0 && is_kind (nerve_dataset_get_layer (dataset, last), probabilities); last--)
    *output = *output < 0 ? last : *output;
  if (last >= 0 && nerve_dataset_get_layer (dataset, last)->is_vector)
    {
      const NerveLayer *layer = nerve_dataset_get_layer (dataset, last);

      /* A network trained on other classes has as many logits as these; nothing follows its last linear layer. */
      if (is_kind (layer, logits) || (layer->sampling == NULL && *layer->kind == '\0' && layer->channels == n_classes))
        {
          *output = *output < 0 ? last : *output;
          last--;
        }
    }
  *penultimate = last >= 0 && nerve_layer_group (nerve_dataset_get_layer (dataset, last)) != NERVE_LAYER_GROUP_INPUT
                   ? last : -1;
}

static gboolean
read_layer (Labelled *self, NerveDataset *dataset, int layer, const NerveProgress *progress, GError **error)
{
  NerveCloudParameters parameters = { 0 };
  g_autoptr (NerveCloud) cloud = NULL;

  if (layer < 0)
    {
      g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_NOT_FOUND,
                           "no layer of the kind this score needs (logits or probabilities last, features before)");
      return FALSE;
    }

  nerve_parameters_init (&nerve_cloud_table, &parameters);
  if (!nerve_dataset_get_layer (dataset, layer)->is_vector)
    parameters.sampling = NERVE_SAMPLING_POOL_MEAN;
  cloud = nerve_cloud_new (dataset, layer, &parameters, progress, error);
  nerve_parameters_clear (&nerve_cloud_table, &parameters);
  if (cloud == NULL || !nerve_cloud_check_squares (cloud, error))
    return FALSE;

  self->d = nerve_cloud_get_dimension (cloud);
  self->rows = g_new (double, self->n * self->d + 1);
  for (gsize i = 0; i < self->n; i++)
    for (gsize k = 0; k < self->d; k++)
      self->rows[i * self->d + k] = nerve_cloud_get_points (cloud)[self->images[i] * self->d + k];

  return TRUE;
}

/* Logits become probabilities; what are probabilities stays. */
static void
make_probabilities (Labelled *self)
{
  gboolean is_done = TRUE;

  for (gsize i = 0; i < self->n && is_done; i++)
    {
      double sum = 0, least = 0;

      for (gsize k = 0; k < self->d; k++)
        {
          sum += self->rows[i * self->d + k];
          least = MIN (least, self->rows[i * self->d + k]);
        }
      is_done = least >= 0 && fabs (sum - 1) < 1e-2;
    }

  for (gsize i = 0; i < self->n && !is_done; i++)
    {
      double *row = self->rows + i * self->d;
      double largest = -INFINITY, sum = 0;

      for (gsize k = 0; k < self->d; k++)
        largest = MAX (largest, row[k]);
      for (gsize k = 0; k < self->d; k++)
        sum += row[k] = exp (row[k] - largest);
      for (gsize k = 0; k < self->d; k++)
        row[k] /= sum;
    }
}

static int *
find_predictions (Labelled *self, NerveDataset *dataset, int output, const NerveProgress *progress, GError **error)
{
  const int *given = nerve_dataset_get_predictions (dataset);
  g_autofree int *predictions = g_new0 (int, self->n + 1);

  if (given == NULL && !read_layer (self, dataset, output, progress, error))
    return NULL;

  for (gsize i = 0; i < self->n; i++)
    {
      if (given != NULL)
        {
          /* Those without a prediction share one. */
          predictions[i] = given[self->images[i]] + 1;
          self->d = MAX (self->d, (gsize) predictions[i] + 1);
          continue;
        }
      for (gsize k = 1; k < self->d; k++)
        if (self->rows[i * self->d + k] > self->rows[i * self->d + predictions[i]])
          predictions[i] = k;
    }

  return g_steal_pointer (&predictions);
}

static gboolean
score_features (Labelled *self, NerveTransferScore score, double *out, const NerveProgress *progress, GError **error)
{
  if (score == NERVE_TRANSFER_LOGME)
    return nerve_transfer_logme (self->rows, self->n, self->d, self->labels, self->n_classes, out, progress, error);

  return nerve_transfer_hscore (self->rows, self->n, self->d, self->labels, self->n_classes, out, progress, error);
}

gboolean
nerve_transfer_score (NerveDataset *dataset, NerveTransferScore score, double *out, const NerveProgress *progress,
                      GError **error)
{
  NerveProgress reading = nerve_progress_part (progress, 0, .5);
  NerveProgress computing = nerve_progress_part (progress, .5, 1);
  g_auto (Labelled) self = { 0 };
  int output, penultimate;

  if (!find_labels (&self, dataset, error))
    return FALSE;

  find_layers (dataset, &output, &penultimate);
  if (score == NERVE_TRANSFER_NCE)
    {
      g_autofree int *predictions = find_predictions (&self, dataset, output, &reading, error);

      if (predictions == NULL)
        return FALSE;
      *out = nerve_transfer_nce (predictions, self.n, self.d, self.labels, self.n_classes);
      return TRUE;
    }
  if (!read_layer (&self, dataset, score == NERVE_TRANSFER_LEEP ? output : penultimate, &reading, error))
    return FALSE;
  if (score != NERVE_TRANSFER_LEEP)
    return score_features (&self, score, out, &computing, error);

  make_probabilities (&self);
  *out = nerve_transfer_leep (self.rows, self.n, self.d, self.labels, self.n_classes);
  return TRUE;
}
