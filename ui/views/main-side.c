#include "config.h"

#include "views/main-side.h"

#define GAP 12
#define SIDE_SHARE .3 /* of the whole width, at least */

struct _NerveMainSide
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (NerveMainSide, nerve_main_side, GTK_TYPE_WIDGET)

static int
least_width (GtkWidget *child)
{
  int least;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);

  return least;
}

static int
side_width (GtkWidget *widget, int width)
{
  int least = least_width (gtk_widget_get_last_child (widget));
  int room = width - GAP - least_width (gtk_widget_get_first_child (widget));

  return CLAMP ((int) (SIDE_SHARE * width), least, MAX (room, least));
}

static void
nerve_main_side_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                         int *minimum_baseline, int *natural_baseline)
{
  GtkWidget *children[2] = { gtk_widget_get_first_child (widget), gtk_widget_get_last_child (widget) };
  int side = for_size > 0 ? side_width (widget, for_size) : -1;
  int sizes[2] = { for_size > 0 ? for_size - GAP - side : -1, side };
  gboolean across = orientation == GTK_ORIENTATION_HORIZONTAL;

  *minimum = *natural = across ? GAP : 0;
  for (guint i = 0; i < 2; i++)
    {
      int least, wished;

      gtk_widget_measure (children[i], orientation, across ? -1 : sizes[i], &least, &wished, NULL, NULL);
      *minimum = across ? *minimum + least : MAX (*minimum, least);
      *natural = across ? *natural + wished : MAX (*natural, wished);
    }
}

static void
nerve_main_side_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  int side = side_width (widget, width);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  gtk_widget_size_allocate (gtk_widget_get_first_child (widget),
                            &(GtkAllocation) { mirrored ? side + GAP : 0, 0, width - GAP - side, height }, -1);
  gtk_widget_size_allocate (gtk_widget_get_last_child (widget),
                            &(GtkAllocation) { mirrored ? 0 : width - side, 0, side, height }, -1);
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
  widget_class->measure = nerve_main_side_measure;
  widget_class->size_allocate = nerve_main_side_size_allocate;
}

static void
nerve_main_side_init (NerveMainSide *self)
{
}
