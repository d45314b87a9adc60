#include "layers/decay-table.h"

gboolean
nerve_decay_is_table (NerveDataset *dataset)
{
  const NerveLayer *layer = nerve_dataset_get_layer (dataset, 0);

  return g_strcmp0 (nerve_dataset_get_format (dataset), "npy") == 0 && !layer->is_vector && layer->width == 3;
}

void
nerve_decay_table_init (NerveDecayTable *self, NerveDataset *dataset)
{
  const NerveLayer *layer = nerve_dataset_get_layer (dataset, 0);

  *self = (NerveDecayTable) { dataset, layer->n, layer->channels, layer->height };
}

/* @row: of one class, images × layers × 3. */
static gboolean
take_class (const NerveDecayTable *self, const double *row, gsize label, double *numbers, int *classes, GError **error)
{
  gsize n = self->n_classes * self->n_images;

  for (gsize image = 0; image < self->n_images; image++)
    for (gsize place = 0; place < 3 * self->n_layers; place++)
      {
        double betti = row[image * 3 * self->n_layers + place];

        if (betti < 0.0)
          {
            g_set_error (error, NERVE_ERROR, NERVE_ERROR_VALUE,
                         "%s: no table of Betti numbers: %.9g in class %" G_GSIZE_FORMAT ", image %" G_GSIZE_FORMAT
                         " (counted from 0)",
                         nerve_dataset_get_layer (self->dataset, 0)->name, betti, label, image);
            return FALSE;
          }
        numbers[place * n + label * self->n_images + image] = betti;
        classes[label * self->n_images + image] = label;
      }

  return TRUE;
}

gboolean
nerve_decay_table_read (const NerveDecayTable *self, double *numbers, int *classes, const NerveProgress *progress,
                        GError **error)
{
  g_autofree double *row = g_new (double, 3 * self->n_images * self->n_layers);

  for (gsize label = 0; label < self->n_classes; label++)
    {
      if (!nerve_progress_step (progress, (double) label / self->n_classes))
        return nerve_progress_set_cancelled (error);
      if (!nerve_dataset_read_rows (self->dataset, 0, label, 1, row, error) ||
          !nerve_dataset_check_finite (self->dataset, 0, label, 1, row, error) ||
          !take_class (self, row, label, numbers, classes, error))
        return FALSE;
    }

  return TRUE;
}
