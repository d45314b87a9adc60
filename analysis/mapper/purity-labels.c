#include "mapper/purity.h"

int *
nerve_purity_labels (const NerveCloud *cloud, NerveDataset *dataset, guint level, guint *n_classes)
{
  const int *labels = nerve_dataset_get_labels (dataset);
  const guint32 *images = nerve_cloud_get_images (cloud);
  gsize n = nerve_cloud_get_n (cloud);
  int *out;

  g_return_val_if_fail (level <= nerve_dataset_get_n_levels (dataset), NULL);

  *n_classes = 0;
  if (labels == NULL)
    return NULL;

  *n_classes = level == 0 ? nerve_dataset_get_n_classes (dataset) : nerve_dataset_get_n_groups (dataset, level);
  out = g_new (int, n);
  for (gsize i = 0; i < n; i++)
    {
      int label = labels[images[i]];

      out[i] = label >= 0 && level > 0 ? (int) nerve_dataset_get_group (dataset, level, label) : label;
    }

  return out;
}
