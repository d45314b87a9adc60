/* Tables of numbers as .csv and .npy. */
#pragma once

#include "base/output.h"

G_BEGIN_DECLS

/* A field of text, in quotes where RFC 4180 wants them; NULL: empty. */
void     nerve_csv_text   (NerveOutput *output, const char *text);

/* Rows of numbers, "%.9g", no header. */
void     nerve_csv_matrix (NerveOutput *output, const double *values, gsize rows, gsize columns);

/* A NumPy array (format 1.0, float64, C order) with the extents rows × columns. */
void     nerve_npy_matrix (NerveOutput *output, const double *values, gsize rows, gsize columns);
/* What stands before its numbers, which the caller writes. */
void     nerve_npy_header (NerveOutput *output, gsize rows, gsize columns);

/* Whether a result for @path ("F.npy") is to be written as .npy. */
gboolean nerve_npy_is_path (const char *path);

G_END_DECLS
