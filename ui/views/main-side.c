#include "config.h"

#include "views/main-side.h"

#define GAP 12

/* Of the whole, at least: beside, below. */
static const double shares[] = { [GTK_ORIENTATION_HORIZONTAL] = .3, [GTK_ORIENTATION_VERTICAL] = .34 };

struct _NerveMainSide
{
  GtkWidget      parent_instance;
  GtkOrientation orientation;
};

enum { PROP_0, PROP_ORIENTATION };

G_DEFINE_FINAL_TYPE_WITH_CODE (NerveMainSide, nerve_main_side, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_ORIENTABLE, NULL))

/* The side is shown. */
static gboolean
has_side (NerveMainSide *self)
{
  return gtk_widget_should_layout (gtk_widget_get_last_child (GTK_WIDGET (self)));
}

static int
least_of (NerveMainSide *self, GtkWidget *child, int across)
{
  int least;

  gtk_widget_measure (child, self->orientation, across, &least, NULL, NULL, NULL);

  return least;
}

/* How long the side is of @length; @across: the other extent, -1: any. */
static int
side_length (NerveMainSide *self, int length, int across)
{
  int least = least_of (self, gtk_widget_get_last_child (GTK_WIDGET (self)), across);
  int room = length - GAP - least_of (self, gtk_widget_get_first_child (GTK_WIDGET (self)), across);

  return CLAMP ((int) (shares[self->orientation] * length), least, MAX (room, least));
}

static void
nerve_main_side_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                         int *minimum_baseline, int *natural_baseline)
{
  NerveMainSide *self = NERVE_MAIN_SIDE (widget);
  GtkWidget *children[2] = { gtk_widget_get_first_child (widget), gtk_widget_get_last_child (widget) };
  guint n = has_side (self) ? 2 : 1;
  gboolean along = orientation == self->orientation;
  int sizes[2] = { for_size, for_size };

  if (!along && for_size > 0 && n == 2)
    {
      sizes[1] = side_length (self, for_size, -1);
      sizes[0] = MAX (for_size - GAP - sizes[1], 0);
    }
  *minimum = *natural = along && n == 2 ? GAP : 0;
  for (guint i = 0; i < n; i++)
    {
      int least, wished;

      gtk_widget_measure (children[i], orientation, sizes[i], &least, &wished, NULL, NULL);
      *minimum = along ? *minimum + least : MAX (*minimum, least);
      *natural = along ? *natural + wished : MAX (*natural, wished);
    }
}

static void
nerve_main_side_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  NerveMainSide *self = NERVE_MAIN_SIDE (widget);
  gboolean beside = self->orientation == GTK_ORIENTATION_HORIZONTAL;
  GtkAllocation main = { 0, 0, width, height };
  GtkAllocation side = { 0, 0, width, height };

  if (has_side (self))
    {
      if (beside)
        {
          side.width = side_length (self, width, -1);
          main.width = width - GAP - side.width;
          side.x = main.width + GAP;
        }
      else
        {
          side.height = side_length (self, height, width);
          main.height = height - GAP - side.height;
          side.y = main.height + GAP;
        }
      if (beside && gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
        {
          side.x = 0;
          main.x = side.width + GAP;
        }
      gtk_widget_size_allocate (gtk_widget_get_last_child (widget), &side, -1);
    }
  gtk_widget_size_allocate (gtk_widget_get_first_child (widget), &main, -1);
}

static void
nerve_main_side_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  g_value_set_enum (value, NERVE_MAIN_SIDE (object)->orientation);
}

static void
nerve_main_side_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  NerveMainSide *self = NERVE_MAIN_SIDE (object);

  self->orientation = g_value_get_enum (value);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
nerve_main_side_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (nerve_main_side_parent_class)->dispose (object);
}

static void
nerve_main_side_class_init (NerveMainSideClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nerve_main_side_dispose;
  G_OBJECT_CLASS (klass)->get_property = nerve_main_side_get_property;
  G_OBJECT_CLASS (klass)->set_property = nerve_main_side_set_property;
  g_object_class_override_property (G_OBJECT_CLASS (klass), PROP_ORIENTATION, "orientation");
  widget_class->measure = nerve_main_side_measure;
  widget_class->size_allocate = nerve_main_side_size_allocate;
}

static void
nerve_main_side_init (NerveMainSide *self)
{
}
