/* All parameters of a layer, made from the tables: which card a parameter stands in is a line in a table here; one
 * that has no line stands in the card of its own table. */
#pragma once

#include <gtk/gtk.h>

#include "base/parameters.h"
#include "figures/model.h"
#include "views/preset-row.h"

G_BEGIN_DECLS

typedef struct
{
  const NerveParameterTable *table;
  gconstpointer              values;
  gconstpointer              resolved; /* with every "auto" filled in; NULL: not known yet */
} NerveParameterValues;

/* Activates "document.set-parameter" (b all layers, s table, s name, s text), "document.begin-drag",
 * "document.end-drag", "document.reset-parameters" (b all layers), "document.apply-preset" (b all layers, s id),
 * "document.units" (s). */
#define NERVE_TYPE_PARAMETER_FLAP (nerve_parameter_flap_get_type ())
G_DECLARE_FINAL_TYPE (NerveParameterFlap, nerve_parameter_flap, NERVE, PARAMETER_FLAP, GtkWidget)

GtkWidget *nerve_parameter_flap_new    (void);
/* The layer's values, its graph, or what colours stand for, changed. @model is borrowed until the next call; @graph
 * may be NULL, or older than the values. */
void       nerve_parameter_flap_update (NerveParameterFlap *self, const NerveFigureModel *model,
                                        const NerveParameterValues *values, guint n_values, NerveGraph *graph);

/* The presets there are, and the name of those that the layer's values follow; NULL: own values. */
void       nerve_parameter_flap_set_presets (NerveParameterFlap *self, NervePresetMenuFunc menu, const char *name);

G_END_DECLS
