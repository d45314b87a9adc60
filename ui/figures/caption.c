#include "figures/caption.h"

#include <math.h>

#include <glib/gi18n.h>

#include "figures/diagram-numbers.h"
#include "figures/mapper-words.h"
#include "figures/text.h"

/* The text of one panel, NULL if it has nothing to say. */
typedef char *(*PieceFunc) (const NerveFigureModel *model, guint layer);

static NerveGraph *
graph_of (const NerveFigureModel *model, guint layer)
{
  return model->layers[layer].graph;
}

static char *
badge_piece (const NerveFigureModel *model, guint layer)
{
  NerveGraph *graph = graph_of (model, layer);

  return graph != NULL && graph->badge != NULL && *graph->badge != '\0' ? g_strdup (graph->badge) : NULL;
}

static char *
cover_piece (const NerveFigureModel *model, guint layer)
{
  NerveGraph *graph = graph_of (model, layer);

  if (graph == NULL || nerve_dataset_get_graph (model->dataset) != NULL)
    return NULL;

  return nerve_caption_cover (nerve_mapper_get_parameters (graph->mapper));
}

static char *
cut_piece (const NerveFigureModel *model, guint layer)
{
  NerveGraph *graph = graph_of (model, layer);

  if (graph == NULL || nerve_dataset_get_graph (model->dataset) != NULL)
    return NULL;

  return nerve_caption_cut (nerve_mapper_get_parameters (graph->mapper));
}

/* Of several layers: that ε was found for each. */
static char *
cut_kind_piece (const NerveFigureModel *model, guint layer)
{
  NerveGraph *graph = graph_of (model, layer);

  if (graph == NULL)
    return NULL;

  return nerve_mapper_get_k_distances (graph->mapper) != NULL ? g_strdup (_("automatic ε")) : cut_piece (model, layer);
}

static char *
sample_piece (const NerveFigureModel *model, guint layer)
{
  NerveHomology *homology = model->layers[layer].homology;

  return homology != NULL ? nerve_diagram_sample_text (homology) : NULL;
}

/* Where no graph's badge stands before it. */
static char *
cloud_piece (const NerveFigureModel *model, guint layer)
{
  NerveHomology *homology = model->layers[layer].homology;
  g_autofree char *sample = sample_piece (model, layer);

  if (homology == NULL || homology->badge == NULL || *homology->badge == '\0')
    return g_steal_pointer (&sample);
  if (homology->n_points < homology->n_available)
    return g_strdup (homology->badge);

  return g_strdup_printf ("%s, %s", homology->badge, sample);
}

/* "pool-mean (a, b), vectors (c)", or once what all say. */
static char *
combine (const NerveFigureModel *model, const guint *layers, guint n, PieceFunc piece)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) letters = g_ptr_array_new_with_free_func (g_free);
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = piece (model, layers[i]);
      g_autofree char *letter = g_strdup_printf ("%c", 'a' + (char) (i % 26));
      guint found;

      if (text == NULL)
        continue;
      if (g_ptr_array_find_with_equal_func (texts, text, g_str_equal, &found))
        {
          char *longer = g_strdup_printf ("%s, %s", (char *) g_ptr_array_index (letters, found), letter);

          g_free (g_ptr_array_index (letters, found));
          g_ptr_array_index (letters, found) = longer;
        }
      else
        {
          g_ptr_array_add (texts, g_steal_pointer (&text));
          g_ptr_array_add (letters, g_steal_pointer (&letter));
        }
    }

  for (guint i = 0; i < texts->len; i++)
    {
      g_string_append_printf (all, "%s%s", i > 0 ? ", " : "", (char *) g_ptr_array_index (texts, i));
      if (texts->len > 1)
        g_string_append_printf (all, " (%s)", (char *) g_ptr_array_index (letters, i));
    }

  return g_string_free (all, FALSE);
}

static void
append_mapper (GString *caption, const NerveFigureModel *model, const guint *layers, guint n)
{
  g_autofree char *badge = combine (model, layers, n, badge_piece);
  g_autofree char *cover = combine (model, layers, n, cover_piece);
  g_autofree char *cut = combine (model, layers, n, cut_kind_piece);

  if (*cover == '\0')
    return;

  if (caption->len > 0)
    g_string_append_c (caption, ' ');
  g_string_append (caption, _("Mapper: "));
  if (*badge != '\0')
    g_string_append_printf (caption, "%s, ", badge);
  g_string_append_printf (caption, "%s, %s.", cover, cut);
}

static void
append_homology (GString *caption, const NerveFigureModel *model, const guint *layers, guint n, gboolean name_marks)
{
  g_autofree char *sample = combine (model, layers, n, caption->len > 0 ? sample_piece : cloud_piece);

  if (*sample == '\0')
    return;

  if (caption->len > 0)
    g_string_append_c (caption, ' ');
  /* Translators: how many points */
  g_string_append_printf (caption, model->units == NERVE_UNITS_ABSOLUTE
                                     ? _("Diagrams: Rips, %s, absolute distances.")
                                     : _("Diagrams: Rips, %s, in units of the median distance."), sample);
  if (name_marks)
    g_string_append_printf (caption, " %s", _("Dots are H₀, triangles H₁."));
}

/* "global_pool · l2 lens, 10 intervals, overlap 0.5 · ε = 1.61 · 39 nodes, 88 % of 500 points" */
static char *
single_mapper (const NerveFigureModel *model, guint layer)
{
  NerveGraph *graph = graph_of (model, layer);
  g_autofree char *badge = badge_piece (model, layer);
  g_autofree char *cover = cover_piece (model, layer);
  g_autofree char *cut = cut_piece (model, layer);
  g_autofree char *coverage = NULL;
  g_autofree char *count = NULL;
  g_autofree char *n_points = NULL;
  guint n_nodes;

  if (graph == NULL)
    return g_strdup ("");

  n_nodes = nerve_mapper_get_n_nodes (graph->mapper);
  n_points = nerve_text_count (nerve_cloud_get_n (nerve_mapper_get_cloud (graph->mapper)));
  coverage = nerve_text_percent (nerve_mapper_get_coverage (graph->mapper));
  count = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u node, %s of %s points", "%u nodes, %s of %s points",
                                        n_nodes), n_nodes, coverage, n_points);

  return g_strjoin (" · ", nerve_dataset_get_layer (model->dataset, layer)->name, badge != NULL ? badge : cover,
                    badge != NULL ? cover : cut, badge != NULL ? cut : count, badge != NULL ? count : NULL, NULL);
}

static char *
describe_layers (const NerveFigureModel *model, const guint *layers, guint n_layers, guint flags, gboolean name_marks)
{
  gboolean mapper = (flags & NERVE_FIGURE_NEEDS_GRAPH) != 0;
  gboolean homology = (flags & NERVE_FIGURE_NEEDS_HOMOLOGY) != 0;
  GString *caption;

  if (n_layers == 0)
    return g_strdup ("");
  if (n_layers == 1 && mapper && !homology)
    return single_mapper (model, layers[0]);

  caption = g_string_new (NULL);
  if (n_layers == 1)
    g_string_append_printf (caption, "%s.", nerve_dataset_get_layer (model->dataset, layers[0])->name);
  if (mapper)
    append_mapper (caption, model, layers, n_layers);
  if (homology)
    append_homology (caption, model, layers, n_layers, name_marks);

  return g_string_free (caption, FALSE);
}

/* Nobody shall take a made-up network for a real one. */
char *
nerve_caption_new (const NerveFigureModel *model, const guint *layers, guint n_layers, guint flags,
                   gboolean name_marks)
{
  char *text = describe_layers (model, layers, n_layers, flags, name_marks);

  if (nerve_dataset_get_attribute (model->dataset, "synthetic") != NULL)
    {
      g_autofree char *plain = text;

      text = g_strdup_printf (_("Synthetic data. %s"), plain);
    }

  return text;
}

#define MOST_RUNS 3

/* "conv1–block4, fc": which of some layers have a badge, in runs. */
static char *
list_runs (const NerveFigureModel *model, const guint *layers, guint n_layers, const char *badge)
{
  GString *list = g_string_new (NULL);
  guint n_runs = 0;

  for (guint i = 0, end; i < n_layers; i = end)
    {
      g_autofree char *own = badge_piece (model, layers[i]);

      end = i + 1;
      if (g_strcmp0 (own, badge) != 0)
        continue;
      for (; end < n_layers; end++)
        {
          g_autofree char *next = badge_piece (model, layers[end]);

          if (g_strcmp0 (next, badge) != 0)
            break;
        }
      if (n_runs++ == MOST_RUNS)
        {
          g_string_append (list, ", …");
          break;
        }
      g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "",
                              nerve_dataset_get_layer (model->dataset, layers[i])->name);
      if (end > i + 1)
        g_string_append_printf (list, "%s%s", end > i + 2 ? "–" : ", ",
                                nerve_dataset_get_layer (model->dataset, layers[end - 1])->name);
    }

  return g_string_free (list, FALSE);
}

char *
nerve_caption_new_sampling (const NerveFigureModel *model, const guint *layers, guint n_layers)
{
  g_autoptr (GPtrArray) badges = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *list = NULL;

  for (guint i = 0; i < n_layers; i++)
    {
      g_autofree char *badge = badge_piece (model, layers[i]);

      if (badge != NULL && !g_ptr_array_find_with_equal_func (badges, badge, g_str_equal, NULL))
        g_ptr_array_add (badges, g_steal_pointer (&badge));
    }
  if (badges->len == 0)
    return g_strdup ("");

  for (guint i = 0; badges->len > 1 && i < badges->len; i++)
    {
      g_autofree char *badge = g_ptr_array_index (badges, i);
      g_autofree char *runs = list_runs (model, layers, n_layers, badge);

      g_ptr_array_index (badges, i) = g_strdup_printf ("%s (%s)", badge, runs);
    }
  g_ptr_array_add (badges, NULL);
  list = g_strjoinv ("; ", (char **) badges->pdata);

  /* Translators: how points were sampled */
  return g_strdup_printf (_("Mapper: %s."), list);
}
