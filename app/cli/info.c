#include "config.h"

#include <glib/gi18n.h>

#include "app/cli/command.h"
#include "app/cli/json.h"
#include "data/names.h"

typedef struct
{
  int format;
} Values;

enum { FORMAT_TEXT, FORMAT_JSON };

static const char *const formats[] = { "text", "json", NULL };

static void
declare (gpointer user_data, NerveOptions *options)
{
  Values *values = user_data;

  nerve_options_add_choice (options, "format", formats, &values->format, N_("How the description is written"));
}

static void
clear (gpointer user_data)
{
}

/* The extents as they are stored. */
static guint
stored_shape (const NerveLayer *layer, gsize shape[4])
{
  shape[0] = layer->n;
  shape[1] = layer->channels;
  if (layer->is_vector)
    return 2;

  shape[2] = layer->height;
  shape[3] = layer->width;
  if (layer->axes == NERVE_AXES_NHWC)
    {
      shape[1] = layer->height;
      shape[2] = layer->width;
      shape[3] = layer->channels;
    }

  return 4;
}

static void
write_layer (NerveJson *json, const NerveLayer *layer)
{
  gsize shape[4];
  guint rank = stored_shape (layer, shape);

  nerve_json_begin_object (json, NULL);
  nerve_json_string (json, "name", layer->name);
  nerve_json_integer (json, "index", layer->index);
  nerve_json_string (json, "kind", layer->kind);
  nerve_json_begin_row (json, "shape");
  for (guint i = 0; i < rank; i++)
    nerve_json_integer (json, NULL, shape[i]);
  nerve_json_end (json);
  nerve_json_string (json, "dtype", layer->dtype);
  nerve_json_integer (json, "bytes", layer->bytes);
  nerve_json_string (json, "sampling", layer->sampling);
  nerve_json_end (json);
}

/* Classes, or groups at a level of the tree; 0 if it has no such level. */
static guint
count_names (NerveDataset *dataset, guint level)
{
  if (level == 0)
    return nerve_dataset_get_n_classes (dataset);

  return level <= nerve_dataset_get_n_levels (dataset) ? nerve_dataset_get_n_groups (dataset, level) : 0;
}

static const char *
get_name (NerveDataset *dataset, guint level, guint i)
{
  return level == 0 ? nerve_dataset_get_class_name (dataset, i) : nerve_dataset_get_group_name (dataset, level, i);
}

static void
write_names (NerveJson *json, const char *key, NerveDataset *dataset, guint level)
{
  guint n = count_names (dataset, level);

  nerve_json_begin_row (json, key);
  for (guint i = 0; i < n; i++)
    nerve_json_string (json, NULL, get_name (dataset, level, i));
  nerve_json_end (json);
}

static void
write_json (NerveOutput *output, NerveDataset *dataset)
{
  const char *const *assumptions = nerve_dataset_get_assumptions (dataset);
  g_autoptr (NerveJson) json = nerve_json_new (output);

  nerve_json_begin_object (json, NULL);
  nerve_json_string (json, "file", nerve_dataset_get_path (dataset));
  nerve_json_string (json, "format", nerve_dataset_get_format (dataset));
  nerve_json_string (json, "model", nerve_dataset_get_attribute (dataset, "model"));
  nerve_json_string (json, "dataset", nerve_dataset_get_attribute (dataset, "dataset"));
  nerve_json_integer (json, "n", nerve_dataset_get_n (dataset));
  write_names (json, "classes", dataset, 0);
  write_names (json, "superclasses", dataset, 1);
  nerve_json_begin_array (json, "layers");
  for (guint i = 0; i < nerve_dataset_get_n_layers (dataset); i++)
    write_layer (json, nerve_dataset_get_layer (dataset, i));
  nerve_json_end (json);
  nerve_json_begin_array (json, "assumed");
  for (; *assumptions != NULL; assumptions++)
    nerve_json_string (json, NULL, *assumptions);
  nerve_json_end (json);
  nerve_json_end (json);
}

static void
print_names (NerveOutput *output, const char *title, NerveDataset *dataset, guint level)
{
  guint n = count_names (dataset, level);

  nerve_output_printf (output, "%-12s %u: ", title, n);
  for (guint i = 0; i < n; i++)
    nerve_output_printf (output, "%s%s", i > 0 ? ", " : "", get_name (dataset, level, i));
  nerve_output_printf (output, "\n");
}

static void
print_layer (NerveOutput *output, const NerveLayer *layer, int name_width)
{
  g_autofree char *size = g_format_size (layer->bytes);
  GString *text = g_string_new (NULL);
  gsize shape[4];
  guint rank = stored_shape (layer, shape);

  for (guint i = 0; i < rank; i++)
    g_string_append_printf (text, "%s%" G_GSIZE_FORMAT, i > 0 ? " × " : "", shape[i]);
  nerve_output_printf (output, "%5" G_GINT64_FORMAT "  %-*s  %-8s %-8s %10s  %s", layer->index, name_width, layer->name,
                       layer->kind, layer->dtype, size, text->str);
  if (layer->sampling != NULL)
    nerve_output_printf (output, "  (%s)", layer->sampling);
  nerve_output_printf (output, "\n");
  g_string_free (text, TRUE);
}

static void
print_attribute (NerveOutput *output, const char *title, const char *value)
{
  if (value != NULL)
    nerve_output_printf (output, "%-12s %s\n", title, value);
}

static void
print_text (NerveOutput *output, NerveDataset *dataset)
{
  const char *const *assumptions = nerve_dataset_get_assumptions (dataset);
  g_autofree char *path = nerve_names_clean (nerve_dataset_get_path (dataset), -1);
  guint n_layers = nerve_dataset_get_n_layers (dataset);
  int name_width = 0;

  print_attribute (output, "file", path);
  print_attribute (output, "format", nerve_dataset_get_format (dataset));
  print_attribute (output, "model", nerve_dataset_get_attribute (dataset, "model"));
  print_attribute (output, "dataset", nerve_dataset_get_attribute (dataset, "dataset"));
  nerve_output_printf (output, "%-12s %" G_GSIZE_FORMAT "\n", "images", nerve_dataset_get_n (dataset));
  if (count_names (dataset, 0) > 0)
    print_names (output, "classes", dataset, 0);
  if (count_names (dataset, 1) > 0)
    print_names (output, "superclasses", dataset, 1);

  nerve_output_printf (output, "%-12s %u\n", "layers", n_layers);
  for (guint i = 0; i < n_layers; i++)
    name_width = MAX (name_width, g_utf8_strlen (nerve_dataset_get_layer (dataset, i)->name, -1));
  for (guint i = 0; i < n_layers; i++)
    print_layer (output, nerve_dataset_get_layer (dataset, i), name_width);
  for (; *assumptions != NULL; assumptions++)
    print_attribute (output, "assumed", *assumptions);
}

static gboolean
run (gpointer user_data, NerveInvocation *invocation, GError **error)
{
  const Values *values = user_data;
  g_autoptr (NerveDataset) dataset = nerve_invocation_open_dataset (invocation, 0, error);
  g_autoptr (NerveOutput) output = NULL;

  if (dataset == NULL)
    return FALSE;
  output = nerve_invocation_open_output (invocation, NULL, error);
  if (output == NULL)
    return FALSE;

  if (values->format == FORMAT_JSON)
    write_json (output, dataset);
  else
    print_text (output, dataset);

  return nerve_invocation_commit (invocation, g_steal_pointer (&output), NULL, error);
}

const NerveCommand nerve_command_info = {
  .name = "info",
  .files = "FILE",
  .min_files = 1,
  .max_files = 1,
  .summary = N_("What a file holds: layers, classes, and what had to be assumed"),
  .size = sizeof (Values),
  .declare = declare,
  .run = run,
  .clear = clear,
};
