#include "homology/cubical-link.h"

#include "homology/cubical-tables.h"

/* For each neighbour the others that share a corner with it. */
static const guint32 touching[NERVE_CUBICAL_NEIGHBOURS] = {
  0x03c3fde, 0x0cdcded, 0x156d6f3, 0x2ab6b73, 0x333b3ad, 0x3c3fc1e, 0x00c0d8f, 0x0141657, 0x0282a5b,
  0x030319d, 0x044c0e7, 0x089416b, 0x11282b5, 0x2230339, 0x0c18c2e, 0x1425436, 0x282683a, 0x301b03c,
  0x00004c7, 0x000094b, 0x0001295, 0x0002319, 0x000c426, 0x001482a, 0x0029034, 0x0032038,
};

/* The neighbours off the plane across each axis. */
static const guint32 across[3] = { 0x3ffc3e1, 0x3fe7e52, 0x3fdbd8c };

/* The components of @set, where @joined holds what each member touches. */
static void
find_components (guint32 set, const guint32 *joined, NerveCubicalLink *out)
{
  out->n = 0;
  while (set != 0)
    {
      guint32 fresh = set & -set;

      out->members[out->n++] = __builtin_ctz (set);
      set &= ~fresh;
      while (fresh != 0)
        {
          guint32 reached = joined[__builtin_ctz (fresh)] & set;

          fresh = (fresh & (fresh - 1)) | reached;
          set &= ~reached;
        }
    }
}

void
nerve_cubical_link_lower (guint32 lower, NerveCubicalLink *out)
{
  guint32 joined[NERVE_CUBICAL_FACES] = { 0 };
  guint32 faces = lower & (NERVE_CUBICAL_BIT (NERVE_CUBICAL_FACES) - 1);

  out->euler = __builtin_popcount (faces);
  for (guint s = 0; s < NERVE_CUBICAL_SQUARES; s++)
    if ((lower & square_needs[s]) == square_needs[s])
      {
        joined[squares[s][0]] |= NERVE_CUBICAL_BIT (squares[s][1]);
        joined[squares[s][1]] |= NERVE_CUBICAL_BIT (squares[s][0]);
        out->euler--;
      }
  for (guint c = 0; c < NERVE_CUBICAL_CUBES; c++)
    out->euler += (lower & cube_needs[c]) == cube_needs[c];

  find_components (faces, joined, out);
}

void
nerve_cubical_link_upper (guint32 lower, guint32 plane, NerveCubicalLink *out)
{
  out->euler = 0;
  find_components (~lower & plane, touching, out);
}

guint32
nerve_cubical_link_plane (const gsize extent[3])
{
  guint32 plane = NERVE_CUBICAL_BIT (NERVE_CUBICAL_NEIGHBOURS) - 1;

  for (guint d = 0; d < 3; d++)
    if (extent[d] == 1)
      plane &= ~across[d];

  return plane;
}
