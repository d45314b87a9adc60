#include "data/classes.h"

#include "base/error.h"

static NerveValues *
integers (const char *name, gsize n, const gint64 *values)
{
  return nerve_values_new_integers (name, g_memdup2 (values, n * sizeof (gint64)), n);
}

static NerveValues *
strings (const char *name, const char *const *values)
{
  return nerve_values_new_strings (name, g_strdupv ((char **) values));
}

static void
different_numbers_sorted_are_the_classes (void)
{
  g_autoptr (NerveValues) labels = integers ("labels", 5, (gint64[]) { 7, -4, 10, 2, 7 });
  g_auto (NerveClasses) classes = { 0 };
  g_autoptr (GError) error = NULL;

  nerve_classes_init (&classes, &(NerveClassValues) { .labels = labels }, 5, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (classes.n_classes, ==, 3);
  g_assert_cmpstr (classes.names[0], ==, "2");
  g_assert_cmpstr (classes.names[2], ==, "10");
  g_assert_cmpmem (classes.labels, 5 * sizeof (int), ((int[]) { 1, -1, 2, 0, 1 }), 5 * sizeof (int));
}

static void
predictions_use_the_classes_of_the_labels (void)
{
  g_autoptr (NerveValues) labels = integers ("labels", 3, (gint64[]) { 5, 5, 8 });
  g_autoptr (NerveValues) predictions = integers ("predictions", 3, (gint64[]) { 5, 6, -1 });
  g_auto (NerveClasses) classes = { 0 };
  g_autoptr (GError) error = NULL;

  nerve_classes_init (&classes, &(NerveClassValues) { .labels = labels, .predictions = predictions }, 3, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (classes.n_classes, ==, 3);
  g_assert_cmpint (classes.labels[2], ==, 2);
  g_assert_cmpmem (classes.predictions, 3 * sizeof (int), ((int[]) { 0, 1, -1 }), 3 * sizeof (int));
}

static void
strings_are_found_among_the_names (void)
{
  g_autoptr (NerveValues) labels = strings ("labels", (const char *const[]) { "b", "", "a", NULL });
  g_autoptr (NerveValues) names = strings ("class_names", (const char *const[]) { "b", "a", NULL });
  g_auto (NerveClasses) given = { 0 };
  g_auto (NerveClasses) sorted = { 0 };
  g_autoptr (GError) error = NULL;

  nerve_classes_init (&given, &(NerveClassValues) { .labels = labels, .class_names = names }, 3, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (given.labels, 3 * sizeof (int), ((int[]) { 0, -1, 1 }), 3 * sizeof (int));
  nerve_classes_init (&sorted, &(NerveClassValues) { .labels = labels }, 3, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (sorted.labels, 3 * sizeof (int), ((int[]) { 1, -1, 0 }), 3 * sizeof (int));
}

static void
check_refused (const NerveClassValues *values, int code, const char *message)
{
  g_auto (NerveClasses) classes = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_false (nerve_classes_init (&classes, values, 3, &error));
  g_assert_error (error, NERVE_ERROR, code);
  g_assert_cmpstr (error->message, ==, message);
}

static void
a_label_without_a_class_is_refused (void)
{
  g_autoptr (NerveValues) labels = integers ("labels", 3, (gint64[]) { 0, 2, G_MAXINT64 });
  g_autoptr (NerveValues) words = strings ("labels", (const char *const[]) { "a", "b", "c", NULL });
  g_autoptr (NerveValues) names = strings ("class_names", (const char *const[]) { "a", "b", NULL });
  g_autoptr (NerveValues) few = integers ("labels", 2, (gint64[]) { 0, 1 });

  check_refused (&(NerveClassValues) { .labels = labels, .class_names = names }, NERVE_ERROR_VALUE,
                 "labels: image 1 has “2”, which is none of the 2 classes");
  check_refused (&(NerveClassValues) { .labels = words, .class_names = names }, NERVE_ERROR_VALUE,
                 "labels: image 2 has “c”, which is none of the 2 classes");
  check_refused (&(NerveClassValues) { .labels = few, .class_names = names }, NERVE_ERROR_SHAPE,
                 "labels: 2 entries where there are 3 images");
}

static void
every_class_has_a_group (void)
{
  g_autoptr (NerveValues) labels = integers ("labels", 3, (gint64[]) { 0, 1, 2 });
  g_autoptr (NerveValues) outside = integers ("superclass", 3, (gint64[]) { 0, -1, 1 });
  g_autoptr (NerveValues) words = strings ("superclass", (const char *const[]) { "b", "a", "b", NULL });
  NerveValues *no_names = NULL;
  g_auto (NerveClasses) classes = { 0 };
  g_autoptr (GError) error = NULL;

  check_refused (&(NerveClassValues) { .labels = labels, .n_levels = 1, .level_groups = &outside,
                                       .level_names = &no_names },
                 NERVE_ERROR_VALUE, "superclass: class 1 has “-1”, which is none of the 2 groups");
  nerve_classes_init (&classes,
                      &(NerveClassValues) { .labels = labels, .n_levels = 1, .level_groups = &words,
                                            .level_names = &no_names },
                      3, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (classes.levels[0].n_groups, ==, 2);
  g_assert_cmpuint (classes.levels[0].groups[0], ==, 1);
  g_assert_cmpstr (classes.levels[0].names[1], ==, "b");
}

static void
nothing_is_made_of_no_labels (void)
{
  g_autoptr (NerveValues) names = strings ("class_names", (const char *const[]) { "a", NULL });
  g_auto (NerveClasses) classes = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (nerve_classes_init (&classes, &(NerveClassValues) { .class_names = names }, 3, &error));
  g_assert_cmpuint (classes.n_classes, ==, 0);
  g_assert_null (classes.labels);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/data/classes/different numbers, sorted, are the classes",
                   different_numbers_sorted_are_the_classes);
  g_test_add_func ("/data/classes/predictions use the classes of the labels",
                   predictions_use_the_classes_of_the_labels);
  g_test_add_func ("/data/classes/strings are found among the names", strings_are_found_among_the_names);
  g_test_add_func ("/data/classes/a label without a class is refused", a_label_without_a_class_is_refused);
  g_test_add_func ("/data/classes/every class has a group", every_class_has_a_group);
  g_test_add_func ("/data/classes/nothing is made of no labels", nothing_is_made_of_no_labels);
  return g_test_run ();
}
