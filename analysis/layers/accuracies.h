/* How well models do once fine-tuned: from a table, or what their files say. */
#pragma once

#include "data/dataset.h"

G_BEGIN_DECLS

/* Accuracies by the name of a model. */
typedef struct _NerveAccuracies NerveAccuracies;

/**
 * nerve_accuracies_read:
 * @path: CSV of two columns `model,accuracy`; names may be quoted; the header may be missing
 *
 * Errors: NERVE_ERROR_OPEN, NERVE_ERROR_FORMAT "line 3: …", NERVE_ERROR_VALUE (not a finite number, a model twice)
 */
NerveAccuracies *nerve_accuracies_read  (const char *path, GError **error);
/* The same from text: what a person typed in. */
NerveAccuracies *nerve_accuracies_parse (const char *text, GError **error);
void             nerve_accuracies_free  (NerveAccuracies *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveAccuracies, nerve_accuracies_free)

/* By model, else by the file's stem; NaN if there is none. */
double           nerve_accuracies_find  (NerveAccuracies *self, const char *model, const char *path);
/* The names that nobody asked for: (transfer container) (element-type utf8) */
GPtrArray       *nerve_accuracies_get_unused (NerveAccuracies *self);

/**
 * nerve_accuracies_parse_list:
 * @text: "94.7,,95.1": one for each of @n models, in their order; empty: not known
 * @values: (array): NaN where it is empty
 *
 * Errors: NERVE_ERROR_PARAMETER (not a finite number, not as many)
 */
gboolean         nerve_accuracies_parse_list (const char *text, guint n, double *values, GError **error);

/* The file's attribute transfer_accuracy, else test_accuracy, else NaN. */
double           nerve_accuracies_of_dataset (NerveDataset *dataset);

G_END_DECLS
