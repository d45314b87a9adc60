/* Counts what a computation holds whose needs nobody can foretell, so that it stops before it takes too much. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint64 limit; /* bytes that may be held in all; 0: what is free, which is asked for again as it grows */
  guint64 held;  /* to begin with: what the process holds already */
  guint64 asked; /* how much was held when that was asked for last */
} NerveMemoryBudget;

/* Before @bytes more are allocated: FALSE, and nothing is counted, if they would be too many. */
gboolean nerve_memory_budget_take (NerveMemoryBudget *self, guint64 bytes);
/* They were freed. */
void     nerve_memory_budget_give (NerveMemoryBudget *self, guint64 bytes);

/**
 * nerve_memory_budget_refuse:
 * @what: what needs more than there is: "the reduction of dimension 2"
 * @advice: "fewer points, a lower threshold or a lower dimension"
 *
 * Sets NERVE_ERROR_MEMORY, with what is held and what is allowed. Returns FALSE
 */
gboolean nerve_memory_budget_refuse (const NerveMemoryBudget *self, const char *what, const char *advice,
                                     GError **error);

G_END_DECLS
