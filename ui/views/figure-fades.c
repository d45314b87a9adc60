#include "config.h"

#include "views/figure-fades.h"

#include <adwaita.h>

#define FADE_TIME 120 /* ms */
#define HURRY 200     /* ms; pictures that follow one another faster, as under a hand that brushes, don't fade */
#define STALE_OPACITY .4

struct _NerveFigureFades
{
  GtkWidget    *widget; /* not owned: it owns us */
  GdkTexture   *leaving;
  gint64        started; /* µs; when the picture came that is there now */
  AdwAnimation *fade;
  double        fade_value;
  AdwAnimation *dim;
  double        dim_value;
  gboolean      dimmed;
};

static void
set_fade_value (double value, gpointer user_data)
{
  NerveFigureFades *self = user_data;

  self->fade_value = value;
  if (value >= 1)
    g_clear_object (&self->leaving);
  gtk_widget_queue_draw (self->widget);
}

static void
set_dim_value (double value, gpointer user_data)
{
  NerveFigureFades *self = user_data;

  self->dim_value = value;
  gtk_widget_queue_draw (self->widget);
}

/* Skipping one sets it to @to, whether it ever ran or not. */
static AdwAnimation *
make_animation (NerveFigureFades *self, double to, AdwAnimationTargetFunc func)
{
  AdwAnimation *animation = adw_timed_animation_new (self->widget, 0, to, FADE_TIME,
                                                     adw_callback_animation_target_new (func, self, NULL));

  adw_timed_animation_set_easing (ADW_TIMED_ANIMATION (animation), ADW_EASE_OUT_CUBIC);

  return animation;
}

NerveFigureFades *
nerve_figure_fades_new (GtkWidget *widget)
{
  NerveFigureFades *self = g_new0 (NerveFigureFades, 1);

  self->widget = widget;
  self->fade = make_animation (self, 1, set_fade_value);
  self->dim = make_animation (self, 0, set_dim_value);

  return self;
}

void
nerve_figure_fades_free (NerveFigureFades *self)
{
  nerve_figure_fades_skip (self);
  g_object_unref (self->fade);
  g_object_unref (self->dim);
  g_clear_object (&self->leaving);
  g_free (self);
}

void
nerve_figure_fades_start (NerveFigureFades *self, GdkTexture *leaving)
{
  gint64 now = g_get_monotonic_time ();
  GdkTexture *faded = now - self->started < HURRY * 1000 ? NULL : leaving;

  self->started = now;
  adw_animation_skip (self->fade);
  if (!g_set_object (&self->leaving, faded) || faded == NULL)
    return;

  self->fade_value = 0;
  adw_animation_play (self->fade);
}

void
nerve_figure_fades_set_dimmed (NerveFigureFades *self, gboolean dimmed)
{
  if (self->dimmed == dimmed)
    return;

  self->dimmed = dimmed;
  adw_timed_animation_set_value_from (ADW_TIMED_ANIMATION (self->dim), self->dim_value);
  adw_timed_animation_set_value_to (ADW_TIMED_ANIMATION (self->dim), dimmed);
  adw_animation_play (self->dim);
}

void
nerve_figure_fades_skip (NerveFigureFades *self)
{
  adw_animation_skip (self->fade);
  adw_animation_skip (self->dim);
}

GdkTexture *
nerve_figure_fades_get_leaving (NerveFigureFades *self)
{
  return self->leaving;
}

double
nerve_figure_fades_get_progress (NerveFigureFades *self)
{
  return self->fade_value;
}

double
nerve_figure_fades_get_opacity (NerveFigureFades *self)
{
  return 1 - (1 - STALE_OPACITY) * self->dim_value;
}
