#include "figures/kinds.h"

#include <math.h>

#include <glib/gi18n.h>

#include "figures/color.h"
#include "figures/diagram-numbers.h"
#include "figures/diagram-scale.h"
#include "figures/page.h"
#include "figures/text.h"
#include "figures/value-axis.h"
#include "homology/summaries.h"

#define MOST_VALUES 2048
#define N_LEVELS 5
#define BAND_INK .12
#define FADING .62
#define REACH 8. /* of the pointer */
#define STOP 4.  /* between the places on a curve that arrow keys go to */

static const char *const betti_names[] = { "β₀", "β₁", "β₂", "β₃", "β₄", "β₅", "β₆", "β₇", "β₈" };
static const char *const level_names[N_LEVELS] = { "λ₁", "λ₂", "λ₃", "λ₄", "λ₅" };

typedef struct
{
  const NerveHomology *homology;
  NerveValueAxis       axis;
  double               largest; /* the other axis reaches from 0 to here */
  gboolean             counts;  /* logarithmic, by 1 + value */
  gsize                n;
  double              *at;      /* distances, one a pixel or so */
} Curves;

static void
curves_clear (Curves *self)
{
  g_clear_pointer (&self->at, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Curves, curves_clear)

static gboolean
curves_init (Curves *self, const NerveFigureModel *model, guint layer, const NerveStyle *style, cairo_t *cr,
             double width, double height, const char *widest)
{
  double room = nerve_text_width (NULL, style, widest, style->tick, 0) + 4.5 * style->scale;

  self->homology = layer < model->n_layers ? model->layers[layer].homology : NULL;
  if (self->homology == NULL || width < 1 || height < 1)
    return FALSE;

  nerve_value_axis_init (&self->axis, model, layer, style, cr, width, height, room);
  self->n = CLAMP ((gsize) (2 * (self->axis.right - self->axis.left) / style->scale), 2, MOST_VALUES);
  self->at = g_new (double, self->n);
  nerve_summary_grid (0, self->axis.upper * self->axis.unit, self->n, self->at);

  return TRUE;
}

static double
height_of (const Curves *self, double value)
{
  double share = self->counts ? log1p (value) / log1p (self->largest) : value / self->largest;

  return self->axis.bottom - (self->axis.bottom - self->axis.top) * CLAMP (share, 0, 1);
}

/* 0, 1, 10, 100 … of counts; steps of 1-2-5 else. */
static void
paint_levels (const Curves *self)
{
  NerveTicks ticks = { .n = 0 };

  if (self->counts)
    for (double value = 1; value <= self->largest * 1.0001 && ticks.n < NERVE_MAX_TICKS; value *= 10)
      ticks.values[ticks.n++] = value;
  else
    nerve_ticks_linear (0, self->largest, 3, &ticks);
  for (guint i = 0; i < ticks.n; i++)
    {
      g_autofree char *label = nerve_ticks_label (&ticks, i);

      if (ticks.values[i] > 0)
        nerve_value_axis_level (&self->axis, height_of (self, ticks.values[i]), label);
    }
}

/* Counts jump, so that their lines have steps. */
static void
trace (const Curves *self, const double *at, const double *values, gsize n, gboolean is_reverse)
{
  for (gsize k = 0; k < n; k++)
    {
      gsize i = is_reverse ? n - 1 - k : k;
      double x = nerve_value_axis_x (&self->axis, at[i]);
      double y = height_of (self, values[i]);

      if (k == 0 && !is_reverse)
        cairo_move_to (self->axis.cr, x, y);
      cairo_line_to (self->axis.cr, x, y);
      if (self->counts && !is_reverse && i + 1 < n)
        cairo_line_to (self->axis.cr, nerve_value_axis_x (&self->axis, at[i + 1]), y);
    }
}

static void
stroke_curve (const Curves *self, const double *at, const double *values, gsize n, NerveColor color, double width,
              gboolean is_dashed)
{
  double px = self->axis.style->scale;
  double dashes[2] = { 3 * px, 2.5 * px };

  trace (self, at, values, n, FALSE);
  nerve_color_set (self->axis.cr, color);
  cairo_set_line_width (self->axis.cr, width * px);
  cairo_set_line_join (self->axis.cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_dash (self->axis.cr, dashes, is_dashed ? 2 : 0, 0);
  cairo_stroke (self->axis.cr);
  cairo_set_dash (self->axis.cr, NULL, 0, 0);
}

static void
paint_band (const Curves *self, int dimension)
{
  const NerveBootstrap *bands = self->homology->bands;
  NerveColor color = nerve_homology_color (self->axis.style, dimension);
  const double *at;
  gsize n;

  if (bands == NULL || dimension > nerve_bootstrap_get_max_dimension (bands))
    return;

  at = nerve_bootstrap_get_at (bands, &n);
  trace (self, at, nerve_bootstrap_get_line (bands, dimension, NERVE_BAND_HIGH), n, FALSE);
  trace (self, at, nerve_bootstrap_get_line (bands, dimension, NERVE_BAND_LOW), n, TRUE);
  cairo_close_path (self->axis.cr);
  nerve_color_set (self->axis.cr, nerve_color_mix (color, self->axis.style->card, BAND_INK));
  cairo_fill (self->axis.cr);
  stroke_curve (self, at, nerve_bootstrap_get_line (bands, dimension, NERVE_BAND_MEAN), n,
                nerve_color_mix (color, self->axis.style->card, .55), .8, FALSE);
}

/* A name's box: its left end, its middle's height. */
typedef struct
{
  double x, y, width, half;
} NamePlace;

/* How much of @n_curves curves, one after the other in @values, runs through a name's box. */
static guint
count_covered (const Curves *self, const double *values, guint n_curves, const NamePlace *place)
{
  guint n = 0;

  for (gsize i = 0; i + 1 < self->n; i++)
    {
      double x = nerve_value_axis_x (&self->axis, self->at[i]);

      for (guint curve = 0; curve < n_curves && x > place->x - 2 && x < place->x + place->width + 2; curve++)
        {
          double one = height_of (self, values[curve * self->n + i]);
          double other = height_of (self, values[curve * self->n + i + 1]);

          n += MIN (one, other) < place->y + place->half && MAX (one, other) > place->y - place->half;
        }
    }

  return n;
}

/* Near its curve's highest point and above it, where no curve runs through it; in any case clear of the frame. */
static void
paint_name (const Curves *self, const double *values, guint n_curves, guint curve, const char *name, NerveColor color,
            gboolean is_strong)
{
  const NerveStyle *style = self->axis.style;
  const double *own = values + curve * self->n;
  const guint bold = is_strong ? NERVE_TEXT_BOLD : 0;
  double width = nerve_text_width (self->axis.cr, style, name, style->tick, bold);
  double gap = 4 * style->scale;
  NamePlace best = { 0 };
  double least = INFINITY;
  gsize peak = 0;

  for (gsize i = 1; i < self->n; i++)
    if (own[i] > own[peak])
      peak = i;
  if (own[peak] <= 0)
    return;

  for (gsize i = 0; i < self->n; i += MAX (self->n / 128, 1))
    for (int side = -1; side <= 1; side++)
      {
        double at = nerve_value_axis_x (&self->axis, self->at[i]);
        NamePlace place = { at + gap, height_of (self, own[i]) - .7 * style->tick, width, .5 * style->tick };
        double cost = fabs (at - nerve_value_axis_x (&self->axis, self->at[peak])) + 30 * gap * (own[i] <= 0);

        if (side < 0)
          place.x = at - gap - width;
        if (side > 0)
          place.y = height_of (self, own[i]) + .7 * style->tick;
        place.x = CLAMP (place.x, self->axis.left + gap, MAX (self->axis.right - width, self->axis.left + gap));
        place.y = CLAMP (place.y, self->axis.top + .4 * style->tick, self->axis.bottom - .7 * style->tick);
        cost += (side > 0 ? gap : 0) + 1000 * count_covered (self, values, n_curves, &place);
        if (!(cost < least))
          continue;
        least = cost;
        best = place;
      }
  nerve_text_draw (self->axis.cr, style, name, style->tick, NERVE_TEXT_MIDDLE | bold, color, best.x, best.y);
}

/* In print: how the points were taken, and what the bands are. */
static char *
describe_bands (const NerveHomology *homology, const NerveStyle *style)
{
  g_autofree char *sample = nerve_diagram_sample_text (homology);
  g_autofree char *size = NULL;

  if (homology->bands == NULL)
    return nerve_page_has (style, NERVE_PAGE_CAPTION) ? g_strdup (_("Betti numbers")) : g_steal_pointer (&sample);

  size = nerve_text_count (nerve_bootstrap_get_size (homology->bands));

  /* Translators: how many points; how often they were drawn anew, so many at a time */
  return g_strdup_printf (_("%s; bands: %u draws of %s"), sample, nerve_bootstrap_get_draws (homology->bands), size);
}

static double
largest_of (const double *values, gsize n, double least)
{
  for (gsize i = 0; i < n; i++)
    least = MAX (least, values[i]);

  return least;
}

/* Which columns have the axis of @layer: all of them, unless each pane is fitted; itself in any case. */
static guint
find_peers (const NerveFigureModel *model, guint layer, const NerveHomology *peers[])
{
  guint n = 0;

  peers[n++] = model->layers[layer].homology;
  for (guint c = 0; c < model->n_columns && model->units != NERVE_UNITS_FIT; c++)
    if (model->columns[c] != layer && model->columns[c] < model->n_layers
        && model->layers[model->columns[c]].homology != NULL)
      peers[n++] = model->layers[model->columns[c]].homology;
  for (guint i = 0; i < model->n_beside && model->units != NERVE_UNITS_FIT; i++)
    peers[n++] = model->beside[i];

  return n;
}

/* The most that are alive at once: right after a birth. */
static double
most_of (const NerveDiagram *diagram, int dimension)
{
  gsize n;
  const NerveBar *bars = nerve_diagram_get_dimension (diagram, dimension, &n);
  g_autofree double *births = g_new (double, n);
  g_autofree double *alive = g_new (double, n);

  for (gsize i = 0; i < n; i++)
    births[i] = bars[i].birth;
  nerve_summary_betti (diagram, dimension, births, n, alive);

  return largest_of (alive, n, 0);
}

static double
largest_count (const NerveHomology *homology)
{
  const NerveBootstrap *bands = homology->bands;
  double largest = 1;

  for (int dimension = 0; dimension <= nerve_diagram_get_max_dimension (homology->diagram); dimension++)
    largest = MAX (largest, most_of (homology->diagram, dimension));
  for (int dimension = 0; bands != NULL && dimension <= nerve_bootstrap_get_max_dimension (bands); dimension++)
    {
      gsize n;

      nerve_bootstrap_get_at (bands, &n);
      largest = largest_of (nerve_bootstrap_get_line (bands, dimension, NERVE_BAND_HIGH), n, largest);
    }

  return largest;
}

static void
find_largest_count (Curves *self, const NerveFigureModel *model, guint layer)
{
  const NerveHomology *peers[G_N_ELEMENTS (model->columns) + 1 + NERVE_MOST_BESIDE];
  guint n = find_peers (model, layer, peers);

  self->largest = 1;
  for (guint i = 0; i < n; i++)
    self->largest = MAX (self->largest, largest_count (peers[i]));
  /* Room for the name above the highest point. */
  self->largest *= 2.5;
}

/* @values: (out): dimension by dimension, to be freed. Returns how many dimensions. */
static int
measure_betti (Curves *self, const NerveFigureModel *model, guint layer, double **values)
{
  int n_dimensions = nerve_diagram_get_max_dimension (self->homology->diagram) + 1;

  *values = g_new (double, n_dimensions * self->n);
  for (int i = 0; i < n_dimensions; i++)
    nerve_summary_betti (self->homology->diagram, i, self->at, self->n, *values + i * self->n);
  find_largest_count (self, model, layer);

  return n_dimensions;
}

/* A place on the @i-th curve, which is @value there. */
static NerveHit
make_hit (const Curves *self, const char *const *names, guint i, guint layer, double x, double value)
{
  return (NerveHit) {
    NERVE_HIT_CURVE, layer, i, x, height_of (self, value), 3 * self->axis.style->scale,
    .at = nerve_value_axis_value (&self->axis, x) / self->axis.unit, .value = value,
    .name = g_intern_static_string (names[i]),
  };
}

/* The nearest of the curves with these @values at @x; a hit says where on it, and how much that is. */
static gboolean
find_curve (const Curves *self, const double *values, const char *const *names, guint n, guint layer, double x,
            double y, NerveHit *hit)
{
  double nearest = REACH * self->axis.style->scale;
  gboolean found = FALSE;

  for (guint i = 0; i < n; i++)
    {
      double away = fabs (y - height_of (self, values[i]));

      if (away >= nearest)
        continue;
      nearest = away;
      found = TRUE;
      *hit = make_hit (self, names, i, layer, x, values[i]);
    }

  return found;
}

void
nerve_betti_figure_draw (const NerveFigureModel *model, guint layer, const NerveStyle *style, cairo_t *cr,
                         double width, double height)
{
  g_auto (Curves) self = { .counts = TRUE };
  g_autofree double *values = NULL;
  g_autofree char *caption = NULL;
  int n_dimensions;

  if (!curves_init (&self, model, layer, style, cr, width, height, "1000"))
    return;

  n_dimensions = measure_betti (&self, model, layer, &values);
  cairo_save (cr);
  caption = describe_bands (self.homology, style);
  nerve_value_axis_caption (&self.axis, caption);
  paint_levels (&self);
  nerve_value_axis_paint (&self.axis);
  for (int i = 0; i < n_dimensions; i++)
    paint_band (&self, i);
  for (int i = 0; i < n_dimensions; i++)
    {
      NerveColor color = nerve_homology_color (style, i);

      stroke_curve (&self, self.at, values + i * self.n, self.n, color, nerve_homology_width (i),
                    nerve_homology_is_dashed (i));
      if (i < (int) G_N_ELEMENTS (betti_names))
        paint_name (&self, values, n_dimensions, i, betti_names[i], i == 1 ? style->text : style->dim, i == 1);
    }
  cairo_restore (cr);
}

/* What the curves are at the pointer itself, between the steps of the drawing too. */
gboolean
nerve_betti_figure_hit (const NerveFigureModel *model, guint layer, const NerveStyle *style, double width,
                        double height, double x, double y, NerveHit *hit)
{
  g_auto (Curves) self = { .counts = TRUE };
  g_autofree double *values = NULL;
  g_autofree double *here = NULL;
  int n_dimensions;
  double at;

  if (!curves_init (&self, model, layer, style, NULL, width, height, "1000")
      || !nerve_value_axis_covers (&self.axis, x))
    return FALSE;

  n_dimensions = measure_betti (&self, model, layer, &values);
  here = g_new (double, n_dimensions);
  at = nerve_value_axis_value (&self.axis, x);
  for (int i = 0; i < n_dimensions; i++)
    nerve_summary_betti (self.homology->diagram, i, &at, 1, &here[i]);

  return find_curve (&self, here, betti_names, MIN (n_dimensions, (int) G_N_ELEMENTS (betti_names)), layer, x, y,
                     hit);
}

/* Evenly along the axis, from its left end to its right one. */
static double
stop_x (const Curves *self, gsize stop, gsize n_stops)
{
  return self->axis.left + (self->axis.right - self->axis.left) * stop / (n_stops - 1);
}

/* Curve by curve, each from left to right. */
void
nerve_betti_figure_marks (const NerveFigureModel *model, guint layer, const NerveStyle *style, double width,
                          double height, GArray *hits)
{
  g_auto (Curves) self = { .counts = TRUE };
  g_autofree double *drawn = NULL;
  g_autofree double *at = NULL;
  g_autofree double *values = NULL;
  int n_dimensions;
  gsize n;

  if (!curves_init (&self, model, layer, style, NULL, width, height, "1000"))
    return;

  n_dimensions = measure_betti (&self, model, layer, &drawn);
  n_dimensions = MIN (n_dimensions, (int) G_N_ELEMENTS (betti_names));
  n = CLAMP ((gsize) ((self.axis.right - self.axis.left) / (STOP * style->scale)) + 1, 2, MOST_VALUES);
  at = g_new (double, n);
  values = g_new (double, n);
  for (gsize k = 0; k < n; k++)
    at[k] = nerve_value_axis_value (&self.axis, stop_x (&self, k, n));
  for (int i = 0; i < n_dimensions; i++)
    {
      nerve_summary_betti (self.homology->diagram, i, at, n, values);
      for (gsize k = 0; k < n; k++)
        {
          NerveHit hit = make_hit (&self, betti_names, i, layer, stop_x (&self, k, n), values[k]);

          g_array_append_val (hits, hit);
        }
    }
}

char *
nerve_betti_figure_describe (const NerveFigureModel *model, guint layer)
{
  NerveHomology *homology = layer < model->n_layers ? model->layers[layer].homology : NULL;
  g_autofree char *numbers = NULL;

  if (homology == NULL)
    return g_strdup (_("The Betti curves are not computed yet."));

  numbers = nerve_diagram_numbers_sentence (model, homology);

  /* Translators: a layer's name, then a list such as "300 bars in H₀, longest finite 0.42" */
  return g_strdup_printf (_("Betti curves of %s: %s."), nerve_dataset_get_layer (model->dataset, layer)->name, numbers);
}

/* Loops if there are any to speak of. */
static int
choose_dimension (const NerveDiagram *diagram)
{
  return MIN (nerve_diagram_get_max_dimension (diagram), 1);
}

/* Level by level, in units of the axis; (transfer full) */
static double *
measure_landscape (const Curves *self, const double *at, gsize n)
{
  double *values = g_new (double, N_LEVELS * n);
  const NerveDiagram *diagram = self->homology->diagram;

  nerve_summary_landscape (diagram, choose_dimension (diagram), at, n, N_LEVELS, values, NULL, NULL);
  for (gsize i = 0; i < N_LEVELS * n; i++)
    values[i] /= self->axis.unit;

  return values;
}

/* A tent is half as high as its bar is long. */
static void
set_highest (Curves *self, const NerveFigureModel *model, guint layer)
{
  const NerveHomology *peers[G_N_ELEMENTS (model->columns) + 1 + NERVE_MOST_BESIDE];
  guint n = find_peers (model, layer, peers);

  self->largest = 0;
  for (guint i = 0; i < n; i++)
    {
      NerveDiagramSummary summary;

      nerve_diagram_summarize (peers[i]->diagram, choose_dimension (peers[i]->diagram), &summary);
      if (isfinite (summary.longest))
        self->largest = MAX (self->largest, 1.12 * summary.longest / 2 / nerve_diagram_unit (model, peers[i]));
    }
  if (self->largest <= 0)
    self->largest = 1;
}

void
nerve_landscape_figure_draw (const NerveFigureModel *model, guint layer, const NerveStyle *style, cairo_t *cr,
                             double width, double height)
{
  g_auto (Curves) self = { .counts = FALSE };
  g_autofree double *values = NULL;
  g_autofree char *name = NULL;
  g_autofree char *sample = NULL;
  g_autofree char *caption = NULL;
  int dimension;

  if (!curves_init (&self, model, layer, style, cr, width, height, "0.0000"))
    return;

  dimension = choose_dimension (self.homology->diagram);
  values = measure_landscape (&self, self.at, self.n);
  set_highest (&self, model, layer);

  cairo_save (cr);
  name = nerve_homology_name (dimension);
  sample = nerve_diagram_sample_text (self.homology);
  if (nerve_page_has (style, NERVE_PAGE_CAPTION))
    /* Translators: "Landscape of H₁" */
    caption = g_strdup_printf (_("Landscape of %s"), name);
  else
    /* Translators: "Landscape of H₁; 300 points" */
    caption = g_strdup_printf (_("Landscape of %s; %s"), name, sample);
  nerve_value_axis_caption (&self.axis, caption);
  paint_levels (&self);
  nerve_value_axis_paint (&self.axis);
  for (guint level = N_LEVELS; level-- > 0;)
    {
      NerveColor color = nerve_color_mix (style->text, style->card, .88 * pow (FADING, level));

      stroke_curve (&self, self.at, values + level * self.n, self.n, color, level == 0 ? 2.2 : 1.4, FALSE);
      if (level == 0)
        paint_name (&self, values, 1, 0, level_names[0], style->text, TRUE);
    }
  cairo_restore (cr);
}

gboolean
nerve_landscape_figure_hit (const NerveFigureModel *model, guint layer, const NerveStyle *style, double width,
                            double height, double x, double y, NerveHit *hit)
{
  g_auto (Curves) self = { .counts = FALSE };
  g_autofree double *values = NULL;
  g_autofree double *here = NULL;
  double at;

  if (!curves_init (&self, model, layer, style, NULL, width, height, "0.0000")
      || !nerve_value_axis_covers (&self.axis, x))
    return FALSE;

  values = measure_landscape (&self, self.at, self.n);
  set_highest (&self, model, layer);
  at = nerve_value_axis_value (&self.axis, x);
  here = measure_landscape (&self, &at, 1);

  return find_curve (&self, here, level_names, N_LEVELS, layer, x, y, hit);
}

char *
nerve_landscape_figure_describe (const NerveFigureModel *model, guint layer)
{
  NerveHomology *homology = layer < model->n_layers ? model->layers[layer].homology : NULL;
  g_autofree char *longest = NULL;
  g_autofree char *name = NULL;
  NerveDiagramSummary summary;

  if (homology == NULL)
    return g_strdup (_("The landscape is not computed yet."));

  nerve_diagram_summarize (homology->diagram, choose_dimension (homology->diagram), &summary);
  name = nerve_homology_name (choose_dimension (homology->diagram));
  longest = nerve_text_number (summary.longest / 2, 2);

  /* Translators: a layer's name, "H₁", half the length of its longest bar */
  return g_strdup_printf (_("Persistence landscape of %s in %s; its highest peak is %s."),
                          nerve_dataset_get_layer (model->dataset, layer)->name, name, longest);
}
