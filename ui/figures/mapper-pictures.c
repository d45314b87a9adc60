#include "figures/mapper-pictures.h"

#include <math.h>

#include "cloud/cloud.h"
#include "figures/picture.h"

#define INNER .86        /* of the radius: the rest shows the shares */
#define LEAST_RADIUS 26. /* pixels */
#define CELL 24.         /* pixels a picture needs to be made out */
#define MOST_A_SIDE 6

static gboolean
is_visible (cairo_t *cr, NervePlace at, double radius)
{
  double x1, y1, x2, y2;

  cairo_clip_extents (cr, &x1, &y1, &x2, &y2);

  return at.x + radius > x1 && at.x - radius < x2 && at.y + radius > y1 && at.y - radius < y2;
}

/* Of one image there may be several points: each image once. */
static GArray *
choose_images (const NerveMapper *mapper, guint node, guint most)
{
  const guint32 *image_of = nerve_cloud_get_images (nerve_mapper_get_cloud (mapper));
  const NerveNode *members = nerve_mapper_get_node (mapper, node);
  GArray *chosen = g_array_new (FALSE, FALSE, sizeof (guint32));
  gsize n = MIN (members->n_members, most);

  for (gsize i = 0; i < n; i++)
    {
      guint32 image = image_of[members->members[i * members->n_members / n]];

      if (chosen->len == 0 || g_array_index (chosen, guint32, chosen->len - 1) != image)
        g_array_append_val (chosen, image);
    }

  return chosen;
}

gboolean
nerve_mapper_pictures_fit (NerveDataset *dataset, double radius, double zoom)
{
  return radius * zoom >= LEAST_RADIUS && dataset != NULL && nerve_dataset_has_images (dataset);
}

gboolean
nerve_mapper_pictures_paint (NerveDataset *dataset, const NerveMapper *mapper, guint node, NervePlace at,
                             double radius, double zoom, cairo_t *cr)
{
  double side = M_SQRT2 * INNER * radius;
  guint most = CLAMP ((guint) (side * zoom / CELL), 1, MOST_A_SIDE);
  g_autoptr (GArray) images = NULL;
  guint columns, rows;
  double cell;

  if (!nerve_mapper_pictures_fit (dataset, radius, zoom) || !is_visible (cr, at, radius))
    return FALSE;

  images = choose_images (mapper, node, most * most);
  columns = (guint) ceil (sqrt (images->len));
  rows = (images->len + columns - 1) / columns;
  cell = side / columns;
  for (guint i = 0; i < images->len; i++)
    nerve_picture_draw (dataset, g_array_index (images, guint32, i), cr, at.x - side / 2 + (i % columns) * cell,
                        at.y - rows * cell / 2 + (i / columns) * cell, .96 * cell);

  return TRUE;
}
