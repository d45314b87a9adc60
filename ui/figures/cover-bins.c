#include "figures/cover-bins.h"

#include <math.h>

#include "cloud/cloud.h"
#include "figures/cells.h"
#include "figures/mapper-shares.h"
#include "figures/palette-private.h"

typedef struct
{
  NerveCoverBins    *bins;
  NerveGraph        *graph;
  NerveMapperShares *shares;
  const NerveStyle  *style;
  double             lower;
  double             upper;
} Filler;

static guint
bin_of (const Filler *self, guint32 point)
{
  double place = (nerve_mapper_get_lens (self->graph->mapper)[point] - self->lower) / (self->upper - self->lower);

  return (guint) CLAMP (place * NERVE_COVER_BINS, 0, NERVE_COVER_BINS - 1);
}

/* Which wedge of a node a class or superclass is. */
static guint *
places_of_kinds (const NerveMapperShares *shares)
{
  guint *places = g_new0 (guint, shares->n);

  for (guint i = 0; i + 1 < shares->n; i++)
    places[shares->kinds[i]] = i;

  return places;
}

static guint
kind_of (const Filler *self, const guint *places, const int *labels, guint32 image)
{
  const NervePalette *palette = self->shares->model->palette;
  int label = labels != NULL ? labels[image] : -1;

  if (label < 0 || (guint) label >= nerve_palette_get_n_classes (palette) || self->shares->n == 1)
    return self->shares->n - 1;

  return places[self->shares->by_group ? nerve_palette_get_group (palette, label) : (guint) label];
}

static void
fill_shares (Filler *self)
{
  NerveCoverBins *bins = self->bins;
  const NerveCloud *cloud = nerve_mapper_get_cloud (self->graph->mapper);
  const int *labels = nerve_dataset_get_labels (self->shares->model->dataset);
  g_autofree guint *places = places_of_kinds (self->shares);

  for (gsize i = 0; i < nerve_cloud_get_n (cloud); i++)
    {
      guint kind = kind_of (self, places, labels, nerve_cloud_get_images (cloud)[i]);

      bins->counts[bin_of (self, i) * bins->n_kinds + kind]++;
    }
  for (guint bin = 0; bin < NERVE_COVER_BINS; bin++)
    for (guint kind = 0; kind < bins->n_kinds; kind++)
      bins->colors[bin * bins->n_kinds + kind] = nerve_mapper_shares_is_grey (self->shares, kind)
                                                   ? self->style->hairline : self->shares->colors[kind];
}

/* Of a lens its own value; else the mean of the nodes that the bin's points are in, each as often as they are. */
static void
measure_bins (const Filler *self, double means[NERVE_COVER_BINS])
{
  const NerveNodeMeasure *measure = &self->shares->measure;
  gsize counts[NERVE_COVER_BINS] = { 0 };

  for (guint bin = 0; bin < NERVE_COVER_BINS; bin++)
    means[bin] = measure->by == NERVE_COLOR_BY_LENS
                   ? self->lower + (bin + .5) * (self->upper - self->lower) / NERVE_COVER_BINS : 0;
  for (guint node = 0; node < measure->n && measure->by != NERVE_COLOR_BY_LENS; node++)
    for (gsize i = 0; i < nerve_mapper_get_node (self->graph->mapper, node)->n_members; i++)
      {
        guint bin = bin_of (self, nerve_mapper_get_node (self->graph->mapper, node)->members[i]);

        if (!isfinite (measure->values[node]))
          continue;
        means[bin] += measure->values[node];
        counts[bin]++;
      }
  for (guint bin = 0; bin < NERVE_COVER_BINS && measure->by != NERVE_COLOR_BY_LENS; bin++)
    means[bin] = counts[bin] > 0 ? means[bin] / counts[bin] : NAN;
}

static void
fill_measure (Filler *self)
{
  const NerveNodeMeasure *measure = &self->shares->measure;
  double means[NERVE_COVER_BINS];

  measure_bins (self, means);
  for (gsize i = 0; i < nerve_cloud_get_n (nerve_mapper_get_cloud (self->graph->mapper)); i++)
    self->bins->counts[bin_of (self, i)]++;
  for (guint bin = 0; bin < NERVE_COVER_BINS; bin++)
    {
      double share = measure->high > measure->low ? (means[bin] - measure->low) / (measure->high - measure->low) : .5;

      self->bins->colors[bin] = isfinite (means[bin]) ? nerve_cell_color (self->style, share)
                                                      : nerve_palette_get_neutral (self->style->dark);
    }
}

void
nerve_cover_bins_init (NerveCoverBins *self, const NerveFigureModel *model, NerveGraph *graph,
                       const NerveStyle *style, double lower, double upper)
{
  g_auto (NerveMapperShares) shares = { NULL };
  Filler filler = { self, graph, &shares, style, lower, upper };
  gboolean measured;

  nerve_mapper_shares_init (&shares, model, graph, style->dark);
  measured = shares.measure.values != NULL;
  *self = (NerveCoverBins) { .n_kinds = measured ? 1 : shares.n, .tallest = 1, .plain = !measured && shares.n == 1 };
  self->counts = g_new0 (guint32, NERVE_COVER_BINS * self->n_kinds);
  self->colors = g_new0 (NerveColor, NERVE_COVER_BINS * self->n_kinds);
  if (measured)
    fill_measure (&filler);
  else
    fill_shares (&filler);

  for (guint i = 0; i < NERVE_COVER_BINS * self->n_kinds; i++)
    self->points[i / self->n_kinds] += self->counts[i];
  for (guint bin = 0; bin < NERVE_COVER_BINS; bin++)
    self->tallest = MAX (self->tallest, self->points[bin]);
}

void
nerve_cover_bins_clear (NerveCoverBins *self)
{
  g_clear_pointer (&self->counts, g_free);
  g_clear_pointer (&self->colors, g_free);
}
