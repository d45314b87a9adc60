#include "config.h"

#include "app/cli/accuracy-values.h"

#include <glib/gi18n.h>
#include <math.h>

#include "layers/decay-curve.h"

void
nerve_accuracy_values_declare (NerveAccuracyValues *self, NerveOptions *options)
{
  nerve_options_add_string (options, "accuracy", 0, N_("FILE.csv"), &self->table,
                            N_("Accuracies, “model,accuracy”; else what the files say of themselves"));
  nerve_options_add_string (options, "accuracies", 0, N_("A,B,…"), &self->list,
                            N_("Accuracies in the order of the files; empty: as without"));
}

void
nerve_accuracy_values_clear (NerveAccuracyValues *self)
{
  g_free (self->table);
  g_free (self->list);
}

gboolean
nerve_given_accuracies_init (NerveGivenAccuracies *self, const NerveAccuracyValues *values,
                             NerveInvocation *invocation, GError **error)
{
  guint n = g_strv_length (nerve_invocation_get_files (invocation));

  self->typed = g_new (double, MAX (n, 1));
  for (guint i = 0; i < n; i++)
    self->typed[i] = NAN;
  if (values->list != NULL && !nerve_accuracies_parse_list (values->list, n, self->typed, error))
    {
      g_prefix_error (error, "--accuracies: ");
      return FALSE;
    }
  if (values->table == NULL)
    return TRUE;

  nerve_invocation_blame (invocation, values->table);
  self->table = nerve_accuracies_read (values->table, error);

  return self->table != NULL;
}

double
nerve_given_accuracies_find (const NerveGivenAccuracies *self, guint file, NerveDataset *dataset)
{
  g_autofree char *model = nerve_decay_model_name (dataset);
  /* Asked also where another was typed: its line is not one that no file asks for. */
  double found = self->table != NULL ? nerve_accuracies_find (self->table, model, nerve_dataset_get_path (dataset))
                                     : NAN;

  return isnan (self->typed[file]) ? found : self->typed[file];
}

void
nerve_given_accuracies_warn (const NerveGivenAccuracies *self, const NerveAccuracyValues *values,
                             NerveInvocation *invocation)
{
  g_autoptr (GPtrArray) unused = NULL;

  if (self->table == NULL)
    return;

  unused = nerve_accuracies_get_unused (self->table);
  nerve_invocation_blame (invocation, values->table);
  for (guint i = 0; i < unused->len; i++)
    nerve_invocation_warn (invocation, _("no file holds a model “%s”"), (char *) g_ptr_array_index (unused, i));
}

void
nerve_given_accuracies_clear (NerveGivenAccuracies *self)
{
  g_clear_pointer (&self->typed, g_free);
  g_clear_pointer (&self->table, nerve_accuracies_free);
}
