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

/* Whether a table for @path is to be written as .npy, by its suffix: .npy, or none, .csv or .txt for text; standard
 * output (NULL) is text. NERVE_ERROR_PARAMETER: another suffix */
gboolean nerve_table_find_format (const char *path, gboolean *is_npy, GError **error);

G_END_DECLS
