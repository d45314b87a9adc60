#include "layers/linkage.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct
{
  NerveMerge merge;
  guint      step; /* keeps sorting stable */
} Step;

/* The cluster nearest to the chain's end: its last but one if no other is nearer. */
static guint
nearest (const double *distances, const guint *sizes, guint n, const guint *chain, guint length, double *distance)
{
  guint x = chain[length - 1];
  guint y = length > 1 ? chain[length - 2] : x;

  *distance = length > 1 ? distances[(gsize) x * n + y] : INFINITY;
  for (guint i = 0; i < n; i++)
    if (sizes[i] > 0 && i != x && distances[(gsize) x * n + i] < *distance)
      {
        *distance = distances[(gsize) x * n + i];
        y = i;
      }

  return y;
}

/* x goes, y is both. */
static void
join (double *distances, guint *sizes, guint n, guint x, guint y)
{
  double of_x = sizes[x];
  double of_y = sizes[y];

  sizes[x] = 0;
  for (guint i = 0; i < n; i++)
    {
      double mean;

      if (sizes[i] == 0 || i == y)
        continue;
      mean = (of_x * distances[(gsize) i * n + x] + of_y * distances[(gsize) i * n + y]) / (of_x + of_y);
      distances[(gsize) i * n + y] = distances[(gsize) y * n + i] = mean;
    }
  sizes[y] = of_x + of_y;
}

static void
follow_chains (double *distances, guint n, Step *steps)
{
  g_autofree guint *sizes = g_new (guint, n);
  g_autofree guint *chain = g_new (guint, n + 1);
  guint length = 0;

  for (guint i = 0; i < n; i++)
    sizes[i] = 1;
  for (guint k = 0; k + 1 < n; k++)
    {
      double distance;
      guint x;
      guint y;

      for (guint i = 0; i < n && length == 0; i++)
        if (sizes[i] > 0)
          chain[length++] = i;
      for (;;)
        {
          x = chain[length - 1];
          y = nearest (distances, sizes, n, chain, length, &distance);
          if (length > 1 && y == chain[length - 2])
            break;
          chain[length++] = y;
        }
      length -= 2;
      steps[k] = (Step) { { MIN (x, y), MAX (x, y), distance, sizes[x] + sizes[y] }, k };
      join (distances, sizes, n, MIN (x, y), MAX (x, y));
    }
}

static int
compare_steps (gconstpointer a, gconstpointer b)
{
  const Step *one = a;
  const Step *other = b;

  if (one->merge.height != other->merge.height)
    return one->merge.height < other->merge.height ? -1 : 1;

  return one->step < other->step ? -1 : one->step > other->step;
}

static guint
find_root (const guint *parents, guint node)
{
  while (parents[node] != node)
    node = parents[node];

  return node;
}

/* From members to the numbers of clusters. */
static NerveMerge *
number (const Step *steps, guint n)
{
  NerveMerge *merges = g_new (NerveMerge, MAX (n, 1));
  g_autofree guint *parents = g_new (guint, 2 * n);

  for (guint i = 0; i < 2 * n; i++)
    parents[i] = i;
  for (guint k = 0; k + 1 < n; k++)
    {
      guint a = find_root (parents, steps[k].merge.a);
      guint b = find_root (parents, steps[k].merge.b);
      guint of_a = a < n ? 1 : merges[a - n].size;
      guint of_b = b < n ? 1 : merges[b - n].size;

      merges[k] = (NerveMerge) { MIN (a, b), MAX (a, b), steps[k].merge.height, of_a + of_b };
      parents[a] = parents[b] = n + k;
    }

  return merges;
}

NerveMerge *
nerve_linkage_average (const double *distances, guint n)
{
  g_autofree double *copy = g_memdup2 (distances, (gsize) n * n * sizeof (double));
  g_autofree Step *steps = g_new (Step, MAX (n, 1));

  if (n > 1)
    {
      follow_chains (copy, n, steps);
      qsort (steps, n - 1, sizeof (Step), compare_steps);
    }

  return number (steps, n);
}

/* Puts the leaves below @node at the end of @out. */
static void
append_leaves (const NerveMerge *merges, guint n, guint node, guint *out, guint *length)
{
  g_autoptr (GArray) stack = g_array_new (FALSE, FALSE, sizeof (guint));

  g_array_append_val (stack, node);
  while (stack->len > 0)
    {
      guint next = g_array_index (stack, guint, stack->len - 1);

      g_array_set_size (stack, stack->len - 1);
      if (next < n)
        {
          out[(*length)++] = next;
          continue;
        }
      g_array_append_val (stack, merges[next - n].b);
      g_array_append_val (stack, merges[next - n].a);
    }
}

void
nerve_linkage_order (const NerveMerge *merges, guint n, guint *out)
{
  guint length = 0;

  if (n > 0)
    append_leaves (merges, n, 2 * n - 2, out, &length);
}

void
nerve_linkage_cophenetic (const NerveMerge *merges, guint n, double *out)
{
  g_autofree guint *leaves = g_new (guint, MAX (n, 1));

  memset (out, 0, (gsize) n * n * sizeof (double));
  for (guint k = 0; k + 1 < n; k++)
    {
      guint middle = 0;
      guint length;

      append_leaves (merges, n, merges[k].a, leaves, &middle);
      length = middle;
      append_leaves (merges, n, merges[k].b, leaves, &length);
      for (guint i = 0; i < middle; i++)
        for (guint j = middle; j < length; j++)
          out[(gsize) leaves[i] * n + leaves[j]] = out[(gsize) leaves[j] * n + leaves[i]] = merges[k].height;
    }
}

double
nerve_linkage_correlation (const double *a, const double *b, guint n)
{
  double n_pairs = n > 0 ? n * (n - 1.) / 2 : 0;
  double mean_a = 0;
  double mean_b = 0;
  double product = 0;
  double square_a = 0;
  double square_b = 0;

  for (guint i = 0; i < n; i++)
    for (guint j = i + 1; j < n; j++)
      {
        mean_a += a[(gsize) i * n + j] / n_pairs;
        mean_b += b[(gsize) i * n + j] / n_pairs;
      }
  for (guint i = 0; i < n; i++)
    for (guint j = i + 1; j < n; j++)
      {
        double of_a = a[(gsize) i * n + j] - mean_a;
        double of_b = b[(gsize) i * n + j] - mean_b;

        product += of_a * of_b;
        square_a += of_a * of_a;
        square_b += of_b * of_b;
      }
  /* What rounding leaves of no variation is none. */
  if (square_a <= n_pairs * 1e-28 * mean_a * mean_a || square_b <= n_pairs * 1e-28 * mean_b * mean_b)
    return NAN;

  return product / sqrt (square_a * square_b);
}

static void
append_name (GString *text, const char *name)
{
  gboolean plain = *name != '\0';

  for (const char *c = name; *c != '\0' && plain; c++)
    plain = strchr ("()[]{}:;,' \t\n\r_", *c) == NULL;
  if (plain)
    {
      g_string_append (text, name);
      return;
    }

  g_string_append_c (text, '\'');
  for (const char *c = name; *c != '\0'; c++)
    {
      g_string_append_c (text, *c);
      if (*c == '\'')
        g_string_append_c (text, '\'');
    }
  g_string_append_c (text, '\'');
}

/* Trees may be as deep as they have leaves: a few hundred classes are no danger to the stack. */
static void
append_tree (GString *text, const NerveMerge *merges, guint n, const char * const *names, guint node, double above)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  double height = node < n ? 0 : merges[node - n].height;

  if (node < n)
    append_name (text, names[node]);
  else
    {
      g_string_append_c (text, '(');
      append_tree (text, merges, n, names, merges[node - n].a, height);
      g_string_append_c (text, ',');
      append_tree (text, merges, n, names, merges[node - n].b, height);
      g_string_append_c (text, ')');
    }
  if (above >= 0)
    g_string_append_printf (text, ":%s", g_ascii_formatd (number, sizeof number, "%.9g", above - height));
}

char *
nerve_linkage_newick (const NerveMerge *merges, guint n, const char * const *names)
{
  GString *text = g_string_new (NULL);

  if (n > 0)
    append_tree (text, merges, n, names, 2 * n - 2, -1);
  g_string_append_c (text, ';');

  return g_string_free (text, FALSE);
}
