#include "figures/node-measure.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n.h>

#include "cloud/cloud.h"
#include "figures/cells.h"
#include "figures/palette-private.h"
#include "figures/text.h"

typedef double (*Measure) (const NerveFigureModel *model, NerveGraph *graph, guint node);

typedef struct
{
  const char *name;
  const char *title;    /* N_() */
  Measure     measure;  /* NULL: classes */
  gboolean    own_range; /* from the least to the largest of a graph; else 0 to 1 */
} Kind;

static double
lens_of (const NerveFigureModel *model, NerveGraph *graph, guint node)
{
  return nerve_mapper_get_node (graph->mapper, node)->lens_mean;
}

static double
purity_of (const NerveFigureModel *model, NerveGraph *graph, guint node)
{
  return graph->purity[0] != NULL ? nerve_purity_get_node (graph->purity[0], node)->purity : NAN;
}

static double
entropy_of (const NerveFigureModel *model, NerveGraph *graph, guint node)
{
  return graph->purity[0] != NULL ? nerve_purity_get_node (graph->purity[0], node)->entropy : NAN;
}

/* Of the members, each as often as it stands in the node. */
static double
accuracy_of (const NerveFigureModel *model, NerveGraph *graph, guint node)
{
  const int *labels = nerve_dataset_get_labels (model->dataset);
  const int *predictions = nerve_dataset_get_predictions (model->dataset);
  const guint32 *images = nerve_cloud_get_images (nerve_mapper_get_cloud (graph->mapper));
  const NerveNode *members = nerve_mapper_get_node (graph->mapper, node);
  gsize n = 0, n_right = 0;

  for (gsize i = 0; labels != NULL && predictions != NULL && i < members->n_members; i++)
    {
      guint32 image = images[members->members[i]];

      if (labels[image] < 0 || predictions[image] < 0)
        continue;
      n++;
      n_right += labels[image] == predictions[image];
    }

  return n > 0 ? (double) n_right / n : NAN;
}

static const Kind kinds[NERVE_N_COLOR_BY] = {
  [NERVE_COLOR_BY_SUPERCLASS] = { "superclass", N_("Superclass"), NULL, FALSE },
  [NERVE_COLOR_BY_CLASS] = { "class", N_("Class"), NULL, FALSE },
  [NERVE_COLOR_BY_LENS] = { "lens", N_("Lens"), lens_of, TRUE },
  [NERVE_COLOR_BY_PURITY] = { "purity", N_("Purity"), purity_of, FALSE },
  [NERVE_COLOR_BY_ENTROPY] = { "entropy", N_("Entropy"), entropy_of, FALSE },
  [NERVE_COLOR_BY_ACCURACY] = { "accuracy", N_("Accuracy"), accuracy_of, FALSE },
};

const char *
nerve_color_by_get_name (NerveColorBy self)
{
  g_return_val_if_fail (self < NERVE_N_COLOR_BY, NULL);

  return kinds[self].name;
}

const char *
nerve_color_by_get_title (NerveColorBy self)
{
  g_return_val_if_fail (self < NERVE_N_COLOR_BY, NULL);

  return kinds[self].title;
}

gboolean
nerve_color_by_find (const char *name, NerveColorBy *self)
{
  for (guint i = 0; i < NERVE_N_COLOR_BY; i++)
    if (strcmp (kinds[i].name, name) == 0)
      {
        *self = i;
        return TRUE;
      }

  return FALSE;
}

gboolean
nerve_color_by_is_measure (NerveColorBy self)
{
  return self < NERVE_N_COLOR_BY && kinds[self].measure != NULL;
}

gboolean
nerve_color_by_is_available (NerveColorBy self, NerveDataset *dataset)
{
  gboolean labelled = nerve_dataset_get_labels (dataset) != NULL;

  switch (self)
    {
    case NERVE_COLOR_BY_SUPERCLASS:
      return nerve_dataset_get_n_levels (dataset) > 0;
    case NERVE_COLOR_BY_PURITY:
    case NERVE_COLOR_BY_ENTROPY:
      return labelled;
    case NERVE_COLOR_BY_ACCURACY:
      return labelled && nerve_dataset_get_predictions (dataset) != NULL;
    case NERVE_COLOR_BY_CLASS:
    case NERVE_COLOR_BY_LENS:
    case NERVE_N_COLOR_BY:
    default:
      return self < NERVE_N_COLOR_BY;
    }
}

void
nerve_node_measure_init (NerveNodeMeasure *self, const NerveFigureModel *model, NerveGraph *graph)
{
  *self = (NerveNodeMeasure) { .by = model->color_by, .low = 0, .high = 1 };
  if (!nerve_color_by_is_measure (model->color_by))
    return;

  self->n = nerve_mapper_get_n_nodes (graph->mapper);
  self->values = g_new (double, MAX (self->n, 1));
  for (guint i = 0; i < self->n; i++)
    self->values[i] = kinds[self->by].measure (model, graph, i);
  if (!kinds[self->by].own_range)
    return;

  self->low = INFINITY;
  self->high = -INFINITY;
  for (guint i = 0; i < self->n; i++)
    if (isfinite (self->values[i]))
      {
        self->low = MIN (self->low, self->values[i]);
        self->high = MAX (self->high, self->values[i]);
      }
}

void
nerve_node_measure_clear (NerveNodeMeasure *self)
{
  g_clear_pointer (&self->values, g_free);
}

NerveColor
nerve_node_measure_color (const NerveNodeMeasure *self, guint node, const NerveStyle *style)
{
  double value = self->values[node];

  if (!isfinite (value))
    return nerve_palette_get_neutral (style->dark);

  return nerve_cell_color (style, self->high > self->low ? (value - self->low) / (self->high - self->low) : .5);
}

char *
nerve_node_measure_text (const NerveNodeMeasure *self, guint node)
{
  return isfinite (self->values[node]) ? nerve_text_short (self->values[node], 3) : g_strdup ("–");
}

void
nerve_color_by_get_ends (NerveColorBy self, char **low, char **high)
{
  gboolean own = nerve_color_by_is_measure (self) && kinds[self].own_range;

  *low = g_strdup (own ? _("least in each graph") : "0");
  *high = g_strdup (own ? _("largest") : "1");
}
