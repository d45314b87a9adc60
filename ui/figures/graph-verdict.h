/* Why a mapper graph is empty or says little, in words: the window and nerve-cli say the same. */
#pragma once

#include <cairo.h>

#include "figures/model.h"
#include "figures/style.h"

G_BEGIN_DECLS

/* One line, translated: what is the matter. (transfer full); NULL if nothing is */
char       *nerve_graph_verdict_describe (const NerveDiagnosis *found, const NerveMapper *mapper);
/* What helps, beside an eps: (transfer full), with the distances where they are to blame; NULL if nothing is wrong */
char       *nerve_graph_verdict_advise   (const NerveDiagnosis *found, const NerveMapper *mapper);
/* In place of a graph without nodes, on a page: why there are none. In a window its pane says that, and what helps. */
void        nerve_graph_verdict_paint    (const NerveGraph *graph, const NerveStyle *style, cairo_t *cr, double x,
                                          double width, double height);

G_END_DECLS
