#include "homology/rips-column.h"

void
nerve_rips_column_set_init (NerveRipsColumnSet *self, guint32 n)
{
  gsize n_words = n;

  self->n_levels = 0;
  do
    {
      n_words = MAX ((n_words + 63) / 64, 1);
      self->levels[self->n_levels++] = g_new0 (guint64, n_words);
    }
  while (n_words > 1);
}

void
nerve_rips_column_set_clear (NerveRipsColumnSet *self)
{
  for (guint level = 0; level < self->n_levels; level++)
    g_free (self->levels[level]);
  self->n_levels = 0;
}

void
nerve_rips_column_set_flip (NerveRipsColumnSet *self, guint32 i)
{
  for (guint level = 0; level < self->n_levels; level++, i /= 64)
    {
      guint64 *word = &self->levels[level][i / 64];
      guint64 before = *word;

      *word ^= G_GUINT64_CONSTANT (1) << (i % 64);
      /* Above, nothing changes unless the word was or becomes zero. */
      if (before != 0 && *word != 0)
        break;
    }
}

gint64
nerve_rips_column_set_greatest (const NerveRipsColumnSet *self)
{
  gint64 place = 0;

  if (self->levels[self->n_levels - 1][0] == 0)
    return -1;
  for (guint level = self->n_levels; level > 0; level--)
    place = place * 64 + 63 - __builtin_clzll (self->levels[level - 1][place]);

  return place;
}
