/* Thousands of straight lines of one ink onto pixels: where they cross it is no darker. */
#pragma once

#include "figures/dots.h"

G_BEGIN_DECLS

typedef struct _NerveLines NerveLines;

/* @dots: of a page that has pixels; borrowed. */
NerveLines *nerve_lines_new   (const NerveDots *dots);
/* In the units of the page. */
void        nerve_lines_add   (NerveLines *self, double x1, double y1, double x2, double y2, double width);
void        nerve_lines_paint (NerveLines *self, NerveDotInk ink);
void        nerve_lines_free  (NerveLines *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveLines, nerve_lines_free)

G_END_DECLS
