/* How wide figures are in the papers of common venues. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *name;  /* as on the command line: "ieee-1" */
  const char *venue; /* a name, not translated */
  guint       columns; /* of the paper that it spans */
  const char *width; /* "3.5in" */
} NervePageSize;

const NervePageSize *nerve_page_sizes     (guint *n);
const NervePageSize *nerve_page_size_find (const char *name);

G_END_DECLS
