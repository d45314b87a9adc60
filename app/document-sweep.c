#include "config.h"

#include <math.h>

#include <glib/gi18n.h>

#include "app/document-private.h"
#include "figures/sweep.h"

/* Parameters taken from a sweep, which shows what they would make. */

gboolean
nerve_document_get_sweep_by_eps (NerveDocument *self)
{
  g_return_val_if_fail (NERVE_IS_DOCUMENT (self), FALSE);
  return self->state->sweep_by_eps;
}

void
nerve_document_set_sweep_by_eps (NerveDocument *self, gboolean by_eps)
{
  NerveDocumentState *after;

  g_return_if_fail (NERVE_IS_DOCUMENT (self));

  after = nerve_document_state_copy (self->state);
  after->sweep_by_eps = by_eps;
  nerve_document_commit (self, after, _("Sweep Otherwise"));
}

/* Of the layer walked to; NULL: not there. */
static const NerveSweep *
get_sweep (NerveDocument *self)
{
  const NerveNetworkResults *network = self->model.network;

  return network != NULL ? network->sweeps[self->state->current] : NULL;
}

static void
take (NerveDocument *self, const NerveSweep *sweep, guint column, guint row)
{
  NerveDocumentState *after = nerve_document_state_copy (self->state);
  NerveMapperParameters *mapper = &after->parameters[after->current].mapper;

  mapper->intervals = sweep->intervals[column];
  if (sweep->by_eps)
    mapper->eps = sweep->values[row];
  else
    mapper->overlap = sweep->values[row];
  nerve_document_commit (self, after, _("Take Parameters"));
}

void
nerve_document_take_sweep (NerveDocument *self, guint cell)
{
  const NerveSweep *sweep;

  g_return_if_fail (NERVE_IS_DOCUMENT (self));

  sweep = get_sweep (self);
  if (sweep != NULL && cell < sweep->n_columns * sweep->n_rows)
    take (self, sweep, cell % sweep->n_columns, cell / sweep->n_columns);
}

/* Where a graph is still computed, the wish counts and not what is shown. */
static void
find_wish (NerveDocument *self, NerveMapperParameters *used)
{
  const NerveGraph *graph = self->results[self->state->current].graph;
  const NerveMapperParameters *wanted = &self->state->parameters[self->state->current].mapper;

  *used = graph != NULL ? *nerve_mapper_get_parameters (graph->mapper) : *wanted;
  if (wanted->intervals > 0)
    used->intervals = wanted->intervals;
  if (!isnan (wanted->overlap))
    used->overlap = wanted->overlap;
  if (!isnan (wanted->eps))
    used->eps = wanted->eps;
}

void
nerve_document_step_sweep (NerveDocument *self, int columns, int rows)
{
  const NerveSweep *sweep;
  NerveMapperParameters used;
  guint column, row;
  gboolean exact;

  g_return_if_fail (NERVE_IS_DOCUMENT (self));

  sweep = get_sweep (self);
  if (sweep == NULL)
    return;

  find_wish (self, &used);
  nerve_sweep_find (sweep, &used, &column, &row, &exact);
  take (self, sweep, CLAMP ((int) column + columns, 0, (int) sweep->n_columns - 1),
        CLAMP ((int) row + rows, 0, (int) sweep->n_rows - 1));
}
