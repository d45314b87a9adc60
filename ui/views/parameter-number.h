/* The number beside a slider: read, and typed where the hand wants it exact or beyond the slider's end. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef void (*NerveParameterNumberFunc) (double number, gpointer user_data);

/* An entry that looks like a label until it is gone into. @entered: once for each number that was typed; what is no
 * number gives way to what stood there. */
GtkWidget *nerve_parameter_number_new  (const char *name, NerveParameterNumberFunc entered, gpointer user_data);
/* Unless somebody is typing. */
void       nerve_parameter_number_show (GtkWidget *self, const char *text);

G_END_DECLS
