#include "figures/kinds.h"

#include <math.h>

#include <glib/gi18n.h>

#include "figures/color.h"
#include "figures/picture.h"
#include "figures/selected-classes.h"
#include "figures/short-name.h"
#include "figures/text.h"
#include "figures/tree.h"

#define PICTURES 2

typedef struct
{
  const NerveHierarchy *hierarchy;
  NerveTree             tree;
  double               *y;       /* of each leaf */
  double                row;
  double                picture; /* side; 0: none */
  double                names;   /* x */
  double                axis;    /* y */
} Dendrogram;

static void
dendrogram_clear (Dendrogram *self)
{
  g_free (self->y);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Dendrogram, dendrogram_clear)

static const char *
name_of (const NerveFigureModel *model, const Dendrogram *self, guint leaf)
{
  return nerve_dataset_get_class_name (model->dataset, nerve_hierarchy_get_classes (self->hierarchy)[leaf]);
}

static double
names_width (const NerveFigureModel *model, const Dendrogram *self, const NerveStyle *style)
{
  double width = 0;

  for (guint i = 0; i < self->tree.n; i++)
    width = MAX (width, nerve_text_width (NULL, style, name_of (model, self, i), style->body, 0));

  return width;
}

static gboolean
dendrogram_init (Dendrogram *self, const NerveFigureModel *model, guint layer, const NerveStyle *style, double width,
                 double height)
{
  double px = style->scale;
  double text;

  self->hierarchy = nerve_figure_model_hierarchy (model, layer);
  if (width < 1 || height < 1 || self->hierarchy == NULL)
    return FALSE;

  self->tree.n = nerve_hierarchy_get_n (self->hierarchy);
  self->tree.merges = nerve_hierarchy_get_merges (self->hierarchy);
  if (self->tree.n == 0)
    return FALSE;

  self->axis = MAX (height - NERVE_TREE_FOOT * style->tick - 6 * px, 1);
  self->row = self->axis / self->tree.n;
  self->y = g_new (double, self->tree.n);
  for (guint i = 0; i < self->tree.n; i++)
    self->y[nerve_hierarchy_get_order (self->hierarchy)[i]] = (i + .5) * self->row;
  self->tree.y = self->y;

  text = MIN (names_width (model, self, style), .4 * width);
  self->picture = nerve_dataset_has_images (model->dataset) ? MIN (MIN (.86 * self->row, 30 * px), .1 * width) : 0;
  if (self->picture < 7 * px)
    self->picture = 0;
  self->names = width - text;
  self->tree.left = 0;
  self->tree.right = MAX (self->names - PICTURES * (self->picture + (self->picture > 0 ? 3 * px : 0)) - 9 * px, 1);

  return TRUE;
}

static const char *
axis_title (const Dendrogram *self, cairo_t *cr, const NerveStyle *style)
{
  gboolean from_mapper = nerve_hierarchy_is_from_mapper (self->hierarchy);

  return nerve_text_fitting (cr, style,
                             from_mapper ? _("1 − mix in the mapper graph") : _("mean distance of two classes"),
                             from_mapper ? _("1 − mix") : _("mean distance"), style->tick, NERVE_TEXT_ITALIC,
                             self->tree.right - self->tree.left);
}

static void
paint_pictures (const Dendrogram *self, const NerveFigureModel *model, const NerveStyle *style, cairo_t *cr, guint leaf,
                double opacity)
{
  guint label = nerve_hierarchy_get_classes (self->hierarchy)[leaf];
  double side = self->picture;

  for (guint k = 0; k < PICTURES && side > 0; k++)
    {
      double x = self->tree.right + 5 * style->scale + k * (side + 3 * style->scale);
      double y = self->y[leaf] - side / 2;

      nerve_class_picture_draw (model, label, k, style, cr, x, y, side);
      if (opacity == 1)
        continue;
      nerve_color_set_alpha (cr, style->print ? style->window : style->card, 1 - opacity);
      cairo_rectangle (cr, x - 1, y - 1, side + 2, side + 2);
      cairo_fill (cr);
    }
}

/* Pictures and name, with a line below it as long as the class's share that is selected. */
static void
paint_leaf (const Dendrogram *self, const NerveSelectedClasses *selected, const NerveFigureModel *model,
            const NerveStyle *style, cairo_t *cr, guint leaf, double width)
{
  guint label = nerve_hierarchy_get_classes (self->hierarchy)[leaf];
  double size = MIN (style->body, .9 * self->row);
  double opacity = nerve_selected_classes_opacity (selected, label);

  paint_pictures (self, model, style, cr, leaf, opacity);
  nerve_selected_classes_bar (selected, label, style, cr, self->names,
                              MIN (self->y[leaf] + .62 * size, self->y[leaf] + self->row / 2 - 2 * style->scale),
                              width - self->names);
  if (nerve_style_is_legible (style, size) && (size >= .6 * style->body || self->tree.n <= 40))
    {
      double room = width - self->names + 1;
      g_autofree char *name = nerve_short_name (style, name_of (model, self, leaf), size, 0, room);

      nerve_text_draw_within (cr, style, name, size, NERVE_TEXT_MIDDLE,
                              nerve_color_mix (style->text, style->print ? style->window : style->card,
                                               MAX (opacity, .55)), self->names, self->y[leaf], room);
    }
}

void
nerve_dendrogram_figure_draw (const NerveFigureModel *model, guint layer, const NerveStyle *style, cairo_t *cr,
                              double width, double height)
{
  g_auto (Dendrogram) self = { NULL };
  g_auto (NerveSelectedClasses) selected = { 0 };

  if (!dendrogram_init (&self, model, layer, style, width, height))
    return;

  nerve_selected_classes_init (&selected, model, 0);
  cairo_save (cr);
  nerve_tree_paint (&self.tree, model, self.hierarchy, style, cr);
  for (guint i = 0; i < self.tree.n; i++)
    paint_leaf (&self, &selected, model, style, cr, i, width);
  nerve_tree_axis (&self.tree, style, cr, self.axis + 4 * style->scale, axis_title (&self, cr, style));
  nerve_tree_note (&self.tree, self.hierarchy, style, cr, self.axis + 4 * style->scale, width);
  cairo_restore (cr);
}

/* The columns' trees have the same height; each row of the largest is a line of type at least. */
double
nerve_dendrogram_figure_height (const NerveFigureModel *model, const NerveStyle *style, double width)
{
  guint most = 0;

  for (guint c = 0; model->network != NULL && c < model->n_columns; c++)
    if (model->columns[c] < model->network->n_layers && model->network->hierarchies[model->columns[c]] != NULL)
      most = MAX (most, nerve_hierarchy_get_n (model->network->hierarchies[model->columns[c]]));

  return MAX (.72 * width, 1.2 * style->body * most + NERVE_TREE_FOOT * style->tick + 6 * style->scale);
}

gboolean
nerve_dendrogram_figure_hit (const NerveFigureModel *model, guint layer, const NerveStyle *style, double width,
                             double height, double x, double y, NerveHit *hit)
{
  g_auto (Dendrogram) self = { NULL };

  if (!dendrogram_init (&self, model, layer, style, width, height) || x < self.tree.right)
    return FALSE;
  for (guint i = 0; i < self.tree.n; i++)
    if (fabs (y - self.y[i]) <= self.row / 2)
      {
        *hit = (NerveHit) { NERVE_HIT_CLASS, layer, nerve_hierarchy_get_classes (self.hierarchy)[i], self.names,
                            self.y[i], self.row / 2 };
        return TRUE;
      }

  return FALSE;
}

void
nerve_dendrogram_figure_marks (const NerveFigureModel *model, guint layer, const NerveStyle *style, double width,
                               double height, GArray *hits)
{
  g_auto (Dendrogram) self = { NULL };

  if (!dendrogram_init (&self, model, layer, style, width, height))
    return;
  for (guint i = 0; i < self.tree.n; i++)
    {
      NerveHit hit = { NERVE_HIT_CLASS, layer, nerve_hierarchy_get_classes (self.hierarchy)[i], self.names, self.y[i],
                       self.row / 2 };

      g_array_append_val (hits, hit);
    }
}

char *
nerve_dendrogram_figure_describe (const NerveFigureModel *model, guint layer)
{
  const char *name = layer < model->n_layers ? nerve_dataset_get_layer (model->dataset, layer)->name : "";
  NerveHierarchy *hierarchy = nerve_figure_model_hierarchy (model, layer);
  const NerveMerge *merges;
  g_autofree char *height = NULL;
  g_autofree char *selected = NULL;
  GString *text;
  guint n;

  if (hierarchy == NULL || nerve_hierarchy_get_n (hierarchy) < 2)
    return g_strdup_printf (_("There is no tree of classes at %s yet."), name);

  n = nerve_hierarchy_get_n (hierarchy);
  merges = nerve_hierarchy_get_merges (hierarchy);
  height = nerve_text_number (merges[n - 2].height, 2);
  text = g_string_new (NULL);
  /* Translators: a layer, two classes that are nearest to each other, how many classes, a height */
  g_string_append_printf (text, _("Tree of classes at %s: %s and %s are nearest to each other; all %u meet at %s."),
                          name,
                          nerve_dataset_get_class_name (model->dataset,
                                                        nerve_hierarchy_get_classes (hierarchy)[merges[0].a]),
                          nerve_dataset_get_class_name (model->dataset,
                                                        nerve_hierarchy_get_classes (hierarchy)[merges[0].b]),
                          n, height);
  if (isfinite (nerve_hierarchy_get_cophenetic (hierarchy)))
    {
      g_autofree char *correlation = nerve_text_fixed (nerve_hierarchy_get_cophenetic (hierarchy), 2);

      g_string_append_printf (text, _(" Cophenetic correlation with the file’s tree: %s."), correlation);
    }
  selected = nerve_selected_classes_describe (model);
  g_string_append (text, selected);

  return g_string_free (text, FALSE);
}
