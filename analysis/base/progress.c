#include "base/progress.h"

#include "base/error.h"

NerveProgress
nerve_progress_part (const NerveProgress *parent, double from, double to)
{
  NerveProgress part = { NULL, NULL, 0.0, 1.0 };

  if (parent != NULL)
    {
      double span = parent->to - parent->from;

      part.func = parent->func;
      part.user_data = parent->user_data;
      part.from = parent->from + span * from;
      part.to = parent->from + span * to;
    }

  return part;
}

gboolean
nerve_progress_step (const NerveProgress *self, double fraction)
{
  if (self == NULL || self->func == NULL)
    return TRUE;

  return self->func (self->from + (self->to - self->from) * CLAMP (fraction, 0.0, 1.0), self->user_data);
}

gboolean
nerve_progress_wanted (const NerveProgress *self)
{
  return self == NULL || self->func == NULL || self->func (-1.0, self->user_data);
}

gboolean
nerve_progress_check (const NerveProgress *self, GError **error)
{
  return nerve_progress_wanted (self) || nerve_progress_set_cancelled (error);
}

gboolean
nerve_progress_set_cancelled (GError **error)
{
  g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_CANCELLED, "cancelled");
  return FALSE;
}
