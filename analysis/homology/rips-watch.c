#include "homology/rips-watch.h"

#include <math.h>

gboolean
nerve_rips_watch_tell_start (const NerveRipsWatch *self, const NerveRipsState *state, const NerveProgress *progress,
                             GError **error)
{
  return self == NULL || self->start (state, self->user_data, progress, error);
}

gboolean
nerve_rips_watch_tell_pair (const NerveRipsWatch *self, const NerveRipsState *state, guint32 birth,
                            const NerveRipsEdge *death, const NerveProgress *progress, GError **error)
{
  return self == NULL || self->paired (state, birth, death, self->user_data, progress, error);
}

gboolean
nerve_rips_watch_tell_essential (const NerveRipsWatch *self, const NerveRipsState *state, const double *deaths,
                                 const NerveProgress *progress, GError **error)
{
  for (guint i = 0; i < state->births->len && self != NULL; i++)
    if (isinf (deaths[i]) && !self->paired (state, i, NULL, self->user_data, progress, error))
      return FALSE;

  return TRUE;
}
