#include "views/figure-steps.h"

#include <math.h>

int
nerve_figure_next_node (GArray *marks, int from, double dx, double dy)
{
  const NerveHit *start = NULL;
  double best = INFINITY;
  int node = -1;

  for (guint i = 0; i < marks->len && start == NULL; i++)
    if (g_array_index (marks, NerveHit, i).index == (guint) from)
      start = &g_array_index (marks, NerveHit, i);

  if (start == NULL)
    return marks->len > 0 ? (int) g_array_index (marks, NerveHit, 0).index : -1;

  for (guint i = 0; i < marks->len; i++)
    {
      const NerveHit *mark = &g_array_index (marks, NerveHit, i);
      double x = mark->x - start->x;
      double y = mark->y - start->y;
      double ahead = x * dx + y * dy;
      double aside = fabs (x * dy - y * dx);

      if (mark != start && ahead > 0 && aside <= 2 * ahead && ahead + 2 * aside < best)
        {
          best = ahead + 2 * aside;
          node = mark->index;
        }
    }

  return node >= 0 ? node : from;
}

/* Where the hand begins: the longest bar that ends, of the highest dimension that is drawn. */
static int
first_bar (const NerveDiagram *diagram, GArray *marks)
{
  const NerveBar *bars = nerve_diagram_get_bars (diagram);
  int best = g_array_index (marks, NerveHit, 0).index;

  for (guint i = 0; i < marks->len; i++)
    {
      const NerveBar *bar = &bars[g_array_index (marks, NerveHit, i).index];

      if (isfinite (bar->death) && (!isfinite (bars[best].death) || bar->dimension > bars[best].dimension ||
                                    (bar->dimension == bars[best].dimension &&
                                     bar->death - bar->birth > bars[best].death - bars[best].birth)))
        best = g_array_index (marks, NerveHit, i).index;
    }

  return best;
}

int
nerve_figure_next_bar (GArray *marks, const NerveDiagram *diagram, int from, double dx, double dy)
{
  gboolean is_list = marks->len > 0 && g_array_index (marks, NerveHit, 0).reach > 0;

  for (guint i = 0; i < marks->len; i++)
    if (g_array_index (marks, NerveHit, i).index == (guint) from)
      {
        if (!is_list)
          return nerve_figure_next_node (marks, from, dx, dy);
        i = dx + dy > 0 ? MIN (i + 1, marks->len - 1) : MAX (i, 1) - 1;
        return g_array_index (marks, NerveHit, i).index;
      }

  return first_bar (diagram, marks);
}

const NerveHit *
nerve_figure_next_place (GArray *marks, const NerveHit *from, double dx, double dy)
{
  guint curve = from->index + (dy > 0) - (dy < 0 && from->index > 0);
  const NerveHit *next = NULL;
  double best = INFINITY;

  for (guint i = 0; i < marks->len; i++)
    {
      const NerveHit *mark = &g_array_index (marks, NerveHit, i);
      double away = dx != 0 ? (mark->at - from->at) * dx : fabs (mark->at - from->at);

      if (mark->index != curve || away >= best || (dx != 0 && away <= 0))
        continue;
      best = away;
      next = mark;
    }

  return next;
}

const NerveHit *
nerve_figure_first_place (GArray *marks)
{
  guint curve = MIN (g_array_index (marks, NerveHit, marks->len - 1).index, 1);
  const NerveHit *highest = NULL;

  for (guint i = 0; i < marks->len; i++)
    {
      const NerveHit *mark = &g_array_index (marks, NerveHit, i);

      if (mark->index == curve && (highest == NULL || mark->value > highest->value))
        highest = mark;
    }

  return highest;
}

const NerveHit *
nerve_figure_next_mark (GArray *marks, const NerveHit *from, double dx, double dy)
{
  const NerveHit *next = NULL;
  double best = INFINITY;

  for (guint i = 0; i < marks->len; i++)
    {
      const NerveHit *mark = &g_array_index (marks, NerveHit, i);
      double ahead = (mark->x - from->x) * dx + (mark->y - from->y) * dy;
      double aside = fabs ((mark->x - from->x) * dy - (mark->y - from->y) * dx);

      if (ahead > .5 && aside <= 2 * ahead && ahead + 2 * aside < best)
        {
          best = ahead + 2 * aside;
          next = mark;
        }
    }

  return next;
}
