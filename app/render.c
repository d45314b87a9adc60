#include "config.h"

#include "app/render.h"

#include "base/parallel.h"

typedef struct
{
  guint           layer;
  NerveResultKind kind;
  gpointer        result;
  GError         *error;
} Task;

typedef struct
{
  NerveDataset               *dataset;
  const NerveLayerParameters *parameters;
  const NerveProgress        *progress;
  Task                       *tasks;
  guint                       n;
  int                         done;
  int                         failed; /* the first task that failed, n if none */
} Run;

typedef struct
{
  Run *run;
  int  index;
} Asking;

/* After a failure only what comes before it is still wanted: it may hold the error to be told, the first one. */
static gboolean
is_wanted (Run *run, int index)
{
  return index < g_atomic_int_get (&run->failed) && nerve_progress_wanted (run->progress);
}

/* A task reports nothing of its own, it only asks: the loop counts what is done. */
static gboolean
ask (double fraction, gpointer user_data)
{
  Asking *asking = user_data;

  return is_wanted (asking->run, asking->index);
}

static void
note_failure (Run *run, int index)
{
  int before = g_atomic_int_get (&run->failed);

  while (index < before && !g_atomic_int_compare_and_exchange (&run->failed, before, index))
    before = g_atomic_int_get (&run->failed);
}

static gboolean
compute (gsize begin, gsize end, guint worker, gpointer user_data)
{
  Run *run = user_data;

  for (gsize i = begin; i < end && is_wanted (run, i); i++)
    {
      Task *task = &run->tasks[i];
      Asking asking = { run, i };
      NerveProgress progress = { ask, &asking, 0, 1 };

      task->result = nerve_result_type (task->kind)->compute (run->dataset, task->layer,
                                                              &run->parameters[task->layer], &progress, &task->error);
      if (task->result == NULL)
        note_failure (run, i);
      if (!nerve_progress_step (run->progress, (g_atomic_int_add (&run->done, 1) + 1.0) / run->n))
        return FALSE;
    }

  return TRUE;
}

static void
add (GArray *tasks, guint layer, NerveResultKind kind)
{
  Task task = { layer, kind, NULL, NULL };

  g_array_append_val (tasks, task);
}

static gboolean
is_shown (guint layer, const guint *columns, guint n_columns)
{
  for (guint i = 0; i < n_columns; i++)
    if (columns[i] == layer)
      return TRUE;

  return FALSE;
}

static GArray *
list_tasks (NerveDataset *dataset, guint flags, const guint *columns, guint n_columns,
            const NerveLayerParameters *parameters)
{
  GArray *tasks = g_array_new (FALSE, FALSE, sizeof (Task));
  guint n_layers = nerve_dataset_get_n_layers (dataset);

  for (guint layer = 0; layer < n_layers; layer++)
    {
      gboolean shown = is_shown (layer, columns, n_columns);
      gboolean wanted = shown || (flags & NERVE_FIGURE_PER_LAYER) == 0;
      gboolean suits = shown || nerve_cloud_suits (dataset, layer, &parameters[layer].cloud, NULL);

      if ((flags & NERVE_FIGURE_NEEDS_HOMOLOGY) && shown)
        add (tasks, layer, NERVE_RESULT_HOMOLOGY);
      if ((flags & NERVE_FIGURE_NEEDS_GRAPH) && wanted && suits)
        add (tasks, layer, NERVE_RESULT_GRAPH);
      if ((flags & NERVE_FIGURE_NEEDS_BETTI) && wanted)
        add (tasks, layer, NERVE_RESULT_BETTI);
      if ((flags & NERVE_FIGURE_NEEDS_CURVES) && wanted)
        add (tasks, layer, NERVE_RESULT_CURVES);
      if ((flags & NERVE_FIGURE_NEEDS_PROJECTION) && shown)
        add (tasks, layer, NERVE_RESULT_PROJECTION);
    }

  return tasks;
}

gboolean
nerve_render_results (NerveDataset *dataset, guint flags, const guint *columns, guint n_columns,
                      const NerveLayerParameters *parameters, NerveLayerResults *results,
                      const NerveProgress *progress, GError **error)
{
  g_autoptr (GArray) tasks = list_tasks (dataset, flags, columns, n_columns, parameters);
  Run run = { dataset, parameters, progress, (Task *) tasks->data, tasks->len, 0, tasks->len };
  gboolean whole = nerve_parallel_for (tasks->len, 1, compute, &run, progress);
  GError *first = NULL;

  for (guint i = 0; i < tasks->len; i++)
    {
      Task *task = &run.tasks[i];

      if (task->result != NULL)
        *nerve_result_slot (&results[task->layer], task->kind) = task->result;
      if (task->error != NULL && first == NULL)
        first = g_steal_pointer (&task->error);
      g_clear_error (&task->error);
    }

  if (first != NULL)
    {
      g_propagate_error (error, first);
      return FALSE;
    }

  return whole || nerve_progress_set_cancelled (error);
}

void
nerve_render_clear (NerveLayerResults *results, guint n_layers)
{
  for (guint layer = 0; layer < n_layers; layer++)
    for (guint kind = 0; kind < NERVE_N_RESULTS; kind++)
      {
        gpointer *place = nerve_result_slot (&results[layer], kind);

        if (*place != NULL)
          nerve_result_type (kind)->unref (g_steal_pointer (place));
      }
}
