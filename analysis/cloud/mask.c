#include "cloud/mask.h"

#include <stdlib.h>

#include "base/random.h"

typedef struct
{
  guint64 weight;
  guint64 lot; /* decides ties */
  gint32  position;
} Place;

/* How much of [i · length, (i + 1) · length) and of pixel [p · n, (p + 1) · n) is the same. */
static guint64
overlap (gsize i, gsize length, gsize p, gsize n)
{
  gsize begin = MAX (i * length, p * n);
  gsize end = MIN ((i + 1) * length, (p + 1) * n);

  return end > begin ? end - begin : 0;
}

static guint64
weigh_region (const NerveImage *mask, gsize height, gsize width, gsize i, gsize j)
{
  gsize last_row = ((i + 1) * mask->height + height - 1) / height;
  gsize last_column = ((j + 1) * mask->width + width - 1) / width;
  guint64 weight = 0;

  for (gsize row = i * mask->height / height; row < last_row; row++)
    for (gsize column = j * mask->width / width; column < last_column; column++)
      if (mask->pixels[row * mask->width + column] != 0)
        weight += overlap (i, mask->height, row, height) * overlap (j, mask->width, column, width);

  return weight;
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const Place *x = a;
  const Place *y = b;

  if (x->weight != y->weight)
    return x->weight > y->weight ? -1 : 1;
  if (x->lot != y->lot)
    return x->lot < y->lot ? -1 : 1;

  return (x->position > y->position) - (x->position < y->position);
}

void
nerve_mask_weights (const NerveImage *mask, gsize height, gsize width, guint64 *weights)
{
  for (gsize i = 0; i < height; i++)
    for (gsize j = 0; j < width; j++)
      weights[i * width + j] = weigh_region (mask, height, width, i, j);
}

NerveMaskOutcome
nerve_mask_place (const NerveSampler *sampler, const NerveImage *mask, gsize image, gint32 *positions)
{
  gsize n = sampler->layer->height * sampler->layer->width;
  guint64 whole = (guint64) mask->width * mask->height;
  g_autofree guint64 *weights = g_new (guint64, n);
  g_autofree Place *places = g_new (Place, n);
  gboolean has_foreground = FALSE;
  NerveRandom random;

  nerve_mask_weights (mask, sampler->layer->height, sampler->layer->width, weights);
  nerve_random_init_stream (&random, sampler->seed, image);
  for (gsize i = 0; i < n; i++)
    {
      gboolean is_background = nerve_sampling_type (sampler->sampling)->mask == NERVE_MASK_BACKGROUND;

      has_foreground |= weights[i] > 0;
      places[i].weight = is_background ? whole - weights[i] : weights[i];
      places[i].lot = nerve_random_next (&random);
      places[i].position = i;
    }

  qsort (places, n, sizeof *places, compare_places);
  for (gsize i = 0; i < sampler->positions; i++)
    positions[i] = places[i].position;

  if (!has_foreground)
    return NERVE_MASK_EMPTY;

  return places[0].weight > 0 ? NERVE_MASK_PLACED : NERVE_MASK_FULL;
}
