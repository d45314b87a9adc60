#include "config.h"

#include "views/distance-curve.h"

#include <math.h>

#include <glib/gi18n.h>

#include "figures/axes.h"
#include "figures/text.h"
#include "views/view-style.h"

#define TOP 8.
#define BOTTOM 20.
#define LEFT 28.
#define KNOB 7.

struct _NerveDistanceCurve
{
  GtkWidget  parent_instance;
  double    *distances;
  gsize      n;
  double     knee;
  double     eps;
  double     upper;
  double     drag_y;
  NerveStyle style;
};

enum { SIGNAL_DRAG_BEGIN, SIGNAL_EPS_CHANGED, SIGNAL_DRAG_END, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NerveDistanceCurve, nerve_distance_curve, GTK_TYPE_WIDGET)

typedef struct { double left, right, top, bottom; } Plot;

/* A label: where its text begins, and its baseline. */
typedef struct { double x, y, width, height; } Label;

static Plot
get_plot (NerveDistanceCurve *self)
{
  return (Plot) {
    LEFT, gtk_widget_get_width (GTK_WIDGET (self)) - 1, TOP, gtk_widget_get_height (GTK_WIDGET (self)) - BOTTOM,
  };
}

static double
to_y (NerveDistanceCurve *self, const Plot *plot, double distance)
{
  return plot->bottom - (plot->bottom - plot->top) * MIN (distance / self->upper, 1.02);
}

static double
to_x (NerveDistanceCurve *self, const Plot *plot, double rank)
{
  return plot->left + (plot->right - plot->left) * rank / MAX (self->n - 1, 1);
}

/* How many distances are at most @eps. */
static gsize
rank_of (NerveDistanceCurve *self, double eps)
{
  gsize low = 0, high = self->n;

  while (low < high)
    {
      gsize middle = (low + high) / 2;

      if (self->distances[middle] <= eps)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

static void
draw_grid (NerveDistanceCurve *self, cairo_t *cr, const Plot *plot)
{
  NerveTicks ticks;

  nerve_ticks_linear (0, self->upper, 3, &ticks);
  for (guint i = 0; i < ticks.n; i++)
    {
      g_autofree char *label = nerve_ticks_label (&ticks, i);
      double y = floor (to_y (self, plot, ticks.values[i]));

      nerve_view_set_source (cr, ticks.values[i] > 0 ? self->style.hairline : self->style.edge, 1);
      cairo_rectangle (cr, plot->left, y, plot->right - plot->left, 1);
      cairo_fill (cr);
      nerve_text_draw (cr, &self->style, label, self->style.tick, NERVE_TEXT_RIGHT | NERVE_TEXT_MIDDLE,
                       self->style.dim, plot->left - 6, y);
    }
}

static void
draw_ranks (NerveDistanceCurve *self, cairo_t *cr, const Plot *plot)
{
  g_autofree char *half = g_strdup_printf ("%zu", self->n / 2);
  g_autofree char *all = g_strdup_printf (ngettext ("%zu point", "%zu points", self->n), self->n);

  nerve_text_draw (cr, &self->style, "0", self->style.tick, NERVE_TEXT_LEFT, self->style.dim, plot->left,
                   plot->bottom + 15);
  nerve_text_draw (cr, &self->style, half, self->style.tick, NERVE_TEXT_CENTER, self->style.dim,
                   (plot->left + plot->right) / 2, plot->bottom + 15);
  nerve_text_draw (cr, &self->style, all, self->style.tick, NERVE_TEXT_RIGHT, self->style.dim, plot->right,
                   plot->bottom + 15);
}

/* How much of the label the curve and the other label take, and infinite where the plot ends. */
static double
crowding (NerveDistanceCurve *self, const Plot *plot, const Label *label, const Label *other)
{
  double crowded = 0;

  if (label->y - label->height < 0 || label->y > plot->bottom - 2)
    return INFINITY;
  if (label->x < other->x + other->width + 4 && other->x < label->x + label->width + 4 &&
      label->y - label->height < other->y + 2 && other->y - other->height < label->y + 2)
    crowded += label->width;
  for (double x = label->x; x < label->x + label->width; x++)
    {
      double rank = (x - plot->left) / MAX (plot->right - plot->left, 1) * (self->n - 1);
      double y = to_y (self, plot, self->distances[(gsize) CLAMP (rank, 0, self->n - 1)]);

      crowded += y > label->y - label->height - 2 && y < label->y + 2;
    }

  return crowded;
}

/* Beside the line at @y, above it or else below, at the left or at the right end of the plot: where least is. */
static void
place (NerveDistanceCurve *self, const Plot *plot, double y, gboolean at_right, const Label *other, Label *label)
{
  const double ends[] = { plot->left + 8, plot->right - label->width };
  double least = INFINITY;
  Label best = *label;

  for (guint i = 0; i < 4; i++)
    {
      Label here = { ends[(i / 2) ^ at_right], i % 2 == 0 ? y - 6 : y + label->height + 4, label->width,
                     label->height };
      double crowded = crowding (self, plot, &here, other);

      if (crowded < least)
        {
          least = crowded;
          best = here;
        }
    }
  *label = best;
}

static void
draw_knee_line (NerveDistanceCurve *self, cairo_t *cr, const Plot *plot, double y)
{
  const double dashes[] = { 3, 3 };

  cairo_save (cr);
  nerve_view_set_source (cr, self->style.dim, 1);
  cairo_set_line_width (cr, 1);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_move_to (cr, plot->left + .62 * (plot->right - plot->left), floor (y) + .5);
  cairo_line_to (cr, plot->right, floor (y) + .5);
  cairo_stroke (cr);
  cairo_restore (cr);
}

/* @eps: where ε's label is */
static void
draw_knee (NerveDistanceCurve *self, cairo_t *cr, const Plot *plot, const Label *eps)
{
  g_autofree char *number = NULL;
  g_autofree char *text = NULL;
  Label label = { 0, 0, 0, self->style.tick };
  double y;

  if (isnan (self->knee) || self->knee > self->upper)
    return;

  y = to_y (self, plot, self->knee);
  number = nerve_text_number (self->knee, 3);
  text = g_strdup_printf (_("knee %s"), number);
  label.width = nerve_text_width (cr, &self->style, text, self->style.tick, 0);
  draw_knee_line (self, cr, plot, y);
  place (self, plot, y, TRUE, eps, &label);
  nerve_text_draw (cr, &self->style, text, self->style.tick, 0, self->style.dim, label.x, label.y);
}

static void
draw_curve (NerveDistanceCurve *self, cairo_t *cr, const Plot *plot)
{
  /* More points than pixels show nothing more. */
  gsize stride = MAX (self->n / 600, 1);

  nerve_view_set_source (cr, self->style.text, 1);
  cairo_set_line_width (cr, 1.6);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (gsize i = 0; i < self->n; i += stride)
    cairo_line_to (cr, to_x (self, plot, i), to_y (self, plot, self->distances[i]));
  cairo_line_to (cr, to_x (self, plot, self->n - 1), to_y (self, plot, self->distances[self->n - 1]));
  cairo_stroke (cr);
}

static Label
place_eps (NerveDistanceCurve *self, cairo_t *cr, const Plot *plot, const char *text)
{
  const Label none = { -1000, 0, 0, 0 };
  Label label = { 0, 0, 0, self->style.caption };

  if (isnan (self->eps))
    return none;
  label.width = nerve_text_width (cr, &self->style, text, self->style.caption, NERVE_TEXT_BOLD);
  place (self, plot, to_y (self, plot, self->eps), FALSE, &none, &label);

  return label;
}

static void
draw_eps (NerveDistanceCurve *self, cairo_t *cr, const Plot *plot, const char *text, const Label *label)
{
  double y = to_y (self, plot, self->eps);
  double x = to_x (self, plot, MIN (rank_of (self, self->eps), self->n - 1));

  nerve_view_set_source (cr, self->style.accent, .09);
  cairo_rectangle (cr, plot->left, y, plot->right - plot->left, plot->bottom - y);
  cairo_fill (cr);
  nerve_view_set_source (cr, self->style.accent, 1);
  cairo_rectangle (cr, plot->left, y - 1, plot->right - plot->left, 2);
  cairo_fill (cr);
  nerve_text_draw (cr, &self->style, text, self->style.caption, NERVE_TEXT_BOLD, self->style.accent_text, label->x,
                   label->y);

  x = CLAMP (x, plot->left + KNOB, plot->right - KNOB - 1);
  cairo_arc (cr, x, y, KNOB + 1, 0, 2 * G_PI);
  cairo_fill (cr);
  cairo_arc (cr, x, y, KNOB - 1, 0, 2 * G_PI);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_fill (cr);
}

static void
nerve_distance_curve_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  NerveDistanceCurve *self = NERVE_DISTANCE_CURVE (widget);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  Plot plot = get_plot (self);
  g_autofree char *number = NULL;
  g_autofree char *text = NULL;
  Label label;
  cairo_t *cr;

  if (self->n == 0 || !(self->upper > 0))
    return;

  number = nerve_text_number (self->eps, 3);
  text = g_strdup_printf ("ε = %s", number);

  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  draw_grid (self, cr, &plot);
  draw_ranks (self, cr, &plot);
  label = place_eps (self, cr, &plot, text);
  draw_knee (self, cr, &plot, &label);
  draw_curve (self, cr, &plot);
  if (!isnan (self->eps))
    draw_eps (self, cr, &plot, text, &label);
  cairo_destroy (cr);
}

static void
nerve_distance_curve_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                              int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 120 : 122;
}

/* Dragging */

static void
drag_to (NerveDistanceCurve *self, double y)
{
  Plot plot = get_plot (self);
  double eps = (plot.bottom - y) / (plot.bottom - plot.top) * self->upper;
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  eps = CLAMP (eps, self->upper / 1000, self->upper);
  /* Three digits: what one can read is what is meant. */
  eps = g_ascii_strtod (g_ascii_formatd (text, sizeof text, "%.3g", eps), NULL);
  if (eps == self->eps)
    return;

  nerve_distance_curve_set_eps (self, eps);
  g_signal_emit (self, signals[SIGNAL_EPS_CHANGED], 0, eps);
}

static void
on_drag_begin (NerveDistanceCurve *self, double x, double y, GtkGesture *gesture)
{
  if (self->n == 0)
    {
      gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_DENIED);
      return;
    }

  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  self->drag_y = y;
  g_signal_emit (self, signals[SIGNAL_DRAG_BEGIN], 0);
  drag_to (self, y);
}

static void
on_drag_update (NerveDistanceCurve *self, double dx, double dy)
{
  drag_to (self, self->drag_y + dy);
}

static void
on_drag_end (NerveDistanceCurve *self, double dx, double dy)
{
  g_signal_emit (self, signals[SIGNAL_DRAG_END], 0);
}

static void
on_style_changed (GtkWidget *widget)
{
  NerveDistanceCurve *self = NERVE_DISTANCE_CURVE (widget);

  nerve_style_clear (&self->style);
  nerve_view_style_init (&self->style);
  gtk_widget_queue_draw (widget);
}

static void
nerve_distance_curve_finalize (GObject *object)
{
  NerveDistanceCurve *self = NERVE_DISTANCE_CURVE (object);

  g_free (self->distances);
  nerve_style_clear (&self->style);

  G_OBJECT_CLASS (nerve_distance_curve_parent_class)->finalize (object);
}

static void
nerve_distance_curve_class_init (NerveDistanceCurveClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = nerve_distance_curve_finalize;
  widget_class->measure = nerve_distance_curve_measure;
  widget_class->snapshot = nerve_distance_curve_snapshot;

  signals[SIGNAL_DRAG_BEGIN] = g_signal_new ("drag-begin", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                             0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_EPS_CHANGED] = g_signal_new ("eps-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                              0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_DOUBLE);
  signals[SIGNAL_DRAG_END] = g_signal_new ("drag-end", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "curve");
  /* The slider below it is what the keyboard and a screen reader use. */
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
nerve_distance_curve_init (NerveDistanceCurve *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  self->knee = self->eps = NAN;
  nerve_view_style_init (&self->style);
  nerve_view_style_watch (GTK_WIDGET (self), on_style_changed);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (on_drag_end), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "ns-resize");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Distances to the neighbour that makes a point a core point, sorted"), -1);
}

GtkWidget *
nerve_distance_curve_new (void)
{
  return g_object_new (NERVE_TYPE_DISTANCE_CURVE, NULL);
}

void
nerve_distance_curve_set (NerveDistanceCurve *self, const double *distances, gsize n, double knee)
{
  gsize finite;

  g_return_if_fail (NERVE_IS_DISTANCE_CURVE (self));

  g_free (self->distances);
  for (finite = distances != NULL ? n : 0; finite > 0 && !isfinite (distances[finite - 1]); finite--)
    ;
  self->distances = g_memdup2 (distances, finite * sizeof *distances);
  self->n = finite;
  self->knee = knee;
  self->upper = 0;
  /* A few far outliers would press everything else flat. */
  if (finite > 0)
    self->upper = MIN (distances[finite - 1], 2.5 * distances[(gsize) (.75 * (finite - 1))]);
  if (finite > 0 && !(self->upper > 0))
    self->upper = distances[finite - 1];
  gtk_widget_set_visible (GTK_WIDGET (self), self->upper > 0);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
nerve_distance_curve_set_eps (NerveDistanceCurve *self, double eps)
{
  g_return_if_fail (NERVE_IS_DISTANCE_CURVE (self));

  self->eps = eps;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

double
nerve_distance_curve_get_upper (NerveDistanceCurve *self)
{
  g_return_val_if_fail (NERVE_IS_DISTANCE_CURVE (self), 0);
  return self->upper;
}
