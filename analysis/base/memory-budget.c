#include "base/memory-budget.h"

#include "base/error.h"
#include "base/memory.h"

/* Asking the kernel costs more than a small allocation. */
#define BYTES_PER_QUESTION (4 * 1024 * 1024)

gboolean
nerve_memory_budget_take (NerveMemoryBudget *self, guint64 bytes)
{
  guint64 after;

  if (!g_uint64_checked_add (&after, self->held, bytes) || (self->limit > 0 && after > self->limit))
    return FALSE;
  if (self->limit == 0 && after > self->asked + BYTES_PER_QUESTION)
    {
      if (bytes > nerve_memory_available ())
        return FALSE;
      self->asked = after;
    }
  self->held = after;

  return TRUE;
}

void
nerve_memory_budget_give (NerveMemoryBudget *self, guint64 bytes)
{
  g_return_if_fail (bytes <= self->held);

  self->held -= bytes;
}

gboolean
nerve_memory_budget_refuse (const NerveMemoryBudget *self, const char *what, const char *advice, GError **error)
{
  g_autofree char *held = nerve_memory_format (self->held);
  g_autofree char *limit = nerve_memory_format (self->limit);

  if (self->limit > 0)
    g_set_error (error, NERVE_ERROR, NERVE_ERROR_MEMORY,
                 "%s would need more memory than the %s that are allowed, %s are held already: %s", what, limit, held,
                 advice);
  else
    g_set_error (error, NERVE_ERROR, NERVE_ERROR_MEMORY,
                 "%s would need more memory than is free, %s are held already: %s", what, held, advice);

  return FALSE;
}
