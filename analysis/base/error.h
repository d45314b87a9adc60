/* The one error domain of the house. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define NERVE_ERROR (nerve_error_quark ())

/**
 * NerveError:
 * @NERVE_ERROR_CANCELLED: the caller asked to stop; nothing was kept
 * @NERVE_ERROR_OPEN: a file can't be opened or read
 * @NERVE_ERROR_FORMAT: a file is damaged or not what it claims to be
 * @NERVE_ERROR_SHAPE: extents that don't fit each other or the question
 * @NERVE_ERROR_VALUE: NaN, infinite or otherwise unusable numbers
 * @NERVE_ERROR_NOT_FOUND: no such layer, class, figure kind
 * @NERVE_ERROR_PARAMETER: a parameter out of its limits, or an unknown one
 * @NERVE_ERROR_MEMORY: would not fit; the message carries the estimate
 * @NERVE_ERROR_WRITE: an output can't be written; no partial file is left
 * @NERVE_ERROR_HELPER: a helper program failed
 *
 * Messages read "DATASET: cause" or "cause", are one line, and never name the
 * file: the room that knows it (app/) puts it in front, once.
 */
typedef enum
{
  NERVE_ERROR_CANCELLED,
  NERVE_ERROR_OPEN,
  NERVE_ERROR_FORMAT,
  NERVE_ERROR_SHAPE,
  NERVE_ERROR_VALUE,
  NERVE_ERROR_NOT_FOUND,
  NERVE_ERROR_PARAMETER,
  NERVE_ERROR_MEMORY,
  NERVE_ERROR_WRITE,
  NERVE_ERROR_HELPER,
} NerveError;

GQuark nerve_error_quark (void);

G_END_DECLS
