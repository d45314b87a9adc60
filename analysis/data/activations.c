#include "data/activations.h"

#include <string.h>

#include "data/guess.h"
#include "data/h5array.h"
#include "data/names.h"

#define LARGEST_PICTURE (64 << 20)
#define MOST_LEVELS 64

/* What the attributes of a layer say; NULL for what is missing. */
typedef struct
{
  char *index;
  char *kind;
  char *axes;
  char *sampling;
  char *seed;
  char *source_shape;
} Words;

static void
words_clear (Words *words)
{
  g_free (words->index);
  g_free (words->kind);
  g_free (words->axes);
  g_free (words->sampling);
  g_free (words->seed);
  g_free (words->source_shape);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Words, words_clear)

static gboolean
get_words (hid_t dataset, Words *words, GError **error)
{
  const struct { const char *name; char **text; } attributes[] = {
    { "index", &words->index },       { "kind", &words->kind }, { "axes", &words->axes },
    { "sampling", &words->sampling }, { "seed", &words->seed }, { "source_shape", &words->source_shape },
  };

  for (guint i = 0; i < G_N_ELEMENTS (attributes); i++)
    {
      g_autoptr (GError) local_error = NULL;

      *attributes[i].text = nerve_h5_get_attribute (dataset, attributes[i].name, &local_error);
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
parse_integer (const char *text, const char *attribute, gint64 *out, GError **error)
{
  char *end = NULL;
  double number = g_ascii_strtod (text, &end);

  /* Some write 3 as 3.0. */
  if (end != text && *end == '\0' && ABS (number) <= G_MAXINT32 && number == (double) (gint64) number)
    {
      *out = (gint64) number;
      return TRUE;
    }
  if (g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, out, NULL))
    return TRUE;
  g_set_error (error, NERVE_ERROR, NERVE_ERROR_VALUE, "attribute %s: “%s” is no whole number", attribute, text);
  return FALSE;
}

static gboolean
parse_axes (const Words *words, NerveArray *array, NerveAxes *axes, GError **error)
{
  static const struct { const char *name; NerveAxes axes; guint rank; } known[] = {
    { "ND", NERVE_AXES_ND, 2 }, { "NCHW", NERVE_AXES_NCHW, 4 }, { "NHWC", NERVE_AXES_NHWC, 4 },
  };
  g_autofree char *shape = nerve_array_describe_shape (array);

  if (array->rank != 2 && array->rank != 4)
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_SHAPE,
                   "a layer has 2 or 4 dimensions (ND, NCHW, NHWC), this one is %s", shape);
      return FALSE;
    }
  *axes = array->rank == 2 ? NERVE_AXES_ND : NERVE_AXES_NCHW;
  if (words->axes == NULL)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_ascii_strcasecmp (words->axes, known[i].name) == 0 && known[i].rank == array->rank)
      {
        *axes = known[i].axes;
        return TRUE;
      }
  g_set_error (error, NERVE_ERROR, NERVE_ERROR_SHAPE, "axes “%s” do not fit the shape %s", words->axes, shape);
  return FALSE;
}

static void
set_source_shape (NerveLayer *info, const char *text)
{
  g_auto (GStrv) numbers = g_strsplit (text, ", ", -1);
  guint64 extents[3] = { 0, 1, 1 };
  guint n = g_strv_length (numbers);

  if (n < 1 || n > 3)
    return;
  for (guint i = 0; i < n; i++)
    if (!g_ascii_string_to_unsigned (numbers[i], 10, 1, G_MAXINT32, &extents[i], NULL))
      return;
  for (guint i = 0; i < 3; i++)
    info->source_shape[i] = extents[i];
}

static gboolean
describe_layer (NerveLayer *info, const Words *words, GError **error)
{
  if (words->index != NULL && !parse_integer (words->index, "index", &info->index, error))
    return FALSE;
  if (words->seed != NULL && !parse_integer (words->seed, "seed", &info->seed, error))
    return FALSE;
  if (words->kind != NULL)
    {
      g_free (info->kind);
      info->kind = g_strdup (words->kind);
    }
  if (info->is_vector && words->sampling != NULL && *words->sampling != '\0')
    info->sampling = g_strdup (strcmp (words->sampling, "random-spatial") == 0 ? "random" : words->sampling);
  if (words->source_shape != NULL)
    set_source_shape (info, words->source_shape);
  return TRUE;
}

static gboolean
read_layer (NerveFile *file, hid_t group, const char *name, NerveContents *contents, GPtrArray *unplaced,
            GPtrArray *without_axes, GError **error)
{
  g_autoptr (NerveArray) array = nerve_h5_array_new (file, group, name, error);
  g_auto (NerveHid) dataset = H5I_INVALID_HID;
  g_auto (Words) words = { 0 };
  NerveContentsLayer *layer;
  NerveAxes axes;

  if (array == NULL)
    return FALSE;
  dataset = H5Dopen2 (group, name, H5P_DEFAULT);
  if (!get_words (dataset, &words, error) || !parse_axes (&words, array, &axes, error))
    return FALSE;
  layer = nerve_contents_add_layer (contents, name, g_steal_pointer (&array), axes);
  if (words.axes == NULL && axes != NERVE_AXES_ND)
    g_ptr_array_add (without_axes, layer->info.name);
  if (words.index == NULL)
    g_ptr_array_add (unplaced, layer);
  return describe_layer (&layer->info, &words, error);
}

/* Layers without an index come last, in the file's order. */
static void
place_last (GPtrArray *unplaced, NerveContents *contents)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *list = NULL;
  gint64 last = -1;

  for (guint i = 0; i < contents->layers->len; i++)
    {
      NerveContentsLayer *layer = contents->layers->pdata[i];

      if (!g_ptr_array_find (unplaced, layer, NULL))
        last = MAX (last, MIN (layer->info.index, G_MAXINT32));
    }
  for (guint i = 0; i < unplaced->len; i++)
    {
      NerveContentsLayer *layer = unplaced->pdata[i];

      layer->info.index = last + 1 + i;
      g_ptr_array_add (names, layer->info.name);
    }
  if (names->len == 0)
    return;
  list = nerve_names_list (names);
  nerve_contents_assume (contents, "Without an index: %s; placed %s.", list,
                         last < 0 ? "in the file's order" : "after the others");
}

static gboolean
read_layers (NerveFile *file, hid_t root, NerveContents *contents, GError **error)
{
  g_auto (NerveHid) group = H5I_INVALID_HID;
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (GPtrArray) links = NULL;
  g_autoptr (GPtrArray) unplaced = g_ptr_array_new ();
  g_autoptr (GPtrArray) without_axes = g_ptr_array_new ();

  if (!nerve_h5_has (root, "layers"))
    return TRUE;
  group = H5Gopen2 (root, "layers", H5P_DEFAULT);
  if (group < 0)
    return nerve_h5_set_error (error, NERVE_ERROR_FORMAT, "layers: can't be opened");
  names = nerve_h5_list_datasets (group, &links, error);
  if (names == NULL)
    return FALSE;

  for (guint i = 0; i < names->len; i++)
    if (!read_layer (file, group, names->pdata[i], contents, unplaced, without_axes, error))
      {
        g_prefix_error (error, "%s: ", (const char *) names->pdata[i]);
        return FALSE;
      }
  if (links->len > 0)
    {
      g_autofree char *list = nerve_names_list (links);

      nerve_contents_assume (contents, "Left out, as links and no arrays of their own: %s.", list);
    }
  place_last (unplaced, contents);
  if (without_axes->len > 0)
    {
      g_autofree char *list = nerve_names_list (without_axes);

      nerve_contents_assume (contents, "Without axes, read as NCHW: %s.", list);
    }
  return TRUE;
}

/* Numbers or strings; TRUE and NULL if the file has none. */
static gboolean
read_values (NerveFile *file, hid_t root, const char *name, NerveValues **out, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (NerveArray) array = NULL;
  g_auto (NerveHid) dataset = H5I_INVALID_HID;

  if (!nerve_h5_has (root, name))
    return TRUE;
  dataset = H5Dopen2 (root, name, H5P_DEFAULT);
  if (dataset < 0)
    return nerve_h5_set_error (error, NERVE_ERROR_FORMAT, "%s: can't be opened", name);
  *out = nerve_h5_read_strings (file, dataset, name, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (*out != NULL)
    return TRUE;

  array = nerve_h5_array_new (file, root, name, error);
  if (array == NULL)
    {
      g_prefix_error (error, "%s: ", name);
      return FALSE;
    }
  *out = nerve_values_read (array, name, error);
  return *out != NULL;
}

/* superclass, superclass2, …, each with names if it has any. */
static gboolean
read_levels (NerveFile *file, hid_t root, NerveContents *contents, GError **error)
{
  for (guint level = 1; level <= MOST_LEVELS; level++)
    {
      g_autofree char *groups_name = level == 1 ? g_strdup ("superclass") : g_strdup_printf ("superclass%u", level);
      g_autofree char *names_name = g_strconcat (groups_name, "_names", NULL);
      g_autoptr (NerveValues) groups = NULL;
      g_autoptr (NerveValues) names = NULL;

      if (!read_values (file, root, groups_name, &groups, error)
          || !read_values (file, root, names_name, &names, error))
        return FALSE;
      if (groups == NULL)
        break;
      g_ptr_array_add (contents->level_groups, g_steal_pointer (&groups));
      g_ptr_array_add (contents->level_names, g_steal_pointer (&names));
    }
  return TRUE;
}

static gboolean
check_picture (NerveArray *array, gboolean colour, GError **error)
{
  g_autofree char *shape = nerve_array_describe_shape (array);

  if (array->scalar.size != 1 || array->scalar.kind == NERVE_SCALAR_INT)
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_FORMAT, "%s where uint8 is needed", array->dtype);
      return FALSE;
    }
  if (array->row_length <= LARGEST_PICTURE
      && (array->rank == 3
          || (array->rank == 4 && (array->extents[3] == 1 || (colour && array->extents[3] == 3)))))
    return TRUE;
  g_set_error (error, NERVE_ERROR, NERVE_ERROR_SHAPE, "its shape is %s, not N × H × W%s", shape,
               colour ? " or N × H × W × 3" : "");
  return FALSE;
}

static gboolean
read_pictures (NerveFile *file, hid_t root, const char *name, gboolean colour, NerveArray **out, GError **error)
{
  g_autoptr (NerveArray) array = NULL;

  if (!nerve_h5_has (root, name))
    return TRUE;
  array = nerve_h5_array_new (file, root, name, error);
  if (array == NULL || !check_picture (array, colour, error))
    {
      g_prefix_error (error, "%s: ", name);
      return FALSE;
    }
  /* One picture is wanted at a time. */
  nerve_array_set_grain (array, array->grain, NERVE_IMAGE_BLOCK_BYTES);
  *out = g_steal_pointer (&array);
  return TRUE;
}

static gboolean
check_version (NerveContents *contents, GError **error)
{
  const char *version = g_hash_table_lookup (contents->attributes, "version");

  if (version == NULL)
    nerve_contents_assume (contents, "The file does not say its version, read as 1.");
  else if (g_ascii_strtod (version, NULL) != 1.0)
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_FORMAT,
                   "version %s of nerve-activations; this program reads version 1", version);
      return FALSE;
    }
  contents->format = g_strdup ("nerve-activations 1");
  return TRUE;
}

gboolean
nerve_activations_read (NerveFile *file, hid_t root, NerveContents *contents, GError **error)
{
  NERVE_H5_ENTER;

  return check_version (contents, error)
         && read_layers (file, root, contents, error)
         && read_values (file, root, "labels", &contents->labels, error)
         && read_values (file, root, "predictions", &contents->predictions, error)
         && read_values (file, root, "class_names", &contents->class_names, error)
         && read_values (file, root, "sample_ids", &contents->sample_ids, error)
         && read_levels (file, root, contents, error)
         && read_pictures (file, root, "images", TRUE, &contents->images, error)
         && read_pictures (file, root, "masks", FALSE, &contents->masks, error);
}
