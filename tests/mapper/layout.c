#include "mapper/layout.h"

#include <math.h>
#include <string.h>

#include "base/error.h"

/* A ring far enough from the origin that its mapper graph by length is a cycle, with a tail of its own. */
static NerveMapper *
make_ring (void)
{
  const gsize n = 600;
  g_autofree double *points = g_new (double, 2 * n);
  g_autoptr (NerveCloud) cloud = NULL;
  NerveMapperParameters parameters;

  for (gsize i = 0; i < n; i++)
    {
      double t = 2.0 * G_PI * i / 500.0;

      points[2 * i] = i < 500 ? 5.0 + cos (t) : 6.0 + 0.01 * (i - 500);
      points[2 * i + 1] = i < 500 ? sin (t) : 0.0;
    }
  cloud = nerve_cloud_new_from_points (points, n, 2);
  nerve_parameters_init (&nerve_mapper_table, &parameters);
  parameters.intervals = 12;
  parameters.overlap = 0.4;
  parameters.eps = 0.1;

  return nerve_mapper_new (cloud, &parameters, FALSE, NULL, NULL);
}

/* @n points on a line in steps of one: a path of nodes. */
static NerveMapper *
make_path (gsize n)
{
  g_autofree double *points = g_new (double, n);
  g_autoptr (NerveCloud) cloud = NULL;
  NerveMapperParameters parameters;

  for (gsize i = 0; i < n; i++)
    points[i] = i;
  cloud = nerve_cloud_new_from_points (points, n, 1);
  nerve_parameters_init (&nerve_mapper_table, &parameters);
  parameters.intervals = 6;
  parameters.eps = 1.0;
  parameters.min_samples = 2;

  return nerve_mapper_new (cloud, &parameters, FALSE, NULL, NULL);
}

/* NULL, and the test skipped, where it was not built. */
static char *
find_helper (void)
{
  const char *programs = g_getenv ("NERVE_TEST_PROGRAMS");
  g_autofree char *path = g_build_filename (programs != NULL ? programs : "", "nerve-layout", NULL);

  if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&path);

  g_test_skip ("nerve-layout is not there");
  return NULL;
}

static void
a_path_is_a_straight_line_without_help (void)
{
  g_autoptr (NerveMapper) mapper = make_path (100);
  g_autoptr (GError) error = NULL;
  g_autoptr (NerveLayout) layout = nerve_layout_new (mapper, "/nowhere/nerve-layout", NULL, &error);
  const NervePlace *places;

  g_assert_no_error (error);
  g_assert_cmpuint (nerve_mapper_get_n_nodes (mapper), ==, 6);
  places = nerve_layout_get_places (layout);
  for (guint i = 0; i < 6; i++)
    g_assert_cmpfloat (places[i].y, ==, 0.0);
  for (guint i = 2; i < 6; i++)
    g_assert_cmpfloat ((places[i].x - places[i - 1].x) * (places[i - 1].x - places[i - 2].x), >, 0.0);
}

static void
an_empty_graph_needs_no_help (void)
{
  g_autoptr (NerveMapper) mapper = make_path (1);
  g_autoptr (NerveLayout) layout = nerve_layout_new (mapper, "/nowhere/nerve-layout", NULL, NULL);

  g_assert_cmpuint (nerve_mapper_get_n_nodes (mapper), ==, 0);
  g_assert_nonnull (layout);
}

static void
the_same_graph_gets_the_same_places (void)
{
  g_autofree char *helper = find_helper ();
  g_autoptr (NerveMapper) mapper = make_ring ();
  guint n = nerve_mapper_get_n_nodes (mapper);

  if (helper == NULL)
    return;

  g_assert_cmpuint (nerve_mapper_get_n_edges (mapper), >=, n);
  for (guint t = 0; t < 2; t++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (NerveLayout) one = nerve_layout_new (mapper, helper, NULL, &error);
      g_autoptr (NerveLayout) other = nerve_layout_new (mapper, helper, NULL, NULL);

      g_assert_no_error (error);
      g_assert_cmpmem (nerve_layout_get_places (one), n * sizeof (NervePlace), nerve_layout_get_places (other),
                       n * sizeof (NervePlace));
      for (guint i = 0; i < n; i++)
        g_assert_true (isfinite (nerve_layout_get_places (one)[i].x + nerve_layout_get_places (one)[i].y));
    }
}

static void
no_edge_is_much_too_short (void)
{
  g_autofree char *helper = find_helper ();
  g_autoptr (NerveMapper) mapper = make_ring ();
  g_autoptr (NerveLayout) layout = NULL;
  const NervePlace *places;

  if (helper == NULL)
    return;

  layout = nerve_layout_new (mapper, helper, NULL, NULL);
  places = nerve_layout_get_places (layout);
  for (guint e = 0; e < nerve_mapper_get_n_edges (mapper); e++)
    {
      const NerveEdge *edge = &nerve_mapper_get_edges (mapper)[e];

      g_assert_cmpfloat (hypot (places[edge->source].x - places[edge->target].x,
                                places[edge->source].y - places[edge->target].y), >, 10.0);
    }
}

static void
helpers_that_fail_are_errors (void)
{
  static const char *const helpers[] = { "/nowhere/nerve-layout", "/bin/true", "/bin/cat", "/usr/bin/yes", "/" };
  g_autoptr (NerveMapper) mapper = make_ring ();

  for (guint i = 0; i < G_N_ELEMENTS (helpers); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (nerve_layout_new (mapper, helpers[i], NULL, &error));
      g_assert_error (error, NERVE_ERROR, NERVE_ERROR_HELPER);
      g_assert_null (strchr (error->message, '\n'));
    }
}

typedef struct
{
  gint64 begin;
  gint64 stopped;
} Stop;

static gboolean
stop_after_a_while (double fraction, gpointer user_data)
{
  Stop *stop = user_data;

  if (g_get_monotonic_time () < stop->begin + 60 * 1000)
    return TRUE;
  if (stop->stopped == 0)
    stop->stopped = g_get_monotonic_time ();

  return FALSE;
}

static void
a_helper_that_hangs_can_be_cancelled (void)
{
  g_autoptr (NerveMapper) mapper = make_ring ();
  g_autoptr (GError) error = NULL;
  Stop stop = { g_get_monotonic_time (), 0 };
  NerveProgress progress = { stop_after_a_while, &stop, 0.0, 1.0 };

  /* Waits for the end of its input. */
  g_assert_null (nerve_layout_new (mapper, "/usr/bin/sort", &progress, &error));
  g_assert_error (error, NERVE_ERROR, NERVE_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - stop.stopped, <, 100 * 1000);
}

/* What the helper answers to @input, and whether it was content. */
static char *
ask (const char *helper, const char *input, gboolean *content)
{
  g_autoptr (GSubprocess) process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                                                      NULL, helper, NULL);
  char *output = NULL;

  g_assert_true (g_subprocess_communicate_utf8 (process, input, NULL, &output, NULL, NULL));
  *content = g_subprocess_get_successful (process);

  return output;
}

/* A ladder of @n nodes. */
static char *
make_job (guint n)
{
  GString *job = g_string_new (NULL);

  g_string_append_printf (job, "graph %u %u\n", n, 2 * n - 3);
  for (guint i = 1; i < n; i++)
    g_string_append_printf (job, "%u %u 40\n", i - 1, i);
  for (guint i = 2; i < n; i++)
    g_string_append_printf (job, "%u %u %u\n", i - 2, i, 50 + i % 7);

  return g_string_free (job, FALSE);
}

static void
an_answer_does_not_depend_on_earlier_jobs (void)
{
  g_autofree char *helper = find_helper ();
  g_autofree char *small = make_job (40);
  g_autofree char *large = make_job (301);
  g_autofree char *one_way = g_strconcat (small, large, small, NULL);
  g_autofree char *other_way = g_strconcat (large, small, NULL);
  g_autofree char *small_answer = NULL;
  g_autofree char *answer = NULL;
  g_autofree char *other_answer = NULL;
  g_autofree char *expected = NULL;
  gboolean content;

  if (helper == NULL)
    return;

  small_answer = ask (helper, small, &content);
  g_assert_true (content);
  answer = ask (helper, one_way, &content);
  g_assert_true (content);
  other_answer = ask (helper, other_way, &content);
  g_assert_true (content);
  expected = g_strconcat (small_answer, other_answer, NULL);
  g_assert_true (g_str_has_prefix (small_answer, "places 40\n"));
  g_assert_cmpstr (answer, ==, expected);
}

static void
what_is_not_a_job_ends_the_helper (void)
{
  static const char *const inputs[] = {
    "hello\n", "graph\n", "graph 0 0\n", "graph 2 1\n0 2 40\n", "graph 2 1\n0 0 40\n", "graph 2 1\n0 1 -1\n",
    "graph 2 1\n0 1 nan\n", "graph 2 1\n", "graph 99999999999 1\n", "graph 2 1\n0 1\n",
  };
  g_autofree char *helper = find_helper ();

  for (guint i = 0; i < G_N_ELEMENTS (inputs) && helper != NULL; i++)
    {
      gboolean content;
      g_autofree char *answer = ask (helper, inputs[i], &content);

      g_assert_false (content);
      g_assert_true (g_str_has_prefix (answer, "error "));
    }
}

static void
the_end_of_input_ends_the_helper (void)
{
  g_autofree char *helper = find_helper ();
  gboolean content;
  g_autofree char *answer = helper != NULL ? ask (helper, "", &content) : NULL;

  if (helper == NULL)
    return;

  g_assert_true (content);
  g_assert_cmpstr (answer, ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mapper/layout/a path is a straight line without help", a_path_is_a_straight_line_without_help);
  g_test_add_func ("/mapper/layout/an empty graph needs no help", an_empty_graph_needs_no_help);
  g_test_add_func ("/mapper/layout/the same graph gets the same places", the_same_graph_gets_the_same_places);
  g_test_add_func ("/mapper/layout/no edge is much too short", no_edge_is_much_too_short);
  g_test_add_func ("/mapper/layout/helpers that fail are errors", helpers_that_fail_are_errors);
  g_test_add_func ("/mapper/layout/a helper that hangs can be cancelled", a_helper_that_hangs_can_be_cancelled);
  g_test_add_func ("/mapper/layout/an answer does not depend on earlier jobs",
                   an_answer_does_not_depend_on_earlier_jobs);
  g_test_add_func ("/mapper/layout/what is not a job ends the helper", what_is_not_a_job_ends_the_helper);
  g_test_add_func ("/mapper/layout/the end of input ends the helper", the_end_of_input_ends_the_helper);
  return g_test_run ();
}
