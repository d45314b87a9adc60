/* Changes of a mapper graph answered from one neighbour graph, for tests/bench/mapper.
 *
 * Usage: bench-mapper FILE.npy EPS THREADS CHANGES [SEED]
 * Each change draws intervals, overlap, eps and min-samples anew; two of five widen what the graph covers. Each graph
 * is compared with one made from scratch. With no changes: the first graph alone, and what it took. */
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "base/parallel.h"
#include "base/random.h"
#include "mapper/store.h"

typedef struct
{
  GArray *within;
  GArray *widened;
  guint   n_different;
} Tally;

static double
get_cpu (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);

  return now.tv_sec + now.tv_nsec * 1e-9;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

static NerveCloud *
read_cloud (const char *path, GError **error)
{
  g_autoptr (NerveDataset) dataset = nerve_dataset_open (path, error);
  NerveCloudParameters parameters = { 0 };
  NerveCloud *cloud;

  if (dataset == NULL)
    return NULL;

  nerve_parameters_init (&nerve_cloud_table, &parameters);
  cloud = nerve_cloud_new (dataset, 0, &parameters, NULL, error);
  nerve_parameters_clear (&nerve_cloud_table, &parameters);

  return cloud;
}

static gboolean
are_equal (NerveMapper *a, NerveMapper *b)
{
  guint n_nodes = nerve_mapper_get_n_nodes (a);
  guint n_edges = nerve_mapper_get_n_edges (a);

  if (n_nodes != nerve_mapper_get_n_nodes (b) || n_edges != nerve_mapper_get_n_edges (b))
    return FALSE;
  for (guint i = 0; i < n_nodes; i++)
    {
      const NerveNode *x = nerve_mapper_get_node (a, i);
      const NerveNode *y = nerve_mapper_get_node (b, i);

      if (x->interval != y->interval || x->cluster != y->cluster || x->n_members != y->n_members ||
          memcmp (x->members, y->members, x->n_members * sizeof (guint32)) != 0)
        return FALSE;
    }

  return memcmp (nerve_mapper_get_edges (a), nerve_mapper_get_edges (b), n_edges * sizeof (NerveEdge)) == 0;
}

static void
draw (NerveMapperParameters *parameters, NerveRandom *random, double eps, double most_eps)
{
  parameters->intervals = 10 + nerve_random_below (random, 91);
  parameters->overlap = 0.05 + 0.65 * nerve_random_double (random);
  parameters->min_samples = 2 + nerve_random_below (random, 19);
  parameters->cover = nerve_random_below (random, 2);
  parameters->eps = most_eps > eps ? most_eps : eps * (0.6 + 0.4 * nerve_random_double (random));
}

static double
find_width (const NerveMapper *mapper)
{
  const NerveInterval *intervals = nerve_mapper_get_intervals (mapper);
  double width = 0.0;

  for (guint i = 0; i < nerve_mapper_get_n_intervals (mapper); i++)
    width = MAX (width, intervals[i].upper - intervals[i].lower);

  return width;
}

static void
change (Tally *tally, NerveMapperStore *store, const NerveMapperParameters *parameters)
{
  double eps = nerve_mapper_store_get_eps (store);
  double covered = nerve_mapper_store_get_width (store);
  double start = get_cpu ();
  g_autoptr (NerveMapper) kept = nerve_mapper_new_from_store (store, parameters, FALSE, NULL, NULL);
  double took = 1000.0 * (get_cpu () - start);
  g_autoptr (NerveMapper) fresh = nerve_mapper_new (nerve_mapper_store_get_cloud (store), parameters, FALSE, NULL,
                                                    NULL);
  gboolean within = parameters->eps <= eps && find_width (kept) <= covered;

  g_array_append_val (within ? tally->within : tally->widened, took);
  if (!are_equal (kept, fresh))
    tally->n_different++;
  g_print ("%3d intervals, overlap %.2f, eps %8.5g, min-samples %2d: %5u nodes, %5u edges, %s %8.2f ms CPU%s\n",
           parameters->intervals, parameters->overlap, parameters->eps, parameters->min_samples,
           nerve_mapper_get_n_nodes (kept), nerve_mapper_get_n_edges (kept), within ? "within" : "widened", took,
           are_equal (kept, fresh) ? "" : " DIFFERENT");
}

static void
report (const char *what, GArray *times)
{
  if (times->len == 0)
    return;

  g_array_sort (times, compare_doubles);
  g_print ("%s: %u changes, median %.2f ms CPU, largest %.2f\n", what, times->len,
           g_array_index (times, double, times->len / 2), g_array_index (times, double, times->len - 1));
}

static int
run (const char *path, double eps, guint n_changes, guint64 seed, GError **error)
{
  g_autoptr (NerveCloud) cloud = read_cloud (path, error);
  g_autoptr (NerveMapperStore) store = NULL;
  g_autoptr (NerveMapper) first = NULL;
  g_autoptr (GArray) within = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) widened = g_array_new (FALSE, FALSE, sizeof (double));
  Tally tally = { within, widened, 0 };
  NerveMapperParameters parameters;
  NerveRandom random;
  struct rusage usage;
  double start = get_cpu ();

  if (cloud == NULL)
    return 1;

  nerve_parameters_init (&nerve_mapper_table, &parameters);
  parameters.eps = eps;
  store = nerve_mapper_store_new (cloud);
  first = nerve_mapper_new_from_store (store, &parameters, FALSE, NULL, error);
  if (first == NULL)
    return 1;

  getrusage (RUSAGE_SELF, &usage);
  g_print ("first graph: %.3f s CPU, peak %ld MB, kept %.1f MB, coverage %.3f\n", get_cpu () - start,
           usage.ru_maxrss / 1024, nerve_mapper_store_get_bytes (store) / 1048576.0,
           nerve_mapper_get_coverage (first));
  nerve_random_init (&random, seed);
  for (guint i = 0; i < n_changes; i++)
    {
      gboolean widens = i % 5 >= 3;

      draw (&parameters, &random, nerve_mapper_store_get_eps (store),
            widens ? nerve_mapper_store_get_eps (store) * 1.01 : 0.0);
      if (!widens)
        while (parameters.intervals * (1.0 - parameters.overlap) < 30.0 &&
               nerve_mapper_store_get_width (store) < G_MAXDOUBLE)
          draw (&parameters, &random, nerve_mapper_store_get_eps (store), 0.0);
      change (&tally, store, &parameters);
    }
  report ("within", within);
  report ("widened", widened);
  if (n_changes > 0)
    g_print ("%u of %u differ from scratch\n", tally.n_different, n_changes);

  return tally.n_different > 0;
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  int status;

  if (argc < 5 || argc > 6)
    {
      g_printerr ("Usage: bench-mapper FILE.npy EPS THREADS CHANGES [SEED]\n");
      return 2;
    }

  nerve_parallel_set_threads (atoi (argv[3]));
  status = run (argv[1], g_ascii_strtod (argv[2], NULL), atoi (argv[4]), argc > 5 ? atoi (argv[5]) : 1, &error);
  if (error != NULL)
    g_printerr ("bench-mapper: %s: %s\n", argv[1], error->message);

  return status;
}
