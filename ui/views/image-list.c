#include "config.h"

#include "views/image-list.h"

struct _NerveImageItem
{
  GObject parent_instance;
  guint   image;
};

G_DEFINE_FINAL_TYPE (NerveImageItem, nerve_image_item, G_TYPE_OBJECT)

static void
nerve_image_item_class_init (NerveImageItemClass *klass)
{
}

static void
nerve_image_item_init (NerveImageItem *self)
{
}

guint
nerve_image_item_get_image (NerveImageItem *self)
{
  g_return_val_if_fail (NERVE_IS_IMAGE_ITEM (self), 0);
  return self->image;
}

struct _NerveImageList
{
  GObject parent_instance;
  GArray *images; /* guint */
};

static GType
get_item_type (GListModel *model)
{
  return NERVE_TYPE_IMAGE_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return NERVE_IMAGE_LIST (model)->images->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  NerveImageList *self = NERVE_IMAGE_LIST (model);
  NerveImageItem *item;

  if (position >= self->images->len)
    return NULL;

  item = g_object_new (NERVE_TYPE_IMAGE_ITEM, NULL);
  item->image = g_array_index (self->images, guint, position);

  return item;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (NerveImageList, nerve_image_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
nerve_image_list_finalize (GObject *object)
{
  g_array_unref (NERVE_IMAGE_LIST (object)->images);

  G_OBJECT_CLASS (nerve_image_list_parent_class)->finalize (object);
}

static void
nerve_image_list_class_init (NerveImageListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = nerve_image_list_finalize;
}

static void
nerve_image_list_init (NerveImageList *self)
{
  self->images = g_array_new (FALSE, FALSE, sizeof (guint));
}

NerveImageList *
nerve_image_list_new (void)
{
  return g_object_new (NERVE_TYPE_IMAGE_LIST, NULL);
}

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

static GArray *
selected_images (const NerveFigureModel *model)
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

void
nerve_image_list_set (NerveImageList *self, const NerveFigureModel *model)
{
  g_autoptr (GArray) before = NULL;

  g_return_if_fail (NERVE_IS_IMAGE_LIST (self));

  before = self->images;
  self->images = model != NULL ? selected_images (model) : g_array_new (FALSE, FALSE, sizeof (guint));
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before->len, self->images->len);
}
