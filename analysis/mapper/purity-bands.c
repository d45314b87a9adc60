#include "mapper/purity-bands.h"

#include <math.h>

#include "base/quantile.h"
#include "base/random.h"

typedef struct
{
  double purity;
  double weight;
} Entry;

static GArray *
collect (const NervePurity *purity, const NerveMapper *mapper, gboolean weighted)
{
  GArray *entries = g_array_new (FALSE, FALSE, sizeof (Entry));

  for (guint i = 0; i < nerve_mapper_get_n_nodes (mapper); i++)
    {
      Entry entry = { nerve_purity_get_node (purity, i)->purity,
                      weighted ? (double) nerve_mapper_get_node (mapper, i)->n_members : 1.0 };

      if (!isnan (entry.purity))
        g_array_append_val (entries, entry);
    }

  return entries;
}

static double
draw (const GArray *entries, NerveRandom *random)
{
  double sum = 0.0;
  double weight = 0.0;

  for (guint i = 0; i < entries->len; i++)
    {
      const Entry *entry = &g_array_index (entries, Entry, nerve_random_below (random, entries->len));

      sum += entry->purity * entry->weight;
      weight += entry->weight;
    }

  return sum / weight;
}

void
nerve_purity_band (const NervePurity *self, const NerveMapper *mapper, gboolean weighted, guint draws, guint64 seed,
                   NervePurityBand *out)
{
  g_autoptr (GArray) entries = collect (self, mapper, weighted);
  g_autofree double *means = g_new (double, draws);
  NerveRandom random;

  g_return_if_fail (draws > 0);

  *out = (NervePurityBand) { NAN, NAN, NAN };
  if (entries->len == 0)
    return;

  out->mean = weighted ? nerve_purity_get_nodewise_weighted (self) : nerve_purity_get_nodewise (self);
  nerve_random_init (&random, seed);
  for (guint i = 0; i < draws; i++)
    means[i] = draw (entries, &random);
  nerve_quantile (means, draws, 0.025, &out->low, NULL);
  nerve_quantile (means, draws, 0.975, &out->high, NULL);
}
