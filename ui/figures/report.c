#include "config.h"

#include "figures/report.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n.h>

#include "figures/color.h"
#include "figures/diagram-numbers.h"
#include "figures/export-pdf.h"
#include "figures/page.h"
#include "figures/text.h"

#define LEAST_WIDTH 300.
#define LEAST_HEIGHT 400.
#define MOST_SIDE 14400.
/* Of a page's width. */
#define MARGIN .09
/* Of the height between the margins: no figure is higher. */
#define MOST_OF_PAGE .62

typedef struct
{
  const NerveFigureModel   *model;
  const NerveReportOptions *options;
  NerveStyle                style;
  cairo_t                  *cr;
  double                    margin;
  double                    width;  /* between the margins */
  double                    bottom;
  double                    y;      /* where the next thing begins */
  guint                     n_pages;
} Report;

/* Pages */

static void
draw_footer (Report *self)
{
  const NerveStyle *style = &self->style;
  g_autofree char *name = g_path_get_basename (nerve_dataset_get_path (self->model->dataset));
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  g_autofree char *number = g_strdup_printf ("%u", self->n_pages);
  double y = self->options->height - .55 * self->margin;

  nerve_text_draw_within (self->cr, style, valid, style->caption, 0, style->dim, self->margin, y, .8 * self->width);
  nerve_text_draw (self->cr, style, number, style->caption, NERVE_TEXT_RIGHT, style->dim, self->margin + self->width,
                   y);
}

static void
begin_page (Report *self)
{
  if (self->n_pages > 0)
    cairo_show_page (self->cr);
  self->n_pages++;
  nerve_color_set (self->cr, self->style.card);
  cairo_paint (self->cr);
  draw_footer (self);
  self->y = self->margin;
}

/* What is @height high begins on this page or on the next. */
static void
need (Report *self, double height)
{
  if (self->y + height > self->bottom && self->y > self->margin)
    begin_page (self);
}

static void
draw_text (Report *self, const char *text, double size, NerveColor color)
{
  double leading = 1.4 * size;
  guint n = nerve_text_paragraph (self->cr, &self->style, text, size, 0, color, 0, 0, self->width, leading, FALSE);

  need (self, n * leading);
  nerve_text_paragraph (self->cr, &self->style, text, size, 0, color, self->margin, self->y + size, self->width,
                        leading, TRUE);
  self->y += n * leading + .4 * size;
}

static void
draw_heading (Report *self, const char *text, double size)
{
  self->y += self->y > self->margin ? .8 * size : 0;
  need (self, 3 * size);
  nerve_text_draw_within (self->cr, &self->style, text, size, NERVE_TEXT_BOLD, self->style.text, self->margin,
                          self->y + size, self->width);
  self->y += 1.7 * size;
}

/* Figures */

static double
most_height (const Report *self)
{
  return MOST_OF_PAGE * (self->bottom - self->margin);
}

static void
draw_whole (Report *self, const char *name, const guint *layers, guint n_layers)
{
  const NerveFigureKind *kind = nerve_figure_kind_find (name);
  double height = MIN (nerve_page_height (kind, self->model, layers, n_layers, &self->style, self->width),
                       most_height (self));

  need (self, height);
  cairo_save (self->cr);
  cairo_translate (self->cr, self->margin, self->y);
  nerve_page_draw (kind, self->model, layers, n_layers, &self->style, self->cr, self->width, height);
  cairo_restore (self->cr);
  self->y += height + 1.2 * self->style.body;
}

/* Two of a layer beside each other, each under its name. */
static void
draw_halves (Report *self, guint layer, const char *left, const char *right)
{
  const char *names[] = { left, right };
  double gap = 2 * self->style.body;
  double width = (self->width - gap) / 2;
  double height = .62 * width;

  need (self, height + 2 * self->style.body);
  /* There is no caption below them. */
  self->style.without |= NERVE_PAGE_CAPTION;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const NerveFigureKind *kind = nerve_figure_kind_find (names[i]);
      double x = self->margin + i * (width + gap);

      nerve_text_draw_within (self->cr, &self->style, _(kind->title), self->style.body, 0, self->style.text, x,
                              self->y + self->style.body, width);
      cairo_save (self->cr);
      cairo_translate (self->cr, x, self->y + 2 * self->style.body);
      kind->draw (self->model, layer, &self->style, self->cr, width, height);
      cairo_restore (self->cr);
    }
  self->style.without &= ~NERVE_PAGE_CAPTION;
  self->y += height + 3.2 * self->style.body;
}

/* The first page */

static char *
count_things (NerveDataset *dataset)
{
  GString *text = g_string_new (NULL);
  gsize n = nerve_dataset_get_n (dataset);
  guint n_layers = nerve_dataset_get_n_layers (dataset);
  guint n_classes = nerve_dataset_get_n_classes (dataset);
  g_autofree char *images = nerve_text_count (n);

  g_string_append_printf (text, g_dngettext (GETTEXT_PACKAGE, "%s image", "%s images", n), images);
  if (n_classes > 0)
    {
      g_string_append (text, " · ");
      g_string_append_printf (text, g_dngettext (GETTEXT_PACKAGE, "%u class", "%u classes", n_classes), n_classes);
    }
  g_string_append (text, " · ");
  g_string_append_printf (text, g_dngettext (GETTEXT_PACKAGE, "%u layer", "%u layers", n_layers), n_layers);

  return g_string_free (text, FALSE);
}

static void
draw_facts (Report *self)
{
  static const struct { const char *name, *title; } attributes[] = {
    { "dataset", N_("Data") }, { "test_accuracy", N_("Test accuracy") },
    { "transfer_accuracy", N_("Transfer accuracy") }, { "source", N_("Source") }, { "licence", N_("Licence") },
  };
  NerveDataset *dataset = self->model->dataset;
  g_autofree char *things = count_things (dataset);
  g_autofree char *print = g_strdup_printf (_("Fingerprint: %s"), nerve_dataset_get_fingerprint (dataset));

  draw_text (self, things, self->style.body, self->style.text);
  for (guint i = 0; i < G_N_ELEMENTS (attributes); i++)
    {
      const char *value = nerve_dataset_get_attribute (dataset, attributes[i].name);
      g_autofree char *line = NULL;
      g_autofree char *number = NULL;
      char *end = NULL;
      double share;

      if (value == NULL || *value == '\0')
        continue;
      /* Files say accuracies to the last of sixteen digits. */
      share = g_ascii_strtod (value, &end);
      if (g_str_has_suffix (attributes[i].name, "accuracy") && *end == '\0' && isfinite (share))
        number = nerve_text_short (share, 4);
      line = g_strdup_printf ("%s: %s", _(attributes[i].title), number != NULL ? number : value);
      draw_text (self, line, self->style.caption, self->style.dim);
    }
  draw_text (self, print, self->style.caption, self->style.dim);
  if (nerve_dataset_get_attribute (dataset, "synthetic") != NULL)
    draw_text (self, _("Synthetic data."), self->style.body, self->style.text);
}

static void
draw_notes (Report *self)
{
  const char * const *notes = self->options->notes;

  if (notes == NULL || notes[0] == NULL)
    return;

  draw_heading (self, _("What could not be computed"), self->style.title);
  for (guint i = 0; notes[i] != NULL; i++)
    draw_text (self, notes[i], self->style.body, self->style.text);
}

/* The table of layers */

typedef char *(*CellFunc) (const NerveFigureModel *model, guint layer);

static char *
cell_name (const NerveFigureModel *model, guint layer)
{
  return g_utf8_make_valid (nerve_dataset_get_layer (model->dataset, layer)->name, -1);
}

static char *
cell_kind (const NerveFigureModel *model, guint layer)
{
  return g_strdup (nerve_dataset_get_layer (model->dataset, layer)->kind);
}

static char *
cell_nodes (const NerveFigureModel *model, guint layer)
{
  NerveGraph *graph = model->layers[layer].graph;

  return graph != NULL ? nerve_text_count (nerve_mapper_get_n_nodes (graph->mapper)) : NULL;
}

static char *
cell_coverage (const NerveFigureModel *model, guint layer)
{
  NerveGraph *graph = model->layers[layer].graph;

  return graph != NULL ? nerve_text_percent (nerve_mapper_get_coverage (graph->mapper)) : NULL;
}

static char *
cell_purity (const NerveFigureModel *model, guint layer)
{
  NerveGraph *graph = model->layers[layer].graph;

  if (graph == NULL || graph->purity[0] == NULL)
    return NULL;

  return nerve_text_fixed (nerve_purity_get_nodewise (graph->purity[0]), 2);
}

static char *
cell_cycles (const NerveFigureModel *model, guint layer)
{
  NerveHomology *homology = model->layers[layer].homology;
  gsize n = 0;

  if (homology == NULL)
    return NULL;
  nerve_diagram_get_dimension (homology->diagram, 1, &n);

  return nerve_text_count (n);
}

static char *
cell_longest (const NerveFigureModel *model, guint layer)
{
  NerveHomology *homology = model->layers[layer].homology;
  double longest = 0;
  const NerveBar *bars;
  gsize n = 0;

  if (homology == NULL || !(homology->median > 0))
    return NULL;
  bars = nerve_diagram_get_dimension (homology->diagram, 1, &n);
  for (gsize i = 0; i < n; i++)
    if (isfinite (bars[i].death))
      longest = MAX (longest, bars[i].death - bars[i].birth);

  return nerve_text_number (longest / homology->median, 2);
}

static char *
cell_betti (const NerveFigureModel *model, guint layer)
{
  NerveBettiLayer *betti = model->layers[layer].betti;
  double means[4];

  if (betti == NULL)
    return NULL;
  nerve_betti_layer_mean (betti, 0, means);

  return nerve_text_number (means[3], 3);
}

static const struct { const char *title; double share; CellFunc cell; } columns[] = {
  { N_("Layer"), .27, cell_name }, { N_("Kind"), .13, cell_kind }, { N_("Nodes"), .09, cell_nodes },
  { N_("Coverage"), .11, cell_coverage }, { N_("Purity"), .09, cell_purity }, { N_("H₁ bars"), .1, cell_cycles },
  { N_("longest"), .1, cell_longest }, { "Ω", .11, cell_betti },
};

/* Names stand left, numbers right. @layer: -1 for the head. */
static void
draw_row (Report *self, int layer)
{
  const NerveStyle *style = &self->style;
  double x = self->margin;

  need (self, 1.5 * style->body);
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      double width = columns[i].share * self->width;
      gboolean is_number = i > 1;
      g_autofree char *text = layer < 0 ? g_strdup (_(columns[i].title))
                                        : columns[i].cell (self->model, (guint) layer);

      if (text != NULL)
        nerve_text_draw_within (self->cr, style, text, style->body, is_number ? NERVE_TEXT_RIGHT : 0,
                                layer < 0 ? style->dim : style->text, is_number ? x + width : x,
                                self->y + style->body, width - .5 * style->body);
      x += width;
    }
  self->y += 1.5 * style->body;
}

static void
draw_table (Report *self)
{
  draw_heading (self, _("Layers"), self->style.title);
  draw_row (self, -1);
  for (guint layer = 0; layer < self->model->n_layers; layer++)
    draw_row (self, (int) layer);
  draw_text (self, _("Purity of nodes by class. The longest bar of H₁ is in units of the median distance; Ω is the "
                     "mean number of components, holes and voids of an image's channels."), self->style.caption,
             self->style.dim);
}

static void
draw_opening (Report *self)
{
  NerveDataset *dataset = self->model->dataset;
  const char *model = nerve_dataset_get_attribute (dataset, "model");
  g_autofree char *file = g_path_get_basename (nerve_dataset_get_path (dataset));
  g_autofree char *title = g_utf8_make_valid (model != NULL && *model != '\0' ? model : file, -1);

  begin_page (self);
  draw_heading (self, title, 2 * self->style.title);
  draw_facts (self);
  draw_notes (self);
  if (self->model->n_columns > 0)
    draw_whole (self, "board", self->model->columns, self->model->n_columns);
  draw_table (self);
}

/* The network */

static gboolean
has_betti (const NerveFigureModel *model)
{
  for (guint i = 0; i < model->n_layers; i++)
    if (model->layers[i].betti != NULL)
      return TRUE;

  return FALSE;
}

static gboolean
has_graphs (const NerveFigureModel *model)
{
  for (guint i = 0; i < model->n_layers; i++)
    if (model->layers[i].graph != NULL)
      return TRUE;

  return FALSE;
}

static gboolean
has_matrix (const NerveFigureModel *model)
{
  return model->network != NULL && model->network->matrix != NULL;
}

static gboolean
has_parting (const NerveFigureModel *model)
{
  return model->network != NULL && model->network->parting != NULL;
}

static void
draw_network (Report *self)
{
  static const struct
  {
    const char *kind;
    gboolean  (*is_there) (const NerveFigureModel *model);
    gboolean    speaks; /* its own words are part of the drawing, or of one before */
  } figures[] = {
    { "decay", has_betti, FALSE }, { "purity", has_graphs, FALSE }, { "distances", has_matrix, FALSE },
    { "parting", has_parting, TRUE }, { "mix", has_parting, TRUE },
  };

  begin_page (self);
  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    {
      const NerveFigureKind *kind = nerve_figure_kind_find (figures[i].kind);
      g_autofree char *words = NULL;

      if (!figures[i].is_there (self->model))
        continue;
      words = figures[i].speaks ? NULL : kind->describe (self->model, 0);
      need (self, MIN (nerve_page_height (kind, self->model, self->model->columns, self->model->n_columns,
                                          &self->style, self->width), most_height (self)) + 7 * self->style.title);
      draw_heading (self, _(kind->title), self->style.title);
      if (words != NULL && *words != '\0')
        draw_text (self, words, self->style.body, self->style.dim);
      draw_whole (self, figures[i].kind, self->model->columns, self->model->n_columns);
    }
}

/* A layer */

static void
draw_layer (Report *self, guint layer)
{
  const NerveLayerResults *results = &self->model->layers[layer];
  const NerveLayer *info = nerve_dataset_get_layer (self->model->dataset, layer);
  g_autofree char *title = g_strdup_printf ("%u · %s", layer, info->name);
  g_autofree char *valid = g_utf8_make_valid (title, -1);
  static const char *const kinds[] = { "mapper", "diagram" };
  gboolean there[] = { results->graph != NULL, results->homology != NULL };

  if (!there[0] && !there[1])
    return;

  begin_page (self);
  draw_heading (self, valid, 1.4 * self->style.title);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *words = there[i] ? nerve_figure_kind_find (kinds[i])->describe (self->model, layer) : NULL;

      if (words != NULL && *words != '\0')
        draw_text (self, words, self->style.body, self->style.text);
    }
  self->y += self->style.body;
  if (there[0])
    draw_whole (self, "mapper", &layer, 1);
  if (there[1])
    draw_halves (self, layer, "diagram", "betti");
}

static void
draw_pages (Report *self)
{
  draw_opening (self);
  draw_network (self);
  for (guint layer = 0; layer < self->model->n_layers; layer++)
    draw_layer (self, layer);
  cairo_show_page (self->cr);
}

gboolean
nerve_report_write (const NerveFigureModel *model, const NerveReportOptions *options, const char *path,
                    GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char *file = g_path_get_basename (nerve_dataset_get_path (model->dataset));
  g_autofree char *title = g_strdup_printf (_("Report: %s"), file);
  g_autofree char *line = nerve_surface_one_line (title);
  g_autofree char *subject = nerve_surface_one_line (options->metadata != NULL ? options->metadata : "");
  cairo_surface_t *surface;
  Report self = { .model = model, .options = options };

  if (!(options->width >= LEAST_WIDTH && options->height >= LEAST_HEIGHT && options->width <= MOST_SIDE &&
        options->height <= MOST_SIDE))
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER,
                   _("pages of %.9g × %.9g points; they may have %g × %g to %g × %g"), options->width, options->height,
                   LEAST_WIDTH, LEAST_HEIGHT, MOST_SIDE, MOST_SIDE);
      return FALSE;
    }

  surface = nerve_pdf_new (bytes, options->width, options->height, line, subject);
  self.margin = MARGIN * options->width;
  self.width = options->width - 2 * self.margin;
  self.bottom = options->height - self.margin;
  nerve_style_init_print (&self.style, self.width, options->font != NULL ? options->font : "Lato 9");
  self.cr = cairo_create (surface);
  nerve_text_begin_plain ();
  draw_pages (&self);
  nerve_text_end_plain ();
  cairo_destroy (self.cr);
  nerve_style_clear (&self.style);

  return nerve_surface_end (surface, error) && nerve_surface_write (path, bytes, error);
}
