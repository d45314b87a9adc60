#include "config.h"

#include "views/bin-bars.h"

#include "views/view-style.h"

#define WIDTH 220
#define HEIGHT 40

struct _NerveBinBars
{
  GtkWidget  parent_instance;
  NerveStyle style;
  guint32   *counts;
  guint      n;
};

G_DEFINE_FINAL_TYPE (NerveBinBars, nerve_bin_bars, GTK_TYPE_WIDGET)

static void
nerve_bin_bars_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                        int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT;
}

static void
nerve_bin_bars_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  NerveBinBars *self = NERVE_BIN_BARS (widget);
  float width = gtk_widget_get_width (widget);
  float height = gtk_widget_get_height (widget) - 1;
  GdkRGBA ink = nerve_view_color (self->style.dim, 1);
  GdkRGBA line = nerve_view_color (self->style.hairline, 1);
  guint32 most = 1;

  for (guint i = 0; i < self->n; i++)
    most = MAX (most, self->counts[i]);
  gtk_snapshot_append_color (snapshot, &line, &GRAPHENE_RECT_INIT (0, height, width, 1));
  for (guint i = 0; i < self->n; i++)
    {
      float tall = height * self->counts[i] / most;

      /* One point must not vanish beside a thousand. */
      if (self->counts[i] > 0)
        gtk_snapshot_append_color (snapshot, &ink, &GRAPHENE_RECT_INIT (width * i / self->n + .5f,
                                                                         height - MAX (tall, 1.5f),
                                                                         width / self->n - 1, MAX (tall, 1.5f)));
    }
}

static void
on_style_changed (GtkWidget *widget)
{
  NerveBinBars *self = NERVE_BIN_BARS (widget);

  nerve_style_clear (&self->style);
  nerve_view_style_init (&self->style);
  gtk_widget_queue_draw (widget);
}

static void
nerve_bin_bars_finalize (GObject *object)
{
  NerveBinBars *self = NERVE_BIN_BARS (object);

  nerve_style_clear (&self->style);
  g_free (self->counts);

  G_OBJECT_CLASS (nerve_bin_bars_parent_class)->finalize (object);
}

static void
nerve_bin_bars_class_init (NerveBinBarsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = nerve_bin_bars_finalize;
  widget_class->measure = nerve_bin_bars_measure;
  widget_class->snapshot = nerve_bin_bars_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
nerve_bin_bars_init (NerveBinBars *self)
{
  nerve_view_style_init (&self->style);
  nerve_view_style_watch (GTK_WIDGET (self), on_style_changed);
}

GtkWidget *
nerve_bin_bars_new (void)
{
  return g_object_new (NERVE_TYPE_BIN_BARS, NULL);
}

void
nerve_bin_bars_set (NerveBinBars *self, const guint32 *counts, guint n, const char *text)
{
  g_return_if_fail (NERVE_IS_BIN_BARS (self));

  g_free (self->counts);
  self->counts = g_memdup2 (counts, n * sizeof *counts);
  self->n = n;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
