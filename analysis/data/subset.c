#include "data/subset.h"

#include <string.h>

static int *
pick (const int *values, const gsize *rows, gsize n)
{
  int *picked;

  if (values == NULL)
    return NULL;
  picked = g_new (int, n);
  for (gsize i = 0; i < n; i++)
    picked[i] = values[rows[i]];
  return picked;
}

static char *
make_fingerprint (NerveDataset *whole, const gsize *rows, gsize n)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  const char *fingerprint = nerve_dataset_get_fingerprint (whole);

  g_checksum_update (sum, (const guchar *) fingerprint, strlen (fingerprint));
  g_checksum_update (sum, (const guchar *) rows, n * sizeof *rows);
  return g_strdup (g_checksum_get_string (sum));
}

static void
fill_layers (NerveSubset *self)
{
  guint n_layers = nerve_dataset_get_n_layers (self->whole);

  self->layers = g_new (NerveLayer, n_layers);
  for (guint i = 0; i < n_layers; i++)
    {
      const NerveLayer *layer = nerve_dataset_get_layer (self->whole, i);

      self->layers[i] = *layer;
      self->layers[i].n = self->n;
      self->layers[i].bytes = layer->n > 0 ? layer->bytes / layer->n * self->n : 0;
    }
}

static void
fill_assumptions (NerveSubset *self)
{
  const char *const *assumed = nerve_dataset_get_assumptions (self->whole);

  self->assumptions = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; assumed[i] != NULL; i++)
    g_ptr_array_add (self->assumptions, g_strdup (assumed[i]));
  g_ptr_array_add (self->assumptions,
                   g_strdup_printf ("Only %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT " images: %s.", self->n,
                                    nerve_dataset_get_n (self->whole), self->name));
  g_ptr_array_add (self->assumptions, NULL);
}

NerveSubset *
nerve_subset_new (NerveDataset *whole, const NerveBitset *images, const char *name)
{
  NerveSubset *self = g_new0 (NerveSubset, 1);
  gsize n = MIN (nerve_bitset_length (images), nerve_dataset_get_n (whole));

  self->whole = nerve_dataset_ref (whole);
  self->rows = g_new (gsize, n + 1);
  for (gsize i = 0; i < n; i++)
    if (nerve_bitset_get (images, i))
      self->rows[self->n++] = i;
  self->labels = pick (nerve_dataset_get_labels (whole), self->rows, self->n);
  self->predictions = pick (nerve_dataset_get_predictions (whole), self->rows, self->n);
  self->fingerprint = make_fingerprint (whole, self->rows, self->n);
  self->name = g_strdup (name);
  fill_layers (self);
  fill_assumptions (self);
  return self;
}

void
nerve_subset_free (NerveSubset *self)
{
  nerve_dataset_unref (self->whole);
  g_ptr_array_unref (self->assumptions);
  g_free (self->rows);
  g_free (self->layers);
  g_free (self->labels);
  g_free (self->predictions);
  g_free (self->fingerprint);
  g_free (self->name);
  g_free (self);
}

/* What lies side by side is read at once. */
gboolean
nerve_subset_read (const NerveSubset *self, guint layer, gsize first, gsize count, double *out, GError **error)
{
  const NerveLayer *info = &self->layers[layer];
  gsize length = info->channels * info->height * info->width;

  for (gsize i = 0; i < count;)
    {
      const gsize *rows = self->rows + first + i;
      gsize run = 1;

      while (i + run < count && rows[run] == rows[0] + run)
        run++;
      if (!nerve_dataset_read_rows (self->whole, layer, rows[0], run, out + i * length, error))
        return FALSE;
      i += run;
    }
  return TRUE;
}
