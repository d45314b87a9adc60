#include "config.h"

#include "app/result-cache.h"

typedef struct
{
  char                  *key;
  const NerveResultType *type;
  gpointer               result;
  gsize                  bytes;
  GList                  link;
} Entry;

struct _NerveResultCache
{
  GHashTable *entries; /* key → Entry */
  GQueue      recency; /* Entry, latest first */
  gsize       bytes;
  gsize       limit;
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  entry->type->unref (entry->result);
  g_free (entry->key);
  g_free (entry);
}

NerveResultCache *
nerve_result_cache_new (gsize limit)
{
  NerveResultCache *self = g_new0 (NerveResultCache, 1);

  self->limit = limit;
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, entry_free);
  g_queue_init (&self->recency);

  return self;
}

void
nerve_result_cache_free (NerveResultCache *self)
{
  g_hash_table_unref (self->entries);
  g_free (self);
}

gpointer
nerve_result_cache_look_up (NerveResultCache *self, const char *key)
{
  Entry *entry = g_hash_table_lookup (self->entries, key);

  if (entry == NULL)
    return NULL;

  g_queue_unlink (&self->recency, &entry->link);
  g_queue_push_head_link (&self->recency, &entry->link);

  return entry->type->ref (entry->result);
}

static void
shrink (NerveResultCache *self)
{
  while (self->bytes > self->limit && self->recency.length > 1)
    {
      Entry *oldest = g_queue_peek_tail (&self->recency);

      g_queue_unlink (&self->recency, &oldest->link);
      self->bytes -= oldest->bytes;
      g_hash_table_remove (self->entries, oldest->key);
    }
}

void
nerve_result_cache_keep (NerveResultCache *self, const char *key, const NerveResultType *type, gpointer result)
{
  Entry *entry;

  if (g_hash_table_contains (self->entries, key))
    return;

  entry = g_new0 (Entry, 1);
  entry->key = g_strdup (key);
  entry->type = type;
  entry->result = type->ref (result);
  entry->bytes = type->size (result);
  entry->link.data = entry;
  g_hash_table_insert (self->entries, entry->key, entry);
  g_queue_push_head_link (&self->recency, &entry->link);
  self->bytes += entry->bytes;
  shrink (self);
}

void
nerve_result_cache_set_limit (NerveResultCache *self, gsize limit)
{
  self->limit = limit;
  shrink (self);
}

gsize
nerve_result_cache_get_bytes (NerveResultCache *self)
{
  return self->bytes;
}
