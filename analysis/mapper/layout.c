#include "mapper/layout.h"

#include <math.h>
#include <string.h>

#include "mapper/layout-helper.h"

#define EDGE_LENGTH 16.0 /* between two discs */

struct _NerveLayout
{
  gatomicrefcount ref_count;
  NervePlace     *places;
};

/* A component, its nodes numbered from 0 in rising order. */
typedef struct
{
  GArray  *nodes;   /* guint */
  GArray  *springs; /* NerveSpring */
} Part;

static void
part_clear (gpointer data)
{
  Part *part = data;

  g_array_unref (part->nodes);
  g_array_unref (part->springs);
}

/* DESIGN.md's discs on the board; the picture's own ones differ from them by one factor. */
static double
estimate_radius (const NerveMapper *mapper, guint node)
{
  double n = nerve_cloud_get_n (nerve_mapper_get_cloud (mapper));
  double members = nerve_mapper_get_node (mapper, node)->n_members;

  return MAX (3.4, 1.62 * sqrt (members)) * MIN (sqrt (500.0 / n), 4.0);
}

static GArray *
split_into_parts (const NerveMapper *mapper)
{
  guint n_nodes = nerve_mapper_get_n_nodes (mapper);
  const NerveEdge *edges = nerve_mapper_get_edges (mapper);
  GArray *parts = g_array_new (FALSE, TRUE, sizeof (Part));
  g_autofree guint *number = g_new (guint, n_nodes);

  g_array_set_clear_func (parts, part_clear);
  g_array_set_size (parts, nerve_mapper_get_n_components (mapper));
  for (guint c = 0; c < parts->len; c++)
    g_array_index (parts, Part, c) = (Part) { g_array_new (FALSE, FALSE, sizeof (guint)),
                                              g_array_new (FALSE, FALSE, sizeof (NerveSpring)) };
  for (guint node = 0; node < n_nodes; node++)
    {
      Part *part = &g_array_index (parts, Part, nerve_mapper_get_component (mapper, node));

      number[node] = part->nodes->len;
      g_array_append_val (part->nodes, node);
    }
  for (guint e = 0; e < nerve_mapper_get_n_edges (mapper); e++)
    {
      Part *part = &g_array_index (parts, Part, nerve_mapper_get_component (mapper, edges[e].source));
      double length = estimate_radius (mapper, edges[e].source) + estimate_radius (mapper, edges[e].target);
      NerveSpring spring = { number[edges[e].source], number[edges[e].target], length + EDGE_LENGTH };

      g_array_append_val (part->springs, spring);
    }

  return parts;
}

static gboolean
part_is_path (const Part *part)
{
  g_autofree guint *degrees = g_new0 (guint, part->nodes->len);

  if (part->springs->len + 1 != part->nodes->len)
    return FALSE;
  for (guint i = 0; i < part->springs->len; i++)
    {
      const NerveSpring *spring = &g_array_index (part->springs, NerveSpring, i);

      if (++degrees[spring->source] > 2 || ++degrees[spring->target] > 2)
        return FALSE;
    }

  return TRUE;
}

/* The springs at each node of a path: two at most, G_MAXUINT for none. */
static guint *
find_path_springs (const Part *part)
{
  guint *springs = g_new (guint, 2 * part->nodes->len);

  memset (springs, 0xff, 2 * part->nodes->len * sizeof (guint));
  for (guint i = 0; i < part->springs->len; i++)
    {
      const NerveSpring *spring = &g_array_index (part->springs, NerveSpring, i);

      springs[2 * spring->source + (springs[2 * spring->source] != G_MAXUINT)] = i;
      springs[2 * spring->target + (springs[2 * spring->target] != G_MAXUINT)] = i;
    }

  return springs;
}

/* A path with springs of these lengths is a straight line; nobody needs to be asked. */
static void
lay_out_path (const Part *part, NervePlace *places)
{
  g_autofree guint *springs = find_path_springs (part);
  guint node = 0;
  guint came_by = G_MAXUINT;
  double x = 0.0;

  while (springs[2 * node + 1] != G_MAXUINT)
    node++;
  for (guint i = 0; i < part->nodes->len; i++)
    {
      guint go_by = springs[2 * node] != came_by ? springs[2 * node] : springs[2 * node + 1];
      const NerveSpring *spring;

      places[node] = (NervePlace) { x, 0.0 };
      if (go_by == G_MAXUINT)
        break;
      spring = &g_array_index (part->springs, NerveSpring, go_by);
      x += spring->length;
      node = spring->source == node ? spring->target : spring->source;
      came_by = go_by;
    }
}

/* The middle to the origin; edges as long on the whole as they should be (sfdp does not look at lengths). */
static void
normalize (const Part *part, NervePlace *places)
{
  NervePlace middle = { 0.0, 0.0 };
  double wanted = 0.0;
  double found = 0.0;
  double scale;

  for (guint i = 0; i < part->nodes->len; i++)
    {
      middle.x += places[i].x / part->nodes->len;
      middle.y += places[i].y / part->nodes->len;
    }
  for (guint i = 0; i < part->springs->len; i++)
    {
      const NerveSpring *spring = &g_array_index (part->springs, NerveSpring, i);

      wanted += spring->length;
      found += hypot (places[spring->source].x - places[spring->target].x,
                      places[spring->source].y - places[spring->target].y);
    }

  scale = found > 0.0 ? wanted / found : 1.0;
  for (guint i = 0; i < part->nodes->len; i++)
    {
      places[i].x = (places[i].x - middle.x) * scale;
      places[i].y = (places[i].y - middle.y) * scale;
    }
}

static gboolean
lay_out_part (const Part *part, NervePlace *places, NerveLayoutHelper **helper, const char *program,
              const NerveProgress *progress, GError **error)
{
  memset (places, 0, part->nodes->len * sizeof (NervePlace));
  if (part_is_path (part))
    {
      lay_out_path (part, places);
    }
  else
    {
      if (*helper == NULL)
        *helper = nerve_layout_helper_new (program, error);
      if (*helper == NULL ||
          !nerve_layout_helper_ask (*helper, part->nodes->len, (const NerveSpring *) part->springs->data,
                                    part->springs->len, places, progress, error))
        return FALSE;
    }
  normalize (part, places);

  return TRUE;
}

static gboolean
lay_out (NerveLayout *self, const NerveMapper *mapper, const char *program, const NerveProgress *progress,
         GError **error)
{
  g_autoptr (GArray) parts = split_into_parts (mapper);
  g_autofree NervePlace *places = g_new (NervePlace, nerve_mapper_get_n_nodes (mapper));
  g_autoptr (NerveLayoutHelper) helper = NULL;
  guint done = 0;

  for (guint c = 0; c < parts->len; c++)
    {
      const Part *part = &g_array_index (parts, Part, c);

      if (!nerve_progress_step (progress, (double) done / nerve_mapper_get_n_nodes (mapper)))
        return nerve_progress_set_cancelled (error);
      if (!lay_out_part (part, places, &helper, program, progress, error))
        return FALSE;
      for (guint i = 0; i < part->nodes->len; i++)
        self->places[g_array_index (part->nodes, guint, i)] = places[i];
      done += part->nodes->len;
    }

  return TRUE;
}

NerveLayout *
nerve_layout_new (const NerveMapper *mapper, const char *helper, const NerveProgress *progress, GError **error)
{
  g_autoptr (NerveLayout) self = NULL;

  g_return_val_if_fail (mapper != NULL, NULL);
  g_return_val_if_fail (helper != NULL, NULL);

  self = g_new0 (NerveLayout, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->places = g_new0 (NervePlace, nerve_mapper_get_n_nodes (mapper));
  if (!nerve_progress_check (progress, error) || !lay_out (self, mapper, helper, progress, error))
    return NULL;

  return g_steal_pointer (&self);
}

NerveLayout *
nerve_layout_ref (NerveLayout *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
nerve_layout_unref (NerveLayout *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->places);
  g_free (self);
}

const NervePlace *
nerve_layout_get_places (const NerveLayout *self)
{
  return self->places;
}

void
nerve_layout_pack_places (const NerveLayout *self, const NerveMapper *mapper, GByteArray *out)
{
  nerve_pack_array (out, self->places, nerve_mapper_get_n_nodes (mapper), sizeof (NervePlace));
}

NerveLayout *
nerve_layout_unpack (const NerveMapper *mapper, NerveUnpack *in)
{
  NervePlace *places = nerve_unpack_just (in, nerve_mapper_get_n_nodes (mapper), sizeof (NervePlace));
  NerveLayout *self;

  if (places == NULL)
    return NULL;

  self = g_new0 (NerveLayout, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->places = places;

  return self;
}
