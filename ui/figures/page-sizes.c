#include "figures/page-sizes.h"

/* As their authors' kits and guides have them: text and column widths of neurips.sty, icml.sty, IEEEtran, acmart
 * (sigconf), llncs and of Nature's guide to artwork. */
static const NervePageSize sizes[] = {
  { "neurips", "NeurIPS", 1, "5.5in" },
  { "icml-1", "ICML", 1, "3.25in" },
  { "icml-2", "ICML", 2, "6.75in" },
  { "ieee-1", "IEEE", 1, "3.5in" },
  { "ieee-2", "IEEE", 2, "7.16in" },
  { "acm-1", "ACM", 1, "3.33in" },
  { "acm-2", "ACM", 2, "7in" },
  { "lncs", "Springer LNCS", 1, "122mm" },
  { "nature-1", "Nature", 1, "89mm" },
  { "nature-2", "Nature", 2, "183mm" },
};

const NervePageSize *
nerve_page_sizes (guint *n)
{
  *n = G_N_ELEMENTS (sizes);

  return sizes;
}

const NervePageSize *
nerve_page_size_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    if (g_ascii_strcasecmp (sizes[i].name, name) == 0)
      return &sizes[i];

  return NULL;
}
