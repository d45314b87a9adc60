/* How long work reports how far it is, and learns that it shall stop. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * NerveProgressFunc:
 * @fraction: how much is done, 0 to 1, or negative when only the answer is wanted
 *
 * May be called from any thread, from several at once, and often: it must be cheap.
 *
 * Returns: %TRUE to go on, %FALSE to stop
 */
typedef gboolean (*NerveProgressFunc) (double fraction, gpointer user_data);

/* A span of the caller's progress; NULL stands for "nobody asks, never stop". */
typedef struct
{
  NerveProgressFunc func;
  gpointer          user_data;
  double            from;
  double            to;
} NerveProgress;

/* A part of @parent, from @from to @to (fractions of it); @parent may be NULL. */
NerveProgress nerve_progress_part (const NerveProgress *parent, double from, double to);

/* Reports @fraction of @self; FALSE: stop. For loops inside kernels. */
gboolean      nerve_progress_step (const NerveProgress *self, double fraction);

/* Only asks. */
gboolean      nerve_progress_wanted (const NerveProgress *self);

/* Asks, and sets NERVE_ERROR_CANCELLED when the answer is no. */
gboolean      nerve_progress_check (const NerveProgress *self, GError **error);

/* Sets NERVE_ERROR_CANCELLED; always FALSE, so that one can return it. */
gboolean      nerve_progress_set_cancelled (GError **error);

G_END_DECLS
