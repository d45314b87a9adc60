#include "config.h"

#include "app/graph-stores.h"

typedef struct
{
  char             *key;
  NerveMapperStore *store;
} Entry;

typedef struct
{
  GMutex lock;
  GQueue entries; /* Entry, latest first */
} Stores;

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  nerve_mapper_store_unref (entry->store);
  g_free (entry->key);
  g_free (entry);
}

static void
stores_free (gpointer data)
{
  Stores *self = data;

  g_queue_clear_full (&self->entries, entry_free);
  g_mutex_clear (&self->lock);
  g_free (self);
}

static gpointer
stores_new (void)
{
  Stores *self = g_new0 (Stores, 1);

  g_mutex_init (&self->lock);
  g_queue_init (&self->entries);

  return self;
}

static Stores *
get_stores (NerveDataset *dataset)
{
  return nerve_dataset_get_companion (dataset, "nerve-graph-stores", stores_new, stores_free);
}

static char *
make_key (guint layer, const NerveCloudParameters *parameters)
{
  g_autofree char *text = nerve_parameters_key (&nerve_cloud_table, parameters);

  return g_strdup_printf ("%u|%s", layer, text);
}

/* With the lock held; the one found becomes the latest. */
static NerveMapperStore *
look_up (Stores *self, const char *key)
{
  for (GList *link = self->entries.head; link != NULL; link = link->next)
    {
      Entry *entry = link->data;

      if (!g_str_equal (entry->key, key))
        continue;
      g_queue_unlink (&self->entries, link);
      g_queue_push_head_link (&self->entries, link);
      return nerve_mapper_store_ref (entry->store);
    }

  return NULL;
}

static NerveMapperStore *
find (Stores *self, const char *key)
{
  NerveMapperStore *store;

  g_mutex_lock (&self->lock);
  store = look_up (self, key);
  g_mutex_unlock (&self->lock);

  return store;
}

/* Two threads may have made one: the first is kept, and both use it. */
static NerveMapperStore *
keep (Stores *self, const char *key, NerveCloud *cloud)
{
  NerveMapperStore *store;

  g_mutex_lock (&self->lock);
  store = look_up (self, key);
  if (store == NULL)
    {
      Entry *entry = g_new (Entry, 1);

      entry->key = g_strdup (key);
      entry->store = nerve_mapper_store_new (cloud);
      g_queue_push_head (&self->entries, entry);
      store = nerve_mapper_store_ref (entry->store);
    }
  g_mutex_unlock (&self->lock);

  return store;
}

NerveMapperStore *
nerve_graph_stores_get (NerveDataset *dataset, guint layer, const NerveCloudParameters *parameters,
                        const NerveProgress *progress, GError **error)
{
  Stores *stores = get_stores (dataset);
  g_autofree char *key = make_key (layer, parameters);
  NerveMapperStore *store = find (stores, key);
  g_autoptr (NerveCloud) cloud = NULL;

  if (store != NULL)
    return store;

  cloud = nerve_cloud_new (dataset, layer, parameters, progress, error);

  return cloud != NULL ? keep (stores, key, cloud) : NULL;
}

static gsize
measure (NerveMapperStore *store)
{
  NerveCloud *cloud = nerve_mapper_store_get_cloud (store);
  const gsize origin = sizeof (guint32) + sizeof (gint32);

  return nerve_mapper_store_get_bytes (store) +
         nerve_cloud_get_n (cloud) * (nerve_cloud_get_dimension (cloud) * sizeof (double) + origin);
}

void
nerve_graph_stores_trim (NerveDataset *dataset, gsize limit)
{
  Stores *self = get_stores (dataset);
  gsize bytes = 0;
  GList *next;

  g_mutex_lock (&self->lock);
  for (GList *link = self->entries.head; link != NULL; link = next)
    {
      Entry *entry = link->data;

      next = link->next;
      bytes += measure (entry->store);
      if (bytes > limit && link != self->entries.head)
        {
          g_queue_delete_link (&self->entries, link);
          entry_free (entry);
        }
    }
  g_mutex_unlock (&self->lock);
}

guint
nerve_graph_stores_get_n (NerveDataset *dataset)
{
  Stores *self = get_stores (dataset);
  guint n;

  g_mutex_lock (&self->lock);
  n = self->entries.length;
  g_mutex_unlock (&self->lock);

  return n;
}
