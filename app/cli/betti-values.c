#include "config.h"

#include "app/cli/betti-values.h"

#include <glib/gi18n.h>

#include "base/parallel.h"
#include "data/blocks.h"

static const char *const compats[] = { "none", "paper", NULL };

void
nerve_betti_values_declare (NerveBettiValues *self, NerveOptions *options)
{
  nerve_parameters_init (&nerve_betti_table, &self->parameters);
  nerve_options_add_table (options, &nerve_betti_table, &self->parameters);
  nerve_options_add_choice (options, "compat", compats, &self->compat,
                            N_("As published: bars that die at eta count too"));
}

void
nerve_betti_values_clear (NerveBettiValues *self)
{
  nerve_parameters_clear (&nerve_betti_table, &self->parameters);
}

gboolean
nerve_betti_values_resolve (const NerveBettiValues *self, NerveOptions *options, double **etas, gsize *n_etas,
                            NerveBettiCount *count, GError **error)
{
  /* Each image is read once: a block for each thread, instead of all that memory would hold. */
  nerve_blocks_set_limit (nerve_parallel_get_threads () * NERVE_LAYER_BLOCK_BYTES);

  *count = self->parameters.count;
  if (self->compat == 1 && !nerve_options_is_given (options, "count"))
    *count = NERVE_BETTI_CLOSED;

  *etas = nerve_betti_parse_etas (self->parameters.etas, n_etas, error);
  if (*etas == NULL)
    g_prefix_error (error, "--");

  return *etas != NULL;
}

void
nerve_betti_values_warn (NerveInvocation *invocation, NerveDataset *dataset, guint first, guint n)
{
  guint n_sampled = 0;

  for (guint i = first; i < first + n; i++)
    if (nerve_dataset_get_layer (dataset, i)->is_vector && nerve_dataset_get_layer (dataset, i)->sampling != NULL)
      n_sampled++;

  if (n_sampled > 0)
    nerve_invocation_warn (invocation, _("%u of %u layers hold vectors sampled from tensors: "
                                              "their β₀ is another quantity, and β₁ and β₂ are 0"), n_sampled, n);
}

gboolean
nerve_betti_values_is_volume (NerveDataset *dataset, const NerveLayer *layer)
{
  return layer->is_vector && g_str_equal (nerve_dataset_get_format (dataset), "npy");
}
