#include "data/dataset.h"

#include <string.h>

#include "data/blocks.h"
#include "data/contents.h"
#include "data/names.h"
#include "data/reader.h"
#include "data/subset.h"

struct _NerveDataset
{
  gatomicrefcount ref_count;
  NerveFile      *file;
  NerveContents  *contents;   /* these three are the whole's where there is a subset */
  char          **sample_ids;
  NerveSubset    *subset;     /* NULL: all images of the file */
  GData          *companions;
};

void
nerve_image_clear (NerveImage *self)
{
  g_clear_pointer (&self->pixels, g_free);
}

static char **
make_sample_ids (const NerveValues *values)
{
  char **ids;

  if (values == NULL)
    return NULL;
  ids = g_new0 (char *, values->n + 1);
  for (gsize i = 0; i < values->n; i++)
    ids[i] = nerve_values_get_text (values, i);
  return ids;
}

static NerveDataset *
open_dataset (const char *path, const NerveProgress *progress, GError **error)
{
  g_autoptr (NerveFile) file = NULL;
  g_autoptr (NerveContents) contents = NULL;
  const NerveReader *reader;
  NerveDataset *self;

  file = nerve_file_open (path, error);
  if (file == NULL)
    return NULL;
  reader = nerve_reader_find (file, error);
  if (reader == NULL)
    return NULL;
  contents = nerve_contents_new ();
  if (!reader->read (file, contents, progress, error) || !nerve_contents_finish (contents, error))
    return NULL;

  self = g_new0 (NerveDataset, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->sample_ids = make_sample_ids (contents->sample_ids);
  g_ptr_array_add (contents->assumptions, NULL);
  self->contents = g_steal_pointer (&contents);
  self->file = g_steal_pointer (&file);
  return self;
}

NerveDataset *
nerve_dataset_open (const char *path, GError **error)
{
  return nerve_dataset_open_cancellable (path, NULL, error);
}

NerveDataset *
nerve_dataset_open_cancellable (const char *path, const NerveProgress *progress, GError **error)
{
  GError *local_error = NULL;
  NerveDataset *self;

  g_return_val_if_fail (path != NULL, NULL);

  self = open_dataset (path, progress, &local_error);
  if (self == NULL)
    {
      /* A name in a damaged file may hold anything; a message is one line. */
      g_autofree char *message = nerve_names_clean (local_error->message, -1);

      g_set_error_literal (error, NERVE_ERROR, local_error->code, message);
      g_error_free (local_error);
    }
  return self;
}

NerveDataset *
nerve_dataset_new_subset (NerveDataset *whole, const NerveBitset *images, const char *name)
{
  NerveDataset *self;

  g_return_val_if_fail (whole != NULL, NULL);
  g_return_val_if_fail (!nerve_bitset_is_empty (images), NULL);

  self = g_new0 (NerveDataset, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->file = whole->file;
  self->contents = whole->contents;
  self->sample_ids = whole->sample_ids;
  self->subset = nerve_subset_new (whole, images, name);
  return self;
}

NerveDataset *
nerve_dataset_ref (NerveDataset *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
nerve_dataset_unref (NerveDataset *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_datalist_clear (&self->companions);
  if (self->subset != NULL)
    {
      nerve_subset_free (self->subset);
      g_free (self);
      return;
    }
  nerve_contents_free (self->contents);
  nerve_file_free (self->file);
  g_strfreev (self->sample_ids);
  g_free (self);
}

gpointer
nerve_dataset_get_companion (NerveDataset *self, const char *name, gpointer (*make) (void), GDestroyNotify destroy)
{
  GQuark key = g_quark_from_static_string (name);
  gpointer companion = g_datalist_id_get_data (&self->companions, key);
  gpointer own;

  if (companion != NULL)
    return companion;

  own = make ();
  if (g_datalist_id_replace_data (&self->companions, key, NULL, own, destroy, NULL))
    return own;

  destroy (own);
  return g_datalist_id_get_data (&self->companions, key);
}

NerveDataset *
nerve_dataset_get_whole (NerveDataset *self)
{
  return self->subset != NULL ? self->subset->whole : NULL;
}

NerveBitset *
nerve_dataset_get_subset_images (NerveDataset *self)
{
  NerveBitset *images;

  if (self->subset == NULL)
    return NULL;

  images = nerve_bitset_new (nerve_dataset_get_n (self->subset->whole));
  for (gsize i = 0; i < self->subset->n; i++)
    nerve_bitset_set (images, self->subset->rows[i], TRUE);
  return images;
}

const char *
nerve_dataset_get_path (NerveDataset *self)
{
  return self->file->path;
}

const char *
nerve_dataset_get_fingerprint (NerveDataset *self)
{
  return self->subset != NULL ? self->subset->fingerprint : self->file->fingerprint;
}

const char *
nerve_dataset_get_format (NerveDataset *self)
{
  return self->contents->format;
}

const char *
nerve_dataset_get_attribute (NerveDataset *self, const char *name)
{
  return g_hash_table_lookup (self->contents->attributes, name);
}

const char * const *
nerve_dataset_get_assumptions (NerveDataset *self)
{
  return (const char * const *) (self->subset != NULL ? self->subset->assumptions
                                                      : self->contents->assumptions)->pdata;
}

gsize
nerve_dataset_get_n (NerveDataset *self)
{
  return self->subset != NULL ? self->subset->n : self->contents->n;
}

const NerveGraphFile *
nerve_dataset_get_graph (NerveDataset *self)
{
  return self->subset == NULL ? self->contents->graph : NULL;
}

const char *
nerve_dataset_get_subset_name (NerveDataset *self)
{
  return self->subset != NULL ? self->subset->name : NULL;
}

/* Of the file. */
static gsize
row_of (NerveDataset *self, gsize image)
{
  return self->subset != NULL ? self->subset->rows[image] : image;
}

guint
nerve_dataset_get_n_layers (NerveDataset *self)
{
  return self->contents->layers->len;
}

static NerveContentsLayer *
get_layer (NerveDataset *self, guint layer)
{
  return self->contents->layers->pdata[layer];
}

const NerveLayer *
nerve_dataset_get_layer (NerveDataset *self, guint layer)
{
  g_return_val_if_fail (layer < self->contents->layers->len, NULL);

  return self->subset != NULL ? &self->subset->layers[layer] : &get_layer (self, layer)->info;
}

static void
set_not_found (NerveDataset *self, const char *name, GError **error)
{
  guint n = self->contents->layers->len;
  g_autofree const char **names = g_new (const char *, n);
  g_autofree char *wanted = nerve_names_clean (name, -1);
  g_autofree char *near = NULL;

  for (guint i = 0; i < n; i++)
    names[i] = get_layer (self, i)->info.name;
  near = nerve_names_near (wanted, names, n);
  if (near != NULL)
    g_set_error (error, NERVE_ERROR, NERVE_ERROR_NOT_FOUND, "no layer “%s”, did you mean %s?", wanted, near);
  else
    {
      g_autoptr (GPtrArray) all = g_ptr_array_new ();

      for (guint i = 0; i < n; i++)
        g_ptr_array_add (all, (gpointer) names[i]);
      near = nerve_names_list (all);
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_NOT_FOUND, "no layer “%s”, there are %s", wanted, near);
    }
}

gboolean
nerve_dataset_find_layer (NerveDataset *self, const char *name, guint *layer, GError **error)
{
  g_autofree char *clean = nerve_names_clean (name, -1);

  for (guint i = 0; i < self->contents->layers->len; i++)
    if (strcmp (get_layer (self, i)->info.name, name) == 0)
      {
        *layer = i;
        return TRUE;
      }
  /* As it stands in the file, where that could not be shown. */
  if (strcmp (clean, name) != 0)
    return nerve_dataset_find_layer (self, clean, layer, error);
  set_not_found (self, name, error);
  return FALSE;
}

const int *
nerve_dataset_get_labels (NerveDataset *self)
{
  return self->subset != NULL ? self->subset->labels : self->contents->classes.labels;
}

const int *
nerve_dataset_get_predictions (NerveDataset *self)
{
  return self->subset != NULL ? self->subset->predictions : self->contents->classes.predictions;
}

guint
nerve_dataset_get_n_classes (NerveDataset *self)
{
  return self->contents->classes.n_classes;
}

const char *
nerve_dataset_get_class_name (NerveDataset *self, guint label)
{
  g_return_val_if_fail (label < self->contents->classes.n_classes, NULL);

  return self->contents->classes.names[label];
}

gboolean
nerve_dataset_has_class_names (NerveDataset *self)
{
  return self->contents->classes.is_named;
}

guint
nerve_dataset_get_n_levels (NerveDataset *self)
{
  return self->contents->classes.n_levels;
}

static const NerveClassLevel *
get_level (NerveDataset *self, guint level)
{
  g_return_val_if_fail (level >= 1 && level <= self->contents->classes.n_levels, NULL);

  return &self->contents->classes.levels[level - 1];
}

guint
nerve_dataset_get_n_groups (NerveDataset *self, guint level)
{
  const NerveClassLevel *found = get_level (self, level);

  return found != NULL ? found->n_groups : 0;
}

const char *
nerve_dataset_get_group_name (NerveDataset *self, guint level, guint group)
{
  const NerveClassLevel *found = get_level (self, level);

  g_return_val_if_fail (found != NULL && group < found->n_groups, NULL);

  return found->names[group];
}

guint
nerve_dataset_get_group (NerveDataset *self, guint level, guint label)
{
  const NerveClassLevel *found = get_level (self, level);

  g_return_val_if_fail (found != NULL && label < self->contents->classes.n_classes, 0);

  return found->groups[label];
}

const char *
nerve_dataset_get_sample_id (NerveDataset *self, gsize image)
{
  g_return_val_if_fail (image < nerve_dataset_get_n (self), NULL);

  return self->sample_ids != NULL ? self->sample_ids[row_of (self, image)] : NULL;
}

gboolean
nerve_dataset_has_images (NerveDataset *self)
{
  return self->contents->images != NULL;
}

gboolean
nerve_dataset_has_masks (NerveDataset *self)
{
  return self->contents->masks != NULL;
}

static gboolean
read_picture (NerveDataset *self, NerveArray *array, gsize image, const char *name, NerveImage *out, GError **error)
{
  g_autofree guint8 *pixels = NULL;

  if (array == NULL || image >= nerve_dataset_get_n (self))
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_NOT_FOUND, "no %s of image %" G_GSIZE_FORMAT, name, image);
      return FALSE;
    }
  pixels = g_malloc (array->row_length);
  if (!nerve_blocks_read_bytes (array, row_of (self, image), 1, pixels, error))
    {
      g_prefix_error (error, "%s: ", name);
      return FALSE;
    }
  *out = (NerveImage) {
    .width = array->extents[2],
    .height = array->extents[1],
    .channels = array->rank == 4 ? array->extents[3] : 1,
    .pixels = g_steal_pointer (&pixels),
  };
  return TRUE;
}

gboolean
nerve_dataset_read_image (NerveDataset *self, gsize image, NerveImage *out, GError **error)
{
  return read_picture (self, self->contents->images, image, "images", out, error);
}

gboolean
nerve_dataset_read_mask (NerveDataset *self, gsize image, NerveImage *out, GError **error)
{
  if (!read_picture (self, self->contents->masks, image, "masks", out, error))
    return FALSE;
  for (gsize i = 0; i < (gsize) out->width * out->height; i++)
    out->pixels[i] = out->pixels[i] != 0 ? 255 : 0;
  return TRUE;
}

gboolean
nerve_dataset_read_rows (NerveDataset *self, guint layer, gsize first, gsize count, double *out, GError **error)
{
  g_return_val_if_fail (layer < self->contents->layers->len, FALSE);

  if (self->contents->graph != NULL)
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_FORMAT, "%s: a mapper graph only, there are no activations",
                   get_layer (self, layer)->info.name);
      return FALSE;
    }
  if (self->subset != NULL)
    return nerve_subset_read (self->subset, layer, first, count, out, error);
  if (nerve_blocks_read (get_layer (self, layer)->array, first, count, out, error))
    return TRUE;
  g_prefix_error (error, "%s: ", get_layer (self, layer)->info.name);
  return FALSE;
}

gsize
nerve_dataset_get_block_rows (NerveDataset *self, guint layer)
{
  g_return_val_if_fail (layer < self->contents->layers->len, 1);

  return get_layer (self, layer)->array->block_rows;
}

/* Without branches, so that it costs no more than reading the memory. */
static gboolean
all_finite (const double *values, gsize n)
{
  guint64 found = 0;

  for (gsize i = 0; i < n; i++)
    {
      guint64 bits;

      memcpy (&bits, &values[i], sizeof bits);
      found |= (bits & 0x7ff0000000000000) == 0x7ff0000000000000;
    }
  return found == 0;
}

static void
set_not_finite (const NerveLayer *info, gsize image, gsize place, double value, GError **error)
{
  gsize map = info->height * info->width;
  const char *what = value != value ? "NaN" : "infinity";

  if (info->is_vector)
    g_set_error (error, NERVE_ERROR, NERVE_ERROR_VALUE,
                 "%s: %s in image %" G_GSIZE_FORMAT " (channel %" G_GSIZE_FORMAT "; counted from 0)", info->name,
                 what, image, place);
  else
    g_set_error (error, NERVE_ERROR, NERVE_ERROR_VALUE,
                 "%s: %s in image %" G_GSIZE_FORMAT " (channel %" G_GSIZE_FORMAT ", row %" G_GSIZE_FORMAT
                 ", column %" G_GSIZE_FORMAT "; counted from 0)",
                 info->name, what, image, place / map, place % map / info->width, place % info->width);
}

gboolean
nerve_dataset_check_finite (NerveDataset *self, guint layer, gsize first, gsize count, const double *rows,
                            GError **error)
{
  const NerveLayer *info = nerve_dataset_get_layer (self, layer);
  gsize length = info->channels * info->height * info->width;

  for (gsize row = 0; row < count; row++, rows += length)
    {
      gsize place = 0;

      if (all_finite (rows, length))
        continue;
      while (rows[place] - rows[place] == 0)
        place++;
      set_not_finite (info, first + row, place, rows[place], error);
      return FALSE;
    }
  return TRUE;
}
