/* The line around what the hand takes in: a rectangle, or a lasso as it was drawn. An array of graphene_point_t. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GArray  *nerve_figure_outline_new      (void);
/* The next point of a lasso; one that hardly moved is left out. */
void     nerve_figure_outline_add      (GArray *self, double x, double y);
/* A rectangle between two corners in place of whatever it was. */
void     nerve_figure_outline_set_box  (GArray *self, double x, double y, double other_x, double other_y);
/* Closed by a straight line, crossing itself or not. O(points) */
gboolean nerve_figure_outline_contains (GArray *self, double x, double y);

G_END_DECLS
