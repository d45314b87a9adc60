#include "layers/matrix-private.h"

#include <math.h>

#include "layers/coupling.h"

typedef struct
{
  NerveMembership **members;
  gboolean         *is_empty;
  guint             n;
} Graphs;

static void
graphs_clear (Graphs *self)
{
  for (guint i = 0; i < self->n; i++)
    g_clear_pointer (&self->members[i], nerve_membership_unref);
  g_free (self->members);
  g_free (self->is_empty);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Graphs, graphs_clear)

static gboolean
add_graph (Graphs *self, NerveMatrixWork *work, guint i, const NerveMatching *matching, const NerveProgress *progress,
           GError **error)
{
  NerveProgress sampling = nerve_progress_part (progress, 0, .3);
  NerveProgress mapping = nerve_progress_part (progress, .3, 1);
  const NerveMatrixItem *item = &work->items[i];
  g_autoptr (NerveCloud) cloud = nerve_matrix_work_cloud (work, i, &sampling, error);
  g_autoptr (NerveMapper) mapper = NULL;

  if (cloud == NULL)
    return FALSE;
  mapper = nerve_mapper_new (cloud, item->mapper, item->cloud->paper, &mapping, error);
  if (mapper == NULL)
    return FALSE;

  self->members[i] = nerve_membership_new (mapper, matching->rows[item->side], matching->n);
  self->is_empty[i] = nerve_mapper_get_n_nodes (mapper) == 0;
  if (self->is_empty[i])
    {
      nerve_matrix_work_note (work, "%s: the graph is empty, it has no distance from another (nan)", item->name);
      work->values[(gsize) i * work->n + i] = NAN;
    }

  return TRUE;
}

static gboolean
compare (NerveMatrixWork *work, guint i, guint j, gpointer data, const NerveProgress *progress, GError **error)
{
  const Graphs *self = data;
  g_autoptr (NerveCoupling) coupling = NULL;

  if (self->is_empty[i] || self->is_empty[j])
    return TRUE;
  coupling = nerve_coupling_new (self->members[i], self->members[j], progress, error);
  if (coupling == NULL)
    return FALSE;
  nerve_matrix_work_set (work, i, j, nerve_coupling_get_distance (coupling));

  return TRUE;
}

gboolean
nerve_matrix_fill_mapper (NerveMatrixWork *work, const NerveProgress *progress, GError **error)
{
  NerveProgress comparing = nerve_progress_part (progress, .7, 1);
  g_auto (NerveMatching) matching = { 0 };
  g_auto (Graphs) self = { g_new0 (NerveMembership *, MAX (work->n, 1)), g_new0 (gboolean, MAX (work->n, 1)), work->n };

  if (!nerve_matching_init_all (&matching, work->datasets, work->n_datasets, error))
    return FALSE;
  nerve_matrix_work_note_matching (work, &matching);
  for (guint i = 0; i < work->n; i++)
    {
      NerveProgress part = nerve_progress_part (progress, .7 * i / work->n, .7 * (i + 1) / work->n);

      if (!add_graph (&self, work, i, &matching, &part, error))
        return FALSE;
    }

  return nerve_matrix_work_for_pairs (work, compare, &self, &comparing, error);
}
