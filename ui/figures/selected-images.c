#include "figures/selected-images.h"

typedef struct
{
  const int *labels;
  guint     *counts; /* by label + 1 */
} Order;

static int
compare_images (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Order *order = user_data;
  guint one = *(const guint *) a;
  guint other = *(const guint *) b;
  int label = order->labels[one];
  int other_label = order->labels[other];

  if (label == other_label)
    return one < other ? -1 : 1;
  if (order->counts[label + 1] != order->counts[other_label + 1])
    return order->counts[label + 1] > order->counts[other_label + 1] ? -1 : 1;

  return label < other_label ? -1 : 1;
}

GArray *
nerve_selected_images (const NerveFigureModel *model)
{
  GArray *images = g_array_new (FALSE, FALSE, sizeof (guint));
  const int *labels = nerve_dataset_get_labels (model->dataset);
  g_autofree guint *counts = g_new0 (guint, nerve_dataset_get_n_classes (model->dataset) + 1);
  Order order = { labels, counts };

  for (gsize i = 0; model->selection != NULL && i < nerve_bitset_length (model->selection); i++)
    if (nerve_bitset_get (model->selection, i))
      {
        guint image = i;

        g_array_append_val (images, image);
        if (labels != NULL)
          counts[labels[i] + 1]++;
      }
  if (labels != NULL)
    g_array_sort_with_data (images, compare_images, &order);

  return images;
}
