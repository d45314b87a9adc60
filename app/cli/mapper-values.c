#include "config.h"

#include "app/cli/mapper-values.h"

#include <glib/gi18n.h>

#include "mapper/lens.h"

static gboolean
parse_lens (const char *text, gpointer value, GError **error)
{
  NerveMapperParameters *parameters = value;
  int lens[2];
  int number[2];

  if (!nerve_lens_parse (text, lens, number, error))
    return FALSE;

  parameters->lens = lens[0];
  parameters->second_lens = lens[1];
  parameters->lens_number = number[0];
  parameters->second_number = number[1];

  return TRUE;
}

void
nerve_mapper_values_declare_lens (NerveOptions *options, NerveMapperParameters *parameters)
{
  nerve_options_add_parsed (options, "lens", N_("LENS[:NUMBER][,LENS[:NUMBER]]"), parse_lens, parameters,
                            N_("One or two of l2, l1, sum, mean, median, max, min, std, coordinate:K, pca1, pca2, "
                               "density:K, eccentricity:P, knn:K, dtm:K, logit:CLASS; default l2"));
}
