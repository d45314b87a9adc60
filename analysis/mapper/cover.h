/* Covers of the lens values by closed intervals: a table. SCIENCE §5. */
#pragma once

#include "base/parameters.h"
#include "base/error.h"

G_BEGIN_DECLS

typedef enum { NERVE_COVER_KEPLER, NERVE_COVER_SPAN } NerveCover;

extern const NerveChoice nerve_cover_choices[];

typedef struct { double lower, upper; } NerveInterval; /* closed */

/* At most @intervals of them in @out (one for a constant lens); returns how many. */
guint nerve_cover_intervals (NerveCover cover, const double *lens, gsize n, guint intervals, double overlap,
                             NerveInterval *out);

G_END_DECLS
