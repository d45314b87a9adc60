#include "figures/mapper-words.h"

#include <glib/gi18n.h>

#include "figures/text.h"
#include "mapper/cluster.h"
#include "mapper/lens.h"

/* "l2", "knn:7" */
static char *
name_lens (int lens, int number)
{
  int stands_for = nerve_lens_number (lens, number);

  if (stands_for < 0)
    return g_strdup (nerve_lens_choices[lens].name);

  return g_strdup_printf ("%s:%d", nerve_lens_choices[lens].name, stands_for);
}

static char *
name_lenses (const NerveMapperParameters *used)
{
  g_autofree char *first = name_lens (used->lens, used->lens_number);
  g_autofree char *second = NULL;

  if (used->second_lens < 0)
    return g_steal_pointer (&first);

  second = name_lens (used->second_lens, used->second_number);

  return g_strdup_printf ("%s × %s", first, second);
}

char *
nerve_caption_cover (const NerveMapperParameters *used)
{
  const char *cover = nerve_cover_choices[used->cover].name;
  g_autofree char *lenses = NULL;
  g_autofree char *overlap = NULL;
  g_autofree char *regular = NULL;

  if (used->cover == NERVE_COVER_BALL)
    return g_strdup_printf (_("%s cover"), cover);

  lenses = name_lenses (used);
  if (used->cover == NERVE_COVER_ADAPTIVE)
    return g_strdup_printf (_("%s lens, %s cover"), lenses, cover);

  overlap = nerve_text_short (used->overlap, 3);
  /* Translators: the name of a lens (l2), intervals and overlap of the cover */
  regular = g_strdup_printf (_("%s lens, %d intervals, overlap %s"), lenses, used->intervals, overlap);
  if (used->cover == NERVE_COVER_KEPLER)
    return g_steal_pointer (&regular);

  /* Translators: a lens and its intervals, then the name of the cover ("balanced") */
  return g_strdup_printf (_("%s, %s cover"), regular, cover);
}

char *
nerve_caption_cut (const NerveMapperParameters *used)
{
  g_autofree char *eps = nerve_text_number (used->eps, 3);
  g_autofree char *gap = nerve_text_short (used->gap, 3);

  if (used->clusterer == NERVE_CLUSTERER_DBSCAN || used->cover == NERVE_COVER_BALL)
    return g_strdup_printf ("ε = %s", eps);

  switch ((NerveCut) used->cut)
    {
    case NERVE_CUT_FIRST_GAP:
      /* Translators: where a hierarchy of clusters is cut; a share of the largest distance */
      return g_strdup_printf (_("single linkage up to a gap of %s"), gap);
    case NERVE_CUT_HISTOGRAM_GAP:
      return g_strdup_printf (_("single linkage up to the first of %d bins that is empty"), used->bins);
    case NERVE_CUT_EPS:
    default:
      return g_strdup_printf (_("single linkage, ε = %s"), eps);
    }
}
