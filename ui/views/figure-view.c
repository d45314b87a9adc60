#include "config.h"

#include "views/figure-view.h"

#include "views/figure-view-private.h"
#include "views/view-style.h"

enum { PROP_0, PROP_KIND, PROP_INTERACTIVE, PROP_PRIORITY, PROP_BUSY, PROP_FRACTION, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (NerveFigureView, nerve_figure_view, GTK_TYPE_WIDGET)

/* The widget */

/* A renderer without a graphics card copies and converts the whole texture for every frame: it gets the pixels. */
static void
snapshot_pixels (NerveFigureView *self, GtkSnapshot *snapshot, const graphene_rect_t *rect)
{
  cairo_t *cr;

  if (!GSK_IS_CAIRO_RENDERER (gtk_native_get_renderer (gtk_widget_get_native (GTK_WIDGET (self)))))
    {
      gtk_snapshot_append_texture (snapshot, self->texture, rect);
      return;
    }

  cr = gtk_snapshot_append_cairo (snapshot, rect);
  cairo_translate (cr, rect->origin.x, rect->origin.y);
  cairo_scale (cr, rect->size.width / self->shown->width, rect->size.height / self->shown->height);
  cairo_set_source_surface (cr, self->shown->surface, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_BILINEAR);
  cairo_paint (cr);
  cairo_destroy (cr);
}

static void
snapshot_picture (NerveFigureView *self, GtkSnapshot *snapshot)
{
  GdkTexture *leaving = nerve_figure_fades_get_leaving (self->fades);
  NerveFigureFrame frame = nerve_figure_view_get_frame (self);
  graphene_rect_t rect = nerve_figure_frame_place (&frame, &self->shown->frame, self->shown->width,
                                                   self->shown->height);

  if (leaving != NULL)
    {
      gtk_snapshot_push_cross_fade (snapshot, nerve_figure_fades_get_progress (self->fades));
      gtk_snapshot_append_texture (snapshot, leaving, &rect);
      gtk_snapshot_pop (snapshot);
    }
  snapshot_pixels (self, snapshot, &rect);
  if (leaving != NULL)
    gtk_snapshot_pop (snapshot);
}

/* Round a wide mark a box with round ends. */
static void
trace_ring (cairo_t *cr, const NerveHit *mark)
{
  double radius = mark->radius + 2;
  double reach = MAX (mark->reach - mark->radius, 0);

  cairo_arc (cr, mark->x + reach, mark->y, radius, -G_PI / 2, G_PI / 2);
  cairo_arc (cr, mark->x - reach, mark->y, radius, G_PI / 2, 3 * G_PI / 2);
  cairo_close_path (cr);
}

/* A ring round the mark under the pointer, until a picture shows it or where that would take too long. */
static void
snapshot_hover (NerveFigureView *self, GtkSnapshot *snapshot, const graphene_rect_t *bounds)
{
  NerveHitKind kind = nerve_figure_view_get_mark_kind (self);
  g_autoptr (GArray) marks = NULL;
  int hovered = nerve_figure_view_get_hovered (self);

  if (hovered < 0 || (kind == NERVE_HIT_NODE && hovered == nerve_figure_picture_get_hover (self->shown)))
    return;

  marks = nerve_figure_view_marks (self);
  for (guint i = 0; i < marks->len; i++)
    {
      const NerveHit *mark = &g_array_index (marks, NerveHit, i);
      cairo_t *cr;

      if (mark->kind != kind || mark->index != (guint) hovered)
        continue;
      cr = gtk_snapshot_append_cairo (snapshot, bounds);
      nerve_view_set_source (cr, self->style.text, 1);
      cairo_set_line_width (cr, 1.5);
      trace_ring (cr, mark);
      cairo_stroke (cr);
      cairo_destroy (cr);
    }
}

/* Half of what rings a node that is drawn as a bar. */
#define BAR 8.5

/* Cells are square, nodes are bars. */
static void
snapshot_mark (NerveFigureView *self, GtkSnapshot *snapshot, const graphene_rect_t *bounds)
{
  g_autoptr (GArray) marks = nerve_figure_view_marks (self);

  for (guint i = 0; i < marks->len; i++)
    {
      const NerveHit *mark = &g_array_index (marks, NerveHit, i);
      cairo_t *cr;

      if (mark->kind != self->mark.kind || mark->index != self->mark.index || mark->layer != self->mark.layer)
        continue;
      cr = gtk_snapshot_append_cairo (snapshot, bounds);
      nerve_view_set_source (cr, self->style.text, 1);
      cairo_set_line_width (cr, 1.5);
      if (mark->kind == NERVE_HIT_CELL || mark->kind == NERVE_HIT_PAIR)
        cairo_rectangle (cr, mark->x - mark->radius, mark->y - mark->radius, 2 * mark->radius, 2 * mark->radius);
      else if (mark->kind == NERVE_HIT_NODE && !(self->kind->flags & NERVE_FIGURE_PER_LAYER))
        cairo_rectangle (cr, mark->x - BAR, mark->y - mark->radius - 1, 2 * BAR, 2 * mark->radius + 2);
      else
        trace_ring (cr, mark);
      cairo_stroke (cr);
      cairo_destroy (cr);
      return;
    }
}

static void
snapshot_curve (NerveFigureView *self, GtkSnapshot *snapshot, const graphene_rect_t *bounds)
{
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, bounds);

  nerve_view_set_source (cr, self->style.text, 1);
  cairo_set_line_width (cr, 1.5);
  trace_ring (cr, &self->curve);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static void
snapshot_outline (NerveFigureView *self, GtkSnapshot *snapshot, const graphene_rect_t *bounds)
{
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, bounds);

  for (guint i = 0; i < self->outline->len; i++)
    {
      const graphene_point_t *point = &g_array_index (self->outline, graphene_point_t, i);

      cairo_line_to (cr, floor (point->x) + .5, floor (point->y) + .5);
    }
  cairo_close_path (cr);
  nerve_view_set_source (cr, self->style.accent, .12);
  cairo_fill_preserve (cr);
  nerve_view_set_source (cr, self->style.accent, .9);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static void
nerve_figure_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  NerveFigureView *self = NERVE_FIGURE_VIEW (widget);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget));

  gtk_snapshot_push_clip (snapshot, &bounds);
  if (self->texture != NULL)
    {
      double opacity = nerve_figure_fades_get_opacity (self->fades);

      if (opacity < 1)
        gtk_snapshot_push_opacity (snapshot, opacity);
      snapshot_picture (self, snapshot);
      if (opacity < 1)
        gtk_snapshot_pop (snapshot);
      if (nerve_figure_view_has_results (self) && nerve_figure_view_get_mark_kind (self) != NERVE_HIT_NOTHING)
        snapshot_hover (self, snapshot, &bounds);
      if (self->curve.kind == NERVE_HIT_CURVE)
        snapshot_curve (self, snapshot, &bounds);
      if (self->mark.kind != NERVE_HIT_NOTHING)
        snapshot_mark (self, snapshot, &bounds);
    }
  if (self->outline != NULL)
    snapshot_outline (self, snapshot, &bounds);
  gtk_snapshot_pop (snapshot);

  GTK_WIDGET_CLASS (nerve_figure_view_parent_class)->snapshot (widget, snapshot);
}

static void
nerve_figure_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                           int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = 0;
}

static void
nerve_figure_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  NerveFigureView *self = NERVE_FIGURE_VIEW (widget);

  nerve_figure_status_allocate (self->status, width, height);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_POPOVER (child))
      gtk_popover_present (GTK_POPOVER (child));

  if (self->wanted == NULL || self->wanted->width != width || self->wanted->height != height)
    nerve_figure_view_queue_picture (self);
}

static void
nerve_figure_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (nerve_figure_view_parent_class)->map (widget);

  nerve_figure_view_update (NERVE_FIGURE_VIEW (widget));
}

static void
nerve_figure_view_unmap (GtkWidget *widget)
{
  NerveFigureView *self = NERVE_FIGURE_VIEW (widget);

  /* What is on its way is asked for again when it is seen again. */
  g_clear_handle_id (&self->ask_source, g_source_remove);
  g_clear_pointer (&self->wanted, nerve_figure_picture_unref);
  if (self->painter != NULL)
    {
      nerve_figure_painter_stop (self->painter);
      nerve_figure_fades_skip (self->fades);
    }

  GTK_WIDGET_CLASS (nerve_figure_view_parent_class)->unmap (widget);
}

static void
on_style_changed (GtkWidget *widget)
{
  NerveFigureView *self = NERVE_FIGURE_VIEW (widget);

  nerve_style_clear (&self->style);
  nerve_view_style_init (&self->style);
  g_clear_pointer (&self->wanted, nerve_figure_picture_unref);
  nerve_figure_view_queue_picture (self);
}

static void
on_scale_changed (NerveFigureView *self)
{
  g_clear_pointer (&self->wanted, nerve_figure_picture_unref);
  nerve_figure_view_queue_picture (self);
}

static void
on_status_changed (GtkWidget *widget)
{
  g_object_notify_by_pspec (G_OBJECT (widget), properties[PROP_BUSY]);
  g_object_notify_by_pspec (G_OBJECT (widget), properties[PROP_FRACTION]);
}

static void
nerve_figure_view_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  NerveFigureView *self = NERVE_FIGURE_VIEW (object);

  switch (property_id)
    {
    case PROP_KIND:
      g_value_set_string (value, self->kind != NULL ? self->kind->name : NULL);
      break;
    case PROP_INTERACTIVE:
      g_value_set_boolean (value, self->interactive);
      break;
    case PROP_PRIORITY:
      g_value_set_int (value, self->priority);
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, nerve_figure_status_is_busy (self->status));
      break;
    case PROP_FRACTION:
      g_value_set_double (value, nerve_figure_status_get_fraction (self->status));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
nerve_figure_view_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  NerveFigureView *self = NERVE_FIGURE_VIEW (object);

  switch (property_id)
    {
    case PROP_KIND:
      if (g_value_get_string (value) != NULL)
        self->kind = nerve_figure_kind_find (g_value_get_string (value));
      break;
    case PROP_INTERACTIVE:
      self->interactive = g_value_get_boolean (value);
      break;
    case PROP_PRIORITY:
      self->priority = g_value_get_int (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
nerve_figure_view_constructed (GObject *object)
{
  NerveFigureView *self = NERVE_FIGURE_VIEW (object);

  G_OBJECT_CLASS (nerve_figure_view_parent_class)->constructed (object);

  if (self->interactive)
    self->input = nerve_figure_input_new (self);
}

static void
nerve_figure_view_dispose (GObject *object)
{
  NerveFigureView *self = NERVE_FIGURE_VIEW (object);

  g_clear_pointer (&self->input, nerve_figure_input_dispose);
  g_clear_handle_id (&self->ask_source, g_source_remove);
  g_clear_pointer (&self->painter, nerve_figure_painter_free);
  g_clear_pointer (&self->fades, nerve_figure_fades_free);
  g_clear_pointer (&self->status, nerve_figure_status_free);
  g_clear_object (&self->menu);

  G_OBJECT_CLASS (nerve_figure_view_parent_class)->dispose (object);
}

static void
nerve_figure_view_finalize (GObject *object)
{
  NerveFigureView *self = NERVE_FIGURE_VIEW (object);

  g_clear_object (&self->texture);
  g_clear_pointer (&self->wanted, nerve_figure_picture_unref);
  g_clear_pointer (&self->shown, nerve_figure_picture_unref);
  g_clear_pointer (&self->outline, g_array_unref);
  g_clear_pointer (&self->reading, g_free);
  nerve_style_clear (&self->style);

  G_OBJECT_CLASS (nerve_figure_view_parent_class)->finalize (object);
}

static void
nerve_figure_view_class_init (NerveFigureViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = nerve_figure_view_constructed;
  object_class->dispose = nerve_figure_view_dispose;
  object_class->finalize = nerve_figure_view_finalize;
  object_class->get_property = nerve_figure_view_get_property;
  object_class->set_property = nerve_figure_view_set_property;
  widget_class->measure = nerve_figure_view_measure;
  widget_class->size_allocate = nerve_figure_view_size_allocate;
  widget_class->snapshot = nerve_figure_view_snapshot;
  widget_class->map = nerve_figure_view_map;
  widget_class->unmap = nerve_figure_view_unmap;

  properties[PROP_KIND] = g_param_spec_string ("kind", NULL, NULL, NULL,
                                               G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_INTERACTIVE] =
    g_param_spec_boolean ("interactive", NULL, NULL, TRUE,
                          G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_PRIORITY] = g_param_spec_int ("priority", NULL, NULL, 0, 100000, 0,
                                                G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, -1, 1, -1,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  g_signal_new ("rendered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_signal_new ("mark-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "figure");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
nerve_figure_view_init (NerveFigureView *self)
{
  self->frame = NERVE_FIGURE_FRAME_WHOLE;
  self->painter = nerve_figure_painter_new (nerve_figure_view_take_picture, self);
  self->fades = nerve_figure_fades_new (GTK_WIDGET (self));
  self->status = nerve_figure_status_new (GTK_WIDGET (self), on_status_changed);
  nerve_view_style_init (&self->style);
  nerve_view_style_watch (GTK_WIDGET (self), on_style_changed);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (on_scale_changed), NULL);
}

GtkWidget *
nerve_figure_view_new (const char *kind)
{
  return g_object_new (NERVE_TYPE_FIGURE_VIEW, "kind", kind, NULL);
}

const NerveFigureKind *
nerve_figure_view_get_kind (NerveFigureView *self)
{
  g_return_val_if_fail (NERVE_IS_FIGURE_VIEW (self), NULL);
  return self->kind;
}

void
nerve_figure_view_set_kind (NerveFigureView *self, const NerveFigureKind *kind)
{
  g_return_if_fail (NERVE_IS_FIGURE_VIEW (self));
  g_return_if_fail (kind != NULL);

  if (self->kind == kind)
    return;

  self->kind = kind;
  nerve_figure_view_set_curve (self, NULL);
  nerve_figure_view_forget_pictures (self);
  self->frame = NERVE_FIGURE_FRAME_WHOLE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  nerve_figure_view_update (self);
}

void
nerve_figure_view_set_model (NerveFigureView *self, const NerveFigureModel *model)
{
  g_return_if_fail (NERVE_IS_FIGURE_VIEW (self));

  if (self->model == model)
    return;

  self->model = model;
  nerve_figure_view_set_curve (self, NULL);
  nerve_figure_view_set_mark (self, NULL);
  nerve_figure_view_forget_pictures (self);
  self->frame = NERVE_FIGURE_FRAME_WHOLE;
  nerve_figure_view_update_status (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  nerve_figure_view_update (self);
}

const NerveFigureModel *
nerve_figure_view_get_model (NerveFigureView *self)
{
  g_return_val_if_fail (NERVE_IS_FIGURE_VIEW (self), NULL);
  return self->model;
}

void
nerve_figure_view_set_layer (NerveFigureView *self, guint layer)
{
  g_return_if_fail (NERVE_IS_FIGURE_VIEW (self));

  if (self->layer == layer)
    return;

  self->layer = layer;
  self->frame = NERVE_FIGURE_FRAME_WHOLE;
  nerve_figure_view_set_curve (self, NULL);
  nerve_figure_view_update (self);
}

guint
nerve_figure_view_get_layer (NerveFigureView *self)
{
  g_return_val_if_fail (NERVE_IS_FIGURE_VIEW (self), 0);
  return self->layer;
}

void
nerve_figure_view_update (NerveFigureView *self)
{
  g_return_if_fail (NERVE_IS_FIGURE_VIEW (self));

  if (self->kind == NULL || self->model == NULL)
    return;

  nerve_figure_view_update_status (self);
  if (!nerve_figure_view_has_results (self))
    return;

  if (self->wanted == NULL || !nerve_figure_picture_shows (self->wanted, self->model, self->layer))
    {
      nerve_figure_view_queue_picture (self);
    }
  else if (nerve_figure_view_get_mark_kind (self) == NERVE_HIT_NODE && self->interactive &&
           nerve_figure_view_get_hovered (self) != nerve_figure_picture_get_hover (self->wanted))
    {
      gtk_widget_queue_draw (GTK_WIDGET (self));
      if (nerve_figure_view_is_quick (self))
        nerve_figure_view_queue_picture (self);
    }
  /* Bars are ringed over the picture alone. */
  if (nerve_figure_view_get_mark_kind (self) == NERVE_HIT_BAR &&
      self->ringed != nerve_figure_view_get_hovered (self))
    {
      self->ringed = nerve_figure_view_get_hovered (self);
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }
}

void
nerve_figure_view_set_progress (NerveFigureView *self, double fraction, gboolean stale)
{
  g_return_if_fail (NERVE_IS_FIGURE_VIEW (self));

  self->stale = stale;
  nerve_figure_view_update_status (self);
  nerve_figure_status_set_fraction (self->status, fraction);
}

void
nerve_figure_view_set_left_out (NerveFigureView *self, gboolean left_out)
{
  g_return_if_fail (NERVE_IS_FIGURE_VIEW (self));

  if (self->left_out == left_out)
    return;
  self->left_out = left_out;
  if (left_out)
    nerve_figure_view_forget_pictures (self);
  nerve_figure_view_update_status (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
nerve_figure_view_set_banner (NerveFigureView *self, const char *title, const char *advice, const char *button,
                              const char *action, GVariant *target)
{
  g_return_if_fail (NERVE_IS_FIGURE_VIEW (self));
  nerve_figure_status_set_banner (self->status, title, advice, button, action, target);
  nerve_figure_view_update_accessible (self);
}

const char *
nerve_figure_view_get_banner (NerveFigureView *self)
{
  g_return_val_if_fail (NERVE_IS_FIGURE_VIEW (self), NULL);
  return nerve_figure_status_get_banner (self->status);
}

void
nerve_figure_view_set_menu (NerveFigureView *self, GMenuModel *menu)
{
  g_return_if_fail (NERVE_IS_FIGURE_VIEW (self));
  g_set_object (&self->menu, menu);
}

GMenuModel *
nerve_figure_view_get_menu (NerveFigureView *self)
{
  return self->menu;
}

gboolean
nerve_figure_view_is_complete (NerveFigureView *self)
{
  g_return_val_if_fail (NERVE_IS_FIGURE_VIEW (self), FALSE);
  return self->left_out ||
         (nerve_figure_view_has_results (self) && nerve_figure_view_is_current (self) && !self->stale);
}

GdkTexture *
nerve_figure_view_get_texture (NerveFigureView *self)
{
  g_return_val_if_fail (NERVE_IS_FIGURE_VIEW (self), NULL);
  return self->texture;
}
