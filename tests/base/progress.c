#include "base/progress.h"

#include "base/error.h"

typedef struct
{
  double   last;
  guint    calls;
  gboolean answer;
} Listener;

static gboolean
listen (double fraction, gpointer user_data)
{
  Listener *listener = user_data;

  listener->last = fraction;
  listener->calls++;

  return listener->answer;
}

static void
nobody_asking_means_go_on (void)
{
  NerveProgress part = nerve_progress_part (NULL, 0.25, 0.5);

  g_assert_true (nerve_progress_step (NULL, 0.5));
  g_assert_true (nerve_progress_wanted (NULL));
  g_assert_true (nerve_progress_check (NULL, NULL));
  g_assert_true (nerve_progress_step (&part, 0.5));
  g_assert_true (nerve_progress_wanted (&part));
}

static void
a_part_of_a_part_lies_inside_it (void)
{
  Listener listener = { 0.0, 0, TRUE };
  NerveProgress whole = { listen, &listener, 0.0, 1.0 };
  NerveProgress half = nerve_progress_part (&whole, 0.5, 1.0);
  NerveProgress quarter = nerve_progress_part (&half, 0.0, 0.5);

  nerve_progress_step (&quarter, 0.0);
  g_assert_cmpfloat (listener.last, ==, 0.5);
  nerve_progress_step (&quarter, 1.0);
  g_assert_cmpfloat (listener.last, ==, 0.75);
}

static void
fractions_are_kept_within_their_part (void)
{
  Listener listener = { 0.0, 0, TRUE };
  NerveProgress whole = { listen, &listener, 0.0, 1.0 };
  NerveProgress half = nerve_progress_part (&whole, 0.0, 0.5);

  nerve_progress_step (&half, 1.5);
  g_assert_cmpfloat (listener.last, ==, 0.5);
  nerve_progress_step (&half, -0.5);
  g_assert_cmpfloat (listener.last, ==, 0.0);
}

static void
only_asking_reports_no_fraction (void)
{
  Listener listener = { 0.5, 0, TRUE };
  NerveProgress whole = { listen, &listener, 0.0, 1.0 };

  g_assert_true (nerve_progress_wanted (&whole));
  g_assert_cmpuint (listener.calls, ==, 1);
  g_assert_cmpfloat (listener.last, <, 0.0);
}

static void
the_answer_no_is_an_error_of_its_own (void)
{
  g_autoptr (GError) error = NULL;
  Listener listener = { 0.0, 0, FALSE };
  NerveProgress whole = { listen, &listener, 0.0, 1.0 };

  g_assert_false (nerve_progress_step (&whole, 0.5));
  g_assert_false (nerve_progress_check (&whole, &error));
  g_assert_error (error, NERVE_ERROR, NERVE_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/progress/nobody asking means go on", nobody_asking_means_go_on);
  g_test_add_func ("/base/progress/a part of a part lies inside it", a_part_of_a_part_lies_inside_it);
  g_test_add_func ("/base/progress/fractions are kept within their part", fractions_are_kept_within_their_part);
  g_test_add_func ("/base/progress/only asking reports no fraction", only_asking_reports_no_fraction);
  g_test_add_func ("/base/progress/the answer no is an error of its own", the_answer_no_is_an_error_of_its_own);
  return g_test_run ();
}
