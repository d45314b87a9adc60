/* Images of the file on a figure: of a class, to say what its leaf looks like, or of a node. */
#pragma once

#include <cairo.h>

#include "figures/model.h"
#include "figures/style.h"

G_BEGIN_DECLS

/* The @which-th image of a class into a square of side @size, framed; FALSE: the file has none. */
gboolean nerve_class_picture_draw (const NerveFigureModel *model, guint label, guint which, const NerveStyle *style,
                                   cairo_t *cr, double x, double y, double size);

/* One image into a square of side @size, not framed; FALSE: it could not be read. */
gboolean nerve_picture_draw       (NerveDataset *dataset, gsize image, cairo_t *cr, double x, double y, double size);

G_END_DECLS
