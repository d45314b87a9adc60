/* Ctrl-C and its like: whoever works is told, and what is not finished does not stay. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Catches SIGINT, SIGTERM and SIGHUP. The first one only raises the flag, so that the work at hand ends by itself;
 * if it has not within 60 ms, unfinished outputs are removed and the process exits. */
void     nerve_stopping_init      (void);

/* Any thread. */
gboolean nerve_stopping_is_wanted (void);

/* @say tells of the stop; afterwards, patience may end in silence. */
void     nerve_stopping_say (void (*say) (void));

#define NERVE_STOPPED_STATUS 130

G_END_DECLS
