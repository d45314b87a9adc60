#include "figures/tree.h"

#include <math.h>

#include <glib/gi18n.h>

#include "figures/axes.h"
#include "figures/color.h"
#include "figures/text.h"

#define MIXED (-1)

typedef struct
{
  double y;
  int    group;
} Branch;

double
nerve_tree_height (const NerveTree *self)
{
  return self->n > 1 ? self->merges[self->n - 2].height : 0;
}

static double
x_of (const NerveTree *self, double height)
{
  double largest = nerve_tree_height (self);

  return largest > 0 ? self->right - (self->right - self->left) * height / (1.03 * largest) : self->right;
}

static int
group_of (const NerveFigureModel *model, guint label)
{
  return nerve_palette_get_n_groups (model->palette) > 0 ? (int) nerve_palette_get_group (model->palette, label)
                                                         : (int) label;
}

static NerveColor
color_of (const NerveFigureModel *model, const NerveStyle *style, int group)
{
  if (group == MIXED)
    return style->dim;
  if (nerve_palette_get_n_groups (model->palette) > 0)
    return nerve_palette_get_group_color (model->palette, group, style->dark);

  return nerve_palette_get_class_color (model->palette, group, style->dark);
}

static void
paint_branch (const NerveTree *self, const NerveFigureModel *model, const NerveStyle *style, cairo_t *cr,
              const Branch *branch, double from, double to)
{
  nerve_color_set (cr, color_of (model, style, branch->group));
  cairo_move_to (cr, x_of (self, from), branch->y);
  cairo_line_to (cr, x_of (self, to), branch->y);
  cairo_stroke (cr);
}

void
nerve_tree_paint (const NerveTree *self, const NerveFigureModel *model, const NerveHierarchy *hierarchy,
                  const NerveStyle *style, cairo_t *cr)
{
  g_autofree Branch *branches = g_new (Branch, 2 * MAX (self->n, 1));

  cairo_save (cr);
  cairo_set_line_width (cr, 1.8 * style->scale);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_SQUARE);
  for (guint i = 0; i < self->n; i++)
    branches[i] = (Branch) {
      self->y[i], hierarchy != NULL ? group_of (model, nerve_hierarchy_get_classes (hierarchy)[i]) : MIXED,
    };
  for (guint k = 0; k + 1 < self->n; k++)
    {
      const NerveMerge *merge = &self->merges[k];
      const Branch *ends[2] = { &branches[merge->a], &branches[merge->b] };
      double below[2] = { merge->a < self->n ? 0 : self->merges[merge->a - self->n].height,
                          merge->b < self->n ? 0 : self->merges[merge->b - self->n].height };
      Branch *joined = &branches[self->n + k];

      *joined = (Branch) { (ends[0]->y + ends[1]->y) / 2, ends[0]->group == ends[1]->group ? ends[0]->group : MIXED };
      for (guint side = 0; side < 2; side++)
        paint_branch (self, model, style, cr, ends[side], below[side], merge->height);
      nerve_color_set (cr, color_of (model, style, joined->group));
      cairo_move_to (cr, x_of (self, merge->height), ends[0]->y);
      cairo_line_to (cr, x_of (self, merge->height), ends[1]->y);
      cairo_stroke (cr);
    }
  if (self->n > 1)
    paint_branch (self, model, style, cr, &branches[2 * self->n - 2], nerve_tree_height (self),
                  1.03 * nerve_tree_height (self));
  cairo_restore (cr);
}

void
nerve_tree_axis (const NerveTree *self, const NerveStyle *style, cairo_t *cr, double y, const char *title)
{
  double px = style->scale;
  double spacing = 0;
  NerveTicks ticks;

  nerve_color_set (cr, style->edge);
  cairo_set_line_width (cr, px);
  cairo_move_to (cr, self->left, y);
  cairo_line_to (cr, self->right, y);
  cairo_stroke (cr);
  nerve_ticks_linear (0, 1.03 * nerve_tree_height (self), MAX (2, (self->right - self->left) / (4.5 * style->tick)),
                      &ticks);
  for (guint i = 0; nerve_tree_height (self) > 0 && i < ticks.n; i++)
    {
      g_autofree char *label = nerve_ticks_label (&ticks, i);
      double x = x_of (self, ticks.values[i]);

      nerve_color_set (cr, style->edge);
      cairo_move_to (cr, x, y);
      cairo_line_to (cr, x, y + 3 * px);
      cairo_stroke (cr);
      spacing = 4 * px + style->tick;
      x = MAX (x, self->left + nerve_text_width (cr, style, label, style->tick, 0) / 2);
      nerve_text_draw (cr, style, label, style->tick, NERVE_TEXT_CENTER, style->dim, x, y + spacing);
    }
  nerve_text_draw_within (cr, style, title, style->tick, NERVE_TEXT_ITALIC, style->dim, self->left,
                          y + spacing + 1.3 * style->tick, self->right - self->left);
}

char *
nerve_tree_axis_title (const NerveHierarchy *hierarchy, const char *layer)
{
  gboolean from_mapper = nerve_hierarchy_is_from_mapper (hierarchy);
  g_autofree char *name = layer != NULL ? g_utf8_make_valid (layer, -1) : NULL;

  if (name == NULL)
    return g_strdup (from_mapper ? _("1 − mix") : _("mean distance"));

  /* Translators: a layer */
  return g_strdup_printf (from_mapper ? _("1 − mix at %s") : _("mean distance at %s"), name);
}

void
nerve_tree_note (const NerveTree *self, const NerveHierarchy *hierarchy, const NerveStyle *style, cairo_t *cr, double y,
                 double room)
{
  const char *badge = nerve_hierarchy_get_badge (hierarchy);
  g_autofree char *number = NULL;
  g_autofree char *longer = NULL;
  g_autofree char *shorter = NULL;
  g_autofree char *least = NULL;

  if (isfinite (nerve_hierarchy_get_cophenetic (hierarchy)))
    {
      number = nerve_text_fixed (nerve_hierarchy_get_cophenetic (hierarchy), 2);
      /* Translators: a sampling, a number */
      longer = g_strdup_printf (_("%s · cophenetic correlation with the file’s tree %s"), badge, number);
      shorter = g_strdup_printf (_("%s · cophenetic %s"), badge, number);
      /* Translators: a number, a correlation */
      least = g_strdup_printf (_("cophenetic %s"), number);
    }
  y += 4 * style->scale + 3.5 * style->tick;
  if (longer != NULL)
    badge = nerve_text_fitting (cr, style, longer, nerve_text_fitting (cr, style, shorter, least, style->tick, 0, room),
                                style->tick, 0, room);
  nerve_text_draw_within (cr, style, badge, style->tick, 0, style->dim, self->left, y, room);
}
