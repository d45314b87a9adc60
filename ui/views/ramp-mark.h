/* The ramp of colours that stand for a number, small, for the legend. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define NERVE_TYPE_RAMP_MARK (nerve_ramp_mark_get_type ())
G_DECLARE_FINAL_TYPE (NerveRampMark, nerve_ramp_mark, NERVE, RAMP_MARK, GtkWidget)

GtkWidget *nerve_ramp_mark_new (void);

G_END_DECLS
