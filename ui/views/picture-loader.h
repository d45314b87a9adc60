/* Thumbnails of a dataset's images as textures: read in one thread beside the main one, kept for a while. */
#pragma once

#include <gtk/gtk.h>

#include "data/dataset.h"

G_BEGIN_DECLS

/* Signal "loaded" (guint image): nerve_picture_loader_get() has it now. Main thread only. */
#define NERVE_TYPE_PICTURE_LOADER (nerve_picture_loader_get_type ())
G_DECLARE_FINAL_TYPE (NervePictureLoader, nerve_picture_loader, NERVE, PICTURE_LOADER, GObject)

NervePictureLoader *nerve_picture_loader_new     (NerveDataset *dataset);
/* (transfer none); NULL: not there yet (asks for it), or not readable. */
GdkTexture         *nerve_picture_loader_get     (NervePictureLoader *self, guint image);
/* What was asked for and isn't there yet is wanted no more. */
void                nerve_picture_loader_forget  (NervePictureLoader *self);

G_END_DECLS
