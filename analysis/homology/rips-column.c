#include "homology/rips-column.h"

void
nerve_rips_column_init (NerveRipsColumn *self, guint32 n)
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
nerve_rips_column_clear (NerveRipsColumn *self)
{
  for (guint level = 0; level < self->n_levels; level++)
    g_free (self->levels[level]);
  self->n_levels = 0;
}
