#include "figures/board-rows.h"

#include <string.h>

#include <glib/gi18n.h>

static const NerveBoardViewType views[NERVE_N_BOARD_VIEWS] = {
  [NERVE_BOARD_VIEW_MAPPER] = { "mapper", N_("Mapper graph"), .82, 590, 92 },
  [NERVE_BOARD_VIEW_DIAGRAM] = { "diagram", N_("Diagram"), .57, 410, 92 },
  [NERVE_BOARD_VIEW_BARCODE] = { "barcode", N_("Barcode"), .57, 410, 130 },
  [NERVE_BOARD_VIEW_BETTI] = { "betti", N_("Betti curves"), .57, 410, 110 },
  [NERVE_BOARD_VIEW_PROJECTION] = { "projection", N_("Map of the points"), .82, 500, 92 },
  [NERVE_BOARD_VIEW_DENDROGRAM] = { "dendrogram", N_("Tree of classes"), .72, 500, 150 },
  [NERVE_BOARD_VIEW_PICTURES] = { "pictures", N_("Pictures"), .72, 410, 110 },
};

const NerveBoardViewType *
nerve_board_view (NerveBoardView view)
{
  g_return_val_if_fail (view < NERVE_N_BOARD_VIEWS, NULL);

  return &views[view];
}

gboolean
nerve_board_view_find (const char *name, NerveBoardView *view)
{
  for (guint i = 0; i < NERVE_N_BOARD_VIEWS; i++)
    if (g_strcmp0 (views[i].name, name) == 0)
      {
        *view = i;
        return TRUE;
      }

  return FALSE;
}

const NerveFigureKind *
nerve_board_view_figure (NerveBoardView view)
{
  g_return_val_if_fail (view < NERVE_N_BOARD_VIEWS, NULL);

  return nerve_figure_kind_find (views[view].name);
}

gboolean
nerve_board_view_is_of_bars (NerveBoardView view)
{
  return (nerve_board_view_figure (view)->flags & NERVE_FIGURE_NEEDS_HOMOLOGY) != 0;
}

gboolean
nerve_board_view_is_available (NerveBoardView view, NerveDataset *dataset)
{
  guint flags = nerve_board_view_figure (view)->flags;
  gboolean graph = nerve_dataset_get_graph (dataset) != NULL;

  if (view == NERVE_BOARD_VIEW_PICTURES)
    return !graph && nerve_dataset_has_images (dataset);
  if (flags & NERVE_FIGURE_NEEDS_HIERARCHY)
    return !graph && nerve_dataset_get_n_classes (dataset) >= 2;

  return !graph || (flags & NERVE_FIGURE_NEEDS_GRAPH);
}

/* Rows */

static NerveBoardRow
row_of (NerveBoardView view)
{
  return (NerveBoardRow) { view, views[view].share };
}

void
nerve_board_rows_init (NerveBoardRow *rows, guint *n)
{
  rows[0] = row_of (NERVE_BOARD_VIEW_MAPPER);
  rows[1] = row_of (NERVE_BOARD_VIEW_DIAGRAM);
  *n = 2;
}

int
nerve_board_rows_find (const NerveBoardRow *rows, guint n, NerveBoardView view)
{
  for (guint i = 0; i < n; i++)
    if (rows[i].view == view)
      return (int) i;

  return -1;
}

int
nerve_board_rows_find_bars (const NerveBoardRow *rows, guint n)
{
  for (guint i = 0; i < n; i++)
    if (nerve_board_view_is_of_bars (rows[i].view))
      return (int) i;

  return -1;
}

static char *
list_views (const NerveBoardRow *rows, guint n, const char *separator)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? separator : "", views[rows != NULL ? rows[i].view : i].name);

  return g_string_free (text, FALSE);
}

char *
nerve_board_rows_to_text (const NerveBoardRow *rows, guint n)
{
  return list_views (rows, n, ",");
}

gboolean
nerve_board_rows_parse (const char *text, NerveBoardRow *rows, guint *n, GError **error)
{
  g_auto (GStrv) names = g_strsplit (text, ",", -1);

  *n = 0;
  for (guint i = 0; i == 0 || names[i] != NULL; i++)
    {
      const char *name = names[i] != NULL ? g_strstrip (names[i]) : "";
      NerveBoardView view;

      if (!nerve_board_view_find (name, &view) || nerve_board_rows_find (rows, *n, view) >= 0)
        {
          g_autofree char *list = list_views (NULL, NERVE_N_BOARD_VIEWS, ", ");

          g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER,
                       _("“%s” is no view of the board, or there twice (%s)"), name, list);
          return FALSE;
        }
      rows[(*n)++] = row_of (view);
    }

  return TRUE;
}

gboolean
nerve_board_rows_same_views (const NerveBoardRow *a, guint n_a, const NerveBoardRow *b, guint n_b)
{
  if (n_a != n_b)
    return FALSE;

  for (guint i = 0; i < n_a; i++)
    if (a[i].view != b[i].view)
      return FALSE;

  return TRUE;
}

guint
nerve_figure_flags (const NerveFigureKind *kind, const NerveFigureModel *model)
{
  guint flags = kind->flags;

  for (guint i = 0; strcmp (kind->name, "board") == 0 && i < model->n_rows; i++)
    flags |= nerve_board_view_figure (model->rows[i].view)->flags & ~NERVE_FIGURE_PER_LAYER;

  return flags;
}
