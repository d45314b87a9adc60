/* Where things are: beside the executable in the build tree first, then under the prefix, also one that was moved as a
 * whole. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Also tells the readers where nerve-probe is; NERVE_PROBE_HELPER overrides. */
void        nerve_paths_init       (const char *argv0);
const char *nerve_paths_get_helper (void); /* nerve-layout; NERVE_LAYOUT_HELPER overrides */
const char *nerve_paths_get_sample (void); /* the sample file; NULL if there is none */
const char *nerve_paths_get_locale (void);
/* The folder of the compiled settings schema in the build tree, or in a prefix that was moved; NULL: GLib's own. */
const char *nerve_paths_get_schemas (void);

G_END_DECLS
