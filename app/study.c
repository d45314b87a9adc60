#include "config.h"

#include "app/study.h"

#include <math.h>

#include <glib/gi18n.h>

#include "layers/betti-heat.h"
#include "layers/decay-table.h"

typedef struct
{
  NerveDataset      *dataset;
  guint              n_layers;
  NerveBettiLayer  **betti;  /* NULL: a ready table */
  NerveBettiCurves **curves;
  gboolean           with_curves; /* none is missing that counts */
  gboolean           at_eta; /* betti is still to be looked up in curves */
  double             eta;
} Network;

struct _NerveStudyInput
{
  gatomicrefcount references;
  double          low;  /* where curves change; above high: nowhere */
  double          high;
  GArray         *networks;
  GString        *key;
};

static void
network_clear (gpointer data)
{
  Network *self = data;

  for (guint i = 0; i < self->n_layers; i++)
    {
      if (self->betti != NULL && self->betti[i] != NULL)
        nerve_betti_layer_unref (self->betti[i]);
      if (self->curves != NULL && self->curves[i] != NULL)
        nerve_betti_curves_unref (self->curves[i]);
    }
  g_free (self->betti);
  g_free (self->curves);
  nerve_dataset_unref (self->dataset);
}

NerveStudyInput *
nerve_study_input_new (void)
{
  NerveStudyInput *self = g_new0 (NerveStudyInput, 1);

  g_atomic_ref_count_init (&self->references);
  self->low = INFINITY;
  self->high = -INFINITY;
  self->networks = g_array_new (FALSE, FALSE, sizeof (Network));
  g_array_set_clear_func (self->networks, network_clear);
  self->key = g_string_new (nerve_study_type ()->name);

  return self;
}

NerveStudyInput *
nerve_study_input_ref (NerveStudyInput *self)
{
  g_atomic_ref_count_inc (&self->references);

  return self;
}

void
nerve_study_input_unref (NerveStudyInput *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;

  g_array_unref (self->networks);
  g_string_free (self->key, TRUE);
  g_free (self);
}

/* Where one that counts is missing, other thresholds would be of another set of layers. FALSE: one is. */
static gboolean
take_range (NerveStudyInput *self, NerveDataset *dataset, const NerveLayerResults *layers)
{
  NerveDecaySource source;
  g_autoptr (GArray) chosen = nerve_decay_choose_layers (dataset, &source);
  g_autofree NerveBettiCurves **curves = g_new0 (NerveBettiCurves *, chosen->len + 1);
  double low, high;

  for (guint i = 0; i < chosen->len; i++)
    {
      curves[i] = layers[g_array_index (chosen, guint, i)].curves;
      if (curves[i] == NULL)
        return FALSE;
    }
  if (nerve_betti_heat_find_range (curves, chosen->len, &low, &high))
    {
      self->low = MIN (self->low, low);
      self->high = MAX (self->high, high);
    }

  return TRUE;
}

void
nerve_study_input_add (NerveStudyInput *self, NerveDataset *dataset, const NerveLayerResults *layers, const double *at,
                       const char *key)
{
  Network network = { .dataset = nerve_dataset_ref (dataset), .n_layers = nerve_dataset_get_n_layers (dataset),
                      .at_eta = at != NULL, .eta = at != NULL ? *at : 0 };

  network.with_curves = take_range (self, dataset, layers);
  if (!nerve_decay_is_table (dataset))
    {
      network.betti = g_new0 (NerveBettiLayer *, network.n_layers + 1);
      network.curves = g_new0 (NerveBettiCurves *, network.n_layers + 1);
    }
  for (guint i = 0; i < network.n_layers && network.betti != NULL; i++)
    {
      if (layers[i].betti != NULL && at == NULL)
        network.betti[i] = nerve_betti_layer_ref (layers[i].betti);
      if (layers[i].curves != NULL)
        network.curves[i] = nerve_betti_curves_ref (layers[i].curves);
    }
  g_array_append_val (self->networks, network);
  g_string_append_printf (self->key, "|%s", key);
  if (at != NULL)
    g_string_append_printf (self->key, "@%.17g", *at);
  if (!network.with_curves)
    g_string_append (self->key, "(not all curves)");
}

const char *
nerve_study_input_get_key (NerveStudyInput *self)
{
  return self->key->str;
}

static void
drop_betti (gpointer betti)
{
  if (betti != NULL)
    nerve_betti_layer_unref (betti);
}

/* Of each layer at the network's own η; (transfer full). */
static GPtrArray *
find_betti (const Network *network, GError **error)
{
  g_autoptr (GPtrArray) betti = g_ptr_array_new_with_free_func (drop_betti);

  for (guint i = 0; i < network->n_layers; i++)
    {
      NerveBettiLayer *layer = network->betti[i] != NULL ? nerve_betti_layer_ref (network->betti[i]) : NULL;

      if (network->at_eta && network->curves[i] != NULL)
        {
          layer = nerve_betti_curves_at (network->curves[i], &network->eta, 1, error);
          if (layer == NULL)
            return NULL;
        }
      g_ptr_array_add (betti, layer);
    }

  return g_steal_pointer (&betti);
}

NerveModelStudy *
nerve_study_compute (NerveStudyInput *self, const NerveProgress *progress, GError **error)
{
  g_autofree NerveStudyModel *models = g_new0 (NerveStudyModel, self->networks->len + 1);
  g_autoptr (GPtrArray) betti = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  double low = self->low < self->high ? self->low : 0, high = self->low < self->high ? self->high : 1;
  double etas[NERVE_STUDY_ETAS];

  for (guint m = 0; m < self->networks->len; m++)
    {
      const Network *network = &g_array_index (self->networks, Network, m);
      GPtrArray *own;

      models[m] = (NerveStudyModel) { network->dataset, NULL, network->with_curves ? network->curves : NULL };
      if (network->betti == NULL)
        continue;
      own = find_betti (network, error);
      if (own == NULL)
        return NULL;
      g_ptr_array_add (betti, own);
      models[m].betti = (NerveBettiLayer **) own->pdata;
    }
  for (guint e = 0; e < NERVE_STUDY_ETAS; e++)
    etas[e] = low + (high - low) * e / (NERVE_STUDY_ETAS - 1);

  return nerve_model_study_new (models, self->networks->len, etas, NERVE_STUDY_ETAS, progress, error);
}

static gpointer ref_study (gpointer result) { return nerve_model_study_ref (result); }
static void unref_study (gpointer result) { nerve_model_study_unref (result); }
static gsize study_size (gpointer result) { return nerve_model_study_get_bytes (result); }

const NerveResultType *
nerve_study_type (void)
{
  static const NerveResultType type = {
    .name = "study", .title = N_("Networks side by side"), .ref = ref_study, .unref = unref_study, .size = study_size,
  };

  return &type;
}
