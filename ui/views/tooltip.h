/* Tooltips for widgets that come in numbers or change often.
 *
 * gtk_widget_set_tooltip_text() asks the display server where the pointer is, up to three round trips each time; on a
 * board of columns, layers and classes that adds up to many milliseconds of waiting before the first frame. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * nerve_tooltip_set:
 * @widget: any widget
 * @text: what its tooltip says from now on
 *
 * The text is read when the pointer rests on the widget. Screen readers have it as the widget's description.
 */
void nerve_tooltip_set (GtkWidget *widget, const char *text);

G_END_DECLS
