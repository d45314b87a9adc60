/* Ticks of axes: 1-2-5 steps, powers of ten. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define NERVE_MAX_TICKS 16

typedef struct
{
  double values[NERVE_MAX_TICKS];
  guint  n;
  int    digits; /* after the point; -1: powers of ten or numbers far from 1 */
} NerveTicks;

/* About @wanted of them in [lower, upper], 0 among them when it is inside. */
void  nerve_ticks_linear (double lower, double upper, guint wanted, NerveTicks *out);
/* Powers of ten in [lower, upper], 0 < lower; every second, third, … of them when there are more than @most;
 * steps of 1-2-5 when there are fewer than two. */
void  nerve_ticks_log    (double lower, double upper, guint most, NerveTicks *out);
/* With U+2212 for a minus; (transfer full). */
char *nerve_ticks_label  (const NerveTicks *self, guint i);
/* Moves @n values apart to @spacing within [lower, upper], keeping their order: names at the ends of lines. */
void  nerve_axes_spread  (double *values, guint n, double spacing, double lower, double upper);

G_END_DECLS
