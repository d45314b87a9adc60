/* Covers of the lens values by closed intervals: a table. SCIENCE §5. */
#pragma once

#include "base/parameters.h"
#include "base/error.h"

G_BEGIN_DECLS

typedef enum
{
  NERVE_COVER_KEPLER,
  NERVE_COVER_SPAN,
  NERVE_COVER_BALANCED,
  NERVE_COVER_ADAPTIVE,
  NERVE_COVER_BALL, /* has no intervals: balls of radius eps in the cloud */
} NerveCover;

extern const NerveChoice nerve_cover_choices[];

typedef struct { double lower, upper; } NerveInterval; /* closed */

#define NERVE_COVER_MOST 100 /* intervals of an adaptive cover */

/* At most MAX (@intervals, NERVE_COVER_MOST) of them in @out, both ends rising (one for a constant lens); returns how
 * many. */
guint nerve_cover_intervals (NerveCover cover, const double *lens, gsize n, guint intervals, double overlap,
                             NerveInterval *out);

/* Those that hold @value: [*first, *last), of @n intervals as above. O(log n) */
void  nerve_cover_locate    (const NerveInterval *intervals, guint n, double value, guint *first, guint *last);

G_END_DECLS
