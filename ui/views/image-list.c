#include "config.h"

#include "views/image-list.h"

#include "figures/selected-images.h"

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

void
nerve_image_list_set (NerveImageList *self, const NerveFigureModel *model)
{
  g_autoptr (GArray) before = NULL;

  g_return_if_fail (NERVE_IS_IMAGE_LIST (self));

  before = self->images;
  self->images = model != NULL ? nerve_selected_images (model) : g_array_new (FALSE, FALSE, sizeof (guint));
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before->len, self->images->len);
}
