#include "config.h"

#include <glib/gi18n.h>

#include "app/cli/cloud-values.h"
#include "app/cli/table.h"

typedef struct
{
  NerveCloudValues cloud;
  char            *points;
} Values;

static void
declare (gpointer user_data, NerveOptions *options)
{
  Values *values = user_data;

  nerve_options_add_string (options, "points", 0, N_("P.csv"), &values->points,
                            N_("Also write where each point comes from: row, image, i, j, label, sample_id"));
  nerve_cloud_values_declare (&values->cloud, options);
}

static void
clear (gpointer user_data)
{
  Values *values = user_data;

  nerve_cloud_values_clear (&values->cloud);
  g_free (values->points);
}

static void
write_origins (NerveOutput *output, NerveDataset *dataset, const NerveCloud *cloud)
{
  const guint32 *images = nerve_cloud_get_images (cloud);

  nerve_output_printf (output, "row,image,i,j,label,sample_id\n");
  for (gsize row = 0; row < nerve_cloud_get_n (cloud); row++)
    {
      int i, j;

      nerve_cloud_get_position (cloud, row, &i, &j);
      nerve_output_printf (output, "%" G_GSIZE_FORMAT ",%u,%d,%d,%" G_GINT64_FORMAT ",", row, images[row], i, j,
                           nerve_label_number (dataset, images[row]));
      nerve_csv_text (output, nerve_dataset_get_sample_id (dataset, images[row]));
      nerve_output_printf (output, "\n");
    }
}

static gboolean
run (gpointer user_data, NerveInvocation *invocation, GError **error)
{
  const Values *values = user_data;
  g_autoptr (NerveDataset) dataset = nerve_invocation_open_dataset (invocation, 0, error);
  g_autoptr (NerveCloud) cloud = NULL;
  g_autoptr (NerveOutput) output = NULL;
  g_autoptr (NerveOutput) origins = NULL;
  const char *path = nerve_invocation_get_output (invocation);
  gboolean is_npy;

  if (dataset == NULL)
    return FALSE;
  output = nerve_invocation_open_output (invocation, NULL, error);
  if (output == NULL)
    return FALSE;
  if (!nerve_table_find_format (path, &is_npy, error))
    {
      nerve_invocation_blame (invocation, path);
      return FALSE;
    }
  if (values->points != NULL)
    {
      origins = nerve_invocation_open_output (invocation, values->points, error);
      if (origins == NULL)
        return FALSE;
    }

  cloud = nerve_cloud_values_make (&values->cloud, invocation, dataset, NULL,
                                   nerve_invocation_get_progress (invocation), error);
  if (cloud == NULL)
    return FALSE;

  if (origins != NULL)
    write_origins (origins, dataset, cloud);
  (is_npy ? nerve_npy_matrix : nerve_csv_matrix) (output, nerve_cloud_get_points (cloud), nerve_cloud_get_n (cloud),
                                                  nerve_cloud_get_dimension (cloud));

  if (origins != NULL && !nerve_invocation_commit (invocation, g_steal_pointer (&origins), values->points, error))
    return FALSE;

  return nerve_invocation_commit (invocation, g_steal_pointer (&output), NULL, error);
}

const NerveCommand nerve_command_cloud = {
  .name = "cloud",
  .files = "FILE",
  .min_files = 1,
  .max_files = 1,
  .summary = N_("The points of a layer, exactly as the other commands use them (-o F.npy or F.csv)"),
  .size = sizeof (Values),
  .declare = declare,
  .run = run,
  .clear = clear,
};
