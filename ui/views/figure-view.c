#include "config.h"

#include "views/figure-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "views/figure-view-private.h"
#include "views/model-snapshot.h"
#include "views/pane-banner.h"
#include "views/progress-ring.h"
#include "views/view-style.h"

#define BUSY_DELAY 150        /* ms until work is worth a word */
#define FADE_TIME 120         /* ms */
#define STALE_OPACITY .4
#define QUICK (20 * 1000)     /* µs: a picture this cheap is drawn anew for the hover */
#define ZOOM_LIMIT 16.

/* widget = figure × zoom + offset */
typedef struct { double zoom, x, y; } Transform;

struct _NerveFigureView
{
  GtkWidget               parent_instance;
  const NerveFigureKind  *kind;
  const NerveFigureModel *model;
  guint                   layer;
  NerveStyle              style;
  gboolean                interactive;
  int                     priority;
  NerveFigureInput       *input;
  GMenuModel             *menu;

  /* The picture, and what it was drawn from. */
  GdkTexture             *texture;
  Transform               texture_transform;
  NerveFigureModel       *drawn;
  guint                   drawn_layer;
  int                     drawn_hover;
  gint64                  cost;   /* µs */
  GdkTexture             *faded;  /* the one before, on its way out */
  AdwAnimation           *fade;
  double                  fade_value;
  AdwAnimation           *dim;
  double                  dim_value;
  gboolean                dimmed;
  guint                   render_source;

  Transform               transform;
  GdkRectangle            box;

  double                  fraction;
  gboolean                stale;
  gboolean                busy;
  guint                   busy_source;
  GtkWidget              *ring;
  GtkWidget              *banner;
  char                   *banner_title;
};

enum { PROP_0, PROP_KIND, PROP_INTERACTIVE, PROP_PRIORITY, PROP_BUSY, PROP_FRACTION, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

enum { SIGNAL_RENDERED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NerveFigureView, nerve_figure_view, GTK_TYPE_WIDGET)

static gboolean
has_results (NerveFigureView *self)
{
  return self->kind != NULL && self->model != NULL && self->layer < MAX (self->model->n_layers, 1) &&
         nerve_model_has_results (self->model, self->kind, self->layer);
}

static int
hovered_node (NerveFigureView *self)
{
  return self->model->hover_layer == (int) self->layer ? self->model->hover_node : -1;
}

static gboolean
shows_nodes (NerveFigureView *self)
{
  return (self->kind->flags & NERVE_FIGURE_PER_LAYER) && (self->kind->flags & NERVE_FIGURE_NEEDS_GRAPH);
}

static gboolean
is_current (NerveFigureView *self)
{
  return self->drawn != NULL && self->drawn_layer == self->layer &&
         nerve_model_same_picture (self->drawn, self->model, self->kind, self->layer);
}

/* Drawing the picture */

static GdkTexture *
draw_texture (NerveFigureView *self, int width, int height)
{
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width * scale, height * scale);
  g_autoptr (GBytes) bytes = NULL;
  NerveFigureModel model = *self->model;
  cairo_t *cr;

  if (self->cost > QUICK)
    model.hover_layer = model.hover_node = -1;

  cairo_surface_set_device_scale (surface, scale, scale);
  cr = cairo_create (surface);
  cairo_translate (cr, self->transform.x, self->transform.y);
  cairo_scale (cr, self->transform.zoom, self->transform.zoom);
  self->kind->draw (&model, self->layer, &self->style, cr, width, height);
  cairo_destroy (cr);
  cairo_surface_flush (surface);

  bytes = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface),
                                      (gsize) cairo_image_surface_get_stride (surface) * height * scale,
                                      (GDestroyNotify) cairo_surface_destroy, surface);

  return gdk_memory_texture_new (width * scale, height * scale, GDK_MEMORY_DEFAULT, bytes,
                                 cairo_image_surface_get_stride (surface));
}

static void
update_accessible (NerveFigureView *self)
{
  g_autofree char *description = NULL;

  if (self->kind->describe != NULL)
    description = self->kind->describe (self->model, self->layer);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _(self->kind->title),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description != NULL ? description : "",
                                  -1);
}

static void
start_fade (NerveFigureView *self, gboolean wanted)
{
  adw_animation_skip (self->fade);
  g_clear_object (&self->faded);
  if (!wanted || self->texture == NULL)
    return;

  self->faded = g_object_ref (self->texture);
  self->fade_value = 0;
  adw_animation_play (self->fade);
}

static void
update_dim (NerveFigureView *self)
{
  gboolean dimmed = self->texture != NULL && (self->stale || !has_results (self));

  if (self->dimmed == dimmed)
    return;

  self->dimmed = dimmed;
  adw_timed_animation_set_value_from (ADW_TIMED_ANIMATION (self->dim), self->dim_value);
  adw_timed_animation_set_value_to (ADW_TIMED_ANIMATION (self->dim), dimmed);
  adw_animation_play (self->dim);
}

static void
update_ring (NerveFigureView *self)
{
  gtk_widget_set_visible (self->ring, self->interactive && self->busy && self->texture == NULL);
}

static void
render (NerveFigureView *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int height = gtk_widget_get_height (GTK_WIDGET (self));
  gboolean same_picture, same_place;
  GdkTexture *texture;
  gint64 start;

  if (width <= 0 || height <= 0 || !has_results (self))
    return;

  same_picture = is_current (self);
  same_place = memcmp (&self->transform, &self->texture_transform, sizeof self->transform) == 0;
  start = g_get_monotonic_time ();
  texture = draw_texture (self, width, height);
  self->cost = g_get_monotonic_time () - start;

  start_fade (self, !same_picture && same_place);
  g_set_object (&self->texture, texture);
  g_object_unref (texture);
  self->texture_transform = self->transform;
  if (!same_picture)
    {
      g_clear_pointer (&self->drawn, nerve_model_snapshot_free);
      self->drawn = nerve_model_snapshot_new (self->model);
      self->drawn_layer = self->layer;
      update_accessible (self);
    }
  self->drawn_hover = hovered_node (self);
  update_dim (self);
  update_ring (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[SIGNAL_RENDERED], 0);
}

static gboolean
on_render (gpointer user_data)
{
  NerveFigureView *self = user_data;

  self->render_source = 0;
  render (self);

  return G_SOURCE_REMOVE;
}

/* Every view has a priority of its own: between two pictures the main loop looks after everything else. */
static void
queue_render (NerveFigureView *self)
{
  if (self->render_source == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->render_source = g_idle_add_full (GDK_PRIORITY_REDRAW + 10 + self->priority, on_render, self, NULL);
}

/* The widget */

static void
append_texture (NerveFigureView *self, GtkSnapshot *snapshot, GdkTexture *texture)
{
  const Transform *from = &self->texture_transform;
  const Transform *to = &self->transform;
  double scale = to->zoom / from->zoom;
  graphene_rect_t rect = GRAPHENE_RECT_INIT (to->x - scale * from->x, to->y - scale * from->y,
                                             scale * gtk_widget_get_width (GTK_WIDGET (self)),
                                             scale * gtk_widget_get_height (GTK_WIDGET (self)));

  gtk_snapshot_append_texture (snapshot, texture, &rect);
}

static void
snapshot_picture (NerveFigureView *self, GtkSnapshot *snapshot)
{
  gboolean fading = self->faded != NULL && self->fade_value < 1;

  if (fading)
    {
      gtk_snapshot_push_cross_fade (snapshot, self->fade_value);
      append_texture (self, snapshot, self->faded);
      gtk_snapshot_pop (snapshot);
    }
  append_texture (self, snapshot, self->texture);
  if (fading)
    gtk_snapshot_pop (snapshot);
}

/* Ring round the node under the pointer, where drawing the figure anew would take too long. */
static void
snapshot_hover (NerveFigureView *self, GtkSnapshot *snapshot, const graphene_rect_t *bounds)
{
  g_autoptr (GArray) marks = NULL;
  int node = hovered_node (self);

  if (node < 0 || node == self->drawn_hover || !is_current (self))
    return;

  marks = nerve_figure_view_marks (self);
  for (guint i = 0; i < marks->len; i++)
    {
      const NerveHit *mark = &g_array_index (marks, NerveHit, i);
      cairo_t *cr;

      if (mark->kind != NERVE_HIT_NODE || mark->index != (guint) node)
        continue;
      cr = gtk_snapshot_append_cairo (snapshot, bounds);
      nerve_view_set_source (cr, self->style.text, 1);
      cairo_set_line_width (cr, 1.5);
      cairo_arc (cr, mark->x, mark->y, mark->radius + 2, 0, 2 * G_PI);
      cairo_stroke (cr);
      cairo_destroy (cr);
    }
}

static void
snapshot_box (NerveFigureView *self, GtkSnapshot *snapshot)
{
  graphene_rect_t rect = GRAPHENE_RECT_INIT (self->box.x + .5, self->box.y + .5, self->box.width, self->box.height);
  GskRoundedRect outline;
  GdkRGBA fill = nerve_view_color (self->style.accent, .12);
  GdkRGBA line = nerve_view_color (self->style.accent, .9);

  gsk_rounded_rect_init_from_rect (&outline, &rect, 2);
  gtk_snapshot_append_color (snapshot, &fill, &rect);
  gtk_snapshot_append_border (snapshot, &outline, (float[4]) { 1, 1, 1, 1 }, (GdkRGBA[4]) { line, line, line, line });
}

static void
nerve_figure_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  NerveFigureView *self = NERVE_FIGURE_VIEW (widget);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget));

  gtk_snapshot_push_clip (snapshot, &bounds);
  if (self->texture != NULL)
    {
      if (self->dim_value > 0)
        gtk_snapshot_push_opacity (snapshot, 1 - (1 - STALE_OPACITY) * self->dim_value);
      snapshot_picture (self, snapshot);
      if (self->dim_value > 0)
        gtk_snapshot_pop (snapshot);
      if (has_results (self) && shows_nodes (self))
        snapshot_hover (self, snapshot, &bounds);
    }
  if (self->box.width > 0 || self->box.height > 0)
    snapshot_box (self, snapshot);
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
allocate_banner (NerveFigureView *self, int width)
{
  int minimum, height;
  int inside;

  gtk_widget_measure (self->banner, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  inside = MAX (width, minimum);
  gtk_widget_measure (self->banner, GTK_ORIENTATION_VERTICAL, inside, &height, NULL, NULL, NULL);
  gtk_widget_size_allocate (self->banner, &(GtkAllocation) { 0, 0, inside, height }, -1);
}

static void
nerve_figure_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  NerveFigureView *self = NERVE_FIGURE_VIEW (widget);

  if (gtk_widget_should_layout (self->ring))
    {
      int size;

      gtk_widget_measure (self->ring, GTK_ORIENTATION_HORIZONTAL, -1, &size, NULL, NULL, NULL);
      gtk_widget_size_allocate (self->ring, &(GtkAllocation) { (width - size) / 2, (height - size) / 2, size, size },
                                -1);
    }
  if (gtk_widget_should_layout (self->banner))
    allocate_banner (self, width);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_POPOVER (child))
      gtk_popover_present (GTK_POPOVER (child));

  if (self->texture == NULL ||
      gdk_texture_get_width (self->texture) != width * gtk_widget_get_scale_factor (widget) ||
      gdk_texture_get_height (self->texture) != height * gtk_widget_get_scale_factor (widget))
    queue_render (self);
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

  g_clear_handle_id (&self->render_source, g_source_remove);
  adw_animation_skip (self->fade);
  adw_animation_skip (self->dim);

  GTK_WIDGET_CLASS (nerve_figure_view_parent_class)->unmap (widget);
}

static void
on_style_changed (GtkWidget *widget)
{
  NerveFigureView *self = NERVE_FIGURE_VIEW (widget);

  nerve_style_clear (&self->style);
  nerve_view_style_init (&self->style);
  queue_render (self);
}

static void
on_scale_changed (NerveFigureView *self)
{
  queue_render (self);
}

static void
set_fade_value (double value, gpointer user_data)
{
  NerveFigureView *self = user_data;

  self->fade_value = value;
  if (value >= 1)
    g_clear_object (&self->faded);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
set_dim_value (double value, gpointer user_data)
{
  NerveFigureView *self = user_data;

  self->dim_value = value;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Skipping one sets it to @to, whether it ever ran or not. */
static AdwAnimation *
make_animation (NerveFigureView *self, double to, AdwAnimationTargetFunc func)
{
  AdwAnimation *animation = adw_timed_animation_new (GTK_WIDGET (self), 0, to, FADE_TIME,
                                                     adw_callback_animation_target_new (func, self, NULL));

  adw_timed_animation_set_easing (ADW_TIMED_ANIMATION (animation), ADW_EASE_OUT_CUBIC);

  return animation;
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
      g_value_set_boolean (value, self->busy);
      break;
    case PROP_FRACTION:
      g_value_set_double (value, self->fraction);
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
  g_clear_handle_id (&self->render_source, g_source_remove);
  g_clear_handle_id (&self->busy_source, g_source_remove);
  g_clear_object (&self->fade);
  g_clear_object (&self->dim);
  g_clear_object (&self->menu);
  g_clear_pointer (&self->ring, gtk_widget_unparent);
  g_clear_pointer (&self->banner, gtk_widget_unparent);

  G_OBJECT_CLASS (nerve_figure_view_parent_class)->dispose (object);
}

static void
nerve_figure_view_finalize (GObject *object)
{
  NerveFigureView *self = NERVE_FIGURE_VIEW (object);

  g_clear_object (&self->texture);
  g_clear_object (&self->faded);
  g_clear_pointer (&self->drawn, nerve_model_snapshot_free);
  nerve_style_clear (&self->style);
  g_free (self->banner_title);

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

  signals[SIGNAL_RENDERED] = g_signal_new ("rendered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "figure");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
nerve_figure_view_init (NerveFigureView *self)
{
  self->transform = (Transform) { 1, 0, 0 };
  self->drawn_hover = -1;
  self->fraction = -1;
  self->fade = make_animation (self, 1, set_fade_value);
  self->dim = make_animation (self, 0, set_dim_value);
  nerve_view_style_init (&self->style);
  nerve_view_style_watch (GTK_WIDGET (self), on_style_changed);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (on_scale_changed), NULL);

  self->ring = nerve_progress_ring_new (36);
  gtk_widget_set_visible (self->ring, FALSE);
  gtk_widget_set_parent (self->ring, GTK_WIDGET (self));
  self->banner = nerve_pane_banner_new ();
  gtk_widget_set_visible (self->banner, FALSE);
  gtk_widget_set_parent (self->banner, GTK_WIDGET (self));
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
nerve_figure_view_set_model (NerveFigureView *self, const NerveFigureModel *model)
{
  g_return_if_fail (NERVE_IS_FIGURE_VIEW (self));

  if (self->model == model)
    return;

  self->model = model;
  g_clear_object (&self->texture);
  g_clear_pointer (&self->drawn, nerve_model_snapshot_free);
  self->transform = (Transform) { 1, 0, 0 };
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
  self->transform = (Transform) { 1, 0, 0 };
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

  update_dim (self);
  if (!has_results (self))
    return;

  if (!is_current (self))
    queue_render (self);
  else if (shows_nodes (self) && self->interactive && hovered_node (self) != self->drawn_hover)
    {
      if (self->cost <= QUICK)
        queue_render (self);
      else
        gtk_widget_queue_draw (GTK_WIDGET (self));
    }
}

static void
set_busy (NerveFigureView *self, gboolean busy)
{
  if (self->busy == busy)
    return;

  self->busy = busy;
  update_ring (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

static gboolean
on_busy (gpointer user_data)
{
  NerveFigureView *self = user_data;

  self->busy_source = 0;
  set_busy (self, TRUE);

  return G_SOURCE_REMOVE;
}

void
nerve_figure_view_set_progress (NerveFigureView *self, double fraction, gboolean stale)
{
  g_return_if_fail (NERVE_IS_FIGURE_VIEW (self));

  self->stale = stale;
  update_dim (self);

  if (self->fraction != fraction)
    {
      self->fraction = MIN (fraction, 1);
      nerve_progress_ring_set_fraction (NERVE_PROGRESS_RING (self->ring), fraction);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FRACTION]);
    }
  if (fraction < 0)
    {
      g_clear_handle_id (&self->busy_source, g_source_remove);
      set_busy (self, FALSE);
    }
  else if (!self->busy && self->busy_source == 0)
    {
      self->busy_source = g_timeout_add (BUSY_DELAY, on_busy, self);
    }
}

void
nerve_figure_view_set_banner (NerveFigureView *self, const char *title, const char *advice, const char *button,
                              const char *action, GVariant *target)
{
  g_autoptr (GVariant) sunk = target != NULL ? g_variant_ref_sink (target) : NULL;

  g_return_if_fail (NERVE_IS_FIGURE_VIEW (self));

  gtk_widget_set_visible (self->banner, title != NULL);
  g_free (self->banner_title);
  self->banner_title = g_strdup (title);
  if (title != NULL)
    nerve_pane_banner_set (NERVE_PANE_BANNER (self->banner), title, advice, button, action, sunk);
}

const char *
nerve_figure_view_get_banner (NerveFigureView *self)
{
  g_return_val_if_fail (NERVE_IS_FIGURE_VIEW (self), NULL);
  return self->banner_title;
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
  return has_results (self) && is_current (self) && !self->stale;
}

GdkTexture *
nerve_figure_view_get_texture (NerveFigureView *self)
{
  g_return_val_if_fail (NERVE_IS_FIGURE_VIEW (self), NULL);
  return self->texture;
}

/* Where the person looks */

static void
place_mark (const Transform *transform, NerveHit *hit)
{
  hit->x = hit->x * transform->zoom + transform->x;
  hit->y = hit->y * transform->zoom + transform->y;
  hit->radius *= transform->zoom;
}

gboolean
nerve_figure_view_hit (NerveFigureView *self, double x, double y, NerveHit *hit)
{
  const Transform *transform = &self->transform;

  if (!has_results (self) || self->kind->hit == NULL || !is_current (self))
    return FALSE;
  if (!self->kind->hit (self->model, self->layer, &self->style, gtk_widget_get_width (GTK_WIDGET (self)),
                        gtk_widget_get_height (GTK_WIDGET (self)), (x - transform->x) / transform->zoom,
                        (y - transform->y) / transform->zoom, hit))
    return FALSE;
  place_mark (transform, hit);

  return hit->kind != NERVE_HIT_NOTHING;
}

GArray *
nerve_figure_view_marks (NerveFigureView *self)
{
  GArray *marks = g_array_new (FALSE, FALSE, sizeof (NerveHit));

  if (!has_results (self) || self->kind->marks == NULL || !is_current (self))
    return marks;

  self->kind->marks (self->model, self->layer, &self->style, gtk_widget_get_width (GTK_WIDGET (self)),
                     gtk_widget_get_height (GTK_WIDGET (self)), marks);
  for (guint i = 0; i < marks->len; i++)
    place_mark (&self->transform, &g_array_index (marks, NerveHit, i));

  return marks;
}

gboolean
nerve_figure_view_is_zoomable (NerveFigureView *self)
{
  return self->kind != NULL && (self->kind->flags & NERVE_FIGURE_PER_LAYER) && self->texture != NULL;
}

/* The figure never leaves the pane: no ground beyond its edges comes into view. */
static void
set_transform (NerveFigureView *self, Transform transform)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double height = gtk_widget_get_height (GTK_WIDGET (self));

  transform.x = CLAMP (transform.x, width * (1 - transform.zoom), 0);
  transform.y = CLAMP (transform.y, height * (1 - transform.zoom), 0);
  if (memcmp (&self->transform, &transform, sizeof transform) == 0)
    return;

  self->transform = transform;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  queue_render (self);
}

void
nerve_figure_view_zoom_at (NerveFigureView *self, double factor, double x, double y)
{
  double zoom = CLAMP (self->transform.zoom * factor, 1, ZOOM_LIMIT);
  double scale = zoom / self->transform.zoom;

  set_transform (self, (Transform) { zoom, x - scale * (x - self->transform.x), y - scale * (y - self->transform.y) });
}

void
nerve_figure_view_pan_by (NerveFigureView *self, double dx, double dy)
{
  set_transform (self, (Transform) { self->transform.zoom, self->transform.x + dx, self->transform.y + dy });
}

void
nerve_figure_view_fit (NerveFigureView *self)
{
  g_return_if_fail (NERVE_IS_FIGURE_VIEW (self));
  set_transform (self, (Transform) { 1, 0, 0 });
}

void
nerve_figure_view_set_box (NerveFigureView *self, const GdkRectangle *box)
{
  self->box = box != NULL ? *box : (GdkRectangle) { 0 };
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
