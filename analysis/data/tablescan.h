/* A text file of numbers looked over once: its delimiter, columns, lines, and where blocks of rows begin. */
#pragma once

#include "data/file.h"

G_BEGIN_DECLS

typedef struct
{
  guint64 offset;
  guint64 line;   /* counted from 1 */
} NerveTablePlace;

typedef struct
{
  char     delimiter;  /* ',' ';' '\t', or ' ' for any white space */
  gboolean has_header; /* the first line names the columns */
  gboolean has_index;  /* the first column has no name: pandas' row numbers, no data */
  gsize    n_columns;  /* has_index's included */
  gsize    n_rows;
  gsize    block_rows;
  GArray  *places;     /* of NerveTablePlace: row 0, block_rows, 2 · block_rows, … */
} NerveTableScan;

/* Errors: NERVE_ERROR_FORMAT (no text, no numbers), NERVE_ERROR_SHAPE (lines of different lengths, no rows) */
gboolean nerve_table_scan_init  (NerveTableScan *self, NerveFile *file, GError **error);
void     nerve_table_scan_clear (NerveTableScan *self);

/* Empty lines and those that begin with "#" hold no data. */
gboolean nerve_table_is_data    (const char *line, gsize length);
/* The next cell of [*at, end), without spaces around; FALSE: none. Sets *at behind it. */
gboolean nerve_table_next_cell  (char delimiter, const char **at, const char *end, const char **cell, gsize *length);
/* A whole cell as a number, in the C locale; NaN and infinity are numbers. */
gboolean nerve_table_parse_cell (const char *cell, gsize length, double *out);

G_END_DECLS
