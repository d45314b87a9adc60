#include "app/matrix-input.h"

#include "app/fixture.h"

/* Layers of several networks; some images of one stand for another. */

typedef struct
{
  char                 *path;
  NerveDataset         *whole;
  NerveDataset         *half;
  NerveBitset          *images; /* of the half */
  NerveLayerParameters *parameters;
  guint                 n;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->path = fixture_network ();
  f->whole = nerve_dataset_open (f->path, NULL);
  f->n = nerve_dataset_get_n_layers (f->whole);
  f->images = nerve_bitset_new (nerve_dataset_get_n (f->whole));
  for (gsize i = 0; i < nerve_dataset_get_n (f->whole); i += 2)
    nerve_bitset_set (f->images, i, TRUE);
  f->half = nerve_dataset_new_subset (f->whole, f->images, "half");
  f->parameters = g_new0 (NerveLayerParameters, f->n);
  for (guint i = 0; i < f->n; i++)
    nerve_layer_parameters_init_window (&f->parameters[i], nerve_dataset_get_layer (f->whole, i));
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < f->n; i++)
    nerve_layer_parameters_clear (&f->parameters[i]);
  g_free (f->parameters);
  nerve_bitset_free (f->images);
  nerve_dataset_unref (f->half);
  nerve_dataset_unref (f->whole);
  fixture_free (f->path);
}

static NerveLayerMatrix *
compute (Fixture *f, NerveDataset *of, const NerveMatrixView *view, const NerveBitset *images, GPtrArray *others,
         gboolean of_all)
{
  NerveMatrixInput *input = nerve_matrix_input_new (view, images, others);
  g_autoptr (GError) error = NULL;
  NerveLayerMatrix *matrix = nerve_matrix_input_compute (input, of, f->parameters, of_all, NULL, &error);

  g_assert_no_error (error);
  nerve_matrix_input_unref (input);

  return matrix;
}

static void
selected_images_alone_are_a_file_of_their_own (Fixture *f, gconstpointer data)
{
  NerveMatrixView view;

  nerve_matrix_view_init (&view);
  view.selected_only = TRUE;
  for (guint measure = 0; measure < NERVE_N_MEASURES; measure++)
    {
      g_autoptr (NerveLayerMatrix) some = NULL;
      g_autoptr (NerveLayerMatrix) alone = NULL;

      view.measure = measure;
      some = compute (f, f->whole, &view, f->images, NULL, FALSE);
      alone = compute (f, f->half, &view, NULL, NULL, FALSE);
      for (guint i = 0; i < f->n; i++)
        for (guint j = 0; j < f->n; j++)
          g_assert_cmpfloat (nerve_layer_matrix_get (some, i, j), ==, nerve_layer_matrix_get (alone, i, j));
    }
}

/* The same network three times over. */
static void
all_networks_are_compared_with_all (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func ((GDestroyNotify) nerve_open_model_unref);
  g_autoptr (NerveDataset) again = nerve_dataset_new_subset (f->whole, f->images, "again");
  g_autoptr (NerveLayerMatrix) all = NULL;
  g_autoptr (NerveLayerMatrix) alone = NULL;
  NerveMatrixView view;
  guint n = f->n;

  nerve_matrix_view_init (&view);
  view.measure = NERVE_MEASURE_CKA;
  g_ptr_array_add (others, nerve_open_model_new (again, f->parameters, NULL));
  g_ptr_array_add (others, nerve_open_model_new (f->half, f->parameters, NULL));
  all = compute (f, f->half, &view, NULL, others, TRUE);
  alone = compute (f, f->half, &view, NULL, NULL, FALSE);
  g_assert_true (nerve_layer_matrix_is_square (all));
  g_assert_cmpuint (nerve_layer_matrix_get_n_rows (all), ==, 3 * n);
  g_assert_cmpuint (nerve_layer_matrix_get_n_models (all), ==, 3);
  g_assert_cmpuint (nerve_layer_matrix_get_row_model (all, 2 * n - 1), ==, 1);
  for (guint i = 0; i < 3 * n; i++)
    for (guint j = 0; j < 3 * n; j++)
      g_assert_cmpfloat_with_epsilon (nerve_layer_matrix_get (all, i, j),
                                      nerve_layer_matrix_get (alone, i % n, j % n), 1e-9);
}

static void
a_rival_that_is_gone_is_the_network_itself (Fixture *f, gconstpointer data)
{
  g_autoptr (NerveLayerMatrix) matrix = NULL;
  NerveMatrixView view;

  nerve_matrix_view_init (&view);
  view.rival = (char *) "closed";
  matrix = compute (f, f->whole, &view, NULL, NULL, FALSE);
  g_assert_true (nerve_layer_matrix_is_square (matrix));
}

static void
two_images_are_too_few (Fixture *f, gconstpointer data)
{
  g_autoptr (NerveBitset) two = nerve_bitset_new (nerve_dataset_get_n (f->whole));
  g_autoptr (GError) error = NULL;
  NerveMatrixInput *input;
  NerveMatrixView view;

  nerve_bitset_set (two, 0, TRUE);
  nerve_bitset_set (two, 5, TRUE);
  nerve_matrix_view_init (&view);
  view.selected_only = TRUE;
  input = nerve_matrix_input_new (&view, two, NULL);
  g_assert_null (nerve_matrix_input_compute (input, f->whole, f->parameters, FALSE, NULL, &error));
  g_assert_error (error, NERVE_ERROR, NERVE_ERROR_SHAPE);
  nerve_matrix_input_unref (input);
}

/* Vectors have no foreground: that leaves them out and the others as they are. */
static void
layers_the_sampling_does_not_suit_are_left_out (Fixture *f, gconstpointer data)
{
  g_autoptr (NerveLayerMatrix) whole = NULL;
  g_autoptr (NerveLayerMatrix) some = NULL;
  g_autofree char *notes = NULL;
  NerveMatrixView view;
  guint row, column;

  nerve_matrix_view_init (&view);
  view.measure = NERVE_MEASURE_CKA;
  whole = compute (f, f->whole, &view, NULL, NULL, FALSE);
  f->parameters[4].cloud.sampling = NERVE_SAMPLING_FOREGROUND;
  some = compute (f, f->whole, &view, NULL, NULL, FALSE);
  g_assert_cmpuint (nerve_layer_matrix_get_n_rows (some), ==, f->n - 1);
  for (guint i = 0; i < f->n; i++)
    for (guint j = 0; j < f->n; j++)
      if (nerve_layer_matrix_find (some, i, j, &row, &column))
        g_assert_cmpfloat (nerve_layer_matrix_get (some, row, column), ==, nerve_layer_matrix_get (whole, i, j));
      else
        g_assert_true (i == 4 || j == 4);
  notes = g_strjoinv ("; ", (char **) nerve_layer_matrix_get_notes (some));
  g_assert_nonnull (strstr (notes, "left out, as their sampling does not suit them: pool"));
}

/* The same key, the same result: whatever changes it is in the key, and nothing else. */
static void
the_key_says_what_it_is_made_from (Fixture *f, gconstpointer data)
{
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  NerveMatrixView view;
  NerveMatrixInput *input;

  nerve_matrix_view_init (&view);
  for (guint variant = 0; variant < 6; variant++)
    {
      nerve_matrix_view_init (&view);
      view.measure = variant == 1 ? NERVE_MEASURE_WASSERSTEIN : NERVE_MEASURE_SLICED_WASSERSTEIN;
      view.dims = variant == 2 ? NERVE_MATRIX_H1 : NERVE_MATRIX_BOTH;
      view.scaled = variant != 3;
      view.selected_only = variant == 4;
      view.by_dendrogram = variant == 5;
      input = nerve_matrix_input_new (&view, f->images, NULL);
      g_hash_table_add (keys, nerve_matrix_input_key (input, f->whole, f->parameters, FALSE));
      nerve_matrix_input_unref (input);
    }
  g_assert_cmpuint (g_hash_table_size (keys), ==, 5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(name, func) g_test_add ("/matrix-input/" name, Fixture, NULL, set_up, func, tear_down)
  TEST ("selected", selected_images_alone_are_a_file_of_their_own);
  TEST ("all", all_networks_are_compared_with_all);
  TEST ("gone", a_rival_that_is_gone_is_the_network_itself);
  TEST ("few", two_images_are_too_few);
  TEST ("left-out", layers_the_sampling_does_not_suit_are_left_out);
  TEST ("key", the_key_says_what_it_is_made_from);
#undef TEST

  return g_test_run ();
}
