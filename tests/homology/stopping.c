#include <math.h>
#include <time.h>

#include "base/parallel.h"
#include "base/random.h"
#include "cloud/cloud.h"
#include "homology/bootstrap.h"
#include "homology/diagram-distance.h"
#include "homology/representatives.h"
#include "homology/rips-cloud.h"
#include "homology/rips-higher.h"
#include "homology/summaries.h"

/* Every stage on 10,000 points: whoever stops it waits until each thread has asked once more, and until everything is
 * given back. Both are measured in the threads' own time: other programs may have the processor meanwhile. */

#define N 10000
#define LONGEST_STAGE 4.0 /* seconds of all threads; then it is stopped */
/* Sanitizers make everything several times slower. */
#if defined (__SANITIZE_ADDRESS__) || defined (__SANITIZE_THREAD__)
#define LONGEST_STOP .5
#else
#define LONGEST_STOP .1
#endif

/* What was asked, by all threads. */
typedef struct
{
  GMutex mutex;
  double fraction; /* said last */
  double longest;  /* seconds of a thread without a question */
  double where;    /* fraction said last when that ended */
  double until;    /* seconds of the process */
} Watch;

static __thread double asked_at;
static __thread const Watch *asked_by; /* a thread asks first, then works */

static double
get_time (clockid_t clock)
{
  struct timespec now;

  clock_gettime (clock, &now);

  return now.tv_sec + now.tv_nsec * 1e-9;
}

static void
note (Watch *self, double fraction)
{
  double now = get_time (CLOCK_THREAD_CPUTIME_ID);

  g_mutex_lock (&self->mutex);
  if (asked_by == self && now - asked_at > self->longest)
    {
      self->longest = now - asked_at;
      self->where = self->fraction;
    }
  if (fraction >= 0)
    self->fraction = fraction;
  g_mutex_unlock (&self->mutex);
  asked_by = self;
  asked_at = now;
}

static gboolean
go_on (double fraction, gpointer user_data)
{
  Watch *self = user_data;

  note (self, fraction);

  return get_time (CLOCK_PROCESS_CPUTIME_ID) < self->until;
}

static gboolean
say_no (double fraction, gpointer user_data)
{
  return FALSE;
}

typedef gboolean (*Stage) (const NerveProgress *progress, GError **error);

static void
assert_stops_for (Stage stage, double seconds)
{
  Watch *watch = g_new0 (Watch, 1); /* never freed, so that each has an address of its own */
  NerveProgress progress = { go_on, watch, 0, 1 };
  g_autoptr (GError) error = NULL;
  gboolean done;

  watch->until = get_time (CLOCK_PROCESS_CPUTIME_ID) + seconds;
  note (watch, -1);
  done = stage (&progress, &error);
  note (watch, -1);
  g_test_message ("%s at %.2f: %.0f ms at most, after %.3f", done ? "done" : "stopped", watch->fraction,
                  watch->longest * 1e3, watch->where);
  if (!done)
    g_assert_error (error, NERVE_ERROR, NERVE_ERROR_CANCELLED);
  g_assert_cmpfloat (watch->longest, <, LONGEST_STOP);
}

/* Early, halfway and late: each time other things have to be given back. */
static void
assert_stops (Stage stage)
{
  const NerveProgress never = { say_no, NULL, 0, 1 };

  /* What a stage works on is made when it is first asked for. */
  stage (&never, NULL);
  for (guint i = 0; i < 3; i++)
    assert_stops_for (stage, LONGEST_STAGE / (1 << 2 * i));
}

static double *
draw (gsize n, gsize d, guint64 seed)
{
  double *points = g_new (double, n * d);
  NerveRandom random;

  nerve_random_init (&random, seed);
  for (gsize i = 0; i < n * d; i++)
    points[i] = nerve_random_normal (&random);

  return points;
}

static NerveCloud *
get_cloud (gsize d)
{
  static GHashTable *clouds;
  NerveCloud *cloud;

  if (clouds == NULL)
    clouds = g_hash_table_new (NULL, NULL);
  cloud = g_hash_table_lookup (clouds, GSIZE_TO_POINTER (d));
  if (cloud == NULL)
    {
      g_autofree double *points = draw (N, d, d);

      cloud = nerve_cloud_new_from_points (points, N, d);
      g_hash_table_insert (clouds, GSIZE_TO_POINTER (d), cloud);
    }

  return cloud;
}

static NerveDistances *
get_distances (void)
{
  static NerveDistances *distances;

  if (distances == NULL)
    distances = nerve_cloud_distances (get_cloud (3), NULL, NULL);

  return distances;
}

static gboolean
measure_distances (const NerveProgress *progress, GError **error)
{
  g_autoptr (NerveDistances) distances = nerve_cloud_distances (get_cloud (2048), progress, error);

  return distances != NULL;
}

static gboolean
find_quantile (const NerveProgress *progress, GError **error)
{
  double median;

  return nerve_distances_quantile (get_distances (), .5, &median, progress, error);
}

static gboolean
find_loops (const NerveProgress *progress, GError **error)
{
  const NerveRipsParameters parameters = { 1, NAN };
  g_autoptr (NerveDiagram) diagram = nerve_rips (get_distances (), &parameters, progress, error);

  return diagram != NULL;
}

/* Of all edges; H0 and H1 before them have their own stage. */
static gboolean
find_voids (const NerveProgress *progress, GError **error)
{
  g_autoptr (GArray) bars = g_array_new (FALSE, FALSE, sizeof (NerveBar));

  return nerve_rips_higher (nerve_distances_get_values (get_distances ()), N, INFINITY, 2, bars, 0, progress, error);
}

/* Few enough edges to come to the reduction. */
static gboolean
find_near_voids (const NerveProgress *progress, GError **error)
{
  const NerveRipsParameters parameters = { 2, .3 };
  g_autoptr (NerveDiagram) diagram = nerve_rips (get_distances (), &parameters, progress, error);

  return diagram != NULL;
}

static gboolean
plan (const NerveProgress *progress, GError **error)
{
  const NerveRipsParameters parameters = { 1, 40 };
  NerveRipsPlan out;

  return nerve_rips_plan (get_cloud (2048), &parameters, 0, &out, progress, error);
}

static gboolean
find_near_loops (const NerveProgress *progress, GError **error)
{
  const NerveRipsPlan without_matrix = { .is_sparse = TRUE };
  const NerveRipsParameters parameters = { 1, .5 };
  g_autoptr (NerveDiagram) diagram = nerve_rips_cloud (get_cloud (3), &parameters, &without_matrix, progress, error);

  return diagram != NULL;
}

static gboolean
represent (const NerveProgress *progress, GError **error)
{
  g_autoptr (NerveRepresentatives) found = nerve_representatives_new (get_distances (), NAN, NULL, progress, error);

  return found != NULL;
}

static gboolean
represent_near (const NerveProgress *progress, GError **error)
{
  const NerveRipsPlan without_matrix = { .is_sparse = TRUE };
  g_autoptr (NerveRepresentatives) found = nerve_representatives_of_cloud (get_cloud (3), .5, &without_matrix, NULL,
                                                                           progress, error);

  return found != NULL;
}

static gboolean
draw_bands (const NerveProgress *progress, GError **error)
{
  const NerveRipsParameters rips = { 1, NAN };
  NerveBootstrapSource source = { .n = N, .d = 3, .metric = NERVE_METRIC_EUCLIDEAN, .unit = 1 };
  NerveBootstrapParameters parameters;
  g_autoptr (NerveBootstrap) bands = NULL;

  nerve_parameters_init (&nerve_bootstrap_table, &parameters);
  source.points = nerve_cloud_get_points (get_cloud (3));
  bands = nerve_bootstrap_new (&source, &rips, &parameters, N / 2, 0, 8, 400, progress, error);

  return bands != NULL;
}

static gboolean
find_significance (const NerveProgress *progress, GError **error)
{
  NerveBootstrapParameters parameters;
  double length;

  nerve_parameters_init (&nerve_bootstrap_table, &parameters);

  return nerve_significance (get_distances (), &parameters, 0, &length, progress, error);
}

static const NerveDiagram *
get_diagram (guint which)
{
  static NerveDiagram *diagrams[2];

  if (diagrams[which] == NULL)
    {
      GArray *bars = g_array_new (FALSE, FALSE, sizeof (NerveBar));
      NerveRandom random;

      nerve_random_init (&random, which);
      for (guint i = 0; i < N; i++)
        {
          NerveBar bar = { 1, nerve_random_double (&random), 0 };

          bar.death = bar.birth + .3 * nerve_random_double (&random);
          g_array_append_val (bars, bar);
        }
      diagrams[which] = nerve_diagram_new_take (bars, 1);
    }

  return diagrams[which];
}

static gboolean
compare (NerveDiagramMeasure measure, double order, const NerveProgress *progress, GError **error)
{
  const NerveDiagramDistanceParameters parameters = { measure, order };
  double distance;

  return nerve_diagram_distance (get_diagram (0), get_diagram (1), 1, &parameters, &distance, progress, error);
}

static gboolean
slice (const NerveProgress *progress, GError **error)
{
  return compare (NERVE_DIAGRAM_SLICED_WASSERSTEIN, 1, progress, error);
}

static gboolean
match (const NerveProgress *progress, GError **error)
{
  return compare (NERVE_DIAGRAM_WASSERSTEIN, 1, progress, error);
}

static gboolean
match_squares (const NerveProgress *progress, GError **error)
{
  return compare (NERVE_DIAGRAM_WASSERSTEIN, 2, progress, error);
}

static gboolean
find_bottleneck (const NerveProgress *progress, GError **error)
{
  return compare (NERVE_DIAGRAM_BOTTLENECK, 1, progress, error);
}

static gboolean
summarize (const NerveProgress *progress, GError **error)
{
  const NervePersistenceImage image = { { 0, 1 }, { 0, 1 }, 200, 200, .1, 1 };
  g_autofree double *at = g_new (double, 1000);
  g_autofree double *out = g_new (double, 200 * 1000);

  nerve_summary_grid (0, 2, 1000, at);

  return nerve_summary_landscape (get_diagram (0), 1, at, 1000, 200, out, progress, error)
         && nerve_summary_silhouette (get_diagram (0), 1, 1, at, 1000, out, progress, error)
         && nerve_summary_image (get_diagram (0), 1, &image, out, progress, error);
}

static void
a_stage_stops (gconstpointer data)
{
  assert_stops (*(const Stage *) data);
}

int
main (int argc, char *argv[])
{
  static const struct { const char *name; Stage stage; } stages[] = {
    { "distances", measure_distances }, { "quantile", find_quantile }, { "loops", find_loops },
    { "voids", find_voids }, { "near-voids", find_near_voids }, { "plan", plan }, { "near-loops", find_near_loops },
    { "representatives", represent }, { "near-representatives", represent_near }, { "bands", draw_bands },
    { "significance", find_significance }, { "sliced-wasserstein", slice }, { "wasserstein", match },
    { "wasserstein-2", match_squares }, { "bottleneck", find_bottleneck }, { "summaries", summarize },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    {
      g_autofree char *path = g_strdup_printf ("/stopping/%s", stages[i].name);

      g_test_add_data_func (path, &stages[i].stage, a_stage_stops);
    }

  return g_test_run ();
}
