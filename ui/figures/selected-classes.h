/* How the selection of images shows where there are classes and no images: which classes hold it, how much of each. */
#pragma once

#include <cairo.h>

#include "figures/model.h"
#include "figures/style.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean active;     /* something is selected, and there are labels */
  guint    n;          /* classes, or groups of a level */
  double  *shares;     /* selected images of each / its images */
  gsize    n_selected;
} NerveSelectedClasses;

/* @level: of the class tree, 0 are the classes. O(images). */
void     nerve_selected_classes_init     (NerveSelectedClasses *self, const NerveFigureModel *model, guint level);
void     nerve_selected_classes_clear    (NerveSelectedClasses *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NerveSelectedClasses, nerve_selected_classes_clear)

/* As of a graph's nodes: 1 from a share of 10 %, .6 below, .2 for none; 1 when nothing is selected. */
double   nerve_selected_classes_opacity  (const NerveSelectedClasses *self, guint one);
/* Of what is between two of them: that of the one that holds less. */
double   nerve_selected_classes_pair     (const NerveSelectedClasses *self, guint one, guint other);
/* An ink line from (@x, @y) on, as long of @width as its share, from 3 % on. */
void     nerve_selected_classes_bar      (const NerveSelectedClasses *self, guint one, const NerveStyle *style,
                                          cairo_t *cr, double x, double y, double width);
/* " Selected are 40 images: 80 % of Sneaker, 4 % of Sandal."; "" when nothing is; translated; (transfer full). */
char    *nerve_selected_classes_describe (const NerveFigureModel *model);

G_END_DECLS
