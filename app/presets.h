/* Named sets of parameters: the window's, those of the papers, and a person's own, which the settings keep. */
#pragma once

#include <gio/gio.h>

#include "app/layer-parameters.h"

G_BEGIN_DECLS

/* Ids: "automatic", "purvine-2022", "suresh-2023", and "own:NAME". Main thread. @initial is what the layer begins
 * with. */

/* Of every preset that @parameters follow, (transfer full); NULL: of none. */
char       *nerve_presets_name   (const NerveLayerParameters *parameters, const NerveLayerParameters *initial);

/* %FALSE: there is no such preset. What an own one says and nobody knows is passed over. */
gboolean    nerve_presets_apply  (const char *id, NerveLayerParameters *parameters,
                                  const NerveLayerParameters *initial);

/* Items activate "flap.preset" (s id), "flap.save-preset" and "document.remove-preset" (s name); (transfer full) */
GMenuModel *nerve_presets_menu   (void);

/* Replaces one of the same name. */
void        nerve_presets_save   (const char *name, const NerveLayerParameters *parameters);
void        nerve_presets_remove (const char *name);

G_END_DECLS
