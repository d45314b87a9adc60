/* Colours and letters of classes, made from the class tree. DESIGN.md "Class palette". */
#pragma once

#include "data/dataset.h"

G_BEGIN_DECLS

typedef struct { double red, green, blue; } NerveColor; /* sRGB, 0 to 1 */

/* Immutable, reference-counted. */
typedef struct _NervePalette NervePalette;

/* Works for any dataset: without labels one neutral colour, without a class tree one family per class
 * or steps of few families, whatever keeps CIEDE2000 between all pairs large. */
NervePalette *nerve_palette_new   (NerveDataset *dataset);
/* The same classes, codes and order in steps of grey, from dark to light. */
NervePalette *nerve_palette_new_grey_of (const NervePalette *palette);
NervePalette *nerve_palette_ref   (NervePalette *self);
void          nerve_palette_unref (NervePalette *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NervePalette, nerve_palette_unref)

/* "default" or "grey" */
const char *nerve_palette_get_name      (const NervePalette *self);
/* Two classes, or superclasses, are nearer to each other than CIEDE2000 10, in grey or in the sight of somebody who is
 * colour-blind or not, on light or dark ground: colours alone do not tell them apart. */
gboolean    nerve_palette_needs_letters (const NervePalette *self, gboolean by_group);
guint       nerve_palette_get_n_classes (const NervePalette *self);
guint       nerve_palette_get_n_groups  (const NervePalette *self); /* superclasses; 0: no tree */
guint       nerve_palette_get_group     (const NervePalette *self, guint label);
NerveColor  nerve_palette_get_class_color (const NervePalette *self, guint label, gboolean dark);
NerveColor  nerve_palette_get_group_color (const NervePalette *self, guint group, gboolean dark);
/* "T", "Tr": first letter, a second one where the first is taken; unique. */
const char *nerve_palette_get_class_code (const NervePalette *self, guint label);
const char *nerve_palette_get_group_code (const NervePalette *self, guint group);
/* The classes in class-tree order: legends and pies go by it. */
const guint *nerve_palette_get_order     (const NervePalette *self);
/* Black or white, whichever reads better on @background. */
NerveColor  nerve_color_contrast (NerveColor background);
double      nerve_color_ciede2000 (NerveColor a, NerveColor b);

G_END_DECLS
