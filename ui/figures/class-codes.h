/* Short letters for classes: legends, labels beside nodes, printing in grey. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * nerve_class_codes_new:
 * @order: (array): the names in the order in which they choose
 * @families: (array) (nullable): the family of each name
 *
 * The first letter; a second one where the first is taken. Where most of a family need the second, all of it
 * have it. Each code is unique; a name without letters gets its number.
 *
 * Returns: (transfer full): @n codes and a NULL, in the order of @names
 */
char **nerve_class_codes_new (const char * const *names, guint n, const guint *order,
                              const guint *families, guint n_families);

G_END_DECLS
