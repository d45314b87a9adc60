#include "figures/kinds.h"

#include <math.h>

#include <glib/gi18n.h>

#include "figures/flow-bars.h"
#include "figures/noise.h"
#include "figures/text.h"

#define SIDE .36      /* of the width: a graph */
#define LEADING 1.45  /* of the table */
#define MOST_TABLE .4 /* of the height */
#define RATIO .8      /* of a graph on a page, height over width */

/* One file's graph, as the mapper figure draws it. */
typedef struct
{
  NerveFigureModel   model;
  NerveLayerResults *layers;
  guint              layer;
  double             x;
} Side;

typedef struct
{
  const NerveStyle *style;
  const NerveNoise *noise;
  Side              sides[NERVE_N_NOISE_SIDES];
  NerveCoupling    *coupling[1];
  NerveFlowBars     bars;
  double            width;
  double            pane;   /* a graph's width */
  double            top;
  double            bottom; /* of the graphs; the table is below */
  double            left;   /* of the bars between them */
  guint             n_rows;
} Plot;

/* The table: what is said of both. */

static char *count_of (guint n) { return g_strdup_printf ("%u", n); }
static char *nodes_of (const NerveNoiseSummary *of) { return count_of (of->nodes); }
static char *components_of (const NerveNoiseSummary *of) { return count_of (of->components); }
static char *cycles_of (const NerveNoiseSummary *of) { return count_of (of->cycles); }
static char *coverage_of (const NerveNoiseSummary *of) { return nerve_text_percent (of->coverage); }

static char *
purity_of (const NerveNoiseSummary *of)
{
  return isnan (of->purity) ? NULL : nerve_text_number (of->purity, 2);
}

static char *
accuracy_of (const NerveNoiseSummary *of)
{
  return isnan (of->accuracy) ? NULL : nerve_text_percent (of->accuracy);
}

/* The most important first: where there is little room, the last ones are left out. */
static const struct
{
  const char *name;
  char     *(*value) (const NerveNoiseSummary *of); /* NULL: not known */
} rows[] = {
  { N_("nodes"), nodes_of },
  { N_("coverage"), coverage_of },
  { N_("components"), components_of },
  { N_("cycles (β₁)"), cycles_of },
  { N_("node purity"), purity_of },
  { N_("accuracy"), accuracy_of },
};

/* Without what neither file tells. */
static gboolean
is_told (const NerveNoise *noise, guint row)
{
  g_autofree char *clean = rows[row].value (&noise->summaries[NERVE_NOISE_CLEAN]);
  g_autofree char *noisy = rows[row].value (&noise->summaries[NERVE_NOISE_NOISY]);

  return clean != NULL || noisy != NULL;
}

static guint
count_rows (const NerveNoise *noise)
{
  guint n = 1; /* the distance */

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    n += is_told (noise, i);

  return n;
}

/* Graphs as high as elsewhere, with all of the table below them. */
double
nerve_noise_figure_height (const NerveFigureModel *model, const NerveStyle *style, double width)
{
  return 1.9 * style->body + RATIO * SIDE * width + (G_N_ELEMENTS (rows) + 1.4) * LEADING * style->tick;
}

static NerveNoise *
find_noise (const NerveFigureModel *model, guint layer)
{
  return model->network != NULL && layer < model->network->n_layers ? model->network->noises[layer] : NULL;
}

static void
side_init (Side *self, const NerveFigureModel *model, const NerveNoise *noise, NerveNoiseSide which, double x)
{
  guint n = nerve_dataset_get_n_layers (noise->datasets[which]);

  *self = (Side) { *model, g_new0 (NerveLayerResults, MAX (n, 1)), noise->layers[which], x };
  self->layers[self->layer].graph = noise->graphs[which];
  self->model.layers = self->layers;
  self->model.n_layers = n;
  self->model.dataset = noise->datasets[which];
  if (which == NERVE_NOISE_CLEAN)
    return;

  /* These are of the clean file's graph. */
  self->model.selected_layer = self->model.selected_node = -1;
  self->model.hover_layer = self->model.hover_node = -1;
}

static void
plot_clear (Plot *self)
{
  if (self->noise == NULL)
    return;

  nerve_flow_bars_clear (&self->bars);
  for (guint side = 0; side < NERVE_N_NOISE_SIDES; side++)
    g_free (self->sides[side].layers);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Plot, plot_clear)

static gboolean
plot_init (Plot *self, const NerveFigureModel *model, guint layer, const NerveStyle *style, double width,
           double height)
{
  NerveNoise *noise = find_noise (model, layer);
  double leading = LEADING * style->tick;
  NerveFlowEnd ends[NERVE_N_NOISE_SIDES];
  double gap;

  *self = (Plot) { .style = style };
  if (noise == NULL || width < 1 || height < 1)
    return FALSE;

  self->noise = noise;
  self->width = width;
  self->pane = SIDE * width;
  self->n_rows = MIN (count_rows (noise), (guint) ((style->print ? 1.3 : 1) * MOST_TABLE * height / leading));
  self->top = 1.9 * style->body;
  self->bottom = MAX (height - (self->n_rows + .4) * leading, self->top + 1);
  gap = .03 * width;
  self->left = self->pane + gap;
  for (guint side = 0; side < NERVE_N_NOISE_SIDES; side++)
    {
      side_init (&self->sides[side], model, noise, side, side == NERVE_NOISE_CLEAN ? 0 : width - self->pane);
      ends[side] = (NerveFlowEnd) { &self->sides[side].model, self->sides[side].layer, noise->graphs[side], NULL };
    }
  self->coupling[0] = noise->coupling;
  nerve_flow_bars_init (&self->bars, ends, NERVE_N_NOISE_SIDES, self->coupling, 1, style,
                        MAX (width - 2 * self->left, 1), MAX (self->bottom - self->top, 1));

  return TRUE;
}

static void
draw_name (const Plot *self, cairo_t *cr, NerveNoiseSide which)
{
  const NerveStyle *style = self->style;
  g_autofree char *file = g_path_get_basename (nerve_dataset_get_path (self->noise->datasets[which]));
  g_autofree char *valid = g_utf8_make_valid (file, -1);
  g_autofree char *text = NULL;
  double room = .48 * self->width;
  double width;

  /* Translators: a file's name */
  text = g_strdup_printf (which == NERVE_NOISE_CLEAN ? _("clean: %s") : _("noisy: %s"), valid);
  width = MIN (nerve_text_width (cr, style, text, style->body, 0), room);
  nerve_text_draw_within (cr, style, text, style->body, 0, style->text,
                          which == NERVE_NOISE_CLEAN ? 0 : self->width - width, 1.1 * style->body, room + 1);
}

static void
draw_side (const Plot *self, cairo_t *cr, NerveNoiseSide which)
{
  const Side *side = &self->sides[which];

  cairo_save (cr);
  cairo_translate (cr, side->x, self->top);
  nerve_mapper_figure_draw (&side->model, side->layer, self->style, cr, self->pane, self->bottom - self->top);
  cairo_restore (cr);
}

static double
names_width (const Plot *self, cairo_t *cr)
{
  double width = 0;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    width = MAX (width, nerve_text_width (cr, self->style, _(rows[i].name), self->style->tick, 0));

  return width;
}

static char *
distance_text (const NerveNoise *noise)
{
  g_autofree char *distance = NULL;

  if (noise->coupling == NULL)
    return g_strdup (_("a graph without nodes has no distance"));
  distance = nerve_text_number (nerve_coupling_get_distance (noise->coupling), 2);

  /* Translators: a number; of two mapper graphs */
  return g_strdup_printf (_("distance %s"), distance);
}

/* The names stand below the ribbons, the values at either side of them. */
static void
draw_table (const Plot *self, cairo_t *cr)
{
  const NerveStyle *style = self->style;
  double tick = style->tick;
  double middle = self->width / 2;
  double aside = names_width (self, cr) / 2 + 1.4 * tick;
  double y = self->bottom + 1.1 * LEADING * tick;
  g_autofree char *distance = distance_text (self->noise);
  guint n = self->n_rows;

  if (n == 0)
    return;
  nerve_text_draw_within (cr, style, distance, tick, NERVE_TEXT_CENTER, style->text, middle, y, self->width);
  for (guint i = 0, k = 1; i < G_N_ELEMENTS (rows) && k < n; i++)
    {
      g_autofree char *clean = rows[i].value (&self->noise->summaries[NERVE_NOISE_CLEAN]);
      g_autofree char *noisy = rows[i].value (&self->noise->summaries[NERVE_NOISE_NOISY]);

      if (clean == NULL && noisy == NULL)
        continue;
      y += LEADING * tick;
      k++;
      nerve_text_draw (cr, style, _(rows[i].name), tick, NERVE_TEXT_CENTER, style->dim, middle, y);
      nerve_text_draw (cr, style, clean != NULL ? clean : "–", tick, NERVE_TEXT_RIGHT, style->text, middle - aside, y);
      nerve_text_draw (cr, style, noisy != NULL ? noisy : "–", tick, 0, style->text, middle + aside, y);
    }
}

void
nerve_noise_figure_draw (const NerveFigureModel *model, guint layer, const NerveStyle *style, cairo_t *cr,
                         double width, double height)
{
  g_auto (Plot) self = { NULL };

  if (!plot_init (&self, model, layer, style, width, height))
    return;

  cairo_save (cr);
  cairo_translate (cr, self.left, self.top);
  nerve_flow_bars_draw (&self.bars, cr);
  cairo_restore (cr);
  for (guint side = 0; side < NERVE_N_NOISE_SIDES; side++)
    {
      draw_name (&self, cr, side);
      draw_side (&self, cr, side);
    }
  draw_table (&self, cr);
}

/* A node of the noisy inputs' graph is no node of the document's. */
static NerveHitKind
kind_of (NerveNoiseSide side)
{
  return side == NERVE_NOISE_CLEAN ? NERVE_HIT_NODE : NERVE_HIT_NOISY_NODE;
}

static void
move_hit (NerveHit *hit, NerveNoiseSide side, guint layer, double x, double y)
{
  hit->kind = kind_of (side);
  hit->layer = layer;
  hit->x += x;
  hit->y += y;
}

gboolean
nerve_noise_figure_hit (const NerveFigureModel *model, guint layer, const NerveStyle *style, double width,
                        double height, double x, double y, NerveHit *hit)
{
  g_auto (Plot) self = { NULL };
  NerveHit found = { NERVE_HIT_NODE };
  int column;

  if (!plot_init (&self, model, layer, style, width, height))
    return FALSE;
  for (guint i = 0; i < NERVE_N_NOISE_SIDES; i++)
    {
      const Side *side = &self.sides[i];

      if (x < side->x || x > side->x + self.pane ||
          !nerve_mapper_figure_hit (&side->model, side->layer, style, self.pane, self.bottom - self.top, x - side->x,
                                    y - self.top, hit))
        continue;
      move_hit (hit, i, layer, side->x, self.top);
      return TRUE;
    }

  column = nerve_flow_bars_find (&self.bars, x - self.left, y - self.top, &found);
  if (column < 0)
    return FALSE;
  move_hit (&found, column, layer, self.left, self.top);
  *hit = found;

  return TRUE;
}

/* Of the graphs alone: the bars are the same nodes. */
void
nerve_noise_figure_marks (const NerveFigureModel *model, guint layer, const NerveStyle *style, double width,
                          double height, GArray *hits)
{
  g_auto (Plot) self = { NULL };

  if (!plot_init (&self, model, layer, style, width, height))
    return;
  for (guint i = 0; i < NERVE_N_NOISE_SIDES; i++)
    {
      const Side *side = &self.sides[i];
      guint first = hits->len;

      nerve_mapper_figure_marks (&side->model, side->layer, style, self.pane, self.bottom - self.top, hits);
      for (guint k = first; k < hits->len; k++)
        move_hit (&g_array_index (hits, NerveHit, k), i, layer, side->x, self.top);
    }
}

char *
nerve_noise_figure_describe (const NerveFigureModel *model, guint layer)
{
  const NerveNoise *noise = find_noise (model, layer);
  const NerveNoiseSummary *clean, *noisy;
  g_autofree char *distance = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *number = NULL;

  if (noise == NULL)
    return g_strdup (_("There is no noise test yet: it takes the file of the noisy inputs."));

  clean = &noise->summaries[NERVE_NOISE_CLEAN];
  noisy = &noise->summaries[NERVE_NOISE_NOISY];
  before = nerve_text_percent (clean->coverage);
  after = nerve_text_percent (noisy->coverage);
  number = noise->coupling != NULL ? nerve_text_number (nerve_coupling_get_distance (noise->coupling), 2) : NULL;
  /* Translators: a number */
  distance = number != NULL ? g_strdup_printf (_("The distance of the graphs is %s."), number)
                            : g_strdup (_("One of the graphs has no nodes."));

  /* Translators: a layer; nodes and coverage, twice; a sentence */
  return g_strdup_printf (_("Noise test of %s: clean inputs make %u nodes, which cover %s of the points, noisy ones "
                            "%u, which cover %s. %s"), nerve_dataset_get_layer (model->dataset, layer)->name,
                          clean->nodes, before, noisy->nodes, after, distance);
}
