#include "figures/legend-layout.h"

#include <glib/gi18n.h>

#include "figures/text.h"

#define ROW 36.
#define MOST_NAME .4 /* of a page's width: one long name would make a single column of all */

/* One row of DESIGN.md's strip in pixels, from roomy to tight. */
typedef struct
{
  gboolean headers;
  double   radius;
  double   size;    /* of names, in units of the body's; 0: none */
  double   gap;     /* between a disc and its name */
  double   between; /* chips */
  double   around;  /* separators */
} Spacing;

static const Spacing spacings[] = {
  { TRUE, 10, 12.5 / 13, 5, 14, 14 },
  { TRUE, 10, 12.5 / 13, 4.5, 9, 9 },
  { FALSE, 9.5, 12. / 13, 4, 10, 9 },
  { FALSE, 9.5, 11.5 / 13, 3.5, 6, 5 },
  { FALSE, 9.5, 0, 0, 5, 5 },
};

static const Spacing printed = { FALSE, 0, 1, 0, 0, 0 };

static void
clear_item (gpointer data)
{
  g_free (((NerveLegendItem *) data)->text);
}

static NerveLegendItem
make_chip (const NerveLegendLayout *self, const NerveFigureModel *model, const NerveStyle *style,
           NerveLegendItemKind kind, guint index)
{
  const char *name = kind == NERVE_LEGEND_CLASS ? nerve_dataset_get_class_name (model->dataset, index)
                                                : nerve_dataset_get_group_name (model->dataset, 1, index);
  const char *code = kind == NERVE_LEGEND_CLASS ? nerve_palette_get_class_code (model->palette, index)
                                                : nerve_palette_get_group_code (model->palette, index);
  NerveLegendItem item = { kind, index, NULL, 0, 0, 0 };

  /* A chip says “A” as well as the name would. */
  item.text = g_strcmp0 (name, code) == 0 ? g_strdup ("") : g_utf8_make_valid (name, -1);
  item.width = 2 * self->radius;
  if (self->size > 0 && *item.text != '\0')
    item.width += self->gap + nerve_text_width (NULL, style, item.text, self->size, 0);

  return item;
}

static gboolean
shows_groups (const NerveFigureModel *model)
{
  return nerve_palette_get_n_groups (model->palette) > 0 &&
         (model->color_by == NERVE_COLOR_BY_SUPERCLASS ||
          nerve_palette_get_n_classes (model->palette) > NERVE_LEGEND_MOST_CLASSES);
}

static guint
count_chips (const NerveFigureModel *model)
{
  return shows_groups (model) ? nerve_palette_get_n_groups (model->palette)
                              : nerve_palette_get_n_classes (model->palette);
}

/* The first @n chips alone, in class-tree order. */
static GArray *
gather_chips (const NerveLegendLayout *self, const NerveFigureModel *model, const NerveStyle *style, guint n)
{
  GArray *chips = g_array_new (FALSE, FALSE, sizeof (NerveLegendItem));
  gboolean groups = shows_groups (model);
  const guint *order = nerve_palette_get_order (model->palette);

  g_array_set_clear_func (chips, clear_item);
  for (guint i = 0; i < n; i++)
    {
      NerveLegendItem item = make_chip (self, model, style, groups ? NERVE_LEGEND_GROUP : NERVE_LEGEND_CLASS,
                                        groups ? i : order[i]);

      g_array_append_val (chips, item);
    }

  return chips;
}

static void
append_item (NerveLegendLayout *self, NerveLegendItem item, double *x, double y)
{
  item.text = g_strdup (item.text);
  item.x = *x;
  item.y = y;
  g_array_append_val (self->items, item);
  *x += item.width;
}

static void
append_header (NerveLegendLayout *self, const NerveFigureModel *model, const NerveStyle *style, guint group, double *x,
               double y)
{
  g_autofree char *name = g_utf8_make_valid (nerve_dataset_get_group_name (model->dataset, 1, group), -1);
  NerveLegendItem item = { NERVE_LEGEND_HEADER, group, name, 0, 0, 0 };

  item.width = nerve_text_width (NULL, style, name, self->size, 0) + 8 * style->scale;
  append_item (self, item, x, y);
}

/* One row with this spacing; returns where it ends. */
static double
lay_row (NerveLegendLayout *self, const NerveFigureModel *model, const NerveStyle *style, GArray *chips,
         const Spacing *spacing, double y)
{
  gboolean grouped = nerve_palette_get_n_groups (model->palette) > 0 && !shows_groups (model);
  guint last = G_MAXUINT;
  double x = 2 * style->scale;

  g_array_set_size (self->items, 0);
  for (guint i = 0; i < chips->len; i++)
    {
      NerveLegendItem chip = g_array_index (chips, NerveLegendItem, i);
      guint group = grouped ? nerve_palette_get_group (model->palette, chip.index) : 0;

      if (i > 0 && group != last)
        {
          NerveLegendItem separator = { NERVE_LEGEND_SEPARATOR, 0, NULL, 0, 0, 0 };

          x += spacing->around * style->scale;
          append_item (self, separator, &x, y);
          x += spacing->around * style->scale;
        }
      else if (i > 0)
        x += spacing->between * style->scale;
      if (grouped && spacing->headers && group != last)
        append_header (self, model, style, group, &x, y);
      append_item (self, chip, &x, y);
      last = group;
    }

  return x;
}

/* As many chips as fit, and how many of @n are left. */
static void
cut_row (NerveLegendLayout *self, const NerveStyle *style, GArray *chips, guint n, double width, double y)
{
  g_autofree char *all = g_strdup_printf (_("and %u more"), n);
  double reserve = nerve_text_width (NULL, style, all, self->size, 0) + 20 * style->scale;
  double x = 2 * style->scale;
  guint shown = 0;

  g_array_set_size (self->items, 0);
  while (shown < chips->len && x + g_array_index (chips, NerveLegendItem, shown).width + reserve < width)
    {
      append_item (self, g_array_index (chips, NerveLegendItem, shown), &x, y);
      x += 12 * style->scale;
      shown++;
    }
  if (shown < n)
    {
      g_autofree char *text = g_strdup_printf (_("and %u more"), n - shown);
      NerveLegendItem more = { NERVE_LEGEND_MORE, n - shown, text, 0, 0, 0 };

      more.width = MIN (nerve_text_width (NULL, style, text, self->size, 0), MAX (width - x, 0));
      append_item (self, more, &x, y);
    }
}

/* Widths of the columns when the chips fill @n_columns row by row; returns their sum. */
static double
column_widths (GArray *chips, guint n_columns, double *widths)
{
  double sum = 0;

  for (guint c = 0; c < n_columns; c++)
    {
      widths[c] = 0;
      for (guint i = c; i < chips->len; i += n_columns)
        widths[c] = MAX (widths[c], g_array_index (chips, NerveLegendItem, i).width);
      sum += widths[c];
    }

  return sum;
}

/* A page: rows of columns, spread over the width. */
static void
lay_grid (NerveLegendLayout *self, const NerveStyle *style, GArray *chips, double width, double row)
{
  g_autofree double *widths = g_new0 (double, chips->len + 1);
  double least = 9 * style->scale;
  guint n_columns = chips->len;
  guint n_rows = 1;
  double gap;

  /* A wider name is cut by its drawing. */
  for (guint i = 0; i < chips->len; i++)
    g_array_index (chips, NerveLegendItem, i).width = MIN (g_array_index (chips, NerveLegendItem, i).width,
                                                           MOST_NAME * width);
  while (n_columns > 1 && column_widths (chips, n_columns, widths) + least * (n_columns - 1) > width)
    {
      n_rows++;
      n_columns = MIN ((chips->len + n_rows - 1) / n_rows, n_columns - 1);
    }
  n_rows = (chips->len + n_columns - 1) / n_columns;
  gap = n_columns > 1 ? (width - column_widths (chips, n_columns, widths)) / (n_columns - 1)
                      : (column_widths (chips, 1, widths), 0);
  gap = MIN (gap, 40 * style->scale);

  for (guint i = 0; i < chips->len; i++)
    {
      double x = 0;

      for (guint c = 0; c < i % n_columns; c++)
        x += widths[c] + gap;
      append_item (self, g_array_index (chips, NerveLegendItem, i), &x, (i / n_columns + .5) * row);
    }
  self->height = n_rows * row;
}

static void
set_spacing (NerveLegendLayout *self, const NerveStyle *style, const Spacing *spacing)
{
  self->radius = style->print ? .68 * style->body : spacing->radius * style->scale;
  self->gap = style->print ? .5 * style->body : spacing->gap * style->scale;
  self->size = spacing->size * style->body;
}

/* The first spacing that fits; very many chips keep their names and are cut short instead. */
static void
lay_strip (NerveLegendLayout *self, const NerveFigureModel *model, const NerveStyle *style, double width, double y)
{
  g_autoptr (GArray) chips = NULL;
  guint n = count_chips (model);
  guint most;

  for (guint i = 0; i < G_N_ELEMENTS (spacings) && n <= 2 * NERVE_LEGEND_MOST_CLASSES; i++)
    {
      g_clear_pointer (&chips, g_array_unref);
      set_spacing (self, style, &spacings[i]);
      chips = gather_chips (self, model, style, n);
      if (lay_row (self, model, style, chips, &spacings[i], y) <= width)
        return;
    }

  g_clear_pointer (&chips, g_array_unref);
  set_spacing (self, style, &spacings[2]);
  most = (guint) (width / (2 * self->radius)) + 1;
  chips = gather_chips (self, model, style, MIN (n, most));
  cut_row (self, style, chips, n, width, y);
}

void
nerve_legend_layout_init (NerveLegendLayout *self, const NerveFigureModel *model, const NerveStyle *style,
                          double width, double height)
{
  double row = style->print ? 1.9 * style->body : ROW * style->scale;
  guint n = count_chips (model);

  *self = (NerveLegendLayout) { .items = g_array_new (FALSE, FALSE, sizeof (NerveLegendItem)) };
  g_array_set_clear_func (self->items, clear_item);
  set_spacing (self, style, style->print ? &printed : &spacings[0]);
  if (n == 0)
    return;

  self->height = row;
  if (style->print && n <= 10 * NERVE_LEGEND_MOST_CLASSES)
    {
      g_autoptr (GArray) chips = gather_chips (self, model, style, n);

      lay_grid (self, style, chips, width, row);
    }
  else
    lay_strip (self, model, style, width, (height > 0 ? height : row) / 2);
}

void
nerve_legend_layout_clear (NerveLegendLayout *self)
{
  g_clear_pointer (&self->items, g_array_unref);
}
