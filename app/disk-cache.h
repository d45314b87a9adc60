/* Results as bytes by key, in a folder, from one start to the next: those used last, within a limit. All of it may be
 * missing, full, read-only, damaged or in use by another Nerve: then there is less in it. Any thread; reads and
 * writes files, so not the main one. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _NerveDiskCache NerveDiskCache;

/* @folder: made when it is needed; NULL: "nerve/results" in the user's cache folder. @limit: bytes; 0: nothing is
 * kept, nothing found. */
NerveDiskCache *nerve_disk_cache_new       (const char *folder, gsize limit);
NerveDiskCache *nerve_disk_cache_ref       (NerveDiskCache *self);
void            nerve_disk_cache_unref     (NerveDiskCache *self);
/* Holds from the next entry on. */
void            nerve_disk_cache_set_limit (NerveDiskCache *self, gsize limit);
gsize           nerve_disk_cache_get_limit (NerveDiskCache *self);

/* (transfer full); NULL: it is not there, or was damaged and is gone now. */
GBytes         *nerve_disk_cache_look_up   (NerveDiskCache *self, const char *key);
/* There whole or not at all. The ones used longest ago go, down to the limit; an entry above it is not kept. */
void            nerve_disk_cache_keep      (NerveDiskCache *self, const char *key, gconstpointer data, gsize size);
void            nerve_disk_cache_drop      (NerveDiskCache *self, const char *key);
gsize           nerve_disk_cache_get_bytes (NerveDiskCache *self);
void            nerve_disk_cache_clear     (NerveDiskCache *self);
/* What is being kept now is not: the program ends. */
void            nerve_disk_cache_stop      (NerveDiskCache *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveDiskCache, nerve_disk_cache_unref)

G_END_DECLS
