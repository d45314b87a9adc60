/* A fixed-length set of small integers. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _NerveBitset NerveBitset;

NerveBitset *nerve_bitset_new      (gsize n);
NerveBitset *nerve_bitset_copy     (const NerveBitset *self);
void         nerve_bitset_free     (NerveBitset *self);
gsize        nerve_bitset_length   (const NerveBitset *self);
gboolean     nerve_bitset_get      (const NerveBitset *self, gsize i);
void         nerve_bitset_set      (NerveBitset *self, gsize i, gboolean value);
void         nerve_bitset_clear_all (NerveBitset *self);
void         nerve_bitset_union    (NerveBitset *self, const NerveBitset *other);
gsize        nerve_bitset_count    (const NerveBitset *self);
gboolean     nerve_bitset_is_empty (const NerveBitset *self);
/* %NULL equals only %NULL. */
gboolean     nerve_bitset_equal    (const NerveBitset *a, const NerveBitset *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveBitset, nerve_bitset_free)

G_END_DECLS
