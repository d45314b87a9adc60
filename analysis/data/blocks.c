#include "data/blocks.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"

/* Smaller allocations are tried without asking the kernel what is free. */
#define SMALL_BYTES (16 << 20)

typedef struct
{
  gatomicrefcount ref_count;
  NerveStorage    storage;
  gsize           bytes;
  gpointer        values; /* rows, channels first */
} Block;

typedef struct
{
  guint64 serial;
  gsize   index;
} Key;

typedef struct
{
  Key    key;
  Block *block; /* NULL while a thread reads it */
  GList  link;
} Entry;

/* The limit is the process's, so the blocks of all datasets stand in one queue, latest first. */
static struct
{
  GMutex      lock;
  GCond       settled;
  GHashTable *entries;
  GQueue      queue;
  gsize       used;
  gsize       limit;
} cache = { .limit = 256 << 20 };

static Block *
block_ref (Block *block)
{
  g_atomic_ref_count_inc (&block->ref_count);
  return block;
}

static void
block_unref (Block *block)
{
  if (!g_atomic_ref_count_dec (&block->ref_count))
    return;
  g_free (block->values);
  g_free (block);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Block, block_unref)

static gpointer
allocate (gsize n, gsize size, GError **error)
{
  gpointer memory = NULL;

  if (n > SMALL_BYTES / size)
    return nerve_memory_new (n, size, "one block of its rows", error);
  memory = g_try_malloc (MAX (n * size, 1));
  if (memory == NULL)
    g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_MEMORY, "no memory left for one block of its rows");
  return memory;
}

/* Rows of [places, channels] to [channels, places]. */
#define TRANSPOSE(type) \
  G_STMT_START { \
    const type *restrict source = in; \
    type *restrict target = out; \
    for (gsize row = 0; row < rows; row++, source += places * channels, target += places * channels) \
      for (gsize c = 0; c < channels; c++) \
        for (gsize p = 0; p < places; p++) \
          target[c * places + p] = source[p * channels + c]; \
  } G_STMT_END

static void
put_channels_first (NerveStorage storage, gconstpointer in, gsize rows, gsize places, gsize channels, gpointer out)
{
  switch (storage)
    {
    case NERVE_STORAGE_BYTE:
      TRANSPOSE (guint8);
      break;
    case NERVE_STORAGE_FLOAT:
      TRANSPOSE (float);
      break;
    case NERVE_STORAGE_DOUBLE:
    default:
      TRANSPOSE (double);
      break;
    }
}

static gpointer
turn_channels (NerveArray *array, NerveStorage storage, gpointer values, gsize rows, GError **error)
{
  g_autofree gpointer given = values;
  gsize channels = array->channels_last;
  gpointer turned;

  if (channels == 0)
    return g_steal_pointer (&given);
  turned = allocate (rows * array->row_length, nerve_storage_get_size (storage), error);
  if (turned != NULL)
    put_channels_first (storage, given, rows, array->row_length / channels, channels, turned);
  return turned;
}

static gpointer
read_values (NerveArray *array, gsize first, gsize rows, NerveStorage storage, GError **error)
{
  gsize n = rows * array->row_length;
  g_autofree gpointer raw = allocate (n, array->scalar.size, error);
  g_autofree gpointer values = NULL;

  if (raw == NULL || !array->class->read (array, first, rows, raw, error))
    return NULL;
  if (nerve_scalar_is_storage (array->scalar))
    return turn_channels (array, storage, g_steal_pointer (&raw), rows, error);

  values = allocate (n, nerve_storage_get_size (storage), error);
  if (values == NULL)
    return NULL;
  nerve_scalar_convert (array->scalar, raw, n, values);
  g_clear_pointer (&raw, g_free);

  return turn_channels (array, storage, g_steal_pointer (&values), rows, error);
}

static Block *
block_new (NerveArray *array, gsize index, GError **error)
{
  g_autofree gpointer values = NULL;
  NerveStorage storage = nerve_scalar_get_storage (array->scalar);
  gsize first = index * array->block_rows;
  gsize rows = MIN (array->block_rows, array->n - first);
  Block *block;

  if (!nerve_file_check_unchanged (array->file, error))
    return NULL;
  values = read_values (array, first, rows, storage, error);
  if (values == NULL)
    return NULL;

  block = g_new (Block, 1);
  g_atomic_ref_count_init (&block->ref_count);
  block->storage = storage;
  block->bytes = rows * array->row_length * nerve_storage_get_size (storage);
  block->values = g_steal_pointer (&values);
  return block;
}

static guint
key_hash (gconstpointer data)
{
  const Key *key = data;

  return (guint) (key->serial * 0x9e3779b1u + key->index * 0x85ebca6bu);
}

static gboolean
key_equal (gconstpointer a, gconstpointer b)
{
  const Key *p = a;
  const Key *q = b;

  return p->serial == q->serial && p->index == q->index;
}

/* With the lock held. */
static void
drop_entry (Entry *entry)
{
  if (entry->block != NULL)
    {
      g_queue_unlink (&cache.queue, &entry->link);
      cache.used -= entry->block->bytes;
      block_unref (entry->block);
    }
  g_hash_table_remove (cache.entries, &entry->key);
  g_free (entry);
}

/* With the lock held. */
static void
make_room (void)
{
  while (cache.used > cache.limit && cache.queue.length > 1)
    drop_entry (cache.queue.tail->data);
}

/* The block, if it is there; else NULL, and the caller has to read it and to call settle(). */
static Block *
look_up (const Key *key)
{
  Entry *entry;
  Block *block = NULL;

  g_mutex_lock (&cache.lock);
  if (cache.entries == NULL)
    cache.entries = g_hash_table_new (key_hash, key_equal);
  while ((entry = g_hash_table_lookup (cache.entries, key)) != NULL && entry->block == NULL)
    g_cond_wait (&cache.settled, &cache.lock);
  if (entry != NULL)
    {
      g_queue_unlink (&cache.queue, &entry->link);
      g_queue_push_head_link (&cache.queue, &entry->link);
      block = block_ref (entry->block);
    }
  else
    {
      entry = g_new0 (Entry, 1);
      entry->key = *key;
      entry->link.data = entry;
      g_hash_table_insert (cache.entries, &entry->key, entry);
    }
  g_mutex_unlock (&cache.lock);

  return block;
}

/* Keeps @block, or forgets that it was being read if there is none: then one of those who wait tries for itself. */
static void
settle (const Key *key, Block *block)
{
  Entry *entry;

  g_mutex_lock (&cache.lock);
  entry = g_hash_table_lookup (cache.entries, key);
  if (block == NULL)
    drop_entry (entry);
  else
    {
      entry->block = block_ref (block);
      cache.used += block->bytes;
      g_queue_push_head_link (&cache.queue, &entry->link);
      make_room ();
    }
  g_cond_broadcast (&cache.settled);
  g_mutex_unlock (&cache.lock);
}

static Block *
get_block (NerveArray *array, gsize index, GError **error)
{
  Key key = { array->serial, index };
  Block *block = look_up (&key);

  if (block == NULL)
    {
      block = block_new (array, index, error);
      settle (&key, block);
    }
  return block;
}

static void
copy_doubles (const Block *block, gsize from, gsize n, double *restrict out)
{
  if (block->storage == NERVE_STORAGE_BYTE)
    for (gsize i = 0; i < n; i++)
      out[i] = ((const guint8 *) block->values)[from + i];
  else if (block->storage == NERVE_STORAGE_FLOAT)
    for (gsize i = 0; i < n; i++)
      out[i] = ((const float *) block->values)[from + i];
  else
    memcpy (out, (const double *) block->values + from, n * sizeof (double));
}

/* One of @doubles and @bytes is given. */
static gboolean
read_rows (NerveArray *array, gsize first, gsize count, double *doubles, guint8 *bytes, GError **error)
{
  gsize done = 0;

  while (done < count)
    {
      gsize index = (first + done) / array->block_rows;
      gsize skipped = first + done - index * array->block_rows;
      gsize rows = MIN (array->block_rows - skipped, count - done);
      gsize from = skipped * array->row_length;
      g_autoptr (Block) block = get_block (array, index, error);

      if (block == NULL)
        return FALSE;
      if (doubles != NULL)
        copy_doubles (block, from, rows * array->row_length, doubles + done * array->row_length);
      else
        memcpy (bytes + done * array->row_length, (guint8 *) block->values + from, rows * array->row_length);
      done += rows;
    }
  return TRUE;
}

gboolean
nerve_blocks_read (NerveArray *array, gsize first, gsize count, double *out, GError **error)
{
  g_return_val_if_fail (first <= array->n && count <= array->n - first, FALSE);

  return read_rows (array, first, count, out, NULL, error);
}

gboolean
nerve_blocks_read_bytes (NerveArray *array, gsize first, gsize count, guint8 *out, GError **error)
{
  g_return_val_if_fail (first <= array->n && count <= array->n - first, FALSE);
  g_return_val_if_fail (nerve_scalar_get_storage (array->scalar) == NERVE_STORAGE_BYTE, FALSE);

  return read_rows (array, first, count, NULL, out, error);
}

void
nerve_blocks_forget (NerveArray *array)
{
  g_mutex_lock (&cache.lock);
  for (GList *link = cache.queue.head, *next; link != NULL; link = next)
    {
      Entry *entry = link->data;

      next = link->next;
      if (entry->key.serial == array->serial)
        drop_entry (entry);
    }
  g_mutex_unlock (&cache.lock);
}

void
nerve_blocks_set_limit (gsize bytes)
{
  g_mutex_lock (&cache.lock);
  cache.limit = bytes;
  make_room ();
  g_mutex_unlock (&cache.lock);
}

gsize
nerve_blocks_get_used (void)
{
  gsize used;

  g_mutex_lock (&cache.lock);
  used = cache.used;
  g_mutex_unlock (&cache.lock);
  return used;
}
