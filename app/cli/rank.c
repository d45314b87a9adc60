#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/cli/accuracy-values.h"
#include "app/cli/decay-values.h"
#include "app/cli/json.h"
#include "layers/decay-table.h"
#include "layers/lifetimes.h"
#include "layers/ranking.h"
#include "layers/transfer.h"

typedef struct
{
  NerveDecayValues    decay;
  NerveAccuracyValues accuracies;
  int                 score;
} Values;

/* What is asked of the files while they are open. */
typedef struct
{
  NerveInvocation            *invocation;
  NerveRankingScore           score;
  const NerveGivenAccuracies *given;
  GArray                     *known;  /* of double: an accuracy for each file */
  GArray                     *scores; /* of double: those that don't come from curves */
  GPtrArray                  *models;
} Files;

/* In the order of NerveRankingScore. */
static const char *score_names[NERVE_N_RANKING_SCORES + 1];

static void
declare (gpointer user_data, NerveOptions *options)
{
  Values *values = user_data;

  for (guint i = 0; i < NERVE_N_RANKING_SCORES; i++)
    score_names[i] = nerve_ranking_score_info (i)->name;
  nerve_decay_values_declare (&values->decay, options);
  nerve_options_add_choice (options, "score", score_names, &values->score, N_("What models are ordered by"));
  nerve_accuracy_values_declare (&values->accuracies, options);
}

static void
clear (gpointer user_data)
{
  Values *values = user_data;

  nerve_decay_values_clear (&values->decay);
  nerve_accuracy_values_clear (&values->accuracies);
}

static gboolean
score_file (NerveDataset *dataset, NerveRankingScore score, double *out, const NerveProgress *progress,
            GError **error)
{
  NerveRankingSource source = nerve_ranking_score_info (score)->source;

  *out = NAN;
  if (source == NERVE_RANKING_OF_CURVE)
    return TRUE;
  if (nerve_decay_is_table (dataset))
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_NOT_FOUND,
                   _("a table of Betti numbers has no %s: it needs the activations"),
                   nerve_ranking_score_info (score)->name);
      return FALSE;
    }
  if (source == NERVE_RANKING_OF_DIAGRAMS)
    return nerve_lifetimes_tau (dataset, out, progress, error);

  return nerve_transfer_score (dataset, (NerveTransferScore) (score - NERVE_RANKING_LOGME), out, progress, error);
}

static gboolean
look_at_file (NerveDataset *dataset, gpointer user_data, const NerveProgress *progress, GError **error)
{
  Files *files = user_data;
  g_autofree char *model = nerve_decay_model_name (dataset);
  double accuracy = nerve_given_accuracies_find (files->given, files->models->len, dataset);
  double score;

  if (isnan (accuracy))
    accuracy = nerve_accuracies_of_dataset (dataset);
  if (!score_file (dataset, files->score, &score, progress, error))
    return FALSE;
  if (isnan (accuracy))
    nerve_invocation_warn (files->invocation, _("no accuracy of “%s”: it is ranked, but not compared"), model);

  g_array_append_val (files->known, accuracy);
  g_array_append_val (files->scores, score);
  g_ptr_array_add (files->models, g_steal_pointer (&model));
  return TRUE;
}

/* Files one after the other, where no curve is asked for. */
static gboolean
look_at_all (NerveInvocation *invocation, Files *files, GError **error)
{
  guint n = g_strv_length (nerve_invocation_get_files (invocation));

  for (guint i = 0; i < n; i++)
    {
      NerveProgress part = nerve_progress_part (nerve_invocation_get_progress (invocation), (double) i / n,
                                                (i + 1.0) / n);
      g_autoptr (NerveDataset) dataset = nerve_invocation_open_dataset (invocation, i, error);

      if (dataset == NULL || !look_at_file (dataset, files, &part, error))
        return FALSE;
    }

  return TRUE;
}

/* Models of one name, by their files. */
static void
tell_apart (GPtrArray *models, char **files, gboolean by_path)
{
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < models->len; i++)
    {
      guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, models->pdata[i]));

      g_hash_table_insert (counts, g_strdup (models->pdata[i]), GUINT_TO_POINTER (count + 1));
    }
  for (guint i = 0; i < models->len; i++)
    if (GPOINTER_TO_UINT (g_hash_table_lookup (counts, models->pdata[i])) > 1)
      {
        g_autofree char *file = by_path ? g_strdup (files[i]) : g_path_get_basename (files[i]);
        char *name = models->pdata[i];

        models->pdata[i] = g_strdup_printf ("%s (%s)", name, file);
        g_free (name);
      }
}

/* By threshold, then file; a table's curve stands at every threshold. */
static NerveDecayCurve **
arrange (GPtrArray *curves, gsize n_etas, gsize n_models)
{
  NerveDecayCurve **arranged = g_new0 (NerveDecayCurve *, n_etas * n_models + 1);
  guint next = 0;

  for (gsize model = 0; model < n_models; model++)
    {
      gboolean is_table = nerve_decay_curve_get_source (g_ptr_array_index (curves, next)) == NERVE_DECAY_OF_TABLE;

      for (gsize e = 0; e < n_etas; e++)
        arranged[e * n_models + model] = g_ptr_array_index (curves, is_table ? next : next + e);
      next += is_table ? 1 : n_etas;
    }

  return arranged;
}

static NerveRanking *
rank (const Values *values, NerveDecayCurve * const *curves, guint dimensions, const Files *files)
{
  gsize n = files->models->len;
  g_autofree NerveRankedModel *models = g_new (NerveRankedModel, n + 1);

  for (gsize i = 0; i < n; i++)
    {
      double score = g_array_index (files->scores, double, i);

      if (nerve_ranking_score_info (files->score)->source == NERVE_RANKING_OF_CURVE)
        score = nerve_ranking_score_of_omega (files->score, curves[i], dimensions, values->decay.x);
      models[i] = (NerveRankedModel) { g_ptr_array_index (files->models, i), score,
                                       g_array_index (files->known, double, i) };
    }

  return nerve_ranking_new (files->score, models, n);
}

static void
write_correlations (NerveJson *json, const NerveRanking *ranking)
{
  const NerveCorrelations *correlations = nerve_ranking_get_correlations (ranking);

  nerve_json_number (json, "pearson", correlations->pearson);
  nerve_json_number (json, "spearman", correlations->spearman);
  nerve_json_number (json, "kendall", correlations->kendall);
  nerve_json_number (json, "weighted_kendall", correlations->weighted_kendall);
}

static void
write_models (NerveJson *json, const NerveRanking *ranking)
{
  nerve_json_begin_array (json, "models");
  for (gsize i = 0; i < nerve_ranking_get_n (ranking); i++)
    {
      const NerveRankedModel *model = &nerve_ranking_get_models (ranking)[i];

      nerve_json_begin_object (json, NULL);
      nerve_json_string (json, "model", model->model);
      nerve_json_number (json, "score", model->score);
      nerve_json_number (json, "accuracy", model->accuracy);
      nerve_json_end (json);
    }
  nerve_json_end (json);
}

/* How the order hangs on what was chosen. */
static void
write_variants (NerveJson *json, GArray *variants)
{
  nerve_json_begin_array (json, "variants");
  for (guint i = 0; i < variants->len; i++)
    {
      const NerveRankingVariant *variant = &g_array_index (variants, NerveRankingVariant, i);

      nerve_json_begin_object (json, NULL);
      nerve_json_string (json, "score", nerve_ranking_score_info (variant->score)->name);
      nerve_json_string (json, "x", nerve_decay_values_name_x (variant->x));
      nerve_json_number (json, "eta", variant->eta);
      nerve_json_begin_row (json, "order");
      for (gsize k = 0; k < nerve_ranking_get_n (variant->ranking); k++)
        nerve_json_string (json, NULL, nerve_ranking_get_models (variant->ranking)[k].model);
      nerve_json_end (json);
      write_correlations (json, variant->ranking);
      nerve_json_end (json);
    }
  nerve_json_end (json);
}

static void
write_ranking (NerveOutput *output, const NerveRanking *ranking, GArray *variants)
{
  g_autoptr (NerveJson) json = nerve_json_new (output);
  const NerveRankingScoreInfo *info = nerve_ranking_score_info (nerve_ranking_get_score (ranking));

  nerve_json_begin_object (json, NULL);
  nerve_json_string (json, "score", info->name);
  nerve_json_integer (json, "sign", info->sign);
  write_models (json, ranking);
  nerve_json_integer (json, "compared", nerve_ranking_get_n_compared (ranking));
  write_correlations (json, ranking);
  write_variants (json, variants);
  nerve_json_end (json);
}

static gboolean
run (gpointer user_data, NerveInvocation *invocation, GError **error)
{
  const Values *values = user_data;
  g_auto (NerveGivenAccuracies) given = { NULL };
  g_autoptr (NerveOutput) output = NULL;
  g_autoptr (GPtrArray) curves = NULL;
  g_autoptr (GArray) known = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) scores = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GPtrArray) models = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) variants = NULL;
  g_autoptr (NerveRanking) ranking = NULL;
  g_autofree NerveDecayCurve **arranged = NULL;
  Files files = { invocation, values->score, &given, known, scores, models };
  guint dimensions;
  gsize n_etas = 0;

  if (!nerve_decay_values_dimensions (&values->decay, &dimensions, error) ||
      !nerve_given_accuracies_init (&given, &values->accuracies, invocation, error))
    return FALSE;
  nerve_invocation_blame (invocation, NULL);
  output = nerve_invocation_open_output (invocation, NULL, error);
  if (output == NULL)
    return FALSE;

  if (nerve_ranking_score_info (values->score)->source != NERVE_RANKING_OF_CURVE)
    {
      if (!look_at_all (invocation, &files, error))
        return FALSE;
    }
  else
    {
      curves = nerve_decay_values_count (&values->decay, invocation, &n_etas, look_at_file, &files, error);
      if (curves == NULL)
        return FALSE;
      arranged = arrange (curves, n_etas, models->len);
    }
  nerve_given_accuracies_warn (&given, &values->accuracies, invocation);
  for (guint by_path = 0; by_path < 2; by_path++)
    tell_apart (models, nerve_invocation_get_files (invocation), by_path);
  ranking = rank (values, arranged, dimensions, &files);
  variants = nerve_ranking_variants (arranged, n_etas, models->len, dimensions,
                                     (const double *) (gpointer) known->data);
  write_ranking (output, ranking, variants);

  return nerve_invocation_commit (invocation, g_steal_pointer (&output), NULL, error);
}

const NerveCommand nerve_command_rank = {
  .name = "rank",
  .files = "FILE…",
  .min_files = 1,
  .max_files = G_MAXUINT,
  .summary = N_("Models in the order of a score, and how well that order is the one of their accuracies"),
  .size = sizeof (Values),
  .declare = declare,
  .run = run,
  .clear = clear,
};
