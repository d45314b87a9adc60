#include "layers/model-study.h"

#include <math.h>

static const double etas[] = { 0, .25, .5 };

static NerveDataset *
open_golden (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", "layers", "decay.h5", NULL);
  g_autoptr (GError) error = NULL;
  NerveDataset *dataset = nerve_dataset_open (path, &error);

  g_assert_no_error (error);
  return dataset;
}

/* A network's numbers at .5, and the curves of its layers; of one that is damaged there is nothing. */
typedef struct
{
  NerveDataset     *dataset;
  guint             n;
  NerveBettiLayer  *betti[16];
  NerveBettiCurves *curves[16];
} Network;

static void
network_init (Network *self)
{
  static const double eta = .5;

  self->dataset = open_golden ();
  self->n = nerve_dataset_get_n_layers (self->dataset);
  g_assert_cmpuint (self->n, <=, G_N_ELEMENTS (self->betti));
  for (guint i = 0; i < self->n; i++)
    {
      self->betti[i] = nerve_betti_layer_new (self->dataset, i, &eta, 1, NERVE_BETTI_HALF_OPEN, NULL, NULL);
      self->curves[i] = nerve_betti_curves_new (self->dataset, i, 1 << 20, NULL, NULL);
    }
}

static void
network_clear (Network *self)
{
  for (guint i = 0; i < self->n; i++)
    {
      g_clear_pointer (&self->betti[i], nerve_betti_layer_unref);
      g_clear_pointer (&self->curves[i], nerve_betti_curves_unref);
    }
  nerve_dataset_unref (self->dataset);
}

static NerveModelStudy *
study (Network *network, gboolean with_curves, const NerveProgress *progress, GError **error)
{
  NerveStudyModel models[2] = { { network->dataset, network->betti, network->curves },
                                { network->dataset, network->betti, with_curves ? network->curves : NULL } };

  return nerve_model_study_new (models, 2, etas, G_N_ELEMENTS (etas), progress, error);
}

/* Counted, not looked up. */
static NerveDecayCurve *
count (Network *network, double eta)
{
  NerveBettiLayer *betti[G_N_ELEMENTS (network->betti)];
  NerveDecayCurve *curve;

  for (guint i = 0; i < network->n; i++)
    betti[i] = nerve_betti_layer_new (network->dataset, i, &eta, 1, NERVE_BETTI_HALF_OPEN, NULL, NULL);
  curve = nerve_decay_curve_new_for_layers (network->dataset, betti, 0, NULL);
  for (guint i = 0; i < network->n; i++)
    g_clear_pointer (&betti[i], nerve_betti_layer_unref);

  return curve;
}

static void
scores_are_those_of_curves_counted_at_each_threshold (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NerveModelStudy) found = NULL;
  Network network;

  network_init (&network);
  found = study (&network, TRUE, NULL, &error);
  g_assert_no_error (error);
  for (guint e = 0; e < G_N_ELEMENTS (etas); e++)
    {
      g_autoptr (NerveDecayCurve) counted = count (&network, etas[e]);

      for (NerveDecayX x = NERVE_DECAY_X_LAYERS; x <= NERVE_DECAY_X_UNIT; x++)
        for (NerveRankingScore score = 0; score < NERVE_RANKING_TAU; score++)
          {
            double expected = nerve_ranking_score_of_omega (score, counted, NERVE_DECAY_ALL_DIMENSIONS, x);
            double a = nerve_model_study_get_score (found, 0, e, x, score);

            g_assert_true (a == expected || (isnan (a) && isnan (expected)));
            if (etas[e] == .5)
              g_assert_true (a == nerve_model_study_get_score (found, 0, G_N_ELEMENTS (etas), x, score) || isnan (a));
          }
    }
  g_assert_true (isnan (nerve_model_study_get_score (found, 0, 0, NERVE_DECAY_X_LAYERS, NERVE_RANKING_LOGME)));
  network_clear (&network);
}

/* Twice the same: no distance, and the first one stands before the other. */
static void
a_network_is_no_way_from_itself (void)
{
  g_autoptr (NerveModelStudy) found = NULL;
  const GArray *subsamples;
  Network network;

  network_init (&network);
  found = study (&network, TRUE, NULL, NULL);
  for (NerveDepth depth = NERVE_DEPTH_LAYER; depth <= NERVE_DEPTH_RELATIVE; depth++)
    g_assert_cmpfloat (nerve_model_study_get_distance (found, depth, 0, 1)->distance, ==, 0);
  g_assert_cmpuint (nerve_model_study_get_rank (found, 0, 0, NERVE_DECAY_X_LAYERS, NERVE_RANKING_THETA), ==, 1);
  g_assert_cmpuint (nerve_model_study_get_rank (found, 1, 0, NERVE_DECAY_X_LAYERS, NERVE_RANKING_THETA), ==, 2);
  subsamples = nerve_model_study_get_subsamples (found, 0);
  g_assert_cmpfloat (g_array_index (subsamples, NerveImageSubsample, subsamples->len - 1).distance.distance, <, 1e-9);
  network_clear (&network);
}

static void
without_curves_there_is_only_what_is_shown (void)
{
  g_autoptr (NerveModelStudy) found = NULL;
  Network network;

  network_init (&network);
  found = study (&network, FALSE, NULL, NULL);
  g_assert_cmpuint (nerve_model_study_get_rank (found, 1, 0, NERVE_DECAY_X_LAYERS, NERVE_RANKING_THETA), ==, 0);
  g_assert_cmpuint (nerve_model_study_get_rank (found, 1, G_N_ELEMENTS (etas), NERVE_DECAY_X_LAYERS,
                                                NERVE_RANKING_THETA), ==, 2);
  network_clear (&network);
}

/* All its layers are damaged. */
static void
one_that_has_nothing_is_no_reason_not_to_compare_others (void)
{
  NerveBettiLayer *none[16] = { NULL };
  g_autoptr (NerveModelStudy) found = NULL;
  g_autoptr (GError) error = NULL;
  NerveStudyModel models[2];
  Network network;

  network_init (&network);
  models[0] = (NerveStudyModel) { network.dataset, none, NULL };
  models[1] = (NerveStudyModel) { network.dataset, network.betti, network.curves };
  found = nerve_model_study_new (models, 2, etas, G_N_ELEMENTS (etas), NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (nerve_model_study_get_n_layers (found, 0), ==, 0);
  g_assert_cmpuint (nerve_model_study_get_rank (found, 0, 0, NERVE_DECAY_X_LAYERS, NERVE_RANKING_THETA), ==, 0);
  g_assert_cmpuint (nerve_model_study_get_rank (found, 1, 0, NERVE_DECAY_X_LAYERS, NERVE_RANKING_THETA), ==, 1);
  g_assert_true (isnan (nerve_model_study_get_distance (found, NERVE_DEPTH_RELATIVE, 0, 1)->distance));
  network_clear (&network);
}

static gboolean
stop_after (double fraction, gpointer user_data)
{
  int *left = user_data;

  return (*left)-- > 0;
}

static void
it_can_be_stopped_at_any_question (void)
{
  gboolean done = FALSE;
  Network network;

  network_init (&network);
  for (int questions = 0; !done; questions += 13)
    {
      int left = questions;
      NerveProgress progress = { stop_after, &left, 0, 1 };
      g_autoptr (GError) error = NULL;
      g_autoptr (NerveModelStudy) found = study (&network, TRUE, &progress, &error);

      done = found != NULL;
      if (!done)
        g_assert_error (error, NERVE_ERROR, NERVE_ERROR_CANCELLED);
    }
  network_clear (&network);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/layers/model-study/scores", scores_are_those_of_curves_counted_at_each_threshold);
  g_test_add_func ("/layers/model-study/itself", a_network_is_no_way_from_itself);
  g_test_add_func ("/layers/model-study/shown", without_curves_there_is_only_what_is_shown);
  g_test_add_func ("/layers/model-study/nothing", one_that_has_nothing_is_no_reason_not_to_compare_others);
  g_test_add_func ("/layers/model-study/stop", it_can_be_stopped_at_any_question);

  return g_test_run ();
}
