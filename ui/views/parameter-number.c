#include "views/parameter-number.h"

#include <math.h>

typedef struct
{
  NerveParameterNumberFunc entered;
  gpointer                 user_data;
  char                    *shown;
} Number;

static Number *
get_number (GtkWidget *entry)
{
  return g_object_get_data (G_OBJECT (entry), "nerve-parameter-number");
}

static void
number_free (gpointer data)
{
  g_free (((Number *) data)->shown);
  g_free (data);
}

static void
put_back (GtkWidget *entry)
{
  gtk_editable_set_text (GTK_EDITABLE (entry), get_number (entry)->shown);
}

/* As people write numbers or as files do, whatever unit follows. */
static void
on_entered (GtkWidget *entry)
{
  Number *self = get_number (entry);
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry)));
  char *end;
  double value = g_strtod (text, &end);

  if (g_str_equal (text, self->shown))
    return;

  put_back (entry);
  if (end != text && isfinite (value))
    self->entered (value, self->user_data);
}

static gboolean
on_key (GtkWidget *entry, guint keyval)
{
  if (keyval != GDK_KEY_Escape || g_str_equal (gtk_editable_get_text (GTK_EDITABLE (entry)), get_number (entry)->shown))
    return GDK_EVENT_PROPAGATE;

  put_back (entry);

  return GDK_EVENT_STOP;
}

GtkWidget *
nerve_parameter_number_new (const char *name, NerveParameterNumberFunc entered, gpointer user_data)
{
  GtkWidget *entry = gtk_entry_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  Number *self = g_new0 (Number, 1);

  self->entered = entered;
  self->user_data = user_data;
  self->shown = g_strdup ("");
  g_object_set_data_full (G_OBJECT (entry), "nerve-parameter-number", self, number_free);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 7);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (entry), 7);
  gtk_editable_set_alignment (GTK_EDITABLE (entry), 1);
  gtk_entry_set_input_purpose (GTK_ENTRY (entry), GTK_INPUT_PURPOSE_NUMBER);
  gtk_widget_add_css_class (entry, "value");
  gtk_widget_add_css_class (entry, "numeric");
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect (entry, "activate", G_CALLBACK (on_entered), NULL);
  g_signal_connect_object (focus, "leave", G_CALLBACK (on_entered), entry, G_CONNECT_SWAPPED);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key), entry, G_CONNECT_SWAPPED);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (entry, focus);
  gtk_widget_add_controller (entry, keys);

  return entry;
}

static gboolean
is_typing (GtkWidget *entry)
{
  return (gtk_widget_get_state_flags (entry) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0 &&
         !g_str_equal (gtk_editable_get_text (GTK_EDITABLE (entry)), get_number (entry)->shown);
}

void
nerve_parameter_number_show (GtkWidget *entry, const char *text)
{
  Number *self = get_number (entry);
  gboolean typing = is_typing (entry);

  if (g_str_equal (self->shown, text))
    return;

  g_free (self->shown);
  self->shown = g_strdup (text);
  if (!typing)
    put_back (entry);
}
