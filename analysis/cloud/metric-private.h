/* For the files that compute distances. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Σ x² in order of the coordinates. */
static inline double
nerve_metric_square (const double *point, gsize d)
{
  double sum = 0.0;

  for (gsize k = 0; k < d; k++)
    sum += point[k] * point[k];

  return sum;
}

/* The cosine distance from ⟨a, b⟩, Σ a² and Σ b². */
double nerve_metric_finish_cosine (double product, double square_a, double square_b);

G_END_DECLS
