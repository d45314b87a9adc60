/* The points' distances to their k-th neighbour, sorted, with ε as a line whose knob can be dragged. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Signals: "drag-begin", "eps-changed" (double), "drag-end". */
#define NERVE_TYPE_DISTANCE_CURVE (nerve_distance_curve_get_type ())
G_DECLARE_FINAL_TYPE (NerveDistanceCurve, nerve_distance_curve, NERVE, DISTANCE_CURVE, GtkWidget)

GtkWidget *nerve_distance_curve_new     (void);
/* @distances: (array): ascending, copied; NULL: none known
 * @knee: NaN: none */
void       nerve_distance_curve_set     (NerveDistanceCurve *self, const double *distances, gsize n, double knee);
void       nerve_distance_curve_set_eps (NerveDistanceCurve *self, double eps);
/* What a slider for ε should reach to: some way past the bulk of the distances; 0 without distances. */
double     nerve_distance_curve_get_upper (NerveDistanceCurve *self);

G_END_DECLS
