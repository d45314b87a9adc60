#include "config.h"

#include "views/figure-view-private.h"

static void
place_mark (const NerveFigureFrame *frame, NerveHit *hit)
{
  hit->x = hit->x * frame->zoom + frame->x;
  hit->y = hit->y * frame->zoom + frame->y;
  hit->radius *= frame->zoom;
  hit->reach *= frame->zoom;
}

/* What the hand meets is what the eye sees: the picture that is there, as long as its marks still mean the same. */
static gboolean
has_marks (NerveFigureView *self)
{
  return nerve_figure_view_has_results (self) && self->shown != NULL &&
         nerve_figure_picture_places (self->shown, self->model, self->layer);
}

gboolean
nerve_figure_view_hit (NerveFigureView *self, double x, double y, NerveHit *hit)
{
  const NerveFigurePicture *shown = self->shown;
  NerveFigureFrame frame;

  if (!has_marks (self) || self->kind->hit == NULL)
    return FALSE;

  frame = nerve_figure_view_get_frame (self);
  if (!self->kind->hit (shown->model, shown->layer, &shown->style, shown->width, shown->height,
                        (x - frame.x) / frame.zoom, (y - frame.y) / frame.zoom, hit))
    return FALSE;
  place_mark (&frame, hit);

  return hit->kind != NERVE_HIT_NOTHING;
}

GArray *
nerve_figure_view_marks (NerveFigureView *self)
{
  GArray *marks = g_array_new (FALSE, FALSE, sizeof (NerveHit));
  const NerveFigurePicture *shown = self->shown;
  NerveFigureFrame frame;

  if (!has_marks (self) || self->kind->marks == NULL)
    return marks;

  frame = nerve_figure_view_get_frame (self);
  self->kind->marks (shown->model, shown->layer, &shown->style, shown->width, shown->height, marks);
  for (guint i = 0; i < marks->len; i++)
    place_mark (&frame, &g_array_index (marks, NerveHit, i));

  return marks;
}

const NerveHit *
nerve_figure_view_get_mark (NerveFigureView *self)
{
  g_return_val_if_fail (NERVE_IS_FIGURE_VIEW (self), NULL);
  return self->mark.kind != NERVE_HIT_NOTHING ? &self->mark : NULL;
}

void
nerve_figure_view_set_mark (NerveFigureView *self, const NerveHit *mark)
{
  NerveHit next = { NERVE_HIT_NOTHING };

  if (mark != NULL)
    next = *mark;
  if (next.kind == self->mark.kind && next.layer == self->mark.layer && next.index == self->mark.index)
    return;

  self->mark = next;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit_by_name (self, "mark-changed");
}

gboolean
nerve_figure_view_is_zoomable (NerveFigureView *self)
{
  return self->kind != NULL && (self->kind->flags & NERVE_FIGURE_PER_LAYER) && self->texture != NULL;
}

/* The picture moves at once, and is drawn anew as soon as there is time. */
static void
set_frame (NerveFigureView *self, NerveFigureFrame frame)
{
  if (nerve_figure_frame_equal (&self->frame, &frame))
    return;

  self->frame = frame;
  nerve_figure_view_set_curve (self, NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  nerve_figure_view_queue_picture (self);
}

void
nerve_figure_view_zoom_at (NerveFigureView *self, double factor, double x, double y)
{
  set_frame (self, nerve_figure_frame_zoomed (&self->frame, factor, x, y, gtk_widget_get_width (GTK_WIDGET (self)),
                                              gtk_widget_get_height (GTK_WIDGET (self))));
}

void
nerve_figure_view_pan_by (NerveFigureView *self, double dx, double dy)
{
  set_frame (self, nerve_figure_frame_moved (&self->frame, dx, dy, gtk_widget_get_width (GTK_WIDGET (self)),
                                             gtk_widget_get_height (GTK_WIDGET (self))));
}

void
nerve_figure_view_fit (NerveFigureView *self)
{
  g_return_if_fail (NERVE_IS_FIGURE_VIEW (self));
  set_frame (self, NERVE_FIGURE_FRAME_WHOLE);
}

void
nerve_figure_view_set_curve (NerveFigureView *self, const NerveHit *hit)
{
  if (hit == NULL && self->curve.kind == NERVE_HIT_NOTHING)
    return;

  self->curve = hit != NULL ? *hit : (NerveHit) { NERVE_HIT_NOTHING };
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
nerve_figure_view_set_outline (NerveFigureView *self, GArray *outline)
{
  if (outline != NULL)
    g_array_ref (outline);
  g_clear_pointer (&self->outline, g_array_unref);
  self->outline = outline;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
