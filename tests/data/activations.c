#include "data/golden.h"

#include <string.h>

static void
every_type_and_order_gives_the_same_numbers (void)
{
  static const struct { const char *layer; GoldenKind kind; const char *dtype; } layers[] = {
    { "conv", GOLDEN_FLOAT, "float16" },        { "last", GOLDEN_FLOAT, "float32" },
    { "parts", GOLDEN_FLOAT, "float64" },       { "shuffled", GOLDEN_FLOAT, "float32" },
    { "sampled", GOLDEN_FLOAT, "float16" },     { "a_softmax", GOLDEN_FLOAT, "float32" },
    { "float16_big", GOLDEN_FLOAT, "float16" }, { "float64_big", GOLDEN_FLOAT, "float64" },
    { "int8", GOLDEN_INT, "int8" },             { "int16", GOLDEN_INT, "int16" },
    { "int16_big", GOLDEN_INT, "int16" },       { "int32", GOLDEN_INT, "int32" },
    { "int64", GOLDEN_INT, "int64" },           { "uint8", GOLDEN_UINT, "uint8" },
    { "uint16", GOLDEN_UINT, "uint16" },        { "uint32_big", GOLDEN_UINT, "uint32" },
    { "uint64", GOLDEN_UINT, "uint64" },        { "bool", GOLDEN_BOOL, "bool" },
  };
  g_autoptr (NerveDataset) dataset = golden_open ("activations.h5");

  g_assert_cmpuint (nerve_dataset_get_n_layers (dataset), ==, G_N_ELEMENTS (layers));
  for (guint i = 0; i < G_N_ELEMENTS (layers); i++)
    {
      const NerveLayer *info = nerve_dataset_get_layer (dataset, golden_find (dataset, layers[i].layer));

      g_assert_cmpstr (info->dtype, ==, layers[i].dtype);
      golden_check_layer (dataset, layers[i].layer, layers[i].kind);
    }
}

static void
types_of_no_machine_are_read_too (void)
{
  g_autoptr (NerveDataset) dataset = golden_open ("odd-types.h5");
  const NerveLayer *brain = nerve_dataset_get_layer (dataset, golden_find (dataset, "bfloat16"));

  g_assert_cmpstr (brain->dtype, ==, "bfloat16");
  g_assert_cmpuint (brain->bytes, ==, 7 * 4 * 2);
  golden_check_layer (dataset, "bfloat16", GOLDEN_INT);
  golden_check_layer (dataset, "int24", GOLDEN_INT);
  golden_check_layer (dataset, "bits", GOLDEN_UINT);
}

static void
layers_stand_in_the_network_s_order (void)
{
  g_autoptr (NerveDataset) dataset = golden_open ("activations.h5");
  static const char *const first[] = { "conv", "last", "parts", "shuffled", "sampled", "bool" };

  for (guint i = 0; i < G_N_ELEMENTS (first); i++)
    g_assert_cmpstr (nerve_dataset_get_layer (dataset, i)->name, ==, first[i]);
  g_assert_cmpstr (nerve_dataset_get_layer (dataset, nerve_dataset_get_n_layers (dataset) - 1)->name, ==, "a_softmax");
}

static void
a_layer_says_what_it_is (void)
{
  g_autoptr (NerveDataset) dataset = golden_open ("activations.h5");
  const NerveLayer *last = nerve_dataset_get_layer (dataset, golden_find (dataset, "last"));
  const NerveLayer *sampled = nerve_dataset_get_layer (dataset, golden_find (dataset, "sampled"));

  g_assert_cmpint (last->index, ==, 2);
  g_assert_cmpstr (last->kind, ==, "relu");
  g_assert_cmpint (last->axes, ==, NERVE_AXES_NHWC);
  g_assert_true (last->n == 7 && last->channels == 3 && last->height == 4 && last->width == 5 && !last->is_vector);
  g_assert_cmpuint (last->bytes, ==, 7 * 3 * 4 * 5 * 4);
  g_assert_null (last->sampling);

  g_assert_true (sampled->is_vector && sampled->channels == 5 && sampled->height == 1 && sampled->width == 1);
  g_assert_cmpstr (sampled->sampling, ==, "random");
  g_assert_cmpint (sampled->seed, ==, 11);
  g_assert_true (sampled->source_shape[0] == 5 && sampled->source_shape[1] == 8 && sampled->source_shape[2] == 9);
}

static void
attributes_are_text_whatever_they_were (void)
{
  g_autoptr (NerveDataset) dataset = golden_open ("activations.h5");

  g_assert_cmpstr (nerve_dataset_get_format (dataset), ==, "nerve-activations 1");
  g_assert_cmpstr (nerve_dataset_get_attribute (dataset, "model"), ==, "tiny");
  g_assert_cmpstr (nerve_dataset_get_attribute (dataset, "test_accuracy"), ==, "0.9077");
  g_assert_cmpstr (nerve_dataset_get_attribute (dataset, "transfer_accuracy"), ==, "0.3");
  g_assert_cmpstr (nerve_dataset_get_attribute (dataset, "licence"), ==, "none");
  g_assert_cmpstr (nerve_dataset_get_attribute (dataset, "synthetic"), ==, "true");
  g_assert_null (nerve_dataset_get_attribute (dataset, "source"));
}

static void
labels_names_and_groups_fit_together (void)
{
  g_autoptr (NerveDataset) dataset = golden_open ("activations.h5");
  const int labels[] = { 0, 1, 2, -1, 2, 1, 0 };
  const int predictions[] = { 0, 1, 1, 0, 2, 1, -1 };

  g_assert_cmpmem (nerve_dataset_get_labels (dataset), sizeof labels, labels, sizeof labels);
  g_assert_cmpmem (nerve_dataset_get_predictions (dataset), sizeof labels, predictions, sizeof labels);
  g_assert_cmpuint (nerve_dataset_get_n_classes (dataset), ==, 3);
  g_assert_cmpstr (nerve_dataset_get_class_name (dataset, 1), ==, "Tüte");
  g_assert_cmpuint (nerve_dataset_get_n_levels (dataset), ==, 2);
  g_assert_cmpuint (nerve_dataset_get_n_groups (dataset, 1), ==, 2);
  g_assert_cmpuint (nerve_dataset_get_group (dataset, 1, 0), ==, 1);
  g_assert_cmpstr (nerve_dataset_get_group_name (dataset, 1, 1), ==, "shoes");
  g_assert_cmpuint (nerve_dataset_get_n_groups (dataset, 2), ==, 1);
  g_assert_cmpstr (nerve_dataset_get_group_name (dataset, 2, 0), ==, "things");
  g_assert_cmpstr (nerve_dataset_get_sample_id (dataset, 6), ==, "picture 6");
  g_assert_true (g_strv_contains (nerve_dataset_get_assumptions (dataset),
                                  "1 of 7 images count as unlabelled: their label is negative."));
}

static void
pictures_and_masks_come_one_by_one (void)
{
  g_autoptr (NerveDataset) dataset = golden_open ("activations.h5");
  g_autoptr (GError) error = NULL;

  g_assert_true (nerve_dataset_has_images (dataset) && nerve_dataset_has_masks (dataset));
  for (gsize n = 0; n < 7; n++)
    {
      g_auto (NerveImage) image = { 0 };
      g_auto (NerveImage) mask = { 0 };

      nerve_dataset_read_image (dataset, n, &image, &error);
      g_assert_no_error (error);
      g_assert_true (image.height == 4 && image.width == 5 && image.channels == 3);
      for (guint i = 0; i < 60; i++)
        g_assert_cmpfloat (image.pixels[i], ==, golden_number (GOLDEN_UINT, n, i / 15, i / 3 % 5, i % 3));

      nerve_dataset_read_mask (dataset, n, &mask, &error);
      g_assert_no_error (error);
      g_assert_true (mask.height == 2 && mask.width == 3 && mask.channels == 1);
      for (guint i = 0; i < 6; i++)
        g_assert_cmpint (mask.pixels[i] == 255, ==,
                         (int) golden_number (GOLDEN_UINT, n, i / 3, i % 3, 0) % 3 != 0);
    }
}

static void
labels_may_be_any_numbers_or_text (void)
{
  g_autoptr (NerveDataset) values = golden_open ("labels-values.h5");
  g_autoptr (NerveDataset) text = golden_open ("labels-text.h5");
  g_autoptr (NerveDataset) whole = golden_open ("labels-float.h5");
  g_autoptr (NerveDataset) groups = golden_open ("superclass-only.h5");

  g_assert_cmpuint (nerve_dataset_get_n_classes (values), ==, 4);
  g_assert_cmpstr (nerve_dataset_get_class_name (values, 3), ==, "10");
  g_assert_cmpint (nerve_dataset_get_labels (values)[1], ==, -1);
  g_assert_cmpint (nerve_dataset_get_predictions (values)[1], ==, 1);
  g_assert_cmpstr (nerve_dataset_get_class_name (text, 0), ==, "ape");
  g_assert_cmpint (nerve_dataset_get_labels (text)[3], ==, -1);
  g_assert_cmpint (nerve_dataset_get_labels (whole)[5], ==, 2);
  g_assert_cmpint (nerve_dataset_get_labels (whole)[6], ==, -1);
  g_assert_cmpstr (nerve_dataset_get_sample_id (whole, 2), ==, "22");
  /* The length of the class tree says how many classes there are. */
  g_assert_cmpuint (nerve_dataset_get_n_classes (groups), ==, 3);
  g_assert_cmpstr (nerve_dataset_get_group_name (groups, 1, 1), ==, "9");
}

static void
what_does_not_fit_is_named (void)
{
  golden_check_refused ("labels-beyond.h5", NERVE_ERROR_VALUE, "labels: image 6 has “5”");
  golden_check_refused ("labels-half.h5", NERVE_ERROR_VALUE, "labels: entry 3 (counted from 0) is no whole number");
  golden_check_refused ("labels-short.h5", NERVE_ERROR_SHAPE, "labels: 6 entries where there are 7 images");
  golden_check_refused ("labels-compound.h5", NERVE_ERROR_VALUE, "labels: it holds no plain numbers");
  golden_check_refused ("superclass-beyond.h5", NERVE_ERROR_VALUE, "superclass: class 1 has “4”");
  golden_check_refused ("superclass-short.h5", NERVE_ERROR_SHAPE, "superclass: 2 entries");
  golden_check_refused ("images-float.h5", NERVE_ERROR_FORMAT, "images: float32 where uint8 is needed");
  golden_check_refused ("images-flat.h5", NERVE_ERROR_SHAPE, "images: its shape is 7 × 4");
  golden_check_refused ("rows-differ.h5", NERVE_ERROR_SHAPE, "fc1: 6 rows where the layers have 7");
}

static void
layers_of_no_use_are_named (void)
{
  golden_check_refused ("no-layers.h5", NERVE_ERROR_NOT_FOUND, "no layer");
  golden_check_refused ("rank-0.h5", NERVE_ERROR_SHAPE, "odd: a single number");
  golden_check_refused ("rank-3.h5", NERVE_ERROR_SHAPE, "odd: a layer has 2 or 4 dimensions");
  golden_check_refused ("rank-5.h5", NERVE_ERROR_SHAPE, "odd: a layer has 2 or 4 dimensions");
  golden_check_refused ("no-rows.h5", NERVE_ERROR_SHAPE, "empty: empty: its shape is 0 × 4");
  golden_check_refused ("text-layer.h5", NERVE_ERROR_VALUE, "words: it holds no plain numbers");
  golden_check_refused ("axes-differ.h5", NERVE_ERROR_SHAPE, "fc: axes “NCHW” do not fit the shape 7 × 3");
  golden_check_refused ("index-text.h5", NERVE_ERROR_VALUE, "fc: attribute index: “first”");
  golden_check_refused ("version-2.h5", NERVE_ERROR_FORMAT, "version 2");
}

static void
nothing_is_allocated_for_what_a_header_claims (void)
{
  golden_check_refused ("claims-rows.h5", NERVE_ERROR_SHAPE, "huge: too large");
  golden_check_refused ("claims-width.h5", NERVE_ERROR_FORMAT, "wide: damaged or truncated");
}

static void
predictions_alone_are_not_used (void)
{
  g_autoptr (NerveDataset) dataset = golden_open ("predictions-only.h5");

  g_assert_null (nerve_dataset_get_predictions (dataset));
  g_assert_cmpuint (nerve_dataset_get_n_classes (dataset), ==, 0);
  g_assert_nonnull (strstr (nerve_dataset_get_assumptions (dataset)[0], "predictions"));
}

static void
a_damaged_chunk_fails_when_it_is_read (void)
{
  g_autoptr (NerveDataset) dataset = golden_open ("damaged-chunk.h5");

  golden_check_unreadable (dataset, "conv", NERVE_ERROR_FORMAT, "a damaged chunk in rows 0 to 6");
}

/* Widened on the way by a changed byte, numbers would be made up, or read from beyond a chunk. */
static void
a_type_or_shape_that_its_data_contradict_is_refused (void)
{
  static const struct { const char *name, *words; } files[] = {
    { "shuffled-type-4.h5", "packed as numbers of 2 bytes, and its type has 4" },
    { "shuffled-type-16.h5", "packed as numbers of 2 bytes, and its type has 16" },
    { "shuffled-type-255.h5", "contradicts itself" },
    { "packed-type-255.h5", "contradicts itself" },
    { "flat-type-255.h5", "contradicts itself" },
    { "flat-type-4.h5", "7 × 3 × 4 × 5 of 4-byte numbers needs 1680 bytes, and it has 840" },
    { "flat-longer.h5", "7 × 9 of 2-byte numbers needs 126 bytes, and it has 56" },
  };
  g_autoptr (NerveDataset) dataset = golden_open ("packed-type-4.h5");

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    golden_check_refused (files[i].name, NERVE_ERROR_FORMAT, files[i].words);
  golden_check_unreadable (dataset, "conv", NERVE_ERROR_FORMAT, "a damaged chunk in rows 0 to 6");
}

static void
chunks_that_unpack_to_too_little_are_found_whatever_their_shape (void)
{
  static const char *const names[] = { "damaged-parts.h5", "damaged-sums.h5" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (NerveDataset) dataset = golden_open (names[i]);

      golden_check_unreadable (dataset, "conv", NERVE_ERROR_FORMAT, "a damaged chunk in rows 0 to 6");
    }
}

static void
chunks_of_parts_of_rows_are_put_together (void)
{
  g_autoptr (NerveDataset) dataset = golden_open ("parts.h5");
  g_autoptr (GError) error = NULL;
  double values[7 * 5];

  golden_check_layer (dataset, "auto", GOLDEN_FLOAT);
  golden_check_layer (dataset, "wider", GOLDEN_FLOAT);
  nerve_dataset_read_rows (dataset, golden_find (dataset, "holes"), 0, 7, values, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    g_assert_cmpfloat (values[i], ==, i == 0 || i == 5 ? 1.0 : 7.5);
}

static void
a_filter_that_is_not_there_is_named_when_a_file_is_opened (void)
{
  golden_check_refused ("lzf.h5", NERVE_ERROR_FORMAT, "conv: it is compressed with lzf (HDF5 filter 32000)");
  golden_check_refused ("lzf.h5", NERVE_ERROR_FORMAT, "h5repack -f GZIP=4");
}

static void
a_chunk_that_its_index_has_lost_is_no_zero (void)
{
  static const char *const files[] = { "damaged-index.h5", "damaged-scaled.h5" };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (NerveDataset) dataset = golden_open (files[i]);

      golden_check_unreadable (dataset, "conv", NERVE_ERROR_FORMAT, "conv: a damaged chunk in rows ");
      g_assert_cmpstr (nerve_dataset_get_assumptions (dataset)[0], ==, NULL);
    }
  golden_check_refused ("damaged-early.h5", NERVE_ERROR_FORMAT, "fc: damaged: its index holds 3 of 4 chunks");
}

static void
what_was_never_written_is_said (void)
{
  g_autoptr (NerveDataset) dataset = golden_open ("unwritten.h5");
  const char *const *said = nerve_dataset_get_assumptions (dataset);
  g_autoptr (GError) error = NULL;
  double values[7 * 5];

  g_assert_cmpstr (said[0], ==, "none was never written: it is read as the file's fill value.");
  g_assert_cmpstr (said[1], ==, "first was not written to the end: 2 of its 3 chunks are missing and read as the "
                   "file's fill value.");
  g_assert_null (said[2]);
  g_assert_true (nerve_dataset_read_rows (dataset, 0, 0, 7, values, &error));
  g_assert_true (values[0] == 7.5 && values[34] == 7.5);
  g_assert_true (nerve_dataset_read_rows (dataset, 1, 0, 7, values, &error));
  for (gsize i = 0; i < 35; i++)
    g_assert_cmpfloat (values[i], ==, i < 15 ? golden_number (GOLDEN_FLOAT, i / 5, i % 5, 0, 0) : 0);
}

static void
labels_that_are_all_negative_are_none (void)
{
  g_autoptr (NerveDataset) dataset = golden_open ("labels-none.h5");

  g_assert_null (nerve_dataset_get_labels (dataset));
  g_assert_cmpuint (nerve_dataset_get_n_classes (dataset), ==, 0);
  g_assert_cmpstr (nerve_dataset_get_assumptions (dataset)[0], ==,
                   "7 of 7 images count as unlabelled: their label is negative.");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/data/activations/every type and order gives the same numbers",
                   every_type_and_order_gives_the_same_numbers);
  g_test_add_func ("/data/activations/types of no machine are read too", types_of_no_machine_are_read_too);
  g_test_add_func ("/data/activations/layers stand in the network's order", layers_stand_in_the_network_s_order);
  g_test_add_func ("/data/activations/a layer says what it is", a_layer_says_what_it_is);
  g_test_add_func ("/data/activations/attributes are text whatever they were", attributes_are_text_whatever_they_were);
  g_test_add_func ("/data/activations/labels, names and groups fit together", labels_names_and_groups_fit_together);
  g_test_add_func ("/data/activations/pictures and masks come one by one", pictures_and_masks_come_one_by_one);
  g_test_add_func ("/data/activations/labels may be any numbers or text", labels_may_be_any_numbers_or_text);
  g_test_add_func ("/data/activations/what does not fit is named", what_does_not_fit_is_named);
  g_test_add_func ("/data/activations/layers of no use are named", layers_of_no_use_are_named);
  g_test_add_func ("/data/activations/nothing is allocated for what a header claims",
                   nothing_is_allocated_for_what_a_header_claims);
  g_test_add_func ("/data/activations/predictions alone are not used", predictions_alone_are_not_used);
  g_test_add_func ("/data/activations/a damaged chunk fails when it is read", a_damaged_chunk_fails_when_it_is_read);
  g_test_add_func ("/data/activations/a type or shape that its data contradict is refused",
                   a_type_or_shape_that_its_data_contradict_is_refused);
  g_test_add_func ("/data/activations/chunks that unpack to too little are found whatever their shape",
                   chunks_that_unpack_to_too_little_are_found_whatever_their_shape);
  g_test_add_func ("/data/activations/chunks of parts of rows are put together",
                   chunks_of_parts_of_rows_are_put_together);
  g_test_add_func ("/data/activations/a filter that is not there is named when a file is opened",
                   a_filter_that_is_not_there_is_named_when_a_file_is_opened);
  g_test_add_func ("/data/activations/a chunk that its index has lost is no zero",
                   a_chunk_that_its_index_has_lost_is_no_zero);
  g_test_add_func ("/data/activations/what was never written is said", what_was_never_written_is_said);
  g_test_add_func ("/data/activations/labels that are all negative are none", labels_that_are_all_negative_are_none);
  return g_test_run ();
}
