#include "config.h"

#include "app/cli/decay-values.h"

#include <glib/gi18n.h>

#include "layers/decay-table.h"

static const char *const xs[] = { "layers", "unit", NULL };

void
nerve_decay_values_declare (NerveDecayValues *self, NerveOptions *options)
{
  nerve_betti_values_declare (&self->betti, options);
  nerve_options_add_choice (options, "x", xs, &self->x, N_("The curve's axis: the layer's number, or 0 to 1"));
  nerve_options_add_string (options, "dims", 0, N_("LIST"), &self->dims,
                            N_("Which Betti numbers Ω is the sum of [0,1,2]"));
}

void
nerve_decay_values_clear (NerveDecayValues *self)
{
  nerve_betti_values_clear (&self->betti);
  g_free (self->dims);
}

gboolean
nerve_decay_values_dimensions (const NerveDecayValues *self, guint *dimensions, GError **error)
{
  if (nerve_decay_parse_dimensions (self->dims, dimensions, error))
    return TRUE;

  g_prefix_error (error, "--");
  return FALSE;
}

/* Any array whose last extent is 3 may be meant: pictures in colour, too. */
static void
say_table (NerveInvocation *invocation, NerveDataset *dataset)
{
  static const char *const counting[] = { "eta", "count" };
  g_autofree char *classes = NULL;
  g_autofree char *images = NULL;
  g_autofree char *layers = NULL;
  NerveDecayTable table;

  nerve_decay_table_init (&table, dataset);
  classes = g_strdup_printf (ngettext ("%zu class", "%zu classes", table.n_classes), table.n_classes);
  images = g_strdup_printf (ngettext ("%zu image", "%zu images", table.n_images), table.n_images);
  layers = g_strdup_printf (ngettext ("%zu layer", "%zu layers", table.n_layers), table.n_layers);
  nerve_invocation_say (invocation, _("read as a table of Betti numbers (%s): %s × %s × %s"),
                        nerve_dataset_get_layer (dataset, 0)->dtype, classes, images, layers);
  for (guint i = 0; i < G_N_ELEMENTS (counting); i++)
    if (nerve_options_is_given (nerve_invocation_get_options (invocation), counting[i]))
      nerve_invocation_warn (invocation, _("a table of Betti numbers has been counted already: --%s does nothing"),
                             counting[i]);
}

static GPtrArray *
count_file (NerveInvocation *invocation, guint file, const double *etas, gsize n_etas, NerveBettiCount count,
            NerveDecayFileFunc func, gpointer user_data, const NerveProgress *progress, GError **error)
{
  NerveProgress counting = nerve_progress_part (progress, 0, func != NULL ? .5 : 1);
  NerveProgress more = nerve_progress_part (progress, .5, 1);
  g_autoptr (NerveDataset) dataset = nerve_invocation_open_dataset (invocation, file, error);
  g_autoptr (GPtrArray) curves = NULL;

  if (dataset == NULL)
    return NULL;
  curves = nerve_decay_curves_new (dataset, etas, n_etas, count, &counting, error);
  if (curves == NULL)
    return NULL;
  if (nerve_decay_is_table (dataset))
    say_table (invocation, dataset);
  nerve_decay_values_warn (invocation, nerve_decay_curve_get_source (g_ptr_array_index (curves, 0)));
  if (func != NULL && !func (dataset, user_data, &more, error))
    return NULL;

  return g_steal_pointer (&curves);
}

GPtrArray *
nerve_decay_values_count (const NerveDecayValues *self, NerveInvocation *invocation, gsize *n_etas,
                          NerveDecayFileFunc func, gpointer user_data, GError **error)
{
  g_autoptr (GPtrArray) curves = g_ptr_array_new_with_free_func ((GDestroyNotify) nerve_decay_curve_unref);
  guint n_files = g_strv_length (nerve_invocation_get_files (invocation));
  g_autofree double *etas = NULL;
  NerveBettiCount count;

  if (!nerve_betti_values_resolve (&self->betti, nerve_invocation_get_options (invocation), &etas, n_etas, &count,
                                   error))
    return NULL;

  for (guint i = 0; i < n_files; i++)
    {
      NerveProgress part = nerve_progress_part (nerve_invocation_get_progress (invocation), (double) i / n_files,
                                                (i + 1.0) / n_files);
      g_autoptr (GPtrArray) own = count_file (invocation, i, etas, *n_etas, count, func, user_data, &part, error);

      if (own == NULL)
        return NULL;
      for (guint k = 0; k < own->len; k++)
        g_ptr_array_add (curves, nerve_decay_curve_ref (g_ptr_array_index (own, k)));
    }

  return g_steal_pointer (&curves);
}

void
nerve_decay_values_warn (NerveInvocation *invocation, NerveDecaySource source)
{
  const char *warning = nerve_decay_source_warning (source);

  if (warning != NULL)
    nerve_invocation_warn (invocation, "%s", _(warning));
}

const char *
nerve_decay_values_name_x (int x)
{
  return xs[x];
}
