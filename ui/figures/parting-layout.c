#include "figures/parting-layout.h"

#include <glib/gi18n.h>

#include "figures/cells.h"
#include "figures/text.h"
#include "figures/tree.h"

#define ROW 40.
#define PICTURES NERVE_PARTING_PICTURES
#define LEAST_ROW 19. /* with a story; else it makes room for the rows */
#define LOW 400.      /* where a headline is no larger than a title */

/* The tree of the layer walked to, else of the last one that has any. */
static void
choose_hierarchy (NervePartingLayout *self)
{
  const NerveFigureModel *model = self->model;
  const NerveNetworkResults *network = model->network;

  self->layer = model->current;
  if (model->current < network->n_layers)
    self->hierarchy = network->hierarchies[model->current];
  for (guint i = network->n_layers; i-- > 0 && self->hierarchy == NULL;)
    if (network->hierarchies[i] != NULL)
      {
        self->hierarchy = network->hierarchies[i];
        self->layer = i;
      }
  /* Graphs come before partings: what has none by now will have none. */
  if (model->current < model->n_layers && model->layers[model->current].graph == NULL)
    /* Translators: a layer */
    self->lack = g_strdup_printf (_("%s has no tree: its sampling does not suit it."),
                                  nerve_dataset_get_layer (model->dataset, model->current)->name);
}

static void
order_classes (NervePartingLayout *self)
{
  guint n_all = nerve_parting_get_n (self->parting, 0);
  const guint *order = nerve_palette_get_order (self->model->palette);

  self->classes = g_new (guint, MAX (n_all, 1));
  self->n = self->hierarchy != NULL ? nerve_hierarchy_get_n (self->hierarchy) : n_all;
  for (guint i = 0; i < self->n; i++)
    self->classes[i] = self->hierarchy == NULL ? order[i]
                                               : nerve_hierarchy_get_classes (self->hierarchy)[
                                                   nerve_hierarchy_get_order (self->hierarchy)[i]];
}

const NervePartingPair *
nerve_parting_layout_pair (const NervePartingLayout *self, guint i, guint j)
{
  return nerve_parting_get_pair (self->parting, 0, self->classes[i], self->classes[j]);
}

static void
find_layers (NervePartingLayout *self)
{
  self->first = G_MAXUINT;
  self->last = 0;
  for (guint i = 0; i < self->n; i++)
    for (guint j = 0; j < i; j++)
      {
        const NervePartingPair *pair = nerve_parting_layout_pair (self, i, j);

        if (pair->verdict != NERVE_PARTING_PARTED)
          continue;
        self->first = MIN (self->first, pair->layer);
        self->last = MAX (self->last, pair->layer);
      }
}

const char *
nerve_parting_layout_name (const NervePartingLayout *self, guint place)
{
  return nerve_dataset_get_class_name (self->model->dataset, self->classes[place]);
}

gint64
nerve_parting_layout_number (const NervePartingLayout *self, guint layer)
{
  return nerve_dataset_get_layer (self->model->dataset, layer)->index;
}

NerveColor
nerve_parting_layout_color (const NervePartingLayout *self, guint layer)
{
  double share = self->last > self->first ? (double) (layer - self->first) / (self->last - self->first) : .5;

  return nerve_cell_color (self->style, share);
}

static guint
count_lines (const NervePartingLayout *self, const char *text, double size, guint flags)
{
  return nerve_text_paragraph (NULL, self->style, text, size, flags, self->style->text, 0, 0, self->width, 1.3 * size,
                               FALSE);
}

/* Under the rows: at the left what the tree is of, at the right how the matrix was made. */
static double
foot_height (const NervePartingLayout *self)
{
  double tree = self->hierarchy != NULL || self->lack != NULL ? NERVE_TREE_FOOT : 0;

  return MAX (1.6 + 1.25 * MAX (self->foot_lines, 1), tree) * self->style->tick + 6 * self->style->scale;
}

static void
place_rows (NervePartingLayout *self, double height)
{
  const NerveStyle *style = self->style;
  double size = self->headline_size;
  guint n_lines = self->story != NULL ? count_lines (self, self->story, style->body, 0) : 0;

  self->headline_lines = count_lines (self, self->headline, size, NERVE_TEXT_BOLD);
  self->top = 1.3 * size * self->headline_lines + 1.3 * style->body * n_lines + 1.2 * style->body;
  self->row = MIN (MAX (height - self->top - foot_height (self), 1) / MAX (self->n, 1),
                   style->print ? MAX (.92 * ROW * style->scale, 1.7 * style->body) : ROW * style->scale);
}

static void
place_columns (NervePartingLayout *self, double width, double height)
{
  const NerveStyle *style = self->style;
  double px = style->scale;
  double text = 0;

  place_rows (self, height);
  /* The pane's own words for screen readers still tell it. */
  if (!style->print && self->row < LEAST_ROW * px && self->story != NULL)
    {
      g_clear_pointer (&self->story, g_free);
      place_rows (self, height);
    }
  /* On paper cells of many classes that can be read take the room of the tree. */
  self->cell = MIN (self->row, MAX (.46 * width / MAX (self->n, 1),
                                    style->print ? MIN (.8 * style->tick, .74 * width / MAX (self->n, 1)) : 0));
  /* Beside a matrix of few classes there is room for the words below. */
  self->matrix = width - MAX (self->n * self->cell, MIN (.45 * width, 16 * style->tick));
  for (guint i = 0; i < self->n; i++)
    text = MAX (text, nerve_text_width (NULL, style, nerve_parting_layout_name (self, i), style->body, 0));
  self->names = MAX (self->matrix - MIN (text, .22 * width) - 9 * px, 0);
  self->picture = nerve_dataset_has_images (self->model->dataset) ? MIN (.86 * self->row, 30 * px) : 0;
  if (self->picture < 7 * px || width < 300 * px)
    self->picture = 0;
  self->pictures = self->names - (self->picture > 0 ? PICTURES * (self->picture + 3 * px) + 5 * px : 4 * px);
  self->tree = self->pictures > 40 * px && (self->hierarchy != NULL || self->lack != NULL) ? self->pictures - 6 * px
                                                                                           : 0;
  /* Below the matrix, or further left where that is narrow. */
  self->foot_left = MIN (self->matrix, MAX (self->tree + MAX (9 * px, 1.2 * style->tick),
                                            self->width - 30 * style->tick));
}

/* Its words below need room, and how much hangs on where the matrix is. */
static void
place_foot (NervePartingLayout *self, double width, double height)
{
  self->foot_lines = nerve_text_paragraph (NULL, self->style, self->foot, self->style->tick, 0, self->style->dim, 0, 0,
                                           MAX (self->width - self->foot_left, 1), 1.25 * self->style->tick, FALSE);
  place_columns (self, width, height);
}

static char *
foot_text (const NerveParting *parting)
{
  const NervePartingParameters *parameters = nerve_parting_get_parameters (parting);
  g_autofree char *bound = nerve_text_short (parameters->parted_below, 2);
  g_autofree char *control = nerve_parting_control_text (parting);

  /* Translators: a number, how many; then the control with permuted labels */
  return g_strdup_printf (_("mix: 95 %% bound below %s, %d bootstraps; %s"), bound, parameters->bootstraps, control);
}

gboolean
nerve_parting_layout_init (NervePartingLayout *self, const NerveFigureModel *model, const NerveStyle *style,
                           double width, double height)
{
  if (width < 1 || height < 1 || model->network == NULL || model->network->parting == NULL)
    return FALSE;

  *self = (NervePartingLayout) { .model = model, .style = style, .parting = model->network->parting, .width = width };
  choose_hierarchy (self);
  order_classes (self);
  if (self->n == 0)
    return FALSE;

  find_layers (self);
  nerve_selected_classes_init (&self->selected, model, 0);
  self->headline_size = style->print || height > LOW * style->scale ? style->title * 17.5 / 14.67 : style->title;
  self->headline = nerve_parting_headline (self->parting, model->dataset);
  self->story = nerve_parting_story (self->parting, model->dataset);
  self->foot = foot_text (self->parting);
  place_columns (self, width, height);
  place_foot (self, width, height);

  return TRUE;
}

void
nerve_parting_layout_clear (NervePartingLayout *self)
{
  nerve_selected_classes_clear (&self->selected);
  g_free (self->classes);
  g_free (self->lack);
  g_free (self->headline);
  g_free (self->story);
  g_free (self->foot);
}
