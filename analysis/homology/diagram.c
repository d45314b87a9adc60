#include "homology/diagram.h"

#include <math.h>
#include <string.h>

struct _NerveDiagram
{
  gatomicrefcount ref_count;
  NerveBar       *bars;
  gsize           n_bars;
  int             max_dimension;
};

static int
compare_numbers (double a, double b)
{
  return a < b ? -1 : a > b;
}

static int
compare_bars (gconstpointer a, gconstpointer b)
{
  const NerveBar *first = a;
  const NerveBar *second = b;
  int order = first->dimension < second->dimension ? -1 : first->dimension > second->dimension;

  if (order == 0)
    order = compare_numbers (first->birth, second->birth);
  if (order == 0)
    order = compare_numbers (first->death, second->death);

  return order;
}

static gboolean
is_sorted (const GArray *bars)
{
  for (guint i = 1; i < bars->len; i++)
    if (compare_bars (&g_array_index (bars, NerveBar, i - 1), &g_array_index (bars, NerveBar, i)) > 0)
      return FALSE;

  return TRUE;
}

/* The first bar of @dimension or above. */
static gsize
find_dimension (const NerveDiagram *self, int dimension)
{
  gsize low = 0;
  gsize high = self->n_bars;

  while (low < high)
    {
      gsize middle = low + (high - low) / 2;

      if (self->bars[middle].dimension < dimension)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

NerveDiagram *
nerve_diagram_new_take (GArray *bars, int max_dimension)
{
  NerveDiagram *self;
  guint n = 0;

  g_return_val_if_fail (bars != NULL, NULL);
  g_return_val_if_fail (g_array_get_element_size (bars) == sizeof (NerveBar), NULL);

  for (guint i = 0; i < bars->len; i++)
    {
      NerveBar bar = g_array_index (bars, NerveBar, i);

      if (bar.death > bar.birth)
        g_array_index (bars, NerveBar, n++) = bar;
    }
  g_array_set_size (bars, n);
  if (!is_sorted (bars))
    g_array_sort (bars, compare_bars);

  self = g_new (NerveDiagram, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->bars = g_array_steal (bars, &self->n_bars);
  self->max_dimension = max_dimension;
  g_array_unref (bars);

  return self;
}

NerveDiagram *
nerve_diagram_ref (NerveDiagram *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
nerve_diagram_unref (NerveDiagram *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->bars);
  g_free (self);
}

gsize
nerve_diagram_get_n_bars (const NerveDiagram *self)
{
  return self->n_bars;
}

const NerveBar *
nerve_diagram_get_bars (const NerveDiagram *self)
{
  return self->bars;
}

int
nerve_diagram_get_max_dimension (const NerveDiagram *self)
{
  return self->max_dimension;
}

const NerveBar *
nerve_diagram_get_dimension (const NerveDiagram *self, int dimension, gsize *n)
{
  gsize first = find_dimension (self, dimension);

  g_return_val_if_fail (n != NULL, NULL);

  *n = find_dimension (self, dimension + 1) - first;
  return self->bars + first;
}

void
nerve_diagram_summarize (const NerveDiagram *self, int dimension, NerveDiagramSummary *out)
{
  gsize n;
  const NerveBar *bars = nerve_diagram_get_dimension (self, dimension, &n);

  memset (out, 0, sizeof *out);
  out->n = n;
  for (gsize i = 0; i < n; i++)
    {
      out->largest = MAX (out->largest, bars[i].birth);
      if (isinf (bars[i].death))
        {
          out->n_essential++;
          continue;
        }
      out->largest = MAX (out->largest, bars[i].death);
      out->longest = MAX (out->longest, bars[i].death - bars[i].birth);
      out->total += bars[i].death - bars[i].birth;
    }
}

void
nerve_diagram_pack (const NerveDiagram *self, GByteArray *out)
{
  nerve_pack_number (out, self->max_dimension);
  nerve_pack_number (out, self->n_bars);
  for (gsize i = 0; i < self->n_bars; i++)
    {
      nerve_pack_number (out, self->bars[i].dimension);
      nerve_pack_double (out, self->bars[i].birth);
      nerve_pack_double (out, self->bars[i].death);
    }
}

NerveDiagram *
nerve_diagram_unpack (NerveUnpack *in)
{
  int max_dimension = nerve_unpack_number (in);
  guint64 n = nerve_unpack_number (in);
  g_autoptr (GArray) bars = g_array_new (FALSE, FALSE, sizeof (NerveBar));

  for (guint64 i = 0; i < n && !in->failed; i++)
    {
      NerveBar bar = { .dimension = nerve_unpack_number (in) };

      bar.birth = nerve_unpack_double (in);
      bar.death = nerve_unpack_double (in);
      g_array_append_val (bars, bar);
    }

  return !in->failed ? nerve_diagram_new_take (g_steal_pointer (&bars), max_dimension) : NULL;
}
