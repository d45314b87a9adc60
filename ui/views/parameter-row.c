#include "config.h"

#include "views/parameter-row.h"

#include <math.h>

#include <glib/gi18n.h>

#include "figures/text.h"
#include "views/accessible-name.h"
#include "views/choice-list.h"
#include "views/parameter-number.h"
#include "views/parameter-slider.h"
#include "views/tooltip.h"

struct _NerveParameterRow
{
  GtkWidget                  parent_instance;
  const NerveParameterTable *table;
  const NerveParameter      *parameter;
  guint                      flags;
  GtkWidget                 *box;
  GtkWidget                 *editor;     /* NerveParameterSlider, GtkDropDown, GtkSwitch or GtkEntry */
  GtkWidget                 *value;      /* of a slider */
  GtkWidget                 *automatic;  /* puts a slider back */
  char                      *text;       /* as set */
  char                      *shown;      /* of a choice: what its button says */
  char                      *override;   /* says it instead of the choice's label */
  gboolean                   setting;
  double                     lower;      /* of a slider; wider where a number beyond was typed */
  double                     upper;
};

enum { PROP_0, PROP_SHOWN, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

enum { SIGNAL_DRAG_BEGIN, SIGNAL_MOVED, SIGNAL_CHANGED, SIGNAL_DRAG_END, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NerveParameterRow, nerve_parameter_row, GTK_TYPE_WIDGET)

static void
say_changed (NerveParameterRow *self, const char *text)
{
  if (!self->setting && g_strcmp0 (text, self->text) != 0)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0, text);
}

static char *
format_value (NerveParameterRow *self, double value)
{
  g_autofree char *number = NULL;

  if (isnan (value))
    return g_strdup ("…");
  if (self->flags & NERVE_PARAMETER_ROW_PERCENT)
    return nerve_text_percent (value);

  number = self->parameter->type == NERVE_PARAMETER_INT ? g_strdup_printf ("%d", (int) value)
                                                        : nerve_text_number (value, 3);

  return g_steal_pointer (&number);
}

/* The slider */

static void
on_slider_moved (NerveParameterRow *self, double value)
{
  g_autofree char *text = format_value (self, value);

  nerve_parameter_number_show (self->value, text);
  g_signal_emit (self, signals[SIGNAL_MOVED], 0, value);
}

static void
on_slider_changed (NerveParameterRow *self, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (text, sizeof text, self->parameter->type == NERVE_PARAMETER_INT ? "%.0f" : "%.6g", value);
  say_changed (self, text);
}

static void
on_number_entered (double number, gpointer user_data)
{
  NerveParameterRow *self = user_data;

  on_slider_changed (self, self->flags & NERVE_PARAMETER_ROW_PERCENT ? number / 100 : number);
}

static void
on_slider_drag_begin (NerveParameterRow *self)
{
  g_signal_emit (self, signals[SIGNAL_DRAG_BEGIN], 0);
}

static void
on_slider_drag_end (NerveParameterRow *self)
{
  g_signal_emit (self, signals[SIGNAL_DRAG_END], 0);
}

static void
on_automatic_clicked (NerveParameterRow *self)
{
  say_changed (self, self->parameter->automatic);
}

static GtkWidget *
make_automatic_button (NerveParameterRow *self)
{
  GtkWidget *button = gtk_button_new_with_label (_("Automatic"));

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "automatic");
  nerve_tooltip_set (button, _("Back to the Automatic Value"));
  gtk_widget_set_visible (button, FALSE);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_automatic_clicked), self);

  return button;
}

static GtkWidget *
make_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);

  return label;
}

static void
build_slider (NerveParameterRow *self, double lower, double upper)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *name = make_label (_(self->parameter->label), NULL);
  GtkWidget *help = make_label (_(self->parameter->help), "nerve-caption");

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->box), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "slider");
  self->editor = nerve_parameter_slider_new (_(self->parameter->label));
  self->automatic = make_automatic_button (self);
  self->value = nerve_parameter_number_new (_(self->parameter->label), on_number_entered, self);
  nerve_parameter_number_show (self->value, "…");
  gtk_widget_set_hexpand (name, TRUE);
  gtk_label_set_wrap (GTK_LABEL (help), TRUE);
  gtk_label_set_lines (GTK_LABEL (help), 2);

  gtk_box_append (GTK_BOX (line), name);
  gtk_box_append (GTK_BOX (line), self->automatic);
  gtk_box_append (GTK_BOX (line), self->value);
  gtk_box_append (GTK_BOX (self->box), line);
  gtk_box_append (GTK_BOX (self->box), self->editor);
  gtk_box_append (GTK_BOX (self->box), help);

  g_signal_connect_swapped (self->editor, "drag-begin", G_CALLBACK (on_slider_drag_begin), self);
  g_signal_connect_swapped (self->editor, "moved", G_CALLBACK (on_slider_moved), self);
  g_signal_connect_swapped (self->editor, "changed", G_CALLBACK (on_slider_changed), self);
  g_signal_connect_swapped (self->editor, "drag-end", G_CALLBACK (on_slider_drag_end), self);
  nerve_parameter_row_set_range (self, lower, upper);
}

/* The choice */

static gboolean
starts_with_automatic (NerveParameterRow *self)
{
  return self->parameter->automatic != NULL;
}

static void
on_selected (NerveParameterRow *self)
{
  guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->editor));

  if (selected == GTK_INVALID_LIST_POSITION)
    return;
  if (starts_with_automatic (self) && selected == 0)
    say_changed (self, self->parameter->automatic);
  else
    say_changed (self, self->parameter->choices[selected - starts_with_automatic (self)].name);
}

static void
setup_shown (NerveParameterRow *self, GtkListItem *item)
{
  GtkWidget *label = make_label (NULL, NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 1);
  g_object_bind_property (self, "shown", label, "label", G_BINDING_SYNC_CREATE);
  gtk_list_item_set_child (item, label);
}

/* "none" stands for nothing, not for a value to be found. */
static const char *
describe_automatic (const NerveParameter *parameter)
{
  return g_str_equal (parameter->automatic, "none") ? _("None") : _("Automatic");
}

static GtkStringList *
list_choices (NerveParameterRow *self)
{
  GtkStringList *list = gtk_string_list_new (NULL);

  if (starts_with_automatic (self))
    gtk_string_list_append (list, describe_automatic (self->parameter));
  for (const NerveChoice *choice = self->parameter->choices; choice->name != NULL; choice++)
    gtk_string_list_append (list, _(choice->label));

  return list;
}

static void
build_choice (NerveParameterRow *self)
{
  g_autoptr (GtkListItemFactory) shown = gtk_signal_list_item_factory_new ();

  self->editor = gtk_drop_down_new (G_LIST_MODEL (list_choices (self)), NULL);
  g_signal_connect_object (shown, "setup", G_CALLBACK (setup_shown), self, G_CONNECT_SWAPPED);
  gtk_drop_down_set_factory (GTK_DROP_DOWN (self->editor), shown);
  nerve_choice_list_install (self->editor);
  gtk_widget_add_css_class (self->editor, "flat");
  g_signal_connect_swapped (self->editor, "notify::selected", G_CALLBACK (on_selected), self);
}

static void
show (NerveParameterRow *self, const char *shown)
{
  if (g_strcmp0 (self->shown, shown) == 0)
    return;

  g_free (self->shown);
  self->shown = g_strdup (shown);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOWN]);
}

static void
update_choice (NerveParameterRow *self)
{
  const NerveChoice *choices = self->parameter->choices;
  const char *label = starts_with_automatic (self) ? describe_automatic (self->parameter) : NULL;
  guint selected = 0;

  for (guint i = 0; choices[i].name != NULL; i++)
    if (g_str_equal (choices[i].name, self->text))
      {
        selected = i + starts_with_automatic (self);
        label = _(choices[i].label);
      }
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->editor), selected);
  show (self, self->override != NULL ? self->override : label);
}

/* The switch and the entry */

static void
on_switched (NerveParameterRow *self)
{
  say_changed (self, gtk_switch_get_active (GTK_SWITCH (self->editor)) ? "true" : "false");
}

static void
on_entered (NerveParameterRow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->editor));

  if (*text == '\0' && self->parameter->automatic != NULL)
    text = self->parameter->automatic;
  say_changed (self, text);
}

static void
build_entry (NerveParameterRow *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->editor = gtk_entry_new ();
  gtk_editable_set_width_chars (GTK_EDITABLE (self->editor), 9);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->editor), 14);
  gtk_editable_set_alignment (GTK_EDITABLE (self->editor), 1);
  if (self->parameter->automatic != NULL)
    gtk_entry_set_placeholder_text (GTK_ENTRY (self->editor), _("Automatic"));
  if (self->parameter->type != NERVE_PARAMETER_STRING)
    gtk_entry_set_input_purpose (GTK_ENTRY (self->editor), GTK_INPUT_PURPOSE_NUMBER);
  g_signal_connect_swapped (self->editor, "activate", G_CALLBACK (on_entered), self);
  g_signal_connect_object (focus, "leave", G_CALLBACK (on_entered), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->editor, focus);
}

static void
build_line (NerveParameterRow *self)
{
  if (!(self->flags & NERVE_PARAMETER_ROW_BARE))
    {
      GtkWidget *name = make_label (_(self->parameter->label), NULL);

      gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_NONE);
      gtk_widget_set_hexpand (name, TRUE);
      gtk_box_append (GTK_BOX (self->box), name);
      gtk_widget_add_css_class (GTK_WIDGET (self), "line");
    }
  gtk_widget_set_valign (self->editor, GTK_ALIGN_CENTER);
  nerve_tooltip_set (GTK_WIDGET (self), _(self->parameter->help));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->editor), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _(self->parameter->label), -1);
  if (GTK_IS_DROP_DOWN (self->editor))
    nerve_accessible_name_buttons (self->editor, _(self->parameter->label));
  gtk_box_append (GTK_BOX (self->box), self->editor);
}

/* The widget */

static void
nerve_parameter_row_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  if (property_id == PROP_SHOWN)
    g_value_set_string (value, NERVE_PARAMETER_ROW (object)->shown);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
nerve_parameter_row_dispose (GObject *object)
{
  NerveParameterRow *self = NERVE_PARAMETER_ROW (object);

  /* What an entry holds when it goes is not what somebody entered. */
  self->setting = TRUE;
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (nerve_parameter_row_parent_class)->dispose (object);
}

static void
nerve_parameter_row_finalize (GObject *object)
{
  NerveParameterRow *self = NERVE_PARAMETER_ROW (object);

  g_free (self->text);
  g_free (self->shown);
  g_free (self->override);

  G_OBJECT_CLASS (nerve_parameter_row_parent_class)->finalize (object);
}

static void
nerve_parameter_row_class_init (NerveParameterRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = nerve_parameter_row_dispose;
  object_class->finalize = nerve_parameter_row_finalize;
  object_class->get_property = nerve_parameter_row_get_property;

  properties[PROP_SHOWN] = g_param_spec_string ("shown", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  signals[SIGNAL_DRAG_BEGIN] = g_signal_new ("drag-begin", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                             G_TYPE_NONE, 0);
  signals[SIGNAL_MOVED] = g_signal_new ("moved", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, G_TYPE_DOUBLE);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_DRAG_END] = g_signal_new ("drag-end", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "parameter");
}

static void
nerve_parameter_row_init (NerveParameterRow *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
nerve_parameter_row_new (const NerveParameterTable *table, const NerveParameter *parameter, guint flags, double lower,
                         double upper)
{
  NerveParameterRow *self = g_object_new (NERVE_TYPE_PARAMETER_ROW, NULL);

  self->table = table;
  self->parameter = parameter;
  self->flags = flags;
  if (upper > lower)
    {
      build_slider (self, lower, upper);
      return GTK_WIDGET (self);
    }

  switch (parameter->type)
    {
    case NERVE_PARAMETER_CHOICE:
      build_choice (self);
      break;
    case NERVE_PARAMETER_BOOL:
      self->editor = gtk_switch_new ();
      g_signal_connect_swapped (self->editor, "notify::active", G_CALLBACK (on_switched), self);
      break;
    case NERVE_PARAMETER_INT:
    case NERVE_PARAMETER_DOUBLE:
    case NERVE_PARAMETER_STRING:
    default:
      build_entry (self);
      break;
    }
  build_line (self);

  return GTK_WIDGET (self);
}

const NerveParameter *
nerve_parameter_row_get_parameter (NerveParameterRow *self)
{
  g_return_val_if_fail (NERVE_IS_PARAMETER_ROW (self), NULL);
  return self->parameter;
}

const NerveParameterTable *
nerve_parameter_row_get_table (NerveParameterRow *self)
{
  g_return_val_if_fail (NERVE_IS_PARAMETER_ROW (self), NULL);
  return self->table;
}

void
nerve_parameter_row_set_range (NerveParameterRow *self, double lower, double upper)
{
  double step;

  g_return_if_fail (NERVE_IS_PARAMETER_ROW (self));

  self->lower = lower;
  self->upper = upper;
  step = self->parameter->step > 0 ? self->parameter->step : pow (10, floor (log10 (upper - lower)) - 2);
  if (NERVE_IS_PARAMETER_SLIDER (self->editor))
    nerve_parameter_slider_set_range (NERVE_PARAMETER_SLIDER (self->editor), lower, upper, step);
}

static void
update_slider (NerveParameterRow *self, gconstpointer values, gconstpointer resolved)
{
  gboolean is_automatic = self->parameter->automatic != NULL && g_str_equal (self->text, self->parameter->automatic);
  double value = NAN;
  g_autofree char *text = NULL;

  if (nerve_parameter_slider_is_held (NERVE_PARAMETER_SLIDER (self->editor)))
    value = nerve_parameter_slider_get_value (NERVE_PARAMETER_SLIDER (self->editor));
  else if (!is_automatic)
    value = nerve_parameter_get_number (self->parameter, values);
  else if (resolved != NULL)
    value = nerve_parameter_get_number (self->parameter, resolved);

  text = format_value (self, value);
  nerve_parameter_number_show (self->value, text);
  if (value > self->upper || value < self->lower)
    nerve_parameter_row_set_range (self, MIN (value, self->lower), MAX (value, self->upper));
  gtk_widget_set_visible (self->automatic, self->parameter->automatic != NULL && !is_automatic);
  nerve_parameter_slider_set_value (NERVE_PARAMETER_SLIDER (self->editor), value);
}

void
nerve_parameter_row_update (NerveParameterRow *self, gconstpointer values, gconstpointer resolved)
{
  g_return_if_fail (NERVE_IS_PARAMETER_ROW (self));

  self->setting = TRUE;
  g_free (self->text);
  self->text = nerve_parameter_get (self->parameter, values);
  if (NERVE_IS_PARAMETER_SLIDER (self->editor))
    update_slider (self, values, resolved);
  else if (GTK_IS_DROP_DOWN (self->editor))
    update_choice (self);
  else if (GTK_IS_SWITCH (self->editor))
    gtk_switch_set_active (GTK_SWITCH (self->editor), nerve_parameter_get_number (self->parameter, values) != 0);
  else
    gtk_editable_set_text (GTK_EDITABLE (self->editor),
                           self->text == NULL || g_strcmp0 (self->text, self->parameter->automatic) == 0 ? ""
                                                                                                       : self->text);
  self->setting = FALSE;
}

void
nerve_parameter_row_set_shown (NerveParameterRow *self, const char *shown)
{
  g_return_if_fail (NERVE_IS_PARAMETER_ROW (self));

  g_free (self->override);
  self->override = g_strdup (shown);
  if (shown != NULL)
    show (self, shown);
}
