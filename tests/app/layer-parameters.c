#include "app/layer-parameters.h"

static void
window_defaults_pool_tensors_and_choose_by_themselves (void)
{
  NerveLayer tensor = { .name = (char *) "conv", .kind = (char *) "conv", .axes = NERVE_AXES_NCHW,
                        .n = 10, .channels = 3, .height = 4, .width = 4 };
  g_auto (NerveLayerParameters) parameters = { 0 };
  g_autofree char *sampling = NULL;
  g_autofree char *preset = NULL;
  g_autofree char *points = NULL;

  nerve_layer_parameters_init_window (&parameters, &tensor);
  sampling = nerve_layer_parameters_get (&parameters, "cloud", "sampling");
  preset = nerve_layer_parameters_get (&parameters, "mapper", "preset");
  points = nerve_layer_parameters_get (&parameters, "diagram", "diagram-points");
  g_assert_cmpstr (sampling, ==, "pool-mean");
  g_assert_cmpstr (preset, ==, "auto");
  g_assert_cmpstr (points, ==, "1000");
}

static void
a_copy_is_equal_until_one_changes (void)
{
  g_auto (NerveLayerParameters) a = { 0 };
  g_auto (NerveLayerParameters) b = { 0 };
  g_autoptr (GError) error = NULL;

  nerve_layer_parameters_init (&a);
  nerve_layer_parameters_init (&b);
  nerve_layer_parameters_set (&a, "cloud", "classes", "cat,dog", &error);
  g_assert_no_error (error);
  g_assert_false (nerve_layer_parameters_equal (&a, &b));
  nerve_layer_parameters_copy (&b, &a);
  g_assert_true (nerve_layer_parameters_equal (&a, &b));
  nerve_layer_parameters_set (&b, "mapper", "intervals", "12", &error);
  g_assert_no_error (error);
  g_assert_false (nerve_layer_parameters_equal (&a, &b));
}

static void
a_value_out_of_limits_is_refused_and_changes_nothing (void)
{
  g_auto (NerveLayerParameters) parameters = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  nerve_layer_parameters_init (&parameters);
  before = nerve_layer_parameters_get (&parameters, "mapper", "overlap");
  g_assert_false (nerve_layer_parameters_set (&parameters, "mapper", "overlap", "3", &error));
  g_assert_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER);
  after = nerve_layer_parameters_get (&parameters, "mapper", "overlap");
  g_assert_cmpstr (before, ==, after);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/layer-parameters/window-defaults", window_defaults_pool_tensors_and_choose_by_themselves);
  g_test_add_func ("/layer-parameters/copy", a_copy_is_equal_until_one_changes);
  g_test_add_func ("/layer-parameters/limits", a_value_out_of_limits_is_refused_and_changes_nothing);

  return g_test_run ();
}
