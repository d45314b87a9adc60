/* Results by key, the latest used first; the oldest go when they are too many bytes together. */
#pragma once

#include "app/results.h"

G_BEGIN_DECLS

typedef struct _NerveResultCache NerveResultCache;

/* @limit: bytes. The latest result stays, however large. */
NerveResultCache *nerve_result_cache_new       (gsize limit);
void              nerve_result_cache_free      (NerveResultCache *self);
/* (transfer full); NULL if it isn't there */
gpointer          nerve_result_cache_look_up   (NerveResultCache *self, const char *key);
/* Keeps a reference to @result, unless @key is there already. */
void              nerve_result_cache_keep      (NerveResultCache *self, const char *key,
                                                const NerveResultType *type, gpointer result);
void              nerve_result_cache_set_limit (NerveResultCache *self, gsize limit);
gsize             nerve_result_cache_get_bytes (NerveResultCache *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveResultCache, nerve_result_cache_free)

G_END_DECLS
