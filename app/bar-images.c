#include "config.h"

#include "app/bar-images.h"

#include <glib/gi18n.h>

#include "homology/representatives.h"

static gboolean
is_same (const NerveBar *a, const NerveBar *b)
{
  return a->dimension == b->dimension && a->birth == b->birth && a->death == b->death;
}

NerveBarChoice
nerve_bar_choice_new (const NerveDiagram *diagram, gsize index)
{
  const NerveBar *bars = nerve_diagram_get_bars (diagram);
  NerveBarChoice self = { .bar = bars[index] };

  while (self.nth < index && is_same (&bars[index - self.nth - 1], &bars[index]))
    self.nth++;

  return self;
}

/* The diagram's cloud and distances once more: keeping all pairs of every layer would take more memory than time. */
static NerveRepresentatives *
find_representatives (NerveCloud *cloud, const NerveLayerParameters *parameters, const NerveBar *bar,
                      const NerveProgress *progress, GError **error)
{
  NerveProgress measuring = nerve_progress_part (progress, .2, .4);
  NerveProgress reducing = nerve_progress_part (progress, .4, 1);
  g_autoptr (NerveDistances) distances = nerve_cloud_distances (cloud, &measuring, error);

  if (distances == NULL)
    return NULL;

  return nerve_representatives_new (distances, parameters->rips.threshold, bar, &reducing, error);
}

static int
compare_images (gconstpointer a, gconstpointer b)
{
  guint32 first = *(const guint32 *) a;
  guint32 second = *(const guint32 *) b;

  return first < second ? -1 : first > second;
}

static NerveBarImages *
collect_images (const NerveCloud *cloud, const NerveRepresentative *representative)
{
  const guint32 *image_of = nerve_cloud_get_images (cloud);
  NerveBarImages *self = g_new0 (NerveBarImages, 1);

  g_atomic_ref_count_init (&self->ref);
  self->bar = representative->bar;
  self->is_cycle = representative->bar.dimension == 1;
  self->images = g_new (guint32, MAX (representative->n_points, 1));
  for (gsize i = 0; i < representative->n_points; i++)
    self->images[i] = image_of[representative->points[i]];
  qsort (self->images, representative->n_points, sizeof *self->images, compare_images);
  for (gsize i = 0; i < representative->n_points; i++)
    if (i == 0 || self->images[i] != self->images[self->n_images - 1])
      self->images[self->n_images++] = self->images[i];

  return self;
}

NerveBarImages *
nerve_bar_images_new (NerveDataset *dataset, guint layer, const NerveLayerParameters *parameters,
                      const NerveBarChoice *choice, const NerveProgress *progress, GError **error)
{
  NerveProgress sampling = nerve_progress_part (progress, 0, .2);
  g_autoptr (NerveCloud) cloud = NULL;
  g_autoptr (NerveRepresentatives) found = NULL;
  const NerveRepresentative *chosen = NULL;
  gsize nth = 0;

  g_return_val_if_fail (choice->bar.dimension <= NERVE_REPRESENTATIVES_MOST_DIMENSION, NULL);

  cloud = nerve_diagram_cloud_new (dataset, layer, parameters, &sampling, error);
  if (cloud == NULL)
    return NULL;
  found = find_representatives (cloud, parameters, &choice->bar, progress, error);
  if (found == NULL)
    return NULL;

  for (gsize i = 0; i < nerve_representatives_get_n (found) && chosen == NULL; i++)
    if (is_same (&nerve_representatives_get (found, i)->bar, &choice->bar) && nth++ == choice->nth)
      chosen = nerve_representatives_get (found, i);
  if (chosen == NULL)
    {
      g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_NOT_FOUND, _("Nothing was found that stands for this bar."));
      return NULL;
    }

  return collect_images (cloud, chosen);
}

NerveBarImages *
nerve_bar_images_ref (NerveBarImages *self)
{
  g_atomic_ref_count_inc (&self->ref);

  return self;
}

void
nerve_bar_images_unref (NerveBarImages *self)
{
  if (!g_atomic_ref_count_dec (&self->ref))
    return;

  g_free (self->images);
  g_free (self);
}

static gpointer ref_images (gpointer result) { return nerve_bar_images_ref (result); }
static void unref_images (gpointer result) { nerve_bar_images_unref (result); }
static gsize images_size (gpointer result) { return ((NerveBarImages *) result)->n_images * sizeof (guint32); }

const NerveResultType *
nerve_bar_images_type (void)
{
  static const NerveResultType type = {
    .name = "bar", .title = N_("Images of a bar"),
    .ref = ref_images, .unref = unref_images, .size = images_size,
  };

  return &type;
}

char *
nerve_bar_images_key (NerveDataset *dataset, guint layer, const NerveLayerParameters *parameters,
                      const NerveBarChoice *choice)
{
  g_autofree char *diagram = nerve_result_key (NERVE_RESULT_HOMOLOGY, dataset, layer, parameters);
  char birth[G_ASCII_DTOSTR_BUF_SIZE];
  char death[G_ASCII_DTOSTR_BUF_SIZE];

  return g_strdup_printf ("%s|%s|%d|%s|%s|%" G_GSIZE_FORMAT, nerve_bar_images_type ()->name, diagram,
                          choice->bar.dimension, g_ascii_dtostr (birth, sizeof birth, choice->bar.birth),
                          g_ascii_dtostr (death, sizeof death, choice->bar.death), choice->nth);
}
