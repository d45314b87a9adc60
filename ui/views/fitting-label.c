#include "config.h"

#include "views/fitting-label.h"

#include <adwaita.h>

#define N_TEXTS 4

struct _NerveFittingLabel
{
  GtkWidget  parent_instance;
  GtkWidget *squeezer;
  GtkLabel  *labels[N_TEXTS];
  guint      n;
};

G_DEFINE_FINAL_TYPE (NerveFittingLabel, nerve_fitting_label, GTK_TYPE_WIDGET)

static void
nerve_fitting_label_dispose (GObject *object)
{
  g_clear_pointer (&NERVE_FITTING_LABEL (object)->squeezer, gtk_widget_unparent);

  G_OBJECT_CLASS (nerve_fitting_label_parent_class)->dispose (object);
}

static void
nerve_fitting_label_class_init (NerveFittingLabelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nerve_fitting_label_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
nerve_fitting_label_init (NerveFittingLabel *self)
{
  self->squeezer = adw_squeezer_new ();
  adw_squeezer_set_homogeneous (ADW_SQUEEZER (self->squeezer), FALSE);
  adw_squeezer_set_xalign (ADW_SQUEEZER (self->squeezer), 0);
  gtk_widget_set_parent (self->squeezer, GTK_WIDGET (self));
  for (guint i = 0; i < N_TEXTS; i++)
    {
      self->labels[i] = GTK_LABEL (gtk_label_new (NULL));
      gtk_label_set_xalign (self->labels[i], 0);
      adw_squeezer_add (ADW_SQUEEZER (self->squeezer), GTK_WIDGET (self->labels[i]));
    }
}

GtkWidget *
nerve_fitting_label_new (void)
{
  return g_object_new (NERVE_TYPE_FITTING_LABEL, NULL);
}

void
nerve_fitting_label_set_xalign (NerveFittingLabel *self, double xalign)
{
  g_return_if_fail (NERVE_IS_FITTING_LABEL (self));

  adw_squeezer_set_xalign (ADW_SQUEEZER (self->squeezer), xalign);
  for (guint i = 0; i < N_TEXTS; i++)
    gtk_label_set_xalign (self->labels[i], xalign);
}

/* The squeezer takes the first that fits, else the last: what is not used says the same as the last one. */
void
nerve_fitting_label_set_texts (NerveFittingLabel *self, const char *const *texts)
{
  g_return_if_fail (NERVE_IS_FITTING_LABEL (self));

  self->n = MIN (g_strv_length ((char **) texts), N_TEXTS);
  for (guint i = 0; i < N_TEXTS; i++)
    {
      const char *text = self->n > 0 ? texts[MIN (i, self->n - 1)] : "";

      if (!g_str_equal (gtk_label_get_label (self->labels[i]), text))
        gtk_label_set_label (self->labels[i], text);
      gtk_label_set_ellipsize (self->labels[i], i + 1 == N_TEXTS ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
    }
}

const char *
nerve_fitting_label_get_text (NerveFittingLabel *self)
{
  g_return_val_if_fail (NERVE_IS_FITTING_LABEL (self), NULL);
  return gtk_label_get_label (self->labels[0]);
}

int
nerve_fitting_label_get_least (NerveFittingLabel *self)
{
  int least;

  g_return_val_if_fail (NERVE_IS_FITTING_LABEL (self), 0);

  gtk_widget_measure (GTK_WIDGET (self->labels[N_TEXTS - 1]), GTK_ORIENTATION_HORIZONTAL, -1, NULL, &least, NULL,
                      NULL);

  return least;
}
