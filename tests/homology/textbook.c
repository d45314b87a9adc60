#include "textbook.h"

#include <math.h>
#include <string.h>

typedef struct
{
  double value;
  int    dimension;
  int    points[3]; /* ascending */
} Simplex;

static double
get_distance (const double *values, int i, int j)
{
  return i == j ? 0.0 : values[MAX (i, j) * (MAX (i, j) - 1) / 2 + MIN (i, j)];
}

static void
add_simplex (GArray *simplices, const double *values, double threshold, int dimension, int a, int b, int c)
{
  Simplex simplex = { 0.0, dimension, { a, b, c } };

  for (int i = 0; i < dimension; i++)
    for (int j = i + 1; j <= dimension; j++)
      simplex.value = MAX (simplex.value, get_distance (values, simplex.points[i], simplex.points[j]));
  if (simplex.value <= threshold && !isinf (simplex.value))
    g_array_append_val (simplices, simplex);
}

static int
compare_simplices (gconstpointer a, gconstpointer b)
{
  const Simplex *first = a;
  const Simplex *second = b;

  if (first->value != second->value)
    return first->value < second->value ? -1 : 1;
  if (first->dimension != second->dimension)
    return first->dimension - second->dimension;

  return memcmp (first->points, second->points, sizeof first->points);
}

static GArray *
list_simplices (const double *values, int n, double threshold)
{
  GArray *simplices = g_array_new (FALSE, FALSE, sizeof (Simplex));

  for (int a = 0; a < n; a++)
    {
      add_simplex (simplices, values, threshold, 0, a, 0, 0);
      for (int b = a + 1; b < n; b++)
        {
          add_simplex (simplices, values, threshold, 1, a, b, 0);
          for (int c = b + 1; c < n; c++)
            add_simplex (simplices, values, threshold, 2, a, b, c);
        }
    }
  g_array_sort (simplices, compare_simplices);

  return simplices;
}

static guint
find_simplex (const GArray *simplices, int dimension, int a, int b)
{
  for (guint i = 0; i < simplices->len; i++)
    {
      const Simplex *simplex = &g_array_index (simplices, Simplex, i);

      if (simplex->dimension == dimension && simplex->points[0] == a && (dimension == 0 || simplex->points[1] == b))
        return i;
    }

  g_assert_not_reached ();
}

static void
fill_boundary (const GArray *simplices, guint j, guint8 *column)
{
  const Simplex *simplex = &g_array_index (simplices, Simplex, j);
  const int *points = simplex->points;

  if (simplex->dimension == 1)
    for (int i = 0; i < 2; i++)
      column[find_simplex (simplices, 0, points[i], 0)] = 1;
  if (simplex->dimension == 2)
    for (int i = 0; i < 3; i++)
      column[find_simplex (simplices, 1, points[i == 0], points[i == 2 ? 1 : 2])] = 1;
}

static gssize
find_lowest (const guint8 *column, guint n)
{
  gssize lowest = (gssize) n - 1;

  while (lowest >= 0 && column[lowest] == 0)
    lowest--;

  return lowest;
}

NerveDiagram *
textbook_rips (const double *values, gsize n, double threshold)
{
  g_autoptr (GArray) simplices = list_simplices (values, n, threshold);
  GArray *bars = g_array_new (FALSE, FALSE, sizeof (NerveBar));
  guint m = simplices->len;
  g_autofree guint8 *matrix = g_new0 (guint8, (gsize) m * m);
  g_autofree gssize *owner = g_new (gssize, m);
  g_autofree guint8 *is_death = g_new0 (guint8, m);

  for (guint i = 0; i < m; i++)
    owner[i] = -1;
  for (guint j = 0; j < m; j++)
    {
      guint8 *column = matrix + (gsize) j * m;
      gssize lowest;

      fill_boundary (simplices, j, column);
      while ((lowest = find_lowest (column, m)) >= 0 && owner[lowest] >= 0)
        for (guint i = 0; i < m; i++)
          column[i] ^= matrix[owner[lowest] * m + i];
      if (lowest >= 0)
        {
          owner[lowest] = j;
          is_death[j] = 1;
        }
    }

  for (guint i = 0; i < m; i++)
    {
      const Simplex *simplex = &g_array_index (simplices, Simplex, i);
      NerveBar bar = { simplex->dimension, simplex->value, INFINITY };

      if (owner[i] >= 0)
        bar.death = g_array_index (simplices, Simplex, owner[i]).value;
      if (simplex->dimension < 2 && !is_death[i])
        g_array_append_val (bars, bar);
    }

  return nerve_diagram_new_take (bars, 1);
}
