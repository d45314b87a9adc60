/* One image of the selection: its thumbnail over a bar in its class's colour, or its number if the file has none. */
#pragma once

#include <gtk/gtk.h>

#include "figures/model.h"
#include "views/picture-loader.h"

G_BEGIN_DECLS

#define NERVE_TYPE_PICTURE_TILE (nerve_picture_tile_get_type ())
G_DECLARE_FINAL_TYPE (NervePictureTile, nerve_picture_tile, NERVE, PICTURE_TILE, GtkWidget)

GtkWidget *nerve_picture_tile_new   (void);
void       nerve_picture_tile_bind  (NervePictureTile *self, const NerveFigureModel *model, NervePictureLoader *loader,
                                     guint image);
void       nerve_picture_tile_unbind (NervePictureTile *self);

G_END_DECLS
