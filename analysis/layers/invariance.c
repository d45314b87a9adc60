#include "layers/invariance.h"

#include <math.h>
#include <stdlib.h>

#include "base/random.h"

/* A curve over depth, linear between its layers. */
typedef struct
{
  const double *values;
  gsize         n;
  NerveDepth    depth;
  double        scale; /* of the values */
} Shape;

static double
get_place (const Shape *self, gsize layer)
{
  return self->depth == NERVE_DEPTH_RELATIVE ? (double) layer / (self->n - 1) : (double) layer;
}

static double
evaluate (const Shape *self, double at)
{
  double place = self->depth == NERVE_DEPTH_RELATIVE ? at * (self->n - 1) : at;
  gsize below = CLAMP (place, 0, self->n - 1);
  gsize above = MIN (below + 1, self->n - 1);

  if (place > self->n - 1 + 1e-12)
    return 0;
  return self->scale * (self->values[below] + (place - below) * (self->values[above] - self->values[below]));
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  double first = *(const double *) a, second = *(const double *) b;

  return (first > second) - (first < second);
}

/* The integral of (f − g)², exact between the layers of both. @g: NULL for 0. */
static double
integrate (const Shape *f, const Shape *g)
{
  gsize n = f->n + (g != NULL ? g->n : 0);
  g_autofree double *places = g_new (double, n);
  double sum = 0;

  for (gsize i = 0; i < f->n; i++)
    places[i] = get_place (f, i);
  for (gsize i = f->n; i < n; i++)
    places[i] = get_place (g, i - f->n);
  qsort (places, n, sizeof (double), compare_numbers);
  for (gsize i = 1; i < n; i++)
    {
      /* Ends are met from inside: beyond its own a curve is 0. */
      double width = places[i] - places[i - 1], inside = 1e-9 * width;
      double first = evaluate (f, places[i - 1] + inside) - (g != NULL ? evaluate (g, places[i - 1] + inside) : 0);
      double last = evaluate (f, places[i] - inside) - (g != NULL ? evaluate (g, places[i] - inside) : 0);

      sum += width * (first * first + first * last + last * last) / 3;
    }

  return sum;
}

double
nerve_invariance_distance (const double *a, gsize n_a, const double *b, gsize n_b, NerveDepth depth)
{
  Shape f = { a, n_a, depth, 1 }, g = { b, n_b, depth, 1 };
  double square_a, square_b;

  if (n_a < 2 || n_b < 2)
    return NAN;
  square_a = integrate (&f, NULL);
  square_b = integrate (&g, NULL);
  if (!(square_a > 0 && square_b > 0 && isfinite (square_a) && isfinite (square_b)))
    return NAN;

  f.scale = 1 / sqrt (square_a);
  g.scale = 1 / sqrt (square_b);
  return sqrt (MAX (integrate (&f, &g), 0));
}

static double *
replicate (const NerveDecayCurve *curve, guint dimensions, gsize n_replicates, guint64 seed, GError **error)
{
  g_autoptr (NerveResampling) bootstrap = nerve_decay_curve_bootstrap (curve, n_replicates, seed, error);
  double *omegas;

  if (bootstrap == NULL)
    return NULL;

  omegas = g_new (double, n_replicates * nerve_decay_curve_get_n_layers (curve) + 1);
  nerve_decay_curve_replicate (curve, dimensions, NULL, bootstrap, omegas);
  return omegas;
}

gboolean
nerve_invariance_compare (const NerveDecayCurve *a, const NerveDecayCurve *b, guint dimensions, NerveDepth depth,
                          gsize n_replicates, guint64 seed, NerveInvariance *out, GError **error)
{
  gsize n_a = nerve_decay_curve_get_n_layers (a), n_b = nerve_decay_curve_get_n_layers (b);
  g_autofree double *omega_a = g_new (double, n_a + 1);
  g_autofree double *omega_b = g_new (double, n_b + 1);
  g_autofree double *omegas_a = NULL;
  g_autofree double *omegas_b = NULL;
  g_autofree double *distances = g_new (double, n_replicates + 1);

  nerve_decay_curve_omega (a, dimensions, NULL, omega_a);
  nerve_decay_curve_omega (b, dimensions, NULL, omega_b);
  out->distance = nerve_invariance_distance (omega_a, n_a, omega_b, n_b, depth);
  omegas_a = replicate (a, dimensions, n_replicates, 2 * seed, error);
  omegas_b = omegas_a != NULL ? replicate (b, dimensions, n_replicates, 2 * seed + 1, error) : NULL;
  if (omegas_b == NULL)
    return FALSE;

  for (gsize r = 0; r < n_replicates; r++)
    distances[r] = nerve_invariance_distance (omegas_a + r * n_a, n_a, omegas_b + r * n_b, n_b, depth);
  nerve_resampling_band (distances, n_replicates, &out->low, &out->high);
  return TRUE;
}

/* What each image counts when only @size of its class are drawn. */
static void
draw_shares (const int *classes, gsize n_images, gsize n_classes, gsize size, NerveRandom *random, double *shares)
{
  g_autofree gsize *left = g_new0 (gsize, n_classes + 1);   /* images of a class still to come */
  g_autofree gsize *wanted = g_new0 (gsize, n_classes + 1); /* and to be drawn */
  g_autofree gsize *drawn = g_new0 (gsize, n_classes + 1);
  gsize n_present = 0;

  for (gsize i = 0; i < n_images; i++)
    if (classes[i] >= 0)
      left[classes[i]]++;
  for (gsize c = 0; c < n_classes; c++)
    {
      wanted[c] = drawn[c] = MIN (size, left[c]);
      n_present += left[c] > 0;
    }
  for (gsize i = 0; i < n_images; i++)
    {
      int c = classes[i];

      shares[i] = 0;
      if (c < 0 || nerve_random_below (random, left[c]--) >= wanted[c])
        continue;
      wanted[c]--;
      shares[i] = 1.0 / ((double) drawn[c] * n_present);
    }
}

static void
summarize (double *values, gsize n, NerveInvariance *out)
{
  gsize n_numbers = 0;

  nerve_resampling_band (values, n, &out->low, &out->high);
  for (gsize i = 0; i < n; i++)
    if (!isnan (values[i]))
      values[n_numbers++] = values[i];
  qsort (values, n_numbers, sizeof (double), compare_numbers);
  out->distance = n_numbers > 0 ? (values[(n_numbers - 1) / 2] + values[n_numbers / 2]) / 2 : NAN;
}

static gboolean
try_size (const NerveDecayCurve *curve, guint dimensions, NerveDecayX x, const double *whole, gsize n_trials,
          guint64 seed, NerveImageSubsample *out, const NerveProgress *progress)
{
  gsize n_layers = nerve_decay_curve_get_n_layers (curve), n_images = nerve_decay_curve_get_n_images (curve), n_classes;
  const int *classes = nerve_decay_curve_get_classes (curve, &n_classes);
  g_autofree double *shares = g_new (double, n_images + 1);
  g_autofree double *omega = g_new (double, n_layers + 1);
  g_autofree double *distances = g_new (double, 2 * n_trials + 1);
  double *thetas = distances + n_trials;

  for (gsize t = 0; t < n_trials; t++)
    {
      NerveDecayScores scores;
      NerveRandom random;

      if (!nerve_progress_step (progress, (double) t / n_trials))
        return FALSE;
      nerve_random_init_stream (&random, seed, out->n_images * n_trials + t);
      draw_shares (classes, n_images, n_classes, out->n_images, &random, shares);
      nerve_decay_curve_weigh (curve, dimensions, shares, omega);
      nerve_decay_scores (omega, n_layers, x, &scores);
      distances[t] = nerve_invariance_distance (omega, n_layers, whole, n_layers, NERVE_DEPTH_RELATIVE);
      thetas[t] = scores.theta;
    }

  summarize (distances, n_trials, &out->distance);
  summarize (thetas, n_trials, &out->theta);
  return TRUE;
}

/* 1, 2, 5, 10, … and all that the largest class has. */
static GArray *
choose_sizes (const NerveDecayCurve *curve)
{
  GArray *sizes = g_array_new (FALSE, FALSE, sizeof (gsize));
  gsize n_classes, largest = 0;
  const int *classes = nerve_decay_curve_get_classes (curve, &n_classes);
  g_autofree gsize *counts = g_new0 (gsize, n_classes + 1);

  for (gsize i = 0; i < nerve_decay_curve_get_n_images (curve); i++)
    if (classes[i] >= 0)
      {
        counts[classes[i]]++;
        largest = MAX (largest, counts[classes[i]]);
      }
  for (gsize unit = 1; unit < largest; unit *= 10)
    for (guint k = 0; k < 3; k++)
      {
        gsize size = unit * (k == 0 ? 1 : k == 1 ? 2 : 5);

        if (size < largest)
          g_array_append_val (sizes, size);
      }
  g_array_append_val (sizes, largest);

  return sizes;
}

GArray *
nerve_invariance_subsample (const NerveDecayCurve *curve, guint dimensions, NerveDecayX x, const gsize *sizes,
                            gsize n_sizes, gsize n_trials, guint64 seed, const NerveProgress *progress, GError **error)
{
  g_autoptr (GArray) own = choose_sizes (curve);
  g_autoptr (GArray) results = g_array_new (FALSE, FALSE, sizeof (NerveImageSubsample));
  g_autofree double *whole = g_new (double, nerve_decay_curve_get_n_layers (curve) + 1);

  if (sizes == NULL)
    {
      sizes = (const gsize *) (gpointer) own->data;
      n_sizes = own->len;
    }

  nerve_decay_curve_omega (curve, dimensions, NULL, whole);
  for (gsize k = 0; k < n_sizes; k++)
    {
      NerveImageSubsample result = { .n_images = sizes[k] };

      NerveProgress part = nerve_progress_part (progress, (double) k / n_sizes, (k + 1.0) / n_sizes);

      if (!try_size (curve, dimensions, x, whole, n_trials, seed, &result, &part))
        {
          nerve_progress_set_cancelled (error);
          return NULL;
        }
      g_array_append_val (results, result);
    }

  return g_steal_pointer (&results);
}
