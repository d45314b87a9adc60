#include "config.h"

#include "app/graph-verdict.h"

#include <glib/gi18n.h>

#include "figures/text.h"

static gboolean
has_full_interval (const NerveMapper *mapper)
{
  gsize needed = nerve_mapper_get_parameters (mapper)->min_samples;

  for (guint i = 0; i < nerve_mapper_get_n_cells (mapper); i++)
    if (nerve_mapper_get_interval_count (mapper, i) >= needed)
      return TRUE;

  return FALSE;
}

NerveGraphVerdict
nerve_graph_judge (const NerveMapper *mapper)
{
  NerveCloud *cloud = nerve_mapper_get_cloud (mapper);

  if (nerve_mapper_get_n_nodes (mapper) > 0)
    return nerve_mapper_is_coincident (mapper) ? NERVE_GRAPH_COINCIDENT : NERVE_GRAPH_HAS_NODES;
  if (nerve_cloud_get_n (cloud) < (gsize) nerve_mapper_get_parameters (mapper)->min_samples)
    return NERVE_GRAPH_FEW_POINTS;

  return has_full_interval (mapper) ? NERVE_GRAPH_NOISE : NERVE_GRAPH_THIN_INTERVALS;
}

char *
nerve_graph_verdict_describe (NerveGraphVerdict verdict, const NerveMapper *mapper)
{
  const NerveMapperParameters *parameters = nerve_mapper_get_parameters (mapper);
  gsize n = nerve_cloud_get_n (nerve_mapper_get_cloud (mapper));
  g_autofree char *eps = NULL;

  switch (verdict)
    {
    case NERVE_GRAPH_COINCIDENT:
      return g_strdup (_("All points of this layer coincide: each interval is one node."));
    case NERVE_GRAPH_FEW_POINTS:
      return g_strdup_printf (ngettext ("There is %zu point; a node needs %d.",
                                        "There are %zu points; a node needs %d.", n), n, parameters->min_samples);
    case NERVE_GRAPH_THIN_INTERVALS:
      return g_strdup_printf (_("No interval of the cover holds the %d points that a node needs."),
                              parameters->min_samples);
    case NERVE_GRAPH_NOISE:
      eps = nerve_text_number (parameters->eps, 4);
      return g_strdup_printf (_("Everything is noise at ε = %s."), eps);
    case NERVE_GRAPH_HAS_NODES:
    default:
      return NULL;
    }
}
