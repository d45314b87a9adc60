/* The numbers behind a figure, beside it. */
#pragma once

#include "app/cli/command.h"
#include "figures/figure.h"

G_BEGIN_DECLS

/* NERVE_ERROR_PARAMETER: this kind has no such table. */
gboolean nerve_figure_data_check (const NerveFigureKind *kind, GError **error);
/* A CSV of what the figure @kind draws of @layers, or of all layers where it is of the network. Takes nothing; what was
 * not computed has no lines. */
void     nerve_figure_data_write (const NerveFigureKind *kind, const NerveFigureModel *model, const guint *layers,
                                  guint n_layers, NerveOutput *output);

G_END_DECLS
