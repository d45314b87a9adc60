#include "layers/parting-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

static const NerveParameter parameters[] = {
  {
    .name = "bootstraps", .label = N_("Bootstraps"),
    .help = N_("How many times images are drawn anew for the bounds of mix"),
    .type = NERVE_PARAMETER_INT, .offset = G_STRUCT_OFFSET (NervePartingParameters, bootstraps),
    .initial = 200, .lower = 20, .upper = 10000,
  },
  {
    .name = "permutations", .label = N_("Permutations"),
    .help = N_("How many times labels are permuted for the control; 0: no control"),
    .type = NERVE_PARAMETER_INT, .offset = G_STRUCT_OFFSET (NervePartingParameters, permutations),
    .initial = 20, .lower = 0, .upper = 10000,
  },
  {
    .name = "parted-below", .label = N_("Parted below"),
    .help = N_("Classes are parted where the upper bound of their mix is below this"),
    .type = NERVE_PARAMETER_DOUBLE, .offset = G_STRUCT_OFFSET (NervePartingParameters, parted_below),
    .initial = .1, .lower = 0, .upper = 1,
  },
  {
    .name = "least-coverage", .label = N_("Least coverage"),
    .help = N_("No verdict where less of a class is in the graph"),
    .type = NERVE_PARAMETER_DOUBLE, .offset = G_STRUCT_OFFSET (NervePartingParameters, least_coverage),
    .initial = .3, .lower = 0, .upper = 1,
  },
};

const NerveParameterTable nerve_parting_table = {
  "parting", sizeof (NervePartingParameters), parameters, G_N_ELEMENTS (parameters),
};

static void
level_init (NervePartingLevel *self, NerveDataset *dataset, guint level, guint n_layers)
{
  guint n_classes = nerve_dataset_get_n_classes (dataset);

  self->n = level == 0 ? n_classes : nerve_dataset_get_n_groups (dataset, level);
  self->groups = g_new (guint, MAX (n_classes, 1));
  for (guint c = 0; c < n_classes; c++)
    self->groups[c] = level == 0 ? c : nerve_dataset_get_group (dataset, level, c);
  self->pairs = g_new0 (NervePartingPair, MAX (nerve_parting_count_pairs (self->n), 1));
  self->points = g_new0 (NerveMixPoint, MAX (nerve_parting_count_pairs (self->n) * n_layers, 1));
  self->control = NAN;
  self->control_points = g_new0 (NerveMixPoint, MAX (n_layers, 1));
}

static NerveParting *
parting_alloc (NerveDataset *dataset, const NervePartingParameters *values)
{
  NerveParting *self = g_new0 (NerveParting, 1);

  g_atomic_ref_count_init (&self->references);
  self->parameters = *values;
  self->n_layers = nerve_dataset_get_n_layers (dataset);
  self->n_classes = nerve_dataset_get_n_classes (dataset);
  self->n_images = nerve_dataset_get_n (dataset);
  self->counted = g_new (gboolean, MAX (self->n_layers, 1));
  for (guint layer = 0; layer < self->n_layers; layer++)
    self->counted[layer] = strcmp (nerve_dataset_get_layer (dataset, layer)->kind, "input") != 0;
  self->n_levels = 1 + nerve_dataset_get_n_levels (dataset);
  self->levels = g_new0 (NervePartingLevel, self->n_levels);
  for (guint level = 0; level < self->n_levels; level++)
    level_init (&self->levels[level], dataset, level, self->n_layers);

  return self;
}

/* From the last layer back. */
static void
judge (const NerveParting *self, const NerveMixPoint *points, NervePartingPair *pair)
{
  gboolean any = FALSE;

  *pair = (NervePartingPair) { NERVE_PARTING_NO_VERDICT, self->n_layers - 1 };
  for (guint layer = self->n_layers; layer-- > 0;)
    {
      if (!self->counted[layer] || !points[layer].has_verdict)
        continue;
      if (!nerve_parting_is_parted (self, &points[layer]))
        {
          if (!any)
            *pair = (NervePartingPair) { NERVE_PARTING_NEVER, layer };
          return;
        }
      any = TRUE;
      *pair = (NervePartingPair) { NERVE_PARTING_PARTED, layer };
    }
}

/* A layer without a graph. */
static void
leave_open (NerveParting *self, guint layer)
{
  for (guint level = 0; level < self->n_levels; level++)
    for (gsize pair = 0; pair < nerve_parting_count_pairs (self->levels[level].n); pair++)
      self->levels[level].points[pair * self->n_layers + layer] = (NerveMixPoint) { NAN, NAN, NAN, 0, FALSE };
}

static gboolean
measure_all (NerveParting *self, NerveSharing * const *sharing, const int *labels, guint64 seed,
             const NerveProgress *progress, GError **error)
{
  g_autofree guint16 *weights = nerve_parting_draw (self, labels, seed, 0, error);
  g_autofree NerveMixPoint **points = g_new (NerveMixPoint *, self->n_levels);
  double **mixes = weights != NULL ? nerve_parting_mixes_new (self, error) : NULL;
  gboolean done = mixes != NULL;

  for (guint layer = 0; done && layer < self->n_layers; layer++)
    {
      NerveProgress part = nerve_progress_part (progress, (double) layer / self->n_layers,
                                                (layer + 1.) / self->n_layers);

      for (guint level = 0; level < self->n_levels; level++)
        points[level] = self->levels[level].points + layer;
      if (sharing[layer] != NULL)
        done = nerve_parting_measure_layer (self, sharing[layer], labels, weights, mixes, points, self->n_layers, &part,
                                            error);
      else
        leave_open (self, layer);
    }
  if (mixes != NULL)
    nerve_parting_mixes_free (mixes, self->n_levels);
  if (!done)
    return FALSE;

  for (guint level = 0; level < self->n_levels; level++)
    for (gsize pair = 0; pair < nerve_parting_count_pairs (self->levels[level].n); pair++)
      judge (self, self->levels[level].points + pair * self->n_layers, &self->levels[level].pairs[pair]);

  return TRUE;
}

NerveParting *
nerve_parting_new (NerveDataset *dataset, NerveSharing * const *sharing, const int *labels,
                   const NervePartingParameters *values, guint64 seed, const NerveProgress *progress, GError **error)
{
  NerveProgress measuring = nerve_progress_part (progress, 0, .4);
  NerveProgress controlling = nerve_progress_part (progress, .4, 1);
  g_autoptr (NerveParting) self = NULL;

  if (labels == NULL)
    labels = nerve_dataset_get_labels (dataset);
  if (labels == NULL)
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_NOT_FOUND, "there are no labels: no classes that could part");
      return NULL;
    }

  self = parting_alloc (dataset, values);
  if (!measure_all (self, sharing, labels, seed, &measuring, error) ||
      !nerve_parting_measure_control (self, sharing, labels, seed, &controlling, error))
    return NULL;

  return g_steal_pointer (&self);
}

NerveParting *
nerve_parting_ref (NerveParting *self)
{
  g_atomic_ref_count_inc (&self->references);

  return self;
}

void
nerve_parting_unref (NerveParting *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;

  for (guint level = 0; level < self->n_levels; level++)
    {
      g_free (self->levels[level].groups);
      g_free (self->levels[level].pairs);
      g_free (self->levels[level].points);
      g_free (self->levels[level].control_points);
    }
  g_free (self->levels);
  g_free (self->counted);
  g_free (self);
}

const NervePartingParameters *
nerve_parting_get_parameters (const NerveParting *self)
{
  return &self->parameters;
}

guint
nerve_parting_get_n_layers (const NerveParting *self)
{
  return self->n_layers;
}

gboolean
nerve_parting_is_counted (const NerveParting *self, guint layer)
{
  return self->counted[layer];
}

guint
nerve_parting_get_n_levels (const NerveParting *self)
{
  return self->n_levels;
}

guint
nerve_parting_get_n (const NerveParting *self, guint level)
{
  return self->levels[level].n;
}

const NervePartingPair *
nerve_parting_get_pair (const NerveParting *self, guint level, guint a, guint b)
{
  g_return_val_if_fail (a != b && MAX (a, b) < self->levels[level].n, NULL);

  return &self->levels[level].pairs[nerve_parting_pair_index (a, b)];
}

const NerveMixPoint *
nerve_parting_get_point (const NerveParting *self, guint level, guint a, guint b, guint layer)
{
  g_return_val_if_fail (a != b && MAX (a, b) < self->levels[level].n && layer < self->n_layers, NULL);

  return &self->levels[level].points[nerve_parting_pair_index (a, b) * self->n_layers + layer];
}

double
nerve_parting_get_control (const NerveParting *self, guint level)
{
  return self->levels[level].control;
}

const NerveMixPoint *
nerve_parting_get_control_point (const NerveParting *self, guint level, guint layer)
{
  g_return_val_if_fail (level < self->n_levels && layer < self->n_layers, NULL);

  return self->parameters.permutations > 0 ? &self->levels[level].control_points[layer] : NULL;
}
