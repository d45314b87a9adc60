/* What a document's choices are called in actions, on the command line and in session files. */
#pragma once

#include "app/document-state.h"

G_BEGIN_DECLS

/* Each by its enum. */
extern const char *const nerve_node_size_words[NERVE_N_NODE_SIZES];
extern const char *const nerve_edge_width_words[NERVE_N_EDGE_WIDTHS];
extern const char *const nerve_layout_words[NERVE_N_LAYOUTS];
extern const char *const nerve_decay_by_words[3];
extern const char *const nerve_unit_words[3];
extern const char *const nerve_matrix_dims_words[NERVE_N_MATRIX_DIMS];
extern const char *const nerve_compare_as_words[NERVE_N_COMPARE_AS];

G_END_DECLS
