#include "mapper/communities.h"

#include <string.h>

#define MOST 50    /* rounds over all nodes at a level */
#define LEAST 1e-9 /* gain of modularity that counts */

typedef struct
{
  guint  a;
  guint  b;
  double weight;
} Link;

/* A graph whose nodes may be communities of the one before; a link to itself is what such a node holds inside. */
typedef struct
{
  guint   n;
  GArray *links;     /* a ≤ b */
  guint  *offsets;   /* n + 1 */
  guint  *others;
  double *weights;
  double *strengths; /* Σ of the weights at a node, a link to itself twice */
  double  total;     /* Σ of all strengths */
} Level;

static void
level_clear (Level *self)
{
  g_clear_pointer (&self->links, g_array_unref);
  g_clear_pointer (&self->offsets, g_free);
  g_clear_pointer (&self->others, g_free);
  g_clear_pointer (&self->weights, g_free);
  g_clear_pointer (&self->strengths, g_free);
}

static void
add_neighbour (Level *self, guint *next, guint node, guint other, double weight)
{
  self->others[next[node]] = other;
  self->weights[next[node]++] = weight;
}

/* Takes @links. */
static void
level_init (Level *self, guint n, GArray *links)
{
  g_autofree guint *next = NULL;

  memset (self, 0, sizeof *self);
  self->n = n;
  self->links = links;
  self->offsets = g_new0 (guint, n + 1);
  self->strengths = g_new0 (double, n);
  for (guint i = 0; i < links->len; i++)
    {
      const Link *link = &g_array_index (links, Link, i);

      self->strengths[link->a] += link->weight;
      self->strengths[link->b] += link->weight;
      self->total += 2.0 * link->weight;
      if (link->a != link->b)
        {
          self->offsets[link->a + 1]++;
          self->offsets[link->b + 1]++;
        }
    }
  for (guint i = 0; i < n; i++)
    self->offsets[i + 1] += self->offsets[i];
  self->others = g_new (guint, self->offsets[n]);
  self->weights = g_new (double, self->offsets[n]);
  next = g_memdup2 (self->offsets, (n + 1) * sizeof (guint));
  for (guint i = 0; i < links->len; i++)
    {
      const Link *link = &g_array_index (links, Link, i);

      if (link->a == link->b)
        continue;
      add_neighbour (self, next, link->a, link->b, link->weight);
      add_neighbour (self, next, link->b, link->a, link->weight);
    }
}

/* The community that @node gains most by being in; it has been taken out of its own. */
static guint
choose (const Level *self, guint node, guint own, const guint *communities, const double *strengths, double *between)
{
  guint best = own;
  double most;

  for (guint i = self->offsets[node]; i < self->offsets[node + 1]; i++)
    between[communities[self->others[i]]] += self->weights[i];
  most = between[own] - strengths[own] * self->strengths[node] / self->total;
  for (guint i = self->offsets[node]; i < self->offsets[node + 1]; i++)
    {
      guint community = communities[self->others[i]];
      double gain = between[community] - strengths[community] * self->strengths[node] / self->total;

      if (gain > most + LEAST * self->total || (gain == most && community < best && best != own))
        {
          most = gain;
          best = community;
        }
    }
  for (guint i = self->offsets[node]; i < self->offsets[node + 1]; i++)
    between[communities[self->others[i]]] = 0.0;

  return best;
}

/* Moves nodes one by one until none gains; FALSE if none moved at all. */
static gboolean
move_nodes (const Level *self, guint *communities)
{
  g_autofree double *strengths = g_memdup2 (self->strengths, self->n * sizeof (double));
  g_autofree double *between = g_new0 (double, self->n);
  gboolean moved = TRUE;
  gboolean ever = FALSE;

  for (guint i = 0; i < self->n; i++)
    communities[i] = i;
  for (guint round = 0; round < MOST && moved; round++)
    {
      moved = FALSE;
      for (guint node = 0; node < self->n; node++)
        {
          guint own = communities[node];
          guint best;

          strengths[own] -= self->strengths[node];
          best = choose (self, node, own, communities, strengths, between);
          strengths[best] += self->strengths[node];
          communities[node] = best;
          moved |= best != own;
        }
      ever |= moved;
    }

  return ever;
}

/* Numbers them by their first node; returns how many. */
static guint
renumber (guint *communities, guint n)
{
  g_autofree guint *numbers = g_new (guint, n);
  guint count = 0;

  for (guint i = 0; i < n; i++)
    numbers[i] = G_MAXUINT;
  for (guint i = 0; i < n; i++)
    {
      if (numbers[communities[i]] == G_MAXUINT)
        numbers[communities[i]] = count++;
      communities[i] = numbers[communities[i]];
    }

  return count;
}

/* Links between communities: several between two are left as they are. */
static GArray *
contract (const Level *self, const guint *communities)
{
  GArray *links = g_array_sized_new (FALSE, FALSE, sizeof (Link), self->links->len);

  for (guint i = 0; i < self->links->len; i++)
    {
      Link link = g_array_index (self->links, Link, i);
      guint a = communities[link.a];
      guint b = communities[link.b];

      link.a = MIN (a, b);
      link.b = MAX (a, b);
      g_array_append_val (links, link);
    }

  return links;
}

/* Each node a community of its own. */
static double
measure_modularity (const Level *self)
{
  double sum = 0.0;

  if (self->total == 0.0)
    return 0.0;

  for (guint i = 0; i < self->links->len; i++)
    if (g_array_index (self->links, Link, i).a == g_array_index (self->links, Link, i).b)
      sum += 2.0 * g_array_index (self->links, Link, i).weight / self->total;
  for (guint i = 0; i < self->n; i++)
    sum -= (self->strengths[i] / self->total) * (self->strengths[i] / self->total);

  return sum;
}

guint
nerve_communities_find (const NerveEdge *edges, guint n_edges, guint n_nodes, guint *communities, double *modularity)
{
  GArray *links = g_array_sized_new (FALSE, FALSE, sizeof (Link), n_edges);
  g_autofree guint *moved = g_new (guint, n_nodes);
  guint count = n_nodes;
  Level level;

  for (guint e = 0; e < n_edges; e++)
    {
      Link link = { edges[e].source, edges[e].target, edges[e].shared };

      g_array_append_val (links, link);
    }
  for (guint i = 0; i < n_nodes; i++)
    communities[i] = i;
  level_init (&level, n_nodes, links);
  while (level.total > 0.0 && move_nodes (&level, moved))
    {
      GArray *contracted;

      count = renumber (moved, level.n);
      for (guint i = 0; i < n_nodes; i++)
        communities[i] = moved[communities[i]];
      contracted = contract (&level, moved);
      level_clear (&level);
      level_init (&level, count, contracted);
    }
  *modularity = measure_modularity (&level);
  level_clear (&level);

  return count;
}
