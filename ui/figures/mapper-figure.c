#include "figures/kinds.h"

#include <math.h>

#include <glib/gi18n.h>

#include "figures/color.h"
#include "figures/graph-verdict.h"
#include "figures/mapper-paint.h"
#include "figures/text.h"
#include "figures/thumbnail.h"

#define PICK_REACH 4.

static NerveGraph *
graph_of (const NerveFigureModel *model, guint layer)
{
  return layer < model->n_layers ? model->layers[layer].graph : NULL;
}

void
nerve_mapper_figure_draw (const NerveFigureModel *model, guint layer, const NerveStyle *style, cairo_t *cr,
                          double width, double height)
{
  NerveGraph *graph = graph_of (model, layer);
  g_autoptr (NerveMapperScene) scene = NULL;
  g_auto (NerveMapperShares) shares = { NULL };
  g_auto (NerveMapperMarks) marks = { 0 };

  if (graph == NULL || width < 1 || height < 1)
    return;
  if (nerve_mapper_get_n_nodes (graph->mapper) == 0)
    {
      nerve_graph_verdict_paint (graph, style, cr, 0, width, height);
      return;
    }

  scene = nerve_mapper_scene_get (graph, model->node_size, model->layout, style, width, height);
  nerve_mapper_shares_init (&shares, model, graph, style->dark);
  nerve_mapper_marks_init (&marks, model, layer, graph);
  nerve_mapper_paint (graph, scene, &shares, &marks, style, style->scale, FALSE, cr);
}

/* Packed in a pane @zoom times as large, with large discs. */
void
nerve_thumbnail_draw_graph (const NerveFigureModel *model, NerveGraph *graph, const NerveStyle *style, cairo_t *cr,
                            double width, double height)
{
  const double zoom = 4;
  NerveFigureModel plain = *model;
  NerveStyle thin = *style;
  g_autoptr (NerveMapperScene) scene = NULL;
  g_auto (NerveMapperShares) shares = { NULL };
  g_auto (NerveMapperMarks) marks = { 0 };

  if (graph == NULL || nerve_mapper_get_n_nodes (graph->mapper) == 0 || width < 1 || height < 1)
    return;

  plain.selection = NULL;
  plain.hover_layer = -1;
  thin.edge = nerve_color_mix (style->edge, style->card, .8);
  scene = nerve_mapper_scene_get_scaled (graph, NERVE_NODE_SIZE_MEMBERS, NERVE_LAYOUT_SPRINGS, 1, 1, 5.2,
                                         width * zoom, height * zoom);
  nerve_mapper_shares_init (&shares, &plain, graph, style->dark);
  nerve_mapper_marks_init (&marks, &plain, 0, graph);
  cairo_save (cr);
  cairo_scale (cr, 1 / zoom, 1 / zoom);
  nerve_mapper_paint (graph, scene, &shares, &marks, &thin, 1.6, TRUE, cr);
  cairo_restore (cr);
}

void
nerve_thumbnail_draw (const NerveFigureModel *model, guint layer, const NerveStyle *style, cairo_t *cr,
                      double width, double height)
{
  NerveGraph *graph = graph_of (model, layer);

  if (graph != NULL && nerve_mapper_get_n_nodes (graph->mapper) == 0)
    nerve_graph_verdict_paint (graph, style, cr, 0, width, height);
  nerve_thumbnail_draw_graph (model, graph, style, cr, width, height);
}

static void
set_hit (const NerveMapperScene *scene, guint layer, guint node, NerveHit *hit)
{
  *hit = (NerveHit) {
    NERVE_HIT_NODE, layer, node, scene->places[node].x, scene->places[node].y, scene->radii[node],
  };
}

gboolean
nerve_mapper_figure_hit (const NerveFigureModel *model, guint layer, const NerveStyle *style, double width,
                         double height, double x, double y, NerveHit *hit)
{
  NerveGraph *graph = graph_of (model, layer);
  g_autoptr (NerveMapperScene) scene = NULL;
  int node;

  if (graph == NULL || width < 1 || height < 1)
    return FALSE;

  scene = nerve_mapper_scene_get (graph, model->node_size, model->layout, style, width, height);
  node = nerve_mapper_scene_pick (scene, x, y, PICK_REACH * style->scale);
  if (node < 0)
    return FALSE;
  set_hit (scene, layer, node, hit);

  return TRUE;
}

void
nerve_mapper_figure_marks (const NerveFigureModel *model, guint layer, const NerveStyle *style, double width,
                           double height, GArray *hits)
{
  NerveGraph *graph = graph_of (model, layer);
  g_autoptr (NerveMapperScene) scene = NULL;

  if (graph == NULL || width < 1 || height < 1)
    return;

  scene = nerve_mapper_scene_get (graph, model->node_size, model->layout, style, width, height);
  for (guint i = 0; i < scene->n; i++)
    {
      NerveHit hit;

      set_hit (scene, layer, i, &hit);
      g_array_append_val (hits, hit);
    }
}

GArray *
nerve_mapper_figure_nodes_in (const NerveFigureModel *model, guint layer, const NerveStyle *style, double width,
                              double height, double x, double y, double w, double h)
{
  GArray *nodes = g_array_new (FALSE, FALSE, sizeof (guint));
  NerveGraph *graph = graph_of (model, layer);
  g_autoptr (NerveMapperScene) scene = NULL;
  double left = MIN (x, x + w);
  double top = MIN (y, y + h);

  if (graph == NULL || width < 1 || height < 1)
    return nodes;

  scene = nerve_mapper_scene_get (graph, model->node_size, model->layout, style, width, height);
  for (guint i = 0; i < scene->n; i++)
    if (scene->places[i].x >= left && scene->places[i].x <= left + fabs (w) &&
        scene->places[i].y >= top && scene->places[i].y <= top + fabs (h))
      g_array_append_val (nodes, i);

  return nodes;
}

/* The way across counts double, so that an arrow key goes straight on. */
int
nerve_mapper_figure_step (const NerveFigureModel *model, guint layer, const NerveStyle *style, double width,
                          double height, int node, int dx, int dy)
{
  NerveGraph *graph = graph_of (model, layer);
  g_autoptr (NerveMapperScene) scene = NULL;
  double least = INFINITY;
  int found = -1;

  if (graph == NULL || width < 1 || height < 1)
    return -1;

  scene = nerve_mapper_scene_get (graph, model->node_size, model->layout, style, width, height);
  if (node < 0 || node >= (int) scene->n)
    return scene->n > 0 ? (int) scene->order[0] : -1;

  for (guint i = 0; i < scene->n; i++)
    {
      double x = scene->places[i].x - scene->places[node].x;
      double y = scene->places[i].y - scene->places[node].y;
      double along = x * dx + y * dy;
      double across = fabs (x * dy - y * dx);

      if ((int) i != node && along > 1e-6 && across <= 2 * along && hypot (along, 2 * across) < least)
        {
          least = hypot (along, 2 * across);
          found = i;
        }
    }

  return found;
}

/* "55 members · Purity 0.25" */
static char **
describe_measure (const NerveNodeMeasure *measure, guint node, gsize n)
{
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();
  g_autofree char *value = nerve_node_measure_text (measure, node);
  const char *title = _(nerve_color_by_get_title (measure->by));
  g_autofree char *whole = NULL;
  g_autofree char *brief = NULL;

  /* Translators: "55 members · Purity 0.25" */
  whole = g_strdup_printf (ngettext ("%zu member · %s %s", "%zu members · %s %s", n), n, title, value);
  brief = g_strdup_printf ("%s %s", title, value);
  g_strv_builder_add_many (texts, whole, brief, value, NULL);

  return g_strv_builder_end (texts);
}

static char **
describe_node (const NerveFigureModel *model, NerveGraph *graph, guint node)
{
  gsize n = nerve_mapper_get_node (graph->mapper, node)->n_members;
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();
  g_auto (NerveMapperShares) shares = { NULL };
  g_autofree char *members = NULL;
  g_autofree char *percent = NULL;
  g_autofree char *share = NULL;
  const guint32 *counts;
  guint majority;

  nerve_mapper_shares_init (&shares, model, graph, FALSE);
  if (shares.measure.values != NULL)
    return describe_measure (&shares.measure, node, n);
  counts = nerve_mapper_shares_get (&shares, graph, node);
  majority = nerve_mapper_shares_majority (&shares);
  if (majority + 1 == shares.n)
    {
      members = g_strdup_printf (ngettext ("%zu member", "%zu members", n), n);
      g_strv_builder_add (texts, members);
      return g_strv_builder_end (texts);
    }

  percent = nerve_text_percent ((double) counts[majority] / MAX (n, 1));
  /* Translators: "55 members · 36 % Pullover" */
  members = g_strdup_printf (_("%zu members · %s %s"), n, percent, nerve_mapper_shares_name (&shares, majority));
  /* Translators: "36 % Pullover" */
  share = g_strdup_printf (_("%s %s"), percent, nerve_mapper_shares_name (&shares, majority));
  g_strv_builder_add_many (texts, members, share, nerve_mapper_shares_name (&shares, majority), NULL);

  return g_strv_builder_end (texts);
}

static char **
describe_selected (const NerveMapperMarks *marks)
{
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();
  g_autofree char *whole = NULL;
  g_autofree char *brief = NULL;
  g_autofree char *least = NULL;

  /* Translators: "47 of 55 selected in 23 nodes" */
  whole = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%zu of %zu selected in %u node",
                                        "%zu of %zu selected in %u nodes", marks->n_holding),
                           marks->n_covered, marks->n_selected, marks->n_holding);
  /* Translators: the same where there is less room: "47 of 55 in 23 nodes" */
  brief = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%zu of %zu in %u node", "%zu of %zu in %u nodes",
                                        marks->n_holding), marks->n_covered, marks->n_selected, marks->n_holding);
  /* Translators: "47 of 55" */
  least = g_strdup_printf (_("%zu of %zu"), marks->n_covered, marks->n_selected);
  g_strv_builder_add_many (texts, whole, brief, least, NULL);

  return g_strv_builder_end (texts);
}

static char **
describe_graph (NerveGraph *graph)
{
  guint n_nodes = nerve_mapper_get_n_nodes (graph->mapper);
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();
  g_autofree char *coverage = nerve_text_percent (nerve_mapper_get_coverage (graph->mapper));
  g_autofree char *whole = NULL;
  g_autofree char *brief = NULL;
  g_autofree char *least = NULL;

  /* Translators: nodes, connected components, share of points in some node: "27 nodes · 11 comp. · 89 %" */
  whole = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u node · %u comp. · %s", "%u nodes · %u comp. · %s",
                                        n_nodes), n_nodes, nerve_mapper_get_n_components (graph->mapper), coverage);
  /* Translators: the same where there is less room: "27 nodes · 89 %" */
  brief = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u node · %s", "%u nodes · %s", n_nodes), n_nodes, coverage);
  least = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u node", "%u nodes", n_nodes), n_nodes);
  g_strv_builder_add_many (texts, whole, brief, least, NULL);

  return g_strv_builder_end (texts);
}

char **
nerve_mapper_figure_summaries (const NerveFigureModel *model, guint layer)
{
  NerveGraph *graph = graph_of (model, layer);
  g_auto (NerveMapperMarks) marks = { 0 };
  const char *const nothing[] = { "", NULL };

  if (graph == NULL)
    return g_strdupv ((char **) nothing);

  nerve_mapper_marks_init (&marks, model, layer, graph);
  if (marks.hovered >= 0)
    return describe_node (model, graph, marks.hovered);

  return marks.active ? describe_selected (&marks) : describe_graph (graph);
}

char *
nerve_mapper_figure_summary (const NerveFigureModel *model, guint layer)
{
  g_auto (GStrv) texts = nerve_mapper_figure_summaries (model, layer);

  return g_strdup (texts[0]);
}

static char *
describe_counts (NerveGraph *graph)
{
  guint n_nodes = nerve_mapper_get_n_nodes (graph->mapper);
  guint n_edges = nerve_mapper_get_n_edges (graph->mapper);
  guint n_components = nerve_mapper_get_n_components (graph->mapper);
  g_autofree char *nodes = NULL;
  g_autofree char *edges = NULL;
  g_autofree char *components = NULL;

  nodes = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u node", "%u nodes", n_nodes), n_nodes);
  edges = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u edge", "%u edges", n_edges), n_edges);
  components = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u component", "%u components", n_components),
                                n_components);

  return g_strjoin (", ", nodes, edges, components, NULL);
}

char *
nerve_mapper_figure_describe (const NerveFigureModel *model, guint layer)
{
  NerveGraph *graph = graph_of (model, layer);
  g_auto (NerveMapperMarks) marks = { 0 };
  g_autofree char *coverage = NULL;
  g_autofree char *counts = NULL;
  GString *text;
  guint n_nodes;
  double purity;

  if (graph == NULL)
    return g_strdup (_("The mapper graph is not computed yet."));

  n_nodes = nerve_mapper_get_n_nodes (graph->mapper);
  text = g_string_new (NULL);
  if (n_nodes == 0)
    {
      g_string_append_printf (text, _("The mapper graph of %s has no nodes."),
                              nerve_dataset_get_layer (model->dataset, layer)->name);
      return g_string_free (text, FALSE);
    }

  coverage = nerve_text_percent (nerve_mapper_get_coverage (graph->mapper));
  counts = describe_counts (graph);
  /* Translators: a layer's name; "39 nodes, 32 edges, 7 components"; "88 %" */
  g_string_append_printf (text, _("Mapper graph of %s: %s; they cover %s of the points."),
                          nerve_dataset_get_layer (model->dataset, layer)->name, counts, coverage);
  purity = graph->purity[0] != NULL ? nerve_purity_get_nodewise (graph->purity[0]) : NAN;
  if (!isnan (purity))
    {
      g_autofree char *number = nerve_text_number (purity, 2);

      g_string_append_c (text, ' ');
      g_string_append_printf (text, _("The mean purity of a node is %s."), number);
    }
  nerve_mapper_marks_init (&marks, model, layer, graph);
  if (marks.active)
    {
      g_auto (GStrv) selected = describe_selected (&marks);

      g_string_append_printf (text, " %s.", selected[0]);
    }

  return g_string_free (text, FALSE);
}
