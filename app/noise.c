#include "config.h"

#include "app/noise.h"

#include <glib/gi18n.h>

#include "app/results.h"

gboolean
nerve_noise_check_alike (NerveDataset *clean, NerveDataset *noisy, GError **error)
{
  gsize n = nerve_dataset_get_n (clean);
  const int *one = nerve_dataset_get_labels (clean);
  const int *other = nerve_dataset_get_labels (noisy);

  if (nerve_dataset_get_n (noisy) != n)
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_SHAPE,
                   _("%zu images, and %zu in the clean file: these are not the same"), nerve_dataset_get_n (noisy), n);
      return FALSE;
    }
  for (gsize i = 0; one != NULL && other != NULL && i < n; i++)
    if (one[i] != other[i])
      {
        g_set_error (error, NERVE_ERROR, NERVE_ERROR_VALUE,
                     _("image %zu (counted from 0) has another label than in the clean file: these are not the same "
                       "images"), i);
        return FALSE;
      }

  return TRUE;
}

NerveCoupling *
nerve_noise_couple (NerveMapper *clean, NerveMapper *noisy, gsize n_images, const NerveProgress *progress,
                    GError **error)
{
  g_autoptr (NerveMembership) from = NULL;
  g_autoptr (NerveMembership) to = NULL;

  if (nerve_mapper_get_n_nodes (clean) == 0 || nerve_mapper_get_n_nodes (noisy) == 0)
    return NULL;
  from = nerve_membership_new (clean, NULL, n_images);
  to = nerve_membership_new (noisy, NULL, n_images);

  return nerve_coupling_new (from, to, progress, error);
}

static NerveGraph *
make_graph (NerveDataset *dataset, guint layer, const NerveMapper *like, const NerveLayerParameters *parameters,
            const NerveProgress *progress, GError **error)
{
  NerveLayerParameters used = *parameters; /* borrows */

  used.mapper = *nerve_mapper_get_parameters (like);

  return nerve_result_type (NERVE_RESULT_GRAPH)->compute (dataset, layer, &used, progress, error);
}

NerveNoise *
nerve_noise_compute (NerveDataset *clean, guint layer, NerveGraph *graph, const NerveLayerParameters *parameters,
                     NerveDataset *noisy, const NerveProgress *progress, GError **error)
{
  NerveProgress making = nerve_progress_part (progress, 0, .8);
  NerveProgress coupling = nerve_progress_part (progress, .8, 1);
  guint layers[NERVE_N_NOISE_SIDES] = { layer };
  g_autoptr (NerveGraph) other = NULL;
  g_autoptr (NerveCoupling) coupled = NULL;
  g_autoptr (GError) cause = NULL;

  if (!nerve_noise_check_alike (clean, noisy, error) ||
      !nerve_dataset_find_layer (noisy, nerve_dataset_get_layer (clean, layer)->name, &layers[NERVE_NOISE_NOISY],
                                 error))
    return NULL;
  other = make_graph (noisy, layers[NERVE_NOISE_NOISY], graph->mapper, parameters, &making, error);
  if (other == NULL)
    return NULL;
  coupled = nerve_noise_couple (graph->mapper, other->mapper, nerve_dataset_get_n (clean), &coupling, &cause);
  if (cause != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return NULL;
    }

  return nerve_noise_new ((NerveDataset *[]) { clean, noisy }, layers, (NerveGraph *[]) { graph, other }, coupled);
}
