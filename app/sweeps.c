#include "config.h"

#include "app/sweeps.h"

#include <math.h>

#include "app/graph-stores.h"
#include "app/lens-values.h"
#include "app/results.h"
#include "mapper/automatic.h"
#include "mapper/structure.h"

/* Around what the automatic preset chooses. */
static const double interval_factors[] = { .5, .75, 1, 1.5, 2, 3 };
static const double overlaps[] = { .65, .5, .35, .2 };
static const double eps_factors[] = { 1.4, 1.2, 1, .8 };

/* Everything that is varied back to "auto". */
static void
set_neutral (NerveMapperParameters *mapper, gboolean by_eps)
{
  mapper->intervals = -1;
  if (by_eps)
    mapper->eps = NAN;
  else
    mapper->overlap = NAN;
}

char *
nerve_sweeps_key (guint layer, const NerveLayerParameters *parameters, gboolean by_eps)
{
  NerveMapperParameters mapper = parameters->mapper;
  g_autofree char *cloud = nerve_parameters_key (&nerve_cloud_table, &parameters->cloud);
  g_autofree char *rest = NULL;

  set_neutral (&mapper, by_eps);
  rest = nerve_parameters_key (&nerve_mapper_table, &mapper);

  return g_strdup_printf ("%u|%d|%s|%s", layer, by_eps, cloud, rest);
}

static gboolean
fill_axes (NerveSweep *self, NerveMapperStore *store, const NerveLayerParameters *parameters,
           const NerveProgress *progress, GError **error)
{
  NerveMapperParameters automatic = parameters->mapper;
  g_auto (NerveAutomatic) measured = { NULL };

  automatic.preset = NERVE_PRESET_AUTOMATIC;
  automatic.intervals = -1;
  automatic.eps = NAN;
  nerve_automatic_cover (&automatic, nerve_cloud_get_n (nerve_mapper_store_get_cloud (store)));
  for (guint i = 0; i < self->n_columns; i++)
    self->intervals[i] = MAX (2 + (int) i, (int) lrint (interval_factors[i] * automatic.intervals));
  if (!self->by_eps)
    {
      memcpy (self->values, overlaps, sizeof overlaps);
      return TRUE;
    }

  if (!nerve_mapper_store_automatic (store, &automatic, parameters->cloud.paper, &measured, progress, error))
    return FALSE;
  for (guint i = 0; i < self->n_rows; i++)
    self->values[i] = eps_factors[i] * automatic.eps;

  return TRUE;
}

static gboolean
fill_cell (NerveSweep *self, guint column, guint row, NerveMapperStore *store, NerveDataset *dataset,
           const NerveLayerParameters *parameters, const NerveProgress *progress, GError **error)
{
  NerveLayerParameters own = *parameters;
  guint i = row * self->n_columns + column;
  g_autoptr (NerveStructure) structure = NULL;

  /* Borrows what @parameters hold. */
  own.mapper.intervals = self->intervals[column];
  if (self->by_eps)
    own.mapper.eps = self->values[row];
  else
    own.mapper.overlap = self->values[row];
  self->graphs[i] = nerve_results_draw_graph (store, dataset, &own, FALSE, progress, error);
  if (self->graphs[i] == NULL)
    return FALSE;
  structure = nerve_structure_new (self->graphs[i]->mapper);
  self->cycles[i] = nerve_structure_get_n_cycles (structure);

  return TRUE;
}

NerveSweep *
nerve_sweeps_compute (NerveDataset *dataset, guint layer, const NerveLayerParameters *parameters, gboolean by_eps,
                      const NerveProgress *progress, GError **error)
{
  NerveProgress sampling = nerve_progress_part (progress, 0, .1);
  NerveProgress measuring = nerve_progress_part (progress, .1, .2);
  g_autoptr (NerveMapperStore) store = nerve_graph_stores_get (dataset, layer, &parameters->cloud, &sampling, error);
  g_autoptr (NerveSweep) self = NULL;
  guint n;

  if (store == NULL || !nerve_lens_values_prepare (store, dataset, &parameters->mapper, &measuring, error))
    return NULL;

  self = nerve_sweep_new (layer, by_eps, G_N_ELEMENTS (interval_factors), G_N_ELEMENTS (overlaps));
  if (!fill_axes (self, store, parameters, &measuring, error))
    return NULL;
  n = self->n_columns * self->n_rows;
  /* The largest eps first: its neighbour graph serves the others. */
  for (guint i = 0; i < n; i++)
    {
      NerveProgress part = nerve_progress_part (progress, .2 + .8 * i / n, .2 + .8 * (i + 1) / n);

      if (!fill_cell (self, i % self->n_columns, i / self->n_columns, store, dataset, parameters, &part, error))
        return NULL;
    }

  return g_steal_pointer (&self);
}
