#include "base/parameters.h"

#include <math.h>
#include <string.h>

#include "base/error.h"

typedef struct
{
  int      intervals;
  double   overlap;
  double   eps;
  gboolean relu;
  int      sampling;
  char    *layer;
} Values;

static const NerveChoice samplings[] = {
  { "flatten", "Flatten" },
  { "pool-mean", "Mean" },
  { "random", "Random" },
  { NULL },
};

#define FIELD(name) G_STRUCT_OFFSET (Values, name)

static const NerveParameter parameters[] = {
  { "intervals", "Intervals", NULL, "How many", NERVE_PARAMETER_INT, FIELD (intervals), 40, 1, 1000, 1 },
  { "overlap", "Overlap", NULL, "Shared part", NERVE_PARAMETER_DOUBLE, FIELD (overlap), 0.25, 0, 0.9, 0.05 },
  { "eps", "Eps", NULL, "Radius", NERVE_PARAMETER_DOUBLE, FIELD (eps), NAN, 0, INFINITY, 0, "auto" },
  { "relu", "ReLU", NULL, "Cut", NERVE_PARAMETER_BOOL, FIELD (relu), 0, 0, 1 },
  { "sampling", "Sampling", NULL, "Points", NERVE_PARAMETER_CHOICE, FIELD (sampling), -1, -1, 2, 0, "auto", samplings },
  { "layer", "Layer", NULL, "Which", NERVE_PARAMETER_STRING, FIELD (layer) },
};

static const NerveParameterTable table = { "example", sizeof (Values), parameters, G_N_ELEMENTS (parameters) };

static void
assert_set (Values *values, const char *name, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (nerve_parameters_set (&table, values, name, text, &error));
  g_assert_no_error (error);
}

static void
assert_refused (const char *name, const char *text, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  Values values;

  nerve_parameters_init (&table, &values);
  before = nerve_parameters_key (&table, &values);
  g_assert_false (nerve_parameters_set (&table, &values, name, text, &error));
  g_assert_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER);
  g_assert_cmpstr (error->message, ==, message);
  after = nerve_parameters_key (&table, &values);
  g_assert_cmpstr (before, ==, after);
  nerve_parameters_clear (&table, &values);
}

static void
fresh_values_are_the_defaults (void)
{
  Values values;

  nerve_parameters_init (&table, &values);
  for (guint i = 0; i < table.n; i++)
    g_assert_true (nerve_parameter_is_default (&parameters[i], &values));
  g_assert_cmpint (values.intervals, ==, 40);
  g_assert_true (isnan (values.eps));
  g_assert_cmpint (values.sampling, ==, -1);
  g_assert_null (values.layer);
  nerve_parameters_clear (&table, &values);
}

static void
every_type_is_read (void)
{
  Values values;

  nerve_parameters_init (&table, &values);
  assert_set (&values, "intervals", "12");
  assert_set (&values, "overlap", "0.5");
  assert_set (&values, "eps", "inf");
  assert_set (&values, "relu", NULL);
  assert_set (&values, "sampling", "random");
  assert_set (&values, "layer", "layer1.0/conv");
  g_assert_cmpint (values.intervals, ==, 12);
  g_assert_cmpfloat (values.overlap, ==, 0.5);
  g_assert_true (isinf (values.eps));
  g_assert_true (values.relu);
  g_assert_cmpint (values.sampling, ==, 2);
  g_assert_cmpstr (values.layer, ==, "layer1.0/conv");
  for (guint i = 0; i < table.n; i++)
    g_assert_false (nerve_parameter_is_default (&parameters[i], &values));

  assert_set (&values, "eps", "auto");
  assert_set (&values, "sampling", "auto");
  assert_set (&values, "relu", "no");
  assert_set (&values, "layer", "");
  g_assert_true (isnan (values.eps));
  g_assert_cmpint (values.sampling, ==, -1);
  g_assert_false (values.relu);
  g_assert_null (values.layer);
  nerve_parameters_clear (&table, &values);
}

static void
what_is_wrong_is_said (void)
{
  assert_refused ("intervals", "many", "intervals: “many” is not a whole number (1 to 1000)");
  assert_refused ("intervals", "2.5", "intervals: “2.5” is not a whole number (1 to 1000)");
  assert_refused ("intervals", "0", "intervals: “0” is out of range (1 to 1000)");
  assert_refused ("intervals", "99999999999999999999", "intervals: “99999999999999999999” is out of range (1 to 1000)");
  assert_refused ("intervals", NULL, "intervals: a value is missing");
  assert_refused ("overlap", "1", "overlap: “1” is out of range (0 to 0.9)");
  assert_refused ("overlap", "nan", "overlap: “nan” is not a number (0 to 0.9)");
  assert_refused ("overlap", "0,5", "overlap: “0,5” is not a number (0 to 0.9)");
  assert_refused ("overlap", "", "overlap: “” is not a number (0 to 0.9)");
  assert_refused ("eps", "-1", "eps: “-1” is out of range (0 or more or auto)");
  assert_refused ("relu", "perhaps", "relu: “perhaps” is neither true nor false");
  assert_refused ("sampling", "pool-maen",
                  "sampling: “pool-maen” is not known, did you mean “pool-mean”? (auto, flatten, pool-mean, random)");
  assert_refused ("sampling", "xyz", "sampling: “xyz” is not known (auto, flatten, pool-mean, random)");
  assert_refused ("interval", "3", "no parameter “interval”, did you mean “intervals”?");
  assert_refused ("zzz", "3", "no parameter “zzz”");
}

static void
values_read_back_exactly (void)
{
  const double numbers[] = { 0.1, 1.0 / 3.0, 1e-300, 5e-324, 123456789.123456789, 0.0, 1e22, INFINITY };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autofree char *text = NULL;
      Values from, to;

      nerve_parameters_init (&table, &from);
      nerve_parameters_init (&table, &to);
      from.eps = numbers[i];
      text = nerve_parameter_get (nerve_parameters_find (&table, "eps"), &from);
      assert_set (&to, "eps", text);
      g_assert_cmpfloat (to.eps, ==, numbers[i]);
    }
}

static void
a_copy_is_equal_and_independent (void)
{
  Values from, to;

  nerve_parameters_init (&table, &from);
  nerve_parameters_init (&table, &to);
  g_assert_true (nerve_parameters_equal (&table, &from, &to));
  assert_set (&from, "layer", "fc");
  assert_set (&from, "eps", "0.1");
  assert_set (&to, "layer", "conv");
  g_assert_false (nerve_parameters_equal (&table, &from, &to));
  nerve_parameters_copy (&table, &to, &from);
  g_assert_true (nerve_parameters_equal (&table, &from, &to));
  g_assert_true (from.layer != to.layer);
  nerve_parameters_copy (&table, &to, &to);
  nerve_parameters_clear (&table, &from);
  g_assert_cmpstr (to.layer, ==, "fc");
  nerve_parameters_clear (&table, &to);
}

static void
the_key_tells_all_and_no_text_fools_it (void)
{
  g_autofree char *key = NULL;
  g_autofree char *fooled = NULL;
  Values values;

  nerve_parameters_init (&table, &values);
  assert_set (&values, "overlap", "0.3");
  key = nerve_parameters_key (&table, &values);
  g_assert_cmpstr (key, ==, "intervals=40;overlap=0.3;eps=auto;relu=false;sampling=auto;layer=;");
  assert_set (&values, "layer", ";relu=true");
  fooled = nerve_parameters_key (&table, &values);
  g_assert_null (strstr (fooled, ";relu=true"));
  nerve_parameters_clear (&table, &values);
}

static void
negative_zero_is_zero (void)
{
  g_autofree char *text = NULL;
  Values values;

  nerve_parameters_init (&table, &values);
  assert_set (&values, "overlap", "-0");
  text = nerve_parameter_get (nerve_parameters_find (&table, "overlap"), &values);
  g_assert_cmpstr (text, ==, "0");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/parameters/fresh values are the defaults", fresh_values_are_the_defaults);
  g_test_add_func ("/base/parameters/every type is read", every_type_is_read);
  g_test_add_func ("/base/parameters/what is wrong is said", what_is_wrong_is_said);
  g_test_add_func ("/base/parameters/values read back exactly", values_read_back_exactly);
  g_test_add_func ("/base/parameters/a copy is equal and independent", a_copy_is_equal_and_independent);
  g_test_add_func ("/base/parameters/the key tells all and no text fools it", the_key_tells_all_and_no_text_fools_it);
  g_test_add_func ("/base/parameters/negative zero is zero", negative_zero_is_zero);
  return g_test_run ();
}
