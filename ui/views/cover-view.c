#include "config.h"

#include "views/cover-view.h"

#include <math.h>

#include <glib/gi18n.h>

#include "figures/axes.h"
#include "figures/cover-bins.h"
#include "figures/text.h"
#include "views/view-style.h"

#define BAR_HEIGHT 4.
#define ROW_PITCH 6.
#define AXIS_HEIGHT 18.
#define HISTOGRAM_HEIGHT 56.

struct _NerveCoverView
{
  GtkWidget               parent_instance;
  const NerveFigureModel *model;
  NerveGraph             *graph;
  NerveStyle              style;
  NerveCoverBins          bins;
  double                  lower, upper; /* of the axis: values and intervals */
  guint                   n_rows;
  int                     hovered;      /* interval, -1: none */
};

G_DEFINE_FINAL_TYPE (NerveCoverView, nerve_cover_view, GTK_TYPE_WIDGET)

static void
find_range (NerveCoverView *self)
{
  const NerveInterval *intervals = nerve_mapper_get_intervals (self->graph->mapper);
  const double *lens = nerve_mapper_get_lens (self->graph->mapper);
  gsize n = nerve_cloud_get_n (nerve_mapper_get_cloud (self->graph->mapper));

  self->lower = INFINITY;
  self->upper = -INFINITY;
  for (gsize i = 0; i < n; i++)
    {
      self->lower = MIN (self->lower, lens[i]);
      self->upper = MAX (self->upper, lens[i]);
    }
  for (guint i = 0; i < nerve_mapper_get_n_intervals (self->graph->mapper); i++)
    {
      self->lower = MIN (self->lower, intervals[i].lower);
      self->upper = MAX (self->upper, intervals[i].upper);
    }
  if (!(self->upper > self->lower))
    {
      self->lower -= .5;
      self->upper = self->lower + 1;
    }
}

/* Again where other colours hold: another model, a dark window. */
static void
fill_bins (NerveCoverView *self)
{
  nerve_cover_bins_clear (&self->bins);
  if (self->graph != NULL)
    nerve_cover_bins_init (&self->bins, self->model, self->graph, &self->style, self->lower, self->upper);
}

/* As many rows of bars as it takes that none covers another. */
static guint
count_rows (NerveCoverView *self)
{
  const NerveInterval *intervals = nerve_mapper_get_intervals (self->graph->mapper);
  guint n = nerve_mapper_get_n_intervals (self->graph->mapper);
  double slack = (self->upper - self->lower) * 1e-6;
  guint rows = MIN (n, 2);

  while (rows < n && rows < 5 && intervals[0].upper > intervals[rows].lower + slack)
    rows++;

  return MAX (rows, 1);
}

static double
to_x (NerveCoverView *self, double value)
{
  return (value - self->lower) / (self->upper - self->lower) * gtk_widget_get_width (GTK_WIDGET (self));
}

/* From the axis up, in the order of a node's wedges. */
static void
draw_bin (NerveCoverView *self, cairo_t *cr, guint bin, double width)
{
  const NerveCoverBins *bins = &self->bins;
  double height = MAX (HISTOGRAM_HEIGHT * bins->points[bin] / bins->tallest, 1);
  double y = HISTOGRAM_HEIGHT;

  for (guint kind = 0; kind < bins->n_kinds && bins->points[bin] > 0; kind++)
    {
      guint at = bin * bins->n_kinds + kind;
      double part = height * bins->counts[at] / bins->points[bin];

      if (bins->plain)
        nerve_view_set_source (cr, self->style.text, .32);
      else
        nerve_view_set_source (cr, bins->colors[at], 1);
      cairo_rectangle (cr, bin * width + .4, y - part, width - .8, part);
      cairo_fill (cr);
      y -= part;
    }
}

static void
draw_histogram (NerveCoverView *self, cairo_t *cr)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self)) / (double) NERVE_COVER_BINS;

  for (guint bin = 0; bin < NERVE_COVER_BINS; bin++)
    draw_bin (self, cr, bin, width);

  nerve_view_set_source (cr, self->style.edge, 1);
  cairo_rectangle (cr, 0, HISTOGRAM_HEIGHT, gtk_widget_get_width (GTK_WIDGET (self)), 1);
  cairo_fill (cr);
}

static void
draw_bars (NerveCoverView *self, cairo_t *cr)
{
  const NerveInterval *intervals = nerve_mapper_get_intervals (self->graph->mapper);

  cairo_save (cr);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_width (cr, BAR_HEIGHT);
  for (guint i = 0; i < nerve_mapper_get_n_intervals (self->graph->mapper); i++)
    {
      double y = HISTOGRAM_HEIGHT + 7 + (i % self->n_rows) * ROW_PITCH;
      double left = to_x (self, intervals[i].lower) + BAR_HEIGHT / 2 + .5;
      double right = MAX (to_x (self, intervals[i].upper) - BAR_HEIGHT / 2 - .5, left + .01);

      if ((int) i == self->hovered)
        nerve_view_set_source (cr, self->style.accent, 1);
      else
        nerve_view_set_source (cr, self->style.text, .38);
      cairo_move_to (cr, left, y);
      cairo_line_to (cr, right, y);
      cairo_stroke (cr);
    }
  cairo_restore (cr);
}

static void
draw_hovered (NerveCoverView *self, cairo_t *cr)
{
  const NerveInterval *interval = &nerve_mapper_get_intervals (self->graph->mapper)[self->hovered];
  gsize n = nerve_mapper_get_interval_count (self->graph->mapper, self->hovered);
  double left = to_x (self, interval->lower);
  double right = to_x (self, interval->upper);
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  g_autofree char *text = NULL;
  double length;

  nerve_view_set_source (cr, self->style.accent, .16);
  cairo_rectangle (cr, left, 0, right - left, HISTOGRAM_HEIGHT);
  cairo_fill (cr);

  /* Translators: an interval of the cover and how many points lie in it */
  text = g_strdup_printf (ngettext ("interval %d: %zu point", "interval %d: %zu points", n), self->hovered, n);
  length = nerve_text_width (cr, &self->style, text, self->style.caption, 0);
  if (right + 6 + length < width)
    nerve_text_draw (cr, &self->style, text, self->style.caption, NERVE_TEXT_LEFT, self->style.accent_text,
                     right + 6, 10);
  else
    nerve_text_draw (cr, &self->style, text, self->style.caption, NERVE_TEXT_RIGHT, self->style.accent_text,
                     MAX (left - 6, length), 10);
}

static void
draw_axis (NerveCoverView *self, cairo_t *cr)
{
  double top = HISTOGRAM_HEIGHT + 6 + self->n_rows * ROW_PITCH;
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  NerveTicks ticks;

  nerve_ticks_linear (self->lower, self->upper, 6, &ticks);
  for (guint i = 0; i < ticks.n; i++)
    {
      g_autofree char *label = nerve_ticks_label (&ticks, i);
      double x = to_x (self, ticks.values[i]);
      double half = nerve_text_width (cr, &self->style, label, self->style.tick, 0) / 2;

      if (x < half || x > width - half)
        continue;
      nerve_view_set_source (cr, self->style.edge, 1);
      cairo_rectangle (cr, floor (x), top, 1, 3);
      cairo_fill (cr);
      nerve_text_draw (cr, &self->style, label, self->style.tick, NERVE_TEXT_CENTER, self->style.dim, x, top + 13);
    }
}

static void
nerve_cover_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  NerveCoverView *self = NERVE_COVER_VIEW (widget);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  cairo_t *cr;

  if (self->graph == NULL)
    return;

  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  draw_histogram (self, cr);
  draw_bars (self, cr);
  draw_axis (self, cr);
  if (self->hovered >= 0)
    draw_hovered (self, cr);
  cairo_destroy (cr);
}

static void
nerve_cover_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                          int *minimum_baseline, int *natural_baseline)
{
  NerveCoverView *self = NERVE_COVER_VIEW (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = 120;
  else
    *minimum = *natural = (int) (HISTOGRAM_HEIGHT + 6 + self->n_rows * ROW_PITCH + AXIS_HEIGHT);
}

/* Over the bars the one pointed at; over the histogram the one whose middle is nearest. */
static int
interval_at (NerveCoverView *self, double x, double y)
{
  const NerveInterval *intervals = nerve_mapper_get_intervals (self->graph->mapper);
  double value = self->lower + x / gtk_widget_get_width (GTK_WIDGET (self)) * (self->upper - self->lower);
  int row = y < HISTOGRAM_HEIGHT + 3 ? -1 : (int) ((y - HISTOGRAM_HEIGHT - 4) / ROW_PITCH);
  double nearest = INFINITY;
  int found = -1;

  for (guint i = 0; i < nerve_mapper_get_n_intervals (self->graph->mapper); i++)
    {
      double middle = (intervals[i].lower + intervals[i].upper) / 2;

      if (value < intervals[i].lower || value > intervals[i].upper || (row >= 0 && (int) (i % self->n_rows) != row))
        continue;
      if (fabs (value - middle) < nearest)
        {
          nearest = fabs (value - middle);
          found = i;
        }
    }

  return found;
}

static void
set_hovered (NerveCoverView *self, int interval)
{
  if (self->hovered == interval)
    return;

  self->hovered = interval;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_motion (NerveCoverView *self, double x, double y)
{
  set_hovered (self, self->graph != NULL ? interval_at (self, x, y) : -1);
}

static void
on_leave (NerveCoverView *self)
{
  set_hovered (self, -1);
}

static void
on_style_changed (GtkWidget *widget)
{
  NerveCoverView *self = NERVE_COVER_VIEW (widget);

  /* The window has gone, and the model with it; the widget may be held a little longer. */
  if (gtk_widget_get_root (widget) == NULL)
    return;
  nerve_style_clear (&self->style);
  nerve_view_style_init (&self->style);
  fill_bins (self);
  gtk_widget_queue_draw (widget);
}

static void
nerve_cover_view_finalize (GObject *object)
{
  NerveCoverView *self = NERVE_COVER_VIEW (object);

  g_clear_pointer (&self->graph, nerve_graph_unref);
  nerve_cover_bins_clear (&self->bins);
  nerve_style_clear (&self->style);

  G_OBJECT_CLASS (nerve_cover_view_parent_class)->finalize (object);
}

static void
nerve_cover_view_class_init (NerveCoverViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = nerve_cover_view_finalize;
  widget_class->measure = nerve_cover_view_measure;
  widget_class->snapshot = nerve_cover_view_snapshot;

  gtk_widget_class_set_css_name (widget_class, "cover");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
nerve_cover_view_init (NerveCoverView *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();

  self->hovered = -1;
  self->n_rows = 2;
  nerve_view_style_init (&self->style);
  nerve_view_style_watch (GTK_WIDGET (self), on_style_changed);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (on_leave), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Histogram of the lens values and the cover"), -1);
}

GtkWidget *
nerve_cover_view_new (void)
{
  return g_object_new (NERVE_TYPE_COVER_VIEW, NULL);
}

void
nerve_cover_view_set (NerveCoverView *self, const NerveFigureModel *model, NerveGraph *graph)
{
  guint n_rows = 2;

  g_return_if_fail (NERVE_IS_COVER_VIEW (self));

  if (self->graph != graph)
    self->hovered = -1;
  if (graph != NULL)
    nerve_graph_ref (graph);
  g_clear_pointer (&self->graph, nerve_graph_unref);
  self->graph = graph;
  self->model = model;
  if (graph != NULL)
    {
      find_range (self);
      n_rows = count_rows (self);
    }
  fill_bins (self);
  if (n_rows != self->n_rows)
    gtk_widget_queue_resize (GTK_WIDGET (self));
  self->n_rows = n_rows;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

const NerveCoverBins *
nerve_cover_view_get_bins (NerveCoverView *self)
{
  g_return_val_if_fail (NERVE_IS_COVER_VIEW (self), NULL);

  return self->graph != NULL ? &self->bins : NULL;
}
