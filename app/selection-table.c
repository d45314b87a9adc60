#include "config.h"

#include "app/selection-table.h"

#include "base/output.h"

/* As RFC 4180 has it. */
static char *
quote (const char *text)
{
  g_auto (GStrv) parts = NULL;
  g_autofree char *doubled = NULL;

  if (text == NULL || strpbrk (text, ",\"\r\n") == NULL)
    return g_strdup (text != NULL ? text : "");

  parts = g_strsplit (text, "\"", -1);
  doubled = g_strjoinv ("\"\"", parts);

  return g_strdup_printf ("\"%s\"", doubled);
}

static char *
name_class (NerveDataset *dataset, const int *labels, gsize image)
{
  if (labels == NULL || labels[image] < 0)
    return g_strdup ("");

  return quote (nerve_dataset_get_class_name (dataset, labels[image]));
}

gboolean
nerve_selection_table_write (const NerveFigureModel *model, const char *path, GError **error)
{
  g_autoptr (NerveOutput) output = nerve_output_open (path, error);

  if (output == NULL)
    return FALSE;

  nerve_output_printf (output, "image,sample_id,label,prediction\n");
  for (gsize i = 0; model->selection != NULL && i < nerve_bitset_length (model->selection); i++)
    if (nerve_bitset_get (model->selection, i))
      {
        g_autofree char *id = quote (nerve_dataset_get_sample_id (model->dataset, i));
        g_autofree char *label = name_class (model->dataset, nerve_dataset_get_labels (model->dataset), i);
        g_autofree char *prediction = name_class (model->dataset, nerve_dataset_get_predictions (model->dataset), i);

        nerve_output_printf (output, "%zu,%s,%s,%s\n", i, id, label, prediction);
      }

  return nerve_output_commit (g_steal_pointer (&output), error);
}
