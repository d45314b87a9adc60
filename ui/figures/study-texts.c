#include "figures/study-texts.h"

#include <math.h>

#include <glib/gi18n.h>

#include "figures/text.h"

/* Names come from readers, which give valid text. */
const char **
nerve_study_names (const NerveModelStudy *study)
{
  guint n = nerve_model_study_get_n (study);
  const char **names = g_new (const char *, n + 1);

  for (guint m = 0; m < n; m++)
    names[m] = nerve_model_study_get_name (study, m);
  names[n] = NULL;

  return names;
}

char *
nerve_study_distance (const NerveInvariance *distance)
{
  g_autofree char *value = NULL;
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;

  if (isnan (distance->distance))
    return g_strdup (_("none"));

  value = nerve_text_number (distance->distance, 2);
  low = nerve_text_number (distance->low, 2);
  high = nerve_text_number (distance->high, 2);
  /* Translators: a distance, and between what 95 % of it lie */
  return g_strdup_printf (_("%s (%s to %s)"), value, low, high);
}
