/* The sidebar's list: layers in network order. */
#pragma once

#include <gtk/gtk.h>

#include "figures/model.h"

G_BEGIN_DECLS

/* A chosen row activates "document.walk-to" (u layer). */
#define NERVE_TYPE_LAYER_LIST (nerve_layer_list_get_type ())
G_DECLARE_FINAL_TYPE (NerveLayerList, nerve_layer_list, NERVE, LAYER_LIST, GtkWidget)

GtkWidget *nerve_layer_list_new       (void);
/* @model is borrowed; NULL: empty. */
void       nerve_layer_list_set_model (NerveLayerList *self, const NerveFigureModel *model);
void       nerve_layer_list_update    (NerveLayerList *self);
/* Why there is no graph of @layer; NULL: none failed. */
void       nerve_layer_list_set_missing (NerveLayerList *self, guint layer, const char *word, const char *cause);

G_END_DECLS
