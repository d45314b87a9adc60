#include "base/unionfind.h"

void
nerve_union_find_init (NerveUnionFind *self, gsize n)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (n <= G_MAXUINT32);

  self->parent = g_new (guint32, n);
  self->size = g_new (guint32, n);
  self->n = n;
  for (gsize i = 0; i < n; i++)
    {
      self->parent[i] = i;
      self->size[i] = 1;
    }
}

void
nerve_union_find_clear (NerveUnionFind *self)
{
  g_clear_pointer (&self->parent, g_free);
  g_clear_pointer (&self->size, g_free);
  self->n = 0;
}

guint32
nerve_union_find_find (NerveUnionFind *self, guint32 x)
{
  guint32 *parent = self->parent;

  while (parent[x] != x)
    {
      parent[x] = parent[parent[x]];
      x = parent[x];
    }

  return x;
}

gboolean
nerve_union_find_join (NerveUnionFind *self, guint32 x, guint32 y)
{
  x = nerve_union_find_find (self, x);
  y = nerve_union_find_find (self, y);
  if (x == y)
    return FALSE;

  if (self->size[x] < self->size[y])
    {
      guint32 swap = x;

      x = y;
      y = swap;
    }
  self->parent[y] = x;
  self->size[x] += self->size[y];

  return TRUE;
}
