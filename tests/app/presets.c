#include "app/presets.h"

static void
init (NerveLayerParameters *initial, NerveLayerParameters *parameters)
{
  NerveLayer tensor = { .name = (char *) "conv", .kind = (char *) "conv", .axes = NERVE_AXES_NCHW,
                        .n = 10, .channels = 3, .height = 4, .width = 4 };

  nerve_layer_parameters_init_window (initial, &tensor);
  nerve_layer_parameters_init (parameters);
  nerve_layer_parameters_copy (parameters, initial);
}

static void
set (NerveLayerParameters *parameters, const char *group, const char *name, const char *text)
{
  g_autoptr (GError) error = NULL;

  nerve_layer_parameters_set (parameters, group, name, text, &error);
  g_assert_no_error (error);
}

static void
check (const NerveLayerParameters *parameters, const char *group, const char *name, const char *expected)
{
  g_autofree char *text = nerve_layer_parameters_get (parameters, group, name);

  g_assert_cmpstr (text, ==, expected);
}

static void
check_name (const NerveLayerParameters *parameters, const NerveLayerParameters *initial, const char *expected)
{
  g_autofree char *name = nerve_presets_name (parameters, initial);

  g_assert_cmpstr (name, ==, expected);
}

static void
the_papers_values_are_theirs (void)
{
  g_auto (NerveLayerParameters) initial = { 0 };
  g_auto (NerveLayerParameters) parameters = { 0 };

  init (&initial, &parameters);
  check_name (&parameters, &initial, "Automatic");

  set (&parameters, "mapper", "intervals", "7");
  set (&parameters, "betti", "eta", "0.25");
  check_name (&parameters, &initial, NULL);
  g_assert_true (nerve_presets_apply ("purvine-2022", &parameters, &initial));
  check (&parameters, "mapper", "preset", "none");
  check (&parameters, "mapper", "intervals", "auto");
  check (&parameters, "cloud", "sampling", "auto");
  check (&parameters, "cloud", "compat", "paper");
  check (&parameters, "betti", "eta", "0.25");
  check_name (&parameters, &initial, "Purvine et al. 2022");

  g_assert_true (nerve_presets_apply ("suresh-2023", &parameters, &initial));
  check (&parameters, "betti", "count", "closed");
  check (&parameters, "betti", "eta", "");
  check_name (&parameters, &initial, "Purvine et al. 2022, Suresh et al. 2023");

  g_assert_true (nerve_presets_apply ("automatic", &parameters, &initial));
  g_assert_true (nerve_layer_parameters_equal (&parameters, &initial));
  g_assert_false (nerve_presets_apply ("nobody-1999", &parameters, &initial));
}

/* Through the settings and back: each value of each table. */
static void
own_ones_are_kept_replaced_and_removed (void)
{
  g_auto (NerveLayerParameters) initial = { 0 };
  g_auto (NerveLayerParameters) kept = { 0 };
  g_auto (NerveLayerParameters) parameters = { 0 };

  init (&initial, &kept);
  nerve_layer_parameters_init (&parameters);
  set (&kept, "mapper", "overlap", "0.3");
  set (&kept, "mapper", "second-lens", "pca1");
  set (&kept, "cloud", "classes", "cat,dog");
  nerve_presets_save ("Größe: 3.5 = x", &kept);
  g_assert_true (nerve_presets_apply ("own:Größe: 3.5 = x", &parameters, &initial));
  g_assert_true (nerve_layer_parameters_equal (&parameters, &kept));
  check_name (&parameters, &initial, "Größe: 3.5 = x");

  set (&kept, "mapper", "overlap", "0.4");
  nerve_presets_save ("Größe: 3.5 = x", &kept);
  nerve_presets_save ("Another", &initial);
  g_assert_true (nerve_presets_apply ("own:Größe: 3.5 = x", &parameters, &initial));
  check (&parameters, "mapper", "overlap", "0.4");

  nerve_presets_remove ("Größe: 3.5 = x");
  g_assert_false (nerve_presets_apply ("own:Größe: 3.5 = x", &parameters, &initial));
  check_name (&initial, &initial, "Automatic, Another");
  nerve_presets_remove ("Another");
}

static void
the_menu_has_all_of_them (void)
{
  g_auto (NerveLayerParameters) parameters = { 0 };
  g_autoptr (GMenuModel) menu = NULL;
  g_autoptr (GMenuModel) own = NULL;
  g_autofree char *id = NULL;

  nerve_layer_parameters_init (&parameters);
  nerve_presets_save ("Mine", &parameters);
  menu = nerve_presets_menu ();
  own = g_menu_model_get_item_link (menu, 1, G_MENU_LINK_SECTION);
  g_assert_cmpint (g_menu_model_get_n_items (own), ==, 1);
  g_assert_true (g_menu_model_get_item_attribute (own, 0, G_MENU_ATTRIBUTE_TARGET, "s", &id));
  g_assert_cmpstr (id, ==, "own:Mine");
  nerve_presets_remove ("Mine");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/presets/the-papers-values-are-theirs", the_papers_values_are_theirs);
  g_test_add_func ("/app/presets/own-ones-are-kept-replaced-and-removed", own_ones_are_kept_replaced_and_removed);
  g_test_add_func ("/app/presets/the-menu-has-all-of-them", the_menu_has_all_of_them);

  return g_test_run ();
}
