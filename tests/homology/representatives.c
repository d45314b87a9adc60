#include "homology/representatives.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"
#include "base/random.h"
#include "cloud/cloud-private.h"

#define MOST_WORDS 16 /* of a set of edges */
#define MOST_EDGES (64 * MOST_WORDS)

/* A chain of edges over Z/2. */
typedef struct { guint64 words[MOST_WORDS]; } Chain;

typedef struct
{
  double value;
  Chain  boundary;
} Triangle;

/* Boundaries so far in echelon form: by greatest edge. */
typedef struct
{
  Chain    chains[MOST_EDGES];
  gboolean is_used[MOST_EDGES];
} Basis;

typedef struct
{
  const double *values;
  gsize         n;
  GArray       *triangles; /* by value */
} Space;

static gsize
edge_index (guint32 x, guint32 y)
{
  return x > y ? (gsize) x * (x - 1) / 2 + y : (gsize) y * (y - 1) / 2 + x;
}

static void
flip (Chain *chain, gsize i)
{
  chain->words[i / 64] ^= G_GUINT64_CONSTANT (1) << (i % 64);
}

static int
greatest (const Chain *chain)
{
  for (int word = MOST_WORDS - 1; word >= 0; word--)
    if (chain->words[word] != 0)
      return word * 64 + 63 - __builtin_clzll (chain->words[word]);

  return -1;
}

/* What is left of @chain modulo the boundaries; TRUE if nothing. */
static gboolean
reduce (const Basis *basis, Chain *chain)
{
  int top;

  while ((top = greatest (chain)) >= 0 && basis->is_used[top])
    for (guint word = 0; word < MOST_WORDS; word++)
      chain->words[word] ^= basis->chains[top].words[word];

  return top < 0;
}

static gboolean
is_boundary (const Basis *basis, const guint32 *edges, gsize n)
{
  Chain chain = { { 0 } };

  for (gsize i = 0; i < n; i++)
    flip (&chain, edge_index (edges[2 * i], edges[2 * i + 1]));

  return reduce (basis, &chain);
}

static int
compare_triangles (gconstpointer a, gconstpointer b)
{
  double first = ((const Triangle *) a)->value;
  double second = ((const Triangle *) b)->value;

  return first < second ? -1 : first > second;
}

static void
space_init (Space *self, gsize n, double threshold)
{
  self->triangles = g_array_new (FALSE, FALSE, sizeof (Triangle));
  for (guint32 a = 0; a < n; a++)
    for (guint32 b = 0; b < a; b++)
      for (guint32 c = 0; c < b; c++)
        {
          const gsize edges[] = { edge_index (a, b), edge_index (a, c), edge_index (b, c) };
          Triangle triangle = { 0, { { 0 } } };

          for (guint i = 0; i < 3; i++)
            {
              triangle.value = MAX (triangle.value, self->values[edges[i]]);
              flip (&triangle.boundary, edges[i]);
            }
          if (triangle.value <= threshold && isfinite (triangle.value))
            g_array_append_val (self->triangles, triangle);
        }
  g_array_sort (self->triangles, compare_triangles);
}

/* Adds the triangles from @next on that are below @value, or at it too. */
static guint
add_triangles (const Space *self, Basis *basis, guint next, double value, gboolean at_it)
{
  for (; next < self->triangles->len; next++)
    {
      const Triangle *triangle = &g_array_index (self->triangles, Triangle, next);
      Chain chain = triangle->boundary;

      if (triangle->value > value || (triangle->value == value && !at_it))
        break;
      if (reduce (basis, &chain))
        continue;
      basis->chains[greatest (&chain)] = chain;
      basis->is_used[greatest (&chain)] = TRUE;
    }

  return next;
}

static gboolean
is_before (const Space *self, guint32 a, guint32 b, guint32 c, guint32 d)
{
  gsize i = edge_index (a, b);
  gsize j = edge_index (c, d);

  return self->values[i] < self->values[j] || (self->values[i] == self->values[j] && i < j);
}

static void
assert_cycle (const Space *self, const guint32 *edges, gsize n, double birth, double length)
{
  g_autofree guint *degrees = g_new0 (guint, self->n);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  double sum = 0;

  g_assert_cmpuint (n, >=, 3);
  for (gsize i = 0; i < n; i++)
    {
      guint32 x = edges[2 * i];
      guint32 y = edges[2 * i + 1];

      g_assert_cmpuint (x, <, self->n);
      g_assert_cmpuint (y, <, self->n);
      g_assert_true (g_hash_table_add (seen, GSIZE_TO_POINTER (edge_index (x, y) + 1)));
      degrees[x]++;
      degrees[y]++;
      sum += self->values[edge_index (x, y)];
      if (i > 0)
        g_assert_true (is_before (self, x, y, edges[0], edges[1]));
    }
  for (gsize i = 0; i < self->n; i++)
    g_assert_cmpuint (degrees[i] % 2, ==, 0);
  g_assert_cmpfloat (self->values[edge_index (edges[0], edges[1])], ==, birth);
  g_assert_cmpfloat_with_epsilon (sum, length, 1e-9 * sum + 1e-12);
}

/* Of edges before xy, from x to y, and back: by relaxing all until nothing changes. */
static double
shortest_length (const Space *self, guint32 x, guint32 y)
{
  g_autofree double *lengths = g_new (double, self->n);
  gboolean changed = TRUE;

  for (gsize i = 0; i < self->n; i++)
    lengths[i] = i == x ? 0 : INFINITY;
  while (changed)
    {
      changed = FALSE;
      for (guint32 a = 0; a < self->n; a++)
        for (guint32 b = 0; b < self->n; b++)
          if (a != b && is_before (self, a, b, x, y)
              && lengths[a] + self->values[edge_index (a, b)] < lengths[b])
            {
              lengths[b] = lengths[a] + self->values[edge_index (a, b)];
              changed = TRUE;
            }
    }

  return lengths[y] + self->values[edge_index (x, y)];
}

/* Walks from edge to edge: each begins where the one before ended, or a new closed walk begins. */
static void
assert_walk (const guint32 *edges, gsize n)
{
  guint32 start = edges[0];

  for (gsize i = 1; i < n; i++)
    if (edges[2 * i] != edges[2 * i - 1])
      {
        g_assert_cmpuint (edges[2 * i - 1], ==, start);
        start = edges[2 * i];
      }
  g_assert_cmpuint (edges[2 * n - 1], ==, start);
}

static void
assert_loop (const Space *self, const NerveRepresentative *item)
{
  double shortest = shortest_length (self, item->edges[0], item->edges[1]);

  assert_cycle (self, item->edges, item->n_edges, item->bar.birth, item->length);
  assert_walk (item->edges, item->n_edges);
  if (item->is_shortest)
    {
      g_assert_null (item->shortest);
      g_assert_cmpfloat_with_epsilon (item->length, shortest, 1e-9 * shortest + 1e-12);
      return;
    }

  assert_cycle (self, item->shortest, item->n_shortest, item->bar.birth, item->shortest_length);
  g_assert_cmpuint (edge_index (item->edges[0], item->edges[1]), ==,
                    edge_index (item->shortest[0], item->shortest[1]));
  g_assert_cmpfloat_with_epsilon (item->shortest_length, shortest, 1e-9 * shortest + 1e-12);
  g_assert_cmpfloat (item->shortest_length, <=, item->length * (1 + 1e-9));
}

static int
compare_deaths (gconstpointer a, gconstpointer b)
{
  const NerveRepresentative *first = *(const NerveRepresentative **) a;
  const NerveRepresentative *second = *(const NerveRepresentative **) b;

  return first->bar.death < second->bar.death ? -1 : first->bar.death > second->bar.death;
}

/* Every loop: a cycle, its latest edge the birth, a boundary at the death and not before; returns how many. */
static guint
check_loops (const Space *self, const NerveRepresentatives *found, guint *n_long)
{
  g_autoptr (GPtrArray) loops = g_ptr_array_new ();
  g_autofree Basis *basis = g_new0 (Basis, 1);
  guint next = 0;

  for (gsize i = 0; i < nerve_representatives_get_n (found); i++)
    if (nerve_representatives_get (found, i)->bar.dimension == 1)
      g_ptr_array_add (loops, (gpointer) nerve_representatives_get (found, i));
  g_ptr_array_sort (loops, compare_deaths);
  for (guint i = 0; i < loops->len; i++)
    {
      const NerveRepresentative *item = g_ptr_array_index (loops, i);

      assert_loop (self, item);
      *n_long += !item->is_shortest;
      next = add_triangles (self, basis, next, item->bar.death, FALSE);
      g_assert_false (is_boundary (basis, item->edges, item->n_edges));
    }

  memset (basis, 0, sizeof *basis);
  next = 0;
  for (guint i = 0; i < loops->len; i++)
    {
      const NerveRepresentative *item = g_ptr_array_index (loops, i);

      next = add_triangles (self, basis, next, item->bar.death, TRUE);
      if (isfinite (item->bar.death))
        g_assert_true (is_boundary (basis, item->edges, item->n_edges));
    }

  return loops->len;
}

/* The component of @start in the graph of the edges before xy. */
static guint
fill (const Space *self, guint32 start, guint32 x, guint32 y, guint8 *is_in)
{
  guint n = 1;
  gboolean changed = TRUE;

  memset (is_in, 0, self->n);
  is_in[start] = TRUE;
  while (changed)
    {
      changed = FALSE;
      for (guint32 a = 0; a < self->n; a++)
        for (guint32 b = 0; b < self->n && is_in[a]; b++)
          if (a != b && !is_in[b] && is_before (self, a, b, x, y))
            {
              is_in[b] = TRUE;
              n++;
              changed = TRUE;
            }
    }

  return n;
}

static void
check_components (const Space *self, const NerveRepresentatives *found)
{
  g_autofree guint8 *is_in = g_new (guint8, self->n);

  for (gsize i = 0; i < nerve_representatives_get_n (found); i++)
    {
      const NerveRepresentative *item = nerve_representatives_get (found, i);
      guint32 x, y;

      if (item->bar.dimension > 0 || item->n_edges == 0)
        continue;
      x = item->edges[0];
      y = item->edges[1];
      g_assert_cmpfloat (self->values[edge_index (x, y)], ==, item->bar.death);
      g_assert_cmpuint (fill (self, item->points[0], x, y, is_in), ==, item->n_points);
      for (gsize k = 0; k < item->n_points; k++)
        g_assert_true (is_in[item->points[k]]);
      g_assert_true (is_in[x] != is_in[y]);
      g_assert_cmpuint (fill (self, is_in[x] ? y : x, x, y, is_in), >=, item->n_points);
    }
}

static void
assert_bars (const NerveRepresentatives *found, NerveDistances *distances, double threshold)
{
  NerveRipsParameters parameters = { 1, threshold };
  g_autoptr (NerveDiagram) diagram = nerve_rips (distances, &parameters, NULL, NULL);
  const NerveBar *bars = nerve_diagram_get_bars (diagram);

  g_assert_cmpuint (nerve_representatives_get_n (found), ==, nerve_diagram_get_n_bars (diagram));
  for (gsize i = 0; i < nerve_diagram_get_n_bars (diagram); i++)
    {
      const NerveBar *bar = &nerve_representatives_get (found, i)->bar;

      g_assert_true (bar->dimension == bars[i].dimension && bar->birth == bars[i].birth && bar->death == bars[i].death);
    }
}

static guint
check_all (const NerveRepresentatives *found, NerveDistances *distances, double threshold, guint *n_long)
{
  gsize n = nerve_distances_get_n (distances);
  Space space = { .values = nerve_distances_get_values (distances), .n = n };
  guint n_loops;

  space_init (&space, n, isnan (threshold) ? INFINITY : threshold);
  assert_bars (found, distances, threshold);
  check_components (&space, found);
  n_loops = check_loops (&space, found, n_long);
  g_array_unref (space.triangles);

  return n_loops;
}

static guint
check (double *values, gsize n, double threshold, guint *n_long)
{
  g_autoptr (NerveDistances) distances = nerve_distances_take (values, n);
  g_autoptr (NerveRepresentatives) found = NULL;
  g_autoptr (GError) error = NULL;

  found = nerve_representatives_new (distances, threshold, NULL, NULL, &error);
  g_assert_no_error (error);

  return check_all (found, distances, threshold, n_long);
}

/* By @kind: points of the plane, of a grid (ties, duplicates), of a space of eight dimensions; numbers that are no
 * metric, few of them (ties), with gaps. */
static double *
draw (NerveRandom *random, guint kind, gsize n)
{
  double *values = g_new (double, n * (n - 1) / 2);
  gsize d = kind == 2 ? 8 : 2;
  g_autofree double *points = g_new (double, n * d);

  for (gsize i = 0; i < n * d; i++)
    points[i] = kind == 1 ? nerve_random_below (random, 5) : nerve_random_normal (random);
  for (gsize i = 0, k = 0; i < n; i++)
    for (gsize j = 0; j < i; j++, k++)
      if (kind < 3)
        values[k] = nerve_metric_distance (NERVE_METRIC_EUCLIDEAN, points + i * d, points + j * d, d);
      else if (kind == 3)
        values[k] = 1 + nerve_random_double (random);
      else if (kind == 4)
        values[k] = 1 + nerve_random_below (random, 4);
      else
        values[k] = nerve_random_below (random, 3) == 0 ? INFINITY : nerve_random_below (random, 3);

  return values;
}

static void
loops_are_cycles_that_are_filled_at_the_death_and_not_before (void)
{
  NerveRandom random;
  guint n_loops = 0;
  guint n_long = 0;

  nerve_random_init (&random, 40);
  for (guint round = 0; round < 48; round++)
    n_loops += check (draw (&random, round % 6, 26), 26, round % 5 == 0 ? 1.1 : NAN, &n_long);
  g_test_message ("%u loops, %u of them longer than the shortest born there", n_loops, n_long);
  g_assert_cmpuint (n_loops, >=, 500);
  g_assert_cmpuint (n_long, >=, 20);
}

static NerveCloud *
draw_cloud (NerveRandom *random, guint kind, gsize n)
{
  gsize d = kind == 2 ? 8 : 2;
  g_autofree double *points = g_new (double, n * d);

  for (gsize i = 0; i < n * d; i++)
    points[i] = kind == 1 ? nerve_random_below (random, 5) : nerve_random_normal (random);

  return nerve_cloud_new_from_points (points, n, d);
}

static void
assert_same_items (const NerveRepresentatives *found, const NerveRepresentatives *expected)
{
  g_assert_cmpuint (nerve_representatives_get_n (found), ==, nerve_representatives_get_n (expected));
  for (gsize i = 0; i < nerve_representatives_get_n (found); i++)
    {
      const NerveRepresentative *item = nerve_representatives_get (found, i);
      const NerveRepresentative *other = nerve_representatives_get (expected, i);

      g_assert_cmpmem (item->edges, item->n_edges * 8, other->edges, other->n_edges * 8);
      g_assert_cmpmem (item->points, item->n_points * 4, other->points, other->n_points * 4);
      g_assert_cmpfloat (item->length, ==, other->length);
    }
}

static void
without_a_matrix_they_pass_the_same_checks (void)
{
  const NerveRipsPlan without_matrix = { .is_sparse = TRUE };
  const NerveRipsPlan with_matrix = { .is_sparse = FALSE };
  NerveRandom random;
  guint n_loops = 0;
  guint n_long = 0;

  nerve_random_init (&random, 44);
  for (guint round = 0; round < 72; round++)
    {
      const double thresholds[] = { .7, 1, 3.4 };
      double threshold = round % 4 == 3 ? 10 : thresholds[round % 3];
      g_autoptr (NerveCloud) cloud = draw_cloud (&random, round % 3, 28);
      g_autoptr (NerveDistances) distances = nerve_cloud_distances (cloud, NULL, NULL);
      g_autoptr (NerveRepresentatives) found = NULL;
      g_autoptr (NerveRepresentatives) dense = NULL;
      g_autoptr (NerveRepresentatives) expected = NULL;

      found = nerve_representatives_of_cloud (cloud, threshold, &without_matrix, NULL, NULL, NULL);
      n_loops += check_all (found, distances, threshold, &n_long);
      dense = nerve_representatives_of_cloud (cloud, threshold, &with_matrix, NULL, NULL, NULL);
      expected = nerve_representatives_new (distances, threshold, NULL, NULL, NULL);
      assert_same_items (dense, expected);
      /* In the plane, without ties, a lune has two parts at most: there is but one way to reduce. */
      if (round % 3 == 0)
        assert_same_items (found, expected);
    }
  g_test_message ("%u loops, %u of them longer than the shortest born there", n_loops, n_long);
  g_assert_cmpuint (n_loops, >=, 300);
  g_assert_cmpuint (n_long, >=, 10);
}

static void
tiny_clouds_have_components_only (void)
{
  for (gsize n = 0; n <= 2; n++)
    {
      double *values = g_new0 (double, 1);
      g_autoptr (NerveDistances) distances = nerve_distances_take (values, n);
      g_autoptr (NerveRepresentatives) found = NULL;

      values[0] = 3;
      found = nerve_representatives_new (distances, NAN, NULL, NULL, NULL);
      g_assert_cmpuint (nerve_representatives_get_n (found), ==, n);
      if (n == 0)
        continue;
      g_assert_cmpuint (nerve_representatives_get (found, n - 1)->n_points, ==, n);
      g_assert_cmpuint (nerve_representatives_get (found, n - 1)->n_edges, ==, 0);
    }
}

static void
one_bar_alone_has_the_cycle_it_has_among_all (void)
{
  NerveRandom random;
  double *values;
  g_autoptr (NerveDistances) distances = NULL;
  g_autoptr (NerveRepresentatives) all = NULL;

  nerve_random_init (&random, 41);
  values = draw (&random, 0, 60);
  distances = nerve_distances_take (values, 60);
  all = nerve_representatives_new (distances, NAN, NULL, NULL, NULL);
  for (gsize i = 0; i < nerve_representatives_get_n (all); i++)
    {
      const NerveRepresentative *expected = nerve_representatives_get (all, i);
      g_autoptr (NerveRepresentatives) one = nerve_representatives_new (distances, NAN, &expected->bar, NULL, NULL);
      const NerveRepresentative *item = nerve_representatives_get (one, 0);

      g_assert_cmpuint (nerve_representatives_get_n (one), ==, 1);
      g_assert_cmpmem (item->edges, item->n_edges * 8, expected->edges, expected->n_edges * 8);
      g_assert_cmpmem (item->points, item->n_points * 4, expected->points, expected->n_points * 4);
      g_assert_cmpfloat (item->length, ==, expected->length);
    }
}

static void
any_number_of_threads_gives_the_same_cycles (void)
{
  NerveRandom random;
  gsize n = 300;
  double *values;
  g_autoptr (NerveDistances) distances = NULL;
  g_autoptr (NerveRepresentatives) first = NULL;
  g_autoptr (NerveRepresentatives) second = NULL;

  nerve_random_init (&random, 42);
  values = draw (&random, 2, n);
  distances = nerve_distances_take (values, n);
  nerve_parallel_set_threads (1);
  first = nerve_representatives_new (distances, NAN, NULL, NULL, NULL);
  nerve_parallel_set_threads (4);
  second = nerve_representatives_new (distances, NAN, NULL, NULL, NULL);
  nerve_parallel_set_threads (0);
  assert_same_items (first, second);
}

static gboolean
count_down (double fraction, gpointer user_data)
{
  return g_atomic_int_add ((gint *) user_data, -1) > 0;
}

/* @plan: NULL: distances that are there */
static void
stop_everywhere (const NerveCloud *cloud, const NerveRipsPlan *plan)
{
  g_autoptr (NerveDistances) distances = nerve_cloud_distances (cloud, NULL, NULL);
  guint n_stopped = 0;

  for (gint asked = 0;; asked = asked * 5 / 4 + 1)
    {
      gint left = asked;
      NerveProgress progress = { count_down, &left, 0, 1 };
      g_autoptr (GError) error = NULL;
      g_autoptr (NerveRepresentatives) found = NULL;

      found = plan != NULL ? nerve_representatives_of_cloud (cloud, 1, plan, NULL, &progress, &error)
                           : nerve_representatives_new (distances, NAN, NULL, &progress, &error);
      if (found != NULL)
        break;
      g_assert_error (error, NERVE_ERROR, NERVE_ERROR_CANCELLED);
      n_stopped++;
    }
  g_assert_cmpuint (n_stopped, >, 10);
}

static void
every_stage_can_be_stopped (void)
{
  const NerveRipsPlan plans[] = { { .is_sparse = FALSE }, { .is_sparse = TRUE } };
  NerveRandom random;
  g_autoptr (NerveCloud) cloud = NULL;

  nerve_random_init (&random, 43);
  cloud = draw_cloud (&random, 0, 150);
  stop_everywhere (cloud, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (plans); i++)
    stop_everywhere (cloud, &plans[i]);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/representatives/loops-are-cycles-that-are-filled-at-the-death-and-not-before",
                   loops_are_cycles_that_are_filled_at_the_death_and_not_before);
  g_test_add_func ("/representatives/without-a-matrix-they-pass-the-same-checks",
                   without_a_matrix_they_pass_the_same_checks);
  g_test_add_func ("/representatives/tiny-clouds-have-components-only", tiny_clouds_have_components_only);
  g_test_add_func ("/representatives/one-bar-alone-has-the-cycle-it-has-among-all",
                   one_bar_alone_has_the_cycle_it_has_among_all);
  g_test_add_func ("/representatives/any-number-of-threads-gives-the-same-cycles",
                   any_number_of_threads_gives_the_same_cycles);
  g_test_add_func ("/representatives/every-stage-can-be-stopped", every_stage_can_be_stopped);

  return g_test_run ();
}
