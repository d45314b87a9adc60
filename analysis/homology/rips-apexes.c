#include "homology/rips-apexes.h"

#include "homology/rips-target.h"

#define LANES 64

/* Looks for the point z whose later edge to the two ends comes first. */
typedef struct
{
  const gint16 *a;
  const gint16 *b;
  gsize         length;
  gint16        best;
  guint32       point;
} Apex;

NERVE_RIPS_TARGET_INLINE void
find_apex_body (Apex *self)
{
  gint16 best[LANES];

  for (guint i = 0; i < LANES; i++)
    best[i] = NERVE_RIPS_NO_EDGE;
  for (gsize block = 0; block < self->length; block += LANES)
    for (guint i = 0; i < LANES; i++)
      {
        gint16 later = self->a[block + i] > self->b[block + i] ? self->a[block + i] : self->b[block + i];

        best[i] = best[i] < later ? best[i] : later;
      }
  self->best = best[0];
  for (guint i = 1; i < LANES; i++)
    self->best = self->best < best[i] ? self->best : best[i];

  for (self->point = 0; MAX (self->a[self->point], self->b[self->point]) != self->best; self->point++)
    ;
}

NERVE_RIPS_TARGET_CLONES (find_apex, (Apex *self), (self))

/* Takes the best of @n points instead of @apex if its later edge comes before @best; returns that. */
static inline gint16
choose_best (const gint16 *a, const gint16 *b, const guint32 *points, guint n, gint16 best, guint32 *apex)
{
  for (guint i = 0; i < n; i++)
    {
      gint16 later = MAX (a[points[i]], b[points[i]]);

      if (later < best)
        {
          best = later;
          *apex = points[i];
        }
    }

  return best;
}

/* A hub will do if it is in the lune: its edges are few, and soon all resolved. So will a point near to either end. */
static guint32
find_in_matrix (gconstpointer data, guint32 x, guint32 y)
{
  const NerveRipsGuides *guides = data;
  const NerveRipsKeys *keys = guides->keys;
  const gint16 *a = nerve_rips_keys_row (keys, x);
  const gint16 *b = nerve_rips_keys_row (keys, y);
  Apex apex = { .a = a, .b = b, .length = keys->stride };
  guint32 point = 0;
  gint16 best = choose_best (a, b, guides->hubs, guides->n_hubs, a[y], &point);

  if (best < a[y])
    return point;
  best = choose_best (a, b, nerve_rips_guides_nearest (guides, x), NERVE_RIPS_N_NEAREST, a[y], &point);
  best = choose_best (a, b, nerve_rips_guides_nearest (guides, y), NERVE_RIPS_N_NEAREST, best, &point);
  if (best < a[y])
    return point;

  find_apex (&apex);
  if (apex.best < a[y])
    return apex.point;

  for (guint32 z = 0; z < keys->n; z++)
    if (MAX (a[z], b[z]) == a[y] && z != x && z != y && nerve_rips_keys_before (keys, x, z, x, y)
        && nerve_rips_keys_before (keys, y, z, x, y))
      return z;

  /* Edges without a lune were resolved before all others. */
  g_assert_not_reached ();
}

NerveRipsApexes
nerve_rips_apexes_of_matrix (const NerveRipsGuides *guides)
{
  return (NerveRipsApexes) { find_in_matrix, guides, guides->keys->stride / LANES };
}
