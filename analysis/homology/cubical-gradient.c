#include "homology/cubical-gradient.h"

#include "homology/cubical-tables.h"

#define ALL_CUBES (NERVE_CUBICAL_BIT (NERVE_CUBICAL_CUBES) - 1)

/* Grows the tree of @root; @left: edges in none. */
static void
grow_tree (NerveCubicalGradient *self, guint root, guint *left)
{
  guint first = self->n;

  self->roots |= NERVE_CUBICAL_BIT (root);
  self->parents[root] = root;
  self->order[self->n++] = root;
  *left &= ~NERVE_CUBICAL_BIT (root);

  for (guint next = first; next < self->n; next++)
    for (guint bits = self->squares; bits != 0; bits &= bits - 1)
      {
        guint square = __builtin_ctz (bits);
        guint edge = self->order[next];
        guint a = squares[square][0], b = squares[square][1];
        guint other = edge == a ? b : a;

        if ((edge != a && edge != b) || !(*left & NERVE_CUBICAL_BIT (other)))
          continue;
        self->parents[other] = edge;
        self->order[self->n++] = other;
        self->forest |= NERVE_CUBICAL_BIT (square);
        *left &= ~NERVE_CUBICAL_BIT (other);
      }
}

void
nerve_cubical_gradient_init (NerveCubicalGradient *self, guint32 lower)
{
  guint left = lower & (NERVE_CUBICAL_BIT (NERVE_CUBICAL_FACES) - 1);

  self->n = 0;
  self->roots = 0;
  self->squares = 0;
  self->forest = 0;
  for (guint s = 0; s < NERVE_CUBICAL_SQUARES; s++)
    self->squares |= (guint) ((lower & square_needs[s]) == square_needs[s]) << s;

  while (left != 0)
    grow_tree (self, __builtin_ctz (left), &left);
}

guint
nerve_cubical_gradient_critical (const NerveCubicalGradient *self, guint32 lower)
{
  guint free_squares = self->squares & ~self->forest;
  guint left = 0;
  gboolean found = TRUE;

  for (guint c = 0; c < NERVE_CUBICAL_CUBES; c++)
    left |= (guint) ((lower & cube_needs[c]) == cube_needs[c]) << c;
  /* All around: one cube is critical. */
  if (left == ALL_CUBES)
    left &= left - 1;

  while (left != 0 && found)
    {
      found = FALSE;
      for (guint bits = free_squares; bits != 0; bits &= bits - 1)
        {
          guint square = __builtin_ctz (bits);
          guint beside = left & cubes_of[square];

          if (beside == 0 || (beside & (beside - 1)) != 0)
            continue;
          free_squares &= ~NERVE_CUBICAL_BIT (square);
          left &= ~beside;
          found = TRUE;
        }
    }

  g_assert (left == 0);
  return free_squares;
}
