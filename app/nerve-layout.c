/* Draws graphs with Graphviz in a process of its own: libgvc is not thread-safe and can't be cancelled.
 *
 * Reads one job after another from standard input, until its end:
 *   graph NODES EDGES
 *   SOURCE TARGET LENGTH        an edge a line: nodes from 0, the length wished for, in points
 * and answers each, on standard output, with
 *   places NODES
 *   X Y                         a node a line, in points
 * or with "error CAUSE". What is not a job ends the program. The same job gets the same answer, whatever came before.
 */
#define _GNU_SOURCE

#include <glib.h>
#include <graphviz/gvc.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define LARGEST 10000000 /* nodes and edges of a job */
/* neato looks better, but its time grows with the square of the nodes. */
#define NEATO_NODES 300

typedef struct
{
  guint  source;
  guint  target;
  double length;
} Edge;

typedef struct
{
  guint  n_nodes;
  guint  n_edges;
  Edge  *edges;
} Job;

typedef struct
{
  char  *text;
  size_t size;
} Line;

static gboolean
read_line (Line *line)
{
  return getline (&line->text, &line->size, stdin) >= 0;
}

/* As many whole numbers as there are places in @numbers. */
static gboolean
parse_numbers (const char *text, guint *numbers, guint n, char **end)
{
  *end = (char *) text;
  for (guint i = 0; i < n; i++)
    {
      const char *begin = *end;
      guint64 number = g_ascii_strtoull (begin, end, 10);

      if (*end == begin || number > LARGEST)
        return FALSE;
      numbers[i] = number;
    }

  return TRUE;
}

static gboolean
parse_edge (const char *text, guint n_nodes, Edge *edge)
{
  guint ends[2];
  char *rest;
  char *end;

  if (!parse_numbers (text, ends, 2, &rest) || ends[0] >= n_nodes || ends[1] >= n_nodes || ends[0] == ends[1])
    return FALSE;

  edge->source = ends[0];
  edge->target = ends[1];
  edge->length = g_ascii_strtod (rest, &end);

  return end != rest && isfinite (edge->length) && edge->length > 0.0;
}

static gboolean
read_job (Line *line, Job *job)
{
  guint counts[2];
  char *end;

  if (!g_str_has_prefix (line->text, "graph ") || !parse_numbers (line->text + strlen ("graph "), counts, 2, &end) ||
      counts[0] == 0)
    return FALSE;

  job->n_nodes = counts[0];
  job->n_edges = counts[1];
  job->edges = g_new (Edge, job->n_edges);
  for (guint i = 0; i < job->n_edges; i++)
    if (!read_line (line) || !parse_edge (line->text, job->n_nodes, &job->edges[i]))
      {
        g_clear_pointer (&job->edges, g_free);
        return FALSE;
      }

  return TRUE;
}

static void
set_attribute (Agraph_t *graph, int kind, const char *name, const char *value)
{
  agattr (graph, kind, (char *) name, (char *) value);
}

static Agraph_t *
make_graph (const Job *job, Agnode_t **nodes)
{
  Agraph_t *graph = agopen ((char *) "nerve", Agundirected, NULL);
  Agsym_t *length;
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  set_attribute (graph, AGRAPH, "overlap", "true");
  set_attribute (graph, AGRAPH, "splines", "");
  /* A label would have a font looked for. */
  set_attribute (graph, AGNODE, "label", "");
  set_attribute (graph, AGNODE, "shape", "point");
  set_attribute (graph, AGEDGE, "len", "1");
  length = agattr (graph, AGEDGE, (char *) "len", NULL);

  for (guint i = 0; i < job->n_nodes; i++)
    {
      g_snprintf (text, sizeof text, "%u", i);
      nodes[i] = agnode (graph, text, 1);
    }
  for (guint i = 0; i < job->n_edges; i++)
    {
      Agedge_t *edge = agedge (graph, nodes[job->edges[i].source], nodes[job->edges[i].target], NULL, 1);

      /* Inches. */
      agxset (edge, length, g_ascii_dtostr (text, sizeof text, job->edges[i].length / 72.0));
    }

  return graph;
}

static void
print_places (Agnode_t **nodes, guint n_nodes)
{
  char x[G_ASCII_DTOSTR_BUF_SIZE];
  char y[G_ASCII_DTOSTR_BUF_SIZE];

  printf ("places %u\n", n_nodes);
  for (guint i = 0; i < n_nodes; i++)
    printf ("%s %s\n", g_ascii_formatd (x, sizeof x, "%.9g", ND_coord (nodes[i]).x),
            g_ascii_formatd (y, sizeof y, "%.9g", ND_coord (nodes[i]).y));
}

static void
run_job (GVC_t *context, const Job *job)
{
  g_autofree Agnode_t **nodes = g_new (Agnode_t *, job->n_nodes);
  Agraph_t *graph = make_graph (job, nodes);

  /* The engines go on from wherever earlier calls have left these. */
  srand (1);
  srand48 (1);
  if (gvLayout (context, graph, job->n_nodes <= NEATO_NODES ? "neato" : "sfdp") == 0)
    {
      print_places (nodes, job->n_nodes);
      gvFreeLayout (context, graph);
    }
  else
    {
      printf ("error Graphviz has no such layout\n");
    }
  agclose (graph);
}

int
main (void)
{
  GVC_t *context;
  Line line = { NULL, 0 };
  gboolean understood = TRUE;

  setlocale (LC_ALL, "C");
  agseterr (AGMAX);
  context = gvContext ();
  while (understood && read_line (&line))
    {
      Job job = { 0, 0, NULL };

      understood = read_job (&line, &job);
      if (understood)
        run_job (context, &job);
      else
        printf ("error not a graph\n");
      fflush (stdout);
      g_free (job.edges);
    }
  gvFreeContext (context);
  free (line.text);

  return understood ? EXIT_SUCCESS : EXIT_FAILURE;
}
