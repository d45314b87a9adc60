#include "data/contents.h"

#include "base/error.h"
#include "data/blocks.h"
#include "data/names.h"

static void
free_array (NerveArray *array)
{
  nerve_blocks_forget (array);
  nerve_array_free (array);
}

static void
free_layer (NerveContentsLayer *layer)
{
  free_array (layer->array);
  g_free (layer->info.name);
  g_free (layer->info.kind);
  g_free (layer->info.dtype);
  g_free (layer->info.sampling);
  g_free (layer);
}

static void
free_values (NerveValues *values)
{
  if (values != NULL)
    nerve_values_free (values);
}

NerveContents *
nerve_contents_new (void)
{
  NerveContents *self = g_new0 (NerveContents, 1);

  self->attributes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->assumptions = g_ptr_array_new_with_free_func (g_free);
  self->layers = g_ptr_array_new_with_free_func ((GDestroyNotify) free_layer);
  self->level_groups = g_ptr_array_new_with_free_func ((GDestroyNotify) free_values);
  self->level_names = g_ptr_array_new_with_free_func ((GDestroyNotify) free_values);
  return self;
}

void
nerve_contents_free (NerveContents *self)
{
  g_free (self->format);
  g_hash_table_unref (self->attributes);
  g_ptr_array_unref (self->assumptions);
  g_ptr_array_unref (self->layers);
  g_clear_pointer (&self->labels, nerve_values_free);
  g_clear_pointer (&self->predictions, nerve_values_free);
  g_clear_pointer (&self->class_names, nerve_values_free);
  g_clear_pointer (&self->sample_ids, nerve_values_free);
  g_ptr_array_unref (self->level_groups);
  g_ptr_array_unref (self->level_names);
  g_clear_pointer (&self->images, free_array);
  g_clear_pointer (&self->masks, free_array);
  g_clear_pointer (&self->graph, nerve_graph_file_free);
  nerve_classes_clear (&self->classes);
  g_free (self);
}

void
nerve_contents_assume (NerveContents *self, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (self->assumptions, g_strdup_vprintf (format, args));
  va_end (args);
}

NerveContentsLayer *
nerve_contents_add_layer (NerveContents *self, const char *name, NerveArray *array, NerveAxes axes)
{
  NerveContentsLayer *layer = g_new0 (NerveContentsLayer, 1);
  NerveLayer *info = &layer->info;
  const guint64 *extents = array->extents;

  layer->array = array;
  info->name = nerve_names_clean (name, -1);
  info->kind = g_strdup ("");
  info->dtype = g_strdup (array->dtype);
  info->index = self->layers->len;
  info->axes = axes;
  info->n = array->n;
  info->bytes = nerve_array_get_bytes (array);
  info->is_vector = axes == NERVE_AXES_ND;
  info->channels = axes == NERVE_AXES_ND ? array->row_length : axes == NERVE_AXES_NHWC ? extents[3] : 1;
  info->height = 1;
  info->width = 1;
  if (axes == NERVE_AXES_NHWC)
    array->channels_last = extents[3];
  if (axes == NERVE_AXES_NCHW && array->rank == 4)
    info->channels = extents[1];
  if (axes != NERVE_AXES_ND)
    {
      guint first = axes == NERVE_AXES_NHWC ? 1 : array->rank - 2;

      info->height = extents[first];
      info->width = extents[first + 1];
    }

  g_ptr_array_add (self->layers, layer);
  return layer;
}

static int
compare_layers (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const NerveContentsLayer *p = *(NerveContentsLayer *const *) a;
  const NerveContentsLayer *q = *(NerveContentsLayer *const *) b;

  return (p->info.index > q->info.index) - (p->info.index < q->info.index);
}

/* The number of images most layers have; of several such the first layer's. */
static gsize
commonest_n (GPtrArray *layers)
{
  gsize best = 0;
  guint votes = 0;

  for (guint i = 0; i < layers->len; i++)
    {
      gsize n = ((NerveContentsLayer *) layers->pdata[i])->array->n;
      guint same = 0;

      for (guint j = 0; j < layers->len; j++)
        same += ((NerveContentsLayer *) layers->pdata[j])->array->n == n;
      if (same > votes)
        {
          votes = same;
          best = n;
        }
    }
  return best;
}

static gboolean
check_rows (const char *name, gsize found, gsize n, GError **error)
{
  if (found == n)
    return TRUE;

  g_set_error (error, NERVE_ERROR, NERVE_ERROR_SHAPE,
               "%s: %" G_GSIZE_FORMAT " rows where the layers have %" G_GSIZE_FORMAT, name, found, n);
  return FALSE;
}

static gboolean
check_all_rows (NerveContents *self, GError **error)
{
  for (guint i = 0; i < self->layers->len; i++)
    {
      NerveContentsLayer *layer = self->layers->pdata[i];

      if (!check_rows (layer->info.name, layer->array->n, self->n, error))
        return FALSE;
    }
  return (self->images == NULL || check_rows ("images", self->images->n, self->n, error))
         && (self->masks == NULL || check_rows ("masks", self->masks->n, self->n, error))
         && (self->sample_ids == NULL || check_rows (self->sample_ids->name, self->sample_ids->n, self->n, error));
}

static void
say_unwritten (NerveContents *self, const char *name, const NerveArray *array)
{
  if (array == NULL || array->n_unwritten == 0)
    return;

  if (array->n_pieces == 1)
    nerve_contents_assume (self, "%s was never written: it is read as the file's fill value.", name);
  else
    nerve_contents_assume (self, "%s was not written to the end: %" G_GUINT64_FORMAT " of its %" G_GUINT64_FORMAT
                           " chunks are missing and read as the file's fill value.", name, array->n_unwritten,
                           array->n_pieces);
}

static void
say_all_unwritten (NerveContents *self)
{
  for (guint i = 0; i < self->layers->len; i++)
    {
      NerveContentsLayer *layer = self->layers->pdata[i];

      say_unwritten (self, layer->info.name, layer->array);
    }
  say_unwritten (self, "images", self->images);
  say_unwritten (self, "masks", self->masks);
}

/* -1 by the format; text of no letters where labels are names. */
static void
say_unlabelled (NerveContents *self)
{
  gsize n = 0;

  for (gsize i = 0; self->classes.labels != NULL && i < self->n; i++)
    n += self->classes.labels[i] < 0;
  if (n > 0)
    nerve_contents_assume (self, "%" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT " images count as unlabelled: their label "
                           "is %s.", n, self->n, self->labels->strings != NULL ? "empty" : "negative");
}

static gboolean
finish_classes (NerveContents *self, GError **error)
{
  NerveClassValues values = {
    .labels = self->labels,
    .predictions = self->predictions,
    .class_names = self->class_names,
    .n_levels = self->level_groups->len,
    .level_groups = (NerveValues **) self->level_groups->pdata,
    .level_names = (NerveValues **) self->level_names->pdata,
  };

  if (self->labels == NULL && self->predictions != NULL)
    nerve_contents_assume (self, "The predictions are not used: there are no labels beside them.");
  if (!nerve_classes_init (&self->classes, &values, self->n, error))
    return FALSE;
  say_unlabelled (self);
  if (self->classes.n_classes == 0)
    nerve_classes_clear (&self->classes);

  return TRUE;
}

gboolean
nerve_contents_finish (NerveContents *self, GError **error)
{
  if (self->layers->len == 0)
    {
      g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_NOT_FOUND, "there is no layer in it");
      return FALSE;
    }

  /* Stable, unlike g_ptr_array_sort() in every GLib: layers of one index keep the file's order. */
  g_qsort_with_data (self->layers->pdata, self->layers->len, sizeof (gpointer), compare_layers, NULL);
  self->n = commonest_n (self->layers);
  say_all_unwritten (self);
  return check_all_rows (self, error) && finish_classes (self, error);
}
