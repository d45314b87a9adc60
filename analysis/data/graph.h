/* A mapper graph that another program made: nodes, the points they hold, which of them are joined. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char      *program;  /* whose format it is */
  guint      n_nodes;
  char     **ids;      /* NULL-terminated */
  gsize     *offsets;  /* n_nodes + 1 */
  guint32   *members;  /* of node i from offsets[i] to offsets[i + 1], rising, each once */
  gsize      n_points; /* the largest member and one */
  guint      n_edges;
  guint    (*edges)[2]; /* source < target, rising, each once */
} NerveGraphFile;

/**
 * nerve_graph_file_parse:
 * @text: JSON
 *
 * KeplerMapper's graph ("nodes": members by id, "links": ids by id), Mapper Interactive's ("nodes" with "vertices",
 * "edges"; its web page's under "mapper") and TopoAct's (a list of "nodes" with "membership", a list of "links").
 *
 * Errors: NERVE_ERROR_FORMAT (no JSON, no graph, a link to no node), NERVE_ERROR_VALUE (a member that is no number of a
 * point), NERVE_ERROR_MEMORY
 */
NerveGraphFile *nerve_graph_file_parse (const char *text, gsize length, GError **error);
void            nerve_graph_file_free  (NerveGraphFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveGraphFile, nerve_graph_file_free)

G_END_DECLS
