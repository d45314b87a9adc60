/* The formats that are read: one file and one line of the table each. */
#pragma once

#include "data/contents.h"
#include "data/file.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name;
  /* @head: the file's first bytes, zeros after its end */
  gboolean (*claims) (NerveFile *file, const guint8 head[8]);
  /* @progress is only asked. Errors: as nerve_dataset_open (); "DATASET: cause" or "cause" */
  gboolean (*read)   (NerveFile *file, NerveContents *contents, const NerveProgress *progress, GError **error);
} NerveReader;

extern const NerveReader nerve_hdf5_reader;
extern const NerveReader nerve_npy_reader;
extern const NerveReader nerve_npz_reader;
extern const NerveReader nerve_table_reader;
extern const NerveReader nerve_graph_reader;

/* By content, then by extension. Errors: NERVE_ERROR_FORMAT (no format we know) */
const NerveReader *nerve_reader_find (NerveFile *file, GError **error);

G_END_DECLS
