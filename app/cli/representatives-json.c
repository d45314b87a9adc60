#include "config.h"

#include "app/cli/representatives-json.h"

#include "app/cli/json.h"
#include "app/cli/stopping.h"

static void
write_rows (NerveJson *json, const guint32 *rows, gsize n)
{
  nerve_json_begin_row (json, "vertices");
  for (gsize i = 0; i < n; i++)
    nerve_json_integer (json, NULL, rows[i]);
  nerve_json_end (json);
}

static void
write_origins (NerveJson *json, const NerveCloud *cloud, const guint32 *rows, gsize n)
{
  if (cloud == NULL)
    return;

  nerve_json_begin_row (json, "images");
  for (gsize i = 0; i < n; i++)
    nerve_json_integer (json, NULL, nerve_cloud_get_images (cloud)[rows[i]]);
  nerve_json_end (json);
  nerve_json_begin_row (json, "positions");
  for (gsize i = 0; i < n; i++)
    nerve_json_integer (json, NULL, nerve_cloud_get_positions (cloud)[rows[i]]);
  nerve_json_end (json);
}

static void
write_edges (NerveJson *json, const guint32 *edges, gsize n)
{
  nerve_json_begin_row (json, "edges");
  for (gsize i = 0; i < n; i++)
    {
      nerve_json_begin_array (json, NULL);
      nerve_json_integer (json, NULL, edges[2 * i]);
      nerve_json_integer (json, NULL, edges[2 * i + 1]);
      nerve_json_end (json);
    }
  nerve_json_end (json);
}

static void
write_shortest (NerveJson *json, const NerveRepresentative *item)
{
  if (item->shortest == NULL)
    {
      nerve_json_null (json, "shortest_born_here");
      return;
    }

  nerve_json_begin_object (json, "shortest_born_here");
  nerve_json_number (json, "length", item->shortest_length);
  write_edges (json, item->shortest, item->n_shortest);
  nerve_json_end (json);
}

void
nerve_representatives_write (const NerveRepresentatives *representatives, int max_dimension, const NerveCloud *cloud,
                             NerveOutput *output)
{
  g_autoptr (NerveJson) json = nerve_json_new (output);

  nerve_json_begin_array (json, NULL);
  /* Whoever stopped gets no file: what is missing here is never seen. */
  for (gsize i = 0; i < nerve_representatives_get_n (representatives) && !nerve_stopping_is_wanted (); i++)
    {
      const NerveRepresentative *item = nerve_representatives_get (representatives, i);

      if (item->bar.dimension > max_dimension)
        break;
      nerve_json_begin_object (json, NULL);
      nerve_json_integer (json, "dimension", item->bar.dimension);
      nerve_json_number (json, "birth", item->bar.birth);
      nerve_json_number (json, "death", item->bar.death);
      nerve_json_string (json, "kind", item->bar.dimension == 0 ? "component" : "checked");
      nerve_json_number (json, "length", item->length);
      write_rows (json, item->points, item->n_points);
      write_origins (json, cloud, item->points, item->n_points);
      write_edges (json, item->edges, item->n_edges);
      if (item->bar.dimension > 0)
        write_shortest (json, item);
      nerve_json_end (json);
    }
  nerve_json_end (json);
}
