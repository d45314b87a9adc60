/* What tests/golden/data/make_files.py has put into its files. */
#pragma once

#include "data/dataset.h"

G_BEGIN_DECLS

typedef enum
{
  GOLDEN_FLOAT,
  GOLDEN_INT,
  GOLDEN_UINT,
  GOLDEN_BOOL,
} GoldenKind;

double        golden_number       (GoldenKind kind, gsize n, gsize c, gsize h, gsize w);
char         *golden_path         (const char *name);
NerveDataset *golden_open         (const char *name);
guint         golden_find         (NerveDataset *dataset, const char *layer);
/* All numbers of the layer, read at once and row by row. */
void          golden_check_layer  (NerveDataset *dataset, const char *layer, GoldenKind kind);
/* That opening the golden file fails so, in one line that holds @words. */
void          golden_check_refused (const char *name, int code, const char *words);
void          golden_check_path_refused (const char *path, int code, const char *words);
/* That reading @layer fails so. */
void          golden_check_unreadable (NerveDataset *dataset, const char *layer, int code, const char *words);

/* A file of the test's own, in a folder of its own; free it with golden_remove (). */
char         *golden_write        (const char *name, gconstpointer bytes, gsize length);
void          golden_remove       (char *path);
/* A golden file's bytes. */
GBytes       *golden_load         (const char *name);

G_END_DECLS
