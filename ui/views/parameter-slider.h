/* A scale that waits until the hand rests before it speaks, and says when a drag begins and ends. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Signals: "drag-begin", "moved" (double, at once), "changed" (double, at rest), "drag-end"; also for keys. */
#define NERVE_TYPE_PARAMETER_SLIDER (nerve_parameter_slider_get_type ())
G_DECLARE_FINAL_TYPE (NerveParameterSlider, nerve_parameter_slider, NERVE, PARAMETER_SLIDER, GtkWidget)

GtkWidget *nerve_parameter_slider_new       (const char *label);
void       nerve_parameter_slider_set_range (NerveParameterSlider *self, double lower, double upper, double step);
/* Says nothing; left alone while the hand is on it. */
void       nerve_parameter_slider_set_value (NerveParameterSlider *self, double value);
double     nerve_parameter_slider_get_value (NerveParameterSlider *self);
gboolean   nerve_parameter_slider_is_held   (NerveParameterSlider *self);

G_END_DECLS
