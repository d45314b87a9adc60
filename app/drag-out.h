/* Dragging a pane out of the board by the line over it: it arrives as an SVG file, or as what the other side takes. */
#pragma once

#include "app/document-view.h"

G_BEGIN_DECLS

void nerve_drag_out_attach (NerveDocumentView *view);

G_END_DECLS
