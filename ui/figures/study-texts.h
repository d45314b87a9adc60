/* How several networks are called where they stand side by side. */
#pragma once

#include "layers/model-study.h"

G_BEGIN_DECLS

/* Of all networks, as text that can be shown: (transfer container). */
const char **nerve_study_names    (const NerveModelStudy *study);
/* "0.21 (0.18 to 0.25)": (transfer full). */
char        *nerve_study_distance (const NerveInvariance *distance);

G_END_DECLS
