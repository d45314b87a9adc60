#include "layers/decay-band.h"

#include "layers/decay-table.h"

NerveDecayBand *
nerve_decay_band_new_with (const NerveDecayCurve *curve, guint dimensions, NerveDecayX x, const gboolean *wanted,
                           const NerveResampling *bootstrap)
{
  guint n = nerve_decay_curve_get_n_layers (curve);
  gsize n_replicates = nerve_resampling_get_n_replicates (bootstrap);
  g_autofree double *omegas = g_new (double, n_replicates * n + 1);
  g_autofree double *column = g_new (double, n_replicates + 1);
  NerveDecayBand *self = g_new0 (NerveDecayBand, 1);

  self->n = n;
  self->low = g_new (double, n + 1);
  self->high = g_new (double, n + 1);
  nerve_decay_curve_replicate (curve, dimensions, wanted, bootstrap, omegas);
  for (guint i = 0; i < n; i++)
    {
      for (gsize r = 0; r < n_replicates; r++)
        column[r] = omegas[r * n + i];
      nerve_resampling_band (column, n_replicates, &self->low[i], &self->high[i]);
    }
  for (gsize r = 0; r < n_replicates; r++)
    {
      NerveDecayScores scores;

      nerve_decay_scores (omegas + r * n, n, x, &scores);
      column[r] = scores.theta;
    }
  nerve_resampling_band (column, n_replicates, &self->theta_low, &self->theta_high);

  return self;
}

NerveDecayBand *
nerve_decay_band_new (const NerveDecayCurve *curve, guint dimensions, NerveDecayX x, const gboolean *wanted,
                      gsize n_replicates, guint64 seed, GError **error)
{
  g_autoptr (NerveResampling) bootstrap = nerve_decay_curve_bootstrap (curve, n_replicates, seed, error);

  return bootstrap != NULL ? nerve_decay_band_new_with (curve, dimensions, x, wanted, bootstrap) : NULL;
}

void
nerve_decay_band_free (NerveDecayBand *self)
{
  g_free (self->low);
  g_free (self->high);
  g_free (self);
}

/* A table's classes have numbers only. */
static NerveDecayGroups *
groups_of_table (NerveDataset *dataset)
{
  NerveDecayGroups *self = g_new0 (NerveDecayGroups, 1);
  NerveDecayTable table;

  nerve_decay_table_init (&table, dataset);
  self->n = self->n_classes = table.n_classes;
  self->names = g_new0 (char *, self->n + 1);
  self->members = g_new0 (gboolean, self->n * self->n_classes + 1);
  for (guint g = 0; g < self->n; g++)
    {
      self->names[g] = g_strdup_printf ("%u", g);
      self->members[g * self->n_classes + g] = TRUE;
    }

  return self;
}

NerveDecayGroups *
nerve_decay_groups_new (NerveDataset *dataset, guint level)
{
  NerveDecayGroups *self;

  if (nerve_decay_is_table (dataset) && level == 0)
    return groups_of_table (dataset);

  self = g_new0 (NerveDecayGroups, 1);
  self->n_classes = nerve_dataset_get_n_classes (dataset);
  if (level == 0)
    self->n = self->n_classes;
  else if (level <= nerve_dataset_get_n_levels (dataset))
    self->n = nerve_dataset_get_n_groups (dataset, level);
  self->names = g_new0 (char *, self->n + 1);
  self->members = g_new0 (gboolean, (gsize) self->n * self->n_classes + 1);
  for (guint g = 0; g < self->n; g++)
    {
      self->names[g] = g_strdup (level == 0 ? nerve_dataset_get_class_name (dataset, g)
                                            : nerve_dataset_get_group_name (dataset, level, g));
      for (guint c = 0; c < self->n_classes; c++)
        self->members[(gsize) g * self->n_classes + c] =
          level == 0 ? c == g : nerve_dataset_get_group (dataset, level, c) == g;
    }

  return self;
}

void
nerve_decay_groups_free (NerveDecayGroups *self)
{
  g_strfreev (self->names);
  g_free (self->members);
  g_free (self);
}

const gboolean *
nerve_decay_groups_get (const NerveDecayGroups *self, guint group)
{
  g_return_val_if_fail (group < self->n, NULL);

  return self->members + (gsize) group * self->n_classes;
}
