#include "figures/twin.h"

NerveTwin *
nerve_twin_ref (NerveTwin *self)
{
  g_atomic_ref_count_inc (&self->ref);

  return self;
}

void
nerve_twin_unref (NerveTwin *self)
{
  if (!g_atomic_ref_count_dec (&self->ref))
    return;

  g_clear_pointer (&self->graph, nerve_graph_unref);
  g_clear_pointer (&self->coupling, nerve_coupling_unref);
  g_free (self->name);
  g_free (self->images);
  g_free (self);
}

NerveBitset *
nerve_twin_images (const NerveTwin *self, const NerveBitset *images)
{
  NerveBitset *found;

  if (images == NULL)
    return NULL;

  found = nerve_bitset_new (self->n_others);
  for (gsize i = 0; i < MIN (self->n_images, nerve_bitset_length (images)); i++)
    if (nerve_bitset_get (images, i) && self->images[i] != NERVE_TWIN_NO_IMAGE)
      nerve_bitset_set (found, self->images[i], TRUE);

  return found;
}
