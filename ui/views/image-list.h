/* The selected images as a list model: items know their image and their class. */
#pragma once

#include <gio/gio.h>

#include "figures/model.h"

G_BEGIN_DECLS

#define NERVE_TYPE_IMAGE_ITEM (nerve_image_item_get_type ())
G_DECLARE_FINAL_TYPE (NerveImageItem, nerve_image_item, NERVE, IMAGE_ITEM, GObject)

guint nerve_image_item_get_image (NerveImageItem *self);

#define NERVE_TYPE_IMAGE_LIST (nerve_image_list_get_type ())
G_DECLARE_FINAL_TYPE (NerveImageList, nerve_image_list, NERVE, IMAGE_LIST, GObject)

NerveImageList *nerve_image_list_new (void);
/* Takes the images of the model's selection: the commonest class first, within a class in the file's order. */
void            nerve_image_list_set (NerveImageList *self, const NerveFigureModel *model);

G_END_DECLS
