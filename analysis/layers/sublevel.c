#include "layers/sublevel.h"

#include "base/memory.h"

struct _NerveSublevel
{
  gatomicrefcount references;
  guint           layer;
  gsize           image;
  gboolean        is_vector;
  gsize           shape[3];
  double         *values;
};

NerveSublevel *
nerve_sublevel_new (NerveDataset *dataset, guint layer, gsize image, GError **error)
{
  g_autoptr (NerveSublevel) self = NULL;
  const NerveLayer *info;

  g_return_val_if_fail (dataset != NULL && layer < nerve_dataset_get_n_layers (dataset), NULL);

  if (image >= nerve_dataset_get_n (dataset))
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER, "image: no %" G_GSIZE_FORMAT " among %" G_GSIZE_FORMAT
                   " images", image, nerve_dataset_get_n (dataset));
      return NULL;
    }

  info = nerve_dataset_get_layer (dataset, layer);
  self = g_new0 (NerveSublevel, 1);
  g_atomic_ref_count_init (&self->references);
  self->layer = layer;
  self->image = image;
  self->is_vector = info->is_vector;
  self->shape[0] = info->channels;
  self->shape[1] = info->height;
  self->shape[2] = info->width;
  self->values = nerve_memory_new (info->channels * info->height * info->width, sizeof (double), "an image's tensor",
                                   error);
  if (self->values == NULL ||
      !nerve_dataset_read_rows (dataset, layer, image, 1, self->values, error) ||
      !nerve_dataset_check_finite (dataset, layer, image, 1, self->values, error))
    return NULL;

  return g_steal_pointer (&self);
}

NerveSublevel *
nerve_sublevel_ref (NerveSublevel *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
nerve_sublevel_unref (NerveSublevel *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->references))
    return;

  g_free (self->values);
  g_free (self);
}

guint
nerve_sublevel_get_layer (const NerveSublevel *self)
{
  return self->layer;
}

gsize
nerve_sublevel_get_image (const NerveSublevel *self)
{
  return self->image;
}

gboolean
nerve_sublevel_is_vector (const NerveSublevel *self)
{
  return self->is_vector;
}

const gsize *
nerve_sublevel_get_shape (const NerveSublevel *self)
{
  return self->shape;
}

const double *
nerve_sublevel_get_values (const NerveSublevel *self)
{
  return self->values;
}

gboolean
nerve_sublevel_count (const NerveSublevel *self, double eta, NerveBettiCount count, guint64 out[3], GError **error)
{
  g_autoptr (NerveBettiWorkspace) workspace = nerve_betti_workspace_new ();

  return nerve_betti_numbers (workspace, self->values, self->shape, &eta, 1, count, out, NULL, error);
}
