/* A short list that stands beside the layers: labels, names, ids. Whole numbers or strings. */
#pragma once

#include "data/array.h"

G_BEGIN_DECLS

typedef struct
{
  char    *name;     /* the dataset's, for messages */
  gsize    n;
  gint64  *integers; /* n, or NULL */
  char   **strings;  /* n and a NULL, or NULL */
} NerveValues;

NerveValues *nerve_values_new_integers (const char *name, gint64 *integers, gsize n); /* takes @integers */
NerveValues *nerve_values_new_strings  (const char *name, char **strings);           /* takes @strings */
void         nerve_values_free         (NerveValues *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveValues, nerve_values_free)

/* All of a 1-D array, or of n × 1. Errors: NERVE_ERROR_SHAPE, NERVE_ERROR_VALUE (no whole number), NERVE_ERROR_MEMORY;
 * "NAME: cause" */
NerveValues *nerve_values_read     (NerveArray *array, const char *name, GError **error);
char        *nerve_values_get_text (const NerveValues *self, gsize i);

G_END_DECLS
