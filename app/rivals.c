#include "config.h"

#include "app/rivals.h"

#include <math.h>

#include <glib/gi18n.h>

#include "layers/decay-table.h"
#include "layers/lifetimes.h"
#include "layers/transfer.h"

struct _NerveRivals
{
  gatomicrefcount references;
  double          scores[NERVE_N_RANKING_SCORES];
  char           *causes[NERVE_N_RANKING_SCORES];
};

static gboolean
compute (NerveDataset *dataset, NerveRankingScore score, double *out, const NerveProgress *progress, GError **error)
{
  if (nerve_decay_is_table (dataset))
    {
      g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_NOT_FOUND,
                           _("a table of Betti numbers has none: it needs the activations"));
      return FALSE;
    }
  if (score == NERVE_RANKING_TAU)
    return nerve_lifetimes_tau (dataset, out, progress, error);

  return nerve_transfer_score (dataset, (NerveTransferScore) (score - NERVE_RANKING_LOGME), out, progress, error);
}

static guint
count (NerveRankingSource source)
{
  guint n = 0;

  for (NerveRankingScore score = 0; score < NERVE_N_RANKING_SCORES; score++)
    n += nerve_ranking_score_info (score)->source == source;

  return n;
}

NerveRivals *
nerve_rivals_new (NerveDataset *dataset, NerveRankingSource source, const NerveProgress *progress, GError **error)
{
  g_autoptr (NerveRivals) self = g_new0 (NerveRivals, 1);
  guint n = count (source), done = 0;

  g_atomic_ref_count_init (&self->references);
  for (NerveRankingScore score = 0; score < NERVE_N_RANKING_SCORES; score++)
    {
      NerveProgress part = nerve_progress_part (progress, (double) done / n, (done + 1.0) / n);
      g_autoptr (GError) cause = NULL;

      self->scores[score] = NAN;
      if (nerve_ranking_score_info (score)->source != source)
        continue;
      if (!compute (dataset, score, &self->scores[score], &part, &cause))
        {
          self->scores[score] = NAN;
          if (g_error_matches (cause, NERVE_ERROR, NERVE_ERROR_CANCELLED))
            {
              g_propagate_error (error, g_steal_pointer (&cause));
              return NULL;
            }
          self->causes[score] = g_strdup (cause->message);
        }
      done++;
    }

  return g_steal_pointer (&self);
}

NerveRivals *
nerve_rivals_ref (NerveRivals *self)
{
  g_atomic_ref_count_inc (&self->references);

  return self;
}

void
nerve_rivals_unref (NerveRivals *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;

  for (NerveRankingScore score = 0; score < NERVE_N_RANKING_SCORES; score++)
    g_free (self->causes[score]);
  g_free (self);
}

double
nerve_rivals_get_score (NerveRivals *self, NerveRankingScore score)
{
  g_return_val_if_fail (self != NULL && score < NERVE_N_RANKING_SCORES, NAN);

  return self->scores[score];
}

const char *
nerve_rivals_get_cause (NerveRivals *self, NerveRankingScore score)
{
  g_return_val_if_fail (self != NULL && score < NERVE_N_RANKING_SCORES, NULL);

  return self->causes[score];
}
