#include "config.h"

#include "app/state-words.h"

const char *const nerve_node_size_words[NERVE_N_NODE_SIZES] = { "members", "logarithm", "equal" };
const char *const nerve_edge_width_words[NERVE_N_EDGE_WIDTHS] = { "jaccard", "shared", "equal" };
const char *const nerve_layout_words[NERVE_N_LAYOUTS] = { "springs", "sorted" };
const char *const nerve_decay_by_words[3] = { "nothing", "class", "superclass" };
const char *const nerve_unit_words[3] = { "median", "absolute", "fit" };
const char *const nerve_matrix_dims_words[NERVE_N_MATRIX_DIMS] = { "0", "1", "0,1" };
const char *const nerve_compare_as_words[NERVE_N_COMPARE_AS] = { "matrix", "flow", "noise", "tests" };
