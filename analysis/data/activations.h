/* The format nerve-activations, version 1 (CLI.md §1). */
#pragma once

#include "data/contents.h"
#include "data/h5.h"

G_BEGIN_DECLS

/* Errors: as nerve_dataset_open (); "DATASET: cause" */
gboolean nerve_activations_read (NerveFile *file, hid_t root, NerveContents *contents, GError **error);

G_END_DECLS
