/* A document's state as JSON, and back: what session files are made of. Layers go by their names, choices by their
 * words, parameters as on the command line. */
#pragma once

#include "app/document-state.h"
#include "base/json.h"

G_BEGIN_DECLS

/* Any thread; (transfer full). */
JsonObject         *nerve_state_to_json   (const NerveDocumentState *self, NerveDataset *dataset);
/**
 * nerve_state_from_json:
 * @same_images: the dataset has the images that @json was written of; else nothing is selected
 *
 * What @json does not say is as in a file opened for the first time; what it says and nobody knows (layers, fields,
 * parameters) is passed over. Any thread.
 *
 * Errors: NERVE_ERROR_FORMAT "field: cause"; PARAMETER, a parameter's value
 *
 * Returns: (transfer full)
 */
NerveDocumentState *nerve_state_from_json (JsonObject *json, NerveDataset *dataset, gboolean same_images,
                                           GError **error);

G_END_DECLS
