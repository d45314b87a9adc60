/* Which images datasets have in common, and which points of clouds stand for the same thing. */
#pragma once

#include "cloud/cloud.h"

G_BEGIN_DECLS

typedef struct
{
  gsize     n;
  guint32 **rows;     /* n each: the same image in every dataset; in the first one's order */
  guint     n_sides;
  gboolean  by_id;    /* else some of them by row */
} NerveMatching;

/**
 * nerve_matching_init:
 * @b: (nullable): NULL: all images of @a, matched with themselves
 *
 * By sample_ids where both have them; else row by row, if there are as many and their labels agree.
 *
 * Errors: NERVE_ERROR_VALUE (an id twice in a file), SHAPE (nothing to match by, or nothing in common)
 */
gboolean nerve_matching_init  (NerveMatching *self, NerveDataset *a, NerveDataset *b, GError **error);
/* The images that all of them have: each is matched with the first. Errors: the same */
gboolean nerve_matching_init_all (NerveMatching *self, NerveDataset * const *datasets, guint n, GError **error);
void     nerve_matching_clear (NerveMatching *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NerveMatching, nerve_matching_clear)

/* The @cloud-th cloud's rows in an order that all share. */
typedef struct
{
  guint     n_clouds;
  gsize     n;        /* rows */
  gsize     n_images; /* that gave them */
  guint32 **rows;     /* n_clouds × n */
} NerveCommonRows;

/**
 * nerve_common_rows_init:
 * @sides: (array): of which of the datasets each cloud is
 *
 * Points of an image correspond in their order. Images that a cloud has no point of are left out of all.
 *
 * Errors: NERVE_ERROR_SHAPE: an image has different numbers of points in two clouds, or no image is in all
 */
gboolean nerve_common_rows_init  (NerveCommonRows *self, const NerveMatching *matching, NerveCloud * const *clouds,
                                  const guint *sides, guint n_clouds, GError **error);
void     nerve_common_rows_clear (NerveCommonRows *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NerveCommonRows, nerve_common_rows_clear)

G_END_DECLS
