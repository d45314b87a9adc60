#include "config.h"

#include "app/cli/mapper-output.h"

#include <math.h>

#include "app/cli/cloud-values.h"
#include "app/cli/table.h"

/* What DOT and GraphML say of a node besides its id. */
typedef enum { ATTRIBUTE_INT, ATTRIBUTE_DOUBLE, ATTRIBUTE_STRING } AttributeType;

typedef struct
{
  const char   *name;
  AttributeType type;
  double      (*number) (const NerveMapperResult *result, guint node);
} Attribute;

static double
get_interval (const NerveMapperResult *result, guint node)
{
  return nerve_mapper_get_node (result->mapper, node)->interval;
}

static double
get_cluster (const NerveMapperResult *result, guint node)
{
  return nerve_mapper_get_node (result->mapper, node)->cluster;
}

static double
get_size (const NerveMapperResult *result, guint node)
{
  return nerve_mapper_get_node (result->mapper, node)->n_members;
}

static double
get_lens_mean (const NerveMapperResult *result, guint node)
{
  return nerve_mapper_get_node (result->mapper, node)->lens_mean;
}

static double
get_purity (const NerveMapperResult *result, guint node)
{
  return result->purity != NULL ? nerve_purity_get_node (result->purity, node)->purity : NAN;
}

static double
get_majority (const NerveMapperResult *result, guint node)
{
  return result->purity != NULL ? nerve_purity_get_node (result->purity, node)->majority : NAN;
}

static double
get_entropy (const NerveMapperResult *result, guint node)
{
  return result->purity != NULL ? nerve_purity_get_node (result->purity, node)->entropy : NAN;
}

/* NaN: left out. */
static const Attribute attributes[] = {
  { "interval", ATTRIBUTE_INT, get_interval },
  { "cluster", ATTRIBUTE_INT, get_cluster },
  { "size", ATTRIBUTE_INT, get_size },
  { "lens_mean", ATTRIBUTE_DOUBLE, get_lens_mean },
  { "purity", ATTRIBUTE_DOUBLE, get_purity },
  { "majority", ATTRIBUTE_DOUBLE, get_majority },
  { "entropy", ATTRIBUTE_DOUBLE, get_entropy },
};

/* The commonest class's name, NULL if there is none. */
static const char *
get_class (const NerveMapperResult *result, guint node)
{
  int label = result->purity != NULL ? nerve_purity_get_node (result->purity, node)->label : -1;

  return label >= 0 ? nerve_dataset_get_class_name (result->dataset, label) : NULL;
}

/* Of all characters only the quote and the backslash mean something. */
static void
write_dot_text (NerveOutput *output, const char *text)
{
  for (; *text != '\0'; text++)
    {
      if (*text == '"' || *text == '\\')
        nerve_output_write (output, "\\", 1);
      nerve_output_write (output, text, 1);
    }
}

static void
write_dot_node (NerveOutput *output, const NerveMapperResult *result, guint node)
{
  g_autofree char *id = nerve_mapper_get_node_id (result->mapper, node);
  const char *name = get_class (result, node);

  nerve_output_printf (output, "  %s [", id);
  for (guint i = 0; i < G_N_ELEMENTS (attributes); i++)
    {
      double number = attributes[i].number (result, node);

      if (isnan (number))
        continue;
      nerve_output_printf (output, "%s%s=\"", i > 0 ? ", " : "", attributes[i].name);
      nerve_output_number (output, number);
      nerve_output_printf (output, "\"");
    }
  if (name != NULL)
    {
      nerve_output_printf (output, ", class=\"");
      write_dot_text (output, name);
      nerve_output_printf (output, "\"");
    }
  nerve_output_printf (output, "];\n");
}

void
nerve_mapper_result_write_dot (NerveOutput *output, const NerveMapperResult *result)
{
  nerve_output_printf (output, "graph mapper {\n");
  for (guint i = 0; i < nerve_mapper_get_n_nodes (result->mapper); i++)
    write_dot_node (output, result, i);
  for (guint i = 0; i < nerve_mapper_get_n_edges (result->mapper); i++)
    {
      const NerveEdge *edge = &nerve_mapper_get_edges (result->mapper)[i];
      g_autofree char *source = nerve_mapper_get_node_id (result->mapper, edge->source);
      g_autofree char *target = nerve_mapper_get_node_id (result->mapper, edge->target);

      nerve_output_printf (output, "  %s -- %s [shared=\"%" G_GSIZE_FORMAT "\", jaccard=\"", source, target,
                           edge->shared);
      nerve_output_number (output, edge->jaccard);
      nerve_output_printf (output, "\"];\n");
    }
  nerve_output_printf (output, "}\n");
}

static void
write_graphml_key (NerveOutput *output, const char *owner, const char *name, AttributeType type)
{
  const char *const types[] = { "int", "double", "string" };

  nerve_output_printf (output, "  <key id=\"%s\" for=\"%s\" attr.name=\"%s\" attr.type=\"%s\"/>\n", name, owner, name,
                       types[type]);
}

static void
write_graphml_number (NerveOutput *output, const char *name, double number)
{
  if (isnan (number))
    return;

  nerve_output_printf (output, "      <data key=\"%s\">", name);
  nerve_output_number (output, number);
  nerve_output_printf (output, "</data>\n");
}

static void
write_graphml_node (NerveOutput *output, const NerveMapperResult *result, guint node)
{
  g_autofree char *id = nerve_mapper_get_node_id (result->mapper, node);
  const char *name = get_class (result, node);

  nerve_output_printf (output, "    <node id=\"%s\">\n", id);
  for (guint i = 0; i < G_N_ELEMENTS (attributes); i++)
    write_graphml_number (output, attributes[i].name, attributes[i].number (result, node));
  if (name != NULL)
    {
      g_autofree char *escaped = g_markup_escape_text (name, -1);

      nerve_output_printf (output, "      <data key=\"class\">%s</data>\n", escaped);
    }
  nerve_output_printf (output, "    </node>\n");
}

static void
write_graphml_edge (NerveOutput *output, const NerveMapper *mapper, const NerveEdge *edge)
{
  g_autofree char *source = nerve_mapper_get_node_id (mapper, edge->source);
  g_autofree char *target = nerve_mapper_get_node_id (mapper, edge->target);

  nerve_output_printf (output, "    <edge source=\"%s\" target=\"%s\">\n", source, target);
  write_graphml_number (output, "shared", edge->shared);
  write_graphml_number (output, "jaccard", edge->jaccard);
  nerve_output_printf (output, "    </edge>\n");
}

void
nerve_mapper_result_write_graphml (NerveOutput *output, const NerveMapperResult *result)
{
  nerve_output_printf (output, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                       "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n");
  for (guint i = 0; i < G_N_ELEMENTS (attributes); i++)
    write_graphml_key (output, "node", attributes[i].name, attributes[i].type);
  write_graphml_key (output, "node", "class", ATTRIBUTE_STRING);
  write_graphml_key (output, "edge", "shared", ATTRIBUTE_INT);
  write_graphml_key (output, "edge", "jaccard", ATTRIBUTE_DOUBLE);
  nerve_output_printf (output, "  <graph id=\"mapper\" edgedefault=\"undirected\">\n");
  for (guint i = 0; i < nerve_mapper_get_n_nodes (result->mapper); i++)
    write_graphml_node (output, result, i);
  for (guint i = 0; i < nerve_mapper_get_n_edges (result->mapper); i++)
    write_graphml_edge (output, result->mapper, &nerve_mapper_get_edges (result->mapper)[i]);
  nerve_output_printf (output, "  </graph>\n</graphml>\n");
}

void
nerve_mapper_result_write_csv (NerveOutput *output, const NerveMapperResult *result)
{
  const NerveCloud *cloud = nerve_mapper_get_cloud (result->mapper);

  nerve_output_printf (output, "id,interval,cluster,row,image,position,label,sample_id\n");
  for (guint i = 0; i < nerve_mapper_get_n_nodes (result->mapper); i++)
    {
      const NerveNode *node = nerve_mapper_get_node (result->mapper, i);
      g_autofree char *id = nerve_mapper_get_node_id (result->mapper, i);

      for (gsize k = 0; k < node->n_members; k++)
        {
          guint32 row = node->members[k];
          guint32 image = nerve_cloud_get_images (cloud)[row];

          nerve_output_printf (output, "%s,%u,%u,%u,%u,%d,%" G_GINT64_FORMAT ",", id, node->interval, node->cluster,
                               row, image, nerve_cloud_get_positions (cloud)[row],
                               nerve_label_number (result->dataset, image));
          nerve_csv_text (output, nerve_dataset_get_sample_id (result->dataset, image));
          nerve_output_printf (output, "\n");
        }
    }
}
