/* Menus of the board's rows and columns, which are others whenever rows or columns come, go or move. */
#pragma once

#include <gio/gio.h>

#include "figures/model.h"

G_BEGIN_DECLS

/* What the line over a row offers: other views, what @of_view has for its figure, and the row's ways.
 * (transfer full) */
GMenuModel *nerve_board_menus_new_line    (const NerveFigureModel *model, guint row, GMenuModel *of_view);
/* What a figure in that row offers: @of_view first, and the row in a menu of its own; (transfer full). */
GMenuModel *nerve_board_menus_new_figure  (const NerveFigureModel *model, guint row, GMenuModel *of_view);
/* Of a column's title. @mirrored: the first one stands on the right; @others: (nullable): networks to take columns
 * from; (transfer full). */
GMenuModel *nerve_board_menus_new_column  (const NerveFigureModel *model, guint column, gboolean mirrored,
                                           GMenuModel *others);
/* Of the title of the @place-th guest, which is drawn from @model; (transfer full). */
GMenuModel *nerve_board_menus_new_guest   (const NerveFigureModel *model, guint place);

G_END_DECLS
