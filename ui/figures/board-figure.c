#include "figures/kinds.h"

#include <glib/gi18n.h>

#include "figures/board-rows.h"
#include "figures/page.h"

void
nerve_board_figure_draw (const NerveFigureModel *model, guint layer, const NerveStyle *style, cairo_t *cr,
                         double width, double height)
{
  if (width < 1 || height < 1 || model->n_columns == 0)
    return;

  nerve_page_draw (nerve_figure_kind_find ("board"), model, model->columns, model->n_columns, style, cr, width, height);
}

char *
nerve_board_figure_describe (const NerveFigureModel *model, guint layer)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < model->n_columns; i++)
    for (guint k = 0; k < model->n_rows; k++)
      {
        g_autofree char *words = nerve_board_view_figure (model->rows[k].view)->describe (model, model->columns[i]);

        g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", words);
      }
  if (text->len == 0)
    g_string_append (text, _("The board is empty."));

  return g_string_free (text, FALSE);
}
