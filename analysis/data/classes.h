/* Which class each image has, what the classes are called, and the tree above them. */
#pragma once

#include "data/values.h"

G_BEGIN_DECLS

typedef struct
{
  guint   n_groups;
  char  **names;  /* n_groups and a NULL */
  guint  *groups; /* n_classes */
} NerveClassLevel;

typedef struct
{
  guint            n_classes;
  char           **names;       /* n_classes and a NULL */
  gboolean         is_named;    /* by the file; else the names are the labels' values */
  int             *labels;      /* n, or NULL */
  int             *predictions; /* n, or NULL */
  guint            n_levels;
  NerveClassLevel *levels;      /* finest first */
} NerveClasses;

/* As a file holds them; NULL for what it has not. */
typedef struct
{
  NerveValues  *labels;
  NerveValues  *predictions;
  NerveValues  *class_names;
  guint         n_levels;
  NerveValues **level_groups; /* n_levels: a class's group */
  NerveValues **level_names;  /* n_levels, entries may be NULL */
} NerveClassValues;

/**
 * nerve_classes_init:
 * @n: images; labels and predictions have as many entries
 *
 * Without class names the different values of labels and predictions, sorted, are the classes. A negative label
 * or an empty string means unlabelled, -1. Without labels nothing is filled in.
 *
 * Errors: NERVE_ERROR_SHAPE (a length), NERVE_ERROR_VALUE (a label out of range); "NAME: cause"
 */
gboolean nerve_classes_init  (NerveClasses *self, const NerveClassValues *values, gsize n, GError **error);
void     nerve_classes_clear (NerveClasses *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NerveClasses, nerve_classes_clear)

G_END_DECLS
