/* Against NumPy, SciPy and scikit-learn: tests/golden/mapper/make_reference.py. */
#include <math.h>
#include <string.h>

#include "mapper/adaptive.h"
#include "mapper/lens.h"
#include "mapper/store.h"

typedef struct
{
  NerveCloud       *cloud;
  NerveMapperStore *store;
  char            **lines;
  guint             next;
} Reference;

static void
reference_clear (Reference *self)
{
  nerve_mapper_store_unref (self->store);
  nerve_cloud_unref (self->cloud);
  g_strfreev (self->lines);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reference, reference_clear)

/* Reads the "point X Y …" lines. */
static void
reference_open (Reference *self, const char *name)
{
  g_autofree char *file = g_strdup_printf ("reference-%s.txt", name);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", "mapper", file, NULL);
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  self->lines = g_strsplit (g_strchomp (text), "\n", -1);
  for (self->next = 0; g_str_has_prefix (self->lines[self->next], "point "); self->next++)
    {
      g_auto (GStrv) words = g_strsplit (self->lines[self->next], " ", -1);

      for (guint i = 1; words[i] != NULL; i++)
        {
          double value = g_ascii_strtod (words[i], NULL);

          g_array_append_val (values, value);
        }
    }
  self->cloud = nerve_cloud_new_from_points ((const double *) values->data, self->next, values->len / self->next);
  self->store = nerve_mapper_store_new (self->cloud);
}

static void
assert_near (double found, double expected, double size)
{
  g_assert_cmpfloat_with_epsilon (found, expected, 1e-8 * MAX (size, fabs (expected)));
}

/* "lens NAME:NUMBER VALUE…" */
static void
assert_lens (Reference *self, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  gsize n = nerve_cloud_get_n (self->cloud);
  g_autofree double *values = NULL;
  g_autoptr (GError) error = NULL;
  double largest = 0.0;
  int lens[2];
  int number[2];

  g_assert_true (nerve_lens_parse (words[1], lens, number, &error));
  values = nerve_mapper_store_lens (self->store, lens[0], number[0], NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (words), ==, n + 2);
  for (gsize i = 0; i < n; i++)
    largest = MAX (largest, fabs (values[i]));
  for (gsize i = 0; i < n; i++)
    assert_near (values[i], g_ascii_strtod (words[i + 2], NULL), largest);
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

/* "normal STATISTIC M1 M2 S1 S2" */
static void
assert_normal (Reference *self, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  gsize n = nerve_cloud_get_n (self->cloud);
  g_autofree double *values = nerve_mapper_store_lens (self->store, NERVE_LENS_L2, -1, NULL, NULL);
  double means[2];
  double deviations[2];

  qsort (values, n, sizeof (double), compare_doubles);
  assert_near (nerve_adaptive_statistic (values, n), g_ascii_strtod (words[1], NULL), 1.0);
  nerve_adaptive_mixture (values, n, means, deviations);
  for (guint i = 0; i < 2; i++)
    {
      assert_near (means[i], g_ascii_strtod (words[2 + i], NULL), 1.0);
      assert_near (deviations[i], g_ascii_strtod (words[4 + i], NULL), 1.0);
    }
}

/* "graph PARAMETER=VALUE …" */
static NerveMapperParameters
read_parameters (const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  NerveMapperParameters parameters;

  nerve_parameters_init (&nerve_mapper_table, &parameters);
  for (guint i = 1; words[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (words[i], "=", 2);
      g_autoptr (GError) error = NULL;

      nerve_parameters_set (&nerve_mapper_table, &parameters, parts[0], parts[1], &error);
      g_assert_no_error (error);
    }

  return parameters;
}

static char *
describe (NerveMapper *mapper)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < nerve_mapper_get_n_nodes (mapper); i++)
    {
      const NerveNode *node = nerve_mapper_get_node (mapper, i);

      g_string_append_printf (text, "node %u %u", node->interval, node->cluster);
      for (gsize m = 0; m < node->n_members; m++)
        g_string_append_printf (text, " %u", node->members[m]);
      g_string_append_c (text, '\n');
    }
  for (guint i = 0; i < nerve_mapper_get_n_edges (mapper); i++)
    {
      const NerveEdge *edge = &nerve_mapper_get_edges (mapper)[i];

      g_string_append_printf (text, "edge %u %u %" G_GSIZE_FORMAT "\n", edge->source, edge->target, edge->shared);
    }

  return g_string_free (text, FALSE);
}

/* From scratch, and from a store that has answered all before. */
static void
assert_graph (Reference *self, const char *line)
{
  NerveMapperParameters parameters = read_parameters (line);
  g_autoptr (GString) expected = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (NerveMapper) fresh = nerve_mapper_new (self->cloud, &parameters, FALSE, NULL, &error);
  g_autoptr (NerveMapper) kept = nerve_mapper_new_from_store (self->store, &parameters, FALSE, NULL, &error);
  g_autofree char *found = NULL;
  g_autofree char *again = NULL;

  g_assert_no_error (error);
  for (; self->lines[self->next] != NULL && !g_str_has_prefix (self->lines[self->next], "graph "); self->next++)
    g_string_append_printf (expected, "%s\n", self->lines[self->next]);
  found = describe (fresh);
  again = describe (kept);
  g_test_message ("%s", line);
  g_assert_cmpstr (found, ==, expected->str);
  g_assert_cmpstr (again, ==, expected->str);
}

static void
all_equals_the_reference (gconstpointer name)
{
  g_auto (Reference) reference = { NULL };

  reference_open (&reference, name);
  while (reference.lines[reference.next] != NULL)
    {
      const char *line = reference.lines[reference.next++];

      if (g_str_has_prefix (line, "lens "))
        assert_lens (&reference, line);
      else if (g_str_has_prefix (line, "normal "))
        assert_normal (&reference, line);
      else
        assert_graph (&reference, line);
    }
}

int
main (int argc, char **argv)
{
  static const char *const clouds[] = {
    "spiral", "grid", "twins", "ends", "islands", "shifted", "wide", "sparse", "line", "levels",
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (clouds); i++)
    {
      g_autofree char *path = g_strdup_printf ("/mapper/reference/all equals the reference/%s", clouds[i]);

      g_test_add_data_func (path, clouds[i], all_equals_the_reference);
    }
  return g_test_run ();
}
