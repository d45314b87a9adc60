/* Whether a page's font can write a network's classes. */
#pragma once

#include "data/dataset.h"

G_BEGIN_DECLS

/* A sentence, translated, of the first class's name that no font here has all characters of; NULL: there is none;
 * (transfer full). @font: (nullable): "Name 8" */
char *nerve_class_glyphs_warn (NerveDataset *dataset, const char *font);

G_END_DECLS
