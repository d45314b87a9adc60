#include "config.h"

#include "app/cli/study-data.h"

#include <math.h>

#include "app/cli/table.h"
#include "app/study-origin.h"

/* A comma and a number each, then the line's end; what is not there is empty. */
static void
write_numbers (NerveOutput *output, const double *values, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      nerve_output_printf (output, ",");
      if (!isnan (values[i]))
        nerve_output_number (output, values[i]);
    }
  nerve_output_printf (output, "\n");
}

void
nerve_study_data_write_ranking (const NerveFigureModel *model, NerveOutput *output)
{
  const NerveRankedModel *models = nerve_ranking_get_models (model->decay.ranking);

  nerve_output_printf (output, "model,score,accuracy\n");
  for (gsize i = 0; i < nerve_ranking_get_n (model->decay.ranking); i++)
    {
      const double values[] = { models[i].score, models[i].accuracy };

      nerve_csv_text (output, models[i].model);
      write_numbers (output, values, G_N_ELEMENTS (values));
    }
}

void
nerve_study_data_write_ranks (const NerveFigureModel *model, NerveOutput *output)
{
  const NerveModelStudy *study = model->decay.study;
  NerveRankingScore score = nerve_model_study_ranked_by (model->decay.score);

  nerve_output_printf (output, "model,score,x,eta,value,place\n");
  for (guint m = 0; m < nerve_model_study_get_n (study); m++)
    for (NerveDecayX x = NERVE_DECAY_X_LAYERS; x <= NERVE_DECAY_X_UNIT; x++)
      for (guint e = 0; e < nerve_model_study_get_n_etas (study); e++)
        {
          guint rank = nerve_model_study_get_rank (study, m, e, x, score);
          const double values[] = { nerve_model_study_get_etas (study)[e],
                                    nerve_model_study_get_score (study, m, e, x, score), rank > 0 ? rank : NAN };

          nerve_csv_text (output, nerve_model_study_get_name (study, m));
          nerve_output_printf (output, ",%s,%s", nerve_ranking_score_info (score)->name, nerve_study_x_names ()[x]);
          write_numbers (output, values, G_N_ELEMENTS (values));
        }
}

void
nerve_study_data_write_models (const NerveFigureModel *model, NerveOutput *output)
{
  const NerveModelStudy *study = model->decay.study;

  nerve_output_printf (output, "model,layer,omega,low,high\n");
  for (guint m = 0; m < nerve_model_study_get_n (study); m++)
    for (guint i = 0; i < nerve_model_study_get_n_layers (study, m); i++)
      {
        const NerveDecayBand *band = nerve_model_study_get_band (study, m);
        const double values[] = { nerve_model_study_get_omega (study, m)[i], band->low[i], band->high[i] };

        nerve_csv_text (output, nerve_model_study_get_name (study, m));
        nerve_output_printf (output, ",%u", i + 1);
        write_numbers (output, values, G_N_ELEMENTS (values));
      }
}

void
nerve_study_data_write_subsamples (const NerveFigureModel *model, NerveOutput *output)
{
  const NerveModelStudy *study = model->decay.study;

  nerve_output_printf (output, "model,images,distance,low,high,theta,theta_low,theta_high\n");
  for (guint m = 0; m < nerve_model_study_get_n (study); m++)
    {
      const GArray *found = nerve_model_study_get_subsamples (study, m);

      for (guint i = 0; i < found->len; i++)
        {
          const NerveImageSubsample *one = &g_array_index (found, NerveImageSubsample, i);
          const double values[] = { one->distance.distance, one->distance.low, one->distance.high,
                                    one->theta.distance, one->theta.low, one->theta.high };

          nerve_csv_text (output, nerve_model_study_get_name (study, m));
          nerve_output_printf (output, ",%zu", one->n_images);
          write_numbers (output, values, G_N_ELEMENTS (values));
        }
    }
}
