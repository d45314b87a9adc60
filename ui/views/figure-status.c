#include "config.h"

#include "views/figure-status.h"

#include "views/pane-banner.h"
#include "views/progress-ring.h"

#define BUSY_DELAY 150 /* ms */
#define RING_SIZE 36

struct _NerveFigureStatus
{
  GtkWidget *parent; /* not owned: it owns us */
  void     (*changed) (GtkWidget *parent);
  double     fraction;
  gboolean   busy;
  guint      busy_source;
  gboolean   wants_ring;
  GtkWidget *ring;
  GtkWidget *banner;
  char      *banner_title;
};

NerveFigureStatus *
nerve_figure_status_new (GtkWidget *parent, void (*changed) (GtkWidget *parent))
{
  NerveFigureStatus *self = g_new0 (NerveFigureStatus, 1);

  self->parent = parent;
  self->changed = changed;
  self->fraction = -1;
  self->ring = nerve_progress_ring_new (RING_SIZE);
  gtk_widget_set_visible (self->ring, FALSE);
  gtk_widget_set_parent (self->ring, parent);
  self->banner = nerve_pane_banner_new ();
  gtk_widget_set_visible (self->banner, FALSE);
  gtk_widget_set_parent (self->banner, parent);

  return self;
}

void
nerve_figure_status_free (NerveFigureStatus *self)
{
  g_clear_handle_id (&self->busy_source, g_source_remove);
  gtk_widget_unparent (self->ring);
  gtk_widget_unparent (self->banner);
  g_free (self->banner_title);
  g_free (self);
}

static void
allocate_banner (NerveFigureStatus *self, int width)
{
  int minimum, height;
  int inside;

  gtk_widget_measure (self->banner, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  inside = MAX (width, minimum);
  gtk_widget_measure (self->banner, GTK_ORIENTATION_VERTICAL, inside, &height, NULL, NULL, NULL);
  gtk_widget_size_allocate (self->banner, &(GtkAllocation) { 0, 0, inside, height }, -1);
}

void
nerve_figure_status_allocate (NerveFigureStatus *self, int width, int height)
{
  if (gtk_widget_should_layout (self->ring))
    {
      int size;

      gtk_widget_measure (self->ring, GTK_ORIENTATION_HORIZONTAL, -1, &size, NULL, NULL, NULL);
      gtk_widget_size_allocate (self->ring, &(GtkAllocation) { (width - size) / 2, (height - size) / 2, size, size },
                                -1);
    }
  if (gtk_widget_should_layout (self->banner))
    allocate_banner (self, width);
}

static void
update_ring (NerveFigureStatus *self)
{
  gtk_widget_set_visible (self->ring, self->busy && self->wants_ring);
}

static void
set_busy (NerveFigureStatus *self, gboolean busy)
{
  if (self->busy == busy)
    return;

  self->busy = busy;
  update_ring (self);
  self->changed (self->parent);
}

static gboolean
on_busy (gpointer user_data)
{
  NerveFigureStatus *self = user_data;

  self->busy_source = 0;
  set_busy (self, TRUE);

  return G_SOURCE_REMOVE;
}

void
nerve_figure_status_set_fraction (NerveFigureStatus *self, double fraction)
{
  if (self->fraction != fraction)
    {
      self->fraction = MIN (fraction, 1);
      nerve_progress_ring_set_fraction (NERVE_PROGRESS_RING (self->ring), fraction);
      self->changed (self->parent);
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

double
nerve_figure_status_get_fraction (NerveFigureStatus *self)
{
  return self->fraction;
}

gboolean
nerve_figure_status_is_busy (NerveFigureStatus *self)
{
  return self->busy;
}

void
nerve_figure_status_show_ring (NerveFigureStatus *self, gboolean shown)
{
  self->wants_ring = shown;
  update_ring (self);
}

void
nerve_figure_status_set_banner (NerveFigureStatus *self, const char *title, const char *advice, const char *button,
                                const char *action, GVariant *target)
{
  g_autoptr (GVariant) sunk = target != NULL ? g_variant_ref_sink (target) : NULL;

  gtk_widget_set_visible (self->banner, title != NULL);
  if (title != NULL)
    nerve_pane_banner_set (NERVE_PANE_BANNER (self->banner), title, advice, button, action, sunk);
  g_free (self->banner_title);
  self->banner_title = g_strdup (title);
}

const char *
nerve_figure_status_get_banner (NerveFigureStatus *self)
{
  return self->banner_title;
}
