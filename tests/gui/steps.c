#include "gui/window-fixture.h"

#include "app/origin.h"
#include "views/figure-view-private.h"

/* Many things one after the other, as a person does them. */

/* What a person sees of the state; undo must bring back just that. */
static char *
describe (WindowFixture *f)
{
  const NerveFigureModel *model = window_fixture_model (f);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *shown = model->shown != NULL ? nerve_images_to_text (model->shown) : g_strdup ("all");

  for (guint i = 0; i < model->n_columns; i++)
    g_string_append_printf (text, "%u%s ", model->columns[i], model->pinned[i] ? "!" : "");
  g_string_append_printf (text, "current %u color %d solo %s units %d selected %u of %d/%d", model->current,
                          model->color_by, shown, model->units, (guint) nerve_bitset_count (model->selection),
                          model->selected_layer, model->selected_node);
  for (guint i = 0; i < model->n_layers; i++)
    {
      const NerveLayerParameters *parameters = nerve_document_get_parameters (f->document, i);
      g_autofree char *intervals = nerve_layer_parameters_get (parameters, "mapper", "intervals");
      g_autofree char *eps = nerve_layer_parameters_get (parameters, "mapper", "eps");
      g_autofree char *sampling = nerve_layer_parameters_get (parameters, "cloud", "sampling");

      g_string_append_printf (text, "; %s %s %s", intervals, eps, sampling);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static const struct { const char *action; const char *parameters; } steps[] = {
  { "document.toggle-color", NULL },
  { "document.set-parameter", "(false, 'mapper', 'intervals', '6')" },
  { "document.select-nodes", "(@u 1, @au [0], @u 0)" },
  { "document.walk-to", "@u 5" },
  { "document.toggle-pin", "@u 0" },
  { "document.set-parameter", "(true, 'mapper', 'eps', '1.5')" },
  { "document.select-class", "(@u 1, false, @u 1)" },
  { "document.units", "'absolute'" },
  { "document.solo", "(@u 0, true)" },
  { "document.hide", "(@u 1, false)" },
  { "document.hide", "(@u 2, false)" },
  { "document.set-parameter", "(false, 'cloud', 'sampling', 'flatten')" },
  { "document.apply-preset", "(true, 'purvine-2022')" },
  { "document.reset-parameters", "true" },
};

static void
compare_with (WindowFixture *f, const char *wanted)
{
  g_autofree char *now = NULL;

  window_fixture_settle (f);
  now = describe (f);
  g_assert_cmpstr (now, ==, wanted);
}

static void
mixed_steps_are_undone_and_done_again_one_by_one (WindowFixture *f, gconstpointer data)
{
  char *before[G_N_ELEMENTS (steps) + 1] = { NULL };
  guint n = G_N_ELEMENTS (steps);

  before[0] = describe (f);
  for (guint i = 0; i < n; i++)
    {
      window_fixture_activate (f, steps[i].action, steps[i].parameters);
      window_fixture_settle (f);
      before[i + 1] = describe (f);
      g_assert_cmpstr (before[i + 1], !=, before[i]);
    }
  for (guint i = n; i > 0; i--)
    {
      window_fixture_activate (f, "document.undo", NULL);
      compare_with (f, before[i - 1]);
    }
  for (guint i = 0; i < n; i++)
    {
      window_fixture_activate (f, "document.redo", NULL);
      compare_with (f, before[i + 1]);
    }
  for (guint i = 0; i <= n; i++)
    g_free (before[i]);
}

/* What the last column shows while a slider is dragged there and back, again and again: never anything that was
 * asked for before the latest wish, but for what stood there when the drag began. */
static void
overlapping_drags_show_only_the_latest_wish (WindowFixture *f, gconstpointer data)
{
  const NerveFigureModel *model = window_fixture_model (f);
  guint layer = model->current;
  const NerveMapper *shown = model->layers[layer].graph->mapper;

  window_fixture_activate (f, "document.begin-drag", NULL);
  for (int wish = 3; wish < 40; wish++)
    {
      g_autofree char *text = g_strdup_printf ("(false, 'mapper', 'intervals', '%d')", wish);
      const NerveMapper *now;

      window_fixture_activate (f, "document.set-parameter", text);
      for (int i = 0; i < wish % 4; i++)
        g_main_context_iteration (NULL, FALSE);
      now = model->layers[layer].graph->mapper;
      g_assert_true (now == shown || nerve_mapper_get_parameters (now)->intervals == wish);
      shown = now;
    }
  window_fixture_activate (f, "document.end-drag", NULL);
  window_fixture_settle (f);
  g_assert_cmpint (nerve_mapper_get_parameters (model->layers[layer].graph->mapper)->intervals, ==, 39);
  window_fixture_activate (f, "document.undo", NULL);
  window_fixture_settle (f);
  g_assert_cmpint (nerve_document_get_parameters (f->document, layer)->mapper.intervals, ==, -1);
}

/* The fixture takes the window down and asks whether anything is left of it. */
static void
a_window_can_go_while_everything_computes (WindowFixture *f, gconstpointer data)
{
  window_fixture_open (f, f->path);
  window_fixture_activate (f, "document.set-parameter", "(true, 'mapper', 'overlap', '0.6')");
  g_assert_false (nerve_document_is_settled (f->document));
}

static void
a_file_can_be_closed_while_it_computes (WindowFixture *f, gconstpointer data)
{
  window_fixture_open (f, f->path);
  window_fixture_activate (f, "win.close-file", NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->session)), ==, 0);
  while (nerve_jobs_get_n_active (nerve_session_get_jobs (f->session)) > 0)
    window_fixture_wait (5);
}

#define ADD(test, data)                                                                                               \
  g_test_add ("/steps/" #test, WindowFixture, data, window_fixture_set_up, test, window_fixture_tear_down)

int
main (int argc, char **argv)
{
  window_fixture_prepare (&argc, &argv);

  ADD (mixed_steps_are_undone_and_done_again_one_by_one, NULL);
  ADD (overlapping_drags_show_only_the_latest_wish, NULL);
  ADD (a_window_can_go_while_everything_computes, "empty");
  ADD (a_file_can_be_closed_while_it_computes, "empty");

  return window_fixture_run ();
}
