/* A persistence diagram as text or as an array. */
#pragma once

#include "base/output.h"
#include "homology/diagram.h"

G_BEGIN_DECLS

/* For nerve_options_add_choice(). */
extern const char * const nerve_diagram_formats[];

/* What -o FILE's suffix says where --format is not given. */
int  nerve_diagram_format (int format, gboolean is_given, const char *path);
/* @format: an index of the above. CSV and JSON have the columns or keys dimension, birth, death; .npy three columns. */
void nerve_diagram_write (const NerveDiagram *diagram, int format, NerveOutput *output);

G_END_DECLS
