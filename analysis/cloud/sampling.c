#include "cloud/sampling.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"

typedef struct
{
  double square;
  gint32 position;
} RankedPosition;

/* In the order of NerveSampling. */
const NerveChoice nerve_sampling_choices[] = {
  { "flatten", N_("Whole tensor") },
  { "pool-mean", N_("Mean over positions") },
  { "pool-max", N_("Maximum over positions") },
  { "random", N_("Random position") },
  { "top-norm", N_("Largest norm") },
  { "full", N_("Every position") },
  { "foreground", N_("Foreground") },
  { "background", N_("Background") },
  { NULL, NULL },
};

static gsize
map_size (const NerveSampler *self)
{
  return self->layer->height * self->layer->width;
}

static gsize
one_per_image (const NerveSampler *self)
{
  return 1;
}

static gsize
k_per_image (const NerveSampler *self)
{
  return self->positions;
}

static gsize
all_per_image (const NerveSampler *self)
{
  return map_size (self);
}

static gsize
count_channels (const NerveSampler *self)
{
  return self->layer->channels;
}

/* The row or column of a random position; the published code never draws the first one. */
static gsize
draw_extent (const NerveSampler *self, NerveRandom *random, gsize extent)
{
  if (self->paper && extent > 1)
    return 1 + nerve_random_below (random, extent - 1);

  return nerve_random_below (random, extent);
}

static gint32
place_at_random (const NerveSampler *self, gsize image, gsize slot)
{
  NerveRandom random;
  gsize i;

  /* From the seed and the image alone: a class filter or another image changes nothing. */
  nerve_random_init_stream (&random, self->seed, image);
  i = draw_extent (self, &random, self->layer->height);

  return i * self->layer->width + draw_extent (self, &random, self->layer->width);
}

static gint32
place_everywhere (const NerveSampler *self, gsize image, gsize slot)
{
  return slot;
}

static int
compare_ranked (gconstpointer a, gconstpointer b)
{
  const RankedPosition *x = a;
  const RankedPosition *y = b;

  if (x->square != y->square)
    return x->square > y->square ? -1 : 1;

  return (x->position > y->position) - (x->position < y->position);
}

/* In order: for each position, of its numbers divided by @unit. */
static void
sum_squares (const NerveSampler *self, const double *tensor, double unit, RankedPosition *ranked)
{
  gsize n = map_size (self);

  for (gsize position = 0; position < n; position++)
    ranked[position] = (RankedPosition) { 0, position };
  for (gsize channel = 0; channel < self->layer->channels; channel++)
    for (gsize position = 0; position < n; position++)
      {
        double value = tensor[channel * n + position] / unit;

        ranked[position].square += value * value;
      }
}

static double
find_largest (const double *values, gsize n)
{
  double largest = 0;

  for (gsize i = 0; i < n; i++)
    largest = MAX (largest, fabs (values[i]));

  return largest;
}

static void
rank_by_norm (const NerveSampler *self, const double *tensor, gint32 *positions)
{
  gsize n = map_size (self);
  g_autofree RankedPosition *ranked = g_new (RankedPosition, n);
  double largest = find_largest (tensor, n * self->layer->channels);

  /* Squares that would leave double's range are compared in another unit. */
  sum_squares (self, tensor, largest != 0 && !(largest > 1e-146 && largest < 1e146) ? largest : 1, ranked);

  if (self->positions == 1)
    {
      for (gsize position = 1; position < n; position++)
        if (compare_ranked (&ranked[position], &ranked[0]) < 0)
          ranked[0] = ranked[position];
    }
  else
    {
      qsort (ranked, n, sizeof *ranked, compare_ranked);
    }

  for (gsize i = 0; i < self->positions; i++)
    positions[i] = ranked[i].position;
}

static void
copy_tensor (const NerveSampler *self, const double *tensor, double *out)
{
  memcpy (out, tensor, nerve_sampler_row_size (self) * sizeof (double));
}

static void
average_map (const NerveSampler *self, const double *tensor, double *out)
{
  gsize n = map_size (self);

  for (gsize channel = 0; channel < self->layer->channels; channel++)
    {
      double sum = 0.0;

      for (gsize position = 0; position < n; position++)
        sum += tensor[channel * n + position];
      out[channel] = sum / n;
    }
}

static void
maximise_map (const NerveSampler *self, const double *tensor, double *out)
{
  gsize n = map_size (self);

  for (gsize channel = 0; channel < self->layer->channels; channel++)
    {
      out[channel] = tensor[channel * n];
      for (gsize position = 1; position < n; position++)
        out[channel] = MAX (out[channel], tensor[channel * n + position]);
    }
}

static const NerveSamplingType types[] = {
  [NERVE_SAMPLING_FLATTEN] = {
    .per_image = one_per_image, .dimension = nerve_sampler_row_size, .reduce = copy_tensor,
  },
  [NERVE_SAMPLING_POOL_MEAN] = {
    .per_image = one_per_image, .dimension = count_channels, .reduce = average_map,
  },
  [NERVE_SAMPLING_POOL_MAX] = {
    .per_image = one_per_image, .dimension = count_channels, .reduce = maximise_map,
  },
  [NERVE_SAMPLING_RANDOM] = {
    .is_seeded = TRUE, .paper_relu = NERVE_PAPER_RELU_ON,
    .per_image = one_per_image, .dimension = count_channels, .place = place_at_random,
  },
  [NERVE_SAMPLING_TOP_NORM] = {
    .paper_relu = NERVE_PAPER_RELU_OFF,
    .per_image = k_per_image, .dimension = count_channels, .rank = rank_by_norm,
  },
  [NERVE_SAMPLING_FULL] = {
    .paper_relu = NERVE_PAPER_RELU_ON,
    .per_image = all_per_image, .dimension = count_channels, .place = place_everywhere,
  },
  [NERVE_SAMPLING_FOREGROUND] = {
    .is_seeded = TRUE, .paper_relu = NERVE_PAPER_RELU_OFF,
    .mask = NERVE_MASK_FOREGROUND, .per_image = k_per_image, .dimension = count_channels,
  },
  [NERVE_SAMPLING_BACKGROUND] = {
    .is_seeded = TRUE, .paper_relu = NERVE_PAPER_RELU_OFF,
    .mask = NERVE_MASK_BACKGROUND, .per_image = k_per_image, .dimension = count_channels,
  },
};

static NerveSampling
resolve_tensor (const NerveLayer *layer, NerveSampling wanted)
{
  if (wanted != NERVE_SAMPLING_DEFAULT)
    return wanted;

  return g_strcmp0 (layer->kind, "input") == 0 ? NERVE_SAMPLING_FLATTEN : NERVE_SAMPLING_RANDOM;
}

static gboolean
resolve_vector (NerveSampler *self, NerveSampling wanted, GError **error)
{
  NerveSampling before = nerve_sampling_parse (self->layer->sampling);

  self->sampling = NERVE_SAMPLING_FLATTEN;
  self->counts_as = before != NERVE_SAMPLING_DEFAULT ? before : NERVE_SAMPLING_FLATTEN;
  if (wanted == NERVE_SAMPLING_DEFAULT || wanted == self->counts_as || types[wanted].mask == NERVE_MASK_NONE)
    return TRUE;

  g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER,
               "the sampling “%s” needs positions, but this layer holds vectors", nerve_sampling_choices[wanted].name);
  return FALSE;
}

const NerveSamplingType *
nerve_sampling_type (NerveSampling sampling)
{
  g_return_val_if_fail (sampling >= 0 && sampling < G_N_ELEMENTS (types), NULL);

  return &types[sampling];
}

NerveSampling
nerve_sampling_parse (const char *name)
{
  if (g_strcmp0 (name, "random-spatial") == 0)
    return NERVE_SAMPLING_RANDOM;
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_strcmp0 (name, nerve_sampling_choices[i].name) == 0)
      return i;

  return NERVE_SAMPLING_DEFAULT;
}

gboolean
nerve_sampler_init (NerveSampler *self, const NerveLayer *layer, const NerveCloudParameters *parameters,
                    GError **error)
{
  *self = (NerveSampler) {
    .layer = layer,
    .seed = parameters->seed,
    .relu = parameters->relu,
    .paper = parameters->paper,
  };

  if (layer->is_vector)
    {
      if (!resolve_vector (self, parameters->sampling, error))
        return FALSE;
    }
  else
    {
      self->sampling = resolve_tensor (layer, parameters->sampling);
      self->counts_as = self->sampling;
    }

  self->positions = MIN ((gsize) parameters->positions, map_size (self));
  if (self->paper && types[self->counts_as].paper_relu != NERVE_PAPER_RELU_AS_SAID)
    self->relu = types[self->counts_as].paper_relu == NERVE_PAPER_RELU_ON;

  return TRUE;
}

gsize
nerve_sampler_per_image (const NerveSampler *self)
{
  return types[self->sampling].per_image (self);
}

gsize
nerve_sampler_dimension (const NerveSampler *self)
{
  return types[self->sampling].dimension (self);
}

gsize
nerve_sampler_row_size (const NerveSampler *self)
{
  return self->layer->channels * self->layer->height * self->layer->width;
}
