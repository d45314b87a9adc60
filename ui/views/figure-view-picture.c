#include "config.h"

#include <glib/gi18n.h>

#include "views/figure-view-private.h"
#include "views/model-snapshot.h"

#define QUICK (60 * 1000) /* µs */

gboolean
nerve_figure_view_has_results (NerveFigureView *self)
{
  return self->kind != NULL && self->model != NULL && self->layer < MAX (self->model->n_layers, 1) &&
         nerve_model_has_results (self->model, self->kind, self->layer);
}

NerveHitKind
nerve_figure_view_get_mark_kind (NerveFigureView *self)
{
  if (!(self->kind->flags & NERVE_FIGURE_PER_LAYER) || (self->kind->flags & NERVE_FIGURE_NEEDS_NOISE))
    return NERVE_HIT_NOTHING;
  if (self->kind->flags & NERVE_FIGURE_OF_IMAGES)
    return NERVE_HIT_IMAGE;
  if (self->kind->flags & NERVE_FIGURE_NEEDS_GRAPH)
    return NERVE_HIT_NODE;

  return self->kind->flags & NERVE_FIGURE_NEEDS_HOMOLOGY ? NERVE_HIT_BAR : NERVE_HIT_NOTHING;
}

int
nerve_figure_view_get_hovered (NerveFigureView *self)
{
  if (nerve_figure_view_get_mark_kind (self) == NERVE_HIT_BAR)
    return nerve_bar_mark_in (self->model->hover_bar, self->layer);
  /* Ringed as the mark that the hand is on. */
  if (nerve_figure_view_get_mark_kind (self) == NERVE_HIT_IMAGE)
    return -1;

  return self->model->hover_layer == (int) self->layer ? self->model->hover_node : -1;
}

gboolean
nerve_figure_view_is_current (NerveFigureView *self)
{
  return self->shown != NULL && nerve_figure_picture_shows (self->shown, self->model, self->layer);
}

void
nerve_figure_view_update_status (NerveFigureView *self)
{
  gboolean dimmed = self->texture != NULL && (self->stale || !nerve_figure_view_has_results (self));

  nerve_figure_fades_set_dimmed (self->fades, dimmed);
  nerve_figure_status_show_ring (self->status, self->interactive && self->texture == NULL);
}

gboolean
nerve_figure_view_is_quick (NerveFigureView *self)
{
  return self->shown == NULL || self->shown->cost <= QUICK;
}

void
nerve_figure_view_update_accessible (NerveFigureView *self)
{
  const char *description = self->reading;

  if (self->kind == NULL)
    return;

  if (description == NULL)
    description = self->shown != NULL ? self->shown->description : nerve_figure_status_get_banner (self->status);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _(self->kind->title),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description != NULL ? description : "",
                                  -1);
}

void
nerve_figure_view_set_reading (NerveFigureView *self, const char *reading)
{
  g_return_if_fail (NERVE_IS_FIGURE_VIEW (self));

  if (g_strcmp0 (reading, self->reading) == 0)
    return;

  g_free (self->reading);
  self->reading = g_strdup (reading);
  nerve_figure_view_update_accessible (self);
}

/* What follows η is at once where the hand is. */
static gboolean
same_eta (const NerveDecayView *a, const NerveDecayView *b)
{
  return a->at_eta == b->at_eta && a->eta == b->eta;
}

void
nerve_figure_view_take_picture (NerveFigurePicture *picture, gpointer user_data)
{
  NerveFigureView *self = user_data;
  GdkTexture *texture;
  gboolean fades;

  /* Of a layer that has been left since. */
  if (picture->layer != self->layer)
    return;

  texture = nerve_figure_picture_make_texture (picture);
  fades = self->shown != NULL && self->shown->width == picture->width && self->shown->height == picture->height &&
          nerve_figure_frame_equal (&self->shown->frame, &picture->frame) &&
          same_eta (&self->shown->model->decay, &picture->model->decay) &&
          !nerve_figure_picture_shows (self->shown, picture->model, picture->layer);
  nerve_figure_fades_start (self->fades, fades ? self->texture : NULL);
  g_clear_pointer (&self->shown, nerve_figure_picture_unref);
  self->shown = nerve_figure_picture_ref (picture);
  g_set_object (&self->texture, texture);
  g_object_unref (texture);
  nerve_figure_view_update_accessible (self);
  nerve_figure_view_update_status (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit_by_name (self, "rendered");
}

static void
ask (NerveFigureView *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int height = gtk_widget_get_height (GTK_WIDGET (self));

  if (width <= 0 || height <= 0 || !nerve_figure_view_has_results (self))
    return;

  g_clear_pointer (&self->wanted, nerve_figure_picture_unref);
  self->wanted = nerve_figure_picture_new (self->kind, self->model, self->layer, &self->style, width, height,
                                           gtk_widget_get_scale_factor (GTK_WIDGET (self)), &self->frame,
                                           nerve_figure_view_is_quick (self));
  nerve_figure_painter_paint (self->painter, self->wanted, self->priority);
}

static gboolean
on_ask (gpointer user_data)
{
  NerveFigureView *self = user_data;

  self->ask_source = 0;
  ask (self);

  return G_SOURCE_REMOVE;
}

/* Many changes make one picture. */
void
nerve_figure_view_queue_picture (NerveFigureView *self)
{
  if (self->ask_source == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->ask_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_ask, self, NULL);
}

void
nerve_figure_view_forget_pictures (NerveFigureView *self)
{
  nerve_figure_painter_stop (self->painter);
  g_clear_pointer (&self->wanted, nerve_figure_picture_unref);
  g_clear_pointer (&self->shown, nerve_figure_picture_unref);
  g_clear_object (&self->texture);
  nerve_figure_fades_start (self->fades, NULL);
  nerve_figure_view_update_accessible (self);
}

/* Where the shown picture's figure lies now. */
NerveFigureFrame
nerve_figure_view_get_frame (NerveFigureView *self)
{
  return nerve_figure_frame_fitted (&self->frame, self->shown->width, self->shown->height,
                                    gtk_widget_get_width (GTK_WIDGET (self)),
                                    gtk_widget_get_height (GTK_WIDGET (self)));
}
