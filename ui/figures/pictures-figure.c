#include "figures/kinds.h"

#include <math.h>

#include <glib/gi18n.h>

#include "cloud/cloud.h"
#include "figures/color.h"
#include "figures/picture.h"
#include "figures/selected-images.h"
#include "figures/text.h"

/* Pixels. */
#define LEAST_CELL 18.
#define LEAST_LINE 13. /* where there are more classes than there is room for lines */
#define MOST_CELL 48.
#define BAR 3.  /* in the class's colour, below a picture */
#define GAP 2.
#define NO_PICTURE .13 /* how grey the square of an image is that has none */

typedef struct
{
  guint  image;
  double x, y;
} Cell;

/* Of the selected images, or line by line of what is typical of each class in the layer. */
typedef struct
{
  const NerveFigureModel *model;
  const int              *labels;   /* NULL: none */
  gboolean                selected;
  double                  size;     /* of a picture */
  double                  px;
  GArray                 *cells;    /* Cell */
  gsize                   n_hidden; /* selected ones, or classes, without room */
  guint                   n_lines;  /* of classes; 0: no lines */
  guint                   n_bands;  /* lines beside each other */
  guint                   per_band;
  double                  line;     /* height */
  double                  band;     /* width */
  double                  code;     /* width before a line's pictures */
  guint                  *classes;  /* of the lines */
} Pictures;

static void
pictures_clear (Pictures *self)
{
  g_clear_pointer (&self->cells, g_array_unref);
  g_free (self->classes);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pictures, pictures_clear)

static void
add_cell (Pictures *self, guint image, double x, double y)
{
  Cell cell = { image, x, y };

  g_array_append_val (self->cells, cell);
}

/* The largest pictures of which all have room, down to the smallest that can be made out. */
static void
place_selected (Pictures *self, const NerveStyle *style, double width, double height)
{
  g_autoptr (GArray) images = nerve_selected_images (self->model);
  double foot = 1.4 * style->tick;
  double gap = GAP * self->px, bar = BAR * self->px;
  guint columns, rows;

  for (self->size = MOST_CELL * self->px; ; self->size -= self->px)
    {
      gboolean smallest = self->size - self->px < LEAST_CELL * self->px;

      columns = MAX ((guint) ((width + gap) / (self->size + gap)), 1);
      rows = (guint) ((height + gap) / (self->size + bar + gap));
      if ((gsize) columns * rows >= images->len || smallest)
        break;
    }
  if ((gsize) columns * rows < images->len)
    rows = (guint) (MAX (height - foot + gap, 0) / (self->size + bar + gap));
  for (guint i = 0; i < images->len && i < columns * rows; i++)
    add_cell (self, g_array_index (images, guint, i), (i % columns) * (self->size + gap),
              (i / columns) * (self->size + bar + gap));
  self->n_hidden = images->len - self->cells->len;
}

/* What is typical: those in the nodes that hold most of a class */

typedef struct
{
  guint node;
  guint count;
} Share;

static int
compare_shares (gconstpointer a, gconstpointer b)
{
  const Share *one = a, *other = b;

  if (one->count != other->count)
    return one->count > other->count ? -1 : 1;

  return one->node < other->node ? -1 : one->node > other->node;
}

/* @label -1: of any class. */
static GArray *
typical_images (const Pictures *self, const NerveMapper *mapper, int label, guint most)
{
  const guint32 *image_of = nerve_cloud_get_images (nerve_mapper_get_cloud (mapper));
  g_autoptr (NerveBitset) taken = nerve_bitset_new (nerve_dataset_get_n (self->model->dataset));
  g_autoptr (GArray) shares = g_array_new (FALSE, FALSE, sizeof (Share));
  GArray *images = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < nerve_mapper_get_n_nodes (mapper); i++)
    {
      const NerveNode *node = nerve_mapper_get_node (mapper, i);
      Share share = { i, 0 };

      for (gsize k = 0; k < node->n_members; k++)
        share.count += label < 0 || self->labels[image_of[node->members[k]]] == label;
      if (share.count > 0)
        g_array_append_val (shares, share);
    }
  g_array_sort (shares, compare_shares);
  for (guint i = 0; i < shares->len && images->len < most; i++)
    {
      const NerveNode *node = nerve_mapper_get_node (mapper, g_array_index (shares, Share, i).node);

      for (gsize k = 0; k < node->n_members && images->len < most; k++)
        {
          guint image = image_of[node->members[k]];

          if ((label >= 0 && self->labels[image] != label) || nerve_bitset_get (taken, image))
            continue;
          nerve_bitset_set (taken, image, TRUE);
          g_array_append_val (images, image);
        }
    }

  return images;
}

/* As few lines beside each other as leave pictures that can be made out. */
static void
divide (Pictures *self, const NerveStyle *style, double width, double height)
{
  double least = (LEAST_CELL + GAP) * self->px;

  self->n_bands = 1;
  while (ceil ((double) self->n_lines / self->n_bands) * least > height && self->n_bands < self->n_lines &&
         width / (self->n_bands + 1) >= 3.5 * least)
    self->n_bands++;
  self->per_band = (self->n_lines + self->n_bands - 1) / self->n_bands;
  if (height / self->per_band < LEAST_LINE * self->px)
    self->per_band = MAX ((guint) ((height - 1.4 * style->tick) / (LEAST_LINE * self->px)), 1);
  self->n_hidden = self->n_lines - MIN (self->n_lines, self->per_band * self->n_bands);
  self->n_lines -= self->n_hidden;
  self->line = MIN ((self->n_hidden > 0 ? height - 1.4 * style->tick : height) / self->per_band,
                    (MOST_CELL + GAP) * self->px);
  self->band = width / self->n_bands;
  self->size = MAX (self->line - GAP * self->px, 1);
  self->code = self->labels != NULL ? 2.1 * style->label : 0;
}

static void
place_line (Pictures *self, const NerveMapper *mapper, guint line)
{
  double x = (line / self->per_band) * self->band + self->code;
  double y = (line % self->per_band) * self->line;
  double room = self->band - self->code - (self->n_bands > 1 ? 6 * self->px : 0);
  guint most = (guint) MAX ((room + GAP * self->px) / (self->size + GAP * self->px), 0);
  g_autoptr (GArray) images = NULL;

  images = typical_images (self, mapper, self->labels != NULL ? (int) self->classes[line] : -1, most);
  for (guint i = 0; i < images->len; i++)
    add_cell (self, g_array_index (images, guint, i), x + i * (self->size + GAP * self->px), y);
}

static void
place_typical (Pictures *self, const NerveMapper *mapper, const NerveStyle *style, double width, double height)
{
  guint n_classes = self->labels != NULL ? nerve_palette_get_n_classes (self->model->palette) : 1;
  const guint *order = self->labels != NULL ? nerve_palette_get_order (self->model->palette) : NULL;

  self->n_lines = MAX (n_classes, 1);
  self->classes = g_new0 (guint, self->n_lines);
  for (guint i = 0; order != NULL && i < self->n_lines; i++)
    self->classes[i] = order[i];
  divide (self, style, width, height);
  for (guint i = 0; i < self->n_lines; i++)
    place_line (self, mapper, i);
}

static gboolean
pictures_init (Pictures *self, const NerveFigureModel *model, guint layer, const NerveStyle *style, double width,
               double height)
{
  const NerveGraph *graph = layer < model->n_layers ? model->layers[layer].graph : NULL;

  *self = (Pictures) { .model = model, .px = style->scale };
  if (graph == NULL || width < 1 || height < 1)
    return FALSE;

  self->labels = nerve_dataset_get_labels (model->dataset);
  self->selected = model->selection != NULL && !nerve_bitset_is_empty (model->selection);
  self->cells = g_array_new (FALSE, FALSE, sizeof (Cell));
  if (self->selected)
    place_selected (self, style, width, height);
  else
    place_typical (self, graph->mapper, style, width, height);

  return TRUE;
}

static void
paint_cell (const Pictures *self, const Cell *cell, const NerveStyle *style, cairo_t *cr)
{
  int label = self->labels != NULL ? self->labels[cell->image] : -1;

  if (!nerve_picture_draw (self->model->dataset, cell->image, cr, cell->x, cell->y, self->size))
    {
      g_autofree char *number = g_strdup_printf ("%u", cell->image);

      nerve_color_set (cr, nerve_color_mix (style->text, style->card, NO_PICTURE));
      cairo_rectangle (cr, cell->x, cell->y, self->size, self->size);
      cairo_fill (cr);
      nerve_text_draw (cr, style, number, MIN (style->tick, .4 * self->size),
                       NERVE_TEXT_CENTER | NERVE_TEXT_MIDDLE, style->text, cell->x + self->size / 2,
                       cell->y + self->size / 2);
    }
  if (!self->selected || label < 0)
    return;
  nerve_color_set (cr, nerve_palette_get_class_color (self->model->palette, label, style->dark));
  cairo_rectangle (cr, cell->x, cell->y + self->size, self->size, BAR * self->px);
  cairo_fill (cr);
}

static void
paint_codes (const Pictures *self, const NerveStyle *style, cairo_t *cr)
{
  double radius = MIN (.85 * style->label, self->line / 2);

  for (guint i = 0; i < self->n_lines; i++)
    {
      guint label = self->classes[i];
      NerveColor color = nerve_palette_get_class_color (self->model->palette, label, style->dark);
      double x = (i / self->per_band) * self->band + .9 * style->label;
      double y = (i % self->per_band) * self->line + self->size / 2;

      cairo_new_sub_path (cr);
      cairo_arc (cr, x, y, radius, 0, 2 * G_PI);
      nerve_color_set (cr, color);
      cairo_fill (cr);
      nerve_text_draw (cr, style, nerve_palette_get_class_code (self->model->palette, label), radius,
                       NERVE_TEXT_BOLD | NERVE_TEXT_CENTER | NERVE_TEXT_MIDDLE, nerve_color_contrast (color), x, y);
    }
}

void
nerve_pictures_figure_draw (const NerveFigureModel *model, guint layer, const NerveStyle *style, cairo_t *cr,
                            double width, double height)
{
  g_auto (Pictures) self = { NULL };

  if (!pictures_init (&self, model, layer, style, width, height))
    return;

  cairo_save (cr);
  for (guint i = 0; i < self.cells->len; i++)
    paint_cell (&self, &g_array_index (self.cells, Cell, i), style, cr);
  if (!self.selected && self.labels != NULL)
    paint_codes (&self, style, cr);
  if (self.n_hidden > 0)
    {
      g_autofree char *count = nerve_text_count (self.n_hidden);
      /* Translators: how many images, or classes, there was no room for */
      g_autofree char *text = g_strdup_printf (_("%s more"), count);

      nerve_text_draw_within (cr, style, text, style->tick, NERVE_TEXT_ITALIC, style->dim, 0,
                              height - .35 * style->tick, width);
    }
  cairo_restore (cr);
}

static void
set_hit (const Pictures *self, guint layer, const Cell *cell, NerveHit *hit)
{
  double half = self->size / 2;

  *hit = (NerveHit) { NERVE_HIT_IMAGE, layer, cell->image, cell->x + half, cell->y + half, half };
}

gboolean
nerve_pictures_figure_hit (const NerveFigureModel *model, guint layer, const NerveStyle *style, double width,
                           double height, double x, double y, NerveHit *hit)
{
  g_auto (Pictures) self = { NULL };

  if (!pictures_init (&self, model, layer, style, width, height))
    return FALSE;
  for (guint i = 0; i < self.cells->len; i++)
    {
      const Cell *cell = &g_array_index (self.cells, Cell, i);

      if (x < cell->x || y < cell->y || x >= cell->x + self.size || y >= cell->y + self.size)
        continue;
      set_hit (&self, layer, cell, hit);
      return TRUE;
    }

  return FALSE;
}

void
nerve_pictures_figure_marks (const NerveFigureModel *model, guint layer, const NerveStyle *style, double width,
                             double height, GArray *hits)
{
  g_auto (Pictures) self = { NULL };

  if (!pictures_init (&self, model, layer, style, width, height))
    return;
  for (guint i = 0; i < self.cells->len; i++)
    {
      NerveHit hit;

      set_hit (&self, layer, &g_array_index (self.cells, Cell, i), &hit);
      g_array_append_val (hits, hit);
    }
}

char *
nerve_pictures_figure_describe (const NerveFigureModel *model, guint layer)
{
  const char *name = layer < model->n_layers ? nerve_dataset_get_layer (model->dataset, layer)->name : "";
  gsize n = model->selection != NULL ? nerve_bitset_count (model->selection) : 0;

  if (n > 0)
    {
      g_autofree char *count = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%zu selected image",
                                                             "%zu selected images", n), n);

      return g_strdup_printf ("%s: %s.", name, count);
    }

  /* Translators: a layer */
  return g_strdup_printf (_("For each class, pictures from the nodes of %s that hold most of it."), name);
}
