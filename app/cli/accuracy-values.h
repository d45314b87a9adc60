/* The options that give models their accuracies, and what was read by them. */
#pragma once

#include "app/cli/command.h"
#include "layers/accuracies.h"

G_BEGIN_DECLS

typedef struct
{
  char *table; /* of a file */
  char *list;
} NerveAccuracyValues;

void     nerve_accuracy_values_declare (NerveAccuracyValues *self, NerveOptions *options);
void     nerve_accuracy_values_clear   (NerveAccuracyValues *self);

/* Zeroed: none. */
typedef struct
{
  double          *typed; /* of each file; NaN: none */
  NerveAccuracies *table; /* NULL: none */
} NerveGivenAccuracies;

/* Blames the table's file for what is wrong with it. */
gboolean nerve_given_accuracies_init   (NerveGivenAccuracies *self, const NerveAccuracyValues *values,
                                        NerveInvocation *invocation, GError **error);
/* Of the @file-th file, which is @dataset: what was typed, else what the table says; NaN: neither. */
double   nerve_given_accuracies_find   (const NerveGivenAccuracies *self, guint file, NerveDataset *dataset);
/* Of lines of the table that no file asked for. */
void     nerve_given_accuracies_warn   (const NerveGivenAccuracies *self, const NerveAccuracyValues *values,
                                        NerveInvocation *invocation);
void     nerve_given_accuracies_clear  (NerveGivenAccuracies *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NerveGivenAccuracies, nerve_given_accuracies_clear)

G_END_DECLS
