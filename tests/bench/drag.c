/* How long a slider of the mapper keeps one waiting in the window: parameters changed → the new graph, laid out.
 *
 * Usage: bench-drag BUILD FILE LAYER CHANGES
 * A line for the first graph, then for each of intervals, overlap, eps and min-samples the median and the longest of
 * CHANGES changes, in milliseconds by the clock and of this process's CPU (the layout is another process's). */
#include <stdlib.h>

#include "app/paths.h"
#include "app/results.h"
#include "bench/times.h"

typedef struct
{
  NerveDataset        *dataset;
  guint                layer;
  NerveLayerParameters parameters;
} Drag;

static NerveGraph *
measure (Drag *self, double *wall, double *cpu)
{
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();
  double before = bench_cpu (CLOCK_PROCESS_CPUTIME_ID);
  NerveGraph *graph = nerve_result_type (NERVE_RESULT_GRAPH)->compute (self->dataset, self->layer, &self->parameters,
                                                                       NULL, &error);

  if (graph == NULL)
    g_error ("%s", error->message);
  *wall = (g_get_monotonic_time () - start) / 1e3;
  *cpu = bench_cpu (CLOCK_PROCESS_CPUTIME_ID) - before;

  return graph;
}

/* Values from @from to @to in even steps. */
static void
drag (Drag *self, const char *name, double from, double to, gboolean whole, guint n)
{
  g_autofree double *walls = g_new (double, n);
  g_autofree double *cpus = g_new (double, n);

  for (guint i = 0; i < n; i++)
    {
      double value = from + (to - from) * i / MAX (n - 1, 1);
      char text[G_ASCII_DTOSTR_BUF_SIZE];
      g_autoptr (NerveGraph) graph = NULL;

      g_ascii_formatd (text, sizeof text, whole ? "%.0f" : "%.9g", value);
      nerve_layer_parameters_set (&self->parameters, "mapper", name, text, NULL);
      graph = measure (self, &walls[i], &cpus[i]);
    }
  qsort (walls, n, sizeof (double), bench_compare);
  qsort (cpus, n, sizeof (double), bench_compare);
  g_print ("%-12s median %.1f ms, longest %.1f ms; CPU %.1f and %.1f ms\n", name, walls[n / 2], walls[n - 1],
           cpus[n / 2], cpus[n - 1]);
}

int
main (int argc, char **argv)
{
  Drag self = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (NerveGraph) first = NULL;
  g_autofree char *helper = NULL;
  double wall, cpu, eps;
  guint n;

  if (argc != 5)
    g_error ("usage: bench-drag BUILD FILE LAYER CHANGES");
  helper = g_build_filename (argv[1], "app", "nerve-layout", NULL);
  g_setenv ("NERVE_LAYOUT_HELPER", helper, TRUE);
  nerve_paths_init (argv[0]);
  self.dataset = nerve_dataset_open (argv[2], &error);
  if (self.dataset == NULL)
    g_error ("%s", error->message);
  self.layer = atoi (argv[3]);
  n = atoi (argv[4]);
  nerve_layer_parameters_init (&self.parameters);
  nerve_layer_parameters_set (&self.parameters, "mapper", "preset", "auto", NULL);

  first = measure (&self, &wall, &cpu);
  eps = nerve_mapper_get_parameters (first->mapper)->eps;
  g_print ("first graph: %u nodes of %s, %.1f ms; CPU %.1f ms\n", nerve_mapper_get_n_nodes (first->mapper),
           first->badge, wall, cpu);
  drag (&self, "intervals", 5, 40, TRUE, n);
  nerve_layer_parameters_set (&self.parameters, "mapper", "intervals", "auto", NULL);
  drag (&self, "overlap", 0.1, 0.6, FALSE, n);
  nerve_layer_parameters_set (&self.parameters, "mapper", "overlap", "auto", NULL);
  drag (&self, "eps", eps, eps / 3, FALSE, n);
  nerve_layer_parameters_set (&self.parameters, "mapper", "eps", "auto", NULL);
  drag (&self, "min-samples", 2, 10, TRUE, n);
  nerve_layer_parameters_clear (&self.parameters);
  nerve_dataset_unref (self.dataset);

  return 0;
}
