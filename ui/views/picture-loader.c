#include "config.h"

#include "views/picture-loader.h"

#define KEPT 4000
#define BATCH 64

struct _NervePictureLoader
{
  GObject       parent_instance;
  NerveDataset *dataset;
  GHashTable   *textures; /* image → GdkTexture; NULL: asked for, or can't be read */
  GArray       *wanted;   /* guint, the next one last */
  gboolean      running;
};

typedef struct
{
  NerveDataset *dataset;
  guint         n;
  guint         images[BATCH];
  GdkTexture   *textures[BATCH];
} Batch;

enum { SIGNAL_LOADED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NervePictureLoader, nerve_picture_loader, G_TYPE_OBJECT)

static void load_next (NervePictureLoader *self);

static void
batch_free (gpointer data)
{
  Batch *batch = data;

  for (guint i = 0; i < batch->n; i++)
    g_clear_object (&batch->textures[i]);
  nerve_dataset_unref (batch->dataset);
  g_free (batch);
}

static GdkTexture *
to_texture (const NerveImage *image)
{
  gsize n = (gsize) image->width * image->height;
  guint8 *pixels = g_malloc (3 * n);
  g_autoptr (GBytes) bytes = NULL;

  for (gsize i = 0; i < n; i++)
    for (guint channel = 0; channel < 3; channel++)
      pixels[3 * i + channel] = image->pixels[image->channels * i + (image->channels == 3 ? channel : 0)];
  bytes = g_bytes_new_take (pixels, 3 * n);

  return gdk_memory_texture_new (image->width, image->height, GDK_MEMORY_R8G8B8, bytes, 3 * image->width);
}

static void
read_batch (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Batch *batch = data;

  for (guint i = 0; i < batch->n; i++)
    {
      g_auto (NerveImage) image = { 0 };

      /* A picture that can't be read stays an empty tile: it is only a help to the eye. */
      if (nerve_dataset_read_image (batch->dataset, batch->images[i], &image, NULL) &&
          image.width > 0 && image.height > 0)
        batch->textures[i] = to_texture (&image);
    }
  g_task_return_boolean (task, TRUE);
}

static void
on_batch_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  NervePictureLoader *self = NERVE_PICTURE_LOADER (source);
  Batch *batch = g_task_get_task_data (G_TASK (result));

  self->running = FALSE;
  if (g_hash_table_size (self->textures) > KEPT)
    g_hash_table_remove_all (self->textures);
  for (guint i = 0; i < batch->n; i++)
    g_hash_table_insert (self->textures, GUINT_TO_POINTER (batch->images[i]), g_steal_pointer (&batch->textures[i]));
  for (guint i = 0; i < batch->n; i++)
    g_signal_emit (self, signals[SIGNAL_LOADED], 0, batch->images[i]);
  load_next (self);
}

static void
load_next (NervePictureLoader *self)
{
  g_autoptr (GTask) task = NULL;
  Batch *batch;

  if (self->running || self->wanted->len == 0)
    return;

  batch = g_new0 (Batch, 1);
  batch->dataset = nerve_dataset_ref (self->dataset);
  while (batch->n < BATCH && batch->n < self->wanted->len)
    {
      batch->images[batch->n] = g_array_index (self->wanted, guint, batch->n);
      batch->n++;
    }
  g_array_remove_range (self->wanted, 0, batch->n);

  self->running = TRUE;
  task = g_task_new (self, NULL, on_batch_read, NULL);
  g_task_set_task_data (task, batch, batch_free);
  g_task_run_in_thread (task, read_batch);
}

static void
unref_texture (gpointer texture)
{
  if (texture != NULL)
    g_object_unref (texture);
}

static void
nerve_picture_loader_finalize (GObject *object)
{
  NervePictureLoader *self = NERVE_PICTURE_LOADER (object);

  g_clear_pointer (&self->dataset, nerve_dataset_unref);
  g_hash_table_unref (self->textures);
  g_array_unref (self->wanted);

  G_OBJECT_CLASS (nerve_picture_loader_parent_class)->finalize (object);
}

static void
nerve_picture_loader_class_init (NervePictureLoaderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = nerve_picture_loader_finalize;

  signals[SIGNAL_LOADED] = g_signal_new ("loaded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                         0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
nerve_picture_loader_init (NervePictureLoader *self)
{
  self->textures = g_hash_table_new_full (NULL, NULL, NULL, unref_texture);
  self->wanted = g_array_new (FALSE, FALSE, sizeof (guint));
}

NervePictureLoader *
nerve_picture_loader_new (NerveDataset *dataset)
{
  NervePictureLoader *self = g_object_new (NERVE_TYPE_PICTURE_LOADER, NULL);

  self->dataset = nerve_dataset_ref (dataset);

  return self;
}

GdkTexture *
nerve_picture_loader_get (NervePictureLoader *self, guint image)
{
  gpointer texture;

  g_return_val_if_fail (NERVE_IS_PICTURE_LOADER (self), NULL);

  if (g_hash_table_lookup_extended (self->textures, GUINT_TO_POINTER (image), NULL, &texture))
    return texture;

  g_hash_table_insert (self->textures, GUINT_TO_POINTER (image), NULL);
  g_array_append_val (self->wanted, image);
  load_next (self);

  return NULL;
}

void
nerve_picture_loader_forget (NervePictureLoader *self)
{
  g_return_if_fail (NERVE_IS_PICTURE_LOADER (self));

  for (guint i = 0; i < self->wanted->len; i++)
    g_hash_table_remove (self->textures, GUINT_TO_POINTER (g_array_index (self->wanted, guint, i)));
  g_array_set_size (self->wanted, 0);
}
